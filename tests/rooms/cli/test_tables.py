"""Tables on a terminal: within its width, columns in line, whatever the names."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from rich.console import Console

import handmade
from onrecord.cli.lookup import Lookup
from onrecord.cli.tables import COLUMNS, HITS, SHORT, TIMELINE, print_rows
from onrecord.cli.text import ISOLATE, width_of
from onrecord.store import LISTINGS, Filters, Store, search, select
from onrecord.store.timeline import timeline


@pytest.fixture
def store(record: Path) -> Iterator[Store]:
    with Store.open(record) as opened:
        yield opened


def on_a_terminal(store: Store, table: str, width: int) -> str:
    """What a terminal of a width gets, without colours."""
    shown = io.StringIO()
    console = Console(file=shown, width=width, force_terminal=True, no_color=True, color_system=None)
    look = Lookup(store, terminal=True)
    if table == "timeline":
        print_rows(console, TIMELINE, list(timeline(store, Filters())), look)
    elif table == "search":
        print_rows(console, HITS, search(store, "stalls"), look)
    else:
        print_rows(console, COLUMNS[table], list(select(store, table, Filters())), look)
    return shown.getvalue()


@pytest.mark.parametrize("width", [60, 80, 200])
@pytest.mark.parametrize("table", [*LISTINGS, "timeline", "search"])
def test_a_table_fits_the_terminal_and_names_every_row(store: Store, table: str, width: int) -> None:
    lines = on_a_terminal(store, table, width).splitlines()
    assert all(width_of(line) <= width for line in lines)
    if table in LISTINGS:
        for row in store.rows(table):
            assert any(row.id[:SHORT] in line for line in lines)


def test_every_listed_table_has_columns() -> None:
    assert set(COLUMNS) == set(LISTINGS)


def test_right_to_left_names_do_not_turn_their_neighbours(store: Store) -> None:
    shown = on_a_terminal(store, "parties", 80)
    assert f"{ISOLATE}سامي" in shown


def test_nothing_in_a_name_moves_the_cursor(store: Store) -> None:
    rows = handmade.tables()
    rows["parties"][0] = replace(handmade.VARGA, name="Ilse\x1b[2J\r\nVarga\u202e")
    store.replace_derived(rows)
    shown = on_a_terminal(store, "parties", 100)
    assert "Ilse[2J Varga" in shown and "\x1b[2J" not in shown and "\u202e" not in shown


def test_words_in_square_brackets_are_words_and_no_markup(store: Store) -> None:
    rows = handmade.tables()
    rows["parties"][0] = replace(handmade.VARGA, name="[bold]Ilse[/bold] :smile:")
    store.replace_derived(rows)
    assert "[bold]Ilse[/bold] :smile:" in on_a_terminal(store, "parties", 100)
