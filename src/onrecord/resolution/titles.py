"""Titles and roles that the text puts beside a person's name: "Kenyan President X", "X, the mayor of Y"."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from onrecord.language.analysis import Analysis, Word
from onrecord.language.tables import table, words
from onrecord.model import PartyRole, Passage, atlas
from onrecord.model.personal import Gender
from onrecord.resolution.dossiers import Named

REACH = 12
"""Words looked at on either side of a name: longer titles are rare and mostly misread."""
NOMINAL = frozenset({"NOUN", "PROPN", "ADJ", "NUM", "X"})
LINKS = frozenset({"of", "for", "to", "at", "in"})


@dataclass(frozen=True, slots=True)
class Title:
    """What stands beside one name: its words, the role they give, and what they tell of gender and country."""

    passage: Passage
    head: str
    role: PartyRole | None
    gender: Gender
    country: str | None
    before: bool


@cache
def heads() -> frozenset[str]:
    """Every noun that can be the head of a title."""
    return words("en", "titles", "offices.state") | words("en", "titles", "offices.other")


@cache
def address_words() -> frozenset[str]:
    """Words that stand before a person's name and are no part of it."""
    listed = ("male", "female", "either")
    return frozenset().union(*(words("en", "titles", f"honorifics.{key}") for key in listed))


@cache
def _honorifics() -> dict[str, Gender]:
    lists: dict[str, list[str]] = table("en", "titles")["honorifics"]
    found: dict[str, Gender] = dict.fromkeys(lists["either"], "unknown")
    found.update(dict.fromkeys(lists["male"], "male"))
    found.update(dict.fromkeys(lists["female"], "female"))
    return found


@cache
def _genders() -> dict[str, Gender]:
    lists: dict[str, list[str]] = table("en", "titles")["gender"]
    found: dict[str, Gender] = dict.fromkeys(lists["male"], "male")
    found.update(dict.fromkeys(lists["female"], "female"))
    return found


def gender_of_noun(noun: str) -> Gender:
    """What a noun tells of gender ("widow", "spokesman")."""
    return _genders().get(noun, "unknown")


def plain(word: Word) -> str:
    """A word as the lists have it: lower case, without a closing full stop."""
    return word.text.lower().rstrip(".")


def head_of(word: Word) -> str | None:
    """The listed role that a word is, in the singular; null where it is none."""
    for form in (plain(word), word.lemma.lower(), plain(word).removesuffix("s")):
        if form in heads():
            return form
    return None


def canonical(title: str) -> str:
    """A title as titles are compared: synonyms made one ("premier" is "prime minister")."""
    synonyms: dict[str, str] = table("en", "titles")["synonyms"]
    return synonyms.get(title, title)


def title_before(analysis: Analysis, named: Named) -> Title | None:
    """The title that stands directly before a name ("Mr", "Finance Minister", "the president of Peru")."""
    row = _words_before(analysis, named)
    if not row:
        return None
    close = _close_title(analysis, row)
    if close is not None and close.role is None and len(row) > 1 and row[-2].text == "," and _is_address(row[-1]):
        far = _far_title(analysis, row[:-1])
        return far if far is not None and close.gender == "unknown" else _gendered(far, close) or close
    return close or _far_title(analysis, row)


def _is_address(word: Word) -> bool:
    """The word only says how a person is addressed: Mr, Alhaji."""
    return plain(word) in _honorifics() and word.text[0].isupper() and head_of(word) is None


def _gendered(office: Title | None, address: Title) -> Title | None:
    """The office with the gender that the form of address tells."""
    return replace(office, gender=address.gender) if office is not None else None


