"""How many, how much, how long: what articles say of one quantity, and whether their amounts meet."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import cache

from onrecord.comparison import amounts, moments, talks
from onrecord.comparison.amounts import Verdict
from onrecord.comparison.asking import (
    Given,
    Pair,
    Question,
    articles_of,
    distinct,
    given,
    is_inside,
    outcome_of,
    paired,
    settled,
    subjects,
    weighed,
)
from onrecord.comparison.ground import Ground, listed, one_line, phrases, sentence
from onrecord.comparison.measures import Measures
from onrecord.model import Amount, Comparison, Figure
from onrecord.model.spoken import day_words, plural, value_words, when_words

NEAR = 70
"""Characters on either side of a figure in which words of a revision are looked for."""
BESIDE = 16
"""Characters on either side of a figure in which words of a part are looked for."""
CLAUSE_END = re.compile(r"[.!?;]\s|\n")
LONG = frozenset({"year", "half", "quarter", "month", "decade"})
MOST_SAID = 6
"""Answers that an explanation quotes."""

WHOLE = re.compile(
    r"\b(?:\d[\d,.]*|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|half|most|many|none|"
    r"all but \w+|several|few|percent|per cent|%) (?:out )?of (?:the |its |their |his |her |all )?\Z",
    re.IGNORECASE,
)
"""Words right before a figure that say how many of it are meant."""
AND_ONE = re.compile(r"[\w\s'’-]{0,50}\band (?:an?|one|his|her|their) ", re.IGNORECASE)
"""Words right after a count that count one more in."""
MANY = 3
"""Quantities of which two articles give other numbers, at least, where they are two reports of two times."""
CHANCE = 10
"""A difference from which on no other amount of the sentence is the same by chance."""
AGO = re.compile(r"\bago\b", re.IGNORECASE)
SHARES = frozenset({"%", "pp", "point"})
"""Units of what polls tell."""
WITHIN, LASTING = 3, 30
"""Days between two articles after which another number of what grows, and of what stays, is rather a newer one."""
FAR_APART = 5
"""Amounts of which one is more than so many times the other are not taken to be of one thing."""

ROLES = {"change": "a change", "target": "a target", "cumulative": "a running total", "value": "a plain amount"}


def compare(ground: Ground) -> Iterator[Comparison]:
    """One comparison for each quantity that several articles give, or for the length of a talk that one gives twice."""
    measures = Measures(ground)
    found = []
    for figures in measures.groups():
        by_kind: dict[str, list[Figure]] = defaultdict(list)
        for figure in figures:
            kind = amounts.kind_of(figure.amount.unit)
            by_kind["count" if kind == "number" else kind].append(figure)
        found += [_answered(measures, by_kind[kind]) for kind in sorted(by_kind)]
    periodic = _periodic([pairs for _, pairs in found])
    for answers, pairs in found:
        yield from _compared(ground, answers, [_unless_periodic(pair, periodic) for pair in pairs])


def _answered(measures: Measures, figures: Sequence[Figure]) -> tuple[list[Given], list[Pair]]:
    """The answers that figures of one quantity give, and those of them that are compared."""
    ground = measures.ground
    answers = distinct(given(figure, amounts.value(figure.amount), figure) for figure in figures)
    pairs = [pair for pair in paired(answers, lambda left, right: verdict(ground, left, right)) if _is_asked(pair)]
    if not all(is_talk(ground, answer.row) for answer in answers):
        pairs = [
            pair for pair in weighed(ground, pairs, measures.sure) if pair.verdict.same_thing and not is_inside(pair)
        ]
    return answers, pairs


def _periodic(found: Iterable[Sequence[Pair]]) -> frozenset[frozenset[str]]:
    """The articles, two by two, that differ in so many quantities, and agree in so few, that they tell of two times.

    Daily reports are written in the same words; their numbers are of other days.
    """
    differing, agreeing = Counter[frozenset[str]](), Counter[frozenset[str]]()
    for pairs in found:
        differing.update({articles_of(pair) for pair in pairs if pair.verdict.outcome == "differ"})
        agreeing.update({articles_of(pair) for pair in pairs if pair.verdict.outcome == "agree"})
    return frozenset(two for two, number in differing.items() if number >= MANY and 2 * number > agreeing[two])


def _unless_periodic(pair: Pair, periodic: frozenset[frozenset[str]]) -> Pair:
    if pair.verdict.outcome != "differ" or articles_of(pair) not in periodic:
        return pair
    reason = "these articles give other numbers of most things, as reports of two days do"
    return pair._replace(verdict=Verdict("compatible", reason, False))


def _compared(ground: Ground, answers: Sequence[Given], pairs: Sequence[Pair]) -> Iterator[Comparison]:
    telling = {answer.row.id for pair in pairs for answer in (pair.left, pair.right)}
    answers = [answer for answer in answers if answer.row.id in telling]
    if len(answers) < 2:
        return
    kept = [answer.row for answer in answers]
    asked = Question("amount", question(ground, kept), subjects("figures", kept), known(ground, kept))
    yield settled(ground, asked, answers, outcome_of(pairs), _explained(ground, answers, pairs))


def _is_asked(pair: Pair) -> bool:
    """Whether two lengths that one article gives can be of one talk: one man's speeches may be two."""
    heads = {pair.left.row.of_what_head, pair.right.row.of_what_head}
    return not (is_inside(pair) and {str(head).casefold() for head in heads} & talks.ALONE)


