"""A statement as its words are compared with another article's, and the statements worth comparing."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from onrecord.linking.shingles import Numbers, number_of, numbers, shared
from onrecord.linking.stems import Words, words_in
from onrecord.linking.wording import MARKED, NAME, SMALL, class_of, is_common, weight
from onrecord.model import Article, Corpus, Passage, Statement, Story

BEGINNING = re.compile(r'(?:[.!?:…\n]|[“"«])\W{0,4}\Z')
"""What stands before the first word of a sentence or a quotation."""
RUN = 4
"""Words in a run by which the same words find one another, in whatever story."""
RUN_TELLS = 5.0
"""The rarities of a run's words come to this much, or it blocks nothing: "it is one of"."""
NAMED = frozenset({"name", "demonym"})
RARE = 2.5
"""A word this rare is a key of its story."""
CAP = 60
"""Statements in a block; of one that is over-full, each is compared with the next few only:"""
NEXT_FEW = 6
SHARED_RUNS, SHARED_WORDS = 2, 2
"""Statements are compared when they share so many runs, or so many rare words in one story."""


@dataclass(frozen=True, slots=True)
class Saying:
    """A statement with its words, as stems and as the classes that they are compared in."""

    statement: Statement
    article: Article
    words: Words
    classes: tuple[str, ...]
    weights: tuple[float, ...]
    names: Mapping[int, str]
    """The party that each word which is part of a name names, by the word's position."""
    quoted: tuple[bool, ...]
    """Whether each word is the speaker's own."""

    weight: float
    """Of all words together."""
    telling: frozenset[str]
    """The classes of the words that are not small."""

    def phrase(self, span: range) -> str:
        """The text of a range of words; what lies between two passages of the content is left out."""
        return " ".join(passage.of(self.article.text) for passage in self.passages(span))

    def passages(self, span: range) -> tuple[Passage, ...]:
        """The places of a range of words, one for each passage of the content."""
        found = []
        for content in self.statement.content:
            inside = self.words.within(content.start, content.end)
            inside = range(max(inside.start, span.start), min(inside.stop, span.stop))
            if inside:
                found.append(Passage(*self.words.place(inside)))
        return tuple(found)


def sayings(corpus: Corpus) -> list[Saying]:
    """Every statement of a record that has words, in the order of ids."""
    found = (saying(corpus, statement) for statement in corpus.statements)
    return [one for one in found if len(one.words) > 1]


def saying(corpus: Corpus, statement: Statement) -> Saying:
    """A statement with its words."""
    article = corpus.article[statement.article_id]
    words = words_in(article.text, [(passage.start, passage.end) for passage in sorted(statement.content)])
    if statement.form != "direct" and words.stems[:1] == ["that"]:
        words = Words(words.starts[1:], words.ends[1:], words.stems[1:])
    named = names(corpus, article, words)
    classes = tuple(map(class_of, words.stems))
    in_headline = any(part.role == "headline" and part.end > words.starts[0] for part in article.parts if len(words))
    text = article.text
    names_at = {
        at
        for at, start in enumerate(words.starts)
        if at in named or (text[start].isupper() and looks_a_name(article, words, at, in_headline))
    }
    weights = tuple(min(NAME, weight(key)) if at in names_at else weight(key) for at, key in enumerate(words.stems))
    telling = frozenset(one for one, weighs in zip(classes, weights, strict=True) if weighs >= SMALL)
    quoted = in_marks(article, statement, words)
    return Saying(statement, article, words, classes, weights, named, quoted, math.fsum(weights), telling)


def looks_a_name(article: Article, words: Words, at: int, in_headline: bool) -> bool:
    """A word with a capital is spelt as a name: it is not common or does not begin a sentence.

    In a headline, where any word may have one, only a word that is not common.
    """
    start = words.starts[at]
    begins = at == 0 or BEGINNING.search(article.text, max(0, start - 6), start) is not None
    return not is_common(words.stems[at]) or not (begins or in_headline)


def in_marks(article: Article, statement: Statement, words: Words) -> tuple[bool, ...]:
    """Which words are the speaker's own: all of a direct statement, those between quotation marks of a mixed one."""
    if statement.form != "mixed" or not len(words):
        return (statement.form == "direct",) * len(words)
    found = [False] * len(words)
    for mark in MARKED.finditer(article.text, max(0, words.starts[0] - 2), words.ends[-1] + 2):
        for at in words.within(*mark.span()):
            found[at] = True
    return tuple(found)


def names(corpus: Corpus, article: Article, words: Words) -> dict[int, str]:
    """Which words are part of a name, and whose."""
    found: dict[int, str] = {}
    first, last = (words.starts[0], words.starts[-1]) if len(words) else (0, -1)
    for mention in corpus.mentions_of.get(article.id, ()):
        if mention.start <= last and mention.end > first and mention.form in NAMED:
            found.update(dict.fromkeys(words.within(mention.start, mention.end), mention.party_id))
    return found


@dataclass(frozen=True, slots=True)
class Candidates:
    """The pairs of positions worth comparing, in order, and how many keys were over the cap."""

    pairs: tuple[tuple[int, int], ...]
    over_full: int


def candidates(found: Sequence[Saying], stories: Sequence[Story]) -> Candidates:
    """Statements of two articles that share runs of words, or rare words in one story."""
    story_of = {article_id: story.id for story in stories for article_id in story.article_ids}
    runs = shared([run_keys(saying) for saying in found], CAP, NEXT_FEW, SHARED_RUNS)
    words = shared([word_keys(saying, story_of) for saying in found], CAP, NEXT_FEW, SHARED_WORDS)
    kept = (
        pair
        for pair in runs.pairs.keys() | words.pairs.keys()
        if found[pair[0]].article.origin != found[pair[1]].article.origin
    )
    return Candidates(tuple(sorted(kept)), runs.over_full + words.over_full)


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
