"""What people ask of a record: the rows of a table that meet some filters, in the order in which people read them.

`who` names a party (by words of its name or its office, or its id); `about` gives words that must be in a row's own
words or in the names of the parties mentioned there; `since` and `until` compare the row's own date or, where it has
none, the date of its article; `outlet` is part of the outlet's name, the URL or the file's name; `verdict` chooses by
what a person said of a row, and without it all rows are shown but those called wrong.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from onrecord.model import Article, Commitment, OnRecordError, Passage
from onrecord.model.schema import passages_in
from onrecord.store.file import Store
from onrecord.store.judging.verdicts import condition
from onrecord.store.searching import articles_with
from onrecord.store.surroundings import sentence_around
from onrecord.store.words import holds_words

FilterName = Literal["who", "about", "since", "until", "outlet", "min_confidence"]
Standing = Literal["ahead", "due", "overdue", "undated", "met", "broken", "superseded"]

CHUNK = 500
DAY = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?\Z")


@dataclass(frozen=True, slots=True)
class Filters:
    """What rows must meet; null asks for nothing. `since` and `until` are `2024`, `2024-05` or `2024-05-31`."""

    who: str | None = None
    about: str | None = None
    since: str | None = None
    until: str | None = None
    outlet: str | None = None
    min_confidence: float | None = None
    limit: int | None = None
    verdict: str | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """How one table is asked: the filters it knows, the field that dates it, its party columns, its order.

    `parties` are SQL conditions on the row `t` that use the ids `:parties`; `order` is what rows are sorted by after
    their day.
    """

    table: str
    filters: tuple[FilterName, ...]
    dated_by: str | None = None
    parties: tuple[str, ...] = ()
    order: str = ""


def _in_list(child: str, owner: str, column: str = "value") -> str:
    return (
        f"EXISTS (SELECT 1 FROM {child} c WHERE c.{owner} = t.id"
        f" AND c.{column} IN (SELECT value FROM json_each(:parties)))"
    )


ALL: tuple[FilterName, ...] = ("who", "about", "since", "until", "outlet", "min_confidence")

LISTINGS: dict[str, Listing] = {
    "articles": Listing("articles", ALL[:-1], "published", (_in_list("mentions", "article_id", "party_id"),), "origin"),
    "parties": Listing(
        "parties",
        ("who", "about", "outlet"),
        None,
        ("t.id IN (SELECT value FROM json_each(:parties))",),
        "(SELECT count(*) FROM mentions m WHERE m.party_id = t.id) DESC, name",
    ),
    "statements": Listing(
        "statements",
        ALL,
        "said",
        (
            _in_list("statements_speaker_ids", "statement_id"),
            "(NOT EXISTS (SELECT 1 FROM statements_speaker_ids c WHERE c.statement_id = t.id)"
            " AND names(coalesce(t.speaker_name, ''), :who))",
        ),
        "(SELECT min(c.start) FROM statements_content c WHERE c.statement_id = t.id)",
    ),
    "events": Listing(
        "events",
        ALL,
        "when",
        (_in_list("events_actor_ids", "event_id"), _in_list("events_recipient_ids", "event_id")),
        "(SELECT c.start FROM events_triggers c WHERE c.event_id = t.id AND c.position = 0)",
    ),
    "figures": Listing(
        "figures", ALL, "when", (_in_list("figures_subject_ids", "figure_id"),), "t.passage_start"
    ),
    "times": Listing("times", ALL[1:], "when", (), "t.passage_start"),
    "occasions": Listing("occasions", ("about", "since", "until", "outlet"), "when", (), "t.name"),
    "commitments": Listing(
        "commitments", ALL, "due", (_in_list("commitments_who_ids", "commitment_id"),), "t.passage_start"
    ),
}  # fmt: skip
"""Every table that can be asked, in the order of the commands."""


def select(store: Store, table: str, filters: Filters = Filters()) -> Iterator[Any]:
    """The rows of a table that meet the filters, by day, then article, then place in the text.

    A table that no command lists takes no filter but `limit`, and is in the order of its ids.
    """
    listing = LISTINGS.get(table) or Listing(table, ())
    left = filters.limit
    for row in _matching(store, listing, filters):
        if left == 0:
            return
        left = None if left is None else left - 1
        yield row


def unscored(store: Store, table: str) -> int:
    """How many rows of a table have no calibrated confidence, so that `min_confidence` leaves them out."""
    return int(store.select(f"SELECT count(*) FROM {table} WHERE confidence IS NULL")[0][0])


def parties_called(store: Store, who: str) -> list[str]:
    """The ids of the parties that some words name, or of the party that an id means, sorted.

    An office counts with its title ("president of Peru", "president"), so that "Peru" does not mean its president.
    """
    if not re.search(r"\w", who):
        raise OnRecordError("--who: give a name, or part of one: --who Varga")
    sql = (
        "SELECT id FROM parties WHERE names(name, :who)"
        " UNION SELECT party_id FROM parties_aliases WHERE names(value, :who)"
        " UNION SELECT party_id FROM parties_roles"
        " WHERE names(:who, title) AND names(title || ' of ' || coalesce(\"of\", ''), :who)"
    )
    found = {key for (key,) in store.select(sql, {"who": who})}
    if re.fullmatch(r"[0-9a-f]{6,16}", who):
        found |= {match.id for match in store.matching(who) if match.table == "parties"}
    return sorted(found)


def standing(commitment: Commitment, as_of: str) -> Standing:
    """How a commitment stands on a day: an open one is `ahead` of its time, `due`, `overdue` or `undated`."""
    if commitment.status != "open":
        return commitment.status
    due = commitment.due
    last = (due.latest or due.earliest) if due is not None else None
    if due is None or last is None:
        return "undated"
    if as_of > last[:10]:
        return "overdue"
    return "due" if due.earliest is not None and as_of >= due.earliest[:10] else "ahead"


def first_day(day: str) -> str:
    """The first day that `2024`, `2024-05` or `2024-05-31` names."""
    year, month, day_of_month = _parts(day)
    return f"{year}-{month or '01'}-{day_of_month or '01'}"


def last_day(day: str) -> str:
    """The last day that `2024`, `2024-05` or `2024-05-31` names (`2024-05-31` for May, as far as comparing goes)."""
    year, month, day_of_month = _parts(day)
    return f"{year}-{month or '12'}-{day_of_month or '31'}"


def _parts(day: str) -> tuple[str, str, str]:
    found = DAY.match(day.strip())
    if not found or not "01" <= (found[2] or "01") <= "12" or not "01" <= (found[3] or "01") <= "31":
        raise OnRecordError(f"{day!r} is no date; write 2024, 2024-05 or 2024-05-31")
    return found[1], found[2] or "", found[3] or ""


def _matching(store: Store, listing: Listing, filters: Filters) -> Iterator[Any]:
    sql, parameters = _sql(store, listing, filters)
    ids = [key for (key,) in store.select(sql, parameters)]
    own_words = OwnWords(store)
    for at in range(0, len(ids), CHUNK):
        for row in store.load(listing.table, ids[at : at + CHUNK]):
            if filters.about is None or listing.table == "articles" or own_words.have(row, filters.about):
                yield row


def _sql(store: Store, listing: Listing, filters: Filters) -> tuple[str, dict[str, Any]]:
    """The ids of the rows that meet all filters that SQL can tell."""
    conditions = [condition(listing.table, filters.verdict)]
    given: dict[str, Any] = {}
    for name in ("who", "about", "since", "until", "outlet", "min_confidence"):
        value = getattr(filters, name)
        if value is None:
            continue
        if name not in listing.filters:
            raise OnRecordError(f"{listing.table} cannot be filtered by --{name.replace('_', '-')}")
        more, parameters = _condition(store, listing, name, value)
        conditions += more
        given |= parameters
    where = f" WHERE {' AND '.join(conditions)}"
    limit = f" LIMIT {int(filters.limit)}" if filters.limit is not None and filters.about is None else ""
    join = "" if _no_article(listing) else " JOIN articles a ON a.id = t.article_id"
    order = ", ".join(by for by in (*_day_order(listing), listing.order, "t.id") if by)
    return f"SELECT t.id FROM {listing.table} t{join}{where} ORDER BY {order}{limit}", given


def _condition(store: Store, listing: Listing, name: str, value: Any) -> tuple[list[str], dict[str, Any]]:
    if name == "who":
        found = parties_called(store, value)
        return [f"({' OR '.join(listing.parties)})"], {"parties": json.dumps(found), "who": value}
    if name == "about":
        if listing.table != "articles":
            return [], {}
        return ["t.id IN (SELECT value FROM json_each(:about))"], {"about": json.dumps(articles_with(store, value))}
    if name == "since":
        return [f"{_day(listing, 'latest')} >= :since"], {"since": first_day(value)}
    if name == "until":
        return [f"{_day(listing, 'earliest')} <= :until"], {"until": last_day(value)}
    if name == "outlet":
        return [_outlet(listing)], {"outlet": value}
    return ["t.confidence >= :min_confidence"], {"min_confidence": value}


def _no_article(listing: Listing) -> bool:
    return listing.table in ("articles", "parties", "occasions") or listing.table not in LISTINGS


def _day(listing: Listing, end: Literal["earliest", "latest"]) -> str:
    """The first or last day of a row, by its own date or its article's."""
    own = f"t.{listing.dated_by}"
    days = [f"{own}_{end}", f"{own}_{'latest' if end == 'earliest' else 'earliest'}"]
    if not _no_article(listing):
        days += [f"a.published_{end}"]
    return f"substr(coalesce({', '.join(days)}), 1, 10)"


