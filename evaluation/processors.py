"""Whether the reader reads the same without 8-bit dot products: `python -m evaluation.processors [--texts 24]`.

Needs valgrind, which runs a program on a processor of its own making: one with AVX2, but neither VNNI nor AVX-512, so
that the runtime multiplies 8-bit numbers by other instructions, whose 16-bit sums would overflow if the weights used
all 8 bits. It takes some twenty times as long, hence short texts: the beginnings of development articles.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from evaluation.floors import held
from evaluation.reader import article_of
from evaluation.sources import data_folder
from onrecord.language.analysis import Analysis, Attribution
from onrecord.language.reader import Reader

PARTS = ("polnear/dev/text", "worldwide-newswire/dev")
CHARACTERS = 900
"""How much of an article is read: a window's worth."""
TABLES = ("words", "names", "attributions")

Row = list[object]
Rows = dict[str, list[Row]]


def beginnings(folder: Path, count: int) -> list[str]:
    """The beginnings of `count` articles, spread over the sets."""
    share = (count + len(PARTS) - 1) // len(PARTS)
    found = []
    for part in PARTS:
        files = sorted((folder / part).glob("*.txt"))
        found += files[:: max(1, len(files) // share)][:share]
    return [file.read_bytes().decode("utf8")[:CHARACTERS] for file in found[:count]]


def rows(analysis: Analysis) -> Rows:
    """What was read, without probabilities: they may differ in the last places."""
    return {
        "words": [[w.start, w.end, w.upos, w.head, w.relation, w.sentence] for w in analysis.words],
        "names": [[n.start, n.end, n.kind] for n in analysis.names],
        "attributions": [_spans(attribution) for attribution in analysis.attributions],
    }


def _spans(attribution: Attribution) -> Row:
    cue = (attribution.cue,) if attribution.cue else ()
    return [[s.role, s.start, s.end] for s in (*cue, *attribution.sources, *attribution.contents)]


def read(texts: Sequence[str]) -> Iterator[Rows]:
    """What this process reads on the processor that it sees."""
    reader = Reader.load(threads=1)
    for number, text in enumerate(texts, 1):
        yield rows(reader.analyse(article_of(text)))
        print(f"\revaluation: {number} of {len(texts)} texts read", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)


def has_dot_products() -> bool:
    """Whether this process sees a processor with 8-bit dot products."""
    features: dict[str, bool] = vars(np)["_core"]._multiarray_umath.__cpu_features__
    return features["AVX512VNNI"]


def read_without(texts: Sequence[str]) -> list[Rows]:
    """What a process reads that valgrind runs."""
    if not shutil.which("valgrind"):
        sys.exit("evaluation: valgrind is not installed (apt install valgrind, or brew, or dnf)")
    with tempfile.TemporaryDirectory() as folder:
        given, found = Path(folder, "texts.json"), Path(folder, "rows.json")
        given.write_text(json.dumps(texts), encoding="utf8")
        command = ["valgrind", "--tool=none", "-q", sys.executable, "-m", "evaluation.processors"]
        subprocess.run([*command, "--child", given, found], check=True, env={**os.environ, "PYTHONMALLOC": "malloc"})
        answer = json.loads(found.read_text(encoding="utf8"))
    if answer["dot products"]:
        sys.exit("evaluation: this valgrind offers 8-bit dot products, so nothing was compared; take an older one")
    return list(answer["rows"])


def child(given: Path, found: Path) -> None:
    """Reads the texts of one file and writes what was read into another."""
    done = list(read(json.loads(given.read_text(encoding="utf8"))))
    found.write_text(json.dumps({"dot products": has_dot_products(), "rows": done}), encoding="utf8")


def same(some: Sequence[Rows], others: Sequence[Rows]) -> dict[str, float]:
    """Per table the share, in percent, of rows of either that are in both."""
    shares = {}
    for table in TABLES:
        common = either = 0
        for one, other in zip(some, others, strict=True):
            here, there = ({json.dumps(row) for row in rows[table]} for rows in (one, other))
            common, either = common + len(here & there), either + len(here | there)
        shares[table] = 100 * common / either if either else 100.0
        print(f"{table:<14}{either:>7}{shares[table]:>9.2f}% the same")
    return shares


def main() -> int:
    """Compares as the command line says."""
    parser = argparse.ArgumentParser(prog="python -m evaluation.processors", description=__doc__)
    parser.add_argument("--texts", type=int, default=24, help="how many beginnings of articles are read")
    parser.add_argument("--child", type=Path, nargs=2, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        child(*options.child)
        return 0
    if not has_dot_products():
        sys.exit("evaluation: this processor has no 8-bit dot products itself, so there is nothing to compare")
    texts = beginnings(data_folder(), options.texts)
    return held("processors", same(list(read(texts)), read_without(texts)))


if __name__ == "__main__":
    sys.exit(main())
