"""As much of a record as it takes to tell where some rows come from.

Where a row comes from is told by the room that compares (`comparison.origins`); what is here finds the rows that make
one claim, and the articles that the answer can depend on, so that a record of any size is asked without being read
whole.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from onrecord.model import Article, Corpus, Link, OnRecordError, Party, Statement
from onrecord.model.lists import lists_of
from onrecord.model.outlets import BEFORE, agency_behind, is_press, outlet_key, publishers
from onrecord.store.file import Store
from onrecord.store.words import word_list

CLAIMS = {"statements": "same_words", "events": "same_event", "figures": "same_figure"}
"""Tables whose rows claim something, with the links that make several rows one claim."""
MOST = 500
"""Articles that are looked at for one answer: chains are short, but a passage may have many copies."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """A part of a record that is enough to follow the chains of some rows: its rows, its links, its press parties."""

    corpus: Corpus
    links: tuple[Link, ...]
    press: frozenset[str]


def owners(store: Store) -> dict[str, str]:
    """The owners of outlets by the outlets' keys, as the user's own list has them; empty where there is none."""
    known = lists_of(None, store.own_list("outlets")).outlets.outlets
    return {
        outlet_key(name): outlet.owner
        for outlet in known
        if outlet.owner is not None
        for name in (outlet.name, *outlet.aliases, *outlet.domains)
    }


def claim_of(store: Store, key: str) -> list[str]:
    """The ids of the rows that make one claim with the row whose id begins with `key`, that row's first.

    A statement, event or figure stands with those that links say are the same; a comparison with the rows that answer
    it; an occasion with the articles that name it; an article or a commitment alone.
    """
    found = store.find(key)
    if found.table == "comparisons":
        sql = (
            "SELECT CASE WHEN record_id IN (SELECT id FROM occasions) THEN article_id ELSE record_id END"
            " FROM comparisons_answers WHERE comparison_id = ? ORDER BY position"
        )
        return list(dict.fromkeys(row for (row,) in store.select(sql, (found.id,))))
    if found.table == "occasions":
        sql = "SELECT DISTINCT article_id FROM occasions_mentions WHERE occasion_id = ? ORDER BY 1"
        return [row for (row,) in store.select(sql, (found.id,))]
    if found.table in ("articles", "commitments"):
        return [found.id]
    if found.table not in CLAIMS:
        raise OnRecordError(
            f"{found.id} is one of {found.table}; origins are told of a statement, an event, a figure, an occasion,"
            " a commitment, a comparison or an article"
        )
    return _linked(store, found.id, CLAIMS[found.table])


def _linked(store: Store, key: str, kind: str) -> list[str]:
    """The rows that links of a kind lead to from one row, over any number of links."""
    sql = (
        "SELECT left_id, right_id FROM links WHERE kind = ?1 AND"
        " (left_id IN (SELECT value FROM json_each(?2)) OR right_id IN (SELECT value FROM json_each(?2)))"
    )
    seen, new = {key}, {key}
    while new and len(seen) < MOST:
        pairs = store.select(sql, (kind, json.dumps(sorted(new))))
        new = {one for pair in pairs for one in pair} - seen
        seen |= new
    return [key, *sorted(seen - {key})]


def surroundings(store: Store, record_ids: Sequence[str]) -> Surroundings:
    """The articles that the origins of some rows can depend on: theirs, and those they cite or copy, to the ends."""
    articles = _articles_of(store, record_ids)
    new = set(articles)
    while new and len(articles) < MOST:
        new = _relied_on(store, new) - articles
        articles |= new
    return _loaded(store, sorted(articles))


def whole(store: Store) -> Surroundings:
    """All of a record, as far as origins depend on it."""
    return _loaded(store, [key for (key,) in store.select("SELECT id FROM articles ORDER BY id")])


def _articles_of(store: Store, record_ids: Sequence[str]) -> set[str]:
    wanted = json.dumps(list(record_ids))
    tables = ("statements", "events", "figures", "times", "commitments", "mentions")
    sql = " UNION ".join(
        f"SELECT article_id FROM {name} WHERE id IN (SELECT value FROM json_each(?1))" for name in tables
    )
    sql += " UNION SELECT id FROM articles WHERE id IN (SELECT value FROM json_each(?1))"
    return {key for (key,) in store.select(sql, (wanted,))}


def _relied_on(store: Store, articles: Iterable[str]) -> set[str]:
    """The articles that these cite or copy."""
    sql = (
        "SELECT right_id FROM links WHERE kind IN ('cites', 'copied_from')"
        " AND right_id IN (SELECT id FROM articles)"
        " AND (left_id IN (SELECT value FROM json_each(?1)) OR left_id IN"
        " (SELECT id FROM statements WHERE article_id IN (SELECT value FROM json_each(?1))))"
    )
    return {key for (key,) in store.select(sql, (json.dumps(sorted(articles)),))}


def _loaded(store: Store, articles: Sequence[str]) -> Surroundings:
    wanted = json.dumps(list(articles))
    rows = {
        table: store.load(table, [key for (key,) in store.select(_of_articles(table), (wanted,))])
        for table in ("statements", "events", "figures", "times", "commitments")
    }
    links: list[Link] = store.load("links", [key for (key,) in store.select(RELYING, (wanted,))])
    parties: list[Party] = store.load("parties", sorted(_parties_in(rows["statements"], links)))
    corpus = Corpus(
        articles=tuple(store.load("articles", articles)),
        parties=tuple(parties),
        **{table: tuple(found) for table, found in rows.items()},
    )
    return Surroundings(corpus, tuple(links), press_of(store, parties))


RELYING = (
    "SELECT id FROM links WHERE kind IN ('cites', 'copied_from') AND (left_id IN (SELECT value FROM json_each(?1))"
    " OR left_id IN (SELECT id FROM statements WHERE article_id IN (SELECT value FROM json_each(?1)))) ORDER BY id"
)
"""The links by which some articles say, or show, on whom they rely."""


def _parties_in(statements: Sequence[Statement], links: Sequence[Link]) -> set[str]:
    """The parties that chains name: speakers, those whose medium it is, those who are credited."""
    named = {key for row in statements for key in row.speaker_ids} | {link.right_id for link in links}
    return named | {row.medium.party_id for row in statements if row.medium is not None and row.medium.party_id}


def _of_articles(table: str) -> str:
    return f"SELECT id FROM {table} WHERE article_id IN (SELECT value FROM json_each(?1)) ORDER BY id"


def press_of(store: Store, parties: Sequence[Party]) -> frozenset[str]:
    """Which of these parties are outlets or agencies, by what the record says of them.

    Of each party at most `NAMED` places where it is named are looked at, and as many articles that may credit it.
    """
    outlets = [name for (name,) in store.select("SELECT DISTINCT outlet FROM articles WHERE outlet IS NOT NULL")]
    known = publishers(outlets, ())
    found = set()
    for party in parties:
        if is_press(party, known, _words_before(store, party)) or _is_credited(store, party):
            found.add(party.id)
    return frozenset(found)


NAMED = 200
"""Places, and articles, that are looked at to tell whether a party is an outlet."""


def _words_before(store: Store, party: Party) -> list[str]:
    """The words before the places that name a party."""
    sql = (
        f"SELECT substr(a.text, max(1, m.start - {BEFORE - 1}), min({BEFORE}, m.start)) FROM mentions m"
        f" JOIN articles a ON a.id = m.article_id WHERE m.party_id = ? AND m.form = 'name' LIMIT {NAMED}"
    )
    return [str(words) for (words,) in store.select(sql, (party.id,))]


def _is_credited(store: Store, party: Party) -> bool:
    """Whether an article that has the party's name says that it is the party's report."""
    terms = " ".join(word_list(party.name or ""))
    if not terms or party.kind == "state":
        return False
    sql = (
        "SELECT a.id FROM articles_fts f CROSS JOIN articles a ON a.rowid = f.rowid WHERE articles_fts MATCH ?"
        " AND (a.outlet IS NULL OR EXISTS (SELECT 1 FROM articles_parts p WHERE p.article_id = a.id"
        " AND p.role IN ('dateline', 'byline')) OR EXISTS (SELECT 1 FROM articles_byline b WHERE b.article_id = a.id))"
        f" LIMIT {NAMED}"
    )
    ids = {str(key) for (key,) in store.select(sql, (f'"{terms}"',))}
    by = "SELECT article_id FROM articles_byline WHERE value = ? LIMIT 1"
    ids |= {str(key) for (key,) in store.select(by, (party.name,))}
    rows: list[Article] = store.load("articles", sorted(ids))
    credited = [found.name for row in rows if (found := agency_behind(row)) is not None]
    return outlet_key(party.name or "") in publishers((), credited)
