"""Tag sequences decoded as linear chains: the best valid BIO sequence, and how probable each of its spans is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from onrecord.language import blocks

Doubles = NDArray[np.float64]

FORBIDDEN = -1e4
TINY = blocks.TINY


@dataclass(frozen=True)
class Chain:
    """The scores [tags, tags] of one tag following another, and [tags] of a tag beginning or ending a sequence."""

    tags: tuple[str, ...]
    steps: Doubles
    starts: Doubles
    ends: Doubles

    @classmethod
    def of(cls, tags: Sequence[str], steps: Doubles | None, starts: Doubles | None, ends: Doubles | None) -> Chain:
        """A chain with the scores given (zero where none are) that forbids what BIO forbids."""
        size = len(tags)
        first = np.zeros(size) if starts is None else starts.astype(np.float64)
        last = np.zeros(size) if ends is None else ends.astype(np.float64)
        inner = np.zeros((size, size)) if steps is None else steps.astype(np.float64)
        inside = np.array([tag.startswith("I") for tag in tags])
        follows = np.array([[before[1:] == tag[1:] and before != "O" for tag in tags] for before in tags])
        return cls(tuple(tags), np.where(inside & ~follows, FORBIDDEN, inner), np.where(inside, FORBIDDEN, first), last)

    def divided_by(self, temperature: float) -> Chain:
        """The chain with every score divided, as calibration asks; for probabilities, not for the best sequence."""
        if temperature == 1.0:
            return self
        steps, starts, ends = (scores / temperature for scores in (self.steps, self.starts, self.ends))
        return Chain(self.tags, steps, starts, ends)

    def best(self, emissions: Doubles) -> NDArray[np.int64]:
        """The tags [N] of the highest-scoring valid sequence for `emissions` [N, tags] (Viterbi)."""
        length = len(emissions)
        if not length:
            return np.zeros(0, dtype=np.int64)
        if self._pays_in_blocks(length):
            return blocks.best(self.starts + emissions[0], self.steps + emissions[1:, None, :], self.ends)
        state = self.starts + emissions[0]
        back = np.zeros(emissions.shape, dtype=np.int64)
        columns = np.arange(len(self.tags))
        for index in range(1, length):
            reached = state[:, None] + self.steps
            back[index] = reached.argmax(0)
            state = reached[back[index], columns] + emissions[index]
        path = np.zeros(length, dtype=np.int64)
        path[-1] = int((state + self.ends).argmax())
        for index in range(length - 1, 0, -1):
            path[index - 1] = back[index, path[index]]
        return path

    def _pays_in_blocks(self, length: int) -> bool:
        """Whether blocks are quicker: their products cost the cube of the tags, and save steps on long sequences."""
        return len(self.tags) <= 4 and length > 64

    def forward_backward(self, emissions: Doubles) -> Marginals:
        """The log sums of all sequences that pass through each tag, from the left and from the right.

        Runs on probabilities, rescaled at each step (Rabiner 1989), which takes half the time of running on logs.
        """
        length = len(emissions)
        peaks = emissions.max(1)
        weights, steps = np.exp(emissions - peaks[:, None]), np.exp(self.steps)
        begin, end = np.exp(self.starts) * weights[0], np.exp(self.ends)
        if self._pays_in_blocks(length):
            left, scales, right, back_scales = blocks.sums(begin, steps * weights[1:, None, :], end)
        else:
            left, scales = _from_left(begin, steps, weights)
            right, back_scales = _from_right(end, steps, weights)
        left_logs = np.log(left + TINY) + (np.log(scales) + peaks).cumsum()[:, None]
        after = np.append(peaks[1:], 0.0) + np.log(back_scales)
        right_logs = np.log(right + TINY) + after[::-1].cumsum()[::-1][:, None]
        return Marginals(self, emissions, left_logs, right_logs, float(_log_sum(left_logs[-1] + self.ends)))


def _from_left(begin: Doubles, steps: Doubles, weights: Doubles) -> tuple[Doubles, Doubles]:
    """The sums [N, tags] of all that leads to each tag, each row scaled to one, and the scales [N]."""
    sums, scales, state = np.zeros(weights.shape), np.zeros(len(weights)), begin
    for index in range(len(weights)):
        if index:
            state = (state @ steps) * weights[index]
        scales[index] = total = state.sum() + TINY
        sums[index] = state = state / total
    return sums, scales


def _from_right(end: Doubles, steps: Doubles, weights: Doubles) -> tuple[Doubles, Doubles]:
    """The sums [N, tags] of all that follows each tag, each row scaled to one, and the scales [N]."""
    sums, scales, state = np.zeros(weights.shape), np.zeros(len(weights)), end
    for index in range(len(weights) - 1, -1, -1):
        if index < len(weights) - 1:
            state = steps @ (weights[index + 1] * state)
        scales[index] = total = state.sum() + TINY
        sums[index] = state = state / total
    return sums, scales


@dataclass(frozen=True)
class Marginals:
    """The forward and backward log sums [N, tags] of a chain over `emissions`; `total` is that of everything."""

    chain: Chain
    emissions: Doubles
    left: Doubles
    right: Doubles
    total: float

    def probability(self, first: int, last: int, begin: int, inside: int) -> float:
        """The probability that a span of the tags `begin` and `inside` is exactly the pieces [first, last)."""
        score = self.left[first, begin]
        before = begin
        for index in range(first + 1, last):
            score += self.chain.steps[before, inside] + self.emissions[index, inside]
            before = inside
        if last == len(self.emissions):
            score += self.chain.ends[before]
        else:
            onward = self.chain.steps[before] + self.emissions[last] + self.right[last]
            score += _log_sum(np.delete(onward, inside))
        return float(np.exp(min(0.0, score - self.total)))


def _log_sum(values: Doubles) -> float:
    peak = values.max()
    return float(np.log(np.exp(values - peak).sum()) + peak)


def spans(path: NDArray[np.int64], tags: Sequence[str]) -> list[tuple[int, int, int]]:
    """The spans of a valid BIO sequence as (first, past the last, index of the B tag)."""
    found: list[tuple[int, int, int]] = []
    start, begin = -1, 0
    for index in np.flatnonzero(np.append(path, 0) != np.append(0, path)):
        # only places where the tag changes, or a B follows a B (below), can begin or end a span
        if start >= 0 and (index >= len(path) or not tags[path[index]].startswith("I")):
            found.append((start, int(index), begin))
            start = -1
        if index < len(path) and tags[path[index]].startswith("B"):
            start, begin = int(index), int(path[index])
    return _split_repeats(found, path)


def _split_repeats(found: list[tuple[int, int, int]], path: NDArray[np.int64]) -> list[tuple[int, int, int]]:
    cut: list[tuple[int, int, int]] = []
    for first, last, begin in found:
        inner = [first, *(first + 1 + int(i) for i in np.flatnonzero(path[first + 1 : last] == begin)), last]
        cut.extend((a, b, begin) for a, b in pairwise(inner))
    return cut
