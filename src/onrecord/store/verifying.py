"""The proof that a record holds: each passage is in its article, the words quoted stand there, each id leads somewhere.

What SQLite itself can tell (types, words limited to a list, declared references) it is asked for; the rest is looked at
row by row, one article at a time.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from typing import Any

from onrecord.model import (
    TABLES,
    Article,
    Event,
    Figure,
    Mention,
    OnRecordError,
    Passage,
    Statement,
    Time,
    When,
    entry_id,
)
from onrecord.model.codec import from_json
from onrecord.model.records import Commitment, Occasion
from onrecord.model.schema import fields_of, passages_in, table_of
from onrecord.store.across import across
from onrecord.store.file import Store
from onrecord.store.findings import Finding
from onrecord.store.layout import INDEXED_WORDS, quoted

__all__ = ["Finding", "hashes", "verify"]

ID = re.compile(r"[0-9a-f]{16}\Z")
ISO = re.compile(r"\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2})?(Z|[+-]\d{2}:?\d{2})?)?\Z")
SHA256 = re.compile(r"[0-9a-f]{64}\Z")
EXTRACTED = tuple(
    name for name, kind in TABLES.items() if {"made_by", "article_id"} <= {field.name for field in fields_of(kind)}
)
"""The tables whose rows rest on one article's words."""


def verify(store: Store) -> list[Finding]:
    """Everything in a record that does not hold; an empty list says that all of it does."""
    found = [*_file(store), *_references(store), *_counts(store), *_ids(store)]
    originals = _unjudged(store)
    for (article_id,) in store.select("SELECT id FROM articles ORDER BY id"):
        article: Any = store.row("articles", article_id)
        found += _article(article)
        for table in EXTRACTED:
            sql = f"SELECT id FROM {quoted(table)} WHERE article_id = ? ORDER BY id"
            for row in store.load(table, [key for (key,) in store.select(sql, (article_id,))]):
                original = originals.get(row.id, row)
                found += (Finding(table, row.id, says) for says in _entry(table, row, article, original))
    found += _over_articles(store)
    return found


def _unjudged(store: Store) -> dict[str, Any]:
    """The rows that judgements changed, as they were joined; their ids are the hashes of what they said then."""
    found = store.select("SELECT id, kind, payload FROM unjudged WHERE payload IS NOT NULL")
    return {key: from_json(TABLES[kind], payload) for key, kind, payload in found}


def _file(store: Store) -> Iterator[Finding]:
    """The file is sound, its word indexes are those of its texts, and its tables are those of its bundles."""
    for (said,) in store.select("PRAGMA integrity_check(20)"):
        if said != "ok":
            yield Finding("meta", "", f"SQLite: {said}")
    for name in INDEXED_WORDS:
        rows = store.select(f"SELECT count(*) FROM {name}_fts_docsize")[0][0]
        if rows != store.count(name):
            yield Finding(name, "", f"the index of words has {rows} entries for {store.count(name)} rows")
    if not store.meta().joined:
        yield Finding("meta", "", "the record's articles are not all joined; repeat the build to finish it")
        return
    for (key,) in store.select("SELECT id FROM articles EXCEPT SELECT article_id FROM bundles ORDER BY 1"):
        yield Finding("articles", key, "what was found of this article is not kept")
    for (key,) in store.select("SELECT article_id FROM bundles EXCEPT SELECT id FROM articles ORDER BY 1"):
        yield Finding("articles", key, "what was found of this article is kept, but the article is not there")


def _references(store: Store) -> Iterator[Finding]:
    """Declared references by SQLite, the others by looking: a statement that asserts, the two sides of a link."""
    for table, rowid, target, _ in store.select("PRAGMA foreign_key_check"):
        where = f"row {rowid}" if rowid is not None else "a row"
        yield Finding(table, "", f"{where} names one of {target} that is not there")
    loose = (
        ("events", "asserted_by", "asserted_by <> 'outlet' AND asserted_by NOT IN (SELECT id FROM statements)"),
        ("links", "left_id", f"left_id NOT IN ({_every_id()})"),
        ("links", "right_id", f"right_id NOT IN ({_every_id()})"),
    )
    for table, column, condition in loose:
        for key, value in store.select(f"SELECT id, {column} FROM {table} WHERE {condition} ORDER BY id"):
            yield Finding(table, key, f"{column} names {value!r}, which is not there")
    for child, column in (("about", "id"), ("answers", "record_id")):
        sql = (
            f"SELECT comparison_id, {column} FROM comparisons_{child} WHERE {column} NOT IN ({_every_id()}) ORDER BY 1"
        )
        for key, value in store.select(sql):
            yield Finding("comparisons", key, f"{child} names {value!r}, which is not there")


