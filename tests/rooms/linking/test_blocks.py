"""What is compared at all, and how scored pairs become groups."""

from __future__ import annotations

from onrecord.linking.blocks import pairs_of
from onrecord.linking.joining import NEVER, join


def first(word: str) -> list[str]:
    return [word[0]]


def test_only_what_shares_a_key_is_compared() -> None:
    found = pairs_of(["apple", "almond", "berry"], (first,), 10)
    assert found.pairs == {(0, 1)} and found.split == found.left_out == 0


def test_an_over_full_key_is_split_by_the_finer_one() -> None:
    words = [f"a{i % 3}" for i in range(9)]
    found = pairs_of(words, (first, lambda word: [word]), 4)
    assert found.split == 1 and found.left_out == 0
    assert found.pairs == {(a, b) for a in range(9) for b in range(a + 1, 9) if a % 3 == b % 3}


def test_what_no_key_splits_costs_no_more_than_its_size_and_is_counted() -> None:
    found = pairs_of(["same"] * 1000, (first,), 40)
    assert found.left_out == 1000
    assert len(found.pairs) < 1000 * 40


def test_a_pair_that_must_not_be_keeps_groups_apart() -> None:
    scores = {(0, 1): 3.0, (1, 2): 2.0, (0, 2): NEVER}
    groups = join(scores, lambda a, b: scores[(a, b)])
    assert [group.members for group in groups] == [(0, 1)]


def test_a_chain_of_weak_pairs_is_no_group() -> None:
    scores = {(0, 1): 2.0, (1, 2): 0.5, (0, 2): -3.0}
    groups = join(scores, lambda a, b: scores[(a, b)])
    assert [group.members for group in groups] == [(0, 1)]


def test_a_large_group_is_linked_by_as_many_pairs_as_hold_it_together() -> None:
    scores = {(a, b): 1.0 for a in range(20) for b in range(a + 1, 20)}
    (group,) = join(scores, lambda a, b: scores[(a, b)])
    assert len(group.members) == 20 and len(group.pairs) == 19
