"""What passed between two parties over time: how many happenings of which kind, and how friendly they were on average.

A happening that several articles tell counts once (`same_event` links say which events are one). Only what happened or
goes on counts; what is planned stands apart, and what is denied or merely possible is left out. The scale is the one of
`model.plover`: from joint work (7) to violence (-10), after Goldstein, "A Conflict-Cooperation Scale for WEIS Events
Data", Journal of Conflict Resolution 36 (1992).
"""

from __future__ import annotations

import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from itertools import product
from typing import Literal, get_args

from onrecord.model import Event, OnRecordError, Party, When, atlas
from onrecord.model.personal import fold
from onrecord.model.plover import SCALE
from onrecord.store.file import Store
from onrecord.store.queries import Filters, parties_called, select

By = Literal["year", "quarter", "month"]
NO_FILTERS = Filters()
COUNTED = frozenset({"happened", "ongoing"})
LONGER = "undated"
"""The period of happenings that no day, month or year is known of."""


@dataclass(frozen=True, slots=True)
class TypeCount:
    """How many happenings of one type."""

    type: str
    count: int


@dataclass(frozen=True, slots=True)
class Relation:
    """One point: two parties in one period.

    `period` is `2019`, `2019-Q3`, `2019-07`, or coarser where the happenings' dates are (`2019` among months), or
    `undated`. `mean` is on the scale from -10 (violence) to 7 (joint work), null where nothing counts. `event_ids` are
    the events behind the point, one after another for each happening; `dated_by_article` of the happenings give no date
    of their own and stand under the day their article came out.
    """

    period: str
    left_id: str
    right_id: str
    left: str
    right: str
    happenings: int
    mean: float | None
    types: tuple[TypeCount, ...]
    event_ids: tuple[str, ...]
    dated_by_article: int
    planned: int
    planned_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked: `who` and `other` name parties (null: any); the filters' own `who` is not used.

    With `states`, the people in office, the governing bodies and the places of a state count as the state, as far as
    the record says whose they are, and only states are told of.
    """

    who: str | None = None
    other: str | None = None
    by: By = "year"
    filters: Filters = NO_FILTERS
    states: bool = False


@dataclass(frozen=True, slots=True)
class Happening:
    """Events that are one, told in one or several articles: what it was, when, and between whom."""

    events: tuple[Event, ...]
    type: str
    status: str
    period: str
    dated_by_article: bool
    pairs: frozenset[tuple[str, str]]


def relations(store: Store, asked: Asked = Asked()) -> list[Relation]:
    """The points that meet what is asked, pair by pair (the pairs with most happenings first), each in time's order."""
    if asked.by not in get_args(By):
        raise OnRecordError(f"--by {asked.by}: say year, quarter or month")
    names = {key: name or "unnamed" for key, name in store.select("SELECT id, name FROM parties")}
    groups: dict[tuple[str, str], dict[str, list[Happening]]] = defaultdict(lambda: defaultdict(list))
    for happening in happenings(store, asked):
        for pair in _wanted(store, asked, happening.pairs, names):
            groups[pair][happening.period].append(happening)
    order = sorted(
        groups, key=lambda pair: (-sum(map(len, groups[pair].values())), names[pair[0]], names[pair[1]], pair)
    )
    found = [
        _point(period, pair, groups[pair][period], names)
        for pair in order
        for period in sorted(groups[pair], key=_time)
    ]
    return found[: asked.filters.limit]


def happenings(store: Store, asked: Asked = Asked()) -> list[Happening]:
    """The happenings between two named parties that meet the filters, in the order of their first event's id."""
    filters = replace(asked.filters, who=None if asked.states else asked.who or asked.other, limit=None)
    events = [event for event in select(store, "events", filters) if isinstance(event, Event)]
    between = {event.id: event for event in events if event.actor_ids and event.recipient_ids}
    published = _published(store, {event.article_id for event in between.values()})
    stands_for = states_of(store) if asked.states else None
    groups = _as_one(store, between)
    return [_happening([between[key] for key in group], asked.by, published, stands_for) for group in groups]


def by_nobody(store: Store, asked: Asked = Asked()) -> int:
    """How many events that meet the filters say whom something was done to, and not who did it: between no two."""
    filters = replace(asked.filters, who=asked.who or asked.other, limit=None)
    events = [event for event in select(store, "events", filters) if isinstance(event, Event)]
    return sum(1 for event in events if event.recipient_ids and not event.actor_ids and not event.actors)


def states_of(store: Store) -> dict[str, str]:
    """The state that a party acts for, by the party's id: a state itself, its officials, governing bodies and places.

    A party of a country of which the record names no state is left out, and so is whoever merely comes from there.
    """
    parties = [row for row in store.rows("parties") if isinstance(row, Party) and row.country is not None]
    states: dict[str, str] = {}
    for party in parties:
        if party.kind == "state":
            states.setdefault(party.country or "", party.id)
    return {
        party.id: states[party.country]
        for party in parties
        if party.country is not None and party.country in states and _acts_for_its_state(party)
    }


def _acts_for_its_state(party: Party) -> bool:
    if party.kind in ("state", "place"):
        return True
    if party.kind == "person":
        offices = (atlas.country_named(role.of) for role in party.roles if role.of is not None)
        return any(country is not None and country.code == party.country for country in offices)
    names = [f" {fold(name)} " for name in (party.name, *party.aliases)]
    words = (*_bodies()["nouns"], *_bodies()["seats"])
    return any(f" {word} " in name for name in names for word in words)


