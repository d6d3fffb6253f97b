"""The lists that a user gives: who is who (`parties.toml`) and which outlets belong together (`outlets.toml`).

They are text; every error names the file, the line and what to write instead. None is shipped, and an outlet's entry
has no place for a rating: onrecord passes no verdict on outlets.
"""

from __future__ import annotations

import calendar
import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, get_args
from urllib.parse import urlsplit

from onrecord.model import atlas
from onrecord.model.errors import OnRecordError
from onrecord.model.personal import fold
from onrecord.model.records import Article, PartyKind, PartyRole
from onrecord.model.values import Precision, When

MOST_ENTRIES = 100_000
DAY = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?\Z")
DOMAIN = re.compile(r"(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.){1,10}[a-z0-9-]{2,24}\Z")


@dataclass(frozen=True, slots=True)
class KnownParty:
    """A party as a user's list has it: `apart` are names that are somebody else's, however alike.

    `kind` is null where any kind will do. A role's `when` is the time of the office.
    """

    name: str
    kind: PartyKind | None
    country: str | None
    aliases: tuple[str, ...]
    apart: tuple[str, ...]
    roles: tuple[PartyRole, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Its name and its aliases."""
        return (self.name, *self.aliases)


@dataclass(frozen=True, slots=True)
class KnownOutlet:
    """An outlet as a user's list has it: domains and names by which its articles are told, its country, its owner."""

    name: str
    domains: tuple[str, ...]
    country: str | None
    owner: str | None
    aliases: tuple[str, ...]


@dataclass(frozen=True)
class OutletList:
    """A user's list of outlets, asked for the outlet of an article and for what belongs together."""

    outlets: tuple[KnownOutlet, ...] = ()

    def of(self, url: str | None, outlet: str | None) -> KnownOutlet | None:
        """The outlet of an article: by its address's domain or one above it, else by the name that it gives."""
        host = _host(url) if url else ""
        while host:
            if (found := self._by_domain.get(host)) is not None:
                return found
            host = host.partition(".")[2]
        return self._by_name.get(fold(outlet)) if outlet else None

    def articles(self, articles: Iterable[Article]) -> dict[str, str]:
        """The owner of the outlet of each article by its id or, where the list names none, the outlet.

        Articles of outlets that are not on the list are left out.
        """
        found = ((article.id, self.of(article.url, article.outlet)) for article in articles)
        return {key: outlet.owner or outlet.name for key, outlet in found if outlet is not None}

    @cached_property
    def _by_domain(self) -> dict[str, KnownOutlet]:
        return {domain: outlet for outlet in self.outlets for domain in outlet.domains}

    @cached_property
    def _by_name(self) -> dict[str, KnownOutlet]:
        return {fold(name): outlet for outlet in reversed(self.outlets) for name in (outlet.name, *outlet.aliases)}


@dataclass(frozen=True, slots=True)
class Lists:
    """Both lists of a user; empty where none was given."""

    parties: tuple[KnownParty, ...] = ()
    outlets: OutletList = field(default_factory=OutletList)


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


@dataclass(frozen=True, slots=True)
class _Entry:
    """One entry of a list: its keys, and where it stands for an error's sake."""

    values: dict[str, Any]
    origin: str
    text: str
    number: int
    table: str

    def fault(self, key: str, says: str) -> OnRecordError:
        return OnRecordError(f"{self.origin}, line {self._line(key)}: {says}")

    def _line(self, key: str) -> int:
        """The line of the key in this entry, else of the entry's head."""
        heads = re.compile(rf"\s*\[\[\s*{self.table}\s*\]\]")
        lines = self.text.splitlines()
        starts = [at for at, line in enumerate(lines, 1) if heads.match(line)]
        if self.number >= len(starts):
            return 1
        start = starts[self.number]
        end = starts[self.number + 1] if self.number + 1 < len(starts) else len(lines) + 1
        for at in range(start, end):
            if key and re.match(rf"\s*\"?{re.escape(key)}\"?\s*=", lines[at - 1]):
                return at
        return start


def parties_of(text: str, origin: str = "parties.toml") -> tuple[KnownParty, ...]:
    """The parties of a list in TOML; an `OnRecordError` names the line that is at fault and what to write there."""
    found = [_party(entry) for entry in _entries(text, origin, "party", PARTY_KEYS)]
    _check_twice(text, origin, found)
    return tuple(found)


def outlets_of(text: str, origin: str = "outlets.toml") -> OutletList:
    """The outlets of a list in TOML; an `OnRecordError` names the line that is at fault and what to write there."""
    found: list[KnownOutlet] = []
    owners: dict[str, str] = {}
    for entry in _entries(text, origin, "outlet", OUTLET_KEYS):
        outlet = _outlet(entry)
        for domain in outlet.domains:
            if domain in owners:
                raise entry.fault("domains", f"{domain} is also that of {owners[domain]}; leave it with one of them")
            owners[domain] = outlet.name
        found.append(outlet)
    return OutletList(tuple(found))


def _entries(text: str, origin: str, table: str, keys: tuple[str, ...]) -> Iterator[_Entry]:
    try:
        read = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise OnRecordError(f"{origin}: this is not TOML: {error}; see `{EXAMPLES[table]}`") from error
    except RecursionError as error:
        raise OnRecordError(f"{origin}: this is nested too deeply to be a list") from error
    entries = read.pop(table, [])
    if read:
        raise OnRecordError(f"{origin}: {', '.join(sorted(read))} means nothing here; each entry begins [[{table}]]")
    if not isinstance(entries, list) or not all(isinstance(each, dict) for each in entries):
        raise OnRecordError(f"{origin}: write [[{table}]] in double brackets before each entry")
    if not entries:
        raise OnRecordError(f"{origin} has no entry; each begins [[{table}]], such as `{EXAMPLES[table]}`")
    if len(entries) > MOST_ENTRIES:
        raise OnRecordError(f"{origin} has {len(entries)} entries; at most {MOST_ENTRIES} are read")
    for number, values in enumerate(entries):
        entry = _Entry(values, origin, text, number, table)
        for key in values:
            if key not in keys:
                raise entry.fault(key, f"{key} means nothing here; an entry has {', '.join(keys)}")
        yield entry


PARTY_KEYS = ("name", "kind", "country", "aliases", "not", "roles")
ROLE_KEYS = ("title", "of", "from", "until")
OUTLET_KEYS = ("name", "domains", "country", "owner", "aliases")
EXAMPLES = {
    "party": '[[party]] name = "Ann Roe"  kind = "person"  aliases = ["A. Roe"]',
    "outlet": '[[outlet]] name = "Brenholt Courier"  domains = ["courier.example"]',
}


def _party(entry: _Entry) -> KnownParty:
    name = _word(entry, "name", needed=True) or ""
    kind = _word(entry, "kind")
    if kind is not None and kind not in get_args(PartyKind):
        raise entry.fault("kind", f"{kind!r} is no kind of party; write one of {', '.join(get_args(PartyKind))}")
    apart = _words(entry, "not")
    if fold(name) in map(fold, apart):
        raise entry.fault("not", f"{name} cannot be kept apart from itself; take it out of `not`")
    known: Any = kind
    return KnownParty(name, known, _country(entry), _words(entry, "aliases"), apart, _roles(entry))


def _outlet(entry: _Entry) -> KnownOutlet:
    name = _word(entry, "name", needed=True) or ""
    domains = tuple(_domain(entry, word) for word in _words(entry, "domains"))
    return KnownOutlet(name, domains, _country(entry), _word(entry, "owner"), _words(entry, "aliases"))


def _word(entry: _Entry, key: str, needed: bool = False) -> str | None:
    value = entry.values.get(key)
    if value is None and not needed:
        return None
    if not isinstance(value, str) or not value.strip():
        raise entry.fault(key, f'{key} takes words in quotation marks: {key} = "…"')
    return " ".join(value.split())


def _words(entry: _Entry, key: str) -> tuple[str, ...]:
    value = entry.values.get(key, [])
    if not isinstance(value, list) or not all(isinstance(word, str) and word.strip() for word in value):
        raise entry.fault(key, f'{key} takes a list of words in quotation marks: {key} = ["…", "…"]')
    return tuple(dict.fromkeys(" ".join(word.split()) for word in value))


def _country(entry: _Entry) -> str | None:
    value = _word(entry, "country")
    if value is None:
        return None
    country = atlas.country(value.upper()) or atlas.country_named(value)
    if country is None:
        raise entry.fault("country", f"{value!r} is no country; write its name or three letters, such as PER")
    return country.code


def _domain(entry: _Entry, word: str) -> str:
    host = word.casefold().removeprefix("https://").removeprefix("http://").split("/")[0].removeprefix("www.")
    if not DOMAIN.match(host):
        raise entry.fault("domains", f"{word!r} is no domain; write the address without https://, such as news.example")
    return host


def _roles(entry: _Entry) -> tuple[PartyRole, ...]:
    roles = entry.values.get("roles", [])
    if not isinstance(roles, list) or not all(isinstance(role, dict) for role in roles):
        raise entry.fault("roles", 'roles takes entries: roles = [{title = "mayor", of = "Lima", from = "2019"}]')
    return tuple(_role(entry, role) for role in roles)


def _role(entry: _Entry, values: dict[str, Any]) -> PartyRole:
    for key in values:
        if key not in ROLE_KEYS:
            raise entry.fault("roles", f"{key} means nothing in a role; a role has {', '.join(ROLE_KEYS)}")
    words = {key: str(values[key]) for key in ROLE_KEYS if key in values}
    if not words.get("title", "").strip():
        raise entry.fault("roles", 'a role needs its title: {title = "mayor", of = "Lima"}')
    first, last = (_bounds(entry, key, words[key]) if key in words else None for key in ("from", "until"))
    if first and last and first[0] > last[1]:
        raise entry.fault("roles", f"the office ends ({words['until']}) before it begins ({words['from']})")
    when = None
    if first or last:
        both = first is not None and last is not None
        precision: Precision = "day"
        when = When(
            "",
            first[0] if first else None,
            last[1] if last else None,
            precision,
            None,
            "stated" if both else "inferred",
        )
    return PartyRole(words["title"].strip(), words.get("of") or None, when)


def _bounds(entry: _Entry, key: str, day: str) -> tuple[str, str]:
    """The first and the last day of a year, a month or a day."""
    found = DAY.match(day.strip())
    month, number = (int(found[2] or 0), int(found[3] or 0)) if found else (0, 0)
    if found and (month <= 12) and (found[2] is None or month >= 1) and int(found[1]) >= 1:
        length = calendar.monthrange(int(found[1]), month or 12)[1]
        if number <= length and (found[3] is None or number >= 1):
            return f"{found[1]}-{month or 1:02}-{number or 1:02}", f"{found[1]}-{month or 12:02}-{number or length:02}"
    raise entry.fault("roles", f"{key} = {day!r} is no date; write 2019, 2019-05 or 2019-05-31 in quotation marks")


def _check_twice(text: str, origin: str, found: list[KnownParty]) -> None:
    """No name is that of two parties of one kind, since nobody could tell them apart."""
    owners: dict[str, list[int]] = {}
    for number, party in enumerate(found):
        for key, name in {fold(name): name for name in party.names}.items():
            for other in owners.setdefault(key, []):
                if found[other].kind in (party.kind, None) or party.kind is None:
                    says = f"{name} is also a name of {found[other].name}; leave it with one of them"
                    raise _Entry({}, origin, text, number, "party").fault("", says)
            owners[key].append(number)


def lists_of(parties: tuple[str, str] | None, outlets: tuple[str, str] | None) -> Lists:
    """Both lists from their texts, each as the file's name and its content, null where there is none."""
    return Lists(
        parties_of(parties[1], parties[0]) if parties else (),
        outlets_of(outlets[1], outlets[0]) if outlets else OutletList(),
    )
