"""States in a text: country names, codes and demonyms, and capitals that stand for the governments in them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from onrecord.language.analysis import Analysis, Word
from onrecord.language.tables import table, words
from onrecord.model import PartyKind, Passage, atlas
from onrecord.resolution.dossiers import Dossier, Named, Sighting

PIECE = re.compile(r"[^\s/–—-]+(?:['’][^\s/–—-]+)?")
POSSESSIVES = frozenset({"'s", "’s", "'", "’"})


class States:
    """The states of one article, one dossier for each code."""

    def __init__(self) -> None:
        self.dossiers: dict[str, Dossier] = {}

    def of(self, country: atlas.Country) -> Dossier:
        kind: PartyKind = "state" if country.kind == "state" else "place"
        return self.dossiers.setdefault(country.code, Dossier(country.name, kind, country.code))

    def sight(self, passage: Passage, text: str, country: atlas.Country, how: str) -> Sighting:
        """A place that names a state: `how` says by what; only names are its aliases, not capitals and demonyms."""
        dossier = self.of(country)
        dossier.aliases |= {text} if how == "exact" else set()
        return Sighting(passage, dossier, "demonym" if how == "demonym" else "name", how)


def state_sightings(analysis: Analysis, names: Sequence[Named], states: States) -> Iterator[Sighting]:
    """What of a tidied name names a state: nothing, the whole, or the halves of "Sino-Russian"."""
    for named in names:
        if named.kind == "Person":
            continue
        country = atlas.country_named(named.text)
        if country and named.kind != "NORP":
            yield states.sight(named.passage, named.text, country, "exact")
        elif named.kind == "NORP":
            yield from _demonyms(analysis, named, states)
        elif named.kind in ("Location", "Organization") and is_government(analysis, named):
            capital = atlas.country_of_capital(named.text)
            if capital:
                yield states.sight(named.passage, named.text, capital, "capital")
        elif named.kind == "Location" and re.search(r"[-–/]", named.text):
            yield from _pair(named, states)


def _demonyms(analysis: Analysis, named: Named, states: States) -> Iterator[Sighting]:
    hyphened = analysis.text[named.passage.end : named.passage.end + 1] in {"-", "–"}
    whole = atlas.country_of_demonym(named.text) or (_country_of_half(named.text) if hyphened else None)
    if whole:
        yield states.sight(named.passage, named.text, whole, "demonym")
        return
    if country := atlas.country_named(named.text):
        yield states.sight(named.passage, named.text, country, "exact")
        return
    yield from _pair(named, states)


def _pair(named: Named, states: States) -> Iterator[Sighting]:
    """The halves of "Russian-Chinese", "Sino-Russian", "China-Russia", if each of them names a state."""
    found = []
    for piece in re.finditer(r"[^/–-]+", named.text):
        text = piece[0].strip()
        country = _country_of_half(text)
        if country is None:
            return
        start = named.passage.start + piece.start() + len(piece[0]) - len(piece[0].lstrip())
        how = "exact" if atlas.country_named(text) else "demonym"
        found.append((Passage(start, start + len(text)), text, country, how))
    if len(found) > 1:
        for passage, text, country, how in found:
            yield states.sight(passage, text, country, how)


def _country_of_half(text: str) -> atlas.Country | None:
    prefixes: dict[str, str] = table("en", "demonyms")["prefixes"]
    if text in prefixes:
        return atlas.country(prefixes[text])
    return atlas.country_named(text) or atlas.country_of_demonym(text)


def loose_demonyms(analysis: Analysis, taken: Sequence[Passage], states: States) -> Iterator[Sighting]:
    """Demonyms and names of states that the reader left untagged, outside of every name."""
    ambiguous = words("en", "demonyms", "ambiguous.words")
    blocked = {offset for passage in taken for offset in range(passage.start, passage.end)}
    blocked |= {offset for name in analysis.names for offset in range(name.start, name.end)}
    for word in analysis.words:
        if word.start in blocked or not word.text[:1].isupper() or word.text in ambiguous:
            continue
        if word.upos not in {"ADJ", "PROPN", "NOUN"}:
            continue
        country, how = atlas.country_named(word.text), "exact"
        if country is None:
            country, how = atlas.country_of_demonym(word.text), "demonym"
        if country:
            yield states.sight(word.passage, word.text, country, how)


def is_government(analysis: Analysis, named: Named) -> bool:
    """A capital stands for its government as the subject of an act of speech or policy, or as a party to ties.

    Of two that "and" joins, the evidence for one is evidence for both ("Roma and Quito agreed").
    """
    if atlas.country_of_capital(named.text) is None:
        return False
    inside = analysis.words_in(named.passage.start, named.passage.end)
    if not inside:
        return False
    pair = _pair_of(analysis, inside)
    if pair and _between_states(analysis, pair):
        return True
    return any(_acts(analysis, word) for word in (_top(inside), *(_top([w]) for w in pair)))


def _top(row: Sequence[Word]) -> Word:
    """The word of a name that the rest of its sentence sees."""
    indices = {word.index for word in row}
    return next((word for word in row if word.head not in indices), row[0])


def _pair_of(analysis: Analysis, inside: Sequence[Word]) -> tuple[Word, ...]:
    """The words on both sides of the "and" beside a name, where both name capitals or states."""
    for step in (1, -1):
        edge = inside[-1].index if step == 1 else inside[0].index
        joined = analysis.words[edge + step : edge + step + 2] if step == 1 else analysis.words[max(0, edge - 2) : edge]
        if len(joined) < 2 or joined[0].sentence != inside[0].sentence or joined[1].sentence != inside[0].sentence:
            continue
        both, other = (joined[0], joined[1]) if step == 1 else (joined[1], joined[0])
        if both.text.lower() == "and" and (atlas.country_of_capital(other.text) or atlas.country_named(other.text)):
            return (inside[0], other) if step == 1 else (other, inside[-1])
    return ()


def _between_states(analysis: Analysis, pair: tuple[Word, ...]) -> bool:
    """ "Ties between Roma and Quito": a noun of policy stands before "between"."""
    start = pair[0].index
    before = analysis.words[max(0, start - 4) : start]
    if not before or before[-1].text.lower() != "between":
        return False
    return any(_is_listed(word, "policy.nouns") for word in before[:-1])


def _acts(analysis: Analysis, word: Word) -> bool:
    first = _first_conjunct(analysis, word)
    if first.index != word.index and not (atlas.country_of_capital(first.text) or atlas.country_named(first.text)):
        return False
    if first.head < 0:
        return False
    head = analysis.words[first.head]
    passive = any(child.relation in {"aux:pass", "nsubj:pass"} for child in analysis.children(head))
    if first.relation == "nsubj":
        return _is_policy_verb(head) and not passive
    case = next((w.text.lower() for w in analysis.children(first) if w.relation == "case"), "")
    if first.relation == "nmod:poss" or case in POSSESSIVES:
        return _is_listed(head, "policy.nouns")
    if case == "by":
        return passive and _is_policy_verb(head)
    return case in {"with", "against", "toward", "towards"} and _is_about_policy(analysis, head)


def _first_conjunct(analysis: Analysis, word: Word) -> Word:
    """The first of the words that "and" joins with this one."""
    steps = 0
    while word.relation == "conj" and word.head >= 0 and steps < 10:
        word, steps = analysis.words[word.head], steps + 1
    return word


def _is_listed(word: Word, key: str) -> bool:
    """A word is in a list by its lemma, whatever final "e" the lemma has lost, or as it stands."""
    lemma = word.lemma.lower()
    return bool({lemma, lemma + "e", word.text.lower()} & words("en", "organisations", key))


def _is_policy_verb(word: Word) -> bool:
    return word.upos == "VERB" and _is_listed(word, "policy.verbs")


def _is_about_policy(analysis: Analysis, head: Word) -> bool:
    """ "Strengthened its ties with Quito", "talks with Quito", "cooperate with Quito"."""
    if _is_listed(head, "policy.nouns") or _is_policy_verb(head):
        return True
    return any(c.relation in {"obj", "nsubj"} and _is_listed(c, "policy.nouns") for c in analysis.children(head))
