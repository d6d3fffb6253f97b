"""Times that two articles give with the same words and that do not meet: an invented harbour and its masters."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from gathered import Gathered
from onrecord.comparison import questions
from onrecord.comparison.origins import Origins
from onrecord.model import Article, Comparison, Passage, Time, When, entry_id

MARKED = re.compile(r"\[([^|\]]+)\|([^\]]+)\]")
"""A time in a text and the day or days that it means: `[1994|1994]`, `[Sunday|2031-05-04]`."""


def marked(gathered: Gathered, text: str, outlet: str) -> tuple[Article, list[Time]]:
    """An article and the times that are marked in its text."""
    spans, plain, last = [], "", 0
    for found in MARKED.finditer(text):
        plain += text[last : found.start()]
        spans.append((Passage(len(plain), len(plain) + len(found[1])), found[1], found[2]))
        plain, last = plain + found[1], found.end()
    source = gathered.article(plain + text[last:], outlet)
    return source, [
        Time(entry_id("time", source.id, place), source.id, place, when(words, days), "times/1", None)
        for place, words, days in spans
    ]


def when(words: str, days: str) -> When:
    """A time from `1994`, `1951/1963` or `2031-05-04`."""
    first, _, last = days.partition("/")
    if len(first) == 4:
        return When(words, f"{first}-01-01", f"{last or first}-12-31", "year", None, "stated")
    return When(words, first, last or first, "day", None, "resolved")


def compared(one: str, other: str) -> list[Comparison]:
    gathered = Gathered()
    times = [*marked(gathered, one, "The Ledger")[1], *marked(gathered, other, "The Quill")[1]]
    corpus = replace(gathered.corpus, times=tuple(sorted(times, key=lambda time: time.id)))
    rows = questions.compare(corpus, (), [gathered.story()], Origins(corpus, ()))
    return [row for row in rows if row.question.startswith("When? ")]


LED = "Varga has led the harbour guild since [1994|1994].\n"


def test_two_years_with_the_same_words_beside_them_differ() -> None:
    (row,) = compared(LED, "Ilse Varga has led the harbour guild since [1995|1995], and some resent it.\n")
    assert row.outcome == "differ"
    assert sorted(answer.value for answer in row.answers) == ["1994", "1995"]
    assert row.question.startswith("When? “") and "led the harbour guild since …" in row.question
    assert {subject.kind for subject in row.about} == {"times"}
    assert "The Ledger says “1994”" in row.explanation and "The Quill says “1995”" in row.explanation
    assert row.explanation.endswith("They differ: the same words stand beside them, and the times do not meet.")


@pytest.mark.parametrize(
    "other",
    [
        "Varga has led the harbour guild until [1995|1995].\n",
        "Varga has led the harbour guild since [1970|1970].\n",
        "Varga has led the harbour guild since [May 1994|1994-05-01/1994-05-31].\n",
        "Varga left the school of pilots in [1995|1995].\n",
        "Varga has led the harbour guild since [1995|1995], and had led the harbour guild since [1994|1994] in name.\n",
    ],
)
def test_another_preposition_a_far_year_a_year_that_holds_it_and_other_words_say_nothing(other: str) -> None:
    assert compared(LED, other) == []


def test_a_name_may_stand_between_the_time_and_the_word_it_hangs_on() -> None:
    assert len(compared("Varga has led Marsk Harbour Pilots since [1994|1994].\n",
                        "Varga has led Marsk Harbour Pilots since [1995|1995].\n")) == 1  # fmt: skip


def test_ranges_of_years_need_no_word_right_before_them() -> None:
    one = "She is the first woman since Ilse Varga, a pilot, held the harbour seat from [1951 to 1963|1951/1963].\n"
    (row,) = compared(
        one, "Before her only the pilot Ilse Varga, who served the harbour from [1952 to 1964|1952/1964].\n"
    )
    assert row.outcome == "differ"
    assert compared(one, "The pilot Ilse Varga served the harbour from [1951 to 1963|1951/1963].\n") == []


def test_days_differ_where_they_are_near_and_no_word_of_what_is_done_on_many_days_stands_before_them() -> None:
    one = "The lock broke down, in a report that the Marsk Courier printed [Saturday|2031-05-03].\n"
    two = "So it said in its report, which the Marsk Courier printed [Sunday|2031-05-04].\n"
    assert len(compared(one, two)) == 1
    assert compared(one.replace("printed", "announced"), two.replace("printed", "announced")) == []
    assert compared(one, two.replace("[Sunday|2031-05-04]", "[Sunday|2031-05-11]")) == []


def test_a_weekday_named_alike_may_be_of_another_week() -> None:
    one = "The lock broke down, in a report that the Marsk Courier printed [Saturday|2031-05-03].\n"
    assert compared(one, one.replace("2031-05-03", "2031-05-04")) == []
