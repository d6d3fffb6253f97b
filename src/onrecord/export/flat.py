"""CSV for spreadsheets: one file per table, nested values as columns, lists in one cell.

A list's items are joined by `; `; passages, which are `start-end`, by `;` alone: `12-40;55-80`. An item of several
parts has them joined by `|`: a relay is `3f…a1|120-134`. Where an article names nobody who did something, the `actors`
of the event are `(not said who)`, which is no article's words: an empty cell could mean that they were lost.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import IO, Any

from onrecord.model import TABLES, Event, Passage
from onrecord.model.schema import Field, fields_of
from onrecord.model.spoken import NOBODY
from onrecord.store import Store
from onrecord.store.rows import values_of, width

NUMBER = re.compile(r"[+-]?[0-9]{1,40}(\.[0-9]{1,40})?%?\Z")
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""A spreadsheet runs a cell that begins with one of these as a formula."""


def write(store: Store, folder: Path) -> None:
    """A file `TABLE.csv` for every table, also where it is empty."""
    for name in TABLES:
        with (folder / f"{name}.csv").open("w", encoding="utf8", newline="") as file:
            write_rows(TABLES[name], store.rows(name), file)


def write_rows(record: type, rows: Iterable[Any], file: IO[str]) -> None:
    """Records of one kind as CSV with a header."""
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(header(record))
    for row in rows:
        writer.writerow([cell(value) for value in flat(row)])


def header(record: type) -> list[str]:
    """The names of a record's columns: `published_earliest` for the part of a nested value."""
    return list(_names(record, ""))


def flat(record: Any) -> Iterator[Any]:
    """A record's values, one for each name in its header."""
    kind: Any = type(record)
    if isinstance(record, Event) and not record.actor_ids and not record.actors:
        record = replace(record, actors=(f"({NOBODY})",))
    for field in fields_of(kind):
        value = getattr(record, field.name)
        if field.shape == "list":
            yield (";" if field.record is Passage else "; ").join(item(each) for each in value)
        elif field.record is None:
            yield value
        else:
            yield from (None,) * width(field.record) if value is None else values_of(value)


def item(value: Any) -> str:
    """A list's item in a cell: a word as it is, a passage as `start-end`, another value's parts joined by `|`."""
    if isinstance(value, str):
        return value
    if isinstance(value, Passage):
        return f"{value.start}-{value.end}"
    kind: Any = type(value)
    return "|".join(_part(field, getattr(value, field.name)) for field in fields_of(kind))


def _part(field: Field, value: Any) -> str:
    if value is None:
        return "|" * (width(field.record) - 1) if field.record not in (None, Passage) else ""
    return item(value) if field.record is not None else str(value)


def cell(value: Any) -> str:
    """A value as a cell holds it: null is empty, and words that a spreadsheet would run begin with an apostrophe."""
    text = "" if value is None else str(value)
    if text.startswith(FORMULA_STARTS) and not NUMBER.match(text):
        return "'" + text
    return text


def _names(record: type, prefix: str) -> Iterator[str]:
    for field in fields_of(record):
        if field.shape != "list" and field.record is not None:
            yield from _names(field.record, f"{prefix}{field.name}_")
        else:
            yield prefix + field.name
