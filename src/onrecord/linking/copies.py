"""Copied passages: which articles reuse one another's text, word for word or edited, and which of two came first.

Articles that share runs of words are aligned (`passages.py`). What both quote from a speaker is no copy, nor are
names, set phrases of the trade and an outlet's own standing text. Who copied is told from credits and from time.

The thresholds were set by reading what they find in BASIL's 300 articles, whose outlets rarely copy, and are held by
the passages of `evaluation/planted.py`.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, lru_cache
from importlib.resources import files
from itertools import groupby, pairwise

import numpy as np

from onrecord.linking.alignment import changes, in_words
from onrecord.linking.blocks import Capped, note
from onrecord.linking.passages import REPEATS, SEED, Run, Stretch, arranged
from onrecord.linking.precedence import Precedence
from onrecord.linking.shingles import Index, Numbers, Shared, diagonals, numbers, sampled, shared
from onrecord.linking.stems import READ, Words, common_use, own_stems, own_words, stems_in
from onrecord.linking.wording import MARKED, alike
from onrecord.model import Article, Corpus, Link, Passage, When, digest
from onrecord.model.outlets import publisher

RUN = 8
"""Words in a shingle by which a wholly copied article is told."""
KEEP_ONE_IN = 4
"""One shingle in four is a key."""
CONTAINED = 0.6
"""The part of the undated article's shingles that a dated one must hold to lend its date."""

PROBE = 4
"""Words in a run by which articles with passages in common find one another."""
PROBE_ONE_IN = 2
"""One such run in two is a key."""
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
SURE, WITH_IT, ALIKE = 36, 6, 0.8
"""Where so many such words are copied, passages of so many words that are so much the same are copied too.

Articles of one outlet have fewer in common by habit: its own way of telling what went before.
"""
TELLING = 26.0
"""The rarities of those words come to this much: a dozen small words in a row are chance."""
RAREST = 4.0
"""What a word counts for at most: one rare word proves nothing."""
STANDING, STANDING_DAYS, STANDING_SHARE = 4, 14, 0.25
"""A passage in so many articles, so many days apart, and no greater part of them, is an outlet's standing text."""

WORD = re.compile(r"\w+")


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
    words: Words
    runs: Numbers
    seeds: Numbers
    index: Index
    """Of the seeds."""
    own: bytearray
    holes: list[int]
    """The words before which a part that is not read stands; a passage does not go on over it."""


@dataclass(frozen=True, slots=True)
class Copied:
    """What two articles share: the stretches that count, with the words in them that show it."""

    stretches: tuple[Stretch, ...]
    own: int

    @property
    def words(self) -> int:
        return sum(len(stretch.pairs) for stretch in self.stretches)


def links(corpus: Corpus, capped: Capped | None = None) -> tuple[Link, ...]:
    """The `copied_from` links between articles: the copy is on the left, what it copies on the right."""
    articles = corpus.articles
    runs = [numbers(own_stems(article), PROBE) for article in articles]
    keys = [sampled(found, PROBE_ONE_IN) for found in runs]
    standing = standing_runs(articles, keys)
    precedence = Precedence(corpus)
    made = []
    found = shared(keys, least=PROBES)
    note(capped, "copies", found.over_full)
    for group in together(near_ones(articles, runs, partners(found))):
        readings: dict[int, Reading] = {}
        for a, b in group:
            for at in (a, b):
                if at not in readings:
                    readings[at] = read(corpus, articles[at], runs[at])
            copied = compare(readings[a], readings[b], standing)
            if copied is not None and (copied.own >= SURE or publisher(articles[a]) != publisher(articles[b])):
                made.append(link(precedence, readings[a], readings[b], copied))
    return tuple(sorted(made, key=lambda row: row.id))


def near_ones(
    articles: Sequence[Article], runs: Sequence[Numbers], pairs: Iterable[tuple[int, int]]
) -> Iterator[tuple[int, int]]:
    """The pairs of two origins that share enough runs close together; `pairs` come in order of the second."""
    at, index = -1, Index.of(np.empty(0, np.uint64))
    for a, b in sorted(pairs, key=lambda pair: (pair[1], pair[0])):
        if b != at:
            at, index = b, Index.of(runs[b])
        if articles[a].origin != articles[b].origin and near(runs[a], index):
            yield a, b


