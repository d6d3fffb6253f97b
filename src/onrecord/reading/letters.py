"""How plausible the letters beyond ASCII are that a windows code page gives: the tie-break between code pages."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from onrecord.language.tables import table

SAMPLE = 50_000
"""So many characters decide; a longer text says nothing new."""

_RUN = re.compile(r"[^\x00-\x7f\u2010-\u2026\u20ac\u2122\xa0\xa9\xab\xae\xb0\xb1\xb7\xbb\xa3\xa7]+")
"""Characters beyond ASCII but for the signs that all code pages of the family share."""


def plausibility(text: str, encoding: str) -> float:
    """Points per run of letters beyond ASCII: above nought where they look like words of a language of the code page.

    A run earns by the language's letters and loses by others, by signs in words and by capitals after small letters.
    """
    runs = [
        (found.group(), text[found.start() - 1 : found.start()], text[found.end() : found.end() + 1])
        for found in _RUN.finditer(text, 0, SAMPLE)
    ]
    if not runs:
        return 0.0
    return max(sum(_run_points(*run, letters) for run in runs) for letters in _languages(encoding)) / len(runs)


def _run_points(run: str, before: str, after: str, letters: frozenset[str]) -> float:
    in_word = before.isalpha() or after.isalpha() or len(run) > 1
    points, previous = 0.0, before
    for character in run:
        if character.isalpha():
            points += 1.0 if character.lower() in letters else -0.5
            if character.isupper() and previous.islower():
                points -= 2.0
            if previous.isalpha() and _script(previous) != _script(character):
                points -= 2.0
        elif in_word:
            points -= 2.0
        previous = character
    if after.isalpha() and previous.isalpha() and _script(previous) != _script(after):
        points -= 2.0
    return points / len(run)


@cache
def _script(character: str) -> str:
    return unicodedata.name(character, "").split(" ", 1)[0]


@cache
def _languages(encoding: str) -> tuple[frozenset[str], ...]:
    listed: list[str] = table("en", "encodings")["letters"][encoding]
    return tuple(frozenset(letters) for letters in listed)
