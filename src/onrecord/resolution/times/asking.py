"""One expression that asks for its days, and what is known at its place of the text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import get_args

from onrecord.model import Part, TimeExpression
from onrecord.resolution.times.days import Days, with_part

Fields = dict[str, str]
PARTS: tuple[Part, ...] = get_args(Part)
DAYPARTS: dict[str, Part] = {
    "dawn": "early", "morning": "early", "afternoon": "mid", "dusk": "late", "evening": "late", "night": "late",
}  # fmt: skip
REACH = 1000
"""How many characters a quarter stays the one that "a year earlier" is measured from: two paragraphs of a report."""
SAME_SENTENCE = 90
"""How many characters from an anniversary its day may be named."""
SAME_YEAR = 100
"""How many characters after a year long past a month without its own year may still be one of it."""
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
    rules: Mapping[str, Callable[[Ask], Days | None]]
    previous: Days | None = None
    previous_end: int = 0
    reckoned: Days | None = None
    reckoned_end: int = -REACH
    year: int | None = None
    year_end: int = -REACH
    at: int = 0
    following: tuple[TimeExpression, ...] = ()
    south: bool | None = False
    """Whether the article's place has its summer in December; null where that cannot be told."""
    fiscal: int | None = None
    """The month in which the fiscal year of the article's country begins, where known."""


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
        return named(self.fields, self.fields.get("rule", ""), self.tense, self.anchor, self.context)

    def year(self) -> int | None:
        """The year that the expression states or counts to; null where it says nothing of the year."""
        stated = self.number("year")
        if stated is not None:
            return full_year(stated, self.fields["year"], self.context.today)
        for name in ("yy", "short"):
            if name in self.fields:
                return full_year(int(self.fields[name]), self.fields[name], self.context.today)
        shift, day = self.number("yshift"), self.today()
        return day.year + shift if shift is not None and day is not None else None

    def states_year(self) -> bool:
        return any(name in self.fields for name in ("year", "yy", "short"))

    def asks_year(self) -> bool:
        return self.states_year() or "yshift" in self.fields


def named(fields: Fields, rule: str, tense: str, anchor: str, context: Context) -> Days | None:
    handler = context.rules.get(rule)
    if handler is None:
        return None
    ask = Ask(fields, tense, anchor, context)
    named = handler(ask)
    if named is None or rule == "clock":
        return named
    part = fields.get("part") or DAYPARTS.get(fields.get("daypart", ""))
    return with_part(named, next((p for p in PARTS if p == part), None))


def full_year(value: int, written: str, today: date | None) -> int | None:
    """A year of two digits is the nearest such year, at most ten years ahead of the article."""
    if len(written) > 2:
        return value
    if today is None:
        return None
    base = today.year - today.year % 100 + value
    return base if base <= today.year + 10 else base - 100


def pick(candidates: Iterable[Days | None], today: date | None, tense: str, which: str = "") -> Days | None:
    """The candidate that the tense and the article's day choose; without a tense, the nearest."""
    known = sorted((c for c in candidates if c is not None), key=lambda c: c.earliest)
    if today is None or not known:
        return None
    if which == "last":
        return next((c for c in reversed(known) if c.latest < today), None)
    if which == "next":
        return next((c for c in known if c.earliest > today), None)
    nearest = min(known, key=lambda c: (c.away(today), c.earliest))
    if tense == "before":
        return next((c for c in reversed(known) if c.earliest <= today), None)
    if tense == "after":
        return next((c for c in known if c.latest >= today), None)
    if tense == "past":
        told = next((c for c in reversed(known) if c.earliest <= today), None)
    elif tense == "future":
        told = next((c for c in known if c.latest >= today), None)
    else:
        return nearest
    # Who means a day ten months away says the year: then the tense was read off the wrong verb.
    return nearest if told is None or (told.away(today) > FAR and nearest.away(today) < CLOSE) else told
