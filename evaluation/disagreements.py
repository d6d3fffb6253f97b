"""False alarms: what the record of BASIL marks as differing, against what a person judged on reading it.

    python -m evaluation.disagreements [--record FILE] [--list]

The 300 articles are built into one record, and each of its comparisons marked `differ` is looked up in
`disagreements.toml`, which holds places in the articles and a verdict, and no words of them: whether the answers
really disagree on one thing. What nobody has judged yet is counted apart; `--list` prints it to be judged.

Differences between articles are told by what they are of: amounts, quoted words, spellings, days. A last line counts
the comparisons between articles by their outcome.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from evaluation.floors import held
from evaluation.sources import data_folder
from evaluation.stories import write_articles
from onrecord import pipeline
from onrecord.model import Comparison
from onrecord.store import Store
from onrecord.store.comparing import Asked, comparisons, passages_of, quoted, rows_of

JUDGED = Path(__file__).with_name("disagreements.toml")
KINDS = {
    "How is the name": "spelling", "How": "amount", "What share": "amount", "What age": "amount",
    "Which number": "amount", "What were the words": "words", "Who said": "speaker", "When": "day", "Where": "place",
    "Did": "happened",
}  # fmt: skip
"""What a comparison is of, by how its question begins."""
ITSELF = "dates"
"""What stands for the place of an article's own date, which need not be in its text."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a person said of a comparison that rests on some places: `FILE:START-END`, or `FILE:dates`."""

    places: frozenset[str]
    real: bool
    why: str


def verdicts() -> list[Verdict]:
    """The verdicts of `disagreements.toml`."""
    told = tomllib.loads(JUDGED.read_text(encoding="utf8"))
    own = [Verdict(frozenset({f"{name}:{ITSELF}"}), True, told["own_dates"]["why"]) for name in told["own_dates"]["of"]]
    return own + [Verdict(frozenset(one["places"]), one["real"], one["why"]) for one in told["judged"]]


def places(store: Store, row: Comparison) -> frozenset[str]:
    """Where a comparison's answers stand."""
    rows = rows_of(store, [answer.record_id for answer in row.answers])
    return frozenset(
        _place(one.article.origin, one.answer.article_id, rows.get(one.answer.record_id)) for one in quoted(store, row)
    )


def _place(origin: str, article_id: str, row: object) -> str:
    found = passages_of(row, article_id)
    return f"{origin}:{found[0].start}-{found[0].end}" if found else f"{origin}:{ITSELF}"


def judged(found: frozenset[str], known: Sequence[Verdict]) -> Verdict | None:
    """The verdict on a comparison: the one that shares all its places or at least two of them."""
    for verdict in known:
        if verdict.places == found or len(verdict.places & found) > 1:
            return verdict
    return None


def kind_of(row: Comparison, where: frozenset[str]) -> str:
    """What a comparison is of: one article's own date, or an amount, words, a spelling, a day that several tell."""
    if all(place.endswith(ITSELF) for place in where):
        return "own date"
    return next((kind for start, kind in KINDS.items() if row.question.startswith(start)), "others")


def measure(record: Path, listing: bool) -> Counter[str]:
    """Counts the comparisons marked `differ` by what was judged of them."""
    known, counts = verdicts(), Counter[str]()
    with Store.open(record, read_only=True) as store:
        for row in comparisons(store, Asked(outcome="differ")):
            where = places(store, row)
            verdict = judged(where, known)
            said = "unjudged" if verdict is None else "real" if verdict.real else "false"
            counts[f"{kind_of(row, where)} {said}"] += 1
            if listing and (verdict is None or not verdict.real):
                print("\n".join(_shown(row, where, verdict)))
    return counts


def between_articles(record: Path) -> Counter[str]:
    """How many comparisons between articles have which outcome."""
    with Store.open(record, read_only=True) as store:
        rows: list[Comparison] = list(store.rows("comparisons"))
    return Counter(row.outcome for row in rows if len({answer.article_id for answer in row.answers}) > 1)


def _shown(row: Comparison, where: frozenset[str], verdict: Verdict | None) -> Iterator[str]:
    yield f"{'not judged' if verdict is None else f'false: {verdict.why}'}: {row.question}"
    yield f"  {sorted(where)}"
    yield f"  {row.explanation}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints the counts; the exit status is 1 where too few of the judged are real."""
    parser = argparse.ArgumentParser(prog="python -m evaluation.disagreements", description=__doc__.split("\n")[0])
    parser.add_argument("--record", type=Path, help="keep the record in this file and use what it holds")
    parser.add_argument("--list", action="store_true", help="print what is not judged, and what was judged false")
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        articles = Path(folder, "basil")
        articles.mkdir()
        write_articles(data_folder() / "basil", articles)
        record = given.record or Path(folder, "basil.db")
        pipeline.build([str(articles)], record=record)
        counts = measure(record, given.list)
        outcomes = between_articles(record)
    for kind in sorted({name.rpartition(" ")[0] for name in counts}):
        told = ", ".join(f"{counts[f'{kind} {said}']} {said}" for said in ("real", "false", "unjudged"))
        print(f"disagreements: {kind:8s}  {told}")
    told = ", ".join(f"{outcomes[name]} {name}" for name in ("differ", "compatible", "agree"))
    print(f"disagreements: between articles  {told}")
    real = sum(number for name, number in counts.items() if name.endswith(" real"))
    false = sum(number for name, number in counts.items() if name.endswith(" false"))
    between = real + false - counts["own date real"] - counts["own date false"]
    share = 100 * real / max(1, real + false)
    return held("disagreements", {"real": share, "judged, between articles": float(between)})


if __name__ == "__main__":
    sys.exit(main())
