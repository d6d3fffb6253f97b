"""Which other articles of a story say nothing of a fact, and which were published before it could be known.

Silence is not contradiction. An article that came out before the first that tells a fact is `too_early`, unless the
fact itself is older than that article by more than a week: then it could have been told.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from onrecord.comparison.ground import Ground, runs

OLD_NEWS = timedelta(days=7)
"""What happened so long before an article was known when it came out."""


def silence(
    ground: Ground, answering: Sequence[str], known: str | None, sentences: Iterable[str] = ()
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The ids of the silent articles, and of those that came too early, each sorted.

    They are the other articles of the story that most of the `answering` articles are in; none where they are of
    several stories, since what two stories tell is news of neither. `known` is the day on which the fact happened or
    was said, where that is told. An article that has a run of the words of one of the `sentences` that tell the fact
    tells it too, though nothing links it: it is neither.
    """
    found = Counter(ground.story_of[key].id for key in answering if key in ground.story_of)
    if not found or 2 * max(found.values()) <= len(answering):
        return (), ()
    most = min(found, key=lambda key: (-found[key], key))
    besides = set(answering)
    others = [(key, last) for key, last in ground.members[most] if key not in besides]
    told = frozenset(run for words in sentences for run in runs(words)) if others else frozenset()
    if told:
        runs_of = ground.runs_of
        others = [(key, last) for key, last in others if runs_of(key).isdisjoint(told)]
    days = [day for key in answering if (day := ground.day(key)) is not None]
    first = min(days) if len(days) == len(answering) and days else None
    early = tuple(key for key, last in others if _came_too_early(last, first, known))
    return tuple(key for key, _ in others if key not in early), early


def _came_too_early(published: str | None, first: str | None, known: str | None) -> bool:
    if published is None:
        return False
    if known is not None and published < known:
        return True
    if first is None or published >= first:
        return False
    return known is None or date.fromisoformat(published) - date.fromisoformat(known) <= OLD_NEWS
