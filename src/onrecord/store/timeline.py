"""What the record can put in order of time: events, what was said, and other dated words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from onrecord.model import Passage, Time, When
from onrecord.store.file import Store
from onrecord.store.queries import Filters, select

Kind = Literal["event", "statement", "time"]


@dataclass(frozen=True, slots=True)
class Moment:
    """One entry of a timeline: its interval, the row it comes from, and its main words in their article.

    `basis` is how the interval is known; `published` says that a statement is put at its article's publication, which
    it cannot be later than. `earliest` is null where only the end is known.
    """

    earliest: str | None
    latest: str
    precision: str | None
    basis: str | None
    kind: Kind
    id: str
    article_id: str
    passage: Passage
    words: str


def timeline(store: Store, filters: Filters) -> Iterator[Moment]:
    """Every event, statement and further dated words that meet the filters, from the earliest to the latest."""
    every = replace(filters, limit=None)
    tables = ("events", "statements", "times") if filters.who is None else ("events", "statements")
    found = [moment for table in tables for moment in _listed(store, table, every)]
    found.sort(key=_order)
    yield from found[: filters.limit]


def timeline_of(store: Store, article_ids: Sequence[str]) -> list[Moment]:
    """The timeline of some articles alone: what they tell, from the earliest to the latest."""
    texts, found = _Texts(store), list[Moment]()
    for article_id in article_ids:
        for table in ("events", "statements", "times"):
            ids = store.select(f"SELECT id FROM {table} WHERE article_id = ?", (article_id,))
            rows = store.load(table, [key for (key,) in ids])
            found += (moment for row in rows if (moment := _moment(texts, table, row)) is not None)
    return sorted(found, key=_order)


def _moment(texts: _Texts, table: str, row: Any) -> Moment | None:
    """The entry of one row; null where nothing dates it, or what it dates is an entry of its own."""
    if table == "events":
        return texts.moment("event", row, row.when, row.triggers[0]) if _is_dated(row.when) and row.triggers else None
    if table == "times":
        undated = not _is_dated(row.when) or _dates_something(texts.store, row)
        return None if undated else texts.moment("time", row, row.when, row.passage)
    if _is_dated(row.said):
        return texts.moment("statement", row, row.said, row.content[0])
    published = texts.published(row.article_id)
    if published is None:
        return None
    return replace(texts.moment("statement", row, published, row.content[0]), basis="published")


def _order(moment: Moment) -> tuple[str, str, str, str, int, str]:
    first = moment.earliest or moment.latest
    return first[:10], moment.latest[:10], first, moment.article_id, moment.passage.start, moment.id


def _listed(store: Store, table: str, filters: Filters) -> Iterator[Moment]:
    """The entries of one table's rows; a time stands for itself where no event or statement is dated by it."""
    texts = _Texts(store)
    for row in select(store, table, filters):
        if (moment := _moment(texts, table, row)) is not None:
            yield moment


def _dates_something(store: Store, time: Time) -> bool:
    sql = (
        "SELECT 1 FROM events WHERE article_id = ?1 AND when_text = ?2 AND when_earliest = ?3"
        " UNION ALL SELECT 1 FROM statements WHERE article_id = ?1 AND said_text = ?2 AND said_earliest = ?3 LIMIT 1"
    )
    return bool(store.select(sql, (time.article_id, time.when.text, time.when.earliest)))


class _Texts:
    """The texts and dates of articles, the last one kept: rows come mostly article by article."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.kept: tuple[str, Any] = ("", None)

    def article(self, article_id: str) -> Any:
        if self.kept[0] != article_id:
            self.kept = (article_id, self.store.row("articles", article_id))
        return self.kept[1]

    def published(self, article_id: str) -> When | None:
        published: When | None = self.article(article_id).published
        return published if _is_dated(published) else None

    def moment(self, kind: Kind, row: Any, when: When | None, passage: Passage) -> Moment:
        assert when is not None
        latest = when.latest or when.earliest
        assert latest is not None
        words = passage.of(self.article(row.article_id).text)
        return Moment(when.earliest, latest, when.precision, when.basis, kind, row.id, row.article_id, passage, words)


def _is_dated(when: When | None) -> bool:
    return when is not None and (when.earliest or when.latest) is not None
