"""Indexes of words that are not a table's own: of the sentence that an entry stands in, and of writing without spaces.

They hold no text (contentless FTS5), are made whenever a record is joined, follow what people judge, and name a row by
its rowid. Chinese,
Japanese and the like are cut into single characters, so that words of any length are found as a phrase of them.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator, Mapping, Sequence

from onrecord.store.words import WRITTEN_WITHOUT_SPACES

TOKENS = "tokenize='unicode61 remove_diacritics 2'"
AROUND = {
    "events": (
        "(SELECT c.start FROM events_triggers c WHERE c.event_id = t.id AND c.position = 0)",
        "SELECT value FROM events_actor_ids WHERE event_id = t.id"
        " UNION SELECT value FROM events_recipient_ids WHERE event_id = t.id",
    ),
    "figures": ("t.passage_start", "SELECT value FROM figures_subject_ids WHERE figure_id = t.id"),
    "commitments": ("t.passage_start", "SELECT value FROM commitments_who_ids WHERE commitment_id = t.id"),
}
"""Tables whose rows are found by the sentence they stand in and the names of their parties: where each row stands in
its article, and the ids of those parties."""
UNSPACED = "articles_unspaced"
"""The index of writing without spaces in the texts of articles."""
REACH = 240
"""Characters on either side of a place that its sentence may reach."""
SENTENCE_END = re.compile(r"[.!?…。！？]+[\"'”’»)]*\s|\n")
RUN = re.compile(f"(?:{WRITTEN_WITHOUT_SPACES.pattern})+")


def statements() -> Iterator[str]:
    """The SQL that makes the indexes, empty."""
    for name in (*(f"{table}_around" for table in AROUND), UNSPACED):
        yield f"CREATE VIRTUAL TABLE \"{name}\" USING fts5(words, content='', {TOKENS})"


def fill(connection: sqlite3.Connection) -> None:
    """The indexes hold the words of the tables as they are now; in a transaction."""
    for table in AROUND:
        connection.execute(f"INSERT INTO {table}_around ({table}_around) VALUES ('delete-all')")
        connection.execute(f"INSERT INTO {table}_around (rowid, words) {_words_around(table)}")
    connection.execute(f"INSERT INTO {UNSPACED} ({UNSPACED}) VALUES ('delete-all')")
    connection.execute(
        f"INSERT INTO {UNSPACED} (rowid, words) SELECT rowid, words FROM"
        " (SELECT rowid, unspaced(coalesce(title, '') || char(10) || text) AS words FROM articles) WHERE words <> ''"
    )


def _words_around(table: str) -> str:
    """The SQL that gives each row of a table its rowid and the words by which it is found."""
    start, parties = AROUND[table]
    return (
        f"SELECT t.rowid, sentence_at(a.text, {start}) || ' ' ||"
        f" coalesce((SELECT group_concat(p.name, ' . ') FROM parties p WHERE p.id IN ({parties})), '')"
        f" FROM {table} t JOIN articles a ON a.id = t.article_id"
    )


Around = dict[str, dict[int, str]]
"""The words by which rows are found, by table and rowid."""


def words_around(connection: sqlite3.Connection, rows: Mapping[str, Sequence[str]]) -> Around:
    """The words by which these rows are found as the tables are now; `rows` are ids by table."""
    found: Around = {}
    for table, ids in rows.items():
        sql = f"{_words_around(table)} WHERE t.id IN (SELECT value FROM json_each(?))"
        found[table] = dict(connection.execute(sql, (json.dumps(list(ids)),)).fetchall())
    return found


def renew(connection: sqlite3.Connection, before: Around, now: Around) -> None:
    """The indexes hold the words as they are now of rows that had others before; in a transaction."""
    for table in sorted(before.keys() | now.keys()):
        old, new = before.get(table, {}), now.get(table, {})
        changed = sorted(row for row in old.keys() | new.keys() if old.get(row) != new.get(row))
        gone = [(row, old[row]) for row in changed if row in old]
        come = [(row, new[row]) for row in changed if row in new]
        name = f"{table}_around"
        connection.executemany(f"INSERT INTO {name} ({name}, rowid, words) VALUES ('delete', ?, ?)", gone)
        connection.executemany(f"INSERT INTO {name} (rowid, words) VALUES (?, ?)", come)


def sentence_at(text: str, at: int | None) -> str:
    """The sentence around a place of a text, near enough for finding words in it."""
    at = at or 0
    start, end = max(0, at - REACH), min(len(text), at + REACH)
    before = [found.end() for found in SENTENCE_END.finditer(text, start, at)]
    after = SENTENCE_END.search(text, at, end)
    return text[before[-1] if before else start : after.start() if after else end]


def unspaced(text: str) -> str:
    """The characters of the words that are written without spaces, each on its own; empty where there are none."""
    return " , a , ".join(" ".join(run) for run in RUN.findall(text))


def unspaced_terms(words: str) -> str:
    """What a person typed as a query of that index: each stretch of such writing as a phrase."""
    return " ".join(f'"{" ".join(run)}"' for run in RUN.findall(words))