def together(pairs: Iterable[tuple[int, int]]) -> list[list[tuple[int, int]]]:
    """The pairs in groups that share no article with one another, so that few articles' words are held at a time."""
    above: dict[int, int] = {}

    def top(at: int) -> int:
        while above.setdefault(at, at) != at:
            above[at] = at = above[above[at]]
        return at

    kept = sorted(pairs)
    for a, b in kept:
        one, other = sorted((top(a), top(b)))
        above[other] = one
    groups: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for a, b in kept:
        groups[top(a)].append((a, b))
    return [groups[at] for at in sorted(groups)]


def read(corpus: Corpus, article: Article, runs: Numbers) -> Reading:
    """The words of an article, and which of them are its own."""
    words = own_words(article)
    own = bytearray(b"\1" * len(words))
    headline = max((part.end for part in article.parts if part.role == "headline"), default=0)
    for start, end in [(0, headline), *not_own(corpus, article)]:
        found = words.within(start, end)
        own[found.start : found.stop] = bytes(len(found))
    for start, length in set_phrases(words.stems):
        own[start : start + length] = bytes(length)
    seeds = numbers(words.stems, SEED)
    return Reading(article, words, runs, seeds, Index.of(seeds), own, holes(article, words))


def holes(article: Article, words: Words) -> list[int]:
    """The words that come first after a part that is not read, in order."""
    read_before = [
        second.start for first, second in pairwise(article.parts) if first.role not in READ and second.role in READ
    ]
    return [words.within(start, start).start for start in read_before]


def not_own(corpus: Corpus, article: Article) -> Iterator[tuple[int, int]]:
    """Where an article's words are a speaker's or a name: two that share them have not copied one another."""
    for statement in corpus.statements_of.get(article.id, ()):
        if statement.form == "direct":
            yield from ((passage.start, passage.end) for passage in statement.content)
    for mark in MARKED.finditer(article.text):
        yield mark.span()
    for mention in corpus.mentions_of.get(article.id, ()):
        if mention.form == "name" and " " in mention.text:
            yield mention.start, mention.end


@cache
def phrases() -> dict[str, tuple[tuple[str, ...], ...]]:
    """The set phrases of the trade as stems, by their first."""
    told = tomllib.loads(files(__package__).joinpath("stock_phrases.toml").read_text(encoding="utf8"))
    found: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for phrase in told["phrases"]:
        stems = tuple(stems_in(phrase, [(0, len(phrase))]))
        found[stems[0]].append(stems)
    return {first: tuple(sorted(rest, key=lambda stems: (-len(stems), stems))) for first, rest in found.items()}


