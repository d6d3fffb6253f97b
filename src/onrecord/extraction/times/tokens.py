"""The tokens of the time grammar: words, numbers and shapes of dates, each with the classes a pattern may ask for.

The grammar cuts the text itself instead of using the reader's words, so that what counts as a time never depends on
the version of a trained model, and a new language needs word lists only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

SHAPES = re.compile(
    r"""
    (?P<url>(?:https?://|www\.)\S+|\w+\.(?:com|org|net)/\S+)
  | (?P<iso>\d{4}-\d{1,2}-\d{1,2}(?:T\d{1,2}:\d{2}(?::\d{2})?(?:\.\d{1,6})?(?:Z|[+-]\d{2}:?\d{2})?)?(?![\w/-]))
  | (?P<slash>\d{1,4}(?P<mark>[/.-])\d{1,2}(?P=mark)\d{2,4}(?![\w/-]|\.\d))
  | (?P<clock>\d{1,2}:\d{2}(?::\d{2})?(?!\d|:))
  | (?P<decade>\d{3}0['’]?s\b|['’‘`]\d0s\b)
  | (?P<ordinal>\d{1,3}(?:st|nd|rd|th)\b)
  | (?P<period>(?:[QqHh][1-4]|[1-4][QH])(?!\w))
  | (?P<fiscal>FY\s?(?:\d{4}|\d{2})(?!\w))
  | (?P<glued>[^\W\d_]+\d\w*)
  | (?P<short>['’‘`]\d{2}(?!\w))
  | (?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)
  | (?P<word>[^\W\d_]+)
  | (?P<mark_>\S)
    """,
    re.VERBOSE,
)
LONGEST = 12
"""How many words one number has at most: text that only counts would otherwise be tried in every cut."""
PARAGRAPH = re.compile(r"\n[ \t\r]*\n\s*")


@dataclass(frozen=True, slots=True)
class Token:
    """A token: where it stands, its words in lower case, and for each class it belongs to, its value there."""

    start: int
    end: int
    text: str
    classes: Mapping[str, str]
    capital: bool = False


class Lexicon:
    """The word lists of one language's times, turned round: from a word to its classes and their values."""

    def __init__(self, lists: Mapping[str, Any]) -> None:
        self.classes: dict[str, dict[str, str]] = {}
        for name, entries in lists["classes"].items():
            for value, spellings in entries.items():
                for spelling in spellings:
                    self.classes.setdefault(spelling, {})[name] = value
        self.capital = frozenset(lists["capital"])
        self.dotted = frozenset(lists["dotted"])
        self.initials: dict[str, str] = lists["initials"]
        numbers = lists["numbers"]
        self.units: dict[str, int] = numbers["units"]
        self.tens: dict[str, int] = numbers["tens"]
        self.scales: dict[str, int] = numbers["scales"]
        self.ordinals: dict[str, int] = numbers["ordinals"]
        self.joiner: str = numbers["joiner"]


def paragraphs(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The stretches of `text[start:end]` between blank lines: no time expression reaches over one."""
    at = start
    for gap in PARAGRAPH.finditer(text, start, end):
        if gap.start() > at:
            yield at, gap.start()
        at = gap.end()
    if at < end:
        yield at, end


def tokens(text: str, start: int, end: int, lexicon: Lexicon) -> list[Token]:
    """The tokens of `text[start:end]`, with number words joined to one token."""
    plain: list[Token] = []
    at = start
    while found := SHAPES.search(text, at, end):
        token = _token(text, found, lexicon, end)
        plain.append(token)
        at = token.end
    return _join_numbers(plain, lexicon)


def _token(text: str, found: re.Match[str], lexicon: Lexicon, limit: int) -> Token:
    kind, begin, stop = str(found.lastgroup), found.start(), found.end()
    if kind == "mark":
        kind = "slash"
    words = found.group(0)
    low = words.lower()
    if kind == "word":
        for spelling, joined in lexicon.initials.items():
            if text[begin : begin + len(spelling)].lower() == spelling:
                return Token(begin, begin + len(spelling), joined, lexicon.classes.get(joined, {}))
        if low in lexicon.dotted and text[stop : min(stop + 1, limit)] == ".":
            stop += 1
        known = lexicon.classes.get(low, {})
        if known and low in lexicon.capital and not words[0].isupper():
            known = {name: value for name, value in known.items() if name not in ("month", "weekday")}
        return Token(begin, stop, low, known, words[0].isupper())
    return Token(begin, stop, low, _shape(kind, low))


def _shape(kind: str, low: str) -> dict[str, str]:
    """The classes that a token has by its shape alone."""
    if kind == "number":
        return _number(low)
    if kind == "ordinal":
        value = int(low[:-2])
        return {"ord": str(value)} | (
            {"day": str(value), "nth": str(value), "dth": str(value)} if 1 <= value <= 31 else {}
        )
    if kind == "decade":
        return {"decade": re.sub(r"\D", "", low)}
    if kind == "period":
        letter, number = sorted(low, key=str.isdigit)
        return {"quarter_n": number} if letter == "q" else ({"half_n": number} if number in "12" else {})
    if kind == "fiscal":
        return {"fy": re.sub(r"\D", "", low)}
    if kind == "short":
        return {"short": low[1:]}
    return {kind: low} if kind in ("iso", "slash", "clock") else {}


def _number(low: str) -> dict[str, str]:
    found = {"num": low.replace(",", "")}
    if not low.isdigit():
        if re.fullmatch(r"\d{1,2}\.\d{2}", low):
            found["dotclock"] = low.replace(".", ":")
        return found
    value = int(low)
    if len(low) == 4:
        found["hundreds"] = low
        if 1000 <= value <= 2199:
            found["year"] = low
    if len(low) <= 2:
        if 1 <= value <= 31:
            found["day"] = str(value)
            found["digits"] = str(value)
        if value <= 24:
            found["hour"] = str(value)
        if len(low) == 2:
            found["yy"] = low
    return found


def _join_numbers(plain: list[Token], lexicon: Lexicon) -> list[Token]:
    joined: list[Token] = []
    at = 0
    while at < len(plain):
        stop, token = _number_words(plain, at, lexicon)
        joined.append(token)
        at = stop
    return joined


def _number_words(plain: list[Token], at: int, lexicon: Lexicon) -> tuple[int, Token]:
    """The number that the words from `at` on spell ("nineteen ninety-six", "twenty-first"), or the token itself."""
    first = plain[at]
    parts: list[tuple[str, int]] = []
    stop = here = at
    while here < len(plain) and len(parts) < LONGEST:
        word = plain[here].text
        if word in lexicon.units:
            parts.append(("unit", lexicon.units[word]))
        elif word in lexicon.tens:
            parts.append(("ten", lexicon.tens[word]))
        elif word in lexicon.scales and parts:
            parts.append(("scale", lexicon.scales[word]))
        elif (
            word in lexicon.ordinals and (not parts or parts[-1][0] == "ten") and (parts or "unit" not in first.classes)
        ):
            parts.append(("ordinal", lexicon.ordinals[word]))
            stop = here + 1
            break
        elif parts and _joins(plain, here, lexicon, parts[-1][0]):
            here += 1
            continue
        else:
            break
        here += 1
        stop = here
    if not parts:
        return at + 1, first
    return _spelled(plain, at, stop, parts)


def _joins(plain: list[Token], here: int, lexicon: Lexicon, last: str) -> bool:
    """Whether a hyphen or an "and" goes on with the number before it."""
    if plain[here].text == "-":
        return plain[here].start == plain[here - 1].end
    return plain[here].text == lexicon.joiner and last == "scale"


def _spelled(plain: list[Token], at: int, stop: int, parts: list[tuple[str, int]]) -> tuple[int, Token]:
    first = plain[at]
    if parts[-1][0] == "ordinal":
        value = sum(n for _, n in parts)
        classes = (
            dict(first.classes) | {"ord": str(value)} | ({"day": str(value), "nth": str(value)} if value <= 31 else {})
        )
        return stop, Token(first.start, plain[stop - 1].end, _text(plain, at, stop), classes)
    kinds = [kind for kind, _ in parts]
    values = [value for _, value in parts]
    year = _spoken_year(kinds, values)
    while year is None and "scale" not in kinds and not _simple(kinds, values):
        stop, kinds, values = _shorter(plain, at, stop), kinds[:-1], values[:-1]  # "five six": two numbers, not one
        year = _spoken_year(kinds, values)
    total = year if year is not None else _value(kinds, values)
    classes = {"num": str(total), "spelled": "yes"}
    if 1 <= total <= 31:
        classes |= {"day_word": str(total)}
    if total <= 24:
        classes |= {"hour_word": str(total)}
    if year is not None:
        classes |= {"year": str(year), "spoken": "yes"}
    return stop, Token(first.start, plain[stop - 1].end, _text(plain, at, stop), dict(first.classes) | classes)


def _shorter(plain: list[Token], at: int, stop: int) -> int:
    """The end of the number words without the last of them, and without a hyphen before it."""
    stop -= 1
    return stop - 1 if stop - 1 > at and plain[stop - 1].text == "-" else stop


def _text(plain: list[Token], at: int, stop: int) -> str:
    return " ".join(token.text for token in plain[at:stop])


def _simple(kinds: list[str], values: list[int]) -> bool:
    return kinds in (["unit"], ["ten"]) or (kinds == ["ten", "unit"] and values[1] < 10)


def _spoken_year(kinds: list[str], values: list[int]) -> int | None:
    """The year that the words speak: "nineteen ninety-six", "two thousand and eleven", "nineteen hundred"."""
    if values[0] in range(10, 22) and len(values) in (2, 3) and "scale" not in kinds:
        rest = values[1:]
        low = sum(rest)
        if 10 <= rest[0] <= 99 and (len(rest) == 1 or (kinds[1:] == ["ten", "unit"] and rest[1] < 10)):
            return values[0] * 100 + low if values[0] >= 15 else None
    if values[0] in range(15, 22) and len(values) > 1 and values[1] == 100:
        return values[0] * 100 + sum(values[2:])
    if values[:2] == [2, 1000] and sum(values[2:]) < 100:
        return 2000 + sum(values[2:])
    return None


def _value(kinds: list[str], values: list[int]) -> int:
    total = current = 0
    for kind, value in zip(kinds, values, strict=True):
        if kind != "scale":
            current += value
        elif value == 100:
            current *= 100
        else:
            total, current = total + current * value, 0
    return total + current
