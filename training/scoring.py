"""How well a reader does on the sets' dev parts, whether it runs in torch or from the shipped file."""

from __future__ import annotations

import logging
from collections.abc import Collection, Hashable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import torch

from training.annotated import NAME_TAGS, ROLES, SPAN_TAGS, AnnotatedArticle
from training.decoding import Reads, Scores, best_tags, overlapping, owners, spans
from training.model import OUTPUTS, Reader
from training.pieces import Numbers, load_tokenizer
from training.sets import Annotated, read_sets
from training.windows import Batch, Window, collate, cut_windows, group

log = logging.getLogger("training")

PIECES_AT_ONCE = 4096
JUDGED = ("upos", "arcs", "relation", "names", *ROLES)


@dataclass
class Tally:
    """Spans right, extra and missed."""

    right: int = 0
    extra: int = 0
    missed: int = 0

    def count(self, gold: AbstractSet[Hashable], found: AbstractSet[Hashable]) -> None:
        """Adds one article's spans."""
        self.right += len(gold & found)
        self.extra += len(found - gold)
        self.missed += len(gold - found)

    def f1(self) -> float:
        """F1 in percent."""
        return 200 * self.right / max(1, 2 * self.right + self.extra + self.missed)

    def __str__(self) -> str:
        precision = 100 * self.right / max(1, self.right + self.extra)
        recall = 100 * self.right / max(1, self.right + self.missed)
        return f"P {precision:.1f} R {recall:.1f} F1 {self.f1():.1f}"


@dataclass
class Reading:
    """The scores of one article, its windows put together: names [N,19], roles [3,N,3], best cue per piece [N]."""

    names: Scores
    roles: Scores
    cues: Numbers


@dataclass
class Report:
    """Figures on dev, in percent, by name; span figures also with precision and recall."""

    figures: dict[str, float] = field(default_factory=dict)
    details: dict[str, str] = field(default_factory=dict)

    def add(self, name: str, tally: Tally) -> None:
        """Notes a span figure."""
        self.figures[name] = tally.f1()
        self.details[name] = str(tally)

    def lines(self) -> list[str]:
        """One line per figure."""
        return [f"{name:28s} {self.details.get(name, f'{value:.1f}')}" for name, value in self.figures.items()]


def run_batch(read: Reads, batch: Batch) -> dict[str, Scores]:
    """The reader's outputs for one batch."""
    return dict(read(*(tensor.numpy() for tensor in (batch.ids, batch.cases, batch.mask, batch.words))))


def read_article(read: Reads, article: AnnotatedArticle) -> Reading:
    """The article's scores, each piece's from the window that shows it best."""
    length = len(article.ids)
    bounds = list(overlapping(article.cuts, length))
    owner = owners(bounds, length)
    reading = Reading(
        np.zeros((length, len(NAME_TAGS)), np.float32), np.zeros((3, length, 3), np.float32), np.zeros(length, np.int64)
    )
    windows = [Window(article, a, b, article.ids[a:b], article.cases[a:b]) for a, b in bounds]
    numbers = {id(window): number for number, window in enumerate(windows)}
    for windows_together in group(windows, PIECES_AT_ONCE):
        outputs = run_batch(read, collate(windows_together))
        for row, window in enumerate(windows_together):
            mine = np.flatnonzero(owner[window.start : window.end] == numbers[id(window)])
            reading.names[mine + window.start] = outputs["names"][row, mine + 1]
            reading.roles[:, mine + window.start] = np.stack([outputs[role][row, mine + 1] for role in ROLES])
            reading.cues[mine + window.start] = outputs["link"][row, mine + 1].argmax(-1) - 1 + window.start
    return reading


def score_names(read: Reads, articles: list[AnnotatedArticle], transitions: Mapping[str, Scores]) -> Report:
    """Exact names: all kinds together, and each kind."""
    total, kinds, report = Tally(), {name[2:]: Tally() for name in NAME_TAGS if name.startswith("B")}, Report()
    for article in articles:
        assert article.names is not None
        gold = spans(article.names.tolist(), NAME_TAGS)
        found = spans(best_tags(read_article(read, article).names, transitions["names"]), NAME_TAGS)
        total.count(gold, found)
        for kind, tally in kinds.items():
            tally.count({span for span in gold if span[2] == kind}, {span for span in found if span[2] == kind})
    report.add("names", total)
    for kind, tally in kinds.items():
        report.add(f"names {kind}", tally)
    return report


