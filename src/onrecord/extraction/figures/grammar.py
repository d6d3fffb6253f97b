"""The grammar of quantities: hedge, sign of money, number, range, unit, over the tokens of one sentence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from onrecord.language.numbers import Number, Token, number_at, number_words, part_of_scale, plain, scales, tokens_of
from onrecord.language.tables import table
from onrecord.model import Amount, Hedge

RANGE_SIGNS = ("-", "–", "—")
BRACKETS = {"(": ")", "[": "]", "{": "}", "<": ">"}
INCHES = ("in", "ins", '"', "″", "”")
IN_A_FOOT = Decimal(12)
HUNDRED = Decimal(100)
MILLION = Decimal(1_000_000)
SMALLER: dict[tuple[str | None, str], int] = {
    ("h", "min"): 60,
    ("min", "s"): 60,
    ("ft", "in"): 12,
    ("a", "mo"): 12,
    ("lb", "oz"): 16,
    ("m", "cm"): 100,
}
"""How many of the second unit make one of the first, where the two are said together."""


RESTATED = {("km", "m"): "mi", ("kg", "GBP"): "lb", ("t", "GBP"): "lb", ("g", "GBP"): "lb", ("km/h", "m"): "mi/h"}
"""What a quantity's unit means in brackets after one in the first unit."""
SHORT_WITH_PLURAL = ("kg", "km", "oz", "ft", "yr", "hr", "lb", "cm", "mm")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A quantity over tokens `first..last` (half-open); `number` is where its last number ends.

    `unit` is null where no unit or currency was found: then the number counts things, or nothing at all. `shape` says
    how it was read: `money`, `percent`, `unit`, `bare`, `vague`, `fraction`, `ratio`.
    """

    first: int
    last: int
    number: int
    low: Decimal
    high: Decimal | None
    hedge: Hedge
    unit: str | None
    shape: str
    in_digits: bool
    scale: Decimal = Decimal(1)

    def amount(self, unit: str | None = None) -> Amount:
        """The amount, with open ends as its hedge says; `unit` names what is counted where there is no unit."""
        low: Decimal | None = self.low
        high = self.low if self.high is None else self.high
        if self.hedge in ("more_than", "at_least"):
            return Amount(plain(self.low), None, self.hedge, self.unit or unit)
        if self.hedge in ("less_than", "at_most"):
            low = None
        return Amount(None if low is None else plain(low), plain(high), self.hedge, self.unit or unit)


@cache
def phrases(language: str, *path: str) -> tuple[tuple[tuple[str, ...], str], ...]:
    """A table of phrases as (lower-cased words, value), longest first."""
    found = table(language, "quantities")
    for step in path:
        found = found[step]
    split = [(tuple(words_of(key)), str(value)) for key, value in found.items() if isinstance(value, str)]
    return tuple(sorted(split, key=lambda item: (-len(item[0]), item[0])))


def words_of(phrase: str) -> list[str]:
    """The phrase cut as the tokens of a text are."""
    return [token.low for token in tokens_of(phrase, 0, len(phrase))]


@cache
def unit_forms(language: str) -> dict[tuple[str, ...], tuple[str, Decimal]]:
    """Every form of every unit, singular and plural, as lower-cased words, with the record's unit and the factor."""
    forms: dict[tuple[str, ...], tuple[str, Decimal]] = {}
    for name, (unit, factor) in table(language, "quantities")["units"].items():
        words = words_of(name)
        forms[tuple(words)] = (unit, Decimal(factor))
        for at in {0, len(words) - 1} if len(name) > 2 or name in SHORT_WITH_PLURAL else ():
            for plural in plurals(words[at]):
                forms.setdefault((*words[:at], plural, *words[at + 1 :]), (unit, Decimal(factor)))
    return forms


def plurals(word: str) -> tuple[str, ...]:
    """How a unit's or currency's name may be written in the plural."""
    if word.endswith("y") and word[-2:-1] not in tuple("aeiou"):
        return (word[:-1] + "ies", word + "s")
    if word.endswith(("s", "x", "ch", "sh")):
        return (word + "es",)
    return (word + "s",)


