"""Did it happen, when, where, who, for the first time or not, in what order: what articles say of one event."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import combinations
from typing import Any

from onrecord.comparison import moments
from onrecord.comparison.amounts import Verdict
from onrecord.comparison.asking import (
    Given,
    Pair,
    Question,
    answering,
    distinct,
    given,
    outcome_of,
    paired,
    settled,
    subjects,
    weighed,
)
from onrecord.comparison.ground import Ground, listed, one_line, phrases
from onrecord.comparison.ordinals import ordinal_in
from onrecord.model import Comparison, Event, Party, When

SURE = frozenset({"happened", "ongoing"})
EXPECTED = frozenset({"planned", "possible"})
BEFORE_TRIGGER = 40
"""Characters before a trigger in which an ordinal of it is looked for."""
ORDER_CAP = 40
"""Dated events of a story whose order is compared, at most."""
SAYS_NOTHING: dict[str, tuple[str, ...]] = {"who": ("agree", "compatible"), "where": ("compatible",)}
"""Outcomes that are no news: events are linked by their parties, and a place may lie in another."""
STEM = 5
DISPUTED_DAYS = 45
"""Days apart at most that two dates of one event are: farther apart, the events are taken to be two."""
REPEATED_DAYS = 2
"""Days apart at most that two dates of an act are that is done again and again."""
OF_ANYBODY = frozenset({"REQUEST", "ACCUSE", "REJECT", "SUPPORT", "AGREE", "THREATEN", "PROTEST"})
"""Acts that many do to one at a time: another actor is another act."""
COUNTED_TYPES = frozenset({"CONSULT", "SUPPORT"})


def compare(ground: Ground) -> Iterator[Comparison]:
    """The comparisons of each event that several articles tell."""
    groups = [rows for rows in ground.groups("same_event") if len({row.article_id for row in rows}) > 1]
    for rows in groups:
        for ask in (_happened, _when, _where, _who, _how_often):
            yield from ask(ground, rows)
    yield from _orders(ground, groups)


def known(rows: Sequence[Event]) -> str | None:
    """The first day that is told for an event that happened; null where none is."""
    days = [row.when.earliest[:10] for row in rows if row.status in SURE and row.when and row.when.earliest]
    return min(days, default=None)


# ------------------------------------------------------------------ did it happen


def _happened(ground: Ground, rows: Sequence[Event]) -> Iterator[Comparison]:
    answers = distinct(given(row, row.status, row) for row in rows)

    def compare_statuses(left: Event, right: Event) -> Verdict:
        denied = left.status != right.status and "denied" in (left.status, right.status)
        alike = denied and stem(ground, left) == stem(ground, right) and is_to_the_same(left, right)
        return statuses(left, right, told_alike=alike)

    pairs = weighed(ground, paired(answers, compare_statuses))
    question = _question("happened", ground.whether(rows), rows)
    yield settled(ground, question, answers, outcome_of(pairs) if pairs else "agree", _told(ground, answers, pairs))


def is_to_the_same(left: Event, right: Event) -> bool:
    """Whether two events are not told as done to others: who apologized to all has not done so to each of them."""
    if set(left.recipient_ids) & set(right.recipient_ids):
        return True
    one, other = ({words.casefold() for words in row.recipients} for row in (left, right))
    return bool(one & other) or not (one or other)


def stem(ground: Ground, event: Event) -> str:
    """The beginning of an event's verb or noun: "visited" and "visit" have one."""
    word = re.search(r"[^\W\d_]+", event.triggers[0].of(ground.article(event.article_id).text))
    return word[0].casefold()[:STEM] if word else ""


def statuses(left: Event, right: Event, *, told_alike: bool) -> Verdict:
    """Happened against denied differs, where both use one word for it; what was planned and happened later does not."""
    found = {left.status, right.status}
    if left.status == right.status or found <= SURE:
        return Verdict("agree")
    if "denied" in found:
        if found & SURE and told_alike:
            return Verdict("differ", "one tells it as a fact, the other says that it did not happen")
        if found & SURE:
            return Verdict("compatible", "one denies it in other words, or as done to others")
        return Verdict("compatible", "what was expected did not happen, by one of them")
    if found & SURE:
        return Verdict("compatible", "one came out before it and the other after it, or one is less sure")
    return Verdict("compatible", "one is less sure than the other")


# ------------------------------------------------------------------ when, where


def _when(ground: Ground, rows: Sequence[Event]) -> Iterator[Comparison]:
    dated = [(row, when) for row in rows if (when := told_when(ground, row)) is not None]
    answers = distinct(
        given(row, moments.value(when), row if when is row.when else replace(row, when=when)) for row, when in dated
    )

    def compare_dates(left: Event, right: Event) -> Verdict:
        return dates(left, right, told_alike=stem(ground, left) == stem(ground, right))

    def question() -> Question:
        return _question("when", _asks("When was", "When did it happen", ground, rows), rows)

    yield from _asked(ground, answers, compare_dates, question)


