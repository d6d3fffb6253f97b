"""Words are found in articles and statements, whatever is typed and whatever the script."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import handmade
from handmade import ONE, TWO
from onrecord.model import OnRecordError
from onrecord.store import Store, search, sentence_around
from onrecord.store.words import folded, holds_words, names
from reading_aloud import article_of


@pytest.fixture
def store(record: Path) -> Iterator[Store]:
    with Store.open(record, read_only=True) as opened:
        yield opened


def found(store: Store, words: str) -> list[tuple[str, str]]:
    return [(hit.table, hit.id) for hit in search(store, words)]


def test_statements_come_before_articles(store: Store) -> None:
    assert found(store, "harbour rebuilt") == [
        ("statements", handmade.from_website().id),
        ("articles", ONE.id),
    ]


def test_words_are_found_without_case_and_accents(store: Store) -> None:
    assert found(store, "HÁRBOUR post") == [("articles", TWO.id)]


def test_words_in_quotes_are_found_as_they_stand(store: Store) -> None:
    assert ("articles", ONE.id) in found(store, '"next year"')
    assert found(store, '"year next"') == []
    assert found(store, "stal*") != [] and found(store, "stal") == []


def test_a_hit_in_an_article_says_where_it_stands(store: Store) -> None:
    hit = next(hit for hit in search(store, "harbour post") if hit.table == "articles")
    assert hit.passage is not None
    assert hit.passage.of(TWO.text) == hit.snippet
    assert [mark.of(hit.snippet) for mark in hit.marks] == ["Harbour", "Post"]


@pytest.mark.parametrize("words", ["市長", "漁港の市長", "漁"])
def test_scripts_without_spaces_are_found_by_looking(store: Store, words: str) -> None:
    (hit,) = search(store, words)
    assert hit.id == TWO.id
    assert [mark.of(hit.snippet) for mark in hit.marks] == [words]
    assert hit.passage is not None and hit.passage.of(TWO.text) == hit.snippet


def test_what_was_called_wrong_is_found_in_no_script(record: Path) -> None:
    with Store.open(record) as opened:
        assert [hit.id for hit in search(opened, "市長")] == [TWO.id]
        opened.connection.execute("INSERT INTO verdicts VALUES ('articles', ?, 'wrong', 'said')", (TWO.id,))
        assert search(opened, "市長") == []


def test_other_scripts_are_found_by_the_index(store: Store) -> None:
    assert found(store, "الوزير") != []


@pytest.mark.parametrize("words", ["", "  ", '"', "***", "-"])
def test_without_a_word_there_is_nothing_to_search(store: Store, words: str) -> None:
    with pytest.raises(OnRecordError, match="give a word"):
        search(store, words)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(words=st.text(st.sampled_from("ab漁 \"*()-:^'\x00ORNEAR.{}+,"), max_size=12))
def test_nothing_that_is_typed_breaks_the_search(words: str, store: Store) -> None:
    try:
        assert isinstance(search(store, words), list)
    except OnRecordError as error:
        assert "give a word" in str(error)


def test_a_limit_is_for_each_kind(store: Store) -> None:
    assert len(search(store, "stalls", limit=1)) == 2


def test_words_compare_without_case_and_accents() -> None:
    assert folded("Orbán ÉCOLE") == "orban ecole"
    assert holds_words("Tariffs on steel", "STEEL tariff")
    assert not holds_words("Tariffs on steel", "eel")
    assert names("Ilse Varga", "varga") and not names("Ilse Varga", "var")
    assert names("漁港の市長", "市長")


@pytest.mark.parametrize(
    ("text", "words", "sentence"),
    [
        ("It rained. Mr. Holt left early. They stayed.", "left", "Mr. Holt left early."),
        ('He said: "It is over." Then he left.', "over", 'He said: "It is over."'),
        ("The minister added.The delegation left.", "delegation", "The delegation left."),
        ('The minister added."I shall go," he said.', "shall", '"I shall go," he said.'),
        ("Title\nFirst line here\nNext", "line", "First line here"),
        ("Several came. Two", "Two", "Two"),
        ("a " * 500 + "middle" + " b" * 500, "middle", None),
    ],
)
def test_a_passage_is_shown_in_its_sentence(text: str, words: str, sentence: str | None) -> None:
    place = sentence_around(article_of(text), handmade.at(text, words))
    if sentence is None:
        assert len(place.of(text)) < 820 and words in place.of(text)
    else:
        assert place.of(text) == sentence


@given(st.text(st.sampled_from('aB .!?"”\n'), min_size=1, max_size=40), st.data())
def test_the_sentence_around_a_passage_holds_it(text: str, drawn: st.DataObject) -> None:
    start = drawn.draw(st.integers(0, len(text) - 1))
    passage = handmade.Passage(start, drawn.draw(st.integers(start + 1, len(text))))
    place = sentence_around(article_of(text), passage)
    assert 0 <= place.start < place.end <= len(text)
    inside = passage.of(text)
    core = handmade.Passage(
        passage.start + len(inside) - len(inside.lstrip()),
        max(passage.end - (len(inside) - len(inside.rstrip())), passage.start + len(inside) - len(inside.lstrip()) + 1),
    )
    assert not inside.strip() or place.holds(core)
