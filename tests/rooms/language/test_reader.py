"""The reader as a whole, over a model that pretends, and the files that ship."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from onrecord.language.reader import ARTICLES_AHEAD, Reader
from onrecord.language.session import THREADS_VARIABLE, thread_count
from onrecord.model import Article, OnRecordError, TextPart
from pretended import NAMES, RELATIONS, SURE, UPOS, Pretence, reader, say
from reading_aloud import article_of, needs_reader
from reading_aloud import reader as shipped_reader

Outputs = dict[str, np.ndarray]


def words_of(text: str, pretence: Pretence | None = None) -> list[str]:
    return [word.text for word in reader(pretence or Pretence()).analyse(article_of(text)).words]


def test_an_article_without_text_has_an_empty_analysis() -> None:
    for text in ("", " \n ", "\u200b"):
        analysis = reader(Pretence()).analyse(article_of(text))
        assert (analysis.words, analysis.sentences, analysis.names, analysis.attributions) == ((), (), (), ())


def test_only_parts_that_are_read_have_words_and_each_begins_a_sentence() -> None:
    text = "Section: World\nFair opens in Lund Subscribe now The fair opened today"
    spans = [(0, 15, "section"), (15, 33, "headline"), (34, 47, "boilerplate"), (48, len(text), "body")]
    article = replace(article_of(text), parts=tuple(TextPart(a, b, role) for a, b, role in spans))  # type: ignore[arg-type]
    analysis = reader(Pretence()).analyse(article)
    assert [text[s.start : s.end] for s in analysis.sentences] == ["Fair opens in Lund", "The fair opened today"]
    assert all(text[word.start : word.end] == word.text for word in analysis.words)


def test_every_sentence_is_a_tree_within_itself() -> None:
    def tell(outputs: Outputs, row: int) -> None:
        outputs["arcs"][row] = np.random.default_rng(1).normal(size=outputs["arcs"][row].shape)

    analysis = reader(Pretence(tell)).analyse(article_of("The fair opened. It will last a week. Nobody came.\n" * 20))
    for sentence in analysis.sentences:
        words = analysis.words_of(sentence)
        assert sum(word.head == -1 for word in words) == 1
        assert all(word.head == -1 or sentence.first <= word.head < sentence.last for word in words)
        assert all((word.relation == "root") == (word.head == -1) for word in words)
        assert len(analysis.subtree(next(word for word in words if word.head == -1))) == len(words)


def test_names_keep_to_words_and_to_sentences() -> None:
    def tell(outputs: Outputs, row: int) -> None:
        outputs["sentence"][row, 3] = SURE
        say(outputs["names"][row], 0, 2, NAMES.index("B-Person"))
        outputs["names"][row, 3, NAMES.index("I-Person")] = SURE  # goes on over the full stop, which it may not
        outputs["names"][row, 4, NAMES.index("I-Person")] = SURE

    analysis = reader(Pretence(tell)).analyse(article_of("Ilse Varga. Lund came."))
    assert (analysis.names[0].text, analysis.names[0].kind) == ("Ilse Varga.", "Person")
    assert all(0 < name.confidence <= 1 for name in analysis.names)
    assert all(name.end <= 11 or name.start >= 12 for name in analysis.names)


def test_an_attribution_has_the_cue_that_its_spans_are_linked_to() -> None:
    text = "Varga said it rains and Lund said it snows"
    places = {"source": [(0, 1), (5, 6)], "cue": [(1, 2), (6, 7)], "content": [(2, 4), (7, 9)]}

    def tell(outputs: Outputs, row: int) -> None:
        for layer, spans in places.items():
            for first, last in spans:
                say(outputs[layer][row], first, last, 1)
        for hanging, cue in ((0, 1), (2, 1), (5, 6), (7, 6)):
            outputs["link"][row, hanging + 1, cue + 1] = SURE

    found = reader(Pretence(tell)).analyse(article_of(text)).attributions
    read = [(text[a.sources[0].start : a.sources[0].end], text[a.contents[0].start : a.contents[0].end]) for a in found]
    assert read == [("Varga", "it rains"), ("Lund", "it snows")]
    assert all(a.cue is not None and 0 < a.confidence <= 1 for a in found)


def test_a_content_longer_than_a_window_is_one_span() -> None:
    sentences = "The fair opened on the lake today. " * 12
    text = sentences + "Varga said."

    def tell(outputs: Outputs, row: int) -> None:
        outputs["content"][row, :, 2] = SURE

    made = reader(Pretence(tell), window=34)
    analysis = made.analyse(article_of(text))
    assert len(analysis.attributions) == 1
    (content,) = analysis.attributions[0].contents
    assert (content.start, content.end) == (0, len(text))


def test_the_words_that_share_a_piece_are_told_apart() -> None:
    def tell(outputs: Outputs, row: int) -> None:
        outputs["upos"][row, :, UPOS.index("AUX")] = 1.0
        outputs["relation"][row, :, RELATIONS.index("advmod")] = 1.0
        outputs["arcs"][row, 3, 0] = SURE  # "go" is the root
        outputs["arcs"][row, :, 4] += 1.0  # and all hang on it

    words = reader(Pretence(tell)).analyse(article_of("They cannot go")).words
    assert [(word.text, word.upos) for word in words[1:3]] == [("can", "AUX"), ("not", "PART")]
    assert [words[1].relation, words[2].relation, words[2].head] == ["aux", "advmod", 3]
    assert [words[1].lemma, words[2].lemma] == ["can", "not"]


def test_many_articles_are_read_as_each_alone() -> None:
    texts = ["Fair opens.", "", "It rains. It snows.", "Varga said that it rains.\n" * 30]
    made = reader(Pretence(), window=40)
    together = list(made.analyse_many(article_of(text) for text in texts))
    assert together == [made.analyse(article_of(text)) for text in texts]


@pytest.mark.parametrize("threads", [1, 2])
def test_articles_are_taken_in_only_so_far_ahead(threads: int) -> None:
    taken: list[int] = []

    def articles() -> Iterator[Article]:
        for number in range(100):
            taken.append(number)
            yield article_of(f"Fair {number} opens.")

    analyses = reader(Pretence(threads=threads)).analyse_many(articles())
    assert next(analyses).text == "Fair 0 opens."
    assert len(taken) <= ARTICLES_AHEAD + 1
    assert [analysis.text for analysis in analyses][-1] == "Fair 99 opens."


def test_missing_files_are_an_error_that_names_them(tmp_path: Path) -> None:
    with pytest.raises(OnRecordError, match=r"reader\.onnx, reader\.json, tokenizer\.json"):
        Reader.load(folder=tmp_path)
    with pytest.raises(OnRecordError, match="'xx'"):
        Reader.load("xx")


def test_threads_are_an_argument_a_variable_or_two(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(THREADS_VARIABLE, raising=False)
    assert thread_count() == 2
    monkeypatch.setenv(THREADS_VARIABLE, "5")
    assert (thread_count(), thread_count(1)) == (5, 1)
    monkeypatch.setenv(THREADS_VARIABLE, "many")
    with pytest.raises(OnRecordError, match="many"):
        thread_count()


def test_word_lists_and_the_reader_s_module_leave_the_model_s_libraries_alone() -> None:
    code = (
        "import sys, onrecord.language, onrecord.language.tables, onrecord.language.reader\n"
        "sys.exit(any(name in sys.modules for name in ('onnxruntime', 'tokenizers')))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@needs_reader
def test_the_reader_that_ships_reads_a_sentence() -> None:
    text = "Lake fair opens\n\nMayor Ilse Varga of Norway said on Monday that the fair would not open before June."
    analysis = shipped_reader().analyse(article_of(text))
    assert [text[s.start : s.end].split()[0] for s in analysis.sentences] == ["Lake", "Mayor"]
    assert ("Norway", "Location") in [(name.text, name.kind) for name in analysis.names]
    said = next(word for word in analysis.words if word.text == "said")
    assert (said.upos, said.lemma, said.head) == ("VERB", "say", -1)
    assert any(a.cue and text[a.cue.start : a.cue.end] == "said" for a in analysis.attributions)


@needs_reader
def test_the_reader_that_ships_is_deterministic() -> None:
    article = article_of('"We agree," the minister added.The delegation left. ' * 30)
    assert shipped_reader().analyse(article) == shipped_reader().analyse(article)
    assert shipped_reader().version.startswith("reader/")


@needs_reader
def test_a_reader_that_was_not_taught_attributions_finds_none() -> None:
    article = article_of("“The bridge opens in May,” the mayor said on Tuesday.")
    taught = shipped_reader()
    assert taught.analyse(article).attributions
    labels = replace(taught.model.configuration, untaught=frozenset({"attributions"}))
    other = Reader(replace(taught.model, configuration=labels), taught.version)
    assert other.analyse(article).attributions == ()
    assert other.analyse(article).words == taught.analyse(article).words
