"""The circumstances of a statement: what it was made in, to whom, when, and who relayed it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import get_args

from onrecord.language.analysis import Analysis, Word
from onrecord.language.tables import table, words
from onrecord.model import LocalOccasion, Medium, MediumKind, Passage, Relay, Statement, Time, When
from onrecord.resolution.cast import Cast

KINDS: tuple[MediumKind, ...] = get_args(MediumKind)
ACCORDING = re.compile(r"\b[Aa]ccording\s+to\s+(?P<who>[^,;:.\"“”]{2,60})(?=,)")
"""Who relays what another says: according to the Herald, Ann Roe said …"""
TELLING = frozenset(
    {"tell", "inform", "assure", "remind", "notify", "brief", "advise", "warn", "ask", "urge", "reassure"}
)
ADDRESSING = frozenset({"write", "say", "speak", "message", "email", "reply", "respond", "appeal", "report", "explain"})
FIRST_OF_PLATFORMS = ("on", "to", "via")
LONGEST = 160


class Circumstances:
    """The circumstances of the statements of one article."""

    def __init__(self, analysis: Analysis, statements: Sequence[Statement], cast: Cast, times: Sequence[Time]) -> None:
        self.analysis = analysis
        self.statements = statements
        self.cast = cast
        self.times = sorted(times, key=lambda t: t.passage)
        self._in_sentence = _by_sentence(analysis, statements)

    def of(self, statement: Statement) -> Statement:
        """The statement with medium, addressees, relays and time."""
        clause = self._clause(statement)
        after = self._published_after(statement)
        medium = self._medium(statement, clause) or (self._medium_in(after, statement) if after is not None else None)
        via = tuple(self._relays(statement, clause, after))
        return replace(
            statement,
            medium=medium,
            addressee_ids=self._addressees(statement),
            via=via,
            said=self._said(statement, clause, after),
        )

    # ------------------------------------------------------------ the words around the cue

    def _clause(self, statement: Statement) -> tuple[Passage, ...]:
        """The stretches of the cue's sentence that are neither content nor another statement's."""
        if statement.cue is None:
            return ()
        sentence = self.analysis.sentence_at(statement.cue.start)
        if sentence is None:
            return ()
        start, end = sentence.start, sentence.end
        for owner, passage in self._in_sentence.get(sentence.index, ()):
            if (
                owner == statement.id
                or passage.meets(statement.cue)
                or any(passage.meets(p) for p in statement.content)
            ):
                continue
            if passage.end <= statement.cue.start:
                start = max(start, passage.end)
            elif passage.start >= statement.cue.end:
                end = min(end, passage.start)
        return tuple(_without(Passage(start, end), statement.content)) if start < end else ()

    def _words(self, clause: Sequence[Passage]) -> list[Word]:
        return [w for p in clause for w in self.analysis.words_in(p.start, p.end)]

    def _published_after(self, statement: Statement) -> Passage | None:
        """The sentence after a statement that says where it was published: the message was published on the website."""
        end = max([p.end for p in statement.content] + [statement.cue.end if statement.cue is not None else 0])
        sentence = self.analysis.sentence_at(end - 1)
        if sentence is None or sentence.index + 1 >= len(self.analysis.sentences):
            return None
        following = self.analysis.sentences[sentence.index + 1]
        taken = [passage for _, passage in self._in_sentence.get(following.index, ())]
        if any(passage.meets(following.passage) for passage in taken):
            return None
        text = following.passage.of(self.analysis.text)
        return following.passage if _published_sentence().match(text) else None

    # ------------------------------------------------------------ medium

    def _medium(self, statement: Statement, clause: Sequence[Passage]) -> Medium | None:
        if statement.cue is None:
            return None
        found = [m for p in clause for m in self._media_in(p, statement)]
        if found:
            cue = statement.cue
            return min(found, key=lambda m: (abs(m.passage.start - cue.end), m.passage))
        verb = statement.cue.of(self.analysis.text).lower()
        if re.search(r"\b(?:re)?tweet(?:s|ed|ing)?\b", verb):
            return Medium("post", statement.cue.of(self.analysis.text), statement.cue, None)
        return self._own_medium(statement)

    def _own_medium(self, statement: Statement) -> Medium | None:
        """A document that speaks is its own medium: the joint statement condemned it."""
        if statement.source is None:
            return None
        head = self._head(statement.source)
        kind = _media_nouns().get(head.text.lower()) if head is not None else None
        if head is None or kind not in ("statement", "document", "report", "letter", "post", "website"):
            return None
        before = Passage(statement.source.start, head.start) if statement.source.start < head.start else None
        owners = [k for k in self.cast.keys_in(before) if self.cast.party(k).name] if before is not None else []
        party = owners[0] if len(owners) == 1 and kind == "website" else None
        return Medium(kind, statement.source.of(self.analysis.text), statement.source, party)

    def _head(self, phrase: Passage) -> Word | None:
        """The noun on which the rest of a phrase hangs; its last word where the parse gives none."""
        inside = self.analysis.words_in(phrase.start, phrase.end)
        own = {w.index for w in inside}
        return next((w for w in inside if w.upos == "NOUN" and w.head not in own), inside[-1] if inside else None)

    def _medium_in(self, passage: Passage, statement: Statement) -> Medium | None:
        return next(self._media_in(passage, statement), None)

    def _media_in(self, passage: Passage, statement: Statement) -> Iterator[Medium]:
        """The media that a stretch of text names after a preposition, in order."""
        for found in _media().finditer(self.analysis.text, passage.start, passage.end):
            noun = " ".join(found["noun"].lower().split())
            kind = _media_nouns()[noun]
            letter = noun == "x" and (found["noun"] != "X" or bool(found["lead"]))
            if letter or not _fits(found["prep"].lower(), noun) or re.search(r"[,;.]", found["lead"]):
                continue
            own = [p for p in (statement.source, statement.cue) if p is not None]
            if any(p.meets(Passage(*found.span("noun"))) for p in own[:1]) or not self._is_noun(found.span("noun")):
                continue
            lead = self.analysis.words_in(found.end("prep"), found.start("noun"))
            if any(w.upos in ("VERB", "AUX", "ADP") and w.text.lower() != "of" for w in lead):
                continue
            whole = self._phrase(kind, Passage(found.end("prep"), found.end("noun")), passage.end)
            yield Medium(kind, whole.of(self.analysis.text), whole, self._party_of(kind, whole, found.start("noun")))

    def _is_noun(self, span: tuple[int, int]) -> bool:
        """The words that look like a medium are a noun there ("the results show" are none)."""
        found = self.analysis.words_in(*span)
        return bool(found) and found[-1].upos in ("NOUN", "PROPN")

    def _phrase(self, kind: MediumKind, noun: Passage, limit: int) -> Passage:
        """The medium's words with what hangs on its noun: an interview with the news agency X."""
        text, start, end = self.analysis.text, noun.start, noun.end
        while text[start].isspace():
            start += 1
        tail = re.compile(rf"\s+(?:with|to|by|for|of{'|at' if kind == 'speech' else ''})\s+").match(text, end, limit)
        if tail is None:
            return Passage(start, end)
        chained = ("'s", "’s", "and", "-", "of") if kind == "speech" else ("'s", "’s", "and", "-")
        for word in self.analysis.words_in(tail.end(), limit):
            allowed = word.upos in ("DET", "ADJ", "NOUN", "PROPN", "NUM", "PRON") or word.text in chained
            if not allowed or self._is_time(word) or word.end - start > LONGEST:
                break
            if word.upos in ("NOUN", "PROPN", "PRON", "NUM"):
                end = word.end
        return Passage(start, end)

    def _is_time(self, word: Word) -> bool:
        return any(t.passage.holds(word.passage) for t in self.times)

    def _party_of(self, kind: MediumKind, whole: Passage, noun: int) -> str | None:
        """Whose the medium is: the interviewer, the owner of a website, the broadcaster."""
        text = self.analysis.text
        keys: tuple[str, ...] = ()
        if kind == "interview":
            link = re.compile(r"\b(?:with|to|by|for)\s+").search(text, noun, whole.end)
            keys = self.cast.all_at(Passage(link.end(), whole.end)) if link else ()
            keys = keys or (self.cast.keys_in(Passage(link.end(), whole.end)) if link else ())
        if not keys and whole.start < noun:
            keys = self.cast.keys_in(Passage(whole.start, noun))
        if not keys and kind in ("website", "broadcast", "report", "document", "statement"):
            link = re.compile(r"\b(?:of|by)\s+").search(text, noun, whole.end)
            keys = self.cast.keys_in(Passage(link.end(), whole.end)) if link else ()
        named = [k for k in keys if self.cast.party(k).name]
        return named[0] if len(named) == 1 else None

    # ------------------------------------------------------------ relays

    def _relays(self, statement: Statement, clause: Sequence[Passage], after: Passage | None) -> Iterator[Relay]:
        seen: set[str] = set(statement.speaker_ids)
        for passage in (*clause, *((after,) if after is not None else ())):
            for phrase in self._relaying(passage, statement):
                for key in self.cast.keys_in(phrase):
                    party = self.cast.party(key)
                    if key not in seen and party.name and not self._is_outlet(key) and party.kind != "person":
                        seen.add(key)
                        yield Relay(key, phrase)

    def _relaying(self, passage: Passage, statement: Statement) -> Iterator[Passage]:
        """The words that say who relayed a statement: an agency that reported it, a website that published it."""
        text = self.analysis.text
        for found in _agency_clause().finditer(text, passage.start, passage.end):
            who = Passage(*found.span("who" if found["who"] else "by"))
            if statement.source is None or not statement.source.meets(who):
                yield who
        for found in ACCORDING.finditer(text, passage.start, passage.end):
            who = Passage(*found.span("who"))
            if statement.source is not None and not statement.source.meets(who):
                yield who
        for found in _published_on().finditer(text, passage.start, passage.end):
            yield Passage(*found.span("where"))
        for found in _relaying_that().finditer(text, passage.start, passage.end):
            yield from (Passage(*found.span(part)) for part in ("site", "agency") if found[part])

    def _is_outlet(self, key: str) -> bool:
        """The party is the outlet of the article itself."""
        outlet = (self.analysis.article.outlet or "").casefold()
        party = self.cast.party(key)
        return bool(outlet) and outlet in {n.casefold() for n in (party.name, *party.aliases)}

    # ------------------------------------------------------------ addressees

    def _addressees(self, statement: Statement) -> tuple[str, ...]:
        verb = self._verb(statement)
        if verb is None:
            return ()
        if verb.lemma in TELLING:
            heads = [w for w in self.analysis.children(verb) if w.relation in ("obj", "iobj") and w.start >= verb.end]
        elif verb.lemma in ADDRESSING:
            heads = [w for w in self.analysis.children(verb) if w.relation == "obl" and self._preposition(w) == "to"]
        else:
            return ()
        told = self._told(statement, verb)
        if told is not None:
            return told
        keys: list[str] = []
        for head in heads[:1]:
            members = [w for w in self.analysis.subtree(head) if w.relation != "case" or w.head != head.index]
            members = [w for w in members if not any(p.holds(w.passage) for p in statement.content)]
            if members and head in members:
                phrase = Passage(members[0].start, members[-1].end)
                if phrase.of(self.analysis.text).lower() not in words("en", "speech", "media_rules.audiences"):
                    keys += self.cast.all_at(phrase)
        return tuple(k for k in keys if self.cast.party(k).name and k not in statement.speaker_ids)

    def _told(self, statement: Statement, verb: Word) -> tuple[str, ...] | None:
        """The parties that stand alone between a verb of telling and what is told; null where other words do."""
        assert statement.cue is not None
        after = [p.start for p in statement.content if p.start >= statement.cue.end]
        if verb.lemma not in TELLING or not after:
            return None
        start, end = statement.cue.end, min(after)
        text = self.analysis.text
        while start < end and not text[start].isalnum():
            start += 1
        while end > start and not text[end - 1].isalnum():
            end -= 1
        if start >= end:
            return None
        between = Passage(start, end)
        mentions = [m for m in self.cast.mentions_in(between) if m.form in ("name", "description", "demonym")]
        if not mentions or mentions[0].start - start > 12 or mentions[-1].end != end:
            return None
        keys = self.cast.keys_in(between)
        named = [k for k in keys if self.cast.party(k).name and k not in statement.speaker_ids]
        return tuple(named) if len(keys) == 1 else None

    def _preposition(self, word: Word) -> str:
        return next((w.text.lower() for w in self.analysis.children(word) if w.relation == "case"), "")

    def _verb(self, statement: Statement) -> Word | None:
        if statement.cue is None:
            return None
        inside = self.analysis.words_in(statement.cue.start, statement.cue.end)
        return next((w for w in reversed(inside) if w.upos == "VERB"), None)

    # ------------------------------------------------------------ time

    def _said(self, statement: Statement, clause: Sequence[Passage], after: Passage | None) -> When | None:
        """When it was said: a time of the cue's own clause, of its publication, or the article's date as a bound."""
        stated = [t for t in self.times if t.when.earliest is not None and any(p.holds(t.passage) for p in clause)]
        stated = [t for t in stated if self._of_cue(t, statement)]
        if stated and statement.cue is not None:
            cue = statement.cue
            return min(stated, key=lambda t: (t.passage.start < cue.start, abs(t.passage.start - cue.end))).when
        if after is not None:
            found = [t for t in self.times if after.holds(t.passage) and t.when.earliest is not None]
            if len(found) == 1:
                return found[0].when
        published = self.analysis.article.published
        if published is None or published.latest is None:
            return None
        return When("", None, published.latest[:10], "day", None, "inferred")

    def at_occasion(self, statement: Statement, occasions: Sequence[LocalOccasion]) -> Statement:
        """The statement, said at the one dated occasion of its cue's clause ("she told the Lake Forum")."""
        if statement.cue is None or (statement.said is not None and statement.said.earliest is not None):
            return statement
        clause = self._clause(statement)
        own = [p for p in (statement.source, *statement.content) if p is not None]
        there = [
            o.when
            for o in occasions
            if o.when is not None
            and o.when.earliest is not None
            and any(c.holds(m) and not any(p.meets(m) for p in own) for m in o.mentions for c in clause)
        ]
        published = self.analysis.article.published
        if len(there) != 1 or (published and published.latest and (there[0].earliest or "") > published.latest[:10]):
            return statement
        return replace(statement, said=replace(there[0], basis="inferred"))

    def _of_cue(self, time: Time, statement: Statement) -> bool:
        """The time stands beside the cue, or hangs on its verb with no other verb between."""
        if statement.cue is None or (statement.source is not None and statement.source.meets(time.passage)):
            return False
        verb = self._verb(statement)
        between = self.analysis.text[statement.cue.end : time.passage.start]
        if time.passage.start >= statement.cue.end and re.fullmatch(r"\s*(?:(?:on|late|early)\s+)?", between):
            return True
        found = self.analysis.words_in(time.passage.start, time.passage.end)
        word, steps = (found[-1] if found else None), 0
        inside = {w.index for w in found}
        while word is not None and word.head >= 0 and steps < 12:
            word, steps = self.analysis.words[word.head], steps + 1
            if verb is not None and word.index == verb.index:
                return True
            if verb is not None and word.head == verb.index and word.lemma == "say":
                return True  # quoted her as saying on Monday
            if word.index not in inside and (word.upos in ("VERB", "AUX") or steps > 4):
                return False
        return False


