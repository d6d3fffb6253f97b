"""What is asked of linked things, and what the answers are: invented articles on a ferry and a harbour."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Any

import pytest

from gathered import Gathered
from handmade import at
from onrecord.comparison import questions
from onrecord.comparison.origins import Origins
from onrecord.model import (
    Amount,
    Article,
    Commitment,
    Comparison,
    Corpus,
    Figure,
    Link,
    Occasion,
    OccasionMention,
    PartyRole,
    Story,
    Time,
    When,
    entry_id,
)


def day(value: str, basis: Any = "stated", precision: Any = "day", last: str | None = None) -> When:
    return When(value, value, last or value, precision, None, basis)


def figure(gathered: Gathered, source: Article, words: str, amount: Amount, **more: Any) -> Figure:
    place = at(source.text, words)
    made = Figure(
        id=entry_id("figure", source.id, place), article_id=source.id, passage=place, text=words, amount=amount,
        of_what=None, of_what_head=None, subject_ids=(), when=None, role="value", event_id=None, occasion_id=None,
        statement_id=None, made_by="figures/1", confidence=None,
    )  # fmt: skip
    gathered.figures.append(replace(made, **more))
    return gathered.figures[-1]


def exact(number: str, unit: str) -> Amount:
    return Amount(number, number, "exact", unit)


def compared(gathered: Gathered, story: Story | None = None, **more: Any) -> list[Comparison]:
    """The comparisons of what was gathered, as one story."""
    corpus: Corpus = replace(gathered.corpus, **more)
    links: list[Link] = sorted(gathered.links, key=lambda link: link.id)
    stories = [story or gathered.story()]
    return list(questions.compare(corpus, links, stories, Origins(corpus, links)))


def told(rows: list[Comparison], outcome: str) -> list[Comparison]:
    return [row for row in rows if row.outcome == outcome]


def values(row: Comparison) -> list[str]:
    return [answer.value for answer in row.answers]


def two(one: str, other: str, later: str = "2031-05-02") -> tuple[Gathered, Article, Article]:
    """Two articles of two outlets, the second published on a day of its own."""
    gathered = Gathered()
    return gathered, gathered.article(one, "The Ledger", "2031-05-02"), gathered.article(other, "The Quill", later)


# ------------------------------------------------------------------ figures


def test_two_numbers_of_one_thing_differ_and_the_outlets_and_their_words_are_named() -> None:
    gathered, one, other = two("The ferry carries 47 lorries.\n", "It has room for 61 lorries, the owner says.\n")
    left = figure(gathered, one, "47 lorries", exact("47", "lorry"), of_what="lorries", of_what_head="lorry")
    right = figure(gathered, other, "61 lorries", exact("61", "lorry"), of_what="lorries", of_what_head="lorry")
    gathered.same("same_figure", left, right)
    (row,) = told(compared(gathered), "differ")
    assert sorted(values(row)) == ["47 lorry", "61 lorry"]
    assert "The Ledger says “47 lorries”" in row.explanation
    assert "The Quill says “61 lorries”" in row.explanation
    assert "These cannot both be true of one thing" in row.explanation
    assert {subject.kind for subject in row.about} == {"figures"}
    assert row.independent_origins == 2


def test_a_later_article_is_said_to_be_later() -> None:
    gathered, one, other = two("The storm hurt 47 people.\n", "The storm hurt 61 people.\n", later="2031-05-04")
    left = figure(gathered, one, "47 people", exact("47", "person"), of_what="people", of_what_head="people")
    right = figure(gathered, other, "61 people", exact("61", "person"), of_what="people", of_what_head="people")
    gathered.same("same_figure", left, right)
    (row,) = told(compared(gathered), "differ")
    assert "The Quill came out later (4 May 2031): it may give a later count." in row.explanation


@pytest.mark.parametrize(
    ("other", "more", "reason"),
    [
        ("By now 61 people are known to be hurt, up from 47.\n", {}, "a later count or a revision"),
        ("It hurt 61 people.\n", {"when": day("2029-01-01", "stated", "year", "2029-12-31")}, "two periods"),
        ("It hurt 61 people.\n", {"role": "target"}, "the other a target"),
        ("The dead include 61 people, among them 61 people alone.\n", {}, "a part only"),
    ],
)
def test_a_revision_a_period_a_part_and_a_definition_are_no_disagreement(
    other: str, more: dict[str, Any], reason: str
) -> None:
    gathered, one, second = two("The storm hurt 47 people.\n", other)
    of = {"of_what": "people", "of_what_head": "people"}
    when = day("2031-01-01", "stated", "year", "2031-12-31")
    left = figure(gathered, one, "47 people", exact("47", "person"), when=when, **of)
    right = figure(gathered, second, "61 people", exact("61", "person"), **(of | more))
    if "among them" in other:
        gathered.figures[-1] = right = replace(right, passage=at(other, "61 people alone"), text="61 people")
    gathered.same("same_figure", left, right)
    rows = compared(gathered)
    assert not told(rows, "differ")
    (row,) = told(rows, "compatible")
    assert reason in row.explanation


def test_an_article_that_gives_both_numbers_tells_of_two_things() -> None:
    gathered, one, other = two("It has 19 cabins and 15 cabins.\n", "There are 19 cabins aboard.\n")
    of = {"of_what": "cabins", "of_what_head": "cabin"}
    left = figure(gathered, one, "19 cabins", exact("19", "cabin"), **of)
    more = figure(gathered, one, "15 cabins", exact("15", "cabin"), **of)
    right = figure(gathered, other, "19 cabins", exact("19", "cabin"), **of)
    for a, b in ((left, more), (left, right), (more, right)):
        gathered.same("same_figure", a, b)
    rows = compared(gathered)
    assert not told(rows, "differ")
    assert [sorted(values(row)) for row in told(rows, "agree")] == [["19 cabin", "19 cabin"]]


def test_an_unsure_link_lets_no_amounts_differ() -> None:
    gathered, one, other = two("Crews spent $9,587 on paint.\n", "Crews spent $10,977 on ropes.\n")
    left = figure(gathered, one, "$9,587", exact("9587", "USD"))
    right = figure(gathered, other, "$10,977", exact("10977", "USD"))
    gathered.links.append(replace(gathered.same("same_figure", left, right), score=0.6))
    del gathered.links[0]
    assert not told(compared(gathered), "differ")


def test_two_lengths_of_one_talk_differ_without_any_link() -> None:
    gathered, one, other = two(
        "The talk between Varga and Olsen lasted 4.5 hours.\n", "Varga and Olsen talked for more than five hours.\n"
    )
    for source, words, amount in (
        (one, "4.5 hours", exact("4.5", "h")),
        (other, "more than five hours", Amount("5", None, "more_than", "h")),
    ):
        for name in ("Varga", "Olsen"):
            gathered.mention(source, name, name, "person")
        figure(gathered, source, words, amount)
    (row,) = told(compared(gathered), "differ")
    assert values(row) == ["4.5 h", ">5 h"] or values(row) == [">5 h", "4.5 h"]
    assert row.question.startswith("How long")


def test_two_lengths_of_one_talk_in_one_article_differ() -> None:
    gathered = Gathered()
    text = "The talk between Varga and Olsen lasted 4.5 hours.\nVarga said the talk with Olsen took three hours.\n"
    source = gathered.article(text, "The Ledger")
    gathered.article("Nothing of it here.\n", "The Quill")
    for words in ("Varga and Olsen", "Olsen lasted", "Varga said", "Olsen took"):
        gathered.mention(source, words, words.split()[0] if "and" not in words else "Varga", "person")
    for words, amount in (("4.5 hours", exact("4.5", "h")), ("three hours", exact("3", "h"))):
        figure(gathered, source, words, amount)
    (row,) = told(compared(gathered), "differ")
    assert {answer.article_id for answer in row.answers} == {source.id}
    assert "in one article" in row.explanation


# ------------------------------------------------------------------ events


def visit(gathered: Gathered, source: Article, **more: Any) -> Any:
    return gathered.event(source, "visited", "Norvik", "Brenholt", mode="visit", **more)


def test_a_visit_on_two_days_differs_and_a_month_holds_its_day() -> None:
    for when, outcome in (
        (day("2031-04-28"), "differ"),
        (day("2031-04-01", "stated", "month", "2031-04-30"), "compatible"),
    ):
        gathered, one, other = two("Norvik visited Brenholt.\n", "Norvik visited Brenholt again.\n")
        left = visit(gathered, one, when=day("2031-04-30"))
        right = visit(gathered, other, when=when)
        gathered.same("same_event", left, right)
        rows = [row for row in compared(gathered) if row.question.startswith("When")]
        assert [row.outcome for row in rows] == [outcome]
        assert rows[0].question == "When was the visit of Norvik to Brenholt?"


def test_denied_against_happened_differs_and_planned_before_happened_does_not() -> None:
    for status, outcome in (("denied", "differ"), ("planned", "compatible"), ("ongoing", "agree")):
        gathered, one, other = two("Norvik visited Brenholt.\n", "Norvik visited Brenholt, it says.\n")
        gathered.same("same_event", visit(gathered, one), visit(gathered, other, status=status))
        rows = [row for row in compared(gathered) if row.question.startswith("Did ")]
        assert [row.outcome for row in rows] == [outcome], status


def test_what_is_denied_of_others_is_no_denial() -> None:
    gathered, one, other = two("Norvik apologized to all.\n", "Norvik has not apologized to the pilots.\n")
    told_of = {"type_": "SUPPORT", "recipient_ids": (), "actor_passages": (), "recipient_passages": ()}
    left = gathered.event(one, "apologized", "Norvik", "all", **told_of)
    right = gathered.event(other, "apologized", "Norvik", "the pilots", status="denied", **told_of)
    gathered.same("same_event", left, right)
    (row,) = [row for row in compared(gathered) if row.question.startswith("Did ")]
    assert row.outcome == "compatible"
    assert "one denies it in other words, or as done to others" in row.explanation


def test_a_plan_for_another_day_is_no_disagreement() -> None:
    gathered, one, other = two("Norvik visited Brenholt.\n", "Norvik visited Brenholt.\n")
    left = visit(gathered, one, when=day("2031-04-30"))
    right = visit(gathered, other, when=day("2031-04-28"), status="planned")
    gathered.same("same_event", left, right)
    rows = [row for row in compared(gathered) if row.question.startswith("When")]
    assert [row.outcome for row in rows] == ["compatible"]
    assert "planned" in rows[0].explanation


def test_the_first_visit_is_not_the_third_unless_it_is_counted_otherwise() -> None:
    for words, outcome in (("It was the third visit", "differ"), ("It was the third visit since 2020", "compatible")):
        gathered, one, other = two(
            "It was the first visit of Norvik to Brenholt.\n", f"{words} of Norvik, to Brenholt.\n"
        )
        left = gathered.event(one, "visit", "Norvik", "Brenholt", mode="visit")
        right = gathered.event(other, "visit", "Norvik", "Brenholt", mode="visit")
        gathered.same("same_event", left, right)
        rows = [row for row in compared(gathered) if row.question.startswith("Is it the first")]
        assert [row.outcome for row in rows] == [outcome], words


def test_two_events_in_opposite_order_differ() -> None:
    gathered, one, other = two("Norvik visited Brenholt and aided Brenholt.\n", "Norvik visited and aided Brenholt.\n")
    first, second = day("2031-04-20"), day("2031-04-25")
    gathered.same("same_event", visit(gathered, one, when=first), visit(gathered, other, when=second))
    aid = [
        gathered.event(source, "aided", "Norvik", "Brenholt", "AID", when=when)
        for source, when in ((one, second), (other, first))
    ]
    gathered.same("same_event", *aid)
    rows = [row for row in compared(gathered) if row.question.startswith("What came first")]
    assert [row.outcome for row in rows] == ["differ"]


# ------------------------------------------------------------------ words


QUOTE = "“We shall not sell the old harbour to anybody”"


def test_one_quotation_given_to_two_persons_differs() -> None:
    gathered, one, other = two(f"{QUOTE}, Varga said.\n", f"{QUOTE}, Olsen said.\n")
    left = gathered.statement(one, QUOTE, speaker="Ilse Varga")
    right = gathered.statement(other, QUOTE, speaker="Jon Olsen")
    gathered.same("same_words", left, right)
    (row,) = told(compared(gathered), "differ")
    assert row.question.startswith("Who said “We shall not sell")
    assert sorted(values(row)) == ["Ilse Varga", "Jon Olsen"]


def test_a_speaker_described_by_the_office_of_the_one_that_is_named_is_that_person() -> None:
    gathered, one, other = two(f"{QUOTE}, its mayor said. Ilse Varga smiled.\n", f"{QUOTE}, Ilse Varga said.\n")
    gathered.mention(one, "Ilse Varga", "Ilse Varga", "person")
    party = gathered.party("Ilse Varga", "person")
    gathered.parties["Ilse Varga"] = replace(party, roles=(PartyRole("mayor", None, None),))
    left = gathered.statement(one, QUOTE, who="its mayor")
    right = gathered.statement(other, QUOTE, speaker="Ilse Varga")
    gathered.same("same_words", left, right)
    (row,) = [row for row in compared(gathered) if row.question.startswith("Who said")]
    assert (row.outcome, values(row)) == ("agree", ["Ilse Varga", "Ilse Varga"])
    assert "whom it calls “its mayor”" in row.explanation


@pytest.mark.parametrize(
    ("change", "outcome"),
    [("not → now (negation)", "differ"), ("five → six (number)", "differ"), ("F.B.I. → FBI (name)", "compatible"),
     ("Okafor → Okaffor (name)", "compatible"), ("– → by 130 million (number)", "compatible"),
     ("old → ancient", "compatible")],
)  # fmt: skip
def test_changed_words_that_a_link_tells_matter_where_they_change_what_is_said(change: str, outcome: str) -> None:
    longer = f"{QUOTE[:-1]} at all”"
    gathered, one, other = two(f"{QUOTE}, Varga said.\n", f"{longer}, Varga said.\n")
    left = gathered.statement(one, QUOTE, speaker="Ilse Varga")
    right = gathered.statement(other, longer, speaker="Ilse Varga")
    gathered.links.append(replace(gathered.same("same_words", left, right), changed=(change,)))
    del gathered.links[0]
    (row,) = [row for row in compared(gathered) if row.question.startswith("What were the words")]
    assert row.outcome == outcome


def test_a_short_quotation_that_stands_in_another_article_s_needs_no_link() -> None:
    gathered, one, other = two(
        "“He always says June,” Varga said.\n", "“We wait. He always says June.” That was Varga.\n"
    )
    gathered.statement(one, "“He always says June,”", speaker="Ilse Varga")
    gathered.statement(other, "“We wait. He always says June.”", cue=None, speaker="Ilse Varga")
    assert [row.outcome for row in compared(gathered) if row.question.startswith("Who said")] == ["agree"]


# ------------------------------------------------------------------ occasions and plans


def test_an_occasion_s_number_is_read_from_every_article_s_own_name_for_it() -> None:
    for second, outcome in (("XII Lake Fair", "agree"), ("13th Lake Fair", "differ")):
        gathered, one, other = two("The twelfth Lake Fair opens.\n", f"The {second} opens.\n")
        places = [(one, at(one.text, "twelfth Lake Fair")), (other, at(other.text, second))]
        mentions = tuple(OccasionMention(source.id, place.start, place.end) for source, place in places)
        fair = Occasion("0" * 16, "twelfth Lake Fair", "fair", 12, "Lake Fair", None, None, mentions)
        (row,) = [row for row in compared(gathered, occasions=(fair,)) if row.question.startswith("Which")]
        assert (row.question, row.outcome) == ("Which Lake Fair is it?", outcome)


def test_an_article_that_names_the_promised_day_agrees_on_it() -> None:
    gathered, one, other = two(
        "Varga promised to open the pier by 30 June.\n", "Varga will open the pier on June 30.\n"
    )
    third = gathered.article("They say the thirtieth of June.\n", "The Diary")
    due = day("2031-06-30")
    varga = gathered.party("Ilse Varga", "person")
    plans = tuple(
        Commitment(
            entry_id("c", source.id, place), source.id, place, (varga.id,), words, due, "open", None, "c/1", None
        )
        for source, words in ((one, "open the pier by 30 June"), (other, "open the pier on June 30"))
        for place in [at(source.text, words)]
    )
    named = at(third.text, "the thirtieth of June")
    times = (Time(entry_id("time", third.id, named), third.id, named, due, "times/1", None),)
    rows = [row for row in compared(gathered, commitments=plans, times=times) if row.question.startswith("By when")]
    assert [(row.outcome, values(row)) for row in rows] == [("agree", ["2031-06-30"] * 3)]


# ------------------------------------------------------------------ silence


def test_silence_is_told_apart_from_coming_too_early_and_from_telling_it_unlinked() -> None:
    gathered = Gathered()
    told_by = gathered.article("Norvik visited Brenholt with 40 ships in tow on Monday.\n", "The Ledger", "2031-05-03")
    early = gathered.article("Norvik may come.\n", "The Quill", "2031-05-01")
    silent = gathered.article("The weather was fine.\n", "The Diary", "2031-05-04")
    alike = gathered.article("So Norvik visited Brenholt with 40 ships in tow.\n", "The Post", "2031-05-04")
    undated = replace(gathered.article("The sea was calm.\n", "The Log"), published=None, dates=())
    gathered.articles[-1] = undated
    visit(gathered, told_by, when=day("2031-05-02"))
    (row,) = told(compared(gathered), "only_in")
    assert row.too_early == (early.id,)
    assert set(row.silent) == {silent.id, undated.id}
    assert alike.id not in (*row.silent, *row.too_early)
    assert "Only The Ledger has it." in row.explanation
    assert "Published before it was known: The Quill." in row.explanation


def test_what_happened_long_before_both_articles_could_have_been_told_by_the_earlier() -> None:
    gathered, earlier, later = two("Nothing of it here.\n", "Norvik visited Brenholt.\n", later="2031-05-20")
    visit(gathered, later, when=day("2031-03-01"))
    (row,) = told(compared(gathered), "only_in")
    assert (row.silent, row.too_early) == ((earlier.id,), ())


def test_a_person_s_names_for_outlets_are_used() -> None:
    gathered, one, other = two("The ferry carries 47 lorries.\n", "It has room for 61 lorries.\n")
    of = {"of_what": "lorries", "of_what_head": "lorry"}
    left = figure(gathered, one, "47 lorries", exact("47", "lorry"), **of)
    gathered.same("same_figure", left, figure(gathered, other, "61 lorries", exact("61", "lorry"), **of))
    corpus, links = gathered.corpus, gathered.links
    rows = questions.compare(corpus, links, [gathered.story()], Origins(corpus, links), {one.id: "Ledger Group"})
    assert any("Ledger Group says “47 lorries”" in row.explanation for row in rows)


def test_the_same_rows_come_whatever_the_order_of_links() -> None:
    gathered, one, other = two(
        "Norvik visited Brenholt with 47 lorries.\n", "Norvik visited Brenholt with 61 lorries.\n"
    )
    of = {"of_what": "lorries", "of_what_head": "lorry"}
    left = figure(gathered, one, "47 lorries", exact("47", "lorry"), **of)
    gathered.same("same_figure", left, figure(gathered, other, "61 lorries", exact("61", "lorry"), **of))
    gathered.same("same_event", visit(gathered, one), visit(gathered, other))
    corpus, story = gathered.corpus, gathered.story()
    both = [
        questions.compare(corpus, links, [story], Origins(corpus, links))
        for links in (gathered.links, list(reversed(gathered.links)))
    ]
    assert both[0] == both[1]
    assert len({row.id for row in both[0]}) == len(both[0])


@pytest.mark.parametrize(
    ("one", "other", "outcome"),
    [
        ("Ilse Varga", "Varga", "agree"),
        ("Ilse Varga", "I. Varga", "compatible"),
        ("Ilse Varga", "Jon Varga", "differ"),
        ("Ilse Varga", "Jon Olsen", "differ"),
    ],
)
def test_two_names_of_speakers(one: str, other: str, outcome: str) -> None:
    gathered, first, second = two(f"{QUOTE}, said one.\n", f"{QUOTE}, said the other.\n")
    left = gathered.statement(first, QUOTE, speaker=one)
    right = gathered.statement(second, QUOTE, speaker=other)
    gathered.same("same_words", left, right)
    assert [row.outcome for row in compared(gathered) if row.question.startswith("Who said")] == [outcome]


def test_the_day_of_a_date_counts_nothing() -> None:
    gathered, one, other = two("Nineteen men, the June 11 raiders, were tried.\n", "The 19 raiders were tried.\n")
    of = {"of_what": "raiders", "of_what_head": "raider"}
    left = figure(gathered, one, "11 raiders", exact("11", "raider"), **of)
    gathered.same("same_figure", left, figure(gathered, other, "19 raiders", exact("19", "raider"), **of))
    assert not told(compared(gathered), "differ")


def test_two_periods_in_the_sentences_are_no_disagreement() -> None:
    gathered, one, other = two("In 2030 the port paid 31 per cent.\n", "From 2022 to 2030 the port paid 36 per cent.\n")
    of = {"of_what": "tax", "of_what_head": "tax"}
    left = figure(gathered, one, "31 per cent", exact("31", "%"), **of)
    gathered.same("same_figure", left, figure(gathered, other, "36 per cent", exact("36", "%"), **of))
    times = []
    for source, words, when in (
        (one, "2030", When("2030", "2030-01-01", "2030-12-31", "year", None, "stated")),
        (other, "2022 to 2030", When("2022 to 2030", "2022-01-01", "2030-12-31", "year", None, "stated")),
    ):
        place = at(source.text, words)
        times.append(Time(entry_id("time", source.id, place), source.id, place, when, "times/1", None))
    (row,) = [row for row in compared(gathered, times=tuple(times)) if row.outcome != "only_in"]
    assert row.outcome == "compatible"
    assert "they are of two periods, 2022 to 2030 and 2030" in row.explanation


def test_two_definitions_are_no_disagreement() -> None:
    gathered, one, other = two("The combined rate was 45 per cent.\n", "The effective rate was 35 per cent.\n")
    of = {"of_what": "rate", "of_what_head": "rate"}
    left = figure(gathered, one, "45 per cent", exact("45", "%"), **of)
    gathered.same("same_figure", left, figure(gathered, other, "35 per cent", exact("35", "%"), **of))
    (row,) = [row for row in compared(gathered) if row.outcome != "only_in"]
    assert row.outcome == "compatible"
    assert "they are defined differently" in row.explanation


@pytest.mark.parametrize(
    ("one", "other", "unit", "reason"),
    [
        ("A poll gave the mayor 31 per cent.", "The mayor won 36 per cent.", "%", "of a poll and the vote"),
        ("In one survey the mayor led by 31 points.", "In a survey of Marsk the mayor led by 36 points.", "point",
         "they may be of two polls"),
        ("The guild sends 23 of its 31 delegates.", "The guild sends 36 delegates.", "delegate",
         "one is of a part only"),
    ],
)  # fmt: skip
def test_two_polls_and_a_whole_of_which_a_part_is_told_are_no_disagreement(
    one: str, other: str, unit: str, reason: str
) -> None:
    gathered, first, second = two(f"{one}\n", f"{other}\n")
    words = {"%": "per cent", "point": "points", "delegate": "delegates"}[unit]
    of = {"of_what": words, "of_what_head": unit}
    left = figure(gathered, first, f"31 {words}", exact("31", unit), **of)
    gathered.same("same_figure", left, figure(gathered, second, f"36 {words}", exact("36", unit), **of))
    (row,) = [row for row in compared(gathered) if row.outcome != "only_in"]
    assert row.outcome == "compatible"
    assert reason in row.explanation


def test_a_number_that_comes_days_later_is_a_newer_one() -> None:
    for later, outcome in (("2031-05-04", "differ"), ("2031-05-09", "compatible")):
        gathered, one, other = two("The storm hurt 47 people.\n", "The storm hurt 61 people.\n", later=later)
        of = {"of_what": "people", "of_what_head": "people"}
        left = figure(gathered, one, "47 people", exact("47", "person"), **of)
        gathered.same("same_figure", left, figure(gathered, other, "61 people", exact("61", "person"), **of))
        (row,) = [row for row in compared(gathered) if row.outcome != "only_in"]
        assert row.outcome == outcome
        assert ("7 days apart: one may be a later count" in row.explanation) == (outcome == "compatible")


def test_numbers_of_undated_articles_differ_only_where_more_than_the_story_joins_them() -> None:
    for known, outcomes in ((False, []), (True, ["differ"])):
        gathered, one, other = two(
            "Norvik visited 47 ports, then Brenholt.\n", "Norvik visited 61 ports and Brenholt.\n"
        )
        gathered.articles = [replace(article, published=None, dates=()) for article in gathered.articles]
        of = {"of_what": "ports", "of_what_head": "port"}
        left = figure(gathered, one, "47 ports", exact("47", "port"), **of)
        gathered.same("same_figure", left, figure(gathered, other, "61 ports", exact("61", "port"), **of))
        if known:
            gathered.same("same_event", visit(gathered, one), visit(gathered, other))
        rows = [row for row in compared(gathered) if row.question.startswith("How many")]
        assert [row.outcome for row in rows] == outcomes


def test_who_repeats_the_words_of_another_is_no_second_speaker() -> None:
    gathered, one, other = two(
        f"{QUOTE}, Jon Olsen said, quoting Varga.\n", f"{QUOTE}, said Ilse Varga, the mayor of all.\n"
    )
    left = gathered.statement(one, QUOTE, speaker="Jon Olsen")
    gathered.same("same_words", left, gathered.statement(other, QUOTE, speaker="Ilse Varga"))
    (row,) = [row for row in compared(gathered) if row.question.startswith("Who said")]
    assert row.outcome == "compatible"
    assert "one of the two repeats words of the other" in row.explanation


def test_nouns_that_a_link_holds_for_one_count_one_thing() -> None:
    gathered, one, other = two("Velmark sends 70 soldiers.\n", "Velmark sends 95 troops.\n")
    left = figure(gathered, one, "70 soldiers", exact("70", "soldier"), of_what="soldiers", of_what_head="soldier")
    right = figure(gathered, other, "95 troops", exact("95", "troops"), of_what="troops", of_what_head="troops")
    gathered.same("same_figure", left, right)
    (row,) = told(compared(gathered), "differ")
    assert sorted(values(row)) == ["70 soldier", "95 troops"]


def test_the_day_right_beside_a_verb_is_the_event_s() -> None:
    gathered, one, other = two(
        "Norvik visited Brenholt on Friday.\n", "Norvik had visited Brenholt earlier that week, on Saturday.\n"
    )
    times = []
    for source, words, when in ((one, "Friday", day("2031-04-25")), (other, "Saturday", day("2031-04-26"))):
        place = at(source.text, words)
        times.append(Time(entry_id("time", source.id, place), source.id, place, when, "times/1", None))
    gathered.same("same_event", visit(gathered, one), visit(gathered, other))
    assert [row for row in compared(gathered, times=tuple(times)) if row.question.startswith("When")] == []
    gathered, one, other = two("Norvik visited Friday, to Brenholt.\n", "On Saturday visited Norvik in Brenholt.\n")
    times = []
    for source, words, when in ((one, "Friday", day("2031-04-25")), (other, "Saturday", day("2031-04-26"))):
        place = at(source.text, words)
        times.append(Time(entry_id("time", source.id, place), source.id, place, when, "times/1", None))
    gathered.same("same_event", visit(gathered, one), visit(gathered, other))
    (row,) = [row for row in compared(gathered, times=tuple(times)) if row.question.startswith("When")]
    assert (row.outcome, sorted(values(row))) == ("differ", ["2031-04-25", "2031-04-26"])


def test_answers_of_which_no_two_are_compared_are_no_comparison() -> None:
    gathered, one, other = two("Norvik visited Brenholt.\n", "Norvik visited Brenholt.\n")
    left = visit(gathered, one, when=day("2031-04-25"))
    gathered.same("same_event", left, visit(gathered, other, when=day("2031-04-27")))
    third = gathered.article("Norvik visited Brenholt.\n", "The Diary", "2031-05-02")
    gathered.same("same_event", gathered.events[1], visit(gathered, third, when=day("2031-04-27")))
    rows = [row for row in compared(gathered) if row.question.startswith("When")]
    assert all(len({answer.article_id for answer in row.answers}) > 1 for row in rows)
    assert all("They agree." not in row.explanation or len(set(values(row))) == 1 for row in rows)


def test_what_a_cap_leaves_out_is_counted() -> None:
    gathered = Gathered()
    for number in range(70):
        source = gathered.article(f"The lock holds 4{number:02d}17 tonnes of it.\n", "The Ledger")
        figure(gathered, source, f"4{number:02d}17 tonnes", exact("4123", "t"))
    corpus, capped = gathered.corpus, Counter[str]()
    questions.compare(corpus, (), [gathered.story()], Origins(corpus, ()), None, capped)
    assert capped["amounts"] > 0


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        ("In all 210 pilots took part.", "Sixty pilots sat in the hall, while another 150 looked on from home.",
         "one article counts more in"),
        ("They fined four pilots.", "They fined three pilots and a cook.", "one article counts more in"),
        ("The strike stops more than 270 pilots.", "A week ago around 90 pilots were on strike.", "an earlier time"),
    ],
)  # fmt: skip
def test_what_is_added_and_what_was_so_some_time_ago_is_no_disagreement(one: str, other: str, reason: str) -> None:
    gathered, first, second = two(f"{one}\n", f"{other}\n")
    of = {"of_what": "pilots", "of_what_head": "pilot"}
    number = {"210": "210", "four": "4", "270": "270"}[next(word for word in ("210", "four", "270") if word in one)]
    also = {"Sixty": "60", "three": "3", "90": "90"}[next(w for w in ("Sixty", "three", "90") if w in other)]
    left = figure(gathered, first, "pilots", exact(number, "pilot"), **of)
    right = figure(gathered, second, "pilots", exact(also, "pilot"), **of)
    if "150" in other:
        figure(gathered, second, "150", Amount("150", "150", "exact", None))
    gathered.same("same_figure", left, right)
    (row,) = [
        row for row in compared(gathered) if row.question.startswith("How many pilots") and row.outcome != "only_in"
    ]
    assert row.outcome == "compatible"
    assert reason in row.explanation


def test_articles_that_name_other_parties_tell_of_two_things() -> None:
    for shared, outcomes in ((True, ["differ"]), (False, [])):
        gathered, one, other = two(
            "Marsk Rail and Ilse Varga have 47 lorries.\n", "Orrin Bank and Jon Olsen have 61 lorries.\n"
        )
        of = {"of_what": "lorries", "of_what_head": "lorry"}
        left = figure(gathered, one, "47 lorries", exact("47", "lorry"), **of)
        gathered.same("same_figure", left, figure(gathered, other, "61 lorries", exact("61", "lorry"), **of))
        gathered.mention(one, "Marsk Rail", "Marsk Rail")
        gathered.mention(one, "Ilse Varga", "Ilse Varga", "person")
        gathered.mention(other, "Orrin Bank", "Marsk Rail" if shared else "Orrin Bank")
        gathered.mention(other, "Jon Olsen", "Ilse Varga" if shared else "Jon Olsen", "person")
        rows = [row for row in compared(gathered) if row.question.startswith("How many")]
        assert [row.outcome for row in rows if row.outcome != "only_in"] == outcomes


def test_articles_that_differ_in_most_numbers_are_reports_of_two_times() -> None:
    for many, outcome in ((2, "differ"), (3, "compatible")):
        gathered, one, other = two(
            "It struck 47 ships, 19 carts, 31 barns.\n", "It struck 61 ships, 23 carts, 39 barns.\n"
        )
        for left, right, unit in (("47", "61", "ship"), ("19", "23", "cart"), ("31", "39", "barn"))[:many]:
            of = {"of_what": f"{unit}s", "of_what_head": unit}
            first = figure(gathered, one, f"{left} {unit}s", exact(left, unit), **of)
            gathered.same("same_figure", first, figure(gathered, other, f"{right} {unit}s", exact(right, unit), **of))
        rows = [row for row in compared(gathered) if row.outcome != "only_in"]
        assert [row.outcome for row in rows] == [outcome] * many
        assert all(("as reports of two days do" in row.explanation) == (outcome == "compatible") for row in rows)


def test_prices_of_two_days_and_those_who_are_pointed_at_are_no_disagreement() -> None:
    for one, other, later, unit, reason in (
        ("Marsk shares closed at $47.", "Marsk shares closed at $45.", "2031-05-04", "USD", "prices of two days"),
        ("She has 47 children to feed.", "She greeted those 45 children.", "2031-05-02", "child", "a part only"),
    ):
        gathered, first, second = two(f"{one}\n", f"{other}\n", later=later)
        words = ("$47", "$45") if unit == "USD" else ("47 children", "45 children")
        of = {"of_what": "children", "of_what_head": "child"} if unit == "child" else {}
        left = figure(gathered, first, words[0], exact("47", unit), **of)
        gathered.same("same_figure", left, figure(gathered, second, words[1], exact("45", unit), **of))
        (row,) = [row for row in compared(gathered) if row.outcome != "only_in"]
        assert row.outcome == "compatible"
        assert reason in row.explanation
