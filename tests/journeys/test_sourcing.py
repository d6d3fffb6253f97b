"""Where claims come from, what passed between parties, and a brief: typed as commands on the samples' record."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

import onrecord
from onrecord.cli.run import run
from onrecord.pipeline.build import OwnLists, keep_lists, rejoin
from onrecord.store import Store
from onrecord.store.briefing import Wanted, brief

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def here(samples: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("ONRECORD_DEBUG", raising=False)
    return samples


def output(capsys: Capture, *arguments: str, status: int = 0) -> str:
    assert run(list(arguments)) == status
    return capsys.readouterr().out


def statement(samples: Path, article: str, words: str) -> str:
    """The id of the sample statement that has these words."""
    with Store.open(samples, read_only=True) as store:
        sql = "SELECT s.id FROM statements s JOIN articles a ON a.id = s.article_id WHERE a.origin = ?"
        [(key,)] = store.select(f"{sql} AND instr(s.text, ?)", (article, words))
    return str(key)


def test_a_copied_interview_leads_to_the_paper_that_led_it(here: Path, capsys: Capture) -> None:
    key = statement(here, "wind/lakeside-herald.txt", "gearboxes")
    shown = output(capsys, "origins", key[:8], "--record", str(here))
    assert "wind/lakeside-herald.txt → Tamarind → Pohjan Viesti" in shown
    assert "[the agency Tamarind]" in shown
    assert "1 independent origin, 0 unresolved behind these 2 claims: Pohjan Viesti." in shown


def test_hearsay_is_unresolved(here: Path, capsys: Capture) -> None:
    key = statement(here, "wind/lakeside-herald.txt", "200 events")
    shown = output(capsys, "origins", key, "--record", str(here))
    assert "nobody is named" in shown
    assert shown.splitlines()[-1].startswith("0 independent origins, 1 unresolved")


def test_two_reports_of_ones_own_are_two_origins(here: Path, capsys: Capture) -> None:
    first = statement(here, "bridge/correo.txt", "carry lorries again")
    second = statement(here, "bridge/norlys.txt", "lorries would cross again")
    counts = [json.loads(output(capsys, "origins", key, "--json", "--record", str(here))) for key in (first, second)]
    assert {name for count in counts for name in count["origins"]} >= {"Correo del Puente", "norlys.example"}


def test_origins_as_json_and_csv(here: Path, capsys: Capture) -> None:
    key = statement(here, "wind/lakeside-herald.txt", "gearboxes")
    count = json.loads(output(capsys, "origins", key, "--json", "--record", str(here)))
    assert (count["independent"], count["unresolved"], count["speakers"]) == (1, 0, ["Wanjiru Thuo"])
    chain = next(chain for chain in count["chains"] if chain["record_id"] == key)
    assert [step["target"] for step in chain["steps"]] == ["Tamarind", "Pohjan Viesti"]
    rows = list(csv.DictReader(io.StringIO(output(capsys, "origins", key, "--csv", "--record", str(here)))))
    assert [row["words"] for row in rows if row["record_id"] == key] == ["the agency Tamarind", "the paper"]


def test_the_steps_of_a_chain_are_words_of_their_articles(here: Path, capsys: Capture) -> None:
    count = json.loads(output(capsys, "origins", "--about", "Thuo", "--json", "--record", str(here)))
    with Store.open(here, read_only=True) as store:
        texts = dict(store.select("SELECT id, text FROM articles"))
    steps = [step for chain in count["chains"] for step in chain["steps"]]
    assert steps
    for step in steps:
        words = [texts[step["article_id"]][place["start"] : place["end"]] for place in step["passages"]]
        assert step["words"] == " … ".join(" ".join(each.split()) for each in words)


def test_whom_each_outlet_rests_on(here: Path, capsys: Capture) -> None:
    rows = {
        row["name"]: row
        for row in map(json.loads, output(capsys, "origins", "--json", "--record", str(here)).splitlines())
    }
    assert rows["Tamarind"]["rests_on"][0]["name"] == "Pohjan Viesti"
    assert rows["wind/lakeside-herald.txt"]["unresolved"] == 1
    assert rows["Correo del Puente"]["own"] == rows["Correo del Puente"]["rows"]
    assert "rests on" in output(capsys, "origins", "--record", str(here))


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("origins", "3f2a", "--about", "x"), "give an ID or --about WORDS, not both"),
        (("origins", "zz"), "no row"),
        (("brief", "--story", "ffffffff"), "no row"),
        (("relations", "--by", "week"), "say year, quarter or month"),
    ],
)
def test_what_cannot_be_answered_says_what_to_do(here: Path, capsys: Capture, arguments: Any, says: str) -> None:
    asked = [*arguments, str(here)] if arguments[0] == "brief" else [*arguments, "--record", str(here)]
    assert run(asked) == 1
    assert says in capsys.readouterr().err


def test_a_party_has_no_origin(here: Path, capsys: Capture) -> None:
    with Store.open(here, read_only=True) as store:
        key = store.select("SELECT id FROM parties WHERE name = 'Iceland'")[0][0]
    assert run(["origins", key, "--record", str(here)]) == 1
    assert "one of parties" in capsys.readouterr().err


def test_words_that_nobody_says(here: Path, capsys: Capture) -> None:
    assert run(["origins", "--about", "zeppelin", "--record", str(here)]) == 0
    shown = capsys.readouterr()
    assert shown.out == "" and "nothing is said about 'zeppelin'" in shown.err


def test_relations_are_drawn_and_listed(here: Path, capsys: Capture) -> None:
    shown = output(capsys, "relations", "--who", "Finland", "--with", "Kenya", "--record", str(here))
    heading, line = shown.splitlines()[:2]
    assert heading.split()[:2] == ["period", "between"]
    assert "2021" in line and "Finland – Kenya" in line and "+4.0" in line
    [row] = [json.loads(each) for each in output(
        capsys, "relations", "--who", "Finland", "--with", "Kenya", "--json", "--record", str(here)
    ).splitlines()]  # fmt: skip
    assert (row["happenings"], row["mean"], row["types"]) == (1, 4.0, [{"type": "SUPPORT", "count": 1}])
    table = output(capsys, "relations", "--csv", "--by", "month", "--record", str(here))
    assert "2021-03" in {each["period"] for each in csv.DictReader(io.StringIO(table))}


def test_an_unknown_party_is_remarked_on(here: Path, capsys: Capture) -> None:
    assert run(["relations", "--who", "Nobody", "--record", str(here)]) == 0
    assert "no party of this record is called 'Nobody'" in capsys.readouterr().err


def test_a_brief_is_written_and_holds(here: Path, tmp_path: Path, capsys: Capture) -> None:
    page = tmp_path / "page.md"
    said = output(capsys, "brief", str(here), "--as-of", "2021", "--limit", "0", "--out", str(page))
    text = page.read_text(encoding="utf8")
    with Store.open(here, read_only=True) as store:
        made = brief(store, Wanted(most=0), "2021-01-01")
        texts = dict(store.select("SELECT id, text FROM articles"))
    sentences = sum(len(section.sentences) for section in made.sections)
    assert said == f"{page}: {sentences} sentences, {len(made.footnotes)} footnotes, {len(made.articles)} articles\n"
    assert len(made.articles) == 9
    for note in made.footnotes:
        assert note.passage is None or note.passage.of(texts[note.article_id]) == note.words
        assert f"[^{note.number}]: " in text
    assert all(sentence.notes for section in made.sections for sentence in section.sentences)
    assert all("[^" in line for line in text.split("\n## Articles")[0].splitlines() if line.startswith("- "))
    assert "overdue" in text and "#:~:text=" in text


def test_a_brief_does_not_write_over_another_file(here: Path, tmp_path: Path, capsys: Capture) -> None:
    notes = tmp_path / "notes.md"
    notes.write_text("my own notes", encoding="utf8")
    assert run(["brief", str(here), "--out", str(notes)]) == 1
    assert notes.read_text(encoding="utf8") == "my own notes"
    assert "is no brief" in capsys.readouterr().err
    page = tmp_path / "page.md"
    assert run(["brief", str(here), "--out", str(page)]) == run(["brief", str(here), "--out", str(page)]) == 0
    assert run(["brief", str(here), "--out", str(tmp_path / "nowhere" / "page.md")]) == 1


def test_the_same_brief_twice_is_the_same(here: Path, capsys: Capture) -> None:
    assert output(capsys, "brief", str(here), "--as-of", "2021") == output(
        capsys, "brief", str(here), "--as-of", "2021"
    )


def test_every_comparison_has_the_origins_that_it_was_given(here: Path) -> None:
    with Store.open(here, read_only=True) as store:
        compared = {
            row.id: row for row in store.rows("comparisons") if row.answers[0].record_id != row.answers[0].article_id
        }
        occasions = [row.id for row in store.rows("occasions")]
    assert compared and occasions
    with onrecord.Record(here) as record:
        for key, row in compared.items():
            count = record.origins(key)
            assert (count.independent, count.unresolved) == (row.independent_origins, row.unresolved_origins)
            assert count.origins == row.origins
        assert all(record.origins(key).independent > 0 for key in occasions)


def test_the_python_interface_tells_the_same(here: Path, capsys: Capture) -> None:
    key = statement(here, "wind/lakeside-herald.txt", "gearboxes")
    with onrecord.Record(here) as record:
        assert record.origins(key[:8]).origins == ("Pohjan Viesti",)
        assert record.relations("Finland", "Kenya").to_dicts()[0]["happenings"] == 1
        assert record.brief(as_of="2021") == output(capsys, "brief", str(here), "--as-of", "2021")


def test_outlets_of_one_owner_are_shown_and_not_merged(sample_record: Path, tmp_path: Path, capsys: Capture) -> None:
    own = tmp_path / "outlets.toml"
    own.write_text(
        '[[outlet]]\nname = "Correo del Puente"\nowner = "River Media"\n\n'
        '[[outlet]]\nname = "Norlys"\ndomains = ["norlys.example"]\nowner = "River Media"\n',
        encoding="utf8",
    )
    keep_lists(sample_record, OwnLists(outlets=own))
    with Store.open(sample_record) as store:
        rejoin(store, store.meta().reader)
    rows = {row["name"]: row for row in map(json.loads, output(
        capsys, "origins", "--json", "--record", str(sample_record)
    ).splitlines())}  # fmt: skip
    assert (rows["Correo del Puente"]["owner"], rows["Norlys"]["owner"], rows["Tamarind"]["owner"]) == (
        "River Media", "River Media", None,
    )  # fmt: skip
    shown = output(capsys, "origins", "--about", "June 30", "--record", str(sample_record))
    assert "2 independent origins" in shown
    assert "By your own list River Media owns Correo del Puente and Norlys; they are still counted apart." in shown
