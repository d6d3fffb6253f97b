"""The reader's names, tidied: whole words, no titles or articles, one kind for one spelling, none forgotten."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import get_args

from onrecord.language.analysis import Analysis, Name, NameKind
from onrecord.language.tables import table, words
from onrecord.model import Act, Passage, atlas
from onrecord.model.personal import fold, given_names
from onrecord.resolution.dossiers import Named
from onrecord.resolution.echoes import echoes, untagged_persons
from onrecord.resolution.kinds import is_party_name, looks_personal, settled_kinds
from onrecord.resolution.titles import address_words, heads

TAKEN: frozenset[NameKind] = frozenset({"Person", "Location", "Facility", "Organization", "NORP"})
EDGE = " \t\r\n\u00a0\"“”«»‘’'`,;:()[]{}!?–—…*•|_/\\"
POSSESSIVE = re.compile(r"(?:['’]s|(?<=s)['’])$")
ARTICLE = re.compile(r"(?:the|The|THE|a|an)\s+(?=\S)")
TAIL = re.compile(r"[-‑]([^\W\d_]{1,12})(?![\w-])")
LOWER_START = re.compile(r"[^\W\d_A-Z]+\s+(?=[A-Z])")
PREFIX = re.compile(r"(?:pro|anti|non|ex|post|pre|mid|then|neo|once)[-‑](?=[A-Z])")
"""What a name may be joined to without being part of it: pro-Roe."""
LOWER = re.compile(r"[a-z]+")
OWNER = re.compile(r"(?P<owner>[^'’]{2,40})['’]s\s+(?=[^\W\d_a-z])")
IN_PLACE = re.compile(r"\s+in\s+(?:the\s+)?(?=[A-Z])")
OF_PLACE = re.compile(r"\s+of\s+(?=[A-Z])")
BETWEEN_BRACKETS = re.compile(r"[^()]+")
IN_BRACKETS = re.compile(r"\s+\([^()]{1,30}\)$")
BOTH = re.compile(r"(?:(?!\sand\s)[\s\S])+")
BETWEEN_PLACES = re.compile(r"(?:(?!,|\s(?:[a-z]+\s+of|in|near|outside)\s+(?:the\s+)?[A-Z])[\s\S])+")
AFTER_OFFICE = re.compile(
    r"(?:[\w.-]+\s+){0,4}?(?P<office>[A-Z][a-z]{2,3})\.\s+(?P<given>[A-Z][\w-]+)\s+[A-Z][\w. ’'-]+"
)
"""An abbreviated office and a name of two parts or more, within what the reader took for one name."""
POSSESSED = re.compile(r"(?P<owner>[^'’]{2,40})(?:['’]s|(?<=[sS])['’])\s(?P<person>[\w-]{2,30})")
MOST_TITLE_WORDS = 5

Piece = tuple[int, int, NameKind]


def tidy_names(analysis: Analysis) -> tuple[Named, ...]:
    """The names of the kinds that become parties, tidied, in text order, none overlapping another."""
    read = [replace(name, kind="Organization") if _is_paper(name) else name for name in analysis.names]
    tagged = _apart(named for name in read if name.kind in TAKEN for named in _tidied(analysis, name))
    tagged = [_with_given_name(analysis, named) for named in tagged]
    tagged = [_without_headline_verb(analysis, named, tagged) for named in tagged]
    tagged = _apart([*tagged, *untagged_persons(analysis, tagged)])
    kinds = settled_kinds(analysis, tagged)
    settled = [_as_kind(analysis, named, kinds[named.text]) for named in tagged if is_party_name(named, kinds)]
    settled = list(_without_epithets(analysis, settled))
    return tuple(_apart([*settled, *echoes(analysis, settled)]))


def _is_paper(name: Name) -> bool:
    """The name of a newspaper that the reader took for a work: the New Haven Register."""
    row = name.text.split()
    return name.kind == "Misc" and len(row) > 1 and row[-1] in words("en", "organisations", "names.papers")


def _with_given_name(analysis: Analysis, named: Named) -> Named:
    """A person's name with the given name that the reader left outside: Ada + Kimani Roe."""
    inside = analysis.words_in(named.passage.start, named.passage.end)
    if named.kind != "Person" or len(inside) < 2 or inside[0].index == 0:
        return named
    before = analysis.words[inside[0].index - 1]
    linked = before.index in {word.head for word in inside} or before.head in {word.index for word in inside}
    near = before.sentence == inside[0].sentence and inside[0].start - before.end == 1
    given = before.upos == "PROPN" and before.text[:1].isupper() and fold(before.text) in given_names()
    if not (linked and near and given) or any(n.start <= before.start < n.end for n in analysis.names):
        return named
    passage = Passage(before.start, named.passage.end)
    return Named(passage, " ".join(passage.of(analysis.text).split()), named.kind, named.sentence)


