"""Analyses of single sentences written by hand: words, parts of speech and dependencies as rows."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.language.analysis import Analysis, Name, NameKind, Sentence, Word
from reading_aloud import article_of


def tree(rows: str, names: Sequence[tuple[str, NameKind]] = ()) -> Analysis:
    """One sentence from rows of "form lemma UPOS head relation": heads from 1, 0 the root, words a space apart."""
    cells = [row.split() for row in rows.strip().split("\n")]
    text = " ".join(form for form, *_ in cells)
    words: list[Word] = []
    at = 0
    for index, (form, lemma, upos, head, relation) in enumerate(cells):
        words.append(Word(index, at, at + len(form), form, lemma, upos, int(head) - 1, relation, 0))
        at += len(form) + 1
    found = tuple(Name(text.index(name), text.index(name) + len(name), name, kind, 1.0) for name, kind in names)
    return Analysis(article_of(text), (Sentence(0, 0, len(text), 0, len(words)),), tuple(words), found, ())
