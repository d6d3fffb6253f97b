"""One name in several spellings: other alphabets, umlauts written out, joined syllables, names that came by ear.

What is coarse needs evidence: the spellings of a family name are only taken for one where the given name is on the
list of given names that are spelt in many ways (`model/given_spellings.tsv`): "Robert Kane" and "Robert Cane" stay two.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from importlib import resources

from onrecord.linking.sightings import Local
from onrecord.model.personal import PARTICLES, family_first, fold, loosen, parts_of

Spelling = tuple[str, ...]

SERVANT = re.compile(r"\babd(?:[aeuo]?[lrsznd]|[aeuo])?\s?(?:(?:al|el|ul|ur|ar)\s)?(?=[b-df-hj-np-tv-z])")
""" "Abdul Rahman", "Abdel-Rahman" and "Abdurrahman" are one name, "servant of the merciful"."""
WHOLE = frozenset({"abdullah", "abdulah", "abdallah", "abdalah", "abdulla", "abdula", "abdalla", "abdala", "abdellah"})


@cache
def _letters() -> dict[str, dict[str, str]]:
    """How letters and sounds are written: `cyrillic`, `greek`, `written_out`, `heard`."""
    found: dict[str, dict[str, str]] = tomllib.loads(
        resources.files("onrecord.model").joinpath("transliteration.toml").read_text(encoding="utf8")
    )
    return found


@cache
def _spellings() -> dict[str, str]:
    """The first spelling of its name, by each that is listed."""
    text = resources.files("onrecord.model").joinpath("given_spellings.tsv").read_text(encoding="utf8")
    lines = [line for line in text.split("\n") if line and not line.startswith("#")][1:]
    return {word: line.split()[0] for line in lines for word in line.split()}


def spelling_of(local: Local) -> Spelling:
    """The parts of a person's name as they are compared over articles."""
    return tuple(loosen(part) for part in parts_of(latin(local.party.name)))


def is_respelt(name: str) -> bool:
    """Whether a part of the name is a given name that is spelt in many ways."""
    return any(part in _spellings() for part in parts_of(latin(name)))


def latin(name: str) -> str:
    """A name in Latin letters, where it is written in Cyrillic or Greek ones."""
    return "".join(_letter(letter) for letter in name)


def _letter(letter: str) -> str:
    if letter < "\u0370":
        return letter
    for alphabet in ("cyrillic", "greek"):
        found = _letters()[alphabet].get(letter.lower())
        if found is not None:
            return found.capitalize() if letter.isupper() else found
    return letter


def written_out(name: str) -> str | None:
    """A name with its umlauts written as two letters, folded; null where it has none."""
    plain = name.lower()
    if not any(letter in plain for letter in _letters()["written_out"]):
        return None
    for letter, two in _letters()["written_out"].items():
        plain = plain.replace(letter, two)
    return fold(plain)


@lru_cache(maxsize=65536)
def heard(name: str) -> tuple[str, ...] | None:
    """What a full name sounds like, in no order where it has two parts; null where nothing says that it may be respelt.

    A given name stands under the first of its listed spellings; the rest is spelt as it is heard. A family name that
    comes first is followed by its given name in one word ("Kim Jong-hoon", "Kim Jonghoon").
    """
    parts = _whole(parts_of(latin(name)))
    if len(parts) < 2:
        return None
    listed = _spellings()
    if family_first(parts) and not any(part in listed for part in parts):
        return (parts[0], "".join(parts[1:]))
    if not any(part in listed or part.startswith("abd") for part in parts):
        return None
    found = [listed.get(part) or _sound(part) for part in parts if part not in PARTICLES]
    return tuple(sorted(found)) if len(found) == 2 else tuple(found) if len(found) > 2 else None


def _whole(parts: tuple[str, ...]) -> tuple[str, ...]:
    """The parts with "Abdul Rahman" in one, however it was cut."""
    if not any(part.startswith("abd") for part in parts) or set(parts) & WHOLE:
        return parts
    return tuple(SERVANT.sub("abd", " ".join(parts)).split())


def _sound(part: str) -> str:
    """A part of a name as it is heard: vowels that are often taken for one another are one, doubled letters single."""
    plain = part
    for written, said in _letters()["heard"].items():
        plain = plain.replace(written, said)
    plain = loosen(plain)
    plain = plain.replace("y", "i").replace("j", "i" if not plain.startswith("j") else "j").replace("e", "i")
    return re.sub(r"(.)\1", r"\1", plain.replace("o", "u"))
