"""Layouts are told by form: every case of the case file, and what holds for any text."""

from __future__ import annotations

import tomllib
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.model import Article
from onrecord.reading.document import Document
from onrecord.reading.formats import text as plain_text
from onrecord.reading.layout import lay_out

CASES: list[dict[str, Any]] = tomllib.loads(
    Path(__file__).parents[2].joinpath("cases", "en", "layout.toml").read_text(encoding="utf8")
)["case"]


def read(text: str) -> Article:
    return next(plain_text.read(Document(text.encode("utf8"), "case.txt")))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"])
def test_a_text_is_laid_out_as_a_careful_reader_would(case: dict[str, Any]) -> None:
    article = read(case["text"])
    found = [[p.role, article.text[p.start : p.end]] for p in article.parts if p.role != "body"]
    assert found == case["parts"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"])
def test_the_head_says_what_the_case_says_and_no_more(case: dict[str, Any]) -> None:
    article = read(case["text"])
    assert (article.published.earliest if article.published else None) == case.get("published")
    assert (article.modified.earliest if article.modified else None) == case.get("modified")
    assert article.dateline_place == case.get("dateline_place")
    assert list(article.byline) == case.get("byline", [])
    assert article.url == case.get("url")


@pytest.mark.parametrize("case", [c for c in CASES if "body" in c], ids=lambda case: case["why"])
def test_the_paragraphs_of_the_body_begin_where_the_case_says(case: dict[str, Any]) -> None:
    article = read(case["text"])
    body = [article.text[p.start : p.end] for p in article.parts if p.role == "body"]
    assert len(body) == len(case["body"])
    assert all(part.startswith(start) for part, start in zip(body, case["body"], strict=True))


PIECES = st.sampled_from(
    [
        "date 2020-01-02 ",
        "OSLO, May 3 (Norlys) - ",
        "By Jane Dovey",
        "\n",
        "\r\n",
        "\n\n",
        " ",
        ".",
        "“",
        "”",
        '"',
        "''",
        "Your donation helps us to tell the story.",
        "He said no.The vote",
        "Read more: Other",
        "Photo: a",
        "\u2028",
        "\xa0",
        "https://a.example/2020/01/02/x",
        "WORLD",
        "İstanbul",
        "🦊",
        "12 May 2016 at 10:05",
        "(Photo by A/B)",
        "Related\n",
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.one_of(PIECES, st.text(max_size=30)), max_size=25).map("".join))
def test_parts_are_in_order_apart_and_cover_every_visible_character(text: str) -> None:
    parts = lay_out(text).parts
    assert all(0 <= p.start < p.end <= len(text) for p in parts)
    assert all(one.end <= two.start for one, two in pairwise(parts))
    covered = {at for p in parts for at in range(p.start, p.end)}
    assert not [c for at, c in enumerate(text) if at not in covered and c.isalnum()]


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=200))
def test_a_layout_is_the_same_every_time(text: str) -> None:
    assert lay_out(text) == lay_out(text)