def at_occasions(
    analysis: Analysis, statements: Sequence[Statement], cast: Cast, occasions: Sequence[LocalOccasion]
) -> tuple[Statement, ...]:
    """The statements, those for which no time is stated said when the occasion was that their cue's clause names."""
    around = Circumstances(analysis, statements, cast, ())
    return tuple(around.at_occasion(statement, occasions) for statement in statements)


def _by_sentence(analysis: Analysis, statements: Sequence[Statement]) -> dict[int, list[tuple[str, Passage]]]:
    """The contents and cues of the statements by the sentences that they touch, each with its statement's id."""
    found: dict[int, list[tuple[str, Passage]]] = defaultdict(list)
    for statement in statements:
        for passage in (*statement.content, *((statement.cue,) if statement.cue is not None else ())):
            first, last = analysis.sentence_at(passage.start), analysis.sentence_at(passage.end - 1)
            if first is not None and last is not None:
                for index in range(first.index, last.index + 1):
                    found[index].append((statement.id, passage))
    return found


def _without(passage: Passage, holes: Sequence[Passage]) -> Iterator[Passage]:
    """The parts of a passage that no hole covers."""
    at = passage.start
    for hole in sorted(holes):
        if hole.end <= at or hole.start >= passage.end:
            continue
        if hole.start > at:
            yield Passage(at, hole.start)
        at = max(at, hole.end)
    if at < passage.end:
        yield Passage(at, passage.end)


