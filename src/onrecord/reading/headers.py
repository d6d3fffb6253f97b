"""Header lines: a date or a URL above the article, alone or with the text running on after it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache

from onrecord.language.tables import words
from onrecord.model import When
from onrecord.reading.dates import Stamp, clock_at, stamp_at
from onrecord.reading.labels import Byline
from onrecord.reading.paragraphs import Span


@dataclass(frozen=True, slots=True)
class Header:
    """A header `text[start:end]` with what it says: the day of publication or of a later version, a URL, who, where.

    `unsettled` is a date of publication whose day and month are not told apart yet.
    """

    start: int
    end: int
    published: When | None = None
    url: str | None = None
    modified: When | None = None
    unsettled: Stamp | None = None
    byline: Byline | None = None
    place: str | None = None

    @property
    def is_dated(self) -> bool:
        return self.published is not None or self.modified is not None or self.unsettled is not None


_URL = re.compile(r"https?://[^\s<>\"“”]{3,2000}", re.IGNORECASE)
_SPACE = re.compile(r"[\s|•·,;–—-]*")


@cache
def label(name: str) -> re.Pattern[str]:
    """A pattern of the words of a list that open a header, with a colon or a space after them."""
    listed = sorted(words("en", "layout", name), key=lambda one: (-len(one), one))
    return re.compile(r"[\[(]?(?:" + "|".join(map(re.escape, listed)) + r")(?:\s?[:=]\s?|\s)", re.IGNORECASE)


@cache
def _label_alone(name: str) -> re.Pattern[str]:
    listed = sorted(words("en", "layout", name), key=lambda one: (-len(one), one))
    return re.compile(r"(?:" + "|".join(map(re.escape, listed)) + r")\s?:?", re.IGNORECASE)


def header_at(text: str, span: Span, number: int, below: bool = False) -> Header | None:
    """The header that opens a paragraph, or null. `number` counts paragraphs from the top of the text.

    A date with a label or a time of day may have text after it in the same line; a bare date or URL fills its line.
    `below` the first sentences of the text a date is the article's only with a label: bare ones head a list of days.
    """
    return _dated(text, span, number, below) or (_linked(text, span) if number < 3 else None)


def label_at(text: str, span: Span) -> bool | None:
    """Whether a line that is a label and no more (`Last updated`) names a later version; null where it is no label."""
    line = span.of(text)
    if _label_alone("header.updated").fullmatch(line):
        return True
    return False if _label_alone("header.labels").fullmatch(line) and line.lower() != "on" else None


_IN_PRINT = re.compile(r"(?:First\s)?[Pp]ublished\sin\s[^,\n]{2,60},\s(?:on\s)?")


def footer_at(text: str, span: Span, corrected: bool = False, above: bool = False) -> Header | None:
    """A line at the end that dates the article, or null: `Published in The Meridian, May 4th, 2014`.

    Under a correction a date is that of the correction; `above` further sentences it counts only with a label.
    """
    found = _in_print(text, span) or _dated(text, span, number=3, below=above)
    if found is None or not corrected or found.published is None:
        return found
    return replace(found, published=None, modified=found.published)


def _in_print(text: str, span: Span) -> Header | None:
    opened = _IN_PRINT.match(text, span.start, span.end)
    found = stamp_at(text, opened.end()) if opened and opened.end() < span.end else None
    if found is None or text[found[1] : span.end].strip(" ."):
        return None
    return Header(span.start, span.end, found[0].when("header"))


def _linked(text: str, span: Span) -> Header | None:
    opened = label("header.links").match(text, span.start, span.end)
    found = _URL.match(text, opened.end() if opened else span.start, span.end)
    if found is None or found.end() < span.end:
        return None
    return Header(span.start, found.end(), url=found.group())


def _dated(text: str, span: Span, number: int, below: bool) -> Header | None:
    updated = label("header.updated").match(text, span.start, span.end)
    opened = updated or label("header.labels").match(text, span.start, span.end)
    at = opened.end() if opened else span.start
    if at >= span.end or (below and (opened is None or _is_on(text, span))):
        return None
    found = stamp_at(text, at)
    if found is None or found[1] > span.end:
        return _timed(text, span, at) if updated else None
    stamp, end = found
    header = _of_stamp(span, stamp, updated is not None)
    gap = _SPACE.match(text, end, span.end)
    link = _URL.match(text, gap.end() if gap else end, span.end)
    if link is not None:
        return replace(header, end=link.end(), url=link.group())
    rest = text[end : span.end].strip(" .|•·,;)]–—-")
    if rest and not _may_run_on(text, span, number, opened is not None, stamp.clock is not None, rest):
        return None
    return replace(header, end=end) if rest else header


def _of_stamp(span: Span, stamp: Stamp, updated: bool) -> Header:
    when = stamp.when("header")
    if updated:
        return Header(span.start, span.end, modified=when)
    return Header(span.start, span.end, when, unsettled=stamp if stamp.either else None)


def _timed(text: str, span: Span, at: int) -> Header | None:
    """`Updated 3:15 p.m. ET`: a header without a day, which says nothing."""
    found = clock_at(text, at)
    if found is None or text[found[1] : span.end].strip(" .)]"):
        return None
    return Header(span.start, span.end)


def _may_run_on(text: str, span: Span, number: int, labelled: bool, timed: bool, rest: str) -> bool:
    """Text may follow a date with a label (`date 2024-05-17 The talks`) or a time of day, at the top of the text."""
    another = label("header.updated").match(rest) or label("header.labels").match(rest)
    if another is not None and stamp_at(rest, another.end()) is not None:
        return True
    if number > 2 or rest[0].islower():
        return False
    weekday_first = text[span.start : span.start + 3].isalpha()
    return (labelled and not _is_on(text, span)) or (timed and weekday_first)


def _is_on(text: str, span: Span) -> bool:
    """`On 3 June 2012 The ...` opens a sentence; every other label opens a header."""
    return text[span.start : span.start + 3].lower() == "on "
