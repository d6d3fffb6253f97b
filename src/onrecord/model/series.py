"""One key for the spellings of a series of occasions: "Andean Trade Fair", "Andes Trade Fair", "ANDEAN TRADE-FAIR"."""

from __future__ import annotations

import re

from onrecord.model import atlas

SMALL = frozenset({"the", "a", "an", "of", "on", "for", "in", "and", "to", "at", "&", "annual", "s"})
SINO = {"sino": "CHN", "russo": "RUS", "franco": "FRA", "anglo": "GBR", "indo": "IND", "greco": "GRC", "turko": "TUR"}
"""First halves of pairs of countries that no table of demonyms holds."""
ENDINGS = (("isation", "ization"), ("ise", "ize"), ("our", "or"), ("tre", "ter"))
YEAR = re.compile(r"(?:1[89]|20)\d\d")
WORD = re.compile(r"[\w&]+(?:[-'’.‐‑][\w]+)*")
BRACKETS = re.compile(r"\([^()]{0,40}\)")


def series_key(name: str) -> str:
    """The words of a series' name that tell it from others, folded and sorted; empty where none is left.

    Articles and prepositions, case, hyphens, bracketed initials and years are left out, a country and its demonym are
    one word, and so are a region and its adjective ("Andes", "Andean").
    """
    words: list[str] = []
    for word in WORD.findall(BRACKETS.sub(" ", name)):
        words.extend(_folded(word))
    return " ".join(sorted(words))


def _folded(word: str) -> list[str]:
    plain = re.sub(r"['’]s?$", "", word)
    whole = _country(plain)
    if whole is not None:
        return [whole]
    halves = re.split(r"[-‐‑]", plain)
    countries = [_country(half) for half in halves]
    if len(halves) > 1 and any(countries):
        return [found or _stem(half) for found, half in zip(countries, halves, strict=True) if half]
    low = plain.lower().replace(".", "")
    joined = re.sub(r"[-‐‑]", "", low)
    return [] if joined in SMALL or YEAR.fullmatch(joined) else [_stem(joined)]


def _country(word: str) -> str | None:
    found = atlas.country_named(word) or atlas.country_of_demonym(word)
    if found is None and word.isupper() and len(word) > 3:
        found = atlas.country_named(word.title()) or atlas.country_of_demonym(word.title())
    return found.code if found is not None else SINO.get(word.lower())


def _stem(word: str) -> str:
    """A word without the endings that tell a region from its adjective, and a plural from its singular."""
    low = word.lower()
    for ending, other in ENDINGS:
        if low.endswith(ending):
            low = low[: -len(ending)] + other
    if len(low) <= 4:
        return low
    low = low.removesuffix("an") if low.endswith("an") else low.removesuffix("s")
    stripped = low.rstrip("aeiou")
    return stripped if len(stripped) >= 3 else low
