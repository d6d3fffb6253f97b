"""The SQLite layout of a record, derived from the model: nothing here names a field of a record.

Besides the record's own tables there are `meta` (what made the record), `bundles` (the cache of the article half, from
which the record's tables are derived; no facts of their own), `verdicts` and its kin (what the judgements come to in
these tables), `own_lists` (the lists that a user gave) and the full-text indexes.
"""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.model.ids import digest
from onrecord.model.schema import Child, Column, Table, owner_column, tables
from onrecord.store import indexing

APPLICATION_ID = 0x6F6E7263
"""`onrc` in SQLite's header says that a file is a record."""

VERSION = 2
"""The number of the layout; `MIGRATIONS` holds the step to each number after 1."""

INDEXED_WORDS: dict[str, tuple[str, ...]] = {
    "articles": ("title", "text"),
    "statements": ("text", "speaker_name"),
    "parties": ("name",),
    "occasions": ("name",),
    "stories": ("title",),
    "comparisons": ("question",),
}
"""The columns that can be searched by words, by table; the index of a table is called `{table}_fts`."""

JUDGED_TABLES = (
    "CREATE TABLE attached (judgement_id TEXT NOT NULL PRIMARY KEY, kind TEXT NOT NULL, row_id TEXT NOT NULL)"
    " STRICT, WITHOUT ROWID",
    "CREATE TABLE verdicts (kind TEXT NOT NULL, id TEXT NOT NULL, verdict TEXT NOT NULL, judgement_id TEXT NOT NULL,"
    " PRIMARY KEY (kind, id)) STRICT, WITHOUT ROWID",
    "CREATE TABLE unjudged (kind TEXT NOT NULL, id TEXT NOT NULL, payload TEXT, PRIMARY KEY (kind, id))"
    " STRICT, WITHOUT ROWID",
    "CREATE TABLE own_lists (name TEXT NOT NULL PRIMARY KEY, origin TEXT NOT NULL, content TEXT NOT NULL)"
    " STRICT, WITHOUT ROWID",
)
"""What judgements come to: the row each is attached to, the verdict that each row has by them, and the rows that they
changed as they were before (null for a row that they made); and the lists that a user gave."""

WORK_TABLES = (
    "CREATE TABLE meta (key TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID",
    "CREATE TABLE bundles (number INTEGER PRIMARY KEY, article_id TEXT NOT NULL UNIQUE, origin TEXT NOT NULL,"
    " made_with TEXT NOT NULL, input_key TEXT NOT NULL, payload BLOB NOT NULL) STRICT",
    "CREATE INDEX bundles_by_origin ON bundles (origin)",
    "CREATE TABLE inputs (root TEXT NOT NULL, place TEXT NOT NULL, stamp TEXT NOT NULL, made_with TEXT NOT NULL,"
    " PRIMARY KEY (root, place)) STRICT, WITHOUT ROWID",
    "CREATE TABLE input_articles (root TEXT NOT NULL, place TEXT NOT NULL, position INTEGER NOT NULL,"
    " article_id TEXT NOT NULL, PRIMARY KEY (root, place, position)) STRICT, WITHOUT ROWID",
)


ANY_ROW = frozenset({"left_id", "right_id", "record_id", "id"})
"""Columns that hold ids of any table, so that they declare no reference."""

FIRST_DAY = "_earliest"
"""How the column of a time's first day ends."""


def quoted(name: str) -> str:
    """A name as SQL takes it; some columns (`end`, `of`) are SQL words as well."""
    return f'"{name}"'


def statements() -> Iterator[str]:
    """The SQL that makes an empty record, in order."""
    yield from (*WORK_TABLES, *JUDGED_TABLES)
    for table in tables():
        yield main_table(table)
        for child in table.children:
            yield child_table(table, child)
        yield from indexes(table)
    for name, columns in INDEXED_WORDS.items():
        yield word_index(name, columns)
    yield from indexing.statements()


def layout_key() -> str:
    """The hash of the layout's SQL: it changes whenever the model does."""
    return digest(*statements())


def main_table(table: Table) -> str:
    lines = [definition(column) for column in table.columns]
    lines += [f"PRIMARY KEY ({quoted('id')})"]
    lines += [foreign_key(column) for column in table.columns if column.references]
    return f"CREATE TABLE {quoted(table.name)} (\n  " + ",\n  ".join(lines) + "\n) STRICT"


def child_table(table: Table, child: Child) -> str:
    owner = quoted(owner_column(table.name))
    lines = [f"{owner} TEXT NOT NULL", '"position" INTEGER NOT NULL']
    lines += [definition(column) for column in child.columns]
    lines += [f'PRIMARY KEY ({owner}, "position")']
    lines += [f"FOREIGN KEY ({owner}) REFERENCES {quoted(table.name)} (id) ON DELETE CASCADE"]
    lines += [foreign_key(column) for column in child.columns if column.references]
    return f"CREATE TABLE {quoted(child.name)} (\n  " + ",\n  ".join(lines) + "\n) STRICT, WITHOUT ROWID"


def indexes(table: Table) -> Iterator[str]:
    """An index on every column that holds other rows' ids or a first day: that is how records are looked up."""
    children = ((child.name, child.columns) for child in table.children)
    for name, columns in ((table.name, table.columns[1:]), *children):
        for column in columns:
            if column.references or column.name in ANY_ROW or column.name.endswith(FIRST_DAY):
                yield f"CREATE INDEX {quoted(f'{name}_by_{column.name}')} ON {quoted(name)} ({quoted(column.name)})"


def word_index(table: str, columns: tuple[str, ...]) -> str:
    """A full-text index over columns of a table whose text it does not store again.

    It finds its text by rowid. A table's rows are always written anew as a whole, so rowids run from 1 without a gap
    and stay the same when the file is vacuumed.
    """
    names = ", ".join(quoted(column) for column in columns)
    return (
        f"CREATE VIRTUAL TABLE {quoted(table + '_fts')} USING fts5({names}, content={quoted(table)},"
        " tokenize='unicode61 remove_diacritics 2')"
    )


def definition(column: Column) -> str:
    parts = [quoted(column.name), column.type.upper()]
    if not column.nullable:
        parts.append("NOT NULL")
    if column.choices:
        words = ", ".join(f"'{word}'" for word in column.choices)
        parts.append(f"CHECK ({quoted(column.name)} IN ({words}))")
    return " ".join(parts)


def foreign_key(column: Column) -> str:
    assert column.references
    return (
        f"FOREIGN KEY ({quoted(column.name)}) REFERENCES {quoted(column.references)} (id) DEFERRABLE INITIALLY DEFERRED"
    )


def _made_anew() -> Iterator[str]:
    """Every table but those of what was read; the next build fills them from the bundles."""
    for table in tables():
        if table.name == "skipped":
            continue
        yield f"DROP TABLE IF EXISTS {quoted(table.name + '_fts')}"
        yield from (f"DROP TABLE IF EXISTS {quoted(child.name)}" for child in table.children)
        yield f"DROP TABLE IF EXISTS {quoted(table.name)}"
    kept = ('CREATE TABLE "skipped"', *WORK_TABLES)
    yield from (sql for sql in statements() if not sql.startswith(kept))
    yield "UPDATE meta SET value = '0' WHERE key = 'joined' OR key LIKE 'count.%' AND key <> 'count.skipped'"


MIGRATIONS: dict[int, tuple[str, ...]] = {2: tuple(_made_anew())}
"""The SQL that turns a record of layout n - 1 into one of layout n, by n."""