def set_phrases(stems: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Where set phrases stand, as position and length."""
    known = phrases()
    for at, first in enumerate(stems):
        if first not in known:
            continue
        for phrase in known[first]:
            if tuple(stems[at : at + len(phrase)]) == phrase:
                yield at, len(phrase)
                break


def partners(found: Shared) -> list[tuple[int, int]]:
    """The pairs to compare of those that share enough keys: those that share the most with either of the two."""
    near: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for (a, b), count in found.pairs.items():
        near[a].append((-count, b))
        near[b].append((-count, a))
    return sorted({(min(a, b), max(a, b)) for a, others in near.items() for _, b in sorted(others)[:PARTNERS]})


def near(left: Numbers, right: Index) -> bool:
    """Enough of the runs that two articles share lie close together in the first."""
    held = right.holds(left)
    if len(held) <= WINDOW:
        return int(held.sum()) >= IN_WINDOW
    total = np.concatenate(([0], np.cumsum(held)))
    return int((total[WINDOW:] - total[:-WINDOW]).max()) >= IN_WINDOW


def standing_runs(articles: Sequence[Article], keys: Sequence[Numbers]) -> frozenset[int]:
    """The runs that stand in several articles which came out weeks apart: an outlet's standing text."""
    days: dict[int, list[str]] = defaultdict(list)
    if not keys:
        return frozenset()
    every, counts = np.unique(np.concatenate(keys), return_counts=True)
    often = every[counts >= STANDING]
    for article, held in zip(articles, keys, strict=True):
        if article.published is not None and article.published.earliest is not None:
            for run in np.intersect1d(often, held, assume_unique=True):
                days[int(run)].append(article.published.earliest[:10])
    return frozenset(run for run, found in days.items() if days_apart(min(found), max(found)) >= STANDING_DAYS)


def days_apart(first: str, last: str) -> int:
    return (date.fromisoformat(last) - date.fromisoformat(first)).days


def compare(left: Reading, right: Reading, standing: frozenset[int]) -> Copied | None:
    """What two articles share that one can only have from the other, or null.

    Where so much is copied that it is sure, what else the two have in common is copied as well: quotations, short
    sentences.
    """
    kept: list[Stretch] = []
    total = 0
    runs = [Run(i, j, n + SEED - 1) for i, j, n in diagonals(*right.index.places(left.seeds, REPEATS))]
    found = arranged(runs, left.words.stems, right.words.stems)
    for stretch in found:
        own = [(i, j) for i, j in stretch.pairs if left.own[i] and right.own[j]]
        if shows_copying(stretch, own, left) and not is_standing(left, stretch, standing):
            kept.append(stretch)
            total += len(own)
    if total >= SURE:
        kept += [one for one in found if one not in kept and len(one.pairs) >= WITH_IT and one.density >= ALIKE]
    pieces = [piece for stretch in kept for piece in unbroken(stretch, left.holes, right.holes)]
    return Copied(tuple(pieces), total) if pieces else None


def shows_copying(stretch: Stretch, own: Sequence[tuple[int, int]], left: Reading) -> bool:
    """The words of its own that a stretch has in both texts are too many, and tell too much, for chance."""
    if len(own) < OWN or (len(own) < OR_OWN and longest(own) < ON_END) or stretch.density < DENSITY:
        return False
    return weight(left.words.stems[i] for i, _ in own) >= TELLING


def unbroken(stretch: Stretch, left: Sequence[int], right: Sequence[int]) -> Iterator[Stretch]:
    """The stretch in pieces that no hole breaks on either side."""
    (i, j), (last, also) = stretch.pairs[0], stretch.pairs[-1]
    if bisect(left, i) == bisect(left, last) and bisect(right, j) == bisect(right, also):
        if len(stretch.pairs) >= SEED:
            yield Stretch(range(i, last + 1), range(j, also + 1), stretch.pairs)
        return
    for _, group in groupby(stretch.pairs, key=lambda pair: (bisect(left, pair[0]), bisect(right, pair[1]))):
        pairs = tuple(group)
        if len(pairs) >= SEED:
            yield Stretch(range(pairs[0][0], pairs[-1][0] + 1), range(pairs[0][1], pairs[-1][1] + 1), pairs)


def longest(pairs: Sequence[tuple[int, int]]) -> int:
    """The most pairs that follow one another on both sides."""
    best = length = 1 if pairs else 0
    for (i, j), (a, b) in pairwise(pairs):
        length = length + 1 if (a, b) == (i + 1, j + 1) else 1
        best = max(best, length)
    return best


def weight(stems: Iterable[str]) -> float:
    """How much some words tell together."""
    return sum(map(_weight, stems))


@lru_cache(maxsize=1 << 16)
def _weight(stem: str) -> float:
    return min(RAREST, common_use().rarity(stem))


def is_standing(reading: Reading, stretch: Stretch, standing: frozenset[int]) -> bool:
    """Most of a stretch's keys are an outlet's standing text, and it is no great part of the article."""
    if len(stretch.pairs) >= STANDING_SHARE * len(reading.words):
        return False
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
    return Passage(*reading.words.place(words))


def changed_words(left: Reading, right: Reading, stretch: Stretch) -> Iterator[str]:
    """What the copy changed: the source's words first, then the copy's; another form of a word is a change too."""
    text, starts, ends = left.article.text, left.words.starts, left.words.ends
    also, first, last = right.article.text, right.words.starts, right.words.ends
    same = [(i, j) for i, j in stretch.pairs if alike(text[starts[i] : ends[i]], also[first[j] : last[j]])]
    for change in changes(same, stretch.left, stretch.right):
        yield in_words(words_of(right, change.right), words_of(left, change.left))


def words_of(reading: Reading, words: range) -> str:
    return passage(reading, words).of(reading.article.text) if words else ""


def certainty(copied: Copied) -> float:
    """How sure it is that text was copied: the more words of one's own are shared, the surer."""
    return copied.own / (copied.own + OWN / 2)


def explanation(rows: Sequence[Stretch], share: float, edited: int, reason: str) -> str:
    """What was copied and how it is told who copied, in two sentences."""
    words = sum(len(stretch.left) for stretch in rows)
    count = "One passage" if len(rows) == 1 else f"{len(rows)} passages"
    verb = "stands" if len(rows) == 1 else "stand"
    edits = "word for word" if not edited else f"with {edited} {'change' if edited == 1 else 'changes'}"
    percent = "less than 1%" if share < 0.01 else f"{share:.0%}"
    return f"{count} of {words} words, {percent} of the copy, {verb} in both, {edits}. {reason}"
