"""The English Worldwide Newswire set (names of nine kinds) as annotated articles."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from training.annotated import NAME_KINDS, NAME_TAGS, AnnotatedArticle, likely_cuts
from training.pieces import Numbers, Pieces, cut_pieces

Name = tuple[int, int, str]


def read_names(path: Path) -> list[Name]:
    """The names of one article: [start, end) in code points of its text, and kind."""
    rows = (line.split("\t") for line in path.read_text(encoding="utf8").split("\n") if line)
    return [(int(row[0]), int(row[1]), row[2]) for row in rows if row[2] in NAME_KINDS]


def name_tags(names: list[Name], pieces: Pieces) -> Numbers:
    """One BIO tag per piece, as an index into `NAME_TAGS`."""
    tags = np.zeros(len(pieces), dtype=np.int64)
    for start, end, kind in names:
        first, last = pieces.inside(start, end)
        if first < last:
            tags[first:last] = NAME_TAGS.index("I-" + kind)
            tags[first] = NAME_TAGS.index("B-" + kind)
    return tags


def read_articles(folder: Path, tokenizer: Tokenizer) -> Iterator[AnnotatedArticle]:
    """The articles of one part of the set, in the order of their file names."""
    for path in sorted(folder.glob("*.txt")):
        text = path.read_bytes().decode("utf8")
        pieces = cut_pieces(text, tokenizer)
        tags = name_tags(read_names(path.with_suffix(".names.tsv")), pieces)
        yield AnnotatedArticle(path.stem, pieces.ids, pieces.cases, likely_cuts(text, pieces), names=tags)
