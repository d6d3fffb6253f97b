"""How numbers become 8-bit codes, so that a window reads the same whatever is read beside it and on any processor.

States are coded in ranges fixed on training text, not taken from each window as it comes. A few channels run far above
the rest and would coarsen everything else. Three things make the ranges even, and cost nothing when an article is read:
what attention gathers is scaled in the weights before it; loud channels of a layer's input are scaled down, and their
weights up (after Xiao et al. 2023, "SmoothQuant"); and a loud inner unit is clipped, while units that hardly ever
matter are given up to carry what lies above (`carry`). Weights are rounded one input after another, each making good
on what those before it lost on training text (Frantar et al. 2023, "GPTQ").
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from training.model import HIDDEN, Layer, Reader
from training.windows import Batch

Floats = NDArray[np.float32]
Doubles = NDArray[np.float64]

CODES = 255
"""The highest code of a state."""
WEIGHT_CODES = 64
"""The largest code of a weight, either way: 7 of 8 bits, so that no processor's 16-bit sums overflow and all agree."""
HEADROOM = 1.05
"""How far beyond what calibration saw the codes reach."""
FAIR = 1.5
"""Channels of a layer's input that peak above this many times the median peak are scaled down to it."""
CARRIERS = 16
"""Inner units of a layer that are given up to carry what others have above the common range."""
LOWEST_GELU = 0.17
"""The function never falls below minus this."""
DAMPING = 0.01


class Watch:
    """Sees what goes into modules, while it lasts, and hands it to `see(number of the module, states [pieces, C])`."""

    def __init__(self, modules: Iterable[nn.Module], see: Callable[[int, Tensor], None]) -> None:
        self.modules = list(modules)
        self.see = see

    def over(self, model: Reader, batches: Iterable[Batch]) -> None:
        """Runs the reader over the batches."""
        for batch in batches:
            hooks = [
                module.register_forward_hook(
                    lambda _, entering, __, number=number, batch=batch: self.see(number, present(entering[0], batch))
                )
                for number, module in enumerate(self.modules)
            ]
            with torch.no_grad():
                model(batch.ids, batch.cases, batch.mask, batch.words)
            for hook in hooks:
                hook.remove()


def present(states: Tensor, batch: Batch) -> Tensor:
    """The states [n, C] of what is no padding, of states [B,N,C] of pieces or [B,W,C] of words."""
    of_pieces = states.shape[1] == batch.ids.shape[1]  # two more than there can be words
    found: Tensor = states.detach()[batch.mask == 1 if of_pieces else batch.words > 0]
    return found


@dataclass
class Seen:
    """Of every channel that entered a product the least and greatest value, the sums of values and of squares."""

    low: Tensor
    high: Tensor
    total: Tensor
    squares: Tensor
    count: int

    @property
    def peaks(self) -> Tensor:
        return torch.maximum(self.high, -self.low)

    @property
    def mean(self) -> Tensor:
        return self.total / self.count

    @property
    def variance(self) -> Tensor:
        return self.squares / self.count - self.mean**2


def look(model: Reader, modules: Sequence[nn.Module], batches: Sequence[Batch]) -> list[Seen]:
    """What enters each module while the model reads the batches."""
    found: list[Seen | None] = [None] * len(modules)

    def see(number: int, states: Tensor) -> None:
        if not len(states):
            return  # no words are marked in articles that teach names or attributions
        states = states.double()
        now = Seen(states.amin(0), states.amax(0), states.sum(0), (states**2).sum(0), len(states))
        before = found[number]
        if before is not None:
            low, high = torch.minimum(now.low, before.low), torch.maximum(now.high, before.high)
            total, squares = now.total + before.total, now.squares + before.squares
            now = Seen(low, high, total, squares, now.count + before.count)
        found[number] = now

    Watch(modules, see).over(model, batches)
    return [one for one in found if one is not None]


class BoundedLayer(Layer):
    """A layer of the encoder whose inner states are clipped at `highest`, with units that carry what is above."""

    def __init__(self, layer: Layer, highest: float) -> None:
        super().__init__()
        self.load_state_dict(layer.state_dict())
        self.highest = highest
        self.eval()

    def feed(self, hidden: Tensor) -> Tensor:
        """What the feed-forward half adds to the states [B,N,H]."""
        fed: Tensor = self.outer(functional.gelu(self.inner(hidden)).clamp(max=self.highest))
        return fed


def even_out(layer: Layer, attended: Seen) -> None:
    """Scales the values that attention gathers so that all channels peak alike; the layer computes the same."""
    peaks = attended.peaks.clamp(min=1e-3).float()
    with torch.no_grad():
        layer.qkv.weight[2 * HIDDEN :] /= peaks[:, None]
        layer.qkv.bias[2 * HIDDEN :] /= peaks
        layer.joined.weight *= peaks


