"""A text's layout: which stretch is header, headline, byline, dateline, body, caption, section label or boilerplate."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from onrecord.language.tables import words
from onrecord.model import Role, TextPart, When
from onrecord.reading.boilerplate import boilerplate
from onrecord.reading.dated_lines import dated_line
from onrecord.reading.datelines import Dateline, dateline_at
from onrecord.reading.dates import Stamp, stamp_at
from onrecord.reading.headers import Header, footer_at, header_at, label_at
from onrecord.reading.labels import (
    bare_byline,
    byline_at,
    byline_line,
    caption_line,
    caption_pieces,
    credits_line,
    role_line,
    section_line,
)
from onrecord.reading.paragraphs import BLANK, CLOSERS, STOPS, Span, paragraphs, sentences, trimmed

LONGEST_HEADLINE = 170
HEADLINE_WORDS = 25
STANDFIRST_WORDS = 50
HEAD = 14
"""The head of an article ends at the latest after this many paragraphs."""
EARLY = 4
"""A dateline may stand under a headline that was taken for a sentence, and a standfirst or two."""
FOOT = 4
"""A line that dates the article may stand among so many at the end."""
ABOVE = 2500
"""So many characters above a date say whether it is that of a correction."""
OPENING, LONGEST_OPENING = 3, 1000
"""So many paragraphs, and so many characters of each, are searched for the day that "today" is."""
BELOW = 2
"""Below so many full sentences a date without a label is no longer the article's: it heads a list of days."""


@dataclass(frozen=True, slots=True)
class Layout:
    """The parts of a text, in order and apart from each other, and what its head says of its origin."""

    parts: tuple[TextPart, ...]
    authors: tuple[str, ...] = ()
    url: str | None = None
    dates: tuple[When, ...] = ()
    """The dates of header lines and dated lines, as they stand."""
    modified: When | None = None
    dateline: Dateline | None = None
    unsettled: tuple[Stamp, ...] = ()
    """The dates of header lines whose day and month are not told apart by the text."""
    place: str | None = None
    """The place that a header line gives beside its date."""


@dataclass(slots=True)
class _Walk:
    """The walk over a text's paragraphs: what was found so far."""

    text: str
    parts: list[TextPart] = field(default_factory=list)
    authors: list[str] = field(default_factory=list)
    dates: list[When] = field(default_factory=list)
    url: str | None = None
    modified: When | None = None
    dateline: Dateline | None = None
    unsettled: list[Stamp] = field(default_factory=list)
    place: str | None = None
    headline: bool = False
    standfirsts: int = 0
    in_head: bool = True
    seen: int = 0

    def add(self, start: int, end: int, role: Role) -> None:
        span = trimmed(self.text, start, end)
        if span is not None:
            self.parts.append(TextPart(span.start, span.end, role))


def lay_out(text: str, marked: Sequence[TextPart] = ()) -> Layout:
    """The layout of a text; `marked` are paragraphs whose role is known already (a page's headline, its captions)."""
    known = {part.start: part.role for part in marked}
    spans = paragraphs(text)
    walk = _Walk(text, headline="headline" in known.values(), standfirsts=2 if marked else 0)
    rest = list(_after_headers(walk, spans))
    pieces = list(_pieces(rest, boilerplate(text, [s for s in rest if s.start not in known])))
    sentences_ahead = _full_paragraphs(text, pieces)
    for number, (span, is_boilerplate) in enumerate(pieces):
        if is_boilerplate:
            walk.add(span.start, span.end, "boilerplate")
        elif (role := known.get(span.start)) is not None:
            walk.add(span.start, span.end, role)
        else:
            _place(walk, span, ahead=sentences_ahead[number])
    walk.parts.sort(key=lambda part: part.start)
    if (stated := _stated_today(walk)) is not None:
        walk.dates.append(stated)
    return Layout(
        tuple(walk.parts), tuple(dict.fromkeys(walk.authors)), walk.url, tuple(dict.fromkeys(walk.dates)),
        walk.modified, walk.dateline, tuple(dict.fromkeys(walk.unsettled)), walk.place,
    )  # fmt: skip


def _stated_today(walk: _Walk) -> When | None:
    """The day that the first paragraphs give for "today": `Police today (3 May 2024) found`; null where none does."""
    for part in [part for part in walk.parts if part.role == "body"][:OPENING]:
        found = _TODAY.search(walk.text, part.start, min(part.end, part.start + LONGEST_OPENING))
        stamped = stamp_at(walk.text, found.end()) if found else None
        if stamped is not None and walk.text[stamped[1] : stamped[1] + 1] == ")":
            return stamped[0].when("stated")
    return None


_TODAY = re.compile(r"\b[Tt]oday\s\(")


