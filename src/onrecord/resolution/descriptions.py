"""Descriptions that stand for a party: "the Kenyan leader", "the ministry", "her Peruvian counterpart", "the city"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from onrecord.language.analysis import Analysis, Word
from onrecord.language.tables import words
from onrecord.model import PartyRole, Passage, atlas
from onrecord.model.personal import fold
from onrecord.resolution.countries import States
from onrecord.resolution.dossiers import Dossier, Named, Sighting
from onrecord.resolution.titles import canonical, head_of, plain

DETERMINERS = frozenset({"the", "this", "that"})
POSSESSORS = frozenset({"his", "her", "its", "their", "our", "my"})
FILLERS = frozenset({"new", "current", "long-serving", "longtime", "veteran", "powerful", "embattled"})
MOST_MODIFIERS = 5
PLACE_REACH = 3
"""Sentences after which "the city" may be another."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A described noun: its words from the determiner to the head and what its modifiers say."""

    passage: Passage
    head: Word
    noun: str
    modifiers: tuple[str, ...]
    country: atlas.Country | None
    of: str | None
    determiner: str
    of_country: bool


class Descriptions:
    """What the descriptions of one article stand for, each settled by evidence that picks exactly one party."""

    def __init__(self, analysis: Analysis, sightings: Sequence[Sighting], states: States) -> None:
        self.analysis = analysis
        self.sightings = sightings
        self.states = states
        self.dossiers = list(dict.fromkeys(s.dossier for s in sightings))
        self.named = sorted((s for s in sightings if s.form == "name"), key=lambda s: s.passage)
        self.blocked = _blocked(sightings)

    def settle(self) -> list[Sighting]:
        phrases = list(self._phrases())
        told = {phrase.passage: dossier for phrase in phrases if (dossier := self._told_by_clause(phrase))}
        found: list[Sighting] = []
        for phrase in phrases:
            dossier, how = self._whom(phrase)
            if dossier is None and phrase.passage in told:
                dossier, how = told[phrase.passage], "clause_subject"
            if dossier:
                found.append(Sighting(phrase.passage, dossier, "description", how))
        return found

    def _phrases(self) -> Iterator[Phrase]:
        for word in self.analysis.words:
            if word.upos not in {"NOUN", "PROPN", "ADJ"} or word.start in self.blocked:
                continue
            noun = self._noun(word)
            if noun and (phrase := self._phrase(word, noun)):
                yield phrase

    def _noun(self, word: Word) -> str | None:
        """The listed noun that a word is, in the singular only: "the ministers" are not one party."""
        lower = plain(word)
        if lower.endswith("year-old") and lower[:-9].isdigit():
            return lower
        role = head_of(word)
        if role == lower:
            return role
        listed = ("heads.organisation", "heads.place", "heads.state", "heads.government")
        return lower if any(lower in words("en", "organisations", key) for key in listed) else None

    def _phrase(self, head: Word, noun: str) -> Phrase | None:
        """The noun with its determiner; null for "a minister", inside a longer compound, and beside a name."""
        if head.relation in {"compound", "flat", "amod", "nmod:desc"} or self._goes_on(head):
            return None
        row = self._row(head)
        if row is None:
            return None
        determiner, modifiers, country = row
        link = self._link(head)
        of_country = False
        of = None
        if link:
            of = self.analysis.text[link[1].start : link[-1].end]
            found = atlas.country_named(of)
            country, of_country = (country or found), found is not None
        elif any(w.relation in {"nmod", "acl", "acl:relcl"} and w.index > head.index for w in self._near(head)):
            return None
        start = determiner.start if determiner else (modifiers[0].start if modifiers else head.start)
        end = link[-1].end if link else head.end
        kept = tuple(plain(w) for w in modifiers if not _is_demonym(w) and plain(w) not in FILLERS and w.text != "-")
        return Phrase(
            Passage(start, end), head, noun, kept, country, of, plain(determiner) if determiner else "", of_country
        )

    def _near(self, head: Word) -> Iterator[Word]:
        return (w for w in self.analysis.children(head) if w.index - head.index <= 2)

    def _goes_on(self, head: Word) -> bool:
        """The noun is followed at once by a noun or a name that it belongs to."""
        after = head.index + 1
        if after >= len(self.analysis.words):
            return False
        word = self.analysis.words[after]
        if word.sentence != head.sentence or word.start - head.end > 1:
            return False
        if word.text in {"-", "‑"}:
            return True
        return word.upos in {"NOUN", "PROPN"} and (
            word.start in self.blocked or word.head == head.index or head.head == word.index
        )

    def _row(self, head: Word) -> tuple[Word | None, list[Word], atlas.Country | None] | None:
        """Determiner, modifiers and the country that a demonym or a possessor names, walking left from the head."""
        modifiers: list[Word] = []
        country: atlas.Country | None = None
        first = self.analysis.sentences[head.sentence].first
        at = head.index - 1
        while at >= max(first, head.index - MOST_MODIFIERS - 1):
            word = self.analysis.words[at]
            if plain(word) in DETERMINERS | POSSESSORS:
                return word, modifiers, country
            if word.text in {"'s", "’s"}:
                return self._possessed(at, modifiers)
            named = _country_before(self.analysis, at)
            if named and country is None:
                country, size = named
                modifiers = [*self.analysis.words[at - size + 1 : at + 1], *modifiers]
                at -= size
                continue
            if word.start in self.blocked:
                return None
            if word.upos not in {"ADJ", "NOUN", "PROPN"} and word.text != "-":
                break
            modifiers.insert(0, word)
            at -= 1
        if country and self._bare(modifiers):
            return None, modifiers, country
        return None

    def _bare(self, modifiers: list[Word]) -> bool:
        """A phrase without a determiner stands for a party only at the start of its sentence, as headlines have it."""
        return modifiers[0].index == self.analysis.sentences[modifiers[0].sentence].first

    def _possessed(self, at: int, modifiers: list[Word]) -> tuple[Word | None, list[Word], atlas.Country | None] | None:
        """ "Peru's president": the possessor names the country."""
        named = _country_before(self.analysis, at - 1)
        if named is None:
            return None
        country, size = named
        return None, [*self.analysis.words[at - size : at + 1], *modifiers], country

    def _link(self, head: Word) -> tuple[Word, ...]:
        """ "of Peru", "of the Peruvian parliament": the words of a short "of" phrase."""
        after = [w for w in self.analysis.words[head.index + 1 : head.index + 7] if w.sentence == head.sentence]
        if not after or after[0].text.lower() != "of":
            return ()
        phrase = [after[0]]
        for word in after[1:]:
            if word.upos not in {"PROPN", "NOUN", "ADJ", "DET"} and word.text not in {"'s", "’s", "-"}:
                break
            phrase.append(word)
        return tuple(phrase) if len(phrase) > 1 else ()

    def _whom(self, phrase: Phrase) -> tuple[Dossier | None, str]:
        if phrase.noun.endswith("year-old"):
            return _only(d for d in self._persons() if phrase.noun[:-9] in d.ages), "age"
        if phrase.noun in words("en", "organisations", "heads.government") and phrase.country and not phrase.modifiers:
            return self.states.of(phrase.country), "demonym_role"
        if phrase.noun == "counterpart" and phrase.country:
            return _only(d for d in self._persons() if d.country == phrase.country.code and d.roles), "demonym_role"
        person = self._person(phrase)
        if person:
            return person, "demonym_role" if phrase.country else "role"
        if phrase.determiner in POSSESSORS or (phrase.of and not phrase.of_country):
            return None, ""
        return self._thing(phrase), "head_noun"

    def _told_by_clause(self, phrase: Phrase) -> Dossier | None:
        """ "Roe left for Quito as the Peruvian president sought help": the one person of the sentence is the president.

        Only where nobody in the article is known to lead that state; the office is then known of the person.
        """
        chief = canonical(" ".join((*phrase.modifiers, phrase.noun))) in words("en", "titles", "offices.chief")
        if not chief or phrase.country is None or phrase.head.relation != "nsubj" or self._person(phrase):
            return None
        code = phrase.country.code
        if any(d.country == code and d.roles for d in self._persons()):
            return None
        verb = self.analysis.words[phrase.head.head]
        marks = {w.text.lower() for w in self.analysis.children(verb) if w.relation == "mark"}
        here = [s for s in self.named if self._in_sentence(s, phrase) and s.dossier.kind == "person"]
        before = [s for s in here if s.passage.end < phrase.passage.start and self._is_subject(s)]
        if not marks & {"as", "while", "when"} or len({id(s.dossier) for s in here}) != 1 or not before:
            return None
        person = before[0].dossier
        if person.country not in (None, code):
            return None
        person.country = code
        person.add_role(PartyRole(phrase.noun, phrase.country.name, None))
        return person

    def _in_sentence(self, sighting: Sighting, phrase: Phrase) -> bool:
        sentence = self.analysis.sentences[phrase.head.sentence]
        return sentence.start <= sighting.passage.start < sentence.end

    def _is_subject(self, sighting: Sighting) -> bool:
        inside = self.analysis.words_in(sighting.passage.start, sighting.passage.end)
        return any(word.relation == "nsubj" for word in inside)

    def _persons(self) -> Iterator[Dossier]:
        return (d for d in self.dossiers if d.kind == "person")

    def _person(self, phrase: Phrase) -> Dossier | None:
        """The only person of the article who holds the office described."""
        if head_of(phrase.head) is None or phrase.noun in words("en", "titles", "offices.kin"):
            return None
        if phrase.determiner in POSSESSORS and phrase.country is None:
            return None
        return _only(d for d in self._persons() if any(self._holds(d, role, phrase) for role in d.roles))

    def _holds(self, dossier: Dossier, role: PartyRole, phrase: Phrase) -> bool:
        code = phrase.country.code if phrase.country else None
        if code and dossier.country != code:
            return False
        if phrase.of and not phrase.of_country and fold(phrase.of.removeprefix("the ")) != fold(role.of or ""):
            return False
        described = canonical(" ".join((*phrase.modifiers, phrase.noun)))
        held = canonical(role.title)
        if code and phrase.noun in {"leader", "ruler"} and not phrase.modifiers:
            return held in words("en", "titles", "offices.chief")
        return held == described or (not phrase.modifiers and _lone_head(held, phrase.noun))

    def _thing(self, phrase: Phrase) -> Dossier | None:
        """The only organisation or place of the article that the noun fits."""
        kinds = [k for k in ("organisation", "place") if phrase.noun in words("en", "organisations", f"heads.{k}")]
        wanted = {*phrase.modifiers, phrase.noun}
        fitting = []
        for dossier in self.dossiers:
            named = set(fold(dossier.name).split()) | dossier.nouns
            if dossier.kind not in kinds or not wanted <= named:
                continue
            if phrase.country and dossier.country not in (None, phrase.country.code):
                continue
            fitting.append(dossier)
        only = _only(fitting)
        return only if only and self._fresh(only, phrase) else None

    def _fresh(self, dossier: Dossier, phrase: Phrase) -> bool:
        """The text has named the thing; a place, moreover, in the last sentences, and no other place since."""
        before = [s for s in self.named if s.passage.start < phrase.passage.start]
        if dossier.kind != "place":
            return any(s.dossier is dossier for s in before)
        places = [s for s in before if s.dossier.kind == "place"]
        if not places or places[-1].dossier is not dossier:
            return False
        last = self.analysis.sentence_at(places[-1].passage.start)
        return last is not None and phrase.head.sentence - last.index <= PLACE_REACH


