"""Occasions: named and numbered forums, fairs, summits and games, state visits, anniversaries and named years.

Names are read mostly from the surface: an occasion noun, the capitalised words around it, an ordinal before it. State
visits are read as acts, so that they know whose they are and where. Where and when is for resolution.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from onrecord.extraction.events.coding import Coder
from onrecord.language.analysis import Analysis, Sentence, Word
from onrecord.language.tables import table
from onrecord.model import LocalOccasion, Passage
from onrecord.model.series import series_key

__all__ = ["extract", "ordinal_of"]

REACH = 8
"""How many words a name may reach to either side of its noun."""
DIGITS = re.compile(r"(\d{1,3})(?:st|nd|rd|th|\.)", re.IGNORECASE)
ROMAN = re.compile(r"(?=[IVXLC])(C{0,3})(XC|XL|L?X{0,3})(IX|IV|V?I{0,3})")
ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
YEAR = re.compile(r"(?:1[89]|20)\d\d")
LINKS = frozenset({"of", "between", "and", "'s", "’s", "-", "–", "their", "its"})
ACRONYM = re.compile(r"\s?\(([A-Z][A-Za-z&-]{1,9}(?:[ -]?\d{2,4})?)\)")


@dataclass(frozen=True, slots=True)
class Named:
    """A place in the text that names an occasion."""

    passage: Passage
    kind: str
    ordinal: int | None
    series: str
    acronym: str | None = None


@dataclass(frozen=True, slots=True)
class Nouns:
    """The word list, turned round: from a noun to the kind of occasion."""

    sure: dict[str, str]
    numbered: dict[str, str]
    lists: dict[str, Any]


@cache
def nouns(language: str) -> Nouns:
    lists = table(language, "occasions")

    def turned(group: str) -> dict[str, str]:
        return {word: kind for kind, words in lists[group].items() for word in words}

    return Nouns(turned("sure"), turned("numbered"), lists)


def extract(analysis: Analysis) -> Iterator[LocalOccasion]:
    """The occasions that an article names, each once, with every place that names it."""
    found = [named for sentence in analysis.sentences for named in _named(analysis, sentence)]
    found += _visits(analysis)
    groups: dict[tuple[str, str, int | None, str], list[Named]] = {}
    for named in sorted(found, key=lambda n: n.passage):
        groups.setdefault((named.kind, series_key(named.series), named.ordinal, _year(analysis, named)), []).append(
            named
        )
    for number, places in enumerate(_merged(groups), start=1):
        yield _occasion(analysis, f"#o{number}", places)


def _year(analysis: Analysis, named: Named) -> str:
    found = YEAR.search(named.passage.of(analysis.text))
    return found[0] if found else ""


def _merged(groups: dict[tuple[str, str, int | None, str], list[Named]]) -> list[list[Named]]:
    """The groups, those that give no edition joined to the only edition of their series in the article."""
    merged: dict[tuple[str, str, int | None, str], list[Named]] = {}
    for key, places in groups.items():
        others = [other for other in groups if other != key and _means(key, other)]
        merged.setdefault(others[0] if len(others) == 1 else key, []).extend(places)
    return sorted((sorted(p, key=lambda n: n.passage) for p in merged.values()), key=lambda p: p[0].passage)


def _means(key: tuple[str, str, int | None, str], other: tuple[str, str, int | None, str]) -> bool:
    """A looser name means a fuller one: without its number, or with it and some of the words of its series."""
    kind, series, ordinal, year = key
    if kind != other[0]:
        return False
    if ordinal is None:
        return series == other[1] and not (year and other[3])
    words, fuller = set(series.split()), set(other[1].split())
    return ordinal == other[2] and len(words) > 1 and words < fuller


def _occasion(analysis: Analysis, key: str, places: list[Named]) -> LocalOccasion:
    text = analysis.text
    fullest = max(places, key=lambda n: (n.ordinal is not None, len(n.passage.of(text)), -n.passage.start))
    mentions = {named.passage for named in places}
    acronym = next((n.acronym for n in places if n.acronym), None)
    for passage in _acronym_places(analysis, acronym):
        if not any(passage.meets(other) for other in mentions):
            mentions.add(passage)
    return LocalOccasion(
        key=key,
        name=" ".join(fullest.passage.of(text).split()),
        kind=fullest.kind,
        ordinal=fullest.ordinal,
        series=fullest.series or None,
        when=None,
        place_key=None,
        mentions=tuple(sorted(mentions)),
    )


def _acronym_places(analysis: Analysis, acronym: str | None) -> Iterator[Passage]:
    if acronym is not None:
        yield from (w.passage for w in analysis.words if w.text == acronym)


# ------------------------------------------------------------------ ordinals


def ordinal_of(words: list[str]) -> int | None:
    """The number that the words of one ordinal give ("12th", "XII", "twelfth", "forty", "-", "second"), or null."""
    lists = table("en", "occasions")["ordinals"]
    if len(words) > 1:
        tens = lists["tens"].get(words[0].lower())
        last = words[-1].lower()
        small = lists["words"].index(last) if last in lists["words"] else 0
        return tens + small if tens and 0 < small < 10 else None
    word = words[0]
    low = word.lower()
    digits = DIGITS.fullmatch(word)
    if digits:
        return int(digits[1])
    if low in lists["words"]:
        return int(lists["words"].index(low))
    if low in lists["inaugural"]:
        return 1
    if "-" in low:
        return ordinal_of([low.partition("-")[0], low.rpartition("-")[2]])
    return lists["round_tens"].get(low) or _roman(word)


def _roman(word: str) -> int | None:
    if not ROMAN.fullmatch(word):
        return None
    values = [ROMAN_VALUES[c] for c in word]
    return sum(-v if v < after else v for v, after in zip(values, [*values[1:], 0], strict=True))


def _ordinal_before(words: tuple[Word, ...], at: int) -> tuple[int, int] | None:
    """The ordinal that ends just before `at`, with the index of its first word."""
    if at <= 0:
        return None
    if at >= 3 and words[at - 2].text == "-":
        found = ordinal_of([words[at - 3].text, words[at - 1].text])
        if found:
            return at - 3, found
    found = ordinal_of([words[at - 1].text]) if words[at - 1].text != "C" else None
    return (at - 1, found) if found else None


# ------------------------------------------------------------------ names


def _named(analysis: Analysis, sentence: Sentence) -> Iterator[Named]:
    """The occasions named in one sentence, longest first where they meet."""
    words = analysis.words_of(sentence)
    found = []
    for at, word in enumerate(words):
        low = word.text.lower()
        named = _anniversary(analysis, words, at) if _is_anniversary(low) else None
        named = named or _years(analysis, words, at) or _by_noun(analysis, words, at)
        if named is not None:
            found.append(named)
    taken: list[Passage] = []
    for named in sorted(found, key=lambda n: (n.passage.start - n.passage.end, n.passage.start)):
        if not any(named.passage.meets(other) for other in taken):
            taken.append(named.passage)
            yield named


def _by_noun(analysis: Analysis, words: tuple[Word, ...], at: int) -> Named | None:
    """An occasion named by its noun: "XII Andean Trade Fair", "the fourth forum of river ports"."""
    known = nouns("en")
    low = words[at].text.lower()
    kind = known.sure.get(low) or known.numbered.get(low)
    if kind is None:
        return None
    capital = words[at].text[0].isupper()
    left = _left(words, at, capital)
    ordinal = _ordinal_before(words, left)
    if ordinal is None and left < at:
        inner = ordinal_of([words[left].text])
        ordinal = (left, inner) if inner else None
    right = _right(analysis, words, at, capital, ordinal is not None)
    if not _is_name(words, (left, at, right), capital, ordinal):
        return None
    first = ordinal[0] if ordinal else left
    after_ordinal = max(left, first + 1) if ordinal and ordinal[0] >= left else left
    passage = Passage(words[first].start, words[right].end)
    series = _series(analysis, Passage(words[min(after_ordinal, at)].start, passage.end))
    acronym = ACRONYM.match(analysis.text, passage.end)
    return Named(passage, kind, ordinal[1] if ordinal else None, series, acronym[1] if acronym else None)


def _series(analysis: Analysis, passage: Passage) -> str:
    return " ".join(YEAR.sub("", passage.of(analysis.text)).split())


def _is_name(
    words: tuple[Word, ...], span: tuple[int, int, int], capital: bool, ordinal: tuple[int, int] | None
) -> bool:
    """A name is a capital noun with another capital word, or an ordinal with something to tell it apart."""
    known = nouns("en")
    left, at, right = span
    low = words[at].text.lower()
    modified = any(w.text[0].isupper() or YEAR.fullmatch(w.text) for w in words[left:at] if w.text[0].isalnum())
    completed = right > at and words[right].text.lower() not in known.lists["names"]["dull"]
    if ordinal is not None:
        return (capital or low in known.lists["bare"]["words"]) and (modified or completed)
    if not capital:
        return False
    if low in known.lists["short"]["words"]:
        return True
    dated = any(YEAR.fullmatch(w.text) for w in words[left:at])
    proper = any(w.text[0].isupper() for w in words[left:at] if w.text[0].isalpha())
    if low in known.numbered:
        return dated and proper
    if low in known.lists["doubtful"]["words"] and not completed:
        return dated or sum(w.text[0].isupper() for w in words[left:at]) > 1
    return proper or (completed and words[at + 1].text.lower() in ("of", "on"))


def _left(words: tuple[Word, ...], at: int, capital: bool) -> int:
    """The index of the first word of the name's left part."""
    stop = frozenset(nouns("en").lists["names"]["stop"])
    left = at
    while left > 0 and at - left < REACH:
        word, low = words[left - 1], words[left - 1].text.lower()
        if low in ("and", "&") and left > 1 and _joins(words, left - 1):
            left -= 1
            continue
        if low in ("-", "–") and left > 1 and words[left - 1].start == words[left - 2].end:
            left -= 1
            continue
        proper = word.text[0].isupper() or YEAR.fullmatch(word.text) is not None or words[left].text in ("-", "–")
        plain = not capital and word.upos in ("ADJ", "NOUN", "PROPN")
        if low in stop or not (proper or plain) or ordinal_of([word.text]) is not None or _is_occasion_noun(low):
            break
        left -= 1
    while left < at and words[left].text in ("-", "–", "&"):
        left += 1
    return left


