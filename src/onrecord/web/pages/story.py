"""The page of a story: when what happened, who said what, which outlet says what, and who took it from whom."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from onrecord.model import Link, Story
from onrecord.model.spoken import day_words, span_words, when_words
from onrecord.store.judging.verdicts import condition
from onrecord.store.timeline import Moment, timeline_of
from onrecord.web.across import Compared, compared, copied_quote
from onrecord.web.context import Entry, Name, Page, Quote, To
from onrecord.web.entries import load
from onrecord.web.lookup import Lookup
from onrecord.web.sources import Taken, taken

MOMENTS, SPEAKERS, QUOTES, FACTS, COPIES = 40, 12, 6, 30, 8


@dataclass(frozen=True, slots=True)
class Source:
    """An article of the story."""

    to: To
    outlet: str
    day: str


@dataclass(frozen=True, slots=True)
class Stop:
    """A day of the timeline and the entries of that day."""

    day: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who spoke, how often, and in which words."""

    name: Name
    statements: tuple[Entry, ...]
    total: int
    articles: int


@dataclass(frozen=True, slots=True)
class Cell:
    """What one article says of a fact: `says`, `otherwise`, `silent` or `early`, with its values and their entries."""

    state: str
    values: tuple[tuple[str, To], ...]


@dataclass(frozen=True, slots=True)
class FactRow:
    """A question and what each article answers."""

    comparison: To
    outcome: str
    outcome_words: str
    cells: tuple[Cell, ...]
    origins: int
    unresolved: int
    elsewhere: tuple[To, ...] = ()


@dataclass(frozen=True, slots=True)
class Copied:
    """Passages that one article has from another."""

    left: Quote
    right: Quote
    explanation: str
    changed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StoryPage(Page):
    """A story told by several articles."""

    template: ClassVar[str] = "story.html"
    id: str
    day: str
    place: To | None
    parties: tuple[To, ...]
    sources: tuple[Source, ...]
    stops: tuple[Stop, ...]
    more_moments: int
    speakers: tuple[Speaker, ...]
    facts: tuple[FactRow, ...]
    more_facts: int
    disagreements: tuple[Compared, ...]
    copies: tuple[Copied, ...]
    more_copies: int
    taken: Taken | None


def story_page(look: Lookup, key: str) -> StoryPage:
    """The page of one story."""
    story: Story = look.store.load("stories", [key])[0]
    look.read_articles(story.article_ids)
    articles = sorted(story.article_ids, key=lambda each: (_day(look, each) or "9999", look.article(each).origin))
    ids = _comparison_ids(look, story)
    every = compared(look, ids[:FACTS], 320)
    moments = [moment for moment in timeline_of(look.store, articles) if moment.basis != "published"]
    stops = _stops(look, moments[:MOMENTS])
    copies = _copy_links(look, articles)
    return StoryPage(
        title=story.title,
        id=story.id,
        day=when_words(story.when),
        place=look.party(story.place_id) if story.place_id else None,
        parties=_names(look, story.party_ids[:24]),
        sources=tuple(Source(look.article_link(each), look.outlet(each), look.published(each)) for each in articles),
        stops=stops,
        more_moments=max(0, len(moments) - MOMENTS),
        speakers=_speakers(look, articles),
        facts=tuple(_fact_row(look, one, articles) for one in every[:FACTS]),
        more_facts=max(0, len(ids) - FACTS),
        disagreements=tuple(one for one in every if one.outcome == "differ"),
        copies=tuple(_copied(look, link) for link in copies[:COPIES]),
        more_copies=max(0, len(copies) - COPIES),
        taken=taken(look, articles),
    )


def _names(look: Lookup, ids: Sequence[str]) -> tuple[To, ...]:
    look.read_names(ids)
    return tuple(map(look.party, ids))


def _day(look: Lookup, key: str) -> str | None:
    published = look.article(key).published
    return (published.earliest or published.latest) if published else None


def _comparison_ids(look: Lookup, story: Story) -> list[str]:
    """The comparisons that articles of the story answer between them: disagreements first, most articles first."""
    sql = (
        "SELECT c.id FROM comparisons c JOIN comparisons_answers x ON x.comparison_id = c.id"
        " WHERE c.id IN (SELECT y.comparison_id FROM comparisons_answers y"
        " WHERE y.article_id IN (SELECT value FROM json_each(:articles)))"
        " AND NOT EXISTS (SELECT 1 FROM comparisons_about b JOIN articles own ON own.id = b.id"
        " WHERE b.comparison_id = c.id)"
        f" AND {condition('comparisons', row='c')}"
        " GROUP BY c.id ORDER BY CASE c.outcome WHEN 'differ' THEN 0 WHEN 'compatible' THEN 1 WHEN 'agree' THEN 2"
        " ELSE 3 END, count(DISTINCT x.article_id) DESC, c.question, c.id"
    )
    return [str(key) for (key,) in look.store.select(sql, {"articles": json.dumps(story.article_ids)})]


