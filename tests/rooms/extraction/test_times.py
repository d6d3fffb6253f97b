"""Times: the case files, and what holds of any text."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casefiles import cases
from onrecord.extraction.times import extract
from onrecord.extraction.times.grammar import Grammar
from onrecord.extraction.times.tokens import Lexicon, tokens
from onrecord.language.analysis import Analysis
from onrecord.language.tables import table
from onrecord.model import OnRecordError, Part, Precision, TextPart, When
from onrecord.resolution.when import resolve
from reading_aloud import analysis_of, article_of, needs_reader

SAMPLE = (
    "June May March on in the 3 31 2012 2012-06-03 03/06/2012 , . - to from last next early late Monday Friday year "
    "ago two week quarter first of 1990s '80s 9:15 a.m. GMT noon Christmas summer this yesterday will said between and "
    "fiscal half decade anniversary 40th later earlier days before after century 19th night at https://a.b/2019/01/02 x"
)
texts = st.lists(st.sampled_from(SAMPLE.split()), max_size=25).map(" ".join)


def unread(text: str, published: str | None = "2021-06-03") -> Analysis:
    """A text as it is where no reader model has looked at it."""
    return Analysis(article_of(text, published), (), (), (), ())


def shown(when: When) -> dict[str, str]:
    fields = {
        "words": when.text,
        "earliest": when.earliest,
        "latest": when.latest,
        "precision": when.precision,
        "part": when.part,
        "basis": when.basis,
    }
    return {name: value for name, value in fields.items() if value is not None}


def found_in(analysis: Analysis) -> list[dict[str, str]]:
    return [shown(time.when) for time in resolve(analysis.article, list(extract(analysis)))]


@pytest.mark.parametrize("case", cases("en/times.toml"), ids=lambda case: case["text"][:50])
def test_the_times_of_a_case(case: dict[str, Any]) -> None:
    assert found_in(unread(case["text"], case.get("published"))) == case["times"], case["why"]


@needs_reader
@pytest.mark.parametrize("case", cases("en/times.toml")[::10], ids=lambda case: case["text"][:50])
def test_the_reader_changes_no_case(case: dict[str, Any]) -> None:
    assert found_in(analysis_of(case["text"], case.get("published"))) == case["times"], case["why"]


@given(texts)
def test_passages_lie_in_the_text_in_order_and_apart(text: str) -> None:
    found = list(extract(unread(text)))
    assert all(0 <= e.passage.start < e.passage.end <= len(text) for e in found)
    assert all(left.passage.end <= right.passage.start for left, right in pairwise(found))
    assert all(e.passage.of(text) == e.passage.of(text).strip() for e in found)


@given(st.text(max_size=200))
def test_any_text_can_be_read(text: str) -> None:
    for expression in extract(unread(text)):
        assert expression.passage.of(text)


@given(texts)
def test_a_time_says_the_same_in_a_paragraph_of_its_own(text: str) -> None:
    alone = [e.fields for e in extract(unread(text))]
    after = [e.fields for e in extract(unread("Nothing was said.\n\n" + text))]
    assert alone == after


def test_header_lines_and_boilerplate_are_not_read() -> None:
    text = "Printed 3 May 2020\nKARVIK, June 2. It rained on Monday.\nCopyright 2019"
    parts = (TextPart(0, 18, "header"), TextPart(19, 34, "dateline"), TextPart(35, 56, "body"))
    analysis = unread(text)
    article = replace(analysis.article, parts=(*parts, TextPart(57, len(text), "boilerplate")))
    found = [e.passage.of(text) for e in extract(replace(analysis, article=article))]
    assert found == ["June 2", "Monday"]


def test_no_time_reaches_over_a_blank_line() -> None:
    text = "It happened on 3 June\n\n2012 was a bad year."
    assert [e.passage.of(text) for e in extract(unread(text))] == ["3 June", "2012"]


def test_a_line_break_within_a_time_is_kept_in_its_passage() -> None:
    text = "It happened on 3\nJune 2012."
    assert [e.passage.of(text) for e in extract(unread(text))] == ["3\nJune 2012"]


def test_a_time_keeps_what_it_hangs_on() -> None:
    by_words = {
        e.passage.of(t): e
        for t in ["He left on Monday. The next day, 4 May 2019, it rained."]
        for e in extract(unread(t))
    }
    assert by_words["Monday"].anchor == "published"
    assert by_words["The next day"].anchor == "previous"
    assert by_words["4 May 2019"].anchor == "none"
    assert by_words["Monday"].tense == "past"


def test_the_grammar_joins_number_words() -> None:
    text = "nineteen ninety-six, twenty-first, two thousand and four, five six"
    found = tokens(text, 0, len(text), Lexicon(table("en", "times")))
    values = [t.classes.get("ord") or t.classes.get("num") for t in found if t.text != ","]
    assert values == ["1996", "21", "2004", "5", "6"]


def test_a_pattern_may_ask_for_what_it_does_not_quote() -> None:
    grammar = Grammar({"time": ["in ^ {year} $ alone => rule=x"], "year": ["<year>"]})
    text = "in 1999 alone"
    matcher = grammar.match("time", tokens(text, 0, len(text), Lexicon(table("en", "times"))))
    (match,) = matcher.at(0)
    assert (match.begin, match.stop, match.fields) == (1, 2, (("rule", "x"), ("year", "1999")))


def test_every_phrase_of_the_grammar_is_used_and_there() -> None:
    phrases = Grammar(table("en", "times")["phrases"]).phrases
    asked = {e.names[0] for lines in phrases.values() for line in lines for e in line.elements if e.kind == "phrase"}
    assert asked | {"time"} == set(phrases)


def test_a_language_without_a_word_list_says_so() -> None:
    with pytest.raises(OnRecordError, match="times"):
        list(extract(unread("Montag"), "xx"))


def test_precisions_and_parts_are_those_of_the_record() -> None:
    precisions, parts = set(Precision.__args__), set(Part.__args__)  # type: ignore[attr-defined]
    for case in cases("en/times.toml"):
        for time in case["times"]:
            assert time.get("precision", "day") in precisions and time.get("part", "late") in parts
