"""Journeys through the reading room in a browser: from a disagreement to the words, by mouse and by keyboard."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from importlib import resources
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import pytest

import handmade
from browsing import browser, needs_browser, served
from onrecord import pipeline
from onrecord.model import Passage, TextPart
from onrecord.store import Store
from onrecord.store.browsing import BROWSED
from onrecord.web.site import write_site
from reading_aloud import needs_reader

pytestmark = [needs_browser, needs_reader]

SAMPLES = str(resources.files("onrecord").joinpath("samples", "articles"))
PICTURES = os.environ.get("ONRECORD_SCREENSHOTS", "")
"""The folder for the pictures of the README; they are made only when it is named."""


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    with browser() as opened:
        yield opened


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    record = tmp_path_factory.mktemp("room") / "samples.db"
    pipeline.build([SAMPLES], record=record)
    return record


@pytest.fixture(scope="module")
def room(sample: Path) -> Iterator[str]:
    with served(sample) as address:
        yield address


@dataclass(frozen=True)
class Judged:
    """A room that can be written to, where one thing has been said: its pages draw every form."""

    address: str
    record: Path


@pytest.fixture(scope="module")
def judged(sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Judged]:
    record = Path(shutil.copy(sample, tmp_path_factory.mktemp("judged") / "samples.db"))
    with served(record, read_only=False, token="token") as address:
        with Store.open(record, read_only=True) as store:
            key = store.select("SELECT id FROM statements WHERE length(text) > 60 ORDER BY id")[0][0]
        said = urlencode({"token": "token", "verdict": "checked"}).encode()
        urlopen(Request(f"{address}/judge/statements/{key}", said, {"Origin": address}))
        yield Judged(address, record)


@pytest.fixture
def page(chromium: Any) -> Iterator[Any]:
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    opened = context.new_page()
    opened.complaints = []
    opened.on("console", lambda said: opened.complaints.append(said.text) if said.type == "error" else None)
    opened.on("pageerror", lambda error: opened.complaints.append(str(error)))
    yield opened
    context.close()


def one_of_each(record: Path) -> dict[str, str]:
    """An address of every kind of page, those with most on them."""
    asked = {
        "story": "SELECT story_id FROM stories_article_ids GROUP BY 1 ORDER BY count(*) DESC, 1",
        "article": "SELECT article_id FROM statements GROUP BY 1 ORDER BY count(*) DESC, 1",
        "party": "SELECT value FROM events_actor_ids GROUP BY 1 ORDER BY count(*) DESC, 1",
        "statement": "SELECT id FROM statements WHERE length(text) > 60 ORDER BY id",
        "event": "SELECT event_id FROM events_recipient_ids ORDER BY 1",
        "figure": "SELECT id FROM figures WHERE of_what IS NOT NULL ORDER BY id",
        "occasion": "SELECT id FROM occasions ORDER BY id",
        "commitment": "SELECT id FROM commitments ORDER BY id",
        "time": "SELECT id FROM times ORDER BY id",
        "comparison": "SELECT id FROM comparisons WHERE outcome = 'differ' ORDER BY id",
    }
    with Store.open(record, read_only=True) as store:
        rows = {kind: f"/{kind}/{store.select(sql)[0][0]}" for kind, sql in asked.items()}
    lists = {table: f"/{table}" for table in BROWSED}
    others = {
        "front": "/",
        "search": "/search?words=bridge",
        "nothing": "/search?words=zzzz",
        "empty search": "/search",
        "problem": "/event/ffffffffffffffff",
    }
    return others | lists | rows


def test_from_the_front_page_a_disagreement_and_both_sources_words_are_three_clicks_away(page: Any, room: str) -> None:
    page.goto(room)
    between = page.locator(".compared.o-differ:has(.side + .side .quote)").first
    between.locator("h3 a").click()
    sides = page.locator(".sides .side")
    assert sides.count() >= 2
    quoted = [sides.nth(number).locator("mark").first.inner_text() for number in range(2)]
    links = [sides.nth(number).locator(".source a").first for number in range(2)]
    outlets = [link.inner_text() for link in links]
    assert outlets[0] != outlets[1]
    links[0].click()
    assert page.url.partition("#")[2].startswith("e-")
    assert quoted[0] in page.locator(".words").inner_text()
    page.go_back()
    page.locator(".sides .side").nth(1).locator(".source a").first.click()
    assert quoted[1] in page.locator(".words").inner_text()
    assert page.complaints == []


def test_hovering_or_tabbing_to_a_mark_shows_its_entry_and_escape_hides_it(page: Any, room: str, sample: Path) -> None:
    page.goto(room + one_of_each(sample)["article"])
    mark = page.locator("mark.m-statement.l-content").first
    mark.hover()
    popup = page.locator(".popup")
    popup.wait_for(state="visible")
    assert mark.inner_text().split()[0].strip('"“') in popup.inner_text()
    page.keyboard.press("Escape")
    popup.wait_for(state="hidden")
    page.locator("mark.m-figure a").first.focus()
    popup.wait_for(state="visible")
    assert page.locator("mark.m-figure").first.inner_text().split()[0] in popup.inner_text()
    assert page.complaints == []


def test_a_kind_of_mark_is_switched_off_also_without_scripts(chromium: Any, room: str, sample: Path) -> None:
    context = chromium.new_context(java_script_enabled=False, reduced_motion="reduce")
    page = context.new_page()
    page.goto(room + one_of_each(sample)["article"])
    mark = page.locator("mark.m-statement.l-content").first
    shown = mark.evaluate("each => getComputedStyle(each).backgroundColor")
    page.uncheck("#show-statement")
    assert mark.evaluate("each => getComputedStyle(each).backgroundColor") != shown
    context.close()


def test_the_keyboard_alone_finds_a_statement(page: Any, room: str) -> None:
    page.goto(room)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("/")
    page.keyboard.type("bridge")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?words=bridge")
    assert page.locator(".hits .entry").count() > 0


def test_a_list_is_narrowed_while_words_are_typed_and_keeps_its_address(page: Any, room: str) -> None:
    page.goto(f"{room}/statements")
    before = page.locator("tbody tr").count()
    page.locator("main input[type=search]").press_sequentially("turbines", delay=10)
    page.wait_for_url("**words=turbines*")
    page.wait_for_function(f"document.querySelectorAll('tbody tr').length < {before}")
    assert page.evaluate("document.activeElement.name") == "words"
    rows = page.locator("tbody tr").count()
    assert page.locator("#total").inner_text().startswith(str(rows))
    page.reload()
    assert page.locator("tbody tr").count() == rows
    assert page.complaints == []


NAMES = {"سامي": "only 240 stalls had come", "漁港": "漁港の市長", "Ильзе": "Ильзе Варга"}


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record whose articles are full of markup (200,000 marks of it in one), scripts and names in other writings."""
    attack = "<script>document.title='taken'</script><img src=x onerror=\"document.title='taken'\">"
    text = f"{handmade.SECOND}Ильзе Варга \u202eesrever\u202c said {attack} {{{{ 7*7 }}}}\n" + "<b>x</b>" * 100_000
    article = replace(
        handmade.article(text, "fair/<i>stalls</i>.txt", outlet="<h1>Post</h1>", title=attack, day="2026-06-05"),
        url="javascript:alert(1)",
    )
    tables = handmade.tables()
    said, name = handmade.said_by_sami(), handmade.at(text, "الوزير سامي")
    tables["articles"] = [handmade.ONE, replace(article, id=handmade.TWO.id, parts=(TextPart(0, len(text), "body"),))]
    attacked = handmade.at(text, attack)
    tables["statements"][2] = replace(said, content=(*said.content, Passage(attacked.start, attacked.end)), source=name)
    path = tmp_path_factory.mktemp("hostile") / "record.db"
    with Store.open(path, create=True) as store:
        store.replace_derived(tables)
    return path


