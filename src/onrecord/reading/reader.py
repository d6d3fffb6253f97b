"""Inputs become articles, one at a time, in a fixed order; what cannot be read becomes a skipped row."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import BinaryIO

from onrecord.model import Article, Skipped, UnreadableInputError
from onrecord.reading.document import Document, skipped, too_large
from onrecord.reading.formats import html, jsonl, text
from onrecord.reading.inputs import SIDECAR, Input, find
from onrecord.reading.metadata import NOTHING, Metadata, sidecar


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its name, the suffixes that say it, how its first bytes look, and how it is read."""

    name: str
    suffixes: tuple[str, ...]
    sniff: Callable[[bytes], bool]
    read: Callable[[Document], Iterator[Article | Skipped]]


FORMATS = (
    Format("html", html.SUFFIXES, html.sniff, html.read),
    Format("jsonl", jsonl.SUFFIXES, jsonl.sniff, jsonl.read),
    Format("text", text.SUFFIXES, text.sniff, text.read),
)
"""Every format, in the order in which they are asked whether a document of no telling suffix is theirs."""

OTHER_SUFFIXES = frozenset(
    [
        ".csv",
        ".tsv",
        ".xml",
        ".rss",
        ".atom",
        ".pdf",
        ".doc",
        ".docx",
        ".odt",
        ".rtf",
        ".xls",
        ".xlsx",
        ".ppt",
        ".pptx",
        ".epub",
        ".zip",
        ".gz",
        ".tar",
        ".warc",
        ".wacz",
        ".eml",
        ".mbox",
        ".db",
        ".sqlite",
        ".parquet",
        ".yaml",
        ".yml",
        ".toml",
        ".ini",
        ".py",
        ".js",
        ".css",
        ".sh",
        ".svg",
        ".ann",
        ".log",
    ]
)
"""Suffixes of text that is no article and of formats that are not read (yet): such a file is skipped, and says so."""

SNIFFED = 4096
CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Options:
    """How inputs are read. `max_bytes` caps one document (one line of a JSON Lines file)."""

    max_bytes: int = 20_000_000


DEFAULT = Options()


def read(
    inputs: Sequence[str], *, stdin: BinaryIO | None = None, options: Options = DEFAULT
) -> Iterator[Article | Skipped]:
    """The articles of all inputs, lazily, in the order of `find`; OnRecordError where an input given does not exist."""
    for one in find(inputs):
        yield from read_one(one, stdin=stdin, options=options)


def read_one(one: Input, *, stdin: BinaryIO | None = None, options: Options = DEFAULT) -> Iterator[Article | Skipped]:
    """The articles of one input, or a skipped row that says why there is none."""
    try:
        with _opened(one, stdin) as file:
            yield from _read_file(one, file, options)
    except UnreadableInputError as error:
        yield skipped(one.place, error)
    except OSError as error:
        detail = f"the file cannot be opened: {error.strerror or error}"
        yield skipped(one.place, UnreadableInputError("unreadable file", detail))


@contextmanager
def _opened(one: Input, stdin: BinaryIO | None) -> Iterator[BinaryIO]:
    if one.path is None:
        yield stdin if stdin is not None else sys.stdin.buffer
        return
    with open(one.path, "rb") as file:
        yield file


def _read_file(one: Input, file: BinaryIO, options: Options) -> Iterator[Article | Skipped]:
    if one.place.endswith(SIDECAR):
        raise UnreadableInputError(
            "orphan sidecar", "there is no article beside this sidecar; add it or take this away"
        )
    told = _told(one)
    start = file.read(SNIFFED)
    form = _format(one, start)
    if form.name == "jsonl" and _is_line(start):
        yield from jsonl.read_lines(_lines(start, file, options.max_bytes), one.place, told, options.max_bytes)
        return
    data = start + file.read(max(0, options.max_bytes + 1 - len(start)))
    if len(data) > options.max_bytes:
        raise too_large("the document", options.max_bytes)
    yield from form.read(Document(data, one.place, told))


def _told(one: Input) -> Metadata:
    if one.sidecar is None:
        return NOTHING
    name = os.path.basename(one.sidecar)
    with open(one.sidecar, "rb") as file:
        return sidecar(file.read(SNIFFED * 256), name)


def _format(one: Input, start: bytes) -> Format:
    """The format that the suffix says, or else the first that knows the document by its first bytes."""
    suffix = os.path.splitext(one.place)[1].lower() if one.path is not None else ""
    for form in FORMATS:
        if suffix in form.suffixes:
            return form
    if suffix in OTHER_SUFFIXES:
        raise UnreadableInputError(
            "unsupported format", f"files of the kind {suffix!r} are not read; turn it into text, HTML or JSON Lines"
        )
    return next(form for form in FORMATS if form.sniff(start))


def _is_line(start: bytes) -> bool:
    """JSON Lines are read line by line, however many there are; a JSON document, and UTF-16, as a whole."""
    first = start.removeprefix(b"\xef\xbb\xbf").lstrip()
    return first.startswith(b"{") and not first[1:].lstrip(b" \t").startswith((b"\r", b"\n")) and b"\x00" not in start


def _lines(start: bytes, file: BinaryIO, limit: int) -> Iterator[bytes]:
    """The lines of a file whose first bytes were read already; of one over the limit, its first `limit` + 1 bytes."""
    held = start
    while True:
        *whole, held = held.split(b"\n")
        yield from whole
        if len(held) > limit:
            yield held[: limit + 1]
            held = _rest_of_line(file)
        more = file.read(CHUNK)
        if not more:
            break
        held += more
    if held:
        yield held


def _rest_of_line(file: BinaryIO) -> bytes:
    """What follows the line that is being read, which is thrown away."""
    while more := file.read(CHUNK):
        _, found, rest = more.partition(b"\n")
        if found:
            return rest
    return b""
