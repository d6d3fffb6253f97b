"""Occasions named in sentences: their words, kind, number and series."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casefiles import cases
from onrecord.extraction import occasions
from onrecord.extraction.occasions import ordinal_of
from onrecord.model import LocalOccasion
from reading_aloud import analysis_of, needs_reader

CASES = cases("en/occasions.toml")
FLOOR = 0.9
"""Of the cases, read with the shipped reader model."""


def fits(found: LocalOccasion, wanted: dict[str, Any]) -> bool:
    plain = all(getattr(found, key) == wanted[key] for key in ("name", "kind", "ordinal", "series") if key in wanted)
    return plain and len(found.mentions) == wanted.get("mentions", len(found.mentions))


def wrong_in(case: dict[str, Any]) -> str:
    """What is wrong with the occasions of a case; empty where all is right."""
    found = list(occasions.extract(analysis_of(case["text"])))
    wanted = case["occasions"]
    right = len(found) == len(wanted) and all(fits(f, w) for f, w in zip(found, wanted, strict=True))
    return "" if right else f"{case['text']}\n   wanted {wanted}\n   found {found}"


@needs_reader
def test_enough_cases_are_right() -> None:
    wrong = [said for case in CASES if (said := wrong_in(case))]
    assert len(CASES) >= 25
    assert 1 - len(wrong) / len(CASES) >= FLOOR, "\n".join(wrong)


@needs_reader
def test_every_mention_is_in_the_text() -> None:
    text = "The Northern Economic Forum (NEF) opened. The NEF and the XII Andean Trade Fair share a hall."
    for occasion in occasions.extract(analysis_of(text)):
        assert occasion.mentions
        assert all(0 <= p.start < p.end <= len(text) for p in occasion.mentions)
        assert occasion.name in text


@pytest.mark.parametrize(
    ("words", "number"),
    [
        (["1st"], 1), (["12th"], 12), (["123rd"], 123), (["XII"], 12), (["XL"], 40), (["IV"], 4), (["twelfth"], 12),
        (["fortieth"], 40), (["forty-second"], 42), (["seventy", "-", "fifth"], 75), (["inaugural"], 1),
        (["fair"], None), (["12"], None), (["IIII"], None), (["MIX"], None), (["twenty"], None),
        (["forty", "tenth"], None),
    ],
)  # fmt: skip
def test_ordinals(words: list[str], number: int | None) -> None:
    assert ordinal_of(words) == number


def roman(number: int) -> str:
    values = [(100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")]
    said = ""
    for value, letters in values:
        said += letters * (number // value)
        number %= value
    return said


@given(st.integers(1, 399))
def test_roman_numerals_read_back(number: int) -> None:
    assert ordinal_of([roman(number)]) == number


@given(st.text(alphabet="IVXLCabz1 ", max_size=12))
def test_no_word_breaks_the_ordinals(word: str) -> None:
    found = ordinal_of([word])
    assert found is None or found >= 0
