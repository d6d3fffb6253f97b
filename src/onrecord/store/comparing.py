"""What articles say of one another: comparisons that meet some filters, and a story with its matrix of facts.

Everything here gives records and small frozen values; nothing prints. The same queries serve the command line, the
reading room and Python.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from onrecord.model import Answer, Article, Comparison, Mention, OnRecordError, Passage, Story, When
from onrecord.model.records import Outcome
from onrecord.model.schema import passages_in
from onrecord.store.file import Store
from onrecord.store.judging.verdicts import condition
from onrecord.store.queries import Filters, first_day, last_day, parties_called
from onrecord.store.surroundings import sentence_around
from onrecord.store.timeline import Moment, timeline_of
from onrecord.store.words import holds_words, names

State = Literal["says", "says_otherwise", "silent", "too_early"]

OUTCOMES: tuple[Outcome, ...] = ("differ", "compatible", "agree", "only_in")
"""The outcomes in the order in which people want to read them: disagreements first."""

FIRST_ASKED = ("Did ", "Who said")
"""The beginnings of questions that stand for all that is asked of a thing."""

ANY = Filters()
"""Filters that ask for nothing."""

FACTS = 40
"""Facts of a story's matrix that are shown unless more are asked for."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What comparisons must meet; null asks for nothing.

    `who` is a party that answers or is answered about; `about` words in the question, the explanation or the answers'
    sentences; `since` and `until` are days (`2024`, `2024-05`, `2024-05-31`) on which an article that answers was
    published; `outlet` is part of the name, URL or file of an article that answers; `story` is the beginning of a
    story's id or words of its title.
    """

    who: str | None = None
    about: str | None = None
    since: str | None = None
    until: str | None = None
    outlet: str | None = None
    outcome: Outcome | None = None
    story: str | None = None
    limit: int | None = None


@dataclass(frozen=True, slots=True)
class Quoted:
    """One answer with the words that it rests on.

    `place` is the sentence, or sentences, to show and `marks` the words in it that answer; both are offsets into
    `article.text`. Both are empty where the answer is not in the text itself (a date in a page's metadata).
    """

    answer: Answer
    article: Article
    outlet: str
    """The outlet's name or, where none is known, the file's or the URL."""
    place: Passage | None
    marks: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """What one article says of one fact: its answers' values in its own order, none where it says nothing."""

    article_id: str
    state: State
    values: tuple[str, ...]
    record_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fact:
    """A row of a story's matrix: what is asked, how the answers compare, and a cell for each column's article.

    An article that the comparison says nothing about (a question that is asked inside one article alone) is `silent`.
    """

    comparison: Comparison
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """A story's facts by its articles, the articles in the order of publication, disagreements first."""

    articles: tuple[Article, ...]
    outlets: tuple[str, ...]
    """The outlet of each column."""
    facts: tuple[Fact, ...]
    left_out: int
    """Facts that matter less and were left out."""


@dataclass(frozen=True, slots=True)
class Voice:
    """A speaker of a story: how many statements, in which of its articles, and the ids of the statements in order."""

    party_id: str | None
    name: str
    article_ids: tuple[str, ...]
    statement_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StoryInFull:
    """A story with its articles, what happened when, who spoke, and which article says what."""

    story: Story
    articles: tuple[Article, ...]
    moments: tuple[Moment, ...]
    voices: tuple[Voice, ...]
    matrix: Matrix


def comparisons(store: Store, asked: Asked = Asked()) -> list[Comparison]:
    """The comparisons that meet `asked`: disagreements first, then by how many articles answer, then by question.

    An `OnRecordError` where `story` names none or several.
    """
    found = _Comparisons(store, asked)
    return found.rows()[: asked.limit]


def outcomes(store: Store) -> dict[Outcome, int]:
    """How many comparisons the record holds of each outcome, in the order of `OUTCOMES`."""
    counted = dict(store.select("SELECT outcome, count(*) FROM comparisons GROUP BY outcome"))
    return {outcome: int(counted.get(outcome, 0)) for outcome in OUTCOMES}


def quoted(store: Store, comparison: Comparison, outlets: Mapping[str, str] | None = None) -> list[Quoted]:
    """A comparison's answers, each with the words it rests on, in their own order.

    `outlets` names the outlet of an article by its id, where a person has grouped outlets; else the article's own.
    """
    articles = _articles(store, [answer.article_id for answer in comparison.answers])
    rows = rows_of(store, [answer.record_id for answer in comparison.answers])
    return [
        _quoted(answer, articles[answer.article_id], rows.get(answer.record_id), outlets)
        for answer in comparison.answers
    ]


def stories(store: Store, filters: Filters = ANY) -> list[Story]:
    """The stories, latest first; `who`, `about`, `since`, `until`, `outlet` and `limit` ask as they do elsewhere.

    `who` is a party of the story, `about` words of its title, its articles' titles or its parties' names.
    """
    kept = [story for story in store.rows("stories") if _meets(store, story, filters)]
    kept.sort(key=lambda story: (_first(story.when) or "", len(story.article_ids), story.id), reverse=True)
    return kept[: filters.limit]


def story_called(store: Store, name: str) -> Story:
    """The one story whose id begins with `name` or whose title holds its words; else an `OnRecordError`."""
    every: list[Story] = list(store.rows("stories"))
    by_id = [story for story in every if story.id.startswith(name.strip().lower())] if name.strip() else []
    found = by_id or [story for story in every if holds_words(story.title, name)]
    if len(found) == 1:
        return found[0]
    if not found:
        raise OnRecordError(f"no story of this record is called {name!r}; `onrecord stories` lists them")
    shown = "; ".join(f"{story.id[:8]} {story.title}" for story in found[:5])
    raise OnRecordError(f"{name!r} means {len(found)} stories ({shown}); give the beginning of one id")


def story_of(store: Store, article_id: str) -> Story | None:
    """The story that an article belongs to, or null."""
    found = store.select("SELECT story_id FROM stories_article_ids WHERE value = ? ORDER BY story_id", (article_id,))
    story: Story | None = store.row("stories", found[0][0]) if found else None
    return story


def in_full(
    store: Store, story: Story, *, outlets: Mapping[str, str] | None = None, facts: int | None = FACTS
) -> StoryInFull:
    """A story with its timeline, its speakers and its matrix of at most `facts` facts (null: all)."""
    articles = _in_order(_articles(store, story.article_ids).values())
    ids = [article.id for article in articles]
    return StoryInFull(
        story, articles, tuple(timeline_of(store, ids)), voices(store, ids), matrix(store, story, outlets, facts)
    )


def matrix(store: Store, story: Story, outlets: Mapping[str, str] | None = None, facts: int | None = FACTS) -> Matrix:
    """A story's facts by its articles: says, says otherwise, silent, or published before it was known."""
    articles = _in_order(_articles(store, story.article_ids).values())
    columns = [article.id for article in articles]
    found = [one for one in comparisons(store, Asked(story=story.id)) if not _of_the_article_itself(one)]
    rows = [Fact(one, tuple(_cells(one, columns))) for one in _one_for_each_thing(found)]
    named = tuple(outlet_of(article, outlets) for article in articles)
    return Matrix(articles, named, tuple(rows[:facts]), max(0, len(rows) - len(rows[:facts])))


def voices(store: Store, article_ids: Sequence[str]) -> tuple[Voice, ...]:
    """Who speaks in some articles, those with most statements first; unnamed speakers are left out."""
    said: dict[str, list[tuple[str, str]]] = defaultdict(list)
    sql = (
        "SELECT p.value, s.article_id, s.id FROM statements_speaker_ids p JOIN statements s ON s.id = p.statement_id"
        f" WHERE s.article_id IN (SELECT value FROM json_each(?)) AND {condition('statements', row='s')}"
        " ORDER BY s.article_id, (SELECT min(c.start) FROM statements_content c WHERE c.statement_id = s.id)"
    )
    for party_id, article_id, key in store.select(sql, (json.dumps(list(article_ids)),)):
        said[party_id].append((article_id, key))
    parties = {party.id: party.name for party in store.load("parties", sorted(said))}
    found = [
        Voice(key, parties.get(key, key), tuple(dict.fromkeys(a for a, _ in places)), tuple(s for _, s in places))
        for key, places in said.items()
    ]
    return tuple(sorted(found, key=lambda voice: (-len(voice.statement_ids), voice.name, voice.party_id or "")))


def outlet_of(article: Article, outlets: Mapping[str, str] | None = None) -> str:
    """The outlet's name as a person has grouped it, else as the article gives it, else the file's name or the URL."""
    return (outlets or {}).get(article.id) or article.outlet or article.origin


def rows_of(store: Store, ids: Iterable[str]) -> dict[str, Any]:
    """The rows of any table that answers come from, by id."""
    wanted = sorted(set(ids))
    tables = ("events", "figures", "statements", "times", "occasions", "commitments", "mentions", "articles")
    return {row.id: row for table in tables for row in store.load(table, wanted)}


def passages_of(row: Any, article_id: str) -> tuple[Passage, ...]:
    """The words of one article that a row rests on, the main ones first."""
    if row is None or isinstance(row, Article):
        return ()
    if isinstance(row, Mention):
        return (Passage(row.start, row.end),)
    if hasattr(row, "mentions"):
        return tuple(Passage(m.start, m.end) for m in row.mentions if m.article_id == article_id)
    for name in ("triggers", "content"):
        if hasattr(row, name):
            return tuple(getattr(row, name))
    return tuple(passage for _, passage in passages_in(row))


class _Comparisons:
    """The comparisons of a record, asked once."""

    def __init__(self, store: Store, asked: Asked) -> None:
        self.store = store
        self.asked = asked

    def rows(self) -> list[Comparison]:
        found: list[Comparison] = self.store.load("comparisons", self._ids())
        kept = [row for row in found if self._is_of_party(row) and self._has_words(row)]
        return sorted(kept, key=_order)

    def _ids(self) -> list[str]:
        """The ids that meet every filter that SQL can tell."""
        asked, conditions = self.asked, [condition("comparisons", row="c")]
        given: dict[str, Any] = {}
        if asked.outcome is not None:
            conditions.append("c.outcome = :outcome")
            given["outcome"] = asked.outcome
        for meeting, parameters in (self._days(), self._outlet(), self._story()):
            if meeting:
                conditions.append(
                    "EXISTS (SELECT 1 FROM comparisons_answers x JOIN articles a ON a.id = x.article_id"
                    f" WHERE x.comparison_id = c.id AND {meeting})"
                )
                given |= parameters
        sql = f"SELECT c.id FROM comparisons c WHERE {' AND '.join(conditions)} ORDER BY c.id"
        return [key for (key,) in self.store.select(sql, given)]

    def _days(self) -> tuple[str, dict[str, Any]]:
        conditions, given = list[str](), dict[str, Any]()
        if self.asked.since is not None:
            conditions.append("substr(coalesce(a.published_latest, a.published_earliest), 1, 10) >= :since")
            given["since"] = first_day(self.asked.since)
        if self.asked.until is not None:
            conditions.append("substr(coalesce(a.published_earliest, a.published_latest), 1, 10) <= :until")
            given["until"] = last_day(self.asked.until)
        return " AND ".join(conditions), given

    def _outlet(self) -> tuple[str, dict[str, Any]]:
        if self.asked.outlet is None:
            return "", {}
        words = (
            "instr(folded(coalesce(a.outlet, '') || ' ' || coalesce(a.url, '') || ' ' || a.origin), folded(:outlet))"
        )
        return words, {"outlet": self.asked.outlet}

    def _story(self) -> tuple[str, dict[str, Any]]:
        if self.asked.story is None:
            return "", {}
        story = story_called(self.store, self.asked.story)
        return "a.id IN (SELECT value FROM json_each(:articles))", {"articles": json.dumps(story.article_ids)}

    @cached_property
    def _party_ids(self) -> frozenset[str]:
        return frozenset(parties_called(self.store, self.asked.who or ""))

    def _is_of_party(self, row: Comparison) -> bool:
        """Whether the party acts, speaks or is measured in a row that the comparison is about."""
        if self.asked.who is None:
            return True
        if any(names(answer.value, self.asked.who) for answer in row.answers):
            return True
        answering = rows_of(self.store, [answer.record_id for answer in row.answers]).values()
        fields = ("actor_ids", "recipient_ids", "speaker_ids", "subject_ids", "who_ids")
        return any(self._party_ids.intersection(getattr(one, field, ())) for one in answering for field in fields)

    def _has_words(self, row: Comparison) -> bool:
        if self.asked.about is None:
            return True
        words = [row.question, row.explanation]
        for one in quoted(self.store, row):
            words += [one.place.of(one.article.text)] if one.place is not None else []
        return holds_words(" \n ".join(words), self.asked.about)


def _order(row: Comparison) -> tuple[int, int, int, str, str]:
    """Questions that several articles answer come before those that one answers in two ways."""
    articles = len({answer.article_id for answer in row.answers})
    return OUTCOMES.index(row.outcome), -articles, -row.independent_origins, row.question, row.id


def _quoted(answer: Answer, article: Article, row: Any, outlets: Mapping[str, str] | None) -> Quoted:
    marks = passages_of(row, article.id) or _date_told(article, answer.value)
    place = sentence_around(article, marks[0]) if marks else None
    inside = tuple(mark for mark in marks if place is not None and place.start <= mark.start < place.end)
    if place is not None and inside:
        place = Passage(min(place.start, inside[0].start), max(place.end, max(mark.end for mark in inside)))
    return Quoted(answer, article, outlet_of(article, outlets), place, inside)


def _date_told(article: Article, value: str) -> tuple[Passage, ...]:
    """Where an article's own text gives a date of its publication; empty where the date is not in the text."""
    for when in article.dates:
        start = article.text.find(when.text) if when.text and value.startswith((when.earliest or "?")[:10]) else -1
        if start >= 0:
            return (Passage(start, start + len(when.text)),)
    return ()


def _cells(row: Comparison, columns: Sequence[str]) -> Iterable[Cell]:
    """What each article says; in a disagreement those who do not give the answer of most say otherwise."""
    usual = _usual(row)
    for column in columns:
        answers = [answer for answer in row.answers if answer.article_id == column]
        values = tuple(dict.fromkeys(answer.value for answer in answers))
        state: State = "too_early" if column in row.too_early else "silent"
        if answers:
            state = "says_otherwise" if row.outcome == "differ" and any(v != usual for v in values) else "says"
        yield Cell(column, state, values, tuple(answer.record_id for answer in answers))


def _usual(row: Comparison) -> str | None:
    """The answer that most articles give; the first one's, where several are given as often."""
    given = Counter(value for _, value in dict.fromkeys((a.article_id, a.value) for a in row.answers))
    return max(given, key=lambda value: given[value]) if given else None


def _one_for_each_thing(rows: Sequence[Comparison]) -> list[Comparison]:
    """All disagreements, and of what else is asked of one thing the first question alone: whether it is so at all."""
    plain: dict[tuple[Any, ...], Comparison] = {}
    for row in rows:
        if row.outcome != "differ":
            held = plain.setdefault(row.about, row)
            if row.question.startswith(FIRST_ASKED) and not held.question.startswith(FIRST_ASKED):
                plain[row.about] = row
    kept = {row.id for row in plain.values()}
    return [row for row in rows if row.outcome == "differ" or row.id in kept]


def _of_the_article_itself(row: Comparison) -> bool:
    return all(subject.kind in ("article", "articles") for subject in row.about)


def _articles(store: Store, ids: Iterable[str]) -> dict[str, Article]:
    return {article.id: article for article in store.load("articles", sorted(set(ids)))}


def _in_order(articles: Iterable[Article]) -> tuple[Article, ...]:
    """Articles from the first published to the last; undated ones stand at the end."""
    return tuple(sorted(articles, key=lambda a: (_first(a.published) is None, _first(a.published) or "", a.origin)))


def _first(when: When | None) -> str | None:
    return None if when is None else (when.earliest or when.latest)


def _meets(store: Store, story: Story, filters: Filters) -> bool:
    if filters.since is not None and (_last(story.when) or "9999") < first_day(filters.since):
        return False
    if filters.until is not None and (_first(story.when) or "")[:10] > last_day(filters.until):
        return False
    if filters.who is not None and not set(parties_called(store, filters.who)).intersection(story.party_ids):
        return False
    articles = _articles(store, story.article_ids).values()
    if filters.outlet is not None and not any(_is_of(article, filters.outlet) for article in articles):
        return False
    if filters.about is None:
        return True
    parties = [party.name for party in store.load("parties", story.party_ids)]
    return holds_words(" \n ".join([story.title, *(a.title or "" for a in articles), *parties]), filters.about)


def _is_of(article: Article, outlet: str) -> bool:
    return outlet.casefold() in f"{article.outlet or ''} {article.url or ''} {article.origin}".casefold()


def _last(when: When | None) -> str | None:
    return None if when is None else (when.latest or when.earliest or "")[:10] or None
