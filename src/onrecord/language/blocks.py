"""Linear chains of few tags over long texts, computed block by block.

A sequence of n steps is cut into about sqrt(n) blocks of sqrt(n) steps. What each block does to any state is a product
of its step matrices, taken for all blocks at once; the states between blocks follow one by one; then the states inside
all blocks follow at once. That is three times sqrt(n) array operations instead of n, and exact (a two-level prefix sum,
after Ladner and Fischer, "Parallel prefix computation", 1980).
"""

from __future__ import annotations

from math import isqrt

import numpy as np
from numpy.typing import NDArray

Doubles = NDArray[np.float64]

TINY = 1e-300
NEVER = -1e30


def best(start: Doubles, steps: Doubles, ends: Doubles) -> NDArray[np.int64]:
    """The best path [n + 1] from the scores `start` [tags], of each step [n, tags, tags], and `ends` [tags]."""
    count, tags = len(steps), len(start)
    cut = _cut(steps, np.where(np.eye(tags, dtype=bool), 0.0, NEVER))
    product = cut[:, 0]
    for place in range(1, cut.shape[1]):
        product = (product[:, :, :, None] + cut[:, place, None]).max(2)
    states = np.empty((len(cut), tags))
    states[0] = start
    for block in range(1, len(cut)):
        states[block] = (states[block - 1][:, None] + product[block - 1]).max(0)
    back = np.empty(cut.shape[:3], dtype=np.int64)
    for place in range(cut.shape[1]):
        reached = states[:, :, None] + cut[:, place]
        back[:, place] = reached.argmax(1)
        states = reached.max(1)
    return _backwards(back.reshape(-1, tags)[:count], int((states[-1] + ends).argmax()))


def _backwards(back: NDArray[np.int64], last: int) -> NDArray[np.int64]:
    path = [last]
    for before in back[::-1].tolist():
        path.append(before[path[-1]])
    return np.array(path[::-1], dtype=np.int64)


def sums(start: Doubles, steps: Doubles, end: Doubles) -> tuple[Doubles, Doubles, Doubles, Doubles]:
    """The sums of all paths to and from each tag, in rows scaled to one, with the scales: left, scales, right, scales.

    `start` [tags], `steps` [n, tags, tags] and `end` [tags] are weights, not their logs; results have n + 1 rows.
    """
    cut = _cut(steps, np.eye(len(start)))
    product = cut[:, 0]
    for place in range(1, cut.shape[1]):
        product = product @ cut[:, place]
        product = product / (product.max((1, 2), keepdims=True) + TINY)
    left, scales = _inside(_between(start, product), cut)
    turned = cut[::-1, ::-1].swapaxes(2, 3)
    right, back = _inside(_between(end, product[::-1].swapaxes(1, 2)), turned)
    first, last = start.sum() + TINY, end.sum() + TINY
    kept = slice(len(right) - len(steps), None)
    return (
        np.concatenate([[start / first], left[: len(steps)]]),
        np.concatenate([[first], scales[: len(steps)]]),
        np.concatenate([right[kept][::-1], [end / last]]),
        np.concatenate([back[kept][::-1], [last]]),
    )


def _cut(steps: Doubles, still: Doubles) -> Doubles:
    """The steps in blocks [blocks, places, tags, tags], the last filled up with steps that change nothing."""
    places = isqrt(len(steps) - 1) + 1
    missing = -len(steps) % places
    filled = np.concatenate([steps, np.broadcast_to(still, (missing, *still.shape))])
    return filled.reshape(-1, places, *still.shape)


def _between(start: Doubles, product: Doubles) -> Doubles:
    """The state [blocks, tags] at the beginning of each block, scaled to one."""
    states = np.empty((len(product), len(start)))
    states[0] = start / (start.sum() + TINY)
    for block in range(1, len(product)):
        state = states[block - 1] @ product[block - 1]
        states[block] = state / (state.sum() + TINY)
    return states


def _inside(states: Doubles, cut: Doubles) -> tuple[Doubles, Doubles]:
    """The state after each step [n, tags], scaled to one, and the scales [n]."""
    found, scales = np.empty(cut.shape[:3]), np.empty(cut.shape[:2])
    for place in range(cut.shape[1]):
        states = (states[:, None] @ cut[:, place])[:, 0]
        total = states.sum(1, keepdims=True) + TINY
        found[:, place] = states = states / total
        scales[:, place] = total[:, 0]
    return found.reshape(-1, cut.shape[2]), scales.reshape(-1)
