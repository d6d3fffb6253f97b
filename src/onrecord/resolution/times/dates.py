"""Days of the calendar: dates with and without their year, weekdays, weeks of a month, days counted from others."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from onrecord.language.tables import table
from onrecord.resolution.times.asking import SAME_SENTENCE, SAME_YEAR, Ask, pick
from onrecord.resolution.times.days import (
    PRECISIONS,
    Days,
    around,
    made,
    nth_weekday,
    of_day,
    of_months,
    of_year,
    plus,
    stepped,
)
from onrecord.resolution.times.numerals import by_iso, by_numeric

STAY = 1000
"""How many characters after the day on which a stay began its days are still counted from it."""


def by_date(ask: Ask) -> Days | None:
    month, day = ask.number("month"), ask.number("day")
    if "mshift" in ask.fields:
        return _in_month(ask, lambda year, month: _calendar(year, month, day))
    if ask.asks_year():
        year = ask.year()
        found = _calendar(year, month, day) if year is not None else None
        # A fiscal year bears the number of a year that it only partly lies in.
        return replace(found, stated=ask.states_year() and "fiscal" not in ask.fields) if found else None
    weekday = ask.number("weekday")
    if month is None:
        return _day_alone(ask, weekday, day) if weekday and day else None
    return _yearless(ask, month, day)


def _day_alone(ask: Ask, weekday: int, day: int) -> Days | None:
    """ "Friday the 13th": the nearest such day."""
    today = ask.today()
    if today is None:
        return None
    months = [stepped(today.year, today.month, step) for step in range(-6, 7)]
    found = [_calendar(year, month, day) for year, month in months]
    return pick([c for c in found if c and c.earliest.isoweekday() == weekday], today, ask.tense)


def _calendar(year: int, month: int | None, day: int | None) -> Days | None:
    if month is None:
        return of_year(year)
    if day is None:
        return of_months(year, month, 1, "month")
    found = made(year, month, day)
    return of_day(found) if found else None


def _yearless(ask: Ask, month: int, day: int | None) -> Days | None:
    today, which = ask.today(), ask.fields.get("which", "")
    if today is None:
        return None
    if which == "this" or ask.tense == "this":
        return _calendar(today.year, month, day)
    weekday = ask.number("weekday")
    told = _year_told(ask) if day is None and which == "" else None
    if told is not None:
        return _calendar(told, month, day)
    candidates = [_calendar(today.year + step, month, day) for step in range(-4, 5)]
    if weekday is not None and day is not None:
        right = [c for c in candidates if c is not None and c.earliest.isoweekday() == weekday]
        return pick(right, today, "")
    if ask.anchor == "previous" and ask.context.previous and which == "":
        return None
    return pick(candidates, today, ask.tense, which)


def _year_told(ask: Ask) -> int | None:
    """The past year that stands just before a month of the past: "in 2012 he promised a ferry. It came in October"."""
    context, today = ask.context, ask.today()
    near = 0 <= context.at - context.year_end < SAME_YEAR
    if ask.tense != "past" or ask.anchor != "published" or today is None or context.year is None or not near:
        return None
    return context.year if context.year < today.year else None


def _in_month(ask: Ask, of: Callable[[int, int], Days | None]) -> Days | None:
    """Something in this month, the last or the next."""
    today, shift = ask.today(), ask.number("mshift")
    if today is None or shift is None:
        return None
    return of(*stepped(today.year, today.month, shift))


def _each_month(ask: Ask, of: Callable[[int, int], Days | None]) -> Days | None:
    """Something in the month that the expression names, whatever way it names it."""
    if "mshift" in ask.fields:
        return _in_month(ask, of)
    month, year = ask.number("month"), ask.year()
    if month is None:
        return None
    if ask.asks_year():
        found = of(year, month) if year is not None else None
        return replace(found, stated=ask.states_year()) if found else None
    today = ask.today()
    if today is None:
        return None
    return pick([of(today.year + step, month) for step in (-1, 0, 1)], today, ask.tense, ask.fields.get("which", ""))


def by_nth_weekday(ask: Ask) -> Days | None:
    weekday = ask.number("weekday")
    nth = -1 if ask.fields.get("nth") == "last" else ask.number("nth")
    if weekday is None or nth is None or not -1 <= nth <= 5:
        return None

    def of(year: int, month: int) -> Days | None:
        found = nth_weekday(year, month, weekday, nth)
        return of_day(found) if found else None

    return _each_month(ask, of)


def by_month_end(ask: Ask) -> Days | None:
    def of(year: int, month: int) -> Days | None:
        whole = of_months(year, month, 1, "month")
        return of_day(whole.latest) if whole else None

    return _each_month(ask, of)


def by_week_of(ask: Ask) -> Days | None:
    """The nth week of a month or a year: as in ISO 8601, a week belongs where its Thursday lies."""
    nth = -1 if ask.fields.get("nth_week") == "last" else ask.number("nth_week")
    if nth is None or nth == 0 or nth > 53:
        return None

    def of(year: int, month: int) -> Days | None:
        thursday = nth_weekday(year, month, 4, nth)
        return around(thursday, "week", 0) if thursday else None

    if "month" in ask.fields or "mshift" in ask.fields:
        return _each_month(ask, of)
    year = ask.year()
    if year is None:
        return None
    thursday = nth_weekday(year, 12, 4, -1) if nth == -1 else nth_weekday(year, 1, 4, 1)
    week = around(thursday, "week", 0 if nth == -1 else nth - 1) if thursday else None
    return replace(week, stated=ask.states_year()) if week else None


def by_nth_month(ask: Ask) -> Days | None:
    year, nth = ask.year(), ask.number("nth")
    if year is None or nth is None or not 1 <= nth <= 12:
        return None
    found = of_months(year, nth, 1, "month")
    return replace(found, stated=ask.states_year()) if found else None


def by_piece(ask: Ask) -> Days | None:
    """ "The first nine months of 2018", "the last ten days of May"."""
    count, unit = ask.number("take"), ask.fields.get("of_unit", "")
    whole = by_date(ask)
    if whole is None or not count:
        return None
    end = ask.fields.get("from_end") == "yes"
    if unit == "month":
        year, month = (
            stepped(whole.latest.year, whole.latest.month, 1 - count)
            if end
            else (whole.earliest.year, whole.earliest.month)
        )
        found = of_months(year, month, count, "month")
    elif unit in ("day", "week"):
        length = count * (7 if unit == "week" else 1) - 1
        first = plus(whole.latest, -length) if end else whole.earliest
        last = plus(whole.earliest, length) if not end else whole.latest
        found = Days(first, last, PRECISIONS[unit]) if first and last else None
    elif unit == "quarter":
        year, month = stepped(whole.latest.year, whole.latest.month, 1 - 3 * count) if end else (whole.earliest.year, 1)
        found = of_months(year, month, 3 * count, "half" if count == 2 else "quarter")
    else:
        return None
    if found is None or found.earliest < whole.earliest or found.latest > whole.latest:
        return None
    return replace(found, stated=whole.stated)


def by_stay_day(ask: Ask) -> Days | None:
    """ "The second day of his visit": counted from the day on which the text says that the visit began."""
    context, nth = ask.context, ask.number("nth")
    first = context.previous.one_day() if context.previous else None
    if first is None or nth is None or not 0 <= context.at - context.previous_end < STAY:
        return None
    between = context.text[context.previous_end : context.at]
    if re.fullmatch(r",?\s+(?:(?:was|is|marks|marked)\s+)?", between):
        return of_day(first)
    begins = table(context.language, "times")["stays"]["begin"]
    around_it = context.text[max(0, context.previous_end - SAME_SENTENCE) : context.at]
    told = re.split(r"(?<=[.!?])\s", around_it)
    said = next((s for s in reversed(told[:-1]) if any(re.search(rf"\b{verb}\b", s) for verb in begins)), "")
    day = plus(first, nth - 1) if said and context.text.find(said) < context.previous_end else None
    return of_day(day) if day else None


def by_offset(ask: Ask) -> Days | None:
    """ "Two days after Christmas", "three weeks from tomorrow"."""
    base, number, sign = ask.nested("base").named(), ask.number("num"), ask.number("sign")
    unit = ask.fields.get("unit", "")
    day = (base.earliest if base.precision == unit == "year" else base.one_day()) if base else None
    if (
        base is None
        or day is None
        or number is None
        or sign is None
        or "half" in ask.fields
        or unit in ("hour", "minute")
    ):
        return None
    if unit == "fortnight":
        unit, number = "week", 2 * number
    found = around(day, unit, sign * number)
    return replace(found, stated=base.stated) if found else None


def by_week_at(ask: Ask) -> Days | None:
    inner = replace(ask, fields=ask.fields | {"rule": ask.fields.get("rule", "date")})
    found = by_weekday(inner) if "weekday" in ask.fields and "month" not in ask.fields else _any_date(inner)
    day = found.one_day() if found else None
    week = around(day, ask.fields.get("span", "week"), 0) if day else None
    return replace(week, stated=found.stated) if week and found else None


def _any_date(ask: Ask) -> Days | None:
    if "iso" in ask.fields:
        return by_iso(ask)
    return by_numeric(ask) if "slash" in ask.fields else by_date(ask)


def by_weekday(ask: Ask) -> Days | None:
    today, weekday = ask.today(), ask.number("weekday")
    if today is None or weekday is None:
        return None
    week, which = ask.number("week"), ask.fields.get("which", "")
    monday = plus(today, -today.weekday())
    if week is not None:
        day = plus(monday, 7 * week + weekday - 1) if monday else None
        return of_day(day) if day else None
    ahead = (weekday - today.isoweekday()) % 7
    behind = (today.isoweekday() - weekday) % 7
    if which == "last":
        step = -(behind or 7)
    elif which == "next":
        # Whoever means the one of this week says "this" or nothing: "next" is the one of the next week.
        step = 7 - today.weekday() + weekday - 1 if ask.anchor == "published" else (ahead or 7)
    elif which == "coming":
        step = ahead or 7
    elif which == "this":
        step = -behind if ask.tense == "past" or ask.anchor == "previous" else ahead
    else:
        step = ahead if ask.tense in ("future", "after") else -behind
    day = plus(today, step)
    return of_day(day) if day else None
