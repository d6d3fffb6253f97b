"""What days a time expression names, by the article's own date, the times before it and the tense around it.

A pure function of the expressions, the text and `article.published`: it runs again when an article's date is inferred
late. What needs a date that is not known keeps its words alone. The fields of an expression are the grammar's
(`language/<code>/times.toml`); this module gives them their meaning.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import get_args

from onrecord.language.tables import table
from onrecord.model import Article, Part, Time, TimeExpression, When, entry_id
from onrecord.resolution.days import (
    PRECISIONS,
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
    stepped,
    with_part,
)

MADE_BY = "times/1"
FOUNDED_BY = "anniversaries/1"
"""Who makes the times that anniversaries tell of: the day of what is remembered, not of what is reported."""
Fields = dict[str, str]
PARTS: tuple[Part, ...] = get_args(Part)
DAYPARTS: dict[str, Part] = {
    "dawn": "early", "morning": "early", "afternoon": "mid", "dusk": "late", "evening": "late", "night": "late",
}  # fmt: skip
SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}
"""The first month of each season in the northern half of the world."""
REACH = 1000
"""How many characters a quarter stays the one that "a year earlier" is measured from: about two paragraphs of a report."""
SAME_SENTENCE = 90
"""How many characters from an anniversary its day may be named."""
SAME_CLAUSE = 40
"""How many characters after a time of day its day may be named: "at 10 a.m. (0700 GMT) on Friday"."""
FAR, CLOSE = 300, 95
"""Days. A date without its year is taken against the tense where the tense would put it further than the one and the
calendar has it nearer than the other; set on two thirds of TimeBank, `evaluation/times.py`."""


@dataclass(slots=True)
class Context:
    """What is known at one place of the text: the article's day and the times before this place."""

    today: date | None
    text: str
    language: str
    order: str | None
    previous: Days | None = None
    previous_end: int = 0
    reckoned: Days | None = None
    reckoned_end: int = -REACH
    at: int = 0
    following: tuple[TimeExpression, ...] = ()


def resolve(article: Article, expressions: Sequence[TimeExpression]) -> tuple[Time, ...]:
    """A time for every expression, in the order of the text, whatever the order they come in."""
    ordered = sorted(expressions, key=lambda e: e.passage)
    days = [_pass(article, ordered, today) for today in _todays(article.published)]
    agreed = [found[0] if all(other == found[0] for other in found) else None for found in zip(*days, strict=True)]
    pairs = [
        (expression, named)
        for expression, named in zip(ordered, agreed, strict=True)
        if named is not None or expression.rule != "anniversary"
    ]
    return tuple(_time(article, expression, named) for expression, named in pairs)


def _todays(published: When | None) -> tuple[date | None, ...]:
    """The first and the last day on which the article may have been published: what both agree on is known."""
    if published is None or published.earliest is None or published.latest is None:
        return (None,)
    ends = (date.fromisoformat(published.earliest[:10]), date.fromisoformat(published.latest[:10]))
    return ends[:1] if ends[0] == ends[1] else ends


def _time(article: Article, expression: TimeExpression, named: Days | None) -> Time:
    text = expression.passage.of(article.text)
    when = When(text)
    if named is not None:
        first, last = named.clock or (named.earliest.isoformat(), named.latest.isoformat())
        when = When(text, first, last, named.precision, named.part, "stated" if named.stated else "resolved")
    made_by = FOUNDED_BY if expression.rule == "anniversary" else MADE_BY
    passage = expression.passage
    return Time(entry_id("time", article.id, passage), article.id, passage, when, made_by, confidence=None)


def _pass(article: Article, ordered: Sequence[TimeExpression], today: date | None) -> list[Days | None]:
    """What each expression names if the article was published on `today`."""
    context = Context(today, article.text, article.language or "en", _order(ordered, today))
    found: list[Days | None] = []
    for index, expression in enumerate(ordered):
        context.at = expression.passage.start
        context.following = tuple(ordered[index + 1 : index + 3])
        named = _named(dict(expression.fields), expression.rule, expression.tense, expression.anchor, context)
        found.append(named)
        if named is not None and expression.rule != "anniversary":
            context.previous, context.previous_end = named, expression.passage.end
            if _reckoned(named, expression, context):
                context.reckoned, context.reckoned_end = named, expression.passage.end
    return found


