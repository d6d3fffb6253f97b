"""A brief says nothing that the record does not hold: each sentence rests on exact words of an article."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

import handmade
from gathered import Gathered, day
from onrecord.export.markdown import in_markdown, link_to, plain
from onrecord.model import Answer, Article, Commitment, Comparison, OnRecordError, Subject, digest, entry_id
from onrecord.store import Store
from onrecord.store.briefing import Brief, Wanted, brief

AS_OF = "2031-06-01"
NOTE = re.compile(r"\[\^(\d+)\]")


def of(path: Path, **wanted: object) -> Brief:
    with Store.open(path, read_only=True) as store:
        return brief(store, Wanted(**wanted), AS_OF)  # type: ignore[arg-type]


def ferry(path: Path) -> Path:
    """Two papers on a ferry: an event both tell, a quotation, an outlet's own, a promise, a disagreement."""
    press = Gathered()
    one = press.article(
        "Vika met Lundby. “It *will* run_again,” Olt said. It carries 40 cars.", "Quay Herald", "2031-05-02"
    )
    two = press.article(
        "Lundby was met by Vika on Monday. The ferry will run by 2032. It carries 30 cars.", "Coast Courier"
    )
    told = [
        press.event(a, word, "Vika", "Lundby", when=day("2031-05-01")) for a, word in ((one, "met"), (two, "met by"))
    ]
    press.same("same_event", *told)
    said = press.statement(one, "“It *will* run_again,”", who="Olt", speaker="Berit Olt")
    promised = two.text.index("The ferry will run by 2032")
    place = replace(said.content[0], start=promised, end=promised + len("The ferry will run by 2032"))
    promise = Commitment(
        entry_id("commitment", two.id, place), two.id, place, (), place.of(two.text), day("2030-12-31"), "open", None,
        "commitments/1", None,
    )  # fmt: skip
    answers = tuple(
        Answer(row.article_id, row.id, value) for row, value in zip(told, ("40 car", "30 car"), strict=True)
    )
    differ = Comparison(
        digest("comparison", "cars"), "How many cars?", (Subject("events", told[0].id),), "differ", answers, (), (), 2,
        0, ("Coast Courier", "Quay Herald"), "40 is not 30.",
    )  # fmt: skip
    return press.write(path, commitments=[promise], comparisons=[differ], stories=[press.story()])


def sentences(page: str) -> list[str]:
    return [line for line in page.split("\n## Articles")[0].splitlines() if line.startswith("- ")]


def unescaped(words: str) -> str:
    return re.sub(r"\\([^A-Za-z0-9\s])", r"\1", words)


def prove(made: Brief) -> None:
    """Every sentence has a footnote, every footnote is defined, and its words stand in the article at its passage."""
    page = in_markdown(made)
    articles: dict[str, Article] = {article.id: article for article in made.articles}
    for note in made.footnotes:
        if note.passage is not None:
            assert note.passage.of(articles[note.article_id].text) == note.words
    for section in made.sections:
        for sentence in section.sentences:
            assert sentence.notes
            for piece in sentence.pieces:
                if piece.kind == "quote":
                    assert [made.footnotes[number - 1].words for number in piece.notes] == [piece.words]
    for line in sentences(page):
        assert NOTE.search(line), line
    used = {int(number) for line in sentences(page) for number in NOTE.findall(line)}
    defined = {int(found[1]): found[0] for found in re.finditer(r"^\[\^(\d+)\]: .*$", page, re.MULTILINE)}
    assert used == set(defined) == {note.number for note in made.footnotes}
    for note in made.footnotes:
        assert " ".join(note.words.split()) in unescaped(defined[note.number])


@pytest.mark.parametrize("wanted", [{}, {"about": "ferry"}, {"who": "Olt"}, {"most": 1}])
def test_every_footnote_holds(tmp_path: Path, wanted: dict[str, object]) -> None:
    prove(of(ferry(tmp_path / "record.db"), **wanted))
    prove(of(handmade.write_record(tmp_path / "other.db"), **wanted))