def _is_occasion_noun(low: str) -> bool:
    return low in nouns("en").sure


def _joins(words: tuple[Word, ...], at: int) -> bool:
    """An "and" inside a name stands between two capital words of which the left is no occasion noun."""
    before, after = words[at - 1].text, words[at + 1].text
    short = at >= 2 and words[at - 2].text.lower() in ("the", "on", "of", "for", "in")
    return before[0].isupper() and after[0].isupper() and not _is_occasion_noun(before.lower()) and not short


def _right(analysis: Analysis, words: tuple[Word, ...], at: int, capital: bool, numbered: bool) -> int:
    """The index of the last word of the name's right part: "of Nations", "on Interregional Cooperation"."""
    lists = nouns("en").lists["names"]
    right = at
    if at + 1 < len(words) and YEAR.fullmatch(words[at + 1].text):
        right = at + 1
    if at + 2 >= len(words) or words[at + 1].text.lower() not in lists["after"]:
        return right
    if any(name.kind == "Date" and name.passage.holds(words[at + 2].passage) for name in analysis.names):
        return right
    last = at
    for index in range(at + 2, min(at + 2 + REACH, len(words))):
        word = words[index]
        if word.text[0].isupper() or (word.text == "-" and last == index - 1):
            last = index
        elif word.text.lower() not in lists["inside"] and words[index - 1].text != "-":
            break
        elif words[index - 1].text == "-":
            last = index
    if last > at + 1:
        return last
    return _plain_right(analysis, words, at) if numbered and not capital else right


