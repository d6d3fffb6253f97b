"""Where each page is: an address on the server, or a file beside the other files of a static export."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import quote, urlencode

KINDS: dict[str, str] = {
    "articles": "article",
    "parties": "party",
    "statements": "statement",
    "events": "event",
    "figures": "figure",
    "times": "time",
    "occasions": "occasion",
    "commitments": "commitment",
    "comparisons": "comparison",
    "stories": "story",
}
"""The tables whose rows have a page of their own, each with the word for one row."""

TABLES: dict[str, str] = {kind: table for table, kind in KINDS.items()}
"""The table of each kind of page."""


class Places(Protocol):
    """How the room's pages address one another."""

    @property
    def is_static(self) -> bool:
        """Whether the pages are files, with no server to ask."""

    @property
    def policy(self) -> str:
        """What a page may load, where the page has to say so itself."""

    def front(self) -> str:
        """The front page."""

    def page(self, kind: str, key: str, anchor: str = "") -> str:
        """The page of one row."""

    def listing(self, table: str, query: Mapping[str, str] | None = None) -> str:
        """The list of a table, asked with a query."""

    def search(self, query: Mapping[str, str] | None = None) -> str:
        """The search page, asked with a query."""

    def download(self, table: str, form: str, query: Mapping[str, str] | None = None) -> str:
        """A list as a file of a form: `csv` or `json`."""

    def asset(self, name: str) -> str:
        """A style, script or picture of the room itself."""


@dataclass(frozen=True, slots=True)
class Served:
    """Addresses on the server, which sends its policy with each answer."""

    is_static: bool = False
    policy: str = ""

    def front(self) -> str:
        return "/"

    def page(self, kind: str, key: str, anchor: str = "") -> str:
        return f"/{kind}/{quote(key)}{_anchor(anchor)}"

    def listing(self, table: str, query: Mapping[str, str] | None = None) -> str:
        return f"/{table}{_query(query)}"

    def search(self, query: Mapping[str, str] | None = None) -> str:
        return f"/search{_query(query)}"

    def download(self, table: str, form: str, query: Mapping[str, str] | None = None) -> str:
        return f"/{table}.{form}{_query(query)}"

    def asset(self, name: str) -> str:
        return f"/static/{name}"


FILED_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self' file:",
        "style-src 'self' file:",
        "img-src 'self' file:",
        "form-action 'self' file:",
        "base-uri 'none'",
    )
)
"""What a page of a site may load: its own files and nothing from elsewhere. Browsers differ in whether a file that was
opened from a disk is `self`; a page on a web server cannot load `file:`."""


@dataclass(frozen=True, slots=True)
class Filed:
    """Relative addresses of files, from a page that lies `depth` folders below the front page."""

    depth: int
    is_static: bool = True
    policy: str = FILED_POLICY

    @property
    def root(self) -> str:
        return "../" * self.depth

    def front(self) -> str:
        return f"{self.root}index.html"

    def page(self, kind: str, key: str, anchor: str = "") -> str:
        return f"{self.root}{kind}/{quote(key)}.html{_anchor(anchor)}"

    def listing(self, table: str, query: Mapping[str, str] | None = None) -> str:
        number = (query or {}).get("page", "1")
        return f"{self.root}{table}/{number if number.isdecimal() else '1'}.html"

    def search(self, query: Mapping[str, str] | None = None) -> str:
        return f"{self.root}search.html"

    def download(self, table: str, form: str, query: Mapping[str, str] | None = None) -> str:
        return f"{self.root}data/{table}.{form}"

    def asset(self, name: str) -> str:
        return f"{self.root}static/{name}"


def _query(query: Mapping[str, str] | None) -> str:
    given = {name: value for name, value in (query or {}).items() if value}
    return f"?{urlencode(given)}" if given else ""


def _anchor(anchor: str) -> str:
    return f"#{quote(anchor)}" if anchor else ""
