"""Articles that copy one another: passages, direction, and dates that undated copies take."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from casefiles import cases
from onrecord.linking.copies import containment, dates_from_copies, keys, links
from onrecord.linking.passages import SEED, runs, stretches
from onrecord.linking.shingles import Index, diagonals, numbers, shared
from onrecord.model import Article, Corpus, Link, When
from reading_aloud import article_of
from texts_by_hand import article, corpus_of, mention_of, party, statement

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


# ------------------------------------------------------------ copied passages
CASES = cases("en/copies.toml")
WRECK = (
    "The cable car over the gorge stopped at noon with eleven hikers and a wedding cake on board, and it took the fire"
    " brigade of three villages until dusk to bring all of them down by rope."
)


def written(case: dict[str, Any]) -> tuple[Corpus, dict[str, str]]:
    """The record of a case, and the id of each of its two articles."""
    articles: dict[str, Article] = {}
    mentions, parties = [], {}
    for side in ("left", "right"):
        told = case[side]
        one = article(told["text"].strip(), f"{side}.txt", told.get("published"), outlet=told.get("outlet"))
        articles[side] = one
        for name in told.get("names", ()):
            parties[name] = party(name, "organisation")
            mentions.append(mention_of(one, parties[name]))
    corpus = corpus_of(list(articles.values()), mentions=mentions, parties=list(parties.values()))
    return corpus, {side: one.id for side, one in articles.items()}


@pytest.mark.parametrize("case", CASES, ids=[case["why"] for case in CASES])
def test_copied_passages(case: dict[str, Any]) -> None:
    corpus, ids = written(case)
    found = links(corpus)
    if not case["copy"]:
        assert found == ()
        return
    assert [link.left_id for link in found] == [ids[case["copy"]]]
    text = corpus.article[found[0].left_id].text
    assert [passage.of(text) for passage in found[0].left_passages] == case["passages"]
    assert list(found[0].changed) == case["changed"]
    assert case["reason"] in found[0].explanation


def copied(*articles: Article) -> tuple[Link, ...]:
    return links(corpus_of(articles))


def test_two_passages_in_another_order_are_aligned_with_their_own() -> None:
    one = article(f"{STORY}\n\n{WRECK}", "one.txt", "1998-06-05")
    other = article(f"{WRECK}\n\nIn between, nothing happened.\n\n{STORY}", "other.txt", "1998-06-08")
    link = copied(one, other)[0]
    pairs = zip(link.left_passages, link.right_passages, strict=True)
    assert [(left.of(other.text)[:13], right.of(one.text)[:13]) for left, right in pairs] == [
        ("The cable car", "The cable car"), ("The harbour o", "The harbour o")
    ]  # fmt: skip
    assert link.explanation.startswith("2 passages of")


def test_the_share_is_of_the_copy() -> None:
    source = article(f"{WRECK} {STORY} {OTHER}", "source.txt", "1998-06-05")
    copy = article(WRECK, "copy.txt", "1998-06-06")
    assert "100% of the copy" in copied(source, copy)[0].explanation


def test_an_agency_is_the_source_where_the_days_are_the_same() -> None:
    agency = article(WRECK, "a.txt", "1998-06-05", outlet="Reuters")
    paper = article(f"{WRECK} So it goes.", "b.txt", "1998-06-05", outlet="Valley Gazette")
    link = copied(agency, paper)[0]
    assert (link.left_id, link.right_id) == (paper.id, agency.id)
    assert "news agency" in link.explanation


def test_hours_tell_who_was_first_on_one_day() -> None:
    late = article(WRECK, "a.txt", "1998-06-05T18:00+02:00", outlet="Gorge Messenger")
    early = article(f"{WRECK} So it goes.", "b.txt", "1998-06-05T07:30+02:00", outlet="Valley Gazette")
    assert copied(late, early)[0].left_id == late.id


def test_words_that_a_statement_holds_are_no_copy_without_quotation_marks() -> None:
    rows = []
    articles = [article(f"She wrote: {WRECK}", f"{n}.txt", "1998-06-05") for n in (1, 2)]
    for one in articles:
        rows.append(statement(one, WRECK))
    assert links(corpus_of(articles, statements=rows)) == ()


def test_an_outlet_s_standing_text_is_no_copy_and_a_wire_story_is_one() -> None:
    standing = "This column is written on the ferry by a retired harbour pilot who has never once been seasick on it."
    weekly = [
        article(f"{standing}\n\n{body} {n} and {n}.\n\n{tail}", f"week{n}.txt", f"1998-0{n}-01", outlet="Quay")
        for n, (body, tail) in enumerate(
            zip((STORY, OTHER, STORY[:90], OTHER[:90]), (OTHER, STORY, "", ""), strict=True), 1
        )
    ]
    only_standing = [
        article(
            f"{standing}\n\n{' '.join(f'{word}{n}' for word in OTHER.split())}",
            f"w{n}.txt",
            f"1998-0{n}-01",
            outlet="Quay",
        )
        for n in range(1, 6)
    ]
    assert copied(*only_standing) == ()
    assert len(copied(*weekly)) >= 2
    wire = [
        article(f"{WRECK}\n\n{' '.join(f'{word}{n}' for word in OTHER.split())}", f"p{n}.txt", "1998-06-05")
        for n in range(5)
    ]
    assert len(copied(*wire)) == 10


def test_two_versions_of_one_article_are_no_copies() -> None:
    one, other = article(WRECK, "same.txt", "1998-06-05"), article(f"{WRECK} Corrected.", "same.txt", "1998-06-06")
    assert copied(one, other) == ()


def test_the_order_of_the_articles_changes_nothing() -> None:
    articles = [article(f"{WRECK} {n}", f"{n}.txt", f"1998-06-0{n}") for n in (1, 2, 3)]
    backwards = Corpus(tuple(reversed(corpus_of(articles).articles)))
    assert copied(*articles) == links(backwards)


def test_changed_words_lie_between_the_stretches_of_equal_ones() -> None:
    left = ["a", "b", "c", "d", "e", "f", "g", "h", "i"]
    right = ["x", "a", "b", "c", "d", "q", "f", "g", "h", "i", "y"]
    found = stretches(left, right)
    assert [(one.left, one.right, len(one.pairs)) for one in found] == [(range(0, 9), range(1, 10), 8)]
    assert [(run.left, run.right, run.length) for run in runs(left, right)] == [(0, 1, 4), (5, 6, 4)]


def test_runs_by_number_are_those_by_words() -> None:
    left, right = STORY.lower().split(), f"{OTHER} {STORY}".lower().split()
    pairs = Index.of(numbers(right, SEED)).places(numbers(left, SEED), 6)
    by_number = {(i, j, count + SEED - 1) for i, j, count in diagonals(*pairs)}
    assert by_number == {(run.left, run.right, run.length) for run in runs(left, right)}


def test_an_index_knows_which_runs_a_text_has() -> None:
    index = Index.of(numbers(STORY.split(), 4))
    assert index.holds(numbers(STORY.split()[10:20], 4)).all()
    assert not index.holds(numbers(OTHER.split(), 4)).any()
    assert not Index.of(numbers([], 4)).holds(numbers(STORY.split(), 4)).any()


def test_a_key_of_too_many_articles_blocks_nothing_and_is_counted() -> None:
    found = shared([np.array([7], np.uint64)] * 6, cap=5)
    assert (found.pairs, found.over_full) == ({}, 1)
    few = shared([np.array([7], np.uint64)] * 6, cap=5, next_few=1)
    assert few.pairs == {(at, at + 1): 1 for at in range(5)}
    assert shared([np.array([7, 9], np.uint64)] * 2, cap=5).pairs == {(0, 1): 2}


def test_a_passage_does_not_go_on_over_boilerplate() -> None:
    begging = "Our readers pay for every ferry ticket of our reporters, and we thank them."
    plain = article(f"{WRECK}\n\n{STORY}", "plain.txt", "1998-06-05")
    begged = article(f"{WRECK}\n\n{begging}\n\n{STORY}", "begged.txt", "1998-06-06")
    parts = (begged.parts[0], replace(begged.parts[1], role="boilerplate"), begged.parts[2])
    link = copied(plain, replace(begged, parts=parts))[0]
    assert [passage.of(begged.text)[:13] for passage in link.left_passages] == ["The cable car", "The harbour o"]
    assert not any(begging in passage.of(begged.text) for passage in link.left_passages)


def test_an_outlet_s_habit_of_telling_what_went_before_is_no_copy() -> None:
    habit = "The gorge has had a cable car since the winter of the great snow, when the last mule died on the path."
    one = article(f"{habit} {OTHER}", "one.txt", "1998-06-05", outlet="Quay")
    other = article(f"{habit} {STORY}", "other.txt", "1998-06-07", outlet="Quay")
    assert copied(one, other) == ()
    assert len(copied(one, replace(other, outlet="Valley Gazette"))) == 1
