"""Lists of the record as people browse them: filtered, sorted and cut into pages by SQL, never read as a whole.

Words are looked for in indexes: of an article's text, a statement's words, a name or a question, and of the sentence
that an event, a figure or a promise stands in.
"""

from __future__ import annotations

import json
from array import array
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from onrecord.model import OnRecordError
from onrecord.store import indexing
from onrecord.store.file import Store
from onrecord.store.judging.verdicts import condition
from onrecord.store.queries import first_day, last_day
from onrecord.store.searching import PIECES, in_index_terms
from onrecord.store.words import WRITTEN_WITHOUT_SPACES, folded, word_list

MOST = 500
"""Hits of one kind that a search looks at; what is beyond is counted as "more than" and reported so."""


SAMPLED = 200
"""Hits of one kind whose parties are counted."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What rows of a list must meet, and their order; null asks for nothing.

    `party` is the id of a party that speaks, acts, is measured, is bound or named; `outlet` an outlet's exact name;
    `choice` the value of the table's own choice (`Browsed.choice`); `since` and `until` are `2024`, `2024-05` or
    `2024-05-31`; `sort` is one of the table's orders, downwards with a leading `-`; `verdict` is what a person said of
    the rows (`judging.verdicts.Wanted`).
    """

    words: str | None = None
    party: str | None = None
    outlet: str | None = None
    since: str | None = None
    until: str | None = None
    choice: str | None = None
    sort: str | None = None
    verdict: str | None = None
    ids: tuple[str, ...] | None = None
    offset: int = 0
    limit: int | None = 50


@dataclass(frozen=True, slots=True)
class Browsed:
    """How a table is browsed, in SQL over a row `t` and (where it rests on an article) its article `a`.

    `day` gives its first and last day, `orders` the orders by name, the first being the usual one, of one expression
    or of several; `party` the condition that it has to do with the party `:party`; `words` its name, for writings that
    no index cuts.
    """

    table: str
    day: tuple[str, str]
    orders: dict[str, str | tuple[str, ...]]
    party: str
    choice: str | None = None
    words: str | None = None
    of_article: bool = True


def _has(child: str, owner: str) -> str:
    return f"EXISTS (SELECT 1 FROM {child} c WHERE c.{owner} = t.id AND c.value = :party)"


def _dated(field: str) -> tuple[str, str]:
    return (
        f"coalesce(t.{field}_earliest, t.{field}_latest, a.published_earliest)",
        f"coalesce(t.{field}_latest, t.{field}_earliest, a.published_latest)",
    )


def _own(field: str) -> tuple[str, str]:
    return f"coalesce(t.{field}_earliest, t.{field}_latest)", f"coalesce(t.{field}_latest, t.{field}_earliest)"


OUTLET = "coalesce(a.outlet, a.origin)"
TITLE_AND_TEXT = "coalesce(t.title, '') || char(10) || t.text"
MENTIONED = "(SELECT count(*) FROM mentions m WHERE m.party_id = t.id)"
ANSWERS = "(SELECT count(DISTINCT c.article_id) FROM comparisons_answers c WHERE c.comparison_id = t.id)"
GRAVITY = "CASE t.outcome WHEN 'differ' THEN 0 WHEN 'compatible' THEN 1 WHEN 'agree' THEN 2 ELSE 3 END"
FIRST_ANSWER, LAST_ANSWER = (
    f"(SELECT {which}(x.published_earliest) FROM comparisons_answers c JOIN articles x ON x.id = c.article_id"
    " WHERE c.comparison_id = t.id)"
    for which in ("min", "max")
)
LAST_IF_OPEN = f"CASE WHEN t.outcome IN ('differ', 'compatible') THEN {LAST_ANSWER} END DESC"
"""The latest first, of what is not settled alone: to look up the days of all that agrees takes seconds on a large
record."""

