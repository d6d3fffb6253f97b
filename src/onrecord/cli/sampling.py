"""A record of the sample articles, and a first look at it."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
from importlib import resources
from pathlib import Path
from typing import Any

from onrecord.cli import tables
from onrecord.cli.building import progress, said_of
from onrecord.cli.lookup import Lookup
from onrecord.cli.output import stdout
from onrecord.cli.run import Stopped
from onrecord.model import OnRecordError
from onrecord.pipeline import build
from onrecord.store import Filters, Store, select

SAMPLES = ("samples", "articles")
SURE = 0.6
"""The confidence of a statement that is worth a first look."""
LOOK: tuple[tuple[str, int, Callable[[Any], bool]], ...] = (
    ("statements", 16, lambda row: bool(row.speaker_ids) and (row.confidence or 0) >= SURE),
    ("events", 4, lambda row: bool(row.actor_ids and row.recipient_ids)),
    ("figures", 6, lambda row: row.of_what is not None),
)
"""The tables that are looked at, how many rows of each, and which are worth a first look."""


def demo(record: Path) -> None:
    """Builds the sample record and prints some of what it found."""
    folder = resources.files("onrecord").joinpath(*SAMPLES)
    if not folder.is_dir():
        raise OnRecordError("demo: the sample articles are not installed; install onrecord again")
    with resources.as_file(folder) as place, progress() as tell:
        summary = build([str(place)], record=record, on_progress=tell)
    for says in said_of(summary):
        print(says)
    if summary.interrupted:
        raise Stopped(f"stopped; what has been read is kept in {record}, and the same command goes on from there")
    with Store.open(record, read_only=True) as store:
        for table, most, worth in LOOK:
            _look(store, table, most, worth)
    name = _command()
    print(f"\nOpen it:  {name} serve {record}      the reading room in your browser")
    print(f"Go on:    {name} statements --record {record}")
    print(f"          {name} search WORDS --record {record}    {name} show ID --record {record}")
    print(f"          {name} build my-articles/        the same with your own")


def _command() -> str:
    """How this command is called from here: by its name where the shell finds it, else by its path."""
    called, found = Path(sys.argv[0]), shutil.which("onrecord")
    if called.name != "onrecord" or (found and Path(found).resolve() == called.resolve()):
        return "onrecord"
    return os.path.relpath(called)


def _look(store: Store, table: str, most: int, worth: Callable[[Any], bool]) -> None:
    """Rows spread over the record, so that each story is seen."""
    rows = [row for row in select(store, table, Filters()) if worth(row)]
    step = max(1, len(rows) // most)
    chosen = rows[::step][:most]
    print(f"\n{len(chosen)} of {store.count(table)} {table}, with the words they rest on:\n")
    if chosen:
        tables.print_rows(stdout(), tables.COLUMNS[table], chosen, Lookup(store, terminal=sys.stdout.isatty()))
