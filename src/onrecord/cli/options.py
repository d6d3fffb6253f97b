"""The options that commands share, each said once."""

from __future__ import annotations

import inspect
from pathlib import Path
from typing import Annotated, Any

import typer

RECORD = Path("record.db")

RecordOption = Annotated[Path, typer.Option("--record", metavar="FILE", help="The record to ask.")]
RecordArgument = Annotated[Path, typer.Argument(metavar="[FILE]", help="The record.", show_default=True)]
Json = Annotated[bool, typer.Option("--json", help="Print the rows as JSON Lines, as `onrecord export` writes them.")]
Csv = Annotated[bool, typer.Option("--csv", help="Print the rows as CSV.")]
Limit = Annotated[
    int | None,
    typer.Option("--limit", min=0, metavar="N", help="At most N rows; 0 for all. A terminal gets 100 unless you say."),
]

FILTERS: dict[str, Any] = {
    "who": Annotated[
        str | None, typer.Option("--who", metavar="NAME", help="Of a party: a name, part of one, an office, or an id.")
    ],
    "about": Annotated[
        str | None,
        typer.Option("--about", metavar="WORDS", help="With all these words in it, or a party of that name."),
    ],
    "since": Annotated[
        str | None, typer.Option("--since", metavar="DATE", help="Not before 2024, 2024-05 or 2024-05-31.")
    ],
    "until": Annotated[
        str | None, typer.Option("--until", metavar="DATE", help="Not after 2024, 2024-05 or 2024-05-31.")
    ],
    "outlet": Annotated[
        str | None, typer.Option("--outlet", metavar="NAME", help="Part of the outlet's name, the URL or the file.")
    ],
    "min_confidence": Annotated[
        float | None,
        typer.Option("--min-confidence", min=0, max=1, metavar="P", help="At least this sure, from 0 to 1."),
    ],
}
"""The filters, by the name that the store knows them by."""

AsOf = Annotated[
    str | None,
    typer.Option("--as-of", metavar="DATE", help="The day on which to say what is overdue. [default: today]"),
]


def option(name: str, annotation: Any, default: Any) -> inspect.Parameter:
    """A parameter of a command that is put together from a table of options."""
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation)
