"""Universal Dependencies documents as running text with gold words, heads and sentence starts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class GoldWord:
    """A gold word: [start, end) in the document's text, part of speech, lemma, head (-1 the root), relation."""

    start: int
    end: int
    upos: str
    lemma: str
    head: int
    relation: str


@dataclass
class Document:
    """One document: its text (paragraphs end with a newline, where marked), gold words, first words of sentences."""

    text: str = ""
    words: list[GoldWord] = field(default_factory=list)
    sentences: list[int] = field(default_factory=list)

    def without_spaces(self) -> Document:
        """The same document with the space after every sentence that ends in a mark taken out ("said.The")."""
        drop = set()
        for first in self.sentences[1:]:
            end, start = self.words[first - 1].end, self.words[first].start
            if self.text[end - 1] in '.!?"”' and self.text[end:start] == " ":
                drop.add(end)
        moved = [0]
        for index in range(len(self.text)):
            moved.append(moved[-1] + (index not in drop))
        text = "".join(char for index, char in enumerate(self.text) if index not in drop)
        words = [
            GoldWord(moved[word.start], moved[word.end], word.upos, word.lemma, word.head, word.relation)
            for word in self.words
        ]
        return Document(text, words, list(self.sentences))


def treebank(data: Path, name: str, part: str = "dev") -> list[Path]:
    """The CoNLL-U files of `ewt` or `gum`."""
    return [data / "ud-ewt" / f"{part}.conllu"] if name == "ewt" else sorted((data / "gum" / part).glob("*.conllu"))


def read_documents(files: Iterable[Path]) -> Iterator[Document]:
    """The documents of CoNLL-U files; words that share a token ("don't") stand side by side."""
    for file in files:
        document = Document()
        for block in file.read_text(encoding="utf8").split("\n\n"):
            if "# newdoc" in block and document.words:
                yield document
                document = Document()
            if block.strip():
                _add_sentence(document, block.split("\n"))
        if document.words:
            yield document


def _add_sentence(document: Document, lines: list[str]) -> None:
    if document.text and any(line.startswith("# newpar") for line in lines):
        document.text = document.text.rstrip(" ") + "\n"
    document.sentences.append(len(document.words))
    base, joined_until, joined_end = len(document.words), 0, ""
    for line in lines:
        columns = line.split("\t")
        if len(columns) < 10 or "." in columns[0]:
            continue
        space = "" if "SpaceAfter=No" in columns[9] else " "
        if "-" in columns[0]:
            joined_until, joined_end = int(columns[0].split("-")[1]), space
            continue
        number, start = int(columns[0]), len(document.text)
        if number <= joined_until:
            space = joined_end if number == joined_until else ""
        head = int(columns[6])
        document.text += columns[1]
        document.words.append(
            GoldWord(start, len(document.text), columns[3], columns[2], base + head - 1 if head else -1, columns[7])
        )
        document.text += space
