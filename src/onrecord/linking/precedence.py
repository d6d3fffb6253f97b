"""Which of two articles that share text took it from the other: told from credits and from time, or not at all."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from onrecord.model import Article, Corpus
from onrecord.model.outlets import dateline_agency, is_agency, outlet_key, publisher

BRACKETED = re.compile(r"[(/]([^()/\n]{2,40})[)/]")
TIME_OF_DAY = len("2024-05-17T09")
"""A time as long as this gives the hour."""


@dataclass(frozen=True, slots=True)
class Order:
    """The article that copied, and how that is known, in a sentence."""

    copy_id: str
    reason: str


class Precedence:
    """Tells who copied, with what each article credits kept at hand."""

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus
        self._credited: dict[str, Mapping[str, str]] = {}

    def of(self, one: Article, other: Article) -> Order:
        """Who copied: the one that credits the other; else the one that is no agency; else the later one.

        Where nothing tells, the longer article is set down as the copy, as one that adds to what it takes; the reason
        says that it is not known.
        """
        pair = sorted((one, other), key=lambda article: article.id)
        ways = [(pair[0], pair[1]), (pair[1], pair[0])]
        for copy, source in ways:
            if self._credits(copy, source) and not self._credits(source, copy) and not before(copy, source):
                return Order(copy.id, f"The copy names {publisher(source)}{_when(copy, source)}.")
        for copy, source in ways:
            if is_agency(publisher(source)) and not is_agency(publisher(copy)) and not before(copy, source):
                return Order(copy.id, f"{publisher(source)} is a news agency{_when(copy, source)}.")
        both = self._shared_agency(pair[0], pair[1])
        for copy, source in ways:
            if before(source, copy):
                return Order(copy.id, f"{_name(source)} came out first.{both}")
        longer = max(pair, key=lambda article: (article.length, article.id))
        return Order(longer.id, f"Which of the two came first is not known.{both}")

    def _credits(self, copy: Article, source: Article) -> bool:
        """The article names the other's outlet: in its dateline or byline, or as a party of its text."""
        key = outlet_key(publisher(source))
        return key != outlet_key(publisher(copy)) and key in self.credited(copy)

    def credited(self, article: Article) -> Mapping[str, str]:
        """The outlets and other bodies that an article names, by the key of outlets' names."""
        found = self._credited.get(article.id)
        if found is None:
            found = {outlet_key(name): name for name in sorted(set(self._names(article)), reverse=True)}
            self._credited[article.id] = found
        return found

    def _names(self, article: Article) -> Iterator[str]:
        agency = dateline_agency(article)
        if agency is not None:
            yield agency.of(article.text)
        for line in article.byline:
            yield line
            yield from BRACKETED.findall(line)
        for mention in self.corpus.mentions_of.get(article.id, ()):
            party = self.corpus.party[mention.party_id]
            if party.kind in ("organisation", "work", "group") and party.name:
                yield party.name
                yield mention.text

    def _shared_agency(self, one: Article, other: Article) -> str:
        """A sentence on the agencies that both articles name, from which both may have their text."""
        left, right = self.credited(one), self.credited(other)
        names = sorted(name for key, name in left.items() if key in right and is_agency(name))
        return f" Both name {' and '.join(names)}, and may have it from there." if names else ""


def before(one: Article, other: Article) -> bool:
    """The first article came out earlier for certain."""
    if one.published is None or other.published is None:
        return False
    last, first = one.published.latest, other.published.earliest
    if last is None or first is None:
        return False
    if min(len(last), len(first)) >= TIME_OF_DAY and last[16:] == first[16:]:
        return last < first
    return last[:10] < first[:10]


def _when(copy: Article, source: Article) -> str:
    return ", which came out first" if before(source, copy) else ""


def _name(article: Article) -> str:
    return publisher(article) if article.outlet else "The other"
