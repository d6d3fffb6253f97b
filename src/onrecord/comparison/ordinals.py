"""The ordinal that some words begin with or hold: "12th", "XII", "twelfth", "twenty-first"."""

from __future__ import annotations

import re

from onrecord.comparison.ground import phrases

DIGITS = re.compile(r"(\d{1,4})(?:st|nd|rd|th)\Z")
ROMAN = re.compile(r"(?=[IVXLC])(C{0,3})(XC|XL|L?X{0,3})(IX|IV|V?I{0,3})\Z")
ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")


def ordinal_of(word: str) -> int | None:
    """The number of one word, null where it is no ordinal; a Roman numeral counts with capitals alone, two or more."""
    digits = DIGITS.match(word.lower())
    if digits is not None:
        return int(digits[1])
    lists = phrases()
    low = word.lower()
    ten, hyphen, one = low.partition("-")
    if hyphen and ten in lists["tens"] and 0 < lists["ordinals"].get(one, 0) < 10:
        return int(lists["tens"][ten] + lists["ordinals"][one])
    found: int | None = lists["ordinals"].get(low)
    return found if found is not None else _roman(word)


def ordinal_in(words: str) -> int | None:
    """The number of the last ordinal among some words; Roman numerals do not count here."""
    found = [number for word in WORD.findall(words) if not word.isupper() and (number := ordinal_of(word))]
    return found[-1] if found else None


def _roman(word: str) -> int | None:
    if not ROMAN.match(word):
        return None
    values = [ROMAN_VALUES[letter] for letter in word]
    pairs = zip(values, [*values[1:], 0], strict=True)
    return sum(-value if value < following else value for value, following in pairs)
