"""Whom "he", "she", "it" and "they" stand for, where gender, grammar and nearness leave one answer.

Candidates are weighed as in the salience models of pronoun resolution (Lappin and Leass 1994): subjects before objects,
near before far, kept topics before new ones. A pronoun whose best candidate is not clearly ahead stays unresolved.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import get_args

from onrecord.language.analysis import Analysis, Sentence, Word
from onrecord.language.tables import words
from onrecord.model import Act, Passage
from onrecord.model.personal import Gender
from onrecord.resolution.dossiers import Dossier, Sighting
from onrecord.resolution.quoting import Quoting
from onrecord.resolution.titles import gender_of_noun, head_of, plain

HE = frozenset({"he", "him", "his", "himself"})
SHE = frozenset({"she", "her", "hers", "herself"})
IT = frozenset({"it", "its", "itself"})
THEY = frozenset({"they", "them", "their", "theirs", "themselves"})
WHO = frozenset({"who", "whom", "whose", "which"})
REACH = 3
"""Sentences looked back; further antecedents of a pronoun are rare, and mostly named again."""
MARGIN = 1.0
"""How far ahead the best candidate must be."""
LEAST = 2.0
"""What the best candidate must weigh at least."""
SURE = 4.0
"""What a candidate of unknown gender must weigh: a near subject."""
ALONE = 2.5
"""The same, where no other person can be meant at all: one in the sentence before."""
NEARNESS = (3.0, 2.5, 1.2, 0.4)
"""Weight by the number of sentences between."""
SUBJECT, TOPIC, PARALLEL, KNOWN, SPEAKER = 1.5, 1.0, 0.7, 0.8, 1.0
OPENS = 2.0
"""Weight of the person with whom the pronoun's paragraph begins, where it names nobody else before the pronoun."""
TITLE_BEFORE = 30
"""Characters of a title with which what is said may begin before a name."""
FARTHEST = 10
"""Sentences looked back when those between are quoted."""


@dataclass(frozen=True, slots=True)
class Appearance:
    """A sighting with its place in its sentence's tree."""

    sighting: Sighting
    head: Word
    subject: bool

    @property
    def sentence(self) -> int:
        return self.head.sentence

    @property
    def dossier(self) -> Dossier:
        return self.sighting.dossier


