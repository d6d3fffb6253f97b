"""The page of a list: a table's rows, sorted, filtered, cut into pages, and where to download them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from onrecord.model.spoken import amount_words, day_words, when_words
from onrecord.store import standing
from onrecord.store.browsing import (
    BROWSED,
    Asked,
    Browsed,
    Listed,
    choices,
    ids_of,
    in_order,
    is_downwards,
    listed,
    outlets,
    total,
    unlimited,
)
from onrecord.web.across import compared
from onrecord.web.asking import Query
from onrecord.web.context import Name, Page, Quote, To, Value
from onrecord.web.entries import MAKERS, entries
from onrecord.web.lookup import Lookup, day_only
from onrecord.web.pages.front import story_cards
from onrecord.web.pages.search import NOUNS, VERDICTS
from onrecord.web.places import KINDS
from onrecord.web.wording import STANDINGS, count_words, plain_word

PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class Heading:
    """A column's heading; `query` sorts by it, null where it cannot be; `sorted` says how it is sorted now."""

    words: str
    query: dict[str, str] | None
    sorted: str


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: values with their links, or quoted words."""

    values: tuple[Value, ...] = ()
    quote: Quote | None = None
    note: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether it says nothing: a narrow window leaves it out with its label."""
        return self.quote is None and not self.note and all(value.words in ("", "–") for value in self.values)


@dataclass(frozen=True, slots=True)
class Row:
    """A row, and the page it opens."""

    to: To
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Option:
    """A value that a filter offers."""

    value: str
    words: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class ListPage(Page):
    """One page of a list."""

    template: ClassVar[str] = "listing.html"
    table: str
    query: Query
    party: To | None
    headings: tuple[Heading, ...]
    rows: tuple[Row, ...]
    total: int
    first: int
    last: int
    pages: int
    earlier: dict[str, str] | None
    later: dict[str, str] | None
    choice_name: str
    choices: tuple[Option, ...]
    outlets: tuple[Option, ...]
    verdicts: tuple[Option, ...]
    dated: bool


CHOICE_NAMES = {"act": "Act", "type": "Type", "role": "Role", "kind": "Kind", "status": "Status", "outcome": "Outcome"}

COLUMNS: dict[str, tuple[tuple[str, str], ...]] = {
    "stories": (("Story", "title"), ("When", ""), ("Articles", "articles"), ("Disagreements", "")),
    "comparisons": (
        ("Question", "question"), ("Answers", "outcome"), ("Who answers what", ""), ("Articles", "articles"),
        ("Latest", "latest"), ("Origins", ""),
    ),
    "statements": (("When", "day"), ("Who", ""), ("Words", ""), ("Outlet", "outlet"), ("Sure", "sure")),
    "events": (("When", "day"), ("Who, what, whom", "type"), ("Words", ""), ("Outlet", "outlet"), ("Sure", "sure")),
    "figures": (("Amount", "amount"), ("Of what", "what"), ("Words", ""), ("Outlet", "outlet"), ("When", "day")),
    "times": (("When", "day"), ("Words", ""), ("Outlet", "outlet")),
    "occasions": (("When", "day"), ("Name", "name"), ("Where", ""), ("Words", "")),
    "commitments": (("Due", "day"), ("Who", ""), ("Words", ""), ("Standing", "status"), ("Outlet", "outlet")),
    "parties": (("Name", "name"), ("Kind", "kind"), ("Roles", ""), ("Mentions", "mentions")),
    "articles": (("Published", "day"), ("Title", "title"), ("Outlet", "outlet"), ("Found in it", "")),
}  # fmt: skip
"""The columns of each list: a heading, and the order that it sorts by (empty: none)."""


