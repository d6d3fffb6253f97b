"""Parties and their mentions: the case file, and what holds for every text."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest

from casefiles import cases
from onrecord.language.analysis import Analysis, Name
from onrecord.model import Mention, Passage
from onrecord.resolution.cast import Cast
from onrecord.resolution.parties import cast_of
from reading_aloud import analysis_of, needs_reader
from trees_by_hand import tree

MARKED = re.compile(r"\{(Person|Location|Facility|Organization|NORP|Misc) ([^}]+)\}")
CASES = cases("en/parties.toml")


def marked(text: str) -> tuple[str, tuple[Name, ...]]:
    """The text without its marks, and the names that were marked."""
    plain, names, at = "", [], 0
    for mark in MARKED.finditer(text):
        plain += text[at : mark.start()]
        names.append(Name(len(plain), len(plain) + len(mark[2]), mark[2], mark[1], 1.0))  # type: ignore[arg-type]
        plain, at = plain + mark[2], mark.end()
    return plain + text[at:], tuple(names)


def read(case: dict[str, Any]) -> Cast:
    """The cast of a case's text: words by the reader, names as the case marks them."""
    text, names = marked(case["text"])
    return cast_of(replace(analysis_of(text), names=names))


def place(text: str, words: str) -> Passage:
    """The place in brackets, which its surroundings tell from others."""
    before, target, after = re.fullmatch(r"(.*)\[(.+)\](.*)", words, re.S).groups()  # type: ignore[union-attr]
    at = text.index(before + target + after) + len(before)
    return Passage(at, at + len(target))


def mentions_at(cast: Cast, passage: Passage) -> list[Mention]:
    return [m for m in cast.mentions if (m.start, m.end) == (passage.start, passage.end) and m.form != "title"]


def told(cast: Cast, mention: Mention, like: str) -> str:
    """The party of a mention as the case writes it."""
    party = cast.party(mention.party_id)
    if like.startswith("state:"):
        return f"{party.kind}:{party.country}"
    return f"{party.kind}:{party.name}" if like.startswith("place:") else party.name


@needs_reader
@pytest.mark.parametrize("case", CASES, ids=[case["title"] for case in CASES])
def test_each_place_names_its_party(case: dict[str, Any]) -> None:
    cast = read(case)
    for words, wanted in case["names"]:
        found = mentions_at(cast, place(cast.analysis.text, words))
        assert [told(cast, mention, wanted) for mention in found] == [wanted], (words, case["why"])
    for words in case.get("absent", []):
        assert mentions_at(cast, place(cast.analysis.text, words)) == [], (words, case["why"])
    by_name = {party.name: party for party in cast.parties}
    for name, roles in case.get("roles", {}).items():
        assert [f"{role.title} of {role.of}" for role in by_name[name].roles] == roles
    for name, code in case.get("countries", {}).items():
        assert by_name[name].country == code


@needs_reader
@pytest.mark.parametrize("case", CASES, ids=[case["title"] for case in CASES])
def test_every_mention_is_the_words_at_its_place(case: dict[str, Any]) -> None:
    cast = read(case)
    keys = [party.key for party in cast.parties]
    assert keys == [f"#{number}" for number in range(1, len(keys) + 1)]
    assert {mention.party_id for mention in cast.mentions} == set(keys)
    assert len({mention.id for mention in cast.mentions}) == len(cast.mentions)
    for mention in cast.mentions:
        assert cast.analysis.text[mention.start : mention.end] == mention.text
        assert mention.article_id == cast.analysis.article.id


@needs_reader
def test_a_cast_is_the_same_each_time() -> None:
    case = CASES[0]
    assert read(case).mentions == read(case).mentions


APPOSITION = """
the     the     DET   2 det
mayor   mayor   NOUN  6 nsubj
,       ,       PUNCT 5 punct
Ann     Ann     PROPN 2 appos
Roe     Roe     PROPN 4 flat
met     meet    VERB  0 root
Max     Max     PROPN 6 obj
Doe     Doe     PROPN 7 flat
and     and     CCONJ 10 cc
Eve     Eve     PROPN 7 conj
Poe     Poe     PROPN 10 flat
"""


def apposition() -> tuple[Analysis, Cast]:
    analysis = tree(APPOSITION, [("Ann Roe", "Person"), ("Max Doe", "Person"), ("Eve Poe", "Person")])
    return analysis, cast_of(analysis)


def span(analysis: Analysis, words: str) -> Passage:
    at = analysis.text.index(words)
    return Passage(at, at + len(words))


def test_a_noun_phrase_names_whom_its_head_names() -> None:
    analysis, cast = apposition()
    key = cast.at(span(analysis, "the mayor , Ann Roe"))
    assert key is not None
    assert cast.party(key).name == "Ann Roe"


def test_joined_names_are_several_parties() -> None:
    analysis, cast = apposition()
    both = span(analysis, "Max Doe and Eve Poe")
    assert [cast.party(key).name for key in cast.all_at(both)] == ["Max Doe", "Eve Poe"]
    assert [cast.party(key).name for key in cast.keys_in(both)] == ["Max Doe", "Eve Poe"]


def test_what_stands_inside_a_title_is_not_outermost() -> None:
    rows = """
    Kenyan    Kenyan    ADJ   2 amod
    President president PROPN 3 compound
    Oloo      Oloo      PROPN 4 nsubj
    spoke     speak     VERB  0 root
    """
    analysis = tree(rows, [("Kenyan", "NORP"), ("Oloo", "Person")])
    cast = cast_of(analysis)
    keys = cast.keys_in(span(analysis, "Kenyan President Oloo"))
    assert [cast.party(key).name for key in keys] == ["Oloo"]
    assert cast.party(keys[0]).country == "KEN"


def test_a_phrase_about_a_party_does_not_name_it() -> None:
    rows = """
    Roe      Roe       PROPN 3 nmod:poss
    's       's        PART  1 case
    lawyer   lawyer    NOUN  4 nsubj
    spoke    speak     VERB  0 root
    """
    analysis = tree(rows, [("Roe", "Person")])
    assert cast_of(analysis).at(span(analysis, "Roe 's lawyer")) is None


def test_their_is_both_who_left() -> None:
    rows = """
    Ann    Ann    PROPN 6 nsubj
    Roe    Roe    PROPN 1 flat
    and    and    CCONJ 4 cc
    Max    Max    PROPN 1 conj
    Doe    Doe    PROPN 4 flat
    left   leave  VERB  0 root
    their  their  PRON  8 nmod:poss
    house  house  NOUN  6 obj
    """
    analysis = tree(rows, [("Ann Roe", "Person"), ("Max Doe", "Person")])
    cast = cast_of(analysis)
    both = mentions_at(cast, span(analysis, "their"))
    assert [cast.party(mention.party_id).name for mention in both] == ["Ann Roe", "Max Doe"]
    assert len({mention.id for mention in both}) == 2


def test_the_city_of_lima_is_lima() -> None:
    rows = """
    the    the    DET   2 det
    city   city   NOUN  5 nsubj
    of     of     ADP   4 case
    Lima   Lima   PROPN 2 nmod
    sued   sue    VERB  0 root
    """
    analysis = tree(rows, [("Lima", "Location")])
    cast = cast_of(analysis)
    key = cast.at(span(analysis, "the city of Lima"))
    assert key is not None
    assert cast.party(key).name == "Lima"
