"""Copied passages: which articles reuse one another's text, word for word or edited, and which of two came first.

Articles that share runs of words are aligned (`passages.py`). What both quote from a speaker is no copy, nor are
names, set phrases of the trade and an outlet's own standing text. Who copied is told from credits and from time.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from importlib.resources import files
from itertools import pairwise

import numpy as np

from onrecord.linking.alignment import changes, in_words
from onrecord.linking.passages import Stretch, stretches
from onrecord.linking.precedence import Precedence
from onrecord.linking.shingles import Numbers, Shared, numbers, sampled, shared
from onrecord.linking.stems import Token, common_use, tokens
from onrecord.linking.wording import MARKED
from onrecord.model import Article, Corpus, Link, Passage, When, digest
from onrecord.model.personal import fold

RUN = 8
"""Words in a shingle by which a wholly copied article is told."""
KEEP_ONE_IN = 4
"""One shingle in four is a key."""
CONTAINED = 0.6
"""The part of the undated article's shingles that a dated one must hold to lend its date."""

PROBE = 4
"""Words in a run by which articles with passages in common find one another."""
PROBE_ONE_IN = 3
"""One such run in three is a key."""
PROBES = 3
"""Articles that share fewer keys are not compared."""
PARTNERS = 25
"""Each article is compared with so many of those that share the most keys with it."""
WINDOW, IN_WINDOW = 24, 7
"""Only pairs with so many shared runs that begin within so many words are aligned."""
DENSITY = 0.6
"""The part of a passage's words that must be the same."""
OWN = 12
"""A passage has so many words in common that are neither quoted, nor a name, nor a headline, nor a set phrase."""
ON_END, OR_OWN = 6, 24
"""Of those, so many stand in a row, or there are so many of them: two reporters say one thing alike in fewer."""
TELLING = 26.0
"""The rarities of those words come to this much: a dozen small words in a row are chance."""
RAREST = 4.0
"""What a word counts for at most: one rare word proves nothing."""
STANDING, STANDING_DAYS, STANDING_SHARE = 4, 14, 0.25
"""A passage in so many articles, so many days apart, and no greater part of them, is an outlet's standing text."""

WORD = re.compile(r"\w+")
READ = frozenset({"headline", "standfirst", "dateline", "body"})


# ------------------------------------------------------------ dates of undated copies
def body_words(article: Article) -> list[str]:
    """The words of the parts that are read, lower-cased."""
    unread = ("boilerplate", "header", "section", "caption")
    text = " ".join(article.text[p.start : p.end] for p in article.parts if p.role not in unread)
    return WORD.findall(text.lower())


def keys(article: Article) -> Numbers:
    """The article's shingles that serve as keys, as sorted 64-bit numbers."""
    return sampled(numbers(body_words(article), RUN), KEEP_ONE_IN)


def containment(left: Numbers, right: Numbers) -> float:
    """The part of `left`'s keys that `right` holds too."""
    return len(np.intersect1d(left, right, assume_unique=True)) / len(left) if len(left) else 0.0


def dates_from_copies(articles: Sequence[Article]) -> dict[str, When]:
    """Publication dates, marked as inferred, for undated articles whose text is mostly that of one dated article.

    Where several dated articles qualify and differ, the date spans them all: the record does not choose.
    """
    if all(article.published is not None for article in articles):
        return {}
    shingles = [keys(article) for article in articles]
    lenders: dict[str, list[When]] = defaultdict(list)
    for a, b in shared(shingles).pairs:
        for undated, dated in ((a, b), (b, a)):
            published = articles[dated].published
            if articles[undated].published is not None or published is None:
                continue
            if containment(shingles[undated], shingles[dated]) >= CONTAINED:
                lenders[articles[undated].id].append(published)
    return {article_id: spanning(dates) for article_id, dates in lenders.items()}


def spanning(dates: Sequence[When]) -> When:
    """One date that covers `dates`, as days, marked as inferred."""
    first = min(d.earliest or d.latest or "" for d in dates)[:10]
    last = max(d.latest or d.earliest or "" for d in dates)[:10]
    text = min(d.text for d in dates)
    return replace(dates[0], text=text, earliest=first, latest=last, precision="day", part=None, basis="inferred")


# ------------------------------------------------------------ copied passages
@dataclass(eq=False, slots=True)
class Reading:
    """An article's words as they are compared; `own` says of each whether it can show that a text was copied."""

    article: Article
    words: list[Token]
    stems: list[str]
    runs: Numbers
    keys: Numbers
    own: bytearray


@dataclass(frozen=True, slots=True)
class Copied:
    """What two articles share: the stretches that count, with the words in them that show it."""

    stretches: tuple[Stretch, ...]
    own: int

    @property
    def words(self) -> int:
        return sum(len(stretch.pairs) for stretch in self.stretches)


