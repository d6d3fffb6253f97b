"""Credits in texts lead to the article that is meant, or to the party that is credited."""

from __future__ import annotations

import pytest

from gathered import Gathered
from onrecord.linking import credits
from onrecord.model import Link, Passage


def only(links: tuple[Link, ...]) -> Link:
    assert len(links) == 1, [link.explanation for link in links]
    return links[0]


def words(press: Gathered, link: Link) -> str:
    row = press.corpus.row[link.left_id]
    text = press.corpus.article[getattr(row, "article_id", row.id)].text
    return " … ".join(place.of(text) for place in link.left_passages)


def test_an_agency_without_an_article_is_cited_as_a_party() -> None:
    press = Gathered()
    herald = press.article("The ferry will run again, Mayor Olt said, Norpress reported.", "Quay Herald")
    said = press.statement(
        herald,
        "The ferry will run again",
        who="Mayor Olt",
        speaker="Berit Olt",
        via=press.via(herald, "Norpress", "Norpress"),
    )
    link = only(credits.links(press.corpus, [press.story()]))
    assert (link.left_id, link.right_id) == (said.id, press.party("Norpress").id)
    assert words(press, link) == "Norpress"


def test_the_agencys_own_article_of_the_story_is_meant_with_the_same_words() -> None:
    press = Gathered()
    wire = press.article("The ferry will run again by the autumn, Olt said.", "Norpress", "2031-05-01")
    heard = press.statement(wire, "The ferry will run again by the autumn", who="Olt", speaker="Berit Olt")
    herald = press.article("The ferry will run again by autumn, Olt said, Norpress reported.", "Quay Herald")
    press.statement(
        herald,
        "The ferry will run again by autumn",
        who="Olt",
        speaker="Berit Olt",
        via=press.via(herald, "Norpress", "Norpress"),
    )
    link = only(credits.links(press.corpus, [press.story()]))
    assert link.right_id == wire.id
    assert link.right_passages == heard.content
    assert "same words" in link.explanation


def test_an_article_that_came_out_later_or_in_no_common_story_is_not_meant() -> None:
    press = Gathered()
    wire = press.article("The ferry will run again by the autumn, Olt said.", "Norpress", "2031-05-09")
    press.statement(wire, "The ferry will run again by the autumn", who="Olt", speaker="Berit Olt")
    herald = press.article("The ferry will run again by the autumn, Olt said, Norpress reported.", "Quay Herald")
    press.statement(
        herald,
        "The ferry will run again by the autumn",
        who="Olt",
        speaker="Berit Olt",
        via=press.via(herald, "Norpress", "Norpress"),
    )
    assert only(credits.links(press.corpus, [press.story()])).right_id == press.party("Norpress").id
    assert only(credits.links(press.corpus, [])).right_id == press.party("Norpress").id


def test_the_agencys_article_that_does_not_tell_it_is_not_meant() -> None:
    press = Gathered()
    press.article("A crane fell into the harbour basin on Tuesday.", "Norpress", "2031-05-01")
    herald = press.article("The president bought two sailors' jerseys, Norpress reported.", "Quay Herald")
    press.mention(herald, "Norpress", "Norpress")
    key = press.party("Norpress").id
    press.statement(herald, "The president bought two sailors' jerseys", "reported", "Norpress", speaker_ids=(key,))
    assert only(credits.links(press.corpus, [press.story()])).right_id == key


def test_an_outlet_does_not_cite_itself() -> None:
    press = Gathered()
    own = press.article("The ferry will run again, Olt told Norpress.", "norpress.example")
    press.mention(own, "Norpress", "Norpress")
    press.statement(own, "The ferry will run again", "told", who="Olt", speaker="Berit Olt")
    assert credits.links(press.corpus, [press.story()]) == ()


@pytest.mark.parametrize(
    ("text", "told", "meant"),
    [
        ("“It will run again,” Olt told the daily Strandposten.", "the daily Strandposten", "Strandposten"),
        ("Strandposten asked. “It will run again,” Olt told the Quay Gazette.", "the Quay Gazette", "Quay Gazette"),
        ("The daily Strandposten asked twice. “It will run again,” Olt told the paper.", "the paper", "Strandposten"),
    ],
)  # fmt: skip
def test_a_paper_that_was_told_is_cited(text: str, told: str, meant: str) -> None:
    press = Gathered()
    herald = press.article(text, "Quay Herald")
    for name in ("Strandposten", "Quay Gazette"):
        if name in text:
            press.mention(herald, name, name)
    press.statement(herald, "“It will run again,”", "told", who="Olt", speaker="Berit Olt")
    link = only(credits.links(press.corpus, [press.story()]))
    assert words(press, link) == told
    assert link.right_id == press.party(meant).id


@pytest.mark.parametrize(
    "text",
    [
        "“It will run again,” Olt told reporters.",
        "“It will run again,” Olt told the harbour board.",
        "Olt told the crew: “It will run again.”",
        "“It will run again,” Olt told the paper.",
    ],
)
def test_who_is_no_outlet_or_not_named_is_not_cited(text: str) -> None:
    press = Gathered()
    herald = press.article(text, "Quay Herald")
    if "board" in text:
        press.mention(herald, "harbour board", "Harbour Board")
    press.statement(herald, "It will run again", "told", who="Olt", speaker="Berit Olt")
    assert credits.links(press.corpus, [press.story()]) == ()


