"""What follows from an article's date where a person has corrected it: the days that its words name, told again.

"On Tuesday" is counted from the day of the article. The date itself is a judgement on the article's row; what hangs on
it is derived when the record is joined, like links and comparisons, and goes back with the judgement.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from onrecord.model import Article, Bundle, When
from onrecord.resolution import when

DATED = {"statements": "said", "events": "when", "figures": "when", "commitments": "due"}
"""The field of each table that holds the words of a time."""

Tables = Mapping[str, tuple[Any, ...]]


def redated(tables: Tables, unjudged: Callable[[str, str], Any | None], bundles: Iterable[Bundle]) -> dict[str, Any]:
    """The tables with the days that hang on a corrected date counted from it; what a person corrected itself stays.

    `unjudged` gives a row as it was joined; `bundles` are those of the articles whose dates were corrected.
    """
    new = {article.id: article for article in tables.get("articles", ())}
    changes: dict[str, Mapping[When | None, When | None]] = {}
    times: dict[str, When] = {}
    for bundle in bundles:
        before, after = unjudged("articles", bundle.article.id), new.get(bundle.article.id)
        if before is not None and after is not None and before.published != after.published:
            found = _told_again(bundle, after)
            times |= found
            changes[after.id] = _changed(before, after, found, unjudged)
    if not changes:
        return dict(tables)
    made = {name: tuple(_redated(name, row, changes) for row in rows) for name, rows in tables.items()}
    return made | {"times": tuple(_time(row, times, unjudged) for row in tables.get("times", ()))}


def corrected_dates(judgements: Iterable[Any]) -> frozenset[str]:
    """The ids of the articles whose dates a person corrected."""
    return frozenset(j.target_id for j in judgements if j.target_kind == "articles" and j.field == "published")


def _told_again(bundle: Bundle, article: Article) -> dict[str, When]:
    times = when.resolve(article, bundle.expressions)
    return {time.id: time.when for time in when.spoken(article, bundle.expressions, times, bundle.statements)}


def _changed(
    before: Article, after: Article, times: Mapping[str, When], unjudged: Callable[[str, str], Any | None]
) -> dict[When | None, When | None]:
    """What each time of the article named, and what it names now; where the same words part, they stay as they were."""
    found: dict[When | None, set[When | None]] = defaultdict(set)
    for key, told in times.items():
        row = unjudged("times", key)
        if row is not None:
            found[row.when].add(told)
    found[_said_by(before.published)].add(_said_by(after.published))
    return {value: next(iter(told)) for value, told in found.items() if len(told) == 1}


def _said_by(published: When | None) -> When | None:
    """What an article reports was said by the day that it came out."""
    if published is None or published.latest is None:
        return None
    return When("", None, published.latest[:10], "day", None, "inferred")


def _redated(table: str, row: Any, changes: Mapping[str, Mapping[When | None, When | None]]) -> Any:
    field = DATED.get(table)
    if field is None or row.article_id not in changes:
        return row
    told, value = changes[row.article_id], getattr(row, field)
    # A statement alone has a day for want of any other: the article's.
    if value not in told or (value is None and table != "statements"):
        return row
    return replace(row, **{field: told[value]})


def _time(row: Any, times: Mapping[str, When], unjudged: Callable[[str, str], Any | None]) -> Any:
    """A time as it is told now, unless a person has said what it names."""
    if row.id not in times or unjudged("times", row.id) != row:
        return row
    return replace(row, when=times[row.id])
