"""The dates that an article gives for its own publication: in metadata, in a header or dated line, in its URL."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import cache
from typing import get_args

from onrecord.language.tables import table
from onrecord.model import Basis, Precision, When

EARLIEST_YEAR, LATEST_YEAR = 1600, 2199
"""Newspapers begin in 1605; a year outside these is a number of another kind."""

NEAR = timedelta(days=183)
"""A dateline without a year names the day nearest to a known date, within half a year of it."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """A date as a line of an article gives it, with the time of day where it is stated; `year` null where it is not."""

    text: str
    year: int | None
    month: int
    day: int
    clock: str | None = None
    """`09:15` or `09:15+02:00`."""
    either: bool = False
    """The month may be the day and the day the month (`03/06/2012`), and nothing has decided between them yet."""

    def when(self, basis: Basis) -> When | None:
        """The day (or minute) that the stamp names, or null where it has no year or is no date of the calendar.

        A stamp whose order is open names no day.
        """
        day = None if self.year is None or self.either else calendar_day(self.year, self.month, self.day)
        if day is None:
            return None
        if self.clock is None:
            return When(self.text, day.isoformat(), day.isoformat(), "day", None, basis)
        moment = f"{day.isoformat()}T{self.clock}"
        return When(self.text, moment, moment, "minute", None, basis)

    def settled(self, known: Sequence[When], dateline: Stamp | None) -> Stamp:
        """The stamp in the order in which it is a known date, or a dateline's day; itself where none or both are."""
        if not self.either or self.year is None:
            return self
        readings = [self.day_first(True), self.day_first(False)]
        near = [one for one in readings if any(one.is_beside(when) for when in known) or one.is_day_of(dateline)]
        return near[0] if len(near) == 1 else self

    def day_first(self, first: bool) -> Stamp:
        """The stamp with its order decided: the number that stands first is the day, or the month."""
        return replace(
            self, month=self.month if first else self.day, day=self.day if first else self.month, either=False
        )

    def is_beside(self, known: When) -> bool:
        """Whether the stamp's day is a known day, or the one before or after it."""
        when = self.when("header")
        if when is None or known.precision not in ("day", "minute") or known.earliest is None:
            return False
        assert when.earliest is not None
        apart = date.fromisoformat(when.earliest[:10]) - date.fromisoformat(known.earliest[:10])
        return abs(apart) <= timedelta(days=1)

    def is_day_of(self, dateline: Stamp | None) -> bool:
        return dateline is not None and (self.month, self.day) == (dateline.month, dateline.day)

    def near(self, known: When | None) -> Stamp:
        """The stamp with the year that brings it nearest to a known date; itself where none is within half a year."""
        if self.year is not None or known is None or known.earliest is None or known.latest is None:
            return self
        low, high = date.fromisoformat(known.earliest[:10]), date.fromisoformat(known.latest[:10])
        candidates = []
        for year in range(low.year - 1, high.year + 2):
            day = calendar_day(year, self.month, self.day)
            if day is not None:
                away = max(low - day, day - high, timedelta(0))
                candidates.append((away, day))
        if not candidates:
            return self
        away, day = min(candidates)
        return replace(self, year=day.year) if away <= NEAR else self


def calendar_day(year: int, month: int, day: int) -> date | None:
    """The day, or null where the calendar has none such or the year is no newspaper's."""
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class _Patterns:
    date: re.Pattern[str]
    clock: re.Pattern[str]
    weekday: str
    month: str


def months() -> dict[str, int]:
    """The month of each spelling of it, in small letters and without a full stop."""
    listed: dict[str, int] = table("en", "layout")["months"]
    return listed


def month_pattern() -> str:
    """A pattern of the spellings of months, capitalised or in capitals, with a full stop or without."""
    names = sorted(months(), key=lambda name: (-len(name), name))
    return "(?:" + "|".join(f"{n.capitalize()}|{n.upper()}" for n in names) + r")\b\.?"


def weekday_pattern() -> str:
    """A pattern of the names of the days of the week."""
    names: list[str] = table("en", "layout")["weekdays"]
    return (
        "(?:" + "|".join(f"{n.capitalize()}|{n.upper()}" for n in sorted(names, key=lambda n: (-len(n), n))) + r")\b\.?"
    )