def title_after(analysis: Analysis, named: Named, persons: Sequence[Passage]) -> Title | None:
    """The title in apposition after a name: "X, finance minister of Peru,"; null where the words may be another's."""
    row = _words_after(analysis, named)
    if not row or row[0].text not in {",", "(", "—", "–", "-"}:
        return None
    row = _past_age(row[1:])
    run = _nominal_run(row)
    if not run or head_of(run[-1]) is None:
        return None
    rest = row[row.index(run[-1]) + 1 :]
    if any(person.start >= run[-1].end and person.start - run[-1].end <= 2 for person in persons):
        return None
    link = _link_phrase(rest)
    closing = rest[len(link) :]
    if (
        closing
        and closing[0].upos != "PUNCT"
        and closing[0].text.lower() not in {"who", "and", "whose", "said", "says"}
    ):
        return None
    if _is_next_subject(run, row, closing):
        return None
    return _read(analysis, run, link, before=False)


def _is_next_subject(run: Sequence[Word], row: Sequence[Word], closing: Sequence[Word]) -> bool:
    """The noun is the subject of a verb of speech of its own: at the office of Ann Roe, [the minister] said …"""
    if not closing or closing[0].text.lower() not in {"said", "says"} or row[0].upos not in {"DET", "NUM", "PRON"}:
        return False
    verb = closing[0].index
    return run[-1].head == verb and run[-1].relation == "nsubj"


def copula_titles(analysis: Analysis, named: Named) -> Title | None:
    """The role that a sentence gives its subject: "X is the finance minister of Peru"."""
    inside = analysis.words_in(named.passage.start, named.passage.end)
    tops = [w for w in inside if w.relation == "nsubj" and w.head >= 0]
    if not tops or head_of(noun := analysis.words[tops[0].head]) is None:
        return None
    cops = [w for w in analysis.children(noun) if w.relation == "cop"]
    if not cops or plain(cops[0]) not in {"is", "'s", "’s"} or noun.index < tops[0].index:
        return None
    if any(w.lemma == "not" or w.text.lower() in {"n't", "n’t", "not"} for w in analysis.children(noun)):
        return None
    run = _leftward(analysis, noun)
    following = analysis.words[noun.index + 1 : noun.index + 1 + REACH]
    same = [w for w in following if w.sentence == noun.sentence]
    return _read(analysis, run, _link_phrase(same), before=False)


def _words_before(analysis: Analysis, named: Named) -> list[Word]:
    if named.sentence < 0:
        return []
    row = [w for w in analysis.words_of(analysis.sentences[named.sentence]) if w.end <= named.passage.start]
    return row[-REACH:]


def _words_after(analysis: Analysis, named: Named) -> list[Word]:
    if named.sentence < 0:
        return []
    row = [w for w in analysis.words_of(analysis.sentences[named.sentence]) if w.start >= named.passage.end]
    return row[: REACH + 4]


def _close_title(analysis: Analysis, row: list[Word]) -> Title | None:
    """A title whose head touches the name, with all that goes with it on the left."""
    at = _past_parenthesis(row)
    if at < 0:
        return None
    last = row[at]
    honorific = plain(last)
    if honorific in _honorifics() and last.text[0].isupper() and head_of(last) is None:
        return _honorific_title(analysis, row[: at + 1])
    style = words("en", "titles", "honorifics.styles")
    if honorific in style:
        return _style_title(row[: at + 1])
    if head_of(last) is None:
        return None
    return _read(analysis, _leftward(analysis, last), (), before=True)


def _past_parenthesis(row: list[Word]) -> int:
    """The place of the last word before the name, past initials in parentheses ("director general (DG)")."""
    at = len(row) - 1
    if row[at].text == ")":
        opened = next((k for k in range(at, max(-1, at - 4), -1) if row[k].text == "("), None)
        at = opened - 1 if opened is not None else -1
    if at >= 0 and row[at].text == "." and at > 0:
        at -= 1
    return at


