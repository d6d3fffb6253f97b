"""How fast the reading room answers on a large record, and how much memory its server takes.

    python -m benchmarks.room [RECORD]      a record; without one, 20,000 generated articles are written first

Each page is asked for once to warm it and then twenty times, one after the other, over the network of this machine;
the median counts. Beside it stands the processor time that the server took for each: what a machine without other work
would take. The floors: 200 ms for the front page and a search, 500 ms for a story and for a later page of a list,
300 MB for the server.
"""

from __future__ import annotations

import http.client
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from onrecord.store import Store

WARM = 20
"""Requests of each page that are timed."""
ARTICLES = 20_000
MOST_MEMORY = 300.0
"""Megabytes that the server may take at its peak."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A page, and the milliseconds that it may take; null for pages that are only looked at."""

    name: str
    path: str
    floor: float | None


@contextmanager
def served(record: Path) -> Iterator[tuple[int, int]]:
    """The port and the process of a server of the record."""
    program = "import sys; from onrecord.cli import main; sys.exit(main())"
    command = [sys.executable, "-u", "-c", program, "serve", str(record), "--no-browser", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        found = None
        while found is None and (line := server.stdout.readline()):
            found = re.search(r"http://127\.0\.0\.1:(\d+)/", line)
        if found is None:
            raise SystemExit("the server did not start")
        port = int(found[1])
        _wait(port)
        try:
            yield port, server.pid
        finally:
            server.terminate()


def _wait(port: int) -> None:
    for _ in range(200):
        try:
            ask(port, "/static/room.css")
            return
        except OSError:
            time.sleep(0.05)


def ask(port: int, path: str) -> tuple[int, int, float]:
    """The status and the bytes of an answer, and the milliseconds until the last of them."""
    started = time.perf_counter()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    connection.request("GET", path)
    answer = connection.getresponse()
    size = len(answer.read())
    connection.close()
    return answer.status, size, 1000 * (time.perf_counter() - started)


def pages(record: Path) -> Iterator[Asked]:
    """The pages that are measured: the usual ones, and the largest story and the busiest party of the record."""
    with Store.open(record, read_only=True) as store:
        story = store.select(
            "SELECT s.story_id FROM stories_article_ids s GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1"
        )
        party = store.select("SELECT party_id FROM mentions GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1")
        article = store.select("SELECT id FROM articles ORDER BY length DESC, id LIMIT 1")
        names = store.select("SELECT name FROM parties WHERE id = ?", (party[0][0],)) if party else []
        words = store.select("SELECT title FROM stories ORDER BY id LIMIT 1") or [("the",)]
    common = str(names[0][0]).split()[-1] if names else "said"
    rare = max(re.findall(r"\w+", str(words[0][0])) or ["the"], key=len)
    yield Asked("front", "/", 200)
    yield Asked(f"search, a common name ({common})", f"/search?words={common}", 200)
    yield Asked(f"search, a word of a title ({rare})", f"/search?words={rare}", 200)
    if story:
        yield Asked("story, the largest", f"/story/{story[0][0]}", 500)
    if article:
        yield Asked("article, the longest", f"/article/{article[0][0]}", None)
    if party:
        yield Asked("party, the busiest", f"/party/{party[0][0]}", None)
    for table in ("stories", "comparisons", "statements", "events", "figures", "parties", "articles", "commitments"):
        yield Asked(f"list of {table}", f"/{table}", None)
    for table in ("comparisons", "statements", "figures"):
        yield Asked(f"list of {table}, page 100", f"/{table}?page=100", 500)
    yield Asked("statements with words", f"/statements?words={common}", None)


def processor_time(process: int) -> float:
    """The milliseconds that a process has computed so far (Linux)."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return 1000 * (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def peak_memory(process: int) -> float:
    """The most memory, in megabytes, that a process has held so far (Linux)."""
    for line in Path(f"/proc/{process}/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1000
    return float("nan")


def measure(record: Path) -> bool:
    """Prints what each page takes; whether all floors hold."""
    holds = True
    with served(record) as (port, process):
        for asked in pages(record):
            status, size, first = ask(port, asked.path)
            before = processor_time(process)
            taken = [ask(port, asked.path)[2] for _ in range(WARM if first < 4000 else 3)]
            computed = (processor_time(process) - before) / len(taken)
            median = statistics.median(taken)
            over = asked.floor is not None and median > asked.floor
            holds = holds and not over and status == 200
            floor = f"at most {asked.floor:.0f}" if asked.floor else ""
            print(
                f"{median:8.0f} ms {floor:12} {computed:6.0f} ms computed  {asked.name}"
                f" ({status}, {size / 1000:.0f} kB, first {first:.0f} ms,"
                f" slowest {max(taken):.0f} ms){'  TOO SLOW' if over else ''}",
                flush=True,
            )
        memory = peak_memory(process)
    print(f"{memory:8.0f} MB at most {MOST_MEMORY:.0f}  the server{'  TOO MUCH' if memory > MOST_MEMORY else ''}")
    return holds and memory <= MOST_MEMORY


def main(arguments: list[str]) -> int:
    """Measures the record named, or one of 20,000 generated articles."""
    if arguments:
        return 0 if measure(Path(arguments[0])) else 1
    from benchmarks.generated import write_record

    with tempfile.TemporaryDirectory() as folder:
        print(f"writing a record of {ARTICLES} generated articles (this takes minutes)", flush=True)
        return 0 if measure(write_record(Path(folder) / "record.db", articles=ARTICLES)) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
