"""Learns what each piece of evidence for one event is worth, from ECB+ train and the judged BASIL pairs to learn from.

    python -m training.event_weights [--only PIECE ...] [--write]

Logistic regression by Newton's method over the pairs that the linker would compare, each set weighing the same. The
penalty draws each weight to what it was set to by hand (`PRIOR`), for evidence that these sets rarely or never have
(dates, places, occasions): with no pair that speaks against it, a weight stays where it was. `--only` learns the named
pieces and holds the others where the linker has them. `--write` puts the weights into
`src/onrecord/linking/weights.toml`, where `numbers_same` and `strangers` were learnt so, after the others: learnt
together, what tells stories apart took weight from what tells two events of one story apart.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from itertools import combinations
from pathlib import Path

import numpy as np
from evaluation import ecbplus, same_events

from onrecord.linking import copies, stories
from onrecord.linking.evidence import PIECES, evidence, worth
from onrecord.linking.tellings import Telling, tellings
from onrecord.model import Corpus
from onrecord.pipeline.corpus_half import found_in
from onrecord.store import Store

PRIOR = {
    "bias": -4.0, "same_lemma": 1.0, "same_act": 1.3, "same_type": 0.6, "same_mode": 0.3, "actors": 1.2,
    "recipients": 1.2, "both": 0.8, "actors_differ": -2.0, "recipients_differ": -2.0, "actors_unlike": -0.5,
    "recipients_unlike": -0.5, "bare": -1.5, "same_day": 1.5, "near_day": 0.8,
    "days_differ": -2.5, "place": 0.8, "places_differ": -1.0, "context": 3.0, "topic": 1.0, "story": 0.8,
    "occasion": 2.0, "numbers_same": 0.5, "numbers_differ": -1.0, "published_apart": -1.5,
    "status": -1.0, "inside": -1.5, "headline": 1.0, "one_sentence": -2.0, "strangers": -1.0,
    "persons_differ": -3.0, "both_unlike": -0.8, "stance_unlike": -0.8, "unreal": -1.5,
}  # fmt: skip
PENALTY = 2.0
"""How strongly a weight is drawn to its prior: as by so many pairs."""
FIRM = frozenset({"persons_differ", "both_unlike", "stance_unlike", "unreal"})
"""What stays as it was set by hand, for what speaks against one event: a wrong link is worse than a missing one."""
LARGEST_STEP = 0.5
HELD = 1e6
"""The same for a weight that is not to be learnt."""
Labelled = tuple[Telling, Telling, bool]


def pairs_of(record: Path, happening: Mapping[str, str], group: Mapping[str, str]) -> Iterator[Labelled]:
    """The pairs of labelled events of one group (a topic, a triplet), with whether they are one happening."""
    with Store.open(record, read_only=True) as store:
        corpus = Corpus(**found_in(store.bundles(), store.versions()))
    told = tellings(corpus, stories.cluster(corpus, copies.links(corpus)))
    by_group: dict[str, list[Telling]] = defaultdict(list)
    for one in told:
        if one.event.id in happening:
            by_group[group[one.event.id]].append(one)
    for key in sorted(by_group):
        for left, right in combinations(by_group[key], 2):
            yield left, right, happening[left.event.id] == happening[right.event.id]


def from_basil(record: Path) -> list[Labelled]:
    """The judged pairs of the first half."""
    if not record.exists():
        same_events.built("learn", record)
    with Store.open(record, read_only=True) as store:
        found = same_events.mentions(store)
    return list(pairs_of(record, {m.event.id: m.happening for m in found}, {m.event.id: m.triplet for m in found}))


def from_ecbplus(record: Path) -> list[Labelled]:
    """The pairs of ECB+ train in two documents."""
    if not record.exists():
        ecbplus.built("train", record)
    with Store.open(record, read_only=True) as store:
        found = [m for m in ecbplus.found(store, "train") if m.table == "events"]
    pairs = pairs_of(record, {m.id: m.chain for m in found}, {m.id: m.topic for m in found})
    return [pair for pair in pairs if pair[0].event.article_id != pair[1].event.article_id]


def table(pairs: list[Labelled]) -> tuple[np.ndarray, np.ndarray]:
    """The evidence of each pair as a row, and whether it is one happening."""
    rows = [[1.0, *(evidence(a, b).get(name, 0.0) for name in PIECES)] for a, b, _ in pairs]
    return np.array(rows), np.array([float(same) for *_, same in pairs])


def fit(sets: list[tuple[np.ndarray, np.ndarray]], only: Collection[str] = ()) -> np.ndarray:
    """The weights that make the labels most probable, each set counting as if it had as many pairs as the smallest.

    Where `only` names pieces, the others stay as the linker has them.
    """
    held = {name: worth()[name] for name in worth() if only and name not in only}
    names = ("bias", *PIECES)
    prior = np.array([held.get(name, PRIOR[name]) for name in names])
    penalty = np.array([HELD if name in held or name in FIRM else PENALTY for name in names])
    least = min(len(labels) for _, labels in sets)
    rows = np.vstack([found for found, _ in sets])
    labels = np.concatenate([found for _, found in sets])
    counts = np.concatenate([np.full(len(found), least / len(found)) for _, found in sets])
    weights = prior.copy()
    for _ in range(200):
        chance = 1 / (1 + np.exp(-np.clip(rows @ weights, -50, 50)))
        slope = rows.T @ (counts * (chance - labels)) + penalty * (weights - prior)
        bend = (rows.T * (counts * chance * (1 - chance))) @ rows + np.diag(penalty)
        step = np.linalg.solve(bend, slope)
        weights = weights - step * min(1.0, LARGEST_STEP / np.abs(step).max())  # Newton's full step may overshoot
        if np.abs(step).max() < 1e-6:
            break
    return weights


def written(weights: np.ndarray, sets: list[tuple[np.ndarray, np.ndarray]]) -> str:
    """The weights as TOML, with where they come from."""
    told = " and ".join(f"{int(labels.sum())} of {len(labels)}" for _, labels in sets)
    lines = [
        "# What each piece of evidence adds to the log odds that two tellings are of one event.",
        f"# Learnt by training/event_weights.py from ECB+ train and judged BASIL pairs ({told} are one event).",
        "[event]",
    ]
    names = ["bias", *PIECES]
    return "\n".join([*lines, *(f"{name} = {value:.2f}" for name, value in zip(names, weights, strict=True))]) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--records", help="a folder that keeps, or has, the records of the two sets")
    parser.add_argument("--write", action="store_true", help="put the weights where the linker reads them")
    parser.add_argument("--only", nargs="+", choices=PIECES, default=(), help="learn these, hold the others")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        kept = Path(asked.records or folder)
        sets = [table(from_ecbplus(kept / "ecb_train.db")), table(from_basil(kept / "se_learn.db"))]
    text = written(fit(sets, asked.only), sets)
    sys.stdout.write(text)
    if asked.write:
        target = Path(__file__).parents[1] / "src" / "onrecord" / "linking" / "weights.toml"
        target.write_text(text, encoding="utf8")


if __name__ == "__main__":
    main()
