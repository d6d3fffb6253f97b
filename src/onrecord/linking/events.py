"""One happening told by several articles, or by two rows of one.

Block, score, decide: tellings are compared that share a story, an occasion, a month or a topic, and beside it an act, a
type or two parties; evidence is weighed (`evidence.py`); and groups are joined, the surest first, as long as all of
their pairs on average are more probably one event than not.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from onrecord.linking.blocks import Capped, note, pairs_of
from onrecord.linking.evidence import ANOTHER, evidence, explanation, odds, probability
from onrecord.linking.joining import NEVER, join
from onrecord.linking.tellings import Telling, tellings
from onrecord.model import Corpus, Link, Story, digest

BLOCK_CAP = 80
"""Tellings that are all compared with one another."""
TOPIC_KEYS = 4
"""Words of an article by which its events meet those of articles outside its story."""
CONTEXT_KEYS = 3
"""Words around an act by which it is still compared in a story that very many articles tell."""
LEAST = 0.0
"""The log odds from which tellings are one event (`evaluation/same_events.py`, `evaluation/ecbplus.py`)."""


def links(corpus: Corpus, stories: Sequence[Story], capped: Capped | None = None) -> tuple[Link, ...]:
    """The `same_event` links between events."""
    told = tellings(corpus, stories)
    blocks = pairs_of(told, LEVELS, BLOCK_CAP)
    note(capped, "events", blocks.split)
    scored = {pair: score(told[pair[0]], told[pair[1]]) for pair in sorted(blocks.pairs)}
    groups = join(scored, lambda a, b: score(told[a], told[b]))
    found = (link(corpus, told[a], told[b]) for group in groups for a, b in group.pairs)
    return tuple(sorted(found, key=lambda row: row.id))


def keys(one: Telling) -> Iterator[str]:
    """The blocks of a telling: its story, its occasion, and its days with its parties, each with what it tells."""
    yield f"{one.story} {one.event.type}"
    yield f"{one.story} {one.act}"
    for pair in _two(one):
        yield f"{one.story} {pair}"
    if one.event.occasion_id:
        yield f"{one.event.occasion_id} {one.event.type}"
    for word in _rarest(one):
        for fortnight in _fortnights(one):
            yield f"{one.act} {word} {fortnight}"
    for month in _months(one):
        for pair in _two(one):
            yield f"{one.event.type} {pair} {month}"


def finer_keys(one: Telling) -> Iterator[str]:
    """What splits a block that is over-full: the act with each party, else the act alone."""
    for party in sorted(one.parties):
        yield f"{one.act} {party}"
    if not one.parties:
        yield one.act


def finest_keys(one: Telling) -> Iterator[str]:
    """What splits a block that is over-full even then: the act with the rarest words around it, and with its day."""
    for word in sorted(one.context, key=lambda word: (-one.context[word], word))[:CONTEXT_KEYS]:
        yield f"{one.act} {word}"
    if one.days is not None:
        yield f"{one.act} {one.days[0]}"


LEVELS = (keys, finer_keys, finest_keys)
"""The keys of blocks, each level for what is over-full at the one before."""


def _two(one: Telling) -> Iterator[str]:
    """Each two parties of a telling, one from each side."""
    for pair in sorted({tuple(sorted((a, b))) for a in one.actors.ids for b in one.recipients.ids if a != b}):
        yield " ".join(pair)


def _rarest(one: Telling) -> list[str]:
    """The words that say most what its article is on."""
    return list(one.topic)[:TOPIC_KEYS]


def _fortnights(one: Telling) -> tuple[int, ...]:
    """The fortnight in which its article came out and the next, so that neighbours meet in one of them."""
    return (0,) if one.published is None else (one.published[0] // 14, one.published[0] // 14 + 1)


def _months(one: Telling) -> set[str]:
    """The months in which a telling's time begins and ends, where it names no more than two."""
    if one.days is None or one.days[1] - one.days[0] > 31:
        return set()
    return {date.fromordinal(day).isoformat()[:7] for day in one.days}


def score(left: Telling, right: Telling) -> float:
    """The log odds that two tellings are of one event, beyond those that it takes; `NEVER` where they cannot be."""
    found = evidence(left, right)
    return NEVER if found.get(ANOTHER) else odds(found) - LEAST


def link(corpus: Corpus, left: Telling, right: Telling) -> Link:
    """The row that says why two tellings are of one event; the smaller id is on the left."""
    if left.event.id > right.event.id:
        left, right = right, left
    found = evidence(left, right)
    return Link(
        id=digest("link", "same_event", left.event.id, right.event.id),
        kind="same_event",
        left_id=left.event.id,
        right_id=right.event.id,
        left_passages=left.event.triggers,
        right_passages=right.event.triggers,
        changed=(),
        score=round(probability(odds(found)), 3),
        explanation=explanation(corpus, left, right, found),
    )
