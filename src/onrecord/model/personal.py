"""How names of persons are made: their parts, which part is the family name, what a given name tells of gender.

Names are compared folded: lower case, without diacritics and apostrophes, hyphens as spaces.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from importlib import resources
from typing import Literal

Gender = Literal["male", "female", "unknown"]
APOSTROPHES = re.compile(r"[’'ʻʼ`´‘ʹ]")
LETTERS = str.maketrans({"ł": "l", "đ": "d", "ø": "o", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i", "ð": "d", "þ": "th"})
PARTICLES = frozenset(
    [
        "al", "el", "bin", "ibn", "bint", "abu", "abou", "ben", "van", "von", "der", "den", "de", "del", "della", "di",
        "da", "do", "dos", "das", "du", "la", "le", "ter", "ten", "san", "santa", "st", "af", "zu", "zur", "ould",
    ]
)  # fmt: skip
"""Words that bind a family name together ("van der Berg", "bin Rashid")."""
SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})
SUFFIX = re.compile(r"[\s,]+(jr|junior|sr|senior|ii|iii|iv)\.?$", re.IGNORECASE)
WRITTEN_OUT = {"junior": "jr", "senior": "sr"}


@lru_cache(maxsize=8192)
def fold(text: str) -> str:
    """A name as it is compared: lower case, no diacritics, no apostrophes, hyphens as spaces, single spaces."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold()).translate(LETTERS)
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    return " ".join(APOSTROPHES.sub("", plain).replace("-", " ").replace("‑", " ").split())


def loosen(part: str) -> str:
    """A folded part of a name with the commonest differences of transliteration undone ("Yevgeny", "Evgeniy").

    Doubled letters are one; "ou" is "u", "ph" "f", "ck" "k"; "y" before "e" falls, and final "iy", "ii", "ij" are "y".
    """
    plain = re.sub(r"(.)\1", r"\1", part)
    plain = re.sub(r"(?:iy|ii|ij|yy|yi|i)$", "y", plain)
    for written, read in (("ou", "u"), ("ph", "f"), ("ck", "k"), ("ye", "e"), ("io", "yo")):
        plain = plain.replace(written, read)
    return plain


def parts_of(name: str) -> tuple[str, ...]:
    """The folded parts of a name, without "Jr."; initials stand alone ("A.Yu. Roe" is a, yu, roe)."""
    parts = [part.strip(',()"“”') for part in fold(name.replace(".", ". ")).split()]
    kept = [part.rstrip(".") for part in parts if part.strip(".")]
    while len(kept) > 1 and kept[-1] in SUFFIXES:
        kept.pop()
    return tuple(kept)


def _rows(file: str) -> list[tuple[str, ...]]:
    text = resources.files("onrecord.model").joinpath(file).read_text(encoding="utf8")
    lines = [line for line in text.split("\n") if line and not line.startswith("#")]
    return [tuple(line.split("\t")) for line in lines[1:]]


@cache
def given_names() -> dict[str, Gender]:
    """The gender that each listed given name (folded) tells; unknown where women and men have it."""
    genders: dict[str, Gender] = {"male": "male", "female": "female", "both": "unknown"}
    return {fold(row[0]): genders[row[1]] for row in _rows("given_names.tsv")}


@cache
def family_names() -> frozenset[str]:
    """Folded family names that come before the given name."""
    return frozenset(fold(row[0]) for row in _rows("family_names.tsv"))


@cache
def _before_common_names() -> frozenset[str]:
    """Family names after which a given name may be one that other languages put first ("Kovács Anna")."""
    return frozenset(fold(row[0]) for row in _rows("family_names.tsv") if row[1:] == ("hu",))


def family_first(parts: tuple[str, ...]) -> bool:
    """A name of two or three parts begins with a family name of the family-first languages.

    No given name of other languages may stand in it ("Bo Peters", "Kim Anna Roe"), but for Hungarian.
    """
    if not 2 <= len(parts) <= 3 or parts[0] not in family_names() or parts[0] in given_names():
        return False
    return parts[0] in _before_common_names() or not (set(parts) & given_names().keys())


def surname_of(parts: tuple[str, ...]) -> tuple[str, ...]:
    """The family name: the first part where it comes first, else the last with the particles before it."""
    if len(parts) < 2:
        return parts
    if family_first(parts):
        return parts[:1]
    at = len(parts) - 1
    while at > 1 and parts[at - 1] in PARTICLES:
        at -= 1
    return parts[at:]


def patronymic(parts: tuple[str, ...]) -> bool:
    """The last part is the father's name: "bin Rashid" is never called "Rashid"."""
    return len(parts) > 1 and parts[-2] in {"bin", "ibn", "bint"}


def gender_of(parts: tuple[str, ...]) -> Gender:
    """What a full name's given name tells of gender; unknown for one part, and where the family name comes first."""
    if len(parts) < 2 or family_first(parts):
        return "unknown"
    return given_names().get(parts[0], "unknown")


def contained(short: tuple[str, ...], full: tuple[str, ...]) -> bool:
    """All parts of the shorter stand in the longer in order, and they begin or end alike."""
    rest = iter(full)
    return all(part in rest for part in short) and (short[-1] == full[-1] or short[0] == full[0])


def initials_agree(left: tuple[str, ...], right: tuple[str, ...]) -> bool:
    """One last part, and the first parts agree as far as they are spelt out ("j roe", "jane roe")."""
    if len(left) < 2 or len(right) < 2 or left[-1] != right[-1]:
        return False
    short, long = sorted((left[0], right[0]), key=len)
    return len(short) <= 2 and long.startswith(short)


def suffix_of(name: str) -> str | None:
    """What tells a father from a son of one name: `jr`, `sr`, `ii`, `iii`, `iv`; null where nothing does."""
    found = SUFFIX.search(name)
    return WRITTEN_OUT.get(found[1].lower(), found[1].lower()) if found else None
