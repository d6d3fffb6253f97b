"""Commands that correct a record: what a person says of a row, the list of it, files of it, and taking it back."""

from __future__ import annotations

import getpass
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import typer

from onrecord.cli.lookup import Lookup
from onrecord.cli.output import Output, remark
from onrecord.cli.tables import Column
from onrecord.cli.text import line
from onrecord.model import Judgement, OnRecordError
from onrecord.store import Store
from onrecord.store.judging import editing, keeping
from onrecord.store.judging.files import read_judgements
from onrecord.store.judging.keeping import Said

AT_ONCE = 60
"""Articles up to which a record is linked and compared again after each judgement; more take longer than a moment."""

PLAIN = {"right": "right", "wrong": "wrong", "checked": "checked"}
PAIRS = {"same-as": "same_as", "not-same-as": "not_same_as"}


@dataclass(frozen=True, slots=True)
class Given:
    """What stands on the command line after the id."""

    verdict: str
    other: str | None
    corrections: tuple[str, ...]
    spelling: str | None
    by: str | None


def judge(record: Path, key: str, given: Given) -> None:
    """Keeps judgements on one row, applies them, and says what they did."""
    with Store.open(record) as store:
        found = store.find(key)
        at = now()
        for said in _said(given, at):
            kept = keeping.judge(store, found.table, found.id, said)
            print(_kept(kept))
        bring_up_to_date(store, record)


def judgements(record: Path, output: Output) -> None:
    """Lists the judgements of a record, the latest first."""
    with Store.open(record, read_only=True) as store:
        kept = keeping.kept(store)
        attached = {each.judgement.id for each in kept if each.row is not None}
        rows = [each.judgement for each in kept][: output.most]
        if output.for_people and (waiting := len(kept) - len(attached)):
            remark(f"{waiting} of these wait: the record has no such row now, or the row says something else by now")
        output.rows(store, Judgement, COLUMNS, rows, "judgements")


def undo(record: Path, keys: list[str]) -> None:
    """Takes judgements back, named by the beginnings of their ids."""
    with Store.open(record) as store:
        found = [_judgement(store, key) for key in keys]
        for judgement in keeping.undo(store, found):
            print(f"taken back: {_summary(judgement)}")
        bring_up_to_date(store, record)


def import_file(record: Path, file: Path) -> None:
    """Brings in judgements from a file of JSON Lines, as `onrecord judgements --json` writes them."""
    with Store.open(record) as store:
        given = read_judgements(file)
        new = keeping.bring_in(store, given)
        waiting = sum(each.row is None for each in keeping.kept(store))
        print(f"{new} judgements brought in, {len(given) - new} were there already")
        if waiting:
            print(f"{waiting} wait for rows that this record has not; they are applied when it has")
        bring_up_to_date(store, record)


def rejoin(record: Path) -> None:
    """Links and compares again, with all judgements."""
    from onrecord.pipeline.build import rejoin as join_again

    with Store.open(record) as store:
        join_again(store, store.meta().reader)
        print(f"{record}: links, stories and comparisons know of all judgements")


def bring_up_to_date(store: Store, record: Path) -> None:
    """Links and compares again where that is done in a moment, else says how."""
    if keeping.is_current(store):
        return
    if store.count("articles") > AT_ONCE:
        remark(
            "links, stories, comparisons and days counted from an article's date do not know of this yet:"
            " `onrecord judgements --rejoin"
            f"{'' if record == Path('record.db') else f' --record {record}'}` or the next build lets them"
        )
        return
    from onrecord.pipeline.build import rejoin as join_again

    join_again(store, store.meta().reader)


def now() -> str:
    """This moment in UTC."""
    return datetime.now(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def _said(given: Given, at: str) -> Iterator[Said]:
    by = given.by or user()
    if given.corrections:
        if given.verdict != "edit":
            raise typer.BadParameter("--set goes with `edit`: onrecord judge ID edit --set speaker=Varga")
        for correction in given.corrections:
            field, equals, value = correction.partition("=")
            if not equals:
                raise typer.BadParameter(f"--set takes FIELD=VALUE, such as speaker=Varga; this is {correction!r}")
            yield Said("edit", by, at, field=field.strip(), value=value.strip())
    elif given.verdict in PLAIN:
        yield Said(PLAIN[given.verdict], by, at)  # type: ignore[arg-type]
    elif given.verdict in PAIRS:
        if not given.other and not given.spelling:
            raise typer.BadParameter(f"{given.verdict} takes another id: onrecord judge ID {given.verdict} OTHER")
        yield Said(PAIRS[given.verdict], by, at, value=given.spelling, other=given.other)  # type: ignore[arg-type]
    elif given.verdict == "edit":
        raise typer.BadParameter("edit takes what to correct: --set FIELD=VALUE; `onrecord judge --help` lists fields")
    else:
        allowed = ", ".join((*PLAIN, "edit", *PAIRS))
        raise typer.BadParameter(f"{given.verdict!r} is no verdict; it is one of {allowed}")


def user() -> str:
    """Who judges, where nobody says: ONRECORD_BY in the environment, else the user's name."""
    try:
        return os.environ.get("ONRECORD_BY") or getpass.getuser()
    except (OSError, KeyError):
        return "somebody"


def _judgement(store: Store, prefix: str) -> str:
    found = [match.id for match in store.matching(prefix.strip().lower()) if match.table == "judgements"]
    if len(found) != 1:
        many = f"{len(found)} judgements have" if found else "no judgement has"
        raise OnRecordError(f"{many} an id that begins with {prefix!r}; `onrecord judgements` lists them")
    return found[0]


def _kept(judgement: Judgement) -> str:
    return f"{judgement.id[:8]}: {_summary(judgement)} (take it back: onrecord judgements --undo {judgement.id[:8]})"


def _summary(judgement: Judgement) -> str:
    """A judgement in one line."""
    words = line(judgement.words)
    words = words if len(words) <= 60 else words[:57] + "..."
    if judgement.verdict == "edit":
        says = f"{judgement.field}: {judgement.was or 'nothing'} -> {judgement.value or 'nothing'}"
    elif judgement.verdict in ("same_as", "not_same_as"):
        says = f"{judgement.verdict.replace('_', ' ')} {line(judgement.other_words or judgement.value or '')[:60]}"
    else:
        says = judgement.verdict
    return f"{judgement.target_kind} “{words}”: {line(says)}"


def _by(judgement: Judgement, look: Lookup) -> str:
    return line(f"{judgement.by}, {judgement.at[:16].replace('T', ' ')}")


COLUMNS = (
    Column("judgement", lambda row, look: _summary(row)),
    Column("by", _by),
    Column("id", lambda row, look: row.id[:8], style="dim"),
)


def editable() -> str:
    """The fields that can be corrected, by table, for the help."""
    return "; ".join(f"{table}: {', '.join(fields)}" for table, fields in editing.EDITORS.items())
