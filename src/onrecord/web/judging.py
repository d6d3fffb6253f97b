"""Corrections in the reading room: what can be said of a row, saying it, and taking it back.

Every form works without JavaScript and sends the token that was made when the server started; what comes from
elsewhere is refused by `guarding` before it gets here. A room that is read-only has none of these addresses.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, ClassVar, Protocol, get_args
from urllib.parse import parse_qs

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from onrecord.model import Judgement, OnRecordError, Verdict
from onrecord.store import Store
from onrecord.store.judging import editing, keeping
from onrecord.store.judging.keeping import Said
from onrecord.store.judging.rows import Rows
from onrecord.store.words import word_list
from onrecord.web.context import Page, Quote, To
from onrecord.web.lookup import Lookup
from onrecord.web.marking import Mark
from onrecord.web.places import KINDS, TABLES

ADDRESS = re.compile(r"/[a-z]{4,12}/([0-9a-f]{16})(?:[#?].{0,200})?$")
SHOWN = 40
"""Judgements or mentions on one page."""
SUGGESTED = 12
"""Parties that are offered as perhaps the same."""
SPELLINGS = 60
"""Spellings of a party that can be taken out of it."""

LABELS = {
    "speaker": "Speaker", "said": "Said on", "act": "What is done by saying it", "polarity": "Affirms or denies",
    "type": "Kind of act", "status": "How it stands", "actor": "Who acted", "recipient": "To or with whom",
    "when": "When", "value": "Quantity", "of_what": "What it measures", "role": "Kind of figure", "days": "Days",
    "due": "Due", "who": "Who is bound", "name": "Name", "kind": "What it is", "country": "Country",
    "outlet": "Outlet", "published": "Published on",
}  # fmt: skip
VERDICTS = {"right": "Right", "wrong": "Wrong", "checked": "Checked", "edit": "Corrected"}
PAIRED = ("parties", "occasions", "statements", "events", "figures")


class Desk(Protocol):
    """What corrections need of the server: the record, the token that a form must send, who judges, the next join."""

    @property
    def record(self) -> Path: ...
    @property
    def read_only(self) -> bool: ...
    @property
    def token(self) -> str: ...
    @property
    def by(self) -> str: ...
    @property
    def rejoin(self) -> Callable[[Path], None] | None: ...


@dataclass(frozen=True, slots=True)
class FieldShown:
    """A field that can be corrected: its name and label, what it is now, what to write, the words it is limited to."""

    name: str
    label: str
    value: str
    says: str
    allowed: tuple[str, ...]
    may_be_empty: bool


@dataclass(frozen=True, slots=True)
class JudgementShown:
    """A judgement in words: of what, what it says, by whom and when; `to` leads to the row where it has a page."""

    id: str
    kind: str
    words: str
    says: str
    by: str
    day: str
    to: To | None
    waits: bool


@dataclass(frozen=True, slots=True)
class Judging:
    """What has been said of a row, and what can be said of it."""

    table: str
    key: str
    kind: str
    verdict: str
    verdict_words: str
    said: tuple[JudgementShown, ...]
    fields: tuple[FieldShown, ...]
    pairs: bool
    suggested: tuple[To, ...]
    spellings: tuple[str, ...]
    names: tuple[str, ...]
    is_current: bool


@dataclass(frozen=True, slots=True)
class JudgementsPage(Page):
    """Everything that was said of this record, the latest first, each to be taken back."""

    template: ClassVar[str] = "judgements.html"
    rows: tuple[JudgementShown, ...]
    total: int
    number: int
    pages: int
    is_current: bool


@dataclass(frozen=True, slots=True)
class MentionShown:
    """A place where a party is named, with its words."""

    id: str
    form: str
    quote: Quote
    verdict: str


@dataclass(frozen=True, slots=True)
class MentionsPage(Page):
    """The places where a party is named, each to be given to another party or called wrong."""

    template: ClassVar[str] = "mentions.html"
    party: To
    rows: tuple[MentionShown, ...]
    total: int
    number: int
    pages: int


def judging_of(look: Lookup, kind: str, key: str) -> Judging:
    """What has been said of the row of a page, and what can be said of it."""
    table, store = TABLES[kind], look.store
    row = store.row(table, key)
    rows = Rows(keeping.Now(store))
    verdict = keeping.verdict_of(store, table, key) or ""
    is_party = table == "parties"
    return Judging(
        table=table,
        key=key,
        kind=kind,
        verdict=verdict,
        verdict_words=VERDICTS.get(verdict, ""),
        said=tuple(_shown(each, (table, key)) for each in keeping.judgements_of(store, table, key)),
        fields=tuple(_field(name, editor, row, rows) for name, editor in editing.EDITORS.get(table, {}).items()),
        pairs=table in PAIRED,
        suggested=_suggested(store, key) if is_party else (),
        spellings=_spellings(store, key) if is_party else (),
        names=_names(store, row) if not is_party else (),
        is_current=keeping.is_current(store),
    )


def _field(name: str, editor: editing.Editor, row: Any, rows: Rows) -> FieldShown:
    was = editor.was(row, rows)
    return FieldShown(name, LABELS.get(name, name), was, editor.says, editor.allowed, editor.may_be_empty)


def _suggested(store: Store, key: str) -> tuple[To, ...]:
    """Parties whose name shares a word with this one's, the likest first; those named most come before the others."""
    name = store.select("SELECT name FROM parties WHERE id = ?", (key,))[0][0]
    words = [word for word in word_list(str(name)) if len(word) > 1]
    if not words:
        return ()
    sql = """
        SELECT id, name FROM (
          SELECT p.id, p.name FROM parties_fts f JOIN parties p ON p.rowid = f.rowid
          WHERE parties_fts MATCH ?1 AND p.id <> ?2 ORDER BY f.rank LIMIT 40
        ) ORDER BY (SELECT count(*) FROM mentions m WHERE m.party_id = id) DESC, name LIMIT ?3
    """
    found = store.select(sql, (" OR ".join(f'"{word}"' for word in words), key, SUGGESTED))
    return tuple(To("party", str(party), str(called)) for party, called in found)


