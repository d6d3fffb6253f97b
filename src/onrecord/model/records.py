"""The records: one frozen dataclass per table, from which every schema is derived.

Field order is column order. `id` comes first. A record that was extracted from an article has `article_id`, `made_by`
(extractor and version) and `confidence` (calibrated, or null where no gold exists to calibrate on).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from onrecord.model.values import Amount, Passage, When

Role = Literal["header", "headline", "standfirst", "byline", "dateline", "body", "caption", "section", "boilerplate"]
PartyKind = Literal["person", "organisation", "state", "place", "group", "work"]
MentionForm = Literal["name", "title", "description", "demonym", "pronoun"]
StatementForm = Literal["direct", "indirect", "mixed"]
MediumKind = Literal[
    "interview", "speech", "news_conference", "statement", "website", "post", "report", "letter", "document",
    "broadcast", "call",
]  # fmt: skip
Act = Literal[
    "assert", "deny", "decline", "promise", "request", "threaten", "propose", "praise", "accuse", "thank"
]  # fmt: skip
Polarity = Literal["positive", "negative"]
EventType = Literal[
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT", "THREATEN",
    "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
]  # fmt: skip
EventStatus = Literal["happened", "ongoing", "planned", "possible", "denied"]
FigureRole = Literal["value", "change", "target", "cumulative"]
CommitmentStatus = Literal["open", "met", "broken", "superseded"]
LinkKind = Literal["same_event", "same_words", "same_figure", "same_occasion", "copied_from", "cites"]
Outcome = Literal["agree", "compatible", "differ", "only_in"]
Verdict = Literal["right", "wrong", "same_as", "not_same_as", "edit", "checked"]


@dataclass(frozen=True, slots=True)
class TextPart:
    """A stretch of an article's text and what it is; parts are in order and do not overlap."""

    start: int
    end: int
    role: Role


@dataclass(frozen=True, slots=True)
class Article:
    """A document as read: its text, unchanged, and what is known about where and when it came from."""

    id: str
    origin: str
    url: str | None
    outlet: str | None
    title: str | None
    text: str
    byline: tuple[str, ...]
    language: str | None
    published: When | None
    modified: When | None
    dateline_place: str | None
    text_sha256: str
    raw_sha256: str
    length: int
    format: str
    supersedes: str | None
    parts: tuple[TextPart, ...]
    dates: tuple[When, ...] = ()
    """Every date the article gives for its own publication, best basis first; `published` is the first."""
    note: str | None = None
    """Why nothing was extracted, where nothing was (a language that is not supported yet, no text)."""


@dataclass(frozen=True, slots=True)
class Skipped:
    """An input that could not be read, with the reason; it leaves no article."""

    id: str
    origin: str
    reason: str
    detail: str


@dataclass(frozen=True, slots=True)
class PartyRole:
    """A title or office that a text gives a party: `title` "president", `of` "Peru", `when` null where not stated."""

    title: str
    of: str | None
    when: When | None


@dataclass(frozen=True, slots=True)
class Party:
    """A person, organisation, state, place or group, over the whole record."""

    id: str
    name: str
    kind: PartyKind
    country: str | None
    aliases: tuple[str, ...]
    roles: tuple[PartyRole, ...]


@dataclass(frozen=True, slots=True)
class Mention:
    """A place in a text that names a party; a name leaves out titles and the possessive 's."""

    id: str
    article_id: str
    party_id: str
    start: int
    end: int
    text: str
    form: MentionForm
    resolved_by: str
    made_by: str
    confidence: float | None


@dataclass(frozen=True, slots=True)
class Medium:
    """What a statement was made in: an interview, a speech, a website, with the words that say so."""

    kind: MediumKind
    text: str
    passage: Passage
    party_id: str | None


@dataclass(frozen=True, slots=True)
class Relay:
    """A party that relayed a statement, with the words that say so."""

    party_id: str
    passage: Passage


@dataclass(frozen=True, slots=True)
class Statement:
    """Something somebody is reported to have said, written, thought or decided; one per cue."""

    id: str
    article_id: str
    form: StatementForm
    content: tuple[Passage, ...]
    text: str
    cue: Passage | None
    source: Passage | None
    speaker_ids: tuple[str, ...]
    speaker_name: str | None
    resolved_by: str | None
    addressee_ids: tuple[str, ...]
    medium: Medium | None
    said: When | None
    via: tuple[Relay, ...]
    act: Act
    polarity: Polarity
    made_by: str
    confidence: float | None


