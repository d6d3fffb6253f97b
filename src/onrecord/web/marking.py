"""Overlapping marks over a text, cut at their edges into pieces that a page can hold one after the other.

The method is that of stand-off annotation: every edge of every mark is a cut, and each piece between two cuts knows all
marks that cover it. Cutting `n` marks costs `n log n`, so a text with many thousands of marks is drawn in one pass.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of a text and the entry it belongs to; `label` says what the stretch is in the entry (its cue)."""

    start: int
    end: int
    kind: str
    id: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text between two cuts, with the marks that cover it, the shortest (innermost) last.

    `opens` are the entries whose first mark begins here.
    """

    text: str
    marks: tuple[Mark, ...] = ()
    opens: tuple[Mark, ...] = ()

    @property
    def classes(self) -> str:
        """The kinds and labels of the marks, as a page's classes."""
        names = [f"m-{mark.kind}" for mark in self.marks] + [f"l-{mark.label}" for mark in self.marks if mark.label]
        return " ".join(dict.fromkeys(names))

    @property
    def ids(self) -> str:
        """The ids of the entries that cover the piece, the innermost last."""
        return " ".join(dict.fromkeys(mark.id for mark in self.marks))


def pieces(
    text: str, start: int, end: int, marks: Sequence[Mark], opened: set[tuple[str, str]] | None = None
) -> Iterator[Piece]:
    """The pieces of `text[start:end]`; marks may overlap in any way, and those outside are left out.

    `opened` holds the entries that began in a stretch drawn before, and takes up those that begin in this one.
    """
    inside = sorted(
        (mark for mark in marks if mark.start < end and start < mark.end and mark.start < mark.end), key=_by_start
    )
    cuts = sorted({start, end, *(max(start, mark.start) for mark in inside), *(min(end, mark.end) for mark in inside)})
    opened = set() if opened is None else opened
    live: list[Mark] = []
    coming = 0
    for at, after in pairwise(cuts):
        live = [mark for mark in live if mark.end > at]
        opens: list[Mark] = []
        while coming < len(inside) and max(start, inside[coming].start) <= at:
            mark = inside[coming]
            coming += 1
            live.append(mark)
            if (mark.kind, mark.id) not in opened:
                opened.add((mark.kind, mark.id))
                opens.append(mark)
        yield Piece(text[at:after], tuple(sorted(live, key=_by_length)), tuple(opens))


def _by_start(mark: Mark) -> Any:
    return mark.start, -mark.end, mark.kind, mark.id, mark.label


def _by_length(mark: Mark) -> Any:
    return mark.start - mark.end, mark.kind, mark.id, mark.label
