"""Lines of a head that hold a date among other words of a head: a section, a byline, a place, an outlet."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from onrecord.language.tables import table, words
from onrecord.model import When
from onrecord.model.personal import fold, given_names
from onrecord.reading.datelines import is_listed_place
from onrecord.reading.dates import Stamp, clock_at, month_pattern, stamp_at
from onrecord.reading.headers import Header, label
from onrecord.reading.labels import Byline, bare_byline, byline_line, role_line, section_line
from onrecord.reading.paragraphs import Span

LONGEST = 200
"""A longer line is a paragraph."""
MOST_DATES = 3

Kind = Literal["section", "byline", "name", "role", "reporting", "place", "button", "words"]


@dataclass(frozen=True, slots=True)
class _Dated:
    """A date `text[start:end]` in a line, with the label before it."""

    start: int
    end: int
    stamp: Stamp
    labelled: bool
    updated: bool


@dataclass(frozen=True, slots=True)
class _Piece:
    """What stands between the dates and separators of a line; `joined` to a date that no separator parts from it."""

    span: Span
    kind: Kind
    joined: bool
    byline: Byline | None = None


def dated_line(text: str, span: Span, number: int, below: bool = False) -> Header | None:
    """The header that a whole line is, or null: `OPINION | Jane Doe | 3 May 2024`, `Reporting from Lima, 3 May 2024`.

    Every piece of such a line is a word of a head, and none is prose. A piece that is only words with capitals counts
    beside a surer one, or under the headline. `below` the first sentences one of the dates must have a label.
    """
    if span.end - span.start > LONGEST or "\n" in span.of(text):
        return None
    dates = _dates(text, span)
    if not dates or (below and not any(one.labelled for one in dates)):
        return None
    pieces = []
    for piece in _pieces(text, span, dates):
        if piece is None:
            return None
        pieces.append(piece)
    if not _is_head(text, span, number, dates, pieces):
        return None
    return _header(text, span, dates, pieces)


def _dates(text: str, span: Span) -> list[_Dated]:
    """The dates of a line, with the labels before them."""
    found: list[_Dated] = []
    at = span.start
    while at < span.end and len(found) <= MOST_DATES:
        start = _word(text, at, span.end)
        if start is None:
            break
        stamped = stamp_at(text, start)
        if stamped is None or stamped[1] > span.end:
            at = start + 1
            continue
        found.append(_labelled(text, span, start, stamped))
        at = stamped[1]
    return found if len(found) <= MOST_DATES else []


_WORD = re.compile(r"(?<![\w/.-])[A-Za-z0-9]")


def _word(text: str, at: int, end: int) -> int | None:
    found = _WORD.search(text, at, end)
    return found.start() if found else None


def _labelled(text: str, span: Span, start: int, stamped: tuple[Stamp, int]) -> _Dated:
    """The date with the label that ends where it starts."""
    stamp, end = stamped
    for name, updated in (("header.updated", True), ("header.labels", False)):
        for width in (3, 2, 1):
            opened = _words_before(text, span, start, width)
            if opened is not None and (found := label(name).match(text, opened, start)) and found.end() == start:
                return _Dated(opened, end, stamp, text[opened:start].strip().lower() != "on", updated)
    return _Dated(start, end, stamp, False, False)


def _words_before(text: str, span: Span, start: int, width: int) -> int | None:
    """Where the last `width` words before `start` begin."""
    found = [*re.finditer(r"[^\s|•·,;()\[\]–—]+", text[span.start : start])]
    return span.start + found[-width].start() if len(found) >= width else None


_SEPARATOR = re.compile(r"\s*(?:[|•·;,\t()\[\]►»›]|\s[-–—/]\s|\s{2,}|(?<=[a-z]{2})\.(?=\s[A-Z]))\s*")
_EDGE = " \t\xa0|•·;,()[]►»›–—-:/."


def _pieces(text: str, span: Span, dates: Sequence[_Dated]) -> Iterator[_Piece | None]:
    """The pieces between the dates; a null for one that is no word of a head."""
    at = span.start
    for index, one in enumerate([*dates, None]):
        end = one.start if one else span.end
        yield from _between(text, Span(at, end), after=index > 0, before=one is not None)
        at = one.end if one else span.end


def _between(text: str, gap: Span, after: bool, before: bool) -> Iterator[_Piece | None]:
    cuts = [gap.start, *(at for found in _SEPARATOR.finditer(text, gap.start, gap.end) for at in found.span()), gap.end]
    stretches = list(zip(cuts[::2], cuts[1::2], strict=True))
    for index, (start, end) in enumerate(stretches):
        joined = (index == 0 and after) or (index == len(stretches) - 1 and before)
        bare = _bare(text, start, end)
        if bare is not None:
            yield _piece(text, bare, joined)


@cache
def _binding() -> re.Pattern[str]:
    """Words that bind a piece to a date: `on`, `at`."""
    listed = "|".join(sorted(words("en", "layout", "header.binding")))
    return re.compile(rf"(?:^|\s)(?:{listed})$|^(?:{listed})(?:\s|$)", re.IGNORECASE)


def _bare(text: str, start: int, end: int) -> Span | None:
    """A stretch without separators and binding words at its ends, or null where nothing else is in it."""
    while start < end:
        if text[start] in _EDGE:
            start += 1
        elif text[end - 1] in _EDGE and not (text[end - 1] == "." and text[end - 2 : end - 1].isupper()):
            end -= 1
        elif found := _binding().search(text[start:end]):
            start, end = (start + found.end(), end) if found.start() == 0 else (start, start + found.start())
        else:
            return Span(start, end)
    return None


def _piece(text: str, span: Span, joined: bool) -> _Piece | None:
    said = span.of(text)
    if section_line(text, span) or said.lower() in words("en", "layout", "header.opinions"):
        return _Piece(span, "section", joined)
    if _is_button(said) or _is_clock(said) or _is_yearless(said):
        return _Piece(span, "button", joined)
    if _reporting().fullmatch(said):
        return _Piece(span, "reporting", joined)
    byline = _posted(text, span) or _of_opinion(text, span) or byline_line(text, span) or bare_byline(text, span)
    if byline is not None:
        return _Piece(span, "byline", joined, byline)
    if said.lower() in words("en", "layout", "byline.roles") or role_line(text, span):
        return _Piece(span, "role", joined)
    if is_listed_place(said):
        return _Piece(span, "place", joined)
    return _capitalised(span, said, joined)


def _of_opinion(text: str, span: Span) -> Byline | None:
    """`Opinion by Jane Doe`: the writer."""
    first, _, rest = span.of(text).partition(" ")
    start = span.start + len(first) + 1
    is_labelled = first.lower() in words("en", "layout", "header.opinions") and rest[:3].lower() == "by "
    if not is_labelled or not _NAME.fullmatch(rest[3:]):
        return None
    return Byline(start, span.end, (rest[3:],))


def _capitalised(span: Span, said: str, joined: bool) -> _Piece | None:
    """A few words with capitals: a person's where the first is a given name, else a place's or an outlet's."""
    if not _CAPITALISED.fullmatch(said) or said.split()[0].lower().strip(".") in words(
        "en", "layout", "header.not_head"
    ):
        return None
    names = _NAME.fullmatch(said)
    if names and fold(said.split()[0]) in given_names() and not _is_outlet(said):
        return _Piece(span, "name", joined, Byline(span.start, span.end, (said,)))
    return _Piece(span, "words", joined)


