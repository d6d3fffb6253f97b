"""Names of persons: their parts, the family name, what a given name tells."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.model.personal import fold, gender_of, initials_agree, loosen, parts_of, surname_of


@pytest.mark.parametrize(
    ("name", "surname"),
    [
        ("Ann Roe", ("roe",)),
        ("Guo Lanfeng", ("guo",)),
        ("Pak Chol-min", ("pak",)),
        ("Jan van der Berg", ("van", "der", "berg")),
        ("Max Roe Jr.", ("roe",)),
        ("A.Yu. Sorokin", ("sorokin",)),
        ("Kovács Anna", ("kovacs",)),
        ("Anna Kovács", ("kovacs",)),
        ("Lee Harper", ("harper",)),
    ],
)
def test_the_family_name(name: str, surname: tuple[str, ...]) -> None:
    assert surname_of(parts_of(name)) == surname


def test_a_given_name_tells_gender_and_a_family_name_does_not() -> None:
    assert gender_of(parts_of("Anna Roe")) == "female"
    assert gender_of(parts_of("Peter Roe")) == "male"
    assert gender_of(parts_of("Guo Lanfeng")) == "unknown"
    assert gender_of(parts_of("Roe")) == "unknown"


def test_initials_agree_with_what_they_begin() -> None:
    assert initials_agree(("j", "roe"), ("jane", "roe"))
    assert not initials_agree(("j", "roe"), ("ann", "roe"))
    assert not initials_agree(("joan", "roe"), ("jane", "roe"))


@given(st.text(max_size=40))
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(alphabet="abcdefghiouyk", min_size=1, max_size=12))
def test_loosening_keeps_something(part: str) -> None:
    assert loosen(part)
