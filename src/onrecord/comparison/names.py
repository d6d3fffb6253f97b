"""How a name is written: one that two articles of a story, or two places of one, spell with a letter more or another.

Inside one article a full name is compared with full names, and a surname by itself with those of the persons whom the
article names in full, unless somebody else in the record has it: on 2,100 articles that were looked through, what came
of it was a slip of the pen each time (`evaluation/disagreements.py`).
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from itertools import combinations

from onrecord.comparison.amounts import Verdict
from onrecord.comparison.asking import Question, given, outcome_of, paired, settled, subjects
from onrecord.comparison.ground import Ground, phrases, sentence_at
from onrecord.model import Comparison, Mention, Passage

LETTERS = 5
"""Letters of a word in which one letter is a matter of spelling: shorter names with one changed are other names."""
KINDS = frozenset({"person", "place", "organisation", "work"})
AROUND = 50
"""Characters on either side of a name in which words are looked for that tell who it is."""
CAP = 200
"""Names of one word in a story that are compared with one another, at most."""
SLIPS = 3
"""Times that an article writes a name in the rarer of two ways, at most: what it writes more often is another's."""
ENDING = 2
"""Letters at the end of a word that is no person's name by which its forms are told apart."""
SIC = "[sic]"
"""What a reporter puts after somebody else's slip."""
CUSTOMS = (("our", "or"), ("z", "s"), ("ence", "ense"), ("ae", "e"), ("ll", "l"), ("mme", "m"), ("'", ""))
"""What one English-speaking country writes otherwise than another, in words that are no persons' names."""
WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
TELLING = re.compile(r"[^\W\d_]{4,}")
ARTICLE = re.compile(r"[ae]?l-")
VOWEL = re.compile(r"[aeiouy']")
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
    """One comparison for each two spellings of a name in a story where no article has both, or in one article."""
    for story in sorted(ground.stories, key=lambda story: story.id):
        names = _names(ground, story.article_ids)
        blocks: dict[str, list[Name]] = defaultdict(list)
        for name in names:
            for word in sorted(set(name.words)):
                blocks[word].append(name)
        found = set()
        for word in sorted(blocks):
            for one, other in combinations(ground.few("names", blocks[word], CAP), 2):
                if (one.words, other.words) not in found and _is_one(ground, one, other):
                    found.add((one.words, other.words))
                    yield _compared(ground, (*one.mentions, *other.mentions))
    persons = [_words(party.name) for party in ground.corpus.parties if party.kind == "person"]
    surnames = frozenset(words[-1] for words in persons if len(words) > 1)
    for article in ground.corpus.articles:
        for slip in _slips(ground, article.id, surnames):
            yield _compared(ground, slip)


def _slips(ground: Ground, article_id: str, surnames: frozenset[str]) -> Iterator[tuple[Mention, Mention]]:
    """The first mentions of each two spellings of one name in an article, in order; `surnames` are the record's."""
    written: dict[tuple[str, ...], list[Mention]] = defaultdict(list)
    for mention in sorted(ground.corpus.mentions_of.get(article_id, ()), key=lambda one: one.start):
        if mention.form == "name" and ground.corpus.party[mention.party_id].kind in KINDS and _words(mention.text):
            written[_words(mention.text)].append(mention)
    blocks: dict[tuple[str, ...], list[tuple[tuple[str, ...], str]]] = defaultdict(list)
    for words in written:
        if len(words) > 1:
            for at, word in enumerate(words):
                blocks[(str(at), *words[:at], *words[at + 1 :])].append((words, word))
    pairs = [pair for block in blocks.values() for pair in combinations(block, 2)] + list(
        _surnames(ground, written, surnames)
    )
    for (words, word), (also, other) in pairs:
        one, two = written[words], written[also]
        if min(len(one), len(two)) <= SLIPS and _is_slip(ground, one[0], two[0], word, other):
            yield (one[0], two[0]) if one[0].start < two[0].start else (two[0], one[0])


def _surnames(
    ground: Ground, written: Mapping[tuple[str, ...], Sequence[Mention]], surnames: frozenset[str]
) -> Iterator[tuple[tuple[tuple[str, ...], str], tuple[tuple[str, ...], str]]]:
    """Each name of one word that is nobody's in full, beside a full name for each surname that the article has."""
    full: dict[str, tuple[str, ...]] = {}
    for words, mentions in written.items():
        if len(words) > 1 and ground.corpus.party[mentions[0].party_id].kind == "person":
            full.setdefault(words[-1], words)
    known = {word for words in written if len(words) > 1 for word in words}
    for words in written:
        if len(words) == 1 and words[0] not in known and words[0] not in surnames:
            yield from (((words, words[0]), (full[last], last)) for last in full if last[0] == words[0][0])


