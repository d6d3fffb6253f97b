"""Searching the words of articles and statements: an index of words, or a look at every text where it has no words."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Literal

from onrecord.model import OnRecordError, Passage
from onrecord.store.file import Store
from onrecord.store.judging.verdicts import condition
from onrecord.store.words import WRITTEN_WITHOUT_SPACES, word_list

Place = Literal["articles", "statements"]

PIECES = re.compile(r'"([^"]*)"|(\S+)')
OPEN, CLOSE, CUT = "\x02", "\x03", "\x04"
SNIPPET_WORDS = 24
ASIDE = 60
"""Characters shown on either side of words found by looking at the text."""


@dataclass(frozen=True, slots=True)
class Hit:
    """Words found in an article or a statement: its id, the words around, and where the words found stand in them.

    `passage` is where the snippet stands in the article's text, null for a title; `marks` are relative to the snippet.
    """

    table: Place
    id: str
    article_id: str
    snippet: str
    marks: tuple[Passage, ...]
    passage: Passage | None


def search(store: Store, words: str, limit: int = 20) -> list[Hit]:
    """The best hits in statements, then in articles: all words must be there; "words in quotes" as they stand."""
    if not word_list(words):
        raise OnRecordError("search: give a word to search for, such as `onrecord search harbour`")
    words = words.replace("\0", " ")
    find = _by_looking if WRITTEN_WITHOUT_SPACES.search(words) else _by_index
    return [*find(store, "statements", words, limit), *find(store, "articles", words, limit)]


def articles_with(store: Store, words: str) -> list[str]:
    """The ids of the articles that have all words, in title or text, sorted."""
    words = words.replace("\0", " ")
    if not word_list(words):
        return []
    if WRITTEN_WITHOUT_SPACES.search(words):
        found = store.select(_looking_sql("articles", "id"), (_looking_for(words),))
    else:
        sql = "SELECT a.id FROM articles_fts f JOIN articles a ON a.rowid = f.rowid WHERE articles_fts MATCH ?"
        found = store.select(sql, (in_index_terms(words, prefixes=True),))
    return sorted(key for (key,) in found)


def in_index_terms(words: str, *, prefixes: bool = False) -> str:
    """What a person typed as a query that the index understands: nothing in it is an operator."""
    terms: list[str] = []
    for phrase, word in PIECES.findall(words):
        if word_list(phrase or word):
            terms.append('"' + (phrase or word).replace('"', '""') + '"' + ("*" if word and prefixes else ""))
        if word.endswith("*") and terms and not prefixes:
            terms[-1] += "*"
    return " ".join(terms)


def _by_index(store: Store, table: Place, words: str, limit: int) -> list[Hit]:
    owner = "t.id" if table == "articles" else "t.article_id"
    columns = (1, 0) if table == "articles" else (0, 0)
    cuts = ", ".join(f"snippet({table}_fts, {column}, ?1, ?2, ?3, {SNIPPET_WORDS})" for column in columns)
    sql = (
        f"SELECT t.id, {owner}, {cuts}, a.text FROM {table}_fts f JOIN {table} t ON t.rowid = f.rowid"
        f" JOIN articles a ON a.id = {owner} WHERE {table}_fts MATCH ?4 AND {condition(table)}"
        " ORDER BY f.rank, t.id LIMIT ?5"
    )
    found = store.select(sql, (OPEN, CLOSE, CUT, in_index_terms(words), limit))
    return [_hit(table, row) for row in found]


def _hit(table: Place, row: tuple[str, ...]) -> Hit:
    """The words found in the text or, where they stand in the title alone, the title."""
    key, article, in_text, in_title, text = row
    snippet, marks = _unmarked(in_text or "")
    if not marks:
        snippet, marks = _unmarked(in_title or "")
    at = text.find(snippet) if snippet and table == "articles" else -1
    return Hit(table, key, article, snippet, marks, Passage(at, at + len(snippet)) if at >= 0 else None)


def _unmarked(marked: str) -> tuple[str, tuple[Passage, ...]]:
    plain, start = "", 0
    marks: list[Passage] = []
    for piece in re.split(f"([{OPEN}{CLOSE}])", marked.replace(CUT, "")):
        if piece == OPEN:
            start = len(plain)
        elif piece == CLOSE and len(plain) > start:
            marks.append(Passage(start, len(plain)))
        elif piece != CLOSE:
            plain += piece
    return plain, tuple(marks)


def _by_looking(store: Store, table: Place, words: str, limit: int) -> list[Hit]:
    owner = "id" if table == "articles" else "article_id"
    found = store.select(f"{_looking_sql(table, f'id, {owner}, text')} LIMIT ?2", (_looking_for(words), limit))
    pieces = re.compile("|".join(re.escape(piece) for piece in _pieces(words)), re.IGNORECASE)
    return [_seen(table, key, article, text, pieces) for key, article, text in found]


def _seen(table: Place, key: str, article: str, text: str, pieces: re.Pattern[str]) -> Hit:
    first = pieces.search(text)
    start = max(0, first.start() - ASIDE) if first else 0
    end = min(len(text), (first.end() if first else 0) + ASIDE)
    snippet = text[start:end]
    marks = tuple(Passage(found.start(), found.end()) for found in pieces.finditer(snippet))
    return Hit(table, key, article, snippet, marks, Passage(start, end) if table == "articles" and snippet else None)


def _pieces(words: str) -> list[str]:
    return [phrase or word for phrase, word in PIECES.findall(words) if phrase or word]


def _looking_sql(table: Place, columns: str) -> str:
    text = "coalesce(title, '') || char(10) || text" if table == "articles" else "text"
    return (
        f"SELECT {columns} FROM {table} t WHERE NOT EXISTS"
        f" (SELECT 1 FROM json_each(?1) WHERE instr(folded({text}), folded(value)) = 0)"
        f" AND {condition(table)} ORDER BY id"
    )


def _looking_for(words: str) -> str:
    return json.dumps(_pieces(words))
