"""The reader's attributions as drafts: spans corrected by the quotation marks, links by the sentence they stand in."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from onrecord.extraction.statements.acts import has_act_noun
from onrecord.extraction.statements.beside import cue_of_clause, cue_of_quotation, is_title
from onrecord.extraction.statements.corroboration import corroborated, place_of
from onrecord.extraction.statements.cues import SUBJECTS, Cue, act_of_lemma, noun_phrase
from onrecord.extraction.statements.ground import ASKED, Draft, Ground, joined, trimmed, with_its_bracket, words_in
from onrecord.extraction.statements.mistaken import is_mistaken
from onrecord.extraction.statements.quotations import end_before
from onrecord.extraction.statements.sources import done_to, with_sources
from onrecord.extraction.statements.subjects import is_participle, subject_of
from onrecord.extraction.statements.wholes import made_whole
from onrecord.language.analysis import Attribution, AttributionSpan, Word
from onrecord.language.tables import words
from onrecord.model import Passage

SNAP = 3
"""A content takes in the whole of a quotation that it shares this many words with."""
LEAST_SURE = 0.1
"""What the reader believes less than this is left out: on PolNeAR dev, where precision falls below recall."""
SURE_OF_NOBODY = 0.17
"""The same where nobody is told to speak ("was seen"): on PolNeAR dev, none of 19 such rows below this was right."""
PLAIN = frozenset({"say", "add", "tell", "continue", "write"})
"""Cues that may follow a quotation ended by a full stop."""
LONGEST_LEAD = 5
"""Words before what somebody comments on: in response to a question about."""
SURE_OF_SUBJECT = 0.6
"""How sure the reader must be of a cue whose subject it did not take for a source, to be corrected (PolNeAR dev)."""
AFTER_PLACE = re.compile(r"\s*[–—-]")
CALLING = frozenset(words("en", "speech", "verbs.object_as")) | frozenset(words("en", "speech", "verbs.naming"))
IT_AFTER_CUE = re.compile(r"\s*(?:it|them|him|her|this|these)\s*[,)–—-]|\s*(?:it|them|him|her)\s*$", re.IGNORECASE)
JOINS = re.compile(r"[\s,;()/&]*(?:(?:and|or|nor|plus|with|as well as|along with)\s+)?", re.IGNORECASE)
"""What may stand between two sources of one cue that are one: "A and B"."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One stretch of content with the cue it hangs on; `quotation` is its place where it is a quotation.

    `linked` says that the reader gave it that cue.
    """

    passage: Passage
    cue: Passage | None
    source: Passage | None
    confidence: float
    quotation: int | None
    linked: bool


def drafts(ground: Ground) -> list[Draft]:
    """One draft per cue that contents hang on, by the reader's links where the sentence does not contradict them."""
    pieces = [p for a in ground.analysis.attributions for p in _pieces(ground, a)]
    relinked = [_relinked(ground, p) for p in pieces]
    groups: dict[Passage, list[Piece]] = {}
    for piece in relinked:
        if piece.cue is not None:
            groups.setdefault(piece.cue, []).append(piece)
    merged = {cue: _called_in_passing(ground, cue, group) for cue, group in _merged(groups).items()}
    found = [_draft(ground, cue, group) for cue, group in sorted(merged.items())]
    found = [_sharing(ground, d, found) for d in found]
    found = [done_to(ground, d) for d in with_sources(ground, found)]
    found = [part for d in found for part in _parted(ground, d)]
    found = [replace(d, confidence=corroborated(ground, d)) for d in found]
    sure = made_whole(ground, [d for d in found if d.confidence is None or d.confidence >= _least(ground, d)])
    return [d for d in sure if not is_mistaken(ground, d)]