def _reckoned(named: Days, expression: TimeExpression, context: Context) -> bool:
    """Whether a quarter is the one that a report is about: neither one it compares with nor one it only expects."""
    if named.precision not in ("quarter", "half") or expression.rule not in ("quarter", "half", "unit"):
        return False
    if context.today is not None and expression.tense == "future" and named.latest >= context.today:
        return False
    return context.reckoned is None or named.earliest >= context.reckoned.earliest


def _named(fields: Fields, rule: str, tense: str, anchor: str, context: Context) -> Days | None:
    handler = RULES.get(rule)
    if handler is None:
        return None
    ask = Ask(fields, tense, anchor, context)
    named = handler(ask)
    if named is None:
        return None
    part = fields.get("part") or DAYPARTS.get(fields.get("daypart", ""))
    return with_part(named, next((p for p in PARTS if p == part), None))


@dataclass(frozen=True, slots=True)
class Ask:
    """One expression to resolve, with what surrounds it."""

    fields: Fields
    tense: str
    anchor: str
    context: Context

    def number(self, name: str) -> int | None:
        value = self.fields.get(name, "")
        return int(value) if value.lstrip("-").isdigit() else None

    def today(self) -> date | None:
        """The day that the expression counts from: the article's, or the one named before it in the text."""
        if self.anchor == "previous":
            return self.context.previous.earliest if self.context.previous else None
        return self.context.today

    def nested(self, prefix: str, **more: str) -> Ask:
        inner = {n.removeprefix(prefix + "."): v for n, v in self.fields.items() if n.startswith(prefix + ".")}
        return Ask(more | inner, self.tense, inner.pop("anchor", self.anchor), self.context)

    def named(self) -> Days | None:
        return _named(self.fields, self.fields.get("rule", ""), self.tense, self.anchor, self.context)

    def year(self) -> int | None:
        """The year that the expression states or counts to; null where it says nothing of the year."""
        stated = self.number("year")
        if stated is not None:
            return _full_year(stated, self.fields["year"], self.context.today)
        for name in ("yy", "short"):
            if name in self.fields:
                return _full_year(int(self.fields[name]), self.fields[name], self.context.today)
        shift, day = self.number("yshift"), self.today()
        return day.year + shift if shift is not None and day is not None else None

    def states_year(self) -> bool:
        return any(name in self.fields for name in ("year", "yy", "short"))

    def asks_year(self) -> bool:
        return self.states_year() or "yshift" in self.fields


def _full_year(value: int, written: str, today: date | None) -> int | None:
    """A year of two digits is the nearest such year, at most ten years ahead of the article."""
    if len(written) > 2:
        return value
    if today is None:
        return None
    base = today.year - today.year % 100 + value
    return base if base <= today.year + 10 else base - 100


def _pick(candidates: Iterable[Days | None], today: date | None, tense: str, which: str = "") -> Days | None:
    """The candidate that the tense and the article's day choose; without a tense, the nearest."""
    known = sorted((c for c in candidates if c is not None), key=lambda c: c.earliest)
    if today is None or not known:
        return None
    if which == "last":
        return next((c for c in reversed(known) if c.latest < today), None)
    if which == "next":
        return next((c for c in known if c.earliest > today), None)
    nearest = min(known, key=lambda c: (c.away(today), c.earliest))
    if tense == "past":
        told = next((c for c in reversed(known) if c.earliest <= today), None)
    elif tense == "future":
        told = next((c for c in known if c.latest >= today), None)
    else:
        return nearest
    # Who means a day ten months away says the year: then the tense was read off the wrong verb.
    return nearest if told is None or (told.away(today) > FAR and nearest.away(today) < CLOSE) else told


# ------------------------------------------------------------------ the calendar
def _date(ask: Ask) -> Days | None:
    month, day = ask.number("month"), ask.number("day")
    if "mshift" in ask.fields:
        return _in_month(ask, lambda year, month: _calendar(year, month, day))
    if ask.asks_year():
        year = ask.year()
        found = _calendar(year, month, day) if year is not None else None
        return replace(found, stated=ask.states_year()) if found else None
    weekday = ask.number("weekday")
    if month is None:
        return _day_alone(ask, weekday, day) if weekday and day else None
    return _yearless(ask, month, day)


