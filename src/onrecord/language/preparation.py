"""An article cut into what the reader model is asked about: words, pieces and windows."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import compress

import numpy as np

from onrecord.language.pieces import Ints, Pieces, Tokenizer, cut_pieces
from onrecord.language.sentences import is_wrapped
from onrecord.language.windows import CONTEXT, Window, plan
from onrecord.language.words import Span, splitter
from onrecord.model import Article

READ_ROLES = frozenset({"headline", "standfirst", "dateline", "body", "caption"})
"""Parts whose sentences are read; header lines, bylines, section labels and boilerplate are not."""
TERMINAL = frozenset(".!?…")
CLOSING = frozenset("\"'”’)»]")


@dataclass(frozen=True)
class Stretch:
    """A part of the article that is read: its passage, its words as a half-open range, how its lines are broken."""

    start: int
    end: int
    first_word: int
    last_word: int
    wrapped: bool


@dataclass(frozen=True)
class Prepared:
    """An article cut into words, pieces and windows, ready for the reader model."""

    article: Article
    stretches: tuple[Stretch, ...]
    words: tuple[Span, ...]
    pieces: Pieces
    first_pieces: Ints
    windows: tuple[Window, ...]

    def passage_of(self, first: int, last: int) -> Span:
        """The passage of the pieces [first, last), widened to whole words."""
        start, end = int(self.pieces.starts[first]), int(self.pieces.ends[last - 1])
        before, after = self._word_over(start), self._word_over(end - 1)
        return before[0] if before else start, after[1] if after else end

    @cached_property
    def _word_starts(self) -> list[int]:
        return [start for start, _ in self.words]

    def _word_over(self, offset: int) -> Span | None:
        at = bisect_right(self._word_starts, offset) - 1
        return self.words[at] if at >= 0 and offset < self.words[at][1] else None


def stretches_of(article: Article) -> list[Span]:
    """The parts of an article that are read; the whole text where it has no parts."""
    if not article.parts:
        return [(0, len(article.text))] if article.text.strip() else []
    return [(part.start, part.end) for part in article.parts if part.role in READ_ROLES]


def prepare(article: Article, tokenizer: Tokenizer, language: str, room: int) -> Prepared:
    """The article's words and pieces, and the windows that cover them."""
    text = article.text
    passages = stretches_of(article)
    pieces = cut_pieces(text, passages, tokenizer)
    cut = [splitter(language).split(text, *passage) for passage in passages]
    seen = _seen([word for inside in cut for word in inside], pieces)
    stretches: list[Stretch] = []
    words: list[Span] = []
    at = 0
    for (start, end), inside in zip(passages, cut, strict=True):
        first, at = len(words), at + len(inside)
        words.extend(compress(inside, seen[at - len(inside) : at]))
        if len(words) > first:
            stretches.append(Stretch(start, end, first, len(words), is_wrapped(text[start:end])))
    first_pieces = pieces.first_of(np.array([start for start, _ in words], dtype=np.int64)) if words else _no_ints()
    windows = plan(_cuts(text, words, stretches, first_pieces), len(pieces), room, min(CONTEXT, room // 4))
    return Prepared(article, tuple(stretches), tuple(words), pieces, first_pieces, tuple(windows))


def _no_ints() -> Ints:
    return np.zeros(0, dtype=np.int64)


def _seen(words: list[Span], pieces: Pieces) -> list[bool]:
    """Whether the model has a piece for each word: it has none for control and private characters."""
    if not words or not len(pieces):
        return [False] * len(words)
    starts, ends = np.array(words, dtype=np.int64).T
    following = np.minimum(np.searchsorted(pieces.ends, starts, side="right"), len(pieces) - 1)
    touched: list[bool] = ((pieces.starts[following] < ends) & (pieces.ends[following] > starts)).tolist()
    return touched


def _cuts(text: str, words: Sequence[Span], stretches: Sequence[Stretch], first_pieces: Ints) -> list[int]:
    """The pieces where a window may begin: the starts of parts and paragraphs, and what looks like a sentence's."""
    firsts = {stretch.first_word for stretch in stretches}
    cuts = {0}
    for index, (start, _) in enumerate(words):
        if index in firsts or (index and _looks_like_start(text, words[index - 1], start)):
            cuts.add(int(first_pieces[index]))
    return sorted(cuts)


def _looks_like_start(text: str, before: Span, start: int) -> bool:
    last = text[before[1] - 1]
    if "\n" in text[before[1] : start]:
        return True
    return last in TERMINAL and before[1] - before[0] == 1 and (text[start].isupper() or text[start] in "\"“‘'")
