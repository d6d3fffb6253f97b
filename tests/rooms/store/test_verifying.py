"""A record that holds is proved to hold, and whatever is broken in it is found."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import handmade
from handmade import ONE, TWO
from onrecord.model import Link, Passage, When
from onrecord.store import Finding, Store, verify


def findings(record: Path) -> list[Finding]:
    with Store.open(record, read_only=True) as store:
        return verify(store)


def broken(record: Path, table: str, change: Callable[[Any], Any]) -> list[str]:
    """What is found where the first row of a table is not as it should be."""
    rows = handmade.tables()
    rows[table] = [change(rows[table][0]), *rows[table][1:]]
    with Store.open(record) as store:
        list(store.bundles())
        store.replace_derived(rows)
    return [finding.says for finding in findings(record)]


def test_a_whole_record_holds(record: Path) -> None:
    assert findings(record) == []


def test_an_empty_record_holds(tmp_path: Path) -> None:
    with Store.open(tmp_path / "record.db", create=True) as store:
        assert verify(store) == []


CHANGES: dict[str, tuple[str, Callable[[Any], Any], str]] = {
    "length": ("articles", lambda a: replace(a, length=a.length + 1), "the length is said"),
    "text": ("articles", lambda a: replace(a, text_sha256="0" * 64), "SHA-256"),
    "raw": ("articles", lambda a: replace(a, raw_sha256="none"), "no SHA-256"),
    "parts": ("articles", lambda a: replace(a, parts=a.parts[::-1]), "not after the one before"),
    "mention": ("mentions", lambda m: replace(m, text="Ilse"), "text says 'Ilse'"),
    "moved": ("mentions", lambda m: replace(m, start=m.start + 1), "text says"),
    "beyond": ("mentions", lambda m: replace(m, end=9999), "outside the article"),
    "backwards": ("mentions", lambda m: replace(m, start=m.end, end=m.start), "rests on no words"),
    "statement": ("statements", lambda s: replace(s, text="We promise"), "text says 'We promise'"),
    "content": ("statements", lambda s: replace(s, content=s.content[:1]), "text says"),
    "far": ("statements", lambda s: replace(s, cue=Passage(9000, 9001)), "cue 9000..9001 is outside"),
    "sure": ("statements", lambda s: replace(s, confidence=1.5), "the confidence is 1.5"),
    "statement id": ("statements", lambda s: replace(s, cue=Passage(0, 4)), "not the hash"),
    "actors": ("events", lambda e: replace(e, actors=("The mayor",)), "actors says 'The mayor'"),
    "actor places": ("events", lambda e: replace(e, actor_passages=()), "1 actors have 0 passages"),
    "asserted": ("events", lambda e: replace(e, asserted_by="f" * 16), "asserted_by names"),
    "figure": ("figures", lambda f: replace(f, text="300"), "text says '300'"),
    "time": ("times", lambda t: replace(t, when=replace(t.when, text="Friday")), "when.text says 'Friday'"),
    "iso": ("times", lambda t: replace(t, when=replace(t.when, earliest="June 3")), "no ISO 8601"),
    "interval": ("times", lambda t: replace(t, when=replace(t.when, latest="2020-01-01")), "before it begins"),
    "one end": ("times", lambda t: replace(t, when=replace(t.when, latest=None)), "one end only"),
    "what": ("commitments", lambda c: replace(c, what="The harbour will be sold"), "not in the passage"),
    "occasion": ("occasions", lambda o: replace(o, mentions=()), "rests on no words"),
    "answer": ("comparisons", lambda c: replace(c, answers=(replace(c.answers[0], record_id="x"),)), "answers names"),
}


@pytest.mark.parametrize("name", CHANGES)
def test_what_is_broken_is_found(record: Path, name: str) -> None:
    table, change, says = CHANGES[name]
    assert any(says in found for found in broken(record, table, change)), broken(record, table, change)


def test_an_id_that_is_no_hash_of_its_passages_is_found(record: Path) -> None:
    assert broken(record, "times", lambda t: replace(t, id="0" * 16)) == [
        "the id is not the hash of its kind, article and passages"
    ]
    assert "the id is not 16 hex digits" in broken(record, "times", lambda t: replace(t, id="mine"))


def test_an_id_that_two_rows_share_is_found(record: Path) -> None:
    assert broken(record, "comparisons", lambda c: replace(c, id=ONE.id)) == ["the id is that of several rows"]


def test_everything_is_reported_not_only_the_first(record: Path) -> None:
    rows = handmade.tables()
    rows["mentions"] = [replace(mention, text="?") for mention in rows["mentions"]]
    with Store.open(record) as store:
        store.replace_derived(rows)
    assert len(findings(record)) == len(rows["mentions"])


def test_links_are_followed_to_their_articles(record: Path) -> None:
    few, fewer = handmade.tables()["figures"]
    link = Link(
        "1" * 16, "same_figure", few.id, fewer.id, (few.passage,), (fewer.passage,), (), 0.9, "both count stalls"
    )
    beyond = replace(link, id="2" * 16, right_passages=(Passage(5000, 5001),))
    nowhere = replace(link, id="3" * 16, left_id="4" * 16)
    with Store.open(record) as store:
        store.replace_derived(handmade.tables() | {"links": [link, beyond, nowhere]})
    found = {finding.id: finding.says for finding in findings(record)}
    assert set(found) == {beyond.id, nowhere.id}
    assert "outside its article" in found[beyond.id] and "left_id" in found[nowhere.id]


def test_a_record_that_is_not_joined_does_not_hold(record: Path) -> None:
    with Store.open(record) as store:
        store.drop_bundle(TWO.id)
    assert any("not all joined" in finding.says for finding in findings(record))


def test_articles_and_what_was_found_of_them_must_match(record: Path) -> None:
    with Store.open(record) as store:
        store.drop_bundle(TWO.id)
        list(store.bundles())
        store.replace_derived(handmade.tables())
    assert [(finding.id, finding.says) for finding in findings(record)] == [
        (TWO.id, "what was found of this article is not kept")
    ]


def tampered(record: Path, sql: str) -> list[Finding]:
    """What is found after somebody changed the file by hand, without SQLite's own checks."""
    with sqlite3.connect(record) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute(sql)
    connection.close()
    return findings(record)


@pytest.mark.parametrize(
    ("sql", "says"),
    [
        ("DELETE FROM parties WHERE name = 'Brenholt'", "names one of parties"),
        ("DELETE FROM times WHERE when_text = '2031'", "it counts 2 times, and 1 are there"),
        ("UPDATE articles SET text = replace(text, 'stalls', 'stools')", "SHA-256"),
        ("UPDATE statements_content SET start = start + 1", "text says"),
        ("INSERT INTO statements_fts (statements_fts) VALUES ('delete-all')", "index of words"),
        ("UPDATE meta SET value = '9' WHERE key = 'count.links'", "it counts 9 links"),
    ],
)
def test_what_was_changed_by_hand_is_found(record: Path, sql: str, says: str) -> None:
    assert any(says in finding.says for finding in tampered(record, sql))


def test_a_time_bound_by_publication_may_have_one_end(record: Path) -> None:
    bound = When("", None, "2026-06-03", "day", None, "inferred")
    assert broken(record, "statements", lambda s: replace(s, said=bound)) == []