def _spellings(store: Store, key: str) -> tuple[str, ...]:
    """The spellings by which texts name a party, the commonest first; nothing where there is only one."""
    sql = (
        "SELECT text, count(*) FROM mentions WHERE party_id = ? AND form = 'name' GROUP BY text"
        " ORDER BY 2 DESC, 1 LIMIT ?"
    )
    found = tuple(str(text) for text, _ in store.select(sql, (key, SPELLINGS)))
    return found if len(found) > 1 else ()


def _names(store: Store, row: Any) -> tuple[str, ...]:
    """The names of the article's parties, to be chosen from."""
    article = getattr(row, "article_id", None)
    if article is None:
        return ()
    sql = (
        "SELECT DISTINCT p.name FROM mentions m JOIN parties p ON p.id = m.party_id"
        " WHERE m.article_id = ? AND p.name <> '' ORDER BY 1"
    )
    return tuple(str(name) for (name,) in store.select(sql, (article,)))


def _shown(judgement: Judgement, row: tuple[str, str] | None) -> JudgementShown:
    to = To(KINDS[row[0]], row[1], "") if row is not None and row[0] in KINDS else None
    words = judgement.words if len(judgement.words) <= 120 else judgement.words[:117] + "…"
    day = judgement.at[:16].replace("T", " ")
    return JudgementShown(
        judgement.id, _noun(judgement.target_kind), words, said_words(judgement), judgement.by, day, to, row is None
    )


def _noun(table: str) -> str:
    return KINDS.get(table, table.removesuffix("s"))


def said_words(judgement: Judgement) -> str:
    """What a judgement says, in words."""
    if judgement.verdict == "edit":
        label = LABELS.get(judgement.field or "", (judgement.field or "").replace("_", " "))
        return f"{label}: {judgement.was or 'nothing'} → {judgement.value or 'nothing'}"
    other = judgement.other_words or ""
    if judgement.verdict == "same_as":
        return f"the same as “{other}”"
    if judgement.verdict == "not_same_as" and judgement.value:
        return f"“{judgement.value}” is somebody else" + (f": {other}" if other else "")
    if judgement.verdict == "not_same_as":
        return f"not the same as “{other}”"
    return VERDICTS[judgement.verdict]


