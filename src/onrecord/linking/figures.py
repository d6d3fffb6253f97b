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
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from tomllib import loads
from typing import Any

from onrecord.linking.blocks import Capped, note, pairs_of
from onrecord.linking.evidence import days_told, probability, sentence
from onrecord.linking.joining import NEVER, Pair, join
from onrecord.linking.profiles import span, unit
from onrecord.linking.stems import Rarities, common_use, stem
from onrecord.linking.tellings import Days, acts, cosine, sentence_of, stems_in, weights
from onrecord.model import Corpus, Figure, Link, Story, digest

BLOCK_CAP = 60
"""Figures that are all compared with one another."""
CONTEXT_KEYS = 3
"""Words around a figure by which it is still compared in a story that very many articles tell."""
NEAR = 400
"""Code points before and after a figure within which an occasion that is named is taken for the one it is about."""
CLOSE = 0.1
"""Two amounts that differ by no more than this part are near."""
ROUNDED = 0.02
"""Two amounts that differ by no more than this part may be one, rounded."""
FAR = 3.0
"""Two amounts of which one is so many times the other are hardly of one quantity."""
AROUND_ALIKE = 0.2
"""Sentences less alike than this do not by themselves say that two numbers are of one thing."""
SMALL = 12
"""A number up to this is given of many things in one story."""
AROUND_LARGE, AROUND_SMALL = 0.3, 0.6
"""How alike the words around a large number, and around a small one, are where it counts one thing under two names."""
ELSEWHERE = 0.7
"""What an occasion is worth that one of two articles names elsewhere than beside its figure."""
PARTIAL = re.compile(r"\bof (?:the|this|that|those|these|his|her|its|their|our|my|your)\b")
"""Words inside a quantity that make it a part of another."""
YEARS_OFF = 2 * 31556952
"""Seconds by which two statements of one person's age at one time may be wrong."""
NAMED_ALIKE = 0.4
"""Words for what is measured that share so much of their weight name one thing."""
BESIDE = 8
"""Words on either side of a figure that stand beside it, unless another figure comes first."""
TOLD = 3
"""Sentences of a story that may have a word because they tell of one thing; in more, it says little of which."""
BESIDE_KEYS = 3
"""Words beside a figure by which it is compared with those that the same words stand beside."""
BESIDE_ALIKE = 0.3
"""Words beside two figures that share so much of their weight tell of one thing, whatever each is called by."""
CROWD = 3
"""Shares in one sentence that are a list: which of them is whose the words beside them do not tell."""
CLEAR = 0.5
"""Log odds by which the best match of a figure in another article is better than the next."""


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
    beside: Mapping[str, float]
    """The words next to it, up to the next figure, and those for what is measured, by weight, of length 1."""
    fate: str
    """What is said to have happened to those who are counted; empty where nothing is."""
    crowd: int
    """Figures of its dimension in its sentence."""
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
    settle(found, scored)
    groups = join(scored, lambda a, b: score(found[a], found[b]))
    made = (link(corpus, found[a], found[b]) for group in groups for a, b in group.pairs)
    return tuple(sorted(made, key=lambda row: row.id))


def settle(found: Sequence[Measure], scored: dict[Pair, float]) -> None:
    """Takes out the pairs of unlike amounts of which one article gives the other's as well, or has a better match.

    Where both articles give both amounts, they are of two things. Two amounts under two names are of one thing only
    where each is plainly the best match of the other in its article.
    """
    given = {(one.figure.article_id, one.dimension, one.thing, one.value) for one in found}
    given |= {(article, dimension, "", value) for article, dimension, _, value in given}
    best: dict[tuple[int, str], list[float]] = defaultdict(list)
    for (a, b), value in scored.items():
        best[a, found[b].figure.article_id].append(value)
        best[b, found[a].figure.article_id].append(value)
    for (a, b), value in scored.items():
        left, right = found[a], found[b]
        if value <= NEVER or may_both_be_true(left, right):
            continue
        named = left.thing if left.thing == right.thing else ""
        given_by_both = any(
            (other.figure.article_id, one.dimension, named, one.value) in given
            for one, other in ((left, right), (right, left))
        )
        rivals = [*best[a, right.figure.article_id], *best[b, left.figure.article_id]]
        unclear = not named and sum(rival > value - CLEAR for rival in rivals) > 2
        if left.figure.article_id != right.figure.article_id and (given_by_both or unclear):
            scored[a, b] = NEVER


