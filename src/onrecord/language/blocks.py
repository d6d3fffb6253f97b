"""Linear chains of few tags over one long text, several chains abreast, computed block by block.

A sequence of n steps is cut into about sqrt(n) blocks of sqrt(n) steps. What each block does to any state is a product
of its step matrices, taken for all blocks at once; the states between blocks follow one by one; then the states inside
all blocks follow at once. That is three times sqrt(n) array operations instead of n, and exact (a two-level prefix sum,
after Ladner and Fischer, "Parallel prefix computation", 1980).

Arrays have the tags first and what is abreast last, where an operation runs along it.
"""

from __future__ import annotations

from math import isqrt

import numpy as np
from numpy.typing import NDArray

Doubles = NDArray[np.float64]
Ints = NDArray[np.int64]

TINY = 1e-300


def best(starts: Doubles, steps: Doubles, ends: Doubles, scores: Doubles) -> list[Ints]:
    """The best path [n] of each chain, for `starts`, `ends` [tags, chains], `steps` [tags, tags, chains].

    `scores` [n, tags, chains] are those of the tags themselves, one row at least.
    """
    first, count = starts + scores[0], len(scores) - 1
    if not count:
        return list((first + ends).argmax(0)[:, None])
    cut, wide = _cut(scores[1:]), _wide(steps, scores)
    product = wide + cut[0]
    for row in cut[1:]:
        product = (product[:, :, None] + wide).max(1) + row
    states = _between_best(first, product)
    back, reached = np.empty(cut.shape, dtype=np.int64), np.empty(cut.shape)
    for place, row in enumerate(cut):
        leading = states[:, None] + wide
        back[place], reached[place] = leading.argmax(0), leading.max(0) + row
        states = reached[place]
    last = (_rows(reached, count, first.shape[1])[-1] + ends).argmax(0)
    found = _rows(back, count, first.shape[1])
    return [_backwards(found[:, :, chain].tolist(), int(last[chain])) for chain in range(len(last))]


def _backwards(back: list[list[int]], last: int) -> Ints:
    path = [last]
    for before in reversed(back):
        path.append(before[path[-1]])
    return np.array(path[::-1], dtype=np.int64)


def sums(starts: Doubles, steps: Doubles, weights: Doubles) -> tuple[Doubles, Doubles]:
    """The sums over all paths that end in each tag [n, tags, chains], each scaled to one, and the scales [n, chains].

    `starts` [tags, chains], `steps` [tags, tags, chains] and `weights` [n, tags, chains] are weights, not their logs.
    """
    first, count = starts * weights[0], len(weights) - 1
    total = first.sum(0) + TINY
    if not count:
        return (first / total)[None], total[None]
    cut, wide = _cut(weights[1:]), _wide(steps, weights)
    product = wide * cut[0]
    for row in cut[1:]:
        product = (product[:, :, None] * wide).sum(1) * row
        product /= product.max((0, 1)) + TINY
    states = _between(first / total, product)
    found, scales = np.empty(cut.shape), np.empty((len(cut), 1, cut.shape[2]))
    for place, row in enumerate(cut):
        states = (states[:, None] * wide).sum(0) * row
        scales[place, 0] = states.sum(0) + TINY
        found[place] = states = states / scales[place]
    return (
        np.concatenate([(first / total)[None], _rows(found, count, first.shape[1])]),
        np.concatenate([total[None], _rows(scales, count, first.shape[1])[:, 0]]),
    )


def _cut(rows: Doubles) -> Doubles:
    """The rows [n, tags, chains] as [places, tags, blocks * chains]; what fills up the last block is never used."""
    count, tags, chains = rows.shape
    places = isqrt(count - 1) + 1
    filled = np.concatenate([rows, np.ones((-count % places, tags, chains))])
    return filled.reshape(-1, places, tags, chains).transpose(1, 2, 0, 3).reshape(places, tags, -1)


def _rows(cut: NDArray[np.generic], count: int, chains: int) -> NDArray[np.generic]:
    """What `_cut` cut, as it was."""
    places, tags = cut.shape[:2]
    return cut.reshape(places, tags, -1, chains).transpose(2, 0, 1, 3).reshape(-1, tags, chains)[:count]


def _wide(steps: Doubles, rows: Doubles) -> Doubles:
    """The steps [tags, tags, blocks * chains] for every block of the rows but the first."""
    places = isqrt(len(rows) - 2) + 1
    return np.tile(steps, -(-(len(rows) - 1) // places))


def _between_best(first: Doubles, product: Doubles) -> Doubles:
    """The best scores [tags, blocks * chains] at the beginning of each block."""
    tags, chains = first.shape
    blocks = product.reshape(tags, tags, -1, chains).transpose(2, 0, 1, 3)
    states = [first]
    for block in blocks[:-1]:
        states.append((states[-1][:, None] + block).max(0))
    return np.concatenate(states, 1)


def _between(first: Doubles, product: Doubles) -> Doubles:
    """The sums [tags, blocks * chains] at the beginning of each block, scaled to one."""
    tags, chains = first.shape
    blocks = product.reshape(tags, tags, -1, chains).transpose(2, 0, 1, 3)
    states = [first]
    for block in blocks[:-1]:
        state = (states[-1][:, None] * block).sum(0)
        states.append(state / (state.sum(0) + TINY))
    return np.concatenate(states, 1)
