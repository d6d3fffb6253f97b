"""The quick form of the planted bench: two samples, one round, nothing claimed wrongly and little missed."""

from __future__ import annotations

import pytest
from evaluation.planted import KINDS, Tally, measure

from reading_aloud import needs_reader


@pytest.fixture(scope="module")
def tally() -> Tally:
    return measure(1, bases=2)


@needs_reader
@pytest.mark.parametrize("kind", KINDS)
def test_what_is_planted_is_found(tally: Tally, kind: str) -> None:
    figures = dict(tally.figures())
    told = "\n".join(note for note in tally.notes if note.startswith(kind))
    assert tally.planted[kind] > 0, "a bench that plants nothing proves nothing"
    assert figures[f"{kind} P"] >= 90, told
    assert figures[f"{kind} R"] >= 75, told
