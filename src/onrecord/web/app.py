"""The reading room as a server: each address is a page, made from the record anew for every request."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, ClassVar

from starlette.applications import Starlette
from starlette.background import BackgroundTask
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from onrecord.export.flat import write_rows
from onrecord.model import TABLES as RECORDS
from onrecord.model import OnRecordError
from onrecord.model.codec import to_json
from onrecord.store import Store
from onrecord.store.browsing import BROWSED, listed, unlimited
from onrecord.store.judging.verdicts import shown_counts
from onrecord.web import judging
from onrecord.web.asking import Query
from onrecord.web.context import Page
from onrecord.web.guarding import Guard
from onrecord.web.kept import Keeper
from onrecord.web.lookup import Lookup
from onrecord.web.pages.article import article_page
from onrecord.web.pages.comparison import comparison_page
from onrecord.web.pages.entry import entry_page
from onrecord.web.pages.front import front_page
from onrecord.web.pages.listing import list_page
from onrecord.web.pages.party import SHOWN, party_page
from onrecord.web.pages.search import search_page
from onrecord.web.pages.story import story_page
from onrecord.web.places import KINDS, TABLES, Served
from onrecord.web.rendering import STATIC, Room, draw

PLACES = Served()
AT_ONCE = 500
"""Rows of a download that are read at once."""


class NotHereError(OnRecordError):
    """There is no such page."""


@dataclass(frozen=True, slots=True)
class ProblemPage(Page):
    """What went wrong, and what to do."""

    template: ClassVar[str] = "problem.html"
    says: str
    remedy: str


@dataclass(frozen=True)
class Service:
    """What the server serves: a record, whether it may be judged, and the day that it takes for today.

    `token` is what a form must send to write, made anew at each start; `by` is who judges. `rejoin` derives the
    record's tables again after a judgement; it comes from outside, since the room itself does not know how records
    are made.
    """

    record: Path
    read_only: bool = True
    token: str = ""
    rejoin: Callable[[Path], None] | None = None
    today: Callable[[], date] = field(default=date.today)
    by: str = "somebody"
    keeper: Keeper = field(default_factory=Keeper)

    @contextmanager
    def reading(self) -> Iterator[Lookup]:
        """The record as it is now, unchanged for as long as one page is made."""
        with Store.open(self.record, read_only=True) as store:
            kept = self.keeper.of(self.record)
            store.connection.execute("BEGIN")
            yield Lookup(store, kept=kept)

    def room(self, look: Lookup) -> Room:
        """What all pages of this room share."""
        counts = look.kept.of("counts", lambda: shown_counts(look.store))
        return Room(
            record=self.record.stem,
            counts=counts,
            as_of=self.today().isoformat(),
            read_only=self.read_only,
            token="" if self.read_only else self.token,
        )


def application(service: Service) -> Starlette:
    """The server of one record."""
    made = Starlette(
        routes=[
            *judging.routes(service, partial(_page, service)),
            *routes(service),
            Mount("/static", StaticFiles(directory=STATIC)),
        ],
        middleware=[Middleware(Guard)],
        exception_handlers={404: _missing(service), OnRecordError: _failed(service)},
    )
    made.state.service = service
    return made


def routes(service: Service) -> list[Route]:
    """Every address of the room. What can be written is added by `judging.routes`, unless the room is read-only."""
    found = [
        Route("/", _page(service, lambda look, request: front_page(look, _today(service)))),
        Route("/search", _page(service, lambda look, request: search_page(look, Query.of(request.query_params)))),
        Route("/id/{key}", _any_row(service)),
    ]
    for table in BROWSED:
        found.append(Route(f"/{table}", _page(service, _list(service, table))))
        found += [Route(f"/{table}.{form}", _download(service, table, form)) for form in ("csv", "json")]
        found.append(Route(f"/{KINDS[table]}/{{key}}", _row(service, KINDS[table])))
    return found


def _today(service: Service) -> str:
    return service.today().isoformat()


def _page(service: Service, make: Callable[[Lookup, Request], Page]) -> Callable[[Request], Response]:
    def endpoint(request: Request) -> Response:
        with service.reading() as look:
            return HTMLResponse(draw(make(look, request), service.room(look), PLACES))

    return endpoint


def _list(service: Service, table: str) -> Callable[[Lookup, Request], Page]:
    return lambda look, request: list_page(look, table, Query.of(request.query_params), _today(service))


def _row(service: Service, kind: str) -> Callable[[Request], Response]:
    """The page of one row; the beginning of an id leads to the whole one."""

    def endpoint(request: Request) -> Response:
        key = str(request.path_params["key"])
        with service.reading() as look:
            if look.store.row(TABLES[kind], key) is None:
                return _by_beginning(look, key)
            page = page_of(look, kind, key, _today(service))
            judged = None if service.read_only else judging.judging_of(look, kind, key)
            return HTMLResponse(draw(page, service.room(look), PLACES, judged))

    return endpoint


def page_of(look: Lookup, kind: str, key: str, as_of: str, shown: int = SHOWN) -> Page:
    """The page of a row that is there; a party's shows this many entries of each kind."""
    if kind == "article":
        return article_page(look, key)
    if kind == "party":
        return party_page(look, key, shown)
    if kind == "comparison":
        return comparison_page(look, key)
    if kind == "story":
        return story_page(look, key)
    return entry_page(look, kind, key, as_of)


