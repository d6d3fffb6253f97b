"""Scores links between events of the news on politics that onrecord is made for: BASIL triplets, judged by hand.

    python -m evaluation.same_events [--half learn|report] [--show]

ECB+ has few of the events that onrecord looks for (see `evaluation/ecbplus.py`), so `same_events.toml` says which
events of 180 BASIL articles are one happening. Its first half sets the weights (`training/event_weights.py`), the
other is measured. All pairs of events of a triplet are counted, in two articles and in one; `same lemma` is what saying
that events of one lemma are one event would score on the same events of the same run.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from evaluation.floors import held
from evaluation.sources import data_folder
from onrecord import pipeline
from onrecord.linking.stems import tokens
from onrecord.linking.tellings import light_words
from onrecord.model import Article, Event, Passage
from onrecord.pipeline.build import rejoin
from onrecord.store import Store


@dataclass(frozen=True)
class Judged:
    """What was judged: the happenings that several events tell, the events that may be either, and the two halves."""

    same: dict[str, int]
    unclear: frozenset[str]
    halves: dict[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Mention:
    """An event of the record in a judged article."""

    event: Event
    article: str
    lemma: str
    happening: str

    @property
    def triplet(self) -> str:
        return self.article.partition("-")[0]


def judged() -> Judged:
    """The judgements beside this file."""
    told = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf8"))
    return Judged(
        {place: number for number, places in enumerate(told["same"]) for place in places},
        frozenset(told["unclear"]),
        {half: frozenset(told[half]) for half in ("learn", "report")},
    )


def articles(half: str) -> Iterator[tuple[str, str, dict[str, str]]]:
    """The articles of a half: name, text, and what a sidecar would say of each."""
    wanted = judged().halves[half]
    for file in sorted((data_folder() / "basil").glob("*/*.json")):
        if file.name.endswith("_ann.json"):
            continue
        row = json.loads(file.read_text(encoding="utf8"))
        if row["triplet-uuid"][:8] in wanted:
            paragraphs = [" ".join(part) if isinstance(part, list) else part for part in row["body-paragraphs"]]
            outlet = row["source"].lower()
            told = {"outlet": outlet, "published": row["date"], "title": row["title"]}
            yield f"{row['triplet-uuid'][:8]}-{outlet}", "\n\n".join([row["title"], *paragraphs]), told


def built(half: str, record: Path) -> None:
    """The record of a half is in the file."""
    with tempfile.TemporaryDirectory() as folder:
        for name, text, told in articles(half):
            Path(folder, f"{name}.txt").write_text(text, encoding="utf8")
            Path(folder, f"{name}.meta.json").write_text(json.dumps(told), encoding="utf8")
        pipeline.build([folder], record=record)


def lemma(article: Article, trigger: Passage) -> str:
    """The stem of the weightiest word of a trigger."""
    stems = [token.stem for token in tokens(trigger.of(article.text))]
    return next((one for one in stems if one not in light_words()), stems[0] if stems else "")


def mentions(store: Store) -> list[Mention]:
    """The events of a record of judged articles, but for those that are unclear."""
    known, home = judged(), {article.id: article for article in store.rows("articles")}
    found = []
    for event in store.rows("events"):
        article = home[event.article_id]
        name = Path(article.origin).stem
        places = [f"{name}:{trigger.start}" for trigger in event.triggers]
        if known.unclear.isdisjoint(places):
            happening = next((str(known.same[place]) for place in places if place in known.same), event.id)
            found.append(Mention(event, name, lemma(article, event.triggers[0]), happening))
    return found


KINDS = {"events": "same_event", "statements": "same_words", "occasions": "same_occasion"}
"""The links that say of two rows of a table that they are one thing."""


def linked(store: Store, table: str = "events") -> dict[str, str]:
    """The group of each row of a table, by what the record's links and all that follows from them put together."""
    group = {row.id: row.id for row in store.rows(table)}

    def root(key: str) -> str:
        while group[key] != key:
            group[key] = key = group[group[key]]
        return key

    for link in store.rows("links"):
        if link.kind == KINDS[table]:
            group[root(link.left_id)] = root(link.right_id)
    return {key: root(key) for key in group}


def score(name: str, right: int, said: int, there: int) -> float:
    """Prints precision, recall and F1 in percent, and gives the F1."""
    precision, recall = right / said if said else 0.0, right / there if there else 0.0
    f1 = 2 * precision * recall / (precision + recall) if right else 0.0
    counts = f"{right} of {said} said, of {there} there"
    print(f"{name:34} P {100 * precision:5.1f}  R {100 * recall:5.1f}  F1 {100 * f1:5.1f}   ({counts})")
    return 100 * f1


def report(store: Store, show: bool) -> dict[str, float]:
    """The F1 of a record's links, over two articles and within one, and what they have beyond the baseline."""
    found, group = mentions(store), linked(store)
    happenings = {m.happening for m in found}
    print(f"{len(found)} events in {len({m.article for m in found})} articles, {len(happenings)} happenings")
    by_triplet: dict[str, list[Mention]] = defaultdict(list)
    for one in found:
        by_triplet[one.triplet].append(one)
    pairs = [pair for triplet in sorted(by_triplet) for pair in combinations(by_triplet[triplet], 2)]
    measured: dict[str, float] = {}
    for where, inside in (("in two articles", False), ("in one article", True)):
        kept = [(a, b) for a, b in pairs if (a.article == b.article) == inside]
        gold = [a.happening == b.happening for a, b in kept]
        said = [group[a.event.id] == group[b.event.id] for a, b in kept]
        base = [a.lemma == b.lemma for a, b in kept]
        for name, answer in (("links", said), ("same lemma", base)):
            both = sum(x and y for x, y in zip(answer, gold, strict=True))
            measured[f"{name}, {where}"] = score(f"{name}, {where}", both, sum(answer), sum(gold))
        measured[f"gain, {where}"] = measured[f"links, {where}"] - measured[f"same lemma, {where}"]
        if show:
            explain(store, kept, gold, said)
    return measured


def explain(store: Store, pairs: list[tuple[Mention, Mention]], gold: list[bool], said: list[bool]) -> None:
    """Prints the pairs that are wrongly linked and those that are missing."""
    home = {article.id: article for article in store.rows("articles")}
    for (a, b), there, linked_too in zip(pairs, gold, said, strict=True):
        if there != linked_too:
            print("MISSING" if there else "WRONG")
            for one in (a, b):
                text, at = home[one.event.article_id].text, one.event.triggers[0]
                words = f"{text[max(0, at.start - 70) : at.start]}[{at.of(text)}]{text[at.end : at.end + 70]}"
                print(f"    {one.article}:{at.start} {one.event.type} {' '.join(words.split())}")


def main() -> int:
    """Prints the scores; the exit status is 1 where one lies below its floor."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--half", choices=("learn", "report"), default="report")
    parser.add_argument("--record", help="keep the record in this file, or take it from there")
    parser.add_argument("--show", action="store_true", help="print the pairs that are wrong")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        record = Path(asked.record or Path(folder, "record.db"))
        if not record.exists():
            built(asked.half, record)
        with Store.open(record) as store:
            if asked.record:
                rejoin(store, store.meta().reader)
            measured = report(store, asked.show)
    return held("same_events", measured) if asked.half == "report" else 0


if __name__ == "__main__":
    sys.exit(main())
