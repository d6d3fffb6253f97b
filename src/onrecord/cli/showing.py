"""One row in full: its fields, and the words it rests on, marked in their context."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from onrecord.cli.lookup import Lookup
from onrecord.cli.output import stdout
from onrecord.cli.text import (
    RIGHT_TO_LEFT,
    Mark,
    amount_words,
    cell,
    day_words,
    line,
    marked,
    underlined,
    when_words,
)
from onrecord.model import Amount, Article, Comparison, Mention, Occasion, Party, Passage, When
from onrecord.model.codec import to_json
from onrecord.model.schema import REFERENCES, fields_of, passages_in
from onrecord.model.spoken import answer_words
from onrecord.store import Store, sentence_around
from onrecord.store.comparing import quoted
from onrecord.store.judging.keeping import judgements_of

NOT_SHOWN = frozenset({"id", "parts", "dates", "mentions", "about", "answers"})
"""Fields that are left out, or shown with the words that they rest on."""
MOST = 10
"""Mentions of a party or an occasion that are shown."""


def show(key: str, *, json: bool, record: Path) -> None:
    """Shows the row whose id begins with `key`."""
    with Store.open(record, read_only=True) as store:
        table, row = store.get(key)
        if json:
            sys.stdout.write(to_json(row) + "\n")
            return
        look = Lookup(store, terminal=sys.stdout.isatty())
        for shown in lines_of(store, table, row, look):
            sys.stdout.write(shown + "\n")


def lines_of(store: Store, table: str, row: Any, look: Lookup) -> Iterator[str]:
    """Everything that is shown of a row."""
    yield f"{table} {row.id}"
    yield from _aligned(_fields(row, look))
    yield from _judged(store, table, row.id)
    if isinstance(row, Article):
        yield from _of_article(store, row)
    elif isinstance(row, Party):
        yield from _mentions(_party_mentions(store, row), look)
        yield f"  more: onrecord statements --who {row.id[:8]}"
    elif isinstance(row, Occasion):
        yield from _mentions([(m.article_id, Passage(m.start, m.end)) for m in row.mentions], look)
    elif isinstance(row, Comparison):
        yield from _of_comparison(store, row, look)
    elif hasattr(row, "article_id"):
        yield ""
        yield look.source(row.article_id) + f"  ({row.article_id})"
        yield from _in_context(row, look)


def _fields(row: Any, look: Lookup) -> Iterator[tuple[str, str]]:
    """A row's fields with something in them, but for those that are shown as marked words."""
    kind: Any = type(row)
    for field in fields_of(kind):
        value = getattr(row, field.name)
        if field.name in NOT_SHOWN or (isinstance(row, Article) and field.name == "text"):
            continue
        if value is None or value == () or field.record is Passage:
            continue
        yield field.name, _said(field.name, value, look)


def _judged(store: Store, table: str, key: str) -> Iterator[str]:
    """What people said of a row, the latest first: of a correction what it was and what it is."""
    for one in judgements_of(store, table, key):
        says = one.verdict.replace("_", " ")
        if one.verdict == "edit":
            says = f"{one.field}: corrected from {one.was or 'nothing'} to {one.value or 'nothing'}"
        elif one.other_words or one.value:
            says = f"{says} {one.other_words or one.value}"
        yield line(f"  judged by {one.by or 'somebody'}, {one.at[:10]}: {says} ({one.id[:8]})")


def _said(name: str, value: Any, look: Lookup) -> str:
    if isinstance(value, tuple):
        return "; ".join(_said(name, item, look) for item in value)
    if isinstance(value, When):
        days = when_words(value)
        words = [line(value.text)] if value.text else []
        return " = ".join([*words, f"{days} ({value.basis})"]) if days else " ".join([*words, "(no day can be told)"])
    if isinstance(value, Amount):
        return f"{amount_words(value)} ({value.low or 'open'} to {value.high or 'open'}, {value.hedge})"
    if isinstance(value, str) and REFERENCES.get(name) == "parties":
        return f"{look.party(value)} ({value})"
    if isinstance(value, str) and name in ("silent", "too_early"):
        return look.source(value)
    if name == "occasion_id":
        occasion: Any = look.store.row("occasions", value)
        return f"{line(occasion.name)} ({value})"
    if hasattr(value, "__dataclass_fields__"):
        parts = ((part, getattr(value, part)) for part in value.__dataclass_fields__)
        shown = ((part, inner) for part, inner in parts if inner is not None and not isinstance(inner, Passage))
        return ", ".join(_said(part, inner, look) for part, inner in shown)
    return line(str(value))


