"""Who speaks, to whom, in what, when, and through whom: the statements of an article with their parties.

A statement's source names its speaker where the cast can tell; where it cannot, what is peculiar to speech can: the
turn that runs on, the sentence before a quotation, the label before a colon. Without evidence the words stand alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from onrecord.language.analysis import Analysis, Sentence, Word
from onrecord.language.tables import words
from onrecord.model import Mention, Passage, Statement, Time
from onrecord.model.personal import gender_of, parts_of
from onrecord.resolution.authors import author_of
from onrecord.resolution.cast import Cast
from onrecord.resolution.circumstances import Circumstances
from onrecord.resolution.titles import address_words, head_of, heads, plain
from onrecord.resolution.unnamed import NOBODY, REACH, Last, Resolved, Unnamed
from onrecord.resolution.voices import Voices, is_turn, names_nobody

FORMS = {"name": "name", "title": "title", "description": "role", "demonym": "demonym", "pronoun": "pronoun"}
HE, SHE = frozenset({"he", "him", "his"}), frozenset({"she", "her", "hers"})
FIRST = frozenset({"i", "we", "me", "us", "my", "our"})
RELATIVE = frozenset({"who", "which", "that", "whom", "whose"})
TURNED = re.compile(
    r"\b(?:of|for|to|by|with|from|against|near|than|like|about|on|under|behind|in|at|within|inside|including|such as"
    r"|except)"
    r"\s+(?:the\s+)?(?:(?:[A-Z][\w.’'-]*|of|and|&)\s+){0,7}$"
)
"""A preposition right before a name (or its title) makes it another's: the wife of Ann Roe."""
JOINS = frozenset({"and", "the", "both", "his", "her", "mr", "mr.", "mrs", "mrs.", "ms", "ms.", "dr", "dr.", "u.s."})
"""What may stand between the names of a source that is nothing but names."""
MANY = frozenset({
    "more", "nearly", "almost", "half", "multiple", "various", "certain", "numerous",
    "some", "many", "most", "several", "few", "other", "others", "another", "one", "two", "three", "no", "a", "an",
    "dozens", "hundreds", "thousands", "all", "none",
})  # fmt: skip
"""Words that make a group's name mean some of its members."""
POSSESSIVE = re.compile(r"['’]s?\s+\w")
WHO = re.compile(r"(?<=\w),\s+(?:who|whose|which)\b")
OF_PLACE = re.compile(r"\s+of\s+(?:the\s+)?[A-Z]")
OTHERS_DID = re.compile(r"\w\s+(?:who|whom|whose|which)\s")
"""A relative clause between the source's noun and a name: aides who had backed Ann Roe."""
LEAD = re.compile(r"(?:[^,;:]{0,80}\s|[^,;:]{2,80},\s+|)")
"""What may stand before the speaker's name: a title, a description and a comma, nothing."""
CLOSE = 120
"""The same, where nothing tells the speaker's gender."""
DOCUMENT = re.compile(
    r"(?:the|this|that)\s+(?:(?:same|joint|press|news|media|official|written)\s+)?(?P<noun>[a-z-]+)", re.IGNORECASE
)
"""A document that has been spoken of: the statement."""
ISSUED = r"\b(?:in|issued|issues|released|releases|sent|sends|published|posted|made|signed|wrote|read)"
"""What leads to the document that somebody makes, in the sentence on what it says."""
SUCH_AS = re.compile(r"\b(?:including|such\s+as|among|especially|notably|like|led\s+by)\b")
"""What brings in one of several: senators, including the minority leader, Ann Roe."""
LAST_DAY = re.compile(
    r"\s+(?:today|yesterday|tomorrow|(?:on\s+)?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|this\s+(?:morning|week))\W*$"
)
"""A day that a parse takes into a speaker's words."""
DESCRIBING = frozenset({"NOUN", "PROPN", "ADJ", "DET", "NUM", "PUNCT"})
SPEAKING = frozenset({"person", "organisation", "state", "group", "place"})


WITH_COMMA = 2
"""How far apart two words are in a row at most, a comma between them."""


