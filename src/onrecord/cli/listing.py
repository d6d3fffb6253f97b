"""Commands that list rows."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Any

from onrecord.cli import tables
from onrecord.cli.output import Output, remark
from onrecord.cli.tables import Column
from onrecord.model import TABLES, Commitment
from onrecord.store import Filters, Hit, Store, search, select, standing
from onrecord.store.queries import first_day, parties_called, unscored
from onrecord.store.timeline import Moment, timeline

FILTER_NAMES = tuple(field.name for field in fields(Filters))


def show(table: str, given: dict[str, Any]) -> None:
    """Lists a table; `given` holds the command's options by name."""
    output = Output(given["json"], given["csv"], given["limit"])
    filters = _filters(given, output)
    with Store.open(given["record"], read_only=True) as store:
        _remarks(store, table, filters)
        rows = select(store, table, filters)
        if table == "commitments":
            _show_commitments(store, output, rows, given["as_of"])
        else:
            output.rows(store, TABLES[table], tables.COLUMNS[table], rows, table)


def show_timeline(given: dict[str, Any]) -> None:
    """Lists what the record can put in order of time."""
    output = Output(given["json"], given["csv"], given["limit"])
    with Store.open(given["record"], read_only=True) as store:
        filters = _filters(given, output)
        _remarks(store, "events", filters)
        output.rows(store, Moment, tables.TIMELINE, timeline(store, filters), "events, statements or times")


def show_hits(words: str, limit: int, *, json: bool, csv: bool, record: Path) -> None:
    """Lists where words were found."""
    output = Output(json, csv, limit)
    with Store.open(record, read_only=True) as store:
        _remark_unjoined(store)
        output.rows(store, Hit, tables.HITS, search(store, words, limit), f"places with {words!r}")


def _show_commitments(store: Store, output: Output, rows: Any, as_of: str | None) -> None:
    """Whether a commitment is overdue depends on the day, so it is no part of the rows that programs get."""
    day = first_day(as_of) if as_of is not None else date.today().isoformat()
    column = Column("stands", lambda row, look: standing(row, day), under=True, style="bold")
    columns = (*tables.COLUMNS["commitments"][:3], column, *tables.COLUMNS["commitments"][3:])
    output.rows(store, Commitment, columns, rows, "commitments")


def _filters(given: dict[str, Any], output: Output) -> Filters:
    asked = {name: given[name] for name in FILTER_NAMES if name != "limit" and given.get(name) is not None}
    if given.get("checked"):
        asked.setdefault("verdict", "checked")
    return Filters(**asked, limit=output.most)


def _remarks(store: Store, table: str, filters: Filters) -> None:
    """What a person should know who wonders why there are so few rows."""
    _remark_unjoined(store)
    if filters.who is not None and not parties_called(store, filters.who):
        remark(f"no party of this record is called {filters.who!r}; `onrecord parties` lists them")
    if filters.min_confidence is not None:
        left_out = unscored(store, table)
        if left_out:
            remark(f"--min-confidence leaves out {left_out} {table} without a calibrated confidence")


def _remark_unjoined(store: Store) -> None:
    if not store.meta().joined:
        remark("articles were added or removed since this record was joined; repeat the last build to finish it")
