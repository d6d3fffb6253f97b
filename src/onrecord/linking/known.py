"""The user's own list of parties: who of the record is who of the list, and who is kept apart from them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from onrecord.linking.sightings import Group, Local
from onrecord.model.lists import KnownParty
from onrecord.model.personal import fold

Names = dict[tuple[str, str], KnownParty]


def join_known(groups: Sequence[Group], known: Sequence[KnownParty]) -> list[Group]:
    """The groups with those that a list names made one for each of its entries, and what it keeps apart taken out."""
    if not known:
        return list(groups)
    names: Names = {(fold(name), entry.kind or ""): entry for entry in known for name in entry.names}
    joined: dict[int, Group] = {}
    kept: list[Group] = []
    for group in groups:
        left = _taken(group, names, joined)
        kept += left
    return [*kept, *(joined[key] for key in sorted(joined, key=lambda key: _order(joined[key])))]


def _order(group: Group) -> tuple[str, str]:
    return (group.known.name, group.known.kind or "") if group.known else ("", "")


def _taken(group: Group, names: Names, joined: dict[int, Group]) -> list[Group]:
    """Moves a group's members to their entries' groups; what is left of it."""
    entries = {local.place: entry for local in group.members if (entry := _entry(local, names)) is not None}
    if not entries:
        return [group]
    distinct = {id(entry): entry for entry in entries.values()}
    only = next(iter(distinct.values())) if len(distinct) == 1 else None
    left: list[Local] = []
    for local in group.members:
        entry = entries.get(local.place) or (only if only is not None and not _is_apart(local, only) else None)
        if entry is None:
            left.append(local)
            continue
        into = joined.setdefault(id(entry), Group([], known=entry))
        how = group.how.get(local.place) or ("list" if fold(local.party.name) != fold(entry.name) else None)
        into.join(local, how)
    return _by_name(left, group)


def _entry(local: Local, names: Names) -> KnownParty | None:
    """The entry that has the name by which an article calls a party, of its kind or of any."""
    if not local.party.name:
        return None
    name = fold(local.party.name)
    return names.get((name, local.party.kind)) or names.get((name, ""))


def _is_apart(local: Local, entry: KnownParty) -> bool:
    """Whether the list says that somebody of this name is not the entry."""
    return fold(local.party.name) in {fold(name) for name in entry.apart}


def _by_name(left: Iterable[Local], group: Group) -> list[Group]:
    """What is left of a group whose others are on the list: one group for each name."""
    by_name: dict[str, list[Local]] = defaultdict(list)
    for local in left:
        by_name[fold(local.party.name)].append(local)
    return [
        Group(members, group.apart, {m.place: group.how[m.place] for m in members if m.place in group.how})
        for _, members in sorted(by_name.items())
    ]
