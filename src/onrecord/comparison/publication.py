"""Compares the dates that one article gives for its own publication.

A page's metadata and its address are written by machines, in a time zone that they do not name, and an article may be
filed before midnight and put out after it: such dates that are one day apart do not contradict each other. Two days
that stand in the article itself, as its header and its dateline, do; and so do any that are farther apart.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from onrecord.comparison import moments
from onrecord.comparison.amounts import Verdict
from onrecord.comparison.asking import worst
from onrecord.model import Answer, Article, Comparison, Subject, When, digest
from onrecord.model.spoken import value_words

QUESTION = "When was this article published?"
WRITTEN = frozenset({"header", "dateline"})
"""Dates that stand in the text of the article itself."""
OVERNIGHT = 1
"""Days between a date that a machine wrote and another one, at most, that time zones and a night's work explain."""
NIGHT = "only a day lies between them, as where a page's clock keeps another time zone or it was put out after midnight"


def days(when: When) -> str | None:
    """The day or days that a date names, as one ISO string; null where it names none."""
    if when.earliest is None or when.latest is None:
        return None
    first, last = when.earliest[:10], when.latest[:10]
    return first if first == last else f"{first}/{last}"


def compare(article: Article) -> Iterator[Comparison]:
    """One comparison on the article itself where its own dates name different days; else none."""
    answers = [(when, value) for when in article.dates if (value := days(when)) is not None]
    if len({value for _, value in answers}) < 2:
        return
    verdicts = [own_dates(left, right) for (left, _), (right, _) in combinations(answers, 2)]
    yield Comparison(
        id=digest("comparison", "publication", article.id),
        question=QUESTION,
        about=(Subject("articles", article.id),),
        outcome=worst(verdicts),
        answers=tuple(Answer(article.id, article.id, value) for _, value in answers),
        silent=(),
        too_early=(),
        independent_origins=1,
        unresolved_origins=0,
        origins=(article.origin,),
        explanation=_explained(article, answers, verdicts),
    )


def own_dates(left: When, right: When) -> Verdict:
    """Whether two dates of one article contradict each other."""
    found = moments.compare(left, right)
    if found.outcome != "differ" or {left.basis, right.basis} <= WRITTEN:
        return found
    if moments.days_between(left, right) > OVERNIGHT:
        return found
    return Verdict("compatible", NIGHT)


def _explained(article: Article, answers: Sequence[tuple[When, str]], verdicts: Sequence[Verdict]) -> str:
    told = "; ".join(f"the {when.basis} says {value_words(value)} (“{when.text.strip()}”)" for when, value in answers)
    taken = article.published.basis if article.published else "none of them"
    said = [f"{told[:1].upper()}{told[1:]}.", f"Taken: the {taken}."]
    if all(verdict.outcome != "differ" for verdict in verdicts):
        reasons = dict.fromkeys(verdict.reason for verdict in verdicts if verdict.reason)
        said.insert(1, f"They do not contradict each other: {'; '.join(reasons)}.")
    return " ".join(said)
