"""Boilerplate is told by form: what speaks to the reader of giving, subscribing, commenting or sharing, and link lists.

Precision comes first, since words marked as boilerplate are never read: a line is marked by what it says as a whole, a
sentence by its opening words, and an appeal by its sentences' score together with its neighbours'.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

from onrecord.language.tables import table, words
from onrecord.reading.paragraphs import CLOSERS, STOPS, Span, sentences, unquoted

STRONG = 4
"""A strong sentence of an appeal has this many points of seven, set on the cases of `tests/cases/en/layout.toml`."""
PAIR = 6
"""Two neighbours that are strong together have this many points between them."""
MEMBER = 2
"""A neighbour of a strong sentence belongs to the appeal from this many points on, if it speaks of us or to you."""
BRIDGE = 3
"""At most this many sentences without points stand between two sentences of one appeal."""

LONGEST_LINE = 160
LONGEST_LINK = 30
LONGEST_SENTENCE = 600
LONGEST_PLEA = 200


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence, with the paragraph it stands in and its points."""

    span: Span
    paragraph: int
    traits: frozenset[str]
    """Of what it speaks, outside quotation marks: you, we, give, press, ask; and `begs` where it opens by asking."""
    sure: bool
    """It is boilerplate by its own form."""

    @property
    def points(self) -> int:
        """One for each trait, and one more for asking."""
        return len(self.traits) + ("ask" in self.traits)

    @property
    def speaks(self) -> bool:
        """It speaks to the reader or of the outlet itself."""
        return bool(self.traits & {"you", "we", "begs"})


def boilerplate(text: str, spans: Sequence[Span]) -> tuple[Span, ...]:
    """The stretches of the paragraphs that are boilerplate, in order; none reaches over a paragraph's end."""
    units = [unit for number, span in enumerate(spans) for unit in _units(text, span, number)]
    marked = {at for at, unit in enumerate(units) if unit.sure}
    marked |= _appeals(units)
    marked |= _neighbours(text, units, marked)
    marked |= _listed(text, units)
    return tuple(_joined([units[at] for at in sorted(marked)]))


def _joined(units: Sequence[Unit]) -> Iterator[Span]:
    held: Unit | None = None
    start = 0
    for unit in units:
        if held is not None and unit.paragraph == held.paragraph and unit.span.start - held.span.end <= 3:
            held = unit
            continue
        if held is not None:
            yield Span(start, held.span.end)
        start, held = unit.span.start, unit
    if held is not None:
        yield Span(start, held.span.end)


def _units(text: str, span: Span, number: int) -> Iterator[Unit]:
    if _is_boilerplate_line(text, span, number):
        yield Unit(span, number, frozenset(), True)
        return
    # "US" and "Our" in a name are no words of the outlet's own: a capital counts at a sentence's start only.
    plain = _NAMED_US.sub(lambda name: "_" * len(name.group()), unquoted(text, span)).lower()
    # Lowering may lengthen a text (a dotted capital I); offsets come first, so such a paragraph stays as it is.
    plain = plain if len(plain) == span.end - span.start else unquoted(text, span)
    for sentence in sentences(text, span):
        yield _unit(plain[sentence.start - span.start : sentence.end - span.start], sentence, number)


# Lines -----------------------------------------------------------------------------------------------------------


_NAMED_US = re.compile(r"\bUS\b|(?<=[a-z,] )(?:Our|We)\b")
_URLS = re.compile(r"(?:\[/?\w+\]|https?://\S+|www\.\S+|pic\.twitter\.com/\S+|[|\s·•,])+")
_TAGS = re.compile(r"(?:#\w+[\s,]*){2,}")
_COPYRIGHT_YEAR = re.compile(r"(?:copyright|©|\(c\))\s*(?:©|\(c\))?\s*(?:19|20)\d{2}", re.IGNORECASE)


