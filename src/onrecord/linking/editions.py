"""Occasions that are probably one and were not merged for want of certainty.

`occasions.py` merges what its series and edition prove to be one. What is linked here has another spelling, a missing
ordinal or a missing date, and much else in common; what contradicts (two ordinals, two years, two places) forbids.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from onrecord.linking.blocks import Capped, note, pairs_of
from onrecord.linking.evidence import probability, sentence
from onrecord.linking.profiles import span, unit
from onrecord.linking.stems import Rarities, common_use
from onrecord.linking.tellings import Days, cosine, weights
from onrecord.model import Corpus, Link, Occasion, Passage, Story, digest
from onrecord.model.series import YEAR, series_key
from onrecord.model.spoken import when_words

BLOCK_CAP = 40
"""Occasions that are all compared with one another."""
ENOUGH = 0.6
"""The probability from which two occasions are linked."""
APART = 3
"""Two stated days so far apart at most may be one occasion's."""
WORTH = {
    "bias": -4.0, "name": 4.0, "kind": 0.7, "ordinal": 1.0, "days": 1.5, "place": 1.0, "story": 1.5, "parties": 1.5,
    "year": 0.5, "own": -6.0,
}  # fmt: skip
"""What each piece of evidence adds to the log odds; set by hand, as no public gold has occasions."""


@dataclass(frozen=True, slots=True)
class Edition:
    """An occasion with what tells it from others."""

    occasion: Occasion
    words: Mapping[str, float]
    """The telling words of its name, without its number and year."""
    days: Days | None
    years: frozenset[str]
    stories: frozenset[str]
    parties: frozenset[str]
    """The parties that stand in its name."""


def links(corpus: Corpus, stories: Sequence[Story], capped: Capped | None = None) -> tuple[Link, ...]:
    """The `same_occasion` links."""
    found = editions(corpus, stories)
    made = []
    blocks = pairs_of(found, (keys, finer_keys), BLOCK_CAP)
    note(capped, "editions", blocks.split)
    for a, b in sorted(blocks.pairs):
        left, right = found[a], found[b]
        if not contradict(left, right) and probability(score(left, right)) >= ENOUGH:
            made.append(link(corpus, left, right))
    return tuple(sorted(made, key=lambda row: row.id))


def editions(corpus: Corpus, stories: Sequence[Story]) -> list[Edition]:
    """Every occasion of a record, in the order of its id."""
    story_of = {article: story.id for story in stories for article in story.article_ids}
    named = _parties_named(corpus)
    rarity = Rarities(common_use().more(_telling_words(occasion) for occasion in corpus.occasions))
    return [
        Edition(
            occasion=occasion,
            words=unit(weights(_telling_words(occasion), rarity)),
            days=span(occasion.when),
            years=_years(occasion),
            stories=frozenset(story_of.get(m.article_id, m.article_id) for m in occasion.mentions),
            parties=frozenset(named.get(occasion.id, ())),
        )
        for occasion in corpus.occasions
    ]


def _telling_words(occasion: Occasion) -> set[str]:
    """The words of its series as they are compared, so that "Andean" and "Andes" are one."""
    return set(series_key(occasion.series or occasion.name).split())


def _years(occasion: Occasion) -> frozenset[str]:
    stated = YEAR.findall(occasion.name)
    when = occasion.when
    if when is not None and when.earliest is not None and when.latest is not None:
        stated = [*stated, when.earliest[:4], when.latest[:4]]
    return frozenset(stated)


def _parties_named(corpus: Corpus) -> dict[str, set[str]]:
    """The parties whose mentions lie inside those of each occasion."""
    places: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
    for occasion in corpus.occasions:
        for at in occasion.mentions:
            places[at.article_id].append((at.start, at.end, occasion.id))
    found: dict[str, set[str]] = defaultdict(set)
    for article, spans in places.items():
        for mention in corpus.mentions_of.get(article, ()):
            for start, end, occasion_id in spans:
                if start <= mention.start and mention.end <= end and corpus.party[mention.party_id].name:
                    found[occasion_id].add(mention.party_id)
    return found


