"""Sentences begin where the text proves it or the model says it, and nowhere that cannot be."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from casefiles import cases
from onrecord.language.sentences import Boundaries, Marks, is_wrapped
from onrecord.language.words import splitter
from reading_aloud import analysis_of, needs_reader

CASES = cases("en/sentences.toml")
WEAK_NO, YES = -1.0, 4.0


def text_of(case: dict[str, Any]) -> str:
    text: str = case["sentences"].replace("|", "")
    return text


def starts_of(case: dict[str, Any]) -> list[int]:
    """The offsets where the case's sentences begin."""
    starts, offset = [], 0
    for sentence in case["sentences"].split("|"):
        starts.append(offset + len(sentence) - len(sentence.lstrip()))
        offset += len(sentence)
    return starts


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"])
def test_sentences_begin_where_the_case_says(case: dict[str, Any]) -> None:
    text = text_of(case)
    spans = splitter().split(text)
    logits = np.array([YES if text[a:b] in case.get("yes", []) else WEAK_NO for a, b in spans], dtype=np.float32)
    found = Boundaries(text, spans, Marks.of("en"), is_wrapped(text)).starts(logits)
    assert [spans[index][0] for index in found] == starts_of(case)


@needs_reader
def test_the_reader_that_ships_agrees_with_nearly_every_case() -> None:
    wrong = []
    for case in CASES:
        if [sentence.start for sentence in analysis_of(text_of(case)).sentences] != starts_of(case):
            wrong.append(case["why"])
    assert len(wrong) <= len(CASES) // 10, wrong


def test_a_closing_mark_hands_the_model_s_word_on_to_what_follows_it() -> None:
    text = '"We sign" The mayor left'
    spans = splitter().split(text)
    logits = np.array([-9, -9, -9, 5, -9, -9, -9], dtype=np.float32)
    found = Boundaries(text, spans, Marks.of("en"), False).starts(logits)
    assert [text[slice(*spans[index])] for index in found] == ['"', "The"]


def test_a_list_without_full_stops_is_cut_where_a_start_is_least_unlikely() -> None:
    text = "grain " * 600
    spans = splitter().split(text)
    logits = np.full(len(spans), -9, dtype=np.float32)
    logits[200] = -5
    assert Boundaries(text, spans, Marks.of("en"), False).starts(logits)[:2] == [0, 200]
    assert len(Boundaries(text, spans, Marks.of("en"), False).starts(logits)) < 6


def test_paragraphs_of_one_line_are_not_wrapped_text() -> None:
    text = "\n".join(["The mayor of Brenholt opened the twelfth fair on Wednesday morning."] * 6)
    assert not is_wrapped(text)
