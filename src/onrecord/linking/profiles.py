"""What an article is on, as it is compared with others: its words, parties and occasions by weight, and its days."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from onrecord.linking.stems import Rarities, Use, common_use, own_stems, stems_in
from onrecord.model import Article, Corpus, When

RARE_ENOUGH = 1.0
"""A word that more than one article in e has says nothing of what an article is on."""
PRIOR = 20
"""Articles of other stories that a record is taken to stand among: in a small one, a shared party is no surprise."""
TITLE = 2.0
"""What a word of the headline counts for beside its places in the text."""
OCCASION = 2.0
"""What an occasion counts for beside a party that as few articles name."""


@dataclass(frozen=True, slots=True)
class Profile:
    """What an article is on; both vectors have length 1, or are empty."""

    article_id: str
    words: Mapping[str, float]
    names: Mapping[str, float]
    """Its parties and occasions, by id."""
    published: tuple[int, int] | None
    """First and last day on which it may have come out, as ordinals."""
    days: frozenset[int]
    """The single days that it names or tells of, as ordinals."""


def profiles(corpus: Corpus) -> list[Profile]:
    """The profiles of all articles, in the order of the corpus; how rare a word is depends on the whole record."""
    counts = [_words(article) for article in corpus.articles]
    names = _names(corpus)
    word_rarity = Rarities(common_use().more(counts))
    name_rarity = Rarities(Use(PRIOR, Counter()).more(names[article.id] for article in corpus.articles))
    days = _days(corpus)
    return [
        Profile(
            article.id,
            unit({w: tf * rarity for w, tf in found.items() if (rarity := word_rarity[w]) > RARE_ENOUGH}),
            unit({n: tf * name_rarity[n] for n, tf in names[article.id].items()}),
            span(article.published),
            frozenset(days.get(article.id, ())),
        )
        for article, found in zip(corpus.articles, counts, strict=True)
    ]


def unit(vector: Mapping[str, float]) -> dict[str, float]:
    """The vector scaled to length 1."""
    length = math.sqrt(math.fsum([x * x for x in vector.values()]))
    return {key: x / length for key, x in vector.items()} if length else {}


def span(when: When | None) -> tuple[int, int] | None:
    """The first and last day of a time, as ordinals; null where either is not known."""
    if when is None or when.earliest is None or when.latest is None:
        return None
    return date.fromisoformat(when.earliest[:10]).toordinal(), date.fromisoformat(when.latest[:10]).toordinal()


def _words(article: Article) -> dict[str, float]:
    """How much each stem counts: 1 for the first place, ever less for more, and more for one in the headline."""
    found = Counter(own_stems(article))
    headlines = [(part.start, part.end) for part in article.parts if part.role == "headline"]
    title = set(stems_in(article.text, headlines))
    return {word: 1 + math.log(count) + TITLE * (word in title) for word, count in found.items()}


def _names(corpus: Corpus) -> dict[str, dict[str, float]]:
    """How much each party and occasion counts in each article."""
    counts: dict[str, Counter[str]] = {article.id: Counter() for article in corpus.articles}
    for mention in corpus.mentions:
        if corpus.party[mention.party_id].name:
            counts[mention.article_id][mention.party_id] += 1
    weights = {key: {name: 1 + math.log(n) for name, n in found.items()} for key, found in counts.items()}
    for occasion in corpus.occasions:
        for article_id in {mention.article_id for mention in occasion.mentions}:
            weights[article_id][occasion.id] = OCCASION
    return weights


def _days(corpus: Corpus) -> dict[str, set[int]]:
    found: dict[str, set[int]] = {}
    for time in corpus.times:
        days = span(time.when)
        if days is not None and days[0] == days[1]:
            found.setdefault(time.article_id, set()).add(days[0])
    return found


def dot(left: Mapping[str, float], right: Mapping[str, float]) -> float:
    """The dot product of two sparse vectors; `fsum` rounds once, so it is the same in whatever order."""
    few, many = (left, right) if len(left) <= len(right) else (right, left)
    return math.fsum([few[key] * many[key] for key in few.keys() & many.keys()])


def strongest(profile: Profile, count: int) -> Sequence[str]:
    """The words, parties and occasions that weigh most in an article, the heaviest first."""
    both = [*profile.words.items(), *profile.names.items()]
    return [key for key, _ in sorted(both, key=lambda pair: (-pair[1], pair[0]))[:count]]
