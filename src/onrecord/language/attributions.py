"""Sources, cues and contents joined into attributions by the reader model's link scores."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
    tagged: Mapping[Role, Sequence[TaggedSpan]], reads: Sequence[Read], temperature: float = 1.0
) -> tuple[Attribution, ...]:
    """The attributions, in text order of their first span.

    A cue that no content hangs on reports nothing and is left out with its sources; so is a source without a cue.
    A content without a cue stands alone.
    """
    cues = tagged["cue"]
    sources: dict[int, list[AttributionSpan]] = {}
    contents: dict[int, list[AttributionSpan]] = {}
    beliefs: dict[int, list[float]] = {}
    alone: list[Attribution] = []
    for source in tagged["source"]:
        found = link(source, cues, reads, temperature)
        if found:
            sources.setdefault(found.cue, []).append(source.span)
    for content in tagged["content"]:
        found = link(content, cues, reads, temperature)
        if found is None:
            alone.append(Attribution(None, (), (content.span,), content.span.confidence))
        else:
            contents.setdefault(found.cue, []).append(content.span)
            beliefs.setdefault(found.cue, []).append(found.belief * content.span.confidence)
    joined = [
        Attribution(
            cues[index].span,
            tuple(sources.get(index, ())),
            tuple(spans),
            cues[index].span.confidence * max(beliefs[index]),
        )
        for index, spans in contents.items()
    ]
    return tuple(sorted([*joined, *alone], key=_first_offset))


def _first_offset(attribution: Attribution) -> tuple[int, int]:
    spans = [*attribution.sources, *attribution.contents, *([attribution.cue] if attribution.cue else [])]
    return min(span.start for span in spans), attribution.cue.start if attribution.cue else -1
