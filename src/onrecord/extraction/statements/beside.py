"""The cue that stands beside a quotation or a reported clause, found by the text around it."""

from __future__ import annotations

import re

from onrecord.extraction.statements.cues import Cue
from onrecord.extraction.statements.ground import Ground, words_in
from onrecord.extraction.statements.quotations import end_before
from onrecord.language.analysis import Word
from onrecord.language.tables import words
from onrecord.model import Passage

FEW = 4
"""A quotation of up to this many words needs a comma or colon between it and its cue."""
CLAUSE = 200
"""A cue's clause after a quotation has its verb within this many characters."""
LED_BY = re.compile(r"[\s\u00a0]*(?:,|:|--?|–|—|that|,?\s*that)?[\s\u00a0]*")
TIGHT = re.compile(r"(?:^|[,:–—-])\s*$")
"""Only white space, or a comma, a colon or a dash at the end, stands between a cue and a quotation."""
WHO = re.compile(r"[\s\u00a0,]*[^,.;:]{2,80},\s(?:who|which|whose)\b[^.;:]{2,150},\s*$")
"""A speaker with a relative clause: "…," the minister, who was on a visit, said."""
CLAUSES = frozenset({"ccomp", "xcomp", "parataxis"})
COMPLEMENTS = frozenset({"ccomp", "obj", "xcomp", "parataxis", "obl", "nsubj:pass"})


def cue_of_quotation(ground: Ground, place: int) -> Cue | None:
    """The cue of a quotation: in the clause after it, or else in the words that lead to it."""
    before, after = cue_before(ground, place), cue_after(ground, place)
    if before is not None and after is not None and _leads(ground, before, place):
        return before if not _owned_by_last(ground, before, place) else after
    return after or before


def _owned_by_last(ground: Ground, cue: Cue, place: int) -> bool:
    """The cue stands right after the quotation before, and so reports that one."""
    return place > 0 and cue_after(ground, place - 1) == cue


def cue_after(ground: Ground, place: int) -> Cue | None:
    """The cue in the clause after a quotation: "…," she said."""
    quotation = ground.quotations[place]
    text, end = ground.text, quotation.passage.end
    window = _window_after(ground, place)
    if window is None:
        return None
    cue = next((c for c in ground.cues if c.verb.start >= end and c.verb.end <= window), None)
    if cue is None or cue.verb.start - end > CLAUSE or not clause_is_cue(ground, end, cue):
        return None
    inner = quotation.inner(text)
    comma = inner[-1:] in ",!?…–—-" or text[end : end + 1] in (",", "–", "—", "-")
    if (words_in(inner) <= FEW and not comma) or is_title(inner):
        return None
    return cue if comma or inner[-1:] == "." else None


def _window_after(ground: Ground, place: int) -> int | None:
    """Where the clause after a quotation ends at the latest; null where a new sentence begins there."""
    text, quotation = ground.text, ground.quotations[place]
    end = quotation.passage.end
    paragraph = ground.paragraph_at(quotation.passage.start)
    if paragraph is None or not quotation.closed:
        return None
    following = text[end : paragraph.end]
    lead = re.match(r"[\s\u00a0,–—-]*", following)
    at = end + (lead.end() if lead else 0)
    if at >= paragraph.end:
        return None
    if quotation.inner(text)[-1:] == "." and text[at].isupper() and "," not in text[end:at]:
        return None
    sentence = ground.span_at(at)
    limit = min(paragraph.end, sentence.end if sentence is not None else paragraph.end)
    if place + 1 < len(ground.quotations):
        limit = min(limit, max(at, ground.quotations[place + 1].passage.start))
    return limit


def clause_is_cue(ground: Ground, end: int, cue: Cue) -> bool:
    """Between `end` and the cue stands the speaker, and no more."""
    between = [w for w in ground.analysis.words_in(end, cue.verb.start) if not cue.passage.holds(w.passage)]
    source = cue.source
    if source is not None and source.start < end:
        return False
    outside = [
        w for w in between if w.upos not in ("ADV", "PUNCT") and not (source is not None and source.holds(w.passage))
    ]
    return not outside or WHO.match(ground.text[end : cue.passage.start]) is not None


def cue_before(ground: Ground, place: int) -> Cue | None:
    """The cue that leads to a quotation: she said: "…", she said that it was "…"."""
    start = ground.quotations[place].passage.start
    begin = _window_before(ground, place)
    cues = [c for c in ground.cues if begin <= c.verb.start and c.verb.end <= start]
    if not cues or not _may_lead(ground, cues[-1], place):
        return None
    cue = cues[-1]
    between = ground.text[cue.passage.end : start]
    if between.rstrip().endswith(":"):
        return None if _is_label(ground, cue) else cue
    if cue.manner and any(c.isalnum() for c in between):
        return None
    if TIGHT.search(between) is not None:
        inside = _owned_by_last(ground, cue, place) and "." not in between
        if inside or _few_words(ground, cue.passage.end, start):
            return cue
    led = _leads(ground, cue, place) or governed_as(ground, cue, _first_word(ground, start)) in COMPLEMENTS
    return cue if led else None


