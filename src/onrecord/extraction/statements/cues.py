"""Cue verbs: where the text says that somebody says, and who."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import cast, get_args

from onrecord.extraction.statements.quotations import Quotation, end_before
from onrecord.language.analysis import Analysis, Word
from onrecord.language.tables import table, words
from onrecord.model import Act, Passage

ACTS: tuple[Act, ...] = get_args(Act)
SUBJECTS = ("nsubj", "nsubj:pass", "nsubj:outer")
NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "ADJ", "DET", "X", "SYM"})
ALONE = frozenset({"he", "she", "it", "i", "they"})
"""Pronouns that are a whole phrase: what a parse hangs on them belongs elsewhere."""
LINKS = frozenset({"of", "for", "and", "'s", "’s", "-", ".", "&", "’", "'"})
LONGEST = 250
"""A speaker's words are not longer than this; what is longer is a parse gone wrong."""


@dataclass(frozen=True, slots=True)
class Cue:
    """A verb of speech with its auxiliaries (`passage`) and the words of its subject (`source`).

    `manner` marks verbs that report nothing without a quotation, `sure` a source on which the parse and the words
    before the cue agree.
    """

    verb: Word
    passage: Passage
    source: Passage | None
    manner: bool
    sure: bool = False


@cache
def act_of_lemma(lemma: str) -> Act | None:
    """The act that a verb of speech expresses, or null for another verb."""
    return next((act for act in ACTS if lemma in words("en", "speech", f"say.{act}")), None)


def cues_of(analysis: Analysis, quoted: Sequence[Quotation]) -> tuple[Cue, ...]:
    """The cue verbs outside quotation marks, in order; two verbs typed one after the other are one cue."""
    manner = words("en", "speech", "verbs.manner")
    doubled = words("en", "speech", "verbs.doubled")
    inside = [q.passage for q in quoted]
    found: list[Cue] = []
    for word in analysis.words:
        speaks = act_of_lemma(word.lemma) is not None
        if word.upos not in ("VERB", "AUX") or not (speaks or word.lemma in manner) or _held(word, inside):
            continue
        if _chains(analysis, word) or _points_at(analysis, word):
            continue
        cue = _cue(analysis, word, not speaks, inside)
        last = found[-1] if found else None
        if last is not None and last.verb.index == word.index - 1 and {last.verb.lemma, word.lemma} <= doubled:
            found[-1] = replace(last, passage=Passage(last.passage.start, word.end))
        else:
            found.append(cue)
    return tuple(sorted([*found, *_views(analysis, inside)], key=lambda c: c.verb.index))


def _views(analysis: Analysis, quoted: Sequence[Passage]) -> Iterator[Cue]:
    """The nouns that report a view: in his view; in the minister's opinion."""
    nouns = words("en", "speech", "phrases.views")
    for noun in analysis.words:
        if noun.text.lower() not in nouns or noun.upos != "NOUN" or _held(noun, quoted):
            continue
        first = noun.index
        while first > 0 and noun.index - first < 8 and analysis.words[first].text.lower() not in ("in", "to"):
            first -= 1
        lead = analysis.words[first : noun.index]
        if len(lead) < 2 or lead[0].text.lower() not in ("in", "to") or any(w.upos in ("VERB", "PUNCT") for w in lead):
            continue
        owner = [w for w in lead[1:] if w.text not in ("'s", "’s", "'", "’")]
        possessive = (
            lead[-1].relation == "nmod:poss" or lead[-1].text in ("'s", "’s", "'", "’") or lead[-1].upos == "PRON"
        )
        if owner and possessive and lead[-1].text.lower() not in ("this", "that"):
            source = Passage(owner[0].start, owner[-1].end)
            yield Cue(noun, Passage(lead[0].start, noun.end), source, False)


