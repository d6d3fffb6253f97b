"""From scores to spans: windows put together again, the best tag sequence, and the spans that it marks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from training.pieces import ROOM, Numbers

Scores = NDArray[np.float32]
Span = tuple[int, int, str]

CONTEXT = 64
"""Pieces that neighbouring windows share, so that no piece is judged at a window's edge."""


class Reads(Protocol):
    """Anything that turns a padded batch into named scores: the torch model or the shipped ONNX file."""

    def __call__(self, ids: Numbers, cases: Numbers, mask: Numbers, words: Numbers) -> Mapping[str, Scores]:
        """The outputs of the reader's signature by name."""


def overlapping(cuts: list[int], length: int, room: int = ROOM, context: int = CONTEXT) -> Iterator[tuple[int, int]]:
    """Windows [start, end) over an article, each sharing up to `context` pieces with the one before."""
    edges, start = np.array([*cuts, length]), 0
    while True:
        inside = edges[(edges > start + context) & (edges <= start + room)]
        end = int(inside[-1]) if len(inside) else min(start + room, length)
        yield start, end
        if end >= length:
            return
        behind = edges[(edges > start) & (edges >= end - context) & (edges < end)]
        start = int(behind[0]) if len(behind) else max(start + 1, end - context)


def owners(windows: list[tuple[int, int]], length: int) -> Numbers:
    """For each piece the window that shows most on its narrower side; the article's own ends do not count as edges."""
    room = np.full((len(windows), length), -1)
    for row, (start, end) in zip(room, windows, strict=True):
        place = np.arange(start, end)
        before = place - start if start else np.full(end - start, length)
        after = end - 1 - place if end < length else np.full(end - start, length)
        row[start:end] = np.minimum(before, after)
    best: Numbers = room.argmax(0).astype(np.int64)
    return best


def best_tags(emissions: Scores, transitions: Scores) -> list[int]:
    """The highest-scoring tag sequence (Viterbi) for emissions [N,S] and transitions [S,S] (before, after)."""
    if not len(emissions):
        return []
    score, back = emissions[0], []
    for emitted in emissions[1:]:
        reached = score[:, None] + transitions
        back.append(reached.argmax(0))
        score = reached.max(0) + emitted
    tags = [int(score.argmax())]
    for pointers in reversed(back):
        tags.append(int(pointers[tags[-1]]))
    return tags[::-1]


def spans(tags: list[int], names: list[str]) -> set[Span]:
    """The spans [first, last) with their kinds that a BIO sequence marks; an I after nothing begins one."""
    found: set[Span] = set()
    first = -1
    for place in range(len(tags) + 1):
        tag = names[tags[place]] if place < len(tags) else "O"
        if first >= 0 and not (tag.startswith("I") and tag[1:] == names[tags[first]][1:]):
            found.add((first, place, names[tags[first]][2:]))
            first = -1
        if first < 0 and tag != "O":
            first = place
    return found
