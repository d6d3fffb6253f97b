"""Which articles are worth comparing as one story: those that share a rare word, party or occasion in near weeks.

Block, score, decide: `keys` names the blocks of an article, each block is capped, and an over-full key is split by the
fortnight in which its articles came out before it is left out. The caps keep the cost linear (`benchmarks/linking.py`);
on BASIL they leave nothing out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from onrecord.linking.profiles import Profile, strongest

KEYS = 40
"""Of an article's words, parties and occasions, so many of the heaviest are keys."""
BLOCK_CAP = 60
"""A key that more articles have is split by time."""
SPLIT_CAP = 120
"""A key that more articles of one fortnight have, beside the one before, names no happening."""
NEAREST = 30
"""Each article is compared with so many of those that share the most with it."""
FORTNIGHT = 14


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The pairs of positions to compare, and what the cap left out."""

    pairs: frozenset[tuple[int, int]]
    split: int
    """Keys that were split by time."""
    left_out: int
    """Blocks that were over-full after that and were left out."""


def neighbours(profiles: Sequence[Profile]) -> Neighbours:
    """For each article the others that share its heaviest keys, by the weight that they share."""
    keys = [strongest(profile, KEYS) for profile in profiles]
    blocks: dict[str, list[int]] = defaultdict(list)
    for at, found in enumerate(keys):
        for key in found:
            blocks[key].append(at)
    split = left_out = 0
    shared: list[dict[int, float]] = [defaultdict(float) for _ in profiles]
    for key in sorted(blocks):
        parts = [blocks[key]]
        if len(blocks[key]) > BLOCK_CAP:
            split += 1
            parts = list(by_fortnight(blocks[key], profiles))
        for part in parts:
            if len(part) > SPLIT_CAP:
                left_out += 1
                continue
            share(key, part, profiles, shared)
    return Neighbours(frozenset(nearest(shared)), split, left_out)


def by_fortnight(block: Iterable[int], profiles: Sequence[Profile]) -> Iterable[list[int]]:
    """The block in parts of two fortnights that overlap; undated articles are a part of their own."""
    parts: dict[int, list[int]] = defaultdict(list)
    for at in block:
        published = profiles[at].published
        fortnight = published[0] // FORTNIGHT if published else -2
        parts[fortnight].append(at)
        if published:
            parts[fortnight + 1].append(at)
    return [parts[key] for key in sorted(parts) if len(parts[key]) > 1]


def share(key: str, block: Sequence[int], profiles: Sequence[Profile], shared: Sequence[dict[int, float]]) -> None:
    """Adds to each two articles of the block what they share by its key."""
    weight = [profiles[at].words.get(key, 0.0) + profiles[at].names.get(key, 0.0) for at in block]
    for i, a in enumerate(block):
        found = shared[a]
        for j in range(i + 1, len(block)):
            found[block[j]] += weight[i] * weight[j]


def nearest(shared: Sequence[dict[int, float]]) -> set[tuple[int, int]]:
    """Each article's nearest, as pairs with the smaller position first."""
    both: list[dict[int, float]] = [{} for _ in shared]
    for a, found in enumerate(shared):
        for b, weight in found.items():
            both[a][b] = both[b][a] = weight
    return {
        (min(a, b), max(a, b))
        for a, found in enumerate(both)
        for b in sorted(found, key=lambda other: (-found[other], other))[:NEAREST]
    }
