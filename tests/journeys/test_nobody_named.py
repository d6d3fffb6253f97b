"""An event of which the article does not say who did it: every page, command and export says so, and none is blank."""

from __future__ import annotations

import csv
import html
import io
import json
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from starlette.testclient import TestClient

import handmade
from onrecord.cli.run import run
from onrecord.model import Event, Link, When, digest, entry_id
from onrecord.store import Store, verify
from onrecord.web.app import Service, application
from onrecord.web.site import write_site

TEXT = (
    "Driver held after the fair\n"
    "\n"
    "Ilse Varga was arrested on Saturday, and a tent was attacked. The mayor was freed on Sunday.\n"
    "The fair goes on, the harbour board said.\n"
)
THREE = handmade.article(TEXT, "fair/driver.txt", outlet="Brenholt Courier", title="Driver held", day="2026-06-06")


def done(trigger: str, kind: str, mode: str | None, *, to: bool) -> Event:
    """Something done to Ilse Varga or, where `to` is false, to nobody who is named either."""
    place, whom = handmade.at(TEXT, trigger), handmade.at(TEXT, "Ilse Varga")
    return replace(
        handmade.opening(),
        id=entry_id("event", THREE.id, place, extra=f"{kind} {mode}"),
        article_id=THREE.id,
        triggers=(place,),
        type=kind,  # type: ignore[arg-type]
        mode=mode,
        plover=kind,
        actor_ids=(),
        actors=(),
        actor_passages=(),
        recipient_ids=(handmade.VARGA.id,) if to else (),
        recipients=("Ilse Varga",) if to else (),
        recipient_passages=(whom,) if to else (),
        when=When("Saturday", "2026-06-06", "2026-06-06", "day", None, "resolved"),
        place_id=None,
        place=None,
        occasion_id=None,
    )


ARRESTED, ATTACKED = done("arrested", "COERCE", "arrest", to=True), done("attacked", "ASSAULT", None, to=False)


@pytest.fixture
def record(tmp_path: Path) -> Path:
    tables = handmade.tables()
    tables["articles"] = [*tables["articles"], THREE]
    tables["mentions"] = [*tables["mentions"], handmade.mention(THREE, "Ilse Varga", handmade.VARGA)]
    tables["events"] = [*tables["events"], ARRESTED, ATTACKED]
    left, right = sorted((ARRESTED.id, tables["events"][0].id))
    passages = {ARRESTED.id: ARRESTED.triggers, tables["events"][0].id: tables["events"][0].triggers}
    tables["links"] = [
        Link(
            digest("link", "same_event", left, right), "same_event", left, right, passages[left], passages[right],
            (), 0.9, "same day",
        )
    ]  # fmt: skip
    path = handmade.write_record(tmp_path / "record.db")
    with Store.open(path) as store:
        store.replace_derived(tables, reader="hand", settings={"language": "en"})
    return path


def words(page: str) -> str:
    page = re.sub(r"</?(?:mark|bdi|a|b|span)\b[^>]*>", "", page.partition("<main")[2])
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


SOMEBODY = "somebody (not said who)"


@pytest.mark.parametrize(
    "address",
    [
        f"/event/{ARRESTED.id}",
        f"/event/{ATTACKED.id}",
        "/events",
        "/events?sort=type",
        "/search?words=arrested",
        f"/article/{THREE.id}",
        f"/party/{handmade.VARGA.id}",
        f"/event/{handmade.opening().id}",
    ],
)
def test_every_page_says_that_nobody_is_named(record: Path, address: str) -> None:
    service = Service(record, today=lambda: date(2026, 11, 22))
    client = TestClient(application(service), base_url="http://127.0.0.1:8765")
    answer = client.get(address)
    assert answer.status_code == 200
    shown = words(answer.text)
    assert SOMEBODY in shown
    assert "None" not in shown and "undefined" not in shown
    if address == f"/event/{ARRESTED.id}":
        assert f"{SOMEBODY} arrests Ilse Varga" in shown
        assert "Who not said who" in shown
    if address == f"/event/{ATTACKED.id}":
        assert f"{SOMEBODY} attacks" in shown
    assert client.get("/").status_code == 200