def _plain_right(analysis: Analysis, words: tuple[Word, ...], at: int) -> int:
    """The end of a complement in small letters: "of inter-regional cooperation"."""
    last = at
    for index in range(at + 2, min(at + 2 + REACH, len(words))):
        if words[index].upos not in ("ADJ", "NOUN", "PROPN", "DET") and words[index].text not in ("-", "–"):
            break
        last = index
    return last if last > at + 1 else at


# ------------------------------------------------------------------ anniversaries and named years


def _is_anniversary(low: str) -> bool:
    lists = nouns("en").lists["anniversary"]
    return low in lists["words"] or low in lists["counted"]


def _anniversary(analysis: Analysis, words: tuple[Word, ...], at: int) -> Named | None:
    """ "The 75th anniversary of the founding of ...": numbered, and of something."""
    counted = nouns("en").lists["anniversary"]["counted"].get(words[at].text.lower(), 0)
    before = _ordinal_before(words, at)
    number = before[1] if before else counted
    if not number or at + 2 >= len(words) or words[at + 1].text.lower() != "of":
        return None
    last = _phrase_end(words, at + 2)
    if last < at + 2:
        return None
    passage = Passage(words[before[0] if before else at].start, words[last].end)
    return Named(passage, "anniversary", number, _series(analysis, Passage(words[at].start, words[last].end)))


