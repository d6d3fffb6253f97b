"""JSON Lines (and a JSON file of one article or a list of them): one article per row, a skipped row per broken one."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from onrecord.model import Article, Skipped, UnreadableInputError
from onrecord.reading.assembly import Draft, article_of
from onrecord.reading.document import Document, skipped, too_large
from onrecord.reading.encodings import decode
from onrecord.reading.layout import lay_out
from onrecord.reading.metadata import Metadata, stated

SUFFIXES = (".jsonl", ".ndjson", ".json")

BROKEN = "broken JSON line"

TEXT_KEYS = ("text", "body", "content")
KEYS = {
    "title": ("title", "headline"),
    "url": ("url", "link"),
    "published": ("published", "date", "pubDate", "datePublished"),
    "modified": ("modified", "updated", "dateModified"),
    "outlet": ("outlet", "source", "publisher"),
    "authors": ("authors", "author", "byline"),
    "language": ("language", "lang", "inLanguage"),
}
"""The names under which a row may give each field; the first that has a value is taken."""


def sniff(start: bytes) -> bool:
    """A document that opens with a brace or a bracket and a quoted key is JSON."""
    bare = start.lstrip(b"\xef\xbb\xbf \t\r\n")
    inner = bare[1:].lstrip()
    if bare[:1] == b"{":
        return inner[:1] in (b'"', b"}")
    return bare[:1] == b"[" and inner[:1] == b"{"


def read(document: Document) -> Iterator[Article | Skipped]:
    """The articles of a document held in memory: JSON Lines, one JSON object, or a list of objects."""
    text = decode(document.data).text
    whole = _whole(text)
    if whole is None:
        lines = (line.encode("utf-8", "surrogatepass") for line in text.split("\n"))
        found = list(read_lines(lines, document.place, document.told))
        if len(found) > 1 and all(isinstance(one, Skipped) and one.reason == BROKEN for one in found):
            raise UnreadableInputError("broken JSON", "the document is neither JSON Lines nor one JSON value")
        yield from found
        return
    rows = whole if isinstance(whole, list) else [whole]
    for number, row in enumerate(rows, 1):
        raw = json.dumps(row, ensure_ascii=False, sort_keys=True).encode("utf-8", "surrogatepass")
        yield _row(row, raw, f"{document.place}#{number}", document.told)


def _whole(text: str) -> Any:
    """The value of a document that is one JSON value over several lines, else null."""
    lines = [line for line in text.splitlines() if line.strip()][:2]
    if len(lines) < 2 and not lines[0].lstrip().startswith("["):
        return None
    try:
        value = json.loads(text)
    except (json.JSONDecodeError, RecursionError):
        return None
    return value if isinstance(value, dict | list) else None


def read_lines(
    lines: Iterable[bytes], place: str, told: Metadata, max_bytes: int | None = None
) -> Iterator[Article | Skipped]:
    """One article, or a skipped row, per line that is not blank; `place` and the line's number name it."""
    for number, line in enumerate(lines, 1):
        raw = line.strip(b"\r\n")
        if number == 1:
            raw = raw.removeprefix(b"\xef\xbb\xbf")
        if not raw.strip():
            continue
        origin = f"{place}#{number}"
        if max_bytes is not None and len(raw) > max_bytes:
            yield skipped(origin, too_large(f"line {number}", max_bytes))
            continue
        try:
            row = json.loads(decode(raw).text)
        except json.JSONDecodeError as error:
            yield skipped(origin, UnreadableInputError(BROKEN, f"line {number} is not JSON: {error}"))
        except RecursionError:
            yield skipped(origin, UnreadableInputError(BROKEN, f"line {number} is nested too deeply"))
        except UnreadableInputError as error:
            yield skipped(origin, error)
        else:
            yield _row(row, raw, origin, told)


def _row(row: Any, raw: bytes, origin: str, told: Metadata) -> Article | Skipped:
    try:
        text = _text(row)
        own = _metadata(row)
    except UnreadableInputError as error:
        return skipped(origin, error)
    identifier = row.get("id")
    # A row's URL or id stays when rows are added above it; its line number does not.
    named = f"{origin.rsplit('#', 1)[0]}#{identifier}" if isinstance(identifier, str | int) and identifier else origin
    place = own.url or named
    layout = lay_out(text)
    # A row speaks for itself; the sidecar of the whole file fills in what it leaves out.
    return article_of(Draft(raw, place, text, "jsonl", layout, told=own.over(told)))


def _text(row: Any) -> str:
    if not isinstance(row, dict):
        raise UnreadableInputError(BROKEN, "the row is not an object")
    for key in TEXT_KEYS:
        value = row.get(key)
        if isinstance(value, str) and value.strip():
            return value
    raise UnreadableInputError("empty", f"the row has no text under {', '.join(TEXT_KEYS)}")


def _metadata(row: Mapping[str, Any]) -> Metadata:
    found: dict[str, Any] = {}
    for field, names in KEYS.items():
        value = next((row[name] for name in names if row.get(name) not in (None, "", [])), None)
        found[field] = _named(value)
    try:
        return stated(found)
    except ValueError as error:
        raise UnreadableInputError(BROKEN, f"the row {error}") from error


def _named(value: Any) -> Any:
    """A string, a number or a list of strings; of an object (`{"name": "..."}`) its name."""
    if isinstance(value, Mapping):
        return value.get("name")
    if isinstance(value, list):
        return [_named(one) for one in value]
    return value
