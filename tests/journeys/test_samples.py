"""The record of the samples against what a careful person wrote down: floors that may only rise."""

from __future__ import annotations

import tomllib
from importlib import resources
from pathlib import Path
from typing import Any

import pytest

from casefiles import FOLDER
from expected_record import Score, compare
from onrecord import pipeline
from onrecord.model import Comparison
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


COMPARED: list[dict[str, Any]] = tomllib.loads(
    FOLDER.joinpath("en", "samples", "comparisons.toml").read_text(encoding="utf8")
)["comparison"]


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("samples") / "record.db"
    pipeline.build([SAMPLES], record=path)
    return path


@pytest.fixture(scope="module")
def score(record: Path) -> Score:
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


def answers_of(row: Comparison, origins: dict[str, str]) -> dict[str, set[str]]:
    """What each article answers, by its place among the samples."""
    found: dict[str, set[str]] = {}
    for answer in row.answers:
        found.setdefault(origins[answer.article_id], set()).add(answer.value)
    return found


def is_it(row: Comparison, wanted: dict[str, Any], origins: dict[str, str]) -> bool:
    """Whether a comparison gives the answers that somebody wrote down, with their outcome."""
    found = answers_of(row, origins)
    told = all(value in found.get(origin, ()) for origin, value in wanted["answers"].items())
    return row.outcome == wanted["outcome"] and told and all(word in row.explanation for word in wanted.get("says", ()))


@needs_reader
@pytest.mark.parametrize("wanted", COMPARED, ids=lambda wanted: wanted["question"])
def test_the_samples_are_compared(record: Path, wanted: dict[str, Any]) -> None:
    with Store.open(record, read_only=True) as store:
        origins = {article.id: article.origin for article in store.rows("articles")}
        rows = list(store.rows("comparisons"))
    near = [f"{row.outcome}: {row.question} {answers_of(row, origins)}" for row in rows if row.outcome != "only_in"]
    assert any(is_it(row, wanted, origins) for row in rows), "\n".join([wanted["why"], *near])


@needs_reader
def test_the_samples_differ_in_nothing_else(record: Path) -> None:
    with Store.open(record, read_only=True) as store:
        origins = {article.id: article.origin for article in store.rows("articles")}
        rows = [row for row in store.rows("comparisons") if row.outcome == "differ"]
    spare = [row for row in rows if not any(is_it(row, wanted, origins) for wanted in COMPARED)]
    assert not spare, "\n".join(f"{row.question} {answers_of(row, origins)} {row.explanation}" for row in spare)
