"""What can be corrected of each kind of row, in which words, and what the row then says."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any, get_args

from onrecord.model import (
    Act,
    EventStatus,
    EventType,
    FigureRole,
    OnRecordError,
    Party,
    PartyKind,
    Polarity,
    When,
    atlas,
    digest,
)
from onrecord.model.personal import fold
from onrecord.model.plover import plover
from onrecord.model.records import CommitmentStatus
from onrecord.store.judging import values
from onrecord.store.judging.rows import Rows

BY_A_PERSON = "judgement"
"""How a speaker or a mention was told where a person said who it is."""

NEW_PARTY = re.compile(r"(?P<name>.*\S)\s*\((?P<kind>person|organisation|state|place|group|work)\)\Z")

TellParty = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Editor:
    """How one field is corrected: what to write, whether empty means "not known", what it is now, and the change.

    `names_parties` tells that the value is names, several divided by semicolons. `allowed` are the words it is limited
    to, empty for any.
    """

    says: str
    was: Callable[[Any, Rows], str]
    put: Callable[[Any, str, Rows], Any]
    may_be_empty: bool = False
    names_parties: bool = False
    allowed: tuple[str, ...] = ()


def editor_of(table: str, field: str) -> Editor:
    """How a field of a table is corrected; an `OnRecordError` lists what can be where this cannot."""
    found = EDITORS.get(table, {}).get(field)
    if found is not None:
        return found
    known = ", ".join(EDITORS.get(table, {}))
    can = f"what can be corrected there: {known}" if known else "nothing in that table can be corrected"
    raise OnRecordError(f"{table} have no field {field!r} to correct; {can}")


def check(table: str, field: str, value: str) -> str:
    """The value as it will be kept; an `OnRecordError` where it is none for this field."""
    editor = editor_of(table, field)
    value = " ".join(value.split())
    if len(value) > 500:
        raise OnRecordError(f"{field}: a corrected value has at most 500 characters; this one has {len(value)}")
    if not value and not editor.may_be_empty:
        raise OnRecordError(f"{field}: give a value: {editor.says}")
    if editor.allowed:
        return values.one_of(value, editor.allowed)
    if value and field in DATED:
        values.days(value, "")
    if field == "value":
        values.amount(value)
    if field == "country" and value and atlas.country(value.upper()) is None:
        raise OnRecordError(f"{value!r} is no country's code; write three letters, such as PER or KEN")
    return value.upper() if field == "country" else value


def parties_in(rows: Rows, value: str, other: Any | None = None) -> Iterator[Party]:
    """The parties that a corrected value names; one that the record has not is made, a person unless it says so.

    `other` is the party that was chosen where there is only one name. A name of several parties is an `OnRecordError`.
    """
    names = [name.strip() for name in value.split(";") if name.strip()]
    for name in names:
        if other is not None and len(names) == 1:
            yield other
            continue
        plain, kind = _name_and_kind(name)
        found = [party for party in rows.parties_called(plain) if kind in (None, party.kind)]
        if len(found) > 1:
            kinds = ", ".join(
                f"{party.id} ({party.kind}{', ' + party.country if party.country else ''})" for party in found
            )
            raise OnRecordError(f"the record has {len(found)} parties called {plain!r}: {kinds}; give the id of one")
        yield found[0] if found else made_party(rows, plain, kind or "person")


def _name_and_kind(name: str) -> tuple[str, Any]:
    found = NEW_PARTY.match(name)
    return (found["name"], found["kind"]) if found else (name, None)


def made_party(rows: Rows, name: str, kind: PartyKind, apart_from: str = "") -> Party:
    """A party that only a person's word brings into the record; its id is the one that articles would give it."""
    key = digest("party", kind, fold(name), "", f"judged/{apart_from}" if apart_from else "")
    made = rows.get("parties", key)
    if made is None:
        made = Party(key, name, kind, None, (), ())
        rows.put("parties", made)
    assert isinstance(made, Party)
    return made


def _names(field: str) -> Callable[[Any, Rows], str]:
    def was(row: Any, rows: Rows) -> str:
        parties = (rows.get("parties", key) for key in getattr(row, field))
        return "; ".join(party.name for party in parties if party is not None)

    return was


def _plain(field: str) -> Callable[[Any, Rows], str]:
    return lambda row, rows: str(getattr(row, field) or "")


def _days(field: str) -> Callable[[Any, Rows], str]:
    return lambda row, rows: values.days_words(getattr(row, field))


def _put_plain(field: str) -> Callable[[Any, str, Rows], Any]:
    return lambda row, value, rows: replace(row, **{field: value or None})