def keys(one: Edition) -> Iterator[str]:
    """The blocks of an occasion: its kind with each word of its name, its story, and its place with its month."""
    for word in sorted(one.words):
        yield f"{one.occasion.kind} {word}"
    for story in sorted(one.stories):
        yield f"{one.occasion.kind} {story}"
    if one.occasion.place_id and one.occasion.when and one.occasion.when.earliest:
        yield f"{one.occasion.place_id} {one.occasion.when.earliest[:7]}"


def finer_keys(one: Edition) -> Iterator[str]:
    """What splits a block that is over-full: the two weightiest words of the name, and the story."""
    yield " ".join(sorted(one.words, key=lambda word: (-one.words[word], word))[:2])
    yield from sorted(one.stories)


def contradict(left: Edition, right: Edition) -> bool:
    """Two numbers, two years, two dates or two places: then two names alike are two editions."""
    mine, theirs = left.occasion, right.occasion
    if mine.ordinal is not None and theirs.ordinal is not None and mine.ordinal != theirs.ordinal:
        return True
    if left.years and right.years and not left.years & right.years:
        return True
    if left.days and right.days and max(left.days[0] - right.days[1], right.days[0] - left.days[1]) > APART:
        return True
    return mine.place_id is not None and theirs.place_id is not None and mine.place_id != theirs.place_id


def evidence(left: Edition, right: Edition) -> dict[str, float]:
    """The pieces of evidence on a pair of occasions, each from 0 to 1."""
    mine, theirs = left.occasion, right.occasion
    return {
        "name": cosine(left.words, right.words),
        "kind": float(mine.kind == theirs.kind),
        "ordinal": float(mine.ordinal is not None and mine.ordinal == theirs.ordinal),
        "days": float(left.days is not None and right.days is not None),
        "place": float(mine.place_id is not None and mine.place_id == theirs.place_id),
        "story": float(bool(left.stories & right.stories)),
        "parties": float(bool(left.parties & right.parties)),
        "year": float(bool(left.years & right.years)),
        "own": min(_own(left, right), _own(right, left)),
    }


def _own(one: Edition, other: Edition) -> float:
    """The part of a name that the other name lacks, from 0 to 1: names of two things each have words of their own."""
    return math.fsum(x * x for word, x in one.words.items() if word not in other.words)


def score(left: Edition, right: Edition) -> float:
    """The log odds that two occasions are one."""
    return WORTH["bias"] + math.fsum(WORTH[name] * x for name, x in evidence(left, right).items())


def link(corpus: Corpus, left: Edition, right: Edition) -> Link:
    """The row that says why two occasions are probably one; the smaller id is on the left."""
    if left.occasion.id > right.occasion.id:
        left, right = right, left
    return Link(
        id=digest("link", "same_occasion", left.occasion.id, right.occasion.id),
        kind="same_occasion",
        left_id=left.occasion.id,
        right_id=right.occasion.id,
        left_passages=_passages(left),
        right_passages=_passages(right),
        changed=(),
        score=round(probability(score(left, right)), 3),
        explanation=explanation(corpus, left, right),
    )


def _passages(one: Edition) -> tuple[Passage, ...]:
    """Where the first article that names it does so."""
    first = one.occasion.mentions[0].article_id
    return tuple(Passage(m.start, m.end) for m in one.occasion.mentions if m.article_id == first)


def explanation(corpus: Corpus, left: Edition, right: Edition) -> str:
    """Why two occasions are probably one, in a sentence, and what was missing to be certain, in others."""
    found = evidence(left, right)
    mine, theirs = left.occasion, right.occasion
    said = [f"“{mine.name}” and “{theirs.name}”"]
    said += [f"both number {mine.ordinal}"] if found["ordinal"] else []
    said += [f"times that fit ({_when(mine)}; {_when(theirs)})"] if found["days"] else []
    if found["place"]:
        said.append(f"both in {corpus.party[mine.place_id or ''].name}")
    said += ["articles on one story"] if found["story"] else []
    missing = []
    for name, one, other in (("number", mine.ordinal, theirs.ordinal), ("date", left.days, right.days)):
        if (one is None) != (other is None):
            missing.append(f"one gives no {name}")
    return " ".join(sentence(one) for one in (", ".join(said), *missing))


def _when(occasion: Occasion) -> str:
    return when_words(occasion.when) or "no date"
