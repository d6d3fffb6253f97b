"""Finds articles that copy one another's text, by the runs of words they share.

Shingles of eight words are hashed, and each article keeps those whose hash falls in a fixed fraction of the range, so
that the same passage gives the same keys in every article (winnowing by value, after Broder, "On the resemblance and
containment of documents", 1997). Only articles that share a key are ever compared.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from onrecord.model import Article, Corpus, Link, When

RUN = 8
"""Words in a shingle."""
KEEP_ONE_IN = 4
"""One shingle in four is a key."""
BLOCK_CAP = 50
"""A shingle that more articles share than this is a stock phrase or boilerplate and blocks nothing."""
CONTAINED = 0.6
"""The part of the undated article's shingles that a dated one must hold to lend its date."""

WORD = re.compile(r"\w+")


def body_words(article: Article) -> list[str]:
    """The words of the parts that are read, lower-cased."""
    unread = ("boilerplate", "header", "section", "caption")
    text = " ".join(article.text[p.start : p.end] for p in article.parts if p.role not in unread)
    return WORD.findall(text.lower())


def keys(article: Article) -> frozenset[int]:
    """The article's shingles that serve as keys, as 64-bit hashes."""
    words = body_words(article)
    runs = (" ".join(words[i : i + RUN]) for i in range(len(words) - RUN + 1))
    hashes = (int.from_bytes(hashlib.blake2b(run.encode("utf8"), digest_size=8).digest(), "big") for run in runs)
    return frozenset(value for value in hashes if value % KEEP_ONE_IN == 0)


def containment(left: frozenset[int], right: frozenset[int]) -> float:
    """The part of `left`'s keys that `right` holds too."""
    return len(left & right) / len(left) if left else 0.0


def pairs(shingles: Sequence[frozenset[int]]) -> Iterator[tuple[int, int]]:
    """The pairs of positions that share a key, each once, in order."""
    blocks: dict[int, list[int]] = defaultdict(list)
    for at, held in enumerate(shingles):
        for key in held:
            blocks[key].append(at)
    found = {
        (block[i], block[j])
        for block in blocks.values()
        if len(block) <= BLOCK_CAP
        for i in range(len(block))
        for j in range(i + 1, len(block))
    }
    yield from sorted(found)


def dates_from_copies(articles: Sequence[Article]) -> dict[str, When]:
    """Publication dates, marked as inferred, for undated articles whose text is mostly that of one dated article.

    Where several dated articles qualify and differ, the date spans them all: the record does not choose.
    """
    if all(article.published is not None for article in articles):
        return {}
    shingles = [keys(article) for article in articles]
    lenders: dict[str, list[When]] = defaultdict(list)
    for a, b in pairs(shingles):
        for undated, dated in ((a, b), (b, a)):
            published = articles[dated].published
            if articles[undated].published is not None or published is None:
                continue
            if containment(shingles[undated], shingles[dated]) >= CONTAINED:
                lenders[articles[undated].id].append(published)
    return {article_id: spanning(dates) for article_id, dates in lenders.items()}


def spanning(dates: Sequence[When]) -> When:
    """One date that covers `dates`, as days, marked as inferred."""
    first = min(d.earliest or d.latest or "" for d in dates)[:10]
    last = max(d.latest or d.earliest or "" for d in dates)[:10]
    text = min(d.text for d in dates)
    return replace(dates[0], text=text, earliest=first, latest=last, precision="day", part=None, basis="inferred")


def links(corpus: Corpus) -> tuple[Link, ...]:
    """The `copied_from` links between articles: the copy is on the left, what it copies on the right."""
    return ()
