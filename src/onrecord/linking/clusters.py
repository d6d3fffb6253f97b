"""Average-link clustering of profiles on a sparse graph of neighbours: each step joins the two likest groups.

The mean likeness of all pairs of two groups is the dot product of their sums over the product of their sizes, so no
group's pairs are ever enumerated (after Sneath and Sokal, "Numerical Taxonomy", 1973, for the method). It can only fall
below the greater of its parts' likenesses, so a likeness that a merge has made stale is an upper bound and is counted
anew when its turn comes.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from onrecord.linking.profiles import Profile, dot

CLOSE_BY = 0.999
"""A part of the threshold that two groups need for their nearness alone, rounding left aside."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What decides that articles are on one happening; set on BASIL (`evaluation/stories.py`)."""

    names: float = 0.2
    """The share of parties and occasions in the likeness; the rest is words."""
    threshold: float = 0.19
    """The least mean likeness of two groups that are joined."""
    fade: float = 7.0
    """In so many days beyond the first the likeness of two groups falls to 1/e."""
    undated: float = 0.75
    """What likeness counts for where one side has no date and the two name no day in common."""


@dataclass(eq=False, slots=True)
class Group:
    """Articles that are taken to be on one happening, with the sums of their vectors."""

    members: list[int]
    words: dict[str, float]
    names: dict[str, float]
    published: list[tuple[int, int]]
    days: set[int]
    neighbours: dict[int, float] = field(default_factory=dict)
    """The groups it may be joined with, and at most how like they are."""

    @classmethod
    def of(cls, at: int, profile: Profile) -> Group:
        dated = [profile.published] if profile.published else []
        return cls([at], dict(profile.words), dict(profile.names), dated, set(profile.days))

    def take(self, other: Group) -> None:
        """Takes over all that the other group has."""
        self.members += other.members
        for mine, theirs in ((self.words, other.words), (self.names, other.names)):
            for key, x in theirs.items():
                mine[key] = mine.get(key, 0.0) + x
        self.published += other.published
        self.days |= other.days


def likeness(left: Group, right: Group, settings: Settings) -> float:
    """How probably two groups are on one happening, from 0 to 1: the mean over their pairs, less for days between."""
    return _in_common(left, right, settings) * nearness(left, right, settings)


def _in_common(left: Group, right: Group, settings: Settings) -> float:
    """How like the words, parties and occasions of two groups are, from 0 to 1: the mean over their pairs."""
    pairs = len(left.members) * len(right.members)
    words, names = dot(left.words, right.words) / pairs, dot(left.names, right.names) / pairs
    return (1 - settings.names) * words + settings.names * names


def nearness(left: Group, right: Group, settings: Settings) -> float:
    """1 for groups whose articles came out within a day of one another, less for every day between them."""
    if not left.published or not right.published:
        return 1.0 if left.days & right.days else settings.undated
    gap = days_between(left.published, right.published)
    return math.exp(-max(0.0, gap - 1) / settings.fade)


def days_between(left: Sequence[tuple[int, int]], right: Sequence[tuple[int, int]]) -> float:
    """The days between two groups' articles: half way from those of the nearest two to those of their middles."""
    nearest = max(
        0, min(a for a, _ in left) - max(b for _, b in right), min(a for a, _ in right) - max(b for _, b in left)
    )
    middles = [math.fsum(a + b for a, b in side) / (2 * len(side)) for side in (left, right)]
    return (nearest + max(float(nearest), abs(middles[0] - middles[1]))) / 2


def cluster_profiles(
    profiles: Sequence[Profile], pairs: Mapping[tuple[int, int], float], settings: Settings
) -> list[list[int]]:
    """The groups of positions, each sorted; `pairs` are the neighbours, with the likeness that a copy lends them."""
    merging = Merging({at: Group.of(at, profile) for at, profile in enumerate(profiles)}, settings)
    for (a, b), lent in sorted(pairs.items()):
        merging.meet(a, b, max(lent, merging.likeness(a, b)), counted=True)
    while merging.step():
        pass
    return sorted(sorted(group.members) for group in merging.groups.values())


class Merging:
    """Groups on their way to becoming stories, with a queue of the pairs that may be joined, the likest first."""

    def __init__(self, groups: dict[int, Group], settings: Settings) -> None:
        self.groups = groups
        self.settings = settings
        self._queue: list[tuple[float, int, int, int, bool]] = []

    def likeness(self, a: int, b: int) -> float:
        """How like two groups are; where too many days lie between them, at least as much, which is too little."""
        left, right = self.groups[a], self.groups[b]
        most = nearness(left, right, self.settings)
        return _in_common(left, right, self.settings) * most if most > CLOSE_BY * self.settings.threshold else most

    def meet(self, a: int, b: int, bound: float, *, counted: bool) -> None:
        """Two groups may be joined; `bound` is their likeness or, where it was not counted, at least that."""
        if bound < self.settings.threshold:
            return
        left, right = self.groups[a], self.groups[b]
        left.neighbours[b] = right.neighbours[a] = bound
        size = len(left.members) + len(right.members)
        heapq.heappush(self._queue, (-bound, min(a, b), max(a, b), size, counted))

    def step(self) -> bool:
        """Joins the two likest groups, or counts their likeness anew; false when none are like enough."""
        if not self._queue:
            return False
        _, a, b, size, counted = heapq.heappop(self._queue)
        if a not in self.groups or b not in self.groups:
            return True
        if size != len(self.groups[a].members) + len(self.groups[b].members):
            return True
        if counted:
            self._join(a, b)
        else:
            self.meet(a, b, self.likeness(a, b), counted=True)
        return True

    def _join(self, a: int, b: int) -> None:
        left, right = self.groups[a], self.groups.pop(b)
        for other, bound in right.neighbours.items():
            left.neighbours[other] = max(bound, left.neighbours.get(other, 0.0))
        left.take(right)
        near = {c: x for c, x in left.neighbours.items() if c in self.groups and c != a}
        left.neighbours = {}
        for other in sorted(near):
            self.groups[other].neighbours.pop(b, None)
            self.meet(a, other, near[other], counted=False)
