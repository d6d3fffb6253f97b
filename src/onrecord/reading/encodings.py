"""Bytes become text, in the encoding that they are in; text in no encoding that fits is refused, never patched up."""

from __future__ import annotations

import re
from dataclasses import dataclass

from onrecord.model import UnreadableInputError
from onrecord.reading.letters import plausibility

BYTE_ORDER_MARKS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
WINDOWS = ("windows-1252", "windows-1251", "windows-1250", "windows-1253", "windows-1254", "windows-1257")
"""In order of preference where the bytes do not decide (quotation marks and dashes are the same in all of them)."""

_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f-\x84\x86-\x9f￾￿]")
_SEQUENCE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_HIGH = re.compile(rb"[\x80-\xff]")
_MAGIC = (
    (b"%PDF-", "a PDF document"), (b"PK\x03\x04", "a zip archive or office document"), (b"\x1f\x8b", "a gzip archive"),
    (b"\x89PNG", "a PNG image"), (b"\xff\xd8\xff", "a JPEG image"), (b"GIF8", "a GIF image"),
    (b"\xd0\xcf\x11\xe0", "an old office document"), (b"{\\rtf", "an RTF document"), (b"SQLite format 3", "a database"),
)  # fmt: skip

CONTROL_SHARE = 0.005
"""Text of more control characters than this is binary: printed text has none, and a stray one in a page is common."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text and the encoding that it was in; `text` is the bytes decoded and nothing else, without a byte-order mark."""

    text: str
    encoding: str


def decode(data: bytes, stated: str | None = None) -> Decoded:
    """The text of `data`: by its byte-order mark, else as `stated` says, else as UTF-8, UTF-16 or windows-125x.

    UnreadableInputError: `empty`, `binary` or `undecodable`.
    """
    if not data.strip():
        raise UnreadableInputError("empty", "the input has no text")
    for mark, encoding in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _strictly(data[len(mark) :], encoding, "its byte-order mark says")
    for magic, what in _MAGIC:
        if data.startswith(magic):
            raise UnreadableInputError("binary", f"the input is {what}, not text; turn it into text or HTML first")
    wide = _wide(data)
    if wide is not None:
        return _strictly(data, wide, "its pattern of zero bytes says")
    if b"\x00" in data:
        raise UnreadableInputError("binary", "the input holds zero bytes, so it is no text; turn it into text first")
    return _narrow(data, stated)


def _strictly(data: bytes, encoding: str, because: str) -> Decoded:
    try:
        return _checked(data.decode(encoding), encoding)
    except UnicodeDecodeError as error:
        raise UnreadableInputError(
            "undecodable", f"{because} {encoding}, but byte {error.start} breaks it; save the file anew in UTF-8"
        ) from error


def _narrow(data: bytes, stated: str | None) -> Decoded:
    """Text of one byte per ASCII letter."""
    utf8_error: UnicodeDecodeError
    try:
        return _checked(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as error:
        utf8_error = error
    if stated is not None and (named := _as_stated(data, stated)) is not None:
        return named
    if _mostly_utf8(data):
        raise UnreadableInputError(
            "undecodable",
            f"the input is UTF-8 but for byte {utf8_error.start}, where it is broken; save the file anew in UTF-8",
        )
    return _windows(data)


def _as_stated(data: bytes, stated: str) -> Decoded | None:
    """The text as a page's own charset gives it, or null where the name is unknown or the bytes break it."""
    name = stated.strip().lower()
    # The web's rule: pages that say Latin-1 or ASCII are read as windows-1252.
    name = "windows-1252" if name in {"iso-8859-1", "latin1", "latin-1", "ascii", "us-ascii"} else name
    try:
        text = data.decode(name)
    except (UnicodeDecodeError, LookupError):
        return None
    return None if _CONTROL.search(text) else Decoded(text, name)


def _windows(data: bytes) -> Decoded:
    """The windows code page whose letters make the most plausible words; ties go to the first of `WINDOWS`."""
    best: tuple[float, str, str] | None = None
    for name in WINDOWS:
        try:
            text = data.decode(name)
        except UnicodeDecodeError:
            continue
        if _control_share(text) > 0:
            continue
        score = plausibility(text, name)
        if best is None or score > best[0]:
            best = (score, text, name)
    if best is None:
        reason = "binary" if _control_share(data.decode("latin-1")) > CONTROL_SHARE else "undecodable"
        raise UnreadableInputError(
            reason, "the input is in none of UTF-8, UTF-16 and windows-125x; save the file anew in UTF-8"
        )
    if best[0] < 0:
        raise UnreadableInputError(
            "undecodable", "no encoding makes words of the input's bytes; save the file anew in UTF-8"
        )
    return _checked(best[1], best[2])


def _checked(text: str, encoding: str) -> Decoded:
    if all(character.isspace() or character in "\ufeff\x00" for character in text):
        raise UnreadableInputError("empty", "the input has no text")
    if "\x00" in text or _control_share(text) > CONTROL_SHARE:
        raise UnreadableInputError("binary", "the input is full of control characters, so it is no text")
    return Decoded(text.removeprefix("\ufeff"), encoding)


def _control_share(text: str) -> float:
    return len(_CONTROL.findall(text)) / max(1, len(text))


def _wide(data: bytes) -> str | None:
    """UTF-16 without a mark shows in its zero bytes: nearly all at odd places (little-endian) or at even ones."""
    if len(data) % 2 or len(data) < 4:
        return None
    sample = data[:4000]
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    # Four fifths: Latin text is nearly all of it, with room for quotation marks and dashes from U+2010 on.
    if odd > 0.8 * half and even < 0.05 * half:
        return "utf-16-le"
    if even > 0.8 * half and odd < 0.05 * half:
        return "utf-16-be"
    return None


def _mostly_utf8(data: bytes) -> bool:
    """Nearly all high bytes stand in well-formed UTF-8 sequences, which no other encoding does by chance."""
    in_sequences = sum(len(found) for found in _SEQUENCE.findall(data))
    return in_sequences >= 6 and in_sequences > 0.8 * len(_HIGH.findall(data))
