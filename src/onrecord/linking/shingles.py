"""Runs of words as 64-bit numbers, and which articles share them.

A run's number is a polynomial over its words' hashes. Each article keeps the runs whose number falls in a fixed
fraction of the range, so that the same words give the same keys in every article (winnowing by value, after Broder,
"On the resemblance and containment of documents", 1997). Only articles that share keys are ever compared.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.uint64]

PRIME = np.uint64(1_099_511_628_211)
MIX = np.uint64(0x9E3779B97F4A7C15)
BLOCK_CAP = 50
"""A run that more articles share than this is a stock phrase or boilerplate and blocks nothing."""


@lru_cache(maxsize=1 << 18)
def number_of(word: str) -> int:
    """A word as 64 bits, the same on every machine."""
    return int.from_bytes(hashlib.blake2b(word.encode("utf8"), digest_size=8).digest(), "big")


def numbers(words: Sequence[str], run: int) -> Numbers:
    """The number of each run of so many words, in the order of the text."""
    count = len(words) - run + 1
    if count <= 0:
        return np.empty(0, np.uint64)
    each = np.fromiter(map(number_of, words), np.uint64, len(words))
    total = np.zeros(count, np.uint64)
    with np.errstate(over="ignore"):
        for at in range(run):
            total = total * PRIME + each[at : at + count]
        total *= MIX
    return total ^ (total >> np.uint64(31))


def sampled(runs: Numbers, one_in: int) -> Numbers:
    """The runs that serve as keys, sorted, each once."""
    return np.unique(runs[runs % np.uint64(one_in) == 0])


@dataclass(frozen=True, slots=True)
class Shared:
    """The pairs of positions that share keys, with how many, and what the cap left out."""

    pairs: dict[tuple[int, int], int]
    over_full: int
    """Keys that more documents have than a block holds."""


def shared(keys: Sequence[Numbers], cap: int = BLOCK_CAP, next_few: int = 0, least: int = 1) -> Shared:
    """Which documents share keys: for each pair that shares at least so many, in order, how many.

    A key that more than `cap` documents have pairs each of them with the `next_few` after it and no others.
    """
    if not keys or not sum(map(len, keys)):
        return Shared({}, 0)
    owner = np.repeat(np.arange(len(keys), dtype=np.int64), [len(held) for held in keys])
    every = np.concatenate(keys)
    order = np.lexsort((owner, every))
    every, owner = every[order], owner[order]
    starts = np.flatnonzero(np.concatenate(([True], every[1:] != every[:-1])))
    sizes = np.diff(np.concatenate((starts, [len(every)])))
    left: list[NDArray[np.int64]] = []
    right: list[NDArray[np.int64]] = []
    for size in np.unique(sizes[sizes > 1]).tolist():
        members = owner[starts[sizes == size][:, None] + np.arange(size)]
        for apart in range(1, size if size <= cap else next_few + 1):
            left.append(members[:, :-apart].ravel())
            right.append(members[:, apart:].ravel())
    if not left:
        return Shared({}, int((sizes > cap).sum()))
    codes, counts = np.unique(np.concatenate(left) * len(keys) + np.concatenate(right), return_counts=True)
    codes, counts = codes[counts >= least], counts[counts >= least]
    found = {divmod(int(code), len(keys)): int(count) for code, count in zip(codes, counts, strict=True)}
    return Shared(found, int((sizes > cap).sum()))


@dataclass(frozen=True, slots=True)
class Index:
    """The runs of a text in order of their numbers, with where each stands."""

    runs: Numbers
    at: NDArray[np.int64]

    @classmethod
    def of(cls, runs: Numbers) -> Index:
        order = np.argsort(runs, kind="stable")
        return cls(runs[order], order)

    def holds(self, runs: Numbers) -> NDArray[np.bool_]:
        """Of each run, whether the text has it."""
        if not len(self.runs):
            return np.zeros(len(runs), np.bool_)
        found = np.searchsorted(self.runs, runs)
        held: NDArray[np.bool_] = self.runs[np.minimum(found, len(self.runs) - 1)] == runs
        return held

    def places(self, runs: Numbers, most: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The pairs of positions at which both have one run, unless the text has it more than `most` times."""
        held = np.flatnonzero(self.holds(runs))
        first = np.searchsorted(self.runs, runs[held], "left")
        count = np.searchsorted(self.runs, runs[held], "right") - first
        count[count > most] = 0
        left = np.repeat(held, count)
        within = np.arange(len(left)) - np.repeat(np.cumsum(count) - count, count)
        return left, self.at[np.repeat(first, count) + within]


def diagonals(left: NDArray[np.int64], right: NDArray[np.int64]) -> list[tuple[int, int, int]]:
    """Pairs of positions that follow one another on both sides, as where they begin and how many they are."""
    if not len(left):
        return []
    order = np.lexsort((left, left - right))
    left, right = left[order], right[order]
    breaks = np.flatnonzero((np.diff(left) != 1) | (np.diff(right) != 1)) + 1
    starts = np.concatenate(([0], breaks))
    counts = np.diff(np.concatenate((starts, [len(left)])))
    return list(zip(left[starts].tolist(), right[starts].tolist(), counts.tolist(), strict=True))
