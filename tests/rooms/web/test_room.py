"""Every page of a record answers, says what the record says, and leads to the words."""

from __future__ import annotations

import csv
import html
import io
import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from starlette.testclient import TestClient

import handmade
from onrecord.cli.serving import bound
from onrecord.model import OnRecordError
from onrecord.store import Store
from onrecord.web.app import Service, application
from onrecord.web.site import MARK, write_site

ADDRESS = re.compile(r'(?:href|src)="([^"]*)"')


def client(record: Path) -> TestClient:
    service = Service(record, today=lambda: date(2032, 1, 1))
    return TestClient(application(service), base_url="http://127.0.0.1:8765")


@pytest.fixture
def room(record: Path) -> TestClient:
    return client(record)


def words(page: str) -> str:
    """A page's words, without its tags; those that stand within a line part no words."""
    page = re.sub(r"</?(?:mark|bdi|a|b)\b[^>]*>", "", page)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


def test_every_address_that_a_page_gives_answers(room: TestClient) -> None:
    seen: set[str] = set()
    waiting = ["/", "/search?words=stalls", "/times", "/occasions"]
    while waiting:
        address = waiting.pop()
        if address in seen or len(seen) > 400:
            continue
        seen.add(address)
        answer = room.get(address, follow_redirects=False)
        assert answer.status_code == 200, address
        if "html" in answer.headers["content-type"]:
            assert len(re.findall(r"<h1[ >]", answer.text)) == 1, address
            ids = re.findall(r' id="([^"]+)"', answer.text)
            assert len(ids) == len(set(ids)), address
            links = (html.unescape(link).partition("#")[0] for link in ADDRESS.findall(answer.text))
            waiting += [link for link in links if link.startswith("/")]
    kinds = {address.split("/")[1] for address in seen}
    assert {"article", "party", "statement", "event", "figure", "occasion", "commitment", "comparison"} <= kinds


def test_the_front_says_what_the_record_holds_and_what_falls_due(room: TestClient) -> None:
    front = words(room.get("/").text)
    assert "2 articles from 2 sources, 3 to 5 June 2026" in front
    assert "how many stalls came" in front
    assert re.search(r"overdue, 2031 · Brenholt .*The harbour will be rebuilt by 2031", front)


def test_a_statement_has_its_words_chain_and_explanation(room: TestClient) -> None:
    page = words(room.get(f"/statement/{handmade.from_website().id}").text)
    assert "The harbour will be rebuilt by 2031" in page
    assert "who that is cannot be told" in page
    assert "in a website" in page
    assert "relayed it Brenholt" in page
    assert "right in about 61 of 100 such entries" in page


def test_an_article_has_each_entry_marked_where_it_stands(room: TestClient) -> None:
    page = room.get(f"/article/{handmade.ONE.id}").text
    said = handmade.said_by_mayor()
    assert f'id="e-{said.id}"' in page
    marked = re.findall(r'<mark class="([^"]*)" data-ids="([^"]*)">(?:<a [^>]*>)?([^<]*)(?:</a>)?</mark>', page)
    content = "".join(text for classes, ids, text in marked if said.id in ids and "l-content" in classes)
    assert html.unescape(content) == "".join(p.of(handmade.FIRST) for p in said.content)
    assert any("m-figure" in classes and "m-statement" in classes for classes, _, _ in marked)


def test_the_beginning_of_an_id_leads_to_its_page(room: TestClient) -> None:
    key = handmade.opening().id
    answer = room.get(f"/id/{key[:8]}", follow_redirects=False)
    assert answer.headers["location"] == f"/event/{key}"
    assert room.get("/id/ffffffff").status_code == 404
    assert room.get(f"/statement/{key}", follow_redirects=False).headers["location"] == f"/event/{key}"


@pytest.mark.parametrize(
    ("asked", "finds"),
    [
        ("stalls", "We expect about 300 stalls"),
        ('"only 240"', "only 240 stalls had come"),
        ("سامي", "only 240 stalls had come"),
        ("漁港", "漁港の市長"),
        ("Varga", "Ilse Varga"),
    ],
)
def test_a_search_finds_words_in_any_writing(room: TestClient, asked: str, finds: str) -> None:
    assert finds in words(room.get("/search", params={"words": asked}).text)


def test_a_search_is_narrowed_by_its_facets(room: TestClient) -> None:
    page = room.get("/search", params={"words": "stalls", "outlet": "Brenholt Courier", "kind": "figures"})
    assert "about 300 stalls" in words(page.text)
    assert "only 240" not in words(page.text)
    assert "Nothing was found" in words(room.get("/search", params={"words": "stalls", "since": "2027"}).text)
    party = room.get("/search", params={"party": handmade.SAMI.id, "kind": "statements"}).text
    assert "only 240 stalls had come" in words(party)
    assert "We expect" not in words(party)


@pytest.mark.parametrize("words_asked", ['"', "*", "(", "AND", "NEAR(", "a" * 300, "\x00", "-", "^x"])
def test_no_words_break_a_search(room: TestClient, words_asked: str) -> None:
    assert room.get("/search", params={"words": words_asked}).status_code == 200


