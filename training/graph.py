"""The graph that ships, written node by node: one window in, all that is read off it out.

Every product of the encoder, and the first of each larger head, is in 8 bits (`quantising.py`). Operators are those
that onnxruntime runs quickest on one thread, as measured: some that it would make of several are slower than those.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from torch import nn

from training.annotated import NAME_TAGS, ROLES, SPAN_TAGS, UPOS
from training.model import HEADS, RELATION_SIZE, Biaffine, Layer, Reader
from training.pieces import WINDOW
from training.quantising import (
    BoundedLayer,
    Coding,
    Doubles,
    Floats,
    bounded_coding,
    carry,
    code_rows,
    code_weight,
    coding,
    even_out,
    look,
    second_moments,
)
from training.windows import Batch

CONTRIBUTED = "com.microsoft"
SMALL = 1e-12


@dataclass(frozen=True)
class Coded:
    """A value in 8 bits: how it is coded, and the second moments of its codes."""

    name: str
    coding: Coding
    moments: Doubles


class Graph:
    """Nodes and constants as they are added; a node's name is that of what it gives."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []

    def hold(self, values: object, kind: type = np.float32) -> str:
        """A constant."""
        name = f"constant_{len(self.constants)}"
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(np.array(values, kind)), name))
        return name

    def add(self, kind: str, *inputs: str, domain: str = "", output: str = "", **settings: object) -> str:
        """A node with one output."""
        name = output or f"{kind}_{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, list(inputs), [name], name, domain=domain, **settings))
        return name

    def split(self, value: str, sizes: Sequence[int], outputs: Sequence[str]) -> None:
        """A value cut along its last axis."""
        lengths = self.hold(sizes, np.int64)
        self.nodes.append(helper.make_node("Split", [value, lengths], list(outputs), f"split_{outputs[0]}", axis=-1))

    def norm(self, value: str, norm: nn.LayerNorm) -> str:
        """A layer normalisation."""
        gain, shift = (self.hold(part.detach().numpy()) for part in (norm.weight, norm.bias))
        return self.add("LayerNormalization", value, gain, shift, epsilon=SMALL, axis=-1)

    def linear(self, value: str, weight: Floats, bias: Floats) -> str:
        """A product in 32 bits with a bias."""
        return self.add("Add", self.add("MatMul", value, self.hold(weight)), self.hold(bias))

    def gelu(self, value: str) -> str:
        return self.add("Gelu", value, domain=CONTRIBUTED)

    def code(self, value: str, entering: Entering) -> Coded:
        """A value in 8 bits."""
        coding = entering.coding
        scaled = value if coding.factors is None else self.add("Mul", value, self.hold(1 / coding.factors))
        codes = self.add("QuantizeLinear", scaled, self.hold(coding.step), self.hold(coding.origin, np.uint8))
        return Coded(codes, coding, entering.moments)

    def products(self, value: Coded, weight: Floats, bias: Floats, count: int = 1) -> list[str]:
        """A product in 8 bits, scaled and with its bias added, its columns in so many equal parts."""
        if value.coding.factors is not None:
            weight = weight * value.coding.factors[:, None]
        coded, step, origin = code_weight(weight, value.moments), self.hold(value.coding.step), value.coding.origin
        parts = (np.split(whole, count, -1) for whole in (coded.codes, coded.scales, bias))
        return [
            self.add(
                "MatMulIntegerToFloat", value.name, self.hold(codes, np.int8), step, self.hold(scales),
                self.hold(origin, np.uint8), self.hold(np.zeros(len(scales)), np.int8), self.hold(shift),
                domain=CONTRIBUTED,
            )
            for codes, scales, shift in zip(*parts, strict=True)
        ]  # fmt: skip

    def product(self, value: Coded, weight: Floats, bias: Floats) -> str:
        """A product in 8 bits in one part."""
        return self.products(value, weight, bias)[0]


def _of(linear: nn.Linear) -> tuple[Floats, Floats]:
    """The weights [in, out] and the bias."""
    return linear.weight.detach().numpy().T, linear.bias.detach().numpy()


@dataclass(frozen=True)
class Entering:
    """How what enters a product is coded, and its second moments on training text."""

    coding: Coding
    moments: Doubles


PRODUCTS = 4
"""Products of a layer: queries, keys and values; what attention joined; inner states; what comes of them."""


