"""The limit that whole analyses are measured against: one pass of the reader's encoder in 32-bit floats.

The graph has the encoder's architecture (6 layers of width 384, 12 heads, inner width 1536, 30,522 pieces) in
onnxruntime's operators as it runs them quickest, without any head; its weights are random, since speed does not depend
on their values.
"""

from __future__ import annotations

import numpy as np
import onnx
import onnxruntime
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

LAYERS, WIDTH, HEADS, INNER, PIECES, POSITIONS = 6, 384, 12, 1536, 30_522, 256
SLOWER = ["SkipLayerNormFusion", "BiasGeluFusion"]
"""What the runtime would join into operators that take longer than their parts: an eighth of the whole pass."""


class _Graph:
    """Nodes and weights as they are added, each layer feeding the next."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.weights: list[onnx.TensorProto] = []
        self.chance = np.random.default_rng(1)

    def weight(self, name: str, *shape: int) -> str:
        values = self.chance.normal(0, 0.02, shape).astype(np.float32)
        self.weights.append(numpy_helper.from_array(values, name))
        return name

    def index(self, value: int) -> str:
        name = f"index_{len(self.weights)}"
        self.weights.append(numpy_helper.from_array(np.array([value]), name))
        return name

    def add(self, kind: str, inputs: list[str], domain: str = "", **settings: object) -> str:
        name = f"{kind}_{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, inputs, [name], domain=domain, **settings))
        return name

    def linear(self, name: str, value: str, size: int, out: int) -> str:
        product = self.add("MatMul", [value, self.weight(f"{name}.w", size, out)])
        return self.add("Add", [product, self.weight(f"{name}.b", out)])

    def normed(self, name: str, value: str) -> str:
        scale = self.weight(f"{name}.scale", WIDTH)
        return self.add("LayerNormalization", [value, scale, self.weight(f"{name}.shift", WIDTH)], epsilon=1e-12)

    def layer(self, name: str, value: str) -> str:
        parts = [self.linear(f"{name}.{part}", value, WIDTH, WIDTH) for part in ("query", "key", "value")]
        attended = self.add("MultiHeadAttention", parts, "com.microsoft", num_heads=HEADS)
        value = self.normed(
            f"{name}.first", self.add("Add", [value, self.linear(f"{name}.out", attended, WIDTH, WIDTH)])
        )
        inner = self.add("Gelu", [self.linear(f"{name}.inner", value, WIDTH, INNER)], "com.microsoft")
        outer = self.linear(f"{name}.outer", inner, INNER, WIDTH)
        return self.normed(f"{name}.second", self.add("Add", [value, outer]))


def encoder() -> onnxruntime.InferenceSession:
    """A session that takes `ids` [1, N] and gives the encoder's states, in the thread that calls it."""
    graph = _Graph()
    pieces = graph.add("Gather", [graph.weight("pieces", PIECES, WIDTH), "ids"])
    length = graph.add("Shape", ["ids"], start=1, end=2)
    positions = graph.add(
        "Slice", [graph.weight("positions", POSITIONS, WIDTH), graph.index(0), length, graph.index(0)]
    )
    value = graph.normed("first", graph.add("Add", [pieces, positions]))
    for number in range(LAYERS):
        value = graph.layer(f"layer{number}", value)
    made = helper.make_graph(
        graph.nodes,
        "encoder",
        [helper.make_tensor_value_info("ids", TensorProto.INT64, [1, "pieces"])],
        [helper.make_tensor_value_info(value, TensorProto.FLOAT, [1, "pieces", WIDTH])],
        graph.weights,
    )
    versions = [helper.make_opsetid("", 20), helper.make_opsetid("com.microsoft", 1)]
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    model = helper.make_model(made, opset_imports=versions, ir_version=10)
    written, places = model.SerializeToString(), ["CPUExecutionProvider"]
    return onnxruntime.InferenceSession(written, options, places, disabled_optimizers=SLOWER)


def full_windows(pieces: NDArray[np.int64]) -> list[NDArray[np.int64]]:
    """All pieces once, in windows [1, 256] that are full but for the last."""
    return [pieces[None, at : at + POSITIONS] for at in range(0, len(pieces), POSITIONS)]
