"""Records as rows of SQLite and back, for any dataclass of the model."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from onrecord.model.schema import Child, Field, fields_of

Row = Sequence[Any]
Lists = Mapping[str, tuple[Any, ...]]


def values_of(record: Any) -> tuple[Any, ...]:
    """A record's columns in order; its lists are left to `child_rows`."""
    return tuple(_values(record))


def child_rows(child: Child, record: Any) -> Iterator[tuple[Any, ...]]:
    """The rows of one of a record's lists: owner's id, position, columns."""
    for position, item in enumerate(getattr(record, child.field)):
        yield (record.id, position, *(_values(item) if child.record is not None else (item,)))


def item_of(child: Child, row: Row) -> Any:
    """The list item that a child table's row (without owner and position) holds."""
    return row[0] if child.record is None else builder(child.record)(row, {})


def _values(record: Any) -> Iterator[Any]:
    kind: Any = type(record)
    for field in fields_of(kind):
        if field.shape == "scalar":
            yield getattr(record, field.name)
        elif field.shape == "nested":
            assert field.record is not None
            value = getattr(record, field.name)
            yield from (None,) * width(field.record) if value is None else _values(value)


@cache
def width(record: type) -> int:
    """How many columns a record's dataclass takes."""
    return sum(_field_width(field) for field in fields_of(record))


def _field_width(field: Field) -> int:
    if field.shape == "list":
        return 0
    return 1 if field.record is None else width(field.record)


@cache
def builder(record: type) -> Callable[[Row, Lists], Any]:
    """The function that makes a record from its columns in order and its lists by name."""
    makers = list(_makers(record))
    return lambda row, lists: record(*(make(row, lists) for make in makers))


def _makers(record: type) -> Iterator[Callable[[Row, Lists], Any]]:
    at = 0
    for field in fields_of(record):
        if field.shape == "list":
            yield _list_maker(field.name)
        elif field.record is None:
            yield _scalar_maker(at)
        else:
            yield _nested_maker(field.record, at)
        at += _field_width(field)


def _list_maker(name: str) -> Callable[[Row, Lists], Any]:
    return lambda row, lists: lists.get(name, ())


def _scalar_maker(at: int) -> Callable[[Row, Lists], Any]:
    return lambda row, lists: row[at]


def _nested_maker(record: type, at: int) -> Callable[[Row, Lists], Any]:
    """A nested value is there when its first never-null column is."""
    build, end, sign = builder(record), at + width(record), at + _sign(record)
    return lambda row, lists: None if row[sign] is None else build(row[at:end], {})


def _sign(record: type) -> int:
    at = 0
    for field in fields_of(record):
        if not field.nullable:
            return at if field.record is None else at + _sign(field.record)
        at += _field_width(field)
    raise TypeError(f"{record.__name__} has no field that is never null")
