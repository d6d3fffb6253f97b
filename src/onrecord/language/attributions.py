"""Sources, cues and contents joined into attributions by the reader model's link scores."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from onrecord.language.analysis import Attribution, AttributionSpan
from onrecord.language.windows import Read

Role = Literal["source", "cue", "content"]
ROLES: tuple[Role, ...] = ("source", "cue", "content")
WEAKEST_LINK = 0.02
"""Below this share of the model's belief a span is not joined to the best cue."""


@dataclass(frozen=True, slots=True)
class TaggedSpan:
    """A span as tagged: the pieces [first, last) of the article, and what it is in the text."""

    first: int
    last: int
    span: AttributionSpan


@dataclass(frozen=True, slots=True)
class Linked:
    """A cue's index and the model's belief that a span hangs on it."""

    cue: int
    belief: float


class Links:
    """Finds the cue that a span belongs to, among those of one article."""

    def __init__(self, cues: Sequence[TaggedSpan], reads: Sequence[Read], temperature: float) -> None:
        self._reads, self._temperature = reads, temperature
        self._firsts = np.array([cue.first for cue in cues], dtype=np.int64)
        self._lasts = np.array([cue.last for cue in cues], dtype=np.int64)

    def of(self, span: TaggedSpan) -> Linked | None:
        """The cue, by the window that shows the most around the span; null where none is believed."""
        best: Linked | None = None
        for read in _by_fitness(span, self._reads):
            found = self._in(span, read)
            if found and (best is None or found.belief > best.belief):
                best = found
            if best and best.belief > 0.5:
                break
        return best if best and best.belief >= WEAKEST_LINK else None

    def _in(self, span: TaggedSpan, read: Read) -> Linked | None:
        start, end = read.window.start, read.window.end
        low, high = np.searchsorted(self._firsts, (start, end))
        if low == high:
            return None
        row = read.link[span.first - start].astype(np.float64) / self._temperature
        belief = np.zeros(len(row) + 1)
        np.exp(row - row.max()).cumsum(out=belief[1:])
        shares = belief[np.minimum(self._lasts[low:high], end) - start] - belief[self._firsts[low:high] - start]
        surest = int(shares.argmax())
        return Linked(int(low) + surest, float(shares[surest] / belief[-1]))


def _by_fitness(span: TaggedSpan, reads: Sequence[Read]) -> list[Read]:
    inside = [read for read in reads if read.window.start <= span.first < read.window.end]
    return sorted(inside, key=lambda read: -min(span.first - read.window.start, read.window.end - span.first))


def assemble(
    tagged: Mapping[Role, Sequence[TaggedSpan]],
    reads: Sequence[Read],
    temperature: float,
    second_look: Callable[[Sequence[TaggedSpan]], Sequence[Sequence[TaggedSpan]]],
) -> tuple[Attribution, ...]:
    """The attributions, in text order of their first span.

    `second_look` gives the contents that could stand in the sentences of cues which none hangs on at first; those that
    the links give to their cue are taken. A cue that has neither content nor source even so is left out, as is a source
    without a cue; a content without a cue stands alone.
    """
    cues = tagged["cue"]
    links = Links(cues, reads, temperature)
    contents, alone = _by_cue(tagged["content"], links)
    sources, _ = _by_cue(tagged["source"], links)
    bare = [index for index in range(len(cues)) if index not in contents]
    for index, perhaps in zip(bare, second_look([cues[index] for index in bare]), strict=True):
        found, _ = _by_cue(perhaps, links)
        contents.update({index: found[index]} if index in found else {})
    joined = [
        _attribution(cue.span, sources.get(index, []), contents.get(index, []))
        for index, cue in enumerate(cues)
        if index in contents or index in sources
    ]
    single = [Attribution(None, (), (content.span,), content.span.confidence) for content in alone]
    return tuple(sorted([*joined, *single], key=_first_offset))


Hung = list[tuple[AttributionSpan, float]]
"""Spans that hang on one cue, each with the belief that they do."""


def _by_cue(hanging: Sequence[TaggedSpan], links: Links) -> tuple[dict[int, Hung], list[TaggedSpan]]:
    """The spans by the index of their cue, and those that no cue was found for."""
    by_cue: dict[int, Hung] = {}
    alone: list[TaggedSpan] = []
    for tagged in hanging:
        found = links.of(tagged)
        if found is None:
            alone.append(tagged)
        else:
            by_cue.setdefault(found.cue, []).append((tagged.span, found.belief))
    return by_cue, alone


def _attribution(cue: AttributionSpan, sources: Hung, contents: Hung) -> Attribution:
    """The cue with what hangs on it; its confidence is that of the cue and of its surest content together."""
    surest = max((span.confidence * linked for span, linked in contents), default=1.0)
    return Attribution(
        cue, tuple(span for span, _ in sources), tuple(span for span, _ in contents), cue.confidence * surest
    )


def _first_offset(attribution: Attribution) -> tuple[int, int]:
    spans = [*attribution.sources, *attribution.contents, *([attribution.cue] if attribution.cue else [])]
    return min(span.start for span in spans), attribution.cue.start if attribution.cue else -1