def _is_slip(ground: Ground, one: Mention, other: Mention, word: str, also: str) -> bool:
    """Whether two names in an article are one but for a slip; a list in one sentence has several names alike."""
    if not is_misspelling(word, also):
        return False
    if ground.corpus.party[one.party_id].kind != "person" and _is_custom(word, also):
        return False
    text = ground.article(one.article_id).text
    if any(SIC in text[mention.end : mention.end + len(SIC) + 4] for mention in (one, other)):
        return False
    return not sentence_at(text, Passage(one.start, one.end)).holds(Passage(other.start, other.end))


def _is_custom(word: str, other: str) -> bool:
    """Whether two words are one as two countries write it, or two forms of one: `labour` and `labor`, `rovers`."""
    if word[-ENDING:] != other[-ENDING:]:
        return True
    for one, two in CUSTOMS:
        word, other = word.replace(one, two), other.replace(one, two)
    return word == other


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


def _is_one(ground: Ground, one: Name, other: Name) -> bool:
    """Whether two names are one but for a letter in one word, no article has both, and the same is told beside them."""
    if len(one.words) != len(other.words) or one.articles & other.articles or not one.around & other.around:
        return False
    differing = [(a, b) for a, b in zip(one.words, other.words, strict=True) if a != b]
    if len(differing) != 1 or not is_misspelling(*differing[0]):
        return False
    return ground.corpus.party[one.mentions[0].party_id].kind == "person" or not _is_custom(*differing[0])


def is_misspelling(one: str, other: str) -> bool:
    """Whether a letter was left out, put in, changed or swapped inside a word.

    At its end that makes another name, or is how another country writes it ("Centre").

    The measure is Damerau's (1964): four in five spelling errors are one of these four.
    """
    if _is_respelt(one, other):
        return False
    short, long = sorted((one, other), key=len)
    if len(short) < LETTERS or short[0] != long[0] or len(long) - len(short) > 1 or long.startswith(short):
        return False
    at = next(at for at, (a, b) in enumerate(zip(short, long, strict=False)) if a != b)
    if len(short) < len(long):
        return short[at:] == long[at + 1 :]
    swapped = short[at : at + 2] == long[at : at + 2][::-1] and short[at + 2 :] == long[at + 2 :] != ""
    return swapped or (short[at + 1 :] == long[at + 1 :] != "")


def _is_respelt(one: str, other: str) -> bool:
    """Whether two words are one name as it is taken over from another alphabet: Ahmed, Ahmad; al-Hakem, al-Hakim."""
    known = _respellings()
    if one in known and known[one] == known.get(other):
        return True
    return ARTICLE.match(one) is not None and ARTICLE.sub("", VOWEL.sub("", one)) == ARTICLE.sub(
        "", VOWEL.sub("", other)
    )


@cache
def _respellings() -> Mapping[str, str]:
    """The first spelling of each given name that is listed as spelt in many ways, by each of them."""
    text = resources.files("onrecord.model").joinpath("given_spellings.tsv").read_text(encoding="utf8")
    lines = [line.split() for line in text.split("\n") if line and not line.startswith("#")][1:]
    return {word: line[0] for line in lines for word in line}


def _compared(ground: Ground, told: Sequence[Mention]) -> Comparison:
    mentions = sorted(told, key=lambda mention: (ground.place[mention.article_id], mention.start))
    answers = [given(mention, mention.text, _words(mention.text)) for mention in mentions]
    parties = [ground.corpus.party[mention.party_id] for mention in mentions]
    longest = max((answer.value for answer in answers), key=lambda name: (len(name.split()), -len(name)))
    question = Question("spelling", f"How is the name of {longest} written?", subjects("parties", parties))
    pairs = paired(answers, lambda left, right: Verdict("agree" if left == right else "differ"))
    said = "; ".join(f"{ground.outlet(answer.article_id)} writes “{answer.value}”" for answer in answers[:6])
    inside = len({answer.article_id for answer in answers}) == 1
    who = "One article spells it in two ways" if inside else "They spell it differently"
    text = f"{said}. {who}: at most one of them is right, unless the name comes from another alphabet."
    return settled(ground, question, answers, outcome_of(pairs), text)
