"""Names of outlets are one or two by their form; datelines name agencies."""

from __future__ import annotations

import pytest

from handmade import article
from onrecord.model import TextPart
from onrecord.model.outlets import dateline_agency, is_press_name, outlet_key, publisher


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
    [("Quay Herald", "Coast Herald"), ("Vika Times", "Vika Post"), ("a.example", "b.example"), ("News", "The Agency")],
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
    made = article(f"{dateline}The ferry sank.", "a.txt", outlet=None, title="", day="2031-05-02")
    parts = (TextPart(0, len(dateline), "dateline"), TextPart(len(dateline), len(made.text), "body"))
    object.__setattr__(made, "parts", parts)
    found = dateline_agency(made)
    assert (found.of(made.text) if found else None) == agency
    assert publisher(made) == (agency or "a.txt")
