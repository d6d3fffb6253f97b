"""The search of a static site: an index in small files that a script of the site reads, with no server and no network.

A page that is opened from a disk may not fetch files, but it may load scripts that lie beside it. So the index is
written as scripts, each a call with one string: `entries` hold what a hit shows, `words` hold sorted words, each with
the numbers of the entries that it is in. A manifest says with which word and which entry each file begins, so that a
search loads only the files that its words are in and that its hits are shown from.

Words are compared as `fold` makes them; `static/find.js` has the same rules. Nothing is in the index that the pages do
not show: without full texts the quoted passages only.
"""

from __future__ import annotations

import json
import re
import unicodedata
from array import array
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar

from onrecord.model import Article
from onrecord.store import Store
from onrecord.store.browsing import BROWSED, Asked, listed
from onrecord.store.words import WRITTEN_WITHOUT_SPACES
from onrecord.web.across import compared
from onrecord.web.context import Entry, Page, Quote
from onrecord.web.entries import MAKERS, load
from onrecord.web.lookup import Lookup
from onrecord.web.pages.front import story_cards
from onrecord.web.pages.search import NOUNS
from onrecord.web.places import KINDS
from onrecord.web.rendering import seen

CHUNK = 48_000
"""Characters of one file of the index: what a browser reads in a moment."""
SHOWN_WORDS = 600
"""Characters of an entry's words that are kept and found; the entry's page has them all."""
LONGEST_WORD = 40
"""Characters of a word that are kept; longer ones are found by their beginning."""
COMMON, LEAST = 0.25, 5000
"""A word that is in more than this share of so many entries finds nothing that others do not, and is left out."""
AT_ONCE = 500
"""Rows that are read at once."""
FORMAT = 1

NOT_SEARCHED = frozenset({"times"})
"""A time is found through the entry or the article that it stands in."""

DROPPED = re.compile(
    "[\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670"
    "\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u1ab0-\u1aff\u1dc0-\u1dff\u200b-\u200f\u202a-\u202e\u2060-\u2064"
    "\u2066-\u2069\u20d0-\u20ff\u3099\u309a\ufe20-\ufe2f\ufeff]"
)
"""Accents, Hebrew and Arabic vowel signs, the stretching of Arabic letters, and marks that turn the direction."""
FOLDED_LETTERS = str.maketrans({"ß": "ss", "ς": "σ", "ı": "i", "ł": "l", "ø": "o", "đ": "d", "æ": "ae", "œ": "oe"})


@dataclass(frozen=True, slots=True)
class Hit:
    """What a hit shows: its heading, the source's words, who published them and when; `more` is found and not shown."""

    kind: str
    id: str
    title: str
    words: str
    source: str
    more: str = ""


@dataclass
class Index:
    """What was written: files, entries, words, bytes; `common` are the words that are in nearly everything."""

    files: int = 0
    entries: int = 0
    words: int = 0
    size: int = 0
    common: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class SiteSearchPage(Page):
    """The page on which a site is searched; `says` tells how large the index is."""

    template: ClassVar[str] = "site_search.html"
    says: str


def fold(text: str) -> str:
    """A text as it is compared: small letters without accents, vowel signs and marks of direction."""
    apart = DROPPED.sub("", unicodedata.normalize("NFKD", text))
    return DROPPED.sub("", unicodedata.normalize("NFKD", apart.lower())).translate(FOLDED_LETTERS)


def cut(text: str) -> Iterator[str]:
    """The words of a folded text: runs of letters, digits and marks; writing without spaces character by character."""
    word = ""
    for character in text:
        if WRITTEN_WITHOUT_SPACES.match(character):
            if word:
                yield word[:LONGEST_WORD]
            word = ""
            yield character
        elif character == "_" or unicodedata.category(character)[0] in "LNM":
            word += character
        elif word:
            yield word[:LONGEST_WORD]
            word = ""
    if word:
        yield word[:LONGEST_WORD]


def write_index(store: Store, folder: Path, *, full_text: bool) -> Index:
    """The index of a record's site is in `folder`, which is made; what was written. The same record gives the same."""
    folder.mkdir()
    made = Index()
    postings: dict[str, array[int]] = {}
    kinds: list[tuple[str, str, int]] = []
    chunks = _Chunks(folder, "entries", made)
    for table in BROWSED:
        if table in NOT_SEARCHED:
            continue
        kinds.append((KINDS[table], NOUNS[table], made.entries))
        for hit in _hits(store, table, full_text):
            chunks.add(made.entries, [hit.id, hit.title, hit.words, hit.source])
            for word in set(cut(fold(" ".join((hit.title, hit.words, hit.source, hit.more))))):
                postings.setdefault(word, array("I")).append(made.entries)
            made.entries += 1
    begins = chunks.close()
    words = _write_words(folder, postings, made)
    manifest = {
        "format": FORMAT,
        "count": made.entries,
        "kinds": kinds,
        "entries": begins,
        "words": words,
        "common": made.common,
    }
    _write(folder / "index.js", "manifest", 0, manifest, made)
    return made


