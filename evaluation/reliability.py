"""What the confidence of a record's statements is worth, against PolNeAR dev.

    python -m evaluation.reliability

The articles are built into a record as a user would build them. A statement is right when an attribution of the set
has half of its words or more (of the words that either has), and its source meets the statement's, or neither has one:
the scorer's measure of a whole attribution. Printed are the share that is right in each tenth of the confidence, the
gap between the two (the mean, over statements), and precision and recall at each value of `--min-confidence`; the first
row is the default, which leaves nothing out. Figures that have a floor are held to it.
"""

from __future__ import annotations

import sys
import tempfile
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from evaluation.polnear import GoldArticle, Span, read_gold
from evaluation.sources import data_folder
from onrecord import pipeline
from onrecord.model import Statement
from onrecord.store import Store

THRESHOLDS = (None, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
"""What `--min-confidence` may be; null is the default, no filter."""
DEFAULT = None
HALF = 0.5
"""What content and gold must share of the characters that either has."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A statement's confidence, and which of the set's attributions it reports rightly, if any."""

    confidence: float | None
    finds: frozenset[tuple[str, int]]

    @property
    def right(self) -> bool:
        return bool(self.finds)


def characters(spans: Sequence[Span]) -> set[int]:
    """The offsets that the spans cover."""
    return {at for start, end in spans for at in range(start, end)}


def reports(statement: Statement, attribution: dict[str, list[Span]]) -> bool:
    """The statement has the attribution's content, by half or more, and meets its source, or neither has one."""
    said = characters([(p.start, p.end) for p in statement.content])
    wanted = characters(attribution["content"])
    if not wanted or len(said & wanted) < HALF * len(said | wanted):
        return False
    source = statement.source
    if source is None:
        return not attribution["source"]
    return any(source.start < end and start < source.end for start, end in attribution["source"])


def judged(statements: Sequence[Statement], gold: GoldArticle, name: str) -> Iterator[Judged]:
    """Each statement of an article with what it finds."""
    for statement in statements:
        found = {(name, n) for n, one in enumerate(gold.attributions) if reports(statement, one)}
        yield Judged(statement.confidence, frozenset(found))


def measured(folder: Path) -> tuple[list[Judged], int]:
    """Every statement of the set's record, judged, and how many attributions the set has."""
    gold = list(read_gold(folder))
    found: list[Judged] = []
    with tempfile.TemporaryDirectory() as place:
        texts = Path(place) / "articles"
        texts.mkdir()
        for number, article in enumerate(gold):
            (texts / f"{number:03d}.txt").write_bytes(article.text.encode("utf8"))
        record = Path(place) / "record.db"
        pipeline.build([str(texts)], record=record)
        with Store.open(record) as store:
            numbers = {article.id: int(Path(article.origin).stem) for article in store.rows("articles")}
            statements: list[list[Statement]] = [[] for _ in gold]
            for statement in store.rows("statements"):
                statements[numbers[statement.article_id]].append(statement)
    for number, article in enumerate(gold):
        found += judged(statements[number], article, str(number))
    return found, sum(len(article.attributions) for article in gold)


def tenths(rows: Sequence[Judged]) -> Iterator[tuple[str, int, float, float]]:
    """For each tenth of the confidence: its name, how many statements, their mean confidence, the share right."""
    for tenth in range(10):
        here = [row for row in rows if row.confidence is not None and min(9, int(row.confidence * 10)) == tenth]
        if here:
            mean = sum(row.confidence or 0.0 for row in here) / len(here)
            yield f"{tenth / 10:.1f}", len(here), mean, sum(row.right for row in here) / len(here)
    none = [row for row in rows if row.confidence is None]
    if none:
        yield "null", len(none), 0.0, sum(row.right for row in none) / len(none)


def gap(rows: Sequence[Judged]) -> float:
    """The mean distance between confidence and share right over the tenths, each weighed by its statements."""
    weighed = [(count, abs(mean - share)) for name, count, mean, share in tenths(rows) if name != "null"]
    return sum(count * distance for count, distance in weighed) / max(1, sum(count for count, _ in weighed))


def kept(rows: Sequence[Judged], least: float | None) -> list[Judged]:
    """What `--min-confidence` leaves; a statement without a confidence stays only where nothing is asked."""
    return [row for row in rows if least is None or (row.confidence is not None and row.confidence >= least)]


def precision_and_recall(rows: Sequence[Judged], attributions: int) -> tuple[float, float]:
    """The per cent of statements that are right, and of attributions that are found."""
    right = sum(row.right for row in rows)
    found = len({one for row in rows for one in row.finds})
    return 100 * right / max(1, len(rows)), 100 * found / max(1, attributions)


def main() -> int:
    """Prints both tables; the exit status is 1 where a figure lies below its floor."""
    rows, attributions = measured(data_folder() / "polnear" / "dev")
    print("confidence   statements   mean confidence   right")
    for name, count, mean, share in tenths(rows):
        print(f"{name:<12} {count:>10}   {mean if name != 'null' else float('nan'):>15.3f}   {100 * share:>5.1f}%")
    print(f"gap between confidence and share right: {gap(rows):.3f}\n")
    print("--min-confidence   statements   precision   recall")
    for least in THRESHOLDS:
        left = kept(rows, least)
        precision, recall = precision_and_recall(left, attributions)
        shown = "none (default)" if least is None else f"{least}"
        print(f"{shown:<16} {len(left):>12}   {precision:>8.1f}%  {recall:>6.1f}%")
    return held(rows, attributions)


def held(rows: Sequence[Judged], attributions: int) -> int:
    """The exit status: 1 where precision or recall at the default, or the gap, is worse than its floor."""
    precision, recall = precision_and_recall(kept(rows, DEFAULT), attributions)
    figures = {
        "precision at the default": precision,
        "recall at the default": recall,
        "calibration": 100 - 100 * gap(rows),
    }
    floors = tomllib.loads(Path(__file__).with_name("floors.toml").read_text(encoding="utf8"))["reliability"]
    low = [
        f"{name} is {figures[name]:.1f}, below its floor of {floor:.1f}"
        for name, floor in floors.items()
        if figures[name] < floor
    ]
    for line in low:
        print(f"evaluation: reliability: {line}")
    return 1 if low else 0


if __name__ == "__main__":
    sys.exit(main())
