"""The sentence that a passage stands in, near enough to read it by: the record keeps no sentences."""

from __future__ import annotations

import re

from onrecord.model import Article, Passage

REACH = 400
"""Characters looked at on either side; a longer sentence is cut at a space."""

SENTENCE_END = re.compile(r"""[.!?…。！？](?:["'”’»)\]]{0,3}(?:\s+|\Z)|["”’»)\]]{0,3}(?=[A-Z“«]|"\w))""")
SHORT_WORD = re.compile(r"(?:\b[A-Z][a-z]{0,3}|\b[A-Z]|\b[a-z])\.\Z")
"""What stands before a full stop that ends no sentence, most often: "Mr.", "U.S.", "No.", "p.m."."""


def sentence_around(article: Article, passage: Passage) -> Passage:
    """The sentence (or sentences) that hold a passage: cut at line breaks, sentence ends, or a space 400 away.

    What stands in one part of the article (its headline, its dateline) is not shown with the next part.
    """
    text = article.text
    part = next((p for p in article.parts if p.start <= passage.start and passage.end <= p.end), None)
    start, end = _line_start(text, passage.start), _line_end(text, passage.end)
    if part is not None:
        start, end = max(start, part.start), min(end, part.end)
    line = start
    for found in SENTENCE_END.finditer(text, start, passage.start):
        at = _end_of(text, line, found)
        if at <= passage.start and not _abbreviates(text, found):
            start = at
    for found in SENTENCE_END.finditer(text, max(passage.start, passage.end - 1), end):
        at = _end_of(text, line, found)
        if at >= passage.end and not _abbreviates(text, found):
            end = at
            break
    return _without_spaces(text, Passage(start, end))


def _end_of(text: str, line: int, found: re.Match[str]) -> int:
    """Where a sentence ends; a straight mark with no space on either side opens the next one if none is open."""
    mark = text.find('"', found.start(), found.end())
    touching = mark >= 0 and mark + 1 < len(text) and text[mark + 1].isalnum()
    return mark if touching and text.count('"', line, mark) % 2 == 0 else found.end()


def _line_start(text: str, at: int) -> int:
    floor = max(0, at - REACH)
    start = text.rfind("\n", floor, at) + 1
    if start > 0 or floor == 0:
        return start
    space = text.find(" ", floor, at)
    return floor if space < 0 else space + 1


def _line_end(text: str, at: int) -> int:
    ceiling = min(len(text), at + REACH)
    end = text.find("\n", at, ceiling)
    if end >= 0:
        return end
    space = text.rfind(" ", at, ceiling) if ceiling < len(text) else -1
    return space if space > at else ceiling


def _abbreviates(text: str, end: re.Match[str]) -> bool:
    stop = end.start() + 1
    return text[end.start()] == "." and SHORT_WORD.search(text, max(0, stop - 8), stop) is not None


def _without_spaces(text: str, passage: Passage) -> Passage:
    words = passage.of(text)
    start = passage.start + len(words) - len(words.lstrip())
    end = passage.end - (len(words) - len(words.rstrip()))
    return Passage(start, end) if start < end else passage
