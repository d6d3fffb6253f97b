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


def link(span: TaggedSpan, cues: Sequence[TaggedSpan], reads: Sequence[Read], temperature: float) -> Linked | None:
    """The cue that the span belongs to, by the window that shows the most around both; null where none is believed."""
    best: Linked | None = None
    for read in _by_fitness(span, reads):
        found = _link_in(span, cues, read, temperature)
        if found and (best is None or found.belief > best.belief):
            best = found
        if best and best.belief > 0.5:
            break
    return best if best and best.belief >= WEAKEST_LINK else None


def _by_fitness(span: TaggedSpan, reads: Sequence[Read]) -> list[Read]:
    inside = [read for read in reads if read.window.start <= span.first < read.window.end]
    return sorted(inside, key=lambda read: -min(span.first - read.window.start, read.window.end - span.first))


def _link_in(span: TaggedSpan, cues: Sequence[TaggedSpan], read: Read, temperature: float) -> Linked | None:
    start, end = read.window.start, read.window.end
    row = read.link[span.first - start].astype(np.float64) / temperature
    belief = np.exp(row - row.max())
    belief /= belief.sum()
    found = [
        Linked(index, float(belief[cue.first - start : min(cue.last, end) - start].sum()))
        for index, cue in enumerate(cues)
        if start <= cue.first < end
    ]
    return max(found, key=lambda linked: (linked.belief, -linked.cue)) if found else None


def assemble(
    tagged: Mapping[Role, Sequence[TaggedSpan]],
    reads: Sequence[Read],
    temperature: float,
    second_look: Callable[[TaggedSpan], Sequence[TaggedSpan]],
) -> tuple[Attribution, ...]:
    """The attributions, in text order of their first span.

    `second_look` gives the contents that could stand in the sentence of a cue which none hangs on at first; those that
    the links give to that cue are taken. A cue that has neither content nor source even so is left out, as is a source
    without a cue; a content without a cue stands alone.
    """
    cues = tagged["cue"]
    contents, alone = _by_cue(tagged["content"], cues, reads, temperature)
    sources, _ = _by_cue(tagged["source"], cues, reads, temperature)
    for index, cue in enumerate(cues):
        if index not in contents:
            found, _ = _by_cue(second_look(cue), cues, reads, temperature)
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


def _by_cue(
    hanging: Sequence[TaggedSpan], cues: Sequence[TaggedSpan], reads: Sequence[Read], temperature: float
) -> tuple[dict[int, Hung], list[TaggedSpan]]:
    """The spans by the index of their cue, and those that no cue was found for."""
    by_cue: dict[int, Hung] = {}
    alone: list[TaggedSpan] = []
    for tagged in hanging:
        found = link(tagged, cues, reads, temperature)
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