@cache
def _patterns() -> _Patterns:
    month, weekday = month_pattern(), weekday_pattern()
    day = rf"(?:[(\[]?(?P<weekday>{weekday})[)\]]?,?\s{{1,3}})?(?:"
    day += rf"(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?(?:\s{{1,3}}(?:of\s)?|[-/.])(?P<m1>{month})"
    day += r"(?:,?\s{1,3}|,|[-/.])(?P<y1>\d{4})\b"
    day += (
        rf"|(?P<m2>{month})(?:\s{{1,3}}|[-/])(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?(?:,?\s{{1,3}}|,|[-/])(?P<y2>\d{{4}})\b"
    )
    day += r"|(?P<y3>\d{4})(?P<s3>[-/.])(?P<m3>\d{1,2})(?P=s3)(?P<d3>\d{1,2})(?!\d)"
    day += rf"|(?P<y6>\d{{4}})(?:,?\s{{1,3}}|-)(?P<m6>{month})(?:\s{{1,3}}|-)(?P<d6>\d{{1,2}})(?:st|nd|rd|th)?(?!\d)"
    day += r"|(?P<n4>\d{1,2})(?P<s4>[-/.])(?P<n5>\d{1,2})(?P=s4)(?P<y4>\d{4})(?!\d))"
    day += rf"(?:,?\s\(?(?P<after>{weekday})(?![\w-])\)?)?"
    zones = "|".join(sorted(table("en", "layout")["zones"], key=lambda z: (-len(z), z)))
    clock = r"(?P<h>\d{1,2})(?P<s>[:.h])(?P<min>\d{2})(?!\d)(?::\d{2}(?:\.\d+)?)?(?:\s?(?P<half>[ap])\.?m\b\.?)?"
    clock += r"|(?P<h12>\d{1,2})\s?(?P<half12>[ap])\.?m\b\.?"
    clock += rf"|(?P<h24>[0-2]\d)(?P<min24>\d{{2}})(?=\s?(?:hrs|hours|{zones})\b)"
    zone = rf"\(?(?P<zone>{zones})\b\)?(?P<by>[+-]\d{{1,2}}(?::\d{{2}})?)?"
    clock = (
        rf"(?:{clock})(?:\s?(?:hrs|hours|local\s+time)\b)?(?:,?\s?(?:(?P<z>Z)\b|(?P<off>[+-]\d{{2}}:?\d{{2}})|{zone}))?"
    )
    return _Patterns(re.compile(day, re.IGNORECASE), re.compile(clock, re.IGNORECASE), weekday, month)


_BETWEEN = re.compile(r"(?:T|\s*(?:[-–—|,/•·@]|\bat\b)?\s*)", re.IGNORECASE)


def stamp_at(text: str, start: int) -> tuple[Stamp, int] | None:
    """The date (and time of day) that stands at `start` of `text`, and where it ends; null where none does."""
    patterns = _patterns()
    at, clock = _clock_before(text, start)
    found = patterns.date.match(text, at)
    if found is None:
        return None
    year, month, day = _numbers(found)
    if calendar_day(year, month, day) is None:
        return None
    end = found.end()
    if clock is None and (timed := clock_at(text, _gap_end(text, end))) is not None:
        clock, end = timed
    stamp = Stamp(text[start:end], year, month, day, clock)
    return (_ordered(stamp, found, text) if _is_either(found) else stamp), end


_BEFORE_DATE = re.compile(r"\s?(?:[-–—|,/•·@]\s?|\bon\s)?", re.IGNORECASE)


def _clock_before(text: str, start: int) -> tuple[int, str | None]:
    """Where the date begins after a time of day that stands before it (`3:15 p.m. ET, May 3, 2024`), and that time."""
    timed = clock_at(text, start)
    if timed is None:
        return start, None
    gap = _BEFORE_DATE.match(text, timed[1])
    return (gap.end() if gap else timed[1]), timed[0]


def _gap_end(text: str, end: int) -> int:
    gap = _BETWEEN.match(text, end)
    return gap.end() if gap else end


def clock_at(text: str, start: int) -> tuple[str, int] | None:
    """The time of day that stands at `start`, `09:15` or `09:15+02:00`, and where it ends; null where none does."""
    found = _patterns().clock.match(text, start)
    clock = _clock(found) if found is not None else None
    return None if found is None or clock is None else (clock, found.end())


def _is_either(found: re.Match[str]) -> bool:
    """Whether either of a date's first two numbers may be its month; dots stand in a custom that puts the day first."""
    if not found["n4"] or found["s4"] == ".":
        return False
    return int(found["n4"]) <= 12 and int(found["n5"]) <= 12 and found["n4"] != found["n5"]


