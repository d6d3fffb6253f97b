"""Lemmas by part of speech: from the lists, else by rule."""

from __future__ import annotations

import pytest

from onrecord.language.lemmas import lemmatiser

VERBS = """
said say, says say, stopped stop, hoped hope, hopping hop, making make, called call, calling call, travelled travel,
controlled control, agreed agree, needed need, died die, lying lie, studied study, tries try, watches watch, goes go,
passes pass, charged charge,
changing change, hanging hang, singing sing, argued argue, produced produce, involved involve,
created create,
treated treat, repeated repeat, visited visit, invited invite, contributed contribute,
shouted shout,
decided decide, avoided avoid, including include, clouded cloud, provoked provoke, looked look, required require,
repaired repair, secured secure, occurred occur, poured pour, assumed assume, seemed seem, determined determine,
remained remain, opened open, postponed postpone, mentioned mention, developed develop, shaped shape, shipped ship,
described describe, grabbed grab, enabled enable, curled curl, revealed reveal, compiled compile, failed fail,
using use,
focused focus, released release, increased increase, witnessed witness, raising raise,
damaged damage, tagged tag, voting vote, pivoted pivot,
attended attend, ended end, tasted taste, tested test, panicked panic, fixed fix, owed owe, going go, being be, went go
"""
NOUNS = """
ministers minister, countries country, women woman, news news, series series, boxes box, crises crisis,
analyses analysis,
buses bus, houses house, leaves leaf, heroes hero, shoes shoe, movies movie, boys boy, classes class, churches church,
viruses virus, uses use, causes cause, people people, gas gas, politics politics,
critics critic, policemen policeman,
CEOs CEO, TV TV, 1990s 1990s, sizes size, ties tie, spokeswomen spokeswoman, phenomena phenomenon, Talks talk
"""
ADJECTIVES = "bigger big, largest large, happier happy, better good, worse bad, wider wide, clever clever, other other"


def pairs(listed: str) -> list[tuple[str, str]]:
    return [(form, lemma) for form, lemma in (pair.split() for pair in listed.split(","))]


@pytest.mark.parametrize(("form", "lemma"), pairs(VERBS))
def test_verbs(form: str, lemma: str) -> None:
    assert lemmatiser().lemma(form, "VERB") == lemma


@pytest.mark.parametrize(("form", "lemma"), pairs(NOUNS))
def test_nouns(form: str, lemma: str) -> None:
    assert lemmatiser().lemma(form, "NOUN") == lemma


@pytest.mark.parametrize(("form", "lemma"), pairs(ADJECTIVES))
def test_adjectives(form: str, lemma: str) -> None:
    assert lemmatiser().lemma(form, "ADJ") == lemma


@pytest.mark.parametrize(
    ("form", "upos", "lemma"),
    [
        ("n't", "PART", "not"), ("n’t", "PART", "not"), ("'s", "AUX", "be"), ("'s", "PART", "'s"), ("ca", "AUX", "can"),
        ("them", "PRON", "they"), ("an", "DET", "a"), ("those", "DET", "that"), ("Ruiz", "PROPN", "Ruiz"),
        ("Peruvians", "PROPN", "Peruvian"), ("Has", "AUX", "have"), ("Twelve", "NUM", "twelve"), ("4.5", "NUM", "4.5"),
    ],
)  # fmt: skip
def test_small_words(form: str, upos: str, lemma: str) -> None:
    assert lemmatiser().lemma(form, upos) == lemma


def test_her_is_told_apart_by_its_relation() -> None:
    assert lemmatiser().lemma("her", "PRON", "nmod:poss") == "her"
    assert lemmatiser().lemma("her", "PRON", "obj") == "she"


def test_a_capital_stays_unless_it_is_the_sentence_s() -> None:
    assert lemmatiser().lemma("Kenyan", "ADJ") == "Kenyan"
    assert lemmatiser().lemma("Big", "ADJ", is_first=True) == "big"
