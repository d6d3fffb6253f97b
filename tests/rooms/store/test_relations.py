"""What passed between two parties: each happening once, in its period, at its place on the scale."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from gathered import Gathered, day
from onrecord.model import OnRecordError, Party, PartyRole, When, digest
from onrecord.model.plover import SCALE
from onrecord.store import Filters, Store
from onrecord.store.relations import Asked, Relation, relations


def asked(press: Gathered, tmp_path: Path, **given: Any) -> list[Relation]:
    path = press.write(tmp_path / "record.db")
    with Store.open(path, read_only=True) as store:
        return relations(store, Asked(**given))


def told(press: Gathered, outlet: str, trigger: str, type_: str, when: When | None, **more: Any) -> Any:
    source = press.article(f"Vika {trigger} Lund ({len(press.articles)}).", outlet, "2031-08-20")
    return press.event(source, trigger, "Vika", "Lund", type_, when=when, **more)


def test_counts_and_mean_per_period(tmp_path: Path) -> None:
    press = Gathered()
    told(press, "Quay Herald", "met", "CONSULT", day("2031-02-03"))
    told(press, "Quay Herald", "aided", "AID", day("2031-03-30"))
    told(press, "Quay Herald", "attacked", "ASSAULT", day("2031-07-01"))
    first, second = asked(press, tmp_path, by="quarter")
    assert (first.period, first.happenings, [(t.type, t.count) for t in first.types]) == (
        "2031-Q1", 2, [("AID", 1), ("CONSULT", 1)],
    )  # fmt: skip
    assert first.mean == (SCALE["CONSULT"] + SCALE["AID"]) / 2
    assert (second.period, second.mean) == ("2031-Q3", SCALE["ASSAULT"])
    assert {first.left, first.right} == {"Vika", "Lund"}


def test_an_event_that_three_articles_tell_counts_once(tmp_path: Path) -> None:
    press = Gathered()
    rows = [told(press, f"Paper {n}", "met", "CONSULT", day("2031-02-03")) for n in range(3)]
    press.same("same_event", rows[0], rows[1])
    press.same("same_event", rows[1], rows[2])
    told(press, "Paper 4", "attacked", "ASSAULT", day("2031-02-04"))
    [point] = asked(press, tmp_path)
    assert point.happenings == 2
    assert point.mean == (SCALE["CONSULT"] + SCALE["ASSAULT"]) / 2
    assert set(point.event_ids) >= {row.id for row in rows}


def test_what_is_planned_stands_apart_and_what_was_denied_is_left_out(tmp_path: Path) -> None:
    press = Gathered()
    told(press, "Quay Herald", "will meet", "CONSULT", day("2031-09-09"), status="planned")
    told(press, "Quay Herald", "did not attack", "ASSAULT", day("2031-09-09"), status="denied")
    told(press, "Quay Herald", "may attack", "ASSAULT", day("2031-09-09"), status="possible")
    [point] = asked(press, tmp_path)
    assert (point.happenings, point.mean, point.planned, len(point.planned_ids)) == (0, None, 1, 1)


def test_a_plan_that_another_article_says_has_happened_has_happened(tmp_path: Path) -> None:
    press = Gathered()
    plan = told(press, "Quay Herald", "will meet", "CONSULT", day("2031-09-09"), status="planned")
    done = told(press, "Coast Courier", "met", "CONSULT", day("2031-09-09"))
    press.same("same_event", plan, done)
    [point] = asked(press, tmp_path)
    assert (point.happenings, point.planned) == (1, 0)


def test_a_date_that_is_coarser_than_the_period_keeps_its_own(tmp_path: Path) -> None:
    press = Gathered()
    told(press, "A", "met", "CONSULT", When("2031", "2031-01-01", "2031-12-31", "year", None, "stated"))
    told(press, "A", "aided", "AID", When("May", "2031-05-01", "2031-05-31", "month", None, "stated"))
    told(press, "A", "fought", "ASSAULT", When("the 2030s", "2030-01-01", "2039-12-31", "decade", None, "stated"))
    assert [p.period for p in asked(press, tmp_path, by="month")] == ["2031", "2031-05", "undated"]


def test_a_happening_without_a_date_stands_under_its_articles_day_and_says_so(tmp_path: Path) -> None:
    press = Gathered()
    told(press, "A", "met", "CONSULT", None)
    [point] = asked(press, tmp_path, by="month")
    assert (point.period, point.dated_by_article) == ("2031-08", 1)


def test_one_party_with_another(tmp_path: Path) -> None:
    press = Gathered()
    told(press, "A", "met", "CONSULT", day("2031-02-03"))
    other = press.article("Vika praised Arno.", "A")
    press.event(other, "praised", "Vika", "Arno", "SUPPORT", when=day("2031-02-03"))
    path = press.write(tmp_path / "record.db")
    with Store.open(path, read_only=True) as store:
        assert [(p.left, p.right) for p in relations(store, Asked(who="lund"))] == [("Lund", "Vika")]
        assert [(p.left, p.right) for p in relations(store, Asked(other="lund"))] == [("Vika", "Lund")]
        assert [(p.left, p.right) for p in relations(store, Asked(who="vika", other="arno"))] == [("Vika", "Arno")]
        assert relations(store, Asked(who="lund", other="arno")) == []
        assert len(relations(store, Asked(who="vika", filters=Filters(limit=1)))) == 1
        assert relations(store, Asked(filters=Filters(since="2031-03"))) == []
        with pytest.raises(OnRecordError, match="year, quarter or month"):
            relations(store, Asked(by="week"))  # type: ignore[arg-type]


def test_nothing_passes_between_a_party_and_itself(tmp_path: Path) -> None:
    press = Gathered()
    source = press.article("Vika and Lund signed.", "A")
    ids = (press.party("Vika", "state").id, press.party("Lund", "state").id)
    press.event(source, "signed", "Vika", "Lund", "SUPPORT", actor_ids=ids, recipient_ids=ids)
    [point] = asked(press, tmp_path)
    assert (point.happenings, {point.left, point.right}) == (1, {"Vika", "Lund"})


def test_an_empty_record(tmp_path: Path) -> None:
    with Store.open(tmp_path / "record.db", create=True) as store:
        assert relations(store) == []


def test_officials_bodies_and_places_count_as_their_state(tmp_path: Path) -> None:
    press = Gathered()
    for name, kind, country, roles in (
        ("Peru", "state", "PER", ()),
        ("Kenya", "state", "KEN", ()),
        ("Olt", "person", "PER", (PartyRole("minister", "Peru", None),)),
        ("Roe", "person", "PER", (PartyRole("singer", None, None),)),
        ("Ministry of Roads", "organisation", "KEN", ()),
        ("Lake Rowing Club", "organisation", "KEN", ()),
        ("Nairobi", "place", "KEN", ()),
    ):
        press.parties[name] = Party(digest("party", name), name, kind, country, (), roles)
    pairs = [("Olt", "Nairobi"), ("Ministry of Roads", "Peru"), ("Roe", "Kenya"), ("Lake Rowing Club", "Peru")]
    for actor, recipient in (*pairs, ("Olt", "Peru")):
        source = press.article(f"{actor} met {recipient}.", "A")
        press.event(source, "met", actor, recipient, when=day("2031-02-03"))
    path = press.write(tmp_path / "record.db")
    with Store.open(path, read_only=True) as store:
        [point] = relations(store, Asked(states=True))
        assert ({point.left, point.right}, point.happenings) == ({"Peru", "Kenya"}, 2)
        assert [p.left for p in relations(store, Asked(who="kenya", states=True))] == ["Kenya"]
        assert len(relations(store, Asked())) == 5
