"""One party over the whole record from what each article knows of it.

Block, score, decide: parties fall into blocks by kind and a key of their name, only parties of one block are ever
compared, and each decision needs evidence. What is only described never joins another article's; a bare surname joins
the record's only person of that surname.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from onrecord.linking.blocks import Capped
from onrecord.linking.bodies import join_bodies
from onrecord.linking.known import join_known
from onrecord.linking.people import join_people
from onrecord.linking.sightings import Group, Local
from onrecord.model import Bundle, LocalParty, Party, PartyKind, PartyRole, When, atlas, digest
from onrecord.model.lists import KnownParty
from onrecord.model.personal import fold


@dataclass(frozen=True)
class PartyMerge:
    """The parties of the record, and which of them each article's local parties turned out to be."""

    parties: tuple[Party, ...]
    ids: dict[tuple[str, str], str] = field(repr=False)
    how: dict[tuple[str, str], str] = field(repr=False)
    """How a local party was joined where it was not by its name: `surname_in_record`, `acronym`, `initials`, `list`."""

    def id_of(self, article_id: str, key: str) -> str | None:
        """The party that an article's local key names; null where the article has no such key."""
        return self.ids.get((article_id, key))

    def resolved_by(self, article_id: str, key: str) -> str | None:
        """How the record joined a local party, where the name in full did not."""
        return self.how.get((article_id, key))

    @property
    def surname_in_record(self) -> frozenset[tuple[str, str]]:
        """The local parties (article and key) that are only a surname, and took the record's only person of it."""
        return frozenset(place for place, how in self.how.items() if how == "surname_in_record")


def merge(bundles: Sequence[Bundle], known: Sequence[KnownParty] = (), capped: Capped | None = None) -> PartyMerge:
    """The parties of all bundles, whatever their order; `known` is the user's own list, which wins."""
    locals_ = sorted((_local(b, party) for b in bundles for party in b.parties), key=Local.order)
    groups = [*_described(locals_), *_states(locals_)]
    named = [local for local in locals_ if local.party.name and not _is_country(local)]
    by_kind: dict[PartyKind, list[Local]] = defaultdict(list)
    for local in named:
        by_kind[local.party.kind].append(local)
    for kind in sorted(by_kind):
        groups += join_people(by_kind[kind], capped) if kind == "person" else join_bodies(kind, by_kind[kind])
    return _merged(join_known(groups, known))


def _local(bundle: Bundle, party: LocalParty) -> Local:
    published = bundle.article.published
    day = (published.earliest or published.latest) if published else None
    return Local(bundle.article.id, bundle.article.outlet, party, day[:10] if day else None)


def _described(locals_: Iterable[Local]) -> list[Group]:
    """Each party that is only described, by itself."""
    return [Group([local], apart=True) for local in locals_ if not local.party.name]


def _is_country(local: Local) -> bool:
    """A state or a territory: its code says which, whatever it is called."""
    code = local.party.country
    if code is None or local.party.kind not in ("state", "place"):
        return False
    if local.party.kind == "state":
        return True
    country = atlas.country(code)
    return country is not None and country.kind == "territory" and country.name == local.party.name


def _states(locals_: Iterable[Local]) -> list[Group]:
    """States and territories, one for each code."""
    by_code: dict[tuple[str, str], Group] = {}
    for local in locals_:
        if local.party.name and _is_country(local):
            place = (local.party.kind, local.party.country or "")
            by_code.setdefault(place, Group([])).members.append(local)
    return list(by_code.values())


def _merged(groups: Iterable[Group]) -> PartyMerge:
    parties: dict[str, Party] = {}
    ids: dict[tuple[str, str], str] = {}
    how: dict[tuple[str, str], str] = {}
    for group in groups:
        party = _party(group)
        parties[party.id] = party
        for local in group.members:
            ids[local.place] = party.id
        how.update(group.how)
    return PartyMerge(tuple(parties[id_] for id_ in sorted(parties)), ids, how)


def _party(group: Group) -> Party:
    """The party that a group of local ones makes; its id hangs on what it is, not on when it came."""
    kind = _kind(group)
    country = (group.known.country if group.known else None) or _country(group)
    name = group.known.name if group.known else _name(group, kind, country)
    own = "/".join(group.members[0].place) if group.apart else ""
    spelt = {spelling for local in group.members for spelling in (local.party.name, *local.party.aliases)}
    spelt |= set(group.known.aliases) if group.known else set()
    return Party(
        id=digest("party", kind, fold(name), country or "", own),
        name=name,
        kind=kind,
        country=country,
        aliases=tuple(sorted(spelt - {name, ""})),
        roles=_roles(group),
    )


def _kind(group: Group) -> PartyKind:
    """What the user's list says it is, else what most articles take it for."""
    if group.known is None:
        return group.members[0].party.kind
    if group.known.kind is not None:
        return group.known.kind
    counts = Counter(local.party.kind for local in group.members)
    return min(sorted(counts), key=lambda kind: -counts[kind])


def _country(group: Group) -> str | None:
    """The country that most articles give the party; null where none does, or two do equally often."""
    counts = Counter(local.party.country for local in group.members if local.party.country)
    ranked = counts.most_common()
    if not ranked or (len(ranked) > 1 and ranked[0][1] == ranked[1][1]):
        return None
    return ranked[0][0]


def _name(group: Group, kind: PartyKind, country: str | None) -> str:
    """The fullest name: of most parts, then the one most articles use; not in capitals where another is not."""
    if country and _is_country(group.members[0]):
        known = atlas.country(country)
        return known.name if known else group.members[0].party.name
    counts = Counter(local.party.name for local in group.members)
    if not any(counts):
        return ""
    return min(counts, key=lambda name: (name.isupper(), -len(fold(name).split()), -counts[name], name))


def _roles(group: Group) -> tuple[PartyRole, ...]:
    """The roles of all articles, each once, sorted; "president" is left out where "president of Peru" is known.

    A role for which no text gives a time has that from the first to the last day on which an article gave it. What the
    user's list says of a role stands for what the articles say of it.
    """
    listed = tuple(PartyRole(role.title, _of(role.of), role.when) for role in group.known.roles) if group.known else ()
    said = {(role.title.casefold(), role.of) for role in listed}
    roles = {*listed}
    days: dict[tuple[str, str | None], set[str]] = {}
    for local in group.members:
        for role in local.party.roles:
            key = role.title, _of(role.of)
            if (key[0].casefold(), key[1]) in said:
                continue
            if role.when is not None:
                roles.add(PartyRole(*key, role.when))
            else:
                days.setdefault(key, set()).update([local.published] if local.published else ())
    roles |= {PartyRole(*key, _given(seen)) for key, seen in days.items()}
    full = {role.title for role in roles if role.of}
    kept = [role for role in roles if role.of or role.title not in full]
    return tuple(sorted(kept, key=lambda role: (role.title, role.of or "", _when(role.when))))


def _given(days: set[str]) -> When | None:
    """From the first to the last of the days on which articles gave something; null where none is dated."""
    return When("", min(days), max(days), "day", None, "inferred") if days else None


def _of(of: str | None) -> str | None:
    """What a role is of, states by their common name."""
    country = atlas.country_named(of) if of else None
    return country.name if country else of


def _when(when: When | None) -> str:
    return (when.earliest or "") + "/" + (when.latest or "") if when else ""
