"""Every evaluation, one after another; the exit status is 1 where a figure lies below its floor."""

from __future__ import annotations

import subprocess
import sys

PARTS = (
    "figures", "times", "reader", "events", "speakers", "reliability", "stories",
    "planted", "disagreements", "same_events", "ecbplus", "record",
)  # fmt: skip
"""From seconds to minutes; `record` holds the floors."""


def main() -> int:
    """Runs each part in a process of its own, so that one that fails does not hide the others."""
    failed = [
        name for name in PARTS if subprocess.run([sys.executable, "-m", f"evaluation.{name}"], check=False).returncode
    ]
    if failed:
        print(f"evaluation: {', '.join(failed)} did not pass")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
