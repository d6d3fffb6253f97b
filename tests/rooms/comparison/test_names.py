"""How a name is written: invented people and places, spelt with care and without."""

from __future__ import annotations

import pytest

from gathered import Gathered
from onrecord.comparison import names, questions
from onrecord.comparison.origins import Origins
from onrecord.model import Comparison


@pytest.mark.parametrize(
    ("one", "other", "misspelt"),
    [
        ("vicente", "vincente", True),
        ("priebus", "preibus", True),
        ("parris", "paris", True),
        ("lindqvist", "lindkvist", True),
        ("david", "dave", False),
        ("maria", "mario", False),
        ("joan", "john", False),
        ("kerry", "perry", False),
        ("elliott", "elliot", False),
        ("jong-un", "jong-il", False),
    ],
)
def test_a_letter_inside_a_word_is_a_matter_of_spelling_and_at_its_end_another_name(
    one: str, other: str, misspelt: bool
) -> None:
    assert names.is_misspelling(one, other) is misspelt


def compared(one: str, other: str, after: str = "", around: str = "harbour master") -> list[Comparison]:
    gathered = Gathered()
    first = gathered.article(f"The {around} {one} opened the lock.\n", "The Ledger")
    second = gathered.article(f"The harbour master {other} opened it.{after}\n", "The Quill")
    gathered.mention(first, one, one, "person")
    gathered.mention(second, other, other, "person")
    if after:
        gathered.mention(second, one, one, "person")
    corpus = gathered.corpus
    rows = questions.compare(corpus, (), [gathered.story()], Origins(corpus, ()))
    return [row for row in rows if row.question.startswith("How is the name")]


def test_two_spellings_of_one_name_are_told_with_their_outlets() -> None:
    (row,) = compared("Henrik Lindqvist", "Henrik Lindkvist")
    assert row.outcome == "differ"
    assert sorted(answer.value for answer in row.answers) == ["Henrik Lindkvist", "Henrik Lindqvist"]
    assert "The Ledger writes “Henrik Lindqvist”" in row.explanation
    assert "The Quill writes “Henrik Lindkvist”" in row.explanation
    assert {subject.kind for subject in row.about} == {"parties"}


def test_accents_initials_and_short_forms_are_no_matter_of_spelling() -> None:
    assert compared("Raúl Ibáñez", "Raul Ibanez") == []
    assert compared("Henrik J. Lindqvist", "Henrik Lindqvist") == []
    assert compared("Zachary Lindqvist", "Zack Lindqvist") == []


def test_two_names_that_one_article_has_both_are_of_two() -> None:
    assert compared("Henrik Lindqvist", "Henrik Lindkvist", after=" Later came Henrik Lindqvist.") == []


def test_names_of_which_nothing_alike_is_told_may_be_of_two() -> None:
    assert compared("Henrik Lindqvist", "Henrik Lindkvist", around="late poet") != []
    gathered = Gathered()
    first = gathered.article("So Henrik Lindqvist.\n", "The Ledger")
    second = gathered.article("Or Henrik Lindkvist.\n", "The Quill")
    gathered.mention(first, "Henrik Lindqvist", "Henrik Lindqvist", "person")
    gathered.mention(second, "Henrik Lindkvist", "Henrik Lindkvist", "person")
    corpus = gathered.corpus
    assert questions.compare(corpus, (), [gathered.story()], Origins(corpus, ())) == ()
