"""What days a time names: by the article's day, the times before it and the tense."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.extraction.times import extract
from onrecord.language.analysis import Analysis
from onrecord.model import Article, Passage, Statement, TimeExpression, When
from onrecord.resolution.times.days import around, easter, made, nth_weekday, orthodox_easter
from onrecord.resolution.when import MADE_BY, resolve, spoken
from reading_aloud import article_of

TEXT = (
    "He said on Monday that it began last November, went on in early 1995 and ended two weeks ago. The next day, in "
    "the third quarter, profit rose from a year earlier. In late October the mill, shut since 03/06/2012, reopens at 9 "
    "a.m. GMT on Friday; the fair runs from 3 to 9 April. It marks its 40th anniversary next 3 May. Now it is quiet."
)


def of(text: str, published: str | None) -> tuple[Article, list[TimeExpression]]:
    article = article_of(text, published)
    return article, list(extract(Analysis(article, (), (), (), ())))


def whens(text: str, published: str | None) -> list[When]:
    return [time.when for time in resolve(*of(text, published))]


days = st.dates(date(1850, 1, 1), date(2100, 12, 31)).map(date.isoformat)


@given(days, st.randoms())
def test_resolution_does_not_depend_on_the_order_it_is_asked_in(published: str, chance: object) -> None:
    article, expressions = of(TEXT, published)
    shuffled = list(expressions)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert resolve(article, shuffled) == resolve(article, expressions)


@given(days)
def test_an_interval_never_ends_before_it_begins(published: str) -> None:
    for when in whens(TEXT, published):
        assert (when.earliest is None) == (when.latest is None) == (when.basis is None)
        if when.earliest and when.latest:
            assert when.earliest <= when.latest


@given(days)
def test_a_weekday_names_a_day_less_than_a_week_away_that_falls_on_it(published: str) -> None:
    for text, ahead in (("It rained on Monday.", False), ("It will rain on Monday.", True)):
        (when,) = whens(text, published)
        day, today = date.fromisoformat(when.earliest or ""), date.fromisoformat(published)
        assert day.weekday() == 0
        assert timedelta(0) <= (day - today if ahead else today - day) < timedelta(7)


@given(days)
def test_weeks_run_from_monday_to_sunday(published: str) -> None:
    (when,) = whens("It rained last week.", published)
    first, last = date.fromisoformat(when.earliest or ""), date.fromisoformat(when.latest or "")
    assert (first.weekday(), last.weekday(), (last - first).days) == (0, 6, 6)
    assert 1 <= (date.fromisoformat(published) - last).days <= 7


def test_without_a_date_what_is_relative_keeps_its_words_alone() -> None:
    named = {when.text: when.earliest for when in whens(TEXT, None)}
    assert named["early 1995"] == "1995-01-01"
    relative = ("Monday", "last November", "two weeks ago", "the third quarter", "a year earlier", "3 to 9 April")
    assert [named[words] for words in relative] == [None] * len(relative)


def test_a_date_that_comes_late_resolves_what_it_left_open() -> None:
    article, expressions = of("He left on Monday.", None)
    assert resolve(article, expressions)[0].when == When("Monday")
    dated = replace(article, published=When("3 June 2021", "2021-06-03", "2021-06-03", "day", None, "inferred"))
    assert resolve(dated, expressions)[0].when == When("Monday", "2021-05-31", "2021-05-31", "day", None, "resolved")


def test_a_publication_month_resolves_only_what_every_day_of_it_says() -> None:
    article, expressions = of("Prices rose last year, fell in 1998, and rose on Monday.", None)
    dated = replace(article, published=When("June 2021", "2021-06-01", "2021-06-30", "month", None, "url"))
    assert [time.when.earliest for time in resolve(dated, expressions)] == ["2020-01-01", "1998-01-01", None]


def test_ids_hold_over_another_date() -> None:
    article, expressions = of(TEXT, None)
    dated = replace(article, published=When("", "2021-06-03", "2021-06-03", "day", None, "url"))
    without = {time.passage: time.id for time in resolve(article, expressions)}
    assert without.items() <= {time.passage: time.id for time in resolve(dated, expressions)}.items()


def test_what_an_anniversary_remembers_is_made_by_its_own_name() -> None:
    made_by = {
        t.when.text: t.made_by for t in resolve(*of("It marks its 40th anniversary on 3 May 2022.", "2021-06-03"))
    }
    assert made_by == {"40th anniversary": "anniversaries/1", "3 May 2022": MADE_BY}


def test_an_anniversary_without_a_day_is_no_time() -> None:
    assert whens("It marks its 40th anniversary with a stamp.", "2021-06-03") == []


@pytest.mark.parametrize(
    ("year", "west", "east"),
    [(1961, "1961-04-02", "1961-04-09"), (2000, "2000-04-23", "2000-04-30"), (2024, "2024-03-31", "2024-05-05")],
)
def test_easter_falls_where_the_churches_kept_it(year: int, west: str, east: str) -> None:
    assert (easter(year).isoformat(), orthodox_easter(year).isoformat()) == (west, east)


@given(st.integers(1600, 2400))
def test_easter_is_a_sunday_between_two_dates(year: int) -> None:
    assert easter(year).weekday() == orthodox_easter(year).weekday() == 6
    assert date(year, 3, 22) <= easter(year) <= date(year, 4, 25)


@given(
    st.dates(date(10, 1, 1), date(9990, 1, 1)),  # the first nine years have no decade: there is no year 0
    st.sampled_from(["day", "week", "month", "quarter", "half", "year", "decade"]),
)
def test_a_unit_holds_its_day_and_the_next_one_follows_it(day: date, unit: str) -> None:
    here, following = around(day, unit, 0), around(day, unit, 1)
    assert here is not None and here.earliest <= day <= here.latest
    assert following is None or following.earliest == here.latest + timedelta(1)


def test_days_that_no_calendar_has_are_null() -> None:
    assert made(2021, 2, 29) is None and made(2020, 2, 29) == date(2020, 2, 29) and made(2021, 13, 1) is None
    assert nth_weekday(2021, 2, 1, 5) is None and nth_weekday(2021, 2, 1, -1) == date(2021, 2, 22)
    assert whens("It ended on 30 February 2019.", "2021-06-03") == [When("30 February 2019")]
    assert around(date(9999, 12, 31), "year", 1) is None


def said_on(day: str, start: int, end: int) -> Statement:
    """A direct statement whose words are the characters given, said on a day that the text names."""
    passage = Passage(start, end)
    said = When(day, day, day, "day", None, "stated")
    nobody: tuple[str, ...] = ()
    return Statement(
        "s", "a", "direct", (passage,), "", None, None, nobody, None, None, nobody, None, said, (), "assert",
        "positive",
        "test", None,
    )  # fmt: skip


def test_quoted_words_are_counted_from_the_day_on_which_they_were_said() -> None:
    text = "“We will meet tomorrow,” she said on Monday. They meet tomorrow."
    article, expressions = of(text, "2018-11-14")
    times = resolve(article, expressions)
    told = spoken(article, expressions, times, [said_on("2018-11-12", 0, text.index("she") - 1)])
    assert [t.when.earliest for t in times] == ["2018-11-15", "2018-11-12", "2018-11-15"]
    assert [t.when.earliest for t in told] == ["2018-11-13", "2018-11-12", "2018-11-15"]


def test_what_a_whole_years_speech_calls_friday_keeps_its_words() -> None:
    text = "“The vote is on Friday,” he said in 2011. In 2011 he said: “Next year we will build.”"
    article, expressions = of(text, "2018-11-14")
    times = resolve(article, expressions)
    year = When("2011", "2011-01-01", "2011-12-31", "year", None, "stated")
    quotes = [(0, text.index("he said") - 1), (text.index("“Next"), len(text))]
    statements = [replace(said_on("2011", *quote), said=year) for quote in quotes]
    told = {t.when.text: t.when.earliest for t in spoken(article, expressions, times, statements)}
    assert (told["Friday"], told["Next year"]) == (None, "2012-01-01")


def test_the_dateline_tells_where_summer_is_and_when_a_fiscal_year_begins() -> None:
    article, expressions = of("The ship left last summer. Exports fell in the 2017-18 fiscal year.", "2018-11-14")
    found = {
        place: [(t.when.earliest, t.when.latest) for t in resolve(replace(article, dateline_place=place), expressions)]
        for place in ("Oslo", "Auckland", "New Delhi")
    }
    assert found["Oslo"][0] == ("2018-06-01", "2018-08-31")
    assert found["Auckland"][0] == ("2017-12-01", "2018-02-28")
    assert found["New Delhi"][1] == ("2017-04-01", "2018-03-31")