def test_a_judge_may_say_who_it_was(record: Path) -> None:
    service = Service(record, read_only=False, token="t", by="Tester", today=lambda: date(2026, 11, 22))
    client = TestClient(application(service), base_url="http://127.0.0.1:8765", follow_redirects=True)
    form = {"token": "t", "verdict": "edit", "field": "actor", "value": "Brenholt"}
    page = client.post(f"/judge/events/{ARRESTED.id}", data=form, headers={"origin": "http://127.0.0.1:8765"})
    assert "Brenholt arrests Ilse Varga" in words(page.text)
    assert SOMEBODY not in words(page.text).split("Your verdict")[0]


def test_a_site_says_so_in_its_pages_and_its_search(record: Path, tmp_path: Path) -> None:
    with Store.open(record, read_only=True) as store:
        write_site(store, tmp_path / "site", as_of="2026-11-22")
    assert SOMEBODY in words((tmp_path / "site" / "event" / f"{ARRESTED.id}.html").read_text("utf8"))
    assert f"{SOMEBODY} arrests Ilse Varga" in (tmp_path / "site" / "search" / "entries-0.js").read_text("utf8")


COMMANDS = {
    "events": "not said who → Ilse Varga",
    "events --who Varga": "not said who → Ilse Varga",
    "timeline": "arrested",
    "search arrested": "arrested",
    f"show {ARRESTED.id[:10]}": "COERCE",
    f"show {ATTACKED.id[:10]}": "ASSAULT",
    "brief": SOMEBODY,
    "brief --about Varga": SOMEBODY,
    "relations --who Varga": "do not say who did it",
    "relations": "not say who did it",
    "origins --about arrested": "arrested",
    f"origins {ARRESTED.id[:10]}": "arrested",
    "compare": "stalls",
    "stories": "",
    "articles": "Driver held",
    "parties": "Ilse Varga",
}


@pytest.mark.parametrize(("command", "says"), COMMANDS.items())
def test_every_command_runs_and_says_so(
    record: Path, command: str, says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    name, *rest = command.split(" ")
    where = [str(record)] if name == "brief" else ["--record", str(record)]
    assert run([name, *where, *rest] if name == "brief" else [name, *rest, *where]) == 0
    said = capsys.readouterr()
    if command == "relations --who Varga":
        assert "1 more event does not say who did it" in said.err
    elif command == "relations":
        assert "not say who did it" in said.err
    else:
        assert says in said.out
    assert "None" not in said.out


def test_a_spreadsheet_says_so_and_programs_get_an_empty_list(
    record: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["events", "--csv", "--record", str(record)]) == 0
    rows = {row["id"]: row for row in csv.DictReader(io.StringIO(capsys.readouterr().out))}
    assert rows[ARRESTED.id]["actors"] == rows[ATTACKED.id]["actors"] == "(not said who)"
    assert rows[handmade.opening().id]["actors"] == "Mayor Ilse Varga"
    assert run(["events", "--json", "--record", str(record)]) == 0
    found = {row["id"]: row for row in map(json.loads, capsys.readouterr().out.splitlines())}
    assert found[ARRESTED.id]["actor_ids"] == found[ARRESTED.id]["actors"] == []
    for form in ("csv", "jsonl"):
        assert run(["export", str(record), "--to", form, "--out", str(tmp_path / form)]) == 0
    assert "(not said who)" in (tmp_path / "csv" / "events.csv").read_text("utf8")
    assert "not said who" not in (tmp_path / "jsonl" / "events.jsonl").read_text("utf8")


def test_such_a_record_holds(record: Path) -> None:
    with Store.open(record, read_only=True) as store:
        assert not [finding for finding in verify(store) if finding.table == "events"]
