"""One person in many spellings, two persons in like ones, and whom a bare surname names. All names are invented."""

from __future__ import annotations

import pytest

from onrecord.linking.parties import merge
from onrecord.linking.spellings import heard, latin, written_out
from onrecord.model import Bundle, LocalParty
from onrecord.model.personal import suffix_of
from reading_aloud import article_of


def bundles(*articles: list[str]) -> list[Bundle]:
    """An article for each list of persons' names."""
    return [
        Bundle(
            article_of(f"Article {number}."),
            "test",
            parties=tuple(LocalParty(f"#{at}", name, "person", None, (), ()) for at, name in enumerate(names, 1)),
        )
        for number, names in enumerate(articles)
    ]


def are_one(left: str, right: str) -> bool:
    return len(merge(bundles([left], [right])).parties) == 1


ONE = [
    ("Yuri Sokolin", "Yury Sokolin"), ("Yuri Sokolin", "Jurij Sokolin"), ("Sergei Lavrin", "Sergey Lavrin"),
    ("Aleksandr Petrin", "Alexander Petrin"), ("Alexei Orlin", "Aleksey Orlin"), ("Viktor Yanin", "Victor Yanin"),
    ("Mikhail Hodorin", "Mikhail Khodorin"), ("Evgeny Zhukin", "Yevgeniy Zhukin"), ("Владимир Орлин", "Vladimir Orlin"),
    ("Volodymyr Zelin", "Volodymyr Zelin"), ("Oleksiy Shevchin", "Oleksii Shevchin"),
    ("Mohammed Rashidi", "Muhammad Rasheedi"), ("Hussein al-Masrawi", "Hussain al-Masrawi"),
    ("Hussein al-Masrawi", "Hussein Masrawi"), ("Abdul Rahman Karimi", "Abdurrahman Karimi"),
    ("Abdel-Fattah Nasri", "Abdul Fattah Nasri"), ("Osama Khalili", "Usama Khalili"), ("Ahmad Saidi", "Ahmed Saeedi"),
    ("Hans Müller", "Hans Mueller"), ("Müller Hans", "Hans Mueller"), ("Jörg Schröder", "Joerg Schroeder"),
    ("Søren Kjær", "Soren Kjaer"), ("Jean-Pierre Rouxel", "Jean Pierre Rouxel"),
    ("Nguyễn Văn Bình", "Nguyen Van Binh"), ("Kim Jong-hoon", "Kim Jong Hoon"), ("Kim Jong-hoon", "Kim Jonghoon"),
    ("Hun Maneth", "Maneth Hun"), ("Imran Chaudhry", "Chaudhry Imran"), ("Robert Haler Jr.", "Robert Haler"),
    ("J. R. Haler", "John R. Haler"), ("Yu. Orlin", "Yuri Orlin"), ("Hillary Rodman Clayton", "Hillary Clayton"),
]  # fmt: skip

TWO = [
    ("Robert Haler Jr.", "Robert Haler Sr."), ("Robert Haler II", "Robert Haler III"), ("Ann Roe", "Anna Roe"),
    ("Robert Kane", "Robert Cane"), ("Jason Barron", "Eric Baron"), ("Mohammed Aliyev", "Mahmoud Aliyev"),
    ("Hasan Karimi", "Husain Karimi"), ("Ivan Petrin", "Ivana Petrina"), ("Alexander Orlin", "Alexandra Orlin"),
    ("Oleg Orlin", "Olga Orlin"), ("Carlos Silvar", "Carla Silvar"), ("Li Wei", "Li Na"), ("Kim Min", "Kim Mina"),
    ("Park Ji-min", "Park Ji-won"), ("Kim Jong-hoon", "Kim Jong-hwan"), ("George H. W. Burns", "George W. Burns"),
    ("Bo Petersen", "Bob Petersen"), ("Juan Perez", "Juan Perez Soto"), ("Jamal Nasri", "Kamal Nasri"),
]  # fmt: skip


@pytest.mark.parametrize(("left", "right"), ONE)
def test_spellings_of_one_name_are_one_person(left: str, right: str) -> None:
    assert are_one(left, right) and are_one(right, left)


@pytest.mark.parametrize(("left", "right"), TWO)
def test_names_that_are_only_alike_are_two_persons(left: str, right: str) -> None:
    assert not are_one(left, right)


def test_how_a_spelling_was_told_is_said() -> None:
    given = bundles(["Yuri Sokolin"], ["Jurij Sokolin"])
    merged = merge(given)
    assert "spelling" in {merged.resolved_by(bundle.article.id, "#1") for bundle in given}