def _without_headline_verb(analysis: Analysis, named: Named, others: Sequence[Named]) -> Named:
    """A headline's name without the capitalised verb after it, where the text has it without: "Acme Disputes"."""
    head, _, last = named.text.rpartition(" ")
    start = named.passage.start
    in_headline = any(p.role == "headline" and p.start <= start < p.end for p in analysis.article.parts)
    if not head or not (in_headline or start == len(analysis.text) - len(analysis.text.lstrip())):
        return named
    elsewhere = any(o.text == head and o.passage != named.passage for o in others)
    again = any(o.text == named.text and o.passage != named.passage for o in others)
    borne = any(last in o.text.split() for o in others if o.text != named.text)
    verb = _is_verb_of_speech(last.lower()) or (last.endswith("s") and " " in head and not borne)
    if again or not elsewhere or not verb:
        return named
    return Named(Passage(start, start + len(head)), head, named.kind, named.sentence)


def _is_verb_of_speech(word: str) -> bool:
    """The third person of a verb of speech: disputes, denies, says."""
    stems = {word[:-1], word[:-2], word[:-3] + "y"} if word.endswith("s") else set()
    return any(stems & words("en", "speech", f"say.{act}") for act in get_args(Act))


def _tidied(analysis: Analysis, name: Name) -> Iterator[Named]:
    if (holder := _person_after_office(analysis, name)) is not None:
        yield holder
        return
    if (split := _team_of_person(analysis, name)) is not None:
        yield from (named for start, end, kind in split if (named := _tidy(analysis, start, end, kind)))
        return
    for start, end, kind in _pieces(analysis.text, name):
        named = _tidy(analysis, start, end, kind)
        if named:
            yield named


def _person_after_office(analysis: Analysis, name: Name) -> Named | None:
    """The person of a name into which the reader took the office, or more before it: Democratic Rep. Ann Roe."""
    taken = name.kind in ("Organization", "Person")
    found = AFTER_OFFICE.match(analysis.text, name.start, name.end) if taken else None
    if found is None or fold(found["given"]) not in given_names():
        return None
    short: dict[str, str] = table("en", "titles")["abbreviations"]
    return _tidy(analysis, found.start("given"), name.end, "Person") if found["office"].lower() in short else None


def _team_of_person(analysis: Analysis, name: Name) -> tuple[Piece, Piece] | None:
    """Whose somebody is and who, where a headline's "Rovers' Ruiz" was taken for one name; the article names Ruiz."""
    found = POSSESSED.fullmatch(analysis.text, name.start, name.end) if name.kind != "Person" else None
    if found is None:
        return None
    person = found["person"].casefold()
    known = (n.passage.of(analysis.text).split() for n in analysis.names if n.kind == "Person")
    if not any(len(words) > 1 and words[-1].casefold() == person for words in known):
        return None
    return (*found.span("owner"), name.kind), (*found.span("person"), "Person")


