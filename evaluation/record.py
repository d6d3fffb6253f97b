"""Scores whole records, built and exported as a user would, with the scorers that lie beside the annotated news.

    python -m evaluation.record [SET ...]       sets: polnear, times, newswire; all when none is named

Each set's articles are written out, built into a record, exported as JSON Lines and scored; what the scorers print is
printed, and each figure that has a floor in `floors.toml` is held to it.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from evaluation.floors import below
from evaluation.sources import shared_folder


@dataclass(frozen=True, slots=True)
class Scored:
    """A set, the kind that the scorer calls it, where its gold lies, and what else the scorer is told."""

    name: str
    kind: str
    gold: str
    more: tuple[str, ...] = ()
    by_sentence: bool = False


SETS = (
    Scored("polnear", "polnear", "polnear/dev", by_sentence=True),
    Scored("times", "tempeval", "tempeval3/TimeBank", ("--every", "3")),
    Scored("newswire", "newswire", "worldwide-newswire/dev"),
)
FIGURE = re.compile(r"^(?P<name>\S.*?)\s+P\s+(?P<p>[\d.]+)\s+R\s+(?P<r>[\d.]+)\s+F1\s+(?P<f>[\d.]+)")
SENTENCE = re.compile(r"^(?P<name>source|cue|content)\s+exact F1\s+(?P<f>[\d.]+)")
WHOLE = re.compile(r"^(?P<name>whole attributions recalled)\s+(?P<f>[\d.]+)%")


def run(*command: str) -> str:
    """What a command prints; a command that fails ends the evaluation with its own words."""
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1) or (done.returncode == 1 and not done.stdout):
        sys.exit(f"evaluation: {' '.join(command)}\n{done.stderr}")
    return done.stdout


def score(one: Scored) -> str:
    """What the scorers print of one set's record."""
    shared, python = shared_folder(), sys.executable
    onrecord = str(Path(python).with_name("onrecord"))
    gold, scorer = str(shared / "data" / one.gold), str(shared / "scorers" / "score.py")
    with tempfile.TemporaryDirectory() as folder:
        articles, record, export = f"{folder}/articles", f"{folder}/record.db", f"{folder}/export"
        run(python, scorer, "prepare", one.kind, gold, articles, *one.more)
        run(onrecord, "build", articles, "--record", record)
        run(onrecord, "export", record, "--to", "jsonl", "--out", export)
        printed = run(python, scorer, "score", one.kind, gold, export, *one.more)
        if one.by_sentence:
            printed += run(python, str(shared / "scorers" / "score_sentences.py"), gold, export)
    return printed


def figures(printed: str) -> Iterator[tuple[str, float]]:
    """The figures in what a scorer printed, by name: F1 as such, precision and recall as `NAME P` and `NAME R`."""
    for line in printed.splitlines():
        found = FIGURE.match(line)
        if found:
            yield found["name"], float(found["f"])
            yield f"{found['name']} P", float(found["p"])
            yield f"{found['name']} R", float(found["r"])
        found = SENTENCE.match(line)
        if found:
            yield f"{found['name']} by sentence", float(found["f"])
        found = WHOLE.match(line)
        if found:
            yield found["name"], float(found["f"])


def main(names: list[str]) -> int:
    """Scores the sets named, or all; the exit status is 1 where a figure lies below its floor."""
    failed: list[str] = []
    for one in SETS:
        if names and one.name not in names:
            continue
        printed = score(one)
        print(f"{one.name} ({one.gold} {' '.join(one.more)})\n{printed}", flush=True)
        failed += below(one.name, dict(figures(printed)))
    for line in failed:
        print(f"evaluation: {line}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
