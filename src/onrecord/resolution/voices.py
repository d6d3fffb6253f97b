"""Whose voice an article is in, where its layout says so: who answers an interview, who gives a speech, who writes.

Each answer needs words of the article that give it: a headline that names the speaker, an introduction that names one
person alone, a byline of one name. Without them nobody is taken for the one who says "I".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise

from onrecord.language.analysis import Analysis
from onrecord.language.tables import words
from onrecord.model import Mention, Passage, Statement
from onrecord.model.personal import fold, parts_of
from onrecord.resolution.cast import Cast
from onrecord.resolution.quoting import quotes

OWNER = re.compile(r"['’]s?\s+(?:[\w’'-]+\s+){0,4}?")
"""What stands between a name and the noun of what its bearer gave: the minister's long interview."""
TO_NAME = re.compile(r"\s+(?:with|of|by|from|given\s+by|delivered\s+by|to)\s+[^.;:!?\n]{0,90}")
"""What may stand between such a noun and the name that it is of: remarks by the minister of trade, …"""
AND = re.compile(r"(?:,|\s+(?:and|with|&))\s+(?:(?!and\b)[\w.’'-]+\s+){0,6}")
"""What stands between the names of two who speak together: Ann Roe and the minister Max Doe."""
AFTER_SPEECH = re.compile(
    r"(?:\s+(?:at|to|on|in|during|before|after|for|as|transcript|text)\b|\s*[,:;–—(-]|\s*$)", re.I
)
"""What may follow "Roe's speech" where the speech follows: nothing, or where it was given. Not "draws praise"."""
SALUTATION = re.compile(r"^\s*(?:dear|to\s+the)\s+(?:sir|madam|editor|mr|ms|mrs)\b", re.I | re.M)
SHORT_LINE = re.compile(r"^[^\n.!?]{3,60}$", re.M)
"""A line that a name and a place may be all of, at the end of a letter."""
TITLE = re.compile(r"(?:mr|mrs|ms|dr|minister|president|prime\s+minister|senator|professor|governor|mayor)\.?\s+", re.I)
MOST_INITIALS = 4
LAST_CHARACTERS = 400
FIRST_WORDS = 80
"""Characters of a question among which the one who is asked may be addressed by name."""


