"""Whose a figure is, of what time, and in which statement, event or occasion it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from onrecord.language.analysis import Analysis, Word
from onrecord.language.tables import words
from onrecord.model import Event, Figure, LocalOccasion, Passage, Statement, Time, When
from onrecord.resolution.cast import Cast

LANGUAGE = "en"
SUBJECTS = ("nsubj", "nsubj:pass", "nsubj:outer")
CLAUSES = ("ccomp", "advcl", "acl", "acl:relcl", "conj", "parataxis", "root", "xcomp")
SUBJECT_KINDS = ("person", "organisation", "state", "place")
NOUNS = ("NOUN", "PROPN")
WITHIN = (
    "nummod",
    "compound",
    "amod",
    "nmod:poss",
    "nmod",
    "obj",
    "obl",
    "obl:unmarked",
    "nsubj",
    "nsubj:pass",
    "conj",
)
"""The relations by which an amount belongs to the word above it."""
DURATIONS = ("a", "mo", "wk", "d", "h", "min", "s")
CLAUSE = 24
"""Characters before an age in which a person's name may end."""
BESIDE_AGE = re.compile(r"(?:, who (?:is|was|turns|turned) (?:now |just )?|, | \(|,)\Z")
"""What stands between a person and the age: `Ann Roe, 45`, `Ann Roe (45)`, `Ann Roe, who is 45`."""
STANDS_FOR_ONE = re.compile(r"\b[Tt]he \Z")
DATED_BY = "times/"
"""Times of other makers (the dates that anniversaries imply) are no figure's time."""


def attach(
    analysis: Analysis,
    figures: Sequence[Figure],
    cast: Cast,
    times: Sequence[Time],
    statements: Sequence[Statement],
    events: Sequence[Event],
) -> tuple[Figure, ...]:
    """The figures that are no part of a time expression, each with its subject, time, statement and event."""
    dates = [time for time in times if time.made_by.startswith(DATED_BY)]
    kept = [figure for figure in figures if not any(figure.passage.meets(time.passage) for time in dates)]
    return tuple(
        replace(
            figure,
            subject_ids=subjects(analysis, figure, cast),
            when=time_of(analysis, figure, dates),
            statement_id=statement_of(figure, statements),
            event_id=event_of(analysis, figure, events),
        )
        for figure in kept
    )


def attach_occasions(
    analysis: Analysis, figures: Sequence[Figure], occasions: Sequence[LocalOccasion]
) -> tuple[Figure, ...]:
    """The figures, each with the occasion whose name its words hang on: `the two-day state visit`."""
    return tuple(replace(f, occasion_id=occasion_of(analysis, f, occasions)) for f in figures)


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
    """The parties whose figure it is: those in the words of what is measured, else the subject that has or does it.

    A figure that counts things done to others ("killed 12 people") is not its subject's, so the clause's subject is
    taken only where a verb ties the figure to it: to have, spend, send, earn, reach.
    """
    anchor = anchor_of(analysis, figure.passage)
    if anchor is None:
        return ()
    if figure.of_what_head == "age":
        return aged(analysis, anchor, figure, cast)
    for word in measured_words(analysis, anchor, figure):
        found = possessors(analysis, word, cast, counted=word.index == anchor.index)
        if found:
            return found
    if figure.amount.unit in DURATIONS and anchor.relation != "obj":
        return ()  # "it was built four years before"
    return owner(analysis, anchor, cast)


def measured_words(analysis: Analysis, anchor: Word, figure: Figure) -> Iterator[Word]:
    """The noun that is measured: the counted one, one above the quantity, or the subject of its verb."""
    if figure.of_what_head is None:
        return
    above = chain(analysis, anchor)[:5]
    beside = [c for w in above if w.upos in ("VERB", "AUX", "SYM", "NUM") for c in analysis.children(w)]
    below = [c for c in analysis.children(anchor) if c.relation == "nmod"]
    for word in (*above, *below, *beside):
        if word.upos in NOUNS and word.lemma.lower() == figure.of_what_head:
            yield word