def _blocked(sightings: Iterable[Sighting]) -> set[int]:
    """Offsets inside names and titles, which describe nobody else."""
    return {
        offset for s in sightings if s.form in ("name", "title") for offset in range(s.passage.start, s.passage.end)
    }


def _only(dossiers: Iterable[Dossier]) -> Dossier | None:
    found = list(dossiers)
    return found[0] if len(found) == 1 else None


def _is_demonym(word: Word) -> bool:
    found = atlas.country_of_demonym(word.text) or atlas.country_named(word.text)
    return found is not None or word.text in {"'s", "’s", "North", "South", "Saudi", "New", "Sri"}


def _country_before(analysis: Analysis, at: int) -> tuple[atlas.Country, int] | None:
    """The country that the words ending at a place name, and how many words it takes."""
    for size in (3, 2, 1):
        if at - size + 1 < 0:
            continue
        row = analysis.words[at - size + 1 : at + 1]
        text = analysis.text[row[0].start : row[-1].end]
        if not text[:1].isupper():
            continue
        found = atlas.country_of_demonym(text) or atlas.country_named(text)
        if found:
            return found, size
    return None


def _lone_head(held: str, noun: str) -> bool:
    """ "The minister" fits "finance minister"; "the president" fits no "vice president" or "former president"."""
    if held.split()[-1] != noun:
        return False
    return not set(held.split()[:-1]) & {"vice", "deputy", "former", "assistant", "acting", "ex", "late"}


