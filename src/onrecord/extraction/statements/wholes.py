"""What is said, made whole: the clause that goes on after a cue in its midst, the "which" that begins it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from onrecord.extraction.statements.cues import SUBJECTS
from onrecord.extraction.statements.ground import Draft, Ground, trimmed, words_in
from onrecord.extraction.statements.quotations import end_before
from onrecord.language.analysis import Word
from onrecord.model import Passage

EDGE = " \t\r\n\u00a0\u200b,;:.–—-"
RELATIVE = frozenset({"which", "who", "whom", "what", "how", "whose"})


def made_whole(ground: Ground, drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts with what of their words stands on the other side of the cue."""
    return [_related(ground, _around(ground, d, drafts), drafts) for d in drafts]


def without_others(ground: Ground, drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts without quotations that another's words part from their cue: those stand by themselves.

    A quotation right after a verb of telling is what it was told to, where more is said before it: he told "Today".
    """
    found: list[Draft] = []
    for draft in drafts:
        loose = [p for p in draft.content if _is_parted(ground, draft, p, drafts) or _is_of_another(ground, draft, p)]
        told = [p for p in draft.content if _is_told_to(ground, draft, p)]
        kept = tuple(p for p in draft.content if p not in loose and p not in told)
        found.append(replace(draft, content=kept) if kept else draft)
        found += [Draft(None, None, (p,), None, "floating") for p in loose if kept]
    return found


def _is_parted(ground: Ground, draft: Draft, passage: Passage, others: Sequence[Draft]) -> bool:
    """Another speaker's cue stands between the draft's own words and a quotation in a later paragraph."""
    if draft.cue is None or draft.source is None or passage.start < draft.cue.end:
        return False
    own = [p.end for p in draft.content if p.end <= passage.start]
    start = max([draft.cue.end, draft.source.end, *own])
    here, there = ground.paragraph_at(start - 1), ground.paragraph_at(passage.start)
    if here == there or ground.quotation_over(passage) is None:
        return False
    name = draft.source.of(ground.text).lower()
    between = (o for o in others if o.cue is not None and o.source is not None and o is not draft)
    return any(
        start <= o.cue.start and o.cue.end <= passage.start and o.source.of(ground.text).lower() != name
        for o in between
        if o.cue is not None and o.source is not None
    )


def _is_of_another(ground: Ground, draft: Draft, passage: Passage) -> bool:
    """A quotation of a later paragraph, which begins with sentences on somebody whom the source does not name."""
    if draft.cue is None or draft.source is None or passage.start < draft.cue.end:
        return False
    paragraph = ground.paragraph_at(passage.start)
    if paragraph is None or paragraph.start <= draft.cue.end or ground.quotation_over(passage) is None:
        return False
    end = end_before(ground.text, passage.start)
    told = Passage(paragraph.start, end) if paragraph.start < end else None
    if told is None or ground.text[end - 1] not in ".!?" or ground.cue_in(told) is not None:
        return False
    name = draft.source.of(ground.text).lower().split()[-1]
    people = [n for n in ground.analysis.names if n.kind == "Person" and told.holds(n.passage)]
    return bool(people) and all(name not in n.text.lower().split() for n in people)


def _is_told_to(ground: Ground, draft: Draft, passage: Passage) -> bool:
    """A quotation of a word or two after a verb of telling, with what is told before it: the programme's name."""
    cue = ground.cue_in(draft.cue) if draft.cue is not None else None
    if cue is None or cue.verb.lemma != "tell" or len(draft.content) < 2 or passage.start < cue.passage.end:
        return False
    follows = draft.content[0].end <= cue.passage.start and not ground.text[cue.passage.end : passage.start].strip()
    return follows and ground.quotation_over(passage) is not None and words_in(passage.of(ground.text)) <= 2


def _said_by(ground: Ground, draft: Draft) -> Passage | None:
    """The speaker and the cue as one stretch, where only white space parts them: she said; said the minister."""
    if draft.cue is None or draft.source is None:
        return None
    first, second = sorted((draft.cue, draft.source))
    between = ground.text[first.end : second.start]
    return Passage(first.start, second.end) if not between.strip() and "\n" not in between else None


def _around(ground: Ground, draft: Draft, others: Sequence[Draft]) -> Draft:
    """The draft with the other half of a clause that its speaker and cue part: the museum, he said, would open."""
    said_by = _said_by(ground, draft)
    if said_by is None or len(draft.content) != 1 or not _between_commas(ground.text, said_by):
        return draft
    part, span = draft.content[0], ground.span_at(said_by.start)
    if span is None or ground.quotation_over(part) is not None or not span.start <= part.start < span.end:
        return draft
    before = trimmed(ground.text, span.start, said_by.start, EDGE)
    after = trimmed(ground.text, said_by.end, span.end, EDGE)
    if before is None or after is None or not _is_one_clause(ground, before, after, draft):
        return draft
    if part.end <= said_by.start:
        other = after
    else:
        other = before
    if any(ground.quotation_over(p) is not None for p in (other,)) or _is_taken(other, draft, others):
        return draft
    return replace(draft, content=tuple(sorted((part, other))))


def _between_commas(text: str, passage: Passage) -> bool:
    """A comma stands before the passage and one after it."""
    end = end_before(text, passage.start)
    return bool(end) and text[end - 1] == "," and text[passage.end : passage.end + 1] == ","


def _is_one_clause(ground: Ground, before: Passage, after: Passage, draft: Draft) -> bool:
    """What stands on the two sides is one clause: the one has its verb, and the other its subject or an adverbial."""
    assert draft.cue is not None
    left = ground.analysis.words_in(before.start, before.end)
    right = ground.analysis.words_in(after.start, after.end)
    first = right[0] if right else None
    if first is None or not left or first.upos in ("CCONJ", "SCONJ") or first.text.lower() in RELATIVE:
        return False
    inside = {w.index for w in left}
    if left[0].upos in ("ADP", "SCONJ") and any(w.relation in SUBJECTS for w in right):
        return not any(w.relation == "conj" and w.upos == "VERB" for w in left)
    tops = [
        w for w in right if w.upos in ("VERB", "AUX", "ADJ", "NOUN") and w.relation in ("root", "ccomp", "parataxis")
    ]
    verb = next((w for w in right if w.upos in ("VERB", "AUX")), None)
    if verb is None or any(w.text.lower().endswith("ing") and w.index < verb.index for w in right):
        return False
    subject = any(w.relation in SUBJECTS and w.index in inside for top in (*tops, verb) for w in _children(ground, top))
    finite = any(w.upos in ("VERB", "AUX") and w.relation not in ("acl", "acl:relcl", "advcl") for w in left)
    return subject and not finite


def _children(ground: Ground, word: Word) -> tuple[Word, ...]:
    return tuple(ground.analysis.children(word))


def _is_taken(passage: Passage, own: Draft, others: Sequence[Draft]) -> bool:
    return any(
        o is not own and any(p.meets(passage) for p in (*o.content, *((o.cue,) if o.cue else ()))) for o in others
    )


def _related(ground: Ground, draft: Draft, others: Sequence[Draft]) -> Draft:
    """The draft with the relative pronoun that begins what is said: a bridge [which], he says, [will fall]."""
    said_by = _said_by(ground, draft)
    if said_by is None or draft.content[0].start < said_by.end or draft.source is None:
        return draft
    end = end_before(ground.text, said_by.start, ",")
    before = ground.analysis.words_in(max(0, end - 6), end)
    word = before[-1] if before else None
    if word is None or word.end != end or word.text.lower() not in RELATIVE or "\n" in ground.text[end : said_by.start]:
        return draft
    governed = word.index > 0 and ground.analysis.words[word.index - 1].upos == "ADP"
    if governed or ground.quotation_over(draft.content[0]) is not None or _is_taken(word.passage, draft, others):
        return draft
    return replace(draft, content=(word.passage, *draft.content))