BROWSED: dict[str, Browsed] = {
    "stories": Browsed(
        "stories", _own("when"),
        {"articles": "(SELECT count(*) FROM stories_article_ids c WHERE c.story_id = t.id) DESC", "title": "t.title"},
        _has("stories_party_ids", "story_id"), None, "t.title", False,
    ),
    "comparisons": Browsed(
        "comparisons", (FIRST_ANSWER, LAST_ANSWER),
        {"outcome": (GRAVITY, f"{ANSWERS} DESC", LAST_IF_OPEN), "question": "t.question",
         "articles": (f"{ANSWERS} DESC", f"{LAST_ANSWER} DESC"), "latest": f"{LAST_ANSWER} DESC"},
        "EXISTS (SELECT 1 FROM comparisons_about c WHERE c.comparison_id = t.id AND c.id = :party)",
        "outcome", "t.question", False,
    ),
    "statements": Browsed(
        "statements", _dated("said"), {"day": "{day}", "outlet": OUTLET, "sure": "t.confidence"},
        _has("statements_speaker_ids", "statement_id"), "act",
    ),
    "events": Browsed(
        "events", _dated("when"), {"day": "{day}", "type": "t.type", "outlet": OUTLET, "sure": "t.confidence"},
        f"({_has('events_actor_ids', 'event_id')} OR {_has('events_recipient_ids', 'event_id')})", "type",
    ),
    "figures": Browsed(
        "figures", _dated("when"),
        {"day": "{day}", "what": "t.of_what_head", "amount": "CAST(coalesce(t.amount_low, t.amount_high) AS REAL)",
         "outlet": OUTLET},
        _has("figures_subject_ids", "figure_id"), "role",
    ),
    "times": Browsed("times", _dated("when"), {"day": "{day}", "outlet": OUTLET}, "0"),
    "occasions": Browsed(
        "occasions", _own("when"), {"day": "{day}", "name": "t.name"}, "t.place_id = :party", "kind", "t.name", False,
    ),
    "commitments": Browsed(
        "commitments", _own("due"), {"day": "{day}", "status": "t.status", "outlet": OUTLET},
        _has("commitments_who_ids", "commitment_id"), "status",
    ),
    "parties": Browsed(
        "parties", ("NULL", "NULL"), {"mentions": f"{MENTIONED} DESC", "name": "t.name", "kind": "t.kind"},
        "t.id = :party", "kind",
        "t.name || ' ' || coalesce("
        "(SELECT group_concat(c.value, ' ') FROM parties_aliases c WHERE c.party_id = t.id), '')",
        False,
    ),
    "articles": Browsed(
        "articles", _own("published"), {"day": "{day}", "outlet": OUTLET, "title": "t.title"},
        "EXISTS (SELECT 1 FROM mentions c WHERE c.article_id = t.id AND c.party_id = :party)", None,
    ),
}  # fmt: skip
"""Every table that can be browsed, in the order in which a search shows its hits."""


@dataclass(frozen=True, slots=True)
class Listed:
    """One page of a list: its ids in order, and how many rows there are on all pages."""

    ids: tuple[str, ...]
    total: int


def listed(store: Store, table: str, asked: Asked) -> Listed:
    """One page of a table's rows that meet what is asked; an `OnRecordError` for a date or an order that is none."""
    of_ids = asked.ids is not None and asked == Asked(ids=asked.ids, offset=asked.offset, limit=asked.limit)
    ids: list[str] = []
    for tier in _tiers(table, asked) if asked.offset == 0 and asked.limit else (asked,):
        ids += _cut(store, table, tier, "t.id", len(ids))
        if asked.limit is not None and len(ids) >= asked.limit:
            break
    return Listed(tuple(ids), len(asked.ids) if of_ids and asked.ids else total(store, table, asked))


TIERS = ("differ", "compatible", "agree", "only_in")
"""The outcomes of comparisons in their usual order, in which one is read after the other and only as far as needed."""


def _tiers(table: str, asked: Asked) -> tuple[Asked, ...]:
    """A question in parts whose answers stand one after the other; itself where it has only one."""
    if table != "comparisons" or asked.choice or asked.sort not in (None, "outcome", "-outcome"):
        return (asked,)
    outcomes = TIERS if asked.sort != "-outcome" else TIERS[::-1]
    return tuple(replace(asked, choice=outcome) for outcome in outcomes)


