"""Reads a text with the reader that ships, for tests that start from raw text."""

from __future__ import annotations

from functools import cache
from importlib import resources
from pathlib import Path

import pytest

from onrecord import reading
from onrecord.language.analysis import Analysis
from onrecord.language.reader import Reader
from onrecord.model import Article, TextPart, When, article_id, digest

SHIPPED = resources.files("onrecord.language").joinpath("en", "reader", "reader.onnx").is_file()
needs_reader = pytest.mark.skipif(not SHIPPED, reason="the reader model's files are not in this checkout")


@cache
def reader() -> Reader:
    return Reader.load("en")


def article_of(text: str, published: str | None = None) -> Article:
    """An article of body text alone, published on an ISO day or undated."""
    raw = text.encode("utf8")
    when = When(published, published, published, "day", None, "metadata") if published else None
    return Article(
        id=article_id(raw, "case.txt"),
        origin="case.txt",
        url=None,
        outlet=None,
        title=None,
        text=text,
        byline=(),
        language="en",
        published=when,
        modified=None,
        dateline_place=None,
        text_sha256=digest(text),
        raw_sha256=digest(raw),
        length=len(text),
        format="text",
        supersedes=None,
        parts=(TextPart(0, len(text), "body"),),
    )


def analysis_of(text: str, published: str | None = None) -> Analysis:
    """The analysis of a text by the reader that ships."""
    return reader().analyse(article_of(text, published))


def analysis_of_file(text: str, folder: Path) -> Analysis:
    """The analysis of a text read from a plain file, with the headline and the byline that reading finds."""
    (folder / "article.txt").write_text(text, encoding="utf8")
    [article] = [a for a in reading.read([str(folder)]) if isinstance(a, Article)]
    return reader().analyse(article)
