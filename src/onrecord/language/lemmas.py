"""The dictionary form of an English word, by its part of speech: exceptions from a list, the rest by rule."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from typing import Any

from onrecord.language.tables import table

VOWELS = frozenset("aeiou")
DOUBLED = frozenset("bdgmnprt")
SIBILANT_ENDS = ("sses", "xes", "ches", "shes", "zzes")


class Lemmatiser:
    """Lemmas as Universal Dependencies give them: lower case but for proper nouns, "not" for "n't"."""

    def __init__(self, language: str = "en") -> None:
        lists: dict[str, Any] = table(language, "lemmas")
        self._exceptions: dict[str, dict[str, str]] = lists["exceptions"]
        self._clitics: dict[str, dict[str, str]] = defaultdict(dict)
        for clitic, by_tag in lists["clitics"].items():
            for tag, lemma in by_tag.items():
                self._clitics[tag][clitic] = lemma
        self._rules = {name: frozenset(values) for name, values in lists["rules"].items()}
        self._peoples = tuple(lists["rules"]["peoples_end_in"])
        self._always_e = tuple(lists["rules"]["ends_always_needing_e"])

    def lemma(self, word: str, upos: str, relation: str = "", is_first: bool = False) -> str:
        """The lemma of `word` with the UD part of speech and relation; `is_first` where its capital is a sentence's."""
        low = word.lower().replace("’", "'")
        if upos in self._clitics and (found := self._clitics[upos].get(low)) is not None:
            return found
        if low == "her" and upos == "PRON":
            return "her" if relation == "nmod:poss" else "she"
        if upos == "PROPN":
            return word[:-1] if word.istitle() and word.endswith(self._peoples) else word
        if upos in ("PUNCT", "SYM", "X") or (upos == "NUM" and not word.isalpha()):
            return word
        if upos in self._exceptions and (found := self._exceptions[upos].get(low)) is not None:
            return found
        if upos == "NOUN":
            return self._noun(word if word.isupper() or word[:-1].isupper() else low)
        if upos in ("VERB", "AUX"):
            return self._verb(low)
        if upos in ("ADJ", "ADV"):
            return self._compared(word if upos == "ADJ" and word.istitle() and not is_first else low)
        return low

    def _noun(self, word: str) -> str:
        if word.isupper() and len(word) > 1:
            return word  # an abbreviation: "TV", "CEO"
        if not word.endswith("s") or len(word) < 3 or word in self._rules["nouns_in_s"]:
            return self._men(word)
        if word.endswith(("ss", "us", "is", "'s")) or word[-2].isdigit():
            return word
        if word.endswith("uses") and word[:-2] in self._rules["nouns_in_us"]:
            return word[:-2]
        return _without_s(word)

    def _men(self, word: str) -> str:
        return word[:-3] + "man" if word.endswith("men") and word.endswith(("smen", "women", "rmen", "tmen")) else word

    def _verb(self, word: str) -> str:
        if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3:
            return _without_s(word)
        if word.endswith("ied") and len(word) > 4:
            return word[:-3] + "y"
        if word.endswith("ed") and not word.endswith("eed") and len(word) > 4:
            return self._stem(word[:-2])
        if word.endswith("ing") and len(word) > 4 and any(c in "aeiouy" for c in word[:-3]):
            return self._stem(word[:-3])
        return word

    def _stem(self, stem: str) -> str:
        """The verb whose -ed or -ing form leaves `stem`: "stopp" is stop, "hop" is hope, "call" is call."""
        rules = self._rules
        if stem in rules["stems_needing_e"]:
            return stem + "e"
        if stem in rules["stems_without_e"] or stem in rules["double_end"]:
            return stem
        last = stem[-1]
        if len(stem) > 3 and last == stem[-2]:
            if last in DOUBLED or (last == "l" and _syllables(stem) > 1):
                return stem[:-1]
            return stem
        if stem.endswith(self._always_e):
            return stem + "e"
        before = stem[-3:-2]
        open_syllable = not before or before not in VOWELS or (before == "u" and stem[-4:-3] in ("q", "g"))
        if stem[-2:] in rules["ends_needing_e"] and open_syllable:
            return stem if stem.endswith(("op", "ip", "up")) and _syllables(stem) > 1 else stem + "e"
        return stem

    def _compared(self, word: str) -> str:
        comparable = self._rules["comparable"]
        for ending in ("est", "er"):
            stem = word.removesuffix(ending)
            if stem == word or len(stem) < 2:
                continue
            for candidate in (stem + "e", stem, stem[:-1] + "y" if stem.endswith("i") else "", stem[:-1]):
                if candidate in comparable:
                    return candidate
        return word


def _without_s(word: str) -> str:
    """A plural noun or a verb's third person without its ending."""
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(SIBILANT_ENDS) or (word.endswith("oes") and len(word) > 4):
        return word[:-2]
    return word[:-1]


def _syllables(stem: str) -> int:
    """The number of vowel groups."""
    return sum(
        char in VOWELS and (index == 0 or stem[index - 1] not in VOWELS)
        for index, char in enumerate(stem)
        if not (char == "u" and stem[index - 1 : index] == "q")
    )


@cache
def lemmatiser(language: str = "en") -> Lemmatiser:
    """The lemmatiser of a language, made once."""
    return Lemmatiser(language)
