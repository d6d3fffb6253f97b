"""Dates in figures: ISO 8601, and day, month and year in whichever order the article shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from onrecord.model import TimeExpression
from onrecord.resolution.times.asking import Ask, full_year
from onrecord.resolution.times.days import Days, made, of_day


def by_iso(ask: Ask) -> Days | None:
    written = ask.fields.get("iso", "").upper()
    numbers = written.partition("T")[0].split("-")
    day = made(int(numbers[0]), int(numbers[1]), int(numbers[2])) if len(numbers) == 3 else None
    if day is None:
        return None
    found = replace(of_day(day), stated=True)
    time = written.partition("T")[2]
    if not time:
        return found
    offset = "+00:00" if time.endswith("Z") else time[-6:] if time[-6:-5] in ("+", "-") else ""
    minute = f"{day.isoformat()}T{time[:5].rjust(5, '0')}{offset}"
    return replace(found, precision="minute", clock=(minute, minute))


def by_numeric(ask: Ask) -> Days | None:
    readings = _readings(ask.fields.get("slash", ""), ask.context.today)
    if not readings:
        return None
    if len(set(readings.values())) == 1:
        return replace(of_day(next(iter(readings.values()))), stated=True)
    order = ask.context.order
    return replace(of_day(readings[order]), stated=True) if order in readings else None


def _readings(written: str, today: date | None) -> dict[str, date]:
    """The days that a date in figures may name, by the order of day, month and year that each takes it in."""
    mark = next((m for m in "/.-" if m in written), "/")
    parts = written.split(mark)
    if len(parts) != 3 or (mark != "/" and all(len(p) < 4 for p in parts)):
        return {}
    a, b, c = (int(p) for p in parts)
    if len(parts[0]) > 2:
        found = {"ymd": made(a, b, c)}
    elif len(parts[2]) == 3:
        return {}
    else:
        year = full_year(c, parts[2], today)
        if year is None:
            return {}
        found = {"dmy": made(year, b, a)} | ({} if mark == "." else {"mdy": made(year, a, b)})
    return {order: day for order, day in found.items() if day is not None}


def order_shown(ordered: Sequence[TimeExpression], today: date | None) -> str | None:
    """The order of day and month that the article's other dates show, or null where they show none or both."""
    shown: set[str] = set()
    near: set[str] = set()
    for expression in ordered:
        for name, written in expression.fields:
            if name.rpartition(".")[2] != "slash":
                continue
            readings = _readings(written, today)
            if len(readings) == 1:
                shown |= set(readings)
            elif len(set(readings.values())) == 2 and today is not None:
                near |= {order for order, day in readings.items() if day == today}
    for evidence in (shown, near):
        if len(evidence) == 1:
            return next(iter(evidence))
    return None