def test_lists_sort_filter_and_say_so(room: TestClient) -> None:
    up = words(room.get("/figures", params={"sort": "amount"}).text)
    down = words(room.get("/figures", params={"sort": "-amount"}).text)
    assert up.index("240 stall") < up.index("300 stall")
    assert down.index("300 stall") < down.index("240 stall")
    assert 'aria-sort="descending"' in room.get("/figures?sort=-amount").text
    assert "1 statement as asked" in words(room.get("/statements?choice=promise").text)
    wrong = room.get("/statements?sort=hostile")
    assert wrong.status_code == 400
    assert "cannot be sorted" in words(wrong.text)
    assert room.get("/statements?since=yesterday").status_code == 400


def test_a_list_downloads_as_it_is_filtered(room: TestClient) -> None:
    rows = json.loads(room.get("/statements.json?party=" + handmade.VARGA.id).text)
    assert [row["id"] for row in rows] == [handmade.said_by_mayor().id]
    lines = list(csv.DictReader(io.StringIO(room.get("/articles.csv").text)))
    assert [line["title"] for line in lines] == [handmade.ONE.title, handmade.TWO.title]


def test_a_later_page_of_a_list_has_the_other_rows(room: TestClient) -> None:
    assert "None." in words(room.get("/statements?page=9").text)


@pytest.fixture
def site(record: Path, tmp_path: Path) -> Iterator[Path]:
    with Store.open(record, read_only=True) as store:
        write_site(store, tmp_path / "site", as_of="2026-07-01")
    yield tmp_path / "site"


def test_a_site_leads_nowhere_that_is_not_there(site: Path) -> None:
    count = 0
    for file in site.rglob("*.html"):
        for link in map(html.unescape, ADDRESS.findall(file.read_text(encoding="utf8"))):
            place, _, anchor = link.partition("#")
            target = (file.parent / place).resolve() if place else file
            assert not link.startswith("/"), (file, link)
            assert target.exists(), (file, link)
            if anchor and target.suffix == ".html":
                assert f' id="{anchor}"' in target.read_text(encoding="utf8"), (file, link)
            count += 1
    assert count > 300


def test_a_site_has_only_quoted_passages_unless_all_is_asked_for(record: Path, tmp_path: Path, site: Path) -> None:
    unquoted = "was not asked"
    article = f"article/{handmade.TWO.id}.html"
    assert all(unquoted not in file.read_text(encoding="utf8") for file in site.rglob("*") if file.is_file())
    assert "only 240 stalls" in words((site / article).read_text(encoding="utf8"))
    with Store.open(record, read_only=True) as store:
        write_site(store, tmp_path / "whole", as_of="2026-07-01", full_text=True)
    assert unquoted in (tmp_path / "whole" / article).read_text(encoding="utf8")


def test_a_site_replaces_an_earlier_one_and_nothing_else(record: Path, tmp_path: Path, site: Path) -> None:
    (site / "statement" / "old.html").write_text("old")
    with Store.open(record, read_only=True) as store:
        write_site(store, site, as_of="2026-07-01")
        assert not (site / "statement" / "old.html").exists()
        (site / MARK).unlink()
        with pytest.raises(OnRecordError, match="empty or a new folder"):
            write_site(store, site, as_of="2026-07-01")


def test_the_same_record_gives_the_same_site(record: Path, tmp_path: Path, site: Path) -> None:
    with Store.open(record, read_only=True) as store:
        write_site(store, tmp_path / "again", as_of="2026-07-01")
    files = {file.relative_to(site): file.read_bytes() for file in site.rglob("*") if file.is_file()}
    again = tmp_path / "again"
    assert files == {file.relative_to(again): file.read_bytes() for file in again.rglob("*") if file.is_file()}


def test_a_taken_port_gives_a_free_one_on_this_machine_only() -> None:
    first = bound(0)
    taken = first.getsockname()[1]
    second = bound(taken)
    try:
        assert second.getsockname()[0] == "127.0.0.1"
        assert second.getsockname()[1] != taken
    finally:
        first.close()
        second.close()


def test_the_front_says_what_was_too_common_to_compare(record: Path) -> None:
    assert "Too common" not in words(client(record).get("/").text)
    with Store.open(record) as store, store.writing() as connection:
        connection.execute("INSERT INTO meta VALUES ('capped.figures', '2')")
    assert "Too common to compare each with each: 2 kinds of figure." in words(client(record).get("/").text)


def test_an_occasion_is_quoted_from_each_article_that_names_it(samples: Path) -> None:
    with Store.open(samples, read_only=True) as store:
        sql = "SELECT id FROM comparisons WHERE question LIKE 'Which %' ORDER BY id"
        key = store.select(sql)[0][0]
        row = store.load("comparisons", [key])[0]
    page = client(samples).get(f"/comparison/{key}").text
    assert len({answer.article_id for answer in row.answers}) > 1
    for answer in row.answers:
        assert f'class="source"><a href="/article/{answer.article_id}' in page


def test_a_comparison_is_cited_with_the_words_of_each_side(samples: Path) -> None:
    with Store.open(samples, read_only=True) as store:
        key = store.select("SELECT id FROM comparisons WHERE question LIKE '%turbines%'")[0][0]
    page = html.unescape(client(samples).get(f"/comparison/{key}").text)
    cited = page[page.index('id="cite"') :]
    assert "27 turbines" in cited and "25 turbines" in cited
    assert cited.count("@article{") == 2