def _after_headers(walk: _Walk, spans: Sequence[Span]) -> Iterator[Span]:
    """The paragraphs without the header lines among the first of them; text that runs on after a header stays."""
    sentences_seen, number = 0, 0
    last = max((at for at, span in enumerate(spans) if _is_sentence(walk.text, span)), default=-1)
    while number < len(spans):
        span, below = spans[number], sentences_seen >= BELOW
        if (taken := _take_labelled(walk, spans, number)) is not None:
            number = taken
            continue
        rest: Span | None = span
        while (
            rest is not None
            and (header := _header(walk.text, rest, (number, len(spans)), (below, number < last))) is not None
        ):
            _take_header(walk, header)
            rest = trimmed(walk.text, header.end, rest.end)
        if rest is not None:
            sentences_seen += _is_sentence(walk.text, rest)
            yield rest
        number += 1


def _take_labelled(walk: _Walk, spans: Sequence[Span], number: int) -> int | None:
    """The paragraph after a label in a line of its own and the date under it, which are taken; null where none is."""
    if number + 1 >= len(spans) or number >= HEAD or (updated := label_at(walk.text, spans[number])) is None:
        return None
    header = header_at(walk.text, spans[number + 1], number + 1)
    if header is None or header.end < spans[number + 1].end or not header.is_dated:
        return None
    walk.add(spans[number].start, spans[number].end, "header")
    if updated and header.published is not None:
        header = replace(header, published=None, modified=header.published)
    _take_header(walk, header)
    return number + 2


def _header(text: str, span: Span, place: tuple[int, int], sentences_by: tuple[bool, bool]) -> Header | None:
    """The header that opens a paragraph of the head, or the line among the last that dates the article.

    `place` is the paragraph's number and how many there are; `sentences_by` says whether sentences stand above (more
    than a standfirst's) and below it.
    """
    (number, count), (below, above) = place, sentences_by
    if number < HEAD:
        found = dated_line(text, span, number, below) or header_at(text, span, number, below)
        if found is not None or number < count - FOOT:
            return found
    return footer_at(text, span, _is_under_correction(text, span), above) if number >= count - FOOT else None


def _is_under_correction(text: str, span: Span) -> bool:
    """Whether the last words above a line say that something was put right."""
    above = text[max(0, span.start - ABOVE) : span.start].lower()
    return any(phrase in above for phrase in words("en", "layout", "header.corrections"))


def _take_header(walk: _Walk, header: Header) -> None:
    walk.url = walk.url or header.url
    walk.place = walk.place or header.place
    walk.modified = walk.modified or header.modified
    if header.published is not None:
        walk.dates.append(header.published)
    if header.unsettled is not None:
        walk.unsettled.append(header.unsettled)
    _add_header(walk, header)


def _add_header(walk: _Walk, header: Header) -> None:
    """The header's part, with the byline in it as a part of its own."""
    if header.byline is None:
        walk.add(header.start, header.end, "header")
        return
    walk.authors += header.byline.names
    _add_stripped(walk, header.start, header.byline.start)
    walk.add(header.byline.start, header.byline.end, "byline")
    _add_stripped(walk, header.byline.end, header.end)


def _add_stripped(walk: _Walk, start: int, end: int) -> None:
    """A header's part without the signs that part it from a byline."""
    stretch = walk.text[start:end]
    bare = stretch.strip(BLANK + "|•·;,–—-/") if any(c.isalnum() for c in stretch) else ""
    if bare:
        walk.add(start + stretch.index(bare), start + stretch.index(bare) + len(bare), "header")


def _pieces(spans: Sequence[Span], marked: Sequence[Span]) -> Iterator[tuple[Span, bool]]:
    """The paragraphs cut where boilerplate begins and ends in them, each piece with whether it is boilerplate."""
    waiting = iter(marked)
    one = next(waiting, None)
    for span in spans:
        at = span.start
        while one is not None and one.start < span.end:
            if one.start > at:
                yield Span(at, one.start), False
            yield one, True
            at = one.end
            one = next(waiting, None)
        if at < span.end:
            yield Span(at, span.end), False


def _full_paragraphs(text: str, pieces: Sequence[tuple[Span, bool]]) -> list[bool]:
    """For each piece, whether one of the six after it is a full sentence: a head has a body under it."""
    kept = [number for number, (_, dropped) in enumerate(pieces) if not dropped]
    full = [_is_sentence(text, pieces[number][0]) for number in kept]
    ahead = {number: any(full[at + 1 : at + 7]) for at, number in enumerate(kept)}
    return [ahead.get(number, False) for number in range(len(pieces))]


def _is_sentence(text: str, span: Span) -> bool:
    line = span.of(text)
    return len(line.split()) >= 8 and line.rstrip(CLOSERS + " ")[-1:] in (".", "!", "?", "…", ":")


def _place(walk: _Walk, span: Span, ahead: bool) -> None:
    trimmed_span = trimmed(walk.text, span.start, span.end)
    if trimmed_span is None:
        return
    span = trimmed_span
    walk.seen += 1
    if walk.in_head and walk.seen <= HEAD and _place_in_head(walk, span, ahead):
        return
    first, walk.in_head = walk.in_head, False
    _place_in_body(walk, span, first)


