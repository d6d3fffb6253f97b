"""Every evaluation, one after another; the exit status is 1 where a figure lies below its floor."""

from __future__ import annotations

import sys

from evaluation import figures, record


def main() -> int:
    """Quantities first, since they take seconds, then whole records over every set."""
    figures.main()
    return record.main([])


if __name__ == "__main__":
    sys.exit(main())
