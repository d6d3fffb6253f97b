"""What articles say of one another, on a terminal: disagreements side by side, and a story with its matrix."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator, Sequence
from typing import Any

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from onrecord.cli import tables
from onrecord.cli.lookup import Lookup
from onrecord.cli.output import Output, remark, stdout
from onrecord.cli.tables import SHORT, Column, print_rows
from onrecord.cli.text import cell, day_words, line, marked, when_words
from onrecord.export.flat import cell as csv_cell
from onrecord.model import Comparison, Story
from onrecord.model.codec import to_json
from onrecord.model.spoken import answer_words
from onrecord.store import Filters, Store
from onrecord.store.comparing import (
    Asked,
    Cell,
    Matrix,
    Quoted,
    StoryInFull,
    comparisons,
    in_full,
    outcomes,
    outlet_of,
    quoted,
    stories,
    story_called,
)

SAYS = {"differ": "DIFFER", "compatible": "compatible", "agree": "agree", "only_in": "one only"}
"""An outcome in a word."""
STYLES = {"differ": "bold red", "compatible": "yellow", "agree": "green", "only_in": "cyan"}
COLUMN = 34
"""Columns of a terminal that an answer needs to stand beside others; narrower, answers stand below one another."""
ABREAST = 4
"""Answers that stand side by side at most."""
FIRST_WORDS = 3
"""Statements of a speaker that a story in full shows."""


def compare(given: dict[str, Any]) -> None:
    """Lists comparisons, disagreements first; `given` holds the command's options by name."""
    output = Output(given["json"], given["csv"], given["limit"])
    names = ("who", "about", "since", "until", "outlet", "outcome", "story")
    asked = Asked(**{name: given[name] for name in names}, limit=output.most)
    with Store.open(given["record"], read_only=True) as store:
        found = comparisons(store, asked)
        if not output.for_people:
            output.rows(store, Comparison, (), found, "comparisons")
            return
        _remark_if_none(store, found)
        look = Lookup(store, terminal=sys.stdout.isatty())
        if look.terminal:
            _print_side_by_side(stdout(), store, found)
        elif found:
            print_rows(stdout(), LINES, [(row, one) for row in found for one in quoted(store, row)], look)
        if look.terminal and given["limit"] is None and len(found) == output.most:
            remark(f"these are the first {output.most}; `--limit 0` shows all")


def show_stories(name: str | None, given: dict[str, Any]) -> None:
    """Lists the stories, or shows the one that `name` means in full."""
    output = Output(given["json"], given["csv"], given["limit"])
    with Store.open(given["record"], read_only=True) as store:
        if name is not None:
            _show_story(store, output, in_full(store, story_called(store, name), facts=given["limit"] or None))
            return
        asked = {key: given[key] for key in ("who", "about", "since", "until", "outlet")}
        found = stories(store, Filters(**asked, limit=output.most))
        output.rows(store, Story, STORIES, found, "stories")


# ------------------------------------------------------------------ comparisons


def _source(one: Quoted) -> str:
    day = day_words(one.article.published)
    return line(f"{one.outlet}, {day or 'undated'}")


def _words(one: Quoted, *, terminal: bool) -> Text:
    if one.place is None:
        return Text("(not in its text)", style="dim")
    return marked(one.article.text, one.place, one.marks, terminal=terminal)


LINES = (
    Column("id", lambda row, look: row[0].id[:SHORT]),
    Column("outcome", lambda row, look: SAYS[row[0].outcome]),
    Column("question", lambda row, look: row[0].question),
    Column("answer", lambda row, look: answer_words(row[1].answer.value)),
    Column("source", lambda row, look: _source(row[1])),
    Column("words", lambda row, look: _words(row[1], terminal=False)),
)
"""A comparison where there is no terminal: one line for each answer."""


def _print_side_by_side(console: Console, store: Store, rows: Sequence[Comparison]) -> None:
    for row in rows:
        console.print(_heading(row))
        answers = quoted(store, row)
        console.print(Padding(_answers(answers, console.width - 2), (0, 0, 0, 2)))
        console.print(Padding(Text(cell(_why(store, row), terminal=True), style="dim"), (0, 0, 1, 2)))


def _heading(row: Comparison) -> Text:
    outcome = Text(SAYS[row.outcome], style=STYLES[row.outcome])
    shown = cell(row.question, terminal=True)
    return Text.assemble(outcome, "  ", (row.id[:SHORT], "cyan"), "  ", (shown, "bold"))


