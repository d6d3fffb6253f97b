"""The dates that an article gives for its own publication: in metadata, in a header or dated line, in its URL."""

from __future__ import annotations

import re
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

    def when(self, basis: Basis) -> When | None:
        """The day (or minute) that the stamp names, or null where it has no year or is no date of the calendar."""
        day = None if self.year is None else calendar_day(self.year, self.month, self.day)
        if day is None:
            return None
        if self.clock is None:
            return When(self.text, day.isoformat(), day.isoformat(), "day", None, basis)
        moment = f"{day.isoformat()}T{self.clock}"
        return When(self.text, moment, moment, "minute", None, basis)

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
    day = rf"(?:{weekday},?\s{{1,3}})?(?:"
    day += rf"(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?\s{{1,3}}(?:of\s)?(?P<m1>{month}),?\s{{1,3}}(?P<y1>\d{{4}})\b"
    day += rf"|(?P<m2>{month})\s{{1,3}}(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?,?\s{{1,3}}(?P<y2>\d{{4}})\b"
    day += r"|(?P<y3>\d{4})(?P<s3>[-/.])(?P<m3>\d{1,2})(?P=s3)(?P<d3>\d{1,2})(?!\d)"
    day += r"|(?P<n4>\d{1,2})(?P<s4>[-/.])(?P<n5>\d{1,2})(?P=s4)(?P<y4>\d{4})(?!\d))"
    zones = "|".join(sorted(table("en", "layout")["zones"], key=lambda z: (-len(z), z)))
    clock = r"(?P<h>\d{1,2})(?P<s>[:.h])(?P<min>\d{2})(?!\d)(?::\d{2}(?:\.\d+)?)?(?:\s?(?P<half>[ap])\.?m\b\.?)?"
    clock += r"|(?P<h12>\d{1,2})\s?(?P<half12>[ap])\.?m\b\.?"
    zone = rf"\(?(?P<zone>{zones})\b\)?(?P<by>[+-]\d{{1,2}}(?::\d{{2}})?)?"
    clock = rf"(?:{clock})(?:\s?(?:(?P<z>Z)\b|(?P<off>[+-]\d{{2}}:?\d{{2}})|{zone}))?"
    return _Patterns(re.compile(day, re.IGNORECASE), re.compile(clock, re.IGNORECASE), weekday, month)


_BETWEEN = re.compile(r"(?:T|\s*(?:[-–—|,/•·@]|\bat\b)?\s*)", re.IGNORECASE)


def stamp_at(text: str, start: int) -> tuple[Stamp, int] | None:
    """The date (and time of day) that stands at `start` of `text`, and where it ends; null where none does."""
    patterns = _patterns()
    found = patterns.date.match(text, start)
    if found is None:
        return None
    fields = _day_fields(found)
    if fields is None:
        return None
    end, clock = found.end(), None
    gap = _BETWEEN.match(text, end)
    timed = patterns.clock.match(text, gap.end()) if gap else None
    if timed is not None and (clock := _clock(timed)) is not None:
        end = timed.end()
    return Stamp(text[start:end], *fields, clock), end


def _day_fields(found: re.Match[str]) -> tuple[int, int, int] | None:
    year, month, day = _numbers(found)
    return None if calendar_day(year, month, day) is None else (year, month, day)


def _numbers(found: re.Match[str]) -> tuple[int, int, int]:
    """Year, month and day; a nought for what is ambiguous (03/06/2012 names no day)."""
    if found["d1"]:
        return int(found["y1"]), months()[_bare(found["m1"])], int(found["d1"])
    if found["d2"]:
        return int(found["y2"]), months()[_bare(found["m2"])], int(found["d2"])
    if found["y3"]:
        return int(found["y3"]), int(found["m3"]), int(found["d3"])
    first, second, year = int(found["n4"]), int(found["n5"]), int(found["y4"])
    if first == second or first > 12 or found["s4"] == ".":
        return year, second, first
    return (year, first, second) if second > 12 else (year, 0, 0)


def _bare(month: str) -> str:
    return month.rstrip(".").lower()


def _clock(found: re.Match[str]) -> str | None:
    hour, minute = int(found["h"] or found["h12"]), int(found["min"] or 0)
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
