"""How each table looks to people: a few columns, the words last.

On a terminal some columns share one, one under the other, so that the words get room; elsewhere each stands alone and
a row is one line.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from onrecord.cli.lookup import Lookup
from onrecord.cli.text import amount_words, cell, day_words, line, marked, when_words, width_of
from onrecord.cli.text import span as span_words
from onrecord.model import Passage
from onrecord.model.spoken import ACTS, NOBODY
from onrecord.store import Hit
from onrecord.store.timeline import Moment

SHORT = 8
"""Digits of an id that are shown: enough to tell rows apart in a record of some ten thousand."""

Cell = Callable[[Any, Lookup], "str | Text"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, what it says of a row, and whether it stands under the one before it on a terminal."""

    heading: str
    says: Cell
    under: bool = False
    style: str = ""
    whole: bool = False
    """Its lines are not broken: they are drawn."""


def source(under: bool = True) -> Column:
    return Column("source", lambda row, look: look.source(row.article_id), under, "dim")


def short_id() -> Column:
    return Column("id", lambda row, look: row.id[:SHORT], style="cyan")


def _speaker(row: Any, look: Lookup) -> str | Text:
    if row.speaker_ids:
        return look.parties(row.speaker_ids)
    return Text(f"“{line(row.speaker_name)}”", style="italic") if row.speaker_name else "?"


def _who_to_whom(row: Any, look: Lookup) -> str:
    actors = look.parties(row.actor_ids) or ", ".join(f"“{line(name)}”" for name in row.actors) or NOBODY
    recipients = look.parties(row.recipient_ids) or ", ".join(f"“{line(name)}”" for name in row.recipients)
    return f"{actors} → {recipients}" if recipients else actors


def _act(row: Any, look: Lookup) -> str:
    """An event's type in a word, its mode where it says more, and how it stands: `meeting or talk: visit (planned)`."""
    said = ACTS[row.type]
    mode = f": {row.mode.replace('_', ' ')}" if row.mode and row.mode != said else ""
    status = f" ({row.status})" if row.status != "happened" else ""
    return f"{said}{mode}{status}"


def _title(row: Any, look: Lookup) -> str:
    return f"{row.title or row.origin}{f' ({row.note})' if row.note else ''}"


def _roles(row: Any, look: Lookup) -> str:
    return "; ".join(f"{role.title} of {role.of}" if role.of else role.title for role in row.roles)


def _counted(table: str, column: str) -> Cell:
    def says(row: Any, look: Lookup) -> str:
        return str(look.store.select(f"SELECT count(*) FROM {table} WHERE {column} = ?", (row.id,))[0][0])

    return says


def _occasion_words(row: Any, look: Lookup) -> str | Text:
    if not row.mentions:
        return ""
    first = row.mentions[0]
    return look.in_words(first.article_id, [Passage(first.start, first.end)])


def _of_what(row: Any, look: Lookup) -> str:
    change = {"change": "change of ", "target": "target: ", "cumulative": "so far: "}.get(row.role, "")
    of_what = row.of_what or ""
    return change + ("" if of_what and amount_words(row.amount).endswith(f" {of_what}") else of_what)


COLUMNS: dict[str, tuple[Column, ...]] = {
    "articles": (
        short_id(),
        Column("published", lambda row, look: day_words(row.published)),
        Column("statements", _counted("statements", "article_id")),
        Column("outlet", lambda row, look: row.outlet or ""),
        Column("title", _title),
    ),
    "parties": (
        short_id(),
        Column("kind", lambda row, look: row.kind),
        Column("mentions", _counted("mentions", "party_id")),
        Column("said", _counted("statements_speaker_ids", "value")),
        Column("name", lambda row, look: look.party(row.id), style="bold"),
        Column("roles", _roles),
    ),
    "statements": (
        short_id(),
        Column("said", lambda row, look: look.day_said(row), under=True),
        Column("speaker", _speaker, style="bold"),
        source(),
        Column("words", lambda row, look: look.said(row)),
    ),
    "events": (
        short_id(),
        Column("when", lambda row, look: when_words(row.when), under=True),
        Column("who", _who_to_whom, style="bold"),
        Column("what", _act, under=True),
        source(),
        Column("words", lambda row, look: look.in_words(row.article_id, row.triggers)),
    ),
    "figures": (
        short_id(),
        Column("amount", lambda row, look: amount_words(row.amount), style="bold"),
        Column("of what", _of_what, under=True),
        source(),
        Column("words", lambda row, look: look.in_words(row.article_id, [row.passage])),
    ),
    "times": (
        short_id(),
        Column("when", lambda row, look: when_words(row.when) or "?", style="bold"),
        source(),
        Column("words", lambda row, look: look.in_words(row.article_id, [row.passage])),
    ),
    "occasions": (
        short_id(),
        Column("when", lambda row, look: when_words(row.when), under=True),
        Column("name", lambda row, look: row.name, style="bold"),
        Column("place", lambda row, look: look.party(row.place_id) if row.place_id else "", under=True),
        Column("mentions", lambda row, look: str(len(row.mentions))),
        Column("words", _occasion_words),
    ),
    "commitments": (
        short_id(),
        Column("due", lambda row, look: when_words(row.due), under=True),
        Column("who", lambda row, look: look.parties(row.who_ids) or "?", style="bold"),
        source(),
        Column("words", lambda row, look: look.in_words(row.article_id, [row.passage])),
    ),
}
"""The columns of each table, in the order of the commands."""


