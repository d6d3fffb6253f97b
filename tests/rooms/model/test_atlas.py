"""States, capitals, seats and bodies by their spellings."""

from __future__ import annotations

import pytest

from onrecord.model import atlas


@pytest.mark.parametrize(
    ("spelling", "code"),
    [
        ("Peru", "PER"), ("the U.S.", "USA"), ("US", "USA"), ("USA", "USA"), ("UK", "GBR"), ("PRC", "CHN"),
        ("USSR", "SUN"), ("People’s Republic of China", "CHN"), ("Côte d’Ivoire", "CIV"), ("KENYA", "KEN"),
    ],
)  # fmt: skip
def test_a_country_is_found_by_every_name(spelling: str, code: str) -> None:
    country = atlas.country_named(spelling)
    assert country is not None
    assert country.code == code


@pytest.mark.parametrize(
    ("word", "code"),
    [("Kenyan", "KEN"), ("Kenyans", "KEN"), ("Dutch", "NLD"), ("Nigerien", "NER"), ("Nigerian", "NGA"),
     ("Frenchmen", "FRA")],
)  # fmt: skip
def test_a_demonym_gives_its_country(word: str, code: str) -> None:
    country = atlas.country_of_demonym(word)
    assert country is not None
    assert country.code == code


def test_what_several_countries_share_gives_none() -> None:
    assert atlas.country_of_demonym("Korean") is None
    assert atlas.country_named("Korea") is None
    assert atlas.country_named("us") is None


def test_codes_are_three_letters_and_each_once() -> None:
    codes = [country.code for country in atlas.countries()]
    assert len(codes) == len(set(codes)) > 190
    assert all(len(code) == 3 and code.isupper() for code in codes)


def test_no_spelling_names_two_countries() -> None:
    seen: dict[str, str] = {}
    for country in atlas.countries():
        for name in (country.name, *country.variants):
            assert seen.setdefault(atlas.folded(name), country.code) == country.code, name


def test_capitals_and_seats_are_of_their_countries() -> None:
    lima, moncloa = atlas.country_of_capital("Lima"), atlas.country_of_seat("La Moncloa")
    assert lima is not None and lima.code == "PER"
    assert moncloa is not None and moncloa.code == "ESP"


def test_a_body_is_found_by_its_initials() -> None:
    body = atlas.body_named("U.N.")
    assert body is not None
    assert body.name == "United Nations"


def test_cities_of_one_name_are_all_there_the_largest_first() -> None:
    cities = atlas.cities_named("Birmingham")
    assert {city.country for city in cities} >= {"GBR", "USA"}
    assert cities[0].country == "GBR"
