"""Words of articles are shown as they are, and cannot do anything to the terminal."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.cli.text import Mark, amount_words, cell, line, marked, underlined, when_words, width_of
from onrecord.model import Amount, Passage, When

DANGEROUS = "\x1b[2J\x07\r\u202e\u2066\x9b31m\x00"


def test_nothing_in_an_article_steers_the_terminal() -> None:
    shown = line(f"before{DANGEROUS}after\nnext\ttab")
    assert shown == "before[2J31mafter next tab"


@given(st.text())
def test_a_line_is_one_line(words: str) -> None:
    shown = line(words)
    assert len(shown.splitlines()) <= 1
    assert not set(shown) & (set(DANGEROUS) - set("[2J31m"))


def test_right_to_left_words_are_kept_apart_on_a_terminal_only() -> None:
    assert cell("سامي", terminal=True) == "\u2068سامي\u2069"
    assert cell("سامي", terminal=False) == "سامي"
    assert width_of(cell("سامي", terminal=True)) == 4
    assert width_of("漁港") == 4


def test_marks_are_brackets_where_there_is_no_terminal() -> None:
    text = "The mayor opened the fair."
    marks = [Passage(10, 16), Passage(0, 9)]
    assert marked(text, Passage(0, len(text)), marks, terminal=False).plain == "[The mayor] [opened] the fair."
    shown = marked(text, Passage(0, len(text)), marks, terminal=True)
    assert shown.plain == text
    assert [str(span.style) for span in shown.spans] == ["bold", "bold"]


def test_marks_that_overlap_or_reach_out_are_cut() -> None:
    assert marked("abcdef", Passage(1, 5), [Passage(0, 3), Passage(2, 9)], terminal=False).plain == "[bc][de]"


@pytest.mark.parametrize(
    ("when", "shown"),
    [
        (None, ""),
        (When("recently"), ""),
        (When("Monday", "2026-06-01", "2026-06-01", "day"), "2026-06-01"),
        (When("2031", "2031-01-01", "2031-12-31", "year"), "2031"),
        (When("the 1890s", "1890-01-01", "1899-12-31", "decade"), "1890s"),
        (When("late October", "2021-10-01", "2021-10-31", "month", "late"), "late 2021-10"),
        (When("3 to 9 April", "2021-04-03", "2021-04-09", "day"), "2021-04-03..2021-04-09"),
        (When("9:15", "2021-10-01T09:15", "2021-10-01T09:15", "minute"), "2021-10-01 09:15"),
        (When("", None, "2031-05-01", "day"), "by 2031-05-01"),
        (When("", "2031-05-01", None, "day"), "from 2031-05-01"),
    ],
)
def test_times_are_short(when: When | None, shown: str) -> None:
    assert when_words(when) == shown


@pytest.mark.parametrize(
    ("amount", "shown"),
    [
        (Amount("40000", "40000", "about", "t"), "about 40,000 tonnes"),
        (Amount("2.5", "2.5", "exact", "h"), "2.5 hours"),
        (Amount("3", None, "more_than", "h"), "more than 3 hours"),
        (Amount(None, "3", "less_than", "h"), "less than 3 hours"),
        (Amount("2", "3", "range", "h"), "2..3 hours"),
        (Amount("-1200.50", "-1200.50", "exact", None), "-1,200.50"),
        (Amount("12", "12", "exact", "%"), "12 %"),
        (Amount("1", "1", "exact", "a"), "1 year"),
        (Amount("1340", "1340", "exact", "person"), "1,340 people"),
    ],
)
def test_amounts_are_as_people_write_them(amount: Amount, shown: str) -> None:
    assert amount_words(amount) == shown


def test_words_are_underlined_where_they_stand_also_where_characters_are_wide() -> None:
    text = "市長 said no."
    marks = [Mark(Passage(0, 2), "source"), Mark(Passage(3, 7), "cue"), Mark(Passage(8, 10), "content")]
    assert list(underlined(text, Passage(0, len(text)), marks, 40)) == [
        "市長 said no.",
        "~~~~ ^^^^ ==",
        "~ source  ^ cue  = content",
    ]


@given(st.text(st.sampled_from("ab 漁"), min_size=1, max_size=60), st.integers(4, 20))
def test_underlined_lines_fit_and_lose_nothing(text: str, width: int) -> None:
    shown = list(underlined(text, Passage(0, len(text)), [], width))[:-1]
    assert all(width_of(row) <= width for row in shown)
    assert "".join(shown).replace(" ", "") == text.replace(" ", "")
