"""Which stretches of a text stand in quotation marks, whatever the marks are and however badly they pair.

A mark's neighbours say what it can be (a space before and a letter after: an opener; a letter or a full stop before and
a space after: a closer), and the marks open so far decide where the neighbours leave it open. Quotations end with
their paragraph; one that is still open there goes on in the next paragraph if that one begins with an opening mark.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from onrecord.language.tables import words
from onrecord.model import Passage

DOUBLE = re.compile(r"[\"“”„‟«»❝❞〝〞＂]|''|``|’’|‘‘")
MARK = re.compile(DOUBLE.pattern + r"|[‘’'‚‹›`´]")
PARAGRAPH = re.compile(r"[^\n\r\u2028\u2029]+")
TERMINAL = frozenset(".!?…:;")
ALWAYS_OPEN = frozenset("„«❝〝‚‹") | {"``", "‘‘"}
ALWAYS_CLOSE = frozenset("❞〞")
SPACE_OR_OPEN = frozenset("([{—–-/>\u200b\ufeff")
CLOSE_OR_SPACE = frozenset(")]}—–-/<,.;:!?…")
WRAPPED_LINE = 45
LONGEST_LINE = 130
"""Lines between these two lengths may be wrapped at a margin; shorter ones only before a small letter."""


@dataclass(frozen=True, slots=True)
class Quotation:
    """A stretch in quotation marks; the passage holds the marks.

    `opened` and `closed` are false where that mark is missing, `continues` says that the quotation takes up the one
    before it (a new paragraph of one quotation), `single` that its opening mark is a single one.
    """

    passage: Passage
    opened: bool = True
    closed: bool = True
    continues: bool = False
    single: bool = False

    def inner(self, text: str) -> str:
        """The words between the marks."""
        return text[self.passage.start : self.passage.end].strip("\"“”„‟«»❝❞〝〞＂'‘’‚‹›`´ \n\t")


def end_before(text: str, at: int, edge: str = "") -> int:
    """The end of what stands before `at`, white space and the characters of `edge` left out."""
    while at > 0 and (text[at - 1].isspace() or text[at - 1] in edge):
        at -= 1
    return at


@dataclass(frozen=True, slots=True)
class Mark:
    """A quotation mark and what its neighbours allow it to be."""

    start: int
    end: int
    text: str
    may_open: bool
    may_close: bool

    @property
    def single(self) -> bool:
        return DOUBLE.fullmatch(self.text) is None


def paragraphs(text: str, ranges: Iterable[Passage]) -> list[Passage]:
    """The paragraphs of the readable ranges; lines that were only wrapped stay together."""
    found: list[Passage] = []
    for part in ranges:
        joined = False
        for line in PARAGRAPH.finditer(text, part.start, part.end):
            if not line.group().strip():
                continue
            passage = Passage(line.start(), line.end())
            if joined and found and _wrapped(text, found[-1], passage):
                found[-1] = Passage(found[-1].start, passage.end)
            else:
                found.append(passage)
            joined = True
    return found


AHEAD = 200
"""Marks looked ahead for one that closes; a quotation with more inside it has lost its end."""
MOST_STRAYS = 20
"""A paragraph with more single marks than this that nothing closes uses them for something else than quoting."""
SIGNED = re.compile(r"[\"”’'»]\s*[–—―-]{1,2}\s*[^\W\d_][^.!?;:\"“”]{1,60}$")
"""The end of a line that a quotation and its speaker fill: "…" – Ann Roe."""
SHORT = 15
"""Fewer characters than this before a lone closing mark are no sentence that was quoted."""


def _wrapped(text: str, above: Passage, below: Passage) -> bool:
    """The line below goes on with the paragraph above: one break between them, and no sentence ends there."""
    between = text[above.end : below.start]
    if between.count("\n") > 1 or between.count("\r") > 1:
        return False
    last_break = max(text.rfind("\n", above.start, above.end), text.rfind("\r", above.start, above.end)) + 1
    line = text[max(last_break, above.start) : above.end].strip()
    first = text[below.start : below.end].lstrip()[:1]
    if first in '"“‘”«„' and SIGNED.search(line) is not None:
        return False
    if line[-1:] in '"”’' and line.rstrip('"”’')[-1:] == "," and first.islower():
        return True
    if not SHORT < len(line) <= LONGEST_LINE or line[-1] in '.!?…"”’:;':
        return False
    return first.islower() or len(line) >= WRAPPED_LINE


def quotations(text: str, ranges: Iterable[Passage]) -> tuple[Quotation, ...]:
    """The outermost quotations of the readable ranges, in order."""
    found: list[Quotation] = []
    open_end = False
    all_of_them = paragraphs(text, ranges)
    for number, paragraph in enumerate(all_of_them):
        goes_on = number + 1 < len(all_of_them) and _begins_single(text, paragraph, all_of_them[number + 1])
        here = _of_paragraph(text, paragraph, goes_on)
        first = here[0] if here else None
        if open_end and first is not None and not first.opened:
            start = paragraph.end - len(text[paragraph.start : paragraph.end].lstrip())
            first = here[0] = replace(first, passage=Passage(start, first.passage.end), continues=True)
        if open_end and first is not None and not text[paragraph.start : first.passage.start].strip():
            here[0] = replace(first, continues=True)
        found += here
        last = here[-1] if here else None
        open_end = last is not None and not last.closed
    return tuple(found)


def _begins_single(text: str, here: Passage, following: Passage) -> bool:
    """The next paragraph begins with a single opening mark that this paragraph has too."""
    first = text[following.start : following.end].lstrip()[:1]
    return first in ("‘", "'") and first in text[here.start : here.end]


def _of_paragraph(text: str, paragraph: Passage, goes_on: bool) -> list[Quotation]:
    """The outermost quotations of a paragraph; a single mark that nothing closes turns out to be no mark.

    `goes_on` says that the next paragraph begins with a single mark and may take up a quotation left open.
    """
    marks = [m for m in _marks(text, paragraph) if m.may_open or m.may_close]
    strays = 0
    while True:
        found, stray = _paired(text, paragraph, marks)
        if stray is None:
            return found
        if goes_on and not text[stray.end : paragraph.end].isspace() and _all_before(found, stray):
            return [*found, _unclosed(text, stray, paragraph.end)]
        strays += 1
        marks.remove(stray)
        if strays > MOST_STRAYS:
            marks = [m for m in marks if not m.single]


def _paired(text: str, paragraph: Passage, marks: list[Mark]) -> tuple[list[Quotation], Mark | None]:
    """The quotations that the marks make, and a single mark left open, if there is one."""
    found: list[Quotation] = []
    stack: list[Mark] = []
    for place, mark in enumerate(marks):
        rest = marks[place + 1 : place + 1 + AHEAD]
        if stack and _closes(text, mark, stack, rest):
            outer = stack[0]
            _pop(stack, mark)
            if not stack:
                found.append(Quotation(Passage(outer.start, mark.end), single=outer.single))
        elif mark.may_open and _opens(mark, rest):
            if stack and not stack[0].single and not mark.single and _sentence_ended(text, stack[0].end, mark.start):
                found.append(_unclosed(text, stack[0], mark.start))
                stack.clear()
            stack.append(mark)
        elif not stack and mark.may_close and not mark.may_open and not mark.single and _speech_end(text, mark):
            start = _missing_opener(text, marks[place - 1].end if place else paragraph.start, mark.start)
            if start is not None:
                found.append(Quotation(Passage(start, mark.end), opened=False))
    if stack and stack[0].single:
        return found, stack[0]
    if stack and text[stack[0].end : paragraph.end].strip():
        found.append(_unclosed(text, stack[0], paragraph.end))
    return found, None


def _all_before(found: list[Quotation], mark: Mark) -> bool:
    """All the quotations found end before the mark."""
    return all(q.passage.end <= mark.start for q in found)


def _unclosed(text: str, mark: Mark, end: int) -> Quotation:
    """A quotation without its closing mark, up to `end`."""
    while text[end - 1].isspace():
        end -= 1
    return Quotation(Passage(mark.start, end), closed=False, single=mark.single)


def _marks(text: str, paragraph: Passage) -> Iterator[Mark]:
    for found in MARK.finditer(text, paragraph.start, paragraph.end):
        mark = found.group()
        before = text[found.start() - 1] if found.start() > paragraph.start else " "
        after = text[found.end()] if found.end() < paragraph.end else " "
        yield Mark(found.start(), found.end(), mark, *_allowed(text, found.span(), mark, before, after))


def _allowed(text: str, span: tuple[int, int], mark: str, before: str, after: str) -> tuple[bool, bool]:
    """What the neighbours of a mark allow: to open, to close (both where they do not tell)."""
    left = before.isspace() or before in SPACE_OR_OPEN or MARK.fullmatch(before) is not None
    right = after.isspace() or after in CLOSE_OR_SPACE or MARK.fullmatch(after) is not None
    if DOUBLE.fullmatch(mark) is None:
        if before.isalnum() and after.isalnum():
            return False, False
        if _elision(text, span[1]) and not before.isalnum():
            return False, False
        return left and not after.isspace(), not before.isspace() and (right or after.isupper())
    if mark in ALWAYS_OPEN:
        return True, mark == "«" and right and not left
    if mark in ALWAYS_CLOSE:
        return False, True
    if mark == "“":
        return not (right and not left) or (before in TERMINAL and after.isspace()), right and not left
    if mark in ("”", "’’"):
        return left and not right, not (left and not right)
    if before.isdigit() and right and not before.isspace():
        return False, True
    if left and right:
        return (True, True) if before.isspace() and after.isspace() else (not after.isspace(), not before.isspace())
    if left:
        return True, False
    if right:
        return False, True
    return True, True


def _elision(text: str, after: int) -> bool:
    """The mark stands for letters left out: '90s, 'em, 'tis."""
    found = re.match(r"[A-Za-z]+|\d\ds?\b", text[after : after + 12])
    return found is not None and (
        found.group()[0].isdigit() or found.group().lower() in words("en", "speech", "elisions")
    )


