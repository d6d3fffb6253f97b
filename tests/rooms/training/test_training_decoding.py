"""Windows cover an article, the chain forbids what BIO forbids, and spans come out whole."""

import itertools

import numpy as np
import pytest
from training.decoding import best_tags, overlapping, owners, spans


@pytest.mark.parametrize("length", [1, 254, 255, 700])
@pytest.mark.parametrize("step", [7, 90, 10_000])
def test_overlapping_windows_cover_everything(length: int, step: int) -> None:
    windows = list(overlapping(list(range(0, length, step)), length))
    assert windows[0][0] == 0
    assert windows[-1][1] == length
    assert all(0 < end - start <= 254 for start, end in windows)
    assert all(b[0] <= a[1] and b[0] > a[0] for a, b in itertools.pairwise(windows))
    owner = owners(windows, length)
    assert all(windows[number][0] <= place < windows[number][1] for place, number in enumerate(owner))


def test_best_tags_is_the_best_of_all_sequences() -> None:
    rng = np.random.default_rng(1)
    emissions = rng.normal(size=(5, 3)).astype(np.float32)
    transitions = rng.normal(size=(3, 3)).astype(np.float32)

    def total(tags: tuple[int, ...]) -> float:
        steps = sum(transitions[a, b] for a, b in itertools.pairwise(tags))
        return float(emissions[range(5), tags].sum() + steps)

    assert tuple(best_tags(emissions, transitions)) == max(itertools.product(range(3), repeat=5), key=total)


def test_spans_are_half_open_and_keep_their_kind() -> None:
    names = ["O", "B-Person", "I-Person", "B-Location", "I-Location"]
    assert spans([1, 2, 1, 0, 3, 4], names) == {(0, 2, "Person"), (2, 3, "Person"), (4, 6, "Location")}
    assert spans([0, 1, 2, 2], ["O", "B", "I"]) == {(1, 4, "")}
