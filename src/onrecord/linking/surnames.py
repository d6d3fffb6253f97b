"""Whom a bare surname of one article names in the record: the only person of it, where something speaks for that.

Two persons of one surname are common, and a record may hold one of them only. So the article that gives the surname
and one that gives the full name must have somebody else in common, or the person must be one whom many articles name.
The numbers were set on 300 news articles on 100 happenings: without the rule, ten of 41 such joins were wrong.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from onrecord.linking.sightings import Group, Local
from onrecord.linking.spellings import is_respelt, spelling_of
from onrecord.model.personal import fold, given_names, loosen, parts_of, suffix_of, surname_of

MANY = 3
"""Articles that name a person in full before a surname alone, somewhere else, is taken to be theirs."""
COMPANY = 3
"""Other persons that an article must name before it tells anything that none of them is in another article."""
COMMON = 0.05
"""The share of articles from which a name is too common to tell anything, where there are more than `FEW`."""
FEW = 10


class Company:
    """Who is named beside whom: the persons of each article, without those that are named everywhere."""

    def __init__(self, locals_: Iterable[Local]) -> None:
        named: dict[str, set[str]] = defaultdict(set)
        for local in locals_:
            named[local.article_id].add(" ".join(spelling_of(local)))
        counts = Counter(name for names in named.values() for name in names)
        most = max(FEW, COMMON * len(named))
        self._of = {key: {name for name in names if counts[name] <= most} for key, names in named.items()}

    def of(self, local: Local) -> set[str]:
        """The other persons whom the article of a local party names."""
        return self._of.get(local.article_id, set()) - {" ".join(spelling_of(local))}


def join_surnames(groups: list[Group], bare: Sequence[Local]) -> list[Group]:
    """Bare surnames join the record's only person of the surname; the rest stay one article's own.

    Of several persons, the one who holds the office that the article gives the surname; several bare surnames of one
    office of one country are one person.
    """
    by_surname: dict[str, list[Group]] = defaultdict(list)
    for group in groups:
        for surname in sorted({loosen(surname_of(parts_of(local.party.name))[-1]) for local in group.members}):
            by_surname[surname].append(group)
        for alias in sorted(_lone_aliases(group) - set(by_surname)):
            by_surname[alias].append(group)
    company = Company([*(local for group in groups for local in group.members), *bare])
    own: dict[tuple[str, ...], Group] = {}
    for local in bare:
        namesakes = [] if suffix_of(local.party.name) else by_surname.get(spelling_of(local)[-1], [])
        person = _person(local, namesakes, company)
        if person is not None:
            person.join(local, "surname_in_record")
        else:
            own.setdefault(_own_key(local, rivals=bool(namesakes)), Group([], apart=True)).join(local)
    return list(own.values())


def _person(local: Local, namesakes: Sequence[Group], company: Company) -> Group | None:
    """The one person whom a bare surname names; null where its own article names a bearer of it in full beside it."""
    if any(member.article_id == local.article_id for group in namesakes for member in group.members):
        return None
    fitting = [group for group in namesakes if _is_spelt_so(local, group) and not contradict(Group([local]), group)]
    fitting = _without_juniors(fitting)
    if len(fitting) > 1:
        fitting = [group for group in fitting if _same_office(local, group)]
    return fitting[0] if len(fitting) == 1 and _is_likely(local, fitting[0], company) else None


def _without_juniors(namesakes: list[Group]) -> list[Group]:
    """Who is always called "Jr." is not meant by the surname where another bears the very name without it."""
    plain = [group for group in namesakes if any(suffix_of(member.party.name) is None for member in group.members)]
    if len(plain) != 1:
        return namesakes
    name = spelling_of(plain[0].members[0])
    return [group for group in namesakes if group is plain[0] or spelling_of(group.members[0]) != name]


def _is_spelt_so(local: Local, group: Group) -> bool:
    """A surname is spelt as the person's own, but for the spellings of names from other alphabets."""
    wanted = parts_of(local.party.name)[-1]
    spelt = {part for member in group.members for name in _names(member) for part in parts_of(name)}
    return wanted in spelt or any(is_respelt(member.party.name) for member in group.members)


def _names(member: Local) -> tuple[str, ...]:
    return (member.party.name, *member.party.aliases)


def _is_likely(local: Local, group: Group, company: Company) -> bool:
    """Something speaks for it: an office in common, somebody else in common, or a person whom many articles name.

    Two articles that hardly name anybody beside speak neither for nor against it. A given name alone is nobody's
    surname: it needs somebody in common.
    """
    if _same_office(local, group):
        return True
    around = company.of(local)
    theirs = [company.of(member) for member in group.members]
    if any(around & names for names in theirs):
        return True
    if _is_given_name(local, group):
        return False
    if len({member.article_id for member in group.members}) >= MANY:
        return True
    return len(around) < COMPANY or all(len(names) < COMPANY for names in theirs)


def _is_given_name(local: Local, group: Group) -> bool:
    """The word is a given name, and not the family name of the person."""
    word = parts_of(local.party.name)[-1]
    surnames = {surname_of(parts_of(member.party.name))[-1] for member in group.members}
    return word in given_names() and word not in surnames


def _lone_aliases(group: Group) -> set[str]:
    """Single words by which articles call the person ("Tran" of "Tran Thi Mai")."""
    words = (parts_of(alias) for local in group.members for alias in local.party.aliases if not suffix_of(alias))
    return {loosen(parts[0]) for parts in words if len(parts) == 1}


def contradict(left: Group, right: Group) -> bool:
    """Both have countries, and none in common."""
    ours = {local.party.country for local in left.members} - {None}
    theirs = {local.party.country for local in right.members} - {None}
    return bool(ours and theirs and not ours & theirs)


def _same_office(local: Local, group: Group) -> bool:
    held = {role.title for member in group.members for role in member.party.roles}
    return any(role.title in held for role in local.party.roles)


def _own_key(local: Local, rivals: bool) -> tuple[str, ...]:
    """What bare surnames without a full name in the record share: surname, country and office, or nothing."""
    offices = sorted(role.title for role in local.party.roles)
    if offices and local.party.country and not rivals:
        return (fold(local.party.name), local.party.country, offices[0])
    return local.place
