"""What a careless copy changes in the pieces, and what it cannot change."""

import random

import numpy as np
import pytest
from tokenizers import Tokenizer
from training.augmentation import Marks, augment, change_quotes, recase
from training.pieces import case_class, cut_pieces

SAID = '"Tides rise," Ada Quill said. "We wait." Boats left NYC.'


@pytest.mark.parametrize(
    "careless",
    [SAID.replace(". B", ".B").replace('" B', '"B'), SAID.replace('said. "', 'said."'), SAID.replace(". ", ".\n\n")],
)
def test_lost_spaces_and_paragraphs_leave_the_pieces_as_they_are(careless: str, tokenizer: Tokenizer) -> None:
    as_written, lost = cut_pieces(SAID, tokenizer), cut_pieces(careless, tokenizer)
    assert as_written.ids.tolist() == lost.ids.tolist()
    assert as_written.cases.tolist() == lost.cases.tolist()


def test_quotation_marks_change_one_for_one(tokenizer: Tokenizer) -> None:
    marks, pieces = Marks.of(tokenizer), cut_pieces(SAID, tokenizer)
    seen = set()
    for seed in range(40):
        changed = change_quotes(pieces.ids, marks, random.Random(seed))
        differing = changed != pieces.ids
        assert set(pieces.ids[differing].tolist()) <= {marks.ids['"']}
        seen.add("".join(tokenizer.id_to_token(int(i)) for i in changed[pieces.ids == marks.ids['"']]))
    assert {"“”“”", "‘’‘’", '""""'} <= seen


@pytest.mark.parametrize("title", [True, False])
def test_recasing_gives_the_classes_of_the_recased_text(title: bool, tokenizer: Tokenizer) -> None:
    text = "Harbour unionists demand a 4 per cent rise, sources say"
    pieces, wanted = cut_pieces(text, tokenizer), text.title() if title else text.upper()
    found = recase(pieces.ids, pieces.cases, Marks.of(tokenizer), title)
    assert found.tolist() == cut_pieces(wanted, tokenizer).cases.tolist()


def test_the_same_seed_gives_the_same_window(tokenizer: Tokenizer) -> None:
    marks, pieces = Marks.of(tokenizer), cut_pieces(SAID, tokenizer)
    first = augment(pieces.ids, pieces.cases, 5, marks, random.Random(7))
    second = augment(pieces.ids, pieces.cases, 5, marks, random.Random(7))
    assert all(np.array_equal(a, b) for a, b in zip(first, second, strict=True))


@pytest.mark.parametrize(
    ("piece", "expected"), [("ada", 1), ("Ada", 2), ("ADA", 3), ("4th", 4), ("“", 5), ("A", 6), ("iOS", 7)]
)
def test_case_classes(piece: str, expected: int) -> None:
    assert case_class(piece) == expected
