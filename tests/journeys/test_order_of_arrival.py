"""The same articles give the same record, byte for byte, in whatever order and number they arrive."""

from __future__ import annotations

import os
from collections.abc import Sequence
from importlib import resources
from pathlib import Path

import pytest

from onrecord import pipeline, reading
from onrecord.export import EXPORTS, export
from onrecord.store import Store
from reading_aloud import needs_reader

SAMPLES = Path(str(resources.files("onrecord").joinpath("samples", "articles")))
SHARED = os.environ.get("ONRECORD_TEST_DATA")


def exported(record: Path, folder: Path) -> dict[str, bytes]:
    """The files of a record's export as JSON Lines, by name."""
    with Store.open(record) as store:
        export(store, EXPORTS[0], folder)
    return {file.name: file.read_bytes() for file in sorted(folder.iterdir())}


def built_at_once(inputs: Path, work: Path) -> dict[str, bytes]:
    pipeline.build([str(inputs)], record=work / "once.db")
    return exported(work / "once.db", work / "once")


def built_one_by_one(files: Sequence[str], work: Path) -> dict[str, bytes]:
    for file in files:
        pipeline.build([file], record=work / "each.db")
    return exported(work / "each.db", work / "each")


def check_order(inputs: Path, work: Path) -> None:
    files = [str(one.path) for one in reading.find([str(inputs)])]
    once = built_at_once(inputs, work)
    assert once["articles.jsonl"].count(b"\n") >= len(files)
    assert built_one_by_one(files[::-1], work) == once
    pipeline.build([str(inputs)], record=work / "once.db")
    assert exported(work / "once.db", work / "twice") == once


@needs_reader
def test_the_samples_give_one_record_in_any_order(tmp_path: Path) -> None:
    check_order(SAMPLES, tmp_path)


@needs_reader
@pytest.mark.skipif(SHARED is None, reason="ONRECORD_TEST_DATA names no folder of real articles")
def test_real_articles_give_one_record_in_any_order(tmp_path: Path) -> None:
    check_order(Path(str(SHARED), "seeds"), tmp_path)
