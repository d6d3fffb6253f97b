"""Folders, globs, files and standard input become sorted inputs; what does not exist is a clear error."""

from __future__ import annotations

import io
import os
from pathlib import Path

import pytest

from onrecord import reading
from onrecord.model import Article, OnRecordError, Skipped


def write(folder: Path, **files: str) -> None:
    for name, text in files.items():
        path = folder / name.replace("__", "/").replace("_dot_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(
        tmp_path,
        b_dot_txt="The second story is short.",
        a__c_dot_txt="The first story is shorter.",
        _dot_hidden_dot_txt="Nobody reads this.",
        _dot_git__x_dot_txt="Nor this.",
    )
    (tmp_path / "b.meta.json").write_text('{"published": "2001-02-03"}')
    return tmp_path


def places(*names: object) -> list[str]:
    return [one.place for one in reading.find([str(name) for name in names])]


def test_a_folder_gives_its_files_sorted_without_hidden_ones_and_sidecars(folder: Path) -> None:
    assert places(folder) == ["a/c.txt", "b.txt"]


def test_a_glob_gives_places_relative_to_its_fixed_part(folder: Path) -> None:
    assert places(folder / "**" / "*.txt") == ["a/c.txt", "b.txt"]
    assert places(folder / "a" / "*") == ["c.txt"]


def test_a_file_is_named_by_its_name_and_read_once_however_often_it_is_given(folder: Path) -> None:
    assert places(folder / "a" / "c.txt") == ["c.txt"]
    assert places(folder, folder / "a" / "c.txt", folder / "b.txt") == ["a/c.txt", "b.txt"]
    assert places(folder / "b.txt", folder / "a" / "c.txt", folder) == ["a/c.txt", "b.txt"]


def test_articles_given_one_by_one_have_the_ids_that_they_have_in_their_folder(folder: Path) -> None:
    together = {a.id for a in reading.read([str(folder)]) if a.origin == "b.txt"}
    alone = {a.id for a in reading.read([str(folder / "b.txt")])}
    assert together == alone


@pytest.mark.parametrize("name", ["nowhere", "nowhere/*.txt", "no.txt"])
def test_a_name_that_stands_for_nothing_is_an_error_that_names_it(tmp_path: Path, name: str) -> None:
    with pytest.raises(OnRecordError, match=name.split("/")[0].replace(".", r"\.")):
        reading.find([str(tmp_path / name)])


def test_an_empty_folder_and_no_input_at_all_are_errors(tmp_path: Path) -> None:
    with pytest.raises(OnRecordError, match="no files"):
        reading.find([str(tmp_path)])
    with pytest.raises(OnRecordError, match="no input"):
        reading.find([])


def test_standard_input_is_text_html_or_json_lines_by_its_looks() -> None:
    def read(data: bytes) -> Article:
        found = next(reading.read(["-"], stdin=io.BytesIO(data)))
        assert isinstance(found, Article)
        return found

    assert read(b"The harbour is shut, the master said.").format == "text"
    assert read(b'{"text": "The harbour is shut."}\n').origin == "stdin#1"
    page = (
        b"<!doctype html><html><body><article><p>"
        + b"The harbour is shut, he said. " * 20
        + b"</p></article></body></html>"
    )
    assert read(page).format == "html"


def test_a_stamp_changes_with_the_file_and_with_its_sidecar(folder: Path) -> None:
    def stamp() -> str:
        return next(one for one in reading.find([str(folder)]) if one.place == "b.txt").stamp

    first = stamp()
    assert first == stamp() != ""
    (folder / "b.meta.json").write_text('{"published": "2001-02-04"}')
    second = stamp()
    assert second != first
    os.utime(folder / "b.txt", ns=(1, 1))
    assert stamp() not in (first, second)


def test_a_sidecar_wins_over_what_is_inferred(tmp_path: Path) -> None:
    write(
        tmp_path,
        s_dot_txt="date 2002-01-01\n\nShips wait for a pilot\n\nThe strait is shut, they said.\n",
    )
    (tmp_path / "s.txt.meta.json").write_text(
        '{"published": "2002-01-03T08:00+02:00", "outlet": "The Meridian", "title": "Strait", "authors": "Jane Dovey",'
        ' "url": "https://meridian.example/strait", "language": "en-GB", "mood": "blue"}'
    )
    (article,) = reading.read([str(tmp_path)])
    assert isinstance(article, Article)
    assert (article.outlet, article.title, article.byline) == ("The Meridian", "Strait", ("Jane Dovey",))
    assert (article.url, article.origin, article.language) == ("https://meridian.example/strait", "s.txt", "en")
    assert [(d.basis, d.earliest) for d in article.dates] == [
        ("metadata", "2002-01-03T08:00+02:00"),
        ("header", "2002-01-01"),
    ]


@pytest.mark.parametrize(
    "content",
    ["{", "[]", '{"published": "one fine day"}', '{"authors": 3}', '{"url": ["a"]}', "\x00\xff", '{"published": true}'],
)
def test_a_broken_sidecar_skips_the_article_and_says_what_is_wrong(tmp_path: Path, content: str) -> None:
    write(tmp_path, s_dot_txt="The strait is shut.", t_dot_txt="The strait is open.")
    (tmp_path / "s.meta.json").write_text(content, encoding="latin-1")
    found = list(reading.read([str(tmp_path)]))
    assert [type(one) for one in found] == [Skipped, Article]
    assert isinstance(found[0], Skipped)
    assert found[0].reason == "broken sidecar"
    assert "s.meta.json" in found[0].detail


def test_a_sidecar_without_an_article_is_told(tmp_path: Path) -> None:
    write(tmp_path, t_dot_txt="The strait is open.")
    (tmp_path / "s.meta.json").write_text("{}")
    reasons = [one.reason for one in reading.read([str(tmp_path)]) if isinstance(one, Skipped)]
    assert reasons == ["orphan sidecar"]


def test_a_file_that_cannot_be_read_is_a_skipped_row_and_the_rest_is_read(tmp_path: Path) -> None:
    write(tmp_path, z_dot_txt="The strait is open.", empty_dot_txt="  \n", table_dot_csv="a,b\n1,2\n")
    (tmp_path / "image.txt").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00")
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere")
    (tmp_path / "broken.txt").write_bytes("“Ça suffit”, dit-elle à l’envoyé, déjà".encode() + b"\xe9 fin")
    found = {one.origin: one.reason if isinstance(one, Skipped) else "read" for one in reading.read([str(tmp_path)])}
    assert found == {
        "broken.txt": "undecodable",
        "empty.txt": "empty",
        "gone.txt": "unreadable file",
        "image.txt": "binary",
        "table.csv": "unsupported format",
        "z.txt": "read",
    }


def test_a_document_over_the_cap_is_skipped_and_says_how_to_raise_it(tmp_path: Path) -> None:
    write(tmp_path, big_dot_txt="The strait is open. " * 100)
    (one,) = reading.read([str(tmp_path)], options=reading.Options(max_bytes=1000))
    assert isinstance(one, Skipped)
    assert (one.reason, "--max-size" in one.detail) == ("too large", True)


def test_reading_is_lazy_and_the_same_every_time(folder: Path) -> None:
    articles = reading.read([str(folder)])
    next(articles)
    assert list(reading.read([str(folder)])) == list(reading.read([str(folder)]))
