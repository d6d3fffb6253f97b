"""The samples are read as their case files say, and every word that a case file expects stands in its article."""

from __future__ import annotations

import re
import tomllib
from importlib import resources
from pathlib import Path
from typing import Any

import pytest

from onrecord import reading
from onrecord.model import Article

CASES = Path(__file__).parents[2] / "cases" / "en" / "samples"
FILES = sorted(path for path in CASES.glob("*.toml") if path.name != "comparisons.toml")
ELISION = " ... "


def case_of(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf8"))


@pytest.fixture(scope="module")
def articles() -> dict[str, Article]:
    folder = Path(str(resources.files("onrecord").joinpath("samples", "articles")))
    found: dict[str, Article] = {}
    for one in reading.find([str(folder)]):
        (article,) = reading.read_one(one)
        assert isinstance(article, Article), article
        found[one.place] = article
    return found


def where(words: str, text: str) -> tuple[int, int] | None:
    """Where the words stand, what is left out between their halves being as short as can be."""
    halves = [re.escape(half) for half in words.split(ELISION)]
    found = re.search(".{1,2000}?".join(halves), text, re.DOTALL)
    return found.span() if found else None


def test_there_is_a_case_file_for_every_sample_and_a_sample_for_every_case_file(articles: dict[str, Article]) -> None:
    assert sorted(articles) == sorted(case_of(path)["article"] for path in FILES)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_sample_is_read_as_its_case_file_says(path: Path, articles: dict[str, Article]) -> None:
    case = case_of(path)
    article = articles[case["article"]]
    published = article.published
    assert (published.earliest if published else None) == case.get("published")
    assert (published.basis if published else None) == case.get("basis")
    assert (article.url, article.outlet, article.title) == (case.get("url"), case.get("outlet"), case.get("title"))
    assert (article.dateline_place, list(article.byline)) == (case.get("dateline_place"), case.get("byline", []))
    assert article.language == "en"
    found = [(p.role, article.text[p.start : p.end]) for p in article.parts if p.role != "body"]
    assert [role for role, _ in found] == [part["role"] for part in case["parts"]]
    for (_, text), part in zip(found, case["parts"], strict=True):
        assert where(part["text"], text) == (0, len(text))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_words_that_a_case_file_expects_stand_in_what_is_read(path: Path, articles: dict[str, Article]) -> None:
    case = case_of(path)
    article = articles[case["article"]]
    unread = ("header", "boilerplate", "section", "byline")
    text = "".join(
        " " * (p.end - p.start) if p.role in unread else article.text[p.start : p.end] + "\n" for p in article.parts
    )
    rows = [words for row in case["statements"] for words in [*row["content"], row.get("cue", "")]]
    rows += [row["words"] for kind in ("figures", "times", "occasions") for row in case[kind]]
    rows += [words for row in case["events"] for words in [row["trigger"], *row["actors"], *row["recipients"]]]
    rows += [row["what"] for row in case["commitments"]]
    assert [words for words in rows if where(words, text) is None] == []


def test_the_samples_come_in_every_form_that_the_readme_promises(articles: dict[str, Article]) -> None:
    formats = {place: article.format for place, article in articles.items()}
    assert formats["wind/lakeside-herald.txt"] == "text; charset=utf-16-le"
    assert formats["bridge/zarumilla-diary.txt"] == "text; charset=windows-1252"
    assert formats["wind/meridian.html"] == "html"
    assert "\r\n" in articles["visit/aveiro-notes.txt"].text
    assert {date.basis for date in articles["wind/tamarind.txt"].dates} == {"dateline", "header"}
