"""Who the persons of an article are: full names, surnames alone, titles, initials, couples."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from onrecord.language.analysis import Analysis
from onrecord.language.tables import words
from onrecord.model import PartyRole, atlas
from onrecord.model.personal import (
    Gender,
    contained,
    family_first,
    fold,
    gender_of,
    given_names,
    initials_agree,
    parts_of,
    patronymic,
    suffix_of,
    surname_of,
)
from onrecord.resolution.dossiers import Dossier, Named, Sighting
from onrecord.resolution.titles import Title, address_words, canonical, copula_titles, heads, title_after, title_before

AGE_AFTER = re.compile(r",\s(\d{1,3})(?=[,.;)])")
OF_COUNTRY = re.compile(r"\s+of\s+(?:the\s+)?([A-Z][\w.]+(?:\s[A-Z][\w.]+){0,2})")
AGE_BEFORE = re.compile(r"\b(\d{1,3})-year-old(?:\s[^\W\d_]+){0,2}\s$")
SHEIKH = frozenset({"sheikh", "shaikh"})
"""Forms of address that are part of a family's name in Bengal, where women have them too."""
LEAST_CALLED = 2
"""Times that a text must have called a person by the surname alone, for it to do so after another of that name."""
JUST_BEFORE = 300
"""Characters within which the other, named in full, may be the one whom the surname takes up."""
Match = Literal["exact", "alias", "surname", "given_name"]
RANKS: tuple[Match, ...] = ("exact", "alias", "surname", "given_name")


@dataclass(frozen=True, slots=True)
class PersonName:
    """One sighting of a person's name: its parts, and the titles beside it."""

    named: Named
    parts: tuple[str, ...]
    titles: tuple[Title, ...]
    shared: str = ""
    """The surname that a couple shares, where this is the first half ("Ada" in "Ada and Max Roe")."""
    age: str = ""
    second: bool = False
    """The second of two who share it; the first may have a given name that no list has."""

    @property
    def full(self) -> tuple[str, ...]:
        return (*self.parts, *fold(self.shared).split()) if self.shared else self.parts

    @property
    def gender(self) -> Gender:
        told = {title.gender for title in self.titles} - {"unknown"}
        if told == {"male"} and all(title.head in SHEIKH for title in self.titles) and self.parts[:1]:
            return "female" if given_names().get(self.parts[0]) == "female" else "male"
        return told.pop() if len(told) == 1 else "unknown"


def match(short: tuple[str, ...], full: tuple[str, ...]) -> Match | None:
    """How a name can be a sighting of a longer one; null where it cannot."""
    if short == full or (len(short) == len(full) == 2 and short == full[::-1]):
        return "exact"
    if len(short) >= 2:
        alike = contained(short, full) or initials_agree(short, full) or _misspelt(short, full)
        return "alias" if alike else None
    if short == full[-1:] and patronymic(full):
        return None
    if short == surname_of(full)[-1:] or short == full[-1:] or (family_first(full) and short == full[:1]):
        return "surname"
    first = short == full[:1] and len(short[0]) > 2
    return "given_name" if first or _first_of_two_surnames(short, full) else None


def _first_of_two_surnames(short: tuple[str, ...], full: tuple[str, ...]) -> bool:
    """The name between a given name and the last, which is no given name itself: Salas for Pedro Salas Ruiz."""
    return len(full) == 3 and short == full[1:2] and len(short[0]) > 2 and short[0] not in given_names()


def _misspelt(left: tuple[str, ...], right: tuple[str, ...]) -> bool:
    """One of two full names is the other with a vowel of the given name changed: Kristin and Kristen Roe."""
    if len(left) != 2 or len(right) != 2 or left[1] != right[1] or len(left[0]) != len(right[0]) or len(left[0]) < 6:
        return False
    differs = [(a, b) for a, b in zip(left[0][:-1], right[0][:-1], strict=True) if a != b]
    return left[0][-1] == right[0][-1] and len(differs) == 1 and all(c in "aeiouy" for c in differs[0])


def read_persons(analysis: Analysis, names: Sequence[Named]) -> list[PersonName]:
    """The persons' names of an article with their titles, in text order."""
    people = [named for named in names if named.kind == "Person"]
    passages = [named.passage for named in people]
    read = []
    for at, named in enumerate(people):
        following = [p for p in passages if p.start > named.passage.end]
        found = (title_before(analysis, named), title_after(analysis, named, following), copula_titles(analysis, named))
        titles = tuple(_of_country(analysis, named, title) for title in found if title)
        shared = _shared_surname(analysis, named, people[at + 1] if at + 1 < len(people) else None)
        second = at > 0 and _follows_given_name(analysis, people[at - 1], named, people)
        read.append(PersonName(named, parts_of(named.text), titles, shared, _age(analysis.text, named), second))
    offices = address_words() | heads()
    inner = {n.parts[1:2] for n in read if len(n.parts) > 2 and n.parts[0] in given_names()}
    people_named = [n for n in read if n.parts and (not set(n.parts) <= offices or n.parts in inner)]
    return [_with_counterpart(name, people_named[max(0, at - 2) : at]) for at, name in enumerate(people_named)]


