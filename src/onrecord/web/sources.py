"""Where a claim comes from: the chains of who relays whom, as a graph and step by step with the words that say so."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.comparison.origins import Chain, Origins, Step
from onrecord.model import Link
from onrecord.store.origins import surroundings
from onrecord.web.context import Quote, To
from onrecord.web.drawing import OriginsPicture, links_picture, origins_picture
from onrecord.web.lookup import Lookup
from onrecord.web.marking import Mark

HOWS = {
    "copies": "copies it",
    "cites": "cites it",
    "agency": "says it is the report of",
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


@dataclass(frozen=True, slots=True)
class Taken:
    """Who takes from whom among some articles."""

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


def taken(look: Lookup, articles: Sequence[str]) -> Taken | None:
    """What some articles say they have from others, or copied from them; null where they say nothing of it."""
    links = _links(look, articles)
    statements = {row.id: row.article_id for row in look.store.load("statements", [link.left_id for link in links])}
    look.read_articles(statements.get(link.left_id, link.left_id) for link in links)
    edges: dict[tuple[str, str], tuple[str, str, str, str]] = {}
    places: dict[str, To] = {}
    steps: dict[tuple[str, str], StepShown] = {}
    for link in links:
        left, to = statements.get(link.left_id, link.left_id), _target(look, link.right_id)
        source, target = look.outlet(left), look.outlet(to.id) if to.kind == "article" else to.words
        if source == target or (source, target) in edges:
            continue
        how = "copies" if link.kind == "copied_from" else "cites"
        edges[source, target] = (source, target, how, f"{source} → {target}: {link.explanation}")
        places.setdefault(source, To("article", left, source))
        places.setdefault(target, To(to.kind, to.id, target))
        if len(steps) < STEPS:
            marks = [Mark(p.start, p.end, "credit", link.id, "via") for p in link.left_passages]
            quote = look.quote("credit", "", left, marks, 300) if marks else None
            steps[source, target] = StepShown(source, target, HOWS[how], "", quote)
    return Taken(links_picture(list(edges.values()), places), tuple(steps.values())) if edges else None


def _links(look: Lookup, articles: Sequence[str]) -> list[Link]:
    """The citations and copies that begin at one of the articles or at a statement in it."""
    sql = (
        "SELECT id FROM links WHERE kind IN ('cites', 'copied_from') AND left_id IN (SELECT value FROM"
        " json_each(:articles) UNION ALL SELECT id FROM statements WHERE article_id IN"
        " (SELECT value FROM json_each(:articles))) ORDER BY kind, score DESC, id"
    )
    found = look.store.select(sql, {"articles": json.dumps(list(articles))})
    rows: list[Link] = look.store.load("links", [str(key) for (key,) in found])
    return rows


def _target(look: Lookup, key: str) -> To:
    """What is cited: an article or a party."""
    return look.source(key) if look.store.select("SELECT 1 FROM articles WHERE id = ?", (key,)) else look.party(key)


def _named(links: dict[str, To]) -> dict[str, To]:
    return {name: To(to.kind, to.id, name, to.anchor) for name, to in links.items()}


def _steps(look: Lookup, chains: Sequence[Chain]) -> tuple[StepShown, ...]:
    """The steps of all chains, each pair of sources once."""
    found: dict[tuple[str, str], StepShown] = {}
    for chain in chains:
        for step in chain.steps:
            if (step.source, step.target) not in found and len(found) < STEPS:
                own = chain.record_id if step.article_id == chain.article_id else ""
                found[step.source, step.target] = _step(look, step, own)
    return tuple(found.values())


def _step(look: Lookup, step: Step, record_id: str) -> StepShown:
    quote = None
    if step.passages:
        marks = [Mark(p.start, p.end, "credit", record_id, "via") for p in step.passages]
        quote = look.quote("credit", record_id, step.article_id, marks, 300)
    note = "told from earlier words of the same speaker" if step.inferred else ""
    return StepShown(step.source, step.target, HOWS[step.how], note, quote)