def _cut(store: Store, table: str, asked: Asked, column: str, had: int = 0) -> list[Any]:
    """A column of the rows of one page, of which `had` are there already."""
    source, where, given = _question(store, BROWSED[table], asked)
    cut = "" if asked.limit is None else f" LIMIT {int(asked.limit) - had} OFFSET {int(asked.offset)}"
    sql = f"SELECT {column} FROM {source}{where} ORDER BY {_order(BROWSED[table], asked)}{cut}"
    return [value for (value,) in store.select(sql, given)]


@dataclass(frozen=True, slots=True)
class Ordered:
    """The rowids of rows that meet a question, in order: eight bytes each; `whole` where these are all.

    They hold until the record changes.
    """

    rows: array[int]
    whole: bool


def in_order(store: Store, table: str, asked: Asked, least: int) -> Ordered:
    """The rows that meet what is asked, in order, for a list that is paged through: at least so many, or all."""
    rows, tiers = array("q"), _tiers(table, asked)
    for number, tier in enumerate(tiers, start=1):
        rows.extend(_cut(store, table, unlimited(tier), "t.rowid"))
        if len(rows) >= least:
            return Ordered(rows, number == len(tiers))
    return Ordered(rows, True)


def ids_of(store: Store, table: str, rows: Sequence[int]) -> tuple[str, ...]:
    """The ids of rows by their rowids, in this order."""
    sql = f"SELECT rowid, id FROM {table} WHERE rowid IN (SELECT value FROM json_each(?))"
    ids = dict(store.select(sql, (json.dumps(list(rows)),)))
    return tuple(ids[row] for row in rows)


def total(store: Store, table: str, asked: Asked) -> int:
    """How many rows meet what is asked."""
    source, where, given = _question(store, BROWSED[table], asked)
    return int(store.select(f"SELECT count(*) FROM {source}{where}", given)[0][0]) if where else store.count(table)


def choices(store: Store, table: str) -> list[tuple[str, int]]:
    """The values of a table's own choice and how many rows have each, most first."""
    choice = BROWSED[table].choice
    if choice is None:
        return []
    sql = f"SELECT {choice}, count(*) FROM {table} GROUP BY 1 ORDER BY 2 DESC, 1"
    return [(str(value), int(count)) for value, count in store.select(sql)]


def outlets(store: Store, most: int = 200) -> list[tuple[str, int]]:
    """The outlets of the record and how many articles each has, most first."""
    sql = f"SELECT {OUTLET}, count(*) FROM articles a GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ?"
    return [(str(name), int(count)) for name, count in store.select(sql, (most,))]


def _question(store: Store, browsed: Browsed, asked: Asked) -> tuple[str, str, dict[str, Any]]:
    """What is asked as SQL: the tables, the conditions (empty where there are none) and their values."""
    parts = _judged(store, browsed.table, asked)
    given: dict[str, Any] = {}
    source = _source(browsed)
    if asked.words and word_list(asked.words):
        source, has_words, given = _words(browsed, asked.words.replace("\0", " "))
        parts.append(has_words)
    if asked.party:
        parts.append(browsed.party)
        given["party"] = asked.party
    if asked.outlet:
        parts.append(_outlet(browsed))
        given["outlet"] = asked.outlet
    if asked.since:
        parts.append(f"substr({browsed.day[1]}, 1, 10) >= :since")
        given["since"] = first_day(asked.since)
    if asked.until:
        parts.append(f"substr({browsed.day[0]}, 1, 10) <= :until")
        given["until"] = last_day(asked.until)
    if asked.choice and browsed.choice:
        parts.append(f"t.{browsed.choice} = :choice")
        given["choice"] = asked.choice
    if asked.ids is not None:
        parts.append("t.id IN (SELECT value FROM json_each(:ids))")
        given["ids"] = json.dumps(asked.ids)
    return source, f" WHERE {' AND '.join(parts)}" if parts else "", given