def _day_alone(ask: Ask, weekday: int, day: int) -> Days | None:
    """"Friday the 13th": the nearest such day."""
    today = ask.today()
    if today is None:
        return None
    months = [stepped(today.year, today.month, step) for step in range(-6, 7)]
    found = [_calendar(year, month, day) for year, month in months]
    return _pick([c for c in found if c and c.earliest.isoweekday() == weekday], today, ask.tense)


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
    if which == "this":
        return _calendar(today.year, month, day)
    weekday = ask.number("weekday")
    candidates = [_calendar(today.year + step, month, day) for step in range(-4, 5)]
    if weekday is not None and day is not None:
        right = [c for c in candidates if c is not None and c.earliest.isoweekday() == weekday]
        return _pick(right, today, "")
    if ask.anchor == "previous" and ask.context.previous and which == "":
        return None
    return _pick(candidates, today, ask.tense, which)


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
    return _pick([of(today.year + step, month) for step in (-1, 0, 1)], today, ask.tense, ask.fields.get("which", ""))


def _nth_weekday(ask: Ask) -> Days | None:
    weekday = ask.number("weekday")
    nth = -1 if ask.fields.get("nth") == "last" else ask.number("nth")
    if weekday is None or nth is None or not -1 <= nth <= 5:
        return None

    def of(year: int, month: int) -> Days | None:
        found = nth_weekday(year, month, weekday, nth)
        return of_day(found) if found else None

    return _each_month(ask, of)


def _month_end(ask: Ask) -> Days | None:
    def of(year: int, month: int) -> Days | None:
        whole = of_months(year, month, 1, "month")
        return of_day(whole.latest) if whole else None

    return _each_month(ask, of)


def _week_of(ask: Ask) -> Days | None:
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


def _nth_month(ask: Ask) -> Days | None:
    year, nth = ask.year(), ask.number("nth")
    if year is None or nth is None or not 1 <= nth <= 12:
        return None
    found = of_months(year, nth, 1, "month")
    return replace(found, stated=ask.states_year()) if found else None


def _piece(ask: Ask) -> Days | None:
    """"The first nine months of 2018", "the last ten days of May"."""
    count, unit = ask.number("take"), ask.fields.get("of_unit", "")
    whole = _date(ask)
    if whole is None or not count:
        return None
    end = ask.fields.get("from_end") == "yes"
    if unit == "month":
        year, month = stepped(whole.latest.year, whole.latest.month, 1 - count) if end else (whole.earliest.year, whole.earliest.month)
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


def _offset(ask: Ask) -> Days | None:
    """"Two days after Christmas", "three weeks from tomorrow"."""
    base, number, sign = ask.nested("base").named(), ask.number("num"), ask.number("sign")
    day = base.one_day() if base else None
    unit = ask.fields.get("unit", "")
    if base is None or day is None or number is None or sign is None or "half" in ask.fields or unit in ("hour", "minute"):
        return None
    if unit == "fortnight":
        unit, number = "week", 2 * number
    found = around(day, unit, sign * number)
    return replace(found, stated=base.stated) if found else None


def _week_at(ask: Ask) -> Days | None:
    inner = replace(ask, fields=ask.fields | {"rule": ask.fields.get("rule", "date")})
    found = _weekday(inner) if "weekday" in ask.fields and "month" not in ask.fields else _any_date(inner)
    day = found.one_day() if found else None
    week = around(day, ask.fields.get("span", "week"), 0) if day else None
    return replace(week, stated=found.stated) if week and found else None


def _any_date(ask: Ask) -> Days | None:
    if "iso" in ask.fields:
        return _iso(ask)
    return _numeric(ask) if "slash" in ask.fields else _date(ask)


def _weekday(ask: Ask) -> Days | None:
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
        step = ahead if ask.tense == "future" else -behind
    day = plus(today, step)
    return of_day(day) if day else None


# ------------------------------------------------------------------ units near and far
def _unit(ask: Ask) -> Days | None:
    unit = ask.fields.get("unit") or ask.fields.get("span", "")
    if "then" in ask.fields:
        return replace(ask.context.previous, stated=False, clock=None) if ask.context.previous else None
    if ask.fields.get("shift") == "near" or ask.anchor == "near":
        return _near(ask, unit)
    shift, today = ask.number("shift"), ask.today()
    if shift is None or today is None:
        return None
    if unit == "weekend" and shift == 0 and ask.tense == "past" and ask.anchor != "previous":
        return _pick([around(today, unit, step) for step in (-1, 0)], today, "past")
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
    """"The quarter", "the weekend", "the end of the year": the one last spoken of, or the article's own."""
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
        return _pick([around(today, unit, step) for step in (-1, 0, 1)], today, ask.tense)
    return around(today, unit, 0)


def _ago(ask: Ask) -> Days | None:
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
    return around(today, unit, sign * number)