def _honorific_title(analysis: Analysis, row: list[Word]) -> Title:
    """ "Mr", alone or after an office ("President Dr")."""
    last = row[-1]
    gender = _honorifics()[plain(last)]
    if len(row) > 1 and head_of(row[-2]) is not None:
        office = _read(analysis, _leftward(analysis, row[-2]), (), before=True)
        passage = Passage(office.passage.start, last.end)
        return Title(
            passage, office.head, office.role, gender if gender != "unknown" else office.gender, office.country, True
        )
    short: dict[str, str] = table("en", "titles")["abbreviations"]
    if plain(last) not in short or not last.text.istitle():
        return Title(last.passage, plain(last), None, gender, None, True)
    deputy = len(row) > 1 and plain(row[-2]) in ("lt", "lieut", "lieutenant")
    held = ("lieutenant " if deputy else "") + short[plain(last)]
    passage = Passage(row[-2].start if deputy else last.start, last.end)
    return Title(passage, short[plain(last)], PartyRole(held, None, None), gender, None, True)


def _style_title(row: list[Word]) -> Title | None:
    """ "His Highness", "Her Royal Majesty": the pronoun gives the gender."""
    for word in reversed(row[-4:]):
        if word.text.lower() in {"his", "her"}:
            gender: Gender = "male" if word.text.lower() == "his" else "female"
            return Title(Passage(word.start, row[-1].end), plain(row[-1]), None, gender, None, True)
    return None


def _far_title(analysis: Analysis, row: list[Word]) -> Title | None:
    """ "the governor of Alta Verapaz Ana Roe", and with a comma where the parse says that the name is in apposition."""
    at = len(row) - 1
    comma = row[at].text == ","
    if comma:
        at -= 1
    link: list[Word] = []
    while at >= 0 and (
        row[at].upos in NOMINAL | {"ADP", "DET", "CCONJ"} or row[at].text in {"-", "&", "(", ")", "'s", "’s"}
    ):
        head = head_of(row[at])
        follows = link[0].text.lower() if link else ""
        complete = follows in LINKS and _without_initials(link)[-1].upos in NOMINAL
        if head is not None and (complete or (comma and not link)):
            run = _leftward(analysis, row[at])
            if comma and not (_in_apposition(analysis, row[at], row[-1]) or _is_definite(analysis, run, row[-1])):
                return None
            return _read(analysis, run, tuple(_without_initials(link)), before=True)
        link.insert(0, row[at])
        at -= 1
    return None


def _without_initials(link: list[Word]) -> list[Word]:
    """The words of a link without initials in parentheses at its end ("of police (SP)")."""
    if len(link) > 3 and link[-1].text == ")" and link[-3].text == "(":
        return link[:-3]
    return link


def _in_apposition(analysis: Analysis, noun: Word, comma: Word) -> bool:
    """The parse hangs the word after the comma on the noun as an apposition."""
    after = [w for w in analysis.words[comma.index + 1 : comma.index + 8] if w.sentence == noun.sentence]
    for word in after:
        if word.head == noun.index and word.relation in {"appos", "flat", "nmod:desc"}:
            return True
        if word.head == noun.index and word.relation == "conj":
            joined = any(child.relation == "cc" for child in analysis.children(word))
            return not joined and any(w.text == "," for w in after if w.index > word.index)
    return False


def _is_definite(analysis: Analysis, run: Sequence[Word], comma: Word) -> bool:
    """ "The Peruvian president, Ann Roe, …": an article before the office, a comma after the name.

    Where that comma is missing, the office begins its sentence and the name ends before its verb.
    """
    if run[0].index == 0 or analysis.words[run[0].index - 1].text.lower() not in {"the", "its", "his", "her", "their"}:
        return False
    after = analysis.words[comma.index + 1 : comma.index + 7]
    closing = next((w for w in after if w.text == ","), None)
    verb = next((w for w in after if w.upos in ("VERB", "AUX")), None)
    if verb is not None and (closing is None or verb.index < closing.index):
        begins = analysis.sentences[run[0].sentence].first == run[0].index - 1
        named = [w for w in after if w.index < verb.index and not _is_address(w)]
        aside = closing is not None and closing.index == verb.index + 1  # the minister, Ann Roe said, will go
        return begins and not aside and len(named) > 1 and all(w.upos == "PROPN" for w in named)
    if closing is None or closing.index + 1 >= len(analysis.words):
        return False
    names = after[: closing.index - comma.index - 1]
    return (
        len(names) > 1 and all(w.upos == "PROPN" for w in names) and analysis.words[closing.index + 1].upos != "CCONJ"
    )