def test_a_short_name_means_an_outlet_of_the_story_that_has_the_words() -> None:
    press = Gathered()
    first = press.article("“We shall not pay for it twice,” Olt said.", "Gazette of the Coast", "2031-05-01")
    press.statement(first, "“We shall not pay for it twice,”", who="Olt", speaker="Berit Olt")
    herald = press.article("“We shall not pay for it twice,” Olt told the Gazette.", "Quay Herald")
    press.mention(herald, "Gazette", "Gazette")
    press.statement(herald, "“We shall not pay for it twice,”", "told", who="Olt", speaker="Berit Olt")
    assert only(credits.links(press.corpus, [press.story()])).right_id == first.id


def test_a_short_name_without_the_words_means_nobody_for_sure() -> None:
    press = Gathered()
    press.article("The crews are waiting.", "Gazette of the Coast", "2031-05-01")
    herald = press.article("“We shall not pay for it twice,” Olt told the Gazette.", "Quay Herald")
    press.mention(herald, "Gazette", "Gazette")
    press.statement(herald, "“We shall not pay for it twice,”", "told", who="Olt", speaker="Berit Olt")
    assert only(credits.links(press.corpus, [press.story()])).right_id == press.party("Gazette").id


def test_an_interview_and_a_website_are_credited_and_a_speech_is_not() -> None:
    press = Gathered()
    herald = press.article(
        "The ferry is safe, Olt said in an interview with Strandposten. It pays, Olt said in a speech.", "Quay Herald"
    )
    press.statement(
        herald, "The ferry is safe", who="Olt", speaker="Berit Olt",
        medium=press.medium(herald, "interview", "an interview with Strandposten", "Strandposten"),
    )  # fmt: skip
    press.statement(
        herald, "It pays", who="Olt", speaker="Berit Olt", medium=press.medium(herald, "speech", "a speech")
    )
    assert only(credits.links(press.corpus, [press.story()])).right_id == press.party("Strandposten").id


def test_the_dateline_credits_an_agency_with_the_whole_article() -> None:
    press = Gathered()
    herald = press.article("The ferry will run again.", "Quay Herald", dateline="VIKA, May 2 (Norpress) - ")
    other = press.article("The news agency Norpress has moved.", "Quay Herald")
    press.mention(other, "Norpress", "Norpress")
    link = only(credits.links(press.corpus, [press.story()]))
    assert (link.left_id, link.right_id) == (herald.id, press.party("Norpress").id)
    assert words(press, link) == "Norpress"


def test_passages_lie_in_the_article() -> None:
    press = Gathered()
    herald = press.article("The ferry will run again, Olt said, Norpress reported.", "Quay Herald")
    press.statement(
        herald,
        "The ferry will run again",
        who="Olt",
        speaker="Berit Olt",
        via=press.via(herald, "Norpress", "Norpress"),
    )
    for link in credits.links(press.corpus, []):
        assert all(isinstance(place, Passage) and place.end <= herald.length for place in link.left_passages)


@pytest.mark.parametrize(
    ("text", "cue", "cited"),
    [
        ("“It pays,” Olt said on Radio Vika’s morning show.", "said", "Radio Vika"),
        ("“It pays,” Olt said in an interview on Radio Vika.", "said", "Radio Vika"),
        ("“It pays,” Olt wrote in the Vika Times.", "wrote", "Vika Times"),
        ("“It pays,” Olt told Radio Vika's evening show.", "told", "Radio Vika"),
    ],
)
def test_where_words_were_said_is_cited(text: str, cue: str, cited: str) -> None:
    press = Gathered()
    herald = press.article(text, "Quay Herald")
    press.mention(herald, cited, cited)
    press.statement(herald, "“It pays,”", cue, who="Olt", speaker="Berit Olt")
    assert only(credits.links(press.corpus, [])).right_id == press.party(cited).id


@pytest.mark.parametrize(
    "text",
    [
        "“It pays,” Olt said. The ferry board sat on Monday, and Radio Vika was there.",
        "“It pays,” Olt said of a report to Radio Vika.",
        "“It pays,” Olt said on Facebook.",
    ],
)
def test_an_outlet_that_only_stands_nearby_is_not_cited(text: str) -> None:
    press = Gathered()
    herald = press.article(text, "Quay Herald")
    for name in ("Radio Vika", "Facebook"):
        if name in text:
            press.mention(herald, name, name)
    press.statement(herald, "“It pays,”", who="Olt", speaker="Berit Olt")
    assert credits.links(press.corpus, []) == ()


def test_a_person_of_an_outlets_name_is_no_outlet() -> None:
    press = Gathered()
    herald = press.article("“It pays,” Post said. Reuters said it does not.", "Quay Herald")
    press.mention(herald, "Post", "Emily Post", "person")
    press.statement(herald, "“It pays,”", who="Post", speaker="Emily Post")
    assert credits.links(press.corpus, []) == ()


def test_an_outlet_that_calls_itself_by_initials_does_not_cite_itself() -> None:
    press = Gathered()
    own = press.article("“It pays,” Olt told the Vika Evening Times.", "VET")
    press.mention(own, "Vika Evening Times", "Vika Evening Times")
    press.statement(own, "“It pays,”", "told", who="Olt", speaker="Berit Olt")
    assert credits.links(press.corpus, []) == ()
