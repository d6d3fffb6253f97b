"""One utterance in several articles: the cases of `same_words.toml`, and what the rows say."""

from __future__ import annotations

from typing import Any

import pytest

from casefiles import cases
from onrecord.linking import same_words
from onrecord.linking.alignment import changes, common
from onrecord.linking.stems import stem
from onrecord.linking.wording import number_in
from onrecord.model import Corpus, Link, Mention, Party, Statement, Story
from texts_by_hand import article, corpus_of, mention_of, party, statement

CASES = cases("en/same_words.toml")
PEOPLE = {name: party(name) for name in ("Maren Holt", "Tomas Reyle", "Ilse Varga", "Ruben Aksel", "Greta Imholz")}


def told(case: dict[str, Any]) -> Corpus:
    """Two articles of one statement each."""
    statements: list[Statement] = []
    mentions: list[Mention] = []
    articles = []
    for side in ("left", "right"):
        form, speaker, words = case[side]
        one = article(f"Told on the quay: {words} That was all.", f"{side}.txt", "1998-06-05")
        articles.append(one)
        speaker_ids = (PEOPLE[speaker].id,) if speaker else ()
        statements.append(statement(one, words, form=form, speaker_ids=speaker_ids, speaker_name=speaker or None))
        mentions += [mention_of(one, person) for name, person in PEOPLE.items() if name in words]
    return corpus_of(articles, statements=statements, mentions=mentions, parties=list(PEOPLE.values()))


def linked(corpus: Corpus, together: bool = True) -> tuple[Link, ...]:
    ids = tuple(row.id for row in corpus.articles)
    stories = (Story("s", "", ids, None, None, ()),) if together else ()
    return same_words.links(corpus, stories)


def as_told(link: Link, corpus: Corpus) -> Link:
    """The link with the changes from the left article of the case to the right one."""
    if corpus.article[corpus.row[link.left_id].article_id].origin == "left.txt":
        return link
    turned = []
    for change in link.changed:
        words, _, why = change.partition(" (")
        turned.append(" → ".join(reversed(words.split(" → "))) + (f" ({why}" if why else ""))
    return Link(**{name: getattr(link, name) for name in Link.__slots__} | {"changed": tuple(turned)})


@pytest.mark.parametrize("case", CASES, ids=[case["why"] for case in CASES])
def test_utterances(case: dict[str, Any]) -> None:
    corpus = told(case)
    found = linked(corpus)
    if not case["kind"]:
        assert found == ()
        return
    assert len(found) == 1
    link = as_told(found[0], corpus)
    assert case["kind"] in link.explanation
    if case["kind"] != "paraphrased" and "changed" in case:
        assert list(link.changed) == case["changed"]
    assert case.get("speakers", "Both give them to") in link.explanation
    for change in case.get("changed", ()):
        if change.endswith(")"):
            assert "What they differ in matters" in link.explanation


def test_the_passages_are_the_words_that_lie_together() -> None:
    case = next(case for case in CASES if case["kind"] == "trimmed")
    corpus = told(case)
    link = linked(corpus)[0]
    for key, passages in ((link.left_id, link.left_passages), (link.right_id, link.right_passages)):
        text = corpus.article[corpus.row[key].article_id].text
        assert [passage.of(text) for passage in passages] == [
            "now the dredger sits on a reef that is on every map since 1911"
        ]


def test_a_short_sentence_in_articles_of_two_stories_weeks_apart_is_said_twice() -> None:
    words = '"The tide decides."'
    one, other = article(words, "a.txt", "1998-06-05"), article(words, "b.txt", "1998-08-05")
    speaker = (PEOPLE["Ilse Varga"].id,)
    rows = [statement(text, words, speaker_ids=speaker, speaker_name="Ilse Varga") for text in (one, other)]
    corpus = corpus_of([one, other], statements=rows, parties=list(PEOPLE.values()))
    assert linked(corpus, together=False) == ()


def test_a_long_one_is_one_utterance_and_says_how_many_days_lie_between() -> None:
    words = '"The dredger will leave the reef when the spring tide lifts it, and nobody is to pay the pilot."'
    one, other = article(words, "a.txt", "1998-06-05"), article(words, "b.txt", "1998-08-05")
    speaker = (PEOPLE["Ilse Varga"].id,)
    rows = [statement(text, words, speaker_ids=speaker, speaker_name="Ilse Varga") for text in (one, other)]
    found = linked(corpus_of([one, other], statements=rows, parties=list(PEOPLE.values())), together=False)
    assert "61 days apart" in found[0].explanation


def test_two_versions_of_one_article_are_not_linked() -> None:
    case = CASES[0]
    corpus = told(case | {"right": case["left"]})
    same_origin = [
        type(row)(**{name: getattr(row, name) for name in type(row).__slots__} | {"origin": "one.txt"})
        for row in corpus.articles
    ]
    rows = corpus_of(same_origin, statements=list(corpus.statements), parties=list(corpus.parties))
    assert linked(rows) == ()


def test_the_order_of_the_rows_changes_nothing() -> None:
    corpus = told(CASES[1])
    swapped = Corpus(
        tuple(reversed(corpus.articles)), corpus.parties, corpus.mentions, tuple(reversed(corpus.statements))
    )
    assert linked(corpus) == linked(swapped)


def test_the_longest_common_words_and_what_lies_between() -> None:
    left, right = ["the", "old", "mill", "burned", "down", "on", "Friday"], ["the", "mill", "has", "burned", "down"]
    pairs = common(left, right)
    assert [(left[i], right[j]) for i, j in pairs] == [(w, w) for w in ("the", "mill", "burned", "down")]
    between = [
        (left[c.left.start : c.left.stop], right[c.right.start : c.right.stop])
        for c in changes(pairs, range(7), range(5))
    ]
    assert between == [(["old"], []), ([], ["has"]), (["on", "Friday"], [])]


def test_all_words_of_two_equal_rows_are_common_each_with_itself() -> None:
    row = ["to", "be", "or", "not", "to", "be"]
    assert common(row, list(row)) == [(at, at) for at in range(6)]
    assert common([], []) == []


@pytest.mark.parametrize(
    ("words", "value"),
    [("two hundred", ("2E+2",)), ("40,000", ("4E+4",)), ("forty thousand", ("4E+4",)), ("a few", ())],
)
def test_numbers_in_words_and_figures(words: str, value: tuple[str, ...]) -> None:
    assert number_in(stem(word) for word in words.split()) == value


def test_parties_by_hand_are_what_the_cases_name() -> None:
    assert all(isinstance(person, Party) for person in PEOPLE.values())
