"""What page contexts are made of: links, names, quoted words, entries. Frozen, so that a template only draws them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from onrecord.web.marking import Piece


@dataclass(frozen=True, slots=True)
class To:
    """A link to the page of one row, with its words; `anchor` is a place in the page."""

    kind: str
    id: str
    words: str
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Name:
    """A party by name or, where it is not known who is meant, the text's own words without a link."""

    words: str
    to: To | None = None


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of an article with the marks of one entry; `to` opens the article at these words.

    `cut_before` and `cut_after` tell that the sentence goes on.
    """

    pieces: tuple[Piece, ...]
    to: To
    outlet: str
    day: str
    cut_before: bool = False
    cut_after: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry as lists and cards show it: who, does what, to whom, how much, when, in which words.

    `words` are a statement's own, shortened, for its title; its quotation shows them whole.
    """

    kind: str
    id: str
    who: tuple[Name, ...]
    verb: str
    whom: tuple[Name, ...]
    value: str
    note: str
    day: str
    quote: Quote | None
    confidence: float | None
    words: str = ""

    @property
    def to(self) -> To:
        return To(self.kind, self.id, self.title)

    @property
    def title(self) -> str:
        """The entry in one line, for headings and for people who cannot see marks."""
        who = ", ".join(name.words for name in self.who)
        whom = ", ".join(name.words for name in self.whom)
        parts = (who, self.verb, whom, self.value)
        said = " ".join(part for part in parts if part) or self.kind
        if self.kind == "commitment" and who:
            said = f"{who}: {self.value}"
        if self.kind == "occasion":
            said = self.value
        return f"{said}: “{self.words}”" if self.words else said


@dataclass(frozen=True, slots=True)
class Value:
    """A value of a fact: words, with a link where they name a row that has a page."""

    words: str
    to: To | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing known of an entry: a label, its values, and how they are known."""

    label: str
    values: tuple[Value, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """What every page has. A page's template is drawn with the page as `page`, and with nothing else of its own."""

    template: ClassVar[str] = ""
    title: str