def learn_nouns(analysis: Analysis, names: Sequence[Named], sightings: Sequence[Sighting]) -> None:
    """What the text calls its places and organisations beside their names: "the port city of X", "news agency Y"."""
    whose = {s.passage: s.dossier for s in sightings if s.form == "name"}
    listed = words("en", "organisations", "heads.organisation") | words("en", "organisations", "heads.place")
    for named in names:
        dossier = whose.get(named.passage)
        if dossier is None or dossier.kind not in ("organisation", "place"):
            continue
        for word in _nouns_beside(analysis, named):
            if word.lemma.lower() in listed:
                dossier.nouns.add(word.lemma.lower())
        if dossier.kind == "place" and atlas.cities_named(dossier.name):
            dossier.nouns.add("city")
        if dossier.kind == "organisation" and set(fold(dossier.name).split()) & COMPANY:
            dossier.nouns.add("company")


COMPANY = frozenset({"inc", "co", "ltd", "corp", "llc", "plc", "company", "corporation", "gmbh", "limited"})


def _nouns_beside(analysis: Analysis, named: Named) -> Iterator[Word]:
    inside = analysis.words_in(named.passage.start, named.passage.end)
    if not inside:
        return
    row = analysis.words_of(analysis.sentences[inside[0].sentence])
    before = [w for w in row if w.end <= named.passage.start][-3:]
    after = [w for w in row if w.start >= named.passage.end][:8]
    if before and before[-1].upos == "NOUN":
        yield before[-1]
    if len(before) > 1 and before[-1].text.lower() == "of" and before[-2].upos == "NOUN":
        yield before[-2]
    if after and after[0].upos == "NOUN" and after[0].text.islower():
        yield after[0]
    if len(after) > 2 and after[0].text == "," and after[1].text.lower() in {"a", "an", "the"}:
        nouns = []
        for word in after[2:]:
            if word.upos not in {"NOUN", "ADJ", "PROPN"}:
                break
            nouns.append(word)
        if nouns and nouns[-1].upos == "NOUN":
            yield nouns[-1]
