"""Outlets and agencies: which names are one, who published an article, and whose report its dateline says it is.

Nothing here judges an outlet; it tells names apart and together, by their form and by a list of the world's agencies.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable
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
    host = HOST.match(name.strip())
    if host is not None and "." in host[1] and " " not in name.strip():
        return _known(host[1].lower()) or _stripped(_registered(host[1].lower()))
    plain = fold(name)
    if (known := _known(plain)) is not None:
        return known
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


@cache
def _agencies() -> dict[str, str]:
    text = resources.files("onrecord.model").joinpath("agencies.tsv").read_text(encoding="utf8")
    rows = [line.split("\t") for line in text.split("\n") if line and not line.startswith("#")][1:]
    found: dict[str, str] = {}
    for name, short, domains in rows:
        key = _stripped(fold(name))
        for other in (name, *short.split(";")):
            found[fold(other)] = key
        for domain in domains.split(";"):
            found[domain] = key
    return found


def _known(name: str) -> str | None:
    found = _agencies().get(name)
    while found is None and name.count(".") > 1:
        name = name.partition(".")[2]
        found = _agencies().get(name)
    return found


@lru_cache(maxsize=4096)
def is_agency(name: str) -> bool:
    """The name is that of one of the world's news agencies."""
    return outlet_key(name) in frozenset(_agencies().values())


@lru_cache(maxsize=16384)
def is_press_name(name: str) -> bool:
    """The name is an agency's, or ends as outlets' names do: "the Harbour Post"."""
    words = fold(name).split()
    return is_agency(name) or (len(words) > 1 and words[-1] in press()["bodies"]["names"])


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


def publisher(article: Article) -> str:
    """Who published an article: its outlet, or else the agency of its dateline, or else its origin."""
    if article.outlet:
        return article.outlet
    agency = dateline_agency(article)
    return agency.of(article.text) if agency is not None else article.origin


def publishers(outlets: Iterable[str | None], datelines: Iterable[str]) -> frozenset[str]:
    """The keys of all that publish: outlets by name, and the agencies that datelines name."""
    return frozenset(outlet_key(name) for name in (*outlets, *datelines) if name)


def is_press(party: Party, known: frozenset[str], before: Iterable[str]) -> bool:
    """A party is an outlet or an agency: by its name, as one of the publishers `known`, or by the words before it.

    `before` are the words that stand before the places where texts name it: "the Finnish daily". A state never is one.
    """
    if party.kind == "state" or not party.name:
        return False
    named = is_press_name(party.name) or outlet_key(party.name) in known
    return named or any(_noun_before().search(words) for words in before)


BEFORE = 40
"""Characters before a name in which a noun may say that it is an outlet's."""


def press_parties(corpus: Corpus) -> frozenset[str]:
    """The ids of the parties of a whole record that are outlets or agencies."""
    agencies = ((a, dateline_agency(a)) for a in corpus.articles)
    datelines = [place.of(article.text) for article, place in agencies if place is not None]
    known = publishers((article.outlet for article in corpus.articles), datelines)
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
