"""Fits the heads that give tags to the states that the encoder has in 8 bits.

What 8 bits do to a state is partly the same everywhere: a channel that comes out a little low, a rare direction that is
lost. A head learnt on exact states need not put up with that: by least squares over training text its scores from coded
states come nearest to what it says of the exact ones.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from training.model import Encoder, Reader
from training.windows import Batch

Doubles = NDArray[np.float64]
States = Callable[[Batch], list[NDArray[np.float32]]]
"""The states [N,H] of each window of a batch as the 8-bit encoder has them."""

STAY = 0.01
"""How strongly a weight is held where it was, against the mean square of its channel."""


class Fit:
    """The sums from which one linear head is fitted: what it is given in 8 bits, and what it should say."""

    def __init__(self, head: nn.Linear) -> None:
        self.head = head
        size = head.in_features + 1
        self.moments: Doubles = np.zeros((size, size))
        self.wanted: Doubles = np.zeros((size, head.out_features))

    def add(self, coded: NDArray[np.float32], exact: Tensor) -> None:
        """Counts states [n,H], in 8 bits and exact."""
        given = np.concatenate([coded, np.ones((len(coded), 1))], 1).astype(np.float64)
        self.moments += given.T @ given
        self.wanted += given.T @ self.head(exact).double().numpy()

    def settle(self) -> None:
        """Gives the head the fitted weights."""
        before = torch.cat([self.head.weight, self.head.bias[:, None]], 1).double().numpy().T
        held = STAY * np.diag(np.diag(self.moments))
        after = np.linalg.solve(self.moments + held, self.wanted + held @ before)
        self.head.weight.copy_(torch.from_numpy(after[:-1].T))
        self.head.bias.copy_(torch.from_numpy(after[-1]))


def refit(model: Reader, exactly: Encoder, batches: Sequence[Batch], coded_states: States) -> None:
    """Fits the heads for names and roles over pieces, those for parts of speech and sentence starts over words."""
    by_piece, by_word = [Fit(model.names), Fit(model.roles)], [Fit(model.upos), Fit(model.sentence)]
    with torch.no_grad():
        for batch in batches:
            exact = exactly(batch.ids, batch.cases, batch.mask)
            for row, coded in enumerate(coded_states(batch)):
                words = batch.words[row][batch.words[row] > 0]
                for fit in by_piece:
                    fit.add(coded, exact[row, : len(coded)])
                for fit in by_word:
                    fit.add(coded[words.numpy()], exact[row, words])
        for fit in (*by_piece, *by_word):
            fit.settle()
