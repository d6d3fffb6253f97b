"""What passed between parties over time, as a table."""

from __future__ import annotations

from typing import Any

from onrecord.cli.output import Output, remark
from onrecord.cli.tables import SHORT, Column
from onrecord.model.plover import SCALE
from onrecord.model.spoken import ACTS
from onrecord.store import Filters, Store
from onrecord.store.queries import parties_called
from onrecord.store.relations import Asked, Relation, by_nobody, relations

WIDTH = 17
"""Characters of the scale as it is drawn: its middle is 0."""


def show(given: dict[str, Any]) -> None:
    """Lists relations; `given` holds the command's options by name."""
    output = Output(given["json"], given["csv"], given["limit"])
    names = ("about", "since", "until", "outlet", "min_confidence")
    filters = Filters(**{name: given[name] for name in names}, limit=output.most)
    with Store.open(given["record"], read_only=True) as store:
        for who in (given["who"], given["other"]):
            if who is not None and not parties_called(store, who):
                remark(f"no party of this record is called {who!r}; `onrecord parties` lists them")
        asked = Asked(given["who"], given["other"], given["by"], filters, given["states"])
        output.rows(store, Relation, COLUMNS, relations(store, asked), "events between two named parties")
        if output.for_people and (left_out := by_nobody(store, asked)):
            does = "event does" if left_out == 1 else "events do"
            remark(
                f"{left_out} more {does} not say who did it, and so stand between no two; `onrecord events` has them"
            )


def drawn(mean: float | None) -> str:
    """A place on the scale as a mark left or right of its middle."""
    if mean is None:
        return ""
    half = WIDTH // 2
    reach = max(SCALE.values()) if mean > 0 else -min(SCALE.values())
    steps = round(mean / reach * half)
    signs = ["·"] * WIDTH
    signs[half] = "|"
    signs[half + steps] = "+" if steps > 0 else "-" if steps < 0 else "|"
    return "".join(signs)


def _happened(row: Relation) -> str:
    return ", ".join(f"{ACTS[kind.type]} {kind.count}" for kind in row.types)


def _notes(row: Relation) -> str:
    told = []
    if row.planned:
        told.append(f"{row.planned} planned")
    if row.dated_by_article:
        told.append(f"{row.dated_by_article} dated by the article")
    return ", ".join(told)


COLUMNS = (
    Column("period", lambda row, look: row.period, style="bold"),
    Column("between", lambda row, look: f"{row.left} – {row.right}"),
    Column("happened", lambda row, look: _happened(row)),
    Column("notes", lambda row, look: _notes(row), under=True, style="dim"),
    Column("conflict | cooperation", lambda row, look: drawn(row.mean), whole=True),
    Column("mean", lambda row, look: "" if row.mean is None else f"{row.mean:+.1f}", under=True, style="bold"),
    Column(
        "events", lambda row, look: " ".join(key[:SHORT] for key in (*row.event_ids, *row.planned_ids)), style="cyan"
    ),
)
"""The columns of the table."""
