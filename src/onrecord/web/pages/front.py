"""The front page: what the record holds, and where to begin."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from onrecord.model.spoken import span_words
from onrecord.store import capped, standing
from onrecord.store.browsing import Asked, listed
from onrecord.store.judging.verdicts import condition
from onrecord.web.across import Compared, compared
from onrecord.web.context import Entry, Page, To
from onrecord.web.drawing import Histogram, histogram
from onrecord.web.entries import entries
from onrecord.web.lookup import Lookup

STORIES, DISAGREEMENTS, PROMISES, VOICES = 8, 6, 6, 12


@dataclass(frozen=True, slots=True)
class StoryCard:
    """A story in a list: its title, when, how many articles, which outlets, how many disagreements."""

    to: To
    day: str
    articles: int
    outlets: tuple[str, ...]
    disagreements: int


@dataclass(frozen=True, slots=True)
class Promise:
    """A promise and how it stands today."""

    entry: Entry
    standing: str


@dataclass(frozen=True, slots=True)
class Voice:
    """A party and how often it speaks."""

    to: To
    statements: int


@dataclass(frozen=True, slots=True)
class FrontPage(Page):
    """The record at a glance."""

    template: ClassVar[str] = "front.html"
    joined: bool
    span: str
    outlets: int
    picture: Histogram | None
    stories: tuple[StoryCard, ...]
    disagreements: tuple[Compared, ...]
    differing: int
    promises: tuple[Promise, ...]
    voices: tuple[Voice, ...]
    skipped: int
    capped: str
    """What was too common to compare each with each, in a sentence; empty where nothing was."""


def front_page(look: Lookup, as_of: str) -> FrontPage:
    """The front page on a day."""
    return look.kept.of(("front", as_of), lambda: _front_page(look, as_of))


def _front_page(look: Lookup, as_of: str) -> FrontPage:
    store = look.store
    meta = store.meta()
    days = store.select(
        "SELECT substr(published_earliest, 1, 10), count(*) FROM articles"
        " WHERE published_earliest IS NOT NULL GROUP BY 1"
    )
    happened = store.select(
        'SELECT substr("when_earliest", 1, 10), count(*) FROM events t WHERE "when_earliest" IS NOT NULL'
        f" AND {condition('events')} GROUP BY 1"
    )
    first, last = min((day for day, _ in days), default=""), max((day for day, _ in days), default="")
    sql = f"SELECT count(*) FROM comparisons t WHERE outcome = 'differ' AND {condition('comparisons')}"
    differing = int(store.select(sql)[0][0])
    return FrontPage(
        title=store.path.stem,
        joined=meta.joined,
        span=span_words(first, last) if first else "",
        outlets=int(store.select("SELECT count(DISTINCT coalesce(outlet, origin)) FROM articles")[0][0]),
        picture=histogram((("Articles", "article", _pairs(days)), ("Events", "event", _pairs(happened)))),
        stories=story_cards(look, _largest_stories(look)),
        disagreements=compared(look, _disagreements(look), 240),
        differing=differing,
        promises=_promises(look, as_of),
        voices=_voices(look),
        skipped=meta.counts.get("skipped", 0),
        capped=capped.said(meta.capped),
    )


def _pairs(rows: list[tuple[object, ...]]) -> list[tuple[str, int]]:
    return [(str(day), int(str(count))) for day, count in rows]


def _largest_stories(look: Lookup) -> list[str]:
    """The stories told by most articles, then the latest."""
    sql = (
        "SELECT c.story_id FROM stories_article_ids c JOIN stories s ON s.id = c.story_id"
        f" WHERE {condition('stories', row='s')} GROUP BY c.story_id"
        f" ORDER BY count(*) DESC, s.when_earliest DESC, s.id LIMIT {STORIES}"
    )
    return [str(key) for (key,) in look.store.select(sql)]


def story_cards(look: Lookup, ids: list[str]) -> tuple[StoryCard, ...]:
    """Stories as lists show them, in this order."""
    rows = look.store.load("stories", ids)
    look.read_articles(key for row in rows for key in row.article_ids[:60])
    found = []
    for row in rows:
        outlets = tuple(dict.fromkeys(look.outlet(key) for key in row.article_ids[:60]))
        when = row.when
        day = span_words(when.earliest, when.latest, when.precision) if when and when.earliest and when.latest else ""
        found.append(
            StoryCard(To("story", row.id, row.title), day, len(row.article_ids), outlets, _differing(look, row.id))
        )
    return tuple(found)


def _differing(look: Lookup, story_id: str) -> int:
    sql = (
        "SELECT count(DISTINCT t.id) FROM stories_article_ids s JOIN comparisons_answers x ON x.article_id = s.value"
        " JOIN comparisons t ON t.id = x.comparison_id WHERE s.story_id = ? AND t.outcome = 'differ'"
        f" AND {condition('comparisons')}"
    )
    return int(look.store.select(sql, (story_id,))[0][0])


def _disagreements(look: Lookup) -> tuple[str, ...]:
    """Disagreements as their list opens: those with most articles before the others, the latest first."""
    return listed(look.store, "comparisons", Asked(choice="differ", limit=DISAGREEMENTS)).ids


def _promises(look: Lookup, as_of: str) -> tuple[Promise, ...]:
    """What falls due next and, where that is too little, what fell due last."""
    due, shown = "coalesce(due_latest, due_earliest)", condition("commitments")
    sql = (
        f"SELECT id FROM (SELECT id, {due} AS day FROM commitments t WHERE status = 'open' AND {due} >= ?1 AND {shown}"
        f" ORDER BY 2, 1 LIMIT {PROMISES}) UNION ALL SELECT id FROM (SELECT id, {due} AS day FROM commitments t"
        f" WHERE status = 'open' AND {due} < ?1 AND {shown} ORDER BY 2 DESC, 1 LIMIT {PROMISES})"
    )
    ids = [str(key) for (key,) in look.store.select(sql, (as_of,))][:PROMISES]
    rows = look.store.load("commitments", ids)
    drawn = entries(look, "commitments", rows, 240)
    return tuple(Promise(entry, standing(row, as_of)) for entry, row in zip(drawn, rows, strict=True))


def _voices(look: Lookup) -> tuple[Voice, ...]:
    sql = (
        "SELECT s.value, count(*) FROM statements_speaker_ids s WHERE NOT EXISTS (SELECT 1 FROM verdicts v"
        " WHERE v.verdict = 'wrong' AND (v.kind = 'statements' AND v.id = s.statement_id"
        f" OR v.kind = 'parties' AND v.id = s.value)) GROUP BY s.value ORDER BY 2 DESC, 1 LIMIT {VOICES}"
    )
    found = look.store.select(sql)
    look.read_names(str(key) for key, _ in found)
    return tuple(Voice(look.party(str(key)), int(count)) for key, count in found)
