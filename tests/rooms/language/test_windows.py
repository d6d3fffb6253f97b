"""Windows cover an article, overlap, and are put together so that every piece is read off exactly one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from threading import Event, Lock
from time import sleep
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.language.pieces import Pieces
from onrecord.language.windows import Request, Window, finish, plan, readings, run


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


class Echo:
    """A session that answers with the pieces it was given, the later calls sooner; at most `threads` at once."""

    def __init__(self, threads: int) -> None:
        self.threads = threads
        self.running, self.most = 0, 0
        self.lock = Lock()

    def run(self, names: Sequence[str] | None, inputs: Mapping[str, Any]) -> Sequence[Any]:
        with self.lock:
            self.running += 1
            self.most = max(self.most, self.running)
        sleep(0.02 if inputs["ids"][0, 1] == 0 else 0.001)
        with self.lock:
            self.running -= 1
        length, words = inputs["ids"].shape[1], inputs["words"].shape[1]
        shapes = [(words,), (words, 17), (words, words + 1), (words, 3), (length, 19), *[(length, 3)] * 3]
        ids = inputs["ids"][0].astype(np.float32)
        return [*(np.zeros((1, *shape), dtype=np.float32) for shape in shapes), np.tile(ids, (length, 1))[None]]


@pytest.mark.parametrize("threads", [1, 2, 3])
def test_windows_are_read_in_their_order_whichever_is_done_first(threads: int) -> None:
    numbers = np.arange(60, dtype=np.int64)
    pieces = Pieces(numbers, numbers, numbers, numbers + 1)
    requests = [Request(Window(at, at + 7, at, at + 7), pieces, numbers[::2]) for at in range(0, 49, 7)]
    session = Echo(threads)
    reads = run(session, requests)
    assert [read.window for read in reads] == [one.window for one in requests]
    assert [read.link[0].tolist() for read in reads] == [list(range(at, at + 7)) for at in range(0, 49, 7)]
    assert session.most <= threads


class Patient(Echo):
    """A session whose first window takes until the others have been read."""

    def __init__(self, others: int) -> None:
        super().__init__(threads=2)
        self.left, self.others_read = others, Event()

    def run(self, names: Sequence[str] | None, inputs: Mapping[str, Any]) -> Sequence[Any]:
        if inputs["ids"][0, 1] == 0:
            assert self.others_read.wait(20), "nobody read the others"
            return super().run(names, inputs)
        found = super().run(names, inputs)
        self.left -= 1
        if not self.left:
            self.others_read.set()
        return found


def test_while_one_thread_reads_what_is_wanted_another_reads_on() -> None:
    numbers = np.arange(60, dtype=np.int64)
    pieces = Pieces(numbers, numbers, numbers, numbers + 1)
    with readings(Patient(others=2)) as start:
        wanted, *later = (start(Request(Window(at, at + 7, at, at + 7), pieces, numbers[::2])) for at in (0, 7, 14))
        assert [read.window.start for read in finish([wanted], later)] == [0]
        assert [pending.result().window.start for pending in later] == [7, 14]
        assert not any(pending.take() for pending in later)
