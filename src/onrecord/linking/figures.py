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
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from tomllib import loads
from typing import Any

from onrecord.linking.blocks import pairs_of
from onrecord.linking.evidence import probability
from onrecord.linking.joining import join
from onrecord.linking.profiles import span
from onrecord.linking.stems import Use, common_use, tokens
from onrecord.linking.tellings import Days, act_of, cosine, sentence_of, weights
from onrecord.model import Corpus, Figure, Link, Story, digest

BLOCK_CAP = 60
"""Figures that are all compared with one another."""
NEAR = 400
"""Code points before and after a figure within which an occasion that is named is taken for the one it is about."""
CLOSE = 0.1
"""Two amounts that differ by no more than this part are near."""
FAR = 3.0
"""Two amounts of which one is so many times the other are hardly of one quantity."""
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
    days: Days | None
    occasions: frozenset[str]
    context: Mapping[str, float]

    @property
    def value(self) -> tuple[float | None, float | None]:
        return self.low, self.high


def links(corpus: Corpus, stories: Sequence[Story]) -> tuple[Link, ...]:
    """The `same_figure` links between figures."""
    found = measures(corpus, stories)
    pairs = pairs_of(found, (keys, finer_keys), BLOCK_CAP).pairs
    scored = {pair: score(found[pair[0]], found[pair[1]]) for pair in sorted(pairs)}
    groups = join(scored, lambda a, b: score(found[a], found[b]))
    made = (link(corpus, found[a], found[b]) for group in groups for a, b in group.pairs())
    return tuple(sorted(made, key=lambda row: row.id))


@cache
def table() -> dict[str, Any]:
    """The units and weights beside this file."""
    return loads(files(__package__).joinpath("figures.toml").read_text(encoding="utf8"))


def measures(corpus: Corpus, stories: Sequence[Story]) -> list[Measure]:
    """Every figure of a record, in the order of its id."""
    story_of = {article: story.id for story in stories for article in story.article_ids}
    named = _occasions_named(corpus)
    where = [sentence_of(corpus.article[f.article_id].text, f.passage) for f in corpus.figures]
    use = common_use().more(
        {token.stem for token in tokens(corpus.article[f.article_id].text, *at)}
        for f, at in zip(corpus.figures, where, strict=True)
    )
    return [
        _measure(corpus, figure, story_of.get(figure.article_id, figure.article_id), named, (at, use))
        for figure, at in zip(corpus.figures, where, strict=True)
    ]


def _occasions_named(corpus: Corpus) -> dict[str, list[tuple[int, str]]]:
    """Where each article names which occasion, in order."""
    found: dict[str, list[tuple[int, str]]] = {}
    for occasion in corpus.occasions:
        for mention in occasion.mentions:
            found.setdefault(mention.article_id, []).append((mention.start, occasion.id))
    return {key: sorted(places) for key, places in found.items()}


def _measure(
    corpus: Corpus,
    figure: Figure,
    story: str,
    named: Mapping[str, Sequence[tuple[int, str]]],
    said: tuple[tuple[int, int], Use],
) -> Measure:
    (start, end), use = said
    text = corpus.article[figure.article_id].text
    dimension, factor = table()["units"].get(figure.amount.unit, (figure.amount.unit or "number", 1))
    event = corpus.row.get(figure.event_id or "")
    occasions = {key for at, key in named.get(figure.article_id, ()) if abs(at - figure.passage.start) <= NEAR}
    if figure.occasion_id:
        occasions = {figure.occasion_id}
    subjects = set(figure.subject_ids) | (set(event.actor_ids + event.recipient_ids) if event else set())
    around = {t.stem for t in tokens(text, start, end) if not figure.passage.start <= t.start < figure.passage.end}
    return Measure(
        figure=figure,
        story=story,
        dimension=str(dimension),
        low=None if figure.amount.low is None else float(figure.amount.low) * factor,
        high=None if figure.amount.high is None else float(figure.amount.high) * factor,
        thing=act_of(figure.of_what_head) if figure.of_what_head else "",
        of_what=weights({token.stem for token in tokens(figure.of_what or "")}, use),
        subjects=frozenset(key for key in subjects if corpus.party[key].name),
        days=span(figure.when),
        occasions=frozenset(occasions),
        context=weights(around, use),
    )


