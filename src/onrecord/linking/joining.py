"""From scored pairs to groups: the surest pairs first, and no group of which the pairs on average speak against it."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import combinations

WHOLE = 8
"""In a group of so many all pairs that score are linked; in a larger one, those that hold it together."""
NEVER = -100.0
"""The score of a pair that must not come into one group, whatever the others say."""
LARGEST = 200
"""A group of more is joined with no other: what so many tell is hardly one thing."""

Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Group:
    """Positions that are one thing, and the pairs of them to link."""

    members: tuple[int, ...]
    pairs: tuple[Pair, ...]


def join(scored: Mapping[Pair, float], score: Callable[[int, int], float], least: float = 0.0) -> list[Group]:
    """The groups of two and more; `scored` are the pairs of the blocks, `score` counts one that is not among them.

    Two groups are joined where the mean score of the pairs between them is above `least`.
    """
    group_of: dict[int, list[int]] = {}
    held: dict[int, set[Pair]] = {}
    known = dict(scored)

    def between(left: list[int], right: list[int]) -> float:
        values = []
        for a in left:
            for b in right:
                pair = (a, b) if a < b else (b, a)
                if pair not in known:
                    known[pair] = score(*pair)
                if known[pair] <= NEVER:
                    return NEVER
                values.append(known[pair])
        return math.fsum(values) / len(values)

    for (a, b), value in sorted(scored.items(), key=lambda item: (-item[1], item[0])):
        if value <= least:
            break
        left, right = group_of.setdefault(a, [a]), group_of.setdefault(b, [b])
        if left is right or len(left) + len(right) > LARGEST or between(left, right) <= least:
            continue
        left += right
        for at in right:
            group_of[at] = left
        held.setdefault(id(left), set()).update(held.pop(id(right), set()) | {(a, b)})
    groups = {id(members): sorted(members) for members in group_of.values() if len(members) > 1}
    made = []
    for key, members in groups.items():
        pairs = set(held[key])
        if len(members) <= WHOLE:
            pairs.update(pair for pair in combinations(members, 2) if known.get(pair, NEVER) > least)
        made.append(Group(tuple(members), tuple(sorted(pairs))))
    return sorted(made, key=lambda group: group.members)
