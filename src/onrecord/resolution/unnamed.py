"""Who speaks where the words hold no name of theirs: the couple, the minister, Roe's lawyer, the agency, a councillor.

Each rule needs words of the article that leave one party; where they leave none or several, nobody is taken.
"""

from __future__ import annotations

import re
from collections.abc import Set
from dataclasses import dataclass
from itertools import pairwise

from onrecord.language.analysis import Analysis
from onrecord.language.tables import words
from onrecord.model import LocalParty, Mention, Passage, Statement
from onrecord.resolution.cast import Cast
from onrecord.resolution.titles import heads

DESCRIBED = re.compile(r"(?:the|this)\s+(?P<before>(?:[\w’'-]+\s+){0,3})(?P<noun>[\w-]+)", re.IGNORECASE)
"""A definite description of one person: the minister, the energy minister."""
OWNED = re.compile(r"(?P<owner>.{2,60}?)['’]s?\s+(?P<noun>[\w-]+)")
"""Somebody by what they are to another: Roe's lawyer."""
UNNAMED = re.compile(r"an?\s+(?:[\w’'-]+\s+){0,3}(?P<noun>[\w-]+)", re.IGNORECASE)
NOUN_ENDS = r"(?=[,.;:)–—]|\s(?:of|at|in|from|with|for|who|whose|based|and|by|on|to)\b)"
"""What follows a noun that stands in apposition, and not as the subject of its own verb."""
BESIDE = 40
"""Characters beside an office in which the body or the person may be named that it belongs to."""
LESSER = frozenset({"former", "ex", "late", "vice", "deputy", "lieutenant", "assistant", "acting"})
"""Words that make an office another one than the bare noun: "the governor" is no lieutenant governor."""
REACH = 700
"""Characters from a statement to the one before it within which a turn runs on."""


@dataclass(frozen=True, slots=True)
class Resolved:
    """The speakers of a statement by local key, and how they were found."""

    keys: tuple[str, ...] = ()
    by: str | None = None


NOBODY = Resolved()
Last = tuple[Statement, Resolved]
"""A statement and who makes it."""


