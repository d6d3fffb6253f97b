"""Values of the record in words that people read: days, spans of time, amounts with their units."""

from __future__ import annotations

import re

from onrecord.model.values import Amount, When

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip

HEDGES = {
    "about": "about ",
    "more_than": "more than ",
    "less_than": "less than ",
    "at_least": "at least ",
    "at_most": "at most ",
}

UNITS = {
    "a": ("year", "years"),
    "mo": ("month", "months"),
    "wk": ("week", "weeks"),
    "d": ("day", "days"),
    "h": ("hour", "hours"),
    "min": ("minute", "minutes"),
    "s": ("second", "seconds"),
    "t": ("tonne", "tonnes"),
    "m2": ("m²", "m²"),
    "km2": ("km²", "km²"),
    "bbl": ("barrel", "barrels"),
    "person": ("person", "people"),
}
"""Units as they are read, for one and for more."""

COUNTED = re.compile(r"[a-z]+(?:[ -][a-z]+)*")
"""Units that are nouns of what is counted."""

SYMBOLS = frozenset({"kg", "g", "mg", "km", "cm", "mm", "m", "mi", "ft", "ha", "l", "pp", "lb", "oz", "yd", "gal"})
"""Units that are written alike for one and for more."""

PLURALS = {
    "child": "children", "foot": "feet", "tooth": "teeth", "mouse": "mice", "ox": "oxen", "life": "lives",
    "wife": "wives", "knife": "knives", "leaf": "leaves", "half": "halves", "shelf": "shelves", "loaf": "loaves",
    "wolf": "wolves", "thief": "thieves", "goose": "geese", "grandchild": "grandchildren", "person": "people",
    "sheep": "sheep", "aircraft": "aircraft", "series": "series", "species": "species", "fish": "fish", "deer": "deer",
    "spacecraft": "spacecraft", "cattle": "cattle", "police": "police", "personnel": "personnel", "hero": "heroes",
    "offspring": "offspring", "crisis": "crises", "analysis": "analyses", "basis": "bases", "thesis": "theses",
    "bus": "buses", "gas": "gases", "lens": "lenses", "echo": "echoes", "potato": "potatoes", "tomato": "tomatoes",
}  # fmt: skip
"""Nouns whose plural follows no rule."""

ACTS = {
    "AGREE": "agreement", "CONSULT": "meeting or talk", "SUPPORT": "support", "CONCEDE": "concession",
    "COOPERATE": "cooperation", "AID": "aid", "RETREAT": "retreat", "REQUEST": "request", "ACCUSE": "accusation",
    "REJECT": "refusal", "THREATEN": "threat", "PROTEST": "protest", "SANCTION": "sanction",
    "MOBILIZE": "mobilisation", "COERCE": "coercion", "ASSAULT": "attack",
}  # fmt: skip
"""What the types of events are, in a noun that a reader understands."""

NOBODY = "not said who"
"""Who acts where an article names nobody: `the driver was arrested`."""
SOMEBODY = f"somebody ({NOBODY})"
"""The same at the head of a sentence's verb: `somebody (not said who) arrests Jane Doe`."""

SPAN = re.compile(r"\d{4}-\d{2}(?:-\d{2}(?:T\d{2}:\d{2}\S*)?(?:/\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}\S*)?)?)?")


def when_words(when: When | None) -> str:
    """A time as it is read: `3 June 2026`, `late October 2021`, `3 to 9 April 2021`; empty where not known."""
    if when is None or (when.earliest is None and when.latest is None):
        return ""
    if when.earliest is None or when.latest is None:
        return f"by {day_words(when.latest)}" if when.latest else f"from {day_words(when.earliest or '')}"
    part = f"{when.part} " if when.part else ""
    return part + span_words(when.earliest, when.latest, when.precision)


def span_words(earliest: str, latest: str, precision: str | None = None) -> str:
    """Two days as one expression: a year, a month, a day or a range."""
    first, last = earliest[:10], latest[:10]
    if first == last:
        return day_words(earliest) if earliest == latest else day_words(first)
    if precision == "decade" and first[:3] == last[:3]:
        return f"the {first[:3]}0s"
    if first[:4] == last[:4] and first[5:] == "01-01" and last[5:] == "12-31":
        return first[:4]
    if first[5:] == "01-01" and last[5:] == "12-31":
        return f"{first[:4]} to {last[:4]}"
    if first[:7] == last[:7] and first[8:] == "01" and precision == "month":
        return f"{_month(first)} {first[:4]}"
    if first[:7] == last[:7]:
        return f"{int(first[8:])} to {day_words(last)}"
    if first[:4] == last[:4]:
        return f"{int(first[8:])} {_month(first)} to {day_words(last)}"
    return f"{day_words(first)} to {day_words(last)}"