def _parted(ground: Ground, draft: Draft) -> Iterator[Draft]:
    """The draft, and its own for what the speaker says next: said [that it was so], and denied [that …]."""
    joined_on = next((c for c in ground.cues if _is_said_next(ground, c, draft)), None)
    place = None if joined_on is None else next(p for p in draft.content if p.holds(joined_on.verb.passage))
    if joined_on is None or place is None:
        yield draft
        return
    children = list(ground.analysis.children(joined_on.verb))
    join = min(w.start for w in children if w.relation == "cc")
    clause = next(w for w in children if w.relation == "ccomp")
    first = trimmed(ground.text, place.start, join)
    rest = trimmed(ground.text, min(w.start for w in ground.analysis.subtree(clause)), place.end)
    yield replace(draft, content=tuple(first if p == place and first is not None else p for p in draft.content))
    if rest is not None:
        yield Draft(joined_on.verb.passage, draft.source, (rest,), draft.confidence, draft.basis)


def _is_said_next(ground: Ground, cue: Cue, draft: Draft) -> bool:
    """A verb of speech with a "that" of its own, which "and" joins to the draft's cue and not to what it reports."""
    verb = cue.verb
    inside = any(p.holds(verb.passage) for p in draft.content)
    if draft.cue is None or not inside or verb.relation != "conj" or ground.quotation_over(verb.passage) is not None:
        return False
    children = list(ground.analysis.children(verb))
    clause = next((w for w in children if w.relation == "ccomp" and w.start > verb.end), None)
    relations = {w.relation for w in children}
    marked = clause is not None and any(w.text.lower() == "that" for w in ground.analysis.children(clause))
    alone = "cc" in relations and not relations & set(SUBJECTS)
    return alone and marked and draft.cue.holds(ground.analysis.words[verb.head].passage)


def _sharing(ground: Ground, draft: Draft, others: Sequence[Draft]) -> Draft:
    """The draft with the source of the cue that its own is joined to: [she] praised the plan and called for more."""
    if draft.cue is None:
        return draft
    verb = next((w for w in ground.analysis.words_in(draft.cue.start, draft.cue.end) if w.upos == "VERB"), None)
    if draft.source is not None:
        return _of_the_speaker(draft, verb, others)
    if verb is None or verb.head < 0 or not (verb.relation == "conj" or is_participle(verb)):
        return draft
    above = ground.analysis.words[verb.head]
    if any(w.relation in SUBJECTS for w in ground.analysis.children(verb)) or above.upos != "VERB":
        return draft
    joined_to = next((o for o in others if o.cue is not None and o.cue.holds(above.passage)), None)
    joined_to = joined_to or next((o for o in others if _said_before(ground, o, verb)), None)
    return replace(draft, source=joined_to.source) if joined_to is not None else draft


def _said_before(ground: Ground, other: Draft, participle: Word) -> bool:
    """Only a comma stands between the other's cue and a participle: she said, [adding] that …"""
    if other.cue is None or other.source is None or not is_participle(participle):
        return False
    end = max(other.cue.end, other.source.end)
    return end < participle.start and ground.text[end : participle.start].strip() == ","


def _of_the_speaker(draft: Draft, verb: Word | None, others: Sequence[Draft]) -> Draft:
    """The draft of a participle whose subject stands in what another reports: [she] said prices rose, adding that …"""
    source = draft.source
    if verb is None or source is None or not is_participle(verb) or source.end > verb.start:
        return draft
    around = next((o for o in others if o.cue != draft.cue and any(p.holds(source) for p in o.content)), None)
    said_before = around is not None and around.source is not None and around.cue is not None
    if around is None or not said_before or any(p.holds(verb.passage) for p in around.content):
        return draft
    return replace(draft, source=around.source)


def _least(ground: Ground, draft: Draft) -> float:
    """The confidence that a draft needs: more where nobody speaks and no verb of speech stands in the cue."""
    if draft.source is not None or draft.cue is None:
        return LEAST_SURE
    spoken = any(act_of_lemma(w.lemma) for w in ground.analysis.words_in(draft.cue.start, draft.cue.end))
    return LEAST_SURE if spoken else SURE_OF_NOBODY


def _merged(groups: dict[Passage, list[Piece]]) -> dict[Passage, list[Piece]]:
    """The groups, those whose cues share words put together under the longer cue."""
    found: dict[Passage, list[Piece]] = {}
    for cue in sorted(groups):
        same = next(
            (c for c in found if c.meets(cue) and not _inside(cue, found[c]) and not _inside(c, groups[cue])), None
        )
        if same is None:
            found[cue] = groups[cue]
        else:
            longer = max(same, cue, key=lambda c: c.end - c.start)
            found[longer] = found.pop(same) + groups[cue]
    return found


