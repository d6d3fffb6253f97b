"""One quantity given by several articles, or twice by one.

Figures that share a story or an occasion and what they measure, or a subject, what they measure and its year, are
compared. Two that measure one thing for another period, as another revision, or by another definition are linked too,
and `changed` says which of these it is, so that nobody takes their difference for a contradiction:

    period: 2022-01-01/2022-12-31 / 2023-01-01/2023-12-31
    unit: t / bbl
    definition: target / value
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from tomllib import loads
from typing import Any

from onrecord.linking.blocks import Capped, note, pairs_of
from onrecord.linking.evidence import days_told, probability, sentence
from onrecord.linking.joining import NEVER, join
from onrecord.linking.profiles import span, unit
from onrecord.linking.stems import common_use
from onrecord.linking.tellings import Days, Rarities, act_of, cosine, sentence_of, stems_in, weights
from onrecord.model import Corpus, Figure, Link, Story, digest

BLOCK_CAP = 60
"""Figures that are all compared with one another."""
CONTEXT_KEYS = 3
"""Words around a figure by which it is still compared in a story that very many articles tell."""
NEAR = 400
"""Code points before and after a figure within which an occasion that is named is taken for the one it is about."""
CLOSE = 0.1
"""Two amounts that differ by no more than this part are near."""
FAR = 3.0
"""Two amounts of which one is so many times the other are hardly of one quantity."""
AROUND_ALIKE = 0.2
"""Sentences less alike than this do not by themselves say that two numbers are of one thing."""
ELSEWHERE = 0.7
"""What an occasion is worth that one of two articles names elsewhere than beside its figure."""
PARTIAL = re.compile(r"\bof (?:the|this|that|those|these|his|her|its|their|our|my|your)\b")
"""Words inside a quantity that make it a part of another."""
YEARS_OFF = 2 * 31556952
"""Seconds by which two statements of one person's age at one time may be wrong."""
NAMED_ALIKE = 0.4
"""Words for what is measured that share so much of their weight name one thing."""


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure as one article gives it."""

    figure: Figure
    story: str
    dimension: str
    """What its unit measures: a dimension, a currency, or the thing counted."""
    low: float | None
    high: float | None
    """In the smallest unit of the dimension."""
    thing: str
    """What is measured, one word for all synonyms; empty where the text does not say."""
    of_what: Mapping[str, float]
    subjects: frozenset[str]
    parties: frozenset[str]
    """The parties that its sentence names."""
    days: Days | None
    near: frozenset[str]
    """The occasions that are named near it."""
    occasions: frozenset[str]
    """The occasions of its article, or the one that it is said to be of."""
    context: Mapping[str, float]
    sentence: int
    """Where its sentence begins."""
    partial: bool
    """It says how many of some that are known ("fifteen of the guests")."""

    @property
    def value(self) -> tuple[float | None, float | None]:
        return self.low, self.high


def links(corpus: Corpus, stories: Sequence[Story], capped: Capped | None = None) -> tuple[Link, ...]:
    """The `same_figure` links between figures."""
    found = measures(corpus, stories)
    blocks = pairs_of(found, LEVELS, BLOCK_CAP)
    note(capped, "figures", blocks.split)
    scored = {pair: score(found[pair[0]], found[pair[1]]) for pair in sorted(blocks.pairs)}
    groups = join(scored, lambda a, b: score(found[a], found[b]))
    made = (link(corpus, found[a], found[b]) for group in groups for a, b in group.pairs)
    return tuple(sorted(made, key=lambda row: row.id))


@cache
def table() -> dict[str, Any]:
    """The units and weights beside this file."""
    return loads(files(__package__).joinpath("figures.toml").read_text(encoding="utf8"))


@dataclass(frozen=True, slots=True)
class Ground:
    """What measures are made from beside their own words."""

    corpus: Corpus
    story_of: Mapping[str, str]
    rarity: Rarities
    occasions: Mapping[str, Sequence[tuple[int, str]]]
    """Where each article names which occasion, in order."""
    parties: Mapping[str, Sequence[tuple[int, str]]]
    """Where each article names which party, in order; those that are only described are left out."""


def measures(corpus: Corpus, stories: Sequence[Story]) -> list[Measure]:
    """Every figure of a record, in the order of its id."""
    occasions = ((m.article_id, m.start, o.id) for o in corpus.occasions for m in o.mentions)
    parties = ((m.article_id, m.start, m.party_id) for m in corpus.mentions if corpus.party[m.party_id].name)
    story_of = {article: story.id for story in stories for article in story.article_ids}
    ground = Ground(corpus, story_of, Rarities(common_use()), _by_article(occasions), _by_article(parties))
    return [_measure(figure, ground) for figure in corpus.figures]


def _sentence(corpus: Corpus, figure: Figure) -> tuple[int, int]:
    return sentence_of(corpus.article[figure.article_id].text, figure.passage)


def _by_article(places: Iterable[tuple[str, int, str]]) -> dict[str, list[tuple[int, str]]]:
    found: dict[str, list[tuple[int, str]]] = {}
    for article, at, key in places:
        found.setdefault(article, []).append((at, key))
    return {article: sorted(known) for article, known in found.items()}


def between(places: Sequence[tuple[int, str]], start: int, end: int) -> frozenset[str]:
    """What is named between two places of an article."""
    return frozenset(key for _, key in places[bisect_left(places, (start, "")) : bisect_left(places, (end, ""))])


def _measure(figure: Figure, ground: Ground) -> Measure:
    corpus, at = ground.corpus, figure.passage
    start, end = _sentence(corpus, figure)
    text = corpus.article[figure.article_id].text
    dimension, factor = table()["units"].get(figure.amount.unit, (figure.amount.unit or "number", 1))
    event = corpus.row.get(figure.event_id or "")
    subjects = {*figure.subject_ids, *((*event.actor_ids, *event.recipient_ids) if event else ())}
    named = ground.occasions.get(figure.article_id, ())
    own = frozenset({figure.occasion_id} if figure.occasion_id else ())
    around = {*stems_in(text, start, at.start), *stems_in(text, at.end, end)}
    return Measure(
        figure=figure,
        story=ground.story_of.get(figure.article_id, figure.article_id),
        dimension=str(dimension),
        low=None if figure.amount.low is None else float(figure.amount.low) * factor,
        high=None if figure.amount.high is None else float(figure.amount.high) * factor,
        thing=act_of(figure.of_what_head)[0] if figure.of_what_head else "",
        of_what=unit(weights(set(stems_in(figure.of_what or "", 0, len(figure.of_what or ""))), ground.rarity)),
        subjects=frozenset(key for key in subjects if corpus.party[key].name),
        parties=between(ground.parties.get(figure.article_id, ()), start, end),
        days=span(figure.when),
        near=own or between(named, at.start - NEAR, at.end + NEAR),
        occasions=own or frozenset(key for _, key in named),
        context=unit(weights(around, ground.rarity)),
        sentence=start,
        partial=PARTIAL.search(figure.text) is not None,
    )


def keys(one: Measure) -> Iterator[str]:
    """The blocks of a figure: its story or occasion with what it measures or its value; its subject with its year."""
    if one.thing:
        yield f"{one.story} {one.dimension} {one.thing}"
        for occasion in sorted(one.occasions if one.dimension == "time" else one.near):
            yield f"{occasion} {one.dimension} {one.thing}"
        for subject in sorted(one.subjects):
            yield f"{subject} {one.dimension} {one.thing} {_years(one)}"
    for subject in sorted(one.subjects):
        yield f"{one.story} {one.dimension} {subject}"
    yield f"{one.story} {one.dimension} {one.low} {one.high}"


def finer_keys(one: Measure) -> Iterator[str]:
    """What splits a block that is over-full: the value."""
    yield f"{one.thing} {one.low} {one.high}"


def finest_keys(one: Measure) -> Iterator[str]:
    """What splits a block that is over-full even then: the rarest words around it."""
    yield from sorted(one.context, key=lambda word: (-one.context[word], word))[:CONTEXT_KEYS]


LEVELS = (keys, finer_keys, finest_keys)
"""The keys of blocks, each level for what is over-full at the one before."""


def _years(one: Measure) -> str:
    when = one.figure.when
    return f"{(when.earliest or '')[:4]} {(when.latest or '')[:4]}" if when else ""


def evidence(left: Measure, right: Measure) -> dict[str, float]:
    """The pieces of evidence on a pair of figures, each from 0 to 1; what does not apply is left out."""
    found = {
        "head": float(bool(left.thing) and left.thing == right.thing),
        "of_what": cosine(left.of_what, right.of_what),
        "context": cosine(left.context, right.context),
        "story": float(left.story == right.story),
        "parties": float(bool(left.parties & right.parties)),
        "unnamed": float(not left.thing or not right.thing),
    }
    if left.near & right.occasions or left.occasions & right.near:
        found["occasion"] = 1.0 if left.near & right.near else ELSEWHERE
    if left.subjects and right.subjects:
        found["subject" if left.subjects & right.subjects else "subjects_differ"] = 1.0
    if left.days and right.days and left.days[0] <= right.days[1] and right.days[0] <= left.days[1]:
        found["period"] = 1.0
    found[closeness(left, right)] = 1.0
    other = "equal" not in found and "near" not in found
    told_apart = found.get("subject", 0.0) + found.get("occasion", 0.0) == 0 and found["context"] < AROUND_ALIKE
    found["loose"] = float(other and told_apart)
    return found


def closeness(left: Measure, right: Measure) -> str:
    """How near two amounts are: `equal`, `near`, `apart` or `far`."""
    if left.value == right.value:
        return "equal"
    mine, theirs = (one.low if one.low is not None else one.high for one in (left, right))
    if mine is None or theirs is None or min(mine, theirs) <= 0:
        return "apart"
    ratio = max(mine, theirs) / min(mine, theirs)
    return "near" if ratio <= 1 + CLOSE else "far" if ratio > FAR else "apart"


def score(left: Measure, right: Measure) -> float:
    """The log odds that two figures are of one quantity; `NEVER` where only chance could make them alike."""
    if left.dimension != right.dimension or not _may_be_one(left, right):
        return NEVER
    known: Mapping[str, float] = table()["weights"]
    return known["bias"] + math.fsum(known.get(name, 0.0) * x for name, x in evidence(left, right).items())


def _may_be_one(left: Measure, right: Measure) -> bool:
    """Two values that differ need one name for what they measure.

    A change is never the level, nor a part the whole, nor one age another; one sentence counts two things up, and two
    shares in one article are mostly of two things.
    """
    if (left.figure.role == "change") != (right.figure.role == "change"):
        return False
    if "age" in (left.thing, right.thing) and not _one_age(left, right):
        return False
    inside = left.figure.article_id == right.figure.article_id
    if (inside and left.sentence == right.sentence) or left.partial != right.partial:
        return False
    if left.value == right.value:
        return True
    if not left.thing or left.thing != right.thing or not _of_one_time(left, right):
        return False
    return not inside or (cosine(left.of_what, right.of_what) >= NAMED_ALIKE and left.dimension != "share")


def _of_one_time(left: Measure, right: Measure) -> bool:
    """Two articles on two stories speak of one time only where both say so, or name one occasion."""
    if left.story == right.story or left.occasions & right.occasions:
        return True
    return left.days is not None and right.days is not None


def _one_age(left: Measure, right: Measure) -> bool:
    """Both are the age of one person, at about one time: reports of years apart are of other ages."""
    if left.thing != right.thing or not left.subjects & right.subjects:
        return False
    return left.low is not None and right.low is not None and abs(left.low - right.low) <= YEARS_OFF


def changed(left: Measure, right: Measure) -> tuple[str, ...]:
    """What makes two figures of one measure no contradiction: another period, unit or definition."""
    said = []
    if left.days and right.days and (left.days[1] < right.days[0] or right.days[1] < left.days[0]):
        said.append(f"period: {_period(left)} / {_period(right)}")
    units = left.figure.amount.unit, right.figure.amount.unit
    if units[0] != units[1]:
        said.append(f"unit: {units[0]} / {units[1]}")
    if left.figure.role != right.figure.role and left.value != right.value:
        said.append(f"definition: {left.figure.role} / {right.figure.role}")
    return tuple(said)


def _period(one: Measure) -> str:
    return days_told(one.figure.when, "", "/")


def link(corpus: Corpus, left: Measure, right: Measure) -> Link:
    """The row that says why two figures are of one quantity; the smaller id is on the left."""
    if left.figure.id > right.figure.id:
        left, right = right, left
    return Link(
        id=digest("link", "same_figure", left.figure.id, right.figure.id),
        kind="same_figure",
        left_id=left.figure.id,
        right_id=right.figure.id,
        left_passages=(left.figure.passage,),
        right_passages=(right.figure.passage,),
        changed=changed(left, right),
        score=round(probability(score(left, right)), 3),
        explanation=explanation(corpus, left, right),
    )


def explanation(corpus: Corpus, left: Measure, right: Measure) -> str:
    """Why two figures are taken for one quantity, in a sentence, and in what they are not the same, in others."""
    found = evidence(left, right)
    said = [_measured(left, right)]
    shared = sorted(corpus.party[key].name for key in left.subjects & right.subjects)
    if shared:
        said.append(f"both of {', '.join(shared)}")
    elif left.parties & right.parties:
        said.append(f"both beside {', '.join(sorted(corpus.party[key].name for key in left.parties & right.parties))}")
    occasions = sorted(corpus.occasion[key].name for key in left.occasions & right.occasions)
    if occasions and found.get("occasion"):
        said.append(f"both told with the {', '.join(occasions)}")
    if found.get("period"):
        said.append(f"of one time ({min(_period(left), _period(right), key=len)})")
    if found["context"] >= 0.15:
        said.append("much the same words around it")
    if found["story"] and left.figure.article_id != right.figure.article_id:
        said.append("articles on one story")
    said.append("one value" if found.get("equal") else f"“{left.figure.text}” and “{right.figure.text}”")
    return " ".join(sentence(one) for one in (", ".join(said), *map(_plain, changed(left, right))))


def _measured(left: Measure, right: Measure) -> str:
    mine, theirs = left.figure.of_what, right.figure.of_what
    if mine and theirs:
        return f"both measure “{mine}”" if mine.casefold() == theirs.casefold() else f"“{mine}” and “{theirs}”"
    return f"both give “{left.figure.text}”"


def _plain(change: str) -> str:
    kind, _, values = change.partition(": ")
    one, _, other = values.partition(" / ")
    return {
        "period": f"they are for other periods ({one} and {other})",
        "unit": f"they are given in other units ({one} and {other})",
        "definition": f"one is a {one} and one a {other}",
    }[kind]
