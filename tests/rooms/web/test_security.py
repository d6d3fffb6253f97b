"""What the reading room refuses, and that what stands in an article stays text, whatever it says."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from starlette.testclient import TestClient

import handmade
from onrecord.model import TABLES, Party, Statement
from onrecord.store import Store
from onrecord.web.app import Service, application
from onrecord.web.guarding import LARGEST_BODY, LONGEST_QUERY

HERE = "http://127.0.0.1:8765"
TOKEN = "a-token-of-this-start"
FORM = {"content-type": "application/x-www-form-urlencoded", "origin": HERE}


@contextmanager
def room(record: Path, *, read_only: bool = False) -> Iterator[TestClient]:
    """A browser's view of the room of a record."""
    service = Service(record, read_only=read_only, token=TOKEN)
    yield TestClient(application(service), base_url=HERE, follow_redirects=False)


@pytest.fixture
def client(record: Path) -> Iterator[TestClient]:
    with room(record) as opened:
        yield opened


def judged(record: Path) -> int:
    with Store.open(record, read_only=True) as store:
        return store.count("judgements")


def a_statement(record: Path) -> str:
    with Store.open(record, read_only=True) as store:
        return str(next(iter(store.rows("statements"))).id)


def check(client: TestClient, key: str, headers: dict[str, str] | None = None, **form: str) -> Any:
    """Sends the form that calls a statement checked."""
    given = {"token": TOKEN, "verdict": "checked"} | form
    return client.post(f"/judge/statements/{key}", data=given, headers=FORM if headers is None else headers)


# Who may ask, and who may write.


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "127.0.0.1.evil.example",
        "localhost.evil.example:8765",
        "127.0.0.1@evil.example",
        "",
        "[::1",
        "a:b",
    ],
)
def test_a_name_that_is_not_this_machines_gets_nothing(host: str, client: TestClient) -> None:
    answer = client.get("/", headers={"host": host})
    assert answer.status_code == 400
    assert "Lake" not in answer.text


@pytest.mark.parametrize("host", ["127.0.0.1:8765", "localhost:9000", "LOCALHOST", "[::1]:8765"])
def test_this_machines_own_names_are_answered(host: str, client: TestClient) -> None:
    assert client.get("/", headers={"host": host}).status_code == 200


def test_a_form_of_the_room_itself_is_done(client: TestClient, record: Path) -> None:
    assert check(client, a_statement(record)).status_code == 303
    assert judged(record) == 1


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "http://evil.example"},
        {"origin": "http://evil.example", "host": "127.0.0.1:8765"},
        {"origin": "null"},
        {"origin": "http://127.0.0.1:9999"},
        {"origin": "https://127.0.0.1.evil.example:8765"},
        {},
        {"origin": HERE, "sec-fetch-site": "cross-site"},
        {"origin": HERE, "sec-fetch-site": "same-site"},
    ],
)
def test_what_another_page_sends_is_refused_even_with_the_token(
    headers: dict[str, str], client: TestClient, record: Path
) -> None:
    sent = {"content-type": "application/x-www-form-urlencoded"} | headers
    assert check(client, a_statement(record), headers=sent).status_code == 403
    assert judged(record) == 0


@pytest.mark.parametrize("token", ["", "another", TOKEN[:-1], TOKEN + "x", "\u00e9"])
def test_a_form_without_this_starts_token_is_refused(token: str, client: TestClient, record: Path) -> None:
    assert check(client, a_statement(record), token=token).status_code == 403
    assert judged(record) == 0


def test_nothing_is_written_by_asking(client: TestClient, record: Path) -> None:
    key = a_statement(record)
    for address in (f"/judge/statements/{key}?verdict=wrong&token={TOKEN}", f"/judgements/undo?token={TOKEN}"):
        assert client.get(address).status_code in (404, 405)
    assert judged(record) == 0


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_other_ways_of_asking_are_refused(method: str, client: TestClient) -> None:
    assert client.request(method, "/").status_code == 405


@pytest.mark.parametrize("kind", ["text/plain", "multipart/form-data; boundary=x", "application/json"])
def test_only_a_forms_own_encoding_is_read(kind: str, client: TestClient, record: Path) -> None:
    answer = client.post(
        f"/judge/statements/{a_statement(record)}", content=f"token={TOKEN}", headers=FORM | {"content-type": kind}
    )
    assert answer.status_code == 415
    assert judged(record) == 0


def test_a_form_of_any_size_is_not_read(client: TestClient, record: Path) -> None:
    assert check(client, a_statement(record), value="x" * LARGEST_BODY).status_code == 413
    many = "&".join(f"f{number}=1" for number in range(500)) + f"&token={TOKEN}"
    answer = client.post(f"/judge/statements/{a_statement(record)}", content=many, headers=FORM)
    assert answer.status_code == 400
    assert judged(record) == 0


