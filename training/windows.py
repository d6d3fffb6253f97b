"""Windows of articles, cut at random sentence starts each time, and batches of them as tensors."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from training.annotated import IGNORED, AnnotatedArticle
from training.augmentation import Marks, augment
from training.pieces import CLS, PAD, ROOM, SEP, Numbers

SHORTENED = 0.25
"""The share of windows cut shorter than they need be, so that short articles and headlines are not strange."""


@dataclass(frozen=True)
class Window:
    """The pieces [start, end) of one article, with [CLS] and [SEP] around them once batched."""

    article: AnnotatedArticle
    start: int
    end: int
    ids: Numbers
    cases: Numbers

    def __len__(self) -> int:
        return self.end - self.start + 2


def bounds(cuts: list[int], length: int, chance: random.Random | None) -> Iterator[tuple[int, int]]:
    """The windows [start, end) that cover `length` pieces, ending at cuts where they can; random with `chance`."""
    start, edges = 0, np.array([*cuts, length])
    while start < length:
        shortened = chance is not None and (start == 0 or chance.random() < SHORTENED)
        limit = chance.randint(16, ROOM) if shortened and chance is not None else ROOM
        inside = edges[(edges > start) & (edges <= start + limit)]
        if not len(inside):
            inside = edges[(edges > start) & (edges <= start + ROOM)][:1]
        end = int(inside[-1]) if len(inside) else min(start + ROOM, length)
        yield start, end
        start = end


def cut_windows(
    articles: Iterable[AnnotatedArticle], marks: Marks | None = None, chance: random.Random | None = None
) -> Iterator[Window]:
    """The windows of the articles, augmented when `marks` and `chance` are given."""
    for article in articles:
        for start, end in bounds(article.cuts, len(article.ids), chance):
            ids, cases = article.ids[start:end], article.cases[start:end]
            if marks is not None and chance is not None:
                following = [cut for cut in article.cuts if start < cut < end]
                headline = (following[0] if following else end) - start
                ids, cases = augment(ids, cases, headline, marks, chance)
            yield Window(article, start, end, ids, cases)


def group(windows: Iterable[Window], budget: int, chance: random.Random | None = None) -> list[list[Window]]:
    """Groups of windows of like length whose padded size stays within `budget` pieces; shuffled with `chance`."""
    ordered = sorted(windows, key=lambda window: len(window) + (chance.random() * 16 if chance is not None else 0.0))
    groups: list[list[Window]] = [[]]
    longest = 0
    for window in ordered:
        longest = max(longest, len(window))
        if groups[-1] and (len(groups[-1]) + 1) * longest > budget:
            groups.append([])
            longest = len(window)
        groups[-1].append(window)
    if chance is not None:
        chance.shuffle(groups)
    return [windows for windows in groups if windows]


@dataclass
class Batch:
    """Windows side by side, padded to the longest; gold layers hold -100 where there is no gold.

    Shapes: ids, cases, mask, names [B,N]; words, upos, heads, relations, starts [B,W]; roles [3,B,N];
    links [K,3] rows of (window, piece, cue piece).
    """

    ids: Tensor
    cases: Tensor
    mask: Tensor
    words: Tensor
    upos: Tensor
    heads: Tensor
    relations: Tensor
    starts: Tensor
    names: Tensor
    roles: Tensor
    links: Tensor

    def to(self, device: torch.device) -> Batch:
        """The same batch on another device."""
        return Batch(**{name: tensor.to(device) for name, tensor in vars(self).items()})


def _pad(rows: list[Numbers], fill: int) -> Tensor:
    width = max(1, max(len(row) for row in rows))
    table = np.full((len(rows), width), fill, dtype=np.int64)
    for line, row in zip(table, rows, strict=True):
        line[: len(row)] = row
    return torch.from_numpy(table)


def _around(values: Numbers, first: int, last: int) -> Numbers:
    return np.concatenate([[first], values, [last]]).astype(np.int64)


def _word_rows(window: Window) -> list[Numbers]:
    gold = window.article.words
    if gold is None:
        return [np.zeros(0, dtype=np.int64)] * 5
    chosen = np.flatnonzero((gold.first_pieces >= window.start) & (gold.first_pieces < window.end))
    base, count = (int(chosen[0]) if len(chosen) else 0), len(chosen)
    heads = np.where(gold.heads[chosen] < 0, 0, gold.heads[chosen] - base + 1)
    known = (heads >= 0) & (heads <= count)
    relations = np.where(known, gold.relations[chosen], IGNORED)
    heads = np.where(known, heads, IGNORED)
    first = gold.first_pieces[chosen] - window.start + 1
    return [first, gold.upos[chosen], heads, relations, gold.sentence_starts[chosen]]


def _name_row(window: Window) -> Numbers:
    gold = window.article.names
    tags = np.full(window.end - window.start, IGNORED) if gold is None else gold[window.start : window.end]
    return _around(tags, IGNORED, IGNORED)


def _role_rows(window: Window) -> list[Numbers]:
    gold = window.article.attribution
    nothing = np.full((3, window.end - window.start), IGNORED)
    tags = nothing if gold is None else gold.tags[:, window.start : window.end]
    return [_around(layer, IGNORED, IGNORED) for layer in tags]


def _link_rows(window: Window) -> list[tuple[int, int]]:
    gold = window.article.attribution
    inside = range(window.start, window.end)
    links = [] if gold is None else gold.links
    return [(a - window.start + 1, b - window.start + 1) for a, b in links if a in inside and b in inside]


def collate(windows: list[Window]) -> Batch:
    """The windows as one batch."""
    ids = _pad([_around(window.ids, CLS, SEP) for window in windows], PAD)
    cases = _pad([_around(window.cases, 0, 0) for window in windows], 0)
    mask = _pad([np.ones(len(window), dtype=np.int64) for window in windows], 0)
    columns = list(zip(*(_word_rows(window) for window in windows), strict=True))
    words = _pad(list(columns[0]), 0)
    upos, heads, relations, starts = (_pad(list(column), IGNORED) for column in columns[1:])
    names = _pad([_name_row(window) for window in windows], IGNORED)
    layers = zip(*(_role_rows(window) for window in windows), strict=True)
    roles = torch.stack([_pad(list(layer), IGNORED) for layer in layers])
    links = [(row, a, b) for row, window in enumerate(windows) for a, b in _link_rows(window)]
    linked = torch.tensor(links, dtype=torch.long).reshape(-1, 3)
    return Batch(ids, cases, mask, words, upos, heads, relations, starts, names, roles, linked)
