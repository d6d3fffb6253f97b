"""Writes the files that ship: `python -m training.export --checkpoint FILE --to FOLDER --data DIR`."""

from __future__ import annotations

import argparse
import json
import random
import shutil
import tempfile
from itertools import islice
from pathlib import Path
from typing import Any

import torch

from training import newswire, polnear
from training.annotated import NAME_TAGS, ROLES, SPAN_TAGS, UPOS
from training.augmentation import Marks
from training.calibrating import fit_temperatures
from training.decoding import Scores
from training.evaluate import onnx_reader
from training.model import OUTPUTS, Reader
from training.pieces import CASE_CLASSES, WINDOW, load_tokenizer
from training.quantising import prepare, quantise
from training.scoring import PIECES_AT_ONCE, agreement, model_transitions, thin
from training.sets import read_sets
from training.windows import Batch, collate, cut_windows, group

VERSION = 1
INPUTS = ("ids", "cases", "mask", "words")
CALIBRATED = 20
"""Articles of each set that the ranges are measured on."""
CALIBRATION_STRIDE = 3
"""Temperatures are fitted on every third article of dev."""
COMPARISON_STRIDE = 12
SIZES = (("batch", 4096), ("pieces", WINDOW), ("places", WINDOW))


def load_reader(checkpoint: Path) -> Reader:
    """The reader of a training checkpoint, ready to judge."""
    state = torch.load(checkpoint, map_location="cpu", weights_only=True)
    model = Reader(state["relations"])
    model.load_state_dict(state["model"])
    model.eval()
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


def calibration(folder: Path) -> list[Batch]:
    """Windows of training articles, varied as in training, for measuring the ranges of activations."""
    tokenizer = load_tokenizer()
    sources = (
        polnear.read_articles(folder / "polnear" / "train", tokenizer),
        newswire.read_articles(folder / "worldwide-newswire" / "train", tokenizer),
    )
    articles = [article for source in sources for article in islice(source, CALIBRATED)]
    windows = cut_windows(articles, Marks.of(tokenizer), random.Random(1))
    return [collate(group_) for group_ in group(windows, PIECES_AT_ONCE)]


def temperatures(file: Path, data: Path, relations: list[str], transitions: dict[str, Scores]) -> dict[str, float]:
    """The temperatures of the shipped graph, fitted on a part of dev."""
    dev = thin(read_sets(data, "dev", load_tokenizer(), (), relations), CALIBRATION_STRIDE)
    return fit_temperatures(onnx_reader(file), dev, transitions)


def compared(whole: Path, small: Path, data: Path, relations: list[str]) -> str:
    """One line on how often the 8-bit graph gives the label of the 32-bit one, on a part of dev."""
    dev = thin(read_sets(data, "dev", load_tokenizer(), (), relations), COMPARISON_STRIDE)
    shares = agreement(onnx_reader(whole), onnx_reader(small), dev.words + dev.names + dev.attributions)
    return "the same label in 8 bits: " + ", ".join(f"{name} {share:.2f}%" for name, share in shares.items())


def export(checkpoint: Path, data: Path, folder: Path) -> None:
    """Writes `reader.onnx`, `reader.json` and `tokenizer.json` into the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    model = load_reader(checkpoint)
    described, transitions = description(model), model_transitions(model)
    prepared = prepare(model, calibration(data), WINDOW)
    with tempfile.TemporaryDirectory() as scratch:
        whole, small = Path(scratch) / "float.onnx", Path(scratch) / "reader.onnx"
        export_float(prepared.model, whole)
        quantise(whole, small, prepared.ranges)
        print(compared(whole, small, data, model.relation_names))
        described["temperatures"] |= temperatures(small, data, model.relation_names, transitions)
        shutil.copyfile(small, folder / "reader.part")
    (folder / "reader.part").replace(folder / "reader.onnx")
    (folder / "reader.json").write_text(json.dumps(described, indent=1) + "\n", encoding="utf8")
    load_tokenizer().save(str(folder / "tokenizer.json"))


def main() -> None:
    """Exports as the command line says."""
    parser = argparse.ArgumentParser(prog="python -m training.export", description=__doc__)
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument("--data", type=Path, required=True, help="folder with the annotated sets, to measure ranges on")
    parser.add_argument("--to", type=Path, required=True, help="folder for the shipped files")
    options = parser.parse_args()
    export(options.checkpoint, options.data, options.to)


if __name__ == "__main__":
    main()
