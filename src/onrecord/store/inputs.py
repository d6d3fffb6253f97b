"""What was read before: which inputs, in what state, and the articles they gave. A cache of builds, no facts."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

from onrecord.model import Skipped
from onrecord.store.file import Store


@dataclass(frozen=True, slots=True)
class SeenInput:
    """An input as it was when it was read: its place under a root folder, its stamp, the versions that read it."""

    root: str
    place: str
    stamp: str
    made_with: str
    article_ids: tuple[str, ...]


def seen(store: Store, root: str, place: str) -> SeenInput | None:
    """What is known of an input, or null where it was never read."""
    found = store.select("SELECT stamp, made_with FROM inputs WHERE root = ? AND place = ?", (root, place))
    if not found:
        return None
    ids = store.select(
        "SELECT article_id FROM input_articles WHERE root = ? AND place = ? ORDER BY position", (root, place)
    )
    stamp, made_with = found[0]
    return SeenInput(root, place, stamp, made_with, tuple(key for (key,) in ids))


def seen_places(store: Store) -> tuple[tuple[str, str], ...]:
    """Every input that was read, as (root, place), sorted."""
    return tuple((root, place) for root, place in store.select("SELECT root, place FROM inputs ORDER BY root, place"))


def has_origin(store: Store, origin: str) -> bool:
    """Whether some version of an origin's article is in the record."""
    return bool(store.select("SELECT 1 FROM bundles WHERE origin = ? LIMIT 1", (origin,)))


def put_input(store: Store, one: SeenInput, skipped: Iterable[Skipped]) -> None:
    """An input and what it gave are remembered, in place of what was known of it; its skipped rows are renewed."""
    drop_skipped_of(store, one.place)
    for row in skipped:
        store.put_skipped(row)
    with store.writing() as connection:
        forget(connection, one.root, one.place)
        connection.execute("INSERT INTO inputs VALUES (?, ?, ?, ?)", (one.root, one.place, one.stamp, one.made_with))
        connection.executemany(
            "INSERT INTO input_articles VALUES (?, ?, ?, ?)",
            [(one.root, one.place, at, key) for at, key in enumerate(one.article_ids)],
        )


def drop_input(store: Store, root: str, place: str) -> None:
    """An input is forgotten with the articles it gave, all their versions, and its skipped rows."""
    known = seen(store, root, place)
    for key in known.article_ids if known else ():
        bundle = store.bundle(key)
        if bundle is not None:
            for version in store.versions().get(bundle.article.origin, ()):
                store.drop_bundle(version)
    drop_skipped_of(store, place)
    with store.writing() as connection:
        forget(connection, root, place)


def forget(connection: sqlite3.Connection, root: str, place: str) -> None:
    for table in ("inputs", "input_articles"):
        connection.execute(f"DELETE FROM {table} WHERE root = ? AND place = ?", (root, place))


def drop_skipped_of(store: Store, place: str) -> None:
    """The skipped rows of an input go: its own and those of its lines (`file.jsonl#3`)."""
    for row in list(store.skipped()):
        if row.origin == place or row.origin.startswith(place + "#"):
            store.drop_skipped(row.origin)