def _called_in_passing(ground: Ground, cue: Passage, group: list[Piece]) -> list[Piece]:
    """What is said by "the “long march”, as the guild has called it, is …": the name before it, and nothing after."""
    calling = [w for w in ground.analysis.words_in(cue.start, cue.end) if w.lemma in CALLING]
    if not calling or IT_AFTER_CUE.match(ground.text, cue.end) is None:
        return group
    marks = [w for w in ground.analysis.children(calling[-1]) if w.relation == "mark" and w.text.lower() == "as"]
    opening = next(iter(marks), None)
    before = [p for p in group if opening is not None and p.passage.end <= opening.start]
    quoted = any(q.passage.meets(p.passage) for q in ground.quotations for p in before)
    return before if quoted else group


def _frames(ground: Ground, source: Passage | None, piece: Piece, group: list[Piece]) -> bool:
    """What the reader took for content names the speaker or leads up to it: the rest of the group is the content."""
    if source is None or all(p.passage.meets(source) for p in group):
        return False
    if piece.passage.meets(source):
        return True
    quoted_after = any(p.quotation is not None and p.passage.start >= source.end for p in group)
    said_after = quoted_after if piece.quotation is None else any(p.passage.start >= source.end for p in group)
    if said_after and (_is_asked(ground, source, piece) or _is_occasion(ground, source, piece)):
        return True
    inside = ground.analysis.words_in(piece.passage.start, piece.passage.end)
    first = next(iter(inside), None)
    fronted = piece.quotation is None and piece.passage.end <= source.start
    if not quoted_after or not fronted or first is None:
        return False
    where = first.upos == "ADP" and not any(w.upos in ("VERB", "AUX") for w in inside)
    return first.upos == "VERB" or where


def _is_occasion(ground: Ground, source: Passage, piece: Piece) -> bool:
    """What a fronted phrase says that the words answer or go with: commenting on [the sale], she said …"""
    span = ground.span_at(piece.passage.start)
    if span is None or not span.start < piece.passage.start < piece.passage.end <= source.start < span.end:
        return False
    lead = [w for w in ground.analysis.words_in(span.start, piece.passage.start) if w.upos != "PUNCT"]
    fronted = 1 < len(lead) <= LONGEST_LEAD and lead[-1].upos in ("ADP", "SCONJ") and lead[0].upos in ("ADP", "VERB")
    return fronted and lead[0].text.lower() in words("en", "speech", "quoting.fronted")


def _before_next_verb(ground: Ground, cue: Passage, piece: Piece) -> Passage:
    """The piece without what its speaker does next: accused the builder of delay [and called for talks]."""
    found = ground.cue_in(cue)
    clausal = found is not None and found.verb.lemma in words("en", "speech", "verbs.indirect")
    if found is None or clausal or piece.passage.start < found.verb.end or piece.quotation is not None:
        return piece.passage
    for word in ground.analysis.words_in(piece.passage.start, piece.passage.end):
        if (
            word.head == found.verb.index
            and word.relation == "conj"
            and word.upos == "VERB"
            and word.text[-3:] != "ing"
        ):
            joins = [w for w in ground.analysis.children(word) if w.relation == "cc" and w.start > piece.passage.start]
            subject = any(w.relation.startswith("nsubj") for w in ground.analysis.children(word))
            if joins and not subject and ground.quotation_over(word.passage) is None:
                return trimmed(ground.text, piece.passage.start, joins[0].start) or piece.passage
    return piece.passage


def _is_lone_word(ground: Ground, piece: Piece, source: Passage | None, cue: Passage) -> bool:
    """One word cut off from what is said: the speaker's name at the end of a headline."""
    inside = [w for w in ground.analysis.words_in(piece.passage.start, piece.passage.end) if w.upos != "PUNCT"]
    if piece.quotation is not None or len(inside) != 1:
        return False
    elsewhere = ground.paragraph_at(piece.passage.start) != ground.paragraph_at(cue.start)
    return elsewhere and source is not None and inside[0].text in source.of(ground.text).split()


