"""Organisations, places and groups of an article: initials learnt from the text, short forms, seats of government."""

from __future__ import annotations

import re
from collections.abc import Sequence

from onrecord.language.analysis import Analysis
from onrecord.model import PartyKind, atlas
from onrecord.model.personal import fold
from onrecord.resolution.dossiers import Dossier, Named, Sighting

KINDS: dict[str, PartyKind] = {
    "Organization": "organisation",
    "Location": "place",
    "Facility": "place",
    "NORP": "group",
    "Misc": "work",
}
LIGHT = frozenset({"of", "the", "and", "for", "in", "on", "de", "la", "du", "des", "al", "&", "to", "a"})
REGION = re.compile(r"\s+(?:province|region|district|county|prefecture|oblast|krai|governorate|municipality)$")


def initials_of(name: str) -> set[str]:
    """The ways a name is cut to initials: of every capitalised word, and of every word."""
    parts = [part for part in re.split(r"[\s\-–/]+", name) if part]
    main = "".join(p[0] for p in parts if p.lower() not in LIGHT)
    every = "".join(p[0] for p in parts)
    amp = "".join("&" if p.lower() in {"and", "&"} else p[0] for p in parts if p.lower() not in LIGHT - {"and", "&"})
    return {form.upper() for form in (main, every, amp)}


def _is_initials(text: str) -> bool:
    plain = text.replace(".", "")
    return 2 <= len(plain) <= 10 and " " not in plain and sum(c.isupper() for c in plain) >= max(2, len(plain) - 3)


def _fits(short: str, name: str) -> bool:
    """Initials in parentheses belong to the name before them: they begin alike, or are its initials."""
    plain = short.replace(".", "").upper()
    return _is_initials(short) and (plain[0] == name[0].upper() or plain in initials_of(name))


class Register:
    """The named parties of one kind in one article, by folded spelling."""

    def __init__(self, analysis: Analysis) -> None:
        self.analysis = analysis
        self.spellings: dict[tuple[PartyKind, str], Dossier] = {}
        self.first: dict[Dossier, int] = {}
        """Where the text first has the name by which a dossier was opened."""

    def settle(self, names: Sequence[Named]) -> list[Sighting]:
        """Every name with its party: the longest spellings first, so that short forms find what they are short for."""
        self._learn_initials(names)
        order = sorted(names, key=lambda n: (-len(n.text.split()), n.passage.start))
        return sorted((self._place(named) for named in order), key=lambda s: (s.passage.start, s.passage.end))

    def _learn_initials(self, names: Sequence[Named]) -> None:
        """ "Bank of Arland (BoA)": the initials are a spelling of the name before them."""
        for named in names:
            after = self.analysis.text[named.passage.end : named.passage.end + 16]
            found = re.match(r"\s?[(\[]([A-Z][\w.&-]{1,9})[)\]]", after)
            if named.kind == "Organization" and found and _fits(found[1], named.text):
                dossier = self._open(named)
                dossier.aliases.add(found[1])
                self.spellings[(dossier.kind, fold(found[1]))] = dossier

    def _place(self, named: Named) -> Sighting:
        kind = KINDS[named.kind]
        if named.kind != "Organization" and atlas.country_of_seat(named.text):
            kind = "organisation"
        key = (kind, fold(named.text))
        how = "exact"
        dossier = self.spellings.get(key)
        if dossier is None:
            dossier, how = self._short_form(named, kind)
        elif dossier.name != named.text:
            how = "acronym" if _is_initials(named.text) else "alias"
        if dossier is None:
            dossier, how = self._open(named), "exact"
        dossier.aliases.add(named.text)
        return Sighting(named.passage, dossier, "name", how)

    def _open(self, named: Named) -> Dossier:
        kind = KINDS[named.kind]
        seat = atlas.country_of_seat(named.text)
        kind = "organisation" if seat else kind
        known = self.spellings.get((kind, fold(named.text)))
        if known:
            return known
        dossier = Dossier(named.text, kind)
        self.first[dossier] = named.passage.start
        if seat:
            dossier.country = seat.code
        elif kind == "place":
            dossier.country = country_of_place(named.text)
        elif kind == "organisation":
            self._as_body(dossier)
        self.spellings[(kind, fold(named.text))] = dossier
        if kind == "place":
            short = named.text.rsplit(" ", 1)[0]
            if not atlas.cities_named(short) and not atlas.country_of_capital(short):
                self.spellings.setdefault((kind, REGION.sub("", fold(named.text))), dossier)
        return dossier

    def _as_body(self, dossier: Dossier) -> None:
        """A body that the whole world's news knows by its initials takes its full name and spellings."""
        body = atlas.body_named(dossier.name)
        if body:
            dossier.name, dossier.country = body.name, body.country
            for spelling in (body.name, *body.short):
                self.spellings.setdefault(("organisation", fold(spelling)), dossier)
        elif demonym := next((c for w in dossier.name.split() if (c := atlas.country_of_demonym(w))), None):
            dossier.country = demonym.code

    def _short_form(self, named: Named, kind: PartyKind) -> tuple[Dossier | None, str]:
        """The one longer name that a name begins or ends ("Foreign Ministry"); null for none or several."""
        if kind != "organisation":
            return None, "exact"
        if _is_initials(named.text):
            plain = named.text.replace(".", "").upper()
            spelt = [d for d in self._all(kind) if plain in initials_of(d.name) and len(plain) > 1]
            if not spelt and len(plain) > 2:
                spelt = [d for d in self._all(kind) if plain in initials_of(d.name.split(" of ")[0])]
            return (spelt[0], "acronym") if len(spelt) == 1 else (None, "exact")
        short = fold(named.text).split()
        if len(short) < 2 and not _distinctive(named.text):
            return None, "exact"
        longer = [d for d in self._met(named) if _shortens(short, d.name)]
        return (longer[0], "alias") if len(longer) == 1 else (None, "exact")

    def _met(self, named: Named) -> list[Dossier]:
        """The organisations named before: a short form comes after the long one, but for headlines' lone words."""
        lone = " " not in named.text
        return [d for d in self._all("organisation") if lone or self.first.get(d, -1) < named.passage.start]

    def _all(self, kind: PartyKind) -> list[Dossier]:
        return list(dict.fromkeys(d for (k, _), d in self.spellings.items() if k == kind))


