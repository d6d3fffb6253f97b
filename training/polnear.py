"""PolNeAR (attributions in political news, brat files) as annotated articles."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from training.annotated import ROLES, AnnotatedArticle, AttributionGold, likely_cuts
from training.pieces import Numbers, Pieces, cut_pieces

Span = tuple[int, int]
ANNOTATOR = re.compile(r"_[0-9a-f]{4}$")


@dataclass
class Attribution:
    """One attribution: the parts of each of its sources, cues and contents (a part is [start, end) in the text)."""

    source: list[list[Span]] = field(default_factory=list)
    cue: list[list[Span]] = field(default_factory=list)
    content: list[list[Span]] = field(default_factory=list)


def read_attributions(path: Path) -> list[Attribution]:
    """The attributions of one brat file; a source or a cue may be missing, a span may have several parts."""
    spans: dict[str, list[Span]] = {}
    events: list[str] = []
    for line in path.read_text(encoding="utf8").split("\n"):
        columns = line.split("\t")
        if line.startswith("T") and len(columns) > 1:
            spans[columns[0]] = _parts(columns[1].split(" ", 1)[1])
        elif line.startswith("E") and len(columns) > 1:
            events.append(columns[1])
    return [_attribution(event, spans) for event in events]


def _parts(written: str) -> list[Span]:
    pairs = (part.split() for part in written.split(";"))
    return sorted((int(start), int(end)) for start, end in pairs)


def _attribution(event: str, spans: dict[str, list[Span]]) -> Attribution:
    attribution = Attribution()
    for argument in event.split():
        role, reference = argument.split(":")
        role = role.rstrip("0123456789").lower()
        if role in ROLES and reference in spans:
            getattr(attribution, role).append(spans[reference])
    return attribution


def outermost(contents: list[list[Span]]) -> list[list[Span]]:
    """The contents without those that overlap a longer one, so that one tag layer can hold them."""
    kept: list[list[Span]] = []
    for parts in sorted(contents, key=lambda parts: -sum(end - start for start, end in parts)):
        taken = [span for other in kept for span in other]
        if all(end <= a or b <= start for start, end in parts for a, b in taken):
            kept.append(parts)
    return kept


def attribution_gold(attributions: list[Attribution], pieces: Pieces) -> AttributionGold:
    """Tags and links over the pieces of the article; every part of a span begins with B and has its own link."""
    contents = outermost([content for attribution in attributions for content in attribution.content])
    tags = np.zeros((len(ROLES), len(pieces)), dtype=np.int64)
    layers = [
        [source for attribution in attributions for source in attribution.source],
        [cue for attribution in attributions for cue in attribution.cue],
        contents,
    ]
    for layer, spans in zip(tags, layers, strict=True):
        for parts in spans:
            _paint(layer, parts, pieces)
    links = {link for attribution in attributions for link in _links(attribution, contents, pieces)}
    return AttributionGold(tags, sorted(links))


def _paint(layer: Numbers, parts: list[Span], pieces: Pieces) -> None:
    for start, end in parts:
        first, last = pieces.inside(start, end)
        if first < last:
            layer[first:last] = 2
            layer[first] = 1


def _links(attribution: Attribution, contents: list[list[Span]], pieces: Pieces) -> Iterator[tuple[int, int]]:
    if not attribution.cue:
        return
    cue = pieces.inside(*attribution.cue[0][0])[0]
    kept = [content for content in attribution.content if content in contents]
    for parts in attribution.source + kept:
        for span in parts:
            first, last = pieces.inside(*span)
            if first < last:
                yield first, cue


def annotation_files(folder: Path) -> dict[str, Path]:
    """One annotation file per article; of an article annotated twice, the first by name."""
    files: dict[str, Path] = {}
    for path in sorted((folder / "attributions").glob("*.ann")):
        files.setdefault(ANNOTATOR.sub("", path.stem), path)
    return files


def read_articles(folder: Path, tokenizer: Tokenizer) -> Iterator[AnnotatedArticle]:
    """The articles of one part of the set, in the order of their file names."""
    for stem, path in annotation_files(folder).items():
        text = (folder / "text" / f"{stem}.txt").read_bytes().decode("utf8")
        pieces = cut_pieces(text, tokenizer)
        gold = attribution_gold(read_attributions(path), pieces)
        yield AnnotatedArticle(stem, pieces.ids, pieces.cases, likely_cuts(text, pieces), attribution=gold)
