"""The cast of one article: its parties, and every place in the text that names one of them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field

from onrecord.language.analysis import Analysis, Word
from onrecord.model import LocalParty, Mention, Passage

HEADLESS = frozenset({"punct", "case", "det", "cc", "mark"})
"""Relations that never make a word the head of a noun phrase."""
WEAK = frozenset({"DET", "ADP", "PUNCT", "ADV", "CCONJ", "SCONJ", "PART"})
"""Parts of speech that a noun phrase's head has only where the parse is wrong."""
PLACE_NOUNS = frozenset({"city", "town", "village", "province", "state", "republic", "kingdom", "island", "region"})
"""Nouns that name what "of" joins to them: "the city of Lima" is Lima."""
NAME_LINKS = frozenset({"appos", "flat", "compound", "nmod:desc", "nmod:appos"})
"""Relations by which a name hangs on the noun beside it."""


@dataclass(frozen=True)
class Cast:
    """The parties of one article by local key, and their mentions in text order (the longer first at one place)."""

    analysis: Analysis = field(repr=False)
    parties: tuple[LocalParty, ...]
    mentions: tuple[Mention, ...]

    def __post_init__(self) -> None:
        object.__setattr__(self, "_parties", {party.key: party for party in self.parties})
        object.__setattr__(self, "_starts", [mention.start for mention in self.mentions])

    def party(self, key: str) -> LocalParty:
        """The party of a local key."""
        known: dict[str, LocalParty] = self.__dict__["_parties"]
        return known[key]

    def mentions_in(self, passage: Passage) -> Iterator[Mention]:
        """The mentions that lie wholly in a passage, in text order."""
        starts: list[int] = self.__dict__["_starts"]
        for mention in self.mentions[bisect_left(starts, passage.start) :]:
            if mention.start >= passage.end:
                return
            if mention.end <= passage.end:
                yield mention

    def keys_in(self, passage: Passage) -> tuple[str, ...]:
        """The parties mentioned in a passage by outermost mentions, in text order, each once.

        What stands inside a title or a description is not outermost: "the Kenyan leader" gives the leader alone.
        """
        keys: list[str] = []
        end, outer = -1, -1
        for mention in self.mentions_in(passage):
            same_place = (mention.start, mention.end) == (outer, end)
            if mention.start < end and not same_place:
                continue
            outer, end = mention.start, mention.end
            if mention.party_id not in keys:
                keys.append(mention.party_id)
        return tuple(keys)

    def at(self, passage: Passage) -> str | None:
        """The party that a noun phrase as a whole names: its head's mention; null where that is none, or several."""
        head = self._head(passage)
        found = self._named_by(head, passage) if head else ()
        return found[0] if len(found) == 1 else None

    def all_at(self, passage: Passage) -> tuple[str, ...]:
        """The parties that a noun phrase names together: its head's and those joined to it by "and", in text order.

        "Ann Roe and the mayor" gives two; "they" may give several; a joined phrase that names nobody gives none.
        """
        head = self._head(passage)
        if head is None:
            return ()
        keys: list[str] = []
        for word in (head, *self._joined(head, passage)):
            keys += [key for key in self._named_by(word, passage) if key not in keys]
        return tuple(keys)

    def mention_at(self, offset: int) -> Mention | None:
        """The innermost mention that holds the character at an offset."""
        holding = [m for m in self.mentions_around(offset) if m.start <= offset < m.end]
        return min(holding, key=lambda m: m.end - m.start, default=None)

    def mentions_around(self, offset: int) -> Iterator[Mention]:
        """The mentions that may hold an offset: those that begin within 400 characters before it."""
        starts: list[int] = self.__dict__["_starts"]
        for mention in self.mentions[bisect_left(starts, offset - 400) :]:
            if mention.start > offset:
                return
            yield mention

    def _head(self, passage: Passage) -> Word | None:
        words = self.analysis.words_in(passage.start, passage.end)
        inside = {word.index for word in words}
        tops = [w for w in words if w.head not in inside and w.relation.split(":")[0] not in HEADLESS]
        nominal = [w for w in tops if w.upos not in WEAK]
        return nominal[0] if nominal else tops[0] if tops else None

    def _joined(self, head: Word, passage: Passage) -> list[Word]:
        words = self.analysis.words_in(passage.start, passage.end)
        return [w for w in words if w.head == head.index and w.relation == "conj"]

    def _named_by(self, word: Word, passage: Passage) -> tuple[str, ...]:
        """The parties of the widest mention that holds a word, else of the name that hangs on the word."""
        own = self._holding(word, passage)
        if own:
            return own
        for other in self.analysis.words_in(passage.start, passage.end):
            if other.head == word.index and other.relation == "nmod" and self._is_of_place(word, other):
                return self._holding(other, passage)
            if other.head == word.index and other.relation in NAME_LINKS:
                hung = self._holding(other, passage, names_only=other.relation == "compound")
                if hung and (other.relation != "compound" or other.index > word.index):
                    return hung
        return ()

    def _is_of_place(self, noun: Word, name: Word) -> bool:
        of = any(w.head == name.index and w.text.lower() == "of" for w in self.analysis.words[noun.index : name.index])
        return of and noun.text.lower() in PLACE_NOUNS

    def _holding(self, word: Word, passage: Passage, names_only: bool = False) -> tuple[str, ...]:
        holding = [m for m in self.mentions_in(passage) if m.start <= word.start and word.end <= m.end]
        if names_only:
            holding = [m for m in holding if m.form == "name"]
        widest = max((m.end - m.start for m in holding), default=0)
        return tuple(dict.fromkeys(m.party_id for m in holding if m.end - m.start == widest))
