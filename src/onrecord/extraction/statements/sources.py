"""Who speaks, where the reader found a cue and what is said but nobody who says it: by the words around the cue."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from onrecord.extraction.statements.cues import SUBJECTS, noun_phrase, phrase_before
from onrecord.extraction.statements.ground import Draft, Ground, trimmed, with_its_bracket
from onrecord.extraction.statements.indirect import source_after
from onrecord.extraction.statements.subjects import subject_of
from onrecord.language.analysis import Word
from onrecord.language.tables import words
from onrecord.model import Passage

BY = re.compile(r"\s+by\s+(?P<who>[^,;:.]{2,80}?)(?=$|\s+(?:on|in|at|after|during)\s)")
DATELINE = re.compile(r"[A-Z][A-Z .,]{2,40}(?:\([A-Z]+\)\s*)?\s*[–—-]{1,2}\s+(?=\S)")
RELATIVE = frozenset({"who", "which", "that", "whom", "whose"})
DAY = re.compile(r"\s(?:on|late|early|earlier)\s+[A-Z][a-z]+day\s+$|\s[A-Z][a-z]+day\s+$")
SUFFIX = re.compile(r",?\s(?:Jr|Sr)\.?(?=\s[a-z])")
"""What tells a junior from his elder, right after a name and before what it does."""
POSSESSIVE = ("'s", "’s", "'", "’")
NOBODY = frozenset({"it", "there", "this", "that", "which", "what", "these", "those", "i", "you", "one", "all", "none"})
LONGEST_NEXT = 6
"""Words of a speaker behind the verb of an aside."""
LONGEST_ASIDE = 16
"""Words by which "who" may stand before its verb."""
HOLDING = frozenset({"of", "in", "from", "for", "at", "with"})
"""Prepositions that hang a place or a body on the noun before them: officials in Lima."""
CAUSES = frozenset({"seem", "appear", "remain", "look", "sound"})
"""Verbs whose subject is what seems so, not somebody to whom it does."""


def with_sources(ground: Ground, drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts, those without a source given the one that stands beside their cue or that they share."""
    return [replace(d, source=_source(ground, d, drafts)) if d.source is None and d.cue else d for d in drafts]


def _source(ground: Ground, draft: Draft, others: Sequence[Draft]) -> Passage | None:
    assert draft.cue is not None
    inside = ground.analysis.words_in(draft.cue.start, draft.cue.end)
    verb = next((w for w in reversed(inside) if w.upos == "VERB"), None)
    if draft.cue.of(ground.text).lower() == "according to":
        sentence = ground.span_at(draft.cue.start)
        found = source_after(ground, draft.cue.end + 1, sentence.end) if sentence is not None else None
    elif verb is None:
        found = _owner(ground, draft.cue, inside)
    elif verb.lemma in CAUSES:
        return None
    elif _is_passive(ground, verb, draft.cue):
        if verb.lemma not in words("en", "speech", "verbs.agentless"):
            return None
        agent = next((w for w in ground.analysis.children(verb) if w.relation == "obl:agent"), None)
        found = noun_phrase(ground.analysis, agent, draft.cue, without="by") if agent is not None else None
    else:
        found = _of_verb(ground, draft, verb, others)
    if found is None or any(found.meets(p) for p in draft.content) or found.of(ground.text).lower() in NOBODY:
        return None
    return found


def tidied(ground: Ground, draft: Draft) -> Draft:
    """The draft, its source without a dateline before it and a verb that the source is subject of."""
    if draft.source is None:
        return draft
    if _is_impersonal(ground, draft):
        return replace(draft, source=None)
    draft = _said_by_next(ground, draft)
    if draft.source is None or _is_said_of(ground, draft):
        return replace(draft, source=_relative_before(ground, draft))
    found = with_its_bracket(ground.text, _before_verb(ground, _without_dateline(ground, draft.source)))
    return replace(draft, source=_with_suffix(ground.text, found))


def _with_suffix(text: str, source: Passage) -> Passage:
    """The source with the "Jr." that a parse may cut off a name: Max Roe [Jr.] later said."""
    suffix = SUFFIX.match(text, source.end)
    return Passage(source.start, suffix.end()) if suffix is not None and text[source.start].isupper() else source


