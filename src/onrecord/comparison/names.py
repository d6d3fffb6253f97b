"""How a name is written: one that two articles of a story spell with a letter more, less or another."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

from onrecord.comparison.amounts import Verdict
from onrecord.comparison.asking import Question, given, outcome_of, paired, settled, subjects
from onrecord.comparison.ground import Ground, phrases
from onrecord.model import Comparison, Mention

LETTERS = 5
"""Letters of a word in which one letter is a matter of spelling: shorter names with one changed are other names."""
KINDS = frozenset({"person", "place", "organisation", "work"})
AROUND = 50
"""Characters on either side of a name in which words are looked for that tell who it is."""
CAP = 200
"""Names of one word in a story that are compared with one another, at most."""
WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
TELLING = re.compile(r"[^\W\d_]{4,}")
STEM = 5


@dataclass(frozen=True, slots=True)
class Name:
    """A full name as one or more articles of a story write it."""

    words: tuple[str, ...]
    """Its words without accents, case and initials."""
    mentions: tuple[Mention, ...]
    """The first one in each article."""
    around: frozenset[str]
    """The beginnings of the words near it."""

    @property
    def articles(self) -> frozenset[str]:
        return frozenset(mention.article_id for mention in self.mentions)


def compare(ground: Ground) -> Iterator[Comparison]:
    """One comparison for each two spellings of a name in a story, where no article has both."""
    for story in sorted(ground.stories, key=lambda story: story.id):
        names = _names(ground, story.article_ids)
        blocks: dict[str, list[Name]] = defaultdict(list)
        for name in names:
            for word in sorted(set(name.words)):
                blocks[word].append(name)
        found = set()
        for word in sorted(blocks):
            for one, other in combinations(ground.few("names", blocks[word], CAP), 2):
                if (one.words, other.words) not in found and _is_one(one, other):
                    found.add((one.words, other.words))
                    yield _compared(ground, one, other)


def _names(ground: Ground, article_ids: Sequence[str]) -> list[Name]:
    """The full names in the articles, in order, each way to write one once."""
    found: dict[tuple[str, ...], dict[str, Mention]] = defaultdict(dict)
    around: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for article_id in sorted(article_ids):
        text = ground.article(article_id).text
        for mention in sorted(ground.corpus.mentions_of.get(article_id, ()), key=lambda one: one.start):
            if mention.form != "name" or ground.corpus.party[mention.party_id].kind not in KINDS:
                continue
            words = _words(mention.text)
            if len(words) > 1 and article_id not in found[words]:
                found[words][article_id] = mention
                near = text[max(0, mention.start - AROUND) : mention.start], text[mention.end : mention.end + AROUND]
                around[words].update(word.casefold()[:STEM] for part in near for word in TELLING.findall(part))
    little = phrases()["small"]["words"]
    return [
        Name(words, tuple(found[words].values()), frozenset(around[words] - {word[:STEM] for word in little}))
        for words in sorted(found)
    ]


@lru_cache(maxsize=1 << 13)
def _words(name: str) -> tuple[str, ...]:
    """The words of a name as they are compared; accents and initials are no matter of spelling."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return tuple(word.casefold().replace("’", "'") for word in WORD.findall(plain) if len(word) > 1)


def _is_one(one: Name, other: Name) -> bool:
    """Whether two names are one but for a letter in one word, no article has both, and the same is told beside them."""
    if len(one.words) != len(other.words) or one.articles & other.articles or not one.around & other.around:
        return False
    differing = [(a, b) for a, b in zip(one.words, other.words, strict=True) if a != b]
    return len(differing) == 1 and is_misspelling(*differing[0])


def is_misspelling(one: str, other: str) -> bool:
    """Whether a letter was left out, put in, changed or swapped inside a word.

    At its end that makes another name, or is how another country writes it ("Centre").

    The measure is Damerau's (1964): four in five spelling errors are one of these four.
    """
    short, long = sorted((one, other), key=len)
    if len(short) < LETTERS or short[0] != long[0] or len(long) - len(short) > 1 or long.startswith(short):
        return False
    at = next(at for at, (a, b) in enumerate(zip(short, long, strict=False)) if a != b)
    if len(short) < len(long):
        return short[at:] == long[at + 1 :]
    swapped = short[at : at + 2] == long[at : at + 2][::-1] and short[at + 2 :] == long[at + 2 :] != ""
    return swapped or (short[at + 1 :] == long[at + 1 :] != "")


def _compared(ground: Ground, one: Name, other: Name) -> Comparison:
    mentions = sorted((*one.mentions, *other.mentions), key=lambda mention: ground.place[mention.article_id])
    written: Mapping[str, tuple[str, ...]] = {m.id: name.words for name in (one, other) for m in name.mentions}
    answers = [given(mention, mention.text, written[mention.id]) for mention in mentions]
    parties = [ground.corpus.party[mention.party_id] for mention in mentions]
    question = Question("spelling", f"How is the name of {answers[0].value} written?", subjects("parties", parties))
    pairs = paired(answers, lambda left, right: Verdict("agree" if left == right else "differ"))
    said = "; ".join(f"{ground.outlet(answer.article_id)} writes “{answer.value}”" for answer in answers[:6])
    text = f"{said}. They spell it differently: at most one of these is right."
    return settled(ground, question, answers, outcome_of(pairs), text)