def _of_country(analysis: Analysis, named: Named, title: Title) -> Title:
    """The title with the country that stands after the name: Foreign Minister Ann Roe of Peru."""
    if title.role is None or title.role.of is not None or not title.before:
        return title
    found = OF_COUNTRY.match(analysis.text, named.passage.end)
    country = atlas.country_named(found[1]) or atlas.country_named(found[1].split()[0]) if found else None
    if country is None or title.head not in words("en", "titles", "offices.state"):
        return title
    return replace(title, role=replace(title.role, of=country.name), country=title.country or country.code)


def _with_counterpart(person: PersonName, before: Sequence[PersonName]) -> PersonName:
    """The person whom a text calls another's counterpart, with that other's office: her Peruvian counterpart, X."""
    other = next((o for o in reversed(before) if o.named.sentence == person.named.sentence), None)
    office = next((t.role for t in other.titles if t.role and t.head in _state_offices()), None) if other else None
    if office is None:
        return person
    titles = tuple(
        replace(t, head=office.title.split()[-1], role=PartyRole(office.title, found.name, None))
        if t.head == "counterpart" and (found := atlas.country(t.country or "")) is not None
        else t
        for t in person.titles
    )
    return replace(person, titles=titles)


def _state_offices() -> frozenset[str]:
    return words("en", "titles", "offices.state")


def _age(text: str, named: Named) -> str:
    """The age that stands after a name between commas, or before it as "71-year-old"."""
    after = AGE_AFTER.match(text, named.passage.end)
    if after:
        return after[1]
    before = AGE_BEFORE.search(text[max(0, named.passage.start - 40) : named.passage.start])
    return before[1] if before else ""


def _shared_surname(analysis: Analysis, named: Named, after: Named | None) -> str:
    """The surname of "Ada and Max Roe", for Ada."""
    if after is None or len(parts_of(named.text)) != 1 or len(parts_of(after.text)) < 2:
        return ""
    between = analysis.text[named.passage.end : after.passage.start]
    if between.strip().lower() not in {"and", "&"}:
        return ""
    first = parts_of(named.text)[0]
    return " ".join(surname_of(parts_of(after.text))) if first in given_names() else ""


def _follows_given_name(analysis: Analysis, before: Named, named: Named, people: Sequence[Named]) -> bool:
    """Right before a name in full stands another's given name and "and": no name in the article ends with that."""
    between = analysis.text[before.passage.end : named.passage.start]
    if len(parts_of(before.text)) != 1 or len(parts_of(named.text)) < 2 or between.strip().lower() not in {"and", "&"}:
        return False
    return not any(len(p.text.split()) > 1 and fold(p.text.split()[-1]) == fold(before.text) for p in people)


def _is_junior(name: str) -> bool:
    return suffix_of(name) not in (None, "sr")