@cache
def currency_forms(language: str) -> dict[tuple[str, ...], str]:
    """Every name of every currency, singular and plural, as lower-cased words, with its ISO 4217 code."""
    money = table(language, "quantities")["money"]
    forms: dict[tuple[str, ...], str] = {(code.lower(),): code for code in money["codes"]}
    for name, code in {**money["words"], **money["ambiguous"], **money["national"]}.items():
        words = words_of(name)
        forms[tuple(words)] = code
        for plural in plurals(words[-1]):
            forms.setdefault((*words[:-1], plural), code)
    return forms


def quantities(tokens: list[Token], language: str) -> Iterator[Quantity]:
    """The quantities of one sentence, in order, none overlapping another."""
    at, before = 0, None
    while at < len(tokens):
        found = None if is_code(tokens, at, language) else quantity_at(tokens, at, language)
        if found is None:
            at += 1
        else:
            found = as_restated(tokens, found, before)
            yield found
            before = found
            at = max(found.last, at + 1)


def as_restated(tokens: list[Token], found: Quantity, before: Quantity | None) -> Quantity:
    """The quantity as one in brackets says the one before it again: `20 km (12m)` in miles, `9 kg (20 pounds)`."""
    if before is None or before.last != found.first - 1 or tokens[before.last].text != "(":
        return found
    unit = RESTATED.get((before.unit or "", found.unit or ""))
    return found if unit is None else replace(found, unit=unit, shape="unit")


def is_code(tokens: list[Token], at: int, language: str) -> bool:
    """Whether the digits at `at` belong to a code that letters begin: `UB-40`, `km17`; not to `pre-2%`."""
    if not at or not tokens[at].text[0].isdigit() or tokens[at - 1].end != tokens[at].start:
        return False
    before = tokens[at - 1]
    if before.text in RANGE_SIGNS and at > 1 and tokens[at - 2].end == before.start:
        before = tokens[at - 2]
        if before.text.isdigit():
            return is_code(tokens, at - 2, language)
        return before.text.isalnum() and not before.text.isdigit() and before.low not in code_prefixes(language)
    return before.text[-1].isalpha() and before.text not in table(language, "quantities")["money"]["before"]


@cache
def code_prefixes(language: str) -> frozenset[str]:
    """What stands with a hyphen before a number and is no code: prefixes, and number words."""
    return frozenset(table(language, "quantities")["counting"]["prefixes"]) | frozenset(number_words(language))


def quantity_at(tokens: list[Token], at: int, language: str) -> Quantity | None:
    """The quantity that begins at token `at`, hedge included, or null."""
    hedge, start = hedge_at(tokens, at, language)
    if start >= len(tokens):
        return None
    found = (
        between_at(tokens, start, language)
        or fraction_at(tokens, start, language)
        or vague_at(tokens, start, language)
        or counted_at(tokens, start, language)
    )
    if found is None or (start > at and found.hedge == "range" and hedge == "about"):
        return found if found is None else replace(found, first=at)
    if hedge is not None and found.hedge == "exact":
        return replace(found, first=at, hedge=hedge)
    return replace(found, first=at)


def hedge_at(tokens: list[Token], at: int, language: str) -> tuple[Hedge | None, int]:
    """The hedge whose words begin at `at`, and where the number after it begins."""
    first = tokens[at].low
    for words, value in phrases(language, "hedges", "before"):
        if words[0] == first and tuple(t.low for t in tokens[at : at + len(words)]) == words:
            return value, at + len(words)  # type: ignore[return-value]
    return None, at


def between_at(tokens: list[Token], at: int, language: str) -> Quantity | None:
    """`between 4 and 5 million tonnes`."""
    if tokens[at].low != "between" or at + 1 >= len(tokens):
        return None
    left = counted_at(tokens, at + 1, language, ranges=False)
    if left is None or left.last + 1 >= len(tokens) or tokens[left.last].low != "and":
        return None
    right = counted_at(tokens, left.last + 1, language, ranges=False)
    if right is None:
        return None
    joined = ranged(left, right)
    return None if joined is None else replace(joined, first=at)


