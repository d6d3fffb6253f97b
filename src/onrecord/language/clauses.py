"""The dependency tree of an analysis: who does what in a clause, read from relations alone.

Relations are those of Universal Dependencies, with or without subtypes. Everything here is about grammar; what a
clause means is for the extractors.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from onrecord.language.analysis import Analysis, Name, Word
from onrecord.model import Passage

POSSESSIVE_MARKS = frozenset({"'s", "’s", "'", "’"})
PLACING = frozenset({"where", "when", "why"})
"""What opens a relative clause that lacks neither subject nor object."""
RELATIVE = frozenset({"who", "which", "that", "whom", "whose"})
CLAUSAL = ("nsubj", "csubj", "cop", "aux", "mark", "obl", "obj", "ccomp", "xcomp", "advcl", "acl", "parataxis")
OUTSIDE_A_PHRASE = frozenset((*CLAUSAL, "conj", "cc", "appos", "list", "discourse", "vocative", "case", "punct", "dep"))
PHRASE_PREPOSITIONS = frozenset({"of", "for", "in", "at", "from", "to"})
"""Prepositions whose phrase belongs to the noun phrase that names a party: "authorities in Oslo", "envoy to Peru"."""
SHARING = frozenset({"conj", "advcl", "ccomp", "parataxis"})
"""Clauses that, having no subject of their own, share that of the clause they hang on."""
ORDER = frozenset({"first", "second", "third", "fourth", "last", "only", "latest"})
"""After these "to meet" tells what was done: "the first to meet him"."""
SAME_FORM = frozenset(
    {"hurt", "hit", "cut", "beat", "shut", "put", "set", "cast", "split", "spread", "cost", "rid", "shed"}
)
"""Verbs whose past participle is spelt as their base form."""
ASKING = frozenset(
    {"pressure", "call", "demand", "appeal", "request", "order", "plea", "advice", "invitation", "instruction"}
)
"""Nouns of which the one asked does what the infinitive after them says ("pressure on the minister to resign")."""
NOT_BEFORE_SUBJECTS = frozenset(
    {
        "according",
        "among",
        "amongst",
        "amid",
        "after",
        "before",
        "during",
        "in",
        "at",
        "on",
        "by",
        "from",
        "with",
        "without",
        "for",
        "to",
    }
)
"""Prepositions that never stand before a subject; "over 500 people" and "between 20 and 30" may."""
NEAR = 8
"""How many words after a verb its object may begin for a slip of the parser to be mended."""
DEPTH = 12
"""How far a chain of clauses is followed; no real sentence comes near it."""


@dataclass(frozen=True, slots=True)
class Complement:
    """A noun that hangs on a word by a preposition: "to" and the word for Peru in "travel to Peru"."""

    preposition: str
    noun: Word


def base(relation: str) -> str:
    """A relation without its subtype."""
    return relation.partition(":")[0]


class Tree:
    """The words of an analysis as trees, with the readings that extractors share."""

    def __init__(self, analysis: Analysis) -> None:
        self.analysis = analysis
        self.words = analysis.words
        self._children: list[list[Word]] = [[] for _ in analysis.words]
        for word in analysis.words:
            if word.head >= 0:
                self._children[word.head].append(word)
        self._names: dict[int, Name] = {
            word.index: name for name in analysis.names for word in analysis.words_in(name.start, name.end)
        }

    def children(self, word: Word, *relations: str) -> list[Word]:
        """The words that hang on `word`, in order; with relations given, only by these (bare or subtyped)."""
        found = self._children[word.index]
        if not relations:
            return found
        return [w for w in found if w.relation in relations or base(w.relation) in relations]

    def child(self, word: Word, *relations: str) -> Word | None:
        """The first word that hangs on `word` by one of the relations."""
        return next(iter(self.children(word, *relations)), None)

    def head(self, word: Word) -> Word | None:
        """The word that `word` hangs on, or null for a root."""
        return self.words[word.head] if word.head >= 0 else None

    def name_at(self, word: Word) -> Name | None:
        """The name that the word stands in, or null."""
        return self._names.get(word.index)

    def below(self, word: Word) -> Iterator[Word]:
        """`word` and all that hangs on it, depth first."""
        stack = [word]
        while stack:
            current = stack.pop()
            yield current
            stack.extend(reversed(self._children[current.index]))

    # ------------------------------------------------------------------ noun phrases

    def preposition(self, word: Word) -> str | None:
        """The first word of the preposition before a noun, in lower case ("ahead" for "ahead of"), or null."""
        marks = self.children(word, "case")
        found = next((w.text.lower() for w in marks if w.text.lower() not in POSSESSIVE_MARKS), None)
        return found or self._opening_preposition(word)

    def _opening_preposition(self, word: Word) -> str | None:
        """The preposition that opens a phrase though the parser hung it on a word within."""
        if word.upos not in ("NOUN", "PROPN"):
            return None
        first = min(self.below(word), key=lambda w: w.index)
        return first.text.lower() if first.upos == "ADP" and first.index < word.index else None

    def conjuncts(self, word: Word) -> list[Word]:
        """`word` and the words coordinated with it, in order: "Oslo", "Lima" and "Bern" of "Oslo, Lima and Bern"."""
        found = [word]
        for other in self.children(word, "conj"):
            found.extend(self.conjuncts(other))
        return sorted(found, key=lambda w: w.index)

    def phrase(self, word: Word) -> Passage:
        """The noun phrase of one head, without what is coordinated, in apposition or a relative clause."""
        members = {word.index}
        stack = [word]
        while stack:
            current = stack.pop()
            for child in self._children[current.index]:
                if self._belongs(child, current, word):
                    members.add(child.index)
                    stack.append(child)
        members |= {w.index for w in self._possessive_marks(members)}
        first = last = word.index
        while first - 1 in members:
            first -= 1
        while last + 1 in members:
            last += 1
        return self._tight(self._hyphened(first), last)

    def _hyphened(self, first: int) -> int:
        """The first word of what hyphens join to the word `first` ("18-year-old", "Lima-based")."""
        sentence = self.analysis.sentences[self.words[first].sentence]
        while first - 2 >= sentence.first:
            one, dash, other = self.words[first - 2 : first + 1]
            if dash.text not in ("-", "–") or one.end != dash.start or dash.end != other.start:
                break
            first -= 2
        return first

    def _belongs(self, child: Word, parent: Word, top: Word) -> bool:
        relation = base(child.relation)
        if relation == "case" and parent.index != top.index:
            return True
        if relation == "nmod" and child.index > top.index and child.relation != "nmod:poss":
            return self.preposition(child) in PHRASE_PREPOSITIONS
        if parent.index != top.index and relation in ("conj", "cc", "punct"):
            return child.index < top.index or relation != "punct"
        if relation == "punct":
            return child.text in ("-", "–", ".", "'", "’")
        return relation not in OUTSIDE_A_PHRASE

    def _possessive_marks(self, members: set[int]) -> Iterator[Word]:
        return (
            w for i in members for w in self._children[i] if w.relation == "case" and w.text in ("'s", "’s", "'", "’")
        )

    def _tight(self, first: int, last: int) -> Passage:
        while last > first and (self.words[last].text in POSSESSIVE_MARKS or self.words[last].upos in ("ADP", "PUNCT")):
            last -= 1
        while first < last and self.words[first].upos in ("ADP", "CCONJ", "PUNCT", "SCONJ"):
            first += 1
        return Passage(self.words[first].start, self.words[last].end)

    def complements(self, word: Word) -> list[Complement]:
        """The prepositional phrases that hang on a verb or noun, by the first noun of each."""
        found = []
        for noun in self.children(word, "obl", "nmod", "obj", "xcomp", "flat"):
            if base(noun.relation) == "flat" and not (noun.upos == "PROPN" and self._is_cased(noun)):
                continue  # but "talks with chairman Ann Roe", where a parser hung the name on the talks
            if noun.relation in ("obj", "xcomp") and not (noun.upos in ("NOUN", "PROPN") and self._is_cased(noun)):
                continue
            preposition = self.preposition(noun) or ("by" if noun.relation == "obl:agent" else None)
            if preposition is not None and noun.relation != "nmod:poss":
                found.append(Complement(preposition, noun))
        return found

    def _is_cased(self, noun: Word) -> bool:
        """A noun with a preposition of its own, which a parser may yet call an object ("reneged on the accord")."""
        return any(w.upos == "ADP" and w.index < noun.index for w in self.children(noun, "case"))

    # ------------------------------------------------------------------ clauses

    def is_passive(self, verb: Word) -> bool:
        """A verb is passive by its auxiliary or subject, as a bare participle after a noun or after a passive."""
        if self.child(verb, "aux:pass"):
            return True
        if self.child(verb, "nsubj:pass"):
            return not self._has_number_after(verb)
        if self.child(verb, "nsubj") or self.child(verb, "aux"):
            return False
        if not looks_past(verb):
            return verb.relation == "acl" and verb.text.lower() in SAME_FORM and self._is_bare(verb)
        if verb.relation == "acl" or (base(verb.relation) == "advcl" and self._opens_bare(verb)):
            return True
        head = self.head(verb)
        return verb.relation == "conj" and head is not None and head.upos == "VERB" and self.is_passive(head)

    def _has_number_after(self, verb: Word) -> bool:
        """A verb without auxiliary before a bare number, which is its object ("Police arrested at least 40")."""
        after = [w for w in self.children(verb, "obj", "xcomp") if w.index > verb.index and w.upos == "NUM"]
        return bool(after) and self.child(verb, "aux") is None

    def _is_bare(self, verb: Word) -> bool:
        """A verb with neither "to" nor an object ("the officer hurt in the crash")."""
        return not self.is_infinitive(verb) and self.child(verb, "obj") is None

    def _opens_bare(self, verb: Word) -> bool:
        """A participle that opens its sentence with nothing done to anybody ("Asked to comment, ...")."""
        opens = verb.index == self.analysis.sentences[verb.sentence].first
        return opens and verb.text.lower().endswith("ed") and self.child(verb, "obj") is None

    def is_infinitive(self, verb: Word) -> bool:
        """A verb is an infinitive when "to" marks it."""
        marks = [w for w in self.children(verb, "mark", "aux", "case") if w.text.lower() == "to"]
        return any(w.index < verb.index and not self._is_verb_between(w, verb) for w in marks)

    def _is_verb_between(self, mark: Word, verb: Word) -> bool:
        """Another verb that follows the "to" at once, whose mark it is: a parser's slip."""
        following = self.words[mark.index + 1]
        return following.index < verb.index and following.upos == "VERB" and following.text == following.lemma

    def is_ordered(self, noun: Word) -> bool:
        """A noun told from others by its place among those who did something: "the first country to sign"."""
        return any(w.text.lower() in ORDER for w in self.children(noun, "amod", "nummod"))

    def subject(self, verb: Word, depth: int = 0) -> Word | None:
        """The one who does what an active verb says, through relative clauses, coordination and control; or null."""
        if depth > DEPTH:
            return None
        if self.is_passive(verb):
            return self.agent(verb)
        own = self._own_subject(verb, "nsubj", "nsubj:pass")  # of an active verb: a parser's slip
        if own is not None:
            return self.antecedent(own, verb)
        return self._misread_subject(verb) or self._crossing_subject(verb) or self._inherited_subject(verb, depth)

    def _own_subject(self, verb: Word, *relations: str) -> Word | None:
        """The subject that hangs on the verb; of a title and its name side by side, the name."""
        found = [w for w in self.children(verb, *relations) if not self._is_misplaced(w, verb)]
        if not found:
            return None
        beside = [w for w in found[1:2] if w.index == found[0].index + 1 and w.upos == "PROPN"]
        titled = [w for w in beside if found[0].upos == "PROPN" or (found[0].upos == "NOUN" and self.name_at(w))]
        return next(iter(titled), found[0])

    def _is_misplaced(self, noun: Word, verb: Word) -> bool:
        """A noun after a preposition that no subject has, before the verb: a parser's slip for an adverbial."""
        marks = self.children(noun, "case")
        return (
            bool(marks)
            and noun.index < verb.index
            and marks[0].text.lower() in NOT_BEFORE_SUBJECTS
            and (marks[0].index < noun.index and self.name_at(marks[0]) is None)
        )

    def _misread_subject(self, verb: Word) -> Word | None:
        """A noun before a verb that hangs on it as only nouns hang on nouns: a parser's slip for its subject."""
        if verb.upos not in ("VERB", "AUX") or self.is_infinitive(verb) or verb.text.lower().endswith("ing"):
            return None
        found = self.children(verb, "compound", "flat", "nmod", "appos", "conj", "list", "dep")
        nouns = [w for w in found if w.index < verb.index and w.upos in ("NOUN", "PROPN") and not self.preposition(w)]
        dated = [w for w in nouns if (name := self.name_at(w)) is not None and name.kind == "Date"]
        return next((w for w in reversed(nouns) if w not in dated), None)

    def _crossing_subject(self, verb: Word) -> Word | None:
        """A subject before a verb that a parser hung on a later one beside or below it ("Roe [sang] and danced")."""
        if verb.upos != "VERB" or self.is_infinitive(verb) or base(verb.relation) not in ("root", "ccomp", "parataxis"):
            return None
        later = (w for w in self.children(verb, "conj", "advcl") if w.index > verb.index)
        found = (self.child(w, "nsubj", "nsubj:pass") for w in later)
        return next((w for w in found if w is not None and w.index < verb.index and not self.preposition(w)), None)

    def agent(self, verb: Word) -> Word | None:
        """The "by" phrase of a passive verb, or null."""
        return next((c.noun for c in self.complements(verb) if c.preposition == "by"), None)

    def surface_subject(self, verb: Word, depth: int = 0) -> Word | None:
        """The grammatical subject, active or passive, through the same chains as `subject`."""
        own = self._own_subject(verb, "nsubj", "nsubj:pass") or self._misread_subject(verb)
        own = own or self._crossing_subject(verb)
        if own is not None:
            return self.antecedent(own, verb)
        return None if depth > DEPTH else self._inherited_subject(verb, depth)

    def antecedent(self, pronoun: Word, verb: Word) -> Word:
        """What a relative pronoun stands for; any other word stands for itself."""
        clause: Word | None = verb
        if pronoun.text.lower() in RELATIVE and pronoun.upos in ("PRON", "DET", "SCONJ"):
            while clause is not None and base(clause.relation) == "conj":
                clause = self.head(clause)
            if clause is not None and clause.relation in ("acl:relcl", "acl"):
                return self.head(clause) or pronoun
        return pronoun

    def _inherited_subject(self, verb: Word, depth: int) -> Word | None:
        head = self.head(verb)
        relation = base(verb.relation)
        if head is None:
            return None
        if self.is_headline(verb, head):
            return head
        if relation == "acl":
            return self._subject_of_modifier(verb, head, depth)
        asked = self._asked_to(verb, head)
        if asked is not None:
            return asked
        if relation == "xcomp":
            controller = self.child(head, "obj", "iobj") if head.upos == "VERB" else None
            return controller if controller is not None else self.surface_subject(head, depth + 1)
        if relation == "ccomp" and verb.text.lower().endswith("ing") and not self.is_infinitive(verb):
            return None
        if relation in ("ccomp", "parataxis") and self._is_imperative(verb):
            return None
        if relation == "advcl" and any(w.text.lower() == "for" for w in self.children(verb, "mark")):
            return self.object(head) if head.upos == "VERB" else None
        if relation in SHARING and head.upos in ("VERB", "AUX", "ADJ", "NOUN", "PROPN"):
            return self.surface_subject(self.resumed(verb) or head, depth + 1)
        return None

    def resumed(self, verb: Word) -> Word | None:
        """The verb that a past tense goes on from after a clause that tells of now or later ("said that it is ready,
        and thanked the guests"): who thanked is who said so, though a parser hangs it on what was said. Or null.
        """
        inner = self.head(verb)
        saying = self.head(inner) if inner is not None else None
        if inner is None or saying is None or base(verb.relation) != "conj" or base(inner.relation) != "ccomp":
            return None
        past = looks_past(verb) and self.child(verb, "aux", "cop", "mark") is None
        return (
            saying if past and looks_past(saying) and saying.index < inner.index and self._tells_of_now(inner) else None
        )

    def _tells_of_now(self, predicate: Word) -> bool:
        """A predicate in the present or the future that lends no auxiliary to a participle joined to it."""
        helping = {w.text.lower() for w in self.children(predicate, "aux", "cop")}
        if predicate.upos != "VERB":
            return bool(helping & PRESENT) and not helping & {"been", "being"}
        if helping:
            return bool(helping & MODAL) and predicate.text.lower() == predicate.lemma.lower()
        return predicate.text.lower() in (f"{predicate.lemma.lower()}s", f"{predicate.lemma.lower()}es")

    def _is_imperative(self, verb: Word) -> bool:
        """A verb that tells somebody to do something ("Call it off," she wrote) has no subject, its reporter least."""
        plain = verb.upos == "VERB" and verb.text.lower() == verb.lemma.lower() and not self.is_infinitive(verb)
        return plain and self.child(verb, "aux", "cop", "mark") is None

    def _asked_to(self, verb: Word, head: Word) -> Word | None:
        """Who is to do what an infinitive says after "pressure on", "a call to", "demands for" somebody, or null."""
        if not self.is_infinitive(verb):
            return None
        things = [head] if head.upos == "NOUN" else self.children(head, "obj", "nsubj:pass")
        asking = [w for w in things if w.lemma.lower() in ASKING and w.index < verb.index]
        found = [
            complement.noun
            for word in (*asking, *([head] if asking and head.upos == "VERB" else []))
            for complement in self.complements(word)
            if complement.preposition in ("on", "to", "for", "from") and complement.noun.index < verb.index
        ]
        return found[0] if found else None

    def is_headline(self, verb: Word, head: Word) -> bool:
        """ "Norway to host the games": a name and an infinitive, with no other verb."""
        bare = head.head < 0 and head.upos == "PROPN" and head.index < verb.index and not self.child(head, "cop")
        return bare and base(verb.relation) in ("acl", "advcl") and self.is_infinitive(verb)

    def _is_whose(self, noun: Word) -> bool:
        return noun.upos in ("NOUN", "PROPN") and any(w.text.lower() == "whose" for w in self.children(noun))

    def _subject_of_modifier(self, verb: Word, noun: Word, depth: int) -> Word | None:
        if verb.relation == "acl:relcl":
            owned = [w for w in self.children(verb) if w.index < verb.index and self._is_whose(w)]
            if owned:
                return owned[0]
            placed = any(w.text.lower() in PLACING for w in self.children(verb, "advmod"))
            return None if placed or self.child(verb, "nsubj") else noun
        if not self.is_infinitive(verb):
            return noun
        if self.is_ordered(noun):
            return (self.child(noun, "nsubj") if self.child(noun, "cop") else None) or noun
        owner = self.child(noun, "nmod:poss") or next(
            (c.noun for c in self.complements(noun) if c.preposition == "of"), None
        )
        if owner is not None:
            return owner
        outer = self.head(noun)
        if outer is not None and base(noun.relation) in ("obj", "obl", "xcomp") and outer.upos == "VERB":
            return self.surface_subject(outer, depth + 1)
        return None

    def object(self, verb: Word) -> Word | None:
        """The one to whom a verb is done: its object, a passive's subject, or the noun of a relative clause."""
        own = self._first_object(verb) or self._bare_oblique(verb) or self._second_subject(verb)
        own = own or self._raised_object(verb) or self._crossed_object(verb) or self._asked(verb)
        own = own or self._shared_object(verb)
        if own is not None:
            return self.antecedent(own, verb)
        if self.is_passive(verb):
            if verb.relation == "acl":
                return self.head(verb)
            return self.surface_subject(verb)
        if verb.relation == "acl:relcl" and self.child(verb, "nsubj") is not None:
            subject = self.child(verb, "nsubj")
            if any(w.text.lower() in PLACING for w in self.children(verb, "advmod")):
                return None
            if subject is not None and subject.text.lower() not in RELATIVE:
                return self.head(verb)
        return None

    def _first_object(self, verb: Word) -> Word | None:
        """The object that hangs on the verb; of a title and its name side by side, the name."""
        found = [w for w in self.children(verb, "obj") if not self._is_cased(w)]
        beside = [w for w in found[1:2] if w.index == found[0].index + 1 and w.upos == found[0].upos == "PROPN"]
        return next(iter(beside or found), None)

    def _shared_object(self, verb: Word) -> Word | None:
        """The object after two verbs that do it together ("found and detained the driver"), hung on the first."""
        first = self.head(verb)
        if first is None or base(verb.relation) != "conj" or first.upos != "VERB" or self.is_passive(first):
            return None
        own = self._first_object(first)
        between = self.words[first.index + 1 : verb.index]
        joined = all(w.head == verb.index and base(w.relation) in ("cc", "advmod", "aux") for w in between)
        return own if joined and own is not None and own.index > verb.index else None

    def _asked(self, verb: Word) -> Word | None:
        """The one asked or accused ("urged the rebels to leave"), which a parser may call an indirect object."""
        return self.child(verb, "iobj")

    def _raised_object(self, verb: Word) -> Word | None:
        """The noun before the "of" of a governed clause ("accuse Peru of having lied"), often misplaced."""
        clause = self.child(verb, "ccomp", "advcl")
        mark = self.child(clause, "mark") if clause is not None else None
        if clause is None or mark is None or mark.text.lower() not in ("of", "from", "for") or self.is_passive(verb):
            return None
        found = self.children(clause, "obj", "nsubj", "obl")
        return next((w for w in found if verb.index < w.index < mark.index), None)

    def _crossed_object(self, verb: Word) -> Word | None:
        """A noun right after an active verb that hangs on a word before it: a parser's slip for its object."""
        if self.is_passive(verb):
            return None
        last = self.analysis.sentences[verb.sentence].last
        for word in self.words[verb.index + 1 : min(verb.index + 1 + NEAR, last)]:
            if word.upos not in ("DET", "ADJ", "NUM", "NOUN", "PROPN", "PRON") and word.text not in POSSESSIVE_MARKS:
                return None
            slipped = base(word.relation) in ("flat", "compound", "nmod", "appos", "list", "dep")
            if word.upos in ("NOUN", "PROPN") and slipped and 0 <= word.head <= verb.index:
                return word
            if word.upos == "PROPN" and self._is_named_below(word, verb):
                return word
        return None

    def _is_named_below(self, word: Word, verb: Word) -> bool:
        """A person's name that a parser took for the complement of a verb ("phoned President Ana Ruiz on Friday")."""
        below = self.head(word)
        slipped = word.relation == "xcomp" or (
            base(word.relation) == "flat" and below is not None and below.head == verb.index
        )
        name = self.name_at(word)
        return slipped and name is not None and name.kind == "Person" and (below == verb or word.relation != "xcomp")

    def _second_subject(self, verb: Word) -> Word | None:
        """A second subject, after a verb that has one before it: a parser's slip for its object."""
        found = self.children(verb, "nsubj")
        return found[-1] if len(found) > 1 and found[0].index < verb.index < found[-1].index else None

    def _bare_oblique(self, verb: Word) -> Word | None:
        """A name right after an active verb that a parser called oblique though no preposition stands before it."""
        if self.is_passive(verb):
            return None
        for noun in self.children(verb, "obl"):
            name = self.name_at(noun)
            dated = noun.relation == "obl:unmarked" or (name is not None and name.kind == "Date")
            bare = noun.index > verb.index and not dated and self.preposition(noun) is None
            if bare and (name is not None or self._follows(noun, verb)):
                return noun
        return None

    def _follows(self, noun: Word, verb: Word) -> bool:
        """Between a verb with its particle and a noun stand only the words of the noun's own phrase."""
        between = self.words[verb.index + 1 : noun.index]
        own = {w.index for w in self.below(noun)}
        parted = any(w.relation == "compound:prt" and w.head == verb.index for w in between)
        return parted and noun.upos == "NOUN" and all(w.index in own or w.relation == "compound:prt" for w in between)

    def indirect(self, verb: Word) -> Word | None:
        """The one to whom something is given: the indirect object, or a passive's subject beside an object."""
        own = self.child(verb, "iobj")
        if own is not None:
            return own
        if self.child(verb, "obj") is not None and self.is_passive(verb):
            return self.surface_subject(verb)
        return None

    def clause(self, verb: Word) -> Word | None:
        """The verb of the clause that a verb, adjective or noun governs ("to meet" in "agreed to meet"), or null."""
        found = self.child(verb, "xcomp", "ccomp")
        if found is None:
            found = next((w for w in self.children(verb, "advcl", "acl") if self.is_infinitive(w)), None)
        return found


PRESENT = frozenset({"is", "are", "’s", "'s", "’re", "'re"})
MODAL = frozenset({"will", "would", "can", "may", "must", "should", "could", "might", "shall", "’ll", "'ll"})


def looks_past(verb: Word) -> bool:
    """A verb form that is a past tense or past participle, as far as its spelling tells."""
    text, lemma = verb.text.lower(), verb.lemma.lower()
    if text.endswith("ing"):
        return False
    return text.endswith("ed") or text not in (lemma, f"{lemma}s", f"{lemma}es", f"{lemma[:-1]}ies")
