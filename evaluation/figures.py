"""Quantities against the currency and unit cases of Recognizers-Text (MIT), by value and unit.

A case is right when the grammar finds exactly its quantities, each with its value and its unit; the words that each
covers are not compared, since the cases leave out hedges. A currency name that several countries share ("francs") is
expected as that name, since neither the cases nor the record say whose it is. A rate ("barrels a day") is compared by
its first unit, since the cases know none.

Two kinds of case are left out, and their counts printed: quantities in a unit that the record does not have (radians,
satoshis); and prices as people say them aloud to a machine, with cents joined by "and" and not called cents ("15
dollars and 50", "five mao five"), which no news writes and which would make one price of "15 dollars and 50 people".
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from evaluation.sources import data_folder
from onrecord.extraction.figures.grammar import Quantity, quantities, unit_forms
from onrecord.language.numbers import tokens_of

FILES = {
    "currencies": "NumberWithUnit/English/CurrencyModel.json",
    "units": "NumberWithUnit/English/DimensionModel.json",
}
AMBIGUOUS = {
    "Dollar": "USD",
    "Pound": "GBP",
    "Euro": "EUR",
    "Rupee": "rupee",
    "Cent": "USD",
    "Franc": "franc",
    "Krona": "krona",
    "Lira": "TRY",
    "Rial": "rial",
}
CENTS = ("cent", "pence", "penny", "fen", "kopeck", "paisa")
CURRENCY_THEN_WORD = re.compile(r"(?:dollars?|\$ ?\d+|usd|kuai) [a-z0-9]+", re.IGNORECASE)
"""Where a price said aloud may go on after its currency."""
Found = tuple[Decimal, str]


def expected(case: dict[str, object], kind: str) -> Iterator[Found | None]:
    """The value and unit of each quantity of a case; null for a unit that the record does not have."""
    for result in case["Results"]:  # type: ignore[attr-defined]
        resolution = result["Resolution"] or {}
        if resolution.get("value") in (None, "null"):
            yield None
            continue
        value, name = Decimal(resolution["value"]), str(resolution["unit"])
        if kind == "currencies":
            code = resolution.get("isoCurrency") or AMBIGUOUS.get(name)
            yield None if code is None else (value * Decimal("0.01") if name == "Cent" else value, code)
        else:
            unit = unit_forms("en").get(tuple(t.low for t in tokens_of(name, 0, len(name))))
            yield None if unit is None else (value * unit[1], unit[0])


def is_spoken_price(text: str, want: list[Found]) -> bool:
    """Whether a case has a price with cents that its text writes neither as a decimal nor with a word for cents."""
    low = text.lower()
    if any(cent in low for cent in CENTS) or not CURRENCY_THEN_WORD.search(low):
        return False
    parted = [value for value, _ in want if value != int(value)]
    return any(format(value.normalize(), "f") not in low for value in parted)


def found_in(text: str, kind: str) -> list[Found]:
    """The quantities with a unit of the kind that the grammar finds."""
    shapes = ("money",) if kind == "currencies" else ("unit",)
    found = [q for q in quantities(tokens_of(text, 0, len(text)), "en") if q.shape in shapes and is_kind(q)]
    whole = (first_unit(q.unit or "") for q in found)
    return [(q.low if q.high is None else q.high, unit) for q, unit in zip(found, whole, strict=True)]


def first_unit(unit: str) -> str:
    """The unit of an amount, without what it is counted by; speeds are units of their own."""
    return unit if unit in ("km/h", "mi/h") else unit.split("/")[0]


def is_kind(found: Quantity) -> bool:
    """Whether a quantity is one that the cases count: time units are in other files."""
    return found.unit not in ("a", "mo", "wk", "d", "h", "min", "s")


def same(left: list[Found], right: list[Found]) -> bool:
    """Whether two lists hold the same quantities, up to rounding in the sixth digit."""
    if len(left) != len(right):
        return False
    pairs = zip(sorted(left), sorted(right), strict=True)
    return all(a[1] == b[1] and abs(a[0] - b[0]) <= abs(b[0]) * Decimal("0.000001") for a, b in pairs)


@dataclass
class Tally:
    """Cases of one kind: right, counted, and left out for either reason."""

    right: int = 0
    counted: int = 0
    no_unit: int = 0
    spoken: int = 0


def measure(folder: Path, kind: str, *, show: bool = False) -> Tally:
    """The cases of one kind, counted."""
    tally = Tally()
    for case in json.loads((folder / "recognizers-text" / FILES[kind]).read_text(encoding="utf-8-sig")):
        want = list(expected(case, kind))
        known = [w for w in want if w is not None]
        got = found_in(case["Input"], kind)
        if len(known) < len(want):
            tally.no_unit += 1
        elif kind == "currencies" and is_spoken_price(case["Input"], known):
            tally.spoken += 1
        else:
            tally.counted += 1
            tally.right += same(got, known)
            if show and not same(got, known):
                print(f"  {case['Input']!r}\n    want {known}\n    got  {got}")
    return tally


def main(show: bool = False) -> None:
    """Prints the share of cases right, per kind, and what it would be were every spoken price wrong."""
    for kind in FILES:
        tally = measure(data_folder(), kind, show=show)
        share, strict = tally.right / tally.counted, tally.right / (tally.counted + tally.spoken)
        print(
            f"figures: {kind:10s} {share:6.1%} of {tally.counted} cases right (left out: {tally.no_unit} in units "
            f"that the record does not have, {tally.spoken} spoken prices; were those all wrong {strict:.1%})"
        )


if __name__ == "__main__":
    import sys

    main(show="--show" in sys.argv)
