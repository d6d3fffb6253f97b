"""Stories on BASIL: 100 triplets of articles of three outlets, all 300 mixed together, put back into their triplets.

    python -m evaluation.stories [--record FILE] [--show]

The articles are written as text files with their day, outlet and address beside them, built as a user would, and the
stories of the record are compared with the triplets by pairs of articles: precision is the share of pairs in one story
that are of one triplet, recall the share of pairs of one triplet that are in one story. `--record` keeps the record in
FILE and takes what it has already read from there; `--show` prints each story that is not one triplet.

A second line hides every date: how well words and names do alone. It has no floor.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path

from evaluation.floors import held
from evaluation.sources import data_folder
from onrecord import pipeline
from onrecord.linking import stories
from onrecord.model import Corpus, Story
from onrecord.store import Store


@dataclass(frozen=True, slots=True)
class Score:
    """Precision, recall and their harmonic mean over pairs of articles, in per cent."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def __str__(self) -> str:
        return f"P {self.precision:5.1f}  R {self.recall:5.1f}  F1 {self.f1:5.1f}"


def write_articles(source: Path, into: Path) -> None:
    """Each article of BASIL as a text file named by its triplet, with what is known of it in a sidecar."""
    for path in sorted(source.glob("*/*_[0-9].json")):
        told = json.loads(path.read_text(encoding="utf8"))
        body = "\n\n".join(" ".join(paragraph) for paragraph in told["body-paragraphs"])
        into.joinpath(f"{path.stem}.txt").write_text(f"{told['title']}\n\n{body}\n", encoding="utf8")
        known = {
            "published": told["date"],
            "outlet": told["source"].lower(),
            "url": told["url"],
            "title": told["title"],
        }
        into.joinpath(f"{path.stem}.meta.json").write_text(json.dumps(known), encoding="utf8")


def score(groups: Iterable[Sequence[str]], gold: dict[str, str]) -> Score:
    """The score of groups of article ids against the triplet of each."""
    found = [pair for group in groups for pair in combinations(sorted(group), 2)]
    right = sum(gold[a] == gold[b] for a, b in found)
    wanted = sum(n * (n - 1) // 2 for n in Counter(gold.values()).values())
    return Score(100 * right / max(1, len(found)), 100 * right / max(1, wanted))


def without_dates(store: Store) -> tuple[Story, ...]:
    """The stories that would be found if no article had a date."""
    tables = {name: tuple(store.rows(name)) for name in Corpus.__dataclass_fields__}
    tables["articles"] = tuple(replace(article, published=None) for article in tables["articles"])
    return stories.cluster(Corpus(**tables), tuple(store.rows("links")))


def show(found: Iterable[Story], gold: dict[str, str], titles: dict[str, str]) -> None:
    """Prints the stories that are not one whole triplet."""
    sizes = Counter(gold.values())
    for story in found:
        if Counter(gold[key] for key in story.article_ids) != {
            gold[story.article_ids[0]]: sizes[gold[story.article_ids[0]]]
        }:
            print(f"  {story.title}")
            for key in story.article_ids:
                print(f"    {gold[key][:8]} {titles[key]}")


def measure(record: Path, showing: bool) -> Score:
    """Builds the record, prints both lines, and gives the score that has a floor."""
    with tempfile.TemporaryDirectory() as folder:
        articles = Path(folder, "basil")
        articles.mkdir()
        write_articles(data_folder() / "basil", articles)
        pipeline.build([str(articles)], record=record)
    with Store.open(record, read_only=True) as store:
        rows = list(store.rows("articles"))
        gold = {row.id: row.origin.rsplit("_", 1)[0] for row in rows}
        found = list(store.rows("stories"))
        dated = score((story.article_ids for story in found), gold)
        undated = score((story.article_ids for story in without_dates(store)), gold)
        print(f"stories: BASIL, {len(rows)} articles mixed together    {dated}  ({len(found)} stories)")
        print(f"         the same with every date hidden     {undated}")
        if showing:
            show(found, gold, {row.id: row.title or row.origin for row in rows})
    return dated


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints the figures; the exit status is 1 where the score lies below its floor."""
    parser = argparse.ArgumentParser(prog="python -m evaluation.stories", description=__doc__.split("\n")[0])
    parser.add_argument("--record", type=Path, help="keep the record in this file and use what it holds")
    parser.add_argument("--show", action="store_true", help="print each story that is not one triplet")
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        found = measure(given.record or Path(folder, "basil.db"), given.show)
    return held("stories", {"pairwise F1": found.f1, "precision": found.precision})


if __name__ == "__main__":
    sys.exit(main())
