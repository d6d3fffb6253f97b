"""The annotated sets that the reader learns from, and where each lies under the data folder."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path

from tokenizers import Tokenizer

from training import conllu, newswire, polnear, wikigold
from training.annotated import AnnotatedArticle

SETS = ("ud-ewt", "gum", "worldwide-newswire", "polnear")
PARTS = ("train", "dev")


@dataclass
class Annotated:
    """Articles by kind of gold: words, names, attributions; and the relations that the words use."""

    words: list[AnnotatedArticle] = field(default_factory=list)
    names: list[AnnotatedArticle] = field(default_factory=list)
    attributions: list[AnnotatedArticle] = field(default_factory=list)
    relations: list[str] = field(default_factory=list)

    def by_kind(self) -> dict[str, list[AnnotatedArticle]]:
        """The kinds that have any article."""
        kinds = {"words": self.words, "names": self.names, "attributions": self.attributions}
        return {kind: articles for kind, articles in kinds.items() if articles}


def treebank_files(folder: Path, part: str, without: Collection[str] = ()) -> list[Path]:
    """The CoNLL-U files of one part of the treebanks."""
    ewt = [] if "ud-ewt" in without else [folder / "ud-ewt" / f"{part}.conllu"]
    gum = [] if "gum" in without else sorted((folder / "gum" / part).glob("*.conllu"))
    return ewt + gum


def read_sets(
    folder: Path, part: str, tokenizer: Tokenizer, without: Collection[str] = (), relations: list[str] | None = None
) -> Annotated:
    """One part (train or dev) of every set that is not left out."""
    found = Annotated()
    documents = list(conllu.read_documents(treebank_files(folder, part, without)))
    found.relations = relations or conllu.choose_relations([trees for _, trees in documents])
    found.words = [conllu.annotate(origin, trees, found.relations, tokenizer) for origin, trees in documents]
    if "worldwide-newswire" not in without:
        found.names = list(newswire.read_articles(folder / "worldwide-newswire" / part, tokenizer))
    elif part == "train":  # openly licensed, so that names can be learnt without the set left out
        found.names = list(wikigold.read_articles(folder / "wikigold", tokenizer))
    if "polnear" not in without:
        found.attributions = list(polnear.read_articles(folder / "polnear" / part, tokenizer))
    return found
