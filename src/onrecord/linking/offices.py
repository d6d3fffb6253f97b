"""Who "the Kenyan president" is in an article that does not say: the one who holds that office in others near its date.

An office is a title and the country that it is of. Where one article gives a person an office, that is known from the
first to the last day on which any does (`Party.roles`), or as long as a text or the user's list says. Another article
that speaks of the office alone, and came out in that time or near it, means that person; where two persons hold it near
that day, it is left open.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from importlib import resources
from typing import Any

from onrecord.model import Article, LocalParty, Party, PartyRole, Statement, When, atlas

NEAR = timedelta(days=183)
"""How far an article may lie from the days on which others give somebody the office."""
KNOWN_ELSEWHERE = "role_in_record"
KNOWN_HERE = "role"
POSSESSED = re.compile(r"(?P<country>.{2,40}?)(?:['’]s|(?<=s)['’])\s+(?P<title>.+)")
OF_COUNTRY = re.compile(r"(?P<title>.+?)\s+of\s+(?:the\s+)?(?P<country>.+)")
JOINED = re.compile(r",\s*(?:and\s+)?|\s+and\s+")
MOST_WORDS = 12

Office = tuple[str, str]
"""A title as titles are compared, and the code of its country."""


@dataclass(frozen=True, slots=True)
class Held:
    """A party has an office from one day to another."""

    party_id: str
    first: date
    last: date

    def near(self, day: date) -> bool:
        return self.first - NEAR <= day <= self.last + NEAR

    def on(self, day: date) -> bool:
        return self.first <= day <= self.last


class Offices:
    """The offices that the parties of a record hold, and who is meant by them on a day."""

    def __init__(self, parties: Iterable[Party]) -> None:
        self._names: dict[str, str] = {}
        self._held: dict[Office, list[Held]] = defaultdict(list)
        for party in parties:
            if party.kind == "person" and party.name:
                self._names[party.id] = party.name
                for office, held in _holdings(party):
                    self._held[office].append(held)

    def told(self, statement: Statement, article: Article, own: Mapping[Office, frozenset[str]]) -> Statement:
        """The statement with the speakers that its words name by office alone, where it has none yet.

        `own` are the holders whom the article itself names (`named_in`): they come before all others.
        """
        if statement.speaker_ids or statement.source is None or statement.speaker_name is None:
            return statement
        found = [self._holder(office, article, own) for office in offices_in(statement.speaker_name)]
        if not found or any(party is None for party, _ in found):
            return statement
        keys = tuple(dict.fromkeys(party for party, _ in found if party is not None))
        if len(keys) != len(found):
            return statement
        how = KNOWN_HERE if all(here for _, here in found) else KNOWN_ELSEWHERE
        name = " and ".join(self._names[key] for key in keys)
        return replace(statement, speaker_ids=keys, speaker_name=name, resolved_by=how)

    def _holder(
        self, office: Office, article: Article, own: Mapping[Office, frozenset[str]]
    ) -> tuple[str | None, bool]:
        """Who holds the office for an article, and whether the article itself says so."""
        here = {party for title in _titles(office[0]) for party in own.get((title, office[1]), ())}
        if here:
            return (min(here), True) if len(here) == 1 and here <= set(self._names) else (None, True)
        day = _day(article.published)
        return (self._on(office, day), False) if day is not None else (None, False)

    def _on(self, office: Office, day: date) -> str | None:
        """The only one who has the office near a day; of several, the only one whose days hold it, if theirs do not."""
        near = [
            held for title in _titles(office[0]) for held in self._held.get((title, office[1]), ()) if held.near(day)
        ]
        if len({held.party_id for held in near}) == 1:
            return near[0].party_id
        at = {held.party_id for held in near if held.on(day)}
        apart = all(a.party_id == b.party_id or a.last < b.first or b.last < a.first for a in near for b in near)
        return at.pop() if len(at) == 1 and apart else None


def named_in(parties: Iterable[LocalParty], id_of: Callable[[str], str | None]) -> dict[Office, frozenset[str]]:
    """The offices that one article gives persons, by the ids that its local keys have over the record."""
    found: dict[Office, set[str]] = defaultdict(set)
    for party in parties:
        key = id_of(party.key) if party.kind == "person" else None
        for role in party.roles if key is not None else ():
            office = _office(role)
            if office is not None and key is not None:
                found[office].add(key)
    return {office: frozenset(ids) for office, ids in found.items()}


def offices_in(phrase: str) -> tuple[Office, ...]:
    """The offices that a phrase names, all of it: the Kenyan president; the foreign ministers of Peru and Kenya."""
    words = phrase.removeprefix("The ").removeprefix("the ").strip()
    first, _, rest = words.partition(" ")
    words = rest if first.lower() in _lists()["fillers"] else words
    if not words or len(words.split()) > MOST_WORDS:
        return ()
    for reading in (_of_countries(words), _by_demonyms(words)):
        if reading is not None:
            title, countries = reading
            singular = title if len(countries) == 1 else _singular(title)
            named = _title(singular) if singular is not None else None
            return tuple((named, code) for code in countries) if named is not None else ()
    return ()


def _of_countries(words: str) -> tuple[str, tuple[str, ...]] | None:
    """ "president of Kenya", "Kenya's president", "ministers of Peru and Kenya": the title and the countries."""
    for pattern in (POSSESSED, OF_COUNTRY):
        found = pattern.fullmatch(words)
        while found is not None:
            named = [atlas.country_named(part) for part in JOINED.split(found["country"])]
            if all(named):
                return found["title"], tuple(country.code for country in named if country is not None)
            further = OF_COUNTRY.fullmatch(found["country"]) if pattern is OF_COUNTRY else None
            if further is None:  # "the secretary of state of Peru": the last "of" leads the country
                break
            found = re.fullmatch(rf"(?P<title>{re.escape(found['title'])} of .+?)\s+of\s+(?P<country>.+)", words)
    return None


def _by_demonyms(words: str) -> tuple[str, tuple[str, ...]] | None:
    """ "Kenyan president", "Peruvian and Kenyan foreign ministers": the title and the countries."""
    row = words.split()
    countries: list[str] = []
    at = 0
    while at < len(row):
        size = next((n for n in (3, 2, 1) if _country(" ".join(row[at : at + n]).rstrip(","))), 0)
        if not size:
            break
        found = _country(" ".join(row[at : at + size]).rstrip(","))
        countries += [found] if found else []
        at += size
        if at < len(row) and row[at] == "and":
            at += 1
    title = " ".join(row[at:])
    return (title, tuple(countries)) if countries and title else None


def _country(text: str) -> str | None:
    found = (atlas.country_of_demonym(text) or atlas.country_named(text)) if text[:1].isupper() else None
    return found.code if found else None


def _singular(title: str) -> str | None:
    """The title of each of several who have it; null where it is not in the plural."""
    head, of, rest = title.partition(" of ")
    return f"{head[:-1]}{of}{rest}" if head.endswith("s") and not head.endswith("ss") else None


def _title(text: str) -> str | None:
    """A title as titles are compared; null where it is no longer held, or not yet, or only in part."""
    lists = _lists()
    row = [word for word in text.lower().replace("-", " ").split() if word not in lists["fillers"]]
    if not row or set(row) & set(lists["past"]):
        return None
    plain = " ".join(row)
    turned = re.fullmatch(r"minister (?:of|for) (?:the )?(?P<what>[\w ]+)", plain)
    plain = lists["synonyms"].get(plain, plain)
    if turned is not None and plain.startswith("minister"):
        plain = f"{turned['what']} minister"
    return str(lists["synonyms"].get(plain, plain))


def _titles(title: str) -> tuple[str, ...]:
    """The titles that a title may stand for: a leader is any of the chiefs."""
    lists = _lists()
    return tuple(lists["chiefs"]) if title in lists["leaders"] else (title,)


def _holdings(party: Party) -> Iterator[tuple[Office, Held]]:
    for role in party.roles:
        office, when = _office(role), role.when
        first = _parsed(when.earliest if when else None)
        last = _parsed(when.latest if when else None)
        if office is not None and (first or last):
            yield office, Held(party.id, first or date.min + NEAR, last or date.max - NEAR)


def _office(role: PartyRole) -> Office | None:
    country = atlas.country_named(role.of) if role.of else None
    title = _title(role.title)
    return (title, country.code) if country is not None and title is not None else None


def _day(published: When | None) -> date | None:
    return _parsed(published.latest or published.earliest) if published is not None else None


def _parsed(text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


@cache
def _lists() -> dict[str, Any]:
    """The word lists beside this module."""
    return tomllib.loads(resources.files("onrecord.linking").joinpath("offices.toml").read_text(encoding="utf8"))
