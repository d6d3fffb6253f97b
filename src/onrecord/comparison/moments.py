"""Whether two times agree, can both be true, or differ, each with the precision that its words have."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from onrecord.comparison.amounts import Verdict
from onrecord.model import Passage, Time, When

CLOCK = ("hour", "minute")
DAYS = ("day", "hour", "minute")
NEAR = 16
"""Characters between words and the day that is right beside them, at most."""
AFTER = re.compile(r"(?:\s+(?:on|late|early|here|again|privately|publicly|again|today))*\s+")
BEFORE = re.compile(r"\s+(?:(?:also|later|again|has|had|have|was|were|formally|publicly|privately)\s+)*")
TOLD = ("stated", "resolved")
"""A time that stands in the words; a page's date or an inferred bound answers no question of an event's time."""


def is_told(when: When | None) -> bool:
    """Whether words of the text give both ends of the time."""
    return when is not None and when.earliest is not None and when.latest is not None and when.basis in TOLD


def beside(text: str, place: Passage, times: Iterable[Time]) -> When | None:
    """The day that stands right before or after some words, as nothing else can be dated by it; null where none does.

    "On Friday apologized", "met privately Sunday": no word but adverbs and prepositions stands between.
    """
    start, end = place.start, place.end
    for time in times:
        first, last = time.passage.start, time.passage.end
        is_near = end < first <= end + NEAR or last < start <= last + NEAR
        if not is_near or time.when.precision not in DAYS or not is_told(time.when):
            continue
        if AFTER.fullmatch(text, end, first) if first > end else BEFORE.fullmatch(text, last, start):
            return time.when
    return None


def closer(when: When | None, near: When | None) -> When | None:
    """The closer one of a time and the day that stands right beside the same words; the time where they do not fit."""
    if near is None or when is None or not is_told(when):
        return when if near is None else near
    return when if apart(when, near) else near


def value(when: When) -> str:
    """The canonical string of a time: `2017-06-30`, `2021-10`, `2031`, `2021-04-03/2021-04-09`, `2021-10-01T09:15`."""
    first, last = when.earliest or "", when.latest or ""
    if when.precision in CLOCK and first == last:
        return first
    first, last = first[:10], last[:10]
    if first == last:
        return first
    if when.precision == "month" and first[:7] == last[:7]:
        return first[:7]
    if when.precision == "year" and first[:4] == last[:4]:
        return first[:4]
    return f"{first}/{last}"


def compare(left: When, right: When) -> Verdict:
    """One day twice agrees; a month and a day in it are compatible; two days that do not meet differ."""
    one, other = days(left), days(right)
    if one is None or other is None:
        return Verdict("compatible", "one of them names no day")
    if one[1] < other[0] or other[1] < one[0]:
        return Verdict("differ")
    if one != other:
        return Verdict("compatible", "one lies within the other" if _nested(one, other) else "they overlap")
    if _clocks(left, right) and left.earliest != right.earliest:
        return Verdict("differ")
    return Verdict("agree")


def days(when: When | None) -> tuple[str, str] | None:
    """The first and the last day of a time, null where it names none."""
    if when is None or when.earliest is None or when.latest is None:
        return None
    return when.earliest[:10], when.latest[:10]


def apart(left: When | None, right: When | None) -> bool:
    """Whether two times are both known and do not meet."""
    one, other = days(left), days(right)
    return one is not None and other is not None and (one[1] < other[0] or other[1] < one[0])


def _nested(one: tuple[str, str], other: tuple[str, str]) -> bool:
    return (one[0] <= other[0] and other[1] <= one[1]) or (other[0] <= one[0] and one[1] <= other[1])


def _clocks(left: When, right: When) -> bool:
    """Whether both give the time of day by one clock: minutes, with the same offset or none."""
    if left.precision != "minute" or right.precision != "minute" or left.earliest is None or right.earliest is None:
        return False
    return left.earliest[16:] == right.earliest[16:]


def days_between(left: When, right: When) -> int:
    """How many days lie between two times that do not meet; 0 where they meet or are not known."""
    one, other = days(left), days(right)
    if one is None or other is None or not apart(left, right):
        return 0
    first, last = sorted((one, other))
    return (date.fromisoformat(last[0]) - date.fromisoformat(first[1])).days
