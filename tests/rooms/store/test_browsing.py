"""Lists of the record: their order, their pages, and the names by which entries are found after a correction."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from onrecord.store import Store
from onrecord.store.browsing import BROWSED, TIERS, Asked, ids_of, in_order, listed, total
from onrecord.store.judging import keeping
from onrecord.store.judging.keeping import Said

AT = "2026-05-31T09:15:00Z"


@pytest.fixture
def store(sample_record: Path) -> Iterator[Store]:
    with Store.open(sample_record) as opened:
        yield opened


@pytest.mark.parametrize("table", BROWSED)
def test_the_pages_of_a_list_together_are_the_list(store: Store, table: str) -> None:
    for sort in (None, *BROWSED[table].orders, *(f"-{order}" for order in BROWSED[table].orders)):
        whole = listed(store, table, Asked(sort=sort, limit=None))
        order = in_order(store, table, Asked(sort=sort, limit=None), least=10_000)
        assert order.whole
        assert ids_of(store, table, order.rows) == whole.ids
        assert len(whole.ids) == whole.total == total(store, table, Asked(sort=sort))
        assert listed(store, table, Asked(sort=sort, limit=7)).ids == whole.ids[:7]
        assert listed(store, table, Asked(sort=sort, limit=7, offset=3)).ids == whole.ids[3:10]


def test_comparisons_stand_with_those_that_differ_first_then_those_that_most_articles_answer(store: Store) -> None:
    ids = listed(store, "comparisons", Asked(limit=None)).ids
    rows = store.load("comparisons", ids)
    places = [(TIERS.index(row.outcome), -len({answer.article_id for answer in row.answers})) for row in rows]
    assert places == sorted(places)
    assert {row.outcome for row in rows} > {"differ"}
    turned = store.load("comparisons", listed(store, "comparisons", Asked(sort="-outcome", limit=None)).ids)
    assert [row.outcome for row in turned] == sorted((row.outcome for row in rows), key=lambda o: -TIERS.index(o))


def test_of_comparisons_that_differ_alike_the_latest_comes_first(store: Store) -> None:
    days = {article.id: article.published.earliest for article in store.rows("articles") if article.published}
    rows = store.load("comparisons", listed(store, "comparisons", Asked(choice="differ", limit=None)).ids)
    told = [
        (-len({a.article_id for a in row.answers}), max(days.get(a.article_id) or "" for a in row.answers))
        for row in rows
    ]
    for one, two in itertools.pairwise(told):
        assert one[0] < two[0] or one[1] >= two[1]


def test_a_part_of_an_order_says_that_it_is_a_part(store: Store) -> None:
    order = in_order(store, "comparisons", Asked(), least=1)
    assert not order.whole
    assert len(order.rows) == listed(store, "comparisons", Asked(choice="differ")).total


def found(store: Store, table: str, words: str) -> set[str]:
    return set(listed(store, table, Asked(words=words, limit=None)).ids)


def test_after_a_merge_an_event_is_found_by_the_new_name_and_not_by_the_old(store: Store) -> None:
    events = [event for event in store.rows("events") if event.actor_ids]
    event = next(event for event in events if store.row("parties", event.actor_ids[0]).name.count(" ") == 1)  # type: ignore[union-attr]
    actor = store.row("parties", event.actor_ids[0])
    assert actor is not None
    made = keeping.judge(store, "parties", actor.id, Said("edit", "Tester", AT, field="name", value="Zebulon Quorn"))
    assert event.id in found(store, "events", "Quorn")
    family = actor.name.split()[-1]
    sentence = next(article for article in store.rows("articles") if article.id == event.article_id).text
    if family not in sentence:
        assert event.id not in found(store, "events", family)
    keeping.undo(store, [made.id])
    assert event.id not in found(store, "events", "Quorn")
    assert event.id in found(store, "events", actor.name)


def test_what_is_found_after_judgements_is_what_is_found_after_the_next_join(store: Store) -> None:
    from onrecord.pipeline.build import rejoin

    parties = sorted(store.rows("parties"), key=lambda party: (party.kind, party.name))
    persons = [party for party in parties if party.kind == "person" and party.name]
    keeping.judge(store, "parties", persons[0].id, Said("same_as", "Tester", AT, other=persons[1].id))
    later = AT.replace("15:00", "16:00")
    keeping.judge(store, "parties", persons[2].id, Said("edit", "Tester", later, field="name", value="Zebulon Quorn"))
    asked = ("Quorn", *(person.name for person in persons[:3]))
    now = {
        (table, words): found(store, table, words) for table in ("events", "figures", "commitments") for words in asked
    }
    rejoin(store, store.meta().reader)
    assert {key: found(store, *key) for key in now} == now


def test_a_name_that_is_changed_twice_leaves_nothing_of_the_first_change(store: Store) -> None:
    figure = next(figure for figure in store.rows("figures") if figure.subject_ids)
    key = figure.subject_ids[0]
    for number, name in enumerate(("Quillon", "Brannock", "Quillon", "Tessaly")):
        said = Said("edit", "Tester", f"2026-05-31T09:{number:02}:00Z", field="name", value=name)
        keeping.judge(store, "parties", key, said)
    assert figure.id in found(store, "figures", "Tessaly")
    assert not found(store, "figures", "Quillon")
    assert not found(store, "figures", "Brannock")
    assert replace(figure) == store.row("figures", figure.id)
