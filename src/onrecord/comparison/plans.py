"""By when it is to happen: what articles say of the day of one promise or plan.

No link joins commitments. Two are of one plan where they lie in one story, bind one party and share words of what is to
happen, or name one day that is still to come. An article that names that very day as one to come, without saying whose
promise it is, agrees on the day.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations

from onrecord.comparison import moments
from onrecord.comparison.asking import Given, Question, distinct, given, outcome_of, paired, settled
from onrecord.comparison.ground import Ground, components, one_line, shortened
from onrecord.model import Commitment, Comparison, Subject, When

WORD = re.compile(r"[^\W\d_]{4,}")
SHARED = 2
"""Words that two promises of one party share to be one, where their days are not the same."""
CAP = 60
"""Promises of one party in one story that are compared with each other, at most."""


def compare(ground: Ground) -> Iterator[Comparison]:
    """One comparison for each dated plan of which several articles name the day."""
    for plans in _plans(ground):
        answers = distinct(given(one, moments.value(one.due), one.due) for one in plans if one.due is not None)
        days = {answer.value for answer in answers if answer.content.precision == "day"}
        if len(days) == 1 and len({answer.value for answer in answers}) == 1:
            answers += _naming(ground, plans, min(days))
        if len({answer.article_id for answer in answers}) > 1:
            yield _compared(ground, plans, sorted(answers, key=lambda answer: ground.at(answer.row)))


def _plans(ground: Ground) -> list[list[Commitment]]:
    """The dated commitments of one plan each, those that one article alone has included."""
    blocks: dict[tuple[str, str], list[Commitment]] = defaultdict(list)
    for one in ground.corpus.commitments:
        story = ground.story_of.get(one.article_id)
        if story is not None and moments.is_told(one.due) and _is_ahead(ground, one.article_id, one.due):
            for party in one.who_ids:
                blocks[story.id, party].append(one)
    pairs = [
        (left.id, right.id)
        for key in sorted(blocks)
        for left, right in combinations(ground.few("plans", blocks[key], CAP), 2)
        if _is_one_plan(left, right)
    ]
    row = ground.corpus.row
    return [list(ground.in_order(row[key] for key in keys)) for keys in components(pairs)]


def _is_one_plan(left: Commitment, right: Commitment) -> bool:
    assert left.due is not None and right.due is not None
    shared = _stems(left.what) & _stems(right.what)
    if moments.value(left.due) == moments.value(right.due):
        return bool(shared) or left.due.precision == "day"
    return len(shared) > SHARED


def _naming(ground: Ground, plans: Sequence[Commitment], day: str) -> Iterator[Given]:
    """The other articles of the story that name the day as one to come."""
    own = {one.article_id for one in plans}
    story = ground.story_of[plans[0].article_id]
    for key in story.article_ids:
        if key in own:
            continue
        for time in ground.corpus.times_of.get(key, ()):
            if (
                time.when.precision == "day"
                and moments.days(time.when) == (day, day)
                and _is_ahead(ground, key, time.when)
            ):
                yield given(time, day, time.when)
                break


def _is_ahead(ground: Ground, article_id: str, when: When | None) -> bool:
    published = ground.last_day(article_id)
    return when is not None and when.latest is not None and (published is None or when.latest[:10] > published)


def _compared(ground: Ground, plans: Sequence[Commitment], answers: Sequence[Given]) -> Comparison:
    first = plans[0]
    who = ground.names(first.who_ids)
    text = f"By when: “{shortened(one_line(first.what), 70)}”" + (f" ({who})?" if who else "?")
    about = tuple(Subject("commitments", one.id) for one in sorted(plans, key=lambda one: one.id))
    pairs = paired(answers, moments.compare)
    outcome = outcome_of(pairs)
    said = "; ".join(
        f"{ground.outlet(one.article_id)} says “{one_line(one.content.text)}”: {one.words}" for one in answers[:6]
    )
    why = {
        "agree": "They name the same day.",
        "compatible": "They do not contradict each other.",
        "differ": "They differ.",
    }
    return settled(ground, Question("due", text, about), answers, outcome, f"{said}. {why[outcome]}")


def _stems(words: str) -> set[str]:
    return {word.casefold()[:6] for word in WORD.findall(words)}
