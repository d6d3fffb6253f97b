"""What the words around a time say of its direction: past, future, or nothing."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from onrecord.extraction.times.tokens import Token
from onrecord.language.analysis import Word

REACH = 40
"""How many tokens to either side are looked at: the rest of a long sentence."""
NEAR = 8
"""How far after a possessive ("Sunday's election will ...") its verb may be."""
SETS = (
    "future", "planned", "modal", "be", "past", "not_past", "stops", "possessive", "apostrophes", "ahead",
    "intention", "open", "this_year", "present", "until", "lasting", "happenings",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cues:
    """The words that tell direction in one language."""

    future: frozenset[str]
    planned: frozenset[str]
    modal: frozenset[str]
    be: frozenset[str]
    to: str
    past: frozenset[str]
    past_endings: tuple[str, ...]
    not_past: frozenset[str]
    stops: frozenset[str]
    possessive: frozenset[str]
    apostrophes: frozenset[str]
    ahead: frozenset[str]
    intention: frozenset[str]
    open: frozenset[str]
    this_year: frozenset[str]
    present: frozenset[str]
    until: frozenset[str]
    lasting: frozenset[str]
    happenings: frozenset[str]
    near: dict[str, str]

    @staticmethod
    def of(lists: dict[str, Any]) -> Cues:
        sets = {name: frozenset(lists[name]) for name in SETS}
        return Cues(to=lists["infinitive"], near=dict(lists["near"]), past_endings=tuple(lists["past_endings"]), **sets)


class Verbs:
    """Where the reader sees verbs; without a reader, anywhere.

    The nearest verb before a time told its direction better than the verb above it in the reader's tree did (value F1
    on two thirds of TimeBank 87.9 against 87.6), so the trees are left out.
    """

    def __init__(self, words: Sequence[Word]) -> None:
        self.words = words
        self.starts = [word.start for word in words]

    def may_be_verb(self, start: int) -> bool:
        """False where the reader sees something else at this place: a noun, a name."""
        at = bisect_left(self.starts, start)
        if at == len(self.starts) or self.starts[at] != start:
            return True
        return self.words[at].upos in ("VERB", "AUX", "X", "")


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The tokens of a paragraph, with what is known of their verbs."""

    tokens: Sequence[Token]
    cues: Cues
    verbs: Verbs

    def tense(self, begin: int, stop: int, yearless: bool = False, weekday: bool = False) -> str:
        """`past`, `future` or nothing: by the word before the time, else the nearest verb left, else right of it.

        `this` where a date is one of the year of the article ("June 1 marks ten years").
        """
        tokens, cues = self.tokens, self.cues
        for back in (1, 2, 3):
            if begin - back >= 0 and (near := cues.near.get(tokens[begin - back].text)):
                return near
        previous = tokens[begin - 1].text if begin else ""
        if (yearless or weekday) and previous in cues.until:
            return self._until(begin)
        if weekday and self._is_said_to_be(begin):
            return "future"
        if yearless and previous in cues.open:
            return "future" if self._left(begin) == "future" else ""
        if yearless and stop < len(tokens) and tokens[stop].text in cues.happenings and previous not in cues.ahead:
            return "before"
        if yearless and stop < len(tokens) and tokens[stop].text in cues.this_year:
            return "this"
        if self._possessive(stop):
            return self._of_possessive(begin, stop)
        return self._left(begin) or self._right(stop, REACH)

    def _is_said_to_be(self, begin: int) -> bool:
        """ "The vote is on Friday", "the deadline is Friday"."""
        before = [token.text for token in self.tokens[max(0, begin - 2) : begin]]
        return bool(before) and (
            before[-1] in self.cues.present or (before[0] in self.cues.present and before[-1] == "on")
        )

    def _until(self, begin: int) -> str:
        """What lasted until a day had the day behind it; what was put off until a day has it ahead."""
        for place in range(begin - 2, max(-1, begin - REACH), -1):
            if self.tokens[place].text in self.cues.stops:
                break
            if self.tokens[place].text in self.cues.lasting:
                return "past"
            if self._told(place, before=True):
                break
        return "future"

    def _left(self, begin: int) -> str:
        intended = False
        for place in range(begin - 1, max(-1, begin - REACH), -1):
            if self.tokens[place].text in self.cues.stops:
                break
            intended = intended or self._infinitive(place)
            if intended and self.tokens[place].text in self.cues.intention:
                return "future"
            if told := self._told(place, before=True) or self._going(place):
                return told
        return ""

    def _going(self, place: int) -> str:
        """ "Is visiting", before a day, tells what is planned for it."""
        token, before = self.tokens[place], self.tokens[place - 1].text if place else ""
        going = token.text.endswith("ing") and len(token.text) > 4 and self.verbs.may_be_verb(token.start)
        return "future" if going and before in self.cues.present else ""

    def _infinitive(self, place: int) -> bool:
        """Whether "to" and a verb stand here: what is to be done."""
        if self.tokens[place].text != self.cues.to or place + 1 >= len(self.tokens):
            return False
        following = self.tokens[place + 1]
        return following.text.isalpha() and not following.capital and self.verbs.may_be_verb(following.start)

    def _right(self, stop: int, reach: int) -> str:
        for place in range(stop, min(len(self.tokens), stop + reach)):
            if self.tokens[place].text in self.cues.stops:
                break
            if told := self._told(place, before=False):
                return told
        return ""

    def _possessive(self, stop: int) -> bool:
        tokens = self.tokens[stop : stop + 2]
        return len(tokens) == 2 and tokens[0].text in self.cues.apostrophes and tokens[1].text in self.cues.possessive

    def _of_possessive(self, begin: int, stop: int) -> str:
        """ "Thursday's ruling" has been, unless something says that it is still to come."""
        if any(token.text in self.cues.ahead for token in self.tokens[max(0, begin - 3) : begin]):
            return "future"
        return self._right(stop + 2, NEAR) or "past"

    def _told(self, place: int, before: bool) -> str:
        """What one word tells, standing before the time or after it."""
        cues, word = self.cues, self.tokens[place].text
        previous = self.tokens[place - 1].text if place else ""
        following = self.tokens[place + 1].text if place + 1 < len(self.tokens) else ""
        if word in cues.planned:
            return "future" if before or previous in cues.be else "past"
        if word in cues.be and (previous == cues.to or following == cues.to):
            return "future"
        if word in cues.future or (word in cues.modal and self.verbs.may_be_verb(self.tokens[place].start)):
            return "future"
        return self._past(place, previous)

    def _past(self, place: int, previous: str) -> str:
        cues, token = self.cues, self.tokens[place]
        regular = token.text.endswith(cues.past_endings) and len(token.text) > 3 and token.text not in cues.not_past
        if regular and previous in cues.present:
            return ""
        if token.text not in cues.past and not (regular and self.verbs.may_be_verb(token.start)):
            return ""
        return "" if previous in cues.modal or previous == cues.to else "" if previous == "be" else "past"
