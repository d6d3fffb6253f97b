"""What the record can put in order of time: events, what was said, and other dated words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Literal

from onrecord.model import Event, Passage, Statement, Time, When
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
    found = [*_events(store, every), *_statements(store, every), *_times(store, every)]
    found.sort(key=_order)
    yield from found[: filters.limit]


def _order(moment: Moment) -> tuple[str, str, str, str, int, str]:
    first = moment.earliest or moment.latest
    return first[:10], moment.latest[:10], first, moment.article_id, moment.passage.start, moment.id


def _events(store: Store, filters: Filters) -> Iterator[Moment]:
    texts = _Texts(store)
    for event in select(store, "events", filters):
        assert isinstance(event, Event)
        if _is_dated(event.when) and event.triggers:
            yield texts.moment("event", event, event.when, event.triggers[0])


def _statements(store: Store, filters: Filters) -> Iterator[Moment]:
    texts = _Texts(store)
    for statement in select(store, "statements", filters):
        assert isinstance(statement, Statement)
        if _is_dated(statement.said):
            yield texts.moment("statement", statement, statement.said, statement.content[0])
        elif (published := texts.published(statement.article_id)) is not None:
            yield replace(texts.moment("statement", statement, published, statement.content[0]), basis="published")


def _times(store: Store, filters: Filters) -> Iterator[Moment]:
    """Dated words that no event or statement of the same article is dated by."""
    if filters.who is not None:
        return
    texts = _Texts(store)
    for time in select(store, "times", filters):
        assert isinstance(time, Time)
        if _is_dated(time.when) and not _dates_something(store, time):
            yield texts.moment("time", time, time.when, time.passage)


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
