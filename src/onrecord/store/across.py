"""The proof that what several articles tell together holds: links, stories and comparisons.

A link joins two rows of the tables its kind is about, in passages of theirs; its id and a story's are hashes of what
they join. What a comparison says of its answers is so.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from onrecord.model import TABLES, Comparison, Link, Mention, Occasion, Passage, Story, digest
from onrecord.model.schema import passages_in
from onrecord.store.file import Store
from onrecord.store.findings import Finding
from onrecord.store.layout import quoted

SIDES: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    "same_event": (frozenset({"events"}), frozenset({"events"})),
    "same_words": (frozenset({"statements"}), frozenset({"statements"})),
    "same_figure": (frozenset({"figures"}), frozenset({"figures"})),
    "same_occasion": (frozenset({"occasions"}), frozenset({"occasions"})),
    "copied_from": (frozenset({"articles"}), frozenset({"articles"})),
    "cites": (frozenset({"articles", "statements"}), frozenset({"articles", "parties"})),
}
"""The tables that the left and the right of each kind of link are rows of."""
EITHER_WAY = frozenset({"same_event", "same_words", "same_figure", "same_occasion"})
"""Kinds that say the same of both sides: the smaller id is on the left."""


CHUNK = 2000
"""Rows that are read at once."""

Places = Mapping[str, Sequence[Passage]]
"""The passages of one row by the articles that they stand in."""


class Rows:
    """The rows that links and comparisons name: their tables, their articles, and the passages that are theirs."""

    def __init__(self, store: Store) -> None:
        self.lengths: Mapping[str, int] = dict(store.select("SELECT id, length FROM articles"))
        self.table_of: Mapping[str, str] = {
            key: name for name in TABLES for (key,) in store.select(f"SELECT id FROM {quoted(name)}")
        }
        self._places: dict[str, Places] = {}
        sql = (
            "SELECT left_id FROM links UNION SELECT right_id FROM links UNION SELECT record_id FROM comparisons_answers"
        )
        by_table: dict[str, list[str]] = defaultdict(list)
        for (key,) in store.select(f"{sql} ORDER BY 1"):
            by_table[self.table_of.get(key, "articles")].append(key)
        for table in sorted(set(by_table) - {"articles", "parties"}):
            for at in range(0, len(by_table[table]), CHUNK):
                for row in store.load(table, by_table[table][at : at + CHUNK]):
                    self._places[row.id] = _places(row)

    def places(self, key: str) -> Places:
        """The passages of a row by article; of an article or a party, none: any passage may be theirs."""
        return self._places.get(key, {})

    def articles(self, key: str) -> frozenset[str]:
        """The articles that a row is found in; of an article, itself."""
        return frozenset({key}) if self.table_of.get(key) == "articles" else frozenset(self.places(key))


def _places(row: Any) -> Places:
    if isinstance(row, Occasion):
        found: dict[str, list[Passage]] = defaultdict(list)
        for mention in row.mentions:
            found[mention.article_id].append(Passage(mention.start, mention.end))
        return found
    if isinstance(row, Mention):
        return {row.article_id: [Passage(row.start, row.end)]}
    return {row.article_id: [passage for _, passage in passages_in(row)]} if hasattr(row, "article_id") else {}


def across(store: Store) -> Iterator[Finding]:
    """Everything in the links, stories and comparisons that does not hold."""
    rows = Rows(store)
    for link in store.rows("links"):
        yield from (Finding("links", link.id, says) for says in _link(link, rows))
    for story in store.rows("stories"):
        yield from (Finding("stories", story.id, says) for says in _story(story))
    for comparison in store.rows("comparisons"):
        yield from (Finding("comparisons", comparison.id, says) for says in _comparison(comparison, rows))


def _link(link: Link, rows: Rows) -> Iterator[str]:
    if link.id != digest("link", link.kind, link.left_id, link.right_id):
        yield "the id is not the hash of its kind and its two sides"
    if link.kind in EITHER_WAY and link.left_id >= link.right_id:
        yield f"{link.kind} holds both ways, and the smaller id is not on the left"
    if link.left_id == link.right_id:
        yield "both sides are one row"
    if not 0 <= link.score <= 1:
        yield f"the score is {link.score}"
    if not link.explanation.strip():
        yield "nothing says why"
    sides = (("left", link.left_id, link.left_passages), ("right", link.right_id, link.right_passages))
    for (side, key, passages), tables in zip(sides, SIDES[link.kind], strict=True):
        table = rows.table_of.get(key)
        if table is not None and table not in tables:
            yield f"the {side} side of {link.kind} is one of {table}"
        yield from _side(link, side, key, passages, rows)
    if link.kind == "copied_from" and len(link.left_passages) != len(link.right_passages):
        yield f"{len(link.left_passages)} passages are copied from {len(link.right_passages)}"
    if link.kind in ("copied_from", "cites") and not link.left_passages:
        yield "it rests on no words"


def _side(link: Link, side: str, key: str, passages: Sequence[Passage], rows: Rows) -> Iterator[str]:
    """The passages of one side stand in its article and, where the link says what is the same, in words of its row."""
    table = rows.table_of.get(key)
    if table is None:
        return
    if table == "parties":
        if passages:
            yield f"the {side} side is a party, and passages are given for it"
        return
    longest = max((rows.lengths.get(article, 0) for article in rows.articles(key)), default=0)
    own = [passage for places in rows.places(key).values() for passage in places]
    for passage in passages:
        if passage.end > longest:
            yield f"the {side} passage {passage.start}..{passage.end} is outside its article"
        elif link.kind in EITHER_WAY and not any(passage.meets(place) for place in own):
            yield f"the {side} passage {passage.start}..{passage.end} has none of the row's words"


def _story(story: Story) -> Iterator[str]:
    if story.id != digest("story", *story.article_ids):
        yield "the id is not the hash of its articles"
    if not story.article_ids:
        yield "it has no article"
    if list(story.article_ids) != sorted(set(story.article_ids)):
        yield "its articles are not in order, each once"


def _comparison(comparison: Comparison, rows: Rows) -> Iterator[str]:
    for subject in comparison.about:
        table = rows.table_of.get(subject.id)
        if table is not None and subject.kind not in (table, table.removesuffix("s"), _one_of(table)):
            yield f"about names {subject.id!r} as one of {subject.kind}, and it is one of {table}"
    for answer in comparison.answers:
        if answer.record_id in rows.table_of and answer.article_id not in rows.articles(answer.record_id):
            yield f"the answer {answer.record_id!r} is not from the article that it is said to be from"
    yield from _agreement(comparison)
    answering = {answer.article_id for answer in comparison.answers}
    for name, articles in (("silent", comparison.silent), ("too_early", comparison.too_early)):
        if answering & set(articles):
            yield f"{name} names an article that answers"
    if set(comparison.silent) & set(comparison.too_early):
        yield "an article is both silent and too early"


def _agreement(comparison: Comparison) -> Iterator[str]:
    """The outcome is one that its answers can have, and the origins are as many as are named.

    Long answers are cut ("…") and may differ in what is not shown.
    """
    values = [answer.value for answer in comparison.answers]
    articles = {answer.article_id for answer in comparison.answers}
    if not values:
        yield "nothing answers it"
    elif comparison.outcome == "only_in" and len(articles) > 1:
        yield f"the outcome is only_in, and {len(articles)} articles answer"
    elif comparison.outcome == "differ" and len(set(values)) < 2 and not values[0].endswith("…"):
        yield "the outcome is differ, and there is one answer"
    elif comparison.outcome in ("agree", "compatible") and len(values) < 2:
        yield f"the outcome is {comparison.outcome}, and there is one answer"
    if comparison.independent_origins != len(comparison.origins):
        yield f"{comparison.independent_origins} origins are counted and {len(comparison.origins)} named"
    if comparison.independent_origins + comparison.unresolved_origins < 1:
        yield "it comes from nowhere"


def _one_of(table: str) -> str:
    return f"{table[:-3]}y" if table.endswith("ies") else table
