"""Generated records: every passage holds, stories overlap, and a larger record begins with the smaller one."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

from benchmarks.generated import bundles, write_record

from onrecord.store import Store
from onrecord.store.verifying import verify


def test_a_written_record_verifies_and_is_linked(tmp_path: Path) -> None:
    path = write_record(tmp_path / "record.db", articles=16, seed=3)
    with Store.open(path, read_only=True) as store:
        assert verify(store) == []
        assert store.count("articles") == 16
        assert store.count("stories") > 0
        assert {link.kind for link in store.rows("links")} >= {"same_event", "same_figure"}


def test_twice_as_many_articles_begin_with_the_same_ones() -> None:
    few, many = list(bundles(6, seed=5)), list(bundles(12, seed=5))
    assert many[:6] == few
    assert len({bundle.article.id for bundle in many}) == 12


def test_another_seed_makes_another_world() -> None:
    first, second = (next(islice(bundles(1, seed=seed), 1)) for seed in (1, 2))
    assert first.article.text != second.article.text


def test_articles_have_about_as_much_as_real_ones() -> None:
    made = list(bundles(40))
    words = sum(len(bundle.article.text.split()) for bundle in made) / len(made)
    assert 550 < words < 900
    for table, least, most in (("statements", 11, 13), ("events", 7, 9), ("figures", 8, 12), ("times", 11, 17)):
        assert least <= sum(len(getattr(bundle, table)) for bundle in made) / len(made) <= most, table