def _pieces(text: str, name: Name) -> Iterator[Piece]:
    """The names that the reader ran together: "Novi, Michigan", "Peru's Foreign Ministry", "Arts Centre in Lima"."""
    start, end, kind = name.start, name.end, name.kind
    words_of = text[start:end]
    if half := _half_of_pair(text, start, words_of):
        yield start, start + half, "Location"
        return
    bracket = IN_BRACKETS.search(words_of) if kind == "Person" else None
    if bracket is not None:
        end, words_of = start + bracket.start(), words_of[: bracket.start()]
    border = _border(words_of, kind)
    if border:
        for part in border.finditer(words_of):
            yield start + part.start(), start + part.end(), kind
        return
    owner = OWNER.match(words_of)
    if owner and kind != "Person" and _is_place(owner["owner"]):
        yield start, start + owner.end("owner"), "Location"
        start += owner.end()
    elif kind == "Organization" and (within := IN_PLACE.search(words_of)) and _is_place(words_of[within.end() :]):
        yield start + within.end(), end, "Location"
        end = start + within.start()
    elif seat := _seat_after_country(words_of):
        yield start, start + seat, "Location"
        start += seat
    yield start, end, kind


def _half_of_pair(text: str, start: int, words_of: str) -> int | None:
    """The length of the state that ends a pair ("Peru-Kenya Forum"), where the reader tagged "Kenya Forum" alone."""
    first, _, rest = words_of.partition(" ")
    hyphened = start > 1 and text[start - 1] in "-–" and text[start - 2].isalpha()
    return len(first) if hyphened and rest and atlas.country_named(first) else None


def _border(text: str, kind: NameKind) -> re.Pattern[str] | None:
    """The parts into which a name falls that commas or an odd parenthesis divide."""
    if text.count("(") != text.count(")"):
        return BETWEEN_BRACKETS
    if kind == "Location" and _are_two_places(text):
        return BOTH
    return BETWEEN_PLACES if kind == "Location" and BETWEEN_PLACES.fullmatch(text) is None else None


def _are_two_places(text: str) -> bool:
    """ "Quito and Lima": each half is a place by itself, and the whole is none."""
    halves = text.split(" and ")
    return (
        len(halves) == 2 and all(_is_place(half) or half.startswith("New ") for half in halves) and not _is_place(text)
    )


def _is_place(text: str) -> bool:
    known = atlas.country_named(text) or atlas.country_of_capital(text) or atlas.country_of_region(text)
    return known is not None or bool(atlas.cities_named(text))


def _seat_after_country(text: str) -> int | None:
    """Where the seat begins in "US White House"."""
    head, _, rest = text.partition(" ")
    return len(head) + 1 if rest and atlas.country_named(head) and atlas.country_of_seat(rest) else None


def _tidy(analysis: Analysis, start: int, end: int, kind: NameKind) -> Named | None:
    text = analysis.text
    start, end = _trim(text, start, end)
    if start >= end:
        return None
    start, end = _whole_words(text, start, end, kind)
    if prefix := PREFIX.match(text, start, end):
        start = prefix.end()
    if article := ARTICLE.match(text, start, end):
        start = article.end()
    if kind in ("Location", "Organization"):
        start, end = _without_common_words(text, start, end, kind)
    start, kind = _past_titles(text, start, end, kind)
    start, end = _trim(text, start, end)
    sentence = analysis.sentence_at(start) if start < end else None
    if start >= end or not any(c.isalpha() for c in text[start:end]):
        return None
    return Named(Passage(start, end), " ".join(text[start:end].split()), kind, sentence.index if sentence else -1)


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    """Without white space, marks and the possessive at the ends."""
    while start < end and text[start] in EDGE:
        start += 1
    while end > start and text[end - 1] in EDGE and not _closes(text, start, end):
        end -= 1
    if match := POSSESSIVE.search(text[start:end]):
        end = start + match.start()
    return start, end


def _closes(text: str, start: int, end: int) -> bool:
    """A closing parenthesis that the name itself opened belongs to it."""
    return text[end - 1] == ")" and "(" in text[start:end]


def _whole_words(text: str, start: int, end: int, kind: NameKind) -> tuple[int, int]:
    """The name grown over the letters it was cut from; a person's over a hyphened rest ("Jong" + "-il")."""
    while end < len(text) and text[end - 1].isalnum() and text[end].isalnum():
        end += 1
    while start > 0 and text[start - 1].isalnum() and text[start].isalnum():
        start -= 1
    tail = TAIL.match(text, end)
    if kind == "Person" and tail and tail[1].lower() not in words("en", "persons", "particles.tails"):
        end = tail.end()
    return start, end


