"""In which year, on which day: times that two articles of a story give with the same words and that do not meet.

Many a date hangs on no event between parties: since when somebody leads a group, when a term ends, when an article was
printed. Two such times are of one thing where the same word stands before them with the same preposition, more of the
words beside it are the same, and they lie near one another: farther apart, two things are meant. Years from which to
which somebody was something need no such word; a time at the beginning of a sentence has none, and needs more of the
others. A weekday that two articles name alike says nothing, since each may mean another week; and what is said or done
on many days is left to what is told of statements and events.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

from onrecord.comparison import moments
from onrecord.comparison.amounts import value
from onrecord.comparison.asking import Given, Question, distinct, given, settled, subjects
from onrecord.comparison.drift import small
from onrecord.comparison.ground import Ground, components, one_line, phrases, sentence_at
from onrecord.model import Comparison, Passage, Time, When

NEAREST: Mapping[str, int] = {"year": 1200, "month": 400, "day": 3}
"""Days apart at most of two times, by the longer of the two: farther apart, two things are told of."""
SHARED: Mapping[str, int] = {"year": 3, "month": 4, "day": 4}
"""Telling words beside the times that are the same, at least, with the one before them; a party that both sentences
name is one more (read on 2,100 articles of three sets, `evaluation/disagreements.py`)."""
TELLING = frozenset({"headline", "standfirst", "body", "caption"})
"""Parts of an article that tell something: its dateline is its own."""
RANGE = ("", "from to")
"""The key of years from which to which something was."""
BEFORE, AFTER = 10, 10
"""Words before and after a time that stand beside it, at most, up to the next time of its sentence."""
NEIGHBOURS = 3
"""Times before and after one among which those of its sentence are."""
CAP = 60
"""Times of a story with one word before them that are compared with one another, at most."""
NAME = 5
"""Words back, at most, to the word that a time hangs on, over names and small words: "led Marsk Pilots since"."""
ALONE = 2
"""More words that are the same where a time hangs on no word before it: at the beginning of a sentence."""
YEARS = 3
"""Years by which either end of two ranges of years differs, at most, where they are of one thing."""
MOST_SAID = 6
"""Answers that an explanation quotes."""
DATELINE = 4
"""Words before a day and a dash, at most, that are a dateline and not a sentence."""
DASH = re.compile(r"\s*[-–—:]")
STEM = 5
WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Dated:
    """A time with the word that it hangs on and the words beside it."""

    time: Time
    key: tuple[str, str]
    """The beginning of the word right before it, and what its preposition says."""
    beside: frozenset[str]
    """The beginnings of the telling words beside it."""
    names: frozenset[str]
    """Those of them that are written with a capital."""
    parties: frozenset[str]
    """The beginnings of the capitalised words of its sentence."""
    window: Passage
    """Its sentence, up to the times before and after it."""
    often: bool
    """The word is of what is done on many days: who spoke on Monday speaks on Tuesday."""

    @property
    def article_id(self) -> str:
        return self.time.article_id


def compare(ground: Ground) -> Iterator[Comparison]:
    """One comparison for each two times of one thing in two articles that cannot both be right."""
    for story in sorted(ground.stories, key=lambda story: story.id):
        if len(story.article_ids) < 2:
            continue
        blocks: dict[tuple[str, str], list[Dated]] = defaultdict(list)
        for article_id in sorted(story.article_ids):
            for one in _dated(ground, article_id):
                blocks[one.key].append(one)
        for key in sorted(blocks):
            few = ground.few("dates", blocks[key], CAP)
            pairs = [
                (one.time.id, other.time.id)
                for one, other in combinations(few, 2)
                if differ(one, other) and not _both_told(few, one, other) and not _are_of_two(ground, one, other)
            ]
            for keys in components(pairs):
                yield _compared(ground, [ground.corpus.row[key] for key in keys])


def differ(one: Dated, other: Dated) -> bool:
    """Whether two times of two articles are of one thing and do not meet."""
    left, right = one.time.when, other.time.when
    if one.article_id == other.article_id or left.text.casefold() == right.text.casefold():
        return False
    precision = left.precision or ""
    if precision != right.precision or (precision == "day" and one.often):
        return False
    if one.key != RANGE and _are_apart(one.names, other.names):
        return False
    return _are_near(left, right, precision) and _shared(one, other) >= _needed(one, precision)


def _are_apart(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether each has what the other has not: then each is told of somebody or something else."""
    return bool(one - other and other - one)


def _needed(one: Dated, precision: str) -> int:
    return SHARED[precision] + ALONE * (one.key[0] == "" and one.key != RANGE)


def _are_near(left: When, right: When, precision: str) -> bool:
    """Whether two times do not meet but lie near one another: two ranges by both their ends."""
    if moments.value(left) == moments.value(right):
        return False
    if "/" in moments.value(left) and "/" in moments.value(right):
        ends = zip(moments.days(left) or (), moments.days(right) or (), strict=True)
        return all(abs(int(a[:4]) - int(b[:4])) <= YEARS for a, b in ends)
    return moments.compare(left, right).outcome == "differ" and moments.days_between(left, right) <= NEAREST[precision]


def _shared(one: Dated, other: Dated) -> int:
    """How many telling words beside two times are the same, and one more for a name that both sentences have."""
    beside = one.beside & other.beside
    return len(beside) + bool((one.parties & other.parties) - beside)


