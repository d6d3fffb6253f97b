"""Where a judged row stands, and finding it after a rebuild: by id, else by its place and words in its article."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from onrecord.model import Article, Judgement, Mention, Passage
from onrecord.store.judging.rows import Rows

OVERLAP = 1 / 3
"""The share of the characters of two rows together that both must hold for one to be taken for the other."""

MAIN = {
    "statements": "content",
    "events": "triggers",
    "figures": "passage",
    "times": "passage",
    "commitments": "passage",
}
"""The passages by which a row is found again, by table."""


@dataclass(frozen=True, slots=True)
class Place:
    """A row's article, passages and their words; a party's and an occasion's words are its name."""

    id: str
    article_id: str
    passages: tuple[Passage, ...]
    words: str


def place_of(rows: Rows, table: str, row: Any) -> Place:
    """Where a row stands: by its own passages, a party by the best of its mentions, a story by its first article."""
    if table == "articles":
        return Place(row.id, row.id, (), row.title or row.origin)
    if table == "parties":
        named = _best_mention(rows, row)
        return Place(row.id, *named, row.name) if named else Place(row.id, "", (), row.name)
    if table == "occasions":
        first = row.mentions[:1]
        return Place(
            row.id, first[0].article_id if first else "", tuple(Passage(m.start, m.end) for m in first), row.name
        )
    if table == "stories":
        return Place(row.id, row.article_ids[0] if row.article_ids else "", (), row.title)
    passages = main_passages(table, row, row.article_id)
    return Place(row.id, row.article_id, passages, words_at(rows, row.article_id, passages))


def _best_mention(rows: Rows, party: Any) -> tuple[str, tuple[Passage, ...]] | None:
    """The mention by which a party is told best: by its very name, else the longest name."""
    mentions: list[Mention] = [row for table, row in rows.naming(party.id) if table == "mentions"]
    ranked = sorted(
        mentions, key=lambda m: (m.text != party.name, m.form != "name", -len(m.text), m.article_id, m.start)
    )
    return (ranked[0].article_id, (Passage(ranked[0].start, ranked[0].end),)) if ranked else None


def main_passages(table: str, row: Any, article_id: str) -> tuple[Passage, ...]:
    """The passages of an article by which a row is found again."""
    if table == "mentions":
        return (Passage(row.start, row.end),)
    if table == "occasions":
        return tuple(Passage(m.start, m.end) for m in row.mentions if m.article_id == article_id)
    found = getattr(row, MAIN[table])
    return found if isinstance(found, tuple) else (found,)


def words_at(rows: Rows, article_id: str, passages: Iterable[Passage]) -> str:
    article = rows.get("articles", article_id)
    return " ".join(passage.of(article.text) for passage in passages) if isinstance(article, Article) else ""


def target_of(rows: Rows, judgement: Judgement) -> Any | None:
    """The row that a judgement is about, or null where the record has none such any more."""
    place = Place(judgement.target_id, judgement.article_id, judgement.passages, judgement.words)
    return row_at(rows, judgement.target_kind, place)


def other_of(rows: Rows, judgement: Judgement, table: str) -> Any | None:
    """The second row of a judgement, or null where it names none or the record has it no more."""
    if judgement.other_id is None:
        return None
    where = judgement.other_article_id or ""
    return row_at(rows, table, Place(judgement.other_id, where, judgement.other_passages, judgement.other_words or ""))


def row_at(rows: Rows, table: str, place: Place) -> Any | None:
    """The row of this id, else the one that stands in this place."""
    found = rows.get(table, place.id)
    if found is not None:
        return found
    if table == "parties":
        return _party_at(rows, place)
    if table in MAIN or table in ("mentions", "occasions"):
        return _nearest(rows, table, place, words="" if table == "occasions" else None)
    return None


def _party_at(rows: Rows, place: Place) -> Any | None:
    """The party that the place names now, else the only one of that name."""
    mention = _nearest(rows, "mentions", place, words="")
    if mention is not None and mention.form == "name":
        return rows.get("parties", mention.party_id)
    called = rows.parties_called(place.words) if place.words else []
    return called[0] if len(called) == 1 else None


def _nearest(rows: Rows, table: str, place: Place, words: str | None = None) -> Any | None:
    """The row of the article that shares most with the place; null where two share as much, or none shares enough."""
    article = rows.get("articles", place.article_id)
    if article is None or not place.passages:
        return None
    wanted = moved(article.text, place.passages, place.words if words is None else words)
    scored = sorted(
        (
            (overlap(wanted, main_passages(table, row, place.article_id)), row)
            for row in rows.of_article(table, place.article_id)
        ),
        key=lambda pair: (-pair[0], pair[1].id),
    )
    near = [(share, row) for share, row in scored if share >= OVERLAP]
    if not near or (len(near) > 1 and near[0][0] == near[1][0]):
        return None
    return near[0][1]


def moved(text: str, passages: tuple[Passage, ...], words: str) -> tuple[Passage, ...]:
    """The passages, or where their words stand now in a text that is read otherwise than it was."""
    if not words or len(passages) != 1 or passages[0].of(text) == words:
        return passages
    starts: list[int] = []
    at = text.find(words)
    while at >= 0 and len(starts) < 100:
        starts.append(at)
        at = text.find(words, at + 1)
    if not starts:
        return passages
    start = min(starts, key=lambda found: abs(found - passages[0].start))
    return (Passage(start, start + len(words)),)


def overlap(left: Sequence[Passage], right: Sequence[Passage]) -> float:
    """The characters that both have, of those that either has."""
    ours = {at for passage in left for at in range(passage.start, passage.end)}
    theirs = {at for passage in right for at in range(passage.start, passage.end)}
    return len(ours & theirs) / len(ours | theirs) if ours or theirs else 0.0
