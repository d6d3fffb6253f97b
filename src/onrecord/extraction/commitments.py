"""Commitments: what somebody promised, plans, invites to or forecasts, in the exact words."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from onrecord.language.analysis import Analysis, Word
from onrecord.language.clauses import Tree, base, looks_past
from onrecord.language.tables import table, words
from onrecord.model import Commitment, Passage, entry_id

__all__ = ["MADE_BY", "extract"]

MADE_BY = "commitments/2"
SHORTEST = 2
"""Words; "plans to go" tells nobody what was promised."""
DASHES = (" ― ", " — ", " – ", " -- ")
"""What follows one of these is an afterthought."""
EDGES = ",;:.\"'“”‘’ \n"
RELATIVES = frozenset({"which", "who", "whom"})
NEGATIONS = frozenset({"not", "n't", "n’t", "never"})


@cache
def first_person() -> tuple[frozenset[str], frozenset[str]]:
    lists = table("en", "commitments")["first_person"]
    return frozenset(lists["subjects"]), frozenset(lists["future"])


def extract(analysis: Analysis) -> Iterator[Commitment]:
    """The commitments of an article in the order of the text; who made each, and when it is due, is for resolution."""
    tree = Tree(analysis)
    taken: list[Passage] = []
    for word in analysis.words:
        clause = _committed(tree, word) if word.upos in ("VERB", "ADJ", "AUX", "NOUN") else None
        passage = _passage(tree, clause) if clause is not None else None
        if passage is None or any(passage.meets(other) for other in taken):
            continue
        taken.append(passage)
        yield _draft(analysis, passage)


def _draft(analysis: Analysis, passage: Passage) -> Commitment:
    return Commitment(
        id=entry_id("commitment", analysis.article.id, passage),
        article_id=analysis.article.id,
        passage=passage,
        who_ids=(),
        what=passage.of(analysis.text),
        due=None,
        status="open",
        met_by=None,
        made_by=MADE_BY,
        confidence=None,
    )


def _committed(tree: Tree, word: Word) -> Word | None:
    """The verb of the clause to which a word commits somebody, or null."""
    if _negated(tree, word):
        return None
    clause = _of_governor(tree, word)
    if clause is not None and not _is_vague(clause):
        return clause
    own = _is_first_person_future(tree, word) or _is_due(tree, word)
    return word if own and not _is_vague(word) else None


def _is_due(tree: Tree, verb: Word) -> bool:
    """ "Is due to open", where a parser makes "due to" hang on the verb."""
    found = [w for w in tree.children(verb, "advmod", "aux") if w.index < verb.index and verb.upos == "VERB"]
    return any(w.text.lower() in words("en", "commitments", "plan.adjectives") for w in found)


def _negated(tree: Tree, word: Word) -> bool:
    """The word is denied, or only considered: "did not promise", "would plan", "if it plans"."""
    around = tree.children(word, "advmod", "aux", "mark", "det", "cc")
    return any(
        w.text.lower() in NEGATIONS | {"if", "whether", "unless", "may", "might", "could", "no", "nor", "neither"}
        for w in around
    )


def _of_governor(tree: Tree, word: Word) -> Word | None:
    lemma = word.lemma.lower()
    if word.upos == "NOUN":
        owned = lemma in words("en", "commitments", "plan.nouns") and tree.child(word, "nmod:poss") is not None
        return next((c for c in tree.children(word, "acl") if tree.is_infinitive(c)), None) if owned else None
    tried = lemma in words("en", "commitments", "plan.tried") and _is_told(tree, word)
    binding = not tried and lemma in words("en", "commitments", "promise.verbs") | words(
        "en", "commitments", "plan.verbs"
    )
    if word.upos == "VERB" and binding and not tree.is_passive(word):
        return _complement(tree, word)
    passive = (
        lemma in words("en", "commitments", "plan.passives") and tree.is_passive(word) and not _is_over(tree, word)
    )
    adjective = (
        word.text.lower() in words("en", "commitments", "plan.adjectives") and tree.child(word, "cop") is not None
    )
    if passive or adjective:
        return next((c for c in tree.children(word, "xcomp", "advcl", "ccomp") if tree.is_infinitive(c)), None)
    if word.upos == "VERB" and lemma in words("en", "commitments", "invite.verbs"):
        return next((c for c in tree.children(word, "xcomp", "advcl") if tree.is_infinitive(c)), None)
    if word.upos == "VERB" and lemma in words("en", "commitments", "forecast.verbs"):
        return _forecast(tree, word)
    return None


def _is_told(tree: Tree, word: Word) -> bool:
    """The verb tells what was done, or what somebody did beside something else ("seeking to calm them, he said")."""
    going = word.text.lower().endswith("ing") and tree.child(word, "aux") is None
    return looks_past(word) or going


def _is_over(tree: Tree, word: Word) -> bool:
    """ "The fair that it was scheduled to open": a plan of the past, told beside what became of it."""
    past = any(w.text.lower() in ("was", "were") for w in tree.children(word, "aux"))
    return past and base(word.relation) == "acl"


def _complement(tree: Tree, word: Word) -> Word | None:
    """An infinitive, or a clause with its own future ("promised that it would open")."""
    for clause in tree.children(word, "xcomp", "ccomp"):
        if tree.is_infinitive(clause) or _is_future(tree, clause):
            return clause
    return None


def _forecast(tree: Tree, word: Word) -> Word | None:
    for clause in tree.children(word, "xcomp", "ccomp"):
        if tree.is_infinitive(clause) or _is_future(tree, clause):
            return clause
    return None


def _is_future(tree: Tree, verb: Word) -> bool:
    return any(w.text.lower() in ("will", "would", "'ll", "’ll", "shall") for w in tree.children(verb, "aux"))


def _is_first_person_future(tree: Tree, verb: Word) -> bool:
    """ "We will open the bridge in May": the speaker's own word, wherever it is reported."""
    subjects, future = first_person()
    if verb.upos != "VERB" or base(verb.relation) in ("advcl", "acl"):
        return False
    subject = tree.child(verb, "nsubj")
    said = any(w.text.lower() in future for w in tree.children(verb, "aux"))
    return said and subject is not None and subject.text.lower() in subjects