def test_what_a_page_says(tmp_path: Path) -> None:
    page = in_markdown(of(ferry(tmp_path / "record.db")))
    assert (
        "- 2031-05-01: Vika → Lundby (consult); Coast Courier: “Lundby was met by Vika on Monday.”[^1];"
        " Quay Herald: “Vika met Lundby.”[^2]."
        in page
        or "Quay Herald: “Vika met Lundby.”[^1]; Coast Courier: “Lundby was met by Vika on Monday.”[^2]." in page
    )
    assert r"### Berit Olt" in page and r"according to Quay Herald: “It \*will\* run\_again,”[^" in page
    assert "How many cars? Quay Herald: 40 cars, " in page and "(40 is not 30; 2 independent origins)." in page
    assert "Coast Courier: “The ferry will run by 2032”" in page and ", due 2030-12-31, overdue." in page


def test_only_what_is_asked_for(tmp_path: Path) -> None:
    path = ferry(tmp_path / "record.db")
    who = of(path, who="Olt")
    assert [section.heading for section in who.sections] == ["Who said what", "Berit Olt"]
    with Store.open(path, read_only=True) as store:
        [story] = store.rows("stories")
    assert of(path, story=story.id).title == "The ferry"
    assert len(of(path, story=story.id).footnotes) == len(of(path).footnotes)
    with pytest.raises(OnRecordError, match="not a story"):
        of(path, story=who.articles[0].id)


def test_more_than_is_shown_is_said_to_be_left_out(tmp_path: Path) -> None:
    press = Gathered()
    for number in range(5):
        source = press.article(f"Vika met Lundby ({number}).", "Quay Herald")
        press.event(source, "met", "Vika", "Lundby")
    made = of(press.write(tmp_path / "record.db"), most=2)
    assert (len(made.sections[0].sentences), made.sections[0].left_out) == (2, 3)
    assert "> 3 more sentences are in the record and not shown here." in in_markdown(made)


def test_an_empty_record_gives_an_empty_page(tmp_path: Path) -> None:
    with Store.open(tmp_path / "record.db", create=True):
        pass
    page = in_markdown(of(tmp_path / "record.db"))
    assert page.startswith("<!-- A brief made by onrecord, as of 2031-06-01. -->\n\n# The whole record\n")
    assert "> The record holds nothing on this." in page and "[^" not in page


def test_right_to_left_names_and_marks_of_markdown_do_not_turn_the_page(tmp_path: Path) -> None:
    page = in_markdown(of(handmade.write_record(tmp_path / "record.db")))
    assert "### \u2068سامي, minister\u2069" in page


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        (
            "a *b* _c_ `d` [e](f) <g> #h |i| ~j~ $k$ &amp;",
            r"a \*b\* \_c\_ \`d\` \[e\](f) \<g\> \#h \|i\| \~j\~ \$k\$ \&amp;",
        ),
        ("1. April was wet", r"1\. April was wet"),
        ("- dash", r"\- dash"),
        ("two\nlines\u202e and \x1b[31m steering", r"two lines and \[31m steering"),
        ("[^1]: fake", r"\[\^1\]: fake"),
    ],
)
def test_words_of_articles_are_shown_as_they_are(words: str, shown: str) -> None:
    assert plain(words) == shown


@pytest.mark.parametrize(
    ("url", "words", "link"),
    [
        (None, "x", None),
        ("javascript:alert(1)", "x", None),
        ("file:///etc/passwd", "x", None),
        ("https://a.example/b", "It will-run, & so", "https://a.example/b#:~:text=It%20will%2Drun%2C%20%26%20so"),
        ("https://a.example/b#c", "It will", "https://a.example/b#c:~:text=It%20will"),
        ("https://a.example/(b) c", "", "https://a.example/%28b%29%20c"),
    ],
)
def test_a_link_leads_to_the_words(url: str | None, words: str, link: str | None) -> None:
    assert link_to(url, words) == link


def test_a_long_quotation_is_linked_by_its_ends() -> None:
    words = " ".join(f"word{number}" for number in range(30))
    link = link_to("https://a.example/", words)
    assert link is not None and link.endswith(
        "text=word0%20word1%20word2%20word3%20word4,word25%20word26%20word27%20word28%20word29"
    )
