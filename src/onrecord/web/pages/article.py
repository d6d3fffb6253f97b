"""The page of an article: its text with every entry marked, and beside it what other articles say of the same."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from onrecord.model import Article, Judgement, TextPart
from onrecord.model.spoken import when_words
from onrecord.store.judging.keeping import judgements_of
from onrecord.store.judging.verdicts import condition
from onrecord.web.across import Compared, Tie, compared, comparison_ids, ties
from onrecord.web.citing import Citation, cite_article
from onrecord.web.context import Entry, Fact, Page, To, Value
from onrecord.web.entries import entries, marks_of, occasion_marks
from onrecord.web.lookup import Lookup
from onrecord.web.marking import Mark, Piece, pieces
from onrecord.web.wording import BASES, count_words

PARAGRAPH = re.compile(r"\n[ \t\r]*\n\s*")
MARKED = ("statements", "events", "figures", "times", "commitments")
"""The tables whose rows are marked in the text, beside names and occasions."""
LABELS = {
    "statement": "Statements",
    "event": "Events",
    "figure": "Figures",
    "time": "Times",
    "party": "Names",
    "occasion": "Occasions",
    "commitment": "Promises",
}
OUTSIDE = frozenset({"boilerplate", "header", "section", "byline", "caption"})


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph of the text: what it is, and its pieces."""

    role: str
    pieces: tuple[Piece, ...]
    gap: bool = False


@dataclass(frozen=True, slots=True)
class Switch:
    """A kind of mark that can be shown or hidden, and how many there are."""

    kind: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Beside:
    """An entry of this article and what other articles have of the same thing."""

    entry: Entry
    ties: tuple[Tie, ...]
    comparisons: tuple[Compared, ...]


@dataclass(frozen=True, slots=True)
class ArticlePage(Page):
    """An article with everything found in it."""

    template: ClassVar[str] = "article.html"
    id: str
    outlet: str
    day: str
    corrected: str
    """By whom its date was corrected, and what it was; empty where it was not."""
    byline: tuple[str, ...]
    url: str
    origin: str
    note: str
    language: str
    blocks: tuple[Block, ...]
    whole: bool
    switches: tuple[Switch, ...]
    beside: tuple[Beside, ...]
    about_itself: tuple[Compared, ...]
    copies: tuple[Tie, ...]
    stories: tuple[To, ...]
    found: tuple[Entry, ...]
    names: tuple[To, ...]
    facts: tuple[Fact, ...]
    citation: Citation


def article_page(look: Lookup, key: str) -> ArticlePage:
    """The page of one article; without full texts only the passages that entries rest on are shown."""
    article = look.article(key)
    found, marks = _found(look, article)
    names = _name_marks(look, article)
    marks += names + occasion_marks(look, article.id)
    rows = [entry.id for entry in found]
    all_ties, own = ties(look, [*rows, article.id]), comparison_ids(look, [*rows, article.id])
    shown = {row.id: row for row in compared(look, sorted({key for keys in own.values() for key in keys}))}
    between = {
        key: told
        for key, ids in own.items()
        if (told := tuple(shown[each] for each in ids if each in shown and not shown[each].of_itself))
    }
    beside = tuple(
        Beside(entry, all_ties.get(entry.id, ()), between.get(entry.id, ()))
        for entry in found
        if entry.id in all_ties or entry.id in between
    )
    counts = {kind: len({mark.id for mark in marks if mark.kind == kind}) for kind in LABELS}
    return ArticlePage(
        title=article.title or article.origin,
        id=article.id,
        outlet=article.outlet or "",
        day=when_words(article.published),
        corrected=_corrected(_edits(look, article).get("published")),
        byline=article.byline,
        url=article.url or "",
        origin=article.origin,
        note=article.note or "",
        language=article.language or "",
        blocks=tuple(_blocks(article, marks, look.full_text)),
        whole=look.full_text,
        switches=tuple(Switch(kind, LABELS[kind], count) for kind, count in counts.items() if count),
        beside=beside,
        about_itself=tuple(shown[each] for each in own.get(article.id, ()) if each in shown),
        copies=tuple(tie for tie in all_ties.get(article.id, ()) if tie.kind in ("copied_from", "cites")),
        stories=_stories(look, article.id),
        found=found,
        names=tuple(look.party(each) for each in dict.fromkeys(mark.id for mark in names)),
        facts=tuple(_facts(look, article)),
        citation=cite_article(article),
    )


def _found(look: Lookup, article: Article) -> tuple[tuple[Entry, ...], list[Mark]]:
    """Every entry of the article in the order of the text, and all their marks."""
    found: list[tuple[int, Entry]] = []
    marks: list[Mark] = []
    for table in MARKED:
        sql = f"SELECT t.id FROM {table} t WHERE t.article_id = ? AND {condition(table)}"
        ids = [key for (key,) in look.store.select(sql, (article.id,))]
        rows = look.store.load(table, ids)
        for row, entry in zip(rows, entries(look, table, rows), strict=True):
            own = [mark for mark in marks_of(row, entry.kind) if mark.label in SPANS.get(entry.kind, ("passage",))]
            marks += own
            found.append((min(mark.start for mark in own), entry))
    return tuple(entry for _, entry in sorted(found, key=lambda pair: (pair[0], pair[1].kind, pair[1].id))), marks


