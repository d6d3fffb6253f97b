"""Records as plain JSON values and back: a passage is `{start, end}`, null stays null, keys keep the fields' order."""

from __future__ import annotations

import json
import types
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any, Literal, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from onrecord.model.errors import OnRecordError

Record = TypeVar("Record")


def to_plain(value: Any) -> Any:
    """A record as dicts, lists, strings, numbers and null."""
    if isinstance(value, tuple):
        return [to_plain(item) for item in value]
    kind: Any = type(value)
    names = _names(kind)
    return value if names is None else {name: to_plain(getattr(value, name)) for name in names}


def to_json(value: Any) -> str:
    """A record as one line of canonical JSON: the same record is always the same bytes."""
    return json.dumps(to_plain(value), ensure_ascii=False, separators=(",", ":"))


def from_plain(record: type[Record], value: Any) -> Record:
    """The record that `to_plain` gave `value` for; an `OnRecordError` where it is not one."""
    hint: Any = record
    try:
        return cast(Record, _reader(hint)(value))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise OnRecordError(f"model: this is no {record.__name__} of this version of onrecord ({error!r})") from error


def from_json(record: type[Record], line: str | bytes) -> Record:
    """The record of one line of JSON."""
    try:
        value = json.loads(line)
    except ValueError as error:
        raise OnRecordError(f"model: this is no JSON, so no {record.__name__} ({error})") from error
    return from_plain(record, value)


@cache
def _names(kind: type) -> tuple[str, ...] | None:
    return tuple(f.name for f in fields(kind)) if is_dataclass(kind) else None


@cache
def _reader(hint: Any) -> Callable[[Any], Any]:
    """The function that reads a plain value of one type; made once per type, since bundles are read by the thousand."""
    origin, args = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        return _nullable_reader(_reader(next(arg for arg in args if arg is not type(None))))
    if origin is tuple:
        return _tuple_reader(args)
    if origin is Literal:
        return _choice_reader(frozenset(args))
    if is_dataclass(hint) and isinstance(hint, type):
        return _record_reader(hint)
    return _scalar_reader((int, float) if hint is float else hint)


def _nullable_reader(read: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda value: None if value is None else read(value)


def _choice_reader(choices: frozenset[str]) -> Callable[[Any], Any]:
    def read(value: Any) -> Any:
        if value not in choices:
            raise ValueError(f"{value!r} is none of {', '.join(sorted(choices))}")
        return value

    return read


def _scalar_reader(kind: Any) -> Callable[[Any], Any]:
    def read(value: Any) -> Any:
        if not isinstance(value, kind):
            raise TypeError(f"{value!r} is no {kind}")
        return value

    return read


def _tuple_reader(args: tuple[Any, ...]) -> Callable[[Any], Any]:
    if len(args) == 2 and args[1] is ...:
        read = _reader(args[0])
        return lambda value: tuple(read(item) for item in value)
    each = [_reader(arg) for arg in args]
    return lambda value: tuple(read(item) for read, item in zip(each, value, strict=True))


def _record_reader(record: type) -> Callable[[Any], Any]:
    hints = get_type_hints(record)
    readers = [(f.name, _reader(hints[f.name])) for f in fields(record)]

    def read(value: Any) -> Any:
        if len(value) != len(readers):
            raise ValueError(f"{record.__name__} has the fields {', '.join(name for name, _ in readers)}")
        return record(*(reader(value[name]) for name, reader in readers))

    return read
