"""What ships computes what was trained: even ranges, packed embeddings, products in 8 bits, one graph for all of it."""

from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch")
onnx = pytest.importorskip("onnx")
onnxruntime = pytest.importorskip("onnxruntime")

from training.graph import write  # noqa: E402
from training.model import HIDDEN, INNER, OUTPUTS, Layer, PieceEmbedding, Reader  # noqa: E402
from training.quantising import (  # noqa: E402
    CODES,
    WEIGHT_CODES,
    Seen,
    bounded_coding,
    carry,
    code_rows,
    code_weight,
    coding,
    even_out,
)
from training.windows import Batch  # noqa: E402


def seen(states: torch.Tensor) -> Seen:
    """What was seen of these states [pieces, C]."""
    states = states.double()
    return Seen(states.amin(0), states.amax(0), states.sum(0), (states**2).sum(0), len(states))


def a_layer() -> Layer:
    torch.manual_seed(0)
    return Layer().eval()


def test_evened_out_a_layer_computes_the_same_and_all_channels_peak_alike() -> None:
    layer, mask = a_layer(), torch.zeros(2, 1, 1, 5)
    hidden = torch.randn(2, 5, HIDDEN)
    with torch.no_grad():
        layer.qkv.weight[2 * HIDDEN + 7] *= 30
        expected, attended = layer(hidden, mask), layer.attend(hidden, mask)
        even_out(layer, seen(attended.flatten(0, 1)))
        assert torch.allclose(layer(hidden, mask), expected, atol=1e-4)
        assert torch.allclose(layer.attend(hidden, mask).abs().amax((0, 1)), torch.ones(HIDDEN), atol=1e-4)


def test_what_a_loud_unit_has_above_the_bound_is_carried_by_units_that_say_nothing() -> None:
    layer, hidden = a_layer(), torch.randn(1, 40, HIDDEN)
    with torch.no_grad():
        layer.inner.bias[3] += 20.0
        layer.outer.weight[:, 100:140] = 0.0
        inner = torch.nn.functional.gelu(layer.inner(hidden))
        bounded = carry(layer, seen(inner.flatten(0, 1)))
        assert bounded.highest < 0.5 * float(inner.max())
        lost = bounded.feed(hidden) - layer.feed(hidden)
        clipped = layer.outer(inner.clamp(max=bounded.highest)) - layer.feed(hidden)
        assert float(lost.abs().mean()) < 0.1 * float(clipped.abs().mean())


def test_inner_states_are_coded_up_to_their_bound_and_zero_is_exact() -> None:
    bounded = carry(a_layer(), seen(torch.rand(50, INNER) * 7))
    coded = bounded_coding(bounded)
    assert coded.step * (CODES - coded.origin) == pytest.approx(bounded.highest)
    assert coded.values(torch.tensor([[0.0, 100.0, -0.17]])).tolist()[0][:2] == pytest.approx([0.0, bounded.highest])


def test_loud_channels_are_scaled_down_and_the_rest_is_left_alone() -> None:
    states = torch.rand(500, 64) * 4 - 2
    states[:, 5] *= 10
    coded = coding(seen(states), scaled=True)
    assert coded.factors is not None
    assert coded.factors[5] > 5
    assert set(np.delete(coded.factors, 5).tolist()) == {1.0}
    assert (
        float((coded.values(states) * torch.from_numpy(coded.factors) - states)[:, :5].abs().max()) < 0.52 * coded.step
    )
    assert coded.step < 0.2 * coding(seen(states)).step


def test_codes_reach_a_little_beyond_what_was_seen_and_then_stop() -> None:
    coded = coding(seen(torch.tensor([[-1.0, 2.0], [0.5, 3.0]])))
    assert coded.values(torch.tensor([[3.1, 99.0, -99.0]])).tolist()[0] == pytest.approx([3.1, 3.15, -1.05], abs=0.02)


