"""The sentence that a passage stands in, near enough to read it by: the record keeps no sentences."""

from __future__ import annotations

import re

from onrecord.model import Passage

REACH = 400
"""Characters looked at on either side; a longer sentence is cut at a space."""

SENTENCE_END = re.compile(r"""[.!?…。！？]["'”’»)\]]{0,3}(?:\s+|\Z|(?=[A-Z“«]|"\w))""")
SHORT_WORD = re.compile(r"(?:\b[A-Z][a-z]{0,3}|\b[A-Z]|\b[a-z])\.\Z")
"""What stands before a full stop that ends no sentence, most often: "Mr.", "U.S.", "No.", "p.m."."""


def sentence_around(text: str, passage: Passage) -> Passage:
    """The sentence (or sentences) that hold a passage: cut at line breaks, sentence ends, or a space 400 away."""
    start = _line_start(text, passage.start)
    end = _line_end(text, passage.end)
    for found in SENTENCE_END.finditer(text, start, passage.start):
        if found.end() <= passage.start and not _abbreviates(text, found):
            start = found.end()
    for found in SENTENCE_END.finditer(text, max(passage.start, passage.end - 1), end):
        if found.end() >= passage.end and not _abbreviates(text, found):
            end = found.end()
            break
    return _without_spaces(text, Passage(start, end))


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
