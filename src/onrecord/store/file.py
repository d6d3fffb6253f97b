"""One record in one SQLite file: what the article half found of each article, and the tables joined from it.

Every change is one transaction in SQLite's write-ahead log, so a record survives its writer being killed at any moment
with all that was committed before.
"""

from __future__ import annotations

import json
import re
import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import groupby, islice
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from onrecord import __version__
from onrecord.model import TABLES, Bundle, OnRecordError, Skipped, digest
from onrecord.model.codec import from_json, to_json
from onrecord.model.schema import Child, Table, owner_column, table_of, tables
from onrecord.store import indexing, layout, opening
from onrecord.store.judging.applying import Outcome
from onrecord.store.layout import quoted
from onrecord.store.rows import builder, child_rows, item_of, values_of

KEPT = frozenset({"skipped", "judgements"})
"""Tables that hold what cannot be derived from the bundles: joining the record leaves them as they are."""

HEX = re.compile(r"[0-9a-f]+\Z")

BATCH = 1000
"""Records written per statement; more only costs memory."""


@dataclass(frozen=True, slots=True)
class Meta:
    """What made the record, and how much it holds.

    `joined` is false when articles were added or taken away after the record's tables were last derived. `reader` is
    the reader model's version, empty before the first join.
    """

    version: str
    reader: str
    settings: Mapping[str, str]
    counts: Mapping[str, int]
    joined: bool
    capped: Mapping[str, int]
    """By linker, how many keys more things share than are all compared with one another."""


@dataclass(frozen=True, slots=True)
class Found:
    """The table and the full id that a prefix stands for."""

    table: str
    id: str


