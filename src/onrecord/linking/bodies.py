"""Which organisations, places, groups and works of several articles are one: by name, country and learnt initials."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cache

from onrecord.linking.sightings import Group, Local
from onrecord.model import PartyKind, atlas
from onrecord.model.personal import fold

LEGAL = re.compile(r",?\s+(?:inc|ltd|llc|plc|co|corp|corporation|gmbh|ag|sa|nv|limited|incorporated)\.?$")


def join_bodies(kind: PartyKind, locals_: Sequence[Local]) -> list[Group]:
    """The organisations, places, groups or works of the record."""
    spelt_out = learnt_initials(locals_) if kind == "organisation" else {}
    blocks: dict[str, list[Local]] = defaultdict(list)
    how: dict[tuple[str, str], str] = {}
    for local in locals_:
        key = keys(local)
        if key in spelt_out and _are_initials(local.party.name):
            how[local.place] = "acronym"
        blocks[spelt_out.get(key, key)].append(local)
    groups = [group for key in sorted(blocks) for group in _by_country(blocks[key], is_generic(key))]
    for group in groups:
        group.how.update({local.place: how[local.place] for local in group.members if local.place in how})
    return groups


@cache
def canonical(name: str) -> str:
    """An organisation's or a place's name as names are compared; a body known by its initials under its full name."""
    body = atlas.body_named(name)
    plain = fold(body.name if body else name).removeprefix("the ").replace(".", "")
    plain = LEGAL.sub("", plain)
    return " ".join(atlas.spelling_of(word) for word in plain.split())


def keys(local: Local) -> str:
    """The block of a party: its canonical name; a people's or a following's in the singular."""
    name = canonical(local.party.name)
    return name.removesuffix("s") if local.party.kind == "group" else name


def learnt_initials(locals_: Iterable[Local]) -> dict[str, str]:
    """Initials that any article spells out, by what they stand for; those that stand for two things are left out."""
    told: dict[str, set[str]] = defaultdict(set)
    for local in locals_:
        for alias in local.party.aliases:
            if _are_initials(alias) and not _are_initials(local.party.name):
                told[canonical(alias)].add(canonical(local.party.name))
    return {short: names.pop() for short, names in sorted(told.items()) if len(names) == 1}


def _are_initials(text: str) -> bool:
    plain = text.replace(".", "")
    return 2 <= len(plain) <= 10 and " " not in plain and sum(c.isupper() for c in plain) >= max(2, len(plain) - 3)


def is_generic(name: str) -> bool:
    """A name that many countries have: "Ministry of Health", "Supreme Court", and two bare initials.

    Without a country it joins only what its own outlet so calls.
    """
    return set(name.split()) <= atlas.generic_words() or len(name) <= 2


def _by_country(locals_: Sequence[Local], generic: bool) -> list[Group]:
    """The parties of one name: one for each country given; those without one join where nothing speaks against it."""
    countries = sorted({local.party.country for local in locals_ if local.party.country})
    groups = {code: Group([local for local in locals_ if local.party.country == code]) for code in countries}
    rest = [local for local in locals_ if not local.party.country]
    if generic or len(countries) > 1:
        return [*groups.values(), *_by_outlet(rest, generic)]
    if countries:
        for local in rest:
            groups[countries[0]].join(local)
        return list(groups.values())
    return [Group(rest)] if rest else []


def _by_outlet(rest: Sequence[Local], generic: bool) -> list[Group]:
    """What has a name of many bearers and no country: one for each outlet, or each article where that is unknown."""
    groups: dict[tuple[str, ...], Group] = {}
    for local in rest:
        place = (local.outlet,) if generic and local.outlet else local.place
        groups.setdefault(place, Group([], apart=True)).join(local)
    return list(groups.values())
