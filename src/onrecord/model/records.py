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
    """First code point of the part."""
    end: int
    """The code point after its last."""
    role: Role
    """What the part is; nothing is extracted from `header`, `section` and `boilerplate`."""


@dataclass(frozen=True, slots=True)
class Article:
    """A document as read: its text, unchanged, and what is known about where and when it came from."""

    id: str
    origin: str
    """The URL, or the path relative to the input given."""
    url: str | None
    """Its address, where the page, a header or a sidecar gives one."""
    outlet: str | None
    """Who published it, where it says so."""
    title: str | None
    """Its headline."""
    text: str
    """The decoded file, unchanged but for a byte-order mark; for HTML and the like, the extracted text."""
    byline: tuple[str, ...]
    """The authors it names."""
    language: str | None
    """ISO 639-1, null where it cannot be told."""
    published: When | None
    """When it was published, with the basis of that."""
    modified: When | None
    """When it was last changed, where it says so."""
    dateline_place: str | None
    """The place that its dateline names."""
    text_sha256: str
    """SHA-256 of the text in UTF-8."""
    raw_sha256: str
    """SHA-256 of the bytes that were read."""
    length: int
    """Code points of the text."""
    format: str
    """What was read: `text`, `html`, `jsonl`."""
    supersedes: str | None
    """The id of the earlier version of the same origin."""
    parts: tuple[TextPart, ...]
    """What each stretch of the text is."""
    dates: tuple[When, ...] = ()
    """Every date the article gives for its own publication, best basis first; `published` is the first."""
    note: str | None = None
    """Why nothing was extracted, where nothing was (a language that is not supported yet, no text)."""


@dataclass(frozen=True, slots=True)
class Skipped:
    """An input that could not be read, with the reason; it leaves no article."""

    id: str
    origin: str
    """The URL or path of the input."""
    reason: str
    """A short word: `empty`, `binary`, `encoding`."""
    detail: str
    """What was wrong, in a sentence."""


@dataclass(frozen=True, slots=True)
class PartyRole:
    """A title or office that a text gives a party: `title` "president", `of` "Peru", `when` null where not stated."""

    title: str
    """The title or office: `president`."""
    of: str | None
    """Of what: `Peru`."""
    when: When | None
    """When the party had it, where stated."""


@dataclass(frozen=True, slots=True)
class Party:
    """A person, organisation, state, place or group, over the whole record."""

    id: str
    name: str
    """The fullest form, in natural order; empty for one that is only described."""
    kind: PartyKind
    """What the party is."""
    country: str | None
    """ISO 3166-1 alpha-3."""
    aliases: tuple[str, ...]
    """Its other names and spellings."""
    roles: tuple[PartyRole, ...]
    """Titles and offices that texts give it."""
    latitude: float | None = None
    """Degrees north, for a city that the gazetteer knows."""
    longitude: float | None = None
    """Degrees east."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A place in a text that names a party; a name leaves out titles and the possessive 's."""

    id: str
    article_id: str
    party_id: str
    """The party that is named."""
    start: int
    """First code point of the mention."""
    end: int
    """The code point after its last."""
    text: str
    """The words."""
    form: MentionForm
    """How it names the party."""
    resolved_by: str
    """How the party was told."""
    made_by: str
    confidence: float | None


@dataclass(frozen=True, slots=True)
class Medium:
    """What a statement was made in: an interview, a speech, a website, with the words that say so."""

    kind: MediumKind
    """What it was said in."""
    text: str
    """The words that say so."""
    passage: Passage
    """Where they stand."""
    party_id: str | None
    """Whose website, report or broadcast it is."""


@dataclass(frozen=True, slots=True)
class Relay:
    """A party that relayed a statement, with the words that say so."""

    party_id: str
    """Who relayed it."""
    passage: Passage
    """The words that say so."""