def test_spellings_that_one_article_keeps_apart_are_two() -> None:
    assert len(merge(bundles(["Mohammed Rashidi", "Muhammad Rashidi"])).parties) == 2


def test_father_and_son_in_one_article_are_two_everywhere() -> None:
    merged = merge(bundles(["Donald Haler", "Donald Haler Jr."], ["Donald J. Haler"], ["Donald Haler Jr."]))
    assert sorted(party.name for party in merged.parties) == ["Donald Haler Jr.", "Donald J. Haler"]


def test_a_junior_whom_one_of_many_articles_names_is_the_son() -> None:
    many = [["Donald Haler", f"Ann Roe{letter}"] for letter in "abcdefghij"]
    merged = merge(bundles(*many, ["Donald Haler Jr."], ["Haler", "Ann Roea"]))
    halers = {party.name for party in merged.parties if "Haler" in party.name}
    assert halers == {"Donald Haler", "Donald Haler Jr."}, "the bare surname is the father's, and nobody's else"


def test_a_junior_whom_half_the_articles_name_so_is_one_man() -> None:
    merged = merge(bundles(["Donald Haler"], ["Donald Haler"], ["Donald Haler Jr."], ["Donald Haler Jr."]))
    assert len(merged.parties) == 1


@pytest.mark.parametrize(
    ("articles", "joined"),
    [
        pytest.param([["Roe"], ["Ann Roe"]], True, id="nothing speaks against it"),
        pytest.param([["Roe", "Max Lind"], ["Ann Roe", "Max Lind"]], True, id="somebody in common"),
        pytest.param(
            [["Roe", "Max Lind", "Eva Holt", "Ida Bern"], ["Ann Roe", "Tom Vance", "Lea Marsh", "Kit Moss"]],
            False,
            id="nobody in common where each names many",
        ),
        pytest.param(
            [["Roe", "Max Lind", "Eva Holt", "Ida Bern"], *([["Ann Roe", "Tom Vance", "Lea Marsh", "Kit Moss"]] * 1),
             ["Ann Roe", "Pia Dunn"], ["Ann Roe", "Jo Ashby"]],
            True,
            id="a person whom many articles name",
        ),
        pytest.param([["Roe", "Mary Roe"], ["Ann Roe"]], False, id="its article names another of the surname"),
        pytest.param([["Barron"], ["Jason Baron"]], False, id="another surname"),
        pytest.param([["Elizabeth II"], ["Elizabeth Roe"]], False, id="a queen is no surname"),
        pytest.param([["Rasheedi"], ["Mohammed Rasheedi"]], True, id="its own spelling"),
    ],
)  # fmt: skip
def test_a_bare_surname_takes_the_records_only_person_where_something_speaks_for_it(
    articles: list[list[str]], joined: bool
) -> None:
    given = bundles(*articles)
    assert (given[0].article.id, "#1") in merge(given).surname_in_record or not joined
    assert ((given[0].article.id, "#1") in merge(given).surname_in_record) is joined


def test_a_given_name_alone_is_nobodys_surname() -> None:
    given = bundles(["Eric", "Max Lind"], ["Eric Cantrell"])
    assert not merge(given).surname_in_record


def test_a_block_of_very_many_of_one_name_is_capped_and_still_joins_the_whole_name() -> None:
    crowd = [[f"A{letter}{other}a Roe"] for letter in "bcdfghklmnprst" for other in "aeiouylmnrst"][:300]
    given = bundles(*crowd, ["Abala Maria Roe"], ["Abala Roe"], ["A. Roe"])
    merged = merge(given)
    names = {merged.id_of(bundle.article.id, "#1") for bundle in given[-3:-1]}
    assert len(names) == 1, "the whole name joins the longer one"
    assert merged.resolved_by(given[-1].article.id, "#1") is None, "an initial is nobody's among so many"


def test_names_in_other_alphabets_are_read() -> None:
    assert latin("Юлия Щукина") == "Yuliya Shchukina"
    assert latin("Γιώργος"[:2]) == "Gi"
    assert heard("Юлия Щукина") == heard("Yulia Shchukina")


def test_what_says_father_or_son_is_read_off_the_name() -> None:
    assert [suffix_of(name) for name in ("Ann Roe Jr.", "Ann Roe, Sr", "Ann Roe III", "Ann Roe Junior", "Ann Roe")] == [
        "jr", "sr", "iii", "jr", None,
    ]  # fmt: skip


def test_umlauts_written_out() -> None:
    assert written_out("Jörg Schröder") == "joerg schroeder"
    assert written_out("Ann Roe") is None