def _phrase_end(words: tuple[Word, ...], first: int) -> int:
    """The index of the last word of a noun phrase with "of" and "between" in it, read from the surface."""
    last = first - 1
    for index in range(first, min(first + 2 * REACH, len(words))):
        word, low = words[index], words[index].text.lower()
        joins = low != "and" or (index + 1 < len(words) and words[index + 1].upos in ("PROPN", "ADJ", "NOUN"))
        if word.upos in ("NOUN", "PROPN"):
            last = index
        elif word.upos not in ("ADJ", "DET", "NUM") and not (low in LINKS and joins):
            break
    return last


def _years(analysis: Analysis, words: tuple[Word, ...], at: int) -> Named | None:
    """ "The cross years of ...", "the International Year of Rivers"."""
    lists = nouns("en").lists["year"]
    if words[at].text.lower() not in lists["words"] or at + 2 >= len(words) or words[at + 1].text.lower() != "of":
        return None
    before = words[at - 1].text.lower() if at else ""
    named = before in lists["before"]
    if not named and not (words[at].text[0].isupper() and words[at + 2].text[0].isupper()):
        return None
    last = _year_end(words, at + 2)
    if last < at + 2:
        return None
    first = at - 1 if named else at
    passage = Passage(words[first].start, words[last].end)
    return Named(passage, "year", None, _series(analysis, passage))


def _year_end(words: tuple[Word, ...], first: int) -> int:
    last = first - 1
    for index in range(first, min(first + REACH + 2, len(words))):
        word = words[index]
        if word.upos in ("NOUN", "PROPN"):
            last = index
        elif word.upos != "ADJ" and word.text not in ("-", "–", ",", "and", "the", "of", "&"):
            break
    return last


# ------------------------------------------------------------------ visits


def _visits(analysis: Analysis) -> list[Named]:
    """State, official and working visits with a visitor and a place."""
    lists = nouns("en").lists["visit"]
    found = []
    for reading in Coder(analysis).readings():
        if reading.act.mode != "visit" or not reading.recipients:
            continue
        words = analysis.words_in(reading.trigger.start, reading.trigger.end)
        noun = next((w for w in reversed(words) if w.text.lower() in lists["words"]), None)
        before = [analysis.words[i] for i in range(max(0, noun.index - 2), noun.index)] if noun else []
        kinds = [lists["kinds"][w.text.lower()] for w in before if w.text.lower() in lists["kinds"]]
        if noun is None or not kinds or reading.status == "denied":
            continue
        who, where = reading.actors[0].passage.of(analysis.text), reading.recipients[0].passage.of(analysis.text)
        start = next(w.start for w in before if w.text.lower() in lists["kinds"])
        series = f"{analysis.text[start : noun.end]} of {who} to {where}"
        found.append(Named(Passage(start, noun.end), kinds[0], None, series))
    return [_whole_visit(analysis, named) for named in found]


def _whole_visit(analysis: Analysis, named: Named) -> Named:
    """A visit whose words stand together ("state visit of President X to Y") is named by all of them."""
    who, _, where = named.series.partition(" of ")[2].rpartition(" to ")
    end = named.passage.end
    rest = analysis.text[end : end + 120]
    for words in (f" of {who} to {where}", f" by {who} to {where}", f" to {where}"):
        if rest.startswith(words):
            return replace(named, passage=Passage(named.passage.start, end + len(words)))
    return named
