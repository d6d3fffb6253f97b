"""Runs one command, and says what went wrong in one line."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import Any

import typer

from onrecord.model import OnRecordError

INTERRUPTED = 130
"""The exit status of a command that Ctrl-C ended, as shells have it."""

USAGE_ERROR: Any = next(kind for kind in typer.BadParameter.__mro__ if kind.__name__ == "ClickException")
"""The base of what typer says of wrong arguments: click's own in some versions, a copy in others."""


class Stopped(Exception):
    """Ctrl-C ended a command that has something to say about it."""


def run(arguments: Sequence[str]) -> int:
    """The exit status of a command: 0 done, 1 failed (one line on standard error says why), 2 wrong usage, 130 Ctrl-C.

    With ONRECORD_DEBUG=1 in the environment an error shows where it came from.
    """
    try:
        status = _dispatched(list(arguments) or ["--help"])
        sys.stdout.flush()
        return status
    except BrokenPipeError:
        _stop_writing()
        return 0
    except Stopped as stopped:
        return _failed(str(stopped), INTERRUPTED)
    except (KeyboardInterrupt, typer.Abort):
        return _failed("stopped; nothing was changed by halves", INTERRUPTED)
    except USAGE_ERROR as error:
        return _failed(_usage(error), 2)
    except OnRecordError as error:
        return _failed(str(error), 1, error)
    except Exception as error:  # noqa: BLE001  (the last resort: a user never meets a traceback)
        return _failed(
            f"this is a fault of onrecord: {type(error).__name__}: {error} (ONRECORD_DEBUG=1 shows where)", 1, error
        )


def _dispatched(arguments: list[str]) -> int:
    from onrecord.cli.app import app

    _speak_utf8()
    command = typer.main.get_command(app)
    try:
        # Not by calling `app`, which would say in its own words that a pipe was closed or Ctrl-C was pressed.
        with command.make_context("onrecord", arguments) as context:
            command.invoke(context)
    except typer.Exit as done:
        return done.exit_code
    return 0


def _failed(says: str, status: int, error: BaseException | None = None) -> int:
    if error is not None and os.environ.get("ONRECORD_DEBUG") == "1":
        raise error
    try:
        print(f"onrecord: {' '.join(says.split())}", file=sys.stderr, flush=True)
    except BrokenPipeError:
        _stop_writing()
    return status


def _usage(error: Any) -> str:
    command = error.ctx.command_path if getattr(error, "ctx", None) is not None else "onrecord"
    return f"{error.format_message().rstrip('.')}; see `{command} --help`"


def _speak_utf8() -> None:
    """What is written is UTF-8 when it goes to a file or a pipe; a terminal's own encoding replaces what it lacks."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is None:
            continue
        if stream.isatty():
            reconfigure(errors="replace")
        else:
            reconfigure(encoding="utf8")


def _stop_writing() -> None:
    """Nobody reads any more (`| head`): what is still in the buffer goes nowhere, without a complaint at exit."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        try:
            os.dup2(nowhere, stream.fileno())
        except (OSError, ValueError):
            continue
