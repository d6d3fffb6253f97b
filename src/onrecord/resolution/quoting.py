"""What stands in quotation marks, and who is quoted: "he" inside a quote is not its speaker."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from onrecord.language.analysis import Analysis
from onrecord.model import Passage
from onrecord.resolution.dossiers import Dossier, Sighting

MARKS = re.compile(r"[\"“”„«»]|\n\s*\n")
LONGEST = 3000
"""A quote longer than this many characters is a mark gone missing."""


def quotes(text: str) -> tuple[Passage, ...]:
    """The stretches between double quotation marks; one that is never closed ends with its paragraph."""
    found: list[Passage] = []
    opened = -1
    for mark in MARKS.finditer(text):
        sign = mark[0]
        closes = sign in '"”»\u201d' or sign.startswith("\n")
        if opened >= 0 and (closes or mark.start() - opened > LONGEST):
            if mark.start() > opened and mark.start() - opened <= LONGEST:
                found.append(Passage(opened, mark.start()))
            opened = -1
        elif sign in '"“„«' and opened < 0:
            opened = mark.end()
    if 0 <= opened < len(text) and len(text) - opened <= LONGEST:
        found.append(Passage(opened, len(text)))
    return tuple(found)


class Quoting:
    """The quotes of one article and who is quoted; `sightings` may grow while it is asked."""

    def __init__(self, analysis: Analysis, sightings: Sequence[Sighting]) -> None:
        self.quotes = quotes(analysis.text)
        self._starts = [quote.start for quote in self.quotes]
        self._sources = [_sources(analysis, quote) for quote in self.quotes]
        self._sightings = sightings

    def at(self, offset: int) -> int | None:
        """The number of the quote that holds an offset."""
        at = bisect_right(self._starts, offset) - 1
        return at if at >= 0 and offset < self.quotes[at].end else None

    def speakers(self, quote: int) -> frozenset[Dossier]:
        """The parties seen so far in the sources of what is quoted; empty where the reader found none."""
        sources = self._sources[quote]
        return frozenset(s.dossier for s in self._sightings if any(source.holds(s.passage) for source in sources))


def _sources(analysis: Analysis, quote: Passage) -> tuple[Passage, ...]:
    return tuple(
        source.passage
        for attribution in analysis.attributions
        if any(content.passage.meets(quote) for content in attribution.contents)
        for source in attribution.sources
    )