SPANS = {"statement": ("content", "cue", "source"), "event": ("trigger",)}
"""The passages that are marked for each kind; their others are shown on the entry's own page."""


def _name_marks(look: Lookup, article: Article) -> list[Mark]:
    sql = (
        'SELECT t.start, t."end", t.party_id FROM mentions t'
        f" WHERE t.article_id = ? AND t.form IN ('name', 'title', 'demonym') AND {condition('mentions')}"
        " ORDER BY t.start"
    )
    found = look.store.select(sql, (article.id,))
    look.read_names(party for _, _, party in found)
    return [Mark(start, end, "party", party, "mention") for start, end, party in found]


def _stories(look: Lookup, article_id: str) -> tuple[To, ...]:
    sql = (
        "SELECT s.id, s.title FROM stories s JOIN stories_article_ids c ON c.story_id = s.id"
        " WHERE c.value = ? ORDER BY s.id"
    )
    return tuple(To("story", key, title) for key, title in look.store.select(sql, (article_id,)))


def _blocks(article: Article, marks: Sequence[Mark], full_text: bool) -> Iterator[Block]:
    if not full_text:
        yield from _passages_only(article, marks)
        return
    opened: set[tuple[str, str]] = set()
    for part in _all_parts(article):
        at = part.start
        for end, after in _paragraphs(article.text, part):
            if article.text[at:end].strip():
                yield Block(part.role, tuple(pieces(article.text, at, end, marks, opened)))
            at = after


def _all_parts(article: Article) -> Iterator[TextPart]:
    """The parts of the text, and the stretches between them, which are body; a dateline opens its paragraph."""
    at = 0
    for part in _with_datelines(article):
        if part.start > at and article.text[at : part.start].strip():
            yield TextPart(at, part.start, "body")
        yield part
        at = part.end
    if article.text[at:].strip():
        yield TextPart(at, len(article.text), "body")


def _with_datelines(article: Article) -> Iterator[TextPart]:
    """The parts, a dateline together with the body that goes on in its line."""
    held: TextPart | None = None
    for part in article.parts:
        if held is not None:
            if part.role == "body" and "\n" not in article.text[held.end : part.start]:
                part = TextPart(held.start, part.end, "body")
            else:
                yield held
        held = part if part.role == "dateline" else None
        if held is None:
            yield part
    if held is not None:
        yield held


def _paragraphs(text: str, part: TextPart) -> Iterator[tuple[int, int]]:
    """Where each paragraph ends and the next one begins."""
    for gap in PARAGRAPH.finditer(text, part.start, part.end):
        yield gap.start(), gap.end()
    yield part.end, part.end


def _passages_only(article: Article, marks: Sequence[Mark]) -> Iterator[Block]:
    """The stretches that some entry quotes, each a block of its own, with a gap between them."""
    spans = sorted((mark.start, mark.end) for mark in marks if mark.kind != "party")
    joined: list[list[int]] = []
    for start, end in spans:
        if joined and start <= joined[-1][1] + 2:
            joined[-1][1] = max(joined[-1][1], end)
        else:
            joined.append([start, end])
    opened: set[tuple[str, str]] = set()
    for start, end in joined:
        yield Block("body", tuple(pieces(article.text, start, end, marks, opened)), gap=True)


def _facts(look: Lookup, article: Article) -> Iterator[Fact]:
    corrected = _edits(look, article)
    if article.outlet:
        yield Fact("Outlet", (Value(article.outlet),), _corrected(corrected.get("outlet")))
    if article.byline:
        yield Fact("By", tuple(Value(name) for name in article.byline))
    by_hand = corrected.get("published")
    if article.published is not None or by_hand is not None:
        basis = BASES.get(article.published.basis or "", "") if article.published is not None else ""
        yield Fact("Published", (Value(when_words(article.published) or "not known"),), _corrected(by_hand) or basis)
    for when in article.dates if by_hand is not None else article.dates[1:]:
        yield Fact("Also dated", (Value(when_words(when) or when.text),), BASES.get(when.basis or "", ""))
    if article.modified is not None:
        yield Fact("Updated", (Value(when_words(article.modified)),), BASES.get(article.modified.basis or "", ""))
    if article.dateline_place:
        yield Fact("Dateline", (Value(article.dateline_place),))
    yield Fact("Read from", (Value(article.origin),), f"{article.format}, {count_words(article.length, 'character')}")
    if article.supersedes:
        yield Fact("Replaces", (Value("an earlier version", To("article", article.supersedes, "an earlier version")),))
    yield Fact("Text’s SHA-256", (Value(article.text_sha256),))


def _edits(look: Lookup, article: Article) -> dict[str | None, Judgement]:
    """The last correction of each field of the article."""
    return {one.field: one for one in reversed(judgements_of(look.store, "articles", article.id))}


def _corrected(judgement: Judgement | None) -> str:
    """By whom and when a value was corrected, and what it was; empty where it was not."""
    if judgement is None or judgement.verdict != "edit":
        return ""
    return f"corrected by {judgement.by or 'somebody'} on {judgement.at[:10]}; was {judgement.was or 'not known'}"
