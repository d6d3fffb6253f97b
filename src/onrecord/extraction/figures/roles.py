"""What a quantity does in its sentence: tells a value, a change, a target, or a running total."""

from __future__ import annotations

from onrecord.extraction.figures.measured import (
    NOUNS,
    Place,
    beside,
    climbed,
    governor,
    has_case,
    next_word,
    word_before,
)
from onrecord.language.analysis import Analysis, Word
from onrecord.language.tables import table, words
from onrecord.model import FigureRole

WINDOW = 8
"""How many words on either side may hold `so far` or `to date`."""
PARTED = (";", ":", "—", "–")


def role_of(analysis: Analysis, place: Place, language: str) -> FigureRole:
    """Whether a quantity is a change, a target, a running total or a plain value."""
    outer = climbed(analysis, place.outer, language) if place.shape != "count" else place.outer
    head = governor(analysis, outer)
    if is_change(analysis, place, outer, head, language):
        return "target" if is_target(analysis, place, language, meant=True) else "change"
    if is_summed_after(analysis, place, language):
        return "cumulative"
    if is_target(analysis, place, language):
        return "target"
    return "cumulative" if is_cumulative(analysis, place, language) else "value"


def is_change(analysis: Analysis, place: Place, outer: Word, head: Word | None, language: str) -> bool:
    """Whether the quantity tells by how much something changed."""
    if is_old_or_new(analysis, place, outer):
        return False
    if place.is_time:
        extending = words(language, "quantities", "roles.extending")
        apart = has_case(analysis, outer, ("after", "in", "for", "over", "within", "during", "every", "since", "on"))
        return head is not None and head.upos == "VERB" and head.lemma in extending and not apart
    moved = word_before(analysis, place.passage, ("by", "a", "an"))
    if moved is not None and moved.lemma in beside("moved"):
        aside = moved.index > 0 and analysis.words[moved.index - 1].text == ","
        if aside or moved.relation != "compound:prt":  # "closed at $20, up 12 cents", but not "served up 12 dishes"
            return True
    inside = analysis.words_in(place.passage.start, place.passage.end)
    numbers = [w.index for w in inside if w.upos == "NUM"]
    if place.shape == "count" and any(
        w.text.lower() in beside("more") and numbers and w.index > numbers[-1] for w in inside
    ):
        return True  # "200 more voters"
    following = next_word(analysis, place)
    compared = words(language, "quantities", "roles.compared")
    if place.shape == "percent" and following is not None and following.text.lower() in compared:
        return True
    return head is not None and is_under_change(analysis, place, outer, head, language)


def is_old_or_new(analysis: Analysis, place: Place, outer: Word) -> bool:
    """Whether the quantity, or one that it is joined to, follows `to`, `at` or `from`: `rose to $5m, or $1 a share`."""
    before = word_before(analysis, place.passage, ())
    if before is not None and before.text.lower() in beside("old_and_new"):
        return True
    word = place.outer
    if has_case(analysis, word, beside("old_and_new")):
        return True
    while word.index != outer.index and word.head >= 0 and word.relation in ("conj", "appos", "nmod"):
        word = analysis.words[word.head]
        if has_case(analysis, word, beside("old_and_new")):
            return True
    return False


def is_under_change(analysis: Analysis, place: Place, outer: Word, head: Word, language: str) -> bool:
    """Whether the word that a quantity hangs on is a verb or noun of change."""
    roles = table(language, "quantities")["roles"]
    before = word_before(analysis, place.passage, ())
    if head.upos == "VERB" and head.lemma in roles["change_verbs"]:
        if place.shape == "count":
            return before is not None and before.text.lower() == "by"
        following = next_word(analysis, place)
        of_a_thing = place.shape == "money" or (following is not None and following.text == "of")
        is_raised = place.shape != "percent" and of_a_thing and head.lemma in roles["raising_verbs"]
        is_raised = is_raised and outer.relation == "obj"
        return not is_raised and outer.relation not in ("nsubj", "nsubj:pass")
    if head.upos in NOUNS and head.lemma in roles["change_nouns"] and outer.relation not in ("conj", "appos"):
        return place.shape == "percent" or head.lemma not in ("gain", "loss", "cut", "growth", "change")
    return False


