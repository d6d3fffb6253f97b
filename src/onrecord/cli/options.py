"""The options that commands share, each said once."""

from __future__ import annotations

import inspect
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

RECORD = Path("record.db")

RecordOption = Annotated[Path, typer.Option("--record", metavar="FILE", help="The record to ask.")]
RecordArgument = Annotated[Path, typer.Argument(metavar="FILE", help="The record.", show_default=True)]
Json = Annotated[bool, typer.Option("--json", help="Print the rows as JSON Lines, as `onrecord export` writes them.")]
Csv = Annotated[bool, typer.Option("--csv", help="Print the rows as CSV.")]
Limit = Annotated[
    int | None,
    typer.Option("--limit", min=0, metavar="N", help="At most N rows; 0 for all. A terminal gets 100 unless you say."),
]

Who = Annotated[
    str | None, typer.Option("--who", metavar="NAME", help="Of a party: a name, part of one, an office, or an id.")
]
MinConfidence = Annotated[
    float | None,
    typer.Option("--min-confidence", min=0, max=1, metavar="P", help="At least this sure, from 0 to 1."),
]
About = Annotated[
    str | None,
    typer.Option("--about", metavar="WORDS", help="With all these words in it, or a party of that name."),
]

FILTERS: dict[str, Any] = {
    "who": Who,
    "about": About,
    "since": Annotated[
        str | None, typer.Option("--since", metavar="DATE", help="Not before 2024, 2024-05 or 2024-05-31.")
    ],
    "until": Annotated[
        str | None, typer.Option("--until", metavar="DATE", help="Not after 2024, 2024-05 or 2024-05-31.")
    ],
    "outlet": Annotated[
        str | None, typer.Option("--outlet", metavar="NAME", help="Part of the outlet's name, the URL or the file.")
    ],
    "min_confidence": MinConfidence,
}
"""The filters, by the name that the store knows them by."""

COMPARED: dict[str, Any] = {
    "outlet": FILTERS["outlet"],
    "outcome": Annotated[
        Literal["agree", "compatible", "differ", "only_in"] | None,
        typer.Option("--outcome", help="Only those that agree, can both be true, differ, or that one article has."),
    ],
    "story": Annotated[
        str | None, typer.Option("--story", metavar="STORY", help="The beginning of its id, or words of its title.")
    ],
}
"""The filters that comparisons have beside --who, --about, --since and --until."""

Checked = Annotated[
    bool, typer.Option("--checked", help="Only what a person called right, checked or corrected (`onrecord judge`).")
]
Verdict = Annotated[
    str | None,
    typer.Option(
        "--verdict",
        metavar="WHICH",
        help="By what a person said: checked, wrong, unjudged or all. [default: all but what was called wrong]",
    ),
]

AsOf = Annotated[
    str | None,
    typer.Option("--as-of", metavar="DATE", help="The day on which to say what is overdue. [default: today]"),
]

Other = Annotated[
    str | None,
    typer.Option("--with", metavar="NAME", help="And of this other party: a name, part of one, an office, or an id."),
]
By = Annotated[str, typer.Option("--by", metavar="PERIOD", help="year, quarter or month.")]

States = Annotated[
    bool,
    typer.Option("--states", help="Between states: their officials, governing bodies and places count as the state."),
]
StoryId = Annotated[
    str | None, typer.Option("--story", metavar="ID", help="On one story: an id from `onrecord stories`.")
]
Sentences = Annotated[int, typer.Option("--limit", min=0, metavar="N", help="Sentences in a section; 0 for all.")]
Page = Annotated[
    Path | None, typer.Option("--out", metavar="PAGE", help="The page to write. [default: standard output]")
]


def option(name: str, annotation: Any, default: Any) -> inspect.Parameter:
    """A parameter of a command that is put together from a table of options."""
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation)
