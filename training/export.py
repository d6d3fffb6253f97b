"""Writes the files that ship: `python -m training.export --checkpoint FILE --to FOLDER [--data DIR]`."""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
from pathlib import Path
from typing import Any

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from training.annotated import NAME_TAGS, ROLES, SPAN_TAGS, UPOS
from training.model import HIDDEN, INNER, OUTPUTS, Reader
from training.pieces import CASE_CLASSES, WINDOW, load_tokenizer
from training.scoring import model_transitions

VERSION = 1
INPUTS = ("ids", "cases", "mask", "words")
ENCODER_SHAPES = {(HIDDEN, 3 * HIDDEN), (HIDDEN, HIDDEN), (HIDDEN, INNER), (INNER, HIDDEN)}
SIZES = (("batch", 4096), ("pieces", WINDOW), ("places", WINDOW))


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


def load_reader(checkpoint: Path) -> Reader:
    """The reader of a training checkpoint, ready to judge."""
    state = torch.load(checkpoint, map_location="cpu", weights_only=True)
    model = Reader(state["relations"])
    model.load_state_dict(state["model"])
    model.eval()
    return model


def for_shipping(model: Reader) -> Reader:
    """The same reader with its word embeddings in 8 bits and no positions beyond a window."""
    model.encoder.pieces = PieceTable(model.encoder.pieces.weight.detach())  # type: ignore[assignment]
    model.encoder.positions = nn.Embedding.from_pretrained(model.encoder.positions.weight[:WINDOW].detach())
    return model


def export_float(model: Reader, path: Path) -> None:
    """Writes the ONNX graph with float products; batch, pieces and words are free."""
    ids = torch.randint(200, 20000, (2, 24))
    words = torch.arange(1, 18).repeat(2, 1)
    batch, pieces, places = (torch.export.Dim(name, min=1, max=limit) for name, limit in SIZES)
    free = {"ids": {0: batch, 1: pieces}, "words": {0: batch, 1: places}}
    free |= {"cases": free["ids"], "mask": free["ids"]}
    arguments = (ids, torch.ones_like(ids), torch.ones_like(ids), words)
    torch.onnx.export(
        model,
        arguments,
        str(path),
        input_names=INPUTS,
        output_names=OUTPUTS,
        dynamic_shapes=tuple(free[name] for name in INPUTS),
        opset_version=20,
        dynamo=True,
        external_data=False,
        verbose=False,
    )


def encoder_products(path: Path) -> list[str]:
    """The names of the encoder's matrix products, known by the shapes of its weights."""
    graph = onnx.load(path).graph
    shapes = {tensor.name: tuple(tensor.dims) for tensor in graph.initializer}
    return [
        node.name for node in graph.node if node.op_type == "MatMul" and shapes.get(node.input[1]) in ENCODER_SHAPES
    ]


def quantise(source: Path, target: Path, nodes: list[str], reduce_range: bool) -> None:
    """Writes the graph with the named products in 8 bits, weights per channel and activations as they come."""
    quantize_dynamic(
        source,
        target,
        nodes_to_quantize=nodes,
        per_channel=True,
        reduce_range=reduce_range,
        weight_type=QuantType.QInt8,
        op_types_to_quantize=["MatMul", "Gemm"],
    )


def description(model: Reader) -> dict[str, Any]:
    """What the run time must know beside the graph: the labels' order, the window, the learned transitions."""
    layers = {name: table.round(5).tolist() for name, table in model_transitions(model).items()}
    ends = {name: [0.0] * len(table) for name, table in layers.items()}
    return {
        "version": VERSION,
        "window": WINDOW,
        "case_classes": CASE_CLASSES,
        "int8": True,
        "upos": UPOS,
        "relations": model.relation_names,
        "names": NAME_TAGS,
        "roles": ROLES,
        "role_tags": SPAN_TAGS,
        "transitions": {
            name: {"steps": table, "starts": ends[name], "ends": ends[name]} for name, table in layers.items()
        },
        "temperatures": {name: 1.0 for name in OUTPUTS},
    }


def export(checkpoint: Path, folder: Path) -> None:
    """Writes `reader.onnx`, `reader.json` and `tokenizer.json` into the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    model = load_reader(checkpoint)
    described = description(model)
    with tempfile.TemporaryDirectory() as scratch:
        whole, small = Path(scratch) / "float.onnx", Path(scratch) / "reader.onnx"
        export_float(for_shipping(model), whole)
        quantise(whole, small, encoder_products(whole), reduce_range=False)
        shutil.copyfile(small, folder / "reader.part")
    (folder / "reader.part").replace(folder / "reader.onnx")
    (folder / "reader.json").write_text(json.dumps(described, indent=1) + "\n", encoding="utf8")
    load_tokenizer().save(str(folder / "tokenizer.json"))


def main() -> None:
    """Exports as the command line says."""
    parser = argparse.ArgumentParser(prog="python -m training.export", description=__doc__)
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument("--to", type=Path, required=True, help="folder for the shipped files")
    options = parser.parse_args()
    export(options.checkpoint, options.to)


if __name__ == "__main__":
    main()