def _day_order(listing: Listing) -> list[str]:
    if listing.dated_by is None:
        return []
    day = _day(listing, "earliest")
    return [f"{day} IS NULL", day] + ([] if _no_article(listing) else ["a.origin"])


def _outlet(listing: Listing) -> str:
    said = (
        "instr(folded(coalesce({0}.outlet, '') || ' ' || coalesce({0}.url, '') || ' ' || {0}.origin), folded(:outlet))"
    )
    if listing.table == "articles":
        return said.format("t")
    inside = {
        "parties": "SELECT 1 FROM mentions m JOIN articles a ON a.id = m.article_id WHERE m.party_id = t.id AND",
        "occasions": "SELECT 1 FROM occasions_mentions m JOIN articles a ON a.id = m.article_id"
        " WHERE m.occasion_id = t.id AND",
    }.get(listing.table)
    return f"EXISTS ({inside} {said.format('a')})" if inside else said.format("a")


@dataclass(frozen=True, slots=True)
class Around:
    """An article and the places in it that name parties, with all names of each party."""

    article: Article
    mentions: tuple[tuple[int, int, str], ...]


class OwnWords:
    """The words by which a row can be asked for: its own, and the names of the parties mentioned in its passages."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.around = lru_cache(maxsize=64)(self._around)
        self.called = lru_cache(maxsize=4096)(self._called)

    def have(self, row: Any, about: str) -> bool:
        return holds_words(" \n ".join(self.of(row)), about)

    def of(self, row: Any) -> Iterator[str]:
        """A statement is asked by what was said, an event, figure or time by the sentence it stands in."""
        yield from _strings(row)
        article_id = getattr(row, "article_id", None)
        if article_id is None:
            return
        around = self.around(article_id)
        for _, passage in passages_in(row):
            if hasattr(row, "content") and passage not in row.content:
                continue
            place = passage if hasattr(row, "content") else sentence_around(around.article, passage)
            yield place.of(around.article.text)
            for start, end, party in around.mentions:
                if place.start < end and start < place.end:
                    yield self.called(party)

    def _around(self, article_id: str) -> Around:
        article = self.store.row("articles", article_id)
        assert isinstance(article, Article)
        found = self.store.select('SELECT start, "end", party_id FROM mentions WHERE article_id = ?', (article_id,))
        return Around(article, tuple((start, end, party) for start, end, party in found))

    def _called(self, party: str) -> str:
        sql = "SELECT name FROM parties WHERE id = ?1 UNION ALL SELECT value FROM parties_aliases WHERE party_id = ?1"
        return " \n ".join(name for (name,) in self.store.select(sql, (party,)))


NOT_WORDS = frozenset({"id", "article_id", "made_by", "resolved_by", "form", "act", "polarity", "confidence"})


def _strings(row: Any) -> Iterator[str]:
    """A row's own words, without ids and codes."""
    for name in type(row).__dataclass_fields__:
        if name in NOT_WORDS or name.endswith(("_id", "_ids")):
            continue
        value = getattr(row, name)
        for item in value if isinstance(value, tuple) else (value,):
            if isinstance(item, str):
                yield item
            elif item is not None and not isinstance(item, Passage):
                yield from (part for part in (getattr(item, "text", None), getattr(item, "title", None)) if part)