def _without_common_words(text: str, start: int, end: int, kind: NameKind) -> tuple[int, int]:
    """Without lower-case words before the name, and common nouns after it ("Lima" of "Lima province").

    A body keeps its noun ("Quito stock exchange"), but not what its people are called ("Navy officials").
    """
    while common := LOWER_START.match(text, start, end):
        start = common.end()
    if kind == "Location":
        kept = words("en", "organisations", "names.facilities")
    else:
        kept = words("en", "organisations", "heads.organisation") | words("en", "organisations", "names.common")
    while (
        (at := text.rfind(" ", start, end)) > 0
        and LOWER.fullmatch(text, at + 1, end)
        and text[at + 1 : end] not in kept
    ):
        end = at
    return start, end


def _past_titles(text: str, start: int, end: int, kind: NameKind) -> tuple[int, NameKind]:
    """Where a person's name begins after the titles that the reader took into it; never the whole of it."""
    for _ in range(MOST_TITLE_WORDS):
        first = re.match(r"[^\W\d_]+\.?\s+(?=\S)", text[start:end])
        word = first[0].strip().lower().rstrip(".") if first else ""
        rest = text[start + first.end() : end] if first else ""
        office = kind == "Person" and " " in rest and word in heads() and word not in given_names()
        dotted = "." in first[0] and word in words("en", "titles", "honorifics.dotted") if first else False
        if not first or not (word in address_words() or office or dotted):
            return start, kind
        if kind != "Person":
            if word not in {"mr", "mrs", "ms", "dr"}:
                return start, kind
            kind = "Person"
        start += first.end()
    return start, kind


def _as_kind(analysis: Analysis, named: Named, kind: NameKind) -> Named:
    """The name under its settled kind; a person's loses "of Arizona"."""
    passage = named.passage
    origin = OF_PLACE.search(named.text)
    if (
        kind == "Person"
        and origin
        and (looks_personal(named.text[: origin.start()]) or _is_of_place(named.text, origin))
    ):
        passage = Passage(passage.start, passage.start + origin.start())
    return Named(passage, " ".join(passage.of(analysis.text).split()), kind, named.sentence)


def _is_of_place(text: str, of: re.Match[str]) -> bool:
    """A name of two parts or more, and a state or city of the atlas after "of"."""
    return len(text[: of.start()].split()) > 1 and _is_place(text[of.end() :])


def _without_epithets(analysis: Analysis, names: Sequence[Named]) -> Iterator[Named]:
    """A person's name without the common word before it, where the rest is a name elsewhere ("Veteran Ann Roe")."""
    known = {named.text for named in names if named.kind == "Person" and " " in named.text}
    for named in names:
        head, _, rest = named.text.partition(" ")
        start = named.passage.end - len(rest)
        if named.kind == "Person" and rest in known and _is_common(analysis, named.passage.start, head):
            yield Named(Passage(start, named.passage.end), rest, named.kind, named.sentence)
        else:
            yield named


def _is_common(analysis: Analysis, start: int, text: str) -> bool:
    """The reader takes the word for an adjective, a noun or a verb, or it is a following's ("Democrat")."""
    inside = analysis.words_in(start, start + len(text))
    common = bool(inside) and inside[0].upos in {"ADJ", "NOUN", "VERB", "ADV"}
    return common or text in words("en", "demonyms", "peoples.words")


def _apart(names: Iterable[Named]) -> list[Named]:
    """The names in text order; of two that overlap, the longer."""
    kept: list[Named] = []
    for named in sorted(names, key=lambda n: (n.passage.start, -n.passage.end, n.kind)):
        if kept and kept[-1].passage.meets(named.passage):
            if len(named.text) > len(kept[-1].text):
                kept[-1] = named
            continue
        kept.append(named)
    return kept
