"""Makes the reader's confidence mean what it says: `python -m evaluation.calibration [--write reader.json]`.

For each tag layer one temperature is chosen, the one under which "this span is exactly right" is best predicted (least
log loss) on the dev parts of PolNeAR and the newswire set. Then a table: of the spans between two confidences, the
share that is right. Run again after every export of the reader; `--write` puts the temperatures into `reader.json`.
"""

from __future__ import annotations

import argparse
import json
import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from evaluation.polnear import GoldArticle, read_gold
from evaluation.reader import article_of, read_names
from evaluation.sources import data_folder
from onrecord.language.analysis import Analysis
from onrecord.language.decoding import Decoder
from onrecord.language.preparation import Prepared, prepare
from onrecord.language.reader import Model, Reader, requests_of
from onrecord.language.windows import Read, run

GRID = (0.6, 0.8, 1.0, 1.2, 1.4, 1.7, 2.0)
Guess = tuple[float, bool]


@dataclass(frozen=True)
class Sample:
    """An article as the model read it, with what is right in it."""

    prepared: Prepared
    reads: list[Read]
    names: set[tuple[int, int, str]]
    gold: GoldArticle


def samples(model: Model, data: Path, which: slice) -> Iterator[Sample]:
    """Some articles of the dev parts, read once."""
    files = sorted((data / "worldwide-newswire" / "dev").glob("*.txt"))[which]
    named = [(file.read_bytes().decode("utf8"), read_names(file), GoldArticle("", [])) for file in files]
    no_names: set[tuple[int, int, str]] = set()
    attributed = [(gold.text, no_names, gold) for gold in list(read_gold(data / "polnear" / "dev"))[which]]
    for text, names, gold in [*named, *attributed]:
        prepared = prepare(article_of(text), model.tokenizer, "en", model.configuration.window - 2)
        yield Sample(prepared, run(model.session, requests_of(prepared)), names, gold)


def _names(analysis: Analysis, sample: Sample) -> Iterator[Guess]:
    for name in analysis.names if sample.names else ():
        yield name.confidence, (name.start, name.end, str(name.kind)) in sample.names


def _spans(role: str) -> Callable[[Analysis, Sample], Iterator[Guess]]:
    def guesses(analysis: Analysis, sample: Sample) -> Iterator[Guess]:
        gold = sample.gold.spans(role)
        for attribution in analysis.attributions if gold else ():
            cue = (attribution.cue,) if attribution.cue else ()
            for span in {"source": attribution.sources, "cue": cue, "content": attribution.contents}[role]:
                yield span.confidence, (span.start, span.end) in gold

    return guesses


def _attributions(analysis: Analysis, sample: Sample) -> Iterator[Guess]:
    for attribution in analysis.attributions if sample.gold.attributions else ():
        if attribution.cue and attribution.contents:
            cue = (attribution.cue.start, attribution.cue.end)
            contents = ((span.start, span.end) for span in attribution.contents)
            yield attribution.confidence, any(sample.gold.links(cue, content) for content in contents)


LAYERS: dict[str, Callable[[Analysis, Sample], Iterator[Guess]]] = {
    "names": _names, "source": _spans("source"), "cue": _spans("cue"), "content": _spans("content"),
    "link": _attributions,
}  # fmt: skip


def log_loss(guesses: Iterable[Guess]) -> float:
    """The mean log loss in nats."""
    losses = [-math.log(max(1e-6, belief if right else 1 - belief)) for belief, right in guesses]
    return sum(losses) / max(1, len(losses))


def calibrate(model: Model, read: list[Sample]) -> dict[str, float]:
    """The temperature of each layer, the link's last since an attribution's confidence hangs on the others."""
    temperatures: dict[str, float] = {}
    for layer, guesses in LAYERS.items():
        losses = {}
        for temperature in GRID:
            told = [sample for sample in read if bool(sample.names) == (layer == "names")]
            found = decode(model, told, {**temperatures, layer: temperature})
            losses[temperature] = log_loss(guess for pair in found for guess in guesses(*pair))
        temperatures[layer] = min(GRID, key=lambda temperature: losses[temperature])
        print(f"{layer}: {temperatures[layer]} (log loss {losses[1.0]:.3f} -> {min(losses.values()):.3f})", flush=True)
    return temperatures


def decode(model: Model, read: list[Sample], temperatures: dict[str, float]) -> list[tuple[Analysis, Sample]]:
    """The samples' analyses under the temperatures."""
    decoder = Decoder(replace(model.configuration, temperatures=temperatures), "en")
    return [(decoder.decode(sample.prepared, sample.reads), sample) for sample in read]


def show(model: Model, read: list[Sample], temperatures: dict[str, float]) -> None:
    """Prints the share that is right in each fifth of the confidence."""
    found = decode(model, read, temperatures)
    for layer, guesses in LAYERS.items():
        fifths: list[list[bool]] = [[] for _ in range(5)]
        for pair in found:
            for belief, right in guesses(*pair):
                fifths[min(4, int(belief * 5))].append(right)
        shares = (f"{sum(rights) / len(rights):.2f} of {len(rights)}" if rights else "-" for rights in fifths)
        print(f"  {layer:8s}", " | ".join(f"{part / 5:.1f}: {share}" for part, share in enumerate(shares)))


def main() -> None:
    """Finds the temperatures, shows what they do, and writes them where asked to."""
    parser = argparse.ArgumentParser(prog="python -m evaluation.calibration", description=__doc__)
    parser.add_argument("--every", type=int, default=3, help="use every n-th article")
    parser.add_argument("--check", action="store_true", help="show the shipped temperatures on articles not fitted to")
    parser.add_argument("--write", type=Path, help="the reader.json to put the temperatures into")
    options = parser.parse_args()
    model = Reader.load().model
    if options.check:
        show(
            model,
            list(samples(model, data_folder(), slice(1, None, options.every))),
            dict(model.configuration.temperatures),
        )
        return
    read = list(samples(model, data_folder(), slice(0, None, options.every)))
    temperatures = calibrate(model, read)
    show(model, read, temperatures)
    if options.write:
        described = json.loads(options.write.read_text(encoding="utf8"))
        described["temperatures"] = temperatures
        options.write.write_text(json.dumps(described, indent=1) + "\n", encoding="utf8")


if __name__ == "__main__":
    main()
