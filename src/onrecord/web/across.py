"""What other articles say of an entry: its links, and the comparisons that it answers."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from onrecord.model import TABLES, Comparison, Link, Passage
from onrecord.model.spoken import value_words
from onrecord.store.layout import quoted
from onrecord.web.context import Entry, Quote, To
from onrecord.web.entries import MAKERS, load, occasion_marks
from onrecord.web.lookup import Lookup
from onrecord.web.marking import Mark
from onrecord.web.places import KINDS

TIES = {
    "same_event": "The same event",
    "same_words": "The same words",
    "same_figure": "The same figure",
    "same_occasion": "The same occasion",
    "copied_from": "Copied passages",
    "cites": "Cites",
}
TIES_BACK = {"copied_from": "Copied by", "cites": "Cited by"}
"""What a link is called, and what it is called from its right side where that differs."""

OUTCOMES = {
    "differ": "differ",
    "agree": "agree",
    "compatible": "can all be true",
    "only_in": "in one article only",
}


@dataclass(frozen=True, slots=True)
class Tie:
    """A link as it is read from one of its ends: what it is, and the other end."""

    id: str
    kind: str
    label: str
    other: To
    entry: Entry | None
    source: To | None
    changed: tuple[str, ...]
    explanation: str


@dataclass(frozen=True, slots=True)
class AnswerShown:
    """One answer to a comparison's question: who says it, what, and in which words."""

    outlet: str
    day: str
    value: str
    entry: Entry | None
    quote: Quote | None
    source: To
    group: int


@dataclass(frozen=True, slots=True)
class Compared:
    """A comparison as pages show it; answers of one `group` say the same."""

    id: str
    question: str
    outcome: str
    outcome_words: str
    explanation: str
    answers: tuple[AnswerShown, ...]
    silent: tuple[To, ...]
    too_early: tuple[To, ...]
    independent_origins: int
    unresolved_origins: int
    origins: tuple[str, ...]

    @property
    def of_itself(self) -> bool:
        """Whether one article alone answers, in several places."""
        return len({answer.source.id for answer in self.answers}) < 2

    @property
    def to(self) -> To:
        return To("comparison", self.id, self.question)


def tables_of(look: Lookup, ids: Iterable[str]) -> dict[str, str]:
    """The table that each id is of."""
    wanted = json.dumps(sorted(set(ids)))
    sql = " UNION ALL ".join(
        f"SELECT id, '{name}' FROM {quoted(name)} WHERE id IN (SELECT value FROM json_each(?1))" for name in TABLES
    )
    return dict(look.store.select(sql, (wanted,)))


def ties(look: Lookup, ids: Sequence[str]) -> Mapping[str, tuple[Tie, ...]]:
    """The links of each of these rows, the surest first."""
    wanted = json.dumps(sorted(set(ids)))
    sql = (
        "SELECT id FROM links WHERE left_id IN (SELECT value FROM json_each(?1))"
        " UNION SELECT id FROM links WHERE right_id IN (SELECT value FROM json_each(?1))"
    )
    links = look.store.load("links", [key for (key,) in look.store.select(sql, (wanted,))])
    others = rows_shown(look, [key for link in links for key in (link.left_id, link.right_id)])
    found: dict[str, list[Tie]] = defaultdict(list)
    inside = set(ids)
    for link in sorted(links, key=lambda link: (-link.score, link.id)):
        for key in {link.left_id, link.right_id} & inside:
            found[key].append(_tie(look, link, key, others))
    return {key: tuple(each) for key, each in found.items()}


@dataclass(frozen=True, slots=True)
class Shown:
    """Any row as the end of a link: where it leads, the entry (null for parties and articles), its article."""

    to: To
    entry: Entry | None
    source: To | None


