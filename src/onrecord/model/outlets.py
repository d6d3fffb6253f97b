"""Outlets and agencies: which names are one, who published an article, and whose report its dateline says it is.

Nothing here judges an outlet; it tells names apart and together, by their form and by a list of the world's agencies.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import Any

from onrecord.model.corpus import Corpus
from onrecord.model.personal import fold
from onrecord.model.records import Article, Party
from onrecord.model.values import Passage

HOST = re.compile(r"(?:https?://)?((?:[\w-]{1,63}\.){1,6}[a-z]{2,24})(?:[:/?#]\S*)?\Z", re.IGNORECASE)
BRACKETED = re.compile(r"\(([^()\n]{2,40})\)|/([^/\n]{2,30})/|\[([^\[\]\n]{2,40})\]")
LETTERS = re.compile(r"[^\w]+|_")
LEAST = 2
"""Letters that an outlet's name must keep when words like "news" are left out."""


@cache
def press() -> dict[str, Any]:
    """The lists of `press.toml`; the same object each time: treat it as read-only."""
    return tomllib.loads(resources.files("onrecord.model").joinpath("press.toml").read_text(encoding="utf8"))


@lru_cache(maxsize=16384)
def outlet_key(name: str) -> str:
    """What is left of an outlet's name, or of its web address, when spelling is left aside: "The Xyz News" is `xyz`.

    Two names with one key are taken to be one outlet. An address gives the name it is registered under, without
    subdomains: `world.xyz-news.co.uk` is `xyz`.
    """
    asked = _asked(name)
    if (known := _known(asked)) is not None:
        return known
    host = HOST.match(name.strip())
    if host is not None and " " not in name.strip():
        return _stripped(_registered(asked))
    plain = fold(name)
    for opening in press()["names"]["openings"]:
        if plain.startswith(f"{opening} ") and len(plain) > len(opening) + LEAST:
            plain = plain[len(opening) + 1 :]
    return _known(plain) or _stripped(plain)


def _registered(host: str) -> str:
    labels = host.removeprefix("www.").split(".")[:-1]
    if len(labels) > 1 and labels[-1] in press()["names"]["registries"]:
        labels.pop()
    return labels[-1].replace("-", " ")


def _stripped(plain: str) -> str:
    """The letters of a name, without the words at its end that only say that it is an outlet."""
    letters = LETTERS.sub("", plain)
    if letters.startswith("the") and len(letters) > len("the") + LEAST:
        letters = letters[len("the") :]  # also of "Theo…": what counts is that a name and its address give one key
    for ending in press()["names"]["endings"]:
        short = letters.removesuffix(ending.replace(" ", ""))
        if short != letters and len(short) >= LEAST:
            return short
    return letters


def _listed(file: str) -> dict[str, str]:
    """The key of every name and domain of a list of outlets."""
    text = resources.files("onrecord.model").joinpath(file).read_text(encoding="utf8")
    rows = [line.split("\t") for line in text.split("\n") if line and not line.startswith("#")][1:]
    found: dict[str, str] = {}
    for name, short, domains in rows:
        key = LETTERS.sub("", fold(name).removeprefix("the "))
        for other in (name, *short.split(";")):
            found[fold(other).removeprefix("the ")] = key
        for domain in domains.split(";"):
            found[domain] = key
    found.pop("", None)
    return found


@cache
def _agencies() -> dict[str, str]:
    return _listed("agencies.tsv")


@cache
def _outlets() -> dict[str, str]:
    return _listed("outlets.tsv") | _agencies()


def _known(name: str) -> str | None:
    """The key of a listed outlet, by its folded name without an article or by its host."""
    found = _outlets().get(name)
    while found is None and " " not in name and name.count(".") > 1:
        name = name.partition(".")[2]
        found = _outlets().get(name)
    return found


@lru_cache(maxsize=4096)
def is_agency(name: str) -> bool:
    """The name, or the address, is that of one of the world's news agencies."""
    known = _known(_asked(name))
    return known is not None and known in frozenset(_agencies().values())


def _asked(name: str) -> str:
    """A name or an address as the lists are asked for it."""
    host = HOST.match(name.strip())
    if host is not None and " " not in name.strip():
        return host[1].lower().removeprefix("www.")
    return fold(name).removeprefix("the ")


@lru_cache(maxsize=16384)
def is_press_name(name: str) -> bool:
    """The name is a listed outlet's or agency's, or ends as outlets' names do: "the Harbour Post"."""
    words, bodies = fold(name).split(), press()["bodies"]
    return _known(_asked(name)) is not None or (
        len(words) > 1 and (words[-1] in bodies["names"] or words[0] in bodies["first"])
    )


def dateline_agency(article: Article) -> Passage | None:
    """The agency that an article's dateline names, as a passage: `LIMA, 3 May (Xyz) -`, `LIMA /Xyz/`; or null."""
    for part in article.parts:
        if part.role == "dateline":
            span = agency_in(article.text[part.start : part.end])
            if span is not None:
                return Passage(part.start + span[0], part.start + span[1])
    return None