def _chains(analysis: Analysis, verb: Word) -> bool:
    """The verb only leads to the one that speaks: went on to say."""
    if verb.lemma not in words("en", "speech", "verbs.light"):
        return False
    after = [w for w in analysis.words[verb.index + 1 : verb.index + 5] if w.sentence == verb.sentence]
    for place, word in enumerate(after[:-1]):
        if word.text.lower() == "to":
            return act_of_lemma(after[place + 1].lemma) is not None
        if word.upos == "PUNCT" or word.upos in NOMINAL:
            break
    return False


def _points_at(analysis: Analysis, verb: Word) -> bool:
    """The verb speaks only with its particle, and that is missing: he pointed at the pass; not "pointed out"."""
    after = analysis.words[verb.index + 1].text.lower() if verb.index + 1 < len(analysis.words) else ""
    particles = table("en", "speech")["only_with"].get(verb.lemma)
    return particles is not None and after not in particles


def _held(word: Word, passages: Sequence[Passage]) -> bool:
    at = bisect_right(passages, word.start, key=lambda p: p.start) - 1
    return at >= 0 and word.end <= passages[at].end


def _cue(analysis: Analysis, verb: Word, manner: bool, quoted: Sequence[Passage]) -> Cue:
    passage = cue_passage(analysis, verb)
    source = source_of(analysis, verb, passage, quoted)
    return Cue(verb, passage, source, manner, source is not None and _agreed(analysis, verb, source, passage, quoted))


def _agreed(analysis: Analysis, verb: Word, source: Passage, cue: Passage, quoted: Sequence[Passage]) -> bool:
    """The parse's subject is the noun phrase that stands before the cue."""
    subject = next((w for w in analysis.children(verb) if w.relation == "nsubj"), None)
    before = _chunk(analysis, cue, quoted, -1)
    return subject is not None and noun_phrase(analysis, subject, cue) == before == source


def cue_passage(analysis: Analysis, verb: Word) -> Passage:
    """The verb with the auxiliaries and adverbs that stand right before it and the particle right after."""
    first = verb
    for word in reversed(analysis.words[max(0, verb.index - 6) : verb.index]):
        if word.sentence != verb.sentence or not _belongs(analysis, word, verb):
            break
        first = word
    end = verb.end
    if verb.index + 1 < len(analysis.words):
        after = analysis.words[verb.index + 1]
        if after.head == verb.index and after.relation == "compound:prt":
            end = after.end
    return Passage(first.start, end)


def _belongs(analysis: Analysis, word: Word, verb: Word) -> bool:
    """The word before a cue verb is part of the cue: has said, also said, went on to say."""
    light = words("en", "speech", "verbs.light")
    lower = word.text.lower()
    if lower == "to" or (lower == "on" and analysis.words[word.index - 1].lemma in light):
        return any(w.lemma in light and w.upos == "VERB" for w in analysis.words[max(0, word.index - 3) : word.index])
    if word.lemma in light and word.upos == "VERB" and word.index < verb.index - 1:
        return True
    if word.upos == "AUX" and word.relation in ("aux", "aux:pass", "cop"):
        return True
    return lower in words("en", "speech", "phrases.adverbs") and word.upos in ("ADV", "PART")


def source_of(analysis: Analysis, verb: Word, cue: Passage, quoted: Sequence[Passage]) -> Passage | None:
    """The words of who speaks, by the parse where it agrees with the words around the cue, else by those."""
    children = list(analysis.children(verb))
    if any(w.relation == "aux:pass" and w.index < verb.index for w in children):
        agent = next((w for w in children if w.relation == "obl:agent"), None)
        return noun_phrase(analysis, agent, cue, without="by") if agent is not None else None
    before = _chunk(analysis, cue, quoted, -1)
    subject = next((w for w in children if w.relation in SUBJECTS), None)
    parsed = noun_phrase(analysis, subject, cue) if subject is not None else None
    if parsed is not None and any(parsed.meets(q) and not parsed.holds(q) for q in quoted):
        parsed = None
    if parsed is None and before is None:
        before = _apposed(analysis, cue, quoted)
    if parsed is None and before is None and _inverted(analysis, cue, quoted):
        return _chunk(analysis, cue, quoted, 1)
    if parsed is None:
        finite = not verb.text.lower().endswith("ing")
        return before if before is not None and finite else _shared(analysis, verb, cue, quoted)
    if parsed.start >= cue.end:
        after = _chunk(analysis, cue, quoted, 1)
        return parsed if after is None or parsed.holds(after) or not after.holds(parsed) else after
    if before is None or parsed.holds(before) or _is_held(analysis, before, parsed):
        return parsed
    return before


