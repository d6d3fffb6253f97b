"""A linear-chain conditional random field over BIO tags (Lafferty et al. 2001), several layers side by side."""

from __future__ import annotations

import torch
from torch import Tensor, nn

FORBIDDEN = -1e4


def forbidden_steps(tags: list[str]) -> Tensor:
    """True where a tag may not follow another: an I needs a B or an I of its own kind before it."""
    blocked = torch.zeros(len(tags), len(tags), dtype=torch.bool)
    for before, tag in enumerate(tags):
        for after, following in enumerate(tags):
            if following.startswith("I"):
                blocked[before, after] = tag == "O" or tag[1:] != following[1:]
    return blocked


class TagChain(nn.Module):
    """Learned transitions for `layers` tag layers with the same tags; any tag may begin a window.

    Windows cut spans, so that a window may begin with an I: there are no start or end scores.
    """

    blocked: Tensor

    def __init__(self, layers: int, tags: list[str]) -> None:
        super().__init__()
        self.steps = nn.Parameter(torch.zeros(layers, len(tags), len(tags)))
        self.register_buffer("blocked", forbidden_steps(tags), persistent=False)

    def transitions(self) -> Tensor:
        """Scores [layers, before, after], with the steps that BIO forbids far below all others."""
        return self.steps.masked_fill(self.blocked, FORBIDDEN)

    def loss(self, emissions: Tensor, gold: Tensor, ignored: int) -> Tensor:
        """The negative log likelihood of the gold tags, per piece and summed over layers.

        `emissions` [layers,B,N,S]; `gold` [layers,B,N], where a sequence ends at its first `ignored`.
        """
        emissions = emissions.float()
        mask = (gold != ignored).float()
        tags = gold.clamp(min=0)
        score = self._gold_score(emissions, tags, mask) - self._log_total(emissions, mask)
        return -score.sum() / mask[0].sum().clamp(min=1)

    def _gold_score(self, emissions: Tensor, tags: Tensor, mask: Tensor) -> Tensor:
        emitted = emissions.gather(-1, tags.unsqueeze(-1)).squeeze(-1)
        layer = torch.arange(len(tags), device=tags.device)[:, None, None]
        stepped = self.transitions()[layer, tags[..., :-1], tags[..., 1:]]
        return (emitted * mask).sum(-1) + (stepped * mask[..., 1:]).sum(-1)

    def _log_total(self, emissions: Tensor, mask: Tensor) -> Tensor:
        """The log of the sum over all tag sequences, by the forward algorithm on rescaled probabilities."""
        peak = emissions.amax(-1, keepdim=True)
        weights = (emissions - peak).exp().unbind(2)
        steps = self.transitions().exp()
        state, totals = weights[0], []
        for index, weight in enumerate(weights):
            if index:
                state = torch.bmm(state, steps) * weight
            total = state.sum(-1, keepdim=True).clamp(min=1e-30)
            state = state / total
            totals.append(total)
        logs = torch.cat(totals, -1).log() + peak.squeeze(-1)
        return (logs * mask).sum(-1)