def verdict(ground: Ground, left: Figure, right: Figure) -> Verdict:
    """Whether two figures of one thing meet; another role, period, part or a later count is no disagreement."""
    found = amounts.compare(left.amount, _as_counted(ground, left, right))
    if left.of_what_head == right.of_what_head == "age" and not set(left.subject_ids) & set(right.subject_ids):
        return Verdict("compatible", same_question=False, same_thing=False)
    if found.outcome == "agree" or not found.same_question:
        return found
    if {left.role, right.role} != {left.role} and {left.role, right.role} & {"change", "target"}:
        return Verdict("compatible", f"one is {ROLES[left.role]}, the other {ROLES[right.role]}", False)
    if moments.apart(left.when, right.when):
        return _other_time(left, right)
    if found.outcome == "compatible":
        return found
    other = _other_question(ground, left, right)
    if other is not None:
        return Verdict("compatible", other, False)
    if left.article_id != right.article_id and is_talk(ground, left) and is_talk(ground, right):
        return found
    if _is_revised(ground, left) or _is_revised(ground, right):
        return Verdict("compatible", "one is a later count or a revision", False)
    days = _days_between(ground, left, right)
    if days > (WITHIN if _grows(left) or _grows(right) else LASTING):
        return Verdict("compatible", f"the articles came out {days} days apart: one may be a later count", False)
    if not _is_one_measure(left, right):
        return Verdict("compatible", same_question=False, same_thing=False)
    return found


def _grows(figure: Figure) -> bool:
    """Whether a figure is of what is counted anew from day to day: the dead, votes, shares of polls."""
    unit = figure.amount.unit
    return unit in phrases()["growing"]["units"] or unit in SHARES or figure.role == "cumulative"


def _days_between(ground: Ground, left: Figure, right: Figure) -> int:
    """Days between the articles of two figures; 0 where one has no date."""
    days = ground.day(left.article_id), ground.day(right.article_id)
    if days[0] is None or days[1] is None:
        return 0
    return abs((date.fromisoformat(days[0]) - date.fromisoformat(days[1])).days)


def _other_question(ground: Ground, left: Figure, right: Figure) -> str | None:
    """Why two amounts that do not meet answer two questions, by the words beside them; null where nothing says so."""
    periods = period(ground, left), period(ground, right)
    if all(periods) and periods[0] != periods[1]:
        return f"they are of two periods, {' and '.join(value_words(str(one)) for one in periods)}"
    defined = _definitions(ground, left), _definitions(ground, right)
    if all(defined) and not defined[0] & defined[1]:
        return f"they are defined differently, {' and '.join(f'“{min(one)}”' for one in defined)}"
    if _is_of_part(ground, left) != _is_of_part(ground, right) or _is_whole(ground, left) != _is_whole(ground, right):
        return "one is of a part only"
    if _may_be_of_two_polls(ground, left, right):
        return "they may be of two polls, or of a poll and the vote"
    if _adds_up(ground, left, right) or _adds_up(ground, right, left):
        return "one article counts more in: what it adds makes up the difference"
    if _is_ago(ground, left) != _is_ago(ground, right):
        return "one is of an earlier time"
    if _is_price(ground, left) and _is_price(ground, right) and _days_between(ground, left, right):
        return "they are prices of two days"
    return None


def _is_price(ground: Ground, figure: Figure) -> bool:
    """Whether a sum is what something was traded at on a day."""
    if amounts.kind_of(figure.amount.unit) not in ("money", "measure"):
        return False
    here = sentence(ground, figure).of(ground.article(figure.article_id).text)
    return _listed_words("traded", "words").search(here) is not None