def _stops(look: Lookup, moments: Sequence[Moment]) -> tuple[Stop, ...]:
    """Moments of the same day together, in the order of time."""
    tables = {"event": "events", "statement": "statements", "time": "times"}
    shown: dict[str, Entry] = {}
    for kind, table in tables.items():
        found = load(look, table, [moment.id for moment in moments if moment.kind == kind], 260)
        shown |= {entry.id: entry for entry in found}
    days: dict[str, list[Entry]] = {}
    for moment in moments:
        if moment.earliest is None or moment.basis == "published":
            words = f"by {day_words(moment.latest[:10])}"
        else:
            words = span_words(moment.earliest, moment.latest, moment.precision)
        days.setdefault(words, []).append(shown[moment.id])
    return tuple(Stop(day, tuple(entries)) for day, entries in days.items())


def _speakers(look: Lookup, articles: Sequence[str]) -> tuple[Speaker, ...]:
    """Who speaks in the story, those with most statements first."""
    sql = (
        "SELECT p.value, s.id, s.article_id FROM statements s JOIN statements_speaker_ids p ON p.statement_id = s.id"
        f" WHERE s.article_id IN (SELECT value FROM json_each(?)) AND {condition('statements', row='s')}"
        " ORDER BY s.article_id,"
        " (SELECT min(c.start) FROM statements_content c WHERE c.statement_id = s.id), s.id"
    )
    said: dict[str, list[tuple[str, str]]] = {}
    for party, statement, article in look.store.select(sql, (json.dumps(list(articles)),)):
        said.setdefault(str(party), []).append((str(statement), str(article)))
    most = sorted(said, key=lambda party: (-len(said[party]), party))[:SPEAKERS]
    look.read_names(most)
    wanted = [statement for party in most for statement, _ in said[party][:QUOTES]]
    shown = {entry.id: entry for entry in load(look, "statements", wanted, 320)}
    return tuple(
        Speaker(
            look.names([party])[0],
            tuple(shown[statement] for statement, _ in said[party][:QUOTES]),
            len(said[party]),
            len({article for _, article in said[party]}),
        )
        for party in most
    )


def _fact_row(look: Lookup, one: Compared, articles: Sequence[str]) -> FactRow:
    by_article: dict[str, list[tuple[str, To, int]]] = {}
    for answer in one.answers:
        to = answer.entry.to if answer.entry else answer.source
        by_article.setdefault(answer.source.id, []).append((answer.value, to, answer.group))
    groups = [group for found in by_article.values() for group in {group for _, _, group in found}]
    usual = max(set(groups), key=lambda group: (groups.count(group), -group), default=0)
    early = {to.id for to in one.too_early}
    cells = []
    for article in articles:
        found = by_article.get(article, [])
        otherwise = one.outcome == "differ" and any(group != usual for _, _, group in found)
        state = "otherwise" if otherwise else "says" if found else "early" if article in early else "silent"
        values = {value: To(to.kind, to.id, value, to.anchor) for value, to, _ in found}
        cells.append(Cell(state, tuple(values.items())))
    inside = set(articles)
    outside = {answer.source.id: answer.source for answer in one.answers if answer.source.id not in inside}
    return FactRow(
        one.to,
        one.outcome,
        one.outcome_words,
        tuple(cells),
        one.independent_origins,
        one.unresolved_origins,
        tuple(outside.values()),
    )


def _copy_links(look: Lookup, articles: Sequence[str]) -> list[Link]:
    """What articles of the story copied, the longest first."""
    sql = (
        "SELECT id FROM links WHERE kind = 'copied_from' AND left_id IN (SELECT value FROM json_each(?))"
        " ORDER BY score DESC, id"
    )
    found = look.store.select(sql, (json.dumps(list(articles)),))
    rows: list[Link] = look.store.load("links", [str(key) for (key,) in found])
    return rows


def _copied(look: Lookup, link: Link) -> Copied:
    look.read_articles([link.left_id, link.right_id])
    return Copied(
        copied_quote(look, link.left_id, link.left_passages, link.id, 360),
        copied_quote(look, link.right_id, link.right_passages, link.id, 360),
        link.explanation,
        link.changed,
    )
