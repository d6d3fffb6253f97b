"""Heads are always a tree with one root, and the best such tree."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from onrecord.language.trees import decode, is_tree


def best_by_trying(scores: np.ndarray) -> float:
    """The score of the best tree with one root, by trying every assignment of heads."""
    size = len(scores)
    totals = []
    for heads in product(range(size + 1), repeat=size):
        if all(head != word + 1 for word, head in enumerate(heads)) and is_tree(np.array(heads)):
            totals.append(sum(scores[word, head] for word, head in enumerate(heads)))
    return float(max(totals))


@pytest.mark.parametrize("seed", range(40))
def test_the_tree_found_is_the_best_one(seed: int) -> None:
    chance = np.random.default_rng(seed)
    size = int(chance.integers(1, 5))
    scores = chance.normal(size=(size, size + 1), scale=3)
    heads = decode(scores)
    assert is_tree(heads)
    total = sum(scores[word, head] for word, head in enumerate(heads))
    if size <= 3:  # three roots are tried
        assert total == pytest.approx(best_by_trying(scores))


@pytest.mark.parametrize("seed", range(20))
def test_long_sentences_get_a_tree_whatever_the_scores(seed: int) -> None:
    chance = np.random.default_rng(seed)
    size = int(chance.integers(20, 90))
    heads = decode(chance.normal(size=(size, size + 1), scale=5))
    assert is_tree(heads)
    assert all(head != word + 1 for word, head in enumerate(heads))


def test_two_roots_are_made_one() -> None:
    scores = np.array([[5.0, 0.0, 1.0], [4.0, 3.0, 0.0]])
    assert decode(scores).tolist() == [0, 1]


def test_a_cycle_is_broken_where_it_costs_least() -> None:
    scores = np.full((3, 4), -9.0)
    scores[0, 2], scores[1, 1], scores[2, 0], scores[0, 3], scores[1, 3] = 5, 5, 5, 4, 1
    assert decode(scores).tolist() == [3, 1, 0]


@pytest.mark.parametrize(
    ("heads", "is_one"),
    [([0], True), ([0, 0], False), ([2, 1], False), ([0, 1, 2], True), ([2, 3, 2, 0], False), ([2, 0, 2], True)],
)
def test_a_tree_has_one_root_and_no_cycle(heads: list[int], is_one: bool) -> None:
    assert is_tree(np.array(heads)) is is_one
