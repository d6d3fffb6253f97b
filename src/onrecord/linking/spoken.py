"""When a statement was made that names its occasion and no day: when the occasion was, over the whole record."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from onrecord.model import Article, Occasion, Passage, Statement, When


def at_occasions(
    statements: Iterable[Statement], articles: Iterable[Article], occasions: Iterable[Occasion]
) -> list[Statement]:
    """The statements, those made in a speech at a dated occasion said then, where no time is stated.

    The occasion is the only one named in the words of the statement's medium ("in a speech at the sixth Lake Fair"),
    and began by the day that the article came out.
    """
    published = {article.id: article.published for article in articles}
    named: dict[str, list[tuple[Passage, When]]] = defaultdict(list)
    for occasion in occasions:
        if occasion.when is not None and occasion.when.earliest is not None:
            for mention in occasion.mentions:
                named[mention.article_id].append((Passage(mention.start, mention.end), occasion.when))
    return [_said(statement, named, published) for statement in statements]


def _said(
    statement: Statement,
    named: Mapping[str, Sequence[tuple[Passage, When]]],
    published: Mapping[str, When | None],
) -> Statement:
    stated = statement.said is not None and statement.said.earliest is not None
    if stated or statement.medium is None:
        return statement
    there = {when for passage, when in named.get(statement.article_id, ()) if passage.meets(statement.medium.passage)}
    day = published.get(statement.article_id)
    if len(there) != 1:
        return statement
    when = there.pop()
    late = (
        day is not None
        and day.latest is not None
        and when.earliest is not None
        and when.earliest[:10] > day.latest[:10]
    )
    return statement if late else replace(statement, said=replace(when, basis="inferred"))
