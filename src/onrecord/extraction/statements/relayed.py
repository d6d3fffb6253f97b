"""Statements that one party quotes another with: the speaker is the one quoted, whoever relays it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from onrecord.extraction.statements.beside import cue_of_quotation
from onrecord.extraction.statements.cues import Cue
from onrecord.extraction.statements.ground import Draft, Ground, trimmed, words_in
from onrecord.language.tables import words
from onrecord.model import Passage

AS_SAYING = re.compile(r"\s+(?P<who>[^,;:.\"“”]{2,80}?)\s+as\s+(?:saying|telling|stating|writing|adding)\b")
PUBLISHED = re.compile(
    r"\b(?:published|posted|released|carried|issued|aired|broadcast|printed)\s[^.;]{0,60}\b(?:in|on)\s+which\s*$"
)
"""What leads from a relayer to whom it relays: a statement, published on a website, in which the minister said …"""
RELAYING = frozenset({"report", "quote", "cite", "relay"})
LEAST = 3


def unwrapped(ground: Ground, drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts, those that a relayer stands around given to the party that it relays."""
    found = [_inner(ground, _told_to(ground, _quoted(ground, d))) for d in drafts]
    return [d for d in found if not _only_relays(ground, d, found)]


def _only_relays(ground: Ground, draft: Draft, others: Sequence[Draft]) -> bool:
    """The draft reports that somebody said what another draft has: "…," Ann Roe said, the agency reported."""
    cue = _verb(ground, draft)
    if cue is None or cue.verb.lemma not in RELAYING or draft.content[0].start > cue.verb.start:
        return False
    return any(o.cue is not None and o is not draft and any(p.meets(o.cue) for p in draft.content) for o in others)


def _verb(ground: Ground, draft: Draft) -> Cue | None:
    return ground.cue_in(draft.cue) if draft.cue is not None else None


def _quoted(ground: Ground, draft: Draft) -> Draft:
    """The Herald quoted Ann Roe as saying: she is the source, and her name is no content."""
    cue = _verb(ground, draft)
    if cue is None or cue.verb.lemma not in RELAYING or draft.cue is None:
        return draft
    found = AS_SAYING.match(ground.text, draft.cue.end)
    if found is None:
        return draft
    phrase = Passage(*found.span())
    content = tuple(p for p in draft.content if not p.meets(phrase))
    return replace(draft, source=Passage(*found.span("who")), content=content) if content else draft


def _told_to(ground: Ground, draft: Draft) -> Draft:
    """According to the Herald, Ann Roe said that it was late: she says it, and the Herald relays it."""
    if draft.cue is None or draft.source is None or draft.cue.of(ground.text).lower() != "according to":
        return draft
    first = draft.content[0]
    cues = (c for c in ground.cues if draft.cue.end < c.passage.start and c.passage.end <= first.start)
    inner = next((c for c in cues if c.verb.lemma in words("en", "speech", "verbs.indirect")), None)
    if inner is None or inner.source is None or words_in(ground.text[inner.passage.end : first.start]) > 1:
        return draft
    span = ground.span_at(draft.cue.start)
    if span is None or not span.holds(inner.passage) or inner.source.start <= draft.cue.end + 1:
        return draft
    return replace(draft, cue=inner.passage, source=_after_relayer(ground, draft.cue, inner.source))


def _after_relayer(ground: Ground, cue: Passage, source: Passage) -> Passage:
    """The speaker's words without the relayer's, where one noun phrase seems to hold both: the Herald, Ann Roe."""
    comma = ground.text.find(", ", cue.end, source.end)
    return Passage(comma + 2, source.end) if source.start < comma + 2 < source.end and source.start < comma else source


def _relays(ground: Ground, draft: Draft, cue: Passage) -> bool:
    """The cue may stand around another's words: reported, quoted; according to, which has no verb."""
    outer = _verb(ground, draft)
    if outer is None:
        return cue.of(ground.text).lower() == "according to"
    return outer.verb.lemma in RELAYING


def _begins(ground: Ground, content: Passage, source: Passage) -> bool:
    """The speaker's words, or a title of theirs, begin what is said: Professor Ann Roe, who runs it, said …"""
    lead = ground.analysis.words_in(content.start, source.start)
    return all(w.upos in ("NOUN", "PROPN", "ADJ", "DET") for w in lead) and source.start >= content.start


def _quoted_before(ground: Ground, draft: Draft) -> Draft | None:
    """The draft of a speaker whose quotation and cue the reader gave to a relayer: "…," Ann Roe said, according to."""
    first = draft.content[0]
    quotation = next((q for q in ground.quotations if q.passage.start == first.start and first.holds(q.passage)), None)
    inner = next((c for c in ground.cues if first.holds(c.passage) and c.source is not None), None)
    if quotation is None or inner is None or inner.source is None or inner.passage.start < quotation.passage.end:
        return None
    ends = max(inner.passage.end, inner.source.end) == first.end and inner.source.start >= quotation.passage.end
    if not ends or inner.verb.lemma not in words("en", "speech", "verbs.indirect"):
        return None
    content = (quotation.passage, *draft.content[1:])
    return Draft(inner.passage, inner.source, content, draft.confidence, draft.basis)


def _inner(ground: Ground, draft: Draft) -> Draft:
    """The ministry said that it rained, the agency reported: what the ministry said is the statement."""
    if draft.cue is None or not _relays(ground, draft, draft.cue):
        return draft
    quoted = _quoted_before(ground, draft)
    if quoted is not None or len(draft.content) != 1:
        return quoted or draft
    content = draft.content[0]
    verbs = words("en", "speech", "verbs.indirect")
    inside = [c for c in ground.cues if content.holds(c.passage) and c.verb.lemma in verbs and c.source is not None]
    if len(inside) != 1 or inside[0].source is None:
        return draft
    led = PUBLISHED.search(ground.text[content.start : inside[0].source.start]) is not None
    leads = _verb(ground, draft) is None and content.start > draft.cue.start
    fronted = leads and _begins(ground, content, inside[0].source)
    if content.start > draft.cue.start and not (led or fronted):
        return draft
    cue = inside[0]
    for place, quotation in enumerate(ground.quotations):
        if content.holds(quotation.passage) and cue_of_quotation(ground, place) == cue:
            return Draft(cue.passage, cue.source, (quotation.passage,), draft.confidence, draft.basis)
    if not led and not fronted and (_verb(ground, draft) is None or inside[0].source.start - content.start > 2):
        return draft
    clauses = [w for w in ground.analysis.children(cue.verb) if w.relation == "ccomp" and w.start > cue.verb.end]
    start = ground.analysis.subtree(clauses[0])[0].start if clauses else cue.passage.end
    said = trimmed(ground.text, start, content.end)
    if said is None or words_in(said.of(ground.text)) < LEAST:
        return draft
    return Draft(cue.passage, cue.source, (said,), draft.confidence, draft.basis)
