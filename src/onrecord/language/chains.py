"""Tag sequences decoded as linear chains: the best valid BIO sequence, and how probable each of its spans is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from onrecord.language import blocks

Doubles = NDArray[np.float64]
Ints = NDArray[np.int64]
Span = tuple[int, int, int]
"""A tagged span: its first piece, past its last, the index of its B tag."""

FORBIDDEN = -1e4
TINY = blocks.TINY
APART = 1e7
"""More than any span can gain; keeps the running sums of one sequence from the next."""
CLOSE = 1e-3
"""A span that lowers the score by less than this is still searched: sums are rounded."""


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

    def inside(self, begin: int) -> int:
        """The index of the I tag that goes on from the B tag `begin`."""
        return self.tags.index("I" + self.tags[begin][1:])


class Sequences:
    """Sequences of pieces, [firsts[i], lasts[i]), taken a step at a time, all abreast.

    The longest come first, so that those which go on at any step are the first few: `alive[step]`. `there[step]` are
    the pieces of all at a step, `back[step]` counted from their ends; those of sequences that are over mean nothing.
    """

    def __init__(self, firsts: Ints, lasts: Ints) -> None:
        self.order = np.argsort(firsts - lasts, kind="stable")
        firsts, lasts = firsts[self.order], lasts[self.order]
        lengths = lasts - firsts
        steps = np.arange(lengths[0] if len(lengths) else 0)[:, None]
        self.there = np.minimum(firsts + steps, np.maximum(lasts - 1, 0))
        self.back = np.maximum(firsts + lengths - 1 - steps, 0)
        self.goes_on = steps < lengths
        self.alive: list[int] = self.goes_on.sum(1).tolist()


def best_paths(chain: Chain, emissions: Doubles, edges: Sequence[int]) -> Ints:
    """The tags [n] of the highest-scoring valid sequences for `emissions` [n, tags], cut at `edges` (Viterbi).

    Most pieces are surely outside every span (tag 0), so only the stretches between those are searched.
    """
    path = np.zeros(len(emissions), dtype=np.int64)
    first_in, last_in = _ends_of(edges, len(emissions))
    doubtful = _doubtful(chain, emissions, edges)
    firsts = np.flatnonzero(doubtful & (first_in | ~np.append(False, doubtful[:-1])))
    lasts = np.flatnonzero(doubtful & (last_in | ~np.append(doubtful[1:], False))) + 1
    sequences, steps = Sequences(firsts, lasts), chain.steps[:, :, None]
    scores = np.ascontiguousarray(emissions[sequences.there].transpose(0, 2, 1))
    state = np.where(first_in[firsts], chain.starts[:, None], chain.steps[0][:, None])[:, sequences.order]
    ends = np.where(last_in[lasts - 1], chain.ends[:, None], chain.steps[:, :1])[:, sequences.order]
    reached: list[Doubles] = []
    for step, alive in enumerate(sequences.alive):
        before = (state[:, None, :alive] + steps).max(0) if step else state
        state = before + scores[step, :, :alive]
        reached.append(state)
    following = np.zeros(0, dtype=np.int64)
    for step, onward in zip(range(len(reached) - 1, -1, -1), reversed(reached), strict=True):
        there = len(following)
        onward[:, :there] += chain.steps[:, following]
        onward[:, there:] += ends[:, there : onward.shape[1]]
        following = onward.argmax(0)
        path[sequences.there[step, : len(following)]] = following
    return path


def _ends_of(edges: Sequence[int], count: int) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Whether each of `count` pieces is the first, and the last, of its sequence."""
    first_in, last_in = np.zeros((2, count + 1), dtype=bool)
    first_in[np.array(edges[:-1], dtype=np.int64)] = True
    last_in[np.array(edges[1:], dtype=np.int64)] = True
    return first_in[:-1], last_in[1:]


def _doubtful(chain: Chain, emissions: Doubles, edges: Sequence[int]) -> NDArray[np.bool_]:
    """Whether each piece could be part of a span: false where every span through it would lower the score.

    What a span gains is at most the sum of what its pieces gain with the best of tags and steps; the best stretch
    through each piece is found by running sums (after Kadane; Bentley 1984).
    """
    into = max(chain.steps[:, 1:].max() - chain.steps[0, 0], (chain.starts[1:] - chain.starts[0]).max())
    out = max(0.0, chain.steps[1:, 0].max() - chain.steps[0, 0], (chain.ends[1:] - chain.ends[0]).max())
    gains = emissions[:, 1:].max(1) - emissions[:, 0] + into
    apart = APART * np.repeat(np.arange(len(edges) - 1), np.diff(edges))
    total = gains.cumsum()
    before, through = total - gains - apart, total - apart
    left = before - np.minimum.accumulate(before)
    right = np.maximum.accumulate(through[::-1])[::-1] - through
    doubtful: NDArray[np.bool_] = left + gains + right + out > -CLOSE
    return doubtful


@dataclass(frozen=True)
class Marginals:
    """Log sums [n, tags] of all that leads to and follows each tag over `emissions`; [n] the sum of all its sequence.

    `closes` [n] tells the last piece of each sequence.
    """

    chain: Chain
    emissions: Doubles
    left: Doubles
    right: Doubles
    total: Doubles
    closes: NDArray[np.bool_]

    def probabilities(self, spans: Sequence[Span]) -> list[float]:
        """How probable it is that each span is exactly where it is."""
        if not spans:
            return []
        first, last, begin = np.array(spans, dtype=np.int64).T
        chain, inside = self.chain, np.array([self.chain.inside(tag) for _, _, tag in spans])
        within = np.concatenate([np.zeros((1, self.emissions.shape[1])), self.emissions.cumsum(0)])
        score = self.left[first, begin] + within[last, inside] - within[first + 1, inside]
        score += np.where(last - first > 1, chain.steps[begin, inside], 0.0)
        score += np.maximum(last - first - 2, 0) * chain.steps[inside, inside]
        before = np.where(last - first > 1, inside, begin)
        following = np.minimum(last, len(self.emissions) - 1)
        onward = chain.steps[before] + self.emissions[following] + self.right[following]
        onward[np.arange(len(spans)), inside] = -np.inf
        score += np.where(self.closes[last - 1], chain.ends[before], _log_sums(onward))
        found: list[float] = np.exp(np.minimum(0.0, score - self.total[first])).tolist()
        return found


