"""Dependency trees from head scores: each sentence gets exactly one root and no cycle."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Doubles = NDArray[np.float64]
Ints = NDArray[np.int64]

IMPOSSIBLE = -1e6
ROOTS_TRIED = 3


def decode(scores: Doubles) -> Ints:
    """The heads [w] of one sentence for `scores` [w, w+1] (column 0 the root): 0 for the root, else 1 + the head.

    The best head of every word where that is already a tree with one root; else the best tree with one root, found by
    Chu-Liu and Edmonds' algorithm under each of the likeliest roots.
    """
    size = len(scores)
    if size == 1:
        return np.zeros(1, dtype=np.int64)
    scores = np.array(scores, dtype=np.float64, order="C")
    scores.reshape(-1)[1 :: size + 2] = IMPOSSIBLE  # no word is its own head
    greedy: Ints = scores.argmax(1)
    if is_tree(greedy):
        return greedy
    return _best_single_root(scores)


def is_tree(heads: Ints) -> bool:
    """Whether `heads` (0 the root, else 1 + the head) has one root and every word reaches it."""
    listed: list[int] = heads.tolist()
    return listed.count(0) == 1 and not _cycle([0, *listed])


def _best_single_root(scores: Doubles) -> Ints:
    size = len(scores)
    advantage = scores[:, 0] - scores[:, 1:].max(1)
    best: tuple[float, Ints] | None = None
    for root in np.argsort(-advantage, kind="stable")[:ROOTS_TRIED]:
        limited = scores.copy()
        limited[:, 0] = IMPOSSIBLE
        limited[root] = IMPOSSIBLE
        limited[root, 0] = scores[root, 0]
        heads: Ints = limited.argmax(1)
        if best is not None and float(limited.max(1).sum()) <= best[0]:
            continue  # no tree under this root is better than the best head of every word
        if not is_tree(heads):
            full = np.full((size + 1, size + 1), IMPOSSIBLE)
            full[1:] = limited
            heads = np.array(_edmonds(full)[1:], dtype=np.int64)
        total = float(limited[np.arange(size), heads].sum())
        if best is None or total > best[0]:
            best = total, heads
    assert best is not None
    return best[1]


def _cycle(heads: list[int]) -> list[int]:
    """The nodes of one cycle, or none; node 0 is the root."""
    state = [0] * len(heads)  # 0 not seen, else the walk that saw it
    state[0] = -1
    for start in range(1, len(heads)):
        node = start
        while state[node] == 0:
            state[node] = start
            node = heads[node]
        if state[node] == start:
            members, at = [node], heads[node]
            while at != node:
                members.append(at)
                at = heads[at]
            return sorted(members)
    return []


def _edmonds(scores: Doubles) -> list[int]:
    """The maximum spanning arborescence: `scores[word, head]`, node 0 the root (McDonald et al. 2005)."""
    size = len(scores)
    scores = scores.copy()
    np.fill_diagonal(scores, IMPOSSIBLE * 10)
    heads = [0, *scores[1:].argmax(1).tolist()]
    cycle = _cycle(heads)
    if not cycle:
        return heads
    inside = set(cycle)
    outside = [node for node in range(size) if node not in inside]
    gain = np.array([scores[node, heads[node]] for node in cycle])
    joined = len(outside)
    smaller = np.full((joined + 1, joined + 1), IMPOSSIBLE * 10)
    smaller[:joined, :joined] = scores[np.ix_(outside, outside)]
    leaving = scores[np.ix_(outside, cycle)]
    smaller[:joined, joined] = leaving.max(1)
    entering = scores[np.ix_(cycle, outside)] - gain[:, None]
    smaller[joined, :joined] = entering.max(0) + gain.sum()
    found = _edmonds(smaller)
    for index in range(1, joined):
        head = found[index]
        heads[outside[index]] = outside[head] if head != joined else cycle[int(leaving[index].argmax())]
    broken = int(entering[:, found[joined]].argmax())
    heads[cycle[broken]] = outside[found[joined]]
    return heads
