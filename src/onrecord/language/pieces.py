"""A text as the vocabulary pieces that the reader model takes, with the casing that an uncased vocabulary loses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float32]

CLS, SEP = 101, 102
NO_PIECE, LOWER, CAPITALISED, UPPER, DIGIT, SYMBOL, SINGLE_UPPER, MIXED = range(8)


class Tokenizer(Protocol):
    """The part of `tokenizers.Tokenizer` that the reader uses: an encoding has `ids` and `offsets`."""

    def encode(
        self, sequence: Any, pair: Any = None, is_pretokenized: bool = False, add_special_tokens: bool = True
    ) -> Any: ...


@dataclass(frozen=True)
class Pieces:
    """The pieces of the parts of an article that are read: ids, case classes, [start, end) into the article's text."""

    ids: Ints
    cases: Ints
    starts: Ints
    ends: Ints

    def __len__(self) -> int:
        return len(self.ids)

    def first_of(self, word_starts: Ints) -> Ints:
        """The index of the piece that stands for each word: the one that begins where it does, or the next inside it.

        "do" and "n't" share the piece "don": the second word takes the piece of the apostrophe. A word without a piece
        of its own ("not" in "cannot") takes the one that covers it.
        """
        if not len(word_starts) or not len(self.starts):
            return np.zeros(len(word_starts), dtype=np.int64)
        exact = np.minimum(np.searchsorted(self.starts, word_starts, side="left"), len(self.starts) - 1)
        covering = np.maximum(np.searchsorted(self.starts, word_starts, side="right") - 1, 0)
        covering = np.where(self.starts[exact] == word_starts, exact, covering)
        following = np.minimum(covering + 1, len(self.starts) - 1)
        limits = np.append(word_starts[1:], self.ends[-1])
        inside = (self.starts[covering] < word_starts) & (self.starts[following] > word_starts)
        inside &= self.starts[following] < limits
        return np.where(inside, following, covering).astype(np.int64)


def case_class(piece: str) -> int:
    """The casing of one piece as it stands in the text, 1 to 7; 0 is kept for [CLS], [SEP] and padding."""
    if piece.islower() and piece.isalpha():  # by far the most frequent, so asked first
        return LOWER
    if any(c.isdigit() for c in piece):
        return DIGIT
    if not any(c.isalpha() for c in piece):
        return SYMBOL
    if piece.isupper():
        return UPPER if len(piece) > 1 else SINGLE_UPPER
    if piece[0].isupper():
        return CAPITALISED
    return LOWER if piece.islower() else MIXED


def cut_pieces(text: str, stretches: Sequence[tuple[int, int]], tokenizer: Tokenizer) -> Pieces:
    """The pieces of the stretches [start, end) of `text`, in order; the text is never normalised first.

    One stretch after another: for several at once the tokenizer has threads of its own, one for each processor, which
    then take theirs from those that run the model.
    """
    ids: list[int] = []
    cases: list[int] = []
    offsets: list[Ints] = [np.zeros((0, 2), dtype=np.int64)]
    for start, end in stretches:
        stretch = text[start:end]
        encoding = tokenizer.encode(stretch, add_special_tokens=False)
        ids.extend(encoding.ids)
        inside = encoding.offsets
        cases.extend([case_class(stretch[a:b]) for a, b in inside])
        offsets.append(np.array(inside, dtype=np.int64).reshape(-1, 2) + start)
    starts, ends = np.concatenate(offsets).T.copy()
    return Pieces(np.array(ids, dtype=np.int64), np.array(cases, dtype=np.int64), starts, ends)
