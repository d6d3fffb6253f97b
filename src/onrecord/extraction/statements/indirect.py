"""Reported speech without quotation marks, where the reader model is silent or stops short."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from onrecord.extraction.statements.cues import SUBJECTS, Cue, act_of_lemma, noun_phrase
from onrecord.extraction.statements.ground import Draft, Ground, trimmed, with_its_bracket, words_in
from onrecord.extraction.statements.quotations import end_before
from onrecord.language.analysis import Word
from onrecord.language.tables import words
from onrecord.model import Passage

LEAST = 3
"""A reported clause has this many words at least."""
BLOCK = 256
"""Characters of a block of the text under which passages are looked up."""
FAR_THAT = 8
"""Words by which "that" may stand after its verb, where only a phrase parts them."""
PHRASE = frozenset({"ADP", "DET", "ADJ", "NOUN", "PROPN", "PRON", "NUM", "PART"})
NOMINALS = frozenset({"NOUN", "PROPN", "ADJ"})
NEAR = 4
"""Characters by which a refused act's verb and its object may stand apart ("comment on the figures")."""
TO_DO = re.compile(r"\s(?P<what>to\s+[a-z]+\b)")
AS_SAID_BY = re.compile(r"\bas \w+ by\b")
TOOK_TO = re.compile(r"\b(?:took|take|takes|taken|taking)\s+to\s+[\w’' ]{1,30}\s+to\s+$")
CALLED_ON = re.compile(r"\s(?:on|upon)\s(?P<what>[^,.;:]{2,60}?\sto\s+[a-z]+\b)")
THAT = re.compile(r"\s+that\b")
IMPERSONAL = re.compile(r"\bit\s+(?:is|was|has\s+been|had\s+been)\s+(?:\w+\s+)?$")
EDGE = " \t\r\n\u00a0\u200b,;:.–—-"


