"""Amounts as intervals: agree, compatible or differ, as the contract's own examples have it, and at their edges."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.comparison.amounts import compare, value
from onrecord.model import Amount

SHOWN = re.compile(r"(?P<sign>~|>=|<=|>|<)?(?P<low>[\d.]+?)(?:\.\.(?P<high>[\d.]+))?(?: (?P<unit>\S+))?")
HEDGES = {"~": "about", ">": "more_than", "<": "less_than", ">=": "at_least", "<=": "at_most"}


def amount(shown: str) -> Amount:
    """The amount of a canonical string: `>5 h`, `~40000 t`, `2..3 d`."""
    found = SHOWN.fullmatch(shown)
    assert found is not None, shown
    low, high, unit = found["low"], found["high"], found["unit"]
    if high is not None:
        return Amount(low, high, "range", unit)
    hedge = HEDGES.get(found["sign"] or "", "exact")
    ends = {"more_than": (low, None), "at_least": (low, None), "less_than": (None, low), "at_most": (None, low)}
    first, last = ends.get(hedge, (low, low))
    return Amount(first, last, hedge, unit)  # type: ignore[arg-type]


CASES = [
    # left, right, outcome, why
    ("2.5 h", ">3 h", "differ", "the intervals do not meet"),
    ("~40000 t", "40000 t", "agree", "about one number and that number, in other words"),
    (">3 h", "4 h", "compatible", "four is more than three"),
    ("4.5 h", ">5 h", "differ", "four and a half is not more than five"),
    ("90 min", "1.5 h", "agree", "minutes are hours"),
    ("2 wk", "14 d", "agree", "weeks are days"),
    ("2 d", "44 h", "compatible", "days are counted loosely against hours"),
    ("~1200 person", "1340 person", "differ", "what people round to 1,200 does not reach 1,340"),
    ("~1200 person", "1240 person", "compatible", "1,240 is about 1,200"),
    ("~14000000 USD", "12400000 USD", "differ", "nearly 14 million is not 12.4"),
    ("12400000 USD", "12370000 USD", "compatible", "12.4 million is 12.37 rounded"),
    ("20 person", "23 person", "differ", "people are counted one by one"),
    ("5 %", "5.4 %", "compatible", "a share rounded to whole per cents"),
    ("5 %", "7 %", "differ", "no rounding takes seven to five"),
    ("2..3 h", "2.5 h", "compatible", "inside the range"),
    ("2..3 h", "4 h", "differ", "outside the range"),
    ("2..3 h", "2..3 h", "agree", "one range"),
    (">=10 wk", "10 wk", "compatible", "at least ten may be ten"),
    (">300 person", "300 person", "compatible", "one number, once as a limit"),
    (">300 person", ">400 person", "compatible", "five hundred is more than both"),
    (">300 person", "<200 person", "differ", "nothing is more than 300 and less than 200"),
    ("40 t", "40000 kg", "agree", "tonnes are kilograms"),
    ("40 t", "40 km", "compatible", "units that do not convert are never compared"),
    ("40 USD", "40 EUR", "compatible", "currencies are never converted"),
    ("40 soldier", "52 person", "compatible", "soldiers are some of the people"),
    ("40 soldier", "40 person", "agree", "the same number under another noun"),
]


@pytest.mark.parametrize(("left", "right", "outcome", "why"), CASES)
def test_two_amounts(left: str, right: str, outcome: str, why: str) -> None:
    assert compare(amount(left), amount(right)).outcome == outcome, why
    assert compare(amount(right), amount(left)).outcome == outcome, "it does not matter which is told first"


@pytest.mark.parametrize(
    "shown", ["4.5 h", ">5 h", "~40000 t", "2..3 d", "27 turbine", "85000000 EUR", ">=10 wk", "12"]
)
def test_the_canonical_string_of_an_amount_reads_back(shown: str) -> None:
    assert value(amount(shown)) == shown


def test_units_definitions_and_currencies_are_no_disagreement_and_say_so() -> None:
    for left, right in (("40 t", "41 km"), ("40 USD", "52 EUR"), ("40 soldier", "52 person")):
        found = compare(amount(left), amount(right))
        assert not found.same_question
        assert found.reason


numbers = st.decimals(min_value="0.1", max_value="1000000", places=1, allow_nan=False)
hedges = st.sampled_from(["", "~", ">", "<", ">=", "<="])


@given(numbers, hedges, numbers, hedges)
def test_a_verdict_does_not_depend_on_the_order(one: object, sign: str, other: object, also: str) -> None:
    left, right = amount(f"{sign}{one} h"), amount(f"{also}{other} h")
    assert compare(left, right).outcome == compare(right, left).outcome


@given(numbers, hedges)
def test_an_amount_agrees_with_itself(one: object, sign: str) -> None:
    assert compare(amount(f"{sign}{one} h"), amount(f"{sign}{one} h")).outcome == "agree"


def test_miles_and_kilometres_are_converted_and_rounded() -> None:
    def of(number: str, unit: str) -> Amount:
        return Amount(number, number, "exact", unit)

    assert compare(of("7", "mi"), of("11", "km")).outcome == "compatible"
    assert compare(of("7", "mi"), of("14", "km")).outcome == "differ"
    assert compare(of("7", "mi"), of("8", "mi")).outcome == "differ"
    assert compare(of("40", "t"), of("43000", "kg")).outcome == "differ"