def _is_held(analysis: Analysis, phrase: Passage, subject: Passage) -> bool:
    """A preposition after the subject governs the phrase before the cue: [Ann Roe] at a meeting said."""
    first = next(iter(analysis.words_in(phrase.start, phrase.end)), None)
    held = analysis.words[first.index - 1] if first is not None and first.index else None
    return (
        held is not None
        and first is not None
        and held.upos == "ADP"
        and held.sentence == first.sentence
        and (subject.end <= held.start)
    )


def _apposed(analysis: Analysis, cue: Passage, quoted: Sequence[Passage]) -> Passage | None:
    """Two noun phrases between commas right before a cue, the second a name: the plant's director, Ann Roe, said."""
    at = next((w.index for w in analysis.words_in(cue.start, cue.end)), 0) - 1
    if at < 1 or analysis.words[at].text != ",":
        return None
    name = _row(analysis, analysis.words[at], quoted, -1)
    if not name or not any(w.upos == "PROPN" for w in name) or analysis.words[name[0].index - 1].text != ",":
        return None
    noun = _row(analysis, analysis.words[name[0].index - 1], quoted, -1)
    if not any(w.upos in ("NOUN", "PROPN") for w in noun):
        return None
    first = noun[0]
    before = analysis.words[first.index - 1] if first.index else None
    starts = before is None or before.sentence != first.sentence or before.upos == "PUNCT"
    return Passage(first.start, name[-1].end) if starts else None


def _inverted(analysis: Analysis, cue: Passage, quoted: Sequence[Passage]) -> bool:
    """The cue stands right after a quotation, its speaker behind it: "…," said X."""
    before = end_before(analysis.text, cue.start, ",")
    return any(q.end == before for q in quoted)


def phrase_before(analysis: Analysis, cue: Passage, quoted: Sequence[Passage]) -> Passage | None:
    """The noun phrase that ends right before a cue, by parts of speech alone; a date is none."""
    return _chunk(analysis, cue, quoted, -1)


def _chunk(analysis: Analysis, cue: Passage, quoted: Sequence[Passage], step: int) -> Passage | None:
    """The noun phrase right before (-1) or after (1) a cue, by parts of speech alone."""
    around = analysis.words_in(cue.start, cue.end)
    if not around:
        return None
    found = _row(analysis, around[0] if step < 0 else around[-1], quoted, step)
    while found and found[0].text.lower() in LINKS:
        found.pop(0)
    while found and found[-1].text.lower() in LINKS:
        found.pop()
    if not any(w.upos in ("NOUN", "PROPN", "PRON") for w in found):
        return None
    whole = Passage(found[0].start, found[-1].end)
    at = bisect_right(analysis.names, whole.start, key=lambda n: n.start) - 1
    name = analysis.names[at] if at >= 0 else None
    if name is not None and name.kind == "Date" and name.passage.holds(whole):
        return None
    return None if _ends_with_time(found) else whole


def _ends_with_time(found: Sequence[Word]) -> bool:
    """The words end with when something was done: from Lima and [last year] announced."""
    last = " ".join(w.text.lower() for w in found[-2:])
    nobody = words("en", "speech", "quoting.nobody")
    return len(found) > 2 and last in nobody and found[-3].text.lower() in ("and", ",", "but")


