"""Temperatures that make the shipped reader's probabilities honest, fitted on dev (Guo et al. 2017)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping

import numpy as np
import torch
from torch import Tensor

from training.annotated import IGNORED, NAME_TAGS, ROLES, SPAN_TAGS
from training.chain import TagChain
from training.decoding import Reads, Scores
from training.scoring import PIECES_AT_ONCE, run_batch
from training.sets import Annotated
from training.windows import Batch, collate, cut_windows, group

TEMPERATURES = [round(0.5 + 0.1 * step, 1) for step in range(26)]

Judged = tuple[Tensor, Tensor]
Loss = Callable[[float], float]


def _softmax_loss(judged: list[Judged]) -> Loss:
    logits = torch.cat([scores for scores, _ in judged])
    gold = torch.cat([labels for _, labels in judged])
    return lambda temperature: float(torch.nn.functional.cross_entropy(logits / temperature, gold))


def _chain_loss(judged: list[Judged], tags: list[str], steps: Scores) -> Loss:
    chain = TagChain(1, tags)

    def loss(temperature: float) -> float:
        chain.steps.data = torch.from_numpy(steps)[None] / temperature
        with torch.no_grad():
            return sum(float(chain.loss(scores / temperature, gold, IGNORED)) for scores, gold in judged)

    return loss


def _word_scores(outputs: Mapping[str, Scores], batch: Batch, found: dict[str, list[Judged]]) -> None:
    known = batch.heads >= 0
    for name, gold in (("upos", batch.upos), ("relation", batch.relations)):
        found[name].append((torch.from_numpy(outputs[name])[known], gold[known]))
    rows = torch.from_numpy(outputs["arcs"])[known]
    found["arcs"].append((torch.nn.functional.pad(rows, (0, 300 - rows.shape[1]), value=-1e4), batch.heads[known]))
    sentence = torch.from_numpy(outputs["sentence"])[known]
    found["sentence"].append((torch.stack([torch.zeros_like(sentence), sentence], -1), batch.starts[known]))


def _span_scores(outputs: Mapping[str, Scores], batch: Batch, found: dict[str, list[Judged]]) -> None:
    layers = [("names", batch.names), *zip(ROLES, batch.roles, strict=True)]
    for name, gold in layers:
        if bool((gold != IGNORED).any()):
            found[name].append((torch.from_numpy(outputs[name])[None, :, 1:], gold[None, :, 1:]))
    if len(batch.links):
        row, piece, cue = batch.links.unbind(1)
        scores = torch.from_numpy(outputs["link"])[row, piece]
        found["link"].append((torch.nn.functional.pad(scores, (0, 300 - scores.shape[1]), value=-1e4), cue))


def judge(read: Reads, dev: Annotated) -> dict[str, list[Judged]]:
    """Scores beside gold labels, by output."""
    found: dict[str, list[Judged]] = defaultdict(list)
    for kind, articles in dev.by_kind().items():
        for windows in group(cut_windows(articles), PIECES_AT_ONCE):
            batch = collate(windows)
            outputs = run_batch(read, batch)
            (_word_scores if kind == "words" else _span_scores)(outputs, batch, found)
    return found


def fit_temperatures(read: Reads, dev: Annotated, transitions: Mapping[str, Scores]) -> dict[str, float]:
    """The temperature of each output under which dev is likeliest."""
    fitted = {}
    for name, judged in judge(read, dev).items():
        if name in transitions:
            tags = NAME_TAGS if name == "names" else SPAN_TAGS
            loss = _chain_loss(judged, tags, transitions[name].astype(np.float32))
        else:
            loss = _softmax_loss(judged)
        fitted[name] = min(TEMPERATURES, key=loss)
    return fitted
