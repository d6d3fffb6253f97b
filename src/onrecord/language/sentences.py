"""Where sentences begin: what the reader model says, checked against what the text itself proves."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from onrecord.language.pieces import Floats
from onrecord.language.tables import words as word_list
from onrecord.language.words import Span

AFTER_STOP = -3.0
"""The logit that a start needs after a full stop, question or exclamation mark, unless it has a small letter..."""
SMALL_LETTER = 0.0
"""...when it needs this one..."""
MISSING_SPACE = -5.0
"""...or touches the mark before it ("added.The"), when this one does: the least that any start needs."""
PERHAPS = -1.0
"""What it needs after an ellipsis, after "U.S.", "a.m." or "Inc."; all fitted on the dev parts of the treebanks."""
UNMARKED = 1.0
"""What it needs where nothing before it ends a sentence, and after a dash, a colon or the like."""
LONGEST = 250
"""Words of the longest sentence: a table or a list without full stops is cut where a start is least unlikely."""
MIDDLE_OF_LINE = re.compile(r"[^\s.!?:;\"”’')\]]\s*$")
ENUMERATOR = re.compile(r"(?:\(?(?:\d{1,3}|[a-z]|[ivx]{1,5})[.)]|\d{1,2}(?:\.\d{1,2}){1,3}\.?)$")
BLANK_LINE = re.compile(r"\n[^\S\n]*\n")


def is_wrapped(text: str) -> bool:
    """Whether lines are broken at a fixed width, so that a line's end says nothing of a sentence's.

    True where most lines that another follows at once are of nearly the longest such line's length and stop in the
    middle of a sentence.
    """
    lines = [line.strip() for line in text.split("\n")]
    inner = [line for line, following in pairwise(lines) if line and following]
    if len(inner) < 3:
        return False
    longest = max(map(len, inner))
    full = [line for line in inner if len(line) >= 0.7 * longest]
    unfinished = [line for line in full if MIDDLE_OF_LINE.search(line)]
    return (
        30 <= longest <= 140
        and median(map(len, inner)) >= 0.7 * longest
        and len(full) >= 0.7 * len(inner)
        and len(unfinished) >= 0.6 * len(full)
    )


@dataclass(frozen=True)
class Marks:
    """The lists that a language's sentence splitter goes by."""

    never_after: frozenset[str]
    perhaps_after: frozenset[str]
    terminal: frozenset[str]
    weak: frozenset[str]
    closing: frozenset[str]
    opening: frozenset[str]
    straight: frozenset[str]
    bullets: frozenset[str]

    @classmethod
    def of(cls, language: str) -> Marks:
        """The lists of one language."""
        top = {key: word_list(language, "sentences", key) for key in ("never_after", "perhaps_after")}
        keys = ("terminal", "weak", "closing", "opening", "straight", "bullets")
        return cls(**top, **{key: word_list(language, "sentences", f"marks.{key}") for key in keys})


class Boundaries:
    """Decides the sentence starts of one stretch (a part of an article, whose first word always starts one)."""

    def __init__(self, text: str, spans: Sequence[Span], marks: Marks, wrapped: bool) -> None:
        self._text, self._spans, self._marks, self._wrapped = text, spans, marks, wrapped
        self._words = [text[start:end] for start, end in spans]
        self._gaps = ["", *(text[a[1] : b[0]] for a, b in pairwise(spans))]
        self._breaks = [index == 0 or self._is_break(gap) for index, gap in enumerate(self._gaps)]
        self._closes = self._closing_marks()

    def starts(self, logits: Floats) -> list[int]:
        """The indexes of the words that begin a sentence, in order, given the model's logit for each word."""
        found: list[int] = []
        carried = -1e9
        for index, (logit, is_break) in enumerate(zip(logits.tolist(), self._breaks, strict=True)):
            if is_break:
                found.append(index)
            elif logit <= MISSING_SPACE and carried <= MISSING_SPACE:
                pass  # too little for any place
            elif self._cannot_start(index):
                # what the model says of a closing mark is meant for the first word after it
                carried = max(carried, logit) if self._closes[index] else -1e9
                continue
            elif max(logit, carried) > self._needed(index):
                found.append(index)
            carried = -1e9
        return self._without_endless(found, logits)

    def _without_endless(self, starts: list[int], logits: Floats) -> list[int]:
        """The starts, and more where a stretch without any is longer than the model can see at once."""
        found: list[int] = []
        for first, last in pairwise([*starts, len(self._spans)]):
            found.append(first)
            while last - found[-1] > LONGEST:
                low = found[-1] + LONGEST // 2
                found.append(low + int(logits[low : found[-1] + LONGEST].argmax()))
        return found

    def _is_break(self, gap: str) -> bool:
        if "\n" not in gap:
            return False
        return not self._wrapped or BLANK_LINE.search(gap) is not None

    def _closing_marks(self) -> list[bool]:
        """For each word, whether it is a mark that closes what stands before it.

        A straight quotation mark closes where only its left side touches a word, opens where only its right does, and
        where both do ('said."I') it does the opposite of the one before it in the paragraph.
        """
        marks, breaks = self._marks, self._breaks
        closes, is_open = [word in marks.closing for word in self._words], False
        for index, word in enumerate(self._words):
            if breaks[index]:
                is_open = closes[index] = False
            if word in marks.straight:
                left = bool(index) and not self._gaps[index] and not breaks[index]
                right = index + 1 < len(self._words) and not self._gaps[index + 1]
                closing = is_open if left == right else left
                is_open = not closing
                closes[index] = closing and not breaks[index]
        return closes

    def _cannot_start(self, index: int) -> bool:
        word = self._words[index]
        if self._closes[index] or word in self._marks.terminal or word in (",", ";", ":", "%"):
            return True
        before = self._words[index - 1]
        if before in self._marks.never_after or (before in self._marks.bullets and self._breaks[index - 1]):
            return True
        if before in self._marks.opening or self._opens_straight(index - 1):
            return True
        if len(before) == 2 and before[0].isupper() and before[1] == ".":
            return True  # an initial: the word splitter keeps its full stop only where a name goes on
        return self._after_enumerator(index)

    def _opens_straight(self, index: int) -> bool:
        return self._words[index] in self._marks.straight and not self._closes[index]

    def _after_enumerator(self, index: int) -> bool:
        """Whether only a list's number ("1.", "(b)") stands between the line's start and this word."""
        for first in range(index - 1, max(-1, index - 4), -1):
            if self._breaks[first]:
                return bool(ENUMERATOR.fullmatch("".join(self._words[first:index])))
        return False

    def _last_before(self, index: int) -> int:
        """The last word before `index` that is no closing mark."""
        at = index - 1
        while at > 0 and self._closes[at] and not self._breaks[at]:
            at -= 1
        return at

    def _needed(self, index: int) -> float:
        """The logit that the word at `index` needs to begin a sentence, by what stands around it."""
        last = self._last_before(index)
        before, is_small = self._words[last], self._words[index][0].islower()
        if before in self._marks.perhaps_after:
            return UNMARKED if is_small else PERHAPS
        if before in self._marks.terminal:
            if is_small:
                return SMALL_LETTER
            touching = not any(self._gaps[last + 1 : index + 1])
            return PERHAPS if len(before) > 1 and before[-1] in ".…" else MISSING_SPACE if touching else AFTER_STOP
        return UNMARKED
