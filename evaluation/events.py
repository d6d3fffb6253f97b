"""How many events are right, on sentences that others coded by hand.

    python -m evaluation.events [--half learn|report|all] [--show N]

Reads `data/coded-events` under the folder that ONRECORD_TEST_DATA names: `plv_train.tsv` (sentence, source, target and
PLOVER root) and `source_target_train.iob` (sentences with source and target marked). Each sentence is analysed alone,
as raw text. Its half is decided by the hash of its words: the lexicon may learn from `learn`, `report` is reported.

- found: the events of a sentence have the gold source among their actors and the gold target among their recipients,
  in its own words or by a pronoun that the product takes for it
- root: of the found ones, the code in `plover` is the gold root (YIELD is CONCEDE or RETREAT)
- given the pair: the coder is told that the words of source and target name parties; the code of the event that fits
  them best, against the gold root, per root

Nothing is trained on these sentences, so five folds are five fifths: the macro-F1 of each is printed with their mean.
The lexicon was written with `learn` open and `report` shut; only `report` tells how good it is on news unseen.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from onrecord.extraction import events
from onrecord.extraction.events.parties import NAME_KINDS
from onrecord.language.analysis import Analysis, Name, NameKind
from onrecord.language.clauses import Tree
from onrecord.language.reader import Reader
from onrecord.model import Article, Event, Passage, TextPart, article_id
from onrecord.resolution.cast import Cast
from onrecord.resolution.parties import cast_of
from onrecord.resolution.surroundings import head_of

YIELD = ("CONCEDE", "RETREAT")
FOLDS = 5


@dataclass(frozen=True)
class Coded:
    """A sentence with the passages of its source and target (empty where the words are not in it) and its root."""

    text: str
    sources: tuple[Passage, ...]
    targets: tuple[Passage, ...]
    root: str


def folder() -> Path:
    """Where the coded sentences lie; exits with a remedy where ONRECORD_TEST_DATA is not set."""
    found = os.environ.get("ONRECORD_TEST_DATA")
    if not found:
        raise SystemExit("evaluation: set ONRECORD_TEST_DATA to the folder that holds data/coded-events")
    return Path(found) / "data" / "coded-events"


def half_of(text: str) -> str:
    return "learn" if int(hashlib.sha256(text.encode()).hexdigest(), 16) % 2 == 0 else "report"


def place(words: str, text: str) -> tuple[Passage, ...]:
    at = text.find(words)
    return (Passage(at, at + len(words)),) if at >= 0 and words else ()


def coded_roots(file: Path) -> Iterator[Coded]:
    with file.open(encoding="utf8", newline="") as rows:
        for row in csv.DictReader(rows, delimiter="\t"):
            text = row["sentence"]
            yield Coded(text, place(row["source"], text), place(row["target"], text), row["gold_root"])


def coded_spans(file: Path) -> Iterator[Coded]:
    """The sentences of an IOB file, their words joined by single spaces."""
    for block in file.read_text(encoding="utf8").split("\n\n"):
        pairs = [line.rsplit(" ", 1) for line in block.split("\n") if " " in line]
        text, spans = "", {"S": [], "T": []}  # type: tuple[str, dict[str, list[Passage]]]
        for word, tag in pairs:
            start = len(text) + (1 if text else 0)
            text = f"{text} {word}" if text else word
            if tag[0] == "B":
                spans.setdefault(tag[2], []).append(Passage(start, len(text)))
            elif tag[0] == "I" and spans.get(tag[2]):
                spans[tag[2]][-1] = Passage(spans[tag[2]][-1].start, len(text))
        if text:
            yield Coded(text, tuple(spans["S"]), tuple(spans["T"]), "")


def article(text: str) -> Article:
    key = article_id(text.encode(), "sentence")
    body = (TextPart(0, len(text), "body"),)
    return Article(
        key, "sentence", None, None, None, text, (), "en", None, None, None, "", "", len(text), "text", None, body
    )


def read(coded: Sequence[Coded]) -> list[Analysis]:
    """The analysis of each sentence."""
    return list(Reader.load().analyse_many(article(c.text) for c in coded))


def events_of(analyses: Iterable[Analysis]) -> list[list[Event]]:
    """The events of each analysis, where a pronoun stands for whom the product takes it for, too."""
    return [
        [known(event, cast) for event in events.extract(analysis)]
        for analysis, cast in ((analysis, cast_of(analysis)) for analysis in analyses)
    ]


def known(event: Event, cast: Cast) -> Event:
    """The event with all the places of its sentence that name whom a pronoun among its parties stands for."""
    actors, recipients = (
        (*passages, *(place for p in passages for place in named_elsewhere(p, cast)))
        for passages in (event.actor_passages, event.recipient_passages)
    )
    return replace(event, actor_passages=actors, recipient_passages=recipients)


def named_elsewhere(passage: Passage, cast: Cast) -> list[Passage]:
    """Where else a text names the one that a pronoun stands for; nothing for any other words."""
    keys = {m.party_id for m in cast.mentions if m.form == "pronoun" and Passage(m.start, m.end) == passage}
    return [Passage(m.start, m.end) for m in cast.mentions if m.party_id in keys and m.form != "pronoun"]


def told(analysis: Analysis, gold: Coded) -> Analysis:
    """The analysis with a name on the head of source and of target, where the reader sees no party there."""
    names = list(analysis.names)
    for passage in (*gold.sources, *gold.targets):
        head = head_of(Tree(analysis), passage)
        around = [n for n in names if head is not None and n.passage.holds(head.passage)]
        if head is None or any(NAME_KINDS.get(n.kind) for n in around):
            continue
        person = any(n.kind == "Person" and passage.holds(n.passage) for n in names)
        kind: NameKind = "Person" if person else "Organization"
        names = [n for n in names if n not in around] + [Name(head.start, head.end, head.text, kind, 1.0)]
    return replace(analysis, names=tuple(sorted(names, key=lambda n: n.start)))


def fold_of(text: str) -> int:
    """One of five, by the hash of the words; not by what decides the half."""
    return int(hashlib.sha256(f"fold {text}".encode()).hexdigest(), 16) % FOLDS


def meets(left: Iterable[Passage], right: Iterable[Passage]) -> bool:
    others = tuple(right)
    return any(one.meets(other) for one in left for other in others)


def same_root(predicted: str, gold: str) -> bool:
    return predicted == gold or (gold == "YIELD" and predicted in YIELD)


def fit(event: Event, gold: Coded) -> int:
    """How well an event fits the pair: 3 both sides, 2 one side, 1 the pair turned round, 0 no side."""
    right = meets(event.actor_passages, gold.sources) + meets(event.recipient_passages, gold.targets)
    turned = meets(event.actor_passages, gold.targets) or meets(event.recipient_passages, gold.sources)
    return {2: 3, 1: 2}.get(right, int(turned))


def percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:5.1f}% ({part}/{whole})" if whole else "  n/a"


def macro_f1(pairs: Sequence[tuple[str, str]], show: bool = True) -> float:
    """The mean over gold roots of the F1 of each; a predicted CONCEDE or RETREAT counts as YIELD."""
    folded = [("YIELD" if predicted in YIELD else predicted, gold) for predicted, gold in pairs]
    scores = []
    for root in sorted({gold for _, gold in folded}):
        right = sum(p == g == root for p, g in folded)
        said, there = sum(p == root for p, _ in folded), sum(g == root for _, g in folded)
        scores.append(2 * right / (said + there))
        if show:
            print(f"  {root:10} P {percent(right, said)}  R {percent(right, there)}")
    return 100 * sum(scores) / len(scores)


def report_found(coded: Sequence[Coded], found: Sequence[Sequence[Event]]) -> None:
    """How often the pair and its root are found in raw text."""
    paired = [[e for e in events if fit(e, gold) == 3] for gold, events in zip(coded, found, strict=True)]
    with_pair = sum(bool(p) for p in paired)
    right = sum(any(same_root(e.plover, g.root) for e in p) for g, p in zip(coded, paired, strict=True))
    print(f"sentences {len(coded)}, with an event {percent(sum(bool(f) for f in found), len(coded))}")
    print(f"pair found                {percent(with_pair, len(coded))}")
    print(f"pair found, root right    {percent(right, len(coded))} of all, {percent(right, with_pair)} of those found")


def report_roots(coded: Sequence[Coded], found: Sequence[Sequence[Event]], show: int) -> None:
    """The roots of events where source and target are told, over all and in five folds."""
    best = [max(events, key=lambda e: fit(e, g), default=None) for g, events in zip(coded, found, strict=True)]
    chosen = [(e.plover if e else "none", g.root) for e, g in zip(best, coded, strict=True)]
    print(f"given the pair, accuracy  {percent(sum(same_root(p, g) for p, g in chosen), len(chosen))}")
    print(f"given the pair, macro-F1  {macro_f1(chosen):.1f}")
    folds = [[pair for pair, c in zip(chosen, coded, strict=True) if fold_of(c.text) == f] for f in range(FOLDS)]
    scores = [macro_f1(fold, show=False) for fold in folds]
    print(f"in five folds, macro-F1   {sum(scores) / FOLDS:.1f} (" + " ".join(f"{score:.1f}" for score in scores) + ")")
    confused = Counter((g, p) for p, g in chosen if not same_root(p, g))
    print("most confused (gold, said):", confused.most_common(12))
    wrong = [(g, e) for g, e in zip(coded, best, strict=True) if e is None or not same_root(e.plover, g.root)]
    for gold, event in wrong[:show]:
        said = f"{event.plover} [{event.triggers[0].of(gold.text)}] {event.status}" if event else "none"
        print(f"--- {gold.root} said {said}\n    {gold.text[:240]}")


def report_spans(coded: Sequence[Coded], found: Sequence[Sequence[Event]]) -> None:
    for side, name in (("sources", "actors"), ("targets", "recipients")):
        said = [
            p for g, es in zip(coded, found, strict=True) for e in es for p in [getattr(e, f"{name[:-1]}_passages")]
        ]
        hit = sum(
            meets(getattr(e, f"{name[:-1]}_passages"), getattr(g, side))
            for g, es in zip(coded, found, strict=True)
            for e in es
        )
        gold = [g for g in coded if getattr(g, side)]
        reached = sum(
            any(meets(getattr(e, f"{name[:-1]}_passages"), getattr(g, side)) for e in es)
            for g, es in zip(coded, found, strict=True)
            if getattr(g, side)
        )
        print(f"{name:10} P {percent(hit, sum(bool(p) for p in said))}  R {percent(reached, len(gold))}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--half", choices=("learn", "report", "all"), default="report")
    parser.add_argument("--show", type=int, default=0, help="print so many sentences whose root is wrong")
    asked = parser.parse_args()

    def wanted(coded: Iterable[Coded]) -> list[Coded]:
        return [c for c in coded if asked.half in ("all", half_of(c.text))]

    roots = wanted(coded_roots(folder() / "plv_train.tsv"))
    analyses = read(roots)
    report_found(roots, events_of(analyses))
    report_roots(roots, events_of(told(a, c) for a, c in zip(analyses, roots, strict=True)), asked.show)
    spans = wanted(coded_spans(folder() / "source_target_train.iob"))
    print(f"spans: {len(spans)} sentences, a side is found where it shares a character")
    report_spans(spans, events_of(read(spans)))


if __name__ == "__main__":
    main()
