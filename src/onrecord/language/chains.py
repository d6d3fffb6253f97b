"""Tag sequences decoded as linear chains: the best valid BIO sequence, and how probable each of its spans is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property

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
UNSCALED = 8
"""Steps over which sums are not scaled: eight together shrink them by far less than what a float holds."""
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

    @cached_property
    def begins(self) -> Ints:
        """The indexes of the tags that begin a span."""
        return np.array([index for index, tag in enumerate(self.tags) if tag.startswith("B")], dtype=np.int64)

    @cached_property
    def insides(self) -> Ints:
        """The indexes of the tags that go on from those."""
        return np.array([self.tags.index("I" + self.tags[begin][1:]) for begin in self.begins], dtype=np.int64)

    @cached_property
    def gains(self) -> tuple[float, float, float]:
        """What steps gain at most against tag 0: into a span's beginning, within it, out of it into 0 or the next."""
        begins, insides, after = self.begins, self.insides, np.append(0, self.begins)
        into = (self.steps[:, begins] - self.steps[:, :1]).max()
        within = max(self.steps[begins, insides].max(), self.steps[insides, insides].max()) - self.steps[0, 0]
        out = (self.steps[1:, after] - self.steps[0, after]).max()
        at_start, at_end = self.starts[begins].max() - self.starts[0], self.ends[1:].max() - self.ends[0]
        return float(max(into, at_start)), float(within), float(max(out, at_end))

    def inside(self, begins: Ints) -> Ints:
        """The indexes of the tags that go on from these, which begin spans."""
        found: Ints = self.insides[np.searchsorted(self.begins, begins)]
        return found


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
        before = np.maximum.reduce(state[:, None, :alive] + steps) if step else state
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

    What a span gains against no span is at most the sum of what its pieces gain with the best of steps; the best span
    of each kind through each piece is found by running sums (after Kadane; Bentley 1984).
    """
    into, within, out = chain.gains
    beginning = emissions[:, chain.begins] - emissions[:, :1] + into
    total = (emissions[:, chain.insides] - emissions[:, :1] + within).cumsum(0)
    total -= APART * np.repeat(np.arange(len(edges) - 1), np.diff(edges))[:, None]
    so_far = np.maximum.accumulate(beginning - total) + total
    right = np.maximum.accumulate(total[::-1])[::-1] - total
    doubtful: NDArray[np.bool_] = (so_far + right).max(1) + out > -CLOSE
    return doubtful


@dataclass(frozen=True)
class Sums:
    """Sums [n, tags] over all that leads to each tag, or follows it, the tag included; `scales` [n] are logs."""

    sums: Doubles
    scales: Doubles

    def logs(self, rows: Ints) -> Doubles:
        """The logs [rows, tags] of the sums."""
        found: Doubles = np.log(self.sums[rows] + TINY) + self.scales[rows, None]
        return found


@dataclass(frozen=True)
class Marginals:
    """What leads to and follows each tag over `emissions` [n, tags], which `edges` cut into sequences."""

    chain: Chain
    emissions: Doubles
    left: Sums
    right: Sums
    edges: Ints

    def probabilities(self, spans: Sequence[Span]) -> list[float]:
        """How probable it is that each span is exactly where it is."""
        if not spans:
            return []
        first, last, begin = np.array(spans, dtype=np.int64).T
        chain, inside = self.chain, self.chain.inside(begin)
        sequences = np.searchsorted(self.edges, first, side="right")
        ends = self.edges[sequences]
        within = np.concatenate([np.zeros((1, self.emissions.shape[1])), self.emissions.cumsum(0)])
        score = self.left.logs(first)[np.arange(len(spans)), begin]
        score += within[last, inside] - within[first + 1, inside]
        score += np.where(last - first > 1, chain.steps[begin, inside], 0.0)
        score += np.maximum(last - first - 2, 0) * chain.steps[inside, inside]
        before = np.where(last - first > 1, inside, begin)
        onward = chain.steps[before] + self.right.logs(np.minimum(last, len(self.emissions) - 1))
        onward[np.arange(len(spans)), inside] = -np.inf
        score += np.where(last == ends, chain.ends[before], _log_sums(onward))
        whole = _log_sums(self.left.logs(ends - 1) + chain.ends)
        found: list[float] = np.exp(np.minimum(0.0, score - whole)).tolist()
        return found


def _log_sums(values: Doubles) -> Doubles:
    peaks = values.max(1)
    found: Doubles = np.log(np.exp(values - peaks[:, None]).sum(1)) + peaks
    return found


def marginals(chain: Chain, emissions: Doubles, edges: Sequence[int]) -> Marginals:
    """The sums over the sequences of `emissions` [n, tags] that `edges` cut.

    Runs on probabilities, rescaled every few steps (after Rabiner 1989), which takes a fraction of the time of running
    on logs, and in both directions abreast.
    """
    cuts = np.array(edges, dtype=np.int64)
    sequences = Sequences(cuts[:-1], cuts[1:])
    peaks = emissions.max(1)
    weights = np.exp(emissions - peaks[:, None])
    steps = np.exp(chain.steps)
    both = np.array([steps, steps.T])
    places = np.stack([sequences.there, sequences.back], 1)
    sums, scales = weights[places], np.ones((*places.shape, 1))
    state = np.exp(np.array([chain.starts, chain.ends]))[:, None]
    for step, alive in enumerate(sequences.alive):
        here = sums[step, :, :alive]
        state = np.multiply(state[:, :alive] @ both if step else state, here, out=here)
        if step % UNSCALED == UNSCALED - 1:
            scales[step, :, :alive] = total = state.sum(2, keepdims=True) + TINY
            state /= total
    logs = (np.log(scales[..., 0]) + peaks[places]).cumsum(0)
    left, right = (Sums(np.empty(emissions.shape), np.empty(len(emissions))) for _ in both)
    for way, found in enumerate((left, right)):
        there = places[:, way][sequences.goes_on]
        found.sums[there], found.scales[there] = sums[:, way][sequences.goes_on], logs[:, way][sequences.goes_on]
    return Marginals(chain, emissions, left, right, cuts)


def best_abreast(chains: Sequence[Chain], emissions: Doubles) -> list[Ints]:
    """The best tags [n] of each chain for `emissions` [chains, n, tags]: several layers over one long text."""
    if not emissions.shape[1]:
        return [np.zeros(0, dtype=np.int64) for _ in chains]
    return blocks.best(*_stacked(chains), emissions)


def _stacked(chains: Sequence[Chain]) -> tuple[Doubles, Doubles, Doubles]:
    """The starts [chains, tags], steps [chains, tags, tags] and ends of several chains."""
    starts, steps, ends = zip(*((chain.starts, chain.steps, chain.ends) for chain in chains), strict=True)
    return np.array(starts), np.array(steps), np.array(ends)


def marginals_abreast(chains: Sequence[Chain], emissions: Doubles) -> list[Marginals]:
    """The log sums of each chain for `emissions` [chains, n, tags], one row at least."""
    count, length = len(chains), emissions.shape[1]
    peaks = emissions.max(2)
    weights = np.exp(emissions - peaks[..., None])
    starts, steps, ends = (np.exp(scores) for scores in _stacked(chains))
    sums, logs = blocks.sums(
        np.concatenate([starts, ends]),
        np.concatenate([steps, steps.swapaxes(1, 2)]),
        np.concatenate([weights, weights[:, ::-1]]),
    )
    logs += np.concatenate([peaks, peaks[:, ::-1]]).cumsum(1)
    left = [Sums(*of_chain) for of_chain in zip(sums[:count], logs[:count], strict=True)]
    right = [Sums(*of_chain) for of_chain in zip(sums[count:, ::-1], logs[count:, ::-1], strict=True)]
    edges = np.array([0, length])
    return [Marginals(*columns, edges) for columns in zip(chains, emissions, left, right, strict=True)]


def spans(path: Ints, tags: Sequence[str]) -> list[Span]:
    """The spans of a valid BIO sequence as (first, past the last, index of the B tag)."""
    begins, goes_on = _beginning_and_inside(tuple(tags))
    firsts = np.flatnonzero(begins[path])
    if not len(firsts):
        return []
    outside = np.flatnonzero(~np.append(goes_on[path], False))
    lasts = outside[np.searchsorted(outside, firsts + 1)]
    return list(zip(firsts.tolist(), lasts.tolist(), path[firsts].tolist(), strict=True))


@cache
def _beginning_and_inside(tags: tuple[str, ...]) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Whether each tag begins a span, and whether it goes on in one."""
    return np.array([tag.startswith("B") for tag in tags]), np.array([tag.startswith("I") for tag in tags])