class Taken:
    """The passages that drafts have already, looked up by where they stand."""

    def __init__(self, drafts: Sequence[Draft]) -> None:
        self._blocks: dict[int, list[Passage]] = defaultdict(list)
        for draft in drafts:
            self.add(draft)

    def add(self, draft: Draft) -> None:
        for passage in (*draft.content, *(p for p in (draft.cue, draft.source) if p is not None)):
            for block in range(passage.start // BLOCK, (passage.end - 1) // BLOCK + 1):
                self._blocks[block].append(passage)

    def meets(self, passage: Passage) -> bool:
        blocks = range(passage.start // BLOCK, (passage.end - 1) // BLOCK + 1)
        return any(passage.meets(other) for block in blocks for other in self._blocks.get(block, ()))


def drafts(ground: Ground, known: Sequence[Draft]) -> Iterator[Draft]:
    """Drafts for cue verbs and source phrases that no known draft has, nor one that an earlier rule made."""
    taken = Taken(known)
    for rule in (_clauses, _as_something, _to_do, _objects, _on_a_platform, _according, _blocks):
        for draft in rule(ground, taken):
            taken.add(draft)
            yield draft


def _clauses(ground: Ground, known: Taken) -> Iterator[Draft]:
    """The clauses that verbs of speech report: she said that it rained; it rained, she said."""
    verbs = words("en", "speech", "verbs.indirect")
    for cue in ground.cues:
        impersonal = cue.source is None and _impersonal(ground, cue)
        if cue.verb.lemma not in verbs or not (cue.source or impersonal) or known.meets(cue.verb.passage):
            continue
        source = cue.source.of(ground.text).lower() if cue.source is not None else ""
        if source in ("which", "that", "what") or source in words("en", "speech", "quoting.anybody"):
            continue
        if AS_SAID_BY.search(ground.text[max(0, cue.verb.start - 4) : cue.verb.end + 4]):
            continue
        content = _complement(ground, cue) or _that_clause(ground, cue) or _leading(ground, cue) or _aside(ground, cue)
        if content and not any(known.meets(c) for c in content):
            yield Draft(cue.passage, cue.source, content, None, "indirect")


def completed(ground: Ground, drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts, a content that stops short of its clause before a closing cue taken as the whole clause."""
    cues = {c.verb.start: c for c in ground.cues if c.verb.lemma in words("en", "speech", "verbs.indirect")}
    whole = [_with_its_verb(ground, _from_that(ground, d, cues), cues) for d in drafts]
    return [_around(ground, _completed(ground, d, cues)) for d in whole]


def _reported(ground: Ground, draft: Draft, cues: dict[int, Cue]) -> Passage | None:
    """What a draft reports in one stretch outside quotation marks after its cue; null for another draft."""
    cue = draft.cue
    if cue is None or len(draft.content) != 1 or not any(cue.start <= at < cue.end for at in cues):
        return None
    part = draft.content[0]
    return part if part.start >= cue.end and ground.quotation_over(part) is None else None


def _from_that(ground: Ground, draft: Draft, cues: dict[int, Cue]) -> Draft:
    """The draft from "that" on, where the reader begins in the midst of the clause: said [that the new] club will."""
    part = _reported(ground, draft, cues)
    that = THAT.match(ground.text, draft.cue.end) if part is not None and draft.cue is not None else None
    if part is None or that is None or not that.end() < part.start:
        return draft
    lead = Passage(that.end() - len("that"), part.start)
    skipped = ground.analysis.words_in(lead.start, lead.end)
    loose = any(w.upos in ("VERB", "AUX", "PUNCT") for w in skipped) or ground.cue_in(lead) is not None
    return draft if loose else replace(draft, content=(Passage(lead.start, part.end),))


def _with_its_verb(ground: Ground, draft: Draft, cues: dict[int, Cue]) -> Draft:
    """The draft with the verb of what it says, where the reader stops before it: that the talks, [failed]."""
    part = _reported(ground, draft, cues)
    span = ground.span_at(part.start) if part is not None else None
    if part is None or span is None or part.end >= span.end:
        return draft
    subjects = [w for w in ground.analysis.words_in(part.start, part.end) if w.relation in SUBJECTS and w.head >= 0]
    heads = (ground.analysis.words[w.head] for w in subjects)
    verb = next((h for h in heads if part.end <= h.start < span.end), None)
    if verb is None or ground.quotation_over(verb.passage) is not None:
        return draft
    end = min(ground.analysis.subtree(verb)[-1].end, span.end)
    rest = Passage(part.end, end) if part.end < end else None
    if rest is None or any(rest.meets(q.passage) and not rest.holds(q.passage) for q in ground.quotations):
        return draft
    whole = trimmed(ground.text, part.start, end, EDGE)
    cued = any(rest.holds(c.passage) and c.verb.relation in ("root", "parataxis") for c in ground.cues)
    return draft if whole is None or cued else replace(draft, content=(whole,))


def _completed(ground: Ground, draft: Draft, cues: dict[int, Cue]) -> Draft:
    cue = next((c for at, c in cues.items() if draft.cue is not None and draft.cue.start <= at < draft.cue.end), None)
    if cue is None:
        return _whole_request(ground, draft)
    if len(draft.content) != 1 or draft.content[0].start > cue.verb.start:
        return _whole_clause(ground, _whole_request(ground, draft), cue)
    whole = _leading(ground, cue)
    part = draft.content[0]
    if not whole or not whole[0].holds(part):
        return draft
    own = any(whole[0].holds(c.passage) and not part.holds(c.passage) for c in ground.cues)
    return draft if own and ground.quotation_over(part) is not None else replace(draft, content=whole)


def _whole_clause(ground: Ground, draft: Draft, cue: Cue) -> Draft:
    """The draft with the subordinate clause that ends what is said: will not be ready [, whatever the yards say]."""
    if len(draft.content) != 1 or draft.content[0].start < cue.verb.end:
        return draft
    part = draft.content[0]
    clause = next(
        (w for w in ground.analysis.children(cue.verb) if w.relation == "ccomp" and part.holds(w.passage)), None
    )
    if clause is None or ground.quotation_over(part) is not None:
        return draft
    members = ground.analysis.subtree(clause)
    end = members[-1].end
    rest = ground.text[part.end : end]
    lead = re.match(r",\s+([\w’']+)", rest)
    if (
        lead is None
        or lead[1].lower() not in words("en", "speech", "subordinators")
        or any(c.verb.start >= part.end and c.verb.end <= end and c.source is None for c in ground.cues)
    ):
        return draft
    whole = trimmed(ground.text, part.start, end, EDGE)
    return replace(draft, content=(whole,)) if whole is not None else draft


def _whole_request(ground: Ground, draft: Draft) -> Draft:
    """The draft with all of what its verb asks or refuses: urged [the council to act], declined [to name them]."""
    cue = ground.cue_in(draft.cue) if draft.cue is not None else None
    if cue is None or len(draft.content) != 1 or draft.content[0].start < cue.verb.end:
        return draft
    part = draft.content[0]
    to_do = (
        TO_DO.match(ground.text, cue.passage.end) if cue.verb.lemma in words("en", "speech", "verbs.to_do") else None
    )
    if to_do is not None and to_do.start("what") < part.start <= to_do.end() + NEAR:
        return replace(draft, cue=cue.passage, content=(Passage(to_do.start("what"), part.end),))
    requests = words("en", "speech", "say.request") | words("en", "speech", "performatives.request")
    between = ground.analysis.words_in(cue.verb.end, part.start)
    if between and f"{cue.verb.lemma} {between[0].text.lower()}" in requests:
        asked, between = True, between[1:]
    else:
        asked, between = cue.verb.lemma in requests, ground.analysis.words_in(cue.passage.end, part.start)
    named = cue.verb.lemma in words("en", "speech", "verbs.naming") and ground.quotation_over(part) is not None
    asked = asked and part.of(ground.text).startswith("to ")
    if (asked or named) and between and all(w.upos in PHRASE - {"ADP", "PART"} for w in between):
        content = Passage(between[0].start, part.end)
        return replace(draft, cue=_before(ground, draft.cue, content), content=(content,))
    who = _who_is_asked(ground, cue) if asked else None
    return replace(draft, content=(who, part)) if who is not None else draft


def _before(ground: Ground, cue: Passage | None, content: Passage) -> Passage | None:
    """The cue without the words that the content now takes."""
    if cue is None or not cue.meets(content) or cue.start >= content.start:
        return cue
    return trimmed(ground.text, cue.start, content.start) or cue


def _who_is_asked(ground: Ground, cue: Cue) -> Passage | None:
    """The subject of a passive request: [residents] are urged to stay."""
    subject = next((w for w in ground.analysis.children(cue.verb) if w.relation == "nsubj:pass"), None)
    return noun_phrase(ground.analysis, subject, cue.passage) if subject is not None else None


def _to_do(ground: Ground, known: Taken) -> Iterator[Draft]:
    """She refused to name them; he called on the court to act: what somebody will not do, will do, or wants done."""
    verbs = words("en", "speech", "verbs.to_do")
    for cue in ground.cues:
        span = ground.span_at(cue.verb.start)
        if cue.source is None or span is None or cue.manner or known.meets(cue.verb.passage):
            continue
        called = cue.verb.lemma == "call"
        found = (CALLED_ON if called else TO_DO).match(ground.text, cue.passage.end, span.end)
        if found is None or not (called or cue.verb.lemma in verbs):
            continue
        content = trimmed(ground.text, found.start("what"), span.end, EDGE)
        if content is not None and not known.meets(content):
            yield Draft(Passage(cue.passage.start, found.start("what") - 1), cue.source, (content,), None, "indirect")


def _as_something(ground: Ground, known: Taken) -> Iterator[Draft]:
    """She described the port as the best on the coast: the object and what it is said to be."""
    for cue in ground.cues:
        if cue.verb.lemma not in words("en", "speech", "verbs.object_as") or cue.source is None:
            continue
        span = ground.span_at(cue.verb.start)
        if known.meets(cue.verb.passage) or span is None:
            continue
        content = trimmed(ground.text, cue.passage.end, span.end, EDGE)
        related = {w.relation for w in ground.analysis.children(cue.verb) if w.start >= cue.verb.end}
        if content is None or "obj" not in related or not re.search(r"\sas\s", content.of(ground.text)):
            continue
        if not known.meets(content):
            yield Draft(cue.passage, cue.source, (content,), None, "indirect")


def _objects(ground: Ground, known: Taken) -> Iterator[Draft]:
    """What a verb of speech takes as its object: orders [every parish to act]; stressed [the need]; did not respond."""
    for cue in ground.cues:
        if cue.source is None or cue.manner or known.meets(cue.verb.passage):
            continue
        asked = _asked_of(ground, cue) or _called_for(ground, cue)
        content = asked or _object(ground, cue) or _named(ground, cue) or _unanswered(ground, cue)
        if content is not None and not known.meets(content):
            yield Draft(cue.passage, cue.source, (content,), None, "object")


def _asked_of(ground: Ground, cue: Cue) -> Passage | None:
    """Whom a verb of asking asks, and to do what."""
    if cue.verb.lemma not in words("en", "speech", "say.request"):
        return None
    after = [w for w in ground.analysis.children(cue.verb) if w.start > cue.verb.end]
    asked = next((w for w in after if w.relation in ("obj", "iobj")), None)
    deed = next((w for w in after if w.relation in ("xcomp", "ccomp", "advcl")), None)
    if asked is None or deed is None or not any(w.text == "to" for w in ground.analysis.children(deed)):
        return None
    return _from_to(ground, asked, deed)


def _called_for(ground: Ground, cue: Cue) -> Passage | None:
    """What somebody calls for: is calling for [an inquiry]."""
    if cue.verb.lemma != "call" or ground.text[cue.verb.end : cue.verb.end + 5] != " for ":
        return None
    after = [w for w in ground.analysis.children(cue.verb) if w.start > cue.verb.end and w.relation == "obl"]
    what = next((w for w in after if _preposition(ground, w) == "for"), None)
    found = _from_to(ground, what, what) if what is not None else None
    start = cue.verb.end + len(" for ")
    return Passage(start, found.end) if found is not None and found.start < start < found.end else found


def _named(ground: Ground, cue: Cue) -> Passage | None:
    """Whom or what somebody gives a name: called [the vote a farce]."""
    if cue.verb.lemma not in words("en", "speech", "verbs.naming") or cue.verb.lemma == "pronounce":
        return None
    after = [w for w in ground.analysis.children(cue.verb) if w.start > cue.verb.end]
    obj = next((w for w in after if w.relation in ("obj", "iobj")), None)
    name = next((w for w in after if w.relation in ("xcomp", "obj") and w is not obj and w.upos in NOMINALS), None)
    if obj is None or name is None or name.start < obj.end:
        return None
    return _from_to(ground, obj, name)


def _blocks(ground: Ground, known: Taken) -> Iterator[Draft]:
    """A paragraph of its own after a cue and a colon, without quotation marks: the words of a letter set apart."""
    for cue in ground.cues:
        paragraph = ground.paragraph_at(cue.verb.start)
        if cue.source is None or paragraph is None or known.meets(cue.verb.passage):
            continue
        end = end_before(ground.text, paragraph.end)
        ends = ground.text[end - 1] == ":" and not any(c.isalnum() for c in ground.text[cue.passage.end : end])
        below = next((p for p in ground.paragraphs if p.start >= paragraph.end), None) if ends else None
        content = trimmed(ground.text, below.start, below.end, " \t\r\n\u00a0") if below is not None else None
        plain = content is not None and ground.text[content.start].isalnum()
        if content is None or not plain or known.meets(content):
            continue
        if words_in(content.of(ground.text)) >= LEAST:
            yield Draft(cue.passage, cue.source, (content,), None, "block")


def _object(ground: Ground, cue: Cue) -> Passage | None:
    """The noun phrase that a verb of speech takes, with what it threatens or accuses somebody of."""
    if cue.verb.lemma not in words("en", "speech", "verbs.object"):
        return None
    after = [w for w in ground.analysis.children(cue.verb) if w.start > cue.verb.end]
    obj = next((w for w in after if w.relation == "obj" and w.upos in ("NOUN", "PROPN")), None)
    if obj is None:
        return None
    means = [w for w in after if w.relation == "obl" and w.start > obj.end]
    joined = next((w for w in means if any(c.text.lower() == "with" for c in ground.analysis.children(w))), None)
    if cue.verb.lemma == "threaten":
        return _from_to(ground, obj, joined) if joined is not None else None
    end = ground.analysis.subtree(obj)[-1].index
    following = ground.analysis.words[end + 1 : end + 3]
    goes_on = len(following) == 2 and following[0].text.lower() == "to" and following[1].upos == "VERB"
    return _from_to(ground, obj, following[1] if goes_on else obj)


def _unanswered(ground: Ground, cue: Cue) -> Passage | None:
    """What nobody answered: did not respond [to a request for comment]."""
    answering = cue.verb.lemma in words("en", "speech", "verbs.answering")
    if not answering or not re.search(r"\bnot\b|n['’]t\b", cue.passage.of(ground.text)):
        return None
    after = [w for w in ground.analysis.children(cue.verb) if w.start > cue.verb.end]
    nouns = [w for w in after if w.relation in ("obl", "obj") and w.upos == "NOUN"]
    what = next((w for w in nouns if w.relation == "obj" or _preposition(ground, w) in ("to", "on", "about")), None)
    return _from_to(ground, what, what) if what is not None else None


def _preposition(ground: Ground, noun: Word) -> str:
    return next((w.text.lower() for w in ground.analysis.children(noun) if w.relation == "case"), "")


def _from_to(ground: Ground, first: Word, last: Word) -> Passage | None:
    """The words from the one's phrase to the end of the other's."""
    start, end = ground.analysis.subtree(first)[0].start, ground.analysis.subtree(last)[-1].end
    return trimmed(ground.text, start, end, EDGE) if start < end else None


def _on_a_platform(ground: Ground, known: Taken) -> Iterator[Draft]:
    """Took to Instagram to thank the surgeons: the verb of speech after the platform is the cue's last word."""
    for cue in ground.cues:
        lead = TOOK_TO.search(ground.text[max(0, cue.verb.start - 60) : cue.verb.start])
        source, span = cue.source, ground.span_at(cue.verb.start)
        if lead is None or source is None or span is None or known.meets(cue.verb.passage):
            continue
        content = trimmed(ground.text, cue.verb.end, span.end, EDGE)
        if content is not None and words_in(content.of(ground.text)) >= LEAST:
            start = cue.verb.start - len(lead.group())
            yield Draft(Passage(start, cue.verb.end), source, (content,), None, "indirect")


def _impersonal(ground: Ground, cue: Cue) -> bool:
    """It was reported that …: nobody says it."""
    before = ground.text[max(0, cue.passage.start - 30) : cue.verb.start].lower()
    return IMPERSONAL.search(before) is not None and THAT.match(ground.text, cue.passage.end) is not None


def _that_clause(ground: Ground, cue: Cue) -> tuple[Passage, ...]:
    """The rest of the sentence after "that", where the parse finds no complement."""
    span = ground.span_at(cue.verb.start)
    start = _that_after(ground, cue, span) if span is not None else None
    if start is None or span is None:
        return ()
    passage = trimmed(ground.text, start, span.end, EDGE)
    return (passage,) if passage is not None and words_in(passage.of(ground.text)) > LEAST else ()


def _that_after(ground: Ground, cue: Cue, span: Passage) -> int | None:
    """Where "that" stands after a cue, or after the phrase that says in what it was said: wrote in a letter that."""
    that = THAT.match(ground.text, cue.passage.end)
    if that is not None:
        return that.end() - 4
    after = ground.analysis.words_in(cue.passage.end, span.end)[: FAR_THAT + 1]
    place = next((i for i, w in enumerate(after) if w.text.lower() == "that" and w.upos == "SCONJ"), None)
    between = after[:place] if place is not None else ()
    said_in = between and between[0].upos == "ADP" and all(w.upos in PHRASE for w in between)
    return after[place].start if place is not None and said_in else None


def _complement(ground: Ground, cue: Cue) -> tuple[Passage, ...]:
    """The clause that the verb takes after it: he said it was late."""
    found = [w for w in ground.analysis.children(cue.verb) if w.relation == "ccomp" and w.start > cue.verb.end]
    return _span(ground, found[0], cue) if found else ()


def _span(ground: Ground, clause: Word, cue: Cue) -> tuple[Passage, ...]:
    members = ground.analysis.subtree(clause)
    passage = trimmed(ground.text, members[0].start, members[-1].end, EDGE)
    if passage is None or passage.meets(cue.passage) or words_in(passage.of(ground.text)) < LEAST:
        return ()
    return (passage,)


def _leading(ground: Ground, cue: Cue) -> tuple[Passage, ...]:
    """The clause before a cue that ends its sentence: it was late, he said on Monday."""
    span = ground.span_at(cue.verb.start)
    if cue.source is None or span is None:
        return ()
    paragraph = ground.paragraph_at(cue.verb.start)
    span = Passage(max(span.start, paragraph.start), span.end) if paragraph is not None else span
    clause = min(cue.source.start, cue.passage.start)
    if clause <= span.start:
        return ()
    lead = ground.text[span.start : clause].rstrip()
    if not lead.endswith((",", ',"', ",”", ",’")) or not _ends_clause(ground, cue, span.end):
        return ()
    passage = trimmed(ground.text, span.start, clause, EDGE)
    if passage is None or words_in(passage.of(ground.text)) < LEAST:
        return ()
    passage = _after_doubled(ground, cue, passage)
    inside = ground.analysis.words_in(passage.start, passage.end)
    has_verb = any(w.upos in ("VERB", "AUX") for w in inside)
    fronted = inside[0].upos in ("ADP", "SCONJ") or inside[0].text.lower().endswith("ing")
    return (passage,) if has_verb and not (fronted and "," not in passage.of(ground.text)) else ()


def _aside(ground: Ground, cue: Cue) -> tuple[Passage, ...]:
    """The clause around a cue between commas: [the line], she stressed, [is the longest on the coast]."""
    span, source = ground.span_at(cue.verb.start), cue.source
    if span is None or source is None or source.end > cue.passage.start or source.start <= span.start:
        return ()
    lead, rest = trimmed(ground.text, span.start, source.start, EDGE), ground.text[cue.passage.end : span.end]
    after = trimmed(ground.text, cue.passage.end, span.end, EDGE)
    if lead is None or after is None or not rest.startswith(",") or ground.text[lead.end] != ",":
        return ()
    first = ground.analysis.words_in(after.start, after.end)[:1]
    before = ground.analysis.words_in(lead.start, lead.end)
    nominal = all(w.upos not in ("VERB", "AUX", "SCONJ") for w in before) and before[0].upos != "ADP"
    goes_on = bool(first) and first[0].upos in ("AUX", "VERB") and not first[0].text.lower().endswith("ing")
    return (lead, after) if nominal and goes_on else ()


def _after_doubled(ground: Ground, cue: Cue, passage: Passage) -> Passage:
    """The clause without a cue of the same speaker at its beginning: [He said,] it was late, he added."""
    first = next((c for c in ground.cues if c.source is not None and c.source.start == passage.start), None)
    if first is None or first.source is None or cue.source is None or first.verb.index == cue.verb.index:
        return passage
    same = first.source.of(ground.text).lower() == cue.source.of(ground.text).lower()
    comma = ground.text[first.passage.end : first.passage.end + 1] == ","
    return trimmed(ground.text, first.passage.end, passage.end, EDGE) or passage if same and comma else passage


def _ends_clause(ground: Ground, cue: Cue, end: int) -> bool:
    """After the cue comes nothing that it could report: the end, or when and where it was said."""
    assert cue.source is not None
    rest = ground.analysis.words_in(max(cue.source.end, cue.passage.end), end)
    going_on = rest[:1] and rest[0].text == "," and len(rest) > 1 and _goes_on_saying(rest[1])
    rest = tuple(w for w in rest if w.upos != "PUNCT")
    if not rest or going_on:
        return True
    if rest[0].upos == "ADP" or rest[0].relation in ("obl:unmarked", "nmod:unmarked", "obl:tmod", "obl"):
        return rest[0].text.lower() != "to"
    return not any(w.upos in ("VERB", "AUX", "SCONJ") for w in rest)


def _goes_on_saying(word: Word) -> bool:
    """The word is a participle of a verb of speech: it was late, she said, [adding] that …"""
    return word.upos == "VERB" and word.text.lower().endswith("ing") and act_of_lemma(word.lemma) is not None


def _according(ground: Ground, known: Taken) -> Iterator[Draft]:
    """Drafts for "according to X", before or after what X says."""
    for phrase in re.finditer(r"\b[Aa]ccording to\s", ground.text):
        cue = Passage(phrase.start(), phrase.end() - 1)
        sentence = ground.analysis.sentence_at(phrase.start())
        if sentence is None or known.meets(cue) or ground.quotation_over(cue) is not None:
            continue
        source = source_after(ground, phrase.end(), sentence.end)
        if source is None or _is_manner(ground, cue, source):
            continue
        leads = not ground.text[sentence.start : phrase.start()].strip(' "“‘—–-')
        span = (source.end, sentence.end) if leads else (sentence.start, phrase.start())
        content = trimmed(ground.text, *span, EDGE)
        if content is not None and words_in(content.of(ground.text)) >= LEAST:
            yield _around(ground, Draft(cue, source, (content,), None, "according"))


def _is_manner(ground: Ground, cue: Passage, source: Passage) -> bool:
    """Something is done by a rule or a measure: paid according to age. No comma stands before it; nobody is named."""
    end = end_before(ground.text, cue.start)
    before = ground.text[end - 1 : end] if end else ""
    if not before or not (before.isalnum() or before == ")"):
        return False
    if any(source.meets(n.passage) and n.kind in ("Person", "Organization") for n in ground.analysis.names):
        return False
    spoken = [w for w in ground.analysis.words_in(source.start, source.end) if w.upos in ("NOUN", "PROPN", "PRON")]
    speakers = words("en", "speech", "layouts.sources") | words("en", "speech", "authored.nouns")
    return not any(w.text.lower() in speakers or w.lemma in speakers for w in spoken)


def _around(ground: Ground, draft: Draft) -> Draft:
    """The draft with what goes on after "according to X", where the sentence's verb or predicate stands there."""
    if draft.cue is None or draft.source is None or draft.cue.of(ground.text).lower() != "according to":
        return draft
    sentence = ground.analysis.sentence_at(draft.cue.start)
    if sentence is None or len(draft.content) != 1 or draft.content[0].end > draft.cue.start:
        return draft
    rest = trimmed(ground.text, draft.source.end, sentence.end, EDGE)
    roots = [w for w in ground.analysis.words_of(sentence) if w.head < 0]
    if rest is None or len(roots) != 1 or not rest.holds(roots[0].passage) or draft.source.end > roots[0].start:
        return draft
    subject = next((w for w in ground.analysis.children(roots[0]) if w.relation in SUBJECTS), None)
    leads = subject is not None and draft.content[0].holds(subject.passage)
    return replace(draft, content=(*draft.content, rest)) if leads else draft


def source_after(ground: Ground, start: int, end: int) -> Passage | None:
    """The noun phrase that a source preposition governs."""
    found = ground.analysis.words_in(start, end)
    if not found:
        return None
    head, steps = found[0], 0
    while head.head >= 0 and ground.analysis.words[head.head].start >= start and steps < 20:
        if any(w.relation == "case" and w.start < start for w in ground.analysis.children(head)):
            break  # this is what the preposition governs; above it the sentence goes on
        head, steps = ground.analysis.words[head.head], steps + 1
    members = [w for w in ground.analysis.subtree(head) if w.start >= start and w.upos != "PUNCT"]
    phrase = noun_phrase(ground.analysis, head, Passage(start - 1, start), without="to")
    if phrase is None or not members:
        return None
    return with_its_bracket(ground.text, Passage(members[0].start, members[-1].end))
