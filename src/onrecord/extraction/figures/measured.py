"""What a quantity measures: the noun it counts, or the noun phrase that the tree hangs it on."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.language.analysis import Analysis, Word
from onrecord.language.tables import table, words
from onrecord.model import FigureRole, Passage

SUBJECTS = ("nsubj", "nsubj:pass", "nsubj:outer", "csubj")
MODIFIERS = ("amod", "compound", "nmod:poss", "advmod", "nmod:desc", "flat")
"""Relations of the words before a noun that belong to what is measured."""
INSIDE_COUNTED = ("ADJ", "NOUN", "PROPN", "ADV", "VERB", "CCONJ")
"""Parts of speech between a number and the noun that it counts: `300 old and new wooden stalls`."""
TRAILING_CLAUSES = ("acl", "acl:relcl", "appos", "parataxis", "conj", "cc", "punct", "advcl", "dep", "list")
NOUNS = ("NOUN", "PROPN")


@dataclass(frozen=True, slots=True)
class Measured:
    """The words of what is measured, and its head."""

    passage: Passage
    head: Word


def counted_noun(analysis: Analysis, number: tuple[Word, ...]) -> Word | None:
    """The noun that a number counts: the one it modifies, or the head of the noun phrase that follows it; or null.

    A noun that stands before the number ("Article 5") is named by it, not counted. `two of his ministers` counts
    ministers.
    """
    last = number[-1]
    following = analysis.words[last.index + 1 : min(last.index + 7, analysis.sentences[last.sentence].last)]
    if following and following[0].lemma == "of":
        return next((w for w in following[1:] if w.upos == "NOUN"), None) if len(following) > 1 else None
    reach = last.index
    for word in following:
        if word.upos not in INSIDE_COUNTED and not (word.upos == "PUNCT" and word.text in "-‑‘’“”\"'"):
            break
        reach = word.index
    for word in number:
        head = analysis.words[word.head] if word.head >= 0 else None
        if head is None or not last.index < head.index <= reach or head.upos not in NOUNS:
            continue
        if word.relation in ("nummod", "compound", "amod", "det"):
            return head
    nouns = [w for w in analysis.words[last.index + 1 : reach + 1] if w.upos in NOUNS]
    return nouns[-1] if nouns and nouns[-1].upos == "NOUN" else None


def phrase(analysis: Analysis, head: Word, without: Word | None = None, after: int | None = None) -> Measured:
    """The noun phrase of `head` without determiner, number and clauses after it.

    The branch that holds `without` is left out, and so are words before the index `after`.
    """
    kept = {head.index}
    for child in analysis.children(head):
        if child.relation in TRAILING_CLAUSES or (child.index < head.index and child.relation not in MODIFIERS):
            continue
        branch = {word.index for word in analysis.subtree(child)}
        if (after is not None and child.index < after) or (without is not None and without.index in branch):
            continue
        kept |= branch
    low = high = head.index
    while low - 1 in kept:
        low -= 1
    while high + 1 in kept:
        high += 1
    return Measured(Passage(analysis.words[low].start, analysis.words[high].end), head)


def governor(analysis: Analysis, word: Word) -> Word | None:
    return analysis.words[word.head] if word.head >= 0 else None


def child_of(analysis: Analysis, word: Word, relations: tuple[str, ...]) -> Word | None:
    """The first word on `word` with one of the relations, or null."""
    return next((c for c in analysis.children(word) if c.relation in relations), None)


def of_phrase(analysis: Analysis, anchor: Word) -> Word | None:
    """The noun of an `of` or `in` phrase that hangs on the anchor: `tons of wheat`, `a rise of 5% in exports`."""
    for child in analysis.children(anchor):
        if child.relation == "nmod" and child.index > anchor.index and has_case(analysis, child, ("of", "in")):
            return child
    return None


def measured_by(analysis: Analysis, last: Word, outer: Word, language: str, *, is_time: bool) -> Measured | None:
    """What a quantity of money, per cent or a unit measures, from its place in the tree.

    `last` is the quantity's last word (`tons`), `outer` the one that hangs outside it (`hundreds of tons`); `is_time`
    tells a duration, which fewer prepositions tie to a noun.
    """
    inside = of_phrase(analysis, last)
    if inside is not None:
        return phrase(analysis, inside)
    head = governor(analysis, outer)
    if head is None:
        subject = child_of(analysis, outer, SUBJECTS)  # "the price is 5 dollars": the quantity is the predicate
        return None if subject is None or subject.upos not in NOUNS else phrase(analysis, subject)
    if head.upos in NOUNS and outer.relation in ("nummod", "compound", "amod", "nmod", "nmod:poss", "nmod:unmarked"):
        linking = ("of",) if is_time else ("of", "for", "worth", "in")
        if outer.relation == "nmod" and not has_case(analysis, outer, linking):
            return None  # "lived with her for five years" measures no person
        return phrase(analysis, head, outer, last.index + 1 if last.index < head.index else None)
    if head.upos in ("VERB", "AUX", "ADJ"):
        return by_verb(analysis, outer, head, language)
    return None


def has_case(analysis: Analysis, word: Word, lemmas: tuple[str, ...]) -> bool:
    return any(c.relation == "case" and c.lemma in lemmas for c in analysis.children(word))


def by_verb(analysis: Analysis, anchor: Word, verb: Word, language: str) -> Measured | None:
    """The subject of a verb that measures or changes it (`trade reached $5bn`, `exports fell 3%`); else null."""
    measuring = words(language, "quantities", "roles.measured_verbs") | words(
        language, "quantities", "roles.change_verbs"
    )
    if verb.lemma not in measuring:
        return None
    subject = child_of(analysis, verb, SUBJECTS)
    climbed = verb
    while subject is None and climbed.relation in ("xcomp", "conj", "ccomp", "advcl", "acl") and climbed.head >= 0:
        climbed = analysis.words[climbed.head]
        subject = climbed if climbed.upos in NOUNS else child_of(analysis, climbed, SUBJECTS)
    if subject is None or subject.upos not in NOUNS:
        return None
    thing = child_of(analysis, verb, ("obj",))
    if thing is not None and thing.index != anchor.index and verb.lemma != "be":
        return phrase(analysis, thing)  # "raised the price 5%"
    return phrase(analysis, subject)


def role_of(analysis: Analysis, anchor: Word, first: Word, language: str) -> FigureRole:
    """Whether a quantity is a change, a target, a running total or a plain value."""
    roles = table(language, "quantities")["roles"]
    before = [w for w in analysis.words[max(0, first.index - 3) : first.index] if w.sentence == first.sentence]
    near = {w.lemma for w in before}
    head = governor(analysis, anchor)
    if head is not None and head.lemma in roles["change_verbs"] and not (near & {"to", "at", "from"}):
        return "change"
    if near & set(roles["change_words"]) or (head is not None and head.lemma in roles["change_nouns"]):
        return "change"
    if is_target(analysis, head, near, roles):
        return "target"
    if near & {"total", "cumulative", "altogether"}:
        return "cumulative"
    return "value"


def is_target(analysis: Analysis, head: Word | None, near: set[str], roles: dict[str, list[str]]) -> bool:
    """Whether the quantity stands under a verb or noun of planning: `plans to reach`, `a target of`."""
    if near & set(roles["target_nouns"]):
        return True
    for _ in range(3):
        if head is None:
            return False
        if head.lemma in roles["target_verbs"] or head.lemma in roles["target_nouns"]:
            return head.upos in ("VERB", *NOUNS)
        if head.relation not in ("xcomp", "ccomp", "obj", "nmod", "acl"):
            return False
        head = governor(analysis, head)
    return False
