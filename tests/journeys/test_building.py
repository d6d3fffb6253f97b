"""What a build says while it works and when it is done; the pipeline itself is another test's business."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

import handmade
from onrecord.cli.run import run
from onrecord.model import OnRecordError
from onrecord.pipeline import BuildSummary, Progress
from onrecord.reading import Options

COUNTS = {"articles": 12, "statements": 40, "events": 9}


@pytest.fixture
def pipeline(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[dict[str, Any]]:
    """What the command gave a pipeline that does nothing; its summary can be changed through `answers`."""
    monkeypatch.chdir(tmp_path)
    given: list[dict[str, Any]] = []

    def build(
        inputs: Sequence[str],
        *,
        record: Path,
        prune: bool,
        options: Options,
        on_progress: Callable[[Progress], None],
    ) -> BuildSummary:
        given.append({"inputs": list(inputs), "record": record, "prune": prune, "max_bytes": options.max_bytes})
        for at in range(12):
            on_progress(Progress(at, 12, f"news/{at}.txt", "reading"))
        on_progress(Progress(12, 12, "", "joining"))
        return BuildSummary(record=record, counts=COUNTS, seconds=1.25, **answers)

    answers: dict[str, Any] = {"new": ("a",) * 12}
    monkeypatch.setattr("onrecord.cli.building.build_record", build)
    given.append(answers)
    return given


def test_a_build_says_what_it_did_and_what_to_type_next(
    pipeline: list[dict[str, Any]], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["build", "news", "more/*.html", "--record", "election.db"]) == 0
    assert pipeline[1] == {
        "inputs": ["news", "more/*.html"],
        "record": Path("election.db"),
        "prune": False,
        "max_bytes": 20_000_000,
    }
    said = capsys.readouterr()
    assert said.out.splitlines()[0] == "election.db: 12 articles (12 new, 0 changed, 0 unchanged) in 1.2 s"
    assert "40 statements, 9 events, 0 figures" in said.out
    assert "Next: onrecord statements --record election.db" in said.out
    assert "Too common" not in said.out


def test_without_a_terminal_progress_is_a_line_for_every_tenth(
    pipeline: list[dict[str, Any]], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["build", "news"]) == 0
    lines = capsys.readouterr().err.splitlines()
    assert lines[0] == "reading 1 of 12: news/0.txt"
    assert lines[-1] == "joining 12 inputs"
    assert 8 <= len(lines) <= 12


def test_what_was_skipped_or_has_gone_is_named_with_the_reason(
    pipeline: list[dict[str, Any]], capsys: pytest.CaptureFixture[str]
) -> None:
    pipeline[0].update(new=(), unchanged=11, changed=("b",), gone=("news/old.txt",), skipped=(handmade.SKIPPED,))
    assert run(["build", "news"]) == 0
    said = capsys.readouterr().out
    assert "(0 new, 1 changed, 11 unchanged, 1 gone)" in said
    assert "(--prune takes them out):\n    news/old.txt\n" in said
    assert "skipped 1:\n    fair/broken.bin: binary, the file holds no text\n" in said
    pipeline[0].update(pruned=True)
    assert run(["build", "news", "--prune"]) == 0
    said = capsys.readouterr().out
    assert "1 removed" in said and "news/old.txt" not in said
    assert pipeline[-1]["prune"] is True


def test_long_lists_are_cut(pipeline: list[dict[str, Any]], capsys: pytest.CaptureFixture[str]) -> None:
    pipeline[0].update(skipped=(handmade.SKIPPED,) * 50)
    assert run(["build", "news"]) == 0
    assert "and 30 more" in capsys.readouterr().out


def test_ctrl_c_says_what_is_kept_and_how_to_go_on(
    pipeline: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    pipeline[0].update(interrupted=True)
    assert run(["build", "news"]) == 130
    assert capsys.readouterr().err.splitlines()[-1] == (
        "onrecord: stopped; 12 articles are kept in record.db, and the same command goes on from there"
    )

    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("onrecord.cli.building.build_record", stop)
    assert run(["build", "news"]) == 130
    assert capsys.readouterr().err.startswith("onrecord: stopped; what has been read is kept in record.db")


def test_a_build_that_cannot_be_done_is_one_line(
    pipeline: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OnRecordError("there is no file or folder news;\nname another")

    monkeypatch.setattr("onrecord.cli.building.build_record", fail)
    assert run(["build", "news"]) == 1
    assert capsys.readouterr().err == "onrecord: there is no file or folder news; name another\n"


def test_names_of_files_cannot_steer_the_terminal(
    pipeline: list[dict[str, Any]], capsys: pytest.CaptureFixture[str]
) -> None:
    pipeline[0].update(gone=("news/\x1b[2Jold.txt",))
    assert run(["build", "news"]) == 0
    assert "\x1b" not in capsys.readouterr().out


def test_a_build_says_what_was_too_common_to_compare(
    pipeline: list[dict[str, Any]], capsys: pytest.CaptureFixture[str]
) -> None:
    pipeline[0]["capped"] = {"events": 3, "people": 1}
    assert run(["build", "news"]) == 0
    assert "  Too common to compare each with each: 3 kinds of event, 1 surname. What shares" in capsys.readouterr().out
