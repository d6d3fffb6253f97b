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
CORRECTING = "Correct it"
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
    parties: Annotated[
        Path | None,
        typer.Option("--parties", metavar="FILE", help="Your list of who is who, in TOML; `none` drops it again."),
    ] = None,
    outlets: Annotated[
        Path | None,
        typer.Option("--outlets", metavar="FILE", help="Your list of outlets and owners, in TOML; `none` drops it."),
    ] = None,
) -> None:
    """Reads articles and makes a record of them, or adds them to one.

    What was read before is not read again. Ctrl-C keeps what has been read; the same command goes on from there.

    `onrecord build my-articles/`

    `onrecord build news/*.html feed.jsonl --record election.db`

    Your lists are kept with the record. In parties.toml: `[[party]]` `name = "Ilse Varga"` `kind = "person"`
    `aliases = ["I. Varga"]` `not = ["Petra Varga"]` `roles = [{title = "mayor", of = "Brenholt", from = "2019-05"}]`;
    in outlets.toml: `[[outlet]]` `name = "Brenholt Courier"` `domains = ["courier.example"]` `owner = "Lake Media"`.
    """
    from onrecord.cli import building
    from onrecord.pipeline.build import OwnLists

    building.build(inputs, record, prune=prune, max_size=max_size, lists=OwnLists(parties, outlets))


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
    parameters += [options.option("checked", options.Checked, False), options.option("verdict", options.Verdict, None)]
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
    parameters += [options.option("checked", options.Checked, False), options.option("verdict", options.Verdict, None)]
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


def _compare() -> Callable[..., None]:
    parameters = [options.option(name, options.FILTERS[name], None) for name in ("who", "about", "since", "until")]
    parameters += [options.option(name, given, None) for name, given in options.COMPARED.items()]
    parameters += [options.option("limit", Limit, None), options.option("json", Json, False)]
    parameters += [options.option("csv", Csv, False), options.option("record", RecordOption, RECORD)]

    def command(**given: Any) -> None:
        """Where articles agree, differ and are silent, side by side in their own words; disagreements first.

        `onrecord compare --about bridge --outcome differ`

        `onrecord compare --story 3f2a91c0 --csv`
        """
        from onrecord.cli import comparing

        comparing.compare(given)

    command.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
    vars(command)["__signature__"] = inspect.Signature(parameters)
    return command


app.command("compare", rich_help_panel=READING)(_compare())


def _stories() -> Callable[..., None]:
    words = typer.Argument(metavar="[STORY]", help="The beginning of an id, or words of the title: shows all of it.")
    parameters = [options.option("story", Annotated[str | None, words], None)]
    names = ("who", "about", "since", "until", "outlet")
    parameters += [options.option(name, options.FILTERS[name], None) for name in names]
    parameters += [options.option("limit", Limit, None), options.option("json", Json, False)]
    parameters += [options.option("csv", Csv, False), options.option("record", RecordOption, RECORD)]

    def command(**given: Any) -> None:
        """Articles on one happening; one story in full: what happened, who said what, who is silent on what.

        `onrecord stories --since 2026-05`

        `onrecord stories 3f2a91c0`
        """
        from onrecord.cli import comparing

        comparing.show_stories(given.pop("story"), given)

    command.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
    vars(command)["__signature__"] = inspect.Signature(parameters)
    return command


app.command("stories", rich_help_panel=READING)(_stories())


def _relations() -> Callable[..., None]:
    names = ("who", "about", "since", "until", "outlet", "min_confidence")
    parameters = [options.option(name, options.FILTERS[name], None) for name in names]
    parameters.insert(1, options.option("other", options.Other, None))
    parameters += [options.option("by", options.By, "year"), options.option("states", options.States, False)]
    parameters += [options.option("limit", Limit, None), options.option("json", Json, False)]
    parameters += [options.option("csv", Csv, False), options.option("record", RecordOption, RECORD)]

    def command(**given: Any) -> None:
        """What passed between two parties over time: how many events of which kind, and how friendly on average.

        An event that several articles tell counts once. The scale goes from -10 (violence) over 0 to +7 (joint work).

        `onrecord relations --who brenholt --with norvik --by quarter`
        """
        from onrecord.cli import relating

        relating.show(given)

    command.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
    vars(command)["__signature__"] = inspect.Signature(parameters)
    return command