def _is_boilerplate_line(text: str, span: Span, number: int) -> bool:
    """Whether a paragraph as a whole is boilerplate: a label, a link, a run of share buttons, a copyright line."""
    line = span.of(text)
    if len(line) > LONGEST_LINE * 2:
        return False
    plain = _bare(line)
    if plain in words("en", "layout", "boilerplate.lines"):
        return True
    if len(line) <= LONGEST_LINE and _patterns().fullmatch(line.strip(" *>»|•·[]-–—…")):
        return True
    if _URLS.fullmatch(line) or _TAGS.fullmatch(line) or _is_share_row(plain):
        return True
    return _is_link(line, number) or _is_copyright(line)


@cache
def _patterns() -> re.Pattern[str]:
    listed: list[str] = table("en", "layout")["boilerplate"]["patterns"]
    return re.compile("|".join(f"(?:{pattern})" for pattern in listed), re.IGNORECASE)


def _bare(line: str) -> str:
    return line.lower().strip(" .:…»›>*-–—|[]()↓→▼•·")


def _is_share_row(plain: str) -> bool:
    tokens = re.findall(r"[\w'’]+", plain)
    return len(tokens) >= 2 and set(tokens) <= words("en", "layout", "boilerplate.share")


_LABELLED = re.compile(
    r"[\[(*>»\s]*(?P<label>[A-Za-z][A-Za-z'’\- ]{2,30}?)\s?(?P<mark>[:|»>]|\s[-–—]\s)\s*(?P<rest>\S.*)", re.DOTALL
)


def _is_link(line: str, number: int) -> bool:
    """`Read more: Ministers meet in Lima`: the line is the title of another story, and not of this one at its top."""
    found = _LABELLED.match(line)
    if found is None or found["label"].lower() not in words("en", "layout", "boilerplate.links"):
        return False
    rest = found["rest"].strip()
    sure = found["label"].lower() in words("en", "layout", "boilerplate.sure_links")
    return len(rest.split()) <= LONGEST_LINK and (sure or (number > 0 and not _closes(rest))) and rest[:1] not in '"“'


def _closes(line: str) -> bool:
    bare = line.rstrip(CLOSERS)
    return bare.endswith(tuple(STOPS.replace("…", "").replace("?", "")))


def _is_copyright(line: str) -> bool:
    plain = line.lower()
    return len(line) <= LONGEST_LINE and (
        _COPYRIGHT_YEAR.search(line) is not None
        or "all rights reserved" in plain
        or plain.startswith(("©", "copyright ©", "(c) "))
    )


# Sentences -------------------------------------------------------------------------------------------------------


@cache
def _phrases(name: str) -> re.Pattern[str]:
    listed = sorted(words("en", "layout", name), key=lambda phrase: (-len(phrase), phrase))
    return re.compile(r"(?<![\w’'-])(?:" + "|".join(map(re.escape, listed)) + r")(?![\w-])")


def _unit(plain: str, sentence: Span, number: int) -> Unit:
    names = ("you", "we", "press", "give", "ask")
    traits = {name for name in names if _phrases(f"appeal.{name}").search(plain)}
    if _phrases("appeal.imperatives").match(plain.lstrip()):
        traits.add("begs")
    unit = Unit(sentence, number, frozenset(traits), False)
    return replace(unit, sure=True) if _is_sure(plain, unit) else unit


def _is_sure(plain: str, unit: Unit) -> bool:
    bare = plain.lstrip(" \t-–—•*>»|")
    if unit.span.end - unit.span.start > LONGEST_SENTENCE:
        return False
    if _phrases("boilerplate.openers").match(bare):
        return True
    if len(plain) <= LONGEST_PLEA and _phrases("boilerplate.phrases").search(plain):
        return True
    return bool(_phrases("boilerplate.openers_with").match(bare)) and unit.points >= MEMBER and unit.speaks


