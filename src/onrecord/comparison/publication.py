"""Compares the dates that one article gives for its own publication."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.model import Answer, Article, Comparison, Subject, When, digest
from onrecord.model.spoken import value_words

QUESTION = "When was this article published?"


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
    told = "; ".join(f"the {when.basis} says {value_words(value)} (“{when.text.strip()}”)" for when, value in answers)
    taken = article.published.basis if article.published else "none of them"
    yield Comparison(
        id=digest("comparison", "publication", article.id),
        question=QUESTION,
        about=(Subject("articles", article.id),),
        outcome="differ",
        answers=tuple(Answer(article.id, article.id, value) for _, value in answers),
        silent=(),
        too_early=(),
        independent_origins=1,
        unresolved_origins=0,
        origins=(article.origin,),
        explanation=f"{told[:1].upper()}{told[1:]}. Taken: the {taken}.",
    )
