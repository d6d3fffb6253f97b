"""The encoder's products in 8 bits, so that a window reads the same whatever it is batched with.

Activations are quantised with ranges fixed on training text, not taken from each batch as it comes. A few channels of
the encoder run far above the rest and would coarsen everything else; they are multiplied in 32 bits beside the
8-bit product (after Dettmers et al. 2022, LLM.int8).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn
from torch.nn import functional

from training.model import HEADS, HIDDEN, INNER, Layer, Reader
from training.windows import Batch

LOUD_HIDDEN, LOUD_INNER = 8, 16
"""Channels of a layer's input and of its inner states that stay in 32 bits."""

QUIET_INNER = INNER - LOUD_INNER
PRODUCT_SHAPES = {(HIDDEN, 3 * HIDDEN), (HIDDEN, HIDDEN), (HIDDEN, QUIET_INNER), (QUIET_INNER, HIDDEN)}
CONTRIBUTED = "com.microsoft"
HEADROOM = 1.05
"""How far beyond what calibration saw a range reaches."""


class PieceTable(nn.Module):
    """Word embeddings as 8-bit rows, each with its own scale: four times smaller at hardly any loss."""

    rows: Tensor
    scales: Tensor

    def __init__(self, weight: Tensor) -> None:
        super().__init__()
        scales = weight.abs().amax(1, keepdim=True).clamp(min=1e-8) / 127
        self.register_buffer("rows", (weight / scales).round().to(torch.int8))
        self.register_buffer("scales", scales)

    def forward(self, ids: Tensor) -> Tensor:
        """The embeddings [B,N,H] of piece ids [B,N]."""
        return self.rows[ids].to(torch.float32) * self.scales[ids]


def _part(weight: Tensor, bias: Tensor | None) -> nn.Linear:
    part = nn.Linear(weight.shape[1], weight.shape[0], bias=bias is not None)
    part.weight.data = weight.detach().clone()
    if bias is not None:
        part.bias.data = bias.detach().clone()
    return part


class SplitProduct(nn.Module):
    """A product whose loud input channels are multiplied beside the rest; it computes the same as before."""

    quiet_mask: Tensor
    loud_channels: Tensor

    def __init__(self, weight: Tensor, bias: Tensor, peaks: Tensor) -> None:
        super().__init__()
        loud = peaks.topk(LOUD_HIDDEN).indices.sort().values
        mask = torch.ones(len(peaks)).index_fill(0, loud, 0.0)
        self.register_buffer("quiet_mask", mask)
        self.register_buffer("loud_channels", loud)
        self.quiet = _part(weight * mask, bias)
        self.loud = _part(weight[:, loud], None)

    def forward(self, hidden: Tensor) -> Tensor:
        """The product of states [B,N,H]."""
        return self.quiet(hidden * self.quiet_mask) + self.loud(hidden.index_select(-1, self.loud_channels))


class SplitFeed(nn.Module):
    """A layer's feed-forward half with its loud channels beside the rest; it computes the same as before."""

    def __init__(self, layer: Layer, hidden_peaks: Tensor, inner_peaks: Tensor) -> None:
        super().__init__()
        order = inner_peaks.argsort()
        quiet, loud = order[:QUIET_INNER].sort().values, order[QUIET_INNER:].sort().values
        weight, bias = layer.inner.weight, layer.inner.bias
        self.inner = SplitProduct(weight[quiet], bias[quiet], hidden_peaks)
        self.loud_inner = _part(weight[loud], bias[loud])
        self.outer = _part(layer.outer.weight[:, quiet], layer.outer.bias)
        self.outer_of_loud = _part(layer.outer.weight[:, loud], None)

    def forward(self, hidden: Tensor) -> Tensor:
        """What the layer adds to its states [B,N,H]."""
        loud = functional.gelu(self.loud_inner(hidden))
        return self.outer(functional.gelu(self.inner(hidden))) + self.outer_of_loud(loud)


class SplitLayer(Layer):
    """A layer of the encoder with its feed-forward half split, and exported with onnxruntime's own attention."""

    def __init__(self, layer: Layer, attended: Tensor, hidden: Tensor, inner: Tensor) -> None:
        super().__init__()
        self.qkv = SplitProduct(layer.qkv.weight, layer.qkv.bias, attended)
        self.joined = layer.joined
        self.attention_norm, self.output_norm = layer.attention_norm, layer.output_norm
        self.split = SplitFeed(layer, hidden, inner)
        del self.inner, self.outer
        self.eval()

    def attend(self, hidden: Tensor, mask: Tensor) -> Tensor:
        """What the heads gather for each piece [B,N,H]."""
        if not torch.onnx.is_in_onnx_export():
            return super().attend(hidden, mask)
        query, key, value = self.qkv(hidden).split(HIDDEN, -1)
        present = (mask[:, 0, 0] == 0).to(torch.int32)
        return torch.onnx.ops.symbolic(
            "com.microsoft::MultiHeadAttention",
            (query, key, value, None, present),
            {"num_heads": HEADS},
            dtype=hidden.dtype,
            shape=hidden.shape,
            version=1,
        )

    def feed(self, hidden: Tensor) -> Tensor:
        """What the feed-forward half adds to the states [B,N,H]."""
        added: Tensor = self.split(hidden)
        return added


