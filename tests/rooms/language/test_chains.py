"""Tag sequences: the best one is valid, and probabilities are those of all sequences counted out."""

from __future__ import annotations

from itertools import pairwise, product

import numpy as np
import pytest

from onrecord.language.chains import Chain, spans

TAGS = ("O", "B-X", "I-X", "B-Y", "I-Y")
LENGTH = 5


def is_valid(path: tuple[int, ...]) -> bool:
    """Whether every I follows a B or an I of its own kind."""
    names = ["O", *(TAGS[tag] for tag in path)]
    return all(not tag.startswith("I") or before[1:] == tag[1:] for before, tag in pairwise(names))


def every_sequence(chain: Chain, emissions: np.ndarray) -> dict[tuple[int, ...], float]:
    """The score of every valid sequence, added up one by one."""
    scores = {}
    for path in product(range(len(TAGS)), repeat=len(emissions)):
        if is_valid(path):
            score = chain.starts[path[0]] + chain.ends[path[-1]]
            score += sum(emissions[place, tag] for place, tag in enumerate(path))
            scores[path] = score + sum(chain.steps[a, b] for a, b in pairwise(path))
    return scores


@pytest.fixture(params=range(4))
def chain_and_emissions(request: pytest.FixtureRequest) -> tuple[Chain, np.ndarray]:
    chance = np.random.default_rng(request.param)
    size = len(TAGS)
    chain = Chain.of(TAGS, chance.normal(size=(size, size)), chance.normal(size=size), chance.normal(size=size))
    return chain, chance.normal(size=(LENGTH, size), scale=2)


def test_the_best_sequence_is_the_best_of_all_valid_ones(chain_and_emissions: tuple[Chain, np.ndarray]) -> None:
    chain, emissions = chain_and_emissions
    scores = every_sequence(chain, emissions)
    assert tuple(chain.best(emissions).tolist()) == max(scores, key=lambda path: scores[path])


def test_a_span_is_as_probable_as_the_share_of_sequences_that_have_it(
    chain_and_emissions: tuple[Chain, np.ndarray],
) -> None:
    chain, emissions = chain_and_emissions
    weights = {path: np.exp(score) for path, score in every_sequence(chain, emissions).items()}
    marginals = chain.forward_backward(emissions)
    for wanted in [(1, 3, 1), (0, LENGTH, 3), (4, 5, 1)]:
        having = sum(weight for path, weight in weights.items() if wanted in spans(np.array(path), TAGS))
        expected = having / sum(weights.values())
        assert marginals.probability(*wanted, inside=wanted[2] + 1) == pytest.approx(expected)


def test_no_sequence_begins_inside_a_span() -> None:
    chain = Chain.of(("O", "B", "I"), None, None, None)
    assert chain.best(np.array([[0.0, -1.0, 9.0], [0.0, 0.0, 9.0]])).tolist() == [1, 2]


def test_an_empty_sequence_has_no_tags() -> None:
    assert not len(Chain.of(("O", "B", "I"), None, None, None).best(np.zeros((0, 3))))


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ([0, 1, 2, 0], [(1, 3, 1)]),
        ([1, 1, 2], [(0, 1, 1), (1, 3, 1)]),
        ([1, 3, 4], [(0, 1, 1), (1, 3, 3)]),
        ([1, 2, 1, 2, 2], [(0, 2, 1), (2, 5, 1)]),
        ([0, 0], []),
        ([], []),
    ],
)
def test_spans_begin_at_every_b(path: list[int], expected: list[tuple[int, int, int]]) -> None:
    assert spans(np.array(path, dtype=np.int64), TAGS) == expected


def test_a_higher_temperature_makes_every_span_less_sure() -> None:
    chain = Chain.of(("O", "B", "I"), np.zeros((3, 3)), None, None)
    emissions = np.array([[0.0, 3.0, 0.0], [0.0, 0.0, 3.0], [3.0, 0.0, 0.0]])
    sure = chain.forward_backward(emissions).probability(0, 2, 1, 2)
    cooled = chain.divided_by(2.0).forward_backward(emissions / 2.0).probability(0, 2, 1, 2)
    assert 0 < cooled < sure < 1


@pytest.mark.parametrize("length", [65, 66, 100, 257, 1000])
def test_blocks_give_what_steps_give(length: int, monkeypatch: pytest.MonkeyPatch) -> None:
    chance = np.random.default_rng(length)
    chain = Chain.of(("O", "B", "I"), chance.normal(size=(3, 3)), chance.normal(size=3), chance.normal(size=3))
    emissions = chance.normal(size=(length, 3), scale=4)
    by_blocks, path = chain.forward_backward(emissions), chain.best(emissions)
    monkeypatch.setattr(Chain, "_pays_in_blocks", lambda self, length: False)
    by_steps = chain.forward_backward(emissions)
    assert path.tolist() == chain.best(emissions).tolist()
    assert by_blocks.total == pytest.approx(by_steps.total)
    possible = by_steps.left > by_steps.total - 300
    assert by_blocks.left[possible] == pytest.approx(by_steps.left[possible])
    assert by_blocks.right == pytest.approx(by_steps.right)