def _a_year_before(ask: Ask) -> Days | None:
    """"A year earlier" in a report of a quarter is that quarter, a year before."""
    context = ask.context
    base = context.reckoned
    if base and context.at - context.reckoned_end < REACH and not _others(context):
        return of_months(base.earliest.year - 1, base.earliest.month, 3 if base.precision == "quarter" else 6, base.precision)
    if context.today is None:
        return None
    return of_year(context.today.year - 1)


def _others(context: Context) -> bool:
    """Whether the text has gone on from the quarter to another stretch ("in the first nine months")."""
    between = context.text[context.reckoned_end : context.at]
    return any(words in between for words in table(context.language, "times")["reckoning"]["others"])


def _comparable(ask: Ask) -> Days | None:
    year = ask.year()
    base = ask.context.reckoned
    if year is None:
        return None
    if base is None or _others(ask.context):
        found = of_year(year)
        return replace(found, stated=True) if found else None
    return of_months(year, base.earliest.month, 3 if base.precision == "quarter" else 6, base.precision)


# ------------------------------------------------------------------ parts of years, and more than years
def _quarter(ask: Ask) -> Days | None:
    return _part_of_year(ask, "quarter_n", 3)


def _half(ask: Ask) -> Days | None:
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
    return _pick([of(today.year + step) for step in (-1, 0, 1)], today, ask.tense if ask.tense == "past" else "")


def _ended(ask: Ask, length: int) -> Days | None:
    """"The fiscal second quarter ended Sept. 30": the months up to that day, whatever their number."""
    last = ask.nested("end", rule="date").named()
    if last is None:
        return None
    year, month = stepped(last.latest.year, last.latest.month, 1 - length)
    found = of_months(year, month, length, "quarter" if length == 3 else "half")
    return replace(found, stated=last.stated) if found else None


def _decade(ask: Ask) -> Days | None:
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


def _century(ask: Ask) -> Days | None:
    number = ask.number("century")
    if number is None or not 1 <= number <= 30:
        return None
    found = of_months((number - 1) * 100 + 1, 1, 1200, None)
    return replace(found, stated=True) if found else None


def _season(ask: Ask) -> Days | None:
    season = ask.fields.get("season", "")

    def of(year: int) -> Days | None:
        return of_months(year, SEASONS[season], 3, "quarter")

    if ask.asks_year():
        year = ask.year()
        if year is None:
            return None
        if "until_year" in ask.fields:
            return _season_over(season, year, ask)
        # A winter of one year begins in the year before or ends in the next: only the year is sure.
        found = of_year(year) if season == "winter" else of(year)
        return replace(found, stated=ask.states_year()) if found else None
    today = ask.today()
    if today is None:
        return None
    which = ask.fields.get("which", "")
    if which == "this":
        return _pick([of(today.year + step) for step in (-1, 0)], today, "")
    return _pick([of(today.year + step) for step in (-2, -1, 0, 1)], today, ask.tense, which)


def _season_over(season: str, year: int, ask: Ask) -> Days | None:
    """"The winter of 1998-99"; the summer of one year is not that of two."""
    last = int(ask.fields["until_year"])
    found = of_months(year, SEASONS[season], 3, "quarter")
    right = season == "winter" and (last == year + 1 or last == (year + 1) % 100)
    return replace(found, stated=True) if found and right else None


def _anniversary(ask: Ask) -> Days | None:
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
            return _named(dict(after.fields), after.rule, after.tense, after.anchor, replace(context, following=()))
    return None


def _holiday(ask: Ask) -> Days | None:
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
    return _pick([of(today.year + step) for step in (-1, 0, 1)], today, ask.tense, ask.fields.get("which", ""))


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


def _holiday_week(ask: Ask) -> Days | None:
    found = _holiday(ask)
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


# ------------------------------------------------------------------ figures for dates
def _iso(ask: Ask) -> Days | None:
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


def _numeric(ask: Ask) -> Days | None:
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
        year = _full_year(c, parts[2], today)
        if year is None:
            return {}
        found = {"dmy": made(year, b, a)} | ({} if mark == "." else {"mdy": made(year, a, b)})
    return {order: day for order, day in found.items() if day is not None}


def _order(ordered: Sequence[TimeExpression], today: date | None) -> str | None:
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