def _in_person(analysis: Analysis, word: Word) -> bool:
    """The word is a part of a person's name."""
    at = bisect_right(analysis.names, word.start, key=lambda name: name.start) - 1
    return at >= 0 and analysis.names[at].kind == "Person" and word.end <= analysis.names[at].end


def _leftward(analysis: Analysis, head: Word) -> list[Word]:
    """The head and the words before it that belong to the title: modifiers, demonyms, names, a possessor."""
    run = [head]
    first = analysis.sentences[head.sentence].first
    for index in range(head.index - 1, max(first, head.index - REACH) - 1, -1):
        word = analysis.words[index]
        if not _goes_on(analysis, word, run[0]) or _in_person(analysis, word):
            break
        run.insert(0, word)
    while run[0].text in {"-", "'s", "’s", "and", "&"}:
        run.pop(0)
    return run


def _goes_on(analysis: Analysis, word: Word, right: Word) -> bool:
    if word.text in {"-", "‑", "'s", "’s", "&"}:
        return True
    if right.text in {"'s", "’s"}:
        return word.upos in {"PROPN", "NOUN"}
    if word.text.lower() == "and":
        left = analysis.words[word.index - 1]
        return _is_own(right) and left.upos in NOMINAL and head_of(left) is None
    if word.lemma.lower() in WEEKDAYS or (word.upos == "NUM" and word.text.isdigit()):
        return False
    return word.upos in NOMINAL


WEEKDAYS = frozenset(
    {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "today", "yesterday"}
)


def _past_age(row: list[Word]) -> list[Word]:
    """The words after an age between commas: "X, 54, mayor of Y"."""
    if len(row) > 1 and row[0].text.isdigit() and row[1].text == ",":
        return row[2:]
    return row


def _nominal_run(row: list[Word]) -> list[Word]:
    """The words of a noun phrase up to its last noun; empty where it does not begin like one."""
    at = 0
    while at < len(row) and (
        row[at].upos in {"DET", "ADV"} or row[at].text.lower() in {"his", "her", "its", "their", "then"}
    ):
        at += 1
    run: list[Word] = []
    for word in row[at:REACH]:
        if word.upos not in NOMINAL and word.text not in {"-", "'s", "’s"}:
            break
        run.append(word)
    while run and run[-1].upos not in {"NOUN", "PROPN"}:
        run.pop()
    return run


def _link_phrase(row: Sequence[Word]) -> tuple[Word, ...]:
    """What follows the head: "of Peru", "for Trade and Economic Affairs"; empty where nothing does."""
    if not row or row[0].text.lower() not in LINKS:
        return ()
    phrase = [row[0]]
    for word in row[1:REACH]:
        if word.upos not in NOMINAL | {"DET"} and word.text.lower() not in {"and", "of", "for", "-", "'s", "’s", "&"}:
            break
        phrase.append(word)
    while phrase and phrase[-1].upos not in NOMINAL:
        phrase.pop()
    return tuple(phrase)


def _read(analysis: Analysis, run: list[Word], link: Sequence[Word], before: bool) -> Title:
    """The title that a run of words and its "of" phrase give."""
    while len(run) > 1 and run[0].upos == "ADJ" and not _is_telling(run[0]):
        run = run[1:]
    head = head_of(run[-1]) or plain(run[-1])
    origin, own = _divide(analysis, run)
    country = _country_in(origin) or _country_in(link[1:])
    of = _of(analysis, origin, link)
    title = " ".join([*(plain(word) for word in own[:-1] if _in_title(word, run[-1])), head])
    title = title.replace(" - ", "-").strip(" -")
    start, end = run[0].start, (link[-1].end if link else run[-1].end)
    compound = _compound(title, link)
    if compound:
        title, of = compound, _of(analysis, origin, link[len(compound.split()) - len(title.split()) :])
    past = any(_is_past(word) for word in run)
    gender = _genders().get(head, "unknown")
    role = PartyRole(f"former {title}" if past else title, of, None)
    served = country if head in words("en", "titles", "offices.state") or head == "counterpart" else None
    return Title(Passage(start, end), head, role, gender, served, before)


