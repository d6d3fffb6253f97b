"""What a page shows of other rows: names, sources, the sentence around some words. One record, one request."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

from onrecord.model import Article, Passage, When
from onrecord.store import Store, sentence_around
from onrecord.web.context import Name, Quote, To
from onrecord.web.marking import Mark, Piece, pieces
from onrecord.web.wording import when_words

FIRST = 420
"""Characters of a long quotation that a card shows; the entry's own page shows all."""


class Lookup:
    """A record, asked for what one row says of another; the answers are kept for as long as the page is made."""

    def __init__(self, store: Store) -> None:
        self.store = store
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
        """The sentence or sentences around the first of some marks, with the marks that stand in it."""
        article = self.article(article_id)
        main = [mark for mark in marks if mark.label in ("content", "trigger", "passage", "mention", "")] or list(marks)
        first = min(main, key=lambda mark: (mark.start, mark.end))
        around = sentence_around(article, Passage(first.start, first.end))
        for mark in sorted(main, key=lambda mark: mark.start):
            if mark.start <= around.end + 80:
                around = Passage(
                    around.start, max(around.end, sentence_around(article, Passage(mark.start, mark.end)).end)
                )
        end = min(around.end, around.start + max(most, first.end - around.start if most > FIRST else 0))
        shown = tuple(pieces(article.text, around.start, end, marks))
        to = To("article", article_id, article.title or article.origin, f"e-{key}")
        return Quote(
            one_line(shown), to, article.outlet or article.origin, self.published(article_id), False, end < around.end
        )


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
