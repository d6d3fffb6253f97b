"""What a row says in short, so that a verdict on it holds only while it still says that."""

from __future__ import annotations

from typing import Any

from onrecord.model.personal import fold
from onrecord.store.judging import values
from onrecord.store.judging.rows import Rows


def of(rows: Rows, table: str, row: Any) -> str | None:
    """What a verdict on the row is about: who spoke, what act, how much, which days; null where only the words are."""
    if table == "statements":
        parties = (rows.get("parties", key) for key in row.speaker_ids)
        return "; ".join(sorted(party.name for party in parties if party is not None))
    if table == "events":
        return f"{row.type} {row.status}"
    if table == "figures":
        return values.amount_words(row.amount)
    if table == "times":
        return values.days_words(row.when)
    if table == "mentions":
        party = rows.get("parties", row.party_id)
        return party.name if party is not None else ""
    if table == "comparisons":
        return str(row.outcome)
    return None


def is_same(was: str, now: str | None) -> bool:
    """Whether a row says what it said; a name may have become fuller ("Roe" and "Ann Roe")."""
    if now is None or was == now:
        return True
    ours, theirs = set(fold(was).split()), set(fold(now).split())
    return bool(ours and theirs) and was[:1].isalpha() and (ours <= theirs or theirs <= ours)
