"""Which words two articles have otherwise between the same quotation marks: invented sayings on a harbour."""

from __future__ import annotations

import pytest

from gathered import Gathered
from onrecord.comparison import drift, questions
from onrecord.comparison.origins import Origins
from onrecord.model import Comparison

SAID = "“We will load every crate of herring on the northern quay before the frost comes,”"
PERSONS = "“The council knows very well that they ruined the old ferry for all of us,”"


def compared(one: str, other: str, first: str = "Ilse Varga", second: str = "Ilse Varga") -> list[Comparison]:
    """The comparisons of two outlets' quotations, which no link joins."""
    gathered = Gathered()
    for outlet, words, who in (("The Ledger", one, first), ("The Quill", other, second)):
        source = gathered.article(f"{words} {who} said.\n", outlet)
        gathered.statement(source, words, speaker=who)
    corpus = gathered.corpus
    rows = questions.compare(corpus, gathered.links, [gathered.story()], Origins(corpus, gathered.links))
    return [row for row in rows if row.question.startswith("What were the words")]


@pytest.mark.parametrize(
    ("one", "other", "told"),
    [
        ("crate of herring", "crate of mackerel", "“herring” against “mackerel”"),
        ("of herring on the northern quay", "of herring on the quay", "one leaves out “northern” without a sign of it"),
        ("We will load", "We will never load", "one leaves out “never” without a sign of it"),
        ("frost comes", "thaw sets in", "“frost comes” against “thaw sets in”"),
    ],
)
def test_another_word_between_the_same_quotation_marks_is_told(one: str, other: str, told: str) -> None:
    rows = compared(SAID, SAID.replace(one, other))
    (row,) = rows
    assert row.outcome == "differ"
    assert told in row.explanation
    assert "at most one of them is word for word" in row.explanation


def test_small_words_on_the_way_to_a_change_do_not_hide_it() -> None:
    one = "“Each winter the ice creeps a little nearer to a sunken orchard,”"
    (row,) = compared(one, "“Each winter the ice creeps a little nearer to sunken gardens,”")
    assert "“gardens” against “orchard”" in row.explanation


def test_one_mark_may_be_straight_and_the_other_curly() -> None:
    (row,) = compared('"' + SAID[1:], SAID.replace("herring", "mackerel"))
    assert "“mackerel” against “herring”" in row.explanation


def test_what_is_left_out_over_the_end_of_a_sentence_is_told_where_the_words_run_on() -> None:
    whole = "“I opened the lock too early that night. Nobody warned me and I alone must answer for it,”"
    (row,) = compared(whole, whole.replace(". Nobody warned me", ""))
    assert "one leaves out “Nobody warned me” without a sign of it" in row.explanation
    assert compared(whole, whole.replace(" Nobody warned me and", "")) == []


def test_a_pronoun_for_another_speaks_of_somebody_else() -> None:
    (row,) = compared(PERSONS, PERSONS.replace("they ruined", "it ruined"))
    assert row.outcome == "differ"
    assert "“it” against “they”" in row.explanation
    assert compared(PERSONS, PERSONS.replace("all of us", "all of you")) != []
    assert compared(PERSONS, PERSONS.replace("The council", "A council")) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("every crate", "each crate"),
        ("will load", "will be loading"),
        ("every crate of herring", "every crate [of fish]"),
        ("every crate of herring on", "every crate ... on"),
        ("We will load every crate", "Load every crate"),
        ("We will load", "We'll load"),
        ("before the frost comes,”", "before the frost,”"),
        ("northern quay before", "northern quay. Before"),
    ],
)
def test_other_forms_small_words_gaps_and_shortened_quotations_are_no_other_words(one: str, other: str) -> None:
    assert compared(SAID, SAID.replace(one, other)) == []


def test_two_speakers_words_are_not_laid_side_by_side() -> None:
    assert compared(SAID, SAID.replace("herring", "mackerel"), second="Jon Olsen") == []


def test_what_an_article_quotes_both_ways_was_said_twice() -> None:
    gathered = Gathered()
    again = SAID.replace("herring", "mackerel")
    one = gathered.article(f"{SAID} Varga said. Later she said: {again}\n", "The Ledger")
    other = gathered.article(f"{again} Varga said.\n", "The Quill")
    left = gathered.statement(one, SAID, speaker="Ilse Varga")
    right = gathered.statement(other, again, speaker="Ilse Varga")
    corpus = gathered.corpus
    questions.compare(corpus, (), [gathered.story()], Origins(corpus, ()))
    ground = questions.Ground(corpus, (), [gathered.story()], Origins(corpus, ()))
    assert drift.changes(ground, left, right) == []


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("duties", "duty", True),
        ("Senator", "Sen", True),
        ("colour", "color", True),
        ("visit", "message", False),
        ("doing", "debating", False),
        ("materially", "significantly", False),
    ],
)
def test_forms_of_a_word(one: str, other: str, alike: bool) -> None:
    assert drift.is_form(one.casefold(), other.casefold()) is alike


def test_spellings_of_a_name_are_no_other_name() -> None:
    assert drift.is_spelt_alike("Okonkwo", "Okonquo")
    assert not drift.is_spelt_alike("Okonkwo", "Lindqvist")
    assert not drift.is_spelt_alike("heed", "seed")
