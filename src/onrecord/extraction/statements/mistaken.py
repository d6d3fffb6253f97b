"""What the reader takes for a statement and is none: a name given, a title, a deed, an order, a phrasal verb."""

from __future__ import annotations

from onrecord.extraction.statements.beside import is_title
from onrecord.extraction.statements.corroboration import place_of
from onrecord.extraction.statements.cues import SUBJECTS, act_of_lemma, noun_phrase
from onrecord.extraction.statements.ground import ASKED, Draft, Ground, words_in
from onrecord.language.analysis import Word
from onrecord.language.tables import words
from onrecord.model import Passage


def is_mistaken(ground: Ground, draft: Draft) -> bool:
    """Nobody says, writes, thinks or decides anything there."""
    kinds = (
        _names_only,
        _is_question,
        _is_work,
        _is_done_itself,
        _is_phrasal,
        _is_deed,
        _is_undergone,
        _is_order,
        _is_attribute,
        _is_anybody,
        _is_shown,
    )
    return any(is_kind(ground, draft) for is_kind in kinds)


def _verb(ground: Ground, draft: Draft) -> Word | None:
    """The last verb of the draft's cue."""
    if draft.cue is None:
        return None
    found = ground.analysis.words_in(draft.cue.start, draft.cue.end)
    return next((w for w in reversed(found) if w.upos == "VERB"), None)


def _is_deed(ground: Ground, draft: Draft) -> bool:
    """Something is done by nobody who is named, and it is not that people say or expect it: was seen, is meant to."""
    verb = _verb(ground, draft)
    if draft.source is not None or draft.cue is None or verb is None:
        return False
    before = [w for w in ground.analysis.words_in(draft.cue.start, verb.start) if w.upos == "AUX"]
    passive = bool(before) and before[-1].lemma == "be" and not verb.text.lower().endswith("ing")
    return passive and verb.lemma not in words("en", "speech", "verbs.agentless")


def _is_undergone(ground: Ground, draft: Draft) -> bool:
    """What the reader took for the source only has something done to it: the hearing, [which was adjourned] to May."""
    verb = _verb(ground, draft)
    if draft.source is None or draft.cue is None or verb is None or act_of_lemma(verb.lemma) is not None:
        return False
    below = list(ground.analysis.children(verb))
    undergoes = any(w.relation.startswith("nsubj:pass") and draft.source.holds(w.passage) for w in below)
    passive = any(w.relation == "aux:pass" and w.start >= draft.cue.start for w in below)
    told = any(w.relation == "ccomp" for w in below)  # she is convinced that it will hold
    return undergoes and passive and not told and draft.source.end <= draft.cue.start


def _is_order(ground: Ground, draft: Draft) -> bool:
    """The writer tells the reader to do something: Don't forget that …; let's look at it."""
    verb = _verb(ground, draft)
    if draft.source is not None or draft.cue is None or verb is None or ground.quotation_over(verb.passage) is not None:
        return False
    begins = ground.span_at(draft.cue.start)
    first = begins is not None and not ground.text[begins.start : draft.cue.start].strip(' "“‘')
    lead = draft.cue.of(ground.text).lower().split()[0]
    orders = lead in ("don't", "don’t", "let's", "let’s", "let", "do") or verb.text.lower() == verb.lemma == lead
    return first and orders and not any(w.relation in SUBJECTS for w in ground.analysis.children(verb))


def _is_shown(ground: Ground, draft: Draft) -> bool:
    """Something is only shown off, in no words of anybody's: he trumpets closer ties."""
    verb = _verb(ground, draft)
    if verb is None or verb.lemma not in words("en", "speech", "verbs.showing"):
        return False
    if any(ground.quotation_over(p) is not None for p in draft.content):
        return False
    return not any(w.relation == "ccomp" for w in ground.analysis.children(verb))


def _is_anybody(ground: Ground, draft: Draft) -> bool:
    """The one who would say it is whoever reads the text: you think; as you know."""
    if draft.source is None or ground.quotation_over(draft.source) is not None:
        return False
    who = draft.source.of(ground.text).strip().lower()
    span = ground.span_at(draft.source.start)
    idiom = who in ("that", "this") and span is not None and span.start == draft.source.start  # That said, …
    return idiom or who in words("en", "speech", "quoting.anybody")


def _is_attribute(ground: Ground, draft: Draft) -> bool:
    """The cue is a participle that only describes a noun: documented cases are rare."""
    verb = _verb(ground, draft)
    return draft.source is None and verb is not None and verb.relation == "amod"


def _is_question(ground: Ground, draft: Draft) -> bool:
    """The cue begins its sentence and is a question to the one who speaks after it and does not ask it."""
    span = ground.span_at(draft.cue.start) if draft.cue is not None else None
    if span is None or draft.cue is None or draft.source is None or draft.source.start < draft.cue.start:
        return False
    found = ASKED.match(ground.text, span.start)
    return found is not None and draft.cue.meets(Passage(span.start, found.end()))


def _names_only(ground: Ground, draft: Draft) -> bool:
    """The cue gives a thing a name, and nobody is said to: the city was called "…"."""
    if draft.source is not None or draft.cue is None:
        return False
    last = [w for w in draft.cue.of(ground.text).lower().split() if w not in ("as", "the", "a")][-1:]
    return bool(last) and last[0] in words("en", "speech", "quoting.scare")


def _is_phrasal(ground: Ground, draft: Draft) -> bool:
    """The cue is a verb that with its particle says nothing: [called up] a friend."""
    found = ground.analysis.words_in(draft.cue.start, draft.cue.end) if draft.cue is not None else ()
    phrase = " ".join(w.lemma.lower() for w in found if w.upos != "AUX")
    return phrase in words("en", "speech", "quoting.phrasal")


def _is_done_itself(ground: Ground, draft: Draft) -> bool:
    """What the reader took for content is what does the verb, and nobody speaks: [the bill] passed."""
    if draft.source is not None and draft.source in draft.content:
        return True
    if draft.source is not None or draft.cue is None or len(draft.content) > 1:
        return False
    verb = next(
        (w for w in reversed(ground.analysis.words_in(draft.cue.start, draft.cue.end)) if w.upos == "VERB"), None
    )
    if verb is None or act_of_lemma(verb.lemma) is not None:
        return False
    children = tuple(ground.analysis.children(verb))
    passive = any(w.relation == "aux:pass" for w in children)  # without one, "passed by 61 votes" only looks passive
    subject = next((w for w in children if w.relation == "nsubj" or (w.relation in SUBJECTS and not passive)), None)
    if subject is None and verb.relation == "acl" and draft.content[0].end <= verb.start:
        subject = ground.analysis.words[verb.head]
    return subject is not None and noun_phrase(ground.analysis, subject, draft.cue) == draft.content[0]


def _is_work(ground: Ground, draft: Draft) -> bool:
    """The content is a title or a byname that the cue's verb does not speak: she published "Why the Bees Left"."""
    if len(draft.content) > 2 or draft.cue is None:
        return False
    last = draft.content[-1]
    place = place_of(ground, last)
    if place is None or words_in("".join(p.of(ground.text) for p in draft.content[:-1])) > 1:
        return False
    inner = ground.quotations[place].inner(ground.text)
    cue = ground.cue_in(draft.cue)
    naming = draft.cue.of(ground.text).split()[-1].lower() in words("en", "speech", "quoting.naming")
    speaks = cue is not None and not naming
    return not speaks and is_title(inner.rstrip("?!"))