class _Chunks:
    """Rows that are written into files of about one size; each file is named by its number."""

    def __init__(self, folder: Path, name: str, made: Index) -> None:
        self.folder, self.name, self.made = folder, name, made
        self.begins: list[Any] = []
        self.rows: list[Any] = []
        self.size = 0

    def add(self, begin: Any, row: Any) -> None:
        """A row is added; `begin` is what a file that begins with it is found by."""
        length = len(json.dumps(row, ensure_ascii=False))
        if self.rows and self.size + length > CHUNK:
            self._flush()
        if not self.rows:
            self.begins.append(begin)
        self.rows.append(row)
        self.size += length

    def close(self) -> list[Any]:
        """What each file begins with."""
        if self.rows:
            self._flush()
        return self.begins

    def _flush(self) -> None:
        number = len(self.begins) - 1
        _write(self.folder / f"{self.name}-{number}.js", self.name, number, self.rows, self.made)
        self.rows, self.size = [], 0


def _write_words(folder: Path, postings: Mapping[str, array[int]], made: Index) -> list[str]:
    """The words with their entries, sorted as a browser sorts; what each file begins with."""
    limit = COMMON * made.entries if made.entries >= LEAST else made.entries + 1
    made.common = sorted(word for word, numbers in postings.items() if len(numbers) > limit)
    chunks = _Chunks(folder, "words", made)
    for word in sorted(postings, key=lambda word: word.encode("utf-16-be", "surrogatepass")):
        numbers = postings[word]
        if len(numbers) <= limit:
            steps = (after - before for before, after in zip([0, *numbers], numbers, strict=False))
            chunks.add(word, f"{word} {' '.join(map(_base36, steps))}")
            made.words += 1
    return chunks.close()


def _base36(number: int) -> str:
    digits = ""
    while True:
        number, rest = divmod(number, 36)
        digits = "0123456789abcdefghijklmnopqrstuvwxyz"[rest] + digits
        if not number:
            return digits


def _write(path: Path, name: str, number: int, value: Any, made: Index) -> None:
    """A file of the index: a call that a browser runs as a script, with nothing in it that could end one."""
    held = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for character in ("<", "\u2028", "\u2029"):
        held = held.replace(character, f"\\u{ord(character):04x}")
    written = f'onrecord("{name}",{number},{held});\n'
    path.write_text(written, encoding="utf8", errors="surrogatepass", newline="\n")
    made.files += 1
    made.size += path.stat().st_size


def _hits(store: Store, table: str, full_text: bool) -> Iterator[Hit]:
    """The hits of a table, in the order in which its list stands."""
    ids = listed(store, table, Asked(limit=None)).ids
    for at in range(0, len(ids), AT_ONCE):
        look = Lookup(store, full_text=full_text)
        some = ids[at : at + AT_ONCE]
        if KINDS[table] in MAKERS:
            yield from map(_of_entry, load(look, table, some, SHOWN_WORDS))
        elif table == "comparisons":
            yield from map(_of_comparison, compared(look, some, SHOWN_WORDS))
        elif table == "stories":
            yield from map(_of_story, story_cards(look, list(some)))
        elif table == "parties":
            yield from map(_of_party, store.load(table, some))
        else:
            yield from (_of_article(look, article, full_text) for article in store.load(table, some))


def _of_entry(entry: Entry) -> Hit:
    title = entry.title if entry.kind != "statement" else " ".join((_names(entry), entry.verb))
    note = " · ".join(part for part in (entry.day, entry.note) if part)
    return Hit(entry.kind, entry.id, _line(title), _quoted(entry.quote), _line(_source(entry.quote, note)))


def _names(entry: Entry) -> str:
    return ", ".join(name.words for name in entry.who)


def _quoted(quote: Quote | None) -> str:
    return "" if quote is None else _line("".join(piece.text for piece in quote.pieces), SHOWN_WORDS)


def _source(quote: Quote | None, note: str) -> str:
    place = "" if quote is None else ", ".join(part for part in (quote.outlet, quote.day) if part)
    return " · ".join(part for part in (place, note) if part)


def _of_comparison(one: Any) -> Hit:
    answers = "; ".join(f"{answer.outlet}: {answer.value}" for answer in one.answers)
    return Hit("comparison", one.id, _line(one.question), _line(answers, SHOWN_WORDS), _line(one.outcome_words))


def _of_story(card: Any) -> Hit:
    return Hit("story", card.to.id, _line(card.to.words), "", _line(", ".join(filter(None, (card.day, *card.outlets)))))


def _of_party(party: Any) -> Hit:
    roles = ", ".join(f"{role.title} of {role.of}" if role.of else role.title for role in party.roles[:6])
    also = f"also {', '.join(party.aliases[:12])}" if party.aliases else ""
    shown = " · ".join(part for part in (party.kind, roles, also) if part)
    more = " ".join(party.aliases[12:200])
    return Hit("party", party.id, _line(party.name or f"unnamed {party.kind}"), "", _line(shown), more)


def _of_article(look: Lookup, article: Article, full_text: bool) -> Hit:
    """An article by its title and outlet, and by every word of it where the site has its text."""
    look.read_articles([article.id])
    source = look.source(article.id)
    body = article.text if full_text else ""
    words = _line(body, SHOWN_WORDS // 2)
    title = look.article_link(article.id).words
    by = f" · by {', '.join(article.byline)}" if article.byline else ""
    return Hit("article", article.id, _line(title), words, _line(f"{source.words}{by}"), body)


def _line(text: str, most: int = 300) -> str:
    """A text in one line, cut to a length, with what cannot be seen named as the pages name it."""
    line = " ".join(str(text).split())
    return str(seen(line if len(line) <= most else f"{line[: most - 1]}…"))


def says(index: Index) -> str:
    """How large an index is, in a sentence."""
    return f"The search holds {index.entries:,} entries in {index.files:,} files of {index.size / 1e6:.1f} MB together."


__all__ = ["Hit", "Index", "cut", "fold", "says", "write_index"]
