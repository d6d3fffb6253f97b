"""The geometry of the pictures: where bars, points and lines go. Templates draw them as SVG, in whole numbers.

Every picture has its rows as a list or a table beside it, so that nobody needs to see it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from onrecord.comparison.origins import Chain, Step
from onrecord.model import Event
from onrecord.model.plover import SCALE
from onrecord.model.spoken import MONTHS, SOMEBODY, span_words, when_words
from onrecord.web.context import To
from onrecord.web.lookup import Lookup
from onrecord.web.wording import ACTS

WIDE, HIGH = 960, 44
"""Units of a picture's width; the page scales it."""
DAYS_APART, MONTHS_APART = 62, 366 * 4
"""Spans up to which the axis counts days, then months; beyond, years."""


@dataclass(frozen=True, slots=True)
class Tick:
    """A place on an axis, and its label."""

    at: int
    label: str


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar of a picture: how many in which days."""

    x: int
    y: int
    width: int
    height: int
    label: str
    since: str
    until: str
    count: int


@dataclass(frozen=True, slots=True)
class Row:
    """One row of bars: what is counted."""

    name: str
    kind: str
    y: int
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Histogram:
    """How many things fall in each stretch of time, a row for each kind."""

    width: int
    height: int
    rows: tuple[Row, ...]
    ticks: tuple[Tick, ...]
    says: str


@dataclass(frozen=True, slots=True)
class Point:
    """A point of a picture: an event, which it opens."""

    x: int
    y: int
    to: To
    label: str
    side: str


@dataclass(frozen=True, slots=True)
class Chart:
    """Events over time between cooperation (above) and conflict (below)."""

    width: int
    height: int
    middle: int
    points: tuple[Point, ...]
    ticks: tuple[Tick, ...]
    says: str


def histogram(named: Sequence[tuple[str, str, Sequence[tuple[str, int]]]]) -> Histogram | None:
    """Counts by day, in rows of `(name, kind, (day, count)...)`, as bars; null where nothing is dated.

    The axis leaves out the outermost hundredth on either side, so that one article on 1850 does not flatten the rest.
    """
    counts = {name: [(day_number(day), count) for day, count in days if _is_day(day)] for name, _, days in named}
    every = sorted((day, count) for days in counts.values() for day, count in days)
    if not every:
        return None
    first, last = _middle(every)
    axis = Axis(first, last, 8, WIDE - 8)
    rows = []
    for number, (name, kind, _) in enumerate(named):
        floor = HIGH + number * (HIGH + 8)
        rows.append(Row(name, kind, floor, tuple(_bars(counts[name], axis, floor))))
    says = f"{', '.join(name for name, _, _ in named)}, {span_words(iso(first), iso(last))}"
    return Histogram(WIDE, HIGH + (len(named) - 1) * (HIGH + 8) + 24, tuple(rows), tuple(axis.ticks()), says)


def _middle(every: Sequence[tuple[int, int]]) -> tuple[int, int]:
    total = sum(count for _, count in every)
    seen, first, last = 0, every[0][0], every[-1][0]
    for day, count in every:
        if seen <= total // 100:
            first = day
        seen += count
        if seen >= total - total // 100:
            last = day
            break
    return first, max(first, last)


def _bars(counts: Sequence[tuple[int, int]], axis: Axis, floor: int) -> Iterable[Bar]:
    bins: dict[tuple[int, int], int] = defaultdict(int)
    for day, count in counts:
        if axis.first <= day <= axis.last:
            bins[axis.bin(day)] += count
    most = max(bins.values(), default=1)
    for (start, end), count in sorted(bins.items()):
        left, right = max(axis.left, axis.x(start)), min(axis.right, axis.x(end + 1))
        height = max(3, round((HIGH - 16) * count / most))
        label = f"{count:,}, {span_words(iso(start), iso(end))}"
        yield Bar(left, floor - height, max(3, right - left - 1), height, label, iso(start), iso(end), count)


def relations_chart(look: Lookup, happenings: Sequence[Sequence[Event]]) -> Chart:
    """What happened between two parties, by day and by its place between cooperation and conflict.

    Each happening is the events that tell it, of which the first is shown. One without a day stands at the day its
    article came out; one without either is left out.
    """
    dated: list[tuple[int, Event, str]] = []
    told = {events[0].id: len(events) for events in happenings}
    for event in (events[0] for events in happenings):
        when = event.when if event.when and (event.when.earliest or event.when.latest) else None
        published = look.article(event.article_id).published
        chosen = when or published
        day = (chosen.earliest or chosen.latest) if chosen else None
        if day:
            dated.append((day_number(day), event, when_words(when) or f"by {when_words(published)}"))
    if not dated:
        return Chart(WIDE, 0, 0, (), (), "no dated events")
    dated.sort(key=lambda found: (found[0], found[1].id))
    axis = Axis(dated[0][0], dated[-1][0], 24, WIDE - 24)
    points, used = [], defaultdict[tuple[int, int], int](int)
    for number, event, words in dated:
        scale = SCALE[event.type]
        x, y = axis.x(number), round(60 - scale * (5 if scale > 0 else 4.4))
        step = used[(x // 10, y // 10)]
        used[(x // 10, y // 10)] += 1
        side = "with" if scale > 0 else "against"
        actors = ", ".join(name.words for name in look.names(event.actor_ids, event.actors)) or SOMEBODY
        recipients = ", ".join(name.words for name in look.names(event.recipient_ids, event.recipients))
        told_by = f", told by {told[event.id]}" if told[event.id] > 1 else ""
        label = f"{words}: {actors} {ACTS[event.type]} {recipients} ({event.status}{told_by})"
        points.append(
            Point(
                x + 12 * (step % 4),
                y + 12 * (step // 4),
                To("event", event.id, label),
                label,
                side,
            )
        )
    return Chart(WIDE, 130, 60, tuple(points), tuple(axis.ticks()), f"{len(points)} happenings")


class Axis:
    """Days along a line from `left` to `right`, cut into days, months or years by how long the span is."""

    def __init__(self, first: int, last: int, left: int, right: int) -> None:
        self.first, self.last, self.left, self.right = first, max(last, first), left, right
        span = self.last - self.first
        self.unit = "day" if span <= DAYS_APART else "month" if span <= MONTHS_APART else "year"

    def x(self, day: int) -> int:
        """Where a day begins."""
        length = max(1, self.last - self.first + 1)
        return round(self.left + (self.right - self.left) * (day - self.first) / length)

    def bin(self, day: int) -> tuple[int, int]:
        """The first and the last day of the unit that a day lies in."""
        if self.unit == "day":
            return day, day
        when = date.fromordinal(day)
        if self.unit == "month":
            after = date(when.year + when.month // 12, when.month % 12 + 1, 1) if when.year < 9999 else date.max
            return when.replace(day=1).toordinal(), after.toordinal() - 1
        return date(when.year, 1, 1).toordinal(), date(when.year, 12, 31).toordinal()

    def ticks(self, most: int = 7) -> Iterable[Tick]:
        """Labels along the axis, at most `most`."""
        starts = sorted({max(self.first, self.bin(day)[0]) for day in self._steps()})
        every = -(-len(starts) // most)
        for number, start in enumerate(starts[::every]):
            when = date.fromordinal(start)
            year = f" {when.year}" if self.unit == "day" and number == 0 else ""
            yield Tick(self.x(start), self._label(when) + year)

    def _steps(self) -> Iterable[int]:
        step = {"day": 1, "month": 28, "year": 365}[self.unit]
        return range(self.first, self.last + 1, step)

    def _label(self, when: date) -> str:
        if self.unit == "year":
            return str(when.year)
        if self.unit == "month":
            return f"{MONTHS[when.month - 1][:3]} {when.year}"
        return f"{when.day} {MONTHS[when.month - 1][:3]}"


def day_number(day: str) -> int:
    """The number of an ISO day, from the first day of the year 1."""
    return date.fromisoformat(day[:10]).toordinal()


def iso(number: int) -> str:
    return date.fromordinal(number).isoformat()


def _is_day(day: str) -> bool:
    try:
        date.fromisoformat(day[:10])
    except ValueError:
        return False
    return True


@dataclass(frozen=True, slots=True)
class Node:
    """A source in the graph of origins; `kind` is `outlet`, `relay`, `origin` or `unknown`."""

    x: int
    y: int
    words: str
    to: To | None
    kind: str


@dataclass(frozen=True, slots=True)
class Edge:
    """Who takes it from whom: a line, and the words that say so."""

    path: str
    how: str
    says: str


@dataclass(frozen=True, slots=True)
class OriginsPicture:
    """The graph of origins: outlets on the left, what each rests on further to the right."""

    width: int
    height: int
    box: int
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]


ROW, BOX, GAP = 46, 220, 110
LONGEST = 6
"""Columns of a graph, should its edges run in a circle."""


def origins_picture(chains: Sequence[Chain], links: Mapping[str, To], says: Mapping[str, str]) -> OriginsPicture:
    """The chains behind some rows as one graph; `links` leads from an outlet to its article.

    A source stands as far to the right as its longest chain leads; `says` has the words for each kind of step.
    """
    column: dict[str, int] = {}
    kinds: dict[str, str] = {}
    steps: dict[tuple[str, str], Step] = {}
    for chain in chains:
        column.setdefault(chain.publisher, 0)
        kinds.setdefault(chain.publisher, "outlet")
        for depth, step in enumerate(chain.steps, 1):
            column[step.target] = max(column.get(step.target, 0), depth)
            kinds.setdefault(step.target, "relay")
            steps.setdefault((step.source, step.target), step)
        last = chain.steps[-1].target if chain.steps else chain.publisher
        kinds[last] = "origin" if chain.resolved else "unknown"
    place = _places(column)
    nodes = tuple(Node(*place[name], clipped(name), links.get(name), kinds[name]) for name in place)
    edges = tuple(
        Edge(_line(place[source], place[target]), step.how, f"{source} → {target}: {says[step.how]}")
        for (source, target), step in steps.items()
        if source in place
    )
    return OriginsPicture(*_size(place), BOX, nodes, edges)


def links_picture(edges: Sequence[tuple[str, str, str, str]], links: Mapping[str, To]) -> OriginsPicture:
    """Who takes from whom, as a graph of edges `(source, target, how, says)`; who takes from nobody is an origin."""
    column = dict.fromkeys((name for edge in edges for name in edge[:2]), 0)
    for _ in range(min(len(column), LONGEST)):
        for source, target, _, _ in edges:
            if column[target] <= column[source] < LONGEST:
                column[target] = column[source] + 1
    takers = {source for source, _, _, _ in edges}
    place = _places(column)
    nodes = tuple(
        Node(*place[name], clipped(name), links.get(name), "outlet" if name in takers else "origin") for name in place
    )
    lines = tuple(Edge(_line(place[source], place[target]), how, says) for source, target, how, says in edges)
    return OriginsPicture(*_size(place), BOX, nodes, lines)


def _places(column: Mapping[str, int]) -> dict[str, tuple[int, int]]:
    """Where each source stands: its column, and the next free row there."""
    rows: dict[int, int] = defaultdict(int)
    place: dict[str, tuple[int, int]] = {}
    for name in sorted(column, key=lambda name: (column[name], name)):
        place[name] = 8 + column[name] * (BOX + GAP), 8 + rows[column[name]] * ROW
        rows[column[name]] += 1
    return place


def _size(place: Mapping[str, tuple[int, int]]) -> tuple[int, int]:
    return max(x for x, _ in place.values()) + BOX + 8, max(y for _, y in place.values()) + ROW


def _line(start: tuple[int, int], end: tuple[int, int]) -> str:
    x1, y1, x2, y2 = start[0] + BOX, start[1] + 17, end[0], end[1] + 17
    return f"M{x1} {y1} C{x1 + 50} {y1} {x2 - 50} {y2} {x2} {y2}"


def clipped(words: str, most: int = 29) -> str:
    """Words that fit a box."""
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"
