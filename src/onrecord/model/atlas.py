"""States, territories and bodies that the whole world's news names, by every spelling in general use.

The tables beside this file are the source: `countries.tsv`, `regions.tsv`, `bodies.tsv` and `cities.tsv`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Literal


@dataclass(frozen=True, slots=True)
class Country:
    """A state or territory with its names; `code` is ISO 3166-1 alpha-3."""

    code: str
    kind: Literal["state", "territory"]
    name: str
    variants: tuple[str, ...]
    demonyms: tuple[str, ...]
    capitals: tuple[str, ...]
    seats: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Body:
    """An organisation that is known by its initials; `country` is null for an international one."""

    name: str
    short: tuple[str, ...]
    country: str | None


@dataclass(frozen=True, slots=True)
class City:
    """A city of more than a hundred thousand people; degrees north and east."""

    name: str
    country: str
    latitude: float
    longitude: float


def folded(name: str) -> str:
    """A name as tables look it up: one apostrophe, single spaces, no leading "the", case kept."""
    plain = " ".join(name.replace("’", "'").split())
    return plain[4:] if plain[:4].lower() == "the " else plain


def _rows(file: str) -> Iterator[dict[str, str]]:
    table = resources.files("onrecord.model").joinpath(file)
    if not table.is_file():
        return
    lines = [line for line in table.read_text(encoding="utf8").split("\n") if line and not line.startswith("#")]
    columns = lines[0].split("\t")
    for line in lines[1:]:
        cells = line.split("\t")
        yield dict(zip(columns, cells + [""] * (len(columns) - len(cells)), strict=False))


def _list(cell: str) -> tuple[str, ...]:
    return tuple(part for part in cell.split(";") if part)


@cache
def countries() -> tuple[Country, ...]:
    """All states and territories, in the table's order."""
    return tuple(
        Country(
            code=row["code"],
            kind="state" if row["kind"] == "state" else "territory",
            name=row["name"],
            variants=_list(row["variants"]),
            demonyms=_list(row["demonyms"]),
            capitals=_list(row["capital"]),
            seats=_list(row["seats"]),
        )
        for row in _rows("countries.tsv")
    )


@cache
def bodies() -> tuple[Body, ...]:
    """All bodies, in the table's order."""
    return tuple(Body(row["name"], _list(row["short"]), row["country"] or None) for row in _rows("bodies.tsv"))


@cache
def _by_code() -> dict[str, Country]:
    return {country.code: country for country in countries()}


@cache
def _by_name() -> dict[str, Country]:
    """Every name of a country; headlines and datelines in capitals are found too."""
    index: dict[str, Country] = {}
    for country in countries():
        for name in (country.name, *country.variants):
            index[folded(name)] = country
            index.setdefault(folded(name).upper(), country)
    return index


@cache
def _by_demonym() -> dict[str, Country]:
    index: dict[str, Country] = {}
    for country in countries():
        for word in country.demonyms:
            index.setdefault(word, country)
            index.setdefault(word + "s", country)
            index.setdefault(word.upper(), country)
            if word.endswith("man"):
                index.setdefault(word[:-3] + "men", country)
    return index


@cache
def _by_capital() -> dict[str, Country]:
    return {folded(n): c for c in reversed(countries()) for name in c.capitals for n in (name, name.upper())}


@cache
def _by_seat() -> dict[str, tuple[Country, str]]:
    """A seat's spellings give its country and the seat's first spelling in the table."""
    return {folded(name): (c, folded(name)) for c in reversed(countries()) for name in c.seats}


@cache
def _by_body() -> dict[str, Body]:
    return {folded(name): body for body in reversed(bodies()) for name in (body.name, *body.short)}


@cache
def _by_city() -> dict[str, tuple[City, ...]]:
    index: dict[str, tuple[City, ...]] = {}
    for row in _rows("cities.tsv"):
        city = City(row["name"], row["country"], float(row["latitude"]), float(row["longitude"]))
        for name in (row["name"], *_list(row["variants"])):
            index[folded(name)] = (*index.get(folded(name), ()), city)
    return index


@cache
def _words() -> dict[str, dict[str, str]]:
    return {row["word"]: row for row in _rows("body_words.tsv")}


@cache
def generic_words() -> frozenset[str]:
    """Words of which names are made that many countries' bodies bear ("ministry", "of", "health")."""
    return frozenset(word for word, row in _words().items() if row["generic"])


def spelling_of(word: str) -> str:
    """A lower-case word of a body's name in the one spelling under which names are compared."""
    row = _words().get(word)
    return row["read_as"] if row else word


@cache
def _by_region() -> dict[str, str]:
    return {folded(name): row["country"] for row in _rows("regions.tsv") for name in _list(row["names"])}


def country_of_region(name: str) -> Country | None:
    """The state of which a named part is one ("Ohio", "Heilongjiang")."""
    code = _by_region().get(folded(name))
    return _by_code().get(code) if code else None


def country(code: str) -> Country | None:
    """The country of an alpha-3 code."""
    return _by_code().get(code)


def country_named(name: str) -> Country | None:
    """The country that a name, a variant or a code such as "U.S." names, whatever its leading article."""
    return _by_name().get(folded(name))


def country_of_demonym(word: str) -> Country | None:
    """The country of an adjective or a people ("Kenyan", "Kenyans")."""
    return _by_demonym().get(folded(word))


def country_of_capital(name: str) -> Country | None:
    """The country whose capital a city is."""
    return _by_capital().get(folded(name))


def country_of_seat(name: str) -> Country | None:
    """The country whose government is named by the place where it sits."""
    found = _by_seat().get(folded(name))
    return found[0] if found else None


def body_named(name: str) -> Body | None:
    """The body that a full name or initials name."""
    return _by_body().get(folded(name))


def cities_named(name: str) -> tuple[City, ...]:
    """The cities of a name, the largest first; empty where the table has none or is not there."""
    return _by_city().get(folded(name), ())
