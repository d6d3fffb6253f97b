"""A reading room that runs, and a browser to look at it: for tests, which skip aloud where there is no Chromium."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest

CHROMIUM = next(
    (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), ""
)
needs_browser = pytest.mark.skipif(not CHROMIUM, reason="no Chromium is installed: apt-get install chromium")


@contextmanager
def served(record: Path, **settings: Any) -> Iterator[str]:
    """The address of a room that serves a record for as long as the block runs."""
    import uvicorn

    from onrecord.cli.serving import bound
    from onrecord.web.app import Service, application

    listening = bound(0)
    service = Service(record, today=lambda: date(2026, 11, 22), **settings)
    server = uvicorn.Server(uvicorn.Config(application(service), lifespan="off", log_level="error"))
    thread = threading.Thread(target=lambda: server.run(sockets=[listening]), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(10)
        listening.close()


@contextmanager
def browser() -> Iterator[Any]:
    """Chromium, without a window."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        try:
            yield opened
        finally:
            opened.close()