@cache
def table() -> dict[str, Any]:
    """The units and weights beside this file."""
    return loads(files(__package__).joinpath("figures.toml").read_text(encoding="utf8"))


MEASURED = frozenset({"time", "mass", "length", "area", "volume", "speed", "share"})
"""Dimensions with units of their own; what is counted has synonyms, which are no other units."""


@cache
def things() -> dict[str, str]:
    """What each stem of a noun is counted or measured as, one for all synonyms."""
    return {stem(word): line.split()[0] for line in table()["things"] for word in line.split()}


@cache
def fates() -> dict[str, str]:
    """What happened to people, by each stem that says it."""
    return {stem(word): line.split()[0] for line in table()["fates"] for word in line.split()}


def thing_of(noun: str) -> str:
    """One word for what a noun names, the same for its synonyms; empty for no noun."""
    key = stem(noun)
    return things().get(key) or acts().get(key, key)


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
    figures: Mapping[str, Sequence[Figure]]
    """The figures of each article, in order."""
    sentences: Mapping[str, tuple[int, int]]
    """Where the sentence of each figure begins and ends."""
    common: Mapping[str, Mapping[str, float]]
    """For a story, the words in many of its sentences with figures, and what part of them has each."""


def measures(corpus: Corpus, stories: Sequence[Story]) -> list[Measure]:
    """Every figure of a record, in the order of its id."""
    occasions = ((m.article_id, m.start, o.id) for o in corpus.occasions for m in o.mentions)
    parties = ((m.article_id, m.start, m.party_id) for m in corpus.mentions if corpus.party[m.party_id].name)
    story_of = {article: story.id for story in stories for article in story.article_ids}
    in_order = {key: sorted(rows, key=lambda row: row.passage) for key, rows in corpus.figures_of.items()}
    rarity = Rarities(common_use())
    places = {figure.id: _sentence(corpus, figure) for figure in corpus.figures}
    common = _common(corpus, story_of, places)
    ground = Ground(corpus, story_of, rarity, _by_article(occasions), _by_article(parties), in_order, places, common)
    return [_measure(figure, ground) for figure in corpus.figures]


def _common(
    corpus: Corpus, story_of: Mapping[str, str], places: Mapping[str, tuple[int, int]]
) -> dict[str, dict[str, float]]:
    """For each story, the words that many of its sentences with figures have, and what part of them has each."""
    sentences: dict[str, set[tuple[str, int, int]]] = defaultdict(set)
    for figure in corpus.figures:
        story = story_of.get(figure.article_id, figure.article_id)
        sentences[story].add((figure.article_id, *places[figure.id]))
    found: dict[str, dict[str, float]] = {}
    for story, told in sentences.items():
        found[story] = {}
        if len(told) > TOLD:
            having: Counter[str] = Counter()
            for article, start, end in told:
                having.update(set(stems_in(corpus.article[article].text, start, end)))
            found[story] = {word: (n - TOLD) / len(told) for word, n in having.items() if n > TOLD}
    return found