def counted_at(tokens: list[Token], at: int, language: str, *, ranges: bool = True) -> Quantity | None:
    """A number with its sign of money before it or its unit after it, and the other end of a range."""
    if tokens[at].low in ("minus", "-", "−") and at + 1 < len(tokens):
        return below_zero(tokens, at, language)
    code, start = money_sign_at(tokens, at, language)
    if start >= len(tokens):
        return None
    number = number_at(tokens, start, language)
    if number is None:
        return None
    number = millions(tokens, number, money=code is not None)
    if code is not None and tokens[start - 1].text == f"M{code}":
        number = replace(number, value=number.value * MILLION, scale=MILLION)
    found = with_unit(tokens, at, number, code, language)
    if ranges:
        found = with_range(tokens, found, language)
    return with_after(tokens, found, language)


def below_zero(tokens: list[Token], at: int, language: str) -> Quantity | None:
    """A temperature or rate below zero: `minus 12 degrees Celsius`, `-0.4%`; null for a dash between other words."""
    joined = at > 0 and tokens[at - 1].end == tokens[at].start
    if tokens[at].low != "minus" and (joined or tokens[at + 1].start != tokens[at].end):
        return None
    found = counted_at(tokens, at + 1, language, ranges=False) if tokens[at + 1].text[0].isdigit() else None
    if found is None or found.unit not in ("°C", "°F", "%") or found.low == 0:
        return None
    return replace(found, first=at, low=-found.low)


def money_sign_at(tokens: list[Token], at: int, language: str) -> tuple[str | None, int]:
    """The currency whose sign or code stands at `at`, and where the number after it begins."""
    signs = table(language, "quantities")["money"]["before"]
    joined = tokens[at].text
    if at + 1 < len(tokens) and tokens[at + 1].start == tokens[at].end and joined + tokens[at + 1].text in signs:
        return signs[joined + tokens[at + 1].text], at + 2
    if joined in signs:
        return signs[joined], at + 1
    money = table(language, "quantities")["money"]
    if joined.endswith("$") and joined[:-1].upper() in money["codes"]:
        return joined[:-1].upper(), at + 1
    following = tokens[at + 1].text if at + 1 < len(tokens) else ""
    if joined.upper() in money["codes"] and following[:1].isdigit():
        clear = joined in money["small_codes"] or (joined.isupper() and joined not in money["words_in_capitals"])
        return (joined.upper(), at + 1) if clear else (None, at)
    if joined.lower() in money["apart"] and following == "$":
        return money["apart"][joined.lower()], at + 2
    if joined[0] == "M" and joined[1:] in money["codes"] and following[:1].isdigit():
        return joined[1:], at + 1  # MEUR 60: the magnitude is added by `millions`
    if joined.lower() == "dollar" and following[:1].isdigit():
        return "USD", at + 1
    return None, at


def millions(tokens: list[Token], number: Number, *, money: bool) -> Number:
    """The number with a glued or spaced `m` or `t` read as a magnitude, where it stands with money."""
    at = number.last
    if not money or at >= len(tokens) or tokens[at].low not in ("m", "t"):
        return number
    scale = MILLION if tokens[at].low == "m" else MILLION * MILLION
    return replace(number, last=at + 1, value=number.value * scale, scale=scale)


def with_unit(tokens: list[Token], first: int, number: Number, code: str | None, language: str) -> Quantity:
    """The quantity of one number, with its currency, percent sign or unit."""
    bare = Quantity(
        first, number.last, number.last, number.value, None, "exact", code, "bare", number.in_digits, number.scale
    )
    if code is not None:
        paid = replace(bare, shape="money", last=after_code(tokens, number.last, code, language))
        return with_rate(tokens, paid, language)
    at = number.last
    hyphen = at < len(tokens) and tokens[at].text in RANGE_SIGNS
    for start in (at, at + 1) if hyphen else (at,):
        unit = unit_at(tokens, start, language)
        if unit is not None:
            name, factor, last, shape = unit
            if shape == "unit" and name == "m" and is_million(tokens, start):
                return replace(bare, low=number.value * MILLION, last=last, number=last)
            measured = replace(bare, low=number.value * factor, unit=name, last=last, shape=shape)
            measured = with_scale_after(tokens, measured, language) if shape == "money" else measured
            return with_rate(tokens, with_smaller(tokens, measured, language), language)
    return bracketed(tokens, bare, language)