def _closes(text: str, mark: Mark, stack: list[Mark], rest: list[Mark]) -> bool:
    if not mark.may_close:
        return False
    top = stack[-1]
    if mark.text == "“" and mark.may_open and top.text == "“":
        return False
    if mark.single == top.single:
        return not (mark.single and _possessive(text, mark, rest))
    if mark.single:  # a double mark is open, and a single one would close it: only where no double one will
        ahead = next((m for m in rest if not m.single), None)
        spoken = text[mark.start - 1] in ",.!?…"
        return spoken and not (ahead is not None and ahead.may_close and not ahead.may_open)
    return True


def _possessive(text: str, mark: Mark, rest: list[Mark]) -> bool:
    """A closing single mark is an apostrophe (the workers' rights): after an s, a better closer ahead."""
    follows = text[mark.end : mark.end + 2]
    before = text[mark.start - 1]
    if before not in "sS" or not (follows[:1] == " " and follows[1:2].isalpha()):
        return False
    return any(m.single and m.may_close and text[m.start - 1] in ",.!?…" for m in rest)


def _pop(stack: list[Mark], mark: Mark) -> None:
    """Takes the marks off the stack down to the one that `mark` closes."""
    for place in range(len(stack) - 1, -1, -1):
        if stack[place].single == mark.single:
            del stack[place:]
            return
    stack.clear()


def _opens(mark: Mark, rest: list[Mark]) -> bool:
    """A mark that may open does so; a single one only where another can close it."""
    return not mark.single or mark.text == "‘" or any(m.may_close for m in rest if m.single or m is rest[0])


def _sentence_ended(text: str, after: int, before: int) -> bool:
    last = text[after:before].rstrip()[-1:]
    return last != "" and last in TERMINAL


def _speech_end(text: str, mark: Mark) -> bool:
    return text[mark.start - 1] in ",.!?…"


def _missing_opener(text: str, after: int, before: int) -> int | None:
    """Where a quotation without its opening mark begins: at the start of the sentence that its closing mark ends."""
    ends = [after + m.end() for m in re.finditer(r"[.!?:]\s+(?=[A-Z])", text[after:before])]
    start = ends[-1] if ends else after
    while start < before and text[start].isspace():
        start += 1
    return start if before - start > SHORT and text[start].isupper() else None
