"""A statement as its words are compared with another article's, and the statements worth comparing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from onrecord.linking.shingles import Numbers, number_of, numbers, shared
from onrecord.linking.stems import Token, tokens
from onrecord.linking.wording import MARKED, NAME, class_of, is_common, weight
from onrecord.model import Article, Corpus, Passage, Statement, Story

RUN = 4
"""Words in a run by which the same words find one another, in whatever story."""
RUN_TELLS = 5.0
"""The rarities of a run's words come to this much, or it blocks nothing: "it is one of"."""
RARE = 2.5
"""A word this rare is a key of its story."""
CAP = 60
"""Statements in a block; over-full keys are left out."""
SHARED_RUNS, SHARED_WORDS = 2, 2
"""Statements are compared when they share so many runs, or so many rare words in one story."""


@dataclass(frozen=True, slots=True)
class Saying:
    """A statement with its words, as stems and as the classes that they are compared in."""

    statement: Statement
    article: Article
    words: tuple[Token, ...]
    classes: tuple[str, ...]
    weights: tuple[float, ...]
    names: Mapping[int, str]
    """The party that each word which is part of a name names, by the word's position."""
    quoted: tuple[bool, ...]
    """Whether each word is the speaker's own."""

    @property
    def weight(self) -> float:
        return sum(self.weights)

    def word(self, at: int) -> str:
        """A word as it stands in the text."""
        return self.article.text[self.words[at].start : self.words[at].end]

    def phrase(self, span: range) -> str:
        """The text of a range of words; what lies between two passages of the content is left out."""
        return " ".join(passage.of(self.article.text) for passage in self.passages(span))

    def passages(self, span: range) -> tuple[Passage, ...]:
        """The places of a range of words, one for each passage of the content."""
        found = []
        for content in self.statement.content:
            inside = [self.words[at] for at in span if content.start <= self.words[at].start < content.end]
            if inside:
                found.append(Passage(inside[0].start, inside[-1].end))
        return tuple(found)


def sayings(corpus: Corpus) -> list[Saying]:
    """Every statement of a record that has words, in the order of ids."""
    found = []
    for statement in corpus.statements:
        article = corpus.article[statement.article_id]
        words = [
            token for passage in sorted(statement.content) for token in tokens(article.text, passage.start, passage.end)
        ]
        if words and words[0].stem == "that":
            words = words[1:]
        if len(words) > 1:
            classes = tuple(class_of(token.stem) for token in words)
            named = names(corpus, article, words)
            weights = tuple(weigh(article, token, at in named) for at, token in enumerate(words))
            quoted = in_marks(article, statement, words)
            found.append(Saying(statement, article, tuple(words), classes, weights, named, quoted))
    return found


def weigh(article: Article, token: Token, named: bool) -> float:
    """How much a word tells; a name little, and what is spelt like one and is no common word as little."""
    like_name = article.text[token.start].isupper() and not is_common(token.stem)
    return min(NAME, weight(token.stem)) if named or like_name else weight(token.stem)


def in_marks(article: Article, statement: Statement, words: Sequence[Token]) -> tuple[bool, ...]:
    """Which words are the speaker's own: all of a direct statement, those between quotation marks of a mixed one."""
    if statement.form != "mixed":
        return (statement.form == "direct",) * len(words)
    first, last = words[0].start, words[-1].end
    marks = [mark.span() for mark in MARKED.finditer(article.text, max(0, first - 2), last + 2)]
    return tuple(any(start <= token.start < end for start, end in marks) for token in words)


def names(corpus: Corpus, article: Article, words: Sequence[Token]) -> dict[int, str]:
    """Which words are part of a name, and whose."""
    found: dict[int, str] = {}
    mentions = [m for m in corpus.mentions_of.get(article.id, ()) if m.form in ("name", "demonym")]
    for mention in mentions:
        if words[-1].end <= mention.start or mention.end <= words[0].start:
            continue
        for at, token in enumerate(words):
            if mention.start <= token.start < mention.end:
                found[at] = mention.party_id
    return found


@dataclass(frozen=True, slots=True)
class Candidates:
    """The pairs of positions worth comparing, in order, and how many keys the cap left out."""

    pairs: tuple[tuple[int, int], ...]
    left_out: int


def candidates(found: Sequence[Saying], stories: Sequence[Story]) -> Candidates:
    """Statements of two articles that share runs of words, or rare words in one story."""
    story_of = {article_id: story.id for story in stories for article_id in story.article_ids}
    runs = shared([run_keys(saying) for saying in found], CAP)
    words = shared([word_keys(saying, story_of) for saying in found], CAP)
    pairs = {pair for pair, count in runs.pairs.items() if count >= SHARED_RUNS}
    pairs |= {pair for pair, count in words.pairs.items() if count >= SHARED_WORDS}
    kept = (pair for pair in pairs if found[pair[0]].article.origin != found[pair[1]].article.origin)
    return Candidates(tuple(sorted(kept)), runs.left_out + words.left_out)


def run_keys(saying: Saying) -> Numbers:
    """The runs of a statement that tell something."""
    runs = numbers(saying.classes, RUN)
    if not len(runs):
        return runs
    total = np.concatenate(([0.0], np.cumsum(saying.weights)))
    return np.unique(runs[total[RUN:] - total[:-RUN] >= RUN_TELLS])


def word_keys(saying: Saying, story_of: Mapping[str, str]) -> Numbers:
    """The rare words of a statement in its story."""
    story = story_of.get(saying.article.id)
    if story is None:
        return np.empty(0, np.uint64)
    rare = {one for one, weighs in zip(saying.classes, saying.weights, strict=True) if weighs >= RARE}
    return np.array(sorted(number_of(f"{story} {one}") for one in rare), np.uint64)
