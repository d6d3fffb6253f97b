"""HTML pages: the article's text is what a reader sees of it; the raw bytes' hash is kept."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree, html

from onrecord.model import Article, Role, TextPart, UnreadableInputError
from onrecord.reading.assembly import Draft, article_of
from onrecord.reading.document import Document
from onrecord.reading.encodings import decode
from onrecord.reading.formats.text import described
from onrecord.reading.layout import lay_out
from onrecord.reading.metadata import clean
from onrecord.reading.pages import page_metadata

SUFFIXES = (".html", ".htm", ".xhtml", ".shtml")

MOST_ELEMENTS = 100_000
"""A page of more elements is no article: the longest seen live blogs have some 20,000."""
DEEPEST = 250
FEWEST_WORDS = 6
"""A page whose longest paragraph has fewer words holds a menu or a notice, and no article."""

_SNIFF = re.compile(
    rb"^\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body|article)\b",
    re.I | re.S,
)
_CHARSET = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]{3,30})|<\?xml[^>]{0,100}?encoding=[\"']([\w-]{3,30})", re.I
)
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")

BLOCKS = {"p", "head", "item", "quote", "cell", "code", "ab", "fw", "div"}


def sniff(start: bytes) -> bool:
    """A document that opens with a doctype or one of a page's outer tags is HTML."""
    return _SNIFF.match(start.removeprefix(b"\xef\xbb\xbf")) is not None


def read(document: Document) -> Iterator[Article]:
    """The one article of a page; UnreadableInputError where it has no text that could be an article."""
    decoded = decode(document.data, _charset(document.data))
    tree = _tree(decoded.text)
    stated = page_metadata(tree)
    blocks = _blocks(tree, stated.title)
    if not any(role == "body" and len(block.split()) >= FEWEST_WORDS for role, block in blocks):
        raise UnreadableInputError("no article text", "no article text was found in the page; save the page as text")
    text, marked = _joined(blocks)
    yield article_of(
        Draft(
            raw=document.data,
            place=document.place,
            text=text,
            format=described("html", decoded),
            layout=lay_out(text, marked),
            told=document.told,
            stated=stated,
        )
    )


def _charset(data: bytes) -> str | None:
    found = _CHARSET.search(data[:4096])
    return (found[1] or found[2]).decode("ascii") if found else None


def _tree(text: str) -> Any:
    """The page's tree, within the limits: nothing outside it is fetched, and neither size nor depth can run away."""
    parser = html.HTMLParser(encoding="utf-8", huge_tree=False, no_network=True, recover=True, remove_pis=True)
    raw = _DECLARATION.sub("", text).encode("utf-8", "replace")
    try:
        tree = html.document_fromstring(raw, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        raise UnreadableInputError("broken HTML", f"the page cannot be parsed: {error}; save it as text") from error
    depth = count = 0
    for event, _ in etree.iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        count += event == "start"
        if depth > DEEPEST or count > MOST_ELEMENTS:
            raise UnreadableInputError(
                "too large",
                f"the page is nested over {DEEPEST} deep or has over {MOST_ELEMENTS} elements; save it as text",
            )
    return tree


def _blocks(tree: Any, title: str | None) -> list[tuple[Role, str]]:
    """The page's article as blocks in reading order, each with the role that its markup gives it."""
    headline = _headline(tree, title)
    standfirst = _standfirst(tree)
    captions = _captions(tree)
    body = _body(tree)
    blocks: list[tuple[Role, str]] = [("headline", headline)] if headline else []
    seen = {headline, standfirst, *captions} if headline else {standfirst, *captions}
    if standfirst and standfirst != headline:
        blocks.append(("standfirst", standfirst))
    for block in body:
        if block not in seen or (block == standfirst and standfirst is None):
            blocks.append(("body", block))
    return blocks + [("caption", caption) for caption in captions]


def _joined(blocks: list[tuple[Role, str]]) -> tuple[str, tuple[TextPart, ...]]:
    """The blocks as one text with a blank line between, and the parts of those whose role the markup gives."""
    marked: list[TextPart] = []
    pieces: list[str] = []
    at = 0
    for role, block in blocks:
        if role != "body":
            marked.append(TextPart(at, at + len(block), role))
        pieces.append(block)
        at += len(block) + 2
    return "\n\n".join(pieces), tuple(marked)


def _body(tree: Any) -> list[str]:
    """The blocks of the article's body, by trafilatura's judgement of which part of the page it is."""
    from trafilatura import bare_extraction

    found = bare_extraction(
        html.fromstring(html.tostring(tree, encoding="unicode")),
        include_comments=False,
        include_tables=True,
        include_images=False,
        include_formatting=False,
        include_links=False,
        deduplicate=False,
        with_metadata=False,
    )
    body = getattr(found, "body", None)
    return [] if body is None else list(_texts(body))


def _texts(body: Any) -> Iterator[str]:
    """The texts of the innermost blocks of an extracted body, in order; loose text between blocks is a block."""
    held: list[str] = []
    for event, element in etree.iterwalk(body, events=("start", "end")):
        block = element.tag in BLOCKS
        if event == "start":
            if block or element.tag == "lb":
                yield from _flushed(held)
            held.append(element.text or "")
        else:
            if block or element.tag in ("row", "list", "table"):
                yield from _flushed(held)
            held.append(element.tail or "")
    yield from _flushed(held)


def _flushed(held: list[str]) -> Iterator[str]:
    text = clean("".join(held))
    held.clear()
    if text is not None:
        yield text


def _headline(tree: Any, title: str | None) -> str | None:
    """The page's heading that is like its title, or its only one; else the title that the page states."""
    headings = [text for heading in tree.iter("h1") if (text := _text(heading))]
    alike = [text for text in headings if title is not None and _alike(text, title)]
    if alike:
        return alike[0]
    if len(headings) == 1 and len(headings[0].split()) >= 3:
        return headings[0]
    return title


def _alike(one: str, two: str) -> bool:
    first, second = (re.sub(r"\W+", "", words).casefold() for words in (one, two))
    return bool(first) and (first == second or second.startswith(first) or first.startswith(second))


_STANDFIRST = re.compile(
    r"(?:^|[\s_-])(?:standfirst|dek|deck|subtitle|sub-?head(?:ing|line)?|article-summary|article__summary|lede)(?:$|[\s_-])",
    re.I,
)


def _standfirst(tree: Any) -> str | None:
    for element in tree.iter("h2", "p", "div"):
        if _STANDFIRST.search(element.get("class") or "") and (text := _text(element)) and 4 <= len(text.split()) <= 80:
            return text
    return None


def _captions(tree: Any) -> list[str]:
    return list(
        dict.fromkeys(text for caption in tree.iter("figcaption") if (text := _text(caption)) and len(text) < 600)
    )


def _text(element: Any) -> str | None:
    hidden = {"script", "style", "noscript", "template"}
    return clean(
        "".join(
            piece
            for piece in element.itertext()
            if getattr(piece, "getparent", lambda: None)() is None or piece.getparent().tag not in hidden
        )
    )
