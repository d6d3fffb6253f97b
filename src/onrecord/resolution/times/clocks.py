"""Times of day: on which day they are, and to the hour or to the minute."""

from __future__ import annotations

from dataclasses import replace

from onrecord.resolution.times.asking import SAME_CLAUSE, Ask, Fields, named
from onrecord.resolution.times.days import Days, of_day


def by_clock(ask: Ask) -> Days | None:
    day = _clock_day(ask)
    minute = _minute(ask.fields)
    if day is None or minute is None:
        return None
    if ask.fields.get("noon") == "0":
        # Midnight of a day is where it begins to some and where it ends to others: the day is sure.
        return replace(day, precision="day", clock=None)
    hour, exact = minute
    zone = ask.fields.get("zone", "")
    offset = zone if zone[:1] in ("+", "-") else ""
    first, last = (hour, hour) if exact else (hour, hour[:3] + "59")
    bounds = (f"{day.earliest.isoformat()}T{first}{offset}", f"{day.earliest.isoformat()}T{last}{offset}")
    return replace(day, precision="minute" if exact else "hour", part=None, clock=bounds)


def _clock_day(ask: Ask) -> Days | None:
    """The day of a time of day: its own, the next in the sentence, the last in the paragraph, or the article's."""
    context = ask.context
    if any(name.startswith("day.") for name in ask.fields):
        found = ask.nested("day").named()
        return found if found and found.one_day() else None
    for after in context.following:
        between = context.text[context.at : after.passage.start]
        if len(between) > SAME_CLAUSE or after.anchor == "previous":
            break
        if after.rule in ("weekday", "date") or any(name.startswith("day.") for name, _ in after.fields):
            found = named(dict(after.fields), after.rule, after.tense, after.anchor, replace(context, following=()))
            return replace(found, part=None) if found and found.one_day() else None
    if (
        context.previous
        and context.previous.one_day()
        and "\n\n" not in context.text[context.previous_end : context.at]
    ):
        return replace(context.previous, stated=False, clock=None, part=None)
    return of_day(context.today) if context.today else None


def _minute(fields: Fields) -> tuple[str, bool] | None:
    """The time of day as `HH:MM`, and whether it is stated to the minute."""
    exact = True
    if "clock" in fields:
        hour, minute = (int(n) for n in fields["clock"].split(":")[:2])
    elif "hundreds" in fields:
        hour, minute = divmod(int(fields["hundreds"]), 100)
    elif "noon" in fields:
        hour, minute = int(fields["noon"]), 0
    elif "hour" in fields:
        hour, minute, exact = int(fields["hour"]), 0, False
    else:
        return None
    half = fields.get("half") or ("pm" if fields.get("daypart") in ("afternoon", "evening", "night") else None)
    if half == "pm" and hour < 12:
        hour += 12
    elif half == "am" and hour == 12:
        hour = 0
    if hour == 24 and minute == 0:
        hour = 0
    return (f"{hour:02d}:{minute:02d}", exact) if hour < 24 and minute < 60 else None