def day_words(day: str) -> str:
    """An ISO day, or minute, as it is read: `3 June 2026`, `3 June 2026, 09:15`."""
    if len(day) < 10 or not day[:4].isdecimal():
        return day
    shown = f"{int(day[8:10])} {_month(day)} {int(day[:4])}"
    return f"{shown}, {day[11:]}" if len(day) > 10 else shown


def _month(day: str) -> str:
    number = int(day[5:7])
    return MONTHS[number - 1] if 1 <= number <= 12 else day[5:7]


def amount_words(amount: Amount) -> str:
    """An amount as people write it: `about 40,000 tonnes`, `2 to 3 hours`, `more than 3 hours`, `12 %`."""
    one = amount.low == amount.high == "1"
    return f"{bare_amount(amount)} {unit_words(amount.unit or '', one=one)}".rstrip()


def unit_words(unit: str, *, one: bool = False) -> str:
    """A unit as it is read after a number: `tonnes`, `turbines`, `USD`; for exactly one in the singular."""
    if unit in UNITS:
        return UNITS[unit][0 if one else 1]
    return unit if one or not COUNTED.fullmatch(unit) or unit in SYMBOLS else plural(unit)


def plural(noun: str) -> str:
    """An English noun as it is counted; one that seems to be a plural stays as it is."""
    if noun in PLURALS:
        return PLURALS[noun]
    if noun.endswith(("s", "people", "folk")) and not noun.endswith(("ss", "us")):
        return noun
    if noun.endswith("man") and not noun.endswith("human"):
        return f"{noun[:-3]}men"
    if re.search(r"[^aeiou]y\Z", noun):
        return f"{noun[:-1]}ies"
    return f"{noun}es" if noun.endswith(("ss", "us", "x", "ch", "sh")) else f"{noun}s"


def value_words(value: str) -> str:
    """The canonical string of a time as it is read: `2017-06-30` is `30 June 2017`; any other value stays."""
    first, _, last = value.partition("/")
    if not SPAN.fullmatch(value):
        return value
    if len(first) == 7:
        return f"{_month(first)} {first[:4]}"
    return span_words(first, last or first)


ANSWERED = re.compile(
    r"(?P<sign>[~<>≤≥]|[<>]=)?(?P<low>-?\d+(?:\.\d+)?)(?:\.\.(?P<high>-?\d+(?:\.\d+)?))?"
    r"(?: (?P<unit>[a-z%][\w %/-]{0,40}|[A-Z]{3}))?"
)
SIGNS = {
    "~": "about ", ">": "more than ", "<": "less than ", ">=": "at least ", "≥": "at least ", "<=": "at most ",
    "≤": "at most ",
}  # fmt: skip


def answer_words(value: str) -> str:
    """An amount among a comparison's answers as it is read: `~14000000 USD` is `about 14 million USD`; others stay."""
    found = ANSWERED.fullmatch(value)
    if found is None or not (found["sign"] or found["unit"]):
        return value
    numbers = number_words(found["low"])
    if found["high"]:
        numbers = f"{numbers} to {number_words(found['high'])}"
    unit = unit_words(found["unit"] or "", one=found["low"] == "1" and not found["high"])
    return f"{SIGNS.get(found['sign'] or '', '')}{numbers} {unit}".rstrip()


def bare_amount(amount: Amount) -> str:
    """An amount without its unit: `about 40,000`, `2 to 3`, `85 million`."""
    low, high = number_words(amount.low), number_words(amount.high)
    if amount.hedge == "range" and low != high:
        number = f"{low or '?'} to {high or '?'}"
    else:
        number = low or high or "?"
    return f"{HEDGES.get(amount.hedge, '')}{number}"


def number_words(digits: str | None) -> str:
    """A decimal with its thousands apart: `40,000.5`; round millions as words: `4.2 million`."""
    if digits is None:
        return ""
    for zeros, name in ((9, "billion"), (6, "million")):
        if digits.isdecimal() and zeros < len(digits) <= zeros + 3 and digits.endswith("0" * (zeros - 2)):
            whole, rest = digits[:-zeros], digits[-zeros:].rstrip("0")
            return f"{int(whole)}{'.' + rest if rest else ''} {name}"
    whole, dot, rest = digits.partition(".")
    sign, whole = ("−", whole[1:]) if whole.startswith("-") else ("", whole)
    return f"{sign}{int(whole):,}{dot}{rest}" if whole.isdecimal() and len(whole) < 40 else digits
