"""How sure a statement is that the reader model and the rules find alike.

The floors are the shares of such statements that were right, source and content, on PolNeAR dev among those of which
the reader alone was less sure.
"""

from __future__ import annotations

from onrecord.extraction.statements.beside import cue_of_clause, cue_of_quotation
from onrecord.extraction.statements.cues import Cue
from onrecord.extraction.statements.ground import Draft, Ground
from onrecord.language.tables import words
from onrecord.model import Passage

QUOTED = 0.93
"""The cue and its subject stand right beside the quotation (127 of 135)."""
REPORTED = 0.8
"""The cue and its subject stand beside the reported clause, or govern it (144 of 177)."""
NAMED = 0.65
"""The reader's source is the subject of the cue, a verb of speech (135 of 185)."""

LEAST_SPOKEN = 0.33
"""What a statement with a source is worth at the least (235 of 427 below a belief of 0.6 were right)."""
FOR_NOBODY = 0.95
MOST_FOR_NOBODY = 0.6
"""The same where no source is told (41 of 107 were right)."""
BY_RULE = {
    "headline": 0.95, "turn": 0.95, "dash": 0.9, "colon": 0.9, "according": 0.75, "reader": 0.65, "quotation": 0.65,
    "indirect": 0.6, "object": 0.6, "floating": 0.5, "block": 0.6,
}  # fmt: skip
"""The shares that were right of what each rule found where the reader was silent.

Counted on PolNeAR dev and, by hand, on 232 articles of BASIL and of the newswire set's dev part: headlines 11 of 11,
turns 10 of 10, dashes 8 of 9, "according to" 10 of 13, cues that the reader did not link 21 of 31, quotations beside a
cue 16 of 24, reported clauses 12 of 21, objects 8 of 13, floating quotations 5 of 11 (nobody is told there). Points of
a list stand in none of these, and have no confidence.
"""


def corroborated(ground: Ground, draft: Draft) -> float | None:
    """The draft's confidence, raised to what the rules' agreement is worth; null stays null."""
    if draft.confidence is None:
        return None
    return max(draft.confidence, _agreement(ground, draft))


def meant(draft: Draft) -> float | None:
    """The confidence as a share: of a hundred statements at 0.9, ninety have the right content and source.

    Two lines, fitted to the statements of every second article of PolNeAR dev and checked on the others
    (`python -m evaluation.reliability`). Without a source the reader believes more than it should. What a rule alone
    found has the share of its kind that was right (`BY_RULE`).
    """
    if draft.confidence is None:
        return BY_RULE.get(draft.basis)
    if draft.source is None:
        return min(MOST_FOR_NOBODY, FOR_NOBODY * draft.confidence)
    return LEAST_SPOKEN + (1 - LEAST_SPOKEN) * draft.confidence


def _agreement(ground: Ground, draft: Draft) -> float:
    cue = ground.cue_in(draft.cue) if draft.cue is not None else None
    if cue is None or cue.source is None or draft.source is None or not draft.source.meets(cue.source):
        return 0.0
    place = place_of(ground, draft.content[0])
    if place is not None:
        return QUOTED if cue_of_quotation(ground, place) == cue else 0.0
    if cue.verb.lemma not in words("en", "speech", "verbs.indirect"):
        return 0.0 if cue.manner else NAMED
    return REPORTED if _stands_beside(ground, draft.content[0], cue) else 0.0


def _stands_beside(ground: Ground, clause: Passage, cue: Cue) -> bool:
    return cue_of_clause(ground, clause) == cue


def place_of(ground: Ground, passage: Passage) -> int | None:
    """The place of the quotation that the passage is, give or take its marks."""
    for place, quotation in enumerate(ground.quotations):
        near = abs(quotation.passage.start - passage.start) <= 2 and abs(quotation.passage.end - passage.end) <= 2
        if near:
            return place
    return None