def _products(model: Reader) -> list[nn.Module]:
    """The modules whose inputs are coded: the products of each layer, then a head for what all heads see, then the
    one product of a head that is large.
    """
    layers = [layer for layer in model.encoder.layers if isinstance(layer, Layer)]
    inner = [part for layer in layers for part in (layer.qkv, layer.joined, layer.inner, layer.outer)]
    return [*inner, model.names, model.relation.product]


def prepare(model: Reader, batches: list[Batch]) -> list[Entering]:
    """Evens out the ranges of the reader's products; how the input of each is coded."""
    seen = look(model, _products(model), batches)
    for number, layer in enumerate(model.encoder.layers):
        assert isinstance(layer, Layer)
        _, attended, _, inner = seen[PRODUCTS * number : PRODUCTS * (number + 1)]
        even_out(layer, attended)
        model.encoder.layers[number] = carry(layer, inner)
    seen = look(model, _products(model), batches)
    codings = [coding(one, scaled=index % PRODUCTS in (0, 2)) for index, one in enumerate(seen[:-1])]
    codings.append(coding(seen[-1]))
    for number, layer in enumerate(model.encoder.layers):
        assert isinstance(layer, BoundedLayer)
        codings[PRODUCTS * number + 3] = bounded_coding(layer)
    moments = second_moments(model, _products(model), codings, batches)
    return [Entering(*both) for both in zip(codings, moments, strict=True)]


def encode(graph: Graph, model: Reader, entering: Sequence[Entering]) -> str:
    """The encoder's states [1,N,H]."""
    encoder = model.encoder
    table = code_rows(encoder.pieces.weight.detach().numpy())
    rows = graph.add("Cast", graph.add("Gather", graph.hold(table.codes, np.int8), "ids"), to=TensorProto.FLOAT)
    pieces = graph.add("Mul", rows, graph.add("Gather", graph.hold(table.scales), "ids"))
    cases = graph.add("Gather", graph.hold(encoder.casing.weight.detach().numpy()), "cases")
    length = graph.add("Shape", "ids", start=1, end=2)
    first, axis = graph.hold([0], np.int64), graph.hold([0], np.int64)
    table_of_positions = graph.hold(encoder.positions.weight[:WINDOW].detach().numpy())
    positions = graph.add("Slice", table_of_positions, first, length, axis)
    hidden = graph.norm(graph.add("Sum", graph.add("Add", pieces, cases), positions), encoder.norm)
    for number, layer in enumerate(encoder.layers):
        assert isinstance(layer, Layer)
        hidden = _layer(graph, layer, hidden, entering[PRODUCTS * number : PRODUCTS * (number + 1)])
    return hidden


def _layer(graph: Graph, layer: Layer, hidden: str, entering: Sequence[Entering]) -> str:
    coded = graph.code(hidden, entering[0])
    parts = graph.products(coded, *_of(layer.qkv), 3)
    attended = graph.add("MultiHeadAttention", *parts, domain=CONTRIBUTED, num_heads=HEADS)
    joined = graph.product(graph.code(attended, entering[1]), *_of(layer.joined))
    # a sum, since the runtime would fuse "Add" and what follows into an operator ten times slower
    hidden = graph.norm(graph.add("Sum", hidden, joined), layer.attention_norm)
    inner = graph.gelu(graph.product(graph.code(hidden, entering[2]), *_of(layer.inner)))
    outer = graph.product(graph.code(inner, entering[3]), *_of(layer.outer))
    return graph.norm(graph.add("Sum", hidden, outer), layer.output_norm)


def read_pieces(graph: Graph, model: Reader, hidden: str, coded: Coded) -> None:
    """The heads that look at every piece: names, roles, links."""
    tags = [_of(head) for head in (model.names, model.roles)]
    weight, bias = np.concatenate([w for w, _ in tags], 1), np.concatenate([b for _, b in tags])
    sizes = [len(NAME_TAGS), *[len(SPAN_TAGS)] * len(ROLES)]
    graph.split(graph.linear(hidden, weight, bias), sizes, ["names", *ROLES])
    _biaffine(graph, model.link, coded, coded, "link")


