"""Stretches of days: a day, a week, a month, a quarter, a year and so on, and steps from one to another."""

from __future__ import annotations

import calendar
from dataclasses import dataclass, replace
from datetime import MAXYEAR, MINYEAR, date, timedelta

from onrecord.model import Part, Precision

MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12, "decade": 120, "century": 1200}
PRECISIONS: dict[str, Precision] = {
    "decade": "decade", "year": "year", "half": "half", "quarter": "quarter", "month": "month", "week": "week",
    "day": "day",
    "weekend": "day", "fortnight": "week",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Days:
    """A closed stretch of days, how exactly it is named, and whether the words alone name it.

    `clock` holds the first and the last minute with their offset, where a time of day is stated.
    """

    earliest: date
    latest: date
    precision: Precision | None
    part: Part | None = None
    stated: bool = False
    clock: tuple[str, str] | None = None

    def has(self, day: date) -> bool:
        return self.earliest <= day <= self.latest

    def away(self, day: date) -> int:
        """How many days the nearer end is from a day; 0 inside."""
        if self.has(day):
            return 0
        return min(abs((self.earliest - day).days), abs((self.latest - day).days))

    def one_day(self) -> date | None:
        return self.earliest if self.earliest == self.latest else None


def made(year: int, month: int, day: int) -> date | None:
    """The day, or null where the calendar has none."""
    if not MINYEAR <= year <= MAXYEAR or not 1 <= month <= 12 or not 1 <= day <= calendar.monthrange(year, month)[1]:
        return None
    return date(year, month, day)


def of_day(day: date) -> Days:
    return Days(day, day, "day")


def of_months(year: int, month: int, count: int, precision: Precision | None) -> Days | None:
    """The `count` months from a month on."""
    last_year, last_month = stepped(year, month, count - 1)
    if not (MINYEAR <= year <= MAXYEAR and MINYEAR <= last_year <= MAXYEAR):
        return None
    last = calendar.monthrange(last_year, last_month)[1]
    return Days(date(year, month, 1), date(last_year, last_month, last), precision)


def of_year(year: int) -> Days | None:
    return of_months(year, 1, 12, "year")


def stepped(year: int, month: int, months: int) -> tuple[int, int]:
    """A month so many months on."""
    at = year * 12 + month - 1 + months
    return at // 12, at % 12 + 1


def plus(day: date, days: int) -> date | None:
    """A day so many days on, or null beyond the calendar."""
    if not date.min.toordinal() <= day.toordinal() + days <= date.max.toordinal():
        return None
    return day + timedelta(days)


def around(day: date, unit: str, shift: int) -> Days | None:
    """The unit that a day lies in, or one so many units on: weeks run Monday to Sunday, decades from a year in 0."""
    if unit == "day":
        found = plus(day, shift)
        return of_day(found) if found else None
    if unit in ("week", "weekend", "fortnight"):
        start = plus(day, -day.weekday() + 7 * shift * (2 if unit == "fortnight" else 1))
        first = plus(start, 5) if start and unit == "weekend" else start
        last = plus(start, 13 if unit == "fortnight" else 6) if start else None
        return Days(first, last, PRECISIONS[unit]) if first and last else None
    length = MONTHS.get(unit)
    if length is None:
        return None
    at = (day.year * 12 + day.month - 1) // length + shift
    year, month = at * length // 12, at * length % 12 + 1
    return of_months(year, month, length, PRECISIONS.get(unit))


def easter(year: int) -> date:
    """Easter Sunday in the Gregorian calendar (the anonymous algorithm of 1876)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = b // 4, b % 4
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = c // 4, c % 4
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)


def orthodox_easter(year: int) -> date:
    """Easter Sunday by the Julian reckoning, as a Gregorian date (Meeus)."""
    a, b, c = year % 4, year % 7, year % 19
    d = (19 * c + 15) % 30
    e = (2 * a + 4 * b - d + 34) % 7
    month, day = divmod(d + e + 114, 31)
    return date(year, month, day + 1) + timedelta(year // 100 - year // 400 - 2)


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> date | None:
    """The nth such weekday of a month (1 is Monday), from its end where `nth` is negative; null where it has none."""
    first, length = calendar.monthrange(year, month)
    days = [d for d in range(1, length + 1) if (first + d - 1) % 7 == weekday - 1]
    at = nth - 1 if nth > 0 else len(days) + nth
    return date(year, month, days[at]) if 0 <= at < len(days) else None


def with_part(days: Days, part: Part | None) -> Days:
    return replace(days, part=part) if part else days
