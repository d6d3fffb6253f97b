"""What a statement does (asserts, denies, promises, …) and whether it affirms or negates."""

from __future__ import annotations

import re
from functools import cache

from onrecord.extraction.statements.cues import act_of_lemma, act_table
from onrecord.extraction.statements.ground import Draft, Ground
from onrecord.language.analysis import Word
from onrecord.language.tables import words
from onrecord.model import Act, Passage, Polarity

PLAIN = frozenset(
    {
        "say",
        "add",
        "note",
        "state",
        "tell",
        "continue",
        "write",
        "report",
        "explain",
        "stress",
        "declare",
        "announce",
        "conclude",
    }
)
NO = re.compile(r"\W*no\s*[,.!?;:–—-]", re.IGNORECASE)
"""A content that begins with "No," denies."""
FIRST_PERSON = r"\b(?:i|we)\b(?:['’](?:d|ll|m|re|ve))?(?:\s+[\w’']+){0,9}?\s+"

PARTNERS = ("nsubj", "nsubj:pass", "obj")
"""The noun phrases that negate what is said of them: nobody came, we have no money."""


def act_and_polarity(ground: Ground, draft: Draft) -> tuple[Act, Polarity]:
    """The act that the cue (or, after a plain cue, the content's first person) expresses, and its polarity."""
    verb = _verb(ground, draft.cue)
    act: Act = "assert"
    by_phrase = _by_phrase(_cue_words(ground, draft)) if draft.cue is not None else None
    lemma_act = act_of_lemma(verb.lemma) if verb is not None else None
    if by_phrase is not None and lemma_act in (None, "assert"):
        act = by_phrase
    elif lemma_act is not None:
        act = lemma_act
    if act == "assert" and (verb is None or verb.lemma in PLAIN or lemma_act is None):
        act = _performed(ground, draft) or act
    negated = verb is not None and _negated(ground, verb)
    if act == "assert" and verb is not None and negated and verb.lemma in ("comment", "respond", "answer", "reply"):
        act = "decline"
    return act, "negative" if act in ("deny", "decline") or negated or _denies(ground, draft) else "positive"


def _verb(ground: Ground, cue: Passage | None) -> Word | None:
    """The last verb of the cue that is one of speech, or else its last verb."""
    if cue is None:
        return None
    inside = [w for w in ground.analysis.words_in(cue.start, cue.end) if w.upos in ("VERB", "AUX", "NOUN", "ADJ")]
    speaking = [w for w in inside if act_of_lemma(w.lemma) is not None]
    verbs = [w for w in speaking if w.upos == "VERB"] or speaking or inside
    return verbs[0] if verbs else None


@cache
def _phrases() -> tuple[tuple[Act, re.Pattern[str]], ...]:
    lists = act_table("act_phrases")
    return tuple((act, re.compile(r"\b(?:" + "|".join(map(_inflected, lists[act])) + r")\b")) for act in lists)


def _inflected(phrase: str) -> str:
    """A phrase whose first word may be inflected: call on, called on, calling on."""
    first, *rest = phrase.split(" ")
    return " ".join([re.escape(first) + r"(?:s|ed|d|ing|es|n['’]t)?", *map(re.escape, rest)])


def has_act_noun(cue: str) -> bool:
    """The words of a cue hold a noun or phrase that gives its act: their gratitude."""
    return _by_phrase(cue) is not None


def _cue_words(ground: Ground, draft: Draft) -> str:
    """The cue in small letters, in one line."""
    return " ".join(draft.cue.of(ground.text).lower().split()) if draft.cue is not None else ""


def _by_phrase(cue: str) -> Act | None:
    cue = re.sub(r"n['’]t\b", " not", re.sub(r"\bwon['’]t\b", "will not", cue))
    return next((act for act, pattern in _phrases() if pattern.search(cue)), None)


@cache
def _performatives() -> tuple[tuple[Act, re.Pattern[str]], ...]:
    lists = act_table("performatives")
    return tuple(
        (act, re.compile(FIRST_PERSON + "(?:" + "|".join(map(re.escape, lists[act])) + r")\b")) for act in lists
    )


def _performed(ground: Ground, draft: Draft) -> Act | None:
    """The act that a direct quotation performs in its first sentence: I would like to thank."""
    first = draft.content[0].of(ground.text)
    if ground.quotation_over(draft.content[0]) is None:
        return None
    sentence = re.split(r"(?<=[.!?])\s", first.lower(), maxsplit=1)[0]
    opened = _by_opening(sentence)
    if opened is not None:
        return opened
    negated = re.search(r"\b(?:not|never|cannot|don['’]t|won['’]t|can['’]t)\b", sentence)
    if negated is not None:
        return None
    hits = [(found.end(), act) for act, pattern in _performatives() if (found := pattern.search(sentence))]
    return min(hits)[1] if hits else None


def _by_opening(sentence: str) -> Act | None:
    """The act that a sentence's first words are by custom: thank you; no comment; please."""
    start = re.sub(r"^[^\w]+", "", sentence)
    for act, openings in act_table("openings").items():
        if any(re.match(re.escape(opening) + r"\b", start) for opening in openings):
            return act
    return None


def _negated(ground: Ground, verb: Word) -> bool:
    """The verb (or noun) has a negation, or its subject or object does (nobody came); "not only" is none."""
    negations = words("en", "speech", "negation.words")
    additive = words("en", "speech", "negation.additive")
    for word in ground.analysis.children(verb):
        if word.text.lower() in negations and word.relation in ("advmod", "det", "aux", "dep"):
            after = ground.analysis.words[word.index + 1 : word.index + 2]
            if not (after and after[0].text.lower() in additive):
                return True
        if word.relation in PARTNERS and _is_none(ground, word):
            return True
    return False


def _is_none(ground: Ground, noun: Word) -> bool:
    """The noun phrase means none: nobody, no man, not one of us, neither side."""
    nothing = words("en", "speech", "negation.nothing")
    if noun.lemma in words("en", "speech", "negation.certain"):
        return False
    if noun.text.lower() in nothing:
        return True
    return any(
        w.text.lower() in nothing | {"not"} and w.relation in ("det", "advmod", "cc:preconj", "nummod", "amod")
        for w in ground.analysis.children(noun)
        if w.start < noun.start
    )


def _denies(ground: Ground, draft: Draft) -> bool:
    """The content begins with "no", or what its first sentence predicates is negated."""
    text = ground.text
    if NO.match(text, draft.content[0].start, draft.content[0].end) is not None:
        return True
    inside = [w for p in draft.content for w in ground.analysis.words_in(p.start, p.end)]
    first = [w for w in inside if w.sentence == inside[0].sentence and w.upos != "PUNCT"]
    verbs = any(w.upos in ("VERB", "AUX") for w in first)
    tops = [w for w in first if not verbs or w.upos in ("VERB", "AUX", "ADJ") or _predicates(ground, w)]
    top = min(tops, key=lambda w: (_depth(ground, w), w.start), default=None)
    return top is not None and _negated(ground, top)


def _predicates(ground: Ground, word: Word) -> bool:
    """The word is what a form of "be" predicates: it is not about the money."""
    return any(w.relation == "cop" for w in ground.analysis.children(word))


def _depth(ground: Ground, word: Word) -> int:
    steps = 0
    while word.head >= 0 and steps < 60:
        word, steps = ground.analysis.words[word.head], steps + 1
    return steps
