"""Undated articles that copy dated ones."""

from __future__ import annotations

from dataclasses import replace

from onrecord.linking.copies import containment, dates_from_copies, keys
from onrecord.model import When
from reading_aloud import article_of

STORY = (
    "The harbour of Lindow was shut on Monday after the crane fell into the basin, and the mayor said that nobody knew"
    " when it would open again. Fishermen from the northern villages had to sell their catch from lorries on the road"
    " while the council looked for money to lift the wreck. A diver from the coast guard found no damage to the quay."
)
OTHER = (
    "The orchestra of Lindow will play in the new hall from October, its director announced, once the seats that were"
    " ordered in spring have been delivered. Tickets go on sale next week and cost half of what they did last year, and"
    " the choir of the cathedral joins in for the opening night with two hundred singers from five towns of the region."
)


def dated(day: str) -> When:
    return When(day, day, day, "day", None, "header")


def test_an_undated_copy_takes_the_date_of_the_dated_article() -> None:
    original = article_of(STORY, "1998-06-05")
    copy = replace(article_of(STORY[:200]), id="copy")
    found = dates_from_copies([original, copy])
    assert {key: (when.earliest, when.basis) for key, when in found.items()} == {"copy": ("1998-06-05", "inferred")}


def test_two_originals_of_different_days_give_a_span() -> None:
    first, second = article_of(STORY, "1998-06-05"), replace(article_of(STORY, "1998-06-07"), id="second")
    found = dates_from_copies([first, second, replace(article_of(STORY), id="copy")])
    assert (found["copy"].earliest, found["copy"].latest) == ("1998-06-05", "1998-06-07")


def test_another_text_lends_no_date() -> None:
    assert dates_from_copies([article_of(OTHER, "1998-06-05"), replace(article_of(STORY), id="copy")]) == {}
    assert containment(keys(article_of(STORY)), keys(article_of(OTHER))) == 0.0


def test_a_long_article_that_quotes_a_short_dated_one_is_no_copy_of_it() -> None:
    short, long = article_of(STORY[:150], "1998-06-05"), replace(article_of(STORY[:150] + OTHER + OTHER), id="long")
    assert dates_from_copies([short, long]) == {}
