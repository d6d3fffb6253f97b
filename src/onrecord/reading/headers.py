"""Header lines: a date or a URL above the article, alone or with the text running on after it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache

from onrecord.language.tables import words
from onrecord.model import When
from onrecord.reading.dates import stamp_at
from onrecord.reading.paragraphs import Span


@dataclass(frozen=True, slots=True)
class Header:
    """A header `text[start:end]` with the date or the URL that it gives; `updated` where it dates a later version."""

    start: int
    end: int
    when: When | None = None
    url: str | None = None
    updated: bool = False


_URL = re.compile(r"https?://[^\s<>\"“”]{3,2000}", re.IGNORECASE)
_SPACE = re.compile(r"[\s|•·,;–—-]*")


@cache
def _label(name: str) -> re.Pattern[str]:
    listed = sorted(words("en", "layout", name), key=lambda label: (-len(label), label))
    return re.compile(r"[\[(]?(?:" + "|".join(map(re.escape, listed)) + r")(?:\s?[:=]\s?|\s)", re.IGNORECASE)


def header_at(text: str, span: Span, number: int) -> Header | None:
    """The header that opens a paragraph, or null. `number` counts paragraphs from the top of the text.

    A date with a label or a time of day may have text after it in the same line; a bare date or URL fills its line.
    """
    return _dated(text, span, number) or (_linked(text, span) if number < 3 else None)


_IN_PRINT = re.compile(r"(?:First\s)?[Pp]ublished\sin\s[^,\n]{2,60},\s(?:on\s)?")


def footer_at(text: str, span: Span) -> Header | None:
    """A line at the end that dates the article, or null: `Published in The Meridian, May 4th, 2014`."""
    label = _IN_PRINT.match(text, span.start, span.end)
    if label is None:
        return _dated(text, span, number=3)
    found = stamp_at(text, label.end()) if label.end() < span.end else None
    if found is None or text[found[1] : span.end].strip(" ."):
        return None
    return Header(span.start, span.end, found[0].when("header"))


def _linked(text: str, span: Span) -> Header | None:
    label = _label("header.links").match(text, span.start, span.end)
    found = _URL.match(text, label.end() if label else span.start, span.end)
    if found is None or found.end() < span.end:
        return None
    return Header(span.start, found.end(), url=found.group())


def _dated(text: str, span: Span, number: int) -> Header | None:
    updated = _label("header.updated").match(text, span.start, span.end)
    label = updated or _label("header.labels").match(text, span.start, span.end)
    at = label.end() if label else span.start
    found = stamp_at(text, at) if at < span.end else None
    if found is None or found[1] > span.end:
        return None
    stamp, end = found
    when = stamp.when("header")
    if when is None:
        return None
    when = replace(when, text=stamp.text)
    gap = _SPACE.match(text, end, span.end)
    link = _URL.match(text, gap.end() if gap else end, span.end)
    if link is not None:
        return Header(span.start, link.end(), when, link.group(), updated is not None)
    rest = text[end : span.end].strip(" .|•·,;)]–—-")
    if rest and not _may_run_on(text, span, number, label is not None, stamp.clock is not None, rest):
        return None
    return Header(span.start, end if rest else span.end, when, None, updated is not None)


def _may_run_on(text: str, span: Span, number: int, labelled: bool, timed: bool, rest: str) -> bool:
    """Text may follow a date with a label (`date 2024-05-17 The talks`) or a time of day, at the top of the text."""
    another = _label("header.updated").match(rest) or _label("header.labels").match(rest)
    if another is not None and stamp_at(rest, another.end()) is not None:
        return True
    if number > 2 or rest[0].islower():
        return False
    weekday_first = text[span.start : span.start + 3].isalpha()
    return (labelled and not _is_on(text, span)) or (timed and weekday_first)


def _is_on(text: str, span: Span) -> bool:
    """`On 3 June 2012 The ...` opens a sentence; every other label opens a header."""
    return text[span.start : span.start + 3].lower() == "on "