app.command("relations", rich_help_panel=READING)(_relations())


@app.command(rich_help_panel=READING)
def origins(
    key: Annotated[
        str | None, typer.Argument(metavar="[ID]", help="A statement, event, figure, comparison or article.")
    ] = None,
    about: options.About = None,
    limit: Limit = None,
    json: Json = False,
    csv: Csv = False,
    record: RecordOption = RECORD,
) -> None:
    """Where a claim comes from: who relays whom, each step with its words, and how many independent origins there are.

    Without an ID or --about: each outlet of the record, and whom it rests on.

    `onrecord origins 3f2a91c0`

    `onrecord origins --about "harbour rebuilt"`
    """
    from onrecord.cli import sourcing
    from onrecord.cli.output import Output

    sourcing.show(key, about, record, Output(json, csv, limit))


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


@app.command(rich_help_panel=READING)
def serve(
    file: RecordArgument = RECORD,
    port: Annotated[
        int | None,
        typer.Option("--port", metavar="N", min=0, max=65535, help="The port. [default: 8765, or a free one]"),
    ] = None,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="Only print the address.")] = False,
    read_only: Annotated[bool, typer.Option("--read-only", help="Nothing can be judged or corrected.")] = False,
) -> None:
    """Opens the record as a site in the browser, on this machine only: the reading room.

    `onrecord serve record.db`

    `onrecord serve onrecord-demo.db --port 8000 --no-browser --read-only`
    """
    from onrecord.cli import serving

    serving.serve(file, port=port, browser=not no_browser, read_only=read_only)


@app.command(rich_help_panel=CORRECTING)
def judge(  # noqa: PLR0913  (a command takes its options one by one)
    key: Annotated[str, typer.Argument(metavar="ID", help="An id, or its beginning, from any table.")],
    verdict: Annotated[
        str, typer.Argument(metavar="VERDICT", help="right, wrong, checked, edit, same-as or not-same-as.")
    ],
    other: Annotated[
        str | None,
        typer.Argument(metavar="OTHER", help="Of same-as and not-same-as: the other id, or a party's name."),
    ] = None,
    corrections: Annotated[
        list[str] | None, typer.Option("--set", metavar="FIELD=VALUE", help="What `edit` corrects; more than once.")
    ] = None,
    spelling: Annotated[
        str | None,
        typer.Option("--spelling", metavar="WORDS", help="Of not-same-as: the spelling that is another party (OTHER)."),
    ] = None,
    by: Annotated[
        str | None, typer.Option("--by", metavar="NAME", help="Who judges. [default: ONRECORD_BY, or the user's name]")
    ] = None,
    record: RecordOption = RECORD,
) -> None:
    """Says of one row that it is right, wrong or checked, corrects it, or joins it with another.

    It is applied at once and kept over rebuilds; `onrecord judgements` lists what was said and takes it back. What is
    called wrong stays in the record and in exports, but lists leave it out (--verdict wrong shows it).

    `onrecord judge 3f2a91c0 checked`

    `onrecord judge 3f2a91c0 edit --set speaker="Ilse Varga" --set said=2026-06-03`

    `onrecord judge 7be0 same-as 91aa` makes two parties one; `onrecord judge 7be0 not-same-as "Ann Roe"
    --spelling Roe` takes a spelling out of a party.

    What can be corrected: statements: speaker, said, act, polarity; events: type, status, actor, recipient, when;
    figures: value, of_what, role, when; times: days; commitments: status, due, who; mentions: party,
    party_in_article; parties: name, kind, country; occasions: name, when; articles: published, outlet.
    """
    from onrecord.cli import judging

    judging.judge(record, key, judging.Given(verdict, other, tuple(corrections or ()), spelling, by))


