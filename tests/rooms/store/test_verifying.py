"""A record that holds is proved to hold, and whatever is broken in it is found."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import handmade
from handmade import ONE, TWO
from onrecord.model import Link, Passage, Story, Subject, When, digest
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


def linked(kind: Any, left: Any, right: Any, **more: Any) -> Link:
    """A link of two rows, with their own passages where they have one."""
    places = [(row.passage,) if hasattr(row, "passage") else () for row in (left, right)]
    key = digest("link", kind, left.id, right.id)
    return replace(Link(key, kind, left.id, right.id, *places, (), 0.9, "both count stalls"), **more)


def found_of(record: Path, **rows: Sequence[Any]) -> dict[str, list[str]]:
    """What is found in a record with these rows more, by the id of the row."""
    with Store.open(record) as store:
        list(store.bundles())
        store.replace_derived(handmade.tables() | {name: list(more) for name, more in rows.items()})
    found: dict[str, list[str]] = {}
    for finding in findings(record):
        found.setdefault(finding.id, []).append(finding.says)
    return found


FEW, FEWER = sorted(handmade.tables()["figures"], key=lambda figure: figure.id)
MAYOR = handmade.said_by_mayor()
FIRST = Passage(0, 1)


def test_a_link_that_holds(record: Path) -> None:
    copied = linked("copied_from", TWO, ONE, left_passages=(Passage(0, 10),), right_passages=(Passage(0, 10),))
    cited = linked("cites", MAYOR, handmade.VARGA, left_passages=MAYOR.content)
    assert found_of(record, links=[linked("same_figure", FEW, FEWER), copied, cited]) == {}


@pytest.mark.parametrize(
    ("link", "says"),
    [
        (linked("same_figure", FEW, FEWER, right_passages=(Passage(5000, 5001),)), "outside its article"),
        (linked("same_figure", FEW, FEWER, right_passages=(Passage(0, 4),)), "none of the row's words"),
        (linked("same_figure", FEW, FEWER, id="1" * 16), "not the hash of its kind"),
        (linked("same_figure", FEWER, FEW), "the smaller id is not on the left"),
        (linked("same_figure", FEW, FEW), "both sides are one row"),
        (linked("same_figure", FEW, replace(FEWER, id="4" * 16)), "right_id names"),
        (linked("same_event", FEW, FEWER), "the left side of same_event is one of figures"),
        (linked("same_figure", FEW, FEWER, score=1.2), "the score is 1.2"),
        (linked("same_figure", FEW, FEWER, explanation=" "), "nothing says why"),
        (linked("copied_from", TWO, ONE), "rests on no words"),
        (linked("copied_from", TWO, ONE, left_passages=(Passage(0, 9),)), "1 passages are copied from 0"),
        (linked("cites", TWO, handmade.VARGA, left_passages=(Passage(0, 9),), right_passages=(FIRST,)), "party"),
        (linked("cites", FEW, ONE), "the left side of cites is one of figures"),
    ],
)  # fmt: skip
def test_a_link_that_does_not_hold_is_found(record: Path, link: Link, says: str) -> None:
    found = found_of(record, links=[link])
    assert any(says in each for each in found[link.id]), found


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"answers": ()}, "nothing answers it"),
        ({"outcome": "only_in"}, "the outcome is only_in, and 2 articles answer"),
        ({"outcome": "agree", "answers": handmade.tables()["comparisons"][0].answers[:1]}, "and there is one answer"),
        (
            {"answers": handmade.tables()["comparisons"][0].answers[:1]},
            "the outcome is differ, and there is one answer",
        ),
        ({"silent": (ONE.id,)}, "silent names an article that answers"),
        ({"too_early": (TWO.id,)}, "too_early names an article that answers"),
        ({"origins": ("Brenholt Courier",)}, "2 origins are counted and 1 named"),
        ({"independent_origins": 0, "origins": ()}, "it comes from nowhere"),
        ({"about": (Subject("events", FEW.id),)}, "and it is one of figures"),
    ],
)
def test_a_comparison_that_does_not_hold_is_found(record: Path, change: dict[str, Any], says: str) -> None:
    [comparison] = handmade.tables()["comparisons"]
    found = found_of(record, comparisons=[replace(comparison, **change)])
    assert any(says in each for each in found[comparison.id]), found


def test_an_answer_from_another_article_is_found(record: Path) -> None:
    [comparison] = handmade.tables()["comparisons"]
    first, second = comparison.answers
    found = found_of(record, comparisons=[replace(comparison, answers=(first, replace(second, article_id=ONE.id)))])
    assert any("not from the article" in each for each in found[comparison.id])


def test_stories(record: Path) -> None:
    ids = tuple(sorted((ONE.id, TWO.id)))
    story = Story(digest("story", *ids), "The fair", ids, None, None, ())
    assert found_of(record, stories=[story]) == {}
    turned = replace(story, article_ids=ids[::-1])
    assert len(found_of(record, stories=[turned])[story.id]) == 2
    empty = replace(story, article_ids=())
    assert "it has no article" in found_of(record, stories=[empty])[story.id]


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