def told_when(ground: Ground, row: Event) -> When | None:
    """When an article tells that an event was: the day right beside its verb or noun, else the time it is joined to."""
    times = ground.corpus.times_of.get(row.article_id, ())
    near = moments.beside(ground.article(row.article_id).text, row.triggers[0], times)
    when = moments.closer(row.when, near)
    return when if moments.is_told(when) else None


def dates(left: Event, right: Event, *, told_alike: bool = True) -> Verdict:
    """Two days differ, unless one is that of a plan: what was planned for one day can happen on another.

    What is said and done again and again, a refusal or a reproach, is one act on two days only where both use one word
    for it and the days are near.
    """
    assert left.when is not None and right.when is not None
    found = moments.compare(left.when, right.when)
    planned = {left.status, right.status}
    if found.outcome == "differ" and planned & EXPECTED and planned & SURE:
        return Verdict("compatible", "one is the day planned, the other the day on which it happened", False)
    often = left.type in OF_ANYBODY or right.type in OF_ANYBODY
    if (
        found.outcome == "differ"
        and often
        and not (told_alike and moments.days_between(left.when, right.when) <= REPEATED_DAYS)
    ):
        return Verdict("compatible", "it may have been done on both days", False)
    if found.outcome == "differ" and moments.days_between(left.when, right.when) > DISPUTED_DAYS:
        return Verdict("compatible", "they are so far apart that two events may be meant", False)
    return found


def _where(ground: Ground, rows: Sequence[Event]) -> Iterator[Comparison]:
    placed = [row for row in rows if row.place_id is not None and row.place_id in ground.corpus.party]
    if all(row.place_id in row.recipient_ids for row in placed):
        return  # the place of a visit is in its name
    answers = distinct(given(row, ground.name(row.place_id or ""), row) for row in placed)
    party = ground.corpus.party

    def places(left: Event, right: Event) -> Verdict:
        return same_place(party[left.place_id or ""], party[right.place_id or ""])

    def question() -> Question:
        return _question("where", _asks("Where was", "Where did it happen", ground, rows), rows)

    yield from _asked(ground, answers, places, question)


def same_place(left: Party, right: Party) -> Verdict:
    """Two cities differ; a city and its country do not, and neither do places of which too little is known."""
    if left.id == right.id:
        return Verdict("agree")
    one, other = left.name.casefold(), right.name.casefold()
    if one in other or other in one:
        return Verdict("compatible", "one lies in the other")
    cities = left.kind == right.kind == "place" and left.country and right.country
    states = left.kind == right.kind == "state"
    if states or (cities and left.country != right.country):
        return Verdict("differ")
    return Verdict("compatible", "one may lie in the other")


# ------------------------------------------------------------------ who


def _who(ground: Ground, rows: Sequence[Event]) -> Iterator[Comparison]:
    acting = [row for row in rows if row.actor_ids]
    answers = distinct(given(row, _everyone(ground, row), row) for row in acting)

    def actors(left: Event, right: Event) -> Verdict:
        return same_actors(ground, left, right)

    def question() -> Question:
        return _question("who", _asks("Who takes part in", "Who takes part", ground, rows), rows)

    yield from _asked(ground, answers, actors, question)


def same_actors(ground: Ground, left: Event, right: Event) -> Verdict:
    """Persons against other persons differ, and states against other states; fewer of the same do not."""
    one, other = _parties(ground, left), _parties(ground, right)
    if one == other:
        return Verdict("agree")
    doing = {ground.in_full(key, left.article_id) for key in left.actor_ids}
    also = {ground.in_full(key, right.article_id) for key in right.actor_ids}
    if doing & also or doing & other or also & one:
        return Verdict("compatible", "one names more of them, or others of them")
    kinds = {ground.corpus.party[key].kind for key in doing | also}
    if kinds in ({"person"}, {"state"}) and _is_one_act(ground, left, right):
        return Verdict("differ")
    return Verdict("compatible", "they name it by other parties")


def _is_one_act(ground: Ground, left: Event, right: Event) -> bool:
    """Whether all but the actors is the same: the verb, the day, to whom, and an act that only one does at a time."""
    if left.type in OF_ANYBODY or stem(ground, left) != stem(ground, right):
        return False
    told = moments.is_told(left.when) and moments.is_told(right.when) and not moments.apart(left.when, right.when)
    return told and bool(set(left.recipient_ids) & set(right.recipient_ids))


def _everyone(ground: Ground, row: Event) -> str:
    return listed(sorted({ground.name(key) for key in _parties(ground, row)}))


def _parties(ground: Ground, row: Event) -> set[str]:
    return {ground.in_full(key, row.article_id) for key in (*row.actor_ids, *row.recipient_ids)}


# ------------------------------------------------------------------ first or not


