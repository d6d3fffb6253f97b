"""An article's own dates: which of them contradict each other."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from handmade import article
from onrecord.comparison import publication
from onrecord.model import Comparison, When

LOCK = article("The lock opened.\n", "lock.txt", outlet="The Ledger", title="The", day="2031-05-02")


def dated(*dates: tuple[str, Any]) -> list[Comparison]:
    whens = tuple(When(day, day, day, "day", None, basis) for day, basis in dates)
    return list(publication.compare(replace(LOCK, published=whens[0], dates=whens)))


@pytest.mark.parametrize(
    ("first", "second", "outcome"),
    [
        (("2031-05-02", "metadata"), ("2031-05-03", "url"), "compatible"),
        (("2031-05-02", "metadata"), ("2031-05-01", "dateline"), "compatible"),
        (("2031-05-02", "metadata"), ("2031-05-05", "url"), "differ"),
        (("2031-05-14", "header"), ("2031-05-15", "dateline"), "differ"),
    ],
)
def test_a_day_between_two_clocks_is_no_contradiction_and_one_between_two_written_dates_is(
    first: tuple[str, str], second: tuple[str, str], outcome: str
) -> None:
    (row,) = dated(first, second)
    assert row.outcome == outcome
    assert ("They do not contradict each other: only a day lies between them" in row.explanation) == (
        outcome == "compatible"
    )
    assert [answer.value for answer in row.answers] == [first[0], second[0]]


def test_a_month_and_a_day_in_it_do_not_contradict_each_other() -> None:
    month = When("May 2031", "2031-05-01", "2031-05-31", "month", None, "url")
    day = When("3 May 2031", "2031-05-03", "2031-05-03", "day", None, "header")
    (row,) = publication.compare(replace(LOCK, published=day, dates=(day, month)))
    assert row.outcome == "compatible"


def test_one_day_told_twice_is_no_question() -> None:
    assert dated(("2031-05-02", "metadata"), ("2031-05-02", "url")) == []
