"""Word lists of a language, read from its folder's TOML files."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Any

from onrecord.model import OnRecordError


@cache
def table(language: str, name: str) -> dict[str, Any]:
    """The TOML file `language/<language>/<name>.toml` as a dict; the same object each time: treat it as read-only."""
    file = resources.files("onrecord.language").joinpath(language, f"{name}.toml")
    if not file.is_file():
        raise OnRecordError(f"language: there is no word list {name!r} for the language {language!r}")
    return tomllib.loads(file.read_text(encoding="utf8"))


@cache
def words(language: str, name: str, key: str) -> frozenset[str]:
    """One list of a word file as a set; `key` is a dotted path ("months.short")."""
    found: Any = table(language, name)
    for step in key.split("."):
        found = found[step]
    return frozenset(found)