def _every_id() -> str:
    return " UNION ALL ".join(f"SELECT id FROM {quoted(name)}" for name in TABLES)


def _counts(store: Store) -> Iterator[Finding]:
    for name, said in store.meta().counts.items():
        if said != (there := store.count(name)):
            yield Finding("meta", "", f"it counts {said} {name}, and {there} are there")


def _ids(store: Store) -> Iterator[Finding]:
    """An id is 16 hex digits, and of one row only."""
    for name in TABLES:
        for (key,) in store.select(f"SELECT id FROM {quoted(name)} ORDER BY id"):
            if not ID.match(key):
                yield Finding(name, key, "the id is not 16 hex digits")
    for (key,) in store.select(f"SELECT id FROM ({_every_id()}) GROUP BY id HAVING count(*) > 1 ORDER BY id"):
        yield Finding("meta", key, "the id is that of several rows")


def _article(article: Article) -> Iterator[Finding]:
    """The text is the one whose hash was taken, and its parts are in order, inside it, and do not overlap."""

    def say(says: str) -> Finding:
        return Finding("articles", article.id, says)

    if article.length != len(article.text):
        yield say(f"the length is said to be {article.length} and is {len(article.text)}")
    if article.text_sha256 != hashlib.sha256(article.text.encode("utf8", "surrogatepass")).hexdigest():
        yield say("the text is not the one whose SHA-256 was taken")
    if not SHA256.match(article.raw_sha256):
        yield say("raw_sha256 is no SHA-256")
    last = 0
    for part in article.parts:
        if not last <= part.start < part.end <= article.length:
            yield say(f"the part {part.start}..{part.end} ({part.role}) is not after the one before it and in the text")
        last = part.end
    if article.supersedes == article.id:
        yield say("the article supersedes itself")
    yield from (say(says) for says in _whens(article))


def _entry(table: str, row: Any, article: Article, original: Any) -> Iterator[str]:
    """What does not hold of one extracted row; `original` is the row before any judgement."""
    places = list(passages_in(row))
    if isinstance(row, Mention):
        places = [("mention", Passage(row.start, row.end))] if 0 <= row.start < row.end else []
    if not places:
        yield "it rests on no words"
    outside = [(name, p) for name, p in places if p.end > article.length]
    for name, passage in outside:
        yield f"{name} {passage.start}..{passage.end} is outside the article, which ends at {article.length}"
    if not outside:
        yield from _words(row, article.text)
    if row.confidence is not None and not 0 <= row.confidence <= 1:
        yield f"the confidence is {row.confidence}"
    if places and all(key != row.id for key in hashes(table, original)):
        yield "the id is not the hash of its kind, article and passages"
    yield from _whens(row)


def _words(row: Any, text: str) -> Iterator[str]:
    """The words that a row carries stand in its passages, exactly."""
    pairs: list[tuple[str, str, str]] = []
    if isinstance(row, Mention):
        pairs = [("text", row.text, text[row.start : row.end])]
    elif isinstance(row, Statement):
        pairs = [("text", row.text, " ".join(p.of(text) for p in row.content))]
        if row.medium is not None:
            pairs.append(("medium", row.medium.text, row.medium.passage.of(text)))
    elif isinstance(row, Figure):
        pairs = [("text", row.text, row.passage.of(text))]
    elif isinstance(row, Time):
        pairs = [("when.text", row.when.text, row.passage.of(text))]
    elif isinstance(row, Commitment):
        if row.what not in row.passage.of(text):
            yield f"what says {_short(row.what)}, which is not in the passage {_short(row.passage.of(text))}"
    elif isinstance(row, Event):
        yield from _actors(row, text)
    for name, said, stands in pairs:
        if said != stands:
            yield f"{name} says {_short(said)}, and the passage says {_short(stands)}"


