"""An article's pieces as overlapping windows that the reader model can take in, one at a time."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial

import numpy as np

from onrecord.language.pieces import CLS, SEP, Floats, Ints, Pieces
from onrecord.language.session import OUTPUTS, Session

ROOM = 254
"""Pieces that fit beside [CLS] and [SEP] in a window of 256, the length of the windows trained on."""
CONTEXT = 48
"""Pieces at least that two windows share, so that a span cut by one window's edge lies well inside the other."""


@dataclass(frozen=True, slots=True)
class Window:
    """The pieces [start, end) of one article; those in [owned_from, owned_to) are read off this window."""

    start: int
    end: int
    owned_from: int
    owned_to: int

    def __len__(self) -> int:
        return self.end - self.start


def plan(cuts: Sequence[int], length: int, room: int = ROOM, context: int = CONTEXT) -> list[Window]:
    """Windows over `length` pieces that begin and end at cuts (likely sentence starts) wherever they can.

    Neighbours share at least one sentence (of up to half a window); what they share is owned half by each.
    """
    bounds = list(_bounds(cuts, length, room, context))
    windows, owned_from = [], 0
    for index, (start, end) in enumerate(bounds):
        owned_to = length
        if index + 1 < len(bounds):
            owned_to = _between(cuts, max(bounds[index + 1][0], owned_from + 1), end)
        windows.append(Window(start, end, owned_from, owned_to))
        owned_from = owned_to
    return windows


def _bounds(cuts: Sequence[int], length: int, room: int, context: int) -> Iterator[tuple[int, int]]:
    start = 0
    while length - start > room:
        at = bisect_right(cuts, start + room) - 1
        end = cuts[at] if at >= 0 and cuts[at] > start + room // 2 else start + room
        yield start, end
        at = bisect_right(cuts, end - context) - 1
        # a sentence longer than half a window is entered in its middle rather than read twice
        start = cuts[at] if at >= 0 and cuts[at] > max(start, end - room // 2) else end - context
    if length:
        yield start, length


def _between(cuts: Sequence[int], low: int, high: int) -> int:
    """The cut nearest the middle of low..high, or the middle."""
    middle = (low + high) // 2
    inside = cuts[bisect_left(cuts, low) : bisect_right(cuts, high)]
    return min(inside, key=lambda cut: (abs(cut - middle), cut)) if inside else middle


@dataclass(frozen=True)
class Read:
    """What the model says of one window, without [CLS] and [SEP]; `words` are the article's words [first, last).

    sentence [w]; upos [w, 17]; arcs [w, w+1], column 0 the root; relation [w, R]; names [n, 19];
    roles [3, n, 3] in the order source, cue, content; link [n, n].
    """

    window: Window
    first_word: int
    last_word: int
    sentence: Floats
    upos: Floats
    arcs: Floats
    relation: Floats
    names: Floats
    roles: Floats
    link: Floats


@dataclass(frozen=True)
class Request:
    """One window of an article, to be run: `first_pieces` are the first pieces of the article's words."""

    window: Window
    pieces: Pieces
    first_pieces: Ints

    @property
    def words(self) -> tuple[int, int]:
        """The words whose first piece lies in the window, as a half-open range."""
        low, high = np.searchsorted(self.first_pieces, (self.window.start, self.window.end), side="left")
        return int(low), int(high)


class Pending:
    """A window that is to be read, by another thread or by whoever asks for it first."""

    def __init__(self, read: Callable[[], Read], threads: Executor | None) -> None:
        self._read = read
        self._begun = threads.submit(read) if threads else None
        self._found: Read | None = None

    def is_done(self) -> bool:
        """Whether it has been read."""
        return self._found is not None or (
            self._begun is not None and self._begun.done() and not self._begun.cancelled()
        )

    def take(self) -> bool:
        """Reads it here and now, unless it has been begun."""
        if self._found is not None or not (self._begun is None or self._begun.cancel()):
            return False
        self._found = self._read()
        return True

    def result(self) -> Read:
        """What the model says of it, as soon as it has been read."""
        if self._found is None and self._begun is not None and not self._begun.cancelled():
            return self._begun.result()
        self.take()
        assert self._found is not None
        return self._found


@contextmanager
def readings(session: Session) -> Iterator[Callable[[Request], Pending]]:
    """What starts the reading of one window after another.

    A window is run by itself: it stays in the processor's cache, nothing is padded (a batch of eight took a fifth
    longer), and several threads take a window each. The thread that asks is one of those that the session takes, so
    that what it does beside never leaves more threads than processors.
    """
    threads = ThreadPoolExecutor(session.threads - 1) if session.threads > 1 else None
    try:
        yield lambda request: Pending(partial(read_window, session, request), threads)
    finally:
        if threads:
            threads.shutdown(cancel_futures=True)


def finish(wanted: Sequence[Pending], others: Iterable[Pending] = ()) -> list[Read]:
    """What the model says of the windows wanted; while other threads read them, this one reads the others."""
    waiting = deque([*wanted, *others])
    while waiting and not all(pending.is_done() for pending in wanted):
        waiting.popleft().take()
    return [pending.result() for pending in wanted]


def run(session: Session, requests: Sequence[Request]) -> list[Read]:
    """The model's reading of each request, in their order."""
    with readings(session) as start:
        return finish([start(request) for request in requests])


def read_window(session: Session, request: Request) -> Read:
    """The model's reading of one window."""
    return _read(request, [output[0] for output in session.run(OUTPUTS, inputs_of(request))])


def inputs_of(request: Request) -> dict[str, Ints]:
    """What the model is given of a window: ids and cases [1, N] of its pieces, first pieces [1, W] of its words."""
    window, (low, high) = request.window, request.words
    pieces = slice(window.start, window.end)
    ids = np.concatenate([[CLS], request.pieces.ids[pieces], [SEP]]).astype(np.int64)
    words = np.zeros(max(1, high - low), dtype=np.int64)
    words[: high - low] = request.first_pieces[low:high] - window.start + 1
    cases = np.pad(request.pieces.cases[pieces], 1)
    return {"ids": ids[None], "cases": cases[None], "words": words[None]}


def _read(request: Request, outputs: Sequence[Floats]) -> Read:
    sentence, upos, arcs, relation, names, source, cue, content, link = outputs
    low, high = request.words
    count, last = high - low, len(request.window) + 1
    roles = np.stack([source[1:last], cue[1:last], content[1:last]])
    return Read(
        request.window, low, high, sentence[:count], upos[:count], arcs[:count, : count + 1], relation[:count],
        names[1:last], roles, link[1:last, 1:last],
    )  # fmt: skip
