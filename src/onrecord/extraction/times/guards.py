"""What looks like a time and is none: counts that look like years, papers named after weekdays, verbs named May."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from onrecord.extraction.times.grammar import Match
from onrecord.extraction.times.tokens import Token

EARLIEST_BARE_YEAR, LATEST_BARE_YEAR = 1900, 2059
"""A bare number in this range may be a year by its place alone; others need a preposition that only times take."""
SOON = 12
"""How many days, weeks, months or years ahead "in five years" still names a time to come."""
LEDGER_REACH = 25
"""How many tokens around "the third quarter" may show that it is one of a year, not of a match."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """What the grammar found at a place, and what stands around it."""

    tokens: Sequence[Token]
    place: int
    match: Match
    before: Match | None
    reckons: bool
    fields: dict[str, str]

    @property
    def rule(self) -> str:
        return self.fields.get("rule", "")

    @property
    def first(self) -> Token:
        return self.tokens[self.match.begin]

    @property
    def alone(self) -> bool:
        return self.match.stop - self.match.begin == 1

    def back(self, steps: int = 1) -> str:
        at = self.match.begin - steps
        return self.tokens[at].text if at >= 0 else ""

    def ahead(self, steps: int = 0) -> str:
        at = self.match.stop + steps
        return self.tokens[at].text if at < len(self.tokens) else ""

    def title_case(self) -> bool:
        """Whether the words around are capitalised anyway, as in a headline."""
        near = self.tokens[max(0, self.match.begin - 6) : self.match.stop + 6]
        letters = [token for token in near if token.text.isalpha()]
        return sum(token.capital for token in letters) * 10 >= len(letters) * 7


class Guards:
    """The guards of one language."""

    def __init__(self, lists: dict[str, Any]) -> None:
        self.sets = {name: frozenset(entries) for name, entries in lists["guards"].items()}
        self.checks = (
            self._recurs, self._year, self._short_year, self._month, self._weekday, self._name, self._adjective,
            self._clock, self._ledger, self._event, self._definite, self._last, self._bare, self._loose, self._soon,
            self._noun, self._modal, self._counted,
        )  # fmt: skip

    def of(self, tokens: Sequence[Token], reckons: bool) -> Checks:
        return Checks(self, tokens, reckons)

    def reckons(self, tokens: Sequence[Token]) -> bool:
        """Whether a paragraph is surely of profits and growth, so that its article's quarters are those of a year."""
        return any(self.has("ledger_sure", token.text) for token in tokens)

    def has(self, name: str, word: str) -> bool:
        return word in self.sets[name]

    def _recurs(self, c: Candidate) -> bool:
        """Nothing that recurs names a day: "every Thursday", "every year on July 26"."""
        yearly = "year" not in c.fields and self.has("every_unit", c.back(2)) and self.has("every", c.back(3))
        return not self.has("every", c.back()) and not yearly

    def _year(self, c: Candidate) -> bool:
        if not (c.alone and c.rule == "date" and "year" in c.first.classes):
            return True
        value = int(c.first.classes["year"])
        if self.has("counted_after", c.ahead()) or self.has("money_before", c.back()):
            return False
        if "spoken" in c.first.classes:
            return value <= LATEST_BARE_YEAR
        if c.ahead() == "-" and c.ahead(1)[:1].isdigit():
            return False
        if not EARLIEST_BARE_YEAR <= value <= LATEST_BARE_YEAR:
            ends = not c.ahead().isalpha() and self.has("year_before", c.back())
            return ends or (self.has("year_sure", c.back()) and not c.ahead().endswith("s"))
        named = self.has("year_named", c.ahead(1)) or self.has("year_named", c.ahead(2))
        if self.has("year_sure", c.back()) or (named and self.has("year_naming", c.ahead())):
            return True  # "made 2021 the year of the sea"
        plural = c.ahead().endswith("s") and not c.ahead().endswith(("ss", "is", "us")) and c.ahead().isalpha()
        plural = plural and not self.has("dated_after", c.ahead())
        if plural and not self.has("owner_before", c.back()):
            return False
        if c.match.begin and c.tokens[c.match.begin - 1].capital and not self.has("year_before", c.back()):
            return False  # "Strategy 2050" is a name
        return self.has("year_before", c.back()) or not c.back().isalpha() or not c.ahead().isalpha()

    def _short_year(self, c: Candidate) -> bool:
        return not (c.alone and "short" in c.first.classes) or self.has("year_sure", c.back())

    def _month(self, c: Candidate) -> bool:
        """A month that may be a verb or a name needs a word before it that a month takes."""
        if not (c.alone and "month" in c.first.classes):
            return True
        if self.has("strict", c.first.text) and not self._dotted(c.first):
            return self.has("strict_before", c.back())
        if not self.has("unsure", c.first.text):
            return True
        return self.has("supports", c.back()) and not (c.back().isalpha() and self._named_after(c))

    def _named_after(self, c: Candidate) -> bool:
        """A capitalised word right after: "and April Ward", but not "in April Congress"."""
        following = c.tokens[c.match.stop] if c.match.stop < len(c.tokens) else None
        return following is not None and following.capital and not self.has("year_sure", c.back()) and c.back() != "in"

    def _weekday(self, c: Candidate) -> bool:
        last = c.tokens[c.match.stop - 1]
        if (
            c.rule == "weekday"
            and "weekday" in last.classes
            and self.has("strict", last.text)
            and not self._dotted(last)
        ):
            return self.has("weekday_before", c.back() if c.alone else c.first.text)
        if not (c.alone and "weekday" in c.first.classes):
            return True
        return not (self.has("paper_after", c.ahead()) and c.tokens[c.match.stop].capital)

    def _dotted(self, token: Token) -> bool:
        return token.end - token.start > len(token.text)

    def _name(self, c: Candidate) -> bool:
        """ "USA Today" and "This Week" are titles where the words around them are not capitalised too."""
        if c.rule not in ("unit", "vague") or not c.first.capital or c.title_case():
            return True
        if c.alone:
            at = c.match.begin - 1
            return not (at >= 0 and c.tokens[at].capital and c.tokens[at].text.isalpha())
        return not all(token.capital for token in c.tokens[c.match.begin : c.match.stop] if token.text.isalpha())

    def _adjective(self, c: Candidate) -> bool:
        return c.fields.get("adjective") != "yes" or c.ahead().isalpha()

    def _clock(self, c: Candidate) -> bool:
        """A bare time of day needs a preposition; one with a zone, a half of the day or a day needs nothing."""
        if c.rule != "clock":
            return True
        sure = ("half", "zone", "region", "noon")
        if any(name in c.fields for name in sure) or any(name.startswith("day.") for name in c.fields):
            return (
                "clock" in c.fields
                or "half" not in c.fields
                or "digits" in c.first.classes
                or self.has("clock_before", c.back())
            )
        if c.match.stop - c.match.begin > 1:
            return True
        hour, minute = (int(part) for part in c.fields.get("clock", "99:00").split(":")[:2])
        return self.has("clock_before", c.back()) and hour < 24 and minute < 60

    def _ledger(self, c: Candidate) -> bool:
        """A quarter or a half without a year is one of a year only where something is reckoned."""
        if c.rule not in ("quarter", "half") or any(name in c.fields for name in ("year", "yshift", "fiscal")):
            return True
        if c.reckons:
            return True
        around = c.tokens[max(0, c.place - LEDGER_REACH) : c.match.stop + LEDGER_REACH]
        return any(self.has("ledger", token.text) for token in around)

    def _event(self, c: Candidate) -> bool:
        """ "The day after the vote" hangs on the vote, which names no day."""
        return c.fields.get("event") != "yes" or not c.ahead().isalpha() or self.has("list", c.ahead())

    def _definite(self, c: Candidate) -> bool:
        """ "For the year" is the article's; "for the year ended March 31" says itself which."""
        if c.fields.get("definite") != "yes":
            return True
        if self.has("period_after", c.ahead()):
            return False
        return not c.ahead().isalpha() or self.has("clause_after", c.ahead())

    def _last(self, c: Candidate) -> bool:
        """ "The last week" is a stretch of seven days, not the week before this one."""
        lasting = (c.rule == "weekday" or "span" in c.fields) and c.first.text in ("last", "next", "past")
        return not (lasting and c.back() == "the" and c.fields.get("anchor") != "previous")

    def _bare(self, c: Candidate) -> bool:
        """ "The past two months" is no time of its own."""
        if c.fields.get("bare") != "yes" or c.match.stop >= len(c.tokens):
            return True
        return not {"num", "unit", "span", "many", "season", "ord"} & set(
            c.tokens[c.match.stop].classes
        ) and c.ahead() not in ("couple", "half")

    def _loose(self, c: Candidate) -> bool:
        """A noun after it takes the time away: "the future job market"."""
        if c.fields.get("loose") != "yes":
            return True
        return not c.ahead().isalpha() or c.ahead() == "of" or self.has("clause_after", c.ahead())

    def _soon(self, c: Candidate) -> bool:
        """What "will be in two weeks" has a time; what "can be done in two weeks" takes so long."""
        if c.fields.get("soon") != "yes":
            return True
        left = c.tokens[max(0, c.match.begin - 12) : c.match.begin]
        near = c.fields.get("unit") in ("day", "week", "month", "year") and float(c.fields.get("num", "99")) <= SOON
        looks_back = any(self.has("record", token.text) for token in left)
        return near and not looks_back and any(self.has("soon_after", token.text) for token in left)

    def _noun(self, c: Candidate) -> bool:
        """A decline and a hope are no times: "this fall was steep", "a brighter tomorrow"."""
        last = c.tokens[c.match.stop - 1].text
        if c.rule == "season" and last == "fall" and self.has("fall_after", c.ahead()):
            return False
        return not (c.alone and last == "tomorrow" and c.back().isalpha() and c.back(2) == "a")

    def _modal(self, c: Candidate) -> bool:
        return c.fields.get("after_modal") != "yes" or self.has("modal_before", c.back())

    def _counted(self, c: Candidate) -> bool:
        """ "In June 20 people died": the number counts people, not days."""
        if c.rule != "date" or "day" not in c.fields:
            return True
        if "digits" in c.first.classes and self.has("money", c.back()):
            return False
        if "year" in c.fields:
            return True
        last = c.tokens[c.match.stop - 1]
        return not ("digits" in last.classes and self.has("counted_after", c.ahead()))