def test_hostile_text_is_shown_as_text_on_every_page(page: Any, hostile: Path) -> None:
    with served(hostile) as address:
        places = [
            "/",
            f"/article/{handmade.TWO.id}",
            f"/statement/{handmade.said_by_sami().id}",
            "/articles",
            "/statements",
        ]
        for place in [*places, "/search?words=%3Cscript%3Ealert(1)%3C/script%3E", "/search?words=stalls"]:
            page.goto(address + place)
            assert "taken" not in page.title() or "script" in page.title()
            assert page.locator("main img, main script, main b b").count() == 0
            assert page.locator("a[href^='javascript']").count() == 0
        page.goto(address + places[1])
        words = page.locator(".words").inner_text()
        assert "<script>document.title" in words
        assert words.count("<b>x</b>") == 100_000
        assert "[U+202E]esrever" in words
        assert "{{ 7*7 }}" in words
        assert page.complaints == []


@pytest.mark.parametrize(("name", "finds"), NAMES.items())
def test_names_in_any_writing_are_found(page: Any, hostile: Path, name: str, finds: str) -> None:
    with served(hostile) as address:
        page.goto(address)
        page.fill("#find", name)
        page.press("#find", "Enter")
        page.wait_for_load_state()
        assert finds in page.locator(".hits").inner_text()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious_on_any_page(chromium: Any, judged: Judged, scheme: Any) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    context = chromium.new_context(color_scheme=scheme)
    page = context.new_page()
    found = []
    rules = {"runOnly": ["color-contrast"]} if scheme == "dark" else None
    places = one_of_each(judged.record)
    places |= {"judgements": "/judgements", "mentions": f"{places['party']}/mentions"}
    for name, place in places.items():
        page.goto(judged.address + place)
        page.eval_on_selector_all("details", "all => all.forEach(one => { one.open = true })")
        for each in axe.run(page, options=rules).response["violations"]:
            if each["impact"] in ("serious", "critical"):
                where = "; ".join(node["html"][:120] for node in each["nodes"][:2])
                found.append(f"{name}: {each['id']}: {where}")
    context.close()
    assert found == []