def _row(analysis: Analysis, beside: Word, quoted: Sequence[Passage], step: int) -> list[Word]:
    """The words of a noun phrase that runs from beside a word outwards, in text order."""
    found: list[Word] = []
    at = beside.index + step
    while 0 <= at < len(analysis.words) and analysis.words[at].sentence == beside.sentence:
        word = analysis.words[at]
        opening = _opening(analysis, at) if step < 0 and word.text == ")" else None
        if opening is not None:
            found += analysis.words[opening : at + 1]
            at = opening - 1
            continue
        joins = word.text.lower() in LINKS and not (not found and word.upos == "CCONJ")
        stops = step > 0 and word.text == "."
        if not (word.upos in NOMINAL or joins) or stops or _held(word, quoted):
            break
        if word.text.lower() in ("who", "which", "that", "whom", "what"):
            return sorted(found, key=lambda w: w.index) if found else [word]
        found.append(word)
        at += step
    return sorted(found, key=lambda w: w.index)


def _opening(analysis: Analysis, at: int) -> int | None:
    """Where a short bracket that ends at a word begins: (D-Ohio)."""
    for back in range(at - 1, max(-1, at - 8), -1):
        if analysis.words[back].text == "(":
            return back
    return None


def _shared(analysis: Analysis, verb: Word, cue: Passage, quoted: Sequence[Passage]) -> Passage | None:
    """The subject that a verb shares with the one above it: she nodded and said; adding that."""
    if verb.head < 0 or verb.relation not in ("conj", "advcl", "xcomp"):
        return None
    head = analysis.words[verb.head]
    passive = any(w.relation == "aux:pass" for w in analysis.children(head))
    relations = ("obl:agent",) if passive and verb.relation == "advcl" else SUBJECTS
    above = next((w for w in analysis.children(head) if w.relation in relations), None)
    found = noun_phrase(analysis, above, cue, without="by") if above is not None else None
    if above is None and act_of_lemma(head.lemma) is not None and verb.relation == "conj":
        found = _chunk(analysis, cue_passage(analysis, head), quoted, -1)
    return None if found is not None and any(q.holds(found) for q in quoted) else found


def noun_phrase(analysis: Analysis, head: Word, cue: Passage, without: str = "") -> Passage | None:
    """The head and what hangs on it, without loose punctuation and a leading preposition, never over the cue."""
    if head.upos not in NOMINAL:
        return None
    if head.upos == "PRON" and head.text.lower() in ALONE:
        return None if head.passage.meets(cue) else head.passage
    side = [w for w in analysis.subtree(head) if (w.end <= cue.start) == (head.end <= cue.start)]
    members = [w for w in side if w.text.lower() != without]
    while members and (members[-1].upos == "PUNCT" or members[-1].text == ","):
        members.pop()
    while members and (members[0].upos in ("PUNCT", "CCONJ", "SCONJ") or members[0].relation == "case"):
        members.pop(0)
    members = _past_held(analysis, members, head)
    if not members or head.index < members[0].index:
        return None
    found = Passage(members[0].start, members[-1].end)
    return found if found.end - found.start <= LONGEST and not found.meets(cue) else None


def _past_held(analysis: Analysis, members: list[Word], head: Word) -> list[Word]:
    """The words of a noun phrase without what a preposition before it holds: apart from Acme, [the group Bode]."""
    first = members[0] if members else None
    held = analysis.words[first.index - 1] if first is not None and first.index else None
    if held is None or first is None or held.upos not in ("ADP", "ADV") or held.relation not in ("case", "fixed"):
        return members
    comma = next((w for w in analysis.words[first.index : head.index] if w.text == ","), None)
    if held.sentence != first.sentence or held.head == head.index or comma is None:
        return members
    return [word for word in members if word.index > comma.index]


def act_table(key: str) -> dict[Act, list[str]]:
    """A word list by act (`performatives`, `act_phrases`)."""
    return {cast(Act, act): phrases for act, phrases in table("en", "speech")[key].items()}