def agency_in(dateline: str) -> tuple[int, int] | None:
    """Where a dateline names its agency, in brackets or between slashes."""
    for found in BRACKETED.finditer(dateline):
        group = next(number for number in (1, 2, 3) if found[number] is not None)
        if re.search(r"[^\W\d_]{2}", found[group]) and not re.search(r"\d", found[group]):
            return found.span(group)
    return None


@dataclass(frozen=True, slots=True)
class Behind:
    """The outlet or agency whose report an article says that it is, and the words that say so.

    `passage` is null where a page's metadata names it as the author.
    """

    name: str
    passage: Passage | None


def agency_behind(article: Article) -> Behind | None:
    """Whose report an article says that it is: by its dateline, its byline, or a line of credit; or null."""
    place = dateline_agency(article)
    if place is not None:
        return Behind(place.of(article.text), place)
    for author in article.byline:
        if is_agency(author) or fold(author).endswith(tuple(press()["credits"]["bylines"])):
            at = article.text.find(author)
            lines = [part for part in article.parts if part.role in ("byline", "header")]
            inside = any(part.start <= at < part.end for part in lines)
            return Behind(author, Passage(at, at + len(author)) if inside else None)
    return _credit_line(article)


def _credit_line(article: Article) -> Behind | None:
    """A line or bracket that credits another outlet with the whole article: "(First published by Xyz)"."""
    for start, end in _edges(article):
        for found in _credit().finditer(article.text, start, end):
            if fold(found["how"]) in press()["credits"]["published"] or is_press_name(found["who"]):
                return Behind(found["who"], Passage(*found.span("who")))
    return None


EDGE = 400
"""Characters at either end of an article in which a line of credit stands."""


def _edges(article: Article) -> list[tuple[int, int]]:
    length = len(article.text)
    return [(max(0, length - EDGE), length)] if length <= 2 * EDGE else [(length - EDGE, length), (0, EDGE)]


@cache
def _credit() -> re.Pattern[str]:
    every = [*press()["credits"]["published"], *press()["credits"]["source"]]
    openings = "|".join(re.escape(words) for words in sorted(every, key=len, reverse=True))
    word = r"[^\W\d_][\w&'’-]{0,40}(?:\.[\w&'’-]{1,40}){0,3}"
    name = rf"{word}(?:[ \t]{word}){{0,5}}?"
    return re.compile(
        rf"(?:^|[\[(])[ \t]*(?P<how>(?i:{openings}))[ \t]*:?[ \t]+(?:the[ \t]+)?(?P<who>{name})[ \t]*"
        r"(?:[\])]|\.?[ \t]*$)",
        re.MULTILINE,
    )


def publisher(article: Article) -> str:
    """Who published an article: its outlet, or else the agency that it says it is from, or else its origin."""
    if article.outlet:
        return article.outlet
    behind = agency_behind(article)
    return behind.name if behind is not None else article.origin


def publishers(outlets: Iterable[str | None], agencies: Iterable[str]) -> frozenset[str]:
    """The keys of all that publish: outlets by name, and the agencies whose reports articles say that they are."""
    return frozenset(outlet_key(name) for name in (*outlets, *agencies) if name)


def is_press(party: Party, known: frozenset[str], before: Iterable[str]) -> bool:
    """A party is an outlet or an agency: by its name, as one of the publishers `known`, or by the words before it.

    `before` are the words that stand before the places where texts name it: "the Finnish daily". A state never is one.
    """
    if party.kind == "state" or not party.name:
        return False
    names = (party.name, *party.aliases)
    listed = party.kind in ("organisation", "work", "group")
    if listed and any(is_press_name(name) for name in names):
        return True
    return outlet_key(party.name) in known or any(_noun_before().search(words) for words in before)


BEFORE = 40
"""Characters before a name in which a noun may say that it is an outlet's."""


def press_parties(corpus: Corpus) -> frozenset[str]:
    """The ids of the parties of a whole record that are outlets or agencies."""
    behind = [found.name for article in corpus.articles if (found := agency_behind(article)) is not None]
    known = publishers((article.outlet for article in corpus.articles), behind)
    before: dict[str, list[str]] = defaultdict(list)
    for mention in corpus.mentions:
        if mention.form == "name":
            text = corpus.article[mention.article_id].text
            before[mention.party_id].append(text[max(0, mention.start - BEFORE) : mention.start])
    return frozenset(party.id for party in corpus.parties if is_press(party, known, before.get(party.id, ())))


@cache
def _noun_before() -> re.Pattern[str]:
    """A press noun that ends right before a name."""
    bodies = press()["bodies"]
    strong = [noun for noun in bodies["nouns"] if noun not in bodies["weak"]]
    beside = "|".join(map(re.escape, bodies["beside"]))
    weak = "|".join(map(re.escape, bodies["weak"]))
    nouns = "|".join(map(re.escape, sorted(strong, key=len, reverse=True)))
    return re.compile(rf"\b(?:{nouns}|(?:{beside})\s+(?:{weak})|(?:the|an?)\s+(?:{weak}))\s+\Z", re.IGNORECASE)