def resolve(
    analysis: Analysis, statements: Sequence[Statement], cast: Cast, times: Sequence[Time]
) -> tuple[Statement, ...]:
    """The statements with speakers, addressees, medium, relays and time, in the order given."""
    circumstances = Circumstances(analysis, statements, cast, times)
    floor = Floor(analysis, cast, statements)
    for statement in sorted(statements, key=lambda s: (s.content[0].start, s.id)):
        floor.give(statement)
    return tuple(circumstances.of(_with_speakers(analysis, cast, s, floor.resolved[s.id])) for s in statements)


def _with_speakers(analysis: Analysis, cast: Cast, statement: Statement, found: Resolved) -> Statement:
    keys = tuple(k for k in found.keys if cast.party(k).name and cast.party(k).kind in SPEAKING)
    source = statement.source
    source = (author_of(analysis.text, source) or source) if source is not None else None
    source = _described_by(analysis, source) if source is not None else None
    words_of_source = " ".join(source.of(analysis.text).split()) if source is not None else None
    if words_of_source is not None:
        words_of_source = words_of_source.removesuffix("'s").removesuffix("’s").strip(" ,") or None
    if not keys and source is not None and is_turn(analysis.text, statement) and names_nobody(analysis.text, source):
        words_of_source = None
    partial = len(keys) == 1 and words_of_source is not None and " and " in words_of_source and found.by == "name"
    partial = partial and words_of_source is not None and " and " not in cast.party(keys[0]).name
    apposed = words_of_source is not None and "," in words_of_source.split(" and ")[0]
    name = " and ".join(cast.party(k).name for k in keys) if keys and (not partial or apposed) else words_of_source
    return replace(statement, speaker_ids=keys, speaker_name=name, resolved_by=found.by if keys else None)


def _described_by(analysis: Analysis, source: Passage) -> Passage:
    """The words of whom a relative pronoun stands for: a senior official, [who] asked not to be named."""
    found = analysis.words_in(source.start, source.end)
    if len(found) != 1 or found[0].text.lower() not in RELATIVE:
        return source
    word, steps = found[0], 0
    while word.head >= 0 and steps < 12:
        if word.relation.startswith("acl"):
            noun = analysis.words[word.head]
            before = [w for w in analysis.subtree(noun) if w.end <= source.start and w.upos != "PUNCT"]
            before = _in_a_row(before)
            while before and (before[0].relation == "case" or before[0].upos == "CCONJ"):
                before.pop(0)
            return Passage(before[0].start, before[-1].end) if before and noun in before else source
        word, steps = analysis.words[word.head], steps + 1
    return source


def _in_a_row(found: list[Word]) -> list[Word]:
    """The last of the words that stand in a row, but for commas: a parse gone wrong may hang far words on a noun."""
    breaks = [at for at in range(1, len(found)) if found[at].index - found[at - 1].index > WITH_COMMA]
    return found[breaks[-1] :] if breaks else found