def keys(one: Measure) -> Iterator[str]:
    """The blocks of a figure: its story or occasion with what it measures or its value; its subject with its year."""
    if one.thing:
        yield f"{one.story} {one.dimension} {one.thing}"
        for occasion in sorted(one.occasions):
            yield f"{occasion} {one.dimension} {one.thing}"
        for subject in sorted(one.subjects):
            yield f"{subject} {one.dimension} {one.thing} {_years(one)}"
    for subject in sorted(one.subjects):
        yield f"{one.story} {one.dimension} {subject}"
    yield f"{one.story} {one.dimension} {one.low} {one.high}"


def finer_keys(one: Measure) -> Iterator[str]:
    """What splits a block that is over-full: the value."""
    yield f"{one.thing} {one.low} {one.high}"


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
        "occasion": float(bool(left.occasions & right.occasions)),
        "unnamed": float(not left.thing or not right.thing),
    }
    if left.subjects and right.subjects:
        found["subject" if left.subjects & right.subjects else "subjects_differ"] = 1.0
    if left.days and right.days and left.days[0] <= right.days[1] and right.days[0] <= left.days[1]:
        found["period"] = 1.0
    found[closeness(left, right)] = 1.0
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
    """The log odds that two figures are of one quantity; none where only a shared value could say so."""
    if left.dimension != right.dimension or not _may_be_one(left, right):
        return -10.0
    known: Mapping[str, float] = table()["weights"]
    found = evidence(left, right)
    return known["bias"] + math.fsum(known.get(name, 0.0) * x for name, x in found.items())


def _may_be_one(left: Measure, right: Measure) -> bool:
    """Two values that differ need a name for what they measure; a change is never the level, nor one age another's."""
    if (left.figure.role == "change") != (right.figure.role == "change"):
        return False
    ages = "age" in (left.thing, right.thing)
    if ages and (left.thing != right.thing or not left.subjects & right.subjects):
        return False
    if left.value == right.value:
        return True
    named = bool(left.thing) and left.thing == right.thing
    if left.figure.article_id == right.figure.article_id:
        return named and cosine(left.of_what, right.of_what) >= NAMED_ALIKE
    return named


def changed(left: Measure, right: Measure) -> tuple[str, ...]:
    """What makes two figures of one measure no contradiction: another period, unit or definition."""
    said = []
    if left.days and right.days and (left.days[1] < right.days[0] or right.days[1] < left.days[0]):
        said.append(f"period: {_period(left)} / {_period(right)}")
    units = left.figure.amount.unit, right.figure.amount.unit
    if units[0] != units[1]:
        said.append(f"unit: {units[0]} / {units[1]}")
    if left.figure.role != right.figure.role:
        said.append(f"definition: {left.figure.role} / {right.figure.role}")
    return tuple(said)


def _period(one: Measure) -> str:
    when = one.figure.when
    if when is None or when.earliest is None or when.latest is None:
        return ""
    return when.earliest[:10] if when.earliest[:10] == when.latest[:10] else f"{when.earliest[:10]}/{when.latest[:10]}"


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
    """In one sentence, why two figures are taken for one quantity, and in what they are not the same."""
    found = evidence(left, right)
    said = [_measured(left, right)]
    shared = sorted(corpus.party[key].name for key in left.subjects & right.subjects)
    if shared:
        said.append(f"both of {', '.join(shared)}")
    occasions = sorted(corpus.occasion[key].name for key in left.occasions & right.occasions)
    if occasions:
        said.append(f"both near the {', '.join(occasions)}")
    if found.get("period"):
        said.append(f"of one time ({min(_period(left), _period(right), key=len)})")
    if found["context"] >= 0.15:
        said.append("much the same words around it")
    if found["story"] and left.figure.article_id != right.figure.article_id:
        said.append("articles on one story")
    said.append("one value" if found.get("equal") else f"“{left.figure.text}” and “{right.figure.text}”")
    return "; ".join([", ".join(said), *(_plain(one) for one in changed(left, right))])


def _measured(left: Measure, right: Measure) -> str:
    mine, theirs = left.figure.of_what, right.figure.of_what
    if mine and theirs:
        return f"both measure “{mine}”" if mine.casefold() == theirs.casefold() else f"“{mine}” and “{theirs}”"
    return f"both give “{left.figure.text}”"


def _plain(change: str) -> str:
    kind, _, values = change.partition(": ")
    one, _, other = values.partition(" / ")
    return {
        "period": f"but for other periods ({one} and {other})",
        "unit": f"given in other units ({one} and {other})",
        "definition": f"but one is a {one} and one a {other}",
    }[kind]
