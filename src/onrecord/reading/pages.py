"""What a page's head says of its article: JSON-LD, meta tags, the canonical link, marked-up times."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from onrecord.model import When
from onrecord.reading.dates import metadata_date
from onrecord.reading.metadata import Metadata, clean, distinct

ARTICLE_TYPES = frozenset(
    [
        "Article",
        "NewsArticle",
        "ReportageNewsArticle",
        "AnalysisNewsArticle",
        "OpinionNewsArticle",
        "BackgroundNewsArticle",
        "LiveBlogPosting",
        "BlogPosting",
        "Report",
        "ReviewNewsArticle",
        "AskPublicNewsArticle",
        "TechArticle",
        "WebPage",
    ]
)

PUBLISHED = (
    "article:published_time", "og:article:published_time", "og:published_time", "datepublished", "parsely-pub-date",
    "sailthru.date", "pubdate", "publishdate", "publish-date", "publication_date", "dc.date.issued", "dcterms.issued",
    "dcterms.created", "dc.date", "dcterms.date", "cxenseparse:recs:publishtime", "date",
)  # fmt: skip
MODIFIED = (
    "article:modified_time", "og:article:modified_time", "og:updated_time", "datemodified", "lastmod", "last-modified",
    "dcterms.modified",
)  # fmt: skip
TITLES = ("og:title", "twitter:title", "dc.title", "dcterms.title", "headline")
OUTLETS = ("og:site_name", "application-name", "dc.publisher", "dcterms.publisher")
AUTHORS = ("author", "article:author", "parsely-author", "sailthru.author", "dc.creator", "dcterms.creator", "byl")
MOST_SCRIPT = 500_000


def page_metadata(tree: Any) -> Metadata:
    """The metadata of a page: JSON-LD before meta tags before marked-up times; unreadable dates are left out."""
    tags = _tags(tree)
    return _linked(tree).over(
        Metadata(
            published=_first_date(tags, PUBLISHED) or _marked_time(tree, "datepublished"),
            modified=_first_date(tags, MODIFIED) or _marked_time(tree, "datemodified"),
            url=_canonical(tree) or _address(_first(tags, ("og:url", "twitter:url"))),
            outlet=_first(tags, OUTLETS),
            title=_first(tags, TITLES) or _title_element(tree),
            authors=_authors(tags),
            language=_language(tree, tags),
        )
    )


# Meta tags -------------------------------------------------------------------------------------------------------


def _tags(tree: Any) -> dict[str, list[str]]:
    """The contents of each meta tag by its name in small letters."""
    found: dict[str, list[str]] = {}
    for tag in tree.iter("meta"):
        name = tag.get("property") or tag.get("name") or tag.get("itemprop")
        content = clean(tag.get("content") or "")
        if name and content:
            found.setdefault(name.strip().lower(), []).append(content)
    return found


def _first(tags: Mapping[str, list[str]], names: tuple[str, ...]) -> str | None:
    return next((tags[name][0] for name in names if name in tags), None)


def _first_date(tags: Mapping[str, list[str]], names: tuple[str, ...]) -> When | None:
    dates = (metadata_date(content) for name in names for content in tags.get(name, ()))
    return next((when for when in dates if when is not None), None)


def _authors(tags: Mapping[str, list[str]]) -> tuple[str, ...]:
    """The writers that the tags name; an author's page address and a staff account are no names."""
    for name in AUTHORS:
        names = distinct(_person(content) for content in tags.get(name, ()))
        if names:
            return names
    return ()


def _person(content: str) -> str | None:
    bare = re.sub(r"^by\s+", "", content, flags=re.IGNORECASE)
    return None if re.match(r"https?:|@|/", bare) or len(bare) > 100 else clean(bare)


