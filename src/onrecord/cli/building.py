"""Commands that make a record: how far they are while they work, and what they did."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from onrecord.cli.run import Stopped
from onrecord.cli.text import line
from onrecord.pipeline import BuildSummary, Progress
from onrecord.pipeline import build as build_record
from onrecord.pipeline import remove as remove_articles
from onrecord.pipeline.build import OwnLists, keep_lists
from onrecord.reading import Options
from onrecord.store import capped

SHOWN = 20
"""Names of a list that a summary shows."""

COUNTED = ("statements", "events", "figures", "times", "occasions", "commitments", "parties")


def build(inputs: Sequence[str], record: Path, *, prune: bool, max_size: float, lists: OwnLists | None = None) -> None:
    """Builds a record and says what it did, or what was kept where Ctrl-C ended it."""
    keep_lists(record, lists or OwnLists())
    try:
        with progress() as tell:
            options = Options(max_bytes=round(max_size * 1e6))
            summary = build_record(inputs, record=record, prune=prune, options=options, on_progress=tell)
    except KeyboardInterrupt:
        raise Stopped(f"stopped; what has been read is kept in {record}, and the same command goes on") from None
    for says in said_of(summary):
        print(says)
    if summary.interrupted:
        kept = summary.counts.get("articles", 0)
        raise Stopped(f"stopped; {kept} articles are kept in {record}, and the same command goes on from there")
    print(f"Next: onrecord statements{at(record)}    onrecord search WORDS{at(record)}    onrecord --help")


def remove(record: Path, articles: Sequence[str]) -> None:
    """Takes articles out of a record and says which."""
    summary = remove_articles(record, articles)
    for origin in summary.gone:
        print(f"removed {line(origin)}")
    print(f"{record} has {summary.counts.get('articles', 0)} articles left")


def said_of(summary: BuildSummary) -> Iterator[str]:
    """What a build did, line by line."""
    gone = f", {len(summary.gone)} {'removed' if summary.pruned else 'gone'}" if summary.gone else ""
    yield (
        f"{summary.record}: {summary.counts.get('articles', 0)} articles ({len(summary.new)} new,"
        f" {len(summary.changed)} changed, {summary.unchanged} unchanged{gone}) in {summary.seconds:.1f} s"
    )
    yield "  " + ", ".join(f"{summary.counts.get(name, 0)} {name}" for name in COUNTED)
    if summary.gone and not summary.pruned:
        yield "  gone from the input, still in the record (--prune takes them out):"
        yield from _listed(summary.gone)
    if summary.capped:
        yield f"  {capped.said(summary.capped)}"
    if summary.skipped:
        yield f"  skipped {len(summary.skipped)}:"
        yield from _listed([f"{row.origin}: {row.reason}, {row.detail}" for row in summary.skipped])


def _listed(names: Sequence[str]) -> Iterator[str]:
    yield from (f"    {line(name)}" for name in names[:SHOWN])
    if len(names) > SHOWN:
        yield f"    and {len(names) - SHOWN} more"


def at(record: Path) -> str:
    """The option that names a record, where it is not the usual one."""
    return "" if record == Path("record.db") else f" --record {record}"


@contextmanager
def progress() -> Iterator[Callable[[Progress], None]]:
    """How far a build is: a bar where standard error is a terminal, else a line for every tenth of the way."""
    if not sys.stderr.isatty():
        yield Lines()
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    shown = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    place = TextColumn("[dim]{task.fields[place]}")
    with Bar(*shown, place, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("reading", place="")

        def tell(now: Progress) -> None:
            words = line(now.place)[-40:].replace("[", "(")
            bar.update(task, description=now.stage, total=now.total or None, completed=now.done, place=words)

        yield tell


class Lines:
    """Progress as plain lines, for logs."""

    def __init__(self) -> None:
        self.told = -1
        self.stage = ""

    def __call__(self, now: Progress) -> None:
        tenth = 10 * now.done // max(1, now.total)
        if now.stage == "reading" and tenth > self.told:
            self.told = tenth
            print(f"reading {now.done + 1} of {now.total}: {line(now.place)}", file=sys.stderr, flush=True)
        elif now.stage == "joining" and self.stage != "joining":
            print(f"joining {now.total} inputs", file=sys.stderr, flush=True)
        self.stage = now.stage
