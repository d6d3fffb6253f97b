"""The longest common subsequence of two rows of words, and what differs between them.

The subsequence is found over the pairs of places with the same word (Hunt and Szymanski, "A fast algorithm for
computing longest common subsequences", 1977): fast where words are many and repeat little.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

NOTHING = "–"
"""Stands in a change for the side that has no words there."""


@dataclass(frozen=True, slots=True)
class Change:
    """Words of two rows that stand in the same place and differ: ranges of positions, either of which may be empty."""

    left: range
    right: range


def common(left: Sequence[str], right: Sequence[str]) -> list[tuple[int, int]]:
    """The pairs of positions of a longest common subsequence, in order; the same one each time."""
    if left == right:
        return [(at, at) for at in range(len(left))]
    places: dict[str, list[int]] = defaultdict(list)
    for j in range(len(right) - 1, -1, -1):
        places[right[j]].append(j)
    ends: list[int] = []
    last: list[int] = []
    steps: list[tuple[int, int, int]] = []
    for i, word in enumerate(left):
        for j in places.get(word, ()):
            at = bisect_left(ends, j)
            steps.append((i, j, last[at - 1] if at else -1))
            if at == len(ends):
                ends.append(j)
                last.append(len(steps) - 1)
            else:
                ends[at], last[at] = j, len(steps) - 1
    found: list[tuple[int, int]] = []
    at = last[-1] if last else -1
    while at >= 0:
        i, j, at = steps[at]
        found.append((i, j))
    return found[::-1]


def changes(pairs: Sequence[tuple[int, int]], left: range, right: range) -> Iterator[Change]:
    """What lies between the pairs of an alignment, in order, within the two ranges."""
    i, j = left.start, right.start
    for a, b in [*pairs, (left.stop, right.stop)]:
        if a > i or b > j:
            yield Change(range(i, a), range(j, b))
        i, j = a + 1, b + 1


def in_words(left: str, right: str) -> str:
    """A change as a person reads it: "five → six", "– → not"."""
    return f"{left or NOTHING} → {right or NOTHING}"
