"""A brief as a page in Markdown: headings, a list of sentences, and a numbered footnote for each passage quoted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import quote, urlsplit

from onrecord.model import Article
from onrecord.model.outlets import publisher
from onrecord.store.briefing import Brief, Footnote, Piece, Section, Sentence

MARK = "<!-- A brief made by onrecord"
"""How the first line of a brief begins: a file that begins so may be written over."""
SPECIAL = re.compile(r"[\\`*_{}\[\]<>#|~^$&]|\A(?:[-+=]|\d{1,9}(?=[.)](?:\s|\Z)))")
STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff]")
ISOLATE, END_ISOLATE = "\u2068", "\u2069"
OPENING, CLOSING = "\"“”„«‘'", "\"“”»’'"
ENOUGH = 12
"""Words of a quotation from which its link names only the first and the last few."""
FEW = 5


def in_markdown(brief: Brief) -> str:
    """The brief as Markdown (with footnotes as GitHub, Pandoc and most editors have them); ends with a line break."""
    return "\n".join(_lines(brief)).rstrip("\n") + "\n"


def _lines(brief: Brief) -> Iterator[str]:
    yield f"{MARK}, as of {brief.as_of}. -->"
    yield ""
    yield f"# {plain(brief.title)}"
    if not brief.footnotes:
        yield ""
        yield "> The record holds nothing on this."
    for section in brief.sections:
        yield from _section(section)
    if brief.articles:
        yield ""
        yield "## Articles"
        yield ""
    yield from (f"- {_source(article)}" for article in brief.articles)
    by_id = {article.id: article for article in brief.articles}
    for note in brief.footnotes:
        yield ""
        yield f"[^{note.number}]: {_footnote(note, by_id[note.article_id])}"


def _section(section: Section) -> Iterator[str]:
    yield ""
    yield f"{'#' * section.level} {plain(section.heading)}"
    if section.sentences:
        yield ""
    yield from (f"- {_sentence(sentence)}" for sentence in section.sentences)
    if section.left_out:
        yield ""
        one = section.left_out == 1
        noun, are = (section.noun, "is") if one else (f"{section.noun}s", "are")
        yield f"> {section.left_out} more {noun} {are} in the record and not shown here."


def _sentence(sentence: Sentence) -> str:
    return "".join(_piece(piece) for piece in sentence.pieces)


def _piece(piece: Piece) -> str:
    words = in_quotation_marks(piece.words) if piece.kind == "quote" else plain(piece.words, edges=True)
    return words + "".join(f"[^{number}]" for number in piece.notes)


def _footnote(note: Footnote, article: Article) -> str:
    """The exact words, the outlet, the day, the place in the text, and a link to the words where there is a page."""
    if note.passage is None:
        return f"{plain(note.words)} (not in the text) — {_source(article)}"
    place = f"characters {note.passage.start}–{note.passage.end}"
    return f"{in_quotation_marks(note.words)} — {_source(article, note.words)}, {place}"


def _source(article: Article, words: str = "") -> str:
    day = article.published.earliest or article.published.latest if article.published is not None else None
    named = [plain(publisher(article))]
    if article.title:
        named.append(f"“{plain(article.title)}”")
    named.append(day[:10] if day else "no date")
    if publisher(article) != article.origin:
        named.append(plain(article.origin)) if article.url is None else None
    said = ", ".join(named)
    address = link_to(article.url, words)
    return f"{said}, [link]({address})" if address else said


def link_to(url: str | None, words: str = "") -> str | None:
    """The address of the words in a page, as a text fragment; null where there is no web address.

    Source: WICG, "URL Fragment Text Directives". A long quotation is named by its first and last words.
    """
    if url is None or urlsplit(url).scheme not in ("http", "https"):
        return None
    address = quote(STEERING.sub("", url), safe="/:?#[]@!$&'*+,;=%~-._")
    listed = words.split()
    if not listed:
        return address
    ends = [listed] if len(listed) < ENOUGH else [listed[:FEW], listed[-FEW:]]
    text = ",".join(_encoded(" ".join(some)) for some in ends)
    return f"{address}{'' if '#' in address else '#'}:~:text={text}"


def _encoded(words: str) -> str:
    return quote(words, safe="").replace("-", "%2D")


def in_quotation_marks(words: str) -> str:
    """An article's words in quotation marks; those that they begin and end with already are not doubled."""
    shown = plain(words)
    has_own = words[:1] in OPENING and words.rstrip(",.;:!?")[-1:] in CLOSING
    return shown if has_own and len(words) > 1 else f"“{shown}”"


def plain(words: str, *, edges: bool = False) -> str:
    """Words on one line that Markdown shows as they are; right-to-left words do not turn those around them.

    With `edges`, spaces at either end stay.
    """
    flat = " ".join(STEERING.sub("", words).split())
    shown = SPECIAL.sub(lambda found: f"{found[0]}\\" if found[0].isdigit() else f"\\{found[0]}", flat)
    if edges:
        shown = (" " if words[:1].isspace() else "") + shown + (" " if words[-1:].isspace() and flat else "")
    return f"{ISOLATE}{shown}{END_ISOLATE}" if RIGHT_TO_LEFT.search(shown) and not edges else shown