class Unnamed:
    """The descriptions of speakers in one article; `heard` are the parties whom the sources' own words name."""

    def __init__(self, analysis: Analysis, cast: Cast, heard: Set[str]) -> None:
        self.analysis = analysis
        self.cast = cast
        self._heard = heard

    def stands_for(self, source: Passage, last: Last | None) -> Resolved:
        """Whom the words stand for, `last` being who spoke before."""
        found = self._couple(source)
        found = found if found.keys else self._described(source, last)
        found = found if found.keys else self._introduced(source)
        found = found if found.keys else self._holder_of(source)
        found = found if found.keys else self._head_of_body(source)
        if not found.keys and last is not None and len(last[1].keys) == 1:
            found = self._body_going_on(source, last)
        found = found if found.keys else self._met_next(source)
        return found if found.keys else self._named_below(source)

    def takes_up(self, source: Passage, keys: tuple[str, ...]) -> bool:
        """The words take up somebody unnamed, spoken of since the party last was: another member said … The member."""
        found = DESCRIBED.fullmatch(self.analysis.text, source.start, source.end)
        own = [m for m in self.cast.mentions if m.party_id in keys]
        inside = (m for m in own if source.start <= m.start and m.end <= source.end)
        if found is None or any(m.form == "name" for m in inside):
            return False
        named = max((m.end for m in own if m.end <= source.start and m.form in ("name", "pronoun")), default=0)
        before = self.analysis.text[max(named, source.start - REACH) : source.start]
        noun = re.escape(found["noun"])
        unnamed = rf"\b(?i:an?|one|another)\s+(?:[\w’'-]+\s+){{0,3}}(?i:{noun})\b(?!\s+of\b|,?\s+[A-Z])"
        return re.search(unnamed, before) is not None

    def _couple(self, source: Passage) -> Resolved:
        """ "The couple": the only two persons whom the article names together under one surname."""
        phrase = source.of(self.analysis.text).lower()
        if phrase not in words("en", "speech", "phrases.couples"):
            return NOBODY
        named = [m for m in self.cast.mentions if m.form == "name" and self.cast.party(m.party_id).kind == "person"]
        pairs = {
            (left.party_id, right.party_id)
            for left, right in pairwise(named)
            if left.party_id != right.party_id
            and self.analysis.text[left.end : right.start].strip() in ("and", "&")
            and self.cast.party(left.party_id).name.split()[-1] == self.cast.party(right.party_id).name.split()[-1]
        }
        return Resolved(next(iter(pairs)), "role") if len(pairs) == 1 else NOBODY

    def _described(self, source: Passage, last: Last | None) -> Resolved:
        """ "The minister", where several hold such an office: the only one who speaks, or who has just spoken."""
        phrase = DESCRIBED.fullmatch(self.analysis.text, source.start, source.end)
        if phrase is None:
            return NOBODY
        noun, before = phrase["noun"].lower(), set(phrase["before"].lower().split())
        holders = [p.key for p in self.cast.parties if p.kind == "person" and p.name and _holds(p, noun, before)]
        heard = tuple(key for key in holders if key in self._heard)
        met = {m.party_id for m in self.cast.mentions if m.form == "name" and m.end <= source.start}
        if len(heard) > 1 and len(met & set(heard)) == 1:
            heard = tuple(met & set(heard))
        if len(heard) > 1 and last is not None and len(last[1].keys) == 1 and last[1].keys[0] in heard:
            return Resolved(last[1].keys, "role") if self._is_next(source, last) else NOBODY
        return Resolved(heard, "role") if len(heard) == 1 else NOBODY

    def _introduced(self, source: Passage) -> Resolved:
        """ "The chemist": the only one whom the text before calls so beside the name: Ann Roe, a chemist there."""
        text = self.analysis.text
        phrase = DESCRIBED.fullmatch(text, source.start, source.end)
        if phrase is None:
            return NOBODY
        noun, before = phrase["noun"].lower(), set(phrase["before"].lower().split())
        people = noun in (heads() | words("en", "titles", "people.callings")) - words("en", "titles", "offices.kin")
        kinds = ("person",) if people else ("organisation",) if noun in words("en", "speech", "phrases.bodies") else ()
        named = [m for m in self.cast.mentions if m.form == "name" and m.end <= source.start]
        named = [m for m in named if self.cast.party(m.party_id).kind in kinds]
        whose = {word for word in phrase["before"].split() if word[:1].isupper()}
        own = [m for m in named if _is_called(text, m, noun, before, whose)]
        keys = {m.party_id for m in own}
        if not keys and not people and not phrase["before"].strip():
            return self._only_so_named(noun, source)
        if len(keys) != 1 or self._is_another_met(own[-1].end, source.start, noun):
            return NOBODY
        return Resolved(tuple(keys), "role")

    def _only_so_named(self, noun: str, source: Passage) -> Resolved:
        """ "The ministry": the only body named before that has the noun in its name."""
        if noun not in words("en", "organisations", "heads.organisation"):
            return NOBODY
        before = [m for m in self.cast.mentions if m.form == "name" and m.end <= source.start]
        bodies = [m for m in before if self.cast.party(m.party_id).kind == "organisation"]
        fits = {m.party_id for m in bodies if noun in self.cast.party(m.party_id).name.lower().split()}
        return Resolved(tuple(fits), "role") if len(fits) == 1 else NOBODY

    def _is_another_met(self, start: int, end: int, noun: str) -> bool:
        """Between two offsets somebody unnamed goes by the noun: another chemist, the chemists."""
        other = rf"\b(?i:an?|one|another|two|several|some|other)\s+(?:[\w’'-]+\s+){{0,3}}(?i:{re.escape(noun)}s?)\b"
        tail = re.match(r"[^.;\n]{0,80}", self.analysis.text[start:end])  # where the name itself is called so
        return re.search(other, self.analysis.text[start + (tail.end() if tail is not None else 0) : end]) is not None

    def _is_next(self, source: Passage, last: Last) -> bool:
        """The words come right after what was said last, and nobody else is named between."""
        end = max(p.end for p in last[0].content)
        others = {m.party_id for m in self.cast.mentions_in(Passage(end, max(end, source.start)))} - set(last[1].keys)
        return end <= source.start <= end + BESIDE and not others

    def _holder_of(self, source: Passage) -> Resolved:
        """ "Roe's lawyer": the one person whose like office stands beside that name: Roe lawyer Max Doe."""
        found = OWNED.fullmatch(self.analysis.text, source.start, source.end)
        if found is None or found["noun"].lower() not in heads():
            return NOBODY
        owners = set(self.cast.all_at(Passage(*found.span("owner"))))
        held = [m for m in self._titles({found["noun"].lower()}) if m.party_id not in owners]
        holders = {m.party_id for m in held if self._is_beside(m, owners)}
        return Resolved(tuple(holders), "role") if len(owners) == 1 and len(holders) == 1 else NOBODY

    def _is_beside(self, title: Mention, owners: set[str]) -> bool:
        near = Passage(max(0, title.start - BESIDE), title.end + BESIDE)
        return any(mention.party_id in owners for mention in self.cast.mentions_in(near))

    def _titles(self, nouns: Set[str]) -> list[Mention]:
        """The places where an office stands beside its holder's name, of those that end with one of the nouns."""
        return [m for m in self.cast.mentions if m.form == "title" and m.text.lower().split()[-1] in nouns]

    def _head_of_body(self, source: Passage) -> Resolved:
        """ "The Acme chief": the one person whose office as a head stands right after the body's name."""
        inside = self.analysis.words_in(source.start, source.end)
        leading = words("en", "titles", "offices.heads")
        if len(inside) < 2 or inside[-1].text.lower() not in leading:
            return NOBODY
        named = [m for m in self.cast.mentions_in(source) if m.form == "name" and m.end <= inside[-1].start]
        bodies = {m.party_id for m in named if self.cast.party(m.party_id).kind == "organisation"}
        if len(bodies) != 1 or len(named) != 1 or inside[-1].start - named[0].end > 1:
            return NOBODY
        holders = {m.party_id for m in self._titles(leading) if self._follows_body(m, bodies)}
        return Resolved(tuple(holders), "role") if len(holders) == 1 else NOBODY

    def _follows_body(self, title: Mention, bodies: set[str]) -> bool:
        """One of the bodies is named right before the title: the Acme (ACM) chairman Ann Roe."""
        near = self.cast.mentions_in(Passage(max(0, title.start - BESIDE), title.end))
        ends = [m.end for m in near if m.party_id in bodies and m.form == "name"]
        between = self.analysis.text[max(ends) : title.start] if ends else "."
        return not any(c.isalnum() for c in between) and "." not in between

    def _body_going_on(self, source: Passage, last: Last) -> Resolved:
        """ "The agency", "the company": the body that spoke last, if its name fits and no other body comes between."""
        phrase = DESCRIBED.fullmatch(self.analysis.text, source.start, source.end)
        if phrase is None or not (phrase["before"].islower() or not phrase["before"].strip()):
            return NOBODY
        before, (key,) = last[0], last[1].keys
        noun, party = phrase["noun"].lower(), self.cast.party(key)
        own = set(party.name.lower().split()) & words("en", "organisations", "heads.organisation")
        loose = own <= words("en", "speech", "phrases.loose") and noun in words("en", "speech", "phrases.general")
        fits = noun in own or loose or (noun in words("en", "speech", "phrases.bodies") and not own)
        end = max(p.end for p in before.content)
        if party.kind != "organisation" or not fits or not end < source.start <= end + REACH:
            return NOBODY
        others = {m.party_id for m in self.cast.mentions_in(Passage(end, source.start))} - {key}
        another = any(self.cast.party(other).kind == "organisation" for other in others)
        return NOBODY if another else Resolved((key,), "role")

    def _met_next(self, source: Passage) -> Resolved:
        """ "A councillor" in the first paragraph: the person with that office with whom the next paragraph begins."""
        text, found = self.analysis.text, UNNAMED.fullmatch(self.analysis.text, source.start, source.end)
        body = next((p.start for p in self.analysis.article.parts if p.role == "body"), 0)
        end = text.find("\n", _first_letter(text, body))
        after = _first_letter(text, end) if end >= 0 else len(text)
        if found is None or not body <= source.start < end or after >= len(text):
            return NOBODY
        named = (m for m in self.cast.mentions_in(Passage(after, len(text))) if m.form == "name")
        begins = next(named, None)
        if begins is None or text[after : begins.start].count(" ") > 1:
            return NOBODY
        party = self.cast.party(begins.party_id)
        held = {role.title.lower().split()[-1] for role in party.roles}
        fits = party.kind == "person" and found["noun"].lower() in held
        return Resolved((party.key,), "role") if fits else NOBODY

    def _named_below(self, source: Passage) -> Resolved:
        """ "A spokeswoman for the board": the only one that the next lines name: The spokeswoman, Ann Roe."""
        text = self.analysis.text
        found = UNNAMED.fullmatch(re.split(r"\s(?:for|of|at|with|from)\s", source.of(text), maxsplit=1)[0])
        if found is None:
            return NOBODY
        below = re.compile(rf"\b[Tt]he\s+{re.escape(found['noun'])},\s+(?=[A-Z])")
        ends = [m.end() for m in below.finditer(text, source.end, source.end + REACH)]
        named = [m for end in ends for m in self.cast.mentions_in(Passage(end, end + BESIDE)) if m.start == end]
        keys = {m.party_id for m in named if self.cast.party(m.party_id).kind == "person"}
        return Resolved(tuple(keys), "role") if len(keys) == 1 else NOBODY