# ------------------------------------------------------------------ times of day
def _clock(ask: Ask) -> Days | None:
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
    """The day of a time of day: its own, the next named in the sentence, the last named in the paragraph, the article's."""
    context = ask.context
    if any(name.startswith("day.") for name in ask.fields):
        found = ask.nested("day").named()
        return found if found and found.one_day() else None
    for after in context.following:
        between = context.text[context.at : after.passage.start]
        if len(between) > SAME_CLAUSE or after.anchor == "previous":
            break
        if after.rule in ("weekday", "date") or any(name.startswith("day.") for name, _ in after.fields):
            found = _named(dict(after.fields), after.rule, after.tense, after.anchor, replace(context, following=()))
            return replace(found, part=None) if found and found.one_day() else None
    if context.previous and context.previous.one_day() and "\n\n" not in context.text[context.previous_end : context.at]:
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
    half = fields.get("half")
    if half == "pm" and hour < 12:
        hour += 12
    elif half == "am" and hour == 12:
        hour = 0
    if hour == 24 and minute == 0:
        hour = 0
    return (f"{hour:02d}:{minute:02d}", exact) if hour < 24 and minute < 60 else None


# ------------------------------------------------------------------ ranges
def _range(ask: Ask) -> Days | None:
    """From the first day of the one end to the last day of the other: what one end leaves out, the other gives."""
    start, end = ask.nested("from"), ask.nested("to")
    fields_from, fields_to = dict(start.fields), dict(end.fields)
    for name in ("month", "half", "zone"):
        if name in fields_to and name not in fields_from and fields_from.get("rule") == fields_to.get("rule"):
            fields_from[name] = fields_to[name]
    if "month" in fields_from and "day" in fields_from and "month" not in fields_to:
        fields_to["month"] = fields_from["month"]
    if "decade" in fields_from and len(fields_from["decade"]) == 4:
        fields_to["decade"] = fields_to["decade"].rjust(4, "0") if len(fields_to.get("decade", "")) == 4 else fields_from["decade"][:2] + fields_to.get("decade", "")
    if len(fields_to.get("year", "")) == 2:
        fields_to["year"] = fields_from.get("year", "")[:2] + fields_to["year"]
    left, right = _ends(replace(start, fields=fields_from), replace(end, fields=fields_to))
    if left is None or right is None:
        return None
    if left.earliest > right.latest:
        if not (left.stated and right.stated and left.precision == right.precision == "year"):
            return None
        left, right = right, left  # "2022-2018", as texts set from right to left have it
    precision = left.precision if left.precision == right.precision else right.precision
    clock = (left.clock[0], right.clock[1]) if left.clock and right.clock else None
    return Days(left.earliest, right.latest, precision, stated=left.stated and right.stated, clock=clock)


def _ends(start: Ask, end: Ask) -> tuple[Days | None, Days | None]:
    """Both ends of a range: the end that names its year first, then the other as the next before or after it."""
    if end.asks_year() and not start.asks_year() and "month" in start.fields:
        right = end.named()
        return (_nearest_before(start, right), right)
    if start.asks_year() and not end.asks_year() and "month" in end.fields:
        left = start.named()
        return (left, _nearest_after(end, left))
    if start.fields.get("rule") == end.fields.get("rule") and not start.asks_year():
        if start.tense == "future":
            left = start.named()
            return (left, _nearest_after(end, left))
        right = end.named()
        return (_nearest_before(start, right), right)
    return (start.named(), end.named())


def _nearest_before(ask: Ask, bound: Days | None) -> Days | None:
    """What an expression names, counted back from the other end of its range."""
    if bound is None:
        return None
    context = replace(ask.context, today=bound.latest, previous=replace(bound, clock=None))
    found = replace(ask, tense="past", anchor="published", context=context).named()
    return replace(found, stated=bound.stated) if found else None


def _nearest_after(ask: Ask, bound: Days | None) -> Days | None:
    if bound is None:
        return None
    context = replace(ask.context, today=bound.earliest, previous=replace(bound, clock=None))
    found = replace(ask, tense="future", anchor="published", context=context).named()
    return replace(found, stated=bound.stated) if found else None


RULES: dict[str, Callable[[Ask], Days | None]] = {
    "date": _date, "weekday": _weekday, "nth_weekday": _nth_weekday, "month_end": _month_end, "week_of": _week_of,
    "nth_month": _nth_month, "piece": _piece, "offset": _offset,
    "week_at": _week_at, "unit": _unit, "ago": _ago, "comparable": _comparable, "quarter": _quarter, "half": _half,
    "decade": _decade, "century": _century,
    "anniversary": _anniversary, "season": _season, "holiday": _holiday, "holiday_week": _holiday_week,
    "iso": _iso, "numeric": _numeric, "clock": _clock, "range": _range,
}  # fmt: skip