_UPPER = "A-ZÀ-ÖØ-Þ"
_CAPITALISED = re.compile(
    rf"(?:[{_UPPER}][\w.'’&-]*|\d{{1,2}})(?:\s(?:[{_UPPER}0-9][\w.'’&-]*|&|of|the|de|la|el|and)){{0,5}}"
)
_NAME = re.compile(rf"[{_UPPER}][\w.'’-]+(?:\s[{_UPPER}][\w.'’-]*){{1,3}}")


def _is_outlet(said: str) -> bool:
    return bool({part.lower() for part in said.split()} & words("en", "layout", "dateline.agencies"))


@cache
def _reporting() -> re.Pattern[str]:
    opened = "|".join(sorted(words("en", "layout", "header.reporting")))
    return re.compile(rf"(?i:{opened})\s(?P<place>{_CAPITALISED.pattern}(?:,\s{_CAPITALISED.pattern})?)")


def _posted(text: str, span: Span) -> Byline | None:
    """`Posted by Jane Doe`: the name, where it is a person's and not an outlet's."""
    opened = label("header.posters").match(text, span.start, span.end)
    if opened is None:
        return None
    name = text[opened.end() : span.end]
    is_person = _NAME.fullmatch(name) and fold(name.split()[0]) in given_names() and not _is_outlet(name)
    return Byline(span.start, span.end, (name,) if is_person else ())


def _is_button(said: str) -> bool:
    plain = said.lower()
    return plain in words("en", "layout", "boilerplate.lines") or _buttons().fullmatch(plain) is not None


@cache
def _buttons() -> re.Pattern[str]:
    listed: list[str] = table("en", "layout")["header"]["buttons"]
    return re.compile("|".join(f"(?:{pattern})" for pattern in listed))


def _is_clock(said: str) -> bool:
    """A time of day, with or without the label of a later version before it."""
    opened = label("header.updated").match(said) or label("header.labels").match(said)
    at = opened.end() if opened else 0
    found = clock_at(said, at)
    return found is not None and found[1] == len(said)


