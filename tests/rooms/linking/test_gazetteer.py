"""Where places are."""

from __future__ import annotations

from dataclasses import replace

import pytest

from onrecord.linking.gazetteer import country_of, located
from onrecord.model import Mention, Party
from reading_aloud import article_of


def place(name: str, country: str | None = None, kind: str = "place") -> Party:
    return Party(f"id of {name}", name, kind, country, (), ())  # type: ignore[arg-type]


def beside(*articles: tuple[Party, ...]) -> dict[str, Party]:
    """The parties of articles that name them, located, by their names."""
    told = {party.id: party for parties in articles for party in parties}
    mentions = [
        Mention(f"{number} {party.id}", f"article {number}", party.id, 0, 1, "x", "name", "exact", "test", None)
        for number, parties in enumerate(articles)
        for party in parties
    ]
    return {party.name: party for party in located(list(told.values()), mentions, [])}


@pytest.mark.parametrize(
    ("name", "country"),
    [
        ("Lima", "PER"),
        ("Texas", "USA"),
        ("Birmingham", None),
        ("Paris, Texas", "USA"),
        ("Buenos Aires Opera House", "ARG"),
        ("Korea Strait", None),
        ("JOHANNESBURG", "ZAF"),
        ("city of Vladivostok", "RUS"),
        ("Lindow", None),
    ],
)
def test_the_country_that_a_name_tells(name: str, country: str | None) -> None:
    assert country_of(name) == country


def test_a_city_has_its_degrees() -> None:
    found = beside((place("Vladivostok"),))["Vladivostok"]
    assert found.country == "RUS"
    assert (round(found.latitude or 0), round(found.longitude or 0)) == (43, 132)


def test_the_other_places_of_its_articles_decide_an_ambiguous_city() -> None:
    found = beside((place("Birmingham"), place("Coventry", "GBR")), (place("Birmingham"), place("Lima", "PER")))
    assert found["Birmingham"].country == "GBR"
    assert found["Birmingham"].latitude is not None


def test_articles_that_disagree_leave_it_open() -> None:
    british = (place("Birmingham"), place("Coventry", "GBR"))
    american = (place("Birmingham"), place("United States", "USA", "state"))
    found = beside(british, american)["Birmingham"]
    assert (found.country, found.latitude, found.longitude) == (None, None, None)


def test_a_dateline_tells_too_and_ids_stay() -> None:
    party = place("Birmingham")
    article = replace(article_of("Birmingham."), id="article 0", dateline_place="Manchester, England")
    mention = Mention("m", "article 0", party.id, 0, 10, "Birmingham", "name", "exact", "test", None)
    (found,) = located([party], [mention], [article])
    assert (found.id, found.country) == (party.id, "GBR")


def test_what_is_no_place_is_left_alone() -> None:
    person = place("Lima", None, "person")
    assert located([person], [], []) == (person,)
