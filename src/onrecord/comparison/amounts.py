"""Whether two amounts agree, can both be true, or differ.

An amount is an interval: `4 h` one point, `more than 3 h` all above 3, `about 40,000` what people round to 40,000. Two
amounts agree where they state one number, are compatible where their intervals meet, and differ where they do not.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Literal, NamedTuple

from onrecord.model import Amount

Outcome = Literal["agree", "compatible", "differ"]

ABOUT_LEAST, ABOUT_MOST = Decimal("0.05"), Decimal("0.10")
"""How far "about" reaches on either side, as a part of the number: half of its last stated digit, between these."""

ROUNDED = Decimal("0.02")
"""A number that differs from a rounder one by no more than this part of it is the same number, rounded."""

SCALES: dict[str, tuple[str, Decimal]] = {
    "s": ("time", Decimal(1)), "min": ("time", Decimal(60)), "h": ("time", Decimal(3600)),
    "d": ("time", Decimal(86400)), "wk": ("time", Decimal(604800)),
    "mo": ("time", Decimal(2629746)), "a": ("time", Decimal(31556952)),
    "g": ("mass", Decimal("0.001")), "kg": ("mass", Decimal(1)), "t": ("mass", Decimal(1000)),
    "oz": ("mass", Decimal("0.0283495")), "lb": ("mass", Decimal("0.453592")),
    "mm": ("length", Decimal("0.001")), "cm": ("length", Decimal("0.01")), "m": ("length", Decimal(1)),
    "km": ("length", Decimal(1000)),
    "in": ("length", Decimal("0.0254")), "ft": ("length", Decimal("0.3048")), "yd": ("length", Decimal("0.9144")),
    "mi": ("length", Decimal("1609.344")), "nmi": ("length", Decimal(1852)),
    "m2": ("area", Decimal(1)), "ha": ("area", Decimal(10000)), "km2": ("area", Decimal(1000000)),
    "W": ("power", Decimal(1)), "kW": ("power", Decimal(1000)), "MW": ("power", Decimal(1000000)),
}  # fmt: skip
"""What a unit measures, and how many of the smallest one it holds; any other unit is compared with itself alone."""

CUSTOMARY = frozenset({"oz", "lb", "in", "ft", "yd", "mi", "nmi"})
"""Units of which one article makes metres and kilograms as it rounds: "seven miles" may be 11 km."""
CLOCK = frozenset({"s", "min", "h"})
CALENDAR = frozenset({"d", "wk"})
"""Between clocks, days and months people count loosely: "two days" may be 40 hours."""

SIGNS = {"about": "~", "more_than": ">", "less_than": "<", "at_least": ">=", "at_most": "<="}
PLAINLY = frozenset({"exact", "about"})
"""Hedges that state one number."""


class Verdict(NamedTuple):
    """How two answers compare, and why, as the end of a sentence; the reason is empty where nothing need be said."""

    outcome: Outcome
    reason: str = ""
    same_question: bool = True
    """False where the two answer different questions (another unit, period or definition), so that none is wrong."""
    same_thing: bool = True
    """False where nothing says that they are of one thing, so that they are not compared at all."""


@dataclass(frozen=True, slots=True)
class Span:
    """An interval of numbers; an end is null where it is open, `strict` where the end itself is not in it."""

    low: Decimal | None
    high: Decimal | None
    low_strict: bool = False
    high_strict: bool = False

    def meets(self, other: Span) -> bool:
        return not (self.is_below(other) or other.is_below(self))

    def is_below(self, other: Span) -> bool:
        if self.high is None or other.low is None:
            return False
        strict = self.high_strict or other.low_strict
        return self.high < other.low or (strict and self.high == other.low)


def value(amount: Amount) -> str:
    """The canonical string of an amount: `4.5 h`, `>5 h`, `~40000 t`, `2..3 d`."""
    low, high = plain(amount.low), plain(amount.high)
    number = f"{low}..{high}" if amount.hedge == "range" and low != high else low or high or "?"
    sign = SIGNS.get(amount.hedge, "")
    return f"{sign}{number} {amount.unit or ''}".rstrip()


def plain(digits: str | None) -> str:
    """A decimal without exponent and trailing zeros; empty for an open end."""
    number = _decimal(digits)
    if number is None:
        return digits or ""
    shown = format(number.normalize(), "f")
    return shown


def compare(left: Amount, right: Amount) -> Verdict:
    """Whether two amounts of one thing agree, are compatible or differ."""
    factors = _factors(left.unit, right.unit)
    if factors is None:
        return _other_unit(left, right)
    loosely = left.unit != right.unit and not _same_kind_of_clock(left.unit, right.unit)
    loosely = loosely or (left.unit in CUSTOMARY) != (right.unit in CUSTOMARY)
    one, other = _scaled(left, factors[0]), _scaled(right, factors[1])
    if one is None or other is None:
        return Verdict("compatible", "one of them is no plain number", False)
    stated, also = _stated(left, factors[0]), _stated(right, factors[1])
    if _says_the_same(left, right, stated, also):
        return Verdict("agree")
    if loosely:
        one, other = _loose(one), _loose(other)
    if _span(one, left.hedge).meets(_span(other, right.hedge)):
        return Verdict("compatible", "both can be true")
    if stated is not None and stated == also:
        return Verdict("compatible", "it is the same number, with another limit")
    plainly = {left.hedge, right.hedge} <= PLAINLY
    if plainly and stated is not None and also is not None and _is_rounded(stated, also, left):
        return Verdict("compatible", "one is the other, rounded")
    return Verdict("differ")


def middle(amount: Amount) -> Decimal | None:
    """One number for an amount, in its own unit: the stated one, or the middle of a range."""
    low, high = _decimal(amount.low), _decimal(amount.high)
    if low is not None and high is not None:
        return (low + high) / 2
    return low if low is not None else high


def kind_of(unit: str | None) -> str:
    """What a unit measures: `time`, `mass`, ..., `money`, `share`, `count`, or `number` for none."""
    if unit is None:
        return "number"
    if unit in SCALES:
        return SCALES[unit][0]
    if unit in ("%", "pp"):
        return "share"
    if len(unit) == 3 and unit.isupper():
        return "money"
    return "count" if unit.islower() else "measure"


def _factors(left: str | None, right: str | None) -> tuple[Decimal, Decimal] | None:
    if left == right:
        return Decimal(1), Decimal(1)
    one, other = SCALES.get(left or ""), SCALES.get(right or "")
    return (one[1], other[1]) if one and other and one[0] == other[0] else None


def _same_kind_of_clock(left: str | None, right: str | None) -> bool:
    pair = {left, right}
    return kind_of(left) != "time" or pair <= CLOCK or pair <= CALENDAR


def _other_unit(left: Amount, right: Amount) -> Verdict:
    """Amounts in units that do not convert: the same number of things under two nouns agrees, else nothing is said."""
    counted = {kind_of(left.unit), kind_of(right.unit)} <= {"count", "number"}
    if counted and (left.low, left.high) == (right.low, right.high) and left.low is not None:
        return Verdict("agree")
    if counted:
        return Verdict("compatible", "they count different things", False)
    if {kind_of(left.unit), kind_of(right.unit)} == {"money"}:
        return Verdict("compatible", "they are in different currencies", False)
    return Verdict("compatible", "they are in different units", False)


def _scaled(amount: Amount, factor: Decimal) -> tuple[Decimal | None, Decimal | None] | None:
    low, high = _decimal(amount.low), _decimal(amount.high)
    if low is None and high is None:
        return None
    return (None if low is None else low * factor), (None if high is None else high * factor)


def _stated(amount: Amount, factor: Decimal) -> Decimal | None:
    """The number that the words state, null for a range."""
    low, high = _decimal(amount.low), _decimal(amount.high)
    if low is not None and high is not None and low != high:
        return None
    found = low if low is not None else high
    return None if found is None else found * factor


def _says_the_same(left: Amount, right: Amount, stated: Decimal | None, also: Decimal | None) -> bool:
    if stated is not None and stated == also:
        return left.hedge == right.hedge or {left.hedge, right.hedge} <= PLAINLY
    return stated is None and also is None and (left.low, left.high) == (right.low, right.high)


def _span(ends: tuple[Decimal | None, Decimal | None], hedge: str) -> Span:
    low, high = ends
    if hedge == "about" and low is not None and high is not None:
        return Span(low - _reach(low), high + _reach(high))
    return Span(low, high, hedge == "more_than", hedge == "less_than")


def _loose(ends: tuple[Decimal | None, Decimal | None]) -> tuple[Decimal | None, Decimal | None]:
    low, high = ends
    return (
        None if low is None else low - abs(low) * ABOUT_MOST,
        None if high is None else high + abs(high) * ABOUT_MOST,
    )


def _reach(number: Decimal) -> Decimal:
    """How far "about" reaches: half a unit of the last digit that is not a zero, within its bounds."""
    size = abs(number)
    return min(max(_unit_of_last_digit(number) / 2, size * ABOUT_LEAST), size * ABOUT_MOST)


def _is_rounded(one: Decimal, other: Decimal, amount: Amount) -> bool:
    """Whether one number is the other with fewer digits: 12.4 million for 12.37 million, 2% for 1.9%."""
    rough, fine = (one, other) if _digits(one) < _digits(other) else (other, one)
    if _digits(rough) == _digits(fine) or fine == 0:
        return False
    unit = _unit_of_last_digit(rough)
    if abs(rough - fine) * 2 >= unit:
        return False
    near = abs(rough - fine) <= abs(fine) * ROUNDED
    broken = unit <= 1 and fine != fine.to_integral_value()
    return (near and (abs(rough) >= 100 or kind_of(amount.unit) not in ("count", "number"))) or broken


def _digits(number: Decimal) -> int:
    return len(number.normalize().as_tuple().digits)


def _unit_of_last_digit(number: Decimal) -> Decimal:
    exponent = number.normalize().as_tuple().exponent
    return Decimal(1).scaleb(exponent) if isinstance(exponent, int) else Decimal(1)


def _decimal(digits: str | None) -> Decimal | None:
    if digits is None:
        return None
    try:
        number = Decimal(digits)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None
