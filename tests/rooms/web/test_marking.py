"""Marks over a text are cut so that every character is drawn once and knows all entries that cover it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from onrecord.web.marking import Mark, pieces

TEXT = "the old mayor opened the fair in the rain"


def test_overlapping_marks_are_cut_at_their_edges() -> None:
    marks = [Mark(4, 20, "statement", "s"), Mark(14, 28, "event", "e")]
    drawn = [(piece.text, piece.ids) for piece in pieces(TEXT, 0, len(TEXT), marks)]
    assert drawn == [
        ("the ", ""),
        ("old mayor ", "s"),
        ("opened", "s e"),
        (" the fai", "e"),
        ("r in the rain", ""),
    ]


def test_the_shortest_mark_is_the_innermost_and_comes_last() -> None:
    marks = [Mark(8, 13, "party", "inner"), Mark(0, 28, "statement", "outer")]
    inner = next(piece for piece in pieces(TEXT, 0, len(TEXT), marks) if piece.text == "mayor")
    assert [mark.id for mark in inner.marks] == ["outer", "inner"]


def test_an_entry_opens_once_even_where_it_has_several_passages_and_paragraphs() -> None:
    marks = [Mark(0, 3, "statement", "s"), Mark(8, 13, "statement", "s")]
    opened: set[tuple[str, str]] = set()
    first = [mark.id for piece in pieces(TEXT, 0, 6, marks, opened) for mark in piece.opens]
    rest = [mark.id for piece in pieces(TEXT, 6, len(TEXT), marks, opened) for mark in piece.opens]
    assert (first, rest) == (["s"], [])


spans = st.tuples(st.integers(0, 60), st.integers(1, 30)).map(lambda pair: (pair[0], pair[0] + pair[1]))


@given(st.text(max_size=60), st.lists(spans, max_size=30))
def test_every_character_is_drawn_once_with_exactly_the_marks_that_cover_it(
    text: str, places: list[tuple[int, int]]
) -> None:
    marks = [Mark(start, end, "event", f"e{number}") for number, (start, end) in enumerate(places)]
    at = 0
    for piece in pieces(text, 0, len(text), marks):
        for _ in piece.text:
            covering = {mark.id for mark in marks if mark.start <= at < mark.end}
            assert {mark.id for mark in piece.marks} == covering
            at += 1
    assert at == len(text)
