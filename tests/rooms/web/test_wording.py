"""Values are said as a reader says them."""

from __future__ import annotations

import pytest

from onrecord.model import Amount, When
from onrecord.model.spoken import amount_words, answer_words, value_words, when_words
from onrecord.web.wording import are_many, sure_words


@pytest.mark.parametrize(
    ("earliest", "latest", "precision", "part", "said"),
    [
        ("2026-06-03", "2026-06-03", "day", None, "3 June 2026"),
        ("2026-06-03T09:15", "2026-06-03T09:15", "minute", None, "3 June 2026, 09:15"),
        ("2021-10-01", "2021-10-31", "month", "late", "late October 2021"),
        ("2021-04-03", "2021-04-09", "day", None, "3 to 9 April 2021"),
        ("2021-04-28", "2021-05-02", "day", None, "28 April to 2 May 2021"),
        ("2020-12-30", "2021-01-02", "day", None, "30 December 2020 to 2 January 2021"),
        ("2031-01-01", "2031-12-31", "year", None, "2031"),
        ("1990-01-01", "1999-12-31", "decade", None, "the 1990s"),
        (None, "2021-03-04", "day", None, "by 4 March 2021"),
        (None, None, None, None, ""),
    ],
)
def test_times_are_said_in_words(
    earliest: str | None, latest: str | None, precision: str | None, part: str | None, said: str
) -> None:
    when = When("", earliest, latest, precision, part, "stated")  # type: ignore[arg-type]
    assert when_words(when) == said


@pytest.mark.parametrize(
    ("amount", "said"),
    [
        (Amount("40000", "40000", "about", "t"), "about 40,000 tonnes"),
        (Amount("3", None, "more_than", "h"), "more than 3 hours"),
        (Amount("1", "1", "exact", "h"), "1 hour"),
        (Amount("2", "3", "range", "h"), "2 to 3 hours"),
        (Amount("85000000", "85000000", "exact", "EUR"), "85 million EUR"),
        (Amount("4200000000", "4200000000", "exact", "EUR"), "4.2 billion EUR"),
        (Amount("1234567", "1234567", "exact", "person"), "1,234,567 people"),
        (Amount("-3.5", "-3.5", "exact", "%"), "−3.5 %"),
        (Amount("7", "7", "exact", None), "7"),
        (Amount("27", "27", "exact", "turbine"), "27 turbines"),
        (Amount("1", "1", "exact", "turbine"), "1 turbine"),
        (Amount("3", "3", "exact", "woman"), "3 women"),
        (Amount("3", "3", "exact", "city"), "3 cities"),
        (Amount("8", "8", "exact", "troops"), "8 troops"),
        (Amount("14000000", "14000000", "about", "USD"), "about 14 million USD"),
        (Amount("5", None, "more_than", "h"), "more than 5 hours"),
        (Amount("9", "9", "exact", "kg"), "9 kg"),
    ],
)
def test_amounts_are_said_in_words(amount: Amount, said: str) -> None:
    assert amount_words(amount) == said


def test_how_sure_is_said_as_a_share_and_not_guessed_where_it_was_not_measured() -> None:
    assert "94 of 100" in sure_words(0.94)
    assert "Not measured" in sure_words(None)


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("2031-06-30", "30 June 2031"),
        ("2031-06", "June 2031"),
        ("2031", "2031"),
        ("2031-04-03/2031-04-09", "3 to 9 April 2031"),
        ("2022-01-01/2030-12-31", "2022 to 2030"),
        ("happened", "happened"),
        ("12 t", "12 t"),
    ],
)
def test_the_canonical_string_of_a_time_is_said_in_words(value: str, said: str) -> None:
    assert value_words(value) == said


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("~14000000 USD", "about 14 million USD"),
        ("12400000 USD", "12.4 million USD"),
        (">5 h", "more than 5 hours"),
        (">=3 d", "at least 3 days"),
        ("1 person", "1 person"),
        ("1340 person", "1,340 people"),
        ("2..3 h", "2 to 3 hours"),
        ("12 %", "12 %"),
        ("2018", "2018"),
        ("12", "12"),
        ("2031-06-30", "2031-06-30"),
        ("Ilse Varga", "Ilse Varga"),
        ("happened", "happened"),
        ("?", "?"),
    ],
)
def test_an_answer_that_is_an_amount_is_said_in_words_and_others_stay(value: str, said: str) -> None:
    assert answer_words(value) == said


@pytest.mark.parametrize(
    ("words", "many"),
    [
        ("union members", True),
        ("the two governments", True),
        ("the police", True),
        ("the mayor and her deputy", True),
        ("the ministry", False),
        ("the boss", False),
        ("the campus", False),
        ("Norvik’s", False),
    ],
)
def test_the_articles_words_for_somebody_tell_whether_they_are_several(words: str, many: bool) -> None:
    assert are_many(words) == many
