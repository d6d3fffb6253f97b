"""Blocks: what shares a key is compared, and nothing else; an over-full key is split by a finer one or left out.

The cost of a linker is the sum of the squares of its blocks, so no block is larger than its cap, and what the cap
leaves out is counted.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import TypeVar

Thing = TypeVar("Thing")
Keys = Callable[[Thing], Iterable[str]]
Capped = Counter[str]
"""By linker, how many keys more things share than are all compared with one another: what is told to the user."""


@dataclass(slots=True)
class Blocking:
    """The pairs of positions to compare, each with the smaller first, and what the cap did."""

    pairs: set[tuple[int, int]] = field(default_factory=set)
    split: int = 0
    """Keys that more things had than the cap and that were split by a finer key."""
    left_out: int = 0
    """Things in blocks that were over-full even then, of which only neighbours in order were compared."""


def note(capped: Capped | None, linker: str, keys: int) -> None:
    """Notes that a linker found so many over-full keys, where somebody asks."""
    if capped is not None and keys:
        capped[linker] += keys


def pairs_of(things: Sequence[Thing], levels: Sequence[Keys[Thing]], cap: int) -> Blocking:
    """The pairs of things that share a key of the first level; keys of a next level split blocks over the cap.

    In a block that is over-full at the last level each thing is compared with the next few in order alone.
    """
    found = Blocking()
    _split(range(len(things)), things, levels, cap, found)
    return found


def _split(
    block: Sequence[int], things: Sequence[Thing], levels: Sequence[Keys[Thing]], cap: int, found: Blocking
) -> None:
    if not levels:
        found.left_out += len(block)
        found.pairs.update((a, b) for at, a in enumerate(block) for b in block[at + 1 : at + 1 + cap // 8])
        return
    blocks: dict[str, list[int]] = defaultdict(list)
    for at in block:
        for key in levels[0](things[at]):
            blocks[key].append(at)
    for key in sorted(blocks):
        members = blocks[key]
        if len(members) <= cap:
            found.pairs.update(combinations(members, 2))
        else:
            found.split += 1
            _split(members, things, levels[1:], cap, found)