class Census:
    """The persons found so far; a sighting joins the one person it can be, or becomes a person of its own."""

    def __init__(self, people: Sequence[PersonName]) -> None:
        self.people = people
        self.spellings: dict[tuple[str, ...], Dossier] = {}
        self.seen: dict[int, list[int]] = defaultdict(list)
        """Text offsets at which each dossier (by its place in `dossiers`) was named in more than one part."""
        self.dossiers: list[Dossier] = []
        self.called: dict[int, int] = defaultdict(int)
        """How often each dossier was called by the bare surname, with no title before it."""
        self.paired: set[int] = set()
        """Those whom the text brings in with somebody who has the same surname: Eve, of "Ada and Eve Roe"."""

    def settle(self) -> list[Sighting]:
        """Every sighting with its person: long names make the persons, short names look among them."""
        order = sorted(self.people, key=lambda p: (-len(p.full), p.named.passage.start))
        sightings = [self._place(person) for person in order]
        return sorted(sightings, key=lambda s: (s.passage.start, s.passage.end))

    def _place(self, person: PersonName) -> Sighting:
        candidates, how = self._candidates(person)
        chosen = candidates[0] if len(candidates) == 1 else self._by_evidence(person, candidates)
        if chosen is None:
            how = "ambiguous_surname" if candidates else "exact"
            chosen = self._own(person, ambiguous=bool(candidates))
        if person.shared:
            how = "shared_surname"
        self._learn(chosen, person)
        if person.second:
            self.paired.add(id(chosen))
        return Sighting(person.named.passage, chosen, "name", how)

    def _candidates(self, person: PersonName) -> tuple[list[Dossier], str]:
        """The persons that a name can be, by the best kind of match that any of them offers."""
        matched: dict[Match, list[Dossier]] = defaultdict(list)
        for parts, dossier in self.spellings.items():
            how = match(person.full, parts)
            if how and self._agrees(person, dossier, how) and dossier not in matched[how]:
                matched[how].append(dossier)
        for how in RANKS:
            if matched[how]:
                return matched[how], how
        return [], "exact"

    def _agrees(self, person: PersonName, dossier: Dossier, how: Match) -> bool:
        """Titles do not contradict the match: no "Mrs" for a man, no "Mr" before a given name."""
        if person.gender != "unknown" and dossier.gender not in ("unknown", person.gender):
            return False
        if len(person.full) == 1 and _is_junior(person.named.text):
            return _is_junior(dossier.name)
        if how == "surname" and len(person.full) == 1 and _is_junior(dossier.name):
            return self._met_before(person, dossier)  # before "Ann Roe Jr." is named, "Roe" is her elder
        if how == "surname" and id(dossier) in self.paired and self._is_office_new(person, dossier):
            return False  # Ada and Eve Roe are children of the house: "President Roe" is neither
        if how == "given_name":
            if not self._met_before(person, dossier):
                return False
            addressed = any(title.role is None and title.head in {"mr", "mrs", "ms", "miss"} for title in person.titles)
            return not addressed or person.full[0] not in given_names()  # Thais and others are Mr and their given name
        return True

    def _is_office_new(self, person: PersonName, dossier: Dossier) -> bool:
        """The surname stands after an office of state that nothing says the person holds."""
        offices = [title for title in person.titles if title.role and title.head in _state_offices()]
        return len(person.full) == 1 and bool(offices) and not self._same_office(person, dossier)

    def _by_evidence(self, person: PersonName, candidates: list[Dossier]) -> Dossier | None:
        """Of several of one surname: the one whose office or gender the title names, or the only one met yet."""
        for fits in (self._same_office, self._same_gender, self._met_before):
            left = [dossier for dossier in candidates if fits(person, dossier)]
            if len(left) == 1:
                return left[0]
        return self._not_kin(candidates) or (self._established(person, candidates) if len(person.full) == 1 else None)

    def _same_office(self, person: PersonName, dossier: Dossier) -> bool:
        held = {canonical(role.title) for role in dossier.roles}
        return any(title.role and canonical(title.role.title) in held for title in person.titles)

    def _same_gender(self, person: PersonName, dossier: Dossier) -> bool:
        return person.gender != "unknown" and dossier.gender == person.gender

    def _not_kin(self, candidates: Sequence[Dossier]) -> Dossier | None:
        """The one who is not brought in as somebody's daughter or ally, and whose name in full comes oftenest.

        A relative of the person that an article is about goes by a first name; the surname is the other's.
        """
        left = [d for d in candidates if d.roles or not d.kin]
        if len(left) != 1:
            return None
        times = {id(d): len(self.seen[self.dossiers.index(d)]) for d in candidates}
        others = [times[id(d)] for d in candidates if d is not left[0]]
        return left[0] if times[id(left[0])] > max(others) else None

    def _established(self, person: PersonName, candidates: Sequence[Dossier]) -> Dossier | None:
        """The only one whom the article calls by the bare surname, where no other was named in full just before."""
        candidates = [d for d in candidates if self.spellings.get(("?", *person.full)) is not d]
        times = {id(d): self.called[self.dossiers.index(d)] for d in candidates}
        kept = [d for d in candidates if times[id(d)]]
        if len(kept) != 1 or times[id(kept[0])] < LEAST_CALLED or person.titles:
            return None
        start = person.named.passage.start
        in_full = sum(at < start for at in self.seen[self.dossiers.index(kept[0])])
        if times[id(kept[0])] <= in_full:  # called by the full name again and again, to be told from the other
            return None
        others = (at for d in candidates if d is not kept[0] for at in self.seen[self.dossiers.index(d)])
        return None if any(start - JUST_BEFORE <= at < start for at in others) else kept[0]

    def _met_before(self, person: PersonName, dossier: Dossier) -> bool:
        at = self.dossiers.index(dossier)
        return any(offset < person.named.passage.start for offset in self.seen[at])

    def _own(self, person: PersonName, ambiguous: bool) -> Dossier:
        """A person of its own, or the one that all unresolved sightings of one surname share."""
        if ambiguous:
            for parts, dossier in self.spellings.items():
                if parts == ("?", *person.full):
                    return dossier
        name = f"{person.named.text} {_as_written(self.people, person.shared)}".strip()
        dossier = Dossier(name, "person", gender=gender_of(person.full))
        self.dossiers.append(dossier)
        self.spellings[("?", *person.full) if ambiguous else person.full] = dossier
        return dossier

    def _learn(self, dossier: Dossier, person: PersonName) -> None:
        dossier.aliases.add(person.named.text)
        dossier.ages |= {person.age} - {""}
        dossier.add_gender(person.gender)
        if len(person.full) > 1:
            self.spellings.setdefault(person.full, dossier)
            self.seen[self.dossiers.index(dossier)].append(person.named.passage.start)
        if not person.titles and match(person.full, parts_of(dossier.name)) == "surname":
            self.called[self.dossiers.index(dossier)] += 1
        for title in person.titles:
            if title.head in words("en", "titles", "offices.kin"):
                dossier.kin = True
            elif title.role:
                dossier.add_role(title.role)
            dossier.nouns.add(title.head)
            dossier.country = dossier.country or title.country


def _as_written(people: Sequence[PersonName], surname: str) -> str:
    """A folded surname as the article writes it."""
    for person in people:
        for size in range(1, 4):
            written = person.named.text.split()[-size:]
            if surname and fold(" ".join(written)) == surname:
                return " ".join(written)
    return surname