def links(corpus: Corpus) -> tuple[Link, ...]:
    """The `copied_from` links between articles: the copy is on the left, what it copies on the right."""
    readings = [read(corpus, article) for article in corpus.articles]
    found = shared([reading.keys for reading in readings])
    standing = standing_runs(readings)
    precedence = Precedence(corpus)
    made = []
    for a, b in partners(found):
        left, right = readings[a], readings[b]
        if left.article.origin == right.article.origin or not near(left, right):
            continue
        copied = compare(left, right, standing)
        if copied is not None:
            made.append(link(precedence, left, right, copied))
    return tuple(sorted(made, key=lambda row: row.id))


def read(corpus: Corpus, article: Article) -> Reading:
    """The words of an article's own text, without what it sets apart as somebody else's or as boilerplate."""
    words = [
        token for part in article.parts if part.role in READ for token in tokens(article.text, part.start, part.end)
    ]
    stems = [token.stem for token in words]
    runs = numbers(stems, PROBE)
    own = bytearray(b"\1" * len(words))
    headline = [part for part in article.parts if part.role == "headline"]
    body_from = bisect_left(words, max((part.end for part in headline), default=0), key=lambda token: token.start)
    own[:body_from] = bytes(body_from)
    for passage in not_own(corpus, article):
        for at, token in enumerate(words):
            if passage.start <= token.start < passage.end:
                own[at] = 0
    for start, length in set_phrases(stems):
        own[start : start + length] = bytes(length)
    return Reading(article, words, stems, runs, sampled(runs, PROBE_ONE_IN), own)


def not_own(corpus: Corpus, article: Article) -> Iterator[Passage]:
    """Where an article's words are a speaker's or a name: two that share them have not copied one another."""
    for statement in corpus.statements_of.get(article.id, ()):
        if statement.form == "direct":
            yield from statement.content
    for mark in MARKED.finditer(article.text):
        yield Passage(*mark.span())
    for mention in corpus.mentions_of.get(article.id, ()):
        if mention.form == "name" and " " in mention.text:
            yield Passage(mention.start, mention.end)


@cache
def phrases() -> dict[str, tuple[tuple[str, ...], ...]]:
    """The set phrases of the trade as stems, by their first."""
    told = tomllib.loads(files(__package__).joinpath("stock_phrases.toml").read_text(encoding="utf8"))
    found: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for phrase in told["phrases"]:
        stems = tuple(token.stem for token in tokens(phrase))
        found[stems[0]].append(stems)
    return {first: tuple(sorted(rest, key=lambda stems: (-len(stems), stems))) for first, rest in found.items()}