def _stands_for_clause(ground: Ground, piece: Piece, group: list[Piece]) -> bool:
    """A pronoun that only stands for the clause beside it: the road will open, [it] was said."""
    pronoun = piece.passage.of(ground.text).lower()
    before = next((p for p in group if p.passage.end < piece.passage.start), None)
    anew = before is not None and ground.text[before.passage.end : piece.passage.start].strip() == ","
    return len(group) > 1 and (pronoun == "which" or (pronoun == "it" and anew))


def _is_asked(ground: Ground, source: Passage, piece: Piece) -> bool:
    """The piece is what the speaker was asked: asked about the fire, she said …"""
    span = ground.span_at(piece.passage.start)
    found = ASKED.match(ground.text, span.start) if span is not None else None
    return found is not None and found.end() <= piece.passage.start < source.start


def _inside(cue: Passage, group: list[Piece]) -> bool:
    """The cue meets what another cue reports."""
    return any(p.passage.meets(cue) for p in group)


def _draft(ground: Ground, cue: Passage, group: list[Piece]) -> Draft:
    source = _source_of(ground, cue, group)
    cue = _with_its_noun(ground, _whole_cue(ground, cue), group)
    group = [p for p in group if not _is_told(ground, cue, p.passage)] or group
    group = [p for p in group if not _frames(ground, source, p, group)]
    group = [p for p in group if not _is_subject_above(ground, cue, p.passage)] or group
    strange = (_is_dateline, _is_owned_title)
    whole = [p for p in group if not any(is_strange(ground, p) for is_strange in strange)]
    whole = [p for p in whole if not _is_lone_word(ground, p, source, cue)] or group
    whole = [p for p in whole if not _stands_for_clause(ground, p, whole)] or whole
    content = joined(ground.text, (_before_next_verb(ground, cue, p) for p in whole))
    tagged = [p.confidence for p in group if p.linked]
    return Draft(cue, source, content, max(tagged) if tagged else None, "reader")


def _source_of(ground: Ground, cue: Passage, group: list[Piece]) -> Passage | None:
    """The source that the reader gives the cue; the rules' where it gives none, or one that cannot be it."""
    own = [p for p in group if p.linked] or group
    source = next((p.source for p in own if p.source is not None), None)
    source = None if source is not None and _is_nobody(ground, source) else source
    if source is None or not _beside(ground, source, cue):
        source = _source_by_rule(ground, cue) or source
    if source is not None and _is_governed(ground, source):
        rule = _source_by_rule(ground, cue)
        source = rule if rule is not None and not _is_governed(ground, rule) else source
    if source is not None and _is_told(ground, cue, source):
        return _source_by_rule(ground, cue)
    sure = max((p.confidence for p in group if p.linked), default=0.0) >= SURE_OF_SUBJECT
    quoted = [q.passage for q in ground.quotations]
    return _within_sentence(ground, source or subject_of(ground.analysis, cue, quoted, sure), cue)


def _is_nobody(ground: Ground, source: Passage) -> bool:
    """The words that the reader took for a source only say when or where: [today] announced, [there] said."""
    return source.of(ground.text).lower() in words("en", "speech", "quoting.nobody")


def _is_subject_above(ground: Ground, cue: Passage, phrase: Passage) -> bool:
    """The phrase is the subject of the clause that a participle hangs on: [the mayor] was sued, alleging fraud."""
    verb = next((w for w in reversed(ground.analysis.words_in(cue.start, cue.end)) if w.upos == "VERB"), None)
    if verb is None or verb.relation != "advcl" or phrase.end > cue.start:
        return False
    if any(w.relation == "nsubj" for w in ground.analysis.children(verb)):
        return False  # "the flood, as the mayor said, was": no participle
    above = ground.analysis.words[verb.head]
    subject = next((w for w in ground.analysis.children(above) if w.relation in SUBJECTS), None)
    return subject is not None and noun_phrase(ground.analysis, subject, cue) == phrase


def _is_dateline(ground: Ground, piece: Piece) -> bool:
    """The piece is the place before an article's first sentence: LIMA — She said she would go."""
    text, passage = ground.text, piece.passage
    paragraph = ground.paragraph_at(passage.start)
    starts = paragraph is not None and paragraph.start == passage.start
    return starts and passage.of(text).isupper() and AFTER_PLACE.match(text, passage.end) is not None


