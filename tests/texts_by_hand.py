"""Articles, statements and parties made by hand, for what compares articles: no reader model is needed."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

from onrecord.model import (
    Article,
    Corpus,
    Mention,
    Party,
    Passage,
    Statement,
    TextPart,
    When,
    article_id,
    digest,
    entry_id,
)


def day(iso: str | None) -> When | None:
    """A day as a page's metadata give it."""
    return None if iso is None else When(iso, iso, iso, "day" if len(iso) == 10 else "minute", None, "metadata")


def article(text: str, origin: str, published: str | None = None, **more: Any) -> Article:
    """An article whose paragraphs are its body, under a headline where `title` is given."""
    title = more.get("title")
    whole = f"{title}\n\n{text}" if title else text
    parts, at = [], 0
    for paragraph in whole.split("\n\n"):
        parts.append(TextPart(at, at + len(paragraph), "headline" if title and at == 0 else "body"))
        at += len(paragraph) + 2
    fields: dict[str, Any] = {
        "id": article_id(whole.encode("utf8"), origin), "origin": origin, "url": None, "outlet": None, "title": None,
        "text": whole, "byline": (), "language": "en", "published": day(published), "modified": None,
        "dateline_place": None, "text_sha256": digest(whole), "raw_sha256": hashlib.sha256(whole.encode()).hexdigest(),
        "length": len(whole), "format": "text", "supersedes": None, "parts": tuple(parts),
    }  # fmt: skip
    return Article(**fields | more)


def party(name: str, kind: Any = "person") -> Party:
    return Party(digest("party", name), name, kind, None, (), ())


def passage_of(one: Article, words: str) -> Passage:
    """Where words stand first in an article."""
    start = one.text.index(words)
    return Passage(start, start + len(words))


def mention_of(one: Article, whom: Party, words: str | None = None) -> Mention:
    place = passage_of(one, words or whom.name)
    key = entry_id("mention", one.id, place)
    return Mention(key, one.id, whom.id, place.start, place.end, place.of(one.text), "name", "exact", "hand/1", None)


def statement(one: Article, words: str, **more: Any) -> Statement:
    """A statement whose content is the words, direct unless told otherwise."""
    place = passage_of(one, words)
    fields: dict[str, Any] = {
        "id": entry_id("statement", one.id, place), "article_id": one.id, "form": "direct", "content": (place,),
        "text": words, "cue": None, "source": None, "speaker_ids": (), "speaker_name": None, "resolved_by": None,
        "addressee_ids": (), "medium": None, "said": None, "via": (), "act": "assert", "polarity": "positive",
        "made_by": "hand/1", "confidence": None,
    }  # fmt: skip
    return Statement(**fields | more)


def corpus_of(articles: Sequence[Article], **tables: Sequence[Any]) -> Corpus:
    """A record of these rows, each table in the order of its ids."""
    rows = {name: tuple(sorted(found, key=lambda row: str(row.id))) for name, found in tables.items()}
    return Corpus(tuple(sorted(articles, key=lambda row: row.id)), **rows)
