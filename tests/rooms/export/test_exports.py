"""An export holds the whole record, is the same bytes for the same record, and is never half there."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import handmade
from onrecord.export import EXPORTS, Export, export
from onrecord.export.flat import cell, header
from onrecord.model import TABLES, OnRecordError, Statement
from onrecord.model.codec import from_json, to_json
from onrecord.store import Store
from records_of_chance import records

BY_NAME = {each.name: each for each in EXPORTS}


def written(record: Path, name: str, out: Path) -> dict[str, bytes]:
    with Store.open(record, read_only=True) as store:
        return {path.name: path.read_bytes() for path in export(store, BY_NAME[name], out)}


@pytest.mark.parametrize("name", BY_NAME)
def test_every_table_is_written_also_where_it_is_empty(record: Path, tmp_path: Path, name: str) -> None:
    files = written(record, name, tmp_path / "out")
    assert sorted(files) == sorted(f"{table}.{name}" for table in TABLES)
    with Store.open(tmp_path / "empty.db", create=True):
        pass
    assert sorted(written(tmp_path / "empty.db", name, tmp_path / "none")) == sorted(files)


@pytest.mark.parametrize("name", BY_NAME)
def test_the_same_rows_give_the_same_bytes_in_whatever_order_they_were_put(tmp_path: Path, name: str) -> None:
    rows = handmade.tables()
    with Store.open(tmp_path / "forth.db", create=True) as store:
        store.replace_derived(rows)
    with Store.open(tmp_path / "back.db", create=True) as store:
        for bundle in reversed(handmade.bundles()):
            store.put_bundle(bundle)
        store.replace_derived({table: rows[table][::-1] for table in reversed(rows)}, reader="another")
    assert written(tmp_path / "forth.db", name, tmp_path / "1") == written(tmp_path / "back.db", name, tmp_path / "2")


def test_json_lines_give_back_the_rows(record: Path, tmp_path: Path) -> None:
    files = written(record, "jsonl", tmp_path / "out")
    for table, put in handmade.tables().items():
        lines = files[f"{table}.jsonl"].decode("utf8").split("\n")
        assert lines.pop() == ""
        read = [from_json(TABLES[table], line) for line in lines]
        assert read == sorted(put, key=lambda row: row.id)


def test_json_lines_have_the_contracts_names_passages_as_objects_and_words_as_they_are(
    record: Path, tmp_path: Path
) -> None:
    written(record, "jsonl", tmp_path / "out")
    lines = (tmp_path / "out" / "statements.jsonl").read_text("utf8").splitlines()
    rows = {row["speaker_name"]: row for row in map(json.loads, lines)}
    assert list(rows["she"]) == [
        "id", "article_id", "form", "content", "text", "cue", "source", "speaker_ids", "speaker_name", "resolved_by",
        "addressee_ids", "medium", "said", "via", "act", "polarity", "made_by", "confidence",
    ]  # fmt: skip
    content = rows["she"]["content"]
    assert [set(passage) for passage in content] == [{"start", "end"}, {"start", "end"}]
    assert handmade.FIRST[content[1]["start"] : content[1]["end"]] == '"and more next year."'
    assert rows["she"]["medium"] is None
    assert any("الوزير سامي" in line for line in lines)


@given(records(Statement))
def test_json_gives_back_any_record(row: Statement) -> None:
    assert from_json(Statement, to_json(row)) == row


@pytest.mark.parametrize(
    "line",
    ["{}", "[]", "nonsense", '{"id": 1, "origin": "", "reason": "", "detail": ""}', '{"id": "a", "origin": ""}'],
)
def test_json_that_is_no_record_is_refused(line: str) -> None:
    with pytest.raises(OnRecordError, match="no Skipped"):
        from_json(TABLES["skipped"], line)


def test_csv_is_flat(record: Path, tmp_path: Path) -> None:
    written(record, "csv", tmp_path / "out")
    with (tmp_path / "out" / "statements.csv").open(encoding="utf8", newline="") as file:
        rows = {row["speaker_name"]: row for row in csv.DictReader(file)}
    mayor = handmade.said_by_mayor()
    assert rows["she"]["content"] == ";".join(f"{p.start}-{p.end}" for p in mayor.content)
    assert rows["she"]["said_earliest"] == "2026-06-03"
    assert rows["she"]["medium_kind"] == ""
    website = next(row for name, row in rows.items() if "website" in name)
    place = handmade.from_website().via[0].passage
    assert website["via"] == f"{handmade.BRENHOLT.id}|{place.start}-{place.end}"
    with (tmp_path / "out" / "parties.csv").open(encoding="utf8", newline="") as file:
        roles = {row["name"]: row["roles"] for row in csv.DictReader(file)}
    assert roles["Ilse Varga"] == "mayor|Brenholt||||||"


@pytest.mark.parametrize("table", TABLES)
def test_a_csv_row_has_a_cell_for_every_name_in_its_header(table: str, record: Path, tmp_path: Path) -> None:
    written(record, "csv", tmp_path / "out")
    with (tmp_path / "out" / f"{table}.csv").open(encoding="utf8", newline="") as file:
        widths = {len(row) for row in csv.reader(file)}
    assert widths == {len(header(TABLES[table]))}


@pytest.mark.parametrize("words", ["=1+1", "+cmd", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "＝1+1", "- he said", "-", "+"])
def test_words_that_a_spreadsheet_would_run_are_made_harmless(words: str) -> None:
    assert cell(words) == "'" + words


@pytest.mark.parametrize("words", ["-5", "-0.5", "+3", "12-40;55-80", "a=b", "", "'quoted'"])
def test_numbers_and_other_words_stay_as_they_are(words: str) -> None:
    assert cell(words) == words


@given(st.text())
def test_no_cell_is_a_formula(words: str) -> None:
    assert cell(words)[:1] not in set("=@\t\r")


def test_an_export_that_fails_leaves_the_one_before_and_nothing_half_done(record: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    before = written(record, "jsonl", out)

    def fail(store: Store, folder: Path) -> None:
        (folder / "articles.jsonl").write_text("half")
        raise OSError(28, "No space left on device")

    with Store.open(record, read_only=True) as store, pytest.raises(OnRecordError, match="No space left"):
        export(store, Export("jsonl", "fails", fail), out)
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out", "record.db"]


def test_an_export_replaces_its_files_and_leaves_others(record: Path, tmp_path: Path) -> None:
    out = tmp_path / "deep" / "out"
    written(record, "jsonl", out)
    (out / "notes.txt").write_text("mine")
    (out / "events.jsonl").write_text("old")
    written(record, "jsonl", out)
    assert (out / "notes.txt").read_text() == "mine"
    assert (out / "events.jsonl").read_text() != "old"


def test_a_file_in_the_place_of_the_folder_is_left_alone(record: Path, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("mine")
    with pytest.raises(OnRecordError, match="is a file"):
        written(record, "jsonl", tmp_path / "out")
    assert (tmp_path / "out").read_text() == "mine"