def _telling(words: Iterable[str], story: str, ground: Ground) -> dict[str, float]:
    """The telling ones of some words: how rare each is, and how much it tells among the sentences of its story."""
    common = ground.common[story]
    return {word: rare * (1 - common.get(word, 0.0)) for word, rare in weights(words, ground.rarity).items()}


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
    start, end = ground.sentences[figure.id]
    text = corpus.article[figure.article_id].text
    dimension, factor = _dimension(figure)
    event = corpus.row.get(figure.event_id or "")
    subjects = {*figure.subject_ids, *((*event.actor_ids, *event.recipient_ids) if event else ())}
    named = ground.occasions.get(figure.article_id, ())
    own = frozenset({figure.occasion_id} if figure.occasion_id else ())
    left, right = [*stems_in(text, start, at.start)], [*stems_in(text, at.end, end)]
    told = weights(set(stems_in(figure.of_what or "", 0, len(figure.of_what or ""))), ground.rarity)
    together = [one for one in ground.figures[figure.article_id] if start <= one.passage.start < end]
    story = ground.story_of.get(figure.article_id, figure.article_id)
    before, after = (left, right) if len(together) == 1 else _beside(text, figure, together, (start, end))
    before, after = before[-BESIDE:], after[:BESIDE]
    return Measure(
        figure=figure,
        story=story,
        dimension=str(dimension),
        low=None if figure.amount.low is None else float(figure.amount.low) * factor,
        high=None if figure.amount.high is None else float(figure.amount.high) * factor,
        thing=thing_of(figure.of_what_head or ""),
        of_what=unit(told),
        subjects=frozenset(key for key in subjects if corpus.party[key].name),
        parties=between(ground.parties.get(figure.article_id, ()), start, end),
        days=span(figure.when),
        near=own or between(named, at.start - NEAR, at.end + NEAR),
        occasions=own or frozenset(key for _, key in named),
        context=unit(weights({*left, *right}, ground.rarity)),
        beside=unit({**told, **_telling({*before, *after}, story, ground)}),
        fate=_fate(figure, before, after),
        crowd=sum(_dimension(one)[0] == dimension for one in together),
        sentence=start,
        partial=PARTIAL.search(figure.text) is not None,
    )


def _dimension(figure: Figure) -> tuple[str, float]:
    """What a figure's unit measures, and how many of the smallest one it holds."""
    named = figure.amount.unit or "number"
    found = table()["units"].get(named) or (things().get(stem(named), named), 1)
    return str(found[0]), float(found[1])


def _beside(
    text: str, figure: Figure, together: Sequence[Figure], sentence: tuple[int, int]
) -> tuple[list[str], list[str]]:
    """The stems of the words before and after a figure in its sentence, up to the figures next to it."""
    at = figure.passage
    first = max([sentence[0], *(one.passage.end for one in together if one.passage.end <= at.start)])
    last = min([sentence[1], *(one.passage.start for one in together if one.passage.start >= at.end)])
    return [*stems_in(text, first, at.start)], [*stems_in(text, at.end, last)]


def _fate(figure: Figure, before: Sequence[str], after: Sequence[str]) -> str:
    """What happened to those who are counted: "killed 3 people", "3 people were killed", "the 3 dead"."""
    own = [*stems_in(figure.text, 0, len(figure.text)), stem(figure.of_what_head or "")]
    told = (*own, *before[-1:], *after, *before[-2::-1])
    return next((fates()[word] for word in told if word in fates()), "")


def keys(one: Measure) -> Iterator[str]:
    """The blocks of a figure: its story or occasion with what it measures or its value; its subject with its year.

    What is measured on one day needs no story: one event may be told in two.
    """
    if one.thing:
        yield f"{one.story} {one.dimension} {one.thing}"
        for occasion in sorted(one.occasions if one.dimension == "time" else one.near):
            yield f"{occasion} {one.dimension} {one.thing}"
        for subject in sorted(one.subjects):
            yield f"{subject} {one.dimension} {one.thing} {_years(one)}"
        if one.days and one.days[0] == one.days[1]:
            yield f"on {one.days[0]} {one.dimension} {one.thing}"
    for subject in sorted(one.subjects):
        yield f"{one.story} {one.dimension} {subject}"
    yield f"{one.story} {one.dimension} {one.low} {one.high}"
    if is_count(one):
        yield f"{one.story} counted {one.low} {one.high}"
    for word in sorted(one.beside, key=lambda word: (-one.beside[word], word))[:BESIDE_KEYS]:
        yield f"{one.story} {one.dimension} beside {word}"


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
        "beside": cosine(left.beside, right.beside),
        "story": float(left.story == right.story),
        "parties": float(bool(left.parties & right.parties)),
        "unnamed": float(not left.thing or not right.thing),
        "fate": float(bool(left.fate) and left.fate == right.fate and left.dimension == "people"),
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
    told_apart = told_apart and found["beside"] < BESIDE_ALIKE and not found["fate"]
    found["loose"] = float(other and told_apart)
    return found