@pytest.mark.parametrize("width", [320, 768, 1800])
def test_no_page_is_wider_than_the_window(chromium: Any, room: str, sample: Path, width: int) -> None:
    context = chromium.new_context(viewport={"width": width, "height": 800})
    page = context.new_page()
    wide = {}
    for name, place in one_of_each(sample).items():
        page.goto(room + place)
        wide[name] = page.evaluate("document.documentElement.scrollWidth")
    context.close()
    assert {name: found for name, found in wide.items() if found > width} == {}


def test_a_site_opens_from_the_disk_without_a_server(chromium: Any, sample: Path, tmp_path: Path) -> None:
    with Store.open(sample, read_only=True) as store:
        write_site(store, tmp_path / "site", as_of="2026-11-22")
    page = chromium.new_page()
    page.goto((tmp_path / "site" / "index.html").as_uri())
    page.locator(".compared h3 a").first.click()
    page.locator(".sides .source a").first.click()
    assert page.locator(".words mark").count() > 0
    assert re.search(r"/article/[0-9a-f]{16}\.html", page.url)
    page.close()


@pytest.fixture(scope="module")
def searched(hostile: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site of the record with names in other writings and hostile articles."""
    folder = tmp_path_factory.mktemp("searched") / "site"
    with Store.open(hostile, read_only=True) as store:
        write_site(store, folder, as_of="2026-11-22")
    return folder


def found_from(page: Any, start: Path, words: str) -> str:
    """What a search from a page of a site shows."""
    page.goto(start.as_uri())
    page.fill("#find", words)
    page.press("#find", "Enter")
    page.locator("#found-says", has_text=re.compile("hit|Nothing|missing|nearly")).wait_for()
    assert "search.html" in page.url
    return f"{page.locator('#found-says').inner_text()} {page.locator('#found').inner_text()}"


SEARCHES = {
    "سامي": "only 240 stalls had come",
    "الوَزِير": "الوزير سامي",
    "漁港": "漁港の市長",
    "ilse VÁRGA": "Ilse Varga",
    '"300 stalls"': "about 300 stalls",
    "stal": "only 240 stalls had come",
}


@pytest.mark.parametrize(("words", "finds"), SEARCHES.items())
def test_a_site_is_searched_from_the_disk_in_any_writing(page: Any, searched: Path, words: str, finds: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    one = next(iter(sorted((searched / "party").iterdir())))
    assert finds in found_from(page, one, words)
    assert page.locator("#found mark").count() > 0
    assert all(address.startswith("file:") for address in asked), "nothing is asked of any network"
    page.locator("#found .entry a").first.click()
    assert page.locator("h1").count() == 1
    assert page.complaints == []


def test_a_search_of_a_site_says_what_it_cannot_do(page: Any, searched: Path, tmp_path: Path) -> None:
    start = searched / "index.html"
    assert "Nothing was found" in found_from(page, start, "zebra")
    assert "Nothing was found" in found_from(page, start, '"stalls 300"')
    shown = found_from(page, start, "<script>document.title='taken'</script>")
    assert "taken" not in page.title() or "script" in page.title()
    assert page.locator("#found script, #found img, #found b").count() == 0
    assert "hit" in shown or "Nothing" in shown
    moved = Path(shutil.copytree(searched, tmp_path / "site"))
    shutil.rmtree(moved / "search")
    assert "is missing" in found_from(page, moved / "index.html", "stalls")


def test_a_browser_folds_and_cuts_words_as_the_index_does(chromium: Any, searched: Path) -> None:
    from onrecord.web.site_search import cut, fold

    texts = [
        "ORBÁN Straße ŁÓDŹ İstanbul ΣΟΦΟΣ ﬁne naïve", "مُحَمَّد ســامي ألف", "שָׁלוֹם", "漁港の市長 ガギグ", "हिन्दी ไทย",
        "e\u202evil zero\u200bwidth 4.5 h_x ½ ①", "Ångström ﬃ Ǆ ŉ ẞ \U0001d400 \U00020000 Нью-Йорк",
        "d’Ivoire l'eau x" + "y" * 60,
    ]  # fmt: skip
    context = chromium.new_context(bypass_csp=True)
    page = context.new_page()
    page.goto((searched / "search.html").as_uri())
    for text in texts:
        assert page.evaluate("text => window.onrecordCut(text)", text) == list(cut(fold(text))), text
    context.close()


def test_axe_finds_nothing_serious_on_the_search_of_a_site(chromium: Any, searched: Path) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    context = chromium.new_context(bypass_csp=True)
    page = context.new_page()
    page.goto((searched / "search.html").as_uri() + "?words=stalls")
    page.locator("#found .entry").first.wait_for()
    violations = axe.run(page).response["violations"]
    context.close()
    assert [each["id"] for each in violations if each["impact"] in ("serious", "critical")] == []


@pytest.mark.skipif(not PICTURES, reason="pictures are made when ONRECORD_SCREENSHOTS names a folder")
def test_pictures_for_the_readme_are_made_from_the_samples(chromium: Any, room: str, sample: Path) -> None:
    places = one_of_each(sample)
    wanted = {"front": "light", "story": "light", "article": "light", "comparison": "dark"}
    for name, scheme in wanted.items():
        context = chromium.new_context(viewport={"width": 1100, "height": 700}, color_scheme=scheme)
        page = context.new_page()
        page.goto(room + places[name])
        picture = Path(PICTURES) / f"{name}.png"
        picture.parent.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=str(picture))
        context.close()
        assert picture.stat().st_size < 150_000
