"""Triggers with their arguments: one reading of one verb or noun as an act between parties."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from onrecord.extraction.events.acts import Act, Entry, Status, lexicon
from onrecord.extraction.events.parties import POSSESSIVE, Parties, Role
from onrecord.extraction.events.status import WILL, Statuses
from onrecord.language.analysis import Analysis, Word
from onrecord.language.clauses import Tree, base, looks_past
from onrecord.language.tables import words
from onrecord.model import EventType, Passage

TRIGGER_WORDS = 6
"""A trigger of verb and object is one passage when it is no longer than this ("held two rounds of talks")."""
HEADLINE_WORDS = 20
"""Words of a line without a full stop that may be a headline."""
CLAUSE_PREPOSITIONS = ("with", "to", "from", "against", "on", "for", "in", "by", "of")
SCENE_PREPOSITIONS = frozenset(
    {"on", "for", "in", "during", "at", "after", "following", "before", "with", "by", "upon"}
)
POSTED = frozenset({"email", "letter", "message", "note", "post", "tweet", "video", "text"})
"""Documents before which stands where they were put out ("a Facebook post"), not who speaks by them."""
SAYING = frozenset({"say", "argue", "insist", "claim", "declare", "state", "add", "maintain"})
PLEAS = frozenset({"guilty", "innocent", "contest", "insanity"})
BIDDING = frozenset({"should", "must", "ought"})
LONG = 6
CONSEQUENCES = frozenset(
    {"action", "attack", "consequence", "force", "measure", "penalty", "punishment", "reprisal", "response", "revenge",
     "retaliation", "sanction", "strike", "war"}
)  # fmt: skip
SUFFERING = frozenset(
    {"suffer", "pay", "face", "regret", "punish", "destroy", "attack", "hit", "strike", "kill", "arrest"}
)
RESIGNING = frozenset({"call", "demand", "request", "pressure", "plea", "petition", "appeal"})
"""Nouns and verbs that call for an act, which then is not told."""
TO_PEOPLE = frozenset({"abduct", "arrest", "charge", "expel", "injure", "kill", "pardon", "release", "resign"})
"""Modes of acts that are done to people and never to a place."""
ANYBODY = frozenset({"all", "any", "every", "each", "no", "those", "anyone", "such", "some", "more", "other"})
"""Words before a noun by which it stands for nobody in particular."""
PERSONAL = frozenset({"he", "she", "him", "her", "they", "them", "who", "whom"})
PROFORMS = frozenset({"one", "it", "them"})
SPOKEN: frozenset[EventType] = frozenset({"ACCUSE", "REJECT", "REQUEST", "SUPPORT", "THREATEN", "CONCEDE"})
"""Acts that a document does for those who put it out."""
KINDLY: frozenset[EventType] = frozenset({"AID", "COOPERATE", "CONSULT", "AGREE", "SUPPORT"})
OWNED: frozenset[EventType] = frozenset({"ASSAULT", "ACCUSE", "REJECT", "THREATEN", "MOBILIZE"})
"""Acts that a thing does for its owner."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A trigger read as an act, with its arguments and status; `used` words are then no triggers themselves."""

    trigger: Passage
    act: Act
    actors: tuple[Role, ...]
    recipients: tuple[Role, ...]
    status: Status
    used: frozenset[int]


