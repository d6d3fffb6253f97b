"""Windows cover an article, overlap, and are put together so that every piece is read off exactly one."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from onrecord.language.windows import Window, plan


@given(st.integers(0, 900), st.sets(st.integers(1, 899), max_size=60))
def test_every_piece_is_owned_by_one_window_that_holds_it(length: int, cuts: set[int]) -> None:
    windows = plan([0, *sorted(cut for cut in cuts if cut < length)], length, room=100, context=20)
    assert all(window.start <= window.owned_from < window.owned_to <= window.end for window in windows)
    assert all(0 < len(window) <= 100 for window in windows)
    owned = [place for window in windows for place in range(window.owned_from, window.owned_to)]
    assert owned == list(range(length))


@given(st.integers(101, 900), st.sets(st.integers(1, 899), max_size=60))
def test_neighbours_share_context(length: int, cuts: set[int]) -> None:
    windows = plan([0, *sorted(cut for cut in cuts if cut < length)], length, room=100, context=20)
    for before, after in pairwise(windows):
        assert before.start < after.start <= before.end - 20
        assert before.end - after.start <= 100


def test_windows_begin_and_end_at_cuts_where_there_are_any() -> None:
    windows = plan(list(range(0, 500, 10)), 500, room=100, context=20)
    assert all(window.start % 10 == 0 and window.end % 10 == 0 for window in windows)


def test_a_short_article_is_one_window() -> None:
    assert plan([0, 7], 30) == [Window(0, 30, 0, 30)]
