"""Occasions of many articles made one: by series, edition and year, whatever the order of arrival."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import permutations

import pytest

from onrecord.linking.occasions import OccasionMerge, merge
from onrecord.model import Bundle, LocalOccasion, Passage, When
from onrecord.model.series import series_key
from reading_aloud import article_of


def year(text: str) -> When:
    return When(text, f"{text}-01-01", f"{text}-12-31", "year", None, "stated")


def occasion(name: str, ordinal: int | None = None, **more: object) -> LocalOccasion:
    series = more.pop("series", name)
    plain = LocalOccasion("#o1", name, "fair", ordinal, str(series), None, None, (Passage(0, len(name)),))
    return replace(plain, **more)  # type: ignore[arg-type]


def bundle(number: int, *occasions: LocalOccasion) -> Bundle:
    keyed = tuple(replace(o, key=f"#o{i}") for i, o in enumerate(occasions, start=1))
    article = replace(article_of(f"Article {number}."), id=f"{number:016x}")
    return Bundle(article, "test", occasions=keyed)


def places(names: dict[tuple[str, str], str] | None = None) -> Callable[[str, str], str | None]:
    return lambda article, key: (names or {}).get((article, key))


def merged(*occasions: LocalOccasion) -> OccasionMerge:
    return merge([bundle(n, o) for n, o in enumerate(occasions, start=1)], places())


SPELLINGS = (
    occasion("XII Andean Trade Fair", 12, series="Andean Trade Fair"),
    occasion("twelfth Andes Trade Fair", 12, series="Andes Trade Fair"),
    occasion("12th ANDEAN TRADE-FAIR", 12, series="ANDEAN TRADE FAIR"),
)


def test_spellings_of_one_fair_are_one() -> None:
    found = merged(*SPELLINGS)
    assert len(found.occasions) == 1
    assert found.occasions[0].ordinal == 12
    assert len(found.occasions[0].mentions) == 3


def test_the_name_is_the_fullest() -> None:
    assert merged(*SPELLINGS).occasions[0].name == "twelfth Andes Trade Fair"


def test_another_number_is_another_of_the_same_series() -> None:
    found = merged(SPELLINGS[0], occasion("13th Andean Trade Fair", 13, series="Andean Trade Fair"))
    assert len({o.id for o in found.occasions}) == 2
    assert len({o.series for o in found.occasions}) == 1


def test_the_order_of_arrival_does_not_matter() -> None:
    bundles = [bundle(n, o) for n, o in enumerate(SPELLINGS, start=1)]
    results = {merge(order, places()).occasions for order in permutations(bundles)}
    assert len(results) == 1


def test_every_local_key_finds_its_occasion() -> None:
    found = merged(*SPELLINGS)
    assert {found.id_of(f"{n:016x}", "#o1") for n in (1, 2, 3)} == {found.occasions[0].id}
    assert found.id_of("0" * 16, "#o1") is None


def test_one_without_a_number_joins_the_only_edition_of_its_year() -> None:
    numbered = replace(SPELLINGS[0], when=year("1999"))
    found = merged(numbered, occasion("Andean Trade Fair", when=year("1999")))
    assert len(found.occasions) == 1


def test_one_without_a_number_or_year_stays_apart() -> None:
    found = merged(replace(SPELLINGS[0], when=year("1999")), occasion("Andean Trade Fair"))
    assert len(found.occasions) == 2


def test_one_without_a_number_does_not_choose_between_two() -> None:
    first, second = replace(SPELLINGS[0], when=year("1999")), occasion("13th Andean Trade Fair", 13, when=year("1999"))
    second = replace(second, series="Andean Trade Fair")
    found = merged(first, second, occasion("Andean Trade Fair", when=year("1999")))
    assert len(found.occasions) == 3


def test_years_in_names_are_editions() -> None:
    found = merged(
        occasion("1936 Winter Games", series="Winter Games"), occasion("1948 Winter Games", series="Winter Games")
    )
    assert len(found.occasions) == 2


def test_a_state_visit_is_one_by_visitor_place_and_month() -> None:
    visit = occasion("state visit", kind="state_visit", party_keys=("#1",), place_key="#2")
    names = {(f"{n:016x}", key): name for n in (1, 2) for key, name in (("#1", "ruiz"), ("#2", "norway"))}
    first = replace(visit, when=When("May 3", "1999-05-03", "1999-05-03", "day", None, "resolved"))
    second = replace(
        visit, name="visit of Ana Ruiz", when=When("May", "1999-05-01", "1999-05-31", "month", None, "resolved")
    )
    found = merge([bundle(1, first), bundle(2, second)], places(names))
    assert len(found.occasions) == 1
    assert found.occasions[0].place_id == "norway"
    assert found.occasions[0].when == first.when or found.occasions[0].when == second.when


def test_visits_of_nobody_known_stay_two() -> None:
    visit = occasion("state visit", kind="state_visit", place_key="#2")
    found = merge([bundle(1, visit), bundle(2, visit)], places())
    assert len(found.occasions) == 2


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Andean Trade Fair", "Andes Trade Fair"),
        ("Norwegian-Peruvian Expo", "Norway-Peru Expo"),
        ("Forum on Inter-Regional Cooperation", "Interregional Co-operation Forum"),
        ("Northern Economic Forum (NEF)", "the Northern Economic Forum"),
        ("World Health Organisation Assembly", "World Health Organization Assembly"),
        ("African Film Festival", "Africa Film Festival"),
        ("1936 Winter Games", "Winter Games"),
    ],
)
def test_spellings_share_a_key(one: str, other: str) -> None:
    assert series_key(one) == series_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Andean Trade Fair", "Andean Book Fair"),
        ("Norway-Peru Expo", "Norway-Kenya Expo"),
        ("Winter Games", "Summer Games"),
    ],
)
def test_others_do_not(one: str, other: str) -> None:
    assert series_key(one) != series_key(other)
