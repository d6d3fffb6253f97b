"""The JSON Schema and the reference page of the record, derived from the model.

`python -m onrecord.model.reference --write docs` writes both; `--check docs` says which of them is out of date.
"""

from __future__ import annotations

import ast
import inspect
import json
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from onrecord.model.records import TABLES
from onrecord.model.schema import Child, Column, Field, fields_of, owner_column, table_of, tables

COMMON = {
    "id": "A hash: the same input gives the same id on every machine.",
    "article_id": "The article whose words it rests on.",
    "made_by": "The extractor and its version.",
    "confidence": "Calibrated: of a hundred rows at 0.9, ninety are right. Null where nothing to calibrate on exists.",
}
"""What fields of many records say, wherever they stand."""

JSON_TYPES = {"text": "string", "integer": "integer", "real": "number"}


def json_schema() -> dict[str, Any]:
    """The record as JSON Schema: each row of `TABLE.jsonl` is one item of the property TABLE."""
    kinds = dict.fromkeys(kind for table in tables() for kind in _kinds(table.record))
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A record of onrecord",
        "description": "Derived by `make reference`. A line of TABLE.jsonl is an item of the property TABLE.",
        "type": "object",
        "properties": {
            name: {"type": "array", "items": {"$ref": f"#/$defs/{kind.__name__}"}} for name, kind in TABLES.items()
        },
        "additionalProperties": False,
        "$defs": {kind.__name__: _definition(kind) for kind in sorted(kinds, key=lambda kind: kind.__name__)},
    }


def reference_page() -> str:
    """The reference page: every table, its fields, and how SQLite and CSV hold them."""
    return "\n".join([INTRODUCTION, *(line for table in tables() for line in _section(table.name)), *_values()])


def files() -> dict[str, str]:
    """The derived files by name."""
    schema = json.dumps(json_schema(), indent=2, ensure_ascii=False) + "\n"
    return {"record.schema.json": schema, "record-reference.md": reference_page()}


@cache
def field_docs(kind: type) -> dict[str, str]:
    """The sentence that stands under each field of a record's dataclass, by the field's name."""
    module = inspect.getmodule(kind)
    assert module is not None
    for node in ast.parse(inspect.getsource(module)).body:
        if isinstance(node, ast.ClassDef) and node.name == kind.__name__:
            return dict(_documented(node))
    raise LookupError(f"{kind.__name__} is not in the source of {module.__name__}")


def sentence_of(kind: type, field: str) -> str:
    """What a field says, as one sentence or a few."""
    said = field_docs(kind).get(field) or COMMON.get(field)
    if said is None:
        raise LookupError(f"{kind.__name__}.{field} has no sentence under it that says what it holds")
    return " ".join(said.split())


def _documented(node: ast.ClassDef) -> Iterator[tuple[str, str]]:
    for before, after in zip(node.body, node.body[1:], strict=False):
        if not (isinstance(before, ast.AnnAssign) and isinstance(before.target, ast.Name)):
            continue
        if isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant) and isinstance(after.value.value, str):
            yield before.target.id, after.value.value


def _kinds(kind: type) -> Iterator[type]:
    yield kind
    for field in fields_of(kind):
        if field.record is not None:
            yield from _kinds(field.record)


def _definition(kind: type) -> dict[str, Any]:
    parts = fields_of(kind)
    return {
        "description": inspect.cleandoc(kind.__doc__ or ""),
        "type": "object",
        "properties": {field.name: _property(kind, field) for field in parts},
        "required": [field.name for field in parts],
        "additionalProperties": False,
    }


def _property(kind: type, field: Field) -> dict[str, Any]:
    if field.record is not None:
        one: dict[str, Any] = {"$ref": f"#/$defs/{field.record.__name__}"}
    else:
        assert field.scalar is not None
        one = {"enum": list(field.choices)} if field.choices else {"type": JSON_TYPES[field.scalar]}
    if field.shape == "list":
        one = {"type": "array", "items": one}
    if field.nullable:
        one = {"anyOf": [one, {"type": "null"}]}
    return {"description": sentence_of(kind, field.name), **one}


