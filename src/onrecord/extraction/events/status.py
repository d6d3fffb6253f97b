"""Whether an act happened, goes on, is planned, is possible or is denied: tense, modality, negation, conditions."""

from __future__ import annotations

from onrecord.extraction.events.acts import Lexicon, Status
from onrecord.language.analysis import Word
from onrecord.language.clauses import DEPTH, ORDER, Tree, base, looks_past
from onrecord.model import EventType

NEGATIONS = frozenset({"not", "n't", "n’t", "never", "neither", "nor", "no longer", "hardly", "scarcely", "barely"})
NOBODY = frozenset({"nobody", "none", "neither"})
WILL = frozenset({"will", "'ll", "’ll", "wo", "shall", "would", "'d", "’d", "gonna"})
MAY = frozenset({"may", "might", "can", "could", "should", "must", "ca", "ought"})
PERFECT = frozenset({"have", "has", "'ve", "’ve"})
CONDITIONS = frozenset({"if", "unless", "whether", "provided", "lest", "should", "once"})
LASTING: frozenset[EventType] = frozenset({"COOPERATE", "SUPPORT", "AID"})
DENYING = frozenset({"deny", "refute", "reject", "dismiss", "disclaim"})
DOUBTING = frozenset({"accuse", "suspect", "allege", "charge", "blame", "claim"})
PUNISHING = frozenset(
    {"arrest", "detain", "jail", "imprison", "charge", "sue", "indict", "try", "sentence", "convict", "fine", "expel",
     "deport", "sanction", "punish", "investigate", "fire", "dismiss", "execute", "criticise", "criticize", "condemn"}
)  # fmt: skip
"""What somebody is punished for is what the punisher says he did."""
PERFORMED: frozenset[EventType] = frozenset({"REQUEST", "SUPPORT", "ACCUSE"})
FINITE = frozenset({"nsubj", "nsubj:pass", "csubj", "expl"})
SPEECH: frozenset[EventType] = frozenset({"REQUEST", "ACCUSE", "REJECT", "AGREE", "THREATEN"})
SEEING = frozenset(
    {"see", "hear", "film", "photograph", "show", "picture", "catch", "spot", "notice", "record", "find"}
)
"""Who is seen doing something does it, even where he "can be seen" doing it."""
STRONGER: dict[Status, int] = {"denied": 4, "possible": 3, "planned": 2, "ongoing": 1, "happened": 0}


