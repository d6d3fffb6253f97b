"""An article's pieces as overlapping windows that the reader model can take in, and windows as batches."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from onrecord.language.pieces import CLS, SEP, Floats, Ints, Pieces
from onrecord.language.session import OUTPUTS, Session

ROOM = 254
"""Pieces that fit beside [CLS] and [SEP] in a window of 256, the length of the windows trained on."""
CONTEXT = 48
"""Pieces at least that two windows share, so that a span cut by one window's edge lies well inside the other."""
BATCH = 2048
"""Padded pieces run at once; larger batches were no faster on two cores."""


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
    """One window of one article, to be run: `first_pieces` are the first pieces of the article's words."""

    article: int
    window: Window
    pieces: Pieces
    first_pieces: Ints

    @property
    def words(self) -> tuple[int, int]:
        """The words whose first piece lies in the window, as a half-open range."""
        low, high = np.searchsorted(self.first_pieces, (self.window.start, self.window.end), side="left")
        return int(low), int(high)


def batches(requests: Sequence[Request], budget: int = BATCH) -> Iterator[list[int]]:
    """Indexes of requests grouped by like length, so that little is padded; each group within `budget` pieces."""
    order = sorted(range(len(requests)), key=lambda index: (-len(requests[index].window), index))
    group: list[int] = []
    for index in order:
        longest = len(requests[group[0]].window) + 2 if group else 0
        if group and (len(group) + 1) * longest > budget:
            yield group
            group = []
        group.append(index)
    if group:
        yield group


def run(session: Session, requests: Sequence[Request], budget: int = BATCH) -> list[Read]:
    """The model's reading of each request, in their order."""
    found: list[Read | None] = [None] * len(requests)
    for group in batches(requests, budget):
        outputs = session.run(OUTPUTS, _inputs([requests[index] for index in group]))
        for row, index in enumerate(group):
            found[index] = _read(requests[index], [output[row] for output in outputs])
    return [read for read in found if read is not None]


def _inputs(group: Sequence[Request]) -> dict[str, Ints]:
    width = max(len(request.window) for request in group) + 2
    ranges = [request.words for request in group]
    ids, cases, mask = (np.zeros((len(group), width), dtype=np.int64) for _ in range(3))
    words = np.zeros((len(group), max(1, max(high - low for low, high in ranges))), dtype=np.int64)
    for row, (request, (low, high)) in enumerate(zip(group, ranges, strict=True)):
        start, end = request.window.start, request.window.end
        length = end - start
        ids[row, 0], ids[row, 1 : length + 1], ids[row, length + 1] = CLS, request.pieces.ids[start:end], SEP
        cases[row, 1 : length + 1] = request.pieces.cases[start:end]
        mask[row, : length + 2] = 1
        words[row, : high - low] = request.first_pieces[low:high] - start + 1
    return {"ids": ids, "cases": cases, "mask": mask, "words": words}


def _read(request: Request, outputs: Sequence[Floats]) -> Read:
    sentence, upos, arcs, relation, names, source, cue, content, link = outputs
    low, high = request.words
    count, last = high - low, len(request.window) + 1
    roles = np.stack([source[1:last], cue[1:last], content[1:last]])
    return Read(
        request.window, low, high, sentence[:count], upos[:count], arcs[:count, : count + 1], relation[:count],
        names[1:last], roles, link[1:last, 1:last],
    )  # fmt: skip
