"""Words of articles, made fit for a terminal: nothing in them can move the cursor, break a line or a table."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from rich.text import Text

from onrecord.model import Amount, Passage, When
from onrecord.model.spoken import unit_words

STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""Control characters and marks that turn the direction of writing: in an article's words they could fake a line."""

RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff]")
ISOLATE, END_ISOLATE = "\u2068", "\u2069"

HEDGES = {
    "about": "about ",
    "more_than": "more than ",
    "less_than": "less than ",
    "at_least": "at least ",
    "at_most": "at most ",
}


@dataclass(frozen=True, slots=True)
class Mark:
    """A passage to be shown, and what it is."""

    passage: Passage
    label: str


def line(words: str) -> str:
    """Words on one line, without anything that steers a terminal."""
    return " ".join(STEERING.sub("", words.replace("\x85", " ")).split())


def cell(words: str, *, terminal: bool) -> str:
    """Words as a table's cell: on a terminal, right-to-left words are kept from turning the cells around them."""
    shown = line(words)
    if terminal and RIGHT_TO_LEFT.search(shown):
        return f"{ISOLATE}{shown}{END_ISOLATE}"
    return shown


def marked(text: str, place: Passage, marks: Sequence[Passage], *, terminal: bool) -> Text:
    """The words of a place on one line, those of the marks bold on a terminal, in [brackets] elsewhere."""
    shown = Text()
    at = place.start
    for mark in _clear(marks, place):
        shown.append(_piece(text[at : mark.start]))
        words = _piece(text[mark.start : mark.end])
        if terminal:
            shown.append(words, style="bold")
        else:
            shown.append(f"[{words}]")
        at = mark.end
    shown.append(_piece(text[at : place.end]))
    if terminal and RIGHT_TO_LEFT.search(shown.plain):
        return Text(ISOLATE) + shown + Text(END_ISOLATE)
    return shown


def when_words(when: When | None) -> str:
    """An interval as short as it can be said: `2026-06-03`, `late 2021-10`, `2021-04-03..2021-04-09`, `by 2031`."""
    if when is None or (when.earliest is None and when.latest is None):
        return ""
    if when.earliest is None or when.latest is None:
        return f"by {when.latest}" if when.latest else f"from {when.earliest}"
    part = f"{when.part} " if when.part else ""
    return part + span(when.earliest, when.latest, when.precision)


def span(earliest: str, latest: str, precision: str | None) -> str:
    """Two days as one word where they are a year, a month or the same."""
    if earliest == latest:
        return earliest.replace("T", " ")
    if precision == "year" and earliest[:4] == latest[:4]:
        return earliest[:4]
    if precision == "decade" and earliest[:3] == latest[:3]:
        return f"{earliest[:3]}0s"
    if precision == "month" and earliest[:7] == latest[:7]:
        return earliest[:7]
    return f"{earliest}..{latest}".replace("T", " ")


def day_words(when: When | None) -> str:
    """An interval without the time of day."""
    if when is None:
        return ""
    first, last = (day[:10] if day else None for day in (when.earliest, when.latest))
    return when_words(replace(when, earliest=first, latest=last))


def amount_words(amount: Amount) -> str:
    """An amount as people write it: `about 40,000 tonnes`, `2..3 hours`, `1,340 people`; a share is `0.5 of`."""
    low, high = _number(amount.low), _number(amount.high)
    if amount.hedge == "range" and low != high:
        number = f"{low or '?'}..{high or '?'}"
    else:
        number = low or high or "?"
    share = "of" if amount.unit is None and 0 < _middle(amount) < 1 else ""
    unit = unit_words(amount.unit, one=amount.low == amount.high == "1") if amount.unit else share
    return f"{HEDGES.get(amount.hedge, '')}{number} {unit}".rstrip()


def _middle(amount: Amount) -> float:
    return float(amount.low or amount.high or 0)


def width_of(words: str) -> int:
    """How many columns of a terminal some words take."""
    from rich.cells import cell_len

    return cell_len(words)


def _number(digits: str | None) -> str:
    if digits is None:
        return ""
    whole, dot, rest = digits.partition(".")
    sign, whole = ("-", whole[1:]) if whole.startswith("-") else ("", whole)
    return f"{sign}{int(whole):,}{dot}{rest}" if whole.isdecimal() and len(whole) < 40 else digits


def _clear(marks: Sequence[Passage], place: Passage) -> list[Passage]:
    """The marks inside a place in order, cut where they overlap."""
    clear: list[Passage] = []
    at = place.start
    for mark in sorted(marks):
        start, end = max(mark.start, at), min(mark.end, place.end)
        if start < end:
            clear.append(Passage(start, end))
            at = end
    return clear


def _piece(words: str) -> str:
    """A stretch of a line: spaces at its ends stay, since its neighbours are shown next to it."""
    shown = line(words)
    lead = " " if words[:1].isspace() and shown else ""
    trail = " " if words[-1:].isspace() else ""
    return lead + shown + trail


def hanging(shown: str, width: int) -> str:
    """A line broken at spaces to a width, its later lines a little further in than the first."""
    inside = " " * (len(shown) - len(shown.lstrip()))
    broken = textwrap.wrap(
        shown.strip(), max(20, width), initial_indent=inside, subsequent_indent=f"{inside}    ",
        break_long_words=False, break_on_hyphens=False,
    )  # fmt: skip
    return "\n".join(broken) or shown


SIGNS = {
    "content": "=", "cue": "^", "source": "~", "trigger": "^", "actor": "~", "recipient": "-", "medium": "-", "via": "-"
}  # fmt: skip
"""What a mark is drawn with; any other with `=`."""


def underlined(text: str, place: Passage, marks: Sequence[Mark], width: int) -> Iterator[str]:
    """The words of a place in lines of a width, under each a line that marks its passages, and what the signs mean."""
    signs = [" "] * (place.end - place.start)
    for mark in sorted(marks, key=lambda mark: mark.passage.start - mark.passage.end):
        for at in range(mark.passage.start, mark.passage.end):
            signs[at - place.start] = SIGNS.get(mark.label, "=")
    shown = [(_visible(character), sign) for character, sign in zip(place.of(text), signs, strict=True)]
    for row in _wrapped([(character, sign) for character, sign in shown if character], width):
        yield "".join(character for character, _ in row).rstrip()
        under = "".join(sign * width_of(character) for character, sign in row).rstrip()
        if under:
            yield under
    labels = dict.fromkeys((SIGNS.get(mark.label, "="), mark.label) for mark in marks)
    yield "  ".join(f"{sign} {label}" for sign, label in labels)


def _visible(character: str) -> str:
    return " " if character.isspace() else STEERING.sub("", character)


def _wrapped(characters: Sequence[tuple[str, str]], width: int) -> Iterator[list[tuple[str, str]]]:
    """Lines no wider than `width`, cut after a space where there is one."""
    row: list[tuple[str, str]] = []
    used = 0
    for character, sign in characters:
        wide = width_of(character)
        while used + wide > width and row:
            spaces = [at for at, (before, _) in enumerate(row) if before == " "]
            cut = spaces[-1] + 1 if spaces else len(row)
            yield row[:cut]
            row = row[cut:]
            used = sum(width_of(before) for before, _ in row)
        row.append((character, sign))
        used += wide
    if row:
        yield row