class Pronouns:
    """The pronouns of one article, resolved in text order: each answer is evidence for the next."""

    def __init__(self, analysis: Analysis, sightings: Sequence[Sighting]) -> None:
        self.analysis = analysis
        self.sightings = list(sightings)
        self.quoting = Quoting(analysis, self.sightings)
        self.sources = [source.passage for a in analysis.attributions for source in a.sources]
        self.quoted = [self._is_quoted(sentence.passage) for sentence in analysis.sentences]
        self.by_sentence: dict[int, list[Appearance]] = defaultdict(list)
        for sighting in (*sightings, *unnamed(analysis, sightings)):
            if sighting.form in ("name", "description") and (seen := self._appear(sighting)):
                self.by_sentence[seen.sentence].append(seen)

    def settle(self) -> list[Sighting]:
        found: list[Sighting] = []
        for word in self.analysis.words:
            if word.upos != "PRON":
                continue
            for dossier in self._whom(word):
                how = "relative" if word.text.lower() in WHO else "pronoun"
                sighting = Sighting(word.passage, dossier, "pronoun", how)
                found.append(sighting)
                self.sightings.append(sighting)
                if seen := self._appear(sighting):
                    self.by_sentence[word.sentence].append(seen)
        return found

    def _is_quoted(self, passage: Passage) -> bool:
        """A sentence that stands wholly inside quotation marks."""
        quote = self.quoting.at(passage.start + 1)
        return quote is not None and quote == self.quoting.at(passage.end - 1)

    def _speaks(self, passage: Passage) -> bool:
        """The reader takes the words for a source."""
        return any(source.holds(passage) for source in self.sources)

    def _appear(self, sighting: Sighting) -> Appearance | None:
        inside = self.analysis.words_in(sighting.passage.start, sighting.passage.end)
        indices = {word.index for word in inside}
        tops = [w for w in inside if w.head not in indices]
        if not tops:
            return None
        head = self._phrase_head(tops[-1] if len(tops) > 1 and tops[0].relation in {"case", "det"} else tops[0])
        return Appearance(sighting, head, head.relation.startswith("nsubj"))

    def _phrase_head(self, word: Word) -> Word:
        """The noun whose phrase a name ends: "minister" of "the minister, Ann Roe", "Roe" of "President Roe"."""
        steps = 0
        while word.relation in {"appos", "flat", "nmod:desc"} and word.head >= 0 and steps < 4:
            word, steps = self.analysis.words[word.head], steps + 1
        return word

    def _whom(self, word: Word) -> tuple[Dossier, ...]:
        form = word.text.lower()
        if form in WHO:
            return self._antecedent(word)
        if form in HE | SHE:
            if self._paired(word):
                return ()
            found = self._person(word, "male" if form in HE else "female")
            return (found,) if found else ()
        if form in IT:
            found = self._thing(word)
            return (found,) if found else ()
        return self._several(word) if form in THEY else ()

    def _antecedent(self, word: Word) -> tuple[Dossier, ...]:
        """Whom a relative clause is about: the noun or name that the clause hangs on."""
        at, steps = word, 0
        while at.head >= 0 and steps < 6 and at.relation != "acl:relcl":
            at, steps = self.analysis.words[at.head], steps + 1
        if at.relation != "acl:relcl" or at.head < 0 or at.head >= word.index or not self._is_set_off(word):
            return ()
        noun = self._phrase_head(self.analysis.words[at.head])
        if any(w.relation == "conj" and w.index < word.index for w in self.analysis.children(noun)):
            return ()
        persons = word.text.lower() in {"who", "whom"}
        for seen in self.by_sentence[word.sentence]:
            fits = seen.dossier.name and (seen.dossier.kind == "person") == persons
            near = seen.head.index in (noun.index, at.head)
            if fits and near and seen.sighting.passage.end < word.start:
                return (seen.dossier,)
        return ()

    def _is_set_off(self, word: Word) -> bool:
        """A comma or a preposition stands before "which": without one it may stand for all that was said."""
        if word.text.lower() != "which":
            return True
        before = self.analysis.words[word.index - 1] if word.index else word
        return before.text == "," or before.upos == "ADP"

    def _paired(self, word: Word) -> bool:
        """ "He or she", "his/her" stand for anybody."""
        near = self.analysis.words[max(0, word.index - 2) : word.index + 3]
        forms = {w.text.lower() for w in near}
        return bool(forms & HE) and bool(forms & SHE) and bool(forms & {"or", "/"})

    def _person(self, word: Word, gender: Gender) -> Dossier | None:
        if self._leans_forward(word):
            return self._subject_after(word, gender)
        weights: dict[Dossier, float] = {}
        quote = self.quoting.at(word.start)
        barred = self._barred(word)
        if quote is not None:
            barred |= self.quoting.speakers(quote)
        elif self._speaks(word.passage):
            barred |= self._named_in_quotes(word.sentence) | self._named_in_own_words(word)
        for seen in self._before(word):
            dossier = seen.dossier
            if dossier.kind != "person" or dossier in barred or dossier.gender not in ("unknown", gender):
                continue
            weight = self._weigh(word, seen, quote) + (KNOWN if dossier.gender == gender else 0.0)
            weights[dossier] = max(weights.get(dossier, -9.0), weight)
        opener = self._opener(word) if quote is None else None
        if opener in weights and (opener.gender == gender or self._is_later(word)):
            weights[opener] += OPENS
        chosen = _clear_best(weights)
        if chosen is None or not chosen.name or weights[chosen] < LEAST:
            return None
        if chosen.gender == "unknown":
            if weights[chosen] < (SURE if len(weights) > 1 else ALONE):
                return None
            chosen.add_gender(gender)
        return chosen

    def _named_in_own_words(self, word: Word) -> set[Dossier]:
        """Whom a speaker names in what the reader gives the pronoun to say: it was Roe, he said; he is not Roe.

        Not with whom it begins: "Roe will go, he said" may be how a reporter puts Roe's own words.
        """
        own = [a for a in self.analysis.attributions if any(s.passage.holds(word.passage) for s in a.sources)]
        said = [c.passage for a in own for c in a.contents if c.passage.end <= word.start]
        near = (seen for seen in self.by_sentence[word.sentence] if seen.sighting.form == "name")
        inner = [s for s in near if any(p.holds(s.sighting.passage) for p in said)]
        return {s.dossier for s in inner if not (s.subject and self._begins(s, said))}

    def _begins(self, seen: Appearance, said: Sequence[Passage]) -> bool:
        """The name stands at the beginning of what is said."""
        return any(seen.sighting.passage.start - passage.start <= TITLE_BEFORE for passage in said)

    def _opener(self, word: Word) -> Dossier | None:
        """The person by whose name, as a subject, a pronoun's paragraph begins, if nobody else is met before it."""
        first = self._first_sentence(word)
        if first is None:
            return None
        met = [
            seen
            for at in range(first.index, word.sentence + 1)
            for seen in self.by_sentence[at]
            if seen.dossier.kind == "person" and seen.sighting.passage.start < word.start
        ]
        opens = min(met, key=lambda seen: seen.sighting.passage, default=None)
        if opens is None or not opens.subject or opens.sighting.form != "name" or opens.sentence != first.index:
            return None
        return opens.dossier if all(seen.dossier is opens.dossier for seen in met) else None

    def _first_sentence(self, word: Word) -> Sentence | None:
        """The sentence with which a word's paragraph begins; null where none begins there."""
        start = self.analysis.text.rfind("\n", 0, word.start) + 1
        first = self.analysis.sentence_at(start)
        return first if first is not None and first.start >= start else None

    def _is_later(self, word: Word) -> bool:
        """The word stands in a later sentence than the first of its paragraph."""
        first = self._first_sentence(word)
        return first is not None and first.index < word.sentence

    def _named_in_quotes(self, sentence: int) -> set[Dossier]:
        """Whom the quotations of a sentence name: who speaks them mostly says "I" ("Roe is sorry," he said)."""
        named = (seen for seen in self.by_sentence[sentence] if seen.sighting.form == "name")
        return {seen.dossier for seen in named if self.quoting.at(seen.sighting.passage.start) is not None}

    def _before(self, word: Word) -> list[Appearance]:
        """What appears before a word in its sentence and the few before it."""
        near: list[Appearance] = []
        for at in range(word.sentence, max(-1, word.sentence - FARTHEST), -1):
            if self._distance(word, at) > REACH:
                break
            near += [seen for seen in self.by_sentence[at] if seen.sighting.passage.start < word.start]
        return near

    def _distance(self, word: Word, sentence: int) -> int:
        """Sentences back to another; whole sentences of quotes between do not count where the pronoun is outside."""
        between = range(sentence + 1, word.sentence + 1)
        if self.quoting.at(word.start) is not None:
            return len(between)
        return sum(not self.quoted[at - 1] or at - 1 == sentence for at in between)

    def _leans_forward(self, word: Word) -> bool:
        """ "For his part, Roe …": the pronoun goes before its name."""
        if word.relation != "nmod:poss" or word.index - self.analysis.sentences[word.sentence].first > 3:
            return False
        return word.head >= 0 and self.analysis.words[word.head].lemma.lower() in {"part", "side", "turn"}

    def _subject_after(self, word: Word, gender: Gender) -> Dossier | None:
        """The person who is the first subject after a word in its sentence."""
        row = self.analysis.words_of(self.analysis.sentences[word.sentence])
        subject = next((w for w in row if w.index > word.index and w.relation.startswith("nsubj")), None)
        for seen in self.by_sentence[word.sentence]:
            fits = seen.dossier.kind == "person" and seen.dossier.gender in ("unknown", gender)
            if subject and seen.head.index == subject.index and fits and seen.dossier.name:
                return seen.dossier
        return None

    def _weigh(self, word: Word, seen: Appearance, quote: int | None) -> float:
        weight = NEARNESS[self._distance(word, seen.sentence)]
        if self._speaks(word.passage) and self._speaks(seen.sighting.passage):
            weight += SPEAKER
        if seen.subject:
            weight += SUBJECT
            if word.relation.startswith("nsubj"):
                weight += PARALLEL
        elif self._is_fronted(word, seen):
            weight += SUBJECT + TOPIC
        if seen.sighting.form == "pronoun":
            weight += TOPIC
        if quote is None and word.relation.startswith("nsubj") and self._is_reported(word, seen):
            weight -= TOPIC
        if seen.head.relation in {"nmod:poss", "nmod", "compound"} and not seen.subject:
            weight -= 0.5
        if (quote is None) != (self.quoting.at(seen.sighting.passage.start) is None):
            weight -= 1.5
        return weight

    def _is_reported(self, word: Word, seen: Appearance) -> bool:
        """A subject of what somebody else says in a sentence before: Roe doubts that [Doe] will come. He …"""
        verb = self.analysis.words[seen.head.head] if seen.head.head >= 0 else seen.head
        return seen.subject and seen.sentence != word.sentence and verb.relation == "ccomp"

    def _is_fronted(self, word: Word, seen: Appearance) -> bool:
        """ "For Roe, his …": the name and a comma stand directly before the pronoun, at the sentence's beginning."""
        if seen.sentence != word.sentence or seen.head.index - self.analysis.sentences[word.sentence].first > 3:
            return False
        return self.analysis.text[seen.sighting.passage.end : word.start].strip() == ","

    def _barred(self, word: Word) -> set[Dossier]:
        """The subject of a verb is not its plain object pronoun ("Roe met him"), nor the other way about."""
        if word.text.lower().endswith(("self", "selves")) or word.relation.startswith(("nmod:poss", "nsubj")):
            return set()
        verb = word.head
        return {
            seen.dossier
            for seen in self.by_sentence[word.sentence]
            if seen.head.head == verb and seen.head.relation.startswith("nsubj")
        }

    def _thing(self, word: Word) -> Dossier | None:
        """ "Its" takes the state, body or place that is its clause's subject, "it said" the last body to speak.

        All else stays open: "it" mostly stands for no party.
        """
        if word.text.lower() == "it" and word.relation == "nsubj" and self._speaks(word.passage):
            return self._last_body_to_speak(word)
        subject = self._clause_subject(word) if word.relation == "nmod:poss" else None
        if subject is None:
            return None
        for seen in self.by_sentence[word.sentence]:
            if seen.head.index == subject.index and seen.dossier.kind in ("state", "organisation", "place"):
                joined = any(w.relation == "conj" for w in self.analysis.children(subject))
                return None if joined else seen.dossier
        return None

    def _last_body_to_speak(self, word: Word) -> Dossier | None:
        """The last subject before a word that the reader takes for a source, if it is a body and not a person."""
        spoke = [seen for seen in self._before(word) if seen.subject and self._speaks(seen.sighting.passage)]
        last = max(spoke, key=lambda seen: seen.sighting.passage.start, default=None)
        if last is None or last.dossier.kind not in ("state", "organisation") or not self._is_said(word):
            return None
        near = last.sentence >= word.sentence - 1 or "\n" not in self.analysis.text[last.head.end : word.start]
        near = near or self.analysis.words[word.head].lemma in ("say", "add")
        return last.dossier if near else None

    def _is_said(self, word: Word) -> bool:
        """The word is the subject of a verb of speech."""
        verb = self.analysis.words[word.head] if word.head >= 0 else word
        return any(verb.lemma in words("en", "speech", f"say.{act}") for act in get_args(Act))

    def _several(self, word: Word) -> tuple[Dossier, ...]:
        """ "They" and "their" take the parties that "and" joins as the subject of their own clause."""
        subject = self._clause_subject(word) if word.relation == "nmod:poss" else None
        if subject is None:
            return ()
        joined = [subject, *(w for w in self.analysis.children(subject) if w.relation == "conj")]
        if len(joined) < 2:
            return ()
        found = []
        for noun in joined:
            here = [s.dossier for s in self.by_sentence[word.sentence] if s.head.index == noun.index]
            if not here or not here[0].name:
                return ()
            found.append(here[0])
        return tuple(dict.fromkeys(found))

    def _clause_subject(self, word: Word) -> Word | None:
        """The subject of the nearest verb above a word, where it stands before the word."""
        at, steps = word, 0
        while at.head >= 0 and steps < 12:
            at, steps = self.analysis.words[at.head], steps + 1
            subjects = [w for w in self.analysis.children(at) if w.relation.startswith("nsubj")]
            if subjects:
                return subjects[0] if subjects[0].index < word.index else None
        return None


def unnamed(analysis: Analysis, sightings: Sequence[Sighting]) -> Iterator[Sighting]:
    """Persons that the text describes and does not name ("his mother", "a resident"): a pronoun may be theirs.

    They are weighed like the named, and a pronoun that is theirs stays unresolved.
    """
    taken = {at for s in sightings for at in range(s.passage.start, s.passage.end)}
    people = words("en", "titles", "people.nouns")
    for word in analysis.words:
        noun = plain(word)
        if word.upos != "NOUN" or word.start in taken or word.relation in {"compound", "appos", "nmod:desc"}:
            continue
        if noun in people or head_of(word) == noun:
            yield Sighting(word.passage, Dossier("", "person", gender=gender_of_noun(noun)), "description", "unnamed")


def _clear_best(weights: dict[Dossier, float]) -> Dossier | None:
    """The heaviest candidate if it is ahead of the next by the margin."""
    ranked = sorted(weights.items(), key=lambda item: (-item[1], item[0].name))
    if not ranked or (len(ranked) > 1 and ranked[0][1] - ranked[1][1] < MARGIN):
        return None
    return ranked[0][0]