def bracketed(tokens: list[Token], bare: Quantity, language: str) -> Quantity:
    """The quantity with a unit in brackets after it, `20 (kg)`, where there is one; else itself."""
    at = bare.last
    if at + 2 >= len(tokens) or tokens[at].text not in BRACKETS or len(tokens[at + 1].text) < 2:
        return bare
    unit = unit_at(tokens, at + 1, language)
    if unit is None or unit[2] >= len(tokens) or tokens[unit[2]].text != BRACKETS[tokens[at].text]:
        return bare
    return replace(bare, low=bare.low * unit[1], unit=unit[0], last=unit[2] + 1, shape=unit[3])


def with_scale_after(tokens: list[Token], found: Quantity, language: str) -> Quantity:
    """The quantity with a magnitude that stands after its currency: `75 USD million`."""
    scale = scales(language).get(tokens[found.last].low) if found.last < len(tokens) else None
    return found if scale is None else replace(found, low=found.low * scale, last=found.last + 1)


def with_smaller(tokens: list[Token], found: Quantity, language: str) -> Quantity:
    """The quantity with a part in a smaller unit added: `2 hours and 30 minutes`, `3 dollars 50 cents`."""
    at = found.last
    at += at < len(tokens) and tokens[at].low == "and"
    number = number_at(tokens, at, language) if at < len(tokens) else None
    unit = unit_at(tokens, number.last, language) if number is not None and number.last < len(tokens) else None
    if number is not None and unit is None:
        unit = inches_at(tokens, number, found)
    if number is None or unit is None:
        return with_cents(tokens, found, number)
    share = Decimal(1) / SMALLER[found.unit, unit[0]] if (found.unit, unit[0]) in SMALLER else None
    if unit[3] == "money" and unit[0] == found.unit and unit[1] == Decimal("0.01"):
        share = unit[1]
    if share is None:
        return found
    return replace(
        found, low=found.low + (number.value * share).quantize(Decimal("0.000001")).normalize(), last=unit[2]
    )


def inches_at(tokens: list[Token], number: Number, found: Quantity) -> tuple[str, Decimal, int, str] | None:
    """The inches of `5 ft 2 in`, a word that says nothing of inches anywhere else; or null."""
    at = number.last
    if found.unit != "ft" or at >= len(tokens) or tokens[at].low not in INCHES or number.value >= SMALLER["ft", "in"]:
        return None
    return "in", Decimal(1), at + 1, "unit"


def with_cents(tokens: list[Token], found: Quantity, number: Number | None) -> Quantity:
    """The price with hundredths that stand bare at the end of a clause added: `15 dollars 50.`; else itself."""
    if number is None or found.shape != "money" or number.first != found.last or not 10 <= number.value <= 99:
        return found
    ends = number.last >= len(tokens) or tokens[number.last].text in ".,;:!?)"
    whole = found.low == int(found.low) and number.value == int(number.value)
    if not (ends and whole and found.low < HUNDRED * HUNDRED):
        return found
    return replace(found, low=found.low + number.value / HUNDRED, last=number.last)


def with_rate(tokens: list[Token], found: Quantity, language: str) -> Quantity:
    """The quantity with the unit it is counted by: `$80 a barrel` is in USD/bbl, `three hours a day` in h/d."""
    last = found.last
    rate = None if found.shape == "percent" else rate_at(tokens, last, language, money=found.shape == "money")
    return found if rate is None else replace(found, last=rate[1], unit=f"{found.unit}/{rate[0]}")


def rate_at(tokens: list[Token], at: int, language: str, *, money: bool) -> tuple[str, int] | None:
    """What a quantity is counted by from token `at` on, and where that ends: `a day`, `per head`, `-a-share`."""
    at += at < len(tokens) and tokens[at].text == "-"
    if at + 1 >= len(tokens) or tokens[at].low not in ("per", "a", "an", "each", "/"):
        return None
    at += 1 + (tokens[at + 1].text == "-")
    low = tokens[at].low if at < len(tokens) else ""
    after = tokens[at + 1].low if at + 1 < len(tokens) else ""
    if after in table(language, "quantities")["time_units"]["apart"]:
        return None  # "$1 billion a year ago"
    unit = unit_forms(language).get((low,))
    if unit is not None and unit[1] in (1, HUNDRED):
        return (unit[0], at + 1) if unit[1] == 1 else None
    return (low, at + 1) if money and low in table(language, "quantities")["money_rates"]["all"] else None


