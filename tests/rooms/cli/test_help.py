"""Help says what there is, and breaks its lines where the terminal does."""

from __future__ import annotations

import itertools
import re

import pytest

from onrecord.cli.run import run
from onrecord.store.judging import editing


def help_of(command: str, width: int, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("COLUMNS", str(width))
    monkeypatch.setenv("TERMINAL_WIDTH", str(width))
    assert run([command, "--help"]) == 0
    return capsys.readouterr().out


def test_the_help_of_judge_lists_everything_that_can_be_corrected(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = " ".join(help_of("judge", 100, capsys, monkeypatch).split())
    for table, fields in editing.EDITORS.items():
        assert f"{table}: {', '.join(fields)}" in shown


@pytest.mark.parametrize("width", [60, 80, 100])
@pytest.mark.parametrize("command", ["judge", "judgements", "build", "serve", "export", "compare", "brief"])
def test_no_line_of_a_paragraph_ends_long_before_the_next_word_would_not_fit(
    command: str, width: int, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = [line.rstrip() for line in help_of(command, width, capsys, monkeypatch).split("\n")]
    paragraphs = "\n".join(lines).split("╭")[0].split("\n\n")
    for paragraph in paragraphs:
        shown = [line for line in paragraph.split("\n") if line.strip() and not re.match(r" Usage:", line)]
        for line, after in itertools.pairwise(shown):
            assert len(line) + 1 + len(after.split()[0]) > width - 2, (line, after)
