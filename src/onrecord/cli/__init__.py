"""Arguments in, tables out."""

from __future__ import annotations

import sys


def main() -> None:
    """The command `onrecord`."""
    from onrecord.cli.run import run

    sys.exit(run(sys.argv[1:]))
