"""Words as people type them, compared without case and accents; whether an index of words can find them at all."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

WORD = re.compile(r"\w+", re.UNICODE)

WRITTEN_WITHOUT_SPACES = re.compile(
    "[\u0e00-\u0eff\u0f00-\u0fff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003ffff]"
)
"""Thai, Lao, Tibetan, Burmese, Khmer, Japanese and Chinese: an index that cuts words at spaces cannot find theirs."""


@lru_cache(maxsize=4096)
def folded(words: str) -> str:
    """Words without case and accents: "Łódź" stays with its stroke, "Orbán" becomes "orban"."""
    apart = unicodedata.normalize("NFKD", words.casefold())
    return "".join(mark for mark in apart if not unicodedata.combining(mark))


def word_list(words: str) -> list[str]:
    """The words of a text, folded."""
    return WORD.findall(folded(words))


def holds_words(text: str, wanted: str) -> bool:
    """Every wanted word begins a word of the text, whatever the order: "tariff" is in "Tariffs on steel"."""
    there = word_list(text)
    return all(_holds(there, text, word) for word in word_list(wanted))


def names(name: str, wanted: str) -> bool:
    """Every wanted word is a word of the name: "varga" names "Ilse Varga", and "var" does not."""
    there = set(word_list(name))
    return all(
        word in folded(name) if WRITTEN_WITHOUT_SPACES.search(word) else word in there for word in word_list(wanted)
    )


def _holds(there: list[str], text: str, word: str) -> bool:
    if WRITTEN_WITHOUT_SPACES.search(word):
        return word in folded(text)
    return any(each.startswith(word) for each in there)
