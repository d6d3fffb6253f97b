"""Corrections and a user's own lists from the command line: given, kept over builds, carried, taken back."""

from __future__ import annotations

import json
import re
from importlib import resources
from pathlib import Path

import pytest

from onrecord.cli.run import run
from onrecord.store import Store
from reading_aloud import needs_reader

pytestmark = needs_reader

SAMPLES = str(resources.files("onrecord").joinpath("samples", "articles"))


class Shell:
    """Runs commands on one record, and gives what they print."""

    def __init__(self, record: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.record = record
        self.capsys = capsys

    def __call__(self, *arguments: str, status: int = 0) -> str:
        got = run([*arguments, "--record", str(self.record)])
        out, err = self.capsys.readouterr()
        assert got == status, err
        return out if status == 0 else err


@pytest.fixture
def shell(sample_record: Path, capsys: pytest.CaptureFixture[str]) -> Shell:
    return Shell(sample_record, capsys)


def statement_of(record: Path, speaker: str) -> str:
    with Store.open(record, read_only=True) as store:
        return str(next(row.id for row in store.rows("statements") if row.speaker_name == speaker and row.source))


def test_a_speaker_is_corrected_kept_over_a_build_and_taken_back(shell: Shell) -> None:
    key = statement_of(shell.record, "Elina Korpivaara")
    said = shell("judge", key, "edit", "--set", "speaker=Edda Brim", "--by", "Tester")
    assert "speaker: Elina Korpivaara -> Edda Brim" in said
    shell("build", SAMPLES)
    [row] = [json.loads(line) for line in shell("statements", "--checked", "--json").splitlines()]
    assert (row["id"], row["speaker_name"], row["resolved_by"]) == (key, "Edda Brim", "judgement")
    [judgement] = [json.loads(line) for line in shell("judgements", "--json").splitlines()]
    assert (judgement["by"], judgement["was"], judgement["value"]) == ("Tester", "Elina Korpivaara", "Edda Brim")
    assert "taken back" in shell("judgements", "--undo", judgement["id"][:8])
    assert shell("statements", "--checked", "--json") == ""
    assert statement_of(shell.record, "Elina Korpivaara") == key


def test_what_is_wrong_is_left_out_unless_asked_for(shell: Shell) -> None:
    key = statement_of(shell.record, "Elina Korpivaara")
    shell("judge", key[:10], "wrong")
    assert key not in shell("statements", "--json")
    assert key in shell("statements", "--verdict", "wrong", "--json")
    assert key in shell("statements", "--verdict", "all", "--json")
    assert run(["verify", str(shell.record)]) == 0


def test_judgements_are_carried_to_another_record(shell: Shell, samples: Path, tmp_path: Path) -> None:
    shell("judge", statement_of(shell.record, "Elina Korpivaara"), "checked")
    file = tmp_path / "mine.jsonl"
    file.write_text(shell("judgements", "--json"), encoding="utf8")
    other = Shell(tmp_path / "other.db", shell.capsys)
    other.record.write_bytes(samples.read_bytes())
    assert "1 judgements brought in, 0 were there already" in other("judgements", "--import", str(file))
    assert statement_of(other.record, "Elina Korpivaara") in other("statements", "--checked", "--json")


@pytest.mark.parametrize(
    ("arguments", "status", "says"),
    [
        (["maybe"], 2, "is no verdict; it is one of right, wrong, checked, edit, same-as, not-same-as"),
        (["edit"], 2, "--set FIELD=VALUE"),
        (["edit", "--set", "speaker"], 2, "--set takes FIELD=VALUE"),
        (["same-as"], 2, "takes another id"),
        (["edit", "--set", "said=soon"], 1, "write 2024, 2024-05"),
        (["edit", "--set", "mood=sad"], 1, "what can be corrected there: speaker, said, act, polarity"),
        (["same-as", "0123456789abcdef"], 1, "give the id of the row that is meant"),
    ],
)
def test_what_makes_no_sense_is_refused(arguments: list[str], status: int, says: str, shell: Shell) -> None:
    key = statement_of(shell.record, "Elina Korpivaara")
    assert says in " ".join(shell("judge", key, *arguments, status=status).split())
    assert shell("judgements", "--json") == ""


def test_lists_take_part_in_this_build_and_in_later_ones_until_they_are_dropped(shell: Shell, tmp_path: Path) -> None:
    parties, outlets = tmp_path / "parties.toml", tmp_path / "outlets.toml"
    parties.write_text('[[party]]\nname = "The Tamarind"\naliases = ["Tamarind"]\nkind = "organisation"\n', "utf8")
    outlets.write_text(
        '[[outlet]]\nname = "El Correo"\ndomains = ["correo-del-puente.example"]\nowner = "Puente"\n', "utf8"
    )
    shell("build", SAMPLES, "--parties", str(parties), "--outlets", str(outlets))
    for _ in range(2):
        names = {json.loads(line)["name"] for line in shell("parties", "--json").splitlines()}
        assert "The Tamarind" in names
        assert len(shell("articles", "--outlet", "El Correo", "--json").splitlines()) == 1
        shell("build", SAMPLES)
    shell("build", SAMPLES, "--parties", "none")
    assert "The Tamarind" not in shell("parties", "--json")


def test_a_mistake_in_a_list_stops_the_build_before_anything_changes(shell: Shell, tmp_path: Path) -> None:
    before = shell("parties", "--json")
    parties = tmp_path / "parties.toml"
    parties.write_text('[[party]]\nname = "Ann Roe"\nkind = "robot"\n', "utf8")
    error = shell("build", SAMPLES, "--parties", str(parties), status=1)
    assert "parties.toml, line 3: 'robot' is no kind of party" in error
    assert "cannot be read" in shell("build", SAMPLES, "--outlets", str(tmp_path / "none.toml"), status=1)
    assert shell("parties", "--json") == before


def test_an_articles_date_is_corrected_kept_over_a_build_and_shown_as_corrected(shell: Shell) -> None:
    with Store.open(shell.record, read_only=True) as store:
        article = next(row for row in store.rows("articles") if row.origin.endswith("tamarind.txt"))
    said = shell("judge", article.id[:8], "edit", "--set", "published=2021-03-01", "--by", "Tester")
    assert "published: 2021-03-04 -> 2021-03-01" in said
    shell("build", SAMPLES)
    shown = shell("show", article.id)
    assert re.search(r"published +2021-03-01 \(stated\)", shown)
    assert "judged by Tester" in shown and "published: corrected from 2021-03-04 to 2021-03-01" in shown
    [row] = [
        json.loads(line) for line in shell("articles", "--json", "--about", "Thuo", "--outlet", "tamarind").splitlines()
    ]
    assert row["published"]["earliest"] == "2021-03-01"
    assert "published" in shell("judge", article.id, "edit", "--set", "printed=2021", status=1)