@dataclass(frozen=True, slots=True)
class Statement:
    """Something somebody is reported to have said, written, thought or decided; one per cue."""

    id: str
    article_id: str
    form: StatementForm
    """In its own words, in the reporter's, or in both."""
    content: tuple[Passage, ...]
    """What was said; several passages where the cue breaks it or it goes on in the next sentence."""
    text: str
    """The words of the passages, joined by a space."""
    cue: Passage | None
    """The words that report it: `said`, `according to`."""
    source: Passage | None
    """The words that name the speaker."""
    speaker_ids: tuple[str, ...]
    """Who said it; empty where the evidence is not enough."""
    speaker_name: str | None
    """The speaker in the text's words."""
    resolved_by: str | None
    """How the speaker was told from the words."""
    addressee_ids: tuple[str, ...]
    """To whom."""
    medium: Medium | None
    """What it was said in, where stated."""
    said: When | None
    """When it was said."""
    via: tuple[Relay, ...]
    """Who relayed it, nearest the article first, without the article's own outlet."""
    act: Act
    """What is done by saying it."""
    polarity: Polarity
    """Whether it affirms or denies."""
    made_by: str
    confidence: float | None


@dataclass(frozen=True, slots=True)
class Event:
    """Something reported to happen between parties; the first trigger is the main one."""

    id: str
    article_id: str
    triggers: tuple[Passage, ...]
    """The words that tell it, the main ones first."""
    type: EventType
    """The act: a PLOVER category."""
    mode: str | None
    """The kind of act: `visit`, `phone`, `multilateral`."""
    plover: str
    """The code that a PLOVER user expects, which an intended act changes."""
    actor_ids: tuple[str, ...]
    """Who did it."""
    recipient_ids: tuple[str, ...]
    """To or with whom."""
    actors: tuple[str, ...]
    """The actors in the text's words; none where nobody is named who did it ("the driver was arrested")."""
    recipients: tuple[str, ...]
    """The recipients in the text's words."""
    actor_passages: tuple[Passage, ...]
    """Where the actors' words stand, one for each."""
    recipient_passages: tuple[Passage, ...]
    """Where the recipients' words stand, one for each."""
    when: When | None
    """When it happened or is to happen."""
    place_id: str | None
    """Where, as a party of the record."""
    place: str | None
    """Where, in the text's words."""
    status: EventStatus
    """Whether it happened, goes on, is planned, is possible, or did not happen."""
    asserted_by: str
    """`outlet`, or the id of the statement that the event stands in."""
    occasion_id: str | None
    """The occasion it was part of."""
    made_by: str
    confidence: float | None


@dataclass(frozen=True, slots=True)
class Figure:
    """A quantity and what it measures."""

    id: str
    article_id: str
    passage: Passage
    """The words of the quantity."""
    text: str
    """The words."""
    amount: Amount
    """The quantity."""
    of_what: str | None
    """What it measures, in the text's words."""
    of_what_head: str | None
    """The lemma of the head of those words."""
    subject_ids: tuple[str, ...]
    """Whose it is."""
    when: When | None
    """Of what time."""
    role: FigureRole
    """A plain value, a change, a target, or a running total."""
    event_id: str | None
    """The event that it measures."""
    occasion_id: str | None
    """The occasion that it measures."""
    statement_id: str | None
    """The statement that it stands in."""
    made_by: str
    confidence: float | None


@dataclass(frozen=True, slots=True)
class Time:
    """A time expression and the days it names."""

    id: str
    article_id: str
    passage: Passage
    """The words of the time."""
    when: When
    """The days or minutes that they name."""
    made_by: str
    confidence: float | None


@dataclass(frozen=True, slots=True)
class OccasionMention:
    """A place in a text that names an occasion."""

    article_id: str
    start: int
    """First code point of the mention."""
    end: int
    """The code point after its last."""


@dataclass(frozen=True, slots=True)
class Occasion:
    """A named or numbered occasion over the whole record: a forum, a summit, a state visit, an anniversary."""

    id: str
    name: str
    """Its fullest name."""
    kind: str
    """`forum`, `summit`, `visit`, `anniversary`."""
    ordinal: int | None
    """Its number in its series."""
    series: str | None
    """What it is one of."""
    when: When | None
    """When it is held."""
    place_id: str | None
    """Where it is held."""
    mentions: tuple[OccasionMention, ...]
    """Where texts name it."""