def _is_owned_title(ground: Ground, piece: Piece) -> bool:
    """The piece is the title of what somebody publishes: on the station's "Morning in the Valley."."""
    if piece.quotation is None:
        return False
    end = end_before(ground.text, piece.passage.start)
    before = ground.text[max(0, end - 2) : end]
    owned = before.endswith(("'s", "’s", "s'", "s’"))
    return owned and is_title(ground.quotations[piece.quotation].inner(ground.text).rstrip(".?!"))


def _is_governed(ground: Ground, source: Passage) -> bool:
    """The source is a pronoun after a preposition: the firm that was hired for [it] said; not "according to her"."""
    inside = ground.analysis.words_in(source.start, source.end)
    if len(inside) != 1 or inside[0].text.lower() not in ("it", "him", "them") or inside[0].index == 0:
        return False
    return ground.analysis.words[inside[0].index - 1].text.lower() in ("for", "with", "of", "from", "on", "at", "in")


def _whole_cue(ground: Ground, cue: Passage) -> Passage:
    """The whole of a cue of which the reader sees a part: in his view; said added."""
    for whole in ground.cues:
        phrase = whole.verb.upos == "NOUN" or whole.passage.end > whole.verb.end + 2
        if phrase and whole.passage.holds(cue) and whole.passage.meets(whole.verb.passage):
            return whole.passage
    return cue


def _with_its_noun(ground: Ground, cue: Passage, group: list[Piece]) -> Passage:
    """The cue with the noun that says what is done: expressed [their gratitude to] the rescuers."""
    first = min(p.passage.start for p in group)
    between = ground.analysis.words_in(cue.end, first)
    found = ground.analysis.words_in(cue.start, cue.end)
    if not found or found[-1].lemma not in words("en", "speech", "verbs.voicing") or not 1 < len(between) <= 5:
        return cue
    nominal = all(w.upos in ("DET", "ADJ", "NOUN", "PRON", "ADP") for w in between)
    phrase = ground.text[cue.start : between[-1].end].lower()
    return Passage(cue.start, between[-1].end) if nominal and has_act_noun(phrase) else cue


def _is_told(ground: Ground, cue: Passage, phrase: Passage) -> bool:
    """The phrase is who was told or asked, the subject of a passive verb of telling: members were told that …"""
    verb = next((w for w in reversed(ground.analysis.words_in(cue.start, cue.end)) if w.upos == "VERB"), None)
    if verb is None or phrase.end > cue.start or verb.lemma not in words("en", "speech", "verbs.telling"):
        return False
    above = ground.analysis.words[verb.head] if verb.relation == "conj" and verb.head >= 0 else verb
    own = any(w.relation.startswith("nsubj") for w in ground.analysis.children(verb))
    subject = next((w for w in ground.analysis.children(verb if own else above) if w.relation == "nsubj:pass"), None)
    return subject is not None and phrase.holds(subject.passage)


def _beside(ground: Ground, source: Passage, cue: Passage) -> bool:
    """Source and cue stand in one sentence."""
    span = ground.span_at(cue.start)
    return span is not None and source.start < span.end and span.start < source.end


def _within_sentence(ground: Ground, source: Passage | None, cue: Passage) -> Passage | None:
    """The part of the source that stands in the cue's sentence, where a sentence's end was missed inside it."""
    span = ground.span_at(cue.start)
    if source is None or span is None or not any(source.start < c < source.end for c in ground.cuts):
        return source
    start, end = max(source.start, span.start), min(source.end, span.end)
    return Passage(start, end) if start < end else source


def _source_by_rule(ground: Ground, cue: Passage) -> Passage | None:
    verbs = words("en", "speech", "verbs.indirect")
    found = ground.cue_in(cue)
    if found is None or found.source is None:
        return None
    subject = next((w for w in ground.analysis.children(found.verb) if w.relation == "nsubj"), None)
    parsed = subject is not None and found.source.holds(subject.passage)
    return found.source if found.sure or parsed or found.verb.lemma in verbs else None


