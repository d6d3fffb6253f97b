"""Stretches of two texts that are the same but for edits, aligned word by word.

Maximal runs of equal words are found first, the longest of them begin stretches, and shorter ones join a stretch that
they stand beside in both texts; what lies between two runs is aligned by its longest common subsequence.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from onrecord.linking.alignment import common

SEED = 3
"""Words of the shortest run that joins a stretch."""
BEGIN = 4
"""Words of the shortest run that begins one."""
GAP = 10
"""Words that may differ between two runs of one stretch, on either side."""
REPEATS = 6
"""A run of `SEED` words that stands more often in a text says nothing of where a stretch is."""


@dataclass(frozen=True, slots=True)
class Run:
    """Words that are the same in both texts: from `left` and from `right` on, `length` words."""

    left: int
    right: int
    length: int


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of both texts that is the same but for edits: ranges of positions, and the pairs of equal words."""

    left: range
    right: range
    pairs: tuple[tuple[int, int], ...]

    @property
    def density(self) -> float:
        """The part of the longer side's words that the other has too."""
        return len(self.pairs) / max(len(self.left), len(self.right))


def stretches(left: Sequence[str], right: Sequence[str]) -> list[Stretch]:
    """The stretches that two texts share, in the order of the left one; none overlap on either side."""
    return arranged(runs(left, right), left, right)


def arranged(found: Iterable[Run], left: Sequence[str], right: Sequence[str]) -> list[Stretch]:
    """The stretches that the maximal runs of two texts make."""
    groups: list[list[Run]] = []
    waiting: list[Run] = []
    used_left, used_right = bytearray(len(left)), bytearray(len(right))
    for run in sorted(found, key=lambda run: (-run.length, run.left, run.right)):
        free = trimmed(run, used_left, used_right)
        if free is None:
            continue
        if free.length < BEGIN:
            waiting.append(free)
            continue
        take(free, used_left, used_right)
        groups.append([free])
    groups = joined(groups)
    for run in waiting:
        free = trimmed(run, used_left, used_right)
        group = next((g for g in groups if free is not None and beside(g, free)), None)
        if free is not None and group is not None:
            take(free, used_left, used_right)
            group.append(free)
            group.sort(key=lambda run: run.left)
    return without_overlap([stretch(group, left, right) for group in joined(groups)])


def without_overlap(found: Sequence[Stretch]) -> list[Stretch]:
    """The stretches without those that lie in the gaps of a longer one, on either side."""
    kept: list[Stretch] = []
    lefts = bytearray(max((one.left.stop for one in found), default=0))
    rights = bytearray(max((one.right.stop for one in found), default=0))
    for one in sorted(found, key=lambda one: (-len(one.pairs), one.left.start)):
        left, right = one.left, one.right
        if lefts.find(1, left.start, left.stop) < 0 and rights.find(1, right.start, right.stop) < 0:
            lefts[left.start : left.stop], rights[right.start : right.stop] = b"\1" * len(left), b"\1" * len(right)
            kept.append(one)
    return sorted(kept, key=lambda one: one.left.start)


def runs(left: Sequence[str], right: Sequence[str]) -> Iterator[Run]:
    """The maximal runs of equal words, of `SEED` words or more."""
    places: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for j in range(len(right) - SEED + 1):
        places[tuple(right[j : j + SEED])].append(j)
    seeds: set[tuple[int, int]] = set()
    for i in range(len(left) - SEED + 1):
        found = places.get(tuple(left[i : i + SEED]), ())
        if len(found) <= REPEATS:
            seeds.update((i, j) for j in found)
    for i, j in sorted(seeds):
        if (i - 1, j - 1) in seeds:
            continue
        length = SEED
        while (i + length - SEED + 1, j + length - SEED + 1) in seeds:
            length += 1
        yield Run(i, j, length)


def trimmed(run: Run, used_left: bytearray, used_right: bytearray) -> Run | None:
    """The first part of a run that no other has taken, if it is long enough."""
    taken = used_left.find(1, run.left, run.left + run.length), used_right.find(1, run.right, run.right + run.length)
    if taken == (-1, -1):
        return run
    start = 0
    while start < run.length and (used_left[run.left + start] or used_right[run.right + start]):
        start += 1
    end = start
    while end < run.length and not (used_left[run.left + end] or used_right[run.right + end]):
        end += 1
    return Run(run.left + start, run.right + start, end - start) if end - start >= SEED else None


def take(run: Run, used_left: bytearray, used_right: bytearray) -> None:
    used_left[run.left : run.left + run.length] = b"\1" * run.length
    used_right[run.right : run.right + run.length] = b"\1" * run.length


def follows(first: Run, second: Run) -> bool:
    """The second run stands right behind the first in both texts, but for a few words."""
    behind = second.left - first.left - first.length, second.right - first.right - first.length
    return min(behind) >= 0 and max(behind) <= GAP


def beside(group: Sequence[Run], run: Run) -> bool:
    """The run fits before, behind or between the runs of a group."""
    if run.left > group[-1].left + group[-1].length + GAP or run.left + run.length + GAP < group[0].left:
        return False
    before = [other for other in group if other.left < run.left]
    behind = [other for other in group if other.left > run.left]
    fits_before = not before or before[-1].right + before[-1].length <= run.right
    fits_behind = not behind or run.right + run.length <= behind[0].right
    near = (bool(before) and follows(before[-1], run)) or (bool(behind) and follows(run, behind[0]))
    return near and fits_before and fits_behind


def joined(groups: Sequence[list[Run]]) -> list[list[Run]]:
    """Groups that follow one another in both texts made one, in the order of the left text."""
    found: list[list[Run]] = []
    for group in sorted(groups, key=lambda runs: runs[0].left):
        host = next((other for other in reversed(found[-4:]) if follows(other[-1], group[0])), None)
        if host is None:
            found.append(list(group))
        else:
            host.extend(group)
    return found


def stretch(group: Sequence[Run], left: Sequence[str], right: Sequence[str]) -> Stretch:
    """The stretch of some runs, with the words between them aligned as well."""
    pairs: list[tuple[int, int]] = []
    for at, run in enumerate(group):
        pairs += [(run.left + k, run.right + k) for k in range(run.length)]
        if at + 1 < len(group):
            i, j = run.left + run.length, run.right + run.length
            between = common(left[i : group[at + 1].left], right[j : group[at + 1].right])
            pairs += [(i + a, j + b) for a, b in between]
    last = group[-1]
    return Stretch(
        range(group[0].left, last.left + last.length), range(group[0].right, last.right + last.length), tuple(pairs)
    )
