"""Ctrl-C in the middle of a build: what was read is kept, and the same command goes on from there."""

from __future__ import annotations

import signal
import subprocess
import sys
from importlib import resources
from pathlib import Path

import pytest

from onrecord import Record, build
from reading_aloud import needs_reader

SAMPLES = str(resources.files("onrecord").joinpath("samples", "articles"))
# A shell that runs the tests in the background has its children ignore Ctrl-C; the command here must hear it.
LISTENING = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)"
COMMAND = [sys.executable, "-c", f"{LISTENING}; from onrecord.cli import main; main()", "build", SAMPLES, "--record"]


@needs_reader
@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C is sent to a process otherwise on Windows")
def test_an_interrupted_build_goes_on_to_the_same_record(tmp_path: Path) -> None:
    record = tmp_path / "record.db"
    with subprocess.Popen(
        [*COMMAND, str(record)], stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as running:
        assert running.stderr is not None
        for line in running.stderr:
            if line.startswith("reading 3 "):
                running.send_signal(signal.SIGINT)
                break
        rest = running.stderr.read()
    assert running.returncode == 130, rest
    assert "goes on" in rest and "Traceback" not in rest
    with Record(record) as kept:
        assert 0 < len(kept.articles()) < 9
        assert kept.verify() == []
    with build(SAMPLES, record=record) as whole, build(SAMPLES, record=tmp_path / "other.db") as other:
        again = [file.read_bytes() for file in whole.export("jsonl", tmp_path / "a")]
        assert again == [file.read_bytes() for file in other.export("jsonl", tmp_path / "b")]