def _how_often(ground: Ground, rows: Sequence[Event]) -> Iterator[Comparison]:
    counted = [(row, found) for row in rows if row.type in COUNTED_TYPES and (found := _ordinal(ground, row))]
    answers = distinct(given(row, str(found[0]), found) for row, found in counted)

    def question() -> Question:
        return _question("first", f"Is it the first: {ground.called(rows)}?", rows)

    yield from _asked(ground, answers, ordinals, question)


def ordinals(left: tuple[int, str], right: tuple[int, str]) -> Verdict:
    """ "The first visit" against "the third" differ, unless one is limited: "the first since 2010"."""
    if left[0] == right[0]:
        return Verdict("agree")
    if left[1] or right[1]:
        limit = left[1] or right[1]
        return Verdict("compatible", f"they count by different rules (“{limit}”)", False)
    return Verdict("differ")


def _ordinal(ground: Ground, row: Event) -> tuple[int, str] | None:
    """The ordinal just before an event's noun and the words that limit it: "first visit since 2010"."""
    text = ground.article(row.article_id).text
    trigger = row.triggers[0]
    before = re.split(r"[.!?;,:\n]", text[max(0, trigger.start - BEFORE_TRIGGER) : trigger.start])[-1]
    own = f"{before} {trigger.of(text)}"
    found = ordinal_in(own)
    if found is None:
        return None
    after = one_line(re.split(r"[.!?;\n]", text[trigger.end : trigger.end + 60])[0])
    limit = _limits().search(after)
    return found, after[limit.start() :][:40] if limit else ""


@cache
def _limits() -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(re.escape(word) for word in phrases()["qualified"]["words"]) + r")\b")


# ------------------------------------------------------------------ in what order


def _orders(ground: Ground, groups: Sequence[Sequence[Event]]) -> Iterator[Comparison]:
    """Two events of one story that two articles put in opposite order by the days they give."""
    of_story: dict[str, list[Sequence[Event]]] = defaultdict(list)
    for rows in groups:
        stories = {ground.story_of[row.article_id].id for row in rows if row.article_id in ground.story_of}
        if len(stories) == 1 and sum(moments.is_told(row.when) for row in rows) > 1:
            of_story[min(stories)].append(rows)
    for key in sorted(of_story):
        for one, other in combinations(ground.few("orders", of_story[key], ORDER_CAP), 2):
            yield from _order(ground, one, other)


def _order(ground: Ground, one: Sequence[Event], other: Sequence[Event]) -> Iterator[Comparison]:
    found: list[tuple[Event, bool]] = []
    for left in one:
        right = next((row for row in other if row.article_id == left.article_id), None)
        if right is None or not moments.apart(left.when, right.when):
            continue
        assert left.when is not None and right.when is not None
        found.append((left, (left.when.earliest or "") < (right.when.earliest or "")))
    if len({before for _, before in found}) < 2:
        return
    first, second = ground.called(one), ground.called(other)
    answers = [given(left, f"{first if before else second} first", before) for left, before in found]
    pairs = paired(answers, lambda left, right: Verdict("agree" if left == right else "differ"))
    question = _question("order", f"What came first, {first} or {second}?", [*one, *other])
    yield settled(ground, question, answers, "differ", _told(ground, answers, pairs))


# ------------------------------------------------------------------ how it is said


def _asked(
    ground: Ground, answers: Sequence[Given], compare: Callable[[Any, Any], Verdict], question: Callable[[], Question]
) -> Iterator[Comparison]:
    """The comparison of some answers where several articles give them: only then is the question put in words."""
    if len({answer.article_id for answer in answers}) < 2:
        return
    pairs = weighed(ground, paired(answers, compare))
    answers, outcome = answering(answers, pairs), outcome_of(pairs)
    if answers and outcome not in SAYS_NOTHING.get((asked := question()).key, ()):
        yield settled(ground, asked, answers, outcome, _told(ground, answers, pairs))


def _asks(of_named: str, otherwise: str, ground: Ground, rows: Sequence[Event]) -> str:
    """A question of an event that has a name, or of one that is told by an article's words alone."""
    named = ground.named(rows)
    return f"{of_named} {named}?" if named else f"{otherwise}: {ground.called(rows)}?"


def _question(key: str, text: str, rows: Sequence[Event]) -> Question:
    return Question(key, text, subjects("events", rows), known(rows))


def _told(ground: Ground, answers: Sequence[Given], pairs: Sequence[Pair]) -> str:
    said = "; ".join(f"{ground.says(answer.row)}: {answer.words}" for answer in answers[:6])
    differing = [pair for pair in pairs if pair.verdict.outcome == "differ"]
    if differing:
        pair = differing[0]
        why = pair.verdict.reason or f"{pair.left.words} is not {pair.right.words}"
        return f"{said}. They differ: {why}."
    reasons = list(dict.fromkeys(pair.verdict.reason for pair in pairs if pair.verdict.reason))
    return f"{said}. " + (f"They do not contradict each other: {'; '.join(reasons[:3])}." if reasons else "They agree.")
