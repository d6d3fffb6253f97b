"""What people ask of a record: each filter by what it lets through."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

import handmade
from handmade import ONE, SAMI, TWO, VARGA
from onrecord.model import TABLES, OnRecordError, When
from onrecord.store import LISTINGS, Filters, Store, select, standing
from onrecord.store.queries import first_day, last_day, parties_called, unscored
from onrecord.store.timeline import timeline

MAYOR, WEBSITE, MINISTER = handmade.said_by_mayor(), handmade.from_website(), handmade.said_by_sami()


@pytest.fixture
def store(record: Path) -> Iterator[Store]:
    with Store.open(record, read_only=True) as opened:
        yield opened


def ids(store: Store, table: str, **given: object) -> list[str]:
    return [row.id for row in select(store, table, Filters(**given))]  # type: ignore[arg-type]


@pytest.mark.parametrize("table", TABLES)
def test_without_a_filter_every_row_is_there_once(store: Store, table: str) -> None:
    assert sorted(ids(store, table)) == [row.id for row in store.rows(table)]


def test_rows_are_in_the_order_of_days_then_of_the_text(store: Store) -> None:
    assert ids(store, "statements") == [MAYOR.id, WEBSITE.id, MINISTER.id]
    assert ids(store, "articles") == [ONE.id, TWO.id]
    assert ids(store, "parties")[0] == VARGA.id


@pytest.mark.parametrize("who", ["Varga", "ilse varga", "VARGA ILSE", VARGA.id, VARGA.id[:9]])
def test_who_is_a_name_in_any_case_and_order_or_an_id(store: Store, who: str) -> None:
    assert ids(store, "statements", who=who) == [MAYOR.id]
    assert ids(store, "events", who=who) == [handmade.opening().id]
    assert ids(store, "parties", who=who) == [VARGA.id]
    assert ids(store, "articles", who=who) == [ONE.id]


def test_who_is_whole_words_of_a_name(store: Store) -> None:
    assert parties_called(store, "Var") == []
    assert ids(store, "statements", who="Var") == []


def test_who_is_an_office_with_its_title(store: Store) -> None:
    assert parties_called(store, "mayor of Brenholt") == parties_called(store, "Mayor") == [VARGA.id]
    assert VARGA.id not in parties_called(store, "Brenholt")
    assert parties_called(store, "mayor of Lisbon") == []


def test_who_finds_names_in_other_scripts(store: Store) -> None:
    assert ids(store, "statements", who="سامي") == [MINISTER.id]
    assert parties_called(store, "الوزير سامي") == [SAMI.id]


def test_who_finds_speakers_that_are_words_only(store: Store) -> None:
    assert ids(store, "statements", who="city's website") == [WEBSITE.id]
    assert ids(store, "statements", who="she") == [], "a pronoun that was resolved is no name"


def test_who_without_a_word_is_an_error(store: Store) -> None:
    with pytest.raises(OnRecordError, match="--who"):
        ids(store, "statements", who="!!")


def test_about_is_in_the_words_or_names_of_the_passage(store: Store) -> None:
    assert ids(store, "statements", about="STALL") == [MAYOR.id, MINISTER.id]
    assert ids(store, "statements", about="rebuilt harbour") == [WEBSITE.id]
    assert ids(store, "statements", about="varga") == [], "who speaks is not what is spoken about"
    assert ids(store, "events", about="lake fair") == [handmade.opening().id]
    assert ids(store, "figures", about="courier") == []
    assert ids(store, "articles", about="harbour post") == [TWO.id]
    assert ids(store, "commitments", about="harbour") == [handmade.promise().id]
    assert ids(store, "occasions", about="lake") == [handmade.FAIR.id]


def test_about_finds_the_party_that_a_pronoun_means(store: Store) -> None:
    """The mayor's figure stands in a sentence that has only "she"."""
    assert len(ids(store, "figures", about="Varga")) == 1


def test_since_and_until_use_the_rows_date_or_its_articles(store: Store) -> None:
    assert ids(store, "statements", since="2026-06-04") == [MINISTER.id]
    assert ids(store, "statements", until="2026-06-03") == [MAYOR.id, WEBSITE.id]
    assert ids(store, "statements", since="2026-06", until="2026") == [MAYOR.id, WEBSITE.id, MINISTER.id]
    assert [row.when.text for row in select(store, "times", Filters(since="2030"))] == ["2031"]
    assert ids(store, "times", since="2031-06", until="2031-07") != [], "an interval that touches is let through"
    assert ids(store, "times", since="2032") == []


@pytest.mark.parametrize("day", ["yesterday", "2026-13", "2026-6-1", "26", "2026-06-32", ""])
def test_what_is_no_date_is_an_error(store: Store, day: str) -> None:
    with pytest.raises(OnRecordError, match="no date"):
        ids(store, "statements", since=day)


