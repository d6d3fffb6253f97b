"""JSON Lines: one file per table, one row per line, sorted by id; the same record is always the same bytes."""

from __future__ import annotations

from pathlib import Path

from onrecord.model import TABLES
from onrecord.model.codec import to_json
from onrecord.store import Store


def write(store: Store, folder: Path) -> None:
    """A file `TABLE.jsonl` for every table, also where it is empty."""
    for name in TABLES:
        with (folder / f"{name}.jsonl").open("w", encoding="utf8", newline="\n") as file:
            for row in store.rows(name):
                file.write(to_json(row) + "\n")
