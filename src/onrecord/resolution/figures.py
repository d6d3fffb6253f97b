"""Whose a figure is, of what time, and in which statement or event it stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from onrecord.language.analysis import Analysis, Word
from onrecord.model import Event, Figure, Passage, Statement, Time, When
from onrecord.resolution.cast import Cast

SUBJECTS = ("nsubj", "nsubj:pass", "nsubj:outer")
CLAUSES = ("ccomp", "advcl", "acl", "acl:relcl", "conj", "parataxis", "root", "xcomp")
SUBJECT_KINDS = ("person", "organisation", "state", "place")


def attach(
    analysis: Analysis,
    figures: Sequence[Figure],
    cast: Cast,
    times: Sequence[Time],
    statements: Sequence[Statement],
    events: Sequence[Event],
) -> tuple[Figure, ...]:
    """The figures that are no part of a time expression, each with its subject, time, statement and event."""
    kept = [figure for figure in figures if not any(figure.passage.meets(time.passage) for time in times)]
    return tuple(
        replace(
            figure,
            subject_ids=subjects(analysis, figure, cast),
            when=time_of(analysis, figure, times),
            statement_id=statement_of(figure, statements),
            event_id=event_of(analysis, figure, events),
        )
        for figure in kept
    )


def anchor_of(analysis: Analysis, passage: Passage) -> Word | None:
    """The last word of a passage whose head lies outside it, or null where the passage has no words."""
    inside = analysis.words_in(passage.start, passage.end)
    held = {word.index for word in inside}
    outer = [word for word in inside if word.head not in held]
    return outer[-1] if outer else None


def chain(analysis: Analysis, word: Word) -> list[Word]:
    """The word and the heads above it, to the root."""
    found = [word]
    while found[-1].head >= 0:
        found.append(analysis.words[found[-1].head])
    return found


def clause_of(analysis: Analysis, word: Word) -> Word:
    """The head of the smallest clause that holds the word."""
    return next((w for w in chain(analysis, word) if w.relation in CLAUSES and w.upos in ("VERB", "AUX")), word)


def subjects(analysis: Analysis, figure: Figure, cast: Cast) -> tuple[str, ...]:
    """The parties whose figure it is: those in the words of what is measured, else the subject of its clause.

    A figure that counts things done to others ("killed 12 people") is not its subject's, so the clause's subject is
    taken only where a verb ties the figure to it: to have, spend, send, earn, reach.
    """
    anchor = anchor_of(analysis, figure.passage)
    if anchor is None:
        return ()
    for word in chain(analysis, anchor)[1:3]:
        if word.upos in ("NOUN", "PROPN"):
            found = possessors(analysis, word, cast)
            if found:
                return found
    subject = next((c for c in analysis.children(clause_of(analysis, anchor)) if c.relation in SUBJECTS), None)
    if subject is None or subject.index == anchor.index:
        return ()
    if subject.upos in ("PROPN", "PRON"):
        found_key = cast.at(subject.passage)
        return (found_key,) if found_key is not None and cast.party(found_key).kind in SUBJECT_KINDS else ()
    return possessors(analysis, subject, cast)


def possessors(analysis: Analysis, noun: Word, cast: Cast) -> tuple[str, ...]:
    """The parties that a noun's possessive, adjective or `of` phrase names: `Peru's exports`, `Peruvian exports`."""
    keys: list[str] = []
    for child in analysis.children(noun):
        if child.relation in ("nmod:poss", "amod", "compound", "nmod"):
            key = cast.at(child.passage)
            if key is not None and cast.party(key).kind in SUBJECT_KINDS:
                keys.append(key)
    return tuple(dict.fromkeys(keys))


def time_of(analysis: Analysis, figure: Figure, times: Sequence[Time]) -> When | None:
    """The time of the figure's own clause, where just one is named there and it names days; else null."""
    anchor = anchor_of(analysis, figure.passage)
    if anchor is None:
        return None
    clause = clause_of(analysis, anchor)
    near: list[When] = []
    for time in times:
        word = anchor_of(analysis, time.passage)
        if word is not None and word.sentence == anchor.sentence and clause_of(analysis, word).index == clause.index:
            near.append(time.when)
    return near[0] if len(near) == 1 and near[0].earliest is not None else None


def statement_of(figure: Figure, statements: Sequence[Statement]) -> str | None:
    """The statement in whose content the figure stands; of several, the one with the shortest content."""
    holding = [s for s in statements if any(p.holds(figure.passage) for p in s.content)]
    shortest = min(holding, key=lambda s: (sum(p.end - p.start for p in s.content), s.id), default=None)
    return None if shortest is None else shortest.id


def event_of(analysis: Analysis, figure: Figure, events: Sequence[Event]) -> str | None:
    """The event whose trigger governs the figure in the tree, the nearest of several; or null."""
    anchor = anchor_of(analysis, figure.passage)
    if anchor is None:
        return None
    for word in chain(analysis, anchor)[1:4]:
        for event in events:
            if any(trigger.meets(word.passage) for trigger in event.triggers):
                return event.id
    return None
