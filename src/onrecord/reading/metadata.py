"""What is said about an article outside its text: in a sidecar, in a page's head, in a row of JSON Lines."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from typing import Any

from onrecord.model import UnreadableInputError, When
from onrecord.reading.dates import metadata_date

KEYS = ("published", "modified", "url", "outlet", "title", "authors", "language")


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is said about an article; null where nothing is said."""

    published: When | None = None
    modified: When | None = None
    url: str | None = None
    outlet: str | None = None
    title: str | None = None
    authors: tuple[str, ...] = ()
    language: str | None = None

    def over(self, other: Metadata) -> Metadata:
        """This metadata, with the other's where this says nothing."""
        return Metadata(*((getattr(self, f.name) or getattr(other, f.name)) for f in fields(self)))


NOTHING = Metadata()


def sidecar(data: bytes, name: str) -> Metadata:
    """The metadata of a sidecar file; keys that it does not know are left alone.

    UnreadableInputError `broken sidecar`, naming what is wrong, where it is not JSON or a value is not what it must be.
    """
    try:
        found = json.loads(data.decode("utf-8-sig"))
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        raise broken(name, f"is not JSON: {error}") from error
    if not isinstance(found, dict):
        raise broken(name, "must be an object with any of the keys " + ", ".join(KEYS))
    try:
        return stated(found)
    except ValueError as error:
        raise broken(name, str(error)) from error


def broken(name: str, what: str) -> UnreadableInputError:
    return UnreadableInputError("broken sidecar", f"the sidecar {name} {what}; mend it or take it away")


def stated(found: Mapping[str, Any]) -> Metadata:
    """The metadata of an object with the sidecar's keys; ValueError names a key whose value cannot be used."""
    return Metadata(
        published=_date(found, "published"),
        modified=_date(found, "modified"),
        url=_words(found, "url"),
        outlet=_words(found, "outlet"),
        title=_words(found, "title"),
        authors=_names(found.get("authors")),
        language=_language(_words(found, "language")),
    )


def _date(found: Mapping[str, Any], key: str) -> When | None:
    value = found.get(key)
    if value in (None, ""):
        return None
    when = metadata_date(str(value)) if isinstance(value, str | int) and not isinstance(value, bool) else None
    if when is None:
        raise ValueError(f"has under {key!r} no date that can be read: {value!r} (write it as 2024-05-17)")
    return when


def _words(found: Mapping[str, Any], key: str) -> str | None:
    value = found.get(key)
    if value is None:
        return None
    if not isinstance(value, str):
        raise ValueError(f"has under {key!r} something other than a string")
    return clean(value)


def _names(value: object) -> tuple[str, ...]:
    if value is None:
        return ()
    listed = [value] if isinstance(value, str) else value
    if not isinstance(listed, list) or not all(isinstance(name, str) for name in listed):
        raise ValueError("has under 'authors' something other than a list of strings")
    return distinct(name for name in map(clean, listed) if name)


def _language(value: str | None) -> str | None:
    """The ISO 639-1 code of a language tag ("en-GB" is "en")."""
    if value is None:
        return None
    code = value.replace("_", "-").split("-")[0].lower()
    return code if 2 <= len(code) <= 3 and code.isalpha() else None


def clean(value: str) -> str | None:
    """A string with its white space evened out, or null where nothing is left."""
    return " ".join(value.split()) or None


def distinct(names: Iterable[str | None]) -> tuple[str, ...]:
    """The names, each once, in order of first appearance."""
    return tuple(dict.fromkeys(name for name in names if name))
