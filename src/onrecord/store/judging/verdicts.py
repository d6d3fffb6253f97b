"""Which rows a list shows by what a person said of them: by default all but those called wrong."""

from __future__ import annotations

from typing import Literal, get_args

from onrecord.model import OnRecordError
from onrecord.store.file import Store

Wanted = Literal["checked", "wrong", "unjudged", "all"]
"""`checked`: called right, checked or corrected. `wrong`: called wrong. `unjudged`: nothing said. `all`: every row."""


def condition(table: str, wanted: str | None = None, row: str = "t") -> str:
    """The SQL condition on the row `row` of a table; without a wish, all but what was called wrong."""
    if wanted is not None and wanted not in get_args(Wanted):
        raise OnRecordError(f"{wanted!r} is no choice of verdicts; it is one of {', '.join(get_args(Wanted))}")
    judged = f"SELECT 1 FROM verdicts v WHERE v.kind = '{table}' AND v.id = {row}.id"
    if wanted == "all":
        return "1"
    if wanted == "unjudged":
        return f"NOT EXISTS ({judged})"
    if wanted == "checked":
        return f"EXISTS ({judged} AND v.verdict <> 'wrong')"
    return f"{'EXISTS' if wanted == 'wrong' else 'NOT EXISTS'} ({judged} AND v.verdict = 'wrong')"


def shown_counts(store: Store) -> dict[str, int]:
    """How many rows each table has, without those that were called wrong."""
    wrong = dict(store.select("SELECT kind, count(*) FROM verdicts WHERE verdict = 'wrong' GROUP BY kind"))
    return {table: count - int(wrong.get(table, 0)) for table, count in store.meta().counts.items()}