def _ordered(stamp: Stamp, found: re.Match[str], text: str) -> Stamp:
    """The stamp in the order that its weekday, or the other dates of the text, decide; open where they do not."""
    weekday = found["weekday"] or found["after"]
    readings = [stamp.day_first(True), stamp.day_first(False)]
    if weekday:
        fitting = [one for one in readings if _falls_on(one, weekday)]
        return fitting[0] if len(fitting) == 1 else replace(stamp, either=True)
    orders = {first > 12 for first, second in _numbered(text) if (first > 12) != (second > 12)}
    return readings[0 if orders == {True} else 1] if len(orders) == 1 else replace(stamp, either=True)


_NUMBERED = re.compile(r"(?<![\d/.-])(\d{1,2})([-/])(\d{1,2})\2\d{4}(?![\d/.-])")
LONGEST_SEARCH = 100_000
"""So many characters are searched for the order of numbers in a text's dates."""


def _numbered(text: str) -> Iterator[tuple[int, int]]:
    for found in _NUMBERED.finditer(text, 0, LONGEST_SEARCH):
        if 1 <= int(found[1]) <= 31 and 1 <= int(found[3]) <= 31:
            yield int(found[1]), int(found[3])


def _falls_on(stamp: Stamp, weekday: str) -> bool:
    assert stamp.year is not None
    day = calendar_day(stamp.year, stamp.month, stamp.day)
    return day is not None and weekday.lower()[:3] == _WEEKDAYS[day.weekday()]


_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def _numbers(found: re.Match[str]) -> tuple[int, int, int]:
    """Year, month and day as written; where either number may be the month, the day is taken to stand first."""
    if found["y6"]:
        return int(found["y6"]), months()[_bare(found["m6"])], int(found["d6"])
    if found["d1"]:
        return int(found["y1"]), months()[_bare(found["m1"])], int(found["d1"])
    if found["d2"]:
        return int(found["y2"]), months()[_bare(found["m2"])], int(found["d2"])
    if found["y3"]:
        return int(found["y3"]), int(found["m3"]), int(found["d3"])
    first, second, year = int(found["n4"]), int(found["n5"]), int(found["y4"])
    return (year, first, second) if second > 12 and found["s4"] != "." else (year, second, first)


def _bare(month: str) -> str:
    return month.rstrip(".").lower()


def _clock(found: re.Match[str]) -> str | None:
    hour, minute = int(found["h"] or found["h12"] or found["h24"]), int(found["min"] or found["min24"] or 0)
    half = (found["half"] or found["half12"] or "").lower()
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "p" else 0)
    if hour > 23 or minute > 59:
        return None
    return f"{hour:02d}:{minute:02d}{_offset(found)}"


def _offset(found: re.Match[str]) -> str:
    """The offset as stated, in digits; nothing where none is stated or the zone's letters stand for several."""
    if found["z"]:
        return "+00:00"
    if found["off"]:
        digits = found["off"].replace(":", "")
        return f"{digits[:3]}:{digits[3:]}"
    zone = (found["zone"] or "").upper()
    if not zone:
        return ""
    if found["by"]:
        sign, rest = found["by"][0], found["by"][1:]
        hours, _, minutes = rest.partition(":")
        return f"{sign}{int(hours):02d}:{minutes or '00'}"
    listed: dict[str, str] = table("en", "layout")["zones"]
    return listed[zone]


_ISO = re.compile(
    r"(?P<y>\d{4})(?:-(?P<m>\d{2})(?:-(?P<d>\d{2})"
    r"(?:[T ](?P<c>\d{2}:\d{2})(?::\d{2}(?:[.,]\d+)?)?\s?(?P<z>Z|[+-]\d{2}:?\d{2})?)?)?)?"
)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T(\d{2}):?(\d{2})(?::?\d{2})?(Z|[+-]\d{2}:?\d{2})?)?")
_EPOCH = re.compile(r"\d{10}|\d{13}")


def metadata_date(text: str) -> When | None:
    """The time that a metadata string names, as ISO 8601, an e-mail's date, words or seconds since 1970; or null."""
    text = text.strip()
    when = _iso(text) or _compact(text) or _epoch(text) or _mail(text)
    if when is not None:
        return when
    found = stamp_at(text, 0)
    if found is None or text[found[1] :].strip(" .,"):
        return None
    return replace(found[0], text=text).when("metadata")


