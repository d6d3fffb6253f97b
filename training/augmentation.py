"""Seeded changes to a window that a careless copy of the article could show.

They are exact operations on pieces: the vocabulary is uncased and cuts at every punctuation mark, so that another
casing changes only case classes and another quotation mark changes only one id. For the same reason a space lost
after a full stop and a lost paragraph break leave the pieces as they are, and nothing has to be trained for them
(`tests/rooms/training` proves it).
"""

from __future__ import annotations

import random
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from training.pieces import CAPITALISED, LOWER, MIXED, SINGLE_UPPER, UPPER, Numbers

QUOTES_CHANGED = 0.35
HEADLINE_RECASED = 0.04
WHOLE_RECASED = 0.01
PIECES_HIDDEN = 0.04

STYLES = {
    "straight": ('"', '"'),
    "curly": ("“", "”"),
    "single": ("‘", "’"),
    "straight single": ("'", "'"),
    "doubled": ("“", "“"),
}


@dataclass(frozen=True)
class Marks:
    """The vocabulary ids of the quotation marks, and which ids are continuations of a word."""

    ids: dict[str, int]
    continuation: NDArray[np.bool_]
    length: Numbers

    @classmethod
    def of(cls, tokenizer: Tokenizer) -> Marks:
        """The marks as this tokenizer's vocabulary numbers them."""
        words = [tokenizer.id_to_token(index) or "" for index in range(tokenizer.get_vocab_size())]
        ids = {mark: words.index(mark) for mark in [*"\"“”‘’'", "[MASK]"]}
        continuation = np.array([word.startswith("##") for word in words])
        length = np.array([len(word.removeprefix("##")) for word in words], dtype=np.int64)
        return cls(ids, continuation, length)


def change_quotes(ids: Numbers, marks: Marks, chance: random.Random) -> Numbers:
    """The pieces with their double quotation marks in another style, or each in a style of its own."""
    straight, opening, closing = marks.ids['"'], marks.ids["“"], marks.ids["”"]
    positions = np.flatnonzero(np.isin(ids, (straight, opening, closing)))
    style = chance.choice([*STYLES, "mismatched"])
    changed, is_open = ids.copy(), False
    for position in positions:
        here = ids[position]
        is_open = here == opening or (here == straight and not is_open)
        pair = STYLES[style if style in STYLES else chance.choice([*STYLES])]
        changed[position] = marks.ids[pair[0 if is_open else 1]]
    return changed


def change_apostrophes(ids: Numbers, marks: Marks, chance: random.Random) -> Numbers:
    """The pieces with all their apostrophes straight, or all of them curly."""
    wanted = marks.ids[chance.choice("'’")]
    return np.where(np.isin(ids, (marks.ids["'"], marks.ids["’"])), wanted, ids)


def recase(ids: Numbers, cases: Numbers, marks: Marks, title: bool) -> Numbers:
    """The case classes that the same pieces would have in Title Case or in capitals."""
    letters = np.isin(cases, (LOWER, CAPITALISED, UPPER, SINGLE_UPPER, MIXED))
    upper = np.where(marks.length[ids] > 1, UPPER, SINGLE_UPPER)
    first = np.where(marks.length[ids] > 1, CAPITALISED, SINGLE_UPPER)
    capital = np.where(marks.continuation[ids], LOWER, first) if title else upper
    return np.where(letters, capital, cases)


def augment(
    ids: Numbers, cases: Numbers, headline: int, marks: Marks, chance: random.Random
) -> tuple[Numbers, Numbers]:
    """The window as another desk might have set it, with a few pieces hidden.

    `headline` is the number of pieces in the window's first sentence.
    """
    if chance.random() < QUOTES_CHANGED:
        ids = change_apostrophes(ids, marks, chance)
        ids = change_quotes(ids, marks, chance)
    draw = chance.random()
    if draw < HEADLINE_RECASED + WHOLE_RECASED:
        end = headline if draw < HEADLINE_RECASED else len(ids)
        recased = recase(ids[:end], cases[:end], marks, title=chance.random() < 0.5)
        cases = np.concatenate([recased, cases[end:]])
    hidden = np.array([chance.random() < PIECES_HIDDEN for _ in range(len(ids))], dtype=bool)
    ids = np.where(hidden, marks.ids["[MASK]"], ids)
    return ids, cases