def _language(tree: Any, tags: Mapping[str, list[str]]) -> str | None:
    """The page's stated language counts only where all the page's statements of it agree: templates often lie."""
    stated = [tree.get("lang") or "", *(tags.get("og:locale", ())[:1])]
    codes = {code.replace("_", "-").split("-")[0].lower() for code in stated if code}
    return codes.pop() if len(stated) == 2 and len(codes) == 1 and all(stated) else None


def _canonical(tree: Any) -> str | None:
    for link in tree.iter("link"):
        if (link.get("rel") or "").lower() == "canonical":
            return _address(link.get("href"))
    return None


def _address(value: str | None) -> str | None:
    return value.strip() if value and re.match(r"https?://[^\s/]+", value.strip(), re.IGNORECASE) else None


def _title_element(tree: Any) -> str | None:
    title = tree.find(".//title")
    return None if title is None else clean(title.text_content())


def _marked_time(tree: Any, name: str) -> When | None:
    """`<time itemprop="datePublished" datetime="...">`, `<time pubdate datetime="...">`."""
    for element in tree.iter("time", "span", "div", "p"):
        marked = (element.get("itemprop") or "").lower() == name
        if marked or (name == "datepublished" and element.get("pubdate") is not None):
            value = element.get("datetime") or element.get("content") or element.text_content()
            when = metadata_date(clean(value or "") or "")
            if when is not None:
                return when
    return None


# JSON-LD ---------------------------------------------------------------------------------------------------------


def _linked(tree: Any) -> Metadata:
    """The metadata of the page's first JSON-LD article; a plain page's only where there is no article."""
    objects = [one for one in _objects(tree) if ARTICLE_TYPES & _types(one)]
    objects.sort(key=lambda one: _types(one) <= {"WebPage"})
    found = Metadata()
    for one in objects[:3]:
        found = found.over(_article(one))
    return found


def _objects(tree: Any) -> Iterator[Mapping[str, Any]]:
    for script in tree.iter("script"):
        if (script.get("type") or "").lower().strip() != "application/ld+json" or not script.text:
            continue
        try:
            value = json.loads(script.text[:MOST_SCRIPT].strip().removesuffix(";"), strict=False)
        except (json.JSONDecodeError, RecursionError):
            continue
        yield from _flat(value)


def _flat(value: Any) -> Iterator[Mapping[str, Any]]:
    """The objects of a JSON-LD document: itself, the members of a list, of a graph, of a page's main entity."""
    waiting = [value]
    seen = 0
    while waiting and seen < 1000:
        one = waiting.pop(0)
        seen += 1
        if isinstance(one, list):
            waiting[:0] = one
        elif isinstance(one, Mapping):
            yield one
            waiting[:0] = [one[key] for key in ("@graph", "mainEntity") if isinstance(one.get(key), list | Mapping)]


def _types(one: Mapping[str, Any]) -> set[str]:
    kind = one.get("@type")
    listed = kind if isinstance(kind, list) else [kind]
    return {name.rsplit("/", 1)[-1] for name in listed if isinstance(name, str)}


def _article(one: Mapping[str, Any]) -> Metadata:
    return Metadata(
        published=_date(one.get("datePublished")),
        modified=_date(one.get("dateModified")),
        url=_address(_named(one.get("url"), "@id")) or _address(_named(one.get("mainEntityOfPage"), "@id")),
        outlet=_named(one.get("publisher"), "name"),
        title=_named(one.get("headline"), "name"),
        authors=_people(one.get("author") or one.get("creator")),
    )


def _date(value: Any) -> When | None:
    return metadata_date(value) if isinstance(value, str) else None


def _named(value: Any, key: str) -> str | None:
    """A string, or the string under `key` of an object or of a list's first one."""
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, Mapping):
        value = value.get(key)
    return clean(value) if isinstance(value, str) else None


def _people(value: Any) -> tuple[str, ...]:
    listed = value if isinstance(value, list) else [value]
    names = (_named(one, "name") for one in listed[:20])
    return distinct(_person(name) for name in names if name)
