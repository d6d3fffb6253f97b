"""The rows of a whole record before they are linked: what linking and comparison look at.

Every tuple is in the order of its rows' ids, and parties and occasions are those of the whole record. The look-ups are
made once, when they are first asked for.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from onrecord.model.records import (
    Article,
    Commitment,
    Event,
    Figure,
    Mention,
    Occasion,
    Party,
    Statement,
    Time,
)


@dataclass(frozen=True)
class Corpus:
    """All articles of a record and what was found in each."""

    articles: tuple[Article, ...]
    parties: tuple[Party, ...] = ()
    mentions: tuple[Mention, ...] = ()
    statements: tuple[Statement, ...] = ()
    events: tuple[Event, ...] = ()
    figures: tuple[Figure, ...] = ()
    times: tuple[Time, ...] = ()
    occasions: tuple[Occasion, ...] = ()
    commitments: tuple[Commitment, ...] = ()

    @cached_property
    def article(self) -> Mapping[str, Article]:
        """Each article by its id."""
        return {row.id: row for row in self.articles}

    @cached_property
    def party(self) -> Mapping[str, Party]:
        """Each party by its id."""
        return {row.id: row for row in self.parties}

    @cached_property
    def occasion(self) -> Mapping[str, Occasion]:
        """Each occasion by its id."""
        return {row.id: row for row in self.occasions}

    @cached_property
    def row(self) -> Mapping[str, Any]:
        """Every row of every table by its id."""
        tables = (
            self.articles, self.parties, self.mentions, self.statements, self.events, self.figures, self.times,
            self.occasions, self.commitments,
        )  # fmt: skip
        return {row.id: row for table in tables for row in table}

    @cached_property
    def mentions_of(self) -> Mapping[str, tuple[Mention, ...]]:
        """The mentions in each article, by its id."""
        return _by_article(self.mentions)

    @cached_property
    def statements_of(self) -> Mapping[str, tuple[Statement, ...]]:
        """The statements in each article, by its id."""
        return _by_article(self.statements)

    @cached_property
    def events_of(self) -> Mapping[str, tuple[Event, ...]]:
        """The events in each article, by its id."""
        return _by_article(self.events)

    @cached_property
    def figures_of(self) -> Mapping[str, tuple[Figure, ...]]:
        """The figures in each article, by its id."""
        return _by_article(self.figures)

    @cached_property
    def times_of(self) -> Mapping[str, tuple[Time, ...]]:
        """The times in each article, by its id."""
        return _by_article(self.times)


def _by_article(rows: tuple[Any, ...]) -> Mapping[str, tuple[Any, ...]]:
    found: dict[str, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.article_id].append(row)
    return {key: tuple(values) for key, values in found.items()}