def judgements_page(look: Lookup, number: int) -> JudgementsPage:
    """A page of all judgements, from 1."""
    found = keeping.kept(look.store)
    pages = max(1, -(-len(found) // SHOWN))
    at = min(max(1, number), pages)
    return JudgementsPage(
        title="Corrections",
        rows=tuple(_shown(each.judgement, each.row) for each in found[(at - 1) * SHOWN : at * SHOWN]),
        total=len(found),
        number=at,
        pages=pages,
        is_current=keeping.is_current(look.store),
    )


def mentions_page(look: Lookup, key: str, number: int) -> MentionsPage:
    """A page of the mentions of a party, names first."""
    store = look.store
    total = int(store.select("SELECT count(*) FROM mentions WHERE party_id = ?", (key,))[0][0])
    pages = max(1, -(-total // SHOWN))
    at = min(max(1, number), pages)
    sql = "SELECT id FROM mentions WHERE party_id = ? ORDER BY form <> 'name', text, article_id, start LIMIT ? OFFSET ?"
    ids = [found for (found,) in store.select(sql, (key, SHOWN, (at - 1) * SHOWN))]
    mentions = store.load("mentions", ids)
    look.read_articles(mention.article_id for mention in mentions)
    rows = [
        MentionShown(
            mention.id,
            mention.form,
            _quoted(look, mention),
            keeping.verdict_of(store, "mentions", mention.id) or "",
        )
        for mention in mentions
    ]
    party = look.party(key)
    return MentionsPage(f"Where {party.words} is named", party, tuple(rows), total, at, pages)


def _quoted(look: Lookup, mention: Any) -> Quote:
    mark = Mark(mention.start, mention.end, "party", mention.party_id, "mention")
    return look.quote("party", mention.party_id, mention.article_id, [mark])


# Saying it, and taking it back.

Draw = Callable[[Callable[[Lookup, Request], Page]], Callable[[Request], Response]]


def routes(desk: Desk, draw: Draw) -> list[Route]:
    """The addresses by which a record is corrected; none where it is read-only.

    `draw` makes the endpoint of a page.
    """
    if desk.read_only or not desk.token:
        return []
    return [
        Route("/judgements", draw(lambda look, request: judgements_page(look, _number(request)))),
        Route("/party/{key}/mentions", draw(_mentions)),
        Route("/judgements/undo", _written(desk, _undo), methods=["POST"]),
        Route("/judge/{table}/{key}", _written(desk, _judge), methods=["POST"]),
    ]


def _mentions(look: Lookup, request: Request) -> Page:
    key = str(request.path_params["key"])
    if look.store.row("parties", key) is None:
        raise OnRecordError(f"There is no party with the id {key!r} in this record.")
    return mentions_page(look, key, _number(request))


def _number(request: Request) -> int:
    page = request.query_params.get("page", "")
    return int(page) if page.isdecimal() and len(page) < 7 else 1


Write = Callable[[Desk, Store, Mapping[str, str], Mapping[str, str]], str]


def _written(desk: Desk, write: Write) -> Callable[[Request], Any]:
    """What a form says is done, and the browser is sent to the page that shows it."""

    async def endpoint(request: Request) -> Response:
        if request.headers.get("content-type", "").partition(";")[0].strip() != "application/x-www-form-urlencoded":
            return PlainTextResponse("Corrections are sent by the room's own forms.", 415)
        form = _form(await request.body())
        if not secrets.compare_digest(form.get("token", "").encode(), desk.token.encode()):
            return PlainTextResponse(
                "This form is from before the reading room was started anew; go back, reload the page, and send it"
                " again.",
                403,
            )
        to = await run_in_threadpool(_write, desk, write, dict(request.path_params), form)
        return RedirectResponse(to, 303)

    return endpoint


def _form(body: bytes) -> dict[str, str]:
    """The fields of a form; the first of each name, at most thirty."""
    try:
        found = parse_qs(body.decode("utf8"), keep_blank_values=True, max_num_fields=30)
    except (UnicodeDecodeError, ValueError) as error:
        raise OnRecordError("The form is not what the room's pages send; reload the page and try again.") from error
    return {name: values[0].strip() for name, values in found.items()}


def _write(desk: Desk, write: Write, path: Mapping[str, str], form: Mapping[str, str]) -> str:
    with Store.open(desk.record) as store:
        to = write(desk, store, path, form)
        is_current = keeping.is_current(store)
    if not is_current and desk.rejoin is not None:
        desk.rejoin(desk.record)
    return to


def _judge(desk: Desk, store: Store, path: Mapping[str, str], form: Mapping[str, str]) -> str:
    """Keeps what a form says of a row; gives the page that shows it."""
    table, key = path["table"], path["key"]
    if table not in KINDS and table != "mentions":
        raise OnRecordError(f"There is nothing called {table!r} to correct.")
    if form.get("verdict") not in get_args(Verdict):
        raise OnRecordError("The form does not say what is meant; reload the page and try again.")
    verdict: Any = form["verdict"]
    at = datetime.now(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
    said = Said(verdict, desk.by, at, field=form.get("field") or None, value=_value(form), other=_other(form))
    home = _home(store, table, key)
    kept = keeping.judge(store, table, key, said)
    if verdict == "same_as" and table in ("parties", "occasions"):
        return f"/{KINDS[table]}/{kept.other_id}#judging"
    return home


def _other(form: Mapping[str, str]) -> str | None:
    """The other row: a name, an id, or the address of its page as the browser shows it."""
    found = ADDRESS.search(form.get("other", ""))
    return found[1] if found else form.get("other") or None


def _value(form: Mapping[str, str]) -> str | None:
    value = form.get("value")
    return value if value or form.get("verdict") == "edit" else None


def _home(store: Store, table: str, key: str) -> str:
    """The page that shows what was said of a row: its own, or for a mention that of its party's mentions."""
    if table != "mentions":
        return f"/{KINDS[table]}/{key}#judging"
    mention = store.row("mentions", key)
    if mention is None:
        raise OnRecordError(f"There is no mention with the id {key!r} in this record.")
    return f"/party/{mention.party_id}/mentions"


def _undo(desk: Desk, store: Store, path: Mapping[str, str], form: Mapping[str, str]) -> str:
    taken = keeping.undo(store, [form.get("id", "")])
    place = store.find(taken[0].target_id) if store.matching(taken[0].target_id) else None
    back = form.get("back") == "row" and place is not None and place.table in KINDS
    return f"/{KINDS[place.table]}/{place.id}#judging" if back and place is not None else "/judgements"
