"""Page contexts drawn by templates: everything escaped, nothing undefined, unseen characters made visible."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from onrecord import __version__
from onrecord.model import spoken
from onrecord.web import wording
from onrecord.web.context import Page, To
from onrecord.web.places import Places

HERE = Path(__file__).parent
TEMPLATES = HERE / "templates"
STATIC = HERE / "static"

STEERING = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\u200b\u2060]")
"""Control characters, marks that turn the direction of writing, and letters without width: they could fake words."""

CONTROL_PICTURES = 0x2400


@dataclass(frozen=True, slots=True)
class Room:
    """What all pages of one room share: the record's name and counts, and what may be done.

    `as_of` is the day on which promises are due or overdue, ISO 8601. `token` is what a form must send to write; empty
    where nothing can be written.
    """

    record: str
    counts: Mapping[str, int]
    as_of: str
    read_only: bool = True
    full_text: bool = True
    token: str = ""
    version: str = __version__
    nav: tuple[tuple[str, str], ...] = field(
        default=(
            ("stories", "Stories"),
            ("comparisons", "Comparisons"),
            ("statements", "Statements"),
            ("events", "Events"),
            ("figures", "Figures"),
            ("parties", "Parties"),
            ("articles", "Articles"),
            ("commitments", "Promises"),
            ("occasions", "Occasions"),
        )
    )


def draw(page: Page, room: Room, places: Places, judging: Any = None) -> str:
    """The HTML of a page; `judging` is what can be said of its row, null where nothing can."""
    template = environment().get_template(type(page).template)
    return template.render(page=page, room=room, places=places, judging=judging)


@cache
def environment() -> Environment:
    """The templates, compiled once."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=seen,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(
        count_words=wording.count_words,
        sure_words=wording.sure_words,
        plain_word=wording.plain_word,
        day_words=spoken.day_words,
    )
    made.filters["web"] = web_address
    return made


def seen(value: Any) -> Any:
    """A value as a page shows it: what cannot be seen, and would steer what is seen, is named instead."""
    if isinstance(value, Markup) or not isinstance(value, str):
        return "" if value is None else value
    return STEERING.sub(_named, value)


def _named(found: re.Match[str]) -> str:
    code = ord(found[0])
    if code < 0x20:
        return chr(CONTROL_PICTURES + code)
    return f"[U+{code:04X}]"


def web_address(url: str | None) -> str:
    """An address that a page may link to: http or https, else nothing."""
    return url if url and re.match(r"https?://", url, re.IGNORECASE) else ""


def address(to: To, places: Places) -> str:
    """Where a link leads."""
    return places.page(to.kind, to.id, to.anchor)
