"""What stands around a word: the time and the place that belong to it by the tree, and the statement it stands in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from onrecord.language.analysis import Word
from onrecord.language.clauses import DEPTH, Tree, base
from onrecord.language.tables import table
from onrecord.model import Passage, Statement, Time, When
from onrecord.resolution.cast import Cast
from onrecord.resolution.when import FOUNDED_BY

CLAUSES = frozenset({"root", "ccomp", "xcomp", "advcl", "acl", "parataxis", "csubj"})
PLACE_PREPOSITIONS = frozenset({"in", "at"})
SHARING = frozenset({None, "on", "in", "during", "with", "at", "for", "by", "to", "of"})
"""Prepositions after which a noun shares the time of its verb; what is after, before or despite it does not."""
OPEN = frozenset({"since"})
LASTING = frozenset({"until", "till", "by"})
"""Prepositions that bound a time: what is to come is not "since", and what happened not "until"."""
FAR = 99
HOPS = 4
"""How many words a time may hang below the word whose time it is; deeper ones are times of something in between."""


def head_of(tree: Tree, passage: Passage) -> Word | None:
    """The word of a passage that the others hang on, or null where no word lies in it."""
    words = tree.analysis.words_in(passage.start, passage.end)
    inside = {w.index for w in words}
    return next((w for w in words if w.head not in inside and base(w.relation) not in ("punct", "case", "det")), None)


def carriers(tree: Tree, word: Word) -> list[Word]:
    """The words on which a time may hang and still be the time of `word`.

    Itself, the verb that a noun hangs on ("on Monday they held talks"), and the verb that one is coordinated with.
    """
    found, current = [word], word
    if word.upos == "NOUN" and tree.preposition(word) not in SHARING:
        return found
    for _ in range(DEPTH):
        head = tree.head(current)
        relation = base(current.relation)
        if head is None or relation in ("ccomp", "parataxis", "csubj") or current.relation == "acl:relcl":
            break
        if current.upos in ("VERB", "AUX") and relation not in ("xcomp", "conj"):
            break
        if relation == "acl":
            break
        found.append(head)
        current = head
    return found


def time_of(tree: Tree, word: Word, times: Sequence[Time], planned: bool = False) -> When | None:
    """The time that belongs to a word by the tree, the nearest first; null where none does.

    What is planned takes only a time of its own, or one that follows it: "on Monday it agreed to send troops" does
    not send them on Monday.
    """
    chain = [w.index for w in carriers(tree, word)]
    near = [time for time in _near(tree, word, times) if _opens(tree, time) not in (OPEN if planned else LASTING)]
    if planned and word.upos in ("VERB", "AUX"):
        after = [time for time in near if time.passage.start > word.start]
        near, chain = (after, chain[:2]) if base(word.relation) == "xcomp" else (near, chain[:1])
    ranked = sorted(
        ((rank, time) for time in near if (rank := _rank(tree, time, word, chain)) < FAR),
        key=lambda pair: (pair[0], pair[1].when.earliest is None, pair[1].passage),
    )
    return ranked[0][1].when if ranked else None


def _opens(tree: Tree, time: Time) -> str | None:
    """The preposition before a time, in lower case, or null."""
    words = tree.analysis.words_in(time.passage.start, time.passage.end)
    before = tree.words[words[0].index - 1] if words and words[0].index > 0 else None
    return before.text.lower() if before is not None and before.upos in ("ADP", "SCONJ") else None


def _near(tree: Tree, word: Word, times: Sequence[Time]) -> Iterator[Time]:
    sentence = tree.analysis.sentences[word.sentence]
    return (t for t in times if sentence.start <= t.passage.start < sentence.end and t.made_by != FOUNDED_BY)


def _rank(tree: Tree, time: Time, word: Word, chain: Sequence[int]) -> int:
    """How far up the chain a time hangs; a coordinated verb's first verb lends only what stands before it."""
    current = head_of(tree, time.passage)
    if current is None:
        return FAR
    current = _owner(tree, time, current)
    beside = _noun_before(tree, time)
    if beside is not None and beside.index not in chain and _has_its_own(tree, beside):
        return FAR
    for _ in range(HOPS):
        if current.index in chain:
            place = chain.index(current.index)
            shared = any(base(tree.words[i].relation) == "conj" for i in chain[:place])
            return FAR if shared and time.passage.start > current.start else place
        if base(current.relation) in CLAUSES or current.head < 0 or _has_its_own(tree, current):
            return FAR
        if _is_joined_clause(tree, current):
            return FAR
        current = tree.words[current.head]
    return FAR


