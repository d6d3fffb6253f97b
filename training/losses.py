"""What each kind of annotated set teaches; a head that a set has no gold for gets no loss from it."""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import Tensor
from torch.nn import functional

from training.annotated import IGNORED
from training.model import Reader, pick
from training.windows import Batch

NAME_WEIGHT, ROLE_WEIGHT, LINK_WEIGHT = 2.0, 4.0, 0.3
"""Tag losses are per piece, and most pieces are easy; the weights bring the kinds to a like size."""


def _cross_entropy(logits: Tensor, gold: Tensor) -> Tensor:
    return functional.cross_entropy(logits.float().flatten(0, 1), gold.flatten(), ignore_index=IGNORED)


def word_loss(model: Reader, hidden: Tensor, batch: Batch) -> Tensor:
    """Sentence starts, parts of speech, heads, and relations given the gold heads."""
    states, candidates, arcs = model.arc_scores(hidden, batch.words)
    loss = _cross_entropy(model.upos(states), batch.upos) + _cross_entropy(arcs, batch.heads)
    relation = model.relation(states, pick(candidates, batch.heads.clamp(min=0)))
    loss = loss + _cross_entropy(relation, batch.relations)
    present = batch.starts != IGNORED
    starts = model.sentence(states).squeeze(-1).float()[present]
    return loss + functional.binary_cross_entropy_with_logits(starts, batch.starts[present].float())


def name_loss(model: Reader, hidden: Tensor, batch: Batch) -> Tensor:
    """Names, by the likelihood of the whole tag sequence."""
    emissions = model.names(hidden)[:, 1:].unsqueeze(0)
    with torch.autocast(hidden.device.type, enabled=False):
        return NAME_WEIGHT * model.name_chain.loss(emissions, batch.names[None, :, 1:], IGNORED)


def attribution_loss(model: Reader, hidden: Tensor, batch: Batch) -> Tensor:
    """Sources, cues and contents by the likelihood of their sequences, and the links between them."""
    emissions = model.role_scores(hidden)[:, :, 1:]
    with torch.autocast(hidden.device.type, enabled=False):
        loss = ROLE_WEIGHT * model.role_chain.loss(emissions, batch.roles[:, :, 1:], IGNORED)
    if not len(batch.links):
        return loss
    row, piece, cue = batch.links.unbind(1)
    scores = model.link_scores(hidden, batch.mask)[row, piece]
    return loss + LINK_WEIGHT * functional.cross_entropy(scores, cue)


LOSSES: dict[str, Callable[[Reader, Tensor, Batch], Tensor]] = {
    "words": word_loss,
    "names": name_loss,
    "attributions": attribution_loss,
}
