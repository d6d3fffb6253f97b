"""A record gives back what was put in it, and survives what happens to it."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

import handmade
from onrecord.model import TABLES, Bundle, OnRecordError, Skipped
from onrecord.store import Filters, Store, capped, layout, select
from onrecord.store import file as store_file
from records_of_chance import records, rows


@pytest.fixture
def empty(tmp_path: Path) -> Store:
    return Store.open(tmp_path / "record.db", create=True)


CHANCES = settings(
    max_examples=10,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
)


@pytest.mark.parametrize("table", TABLES)
@CHANCES
@given(drawn=st.data())
def test_rows_come_back_as_they_were_put(
    table: str, drawn: st.DataObject, empty: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    put = drawn.draw(rows(TABLES[table]))
    # Rows drawn at random name rows that are not there, which is another test's business.
    monkeypatch.setattr(empty, "_check_references", lambda: None)
    empty.replace_derived({table: put})
    assert list(empty.rows(table)) == sorted(put, key=lambda row: row.id)
    for row in put:
        assert empty.row(table, row.id) == row
    wanted = [row.id for row in put][::-1]
    assert [row.id for row in empty.load(table, wanted)] == wanted


@CHANCES
@given(bundle=records(Bundle))
def test_bundles_come_back_as_they_were_put(bundle: Bundle, empty: Store) -> None:
    for kept in list(empty.bundles()):
        empty.drop_bundle(kept.article.id)
    empty.put_bundle(bundle)
    assert list(empty.bundles()) == [bundle]
    assert empty.has_bundle(bundle.article.id, bundle.made_with)
    assert not empty.has_bundle(bundle.article.id, bundle.made_with + "2")


def test_a_whole_record_holds_every_reference(record: Path) -> None:
    with Store.open(record, read_only=True) as store:
        for name, put in handmade.tables().items():
            assert list(store.rows(name)) == sorted(put, key=lambda row: row.id)
        assert list(store.skipped()) == [handmade.SKIPPED]
        meta = store.meta()
    assert meta.joined
    assert (meta.reader, meta.settings) == ("hand", {"language": "en"})
    assert meta.counts["statements"] == 3
    assert meta.counts["skipped"] == 1
    assert meta.counts["links"] == 0


def test_a_reference_to_a_row_that_is_not_there_leaves_the_record_as_it_was(record: Path) -> None:
    broken = handmade.tables() | {"parties": []}
    with Store.open(record) as store:
        with pytest.raises(OnRecordError, match="parties"):
            store.replace_derived(broken)
        assert list(store.rows("parties")) == sorted(handmade.tables()["parties"], key=lambda row: row.id)
        assert store.meta().joined


def test_two_rows_of_one_id_are_refused_by_name(record: Path) -> None:
    twice = handmade.tables()
    twice["occasions"] = [handmade.FAIR, handmade.FAIR]
    with Store.open(record) as store:
        with pytest.raises(OnRecordError, match=handmade.FAIR.id):
            store.replace_derived(twice)
        assert store.count("occasions") == 1


def test_a_bundle_replaced_keeps_its_place_among_the_versions(empty: Store) -> None:
    one, two = handmade.bundles()
    for bundle in (two, one, two):
        empty.put_bundle(bundle)
    assert empty.versions() == {
        handmade.ONE.origin: (handmade.ONE.id,),
        handmade.TWO.origin: (handmade.TWO.id,),
    }
    assert [bundle.article.id for bundle in empty.bundles()] == sorted([handmade.ONE.id, handmade.TWO.id])


def test_the_record_says_when_it_has_yet_to_be_joined(record: Path) -> None:
    with Store.open(record) as store:
        assert store.drop_bundle(handmade.TWO.id)
        assert not store.drop_bundle(handmade.TWO.id)
        assert not store.meta().joined
        list(store.bundles())
        store.replace_derived({})
        assert store.meta().joined


def test_the_record_keeps_what_linking_left_out_until_it_is_joined_again(record: Path) -> None:
    with Store.open(record) as store:
        store.replace_derived({}, capped=[("events", 3), ("copies", 12)])
    with Store.open(record) as store:
        assert store.meta().capped == {"events": 3, "copies": 12}
        assert capped.said(store.meta().capped) == (
            "Too common to compare each with each: 12 runs of words (copies), 3 kinds of event."
            " What shares nothing rarer may lack a link."
        )
        store.replace_derived({})
        assert store.meta().capped == {} and capped.said({}) == ""


def test_articles_added_by_another_program_while_joining_leave_the_record_unjoined(record: Path) -> None:
    with Store.open(record) as store, Store.open(record) as other:
        list(store.bundles())
        other.put_bundle(handmade.bundles()[0])
        store.replace_derived(handmade.tables())
        assert not store.meta().joined


def test_an_input_key_tells_a_changed_input_from_the_same(empty: Store) -> None:
    bundle = handmade.bundles()[0]
    empty.put_bundle(bundle, "key of the input")
    assert empty.has_bundle(bundle.article.id, "1+hand", "key of the input")
    assert not empty.has_bundle(bundle.article.id, "1+hand", "another key")


def test_skipped_inputs_are_listed_once_per_origin(empty: Store) -> None:
    empty.put_skipped(handmade.SKIPPED)
    empty.put_skipped(Skipped("52" + "0" * 14, handmade.SKIPPED.origin, "empty", "the file is empty"))
    assert [skipped.reason for skipped in empty.skipped()] == ["empty"]
    assert empty.meta().counts["skipped"] == 1
    assert empty.drop_skipped(handmade.SKIPPED.origin)
    assert list(empty.skipped()) == []
    empty.put_skipped(handmade.SKIPPED)
    empty.replace_derived({})
    assert list(empty.skipped()) == [handmade.SKIPPED]


def test_an_id_is_found_by_its_beginning(record: Path) -> None:
    with Store.open(record, read_only=True) as store:
        assert store.get("f0000") == ("occasions", handmade.FAIR)
        assert store.find("ab").id == handmade.SAMI.id
        with pytest.raises(OnRecordError, match=r"aa0000.*parties.*aa1111"):
            store.find("aa")
        with pytest.raises(OnRecordError, match="no row"):
            store.find("zz")
        for odd in ("%", "", "f0%", "\ud800", "\x00", "'"):
            with pytest.raises(OnRecordError, match="no row"):
                store.find(odd)
        assert store.find("F0000").table == "occasions"


def test_words_that_are_no_unicode_are_refused(record: Path) -> None:
    with Store.open(record, read_only=True) as store, pytest.raises(OnRecordError, match="not valid Unicode"):
        list(select(store, "statements", Filters(outlet="\ud800")))


def test_an_unknown_table_is_refused(empty: Store) -> None:
    with pytest.raises(OnRecordError, match="rumours"):
        empty.replace_derived({"rumours": []})


def test_a_missing_record_is_named_with_the_command_that_makes_one(tmp_path: Path) -> None:
    with pytest.raises(OnRecordError, match="onrecord build"):
        Store.open(tmp_path / "none.db")
    assert not (tmp_path / "none.db").exists()


def test_a_folder_or_a_file_in_a_missing_folder_is_no_record(tmp_path: Path) -> None:
    with pytest.raises(OnRecordError, match="is a folder"):
        Store.open(tmp_path, create=True)
    with pytest.raises(OnRecordError, match="does not exist"):
        Store.open(tmp_path / "no" / "record.db", create=True)


@pytest.mark.parametrize("create", [True, False])
def test_another_file_is_left_alone(tmp_path: Path, create: bool) -> None:
    notes = tmp_path / "notes.txt"
    notes.write_text("These are notes, much longer than a header, and no database at all.\n" * 40)
    before = notes.read_bytes()
    with pytest.raises(OnRecordError, match="not a record"):
        Store.open(notes, create=create)
    assert notes.read_bytes() == before


def test_another_database_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "stamps.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE stamps (country TEXT)")
    connection.close()
    for create in (True, False):
        with pytest.raises(OnRecordError, match="not a record"):
            Store.open(path, create=create)


def test_an_empty_file_becomes_a_record_only_when_one_is_to_be_made(tmp_path: Path) -> None:
    path = tmp_path / "record.db"
    path.touch()
    with pytest.raises(OnRecordError, match="not a record"):
        Store.open(path)
    with Store.open(path, create=True) as store:
        assert store.count("articles") == 0


def test_a_record_of_a_newer_version_is_not_touched(record: Path) -> None:
    with sqlite3.connect(record) as connection:
        connection.execute("PRAGMA user_version = 999")
    connection.close()
    with pytest.raises(OnRecordError, match="newer onrecord"):
        Store.open(record)


def test_a_record_of_an_older_layout_is_brought_up_to_date(record: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    now = layout.VERSION
    monkeypatch.setattr("onrecord.store.layout.VERSION", now + 2)
    steps = {now + 1: ("CREATE TABLE steps (number INTEGER)",), now + 2: ("INSERT INTO steps VALUES (3)",)}
    monkeypatch.setattr("onrecord.store.layout.MIGRATIONS", steps)
    with Store.open(record) as store:
        assert store.select("SELECT number FROM steps") == [(3,)]
        assert store.select("PRAGMA user_version") == [(now + 2,)]
        assert store.count("statements") == 3
    with Store.open(record) as store:
        assert store.select("SELECT count(*) FROM steps") == [(1,)], "each step is taken once"


def test_a_step_that_fails_leaves_the_record_as_it_was(record: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    now = layout.VERSION
    monkeypatch.setattr("onrecord.store.layout.VERSION", now + 1)
    monkeypatch.setattr("onrecord.store.layout.MIGRATIONS", {now + 1: ("CREATE TABLE steps (number)", "NONSENSE")})
    with pytest.raises(OnRecordError, match="NONSENSE"):
        Store.open(record)
    with sqlite3.connect(record) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (now,)
        assert connection.execute("SELECT count(*) FROM sqlite_schema WHERE name = 'steps'").fetchone() == (0,)
    connection.close()


def test_a_record_of_another_model_is_refused(record: Path) -> None:
    with sqlite3.connect(record) as connection:
        connection.execute("UPDATE meta SET value = 'another' WHERE key = 'layout'")
    connection.close()
    with pytest.raises(OnRecordError, match="another model"):
        Store.open(record)


def test_a_record_that_is_being_written_says_so(record: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("onrecord.store.opening.PATIENCE", 0.05)
    with Store.open(record) as writer, Store.open(record) as other:
        writer.connection.execute("BEGIN IMMEDIATE")
        assert other.count("articles") == 2
        with pytest.raises(OnRecordError, match="being written by another program"):
            other.drop_bundle(handmade.ONE.id)
        writer.connection.execute("ROLLBACK")


def test_a_damaged_record_says_so(record: Path) -> None:
    raw = bytearray(record.read_bytes())
    raw[4096 * 2 :] = bytes(len(raw) - 4096 * 2)
    record.write_bytes(raw)
    with pytest.raises(OnRecordError, match="damaged"), Store.open(record) as store:
        for table in TABLES:
            list(store.rows(table))


def test_a_record_is_read_where_nothing_can_be_written(record: Path) -> None:
    record.chmod(0o444)
    record.parent.chmod(0o555)
    try:
        with Store.open(record, read_only=True) as store:
            assert store.count("articles") == 2
            with pytest.raises(OnRecordError, match="cannot be written"):
                store.drop_bundle(handmade.ONE.id)
    finally:
        record.parent.chmod(0o755)


def test_vacuuming_the_file_keeps_the_word_index_right(record: Path) -> None:
    with sqlite3.connect(record) as connection:
        connection.execute("VACUUM")
        found = connection.execute(
            "SELECT a.id FROM articles_fts f JOIN articles a ON a.rowid = f.rowid WHERE articles_fts MATCH 'post'"
        ).fetchall()
    connection.close()
    assert found == [(handmade.TWO.id,)]


def test_the_sql_is_the_models(record: Path) -> None:
    """Facts are columns and child tables with references declared, all tables are strict, no column holds JSON."""
    with sqlite3.connect(record) as connection:
        made = dict(connection.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'table'").fetchall())
        references = connection.execute('SELECT "table", "from" FROM pragma_foreign_key_list(\'figures\')').fetchall()
    connection.close()
    assert ("statements", "statement_id") in references
    assert ("events", "event_id") in references
    for name in TABLES:
        assert made[name].endswith("STRICT")
    assert '"amount_low" TEXT,' in made["figures"]
    assert '"end" INTEGER NOT NULL' in made["statements_content"]
    assert 'content="articles"' in made["articles_fts"]


KILLED_WHILE_WRITING = """
import sys
sys.path.insert(0, {tests!r})
import handmade
from onrecord.store import Filters, Store, layout, select
store = Store.open({path!r})
print("open", flush=True)
while True:
    for bundle in handmade.bundles():
        store.put_bundle(bundle)
    store.replace_derived(handmade.tables())
    print("joined", flush=True)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs a system with kill -9")
@pytest.mark.parametrize("rounds", [1, 2, 3])
def test_a_writer_killed_at_any_moment_leaves_a_whole_record(record: Path, rounds: int) -> None:
    code = KILLED_WHILE_WRITING.format(tests=str(Path(handmade.__file__).parent), path=str(record))
    writer = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, env={**os.environ})
    assert writer.stdout is not None
    for _ in range(rounds + 1):
        writer.stdout.readline()
    writer.kill()
    writer.wait()
    writer.stdout.close()
    with Store.open(record) as store:
        assert len(list(store.bundles())) == 2
        for name, put in handmade.tables().items():
            assert list(store.rows(name)) == sorted(put, key=lambda row: row.id)
        assert store.select("PRAGMA integrity_check") == [("ok",)]


def test_a_batch_boundary_loses_nothing(record: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store_file, "BATCH", 1)
    with Store.open(record) as store:
        store.replace_derived(handmade.tables())
        assert list(store.rows("statements")) == sorted(handmade.tables()["statements"], key=lambda row: row.id)
