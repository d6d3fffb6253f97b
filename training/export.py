"""Writes the files that ship: `python -m training.export --checkpoint FILE --to FOLDER --data DIR`."""

from __future__ import annotations

import argparse
import json
import random
from pathlib import Path
from typing import Any

import torch

from training.annotated import NAME_TAGS, ROLES, SPAN_TAGS, UPOS
from training.augmentation import Marks
from training.calibrating import fit_temperatures
from training.decoding import Scores
from training.evaluate import onnx_reader
from training.graph import write
from training.model import OUTPUTS, Reader, load_reader
from training.pieces import CASE_CLASSES, WINDOW, load_tokenizer
from training.scoring import PIECES_AT_ONCE, agreement, model_transitions, thin, torch_reader
from training.sets import read_sets
from training.windows import Batch, collate, cut_windows, group

VERSION = 2
CALIBRATED = 60
"""Articles with each kind of gold that ranges are measured on."""
CALIBRATION_STRIDE = 3
"""Temperatures are fitted on every third article of dev."""
COMPARISON_STRIDE = 12


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


def untaught(checkpoint: Path) -> dict[str, list[str]]:
    """What a checkpoint had nothing to learn from, as `reader.json` says it; nothing where it learnt everything."""
    without = torch.load(checkpoint, map_location="cpu", weights_only=True).get("without", ())
    return {"untaught": ["attributions"]} if "polnear" in without else {}


def calibration(folder: Path, relations: list[str]) -> list[Batch]:
    """Windows of training articles of every kind, varied as in training, on which ranges and roundings are fixed."""
    tokenizer = load_tokenizer()
    kinds = read_sets(folder, "train", tokenizer, (), relations).by_kind().values()
    articles = [article for kind in kinds for article in kind[:: max(1, len(kind) // CALIBRATED)][:CALIBRATED]]
    windows = cut_windows(articles, Marks.of(tokenizer), random.Random(1))
    return [collate(group_) for group_ in group(windows, PIECES_AT_ONCE)]


def temperatures(file: Path, data: Path, relations: list[str], transitions: dict[str, Scores]) -> dict[str, float]:
    """The temperatures of the shipped graph, fitted on a part of dev."""
    dev = thin(read_sets(data, "dev", load_tokenizer(), (), relations), CALIBRATION_STRIDE)
    return fit_temperatures(onnx_reader(file), dev, transitions)


def compared(whole: Reader, small: Path, data: Path) -> str:
    """One line on how often the 8-bit graph gives the label of the 32-bit model, on a part of dev."""
    dev = thin(read_sets(data, "dev", load_tokenizer(), (), whole.relation_names), COMPARISON_STRIDE)
    shares = agreement(torch_reader(whole), onnx_reader(small), dev.words + dev.names + dev.attributions)
    return "the same label in 8 bits: " + ", ".join(f"{name} {share:.2f}%" for name, share in shares.items())


def export(checkpoint: Path, data: Path, folder: Path) -> None:
    """Writes `reader.onnx`, `reader.json` and `tokenizer.json` into the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    model = load_reader(checkpoint)
    described, transitions = description(model) | untaught(checkpoint), model_transitions(model)
    small = folder / "reader.part"
    write(model, calibration(data, model.relation_names), small)
    print(compared(load_reader(checkpoint), small, data))
    described["temperatures"] |= temperatures(small, data, model.relation_names, transitions)
    small.replace(folder / "reader.onnx")
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
