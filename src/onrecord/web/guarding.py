"""What every request must meet and every answer carries: this machine's name, small questions, no foreign content.

The room listens on this machine alone, but any page in the browser can send requests there, and a foreign name can be
made to mean this machine (DNS rebinding). So the name asked for must be this machine's own, and what would write must
come from a page of the room itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

HOSTS = frozenset({"127.0.0.1", "localhost", "[::1]"})
"""The names of this machine; any port, since a tunnel may change it."""

LONGEST_PATH, LONGEST_QUERY, LARGEST_BODY = 1000, 4000, 64_000
"""Bytes of an address, of its query, and of a form."""

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    # Not `no-referrer`, by which a browser also leaves the origin off the room's own forms.
    "referrer-policy": "same-origin",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}


class Guard:
    """Refuses what the room does not answer, and puts the headers on what it does."""

    def __init__(self, app: ASGIApp, hosts: Iterable[str] = HOSTS) -> None:
        self.app = app
        self.hosts = frozenset(hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers[name] = value
                headers.setdefault("cache-control", "private, no-cache")
            await send(message)

        refusal = self.refusal(scope)
        await (self.app if refusal is None else refusal)(scope, receive, send_guarded)

    def refusal(self, scope: Scope) -> PlainTextResponse | None:
        """Why a request is not answered; null where it is."""
        headers = Headers(scope=scope)
        if self.host(headers.get("host", "")) is None:
            return PlainTextResponse("This address is not one of the reading room; open http://127.0.0.1", 400)
        if len(scope.get("raw_path") or scope["path"]) > LONGEST_PATH or len(scope["query_string"]) > LONGEST_QUERY:
            return PlainTextResponse("The question is too long; ask with fewer words.", 414)
        if scope["method"] not in ("GET", "HEAD", "POST"):
            return PlainTextResponse("The reading room answers GET, HEAD and POST.", 405)
        return None if scope["method"] != "POST" else self.refused_write(headers)

    def refused_write(self, headers: Headers) -> PlainTextResponse | None:
        """Why a write is not done: it came from a foreign page, or is too large."""
        origin = urlsplit(headers.get("origin", ""))
        if origin.scheme not in ("http", "https") or origin.netloc != headers.get("host"):
            return PlainTextResponse("Only pages of the reading room itself may change the record.", 403)
        if headers.get("sec-fetch-site", "same-origin") != "same-origin":
            return PlainTextResponse("Only pages of the reading room itself may change the record.", 403)
        length = headers.get("content-length", "")
        if not length.isdecimal() or int(length) > LARGEST_BODY:
            return PlainTextResponse("The form is too large.", 413)
        return None

    def host(self, given: str) -> str | None:
        """The name asked for, where it is one of this machine's; null otherwise."""
        name, colon, port = given.rpartition(":")
        if not colon or "]" in port:
            name, port = given, ""
        return name.lower() if name.lower() in self.hosts and (not port or port.isdecimal()) else None
