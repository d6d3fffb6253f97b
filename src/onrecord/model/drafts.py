"""What the article half hands to the corpus half: records that still name parties and occasions by local keys.

A *local key* is `#` and a number, unique in its article: `#3`. The corpus half replaces each by the id of the party
(or occasion) that it turns out to be over the whole record.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from onrecord.model.records import (
    Article,
    Commitment,
    Event,
    Figure,
    Mention,
    PartyKind,
    PartyRole,
    Statement,
    Time,
)
from onrecord.model.values import Passage, When


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """A time expression as its words alone give it, before the article's date decides what it names.

    `rule` names the shape ("weekday", "month_day", "relative_unit", "year", ...), `fields` its parts as pairs of
    strings in a fixed order, `tense` what the sentence's main verb says of direction, `anchor` what it is relative to:
    `none` (absolute), `published`, or `previous` (the time expression before it in the text: "the next day").
    Frozen and made of strings so that the corpus half can resolve it again when an article's date is inferred late.
    """

    passage: Passage
    rule: str
    fields: tuple[tuple[str, str], ...]
    tense: str
    anchor: str


@dataclass(frozen=True, slots=True)
class LocalParty:
    """A party as one article knows it: the longest name, its other spellings, and the roles the text gives it.

    `name` is empty for a party that is only described ("a senior official"); such a party never joins another
    article's.
    """

    key: str
    name: str
    kind: PartyKind
    country: str | None
    aliases: tuple[str, ...]
    roles: tuple[PartyRole, ...]


@dataclass(frozen=True, slots=True)
class LocalOccasion:
    """An occasion as one article names it, with the words that make it one with another spelling of it."""

    key: str
    name: str
    kind: str
    ordinal: int | None
    series: str | None
    when: When | None
    place_key: str | None
    mentions: tuple[Passage, ...]
    party_keys: tuple[str, ...] = ()
    """Whose occasion it is, where that tells it apart: the visitor of a state visit."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """All that one article gives: a pure function of the article and of the versions in `made_with`."""

    article: Article
    made_with: str
    parties: tuple[LocalParty, ...] = ()
    mentions: tuple[Mention, ...] = ()
    occasions: tuple[LocalOccasion, ...] = ()
    statements: tuple[Statement, ...] = ()
    events: tuple[Event, ...] = ()
    figures: tuple[Figure, ...] = ()
    times: tuple[Time, ...] = ()
    expressions: tuple[TimeExpression, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    tallies: tuple[tuple[str, int], ...] = field(default=())
