"""What a change of words is worth: another wording of the same, or another number, name, negation or opposite."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from onrecord.linking.stems import common_use, stem
from onrecord.model.personal import fold

SMALL = 1.6
"""A word that one article in five has says little of what is said."""
RAREST = 6.0
"""What a word counts for at most, so that one odd spelling does not decide."""
NAME = 1.2
"""What a word of a name counts for: whom a statement is about does not tell which statement it is."""
DIGITS = re.compile(r"\d+(?:[.,]\d+)*(?:st|nd|rd|th)?")
MARKED = re.compile(r'“[^“”\n]{1,900}”|"[^"\n]{1,900}"|«[^«»\n]{1,900}»')
"""A quotation within a line."""
CONTRACTED = re.compile(r"n't\Z")


@cache
def lists() -> Mapping[str, Any]:
    """The lists of `wording.toml`."""
    return tomllib.loads(files(__package__).joinpath("wording.toml").read_text(encoding="utf8"))


@cache
def classes() -> Mapping[str, str]:
    """The class of each stem that has one: synonyms, small words that shift, numbers in words; the first line wins."""
    found: dict[str, str] = {}
    for kind in ("numbers", "shifts", "synonyms"):
        for line in lists()[kind]:
            words = [stem(word) for word in line.split()]
            name = words[0] if kind == "numbers" else f"={words[0]}"
            for word in words:
                found.setdefault(word, name)
    return found


@lru_cache(maxsize=1 << 16)
def class_of(key: str) -> str:
    """What a stem is compared as: its class, a number without its commas, or itself."""
    if key[:1].isdigit():
        plain = key.replace(",", "")
        return classes().get(plain, plain)
    return classes().get(key, key)


@lru_cache(maxsize=1 << 16)
def weight(key: str) -> float:
    """How much a stem tells: its rarity, up to a limit."""
    return min(RAREST, common_use().rarity(key))


def is_common(key: str) -> bool:
    """The stem is a word of the language that is no name."""
    return common_use().of[key] > 0


def alike(one: str, other: str) -> bool:
    """Two words are spelt alike but for case, accents, apostrophes and the dots of initials."""
    return one == other or _plain(one) == _plain(other)


@lru_cache(maxsize=1 << 16)
def _plain(word: str) -> str:
    return fold(word) if word[:1].isdigit() else fold(word).replace(".", "")


def number_in(keys: Iterable[str]) -> tuple[str, ...]:
    """The numbers among some stems, "two hundred" as 200, so that figures and words compare."""
    found: list[str] = []
    value: Decimal | None = None
    for key in keys:
        plain = class_of(key)
        if not DIGITS.fullmatch(plain):
            continue
        try:
            part = Decimal(plain.replace(",", ""))
        except InvalidOperation:
            found.append(plain)
            continue
        value = part if value is None else value * part if part >= 100 else value + part
    return (*found, *([str(value.normalize())] if value is not None else []))


@cache
def listed(name: str) -> frozenset[str]:
    """The stems of a plain list of `wording.toml`."""
    return frozenset(stem(word) for word in lists()[name])


def is_negation(key: str) -> bool:
    """The stem says no: "not", "never", "didn't"."""
    return key in listed("negations") or CONTRACTED.search(key) is not None


@cache
def _opposites() -> frozenset[tuple[str, str]]:
    pairs = [tuple(stem(word) for word in line.split()) for line in lists()["opposites"]]
    return frozenset((a, b) for a, b in pairs) | frozenset((b, a) for a, b in pairs)


def are_opposite(left: Iterable[str], right: Sequence[str]) -> bool:
    """A stem of the left and one of the right say the opposite."""
    known = _opposites()
    return any((a, b) in known for a in left for b in right)