def _place_in_head(walk: _Walk, span: Span, ahead: bool) -> bool:
    """Whether the paragraph belongs to the head; if so it is placed."""
    text = walk.text
    if section_line(text, span) and ahead:
        walk.add(span.start, span.end, "section")
        return True
    byline = byline_line(text, span) or (bare_byline(text, span) if walk.headline else None)
    if byline is not None:
        walk.authors += byline.names
        walk.add(span.start, span.end, "byline")
        return True
    if walk.parts and walk.parts[-1].role == "byline" and role_line(text, span):
        walk.add(span.start, span.end, "byline")
        return True
    if caption_line(text, span):
        walk.add(span.start, span.end, "caption")
        return True
    return ahead and dateline_at(text, span.start, span.end) is None and _place_title(walk, span)


def _place_title(walk: _Walk, span: Span) -> bool:
    if not walk.headline and _is_headline(walk.text, span):
        walk.headline = True
        walk.add(span.start, span.end, "headline")
        return True
    if walk.headline and walk.standfirsts < 2 and _is_standfirst(walk.text, span):
        walk.standfirsts += 1
        walk.add(span.start, span.end, "standfirst")
        return True
    return False


_BULLET = re.compile(r"(?:[-–—•*·▪●◾✅➡]|\d{1,2}[.)])\s")


def _is_headline(text: str, span: Span) -> bool:
    """A short line without a closing full stop, or with one where it is written with capitals throughout."""
    line = span.of(text)
    tokens = line.split()
    if not 3 <= len(tokens) <= HEADLINE_WORDS or len(line) > LONGEST_HEADLINE or _BULLET.match(line):
        return False
    # A comma inside a closing quotation mark is speech, and three words in capitals may be a name.
    if line[-1] in ":,;" or re.search(r",[\"”’]\s", line) or (len(tokens) == 3 and line.isupper()):
        return False
    if _is_titled(tokens):
        return True
    bare = line.rstrip(CLOSERS)
    one = len(list(sentences(text, span))) == 1
    return one and (not bare.endswith(".") or bare.endswith("..."))


def _is_titled(tokens: Sequence[str]) -> bool:
    """Nearly all longer words of a title in capitals begin with one; short ones (of, to, with) need not."""
    long = [token.strip("\"'“”‘’(),.:;?!-–—…") for token in tokens]
    long = [token for token in long if len(token) > 4 and token[0].isalpha()]
    return len(long) >= 3 and sum(token[0].isupper() for token in long) >= 0.9 * len(long)


def _is_standfirst(text: str, span: Span) -> bool:
    """A line of one sentence under the headline, without a closing stop."""
    line = span.of(text)
    if not 5 <= len(line.split()) <= STANDFIRST_WORDS or _BULLET.match(line) or line[-1] in ":,;":
        return False
    return line.rstrip(CLOSERS)[-1:] not in (*STOPS,) and len(list(sentences(text, span))) == 1


def _place_in_body(walk: _Walk, span: Span, first: bool) -> None:
    text = walk.text
    if caption_line(text, span):
        walk.add(span.start, span.end, "caption")
        return
    if credits_line(text, span):
        walk.add(span.start, span.end, "byline")
        return
    start = _take_opening(walk, span, first)
    for piece in caption_pieces(text, Span(start, span.end)) if start < span.end else ():
        if piece.start > start:
            walk.add(start, piece.start, "body")
        walk.add(piece.start, piece.end, "caption")
        start = piece.end
    walk.add(start, span.end, "body")


def _take_opening(walk: _Walk, span: Span, first: bool) -> int:
    """Where the paragraph's own words begin, after a byline and a dateline in the same line."""
    text, start = walk.text, span.start
    early = walk.seen <= HEAD and walk.dateline is None
    if early and (named := _byline_and_dateline(text, span)) is not None:
        names, start, name_end = named
        walk.authors += names
        walk.add(span.start, name_end, "byline")
    found = dateline_at(text, start, span.end, first, first or (early and walk.seen <= EARLY))
    if found is None or not (first or start > span.start or found.strict):
        return start
    if walk.dateline is None and (first or early):
        walk.dateline = found
    walk.add(found.start, found.end, "dateline")
    return found.end


def _byline_and_dateline(text: str, span: Span) -> tuple[tuple[str, ...], int, int] | None:
    """`By Jane Doe LONDON (Agency) -`: the names, where the dateline begins, and where the byline ends."""
    if byline_at(text, span.start, span.end) is None:
        return None
    tokens = [*re.finditer(r"\S+", text[span.start : min(span.end, span.start + 120)])]
    for at in range(3, min(9, len(tokens))):
        start = span.start + tokens[at].start()
        found = dateline_at(text, start, span.end)
        if found is None or not found.strict:
            continue
        name_end = span.start + tokens[at - 1].end()
        byline = byline_line(text, Span(span.start, name_end))
        if byline is not None:
            return byline.names, start, name_end
    return None