def _log_sums(values: Doubles) -> Doubles:
    peaks = values.max(1)
    found: Doubles = np.log(np.exp(values - peaks[:, None]).sum(1)) + peaks
    return found


def marginals(chain: Chain, emissions: Doubles, edges: Sequence[int]) -> Marginals:
    """The log sums of the sequences of `emissions` [n, tags] that `edges` cut.

    Runs on probabilities, rescaled at each step (Rabiner 1989), which takes half the time of running on logs, and in
    both directions abreast.
    """
    sequences = Sequences(np.array(edges[:-1], dtype=np.int64), np.array(edges[1:], dtype=np.int64))
    peaks = emissions.max(1)
    weights = np.exp(emissions - peaks[:, None])
    steps = np.exp(chain.steps)
    both = np.stack([steps, steps.T])
    places = np.stack([sequences.there, sequences.back], 1)
    sums, scales = weights[places], np.ones((*places.shape, 1))
    state = np.exp(np.stack([chain.starts, chain.ends]))[:, None]
    for step, alive in enumerate(sequences.alive):
        state = (state[:, :alive] @ both if step else state) * sums[step, :, :alive]
        scales[step, :, :alive] = total = state.sum(2, keepdims=True) + TINY
        sums[step, :, :alive] = state = state / total
    logs = (np.log(scales[..., 0]) + peaks[places]).cumsum(0)
    ways = []
    for way in (0, 1):
        there = places[:, way][sequences.goes_on]
        put, grown = np.empty(emissions.shape), np.empty(len(emissions))
        put[there], grown[there] = sums[:, way][sequences.goes_on], logs[:, way][sequences.goes_on]
        ways.append((put, grown))
    return _joined(chain, emissions, ways[0], ways[1], edges)


def _joined(
    chain: Chain,
    emissions: Doubles,
    left: tuple[Doubles, Doubles],
    after: tuple[Doubles, Doubles],
    edges: Sequence[int],
) -> Marginals:
    """Log sums from scaled ones with the logs of their scales; `after` has each piece's own weight in it."""
    closes = np.zeros(len(emissions), dtype=bool)
    closes[np.array(edges[1:], dtype=np.int64) - 1] = True
    sums, logs = (np.append(values[1:], values[:1], 0) for values in after)
    right = np.log(sums @ np.exp(chain.steps).T + TINY) + logs[:, None]
    right[closes] = chain.ends
    from_left = np.log(left[0] + TINY) + left[1][:, None]
    whole, lengths = _log_sums(from_left[closes] + chain.ends), np.diff(edges)
    return Marginals(chain, emissions, from_left, right, np.repeat(whole, lengths[lengths > 0]), closes)


def best_abreast(chains: Sequence[Chain], emissions: Doubles) -> list[Ints]:
    """The best tags [n] of each chain for `emissions` [chains, n, tags]: several layers over one long text."""
    if not emissions.shape[1]:
        return [np.zeros(0, dtype=np.int64) for _ in chains]
    return blocks.best(*_stacked(chains), emissions.transpose(1, 2, 0))


def _stacked(chains: Sequence[Chain]) -> tuple[Doubles, Doubles, Doubles]:
    """The starts [tags, chains], steps [tags, tags, chains] and ends of several chains."""
    starts, steps, ends = zip(*((chain.starts, chain.steps, chain.ends) for chain in chains), strict=True)
    return np.stack(starts, -1), np.stack(steps, -1), np.stack(ends, -1)


def marginals_abreast(chains: Sequence[Chain], emissions: Doubles) -> list[Marginals]:
    """The log sums of each chain for `emissions` [chains, n, tags], one row at least."""
    count, length = len(chains), emissions.shape[1]
    peaks = emissions.max(2).T
    weights = np.exp(emissions.transpose(1, 2, 0) - peaks[:, None])
    starts, steps, ends = (np.exp(scores) for scores in _stacked(chains))
    sums, scales = blocks.sums(
        np.concatenate([starts, ends], 1),
        np.concatenate([steps, steps.swapaxes(0, 1)], 2),
        np.concatenate([weights, weights[::-1]], 2),
    )
    logs = (np.log(scales) + np.concatenate([peaks, peaks[::-1]], 1)).cumsum(0)
    return [
        _joined(
            chain,
            emissions[at],
            (sums[:, :, at], logs[:, at]),
            (sums[::-1, :, count + at], logs[::-1, count + at]),
            (0, length),
        )
        for at, chain in enumerate(chains)
    ]


def spans(path: Ints, tags: Sequence[str]) -> list[Span]:
    """The spans of a valid BIO sequence as (first, past the last, index of the B tag)."""
    begins = np.array([tag.startswith("B") for tag in tags])[path]
    inside = np.append(np.array([tag.startswith("I") for tag in tags])[path], False)
    firsts = np.flatnonzero(begins)
    outside = np.flatnonzero(~inside)
    lasts = outside[np.searchsorted(outside, firsts + 1)] if len(firsts) else firsts
    return list(zip(firsts.tolist(), lasts.tolist(), path[firsts].tolist(), strict=True))
