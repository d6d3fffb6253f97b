"""Where places are: their country and, for cities, their degrees, as far as names and neighbours tell.

A name that cities of several countries bear is decided by the other places of its articles, and left open where these
do not agree. A party's id is made before and does not hang on this.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from onrecord.model import Article, Mention, Party, atlas

CODE = 4
"""Capitals of a name up to this length are initials ("MENA")."""
OPENING = re.compile(r"(?:the\s+)?(?:city|town|port|village)\s+of\s+", re.IGNORECASE)
LONGEST = 3
"""Words at the head of a building's name that may name its city ("Buenos Aires Opera House")."""

SHARED = frozenset(
    {"basin", "bay", "border", "canal", "channel", "coast", "corridor", "delta", "desert", "gulf", "mountains", "ocean",
     "peninsula", "plateau", "region", "river", "sea", "strait", "straits", "valley"}
)  # fmt: skip
"""What lies between countries though it bears the name of one ("Korea Strait")."""


def located(parties: Sequence[Party], mentions: Iterable[Mention], articles: Iterable[Article]) -> tuple[Party, ...]:
    """The parties in their order, each place with its country and degrees as far as they are known."""
    by_id = {party.id: party for party in parties}
    named: dict[str, Counter[str]] = defaultdict(Counter)
    for mention in mentions:
        named[mention.article_id][mention.party_id] += 1
    datelines = {article.id: article.dateline_place for article in articles if article.dateline_place}
    beside: dict[str, list[frozenset[str]]] = defaultdict(list)
    for article_id in sorted(named):
        around = _countries(by_id, named[article_id], datelines.get(article_id))
        for party_id in sorted(named[article_id]):
            if party_id in by_id and _is_open(by_id[party_id]):
                beside[party_id].append(around)
    return tuple(_placed(party, beside.get(party.id, [])) if party.kind == "place" else party for party in parties)


def _is_open(party: Party) -> bool:
    return party.kind == "place" and party.country is None and bool(party.name)


def _countries(by_id: Mapping[str, Party], named: Counter[str], dateline: str | None) -> frozenset[str]:
    """The countries that an article's states and places lie in, and that of its dateline."""
    found = {
        party.country
        for party_id in named
        if (party := by_id.get(party_id)) is not None and party.kind in ("state", "place") and party.country
    }
    code = country_of(dateline) if dateline else None
    return frozenset(found | ({code} if code else set()))


def _placed(party: Party, beside: Sequence[frozenset[str]]) -> Party:
    country = party.country or country_of(party.name) or _by_neighbours(party, beside)
    if country is None:
        return party
    degrees = _degrees(party, country)
    return replace(party, country=country, latitude=degrees[0], longitude=degrees[1])


def _by_neighbours(party: Party, beside: Sequence[frozenset[str]]) -> str | None:
    """The one country with a city of the name that the party's articles speak of; null where they speak of two."""
    candidates = {city.country for city in atlas.cities_named(_first_part(party.name))}
    spoken_of = {code for around in beside for code in candidates & around}
    return next(iter(spoken_of)) if len(spoken_of) == 1 else None


def country_of(name: str) -> str | None:
    """The country that a place's name alone tells, as ISO 3166-1 alpha-3.

    That of a country, capital or region, of what stands after a comma ("Lindow, Peru"), the only one with a city of the
    name, or that of the place a building's name begins with ("Lima Town Hall").
    """
    name = plain(name)
    parts = [part.strip() for part in name.split(",") if part.strip()]
    for part in reversed(parts):
        found = _known(part)
        if found is not None:
            return found
    words = name.split()
    for length in range(min(LONGEST, len(words) - 1), 0, -1):
        head = " ".join(words[:length]).removesuffix("'s").removesuffix("’s")
        found = _known(head)
        if found is not None:
            return None if words[-1].lower() in SHARED else found
    return None


def plain(name: str) -> str:
    """A name as the gazetteer spells it: no capitals throughout, no "city of" before it."""
    spelt = name.title() if name.isupper() and len(name) > CODE else name
    return OPENING.sub("", spelt)


def _known(name: str) -> str | None:
    known = atlas.country_named(name) or atlas.country_of_capital(name) or atlas.country_of_region(name)
    if known is not None:
        return known.code
    holders = {city.country for city in atlas.cities_named(name)}
    return next(iter(holders)) if len(holders) == 1 else None


def _first_part(name: str) -> str:
    return plain(name).split(",")[0].strip()


def _degrees(party: Party, country: str) -> tuple[float, float] | tuple[None, None]:
    """The degrees of the only city of the party's name in a country."""
    found = {
        (city.latitude, city.longitude)
        for name in (plain(party.name), _first_part(party.name))
        for city in atlas.cities_named(name)
        if city.country == country
    }
    return next(iter(found)) if len(found) == 1 else (None, None)
