"""Names of outlets are one or two by their form; datelines name agencies."""

from __future__ import annotations

from dataclasses import replace

import pytest

from handmade import article
from onrecord.model import Article, TextPart
from onrecord.model.outlets import agency_behind, dateline_agency, is_press_name, outlet_key, publisher


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Norpress", "norpress.example"),
        ("The Norpress News Agency", "www.norpress.example"),
        ("Quay Herald", "https://quay-herald.co.uk/2031/ferry"),
        ("The Quay Herald", "thequayherald.example"),
        ("The Associated Press", "AP"),
        ("Reuters", "reuters.com"),
        ("Agence France-Presse", "AFP"),
        ("Kyodo", "english.kyodonews.net"),
        ("Strandposten Online", "strandposten"),
    ],
)
def test_spellings_of_one_outlet_have_one_key(one: str, other: str) -> None:
    assert outlet_key(one) == outlet_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Quay Herald", "Coast Herald"),
        ("Vika Times", "Vika Post"),
        ("a.example", "b.example"),
        ("News", "The Agency"),
        ("Middle East", "Middle East News Agency"),
    ],
)
def test_other_outlets_have_other_keys(one: str, other: str) -> None:
    assert outlet_key(one) != outlet_key(other)


@pytest.mark.parametrize("name", ["Quay Herald", "Associated Press", "Vika Times", "Reuters", "Radio Vika FM"])
def test_names_of_the_press(name: str) -> None:
    assert is_press_name(name)


@pytest.mark.parametrize("name", ["Harbour Board", "Ministry of Ferries", "Times", "Berit Olt"])
def test_names_that_could_be_anybodys(name: str) -> None:
    assert not is_press_name(name)


@pytest.mark.parametrize(
    ("dateline", "agency"),
    [
        ("VIKA, May 2 (Norpress) - ", "Norpress"),
        ("VIKA, May 2. /Norpress/. ", "Norpress"),
        ("VIKA [Norpress] -- ", "Norpress"),
        ("VIKA (May 2) - ", None),
        ("VIKA — ", None),
    ],
)
def test_the_agency_of_a_dateline(dateline: str, agency: str | None) -> None:
    text = f"{dateline}The ferry sank."
    parts = (TextPart(0, len(dateline), "dateline"), TextPart(len(dateline), len(text), "body"))
    under = replace(made(text), parts=parts)
    found = dateline_agency(under)
    assert (found.of(text) if found else None) == agency
    assert publisher(under) == (agency or "a.txt")


def made(text: str, outlet: str | None = None, byline: tuple[str, ...] = ()) -> Article:
    whole = article(text, "a.txt", outlet=outlet, title="", day="2031-05-02")
    return replace(whole, title=None, parts=(TextPart(0, len(text), "body"),), byline=byline)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The ferry sank.\n\nSource: Vika Times", "Vika Times"),
        ("The ferry sank.\n(First published by Strandposten)", "Strandposten"),
        ("This article was originally published in the Quay Herald.\n\nThe ferry sank.", "Quay Herald"),
        ("The ferry sank.\nSource: Reuters\n", "Reuters"),
    ],
)
def test_a_line_of_credit_names_the_outlet_behind(text: str, name: str) -> None:
    found = agency_behind(made(text))
    assert found is not None and found.passage is not None
    assert (found.name, found.passage.of(text)) == (name, name)
    assert publisher(made(text)) == name
    assert publisher(made(text, outlet="Coast Courier")) == "Coast Courier"


@pytest.mark.parametrize(
    "text",
    [
        "The ferry sank.\nSource: Ministry of Ferries",
        "The source: a pump that nobody had looked at.",
        "The map was first published by the board in 2019, and the ferry sank.",
        "The ferry sank, and the source of the leak is not known.",
    ],
)
def test_other_sources_are_no_credit(text: str) -> None:
    assert agency_behind(made(text)) is None


def test_an_agency_in_the_byline_is_behind_an_article_and_a_person_is_not() -> None:
    agency = agency_behind(made("The ferry sank.", byline=("Associated Press",)))
    assert agency is not None and (agency.name, agency.passage) == ("Associated Press", None)
    assert agency_behind(made("The ferry sank.", byline=("Emily Post",))) is None
