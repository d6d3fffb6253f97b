"""Reports how the shipped files do on dev: `python -m training.evaluate --data DIR --reader FOLDER [--every N]`.

With `--checkpoint FILE` (from which the files were exported) it also says what 8 bits cost, figure by figure.
"""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path

import numpy as np
import onnxruntime

from training.annotated import ROLES
from training.decoding import Reads, Scores
from training.model import MASKED, OUTPUTS, load_reader
from training.pieces import Numbers, load_tokenizer
from training.scoring import model_transitions, score, thin, torch_reader
from training.sets import SETS, read_sets


def onnx_reader(file: Path, threads: int = 2) -> Reads:
    """A shipped graph, which takes one window, as a function from batches to named scores; padding gets `MASKED`."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    session = onnxruntime.InferenceSession(str(file), options, providers=["CPUExecutionProvider"])

    def read(ids: Numbers, cases: Numbers, mask: Numbers, words: Numbers) -> dict[str, Scores]:
        rows = []
        for row, (length, count) in enumerate(zip(mask.sum(1).tolist(), (words > 0).sum(1).tolist(), strict=True)):
            given = {"ids": ids[row, :length], "cases": cases[row, :length], "words": words[row, : max(1, count)]}
            rows.append(session.run(list(OUTPUTS), {name: values[None] for name, values in given.items()}))
        return {
            name: _stack([outputs[at][0] for outputs in rows], _padded(name, ids.shape[1], words.shape[1]))
            for at, name in enumerate(OUTPUTS)
        }

    return read


def _padded(name: str, pieces: int, places: int) -> tuple[int, ...]:
    """The leading sizes of one window's output in a batch of so many pieces and words."""
    pairs = {"arcs": (places, places + 1), "link": (pieces, pieces)}
    return pairs.get(name, (places if name in ("sentence", "upos", "relation") else pieces,))


def _stack(rows: list[Scores], leading: tuple[int, ...]) -> Scores:
    """Arrays side by side, filled up with `MASKED`."""
    stacked = np.full((len(rows), *leading, *rows[0].shape[len(leading) :]), MASKED, dtype=np.float32)
    for place, row in zip(stacked, rows, strict=True):
        place[tuple(slice(size) for size in row.shape)] = row
    return stacked


def shipped_transitions(folder: Path) -> dict[str, Scores]:
    """The transitions of every tag layer, from `reader.json`."""
    described = json.loads((folder / "reader.json").read_text(encoding="utf8"))["transitions"]
    return {name: np.array(described[name]["steps"], dtype=np.float32) for name in [*ROLES, "names"]}


def against(small: dict[str, float], whole: dict[str, float]) -> list[str]:
    """One line per figure: in 8 bits, in 32 bits, and what 8 bits cost."""
    head = f"{'':28s} 8 bits 32 bits   cost"
    return [head] + [
        f"{name:28s} {small[name]:6.1f}  {value:6.1f} {value - small[name]:6.1f}" for name, value in whole.items()
    ]


def main() -> None:
    """Prints the figures that the command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m training.evaluate", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with the annotated sets")
    parser.add_argument("--reader", type=Path, required=True, help="folder with the shipped files")
    parser.add_argument("--every", type=int, default=1, help="only every n-th article")
    parser.add_argument("--without", choices=SETS, action="append", default=[], help="leave a set out (repeatable)")
    parser.add_argument("--checkpoint", type=Path, help="the 32-bit model that the files were made from")
    options = parser.parse_args()
    relations = json.loads((options.reader / "reader.json").read_text(encoding="utf8"))["relations"]
    dev = thin(read_sets(options.data, "dev", load_tokenizer(), options.without, relations), options.every)
    started = time.monotonic()
    report = score(onnx_reader(options.reader / "reader.onnx"), dev, shipped_transitions(options.reader))
    print("\n".join(report.lines()))
    if options.checkpoint:
        model = load_reader(options.checkpoint)
        print(*against(report.figures, score(torch_reader(model), dev, model_transitions(model)).figures), sep="\n")
    print(f"{time.monotonic() - started:.0f} seconds")


if __name__ == "__main__":
    main()