def is_million(tokens: list[Token], at: int) -> bool:
    """Whether the `m` at `at` is a magnitude: `5m people`, but not `5 m` or `5m long`."""
    return (
        tokens[at].low == "m"
        and at + 1 < len(tokens)
        and tokens[at + 1].low.endswith(("s", "people"))
        and tokens[at + 1].low.isalpha()
        and tokens[at].start == tokens[at - 1].end
    )


def after_code(tokens: list[Token], at: int, code: str, language: str) -> int:
    """Where a quantity ends whose currency is written again after the number: `US$5 million dollars`."""
    forms = currency_forms(language)
    for length in (3, 2, 1):
        if forms.get(tuple(t.low for t in tokens[at : at + length])) == code:
            return at + length
    return at


def unit_at(tokens: list[Token], at: int, language: str) -> tuple[str, Decimal, int, str] | None:
    """The unit whose words begin at `at`: its name, the factor to it, where it ends, and its shape."""
    percent = table(language, "quantities")["percent"]
    lows = tuple(t.low for t in tokens[at : at + 4])
    glued = at + 1 < len(tokens) and tokens[at + 1].start == tokens[at].end and tokens[at + 1].text[0].isdigit()
    if lows and lows[0].isalpha() and glued:
        return None  # a code, like m212
    for name, key in (("pp", "points"), ("%", "signs")):
        for phrase in sorted(percent[key], key=len, reverse=True):
            words = tuple(words_of(phrase))
            if lows[: len(words)] == words:
                return name, Decimal(1), at + len(words), "percent"
    money, units = currency_forms(language), unit_forms(language)
    for length in (4, 3, 2, 1):
        if length > len(lows):
            continue
        words = lows[:length]
        if words in units and not (length == 1 and words[0] == "min" and tokens[at].text[0].isupper()):
            name, factor = units[words]
            return name, factor, at + length, "unit"
        if words in money and (length > 1 or is_money_word(tokens[at])):
            if is_weight(tokens, at, words, language):
                return "lb", Decimal(1), at + length, "unit"
            if not is_other_word(tokens, at, language):
                return money[words], Decimal(1), at + length, "money"
    cents = table(language, "quantities")["money"]["cents"]
    single = lows[0].removesuffix("s") if lows else ""
    if single in cents:
        return cents[single], Decimal("0.01"), at + 1, "money"
    return sign_after(tokens, at, language) if lows else None


def is_weight(tokens: list[Token], at: int, words: tuple[str, ...], language: str) -> bool:
    """Whether pounds weigh: `1,300 pounds of sugar`, `90 pounds (41 kg)`, but not `90 pounds of debt`."""
    if words[0] not in ("pound", "pounds") or len(words) > 1:
        return False
    before = {t.low for t in tokens[max(0, at - 5) : at]}
    if before & {"weigh", "weighs", "weighed", "weighing", "foot", "feet", "tall"}:
        return True  # "5-foot-11 and 215 pounds"
    after = [t.low for t in tokens[at + 1 : at + 4]]
    if after[:1] == ["of"]:
        return not set(after[1:]) & set(table(language, "quantities")["money"]["paid_for"])
    heavy = unit_forms(language).get((after[2],)) if after[:1] == ["("] and len(after) == 3 else None
    return heavy is not None and heavy[0] in ("kg", "g", "t")


def is_other_word(tokens: list[Token], at: int, language: str) -> bool:
    """Whether a currency's name is another word here: `550 real estate experts`, `12 won medals`."""
    after = table(language, "quantities")["money"]["no_money_before"].get(tokens[at].low)
    if after is None or at + 1 >= len(tokens):
        return False
    low = tokens[at + 1].low
    return low in after or ("*" in after and low.isalpha() and low not in ("a", "an", "per", "in", "for", "to", "and"))


def sign_after(tokens: list[Token], at: int, language: str) -> tuple[str, Decimal, int, str] | None:
    """The currency of a sign or a code of millions after the number: `100 €`, `30 MUSD`."""
    money, text = table(language, "quantities")["money"], tokens[at].text
    touches = at + 1 < len(tokens) and tokens[at + 1].start == tokens[at].end and tokens[at + 1].text[0].isdigit()
    if text in money["before"] and not (text[0].isascii() and text[0].isalpha()) and not touches:
        return money["before"][text], Decimal(1), at + 1, "money"
    if text[0] in "Mm" and text[1:] in money["codes"]:
        return text[1:], MILLION, at + 1, "money"
    return None


