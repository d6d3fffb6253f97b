"""Scores cross-document event links on ECB+ against its gold chains, and against saying "same lemma, same event".

    python -m evaluation.ecbplus [--part dev|train] [--record FILE]

The articles of a part are written as plain text and read by `build` as a user's would be. A gold mention is found where
a row of the record that stands for an event shares a character with it: the trigger of an event, else the cue of a
statement ("said", which ECB+ annotates as an event of reporting), else the name of an occasion. Its links are those of
its own kind: `same_event`, `same_words`, `same_occasion`. Documents of a topic and its twin (`12_1ecb`, `12_3ecbplus`)
are scored together, on the mentions found and on nothing else, so the links and the baseline answer for the same
mentions of the same run; once for events alone and once for all rows:

- pairwise: of the pairs of mentions in two documents of one topic, those that are linked, against those in one chain
- B-cubed (Bagga and Baldwin, 1998) over the mentions of each topic

Links are taken with all that follows from them: what is linked with one thing is linked with one another. Rows of two
kinds are never linked, so a chain of which one article makes an event and another a statement is missed.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from evaluation.floors import held
from evaluation.same_events import KINDS, lemma, linked, score
from evaluation.sources import data_folder
from onrecord import pipeline
from onrecord.linking.stems import tokens
from onrecord.model import Article, Passage
from onrecord.pipeline.build import rejoin
from onrecord.store import Store

CLOSE_BEFORE = frozenset(
    {".", ",", ";", ":", "?", "!", ")", "]", "'s", "n't", "'", "'re", "'ve", "'ll", "'d", "'m", "%", "''"}
)
OPEN_AFTER = frozenset({"(", "[", "$", "£", "€", "``", "#"})
POINTS = frozenset({".", ","})


@dataclass(frozen=True, slots=True)
class Document:
    """A document as plain text, and where each token of each sentence stands."""

    name: str
    text: str
    places: dict[tuple[int, int], Passage]


@dataclass(frozen=True, slots=True)
class Gold:
    """An event mention: its document, where it stands, and its chain."""

    document: str
    where: tuple[Passage, ...]
    chain: str
    words: str


@dataclass(frozen=True, slots=True)
class Found:
    """An event mention that the record has a row for."""

    table: str
    """`events`, `statements` or `occasions`."""
    id: str
    document: str
    chain: str
    lemma: str

    @property
    def topic(self) -> str:
        return self.document.partition("_")[0]


def documents(part: str) -> Iterator[Document]:
    """The documents of a part, their tokens joined as prose is written."""
    tokens: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
    source = data_folder() / "ecbplus" / f"ECB_{part.title()}_corpus.txt"
    for line in source.read_text(encoding="utf8").split("\n"):
        cells = line.split("\t")
        if len(cells) >= 4:
            tokens[cells[0]].append((int(cells[1]), int(cells[2]), cells[3]))
    for name, rows in tokens.items():
        yield written(name, rows)


def written(name: str, rows: Sequence[tuple[int, int, str]]) -> Document:
    """A document from its tokens; each sentence is a paragraph."""
    text, places = "", {}
    before, sentence, open_quotes = "", None, 0
    words = [token for _, _, token in rows]
    for at, (number, token_number, token) in enumerate(rows):
        if number != sentence:
            text += "\n\n" if text else ""
            sentence, before, open_quotes = number, "(", 0
        quote = token == '"'
        glued = token in CLOSE_BEFORE or before in OPEN_AFTER or (quote and open_quotes % 2 == 1)
        text += "" if glued or is_inside_word(words, at) else " "
        places[(number, token_number)] = Passage(len(text), len(text) + len(token))
        text += token
        open_quotes += quote
        before = "(" if quote and open_quotes % 2 == 1 else token
    return Document(name, text, places)


def is_inside_word(words: Sequence[str], at: int) -> bool:
    """Whether a token goes on with the word before it: the parts of `2 . 6`, `60 , 000` and `ram - raiders`."""
    for middle in (at, at - 1):
        if not 0 < middle < len(words) - 1:
            continue
        left, sign, right = words[middle - 1 : middle + 2]
        if sign in POINTS and left.isdigit() and right.isdigit() and (sign == "." or len(right) == 3):
            return True
        if sign == "-" and left.isalnum() and right.isalnum() and (right.islower() or right.isdigit()):
            return True
    return False


def gold(part: str, places: dict[str, Document]) -> list[Gold]:
    """The event mentions of a part."""
    source = data_folder() / "ecbplus" / f"ECB_{part.title()}_Event_gold_mentions.json"
    found = []
    for row in json.loads(source.read_text(encoding="utf8")):
        document = places[row["doc_id"]]
        where = [document.places[(row["sent_id"], number)] for number in row["tokens_number"]]
        found.append(Gold(document.name, tuple(where), row["coref_chain"], row["tokens_str"]))
    return found


def built(part: str, record: Path) -> None:
    """The record of a part is in the file."""
    with tempfile.TemporaryDirectory() as folder:
        for document in documents(part):
            Path(folder, f"{document.name}.txt").write_text(document.text, encoding="utf8")
        pipeline.build([folder], record=record)


def rows(store: Store) -> Iterator[tuple[str, str, str, Passage]]:
    """What stands for an event in a record: its table, id, article, place; of two at one place the first counts."""
    for event in sorted(store.rows("events"), key=lambda e: (e.article_id, e.triggers[0].start)):
        yield "events", event.id, event.article_id, event.triggers[0]
    for statement in sorted(store.rows("statements"), key=lambda s: (s.article_id, s.cue.start if s.cue else 0)):
        if statement.cue is not None:
            yield "statements", statement.id, statement.article_id, statement.cue
    for occasion in store.rows("occasions"):
        for at in occasion.mentions:
            yield "occasions", occasion.id, at.article_id, Passage(at.start, at.end)


def found(store: Store, part: str) -> list[Found]:
    """The gold mentions that rows of the record meet, one row to a mention."""
    known = {document.name: document for document in documents(part)}
    by_document: dict[str, list[Gold]] = defaultdict(list)
    for mention in gold(part, known):
        by_document[mention.document].append(mention)
    home = {article.id: article for article in store.rows("articles")}
    hits: list[Found] = []
    taken: set[tuple[str, Passage]] = set()
    for table, key, article_id, where in rows(store):
        article = home[article_id]
        name = Path(article.origin).stem
        meeting = [m for m in by_document[name] if any(place.meets(where) for place in m.where)]
        best = max(meeting, key=lambda m: shared(m.where, where), default=None)
        if best is not None and (name, best.where[0]) not in taken:
            taken.add((name, best.where[0]))
            hits.append(Found(table, key, name, best.chain, head(article, table, where)))
    return hits


def head(article: Article, table: str, where: Passage) -> str:
    """The stem that stands for a row's words: the last of an occasion's name, else the weightiest of a verb's words."""
    return tokens(where.of(article.text))[-1].stem if table == "occasions" else lemma(article, where)