def _answers(answers: Sequence[Quoted], width: int) -> RenderableType:
    """Answers side by side where there is room for at least two, else one below the other."""
    abreast = min(len(answers), ABREAST, width // COLUMN)
    if abreast < 2:
        return Group(*(_answer(one) for one in answers))
    table = Table(box=None, padding=(0, 2, 1, 0), pad_edge=False, show_header=False)
    for _ in range(abreast):
        table.add_column(ratio=1, overflow="fold")
    for at in range(0, len(answers), abreast):
        table.add_row(*(_answer(one) for one in answers[at : at + abreast]))
    return table


def _answer(one: Quoted) -> Text:
    value = Text(cell(answer_words(one.answer.value), terminal=True), style="bold")
    return Text.assemble(value, "  ", (_source(one), "dim"), "\n", _words(one, terminal=True))


def _why(store: Store, row: Comparison) -> str:
    """The conclusion, who is silent, and how many origins there are."""
    said = [row.explanation]
    if row.outcome != "only_in":
        for words, ids in (("Silent", row.silent), ("Published before it was known", row.too_early)):
            if ids:
                said.append(f"{words}: {', '.join(outlet_of(article) for article in store.load('articles', ids))}.")
    count = row.independent_origins
    origins = f"{count} independent origin{'s' if count != 1 else ''}" if count else "No known origin"
    unresolved = f", {row.unresolved_origins} unresolved" if row.unresolved_origins else ""
    said.append(f"{origins}{unresolved}{': ' if row.origins else ''}{', '.join(row.origins)}.")
    return " ".join(part for part in said if part)


def _remark_if_none(store: Store, found: Sequence[Comparison]) -> None:
    if found:
        return
    held = outcomes(store)
    told = ", ".join(f"{number} {SAYS[outcome].lower()}" for outcome, number in held.items() if number)
    remark(f"no comparisons found; the record holds {told}" if told else "the record holds no comparisons")


# ------------------------------------------------------------------ stories


STORIES = (
    Column("id", lambda row, look: row.id[:SHORT], style="cyan"),
    Column("when", lambda row, look: when_words(row.when), under=True),
    Column("articles", lambda row, look: str(len(row.article_ids))),
    Column("outlets", lambda row, look: _outlets(row, look), under=True, style="dim"),
    Column("title", lambda row, look: row.title, style="bold"),
)
"""The columns of the list of stories."""


def _outlets(row: Story, look: Lookup) -> str:
    return ", ".join(dict.fromkeys(outlet_of(look.article(key)) for key in row.article_ids))


def _show_story(store: Store, output: Output, told: StoryInFull) -> None:
    if output.json:
        sys.stdout.write(to_json(told) + "\n")
    elif output.csv:
        _write_matrix(told.matrix)
    else:
        _print_story(stdout(), store, told)


def _write_matrix(matrix: Matrix) -> None:
    """A story's matrix as CSV: a row for each fact, a column for each article."""
    writer = csv.writer(sys.stdout, lineterminator="\n")
    columns = [f"{outlet} {day_words(a.published)}".strip() for outlet, a in _columns(matrix)]
    writer.writerow(["id", "question", "outcome", *(csv_cell(line(name)) for name in columns)])
    for fact in matrix.facts:
        cells = [csv_cell(_plain_cell(one)) for one in fact.cells]
        row = fact.comparison
        writer.writerow([row.id, csv_cell(line(row.question)), row.outcome, *cells])


def _columns(matrix: Matrix) -> Iterator[tuple[str, Any]]:
    return zip(matrix.outlets, matrix.articles, strict=True)


def _plain_cell(one: Cell) -> str:
    values = "; ".join(one.values)
    return {"says": values, "says_otherwise": f"otherwise: {values}", "silent": "", "too_early": "too early"}[one.state]


def _print_story(console: Console, store: Store, told: StoryInFull) -> None:
    look = Lookup(store, terminal=sys.stdout.isatty())
    story = told.story
    place = f", {look.party(story.place_id)}" if story.place_id else ""
    console.print(Text(cell(story.title, terminal=look.terminal), style="bold"))
    console.print(f"{story.id}  {when_words(story.when)}{place}  {look.parties(story.party_ids[:8])}".rstrip())
    _section(console, "Articles")
    for number, (outlet, article) in enumerate(_columns(told.matrix), 1):
        title = f"  {line(article.title)}" if article.title else ""
        console.print(f"  {number}  {line(outlet)}, {day_words(article.published) or 'undated'}{title}", soft_wrap=True)
    _section(console, "What happened when")
    print_rows(console, tables.TIMELINE, [moment for moment in told.moments if moment.kind == "event"], look)
    _section(console, "Who said what")
    _print_voices(console, store, told, look)
    _section(console, "Who says, who says otherwise, who is silent")
    _print_matrix(console, told.matrix, look)


def _section(console: Console, title: str) -> None:
    console.print()
    console.print(Text(title, style="bold underline"))


def _print_voices(console: Console, store: Store, told: StoryInFull, look: Lookup) -> None:
    number_of = {article.id: number for number, article in enumerate(told.matrix.articles, 1)}
    for voice in told.voices:
        several = "s" if len(voice.statement_ids) > 1 else ""
        console.print(Text.assemble((line(voice.name), "bold"), f"  {len(voice.statement_ids)} statement{several}"))
        for statement in store.load("statements", voice.statement_ids[:FIRST_WORDS]):
            words = Text.assemble(f"[{number_of[statement.article_id]}] ", look.said(statement))
            console.print(Padding(words, (0, 0, 0, 2)) if look.terminal else Text.assemble("  ", words), soft_wrap=True)


def _print_matrix(console: Console, matrix: Matrix, look: Lookup) -> None:
    """A row for each fact; the columns are the numbers of the articles, a dot is silence."""
    if not matrix.facts:
        console.print("  nothing that can be compared")
        return
    columns = [Column("fact", lambda row, look: f"{row.comparison.question}")]
    for at in range(len(matrix.articles)):
        columns.append(Column(str(at + 1), _cell_of(at)))
    columns.insert(0, Column("outcome", lambda row, look: SAYS[row.comparison.outcome]))
    columns.insert(0, Column("id", lambda row, look: row.comparison.id[:SHORT], style="cyan"))
    fact = columns.pop(2)
    print_rows(console, [*columns, fact], matrix.facts, look)
    console.print("  · silent    – published before it was known    ≠ says otherwise")
    if matrix.left_out:
        console.print(f"  {matrix.left_out} facts that matter less are left out; `--limit 0` shows them")


def _cell_of(at: int) -> Any:
    def says(row: Any, look: Lookup) -> Text | str:
        one = row.cells[at]
        values = "; ".join(map(answer_words, one.values))
        if one.state == "says_otherwise":
            return Text(f"≠ {line(values)}", style="bold red")
        return {"says": line(values), "silent": "·", "too_early": "–"}[one.state]

    return says
