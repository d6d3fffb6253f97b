"""The parties of one article and where its text names them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from onrecord.language.analysis import Analysis
from onrecord.model import LocalParty, Mention, Passage, atlas, entry_id
from onrecord.model.personal import fold
from onrecord.resolution.cast import Cast
from onrecord.resolution.countries import States, loose_demonyms, state_sightings
from onrecord.resolution.descriptions import Descriptions, learn_nouns
from onrecord.resolution.dossiers import Dossier, Named, Sighting
from onrecord.resolution.names import tidy_names
from onrecord.resolution.organisations import Register
from onrecord.resolution.persons import Census, PersonName, read_persons
from onrecord.resolution.pronouns import Pronouns
from onrecord.resolution.voices import writer_of

MADE_BY = "parties/3"
LONGEST_INITIALS = 4
"""Letters under which a name in capitals may be initials."""


def cast_of(analysis: Analysis) -> Cast:
    """The parties that an article names, describes and refers to, with every mention that evidence settles."""
    names = tidy_names(analysis)
    people = read_persons(analysis, names)
    states = States()
    sightings = _named_sightings(analysis, names, people, states)
    sightings += _title_sightings(people, sightings)
    sightings += _writer_sighting(analysis, sightings)
    learn_nouns(analysis, names, sightings)
    sightings += Descriptions(analysis, sightings, states).settle()
    sightings += Pronouns(analysis, sightings).settle()
    return _cast(analysis, sightings)


def _named_sightings(
    analysis: Analysis, names: Sequence[Named], people: Sequence[PersonName], states: States
) -> list[Sighting]:
    """Names of persons, states, places, organisations and groups."""
    found = list(state_sightings(analysis, names, states))
    settled = [s.passage for s in found]
    left = [n for n in names if n.kind != "Person" and not any(n.passage.holds(p) for p in settled)]
    found += Register(analysis).settle(left)
    found += Census(people).settle()
    found += loose_demonyms(analysis, [s.passage for s in found], states)
    return found


def _writer_sighting(analysis: Analysis, named: Iterable[Sighting]) -> list[Sighting]:
    """The byline's name as a mention of the writer, where the writer speaks in the article as "I"."""
    found = writer_of(analysis)
    if found is None:
        return []
    name, passage = found
    known = (s.dossier for s in named if s.dossier.kind == "person" and fold(s.dossier.name) == fold(name))
    return [Sighting(passage, next(known, None) or Dossier(name, "person"), "name", "byline")]


def _title_sightings(people: Sequence[PersonName], named: Iterable[Sighting]) -> list[Sighting]:
    """The offices beside names ("Kenyan President"): they name whom the name names."""
    whose = {s.passage: s.dossier for s in named if s.form == "name"}
    return [
        Sighting(title.passage, whose[person.named.passage], "title", "title")
        for person in people
        for title in person.titles
        if title.role and person.named.passage in whose and not title.passage.meets(person.named.passage)
    ]


def _cast(analysis: Analysis, sightings: Iterable[Sighting]) -> Cast:
    """The sightings as mentions, the parties numbered in the order of their first one."""
    ordered = sorted(sightings, key=lambda s: (s.passage.start, -s.passage.end, s.form, s.dossier.name))
    keys: dict[int, str] = {}
    parties: list[Dossier] = []
    mentions: list[Mention] = []
    used: dict[Passage, int] = {}
    for sighting in ordered:
        if id(sighting.dossier) not in keys:
            keys[id(sighting.dossier)] = f"#{len(keys) + 1}"
            parties.append(sighting.dossier)
        mentions.append(_mention(analysis, sighting, keys[id(sighting.dossier)], used))
    return Cast(analysis, tuple(_local(keys[id(d)], d) for d in parties), tuple(mentions))


def _mention(analysis: Analysis, sighting: Sighting, key: str, used: dict[Passage, int]) -> Mention:
    """A mention; those that share a place ("they" for two) are told apart by their number."""
    passage = sighting.passage
    used[passage] = number = used.get(passage, 0) + 1
    extra = "" if number == 1 else str(number)
    return Mention(
        id=entry_id("mention", analysis.article.id, passage, extra=extra),
        article_id=analysis.article.id,
        party_id=key,
        start=passage.start,
        end=passage.end,
        text=passage.of(analysis.text),
        form=sighting.form,
        resolved_by=sighting.resolved_by,
        made_by=MADE_BY,
        confidence=None,
    )


def _local(key: str, dossier: Dossier) -> LocalParty:
    name = _well_cased(dossier)
    aliases = tuple(sorted(dossier.aliases - {name}))
    return LocalParty(key, name, dossier.kind, dossier.country, aliases, tuple(dossier.roles))


def _well_cased(dossier: Dossier) -> str:
    """The name as a sentence writes it, where a dateline or a headline has it in capitals."""
    if not dossier.name.isupper() or len(dossier.name) < LONGEST_INITIALS:
        return dossier.name
    capital = atlas.country_of_capital(dossier.name)
    spellings = sorted(dossier.aliases) + (list(capital.capitals) if capital and dossier.kind == "place" else [])
    same = [text for text in spellings if not text.isupper() and fold(text) == fold(dossier.name)]
    return same[0] if same else dossier.name
