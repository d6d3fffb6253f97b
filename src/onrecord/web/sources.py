"""Where a claim comes from: the chains of who relays whom, as a graph and step by step with the words that say so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.comparison.origins import Chain, Origins, Step
from onrecord.store.origins import surroundings
from onrecord.web.context import Quote, To
from onrecord.web.drawing import OriginsPicture, origins_picture
from onrecord.web.lookup import Lookup
from onrecord.web.marking import Mark

HOWS = {
    "copies": "copies it",
    "cites": "cites it",
    "dateline": "carries its dateline",
    "document": "quotes the document",
    "hearsay": "names nobody",
}
"""What a step of a chain says."""
STEPS = 24
"""Steps that a page lists with their words."""


@dataclass(frozen=True, slots=True)
class StepShown:
    """A step of a chain: who takes it from whom, how, and the words that say so (null for a copied text)."""

    source: str
    target: str
    how: str
    note: str
    quote: Quote | None


@dataclass(frozen=True, slots=True)
class Behind:
    """What stands behind some rows: how many independent origins, which, and the way there."""

    independent: int
    unresolved: int
    origins: tuple[str, ...]
    speakers: tuple[str, ...]
    picture: OriginsPicture
    steps: tuple[StepShown, ...]


def behind(look: Lookup, row_ids: Sequence[str]) -> Behind | None:
    """What stands behind some statements, events, figures or articles; null where there are none."""
    if not row_ids:
        return None
    part = surroundings(look.store, row_ids)
    known = [key for key in row_ids if key in part.corpus.row]
    count = Origins(part.corpus, part.links, part.press).behind(known)
    if not count.chains:
        return None
    links = {
        chain.publisher: look.article_link(chain.article_id, f"e-{chain.record_id}") for chain in reversed(count.chains)
    }
    return Behind(
        count.independent,
        count.unresolved,
        count.origins,
        count.speakers,
        origins_picture(count.chains, _named(links), HOWS),
        _steps(look, count.chains),
    )


def _named(links: dict[str, To]) -> dict[str, To]:
    return {name: To(to.kind, to.id, name, to.anchor) for name, to in links.items()}


def _steps(look: Lookup, chains: Sequence[Chain]) -> tuple[StepShown, ...]:
    """The steps of all chains, each pair of sources once."""
    found: dict[tuple[str, str], StepShown] = {}
    for chain in chains:
        for step in chain.steps:
            if (step.source, step.target) not in found and len(found) < STEPS:
                found[step.source, step.target] = _step(look, step, chain.record_id)
    return tuple(found.values())


def _step(look: Lookup, step: Step, record_id: str) -> StepShown:
    quote = None
    if step.passages:
        marks = [Mark(p.start, p.end, "credit", record_id, "via") for p in step.passages]
        quote = look.quote("credit", record_id, step.article_id, marks, 300)
    note = "told from earlier words of the same speaker" if step.inferred else ""
    return StepShown(step.source, step.target, HOWS[step.how], note, quote)
