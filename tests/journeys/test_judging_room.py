"""Corrections in a browser: a speaker is corrected, the record is built again, and the correction is still there."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import resources
from pathlib import Path
from typing import Any

import pytest

from browsing import browser, needs_browser, served
from onrecord import pipeline
from onrecord.cli.serving import join_again
from onrecord.store import Store, verify
from reading_aloud import needs_reader

pytestmark = [needs_browser, needs_reader]

SAMPLES = str(resources.files("onrecord").joinpath("samples", "articles"))


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    with browser() as opened:
        yield opened


@pytest.fixture
def room(sample_record: Path) -> Iterator[str]:
    with served(sample_record, read_only=False, token="a-token", by="Tester", rejoin=join_again) as address:
        yield address


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without JavaScript"])
def page(chromium: Any, request: pytest.FixtureRequest) -> Iterator[Any]:
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, java_script_enabled=request.param)
    opened = context.new_page()
    opened.set_default_timeout(60_000)
    opened.complaints = []
    opened.on("console", lambda said: opened.complaints.append(said.text) if said.type == "error" else None)
    yield opened
    assert not opened.complaints
    context.close()


def spoken(record: Path) -> Any:
    """A statement whose speaker the record knows."""
    with Store.open(record, read_only=True) as store:
        return next(row for row in store.rows("statements") if row.speaker_name == "Elina Korpivaara" and row.source)


def row(record: Path, table: str, key: str) -> Any:
    with Store.open(record, read_only=True) as store:
        return store.row(table, key)


def test_a_speaker_who_was_corrected_is_still_corrected_after_a_rebuild(
    page: Any, room: str, sample_record: Path
) -> None:
    statement = spoken(sample_record)
    page.goto(f"{room}/statement/{statement.id}")
    page.get_by_text("Correct it").click()
    page.get_by_label("Speaker").fill("Edda Brim")
    page.locator("form:has(input[value=speaker])").get_by_role("button", name="Save").click()
    page.wait_for_url("**#judging")
    assert "Speaker: Elina Korpivaara → Edda Brim" in page.locator("#judging").inner_text()
    assert row(sample_record, "statements", statement.id).speaker_name == "Edda Brim"

    pipeline.build([SAMPLES], record=sample_record)
    page.reload()
    assert "Edda Brim" in page.locator("main").inner_text()
    assert "Corrected" in page.locator("#judging-title").inner_text()
    assert row(sample_record, "statements", statement.id).speaker_name == "Edda Brim"

    page.goto(f"{room}/statements?verdict=checked")
    assert page.locator("table.list tbody tr").count() == 1

    page.goto(f"{room}/judgements")
    page.get_by_role("button", name="Take back").click()
    page.wait_for_url("**/judgements")
    assert "None yet" in page.locator("main").inner_text()
    assert row(sample_record, "statements", statement.id) == statement


def test_parties_are_merged_split_and_struck_by_hand(page: Any, room: str, sample_record: Path) -> None:
    with Store.open(sample_record, read_only=True) as store:
        parties = {party.name: party.id for party in store.rows("parties")}
    page.goto(f"{room}/party/{parties['Edda Brim']}")
    page.get_by_text("Merge or split").click()
    page.get_by_label("It is part of, or another name of").fill("Sigrun Valdal")
    page.get_by_role("button", name="Make them one").click()
    page.wait_for_url(f"**/party/{parties['Sigrun Valdal']}#judging")
    assert "Edda Brim" in page.locator("main").inner_text()

    page.get_by_text("Merge or split").click()
    page.get_by_label("The spelling").select_option("Edda Brim")
    page.get_by_role("button", name="Split off").click()
    page.wait_for_url("**#judging")
    with Store.open(sample_record, read_only=True) as store:
        assert "Edda Brim" in {party.name for party in store.rows("parties")}
        assert not verify(store)

    page.goto(f"{room}/party/{parties['Rosa Palomino']}")
    page.get_by_role("button", name="Not a party: hide it").click()
    page.wait_for_url("**#judging")
    page.goto(f"{room}/parties")
    assert "Rosa Palomino" not in page.locator("main").inner_text()


def test_a_correction_that_makes_no_sense_says_what_to_write(page: Any, room: str, sample_record: Path) -> None:
    page.goto(f"{room}/statement/{spoken(sample_record).id}")
    page.get_by_text("Correct it").click()
    page.get_by_label("Said on").fill("last spring")
    page.locator("form:has(input[value=said])").get_by_role("button", name="Save").click()
    assert "write 2024, 2024-05" in page.locator("main").inner_text()
    page.complaints.clear()  # the browser remarks that the answer was an error


def test_a_form_on_another_page_changes_nothing(chromium: Any, room: str, sample_record: Path, tmp_path: Path) -> None:
    """The browser itself, as a person has it open: a page from elsewhere knows even the token."""
    key = spoken(sample_record).id
    foreign = tmp_path / "foreign.html"
    foreign.write_text(
        f'<form method="post" action="{room}/judge/statements/{key}"><input name="token" value="a-token">'
        '<input name="verdict" value="wrong"><button>Win a prize</button></form>',
        encoding="utf8",
    )
    context = chromium.new_context()
    page = context.new_page()
    page.goto(foreign.as_uri())
    page.get_by_role("button").click()
    page.wait_for_load_state()
    assert "Only pages of the reading room itself" in page.content()
    context.close()
    with Store.open(sample_record, read_only=True) as store:
        assert store.count("judgements") == 0
