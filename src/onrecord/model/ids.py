"""Ids are hashes of content, so the same input gives the same ids on every machine."""

from __future__ import annotations

import hashlib

from onrecord.model.values import Passage

LENGTH = 16
"""Hex digits of an id: 64 bits, a collision in a million records has odds of one in 37 million."""


def digest(*parts: str | bytes) -> str:
    """The first 16 hex digits of the SHA-256 of the parts, each preceded by its length: no two lists collide."""
    told = bytearray()
    for part in parts:
        raw = part.encode("utf8", "surrogatepass") if isinstance(part, str) else part
        told += len(raw).to_bytes(8, "big")
        told += raw
    return hashlib.sha256(told).hexdigest()[:LENGTH]


def article_id(raw: bytes, place: str) -> str:
    """An article's id hashes its raw bytes and its URL or, without one, its path relative to the input given."""
    return digest("article", raw, place)


def entry_id(kind: str, article: str, *passages: Passage, extra: str = "") -> str:
    """An entry's id hashes its kind, article and passages; `extra` tells apart entries that share all three."""
    spans = [f"{p.start}:{p.end}" for p in passages]
    return digest(kind, article, *spans, extra)
