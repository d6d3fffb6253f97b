"""The trainer and the run time must class the casing of a piece alike, or the model reads what it never saw."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from training.pieces import case_class as in_training

from onrecord.language.pieces import case_class as at_run_time


@given(st.text(min_size=1, max_size=8))
def test_any_piece_is_classed_alike(piece: str) -> None:
    assert at_run_time(piece) == in_training(piece)


@pytest.mark.parametrize("piece", ["the", "The", "THE", "A", "iPhone", "3rd", "—", "é", "ß", "ﬁ", "ǅ", "中", "م"])
def test_pieces_of_every_kind_are_classed_alike(piece: str) -> None:
    assert at_run_time(piece) == in_training(piece)
