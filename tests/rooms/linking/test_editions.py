"""Occasions that are probably one, and what forbids to say so."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from gathered import Gathered, day
from handmade import at
from onrecord.linking import editions
from onrecord.model import Corpus, Link, Occasion, OccasionMention, digest


def told(*names: str, **more: Any) -> tuple[Gathered, list[Occasion]]:
    """One article for each name, in one story, and the occasion that it names."""
    made, rows = Gathered(), []
    for name in names:
        one = made.article(f"The guests of the {name} came by boat.", None)
        place = at(one.text, name)
        mention = OccasionMention(one.id, place.start, place.end)
        row = Occasion(digest("occasion", name, one.id), name, "forum", None, name, None, None, (mention,))
        rows.append(replace(row, **more))
    return made, rows


def linked(made: Gathered, rows: list[Occasion]) -> tuple[Link, ...]:
    tables = {name: found for name, found in made.tables().items() if name != "links"}
    corpus = Corpus(**tables, occasions=tuple(sorted(rows, key=lambda row: row.id)))
    return editions.links(corpus, (made.story(),))


def test_a_longer_name_of_the_same_forum_in_one_story_is_linked() -> None:
    made, rows = told("Lindow Herring Forum", "Lindow Herring and Ferry Forum")
    rows[0] = replace(rows[0], ordinal=4)
    (link,) = linked(made, rows)
    assert "One gives no number." in link.explanation and "articles on one story" in link.explanation


def test_two_numbers_are_two_editions() -> None:
    made, rows = told("Lindow Herring Forum", "Lindow Herring Forum")
    assert len(linked(made, rows)) == 1
    assert linked(made, [replace(rows[0], ordinal=4), replace(rows[1], ordinal=5)]) == ()


def test_two_dates_are_two_editions() -> None:
    made, rows = told("Lindow Herring Forum", "Lindow Herring Forum")
    assert linked(made, [replace(rows[0], when=day("2031-05-02")), replace(rows[1], when=day("2031-09-02"))]) == ()


def test_two_forums_that_share_only_their_kind_are_two() -> None:
    made, rows = told("Lindow Herring Forum", "Marvik Book Forum")
    assert linked(made, rows) == ()


def test_two_names_that_each_have_words_of_their_own_are_two() -> None:
    name = "20th anniversary of the founding of the"
    made, rows = told(f"{name} fishers' union", f"{name} harbour school", kind="anniversary", ordinal=20)
    assert linked(made, rows) == ()
