"""Which persons of several articles are one: names in full, spellings, initials, and a surname that only one has."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from onrecord.linking.blocks import Capped, note
from onrecord.linking.sightings import Group, Local
from onrecord.linking.spellings import Spelling, heard, spelling_of, written_out
from onrecord.linking.surnames import contradict, join_surnames
from onrecord.model.personal import contained, initials_agree, parts_of, suffix_of

BLOCK_CAP = 200
"""Names of one family name and initial that a shorter name is compared with; of more, those of its very given name."""
SELDOM, MANY = 5, 10
"""How many times as many articles, and how many at least, name somebody without "Jr." before one with it is his son.

Read off the 300 articles of `evaluation/disagreements.py`, where five of 54 name a son: no evaluation measures it."""
ATTESTED = 2
"""Articles that must give a name each of two countries before it is taken for two persons': one may be misread."""


def join_people(locals_: Sequence[Local], capped: Capped | None = None) -> list[Group]:
    """The persons of the record: full names first, then what is short for one of them and for no other."""
    full = [local for local in locals_ if len(parts_of(local.party.name)) > 1]
    bare = [local for local in locals_ if len(parts_of(local.party.name)) == 1]
    groups = _join_shorter(_join_spellings(_by_name(full)), capped)
    return groups + join_surnames(groups, bare)


def keys(spelling: Spelling) -> tuple[str, ...]:
    """The blocks of a name: its last part with the first's initial, and the other way about for other name orders."""
    return tuple(sorted({f"{spelling[-1]}|{spelling[0][:1]}", f"{spelling[0]}|{spelling[-1][:1]}"}))


def _by_name(locals_: Iterable[Local]) -> list[Group]:
    """One group for each name, whatever its order and joints ("Jong-un", "Jong Un"); two where countries contradict."""
    by_name: dict[Spelling, list[Local]] = defaultdict(list)
    for local in locals_:
        by_name[spelling_of(local)].append(local)
    same: dict[str, list[Local]] = defaultdict(list)
    for spelling in sorted(by_name):
        same[_unordered(spelling)] += by_name[spelling]
    found: list[Group] = []
    for name in sorted(same):
        generations = _by_suffix(same[name])
        for one in generations:
            for group in _by_country(one):
                group.of_two = len(generations) > 1
                found.append(group)
    return found


def _by_suffix(locals_: list[Local]) -> list[list[Local]]:
    """Father and son apart, where texts tell of both; who is called neither is then a third."""
    suffixes = sorted({suffix for local in locals_ if (suffix := suffix_of(local.party.name))})
    if not suffixes or (len(suffixes) == 1 and not _father_and_son(locals_) and not _is_seldom(locals_)):
        return [locals_]
    found = [[local for local in locals_ if suffix_of(local.party.name) == suffix] for suffix in (*suffixes, None)]
    return [each for each in found if each]


def _is_seldom(locals_: Iterable[Local]) -> bool:
    """So few of many articles have the "Jr." that they hardly mean the one whom the others name."""
    called = Counter(suffix_of(local.party.name) is None for local in locals_)
    return called[True] >= SELDOM * called[False] and called[True] >= MANY


def _father_and_son(locals_: Iterable[Local]) -> bool:
    """One article names both a person with "Jr." and one of the name without it."""
    called: dict[str, set[bool]] = defaultdict(set)
    for local in locals_:
        called[local.article_id].add(suffix_of(local.party.name) is None)
    return any(len(both) > 1 for both in called.values())


def _join_spellings(groups: list[Group]) -> list[Group]:
    """Names that are heard alike, or differ by umlauts written out, are one where nothing speaks against it."""
    by_sound: dict[tuple[str, ...], list[Group]] = defaultdict(list)
    spelt: dict[str, list[Group]] = defaultdict(list)
    for group in groups:
        for sound in sorted({sound for local in group.members if (sound := heard(local.party.name))}):
            by_sound[sound].append(group)
        for plain in sorted({" ".join(sorted(parts_of(local.party.name))) for local in group.members}):
            spelt[plain].append(group)
    into: dict[int, Group] = {}
    for sound in sorted(by_sound):
        _join_all(by_sound[sound], into)
    for group in groups:
        for other in sorted({out for local in group.members if (out := written_out(local.party.name))}):
            _join_all([group, *spelt.get(" ".join(sorted(parts_of(other))), [])], into)
    return [group for group in groups if id(group) not in into]


def _join_all(groups: Sequence[Group], into: dict[int, Group]) -> None:
    """Joins each group to the first that it does not contradict; `into` remembers what has become part of what."""
    kept: list[Group] = []
    for group in groups:
        while id(group) in into:
            group = into[id(group)]
        if any(group is other for other in kept) or group.apart:
            continue
        other = next((each for each in kept if not _are_two(group, each)), None)
        if other is None:
            kept.append(group)
            continue
        for local in group.members:
            other.join(local, group.how.get(local.place) or "spelling")
        into[id(group)] = other