def rows_shown(look: Lookup, ids: Sequence[str]) -> dict[str, Shown]:
    """Rows of any table, fetched table by table."""
    by_table: dict[str, list[str]] = defaultdict(list)
    for key, table in tables_of(look, ids).items():
        by_table[table].append(key)
    found: dict[str, Shown] = {}
    for table, keys in by_table.items():
        if KINDS.get(table) in MAKERS:
            for entry in load(look, table, keys):
                source = look.source(entry.quote.to.id) if entry.quote else None
                found[entry.id] = Shown(entry.to, entry, source)
        elif table == "articles":
            look.read_articles(keys)
            found |= {key: Shown(look.article_link(key), None, look.source(key)) for key in keys}
        elif table == "parties":
            look.read_names(keys)
            found |= {key: Shown(look.party(key), None, None) for key in keys}
        else:
            found |= {key: Shown(To(KINDS.get(table, table), key, key), None, None) for key in keys}
    return found


def _tie(look: Lookup, link: Link, key: str, others: Mapping[str, Shown]) -> Tie:
    from_right = key == link.right_id
    label = TIES_BACK.get(link.kind, TIES[link.kind]) if from_right else TIES[link.kind]
    other_id = link.left_id if from_right else link.right_id
    other = others.get(other_id) or Shown(To("party", other_id, other_id), None, None)
    return Tie(link.id, link.kind, label, other.to, other.entry, other.source, link.changed, link.explanation)


def copied_quote(look: Lookup, article_id: str, passages: Sequence[Passage], link_id: str, most: int = 420) -> Quote:
    """Copied passages of an article, as words to read."""
    marks = [Mark(p.start, p.end, "copy", link_id, "passage") for p in passages]
    return look.quote("copy", "", article_id, marks, most)


def comparison_ids(look: Lookup, row_ids: Sequence[str]) -> dict[str, list[str]]:
    """The comparisons that each of these rows answers or is the subject of."""
    wanted = json.dumps(sorted(set(row_ids)))
    sql = (
        "SELECT record_id, comparison_id FROM comparisons_answers WHERE record_id IN (SELECT value FROM json_each(?1))"
        " UNION SELECT id, comparison_id FROM comparisons_about WHERE id IN (SELECT value FROM json_each(?1))"
        " ORDER BY 1, 2"
    )
    found: dict[str, list[str]] = defaultdict(list)
    for row, comparison in look.store.select(sql, (wanted,)):
        found[row].append(comparison)
    return found


def compared(look: Lookup, ids: Sequence[str], most: int = 320) -> tuple[Compared, ...]:
    """Comparisons as pages show them, in this order."""
    rows: list[Comparison] = look.store.load("comparisons", ids)
    answering = rows_shown(look, [answer.record_id for row in rows for answer in row.answers])
    mentioned = {a.article_id for row in rows for a in row.answers}
    look.read_articles(mentioned | {key for row in rows for key in (*row.silent, *row.too_early)})
    return tuple(_compared(look, row, answering) for row in rows)


def _value_words(value: str, entry: Entry | None) -> str:
    """An answer as it is read: a figure with its words, a day as a day, anything else as the record has it."""
    if entry is not None and entry.kind == "figure" and entry.value:
        return entry.value.partition(": ")[0]
    return value_words(value)


def _quote_in(look: Lookup, entry: Entry, article_id: str) -> Quote | None:
    """The words of an entry in one article: an occasion is named in several, each in its own words."""
    if entry.kind != "occasion" or (entry.quote is not None and entry.quote.to.id == article_id):
        return entry.quote
    marks = [mark for mark in occasion_marks(look, article_id) if mark.id == entry.id]
    return look.quote("occasion", entry.id, article_id, marks[:1], 420) if marks else None


def _compared(look: Lookup, row: Comparison, answering: Mapping[str, Shown]) -> Compared:
    values = list(dict.fromkeys(answer.value for answer in row.answers))
    shown = []
    for answer in row.answers:
        end = answering.get(answer.record_id)
        entry = end.entry if end else None
        shown.append(
            AnswerShown(
                look.outlet(answer.article_id),
                look.published(answer.article_id),
                _value_words(answer.value, entry),
                entry,
                _quote_in(look, entry, answer.article_id) if entry else None,
                look.source(answer.article_id),
                values.index(answer.value),
            )
        )
    return Compared(
        row.id,
        row.question,
        row.outcome,
        OUTCOMES[row.outcome],
        row.explanation,
        tuple(shown),
        tuple(look.source(key) for key in row.silent),
        tuple(look.source(key) for key in row.too_early),
        row.independent_origins,
        row.unresolved_origins,
        row.origins,
    )