class Statuses:
    """Reads the status of verbs and nouns off a tree."""

    def __init__(self, tree: Tree, lexicon: Lexicon) -> None:
        self.tree = tree
        self.lexicon = lexicon

    def of_verb(self, verb: Word, act: EventType, depth: int = 0) -> Status:
        """The status of what a verb says."""
        if depth > DEPTH:
            return "possible"
        if self._negated(verb) or (depth == 0 and act not in SPEECH and self._disowned(verb)):
            return "denied"
        own = self._by_auxiliaries(verb, act)
        if own in ("denied", "possible"):
            return own
        outer = self._by_clause(verb, act, depth)
        if self._performed(verb, act):
            return "happened"
        if own is None:
            return outer or "happened"
        return own if outer is None else max(own, outer, key=lambda s: STRONGER[s])

    def _auxiliaries(self, verb: Word) -> list[Word]:
        found = self.tree.children(verb, "aux", "cop")
        head = self.tree.resumed(verb) or self.tree.head(verb)
        shares = head is not None and base(verb.relation) == "conj" and not self.tree.child(verb, "nsubj", "nsubj:pass")
        if (
            not found
            and shares
            and head is not None
            and not self.tree.is_infinitive(verb)
            and head.upos in ("VERB", "AUX")
        ):
            return self._auxiliaries(head)
        return found

    def _negated(self, verb: Word) -> bool:
        before = [
            w for w in self.tree.children(verb, "advmod", "det", "aux", "cc", "mark", "case") if w.index < verb.index
        ]
        denying = [
            w for w in before if w.text.lower() in NEGATIONS or w.text.lower() in ("cannot", "without", "instead")
        ]
        if any(not self._only(w) for w in denying):
            return True
        subject = self.tree.child(verb, "nsubj", "nsubj:pass")
        things = [w for w in (subject, self.tree.child(verb, "obj")) if w is not None]
        if any(w.text.lower() in NOBODY for w in things):
            return True
        return any(
            d.text.lower() in ("no", "neither") for w in things for d in self.tree.children(w, "det", "advmod", "cc")
        )

    def _only(self, word: Word) -> bool:
        """The "not" of "not only", which denies nothing."""
        after = self.tree.words[word.index + 1 : word.index + 2]
        return bool(after) and after[0].text.lower() in ("only", "just", "merely")

    def _disowned(self, verb: Word) -> bool:
        """What a verb says stands in something that somebody denies ("denied reports that ...")."""
        current = verb
        for _ in range(DEPTH):
            head = self.tree.head(current)
            if head is None:
                return False
            inside = base(current.relation) in ("obj", "ccomp", "xcomp", "nmod", "acl", "obl", "advcl")
            if inside and head.lemma.lower() in DENYING and base(current.relation) in ("obj", "ccomp", "xcomp"):
                return True
            if inside and head.lemma.lower() == "truth" and self.tree.child(head, "det") is not None:
                return any(d.text.lower() == "no" for d in self.tree.children(head, "det"))
            current = head
        return False

    def _by_auxiliaries(self, verb: Word, act: EventType) -> Status | None:
        texts = {w.text.lower() for w in self._auxiliaries(verb)}
        if texts & NEGATIONS or "cannot" in texts:
            return "denied"
        if texts & MAY:
            return "possible"
        if texts & WILL:
            return "possible" if "have" in texts else "planned"
        if act in LASTING and texts & PERFECT and any(c.preposition == "since" for c in self.tree.complements(verb)):
            return "ongoing"
        if verb.text.lower().endswith("ing") and texts & {
            "is",
            "are",
            "am",
            "'s",
            "'re",
            "’s",
            "’re",
            "been",
            "was",
            "were",
            "'m",
        }:
            return "ongoing"
        if texts or looks_past(verb) or not self.tree.child(verb, *FINITE):
            return None
        return "ongoing" if act in LASTING and not self._in_headline(verb) else None

    def _in_headline(self, word: Word) -> bool:
        parts = self.tree.analysis.article.parts
        return any(p.start <= word.start < p.end and p.role in ("headline", "standfirst", "caption") for p in parts)

    def _by_clause(self, verb: Word, act: EventType, depth: int) -> Status | None:
        marks = {w.text.lower() for w in self.tree.children(verb, "mark", "advmod", "cc") if w.index < verb.index}
        if marks & CONDITIONS:
            return "possible"
        relation, head = base(verb.relation), self.tree.resumed(verb) or self.tree.head(verb)
        infinitive = self.tree.is_infinitive(verb)
        if head is None:
            return "planned" if infinitive else None
        if relation == "conj" and infinitive and not self.tree.is_infinitive(head):
            return self._governed(verb, head, act, depth)
        if relation == "conj":
            own_subject = self.tree.child(verb, *FINITE)
            return None if own_subject and not infinitive else self._of_conjunct(verb, head, act, depth, infinitive)
        gerund = (
            relation in ("ccomp", "obj") and verb.text.lower().endswith("ing") and not self.tree.child(verb, *FINITE)
        )
        if infinitive or gerund or (relation == "xcomp" and head.upos in ("VERB", "ADJ", "NOUN")):
            return self._governed(verb, head, act, depth)
        return self._in_clause(verb, head, relation, marks, depth)

    def _of_conjunct(self, verb: Word, head: Word, act: EventType, depth: int, infinitive: bool) -> Status | None:
        if self.tree.is_infinitive(head) or infinitive or verb.text.lower().endswith("ing"):
            return self.of_verb(head, act, depth + 1) if head.upos in ("VERB", "AUX") else None
        return self._by_clause(head, act, depth + 1) if head.upos == "VERB" else None

    def _in_clause(self, verb: Word, head: Word, relation: str, marks: set[str], depth: int) -> Status | None:
        lemma = head.lemma.lower()
        if head.upos == "NOUN" and not self.tree.child(verb, *FINITE) and verb.text.lower().endswith("ing"):
            lent = self.lexicon.governors.get(lemma)
            return "possible" if "for" in marks else lent
        if relation == "advcl" and "for" in marks and lemma in PUNISHING:
            return "possible"
        if relation == "ccomp" and lemma in DENYING:
            return "denied"
        if lemma in DOUBTING and not self.tree.child(verb, *FINITE):
            return "possible"
        bare = not looks_past(verb) and not self._auxiliaries(verb) and relation in ("ccomp", "xcomp")
        if bare and not marks and self._by_auxiliaries(head, "CONSULT") == "planned":
            return "planned"
        if relation == "ccomp":
            governed = self.lexicon.governors.get(lemma)
            return governed if governed in ("possible", "planned") and lemma not in ("decide", "announce") else None
        if relation == "advcl" and head.upos == "ADJ" and self.lexicon.governors.get(head.text.lower()) == "possible":
            return "possible"
        if relation == "advcl" and not self.tree.child(verb, *FINITE) and head.upos in ("VERB", "AUX"):
            outer = self.of_verb(head, "CONSULT", depth + 1)
            return "planned" if outer in ("planned", "possible") else None
        if relation == "advcl" and marks & {"when", "until", "after", "before", "once", "as"}:
            future = self._by_auxiliaries(head, "CONSULT")
            present = not looks_past(verb) and not self._auxiliaries(verb)
            return "planned" if future == "planned" and present else None
        return None

    def _governed(self, verb: Word, head: Word, act: EventType, depth: int) -> Status:
        """The status that a governor gives ("plan to", "fail to"), joined with the governor's own."""
        if head.lemma.lower() in SEEING and verb.text.lower().endswith("ing"):
            return "happened"
        lent = self.lexicon.governors.get(head.lemma.lower(), self.lexicon.governors.get(head.text.lower()))
        if head.text.lower() in ORDER or (head.upos == "NOUN" and self.tree.is_ordered(head)):
            return self.of_verb(head, act, depth + 1) if head.upos == "VERB" else "happened"
        wished = head.lemma.lower() in self.lexicon.wishes and self.tree.child(head, "obj", "nsubj:pass") is not None
        if lent == "planned" and wished and not self.tree.is_passive(head):
            lent = "possible"
        if self.tree.is_headline(verb, head):
            return "planned"
        if head.upos not in ("VERB", "ADJ", "AUX"):
            return lent if lent in ("planned", "denied") else "possible"
        outer = self.of_verb(head, "CONSULT", depth + 1)
        if base(verb.relation) == "advcl" and lent is None:
            performed = act in PERFORMED and head.lemma.lower() in self.lexicon.performed
            lent = "happened" if performed else "planned"
        return max(lent or "possible", outer, key=lambda s: STRONGER[s])

    def _performed(self, verb: Word, act: EventType) -> bool:
        """ "I would like to invite": saying it is doing it."""
        if act not in PERFORMED:
            return False
        current: Word | None = verb
        for _ in range(4):
            if current is None:
                return False
            subject = self.tree.child(current, "nsubj")
            if subject is not None:
                verbs = {current.lemma.lower()}
                return subject.text.lower() in ("i", "we") and bool(verbs & {"like", "want", "wish", "invite", "thank"})
            current = self.tree.head(current)
        return False

    # ------------------------------------------------------------------ nouns

    def of_noun(self, noun: Word, act: EventType) -> Status:
        """The status of what a noun names, by its modifiers, its preposition and the verb that it hangs on."""
        modified = self._by_modifiers(noun)
        if modified is not None:
            return modified
        placed = self._by_preposition(noun)
        if placed is not None and not (placed == "ongoing" and self._under_past(noun)):
            return placed
        head = self.tree.head(noun)
        if self.tree.child(noun, "cop") is not None:
            own = self._by_auxiliaries(noun, act)
            return "denied" if self._negated(noun) else own or ("ongoing" if self._present(noun) else "happened")
        if head is None or head.upos not in ("VERB", "AUX"):
            return "planned" if head is not None and self._planned_head(head) else "happened"
        return self._under_verb(noun, head, act)

    def _under_past(self, noun: Word) -> bool:
        """The noun hangs on a verb that tells the past, so that what went on then is over."""
        head = self.tree.head(noun)
        return head is not None and head.upos == "VERB" and looks_past(head)

    def _by_preposition(self, noun: Word) -> Status | None:
        """The status that "ahead of", "during" and the like give, read off the words before the phrase."""
        first = min((w.index for w in self.tree.below(noun) if w.index <= noun.index), default=noun.index)
        before = [w.text.lower() for w in self.tree.words[max(0, first - 2) : noun.index]]
        return next((self.lexicon.prepositions[w] for w in before if w in self.lexicon.prepositions), None)

    def _present(self, noun: Word) -> bool:
        copula = self.tree.child(noun, "cop")
        return copula is not None and copula.text.lower() in ("is", "are", "am", "'s", "'re", "’s", "’re")

    def _planned_head(self, head: Word) -> bool:
        """The noun hangs on a noun such as "plan" or "proposal"."""
        return self.lexicon.governors.get(head.lemma.lower()) in ("planned", "possible") and head.upos == "NOUN"

    def _by_modifiers(self, noun: Word) -> Status | None:
        for word in self.tree.children(noun, "amod", "det", "advmod", "nummod"):
            status = self.lexicon.modifiers.get(word.text.lower())
            if status is not None:
                return status
        return None

    def _under_verb(self, noun: Word, head: Word, act: EventType) -> Status:
        relation = base(noun.relation)
        outer = self.of_verb(head, act)
        lent = self.lexicon.light.get(head.lemma.lower())
        if lent == "planned" and head.lemma.lower() == "announce" and act in self.lexicon.announced:
            lent = "happened"
        if relation == "obj" and lent is not None:
            return max(lent, outer, key=lambda s: STRONGER[s])
        if relation == "nsubj":
            return self._as_subject(noun, head, outer, lent)
        if relation == "obl":
            if self.tree.preposition(noun) == "for":
                return "planned" if outer in ("happened", "ongoing") else outer
            return "happened" if outer in ("denied", "possible") else outer
        if relation == "obj" and act not in ("CONSULT", "AID", "SUPPORT", "COOPERATE", "AGREE"):
            return "denied" if outer == "denied" and lent is not None else "happened"
        return "happened" if outer == "ongoing" else outer

    def _as_subject(self, noun: Word, head: Word, outer: Status, lent: Status | None) -> Status:
        if head.lemma.lower() in self.lexicon.light_subject or noun.relation == "nsubj:pass":
            if lent in ("planned", "denied"):
                return lent
            if outer == "denied" and lent is None and head.lemma.lower() not in self.lexicon.light_subject:
                return "happened"  # a murder that "has never been solved" was done
            return outer if outer != "ongoing" else "ongoing"
        return "happened"
