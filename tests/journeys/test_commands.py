"""What a person types and what comes back, on a record made by hand."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

import handmade
from handmade import ONE, TWO, VARGA
from onrecord.cli.run import run
from onrecord.model import TABLES
from onrecord.model.codec import from_json
from onrecord.store import LISTINGS, Store

TABLE_COMMANDS = tuple(LISTINGS)
ALL_COMMANDS = (
    *TABLE_COMMANDS,
    "timeline",
    "compare",
    "stories",
    "search",
    "show",
    "export",
    "verify",
    "build",
    "remove",
    "demo",
)


@pytest.fixture
def here(record: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder in which commands run; it has a `record.db`."""
    monkeypatch.chdir(record.parent)
    monkeypatch.delenv("ONRECORD_DEBUG", raising=False)
    return record.parent


@pytest.fixture
def empty(here: Path) -> Path:
    with Store.open(here / "empty.db", create=True):
        return here / "empty.db"


def outside(*arguments: str, **options: object) -> subprocess.CompletedProcess[str]:
    """A command in a process of its own."""
    command = [sys.executable, "-c", "from onrecord.cli import main; main()", *arguments]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf8", check=False, **options)  # type: ignore[call-overload,no-any-return]


@pytest.mark.parametrize("command", TABLE_COMMANDS)
def test_a_table_is_one_line_per_row_with_a_heading(
    here: Path, command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([command]) == 0
    shown = capsys.readouterr()
    lines = shown.out.splitlines()
    with Store.open(here / "record.db", read_only=True) as store:
        rows = list(store.rows(command))
    assert len(lines) == len(rows) + 1
    assert all(any(line.startswith(row.id[:8]) for line in lines) for row in rows)
    assert shown.err == ""
    assert "\x1b" not in shown.out


def test_statements_show_speaker_day_cue_words_and_source(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["statements", "--who", "varga"]) == 0
    heading, shown = capsys.readouterr().out.splitlines()
    assert heading.split() == ["id", "said", "speaker", "source", "words"]
    assert "2026-06-03  Ilse Varga  Brenholt Courier, 2026-06-03" in shown
    assert shown.endswith('said: "We expect about 300 stalls," … "and more next year."')


def test_figures_times_and_events_show_the_words_they_rest_on(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for command, words in (
        ("figures", "that [only 240 stalls] had come."),
        ("times", "rebuilt by [2031], according to"),
        ("events", "Mayor Ilse Varga [opened] the twelfth"),
    ):
        assert run([command]) == 0
        assert words in capsys.readouterr().out


def test_columns_line_up_whatever_the_script(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from onrecord.cli.text import width_of

    assert run(["statements"]) == 0
    lines = capsys.readouterr().out.splitlines()
    starts = {
        width_of(line[: line.index(source)])
        for line, source in zip(
            lines, ("source", "Brenholt Courier", "Brenholt Courier", "fair/stalls.txt"), strict=True
        )
    }
    assert len(starts) == 1


@pytest.mark.parametrize("command", TABLE_COMMANDS)
def test_json_gives_back_the_rows_and_nothing_else(
    here: Path, command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([command, "--json"]) == 0
    shown = capsys.readouterr()
    rows = [from_json(TABLES[command], line) for line in shown.out.splitlines()]
    with Store.open(here / "record.db", read_only=True) as store:
        assert sorted(rows, key=lambda row: row.id) == list(store.rows(command))
    assert shown.err == ""


@pytest.mark.parametrize("command", TABLE_COMMANDS)
def test_csv_has_a_heading_and_a_row_for_each_row(here: Path, command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([command, "--csv"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out, newline="")))
    with Store.open(here / "record.db", read_only=True) as store:
        assert sorted(row["id"] for row in rows) == [row.id for row in store.rows(command)]


def test_the_timeline_is_in_order(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["timeline", "--json"]) == 0
    moments = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [moment["latest"] for moment in moments] == sorted(moment["latest"] for moment in moments)
    assert run(["timeline", "--about", "stalls"]) == 0
    assert "by 2026-06-05" in capsys.readouterr().out


def test_search_finds_words_and_says_where(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["search", "harbour", "post"]) == 0
    assert "told the [Harbour] [Post] that" in capsys.readouterr().out
    assert run(["search", "市長", "--json"]) == 0
    (hit,) = map(json.loads, capsys.readouterr().out.splitlines())
    assert TWO.text[hit["passage"]["start"] : hit["passage"]["end"]] == hit["snippet"]


def test_show_has_every_field_and_the_words_marked(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    mayor = handmade.said_by_mayor()
    assert run(["show", mayor.id[:6]]) == 0
    shown = capsys.readouterr().out
    assert f"Ilse Varga ({VARGA.id})" in shown
    assert "Wednesday = 2026-06-03 (resolved)" in shown
    text, under = (line for line in shown.splitlines() if line.startswith(('  "We expect', "  ===")))
    assert text.index("said") == under.index("^")
    assert run(["show", mayor.id, "--json"]) == 0
    assert from_json(TABLES["statements"], capsys.readouterr().out) == mayor


def test_show_of_an_article_says_why_it_is_dated_so(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["show", ONE.id]) == 0
    shown = capsys.readouterr().out
    assert "2026-06-03  from dateline" in shown
    assert "1 headline (27 characters), 1 body" in shown
    assert "2 statements, 1 events, 1 figures" in shown


@pytest.mark.parametrize("table", TABLES)
def test_show_knows_every_table(here: Path, table: str, capsys: pytest.CaptureFixture[str]) -> None:
    with Store.open(here / "record.db", read_only=True) as store:
        rows = list(store.rows(table))
    for row in rows:
        assert run(["show", row.id]) == 0
        assert capsys.readouterr().out.startswith(f"{table} {row.id}\n")


def test_an_ambiguous_id_lists_what_it_could_be(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["show", "aa"]) == 1
    says = capsys.readouterr().err
    assert says.startswith("onrecord: 'aa' is the beginning of 2 ids: ")
    assert VARGA.id in says and "parties" in says and says.count("\n") == 1


def test_what_is_overdue_depends_on_the_day(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["commitments", "--as-of", "2031-06"]) == 0
    assert " due " in capsys.readouterr().out.splitlines()[1]
    assert run(["commitments", "--as-of", "2032-01-01"]) == 0
    assert " overdue " in capsys.readouterr().out


@pytest.mark.parametrize("command", [*TABLE_COMMANDS, "timeline"])
def test_an_empty_record_is_said_to_be_empty(empty: Path, command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([command, "--record", str(empty)]) == 0
    shown = capsys.readouterr()
    assert shown.out == "" and shown.err.startswith("onrecord: no ")
    assert run([command, "--record", str(empty), "--json"]) == 0
    assert capsys.readouterr().out == ""


def test_an_empty_record_is_searched_exported_and_verified(empty: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["search", "word", "--record", str(empty)]) == 0
    assert run(["verify", str(empty)]) == 0
    assert run(["export", str(empty), "--to", "jsonl", "--out", "out"]) == 0
    assert "14 files with 0 rows in out" in capsys.readouterr().out


MISSING = [
    *([command] for command in (*TABLE_COMMANDS, "timeline")),
    ["search", "x"], ["show", "x"], ["verify"], ["export", "--to", "csv", "--out", "out"], ["remove", "x"],
]  # fmt: skip


@pytest.mark.parametrize("arguments", MISSING, ids=lambda arguments: str(arguments[0]))
def test_a_missing_record_is_one_line_with_a_remedy(
    arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(arguments) == 1
    shown = capsys.readouterr()
    assert shown.out == ""
    assert (
        shown.err == "onrecord: there is no record record.db; make one with `onrecord build INPUT --record record.db`\n"
    )
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "arguments",
    [
        ["nonsense"], ["statements", "--foo"], ["statements", "extra"], ["search"], ["export"], ["build"], ["show"],
        ["statements", "--json", "--csv"], ["statements", "--min-confidence", "2"], ["statements", "--limit", "few"],
        ["articles", "--min-confidence", "0.5"],
    ],
)  # fmt: skip
def test_wrong_usage_is_one_line_and_status_2(
    here: Path, arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(arguments) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.startswith("onrecord: ") and shown.err.count("\n") == 1 and "--help" in shown.err


@pytest.mark.parametrize("arguments", [["statements", "--since", "yesterday"], ["export", "--to", "pdf", "--out", "x"]])
def test_what_cannot_be_done_is_one_line_and_status_1(
    here: Path, arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(arguments) == 1
    assert capsys.readouterr().err.count("\n") == 1


def test_who_nobody_is_gets_a_remark(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["statements", "--who", "nobody"]) == 0
    assert "no party of this record is called 'nobody'" in capsys.readouterr().err
    assert run(["times", "--min-confidence", "0.5", "--json"]) == 0
    shown = capsys.readouterr()
    assert shown.out == "" and "leaves out 2 times" in shown.err


def test_verify_lists_what_does_not_hold(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["verify"]) == 0
    assert "record.db holds: 2 articles, 3 statements" in capsys.readouterr().out
    with Store.open(here / "record.db") as store:
        store.connection.execute("UPDATE mentions SET text = 'somebody'")
    assert run(["verify"]) == 1
    shown = capsys.readouterr()
    assert shown.out.count("text says 'somebody'") == 4
    assert "4 findings" in shown.err


def test_export_writes_what_it_says(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["export", "--to", "jsonl", "--out", "out"]) == 0
    assert sorted(path.name for path in (here / "out").iterdir()) == sorted(f"{table}.jsonl" for table in TABLES)
    assert run(["export", "record.db", "--to", "csv", "--out", "out"]) == 0
    assert len(list((here / "out").iterdir())) == 28


def test_a_fault_is_one_line_and_a_traceback_only_on_demand(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError("by nothing")

    monkeypatch.setattr("onrecord.cli.listing.select", fail)
    assert run(["statements"]) == 1
    assert capsys.readouterr().err == (
        "onrecord: this is a fault of onrecord: ZeroDivisionError: by nothing (ONRECORD_DEBUG=1 shows where)\n"
    )
    monkeypatch.setenv("ONRECORD_DEBUG", "1")
    with pytest.raises(ZeroDivisionError):
        run(["statements"])


def test_ctrl_c_is_one_line_and_status_130(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("onrecord.cli.listing.select", stop)
    assert run(["statements"]) == 130
    assert capsys.readouterr().err.strip().startswith("onrecord: stopped")


@pytest.mark.parametrize("command", ALL_COMMANDS)
def test_help_teaches_with_an_example(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([command, "--help"]) == 0
    shown = capsys.readouterr().out
    assert f"onrecord {command}" in shown.replace("\n", " ")


def test_without_a_command_there_is_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert run([]) == 0
    shown = capsys.readouterr().out
    assert all(command in shown for command in ALL_COMMANDS)


def test_asking_a_record_loads_no_reader_model(record: Path) -> None:
    code = (
        "import sys; from onrecord.cli.run import run\n"
        f"assert run(['statements', '--record', {str(record)!r}]) == 0\n"
        f"assert run(['verify', {str(record)!r}]) == 0\n"
        "heavy = {'onnxruntime', 'tokenizers', 'trafilatura', 'numpy', 'onrecord.language'} & set(sys.modules)\n"
        "assert not heavy, heavy"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_a_reader_that_stops_reading_is_no_error(tmp_path: Path) -> None:
    """`| head` closes the pipe while the command still writes."""
    record = tmp_path / "long.db"
    rows = handmade.tables()
    rows["occasions"] += [replace(handmade.FAIR, id=f"{number:016x}") for number in range(20_000)]
    with Store.open(record, create=True) as store:
        store.replace_derived(rows)
    for how in ([], ["--json"], ["--csv"]):
        command = [
            sys.executable,
            "-c",
            "from onrecord.cli import main; main()",
            "occasions",
            "--record",
            str(record),
            *how,
        ]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
            assert process.stdout is not None and process.stderr is not None
            assert process.stdout.readline()
            process.stdout.close()
            assert process.stderr.read() == b""
            assert process.wait() == 0


def test_output_is_utf8_whatever_the_locale(record: Path) -> None:
    environment = os.environ | {
        "LC_ALL": "C",
        "PYTHONUTF8": "0",
        "PYTHONCOERCECLOCALE": "0",
        "PYTHONIOENCODING": "ascii",
    }
    for how in ([], ["--json"], ["--csv"]):
        done = outside("parties", "--record", str(record), *how, env=environment)
        assert done.returncode == 0 and "سامي" in done.stdout, done.stderr
