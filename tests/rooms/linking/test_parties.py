"""One party over the record: who joins whom, who does not, and that the order of arrival is nothing."""

from __future__ import annotations

import random

import pytest

from onrecord.linking.parties import PartyMerge, merge
from onrecord.linking.people import keys
from onrecord.linking.sightings import Local
from onrecord.linking.spellings import spelling_of
from onrecord.model import Bundle, LocalParty, Party, PartyKind, PartyRole
from reading_aloud import article_of


def local(
    name: str,
    kind: PartyKind = "person",
    country: str | None = None,
    aliases: tuple[str, ...] = (),
    roles: tuple[tuple[str, str | None], ...] = (),
) -> LocalParty:
    return LocalParty("#0", name, kind, country, aliases, tuple(PartyRole(title, of, None) for title, of in roles))


def bundles(*articles: list[LocalParty]) -> list[Bundle]:
    """A bundle for each list of parties, its keys in order."""
    made = []
    for number, parties in enumerate(articles):
        keyed = tuple(
            LocalParty(f"#{at}", p.name, p.kind, p.country, p.aliases, p.roles) for at, p in enumerate(parties, 1)
        )
        made.append(Bundle(article_of(f"Article {number}."), "test", parties=keyed))
    return made


def party(merged: PartyMerge, bundle: Bundle, number: int) -> Party:
    id_ = merged.id_of(bundle.article.id, f"#{number}")
    return next(p for p in merged.parties if p.id == id_)


def same(left: LocalParty, right: LocalParty) -> bool:
    """The parties of two articles are one."""
    both = bundles([left], [right])
    return len({party(merge(both), bundle, 1).id for bundle in both}) == 1


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (local("Ann Roe"), local("Ann Roe")),
        (local("José Núñez"), local("Jose Nunez")),
        (local("Pak Chol-min"), local("Pak Chol Min")),
        (local("Lanfeng Guo"), local("Guo Lanfeng")),
        (local("Yevgeny Sorokin"), local("Evgeniy Sorokin")),
        (local("Ann M. Roe"), local("Ann Roe")),
        (local("A. Roe"), local("Ann Roe")),
        (local("Peru", "state", "PER"), local("Republic of Peru", "state", "PER")),
        (local("U.N.", "organisation"), local("United Nations", "organisation")),
        (local("Lakeside Labor Organization", "organisation"), local("Lakeside Labour Organisation", "organisation")),
        (local("Lakeside Water Co.", "organisation"), local("Lakeside Water", "organisation")),
        (local("LIMA", "place", "PER"), local("Lima", "place", "PER")),
        (local("Catholics", "group"), local("Catholic", "group")),
    ],
)  # fmt: skip
def test_these_are_one(left: LocalParty, right: LocalParty) -> None:
    assert same(left, right)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (local("Ann Roe"), local("Max Roe")),
        (local("Roe"), local("Roe")),
        (local(""), local("")),
        (local("Ann Maria Roe"), local("Ann Petra Roe")),
        (local("Ministry of Health", "organisation"), local("Ministry of Health", "organisation")),
        (local("Ministry of Health", "organisation", "PER"), local("Ministry of Health", "organisation", "KEN")),
        (local("Victoria", "place", "SYC"), local("Victoria", "place", "CAN")),
        (local("Lima", "place", "PER"), local("Peru", "state", "PER")),
        (local("Roe", "organisation"), local("Roe")),
    ],
)  # fmt: skip
def test_these_are_two(left: LocalParty, right: LocalParty) -> None:
    assert not same(left, right)


def test_a_bare_surname_takes_the_only_person_of_the_record() -> None:
    given = bundles([local("Roe")], [local("Ann Roe")])
    merged = merge(given)
    assert party(merged, given[0], 1).name == "Ann Roe"
    assert merged.resolved_by(given[0].article.id, "#1") == "surname_in_record"
    assert merged.surname_in_record == {(given[0].article.id, "#1")}


def test_a_bare_surname_of_two_persons_stays_its_own() -> None:
    given = bundles([local("Roe")], [local("Ann Roe")], [local("Max Roe")])
    merged = merge(given)
    assert party(merged, given[0], 1).name == "Roe"
    assert len(merged.parties) == 3