def is_cumulative(analysis: Analysis, place: Place, language: str) -> bool:
    """Whether the words around say that the quantity adds up to now: `a total of`, `so far`, `to date`."""
    inside = analysis.words_in(place.passage.start, place.passage.end)
    if not inside:
        return False
    sentence = analysis.sentences[inside[0].sentence]
    before = near(analysis, range(inside[0].index - 1, max(sentence.first, inside[0].index - WINDOW) - 1, -1))[::-1]
    behind = near(analysis, range(inside[-1].index + 1, min(sentence.last, inside[-1].index + 1 + WINDOW)))
    own, leading = " ".join(word.text.lower() for word in inside), " ".join(before)
    for summed in words(language, "quantities", "roles.summed"):
        if own.startswith(f"{summed} ") or leading.endswith(summed):
            return True
    around = f" {leading} | {' '.join(behind)} "
    return any(f" {words_said} " in around for words_said in words(language, "quantities", "roles.cumulative_words"))


def is_summed_after(analysis: Analysis, place: Place, language: str) -> bool:
    """Whether words of adding up follow at once: `12 million tonnes in total`."""
    inside = analysis.words_in(place.passage.start, place.passage.end)
    following = analysis.words[inside[-1].index + 1 : inside[-1].index + 3] if inside else ()
    said = " ".join(word.text.lower() for word in following)
    return any(said.startswith(summed) for summed in words(language, "quantities", "roles.cumulative_words"))


def near(analysis: Analysis, indices: range) -> list[str]:
    """The words at the indices, in that order, up to another number or the end of the clause."""
    found: list[str] = []
    for index in indices:
        word = analysis.words[index]
        if word.text in PARTED or word.upos == "NUM":
            break
        found.append(word.text.lower())
    return found


def is_target(analysis: Analysis, place: Place, language: str, meant: bool = False) -> bool:
    """Whether the quantity stands under a verb or noun of planning: `plans to reach`, `a target of`, `a 5% goal`.

    With `meant`, what somebody only expects or forecasts is no target.
    """
    roles = table(language, "quantities")["roles"]
    word: Word = climbed(analysis, place.outer, language) if place.shape != "count" else place.outer
    noun = governor(analysis, word)
    if noun is not None and noun.upos == "NOUN" and noun.lemma in roles["target_nouns"]:
        modifies = word.relation in ("nummod", "compound", "amod")
        return not place.is_time and (word.relation == "nmod" or modifies) and place.shape != "count"
    if place.is_time and has_case(analysis, word, ("over", "during", "for", "every")):
        return False
    if not place.is_time and place.shape != "count" and is_of_target(analysis, place, language):
        return True
    for _ in range(4):
        head = governor(analysis, word)
        if head is None or not passes_plan(word, head, language):
            return False
        if word.relation == "acl" and head.lemma in roles["target_nouns"]:
            return True  # "plans to reach"
        verbs = roles["meaning_verbs"] if meant else roles["target_verbs"]
        planned = head.upos in ("VERB", "ADJ") and head.lemma in verbs
        if planned and (word.relation in ("xcomp", "ccomp") or head.lemma in roles["aiming_verbs"]):
            return word.relation in ("xcomp", "ccomp", "obj")
        word = head
    return False


def is_of_target(analysis: Analysis, place: Place, language: str) -> bool:
    """Whether a noun of planning and `of` stand right before the quantity: `its goal of 4 to 6 per cent growth`."""
    joint = word_before(analysis, place.passage, ())
    if joint is None or joint.text.lower() != "of" or joint.index == 0:
        return False
    noun = analysis.words[joint.index - 1]
    return noun.upos == "NOUN" and noun.lemma in table(language, "quantities")["roles"]["target_nouns"]


def passes_plan(word: Word, head: Word, language: str) -> bool:
    """Whether what is planned of a word's head is planned of the word: of an object, or of a bare `figure of`."""
    if word.relation == "nmod":
        return head.lemma in words(language, "quantities", "counting.generic")
    return word.relation in ("xcomp", "ccomp", "obj", "obl", "advcl", "acl")
