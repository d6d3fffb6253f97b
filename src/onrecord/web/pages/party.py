"""The page of a party: what it is called, what it said, what was said and done, and with whom."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import ClassVar

from onrecord.model import Event, Party
from onrecord.model.atlas import country
from onrecord.model.spoken import when_words
from onrecord.store.judging.verdicts import condition
from onrecord.web.context import Entry, Page, To
from onrecord.web.drawing import Chart, relations_chart
from onrecord.web.entries import load
from onrecord.web.lookup import Lookup

SHOWN = 12
"""Entries of each kind that the page shows; the list holds the rest."""
OTHERS = 8
"""Other parties whose relations are drawn."""
DRAWN = 60
"""Events between two parties that are drawn, spread over all of them."""
LOOKED_AT = 1000
"""Places where a party is named in which words about it are looked for."""


@dataclass(frozen=True, slots=True)
class RoleShown:
    """A title or an office: of what, and when."""

    title: str
    of: str
    when: str


@dataclass(frozen=True, slots=True)
class Relation:
    """What happened between a party and another, each happening counted once however many articles tell it."""

    other: To
    count: int
    chart: Chart
    events: int
    drawn: int


@dataclass(frozen=True, slots=True)
class Counted:
    """Some entries, and how many there are in all, or, where that is but a part, in those places looked at."""

    entries: tuple[Entry, ...]
    total: int
    is_part: bool = False


@dataclass(frozen=True, slots=True)
class PartyPage(Page):
    """A party over the whole record."""

    template: ClassVar[str] = "party.html"
    id: str
    kind: str
    country: str
    aliases: tuple[str, ...]
    roles: tuple[RoleShown, ...]
    mentions: int
    articles: int
    by: Counted
    about: Counted
    events: Counted
    figures: Counted
    commitments: Counted
    relations: tuple[Relation, ...]


def party_page(look: Lookup, key: str, shown: int = SHOWN) -> PartyPage:
    """The page of one party."""
    party: Party = look.store.load("parties", [key])[0]
    mentions = look.store.select(
        "SELECT count(*), count(DISTINCT article_id) FROM mentions WHERE party_id = ?", (key,)
    )[0]
    return PartyPage(
        title=party.name or f"Unnamed {party.kind}",
        id=party.id,
        kind=party.kind,
        country=_country(party),
        aliases=party.aliases,
        roles=tuple(RoleShown(role.title, role.of or "", when_words(role.when)) for role in party.roles),
        mentions=int(mentions[0]),
        articles=int(mentions[1]),
        by=_counted(look, "statements", BY, key, shown),
        about=replace(_counted(look, "statements", ABOUT, key, shown), is_part=int(mentions[0]) > LOOKED_AT),
        events=_counted(look, "events", EVENTS, key, shown),
        figures=_counted(look, "figures", FIGURES, key, shown),
        commitments=_counted(look, "commitments", COMMITMENTS, key, shown),
        relations=_relations(look, key),
    )


def _country(party: Party) -> str:
    """The country of a party by name; empty for a country's own page."""
    found = country(party.country) if party.country else None
    name = found.name if found else party.country or ""
    return "" if name == party.name else name


DAY = "coalesce(t.{0}_earliest, t.{0}_latest, a.published_earliest)"
BY = (
    "statements t JOIN articles a ON a.id = t.article_id WHERE t.id IN"
    " (SELECT statement_id FROM statements_speaker_ids WHERE value = :party)"
    f" AND {condition('statements')}",
    DAY.format("said"),
)
ABOUT = (
    "statements t JOIN articles a ON a.id = t.article_id WHERE t.id IN"
    ' (SELECT c.statement_id FROM (SELECT article_id, start, "end" FROM mentions WHERE party_id = :party'
    f" LIMIT {LOOKED_AT}) m CROSS JOIN statements s ON s.article_id = m.article_id"
    " CROSS JOIN statements_content c ON c.statement_id = s.id"
    ' WHERE c.start <= m.start AND m."end" <= c."end")'
    " AND t.id NOT IN (SELECT statement_id FROM statements_speaker_ids WHERE value = :party)"
    f" AND {condition('statements')}",
    DAY.format("said"),
)
EVENTS = (
    "events t JOIN articles a ON a.id = t.article_id WHERE t.id IN"
    " (SELECT event_id FROM events_actor_ids WHERE value = :party"
    " UNION SELECT event_id FROM events_recipient_ids WHERE value = :party)"
    f" AND {condition('events')}",
    DAY.format("when"),
)
FIGURES = (
    "figures t JOIN articles a ON a.id = t.article_id WHERE t.id IN"
    " (SELECT figure_id FROM figures_subject_ids WHERE value = :party)"
    f" AND {condition('figures')}",
    DAY.format("when"),
)
COMMITMENTS = (
    "commitments t JOIN articles a ON a.id = t.article_id WHERE t.id IN"
    " (SELECT commitment_id FROM commitments_who_ids WHERE value = :party)"
    f" AND {condition('commitments')}",
    DAY.format("due"),
)


def _counted(look: Lookup, table: str, asked: tuple[str, str], key: str, shown: int) -> Counted:
    source, day = asked
    sql = f"SELECT t.id FROM {source} ORDER BY {day} IS NULL, {day}, t.id"
    ids = [str(found) for (found,) in look.store.select(sql, {"party": key})]
    return Counted(load(look, table, ids[:shown]), len(ids))


def _relations(look: Lookup, key: str) -> tuple[Relation, ...]:
    """The parties that this one has most events with, each with the events between the two."""
    sql = """
        SELECT other, event FROM (
          SELECT r.value AS other, a.event_id AS event FROM events_actor_ids a
            JOIN events_recipient_ids r ON r.event_id = a.event_id WHERE a.value = :party
          UNION
          SELECT a.value, r.event_id FROM events_recipient_ids r
            JOIN events_actor_ids a ON a.event_id = r.event_id WHERE r.value = :party
        ) WHERE other <> :party ORDER BY other, event
    """
    between: dict[str, list[str]] = {}
    for other, event in look.store.select(sql, {"party": key}):
        between.setdefault(other, []).append(event)
    most = sorted(between, key=lambda other: (-len(between[other]), other))[:OTHERS]
    look.read_names(most)
    found = []
    for other in most:
        every = between[other]
        events = look.store.load("events", every[:: -(-len(every) // DRAWN)])
        look.read_articles(event.article_id for event in events)
        happenings = _as_one(look, events)
        chart = relations_chart(look, happenings)
        found.append(Relation(look.party(other), len(happenings), chart, len(every), len(events)))
    return tuple(found)


def _as_one(look: Lookup, events: list[Event]) -> list[list[Event]]:
    """Events that links say are the same, together; dated ones first."""
    sql = (
        "SELECT left_id, right_id FROM links WHERE kind = 'same_event'"
        " AND left_id IN (SELECT value FROM json_each(?1)) AND right_id IN (SELECT value FROM json_each(?1))"
    )
    group = {event.id: event.id for event in events}
    for left, right in look.store.select(sql, (json.dumps(sorted(group)),)):
        old, new = group[str(right)], group[str(left)]
        group = {key: new if each == old else each for key, each in group.items()}
    found: dict[str, list[Event]] = {}
    for event in sorted(events, key=lambda event: (event.when is None, event.id)):
        found.setdefault(group[event.id], []).append(event)
    return list(found.values())
