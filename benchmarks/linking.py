"""How long linking takes and what memory it needs, for generated records of several sizes.

    python -m benchmarks.linking [ARTICLES ...]     2,500, 5,000, 10,000 and 20,000 when none is named

For each size a process of its own writes the articles (`generated.py`) and links them as `build` does at its end:
copies, stories, every linker, comparisons. It prints the seconds of each stage, the greatest memory of the process,
which holds the whole record besides, and the time as a multiple of that of the size before. Seconds are those that the
process worked, which other work on the machine adds little to; it uses one core.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from collections import Counter

from benchmarks.generated import bundles
from onrecord.linking import events, figures
from onrecord.linking.blocks import pairs_of
from onrecord.linking.tellings import tellings
from onrecord.model import Corpus
from onrecord.pipeline.across import link_and_compare
from onrecord.pipeline.corpus_half import found_in
from onrecord.store import capped

SIZES = (2500, 5000, 10000, 20000)


def measure(articles: int) -> None:
    """One size, in this process; the last line printed is the whole time in seconds."""
    started = time.process_time()
    corpus = Corpus(**found_in(bundles(articles), {}))
    print(f"{articles:,} articles, {len(corpus.parties):,} parties: found in {time.process_time() - started:.0f} s")
    stages: list[tuple[str, float]] = []
    started, by_clock = time.process_time(), time.perf_counter()
    across = link_and_compare(corpus, lambda stage: stages.append((stage, time.process_time())))
    ended = time.process_time()
    ends = [at for _, at in stages[1:]] + [ended]
    told = ", ".join(f"{name} {end - at:.1f}" for (name, at), end in zip(stages, ends, strict=True))
    print(f"  seconds: {told}")
    kinds = Counter(link.kind for link in across.links)
    counted = ", ".join(f"{count:,} {kind}" for kind, count in sorted(kinds.items()))
    print(f"  {len(across.stories):,} stories, {len(across.comparisons):,} comparisons, links: {counted}")
    print(f"  peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB")
    print(f"  by the clock {time.perf_counter() - by_clock:.0f} s, other work on the machine included")
    for name, made, levels, cap in (
        ("events", tellings(corpus, across.stories), events.LEVELS, events.BLOCK_CAP),
        ("figures", figures.measures(corpus, across.stories), figures.LEVELS, figures.BLOCK_CAP),
    ):
        blocks = pairs_of(made, levels, cap)
        print(f"  {name}: {len(blocks.pairs):,} pairs compared; {blocks.split:,} keys split,", end=" ")
        print(f"{blocks.left_out:,} in blocks over-full to the end")
    print(f"  {capped.said(dict(across.capped)) or 'every pair in every block was compared'}")
    print(f"{ended - started:.1f}", flush=True)


def main(sizes: list[int]) -> None:
    """Every size in a process of its own, the smallest first."""
    before: float | None = None
    for articles in sorted(sizes):
        done = subprocess.run(
            [sys.executable, "-m", "benchmarks.linking", "--one", str(articles)],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        if done.returncode:
            sys.exit(done.stderr)
        *lines, last = done.stdout.strip().split("\n")
        seconds = float(last)
        ratio = f", {seconds / before:.2f} times the size before" if before else ""
        print("\n".join(lines))
        print(f"  linking {articles:,} articles took {seconds:.1f} s{ratio}", flush=True)
        before = seconds


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        measure(int(sys.argv[2]))
    else:
        main([int(number) for number in sys.argv[1:]] or list(SIZES))
