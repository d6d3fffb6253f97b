"""The reading room as plain files: the same pages, which open from a disk or any web server, without one of its own.

Texts of articles are usually somebody's copyright, so that only the passages that entries quote are written unless all
is asked for.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from onrecord.model import Article, OnRecordError
from onrecord.store import Store
from onrecord.store.browsing import BROWSED, Asked, listed
from onrecord.web.app import page_of, write_list
from onrecord.web.asking import Query
from onrecord.web.context import Page
from onrecord.web.kept import Kept
from onrecord.web.lookup import Lookup
from onrecord.web.pages.front import front_page
from onrecord.web.pages.listing import list_page
from onrecord.web.places import KINDS, Filed
from onrecord.web.rendering import STATIC, Room, draw
from onrecord.web.site_search import Index, SiteSearchPage, says, write_index

MARK = "onrecord-site.txt"
"""The file that says that a folder was written by this export, so that it may be replaced."""
PER_PAGE = 200
"""Rows on one page of a list."""
AT_ONCE = 200
"""Pages that share what was looked up for them."""
NOT_NEEDED = frozenset({"htmx.min.js"})


@dataclass(frozen=True, slots=True)
class Written:
    """How many pages a site has, and the index of its search."""

    pages: int
    index: Index


def write_site(store: Store, out: Path, *, as_of: str, full_text: bool = False) -> Written:
    """What was written into the folder `out`, which is made, or replaced where it is an earlier export.

    An `OnRecordError` where the folder holds anything else. Promises are due or overdue on the day `as_of`.
    """
    _check(out)
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=f".{out.name}-", suffix=".partial", dir=out.absolute().parent) as half:
            written = _write(store, Path(half) / "site", as_of, full_text)
            if out.exists():
                shutil.rmtree(out)
            (Path(half) / "site").rename(out)
    except OSError as error:
        raise OnRecordError(
            f"export: {out} cannot be written ({error.strerror or error}); name another --out"
        ) from error
    return written


def _check(out: Path) -> None:
    if out.exists() and not out.is_dir():
        raise OnRecordError(f"{out} is a file; name a folder with --out")
    if out.is_dir() and any(out.iterdir()) and not (out / MARK).exists():
        raise OnRecordError(
            f"{out} holds files that are not of an earlier site; name an empty or a new folder with --out"
        )


def _write(store: Store, folder: Path, as_of: str, full_text: bool) -> Written:
    folder.mkdir()
    room = Room(record=store.path.stem, counts=store.meta().counts, as_of=as_of, read_only=True, full_text=full_text)
    count = 0
    for place, page in _pages(store, as_of, full_text):
        path = folder / place
        path.parent.mkdir(exist_ok=True)
        path.write_text(draw(page, room, Filed(place.count("/"))), encoding="utf8", newline="\n")
        count += 1
    index = write_index(store, folder / "search", full_text=full_text)
    search = SiteSearchPage(title="Search", says=says(index))
    (folder / "search.html").write_text(draw(search, room, Filed(0)), encoding="utf8", newline="\n")
    _write_data(store, folder / "data", full_text)
    shutil.copytree(STATIC, folder / "static", ignore=lambda _, names: NOT_NEEDED.intersection(names))
    whole = "with the articles' full texts" if full_text else "with the quoted passages only"
    (folder / MARK).write_text(f"Made by onrecord {room.version}, {whole}. Open index.html.\n", encoding="utf8")
    return Written(count + 1, index)


def _pages(store: Store, as_of: str, full_text: bool) -> Iterator[tuple[str, Page]]:
    """Every page and its file."""
    yield "index.html", front_page(Lookup(store, full_text=full_text), as_of)
    for table in BROWSED:
        yield from _lists(store, table, as_of, full_text)
        ids = [str(key) for (key,) in store.select(f"SELECT id FROM {table} ORDER BY id")]
        for at in range(0, len(ids), AT_ONCE):
            look = Lookup(store, full_text=full_text)
            for key in ids[at : at + AT_ONCE]:
                yield f"{KINDS[table]}/{key}.html", page_of(look, KINDS[table], key, as_of, PER_PAGE)


def _lists(store: Store, table: str, as_of: str, full_text: bool) -> Iterator[tuple[str, Page]]:
    number, pages, kept = 1, 1, Kept()
    while number <= pages:
        look = Lookup(store, full_text=full_text, kept=kept)
        page = list_page(look, table, Query(page=str(number)), as_of, PER_PAGE)
        pages = page.pages
        yield f"{table}/{number}.html", page
        number += 1


def _write_data(store: Store, folder: Path, full_text: bool) -> None:
    """Every table as CSV and JSON; articles without their texts unless all is asked for."""
    folder.mkdir()
    for table in BROWSED:
        ids = listed(store, table, Asked(limit=None)).ids
        for form in ("csv", "json"):
            with (folder / f"{table}.{form}").open("w", encoding="utf8", newline="") as file:
                write_list(store, table, ids, form, file, None if full_text else without_text)


def without_text(row: object) -> object:
    """A row as a site without full texts has it."""
    return replace(row, text="") if isinstance(row, Article) else row