def shared(where: Sequence[Passage], trigger: Passage) -> int:
    """The characters that a mention and a trigger share."""
    return sum(max(0, min(place.end, trigger.end) - max(place.start, trigger.start)) for place in where)


def topics(hits: Iterable[Found]) -> list[list[Found]]:
    """The mentions of each topic and its twin."""
    by_topic: dict[str, list[Found]] = defaultdict(list)
    for one in hits:
        by_topic[one.topic].append(one)
    return [by_topic[topic] for topic in sorted(by_topic)]


def pairwise(hits: Sequence[Found], answer: Callable[[Found], str], name: str) -> float:
    """Prints and gives the F1 of an answer's groups over the pairs of mentions in two documents of a topic."""
    right = said = there = 0
    for topic in topics(hits):
        for a, b in combinations(topic, 2):
            if a.document != b.document:
                one, gold_one = answer(a) == answer(b), a.chain == b.chain
                right, said, there = right + (one and gold_one), said + one, there + gold_one
    return score(name, right, said, there)


def b_cubed(hits: Sequence[Found], answer: Callable[[Found], str], name: str) -> float:
    """Prints and gives the B-cubed F1 of an answer's groups over the mentions of each topic."""
    precision = recall = 0.0
    for topic in topics(hits):
        for one in topic:
            ours = [m for m in topic if answer(m) == answer(one)]
            theirs = [m for m in topic if m.chain == one.chain]
            both = sum(m.chain == one.chain for m in ours)
            precision, recall = precision + both / len(ours), recall + both / len(theirs)
    precision, recall = 100 * precision / max(1, len(hits)), 100 * recall / max(1, len(hits))
    f1 = 2 * precision * recall / (precision + recall) if hits else 0.0
    print(f"{name:34} P {precision:5.1f}  R {recall:5.1f}  F1 {f1:5.1f}")
    return f1


def report(store: Store, part: str) -> dict[str, float]:
    """The F1 of a record's links on the mentions that were found, and what they have beyond the baseline.

    For events alone the figures' names are bare; those for all rows begin with "all rows".
    """
    hits = found(store, part)
    whole = gold(part, {document.name: document for document in documents(part)})
    print(f"{len(hits)} of {len(whole)} event mentions found")
    measured = beyond_lemma("", [one for one in hits if one.table == "events"], linked(store))
    for table in ("statements", "occasions"):
        beyond_lemma(f"{table}: ", [one for one in hits if one.table == table], linked(store, table))
    group = {table: linked(store, table) for table in KINDS}
    everything = {one.id: group[one.table][one.id] for one in hits}
    return measured | beyond_lemma("all rows: ", hits, everything)


def beyond_lemma(whose: str, hits: Sequence[Found], group: dict[str, str]) -> dict[str, float]:
    """Prints and gives the figures of some mentions, for the links and for the baseline."""
    chains = Counter(one.chain for one in hits)
    several = sum(chains[one.chain] > 1 for one in hits)
    print(f"{whose or 'events: '}{len(hits)} mentions; {several} of them share a chain with another one of them")
    answers: list[tuple[str, Callable[[Found], str]]] = [
        ("links", lambda one: group[one.id]),
        ("same lemma", lambda one: one.lemma),
    ]
    measured: dict[str, float] = {}
    for name, answer in answers:
        for how, measure in (("pairwise", pairwise), ("B-cubed", b_cubed)):
            measured[f"{whose}{name}, {how}"] = measure(hits, answer, f"{whose}{name}, {how}")
    for how in ("pairwise", "B-cubed"):
        measured[f"{whose}gain, {how}"] = measured[f"{whose}links, {how}"] - measured[f"{whose}same lemma, {how}"]
    return measured


def main() -> int:
    """Prints the scores; the exit status is 1 where one lies below its floor."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--part", choices=("dev", "train"), default="dev")
    parser.add_argument("--record", help="keep the record in this file, or take it from there and link it anew")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        record = Path(asked.record or Path(folder, "record.db"))
        if not record.exists():
            built(asked.part, record)
        with Store.open(record) as store:
            if asked.record:
                rejoin(store, store.meta().reader)
            measured = report(store, asked.part)
    return held("ecbplus", measured) if asked.part == "dev" else 0


if __name__ == "__main__":
    sys.exit(main())
