"""Linear chains of few tags over one long text, several chains abreast, computed block by block.

What a step does to any state is a matrix. The steps are cut into blocks of eight; what each place of a block has done
since the block began is a product of such matrices, taken for all blocks at once. The states at which blocks begin
follow from what whole blocks do, and these are cut into blocks in turn; then all states inside blocks follow at once.
That is some twenty array operations for every eightfold of the length, and exact (a prefix sum over several levels,
after Ladner and Fischer, "Parallel prefix computation", 1980).

What is given and returned has the chains first; inside, the tags come first, and what is abreast last, where an
operation runs along it.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Doubles = NDArray[np.float64]
Ints = NDArray[np.int64]

TINY = 1e-300
PLACES = 8
"""Steps in a block: few enough that sums inside one need no scaling."""


class Kind(NamedTuple):
    """How steps join to a way, how all ways between two tags count together, and whether their counts shrink."""

    join: np.ufunc
    gather: np.ufunc
    shrinks: bool


BEST, SUMS = Kind(np.add, np.maximum, shrinks=False), Kind(np.multiply, np.add, shrinks=True)


def best(starts: Doubles, steps: Doubles, ends: Doubles, scores: Doubles) -> list[Ints]:
    """The best path [n] of each chain, for `starts`, `ends` [chains, tags], `steps` [chains, tags, tags].

    `scores` [chains, n, tags] are those of the tags themselves, one at least.
    """
    reached, _ = _along(starts + scores[:, 0], steps, scores[:, 1:], BEST)
    last = (reached[:, -1] + ends).argmax(1).tolist()
    back = (reached[:, :-1, :, None] + steps[:, None]).argmax(2).astype(np.uint8)
    return [_backwards(chain.tobytes(), starts.shape[1], at) for chain, at in zip(back, last, strict=True)]


def _backwards(back: bytes, tags: int, last: int) -> Ints:
    path = [last]
    for row in range(len(back) - tags, -1, -tags):
        last = back[row + last]
        path.append(last)
    return np.array(path[::-1], dtype=np.int64)


def sums(starts: Doubles, steps: Doubles, weights: Doubles) -> tuple[Doubles, Doubles]:
    """The sums over all paths that end in each tag [chains, n, tags], scaled, and the logs of the scales [chains, n].

    `starts` [chains, tags], `steps` [chains, tags, tags] and `weights` [chains, n, tags] are weights, not their logs;
    the largest weight of each n is 1.
    """
    return _along(starts * weights[:, 0], steps, weights[:, 1:], SUMS)


def _along(first: Doubles, steps: Doubles, rows: Doubles, kind: Kind) -> tuple[Doubles, Doubles]:
    """The states [chains, 1 + n, tags] from `first` on over `rows` [chains, n, tags], and the logs of their scales."""
    chains, count, tags = rows.shape
    blocks = -(-count // PLACES)
    states, scales = np.empty((chains, 1 + count, tags)), np.zeros((chains, 1 + count))
    states[:, 0] = first
    if count:
        filled = np.ones((chains, blocks * PLACES, tags))  # what fills up the last block is never used
        filled[:, :count] = rows
        cut = filled.reshape(chains, blocks, PLACES, tags).transpose(2, 3, 0, 1).reshape(PLACES, 1, tags, -1)
        wide = np.repeat(steps.transpose(1, 2, 0), blocks, 2)
        inside, more = _inside(first.T, kind.join(wide, cut), chains, kind)
        inside = inside.reshape(PLACES, tags, chains, blocks).transpose(2, 3, 0, 1).reshape(chains, -1, tags)
        states[:, 1:], scales[:, 1:] = inside[:, :count], np.repeat(more, PLACES, 1)[:, :count]
    return states, scales


def _inside(first: Doubles, moves: Doubles, chains: int, kind: Kind) -> tuple[Doubles, Doubles]:
    """The states [places, tags, chains * blocks] after every move, and their scales [chains, blocks].

    `moves` [places, tags, tags, chains * blocks] are changed into what has been done since the block began.
    """
    places, tags, _, abreast = moves.shape
    room = np.empty((tags, tags, tags, abreast))
    for place in range(1, places):
        kind.gather.reduce(kind.join(moves[place - 1][:, :, None], moves[place], out=room), 1, out=moves[place])
    begin, scales = _beginnings(first, moves[-1].reshape(tags, tags, chains, -1), kind)
    begin, inside = begin.reshape(tags, 1, abreast), np.empty((places, tags, abreast))
    for place in range(places):
        kind.gather.reduce(kind.join(begin, moves[place], out=room[0]), 0, out=inside[place])
    return inside, scales


def _beginnings(first: Doubles, whole: Doubles, kind: Kind) -> tuple[Doubles, Doubles]:
    """The states [tags, chains, blocks] at which blocks begin, and their scales, by what whole blocks do."""
    tags, _, chains, blocks = whole.shape
    begin, scales = np.empty((tags, chains, blocks)), np.zeros((chains, blocks))
    begin[..., 0] = first
    whole = whole[..., :-1]
    if kind.shrinks:
        peaks = whole.max((0, 1))
        whole = whole / peaks
        scales[:, 1:] = np.log(peaks).cumsum(1)
    if blocks <= PLACES:
        for block in range(1, blocks):
            leading = kind.join(begin[:, None, :, block - 1], whole[..., block - 1])
            kind.gather.reduce(leading, 0, out=begin[..., block])
        return begin, scales
    upper = -(-(blocks - 1) // PLACES)
    filled = np.ones((tags, tags, chains, upper * PLACES))
    filled[..., : blocks - 1] = whole
    cut = filled.reshape(tags, tags, chains, upper, PLACES).transpose(4, 0, 1, 2, 3).reshape(PLACES, tags, tags, -1)
    inside, more = _inside(first, cut, chains, kind)
    inside = inside.reshape(PLACES, tags, chains, upper).transpose(1, 2, 3, 0).reshape(tags, chains, -1)
    begin[..., 1:] = inside[..., : blocks - 1]
    scales[:, 1:] += np.repeat(more, PLACES, 1)[:, : blocks - 1]
    return begin, scales
