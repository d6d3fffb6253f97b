"""Chains of relays are followed to their ends, and what rests on one source counts once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from gathered import Gathered
from onrecord.comparison.origins import Chain, OriginCount, Origins
from onrecord.linking import credits
from onrecord.model import Link
from onrecord.store import Store
from onrecord.store.origins import surroundings


def origins(press: Gathered) -> Origins:
    """The graph of what was gathered, with the credits that are found in it."""
    stories = [press.story()]
    links: Sequence[Link] = [*press.links, *credits.links(press.corpus, stories)]
    return Origins(press.corpus, links)


def behind(press: Gathered, *rows: object) -> OriginCount:
    return origins(press).behind([row.id for row in rows])  # type: ignore[attr-defined]


def way(chain: Chain) -> list[str]:
    return [chain.publisher, *(step.target for step in chain.steps)]


def test_two_outlets_that_report_themselves_are_two_origins() -> None:
    press = Gathered()
    one = press.article("The ferry is safe, Olt said.", "Quay Herald")
    two = press.article("The ferry is safe, Olt said.", "Coast Courier")
    rows = [press.statement(a, "The ferry is safe", who="Olt", speaker="Berit Olt") for a in (one, two)]
    count = behind(press, *rows)
    assert (count.independent, count.unresolved) == (2, 0)
    assert count.origins == ("Coast Courier", "Quay Herald")
    assert count.speakers == ("Berit Olt",)


def test_three_outlets_that_cite_one_agency_are_one_origin() -> None:
    press = Gathered()
    rows = []
    for outlet in ("Quay Herald", "Coast Courier", "Island Post"):
        a = press.article("The ferry is safe, Olt said, the agency Norpress reported.", outlet)
        via = press.via(a, "the agency Norpress", "Norpress")
        rows.append(press.statement(a, "The ferry is safe", who="Olt", speaker="Berit Olt", via=via))
    count = behind(press, *rows)
    assert (count.independent, count.unresolved, count.origins) == (1, 0, ("Norpress",))
    assert [step.words for chain in count.chains for step in chain.steps] == ["the agency Norpress"] * 3


def test_an_agency_and_those_who_cite_it_are_one_origin() -> None:
    press = Gathered()
    wire = press.article("The ferry is safe, Olt said.", "norpress.example", "2031-05-01")
    own = press.statement(wire, "The ferry is safe", who="Olt", speaker="Berit Olt")
    herald = press.article("The ferry is safe, Olt said, Norpress reported.", "Quay Herald")
    via = press.via(herald, "Norpress", "Norpress")
    cited = press.statement(herald, "The ferry is safe", who="Olt", speaker="Berit Olt", via=via)
    assert behind(press, own, cited).independent == 1
    own_report = press.article("The ferry is safe, Olt said.", "Coast Courier")
    other = press.statement(own_report, "The ferry is safe", who="Olt", speaker="Berit Olt")
    assert behind(press, own, cited, other).independent == 2


def test_a_chain_goes_on_through_the_article_that_is_cited() -> None:
    press = Gathered()
    wire = press.article(
        "The ferry will run again by autumn, Olt said in an interview with Strandposten.", "Norpress", "2031-05-01"
    )
    press.statement(
        wire, "The ferry will run again by autumn", who="Olt", speaker="Berit Olt",
        medium=press.medium(wire, "interview", "an interview with Strandposten", "Strandposten"),
    )  # fmt: skip
    herald = press.article("The ferry will run again by autumn, Olt said, Norpress reported.", "Quay Herald")
    row = press.statement(
        herald, "The ferry will run again by autumn", who="Olt", speaker="Berit Olt",
        via=press.via(herald, "Norpress", "Norpress"),
    )  # fmt: skip
    count = behind(press, row)
    assert [way(chain) for chain in count.chains] == [["Quay Herald", "Norpress", "Strandposten"]]
    assert [step.article_id for step in count.chains[0].steps] == [herald.id, wire.id]
    assert count.origins == ("Strandposten",)


def test_what_stands_in_a_copied_passage_rests_on_what_was_copied() -> None:
    press = Gathered()
    text = "The crane fell into the harbour basin at dawn, and nobody was hurt in the night."
    wire = press.article(text, "Norpress", "2031-05-01")
    herald = press.article(f"{text} The quay is closed, Olt said.", "Quay Herald")
    told = [press.event(a, "fell", "crane", "harbour") for a in (wire, herald)]
    own = press.statement(herald, "The quay is closed", who="Olt", speaker="Berit Olt")
    press.copied(herald, wire, text)
    assert behind(press, *told).origins == ("Norpress",)
    assert way(origins(press).chains(told[1].id)[0]) == ["Quay Herald", "Norpress"]
    assert behind(press, own).origins == ("Quay Herald",)


def test_copies_of_one_another_end() -> None:
    press = Gathered()
    text = "The crane fell into the harbour basin at dawn, and nobody was hurt in the night."
    one, two = press.article(text, "Norpress"), press.article(text, "Quay Herald")
    press.copied(one, two, text)
    press.copied(two, one, text)
    rows = [press.event(a, "fell", "crane", "harbour") for a in (one, two)]
    assert behind(press, *rows).independent == 1


@pytest.mark.parametrize(
    ("text", "cue", "who"),
    [
        ("The ferry will run again, media reports said.", "said", "media reports"),
        ("The ferry will run again, it was reported.", "was reported", None),
        ("The ferry will run again, several local newspapers said.", "said", "several local newspapers"),
        ("The ferry will run again, according to the reports.", "according to", "the reports"),
    ],
)
def test_a_chain_that_ends_in_nobody_is_unresolved(text: str, cue: str, who: str | None) -> None:
    press = Gathered()
    herald = press.article(text, "Quay Herald")
    row = press.statement(herald, "The ferry will run again", cue, who)
    count = behind(press, row)
    assert (count.independent, count.unresolved, count.origins) == (0, 1, ())
    assert count.chains[0].steps[-1].how == "hearsay"


@pytest.mark.parametrize("who", ["officials", "the ministry", "a source close to the board", "two sailors"])
def test_a_source_without_a_name_that_the_outlet_heard_is_its_own_report(who: str) -> None:
    press = Gathered()
    herald = press.article(f"The ferry will run again, {who} said.", "Quay Herald")
    row = press.statement(herald, "The ferry will run again", "said", who)
    assert behind(press, row).origins == ("Quay Herald",)


def test_two_outlets_that_quote_one_document_are_one_origin() -> None:
    press = Gathered()
    rows = []
    for outlet in ("Quay Herald", "Coast Courier"):
        a = press.article("The hull is sound, Olt wrote in a letter to the board.", outlet)
        medium = press.medium(a, "letter", "a letter to the board")
        rows.append(press.statement(a, "The hull is sound", "wrote", "Olt", "Berit Olt", medium=medium))
    count = behind(press, *rows)
    assert (count.independent, count.origins) == (1, ("letter of Berit Olt",))


def test_two_outlets_at_one_speech_are_two_origins_of_one_speakers_word() -> None:
    press = Gathered()
    rows = []
    for outlet in ("Quay Herald", "Coast Courier"):
        a = press.article("The hull is sound, Olt said in a speech.", outlet)
        medium = press.medium(a, "speech", "a speech")
        rows.append(press.statement(a, "The hull is sound", "said", "Olt", "Berit Olt", medium=medium))
    count = behind(press, *rows)
    assert (count.independent, count.speakers) == (2, ("Berit Olt",))


def test_later_words_of_a_speaker_are_from_the_setting_that_was_named_first() -> None:
    press = Gathered()
    a = press.article(
        "The hull is sound, Olt said in an interview with Strandposten. “It will float,” she added. “I doubt it,” Roe"
        " said.",
        "Quay Herald",
    )
    press.statement(
        a, "The hull is sound", "said", "Olt", "Berit Olt",
        medium=press.medium(a, "interview", "an interview with Strandposten", "Strandposten"),
    )  # fmt: skip
    later = press.statement(a, "“It will float,”", "added", "she", "Berit Olt")
    other = press.statement(a, "“I doubt it,”", "said", "Roe", "Ann Roe")
    chain = behind(press, later).chains[0]
    assert [(step.target, step.inferred) for step in chain.steps] == [("Strandposten", True)]
    assert behind(press, other).origins == ("Quay Herald",)


def test_another_setting_ends_the_one_before() -> None:
    press = Gathered()
    a = press.article(
        "The hull is sound, Olt wrote in a letter. “It floats,” Olt told a news conference. “We paid,” she added.",
        "Quay Herald",
    )
    press.statement(a, "The hull is sound", "wrote", "Olt", "Berit Olt", medium=press.medium(a, "letter", "a letter"))
    press.statement(
        a, "“It floats,”", "told", "Olt", "Berit Olt", medium=press.medium(a, "news_conference", "a news conference")
    )
    last = press.statement(a, "“We paid,”", "added", "she", "Berit Olt")
    assert behind(press, last).origins == ("Quay Herald",)


def test_an_article_under_an_agencys_dateline_rests_on_the_agency() -> None:
    press = Gathered()
    herald = press.article("The ferry sank.", "Quay Herald", dateline="VIKA, May 2 (Norpress) - ")
    courier = press.article("The ferry sank.", "Coast Courier", dateline="VIKA /Norpress/ ")
    own = press.article("The ferry sank.", "norpress.example", dateline="VIKA (Norpress) - ")
    unnamed = press.article("The ferry sank.", None, dateline="VIKA (Norpress) - ")
    rows = [press.event(a, "sank", "ferry", "ferry") for a in (herald, courier, own, unnamed)]
    count = behind(press, *rows)
    assert (count.independent, count.unresolved) == (1, 0)
    assert [len(chain.steps) for chain in count.chains] == [1, 1, 0, 0]


def test_events_and_figures_in_a_statement_come_from_where_it_comes_from() -> None:
    press = Gathered()
    a = press.article("Vika attacked Lund, Norpress reported.", "Quay Herald")
    press.mention(a, "Norpress", "Norpress")
    outer = press.statement(a, "Vika attacked Lund", "reported", "Norpress")
    claimed = press.event(a, "attacked", "Vika", "Lund", "ASSAULT", asserted_by=outer.id)
    assert behind(press, claimed).chains[0].publisher == "Quay Herald"


def test_an_agency_that_speaks_is_a_relay_and_no_speaker() -> None:
    press = Gathered()
    a = press.article("Vika attacked Lund, the news agency Norpress reported.", "Quay Herald")
    press.mention(a, "Norpress", "Norpress")
    key = press.party("Norpress").id
    row = press.statement(a, "Vika attacked Lund", "reported", "the news agency Norpress", speaker_ids=(key,))
    count = behind(press, row)
    assert (count.origins, count.speakers) == (("Norpress",), ())


def test_the_count_does_not_depend_on_the_order_of_rows() -> None:
    press = Gathered()
    rows = []
    for number, outlet in enumerate(("Quay Herald", "Coast Courier", "Island Post", "Vika Times")):
        a = press.article("The ferry is safe, Olt said, Norpress reported.", outlet)
        via = press.via(a, "Norpress", "Norpress") if number % 2 else ()
        rows.append(press.statement(a, "The ferry is safe", who="Olt", speaker="Berit Olt", via=via))
    one, other = behind(press, *rows), behind(press, *rows[::-1])
    assert (one.independent, one.origins, one.unresolved) == (other.independent, other.origins, other.unresolved)
    assert one.independent == 3


def test_an_outlets_table_tells_what_is_its_own() -> None:
    press = Gathered()
    a = press.article(
        "The ferry is safe, Olt said, Norpress reported. It pays, Roe said. It was reported that it leaks.",
        "Quay Herald",
    )
    press.statement(a, "The ferry is safe", who="Olt", speaker="Berit Olt", via=press.via(a, "Norpress", "Norpress"))
    press.statement(a, "It pays", "said", "Roe", "Ann Roe")
    press.statement(a, "that it leaks", "was reported")
    found = origins(press).outlets()
    assert [(o.name, o.articles, o.rows, o.own, o.unresolved) for o in found] == [("Quay Herald", 1, 3, 1, 1)]
    assert [(on.name, on.rows) for on in found[0].rests_on] == [("Norpress", 1)]


def test_a_long_line_of_copies_ends_at_the_first() -> None:
    press = Gathered()
    text = "The crane fell into the harbour basin at dawn, and nobody was hurt in the night."
    copies = [press.article(text, f"Paper {n}", f"2031-05-{n + 1:02}") for n in range(28)]
    for at, copy in enumerate(copies):
        for earlier in copies[max(0, at - 3) : at]:
            press.copied(copy, earlier, text)
    rows = [press.event(a, "fell", "crane", "harbour") for a in copies]
    count = behind(press, *rows)
    assert (count.independent, count.origins) == (1, ("Paper 0",))


def test_an_event_that_an_outlet_only_heard_of_is_unresolved() -> None:
    press = Gathered()
    a = press.article("Vika reportedly attacked Lund. Arno met Lund.", "Quay Herald")
    heard = press.event(a, "attacked", "Vika", "Lund", "ASSAULT")
    told = press.event(a, "met", "Arno", "Lund")
    assert (behind(press, heard).unresolved, behind(press, heard).independent) == (1, 0)
    assert behind(press, heard).chains[0].steps[0].words == "reportedly"
    assert behind(press, told).origins == ("Quay Herald",)


def test_an_article_that_another_published_first_rests_on_it() -> None:
    press = Gathered()
    a = press.article("The ferry sank.\n(First published by Strandposten)", "Quay Herald")
    b = press.article("The ferry sank at dawn.", "Strandposten")
    rows = [press.event(each, "sank", "ferry", "ferry") for each in (a, b)]
    assert behind(press, *rows).origins == ("Strandposten",)


def test_a_newspaper_that_is_only_described_is_unresolved() -> None:
    press = Gathered()
    a = press.article("The ferry is safe, Olt said, as reported by a Vika newspaper.", "Quay Herald")
    via = press.via(a, "a Vika newspaper", "Vika")
    press.parties["Vika"] = replace(press.parties["Vika"], kind="place")
    row = press.statement(a, "The ferry is safe", who="Olt", speaker="Berit Olt", via=via)
    assert (behind(press, row).independent, behind(press, row).unresolved) == (0, 1)


def test_a_part_of_a_record_gives_the_same_chains_as_the_whole(tmp_path: Path) -> None:
    press = Gathered()
    wire = press.article(
        "The ferry will run again by autumn, Olt told the daily Strandposten.", "Norpress", "2031-05-01"
    )
    press.mention(wire, "Strandposten", "Strandposten")
    press.statement(wire, "The ferry will run again by autumn", "told", who="Olt", speaker="Berit Olt")
    herald = press.article("The ferry will run again by autumn, Olt said, Norpress reported.", "Quay Herald")
    via = press.via(herald, "Norpress", "Norpress")
    row = press.statement(herald, "The ferry will run again by autumn", who="Olt", speaker="Berit Olt", via=via)
    press.article("The crane fell.", "Coast Courier")
    press.links += credits.links(press.corpus, [press.story()])
    with Store.open(press.write(tmp_path / "record.db"), read_only=True) as store:
        part = surroundings(store, [row.id])
    assert len(part.corpus.articles) == 2
    assert Origins(part.corpus, part.links, part.press).chains(row.id) == origins(press).chains(row.id)
    assert way(origins(press).chains(row.id)[0]) == ["Quay Herald", "Norpress", "Strandposten"]


def test_an_article_on_an_interview_goes_on_with_it_to_its_end() -> None:
    press = Gathered()
    a = press.article(
        "The hull is sound, Olt told the daily Strandposten. Roe doubts that it floats.\n“It floats,” she said."
        " She denied that it leaks. “We paid,” she added.",
        "Quay Herald",
    )
    press.mention(a, "Strandposten", "Strandposten")
    press.statement(a, "The hull is sound", "told", "Olt", "Berit Olt")
    press.statement(a, "that it floats", "doubts", "Roe", "Ann Roe")
    rows = [
        press.statement(a, words, cue, who, "Berit Olt")
        for words, cue, who in (
            ("“It floats,”", "said", "she"),
            ("that it leaks", "denied", "She"),
            ("“We paid,”", "added", "she"),
        )
    ]
    assert behind(press, *rows).origins == ("Strandposten",)


def test_views_of_nobody_that_is_named_are_unresolved() -> None:
    press = Gathered()
    a = press.article("Here are some points of view that I found: the ferry is safe.", "Quay Herald")
    row = press.statement(a, "the ferry is safe", "points of view")
    assert (behind(press, row).independent, behind(press, row).unresolved) == (0, 1)
