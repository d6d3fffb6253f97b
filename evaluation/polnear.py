"""PolNeAR's attributions (brat files) as passages and links."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

Span = tuple[int, int]
ANNOTATOR = re.compile(r"_[0-9a-f]{4}$")
ROLES = ("source", "cue", "content")


@dataclass(frozen=True)
class GoldArticle:
    """A text and its attributions: for each, the passages of its sources, cues and contents (parts counted singly)."""

    text: str
    attributions: list[dict[str, list[Span]]]

    def spans(self, role: str) -> set[Span]:
        """All passages of one role."""
        return {span for attribution in self.attributions for span in attribution[role]}

    def links(self, cue: Span, other: Span, role: str = "content") -> bool:
        """Whether one attribution has both passages, exactly."""
        return any(cue in attribution["cue"] and other in attribution[role] for attribution in self.attributions)


def read_gold(folder: Path) -> Iterator[GoldArticle]:
    """The articles of one part of the set; of an article annotated twice, the first annotation by name."""
    files: dict[str, Path] = {}
    for file in sorted((folder / "attributions").glob("*.ann")):
        files.setdefault(ANNOTATOR.sub("", file.stem), file)
    for stem, file in files.items():
        text = (folder / "text" / f"{stem}.txt").read_bytes().decode("utf8")
        yield GoldArticle(text, _attributions(file.read_text(encoding="utf8")))


def _attributions(annotation: str) -> list[dict[str, list[Span]]]:
    spans: dict[str, list[Span]] = {}
    found = []
    for line in annotation.split("\n"):
        columns = line.split("\t")
        if line.startswith("T") and len(columns) > 1:
            parts = columns[1].split(" ", 1)[1].split(";")
            spans[columns[0]] = [(int(start), int(end)) for start, end in (part.split() for part in parts)]
        elif line.startswith("E") and len(columns) > 1:
            attribution: dict[str, list[Span]] = {role: [] for role in ROLES}
            for argument in columns[1].split():
                role, reference = argument.split(":")
                attribution.get(role.rstrip("0123456789").lower(), []).extend(spans.get(reference, []))
            found.append(attribution)
    return found