def _judged(store: Store, table: str, asked: Asked) -> list[str]:
    """What a person said of the rows, where that is asked for; else all but what was called wrong."""
    if asked.verdict:
        return [condition(table, asked.verdict)]
    sql = "SELECT 1 FROM verdicts WHERE kind = ? AND verdict = 'wrong' LIMIT 1"
    return [condition(table)] if store.select(sql, (table,)) else []


def _outlet(browsed: Browsed) -> str:
    if browsed.of_article or browsed.table == "articles":
        return f"{OUTLET} = :outlet"
    inside = {
        "stories": "stories_article_ids c JOIN articles a ON a.id = c.value WHERE c.story_id = t.id",
        "comparisons": "comparisons_answers c JOIN articles a ON a.id = c.article_id WHERE c.comparison_id = t.id",
        "occasions": "occasions_mentions c JOIN articles a ON a.id = c.article_id WHERE c.occasion_id = t.id",
        "parties": "mentions c JOIN articles a ON a.id = c.article_id WHERE c.party_id = t.id",
    }[browsed.table]
    return f"EXISTS (SELECT 1 FROM {inside} AND {OUTLET} = :outlet)"


def _words(browsed: Browsed, words: str) -> tuple[str, str, dict[str, Any]]:
    """The tables, the condition that a row has all words, and its values: by an index, or where none knows them."""
    pieces = [folded(phrase or word) for phrase, word in PIECES.findall(words) if word_list(phrase or word)]
    if WRITTEN_WITHOUT_SPACES.search(words):
        return _unspaced(browsed, words, pieces)
    given: dict[str, Any] = {"terms": in_index_terms(words, prefixes=True)}
    table = browsed.table
    if table == "times":
        return _source(browsed), _all_pieces("t.when_text"), {"pieces": json.dumps(pieces)}
    if table == "parties":
        longest = max(word_list(words), key=len)
        given |= {"called": words, "like": f"%{longest if longest.isascii() else ''}%"}
        aliases = "SELECT party_id FROM parties_aliases WHERE value LIKE :like AND names(value, :called)"
        return _source(browsed), f"(t.{_in('parties_fts')} OR t.id IN ({aliases}))", given
    index = f"{table}_around" if table in indexing.AROUND else f"{table}_fts"
    return f"{index} f CROSS JOIN {_source(browsed, ' ON t.rowid = f.rowid')}", f"{index} MATCH :terms", given


def _unspaced(browsed: Browsed, words: str, pieces: Sequence[str]) -> tuple[str, str, dict[str, Any]]:
    """Words of a writing without spaces: single characters tell the articles, then the text itself is looked at."""
    given = {"pieces": json.dumps(pieces), "terms": indexing.unspaced_terms(words)}
    table, there = browsed.table, _in(indexing.UNSPACED)
    if table == "articles":
        return _source(browsed), f"a.{there} AND {_all_pieces(TITLE_AND_TEXT)}", given
    if table == "statements":
        said = _all_pieces("t.text || ' ' || coalesce(t.speaker_name, '')")
        return _source(browsed), f"a.{there} AND {said}", given
    if browsed.words is not None:
        del given["terms"]
        given["first"] = indexing.RUN.findall(words)[0]
        return _source(browsed), f"instr({browsed.words}, :first) AND {_all_pieces(browsed.words)}", given
    sentence = f"sentence_at(a.text, {indexing.AROUND[table][0]})" if table in indexing.AROUND else "t.when_text"
    return _source(browsed), f"a.{there} AND {_all_pieces(sentence)}", given


def _in(index: str) -> str:
    return f"rowid IN (SELECT rowid FROM {index} WHERE {index} MATCH :terms)"


def _all_pieces(text: str) -> str:
    return f"NOT EXISTS (SELECT 1 FROM json_each(:pieces) p WHERE instr(folded({text}), p.value) = 0)"


def _source(browsed: Browsed, joined: str = "") -> str:
    if browsed.table == "articles":
        return f"articles t{joined} JOIN articles a ON a.id = t.id"
    return f"{browsed.table} t{joined}" + (" JOIN articles a ON a.id = t.article_id" if browsed.of_article else "")


def is_downwards(browsed: Browsed, order: str) -> bool:
    """Whether an order of a table begins with what is most, largest or latest."""
    return order in browsed.orders and _terms(browsed, order)[0].endswith(" DESC")


