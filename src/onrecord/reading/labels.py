"""Lines that are no paragraph of the article: bylines, credits, captions, section labels, told by form."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from onrecord.language.tables import words
from onrecord.reading.dates import month_pattern, weekday_pattern
from onrecord.reading.paragraphs import Span

LONGEST_BYLINE = 160
LONGEST_CAPTION = 450


@dataclass(frozen=True, slots=True)
class Byline:
    """A byline `text[start:end]` and the names in it, as written."""

    start: int
    end: int
    names: tuple[str, ...]


_UPPER = "A-ZÀ-ÖØ-Þ"
_NAME_WORD = rf"[{_UPPER}][\w.'’\-]*"
_PARTICLE = r"(?:de|da|do|dos|del|der|den|di|du|la|le|van|von|bin|bint|ibn|al|el|y|e|ter|ten|zu|af)"
_NAME = rf"{_NAME_WORD}(?:\s(?:{_PARTICLE}\s)?{_NAME_WORD}){{1,3}}"
_NAMES = re.compile(rf"{_NAME}(?:(?:,\s{_NAME}){{0,4}},?(?:\sand\s|\s&\s|\sAND\s){_NAME})?")
_SPLIT = re.compile(r",\s(?:and\s)?|\sand\s|\s&\s|\sAND\s")
_SINGLE = re.compile(rf"{_NAME_WORD}(?:\s{_NAME_WORD})?")


@cache
def _openers(name: str) -> re.Pattern[str]:
    listed = sorted(words("en", "layout", name), key=lambda phrase: (-len(phrase), phrase))
    return re.compile(r"(?:" + "|".join(map(re.escape, listed)) + r")(?![\w-])", re.IGNORECASE)


@cache
def _day_word() -> re.Pattern[str]:
    return re.compile(rf"(?:{month_pattern()}|{weekday_pattern()})")


def byline_at(text: str, start: int, end: int) -> Byline | None:
    """The byline that opens `text[start:end]`, "By" or its like and names, whatever follows; null where none does."""
    opener = _openers("byline.openers").match(text, start, end)
    if opener is None or not text[start].isupper():
        return None
    at = opener.end()
    while at < end and text[at] in " :\t\xa0":
        at += 1
    names = _NAMES.match(text, at, end)
    if at == opener.end() or names is None or not _are_names(names.group()):
        return None
    return Byline(start, names.end(), tuple(_SPLIT.split(names.group())))


def _are_names(names: str) -> bool:
    first = re.split(r"[\s,]", names)[0].lower().strip(".")
    return first not in words("en", "layout", "byline.not_names") and not _day_word().match(names)


def byline_line(text: str, span: Span) -> Byline | None:
    """The byline that a whole line is, with a role, place or agency after the names; null where it is none."""
    line = span.of(text)
    if len(line) > LONGEST_BYLINE or "\n" in line:
        return None
    found = byline_at(text, span.start, span.end)
    if found is not None and _ends_byline(text[found.end : span.end]):
        return Byline(span.start, span.end, found.names)
    return _agency_byline(text, span)


_AFTER = re.compile(r"\s*(?:[,|/•·–—-]|\bin\b|\bfor\b|\bIN\b|\bFOR\b|\()")


def _ends_byline(rest: str) -> bool:
    """What follows the names is nothing, or a role or place in a line that is no sentence."""
    bare = rest.strip(" .;")
    if not bare:
        return True
    if not _AFTER.match(rest) and not _is_role(bare):
        return False
    if not rest.rstrip().endswith("."):
        return len(bare.split()) <= 16
    # A stop at the end: a role written with capitals, or else a sentence.
    tokens = re.findall(r"[\w'’-]+", bare)
    capitals = sum(token[0].isupper() or token.lower() in words("en", "layout", "byline.roles") for token in tokens)
    return bool(capitals > 0.75 * len(tokens))


def _is_role(words_after: str) -> bool:
    """`Agency Writer`, `Staff Reporter`: capitals all, and one of them what a writer is."""
    tokens = re.findall(r"[\w'’-]+", words_after)
    roles = {
        "writer",
        "reporter",
        "correspondent",
        "editor",
        "staff",
        "bureau",
        "columnist",
        "contributor",
        "journalist",
    }
    capitals = all(token[0].isupper() or token.lower() in words("en", "layout", "byline.roles") for token in tokens)
    return 0 < len(tokens) <= 7 and capitals and any(token.lower() in roles for token in tokens)


def _agency_byline(text: str, span: Span) -> Byline | None:
    """`By Agency`, with no other words."""
    line = span.of(text)
    found = re.fullmatch(rf"(?:By|BY|From)\s(?P<who>{_SINGLE.pattern})", line)
    if found is None or not _are_names(found["who"]):
        return None
    return Byline(span.start, span.end, (found["who"],))


def bare_byline(text: str, span: Span) -> Byline | None:
    """`Jane Doe, Agency`, `Jane Doe | Agency`, `Jane Doe in Geneva`, under a headline; null where a line is none."""
    line = span.of(text)
    if len(line) > 80 or line.rstrip()[-1] in ".:;?!":
        return None
    tail = rf"(?:(?:,|\s[|/–—-])\s{_NAME_WORD}(?:\s(?:{_NAME_WORD}|of|and|for|the)){{0,4}}"
    tail += rf"|\sin\s{_NAME_WORD}(?:\s{_NAME_WORD}){{0,2}})"
    found = re.fullmatch(rf"(?P<names>{_NAME}(?:\sand\s{_NAME})?){tail}", line)
    if found is None or not _are_names(found["names"]):
        return None
    return Byline(span.start, span.end, tuple(_SPLIT.split(found["names"])))


def role_line(text: str, span: Span) -> bool:
    """A line that says no more than what the writer above is: `Staff Reporter`, `Agency Writer`."""
    line = span.of(text)
    return len(line) <= 60 and line[-1] not in ".:;?!" and len(line.split()) >= 2 and _is_role(line)


def credits_line(text: str, span: Span) -> bool:
    """`(Reporting by Jane Doe; Editing by John Roe)`: who made the article, at its end."""
    line = span.of(text).lstrip("([-–— ")
    found = _openers("byline.credits").match(line)
    if found is not None and len(line) <= 300 and line[found.end() :].lstrip()[:1].isupper():
        return True
    return len(line) <= 200 and _CONTRIBUTED.fullmatch(line) is not None


_CONTRIBUTED = re.compile(
    rf"{_NAMES.pattern}(?:\sin\s{_NAME_WORD}(?:\s{_NAME_WORD}){{0,2}})?\s(?:also\s)?contributed\s(?:reporting|to\sthis\s\w+)\.?"
)

# Captions --------------------------------------------------------------------------------------------------------

_FILE = re.compile(r"\(?FILE(?:\s(?:PHOTO|IMAGE|PIC|PICTURE))?\)?\s?[-–—:]")
_BRACKETED = re.compile(r"[\[(](?P<inner>[^\[\]()\n]{3,300})[\])]\.?")
_CREDIT_END = re.compile(r"[\[(](?P<inner>[^\[\]()\n]{3,120})[\])]\.?$")


def caption_line(text: str, span: Span) -> bool:
    """Whether a whole paragraph is a caption, by how it opens or by the credit at its end."""
    line = span.of(text)
    if len(line) > LONGEST_CAPTION:
        return False
    if _FILE.match(line) or _labelled(line):
        return True
    whole = _BRACKETED.fullmatch(line)
    if whole is not None and _is_credit(whole["inner"]):
        return True
    end = _CREDIT_END.search(line)
    return (end is not None and _is_credit(end["inner"])) or _closing_credit(line)


def caption_pieces(text: str, span: Span) -> tuple[Span, ...]:
    """The bracketed captions and credits inside a longer paragraph."""
    found = (f for f in _BRACKETED.finditer(text, span.start, span.end))
    return tuple(Span(f.start(), f.end()) for f in found if _is_credit(f["inner"], inside=True))


def _labelled(line: str) -> bool:
    found = _openers("caption.openers").match(line)
    return (
        found is not None and re.match(r"\s?[:|]\s?\S|,\s[A-Z]", line[found.end() :]) is not None and line[0].isupper()
    )


def _is_credit(inner: str, inside: bool = False) -> bool:
    """`Photo by Jane Doe`, `Image: the harbour`, `Agency Photo/Jane Doe`, and at a caption's end `Jane Doe/Agency`."""
    found = _openers("caption.openers").match(inner)
    if found is not None and re.match(r"\s?(?:[:/|]|by\b|courtesy\b|via\b)|$", inner[found.end() :].lower()):
        return True
    plain = inner.lower()
    if len(inner) > 100:
        return False
    if re.search(r"\b(?:photo|image|picture)\s?/\s?\w", plain) or any(
        agency in plain for agency in words("en", "layout", "caption.agencies")
    ):
        return True
    slashed = re.fullmatch(rf"{_NAME_WORD}(?:\s\S+){{1,5}}\s?/\s?{_NAME_WORD}(?:\s\S+){{0,3}}", inner)
    return not inside and slashed is not None


def _closing_credit(line: str) -> bool:
    """`Ships in the harbour. Photo: Agency`."""
    found = re.search(
        r"(?:^|[.\s–—|])(?P<label>[A-Z][a-zA-Z]+(?:\s[a-zA-Z]+)?)\s?[:/]\s?(?P<who>[^.:;!?\"”]{2,60})\.?$", line
    )
    if found is None or found["label"].lower() not in words("en", "layout", "caption.closers"):
        return False
    return found["who"].strip()[:1].isupper() or found["who"].strip()[:1] == "@"


# Section labels --------------------------------------------------------------------------------------------------


def section_line(text: str, span: Span) -> bool:
    """A line that is a section's name, or several of them: `WORLD`, `News / Politics`, `Home > World > Europe`."""
    line = span.of(text)
    if len(line) > 60 or "\n" in line:
        return False
    labels = words("en", "layout", "section.labels")
    bare = line.strip(" |/>»›•·:.").lower()
    if bare in labels:
        return True
    pieces = [piece.strip() for piece in re.split(r"[|/>»›•·]", bare)]
    return len(pieces) > 1 and all(piece in labels for piece in pieces)
