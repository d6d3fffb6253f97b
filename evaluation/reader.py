"""How well the reader reads, from raw text: `ONRECORD_TEST_DATA=DIR python -m evaluation.reader [--words-only]`.

Words are right when both ends are; parts of speech, lemmas, heads and relations count only on words that are right, in
F1 over gold and found words (as the CoNLL 2018 shared task counts), relations without their subtypes.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Hashable, Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from pathlib import Path

from evaluation.floors import held
from evaluation.polnear import ROLES, read_gold
from evaluation.sources import data_folder
from evaluation.treebanks import Document, read_documents, treebank
from onrecord.language.analysis import Analysis
from onrecord.language.reader import Reader
from onrecord.language.words import splitter
from onrecord.model import Article, TextPart, digest


def article_of(text: str) -> Article:
    """A text as an article that is body from end to end."""
    parts = (TextPart(0, len(text), "body"),) if text.strip() else ()
    sha, number = digest(text), digest("article", text)
    return Article(
        number,
        "evaluation",
        None,
        None,
        None,
        text,
        (),
        "en",
        None,
        None,
        None,
        sha,
        sha,
        len(text),
        "txt",
        None,
        parts,
    )


KINDS = ("Person", "Location", "Facility", "Organization", "Misc", "Money", "NORP", "Product", "Date")


@dataclass
class Tally:
    """Items right, found and in the gold."""

    right: int = 0
    found: int = 0
    gold: int = 0

    def add(self, gold: AbstractSet[Hashable], found: AbstractSet[Hashable]) -> None:
        """Counts one document."""
        self.right += len(gold & found)
        self.found += len(found)
        self.gold += len(gold)

    @property
    def f1(self) -> float:
        """F1 in percent."""
        return 200 * self.right / max(1, self.found + self.gold)

    def __str__(self) -> str:
        precision, recall = 100 * self.right / max(1, self.found), 100 * self.right / max(1, self.gold)
        return f"F1 {self.f1:.2f} (P {precision:.1f}, R {recall:.1f}, {self.gold} gold)"


def split_score(documents: Iterable[Document]) -> Tally:
    """Words found by the splitter alone."""
    tally = Tally()
    for document in documents:
        tally.add({(word.start, word.end) for word in document.words}, set(splitter().split(document.text)))
    return tally


def _bare(relation: str) -> str:
    return relation.split(":")[0]


def _gold_items(document: Document) -> dict[str, set[Hashable]]:
    spans = [(word.start, word.end) for word in document.words]
    heads = [spans[word.head] if word.head >= 0 else None for word in document.words]
    rows = list(zip(spans, heads, document.words, strict=True))
    return {
        "words": set(spans),
        "parts of speech": {(span, word.upos) for span, _, word in rows},
        "lemmas": {(span, word.lemma) for span, _, word in rows},
        "unlabelled": {(span, head) for span, head, _ in rows},
        "labelled": {(span, head, _bare(word.relation)) for span, head, word in rows},
        "sentence starts": {document.words[first].start for first in document.sentences},
    }


def _found_items(analysis: Analysis) -> dict[str, set[Hashable]]:
    words = analysis.words
    spans = [(word.start, word.end) for word in words]
    heads = [spans[word.head] if word.head >= 0 else None for word in words]
    rows = list(zip(spans, heads, words, strict=True))
    return {
        "words": set(spans),
        "parts of speech": {(span, word.upos) for span, _, word in rows},
        "lemmas": {(span, word.lemma) for span, _, word in rows},
        "unlabelled": {(span, head) for span, head, _ in rows},
        "labelled": {(span, head, _bare(word.relation)) for span, head, word in rows},
        "sentence starts": {sentence.start for sentence in analysis.sentences},
    }


def parse_scores(reader: Reader, documents: Iterable[Document]) -> dict[str, Tally]:
    """Words, parts of speech, lemmas, dependencies and sentence starts, from raw text."""
    listed = list(documents)
    tallies: dict[str, Tally] = {}
    analyses = reader.analyse_many(article_of(document.text) for document in listed)
    for document, analysis in zip(listed, analyses, strict=True):
        gold, found = _gold_items(document), _found_items(analysis)
        for name in gold:
            tallies.setdefault(name, Tally()).add(gold[name], found[name])
    return tallies


def read_names(file: Path) -> set[tuple[int, int, str]]:
    """The gold names beside a text of the newswire set: start, end, kind."""
    rows = (line.split("\t") for line in file.with_suffix(".names.tsv").read_text(encoding="utf8").split("\n"))
    return {(int(row[0]), int(row[1]), row[2]) for row in rows if len(row) > 2 and row[2] in KINDS}


def name_scores(reader: Reader, folder: Path) -> dict[str, Tally]:
    """Names with exact ends and kind, over all kinds and by kind, on the newswire set."""
    tallies = {"all": Tally(), **{kind: Tally() for kind in KINDS}}
    files = sorted(folder.glob("*.txt"))
    analyses = reader.analyse_many(article_of(file.read_bytes().decode("utf8")) for file in files)
    for file, analysis in zip(files, analyses, strict=True):
        gold = read_names(file)
        found = {(name.start, name.end, str(name.kind)) for name in analysis.names}
        tallies["all"].add(gold, found)
        for kind in KINDS:
            tallies[kind].add({item for item in gold if item[2] == kind}, {item for item in found if item[2] == kind})
    return tallies


def attribution_scores(reader: Reader, folder: Path) -> dict[str, Tally]:
    """Sources, cues and contents with exact ends (a content's parts counted singly), and exact pairs, on PolNeAR."""
    gold = list(read_gold(folder))
    tallies = {name: Tally() for name in (*ROLES, "cue and content", "cue and source")}
    for article, analysis in zip(gold, reader.analyse_many(article_of(one.text) for one in gold), strict=True):
        found: dict[str, set[Hashable]] = {name: set() for name in tallies}
        for attribution in analysis.attributions:
            cue = [attribution.cue] if attribution.cue else []
            for role, spans in zip(ROLES, (attribution.sources, cue, attribution.contents), strict=True):
                found[role] |= {(span.start, span.end) for span in spans}
                found[f"cue and {role}"] = found.get(f"cue and {role}", set()) | {
                    (one.start, one.end, span.start, span.end) for one in cue for span in spans
                }
        for role in ROLES:
            tallies[role].add(set(article.spans(role)), found[role])
        for role in ("content", "source"):
            pairs = {(*cue, *span) for one in article.attributions for cue in one["cue"][:1] for span in one[role]}
            tallies[f"cue and {role}"].add(pairs, found[f"cue and {role}"])
    return tallies


def _show(title: str, tallies: dict[str, Tally]) -> dict[str, float]:
    """Prints the tallies of a set; their F1 by name."""
    print(title)
    for name, tally in tallies.items():
        print(f"  {name:18s} {tally}", flush=True)
    return {name: tally.f1 for name, tally in tallies.items()}


def measure_treebank(reader: Reader, data: Path, name: str) -> dict[str, float]:
    """The F1 of everything that a treebank's dev part can tell, as it stands and with spaces missing."""
    documents = list(read_documents(treebank(data, name)))
    started = time.perf_counter()
    tallies = parse_scores(reader, documents)
    seconds = time.perf_counter() - started
    words = sum(len(document.words) for document in documents)
    found = _show(f"{name} dev, {words / seconds:.0f} words per second", tallies)
    spaceless = parse_scores(reader, [document.without_spaces() for document in documents])
    starts = {"sentence starts": spaceless["sentence starts"]}
    missing = _show(f"{name} dev, spaces after sentences missing", starts)
    return {**found, "sentence starts, spaces missing": missing["sentence starts"]}


def main() -> int:
    """Prints every figure; the exit status is 1 where one lies below its floor."""
    parser = argparse.ArgumentParser(prog="python -m evaluation.reader", description=__doc__)
    parser.add_argument("--words-only", action="store_true", help="score the word splitter, which needs no model")
    parser.add_argument("--only", choices=("ewt", "gum", "names", "attributions"), help="score one set only")
    options = parser.parse_args()
    data = data_folder()
    banks = [name for name in ("ewt", "gum") if options.only in (None, name)]
    if options.words_only:
        _show("word splitter", {name: split_score(read_documents(treebank(data, name))) for name in banks})
        return 0
    reader = Reader.load()
    print(reader.version)
    status = 0
    for name in banks:
        status |= held(f"reader.{name}", measure_treebank(reader, data, name))
    if options.only in (None, "names"):
        dev = data / "worldwide-newswire" / "dev"
        status |= held("reader.names", _show("names, worldwide-newswire dev", name_scores(reader, dev)))
    if options.only in (None, "attributions"):
        dev = data / "polnear" / "dev"
        status |= held("reader.attributions", _show("attributions, PolNeAR dev", attribution_scores(reader, dev)))
    return status


if __name__ == "__main__":
    sys.exit(main())
