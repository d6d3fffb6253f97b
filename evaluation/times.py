"""Times: the date cases of Recognizers-Text (MIT), and TimeBank and AQUAINT by the grammar alone.

    python -m evaluation.times [--show]       --show prints the cases missed

A case of Recognizers-Text is right when a time that meets its words names its days. Its readings are several where the
article's tense would decide; any of them counts. Two conventions of the record are kept, not counted as errors: "two
months ago" is a month here and a day there (right when the one lies in the other), and a range ends with its last day
here and before its last unit there ("2014 to 2018"). A case that a newspaper would not print, or that the record
settles otherwise, is left out; `LEFT_OUT` names each kind, and the counts are printed.

TimeBank and AQUAINT are scored here without the reader model, in seconds; `evaluation.record` scores whole records.
"""

from __future__ import annotations

import importlib.util
import io
import itertools
import json
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import redirect_stdout
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from types import ModuleType
from typing import Any

from evaluation.sources import data_folder, shared_folder
from onrecord.extraction.times import extract
from onrecord.language.analysis import Analysis
from onrecord.model import Article, Time, When
from onrecord.resolution.when import resolve

CASES = "recognizers-text/DateTime/English/DateTimeModel.json"
GOLD = (("TimeBank", 3), ("AQUAINT", 3), ("AQUAINT", 1))
KINDS = ("date", "daterange")
COUNTED = (
    r"\d+|two|three|four|five|six|seven|eight"
    r"|nine|ten|eleven|twelve|twenty|thirty|forty|couple|few|several|some|a|an|half|one"
)
UNITS = r"(?:business |working |week)?(?:day|week|month|year|quarter|decade|hour|minute|fortnight|weekend)s?"
MONTHS = r"\b(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\b"
LEFT_OUT: tuple[tuple[str, str], ...] = (
    (
        "durations counted from the article's day: figures in the record",
        rf"\b(?:next|past|last|previous|coming|within|upcoming|following|first|for)\b.*\b(?:{COUNTED})\b.*\b{UNITS}\b"
        rf"|\b(?:{COUNTED})\s+(?:more )?(?:next|past|last|previous|coming|upcoming|following)\s+{UNITS}\b"
        rf"|\bwithin\b|\brest of\b|past fortnight|more than|less than|\b(?:{COUNTED}) {UNITS} starting\b",
    ),
    (
        "search strings and addresses",
        r"^\d{4}[ ~]\d+|~|^\d{8}$|\bweek \d+|^w\d+|\d{4}-\d{1,2}$|^\d{1,2}-\d{4}$|\btill date\b"
        r"|\bto date\b|\bdate \d|current date|greater|equal|^-?\d+-\d+-\d+-?$",
    ),
    (
        "days without a month",
        r"^(?:on |around |before |after |since |from |between |for )?(?:the )?(?:week of the )?\d{1,2}(?:st|nd|rd|th)\b"
        rf"(?!.*(?:{MONTHS}|\byear|\bmonth))",
    ),
    ("day and month in figures without a year", r"(?<![\d/.-])\d{1,2}[/.-]\d{1,2}(?![\d/.-])"),
    (
        "anchored in a text before them that the cases lack",
        r"\b(?:the )?(?:following|same|that)\b|\bprevious\b"
        r"|^(?:the )?(?:next|day|year) (?:day|week|month|year|before|after)$"
        r"|\blater$|\bthe (?:next|last) (?:quarter|decade|fortnight|week|month|year|day)$|^next fortnight$",
    ),
    ("month names among figures", r"\d/[a-z]+/|[a-z]+/\d|-[a-z]+-\d|\d{4}/\d+/[a-z]|[a-z]+-\d+-\d|\d+-\d+-[a-z]"),
    ("centuries, counted from 00 there and from 01 here", r"centur"),
    (
        "the writing of chats",
        r"\btmrw?\b|\botd\b|\beo[dwmy]\b|\bytd\b|\bmtd\b|\bworkweek\b"
        r"|\bcy\d|\bw/c\b|^mar3$|^weekend$|^the day$|^the fortnight$",
    ),
    (
        "feasts of calendars that are not computed",
        r"ramadan|eid|independence|diwali|chinese|lunar|passover|hanukkah|ashura",
    ),
    ("cut at the day of asking", r"\b(?:later|earlier) this\b"),
)


@dataclass(frozen=True, slots=True)
class Expected:
    """One date of a case: where its words stand, what they are, and its readings."""

    start: int
    end: int
    words: str
    readings: tuple[dict[str, str], ...]


def article(origin: str, text: str, day: str) -> Article:
    """A text with its day, and nothing else known."""
    published = When(day, day, day, "day", None, "metadata") if day else None
    return Article(
        origin, origin, None, None, None, text, (), "en", published, None, None, "", "", len(text), "text", None, ()
    )  # fmt: skip


def times_of(origin: str, text: str, day: str) -> tuple[Time, ...]:
    """The times that the grammar finds without a reader model."""
    one = article(origin, text, day)
    return resolve(one, list(extract(Analysis(one, (), (), (), ()))))


# ------------------------------------------------------------------ Recognizers-Text
def expected(case: dict[str, Any]) -> Iterator[Expected]:
    """The dates of a case."""
    for result in case["Results"]:
        kind = result.get("TypeName", "").rpartition(".")[2]
        readings = (result.get("Resolution") or {}).get("values", [])
        if kind not in KINDS or not readings:
            continue
        start = result.get("Start", case["Input"].lower().find(result["Text"].lower()))
        yield Expected(start, start + len(result["Text"]), result["Text"].lower(), tuple(readings))