def _fits(preposition: str, noun: str) -> bool:
    """A ceremony is the medium of what was said at it; a platform, of what was written on it."""
    rules = table("en", "speech")["media_rules"]
    if noun in rules["occasions"]:
        return preposition in rules["occasion_prepositions"]
    if noun in rules["platforms"]:
        return preposition in FIRST_OF_PLATFORMS
    return preposition != "to" or noun in ("news conference", "press conference")


@cache
def _media_nouns() -> dict[str, MediumKind]:
    """Every noun of a medium with its kind."""
    return {noun: kind for kind in KINDS for noun in table("en", "speech")["media"][kind]}


@cache
def _media() -> re.Pattern[str]:
    nouns = sorted(_media_nouns(), key=lambda n: (-len(n), n))
    listed = "|".join(re.escape(n).replace(r"\ ", r"\s+") for n in nouns)
    prepositions = "|".join(table("en", "speech")["media_rules"]["prepositions"])
    return re.compile(
        rf"\b(?P<prep>{prepositions}|told)\s+(?P<lead>(?:[\w’'&.-]+\s+){{0,5}}?)(?P<noun>{listed})\b(?!\s+(?:website|site|post|page|account|channel|video|broadcast|story|live)\b|-)",
        re.IGNORECASE,
    )


@cache
def _agency_clause() -> re.Pattern[str]:
    """`, the news agency X reported`, `as quoted by X`: who relayed, in a clause of its own."""
    return re.compile(
        r"(?<=[,”\"’])\s+(?:as\s+)?(?P<who>(?!as\s)[^,;:.\"“”]{2,70}?)\s+(?:has\s+|had\s+)?(?:reported|reports|quoted|quotes|relayed)\b"
        r"|\b(?:as\s+)?(?:quoted|cited|reported)\s+by\s+(?P<by>[^,;:.\"“”]{2,60})"
    )


