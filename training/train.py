"""Trains the reader: `python -m training.train --data DIR --out DIR --minutes M`."""

from __future__ import annotations

import argparse
import logging
import random
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import nn

from training.annotated import AnnotatedArticle
from training.augmentation import Marks
from training.losses import LOSSES
from training.model import Reader, load_pretrained
from training.pieces import load_tokenizer
from training.scoring import score_model
from training.sets import SETS, read_sets
from training.windows import Batch, Window, collate, cut_windows, group

log = logging.getLogger("training")

ENCODER_RATE, HEAD_RATE = 2e-4, 1e-3
WARM_UP = 0.02
SHARE = {"words": 1.5, "names": 1.2, "attributions": 1.5}
"""How often a batch of each kind is drawn, relative to its size; attribution is what the product is for."""


@dataclass(frozen=True)
class Settings:
    """How long, how much at once, and where."""

    data: Path
    out: Path
    minutes: float
    pieces: int = 1500
    seed: int = 1
    save_every: float = 4.0
    score_every: float = 25.0
    without: tuple[str, ...] = ()
    resume: bool = False
    begin: Path | None = None
    rate: float = 1.0
    share: tuple[tuple[str, float], ...] = ()


class Supply:
    """An endless supply of batches: each kind is cut, augmented and shuffled anew whenever it runs out."""

    def __init__(self, kinds: dict[str, list[AnnotatedArticle]], marks: Marks, settings: Settings, seed: int) -> None:
        self.kinds, self.marks, self.pieces = kinds, marks, settings.pieces
        self.chance = random.Random(seed)
        self.waiting: dict[str, list[list[Window]]] = {kind: [] for kind in kinds}
        self.epochs: dict[str, int] = dict.fromkeys(kinds, 0)
        share = SHARE | dict(settings.share)
        self.weights = [share[kind] * sum(len(a.ids) for a in articles) for kind, articles in kinds.items()]

    def __iter__(self) -> Iterator[tuple[str, Batch]]:
        """Kinds and batches, without end."""
        while True:
            kind = self.chance.choices(list(self.kinds), self.weights)[0]
            if not self.waiting[kind]:
                windows = cut_windows(self.kinds[kind], self.marks, self.chance)
                self.waiting[kind] = group(windows, self.pieces, self.chance)
                self.epochs[kind] += 1
            yield kind, collate(self.waiting[kind].pop())


def rate_factor(done: float) -> float:
    """The share of the full learning rate when `done` (0 to 1) of the time is spent: warm up, then fall to zero."""
    return min(1.0, (done + 1e-3) / WARM_UP) if done < WARM_UP else max(0.0, (1.0 - done) / (1.0 - WARM_UP))


def make_optimizer(model: Reader, rate: float = 1.0) -> torch.optim.AdamW:
    """AdamW with a low rate for the pretrained encoder and a higher one for what is new; both times `rate`."""
    new = [p for name, p in model.named_parameters() if "casing" in name or not name.startswith("encoder.")]
    known = {id(p) for p in new}
    old = [p for p in model.parameters() if id(p) not in known]
    groups = [{"params": old, "full": ENCODER_RATE * rate}, {"params": new, "full": HEAD_RATE * rate}]
    return torch.optim.AdamW(groups, lr=ENCODER_RATE, weight_decay=0.01, fused=True)


@dataclass
class Run:
    """A training run: the model, its optimizer and how far it has come."""

    settings: Settings
    model: Reader
    optimizer: torch.optim.AdamW
    device: torch.device
    spent: float = 0.0
    step: int = 0

    @property
    def file(self) -> Path:
        """Where the run's checkpoint lies."""
        return self.settings.out / "reader.pt"

    def save(self) -> None:
        """Writes the checkpoint; an interrupted write leaves the one before."""
        state = {
            "model": self.model.state_dict(),
            "optimizer": self.optimizer.state_dict(),
            "relations": self.model.relation_names,
            "without": self.settings.without,
            "spent": self.spent,
            "step": self.step,
        }
        part = self.file.with_suffix(".part")
        torch.save(state, part)
        part.replace(self.file)

    def load(self) -> None:
        """Goes on from the checkpoint."""
        state = torch.load(self.file, map_location=self.device, weights_only=True)
        self.model.load_state_dict(state["model"])
        self.optimizer.load_state_dict(state["optimizer"])
        self.spent, self.step = state["spent"], state["step"]

    def learn(self, kind: str, batch: Batch) -> float:
        """One step on one batch; returns its loss."""
        factor = rate_factor(self.spent / (60 * self.settings.minutes))
        for parameters in self.optimizer.param_groups:
            parameters["lr"] = parameters["full"] * factor
        batch = batch.to(self.device)
        with torch.autocast(self.device.type, dtype=torch.bfloat16):
            hidden = self.model.encoder(batch.ids, batch.cases, batch.mask)
            loss = LOSSES[kind](self.model, hidden, batch)
        loss.backward()
        nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        self.optimizer.step()
        self._forget(batch)
        self.step += 1
        return float(loss.detach())

    def _forget(self, batch: Batch) -> None:
        """Clears all gradients; those of the word embeddings only where the batch touched them."""
        pieces = self.model.encoder.pieces
        for parameter in self.model.parameters():
            if parameter is not pieces.weight:
                parameter.grad = None
        pieces.forget(batch.ids)


