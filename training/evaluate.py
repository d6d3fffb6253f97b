"""Reports how the shipped files do on dev: `python -m training.evaluate --data DIR --reader FOLDER [--every N]`."""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path

import numpy as np
import onnxruntime

from training.annotated import ROLES
from training.decoding import Reads, Scores
from training.model import OUTPUTS
from training.pieces import Numbers, load_tokenizer
from training.scoring import score, thin
from training.sets import SETS, read_sets


def onnx_reader(file: Path, threads: int = 2) -> Reads:
    """A shipped graph as a function from arrays to named scores."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    session = onnxruntime.InferenceSession(str(file), options, providers=["CPUExecutionProvider"])

    def read(ids: Numbers, cases: Numbers, mask: Numbers, words: Numbers) -> dict[str, Scores]:
        outputs = session.run(list(OUTPUTS), {"ids": ids, "cases": cases, "mask": mask, "words": words})
        return dict(zip(OUTPUTS, outputs, strict=True))

    return read


def shipped_transitions(folder: Path) -> dict[str, Scores]:
    """The transitions of every tag layer, from `reader.json`."""
    described = json.loads((folder / "reader.json").read_text(encoding="utf8"))["transitions"]
    return {name: np.array(described[name]["steps"], dtype=np.float32) for name in [*ROLES, "names"]}


def main() -> None:
    """Prints the figures that the command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m training.evaluate", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with the annotated sets")
    parser.add_argument("--reader", type=Path, required=True, help="folder with the shipped files")
    parser.add_argument("--every", type=int, default=1, help="only every n-th article")
    parser.add_argument("--without", choices=SETS, action="append", default=[], help="leave a set out (repeatable)")
    options = parser.parse_args()
    relations = json.loads((options.reader / "reader.json").read_text(encoding="utf8"))["relations"]
    dev = thin(read_sets(options.data, "dev", load_tokenizer(), options.without, relations), options.every)
    started = time.monotonic()
    report = score(onnx_reader(options.reader / "reader.onnx"), dev, shipped_transitions(options.reader))
    print("\n".join(report.lines()))
    print(f"{time.monotonic() - started:.0f} seconds")


if __name__ == "__main__":
    main()
