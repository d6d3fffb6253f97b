"""A user's own lists: what they say, and what is wrong with them, by line."""

from __future__ import annotations

import pytest

from onrecord.model import OnRecordError, When
from onrecord.model.lists import outlets_of, parties_of

PARTIES = """\
# who is who in this record
[[party]]
name = "Ilse Varga"
kind = "person"
country = "Peru"
aliases = ["I. Varga", "Ильзе Варга"]
not = ["Petra Varga"]
roles = [{title = "mayor", of = "Brenholt", from = "2019-05", until = "2023"}]

[[party]]
name = "Lake Board"
"""


def test_a_party_has_its_names_its_roles_with_their_time_and_those_it_is_not() -> None:
    varga, board = parties_of(PARTIES)
    assert varga.names == ("Ilse Varga", "I. Varga", "Ильзе Варга")
    assert (varga.kind, varga.country, varga.apart) == ("person", "PER", ("Petra Varga",))
    assert varga.roles[0].when == When("", "2019-05-01", "2023-12-31", "day", None, "stated")
    assert (board.name, board.kind) == ("Lake Board", None)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (PARTIES + 'kind = "robot"\n', r"p.toml, line 12: 'robot' is no kind of party; write one of person"),
        (PARTIES + "colour = 1\n", "p.toml, line 12: colour means nothing here; an entry has name"),
        (PARTIES + "name = 3\n", "p.toml: this is not TOML"),
        (PARTIES.replace("[[party]]", "[party]", 1).split("\n\n")[0], "double brackets"),
        (PARTIES.replace('"Lake Board"', "3"), "line 11: name takes words in quotation marks"),
        (PARTIES.replace('["Petra Varga"]', '"Petra Varga"'), "line 7: not takes a list"),
        (PARTIES.replace("Petra Varga", "ilse varga"), "line 7: Ilse Varga cannot be kept apart from itself"),
        (PARTIES.replace("Peru", "Peruvia"), "line 5: 'Peruvia' is no country"),
        (PARTIES.replace("2023", "2013"), "line 8: the office ends .2013. before it begins"),
        (PARTIES.replace("2019-05", "May 2019"), "line 8: from = 'May 2019' is no date"),
        (PARTIES.replace("title = ", "name = "), "line 8: name means nothing in a role"),
        (PARTIES.replace("Lake Board", "I. VARGA"), "line 10: I. VARGA is also a name of Ilse Varga"),
        ("", "has no entry"),
        ('[[people]]\nname = "x"\n', "people means nothing here"),
        ("[[party]]\nname = ", "not TOML"),
    ],
)
def test_what_is_wrong_with_a_list_of_parties_is_said_with_its_line(text: str, says: str) -> None:
    with pytest.raises(OnRecordError, match=says):
        parties_of(text, "p.toml")


OUTLETS = """\
[[outlet]]
name = "Brenholt Courier"
domains = ["https://www.courier.example/", "m.courier.example"]
country = "PER"
owner = "Lake Media"
aliases = ["The Courier"]

[[outlet]]
name = "Harbour Post"
domains = ["post.example"]
"""


@pytest.mark.parametrize(
    ("url", "outlet", "name"),
    [
        ("https://www.courier.example/2024/fair.html", None, "Brenholt Courier"),
        ("https://sport.courier.example/x", "Somebody", "Brenholt Courier"),
        (None, "the courier", "Brenholt Courier"),
        ("https://elsewhere.example/", "HARBOUR POST", "Harbour Post"),
        ("https://notcourier.example/", None, None),
        ("https://courier.example.evil.example/", None, None),
        ("http://[nonsense", None, None),
        (None, None, None),
    ],
)
def test_an_article_is_of_the_outlet_of_its_domain_or_name(
    url: str | None, outlet: str | None, name: str | None
) -> None:
    found = outlets_of(OUTLETS).of(url, outlet)
    assert (found.name if found else None) == name


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (
            OUTLETS.replace("post.example", "courier.example"),
            "line 10: courier.example is also that of Brenholt Courier",
        ),
        (OUTLETS.replace("post.example", "not a domain"), "line 10: 'not a domain' is no domain"),
        (OUTLETS + "rating = 5\n", "line 11: rating means nothing here"),
    ],
)
def test_what_is_wrong_with_a_list_of_outlets_is_said_with_its_line(text: str, says: str) -> None:
    with pytest.raises(OnRecordError, match=says):
        outlets_of(text)