def is_money_word(token: Token) -> bool:
    """Whether one word after a number is a currency: a code in capitals or one that is no word, or a name."""
    money = table("en", "quantities")["money"]
    if token.text.upper() in money["codes"] and token.low not in money["words"]:
        return token.text.isupper() or token.low in money["small_codes"]
    return token.text.islower() or token.text.isupper()


def with_range(tokens: list[Token], left: Quantity, language: str) -> Quantity:
    """The quantity widened to a range where another number follows a dash, `to` or `or`; else itself."""
    at = left.last
    if at + 1 >= len(tokens) or tokens[at].low not in (*RANGE_SIGNS, "to", "or"):
        return left
    if tokens[at].low == "to" and is_movement(tokens, left.first, language):
        return left
    right = counted_at(tokens, at + 1, language, ranges=False)
    if right is None or (tokens[at].low == "or" and right.low > left.low * 2 + 1):
        return left
    if left.unit == "ft" and right.unit is None and tokens[at].low in RANGE_SIGNS:
        return with_inches(left, right)
    joined = ranged(left, right)
    return left if joined is None else joined


def with_inches(left: Quantity, right: Quantity) -> Quantity:
    """A height in feet and inches, in inches: `5-foot-11` is 71; feet alone where the number is of no inches."""
    if right.shape != "bare" or not 0 < right.low < IN_A_FOOT or left.hedge != "exact":
        return left
    return replace(left, last=right.last, low=left.low * IN_A_FOOT + right.low, high=None, unit="in")


def is_movement(tokens: list[Token], at: int, language: str) -> bool:
    """Whether `from` before token `at` follows a word of change: `rose from 5% to 10%` tells two values, no range."""
    if not at or tokens[at - 1].low != "from":
        return False
    return any(t.low in table(language, "quantities")["ranges"]["moving"] for t in tokens[max(0, at - 9) : at])


def ranged(left: Quantity, right: Quantity) -> Quantity | None:
    """One range from two quantities, the left one taking the right one's unit and magnitude where it has none."""
    if left.unit is not None and right.unit is not None and left.unit not in (right.unit, right.unit.split("/")[0]):
        return None
    low = left.low
    if left.scale == 1 and right.scale > 1 and low * right.scale < right.low:
        low = low * right.scale  # "4 to 5 million"
    if not low < right.low:
        return None
    unit = right.unit or left.unit
    return replace(
        right, first=left.first, low=low, high=right.low, hedge="range", unit=unit, shape=max_shape(left, right)
    )


def max_shape(left: Quantity, right: Quantity) -> str:
    """The more telling of two shapes."""
    return right.shape if right.shape != "bare" else left.shape


def with_after(tokens: list[Token], found: Quantity, language: str) -> Quantity:
    """The quantity with a hedge that follows it: `300 or more`, `40-odd`, `500+`."""
    at = found.last
    for start in (at, at + 1):
        if start > at and not (start <= len(tokens) and at < len(tokens) and tokens[at].text in RANGE_SIGNS):
            break
        for words, value in phrases(language, "hedges", "after"):
            if tuple(t.low for t in tokens[start : start + len(words)]) == words and found.hedge == "exact":
                return replace(found, last=start + len(words), hedge=value)  # type: ignore[arg-type]
    return found


def vague_at(tokens: list[Token], at: int, language: str) -> Quantity | None:
    """`dozens of people`, `hundreds of thousands of tons`: a number with only a lower bound."""
    vague = table(language, "quantities")["vague"]
    low = tokens[at].low
    if low not in vague:
        return None
    if at and number_words(language).get(tokens[at - 1].low) is not None:
        return None
    value, last = Decimal(vague[low]), at + 1
    named = scales(language)
    while last + 1 < len(tokens) and tokens[last].low == "of" and tokens[last + 1].low in vague:
        value, last = value * named[tokens[last + 1].low.removesuffix("s")], last + 2
    if low == "tens" and last == at + 1:
        return None
    if last + 1 < len(tokens) and tokens[last].low == "of":
        unit = unit_at(tokens, last + 1, language)
        if unit is not None:
            name, factor, end, shape = unit
            return Quantity(at, end, last, value * factor, None, "at_least", name, shape, False)
    return Quantity(at, last, last, value, None, "at_least", None, "vague", False)


