"""The parts that need torch: windows as batches, and the chain's likelihood against counting every sequence."""

import itertools
import random

import numpy as np
import pytest

torch = pytest.importorskip("torch")

from training.annotated import IGNORED, AnnotatedArticle, AttributionGold, WordGold  # noqa: E402
from training.chain import TagChain  # noqa: E402
from training.windows import bounds, collate, cut_windows, group  # noqa: E402


def article(length: int = 600) -> AnnotatedArticle:
    numbers = np.arange(length, dtype=np.int64)
    cuts = list(range(0, length, 30))
    heads = np.where(numbers % 30 == 0, -1, numbers // 30 * 30)
    words = WordGold(numbers, numbers % 17, heads, numbers % 5, (numbers % 30 == 0).astype(np.int64))
    tags = np.zeros((3, length), dtype=np.int64)
    tags[0, 31:33] = [1, 2]
    return AnnotatedArticle(
        "made", numbers + 1000, numbers % 8, cuts, words=words, attribution=AttributionGold(tags, [(31, 40)])
    )


@pytest.mark.parametrize("chance", [None, random.Random(4)])
def test_windows_cover_the_article_once_and_end_at_cuts(chance: random.Random | None) -> None:
    made = article()
    cut = list(bounds(made.cuts, 600, chance))
    assert [start for start, _ in cut] == [0, *(end for _, end in cut[:-1])]
    assert cut[-1][1] == 600
    assert all(end % 30 == 0 and end - start <= 254 for start, end in cut)


def test_a_batch_points_into_its_windows() -> None:
    batch = collate(list(cut_windows([article()])))
    assert batch.ids[1, 0] == 101
    assert int(batch.ids[1, int(batch.words[1, 3])]) == 1000 + 240 + 3
    assert int(batch.heads[1, 0]) == 0
    assert int(batch.heads[1, 31]) == 31  # the second sentence's words hang on its first word, word 30, counted from 1
    assert batch.links.tolist() == [[0, 32, 41]]
    assert batch.roles[0, 0, 32] == 1
    assert (batch.names == IGNORED).all()


def test_groups_stay_within_their_budget() -> None:
    groups = group(cut_windows([article(), article(100)]), 600, random.Random(2))
    assert all(len(windows) * max(map(len, windows)) <= 600 or len(windows) == 1 for windows in groups)


def test_the_chain_normalises_over_all_sequences() -> None:
    torch.manual_seed(0)
    chain = TagChain(2, ["O", "B", "I"])
    with torch.no_grad():
        chain.steps.normal_()
    emissions = torch.randn(2, 1, 4, 3)
    allowed = chain.transitions()
    for layer in range(2):
        scores = []
        for tags in itertools.product(range(3), repeat=4):
            emitted = sum(float(emissions[layer, 0, place, tag]) for place, tag in enumerate(tags))
            scores.append(emitted + sum(float(allowed[layer, a, b]) for a, b in itertools.pairwise(tags)))
        total = chain._log_total(emissions, torch.ones(2, 1, 4))[layer, 0]
        assert float(total) == pytest.approx(float(torch.tensor(scores).logsumexp(0)), abs=1e-4)


def test_padding_does_not_count_in_the_chain() -> None:
    torch.manual_seed(0)
    chain, emissions = TagChain(1, ["O", "B", "I"]), torch.randn(1, 1, 6, 3)
    gold = torch.tensor([[[0, 1, 2, 0, IGNORED, IGNORED]]])
    whole, cut = chain.loss(emissions, gold, IGNORED), chain.loss(emissions[:, :, :4], gold[..., :4], IGNORED)
    assert float(whole) == pytest.approx(float(cut), abs=1e-5)
