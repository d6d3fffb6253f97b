"""Ages of people: `Jane Doe, 45, said`, `aged 45`, `who is 45`, `a 45-year-old woman`."""

from __future__ import annotations

import re

from onrecord.extraction.figures.grammar import Quantity
from onrecord.extraction.figures.measured import beside
from onrecord.language.analysis import Analysis, Word
from onrecord.language.tables import words
from onrecord.model import Amount

AGE = re.compile(r"[- ]?(?:years?|months?|weeks?|days?)[- ](?:old|of age)\b", re.IGNORECASE)
LANGUAGE = "en"
OLDEST = 120
ADULT = 16


def age_of(analysis: Analysis, number: tuple[Word, ...], found: Quantity) -> Amount | None:
    """The age in years that a bare number tells, or null."""
    if found.shape != "bare" or found.hedge not in ("exact", "about") or not 0 < found.low < OLDEST:
        return None
    if is_aged(analysis, number[0]):
        return found.amount("a")
    verb = analysis.words[number[0].index - 1].lemma if number[0].index else ""
    if not (
        ends(analysis, number[-1])
        or (verb == "turn" and analysis.words[number[-1].index + 1].text in beside("after_turned"))
    ):
        return None
    if is_told(analysis, number) or (found.in_digits and is_apposed(analysis, number)):
        return found.amount("a")
    return None


def ends(analysis: Analysis, last: Word) -> bool:
    """Whether nothing that the number could count stands after it."""
    at = last.index + 1
    return at >= analysis.sentences[last.sentence].last or analysis.words[at].text.lower() in words(
        LANGUAGE, "quantities", "beside.after_age"
    )


def is_aged(analysis: Analysis, first: Word) -> bool:
    """Whether `aged` or `the age of` stands before the number."""
    before = [w.text.lower() for w in analysis.words[max(0, first.index - 2) : first.index]]
    return before[-1:] in (["aged"], ["age"]) or before == ["age", "of"]


def is_told(analysis: Analysis, number: tuple[Word, ...]) -> bool:
    """Whether a verb tells the age of a person: `who is 81`, `she turned 30`, `Tom Roe was 64`."""
    first = number[0]
    if first.index < 2:
        return False
    verb = analysis.words[first.index - 1]
    if verb.lemma in ("just", "only", "now", "already") and first.index > 2:
        verb = analysis.words[first.index - 2]
    if verb.lemma not in ("be", "turn", "'m") or verb.sentence != first.sentence:
        return False
    subjects = [w for w in analysis.words[max(0, verb.index - 3) : verb.index] if w.relation.startswith("nsubj")]
    return any(is_person(analysis, w) for w in subjects)


def is_person(analysis: Analysis, word: Word) -> bool:
    """Whether a word is a personal pronoun, a word for kin, or stands in a person's name."""
    if word.upos == "NOUN":
        return word.lemma.lower() in words(LANGUAGE, "quantities", "counting.kin")
    if word.text.lower() in beside("personal"):
        return True
    return any(n.kind == "Person" and n.start <= word.start < n.end for n in analysis.names)


def is_apposed(analysis: Analysis, number: tuple[Word, ...]) -> bool:
    """Whether the number stands in commas or brackets after a person: `Jane Doe, 45,`, `Jane Doe (45)`.

    A clause may stand between (`Jane Doe, who lives in Rye, 45,`) where the tree hangs the number on the name.
    """
    first = number[0]
    if first.index == 0 or analysis.words[first.index - 1].text not in (",", "("):
        return False
    mark = analysis.words[first.index - 1]
    if any(n.kind == "Person" and n.end <= mark.start <= n.end + 1 for n in analysis.names):
        return True
    return mark.text == "," and found_adult(number) and is_on_name(analysis, number[-1])


def found_adult(number: tuple[Word, ...]) -> bool:
    """Whether the number is one that a clause may keep apart from its person and that is likely an age."""
    return number[-1].text.isdecimal() and ADULT <= int(number[-1].text) < OLDEST


def is_on_name(analysis: Analysis, word: Word) -> bool:
    """Whether the tree hangs a word, as an aside, on a person's name or on an aside of one."""
    if word.relation not in ("appos", "nummod", "list", "dep", "parataxis"):
        return False
    for _ in range(5):
        if word.head < 0 or word.relation in ("conj", "obj", "nsubj"):
            return False
        word = analysis.words[word.head]
        if word.upos == "PROPN" and is_person(analysis, word):
            return True
    return False
