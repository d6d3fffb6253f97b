"""Datelines: the place, day and agency that open an agency's report, told by form and never by name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from onrecord.language.tables import words
from onrecord.reading.dates import Stamp, month_pattern, months, weekday_pattern


@dataclass(frozen=True, slots=True)
class Dateline:
    """A dateline `text[start:end]`: the place as written and the day, null where it gives none."""

    start: int
    end: int
    place: str | None
    stamp: Stamp | None
    strict: bool
    """It has a day or an agency: with its place in capitals, such a form opens a report wherever it stands."""


LEAST_CAPITALS = 4
"""A place in capitals before a colon has this many letters: shorter ones are agencies and offices."""

_SPEAKERS = re.compile(r"^[ \t]*[A-Z][A-Z .'’-]{2,30}:\s", re.MULTILINE)
"""Two lines that open so are a transcript."""

_UPPER = "A-ZÀ-ÖØ-Þ"
_CAPITALS = rf"[{_UPPER}][{_UPPER}.'’]+(?:-[{_UPPER}][{_UPPER}.'’]*)*"
_TITLED = rf"[{_UPPER}][\w.'’]*(?:-[\w.'’]+)*"


@cache
def _pattern() -> re.Pattern[str]:
    month, weekday = month_pattern(), weekday_pattern()
    no_date = rf"(?!(?:{month}|{weekday})[\s,.\d])"
    capitals = rf"{no_date}{_CAPITALS}(?:(?:\s(?:&\s)?|/)(?:{_CAPITALS}|[{_UPPER}]\.|de|la|el|al|of|and)){{0,4}}"
    titled = rf"{no_date}{_TITLED}(?:(?:\s(?:&\s)?|/)(?:{_TITLED}|de|la|el|al|of|and)){{0,3}}"
    region = rf"(?:\s?,\s?{no_date}{_TITLED}(?:\s(?:{_TITLED}|province|region|state|county|and|of)){{0,2}}){{0,2}}"
    day = rf"(?:{weekday},?\s)?(?:(?P<m1>{month})\s?(?P<d1>\d{{1,2}})|(?P<d2>\d{{1,2}})\s(?P<m2>{month}))"
    day += r"(?:st|nd|rd|th)?(?:,?\s(?P<y>\d{4}))?(?!\d)"
    agency = r"(?P<agency>\([^()\n]{2,40}\)|/[^/\n]{2,30}/|\[[^\[\]\n]{2,40}\])"
    paren = rf"\((?P<paren>(?:(?P<m3>{month})\s?(?P<d3>\d{{1,2}})|(?P<d4>\d{{1,2}})\s(?P<m4>{month}))"
    paren += r"(?:,?\s(?P<y3>\d{4}))?)\)"
    return re.compile(
        rf"(?P<place>(?:(?P<capitals>{capitals})(?![a-z])|{titled}){region})"
        rf"(?:\s?[,.]?\s?(?:[-–—]\s)?(?P<day>{day}))?(?P<stop>\.|,)?"
        rf"(?:\s?{paren})?(?:\s?[-–—]?\s?{agency}(?P<stop2>\.)?)?"
        rf"\s{{0,2}}(?P<mark>--|[-–—―‒_]+|:)?"
    )


@cache
def _agency_pattern() -> re.Pattern[str]:
    """An agency's own name and a day, without a place: `Agency News, 5 November - `."""
    month = month_pattern()
    day = rf"(?:(?P<m1>{month})\s(?P<d1>\d{{1,2}})|(?P<d2>\d{{1,2}})\s(?P<m2>{month}))(?:,?\s(?P<y>\d{{4}}))?"
    return re.compile(rf"(?P<who>\w[\w .&/'’\-]{{2,60}}),\s(?P<day>{day})\s?(?:--|[-–—])(?=\s)")


def dateline_at(text: str, start: int, end: int, first: bool = True, early: bool = True) -> Dateline | None:
    """The dateline that opens `text[start:end]`, or null; `first` where no body stands before it, `early` near the top.

    Only the first paragraph may open with a place before a dash or a colon with no day or agency, and only an early one
    with a place in small letters: elsewhere these are asides and speakers.
    """
    window = text[start : min(end, start + 200)]
    found = _pattern().match(window)
    if found is None or not _is_place(found["place"]):
        return _agency_dateline(window, start)
    rest = window[found.end() :]
    strict = _is_strict(found, rest)
    known = strict or not first or _is_borne_out(found["place"], text)
    if not (strict and (early or found["capitals"])) and not (first and _is_loose(found, rest, window, text)):
        return _agency_dateline(window, start)
    place = re.sub(r"\s+,", ",", found["place"]).strip(" .,-/") if known else None
    return Dateline(start, start + found.end(), place, _stamp(found), strict)


