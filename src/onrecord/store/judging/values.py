"""Corrected values as people type them: dates, quantities and words of a list, read or refused with the remedy."""

from __future__ import annotations

import calendar
import re
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation

from onrecord.model import Amount, OnRecordError, When
from onrecord.model.values import Hedge, Precision

DAY = r"\d{4}(?:-\d{2}(?:-\d{2})?)?"
DAYS = re.compile(rf"({DAY})(?:\.\.({DAY}))?\Z")
PRECISION: dict[int, Precision] = {4: "year", 7: "month", 10: "day"}
NUMBER = r"-?\d[\d,]*(?:\.\d+)?"
QUANTITY = re.compile(rf"(?P<low>{NUMBER})(?:\s?\.\.\s?(?P<high>{NUMBER}))?\s*(?P<unit>\S[^\d]{{0,40}})?\Z")
HEDGES: tuple[tuple[str, Hedge], ...] = (
    ("about ", "about"), ("~", "about"), ("more than ", "more_than"), (">", "more_than"), ("at least ", "at_least"),
    ("less than ", "less_than"), ("<", "less_than"), ("at most ", "at_most"), ("exactly ", "exact"),
)  # fmt: skip
"""How a quantity may begin, the signs as a comparison writes them."""

OPEN_ABOVE: frozenset[Hedge] = frozenset({"more_than", "at_least"})
OPEN_BELOW: frozenset[Hedge] = frozenset({"less_than", "at_most"})


def days(value: str, text: str) -> When:
    """The days that `2024`, `2024-05`, `2024-05-31` or `2024-05-30..2024-06-02` names; `text` is the source's words."""
    found = DAYS.match(value.strip())
    first = _bounds(found[1]) if found else None
    last = _bounds(found[2]) if found and found[2] else first
    if found is None or first is None or last is None:
        raise OnRecordError(f"{value!r} is no date; write 2024, 2024-05, 2024-05-31 or 2024-05-30..2024-06-02")
    if last[1] < first[0]:
        raise OnRecordError(f"{value!r} ends before it begins; write the earlier date first")
    return When(text, first[0], last[1], PRECISION[len(found[2] or found[1])], None, "stated")


def _bounds(day: str) -> tuple[str, str] | None:
    """The first and the last day of a year, a month or a day; null for a day that no calendar has."""
    year, month, number = ([int(part) for part in day.split("-")] + [0, 0])[:3]
    if not 1 <= year <= 9999 or (len(day) > 4 and not 1 <= month <= 12):
        return None
    length = calendar.monthrange(year, month or 12)[1]
    if len(day) == 10 and not 1 <= number <= length:
        return None
    return (
        f"{year:04}-{month or 1:02}-{number or 1:02}",
        f"{year:04}-{month or 12:02}-{number or length:02}",
    )


def days_words(when: When | None) -> str:
    """Days as `days` reads them; empty where none are known."""
    if when is None or (when.earliest is None and when.latest is None):
        return ""
    first, last = (when.earliest or when.latest or "")[:10], (when.latest or when.earliest or "")[:10]
    for length in (10, 7, 4):
        if _bounds(first[:length]) == (first, last):
            return first[:length]
    return f"{first}..{last}"


def amount(value: str) -> Amount:
    """The quantity that `2.5 h`, `about 40,000 t`, `more than 3 h`, `at most 12 person` or `10..20 km` names."""
    left, hedge = value.strip(), None
    for words, kind in HEDGES:
        if left.casefold().startswith(words):
            left, hedge = left[len(words) :].strip(), kind
            break
    found = QUANTITY.match(left)
    if found is None:
        raise OnRecordError(
            f"{value!r} is no quantity; write a number and its unit, such as `2.5 h`, `about 40,000 t`,"
            " `more than 3 h`, `at least 12 person` or `10..20 km`"
        )
    low, high = _decimal(found["low"]), _decimal(found["high"] or found["low"])
    unit = found["unit"].strip() if found["unit"] else None
    if found["high"] is not None:
        if Decimal(high) < Decimal(low):
            raise OnRecordError(f"{value!r} ends below its beginning; write the smaller number first")
        return Amount(low, high, hedge or "range", unit)
    if hedge in OPEN_ABOVE:
        return Amount(low, None, hedge or "exact", unit)
    return Amount(None if hedge in OPEN_BELOW else low, high, hedge or "exact", unit)


def _decimal(number: str) -> str:
    try:
        return format(Decimal(number.replace(",", "")), "f")
    except InvalidOperation as error:  # pragma: no cover  (the pattern lets only numbers through)
        raise OnRecordError(f"{number!r} is no number") from error


def amount_words(found: Amount) -> str:
    """A quantity as `amount` reads it."""
    unit = f" {found.unit}" if found.unit else ""
    if found.low is not None and found.high is not None and found.low != found.high:
        return f"{'about ' if found.hedge == 'about' else ''}{found.low}..{found.high}{unit}"
    words: dict[str, str] = {kind: words for words, kind in HEDGES if words[0].isalpha() and kind != "exact"}
    return f"{words.get(found.hedge, '')}{found.low or found.high or ''}{unit}"


def one_of(value: str, allowed: Sequence[str]) -> str:
    """The word of a list that a value is, whatever its case."""
    for word in allowed:
        if word.casefold() == value.strip().casefold():
            return word
    raise OnRecordError(f"{value!r} is not among what this can be: {', '.join(allowed)}")