def reason(one: Expected, today: str) -> str | None:
    """Why a date is left out, or null where it counts."""
    for why, pattern in LEFT_OUT:
        if re.search(pattern, one.words):
            return why
    values = {reading.get("value", "") for reading in one.readings}
    if "not resolved" in values:
        return "no such day, or no days expected"
    if any(today in (reading.get("start"), reading.get("end")) for reading in one.readings):
        return "cut at the day of asking"
    figures = re.search(r"(?<!\d)(\d{1,2})[/-](\d{1,2})[/-]\d{2,4}", one.words)
    if figures and int(figures[1]) <= 12 and int(figures[2]) <= 12 and figures[1] != figures[2]:
        return "day and month in figures, either way round: left open in the record"
    return None


def right(reading: dict[str, str], when: When) -> bool:
    """Whether a time names the days of one reading."""
    if when.earliest is None or when.latest is None:
        return False
    first, last = date.fromisoformat(when.earliest[:10]), date.fromisoformat(when.latest[:10])
    if reading.get("value"):
        day = date.fromisoformat(reading["value"][:10])
        return first <= day <= last and (first == last or when.precision in ("week", "month", "year"))
    if reading.get("Mod") and named_by(reading, first, last):
        return True
    bounds = [date.fromisoformat(reading[name][:10]) for name in ("start", "end") if reading.get(name)]
    if len(bounds) == 1:
        return bounds[0] in (first, last, last + timedelta(1))
    if bounds[0] < first:
        return False
    lasts = (bounds[1] - timedelta(1), bounds[1])
    of_quarter = when.precision == "quarter" and timedelta(0) <= last - bounds[1] < timedelta(95)
    ends = last in lasts or of_quarter or ends_with(bounds[1], last) or named_by(reading, first, last)
    return (bounds[0] == first or when.part is not None) and (
        ends or (when.part is not None and bounds[1] <= last + timedelta(1))
    )


def ends_with(bound: date, last: date) -> bool:
    """Whether a range that ends before a unit there ends with that unit here."""
    of_year = (bound.month, bound.day, last.month, last.day) == (1, 1, 12, 31) and bound.year == last.year
    return of_year or (
        bound.day == 1 and (bound.year, bound.month) == (last.year, last.month) and (last + timedelta(1)).day == 1
    )


def named_by(reading: dict[str, str], first: date, last: date) -> bool:
    """Whether a modified reading ("before 2012") is of the year or month that the time names."""
    named = reading.get("timex", "")
    return bool(re.fullmatch(r"\d{4}(?:-\d\d){0,2}", named)) and all(
        str(day).startswith(named) for day in (first, last)
    )


def measure_cases(path: Path, show: bool) -> None:
    """Prints the share of dates right, and what was left out."""
    correct, counted, left_out = Counter[str](), Counter[str](), Counter[str]()
    for number, case in enumerate(json.loads(path.read_text(encoding="utf-8-sig"))):
        today = (case.get("Context") or {}).get("ReferenceDateTime", "")[:10]
        found = times_of(str(number), case["Input"], today)
        for one in expected(case):
            why = reason(one, today)
            if why:
                left_out[why] += 1
                continue
            met = [t for t in found if t.passage.start < one.end and one.start < t.passage.end]
            well = any(right(reading, time.when) for reading in one.readings for time in met)
            counted["dates"] += 1
            correct["dates"] += bool(well)
            if show and not well:
                print(f"  {today} {case['Input']!r}\n    want {one.words!r} {one.readings[:2]}")
                print(f"    got  {[time.when for time in met]}")
    print(f"times: Recognizers dates     {100 * correct['dates'] / counted['dates']:5.1f}% of {counted['dates']} right")
    for why, number in sorted(left_out.items(), key=lambda pair: -pair[1]):
        print(f"         left out {number:3d}: {why}")


# ------------------------------------------------------------------ TimeBank and AQUAINT
def scorer(path: Path) -> ModuleType:
    """The scorer that lies beside the annotated news."""
    spec = importlib.util.spec_from_file_location("score", path)
    if spec is None or spec.loader is None:
        sys.exit(f"evaluation: {path} cannot be loaded")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def measure_gold(name: str, every: int) -> str:
    """What the scorer prints of every so manieth article of a set."""
    module = scorer(shared_folder() / "scorers" / "score.py")
    gold = str(data_folder() / "tempeval3" / name)
    items = list(itertools.islice(module.tempeval(gold), 0, None, every))
    articles, rows = [], []
    for stem, day, text, _ in items:
        articles.append({"id": stem, "origin": f"{stem}.txt"})
        for time in times_of(stem, text, day):
            passage = {"start": time.passage.start, "end": time.passage.end}
            when = {"earliest": time.when.earliest, "latest": time.when.latest}
            rows.append({"article_id": stem, "passage": passage, "when": when})
    module.tempeval = lambda _: iter(items)  # type: ignore[attr-defined]
    printed = io.StringIO()
    with tempfile.TemporaryDirectory() as folder, redirect_stdout(printed):
        for table, lines in (("articles", articles), ("times", rows)):
            written = "".join(json.dumps(line) + "\n" for line in lines)
            Path(folder, f"{table}.jsonl").write_text(written, encoding="utf8")
        module.score_tempeval(gold, folder)
    return printed.getvalue()


def main(show: bool = False) -> None:
    """Prints every figure."""
    measure_cases(data_folder() / CASES, show)
    for name, every in GOLD:
        print(f"times: {name}, {'every article' if every == 1 else f'every {every}rd article'}, the grammar alone")
        print(measure_gold(name, every), end="")


if __name__ == "__main__":
    main(show="--show" in sys.argv)