def _is_borne_out(place: str, text: str) -> bool:
    """A place that neither a day nor an agency marks as one is a known city or country, or the text says "in" it."""
    first = re.split(r"\s?,", place)[0].strip(" .")
    if is_listed_place(first):
        return True
    return re.search(rf"\b(?:in|at|near|outside|across)\s{re.escape(first)}\b", text, re.IGNORECASE) is not None


def is_listed_place(place: str) -> bool:
    """Whether a place as written is a capital, a large city or a country of the lists."""
    first = re.split(r"\s?[,/]", place)[0].strip(" .").lower()
    return first in words("en", "layout", "dateline.places") or first in _countries()


@cache
def _countries() -> frozenset[str]:
    from babel import Locale  # A tenth of a second, which only a loose dateline needs.

    return frozenset(name.lower() for name in Locale("en").territories.values())


def _agency_dateline(window: str, start: int) -> Dateline | None:
    found = _agency_pattern().match(window)
    if found is None or not _tokens(found["who"]) & words("en", "layout", "dateline.agencies"):
        return None
    return Dateline(start, start + found.end(), None, _stamp(found), True)


def _tokens(name: str) -> set[str]:
    return set(re.findall(r"[^\W\d_]+", name.lower()))


def _is_place(name: str) -> bool:
    first = re.split(r"\s?,", name)[0].lower().strip(" .")
    if _tokens(first) & words("en", "layout", "dateline.agencies"):
        return False
    return first not in words("en", "layout", "dateline.not_places") and first not in words(
        "en", "layout", "section.labels"
    )


def _opens(rest: str) -> bool:
    """What follows a dateline opens a sentence, or nothing follows."""
    bare = rest.lstrip(" \t\xa0\u2009\"'“‘«([¿")
    return not bare or bare[0].isupper() or bare[0].isdigit()


def _is_strict(found: re.Match[str], rest: str) -> bool:
    """A day with an agency, a mark or a stop after it; an agency with a mark, or between slashes."""
    day, agency, mark = found["day"] or found["paren"], found["agency"], found["mark"]
    stop = found["stop2"] or (found["stop"] if found["stop"] == "." else None)
    if agency and not _is_agency(agency):
        return False
    if not _opens(rest):
        # A name in small letters may follow a day, an agency and a dash together.
        return bool(day and agency and mark)
    if day:
        return bool(agency or mark or (stop and found["capitals"]))
    return bool(agency) and bool(mark or stop or agency.startswith("/"))


def _is_agency(words_in: str) -> bool:
    """Capitals between brackets or slashes, and not a party and a state (`R-Texas`)."""
    inner = words_in[1:-1].strip()
    return inner[:1].isupper() and not re.match(r"[A-Z]-[A-Z]", inner) and not inner.isdigit()


def _is_loose(found: re.Match[str], rest: str, window: str, text: str) -> bool:
    """`ATHENS — The`, `Lima, Peru – The` and `NEW DELHI: The`, which only a text's first paragraph may open with."""
    mark = found["mark"]
    if found["day"] or found["paren"] or found["agency"] or found["stop"] or mark is None:
        return False
    if not _opens(rest) or not (rest[:1].isspace() or (mark == "--" and found["capitals"])) or not _is_prose(rest):
        return False
    if mark == ":":
        capitals = len(found["capitals"] or "") >= LEAST_CAPITALS and len(_SPEAKERS.findall(text)) < 2
        return capitals or is_listed_place(found["place"])
    spaced = window[found.start("mark") - 1].isspace() or mark == "--"
    # A second dash soon after makes the first an aside ("Jane Doe – President of the board – said").
    return spaced and (bool(found["capitals"]) or not re.search(r"\s[-–—]+\s", rest[:100]))


def _is_prose(rest: str) -> bool:
    """What follows is a sentence and not a title: eight words, not all of the longer ones with capitals."""
    tokens = re.findall(r"[^\W\d_]{4,}", rest)
    return len(re.findall(r"\w+", rest)) >= 8 and sum(token[0].islower() for token in tokens) >= 0.2 * len(tokens)


def _stamp(found: re.Match[str]) -> Stamp | None:
    fields = found.groupdict()
    words_in = fields["day"] or fields.get("paren")
    if not words_in:
        return None
    month = next(fields[name] for name in ("m1", "m2", "m3", "m4") if fields.get(name))
    day = int(next(fields[name] for name in ("d1", "d2", "d3", "d4") if fields.get(name)))
    year = fields["y"] or fields.get("y3")
    if not 1 <= day <= 31:
        return None
    return Stamp(words_in.strip(), int(year) if year else None, months()[month.rstrip(".").lower()], day)