@dataclass(frozen=True, slots=True)
class Checks:
    """The guards over one paragraph."""

    guards: Guards
    tokens: Sequence[Token]
    reckons: bool

    def allow(self, place: int, match: Match, before: Match | None) -> bool:
        """Whether what the grammar found at a place is a time there: every guard agrees."""
        candidate = Candidate(self.tokens, place, match, before, self.reckons, dict(match.fields))
        return bool(candidate.rule) and all(check(candidate) for check in self.guards.checks)

    def continues(self, place: int, before: Match | None) -> Match | None:
        """A day that goes on a list of days: the `25` of `April 24 and 25`."""
        if before is None or place + 1 >= len(self.tokens) or before.stop != place:
            return None
        fields = dict(before.fields)
        if fields.get("rule") != "date" or not {"month", "day"} <= fields.keys() or "year" in fields:
            return None
        token = self.tokens[place + 1]
        following = self.tokens[place + 2].text if place + 2 < len(self.tokens) else ""
        if not self.guards.has("list", self.tokens[place].text) or "digits" not in token.classes:
            return None
        if int(token.classes["digits"]) <= int(fields["day"]):
            return None
        if not (following in ".,;)" or self.guards.has("clause_after", following)):
            return None
        kept = {name: value for name, value in fields.items() if name in ("rule", "month", "which")}
        return Match(place + 2, place + 1, tuple(sorted((kept | {"day": token.classes["digits"]}).items())))
