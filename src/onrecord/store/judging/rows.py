"""The rows of a record while judgements are applied to them: as they were joined, and as they have become since."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, Protocol

from onrecord.model.personal import fold
from onrecord.model.schema import REFERENCES, Field, fields_of

Key = tuple[str, str]
"""A table and the id of a row of it."""

MOVING = ("parties", "occasions")
"""Tables whose rows judgements merge and split, so that what names them must be found."""


class Base(Protocol):
    """The rows as they were joined, before any judgement."""

    def get(self, table: str, key: str) -> Any | None:
        """The row of this id, or null."""

    def of_article(self, table: str, article_id: str) -> Sequence[Any]:
        """The rows of a table that rest on an article's words."""

    def naming(self, key: str) -> Iterable[Key]:
        """The rows that name a party or an occasion."""

    def parties_called(self, name: str) -> Sequence[str]:
        """The ids of the parties of a name or an alias, compared as `model.personal.fold` compares names."""


@dataclass(frozen=True)
class Joined:
    """The rows of a whole record in memory, each table in the order of its ids."""

    tables: Mapping[str, Sequence[Any]]

    def get(self, table: str, key: str) -> Any | None:
        return self._by_id[table].get(key)

    def of_article(self, table: str, article_id: str) -> Sequence[Any]:
        return self._by_article(table).get(article_id, ())

    def naming(self, key: str) -> Iterable[Key]:
        return self._naming.get(key, ())

    def parties_called(self, name: str) -> Sequence[str]:
        return tuple(sorted(self._called.get(fold(name), ())))

    @cached_property
    def _by_id(self) -> defaultdict[str, dict[str, Any]]:
        found: defaultdict[str, dict[str, Any]] = defaultdict(dict)
        for table, rows in self.tables.items():
            found[table] = {row.id: row for row in rows}
        return found

    @cached_property
    def _in_articles(self) -> dict[str, dict[str, list[Any]]]:
        return {}

    def _by_article(self, table: str) -> dict[str, list[Any]]:
        if table not in self._in_articles:
            found: defaultdict[str, list[Any]] = defaultdict(list)
            for row in self.tables.get(table, ()):
                for article_id in homes_of(row):
                    found[article_id].append(row)
            self._in_articles[table] = found
        return self._in_articles[table]

    @cached_property
    def _naming(self) -> dict[str, list[Key]]:
        found: defaultdict[str, list[Key]] = defaultdict(list)
        for table, rows in self.tables.items():
            for row in rows:
                for key in named_in(row):
                    found[key].append((table, row.id))
        return found

    @cached_property
    def _called(self) -> dict[str, set[str]]:
        found: defaultdict[str, set[str]] = defaultdict(set)
        for party in self.tables.get("parties", ()):
            for name in (party.name, *party.aliases):
                if name:
                    found[fold(name)].add(party.id)
        return found


@dataclass
class Rows:
    """The rows as judgements have left them so far; `changed` holds null for a row that is no more."""

    base: Base
    changed: dict[Key, Any | None] = field(default_factory=dict)
    _naming: defaultdict[str, dict[Key, None]] = field(default_factory=lambda: defaultdict(dict))

    def get(self, table: str, key: str) -> Any | None:
        place = (table, key)
        return self.changed[place] if place in self.changed else self.base.get(table, key)

    def of_article(self, table: str, article_id: str) -> list[Any]:
        """The rows that rest on an article's words, in the order of ids; none is ever added to an article."""
        found = (self.get(table, row.id) for row in self.base.of_article(table, article_id))
        return [row for row in found if row is not None]

    def naming(self, key: str) -> list[tuple[str, Any]]:
        """Every row that names a party or an occasion, with its table, in the order of tables and ids."""
        places = sorted({*self.base.naming(key), *self._naming[key]})
        found = ((table, self.get(table, id_)) for table, id_ in places)
        return [(table, row) for table, row in found if row is not None and key in named_in(row)]

    def put(self, table: str, row: Any) -> None:
        self.changed[table, row.id] = row
        for key in named_in(row):
            self._naming[key][table, row.id] = None

    def drop(self, table: str, key: str) -> None:
        self.changed[table, key] = None

    def parties_called(self, name: str) -> list[Any]:
        """The parties of a name: those of just this name, else those whose name or alias folds to it, by id."""
        made = (key for table, key in self.changed if table == "parties")
        places = sorted({*self.base.parties_called(name), *made})
        there = [party for party in (self.get("parties", key) for key in places) if party is not None]
        wanted = fold(name)
        for fits in (
            lambda party: party.name == name,
            lambda party: fold(party.name) == wanted,
            lambda party: wanted in {fold(alias) for alias in party.aliases},
        ):
            if found := [party for party in there if fits(party)]:
                return found
        return []

    def before(self) -> Iterator[tuple[Key, Any | None]]:
        """Each row that has changed as it was joined, null where it was made since."""
        for place, row in self.changed.items():
            old = self.base.get(*place)
            if old != row:
                yield place, old


def homes_of(row: Any) -> list[str]:
    """The articles on whose words a row rests."""
    mentions = getattr(row, "mentions", None)
    return [row.article_id] if mentions is None else sorted({mention.article_id for mention in mentions})


def named_in(row: Any) -> set[str]:
    """The ids of the parties and occasions that a row names."""
    return set(_named(row))


def _named(value: Any) -> Iterator[str]:
    kind: Any = type(value)
    for each in fields_of(kind):
        inner = getattr(value, each.name)
        if REFERENCES.get(each.name) in MOVING and each.record is None:
            if each.shape == "list":
                yield from inner
            elif inner is not None:
                yield inner
        elif each.record is not None:
            for item in inner if isinstance(inner, tuple) else (inner,):
                if item is not None:
                    yield from _named(item)


def renamed(row: Any, to: Callable[[str], str | None]) -> Any:
    """A row with each party and occasion that it names replaced; null leaves it out.

    Where the name cannot be left out (a mention, a relay), the row stays as it was or the list loses the item.
    """
    found = _renamed(row, to)
    return row if found is None else found


def _renamed(value: Any, to: Callable[[str], str | None]) -> Any | None:
    kind: Any = type(value)
    new: dict[str, Any] = {}
    for each in fields_of(kind):
        inner = getattr(value, each.name)
        if inner is None or inner == ():
            continue
        if REFERENCES.get(each.name) in MOVING and each.record is None:
            replaced = _ids(each, inner, to)
            if replaced is None and not each.nullable:
                return None
            new[each.name] = replaced
        elif each.record is not None:
            new[each.name] = _inside(inner, to)
    changed = {name: item for name, item in new.items() if item != getattr(value, name)}
    return replace(value, **changed) if changed else value


def _ids(each: Field, inner: Any, to: Callable[[str], str | None]) -> Any:
    if each.shape != "list":
        return to(inner)
    return tuple(dict.fromkeys(key for key in map(to, inner) if key is not None))


def _inside(inner: Any, to: Callable[[str], str | None]) -> Any:
    if not isinstance(inner, tuple):
        return _renamed(inner, to)
    return tuple(item for item in (_renamed(each, to) for each in inner) if item is not None)