INTRODUCTION = """\
# Reference of the record

Derived from the model by `make reference`; edit `src/onrecord/model/` instead.

A record has the tables below. `onrecord export --to jsonl` writes each as `TABLE.jsonl`, one row per line,
sorted by id, with every field by the name given here; [record.schema.json](record.schema.json) is the schema
of those lines. `onrecord export --to csv` writes each as one flat `TABLE.csv`: a nested value's parts become
columns (`said_earliest`), a list is joined by `; ` in one cell (the parts of an item by `|`), a passage is
`12-40`, a list of passages `12-40;55-80`.

In the SQLite file a table has the columns given under it. A list is a table of its own with the owner's id
and the position from 0. Besides, the file has `meta` (versions, settings, counts, whether all articles are
joined, and as `capped.LINKER` how many keys were too common to compare all that share them), the word indexes
`articles_fts` and `statements_fts`, and what only builds use: `bundles`, `inputs` and `input_articles` keep
what was found of each article, so that it is not read twice. They hold no facts of their own.

Offsets are code points into `articles.text`, half open: `text[start:end]` is the quoted words. What is not
known is null. Times are ISO 8601, and amounts are decimals as strings.
"""


def _section(name: str) -> Iterator[str]:
    table = table_of(name)
    yield f"## {name}"
    yield ""
    yield inspect.cleandoc(table.record.__doc__ or "")
    yield ""
    yield from _fields(table.record)
    yield f"SQLite: `{name}` ({', '.join(_column(column) for column in table.columns)})"
    yield ""
    for child in table.children:
        yield f"- `{child.name}` ({', '.join(_child_columns(name, child))})"
    if table.children:
        yield ""


def _values() -> Iterator[str]:
    """The nested values, each once, in the order of their first use."""
    kinds = dict.fromkeys(kind for table in tables() for kind in _kinds(table.record))
    yield "# Values"
    yield ""
    for kind in kinds:
        if kind not in TABLES.values():
            yield f"## {kind.__name__}"
            yield ""
            yield inspect.cleandoc(kind.__doc__ or "")
            yield ""
            yield from _fields(kind)


def _fields(kind: type) -> Iterator[str]:
    yield "| field | type | |"
    yield "|---|---|---|"
    for field in fields_of(kind):
        yield f"| `{field.name}` | {_type(field)} | {sentence_of(kind, field.name)} |"
    yield ""


def _type(field: Field) -> str:
    if field.record is not None:
        one = f"[{field.record.__name__}](#{field.record.__name__.lower()})"
    else:
        one = ", ".join(f"`{word}`" for word in field.choices) or str(field.scalar)
    listed = f"list of {one}" if field.shape == "list" else one
    return f"{listed} or null" if field.nullable else listed


def _column(column: Column) -> str:
    return f"`{column.name}`" + (f" → {column.references}" if column.references else "")


def _child_columns(table: str, child: Child) -> Iterator[str]:
    yield f"`{owner_column(table)}` → {table}"
    yield "`position`"
    yield from (_column(column) for column in child.columns)


def main(arguments: list[str]) -> int:
    """Writes or checks the derived files; the exit status is 1 where one is out of date."""
    if len(arguments) != 2 or arguments[0] not in ("--write", "--check"):
        print("usage: python -m onrecord.model.reference --write|--check FOLDER", file=sys.stderr)
        return 2
    folder = Path(arguments[1])
    stale = [name for name, text in files().items() if not _is(folder / name, text)]
    for name in stale:
        if arguments[0] == "--write":
            (folder / name).write_text(files()[name], encoding="utf8")
        print(f"{'written' if arguments[0] == '--write' else 'out of date (make reference)'}: {folder / name}")
    return 1 if stale and arguments[0] == "--check" else 0


def _is(path: Path, text: str) -> bool:
    return path.is_file() and path.read_text(encoding="utf8") == text


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
