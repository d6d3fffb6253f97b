"""Which other articles of a story say nothing of a fact, and which were published before it could be known.

Silence is not contradiction. An article that came out before the first that tells a fact is `too_early`, unless the
fact itself is older than that article by more than a week: then it could have been told.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from onrecord.comparison.ground import Ground

OLD_NEWS = timedelta(days=7)
"""What happened so long before an article was known when it came out."""


def silence(
    ground: Ground, answering: Sequence[str], known: str | None, rows: Iterable[Any] = ()
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The ids of the silent articles, and of those that came too early, each sorted.

    They are the other articles of the story that most of the `answering` articles are in; none where they are of
    several stories, since what two stories tell is news of neither. `known` is the day on which the fact happened or
    was said, where that is told. An article that has a run of the words of the sentence of one of the `rows` that tell
    the fact tells it too, though nothing links it: it is neither.
    """
    story = _most_in(ground, answering)
    others = [other for other in ground.members[story] if other[0] not in answering] if story is not None else []
    if not others:
        return (), ()
    told: frozenset[tuple[str, ...]] = frozenset().union(*(ground.runs_told(row) for row in rows))
    if told:
        runs_of = ground.runs_of
        others = [other for other in others if runs_of(other[0]).isdisjoint(told)]
    days = [ground.day(key) for key in answering]
    first = None if None in days else min(day for day in days if day is not None)
    early = tuple(key for key, last in others if _came_too_early(last, first, known))
    return tuple(key for key, _ in others if key not in early), early


def _most_in(ground: Ground, answering: Sequence[str]) -> str | None:
    """The id of the story that more than half of some articles are in, null where there is none."""
    found = [story.id for key in answering if (story := ground.story_of.get(key)) is not None]
    if len(found) == len(answering) and len(set(found)) == 1:
        return found[0]
    most, times = min(Counter(found).items(), key=lambda item: (-item[1], item[0]), default=("", 0))
    return most if 2 * times > len(answering) else None


def _came_too_early(published: str | None, first: str | None, known: str | None) -> bool:
    if published is None:
        return False
    if known is not None and published < known:
        return True
    if first is None or published >= first:
        return False
    return known is None or date.fromisoformat(published) - date.fromisoformat(known) <= OLD_NEWS