def _terms(browsed: Browsed, order: str) -> tuple[str, ...]:
    by = browsed.orders[order]
    return (by,) if isinstance(by, str) else by


def _order(browsed: Browsed, asked: Asked) -> str:
    """The order as SQL; downwards turns round what it begins with, and rows that are alike in that stay in order."""
    usual = next(iter(browsed.orders))
    name = (asked.sort or usual).removeprefix("-")
    if name not in browsed.orders:
        raise OnRecordError(f"{browsed.table} cannot be sorted by {name!r}; there is {', '.join(browsed.orders)}")
    first, *others = (term.replace("{day}", browsed.day[0]) for term in _terms(browsed, name))
    if (asked.sort or "").startswith("-"):
        first = first.removesuffix(" DESC") if first.endswith(" DESC") else f"{first} DESC"
    nulls = [f"{browsed.day[0]} IS NULL"] if name == "day" else []
    return ", ".join([*nulls, first, *others, "t.id"])


@dataclass(frozen=True, slots=True)
class Facets:
    """What hits have in common, by value and number, most first; `years` in the order of time."""

    outlets: tuple[tuple[str, int], ...]
    parties: tuple[tuple[str, str, int], ...]
    years: tuple[tuple[str, int], ...]


def hits(store: Store, table: str, asked: Asked) -> list[str]:
    """At most `MOST` ids of rows that meet what is asked, in no order."""
    source, where, given = _question(store, BROWSED[table], asked)
    sql = f"SELECT t.id FROM {source}{where} LIMIT {MOST}"
    return [key for (key,) in store.select(sql, given)]


def facets(store: Store, found: dict[str, Sequence[str]], most: int = 12) -> Facets:
    """What the hits of a search have in common."""
    by_outlet: Counter[str] = Counter()
    by_party: Counter[tuple[str, str]] = Counter()
    by_year: Counter[str] = Counter()
    for table, ids in found.items():
        browsed = BROWSED[table]
        given = {"ids": json.dumps(list(ids))}
        inside = "t.id IN (SELECT value FROM json_each(:ids))"
        outlet = OUTLET if browsed.of_article or table == "articles" else "NULL"
        day = "NULL" if table == "comparisons" else browsed.day[0]
        sql = f"SELECT {outlet}, substr({day}, 1, 4), count(*) FROM {_source(browsed)} WHERE {inside} GROUP BY 1, 2"
        for name, year, count in store.select(sql, given):
            by_outlet.update({str(name): int(count)} if name else {})
            by_year.update({str(year): int(count)} if year else {})
        if table in PARTY_OF and (table != "articles" or len(found) == 1):
            child, column, owner = PARTY_OF[table]
            sql = (
                f"SELECT p.id, p.name, count(DISTINCT c.{owner}) FROM {child} c JOIN parties p ON p.id = c.{column}"
                f" WHERE c.{owner} IN (SELECT value FROM json_each(:ids) LIMIT {SAMPLED}) GROUP BY p.id"
            )
            by_party.update({(str(key), str(name)): int(count) for key, name, count in store.select(sql, given)})
    parties = sorted(by_party.items(), key=lambda pair: (-pair[1], pair[0][1]))[:most]
    return Facets(
        tuple(sorted(by_outlet.items(), key=lambda pair: (-pair[1], pair[0]))[:most]),
        tuple((key, name, count) for (key, name), count in parties),
        tuple(sorted(by_year.items())),
    )


PARTY_OF = {
    "statements": ("statements_speaker_ids", "value", "statement_id"),
    "events": ("events_actor_ids", "value", "event_id"),
    "figures": ("figures_subject_ids", "value", "figure_id"),
    "commitments": ("commitments_who_ids", "value", "commitment_id"),
    "articles": ("mentions", "party_id", "article_id"),
}
"""Where the parties of a row are kept: the child table, its column, its owner's column."""


def unlimited(asked: Asked) -> Asked:
    """The same question without pages, for downloads."""
    return replace(asked, offset=0, limit=None)