class Watch:
    """Sees what goes into modules, while it lasts: the peak of every channel, and the whole range."""

    def __init__(self, modules: Iterable[nn.Module]) -> None:
        self.modules = list(modules)
        self.peaks: list[Tensor] = [torch.zeros(1) for _ in self.modules]
        self.ranges = [(0.0, 0.0) for _ in self.modules]

    def _see(self, index: int, entering: Tensor) -> None:
        flat = entering.detach().flatten(0, -2)
        self.peaks[index] = torch.maximum(self.peaks[index], flat.abs().amax(0))
        low, high = self.ranges[index]
        self.ranges[index] = (min(low, float(flat.min())), max(high, float(flat.max())))

    def over(self, model: Reader, batches: list[Batch]) -> Watch:
        """Runs the encoder over the batches and returns itself."""
        hooks = [
            module.register_forward_hook(lambda _, entering, __, index=index: self._see(index, entering[0]))
            for index, module in enumerate(self.modules)
        ]
        with torch.no_grad():
            for batch in batches:
                model.encoder(batch.ids, batch.cases, batch.mask)
        for hook in hooks:
            hook.remove()
        return self


@dataclass(frozen=True)
class Prepared:
    """A reader ready for export, and the range of what enters each of its encoder's products, in order."""

    model: Reader
    ranges: list[tuple[float, float]]


def prepare(model: Reader, batches: list[Batch], positions: int) -> Prepared:
    """Splits the loud channels off, packs the word embeddings, and measures the ranges."""
    layers = [layer for layer in model.encoder.layers if isinstance(layer, Layer)]
    watch = Watch(part for layer in layers for part in (layer.qkv, layer.inner, layer.outer)).over(model, batches)
    peaks = zip(*(watch.peaks[first::3] for first in range(3)), strict=True)
    split = [SplitLayer(layer, *three) for layer, three in zip(layers, peaks, strict=True)]
    model.encoder.layers = nn.ModuleList(split)
    model.encoder.pieces = PieceTable(model.encoder.pieces.weight.detach())
    model.encoder.positions = nn.Embedding.from_pretrained(model.encoder.positions.weight[:positions].detach())
    products = [part for layer in split for part in _products(layer)]
    return Prepared(model, Watch(products).over(model, batches).ranges)


def _products(layer: SplitLayer) -> tuple[nn.Module, ...]:
    return layer.qkv.quiet, layer.joined, layer.split.inner.quiet, layer.split.outer


def product_names(graph: onnx.GraphProto) -> list[str]:
    """The names of the encoder's products, in order, known by the shapes of their weights."""
    shapes = {tensor.name: tuple(tensor.dims) for tensor in graph.initializer}
    return [
        node.name for node in graph.node if node.op_type == "MatMul" and shapes.get(node.input[1]) in PRODUCT_SHAPES
    ]


def quantise(source: Path, target: Path, ranges: list[tuple[float, float]]) -> None:
    """Writes the graph with the encoder's products in 8 bits: weights per channel, activations in fixed ranges.

    Weights use 7 of their 8 bits, so that no processor's sums overflow and all read alike.
    """
    names = product_names(onnx.load(source).graph)
    if len(names) != len(ranges):
        raise ValueError(
            f"{len(names)} products in the graph but {len(ranges)} ranges: the exporter wrote another graph"
        )
    quantize_dynamic(
        source,
        target,
        nodes_to_quantize=names,
        per_channel=True,
        reduce_range=True,
        weight_type=QuantType.QInt8,
        op_types_to_quantize=["MatMul"],
    )
    written = onnx.load(target)
    fix_ranges(written.graph, ranges)
    join_products(written.graph)
    spell_out_norms(written.graph)
    drop_masks(written.graph)
    if not any(opset.domain == CONTRIBUTED for opset in written.opset_import):
        written.opset_import.append(helper.make_opsetid(CONTRIBUTED, 1))
    onnx.save(written, target)