class Floor:
    """Who has the floor as the article goes on; `resolved` says who speaks in each statement seen so far."""

    def __init__(self, analysis: Analysis, cast: Cast, statements: Sequence[Statement]) -> None:
        self.analysis = analysis
        self.cast = cast
        self.statements = statements
        self.resolved: dict[str, Resolved] = {}
        self.last: Last | None = None
        self._before: Statement | None = None
        self._genders = _genders(cast)
        self._voices = Voices(analysis, cast, statements)
        said_by = [cast.mentions_in(s.source) for s in statements if s.source is not None]
        heard = {m.party_id for mentions in said_by for m in mentions if m.form == "name"}
        self._unnamed = Unnamed(analysis, cast, heard)

    def give(self, statement: Statement) -> None:
        """Resolves a statement; the statements before it are resolved already."""
        found = self._resolve(statement)
        self.resolved[statement.id] = found
        self._before = statement
        if found.keys:
            self.last = (statement, found)

    def _resolve(self, statement: Statement) -> Resolved:
        if statement.source is None:
            return self._floating(statement) if statement.cue is None else NOBODY
        source = statement.source
        lower = source.of(self.analysis.text).strip().lower()
        if lower in FIRST:
            return self._first_person(statement)
        if lower in RELATIVE and not source.of(self.analysis.text).isupper():
            return self._relative(source)
        going_on = self._going_on(statement, lower) if lower in HE | SHE else NOBODY
        if going_on.keys and going_on.keys != self._by_cast(source).keys:
            return going_on
        source = author_of(self.analysis.text, source) or source
        label = self._label(source) if self._is_label(statement) and source.of(self.analysis.text).isupper() else NOBODY
        found = label if label.keys else self._by_cast(source)
        if not found.keys and lower in HE | SHE:
            found = self._running(statement, lower)
        if not found.keys and self._is_label(statement):
            found = self._label(source)
        if not found.keys and lower == "they":
            found = self._body_as_they(statement)
        if not found.keys:
            found = self._by_document(statement, source)
        if not found.keys:
            found = self._unnamed.stands_for(source, self.last)
        if found.by == "interviewee" or not found.keys:
            return found if found.keys else NOBODY
        if self._is_label(statement) and any(self._voices.is_mere_label(key) for key in found.keys):
            return NOBODY
        return Resolved(found.keys, self._layout(statement) or found.by)

    def _by_document(self, statement: Statement, source: Passage) -> Resolved:
        """ "The statement said": whoever is reported to have made one right before; it goes on being theirs."""
        found = DOCUMENT.fullmatch(self.analysis.text, source.start, source.end)
        if found is None or self.last is None or self._before is not self.last[0]:
            return NOBODY
        noun, (before, spoke) = found["noun"].lower(), self.last
        if noun not in words("en", "speech", "authored.issued") or before.source is None:
            return NOBODY
        end = max(p.end for p in before.content)
        if not before.content[0].start < source.start <= end + REACH:
            return NOBODY
        if spoke.by == "document" and before.source.of(self.analysis.text).lower().endswith(noun):
            return spoke
        sentence = self.analysis.sentence_at(before.source.start)
        around = sentence.passage.of(self.analysis.text).lower() if sentence is not None else ""
        issued = re.search(rf"{ISSUED}\s+(?:an?|the|his|her|its|their|this)\s+(?:[\w-]+\s+){{0,3}}{noun}\b", around)
        return Resolved(spoke.keys, "document") if issued is not None else NOBODY

    def _by_cast(self, source: Passage) -> Resolved:
        found = self._guarded(source, self.cast.all_at(source))
        person = self._person_at_end(source) if found and self.cast.party(found[0]).kind != "person" else ()
        keys = self._joined_names(source) or person or found or self._name_in(source) or self._named_last(source)
        if not keys or any(self._is_either(source, key) for key in keys) or self._unnamed.takes_up(source, keys):
            return NOBODY
        forms = [m for m in self.cast.mentions_in(source) if m.party_id == keys[0]]
        best = max(forms, key=lambda m: (m.form == "name", m.end - m.start), default=None)
        return Resolved(keys, FORMS[best.form] if best is not None else "name")

    def _person_at_end(self, source: Passage) -> tuple[str, ...]:
        """The only person of a source that ends with the name, after a body's and an office: the Acme chief Ann Roe."""
        named = [m for m in self.cast.mentions_in(source) if m.form == "name"]
        people = [m for m in named if self.cast.party(m.party_id).kind == "person"]
        if len(people) != 1 or people[0].end != source.end or not self._stands_for(source, people[0]):
            return ()
        lead = self.analysis.words_in(source.start, people[0].start)
        plain = all(w.upos in ("NOUN", "PROPN", "ADJ", "DET", "PUNCT", "ADV") for w in lead)
        offices = (head_of(before) is not None for before, comma in pairwise(lead) if comma.text == ",")
        return (people[0].party_id,) if plain and all(offices) else ()

    def _named_last(self, source: Passage) -> tuple[str, ...]:
        """The person with whose name a source ends, after who that is: the moderator, Acme News' Ann Roe."""
        text = self.analysis.text
        day = LAST_DAY.search(text, source.start, source.end)
        end = day.start() if day is not None else source.end
        while end > source.start and (text[end - 1].isspace() or text[end - 1] == ","):
            end -= 1
        named = [m for m in self.cast.mentions_in(source) if m.form == "name"]
        people = [m for m in named if self.cast.party(m.party_id).kind == "person"]
        last = people[-1] if people else None
        if last is None or last.end != end or any(not POSSESSIVE.match(text, m.end) for m in people[:-1]):
            return ()
        start = min((m.start for m in self._offices_of(source, last)), default=last.start)
        if SUCH_AS.search(text, source.start, start) is not None:
            return ()
        lead = [w for w in self.analysis.words_in(source.start, start) if not self._in_body(w, named)]
        simple = all(w.upos in DESCRIBING or w.text in ("'s", "’s", "'", "’") for w in lead) or self._is_office(lead)
        before = self.analysis.words_in(source.start, last.start)[-1:]
        several = any(w.upos == "NOUN" and w.text.endswith("s") for w in before)  # analysts Ann Roe
        return (last.party_id,) if lead and simple and not several else ()

    def _is_office(self, lead: Sequence[Word]) -> bool:
        """The words before a name are an office with what it is of: High Commissioner for Refugees Ann Roe."""
        first = next((at for at, w in enumerate(lead) if w.upos == "ADP"), len(lead))
        office = any(head_of(w) is not None for w in lead[:first])
        loose = any(w.upos not in DESCRIBING | {"ADP", "CCONJ", "SYM"} and w.text not in ("'s", "’s") for w in lead)
        last = len(lead) - 1
        address = address_words()
        while last > 0 and (
            lead[last].upos in ("ADJ", "DET", "PUNCT")
            or head_of(lead[last]) is not None
            or plain(lead[last]) in address
        ):
            last -= 1
        return office and not loose and lead[last].upos in ("NOUN", "PROPN")

    def _offices_of(self, source: Passage, name: Mention) -> list[Mention]:
        """The offices right before a name in a source that are its bearer's."""
        titles = [m for m in self.cast.mentions_in(source) if m.form == "title" and m.party_id == name.party_id]
        return [m for m in titles if not self.analysis.text[m.end : name.start].strip(" ,")]

    def _in_body(self, word: Word, named: Sequence[Mention]) -> bool:
        """The word belongs to the name of a body: the Bureau of Mines."""
        bodies = (m for m in named if self.cast.party(m.party_id).kind in ("organisation", "group"))
        return any(m.start <= word.start and word.end <= m.end for m in bodies)

    def _is_either(self, source: Passage, key: str) -> bool:
        """The words are a surname that two persons of the article have, and nothing tells which of them is meant."""
        return any(m.party_id == key and m.resolved_by == "ambiguous_surname" for m in self.cast.mentions_in(source))

    def _body_as_they(self, statement: Statement) -> Resolved:
        """ "They said", right after a body or several have spoken: those, where nobody else is named between."""
        if self.last is None or statement.source is None or self._before is not self.last[0]:
            return NOBODY
        before, keys = self.last[0], self.last[1].keys
        gap, start = self._gap(before, statement), max(p.end for p in before.content)
        many = len(keys) > 1 or self.cast.party(keys[0]).kind == "organisation"
        if not many or not 0 <= gap <= CLOSE:
            return NOBODY
        others = {m.party_id for m in self._between(start, statement.source.start, before) if m.form == "name"}
        return Resolved(keys, "running_speaker") if not others else NOBODY

    def _joined_names(self, source: Passage) -> tuple[str, ...]:
        """The parties of a source that is nothing but names and what joins them: A, B and C."""
        keys = self.cast.keys_in(source)
        if len(keys) < 2:
            return ()
        rest = list(source.of(self.analysis.text))
        for mention in self.cast.mentions_in(source):
            for at in range(mention.start - source.start, mention.end - source.start):
                rest[at] = " "
        joins = set("".join(rest).lower().replace(",", " ").split())
        return keys if "and" in joins and joins <= JOINS else ()

    def _guarded(self, source: Passage, keys: tuple[str, ...]) -> tuple[str, ...]:
        """The keys, unless their only mention is another's: the wife of Ann Roe; Roe's lawyer."""
        if len(keys) > 1:
            return self._not_from(source, keys)
        if not keys:
            return keys
        mentions = [m for m in self.cast.mentions_in(source) if m.party_id == keys[0] and m.form != "title"]
        return keys if any(self._stands_for(source, m) for m in mentions) or not mentions else ()

    def _not_from(self, source: Passage, keys: tuple[str, ...]) -> tuple[str, ...]:
        """The keys without where the first is from: Mrs Roe, Wexley."""
        first, joined = self.cast.party(keys[0]), re.search(r"\band\b|&", source.of(self.analysis.text))
        if first.kind != "person" or joined is not None:
            return keys
        return tuple(k for k in keys if self.cast.party(k).kind not in ("place", "state", "organisation"))

    def _stands_for(self, source: Passage, mention: Mention) -> bool:
        """No preposition turns the mention, no possessive or noun takes it on, no word makes it one of many."""
        text = self.analysis.text
        lead, tail = text[source.start : self._title_start(source, mention)], text[mention.end : source.end]
        if TURNED.search(lead) is not None or POSSESSIVE.match(tail) is not None or tail[:1] in ("-", "/"):
            return False
        if OTHERS_DID.search(lead) is not None or SUCH_AS.search(lead) is not None:
            return False
        if self.cast.party(mention.party_id).kind == "group" and lead.strip() and not mention.text.endswith("s"):
            return lead.strip().lower() in ("the", "this", "that")
        if mention.form == "demonym" or self.cast.party(mention.party_id).kind in ("group", "organisation"):
            first = source.of(text).lower().split()[0]
            if first in MANY or (mention.form == "demonym" and lead.strip().lower() != "the"):
                return False
        after = self.analysis.words_in(mention.end, source.end)
        noun = bool(after) and (after[0].upos in ("NOUN", "PROPN", "ADJ") or after[0].text in ('"', "“", "‘"))
        return not noun

    def _title_start(self, source: Passage, mention: Mention) -> int:
        """Where the office right before a name begins, which is the name's own: Minister of Trade Ann Roe."""
        titles = (m for m in self.cast.mentions_in(source) if m.form == "title" and m.party_id == mention.party_id)
        text = self.analysis.text
        first = (m for m in titles if text[source.start : m.start].strip().lower() in ("", "the"))
        own = (m.start for m in first if not text[m.end : mention.start].strip())
        return min(own, default=mention.start) if mention.form == "name" else mention.start

    def _name_in(self, source: Passage) -> tuple[str, ...]:
        """The only party named in a source whose parse went wrong: Mr Roe; the engineer, Ann Roe; Ann Roe, an aide."""
        text = self.analysis.text
        relative = WHO.search(source.of(text))
        if relative is not None:
            source = Passage(source.start, source.start + relative.start())
        names = [m for m in self.cast.mentions_in(source) if m.form == "name"]
        named = [m for m in names if self.cast.party(m.party_id).kind in ("person", "organisation")]
        people = [m for m in named if self._stands_for(source, m)]
        if len({m.party_id for m in people}) != 1 or len(people) != len(named):
            return ()
        mention = people[0]
        lead, tail = text[source.start : mention.start], text[mention.end : source.end]
        if SUCH_AS.search(lead) is not None:
            return ()
        leads = LEAD.fullmatch(lead) is not None or self._is_named_after_office(source, mention)
        ends = (
            not tail.strip(" ,") or tail.lstrip().startswith((",", "(", "–", "—")) or OF_PLACE.match(tail) is not None
        )
        return (mention.party_id,) if leads and ends else ()

    def _is_named_after_office(self, source: Passage, mention: Mention) -> bool:
        """A description, a comma and an office or a calling stand before the name: her agent, lawyer Ann Roe."""
        lead, comma, calling = self.analysis.text[source.start : mention.start].partition(", ")
        own = self.analysis.words_in(mention.start - len(calling), mention.start)
        nouns = all(w.upos in ("NOUN", "PROPN", "ADJ") for w in own) and own[-1:] and own[-1].upos == "NOUN"
        return bool(lead and comma and nouns) and not set(lead) & set(";:")

    def _layout(self, statement: Statement) -> str | None:
        """The layout that names the speaker, where no verb does."""
        if statement.cue is None:
            return None
        sign = statement.cue.of(self.analysis.text)
        if sign == ":":
            return "colon_layout"
        return "dash_layout" if sign and not any(c.isalnum() for c in sign) else None

    def _is_label(self, statement: Statement) -> bool:
        return self._layout(statement) is not None

    def _label(self, source: Passage) -> Resolved:
        """A label in capitals or by surname alone ("OKAFOR:"): the article's only person of that name."""
        label = source.of(self.analysis.text).strip(" .*").casefold()
        if label in words("en", "speech", "layouts.answers"):
            answers = self._voices.interviewee()
            return Resolved((answers,), "interviewee") if answers is not None else NOBODY
        if label in words("en", "speech", "layouts.questions"):
            return NOBODY
        words_of = source.of(self.analysis.text)
        told = self._voices.initials(words_of) or self._voices.office(words_of)
        if told is not None:
            return Resolved((told,), "colon_layout")
        last = label.split()[-1] if label.split() else ""
        people = [p for p in self.cast.parties if p.kind == "person" and p.name]
        same = [p.key for p in people if last in p.name.casefold().split()]
        same = [k for k in same if " " in self.cast.party(k).name] or same
        return Resolved((same[0],), "surname") if len(same) == 1 else NOBODY

    def _first_person(self, statement: Statement) -> Resolved:
        """ "I" inside what somebody is quoted as saying is that somebody."""
        assert statement.source is not None
        for other in self.statements:
            held = any(p.holds(statement.source) for p in other.content)
            if held and other.id != statement.id and self.resolved.get(other.id, NOBODY).keys:
                return Resolved(self.resolved[other.id].keys, "first_person")
        told = self._voices.first_person(statement.source)
        return Resolved((told[0],), told[1]) if told is not None else NOBODY

    def _relative(self, source: Passage) -> Resolved:
        """ "Who" stands for the noun that its clause describes."""
        found = self.analysis.words_in(source.start, source.end)
        word: Word | None = found[0] if found else None
        steps = 0
        while word is not None and word.head >= 0 and steps < 12:
            if word.relation.startswith("acl"):
                noun = self.analysis.words[word.head]
                found_of_noun = self._antecedent(noun, source)
                apposed = noun.relation == "appos" and noun.head >= 0 and not found_of_noun.keys
                if apposed:
                    found_of_noun = self._antecedent(self.analysis.words[noun.head], source)
                return found_of_noun if found_of_noun.keys else self._named_before(noun, source)
            word, steps = self.analysis.words[word.head], steps + 1
        return NOBODY

    def _named_before(self, noun: Word, source: Passage) -> Resolved:
        """The person named right before "who", where the noun of its clause is a thing: an attack on Ann Roe, who …"""
        text = self.analysis.text
        people = words("en", "titles", "people.nouns") | heads()
        if source.of(text).lower() not in ("who", "whose") or noun.lemma.lower() in people:
            return NOBODY
        near = self.cast.mentions_in(Passage(max(0, source.start - CLOSE), source.start))
        last = next((m for m in reversed(list(near)) if m.form == "name"), None)
        if last is None or text[last.end : source.start].strip() not in (",", "--", "—", "–", "-"):
            return NOBODY
        holds = last.start <= noun.start < last.end or noun.upos == "NOUN"
        return Resolved((last.party_id,), "relative") if holds and self._is_person(last) else NOBODY

    def _antecedent(self, noun: Word, source: Passage) -> Resolved:
        before = [w for w in self.analysis.subtree(noun) if w.end <= source.start and w.upos != "PUNCT"]
        if not before:
            return NOBODY
        keys = self.cast.all_at(Passage(before[0].start, before[-1].end))
        personal = source.of(self.analysis.text).lower() in ("who", "whom", "whose")
        if len(keys) != 1 or (personal and self.cast.party(keys[0]).kind in ("place", "state")):
            return NOBODY
        return Resolved(keys, "relative")

    def _going_on(self, statement: Statement, pronoun: str) -> Resolved:
        """ "He added" is whoever has just spoken, whoever else was spoken of."""
        cue = statement.cue.of(self.analysis.text).lower() if statement.cue is not None else ""
        if cue not in words("en", "speech", "phrases.adding") or self.last is None:
            return NOBODY
        before, _ = self.last
        start, end = max(p.end for p in before.content), statement.content[0].start
        between = any(start <= s.content[0].start < end for s in self.statements if s.id != statement.id)
        return self._running(statement, pronoun) if self._gap(before, statement) <= CLOSE and not between else NOBODY

    def _gap(self, before: Statement, statement: Statement) -> int:
        """The characters between two statements, without what the second itself says; negative where they cross."""
        assert statement.source is not None
        start, end = max(p.end for p in before.content), statement.source.start
        own = sum(max(0, min(p.end, end) - max(p.start, start)) for p in statement.content)
        return end - start - own

    def _running(self, statement: Statement, pronoun: str) -> Resolved:
        """A pronoun that the cast leaves open is the person who spoke last, if nobody has come between."""
        if self.last is None or statement.source is None or self._is_somebody_else(self._before):
            return NOBODY
        before, found = self.last
        key = found.keys[0]
        gap = self._gap(before, statement)
        if len(found.keys) != 1 or self.cast.party(key).kind != "person" or not 0 <= gap <= REACH:
            return NOBODY
        gender = self._genders.get(key)
        if gender is None and gap > CLOSE:
            return NOBODY
        if gender is not None and gender != ("male" if pronoun in HE else "female"):
            return NOBODY
        return Resolved((key,), "running_speaker") if not self._others(before, statement, key) else NOBODY

    def _is_somebody_else(self, before: Statement | None) -> bool:
        """The statement right before is that of somebody unnamed, of whom "he" may be said: a spokesman told her so."""
        if before is None or before.source is None or self.resolved[before.id].keys:
            return False
        if before.source.of(self.analysis.text).lower() in HE | SHE:
            return True
        found = self.analysis.words_in(before.source.start, before.source.end)
        people = words("en", "titles", "people.nouns") | heads()
        return any(w.upos == "NOUN" and w.lemma.lower() in people and not w.text.lower().endswith("s") for w in found)

    def _others(self, before: Statement, statement: Statement, key: str) -> bool:
        """Another person is named between two statements, outside what is said."""
        start = max(p.end for p in before.content)
        end = statement.source.start if statement.source is not None else statement.content[0].start
        said = [p for s in (before, statement) for p in s.content]
        return any(
            m.party_id != key
            and self.cast.party(m.party_id).kind == "person"
            and not any(p.holds(_passage(m)) for p in said)
            for m in (self.cast.mentions_in(Passage(start, end)) if start < end else ())
        )

    def _floating(self, statement: Statement) -> Resolved:
        """A quotation without a cue: the speaker whose turn it is, else the subject of the sentence before."""
        start = statement.content[0].start
        if self.last is not None and not self._stands_alone(self.last[0]):
            before, found = self.last
            end = max([p.end for p in before.content] + [before.cue.end if before.cue is not None else 0])
            between = self.analysis.text[end:start]
            if 0 <= start - end <= REACH and between.count("\n\n") <= 1 and len(re.findall(r"[.!?]\s", between)) <= 1:
                quiet = not any(self.cast.party(m.party_id).kind == "person" for m in self._between(end, start, before))
                if quiet and len(found.keys) == 1:
                    return Resolved(found.keys, "running_speaker")
        return self._subject_before(start)

    def _stands_alone(self, statement: Statement) -> bool:
        """The statement is a headline's, or one that is signed after a dash: what follows is nobody's going on."""
        parts = self.analysis.article.parts
        headline = any(p.role == "headline" and p.start <= statement.content[0].start < p.end for p in parts)
        return headline or self._layout(statement) == "dash_layout"

    def _between(self, start: int, end: int, before: Statement) -> list[Mention]:
        own = self.resolved[before.id].keys
        if start >= end:
            return []
        return [m for m in self.cast.mentions_in(Passage(start, end)) if m.party_id not in own]

    def _subject_before(self, start: int) -> Resolved:
        """The person who is the subject of the sentence before a quotation, in its paragraph or after a colon."""
        text, end = self.analysis.text, start
        while end > 0 and (text[end - 1].isspace() or text[end - 1] in "\"“‘'"):
            end -= 1
        sentence = self.analysis.sentence_at(end - 1) if end else None
        if sentence is None:
            return NOBODY
        if "\n" in text[end:start] and text[end - 1] != ":":
            return self._still_speaking(sentence, start)
        roots = [w for w in self.analysis.words_of(sentence) if w.head < 0]
        subjects = [w for r in roots for w in self.analysis.children(r) if w.relation == "nsubj"]
        if len(subjects) != 1:
            return NOBODY
        members = [w for w in self.analysis.subtree(subjects[0]) if w.upos != "PUNCT"]
        keys = self.cast.all_at(Passage(members[0].start, members[-1].end))
        person = len(keys) == 1 and self.cast.party(keys[0]).kind == "person"
        return Resolved(keys, "sentence_before") if person else self._felt_by(sentence, roots[0], subjects[0])

    def _still_speaking(self, sentence: Sentence, start: int) -> Resolved:
        """The last speaker, where the paragraph before a quotation is of nobody else: She went to the mine. "…"."""
        if self.last is None or len(self.last[1].keys) != 1 or self._before is not self.last[0]:
            return NOBODY
        before, (key,) = self.last[0], self.last[1].keys
        text, end = self.analysis.text, max(p.end for p in before.content)
        if self._stands_alone(before) or not 0 <= sentence.start - end <= REACH:
            return NOBODY
        subjects = [w for w in self.analysis.words_of(sentence) if w.relation == "nsubj"]
        members = self.analysis.subtree(subjects[0]) if subjects else ()
        own = self.cast.all_at(Passage(members[0].start, members[-1].end)) if members else ()
        people = {m.party_id for m in self.cast.mentions_in(Passage(end, start)) if self._is_person(m)}
        one_paragraph = "\n" not in text[sentence.start : sentence.end].strip()
        return Resolved((key,), "running_speaker") if own == (key,) and people == {key} and one_paragraph else NOBODY

    def _is_person(self, mention: Mention) -> bool:
        return self.cast.party(mention.party_id).kind == "person"

    def _felt_by(self, sentence: Sentence, verb: Word, subject: Word) -> Resolved:
        """The only person of a sentence in which a thing does something to that person: the verdict pleased Ann Roe."""
        objects = [w for w in self.analysis.children(verb) if w.relation == "obj"]
        named = {
            m.party_id for m in self.cast.mentions_in(sentence.passage) if self.cast.party(m.party_id).kind == "person"
        }
        if subject.upos != "NOUN" or len(objects) != 1 or len(named) != 1:
            return NOBODY
        members = self.analysis.subtree(objects[0])
        keys = self.cast.all_at(Passage(members[0].start, members[-1].end))
        return Resolved(keys, "sentence_before") if set(keys) == named else NOBODY


def _passage(mention: Mention) -> Passage:
    return Passage(mention.start, mention.end)


def _genders(cast: Cast) -> dict[str, str]:
    """What the pronouns of the text, or else a given name, say of each person's gender; none where they differ."""
    seen: dict[str, set[str]] = {}
    for mention in cast.mentions:
        if mention.form == "pronoun":
            lower = mention.text.lower()
            gender = "male" if lower in HE else "female" if lower in SHE else ""
            seen.setdefault(mention.party_id, set()).add(gender)
        elif mention.form in ("title", "description"):
            seen.setdefault(mention.party_id, set()).update(_gender_of_title(mention.text))
    for party in cast.parties:
        if party.kind == "person" and party.name and not seen.get(party.key, set()) - {""}:
            given = gender_of(parts_of(party.name))
            seen[party.key] = {given} if given != "unknown" else set()
    return {key: next(iter(found - {""})) for key, found in seen.items() if len(found - {""}) == 1}


def _gender_of_title(title: str) -> set[str]:
    last = title.lower().split()[-1:] or [""]
    return {g for g in ("male", "female") if last[0] in words("en", "titles", f"gender.{g}")}
