"""The same articles give the same record, byte for byte, in whatever order and number they arrive."""

from __future__ import annotations

import os
import shutil
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


def built_one_by_one(inputs: Path, places: Sequence[str], work: Path) -> dict[str, bytes]:
    """The export of a record of a folder that grew by one article (and its sidecar) at a time, in this order."""
    for place in places:
        source, target = inputs / place, work / "growing" / place
        target.parent.mkdir(parents=True, exist_ok=True)
        for beside in source.parent.glob(f"{source.stem}.*"):
            shutil.copy(beside, target.parent)
        pipeline.build([str(work / "growing")], record=work / "each.db")
    return exported(work / "each.db", work / "each")


def check_order(inputs: Path, work: Path) -> None:
    places = [one.place for one in reading.find([str(inputs)])]
    once = built_at_once(inputs, work)
    assert once["articles.jsonl"].count(b"\n") >= len(places)
    assert built_one_by_one(inputs, places[::-1], work) == once
    pipeline.build([str(inputs)], record=work / "once.db")
    assert exported(work / "once.db", work / "twice") == once


@needs_reader
def test_the_samples_give_one_record_in_any_order(tmp_path: Path) -> None:
    check_order(SAMPLES, tmp_path)


@needs_reader
@pytest.mark.skipif(SHARED is None, reason="ONRECORD_TEST_DATA names no folder of real articles")
def test_real_articles_give_one_record_in_any_order(tmp_path: Path) -> None:
    check_order(Path(str(SHARED), "seeds"), tmp_path)