def _may_lead(ground: Ground, cue: Cue, place: int) -> bool:
    """The quotation can be what a cue before it reports: no name or title, and no mere phrase without a comma."""
    quotation = ground.quotations[place]
    inner = quotation.inner(ground.text)
    between = ground.text[cue.passage.end : quotation.passage.start]
    tight = TIGHT.search(between) is not None
    names = not between.strip() and cue.verb.text.lower() in words("en", "speech", "quoting.scare")
    if _scare(cue.verb.text if names else between, inner) or is_title(inner) or (cue.manner and not tight):
        return False
    if cue.manner and cue.source is None:
        return False
    return words_in(inner) > FEW or (tight and _is_whole(inner))


def _few_words(ground: Ground, start: int, end: int) -> bool:
    """Nothing but when, where or to whom stands between a cue and the comma before a quotation."""
    between = ground.analysis.words_in(start, end)
    loose = any(w.upos in ("VERB", "SCONJ", "CCONJ", "AUX") for w in between)
    return len(between) <= 8 and not loose and not re.search(r"[.!?;]", ground.text[start:end].rstrip(" ,:")[:-1])


def is_title(inner: str) -> bool:
    """The words are a title of a work or a name: every one but the small ones has a capital, and no stop ends them."""
    found = [w for w in re.findall(r"[^\W\d_][\w’'-]*", inner) if len(w) > 3 or w[0].isupper()]
    sentences = re.search(r"[.!?…](?:\s|$)", inner) is not None
    return len(found) >= 2 and all(w[0].isupper() for w in found) and not sentences


def _is_label(ground: Ground, cue: Cue) -> bool:
    """The verb before a colon is a label that nobody speaks: Note: "…"."""
    lower = cue.verb.text.lower()
    return cue.source is None and lower != cue.verb.text and lower in words("en", "speech", "layouts.labels")


def _is_whole(inner: str) -> bool:
    return inner[:1].isupper() and inner[-1:] in ".!?…,"


def _leads(ground: Ground, cue: Cue, place: int) -> bool:
    """Only a comma, a colon or "that" stands between the cue and the quotation."""
    return LED_BY.fullmatch(ground.text[cue.passage.end : ground.quotations[place].passage.start]) is not None


def _window_before(ground: Ground, place: int) -> int:
    """Where the sentence that leads to a quotation begins; after a colon, in the paragraph before."""
    text, start = ground.text, ground.quotations[place].passage.start
    paragraph = ground.paragraph_at(start)
    begin = paragraph.start if paragraph is not None else start
    lead = text[begin:start].rstrip()
    if not lead.strip():
        end = end_before(text, begin)
        above = ground.span_at(end - 1) if end and text[end - 1] in ":," else None
        return above.start if above is not None else start
    if lead[-1] in ".!?…":
        return start
    span = ground.span_at(begin + len(lead) - 1)
    if span is not None:
        begin = max(begin, span.start)
    if place:
        begin = max(begin, ground.quotations[place - 1].passage.end)
    return begin


def _scare(between: str, inner: str) -> bool:
    """The words right before a quotation make it a name or a phrase held at arm's length."""
    last = re.findall(r"[\w-]+", between.lower())[-2:]
    lists = words("en", "speech", "quoting.scare") | words("en", "speech", "quoting.works")
    return bool(last) and last[-1] in lists and not between.rstrip().endswith((",", ":")) and words_in(inner) < 2 * FEW


def _first_word(ground: Ground, start: int) -> Word | None:
    found = ground.analysis.words_in(start, min(len(ground.text), start + 60))
    return next((w for w in found if any(c.isalnum() for c in w.text)), None)


def governed_as(ground: Ground, cue: Cue, word: Word | None) -> str | None:
    """The relation by which the word, or what it hangs on, hangs on the cue's verb; null where it does not."""
    steps = 0
    while word is not None and word.head >= 0 and steps < 40:
        if word.head == cue.verb.index:
            return word.relation
        word, steps = ground.analysis.words[word.head], steps + 1
    return None


def cue_of_clause(ground: Ground, clause: Passage) -> Cue | None:
    """The cue of a reported clause in its own sentence: ", she said" after it, "she said that" before it."""
    span = ground.span_at(clause.start)
    if span is None:
        return None
    near = [c for c in ground.cues if span.start <= c.verb.start < span.end and not c.passage.meets(clause)]
    last = ground.span_at(clause.end - 1) or span
    after = next((c for c in ground.cues if clause.end <= c.verb.start < last.end), None)
    if after is not None and after.verb.start - clause.end <= CLAUSE and clause_is_cue(ground, clause.end, after):
        return after
    before = [c for c in near if c.verb.end <= clause.start]
    if not before or before[-1].manner:
        return None
    cue = before[-1]
    led = LED_BY.fullmatch(ground.text[cue.passage.end : clause.start]) is not None
    relation = governed_as(ground, cue, _first_word(ground, clause.start))
    return cue if relation in CLAUSES or (led and relation is None) else None