def carry(layer: Layer, inner: Seen, carriers: int = CARRIERS) -> BoundedLayer:
    """The layer with the lowest bound on its inner states that `carriers` units can make good for.

    A unit that may exceed the bound b is joined by units that say gelu(z - b), gelu(z - 2b) and so on, z being what it
    says gelu(z) of: clipped at b each, they add up to gelu(z), save near the bounds. They take the place of the units
    that add least to what the layer says; the mean of what those said joins the bias.
    """
    peaks = (inner.high * HEADROOM).numpy()
    bounds = peaks.max() * np.geomspace(1, 0.1, 400)
    bound = float(min(bound for bound in bounds if _carriers(peaks, float(bound)).sum() <= carriers))
    bounded = BoundedLayer(layer, bound)
    said = inner.variance * (layer.outer.weight.double() ** 2).sum(0)
    free = iter(said.argsort().tolist())
    with torch.no_grad():
        for unit in np.flatnonzero(_carriers(peaks, bound)).tolist():
            for times in range(1, int(_carriers(peaks, bound)[unit]) + 1):
                place = next(free)
                bounded.outer.bias += inner.mean[place].float() * layer.outer.weight[:, place]
                bounded.inner.weight[place] = layer.inner.weight[unit]
                bounded.inner.bias[place] = layer.inner.bias[unit] - times * bound
                bounded.outer.weight[:, place] = layer.outer.weight[:, unit]
    return bounded


def _carriers(peaks: Doubles, bound: float) -> Doubles:
    """The units that each unit needs beside it to stay within the bound."""
    return (np.ceil(peaks / bound) - 1).clip(0)


@dataclass(frozen=True)
class Coding:
    """Value v of channel c has the code `round(v / (step * factors[c])) + origin`, held within 0..255."""

    step: float
    origin: int
    factors: Floats | None = None

    def values(self, states: Tensor) -> Tensor:
        """What the codes of states [pieces, C] stand for, before the factors."""
        scaled = states if self.factors is None else states / torch.from_numpy(self.factors)
        return ((scaled / self.step).round() + self.origin).clamp(0, CODES).sub(self.origin) * self.step


def coding(seen: Seen, scaled: bool = False, highest: float | None = None) -> Coding:
    """How states are coded: with loud channels scaled down or not; above `highest` they are clipped."""
    low, high = seen.low.numpy() * HEADROOM, seen.high.numpy() * HEADROOM
    factors = np.maximum(1.0, np.maximum(high, -low) / (FAIR * HEADROOM * float(seen.peaks.median())))
    if scaled:
        low, high = low / factors, high / factors
    least, most = min(0.0, float(low.min())), float(high.max()) if highest is None else highest
    step = (most - least) / CODES
    return Coding(step, round(-least / step), factors.astype(np.float32) if scaled else None)


def bounded_coding(layer: BoundedLayer) -> Coding:
    """How a layer's inner states are coded: exactly up to its bound."""
    origin = int(np.ceil(CODES * LOWEST_GELU / (layer.highest + LOWEST_GELU)))
    return Coding(layer.highest / (CODES - origin), origin)


def second_moments(
    model: Reader, modules: Sequence[nn.Module], codings: Sequence[Coding], batches: Sequence[Batch]
) -> list[Doubles]:
    """For each module the mean of x x' over the coded values x that enter it."""
    sums: list[Tensor] = [torch.zeros(()) for _ in modules]
    counts = [0] * len(modules)

    def see(number: int, states: Tensor) -> None:
        values = codings[number].values(states)
        sums[number] = sums[number] + (values.T @ values).double()
        counts[number] += len(values)

    Watch(modules, see).over(model, batches)
    return [(total / count).numpy() for total, count in zip(sums, counts, strict=True)]


@dataclass(frozen=True)
class CodedWeight:
    """Weights [in, out] as codes, with a scale per column (or per row, for a table of rows)."""

    codes: NDArray[np.int8]
    scales: Floats


def code_weight(weight: Floats, moments: Doubles) -> CodedWeight:
    """The weights in 7 bits, each column with its own scale, rounded so that products with such inputs lose least."""
    scales = (np.abs(weight).max(0).clip(1e-8) / WEIGHT_CODES).astype(np.float32)
    size = len(weight)
    damped = moments + np.eye(size) * (DAMPING * np.trace(moments) / size)
    order = np.argsort(-np.diag(damped), kind="stable")
    passed_on = np.linalg.cholesky(np.linalg.inv(damped[np.ix_(order, order)])).T
    left = weight[order].astype(np.float64)
    codes = np.zeros(weight.shape, np.int8)
    for at, row in enumerate(order):
        codes[row] = np.clip(np.round(left[at] / scales), -WEIGHT_CODES, WEIGHT_CODES)
        lost = (left[at] - codes[row] * scales) / passed_on[at, at]
        left[at + 1 :] -= np.outer(passed_on[at, at + 1 :], lost)
    return CodedWeight(codes, scales)


def code_rows(table: Floats) -> CodedWeight:
    """Word embeddings as 8-bit rows, each with its own scale [rows, 1]: four times smaller at hardly any loss."""
    scales = (np.abs(table).max(1, keepdims=True).clip(1e-8) / 127).astype(np.float32)
    return CodedWeight((table / scales).round().astype(np.int8), scales)
