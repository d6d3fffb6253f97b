"""Ages of people: `Jane Doe, 45, said`, `aged 45`, `who is 45`, `a 45-year-old woman`."""

from __future__ import annotations

import re

from onrecord.extraction.figures.grammar import Quantity
from onrecord.language.analysis import Analysis, Word
from onrecord.model import Amount

AGE = re.compile(r"[- ]?(?:years?|months?|weeks?|days?)[- ](?:old|of age)\b", re.IGNORECASE)
OLDEST = 120
ENDS = (",", ".", ")", ";", "and", "but", "when", "now", "today", "—", "–", "?", "!", "”", '"', "’")
PERSONAL = ("who", "he", "she", "i", "they")


def age_of(analysis: Analysis, number: tuple[Word, ...], found: Quantity) -> Amount | None:
    """The age in years that a bare number tells, or null."""
    if found.shape != "bare" or found.hedge not in ("exact", "about") or not 0 < found.low < OLDEST:
        return None
    if is_aged(analysis, number[0]):
        return found.amount("a")
    if not ends(analysis, number[-1]):
        return None
    if is_told(analysis, number) or (found.in_digits and is_apposed(analysis, number)):
        return found.amount("a")
    return None


def ends(analysis: Analysis, last: Word) -> bool:
    """Whether nothing that the number could count stands after it."""
    at = last.index + 1
    return at >= analysis.sentences[last.sentence].last or analysis.words[at].text.lower() in ENDS


def is_aged(analysis: Analysis, first: Word) -> bool:
    """Whether `aged` stands before the number."""
    return first.index > 0 and analysis.words[first.index - 1].text.lower() in ("aged", "age")


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
    """Whether a word is a personal pronoun or stands in a person's name."""
    if word.text.lower() in PERSONAL:
        return word.text.lower() != "they"
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
    head = analysis.words[number[-1].head] if number[-1].head >= 0 else None
    return (
        (head is not None and head.index < first.index and number[-1].relation != "conj" and mark.text == ",")
        and is_person(analysis, head)
        and head.upos == "PROPN"
    )
