"""The page of one statement, event, figure, time, occasion or commitment."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

from onrecord.model import Commitment, Event, Figure, Occasion, Statement, Time, When
from onrecord.model.schema import passages_in
from onrecord.model.spoken import ACTS as ACT_NOUNS
from onrecord.model.spoken import NOBODY, amount_words, day_words, number_words, when_words
from onrecord.store import standing
from onrecord.store.origins import claim_of
from onrecord.web.across import Compared, Tie, compared, comparison_ids, ties
from onrecord.web.citing import Citation, cite_words, words_of
from onrecord.web.context import Entry, Fact, Page, Quote, To, Value
from onrecord.web.entries import MAKERS, entries, marks_of
from onrecord.web.lookup import LABELS, Lookup
from onrecord.web.marking import Mark
from onrecord.web.places import TABLES
from onrecord.web.sources import Behind, behind
from onrecord.web.wording import BASES, LEGEND, RESOLVED, SAYING, STANDINGS, plain_word, sure_words

NOUNS = {
    "statement": "Statement",
    "event": "Event",
    "figure": "Figure",
    "time": "Time",
    "occasion": "Occasion",
    "commitment": "Promise or plan",
}
WHOLE = 6000
"""Characters of a quotation that an entry's own page shows."""
CLAIMING = ("statement", "event", "figure")
"""Kinds whose origins are told."""
MENTIONS = 100
"""Places of an occasion that its page shows."""


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the chain from who said it to the article: who, and how."""

    words: str
    how: str
    to: To | None


@dataclass(frozen=True, slots=True)
class EntryPage(Page):
    """One entry with its words, how each part of it is known, and what else belongs to it."""

    template: ClassVar[str] = "entry.html"
    id: str
    kind: str
    noun: str
    entry: Entry
    quotes: tuple[Quote, ...]
    legend: tuple[tuple[str, str], ...]
    source: To | None
    facts: tuple[Fact, ...]
    chain: tuple[Step, ...]
    behind: Behind | None
    inside: tuple[Entry, ...]
    ties: tuple[Tie, ...]
    comparisons: tuple[Compared, ...]
    sure: str
    confidence: float | None
    made_by: str
    passages: str
    citation: Citation | None


def entry_page(look: Lookup, kind: str, key: str, as_of: str) -> EntryPage:
    """The page of one entry; `as_of` is the day on which a promise is due or overdue."""
    table = TABLES[kind]
    row = look.store.load(table, [key])[0]
    entry = MAKERS[kind](look, row, WHOLE)
    marks = marks_of(row, kind)
    article = look.article(row.article_id) if hasattr(row, "article_id") else None
    citation = _citation(look, row, entry)
    return EntryPage(
        title=entry.title,
        id=row.id,
        kind=kind,
        noun=NOUNS[kind],
        entry=entry,
        quotes=_quotes(look, row, kind, entry, marks),
        legend=tuple(dict.fromkeys((mark.label, LEGEND.get(mark.label, plain_word(mark.label))) for mark in marks)),
        source=look.source(row.article_id) if article is not None else None,
        facts=tuple(fact for fact in FACTS[kind](look, row, as_of) if fact.values),
        chain=tuple(_chain(look, row)) if isinstance(row, Statement) else (),
        behind=behind(look, claim_of(look.store, row.id)) if kind in CLAIMING else None,
        inside=_inside(look, row),
        ties=ties(look, [row.id]).get(row.id, ()),
        comparisons=compared(look, comparison_ids(look, [row.id]).get(row.id, [])),
        sure=sure_words(getattr(row, "confidence", None)),
        confidence=getattr(row, "confidence", None),
        made_by=getattr(row, "made_by", ""),
        passages=", ".join(f"{LABELS.get(name, name)} {p.start}–{p.end}" for name, p in passages_in(row)),
        citation=citation,
    )


def _citation(look: Lookup, row: Any, entry: Entry) -> Citation | None:
    """The words to quote: a statement's and a promise's own, otherwise the sentence; null where no text names it."""
    if entry.quote is None:
        return None
    article = look.article(entry.quote.to.id)
    if isinstance(row, Statement):
        return cite_words(article, words_of(article, row.content), ", ".join(name.words for name in entry.who))
    if isinstance(row, Commitment):
        return cite_words(article, words_of(article, (row.passage,)))
    return cite_words(article, "".join(piece.text for piece in entry.quote.pieces))


def _quotes(look: Lookup, row: Any, kind: str, entry: Entry, marks: tuple[Mark, ...]) -> tuple[Quote, ...]:
    """The words in their sentences: every place of an occasion, every telling of an event."""
    if isinstance(row, Occasion):
        places = row.mentions[:MENTIONS]
        look.read_articles(place.article_id for place in places)
        return tuple(
            look.quote(kind, row.id, place.article_id, [Mark(place.start, place.end, kind, row.id, "mention")])
            for place in places
        )
    shown = [entry.quote] if entry.quote else []
    if isinstance(row, Event):
        for trigger in row.triggers[1:]:
            mark = Mark(trigger.start, trigger.end, kind, row.id, "trigger")
            shown.append(look.quote(kind, row.id, row.article_id, [mark, *(m for m in marks if m.label != "trigger")]))
    return tuple(shown)


def _chain(look: Lookup, row: Statement) -> Iterator[Step]:
    """Who said it, in what, through whom, and where we read it."""
    who = look.names(row.speaker_ids, [row.speaker_name])
    speaker = ", ".join(name.words for name in who) or "somebody"
    yield Step(speaker, "said it", who[0].to if len(who) == 1 else None)
    if row.medium is not None:
        owner = look.party(row.medium.party_id) if row.medium.party_id else None
        yield Step(f"“{row.medium.text}”", f"in a {plain_word(row.medium.kind)}", owner)
    for relay in reversed(row.via):
        party = look.party(relay.party_id)
        yield Step(party.words, "relayed it", party)
    yield Step(look.outlet(row.article_id), "printed it", look.article_link(row.article_id, f"e-{row.id}"))


def _inside(look: Lookup, row: Any) -> tuple[Entry, ...]:
    """The figures and events that stand in a statement, or measure an event or an occasion."""
    if isinstance(row, Statement):
        asked = {"figures": "statement_id", "events": "asserted_by"}
    elif isinstance(row, Event):
        asked = {"figures": "event_id"}
    elif isinstance(row, Occasion):
        asked = {"events": "occasion_id", "figures": "occasion_id"}
    else:
        return ()
    found: list[Entry] = []
    for table, column in asked.items():
        same = " AND article_id = ?2" if isinstance(row, Statement) else ""
        given = (row.id, row.article_id) if isinstance(row, Statement) else (row.id,)
        sql = f"SELECT id FROM {table} WHERE {column} = ?1{same} ORDER BY id LIMIT 60"
        ids = [key for (key,) in look.store.select(sql, given)]
        found += entries(look, table, look.store.load(table, ids), 240)
    return tuple(found)


def _parties(look: Lookup, ids: tuple[str, ...]) -> tuple[Value, ...]:
    look.read_names(ids)
    return tuple(Value(to.words, to) for to in map(look.party, ids))


def _when(label: str, when: When | None) -> Fact:
    if when is None:
        return Fact(label, ())
    days = when_words(when)
    shown = days or "no day can be told"
    words = f"“{' '.join(when.text.split())}”, " if when.text.strip() else ""
    return Fact(label, (Value(shown),), f"{words}{BASES.get(when.basis or '', 'no basis')}")


def _statement_facts(look: Lookup, row: Statement, as_of: str) -> Iterator[Fact]:
    speaker = _parties(look, row.speaker_ids)
    if speaker:
        article = look.article(row.article_id)
        words = " ".join(row.source.of(article.text).split()) if row.source else row.speaker_name
        yield Fact("Speaker", speaker, _resolved(row.resolved_by, words))
    else:
        words = row.speaker_name
        yield Fact("Speaker", (Value(f"“{words}”" if words else "not named"),), "who that is cannot be told")
    yield Fact("To", _parties(look, row.addressee_ids))
    if row.said is not None and row.said.earliest is not None:
        yield _when("Said", row.said)
    else:
        published = look.published(row.article_id)
        if published:
            yield Fact("Said", (Value(f"by {published}"),), "the day is not stated; the article came out then")
    yield Fact(
        "Form", (Value({"direct": "in its own words", "indirect": "in the reporter’s words"}.get(row.form, "both")),)
    )
    negated = "" if row.polarity == "positive" else "that something is not so"
    yield Fact("Act", (Value(SAYING[row.act]),), negated)


def _resolved(how: str | None, words: str | None) -> str:
    told = RESOLVED.get(how or "", plain_word(how or ""))
    return f"{told}: “{words}”" if words and told else told


def _event_facts(look: Lookup, row: Event, as_of: str) -> Iterator[Fact]:
    actors = _parties(look, row.actor_ids) or _words(row.actors) or (Value(NOBODY),)
    yield Fact("Who", actors, _as_written(row.actor_ids, row.actors))
    yield Fact(
        "To or with whom",
        _parties(look, row.recipient_ids) or _words(row.recipients),
        _as_written(row.recipient_ids, row.recipients),
    )
    mode = f" ({plain_word(row.mode)})" if row.mode else ""
    yield Fact("Act", (Value(f"{ACT_NOUNS[row.type]}{mode}"),), f"type {row.type}, PLOVER code {row.plover}")
    yield Fact("Status", (Value(row.status),))
    yield _when("When", row.when)
    if row.place_id or row.place:
        place = _parties(look, (row.place_id,)) if row.place_id else _words((row.place or "",))
        yield Fact("Where", place, f"“{row.place}”" if row.place_id and row.place else "")
    if row.asserted_by == "outlet":
        yield Fact("Claimed by", (Value(look.outlet(row.article_id)),), "the article itself says so")
    else:
        yield Fact("Claimed by", _rows(look, "statements", row.asserted_by), "a speaker says so, not the article")
    yield Fact("Part of", _rows(look, "occasions", row.occasion_id))


def _words(words: tuple[str, ...]) -> tuple[Value, ...]:
    return tuple(Value(f"“{each}”") for each in words if each)


def _as_written(ids: tuple[str, ...], words: tuple[str, ...]) -> str:
    return ", ".join(f"“{each}”" for each in words) if ids and words else ""


def _rows(look: Lookup, table: str, key: str | None) -> tuple[Value, ...]:
    rows = look.store.load(table, [key]) if key else []
    return tuple(Value(entry.title, entry.to) for entry in entries(look, table, rows, 120))


def _figure_facts(look: Lookup, row: Figure, as_of: str) -> Iterator[Fact]:
    amount = row.amount
    bounds = f"from {number_words(amount.low) or 'open'} to {number_words(amount.high) or 'open'}"
    yield Fact(
        "Amount",
        (Value(amount_words(amount)),),
        f"“{' '.join(row.text.split())}”" + ("" if amount.hedge == "exact" else f"; {bounds}"),
    )
    yield Fact("Of what", (Value(row.of_what),) if row.of_what else ())
    yield Fact("Whose", _parties(look, row.subject_ids))
    role = {"value": "a plain value", "change": "a change", "target": "a target", "cumulative": "a running total"}
    yield Fact("Role", (Value(role[row.role]),))
    yield _when("Of what time", row.when)
    yield Fact("Measures", (*_rows(look, "events", row.event_id), *_rows(look, "occasions", row.occasion_id)))
    yield Fact("Stands in", _rows(look, "statements", row.statement_id))


def _time_facts(look: Lookup, row: Time, as_of: str) -> Iterator[Fact]:
    yield _when("Means", row.when)
    if row.when.precision:
        yield Fact("Exact to", (Value(row.when.precision),))


def _occasion_facts(look: Lookup, row: Occasion, as_of: str) -> Iterator[Fact]:
    yield Fact("Kind", (Value(plain_word(row.kind)),))
    if row.ordinal is not None:
        yield Fact("Number", (Value(str(row.ordinal)),), f"of the {row.series}" if row.series else "")
    yield _when("When", row.when)
    yield Fact("Where", _parties(look, (row.place_id,)) if row.place_id else ())


def _commitment_facts(look: Lookup, row: Commitment, as_of: str) -> Iterator[Fact]:
    yield Fact("Who", _parties(look, row.who_ids))
    yield Fact("What", (Value(row.what),))
    yield _when("Due", row.due)
    stands = standing(row, as_of)
    yield Fact("Standing", (Value(STANDINGS.get(stands, stands)),), f"as of {day_words(as_of)}")
    yield Fact("Met by", _rows(look, "events", row.met_by))


FACTS: dict[str, Callable[[Lookup, Any, str], Iterator[Fact]]] = {
    "statement": _statement_facts,
    "event": _event_facts,
    "figure": _figure_facts,
    "time": _time_facts,
    "occasion": _occasion_facts,
    "commitment": _commitment_facts,
}
"""What is known of each kind of entry."""