def set_phrases(stems: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Where set phrases stand, as position and length."""
    known = phrases()
    for at, first in enumerate(stems):
        for phrase in known.get(first, ()):
            if tuple(stems[at : at + len(phrase)]) == phrase:
                yield at, len(phrase)
                break


def partners(found: Shared) -> list[tuple[int, int]]:
    """The pairs to compare: those that share the most keys with either of the two."""
    near: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for (a, b), count in found.pairs.items():
        if count >= PROBES:
            near[a].append((-count, b))
            near[b].append((-count, a))
    return sorted({(min(a, b), max(a, b)) for a, others in near.items() for _, b in sorted(others)[:PARTNERS]})


def near(left: Reading, right: Reading) -> bool:
    """Enough of the runs that two articles share lie close together in the first."""
    held = np.isin(left.runs, right.runs)
    if len(held) <= WINDOW:
        return int(held.sum()) >= IN_WINDOW
    total = np.concatenate(([0], np.cumsum(held)))
    return int((total[WINDOW:] - total[:-WINDOW]).max()) >= IN_WINDOW


def standing_runs(readings: Sequence[Reading]) -> frozenset[int]:
    """The runs that stand in several articles which came out weeks apart: an outlet's standing text."""
    days: dict[int, list[str]] = defaultdict(list)
    if not readings:
        return frozenset()
    every, counts = np.unique(np.concatenate([reading.keys for reading in readings]), return_counts=True)
    often = every[counts >= STANDING]
    for reading in readings:
        published = reading.article.published
        if published is not None and published.earliest is not None:
            for run in np.intersect1d(often, reading.keys, assume_unique=True):
                days[int(run)].append(published.earliest[:10])
    return frozenset(run for run, found in days.items() if days_apart(min(found), max(found)) >= STANDING_DAYS)


def days_apart(first: str, last: str) -> int:
    return (date.fromisoformat(last) - date.fromisoformat(first)).days


def compare(left: Reading, right: Reading, standing: frozenset[int]) -> Copied | None:
    """What two articles share that one can only have from the other, or null."""
    kept: list[Stretch] = []
    total = 0
    for stretch in stretches(left.stems, right.stems):
        own = [(i, j) for i, j in stretch.pairs if left.own[i] and right.own[j]]
        if (
            len(own) < OWN
            or (len(own) < OR_OWN and longest(own) < ON_END)
            or stretch.density < DENSITY
            or weight(left.stems[i] for i, _ in own) < TELLING
        ):
            continue
        if is_standing(left, stretch, standing) and len(stretch.pairs) < STANDING_SHARE * len(left.words):
            continue
        kept.append(stretch)
        total += len(own)
    return Copied(tuple(kept), total) if kept else None


def longest(pairs: Sequence[tuple[int, int]]) -> int:
    """The most pairs that follow one another on both sides."""
    best = length = 1 if pairs else 0
    for (i, j), (a, b) in pairwise(pairs):
        length = length + 1 if (a, b) == (i + 1, j + 1) else 1
        best = max(best, length)
    return best


def weight(stems: Iterable[str]) -> float:
    """How much some words tell together."""
    use = common_use()
    return sum(min(RAREST, use.rarity(stem)) for stem in stems)


def is_standing(reading: Reading, stretch: Stretch, standing: frozenset[int]) -> bool:
    """Most of a stretch's keys are an outlet's standing text."""
    runs = reading.runs[stretch.left.start : max(stretch.left.start + 1, stretch.left.stop - PROBE + 1)]
    found = [int(run) for run in runs if int(run) % PROBE_ONE_IN == 0]
    return bool(found) and sum(run in standing for run in found) * 2 > len(found)


# ------------------------------------------------------------ the rows
def link(precedence: Precedence, one: Reading, other: Reading, copied: Copied) -> Link:
    """The link of two articles, with the one that copied on the left."""
    order = precedence.of(one.article, other.article)
    left, right = (one, other) if order.copy_id == one.article.id else (other, one)
    rows = copied.stretches
    if left is other:
        rows = tuple(turned(stretch) for stretch in rows)
    rows = tuple(sorted(rows, key=lambda stretch: stretch.left.start))
    changed = tuple(change for stretch in rows for change in changed_words(left, right, stretch))
    share = sum(len(stretch.left) for stretch in rows) / len(left.words)
    return Link(
        id=digest("link", "copied_from", left.article.id, right.article.id),
        kind="copied_from",
        left_id=left.article.id,
        right_id=right.article.id,
        left_passages=tuple(passage(left, stretch.left) for stretch in rows),
        right_passages=tuple(passage(right, stretch.right) for stretch in rows),
        changed=changed,
        score=round(certainty(copied), 3),
        explanation=explanation(rows, share, len(changed), order.reason),
    )


def turned(stretch: Stretch) -> Stretch:
    """The stretch with its sides exchanged."""
    return Stretch(stretch.right, stretch.left, tuple((j, i) for i, j in stretch.pairs))


def passage(reading: Reading, words: range) -> Passage:
    """The passage of a range of words."""
    return Passage(reading.words[words.start].start, reading.words[words.stop - 1].end)


def changed_words(left: Reading, right: Reading, stretch: Stretch) -> Iterator[str]:
    """What the copy changed: the source's words first, then the copy's; another form of a word is a change too."""
    same = [(i, j) for i, j in stretch.pairs if word_of(left, i) == word_of(right, j)]
    for change in changes(same, stretch.left, stretch.right):
        yield in_words(words_of(right, change.right), words_of(left, change.left))


def word_of(reading: Reading, at: int) -> str:
    return fold(reading.article.text[reading.words[at].start : reading.words[at].end])


def words_of(reading: Reading, words: range) -> str:
    return passage(reading, words).of(reading.article.text) if words else ""


def certainty(copied: Copied) -> float:
    """How sure it is that text was copied: the more words of one's own are shared, the surer."""
    return copied.own / (copied.own + OWN / 2)


def explanation(rows: Sequence[Stretch], share: float, edited: int, reason: str) -> str:
    """What was copied and how it is told who copied, in two sentences."""
    words = sum(len(stretch.left) for stretch in rows)
    places = "One passage" if len(rows) == 1 else f"{len(rows)} passages"
    verb = "stands" if len(rows) == 1 else "stand"
    edits = "word for word" if not edited else f"with {edited} {'change' if edited == 1 else 'changes'}"
    percent = "less than 1%" if share < 0.01 else f"{share:.0%}"
    return f"{places} of {words} words, {percent} of the copy, {verb} in both, {edits}. {reason}"
