"""The lengths of talks: which of them are of one talk, by who talked, on what occasion and when.

An article may give the length of a talk without an event that another article's can be linked to ("the meeting ended
after two hours"; "we had three hours together"). Two lengths are of one talk where both share two who talked and lie in
one story, or share one who talked and name one occasion nearby; and nothing told of their days or parties stands
against it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations

from onrecord.comparison import moments
from onrecord.comparison.amounts import CLOCK
from onrecord.comparison.ground import Ground, components, phrases, sentence
from onrecord.model import Event, Figure, Statement, When

AROUND = 60
"""Characters around a length in which a noun or verb of talking is looked for."""
OCCASION_NEAR = 1500
"""An occasion named so many characters away is the talk's."""
WE = re.compile(r"\b(?:we|us|our|I|me)\b", re.IGNORECASE)
ALONE = frozenset({"speech", "address", "briefing"})
"""Talks in which one person speaks."""
BLOCK_CAP = 60
"""Lengths that share a key are compared where there are at most so many."""


@dataclass(frozen=True, slots=True)
class Length:
    """A length of a talk with what tells the talk from others."""

    figure: Figure
    parties: frozenset[str]
    occasions: frozenset[str]
    story: str | None
    when: When | None


def pairs(ground: Ground) -> list[tuple[str, str]]:
    """The ids of figures that are lengths of one talk, in pairs."""
    found = [(one.figure.id, other.figure.id) for one, other in _candidates(ground) if _is_one_talk(one, other)]
    return found + _by_events(ground)


def is_length_of_talk(ground: Ground, figure: Figure) -> bool:
    """Whether a figure gives how long somebody talked: a time of hours or minutes by a noun or verb of talking."""
    if figure.amount.unit not in CLOCK or figure.role != "value":
        return False
    event = _event(ground, figure)
    if event is not None and event.type == "CONSULT" and event.mode != "visit":
        return True
    if figure.of_what_head is not None:
        return figure.of_what_head in phrases()["talks"]["heads"]
    text = ground.article(figure.article_id).text
    around = text[max(0, figure.passage.start - AROUND) : figure.passage.end + AROUND]
    return _talking().search(around) is not None


def called(ground: Ground, figures: Sequence[Figure]) -> str | None:
    """What the talk is called in a question: by its event with most parties, or null where no event is known."""
    events = [event for figure in figures if (event := _event(ground, figure)) is not None]
    if not events or all(event.mode == "visit" for event in events):
        return None
    return ground.named(events)


@cache
def _talking() -> re.Pattern[str]:
    heads = "|".join(re.escape(head) for head in phrases()["talks"]["heads"])
    return re.compile(rf"\b(?:{heads})(?:s|ed|ing)?\b|\b(?:met|spoke|negotiated|conferred)\b", re.IGNORECASE)


def _event(ground: Ground, figure: Figure) -> Event | None:
    """The event that a figure measures: the one it is joined to, else the nearest talk told in the same sentence."""
    found = ground.corpus.row.get(figure.event_id) if figure.event_id else None
    if isinstance(found, Event):
        return found
    here = sentence(ground, figure)
    talks = [
        event
        for event in ground.corpus.events_of.get(figure.article_id, ())
        if event.type == "CONSULT" and event.mode != "visit" and any(here.meets(trigger) for trigger in event.triggers)
    ]
    at = figure.passage.start
    return min(talks, key=lambda event: (min(abs(t.start - at) for t in event.triggers), event.id), default=None)


def _by_events(ground: Ground) -> list[tuple[str, str]]:
    """Lengths of events that are linked as one, those in hours apart from those in days."""
    linked = components((link.left_id, link.right_id) for link in ground.links if link.kind == "same_event")
    component = {key: at for at, keys in enumerate(linked) for key in keys}
    measured: dict[tuple[int, bool], list[Figure]] = defaultdict(list)
    for figure in ground.corpus.figures:
        timed = figure.amount.unit in CLOCK or figure.amount.unit in ("d", "wk")
        if timed and figure.role == "value" and figure.event_id in component:
            measured[component[figure.event_id], figure.amount.unit in CLOCK].append(figure)
    groups = (ground.few("lengths", measured[key], BLOCK_CAP) for key in sorted(measured))
    return [(one.id, other.id) for group in groups for one, other in combinations(group, 2)]


def _candidates(ground: Ground) -> Iterator[tuple[Length, Length]]:
    blocks: dict[tuple[str, ...], list[Length]] = defaultdict(list)
    for figure in ground.corpus.figures:
        if figure.amount.unit in CLOCK and is_length_of_talk(ground, figure):
            length = _length(ground, figure)
            for key in _keys(length):
                blocks[key].append(length)
    for key in sorted(blocks):
        yield from combinations(ground.few("lengths", blocks[key], BLOCK_CAP), 2)


def _keys(length: Length) -> Iterator[tuple[str, ...]]:
    for occasion in sorted(length.occasions):
        for party in sorted(length.parties):
            yield "occasion", occasion, party
    if length.story is not None:
        for one, other in combinations(sorted(length.parties), 2):
            yield "story", length.story, one, other


def _is_one_talk(one: Length, other: Length) -> bool:
    shared = one.parties & other.parties
    if moments.apart(one.when, other.when) or not shared:
        return False
    if (
        one.figure.article_id == other.figure.article_id
        and {one.figure.of_what_head, other.figure.of_what_head} & ALONE
    ):
        return False  # an article may tell of two speeches of one man
    if len(one.parties) > 1 and len(other.parties) > 1 and len(shared) < 2:
        return False
    return len(shared) > 1 or bool(one.occasions & other.occasions)


def _length(ground: Ground, figure: Figure) -> Length:
    event = _event(ground, figure)
    parties = _talking_parties(ground, figure, event)
    parties = {ground.in_full(key, figure.article_id) for key in parties}
    people = {key for key in parties if ground.corpus.party[key].kind == "person"}
    story = ground.story_of.get(figure.article_id)
    when = event.when if event is not None and moments.is_told(event.when) else figure.when
    occasions = _occasions_near(ground, figure)
    return Length(figure, frozenset(people or parties), occasions, story.id if story else None, when)


def _talking_parties(ground: Ground, figure: Figure, event: Event | None) -> set[str]:
    """Who talked: the parties of the event and the persons of the sentence; a speaker who says "we" is one of them."""
    parties = set(figure.subject_ids)
    if event is not None:
        parties.update(event.actor_ids, event.recipient_ids)
    here = sentence(ground, figure)
    for mention in ground.corpus.mentions_of.get(figure.article_id, ()):
        if here.start <= mention.start < here.end and ground.corpus.party[mention.party_id].kind == "person":
            parties.add(mention.party_id)
    statement = ground.corpus.row.get(figure.statement_id) if figure.statement_id else None
    if isinstance(statement, Statement) and WE.search(here.of(ground.article(figure.article_id).text)):
        parties.update(statement.speaker_ids)
    return parties


def _occasions_near(ground: Ground, figure: Figure) -> frozenset[str]:
    """The visits and meetings named nearest to a length, in its article."""
    near: list[tuple[int, str]] = []
    for start, occasion in ground.occasions_in.get(figure.article_id, ()):
        distance = abs(start - figure.passage.start)
        if distance <= OCCASION_NEAR:
            near.append((distance, occasion))
    own = {figure.occasion_id} if figure.occasion_id else set()
    return frozenset(own or {occasion for _, occasion in near})
