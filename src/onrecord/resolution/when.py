"""What days a time expression names, by the article's own date, the times before it and the tense around it.

A pure function of the expressions, the text and `article.published`: it runs again when an article's date is inferred
late. What needs a date that is not known keeps its words alone. The fields of an expression are the grammar's
(`language/<code>/times.toml`); this module gives them their meaning.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from types import MappingProxyType

from onrecord.model import Article, Statement, Time, TimeExpression, When, entry_id
from onrecord.resolution.times import clocks, dates, feasts, numerals, periods, places, ranges
from onrecord.resolution.times.asking import Ask, Context, named
from onrecord.resolution.times.days import Days

MADE_BY = "times/2"
QUOTES = frozenset("\"“„«'‘`")
SPOKEN = frozenset({"weekday", "unit", "ago", "offset", "date", "season", "holiday"})
"""Rules whose days are counted from the day of speaking."""
SINCE = "since "
"""A year after this is where something began, not the year that is told of."""
FOUNDED_BY = "anniversaries/1"
"""Who makes the times that anniversaries tell of: the day of what is remembered, not of what is reported."""
RULES: Mapping[str, Callable[[Ask], Days | None]] = MappingProxyType(
    {
        "date": dates.by_date,
        "stay_day": dates.by_stay_day,
        "weekday": dates.by_weekday,
        "nth_weekday": dates.by_nth_weekday,
        "month_end": dates.by_month_end,
        "week_of": dates.by_week_of,
        "nth_month": dates.by_nth_month,
        "piece": dates.by_piece,
        "offset": dates.by_offset,
        "week_at": dates.by_week_at,
        "unit": periods.by_unit,
        "ago": periods.by_ago,
        "comparable": periods.by_comparable,
        "quarter": periods.by_quarter,
        "half": periods.by_half,
        "decade": periods.by_decade,
        "century": periods.by_century,
        "anniversary": feasts.by_anniversary,
        "season": feasts.by_season,
        "holiday": feasts.by_holiday,
        "holiday_week": feasts.by_holiday_week,
        "iso": numerals.by_iso,
        "numeric": numerals.by_numeric,
        "clock": clocks.by_clock,
        "range": ranges.by_range,
    }
)
"""What each rule of the grammar means; a rule that is not here ("vague") names no days."""


def resolve(article: Article, expressions: Sequence[TimeExpression]) -> tuple[Time, ...]:
    """A time for every expression, in the order of the text, whatever the order they come in."""
    ordered = sorted(expressions, key=lambda e: e.passage)
    passes = [_pass(article, ordered, today) for today in _todays(article.published)]
    agreed = [found[0] if all(other == found[0] for other in found) else None for found in zip(*passes, strict=True)]
    pairs = [
        (expression, named)
        for expression, named in zip(ordered, agreed, strict=True)
        if named is not None or expression.rule != "anniversary"
    ]
    return tuple(_time(article, expression, named) for expression, named in pairs)


def spoken(
    article: Article, expressions: Sequence[TimeExpression], times: Sequence[Time], statements: Sequence[Statement]
) -> tuple[Time, ...]:
    """The times, with those inside quoted words counted from the day on which the words were said, where it is known.

    "I will come tomorrow," said on Monday, names Tuesday, whatever day the article is of. What a speech of a year ago
    calls "Friday" keeps its words alone, where no day of that year can be told.
    """
    told = [
        (passage, statement.said)
        for statement in statements
        if statement.form != "indirect" and statement.said is not None and _is_another_day(article, statement.said)
        for passage in statement.content
        if article.text[passage.start : passage.start + 1] in QUOTES
    ]
    if not told:
        return tuple(times)
    found = {time.passage: time for time in times}
    ordered = sorted(expressions, key=lambda e: e.passage)
    for passage, said in told:
        inside = [e for e in ordered if passage.holds(e.passage) and e.anchor == "published" and e.rule in SPOKEN]
        passes = [dict(zip(inside, _pass(article, inside, day), strict=True)) for day in _todays(said)]
        for expression in inside:
            named_days = [one[expression] for one in passes]
            agreed = named_days[0] if all(other == named_days[0] for other in named_days) else None
            if expression.passage in found:
                found[expression.passage] = _time(article, expression, agreed)
    return tuple(found[time.passage] for time in times)


def _is_another_day(article: Article, said: When) -> bool:
    """A time of speaking that the text gives, and that is not the day of the article."""
    if said.basis not in ("stated", "resolved") or said.earliest is None or said.latest is None:
        return False
    published = article.published
    return published is None or published.earliest is None or published.earliest[:10] != said.earliest[:10]


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
    context = Context(today, article.text, article.language or "en", numerals.order_shown(ordered, today), RULES)
    context.fiscal = places.fiscal_start(article)
    if any(expression.rule == "season" for expression in ordered):
        context.south = places.is_southern(article)
    found: list[Days | None] = []
    for index, expression in enumerate(ordered):
        context.at = expression.passage.start
        context.following = tuple(ordered[index + 1 : index + 3])
        days = named(dict(expression.fields), expression.rule, expression.tense, expression.anchor, context)
        found.append(days)
        if days is not None and expression.rule != "anniversary":
            context.previous, context.previous_end = days, expression.passage.end
            since = article.text[max(0, context.at - len(SINCE)) : context.at].lower() == SINCE
            if days.precision == "year" and expression.rule == "date" and days.stated and not since:
                context.year, context.year_end = days.earliest.year, expression.passage.end
            if _reckoned(days, expression, context):
                context.reckoned, context.reckoned_end = days, expression.passage.end
    return found


def _reckoned(days: Days, expression: TimeExpression, context: Context) -> bool:
    """Whether a quarter is the one that a report is about: neither one it compares with nor one it only expects."""
    if days.precision not in ("quarter", "half") or expression.rule not in ("quarter", "half", "unit"):
        return False
    if context.today is not None and expression.tense == "future" and days.latest >= context.today:
        return False
    return context.reckoned is None or days.earliest >= context.reckoned.earliest
