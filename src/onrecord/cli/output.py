"""Where rows go: a table for people, JSON Lines or CSV for programs; remarks go to standard error."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import typer
from rich.console import Console

from onrecord.cli.lookup import Lookup
from onrecord.cli.tables import Column, print_rows
from onrecord.export.flat import cell, flat, header
from onrecord.model.codec import to_json
from onrecord.store import Store

ON_A_TERMINAL = 100
"""Rows that a terminal gets unless asked for more."""


@dataclass(frozen=True, slots=True)
class Output:
    """How rows are printed, and at most how many (null: all, or what fits a terminal)."""

    json: bool = False
    csv: bool = False
    limit: int | None = None

    def __post_init__(self) -> None:
        if self.json and self.csv:
            raise typer.BadParameter("choose --json or --csv, not both")

    @property
    def for_people(self) -> bool:
        return not (self.json or self.csv)

    @property
    def most(self) -> int | None:
        """How many rows are printed, null for all."""
        if self.limit is not None:
            return self.limit or None
        return ON_A_TERMINAL if self.for_people and sys.stdout.isatty() else None

    def rows(self, store: Store, kind: type, columns: Sequence[Column], rows: Iterable[Any], nouns: str) -> None:
        """Prints rows of one kind of record; without any, people are told so."""
        if self.json:
            for row in rows:
                sys.stdout.write(to_json(row) + "\n")
        elif self.csv:
            writer = csv.writer(sys.stdout, lineterminator="\n")
            writer.writerow(header(kind))
            writer.writerows([cell(value) for value in flat(row)] for row in rows)
        else:
            self._for_people(store, columns, list(rows), nouns)

    def _for_people(self, store: Store, columns: Sequence[Column], rows: Sequence[Any], nouns: str) -> None:
        terminal = sys.stdout.isatty()
        if not rows:
            remark(f"no {nouns} found")
            return
        print_rows(stdout(), columns, rows, Lookup(store, terminal=terminal))
        if self.limit is None and terminal and len(rows) == ON_A_TERMINAL:
            remark(f"these are the first {ON_A_TERMINAL}; `--limit 0` shows all")


def stdout() -> Console:
    """Standard output: as wide as the terminal, or without any width where there is none."""
    if sys.stdout.isatty():
        return Console(highlight=False, markup=False, emoji=False)
    return Console(width=100_000, no_color=True, highlight=False, markup=False, emoji=False, force_terminal=False)


def remark(says: str) -> None:
    """A remark to the person, which is no part of the output."""
    print(f"onrecord: {says}", file=sys.stderr)