def aged(analysis: Analysis, anchor: Word, figure: Figure, cast: Cast) -> tuple[str, ...]:
    """The person whose age it is: named or described right before it, or by the noun or subject it hangs on."""
    before = analysis.text[max(0, figure.passage.start - CLAUSE) : figure.passage.start]
    joint = BESIDE_AGE.search(before)
    mention = None if joint is None else cast.mention_at(max(0, figure.passage.start - len(joint[0]) - 1))
    if joint is not None and mention is not None and mention.end == figure.passage.start - len(joint[0]):
        inside = [m for m in cast.mentions_around(mention.end - 1) if m.end == mention.end]
        for key in dict.fromkeys(m.party_id for m in (*inside, mention)):
            if cast.party(key).kind == "person":
                return (key,)
    if joint is None and STANDS_FOR_ONE.search(before) and anchor.relation in (*SUBJECTS, "obj", "obl", "iobj"):
        return ()  # "the 42-year-old kept calm" names nobody
    near = [w for w in chain(analysis, anchor)[1:3] if w.upos in (*NOUNS, "PRON")]
    near += [c for w in chain(analysis, anchor)[:2] for c in analysis.children(w) if c.relation in SUBJECTS]
    for word in near:
        found = cast.at(word.passage)
        if found is not None and cast.party(found).kind == "person":
            return (found,)
    return ()


def owner(analysis: Analysis, anchor: Word, cast: Cast) -> tuple[str, ...]:
    """The subject of the verb that a quantity is the object of, where that verb says it is the subject's; or none."""
    for _ in range(3):  # "posted net income of $5 million, or $2 a share"
        if anchor.relation not in ("nmod", "conj") or anchor.head < 0 or anchor.head > anchor.index:
            break
        if anchor.relation == "nmod" and not has_case(analysis, anchor, ("of",)):
            break
        anchor = analysis.words[anchor.head]
    verb = analysis.words[anchor.head] if anchor.head >= 0 else None
    if verb is None or verb.upos != "VERB" or anchor.relation not in ("obj", "obl", "obl:unmarked"):
        return ()
    owning = words(LANGUAGE, "quantities", "roles.owning_verbs")
    if anchor.upos not in NOUNS or anchor.relation != "obj":  # "the company's shares closed at $5", "Acme rose 3%"
        owning |= words(LANGUAGE, "quantities", "roles.change_verbs")
        owning |= words(LANGUAGE, "quantities", "roles.measured_verbs")
    if verb.lemma not in owning:
        return ()
    subject = next((c for c in analysis.children(verb) if c.relation in SUBJECTS), None)
    above = verb
    while subject is None and above.relation in ("xcomp", "conj") and above.head >= 0:
        above = analysis.words[above.head]
        subject = next((c for c in analysis.children(above) if c.relation in SUBJECTS), None)
    if subject is None or subject.relation == "nsubj:pass":
        return ()
    key = cast.at(subject.passage)
    if key is not None and cast.party(key).kind in SUBJECT_KINDS:
        return (key,)
    return () if subject.upos == "PRON" else possessors(analysis, subject, cast)


def possessors(analysis: Analysis, noun: Word, cast: Cast, *, counted: bool = False) -> tuple[str, ...]:
    """The parties that a noun's possessive, adjective or `of` phrase names: `Peru's exports`, `Peruvian exports`.

    An adjective on things that are counted says what they are, not whose ("two Peruvian tourists").
    """
    keys: list[str] = []
    for child in analysis.children(noun):
        whose = ("nmod:poss",) if counted else ("nmod:poss", "amod", "compound")
        if child.relation in whose or (child.relation == "nmod" and has_case(analysis, child, ("of", "between", "in"))):
            key = cast.at(child.passage)
            if key is not None and cast.party(key).kind in SUBJECT_KINDS:
                keys.append(key)
    return tuple(dict.fromkeys(keys))


def has_case(analysis: Analysis, word: Word, lemmas: tuple[str, ...]) -> bool:
    return any(c.relation == "case" and c.lemma in lemmas for c in analysis.children(word))


