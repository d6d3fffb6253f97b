"""What kind of thing a name names, weighed over all the places where one article has it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from onrecord.language.analysis import Analysis, NameKind
from onrecord.language.tables import words
from onrecord.model import atlas
from onrecord.model.personal import family_names, fold, given_names
from onrecord.resolution.dossiers import Named
from onrecord.resolution.titles import address_words, head_of, title_before

Votes = dict[NameKind, float]
TITLED, PERSONAL, ENDING, KNOWN = 1.5, 0.8, 2.0, 3.0
"""Votes, in units of one confident tag: a title before the name, a given name, a word that ends it, an atlas entry."""
BY_HONORIFIC = frozenset({"mr", "mrs", "ms", "miss", "dr", "prof", "sir", "sheikh"})


def settled_kinds(analysis: Analysis, names: Sequence[Named]) -> dict[str, NameKind]:
    """The kind of each spelling: the reader's own votes by confidence, and what the words and their titles say."""
    confidence = {(n.start, n.kind): n.confidence for n in analysis.names}
    votes: dict[str, Votes] = defaultdict(lambda: defaultdict(float))
    for named in names:
        votes[named.text][named.kind] += confidence.get((named.passage.start, named.kind), 0.5)
        if _is_titled(analysis, named):
            votes[named.text]["Person"] += TITLED
    own = _surnames_read(votes)
    for text in votes:
        _add_wording(text, votes[text])
    _add_surnames(votes)
    for text in own:
        votes[text]["Person"] += sum(votes[text].values())
    return {text: max(sorted(kinds), key=lambda kind: kinds[kind]) for text, kinds in votes.items()}


def _surnames_read(votes: dict[str, Votes]) -> list[str]:
    """The lone words that the reader takes for persons and that end a person's name, though a country is so called."""
    full = [t for t, kinds in votes.items() if " " in t and max(sorted(kinds), key=lambda k: kinds[k]) == "Person"]
    surnames = {text.split()[-1] for text in full}
    read = (t for t, kinds in votes.items() if t in surnames and max(sorted(kinds), key=lambda k: kinds[k]) == "Person")
    return [text for text in read if atlas.country_named(text)]


def is_party_name(named: Named, kinds: dict[str, NameKind]) -> bool:
    """The name can be a party's: no address of a page, no common noun, no occasion, no lone generic word."""
    kind, text = kinds[named.text], named.text
    if "://" in text or "www." in text or ".com/" in text:
        return False
    if kind == "Person":
        return True
    if text in words("en", "organisations", "names.generic"):
        return False
    if kind in ("Location", "Organization", "Facility") and not any(c.isupper() for c in text):
        return text.lower() != text or not text.isascii()
    return not (" " in text and text.split()[-1] in words("en", "organisations", "names.occasions"))


def _is_titled(analysis: Analysis, named: Named) -> bool:
    """An honorific, or a capitalised or lower-case office, stands directly before two or three capitalised words."""
    inside = analysis.words_in(named.passage.start, named.passage.end)
    if not inside or inside[0].index == 0:
        return False
    before = analysis.words[inside[0].index - 1]
    if before.sentence != inside[0].sentence:
        return False
    if before.text == ",":
        return _may_be_person(named.text) and title_before(analysis, named) is not None
    if before.text.lower().rstrip(".") in BY_HONORIFIC:
        return True
    office = head_of(before)
    return office is not None and 2 <= len(named.text.split()) <= 3 and _plain_words(named.text)


def _may_be_person(text: str) -> bool:
    """Two or three words that begin with a given name, or with a family name of the family-first languages."""
    first = fold(text.split()[0])
    return 2 <= len(text.split()) <= 3 and (first in given_names() or first in family_names())


def _plain_words(text: str) -> bool:
    return not set(text.split()) & words("en", "organisations", "names.endings") and not atlas.country_named(text)


def looks_personal(text: str) -> bool:
    """Two or three capitalised words, the first a given name, none a word of organisations."""
    parts = text.split()
    if not 2 <= len(parts) <= 3 or not all(part[:1].isupper() for part in parts) or not _plain_words(text):
        return False
    return fold(parts[0]) in given_names() and not atlas.cities_named(text) and parts[-1].lower() not in _common_ends()


def _common_ends() -> frozenset[str]:
    listed = ("heads.organisation", "heads.place", "names.facilities")
    return frozenset().union(*(words("en", "organisations", key) for key in listed))


def _add_wording(text: str, votes: Votes) -> None:
    """What the words of a name say of it."""
    ends = text.split()[-1]
    if ends in words("en", "organisations", "names.endings") and " " in text and "Facility" not in votes:
        votes["Organization"] += ENDING
    elif " " in text and ends in words("en", "organisations", "names.works"):
        votes["Misc"] += KNOWN
    elif (
        " " in text
        and " of " not in text
        and ends in words("en", "organisations", "names.places")
        and not set(votes) - {"Location", "Organization"}
    ):
        votes["Location"] += ENDING
    if looks_personal(text.split(" of ")[0]) and set(votes) & {"Person", "Organization"}:
        votes["Person"] += PERSONAL
    if "Person" in votes and votes["Person"] >= PERSONAL + TITLED:
        return
    known = _known_kind(text)
    if known:
        votes[known] += KNOWN + sum(votes.values())


def _known_kind(text: str) -> NameKind | None:
    """What the atlas and the lists of peoples have a name for."""
    if atlas.country_named(text):
        return "Location"
    if atlas.country_of_demonym(text) or text in words("en", "demonyms", "peoples.words"):
        return "NORP"
    if atlas.country_of_region(text) or atlas.country_of_capital(text):
        return "Location"
    return "Organization" if atlas.country_of_seat(text) or atlas.body_named(text) else None


def _add_surnames(votes: dict[str, Votes]) -> None:
    """A lone word that ends the name of somebody in the article is a person's, unless the reader is sure it is not."""
    settled = {text: max(sorted(kinds), key=lambda kind: kinds[kind]) for text, kinds in votes.items()}
    surnames = {text.split()[-1] for text, kind in settled.items() if kind == "Person" and " " in text}
    for text, kinds in votes.items():
        if text in surnames and not atlas.country_named(text) and text.lower() not in address_words():
            kinds["Person"] += PERSONAL
