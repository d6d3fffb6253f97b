"""`onrecord compare` and `onrecord stories`, as a person types them, on a record made by hand."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest

from gathered import Gathered, day
from onrecord.cli.run import run
from onrecord.comparison import publication, questions
from onrecord.comparison.origins import Origins
from onrecord.model import Comparison
from onrecord.model.codec import from_json

STYLED = re.compile(r"\x1b\[[0-9;]*m")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder in which commands run, with a record of two articles that differ on the day of a visit."""
    gathered = Gathered()
    one = gathered.article("Norvik visited Brenholt on the last day of April.\n", "The Ledger", "2031-05-02")
    two = gathered.article("Norvik visited Brenholt on May 1, said Ilse Varga.\n", "The Quill", "2031-05-03")
    events = [
        gathered.event(source, "visited", "Norvik", "Brenholt", mode="visit", when=day(when))
        for source, when in ((one, "2031-04-30"), (two, "2031-05-01"))
    ]
    gathered.same("same_event", *events)
    gathered.statement(two, "Norvik visited Brenholt on May 1", speaker="Ilse Varga")
    corpus, story = gathered.corpus, gathered.story()
    rows = [*questions.compare(corpus, gathered.links, [story], Origins(corpus, gathered.links))]
    rows += [row for article in corpus.articles for row in publication.compare(article)]
    gathered.write(tmp_path / "record.db", comparisons=rows, stories=[story])
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_compare_gives_a_line_for_each_answer_disagreements_first(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["compare"]) == 0
    heading, first, second, *_ = capsys.readouterr().out.splitlines()
    assert heading.split() == ["id", "outcome", "question", "answer", "source", "words"]
    assert "DIFFER" in first
    assert "When was the visit of Norvik to Brenholt?" in first
    assert "2031-04-30" in first
    assert "The Ledger, 2031-05-02" in first
    assert first.endswith("Norvik [visited] Brenholt on the last day of April.")
    assert "The Quill, 2031-05-03" in second


def test_compare_as_json_gives_the_rows_of_the_record(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["compare", "--outcome", "differ", "--json"]) == 0
    (row,) = [from_json(Comparison, line) for line in capsys.readouterr().out.splitlines()]
    assert [answer.value for answer in row.answers] == ["2031-04-30", "2031-05-01"]


def test_compare_as_csv_has_a_heading(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["compare", "--csv"]) == 0
    heading, *rows = csv.reader(io.StringIO(capsys.readouterr().out))
    assert heading[:4] == ["id", "question", "about", "outcome"]
    assert rows


@pytest.mark.parametrize(
    ("options", "found"),
    [(["--who", "Norvik"], True), (["--who", "Atlantis"], False), (["--outlet", "quill"], True),
     (["--until", "2030"], False), (["--about", "april"], True), (["--story", "ferry"], True)],
)  # fmt: skip
def test_filters_of_compare(here: Path, options: list[str], found: bool, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["compare", "--outcome", "differ", *options]) == 0
    shown = capsys.readouterr()
    assert ("visit of Norvik" in shown.out) is found
    assert ("no comparisons found; the record holds 1 differ" in shown.err) is not found


def test_a_wrong_outcome_or_story_says_what_there_is(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["compare", "--outcome", "unlike"]) == 2
    assert "only_in" in capsys.readouterr().err
    assert run(["compare", "--story", "bridge"]) == 1
    assert "`onrecord stories` lists them" in capsys.readouterr().err


@pytest.mark.parametrize(("width", "abreast"), [(120, True), (50, False)])
def test_answers_stand_side_by_side_where_there_is_room(
    here: Path, width: int, abreast: bool, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.setenv("COLUMNS", str(width))
    monkeypatch.setenv("TERM", "xterm")
    assert run(["compare", "--outcome", "differ"]) == 0
    lines = [STYLED.sub("", line) for line in capsys.readouterr().out.splitlines()]
    both = [line for line in lines if "The Ledger, 2031-05-02" in line and "The Quill, 2031-05-03" in line]
    assert bool(both) is abreast
    assert all(len(line.rstrip()) <= width for line in lines)
    assert "independent origins" in " ".join(" ".join(lines).split())


def test_stories_are_listed(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["stories"]) == 0
    heading, line = capsys.readouterr().out.splitlines()
    assert heading.split() == ["id", "when", "articles", "outlets", "title"]
    assert "The ferry" in line
    assert run(["stories", "--who", "Atlantis"]) == 0
    assert "no stories found" in capsys.readouterr().err


def test_a_story_in_full(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["stories", "ferry"]) == 0
    shown = capsys.readouterr().out
    for words in ("1  The Ledger, 2031-05-02", "What happened when", "Ilse Varga  1 statement", "≠ 2031-05-01"):
        assert words in shown


def test_a_story_s_matrix_as_csv_and_the_story_as_json(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["stories", "ferry", "--csv"]) == 0
    heading, *rows = csv.reader(io.StringIO(capsys.readouterr().out))
    assert heading == ["id", "question", "outcome", "The Ledger 2031-05-02", "The Quill 2031-05-03"]
    (when,) = [row for row in rows if row[1].startswith("When")]
    assert when[2:] == ["differ", "2031-04-30", "otherwise: 2031-05-01"]
    assert run(["stories", "ferry", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["story"]["title"] == "The ferry"
    assert {cell["state"] for fact in told["matrix"]["facts"] for cell in fact["cells"]} >= {"says", "says_otherwise"}


def test_show_gives_a_comparison_with_its_answers_words(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["compare", "--outcome", "differ", "--json"]) == 0
    key = json.loads(capsys.readouterr().out)["id"]
    assert run(["show", key]) == 0
    shown = capsys.readouterr().out
    assert "  2031-04-30  The Ledger, 2031-05-02" in shown
    assert "Norvik [visited] Brenholt on the last day of April." in shown