def _any_row(service: Service) -> Callable[[Request], Response]:
    def endpoint(request: Request) -> Response:
        with service.reading() as look:
            return _by_beginning(look, str(request.path_params["key"]))

    return endpoint


def _by_beginning(look: Lookup, key: str) -> Response:
    found = [match for match in look.store.matching(key.lower()) if match.table in KINDS] if len(key) >= 4 else []
    if len(found) != 1:
        raise NotHereError(f"There is nothing with the id {key!r} in this record.")
    return RedirectResponse(PLACES.page(KINDS[found[0].table], found[0].id))


def _download(service: Service, table: str, form: str) -> Callable[[Request], Response]:
    """A whole list as a file, written to the disk first so that no list needs to fit the memory."""

    def endpoint(request: Request) -> Response:
        asked = unlimited(Query.of(request.query_params).asked(0))
        handle, name = tempfile.mkstemp(prefix="onrecord-", suffix=f".{form}")
        try:
            with service.reading() as look, open(handle, "w", encoding="utf8", newline="") as file:
                ids = listed(look.store, table, asked).ids
                write_list(look.store, table, ids, form, file)
        except BaseException:
            os.unlink(name)
            raise
        kind = {"csv": "text/csv; charset=utf-8", "json": "application/json"}[form]
        done = BackgroundTask(os.unlink, name)
        return FileResponse(name, media_type=kind, filename=f"{table}.{form}", background=done)

    return endpoint


def write_list(
    store: Store,
    table: str,
    ids: tuple[str, ...],
    form: str,
    file: Any,
    change: Callable[[Any], Any] | None = None,
) -> None:
    """Rows as CSV, or as one JSON array with a row on each line; `change` says what is written of a row."""
    rows = (row for at in range(0, len(ids), AT_ONCE) for row in store.load(table, ids[at : at + AT_ONCE]))
    if change is not None:
        rows = (change(row) for row in rows)
    if form == "csv":
        write_rows(RECORDS[table], rows, file)
        return
    file.write("[")
    for number, row in enumerate(rows):
        file.write((",\n" if number else "\n") + to_json(row))
    file.write("\n]\n")


def _missing(service: Service) -> Callable[[Request, Exception], Response]:
    def handler(request: Request, error: Exception) -> Response:
        return _problem(service, "There is no such page.", "Begin at the front page, or search.", 404)

    return handler


def _failed(service: Service) -> Callable[[Request, Exception], Response]:
    def handler(request: Request, error: Exception) -> Response:
        status = 404 if isinstance(error, NotHereError) else 400
        return _problem(service, str(error), "Begin at the front page, or search.", status)

    return handler


def _problem(service: Service, says: str, remedy: str, status: int) -> Response:
    page = ProblemPage(title="Nothing here" if status == 404 else "That did not work", says=says, remedy=remedy)
    room = Room(record=service.record.stem, counts={}, as_of=_today(service), read_only=service.read_only)
    return HTMLResponse(draw(page, room, PLACES), status)
