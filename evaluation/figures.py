"""Quantities against the currency, unit and percentage cases of Recognizers-Text (MIT), by value and unit.

A case is right when the grammar finds exactly its quantities, each with its value and its unit; the words that each
covers are not compared, since the cases leave out hedges. Cases are counted apart where the grammar differs on purpose:
dollars and cents added up in one figure, units that no news needs (satoshis, radians).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
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
    "Rupee": "INR",
    "Cent": "USD",
    "Franc": "CHF",
    "Krona": "SEK",
    "Lira": "TRY",
    "Rial": "IRR",
}
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


def found_in(text: str, kind: str) -> list[Found]:
    """The quantities with a unit of the kind that the grammar finds."""
    shapes = ("money",) if kind == "currencies" else ("unit",)
    found = [q for q in quantities(tokens_of(text, 0, len(text)), "en") if q.shape in shapes and is_kind(q)]
    whole = (q.unit or "" if kind == "units" else (q.unit or "").split("/")[0] for q in found)
    return [(q.low if q.high is None else q.high, unit) for q, unit in zip(found, whole, strict=True)]


def is_kind(found: Quantity) -> bool:
    """Whether a quantity is one that the cases count: time units are in other files."""
    return found.unit not in ("a", "mo", "wk", "d", "h", "min", "s")


def same(left: list[Found], right: list[Found]) -> bool:
    """Whether two lists hold the same quantities, up to rounding in the sixth digit."""
    if len(left) != len(right):
        return False
    pairs = zip(sorted(left), sorted(right), strict=True)
    return all(a[1] == b[1] and abs(a[0] - b[0]) <= abs(b[0]) * Decimal("0.000001") for a, b in pairs)


def measure(folder: Path, kind: str, *, show: bool = False) -> tuple[int, int, int]:
    """Cases right, cases counted, and cases left out for a unit that the record does not have."""
    cases = json.loads((folder / "recognizers-text" / FILES[kind]).read_text(encoding="utf-8-sig"))
    right = counted = left_out = 0
    for case in cases:
        want = list(expected(case, kind))
        if None in want:
            left_out += 1
            continue
        got = found_in(case["Input"], kind)
        counted += 1
        right += same(got, [w for w in want if w is not None])
        if show and not same(got, [w for w in want if w is not None]):
            print(f"  {case['Input']!r}\n    want {want}\n    got  {got}")
    return right, counted, left_out


def main(show: bool = False) -> None:
    """Prints the share of cases right, per kind."""
    for kind in FILES:
        right, counted, left_out = measure(data_folder(), kind, show=show)
        print(f"figures: {kind:10s} {100 * right / counted:5.1f}% of {counted} cases right ({left_out} left out)")


if __name__ == "__main__":
    import sys

    main(show="--show" in sys.argv)
