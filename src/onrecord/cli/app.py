"""The commands: what each takes, and which room answers it."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import typer

from onrecord.cli import options
from onrecord.cli.options import RECORD, Csv, Json, Limit, RecordArgument, RecordOption

app = typer.Typer(
    no_args_is_help=False,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["-h", "--help"]},
)

READING = "Ask the record"
MAKING = "Make a record"
USING = "Use it elsewhere"


@dataclass(frozen=True, slots=True)
class Listed:
    """A command that lists a table: its sentence and an example for the help."""

    table: str
    says: str
    example: str


LISTED = (
    Listed("articles", "The articles as read: when published, by whom, how much was found.", "--outlet courier"),
    Listed("parties", "The people, organisations, states and places that are named.", "--who varga"),
    Listed("statements", "Who said what, when, in which words.", '--who varga --about "harbour" --since 2026-05'),
    Listed("events", "Who did what to whom, and when.", "--about fair --until 2026"),
    Listed("figures", "Quantities, and what they measure.", "--about stalls --json"),
    Listed("times", "Every date in the texts, and the days it means.", "--since 2030"),
    Listed("occasions", "Named and numbered occasions: forums, summits, visits.", "--about fair"),
    Listed("commitments", "What was promised or planned, and whether it is due.", "--as-of 2031-06-30"),
)
"""The commands that list a table, in the order of the help."""


def _version(asked: bool) -> None:
    if asked:
        from onrecord import __version__

        typer.echo(f"onrecord {__version__}")
        raise typer.Exit


@app.callback()
def onrecord(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Turns news articles into a sourced record: who said what, what happened, when, where and how much.

    Every entry comes with the exact words that it rests on.

    `onrecord demo` shows what it does, on sample articles.

    `onrecord build my-articles/` makes `record.db` of your own.

    `onrecord statements --who NAME` asks it.
    """


@app.command(rich_help_panel=MAKING)
def build(
    inputs: Annotated[
        list[str], typer.Argument(metavar="INPUT", help="Files, folders, globs, or - for standard input.")
    ],
    record: Annotated[
        Path, typer.Option("--record", metavar="FILE", help="The record, made if it is not there.")
    ] = RECORD,
    prune: Annotated[
        bool, typer.Option("--prune", help="Articles whose files are gone from a folder leave the record.")
    ] = False,
    max_size: Annotated[
        float, typer.Option("--max-size", metavar="MB", min=0.001, help="Documents over this size are skipped.")
    ] = 20.0,
) -> None:
    """Reads articles and makes a record of them, or adds them to one.

    What was read before is not read again. Ctrl-C keeps what has been read; the same command goes on from there.

    `onrecord build my-articles/`

    `onrecord build news/*.html feed.jsonl --record election.db`
    """
    from onrecord.cli import building

    building.build(inputs, record, prune=prune, max_size=max_size)


@app.command(rich_help_panel=MAKING)
def remove(
    articles: Annotated[
        list[str],
        typer.Argument(metavar="ARTICLE", help="Ids, beginnings of ids, or origins, from `onrecord articles`."),
    ],
    record: RecordOption = RECORD,
) -> None:
    """Takes articles out of a record, with all that rests on them.

    `onrecord remove 3f2a91c0`

    `onrecord remove fair/opening.txt --record election.db`
    """
    from onrecord.cli import building

    building.remove(record, articles)


@app.command(rich_help_panel=MAKING)
def demo(
    record: Annotated[Path, typer.Option("--record", metavar="FILE", help="Where to put the sample record.")] = Path(
        "onrecord-demo.db"
    ),
) -> None:
    """Makes a record of the sample articles that come with onrecord, and shows what it found."""
    from onrecord.cli import sampling

    sampling.demo(record)


def _listing(listed: Listed) -> Callable[..., None]:
    """The command that lists a table, with the filters that the store knows for it."""
    from onrecord.store import LISTINGS

    known = [(name, options.FILTERS[name]) for name in LISTINGS[listed.table].filters]
    parameters = [options.option(name, annotation, None) for name, annotation in known]
    if listed.table == "commitments":
        parameters.append(options.option("as_of", options.AsOf, None))
    parameters += [options.option("limit", Limit, None), options.option("json", Json, False)]
    parameters += [options.option("csv", Csv, False), options.option("record", RecordOption, RECORD)]

    def command(**given: Any) -> None:
        from onrecord.cli import listing

        listing.show(listed.table, given)

    command.__doc__ = f"{listed.says}\n\n`onrecord {listed.table} {listed.example}`"
    command.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
    vars(command)["__signature__"] = inspect.Signature(parameters)
    return command


for _listed in LISTED:
    app.command(_listed.table, rich_help_panel=READING)(_listing(_listed))


def _timeline() -> Callable[..., None]:
    names = ("who", "about", "since", "until", "outlet", "min_confidence")
    parameters = [options.option(name, options.FILTERS[name], None) for name in names]
    parameters += [options.option("limit", Limit, None), options.option("json", Json, False)]
    parameters += [options.option("csv", Csv, False), options.option("record", RecordOption, RECORD)]

    def command(**given: Any) -> None:
        """Events, statements and other dates in the order of time.

        `onrecord timeline --about fair --since 2026-06`
        """
        from onrecord.cli import listing

        listing.show_timeline(given)

    command.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
    vars(command)["__signature__"] = inspect.Signature(parameters)
    return command


app.command("timeline", rich_help_panel=READING)(_timeline())


@app.command(rich_help_panel=READING)
def search(
    words: Annotated[
        list[str], typer.Argument(metavar="WORDS", help='All must be there; "words in quotes" as they stand.')
    ],
    limit: Annotated[int, typer.Option("--limit", min=1, metavar="N", help="At most N of each kind.")] = 20,
    json: Json = False,
    csv: Csv = False,
    record: RecordOption = RECORD,
) -> None:
    """Finds words in the articles and in what was said.

    `onrecord search harbour rebuilt`

    `onrecord search '"next year"' --json`
    """
    from onrecord.cli import listing

    listing.show_hits(" ".join(words), limit, json=json, csv=csv, record=record)


@app.command(rich_help_panel=READING)
def show(
    key: Annotated[str, typer.Argument(metavar="ID", help="An id, or its beginning, from any table.")],
    json: Json = False,
    record: RecordOption = RECORD,
) -> None:
    """Shows one row of any table in full, with its words in their context.

    `onrecord show 3f2a91c0`
    """
    from onrecord.cli import showing

    showing.show(key, json=json, record=record)


@app.command(rich_help_panel=USING)
def export(
    to: Annotated[
        str, typer.Option("--to", metavar="FORMAT", help="jsonl (lossless, for programs) or csv (for spreadsheets).")
    ],
    out: Annotated[
        Path, typer.Option("--out", metavar="DIR", help="The folder for the files, made if it is not there.")
    ],
    file: RecordArgument = RECORD,
) -> None:
    """Writes the whole record as files that other programs read: one per table.

    `onrecord export record.db --to jsonl --out exported/`
    """
    from onrecord.cli import using

    using.export(file, to, out)


@app.command(rich_help_panel=USING)
def verify(file: RecordArgument = RECORD) -> None:
    """Proves that the record holds: every passage, hash and reference; exit status 1 and a list where not.

    `onrecord verify record.db`
    """
    from onrecord.cli import using

    raise typer.Exit(using.verify(file))