def _iso(text: str) -> When | None:
    found = _ISO.fullmatch(text)
    if found is None:
        return None
    year, month = int(found["y"]), int(found["m"] or 0)
    if found["d"]:
        clock = None if found["c"] is None else found["c"] + _iso_offset(found["z"])
        return Stamp(text, year, month, int(found["d"]), clock).when("metadata") if _is_clock(clock) else None
    if found["m"]:
        return _month(text, year, month, "metadata")
    return _interval(text, calendar_day(year, 1, 1), calendar_day(year, 12, 31), "year", "metadata")


def _compact(text: str) -> When | None:
    found = _COMPACT.fullmatch(text)
    if found is None:
        return None
    clock = None if found[4] is None else f"{found[4]}:{found[5]}{_iso_offset(found[6])}"
    stamp = Stamp(text, int(found[1]), int(found[2]), int(found[3]), clock)
    return stamp.when("metadata") if _is_clock(clock) else None


def _is_clock(clock: str | None) -> bool:
    return clock is None or (int(clock[:2]) < 24 and int(clock[3:5]) < 60)


def _iso_offset(zone: str | None) -> str:
    if zone is None:
        return ""
    digits = zone.replace(":", "")
    return "+00:00" if zone == "Z" else f"{digits[:3]}:{digits[3:]}"


def _epoch(text: str) -> When | None:
    if not _EPOCH.fullmatch(text):
        return None
    moment = datetime.fromtimestamp(int(text[:10]), UTC)
    return _moment(text, moment)


def _mail(text: str) -> When | None:
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    # A two-digit year and a date without a time of day are taken for one by that parser: both are left to the others.
    return _moment(text, moment) if re.search(r"\d{4} \d{1,2}:\d{2}", text) else None


def _moment(text: str, moment: datetime) -> When | None:
    offset = "" if moment.tzinfo is None else moment.strftime("%z")
    clock = moment.strftime("%H:%M") + (f"{offset[:3]}:{offset[3:5]}" if offset else "")
    return Stamp(text, moment.year, moment.month, moment.day, clock).when("metadata")


def _month(text: str, year: int, month: int, basis: Basis) -> When | None:
    first = calendar_day(year, month, 1) if 1 <= month <= 12 else None
    if first is None:
        return None
    last = (first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    return _interval(text, first, last, "month", basis)


def _interval(text: str, first: date | None, last: date | None, precision: Precision, basis: Basis) -> When | None:
    assert precision in get_args(Precision)
    if first is None or last is None:
        return None
    return When(text, first.isoformat(), last.isoformat(), precision, None, basis)


_URL_DAY = re.compile(
    r"(?<![0-9])(?:(?P<y>(?:19|20)\d{2})(?P<s>[-/_.]?)(?P<m>0[1-9]|1[0-2])(?P=s)(?P<d>0[1-9]|[12]\d|3[01])"
    r"|(?P<y2>(?:19|20)\d{2})/(?P<m2>\d{1,2})/(?P<d2>\d{1,2})(?=/))(?![0-9])"
)
_URL_WORDS = re.compile(r"/(?P<y>(?:19|20)\d{2})/(?P<m>[a-z]{3,9})/(?P<d>\d{1,2})(?=/|$)", re.IGNORECASE)
_URL_MONTH = re.compile(r"/(?P<y>(?:19|20)\d{2})[/-](?P<m>0?[1-9]|1[0-2])/")


def url_date(url: str | None) -> When | None:
    """The day that a URL's path names (`/20240517/`, `/2024/05/17/`), or the month where it names no more."""
    if url is None:
        return None
    path = re.sub(r"^\w+://[^/]*", "", url)[:2000]
    for found in _URL_DAY.finditer(path):
        year, month, day = (found[name] or found[name + "2"] for name in ("y", "m", "d"))
        when = Stamp(found.group().strip("/"), int(year), int(month), int(day)).when("url")
        if when is not None and _is_whole(found, path):
            return when
    worded = _URL_WORDS.search(path)
    if worded is not None and worded["m"].lower() in months():
        return Stamp(worded.group().strip("/"), int(worded["y"]), months()[worded["m"].lower()], int(worded["d"])).when(
            "url"
        )
    monthly = _URL_MONTH.search(path)
    return None if monthly is None else _month(monthly.group().strip("/"), int(monthly["y"]), int(monthly["m"]), "url")


def _is_whole(found: re.Match[str], path: str) -> bool:
    """Eight digits in a row are a date only as a whole piece of the path; inside a longer name they may be a number."""
    if found["y"] is None or found["s"]:
        return True
    before, after = path[found.start() - 1 : found.start()], path[found.end() : found.end() + 1]
    return before in ("/", "-", "_", "=", "") and after in ("/", "-", "_", ".", "?", "&", "")
