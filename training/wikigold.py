"""WikiGold (names of four kinds in Wikipedia articles) as annotated articles: openly licensed, and another register."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tokenizers import Tokenizer

from training.annotated import AnnotatedArticle, likely_cuts
from training.newswire import Name, name_tags
from training.pieces import cut_pieces

KINDS = {"PER": "Person", "LOC": "Location", "ORG": "Organization", "MISC": "Misc"}
NO_SPACE_BEFORE = frozenset(".,;:!?)]}%'")
NO_SPACE_AFTER = frozenset("([{$")
ARTICLE_BREAK = "-DOCSTART- O"


def read_texts(path: Path) -> Iterator[tuple[str, list[Name]]]:
    """Each article as a text, its spaces guessed from its marks, with its names; a blank line is a new sentence."""
    for block in path.read_text(encoding="utf8").split(ARTICLE_BREAK + "\n"):
        text, names = "", list[Name]()
        for line in block.split("\n"):
            word, _, tag = line.strip().rpartition(" ")
            if not word:
                text = text.rstrip() + "\n" if text.strip() else ""
                continue
            if text and (word[0] in NO_SPACE_BEFORE or word == "n't"):
                text = text.rstrip(" ")
            kind = KINDS.get(tag.removeprefix("I-").removeprefix("B-"))
            start, text = len(text), text + word
            if kind and names and names[-1][2] == kind and text[names[-1][1] : start] in ("", " "):
                names[-1] = (names[-1][0], len(text), kind)
            elif kind:
                names.append((start, len(text), kind))
            text += "" if word[-1] in NO_SPACE_AFTER else " "
        if text.strip():
            yield text, names


def read_articles(folder: Path, tokenizer: Tokenizer) -> Iterator[AnnotatedArticle]:
    """The articles of the set, in their order."""
    for number, (text, names) in enumerate(read_texts(folder / "wikigold.conll.txt")):
        pieces = cut_pieces(text, tokenizer)
        cuts = likely_cuts(text, pieces)
        yield AnnotatedArticle(f"wikigold-{number}", pieces.ids, pieces.cases, cuts, names=name_tags(names, pieces))