@dataclass(frozen=True, slots=True)
class Event:
    """Something reported to happen between parties; the first trigger is the main one."""

    id: str
    article_id: str
    triggers: tuple[Passage, ...]
    type: EventType
    mode: str | None
    plover: str
    actor_ids: tuple[str, ...]
    recipient_ids: tuple[str, ...]
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    actor_passages: tuple[Passage, ...]
    recipient_passages: tuple[Passage, ...]
    when: When | None
    place_id: str | None
    place: str | None
    status: EventStatus
    asserted_by: str
    """`outlet`, or the id of the statement that the event stands in."""
    occasion_id: str | None
    made_by: str
    confidence: float | None


@dataclass(frozen=True, slots=True)
class Figure:
    """A quantity and what it measures."""

    id: str
    article_id: str
    passage: Passage
    text: str
    amount: Amount
    of_what: str | None
    of_what_head: str | None
    subject_ids: tuple[str, ...]
    when: When | None
    role: FigureRole
    event_id: str | None
    occasion_id: str | None
    statement_id: str | None
    made_by: str
    confidence: float | None


@dataclass(frozen=True, slots=True)
class Time:
    """A time expression and the days it names."""

    id: str
    article_id: str
    passage: Passage
    when: When
    made_by: str
    confidence: float | None


@dataclass(frozen=True, slots=True)
class OccasionMention:
    """A place in a text that names an occasion."""

    article_id: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Occasion:
    """A named or numbered occasion over the whole record: a forum, a summit, a state visit, an anniversary."""

    id: str
    name: str
    kind: str
    ordinal: int | None
    series: str | None
    when: When | None
    place_id: str | None
    mentions: tuple[OccasionMention, ...]


@dataclass(frozen=True, slots=True)
class Commitment:
    """A thing promised, planned, invited to or forecast."""

    id: str
    article_id: str
    passage: Passage
    who_ids: tuple[str, ...]
    what: str
    due: When | None
    status: CommitmentStatus
    met_by: str | None
    made_by: str
    confidence: float | None


@dataclass(frozen=True, slots=True)
class Link:
    """Two records that belong together, and why."""

    id: str
    kind: LinkKind
    left_id: str
    right_id: str
    left_passages: tuple[Passage, ...]
    right_passages: tuple[Passage, ...]
    changed: tuple[str, ...]
    score: float
    explanation: str


@dataclass(frozen=True, slots=True)
class Subject:
    """A record that a comparison is about."""

    kind: str
    id: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What one place in one article says to a comparison's question, as a canonical string."""

    article_id: str
    record_id: str
    value: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """A question that several articles, or two places of one article, answer."""

    id: str
    question: str
    about: tuple[Subject, ...]
    outcome: Outcome
    answers: tuple[Answer, ...]
    silent: tuple[str, ...]
    too_early: tuple[str, ...]
    independent_origins: int
    unresolved_origins: int
    origins: tuple[str, ...]
    explanation: str


@dataclass(frozen=True, slots=True)
class Story:
    """A cluster of articles on one happening."""

    id: str
    title: str
    article_ids: tuple[str, ...]
    when: When | None
    place_id: str | None
    party_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Judgement:
    """A person's correction, kept over rebuilds and re-attached by article, passage and words."""

    id: str
    target_kind: str
    article_id: str
    passages: tuple[Passage, ...]
    words: str
    verdict: Verdict
    value: str | None
    by: str
    at: str


TABLES: dict[str, type] = {
    "articles": Article,
    "skipped": Skipped,
    "parties": Party,
    "mentions": Mention,
    "statements": Statement,
    "events": Event,
    "figures": Figure,
    "times": Time,
    "occasions": Occasion,
    "commitments": Commitment,
    "links": Link,
    "comparisons": Comparison,
    "stories": Story,
    "judgements": Judgement,
}
"""Every table of the record, in the order in which it is written; the key is the table's and the file's name."""