def _put_days(field: str) -> Callable[[Any, str, Rows], Any]:
    def put(row: Any, value: str, rows: Rows) -> Any:
        old = getattr(row, field)
        text = old.text if old is not None else ""
        return replace(row, **{field: values.days(value, text) if value else (When(text) if text else None)})

    return put


def _put_type(row: Any, value: str, rows: Rows) -> Any:
    kind: Any = value
    return replace(row, type=kind, mode=None if kind != row.type else row.mode, plover=plover(kind, row.status))


def _put_status(row: Any, value: str, rows: Rows) -> Any:
    status: Any = value
    return replace(row, status=status, plover=plover(row.type, status))


def _put_amount(row: Any, value: str, rows: Rows) -> Any:
    return replace(row, amount=values.amount(value))


def _put_outlet(row: Any, value: str, rows: Rows) -> Any:
    return replace(row, outlet=value or None)


def _put_published(row: Any, value: str, rows: Rows) -> Any:
    """The day that a person gives rests on no words of the article."""
    return replace(row, published=values.days(value, "") if value else None)


def _listed(says: str, field: str, words: Any, put: Callable[[Any, str, Rows], Any] | None = None) -> Editor:
    allowed = tuple(get_args(words))
    return Editor(f"{says}: {', '.join(allowed)}", _plain(field), put or _put_plain(field), allowed=allowed)


def _by_parties(row: Any, value: str, rows: Rows) -> Any:
    """Fields that name parties are put in by `applying`, which knows the party that was chosen."""
    return row


PARTY_WORDS = "a party's name or id; several divided by semicolons; `Name (organisation)` for one that is new"
DAY_WORDS = "2024, 2024-05, 2024-05-31 or 2024-05-30..2024-06-02; empty where it is not known"
DATED = frozenset({"said", "when", "days", "due", "published"})
PARTY_FIELDS = {
    ("statements", "speaker"): "speaker_ids",
    ("events", "actor"): "actor_ids",
    ("events", "recipient"): "recipient_ids",
    ("commitments", "who"): "who_ids",
}
"""The field of a row that holds the parties that a correction names."""


def _parties(field: str) -> Editor:
    return Editor(PARTY_WORDS, _names(field), _by_parties, may_be_empty=True, names_parties=True)


def _dated(field: str, may_be_empty: bool = True) -> Editor:
    return Editor(DAY_WORDS, _days(field), _put_days(field), may_be_empty=may_be_empty)


def _mentioned(row: Any, rows: Rows) -> str:
    party = rows.get("parties", row.party_id)
    return party.name if party is not None else ""


MENTIONED = "the name or id of the party that is meant; a name that the record has not makes a new one"

EDITORS: dict[str, dict[str, Editor]] = {
    "statements": {
        "speaker": _parties("speaker_ids"),
        "said": _dated("said"),
        "act": _listed("what is done by saying it", "act", Act),
        "polarity": _listed("whether it affirms or denies", "polarity", Polarity),
    },
    "events": {
        "type": _listed("the act", "type", EventType, _put_type),
        "status": _listed("how it stands", "status", EventStatus, _put_status),
        "actor": _parties("actor_ids"),
        "recipient": _parties("recipient_ids"),
        "when": _dated("when"),
    },
    "figures": {
        "value": Editor(
            "a number and its unit, such as `2.5 h`, `about 40,000 t`, `more than 3 h` or `10..20 km`",
            lambda row, rows: values.amount_words(row.amount),
            _put_amount,
        ),
        "of_what": Editor("what it measures", _plain("of_what"), _put_plain("of_what"), may_be_empty=True),
        "role": _listed("what kind of figure it is", "role", FigureRole),
        "when": _dated("when"),
    },
    "times": {"days": _dated("when", may_be_empty=False)},
    "commitments": {
        "status": _listed("how it stands", "status", CommitmentStatus),
        "due": _dated("due"),
        "who": _parties("who_ids"),
    },
    "mentions": {
        "party": Editor(MENTIONED, _mentioned, _by_parties, names_parties=True),
        "party_in_article": Editor(f"{MENTIONED}, in this whole article", _mentioned, _by_parties, names_parties=True),
    },
    "parties": {
        "name": Editor("the name, in natural order", _plain("name"), _by_parties),
        "kind": _listed("what it is", "kind", PartyKind),
        "country": Editor("three letters, such as PER", _plain("country"), _put_plain("country"), may_be_empty=True),
    },
    "occasions": {
        "name": Editor("its fullest name", _plain("name"), _put_plain("name")),
        "when": _dated("when"),
    },
    "articles": {
        "published": Editor(DAY_WORDS, _days("published"), _put_published, may_be_empty=True),
        "outlet": Editor("who published it", _plain("outlet"), _put_outlet, may_be_empty=True),
    },
}
"""What can be corrected, by table and field."""
