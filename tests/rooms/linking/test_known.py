"""The user's own list of parties in linking: it joins, it keeps apart, and it wins."""

from __future__ import annotations

from onrecord.linking.parties import merge
from onrecord.model import Bundle, LocalParty, PartyRole, When
from onrecord.model.lists import parties_of
from reading_aloud import article_of


def bundle(
    number: int, *parties: tuple[str, str], published: str | None = None, roles: tuple[PartyRole, ...] = ()
) -> Bundle:
    keyed = tuple(
        LocalParty(f"#{at}", name, kind, None, (), roles)  # type: ignore[arg-type]
        for at, (name, kind) in enumerate(parties, 1)
    )
    return Bundle(article_of(f"Article {number}.", published), "test", parties=keyed)


def names(bundles: list[Bundle], listed: str) -> list[str]:
    return sorted(party.name for party in merge(bundles, parties_of(listed)).parties)


def test_names_that_no_rule_would_join_are_one_where_the_list_says_so() -> None:
    given = [
        bundle(1, ("Ilse Varga", "person")),
        bundle(2, ("Ильзе Варга", "person")),
        bundle(3, ("Iron Ilse", "person")),
    ]
    listed = '[[party]]\nname = "Ilse Varga"\naliases = ["Ильзе Варга", "Iron Ilse"]\n'
    merged = merge(given, parties_of(listed))
    assert [party.name for party in merged.parties] == ["Ilse Varga"]
    assert merged.resolved_by(given[2].article.id, "#1") == "list"
    assert names(given, '[[party]]\nname = "Somebody Else"\n') == ["Ilse Varga", "Iron Ilse", "Ильзе Варга"]


def test_the_lists_kind_and_country_win() -> None:
    listed = '[[party]]\nname = "Tamarind"\naliases = ["The Tamarind"]\ncountry = "KEN"\n'
    given = [
        bundle(1, ("Tamarind", "organisation")),
        bundle(2, ("Tamarind", "person")),
        bundle(3, ("Tamarind", "organisation")),
    ]
    [party] = merge(given, parties_of(listed)).parties
    assert (party.kind, party.country) == ("organisation", "KEN")
    listed = listed.replace("country", 'kind = "organisation"\ncountry')
    assert len(merge(given, parties_of(listed)).parties) == 2, "a person of that name is not the organisation"


def test_who_is_not_the_party_is_kept_apart() -> None:
    given = [bundle(1, ("Ann Roe", "person")), bundle(2, ("Ann Maria Roe", "person"))]
    assert len(merge(given).parties) == 1
    assert names(given, '[[party]]\nname = "Ann Roe"\nnot = ["Ann Maria Roe"]\n') == ["Ann Maria Roe", "Ann Roe"]


def test_two_entries_are_two_however_alike() -> None:
    given = [bundle(1, ("Ann Roe", "person")), bundle(2, ("A. Roe", "person"))]
    assert names(given, '[[party]]\nname = "Ann Roe"\n[[party]]\nname = "A. Roe"\n') == ["A. Roe", "Ann Roe"]


def test_roles_have_the_lists_time_or_the_days_on_which_articles_gave_them() -> None:
    mayor, member = PartyRole("mayor", "Lima", None), PartyRole("member", "the board", None)
    given = [
        bundle(1, ("Ann Roe", "person"), published="2024-05-03", roles=(mayor, member)),
        bundle(2, ("Ann Roe", "person"), published="2024-07-09", roles=(member,)),
    ]
    listed = '[[party]]\nname = "Ann Roe"\nroles = [{title = "Mayor", of = "Lima", from = "2019"}]\n'
    [party] = merge(given, parties_of(listed)).parties
    assert [(role.title, role.when) for role in party.roles] == [
        ("Mayor", When("", "2019-01-01", None, "day", None, "inferred")),
        ("member", When("", "2024-05-03", "2024-07-09", "day", None, "inferred")),
    ]


def test_the_order_of_articles_makes_no_difference() -> None:
    given = [bundle(1, ("Ann Roe", "person")), bundle(2, ("A. Roe", "person")), bundle(3, ("Roe", "person"))]
    listed = parties_of('[[party]]\nname = "Ann Maria Roe"\naliases = ["A. Roe"]\n')
    assert merge(given, listed).parties == merge(given[::-1], listed).parties