def _said_by_next(ground: Ground, draft: Draft) -> Draft:
    """The draft of an aside with its own subject behind its verb: [Ann Roe], said [the board], [would stay]."""
    source, cue = draft.source, draft.cue
    if source is None or cue is None or len(draft.content) != 1 or ground.text[source.end : cue.start].strip() != ",":
        return draft
    comma, content = ground.text.find(",", cue.end), draft.content[0]
    who = trimmed(ground.text, cue.end, comma) if comma > cue.end else None
    follows = ground.text[comma : content.start].strip(" ") == ","
    if who is None or not follows or ground.quotation_over(content) is not None:
        return draft
    named = ground.analysis.words_in(who.start, who.end)
    verb = next(iter(ground.analysis.words_in(content.start, content.end)), None)
    nominal = len(named) <= LONGEST_NEXT and all(w.upos in ("DET", "ADJ", "NOUN", "PROPN", "PRON") for w in named)
    told = nominal and named[-1].upos in ("NOUN", "PROPN", "PRON") and verb is not None and verb.upos in ("VERB", "AUX")
    return replace(draft, source=who, content=(source, content)) if told else draft


def _is_said_of(ground: Ground, draft: Draft) -> bool:
    """What was taken for the source is of whom the words right after the cue speak: who said [the camp] was closed."""
    source, cue = draft.source, draft.cue
    if source is None or cue is None or source.start < cue.end or len(draft.content) != 1:
        return False
    content = draft.content[0]
    inner = content.start == source.start and source.end < content.end and content.start >= cue.end
    return inner and ground.quotation_over(content) is None


def _relative_before(ground: Ground, draft: Draft) -> Passage | None:
    """The "who" of the clause that a cue stands in, where only a phrase parts the two."""
    assert draft.cue is not None
    span = ground.span_at(draft.cue.start)
    before = ground.analysis.words_in(span.start, draft.cue.start) if span is not None else ()
    for word in reversed(before[-LONGEST_ASIDE:]):
        if word.text.lower() == "who":
            return word.passage
        if word.upos in ("VERB", "AUX"):
            break
    return None


def _is_impersonal(ground: Ground, draft: Draft) -> bool:
    """ "It" stands for nobody who says it: it is worth noting that …; it goes without saying."""
    if draft.source is None or draft.cue is None or draft.source.of(ground.text).lower() != "it":
        return False
    inside = ground.analysis.words_in(draft.cue.start, draft.cue.end)
    expletive = any(w.relation == "expl" for w in ground.analysis.words_in(draft.source.start, draft.source.end))
    return expletive or any(w.upos == "ADJ" for w in inside) or any(w.text.lower() == "it" for w in inside)


def _without_dateline(ground: Ground, source: Passage) -> Passage:
    """The source without the place that a dateline puts before it: [LIMA -] European leaders."""
    place = DATELINE.match(ground.text, source.start, source.end)
    paragraph = ground.paragraph_at(source.start)
    starts = paragraph is not None and not ground.text[paragraph.start : source.start].strip()
    return Passage(place.end(), source.end) if place is not None and starts else source


def _before_verb(ground: Ground, source: Passage) -> Passage:
    """The source up to a verb of which it holds the subject: the members [met the envoy] to discuss it."""
    inside = ground.analysis.words_in(source.start, source.end)
    for verb in inside:
        if verb.upos != "VERB" or verb.relation.split(":")[0] in ("acl", "amod", "compound"):
            continue
        subject = next((w for w in ground.analysis.children(verb) if w.relation == "nsubj"), None)
        if subject is not None and source.start <= subject.start < verb.start and subject.text.lower() not in RELATIVE:
            return trimmed(ground.text, source.start, verb.start) or source
    return source


def done_to(ground: Ground, draft: Draft) -> Draft:
    """The draft of a headline's short passive with who does it for its source: Mayor urged to resign by the council.

    Its subject is what the deed is done to, and part of what is said.
    """
    source, cue = draft.source, draft.cue
    if source is None or cue is None or source.end > cue.start or not _wants_object(ground, draft):
        return draft
    after = [p for p in draft.content if p.start >= cue.end]
    agent = next((found for p in after if (found := BY.search(ground.text, p.start, p.end)) is not None), None)
    rest = [
        trimmed(ground.text, p.start, min(p.end, agent.start())) if agent and p.start < agent.start() else p
        for p in after
    ]
    who = trimmed(ground.text, *agent.span("who")) if agent is not None else None
    content = tuple(sorted({source, *(p for p in rest if p is not None and (who is None or not p.holds(who)))}))
    return replace(draft, source=who, content=content)


