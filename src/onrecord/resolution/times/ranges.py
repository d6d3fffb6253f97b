"""Ranges: one interval from the first day of the one end to the last day of the other."""

from __future__ import annotations

from dataclasses import replace

from onrecord.resolution.times.asking import Ask, Fields
from onrecord.resolution.times.days import Days, of_months


def by_range(ask: Ask) -> Days | None:
    """From the first day of the one end to the last day of the other: what one end leaves out, the other gives."""
    start, end = ask.nested("from"), ask.nested("to")
    fields_from, fields_to = dict(start.fields), dict(end.fields)
    whole_year = "year" in fields_from and "day" not in fields_from and "month" not in fields_from
    for name in ("half", "zone") if whole_year else ("month", "half", "zone"):
        if name in fields_to and name not in fields_from and fields_from.get("rule") == fields_to.get("rule"):
            fields_from[name] = fields_to[name]
    if "month" in fields_from and "day" in fields_from and "month" not in fields_to:
        fields_to["month"] = fields_from["month"]
        _over_the_month(fields_from, fields_to, 1)
    elif "month" not in start.fields and "day" in start.fields and "month" in end.fields:
        _over_the_month(fields_from, fields_to, -1)
    if "decade" in fields_from and len(fields_from["decade"]) == 4:
        fields_to["decade"] = (
            fields_to["decade"].rjust(4, "0")
            if len(fields_to.get("decade", "")) == 4
            else fields_from["decade"][:2] + fields_to.get("decade", "")
        )
    if len(fields_to.get("year", "")) == 2:
        fields_to["year"] = fields_from.get("year", "")[:2] + fields_to["year"]
    left, right = _ends(replace(start, fields=fields_from), replace(end, fields=fields_to))
    if left is None or right is None:
        return None
    if left.earliest > right.latest:
        if not (left.stated and right.stated and left.precision == right.precision == "year"):
            return None
        left, right = right, left  # "2022-2018", as texts set from right to left have it
    fiscal = _fiscal(ask, left, right)
    if fiscal is not None:
        return fiscal
    precision = left.precision if left.precision == right.precision else right.precision
    clock = (left.clock[0], right.clock[1]) if left.clock and right.clock else None
    return Days(left.earliest, right.latest, precision, stated=left.stated and right.stated, clock=clock)


def _fiscal(ask: Ask, left: Days, right: Days) -> Days | None:
    """The twelve months of "the 2018-19 fiscal year", where the article's country tells when they begin."""
    month = ask.context.fiscal
    if "fiscal" not in ask.fields or month is None or right.latest.year != left.earliest.year + 1:
        return None
    found = of_months(left.earliest.year, month, 12, "year")
    return replace(found, stated=False) if found else None


def _over_the_month(left: Fields, right: Fields, step: int) -> None:
    """ "The twenty-seventh to the third of April" begins in March."""
    if "day" not in left or "day" not in right or int(left["day"]) <= int(right["day"]):
        return
    moved = right if step > 0 else left
    moved["month"] = str((int(moved["month"]) - 1 + step) % 12 + 1)


def _ends(start: Ask, end: Ask) -> tuple[Days | None, Days | None]:
    """Both ends of a range: the end that names its year first, then the other as the next before or after it."""
    if "which" in start.fields and end.asks_year():
        return start.named(), end.named()
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
    found = replace(ask, tense="before", anchor="published", context=context).named()
    return replace(found, stated=bound.stated) if found else None


def _nearest_after(ask: Ask, bound: Days | None) -> Days | None:
    if bound is None:
        return None
    context = replace(ask.context, today=bound.earliest, previous=replace(bound, clock=None))
    found = replace(ask, tense="after", anchor="published", context=context).named()
    return replace(found, stated=bound.stated) if found else None
