"""Opening a record's file, and what SQLite says in plain words."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from onrecord import __version__
from onrecord.model import TABLES, OnRecordError
from onrecord.store import layout
from onrecord.store.indexing import sentence_at, unspaced
from onrecord.store.words import folded, names

PATIENCE = 5.0
"""Seconds to wait for another process's transaction; a build's longest, joining a large record, may take longer."""

OLDEST_SQLITE = (3, 37, 0)
"""The first SQLite with STRICT tables."""


def connect(path: Path, *, create: bool, read_only: bool) -> sqlite3.Connection:
    """An open connection to the record in `path`, made first where `create` says so and there is none."""
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        raise OnRecordError(f"this Python has SQLite {sqlite3.sqlite_version}; onrecord needs 3.37 or newer")
    _check_place(path, create=create)
    with plain_words(path):
        connection = _connection(path, create=create, read_only=read_only)
        try:
            _check_content(connection, path, create=create)
            _prepare(connection, read_only=read_only)
        except BaseException:
            connection.close()
            raise
    return connection


@contextmanager
def plain_words(path: Path) -> Iterator[None]:
    """SQLite's complaints become errors that name the record and the remedy."""
    try:
        yield
    except sqlite3.Error as error:
        raise OnRecordError(_in_plain_words(path, str(error))) from error
    except UnicodeEncodeError as error:
        raise OnRecordError(f"store: {path}: words that are not valid Unicode cannot be kept or asked for") from error


def _in_plain_words(path: Path, said: str) -> str:
    if "locked" in said or "busy" in said:
        return f"{path} is being written by another program; wait until it has finished, then repeat the command"
    if "not a database" in said:
        return f"{path} is not a record of onrecord; name another file with --record"
    if "malformed" in said:
        return f"{path} is damaged ({said}); build it anew from its articles under another name"
    if "readonly" in said:
        return f"{path} cannot be written; check its permissions and those of its folder, or name another --record"
    if "unable to open" in said:
        return f"{path} cannot be opened; check its permissions and those of its folder"
    if "full" in said or "I/O" in said:
        return f"{path} cannot be written ({said}); make room on the disk, then repeat the command"
    return f"store: {path}: {said}"


def _check_place(path: Path, *, create: bool) -> None:
    if path.is_dir():
        raise OnRecordError(f"{path} is a folder; name the record's file, such as {path / 'record.db'}")
    if path.exists():
        return
    if not create:
        raise OnRecordError(f"there is no record {path}; make one with `onrecord build INPUT --record {path}`")
    if not path.absolute().parent.is_dir():
        raise OnRecordError(f"the folder {path.absolute().parent} does not exist; make it first, or name another")


def _connection(path: Path, *, create: bool, read_only: bool) -> sqlite3.Connection:
    # Also for reading only: SQLite falls back to reading where it may not write, and a connection that may write takes
    # its log's files away when it closes, where one opened as read-only leaves them lying about.
    connection = _open(path, "mode=rwc" if create else "mode=rw")
    try:
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    except sqlite3.OperationalError:
        connection.close()
        if not read_only or Path(f"{path}-wal").exists():
            raise
        # A record on a medium that cannot be written: the log's index file cannot be made, and nobody else writes.
        return _open(path, "immutable=1")
    except sqlite3.DatabaseError:
        connection.close()
        raise
    return connection


def _open(path: Path, options: str) -> sqlite3.Connection:
    address = f"{path.absolute().as_uri()}?{options}"
    return sqlite3.connect(address, uri=True, timeout=PATIENCE, isolation_level=None)


def _check_content(connection: sqlite3.Connection, path: Path, *, create: bool) -> None:
    """The file is a record of this layout, or empty and to be made one; older layouts are brought up to date."""
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    objects = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]
    if create and objects == 0 and application == 0:
        _make(connection)
        return
    if application != layout.APPLICATION_ID:
        raise OnRecordError(f"{path} is not a record of onrecord; name another file with --record")
    if version > layout.VERSION:
        raise OnRecordError(
            f"{path} was made by a newer onrecord (layout {version}, this one knows {layout.VERSION}); update onrecord"
        )
    if version < layout.VERSION:
        migrate(connection, version)
    made = connection.execute("SELECT value FROM meta WHERE key = 'layout'").fetchone()
    if made is None or made[0] != layout.layout_key():
        raise OnRecordError(
            f"{path} was made by an onrecord with another model of the record; build it anew under another name"
        )


def _make(connection: sqlite3.Connection) -> None:
    """An empty record; a writer that is killed leaves either all of it or an empty file, which is made again."""
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("BEGIN IMMEDIATE")
    try:
        if connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0] == 0:
            for statement in layout.statements():
                connection.execute(statement)
            first = {
                "version": __version__,
                "reader": "",
                "layout": layout.layout_key(),
                "generation": "0",
                "joined": "1",
            }
            first |= {f"count.{name}": "0" for name in TABLES}
            connection.executemany("INSERT INTO meta VALUES (?, ?)", sorted(first.items()))
            connection.execute(f"PRAGMA application_id = {layout.APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version = {layout.VERSION}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def migrate(connection: sqlite3.Connection, version: int) -> None:
    """A record of an older layout is brought up to date, step by step, in one transaction."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        for number in range(version + 1, layout.VERSION + 1):
            for statement in layout.MIGRATIONS[number]:
                connection.execute(statement)
        connection.execute("INSERT OR REPLACE INTO meta VALUES ('layout', ?)", (layout.layout_key(),))
        connection.execute(f"PRAGMA user_version = {layout.VERSION}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _prepare(connection: sqlite3.Connection, *, read_only: bool) -> None:
    """With the log, what is committed survives the writer's death; only a power cut may lose the last moments."""
    connection.create_function("folded", 1, folded, deterministic=True)
    connection.create_function("names", 2, names, deterministic=True)
    connection.create_function("sentence_at", 2, sentence_at, deterministic=True)
    connection.create_function("unspaced", 1, unspaced, deterministic=True)
    if read_only:
        connection.execute("PRAGMA query_only = ON")
        return
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA foreign_keys = ON")