def may_both_be_true(left: Measure, right: Measure) -> bool:
    """Two amounts are one, or near enough for a rounder one, or one lies within the bounds of the other."""
    lows = [one.low for one in (left, right) if one.low is not None]
    highs = [one.high for one in (left, right) if one.high is not None]
    return not lows or not highs or max(lows) <= min(highs) * (1 + ROUNDED)


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
    if left.dimension != right.dimension and not _are_counted_alike(left, right):
        return NEVER
    if not _may_be_one(left, right):
        return NEVER
    return odds(evidence(left, right))


def odds(found: Mapping[str, float]) -> float:
    """The log odds that the evidence on two figures gives."""
    known: Mapping[str, float] = table()["weights"]
    return known["bias"] + math.fsum([known.get(name, 0.0) * x for name, x in found.items()])


def is_count(one: Measure) -> bool:
    """Whether a figure counts things, or is a bare number that may."""
    named = one.figure.amount.unit
    return named is None or (named.islower() and named not in table()["units"])


def _are_counted_alike(left: Measure, right: Measure) -> bool:
    """Whether one number of two kinds of things is of one thing under two names: 90 professors, 90 faculty members.

    Small numbers are given of many things; the words around them must be nearly the same.
    """
    if left.value != right.value or left.story != right.story or not (is_count(left) and is_count(right)):
        return False
    number = left.low if left.low is not None else left.high
    alike = max(cosine(left.context, right.context), cosine(left.beside, right.beside))
    return number is not None and alike >= (AROUND_LARGE if number > SMALL else AROUND_SMALL)


def _may_be_one(left: Measure, right: Measure) -> bool:
    """Two values that differ need one name for what they measure.

    A change is never the level, nor a part the whole, nor one age another; one sentence counts two things up, and two
    shares in one article are mostly of two things.
    """
    if (left.figure.role == "change") != (right.figure.role == "change"):
        return False
    if "age" in (left.thing, right.thing) and not _one_age(left, right):
        return False
    if left.fate and right.fate and left.fate != right.fate:
        return False
    inside = left.figure.article_id == right.figure.article_id
    if (inside and left.sentence == right.sentence) or left.partial != right.partial:
        return False
    if left.value == right.value:
        return True
    if not _of_one_time(left, right):
        return False
    if not left.thing or left.thing != right.thing:
        return not inside and _is_beside_alike(left, right)
    return not inside or (cosine(left.of_what, right.of_what) >= NAMED_ALIKE and left.dimension != "share")


def _is_beside_alike(left: Measure, right: Measure) -> bool:
    """Two amounts under two names, or none, stand beside the same words in two articles of one story."""
    if left.story != right.story or (left.dimension == "share" and max(left.crowd, right.crowd) >= CROWD):
        return False
    return cosine(left.beside, right.beside) >= BESIDE_ALIKE


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
    if units[0] != units[1] and {left.dimension, right.dimension} & MEASURED:
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
    found, differing = evidence(left, right), changed(left, right)
    return Link(
        id=digest("link", "same_figure", left.figure.id, right.figure.id),
        kind="same_figure",
        left_id=left.figure.id,
        right_id=right.figure.id,
        left_passages=(left.figure.passage,),
        right_passages=(right.figure.passage,),
        changed=differing,
        score=round(probability(odds(found)), 3),
        explanation=explanation(corpus, left, right, found, differing),
    )


def explanation(
    corpus: Corpus, left: Measure, right: Measure, found: Mapping[str, float], differing: Sequence[str]
) -> str:
    """Why two figures are taken for one quantity, in a sentence, and in what they are not the same, in others."""
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
    return " ".join(sentence(one) for one in (", ".join(said), *map(_plain, differing)))


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