def _is_joined_clause(tree: Tree, word: Word) -> bool:
    """A verb that "and" joins to another and that has a subject of its own: its time is not the other's."""
    joined = base(word.relation) == "conj" and word.upos in ("VERB", "AUX")
    return joined and tree.child(word, "nsubj", "nsubj:pass") is not None


def _owner(tree: Tree, time: Time, head: Word) -> Word:
    """The head of a time, or the verb right after it ("the police team probing the case on Tuesday arrested")."""
    joined = _opened_clause(tree, time, head)
    if joined is not None:
        return joined
    verb = tree.head(head)
    if verb is None or base(verb.relation) != "acl" or verb.upos != "VERB":
        return head
    thing = tree.child(verb, "obj")
    following = tree.analysis.words_in(time.passage.end, tree.analysis.sentences[head.sentence].end)[:1]
    if thing is None or not verb.index < thing.index < head.index or not following:
        return head
    after = following[0] if following[0].upos == "VERB" else tree.head(following[0])
    acts = after is not None and after.upos == "VERB" and following[0].upos in ("VERB", "AUX")
    return after if acts and after is not None and base(after.relation) not in ("acl", "amod") else head


def _opened_clause(tree: Tree, time: Time, head: Word) -> Word | None:
    """The verb of the clause that a time opens after an "and" ("they talked, and the next day they flew home")."""
    sentence = tree.analysis.sentences[head.sentence]
    inside = tree.analysis.words_in(time.passage.start, time.passage.end)
    if not inside or inside[0].index - 2 < sentence.first:
        return None
    before = [w for w in tree.words[inside[0].index - 2 : inside[0].index] if w.upos != "ADP"]
    if not before or before[-1].upos != "CCONJ":
        return None
    after = tree.words[inside[-1].index + 1 : sentence.last]
    verb = next((w for w in after if w.upos == "VERB"), None)
    subject = tree.child(verb, "nsubj", "nsubj:pass") if verb is not None else None
    return verb if verb is not None and subject is not None and inside[-1].index < subject.index < verb.index else None


def _noun_before(tree: Tree, time: Time) -> Word | None:
    """The noun right before a time and its preposition ("the attacks on 3 May"), wherever a parser hung the time."""
    inside = tree.analysis.words_in(time.passage.start, time.passage.end)
    at = inside[0].index - 1 if inside else -1
    while at >= 0 and tree.words[at].upos == "ADP":
        at -= 1
    return tree.words[at] if at >= 0 and inside[0].sentence == tree.words[at].sentence else None


def _has_its_own(tree: Tree, noun: Word) -> bool:
    """A noun for a happening that the act only refers to ("ahead of his speech in March")."""
    scenes = table("en", "acts")["scenes"]
    return (
        noun.upos == "NOUN"
        and noun.lemma.lower() in scenes["words"]
        and tree.preposition(noun) not in (None, *scenes["shared"])
    )


def place_of(tree: Tree, word: Word, cast: Cast) -> tuple[str, str] | None:
    """The place that a word's own "in" phrase names, with its words; only what the cast knows as a place or state."""
    heads = [word]
    verb = tree.head(word)
    if word.upos == "NOUN" and verb is not None and base(word.relation) in ("obj", "nsubj") and _is_light(verb, word):
        heads.append(verb)
    thing = tree.child(word, "obj")
    if thing is not None:
        heads.append(thing)
    for head in heads:
        for complement in tree.complements(head):
            if complement.preposition in PLACE_PREPOSITIONS:
                passage = tree.phrase(complement.noun)
                key = cast.at(passage)
                if key is not None and cast.party(key).kind in ("place", "state"):
                    return key, passage.of(tree.analysis.text)
    return None


def _is_light(verb: Word, noun: Word) -> bool:
    """The verb only says that what the noun names takes place ("held talks", "the meeting was held")."""
    light = table("en", "acts")["light"]
    lemma = verb.lemma.lower()
    if base(noun.relation) == "nsubj":
        return lemma in light["subject"]
    return any(lemma in light[status] for status in ("happened", "ongoing", "planned"))


def statement_at(statements: Sequence[Statement], passage: Passage) -> Statement | None:
    """The innermost statement whose content holds a passage, or null."""
    holding = [
        (sum(p.end - p.start for p in s.content), s) for s in statements if any(p.holds(passage) for p in s.content)
    ]
    return min(holding, key=lambda pair: (pair[0], pair[1].id))[1] if holding else None
