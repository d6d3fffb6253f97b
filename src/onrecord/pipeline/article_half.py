"""The article half: one article becomes one bundle, a pure function of the article and of the versions that read it."""

from __future__ import annotations

from dataclasses import replace
from typing import Protocol, TypeVar

from onrecord.extraction import commitments, events, figures, occasions, statements, times
from onrecord.language.analysis import Analysis
from onrecord.model import Article, Bundle, Mention, Statement
from onrecord.resolution import circumstances, parties, speakers, when
from onrecord.resolution import events as event_resolution
from onrecord.resolution import figures as figure_resolution

SUPPORTED = ("en",)
"""Languages from which something is extracted."""

VERSION = "6"
"""Raised when the same article and reader would give another bundle, so that a build reads the article again."""


Scored = TypeVar("Scored", Mention, Statement)


class Analyser(Protocol):
    """What turns an article into its analysis; `version` changes whenever its analyses might."""

    @property
    def version(self) -> str: ...

    def analyse(self, article: Article) -> Analysis: ...


def made_with(reader_version: str) -> str:
    """The versions that a bundle depends on, as one string."""
    return f"{VERSION}+{reader_version}"


def unread_because(article: Article) -> str | None:
    """Why nothing is extracted from an article, or null where it is read."""
    if article.language is not None and article.language not in SUPPORTED:
        return f"nothing was extracted: the language {article.language!r} is not supported yet"
    if all(part.role in ("boilerplate", "header", "section") for part in article.parts):
        return "nothing was extracted: there is no body text"
    return None


def read_article(article: Article, reader: Analyser) -> Bundle:
    """The bundle of one article; one that cannot be read yet is kept, with a note and nothing extracted."""
    version = made_with(reader.version)
    note = unread_because(article)
    if note is not None:
        return Bundle(article=replace(article, note=note), made_with=version)
    return extract_all(reader.analyse(article), version)


def rounded(row: Scored) -> Scored:
    """The row with three decimals of confidence: the last digits of a sum of floats differ between processors."""
    return row if row.confidence is None else replace(row, confidence=round(row.confidence, 3))


def extract_all(analysis: Analysis, version: str) -> Bundle:
    """Everything that the extractors find in one analysis, with parties and occasions named by local keys."""
    article = analysis.article
    cast = parties.cast_of(analysis)
    expressions = tuple(times.extract(analysis))
    dated = when.resolve(article, expressions)
    said = speakers.resolve(analysis, tuple(statements.extract(analysis)), cast, dated)
    dated = when.spoken(article, expressions, dated, said)
    held = event_resolution.attach_occasions(analysis, tuple(occasions.extract(analysis)), cast, dated)
    said = circumstances.at_occasions(analysis, said, cast, held)
    happened = event_resolution.attach(analysis, tuple(events.extract(analysis)), cast, dated, said, held)
    counted = figure_resolution.attach(analysis, tuple(figures.extract(analysis)), cast, dated, said, happened)
    counted = figure_resolution.attach_occasions(analysis, counted, held)
    promised = event_resolution.attach_commitments(analysis, tuple(commitments.extract(analysis)), cast, dated, said)
    return Bundle(
        article=article,
        made_with=version,
        parties=cast.parties,
        mentions=tuple(rounded(mention) for mention in cast.mentions),
        occasions=held,
        statements=tuple(rounded(statement) for statement in said),
        events=happened,
        figures=counted,
        times=dated,
        expressions=expressions,
        commitments=promised,
    )
