"""Times with their precision: a month and a day in it are compatible, two days differ."""

from __future__ import annotations

from typing import Any

import pytest

from onrecord.comparison.moments import compare, is_told, value
from onrecord.model import When


def when(first: str, last: str | None = None, precision: Any = "day", basis: Any = "stated") -> When:
    return When(first, first, last or first, precision, None, basis)


MAY = when("2021-05-01", "2021-05-31", "month")
CASES = [
    (when("2021-05-04"), when("2021-05-04"), "agree", "one day"),
    (when("2021-05-04"), when("2021-05-05"), "differ", "two days"),
    (MAY, when("2021-05-05"), "compatible", "a day of the month"),
    (MAY, when("2021-06-05"), "differ", "a day of another month"),
    (when("2021-01-01", "2021-12-31", "year"), MAY, "compatible", "a month of the year"),
    (when("2021-05-03", "2021-05-09", "week"), when("2021-05-08", "2021-05-12"), "compatible", "they overlap"),
    (when("2021-05-04T09:15", None, "minute"), when("2021-05-04T09:30", None, "minute"), "differ", "two times of day"),
    (
        when("2021-05-04T09:15+02:00", None, "minute"),
        when("2021-05-04T10:15+03:00", None, "minute"),
        "agree",
        "clocks of two places are not set against each other: the day is one",
    ),
    (when("2021-05-04T09:15", None, "minute"), when("2021-05-04"), "agree", "the day is one, the hour is told once"),
]


@pytest.mark.parametrize(("left", "right", "outcome", "why"), CASES)
def test_two_times(left: When, right: When, outcome: str, why: str) -> None:
    assert compare(left, right).outcome == outcome, why
    assert compare(right, left).outcome == outcome, why


def test_the_canonical_string_of_a_time_is_as_precise_as_its_words() -> None:
    shown = [value(one) for one, _, _, _ in CASES]
    assert shown[0] == "2021-05-04"
    assert value(MAY) == "2021-05"
    assert value(when("2021-01-01", "2021-12-31", "year")) == "2021"
    assert value(when("2021-04-03", "2021-04-09")) == "2021-04-03/2021-04-09"
    assert value(when("2021-05-04T09:15", None, "minute")) == "2021-05-04T09:15"


def test_a_page_s_own_date_answers_no_question() -> None:
    assert is_told(when("2021-05-04", basis="resolved"))
    assert not is_told(when("2021-05-04", basis="metadata"))
    assert not is_told(When("by 2031", None, "2031-12-31", "year", None, "stated"))