def _is_vague(verb: Word) -> bool:
    return verb.lemma.lower() in words("en", "commitments", "vague.verbs")


def _passage(tree: Tree, verb: Word) -> Passage | None:
    """The words of a clause from its verb on, without subject and closing marks; null where they say too little."""
    text = tree.analysis.text
    cut = {
        w.index
        for c in tree.children(verb, "parataxis", "advcl", "conj")
        if _stands_apart(tree, c)
        for w in tree.below(c)
    }
    cut |= {
        w.index for aside in tree.below(verb) if aside != verb and _is_aside(tree, aside) for w in tree.below(aside)
    }
    cut |= {w.index for more in tree.below(verb) if more != verb and _is_another(tree, more) for w in tree.below(more)}
    members = [w for w in tree.below(verb) if w.index >= verb.index and w.index not in cut]
    last = _closing(tree, verb, max(members, key=lambda w: w.index))
    content = [w for w in members if w.upos in ("NOUN", "PROPN", "VERB", "NUM", "ADJ")]
    start, end = _opening(tree, verb).start, last.end
    end = min((at for dash in DASHES if (at := text.find(dash, start, end)) >= 0), default=end)
    while end > start and text[end - 1] in EDGES:
        end -= 1
    return Passage(start, end) if len(content) >= SHORTEST and end > start else None


def _is_another(tree: Tree, clause: Word) -> bool:
    """A clause with a subject of its own that "and" joins to some word of the promise: the next thing that is told."""
    joined = base(clause.relation) == "conj" and clause.upos in ("VERB", "AUX")
    return joined and tree.child(clause, "nsubj", "nsubj:pass") is not None and tree.child(clause, "mark") is None


def _is_aside(tree: Tree, clause: Word) -> bool:
    """A relative clause after a comma, which tells more of a thing and promises nothing."""
    opened = clause.relation == "acl" and any(w.text.lower() in RELATIVES for w in tree.children(clause))
    if clause.relation not in ("acl:relcl", "advcl:relcl") and not opened:
        return False
    first = min(tree.below(clause), key=lambda w: w.index)
    before = tree.words[first.index - 1] if first.index else first
    return first.text == "," or before.text == ","


def _opening(tree: Tree, verb: Word) -> Word:
    """The first word of what was promised: the verb, its "not", or the "be" that a passive or an adjective needs."""
    opening = [w for w in tree.children(verb, "advmod") if w.index < verb.index and w.text.lower() in NEGATIONS]
    needed = [w for w in tree.children(verb, "cop", "aux:pass") if w.index < verb.index and w.text.lower() == "be"]
    return min((*opening, *needed, verb), key=lambda w: w.index)


def _closing(tree: Tree, verb: Word, last: Word) -> Word:
    """The last word of what was promised, with the phrases right after it that a parser hung on the promise itself."""
    governor = tree.head(verb) if base(verb.relation) == "xcomp" else None
    for phrase in tree.children(governor, "obl") if governor is not None else []:
        words = sorted(w.index for w in tree.below(phrase))
        if words[0] == last.index + 1:
            last = tree.words[words[-1]]
    return last


def _stands_apart(tree: Tree, clause: Word) -> bool:
    """A clause that is no part of what was promised: a report in the middle, or one with its own subject."""
    return base(clause.relation) == "parataxis" or (
        base(clause.relation) == "conj" and tree.child(clause, "nsubj", "nsubj:pass") is not None
    )
