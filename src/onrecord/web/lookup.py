"""What a page shows of other rows: names, sources, the sentence around some words. One record, one request."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

from onrecord.model import Article, Passage, When
from onrecord.model.spoken import when_words
from onrecord.store import Store, sentence_around
from onrecord.web.context import Name, Quote, To
from onrecord.web.kept import Kept
from onrecord.web.marking import Mark, Piece, pieces

FIRST = 420
"""Characters of a long quotation that a card shows; the entry's own page shows all."""
NEAR = 80
"""Characters between two passages of one entry that are still shown together."""
MAIN = frozenset({"content", "trigger", "passage", "mention", "via", ""})
"""The marks whose sentence is quoted; the others are marked where they stand in it."""


class Lookup:
    """A record, asked for what one row says of another; the answers are kept for as long as the page is made."""

    def __init__(self, store: Store, *, full_text: bool = True, kept: Kept | None = None) -> None:
        """Without `full_text` quotations hold the marked words alone, and what stands between them."""
        self.store = store
        self.kept = kept or Kept()
        self.full_text = full_text
        self._articles: dict[str, Article] = {}
        self._names: dict[str, str] = {}
        self.party = lru_cache(maxsize=4096)(self._party)

    def read_articles(self, ids: Iterable[str]) -> None:
        """Fetches the articles that will be asked for in one query."""
        wanted = sorted({key for key in ids if key not in self._articles})
        if wanted:
            self._articles |= {row.id: row for row in self.store.load("articles", wanted)}

    def read_names(self, ids: Iterable[str]) -> None:
        """Fetches the names of the parties that will be asked for in one query."""
        wanted = sorted({key for key in ids if key not in self._names})
        if wanted:
            sql = "SELECT id, name, kind FROM parties WHERE id IN (SELECT value FROM json_each(?))"
            found = self.store.select(sql, (json.dumps(wanted),))
            self._names |= {key: name or f"unnamed {kind}" for key, name, kind in found}

    def article(self, key: str) -> Article:
        self.read_articles([key])
        return self._articles[key]

    def _party(self, key: str) -> To:
        self.read_names([key])
        return To("party", key, self._names.get(key, key))

    def names(self, ids: Sequence[str], otherwise: Iterable[str | None] = ()) -> tuple[Name, ...]:
        """Parties by name or, where none is known, the text's words in quotation marks."""
        if ids:
            self.read_names(ids)
            return tuple(Name(to.words, to) for to in map(self.party, ids))
        return tuple(Name(f"“{words}”") for words in otherwise if words)

    def outlet(self, key: str) -> str:
        article = self.article(key)
        return article.outlet or article.origin

    def published(self, key: str) -> str:
        return when_words(day_only(self.article(key).published))

    def article_link(self, key: str, anchor: str = "") -> To:
        article = self.article(key)
        return To("article", key, article.title or article.origin, anchor)

    def source(self, key: str) -> To:
        """An article by its outlet and day: `Brenholt Courier, 3 June 2026`."""
        day = self.published(key)
        return To("article", key, f"{self.outlet(key)}{', ' + day if day else ''}")

    def quote(self, kind: str, key: str, article_id: str, marks: Sequence[Mark], most: int = FIRST) -> Quote:
        """The sentence or sentences around the first of some marks, with the marks that stand in it.

        The quotation leads to the words of the entry `key` in the article, or to the article where that is empty.
        """
        article = self.article(article_id)
        whole = _sentences(article, marks)
        place = _from_the_mark(article.text, whole, marks, most) if self.full_text else _marked(whole, marks)
        end = _word_end(article.text, place, most)
        shown = one_line(pieces(article.text, place.start, end, marks))
        to = To("article", article_id, article.title or article.origin, f"e-{key}" if key else "")
        outlet = article.outlet or article.origin
        return Quote(shown, to, outlet, self.published(article_id), place.start > whole.start, end < whole.end)


def _sentences(article: Article, marks: Sequence[Mark]) -> Passage:
    """The sentence of the first main mark, and on to those of the main marks that follow closely."""
    main = [mark for mark in marks if mark.label in MAIN] or list(marks)
    first = min(main, key=lambda mark: (mark.start, mark.end))
    around = sentence_around(article, Passage(first.start, first.end))
    for mark in sorted(main, key=lambda mark: mark.start):
        if mark.start <= around.end + NEAR:
            last = sentence_around(article, Passage(mark.start, mark.end))
            around = Passage(around.start, max(around.end, last.end))
    return around


def _word_end(text: str, place: Passage, most: int) -> int:
    """Where a quotation of at most so many characters ends: with a word."""
    if place.end - place.start <= most:
        return place.end
    cut = text.rfind(" ", place.start + most // 2, place.start + most)
    return cut if cut > 0 else place.start + most


def _from_the_mark(text: str, place: Passage, marks: Sequence[Mark], most: int) -> Passage:
    """A place that begins later, with a word, where its first main mark would be cut off with its end."""
    main = [mark for mark in marks if mark.label in MAIN and place.start <= mark.start < place.end]
    first = min(main, key=lambda mark: (mark.start, mark.end), default=None)
    if first is None or first.end <= place.start + most:
        return place
    start = text.find(" ", max(place.start, first.start - most // 2), first.start)
    return Passage(start + 1 if start >= 0 else first.start, place.end)


def _marked(place: Passage, marks: Sequence[Mark]) -> Passage:
    """From the first marked word in a place to the last."""
    inside = [mark for mark in marks if place.start <= mark.start and mark.end <= place.end]
    return Passage(min(mark.start for mark in inside), max(mark.end for mark in inside)) if inside else place


def day_only(when: When | None) -> When | None:
    """A time without the time of day."""
    if when is None:
        return None
    first, last = (day[:10] if day else None for day in (when.earliest, when.latest))
    return When(when.text, first, last, when.precision, when.part, when.basis)


def one_line(shown: Iterable[Piece]) -> tuple[Piece, ...]:
    """Pieces whose line breaks are spaces, as words in a card are."""
    return tuple(Piece(piece.text.replace("\n", " "), piece.marks, piece.opens) for piece in shown)


def passage_marks(row: Any, kind: str, named: Iterable[tuple[str, Passage]]) -> tuple[Mark, ...]:
    """Passages of a row, each with the name of its field, as marks."""
    return tuple(Mark(p.start, p.end, kind, row.id, LABELS.get(name, name)) for name, p in named)


LABELS = {
    "triggers": "trigger",
    "actor_passages": "actor",
    "recipient_passages": "recipient",
    "medium.passage": "medium",
    "via.passage": "via",
}
"""What a mark is called, by the field that its passage stands in."""
