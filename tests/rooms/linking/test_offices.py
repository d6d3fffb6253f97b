"""Who "the Kenyan president" is where only another article says."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import permutations

import pytest

from onrecord.linking.offices import Offices, named_in, offices_in
from onrecord.model import Article, LocalParty, Party, PartyRole, Passage, Statement, When

DAY = date(2011, 6, 3)


def on(day: date | None) -> When | None:
    return When(str(day), str(day), str(day), "day", None, "metadata") if day else None


def article(day: date | None) -> Article:
    return Article(
        id="article", origin="a.txt", url=None, outlet=None, title=None, text="", byline=(), language="en",
        published=on(day), modified=None, dateline_place=None, text_sha256="", raw_sha256="", length=0, format="text",
        supersedes=None, parts=(),
    )  # fmt: skip


def holder(
    name: str, first: date | None, last: date | None = None, title: str = "president", of: str = "Kenya"
) -> Party:
    when = When("", str(first), str(last or first), "day", None, "inferred") if first else None
    return Party(name, name, "person", "KEN", (), (PartyRole(title, of, when),))


def said(words: str) -> Statement:
    return Statement(
        id="s", article_id="article", form="indirect", content=(Passage(0, 1),), text="", cue=None,
        source=Passage(2, 3), speaker_ids=(), speaker_name=words, resolved_by=None, addressee_ids=(), medium=None,
        said=None, via=(), act="assert", polarity="positive", made_by="statements/2", confidence=None,
    )  # fmt: skip


def who(words: str, parties: list[Party], day: date | None = DAY) -> tuple[str, ...]:
    return Offices(parties).told(said(words), article(day), {}).speaker_ids


@pytest.mark.parametrize(
    ("words", "offices"),
    [
        ("the Kenyan president", (("president", "KEN"),)),
        ("Kenya's president", (("president", "KEN"),)),
        ("The president of Kenya", (("president", "KEN"),)),
        ("the new Kenyan president", (("president", "KEN"),)),
        ("the US secretary of state", (("secretary of state", "USA"),)),
        ("the minister of foreign affairs of Peru", (("foreign minister", "PER"),)),
        ("The foreign ministers of Peru and Kenya", (("foreign minister", "PER"), ("foreign minister", "KEN"))),
        ("the Peruvian and Kenyan foreign ministers", (("foreign minister", "PER"), ("foreign minister", "KEN"))),
        ("the leaders of Peru, Kenya and Malta", (("leader", "PER"), ("leader", "KEN"), ("leader", "MLT"))),
        ("the former Kenyan president", ()),
        ("the Kenyan vice president", ()),
        ("the president", ()),
        ("a man whom the Kenyan president met", ()),
        ("the president of Peru and Kenya", ()),
    ],
)
def test_the_offices_that_a_phrase_names(words: str, offices: tuple[tuple[str, str], ...]) -> None:
    assert offices_in(words) == offices


def test_an_office_is_carried_to_an_article_near_the_day_on_which_another_gives_it() -> None:
    statement = Offices([holder("Ruth Kimani", DAY)]).told(said("the Kenyan president"), article(DAY), {})
    assert statement.speaker_ids == ("Ruth Kimani",)
    assert statement.speaker_name == "Ruth Kimani"
    assert statement.resolved_by == "role_in_record"


def test_an_office_of_long_ago_is_not_carried() -> None:
    assert who("the Kenyan president", [holder("Ruth Kimani", DAY - timedelta(days=900))]) == ()


def test_an_article_without_a_date_takes_nobody() -> None:
    assert who("the Kenyan president", [holder("Ruth Kimani", DAY)], None) == ()


def test_an_office_of_another_country_is_not_carried() -> None:
    assert who("the Kenyan president", [holder("José Ruiz", DAY, of="Peru")]) == ()


def test_two_holders_near_the_day_leave_it_open() -> None:
    old, new = holder("Ann Roe", DAY - timedelta(days=60)), holder("Ruth Kimani", DAY + timedelta(days=60))
    assert who("the Kenyan president", [old, new]) == ()


def test_of_two_whose_days_lie_apart_the_one_in_whose_days_the_article_came_out() -> None:
    old = holder("Ann Roe", DAY - timedelta(days=300), DAY - timedelta(days=90))
    new = holder("Ruth Kimani", DAY - timedelta(days=80), DAY + timedelta(days=200))
    assert who("the Kenyan president", [old, new]) == ("Ruth Kimani",)
    assert who("the Kenyan president", [old, new], DAY - timedelta(days=85)) == ()


def test_two_whose_days_cross_leave_it_open() -> None:
    one = holder("Ann Roe", DAY - timedelta(days=30), DAY + timedelta(days=30))
    other = holder("Ruth Kimani", DAY - timedelta(days=20), DAY + timedelta(days=40))
    assert who("the Kenyan president", [one, other]) == ()


def test_a_leader_is_whoever_leads_the_state() -> None:
    assert who("the Kenyan leader", [holder("Ruth Kimani", DAY)]) == ("Ruth Kimani",)
    rivals = [holder("Ruth Kimani", DAY), holder("Amos Otieno", DAY, title="prime minister")]
    assert who("the Kenyan leader", rivals) == ()


def test_the_ministers_of_two_countries_are_two_speakers_where_both_are_known() -> None:
    ministers = [
        holder("Ann Wambui", DAY, title="foreign minister"),
        holder("José Ruiz", DAY, title="foreign minister", of="Peru"),
    ]
    assert who("The foreign ministers of Peru and Kenya", ministers) == ("José Ruiz", "Ann Wambui")
    assert who("The foreign ministers of Peru and Kenya", ministers[:1]) == ()


def test_whom_the_article_itself_names_comes_first() -> None:
    party = LocalParty("#1", "Ann Roe", "person", "KEN", (), (PartyRole("president", "Kenya", None),))
    own = named_in([party], lambda key: "Ann Roe")
    parties = [holder("Ruth Kimani", DAY), holder("Ann Roe", DAY, title="mayor")]
    statement = Offices(parties).told(said("the Kenyan president"), article(DAY), own)
    assert (statement.speaker_ids, statement.resolved_by) == (("Ann Roe",), "role")


def test_a_statement_with_a_speaker_keeps_it() -> None:
    statement = replace(said("the Kenyan president"), speaker_ids=("somebody",), resolved_by="name")
    assert Offices([holder("Ruth Kimani", DAY)]).told(statement, article(DAY), {}) == statement


def test_the_order_of_the_parties_makes_no_difference() -> None:
    parties = [
        holder("Ann Roe", DAY - timedelta(days=300), DAY - timedelta(days=90)),
        holder("Ruth Kimani", DAY),
        holder("Amos Otieno", DAY, title="prime minister"),
    ]
    words = ("the Kenyan president", "the Kenyan leader", "the Kenyan prime minister")
    told = {tuple(who(phrase, list(order)) for phrase in words) for order in permutations(parties)}
    assert len(told) == 1