class Voices:
    """Who speaks in an article by its layout; each answer is a party's local key, or null where nothing tells."""

    def __init__(self, analysis: Analysis, cast: Cast, statements: Sequence[Statement]) -> None:
        self.analysis = analysis
        self.cast = cast
        turns = [s for s in statements if is_turn(analysis.text, s)]
        self._labels = frozenset(s.source.of(analysis.text).casefold() for s in turns if s.source is not None)
        self._questions = [s for s in turns if _is_asking(analysis.text, s)]
        self._start = min((s.source.start for s in turns if s.source is not None), default=len(analysis.text))
        self._end = max((s.content[-1].end for s in turns), default=len(analysis.text))

    def interviewee(self) -> str | None:
        """Who answers: named as interviewed before the first question, alone named there, or addressed by name."""
        said = self._given("layouts.interviews")
        before = {m.party_id for m in self._people(0, self._start)}
        alone = next(iter(before)) if len(before) == 1 else None
        asked = {key for s in self._questions if (key := self._addressed(s)) is not None}
        if said is not None:
            return said
        return alone or (next(iter(asked)) if len(asked) == 1 and not before else None)

    def office(self, label: str) -> str | None:
        """The giver of the speech that a headline names, where a label is that person's office: THE PRESIDENT."""
        noun = label.casefold().removeprefix("the ").strip()
        giver = self._given("layouts.speeches") if noun != label.casefold().strip() else None
        held = {role.title.casefold() for role in self.cast.party(giver).roles} if giver is not None else set()
        return giver if any(title.split()[-1:] == [noun] for title in held) else None

    def initials(self, label: str) -> str | None:
        """The only person whose initials a label in capitals is: RK for Ruth Kimani."""
        plain = label.replace(".", "").strip()
        if not (2 <= len(plain) <= MOST_INITIALS and plain.isupper() and plain.isalpha()):
            return None
        named = [p for p in self.cast.parties if p.kind == "person" and len(parts_of(p.name)) > 1]
        fits = [p.key for p in named if plain.lower() in _initials(p.name)]
        return fits[0] if len(fits) == 1 else None

    def is_mere_label(self, key: str) -> bool:
        """The party is nothing but the label of turns: initials that the reader took for a name."""
        party = self.cast.party(key)
        if party.kind == "organisation" or not party.name.isupper() or len(party.name) > MOST_INITIALS:
            return False
        return all(m.text.casefold() in self._labels for m in self.cast.mentions if m.party_id == key)

    def first_person(self, source: Passage) -> tuple[str, str] | None:
        """Whom "I" outside all quotations stands for, and how that is told: who gives the speech, writes, or signs."""
        text = self.analysis.text
        alone = source.of(text).strip().lower() in ("i", "me", "my", "mine", "myself")
        if not alone or self._labels or any(quote.holds(source) for quote in quotes(text)):
            return None
        speaker, writer = self._given("layouts.speeches"), writer_in(self.cast)
        if speaker is not None and writer is not None and speaker != writer:
            return None
        if speaker is not None:
            return speaker, "own_speech"
        if writer is not None:
            return writer, "byline"
        signed = self._signer() if not self.analysis.article.byline else None
        return (signed, "signature") if signed is not None else None

    def _signer(self) -> str | None:
        """The one person named after a letter's last words: Yours faithfully, Ann Roe, Lima."""
        text = self.analysis.text
        found = [m.end() for m in _farewells().finditer(text, max(0, len(text) - LAST_CHARACTERS))]
        if not found and SALUTATION.search(text, 0, LAST_CHARACTERS) is not None:
            lines = [line for line in SHORT_LINE.finditer(text, max(0, len(text) - LAST_CHARACTERS))]
            found = [line.start() for line in lines if next(self._people(*line.span()), None) is not None]
        signed = {m.party_id for m in self._people(found[-1], len(text))} if found else set()
        return next(iter(signed)) if len(signed) == 1 else None

    def _given(self, nouns: str) -> str | None:
        """The one person named as giver of a speech or an interview in the headline, or else before the first turn."""
        for passage in self._heads():
            named = _nouns(nouns).finditer(self.analysis.text, passage.start, passage.end)
            givers = {self._giver(passage, Passage(*noun.span()), nouns) for noun in named} - {None}
            if givers:
                return next(iter(givers)) if len(givers) == 1 else None
        return None

    def _heads(self) -> Iterator[Passage]:
        """The headline, or the first paragraph where none is marked; then what stands before and after the turns."""
        text = self.analysis.text
        parts = [p for p in self.analysis.article.parts if p.role in ("headline", "standfirst")]
        yield from (Passage(p.start, p.end) for p in parts)
        if not parts and text.strip():
            start = len(text) - len(text.lstrip())
            end = text.find("\n", start)
            yield Passage(start, end if end > 0 else len(text))
        if self._labels and self._start:
            yield Passage(0, self._start)
        if self._labels and text[self._end :].strip():
            yield Passage(self._end, len(text))

    def _giver(self, head: Passage, noun: Passage, nouns: str) -> str | None:
        """Whose interview or speech a noun is: Roe's interview; an interview with the minister of trade, Ann Roe."""
        text = self.analysis.text
        for mention in reversed(list(self._people(head.start, noun.start))):
            owned = OWNER.fullmatch(text, mention.end, noun.start) is not None
            if owned and (nouns != "layouts.speeches" or AFTER_SPEECH.match(text, noun.end, head.end)):
                return mention.party_id
        reach = TO_NAME.match(text, noun.end, head.end)
        named = list(self._people(noun.end, reach.end())) if reach is not None else []
        if not named or text[named[0].end : named[0].end + 2] in ("'s", "’s"):
            return None
        shared = any(AND.fullmatch(text, one.end, other.start) for one, other in pairwise(named))
        return None if shared else named[0].party_id

    def _people(self, start: int, end: int) -> Iterator[Mention]:
        """The places between two offsets that name a person by name, in order; who wrote the article is no such one."""
        writers = {fold(name) for name in self.analysis.article.byline}
        for mention in self.cast.mentions_in(Passage(start, end)) if start < end else ():
            party = self.cast.party(mention.party_id)
            if mention.form == "name" and party.kind == "person" and fold(party.name) not in writers:
                yield mention

    def _addressed(self, question: Statement) -> str | None:
        """The person whom a question addresses by name in its first words: Mr Roe, …"""
        start = question.content[0].start
        text = self.analysis.text
        for mention in self._people(start, min(question.content[0].end, start + FIRST_WORDS)):
            lead = text[start : mention.start]
            if text[mention.end : mention.end + 1] in (",", "?") and (not lead or TITLE.fullmatch(lead)):
                return mention.party_id
        return None