def _actors(event: Event, text: str) -> Iterator[str]:
    for role, words, places in (
        ("actors", event.actors, event.actor_passages),
        ("recipients", event.recipients, event.recipient_passages),
    ):
        if len(words) != len(places):
            yield f"{len(words)} {role} have {len(places)} passages"
        for said, place in zip(words, places, strict=False):
            if said != place.of(text):
                yield f"{role} says {_short(said)}, and the passage says {_short(place.of(text))}"


def _whens(row: Any) -> Iterator[str]:
    """A time's interval is written as ISO 8601, whole, and begins before it ends."""
    kind: Any = type(row)
    for field in fields_of(kind):
        if field.record is not When:
            continue
        value = getattr(row, field.name)
        for when in value if field.shape == "list" else (value,):
            if when is not None:
                yield from (f"{field.name} {says}" for says in _when(when))


def _when(when: When) -> Iterator[str]:
    for end in (when.earliest, when.latest):
        if end is not None and not ISO.match(end):
            yield f"({_short(when.text)}) has {end!r}, which is no ISO 8601 day or minute"
    if (when.earliest is None) != (when.latest is None) and when.basis != "inferred":
        yield f"({_short(when.text)}) has one end only"
    elif when.earliest is not None and when.latest is not None and when.earliest[:10] > when.latest[:10]:
        yield f"({_short(when.text)}) ends at {when.latest}, before it begins at {when.earliest}"


def _over_articles(store: Store) -> Iterator[Finding]:
    """Occasions, whose passages are in several articles, and what several articles tell together."""
    lengths = dict(store.select("SELECT id, length FROM articles"))
    for occasion in store.rows("occasions"):
        yield from _occasion(occasion, lengths)
    yield from across(store)


def _occasion(occasion: Occasion, lengths: dict[str, int]) -> Iterator[Finding]:
    if not occasion.mentions:
        yield Finding("occasions", occasion.id, "it rests on no words")
    for mention in occasion.mentions:
        if not 0 <= mention.start < mention.end <= lengths.get(mention.article_id, 0):
            place = f"{mention.start}..{mention.end}"
            yield Finding("occasions", occasion.id, f"the mention {place} is not inside {mention.article_id}")
    yield from (Finding("occasions", occasion.id, says) for says in _whens(occasion))


def _short(words: str) -> str:
    return repr(words if len(words) <= 60 else words[:57] + "...")


def _span(passage: Passage | None) -> str:
    return "-" if passage is None else f"{passage.start}:{passage.end}"


def _of_passage(kind: str) -> Callable[[Any], Iterator[str]]:
    def made(row: Any) -> Iterator[str]:
        yield entry_id(kind, row.article_id, row.passage)

    return made


def _of_mention(row: Mention) -> Iterator[str]:
    """Mentions that share a place ("they", of two) are told apart by a number from 2 on."""
    for number in range(1, 100):
        extra = "" if number == 1 else str(number)
        yield entry_id("mention", row.article_id, Passage(row.start, row.end), extra=extra)


def _of_statement(row: Statement) -> Iterator[str]:
    yield entry_id("statement", row.article_id, *row.content, extra=f"{_span(row.cue)} {_span(row.source)}")


def _of_event(row: Event) -> Iterator[str]:
    yield entry_id("event", row.article_id, *row.triggers, extra=f"{row.type} {row.mode}")


HASHED: dict[str, Callable[[Any], Iterator[str]]] = {
    "mentions": _of_mention,
    "statements": _of_statement,
    "events": _of_event,
    "figures": _of_passage("figure"),
    "times": _of_passage("time"),
    "commitments": _of_passage("commitment"),
}
"""The ids that an extracted row may have, by its table; the first is the usual one."""


def hashes(table: str, row: Any) -> Iterator[str]:
    """The ids that a row may have, being what it is."""
    made = HASHED.get(table)
    if made is None:
        raise OnRecordError(f"store: no rule says what an id of {table_of(table).name} is the hash of")
    return made(row)
