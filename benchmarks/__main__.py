"""Speed and memory, each as a ratio of two things measured in one run on the same texts.

    python -m benchmarks [FOLDER]       articles to read; the samples when none is named

- the whole analysis against one pass of the same encoder in 32-bit floats over the same windows, and over the same
  text in full windows that do not overlap: what 8 bits save, less all that the analysis does beside the encoder
- a whole build against the analysis alone: what extraction, resolution, joining and storing add
- a second build against the first: what an unchanged article costs
- peak memory of the process, against the size of the reader model
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from importlib import resources
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.encoder import encoder, full_windows
from onrecord import pipeline, reading
from onrecord.language.preparation import prepare
from onrecord.language.reader import Reader, requests_of
from onrecord.language.session import thread_count
from onrecord.language.windows import inputs_of
from onrecord.model import Article

ROUNDS, SECONDS = 15, 20.0
"""Rounds at most, and seconds after which no more are begun."""


def seconds(*works: Callable[[], object]) -> list[float]:
    """How long each piece of work takes: the fastest of several rounds in which they take turns.

    In turns, so that whatever else the machine does meanwhile falls on all of them.
    """
    best, begun = [float("inf")] * len(works), time.perf_counter()
    for round_ in range(ROUNDS):
        if round_ and time.perf_counter() - begun > SECONDS:
            break
        for index, work in enumerate(works):
            started = time.perf_counter()
            work()
            best[index] = min(best[index], time.perf_counter() - started)
    return best


def articles_in(folder: str) -> list[Article]:
    return [a for one in reading.find([folder]) for a in reading.read_one(one) if isinstance(a, Article)]


def encoder_passes(reader: Reader, articles: list[Article]) -> list[Callable[[], object]]:
    """A 32-bit pass over the windows that the reader runs, and one over full windows that do not overlap.

    It runs as the reader does, a window a thread: the quickest way that was found for it too.
    """
    room = reader.model.configuration.window - 2
    prepared = [prepare(article, reader.model.tokenizer, "en", room) for article in articles]
    same = [inputs_of(request)["ids"] for one in prepared for request in requests_of(one)]
    full = full_windows(np.concatenate([one.pieces.ids for one in prepared]))
    session = encoder()

    def one_pass(windows: list[NDArray[np.int64]]) -> None:
        with ThreadPoolExecutor(thread_count()) as threads:
            list(threads.map(lambda ids: session.run(None, {"ids": ids}), windows))

    return [partial(one_pass, same), partial(one_pass, full)]


def main(folder: str) -> None:
    articles = articles_in(folder)
    reader = Reader.load("en")
    words = sum(len(analysis.words) for analysis in reader.analyse_many(articles))

    def analyse() -> object:
        return list(reader.analyse_many(articles))

    print(f"{len(articles)} articles, {words} words, {thread_count()} threads")
    with tempfile.TemporaryDirectory() as kept:
        record = Path(kept, "record.db")
        started = time.perf_counter()
        pipeline.build([folder], record=record)
        first = time.perf_counter() - started
        again, whole = seconds(lambda: pipeline.build([folder], record=record), analyse)
        print(f"build: {words / first:,.0f} words a second, {first / whole:.1f} times the analysis alone")
        print(f"a second build, with nothing new: {again / first:.0%} of the first")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    model = resources.files("onrecord.language").joinpath("en", "reader", "reader.onnx")
    size = Path(str(model)).stat().st_size / 1024**2
    print(f"peak memory: {peak:,.0f} MB, {peak / size:.0f} times the reader model's {size:.0f} MB")
    whole, same, full = seconds(analyse, *encoder_passes(reader, articles))  # last: it takes memory of its own
    print(f"whole analysis: {words / whole:,.0f} words a second, which is")
    print(f"  {same / whole:.2f} times the speed of a 32-bit pass of the encoder over the same windows")
    print(f"  {full / whole:.2f} times that of one over the text in full windows")


if __name__ == "__main__":
    samples = str(resources.files("onrecord").joinpath("samples", "articles"))
    main(sys.argv[1] if len(sys.argv) > 1 else samples)