def _pieces(ground: Ground, attribution: Attribution) -> Iterator[Piece]:
    cue = attribution.cue.passage if attribution.cue is not None else None
    source = _source(ground, attribution)
    own = [p for p in (cue, source) if p is not None]
    for content in attribution.contents:
        confidence = attribution.confidence if attribution.cue is not None else content.confidence
        clear = _clear_of(content.passage, cue)
        for part in _cut(ground, clear) if clear is not None else ():
            passage = _snapped(ground, part, own)
            if passage is not None:
                yield Piece(passage, cue, source, confidence, place_of(ground, passage), cue is not None)


def _clear_of(passage: Passage, cue: Passage | None) -> Passage | None:
    """The content without the cue's own words, where the reader gives some to both."""
    if cue is None or not passage.meets(cue):
        return passage
    if cue.end < passage.end:
        return Passage(cue.end, passage.end)
    return Passage(passage.start, cue.start) if passage.start < cue.start else None


def _cut(ground: Ground, passage: Passage) -> list[Passage]:
    """The passage cut where a sentence begins that the reader did not see, and between two quotations."""
    marks = {c for c in ground.cuts if passage.start < c < passage.end}
    asides = list(_asides(ground, passage))
    edges = [passage.start, *sorted(marks | {at for aside in asides for at in (aside.start, aside.end)}), passage.end]
    return [Passage(a, b) for a, b in pairwise(edges) if a < b and Passage(a, b) not in asides]


def _asides(ground: Ground, passage: Passage) -> Iterator[Passage]:
    """What the reporter puts between two quotations with dashes around it: "A," – he pointed up – "B"."""
    first = bisect_left(ground.quotations, passage.start, key=lambda q: q.passage.start)
    last = bisect_left(ground.quotations, passage.end, key=lambda q: q.passage.start)
    for left, right in pairwise(q.passage for q in ground.quotations[first:last]):
        if right.end <= passage.end and _is_aside(ground.text[left.end : right.start]):
            yield Passage(left.end, right.start)


def _is_aside(between: str) -> bool:
    words_of = between.strip()
    return len(words_of) > len("– –") and words_of[0] in "–—-(" and words_of[-1] in "–—-)"


def _relinked(ground: Ground, piece: Piece) -> Piece:
    """The piece with the cue beside it, where the reader's link leaves its sentence or skips a nearer cue."""
    if piece.quotation is not None:
        cue = cue_of_quotation(ground, piece.quotation)
        if cue is not None and _in_question(ground, piece):
            return piece
        if cue is not None and (piece.cue is None or not piece.cue.meets(cue.passage)):
            return _given(piece, cue)
        if cue is None and _is_loose(ground, piece):
            return replace(piece, cue=None)
        return replace(piece, cue=None) if cue is None and _in_next_sentence(ground, piece) else piece
    if piece.cue is not None and _same_sentence(ground, piece.cue, piece.passage):
        return piece
    cue = cue_of_clause(ground, piece.passage)
    if cue is not None and cue.verb.lemma in words("en", "speech", "verbs.indirect"):
        return _given(piece, cue)
    return piece if piece.cue is None or _announced(ground, piece) else replace(piece, cue=None)


def _in_question(ground: Ground, piece: Piece) -> bool:
    """The reader's cue leads to the piece within a question: asked about the day when he [told] them "…"."""
    span = ground.span_at(piece.passage.start)
    if piece.cue is None or span is None or ASKED.match(ground.text, span.start) is None:
        return False
    return span.start < piece.cue.start < piece.passage.start


def _is_loose(ground: Ground, piece: Piece) -> bool:
    """Whole sentences in marks hang on a verb that speaks for nobody in the sentence before: it stands by itself."""
    if piece.cue is None or piece.source is not None or piece.quotation is None or piece.cue.end > piece.passage.start:
        return False
    spoken = any(act_of_lemma(w.lemma) for w in ground.analysis.words_in(piece.cue.start, piece.cue.end))
    ended = _last(ground.text, piece.passage.start) in (".", "!", "?", "…")
    return ended and not spoken


def _announced(ground: Ground, piece: Piece) -> bool:
    """A colon before the piece's sentence carries a cue over to it."""
    span = ground.span_at(piece.passage.start)
    return span is not None and _last(ground.text, span.start) == ":"


