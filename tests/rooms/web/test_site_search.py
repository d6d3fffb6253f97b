"""The search of a static site: an index in small scripts, always the same, with nothing that the pages do not show."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import handmade
from onrecord.store import Store
from onrecord.store.judging import keeping
from onrecord.store.judging.keeping import Said
from onrecord.web import site_search
from onrecord.web.site_search import CHUNK, Index, cut, fold, says, write_index

CALL = re.compile(r'onrecord\("(manifest|entries|words)",(\d+),(.*)\);\n', re.DOTALL)


def index_of(record: Path, folder: Path, *, full_text: bool = False) -> Index:
    with Store.open(record, read_only=True) as store:
        return write_index(store, folder, full_text=full_text)


def held(folder: Path) -> dict[tuple[str, int], Any]:
    """What the files of an index hold, by name and number."""
    found = {}
    for path in sorted(folder.iterdir()):
        call = CALL.fullmatch(path.read_text(encoding="utf8"))
        assert call is not None, path.name
        found[call[1], int(call[2])] = json.loads(call[3])
    return found


def hits(folder: Path, word: str) -> list[tuple[str, str]]:
    """The kinds and headings of the entries of a whole word."""
    files = held(folder)
    manifest = files["manifest", 0]
    entries = [row for number in range(len(manifest["entries"])) for row in files["entries", number]]
    for number in range(len(manifest["words"])):
        for row in files["words", number]:
            term, *steps = row.split(" ")
            if term != word:
                continue
            at, found = 0, []
            for step in steps:
                at += int(step, 36)
                kind = [kind for kind, _, first in manifest["kinds"] if first <= at][-1]
                found.append((kind, entries[at][1]))
            return found
    return []


@pytest.mark.parametrize(
    ("typed", "there"),
    [
        ("ORBÁN", "Orbán"),
        ("Straße", "STRASSE"),
        ("Lodz", "Łódź"),
        ("محمد", "مُحَمَّد"),
        ("سامي", "ســامي"),
        ("ألف", "الف"),
        ("שלום", "שָׁלוֹם"),
        ("ΣΟΦΟΣ", "σοφός"),
        ("Istanbul", "İstanbul"),
        ("naïve", "nai\u0308ve"),
        ("e\u202evil", "evil"),
        ("ﬁne", "fine"),
    ],
)
def test_words_are_compared_without_case_accents_vowel_signs_and_marks_of_direction(typed: str, there: str) -> None:
    assert fold(typed) == fold(there)


def test_a_text_is_cut_into_words_and_writing_without_spaces_into_characters() -> None:
    assert list(cut(fold("The mayor's 漁港の市長, 4.5 h — مُحَمَّد_x"))) == [
        "the", "mayor", "s", "漁", "港", "の", "市", "長", "4", "5", "h", "محمد_x",
    ]  # fmt: skip
    assert list(cut("हिन्दी")) == ["हिन्दी"]
    assert list(cut("x" * 100)) == ["x" * 40]


@given(st.text(max_size=60))
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert all(word and word == fold(word) for word in cut(fold(text)))


def test_the_index_leads_from_words_to_the_entries_that_have_them(record: Path, tmp_path: Path) -> None:
    made = index_of(record, tmp_path / "search")
    assert ("party", "سامي") in hits(tmp_path / "search", "سامي")
    assert {kind for kind, _ in hits(tmp_path / "search", "stalls")} >= {"statement", "figure", "article"}
    assert ("party", "Ilse Varga") in hits(tmp_path / "search", "varga")
    assert hits(tmp_path / "search", "zebra") == []
    assert made.entries == held(tmp_path / "search")["manifest", 0]["count"]
    assert made.size == sum(path.stat().st_size for path in (tmp_path / "search").iterdir())
    assert f"{made.entries:,} entries" in says(made)


def test_without_full_texts_only_what_is_quoted_is_found(record: Path, tmp_path: Path) -> None:
    index_of(record, tmp_path / "search")
    index_of(record, tmp_path / "whole", full_text=True)
    assert hits(tmp_path / "search", "asked") == []
    assert ("article", handmade.TWO.title) in hits(tmp_path / "whole", "asked")


def test_the_same_record_gives_the_same_index(record: Path, tmp_path: Path) -> None:
    for name in ("one", "two"):
        index_of(record, tmp_path / name)
    one, two = ({p.name: p.read_bytes() for p in (tmp_path / name).iterdir()} for name in ("one", "two"))
    assert one == two


def test_what_was_called_wrong_is_not_found(record: Path, tmp_path: Path) -> None:
    with Store.open(record) as store:
        key = handmade.said_by_sami().id
        keeping.judge(store, "statements", key, Said("wrong", "Tester", "2026-05-31T09:15:00Z"))
    index_of(record, tmp_path / "search")
    assert key not in {
        row[0] for (name, _), rows in held(tmp_path / "search").items() if name == "entries" for row in rows
    }


def test_files_are_small_sorted_and_hold_nothing_that_ends_a_script(
    sample_record: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(site_search, "CHUNK", 2000)
    index_of(sample_record, tmp_path / "search")
    files = held(tmp_path / "search")
    manifest = files["manifest", 0]
    assert len(manifest["words"]) > 3 < len(manifest["entries"])
    for path in (tmp_path / "search").iterdir():
        text = path.read_text(encoding="utf8")
        assert len(text) < 8000
        assert "<" not in text
    words = [row.split(" ")[0] for number in range(len(manifest["words"])) for row in files["words", number]]
    assert words == sorted(words, key=lambda word: word.encode("utf-16-be"))
    assert [files["words", number][0].split(" ")[0] for number in range(len(manifest["words"]))] == manifest["words"]
    assert CHUNK > 2000


def test_an_index_is_a_few_hundred_bytes_an_entry(sample_record: Path, tmp_path: Path) -> None:
    made = index_of(sample_record, tmp_path / "search")
    assert made.entries > 200
    assert made.size < 400 * made.entries


def test_words_of_nearly_everything_are_left_out_of_a_large_index_and_named(
    sample_record: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(site_search, "LEAST", 10)
    made = index_of(sample_record, tmp_path / "search")
    assert "the" in made.common
    assert hits(tmp_path / "search", "the") == []
    assert held(tmp_path / "search")["manifest", 0]["common"] == made.common
