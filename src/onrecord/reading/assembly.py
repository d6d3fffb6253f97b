"""An article is put together from its text, its layout and what is said about it outside the text."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from onrecord.model import Article, When, article_id, digest
from onrecord.reading.dates import url_date
from onrecord.reading.inputs import STDIN_PLACE
from onrecord.reading.languages import language_of
from onrecord.reading.layout import Layout
from onrecord.reading.metadata import NOTHING, Metadata, clean

READ = frozenset({"headline", "standfirst", "body", "caption"})
"""The roles whose words tell an article's language."""


@dataclass(frozen=True, slots=True)
class Draft:
    """All that makes an article: its raw bytes, its place, its text with its layout, and its metadata.

    `told` is a sidecar's metadata, `stated` a page's or row's own. `place` is the path relative to the input given.
    """

    raw: bytes
    place: str
    text: str
    format: str
    layout: Layout
    told: Metadata = NOTHING
    stated: Metadata = NOTHING


def article_of(draft: Draft) -> Article:
    """The article that a draft makes: the sidecar's word before the page's or row's, and theirs before the text's."""
    layout = draft.layout
    known = draft.told.over(draft.stated)
    url = known.url or layout.url
    dates = _dates(draft, url)
    return Article(
        id=article_id(draft.raw, url or draft.place),
        origin=_origin(draft),
        url=url,
        outlet=known.outlet or _host(url),
        title=known.title or _title(draft),
        text=draft.text,
        byline=known.authors or layout.authors,
        language=known.language or language_of(_read_text(draft)),
        published=dates[0] if dates else None,
        modified=known.modified or layout.modified,
        dateline_place=(layout.dateline.place if layout.dateline else None) or layout.place,
        text_sha256=hashlib.sha256(draft.text.encode("utf-8", "surrogatepass")).hexdigest(),
        raw_sha256=hashlib.sha256(draft.raw).hexdigest(),
        length=len(draft.text),
        format=draft.format,
        supersedes=None,
        parts=layout.parts,
        dates=dates,
    )


def _origin(draft: Draft) -> str:
    """The place it was read from; each text from standard input is an origin of its own, told by its bytes."""
    return f"{draft.place}-{digest(draft.raw)[:8]}" if draft.place == STDIN_PLACE else draft.place


def _dates(draft: Draft, url: str | None) -> tuple[When, ...]:
    """Every date, best basis first: sidecar, page or row, dateline, header or dated line, URL.

    A dateline's day takes its year from the date nearest above or below it that has one.
    """
    above = [when for when in (draft.told.published, draft.stated.published) if when is not None]
    dateline = draft.layout.dateline
    in_url = [when for when in (url_date(url),) if when is not None]
    below = [*draft.layout.dates]
    for open_stamp in draft.layout.unsettled:
        settled = open_stamp.settled((*above, *below, *in_url), dateline.stamp if dateline else None).when("header")
        below += [settled] if settled is not None else []
    below += in_url
    if dateline is not None and dateline.stamp is not None:
        stamp = dateline.stamp
        for known in (*above, *below):
            stamp = stamp.near(known)
        when = stamp.when("dateline")
        above += [when] if when is not None else []
    return tuple(dict.fromkeys((*above, *below)))


def _host(url: str | None) -> str | None:
    """The host of a web address without its `www.`, which names the outlet as surely as the text can."""
    host = urlsplit(url).hostname if url and re.match(r"https?://", url, re.IGNORECASE) else None
    return host.removeprefix("www.") if host else None


def _title(draft: Draft) -> str | None:
    headline = next((part for part in draft.layout.parts if part.role == "headline"), None)
    return clean(draft.text[headline.start : headline.end]) if headline else None


def _read_text(draft: Draft) -> str:
    return "\n".join(draft.text[p.start : p.end] for p in draft.layout.parts if p.role in READ)