def _in_next_sentence(ground: Ground, piece: Piece) -> bool:
    """The cue stands in a sentence that begins after a quotation has ended: "It was so." He pointed at it."""
    if piece.cue is None or piece.cue.start < piece.passage.end:
        return False
    here, cue = piece.passage, piece.cue
    following = next((q.passage for q in ground.quotations if q.passage.start >= here.end), None)
    aside = following is not None and _is_aside(ground.text[here.end : following.start])
    if following is not None and following.end <= cue.start and not aside:
        return True
    own, its = ground.paragraph_at(here.start), ground.paragraph_at(cue.start)
    if own is not None and its is not None and own != its:
        return True
    between = ground.text[piece.passage.end : piece.cue.end].lstrip()
    ended = _last(ground.text, piece.passage.end, "\"”’'") in (".", "!", "?", "…")
    plain = any(c.verb.lemma in PLAIN for c in ground.cues if piece.cue.meets(c.verb.passage))
    return ended and between[:1].isupper() and not plain


def _last(text: str, at: int, edge: str = "") -> str:
    """The last character before `at` that is neither white space nor of `edge`; empty at the text's start."""
    end = end_before(text, at, edge)
    return text[end - 1 : end] if end else ""


def _given(piece: Piece, cue: Cue) -> Piece:
    return Piece(piece.passage, cue.passage, cue.source, piece.confidence, piece.quotation, False)


def _same_sentence(ground: Ground, cue: Passage, content: Passage) -> bool:
    first, last = ground.span_at(content.start), ground.span_at(content.end - 1)
    return any(span is not None and span.start <= cue.start < span.end for span in (first, last))


def _source(ground: Ground, attribution: Attribution) -> Passage | None:
    """The source's words: sources of one cue are one passage where only an "and" divides them, else the surest one."""
    spans: list[AttributionSpan] = sorted(attribution.sources, key=lambda s: s.start)
    if not spans:
        return None
    first, last = spans[0], spans[-1]
    between = [ground.text[one.end : other.start] for one, other in pairwise(spans)]
    if any(not JOINS.fullmatch(words) for words in between):
        first = last = max(spans, key=lambda s: (s.confidence, -s.start))
    found = trimmed(ground.text, first.start, last.end, " \t\r\n\u00a0\u200b;:")
    return with_its_bracket(ground.text, found) if found is not None else None


def _snapped(ground: Ground, passage: Passage, own: list[Passage]) -> Passage | None:
    """The passage with the whole of a quotation that it cuts, without the first mark of one that it only touches."""
    text = ground.text
    start, end = passage.start, passage.end
    for quotation in ground.quotations:
        if not quotation.passage.meets(Passage(start, end)):
            continue
        shared = words_in(text[max(start, quotation.passage.start) : min(end, quotation.passage.end)])
        whole = Passage(min(start, quotation.passage.start), max(end, quotation.passage.end))
        if shared and (shared >= SNAP or shared == words_in(quotation.inner(text))):
            if not any(whole.meets(p) for p in own):
                start, end = whole.start, whole.end
        elif not shared:
            start, end = (
                (quotation.passage.end, end) if quotation.passage.start <= start else (start, quotation.passage.start)
            )
            if start >= end:
                return None
    return _ended(ground, trimmed(text, start, end))


def _ended(ground: Ground, found: Passage | None) -> Passage | None:
    """The passage without the full stop that ends the sentence around it; one inside the marks stays."""
    text = ground.text
    if found is None or not any(c.isalnum() for c in found.of(text)):
        return None
    quoted = any(q.passage.start < found.end <= q.passage.end for q in ground.quotations)
    if text[found.end - 1] == "." and not quoted and not _abbreviation(text, found.end):
        return trimmed(text, found.start, found.end - 1)
    return found


def _abbreviation(text: str, end: int) -> bool:
    """The word before the full stop is an initial or has a full stop of its own: "U.S."."""
    found = text[max(0, end - 12) : end].split()
    word = found[-1] if found else ""
    return word.count(".") > 1 or (len(word) == 2 and word[0].isupper())