def test_an_office_tells_two_persons_of_a_surname_apart() -> None:
    given = bundles(
        [local("Roe", roles=(("mayor", None),))],
        [local("Ann Roe", roles=(("mayor", "Lima"),))],
        [local("Max Roe")],
    )
    assert party(merge(given), given[0], 1).name == "Ann Roe"


def test_a_surname_that_its_own_article_keeps_apart_stays_apart() -> None:
    given = bundles([local("Ann Roe"), local("Roe")])
    merged = merge(given)
    assert party(merged, given[0], 2).name == "Roe"


def test_a_family_name_that_comes_first_is_a_surname() -> None:
    given = bundles([local("Guo")], [local("Guo Lanfeng", aliases=("Guo",))])
    assert party(merge(given), given[0], 1).name == "Guo Lanfeng"


def test_initials_learnt_in_one_article_are_known_in_all() -> None:
    given = bundles(
        [local("Lakeside Water Authority", "organisation", aliases=("LWA",))], [local("LWA", "organisation")]
    )
    merged = merge(given)
    assert party(merged, given[1], 1).name == "Lakeside Water Authority"
    assert merged.resolved_by(given[1].article.id, "#1") == "acronym"


def test_initials_of_two_bodies_are_neither() -> None:
    given = bundles(
        [local("Lakeside Water Authority", "organisation", aliases=("LWA",))],
        [local("Land Workers Alliance", "organisation", aliases=("LWA",))],
        [local("LWA", "organisation")],
    )
    assert party(merge(given), given[2], 1).name == "LWA"


def test_one_name_in_two_countries_is_two_persons_only_on_good_evidence() -> None:
    peru, kenya = local("Ann Roe", country="PER"), local("Ann Roe", country="KEN")
    assert same(peru, kenya)
    assert len(merge(bundles([peru], [peru], [kenya], [kenya])).parties) == 2


def test_a_party_has_the_fullest_name_and_every_spelling_and_role() -> None:
    given = bundles(
        [local("Ann Roe", aliases=("Roe",), roles=(("mayor", None),))],
        [local("Ann M. Roe", country="PER", roles=(("mayor", "Lima"), ("president", "Republic of Peru")))],
    )
    (found,) = merge(given).parties
    assert (found.name, found.country, found.aliases) == ("Ann M. Roe", "PER", ("Ann Roe", "Roe"))
    assert [(role.title, role.of) for role in found.roles] == [("mayor", "Lima"), ("president", "Peru")]


def test_the_order_of_arrival_is_nothing() -> None:
    given = bundles(
        [local("Roe"), local("Peru", "state", "PER"), local("")],
        [local("Ann Roe", roles=(("mayor", None),)), local("LWA", "organisation")],
        [local("A. Roe"), local("Lakeside Water Authority", "organisation", aliases=("LWA",))],
        [local("Max Doe", country="PER")],
        [local("Max Doe", country="KEN"), local("Doe")],
        [local("Ministry of Health", "organisation"), local("Roe", roles=(("mayor", None),))],
    )
    wanted = merge(given)
    for seed in range(20):
        shuffled = list(given)
        random.Random(seed).shuffle(shuffled)
        found = merge(shuffled)
        assert (found.parties, found.ids, found.how) == (wanted.parties, wanted.ids, wanted.how)


def test_every_local_party_has_a_party() -> None:
    given = bundles([local("Roe"), local("", "group")], [local("Ann Roe")])
    merged = merge(given)
    ids = {p.id for p in merged.parties}
    for bundle in given:
        for p in bundle.parties:
            assert merged.id_of(bundle.article.id, p.key) in ids
    assert merged.id_of("nowhere", "#1") is None


def test_blocks_are_narrow() -> None:
    """A name falls in at most two blocks, and both orders of it in the same ones."""
    guo = spelling_of(Local("a", None, local("Guo Lanfeng")))
    assert len(keys(guo)) <= 2
    assert keys(guo) == keys(guo[::-1])
