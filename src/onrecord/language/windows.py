"""An article's pieces as overlapping windows that the reader model can take in, one at a time."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

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

    @cached_property
    def words(self) -> tuple[int, int]:
        """The words whose first piece lies in the window, as a half-open range."""
        low, high = self.first_pieces.searchsorted((self.window.start, self.window.end)).tolist()
        return low, high


def read_window(session: Session, request: Request) -> Read:
    """The model's reading of one window.

    A window is run by itself: it stays in the processor's cache, nothing is padded (a batch of eight took a fifth
    longer), and several threads take a window each.
    """
    return _read(request, [output[0] for output in session.run(OUTPUTS, inputs_of(request))])


def inputs_of(request: Request) -> dict[str, Ints]:
    """What the model is given of a window: ids and cases [1, N] of its pieces, first pieces [1, W] of its words."""
    window, (low, high) = request.window, request.words
    pieces = slice(window.start, window.end)
    ids, cases = np.zeros((2, 1, len(window) + 2), dtype=np.int64)
    ids[0, 0], ids[0, -1] = CLS, SEP
    ids[0, 1:-1], cases[0, 1:-1] = request.pieces.ids[pieces], request.pieces.cases[pieces]
    words = np.zeros((1, max(1, high - low)), dtype=np.int64)
    words[0, : high - low] = request.first_pieces[low:high] - window.start + 1
    return {"ids": ids, "cases": cases, "words": words}


def _read(request: Request, outputs: Sequence[Floats]) -> Read:
    sentence, upos, arcs, relation, names, source, cue, content, link = outputs
    low, high = request.words
    count, last = high - low, len(request.window) + 1
    roles = np.concatenate([source, cue, content]).reshape(3, *source.shape)[:, 1:last]
    return Read(
        request.window, low, high, sentence[:count], upos[:count], arcs[:count, : count + 1], relation[:count],
        names[1:last], roles, link[1:last, 1:last],
    )  # fmt: skip