def time_of(analysis: Analysis, figure: Figure, times: Sequence[Time]) -> When | None:
    """The time of the figure's own clause, where just one is named there, or one right after it; else null."""
    anchor = anchor_of(analysis, figure.passage)
    if anchor is None or figure.of_what_head == "age":
        return None
    clause = clause_of(analysis, anchor)
    near: list[When] = []
    beside: list[When] = []
    for time in times:
        word = anchor_of(analysis, time.passage)
        if word is None or word.sentence != anchor.sentence or clause_of(analysis, word).index != clause.index:
            continue
        if belongs(analysis, time, word, figure):
            near.append(time.when)
            between = analysis.text[figure.passage.end : time.passage.start].strip(" ,")
            if time.passage.start >= figure.passage.end and between in ("", "in", "on", "at"):
                beside.append(time.when)
    chosen = near if len(near) == 1 else beside
    return chosen[0] if len(chosen) == 1 and chosen[0].earliest is not None else None


def belongs(analysis: Analysis, time: Time, word: Word, figure: Figure) -> bool:
    """Whether a time in the figure's clause is the figure's: not one compared with (`than in 2020`), nor a due date.

    "rose to $5 million from $4 million a year earlier": the earlier year is the old value's alone.
    """
    before = analysis.words[analysis.sentences[word.sentence].first : word.index]
    leading = [w.text.lower() for w in before[-3:] if w.end <= time.passage.start]
    if "than" in leading or leading[-1:] == ["due"]:
        return False
    if any(said in time.when.text.lower().split() for said in words(LANGUAGE, "quantities", "beside.earlier")):
        own = analysis.words_in(figure.passage.start, figure.passage.end)
        first = own[0].index if own else word.index
        earlier = [
            w
            for w in before
            if w.index >= first - 1 and w.text.lower() in words(LANGUAGE, "quantities", "beside.old_value")
        ]
        if figure.passage.start < time.passage.start and any(w.index > first for w in earlier):
            return False  # another value stands nearer to it, after "from" or "compared with"
    return True


def statement_of(figure: Figure, statements: Sequence[Statement]) -> str | None:
    """The statement in whose content the figure stands; of several, the one with the shortest content."""
    holding = [s for s in statements if any(p.holds(figure.passage) for p in s.content)]
    shortest = min(holding, key=lambda s: (sum(p.end - p.start for p in s.content), s.id), default=None)
    return None if shortest is None else shortest.id


def event_of(analysis: Analysis, figure: Figure, events: Sequence[Event]) -> str | None:
    """The event that the figure measures: the nearest one whose trigger it hangs on within its own phrase; or null.

    An amount in a clause or noun phrase of its own ("met after ten deaths") measures no part of the event.
    """
    word = anchor_of(analysis, figure.passage)
    if word is None or figure.of_what_head == "age":
        return None
    for _ in range(3):
        if word.head < 0 or word.relation not in WITHIN:
            return None
        lasting = ("after",) if figure.amount.unit in DURATIONS else ()
        if word.relation == "obl" and not has_case(analysis, word, ("for", "to", "by", "at", "of", *lasting)):
            return None
        if word.relation == "nmod" and not has_case(analysis, word, ("of", "for", "worth", "to")):
            return None
        word = analysis.words[word.head]
        held = [event for event in events if any(trigger.meets(word.passage) for trigger in event.triggers)]
        if held:
            return min(held, key=lambda event: (event.triggers[0].end - event.triggers[0].start, event.id)).id
        if word.upos == "VERB":
            return None
    return None


def occasion_of(analysis: Analysis, figure: Figure, occasions: Sequence[LocalOccasion]) -> str | None:
    """The occasion that the figure is of: its words modify the noun that names the occasion; or null."""
    anchor = anchor_of(analysis, figure.passage)
    if anchor is None:
        return None
    for word in chain(analysis, anchor)[1:3]:
        if word.upos not in NOUNS:
            break
        for occasion in occasions:
            if any(mention.holds(word.passage) for mention in occasion.mentions):
                return occasion.key
    return None
