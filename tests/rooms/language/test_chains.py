"""Tag sequences: the best one is valid, and probabilities are those of all sequences counted out."""

from __future__ import annotations

from itertools import pairwise, product

import numpy as np
import pytest

from onrecord.language import chains
from onrecord.language.chains import Chain, best_abreast, best_paths, marginals, marginals_abreast, spans

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
    assert tuple(best_paths(chain, emissions, (0, LENGTH)).tolist()) == max(scores, key=lambda path: scores[path])


def test_a_span_is_as_probable_as_the_share_of_sequences_that_have_it(
    chain_and_emissions: tuple[Chain, np.ndarray],
) -> None:
    chain, emissions = chain_and_emissions
    weights = {path: np.exp(score) for path, score in every_sequence(chain, emissions).items()}
    sums = marginals(chain, emissions, (0, LENGTH))
    wanted = [(1, 3, 1), (0, LENGTH, 3), (4, 5, 1)]
    for span, found in zip(wanted, sums.probabilities(wanted), strict=True):
        having = sum(weight for path, weight in weights.items() if span in spans(np.array(path), TAGS))
        assert found == pytest.approx(having / sum(weights.values()))


def test_no_sequence_begins_inside_a_span() -> None:
    chain = Chain.of(("O", "B", "I"), None, None, None)
    emissions = np.array([[0.0, -1.0, 9.0], [0.0, 0.0, 9.0]])
    assert best_paths(chain, emissions, (0, 2)).tolist() == [1, 2]
    assert best_paths(chain, emissions, (0, 1, 2)).tolist() == [0, 0]


def test_an_empty_sequence_has_no_tags() -> None:
    chain = Chain.of(("O", "B", "I"), None, None, None)
    assert not len(best_paths(chain, np.zeros((0, 3)), (0, 0)))
    assert [len(path) for path in best_abreast([chain, chain], np.zeros((2, 0, 3)))] == [0, 0]
    assert marginals(chain, np.zeros((2, 3)), (0, 2)).probabilities([]) == []


def test_sequences_side_by_side_are_read_as_each_alone(chain_and_emissions: tuple[Chain, np.ndarray]) -> None:
    chain, _ = chain_and_emissions
    chance = np.random.default_rng(len(chain.tags))
    edges = [0, 7, 8, 8, 30, 33, 60]
    emissions = chance.normal(size=(edges[-1], len(TAGS)), scale=2)
    together = best_paths(chain, emissions, edges)
    wanted = spans(together, TAGS)
    beliefs = dict(zip(wanted, marginals(chain, emissions, edges).probabilities(wanted), strict=True))
    for first, last in pairwise(edges):
        alone = best_paths(chain, emissions[first:last], (0, last - first))
        assert alone.tolist() == together[first:last].tolist()
        found = spans(alone, TAGS)
        sums = marginals(chain, emissions[first:last], (0, last - first)) if last > first else None
        for (a, b, tag), belief in zip(found, sums.probabilities(found) if sums else [], strict=True):
            assert beliefs[a + first, b + first, tag] == pytest.approx(belief)


@pytest.mark.parametrize("outside", [0.0, 3.0, 6.0, 12.0])
def test_pieces_that_are_surely_outside_change_nothing(outside: float, monkeypatch: pytest.MonkeyPatch) -> None:
    chance = np.random.default_rng(int(outside))
    size = len(TAGS)
    chain = Chain.of(TAGS, chance.normal(size=(size, size)), chance.normal(size=size), chance.normal(size=size))
    emissions = chance.normal(size=(400, size), scale=3)
    emissions[:, 0] += outside
    edges = [0, 3, 50, 51, 200, 400]
    path = best_paths(chain, emissions, edges)
    searched = chains._doubtful(chain, emissions, edges)
    assert outside < 12 or searched.mean() < 0.8, "nothing was spared"
    monkeypatch.setattr(chains, "_doubtful", lambda chain, emissions, edges: np.ones(len(emissions), dtype=bool))
    assert path.tolist() == best_paths(chain, emissions, edges).tolist()


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
    sure = marginals(chain, emissions, (0, 3)).probabilities([(0, 2, 1)])[0]
    cooled = marginals(chain.divided_by(2.0), emissions / 2.0, (0, 3)).probabilities([(0, 2, 1)])[0]
    assert 0 < cooled < sure < 1


@pytest.mark.parametrize("spread", [4, 40])
@pytest.mark.parametrize("length", [1, 2, 3, 8, 9, 10, 65, 66, 100, 257, 1000])
def test_chains_abreast_in_blocks_give_what_each_gives_step_by_step(length: int, spread: int) -> None:
    chance = np.random.default_rng(length)
    several = [
        Chain.of(("O", "B", "I"), chance.normal(size=(3, 3)), chance.normal(size=3), chance.normal(size=3))
        for _ in range(3)
    ]
    emissions = chance.normal(size=(3, length, 3), scale=spread)
    paths, sums = best_abreast(several, emissions), marginals_abreast(several, emissions)
    for chain, scores, path, by_blocks in zip(several, emissions, paths, sums, strict=True):
        assert path.tolist() == best_paths(chain, scores, (0, length)).tolist()
        by_steps = marginals(chain, scores, (0, length))
        found = [*spans(path, chain.tags), *((at, at + 1, 1) for at in range(length))]
        assert by_blocks.probabilities(found) == pytest.approx(by_steps.probabilities(found))
