"""The values that records are made of: passages, times and amounts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Precision = Literal["decade", "year", "half", "quarter", "month", "week", "day", "hour", "minute"]
Part = Literal["early", "mid", "late"]
Basis = Literal["stated", "resolved", "metadata", "header", "dateline", "url", "inferred"]
Hedge = Literal["exact", "about", "more_than", "less_than", "at_least", "at_most", "range"]


@dataclass(frozen=True, slots=True, order=True)
class Passage:
    """A passage is a half-open range of code points into one article's text: `text[start:end]` is the quoted words."""

    start: int
    """First code point."""
    end: int
    """The code point after the last."""

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"a passage needs 0 <= start < end, got {self.start}..{self.end}")

    def of(self, text: str) -> str:
        return text[self.start : self.end]

    def meets(self, other: Passage) -> bool:
        """Two passages meet when they share at least one character."""
        return self.start < other.end and other.start < self.end

    def holds(self, other: Passage) -> bool:
        """A passage holds another that lies wholly inside it."""
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class When:
    """A closed interval of days (or minutes, where stated), with how exact it is and how it is known.

    `earliest` and `latest` are ISO 8601: `2021-10-01`, or `2021-10-01T09:15` with the offset as stated, if any
    (`2021-10-01T09:15+02:00`). All but `text` are null where the words name no interval ("recently"). One end alone is
    a bound, and always inferred: what an article reports was said by the day that it came out.
    """

    text: str
    """The words; empty where there are none, as in a page's metadata."""
    earliest: str | None = None
    """First day or minute, ISO 8601."""
    latest: str | None = None
    """Last day or minute, ISO 8601."""
    precision: Precision | None = None
    """The unit that the words name."""
    part: Part | None = None
    """Early, mid or late in that unit."""
    basis: Basis | None = None
    """How it is known."""


@dataclass(frozen=True, slots=True)
class Amount:
    """A quantity between two bounds: decimals as strings, null for an open end, magnitudes multiplied out.

    `unit` is one of `a, mo, wk, d, h, min, s, t, kg, km, m, km2, bbl, W, Wh, ...`, `%`, an ISO 4217 code for money, the
    singular lemma of what is counted, or null for a bare number.
    """

    low: str | None
    """Lower bound as a decimal, null for an open end."""
    high: str | None
    """Upper bound as a decimal, null for an open end."""
    hedge: Hedge
    """How the words limit the number."""
    unit: str | None
    """What it is counted in."""