def test_weights_keep_to_seven_bits_and_lose_less_than_by_rounding_each() -> None:
    chance = np.random.default_rng(0)
    mixed = chance.normal(size=(400, 8)) @ chance.normal(size=(8, 32)) + 0.1 * chance.normal(size=(400, 32))
    weight = chance.normal(size=(32, 6)).astype(np.float32)
    coded = code_weight(weight, mixed.T @ mixed / len(mixed))
    assert int(np.abs(coded.codes.astype(int)).max()) <= WEIGHT_CODES
    rounded = (weight / coded.scales).round() * coded.scales
    lost, lost_by_rounding = (
        np.abs(mixed @ (weight - other)).mean() for other in (coded.codes * coded.scales, rounded)
    )
    assert lost < 0.7 * lost_by_rounding


def test_packed_embeddings_stay_within_a_step_of_their_row() -> None:
    chance = np.random.default_rng(0)
    table = (chance.normal(size=(50, 8)) * chance.uniform(size=(50, 1))).astype(np.float32)
    packed = code_rows(table)
    step = np.abs(table).max(1, keepdims=True) / 127
    assert bool((np.abs(packed.codes * packed.scales - table) <= 0.51 * step).all())


def test_an_embedding_forgets_only_what_it_was_taught() -> None:
    torch.manual_seed(0)
    table, ids = PieceEmbedding(20, 4), torch.tensor([[1, 3, 3]])
    table(ids).sum().backward()
    assert table.weight.grad is not None
    assert table.weight.grad[3].tolist() == [2.0] * 4
    table.forget(ids)
    assert float(table.weight.grad.abs().sum()) == 0.0


def windows(count: int, length: int) -> Batch:
    """Random windows whose words are every other piece."""
    ids = torch.randint(200, 20000, (count, length))
    words = torch.arange(1, length - 1, 2).repeat(count, 1)
    unknown = torch.full_like(words, -100)
    whole = torch.ones_like(ids)
    roles = torch.full((3, count, length), -100)
    return Batch(ids, whole, whole, words, *[unknown] * 4, whole, roles, torch.zeros(0, 3, dtype=torch.int64))


def test_the_graph_gives_what_the_model_gives_whatever_the_length(tmp_path: Path) -> None:
    torch.manual_seed(0)
    model = Reader(["root", "nsubj", "dep"]).eval()
    for head in (model.arcs, model.link):  # they begin at zero, where any graph would agree
        torch.nn.init.normal_(head.pair.weight, std=0.05)
    torch.nn.init.normal_(model.relation.product.weight, std=0.05)
    asked = [windows(1, length) for length in (3, 16, 41)]
    with torch.no_grad():
        expected = [model(one.ids, one.cases, one.mask, one.words) for one in asked]
    write(model, [*asked, windows(4, 30)], tmp_path / "reader.onnx")
    session = onnxruntime.InferenceSession(str(tmp_path / "reader.onnx"), providers=["CPUExecutionProvider"])
    same_heads: list[bool] = []
    for one, wanted in zip(asked, expected, strict=True):
        given = {"ids": one.ids.numpy(), "cases": one.cases.numpy(), "words": one.words.numpy()}
        found = dict(zip(OUTPUTS, session.run(list(OUTPUTS), given), strict=True))
        gold = dict(zip(OUTPUTS, (scores.numpy() for scores in wanted), strict=True))
        assert [found[name].shape for name in OUTPUTS] == [gold[name].shape for name in OUTPUTS]
        same_head = found["arcs"].argmax(-1) == gold["arcs"].argmax(-1)
        for name in OUTPUTS:
            told, true = (scores[name][same_head] if name == "relation" else scores[name] for scores in (found, gold))
            assert not true.size or np.abs(told - true).mean() < 0.2 * np.abs(true).mean(), name
        same_heads.extend(same_head.ravel().tolist())
    assert np.mean(same_heads) > 0.6  # random weights: many heads score nearly alike
