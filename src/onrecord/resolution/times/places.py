"""What an article's place says of its year: when its summer is, and when its fiscal year begins."""

from __future__ import annotations

from typing import Any

from onrecord.language.tables import table
from onrecord.model import Article, atlas


def _places(article: Article) -> dict[str, Any]:
    found: dict[str, Any] = table(article.language or "en", "times")["places"]
    return found


def country_of(article: Article) -> str | None:
    """The country of an article's dateline, as ISO 3166-1 alpha-3; null where none is named or several fit."""
    place = (article.dateline_place or "").strip()
    if not place:
        return None
    for name in (place, *(part.strip() for part in reversed(place.split(",")))):
        found = atlas.country_named(name) or atlas.country_of_capital(name) or atlas.country_of_region(name)
        if found is not None:
            return found.code
        cities = {city.country for city in atlas.cities_named(name)}
        if len(cities) == 1:
            return next(iter(cities))
    return None


def is_southern(article: Article) -> bool | None:
    """Whether an article's summers are in December: by its dateline, else false, or null where it names the south."""
    south = frozenset(_places(article)["south"])
    country = country_of(article)
    if country is not None:
        return country in south
    named = (c for code in south if (c := atlas.country(code)) is not None)
    return None if any(name in article.text for c in named for name in (c.name, *c.demonyms)) else False


def fiscal_start(article: Article) -> int | None:
    """The month in which the fiscal year of the dateline's country begins; null where that is not known."""
    country = country_of(article)
    return _places(article)["fiscal"].get(country) if country is not None else None
