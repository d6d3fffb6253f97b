"""A text's paragraphs and sentences, by line ends and stops alone: enough to tell a layout before a model reads it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from onrecord.language.tables import words

BLANK = " \t\r\n\x0b\x0c\xa0\u2002\u2003\u2009\u200b\u200e\u200f\u3000\ufeff\u2028\u2029"
STOPS = ".!?…"
CLOSERS = "\"'”’»)]"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of text, without white space at either end."""

    start: int
    end: int

    def of(self, text: str) -> str:
        return text[self.start : self.end]


def trimmed(text: str, start: int, end: int) -> Span | None:
    """The stretch without the white space at its ends, or null where nothing else is in it."""
    while start < end and text[start] in BLANK:
        start += 1
    while end > start and text[end - 1] in BLANK:
        end -= 1
    return Span(start, end) if start < end else None


_LINE = re.compile(r"[^\r\n\x0b\x0c\x85\u2028\u2029]+")


def paragraphs(text: str) -> tuple[Span, ...]:
    """The paragraphs of a text: its lines, or, where lines are wrapped at a width, the blocks between blank lines."""
    lines = [span for found in _LINE.finditer(text) if (span := trimmed(text, found.start(), found.end()))]
    if not is_wrapped(text, lines):
        return tuple(lines)
    blocks: list[Span] = []
    for line in lines:
        if blocks and _follows(text, blocks[-1], line):
            blocks[-1] = Span(blocks[-1].start, line.end)
        else:
            blocks.append(line)
    return tuple(blocks)


def is_wrapped(text: str, lines: list[Span]) -> bool:
    """A text is wrapped where most lines that another follows at once are of one width and end in mid-sentence."""
    pairs = [(one, two) for one, two in pairwise(lines) if _adjacent(text, one, two)]
    if len(pairs) < 6:
        return False
    widths = [one.end - one.start for one, _ in pairs]
    # Wrapped lines are 40 to 100 wide and hardly differ; lists and poems are shorter, paragraphs longer.
    fitting = sum(40 <= width <= 100 for width in widths)
    running = sum(text[one.end - 1] not in STOPS + CLOSERS + ":;" for one, _ in pairs)
    small = sum(text[two.start].islower() for _, two in pairs)
    return fitting > 0.8 * len(pairs) and running > 0.6 * len(pairs) and small > 0.35 * len(pairs)


def _adjacent(text: str, one: Span, two: Span) -> bool:
    return text[one.end : two.start].count("\n") + text[one.end : two.start].count("\r") <= (
        2 if "\r\n" in text[one.end : two.start] else 1
    )


def _follows(text: str, block: Span, line: Span) -> bool:
    if not _adjacent(text, block, line):
        return False
    last = text.rfind("\n", block.start, block.end) + 1
    return block.end - max(last, block.start) >= 40 or text[line.start].islower()


_END = re.compile(r"[.!?…]+[\"'”’»)\]]*")


@cache
def _abbreviations() -> frozenset[str]:
    return words("en", "layout", "sentences.abbreviations")


def sentences(text: str, span: Span) -> Iterator[Span]:
    """The sentences of a paragraph, ended also where the space after the stop is missing ("he added.The group")."""
    start = span.start
    for found in _END.finditer(text, span.start, span.end):
        if found.end() >= span.end:
            break
        if not _ends(text, found, span):
            continue
        sentence = trimmed(text, start, found.end())
        if sentence:
            yield sentence
        start = found.end()
    last = trimmed(text, start, span.end)
    if last:
        yield last


def _ends(text: str, found: re.Match[str], span: Span) -> bool:
    """Whether a sentence ends at these stops."""
    after = text[found.end()]
    rest = text[found.end() : found.end() + 4].lstrip(BLANK + "\"'“‘«([")
    if not rest or not (rest[0].isupper() or rest[0].isdigit()):
        return False
    if after in BLANK:
        return found.group()[0] != "." or not _abbreviated(text, found.start(), span.start)
    if not text[found.start() - 1].isalnum() and found.group() == ".":
        return False
    # Without a space: a small letter or a quotation mark before, a capital and a small letter (or a quote) after.
    joined = after in '“"‘' or (after.isupper() and (rest[1:2].islower() or rest[1:2] in BLANK))
    before = text[found.start() - 1]
    return joined and (before.islower() or before.isdigit() or len(found.group()) > 1) and not rest[0].isdigit()


def _abbreviated(text: str, stop: int, floor: int) -> bool:
    at = stop
    while at > floor and (text[at - 1].isalnum() or text[at - 1] in ".'’-"):
        at -= 1
    word = text[at:stop]
    if len(word) == 1 and word.isupper():
        return True
    return word.lower().rstrip(".") in _abbreviations() or ("." in word and word.replace(".", "").isupper())


# No quotation runs over the next opening mark, which keeps the search linear in the text.
_QUOTED = re.compile(
    r"“[^“”\n]{0,3000}”|\"[^\"\n]{0,3000}\"|«[^«»\n]{0,3000}»"
    r"|(?:``|'')(?:[^'`\n]|'(?!')){0,3000}''|‘[^‘’\n]{0,300}[.,!?]’"
)
_OPENED = re.compile(r"[“\"«]|``|''")


def unquoted(text: str, span: Span) -> str:
    """A paragraph with what stands in quotation marks blanked out, character for character.

    A quotation that the paragraph leaves open runs to its end, and one that only closes in it began above.
    """
    found = _QUOTED.sub(lambda quote: " " * len(quote.group()), span.of(text))
    opening = _OPENED.search(found)
    opened = opening.start() if opening else len(found)
    closed = max(found.find("”"), found.find("»")) + 1
    return " " * closed + found[closed:opened] + " " * (len(found) - max(opened, closed))
