"""Rows of the record as entries: the one line and the words that lists, cards and pages show."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from onrecord.model import Commitment, Event, Figure, Mention, Occasion, Statement, Time
from onrecord.model.schema import passages_in
from onrecord.model.spoken import SOMEBODY, amount_words, bare_amount, when_words
from onrecord.store.briefing import VERBS
from onrecord.web.context import Entry, Name, Quote, To
from onrecord.web.lookup import Lookup, day_only, passage_marks
from onrecord.web.marking import Mark
from onrecord.web.places import KINDS
from onrecord.web.wording import ACTS, MODES, are_many, for_many, plain_word, shortened

ROLE_NOTES = {"change": "a change", "target": "a target", "cumulative": "so far"}


def entries(look: Lookup, table: str, rows: Sequence[Any], most: int = 420) -> tuple[Entry, ...]:
    """Rows of one table as entries, in the same order."""
    if not rows:
        return ()
    look.read_articles(row.article_id for row in rows if hasattr(row, "article_id"))
    look.read_names(party for row in rows for party in party_ids(row))
    kind = KINDS[table]
    return tuple(MAKERS[kind](look, row, most) for row in rows)


def load(look: Lookup, table: str, ids: Sequence[str], most: int = 420) -> tuple[Entry, ...]:
    """The entries of these ids, in this order."""
    return entries(look, table, look.store.load(table, ids), most)


def party_ids(row: Any) -> Iterable[str]:
    """The parties that a row names."""
    for name in ("speaker_ids", "addressee_ids", "actor_ids", "recipient_ids", "subject_ids", "who_ids"):
        yield from getattr(row, name, ())
    for name in ("place_id", "party_id"):
        if getattr(row, name, None):
            yield getattr(row, name)


def marks_of(row: Any, kind: str) -> tuple[Mark, ...]:
    """Every passage of a row as a mark."""
    if isinstance(row, Mention):
        return (Mark(row.start, row.end, kind, row.party_id, "mention"),)
    return passage_marks(row, kind, passages_in(row))


def _statement(look: Lookup, row: Statement, most: int) -> Entry:
    article = look.article(row.article_id)
    who = look.names(row.speaker_ids, [row.speaker_name])
    day = when_words(day_only(row.said))
    verb = VERBS[row.act]
    if row.form == "direct" and row.cue is not None and any(map(str.isalpha, row.cue.of(article.text))):
        verb = " ".join(row.cue.of(article.text).split())
    return Entry(
        "statement", row.id, who or (Name("somebody"),), verb, (), "",
        "" if row.form == "direct" else "in other words" if row.form == "indirect" else "partly in own words",
        day, look.quote("statement", row.id, row.article_id, marks_of(row, "statement"), most), row.confidence,
        shortened(row.text.strip("“”\"'‘’«» ,"), 110),
    )  # fmt: skip


def _event(look: Lookup, row: Event, most: int) -> Entry:
    actors = len(row.actor_ids or row.actors)
    actors += actors == 1 and not row.actor_ids and are_many(row.actors[0])
    verb = for_many(MODES.get(row.mode or "", ACTS[row.type]), actors)
    mode = "" if row.mode is None or row.mode in MODES else plain_word(row.mode)
    status = "" if row.status == "happened" else row.status
    claimed = "" if row.asserted_by == "outlet" else "as a speaker says"
    whom = look.names(row.recipient_ids, row.recipients)
    if row.recipient_ids and set(row.recipient_ids) == set(row.actor_ids):
        whom = (Name("each other"),)
    return Entry(
        "event", row.id, look.names(row.actor_ids, row.actors) or (Name(SOMEBODY),), verb, whom, "",
        ", ".join(note for note in (mode, status, claimed) if note), when_words(row.when),
        look.quote("event", row.id, row.article_id, marks_of(row, "event"), most), row.confidence,
    )  # fmt: skip


def _figure(look: Lookup, row: Figure, most: int) -> Entry:
    of_what = " ".join((row.of_what or "").split())
    value = amount_words(row.amount)
    if of_what and row.of_what_head is not None and row.of_what_head == row.amount.unit:
        value = f"{bare_amount(row.amount)} {of_what}"
    elif of_what and of_what.casefold() not in value.casefold():
        value = f"{value}: {of_what}"
    return Entry(
        "figure", row.id, look.names(row.subject_ids), "", (), value, ROLE_NOTES.get(row.role, ""),
        when_words(row.when),
        look.quote("figure", row.id, row.article_id, marks_of(row, "figure"), most), row.confidence,
    )  # fmt: skip


def _time(look: Lookup, row: Time, most: int) -> Entry:
    shown = when_words(row.when) or "no day can be told"
    quote = look.quote("time", row.id, row.article_id, marks_of(row, "time"), most)
    return Entry("time", row.id, (), "", (), shown, "", "", quote, row.confidence)


def _commitment(look: Lookup, row: Commitment, most: int) -> Entry:
    return Entry(
        "commitment", row.id, look.names(row.who_ids), "", (), " ".join(row.what.split()),
        row.status, when_words(row.due),
        look.quote("commitment", row.id, row.article_id, marks_of(row, "commitment"), most), row.confidence,
    )  # fmt: skip


def _occasion(look: Lookup, row: Occasion, most: int) -> Entry:
    quote: Quote | None = None
    if row.mentions:
        first = row.mentions[0]
        mark = Mark(first.start, first.end, "occasion", row.id, "mention")
        quote = look.quote("occasion", row.id, first.article_id, [mark], most)
    place = look.names([row.place_id]) if row.place_id else ()
    return Entry("occasion", row.id, (), "", place, row.name, plain_word(row.kind), when_words(row.when), quote, None)


MAKERS: dict[str, Callable[[Lookup, Any, int], Entry]] = {
    "statement": _statement,
    "event": _event,
    "figure": _figure,
    "time": _time,
    "commitment": _commitment,
    "occasion": _occasion,
}
"""How each kind of row becomes an entry."""


def occasion_marks(look: Lookup, article_id: str) -> list[Mark]:
    """The places in an article that name occasions."""
    sql = 'SELECT start, "end", occasion_id FROM occasions_mentions WHERE article_id = ?'
    return [Mark(start, end, "occasion", key, "mention") for start, end, key in look.store.select(sql, (article_id,))]


def link_to(look: Lookup, table: str, key: str) -> To:
    """A link to any row, by its one line."""
    if table == "parties":
        return look.party(key)
    if table == "articles":
        return look.source(key)
    found = load(look, table, [key])
    return found[0].to if found else To(KINDS.get(table, table), key, key)