def _compound(title: str, link: Sequence[Word]) -> str | None:
    """ "Secretary of state", "chief of staff": the "of" phrase, or its beginning, is a part of the office."""
    for size in range(len(link), 1, -1):
        longer = f"{title} {' '.join(plain(word) for word in link[:size])}"
        head = " ".join(longer.split()[-size - 1 :])
        if head in words("en", "titles", "offices.compounds"):
            return longer
    return None


def _is_telling(word: Word) -> bool:
    """An adjective that says something of an office: a listed modifier, a word of time, or whose it is."""
    return _is_own(word) or _is_past(word) or (word.text[:1].isupper() and word.text.lower() != "dear")


def _in_title(word: Word, head: Word) -> bool:
    """Nouns and listed modifiers belong to a title; other adjectives ("outstanding") and words of time do not.

    Of other offices only the one that touches the head does: "director general", "secretary-general".
    """
    if _is_past(word):
        return False
    if word.text in {"-", "&"} or plain(word) in words("en", "titles", "offices.modifiers"):
        return True
    if head_of(word) is not None:
        return head.index - word.index <= 2 and plain(word) not in words("en", "titles", "offices.kin")
    return word.upos in {"NOUN", "PROPN"}


def _divide(analysis: Analysis, run: list[Word]) -> tuple[list[Word], list[Word]]:
    """The words that say whose title it is ("Peru's", "Kenyan", "BJP"), and the title's own."""
    border = 0
    names = [n for n in analysis.names if n.kind != "Person"]
    for at, word in enumerate(run[:-1]):
        listed = plain(word) in words("en", "titles", "offices.modifiers") or (at > 0 and _is_own(run[at - 1]))
        named = any(n.start <= word.start and word.end <= n.end and n.end <= run[-1].start for n in names)
        proper = word.text[:1].isupper() and run[-1].text.islower() and not listed and head_of(word) is None
        if word.text in {"'s", "’s"} or atlas.country_of_demonym(word.text) or (named and not listed) or proper:
            border = at + 1
    return run[:border], run[border:]


def _is_own(word: Word) -> bool:
    """A modifier that opens the title itself ("Chief" of "Chief Cabinet Secretary"), not one of time ("former")."""
    return plain(word) in words("en", "titles", "offices.modifiers") and not _is_past(word)


def _country_in(row: Sequence[Word]) -> str | None:
    """The first country that a run of words names, by its name or a demonym."""
    for length in (4, 3, 2, 1):
        for at in range(len(row) - length + 1):
            text = " ".join(word.text for word in row[at : at + length])
            found = atlas.country_named(text) or atlas.country_of_demonym(text)
            if found:
                return found.code
    return None


def _of(analysis: Analysis, origin: Sequence[Word], link: Sequence[Word]) -> str | None:
    """Whose the office is, as the text writes it; a state by its common name."""
    row = link[1:] if link else [w for w in origin if not _is_past(w)]
    row = [w for w in row if w.text not in {"'s", "’s"}] if not link else list(row)
    while row and row[0].upos == "DET":
        row = row[1:]
    if not row:
        return None
    text = re.sub(r"\s*\([^()]*\)?$", "", analysis.text[row[0].start : row[-1].end]).strip(" )(,")
    country = atlas.country_of_demonym(text) or atlas.country_named(text)
    return country.name if country else text or None


def _is_past(word: Word) -> bool:
    return plain(word) in words("en", "titles", "offices.past")