def _distinctive(text: str) -> bool:
    """A lone word that can stand for a longer name: capitalised, and no place, people or common noun of its own."""
    known = atlas.country_named(text) or atlas.country_of_demonym(text) or atlas.cities_named(text)
    return text[:1].isupper() and len(text) > 3 and not known and text.lower() not in COMMON


LEGAL = frozenset({"inc", "inc.", "co", "co.", "ltd", "ltd.", "corp", "corp.", "plc", "group", "llc", "gmbh"})
COMMON = frozenset(
    [
        "ministry",
        "department",
        "agency",
        "council",
        "committee",
        "commission",
        "court",
        "university",
        "college",
        "institute",
        "association",
        "federation",
        "foundation",
        "authority",
        "bureau",
        "union",
        "party",
        "parliament",
        "assembly",
        "senate",
        "congress",
        "police",
        "bank",
        "fund",
        "government",
        "house",
        "national",
        "international",
        "federal",
        "central",
        "supreme",
        "united",
        "state",
        "new",
        "general",
        "first",
        "republic",
        "people",
    ]
)


def _shortens(short: list[str], name: str) -> bool:
    """A name is short for a longer one when it begins it before "of", "for" or a legal form, or ends it.

    What it ends must begin with a country, a place or a body ("Peruvian Foreign Ministry"), unless it is generic.
    """
    long = fold(name).split()
    if len(short) >= len(long):
        return False
    ends = len(short) >= 2 and long[-len(short) :] == short
    if not set(short) - COMMON:
        return ends
    rest = long[len(short) :]
    if long[: len(short)] == short and (len(short) == 1 or rest[0] in {"of", "for"} or set(rest) <= COMMON | LEGAL):
        return True
    return ends and _is_origin(" ".join(name.split()[: -len(short)]))


def _is_origin(text: str) -> bool:
    known = atlas.country_of_demonym(text) or atlas.country_named(text) or atlas.body_named(text)
    return known is not None or country_of_place(text) is not None


def country_of_place(name: str) -> str | None:
    """The country of a capital or a region, or the only country that has a city of the name."""
    known = atlas.country_of_capital(name) or atlas.country_of_region(name)
    if known:
        return known.code
    holders = {city.country for city in atlas.cities_named(name)}
    return holders.pop() if len(holders) == 1 else None
