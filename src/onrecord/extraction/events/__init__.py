"""Events: what parties did to or with one another, one per trigger, with the words for each part."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.extraction.events.coding import Coder, Reading
from onrecord.language.analysis import Analysis
from onrecord.model import Event, Passage, entry_id
from onrecord.model.plover import plover

__all__ = ["MADE_BY", "extract"]

MADE_BY = "events/5"


def extract(analysis: Analysis) -> Iterator[Event]:
    """The events of an article in the order of the text, one per trigger.

    Actors and recipients are passages; who they are, when and where it happened, who asserts it and which triggers
    tell one happening is for resolution. A reciprocal act of several ("X and Y met") has all of them on both sides.
    """
    for reading in Coder(analysis).readings():
        yield draft(analysis, reading)


def draft(analysis: Analysis, reading: Reading) -> Event:
    """The event of one reading, as the words alone give it."""
    text, act = analysis.text, reading.act
    status = (
        "possible"
        if reading.status in ("happened", "ongoing") and is_asked(analysis, reading.trigger)
        else reading.status
    )
    actors = tuple(role.passage for role in reading.actors)
    recipients = tuple(role.passage for role in reading.recipients)
    return Event(
        id=entry_id("event", analysis.article.id, reading.trigger, extra=act.type),
        article_id=analysis.article.id,
        triggers=(reading.trigger,),
        type=act.type,
        mode=act.mode,
        plover=plover(act.type, status),
        actor_ids=(),
        recipient_ids=(),
        actors=tuple(p.of(text) for p in actors),
        recipients=tuple(p.of(text) for p in recipients),
        actor_passages=actors,
        recipient_passages=recipients,
        when=None,
        place_id=None,
        place=None,
        status=status,
        asserted_by="outlet",
        occasion_id=None,
        made_by=MADE_BY,
        confidence=None,
    )


def is_asked(analysis: Analysis, trigger: Passage) -> bool:
    """Whether the trigger stands in a question: who asks whether it happened does not say that it did."""
    sentence = analysis.sentence_at(trigger.start)
    return sentence is not None and sentence.passage.of(analysis.text).rstrip(" \n\"'”’»)").endswith("?")