def is_turn(text: str, statement: Statement) -> bool:
    """The statement is a turn of an interview or a transcript: its cue is the sign after a label."""
    cue = statement.cue
    if cue is None or statement.source is None or cue.of(text) not in (":", "."):
        return False
    line = text.rfind("\n", 0, statement.source.start) + 1
    return statement.source.end <= cue.start and not any(c.isalnum() for c in text[line : statement.source.start])


def names_nobody(text: str, source: Passage) -> bool:
    """The label of a turn is a letter or a word that only marks questions or answers: Q, Answer."""
    return source.of(text).strip(" .*").lower() in words("en", "speech", "layouts.marks")


def writer_in(cast: Cast) -> str | None:
    """The party of an article's only writer, where the byline gives one person's name."""
    names = [name for name in cast.analysis.article.byline if name.strip()]
    if len(names) != 1:
        return None
    same = [
        p.key for p in cast.parties if p.kind == "person" and fold(names[0]) in {fold(p.name), *map(fold, p.aliases)}
    ]
    return same[0] if len(same) == 1 else None


def writer_of(analysis: Analysis) -> tuple[str, Passage] | None:
    """The name in the byline of an article whose only writer says "I" outside quotations, and where it stands.

    Null where the writer keeps out of the text, or the byline is no part of it.
    """
    names = [name for name in analysis.article.byline if name.strip()]
    if len(names) != 1 or not _is_full_name(names[0]) or not _says_i(analysis):
        return None
    for part in analysis.article.parts:
        at = analysis.text.find(names[0], part.start, part.end) if part.role == "byline" else -1
        if at >= 0:
            return names[0], Passage(at, at + len(names[0]))
    return None


def _says_i(analysis: Analysis) -> bool:
    """Somebody says "I" outside all quotations."""
    first = [w.passage for w in analysis.words if w.text == "I" and w.upos == "PRON"]
    marked = quotes(analysis.text) if first else ()
    return any(not any(quote.holds(source) for quote in marked) for source in first)


def _is_full_name(name: str) -> bool:
    """Two to four capitalised words, none of them the name of an office, a desk or an agency."""
    found = name.split()
    if not 2 <= len(found) <= 4 or not all(w[:1].isupper() for w in found if len(w) > 3):
        return False
    roles = words("en", "layout", "byline.roles")
    return not any(w.lower().strip(".,") in roles for w in found)


def _is_asking(text: str, statement: Statement) -> bool:
    """The label is one of those who ask, or what is said ends with a question mark."""
    assert statement.source is not None
    asks = statement.source.of(text).strip(" .*").lower() in words("en", "speech", "layouts.questions")
    return asks or text[statement.content[-1].end - 1] == "?"


def _initials(name: str) -> set[str]:
    """The initials of a name: of all its parts, and of the first and the last."""
    parts = parts_of(name)
    return {"".join(p[0] for p in parts), parts[0][0] + parts[-1][0]}


@cache
def _nouns(key: str) -> re.Pattern[str]:
    listed = sorted(words("en", "speech", key), key=lambda n: (-len(n), n))
    return re.compile(r"\b(?:" + "|".join(map(re.escape, listed)) + r")\b", re.IGNORECASE)


@cache
def _farewells() -> re.Pattern[str]:
    """The words that end a letter, alone on their line but for what is signed after them."""
    listed = "|".join(map(re.escape, sorted(words("en", "speech", "layouts.farewells"), key=lambda n: (-len(n), n))))
    return re.compile(rf"^[ \t]*(?:{listed})[ \t]*(?:[,.–—-]|$)", re.IGNORECASE | re.MULTILINE)
