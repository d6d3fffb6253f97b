"""What the reader model says of one article, in terms every extractor shares."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from onrecord.model import Article, Passage

NameKind = Literal["Person", "Location", "Facility", "Organization", "Misc", "Money", "NORP", "Product", "Date"]


@dataclass(slots=True, unsafe_hash=True)
class Word:
    """A syntactic word (as Universal Dependencies count them): `text[start:end]`, and its place in the tree.

    Never changed once it is made. It is not frozen only because a frozen one takes six times as long to make, and an
    article has hundreds.

    `index` is its position in `Analysis.words`, `head` the index of its head there (-1 for a root), `relation` the UD
    relation, `upos` the UD part of speech, `sentence` the index in `Analysis.sentences`. The root of each sentence has
    head -1; heads never leave the sentence.
    """

    index: int
    start: int
    end: int
    text: str
    lemma: str
    upos: str
    head: int
    relation: str
    sentence: int

    @property
    def passage(self) -> Passage:
        return Passage(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence: its passage, and its words as a half-open range of `Analysis.words`. Boilerplate has none."""

    index: int
    start: int
    end: int
    first: int
    last: int

    @property
    def passage(self) -> Passage:
        return Passage(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Name:
    """A name in the text, without titles and the possessive 's."""

    start: int
    end: int
    text: str
    kind: NameKind
    confidence: float

    @property
    def passage(self) -> Passage:
        return Passage(self.start, self.end)


@dataclass(frozen=True, slots=True)
class AttributionSpan:
    """A source, cue or content as the reader tags it."""

    start: int
    end: int
    role: Literal["source", "cue", "content"]
    confidence: float

    @property
    def passage(self) -> Passage:
        return Passage(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Attribution:
    """A cue with the sources and contents that hang on it; `cue` is null for contents that no cue was found for.

    `contents` is empty where the reader found a cue and a source but not what was said.
    """

    cue: AttributionSpan | None
    sources: tuple[AttributionSpan, ...]
    contents: tuple[AttributionSpan, ...]
    confidence: float


@dataclass(frozen=True, slots=True)
class Analysis:
    """An article with its sentences, words, names and attributions. All offsets are into `article.text`.

    Words, names and attributions stand only in parts that are read (headline, standfirst, body, caption, ...): never in
    boilerplate, header lines or section labels.
    """

    article: Article
    sentences: tuple[Sentence, ...]
    words: tuple[Word, ...]
    names: tuple[Name, ...]
    attributions: tuple[Attribution, ...]

    @property
    def text(self) -> str:
        return self.article.text

    def words_of(self, sentence: Sentence) -> tuple[Word, ...]:
        """The words of one sentence, in order."""
        return self.words[sentence.first : sentence.last]

    def words_in(self, start: int, end: int) -> tuple[Word, ...]:
        """The words that lie wholly in `start..end`, in order; found by bisection."""
        low = bisect_left(self.words, start, key=lambda w: w.start)
        high = bisect_left(self.words, end + 1, key=lambda w: w.end)
        return self.words[low:high]

    def sentence_at(self, offset: int) -> Sentence | None:
        """The sentence that holds the character at `offset`, or null."""
        at = bisect_right(self.sentences, offset, key=lambda s: s.start) - 1
        return self.sentences[at] if at >= 0 and offset < self.sentences[at].end else None

    def children(self, word: Word) -> Iterator[Word]:
        """The words whose head is `word`, in order."""
        sentence = self.sentences[word.sentence]
        return (w for w in self.words_of(sentence) if w.head == word.index)

    def subtree(self, word: Word) -> tuple[Word, ...]:
        """`word` and all that hangs on it, in order."""
        sentence = self.sentences[word.sentence]
        members = {word.index}
        grown = True
        while grown:
            more = {w.index for w in self.words_of(sentence) if w.head in members} - members
            grown = bool(more)
            members |= more
        return tuple(w for w in self.words_of(sentence) if w.index in members)