@dataclass
class Progress:
    """Mean losses since the last line of the log."""

    sums: dict[str, float]
    counts: dict[str, int]
    pieces: int = 0

    @classmethod
    def empty(cls) -> Progress:
        """Nothing seen yet."""
        return cls(defaultdict(float), defaultdict(int))

    def add(self, kind: str, loss: float, pieces: int) -> None:
        """Counts one step."""
        self.sums[kind] += loss
        self.counts[kind] += 1
        self.pieces += pieces

    def line(self) -> str:
        """The mean loss of each kind."""
        return " ".join(f"{kind} {self.sums[kind] / self.counts[kind]:.3f}" for kind in sorted(self.counts))


def train(run: Run, supply: Supply, data: Path) -> None:
    """Steps until the time is spent, saving and scoring on the way."""
    minutes, progress = run.settings.minutes, Progress.empty()
    last_save = last_score = run.spent
    before = time.monotonic()
    for kind, batch in supply:
        progress.add(kind, run.learn(kind, batch), int(batch.mask.sum()))
        now = time.monotonic()
        run.spent, before = run.spent + now - before, now
        if run.step % 100 == 0:
            log.info("step %d, %.1f min, %s, epochs %s", run.step, run.spent / 60, progress.line(), supply.epochs)
            progress = Progress.empty()
        if run.spent >= 60 * minutes:
            break
        if run.spent - last_save >= 60 * run.settings.save_every:
            run.save()
            last_save = run.spent
        if run.spent - last_score >= 60 * run.settings.score_every:
            score_model(run.model, data, run.settings.without, every=4)
            last_score = run.spent
    run.save()


def start(settings: Settings) -> tuple[Run, Supply]:
    """The run and its supply, from the pretrained encoder or from the run's own checkpoint."""
    torch.manual_seed(settings.seed)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    tokenizer = load_tokenizer()
    sets = read_sets(settings.data, "train", tokenizer, settings.without)
    for kind, articles in sets.by_kind().items():
        log.info("%s: %d articles, %d pieces", kind, len(articles), sum(len(a.ids) for a in articles))
    model = Reader(sets.relations).to(device)
    load_pretrained(model.encoder)
    if settings.begin:
        model.load_state_dict(torch.load(settings.begin, map_location=device, weights_only=True)["model"])
    run = Run(settings, model, make_optimizer(model, settings.rate), device)
    if settings.resume and run.file.exists():
        run.load()
        log.info("resumed at step %d, %.1f min", run.step, run.spent / 60)
    supply = Supply(sets.by_kind(), Marks.of(tokenizer), settings, settings.seed + run.step)
    return run, supply


def parse(arguments: list[str] | None = None) -> Settings:
    """The settings that the command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m training.train", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with the annotated sets")
    parser.add_argument("--out", type=Path, required=True, help="folder for the checkpoint and the log")
    parser.add_argument("--minutes", type=float, default=95.0, help="when the learning rate reaches zero")
    parser.add_argument("--pieces", type=int, default=1500, help="padded pieces in a batch")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--score-every", type=float, default=25.0, help="minutes between scores on a part of dev")
    parser.add_argument("--without", choices=SETS, action="append", default=[], help="leave a set out (repeatable)")
    parser.add_argument("--resume", action="store_true", help="go on from the checkpoint in --out")
    parser.add_argument("--begin", type=Path, help="begin with the weights of this checkpoint, at step 0")
    parser.add_argument("--rate", type=float, default=1.0, help="times the usual learning rates")
    shares = f"how often a kind is drawn, instead of {SHARE} (repeatable)"
    parser.add_argument("--share", type=share, action="append", default=[], metavar="KIND=TIMES", help=shares)
    options = vars(parser.parse_args(arguments))
    return Settings(**{**options, "without": tuple(options["without"]), "share": tuple(options["share"])})


def share(text: str) -> tuple[str, float]:
    """How often a kind of gold is drawn, as `--share` says it."""
    kind, _, times = text.partition("=")
    if kind not in SHARE:
        raise argparse.ArgumentTypeError(f"{text!r}: the kinds are {', '.join(SHARE)}")
    return kind, float(times)


def main() -> None:
    """Trains as the command line says."""
    settings = parse()
    settings.out.mkdir(parents=True, exist_ok=True)
    handlers: list[logging.Handler] = [logging.StreamHandler(), logging.FileHandler(settings.out / "train.log")]
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", handlers=handlers)
    run, supply = start(settings)
    train(run, supply, settings.data)


if __name__ == "__main__":
    main()
