"""What tables show of other rows: names of parties, articles and their outlets, words in their sentence."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from rich.text import Text

from onrecord.cli.text import day_words, line, marked
from onrecord.model import Article, Passage, Statement
from onrecord.store import Store, sentence_around


class Lookup:
    """A record, asked for what one row says of another; the last answers are kept.

    `terminal` tells whether marks are bold or in brackets.
    """

    def __init__(self, store: Store, *, terminal: bool) -> None:
        self.store = store
        self.terminal = terminal
        self.article = lru_cache(maxsize=64)(self._article)
        self.party = lru_cache(maxsize=4096)(self._party)

    def parties(self, ids: Sequence[str]) -> str:
        return ", ".join(self.party(key) for key in ids)

    def source(self, article_id: str) -> str:
        """Where a row stands: outlet and day of publication, or the file's name."""
        article = self.article(article_id)
        day = day_words(article.published)
        return line(f"{article.outlet or article.origin}{', ' + day if day else ''}")

    def in_words(self, article_id: str, passages: Sequence[Passage]) -> Text:
        """The sentence around the first of some passages, with those of them that stand in it marked."""
        article = self.article(article_id)
        around = sentence_around(article, passages[0])
        return marked(article.text, around, passages, terminal=self.terminal)

    def said(self, statement: Statement) -> Text:
        """What was said, led by its cue: `said: "We expect about 300 stalls," … "and more next year."`"""
        text = self.article(statement.article_id).text
        shown = Text()
        cue = line(statement.cue.of(text)) if statement.cue is not None else ""
        if any(character.isalnum() for character in cue):
            shown.append(cue, style="italic")
            shown.append(": ")
        return shown.append(" … ".join(line(passage.of(text)) for passage in statement.content))

    def day_said(self, statement: Statement) -> str:
        """When it was said or, where that is not known, that it was by the day of publication."""
        if said := day_words(statement.said):
            return said
        published = day_words(self.article(statement.article_id).published)
        return f"by {published}" if published else ""

    def _article(self, article_id: str) -> Article:
        article: Any = self.store.row("articles", article_id)
        assert isinstance(article, Article)
        return article

    def _party(self, party_id: str) -> str:
        found = self.store.select("SELECT name, kind FROM parties WHERE id = ?", (party_id,))
        return line(found[0][0] or f"unnamed {found[0][1]}") if found else party_id