@pytest.mark.parametrize("table", ["judgements", "skipped", "sqlite_schema", "statements;drop", "bundles"])
def test_only_rows_that_have_a_page_are_judged(table: str, client: TestClient, record: Path) -> None:
    answer = client.post(
        f"/judge/{table}/{a_statement(record)}", data={"token": TOKEN, "verdict": "wrong"}, headers=FORM
    )
    assert answer.status_code in (400, 404)
    assert judged(record) == 0


def test_a_room_that_is_read_only_takes_nothing_and_offers_nothing(record: Path) -> None:
    with room(record, read_only=True) as client:
        key = a_statement(record)
        assert check(client, key).status_code in (404, 405)
        assert client.post("/judgements/undo", data={"token": TOKEN, "id": "x"}, headers=FORM).status_code in (404, 405)
        page = client.get(f"/statement/{key}").text
        assert TOKEN not in page and "/judge/" not in page
    assert judged(record) == 0


def test_the_token_is_on_no_page_that_another_site_could_frame_or_read(client: TestClient, record: Path) -> None:
    headers = client.get(f"/statement/{a_statement(record)}").headers
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert "access-control-allow-origin" not in headers
    assert headers["cross-origin-resource-policy"] == "same-origin"


# The answer's own guards.


def every_address(record: Path) -> list[str]:
    with Store.open(record, read_only=True) as store:
        rows = {
            kind: next(iter(store.rows(table))).id
            for table, kind in (
                ("articles", "article"), ("statements", "statement"), ("events", "event"), ("figures", "figure"),
                ("times", "time"), ("occasions", "occasion"), ("commitments", "commitment"), ("parties", "party"),
            )
        }  # fmt: skip
    pages = [f"/{kind}/{key}" for kind, key in rows.items()]
    lists = ["/", "/search?words=fair", "/statements", "/parties", "/articles.csv", "/statements.json", "/judgements"]
    return [*pages, *lists, "/nothing", "/party/0000", "/static/room.css", "/static/nothing"]


def test_every_answer_forbids_foreign_content_and_guessing_of_types(client: TestClient, record: Path) -> None:
    for address in every_address(record):
        headers = client.get(address).headers
        policy = headers["content-security-policy"]
        assert policy.startswith("default-src 'none'"), address
        for part in ("base-uri 'none'", "frame-ancestors 'none'", "form-action 'self'", "script-src 'self'"):
            assert part in policy, address
        assert "unsafe" not in policy and "http" not in policy and "*" not in policy, address
        assert headers["x-content-type-options"] == "nosniff", address
        assert headers["referrer-policy"] in ("no-referrer", "same-origin"), address


def test_refusals_are_guarded_too(client: TestClient) -> None:
    for answer in (client.get("/", headers={"host": "evil.example"}), client.post("/judge/x/y", headers=FORM)):
        assert answer.headers["content-security-policy"].startswith("default-src 'none'")


def test_no_page_carries_scripts_or_styles_of_its_own(client: TestClient, record: Path) -> None:
    for address in every_address(record):
        answer = client.get(address)
        if not answer.headers["content-type"].startswith("text/html"):
            continue
        assert not re.search(r"<script(?![^>]*\bsrc=)", answer.text), address
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:", answer.text), address
        assert not re.search(r"<(script|link|img)[^>]*(?:src|href)=\"(?:https?:)?//", answer.text), address


# Paths and questions.


@pytest.mark.parametrize(
    "path",
    [
        "/static/../app.py", "/static/..%2fapp.py", "/static/%2e%2e/%2e%2e/guarding.py", "/static//etc/passwd",
        "/static/..%5capp.py", "/static/%00", "/../record.db", "/record.db", "/static/", "/static/....//app.py",
    ],
)  # fmt: skip
def test_no_path_leads_out_of_what_is_served(path: str, client: TestClient) -> None:
    answer = client.get(path)
    assert answer.status_code in (400, 404), path
    assert "import" not in answer.text and "root:" not in answer.text and "SQLite" not in answer.text


@pytest.mark.parametrize(
    "query",
    [
        "words=" + "a" * (LONGEST_QUERY + 1),
        "words=" + quote("x" * 3000),
        "words=" + quote('"' * 300),
        "words=" + quote("NEAR(a b) OR * -x ^y {z}: col:val"),
        "words=" + quote("'; DROP TABLE statements; --"),
        "words=" + quote("%_\\\0"),
        "words=" + quote("a " * 900),
        "since=" + quote("1' OR '1'='1"),
        "sort=" + quote("t.id; --"),
        "page=99999999999999999999",
        "page=-1",
        "party=" + quote("'||(SELECT 1)||'"),
        "verdict=" + quote("x' OR 1 --"),
        "choice=%ff%fe",
    ],
)
def test_no_question_breaks_the_room(query: str, client: TestClient, record: Path) -> None:
    for address in ("/search", "/statements", "/parties", "/events", "/statements.csv"):
        answer = client.get(f"{address}?{query}")
        assert answer.status_code in (200, 400, 404, 414), address
        assert "Traceback" not in answer.text, address
    with Store.open(record, read_only=True) as store:
        assert store.count("statements") == 3


