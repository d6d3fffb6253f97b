"""The record of the samples against what a careful person wrote down: floors that may only rise."""

from __future__ import annotations

import tomllib
from importlib import resources
from pathlib import Path

import pytest

from casefiles import FOLDER
from expected_record import Score, compare
from onrecord import pipeline
from onrecord.store import Store
from reading_aloud import needs_reader

SAMPLES = str(resources.files("onrecord").joinpath("samples", "articles"))
FLOORS = {
    # kind: (precision, recall), a little below what was last measured
    "statements": (0.83, 0.85),
    "figures": (0.98, 0.98),
    "times": (0.98, 0.98),
    "events": (0.97, 0.92),
}


@pytest.fixture(scope="module")
def score(tmp_path_factory: pytest.TempPathFactory) -> Score:
    record: Path = tmp_path_factory.mktemp("samples") / "record.db"
    pipeline.build([SAMPLES], record=record)
    found = Score()
    with Store.open(record) as store:
        names = {party.id: party.name for party in store.rows("parties")}
        articles = {article.origin: article for article in store.rows("articles")}
        for file in sorted(FOLDER.joinpath("en", "samples").glob("*.toml")):
            expected = tomllib.loads(file.read_text(encoding="utf8"))
            if "article" in expected:
                article = articles[expected["article"]]
                rows = {k: [r for r in store.rows(k) if r.article_id == article.id] for k in FLOORS}
                compare(found, expected, article, rows, names)
    return found


@needs_reader
@pytest.mark.parametrize("kind", FLOORS)
def test_the_samples_are_read_at_least_this_well(score: Score, kind: str) -> None:
    precision, recall = FLOORS[kind]
    told = "\n".join(note for note in score.notes if f" {kind}: " in note)
    print(f"{kind}: precision {score.precision(kind):.2f} recall {score.recall(kind):.2f}\n{told}")
    assert score.precision(kind) >= precision, told
    assert score.recall(kind) >= recall, told
