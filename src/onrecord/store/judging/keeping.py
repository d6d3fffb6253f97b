"""Judgements in a record's file: given, taken back, brought in from elsewhere, and applied to its tables at once.

A record is brought up to date by looking only at the rows that judgements touch: they are put back as they were joined,
and all judgements are applied to them again. What several articles tell together (links, stories, comparisons) is
derived from the rows, and may need `pipeline.rejoin` afterwards: `is_current` says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from functools import cached_property
from typing import Any, get_args

from onrecord.model import TABLES, Judgement, OnRecordError, Verdict, digest
from onrecord.model.codec import from_json, to_json
from onrecord.model.personal import fold
from onrecord.model.schema import owner_column, table_of
from onrecord.store import indexing
from onrecord.store.file import Store
from onrecord.store.judging import editing, gist
from onrecord.store.judging.applying import ACROSS, LEAVING, SAME, Applied, apply, in_order
from onrecord.store.judging.places import Place, place_of
from onrecord.store.judging.rows import MOVING, Key, Rows, named_in
from onrecord.store.layout import quoted

MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,6})?(?:Z|\+00:00)\Z")
DERIVED = ("links", "comparisons")
"""Tables whose rows go, come or name another row at once, and are derived anew when the record is joined again."""

NAMING = ("mentions", "statements", "events", "figures", "occasions", "commitments", "stories")
"""Tables that name parties or occasions."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a person says of a row: the verdict and, where it needs them, the field, its value and the other row.

    `other` is an id or, for a party, a name. `by` and `at` (UTC, as ISO 8601) say who judged and when.
    """

    verdict: Verdict
    by: str
    at: str
    field: str | None = None
    value: str | None = None
    other: str | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """A judgement of the record and the row that it is attached to, null while the record has no such row."""

    judgement: Judgement
    row: Key | None


class Stored:
    """The rows of a record's file as they were joined, before the judgements that its tables show."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.original: dict[Key, Any | None] = {
            (kind, key): None if payload is None else from_json(TABLES[kind], payload)
            for kind, key, payload in store.select("SELECT kind, id, payload FROM unjudged")
        }

    def get(self, table: str, key: str) -> Any | None:
        if (table, key) in self.original:
            return self.original[table, key]
        return self.store.row(table, key)

    def of_article(self, table: str, article_id: str) -> Sequence[Any]:
        sql = f"SELECT id FROM {quoted(table)} WHERE article_id = ? ORDER BY id"
        if table == "occasions":
            sql = "SELECT DISTINCT occasion_id FROM occasions_mentions WHERE article_id = ? ORDER BY 1"
        ids = [key for (key,) in self.store.select(sql, (article_id,))]
        rows = self.store.load(table, [key for key in ids if (table, key) not in self.original])
        rows += [self.original[table, key] for key in ids if self.original.get((table, key)) is not None]
        return sorted(rows, key=lambda row: str(row.id))

    def naming(self, key: str) -> Iterator[Key]:
        for place, row in self.original.items():
            if row is not None and key in named_in(row):
                yield place
        for table in NAMING:
            for id_ in naming_ids(self.store, table, key):
                if (table, id_) not in self.original:
                    yield table, id_

    def parties_called(self, name: str) -> Sequence[str]:
        return tuple(sorted(self._called.get(fold(name), ())))

    @cached_property
    def _called(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        sql = "SELECT id, name FROM parties UNION ALL SELECT party_id, value FROM parties_aliases"
        named = [(key, name) for key, name in self.store.select(sql) if ("parties", key) not in self.original]
        for (table, key), party in self.original.items():
            if table == "parties" and party is not None:
                named += [(key, name) for name in (party.name, *party.aliases)]
        for key, name in named:
            if name:
                found.setdefault(fold(name), set()).add(key)
        return found


def naming_ids(store: Store, table: str, key: str) -> list[str]:
    """The ids of the rows of a table that name a party or an occasion."""
    described = table_of(table)
    parts = [
        f"SELECT id FROM {quoted(table)} WHERE {quoted(column.name)} = ?1"
        for column in described.columns
        if column.references in MOVING
    ]
    owner = quoted(owner_column(table))
    parts += [
        f"SELECT {owner} FROM {quoted(child.name)} WHERE {quoted(column.name)} = ?1"
        for child in described.children
        for column in child.columns
        if column.references in MOVING
    ]
    return [found for (found,) in store.select(" UNION ".join(parts), (key,))] if parts else []


# Giving a judgement.


def judge(store: Store, table: str, key: str, said: Said) -> Judgement:
    """Keeps what a person says of a row, and applies it to the record at once.

    Raises OnRecordError, and changes nothing, where the row, the field, the value or the other row is not there.
    """
    judgement = judgement_of(store, table, key, said)
    bring_in(store, [judgement])
    return judgement


def judgement_of(store: Store, table: str, key: str, said: Said) -> Judgement:
    """The judgement that says it of a row as the record has it now."""
    if said.verdict not in get_args(Verdict):
        raise OnRecordError(f"{said.verdict!r} is no verdict; it is one of {', '.join(get_args(Verdict))}")
    if not MOMENT.match(said.at):
        raise OnRecordError(f"{said.at!r} is no moment; give it in UTC, such as 2026-05-31T09:15:00Z")
    rows = Rows(Now(store))
    row = rows.get(table, key) if table in TABLES else None
    if row is None:
        raise OnRecordError(f"the record has no row {key!r} in {table}; `onrecord search` gives ids")
    if table in ("judgements", "skipped"):
        raise OnRecordError(f"{table} are not judged; take a judgement back with `onrecord judgements --undo ID`")
    made = _place(rows, table, row, said)
    made = {"edit": _an_edit, "same_as": _a_pair, "not_same_as": _a_pair}.get(said.verdict, _a_verdict)(
        rows, made, row, said
    )
    return with_id(made)


def with_id(judgement: Judgement) -> Judgement:
    """The judgement under the hash of all that it says."""
    said = [to_json(getattr(judgement, each.name)) for each in fields(Judgement) if each.name != "id"]
    return replace(judgement, id=digest("judgement", *said))


def _place(rows: Rows, table: str, row: Any, said: Said) -> Judgement:
    """A judgement that says as yet only where the row stands, by whom and when."""
    other: Place | None = None
    if table == "links":
        place, other = _end_place(rows, row.left_id), _end_place(rows, row.right_id)
        field: str | None = row.kind
    elif table == "comparisons":
        ends = [_end_place(rows, answer.record_id) for answer in row.answers[:2]]
        first = ends[0] if ends else Place("", "", (), "")
        place, other = replace(first, id=row.id), (ends[1] if len(ends) > 1 else None)
        field = row.question
    else:
        place, field = place_of(rows, table, row), None
    made = Judgement(
        "", table, place.id, place.article_id, place.passages, place.words, said.verdict, field, None, None,
        None, None, (), None, said.by.strip(), said.at,
    )  # fmt: skip
    return made if other is None else _with_other(made, other)


def _with_other(judgement: Judgement, place: Place) -> Judgement:
    return replace(
        judgement,
        other_id=place.id,
        other_article_id=place.article_id or None,
        other_passages=place.passages,
        other_words=place.words,
    )


def _end_place(rows: Rows, key: str) -> Place:
    for table in ("statements", "events", "figures", "articles", "occasions", "times", "commitments", "parties"):
        row = rows.get(table, key)
        if row is not None:
            return place_of(rows, table, row)
    return Place(key, "", (), "")


def _a_verdict(rows: Rows, made: Judgement, row: Any, said: Said) -> Judgement:
    return replace(made, was=gist.of(rows, made.target_kind, row))


def _an_edit(rows: Rows, made: Judgement, row: Any, said: Said) -> Judgement:
    if said.field is None:
        editing.editor_of(made.target_kind, "")
    editor = editing.editor_of(made.target_kind, said.field or "")
    given = said.value or ""
    if editor.names_parties:
        chosen = [_party(rows, name.strip()) for name in given.split(";") if name.strip()]
        given = "; ".join(name if party is None else party.name or name for name, party in chosen)
        if len(chosen) == 1 and chosen[0][1] is not None:
            made = _with_other(made, place_of(rows, "parties", chosen[0][1]))
        if made.target_kind == "mentions" and len(chosen) > 1:
            raise OnRecordError(f"{said.field}: a mention names one party; give one name")
    value = editing.check(made.target_kind, said.field or "", given)
    return replace(made, field=said.field, was=editor.was(row, rows), value=value)


def _party(rows: Rows, name: str) -> tuple[str, Any | None]:
    """A name as given, and the party of the record that it means: the one of this id, or the only one so called."""
    if re.fullmatch(r"[0-9a-f]{16}", name):
        found = rows.get("parties", name)
        if found is not None:
            return name, found
    probe = Rows(rows.base)
    [party] = list(editing.parties_in(probe, name))
    return name, None if ("parties", party.id) in probe.changed else party


def _a_pair(rows: Rows, made: Judgement, row: Any, said: Said) -> Judgement:
    table = made.target_kind
    if table not in (*SAME, "parties", "occasions"):
        raise OnRecordError(
            f"{table} cannot be called the same; parties, occasions, statements, events and figures can"
        )
    if table == "parties" and said.verdict == "not_same_as" and said.value:
        _check_spelling(rows, row, said.value)
        return replace(made, value=said.value, other_words=(said.other or "").strip() or None)
    other = _other(rows, table, row, said)
    return _with_other(made, place_of(rows, table, other))


def _check_spelling(rows: Rows, party: Any, spelling: str) -> None:
    """A spelling that is to leave a party is one of its own, and not the only one."""
    texts = {row.text for table, row in rows.naming(party.id) if table == "mentions"}
    if fold(spelling) not in {fold(text) for text in texts}:
        shown = ", ".join(sorted(texts)[:12])
        raise OnRecordError(f"no text calls {party.name} {spelling!r}; the texts call it {shown}")


def _other(rows: Rows, table: str, row: Any, said: Said) -> Any:
    name = (said.other or "").strip()
    found = rows.get(table, name) if name else None
    if found is None and table == "parties" and name:
        called = rows.parties_called(name)
        if len(called) > 1:
            raise OnRecordError(f"{len(called)} parties are called {name!r}; give the id of one")
        found = called[0] if called else None
    if found is None:
        raise OnRecordError(f"there is no row {name!r} in {table}: give the id of the row that is meant")
    if found.id == row.id:
        raise OnRecordError("a row is always the same as itself; give another row's id")
    if table in SAME and found.article_id == row.article_id and said.verdict == "same_as" and table == "statements":
        raise OnRecordError("two statements of one article are not joined; call the one that is not needed wrong")
    return found


class Now(Stored):
    """The rows of a record's file as its tables show them, judgements applied."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.original = {}


# Keeping judgements, and applying them.


def bring_in(store: Store, judgements: Iterable[Judgement]) -> int:
    """Adds judgements to the record and applies them; how many were new. One that is there already counts once."""
    with store.writing() as connection:
        held = {key for (key,) in connection.execute("SELECT id FROM judgements")}
        new = {judgement.id: judgement for judgement in judgements if judgement.id not in held}
        if new:
            store.insert("judgements", [new[key] for key in sorted(new)])
            _apply(store)
    return len(new)


def undo(store: Store, keys: Sequence[str]) -> list[Judgement]:
    """Takes judgements back, named by ids; the record is as if they had never been given."""
    wanted = list(dict.fromkeys(keys))
    taken: list[Judgement] = store.load("judgements", wanted)
    if len(taken) != len(wanted):
        missing = ", ".join(sorted(set(wanted) - {judgement.id for judgement in taken}))
        raise OnRecordError(f"there is no judgement {missing}; `onrecord judgements` lists them")
    with store.writing() as connection:
        for judgement in taken:
            connection.execute("DELETE FROM judgements WHERE id = ?", (judgement.id,))
        _apply(store)
    return taken


def kept(store: Store) -> list[Kept]:
    """Every judgement of the record, the latest first, with the row that it is attached to."""
    attached = {key: (kind, row) for key, kind, row in store.select("SELECT judgement_id, kind, row_id FROM attached")}
    found: list[Judgement] = list(store.rows("judgements"))
    return [Kept(judgement, attached.get(judgement.id)) for judgement in reversed(in_order(found))]


def judgements_of(store: Store, table: str, key: str) -> list[Judgement]:
    """The judgements that are attached to a row, the latest first."""
    sql = "SELECT judgement_id FROM attached WHERE kind = ? AND row_id = ?"
    found = store.load("judgements", [each for (each,) in store.select(sql, (table, key))])
    return list(reversed(in_order(found)))


def verdict_of(store: Store, table: str, key: str) -> str | None:
    """The last verdict on a row: `right`, `wrong`, `checked`, `edit`, or null."""
    found = store.select("SELECT verdict FROM verdicts WHERE kind = ? AND id = ?", (table, key))
    return str(found[0][0]) if found else None


def is_current(store: Store) -> bool:
    """Links, stories and comparisons know of every judgement; else `onrecord judgements --rejoin` lets them."""
    found = store.select("SELECT value FROM meta WHERE key = 'judged'")
    return not found or found[0][0] == "1"


def _apply(store: Store) -> None:
    """Every row that judgements touch is as they say; inside a transaction."""
    base = Stored(store)
    judgements: list[Judgement] = list(store.rows("judgements"))
    done = apply(base, judgements)
    touched = [place for place in {**base.original, **done.rows.changed} if place[0] not in DERIVED]
    wanted = {(table, key): done.rows.get(table, key) for table, key in touched}
    # Before anything is written: what it comes to is told by looking at the rows as they were joined.
    outcome = done.outcome(_across(store, judgements), judgements)
    derived, before = _derived_wanted(base, done, [key for table, key in outcome.wrong() if table in LEAVING])
    rows_before = [pair for pair in outcome.before if pair[0][0] not in DERIVED]
    outcome = replace(outcome, before=(*rows_before, *before))
    found_by = _found_by(store, wanted)
    before_writing = indexing.words_around(store.connection, found_by)
    written = [place for place, row in {**wanted, **derived}.items() if _write(store, place, row)]
    indexing.renew(store.connection, before_writing, indexing.words_around(store.connection, found_by))
    called_wrong = {(kind, key) for kind, key in store.select("SELECT kind, id FROM verdicts WHERE verdict = 'wrong'")}
    if written or called_wrong != outcome.wrong():
        store.connection.execute("INSERT OR REPLACE INTO meta VALUES ('judged', '0')")
    store.keep_outcome(outcome)
    store.recount(sorted({"judgements", *(table for table, _ in written)}))


def _found_by(store: Store, wanted: Mapping[Key, Any | None]) -> dict[str, list[str]]:
    """The rows whose words in the indexes may change: those that change, and those that name a party that does."""
    found: dict[str, set[str]] = {table: set() for table in indexing.AROUND}
    for (table, key), row in wanted.items():
        if table in found:
            found[table].add(key)
        elif table == "parties" and _name(store.row(table, key)) != _name(row):
            for naming in indexing.AROUND:
                found[naming].update(naming_ids(store, naming, key))
    return {table: sorted(ids) for table, ids in found.items() if ids}


def _name(party: Any | None) -> str | None:
    return None if party is None else str(party.name)


def _write(store: Store, place: Key, wanted: Any | None) -> bool:
    """Whether a row had to be written to be as it is wanted."""
    now = store.row(*place)
    if now == wanted:
        return False
    store.put_row(place[0], now, wanted)
    return True


def _derived_wanted(
    base: Stored, done: Applied, wrong: Iterable[str]
) -> tuple[dict[Key, Any | None], list[tuple[Key, Any | None]]]:
    """The links and comparisons that judgements touch, as they are to be, and those that change as they were.

    Links that were cut, and what rests on rows that were called wrong, go; links that were made come; what names a row
    that was merged names the other. What the judgements newly bring about comes when the record is joined again.
    """
    original = {place: row for place, row in base.original.items() if place[0] in DERIVED}
    wanted = dict(original)

    def change(place: Key, row: Any | None) -> None:
        original.setdefault(place, base.get(*place))
        wanted[place] = row

    for kind, left, right in sorted(done.cut):
        change(("links", digest("link", kind, left, right)), None)
    for link in done.links(()):
        change(("links", link.id), link)
    for old, new in done.into.items():
        for link in _links_at(base, old):
            moved = _moved(link, old, new)
            change(("links", link.id), None)
            change(("links", moved.id), base.get("links", moved.id) or moved)
        for row in _comparisons_at(base, old):
            change(("comparisons", row.id), _about_another(wanted.get(("comparisons", row.id), row) or row, old, new))
    for key in wrong:
        for row in (*_links_at(base, key), *_comparisons_at(base, key)):
            change(("links" if hasattr(row, "left_id") else "comparisons", row.id), None)
    return wanted, [(place, row) for place, row in original.items() if wanted[place] != row]


def _links_at(base: Stored, key: str) -> list[Any]:
    """The links of which a row was an end, as they were joined."""
    found = _asked_for(base, "links", "SELECT id FROM links WHERE left_id = ?1 OR right_id = ?1", key)
    return [row for row in found if key in (row.left_id, row.right_id)]


def _comparisons_at(base: Stored, key: str) -> list[Any]:
    """The comparisons of which a row was an answer or the subject, as they were joined."""
    sql = (
        "SELECT comparison_id FROM comparisons_answers WHERE record_id = ?1"
        " UNION SELECT comparison_id FROM comparisons_about WHERE id = ?1"
    )
    found = _asked_for(base, "comparisons", sql, key)
    return [
        row
        for row in found
        if key in {answer.record_id for answer in row.answers} | {subject.id for subject in row.about}
    ]


def _asked_for(base: Stored, table: str, sql: str, key: str) -> list[Any]:
    """The rows of a derived table that a query names, and those that judgements had changed, as they were joined."""
    found = {row_id: base.get(table, row_id) for (row_id,) in base.store.select(sql, (key,))}
    found |= {row_id: row for (each, row_id), row in base.original.items() if each == table}
    return [row for _, row in sorted(found.items()) if row is not None]


def _about_another(row: Any, old: str, new: str) -> Any:
    """A comparison that names another row in the place of one."""
    about = tuple(dict.fromkeys(replace(each, id=new) if each.id == old else each for each in row.about))
    answers = tuple(replace(each, record_id=new) if each.record_id == old else each for each in row.answers)
    return replace(row, about=about, answers=answers)


def _moved(link: Any, old: str, new: str) -> Any:
    left, right = (new if end == old else end for end in (link.left_id, link.right_id))
    return replace(link, id=digest("link", link.kind, left, right), left_id=left, right_id=right)


def _across(store: Store, judgements: Sequence[Judgement]) -> list[tuple[str, Any]]:
    """The links, comparisons and stories that judgements may be about."""
    asked = [table for table in ACROSS if any(judgement.target_kind == table for judgement in judgements)]
    return [(table, row) for table in asked for row in store.rows(table)]


__all__ = [
    "Kept", "Said", "bring_in", "is_current", "judge", "judgement_of", "judgements_of", "kept", "undo",
    "verdict_of", "with_id",
]  # fmt: skip
