"""Answers that need a look at the whole record, kept until the record changes."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from pathlib import Path
from typing import Any, TypeVar

Answer = TypeVar("Answer")
Stamp = tuple[int, ...]


RECENT = 12
"""Orders of lists that are kept: of 300,000 rows each they take 30 MB."""


class Kept:
    """The answers for one state of a record."""

    def __init__(self, stamp: Stamp = ()) -> None:
        self.stamp = stamp
        self._answers: dict[Hashable, Any] = {}
        self._recent: OrderedDict[Hashable, tuple[Any]] = OrderedDict()

    def of(self, key: Hashable, make: Callable[[], Answer]) -> Answer:
        """The answer kept under `key`, made where there is none yet."""
        if key not in self._answers:
            self._answers[key] = make()
        answer: Answer = self._answers[key]
        return answer

    def recent(self, key: Hashable, make: Callable[[], Answer], *, anew: bool = False) -> Answer:
        """The answer under `key`, of which only those asked for last are kept; made again where it is wanted anew."""
        kept = self._recent.pop(key, None)
        answer: Answer = kept[0] if kept is not None and not anew else make()
        self._recent[key] = (answer,)
        if len(self._recent) > RECENT:
            self._recent.popitem(last=False)
        return answer


class Keeper:
    """Holds the answers for the present state of a record."""

    def __init__(self) -> None:
        self._kept = Kept()

    def of(self, record: Path) -> Kept:
        """The answers kept for the record as it is now; none yet where it has changed."""
        stamp = stamp_of(record)
        if self._kept.stamp != stamp:
            self._kept = Kept(stamp)
        return self._kept


def stamp_of(record: Path) -> Stamp:
    """What changes whenever the record does: time and size of its file and, while it holds anything, of its log."""
    main, log = record.stat(), Path(f"{record}-wal")
    try:
        ahead = log.stat()
    except FileNotFoundError:
        return main.st_mtime_ns, main.st_size
    return main.st_mtime_ns, main.st_size, *((ahead.st_mtime_ns, ahead.st_size) if ahead.st_size else ())