def _moment_words(row: Moment, look: Lookup) -> str | Text:
    if row.kind == "statement":
        statement: Any = look.store.row("statements", row.id)
        speaker = _speaker(statement, look)
        return Text.assemble(speaker, " ", look.said(statement))
    return look.in_words(row.article_id, [row.passage])


def _moment_day(row: Moment) -> str:
    if row.earliest is None or row.basis == "published":
        return f"by {row.latest[:10]}"
    return span_words(row.earliest[:10], row.latest[:10], row.precision)


TIMELINE = (
    Column(
        "when",
        lambda row, look: _moment_day(row),
        style="bold",
    ),
    Column("id", lambda row, look: row.id[:SHORT], under=True, style="cyan"),
    Column("kind", lambda row, look: row.kind),
    source(),
    Column("words", _moment_words),
)


def _hit_words(row: Hit, look: Lookup) -> Text:
    return marked(row.snippet, Passage(0, len(row.snippet)), row.marks, terminal=look.terminal)


HITS = (
    short_id(),
    Column("in", lambda row, look: {"articles": "article", "statements": "statement"}[row.table]),
    source(),
    Column("words", _hit_words),
)


def print_rows(console: Console, columns: Sequence[Column], rows: Iterable[Any], look: Lookup) -> None:
    """Rows as a table: stacked columns and colour on a terminal, one plain line per row elsewhere."""
    if look.terminal:
        _print_stacked(console, columns, rows, look)
    else:
        _print_plain(console, columns, rows, look)


def _print_stacked(console: Console, columns: Sequence[Column], rows: Iterable[Any], look: Lookup) -> None:
    stacks = _stacks(columns)
    stacked = any(len(stack) > 1 for stack in stacks)
    table = Table(box=None, padding=(0, 2, 1 if stacked else 0, 0), pad_edge=False, header_style="bold dim")
    for stack in stacks:
        last, drawn = stack is stacks[-1], any(column.whole for column in stack)
        table.add_column(
            "\n".join(column.heading for column in stack),
            ratio=None,
            min_width=min(8, max(len(column.heading) for column in stack)),
            max_width=None if last or drawn else max(16, console.width // 4),
            no_wrap=drawn,
            overflow="fold",
        )
    for row in rows:
        table.add_row(*(_stacked(stack, row, look) for stack in stacks))
    console.print(table)


def _stacks(columns: Sequence[Column]) -> list[list[Column]]:
    stacks: list[list[Column]] = []
    for column in columns:
        if column.under and stacks:
            stacks[-1].append(column)
        else:
            stacks.append([column])
    return stacks


def _stacked(stack: Sequence[Column], row: Any, look: Lookup) -> Text:
    lines = []
    for column in stack:
        said = column.says(row, look)
        shown = said.copy() if isinstance(said, Text) else Text(cell(said, terminal=True))
        shown.stylize_before(column.style) if column.style else None
        if shown.plain:
            lines.append(shown)
    return Text("\n").join(lines)


def _print_plain(console: Console, columns: Sequence[Column], rows: Iterable[Any], look: Lookup) -> None:
    """All columns but the last are as wide as their widest cell."""
    said = [[_plain(column, row, look) for column in columns] for row in rows]
    lines = [[column.heading for column in columns], *said]
    widths = [max(width_of(cells[at]) for cells in lines) for at in range(len(columns))]
    for cells in lines:
        padded = (words + " " * (width - width_of(words)) for words, width in zip(cells, widths, strict=True))
        console.file.write("  ".join(padded).rstrip() + "\n")


def _plain(column: Column, row: Any, look: Lookup) -> str:
    said = column.says(row, look)
    return line(said.plain if isinstance(said, Text) else said)
