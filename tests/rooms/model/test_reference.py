"""The schema and the reference page are the model's, and say something of every field."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord.model import TABLES
from onrecord.model.codec import to_plain
from onrecord.model.reference import files, json_schema, main, sentence_of
from onrecord.model.schema import fields_of, table_of, tables
from records_of_chance import records

DOCS = Path(__file__).parents[3] / "docs"


@pytest.mark.parametrize("name", files())
def test_the_derived_files_are_up_to_date(name: str) -> None:
    assert (DOCS / name).read_text(encoding="utf8") == files()[name], "run `make reference`"


def test_writing_them_makes_them_fresh(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--check", str(tmp_path)]) == 1
    assert main(["--write", str(tmp_path)]) == 0
    capsys.readouterr()
    assert main(["--check", str(tmp_path)]) == 0
    assert capsys.readouterr().out == ""
    assert main(["--draw", str(tmp_path)]) == 2


@pytest.mark.parametrize("table", TABLES)
def test_every_field_says_what_it_holds(table: str) -> None:
    for field in fields_of(TABLES[table]):
        assert sentence_of(TABLES[table], field.name).endswith((".", ")"))


def test_the_page_has_every_table_and_column() -> None:
    page = files()["record-reference.md"]
    for table in tables():
        assert f"\n## {table.name}\n" in page
        assert all(f"`{column.name}`" in page for column in table.columns)
        assert all(f"`{child.name}`" in page for child in table.children)


def test_nested_values_become_columns_and_lists_become_tables() -> None:
    statements = table_of("statements")
    names = [column.name for column in statements.columns]
    assert "said_earliest" in names and "cue_start" in names and "content" not in names
    assert statements.children[0].name == "statements_content"
    nullable = {column.name: column.nullable for column in statements.columns}
    assert nullable["cue_start"] and nullable["medium_kind"] and not nullable["text"]
    references = {column.name: column.references for column in table_of("figures").columns}
    assert references["statement_id"] == "statements" and references["amount_low"] is None
    assert {c.name: c.references for c in table_of("judgements").columns}["article_id"] is None


@pytest.mark.parametrize("table", TABLES)
@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(drawn=st.data())
def test_rows_meet_the_schema(table: str, drawn: st.DataObject) -> None:
    schema = json_schema()
    row = json.loads(json.dumps(to_plain(drawn.draw(records(TABLES[table])))))
    complaints = list(unmet(row, schema["properties"][table]["items"], schema["$defs"]))
    assert complaints == []
    row["rumour"] = 1
    assert list(unmet(row, schema["properties"][table]["items"], schema["$defs"]))


def unmet(value: Any, schema: dict[str, Any], definitions: dict[str, Any]) -> list[str]:
    """What of a schema a value does not meet; only the words of JSON Schema that ours uses."""
    if "$ref" in schema:
        return unmet(value, definitions[schema["$ref"].rsplit("/", 1)[1]], definitions)
    if "anyOf" in schema:
        each = [unmet(value, one, definitions) for one in schema["anyOf"]]
        return [] if [] in each else each[0]
    if "enum" in schema:
        return [] if value in schema["enum"] else [f"{value!r} is not in the enumeration"]
    kinds = {"string": str, "integer": int, "number": (int, float), "null": type(None), "array": list, "object": dict}
    if not isinstance(value, kinds[schema["type"]]):
        return [f"{value!r} is no {schema['type']}"]
    if schema["type"] == "array":
        return [says for item in value for says in unmet(item, schema["items"], definitions)]
    if schema["type"] == "object":
        if set(value) != set(schema["properties"]) or set(schema["required"]) != set(value):
            return [f"the names are {sorted(value)}"]
        return [says for name in value for says in unmet(value[name], schema["properties"][name], definitions)]
    return []
