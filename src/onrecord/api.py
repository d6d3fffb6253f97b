"""The Python interface: the same builds, rows and filters that the command line has.

import onrecord

record = onrecord.build(["articles/"], record="record.db")
for statement in record.statements(who="mayor", since="1998-06"):
    print(statement.speaker_name, statement.text)
record.figures().to_pandas()
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypedDict, Unpack

from onrecord import pipeline
from onrecord.comparison.origins import OriginCount, Origins
from onrecord.export import EXPORTS, export
from onrecord.export.markdown import in_markdown
from onrecord.model import TABLES, Judgement, OnRecordError
from onrecord.model.codec import to_plain
from onrecord.pipeline.build import OwnLists, keep_lists, rejoin
from onrecord.store import Store
from onrecord.store.briefing import Wanted, brief
from onrecord.store.judging import keeping
from onrecord.store.judging.keeping import Said as Said
from onrecord.store.origins import claim_of, surroundings
from onrecord.store.queries import Filters, first_day, select
from onrecord.store.relations import Asked, By, relations
from onrecord.store.searching import Hit, search
from onrecord.store.verifying import Finding, verify

EVERYTHING = Wanted()


class Given(TypedDict, total=False):
    """The filters that a table takes; those that say nothing about it are an OnRecordError."""

    who: str | None
    about: str | None
    since: str | None
    until: str | None
    outlet: str | None
    min_confidence: float | None
    limit: int | None
    verdict: str | None


class Rows(tuple[Any, ...]):
    """Rows of one table, as the model's dataclasses, that other libraries can take over."""

    __slots__ = ()

    def to_dicts(self) -> list[dict[str, Any]]:
        """The rows as plain dicts and lists, as the JSON Lines export writes them."""
        return [to_plain(row) for row in self]

    def to_pandas(self) -> Any:
        """The rows as a pandas DataFrame, one column per field, values below it flattened (`when.earliest`)."""
        try:
            import pandas
        except ImportError as error:
            raise OnRecordError("to_pandas needs pandas: pip install 'onrecord[pandas]'") from error
        return pandas.json_normalize(self.to_dicts())

    def to_arrow(self) -> Any:
        """The rows as a pyarrow Table with nested columns."""
        try:
            import pyarrow
        except ImportError as error:
            raise OnRecordError("to_arrow needs pyarrow: pip install 'onrecord[parquet]'") from error
        return pyarrow.Table.from_pylist(self.to_dicts())


class Record:
    """An open record. Use it in a `with` block, or call `close`."""

    def __init__(self, path: str | Path = "record.db") -> None:
        self._store = Store.open(Path(path), read_only=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Closes the record's file."""
        self._store.close()

    def rows(self, table: str, **given: Unpack[Given]) -> Rows:
        """The rows of any table of the record that the filters let through."""
        if table not in TABLES:
            raise OnRecordError(f"a record has no table {table!r}; it has {', '.join(TABLES)}")
        return Rows(select(self._store, table, Filters(**given)))

    def articles(self, **given: Unpack[Given]) -> Rows:
        """The articles as read."""
        return self.rows("articles", **given)

    def parties(self, **given: Unpack[Given]) -> Rows:
        """Persons, organisations, states and places over the whole record."""
        return self.rows("parties", **given)

    def statements(self, **given: Unpack[Given]) -> Rows:
        """What somebody is reported to have said, written, thought or decided."""
        return self.rows("statements", **given)

    def events(self, **given: Unpack[Given]) -> Rows:
        """What is reported to have happened between parties."""
        return self.rows("events", **given)

    def figures(self, **given: Unpack[Given]) -> Rows:
        """Quantities and what they measure."""
        return self.rows("figures", **given)

    def times(self, **given: Unpack[Given]) -> Rows:
        """Time expressions and the days they name."""
        return self.rows("times", **given)

    def occasions(self, **given: Unpack[Given]) -> Rows:
        """Named and numbered occasions over the whole record."""
        return self.rows("occasions", **given)

    def commitments(self, **given: Unpack[Given]) -> Rows:
        """Things promised, planned, invited to or forecast."""
        return self.rows("commitments", **given)

    def get(self, prefix: str) -> tuple[str, Any]:
        """The table and the row of the one id that begins with `prefix`."""
        return self._store.get(prefix)

    def search(self, words: str, limit: int = 20) -> list[Hit]:
        """Places in articles and statements with these words, the best first."""
        return search(self._store, words, limit)

    def origins(self, prefix: str) -> OriginCount:
        """Where the claim of the row whose id begins with `prefix` comes from: its chains, and how many sources."""
        ids = claim_of(self._store, prefix)
        part = surroundings(self._store, ids)
        return Origins(part.corpus, part.links, part.press).behind(ids)

    def relations(
        self, who: str | None = None, other: str | None = None, *, by: By = "year", states: bool = False
    ) -> Rows:
        """What passed between two parties over time, one row for each pair and period."""
        return Rows(relations(self._store, Asked(who, other, by, states=states)))

    def brief(self, wanted: Wanted = EVERYTHING, *, as_of: str | None = None) -> str:
        """A page in Markdown on what is wanted, with a footnote for every sentence; promises as of a day, or today."""
        day = first_day(as_of) if as_of is not None else date.today().isoformat()
        return in_markdown(brief(self._store, wanted, day))

    def export(self, to: str, out: str | Path) -> tuple[Path, ...]:
        """The files of an export in the folder `out`; `to` is the name of a format."""
        for one in EXPORTS:
            if one.name == to:
                return export(self._store, one, Path(out))
        raise OnRecordError(f"there is no export {to!r}; there is {', '.join(one.name for one in EXPORTS)}")

    def verify(self) -> list[Finding]:
        """Everything that does not hold: passages, words, hashes, references; empty for a sound record."""
        return verify(self._store)


def build(
    inputs: str | Path | Iterable[str | Path],
    *,
    record: str | Path = "record.db",
    prune: bool = False,
    parties: str | Path | None = None,
    outlets: str | Path | None = None,
) -> Record:
    """Reads files, folders or globs into a record, as `onrecord build` does, and opens it.

    `parties` and `outlets` are files of the user's own lists; the record keeps them for later builds.
    """
    named: Sequence[str | Path] = [inputs] if isinstance(inputs, (str, Path)) else list(inputs)
    keep_lists(record, OwnLists(parties, outlets))
    pipeline.build([str(name) for name in named], record=record, prune=prune)
    return Record(record)


def judge(record: str | Path, key: str, said: Said) -> Judgement:
    """Says of the row whose id begins with `key` that it is right, wrong or checked, corrects it, or joins it.

    It is applied at once, links and comparisons included, and kept over builds: see `onrecord judge --help` for what
    can be corrected. Raises OnRecordError, and changes nothing, where the row or the value is none.
    """
    with Store.open(Path(record)) as store:
        found = store.find(key)
        kept = keeping.judge(store, found.table, found.id, said)
        if not keeping.is_current(store):
            rejoin(store, store.meta().reader)
    return kept
