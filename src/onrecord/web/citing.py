"""An entry or an article as a citation: Markdown, BibTeX, CSL-JSON, and a link that opens the page at the words."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from onrecord.model import Article, Passage
from onrecord.model.spoken import when_words
from onrecord.web.rendering import web_address

LONG = 300
"""Characters from which on a text fragment names the first and the last words only, as the specification advises."""
ENDS = 5
"""Words of such a beginning or end."""
BIBTEX = str.maketrans(
    {
        "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "%": r"\%", "&": r"\&", "#": r"\#", "$": r"\$", "_": r"\_",
        "~": r"\textasciitilde{}", "^": r"\textasciicircum{}", "\n": " ",
    }
)  # fmt: skip
MARKDOWN = re.compile(r"([\\`*_{}\[\]<>#|])")


@dataclass(frozen=True, slots=True)
class Citation:
    """The same source in the forms that people paste; `link` is empty where the article has no address."""

    markdown: str
    bibtex: str
    csl: str
    link: str


def cite_article(article: Article) -> Citation:
    """An article as a source."""
    link = web_address(article.url)
    said = f"{_markdown(_by(article))}“{_markdown(_title(article))},” *{_markdown(_outlet(article))}*{_dated(article)}"
    return Citation(f"{said}. {_link(link)}".strip(), bibtex(article, link), csl(article, link), link)


def cite_words(article: Article, words: str, said_by: str = "") -> Citation:
    """Some words of an article, with who said them."""
    link = fragment_link(web_address(article.url), words)
    where = f"“{_markdown(_title(article))},” *{_markdown(_outlet(article))}*{_dated(article)}"
    speaker = f"{_markdown(said_by)}: " if said_by else ""
    quoted = f"> {speaker}{_markdown(' '.join(words.split()))}\n>\n> — {_markdown(_by(article))}{where}. {_link(link)}"
    return Citation(quoted.rstrip(), bibtex(article, link, words), csl(article, link, words), link)


def cite_comparison(question: str, says: str, quoted: Sequence[tuple[Article, str]]) -> Citation:
    """A comparison: its question, what was found, and the words of each source as a citation of its own."""
    each = [cite_words(article, words) if words else cite_article(article) for article, words in quoted]
    told = f"**{_markdown(question)}** {_markdown(says)}"
    items = [item for citation in each for item in json.loads(citation.csl)]
    return Citation(
        "\n\n".join([told, *(citation.markdown for citation in each)]),
        "\n\n".join(dict.fromkeys(citation.bibtex for citation in each)),
        json.dumps(items, ensure_ascii=False, indent=2),
        "",
    )


def fragment_link(url: str, words: str) -> str:
    """An address that opens a page at some words (WICG Scroll to Text Fragment); empty without an address."""
    said = " ".join(words.split())
    if not url or not said:
        return url
    pieces = said.split(" ")
    if len(said) > LONG and len(pieces) > 2 * ENDS:
        fragment = f"{_escaped(' '.join(pieces[:ENDS]))},{_escaped(' '.join(pieces[-ENDS:]))}"
    else:
        fragment = _escaped(said)
    return f"{url.partition('#')[0]}#:~:text={fragment}"


def bibtex(article: Article, link: str, words: str = "") -> str:
    """An article as a BibTeX entry; the words quoted are its annotation."""
    day = _day(article)
    fields = {
        "author": " and ".join(f"{{{name.translate(BIBTEX)}}}" for name in article.byline),
        "title": f"{{{_title(article).translate(BIBTEX)}}}",
        "journal": _outlet(article).translate(BIBTEX),
        "date": day,
        "year": day[:4],
        "url": link.replace("{", "%7B").replace("}", "%7D").replace("\\", "%5C"),
        "annotation": f"“{' '.join(words.split()).translate(BIBTEX)}”" if words else "",
    }
    inner = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items() if value)
    return f"@article{{onrecord-{article.id},\n{inner}\n}}"


def csl(article: Article, link: str, words: str = "") -> str:
    """An article as a CSL-JSON item, as Zotero imports it."""
    item: dict[str, Any] = {
        "id": f"onrecord-{article.id}",
        "type": "article-newspaper",
        "title": _title(article),
        "container-title": _outlet(article),
    }
    if article.byline:
        item["author"] = [{"literal": name} for name in article.byline]
    if day := _day(article):
        item["issued"] = {"date-parts": [[int(part) for part in day.split("-")]]}
    if article.language:
        item["language"] = article.language
    if link:
        item["URL"] = link
    if words:
        item["note"] = f"“{' '.join(words.split())}”"
    return json.dumps([item], ensure_ascii=False, indent=2)


def words_of(article: Article, passages: tuple[Passage, ...]) -> str:
    """The words of some passages, the gaps between them as an ellipsis."""
    return " … ".join(" ".join(passage.of(article.text).split()) for passage in passages)


def _title(article: Article) -> str:
    return " ".join((article.title or article.origin).split())


def _outlet(article: Article) -> str:
    return article.outlet or article.origin


def _by(article: Article) -> str:
    return f"{', '.join(article.byline)}, " if article.byline else ""


def _day(article: Article) -> str:
    """The day of publication as ISO, shortened to what is known of it; empty where nothing is."""
    when = article.published
    if when is None or when.earliest is None:
        return ""
    if when.latest is not None and when.latest[:10] == when.earliest[:10]:
        return when.earliest[:10]
    if when.latest is not None and when.latest[:7] == when.earliest[:7]:
        return when.earliest[:7]
    return when.earliest[:4]


def _dated(article: Article) -> str:
    day = when_words(article.published)
    return f", {day}" if day else ""


def _link(link: str) -> str:
    return f"<{link}>" if link else ""


def _markdown(words: str) -> str:
    return MARKDOWN.sub(r"\\\1", words.replace("\n", " "))


def _escaped(words: str) -> str:
    """Words in a text fragment; a dash or a comma has a meaning there and is always escaped."""
    return quote(words, safe="").replace("-", "%2D")
