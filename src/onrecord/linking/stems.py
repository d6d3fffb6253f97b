"""The words of a text as they are compared between articles: folded, without endings, with how common each one is."""

from __future__ import annotations

import math
import re
from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

from onrecord.model import Article

WORD = re.compile(r"\d+(?:[.,]\d+)*(?:[^\W\d_]+)?|(?:[^\W\d_]\.){2,}|[^\W\d_][^\W_]*(?:['’ʼ][^\W_]+)*|(?<=\d)%")
APOSTROPHES = str.maketrans({"’": "'", "ʼ": "'"})
VOWELS = frozenset("aeiouy")
READ = frozenset({"headline", "standfirst", "dateline", "body"})
"""The parts of an article that tell what it is on; it sets the others apart as boilerplate, captions and the like."""
KEPT = 20_000
"""Articles whose stems are kept while a record is linked, some six kilobytes each."""


class Token(NamedTuple):
    """A word of a text: where it stands, in code points, and its stem."""

    start: int
    end: int
    stem: str


def tokens(text: str, start: int = 0, end: int | None = None) -> list[Token]:
    """The words of `text[start:end]` in order, with offsets into `text`."""
    stop = len(text) if end is None else end
    return [Token(m.start(), m.end(), stem(m[0])) for m in WORD.finditer(text, start, stop)]


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text in order, side by side: where each starts and ends, in code points, and its stem."""

    starts: array[int]
    ends: array[int]
    stems: list[str]

    def __len__(self) -> int:
        return len(self.stems)

    def within(self, start: int, end: int) -> range:
        """The positions of the words that start in a stretch of the text."""
        return range(bisect_left(self.starts, start), bisect_left(self.starts, end))

    def place(self, positions: range) -> tuple[int, int]:
        """Where a range of words that is not empty starts and ends in the text."""
        return self.starts[positions.start], self.ends[positions.stop - 1]


def own_text(article: Article) -> tuple[tuple[int, int], ...]:
    """Where an article's text stands that tells what it is on."""
    return tuple((part.start, part.end) for part in article.parts if part.role in READ)


def own_stems(article: Article) -> tuple[str, ...]:
    """The stems of the words of that text in order; several linkers ask, so they are kept until `forget`."""
    return _stems_kept(article.text, own_text(article))


def forget() -> None:
    """The stems of articles are no longer kept."""
    _stems_kept.cache_clear()


@lru_cache(maxsize=KEPT)
def _stems_kept(text: str, stretches: tuple[tuple[int, int], ...]) -> tuple[str, ...]:
    return tuple(stems_in(text, stretches))


def own_words(article: Article) -> Words:
    """The words of the text that tells what an article is on."""
    text = article.text
    spans = [match.span() for start, end in own_text(article) for match in WORD.finditer(text, start, end)]
    return _side_by_side(spans, list(own_stems(article)))


def words_in(text: str, stretches: Iterable[tuple[int, int]]) -> Words:
    """The words of some stretches of a text, which come in order."""
    spans = [match.span() for start, end in stretches for match in WORD.finditer(text, start, end)]
    return _side_by_side(spans, [stem(text[start:end]) for start, end in spans])


def _side_by_side(spans: Sequence[tuple[int, int]], stems: list[str]) -> Words:
    starts, ends = (array("l", side) for side in zip(*spans, strict=True)) if spans else (array("l"), array("l"))
    return Words(starts, ends, stems)


def stems_in(text: str, stretches: Iterable[tuple[int, int]]) -> list[str]:
    """The stems of the words of some stretches of a text."""
    return [stem(word) for start, end in stretches for word in WORD.findall(text, start, end)]


@lru_cache(maxsize=1 << 18)
def stem(word: str) -> str:
    """The word without case, possessive and the commonest English endings.

    A light stemmer in the manner of Harman's S-stemmer ("How effective is suffixing?", 1991), with -ed and -ing.
    """
    plain = word.translate(APOSTROPHES).casefold()
    if "." in plain and not plain[0].isdigit():
        return plain.replace(".", "")
    if plain.endswith("'s"):
        plain = plain[:-2]
    if len(plain) < 4 or not plain.isalpha():
        return plain
    plain = _singular(plain)
    for ending in ("ing", "ed"):
        root = plain.removesuffix(ending)
        if root != plain and len(root) >= 3 and VOWELS & set(root):
            plain = root[:-1] if root[-1] == root[-2] and root[-1] not in "lsz" else root
            break
    return plain.removesuffix("e") if len(plain) > 4 else plain


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes", "zes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


class Use(NamedTuple):
    """In how many of `articles` articles each stem stands."""

    articles: int
    of: Counter[str]

    def rarity(self, key: str) -> float:
        """The inverse document frequency of a stem, in natural logarithms: 0 where every article has it."""
        return math.log((self.articles + 1) / (min(self.of.get(key, 0), self.articles) + 1))

    def more(self, documents: Iterable[Iterable[str]]) -> Use:
        """The use with the stems of these documents counted in as well; each document gives each stem once."""
        found = Counter(self.of)
        count = 0
        for document in documents:
            found.update(document)
            count += 1
        return Use(self.articles + count, found)


class Rarities(dict[str, float]):
    """How rare each stem is, counted when it is first asked for."""

    def __init__(self, use: Use) -> None:
        super().__init__()
        self.use = use

    def __missing__(self, key: str) -> float:
        self[key] = rare = self.use.rarity(key)
        return rare


@cache
def common_use() -> Use:
    """How common English words that are no names are in the news, which a small record cannot tell by itself.

    Counted over articles of other years and outlets (`training/word_use.py`).
    """
    lines = files(__package__).joinpath("word_use.tsv").read_text(encoding="utf8").splitlines()
    found: Counter[str] = Counter()
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    for word, count in rows[1:]:
        found[stem(word)] += int(count)
    return Use(int(rows[0][1]), found)
