"""Promises that later articles report as kept or put off."""

from __future__ import annotations

import pytest

from onrecord.linking.promises import settled
from onrecord.model import Commitment, Corpus
from onrecord.pipeline.article_half import extract_all
from onrecord.pipeline.corpus_half import found_in
from reading_aloud import analysis_of, needs_reader

PROMISE = "President Ana Ruiz plans to visit Kenya in May, the foreign ministry of Peru said on Monday."
KEPT = "President Ana Ruiz visited Kenya on Tuesday, the first such trip in ten years."


def commitments(*told: tuple[str, str]) -> dict[str, Commitment]:
    """The commitments of articles given as text and day, by the words of what was promised."""
    bundles = [extract_all(analysis_of(text, day), "test") for text, day in told]
    corpus = Corpus(**found_in(bundles, {}))
    return {row.what: row for row in settled(corpus)}


def only(found: dict[str, Commitment], start: str) -> Commitment:
    return next(row for what, row in found.items() if what.startswith(start))


@needs_reader
def test_a_later_article_that_tells_the_act_meets_the_promise() -> None:
    found = only(commitments((PROMISE, "2018-04-03"), (KEPT, "2018-05-09")), "visit Kenya")
    assert (found.status, found.met_by is not None) == ("met", True)


@needs_reader
@pytest.mark.parametrize(
    ("told", "day", "why"),
    [
        (KEPT, "2018-04-01", "what was told before the promise did not keep it"),
        ("President Ana Ruiz visited Norway on Tuesday.", "2018-05-09", "another country"),
        ("President James Okafor visited Kenya on Tuesday.", "2018-05-09", "another visitor"),
        ("President Ana Ruiz did not visit Kenya.", "2018-05-09", "it did not happen"),
        ("President Ana Ruiz visited Kenya on Tuesday.", "2018-09-12", "it happened, but after its time"),
        ("President Ana Ruiz praised Kenya on Tuesday.", "2018-05-09", "another act"),
    ],
)
def test_nothing_less_meets_it(told: str, day: str, why: str) -> None:
    found = only(commitments((PROMISE, "2018-04-03"), (told, day)), "visit Kenya")
    assert (found.status, found.met_by) == ("open", None), why


@needs_reader
def test_a_new_date_for_the_same_thing_supersedes_the_old_one() -> None:
    first = "Kenya has promised to finish the harbour bridge of Lindow by June 2019."
    second = "Kenya has now promised to finish the harbour bridge of Lindow by March 2021."
    found = commitments((first, "2018-04-03"), (second, "2019-07-01"))
    assert only(found, "finish the harbour bridge of Lindow by June").status == "superseded"
    assert only(found, "finish the harbour bridge of Lindow by March").status == "open"


@needs_reader
def test_another_thing_supersedes_nothing() -> None:
    first = "Kenya has promised to finish the harbour bridge of Lindow by June 2019."
    second = "Kenya has promised to finish the northern railway to Odmar by March 2021."
    found = commitments((first, "2018-04-03"), (second, "2019-07-01"))
    assert {row.status for row in found.values()} == {"open"}