def _adds_up(ground: Ground, less: Figure, more: Figure) -> bool:
    """Whether right after the smaller amount another is told that makes it the greater one.

    "Sixty sat inside, while another 150 looked on" are 210; "three drivers and a guard" are four.
    """
    one, other = amounts.middle(less.amount), amounts.middle(more.amount)
    if one is None or other is None or other <= one:
        return False
    if other - one == 1:
        return AND_ONE.match(_clause(ground, less)[1]) is not None
    here, kind = sentence(ground, less), amounts.kind_of(less.amount.unit)
    return any(
        figure.id != less.id
        and here.holds(figure.passage)
        and amounts.kind_of(figure.amount.unit) in (kind, "number")
        and (abs(figure.passage.start - less.passage.start) <= NEAR or other - one >= CHANCE)
        and amounts.middle(figure.amount) == other - one
        for figure in ground.corpus.figures_of.get(less.article_id, ())
    )


def _is_ago(ground: Ground, figure: Figure) -> bool:
    """Whether the clause before a figure says that it was so some time ago."""
    return AGO.search(_clause(ground, figure)[0]) is not None


def _as_counted(ground: Ground, left: Figure, right: Figure) -> Amount:
    """The second amount by the first one's noun, where a link says that the two nouns count one thing."""
    kinds = {amounts.kind_of(left.amount.unit), amounts.kind_of(right.amount.unit)}
    linked = kinds == {"count"} and (left.id, right.id) in ground.linked
    return replace(right.amount, unit=left.amount.unit) if linked else right.amount


def _is_one_measure(left: Figure, right: Figure) -> bool:
    """Whether two figures that do not meet can measure one thing.

    No dispute explains that one is many times the other, or that one counts months and the other years.
    """
    kinds = amounts.kind_of(left.amount.unit), amounts.kind_of(right.amount.unit)
    if left.amount.unit != right.amount.unit and kinds[0] == "time":
        return False
    one, other = amounts.middle(left.amount), amounts.middle(right.amount)
    convertible = left.amount.unit != right.amount.unit and kinds != ("count", "count")
    if one is None or other is None or convertible or min(one, other) <= 0:
        return True
    return max(one, other) <= min(one, other) * FAR_APART


def period(ground: Ground, figure: Figure) -> str | None:
    """The years or months that a figure's sentence names, where it names one such period; else null."""
    here = sentence(ground, figure)
    told = {
        moments.value(time.when)
        for time in ground.corpus.times_of.get(figure.article_id, ())
        if here.holds(time.passage) and moments.is_told(time.when) and time.when.precision in LONG
    }
    return min(told) if len(told) == 1 else None


def is_talk(ground: Ground, figure: Figure) -> bool:
    return amounts.kind_of(figure.amount.unit) == "time" and talks.is_length_of_talk(ground, figure)


def known(ground: Ground, figures: Sequence[Figure]) -> str | None:
    """The first day that an event measured by the figures is told for; null where none is."""
    days = []
    for figure in figures:
        event = ground.corpus.row.get(figure.event_id) if figure.event_id else None
        if event is not None and moments.is_told(event.when) and event.status in ("happened", "ongoing"):
            days.append(event.when.earliest[:10])
    return min(days, default=None)


def _other_time(left: Figure, right: Figure) -> Verdict:
    assert left.when is not None and right.when is not None
    times = f"{when_words(left.when)} and {when_words(right.when)}"
    if {left.when.precision, right.when.precision} & LONG:
        return Verdict("compatible", f"they are of two periods, {times}", False)
    return Verdict("compatible", f"they are of two days, {times}: one is a later count", False)


def _is_revised(ground: Ground, figure: Figure) -> bool:
    """Whether words by a figure say that it is a later count, or that it was given before and has changed."""
    before, after = _clause(ground, figure)
    return _listed_words("revised", "words").search(f"{before} | {after}") is not None


def _definitions(ground: Ground, figure: Figure) -> frozenset[str]:
    """The words by a figure that say how it is counted."""
    before, after = _clause(ground, figure)
    found = _listed_words("defined", "words").findall(f"{before} | {after}")
    return frozenset(word.casefold() for word in found)


def _is_of_part(ground: Ground, figure: Figure) -> bool:
    """Whether words right by a figure say that it is of a part: "12 of them", "including 12 children"."""
    before, after = _clause(ground, figure)
    return bool(
        _listed_words("part", "inside").search(figure.text)
        or _listed_words("part", "before").search(before[-BESIDE:])
        or _listed_words("part", "after").match(after.lstrip())
    )


def _is_whole(ground: Ground, figure: Figure) -> bool:
    """Whether words right before a figure say how many of it: "23 of its 29 delegates"."""
    return WHOLE.search(_clause(ground, figure)[0]) is not None


