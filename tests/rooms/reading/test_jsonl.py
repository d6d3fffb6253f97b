"""JSON Lines: a row is an article, a broken row a skipped row, and the other rows are read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from onrecord import reading
from onrecord.model import Article, Skipped


def read(tmp_path: Path, data: bytes | str, name: str = "rows.jsonl") -> list[Article | Skipped]:
    (tmp_path / name).write_bytes(data if isinstance(data, bytes) else data.encode())
    return list(reading.read([str(tmp_path / name)]))


def article(found: Article | Skipped) -> Article:
    assert isinstance(found, Article), found
    return found


def test_a_row_gives_its_fields_under_any_of_their_names(tmp_path: Path) -> None:
    rows = [
        {"text": "The mill stands still.", "title": "Mill", "url": "https://a.example/1", "published": "2011-05-06",
         "outlet": "The Meridian", "authors": ["Jane Dovey", "Lev Okun"], "language": "en"},
        {"body": "The mill stands still.", "headline": "Mill", "link": "https://a.example/1", "date": "6 May 2011",
         "source": {"name": "The Meridian"}, "author": [{"name": "Jane Dovey"}, {"name": "Lev Okun"}], "lang": "en_GB"},
        {"content": "The mill stands still.", "headline": "Mill", "link": "https://a.example/1",
         "pubDate": "Fri, 06 May 2011 00:00:00 +0000", "publisher": "The Meridian",
         "byline": ["Jane Dovey", "Lev Okun"], "language": "en"},
    ]  # fmt: skip
    found = [article(one) for one in read(tmp_path, "\n".join(map(json.dumps, rows)))]
    for one in found:
        assert one.text == "The mill stands still."
        assert (one.title, one.url, one.outlet) == ("Mill", "https://a.example/1", "The Meridian")
        assert one.byline == ("Jane Dovey", "Lev Okun")
        assert one.language == "en"
        assert one.published is not None
        assert (one.published.earliest or "")[:10] == "2011-05-06"
        assert one.published.basis == "metadata"


def test_a_row_is_named_by_its_url_its_id_or_its_line(tmp_path: Path) -> None:
    rows = [
        '{"text": "One is here.", "url": "https://a.example/1"}',
        "",
        '{"text": "Two is here.", "id": 77}',
        '{"text": "Three is here."}',
    ]
    assert [one.origin for one in read(tmp_path, "\r\n".join(rows))] == [
        "https://a.example/1",
        "rows.jsonl#77",
        "rows.jsonl#4",
    ]


def test_a_broken_row_is_skipped_by_its_line_and_the_others_are_read(tmp_path: Path) -> None:
    rows = [
        '{"text": "One."}',
        '{"text": ',
        "[1]",
        '{"title": "no text"}',
        '{"text": "Five.", "date": "soon"}',
        '{"text": "Six."}',
    ]
    found = read(tmp_path, "\n".join(rows))
    assert [(one.origin, one.reason if isinstance(one, Skipped) else "read") for one in found] == [
        ("rows.jsonl#1", "read"),
        ("rows.jsonl#2", "broken JSON line"),
        ("rows.jsonl#3", "broken JSON line"),
        ("rows.jsonl#4", "empty"),
        ("rows.jsonl#5", "broken JSON line"),
        ("rows.jsonl#6", "read"),
    ]


def test_a_line_over_the_cap_is_skipped_and_the_next_is_read(tmp_path: Path) -> None:
    (tmp_path / "r.jsonl").write_text('{"text": "' + "long " * 3000 + '"}\n{"text": "Short is here."}\n')
    found = list(reading.read([str(tmp_path)], options=reading.Options(max_bytes=5000)))
    assert [one.reason if isinstance(one, Skipped) else one.text for one in found] == ["too large", "Short is here."]


@pytest.mark.parametrize("name", ["a.json", "a.jsonl"])
def test_a_list_of_articles_or_one_over_several_lines_is_read_as_a_whole(tmp_path: Path, name: str) -> None:
    rows = [{"text": "One is here."}, {"text": "Two is here."}]
    assert [article(one).text for one in read(tmp_path, json.dumps(rows, indent=1), name)] == [
        "One is here.",
        "Two is here.",
    ]
    assert [article(one).text for one in read(tmp_path, json.dumps(rows), name)] == ["One is here.", "Two is here."]
    assert [article(one).text for one in read(tmp_path, json.dumps(rows[0], indent=1), name)] == ["One is here."]


def test_json_that_is_broken_all_over_is_one_skipped_row(tmp_path: Path) -> None:
    (found,) = read(tmp_path, '{\n "text": "One is here.",\n "title": \n}\n', "a.json")
    assert isinstance(found, Skipped)
    assert found.reason == "broken JSON"


def test_a_row_in_another_encoding_and_one_nested_past_reason_do_no_harm(tmp_path: Path) -> None:
    deep = '{"text": ' + "[" * 200_000 + "]" * 200_000 + "}"
    data = (
        '{"text": "Größe und Übermut sah man überall."}'.encode("windows-1252")
        + b"\n"
        + deep.encode()
        + b'\n{"text": "Last is here."}'
    )
    found = read(tmp_path, data)
    assert article(found[0]).text == "Größe und Übermut sah man überall."
    assert isinstance(found[1], Skipped)
    assert article(found[2]).text == "Last is here."


def test_a_row_speaks_before_the_sidecar_of_its_file(tmp_path: Path) -> None:
    (tmp_path / "rows.meta.json").write_text('{"outlet": "The Meridian", "published": "1999-01-01"}')
    found = [
        article(one)
        for one in read(tmp_path, '{"text": "One is here.", "date": "2000-02-02"}\n{"text": "Two is here."}')
    ]
    assert [(one.outlet, one.published and one.published.earliest) for one in found] == [
        ("The Meridian", "2000-02-02"),
        ("The Meridian", "1999-01-01"),
    ]