class Store:
    """An open record. Use it as a context manager, or call `close`; not to be shared between threads."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path = path
        self.connection = connection
        self._generation_read: int | None = None

    @classmethod
    def open(cls, path: str | Path, *, create: bool = False, read_only: bool = False) -> Self:
        """The record in `path`; an `OnRecordError` says why it cannot be opened and what to do."""
        return cls(Path(path), opening.connect(Path(path), create=create, read_only=read_only))

    def close(self) -> None:
        self.connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # The article half's results.

    def put_bundle(self, bundle: Bundle, input_key: str | None = None) -> None:
        """What the article half found of one article is kept, in place of what it found before.

        `input_key` tells whether an input is still the one the bundle was made from; without one, the hash of the
        bundle's article.
        """
        article = bundle.article
        try:
            payload = zlib.compress(to_json(bundle).encode("utf8"))
        except UnicodeEncodeError as error:
            raise OnRecordError(f"store: {article.origin}: the text is not valid Unicode ({error})") from error
        key = input_key_of(article) if input_key is None else input_key
        with self.writing():
            self.connection.execute(
                "INSERT INTO bundles (article_id, origin, made_with, input_key, payload) VALUES (?, ?, ?, ?, ?)"
                " ON CONFLICT (article_id) DO UPDATE SET origin = excluded.origin, made_with = excluded.made_with,"
                " input_key = excluded.input_key, payload = excluded.payload",
                (article.id, article.origin, bundle.made_with, key, payload),
            )
            self._changed()

    def has_bundle(self, article_id: str, made_with: str, input_key: str | None = None) -> bool:
        """Whether the article was read by these versions (and, with `input_key`, from this very input)."""
        found = self.select("SELECT made_with, input_key FROM bundles WHERE article_id = ?", (article_id,))
        return any(made == made_with and input_key in (None, key) for made, key in found)

    def bundles(self) -> Iterator[Bundle]:
        """Every bundle, sorted by the article's id."""
        self._generation_read = self._generation()
        for (article_id,) in self.select("SELECT article_id FROM bundles ORDER BY article_id"):
            bundle = self.bundle(article_id)
            if bundle is not None:
                yield bundle

    def bundle(self, article_id: str) -> Bundle | None:
        """The bundle of one article, or null."""
        for (payload,) in self.select("SELECT payload FROM bundles WHERE article_id = ?", (article_id,)):
            return from_json(Bundle, zlib.decompress(payload))
        return None

    def drop_bundle(self, article_id: str) -> bool:
        """What was found of an article is forgotten; false where nothing was kept of it."""
        with self.writing():
            dropped = self.connection.execute("DELETE FROM bundles WHERE article_id = ?", (article_id,)).rowcount > 0
            if dropped:
                self._changed()
        return dropped

    def versions(self) -> dict[str, tuple[str, ...]]:
        """The ids of the articles of each origin, from the first read to the last."""
        found = self.select("SELECT origin, article_id FROM bundles ORDER BY origin, number")
        return {origin: tuple(key for _, key in group) for origin, group in groupby(found, key=lambda row: str(row[0]))}

    # Inputs that could not be read.

    def put_skipped(self, skipped: Skipped) -> None:
        """An input that could not be read is on record, in place of what was said of the same origin before."""
        with self.writing():
            self.connection.execute("DELETE FROM skipped WHERE id = ? OR origin = ?", (skipped.id, skipped.origin))
            self._insert(table_of("skipped"), [skipped])
            self._count(["skipped"])

    def drop_skipped(self, origin: str) -> bool:
        """An input that can be read by now, or has gone, is no longer listed as skipped; false where it was not."""
        with self.writing():
            dropped = self.connection.execute("DELETE FROM skipped WHERE origin = ?", (origin,)).rowcount > 0
            self._count(["skipped"])
        return dropped

    def skipped(self) -> Iterator[Skipped]:
        """Every input that could not be read, sorted by id."""
        return self.rows("skipped")

    # The user's own lists.

    def put_list(self, name: str, origin: str, content: str | None) -> None:
        """A list of the user's is kept for this and later builds under its name; null takes it out."""
        if self.own_list(name) == (origin, content) or (content is None and self.own_list(name) is None):
            return
        with self.writing():
            self.connection.execute("DELETE FROM own_lists WHERE name = ?", (name,))
            if content is not None:
                self.connection.execute("INSERT INTO own_lists VALUES (?, ?, ?)", (name, origin, content))
            self._changed()

    def own_list(self, name: str) -> tuple[str, str] | None:
        """The file name and the content of a list of the user's: `parties` or `outlets`; null where there is none."""
        found = self.select("SELECT origin, content FROM own_lists WHERE name = ?", (name,))
        return (str(found[0][0]), str(found[0][1])) if found else None

    # The tables derived from the bundles.

    def replace_derived(
        self,
        derived: Mapping[str, Iterable[Any]],
        *,
        reader: str = "",
        settings: Mapping[str, str] | None = None,
        judged: Outcome | None = None,
        capped: Sequence[tuple[str, int]] = (),
    ) -> None:
        """All derived tables hold exactly the rows given, or all are as before: one transaction.

        A table that is not given becomes empty, but `skipped` and the judgements stay as they are unless given.
        `judged` is what the judgements came to in these rows, `capped` how many keys of each linker were over-full.
        """
        unknown = set(derived) - set(TABLES)
        if unknown:
            raise OnRecordError(f"store: a record has no table {', '.join(sorted(unknown))}")
        with self._references_checked_at_the_end(), self.writing():
            for table in tables():
                if table.name not in KEPT or table.name in derived:
                    self._clear(table)
                    self._insert(table, derived.get(table.name, ()))
            for name in layout.INDEXED_WORDS:
                self.connection.execute(f"INSERT INTO {name}_fts ({name}_fts) VALUES ('rebuild')")
            indexing.fill(self.connection)
            self._check_references()
            self.keep_outcome(judged or Outcome())
            self._set({"judged": "1"})
            self._describe(reader, settings or {})
            self._set({f"capped.{linker}": str(keys) for linker, keys in capped})

    def keep_outcome(self, judged: Outcome) -> None:
        """What the judgements come to is told by the tables `attached`, `verdicts` and `unjudged`; in a transaction."""
        for table in ("attached", "verdicts", "unjudged"):
            self.connection.execute(f"DELETE FROM {table}")
        self.connection.executemany("INSERT INTO attached VALUES (?, ?, ?)", judged.attached)
        self.connection.executemany(
            "INSERT INTO verdicts VALUES (?, ?, ?, ?)", [(*place, *said) for place, *said in judged.verdicts]
        )
        self.connection.executemany(
            "INSERT INTO unjudged VALUES (?, ?, ?)",
            [(*place, None if row is None else to_json(row)) for place, row in judged.before],
        )

    def insert(self, table: str, records: Sequence[Any]) -> None:
        """Rows are added to a table that nothing is derived from; in a transaction."""
        self._insert(table_of(table), records)

    def put_row(self, name: str, old: Any | None, new: Any | None) -> None:
        """A row of a derived table is as given (null: gone), and its words are found as they are; in a transaction."""
        table = table_of(name)
        if old is not None:
            self._index(name, old, "delete")
        if new is None:
            self.connection.execute(f"DELETE FROM {quoted(name)} WHERE id = ?", (old.id if old is not None else "",))
        elif old is None:
            self._insert(table, [new])
        else:
            set_ = ", ".join(f"{quoted(column.name)} = ?" for column in table.columns)
            self.connection.execute(f"UPDATE {quoted(name)} SET {set_} WHERE id = ?", (*values_of(new), new.id))
            for child in table.children:
                owner = quoted(owner_column(name))
                self.connection.execute(f"DELETE FROM {quoted(child.name)} WHERE {owner} = ?", (new.id,))
                self._insert_child(child, [new])
        if new is not None:
            self._index(name, new, "insert")

    def _index(self, name: str, row: Any, what: str) -> None:
        """The index of words learns of a row, or forgets it."""
        columns = layout.INDEXED_WORDS.get(name)
        if columns is None:
            return
        rowid = self.connection.execute(f"SELECT rowid FROM {quoted(name)} WHERE id = ?", (row.id,)).fetchone()[0]
        names = ", ".join(quoted(column) for column in columns)
        places = ", ".join("?" * len(columns))
        words = tuple(getattr(row, column) for column in columns)
        if what == "delete":
            into = f"INSERT INTO {name}_fts ({name}_fts, rowid, {names}) VALUES ('delete', ?, {places})"
        else:
            into = f"INSERT INTO {name}_fts (rowid, {names}) VALUES (?, {places})"
        self.connection.execute(into, (rowid, *words))

    def recount(self, names: Sequence[str]) -> None:
        """The counts of these tables are as they are now; in a transaction."""
        self._count(names)

    def rows(self, table: str) -> Iterator[Any]:
        """Every row of a table as its dataclass, sorted by id."""
        return self._read(table, "", ())

    def load(self, table: str, ids: Sequence[str]) -> list[Any]:
        """The rows with these ids, in this order; an id that is not there is left out."""
        where = "IN (SELECT value FROM json_each(?))"
        by_id = {row.id: row for row in self._read(table, where, (json.dumps(list(ids)),))}
        return [by_id[key] for key in ids if key in by_id]

    def row(self, table: str, key: str) -> Any | None:
        """The row of a table with this id, or null."""
        return next(self._read(table, "= ?", (key,)), None)

    def get(self, prefix: str) -> tuple[str, Any]:
        """The table and the row whose id starts with `prefix`, which must be the only one."""
        found = self.find(prefix)
        return found.table, self.row(found.table, found.id)

    def find(self, prefix: str) -> Found:
        """The one id in the record that starts with `prefix`; an `OnRecordError` for none or several."""
        prefix = prefix.strip().lower()
        found = self.matching(prefix)
        exact = [match for match in found if match.id == prefix]
        if len(exact or found) == 1:
            return (exact or found)[0]
        if not found:
            raise OnRecordError(
                f"no row of {self.path} has an id that begins with {prefix!r}; `onrecord search` gives ids"
            )
        shown = ", ".join(f"{match.id} ({match.table})" for match in found[:8])
        more = f" and {len(found) - 8} more" if len(found) > 8 else ""
        raise OnRecordError(f"{prefix!r} is the beginning of {len(found)} ids: {shown}{more}; give more of it")

    def matching(self, prefix: str) -> list[Found]:
        """Every id that starts with `prefix`, by table."""
        if not HEX.match(prefix):
            return []
        after = prefix + "g"
        sql = " UNION ALL ".join(
            f"SELECT '{name}', id FROM {quoted(name)} WHERE id >= ?1 AND id < ?2" for name in TABLES
        )
        return [Found(table, key) for table, key in self.select(f"{sql} ORDER BY 2, 1", (prefix, after))]

    def count(self, table: str) -> int:
        """How many rows a table has."""
        return int(self.select(f"SELECT count(*) FROM {quoted(table)}")[0][0])

    def meta(self) -> Meta:
        """What made the record, and how much it holds."""
        kept = dict(self.select("SELECT key, value FROM meta ORDER BY key"))
        return Meta(
            version=kept["version"],
            reader=kept["reader"],
            settings={key.removeprefix("setting."): v for key, v in kept.items() if key.startswith("setting.")},
            counts={name: int(kept[f"count.{name}"]) for name in TABLES},
            joined=kept["joined"] == "1",
            capped={key.removeprefix("capped."): int(v) for key, v in kept.items() if key.startswith("capped.")},
        )

    # How it is done.

    def select(self, sql: str, parameters: Sequence[Any] | Mapping[str, Any] = ()) -> list[tuple[Any, ...]]:
        """The rows that a query of plain SQL gives."""
        with opening.plain_words(self.path):
            return self.connection.execute(sql, parameters).fetchall()

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """What is done inside with the connection is one transaction: all of it happens, or nothing."""
        with opening.plain_words(self.path):
            self.connection.execute("BEGIN IMMEDIATE")
            try:
                yield self.connection
                self.connection.execute("COMMIT")
            except BaseException:
                if self.connection.in_transaction:
                    self.connection.execute("ROLLBACK")
                raise

    @contextmanager
    def _references_checked_at_the_end(self) -> Iterator[None]:
        """References are not looked up row by row, which makes rewriting tables many times slower."""
        self.connection.execute("PRAGMA foreign_keys = OFF")
        try:
            yield
        finally:
            self.connection.execute("PRAGMA foreign_keys = ON")

    def _check_references(self) -> None:
        broken = self.connection.execute("PRAGMA foreign_key_check").fetchall()
        if broken:
            kinds = sorted({f"{table} -> {target}" for table, _, target, _ in broken})
            raise OnRecordError(
                f"store: {len(broken)} references name rows that are not there ({', '.join(kinds)}); the record was"
                " left as it was. This is a fault of onrecord, not of your files"
            )

    def _clear(self, table: Table) -> None:
        for child in table.children:
            self.connection.execute(f"DELETE FROM {quoted(child.name)}")
        self.connection.execute(f"DELETE FROM {quoted(table.name)}")

    def _insert(self, table: Table, records: Iterable[Any]) -> None:
        places = ", ".join("?" * len(table.columns))
        into = f"INSERT INTO {quoted(table.name)} VALUES ({places})"
        waiting = iter(records)
        while batch := list(islice(waiting, BATCH)):
            self._insert_main(table.name, into, batch)
            for child in table.children:
                self._insert_child(child, batch)

    def _insert_child(self, child: Child, batch: Sequence[Any]) -> None:
        places = ", ".join("?" * (len(child.columns) + 2))
        rows = (row for record in batch for row in child_rows(child, record))
        self.connection.executemany(f"INSERT INTO {quoted(child.name)} VALUES ({places})", rows)

    def _insert_main(self, name: str, into: str, batch: Sequence[Any]) -> None:
        try:
            self.connection.executemany(into, map(values_of, batch))
        except sqlite3.IntegrityError as error:
            ids = [record.id for record in batch]
            twice = sorted({key for key in ids if ids.count(key) > 1})
            which = f" ({', '.join(twice[:3])})" if twice else ""
            raise OnRecordError(
                f"store: {name}: {error}{which}; the record was left as it was. This is a fault of onrecord, not of"
                " your files"
            ) from error

    def _read(self, name: str, condition: str, parameters: Sequence[Any]) -> Iterator[Any]:
        """The rows whose id meets a condition, each with its lists, read side by side in the order of ids."""
        table = table_of(name)
        build = builder(table.record)
        names = ", ".join(quoted(column.name) for column in table.columns)
        where = f"WHERE id {condition}" if condition else ""
        with opening.plain_words(self.path):
            lists = {c.field: self._lists(table, c.name, condition, parameters) for c in table.children}
            waiting = {field: next(groups, None) for field, groups in lists.items()}
            for row in self.connection.execute(f"SELECT {names} FROM {quoted(name)} {where} ORDER BY id", parameters):
                own: dict[str, tuple[Any, ...]] = {}
                for field, group in waiting.items():
                    if group is not None and group[0] == row[0]:
                        own[field] = group[1]
                        waiting[field] = next(lists[field], None)
                yield build(row, own)

    def _lists(
        self, table: Table, child_name: str, condition: str, parameters: Sequence[Any]
    ) -> Iterator[tuple[str, tuple[Any, ...]]]:
        child = next(child for child in table.children if child.name == child_name)
        owner = quoted(owner_column(table.name))
        names = ", ".join(quoted(column.name) for column in child.columns)
        where = f"WHERE {owner} {condition}" if condition else ""
        rows = self.connection.execute(
            f"SELECT {owner}, {names} FROM {quoted(child.name)} {where} ORDER BY {owner}, position", parameters
        )
        for key, group in groupby(rows, key=lambda row: str(row[0])):
            yield key, tuple(item_of(child, row[1:]) for row in group)

    def _generation(self) -> int:
        return int(self.select("SELECT value FROM meta WHERE key = 'generation'")[0][0])

    def _changed(self) -> None:
        """The bundles are no longer those that the tables were derived from."""
        self.connection.execute("UPDATE meta SET value = CAST(value AS INTEGER) + 1 WHERE key = 'generation'")
        self._set({"joined": "0"})

    def _describe(self, reader: str, settings: Mapping[str, str]) -> None:
        """The record is joined if nobody changed its bundles since they were read."""
        now = int(self.connection.execute("SELECT value FROM meta WHERE key = 'generation'").fetchone()[0])
        joined = self._generation_read in (None, now)
        self.connection.execute("DELETE FROM meta WHERE key LIKE 'setting.%' OR key LIKE 'capped.%'")
        self._set({"version": __version__, "reader": reader, "joined": "1" if joined else "0"})
        self._set({f"setting.{key}": value for key, value in sorted(settings.items())})
        self._count(list(TABLES))

    def _count(self, names: Sequence[str]) -> None:
        counted = {
            f"count.{name}": str(self.connection.execute(f"SELECT count(*) FROM {quoted(name)}").fetchone()[0])
            for name in names
        }
        self._set(counted)

    def _set(self, values: Mapping[str, str]) -> None:
        self.connection.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", list(values.items()))


def input_key_of(article: Any) -> str:
    """The hash of an article as read: another text, date or title in its sidecar gives another."""
    return digest(to_json(article))
