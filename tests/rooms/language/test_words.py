"""The word splitter agrees with Universal Dependencies, and every character belongs to at most one word."""

from __future__ import annotations

import os
import re
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from evaluation.reader import split_score
from evaluation.treebanks import read_documents, treebank
from hypothesis import given
from hypothesis import strategies as st

from casefiles import cases
from onrecord.language import words as language_words
from onrecord.language.words import splitter

DATA = os.environ.get("ONRECORD_TEST_DATA")


@pytest.mark.parametrize("case", cases("en/words.toml"), ids=lambda case: case["why"])
def test_words_are_cut_as_the_case_says(case: dict[str, Any]) -> None:
    text = case["text"]
    assert [text[start:end] for start, end in splitter().split(text)] == case["words"].split()


@given(st.text(alphabet=st.sampled_from(list("ab I.Z'’\"-–/@#$1 2,:;?!()\n…%&·_\u0301\u200b\ufe0fé中")), max_size=60))
def test_words_stand_in_order_hold_no_space_and_leave_out_nothing_else(text: str) -> None:
    spans = splitter().split(text)
    assert all(start < end for start, end in spans)
    assert all(first[1] <= second[0] for first, second in pairwise(spans))
    covered = {place for start, end in spans for place in range(start, end)}
    left = "".join(char for place, char in enumerate(text) if place not in covered)
    assert not left.replace("\u200b", "").strip()
    assert not any(text[start:end] != text[start:end].strip() for start, end in spans)


@given(st.text(alphabet=st.sampled_from(list("abcnotgIU .Z'’\"”-/@:&$1,;?!()\n")), max_size=60))
def test_plain_words_are_cut_as_all_others_are(text: str) -> None:
    quickly = splitter().split(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(language_words, "PLAIN", re.compile(r"(?!)()"))
        assert quickly == splitter().split(text)


def test_a_stretch_of_a_text_is_cut_with_offsets_into_the_whole() -> None:
    text = "Header. They don't know."
    assert [text[start:end] for start, end in splitter().split(text, 8)] == ["They", "do", "n't", "know", "."]


def test_a_long_text_without_spaces_is_cut_in_linear_time() -> None:
    assert len(splitter().split("a.b@" * 20_000)) > 1
    assert len(splitter().split("x" * 200_000)) == 1


@pytest.mark.skipif(not DATA, reason="ONRECORD_TEST_DATA is not set: no treebank to agree with")
@pytest.mark.parametrize(("bank", "floor"), [("ewt", 98.5), ("gum", 99.8)])
def test_words_agree_with_the_treebanks(bank: str, floor: float) -> None:
    assert split_score(read_documents(treebank(Path(str(DATA)) / "data", bank))).f1 >= floor