def _are_two(left: Group, right: Group) -> bool:
    """Their countries contradict, or one article names both."""
    ours = {local.article_id for local in left.members}
    return contradict(left, right) or any(local.article_id in ours for local in right.members)


def _unordered(spelling: Spelling) -> str:
    """A name of two parts reads the same in both orders; longer ones keep theirs, joints left out."""
    return "".join(sorted(spelling)) if len(spelling) == 2 else "".join(spelling)


def _by_country(locals_: list[Local]) -> list[Group]:
    """One group, or one for each country that several articles give while none of their roles agree."""
    counts = Counter(local.party.country for local in locals_ if local.party.country)
    attested = sorted(code for code, count in counts.items() if count >= ATTESTED)
    if len(attested) < 2 or _roles_agree(locals_, attested):
        return [Group(list(locals_))]
    groups = {code: Group([local for local in locals_ if local.party.country == code]) for code in attested}
    rest = [local for local in locals_ if local.party.country not in attested]
    return [*groups.values(), *(Group([local], apart=True) for local in rest)]


def _roles_agree(locals_: Iterable[Local], countries: Sequence[str]) -> bool:
    """Some role is given under two of the countries: then one of the countries is a misreading, not a second person."""
    held: dict[str, set[str | None]] = defaultdict(set)
    for local in locals_:
        if local.party.country in countries:
            for role in local.party.roles:
                held[role.title].add(local.party.country)
    return any(len(codes) > 1 for codes in held.values())


def _join_shorter(groups: list[Group], capped: Capped | None = None) -> list[Group]:
    """ "Ann Roe" joins "Ann Maria Roe" and "A. Roe" joins "Ann Roe", where their block has no second such name."""
    order = sorted(groups, key=lambda g: (-_length(g), spelling_of(g.members[0]), g.members[0].order()))
    blocks: dict[str, list[Group]] = defaultdict(list)
    kept: list[Group] = []
    for group in order:
        spelling = spelling_of(group.members[0])
        near = {id(other): other for other in _near(blocks, spelling)}
        fitting = [other for other in near.values() if score(group, other) > 0]
        if len(fitting) > 1:
            fitting = [other for other in fitting if _suffixes(other) == _suffixes(group)]
        if len(fitting) == 1 and not group.apart:
            how = None if score(group, fitting[0]) == 1 else "initials"
            for local in group.members:
                fitting[0].join(local, how)
            continue
        kept.append(group)
        for key in (*keys(spelling), _finer_key(spelling)):
            blocks[key].append(group)
    over_full = (key for key, found in blocks.items() if len(found) > BLOCK_CAP and not key.endswith("|"))
    note(capped, "people", sum(1 for _ in over_full))
    return kept


def _near(blocks: dict[str, list[Group]], spelling: Spelling) -> list[Group]:
    """The names that a shorter one may be short for; of an over-full block those of its very given name alone.

    What the cap leaves out is an initial, which could not tell one of so many names from the others.
    """
    found: list[Group] = []
    for key in keys(spelling):
        found += blocks[key] if len(blocks[key]) <= BLOCK_CAP else blocks[_finer_key(spelling)]
    return found


def _finer_key(spelling: Spelling) -> str:
    """The last part and the whole of the first."""
    return f"{spelling[-1]}|{spelling[0]}|"


def _length(group: Group) -> int:
    """The letters of a name: the one spelt out comes before the one with initials."""
    return sum(len(part) + 1 for part in spelling_of(group.members[0]))


def score(short: Group, long: Group) -> float:
    """How well a name fits a longer one of its block: 1 all its parts are in it, 0.5 its initials agree, 0 not."""
    left, right = spelling_of(short.members[0]), spelling_of(long.members[0])
    if long.apart or contradict(short, long) or left == right:
        return 0.0
    if _of_other_generations(short, long):
        return 0.0
    if _full_middles_differ(left, right):
        return 0.0
    if contained(left, right) and left[-1] == right[-1] and left[0] == right[0]:
        return 1.0
    spelt_short = any(_is_initial(group.members[0].party.name) for group in (short, long))
    return 0.5 if spelt_short and initials_agree(left, right) else 0.0


def _is_initial(name: str) -> bool:
    """The name begins with an initial: one letter, or two before a full stop ("Yu. Orlov"); "Ann" is none."""
    first = name.split()[0] if name.split() else ""
    head = first.split(".")[0]
    return len(head) == 1 or (len(head) == 2 and "." in first)


def _suffixes(group: Group) -> set[str]:
    return {suffix for local in group.members if (suffix := suffix_of(local.party.name))}


def _of_other_generations(left: Group, right: Group) -> bool:
    """Both have a suffix and none in common, or one alone has one and an article names both persons."""
    ours, theirs = _suffixes(left), _suffixes(right)
    if left.of_two or right.of_two:
        return ours != theirs
    if ours and theirs:
        return not ours & theirs
    return bool(ours or theirs) and _father_and_son([*left.members, *right.members])


def _full_middles_differ(left: Spelling, right: Spelling) -> bool:
    """Both have a second given name, and the initials of those differ."""
    return len(left) > 2 and len(right) > 2 and left[1][0] != right[1][0]