def read_words(graph: Graph, model: Reader, hidden: str, coded: Coded, entering: Entering) -> None:
    """The heads that look at the first piece of every word: sentence starts, parts of speech, arcs, relations."""
    words = graph.add("Reshape", "words", graph.hold([-1], np.int64))
    both = [_of(head) for head in (model.upos, model.sentence)]
    weight, bias = np.concatenate([w for w, _ in both], 1), np.concatenate([b for _, b in both])
    graph.split(
        graph.linear(graph.add("Gather", hidden, words, axis=1), weight, bias), [len(UPOS), 1], ["upos", "start"]
    )
    graph.add("Squeeze", "start", graph.hold([2], np.int64), output="sentence")
    with_root = graph.add("Concat", graph.hold([0], np.int64), words, axis=0)
    dependents = Coded(graph.add("Gather", coded.name, words, axis=1), coded.coding, coded.moments)
    candidates = Coded(graph.add("Gather", coded.name, with_root, axis=1), coded.coding, coded.moments)
    _biaffine(graph, model.arcs, dependents, candidates, "arcs")
    _relation(graph, model, dependents, candidates, entering)


def _biaffine(graph: Graph, head: Biaffine, left: Coded, right: Coded, output: str) -> None:
    (first, last), (weight, bias) = (_of(side[0]) for side in (head.left, head.right)), _of(head.pair)
    asked = graph.gelu(graph.product(left, *first))
    offered = graph.add("Transpose", graph.gelu(graph.product(right, *last)), perm=[0, 2, 1])
    pairs = graph.add("MatMul", graph.linear(asked, weight[:, :-1], bias[:-1]), offered)
    graph.add("Add", pairs, graph.linear(asked, weight[:, -1:], bias[-1:]), output=output)


def _relation(graph: Graph, model: Reader, dependents: Coded, candidates: Coded, entering: Entering) -> None:
    scorer, count = model.relation, model.relation.relations
    word = graph.gelu(graph.product(dependents, *_of(scorer.word[0])))
    best = graph.add("Reshape", graph.add("ArgMax", "arcs", axis=2, keepdims=0), graph.hold([-1], np.int64))
    head = graph.add("Gather", graph.gelu(graph.product(candidates, *_of(scorer.head[0]))), best, axis=1)
    (product, of_head), (alone, bias) = _of(scorer.product), _of(scorer.alone)
    asked = graph.product(graph.code(word, entering), product, np.zeros(product.shape[1], np.float32))
    asked = graph.add("Reshape", asked, graph.hold([0, -1, count, RELATION_SIZE], np.int64))
    column = graph.add("Unsqueeze", head, graph.hold([3], np.int64))
    both = graph.add("Squeeze", graph.add("MatMul", asked, column), graph.hold([3], np.int64))
    # the product's bias meets the head only, so it joins what the head says alone
    by_head = alone[RELATION_SIZE:] + of_head.reshape(count, RELATION_SIZE).T
    by_word = graph.linear(word, alone[:RELATION_SIZE], bias)
    single = graph.add("Add", by_word, graph.add("MatMul", head, graph.hold(by_head)))
    graph.add("Add", both, single, output="relation")


def write(model: Reader, batches: list[Batch], path: Path) -> None:
    """Writes the graph; `batches` are the training text on which ranges are fixed."""
    entering = prepare(model, batches)
    graph = Graph()
    hidden = encode(graph, model, entering)
    coded = graph.code(hidden, entering[-2])
    read_pieces(graph, model, hidden, coded)
    read_words(graph, model, hidden, coded, entering[-1])
    shapes = {
        "sentence": ("W",), "upos": ("W", len(UPOS)), "arcs": ("W", "C"), "relation": ("W", model.relation.relations),
        "names": ("N", len(NAME_TAGS)), **dict.fromkeys(ROLES, ("N", len(SPAN_TAGS))), "link": ("N", "N"),
    }  # fmt: skip
    inputs = {"ids": "N", "cases": "N", "words": "W"}
    made = helper.make_graph(
        graph.nodes,
        "reader",
        [helper.make_tensor_value_info(name, TensorProto.INT64, [1, size]) for name, size in inputs.items()],
        [helper.make_tensor_value_info(name, TensorProto.FLOAT, [1, *sizes]) for name, sizes in shapes.items()],
        graph.constants,
    )
    versions = [helper.make_opsetid("", 20), helper.make_opsetid(CONTRIBUTED, 1)]
    whole = helper.make_model(made, opset_imports=versions, ir_version=10)
    onnx.checker.check_model(whole)
    onnx.save(whole, path)