def test_a_question_that_cannot_be_answered_says_so_on_a_page(client: TestClient) -> None:
    answer = client.get("/statements?since=yesterday")
    assert answer.status_code == 400
    assert "write 2024, 2024-05 or 2024-05-31" in answer.text
    assert "<h1>" in answer.text


# What stands in an article.

HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</title></head><body onload=alert(1)>",
    "{{ 7 * 7 }} {% raw %} ${7*7}",
    "\u202egnp.exe\u202c",
    "javascript:alert(1)",
    "&lt;b&gt; &amp;",
    "\x00\x07\x1b[31m",
)


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    """A record whose title, text, outlet, names and address do their worst."""
    path = handmade.write_record(tmp_path / "hostile.db")
    words = " ".join(text.replace("\x00", "") for text in HOSTILE)
    with Store.open(path) as store:
        tables: dict[str, list[Any]] = {name: list(store.rows(name)) for name in handmade_tables(store)}
        tables["articles"] = [
            replace(
                article,
                title=f"{words} title",
                outlet=f"{words} outlet",
                url="javascript:alert(document.domain)",
                byline=(words,),
            )
            for article in tables["articles"]
        ]
        tables["parties"] = [spelt(party, words) for party in tables["parties"]]
        tables["statements"] = [said_by(row, words) for row in tables["statements"]]
        store.replace_derived(tables)
    return path


def handmade_tables(store: Store) -> list[str]:
    return [name for name in TABLES if name not in ("judgements", "skipped")]


def spelt(party: Party, words: str) -> Party:
    return replace(party, name=f"{words} {party.name}", aliases=(words,))


def said_by(row: Statement, words: str) -> Statement:
    return replace(row, speaker_name=words)


def test_markup_in_an_article_is_shown_as_text(hostile: Path) -> None:
    with room(hostile) as client:
        for address in every_address(hostile):
            answer = client.get(address)
            if not answer.headers["content-type"].startswith("text/html"):
                continue
            assert "<script>alert" not in answer.text, address
            assert "<img src=x" not in answer.text, address
            assert "onload=alert(1)>" not in answer.text.replace("&gt;", ""), address
            assert " 49 " not in answer.text, address
            assert "\u202e" not in answer.text and "\x07" not in answer.text and "\x1b" not in answer.text, address


def test_only_web_addresses_are_linked(hostile: Path) -> None:
    with room(hostile) as client:
        for address in every_address(hostile):
            answer = client.get(address)
            if answer.headers["content-type"].startswith("text/html"):
                for target in re.findall(r'(?:href|src|action)="([^"]*)"', answer.text):
                    assert target.startswith(("/", "#", "?", "http://", "https://")), (address, target)
                    assert not target.startswith("//"), (address, target)


def test_an_article_of_two_hundred_thousand_marks_of_markup_is_text(tmp_path: Path) -> None:
    path = handmade.write_record(tmp_path / "large.db")
    text = handmade.FIRST + "<b>" * 100_000 + "</b>" * 100_000
    with Store.open(path) as store:
        tables = {name: list(store.rows(name)) for name in handmade_tables(store)}
        tables["articles"] = [
            replace(row, text=text, length=len(text)) if row.id == handmade.ONE.id else row
            for row in tables["articles"]
        ]
        store.replace_derived(tables)
    with room(path) as client:
        answer = client.get(f"/article/{handmade.ONE.id}")
        assert answer.status_code == 200
        assert "<b>" not in answer.text


@pytest.mark.parametrize("lead", ["=", "+", "-", "@", "\t=", "\r="])
def test_a_formula_in_a_download_is_text(lead: str, tmp_path: Path) -> None:
    path = handmade.write_record(tmp_path / "formulas.db")
    formula = f'{lead}HYPERLINK("http://evil.example","x")'
    with Store.open(path) as store:
        tables = {name: list(store.rows(name)) for name in handmade_tables(store)}
        tables["parties"] = [replace(party, name=formula) for party in tables["parties"]]
        store.replace_derived(tables)
    with room(path) as client:
        answer = client.get("/parties.csv")
    assert answer.headers["content-type"].startswith("text/csv")
    assert "attachment" in answer.headers["content-disposition"]
    cells = [cell for row in list(csv.reader(io.StringIO(answer.text)))[1:] for cell in row if "HYPERLINK" in cell]
    assert cells and all(cell[0] not in "=+-@\t\r" for cell in cells)


def test_a_judgement_in_hostile_words_is_text(hostile: Path) -> None:
    with room(hostile) as client:
        key = a_statement(hostile)
        form = {"token": TOKEN, "verdict": "edit", "field": "speaker", "value": "<script>alert(1)</script>"}
        assert client.post(f"/judge/statements/{key}", data=form, headers=FORM).status_code == 303
        for address in (f"/statement/{key}", "/judgements", "/parties"):
            assert "<script>alert" not in client.get(address).text, address


def test_the_address_after_a_form_is_the_rooms_own(client: TestClient, record: Path) -> None:
    answer = check(client, a_statement(record), back="http://evil.example", next="//evil.example")
    assert re.fullmatch(r"/statement/[0-9a-f]{16}#judging", answer.headers["location"])
