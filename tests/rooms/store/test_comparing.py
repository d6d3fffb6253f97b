"""Comparisons and stories as they are asked for: filters, quotations in their sentences, the matrix of a story."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from gathered import Gathered, day
from handmade import at
from onrecord.model import Answer, Comparison, OnRecordError, Subject
from onrecord.store import Filters, Store
from onrecord.store.comparing import (
    Asked,
    comparisons,
    in_full,
    matrix,
    outcomes,
    quoted,
    stories,
    story_called,
    story_of,
)


def row(key: str, outcome: str, answers: list[tuple[str, str, str]], **more: object) -> Comparison:
    given = tuple(Answer(article, record, value) for article, record, value in answers)
    about = (Subject("events", answers[0][1]),)
    silent, early = (tuple(more.get(name, ())) for name in ("silent", "too_early"))  # type: ignore[arg-type]
    text = f"When was the visit {key}?"
    return Comparison(
        key * 16, text, about, outcome, given, silent, early, len(given), 0, ("The Ledger",), f"They say so ({key})."
    )  # type: ignore[arg-type]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Three articles of one story; they differ on one thing, agree on another, and one alone has a third."""
    gathered = Gathered()
    one = gathered.article("Norvik visited Brenholt on Monday.\n", "The Ledger", "2031-05-02")
    two = gathered.article("Norvik visited Brenholt on Tuesday, it is said.\n", "The Quill", "2031-05-03")
    three = gathered.article("The weather was fine, said Ilse Varga.\n", "The Diary", "2031-05-01")
    first = gathered.event(one, "visited", "Norvik", "Brenholt", when=day("2031-05-01"))
    second = gathered.event(two, "visited", "Norvik", "Brenholt", when=day("2031-05-02"))
    gathered.statement(three, "The weather was fine", speaker="Ilse Varga")
    rows = [
        row("a", "agree", [(one.id, first.id, "happened"), (two.id, second.id, "happened")], too_early=[three.id]),
        row("b", "differ", [(one.id, first.id, "2031-05-01"), (two.id, second.id, "2031-05-02")], silent=[three.id]),
        row("c", "only_in", [(two.id, second.id, "happened")], silent=[one.id, three.id]),
    ]
    path = gathered.write(tmp_path / "record.db", comparisons=rows, stories=[gathered.story()])
    with Store.open(path, read_only=True) as opened:
        yield opened


def test_disagreements_come_first(store: Store) -> None:
    assert [one.outcome for one in comparisons(store)] == ["differ", "agree", "only_in"]
    assert outcomes(store) == {"differ": 1, "compatible": 0, "agree": 1, "only_in": 1}


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        (Asked(outcome="differ"), "b"),
        (Asked(who="Norvik"), "bac"),
        (Asked(who="Nobody"), ""),
        (Asked(about="tuesday"), "bac"),
        (Asked(about="monday"), "ba"),
        (Asked(outlet="ledger"), "ba"),
        (Asked(since="2031-05-03"), "bac"),
        (Asked(until="2031-05-02"), "ba"),
        (Asked(until="2030"), ""),
        (Asked(story="ferry"), "bac"),
        (Asked(limit=1), "b"),
    ],
)
def test_filters(store: Store, asked: Asked, found: str) -> None:
    assert "".join(one.id[0] for one in comparisons(store, asked)) == found


def test_an_answer_is_quoted_in_its_sentence_with_its_words_marked(store: Store) -> None:
    (differ,) = comparisons(store, Asked(outcome="differ"))
    ledger, quill = quoted(store, differ, {})
    assert ledger.outlet == "The Ledger"
    assert ledger.place is not None
    assert ledger.place.of(ledger.article.text) == "Norvik visited Brenholt on Monday."
    assert [mark.of(quill.article.text) for mark in quill.marks] == ["visited"]
    assert ledger.marks == (at(ledger.article.text, "visited"),)
    assert quoted(store, differ, {ledger.article.id: "Ledger Group"})[0].outlet == "Ledger Group"


def test_the_matrix_has_a_column_for_each_article_in_the_order_of_publication(store: Store) -> None:
    found = matrix(store, story_called(store, "the ferry"))
    assert found.outlets == ("The Diary", "The Ledger", "The Quill")
    cells = {fact.comparison.id[0]: [cell.state for cell in fact.cells] for fact in found.facts}
    assert cells["b"] == ["silent", "says", "says_otherwise"]
    assert cells["a"] == ["too_early", "says", "says"]
    assert cells["c"] == ["silent", "silent", "says"]


def test_a_matrix_says_how_many_facts_it_leaves_out(store: Store) -> None:
    found = matrix(store, story_called(store, "the ferry"), facts=1)
    assert [fact.comparison.outcome for fact in found.facts] == ["differ"]
    assert found.left_out == 2


def test_a_story_in_full_has_its_timeline_and_its_speakers(store: Store) -> None:
    story = story_called(store, "ferry")
    told = in_full(store, story)
    assert [moment.latest for moment in told.moments if moment.kind == "event"] == ["2031-05-01", "2031-05-02"]
    assert [(voice.name, len(voice.statement_ids)) for voice in told.voices] == [("Ilse Varga", 1)]
    assert story_of(store, told.articles[0].id) == story


def test_a_story_that_is_not_there_or_not_the_only_one_is_said(store: Store) -> None:
    with pytest.raises(OnRecordError, match="no story of this record is called 'bridge'"):
        story_called(store, "bridge")
    assert stories(store, Filters(about="ferry")) == [story_called(store, "ferry")]
    assert stories(store, Filters(outlet="nobody")) == []
    assert stories(store, Filters(who="Norvik")) == []
