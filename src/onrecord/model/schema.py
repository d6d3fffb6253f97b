"""The shape of the record, read off the dataclasses: tables, columns and child tables, in terms any format can use.

A scalar field is a column. A nested value (`Passage`, `When`, `Amount`, `Medium`) is flattened into columns named
`field_part`. A tuple is a child table named `table_field`, one row per item, with the owner's id and the position.
"""

from __future__ import annotations

import types
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from onrecord.model.records import TABLES
from onrecord.model.values import Passage

ColumnType = Literal["text", "integer", "real"]
Shape = Literal["scalar", "nested", "list"]

COLUMN_TYPES: dict[type, ColumnType] = {str: "text", int: "integer", float: "real"}

REFERENCES: dict[str, str] = {
    "article_id": "articles",
    "article_ids": "articles",
    "silent": "articles",
    "too_early": "articles",
    "supersedes": "articles",
    "party_id": "parties",
    "party_ids": "parties",
    "place_id": "parties",
    "speaker_ids": "parties",
    "addressee_ids": "parties",
    "actor_ids": "parties",
    "recipient_ids": "parties",
    "subject_ids": "parties",
    "who_ids": "parties",
    "event_id": "events",
    "met_by": "events",
    "occasion_id": "occasions",
    "statement_id": "statements",
}
"""The table whose ids a field holds, by the field's name."""

OUTLIVES_ITS_ARTICLE = frozenset({"judgements"})
"""Tables whose rows are kept when the article they name has left the record, so they declare no reference to it."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a record: its value is a scalar, one nested value, or a list of either.

    `scalar` is a scalar's column type (null for nested values), `record` the nested dataclass (null for scalars).
    """

    name: str
    shape: Shape
    scalar: ColumnType | None
    record: type | None
    nullable: bool
    choices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its type, whether it may be null, the words it is limited to, the table whose ids it holds."""

    name: str
    type: ColumnType
    nullable: bool
    choices: tuple[str, ...] = ()
    references: str | None = None


@dataclass(frozen=True, slots=True)
class Child:
    """The table of a list field: `{owner}_id`, `position` from 0, the columns of one item (`value` for a scalar)."""

    name: str
    field: str
    columns: tuple[Column, ...]
    record: type | None


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the record with its columns and child tables, in the order of the dataclass's fields."""

    name: str
    record: type
    columns: tuple[Column, ...]
    children: tuple[Child, ...]


@cache
def fields_of(record: type) -> tuple[Field, ...]:
    """The fields of a record's dataclass, in order."""
    hints = get_type_hints(record)
    return tuple(_field(f.name, hints[f.name]) for f in fields(record))


@cache
def table_of(name: str) -> Table:
    """The description of one table of the record."""
    record = TABLES[name]
    columns: list[Column] = []
    children: list[Child] = []
    for field in fields_of(record):
        if field.shape == "list":
            children.append(_child(name, field))
        else:
            columns += _columns(field, prefix="", nullable=False, owner=name)
    return Table(name, record, tuple(columns), tuple(children))


def tables() -> tuple[Table, ...]:
    """Every table of the record, in the order in which it is written."""
    return tuple(table_of(name) for name in TABLES)


def owner_column(table: str) -> str:
    """The column of a child table that holds its owner's id: `statement_id` for `statements`."""
    singular = table[:-3] + "y" if table.endswith("ies") else table.rstrip("s")
    return {"skipped": "skipped_id"}.get(table, f"{singular}_id")


def passages_in(value: Any, path: str = "") -> Iterator[tuple[str, Passage]]:
    """Every passage inside a record with the name of the field it stands in: `("content", Passage(12, 40))`."""
    if isinstance(value, Passage):
        yield path, value
    elif isinstance(value, tuple):
        for item in value:
            yield from passages_in(item, path)
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields_of(type(value)):
            if field.record is not None:
                yield from passages_in(getattr(value, field.name), f"{path}.{field.name}" if path else field.name)


def _field(name: str, hint: Any) -> Field:
    hint, nullable = _without_null(hint)
    shape: Shape = "scalar"
    if get_origin(hint) is tuple:
        hint, *rest = get_args(hint)
        if rest != [...]:
            raise TypeError(f"{name}: a record's list has one kind of item, tuple[X, ...]")
        shape = "list"
    if is_dataclass(hint) and isinstance(hint, type):
        return Field(name, "nested" if shape == "scalar" else "list", None, hint, nullable, ())
    if get_origin(hint) is Literal:
        return Field(name, shape, "text", None, nullable, get_args(hint))
    return Field(name, shape, COLUMN_TYPES[hint], None, nullable, ())


def _without_null(hint: Any) -> tuple[Any, bool]:
    if get_origin(hint) not in (Union, types.UnionType):
        return hint, False
    others = [arg for arg in get_args(hint) if arg is not type(None)]
    if len(others) != 1:
        raise TypeError(f"{hint}: a record's field has one type, or one type and null")
    return others[0], True


def _columns(field: Field, prefix: str, nullable: bool, owner: str) -> Iterator[Column]:
    name = prefix + field.name
    if field.shape == "list":
        raise TypeError(f"{owner}.{name}: a list inside a nested value or a list has no columns")
    if field.record is None:
        assert field.scalar is not None
        references = None if owner in OUTLIVES_ITS_ARTICLE else REFERENCES.get(field.name)
        yield Column(name, field.scalar, nullable or field.nullable, field.choices, references)
        return
    inner = fields_of(field.record)
    if all(part.nullable for part in inner):
        raise TypeError(f"{owner}.{name}: a nested value needs a field that is never null, to tell whether it is there")
    for part in inner:
        yield from _columns(part, f"{name}_", nullable or field.nullable, owner)


def _child(table: str, field: Field) -> Child:
    columns: list[Column] = []
    if field.record is None:
        assert field.scalar is not None
        columns.append(Column("value", field.scalar, False, field.choices, REFERENCES.get(field.name)))
    else:
        for part in fields_of(field.record):
            columns += _columns(part, prefix="", nullable=False, owner=table)
    return Child(f"{table}_{field.name}", field.name, tuple(columns), field.record)
