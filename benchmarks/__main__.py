"""Speed and memory, each as a ratio of two things measured in one run on the same texts.

    python -m benchmarks [FOLDER]       articles to read; the samples when none is named

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
from importlib import resources
from pathlib import Path

from onrecord import pipeline, reading
from onrecord.language.reader import Reader
from onrecord.model import Article


def seconds(work: Callable[[], object]) -> float:
    """How long a piece of work takes; the faster of two runs."""
    taken = []
    for _ in range(2):
        started = time.perf_counter()
        work()
        taken.append(time.perf_counter() - started)
    return min(taken)


def articles_in(folder: str) -> list[Article]:
    return [a for one in reading.find([folder]) for a in reading.read_one(one) if isinstance(a, Article)]


def main(folder: str) -> None:
    articles = articles_in(folder)
    reader = Reader.load("en")
    words = sum(len(reader.analyse(article).words) for article in articles)
    whole = seconds(lambda: [reader.analyse(article) for article in articles])
    print(f"{len(articles)} articles, {words} words")
    print(f"whole analysis: {words / whole:,.0f} words a second")
    with tempfile.TemporaryDirectory() as kept:
        record = Path(kept, "record.db")
        started = time.perf_counter()
        pipeline.build([folder], record=record)
        first = time.perf_counter() - started
        again = seconds(lambda: pipeline.build([folder], record=record))
        print(f"build: {words / first:,.0f} words a second, {first / whole:.1f} times the analysis alone")
        print(f"a second build, with nothing new: {again / first:.0%} of the first")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    model = resources.files("onrecord.language").joinpath("en", "reader", "reader.onnx")
    size = Path(str(model)).stat().st_size / 1024**2
    print(f"peak memory: {peak:,.0f} MB, {peak / size:.0f} times the reader model's {size:.0f} MB")


if __name__ == "__main__":
    samples = str(resources.files("onrecord").joinpath("samples", "articles"))
    main(sys.argv[1] if len(sys.argv) > 1 else samples)