def score_attributions(read: Reads, articles: list[AnnotatedArticle], transitions: Mapping[str, Scores]) -> Report:
    """Exact spans of the three roles (a span's parts count singly; nested contents are not in the gold), and links."""
    tallies, report, links = {role: Tally() for role in ROLES}, Report(), [0, 0]
    for article in articles:
        assert article.attribution is not None
        reading = read_article(read, article)
        for role, gold, emissions in zip(ROLES, article.attribution.tags, reading.roles, strict=True):
            found = spans(best_tags(emissions, transitions[role]), SPAN_TAGS)
            tallies[role].count(spans(gold.tolist(), SPAN_TAGS), found)
        links[0] += sum(int(reading.cues[piece] == cue) for piece, cue in article.attribution.links)
        links[1] += len(article.attribution.links)
    for role, tally in tallies.items():
        report.add(role, tally)
    report.figures["link given its ends"] = 100 * links[0] / max(1, links[1])
    return report


def score_words(read: Reads, articles: list[AnnotatedArticle]) -> Report:
    """Parts of speech, heads and relations of gold words, and sentence starts."""
    right, words, starts = np.zeros(3), 0, Tally()
    for windows in group(cut_windows(articles), PIECES_AT_ONCE):
        batch = collate(windows)
        outputs = run_batch(read, batch)
        known = batch.heads.numpy() >= 0
        head = outputs["arcs"].argmax(-1) == batch.heads.numpy()
        labelled = head & (outputs["relation"].argmax(-1) == batch.relations.numpy())
        upos = outputs["upos"].argmax(-1) == batch.upos.numpy()
        right += [int((hits & known).sum()) for hits in (upos, head, labelled)]
        words += int(known.sum())
        gold, found = (batch.starts.numpy() == 1) & known, (outputs["sentence"] > 0) & known
        places = (set(zip(*(axis.tolist() for axis in np.nonzero(table)), strict=True)) for table in (gold, found))
        starts.count(*places)
    figures = dict(zip(("upos", "heads (UAS)", "relations (LAS)"), (100 * right / max(1, words)).tolist(), strict=True))
    report = Report(figures)
    report.add("sentence starts", starts)
    return report


def score(read: Reads, dev: Annotated, transitions: Mapping[str, Scores]) -> Report:
    """Every figure that the dev parts allow."""
    reports = [
        score_attributions(read, dev.attributions, transitions),
        score_names(read, dev.names, transitions),
        score_words(read, dev.words),
    ]
    whole = Report()
    for report in reports:
        whole.figures.update(report.figures)
        whole.details.update(report.details)
    return whole


def model_transitions(model: Reader) -> dict[str, Scores]:
    """The learned transitions of every tag layer, by output name."""
    layers = [*model.role_chain.transitions(), *model.name_chain.transitions()]
    return {name: layer.detach().cpu().numpy() for name, layer in zip([*ROLES, "names"], layers, strict=True)}


def torch_reader(model: Reader) -> Reads:
    """The torch model as a function from arrays to named scores."""
    device = next(model.parameters()).device

    def read(ids: Numbers, cases: Numbers, mask: Numbers, words: Numbers) -> dict[str, Scores]:
        with torch.no_grad():
            outputs = model(*(torch.from_numpy(values).to(device) for values in (ids, cases, mask, words)))
        return {name: output.float().cpu().numpy() for name, output in zip(OUTPUTS, outputs, strict=True)}

    return read


def thin(dev: Annotated, every: int) -> Annotated:
    """Every n-th article of each kind."""
    return Annotated(dev.words[::every], dev.names[::every], dev.attributions[::every], dev.relations)


def score_model(model: Reader, data: Path, without: Collection[str], every: int) -> None:
    """Logs the figures of a model in training on a part of dev."""
    dev = thin(read_sets(data, "dev", load_tokenizer(), without, model.relation_names), every)
    model.eval()
    for line in score(torch_reader(model), dev, model_transitions(model)).lines():
        log.info("dev %s", line)
    model.train()


def agreement(first: Reads, second: Reads, articles: list[AnnotatedArticle]) -> dict[str, float]:
    """The share of pieces or words, in percent, for which two readers' highest scores are the same label."""
    same: dict[str, int] = dict.fromkeys(JUDGED, 0)
    seen: dict[str, int] = dict.fromkeys(JUDGED, 0)
    for windows in group(cut_windows(articles), PIECES_AT_ONCE):
        batch = collate(windows)
        one, other = run_batch(first, batch), run_batch(second, batch)
        for name in JUDGED:
            known = (batch.heads.numpy() >= 0) if name in ("upos", "arcs", "relation") else batch.mask.numpy() == 1
            same[name] += int(((one[name].argmax(-1) == other[name].argmax(-1)) & known).sum())
            seen[name] += int(known.sum())
    return {name: 100 * same[name] / seen[name] for name in JUDGED if seen[name]}
