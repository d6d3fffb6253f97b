"""Numbers in digits and in words, as decimals; the number words come from the language's `quantities.toml`.

Digits follow the custom of English-language news all over the world: a comma or a space between groups of three, a
point before decimals; and, where the form leaves no doubt, the continental custom (`1.234.567,8`, `4,2`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from onrecord.language.tables import table

DIGITS = re.compile(
    r"\d{1,3}(?:,\d{2,3})+(?:\.\d+)?(?![\d,]*\d)"  # 7,000  1,234.5  1,00,000
    r"|\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?:[.,]\d+)?(?!\d)"  # 40 000
    r"|\d{1,3}(?:\.\d{3}){2,}(?:,\d+)?(?!\d)"  # 1.234.567,8
    r"|\d+(?:[.,]\d+)?"
)
GLYPHS = {"½": "0.5", "¼": "0.25", "¾": "0.75", "⅓": "0.3333", "⅔": "0.6667"}
THOUSAND = Decimal(1000)
PARTS = {"half": Decimal("0.5"), "quarter": Decimal("0.25"), "quarters": Decimal("0.25")}
DENOMINATORS = ("2", "4", "5", "8", "10", "16")
CLOSING = ("”", '"', "’", "'", "»")
"""Marks that may close a quotation of the digits alone, before their magnitude."""


@dataclass(frozen=True, slots=True)
class Token:
    """A run of letters, a number in digits, or one sign: `text[start:end]`, lower-cased in `low`."""

    start: int
    end: int
    text: str
    low: str


TOKEN = re.compile(
    DIGITS.pattern + r"|(?:US|AU|CA|HK|NZ|NT|TT|CN|GH|U\.S\.|Mex|[ACSRZNJEK]|[A-Z]{3}|[a-z]{3})[$¥£₵]"
    r"|k?m[23²³](?!\d)"
    r"|[A-Za-zÀ-ɏ]+(?:['’][a-z]+)?(?:\.(?=[a-z]\.?|,))?|°[CF]|\S"
)


def tokens_of(text: str, start: int, end: int) -> list[Token]:
    """The tokens of `text[start:end]`, in order, with offsets into `text`."""
    found = (Token(m.start(), m.end(), m.group(), m.group().lower()) for m in TOKEN.finditer(text, start, end))
    return list(found)


def decimal_of(digits: str) -> Decimal | None:
    """The value of a number in digits, or null where the form is none (two points, odd groups)."""
    plain = digits.replace("\u00a0", " ").replace("\u202f", " ").replace(" ", "")
    if plain.count(",") == 1 and "." not in plain:
        head, tail = plain.split(",")
        plain = head + tail if len(tail) == 3 and 1 <= len(head) <= 3 else f"{head}.{tail}"
    elif plain.count(".") > 1:
        plain = plain.replace(".", "").replace(",", ".")
    else:
        plain = plain.replace(",", "")
    return Decimal(plain) if re.fullmatch(r"\d+(?:\.\d+)?", plain) else None


@cache
def number_words(language: str) -> dict[str, Decimal]:
    """The words for the numbers below a hundred."""
    return {word: Decimal(value) for word, value in table(language, "quantities")["numbers"].items()}


@cache
def scales(language: str) -> dict[str, Decimal]:
    """The words that multiply: hundred, thousand, million, lakh, bn, dozen."""
    return {word: Decimal(value) for word, value in table(language, "quantities")["scales"].items()}


@cache
def glued_scales(language: str) -> dict[str, Decimal]:
    """The letters that multiply when written against the digits: k, m, b, t."""
    return {word: Decimal(value) for word, value in table(language, "quantities")["glued_scales"].items()}


@dataclass(frozen=True, slots=True)
class Number:
    """A number over tokens `first..last` (half-open), whether it is in digits, and the scale that follows them."""

    first: int
    last: int
    value: Decimal
    in_digits: bool
    scale: Decimal = Decimal(1)


def number_at(tokens: list[Token], at: int, language: str) -> Number | None:
    """The longest number that begins at token `at`: digits or words, with the scales that follow; or null."""
    token = tokens[at]
    if token.text[0].isdigit() or token.text in GLYPHS:
        return digits_at(tokens, at, language)
    return words_at(tokens, at, language)


def digits_at(tokens: list[Token], at: int, language: str) -> Number | None:
    """A number in digits: `283.5 thousand`, `4.2bn`, `2½`, `40 000`."""
    token = tokens[at]
    value = Decimal(GLYPHS[token.text]) if token.text in GLYPHS else decimal_of(token.text)
    if value is None:
        return None
    last = at + 1
    value, last = with_fraction(tokens, at, value)
    if last < len(tokens) and tokens[last].text in GLYPHS and tokens[last].start == tokens[last - 1].end:
        value, last = value + Decimal(GLYPHS[tokens[last].text]), last + 1
    end, full = scaled(tokens, last, value, language)
    return Number(at, end, full, True, full / value if value else Decimal(1))


def with_fraction(tokens: list[Token], at: int, value: Decimal) -> tuple[Decimal, int]:
    """The value and the end of a number in digits with a common fraction: `10 1/2`, or `1/4` alone."""
    for start, whole in ((at + 1, value), (at, Decimal(0))):
        parts = tokens[start : start + 3]
        if (
            len(parts) == 3
            and parts[1].text == "/"
            and parts[0].end == parts[1].start
            and parts[1].end == parts[2].start
        ):
            top, bottom = parts[0].text, parts[2].text
            if top.isdecimal() and bottom in DENOMINATORS and int(top) < int(bottom):
                return whole + Decimal(top) / Decimal(bottom), start + 3
    return value, at + 1


def scaled(tokens: list[Token], at: int, value: Decimal, language: str) -> tuple[int, Decimal]:
    """Where the number ends, and its value, once the scales from token `at` on are multiplied in."""
    named, glued = scales(language), glued_scales(language)
    while at < len(tokens):
        low, touching = tokens[at].low, tokens[at].start == tokens[at - 1].end
        scale_next = named.get(tokens[at + 1].low) if at + 1 < len(tokens) else None
        if tokens[at].text == "-" and scale_next is not None:
            at += 1  # a 40-million contract
        elif touching and tokens[at].text in CLOSING and scale_next is not None and scale_next >= THOUSAND:
            at += 1  # worth “$7.3” billion: the mark closes the number alone
        elif low in named:
            value, at = value * named[low], at + 1
        elif touching and low in glued and low != "m" and low != "t" and at > 0:
            value, at = value * glued[low], at + 1
        else:
            break
    return at, value


def words_at(tokens: list[Token], at: int, language: str) -> Number | None:
    """A number in words: `three hundred and forty-two thousand`, `a dozen`, `one and a half million`."""
    small, named = number_words(language), scales(language)
    total = group = Decimal(0)
    i, seen, last_small = at, False, Decimal(-1)
    parted = part_of_scale(tokens, at, language)
    if parted is not None:
        return parted
    if tokens[at].low in ("a", "an"):
        if at + 1 >= len(tokens) or tokens[at + 1].low not in named:
            return None
        group, i, seen = Decimal(1), at + 1, True
    while i < len(tokens):
        low = tokens[i].low
        if low in small and fits(small[low], last_small):
            group, last_small, seen = group + small[low], small[low], True
        elif low in named and seen:
            if named[low] >= THOUSAND:
                total, group = total + max(group, Decimal(1)) * named[low], Decimal(0)
            else:
                group = max(group, Decimal(1)) * named[low]
            last_small = Decimal(1000)
        elif low in ("-", "and") and seen and joins(tokens, i, last_small, small):
            i += 1
            continue
        else:
            break
        i += 1
    if not seen:
        return None
    last, value = with_half(tokens, i, total + group)
    if last != i:
        last, value = scaled(tokens, last, value, language)
    return Number(at, last, value, False)


def part_of_scale(tokens: list[Token], at: int, language: str) -> Number | None:
    """`half a million`, `a quarter million`, `three quarters of a billion`; or null."""
    part, i = PARTS.get(tokens[at].low), at + 1
    if part is None and i < len(tokens):
        count = number_words(language).get(tokens[at].low, Decimal(1) if tokens[at].low in ("a", "an") else None)
        part = PARTS.get(tokens[i].low)
        if count is None or part is None:
            return None
        part, i = part * count, i + 1
    while i < len(tokens) and tokens[i].low in ("of", "a"):
        i += 1
    scale = scales(language).get(tokens[i].low) if i < len(tokens) else None
    return None if part is None or scale is None else Number(at, i + 1, part * scale, False)


def fits(value: Decimal, before: Decimal) -> bool:
    """Whether a number word can follow another in one number: `forty two`, but not `two forty` or `four five`."""
    return before < 0 or before >= 100 or (20 <= before < 100 and before % 10 == 0 and 0 < value < 10)


def joins(tokens: list[Token], at: int, before: Decimal, small: dict[str, Decimal]) -> bool:
    """Whether the hyphen or `and` at `at` stands inside one number: `forty-two`, `hundred and five`."""
    if at + 1 >= len(tokens) or tokens[at + 1].low not in small:
        return False
    value = small[tokens[at + 1].low]
    if tokens[at].low == "and":
        return before >= 100
    return 20 <= before < 100 and 0 < value < 10


def with_half(tokens: list[Token], at: int, value: Decimal) -> tuple[int, Decimal]:
    """The number with a following `and a half` added, and where it ends."""
    after = [t.low for t in tokens[at : at + 3]]
    if after == ["and", "a", "half"]:
        return at + 3, value + Decimal("0.5")
    if after[:2] == ["and", "half"] and after[2:] not in (["the"], ["of"], ["a"], ["an"]):
        return at + 2, value + Decimal("0.5")  # "two and half years"
    return at, value


def plain(value: Decimal) -> str:
    """A decimal as a plain string, without an exponent or needless zeros: `240000000000`, `0.25`."""
    text = format(value, "f")
    return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"
