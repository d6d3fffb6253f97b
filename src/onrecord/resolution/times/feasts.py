"""Seasons, feasts and anniversaries."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from onrecord.resolution.times.asking import SAME_SENTENCE, Ask, Context, named, pick
from onrecord.resolution.times.days import (
    Days,
    around,
    easter,
    made,
    nth_weekday,
    of_day,
    of_months,
    of_year,
    orthodox_easter,
    plus,
)

SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}
"""The first month of each season in the northern half of the world."""


def by_season(ask: Ask) -> Days | None:
    told = ask.fields.get("south")
    south = ask.context.south if told is None else told == "yes"
    if south is not None:
        return _season_of(ask, south)
    one, other = _season_of(ask, False), _season_of(ask, True)
    if one is None or other is None:
        return None
    first, last = min(one.earliest, other.earliest), max(one.latest, other.latest)
    if (last - first).days > 366:
        return None
    return Days(first, last, "year", stated=one.stated)


def _season_of(ask: Ask, south: bool) -> Days | None:
    """The season of the one half of the world or of the other."""
    season = ask.fields.get("season", "")
    over = "summer" if south else "winter"

    def of(year: int) -> Days | None:
        return of_months(year, (SEASONS[season] + 6 * south - 1) % 12 + 1, 3, "quarter")

    if ask.asks_year():
        year = ask.year()
        if year is None:
            return None
        if "until_year" in ask.fields:
            return _season_over(season, year, ask, over)
        # A winter of one year begins in the year before or ends in the next: only the year is sure.
        found = of_year(year) if season == over else of(year)
        return replace(found, stated=ask.states_year()) if found else None
    today = ask.today()
    if today is None:
        return None
    which = ask.fields.get("which", "")
    if which == "this":
        return pick([of(today.year + step) for step in (-1, 0)], today, "")
    return pick([of(today.year + step) for step in (-2, -1, 0, 1)], today, ask.tense, which)


def _season_over(season: str, year: int, ask: Ask, over: str) -> Days | None:
    """ "The winter of 1998-99"; the summer of one year is not that of two."""
    last = int(ask.fields["until_year"])
    found = of_months(year, 12, 3, "quarter")
    right = season == over and (last == year + 1 or last == (year + 1) % 100)
    return replace(found, stated=True) if found and right else None


def by_holiday(ask: Ask) -> Days | None:
    feast = ask.fields.get("feast", "")

    def of(year: int) -> Days | None:
        day = _feast(feast, year)
        return of_day(day) if day else None

    if ask.asks_year():
        year = ask.year()
        found = of(year) if year is not None else None
        return replace(found, stated=ask.states_year()) if found else None
    today = ask.today()
    if today is None:
        return None
    if ask.fields.get("which") == "this":
        return of(today.year)
    return pick([of(today.year + step) for step in (-1, 0, 1)], today, ask.tense, ask.fields.get("which", ""))


def _feast(feast: str, year: int) -> date | None:
    """A feast's day in a year: `12-25`, `11-thu-4`, `easter-2`; null where it moves by a calendar that is not ours."""
    for name, sunday in (("easter", easter), ("orthodox", orthodox_easter)):
        if feast.startswith(name):
            return plus(sunday(year), int(feast.removeprefix(name)))
    if feast == "thanksgiving+1":
        thursday = nth_weekday(year, 11, 4, 4)
        return plus(thursday, 1) if thursday else None
    parts = feast.split("-")
    if len(parts) == 2 and parts[0].isdigit():
        return made(year, int(parts[0]), int(parts[1]))
    if len(parts) == 3:
        weekday = ("mon", "tue", "wed", "thu", "fri", "sat", "sun").index(parts[1]) + 1
        return nth_weekday(year, int(parts[0]), weekday, -1 if parts[2] == "last" else int(parts[2]))
    return None


def by_holiday_week(ask: Ask) -> Days | None:
    found = by_holiday(ask)
    if found is None:
        return None
    if ask.fields.get("span") == "weekend":
        return _long_weekend(found)
    week = around(found.earliest, "week", 0)
    return replace(week, stated=found.stated) if week else None


def _long_weekend(feast: Days) -> Days | None:
    """Saturday and Sunday with the feast, where it lies right before or after them."""
    day = feast.earliest
    back, ahead = {0: (2, 0), 3: (0, 3), 4: (0, 2), 5: (0, 1), 6: (1, 0)}.get(day.weekday(), (0, 0))
    first, last = plus(day, -back), plus(day, ahead)
    if first is None or last is None or first == last:
        return around(day, "weekend", 0)
    return Days(first, last, "day", stated=feast.stated)


def by_anniversary(ask: Ask) -> Days | None:
    """What an anniversary remembers: so many years before the day that the sentence gives for it."""
    years, context = ask.number("years"), ask.context
    if not years:
        return None
    day = _anniversary_day(context)
    if day is None or day.precision not in ("day", "month", "year") or day.earliest.year <= years:
        return None
    first = made(day.earliest.year - years, day.earliest.month, day.earliest.day)
    last = made(day.latest.year - years, day.latest.month, day.latest.day)
    return Days(first, last, day.precision) if first and last else None


def _anniversary_day(context: Context) -> Days | None:
    """The time before the anniversary or after it in its sentence."""
    between = context.text[context.previous_end : context.at]
    if context.previous and not context.previous.clock and len(between) < SAME_SENTENCE and ". " not in between:
        return context.previous
    for after in context.following[:1]:
        between = context.text[context.at : after.passage.start]
        if after.rule in ("date", "weekday", "unit") and len(between) < SAME_SENTENCE and ". " not in between:
            return named(dict(after.fields), after.rule, after.tense, after.anchor, replace(context, following=()))
    return None