def drop_masks(graph: onnx.GraphProto) -> None:
    """8-bit products take states with their loud channels, whose weights are zero there; the mask served the ranges."""
    masks = {tensor.name for tensor in graph.initializer if tensor.name.endswith("quiet_mask")}
    masked = {node.output[0]: node for node in graph.node if node.op_type == "Mul" and masks & set(node.input)}
    for node in graph.node:
        if node.op_type == "QuantizeLinear" and node.input[0] in masked:
            product = masked[node.input[0]]
            node.input[0] = next(name for name in product.input if name not in masks)
    for product in masked.values():
        graph.node.remove(product)
    for tensor in [tensor for tensor in graph.initializer if tensor.name in masks]:
        graph.initializer.remove(tensor)


def spell_out_norms(graph: onnx.GraphProto) -> None:
    """Layer normalisations become products and sums: the runtime's own operator takes one value at a time on a
    processor, and took a fifth of the whole pass.
    """
    nodes, made = list(graph.node), 0
    del graph.node[:]
    for node in nodes:
        if node.op_type != "LayerNormalization":
            graph.node.append(node)
            continue
        graph.node.extend(_norm(graph, node, f"norm_{made}"))
        made += 1


def _norm(graph: onnx.GraphProto, node: onnx.NodeProto, name: str) -> list[onnx.NodeProto]:
    states, gain, shift = node.input[:3]
    width = next(list(weight.dims) for weight in graph.initializer if weight.name == gain)[0]
    small = next(attribute.f for attribute in node.attribute if attribute.name == "epsilon")
    for constant, values in (("mean_of", np.full((width, 1), 1 / width)), ("small", np.array([small]))):
        graph.initializer.append(numpy_helper.from_array(values.astype(np.float32), f"{name}_{constant}"))
    steps = (
        ("MatMul", (states, f"{name}_mean_of"), f"{name}_mean"),
        ("Sub", (states, f"{name}_mean"), f"{name}_centred"),
        ("Mul", (f"{name}_centred", f"{name}_centred"), f"{name}_squares"),
        ("MatMul", (f"{name}_squares", f"{name}_mean_of"), f"{name}_variance"),
        ("Add", (f"{name}_variance", f"{name}_small"), f"{name}_above_zero"),
        ("Sqrt", (f"{name}_above_zero",), f"{name}_deviation"),
        ("Reciprocal", (f"{name}_deviation",), f"{name}_inverse"),
        ("Mul", (f"{name}_centred", f"{name}_inverse"), f"{name}_unit"),
        ("Mul", (f"{name}_unit", gain), f"{name}_scaled"),
        ("Add", (f"{name}_scaled", shift), node.output[0]),
    )
    return [helper.make_node(kind, list(inputs), [output]) for kind, inputs, output in steps]


def fix_ranges(graph: onnx.GraphProto, ranges: list[tuple[float, float]]) -> None:
    """Replaces every range taken from the batch by the one measured for that product."""
    dynamic = [node for node in graph.node if node.op_type == "DynamicQuantizeLinear"]
    if len(dynamic) != len(ranges):
        raise ValueError(f"{len(dynamic)} quantised inputs but {len(ranges)} ranges")
    for node, (low, high) in zip(dynamic, ranges, strict=True):
        quantised, scale, zero = node.output
        step = HEADROOM * (high - low) / 255
        origin = round(-low * HEADROOM / step)
        graph.initializer.append(numpy_helper.from_array(np.array(step, np.float32), scale))
        graph.initializer.append(numpy_helper.from_array(np.array(origin, np.uint8), zero))
        fixed = helper.make_node("QuantizeLinear", [node.input[0], scale, zero], [quantised], name=node.name)
        node.CopyFrom(fixed)


def join_products(graph: onnx.GraphProto) -> None:
    """Joins each 8-bit product with its scaling and its bias, which spares three passes over what it gives."""
    users: dict[str, list[onnx.NodeProto]] = {}
    for node in graph.node:
        for name in node.input:
            users.setdefault(name, []).append(node)
    makers = {name: node for node in graph.node for name in node.output}
    constants = {tensor.name: tensor for tensor in graph.initializer}
    for product in [node for node in graph.node if node.op_type == "MatMulInteger"]:
        cast = users[product.output[0]][0]
        scaled = users[cast.output[0]][0]
        added = users[scaled.output[0]][0]
        bias = next((name for name in added.input if name in constants and len(constants[name].dims) == 1), "")
        last = added if added.op_type == "Add" and bias else scaled
        quantised, weight, origin, weight_origin = product.input
        scale = makers[quantised].input[1]
        weight_scale = weight.replace("_quantized", "_scale")
        inputs = [quantised, weight, scale, weight_scale, origin, weight_origin, *([bias] if last is added else [])]
        joined = helper.make_node("MatMulIntegerToFloat", inputs, [last.output[0]], product.name, domain=CONTRIBUTED)
        for node in (cast, scaled, last):
            if node in graph.node:
                graph.node.remove(node)
        product.CopyFrom(joined)