def _both_told(few: Sequence[Dated], one: Dated, other: Dated) -> bool:
    """Whether one of the two articles gives the other's time of the same thing too: then it is told of two."""
    given_by = {(each.article_id, moments.value(each.time.when)) for each in few}
    return (one.article_id, moments.value(other.time.when)) in given_by or (
        other.article_id,
        moments.value(one.time.when),
    ) in given_by


def _dated(ground: Ground, article_id: str) -> Iterator[Dated]:
    """The times of an article whose words give a year, a month or a day, each with what it hangs on."""
    article = ground.article(article_id)
    outside = [part for part in article.parts if part.role not in TELLING]
    times = sorted(ground.corpus.times_of.get(article_id, ()), key=lambda time: time.passage)
    for at, time in enumerate(times):
        apart = any(part.start <= time.passage.start < part.end for part in outside)
        if time.when.precision in NEAREST and moments.is_told(time.when) and not apart:
            found = _beside(article.text, time, times[max(0, at - NEIGHBOURS) : at + NEIGHBOURS + 1])
            if found is not None:
                yield found


def _beside(text: str, time: Time, near: Sequence[Time]) -> Dated | None:
    """A time with what stands beside it; null for one that begins a line as a dateline does."""
    place, around = time.passage, sentence_at(text, time.passage)
    ends = [other.passage.end for other in near if other.passage.end <= place.start]
    starts = [other.passage.start for other in near if other.passage.start >= place.end]
    window = Passage(max([around.start, *ends]), min([around.end, *starts]))
    before, after = WORD.findall(text, window.start, place.start), WORD.findall(text, place.end, window.end)[:AFTER]
    if before and window.start == around.start:
        if len(before) <= DATELINE and DASH.match(text, place.end):
            return None
        before[0] = before[0].lower()  # a capital at the beginning of a sentence makes no name
    before = before[-BEFORE:]
    word, preposition = _hanging_on(before)
    is_range = "/" in moments.value(time.when) and time.when.precision == "year"
    return Dated(
        time=time,
        key=RANGE if is_range else (_stem(word), preposition),
        beside=frozenset(map(_stem, (*before, *after))) - {""},
        names=frozenset(_stem(one) for one in (*before, *after) if one[0].isupper()) - {""},
        parties=frozenset(_stem(one) for one in WORD.findall(text, around.start, around.end) if one[0].isupper())
        - {""},
        window=window,
        often=word in phrases()["dated"]["often"],
    )


def _are_of_two(ground: Ground, one: Dated, other: Dated) -> bool:
    """Whether they are of two things: each names a party beside its time that the other does not, or other amounts.

    A quantity of another year is another quantity; and the days of events are compared where the events are linked.
    """
    articles = one.article_id, other.article_id
    if articles not in ground.kin and not ground.are_of_same_parties(*articles):
        return True
    if one.key != RANGE and _are_apart(_named(ground, one), _named(ground, other)):
        return True
    if one.time.when.precision == "day" and (_tells_event(ground, one) or _tells_event(ground, other)):
        return True
    amounts_of = [
        {
            value(figure.amount)
            for figure in ground.corpus.figures_of.get(each.article_id, ())
            if each.window.holds(figure.passage) and figure.of_what_head != "age"
        }
        for each in (one, other)
    ]
    return amounts_of[0] != amounts_of[1]


def _tells_event(ground: Ground, one: Dated) -> bool:
    events = ground.corpus.events_of.get(one.article_id, ())
    return any(one.window.meets(trigger) for event in events for trigger in event.triggers)


def _named(ground: Ground, one: Dated) -> frozenset[str]:
    mentions = ground.corpus.mentions_of.get(one.article_id, ())
    return frozenset(each.party_id for each in mentions if one.window.start <= each.start < one.window.end)


def _hanging_on(before: Sequence[str]) -> tuple[str, str]:
    """The word before a time that it hangs on, over light words and names, and what its preposition says."""
    light = phrases()["dated"]["light"]
    preposition, at = "at", len(before)
    while at and before[at - 1].casefold() in light:
        at -= 1
        preposition = light[before[at].casefold()] or preposition
    for word in reversed(before[max(0, at - NAME) : at]):
        if not word[0].isupper() and _stem(word):
            return word.casefold(), preposition
    return "", preposition


@lru_cache(maxsize=1 << 14)
def _stem(word: str) -> str:
    """The beginning of a telling word; empty for a word that tells little, or none."""
    plain = word.casefold().replace("’", "'")
    tells = len(plain) > 2 and plain[0].isalpha() and plain not in small()
    return plain.removesuffix("'s")[:STEM] if tells else ""


def _compared(ground: Ground, times: Sequence[Time]) -> Comparison:
    answers = distinct(given(time, moments.value(time.when), time.when) for time in ground.in_order(times))
    first = answers[0].row
    question = Question("dated", f"When? {ground.gapped(first.article_id, first.passage)}", subjects("times", times))
    return settled(ground, question, answers, "differ", _told(ground, answers))


def _told(ground: Ground, answers: Sequence[Given]) -> str:
    said = []
    for one in answers[:MOST_SAID]:
        words = one_line(one.content.text)
        meant = "" if words == one.words else f" ({one.words})"
        said.append(f"{ground.outlet(one.article_id)} says “{words}”{meant}")
    return f"{'; '.join(said)}. They differ: the same words stand beside them, and the times do not meet."
