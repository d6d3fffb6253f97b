"""A record of the sample articles, and a first look at it."""

from __future__ import annotations

import sys
from importlib import resources
from pathlib import Path

from onrecord.cli import tables
from onrecord.cli.building import progress, said_of
from onrecord.cli.lookup import Lookup
from onrecord.cli.output import stdout
from onrecord.cli.run import INTERRUPTED
from onrecord.model import OnRecordError
from onrecord.pipeline import build
from onrecord.store import Filters, Store, select

SAMPLES = ("samples", "articles")
LOOK = (("statements", 8), ("events", 4), ("figures", 6))
"""The tables that are looked at, and how many rows of each."""


def demo(record: Path) -> int:
    """Builds the sample record and prints some of what it found."""
    folder = resources.files("onrecord").joinpath(*SAMPLES)
    if not folder.is_dir():
        raise OnRecordError("demo: the sample articles are not installed; install onrecord again")
    with resources.as_file(folder) as place, progress() as tell:
        summary = build([str(place)], record=record, on_progress=tell)
    for says in said_of(summary):
        print(says)
    if summary.interrupted:
        return INTERRUPTED
    with Store.open(record, read_only=True) as store:
        for table, most in LOOK:
            _look(store, table, most)
    print(f"\nGo on:  onrecord statements --record {record}")
    print(f"        onrecord search WORDS --record {record}    onrecord show ID --record {record}")
    print("        onrecord build my-articles/        the same with your own")
    return 0


def _look(store: Store, table: str, most: int) -> None:
    """Rows spread over the record, so that each story is seen."""
    rows = list(select(store, table, Filters()))
    step = max(1, len(rows) // most)
    chosen = rows[::step][:most]
    print(f"\n{len(chosen)} of {len(rows)} {table}, with the words they rest on:\n")
    if chosen:
        tables.print_rows(stdout(), tables.COLUMNS[table], chosen, Lookup(store, terminal=sys.stdout.isatty()))
