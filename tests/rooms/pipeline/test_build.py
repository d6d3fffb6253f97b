"""Builds over folders that change, fail and are interrupted, with a reader that reads nothing and so is quick."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from onrecord import pipeline
from onrecord.language.analysis import Analysis
from onrecord.model import Article, OnRecordError
from onrecord.store import Store

STORY = "The harbour of Lindow was shut on Monday, the mayor said, and nobody knows when it will open again.\n"


class Blind:
    """A reader that finds no words, and remembers what it was given."""

    version = "blind/1"

    def __init__(self) -> None:
        self.read: list[str] = []
        self.stop_at: str | None = None

    def analyse(self, article: Article) -> Analysis:
        if article.origin == self.stop_at:
            raise KeyboardInterrupt
        self.read.append(article.origin)
        return Analysis(article, (), (), (), ())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    inputs = tmp_path / "articles"
    inputs.mkdir()
    for name in ("a.txt", "b.txt", "c.txt"):
        (inputs / name).write_text(f"{name[0].upper()} version. {STORY}", encoding="utf8")
    return inputs


def origins(record: Path) -> list[str]:
    with Store.open(record) as store:
        return sorted(article.origin for article in store.rows("articles"))


def test_a_second_build_reads_nothing_again(folder: Path, tmp_path: Path) -> None:
    record, reader = tmp_path / "r.db", Blind()
    first = pipeline.build([str(folder)], record=record, reader=reader)
    second = pipeline.build([str(folder)], record=record, reader=reader)
    assert (len(first.new), first.unchanged) == (3, 0)
    assert (len(second.new), second.unchanged) == (0, 3)
    assert reader.read == ["a.txt", "b.txt", "c.txt"]


def test_a_touched_file_with_the_same_text_is_the_same_article(folder: Path, tmp_path: Path) -> None:
    record, reader = tmp_path / "r.db", Blind()
    pipeline.build([str(folder)], record=record, reader=reader)
    os.utime(folder / "a.txt", (1, 1))
    assert pipeline.build([str(folder)], record=record, reader=reader).unchanged == 3
    assert len(reader.read) == 3


def test_a_changed_text_is_a_new_version_and_both_stay(folder: Path, tmp_path: Path) -> None:
    record, reader = tmp_path / "r.db", Blind()
    pipeline.build([str(folder)], record=record, reader=reader)
    (folder / "b.txt").write_text("Corrected. " + STORY, encoding="utf8")
    summary = pipeline.build([str(folder)], record=record, reader=reader)
    assert summary.changed == ("b.txt",)
    with Store.open(record) as store:
        versions = [a for a in store.rows("articles") if a.origin == "b.txt"]
    older, newer = sorted(versions, key=lambda a: a.supersedes is not None)
    assert (older.supersedes, newer.supersedes) == (None, older.id)
    assert newer.text.startswith("Corrected")


def test_another_sidecar_reads_the_article_again(folder: Path, tmp_path: Path) -> None:
    record, reader = tmp_path / "r.db", Blind()
    pipeline.build([str(folder)], record=record, reader=reader)
    (folder / "a.meta.json").write_text(json.dumps({"published": "1999-05-04"}), encoding="utf8")
    pipeline.build([str(folder)], record=record, reader=reader)
    with Store.open(record) as store:
        [article] = [a for a in store.rows("articles") if a.origin == "a.txt"]
    assert article.published is not None and article.published.earliest == "1999-05-04"


def test_files_that_are_gone_are_told_and_leave_only_when_pruned(folder: Path, tmp_path: Path) -> None:
    record, reader = tmp_path / "r.db", Blind()
    pipeline.build([str(folder)], record=record, reader=reader)
    (folder / "c.txt").unlink()
    told = pipeline.build([str(folder)], record=record, reader=reader)
    assert (told.gone, told.pruned, len(origins(record))) == (("c.txt",), False, 3)
    pruned = pipeline.build([str(folder)], record=record, reader=reader, prune=True)
    assert (pruned.gone, origins(record)) == (("c.txt",), ["a.txt", "b.txt"])


def test_one_file_named_does_not_make_its_neighbours_gone(folder: Path, tmp_path: Path) -> None:
    record, reader = tmp_path / "r.db", Blind()
    pipeline.build([str(folder)], record=record, reader=reader)
    assert pipeline.build([str(folder / "a.txt")], record=record, reader=reader, prune=True).gone == ()
    assert len(origins(record)) == 3


def test_an_interrupted_build_keeps_what_was_read_and_goes_on(folder: Path, tmp_path: Path) -> None:
    record, reader = tmp_path / "r.db", Blind()
    reader.stop_at = "b.txt"
    summary = pipeline.build([str(folder)], record=record, reader=reader)
    assert (summary.interrupted, origins(record)) == (True, ["a.txt"])
    reader.stop_at = None
    again = pipeline.build([str(folder)], record=record, reader=reader)
    assert (again.interrupted, again.unchanged, len(again.new)) == (False, 1, 2)
    assert reader.read == ["a.txt", "b.txt", "c.txt"]


def test_bad_inputs_become_rows_and_the_rest_builds(folder: Path, tmp_path: Path) -> None:
    (folder / "empty.txt").write_bytes(b"")
    (folder / "picture.txt").write_bytes(bytes(range(256)) * 40)
    (folder / "d.txt").write_text(STORY, encoding="utf8")
    (folder / "d.meta.json").write_text("{broken", encoding="utf8")
    record, reader = tmp_path / "r.db", Blind()
    summary = pipeline.build([str(folder)], record=record, reader=reader)
    assert {row.origin for row in summary.skipped} >= {"empty.txt", "picture.txt"}
    assert all(row.reason and row.detail for row in summary.skipped)
    assert {"a.txt", "b.txt", "c.txt"} <= set(origins(record))
    (folder / "empty.txt").write_text(STORY, encoding="utf8")
    assert "empty.txt" not in {
        row.origin for row in pipeline.build([str(folder)], record=record, reader=reader).skipped
    }


def test_an_article_that_trips_a_room_is_skipped_with_what_went_wrong(folder: Path, tmp_path: Path) -> None:
    class Tripping(Blind):
        def analyse(self, article: Article) -> Analysis:
            if article.origin == "b.txt":
                raise ValueError("a window has no words")
            return super().analyse(article)

    summary = pipeline.build([str(folder)], record=tmp_path / "r.db", reader=Tripping())
    [row] = summary.skipped
    assert (row.origin, row.reason) == ("b.txt", "failed")
    assert "a window has no words" in row.detail
    assert origins(tmp_path / "r.db") == ["a.txt", "c.txt"]


def test_a_missing_folder_is_an_error_that_names_it(tmp_path: Path) -> None:
    with pytest.raises(OnRecordError, match="nowhere"):
        pipeline.build([str(tmp_path / "nowhere")], record=tmp_path / "r.db", reader=Blind())
    assert not (tmp_path / "r.db").exists()


def test_an_article_in_another_language_is_kept_and_says_so(tmp_path: Path) -> None:
    story = "Der Hafen von Lindow wurde am Montag geschlossen, und niemand weiß, wann er wieder öffnet. " * 4
    (tmp_path / "de.txt").write_text(story, encoding="utf8")
    reader = Blind()
    pipeline.build([str(tmp_path / "de.txt")], record=tmp_path / "r.db", reader=reader)
    with Store.open(tmp_path / "r.db") as store:
        [article] = store.rows("articles")
    assert (article.language, reader.read) == ("de", [])
    assert "not supported" in str(article.note)


def test_removing_names_an_article_by_origin_or_by_the_beginning_of_its_id(folder: Path, tmp_path: Path) -> None:
    record = tmp_path / "r.db"
    pipeline.build([str(folder)], record=record, reader=Blind())
    with Store.open(record) as store:
        some = next(a for a in store.rows("articles") if a.origin == "a.txt")
    pipeline.remove(record, [some.id[:12]])
    pipeline.remove(record, ["b.txt"])
    assert origins(record) == ["c.txt"]
    with pytest.raises(OnRecordError, match="no article"):
        pipeline.remove(record, ["a.txt"])


def test_contradicting_dates_of_an_article_are_a_comparison_on_it(tmp_path: Path) -> None:
    text = f"date 1998-06-04 \n\nLINDOW, June 5. /HARBOUR AGENCY/. {STORY}"
    (tmp_path / "a.txt").write_text(text, encoding="utf8")
    pipeline.build([str(tmp_path / "a.txt")], record=tmp_path / "r.db", reader=Blind())
    with Store.open(tmp_path / "r.db") as store:
        [comparison] = store.rows("comparisons")
        [article] = store.rows("articles")
    assert article.published is not None and article.published.earliest == "1998-06-05"
    assert (comparison.outcome, [a.value for a in comparison.answers]) == ("differ", ["1998-06-05", "1998-06-04"])