def fraction_at(tokens: list[Token], at: int, language: str) -> Quantity | None:
    """`half of`, `two-thirds of`, `three quarters of a century`, `half an hour`."""
    fractions = table(language, "quantities")["fractions"]
    number = number_words(language).get(tokens[at].low)
    first, count = at, Decimal(1)
    if number is not None and at + 1 < len(tokens):
        count, at = number, at + 2 if tokens[at + 1].text in RANGE_SIGNS else at + 1
    elif tokens[at].low in ("a", "the") and at + 1 < len(tokens):
        at += 1
    if part_of_scale(tokens, first, language) is not None:
        return None  # "a quarter of a billion" is a number like any other
    ratio = ratio_at(tokens, first, language)
    if ratio is not None:
        return ratio
    if at >= len(tokens) or tokens[at].low not in fractions or (at > first and tokens[at].low == "half"):
        return None
    if count == 1 and tokens[at].low != "half" and tokens[first].low not in ("a", "one"):
        return None  # "the third", "a third" of a list, "quarters" of a town
    parts = (Decimal(1) / Decimal(fractions[tokens[at].low])).to_integral_value()
    value, last = (count / parts).quantize(Decimal("0.0001")).normalize(), at + 1
    after = [t.low for t in tokens[last : last + 3]]
    skip = 2 if after[:2] in (["of", "a"], ["of", "an"]) else 1 if after[:1] in (["a"], ["an"]) else 0
    unit = unit_at(tokens, last + skip, language) if skip else None
    if unit is not None and unit[3] == "unit":
        return Quantity(first, unit[2], last, value * unit[1], None, "exact", unit[0], "unit", False)
    hyphened = number is not None and tokens[first + 1].text in RANGE_SIGNS  # "a two-thirds majority"
    if after[:1] != ["of"] and not hyphened:
        return None
    return Quantity(first, last, last, value, None, "exact", None, "fraction", False)


def ratio_at(tokens: list[Token], at: int, language: str) -> Quantity | None:
    """`one in five`, `three out of four`: a fraction in small number words; `a ratio of 3 to 1`: how many to one."""
    told = told_ratio_at(tokens, at, language)
    if told is not None:
        return told
    gap = 2 if [t.low for t in tokens[at + 1 : at + 3]] == ["out", "of"] else 1
    end = at + gap + 1
    if end >= len(tokens) or (gap == 1 and tokens[at + 1].low != "in"):
        return None
    part, whole = small_number(tokens[at], language), small_number(tokens[end], language)
    in_digits = tokens[at].text.isdigit()
    if part is None or whole is None or not 0 < part < whole or tokens[end].text.isdigit() != in_digits:
        return None
    if in_digits and gap == 1 and (part != 1 or end + 1 >= len(tokens) or unit_at(tokens, end + 1, language)):
        return None  # "flight 1 in 5 minutes", "rose 2 in 1998"
    value = (part / whole).quantize(Decimal("0.0001")).normalize()
    return Quantity(at, end + 1, end + 1, value, None, "exact", None, "fraction", in_digits)


def told_ratio_at(tokens: list[Token], at: int, language: str) -> Quantity | None:
    """`a ratio of 3 to 1`, `odds of 5:2`: the first number over the second."""
    if [t.low for t in tokens[max(0, at - 2) : at]] not in (["ratio", "of"], ["odds", "of"]) or at + 2 >= len(tokens):
        return None
    first, second = small_number(tokens[at], language), small_number(tokens[at + 2], language)
    if tokens[at + 1].low not in ("to", ":", "-", "–") or first is None or not second:
        return None
    value = (first / second).quantize(Decimal("0.0001")).normalize()
    return Quantity(at, at + 3, at + 3, value, None, "exact", None, "ratio", tokens[at].text.isdigit())


def small_number(token: Token, language: str) -> Decimal | None:
    """The value of a number word, or of digits up to a thousand; else null."""
    if token.text.isdecimal() and len(token.text) <= 3:
        return Decimal(token.text)
    return number_words(language).get(token.low)
