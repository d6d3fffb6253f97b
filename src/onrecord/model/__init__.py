"""What a record is: frozen dataclasses, ids, passages, times and amounts. Stands on the standard library alone."""

from onrecord.model.corpus import Corpus
from onrecord.model.drafts import Bundle, LocalOccasion, LocalParty, TimeExpression
from onrecord.model.errors import OnRecordError, UnreadableInputError
from onrecord.model.ids import article_id, digest, entry_id
from onrecord.model.records import (
    TABLES,
    Act,
    Answer,
    Article,
    Commitment,
    Comparison,
    Event,
    EventStatus,
    EventType,
    Figure,
    FigureRole,
    Judgement,
    Link,
    LinkKind,
    Medium,
    MediumKind,
    Mention,
    MentionForm,
    Occasion,
    OccasionMention,
    Outcome,
    Party,
    PartyKind,
    PartyRole,
    Polarity,
    Relay,
    Role,
    Skipped,
    Statement,
    StatementForm,
    Story,
    Subject,
    TextPart,
    Time,
    Verdict,
)
from onrecord.model.values import Amount, Basis, Hedge, Part, Passage, Precision, When

__all__ = [
    "TABLES", "Act", "Amount", "Answer", "Article", "Basis", "Bundle", "Commitment", "Comparison", "Corpus", "Event",
    "EventStatus", "EventType", "Figure", "FigureRole", "Hedge", "Judgement", "Link", "LinkKind", "LocalOccasion",
    "LocalParty", "Medium", "MediumKind", "Mention", "MentionForm", "Occasion", "OccasionMention", "OnRecordError",
    "Outcome", "Part", "Party", "PartyKind", "PartyRole", "Passage", "Polarity", "Precision", "Relay", "Role",
    "Skipped", "Statement", "StatementForm", "Story", "Subject", "TextPart", "Time", "TimeExpression",
    "UnreadableInputError", "Verdict", "When", "article_id", "digest", "entry_id",
]  # fmt: skip