def list_page(look: Lookup, table: str, query: Query, as_of: str, per_page: int = PER_PAGE) -> ListPage:
    """One page of a list as an address asks for it."""
    browsed = BROWSED[table]
    found = _found(look, table, query, per_page)
    pages = max(1, -(-found.total // per_page))
    first = (query.number - 1) * per_page + 1
    columns, shown = _told(table, rows(look, table, found.ids, as_of))
    return ListPage(
        title=NOUNS[table],
        table=table,
        query=query,
        party=look.party(query.party) if query.party else None,
        headings=tuple(_heading(words, order, query, browsed) for words, order in columns),
        rows=shown,
        total=found.total,
        first=first if found.ids else 0,
        last=first + len(found.ids) - 1 if found.ids else 0,
        pages=pages,
        earlier=query.but(page=str(query.number - 1)) if query.number > 1 else None,
        later=query.but(page=str(query.number + 1)) if query.number < pages else None,
        choice_name=CHOICE_NAMES.get(browsed.choice or "", ""),
        choices=tuple(
            Option(value, f"{plain_word(value)} ({count:,})", value == query.choice)
            for value, count in look.kept.of(("choices", table), lambda: choices(look.store, table))
        ),
        outlets=tuple(
            Option(name, f"{name} ({count:,})", name == query.outlet)
            for name, count in look.kept.of("outlets", lambda: outlets(look.store))
        ),
        verdicts=tuple(Option(value, words, value == query.verdict) for value, words in VERDICTS.items()),
        dated=browsed.day[0] != "NULL",
    )


def _found(look: Lookup, table: str, query: Query, per_page: int) -> Listed:
    """The ids of the page.

    Those of a list as it opens, which takes a look at every row, are kept; and so is the order of a list whose later
    pages are asked for, so that a page does not take a look at all those before it.
    """
    asked = query.asked(per_page)
    if asked == Asked(limit=per_page):
        return look.kept.of(("opening", table, per_page), lambda: listed(look.store, table, asked))
    if asked.offset == 0:
        return listed(look.store, table, asked)
    whole, end = unlimited(asked), asked.offset + per_page
    key = ("order", table, whole)
    order = look.kept.recent(key, lambda: in_order(look.store, table, whole, end))
    if not order.whole and len(order.rows) < end:
        order = look.kept.recent(key, lambda: in_order(look.store, table, whole, end), anew=True)
    count = (
        len(order.rows) if order.whole else look.kept.recent(("total", key), lambda: total(look.store, table, whole))
    )
    return Listed(ids_of(look.store, table, order.rows[asked.offset : end]), count)


def _told(table: str, shown: tuple[Row, ...]) -> tuple[Sequence[tuple[str, str]], tuple[Row, ...]]:
    """The columns and rows of a list without the column of how sure each is, where that was measured of none."""
    columns = COLUMNS[table]
    if columns[-1][1] != "sure" or not shown or not all(row.cells[-1].is_empty for row in shown):
        return columns, shown
    return columns[:-1], tuple(replace(row, cells=row.cells[:-1]) for row in shown)


def _heading(words: str, order: str, query: Query, browsed: Browsed) -> Heading:
    if not order:
        return Heading(words, None, "")
    usual = next(iter(browsed.orders))
    now = query.sort or usual
    ways = ("descending", "ascending") if is_downwards(browsed, order) else ("ascending", "descending")
    if now == order:
        return Heading(words, query.but(sort=f"-{order}"), ways[0])
    return Heading(words, query.but(sort="" if order == usual else order), ways[1] if now == f"-{order}" else "")


def rows(look: Lookup, table: str, ids: Sequence[str], as_of: str) -> tuple[Row, ...]:
    """The rows of a list, in this order."""
    if table == "stories":
        return tuple(_story(card) for card in story_cards(look, list(ids)))
    if table == "comparisons":
        return tuple(_comparison(look, one) for one in compared(look, ids, 160))
    loaded = look.store.load(table, ids)
    if table == "parties":
        counts = _mentions(look, ids)
        return tuple(_party(party, counts.get(party.id, 0)) for party in loaded)
    if table == "articles":
        return tuple(_article(look, article) for article in loaded)
    assert KINDS[table] in MAKERS
    return tuple(
        Row(entry.to, tuple(_entry_cells(look, table, row, entry, as_of)))
        for row, entry in zip(loaded, entries(look, table, loaded, 260), strict=True)
    )


def _entry_cells(look: Lookup, table: str, row: Any, entry: Any, as_of: str) -> list[Cell]:
    day = entry.day
    if table == "statements" and not day:
        published = look.published(row.article_id)
        day = f"by {published}" if published else "not known"
    who = Cell(_in_a_row(entry.who) or (Value("not named"),))
    words = Cell(quote=entry.quote)
    outlet = Cell((Value(entry.quote.outlet, entry.quote.to),) if entry.quote else ())
    sure = Cell((Value("–" if entry.confidence is None else f"{entry.confidence:.2f}"),))
    when = Cell((Value(day or "not known", entry.to),))
    if table == "statements":
        return [when, who, words, outlet, sure]
    if table == "events":
        what = (
            *_in_a_row(entry.who),
            Value(entry.verb, entry.to),
            *_in_a_row(entry.whom),
        )
        return [when, Cell(what, note=entry.note), words, outlet, sure]
    if table == "figures":
        amount = Cell((Value(amount_words(row.amount), entry.to),), note=entry.note)
        return [amount, Cell((Value(row.of_what or "–"),)), words, outlet, Cell((Value(day or "–"),))]
    if table == "times":
        return [Cell((Value(entry.value, entry.to),)), words, outlet]
    if table == "occasions":
        return [
            Cell((Value(day or "not known"),)),
            Cell((Value(row.name, entry.to),)),
            Cell(tuple(Value(n.words, n.to) for n in entry.whom)),
            words,
        ]
    stands = standing(row, as_of)
    return [
        Cell((Value(day or "no date", entry.to),)),
        who,
        words,
        Cell((Value(STANDINGS.get(stands, stands)),)),
        outlet,
    ]


def _in_a_row(names: Sequence[Name]) -> tuple[Value, ...]:
    """Names with a comma after each but the last."""
    return tuple(Value(f"{name.words}{',' if name is not names[-1] else ''}", name.to) for name in names)


def _story(card: Any) -> Row:
    told = Value(count_words(card.articles, "article"))
    return Row(
        card.to,
        (
            Cell((Value(card.to.words, card.to),)),
            Cell((Value(card.day or "not known"),)),
            Cell((told,), note=", ".join(card.outlets[:6])),
            Cell((Value(str(card.disagreements)),)),
        ),
    )


def _comparison(look: Lookup, one: Any) -> Row:
    articles = {a.source.id for a in one.answers}
    days = [day for key in articles if (when := look.article(key).published) and (day := (when.latest or "")[:10])]
    answers = tuple(Value(f"{a.outlet}: {a.value}", a.entry.to if a.entry else a.source) for a in one.answers[:6])
    return Row(
        one.to,
        (
            Cell((Value(one.question, one.to),)),
            Cell((Value(one.outcome_words),)),
            Cell(answers, note=f"and {len(one.answers) - 6} more" if len(one.answers) > 6 else ""),
            Cell((Value(str(len(articles))),)),
            Cell((Value(day_words(max(days)) if days else "not known"),)),
            Cell((Value(str(one.independent_origins)),)),
        ),
    )


def _mentions(look: Lookup, ids: Sequence[str]) -> dict[str, int]:
    import json

    sql = "SELECT party_id, count(*) FROM mentions WHERE party_id IN (SELECT value FROM json_each(?)) GROUP BY party_id"
    return {str(key): int(count) for key, count in look.store.select(sql, (json.dumps(list(ids)),))}


def _party(party: Any, mentions: int) -> Row:
    to = To("party", party.id, party.name or f"Unnamed {party.kind}")
    roles = "; ".join(f"{role.title} of {role.of}" if role.of else role.title for role in party.roles[:4])
    return Row(
        to,
        (
            Cell((Value(to.words, to),), note=", ".join(party.aliases[:4])),
            Cell((Value(party.kind),)),
            Cell((Value(roles),)),
            Cell((Value(f"{mentions:,}"),)),
        ),
    )


def _article(look: Lookup, article: Any) -> Row:
    to = To("article", article.id, article.title or article.origin)
    sql = " UNION ALL ".join(
        f"SELECT '{noun}', count(*) FROM {table} WHERE article_id = ?1"
        for table, noun in (("statements", "statement"), ("events", "event"), ("figures", "figure"))
    )
    found = ", ".join(count_words(int(count), str(noun)) for noun, count in look.store.select(sql, (article.id,)))
    return Row(
        to,
        (
            Cell((Value(when_words(day_only(article.published)) or "not known"),)),
            Cell((Value(to.words, to),), note=article.note or ""),
            Cell((Value(article.outlet or article.origin),)),
            Cell((Value(found),)),
        ),
    )