def _may_be_of_two_polls(ground: Ground, left: Figure, right: Figure) -> bool:
    """Whether a poll gives one of two shares, and nothing says that the same poll gives the other."""
    if amounts.kind_of(left.amount.unit) not in ("share", "measure") and left.amount.unit not in SHARES:
        return False
    polled = [_listed_words("polls", "words").search(sentence(ground, one).of(ground.article(one.article_id).text))
              for one in (left, right)]  # fmt: skip
    if not any(polled):
        return False
    makers = [_bodies_in(ground, one) for one in (left, right)]
    return not (all(polled) and makers[0] & makers[1])


def _bodies_in(ground: Ground, figure: Figure) -> set[str]:
    """The organisations that a figure's sentence names."""
    here = sentence(ground, figure)
    return {
        mention.party_id
        for mention in ground.corpus.mentions_of.get(figure.article_id, ())
        if here.start <= mention.start < here.end
        and ground.corpus.party[mention.party_id].kind in ("organisation", "work")
    }


def _clause(ground: Ground, figure: Figure) -> tuple[str, str]:
    """The words before and after a figure in its own clause."""
    text = ground.article(figure.article_id).text
    start, end = figure.passage.start, figure.passage.end
    before = CLAUSE_END.split(text[max(0, start - NEAR) : start])[-1]
    return before, CLAUSE_END.split(text[end : end + NEAR])[0]


@cache
def _listed_words(section: str, key: str) -> re.Pattern[str]:
    words = sorted(phrases()[section][key], key=lambda word: (-len(word), word))
    return re.compile(r"\b(?:" + "|".join(re.escape(word) for word in words) + r")\b", re.IGNORECASE)


def question(ground: Ground, figures: Sequence[Figure]) -> str:
    """What is asked of some figures of one kind, with the words around the first as they stand."""
    kind = amounts.kind_of(figures[0].amount.unit)
    first = max(figures, key=lambda figure: (len(figure.of_what or ""), figure.id))
    what = one_line(first.of_what or "")
    if kind == "time" and (called := talks.called(ground, figures)):
        return f"How long was {called}?"
    if kind == "time" and what == "age":
        return f"What age? {ground.gapped(figures[0].article_id, figures[0].passage)}"
    if kind == "time" and what:
        return f"How long was the {what}?"
    asked = {
        "count": f"How many {_counted(figures[0].amount.unit, what)}".rstrip(),
        "money": "How much money",
        "share": "What share",
        "number": "Which number",
        "time": "How long",
        "length": "What length or distance",
        "mass": "What weight",
    }.get(kind, f"How much {what}".rstrip())
    return f"{asked}? {ground.gapped(figures[0].article_id, figures[0].passage)}"


def _counted(unit: str | None, what: str) -> str:
    """What is counted: the text's words where they hold the unit, else the unit in the plural."""
    if unit is None or unit == "person" or any(word.casefold().startswith(unit[:4]) for word in what.split()):
        return what or ("people" if unit == "person" else "")
    return plural(unit)


def _explained(ground: Ground, answers: Sequence[Given], pairs: Sequence[Pair]) -> str:
    told = "; ".join(ground.says(answer.row) for answer in answers[:MOST_SAID])
    more = f"; {len(answers) - MOST_SAID} more" if len(answers) > MOST_SAID else ""
    return f"{told}{more}. {_why(ground, pairs)}"


def _why(ground: Ground, pairs: Sequence[Pair]) -> str:
    differing = [pair for pair in pairs if pair.verdict.outcome == "differ"]
    if differing:
        timed = any(amounts.kind_of(pair.left.row.amount.unit) == "time" for pair in differing)
        return " ".join([_cannot(differing), *([] if timed else _later(ground, differing))])
    reasons = list(dict.fromkeys(pair.verdict.reason for pair in pairs if pair.verdict.reason))
    if not reasons:
        return "It is the same amount."
    kept = all(pair.verdict.same_question for pair in pairs)
    return f"{'No disagreement' if not kept else 'They do not contradict each other'}: {'; '.join(reasons[:3])}."


def _cannot(differing: Sequence[Pair]) -> str:
    told = list(dict.fromkeys(f"{pair.left.words} against {pair.right.words}" for pair in differing))
    inside = all(pair.left.article_id == pair.right.article_id for pair in differing)
    where = " in one article" if inside else ""
    return f"These cannot both be true of one thing{where}: {listed(told[:3])}."


def _later(ground: Ground, differing: Sequence[Pair]) -> list[str]:
    """That one article came out on a later day, so that its amount may be the newer one."""
    for pair in differing:
        one, other = ground.last_day(pair.left.article_id), ground.day(pair.right.article_id)
        if one is not None and other is not None and one < other:
            later = f"{ground.outlet(pair.right.article_id)} came out later ({day_words(other)})"
            return [f"{later}: it may give a later count."]
    return []