def _aligned(pairs: Iterator[tuple[str, str]]) -> Iterator[str]:
    kept = list(pairs)
    width = max((len(name) for name, _ in kept), default=0)
    for name, words in kept:
        yield f"  {name:<{width}}  {cell(words, terminal=sys.stdout.isatty())}"


def _of_article(store: Store, article: Article) -> Iterator[str]:
    """Why it is dated as it is, what its text consists of, and what was found in it."""
    yield "  dates it gives, best first:" if article.dates else "  it gives no date of its own"
    for when in article.dates:
        yield f"    {when_words(when) or '?'}  from {when.basis or 'nothing'}: {line(when.text)}"
    roles = Counter(part.role for part in article.parts)
    lengths = Counter[str]()
    for part in article.parts:
        lengths[part.role] += part.end - part.start
    parts = (f"{count} {role} ({lengths[role]} characters)" for role, count in roles.items())
    yield f"  its text: {', '.join(parts)}"
    found = (
        f"{store.select(f'SELECT count(*) FROM {table} WHERE article_id = ?', (article.id,))[0][0]} {table}"
        for table in ("statements", "events", "figures", "times", "mentions", "commitments")
    )
    yield f"  found in it: {', '.join(found)}"


def _of_comparison(store: Store, row: Comparison, look: Lookup) -> Iterator[str]:
    """What each place answers, with its sentence."""
    for one in quoted(store, row):
        yield ""
        day = day_words(one.article.published) or "undated"
        yield f"  {line(answer_words(one.answer.value))}  {line(one.outlet)}, {day}"
        if one.place is not None:
            words = marked(one.article.text, one.place, one.marks, terminal=look.terminal)
            yield f"    {words.plain}  ({one.answer.record_id})"


def _party_mentions(store: Store, party: Party) -> list[tuple[str, Passage]]:
    sql = 'SELECT article_id, start, "end" FROM mentions WHERE party_id = ? ORDER BY article_id, start'
    return [(article, Passage(start, end)) for article, start, end in store.select(sql, (party.id,))]


def _mentions(places: Sequence[tuple[str, Passage]], look: Lookup) -> Iterator[str]:
    yield f"  mentioned {len(places)} times" + (f", the first {MOST}:" if len(places) > MOST else ":")
    for article, passage in places[:MOST]:
        yield f"    {look.source(article)}"
        yield "      " + line(look.in_words(article, [passage]).plain)


def _in_context(row: Any, look: Lookup) -> Iterator[str]:
    """The sentences that a row's passages stand in, with a line of marks under each line of text."""
    article = look.article(row.article_id)
    text = article.text
    marks = [Mark(passage, _label(name)) for name, passage in passages_in(row)]
    if isinstance(row, Mention):
        marks = [Mark(Passage(row.start, row.end), "mention")]
    width = max(40, min(stdout().width, 100) - 2)
    for place in _places(article, marks):
        inside = [mark for mark in marks if place.holds(mark.passage)]
        yield ""
        if RIGHT_TO_LEFT.search(place.of(text)):
            yield from (f"  {mark.label}: {line(mark.passage.of(text))}" for mark in inside)
            continue
        yield from (f"  {shown}" for shown in underlined(text, place, inside, width))
    yield ""
    spans = (f"{mark.label} {mark.passage.start}..{mark.passage.end}" for mark in marks)
    yield f"  {', '.join(dict.fromkeys(spans))}"


def _places(article: Article, marks: Sequence[Mark]) -> list[Passage]:
    """The sentences around the marks, joined where they touch."""
    places: list[Passage] = []
    for around in sorted(sentence_around(article, mark.passage) for mark in marks):
        if places and around.start <= places[-1].end + 1:
            places[-1] = Passage(places[-1].start, max(places[-1].end, around.end))
        else:
            places.append(around)
    return places


def _label(name: str) -> str:
    """A field's name as a mark has it: `actor_passages` marks actors."""
    return {
        "triggers": "trigger",
        "actor_passages": "actor",
        "recipient_passages": "recipient",
        "medium.passage": "medium",
        "via.passage": "via",
    }.get(name, name)