@dataclass(frozen=True, slots=True)
class Commitment:
    """A thing promised, planned, invited to or forecast."""

    id: str
    article_id: str
    passage: Passage
    """The words of the promise or plan."""
    who_ids: tuple[str, ...]
    """Who is bound by it."""
    what: str
    """The exact words of what is to happen."""
    due: When | None
    """By when."""
    status: CommitmentStatus
    """Whether it was met, as far as the record tells; overdue is said when asked, never stored."""
    met_by: str | None
    """The event that met it."""
    made_by: str
    confidence: float | None


@dataclass(frozen=True, slots=True)
class Link:
    """Two records that belong together, and why."""

    id: str
    kind: LinkKind
    """How they belong together."""
    left_id: str
    """One record."""
    right_id: str
    """The other."""
    left_passages: tuple[Passage, ...]
    """The words of the one."""
    right_passages: tuple[Passage, ...]
    """The words of the other."""
    changed: tuple[str, ...]
    """The words that differ."""
    score: float
    """How sure, from 0 to 1."""
    explanation: str
    """Why, in a sentence."""


@dataclass(frozen=True, slots=True)
class Subject:
    """A record that a comparison is about."""

    kind: str
    """The table of the record."""
    id: str
    """The id of the record."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What one place in one article says to a comparison's question, as a canonical string."""

    article_id: str
    record_id: str
    """The row that answers."""
    value: str
    """The answer as a canonical string: an ISO date, `2.5 h`, `>3 h`, a party's name."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """A question that several articles, or two places of one article, answer."""

    id: str
    question: str
    """What is asked: whether it happened, when, where, who takes part, how many or how much, who said it and in which
    words, which of a series it is, by when it is to happen, in which year or on which day, how a name is written."""
    about: tuple[Subject, ...]
    """The records it is asked of."""
    outcome: Outcome
    """Whether the answers agree, can all be true, differ, or there is one only."""
    answers: tuple[Answer, ...]
    """What each place says."""
    silent: tuple[str, ...]
    """Articles that say nothing of it."""
    too_early: tuple[str, ...]
    """Articles that were published before it could be known."""
    independent_origins: int
    """How many sources the answers come from, after copies and relays are counted as one."""
    unresolved_origins: int
    """How many chains of relays lead to no known source."""
    origins: tuple[str, ...]
    """Those sources."""
    explanation: str
    """Why the outcome is what it is."""


@dataclass(frozen=True, slots=True)
class Story:
    """A cluster of articles on one happening."""

    id: str
    title: str
    """What it is on."""
    article_ids: tuple[str, ...]
    """The articles on it."""
    when: When | None
    """When it happened."""
    place_id: str | None
    """Where."""
    party_ids: tuple[str, ...]
    """Who is in it."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """A person's correction, kept over rebuilds and re-attached by id or else by article, passages and words.

    The `other_` fields name the second row, where there is one: what the first is the same as, the right article of a
    link, the party that an edit puts in.
    """

    id: str
    target_kind: str
    """The table of the row that is judged."""
    target_id: str
    """The id of the row when it was judged."""
    article_id: str
    """The article it was judged in; empty where no article names it."""
    passages: tuple[Passage, ...]
    """The passages of the row when it was judged."""
    words: str
    """Their words; a party's or an occasion's name."""
    verdict: Verdict
    """What the person says of it."""
    field: str | None
    """What an edit corrects (`speaker`, `days`); of a link its kind, of a comparison its question."""
    was: str | None
    """What the record said before an edit."""
    value: str | None
    """The corrected value; the spelling that is not this party."""
    other_id: str | None
    """The id of the second row."""
    other_article_id: str | None
    """The article of the second row."""
    other_passages: tuple[Passage, ...]
    """The passages of the second row."""
    other_words: str | None
    """Their words."""
    by: str
    """Who judged."""
    at: str
    """When, as ISO 8601."""


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