def _first_letter(text: str, at: int) -> int:
    """Where the first character after `at` stands that is no white space."""
    return len(text) - len(text[at:].lstrip())


def _is_called(text: str, mention: Mention, noun: str, before: set[str], whose: set[str]) -> bool:
    """The noun stands beside a name, after a comma and an article or right before it, with whose it is, if said."""
    after = re.match(
        rf",\s+(?:who\s+is\s+)?(?:an?|the)\s+((?:[\w’'-]+\s+){{0,4}}){re.escape(noun)}{NOUN_ENDS}",
        text[mention.end : mention.end + BESIDE * 2],
        re.IGNORECASE,
    )
    lead = text[max(0, mention.start - BESIDE) : mention.start]
    ahead = re.search(rf"((?:[\w’'-]+\s+){{0,3}})\b{re.escape(noun)},?\s+$", lead, re.IGNORECASE)
    for found in (after, ahead):
        if found is not None:
            lesser = LESSER & set(found[1].lower().split())
            if not whose <= set(found[1].split()):
                return False
            return not lesser - before and not (LESSER & before) - lesser
    return False


def _holds(party: LocalParty, noun: str, before: set[str]) -> bool:
    """The party holds an office of that noun, now, and what stands before the noun is part of it."""
    titles = [role.title.lower().split() for role in party.roles]
    return any(t[-1] == noun and before <= set(t) and not set(t[:-1]) & (LESSER - before) for t in titles if t)
