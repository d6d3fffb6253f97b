"""Who speaks, against statements whose speakers a person wrote down (`speakers.toml`).

    python -m evaluation.speakers [--show]

The articles are built into a record as a user would build them. Each row of the file takes the statement whose words
overlap it most; a statement is right when its parties are the persons or bodies written down, and no others. `--show`
prints, for each row that is not right, the article, the offsets and the names, never the words.
"""

from __future__ import annotations

import sys
import tempfile
import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from evaluation.sources import data_folder
from onrecord import pipeline
from onrecord.model import Party, Passage, Statement
from onrecord.model.personal import fold
from onrecord.store import Store

FOLDERS = {"polnear/dev": "polnear/dev/text", "worldwide-newswire/dev": "worldwide-newswire/dev"}
LEAST = 0.3
"""What a row and a statement must share of the words that either has, to be one."""


@dataclass(frozen=True, slots=True)
class Row:
    """A stretch of an article and the full names of those who say it; none where the text names nobody."""

    stem: str
    passage: Passage
    speakers: tuple[str, ...]


def gold() -> Iterator[tuple[Path, tuple[Row, ...]]]:
    """Each annotated article's file with its rows."""
    for article in tomllib.loads(Path(__file__).with_name("speakers.toml").read_text(encoding="utf8"))["articles"]:
        path = data_folder() / FOLDERS[article["set"]] / f"{article['stem']}.txt"
        rows = (
            Row(article["stem"], Passage(r["start"], r["end"]), tuple(r["speakers"])) for r in article["statements"]
        )
        yield path, tuple(rows)


def shared(row: Row, statement: Statement) -> float:
    """The characters that both have, of those that either has."""
    both = sum(max(0, min(p.end, row.passage.end) - max(p.start, row.passage.start)) for p in statement.content)
    either = row.passage.end - row.passage.start + sum(p.end - p.start for p in statement.content) - both
    return both / either


def is_named(party: Party, name: str) -> bool:
    """The party goes by the name."""
    wanted = fold(name)
    return any(fold(own) == wanted for own in (party.name, *party.aliases))


def outcome(row: Row, statement: Statement | None, parties: dict[str, Party]) -> str:
    """What became of a row: missed, right, wrong, unresolved (though named), or rightly left open."""
    if statement is None:
        return "missed"
    if not statement.speaker_ids:
        return "unresolved" if row.speakers else "left open"
    said = [parties[key] for key in statement.speaker_ids]
    every = all(any(is_named(p, name) for p in said) for name in row.speakers)
    return "right" if every and len(said) == len(row.speakers) else "wrong"


def measured(show: bool) -> Counter[str]:
    """How many rows there are of each outcome, and of rows that name somebody (`named`)."""
    found: Counter[str] = Counter()
    annotated = list(gold())
    with tempfile.TemporaryDirectory() as folder:
        record = Path(folder) / "record.db"
        pipeline.build([str(path) for path, _ in annotated], record=record)
        with Store.open(record) as store:
            parties = {party.id: party for party in store.rows("parties")}
            articles = {Path(article.origin).stem: article.id for article in store.rows("articles")}
            statements = list(store.rows("statements"))
    for _, rows in annotated:
        for row in rows:
            own = [s for s in statements if s.article_id == articles[row.stem]]
            best = max(own, key=lambda s: (shared(row, s), s.id), default=None)
            best = best if best is not None and shared(row, best) >= LEAST else None
            became = outcome(row, best, parties)
            found[became] += 1
            found["named"] += bool(row.speakers) and best is not None
            if show and became not in ("right", "left open"):
                told(row, became, best, parties)
    return found


def told(row: Row, became: str, statement: Statement | None, parties: dict[str, Party]) -> None:
    """Prints a row that is not right."""
    names = [parties[key].name for key in statement.speaker_ids] if statement is not None else []
    how = statement.resolved_by if statement is not None else None
    print(f"{became}: {row.stem} {row.passage.start}-{row.passage.end} {list(row.speakers)} {names} {how or ''}")


def main(arguments: Sequence[str]) -> int:
    """Prints the figures; the exit status is always 0, since the rows are few."""
    found = measured("--show" in arguments)
    rows = sum(found[k] for k in ("missed", "right", "wrong", "unresolved", "left open"))
    resolved = found["right"] + found["wrong"]
    print(f"statements found          {rows - found['missed']} of {rows}")
    print(f"resolved                  {resolved}")
    print(f"right among resolved      {found['right']} ({100 * found['right'] / max(1, resolved):.1f}%)")
    print(
        f"unresolved though named   {found['unresolved']} ({100 * found['unresolved'] / max(1, found['named']):.1f}%)"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