def _wants_object(ground: Ground, draft: Draft) -> bool:
    """The cue is a participle of a verb that takes an object, with none after it: urged to; accused of."""
    assert draft.cue is not None
    inside = ground.analysis.words_in(draft.cue.start, draft.cue.end)
    verb = next((w for w in inside if w.upos == "VERB"), None)
    if (
        verb is None
        or verb.lemma not in words("en", "speech", "verbs.of_object")
        or not verb.text.lower().endswith(("ed", "told"))
    ):
        return False
    if any(w.upos == "AUX" for w in inside) or verb.index + 1 >= len(ground.analysis.words):
        return False
    following = ground.analysis.words[verb.index + 1]
    plain = following.text.lower() in ("to", "of", "over", "for", "by", "as", "with")
    return plain and not any(w.relation in ("obj", "iobj") for w in ground.analysis.children(verb))


def _is_passive(ground: Ground, verb: Word, cue: Passage) -> bool:
    """A form of "be" stands before a past participle: the verb is done to its subject."""
    if verb.text.lower().endswith("ing"):
        return False
    before = [w for w in ground.analysis.words_in(cue.start, verb.start) if w.upos == "AUX"]
    passive = any(w.relation == "aux:pass" for w in ground.analysis.children(verb))
    bare = not before and verb.relation in ("advcl", "acl") and verb.text.lower().endswith("ed")
    return passive or bare or (bool(before) and before[-1].lemma == "be")


def _owner(ground: Ground, cue: Passage, inside: Sequence[Word]) -> Passage | None:
    """Whose the noun of a cue is: the minister's [suggestion that]; their [claim]."""
    first = inside[0] if inside else None
    if first is None or first.upos not in ("NOUN", "ADJ") or first.index == 0:
        return None
    before = ground.analysis.words[first.index - 1]
    if before.sentence != first.sentence:
        return None
    if before.relation == "nmod:poss" and before.upos == "PRON":
        return before.passage
    if before.text not in POSSESSIVE or before.head < 0:
        return None
    found = noun_phrase(ground.analysis, ground.analysis.words[before.head], cue)
    if found is None or found.end > before.end:
        return None
    return Passage(found.start, before.end) if found.end >= before.start else None


def _of_verb(ground: Ground, draft: Draft, verb: Word, others: Sequence[Draft]) -> Passage | None:
    """The subject of an active verb: its own, the noun phrase right before it, or its clause's above."""
    assert draft.cue is not None
    quoted = [q.passage for q in ground.quotations]
    above = ground.analysis.words[verb.head] if verb.head >= 0 else None
    participle = verb.text.lower().endswith("ing")
    finite = not participle or any(w.upos == "AUX" for w in ground.analysis.words_in(draft.cue.start, verb.start))
    if finite and verb.relation not in ("amod", "case", "xcomp"):
        found = subject_of(ground.analysis, draft.cue, quoted) or _before(ground, draft.cue, quoted)
        if found is not None:
            return found
    if above is None or verb.relation not in ("advcl", "parataxis", "conj"):
        return None
    if any(w.relation in SUBJECTS for w in ground.analysis.children(verb)):
        return None
    leading = next(
        (o for o in others if o.source is not None and o.cue is not None and o.cue.holds(above.passage)), None
    )
    return leading.source if leading is not None and not draft.cue.meets(leading.cue or draft.cue) else None


def _before(ground: Ground, cue: Passage, quoted: Sequence[Passage]) -> Passage | None:
    """The noun phrase right before the cue, or before the day in front of it, where no preposition governs it."""
    day = DAY.search(ground.text, max(0, cue.start - 40), cue.start)
    start = day.start() if day is not None else cue.start
    found = phrase_before(ground.analysis, Passage(start, cue.end), quoted)
    if found is None:
        return None
    inside = ground.analysis.words_in(found.start, found.end)
    lead = ground.analysis.words[inside[0].index - 1] if inside and inside[0].index else None
    held = ground.analysis.words[lead.index - 1] if lead is not None and lead.index else None
    if lead is not None and held is not None and lead.text.lower() in HOLDING and held.upos in ("NOUN", "PROPN"):
        whole = _before(ground, Passage(lead.start, cue.end), quoted)
        return Passage(whole.start, found.end) if whole is not None else None
    governed = lead is not None and lead.sentence == inside[0].sentence and lead.upos in ("ADP", "VERB", "SCONJ")
    return None if governed or not any(w.upos in ("PROPN", "PRON", "NOUN") for w in inside) else found
