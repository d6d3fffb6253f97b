"""The search page: hits of every kind, and what they have in common."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from onrecord.model import Article, Party, Passage
from onrecord.store.browsing import BROWSED, MOST, SAMPLED, Asked, facets, hits, listed
from onrecord.web.across import Compared, compared
from onrecord.web.asking import Query
from onrecord.web.context import Entry, Page, To
from onrecord.web.entries import MAKERS, load
from onrecord.web.lookup import Lookup
from onrecord.web.marking import Mark, Piece, pieces
from onrecord.web.pages.front import StoryCard, story_cards
from onrecord.web.places import KINDS

VERDICTS = {
    "": "all but wrong",
    "checked": "checked by me",
    "unjudged": "not judged",
    "wrong": "called wrong",
    "all": "all",
}
"""What a person said of rows, as lists and the search offer it."""
FEW, MANY = 4, 25
"""Hits of each kind that a search shows at first, and on a page of one kind."""
LOOKED_AT = 100
"""Hits of a kind that the few shown first are chosen from."""
NOUNS = {
    "stories": "Stories",
    "comparisons": "Comparisons",
    "statements": "Statements",
    "events": "Events",
    "figures": "Figures",
    "times": "Times",
    "occasions": "Occasions",
    "commitments": "Promises and plans",
    "parties": "Parties",
    "articles": "Articles",
}


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of a facet: its words, how many hits have it, the query that asks for it, and whether it is asked for."""

    words: str
    count: str
    query: dict[str, str]
    chosen: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """A way of narrowing the hits."""

    name: str
    choices: tuple[Choice, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class PartyHit:
    """A party that is called so."""

    to: To
    kind: str
    aliases: tuple[str, ...]
    role: str


@dataclass(frozen=True, slots=True)
class ArticleHit:
    """An article with the words, and the words around them."""

    to: To
    source: To
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """The hits of one kind: some of them, and how many there are."""

    table: str
    noun: str
    total: str
    query: dict[str, str]
    entries: tuple[Entry, ...] = ()
    parties: tuple[PartyHit, ...] = ()
    articles: tuple[ArticleHit, ...] = ()
    stories: tuple[StoryCard, ...] = ()
    comparisons: tuple[Compared, ...] = ()


@dataclass(frozen=True, slots=True)
class SearchPage(Page):
    """What was found, and the facets of it."""

    template: ClassVar[str] = "search.html"
    query: Query
    party: To | None
    groups: tuple[Group, ...]
    facets: tuple[Facet, ...]
    earlier: dict[str, str] | None
    later: dict[str, str] | None
    capped: bool
    asked: bool
    verdicts: tuple[tuple[str, str], ...]


def search_page(look: Lookup, query: Query) -> SearchPage:
    """The hits of a query; without words or a facet, nothing is looked for."""
    asked = query.is_filtered
    tables = [query.kind] if query.kind in BROWSED else [table for table in BROWSED if table != "times"]
    found = (
        {table: hits(look.store, table, query.asked(MANY)) for table in BROWSED if table != "times"} if asked else {}
    )
    one = query.kind in BROWSED
    groups = [_group(look, query, table, found[table], one) for table in tables if found.get(table)]
    total = len(found.get(query.kind, ())) if one else 0
    return SearchPage(
        title=f"Search: {query.words}" if query.words else "Search",
        query=query,
        party=look.party(query.party) if query.party else None,
        groups=tuple(group for group in groups if group is not None),
        facets=tuple(_facets(look, query, found)) if asked else (),
        earlier=query.but(page=str(query.number - 1)) if one and query.number > 1 else None,
        later=query.but(page=str(query.number + 1)) if one and query.number * MANY < total else None,
        capped=any(len(ids) >= MOST for ids in found.values()),
        asked=asked,
        verdicts=tuple(VERDICTS.items()),
    )


def _number(ids: Sequence[str]) -> str:
    return f"{len(ids):,}" if len(ids) < MOST else f"more than {MOST:,}"


def _group(look: Lookup, query: Query, table: str, ids: Sequence[str], one: bool) -> Group:
    per_page = MANY if one else FEW
    number = query.number if one else 1
    asked = Asked(ids=tuple(ids if one else ids[:LOOKED_AT]), offset=(number - 1) * per_page, limit=per_page)
    shown = list(listed(look.store, table, asked).ids)
    group = {"table": table, "noun": NOUNS[table], "total": _number(ids), "query": query.but(kind=table)}
    if KINDS[table] in MAKERS:
        return Group(**group, entries=load(look, table, shown, 300))  # type: ignore[arg-type]
    if table == "parties":
        return Group(**group, parties=tuple(map(_party, look.store.load(table, shown))))  # type: ignore[arg-type]
    if table == "articles":
        return Group(**group, articles=_articles(look, query, shown, number))  # type: ignore[arg-type]
    if table == "stories":
        return Group(**group, stories=story_cards(look, shown))  # type: ignore[arg-type]
    return Group(**group, comparisons=compared(look, shown, 240))  # type: ignore[arg-type]


def _party(party: Party) -> PartyHit:
    role = party.roles[0] if party.roles else None
    office = f"{role.title} of {role.of}" if role and role.of else role.title if role else ""
    return PartyHit(To("party", party.id, party.name or f"Unnamed {party.kind}"), party.kind, party.aliases[:4], office)


def _articles(look: Lookup, query: Query, ids: Sequence[str], number: int) -> tuple[ArticleHit, ...]:
    """Articles with the first place of the words in each."""
    look.read_articles(ids)
    return tuple(
        ArticleHit(look.article_link(key), look.source(key), _around(look.article(key), query.words)) for key in ids
    )


def _around(article: Article, words: str) -> tuple[Piece, ...]:
    """The first sentence with one of the words, the words marked; the beginning of the text where none is found."""
    from onrecord.store import sentence_around
    from onrecord.web.lookup import one_line

    wanted = [word.strip('"*').casefold() for word in words.split() if word.strip('"*')]
    lower = article.text.casefold() if len(article.text.casefold()) == len(article.text) else article.text.lower()
    lower = lower if len(lower) == len(article.text) else article.text
    at = min((place for word in wanted if (place := lower.find(word)) >= 0), default=-1)
    if at < 0:
        return one_line(pieces(article.text, 0, min(len(article.text), 240), []))
    around = sentence_around(article, Passage(at, at + 1))
    end = min(around.end, max(around.start + 300, at + 80))
    marks = [
        Mark(found, found + len(word), "hit", article.id)
        for word in wanted
        if (found := lower.find(word, around.start, end)) >= 0
    ]
    return one_line(pieces(article.text, around.start, end, marks))


def _facets(look: Lookup, query: Query, found: dict[str, list[str]]) -> list[Facet]:
    kinds = tuple(
        Choice(NOUNS[table], _number(ids), query.but(kind="" if query.kind == table else table), query.kind == table)
        for table, ids in found.items()
        if ids
    )
    common = facets(look.store, {t: ids for t, ids in found.items() if not query.kind or t == query.kind})
    outlets = tuple(
        Choice(name, f"{count:,}", query.but(outlet="" if query.outlet == name else name), query.outlet == name)
        for name, count in common.outlets
    )
    parties = tuple(
        Choice(name, f"{count:,}", query.but(party="" if query.party == key else key), query.party == key)
        for key, name, count in common.parties
    )
    years = tuple(
        Choice(
            year,
            f"{count:,}",
            query.but(since="", until="") if query.since == year == query.until else query.but(since=year, until=year),
            query.since == year == query.until,
        )
        for year, count in common.years[-12:]
    )
    sampled = any(len(ids) > SAMPLED for ids in found.values())
    note = f"in the first {SAMPLED:,} hits of each kind" if sampled else ""
    capped = f"in the first {MOST:,} hits of each kind" if any(len(ids) >= MOST for ids in found.values()) else ""
    every = [
        Facet("Kind", kinds),
        Facet("Outlet", outlets, capped),
        Facet("Party", parties, note),
        Facet("Year", years, capped),
    ]
    return [facet for facet in every if facet.choices]