@cache
def _published_on() -> re.Pattern[str]:
    """`was published on X's website`: where it was published."""
    return re.compile(
        r"\b(?:published|posted|released|carried|aired|broadcast|quoted|cited|reported|issued)\s+(?:on|by|in|at)\s+"
        r"(?P<where>[^,;:.\"“”]{2,70}?(?:website|site|page|channel|agency|service|newspaper|portal|radio|television|TV))\b"
    )


@cache
def _relaying_that() -> re.Pattern[str]:
    """`X reported that Y's website had published a statement in which`: who relayed, and where it was published."""
    return re.compile(
        r"^(?P<agency>[^,;:.\"“”]{2,70}?)\s+(?:has\s+|had\s+)?(?:reported|reports|said|says)\s+(?:on\s+\w+\s+)?that\s+"
        r"(?P<site>[^,;:.\"“”]{2,60}?(?:website|site|page|channel|portal))\s+(?:has\s+|had\s+)?"
        r"(?:published|posted|carried|released)\b"
    )


@cache
def _published_sentence() -> re.Pattern[str]:
    """A sentence that begins with a document and says that it was published."""
    rules = table("en", "speech")["media_rules"]
    documents = "|".join(map(re.escape, rules["published"]))
    return re.compile(
        rf"\s*(?:The|His|Her|Their|Its|This)\s+(?:full\s+)?(?:{documents})s?\s+(?:was|were|has been|is)\s+"
        r"(?:\w+ly\s+)?(?:published|posted|released|carried|issued|uploaded|made public)\b"
    )
