"""Units near and far ("last week", "two years ago"), and parts of years and more than years."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from onrecord.language.tables import table
from onrecord.resolution.times.asking import REACH, Ask, Context, pick
from onrecord.resolution.times.days import Days, around, made, of_day, of_months, of_year, plus, stepped


def by_unit(ask: Ask) -> Days | None:
    unit = ask.fields.get("unit") or ask.fields.get("span", "")
    if "then" in ask.fields:
        return replace(ask.context.previous, stated=False, clock=None) if ask.context.previous else None
    if ask.fields.get("shift") == "near" or ask.anchor == "near":
        return _near(ask, unit)
    shift, today = ask.number("shift"), ask.today()
    if shift is None or today is None:
        return None
    if unit == "weekend" and shift == 0 and ask.tense == "past" and ask.anchor != "previous":
        return pick([around(today, unit, step) for step in (-1, 0)], today, "past")
    if ask.anchor == "previous" and not _fine_enough(ask.context.previous, unit):
        return None
    return around(today, unit, shift)


def _fine_enough(previous: Days | None, unit: str) -> bool:
    """Only what lies within one unit tells which unit comes next."""
    if previous is None:
        return False
    whole = around(previous.earliest, unit, 0)
    return whole is not None and whole.latest >= previous.latest


def _near(ask: Ask, unit: str) -> Days | None:
    """ "The quarter", "the weekend", "the end of the year": the one last spoken of, or the article's own."""
    today, context = ask.context.today, ask.context
    if unit == "day":
        if context.previous and context.previous.one_day() and context.at - context.previous_end < REACH:
            return replace(context.previous, stated=False, clock=None, precision="day", part=None)
        return of_day(today) if today else None
    if unit == "quarter" and context.reckoned and context.reckoned.precision == "quarter":
        return replace(context.reckoned, stated=False)
    if today is None:
        return None
    if unit == "quarter":
        return around(today, unit, 0 if ask.tense == "future" else -1)
    if unit == "weekend":
        return pick([around(today, unit, step) for step in (-1, 0, 1)], today, ask.tense)
    return around(today, unit, 0)


def by_ago(ask: Ask) -> Days | None:
    number, sign, unit = ask.number("num"), ask.number("sign"), ask.fields.get("unit", "")
    if number is None or sign is None:
        return None
    if ask.anchor == "comparison":
        return _a_year_before(ask)
    today = ask.today()
    if today is None or (ask.anchor == "previous" and not _fine_enough(ask.context.previous, unit)):
        return None
    if "half" in ask.fields:
        return around(today, "month", sign * (number * 12 + 6)) if unit == "year" else None
    if unit == "fortnight":
        unit, number = "week", number * 2
    if unit in ("minute", "hour"):
        return None
    if unit == "decade":
        return around(today, "decade", sign * number)
    if "exact" in ask.fields and unit in ("week", "month", "year"):
        return _to_the_day(today, unit, sign * number)
    return around(today, unit, sign * number)


def _to_the_day(today: date, unit: str, step: int) -> Days | None:
    """ "Two years ago today" is a day."""
    if unit == "week":
        day = plus(today, 7 * step)
    else:
        year, month = stepped(today.year, today.month, step * (12 if unit == "year" else 1))
        day = made(year, month, today.day)
    return of_day(day) if day else None


def _a_year_before(ask: Ask) -> Days | None:
    """ "A year earlier" in a report of a quarter is that quarter, a year before."""
    context = ask.context
    base = context.reckoned
    if base and context.at - context.reckoned_end < REACH and not _others(context):
        return of_months(
            base.earliest.year - 1, base.earliest.month, 3 if base.precision == "quarter" else 6, base.precision
        )
    if context.today is None:
        return None
    return of_year(context.today.year - 1)


def _others(context: Context) -> bool:
    """Whether the text has gone on from the quarter to another stretch ("in the first nine months")."""
    between = context.text[context.reckoned_end : context.at]
    return any(words in between for words in table(context.language, "times")["reckoning"]["others"])


def by_comparable(ask: Ask) -> Days | None:
    year = ask.year()
    base = ask.context.reckoned
    if year is None:
        return None
    if base is None or _others(ask.context):
        found = of_year(year)
        return replace(found, stated=True) if found else None
    return of_months(year, base.earliest.month, 3 if base.precision == "quarter" else 6, base.precision)


def by_quarter(ask: Ask) -> Days | None:
    return _part_of_year(ask, "quarter_n", 3)


def by_half(ask: Ask) -> Days | None:
    return _part_of_year(ask, "half_n", 6)


def _part_of_year(ask: Ask, name: str, length: int) -> Days | None:
    number = ask.number(name)
    if "end.month" in ask.fields:
        return _ended(ask, length)
    if number is None or not 1 <= number <= 12 // length or ("fiscal" in ask.fields and not ask.states_year()):
        return None
    precision = "quarter" if length == 3 else "half"

    def of(year: int) -> Days | None:
        return of_months(year, (number - 1) * length + 1, length, "quarter" if precision == "quarter" else "half")

    if ask.asks_year():
        year = ask.year()
        found = of(year) if year is not None else None
        return replace(found, stated=ask.states_year()) if found else None
    today = ask.context.today
    if today is None:
        return None
    return pick([of(today.year + step) for step in (-1, 0, 1)], today, ask.tense if ask.tense == "past" else "")


def _ended(ask: Ask, length: int) -> Days | None:
    """ "The fiscal second quarter ended Sept. 30": the months up to that day, whatever their number."""
    last = ask.nested("end", rule="date").named()
    if last is None:
        return None
    year, month = stepped(last.latest.year, last.latest.month, 1 - length)
    found = of_months(year, month, length, "quarter" if length == 3 else "half")
    return replace(found, stated=last.stated) if found else None


def by_decade(ask: Ask) -> Days | None:
    written = ask.fields.get("decade", "")
    if len(written) == 4:
        start = int(written)
        if start % 100 == 0 and start < 2000:
            found = of_months(start, 1, 1200, None)  # the 1800s are a century, and no precision says so
        else:
            found = of_months(start, 1, 120, "decade")
        return replace(found, stated=True) if found else None
    today = ask.context.today
    if today is None or not written.isdigit():
        return None
    start = today.year - today.year % 100 + int(written)
    return of_months(start if start <= today.year else start - 100, 1, 120, "decade")


def by_century(ask: Ask) -> Days | None:
    number = ask.number("century")
    if number is None or not 1 <= number <= 30:
        return None
    found = of_months((number - 1) * 100 + 1, 1, 1200, None)
    return replace(found, stated=True) if found else None
