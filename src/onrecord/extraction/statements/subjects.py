"""Whose words a verb's are by the parse alone: its own subject, or the one that it shares with the verbs above it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from onrecord.extraction.statements.cues import noun_phrase
from onrecord.language.analysis import Analysis, Word
from onrecord.model import Passage

STEPS = 3
"""Verbs climbed in search of a shared subject."""
NOBODY = frozenset({"it", "there", "this", "that", "which", "what", "who", "i", "you"})
"""Subjects that name no speaker by themselves."""


def subject_of(analysis: Analysis, cue: Passage, quoted: Sequence[Passage], own: bool = True) -> Passage | None:
    """The subject of the cue's verb, or the one that it shares.

    A participle's is the subject of its main clause ("Lamenting their luck, farmers say") or the noun that it describes
    ("figures showing"). With `own` false, the verb's own subject is not taken: the reader saw it and left it out.
    """
    verb = next((w for w in reversed(analysis.words_in(cue.start, cue.end)) if w.upos == "VERB"), None)
    for step in range(STEPS):
        if verb is None or any(w.relation == "aux:pass" for w in analysis.children(verb)):
            return None
        subject = next((w for w in analysis.children(verb) if w.relation == "nsubj"), None)
        if subject is not None:
            return _as_source(analysis, subject, cue, quoted) if own or step else None
        above = analysis.words[verb.head] if verb.head >= 0 else None
        if above is None or not (verb.relation in ("conj", "xcomp") or is_participle(verb)):
            return None
        if verb.relation == "acl":
            return _as_source(analysis, above, cue, quoted) if above.upos == "NOUN" else None
        verb = above if above.upos == "VERB" else None
    return None


def is_participle(verb: Word) -> bool:
    """The verb is a participle that hangs on a clause or on a noun."""
    return verb.relation in ("advcl", "acl") and verb.text.lower().endswith("ing")


def _as_source(analysis: Analysis, head: Word, cue: Passage, quoted: Sequence[Passage]) -> Passage | None:
    """The noun phrase of a subject, if it can be somebody who speaks and stands in no quotation of its own."""
    found = noun_phrase(analysis, head, cue)
    if found is None or head.text.lower() in NOBODY:
        return None
    return found if _holder(quoted, found) == _holder(quoted, cue) else None


def _holder(quoted: Sequence[Passage], passage: Passage) -> Passage | None:
    """The quotation that holds a passage; they are in order."""
    at = bisect_right(quoted, passage.start, key=lambda q: q.start) - 1
    return quoted[at] if at >= 0 and quoted[at].holds(passage) else None