def test_a_year_or_month_is_its_first_and_last_day() -> None:
    assert (first_day("2026"), last_day("2026")) == ("2026-01-01", "2026-12-31")
    assert (first_day("2026-06"), last_day("2026-06")) == ("2026-06-01", "2026-06-31")
    assert (first_day("2026-06-03"), last_day("2026-06-03")) == ("2026-06-03", "2026-06-03")


def test_outlet_is_part_of_the_outlet_or_the_origin(store: Store) -> None:
    assert ids(store, "statements", outlet="courier") == [MAYOR.id, WEBSITE.id]
    assert ids(store, "articles", outlet="stalls.txt") == [TWO.id]
    assert ids(store, "parties", outlet="stalls.txt") == [SAMI.id]
    assert ids(store, "occasions", outlet="courier") == [handmade.FAIR.id]
    assert ids(store, "occasions", outlet="stalls.txt") == []


def test_confidence_is_a_floor_and_what_has_none_is_counted(store: Store) -> None:
    assert ids(store, "statements", min_confidence=0.88) == [MAYOR.id, MINISTER.id]
    assert ids(store, "figures", min_confidence=0.0) == []
    assert unscored(store, "figures") == 2
    assert unscored(store, "statements") == 0


def test_limits(store: Store) -> None:
    assert ids(store, "statements", limit=1) == [MAYOR.id]
    assert ids(store, "statements", limit=1, about="only") == [MINISTER.id]
    assert ids(store, "statements", limit=0) == []


def test_filters_meet_together(store: Store) -> None:
    assert ids(store, "statements", who="varga", about="stalls", until="2026", outlet="brenholt") == [MAYOR.id]
    assert ids(store, "statements", who="varga", about="harbour") == []


@pytest.mark.parametrize("table", LISTINGS)
def test_every_filter_a_table_knows_can_be_asked(store: Store, table: str) -> None:
    asked = {"who": "x", "about": "x", "since": "2026", "until": "2026", "outlet": "x", "min_confidence": 0.5}
    for name, value in asked.items():
        if name in LISTINGS[table].filters:
            assert isinstance(ids(store, table, **{name: value}), list)
        else:
            with pytest.raises(OnRecordError, match="cannot be filtered"):
                ids(store, table, **{name: value})


@pytest.mark.parametrize("words", ["'; DROP TABLE articles; --", '"', "%", "NEAR(", "a OR b", "\x00", "*"])
@pytest.mark.parametrize("name", ["about", "outlet"])
def test_what_people_type_is_never_code(store: Store, words: str, name: str) -> None:
    for table in LISTINGS:
        if name in LISTINGS[table].filters:
            ids(store, table, **{name: words})
    assert store.count("articles") == 2


@pytest.mark.parametrize(
    ("as_of", "stands"),
    [("2030-12-31", "ahead"), ("2031-01-01", "due"), ("2031-12-31", "due"), ("2032-01-01", "overdue")],
)
def test_how_a_promise_stands_depends_on_the_day(as_of: str, stands: str) -> None:
    assert standing(handmade.promise(), as_of) == stands


def test_a_promise_that_was_met_or_has_no_date_is_never_overdue() -> None:
    promise = handmade.promise()
    assert standing(replace(promise, status="met"), "2099-01-01") == "met"
    assert standing(replace(promise, due=None), "2099-01-01") == "undated"
    assert standing(replace(promise, due=When("soon")), "2099-01-01") == "undated"
    until = When("by then", None, "2031-05-01", "day", None, "inferred")
    assert standing(replace(promise, due=until), "2031-05-01") == "ahead"
    assert standing(replace(promise, due=until), "2031-05-02") == "overdue"


def test_the_timeline_is_in_order_and_tells_each_date_once(store: Store) -> None:
    moments = list(timeline(store, Filters()))
    assert [moment.kind for moment in moments] == ["event", "statement", "statement", "statement", "time"]
    assert moments[0].words == "opened"
    assert moments[-1].words == "2031", "Wednesday dates the event, so it is not told again"
    assert [moment.basis for moment in moments][1:4] == ["resolved", "published", "published"]
    assert [moment.id for moment in timeline(store, Filters(limit=1))] == [handmade.opening().id]


def test_the_timeline_of_a_person_has_no_other_dates(store: Store) -> None:
    assert [moment.kind for moment in timeline(store, Filters(who="varga"))] == ["event", "statement"]


def test_a_statement_of_which_only_the_last_day_is_known_is_put_there(record: Path) -> None:
    rows = handmade.tables()
    rows["statements"][0] = replace(MAYOR, said=When("", None, "2026-06-02", "day", None, "inferred"))
    with Store.open(record) as store:
        store.replace_derived(rows)
        first = next(timeline(store, Filters()))
    assert (first.id, first.earliest, first.latest) == (MAYOR.id, None, "2026-06-02")
