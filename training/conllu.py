"""Universal Dependencies treebanks (CoNLL-U) as annotated articles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from training.annotated import UPOS, AnnotatedArticle, WordGold
from training.pieces import cut_pieces

RARE_RELATION = 100
"""A subtyped relation seen less often than this in training is read as its bare relation (too few to learn)."""


@dataclass
class Word:
    """One syntactic word of a sentence; `head` counts from 1 within the sentence and 0 is the root."""

    form: str
    upos: str
    head: int
    relation: str
    space_after: bool


@dataclass
class Tree:
    """One sentence and whether a new document begins with it."""

    words: list[Word] = field(default_factory=list)
    begins_document: bool = False


def read_trees(path: Path) -> Iterator[Tree]:
    """The sentences of a CoNLL-U file, in order."""
    for block in path.read_text(encoding="utf8").split("\n\n"):
        tree = _tree(block.split("\n"))
        if tree.words:
            yield tree


def _tree(lines: list[str]) -> Tree:
    tree = Tree()
    joined_until, joined_space = 0, True
    for line in lines:
        columns = line.split("\t")
        if line.startswith("#"):
            tree.begins_document |= line.startswith("# newdoc")
        elif len(columns) == 10 and "-" in columns[0]:
            joined_until = int(columns[0].split("-")[1])
            joined_space = "SpaceAfter=No" not in columns[9]
        elif len(columns) == 10 and "." not in columns[0]:
            number = int(columns[0])
            space = "SpaceAfter=No" not in columns[9]
            if number <= joined_until:  # the words of "don't" share one token, whose line says what follows it
                space = number == joined_until and joined_space
            tree.words.append(Word(columns[1], columns[3], int(columns[6]), columns[7], space))
    return tree


def read_documents(paths: Iterable[Path]) -> Iterator[tuple[str, list[Tree]]]:
    """The documents of several CoNLL-U files: the file's name and its sentences."""
    for path in paths:
        document: list[Tree] = []
        for tree in read_trees(path):
            if tree.begins_document and document:
                yield path.stem, document
                document = []
            document.append(tree)
        if document:
            yield path.stem, document


def choose_relations(documents: Iterable[list[Tree]]) -> list[str]:
    """The relations that the model tells apart: all bare ones, and the subtypes that are frequent enough."""
    counts = Counter(word.relation for trees in documents for tree in trees for word in tree.words)
    kept = {relation for relation, count in counts.items() if count >= RARE_RELATION}
    return sorted(kept | {relation.split(":")[0] for relation in counts})


def annotate(origin: str, trees: list[Tree], relations: list[str], tokenizer: Tokenizer) -> AnnotatedArticle:
    """The document as pieces with words, parts of speech, heads and relations."""
    number_of = {relation: index for index, relation in enumerate(relations)}
    text = ""
    starts: list[int] = []
    rows: list[tuple[int, int, int, int]] = []
    sentence_offsets: list[int] = []
    for tree in trees:
        base = len(rows)
        sentence_offsets.append(len(text))
        for index, word in enumerate(tree.words):
            starts.append(len(text))
            text += word.form + (" " if word.space_after or index == len(tree.words) - 1 else "")
            relation = word.relation if word.relation in number_of else word.relation.split(":")[0]
            head = base + word.head - 1 if word.head else -1
            upos = UPOS.index(word.upos) if word.upos in UPOS else len(UPOS) - 1
            rows.append((upos, head, number_of.get(relation, number_of.get("dep", 0)), int(index == 0)))
    pieces = cut_pieces(text, tokenizer)
    table = np.array(rows, dtype=np.int64)
    first = pieces.firsts(starts)
    cuts = sorted({pieces.at(offset) for offset in sentence_offsets} | {0})
    return AnnotatedArticle(origin, pieces.ids, pieces.cases, cuts, WordGold(first, *table.T))
