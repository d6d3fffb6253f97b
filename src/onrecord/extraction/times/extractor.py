"""Finds time expressions: the grammar over each paragraph, the guards over what it finds, the tense around it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from onrecord.extraction.times.grammar import Fields, Grammar, Match, Matcher
from onrecord.extraction.times.guards import Checks, Guards
from onrecord.extraction.times.tense import Cues, Surroundings, Verbs
from onrecord.extraction.times.tokens import Lexicon, Token, paragraphs, tokens
from onrecord.language.analysis import Analysis
from onrecord.language.tables import table
from onrecord.model import Article, Passage, TimeExpression

UNREAD = frozenset({"header", "boilerplate", "section"})
"""The parts of an article whose dates are not told by it: they say when the page was made."""


class Rules:
    """All that one language's word file says of times."""

    def __init__(self, language: str) -> None:
        lists = table(language, "times")
        self.lexicon = Lexicon(lists)
        self.grammar = Grammar(lists["phrases"])
        self.guards = Guards(lists)
        self.cues = Cues.of(lists["tense"])


@cache
def rules(language: str) -> Rules:
    return Rules(language)


def extract(analysis: Analysis, language: str = "en") -> Iterator[TimeExpression]:
    """The time expressions of an article in order; passages never overlap and never reach over a blank line."""
    known = rules(language)
    verbs = Verbs(analysis.words)
    cut = [
        tokens(analysis.text, low, high, known.lexicon)
        for start, end in read_parts(analysis.article)
        for low, high in paragraphs(analysis.text, start, end)
    ]
    reckons = any(known.guards.reckons(paragraph) for paragraph in cut)
    for paragraph in cut:
        yield from _paragraph(paragraph, known, verbs, reckons)


def read_parts(article: Article) -> Iterator[tuple[int, int]]:
    """The stretches of the text that are read for times: all but headers, section labels and boilerplate."""
    if not article.parts:
        yield 0, len(article.text)
    for part in article.parts:
        if part.role not in UNREAD:
            yield part.start, part.end


def _paragraph(found: list[Token], known: Rules, verbs: Verbs, reckons: bool) -> Iterator[TimeExpression]:
    matcher = known.grammar.match("time", found)
    around = Surroundings(found, known.cues, verbs)
    guards = known.guards.of(found, reckons)
    place = 0
    before: Match | None = None
    while place < len(found):
        match = _best(matcher, place, guards, before)
        if match is not None and match.begin > place:
            match = _longer(match, _best(matcher, match.begin, guards, before))
        if match is None:
            match = guards.continues(place, before)
        if match is None:
            place += 1
            continue
        fields = dict(match.fields)
        direction = around.tense(
            match.begin,
            match.stop,
            yearless=fields.get("rule") == "date" and "weekday" not in fields,
            weekday=fields.get("rule") == "weekday" and "which" not in fields and "week" not in fields,
        )
        if fields.get("when", direction) != direction:
            place += 1  # "in two weeks" is a time where it is still to come, else a duration
            continue
        yield _expression(found, match, direction)
        before = match
        place = match.stop


def _best(matcher: Matcher, place: int, guards: Checks, before: Match | None) -> Match | None:
    """The longest match at a place that the guards allow."""
    return next((m for m in matcher.at(place) if guards.allow(place, m, before)), None)


def _longer(match: Match, other: Match | None) -> Match:
    """What a preposition asks for may begin a longer time without it: "in the winter of 1994"."""
    return other if other is not None and other.stop >= match.stop else match


def _expression(found: list[Token], match: Match, direction: str) -> TimeExpression:
    fields = dict(match.fields)
    rule = fields.pop("rule")
    anchor = fields.pop("anchor", "published")
    if rule in ("vague", "iso", "decade") or (rule == "date" and "year" in fields):
        anchor = "none"
    passage = Passage(found[match.begin].start, found[match.stop - 1].end)
    ordered: Fields = tuple(sorted(fields.items()))
    return TimeExpression(passage, rule, ordered, direction, anchor)
