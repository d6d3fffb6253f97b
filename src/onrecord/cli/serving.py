"""The reading room: a server on this machine alone, and the browser opened on it."""

from __future__ import annotations

import secrets
import socket
import threading
import webbrowser
from pathlib import Path

from onrecord.cli import judging
from onrecord.model import OnRecordError
from onrecord.store import Store

PORT = 8765
"""The port that is tried first, so that an address stays the same from day to day."""


def serve(record: Path, *, port: int | None, browser: bool, read_only: bool) -> None:
    """Serves a record until Ctrl-C ends it."""
    _check(record)
    import uvicorn

    from onrecord.web.app import Service, application

    listening = bound(port if port is not None else PORT)
    number = int(listening.getsockname()[1])
    address = f"http://127.0.0.1:{number}/"
    service = Service(
        record, read_only=read_only, token=secrets.token_urlsafe(24), rejoin=join_again, by=judging.user()
    )
    if port and number != port:
        print(f"port {port} is taken; this is another")
    print(f"{record} is open at {address}")
    print("Ctrl-C closes it." + (" Nothing can be changed (--read-only)." if read_only else ""), flush=True)
    if browser:
        threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()
    settings = uvicorn.Config(
        application(service), lifespan="off", log_level="error", access_log=False, server_header=False
    )
    try:
        uvicorn.Server(settings).run(sockets=[listening])
    except KeyboardInterrupt:
        pass
    finally:
        listening.close()
    print("\nclosed")


def join_again(record: Path) -> None:
    """Links and compares a record again after a correction, where that is done in a moment."""
    with Store.open(record) as store:
        if store.count("articles") <= judging.AT_ONCE:
            from onrecord.pipeline.build import rejoin

            rejoin(store, store.meta().reader)


def _check(record: Path) -> None:
    """The record is there and can be read; an error says how to make one."""
    if not record.exists():
        raise OnRecordError(
            f"there is no record {record}; `onrecord build my-articles/ --record {record}` makes one of your articles,"
            " `onrecord demo` one of the samples (then: onrecord serve onrecord-demo.db)"
        )
    with Store.open(record, read_only=True) as store:
        store.meta()


def bound(port: int) -> socket.socket:
    """A socket that listens on this machine alone: at the port asked for or, where that is taken, at a free one."""
    for number in (port, 0):
        made = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            made.bind(("127.0.0.1", number))
            made.listen(128)
        except OSError as error:
            made.close()
            if number == 0 or isinstance(error, PermissionError):
                raise OnRecordError(
                    f"port {number} cannot be used ({error.strerror}); choose another with --port 8000"
                ) from error
        else:
            return made
    raise AssertionError("the second port is always free")
