"""Figures: quantities in the text, with what each of them measures.

Dates, ordinals, scores and the numbers that name things (Article 5, flight 17, G20) are not figures. What this room
leaves open (whose the figure is, of what time, in which statement) is filled in by `resolution.figures`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from onrecord.extraction.figures.grammar import Quantity, quantities
from onrecord.extraction.figures.measured import Measured, counted_noun, measured_by, phrase, role_of
from onrecord.language.analysis import Analysis, Sentence, Word
from onrecord.language.numbers import Token, tokens_of
from onrecord.language.tables import table, words
from onrecord.model import Amount, Figure, Passage, entry_id

MADE_BY = "figures/1"
LANGUAGE = "en"
YEARS = (Decimal(1400), Decimal(2200))
"""A bare number of four digits between these is read as a year, not as an amount."""
SMALL = Decimal(12)
"""A spelt number up to this after `the` or `these` points back at things already named: the two countries."""
NOT_AFTER_ONE = "counting.not_after_one"
POINTING = ("the", "these", "those", "both", "our", "their", "his", "her", "its", "my", "your", "all")
AGE = re.compile(r"[- ]?(?:years?|months?|weeks?|days?)[- ]old\b", re.IGNORECASE)


def extract(analysis: Analysis) -> Iterator[Figure]:
    """The figures of an article, in the order of its text."""
    for sentence in analysis.sentences:
        tokens = tokens_of(analysis.text, sentence.start, sentence.end)
        for found in quantities(tokens, LANGUAGE):
            figure = figure_of(analysis, sentence, tokens, found)
            if figure is not None:
                yield figure


def figure_of(analysis: Analysis, sentence: Sentence, tokens: Sequence[Token], found: Quantity) -> Figure | None:
    """The figure that a quantity of the grammar is, or null where it names, dates or orders something."""
    start, end = tokens[found.first].start, tokens[found.last - 1].end
    number = analysis.words_in(tokens[found.first].start, tokens[found.number - 1].end)
    if not number or is_name_part(analysis, start, end, found) or is_label(tokens, found):
        return None
    if tokens[found.number - 1].low == "one" and tokens[found.last - 1].low in words(
        LANGUAGE, "quantities", NOT_AFTER_ONE
    ):
        return None
    if found.shape in ("money", "percent", "unit"):
        return measured_figure(analysis, Passage(start, end), found, number)
    if is_pointing(tokens, found):
        return None
    return counted_figure(analysis, tokens, found, number)


def is_name_part(analysis: Analysis, start: int, end: int, found: Quantity) -> bool:
    """Whether the number stands inside a name that is not of money or a date: `the Group of 20`."""
    kinds = ("Money", "Date")
    return any(
        name.kind not in kinds and name.start < end and start < name.end and found.shape not in ("money", "percent")
        for name in analysis.names
    )


def is_label(tokens: Sequence[Token], found: Quantity) -> bool:
    """Whether the number names a thing (`Article 5`, `No. 7`, `F-16`) or is part of a longer code (`12:30`, `3-2`)."""
    before = tokens[found.first - 1] if found.first > 0 else None
    after = tokens[found.last] if found.last < len(tokens) else None
    start, end = tokens[found.first].start, tokens[found.last - 1].end
    if before is not None and found.shape in ("bare", "unit"):
        if before.low in words(LANGUAGE, "quantities", "counting.numbering") and found.in_digits:
            return True
        if before.end == start and (before.text in "-/:.№#–" or before.text.isalpha()):
            return True
        if before.low.rstrip(".") in ("no", "nos") and found.in_digits and before.text[0].isupper():
            return True
    if after is not None and found.shape == "bare" and after.start == end:
        return after.low in ("th", "st", "nd", "rd") or after.text in ":/" or (after.text.isalpha() and found.in_digits)
    return False


def is_pointing(tokens: Sequence[Token], found: Quantity) -> bool:
    """Whether a small spelt number only points back: `the two countries`, `their three children`."""
    before = tokens[found.first - 1].low if found.first > 0 else ""
    return found.hedge == "exact" and not found.in_digits and found.low <= SMALL and before in POINTING


def measured_figure(analysis: Analysis, passage: Passage, found: Quantity, number: tuple[Word, ...]) -> Figure | None:
    """The figure of a quantity with a unit."""
    inside = analysis.words_in(passage.start, passage.end)
    last, anchor = (inside or number)[-1], anchor_of(inside or number)
    old = AGE.match(analysis.text, number[-1].end)
    time_units = table(LANGUAGE, "quantities")["time_units"]["all"]
    if found.unit in time_units and (old or is_aged(analysis, number[0])):
        whole = Passage(passage.start, max(passage.end, old.end() if old else 0))
        return build(analysis, whole, found.amount(), anchor, "age")
    measured = measured_by(analysis, last, anchor, LANGUAGE, is_time=found.unit in time_units)
    if measured is not None and measured.passage.meets(passage):
        measured = None
    return build(analysis, passage, found.amount(), anchor, measured)


def is_aged(analysis: Analysis, first: Word) -> bool:
    """Whether `aged` stands before the number."""
    return first.index > 0 and analysis.words[first.index - 1].text.lower() == "aged"


def anchor_of(inside: Sequence[Word]) -> Word:
    """The word by which a passage hangs in the tree: the one whose head lies outside it; the last of several."""
    held = {word.index for word in inside}
    return [word for word in inside if word.head not in held][-1]


def counted_figure(
    analysis: Analysis, tokens: Sequence[Token], found: Quantity, number: tuple[Word, ...]
) -> Figure | None:
    """The figure of a number that counts things, with the noun in its passage; or a bare number that stands for one."""
    start, end = tokens[found.first].start, tokens[found.last - 1].end
    if found.shape in ("vague", "fraction"):
        return part_of(analysis, Passage(start, end), found, number)
    age = age_of(analysis, number, found)
    if age is not None:
        return build(analysis, Passage(start, end), age, number[-1], "age")
    if found.low == 1 and found.last < len(tokens) and tokens[found.last].low == "of":
        return None  # "one of the bridges"
    noun = counted_noun(analysis, number)
    if noun is None or not counts(found, noun):
        return bare_figure(analysis, Passage(start, end), found, number)
    unit = table(LANGUAGE, "quantities")["counting"].get(noun.text.lower(), noun.lemma.lower())
    if not isinstance(unit, str) or not any(letter.isalpha() for letter in unit):
        return None
    measured = phrase(analysis, noun, None, number[-1].index + 1)
    passage = Passage(start, max(end, noun.end))
    if found.in_digits and is_modifier(tokens, found):  # "a 7,000-word joint statement" counts words, of a statement
        outer = measured_by(analysis, noun, noun, LANGUAGE, is_time=False)
        measured = outer if outer is not None else measured
    return build(analysis, passage, found.amount(unit), noun, measured)


def is_modifier(tokens: Sequence[Token], found: Quantity) -> bool:
    return (
        found.last < len(tokens)
        and tokens[found.last].text in "-‑–"
        and tokens[found.last].start == tokens[found.last - 1].end
    )


def counts(found: Quantity, noun: Word) -> bool:
    """Whether the number counts the noun: `one day` does not, nor does a number before a name."""
    if noun.upos == "PROPN":
        return False
    return not (found.low == 1 and not found.in_digits and noun.lemma in words(LANGUAGE, "quantities", NOT_AFTER_ONE))


def age_of(analysis: Analysis, number: tuple[Word, ...], found: Quantity) -> Amount | None:
    """The age in `Jane Doe, 45, said` or `aged 45`, in years; else null."""
    first, last = number[0], number[-1]
    if not (found.in_digits and found.shape == "bare" and found.hedge == "exact" and 0 < found.low < 120):
        return None
    if is_aged(analysis, first):
        return found.amount("a")
    following = analysis.words[last.index + 1].text if last.index + 1 < len(analysis.words) else ""
    if first.index == 0 or analysis.words[first.index - 1].text != "," or following not in (",", ".", ")"):
        return None
    comma = analysis.words[first.index - 1]
    person = any(name.kind == "Person" and name.end == comma.start for name in analysis.names)
    return found.amount("a") if person else None


def part_of(analysis: Analysis, passage: Passage, found: Quantity, number: tuple[Word, ...]) -> Figure | None:
    """The figure of `dozens of people` or `two-thirds of voters`: counted things, or a part of them."""
    last = number[-1]
    following = analysis.words[last.index + 1 : last.index + 7]
    noun = None
    if following and following[0].lemma == "of":
        noun = next((w for w in following[1:] if w.upos == "NOUN"), None)
        while noun is not None and noun.relation == "compound" and noun.head > noun.index:
            noun = analysis.words[noun.head]
    elif found.shape == "vague" and found.low >= 24:
        return build(analysis, passage, found.amount(None), last, None)
    if noun is None:
        return None
    measured = phrase(analysis, noun)
    unit = table(LANGUAGE, "quantities")["counting"].get(noun.text.lower(), noun.lemma.lower())
    if found.shape == "fraction":
        return build(analysis, passage, found.amount(None), noun, measured)
    return build(analysis, Passage(passage.start, max(passage.end, noun.end)), found.amount(unit), noun, measured)


def bare_figure(analysis: Analysis, passage: Passage, found: Quantity, number: tuple[Word, ...]) -> Figure | None:
    """A number without a noun that stands as subject or object (`killed 12`), where it cannot be a year; else null."""
    last = anchor_of(number)
    if last.upos != "NUM" or last.relation not in ("obj", "nsubj", "nsubj:pass") or found.low < 2:
        return None
    if number[0].index > 0 and analysis.words[number[0].index - 1].upos in ("NOUN", "PROPN") and found.in_digits:
        return None  # "Decree 17 was signed"
    if found.in_digits and found.hedge == "exact" and found.low == int(found.low) and YEARS[0] <= found.low <= YEARS[1]:
        return None
    if not found.in_digits and found.hedge == "exact" and found.low <= SMALL:
        return None  # "the two met", "three of them"
    return build(analysis, passage, found.amount(None), last, None)


def build(
    analysis: Analysis, passage: Passage, amount: Amount, anchor: Word, measured: Measured | str | None
) -> Figure:
    """The record of one figure."""
    first = analysis.words_in(passage.start, passage.end)
    words_measured = None if isinstance(measured, str) or measured is None else measured
    return Figure(
        id=entry_id("figure", analysis.article.id, passage),
        article_id=analysis.article.id,
        passage=passage,
        text=passage.of(analysis.text),
        amount=amount,
        of_what=measured
        if isinstance(measured, str)
        else words_measured.passage.of(analysis.text)
        if words_measured
        else None,
        of_what_head=measured
        if isinstance(measured, str)
        else words_measured.head.lemma.lower()
        if words_measured
        else None,
        subject_ids=(),
        when=None,
        role=role_of(analysis, anchor, first[0] if first else anchor, LANGUAGE),
        event_id=None,
        occasion_id=None,
        statement_id=None,
        made_by=MADE_BY,
        confidence=None,
    )


__all__ = ["MADE_BY", "extract"]
