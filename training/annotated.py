"""An article with the gold layers that its set annotates, as arrays over pieces and words."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np

from training.pieces import Numbers, Pieces

IGNORED = -100

UPOS = [
    "ADJ",
    "ADP",
    "ADV",
    "AUX",
    "CCONJ",
    "DET",
    "INTJ",
    "NOUN",
    "NUM",
    "PART",
    "PRON",
    "PROPN",
    "PUNCT",
    "SCONJ",
    "SYM",
    "VERB",
    "X",
]
NAME_KINDS = ["Person", "Location", "Facility", "Organization", "Misc", "Money", "NORP", "Product", "Date"]
NAME_TAGS = ["O"] + [prefix + kind for kind in NAME_KINDS for prefix in ("B-", "I-")]
SPAN_TAGS = ["O", "B", "I"]
ROLES = ["source", "cue", "content"]

SENTENCE_BREAK = re.compile(r"\n+|(?<=[.!?”\"]) (?=[A-Z“\"])")


@dataclass(frozen=True)
class WordGold:
    """The words of one article: first piece, part of speech, head word (-1 is the root), relation, sentence start."""

    first_pieces: Numbers
    upos: Numbers
    heads: Numbers
    relations: Numbers
    sentence_starts: Numbers


@dataclass(frozen=True)
class AttributionGold:
    """Three tag layers over pieces (source, cue, content) and links from a span's first piece to its cue's."""

    tags: Numbers
    links: list[tuple[int, int]]


@dataclass(frozen=True)
class AnnotatedArticle:
    """One article as its set annotates it; a layer that the set lacks is None.

    `cuts` are piece indexes where a window may begin, always with 0 and never with the end.
    """

    origin: str
    ids: Numbers
    cases: Numbers
    cuts: list[int]
    words: WordGold | None = None
    names: Numbers | None = None
    attribution: AttributionGold | None = None


def likely_cuts(text: str, pieces: Pieces) -> list[int]:
    """The piece indexes where a paragraph, or by its look a sentence, begins."""
    offsets = [match.end() for match in SENTENCE_BREAK.finditer(text)]
    indexes = {int(np.searchsorted(pieces.starts, offset)) for offset in offsets}
    return sorted({0} | {index for index in indexes if index < len(pieces)})