@cache
def _yearless() -> re.Pattern[str]:
    month = month_pattern()
    return re.compile(rf"(?:{month}\s\d{{1,2}}(?:st|nd|rd|th)?|\d{{1,2}}(?:st|nd|rd|th)?\s{month})", re.IGNORECASE)


def _is_yearless(said: str) -> bool:
    """`Last updated: May 6`: a day without its year after a label, which is left alone."""
    opened = label("header.updated").match(said) or label("header.labels").match(said)
    return opened is not None and _yearless().fullmatch(said, opened.end()) is not None


def _is_head(text: str, span: Span, number: int, dates: Sequence[_Dated], pieces: Sequence[_Piece]) -> bool:
    """Whether dates and pieces make a line of a head: words stand beside a surer piece, and none runs into a date."""
    if text[span.end - 1] in "?!:" or (any(one.kind == "words" for one in pieces) and text[span.end - 1] == "."):
        return False
    if any(_runs_into_date(text, one, alone=number in UNDER_HEADLINE and len(pieces) == 1) for one in pieces):
        return False
    sure = any(one.labelled for one in dates) or any(one.kind not in ("words", "name", "role") for one in pieces)
    loose = [one for one in pieces if one.kind in ("words", "name")]
    return not loose or sure or number > 0 or not pieces


UNDER_HEADLINE = range(1, 5)
"""The paragraphs among which a line may be no more than a writer's name and a date."""


def _runs_into_date(text: str, piece: _Piece, alone: bool) -> bool:
    """Whether words stand beside a date with nothing between: a headline's end, if they are no writer's or outlet's."""
    if not piece.joined or piece.kind not in ("name", "words", "place") or _is_parted(text, piece):
        return False
    return not (_is_outlet(piece.span.of(text)) or (alone and piece.kind == "name"))


def _is_parted(text: str, piece: _Piece) -> bool:
    """Whether a separator stands on each side of a piece that has a date beside it, or the line's end."""
    before = re.search(r"\S?\s*$", text[max(0, piece.span.start - 6) : piece.span.start])
    after = re.match(r"\s*(\S?)", text[piece.span.end : piece.span.end + 6])
    left = before.group().strip() if before else ""
    right = after.group(1) if after else ""
    return not left.isalnum() and not right.isalnum()


def _header(text: str, span: Span, dates: Sequence[_Dated], pieces: Sequence[_Piece]) -> Header:
    header = Header(span.start, span.end, byline=_byline(text, pieces), place=_place(text, pieces))
    for one in dates:
        when = one.stamp.when("header")
        if one.updated:
            header = replace(header, modified=header.modified or when)
        elif header.published is None and header.unsettled is None:
            header = replace(header, published=when, unsettled=one.stamp if one.stamp.either else None)
    if header.modified is None and header.published is not None:
        header = replace(header, modified=_modified_at(text, pieces, header.published))
    return header


def _modified_at(text: str, pieces: Sequence[_Piece], published: When) -> When | None:
    """`3 May 2024, updated 3:15 p.m. ET`: the minute of the later version, on the day that the line gives."""
    for piece in pieces:
        said = piece.span.of(text)
        opened = label("header.updated").match(said)
        found = clock_at(said, opened.end()) if opened else None
        if found is not None and published.earliest is not None:
            moment = f"{published.earliest[:10]}T{found[0]}"
            return When(said, moment, moment, "minute", None, "header")
    return None


def _byline(text: str, pieces: Sequence[_Piece]) -> Byline | None:
    """The byline among the pieces: one with "By", else a person's name, or the only name after an opinion's label."""
    names = [one.byline for one in pieces if one.kind == "name" and one.byline is not None]
    for piece in pieces:
        if piece.kind == "byline" and piece.byline is not None and piece.byline.names:
            more = [one for one in names if one.start > piece.byline.end]
            end = more[-1].end if more else piece.byline.end
            return Byline(
                piece.byline.start, end, piece.byline.names + tuple(name for one in more for name in one.names)
            )
    if len(names) == 1:
        return names[0]
    unknown = [one.span for one in pieces if one.kind == "words" and _NAME.fullmatch(one.span.of(text))]
    opinion = any(one.span.of(text).lower() in words("en", "layout", "header.opinions") for one in pieces)
    if names or not opinion or len(unknown) != 1 or _is_outlet(unknown[0].of(text)):
        return None
    return Byline(unknown[0].start, unknown[0].end, (unknown[0].of(text),))


def _place(text: str, pieces: Sequence[_Piece]) -> str | None:
    for piece in pieces:
        found = _reporting().fullmatch(piece.span.of(text)) if piece.kind == "reporting" else None
        if found is not None:
            return found["place"]
    return next((piece.span.of(text) for piece in pieces if piece.kind == "place"), None)
