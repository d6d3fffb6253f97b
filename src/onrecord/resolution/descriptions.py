"""Descriptions that stand for a party: "the Kenyan leader", "the ministry", "her Peruvian counterpart", "the city"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

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
AGED = re.compile(r"\b[Tt]he (\d{1,3})-year-old\b")
POSTMODIFIERS = frozenset({"nmod", "acl", "acl:relcl"})
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
    """What follows "of", where that is no country."""
    origin: Dossier | None
    """The organisation or place named before the noun ("the LWA chairman")."""
    determiner: str


@dataclass(slots=True)
class Row:
    """What stands before a described noun, gathered from right to left; `first` is its leftmost word."""

    first: Word
    modifiers: list[Word] = field(default_factory=list)
    country: atlas.Country | None = None
    origin: Dossier | None = None


class Descriptions:
    """What the descriptions of one article stand for, each settled by evidence that picks exactly one party."""

    def __init__(self, analysis: Analysis, sightings: Sequence[Sighting], states: States) -> None:
        self.analysis = analysis
        self.sightings = sightings
        self.states = states
        self.dossiers = list(dict.fromkeys(s.dossier for s in sightings))
        self.named = sorted((s for s in sightings if s.form == "name"), key=lambda s: s.passage)
        self.blocked = _blocked(sightings)
        self.name_at = {at: s for s in self.named for at in range(s.passage.start, s.passage.end)}
        self.spelt = {fold(text): d for d in self.dossiers for text in (d.name, *sorted(d.aliases))}

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
        return [*found, *self._aged()]

    def _aged(self) -> Iterator[Sighting]:
        """ "The 71-year-old", where the text gives that age to one person alone."""
        for phrase in AGED.finditer(self.analysis.text):
            dossier = _only(d for d in self._persons() if phrase[1] in d.ages)
            after = self.analysis.words_in(phrase.end(), phrase.end() + 30)[:1]
            if dossier and not any(word.upos in {"NOUN", "PROPN", "ADJ"} for word in after):
                yield Sighting(Passage(phrase.start(), phrase.end()), dossier, "description", "age")

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
        link = self._link(head)
        if not link and any(w.relation in POSTMODIFIERS and w.index > head.index for w in self._near(head)):
            return None
        of = self.analysis.text[link[1].start : link[-1].end] if link else None
        of_country = atlas.country_named(of) if of else None
        plain_words = [w for w in row.modifiers if not _is_demonym(w) and plain(w) not in FILLERS and w.text != "-"]
        return Phrase(
            passage=Passage(row.first.start, link[-1].end if link else head.end),
            head=head,
            noun=noun,
            modifiers=tuple(plain(w) for w in plain_words),
            country=row.country or of_country,
            of=of if of_country is None else None,
            origin=row.origin,
            determiner=plain(row.first),
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

    def _row(self, head: Word) -> Row | None:
        """Determiner, modifiers and whose the noun is, walking left from it; null where it is not definite."""
        row = Row(head)
        least = max(self.analysis.sentences[head.sentence].first, head.index - MOST_MODIFIERS - 1)
        at = head.index - 1
        while at >= least:
            word = self.analysis.words[at]
            if plain(word) in DETERMINERS | POSSESSORS:
                row.first = word
                return row
            if word.text in {"'s", "’s"}:
                return self._possessed(at, row)
            size = self._take(at, row)
            if size == 0:
                break
            row.first = self.analysis.words[at - size + 1]
            at -= size
        return row if row.country and self._opens_sentence(row.first) else None

    def _take(self, at: int, row: Row) -> int:
        """How many words ending at a place belong to the phrase; what they tell of it is noted."""
        word = self.analysis.words[at]
        named = _country_before(self.analysis, at)
        if named and row.country is None:
            row.country = named[0]
            row.modifiers[:0] = self.analysis.words[at - named[1] + 1 : at + 1]
            return named[1]
        if word.start in self.blocked:
            sighting = self.name_at.get(word.start)
            if sighting is None or row.origin or sighting.dossier.kind not in ("organisation", "place"):
                return 0
            row.origin = sighting.dossier
            return len(self.analysis.words_in(sighting.passage.start, word.end))
        if word.upos not in {"ADJ", "NOUN", "PROPN"} and word.text != "-":
            return 0
        row.modifiers.insert(0, word)
        return 1

    def _opens_sentence(self, word: Word) -> bool:
        """A phrase without a determiner stands for a party only where its sentence begins, as headlines have it."""
        return word.index == self.analysis.sentences[word.sentence].first

    def _possessed(self, at: int, row: Row) -> Row | None:
        """ "Peru's president": the possessor names the country."""
        named = _country_before(self.analysis, at - 1)
        if named is None or row.country is not None:
            return None
        row.country, row.first = named[0], self.analysis.words[at - named[1]]
        return row

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
        governs = phrase.noun in words("en", "organisations", "heads.government")
        if governs and phrase.country and not (phrase.modifiers or phrase.of or phrase.origin):
            return self.states.of(phrase.country), "demonym_role"
        if phrase.noun == "counterpart" and phrase.country:
            return _only(d for d in self._persons() if d.country == phrase.country.code and d.roles), "demonym_role"
        person = self._person(phrase)
        if person:
            return person, "demonym_role" if phrase.country else "role"
        if phrase.determiner in POSSESSORS or phrase.of or phrase.origin:
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
        if phrase.of and not self._same_body(phrase.of, role.of):
            return False
        if phrase.origin and not self._same_body(phrase.origin.name, role.of):
            return False
        described = canonical(" ".join((*phrase.modifiers, phrase.noun)))
        held = canonical(role.title)
        if code and phrase.noun in {"leader", "ruler"} and not phrase.modifiers:
            return held in words("en", "titles", "offices.chief")
        heads = words("en", "titles", "offices.heads")
        if (phrase.of or phrase.origin) and held in heads and described in heads:
            return True
        return held == described or (not phrase.modifiers and _lone_head(held, phrase.noun))

    def _same_body(self, text: str, of: str | None) -> bool:
        """Two spellings are alike, or the article has both for one party."""
        left, right = fold(text.removeprefix("the ")), fold(of or "")
        body = self.spelt.get(left)
        return left == right or (body is not None and body is (self.spelt.get(right) or self._ending(right)))

    def _ending(self, text: str) -> Dossier | None:
        """The organisation whose name ends a text: "the ruling National Party" is the National Party."""
        row = text.split()
        ends = (self.spelt.get(" ".join(row[at:])) for at in range(1, len(row) - 1))
        return next((d for d in ends if d is not None and d.kind == "organisation"), None)

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
        """The text has named the thing; a place, moreover, in the last sentences, and no other place there."""
        before = [s for s in self.named if s.passage.start < phrase.passage.start]
        if dossier.kind != "place":
            return any(s.dossier is dossier for s in before)
        since = self.analysis.sentences[max(0, phrase.head.sentence - PLACE_REACH)].start
        places = {id(s.dossier) for s in before if s.dossier.kind == "place" and s.passage.start >= since}
        return places == {id(dossier)}


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
        if not text[:1].isupper() or plain(row[0]) in DETERMINERS:
            continue
        found = atlas.country_of_demonym(text) or atlas.country_named(text)
        if found:
            return found, size
    return None


def _lone_head(held: str, noun: str) -> bool:
    """ "The minister" fits "finance minister"; "the president" fits no "vice president" or "former president"."""
    if held.split()[-1] != noun:
        return False
    return not set(held.split()[:-1]) & {"vice", "deputy", "lieutenant", "former", "assistant", "acting", "ex", "late"}


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
            if dossier.kind == "organisation" and word.lemma.lower() in words("en", "organisations", "companies"):
                dossier.nouns |= {"company", "firm"}
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
