"""Where claims come from: the chains behind a row, step by step with their words, and whom each outlet rests on."""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from onrecord.cli.lookup import Lookup
from onrecord.cli.output import Output, remark, stdout
from onrecord.cli.tables import Column
from onrecord.cli.text import cell, hanging, line
from onrecord.comparison.origins import Chain, OriginCount, Origins, Outlet, Step
from onrecord.model import OnRecordError
from onrecord.model.outlets import outlet_key
from onrecord.store import Filters, Store, select
from onrecord.store.origins import claim_of, owners, surroundings, whole

SAYS = {
    "copies": "copied from {}",
    "cites": "{} is credited",
    "agency": "the article says that it is the report of {}",
    "document": "a document is named",
    "hearsay": "nobody is named",
}
"""What the words of a step say."""


@dataclass(frozen=True, slots=True)
class StepRow:
    """One step of a chain as a row of CSV; an outlet's own report has one row without a target.

    `inferred` is 1 where the words stand with earlier words of the same speaker.
    """

    record_id: str
    chain: int
    step: int
    source: str
    how: str
    target: str
    inferred: int
    article_id: str
    words: str
    origin: str
    resolved: int


OUTLETS = (
    Column("outlet", lambda row, look: row.name, style="bold"),
    Column("owner", lambda row, look: row.owner or "", under=True),
    Column("articles", lambda row, look: str(row.articles)),
    Column("copies", lambda row, look: str(row.copied_articles or "")),
    Column("claims", lambda row, look: str(row.rows)),
    Column("own", lambda row, look: str(row.own or "")),
    Column("unresolved", lambda row, look: str(row.unresolved or "")),
    Column("rests on", lambda row, look: "; ".join(f"{line(on.name)} ({on.rows})" for on in row.rests_on)),
)


def show(key: str | None, about: str | None, record: Path, output: Output) -> None:
    """Shows where the row with this id, or what is said about some words, comes from; else each outlet's sources."""
    if key is not None and about is not None:
        raise OnRecordError("origins: give an ID or --about WORDS, not both")
    with Store.open(record, read_only=True) as store:
        if not store.meta().joined:
            remark("articles were added or removed since this record was joined; repeat the last build to finish it")
        if key is None and about is None:
            part = whole(store)
            belongs = owners(store)
            rows = Origins(part.corpus, part.links, part.press).outlets()[: output.most]
            rows = tuple(replace(row, owner=belongs.get(outlet_key(row.name))) for row in rows)
            output.rows(store, Outlet, OUTLETS, rows, "outlets")
            return
        ids = claim_of(store, key) if key is not None else _about(store, about or "", output)
        part = surroundings(store, ids)
        count = Origins(part.corpus, part.links, part.press).behind(ids)
        if output.for_people:
            look = Lookup(store, terminal=sys.stdout.isatty())
            for shown in _told(store, ids, count, look) if ids else ():
                sys.stdout.write((hanging(shown, stdout().width) if look.terminal else shown) + "\n")
        elif output.json:
            output.rows(store, OriginCount, (), [count] if ids else [], "origins")
        else:
            output.rows(store, StepRow, (), step_rows(count), "origins")


def _about(store: Store, words: str, output: Output) -> list[str]:
    """The statements, the events that outlets assert, and the figures outside statements that have some words."""
    asked = Filters(about=words)
    found = [row.id for row in select(store, "statements", asked)]
    found += [row.id for row in select(store, "events", asked) if row.asserted_by == "outlet"]
    found += [row.id for row in select(store, "figures", asked) if row.statement_id is None]
    if not found:
        remark(f"nothing is said about {words!r}; `onrecord search {words}` looks in the articles")
    return found[: output.most]


def step_rows(count: OriginCount) -> Iterator[StepRow]:
    """The steps of all chains, as rows."""
    for number, chain in enumerate(count.chains, 1):
        ends = chain.end, int(chain.resolved)
        if not chain.steps:
            yield StepRow(chain.record_id, number, 0, chain.publisher, "own", "", 0, chain.article_id, "", *ends)
        for at, step in enumerate(chain.steps, 1):
            yield StepRow(
                chain.record_id, number, at, step.source, step.how, step.target, int(step.inferred), step.article_id,
                step.words, *ends,
            )  # fmt: skip


def _told(store: Store, ids: Sequence[str], count: OriginCount, look: Lookup) -> Iterator[str]:
    """The chains as lines: those with the same steps together."""
    alike: dict[tuple[Any, ...], list[Chain]] = {}
    for chain in count.chains:
        steps = tuple((step.source, step.how, step.target) for step in chain.steps)
        alike.setdefault((chain.article_id, steps), []).append(chain)
    for chains in alike.values():
        yield look.source(chains[0].article_id)
        for chain in chains[:3]:
            yield f"  {chain.record_id[:8]}  {_claim(store, chain, look)}"
        if len(chains) > 3:
            yield f"            and {len(chains) - 3} more from there"
        first = chains[0]
        if not first.steps:
            yield "    its own report: it names no other source"
        else:
            yield "    " + " → ".join([line(first.publisher), *(line(step.target) for step in first.steps)])
        for step in first.steps:
            yield from _step(step, look)
        yield ""
    yield in_words(count, len(ids), owners(store))


def _claim(store: Store, chain: Chain, look: Lookup) -> str:
    """What is claimed: the words, led by whose they are."""
    table, row = store.get(chain.record_id)
    who = f"{line(chain.speaker)}: " if chain.speaker else ""
    if table == "articles":
        return line(row.title or row.origin)
    if table == "statements":
        return _cut(who + line(row.text))
    passage = row.triggers[0] if table == "events" else row.passage
    return _cut(who + line(look.in_words(row.article_id, [passage]).plain))


def _cut(words: str, most: int = 160) -> str:
    return cell(words if len(words) <= most else words[: most - 1] + "…", terminal=sys.stdout.isatty())


def _step(step: Step, look: Lookup) -> Iterator[str]:
    """The words that a step rests on, and where they stand if not beside the claim."""
    if not step.passages:
        return
    beside = " (said of earlier words of the same speaker)" if step.inferred else ""
    words = look.in_words(step.article_id, step.passages[:1])
    yield f"      {SAYS[step.how].format(line(step.target))}{beside}: {_cut(words.plain, 400)}"


def in_words(count: OriginCount, rows: int, belongs: Mapping[str, str]) -> str:
    """How many sources there are, in a sentence; `belongs` names the owners of outlets by the outlets' keys."""
    noun = "independent origin" if count.independent == 1 else "independent origins"
    of = "" if rows == 1 else f" behind these {rows} claims"
    named = f": {'; '.join(line(name) for name in count.origins)}" if count.origins else ""
    says = f"{count.independent} {noun}, {count.unresolved} unresolved{of}{named}."
    one = len(count.speakers) == 1 and all(chain.speaker for chain in count.chains)
    if one and count.independent > 1:
        says += f" All of them have it from one speaker: {line(count.speakers[0])}."
    houses: dict[str, list[str]] = defaultdict(list)
    for name in count.origins:
        if (owner := belongs.get(outlet_key(name))) is not None:
            houses[owner].append(name)
    for owner, names in houses.items():
        if len(names) > 1:
            says += (
                f" By your own list {line(owner)} owns {' and '.join(map(line, names))}; they are still counted apart."
            )
    return says
