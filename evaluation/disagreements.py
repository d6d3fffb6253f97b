"""False alarms: what the records of six sets mark as differing, against what a person judged on reading it.

    python -m evaluation.disagreements [--set NAME ...] [--keep FOLDER] [--list]

The articles of each set are built into a record of their own: BASIL's 300 (100 triplets of outlets on one happening),
the sentences of ECB+ that are annotated (each topic and its twin), PolNeAR's 924, the 887 of the newswire set, the 256
of TempEval-3 (business notes and agency reports) and the 90 of re3d (communiqués). Each comparison marked `differ` is
looked up in `disagreements.toml`, which holds places in the articles and a verdict, and no words of them: whether the
answers really disagree on one thing. What nobody has judged yet is counted apart; `--list` prints it to be judged, with
the words around its answers. `--keep` keeps the records in a folder, and takes what they have already read from there.

Differences are told by what they are of: amounts, quoted words, days, spellings; what one article alone contradicts
itself in is counted apart. A last line counts the comparisons between articles by their outcome.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from evaluation import ecbplus, stories
from evaluation.floors import held
from evaluation.sources import data_folder
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
INSIDE = ", in one article"
"""What is added to the kind of a comparison that one article alone answers."""
AROUND = 120
"""Characters on either side of an answer that `--list` prints."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a person said of a comparison that rests on some places: `FILE:START-END`, or `FILE:dates`."""

    places: frozenset[str]
    real: bool
    why: str


def write_basil(into: Path) -> None:
    """The articles of BASIL as text files, with what is known of each beside them."""
    stories.write_articles(data_folder() / "basil", into)


def write_ecbplus(into: Path) -> None:
    """The annotated sentences of ECB+'s articles as text files; nothing is known of their days and outlets."""
    for part in ("train", "dev"):
        for document in ecbplus.documents(part):
            into.joinpath(f"{document.name}.txt").write_text(document.text, encoding="utf8")


def write_polnear(into: Path) -> None:
    """The articles of PolNeAR as text files, with the outlet and the day of each, which its name holds, beside them."""
    for path in sorted((data_folder() / "polnear").glob("*/text/*.txt")):
        outlet, day, _ = path.stem.split("_", 2)
        shutil.copyfile(path, into / path.name)
        known = json.dumps({"published": day, "outlet": outlet.replace("-", " ")})
        into.joinpath(f"{path.stem}.meta.json").write_text(known, encoding="utf8")


def write_newswire(into: Path) -> None:
    """The articles of the newswire set as they are."""
    for path in sorted((data_folder() / "worldwide-newswire").glob("*/*.txt")):
        shutil.copyfile(path, into / path.name)


def write_tempeval(into: Path) -> None:
    """The articles of TimeBank and AQUAINT as text files, with the day of each and its outlet beside them."""
    for path in sorted((data_folder() / "tempeval3").glob("*/*.tml")):
        told = ElementTree.fromstring(path.read_text(encoding="utf8"))
        text, created = told.find("TEXT"), told.find("DCT/TIMEX3")
        if text is not None and created is not None:
            into.joinpath(f"{path.stem}.txt").write_text("".join(text.itertext()).strip() + "\n", encoding="utf8")
            outlet = path.stem.rstrip("0123456789._-").partition("_")[0].rstrip("0123456789.")
            known = json.dumps({"published": created.get("value", "")[:10], "outlet": outlet.lower()})
            into.joinpath(f"{path.stem}.meta.json").write_text(known, encoding="utf8")


def write_re3d(into: Path) -> None:
    """The documents of re3d as text files; their days are not known."""
    for path in sorted((data_folder() / "re3d").glob("*/documents.json")):
        for line in path.read_text(encoding="utf8").splitlines():
            told = json.loads(line)
            name = f"re3d_{told['_id'][:10]}"
            into.joinpath(f"{name}.txt").write_text(f"{told['title']}\n\n{told['text']}\n", encoding="utf8")
            known = json.dumps({"outlet": path.parent.name})
            into.joinpath(f"{name}.meta.json").write_text(known, encoding="utf8")


SETS: Mapping[str, Callable[[Path], None]] = {
    "basil": write_basil, "ecbplus": write_ecbplus, "polnear": write_polnear, "newswire": write_newswire,
    "tempeval": write_tempeval, "re3d": write_re3d,
}  # fmt: skip
"""What writes the articles of each set into a folder."""


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
    """What a comparison is of: one article's own date, or an amount, words, a spelling, a day; and whether of one."""
    if all(place.endswith(ITSELF) for place in where):
        return "own date"
    kind = next((kind for start, kind in KINDS.items() if row.question.startswith(start)), "others")
    return kind if len({answer.article_id for answer in row.answers}) > 1 else kind + INSIDE


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
                print("\n".join([*_shown(row, where, verdict), *_quoted(store, row)]))
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


def _quoted(store: Store, row: Comparison) -> Iterator[str]:
    """Each answer with the words around it."""
    for one in quoted(store, row):
        if one.marks:
            text, first, last = one.article.text, one.marks[0].start, one.marks[-1].end
            words = f"{text[max(0, first - AROUND) : first]}[{text[first:last]}]{text[last : last + AROUND]}"
            yield f"    {one.article.origin}: {' '.join(words.split())}"


def build(name: str, folder: Path) -> Path:
    """The record of a set, which is in the folder."""
    articles, record = folder / name, folder / f"{name}.db"
    articles.mkdir(exist_ok=True)
    SETS[name](articles)
    pipeline.build([str(articles)], record=record)
    return record


def told(name: str, counts: Counter[str], outcomes: Counter[str]) -> None:
    """Prints what was counted of a set."""
    for kind in sorted({key.rpartition(" ")[0] for key in counts}):
        said = ", ".join(f"{counts[f'{kind} {verdict}']} {verdict}" for verdict in ("real", "false", "unjudged"))
        print(f"disagreements: {name:9} {kind:25} {said}")
    said = ", ".join(f"{outcomes[outcome]} {outcome}" for outcome in ("differ", "compatible", "agree"))
    print(f"disagreements: {name:9} {'all between articles':25} {said}")


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints the counts; the exit status is 1 where too few of the judged are real."""
    parser = argparse.ArgumentParser(prog="python -m evaluation.disagreements", description=__doc__.split("\n")[0])
    parser.add_argument("--set", nargs="+", choices=sorted(SETS), help="these sets alone, without floors")
    parser.add_argument("--keep", type=Path, help="keep the records in this folder and use what they hold")
    parser.add_argument("--list", action="store_true", help="print what is not judged, and what was judged false")
    given = parser.parse_args(arguments)
    every = Counter[str]()
    with tempfile.TemporaryDirectory() as folder:
        for name in given.set or SETS:
            record = build(name, given.keep or Path(folder))
            counts = measure(record, given.list)
            told(name, counts, between_articles(record))
            every += counts
    return 0 if given.set else held("disagreements", figures(every))


def figures(counts: Counter[str]) -> dict[str, float]:
    """What has a floor: the share of the judged that is real, and how many were judged, of all and between articles."""
    judged_of = {key: number for key, number in counts.items() if not key.endswith("unjudged")}
    between = {key: n for key, n in judged_of.items() if INSIDE not in key and not key.startswith("own date")}
    shares = {}
    for name, found in (("real", judged_of), ("real, between articles", between)):
        real = sum(number for key, number in found.items() if key.endswith(" real"))
        shares[name] = 100 * real / max(1, sum(found.values()))
    return shares | {
        "judged": float(sum(judged_of.values())),
        "judged, between articles": float(sum(between.values())),
    }


if __name__ == "__main__":
    sys.exit(main())
