"""Corrections in the reading room: what is wrong leaves its pages, what is checked can be listed, all can be undone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from onrecord.cli.serving import join_again
from onrecord.store import Store
from onrecord.web.app import Service, application

HERE = "http://127.0.0.1:8765"
TOKEN = "token"


@pytest.fixture
def client(sample_record: Path) -> Iterator[TestClient]:
    service = Service(sample_record, read_only=False, token=TOKEN, by="Tester", rejoin=join_again)
    yield TestClient(application(service), base_url=HERE, follow_redirects=True)


def say(client: TestClient, table: str, key: str, **form: str) -> Any:
    return client.post(f"/judge/{table}/{key}", data={"token": TOKEN} | form, headers={"origin": HERE})


def first(record: Path, sql: str) -> str:
    with Store.open(record, read_only=True) as store:
        return str(store.select(sql)[0][0])


def test_what_is_wrong_leaves_the_pages_that_list_it_and_keeps_its_own(client: TestClient, sample_record: Path) -> None:
    key = first(sample_record, "SELECT id FROM statements ORDER BY id")
    article = first(sample_record, f"SELECT article_id FROM statements WHERE id = '{key}'")
    words = re.findall(r"\w+", first(sample_record, f"SELECT text FROM statements WHERE id = '{key}'"))[:4]
    before = [f"/article/{article}", "/statements", f"/search?words={'+'.join(words)}"]
    assert all(key in client.get(address).text for address in before)
    page = say(client, "statements", key, verdict="wrong")
    assert page.status_code == 200 and "Your verdict: <span" in page.text, "its own page says so"
    for address in before:
        assert f"/statement/{key}" not in client.get(address).text, address
    assert key in client.get("/statements?verdict=wrong").text


def test_a_disagreement_that_is_none_leaves_the_front_and_its_story(client: TestClient, sample_record: Path) -> None:
    key = first(sample_record, "SELECT id FROM comparisons WHERE outcome = 'differ' ORDER BY id")
    listed = [address for address in ("/", "/comparisons") if key in client.get(address).text]
    assert listed
    say(client, "comparisons", key, verdict="wrong")
    for address in listed:
        assert key not in client.get(address).text, address
    assert client.get(f"/comparison/{key}").status_code == 200


def test_totals_leave_out_what_was_called_wrong(client: TestClient, sample_record: Path) -> None:
    speaker = first(sample_record, "SELECT value FROM statements_speaker_ids GROUP BY 1 ORDER BY count(*) DESC, 1")
    key = first(sample_record, f"SELECT statement_id FROM statements_speaker_ids WHERE value = '{speaker}' ORDER BY 1")
    total = int(first(sample_record, "SELECT count(*) FROM statements"))
    spoken = int(first(sample_record, f"SELECT count(*) FROM statements_speaker_ids WHERE value = '{speaker}'"))
    said = f'/party/{speaker}"><bdi>[^<]*</bdi></a> <span class="count">'
    assert f"<b>{total}</b> statements" in client.get("/").text
    assert re.search(f"{said}{spoken} statements", client.get("/").text)
    say(client, "statements", key, verdict="wrong")
    front = client.get("/").text
    assert f"<b>{total - 1}</b> statements" in front
    assert re.search(f"{said}{spoken - 1} statements", front)


def test_a_mention_that_is_struck_is_marked_no_more(client: TestClient, sample_record: Path) -> None:
    sql = "SELECT id FROM mentions WHERE form = 'name' ORDER BY id"
    mention = first(sample_record, sql)
    with Store.open(sample_record, read_only=True) as store:
        row: Any = store.row("mentions", mention)
    before = client.get(f"/article/{row.article_id}").text.count(f"/party/{row.party_id}")
    say(client, "mentions", mention, verdict="wrong")
    assert client.get(f"/article/{row.article_id}").text.count(f"/party/{row.party_id}") <= before
    assert "wrong" in client.get(f"/party/{row.party_id}/mentions").text


def test_the_other_row_can_be_named_by_the_address_of_its_page(client: TestClient, sample_record: Path) -> None:
    with Store.open(sample_record, read_only=True) as store:
        events = list(store.rows("events"))
    one, other = events[0], next(row for row in events if row.article_id != events[0].article_id)
    answer = say(client, "events", one.id, verdict="same_as", other=f"{HERE}/event/{other.id}#judging")
    assert answer.status_code == 200 and "the same as" in answer.text
    with Store.open(sample_record, read_only=True) as store:
        pairs = {(link.left_id, link.right_id) for link in store.rows("links") if link.kind == "same_event"}
    assert tuple(sorted((one.id, other.id))) in pairs


def test_every_correction_is_listed_and_taken_back(client: TestClient, sample_record: Path) -> None:
    key = first(sample_record, "SELECT id FROM figures ORDER BY id")
    say(client, "figures", key, verdict="edit", field="value", value="12 km")
    page = client.get("/judgements").text
    assert "Quantity:" in page and "12 km" in page and "Tester" in page
    judgement = first(sample_record, "SELECT id FROM judgements")
    client.post("/judgements/undo", data={"token": TOKEN, "id": judgement}, headers={"origin": HERE})
    assert "None yet" in client.get("/judgements").text


def test_a_value_that_makes_no_sense_is_answered_with_what_to_write(client: TestClient, sample_record: Path) -> None:
    key = first(sample_record, "SELECT id FROM figures ORDER BY id")
    answer = say(client, "figures", key, verdict="edit", field="value", value="a lot")
    assert answer.status_code == 400
    assert "such as `2.5 h`" in answer.text


def test_forms_say_which_fields_can_be_corrected_and_how_they_stand(client: TestClient, sample_record: Path) -> None:
    key = first(sample_record, "SELECT id FROM events WHERE status = 'happened' ORDER BY id")
    page = client.get(f"/event/{key}").text
    assert re.search(r'<option value="happened" selected>', page)
    for field in ("type", "status", "actor", "recipient", "when"):
        assert f'name="field" value="{field}"' in page


def test_an_articles_date_is_corrected_on_its_page_which_says_by_whom_and_what_it_was(
    client: TestClient, sample_record: Path
) -> None:
    key = first(sample_record, "SELECT id FROM articles WHERE published_earliest LIKE '2021-03-04%' ORDER BY id")
    assert 'name="field" value="published"' in client.get(f"/article/{key}").text
    page = say(client, "articles", key, verdict="edit", field="published", value="2021-03-01").text
    assert "1 March 2021" in page
    assert "corrected by Tester on 20" in page and "was 2021-03-04" in page
    assert "Also dated" in page, "the dates that the article gives are still there"
    refused = say(client, "articles", key, verdict="edit", field="published", value="last Tuesday")
    assert refused.status_code == 400 and "is no date" in refused.text
    undo = re.search(r'name="id" value="([0-9a-f]{16})"', page)
    assert undo is not None
    back = client.post("/judgements/undo", data={"token": TOKEN, "id": undo[1]}, headers={"origin": HERE})
    assert back.status_code == 200
    assert "corrected by" not in client.get(f"/article/{key}").text
