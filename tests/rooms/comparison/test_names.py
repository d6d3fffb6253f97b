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
        ("ahmed", "ahmad", False),
        ("al-hakem", "al-hakim", False),
        ("al-hakem", "al-halem", True),
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


def test_what_one_article_writes_in_two_ways_is_asked_of_that_article_alone() -> None:
    (row,) = compared("Henrik Lindqvist", "Henrik Lindkvist", after=" Later came Henrik Lindqvist.")
    assert len({answer.article_id for answer in row.answers}) == 1
    assert row.explanation.startswith("The Quill writes “Henrik Lindkvist”; The Quill writes “Henrik Lindqvist”. One ")


def inside(text: str, *named: tuple[str, str], known: tuple[str, ...] = ()) -> list[Comparison]:
    """The comparisons of spellings in one article that names some parties of one kind; `known` are named elsewhere."""
    gathered = Gathered()
    article = gathered.article(text, "The Ledger")
    for name, kind in named:
        gathered.mention(article, name, name, kind)
    other = gathered.article(f"{' and '.join(known)} met.\n", "The Quill")
    for name in known:
        gathered.mention(other, name, name, "person")
    corpus = gathered.corpus
    rows = questions.compare(corpus, (), [], Origins(corpus, ()))
    return [row for row in rows if row.question.startswith("How is the name")]


MASTER = "Henrik Lindqvist keeps the lock.\nIt is dry, said {}.\n"


def test_a_surname_by_itself_is_compared_with_those_whom_the_article_names_in_full() -> None:
    (row,) = inside(MASTER.format("Lindkvist"), ("Henrik Lindqvist", "person"), ("Lindkvist", "person"))
    assert row.question == "How is the name of Henrik Lindqvist written?"
    assert [answer.value for answer in row.answers] == ["Henrik Lindqvist", "Lindkvist"]
    named = ("Henrik Lindqvist", "person"), ("Lindkvist", "person")
    assert inside(MASTER.format("Lindkvist"), *named, known=("Sara Lindkvist",)) == []
    assert inside(MASTER.format("Lindqvists"), named[0], ("Lindqvists", "person")) == []


def test_names_in_one_sentence_are_a_list_of_several_people() -> None:
    named = ("Henrik Lindqvist", "person"), ("Henrik Lindkvist", "person")
    assert inside("Henrik Lindqvist met Henrik Lindkvist.\n", *named) == []
    assert len(inside(MASTER.format("Henrik Lindkvist"), *named)) == 1


def test_how_another_country_writes_a_common_word_is_no_other_spelling() -> None:
    text = "The Port Labour Organisation was shut.\nThe Port Labour Organization is open.\n"
    named = ("Port Labour Organisation", "organisation"), ("Port Labour Organization", "organisation")
    assert inside(text, *named) == []
    souls = text.replace("Port Labour Organisation", "Ana Sousa Lima").replace(
        "Port Labour Organization", "Ana Souza Lima"
    )
    assert len(inside(souls, ("Ana Sousa Lima", "person"), ("Ana Souza Lima", "person"))) == 1


def test_names_of_which_nothing_alike_is_told_may_be_of_two() -> None:
    assert compared("Henrik Lindqvist", "Henrik Lindkvist", around="late poet") != []
    gathered = Gathered()
    first = gathered.article("So Henrik Lindqvist.\n", "The Ledger")
    second = gathered.article("Or Henrik Lindkvist.\n", "The Quill")
    gathered.mention(first, "Henrik Lindqvist", "Henrik Lindqvist", "person")
    gathered.mention(second, "Henrik Lindkvist", "Henrik Lindkvist", "person")
    corpus = gathered.corpus
    assert questions.compare(corpus, (), [gathered.story()], Origins(corpus, ())) == ()
