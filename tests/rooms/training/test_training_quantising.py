"""What ships computes what was trained: split channels, packed embeddings, 8-bit products in fixed ranges."""

from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch")
onnx = pytest.importorskip("onnx")
onnxruntime = pytest.importorskip("onnxruntime")

from training.model import HIDDEN, INNER, Layer, PieceEmbedding  # noqa: E402
from training.quantising import PieceTable, SplitLayer, quantise, spell_out_norms  # noqa: E402


def test_a_split_layer_computes_the_same() -> None:
    torch.manual_seed(0)
    layer = Layer().eval()
    hidden, mask = torch.randn(2, 5, HIDDEN), torch.zeros(2, 1, 1, 5)
    expected = layer(hidden, mask)
    split = SplitLayer(layer, torch.rand(HIDDEN), torch.rand(HIDDEN), torch.rand(INNER))
    assert torch.allclose(split(hidden, mask), expected, atol=1e-4)


def test_packed_embeddings_stay_within_a_step_of_their_row() -> None:
    torch.manual_seed(0)
    weight = torch.randn(50, 8) * torch.rand(50, 1)
    ids = torch.arange(50).reshape(5, 10)
    step = weight.abs().amax(1, keepdim=True) / 127
    assert bool(((PieceTable(weight)(ids) - weight[ids]).abs() <= 0.51 * step[ids]).all())


def test_an_embedding_forgets_only_what_it_was_taught() -> None:
    torch.manual_seed(0)
    table, ids = PieceEmbedding(20, 4), torch.tensor([[1, 3, 3]])
    table(ids).sum().backward()
    assert table.weight.grad is not None
    assert table.weight.grad[3].tolist() == [2.0] * 4
    table.forget(ids)
    assert float(table.weight.grad.abs().sum()) == 0.0


def product(path: Path, weight: np.ndarray, bias: np.ndarray) -> None:
    """Writes a graph of one product with a bias, shaped like one of the encoder's."""
    helper, array = onnx.helper, onnx.numpy_helper.from_array
    free = [onnx.helper.make_tensor_value_info(n, 1, ["batch", "pieces", HIDDEN]) for n in ("entering", "leaving")]
    nodes = [
        helper.make_node("MatMul", ["entering", "weight"], ["made"], "product"),
        helper.make_node("Add", ["made", "bias"], ["leaving"], "added"),
    ]
    graph = helper.make_graph(nodes, "one", free[:1], free[1:], [array(weight, "weight"), array(bias, "bias")])
    onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 20)], ir_version=10), path)


def test_products_in_fixed_ranges_do_not_depend_on_the_batch(tmp_path: Path) -> None:
    rng = np.random.default_rng(0)
    weight = rng.normal(size=(HIDDEN, HIDDEN)).astype(np.float32) / 20
    bias, quiet = rng.normal(size=HIDDEN).astype(np.float32), rng.uniform(-2, 2, (1, 3, HIDDEN)).astype(np.float32)
    product(tmp_path / "float.onnx", weight, bias)
    quantise(tmp_path / "float.onnx", tmp_path / "small.onnx", [(-4.0, 4.0)])
    kinds = [node.op_type for node in onnx.load(tmp_path / "small.onnx").graph.node]
    assert "MatMulIntegerToFloat" in kinds
    assert not {"DynamicQuantizeLinear", "MatMul", "Add"} & set(kinds)
    session = onnxruntime.InferenceSession(str(tmp_path / "small.onnx"), providers=["CPUExecutionProvider"])
    alone = session.run(None, {"entering": quiet})[0]
    beside_loud = session.run(None, {"entering": np.concatenate([quiet, quiet * 2])})[0][:1]
    assert np.array_equal(alone, beside_loud)
    assert np.abs(alone - (quiet @ weight + bias)).max() < 0.1


def test_ranges_and_products_must_agree(tmp_path: Path) -> None:
    product(tmp_path / "float.onnx", np.zeros((HIDDEN, HIDDEN), np.float32), np.zeros(HIDDEN, np.float32))
    with pytest.raises(ValueError, match="1 products in the graph but 2 ranges"):
        quantise(tmp_path / "float.onnx", tmp_path / "small.onnx", [(-1.0, 1.0)] * 2)


def test_norms_spelt_out_compute_the_same(tmp_path: Path) -> None:
    helper, array = onnx.helper, onnx.numpy_helper.from_array
    rng = np.random.default_rng(0)
    gain, shift = rng.normal(size=HIDDEN).astype(np.float32), rng.normal(size=HIDDEN).astype(np.float32)
    free = [onnx.helper.make_tensor_value_info(n, 1, ["batch", HIDDEN]) for n in ("entering", "leaving")]
    node = helper.make_node("LayerNormalization", ["entering", "gain", "shift"], ["leaving"], epsilon=1e-12)
    graph = helper.make_graph([node], "one", free[:1], free[1:], [array(gain, "gain"), array(shift, "shift")])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 20)], ir_version=10)
    given = {"entering": rng.normal(3, 5, size=(7, HIDDEN)).astype(np.float32)}
    whole = onnxruntime.InferenceSession(model.SerializeToString()).run(None, given)[0]
    spell_out_norms(model.graph)
    assert "LayerNormalization" not in {node.op_type for node in model.graph.node}
    spelt = onnxruntime.InferenceSession(model.SerializeToString()).run(None, given)[0]
    assert np.allclose(spelt, whole, atol=1e-4)