@app.command(rich_help_panel=CORRECTING)
def judgements(  # noqa: PLR0913  (a command takes its options one by one)
    undo: Annotated[
        list[str] | None, typer.Option("--undo", metavar="ID", help="Take this judgement back; more than once.")
    ] = None,
    import_file: Annotated[
        Path | None, typer.Option("--import", metavar="FILE", help="Bring in judgements that --json wrote.")
    ] = None,
    rejoin: Annotated[bool, typer.Option("--rejoin", help="Link and compare again with all judgements.")] = False,
    json: Json = False,
    csv: Csv = False,
    limit: Limit = None,
    record: RecordOption = RECORD,
) -> None:
    """Lists what people said of rows, takes it back, or carries it from one record to another.

    `onrecord judgements --undo 3f2a91c0`

    `onrecord judgements --json > mine.jsonl`, then `onrecord judgements --import mine.jsonl --record other.db`
    """
    from onrecord.cli import judging
    from onrecord.cli.output import Output

    if undo:
        judging.undo(record, undo)
    elif import_file is not None:
        judging.import_file(record, import_file)
    elif rejoin:
        judging.rejoin(record)
    else:
        judging.judgements(record, Output(json, csv, limit))


def _brief() -> Callable[..., None]:
    file = inspect.Parameter("file", inspect.Parameter.KEYWORD_ONLY, default=RECORD, annotation=RecordArgument)
    parameters = [file] + [options.option(name, options.FILTERS[name], None) for name in ("about", "who")]
    parameters += [options.option("story", options.StoryId, None)]
    parameters += [options.option("min_confidence", options.FILTERS["min_confidence"], None)]
    parameters += [options.option("limit", options.Sentences, 40), options.option("as_of", options.AsOf, None)]
    parameters += [options.option("out", options.Page, None)]

    def command(**given: Any) -> None:
        """Writes a page in Markdown: what happened, who said what, what differs, with footnotes to the exact words.

        It says nothing that the record does not hold.

        `onrecord brief record.db --about harbour --out harbour.md`
        """
        from onrecord.cli import briefing

        briefing.write(given)

    command.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
    vars(command)["__signature__"] = inspect.Signature(parameters)
    return command


app.command("brief", rich_help_panel=USING)(_brief())


@app.command(rich_help_panel=USING)
def export(
    to: Annotated[
        str,
        typer.Option(
            "--to",
            metavar="FORMAT",
            help="jsonl (lossless, for programs), csv (for spreadsheets) or site (the reading room as files).",
        ),
    ],
    out: Annotated[
        Path, typer.Option("--out", metavar="DIR", help="The folder for the files, made if it is not there.")
    ],
    file: RecordArgument = RECORD,
    full_text: Annotated[
        bool, typer.Option("--full-text", help="A site holds whole articles, not the quoted passages only.")
    ] = False,
) -> None:
    """Writes the whole record as files: one per table for other programs, or the reading room as a site.

    `onrecord export record.db --to jsonl --out exported/`

    `onrecord export record.db --to site --out site/` (then open site/index.html; any web server can show it)
    """
    from onrecord.cli import using

    using.export(file, to, out, full_text=full_text)


@app.command(rich_help_panel=USING)
def verify(file: RecordArgument = RECORD) -> None:
    """Proves that the record holds: every passage, hash and reference; exit status 1 and a list where not.

    `onrecord verify record.db`
    """
    from onrecord.cli import using

    raise typer.Exit(using.verify(file))


def _flowing(words: str) -> str:
    """A docstring whose paragraphs are lines of their own, so that help breaks them where the terminal ends."""
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in inspect.cleandoc(words).split("\n\n"))


for _command in app.registered_commands:
    if _command.callback is not None and _command.callback.__doc__:
        _command.callback.__doc__ = _flowing(_command.callback.__doc__)
