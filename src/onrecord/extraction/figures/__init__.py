"""Figures: quantities in the text, with what each of them measures.

Dates, ordinals, scores and the numbers that name things (Article 5, flight 17, G20) are not figures. What this room
leaves open (whose the figure is, of what time, in which statement) is filled in by `resolution.figures`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from onrecord.extraction.figures.ages import AGE, age_of, is_aged
from onrecord.extraction.figures.grammar import Quantity, quantities, rate_at
from onrecord.extraction.figures.measured import (
    Measured,
    Place,
    beside,
    counted_noun,
    is_pointed_time,
    measured_by,
    outermost,
    phrase,
)
from onrecord.extraction.figures.roles import role_of
from onrecord.language.analysis import Analysis, Sentence, Word
from onrecord.language.numbers import Token, tokens_of
from onrecord.language.tables import table, words
from onrecord.model import Amount, Figure, Passage, entry_id

MADE_BY = "figures/5"
LANGUAGE = "en"
YEARS = (Decimal(1400), Decimal(2200))
"""A bare number of four digits between these is read as a year, not as an amount."""
SMALL = Decimal(12)
"""A spelt number up to this after `the` or `these` points back at things already named: the two countries."""
NOT_AFTER_ONE = "counting.not_after_one"


def extract(analysis: Analysis) -> Iterator[Figure]:
    """The figures of an article, in the order of its text."""
    for sentence in analysis.sentences:
        tokens = tokens_of(analysis.text, sentence.start, sentence.end)
        before: Figure | None = None
        for found in quantities(tokens, LANGUAGE):
            figure = figure_of(analysis, sentence, tokens, found)
            if figure is not None:
                before = restated(analysis, figure, before)
                yield before


def restated(analysis: Analysis, figure: Figure, before: Figure | None) -> Figure:
    """The figure with what the one before it measures, where it only says that one again in brackets."""
    if before is None or analysis.text[before.passage.end : figure.passage.start].strip() != "(":
        return figure
    if figure.of_what_head == "age" or before.of_what_head == "age" or figure.amount.unit == before.amount.unit:
        return figure
    return replace(figure, of_what=before.of_what, of_what_head=before.of_what_head, role=before.role)


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
    if found.shape == "ratio":
        noun = analysis.words[max(0, number[0].index - 2)]
        passage = Passage(start, end)
        return build(
            analysis, counted(analysis, passage, number[0]), passage, found.amount(None), Measured(noun.passage, noun)
        )
    return counted_figure(analysis, tokens, found, number)


def is_name_part(analysis: Analysis, start: int, end: int, found: Quantity) -> bool:
    """Whether the number stands inside a name that is not of money or a date: `the Group of 20`."""
    if found.shape == "percent":
        titles = ("Organization", "Product", "Misc")
        return any(n.kind in titles and n.start <= start and end < n.end for n in analysis.names)
    kinds = ("Money", "Date")
    return any(
        name.kind not in kinds and name.start <= start < name.end and found.shape != "money" for name in analysis.names
    )


def is_label(tokens: Sequence[Token], found: Quantity) -> bool:
    """Whether the number names a thing (`Article 5`, `No. 7`, `F-16`) or is part of a longer code (`12:30`, `3-2`)."""
    before = tokens[found.first - 1] if found.first > 0 else None
    after = tokens[found.last] if found.last < len(tokens) else None
    start, end = tokens[found.first].start, tokens[found.last - 1].end
    if before is not None and found.shape in ("bare", "unit"):
        if before.text == "." and found.first > 1 and tokens[found.first - 2].low in ("no", "nos") and found.in_digits:
            return tokens[found.first - 2].end == before.start  # "law no. 134"
        if before.low in words(LANGUAGE, "quantities", "counting.numbering") and found.in_digits:
            return True
        if before.end == start and (before.text in "-/:.№#–" or before.text.isalpha()):
            return True
        if before.low.rstrip(".") in ("no", "nos") and found.in_digits and before.text[0].isupper():
            return True
    if found.shape == "bare" and found.in_digits and is_part_of_code(tokens, found):
        return True
    if after is not None and found.shape == "bare" and after.start == end:
        return after.low in ("th", "st", "nd", "rd") or after.text in ":/" or (after.text.isalpha() and found.in_digits)
    return False


def is_part_of_code(tokens: Sequence[Token], found: Quantity) -> bool:
    """Whether digits stand in a phone number, a serial number or a time of day: `020 7946 0018`, `7.30 p.m.`"""
    first = tokens[found.first].text
    if first[0] == "0" and first[1:2].isdigit():
        return True
    beside = [*tokens[max(0, found.first - 1) : found.first], *tokens[found.last : found.last + 1]]
    if any(t.text[0].isdigit() for t in beside):
        return True
    after = tokens[found.last].low if found.last < len(tokens) else ""
    return after in words(LANGUAGE, "quantities", "counting.clock") or is_score(tokens, found)


def is_score(tokens: Sequence[Token], found: Quantity) -> bool:
    """Whether a smaller number follows after `to` or a dash: `voted 310 to 120`, `won 3-1`."""
    after = tokens[found.last : found.last + 2]
    if (
        found.hedge != "exact"
        or len(after) < 2
        or after[0].low not in ("to", "-", "–")
        or not after[1].text.isdecimal()
    ):
        return False
    return Decimal(after[1].text) < found.low


def is_pointing(tokens: Sequence[Token], found: Quantity) -> bool:
    """Whether a small spelt number only points back: `the two countries`, `their three children`."""
    before = tokens[found.first - 1].low if found.first > 0 else ""
    return found.hedge == "exact" and not found.in_digits and found.low <= SMALL and before in beside("pointing")


def measured_figure(analysis: Analysis, passage: Passage, found: Quantity, number: tuple[Word, ...]) -> Figure | None:
    """The figure of a quantity with a unit."""
    inside = analysis.words_in(passage.start, passage.end) or number
    is_time = found.unit in table(LANGUAGE, "quantities")["time_units"]["all"]
    place = Place(passage, inside[-1], anchor_of(inside), found.shape, is_time)
    old = AGE.match(analysis.text, number[-1].end)
    if is_time and (old or is_aged(analysis, number[0])):
        whole = Passage(passage.start, max(passage.end, old.end() if old else 0))
        return build(analysis, place, whole, found.amount(), "age")
    measured = measured_by(analysis, place, LANGUAGE)
    if measured is not None and measured.passage.meets(passage):
        measured = None
    return build(analysis, place, passage, found.amount(), measured)


def anchor_of(inside: Sequence[Word]) -> Word:
    """The word by which a passage hangs in the tree: the one whose head lies outside it; the last of several."""
    held = {word.index for word in inside}
    return [word for word in inside if word.head not in held][-1]


def counted_figure(
    analysis: Analysis, tokens: Sequence[Token], found: Quantity, number: tuple[Word, ...]
) -> Figure | None:
    """The figure of a number that counts things, with the noun in its passage; or a bare number that stands for one."""
    passage = Passage(tokens[found.first].start, tokens[found.last - 1].end)
    if found.shape in ("vague", "fraction"):
        return part_of(analysis, passage, found, number)
    age = age_of(analysis, number, found)
    if age is not None:
        return build(analysis, counted(analysis, passage, number[-1]), passage, age, "age")
    if is_strong(tokens, found):
        return strong_figure(analysis, tokens, found, number)
    noun = joined_noun(analysis, tokens, found) or counted_noun(analysis, number)
    if noun is not None and noun.lemma == "other":
        noun = None  # "40 others were hurt"
    if noun is not None and is_pointed_time(analysis.words[number[-1].index + 1], noun):
        noun = None  # "doubled to 1.2 million last year"
    if noun is None or not counts(analysis, found, noun, number):
        return bare_figure(analysis, passage, found, number)
    return things(analysis, tokens, found, number, noun)


def things(
    analysis: Analysis, tokens: Sequence[Token], found: Quantity, number: tuple[Word, ...], noun: Word
) -> Figure | None:
    """The figure of a number and the noun that it counts."""
    unit = unit_of(noun)
    if unit is None or not agrees(tokens, found, noun, unit):
        return None
    if is_modifier(tokens, found) and unit in words(LANGUAGE, "quantities", "counting.grades"):
        return None
    measured: Measured | None = phrase(analysis, noun, None, number[-1].index + 1)
    passage = Passage(tokens[found.first].start, max(tokens[found.last - 1].end, noun.end))
    place = counted(analysis, passage, noun)
    if found.in_digits and is_modifier(tokens, found):  # "a 7,000-word joint statement" counts words, of a statement
        outer = measured_by(analysis, place, LANGUAGE)
        measured = outer if outer is not None else measured
    if unit == "time":
        measured = times_of(analysis, noun)
    end = next((i for i in range(found.last, len(tokens)) if tokens[i].start >= noun.end), len(tokens))
    rate = rate_at(list(tokens), end, LANGUAGE, money=False)
    if rate is not None:
        unit, passage = f"{unit}/{rate[0]}", Passage(passage.start, tokens[rate[1] - 1].end)
    return build(analysis, place, passage, found.amount(unit), measured)


def agrees(tokens: Sequence[Token], found: Quantity, noun: Word, unit: str) -> bool:
    """Whether a noun can be counted by the number: one in the singular is not, except after a hyphen."""
    if found.low <= 1 or unit == "person" or is_modifier(tokens, found):
        return True
    low = noun.text.lower()
    plural = low != noun.lemma.lower() or (low.endswith("s") and not low.endswith("ss"))
    return plural or low in words(LANGUAGE, "quantities", "counting.invariant")


def unit_of(noun: Word) -> str | None:
    """What a counted noun is as a unit: its singular; people are persons; null where it has no letters."""
    unit = table(LANGUAGE, "quantities")["counting"]["persons"].get(noun.text.lower(), noun.lemma.lower())
    return unit if isinstance(unit, str) and any(letter.isalpha() for letter in unit) else None


def counted(analysis: Analysis, passage: Passage, noun: Word) -> Place:
    """The place of a number that counts a noun, or of a bare number."""
    inside = analysis.words_in(passage.start, passage.end)
    return Place(passage, noun, anchor_of(inside) if inside else noun, "count", False)


def times_of(analysis: Analysis, noun: Word) -> Measured | None:
    """What `43 times` counts: the thing compared ("43 times more fish"), or what was done ("met 43 times")."""
    head = analysis.words[noun.head] if noun.head >= 0 else None
    if head is not None and head.upos in ("ADJ", "ADV") and head.index > noun.index and head.head >= 0:
        head = analysis.words[head.head]
    if head is None or head.upos not in ("NOUN", "VERB"):
        return None
    return phrase(analysis, head, noun, noun.index + 1) if head.upos == "NOUN" else Measured(head.passage, head)


def is_strong(tokens: Sequence[Token], found: Quantity) -> bool:
    """Whether a number tells the strength of a body: `a 50-strong crowd`."""
    return is_modifier(tokens, found) and [t.low for t in tokens[found.last + 1 : found.last + 2]] == ["strong"]


def strong_figure(
    analysis: Analysis, tokens: Sequence[Token], found: Quantity, number: tuple[Word, ...]
) -> Figure | None:
    """The figure of `a 50-strong crowd`: fifty, of the crowd; what they are is not said."""
    passage = Passage(tokens[found.first].start, tokens[found.last + 1].end)
    after = analysis.words[number[-1].index + 1 : number[-1].index + 7]
    noun = next((w for w in after if w.upos == "NOUN" and w.start >= passage.end), None)
    measured = None if noun is None else phrase(analysis, outermost(analysis, noun), number[-1], None)
    return build(analysis, counted(analysis, passage, number[-1]), passage, found.amount(None), measured)


def joined_noun(analysis: Analysis, tokens: Sequence[Token], found: Quantity) -> Word | None:
    """The noun that a hyphen joins to the number: the page of `an 11-page report`; or null."""
    if not is_modifier(tokens, found) or found.last + 1 >= len(tokens):
        return None
    inside = analysis.words_in(tokens[found.last + 1].start, tokens[found.last + 1].end)
    return inside[0] if inside and inside[0].upos == "NOUN" else None


def is_modifier(tokens: Sequence[Token], found: Quantity) -> bool:
    return (
        found.last < len(tokens)
        and tokens[found.last].text in "-‑–"
        and tokens[found.last].start == tokens[found.last - 1].end
    )


def counts(analysis: Analysis, found: Quantity, noun: Word, number: tuple[Word, ...]) -> bool:
    """Whether the number counts the noun: a number before a name or a year does not, and `one bank` rarely does."""
    if noun.upos == "PROPN" or is_year(analysis, found, noun, number):
        return False
    return not (found.low == 1 and not found.in_digits) or is_counting_one(analysis, found, noun, number)


def is_year(analysis: Analysis, found: Quantity, noun: Word, number: tuple[Word, ...]) -> bool:
    """Whether four bare digits before a noun are a year (`the 2022 budget`); people are counted all the same."""
    written = analysis.text[number[0].start : number[-1].end]
    if not (written.isdecimal() and len(written) == 4 and YEARS[0] <= found.low <= YEARS[1]):
        return False
    is_round = found.low % 100 == 0 and noun.text.lower() != noun.lemma  # "2000 posts", but not "the 2000 census"
    return found.hedge == "exact" and not is_round and unit_of(noun) != "person"


def is_counting_one(analysis: Analysis, found: Quantity, noun: Word, number: tuple[Word, ...]) -> bool:
    """Whether "one" counts: after `only`, for the dead, or beside another count: `two ships and one boat`."""
    if noun.lemma in words(LANGUAGE, "quantities", NOT_AFTER_ONE) or noun.upos != "NOUN":
        return False
    if analysis.words[number[-1].index + 1].lemma == "of":
        return False  # "one of the bridges"
    before = analysis.words[number[0].index - 1].text.lower() if number[0].index else ""
    if found.hedge != "exact" or before in words(LANGUAGE, "quantities", "counting.only"):
        return True
    if unit_of(noun) in words(LANGUAGE, "quantities", "counting.one_counts"):
        return True
    beside = [c for c in analysis.children(noun) if c.relation == "conj"]
    if noun.relation == "conj" and noun.head >= 0:
        beside.append(analysis.words[noun.head])
    return any(c.relation == "nummod" and c.text.lower() != "one" for other in beside for c in analysis.children(other))


def part_of(analysis: Analysis, passage: Passage, found: Quantity, number: tuple[Word, ...]) -> Figure | None:
    """The figure of `dozens of people` or `two-thirds of voters`: counted things, or a part of them."""
    last = number[-1]
    before = analysis.words[number[0].index - 1].text.lower() if number[0].index else ""
    if found.shape == "fraction" and before in words(LANGUAGE, "quantities", "counting.halves"):
        return None  # "the lower half of the index"
    following = analysis.words[last.index + 1 : last.index + 7]
    noun = None
    if following and following[0].lemma == "of":
        noun = next((w for w in following[1:] if w.upos == "NOUN"), None)
        noun = None if noun is None else outermost(analysis, noun)
    elif found.shape == "fraction":
        noun = counted_noun(analysis, number)  # "one in five farms"
    elif found.shape == "vague" and found.low >= 24:
        return build(analysis, counted(analysis, passage, last), passage, found.amount(None), None)
    if noun is None:
        return None
    measured = phrase(analysis, noun)
    if found.shape == "fraction":
        return build(analysis, counted(analysis, passage, noun), passage, found.amount(None), measured)
    whole = Passage(passage.start, max(passage.end, noun.end))
    return build(analysis, counted(analysis, whole, noun), whole, found.amount(unit_of(noun)), measured)


def bare_figure(analysis: Analysis, passage: Passage, found: Quantity, number: tuple[Word, ...]) -> Figure | None:
    """A number without a noun that stands for people or things (`killed 12`), where it is no year; else null."""
    last = anchor_of(number)
    if found.low < 2 or is_written_year(found, number, analysis):
        return None
    suffered = sufferers(analysis, number)
    if suffered is not None:
        return build(analysis, counted(analysis, passage, last), passage, found.amount("person"), suffered)
    if not found.in_digits and found.hedge == "exact" and found.low <= SMALL:
        return None  # "the two met", "three of them"
    numbered = numbered_noun(analysis, last)
    if numbered is not None:
        unit = table(LANGUAGE, "quantities")["counting"]["persons"].get(numbered.text.lower())
        place = Place(passage, last, last, "unit", False)
        return build(analysis, place, passage, found.amount(unit), phrase(analysis, numbered, last))
    tolled = tolled_to(analysis, passage, found, number)
    if tolled is not None:
        return tolled
    grown = grown_to(analysis, passage, found, last)
    if grown is not None:
        return grown
    if last.upos != "NUM" or last.relation not in ("obj", "nsubj", "nsubj:pass"):
        return None
    if number[0].index > 0 and is_named_by(analysis.words[number[0].index - 1], found):
        return None  # "Decree 17 was signed", "Flight eight hundred climbed"
    return build(analysis, counted(analysis, passage, last), passage, found.amount(None), None)


def tolled_to(analysis: Analysis, passage: Passage, found: Quantity, number: tuple[Word, ...]) -> Figure | None:
    """The figure of a running count: `brought the death toll to 87`, `doubled to 1.2 million`; or null."""
    at = number[0].index
    before = analysis.words[max(0, at - 2) : at]
    if len(before) < 2 or before[1].lemma not in ("to", "at") or before[0].sentence != number[0].sentence:
        return None
    roles = table(LANGUAGE, "quantities")["roles"]
    last = anchor_of(number)
    place = Place(passage, last, last, "unit", False)
    if before[0].lemma.lower() in roles["tolls"]:
        people = before[0].lemma.lower() == "toll"
        counted_up = build(
            analysis, place, passage, found.amount("person" if people else None), phrase(analysis, before[0])
        )
        return replace(counted_up, role="cumulative")
    if before[0].upos != "VERB" or before[0].lemma.lower() not in roles["multiplied"]:
        return None
    subject = next((c for c in analysis.children(before[0]) if c.relation == "nsubj"), None)
    first = analysis.words[analysis.sentences[before[0].sentence].first]
    noun = subject or (first if first.upos == "NOUN" else None)
    return build(analysis, place, passage, found.amount(None), phrase(analysis, noun)) if noun is not None else None


def is_named_by(before: Word, found: Quantity) -> bool:
    """Whether the word before a number is named by it."""
    return before.upos == "PROPN" or (before.upos == "NOUN" and found.in_digits)


def grown_to(analysis: Analysis, passage: Passage, found: Quantity, last: Word) -> Figure | None:
    """The figure of a bare number that something measured reaches: `the number of visitors grew to 1.4 million`."""
    if last.relation not in ("obl", "obj", "obl:unmarked", "root", "nmod"):
        return None
    first = analysis.words_in(passage.start, passage.end)[:1]
    if first and first[0].index and analysis.words[first[0].index - 1].upos == "PROPN":
        return None
    place = Place(passage, last, last, "unit", False)
    measured = measured_by(analysis, place, LANGUAGE)
    if measured is None or measured.passage.meets(passage):
        return None
    numbered = measured.passage.of(analysis.text).lower().startswith("number of ")
    return build(analysis, place, passage, found.amount(unit_of(measured.head) if numbered else None), measured)


def is_written_year(found: Quantity, number: tuple[Word, ...], analysis: Analysis) -> bool:
    """Whether a number without a noun looks like a year: `in 1998`, but not `1,998`."""
    written = analysis.text[number[0].start : number[-1].end]
    return written.isdecimal() and found.hedge == "exact" and YEARS[0] <= found.low <= YEARS[1]


def sufferers(analysis: Analysis, number: tuple[Word, ...]) -> Measured | None:
    """What was done to people whom a bare number counts: `killed 12`, `40 were injured`, `leaving 3 dead`; or null."""
    suffering = words(LANGUAGE, "quantities", "counting.suffering")
    sentence = analysis.sentences[number[0].sentence]
    after = [w for w in analysis.words[number[-1].index + 1 : min(number[-1].index + 4, sentence.last)]]
    passive = next((w for w in after if w.lemma not in ("other", "be", "have") and w.text.lower() != "people"), None)
    if passive is not None and passive.text.lower() in suffering:
        return Measured(passive.passage, passive)
    before = analysis.words[sentence.first : number[0].index]
    words_before = [
        w for w in before[-5:] if w.lemma not in ("at", "least", "more", "than", "about", "some", "another")
    ]
    verb = words_before[-1] if words_before else None
    ends = not after or after[0].upos in ("PUNCT", "CCONJ", "ADP", "ADV")
    if verb is not None and verb.upos == "VERB" and verb.text.lower() in suffering and ends:
        return Measured(verb.passage, verb)
    return None


def numbered_noun(analysis: Analysis, last: Word) -> Word | None:
    """The noun whose number a bare number is: `a surge of 8.4 million`, `a population of 5 million`; or null."""
    head = analysis.words[last.head] if last.head >= 0 else None
    if last.relation != "nmod" or head is None or head.upos != "NOUN" or head.index > last.index:
        return None
    joined = any(c.relation == "case" and c.lemma == "of" for c in analysis.children(last))
    roles = table(LANGUAGE, "quantities")["roles"]
    return head if joined and head.lemma in (*roles["numbered_nouns"], *roles["change_nouns"]) else None


def build(
    analysis: Analysis, place: Place, passage: Passage, amount: Amount, measured: Measured | str | None
) -> Figure:
    """The record of one figure."""
    if isinstance(measured, str):
        of_what, head = measured, measured
    elif measured is not None:
        of_what, head = measured.passage.of(analysis.text), singular(measured.head)
    else:
        of_what, head = None, None
    return Figure(
        id=entry_id("figure", analysis.article.id, passage),
        article_id=analysis.article.id,
        passage=passage,
        text=passage.of(analysis.text),
        amount=amount,
        of_what=of_what,
        of_what_head=head,
        subject_ids=(),
        when=None,
        role="value" if measured == "age" else role_of(analysis, place, LANGUAGE),
        event_id=None,
        occasion_id=None,
        statement_id=None,
        made_by=MADE_BY,
        confidence=None,
    )


def singular(head: Word) -> str:
    """The lemma of a head, and no possessive: people stay people."""
    return head.lemma.lower().removesuffix("'s").removesuffix("’s")


__all__ = ["MADE_BY", "extract"]