class Coder:
    """Reads one analysis sentence by sentence, governing verbs before what they govern, verbs before nouns."""

    def __init__(self, analysis: Analysis) -> None:
        self.analysis = analysis
        self.tree = Tree(analysis)
        self.lexicon = lexicon("en")
        self.parties = Parties(self.tree, self.lexicon)
        self.statuses = Statuses(self.tree, self.lexicon)

    def readings(self) -> Iterator[Reading]:
        """Every act of the analysis, in the order of the text."""
        for sentence in self.analysis.sentences:
            words = self.analysis.words_of(sentence)
            verbs = sorted((w for w in words if w.upos in ("VERB", "AUX")), key=lambda w: (self._depth(w), w.index))
            used: set[int] = set()
            found: list[Reading] = []
            for word in [*verbs, *(w for w in words if w.upos == "NOUN")]:
                reading = None if word.index in used else self._read(word)
                if reading is not None:
                    found.append(reading)
                    used |= reading.used
            yield from sorted(found, key=lambda r: r.trigger)

    def _depth(self, word: Word) -> int:
        depth, current = 0, self.tree.head(word)
        while current is not None:
            depth, current = depth + 1, self.tree.head(current)
        return depth

    def _read(self, word: Word) -> Reading | None:
        lemma = word.lemma.lower()
        if word.upos == "NOUN":
            keys = () if self.tree.name_at(word) else sorted(self._words_for(word))
            acts = [act for key in keys for act in self.lexicon.nouns.get(key, ())]
            return next((r for act in acts if (r := self._noun(word, act)) is not None), None)
        entries = self.lexicon.verbs.get(lemma, ())
        return next((r for entry in entries if (r := self._verb(word, entry)) is not None), None)

    # ------------------------------------------------------------------ verbs

    def _verb(self, verb: Word, entry: Entry) -> Reading | None:
        act, rest = entry.act, self._rest(verb, entry)
        if rest is None or self._is_modifier(verb) or self._is_ownerless(verb) or self._is_instance(verb):
            return None
        thing = self._object_noun(verb, act)
        if (act.object or act.object_kinds) and thing is None:
            return None
        oblique = self._oblique_noun(verb, act) if act.oblique_nouns else None
        if act.oblique_nouns and oblique is None:
            return None
        if act.scene and not self._has_scene(verb, act):
            return None
        if self._is_another_sense(verb, act):
            return None
        clause = self._clause(verb, act)
        if act.infinitive and (clause is None or not self.tree.is_infinitive(clause)):
            return None
        if (
            (act.with_clause and clause is None)
            or (act.plain and self._is_complex(verb))
            or (act.bare and self.tree.object(verb) is not None)
            or self._is_silent(act, clause)
            or self._is_opinion(verb, act, clause)
        ):
            return None
        if (act.bidding and not self._bids(clause, act.named)) or (act.ominous and not self._threatens(verb, clause)):
            return None
        actors = self._actors_of_verb(verb, act)
        recipients = self._recipients_of_verb(verb, oblique or thing, clause, act)
        paired = self._paired_by_verb(verb, act, actors, recipients)
        if paired is None or not self._says_enough(act, paired[1], clause, thing, verb):
            return None
        with_thing = thing is not None and thing.upos == "NOUN" and bool(act.object or act.object_kinds)
        trigger = self._trigger(verb, [*rest, *([thing] if thing is not None and with_thing else [])])
        used = self._used(act, thing, clause)
        status = self.statuses.of_verb(verb, act.type)
        return Reading(trigger, self._helping(verb, act), paired[0], paired[1], status, used)

    def _paired_by_verb(
        self, verb: Word, act: Act, actors: list[Role], recipients: list[Role]
    ) -> tuple[tuple[Role, ...], tuple[Role, ...]] | None:
        """Actors and recipients of a verb; nobody for an actor where a passive leaves him out."""
        if act.unsaid and (not actors or self._is_bare_past(verb)) and (found := self._sufferers_of_verb(verb, act)):
            return (), tuple(found)
        among = (self.tree.object(verb) is None or bool(act.object)) and not self.tree.is_infinitive(verb)
        return self._pair(act, actors, recipients, among=among)

    def _sufferers_of_verb(self, verb: Word, act: Act) -> list[Role]:
        """To whom a passive says that it was done, where it names nobody who did it though somebody must have."""
        if not (self._is_told_as_passive(verb) or self._is_bare_past(verb)):
            return []
        agent, thing = self.tree.agent(verb), self.tree.child(verb, "obj")
        if (thing is not None and thing.upos == "NOUN") or self.tree.child(verb, "ccomp"):
            return []  # "charged a fee", "questioned who alerted them"
        if agent is not None and agent.lemma.lower() not in self.lexicon.kinds["violence"]:
            return []
        if verb.lemma.lower() in self.lexicon.mishaps and not self._is_violent(verb):
            return []
        found = self.parties.roles(self.tree.head(verb) if verb.relation == "acl" else self.tree.surface_subject(verb))
        modifies = base(verb.relation) == "acl"
        found = [r for r in found if r.kind != "place" or act.mode not in TO_PEOPLE]
        return [r for r in found if self.parties.fits(r, act.who) and not self._is_anybody(r, modifies)]

    def _is_told_as_passive(self, verb: Word) -> bool:
        """A passive with its auxiliary, or where a participle needs none; elsewhere a verb that needs an object.

        Of a headline's "Rebels attacked" a parser makes a passive as readily as not.
        """
        if not self.tree.is_passive(verb):
            return False
        bare = self.tree.child(verb, "aux", "aux:pass") is None and base(verb.relation) not in ("acl", "conj", "advcl")
        return not bare or self._needs_object(verb)

    def _is_anybody(self, role: Role, modified: bool) -> bool:
        """Nobody in particular ("all people"), or whoever it may be done to ("immigrants who have been convicted")."""
        first = self.analysis.words_in(role.passage.start, role.passage.end)[:1]
        before = self.tree.children(role.word, "det", "det:predet", "amod")
        if any(w.text.lower() in ANYBODY for w in (*first, *before)):
            return True
        plural = role.word.upos == "NOUN" and role.word.text.lower() != role.word.lemma.lower()
        return modified and plural and not self.tree.children(role.word, "det", "nummod", "nmod:poss")

    def _is_violent(self, verb: Word) -> bool:
        """The clause tells of an attack, a fight or the like ("was killed in the raid")."""
        nouns = (c.noun for c in self.tree.complements(verb))
        return any(
            w.lemma.lower() in self.lexicon.kinds["violence"] for noun in nouns for w in self.tree.conjuncts(noun)
        )

    def _needs_object(self, verb: Word) -> bool:
        """The verb is never without an object: "Rebels attacked" may be who did it, "Rebels arrested" is not."""
        lemma, known = verb.lemma.lower(), self.lexicon.headline
        if lemma in known["words"]:
            return True
        if lemma not in known["charging"] or not any(
            c.preposition in known["before"] for c in self.tree.complements(verb)
        ):
            return False
        forces = self.lexicon.kinds["enforcers"] | self.lexicon.kinds["troops"]
        subject = self.tree.surface_subject(verb)
        return subject is not None and subject.lemma.lower() not in forces

    def _is_bare_past(self, verb: Word) -> bool:
        """A past tense without object or auxiliary, of a verb that needs an object, in a line without a full stop."""
        if not self._needs_object(verb):
            return False
        if not looks_past(verb) or self.tree.object(verb) is not None or self.tree.child(verb, "aux", "mark", "iobj"):
            return False
        if any(self.tree.child(w, "obj") for w in self.tree.children(verb, "conj")):
            return False  # "attacked and undermined him"
        sentence = self.analysis.sentences[verb.sentence]
        closed = self.analysis.words[sentence.last - 1].text in (".", "!", "?", ":", "”", '"', "'", "’")
        if closed or sentence.last - sentence.first > HEADLINE_WORDS:
            return False
        apart = base(verb.relation) in ("parataxis", "conj") or self.tree.child(verb, "nsubj") is not None
        return verb.head < 0 or apart

    def _helping(self, word: Word, act: Act) -> Act:
        """Troops that are sent to keep a peace or to help are aid, as the ontology has it."""
        if act.type != "MOBILIZE" or act.mode != "troops":
            return act
        lemmas = {w.lemma.lower() for w in self.tree.below(word)}
        return replace(act, type="AID", mode="peacekeeping") if lemmas & self.lexicon.kinds["keeping_peace"] else act

    def _clause(self, verb: Word, act: Act) -> Word | None:
        """The clause that an act governs; a purpose beside an object is none ("offered shares to raise money")."""
        found = self.tree.clause(verb) if act.clause else None
        purpose = found is not None and base(found.relation) == "advcl" and self.tree.child(verb, "obj") is not None
        return None if purpose and act.type == "AGREE" and act.with_clause else found

    def _is_another_sense(self, verb: Word, act: Act) -> bool:
        """What stands around the verb gives it a sense that is not the act's."""
        if act.type == "PROTEST" and self._is_speech(verb):
            return True
        if act.mode == "multilateral" and self._sets_the_scene(verb):
            return True
        if act.complement and not any(w.text.lower() in act.complement for w in self.tree.children(verb)):
            return True
        tasks = self.tree.children(verb, "advcl", "ccomp", "acl") if act.duty else []
        if any(w.lemma.lower() in self.lexicon.kinds["duties"] for w in tasks):
            return True
        return (act.plea and self._is_plea(verb)) or (act.onward and self._comes_from(verb))

    def _sets_the_scene(self, verb: Word) -> bool:
        """ "Speaking at the fair, she said": where something was said is the statement's, and no meeting."""
        head = self.tree.head(verb)
        said = head is not None and head.lemma.lower() in words("en", "speech", "say.assert")
        return verb.lemma.lower() in ("speak", "address") and base(verb.relation) == "advcl" and said

    def _is_speech(self, verb: Word) -> bool:
        """To protest with words ("protested, saying that it was late") is to object."""
        saying = self.tree.children(verb, "advcl", "parataxis", "conj")
        spoken = any(w.lemma.lower() in SAYING and w.index > verb.index for w in saying)
        head = self.tree.head(verb)
        inside = base(verb.relation) == "parataxis" or (
            head is not None and base(verb.relation) == "ccomp" and self.tree.child(verb, "obj") is None
        )
        return self.tree.child(verb, "ccomp") is not None or spoken or (inside and verb.text.lower() == "protested")

    def _is_plea(self, verb: Word) -> bool:
        """The answer to a charge ("pleaded guilty", "pleaded no contest")."""
        after = self.analysis.words[verb.index + 1 : verb.index + 4]
        return any(w.text.lower() in PLEAS and w.sentence == verb.sentence for w in after)

    def _comes_from(self, verb: Word) -> bool:
        return any(c.preposition == "from" for c in self.tree.complements(verb))

    def _bids(self, clause: Word | None, named: bool) -> bool:
        """A clause that says what should be done."""
        if clause is None:
            return False
        aids = {w.text.lower() for w in self.tree.children(clause, "aux")}
        plain = clause.upos == "VERB" and clause.text == clause.lemma and self.tree.child(clause, "cop") is None
        bare = plain and not named and not aids and self.tree.child(clause, "nsubj", "nsubj:pass") is not None
        subject = self.tree.child(clause, "nsubj", "nsubj:pass")
        single = subject is not None and (subject.upos == "PROPN" or subject.text == subject.lemma)
        return bool(aids & BIDDING) or (bare and single)

    def _threatens(self, verb: Word, clause: Word | None) -> bool:
        """What a warning says is the warner's own doing, or what the warned is not to do, or what will follow."""
        after = self.analysis.words[verb.index + 1 : verb.index + LONG]
        stay = any(a.text.lower() in ("not", "against") and a.sentence == verb.sentence for a in after)
        if any(c.preposition == "against" for c in self.tree.complements(verb)) or (clause is None and stay):
            return True
        if any(c.preposition == "of" and c.noun.lemma.lower() in CONSEQUENCES for c in self.tree.complements(verb)):
            return True
        if clause is None:
            return False
        if self.tree.is_infinitive(clause):
            return True
        own, actor = self.tree.child(clause, "nsubj", "nsubj:pass"), self.tree.subject(verb)
        if own is None or actor is None:
            return False
        same = own.text.lower() in ("it", "he", "she", "they", "we", "i") or own.lemma.lower() == actor.lemma.lower()
        to_come = {w.text.lower() for w in self.tree.children(clause, "aux")} & WILL
        return bool(to_come) and (same or own.lemma.lower() in CONSEQUENCES or self._suffers(verb, own, clause))

    def _suffers(self, verb: Word, own: Word, clause: Word) -> bool:
        """The one warned is to suffer ("warned them that they would be punished")."""
        warned = self.tree.object(verb)
        return warned is not None and own.lemma.lower() == warned.lemma.lower() and clause.lemma.lower() in SUFFERING

    def _has_scene(self, verb: Word, act: Act) -> bool:
        """A preposition that the act asks for opens a phrase or a clause after the verb ("for failing to act")."""
        marks = [m for clause in self.tree.children(verb, "advcl") for m in self.tree.children(clause, "mark")]
        found = [*(c.preposition for c in self.tree.complements(verb)), *(m.text.lower() for m in marks)]
        return not act.scene.isdisjoint(found)

    def _is_modifier(self, verb: Word) -> bool:
        """A participle before a noun, or a verb that is part of a name."""
        return base(verb.relation) in ("amod", "compound", "aux", "cop", "case", "fixed") or (
            self.tree.name_at(verb) is not None
        )

    def _is_ownerless(self, verb: Word) -> bool:
        """An infinitive after a noun that does not say whose act it is ("a petition to quash the verdict")."""
        noun = self.tree.head(verb)
        if verb.relation != "acl" or noun is None or not self.tree.is_infinitive(verb):
            return False
        if self.tree.is_ordered(noun) or self.tree.is_headline(verb, noun):
            return False
        owned = self.tree.child(noun, "nmod:poss") or any(c.preposition == "of" for c in self.tree.complements(noun))
        return not owned and noun.lemma.lower() not in self.lexicon.governors

    def _is_instance(self, verb: Word) -> bool:
        """ "Proposals, including banning it": a gerund for an instance of a noun has no doer in sight."""
        marks = self.tree.children(verb, "case", "mark")
        return verb.text.lower().endswith("ing") and any(w.text.lower() == "including" for w in marks)

    def _rest(self, verb: Word, entry: Entry) -> list[Word] | None:
        """The words that follow the verb in the lexicon's entry, or null where they are not there."""
        particles = self.tree.children(verb, "compound:prt")
        if not entry.rest:
            return [] if not particles else None
        sentence = self.analysis.sentences[verb.sentence]
        nearby = self.analysis.words[verb.index + 1 : min(verb.index + 1 + len(entry.rest), sentence.last)]
        candidates = [*self.tree.children(verb), *nearby]
        found = []
        for wanted in entry.rest:
            match = next((w for w in candidates if wanted in (w.text.lower(), w.lemma.lower())), None)
            if match is None:
                return None
            found.append(match)
        return found

    def _object_noun(self, verb: Word, act: Act) -> Word | None:
        """The object of a verb; where the act asks for one of certain nouns, the one that is such a noun, or null."""
        thing = self.tree.object(verb)
        if thing is None and act.unsaid and self._is_bare_past(verb):
            thing = self.tree.surface_subject(verb)
        if not (act.object or act.object_kinds) or thing is None:
            return thing
        objects = self.tree.children(verb, "obj")
        things = [thing, *(w for w in objects if w.index > thing.index)]
        for noun in (one for each in things for one in self.tree.conjuncts(each)):
            measures = noun.lemma.lower() in self.lexicon.kinds["measures"] or noun.upos == "NUM"
            counted = [c.noun for c in self.tree.complements(noun) if c.preposition == "of" and measures]
            for candidate in (noun, *counted):
                if (
                    candidate.lemma.lower() not in act.not_object
                    and self._words_for(candidate) & act.object
                    and not self._is_for_the_press(candidate)
                ):
                    return candidate
            if noun.lemma.lower() in act.not_object:
                continue
            if self._stands_for(noun, act):
                return noun
            kind = "person" if noun.text.lower() in PERSONAL else self.parties.kind(noun)
            many = kind == "group" and "person" in act.object_kinds and noun.text.lower() != noun.lemma.lower()
            if "anything" in act.object_kinds or kind in act.object_kinds or many:
                return noun
        return None

    def _stands_for(self, noun: Word, act: Act) -> bool:
        """ "One" and "it" stand for a noun before them in their sentence ("our agreement … to sign one")."""
        if noun.text.lower() not in PROFORMS or (noun.text.lower() != "one" and "treaty" not in act.object):
            return False
        before = self.analysis.words[self.analysis.sentences[noun.sentence].first : noun.index]
        nouns = [w for w in before if w.upos == "NOUN" and self._words_for(w) & act.object]
        return bool(nouns)

    def _is_for_the_press(self, noun: Word) -> bool:
        before = self.tree.children(noun, "compound", "amod")
        return any(w.lemma.lower() in self.lexicon.kinds["not_events"] for w in before)

    def _words_for(self, noun: Word) -> frozenset[str]:
        """The lemma of a noun, and the hyphened word that it ends ("cease-fire", "counter-attack")."""
        lemma = noun.lemma.lower()
        if lemma in self.lexicon.kinds["general"]:
            return frozenset({lemma, *(w.lemma.lower() for w in self.tree.children(noun, "compound", "amod"))})
        before = self.analysis.words[max(0, noun.index - 2) : noun.index]
        if len(before) == 2 and before[1].text == "-" and before[0].end == before[1].start:
            return frozenset({f"{before[0].text.lower()}-{lemma}", f"{before[0].text.lower()}{lemma}"})
        return frozenset({lemma})

    def _oblique_noun(self, verb: Word, act: Act) -> Word | None:
        """The noun after a preposition that the act asks for ("on strike", "for sanctions"), or null."""
        found = [c.noun for c in self.tree.complements(verb) if c.preposition in act.oblique]
        nouns = (noun for word in found for noun in self.tree.conjuncts(word))
        return next((noun for noun in nouns if self._words_for(noun) & act.oblique_nouns), None)

    def _is_complex(self, verb: Word) -> bool:
        """The verb has a second object or a complement, or calls for something ("called him a liar")."""
        objects = [w for w in self.tree.children(verb, "obj") if w != self.tree.object(verb)]
        clauses = [w for w in self.tree.children(verb, "xcomp", "ccomp", "iobj") if w != self.tree.object(verb)]
        if clauses or any(w.upos != "PROPN" for w in objects):
            return True
        return any(c.preposition in ("for", "into", "to") for c in self.tree.complements(verb))

    def _is_silent(self, act: Act, clause: Word | None) -> bool:
        return act.type == "REJECT" and clause is not None and clause.lemma.lower() in self.lexicon.silent

    def _is_opinion(self, verb: Word, act: Act, clause: Word | None) -> bool:
        """To agree that something is so is to think alike, unless it is something to be done."""
        if act.type != "AGREE" or clause is None or verb.relation == "amod" or self.tree.is_infinitive(clause):
            return False
        stated = self.tree.child(clause, "nsubj", "nsubj:pass", "expl") is not None
        return verb.lemma.lower() in self.lexicon.kinds["opinion"] and stated and not self._is_to_come(clause)

    def _is_to_come(self, clause: Word) -> bool:
        return any(w.text.lower() in WILL for w in self.tree.children(clause, "aux"))

    def _actors_of_verb(self, verb: Word, act: Act) -> list[Role]:
        subject = self.tree.subject(verb)
        more = [w for w in self.tree.children(verb, "nsubj") if w != subject and self._is_joined(w, verb)]
        found = [role for word in (subject, *more) for role in self._actor_roles(word, act)]
        fitting = [role for role in found if self.parties.fits(role, act.actor_is) and not self._is_negated(role)]
        return [role for role in fitting if not self._is_beyond(role, subject, verb)]

    def _is_beyond(self, role: Role, subject: Word | None, verb: Word) -> bool:
        """What is joined to a noun after its relative clause does not do what the clause says."""
        modifies = base(verb.relation) == "acl" and subject is not None and subject.index < verb.index
        return modifies and role.word.index > verb.index

    def _is_negated(self, role: Role) -> bool:
        """ "Not a minister" is nobody."""
        words = self.analysis.words_in(role.passage.start, role.passage.end)
        before = self.analysis.words[words[0].index - 1 : words[0].index] if words else ()
        return any(w.text.lower() in ("not", "no") for w in (*before, *words[:1]))

    def _is_joined(self, subject: Word, verb: Word) -> bool:
        """A second subject before the verb, with an "and" ("my colleague, the mayor, and I signed")."""
        return subject.index < verb.index and self.tree.child(subject, "cc") is not None

    def _actor_roles(self, subject: Word | None, act: Act) -> list[Role]:
        """The parties of a subject; a thing that does harm or speaks gives its owner ("Peru's offensive")."""
        if subject is None:
            return []
        subject = self._who_says_so(subject) or subject
        found = self.parties.roles(subject)
        if not found and subject.lemma.lower() in self.lexicon.kinds["documents"] and act.type in SPOKEN:
            return self._roles_behind(subject)
        if found or act.type not in OWNED:
            return found
        users = [v for v in self.tree.children(subject, "acl") if self.tree.is_passive(v)]
        agents = [role for verb in users for role in self.parties.roles(self.tree.agent(verb))]
        owners = [r for w in self.tree.children(subject, "nmod:poss") for r in self.parties.roles(w)]
        means = subject.lemma.lower() in self.lexicon.kinds["attack"] | self.lexicon.kinds["troops"]
        return agents or owners or (self.parties.demonyms(subject, doers=True) if means else [])

    def _who_says_so(self, pronoun: Word) -> Word | None:
        """Who says what "it" or "they" do and is meant by them ("the navy said it detained two men"), or null."""
        clause = self.tree.head(pronoun)
        while clause is not None and base(clause.relation) == "conj":
            clause = self.tree.head(clause)
        saying = self.tree.head(clause) if clause is not None and base(clause.relation) == "ccomp" else None
        if pronoun.text.lower() not in ("it", "they") or saying is None or saying.lemma.lower() not in self._says:
            return None
        speaker = self.tree.surface_subject(saying)
        if speaker is None or speaker.index > pronoun.index or speaker.upos not in ("NOUN", "PROPN"):
            return None
        kind = self.parties.kind(speaker)
        several = len(self.tree.conjuncts(speaker)) > 1 or speaker.text.lower() != speaker.lemma.lower()
        if pronoun.text.lower() == "it":
            name = self.tree.name_at(speaker)
            somebody = kind is None or (name is not None and name.kind == "Person")
            return None if several or somebody else speaker
        return speaker if several or kind in ("organisation", "group") else None

    @cached_property
    def _says(self) -> frozenset[str]:
        return frozenset(words("en", "speech", "say.assert")) | SAYING

    def _roles_behind(self, document: Word) -> list[Role]:
        """Who speaks by a document: its owner, its "by" or "from" phrase, or who puts it out."""
        for owner in self.tree.children(document, "nmod:poss"):
            if found := self.parties.roles(owner):
                return found
        for complement in self.tree.complements(document):
            if complement.preposition in ("by", "from", "of") and (found := self.parties.roles(complement.noun)):
                return found
        verb = self.tree.head(document)
        issued = verb is not None and verb.lemma.lower() in self.lexicon.kinds["issuing"]
        if verb is not None and issued and base(document.relation) == "obj":
            return self.parties.roles(self.tree.surface_subject(verb))
        return [] if document.lemma.lower() in POSTED else self.parties.demonyms(document, doers=True)

    def _recipients_of_verb(self, verb: Word, thing: Word | None, clause: Word | None, act: Act) -> list[Role]:
        for place in dict.fromkeys((*act.recipient, *(() if act.strict else ("object",)))):
            for found in self._at(place, verb, thing, clause, act):
                others = [r for r in found if not self._is_the_thing(r, thing, act) and not self._is_own(r)]
                others = [r for r in others if not (act.captive and r.word.text.lower() == "hostage")]
                fitting = [
                    r for r in others if self.parties.fits(r, act.who) and not (act.public and self._is_private(r))
                ]
                if fitting:
                    return fitting
        return []

    def _is_private(self, role: Role) -> bool:
        named = self.tree.name_at(role.word) is not None
        return not named and role.word.lemma.lower() in self.lexicon.kinds["private"]

    def _is_own(self, role: Role) -> bool:
        """A thing of the actor's own ("defended his title") is nobody else."""
        owned = any(w.text.lower() in POSSESSIVE for w in self.tree.children(role.word, "nmod:poss"))
        return owned and role.kind == "thing"

    def _is_the_thing(self, role: Role, thing: Word | None, act: Act) -> bool:
        """What is sent or held is not the one that it is sent to or held with."""
        return thing is not None and role.word == thing and "object" not in act.recipient

    def _at(self, place: str, verb: Word, thing: Word | None, clause: Word | None, act: Act) -> Iterator[list[Role]]:
        if place == "object":
            own = self.tree.object(verb) if act.oblique_nouns else thing
            if act.direct:
                yield self.parties.roles(own)
            else:
                yield self.parties.roles_within(own, act.thing and "object" in act.recipient)
        elif place == "indirect":
            yield self.parties.roles_within(self.tree.indirect(verb) or self._first_of_two(verb, thing))
        elif place == "clause" and act.named:
            own = self.tree.child(clause, "nsubj") if clause is not None else None
            yield [role for role in self.parties.roles(own) if role.kind in ("organisation", "place", "named")]
        elif place == "clause":
            yield from self._in_clause(clause, bound=act.own_clause)
        else:
            heads = [verb, *([thing] if thing is not None else [])]
            if act.who == "place":
                yield from (found for head in heads for found in self._direct_after(place, head))
            else:
                yield from self._after(place, *heads, thing=act.thing)

    def _first_of_two(self, verb: Word, thing: Word | None) -> Word | None:
        """The first of two objects, where the second is what is given: a parser's slip for an indirect object."""
        objects = self.tree.children(verb, "obj")
        return objects[0] if len(objects) > 1 and thing is not None and thing.index > objects[0].index else None

    def _after(self, preposition: str, *heads: Word, thing: bool = False) -> Iterator[list[Role]]:
        for head in heads:
            for complement in self.tree.complements(head):
                aside = complement.noun.lemma.lower() in self.lexicon.kinds["aside"]
                if complement.preposition == preposition and not (aside and complement.noun.upos == "NOUN"):
                    yield self.parties.roles_within(complement.noun, thing)

    def _in_clause(self, clause: Word | None, bound: bool) -> Iterator[list[Role]]:
        """The parties of a governed clause; with `bound`, none of a clause that has its own subject."""
        if clause is None:
            return
        own = self.tree.child(clause, "nsubj", "nsubj:pass")
        if own is not None:
            if bound:
                return
            if own.relation != "nsubj:pass" and not self.tree.is_passive(clause):
                yield self.parties.roles_within(own)
        inner = self.tree.object(clause)
        yield self.parties.roles_within(inner)
        heads = [clause, *([inner] if inner is not None else [])]
        for preposition in CLAUSE_PREPOSITIONS:
            yield from self._after(preposition, *heads)

    def _pair(
        self, act: Act, actors: list[Role], recipients: list[Role], *, among: bool = True
    ) -> tuple[tuple[Role, ...], tuple[Role, ...]] | None:
        """Actors and recipients as they stand, or null; two who act on one another stand on both sides.

        `among`: one phrase for several ("the leaders") may stand for those who act on one another.
        """
        taken = {role.word.index for role in actors}
        others = [role for role in recipients if role.word.index not in taken]
        if not actors:
            return None
        if act.reciprocal:
            others = [role for role in others if not self._is_their_own(role)]
        counted = self.parties.is_counted if act.pair else self.parties.is_several
        several = len(actors) > 1 or (among and any(counted(role) for role in actors))
        if act.reciprocal and not others and several:
            return tuple(actors), tuple(actors)
        if act.needs and not others:
            return None
        return tuple(actors), tuple(others)

    def _is_their_own(self, role: Role) -> bool:
        """ "Their two nations" are no others than those who agreed."""
        owned = any(w.text.lower() in POSSESSIVE for w in self.tree.children(role.word, "nmod:poss"))
        return owned and role.kind == "organisation"

    def _says_enough(
        self, act: Act, recipients: tuple[Role, ...], clause: Word | None, thing: Word | None, verb: Word
    ) -> bool:
        """ "They agreed" alone is no event: an act of this kind needs somebody or something."""
        if act.own_clause and not recipients and clause is not None and self.tree.child(clause, "nsubj", "nsubj:pass"):
            return False
        if act.type not in ("AGREE", "REJECT", "REQUEST", "THREATEN") or act.object or act.oblique_nouns:
            return True
        return bool(recipients) or clause is not None or (act.type == "AGREE" and bool(self.tree.complements(verb)))

    def _used(self, act: Act, thing: Word | None, clause: Word | None) -> frozenset[int]:
        used: set[int] = set()
        if (act.object or act.object_kinds) and thing is not None:
            used |= {w.index for w in self.tree.conjuncts(thing)}
        if thing is not None:
            used |= {w.index for w in self.tree.below(thing) if w.relation == "acl" and self.tree.is_infinitive(w)}
        if clause is not None:
            for verb in self.tree.conjuncts(clause):
                inner = self.tree.child(verb, "obj")
                used |= {verb.index} | ({inner.index} if inner is not None else set())
        return frozenset(used)

    def _trigger(self, verb: Word, others: list[Word]) -> Passage:
        """The verb with its particle and object where they stand close after it, else the verb."""
        last = verb
        for word in others:
            if verb.index < word.index <= verb.index + TRIGGER_WORDS and word.index > last.index:
                last = word
        return Passage(verb.start, last.end)

    # ------------------------------------------------------------------ nouns

    def _noun(self, noun: Word, act: Act) -> Reading | None:
        if act.compound and not any(
            w.lemma.lower() in act.compound for w in self.tree.children(noun, "compound", "amod")
        ):
            return None
        verb = self._light_verb(noun)
        if (act.light_only and verb is None) or (act.told and self._is_called_for(noun)):
            return None
        both = self._between(noun)
        if act.reciprocal and len(both) > 1:
            actors, recipients = both, both
        else:
            actors = [r for r in self._actors_of_noun(noun, act, verb) if self.parties.fits(r, act.actor_is)]
            recipients = self._recipients_of_noun(noun, act, verb)
        sufferers: list[Role] = []
        if act.suffered and not self._is_called_for(noun):
            actors, sufferers = self._suffered(noun, act, actors)
        if actors is both and both:
            paired: tuple[tuple[Role, ...], tuple[Role, ...]] | None = (tuple(both), tuple(both))
        elif sufferers:
            paired = tuple(actors), tuple(sufferers)
        else:
            paired = self._pair(act, actors, recipients, among=base(noun.relation) != "obl")
        if paired is None:
            return None
        light = verb is not None and base(noun.relation) == "obj" and not self.tree.is_passive(verb)
        trigger = self._trigger(verb, [noun]) if light and verb is not None else noun.passage
        trigger = trigger if trigger.holds(noun.passage) else noun.passage
        arrival = self._arrival(noun) if act.mode == "visit" else None
        status = self.statuses.of_noun(noun, act.type) if arrival is None else self.statuses.of_verb(arrival, act.type)
        return Reading(trigger, self._helping(noun, act), paired[0], paired[1], status, frozenset())

    def _is_called_for(self, noun: Word) -> bool:
        """ "A call for his resignation" tells of no resignation, nor does "demanded his resignation"."""
        head = self.tree.head(noun)
        asked = head is not None and head.lemma.lower() in RESIGNING | {"seek", "urge", "want", "reject", "offer"}
        return asked or self.tree.preposition(noun) == "for"

    def _light_verb(self, noun: Word) -> Word | None:
        """The verb that lends the noun its subject ("held talks", "engaged in talks"), or null."""
        measured = self.tree.head(noun)
        if base(noun.relation) == "nmod" and measured is not None and self._measures(measured, noun):
            return self._light_verb(measured)
        head = self.tree.head(noun)
        if head is None or head.upos != "VERB" or head.lemma.lower() not in self.lexicon.light:
            return None
        if base(noun.relation) == "obj" or noun.relation == "nsubj:pass":
            return head
        return head if base(noun.relation) == "obl" and self.tree.preposition(noun) == "in" else None

    def _measures(self, word: Word, noun: Word) -> bool:
        """A noun that counts or measures the one after its "of": "rounds of talks", "three hours of talks"."""
        definite = any(w.text.lower() == "the" for w in self.tree.children(word, "det"))
        if definite and word.lemma.lower() in self.lexicon.kinds["durations"]:
            return False  # "the year of cooperation" is a name
        lasting = word.lemma.lower() in self.lexicon.kinds["measures"] | self.lexicon.kinds["durations"]
        return lasting and self.tree.preposition(noun) == "of"

    def _between(self, noun: Word) -> list[Role]:
        found = [c.noun for c in self.tree.complements(noun) if c.preposition in ("between", "among")]
        return [role for word in found for role in self.parties.roles(word)]

    def _owners(self, noun: Word) -> list[Role]:
        return [r for w in self.tree.children(noun, "nmod:poss") for r in self.parties.roles(w)]

    def _suffered(self, noun: Word, act: Act, actors: list[Role]) -> tuple[list[Role], list[Role]]:
        """The actors, and who suffers it: whom the "of" phrase names, else its owner ("the minister's arrest")."""
        below = [role for found in self._direct_after("of", noun) for role in found]
        owners = [] if below or base(noun.relation) == "compound" else self._owners(noun)
        owners = [r for r in owners if r.kind in ("person", "pronoun", "named", "group")]
        found = [r for r in below or owners if self.parties.fits(r, act.who) and not self._is_anybody(r, modified=True)]
        if act.mode == "release":  # what is released may be a document: of owners the noun says too little
            found = [r for r in below if r in found and r.kind in ("person", "pronoun", "group")]
        return [role for role in actors if role not in found], found

    def _actors_of_noun(self, noun: Word, act: Act, verb: Word | None) -> list[Role]:
        owners = self._owners(noun)
        if owners:
            return owners
        of_actor = ("of",) if act.of == "actor" else ()
        if of_actor and any(
            not self.parties.roles(c.noun) for c in self.tree.complements(noun) if c.preposition == "of"
        ):
            return []
        for preposition in ("by", *of_actor):
            found = next((r for r in self._direct_after(preposition, noun) if r), [])
            if found:
                return found
        doers = act.type not in KINDLY  # "military aid" is aid of a kind, a "military raid" is the military's
        adjectives = [r for r in self.parties.demonyms(noun, doers=doers) if r.kind != "place"]
        if act.reciprocal:
            adjectives = [r for r in adjectives if r.kind == "group"]
        if adjectives or act.possessor:
            return adjectives
        return self._lent_actors(noun, act, verb)

    def _direct_after(self, preposition: str, head: Word) -> Iterator[list[Role]]:
        for complement in self.tree.complements(head):
            if complement.preposition == preposition:
                yield self.parties.roles(complement.noun)

    def _lent_actors(self, noun: Word, act: Act, verb: Word | None) -> list[Role]:
        """Actors that the noun has from the clause around it."""
        if verb is not None:
            return self._actor_roles(self.tree.subject(verb), act)
        if self.tree.child(noun, "cop") is not None:
            subject = self.tree.child(noun, "nsubj")
            fits = self.tree.preposition(noun) in ("on", "in") and subject is not None
            return self.parties.roles(self.tree.antecedent(subject, noun)) if fits and subject is not None else []
        head = self.tree.head(noun)
        scene = base(noun.relation) == "obl" and self.tree.preposition(noun) in SCENE_PREPOSITIONS
        if act.type == "CONSULT" and scene and head is not None and head.upos == "VERB":
            return self.parties.roles(self.tree.surface_subject(head))
        return []

    def _arrival(self, noun: Word) -> Word | None:
        """The verb of motion whose purpose a visit is ("landed in Lima for a visit"), or null."""
        head = self.tree.head(noun)
        if head is None or head.upos != "VERB" or self.tree.preposition(noun) not in ("for", "on"):
            return None
        entries = self.lexicon.verbs.get(head.lemma.lower(), ())
        return head if any(entry.act.mode == "visit" for entry in entries) else None

    def _recipients_of_noun(self, noun: Word, act: Act, verb: Word | None) -> list[Role]:
        arrival = self._arrival(noun) if act.mode == "visit" else None
        held = [w for w in self.tree.children(noun, "acl") if w.lemma.lower() in self.lexicon.light]
        heads = [noun, *(w for w in (verb, arrival) if w is not None), *held]
        for preposition in act.recipient:
            if preposition == "of" and act.of != "recipient":
                continue
            for found in self._after(preposition, *heads):
                fitting = [role for role in found if self.parties.fits(role, act.who)]
                if fitting:
                    return fitting
        return self._between(noun)