def _appeals(units: Sequence[Unit]) -> set[int]:
    """The sentences of appeals: strong ones, the members beside them, and short bridges between two strong ones."""
    strong = [at for at in range(len(units)) if _is_strong(units, at)]
    chosen = set(strong)
    for one, two in pairwise(strong):
        silent = [at for at in range(one + 1, two) if units[at].points < MEMBER or not units[at].speaks]
        if _runs(silent) <= BRIDGE and two - one <= 3 * BRIDGE:
            chosen |= set(range(one, two))
    for at in strong:
        chosen |= _reach(units, at, 1, chosen) | _reach(units, at, -1, chosen)
    return chosen


def _is_strong(units: Sequence[Unit], at: int) -> bool:
    """A sentence that asks, of giving or journalism, in the first or second person; or a pair that does so together."""
    unit, traits = units[at], units[at].traits
    to_reader = bool(traits & {"you", "begs"}) and ("press" in traits or {"we", "give"} <= traits)
    if unit.points >= STRONG and "ask" in traits and (to_reader or {"we", "press"} <= traits):
        return True
    near = [units[other] for other in (at - 1, at + 1) if 0 <= other < len(units)]
    return any(_is_strong_pair(unit, other) for other in near if abs(other.paragraph - unit.paragraph) <= 1)


def _is_strong_pair(one: Unit, two: Unit) -> bool:
    if min(one.points, two.points) < MEMBER or not (one.speaks and two.speaks):
        return False
    together = one.traits | two.traits
    return {"ask", "press", "we"} <= together and bool(together & {"you", "begs"}) and one.points + two.points >= PAIR


def _runs(positions: Sequence[int]) -> int:
    """The longest run of consecutive positions."""
    longest = run = 0
    for at, position in enumerate(positions):
        run = run + 1 if at and positions[at - 1] == position - 1 else 1
        longest = max(longest, run)
    return longest


def _reach(units: Sequence[Unit], at: int, step: int, chosen: set[int]) -> set[int]:
    """The members that follow a strong sentence without a break, forwards or backwards, up to one that is chosen."""
    reached: set[int] = set()
    at += step
    while 0 <= at < len(units) and at not in chosen and units[at].points >= MEMBER and units[at].speaks:
        reached.add(at)
        at += step
    return reached


def _neighbours(text: str, units: Sequence[Unit], marked: set[int]) -> set[int]:
    """What stands beside boilerplate and goes with it: a question to the reader, an invitation, a label."""
    found: set[int] = set()
    for at, unit in enumerate(units):
        if at in marked:
            continue
        beside = [near for near in (at - 1, at + 1) if near in marked or near in found]
        if not beside:
            continue
        said = unit.span.of(text)
        asks = unit.speaks and unit.points and said.endswith("?")
        in_paragraph = any(units[near].paragraph == unit.paragraph for near in beside)
        label = _bare(said) in words("en", "layout", "boilerplate.lines") or (len(said) < LONGEST_LINE and "@" in said)
        if (unit.points >= STRONG - 1 and unit.speaks) or ((asks or label) and in_paragraph):
            found.add(at)
    return found


# Lists of other stories ------------------------------------------------------------------------------------------


def _listed(text: str, units: Sequence[Unit]) -> set[int]:
    """The titles that follow a heading like "Related articles": short lines, until one ends like a sentence."""
    found: set[int] = set()
    inside = False
    for at, unit in enumerate(units):
        line = unit.span.of(text)
        if unit.sure and _bare(line) in words("en", "layout", "boilerplate.lists"):
            inside = True
        elif inside and not unit.sure:
            alone = sum(one.paragraph == unit.paragraph for one in units[max(0, at - 1) : at + 2]) == 1
            inside = alone and len(line) <= LONGEST_LINE and not _closes(line) and _titles_only(text, units, at)
            if inside:
                found.add(at)
    return found


def _titles_only(text: str, units: Sequence[Unit], at: int) -> bool:
    """The line and the rest of its list hold no quotation that a speaker's words could be in."""
    return not re.search(r"\b(?:said|says|told|added)\b", units[at].span.of(text))
