"""Plain text: the article's text is the decoded file, unchanged."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.model import Article
from onrecord.reading.assembly import Draft, article_of
from onrecord.reading.document import Document
from onrecord.reading.encodings import Decoded, decode
from onrecord.reading.layout import lay_out

SUFFIXES = (".txt", ".text", ".md", ".markdown", ".asc")


def sniff(start: bytes) -> bool:
    """Anything may be plain text: the last format that is asked."""
    return True


def read(document: Document) -> Iterator[Article]:
    """The one article of a text file; UnreadableInputError where its bytes are no text."""
    decoded = decode(document.data)
    yield article_of(
        Draft(
            raw=document.data,
            place=document.place,
            text=decoded.text,
            format=described("text", decoded),
            layout=lay_out(decoded.text),
            told=document.told,
        )
    )


def described(name: str, decoded: Decoded) -> str:
    """The format's name, with the encoding where it is not UTF-8 (`text; charset=windows-1251`)."""
    return name if decoded.encoding == "utf-8" else f"{name}; charset={decoded.encoding}"
