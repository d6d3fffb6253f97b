"""`onrecord serve` and `onrecord export --to site` as a person runs them."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from onrecord.cli.run import run

RUN = [sys.executable, "-u", "-c", "from onrecord.cli import main; main()"]


def test_a_record_is_served_until_ctrl_c_which_ends_it_cleanly(record: Path) -> None:
    command = [*RUN, "serve", str(record), "--port", "0", "--no-browser", "--read-only"]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        assert server.stdout is not None
        address = re.search(r"http://127\.0\.0\.1:\d+/", server.stdout.readline())
        assert address is not None
        assert "Nothing can be changed" in server.stdout.readline()
        with urllib.request.urlopen(address[0], timeout=20) as answer:
            assert answer.headers["content-security-policy"].startswith("default-src 'none'")
            assert "how many stalls came" in answer.read().decode()
        server.send_signal(signal.SIGINT)
        out, err = server.communicate(timeout=20)
    finally:
        server.kill()
        server.wait()
    assert (server.returncode, err) == (0, "")
    assert "closed" in out


def test_without_a_record_it_says_how_to_make_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["serve", str(tmp_path / "none.db"), "--no-browser"]) == 1
    said = capsys.readouterr().err
    assert "onrecord build" in said
    assert "onrecord demo" in said


def test_a_site_is_exported_and_says_what_it_holds(
    record: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "site"
    assert run(["export", str(record), "--to", "site", "--out", str(out)]) == 0
    assert "quoted passages only" in capsys.readouterr().out
    assert (out / "index.html").is_file()
    assert run(["export", str(record), "--to", "csv", "--out", str(out), "--full-text"]) == 1
    assert "--to site" in capsys.readouterr().err
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("keep me")
    assert run(["export", str(record), "--to", "site", "--out", str(tmp_path / "mine")]) == 1
    assert (tmp_path / "mine" / "letter.txt").read_text() == "keep me"
