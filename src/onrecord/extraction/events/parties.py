"""Which nouns may be parties, before anyone has said which party they are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from onrecord.extraction.events.acts import Lexicon
from onrecord.language.analysis import Word
from onrecord.language.clauses import Tree, base
from onrecord.language.tables import table
from onrecord.model import Passage

Kind = Literal["person", "organisation", "place", "group", "pronoun", "named", "thing"]

NAME_KINDS: dict[str, Kind | None] = {
    "Person": "person", "Organization": "organisation", "Location": "place", "Facility": "place", "NORP": "group",
}  # fmt: skip
POSSESSIVE = frozenset({"his", "her", "their", "its", "my", "our"})
OWNING = ("of", "by", "from", "with", "against", "between")
"""Prepositions after which stands whose a thing is ("a request from Peru")."""
PLACING = ("on", "to")
"""Prepositions after which a party may stand that a thing has only to do with ("a ban on Peru")."""
PLACE_NOUNS = frozenset(
    {"country", "capital", "city", "region", "town", "village", "island", "province", "state", "area"}
)
ABSTRACT = frozenset({"justice", "chair", "host", "crown", "model", "minor", "major", "lead", "second"})
"""Nouns that name a person only as a title, with a capital."""
SIDING = ("pro-", "anti-")
"""What opens a word for those who are for or against somebody: who holds a "pro-Kenyan rally" is not Kenya."""
DAYS = frozenset({"today", "yesterday", "tomorrow", "tonight"})
DEPTH = 4
TITLE_WORDS = 5
"""How many words after the first of a title the name may begin."""


@dataclass(frozen=True, slots=True)
class Role:
    """A word that stands for a party in an act, the passage that names it, and what kind of party it may be."""

    word: Word
    passage: Passage
    kind: Kind


@cache
def calendar(language: str) -> frozenset[str]:
    """The names of weekdays and months, which are nobody though they are proper nouns."""
    classes = table(language, "times")["classes"]
    return frozenset(word for group in ("weekday", "month") for words in classes[group].values() for word in words)


class Parties:
    """Reads noun phrases as parties: by the reader's names first, then by what kind of thing a noun denotes."""

    def __init__(self, tree: Tree, lexicon: Lexicon) -> None:
        self.tree = tree
        self.lexicon = lexicon

    def kind(self, word: Word) -> Kind | None:
        """What kind of party a word denotes as the head of its phrase, or null where it denotes none."""
        name = self.tree.name_at(word)
        if self._is_force(word):
            return None
        if name is not None and name.kind in NAME_KINDS:
            return NAME_KINDS[name.kind]
        lemma = word.lemma.lower()
        if self._is_the_two(word):
            return "person"
        if word.upos == "PRON":
            spoken = word.text.lower() in self.lexicon.kinds["pronouns"] | POSSESSIVE
            return "pronoun" if spoken else "person" if self._is_head_count(word) else None
        if word.upos in ("NOUN", "PROPN", "ADJ"):
            if lemma in self.lexicon.kinds["person"] and not (word.upos == "NOUN" and lemma in ABSTRACT):
                return "person"
            if lemma in self.lexicon.kinds["organisation"]:
                return "organisation"
            if word.upos == "NOUN" and self._is_agent(lemma):
                return "person"
        if name is None and word.upos == "NOUN" and word.text.isupper() and len(word.text) > 1:
            return "named"
        if word.text.lower().rstrip(".") in ("mr", "mrs", "ms", "dr"):
            return "person"
        if name is None and word.upos == "PROPN" and not self.is_number_or_month(word):
            return self._named_within(word)
        return self._counted(word)

    def _is_force(self, word: Word) -> bool:
        """The name of a storm or a quake, or part of one: it batters a coast and attacks nobody."""
        name = self.tree.name_at(word)
        named = word.upos == "PROPN" or name is not None
        before = self.tree.words[word.index - 1] if word.index else word
        first = self.tree.analysis.words_in(name.start, name.end)[:1] if name is not None else [word]
        return named and any(w.text.lower() in self.lexicon.kinds["forces"] for w in (*first, word, before))

    def _is_the_two(self, word: Word) -> bool:
        """ "The two", "the three": a number with an article and no noun stands for those just named."""
        if word.upos != "NUM" or not word.text.isalpha() or base(word.relation) not in ("nsubj", "obj", "conj"):
            return False
        return any(w.text.lower() == "the" for w in self.tree.children(word, "det"))

    def _is_agent(self, lemma: str) -> bool:
        """A noun that is made like the name of a doer and is not the name of a thing."""
        endings = tuple(self.lexicon.kinds["endings"])
        return len(lemma) > 4 and lemma.endswith(endings) and lemma not in self.lexicon.kinds["things"]

    def is_number_or_month(self, word: Word) -> bool:
        dated = word.text.lower() in calendar("en") or word.text.lower() in DAYS
        return dated or not word.text[:1].isupper() or any(c.isdigit() for c in word.text)

    def _named_within(self, word: Word) -> Kind | None:
        """A proper noun that the reader gave no name takes the kind of the name hung right on it."""
        for part in self.tree.children(word, "flat", "compound", "appos"):
            name = self.tree.name_at(part)
            if name is not None and name.kind in NAME_KINDS:
                return NAME_KINDS[name.kind]
        return "named" if len(word.text) > 1 and word.text.isalpha() else None

    def _counted(self, word: Word) -> Kind | None:
        """What is counted decides: "hundreds of miners" are miners."""
        if word.upos not in ("NOUN", "NUM", "DET", "PRON", "ADJ"):
            return None
        if word.upos == "NOUN" and not {word.lemma.lower(), word.text.lower()} & self.lexicon.kinds["counts"]:
            return None
        inner = next((c.noun for c in self.tree.complements(word) if c.preposition == "of"), None)
        if inner is None:
            return "person" if self._is_head_count(word) else None
        return None if inner.upos == "PRON" else self.kind(inner)

    def _is_head_count(self, word: Word) -> bool:
        """A bare number where only people can stand ("killed dozens", "hundreds protested", "arrested at least 40")."""
        counts = word.upos == "NUM" or word.text.lower() in self.lexicon.kinds["counts"]
        if not counts or any(c in word.text for c in "%$€£.:/"):
            return False
        of = any(c.preposition == "of" for c in self.tree.complements(word))
        verb, alone = self.tree.head(word), not (of or self.tree.children(word, "compound", "appos"))
        if verb is None or verb.upos != "VERB" or not alone:
            return False
        lemma, done_by = verb.lemma.lower(), base(word.relation) == "nsubj" and not self.tree.is_passive(verb)
        if done_by:
            return lemma in self.lexicon.kinds["by_people"]
        return lemma in self.lexicon.kinds["to_people"] and base(word.relation) in ("nsubj", "obj")

    def roles(self, word: Word | None) -> list[Role]:
        """The parties that a noun phrase names by its heads: one per coordinated noun, none where it names no party."""
        if word is None:
            return []
        found: list[Role] = []
        for head in self.tree.conjuncts(word):
            kind = self.kind(head)
            if found and found[-1].passage.holds(head.passage):
                continue  # "Minister of Transport Ana Ruiz", of which a parser makes two
            if found and kind == "place" and self._is_of_places(found[-1].word):
                found[-1] = replace(found[-1], passage=Passage(found[-1].passage.start, self._whole(head).end))
            elif kind is not None:
                found.append(Role(head, self._whole(head), kind))
        return list({role.passage: role for role in found}.values())

    def _is_of_places(self, word: Word) -> bool:
        """ "The leaders of Peru", to which "and Kenya" belongs though a parser may hang it on the leaders."""
        after = [c.noun for c in self.tree.complements(word) if c.preposition == "of"]
        plural = word.upos == "NOUN" and word.text.lower() != word.lemma.lower()
        return plural and self.kind(word) == "person" and any(self.kind(noun) == "place" for noun in after)

    def _whole(self, head: Word) -> Passage:
        """The phrase of a head, and all of the name that the head stands in."""
        phrase, name = self.tree.phrase(head), self.tree.name_at(head)
        if name is None and self._is_head_count(head):
            return head.passage
        if name is not None:
            return Passage(min(phrase.start, name.start), max(phrase.end, name.end))
        return self._with_name_after(phrase) if self.kind(head) == "person" else phrase

    def _with_name_after(self, title: Passage) -> Passage:
        """A title with the person's name right after it ("Secretary of State Ana Ruiz"), though a parser parts them."""
        words = self.tree.analysis.words_in(title.start, title.end)
        if not words:
            return title
        last = words[-1]
        end = self.tree.analysis.sentences[last.sentence].last
        if not last.text[:1].isupper():
            return self._with_own_name(title, last, end)
        for word in self.tree.words[last.index + 1 : min(last.index + 1 + TITLE_WORDS, end)]:
            name = self.tree.name_at(word)
            if name is not None and name.kind == "Person":
                return Passage(title.start, name.end)
            if name is None and word.upos == "PROPN" and last.index + 1 == word.index and word.text.isalpha():
                return self._with_surname(title, word)
            if word.text.lower() not in ("of", "for", "the", "and") and not word.text[:1].isupper():
                return title
        return title

    def _with_own_name(self, title: Passage, noun: Word, end: int) -> Passage:
        """A common noun with the person's name right after it ("goalkeeper Ana Ruiz"), however a parser joins them."""
        after = next(iter(self.tree.words[noun.index + 1 : min(noun.index + 2, end)]), None)
        name = self.tree.name_at(after) if after is not None else None
        apart = after is None or base(after.relation) in ("nsubj", "obj", "iobj", "obl", "root", "conj")
        return title if apart or name is None or name.kind != "Person" else Passage(title.start, name.end)

    def _with_surname(self, title: Passage, first: Word) -> Passage:
        """A title with the proper nouns right after it, which the reader took for no name ("President Ana Ruiz")."""
        end, last = first.end, self.tree.analysis.sentences[first.sentence].last
        for word in self.tree.words[first.index + 1 : min(first.index + TITLE_WORDS, last)]:
            if word.upos != "PROPN" or not word.text[:1].isupper():
                break
            end = word.end
        return Passage(title.start, end)

    def roles_within(self, word: Word | None, thing: bool = False, depth: int = 0) -> list[Role]:
        """The parties that a phrase names: its heads or, where these are things, their owners and complements.

        With `thing`, the thing itself stands before those that it has only to do with.
        """
        if word is None or depth > DEPTH:
            return []
        return (
            self.roles(word)
            or next((r for r in self._nested(word, OWNING, depth) if r), [])
            or (self._as_thing(word) if thing else [])
            or next((r for r in self._nested(word, PLACING, depth) if r), [])
        )

    def _as_thing(self, word: Word) -> list[Role]:
        name = self.tree.name_at(word)
        dated = name is not None and name.kind in ("Date", "Money")
        dated = dated or (word.upos == "PROPN" and word.text.lower() in calendar("en"))
        return [Role(word, self.tree.phrase(word), "thing")] if word.upos in ("NOUN", "PROPN") and not dated else []

    def _nested(self, word: Word, prepositions: tuple[str, ...], depth: int) -> Iterator[list[Role]]:
        if prepositions is OWNING:
            for owner in self.tree.children(word, "nmod:poss"):
                if owner.text.lower() not in POSSESSIVE:
                    yield self.roles_within(owner, depth=depth + 1)
            yield self.demonyms(word)
            for verb in self.tree.children(word, "acl"):
                yield self.roles(self.tree.agent(verb)) if self.tree.is_passive(verb) else []
        complements = self.tree.complements(word)
        for preposition in prepositions:
            for complement in complements:
                if complement.preposition == preposition:
                    yield self.roles_within(complement.noun, depth=depth + 1)

    def demonyms(self, word: Word, doers: bool = False) -> list[Role]:
        """The parties in the adjectives and nouns before a noun: "Kenyan" and "Ugandan" of "Kenyan-Ugandan talks".

        With `doers`, nouns too that say who did it: "police raid", "rebel attack".
        """
        found = []
        for part in self.tree.children(word, "amod", "compound", "nmod"):
            if (
                part.index < word.index
                and base(part.relation) in ("amod", "compound", "nmod")
                and not self._cased(part)
            ):
                name = self.tree.name_at(part)
                if part.text.lower().startswith(SIDING):
                    continue
                if name is not None and NAME_KINDS.get(name.kind) is not None and not name.passage.holds(word.passage):
                    kind = NAME_KINDS[name.kind]
                    assert kind is not None
                    found.append(Role(part, name.passage, kind))
                elif name is None and doers and part.lemma.lower() in self.lexicon.kinds["modifying"]:
                    found.append(Role(part, part.passage, "organisation"))
        return list({role.passage: role for role in found}.values())

    def _cased(self, word: Word) -> bool:
        return word.relation == "nmod:poss" or self.tree.preposition(word) is not None

    def is_several(self, role: Role) -> bool:
        """One phrase that stands for several who may act on one another: "they", "the two leaders", "both sides"."""
        word = role.word
        if self._is_the_two(word):
            return True
        if word.upos in ("PRON", "DET"):
            return word.text.lower() in ("they", "we", "both", "them")
        plural = word.upos == "NOUN" and word.text.lower() != word.lemma.lower()
        return plural and role.kind in ("person", "organisation")

    def is_counted(self, role: Role) -> bool:
        """Several by number ("the two leaders", "the two", "both sides"), so that none of them is left out."""
        both = role.word.text.lower() == "both" or self._is_the_two(role.word)
        numbers = self.tree.children(role.word, "nummod", "det")
        return both or any(w.upos == "NUM" or w.text.lower() == "both" for w in numbers)

    def fits(self, role: Role, who: str | None) -> bool:
        """A party is of the kind that an act asks for: a person, a place, armed, a crowd, or any party."""
        if who is None or who == "party":
            return True
        lemma = role.word.lemma.lower()
        several = role.word.upos == "NOUN" and role.word.text.lower() != role.word.lemma.lower()
        if who == "people" and several and role.kind == "person":
            return True
        if who == "crowd":
            people = role.word.lemma.lower() in self.lexicon.kinds["people"]
            return (
                people or several or role.kind in ("organisation", "group") or role.word.text.lower() in ("they", "we")
            )
        if who == "soldiers":
            return role.word.lemma.lower() in self.lexicon.kinds["troops"]
        if who == "protesters":
            return role.word.lemma.lower() in self.lexicon.kinds[who]
        if who == "body":
            return (
                role.kind not in ("person", "pronoun") or role.word.upos == "NOUN" or role.word.text.lower() == "they"
            )
        if who in ("judiciary", "enforcers"):
            words = self.tree.analysis.words_in(role.passage.start, role.passage.end)
            return any(w.lemma.lower() in self.lexicon.kinds[who] for w in words)
        if who == "person":
            return role.kind in ("person", "pronoun") or lemma in ("delegation", "team")
        if who == "official":
            named = self.tree.name_at(role.word) is not None or role.word.upos in ("PROPN", "PRON")
            return lemma in self.lexicon.kinds[who] or (role.kind in ("person", "pronoun", "named") and named)
        if who == "place":
            return role.kind == "place" or (role.word.upos == "NOUN" and lemma in PLACE_NOUNS)
        if role.word.upos == "NOUN":
            return lemma in self.lexicon.kinds[who.removesuffix("_only")]
        return who not in ("troops", "armed_only") or role.kind not in ("person", "pronoun", "named")