@cache
def _bodies() -> dict[str, list[str]]:
    found: dict[str, list[str]] = tomllib.loads(files("onrecord.store").joinpath("bodies.toml").read_text("utf8"))
    return found


def _as_one(store: Store, events: Mapping[str, Event]) -> list[list[str]]:
    """The events in groups that `same_event` links make one, each group and all of them in the order of ids."""
    leader = {key: key for key in events}

    def lead(key: str) -> str:
        while leader[key] != key:
            leader[key] = leader[leader[key]]
            key = leader[key]
        return key

    sql = "SELECT left_id, right_id FROM links WHERE kind = 'same_event' ORDER BY id"
    for left, right in store.select(sql):
        if left in leader and right in leader:
            first, second = sorted((lead(left), lead(right)))
            leader[second] = first
    groups: dict[str, list[str]] = defaultdict(list)
    for key in sorted(events):
        groups[lead(key)].append(key)
    return [groups[key] for key in sorted(groups)]


def _happening(
    events: Sequence[Event], by: By, published: Mapping[str, When], stands_for: Mapping[str, str] | None
) -> Happening:
    """What most of the events that are one say; the most exact date, or else the first article's day."""
    kinds = Counter(event.type for event in events)
    type_ = min(kinds, key=lambda kind: (-kinds[kind], kind))
    statuses = {event.status for event in events}
    status = next(s for s in ("happened", "ongoing", "planned", "possible", "denied") if s in statuses)
    dated = [event.when for event in events if event.when is not None and event.when.earliest and event.when.latest]
    own = min(dated, key=_length, default=None)
    articles = [published[event.article_id] for event in events if event.article_id in published]
    when = own or min(articles, key=lambda w: w.earliest or "", default=None)
    pairs = {pair for event in events for pair in _pairs(event, stands_for)}
    return Happening(
        tuple(events), type_, status, _period(when, by), own is None and when is not None, frozenset(pairs)
    )


def _pairs(event: Event, stands_for: Mapping[str, str] | None) -> Iterator[tuple[str, str]]:
    for parties in product(event.actor_ids, event.recipient_ids):
        one, other = parties if stands_for is None else (stands_for.get(key, "") for key in parties)
        if one and other and one != other:
            yield (one, other) if one < other else (other, one)


def _wanted(
    store: Store, asked: Asked, pairs: Iterable[tuple[str, str]], names: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    """The pairs that are asked for, the one asked for first on the left; else the first by name."""
    who = frozenset(parties_called(store, asked.who)) if asked.who else None
    other = frozenset(parties_called(store, asked.other)) if asked.other else None
    for pair in sorted(pairs):
        for left, right in (pair, pair[::-1]):
            if (who is None or left in who) and (other is None or right in other):
                by_name = sorted(pair, key=lambda key: (names.get(key, ""), key))
                yield (left, right) if who or other else (by_name[0], by_name[1])
                break


def _point(period: str, pair: tuple[str, str], found: Sequence[Happening], names: Mapping[str, str]) -> Relation:
    counted = [one for one in found if one.status in COUNTED]
    planned = [one for one in found if one.status == "planned"]
    kinds = Counter(one.type for one in counted)
    places = [SCALE[kind] for kind in SCALE for _ in range(kinds[kind])]
    return Relation(
        period=period,
        left_id=pair[0],
        right_id=pair[1],
        left=names.get(pair[0], pair[0]),
        right=names.get(pair[1], pair[1]),
        happenings=len(counted),
        mean=round(sum(places) / len(places), 2) if places else None,
        types=tuple(TypeCount(kind, kinds[kind]) for kind in SCALE if kinds[kind]),
        event_ids=tuple(event.id for one in counted for event in one.events),
        dated_by_article=sum(one.dated_by_article for one in counted),
        planned=len(planned),
        planned_ids=tuple(event.id for one in planned for event in one.events),
    )


def _published(store: Store, article_ids: Iterable[str]) -> dict[str, When]:
    articles = store.load("articles", sorted(article_ids))
    return {a.id: a.published for a in articles if a.published is not None and a.published.earliest}


def _length(when: When) -> tuple[int, str, str]:
    first, last = when.earliest or "", when.latest or ""
    same = next((n for n in (10, 7, 4) if first[:n] == last[:n]), 0)
    return -same, first, last


def _period(when: When | None, by: By) -> str:
    """The period of the wanted length that an interval lies in, or the shortest longer one, or `undated`."""
    if when is None or when.earliest is None or when.latest is None:
        return LONGER
    first, last = when.earliest[:10], when.latest[:10]
    lengths: dict[By, tuple[str, str]] = {
        "month": (first[:7], last[:7]),
        "quarter": (_quarter(first), _quarter(last)),
        "year": (first[:4], last[:4]),
    }
    for length in ("month", "quarter", "year")[("month", "quarter", "year").index(by) :]:
        one, other = lengths[length]  # type: ignore[index]
        if one == other:
            return one
    return LONGER


def _quarter(day: str) -> str:
    return f"{day[:4]}-Q{(int(day[5:7]) + 2) // 3}"


def _time(period: str) -> tuple[bool, str, str]:
    """Years come before their quarters, these before their months; the undated last."""
    if period == LONGER:
        return True, "", ""
    year, _, rest = period.partition("-")
    if rest.startswith("Q"):
        rest = f"{int(rest[1]) * 3 - 2:02}"
        return False, year, rest + " "
    return False, year, rest
