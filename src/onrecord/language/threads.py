"""Work shared between the thread that asks for it and others that help."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from threading import Lock
from typing import Generic, TypeVar

Part = TypeVar("Part")
Whole = TypeVar("Whole")


@contextmanager
def helpers(count: int) -> Iterator[Executor | None]:
    """So many threads beside the one that asks; null for none. Work that none has begun when this ends is dropped."""
    threads = ThreadPoolExecutor(count) if count else None
    try:
        yield threads
    finally:
        if threads:
            threads.shutdown(cancel_futures=True)


class Pending(Generic[Whole]):
    """Work to be done by a thread that helps, or by whoever takes it first."""

    def __init__(self, work: Callable[[], Whole], threads: Executor | None) -> None:
        self._work = work
        self._found: list[Whole] = []
        self._begun = threads.submit(work) if threads else None

    def take(self) -> bool:
        """Does it here and now, unless it has been begun."""
        if self._found or not (self._begun is None or self._begun.cancel()):
            return False
        self._found.append(self._work())
        self._begun = None
        return True

    def result(self) -> Whole:
        """What came of it, as soon as it has been done; done here unless it has been begun."""
        if not self.take() and self._begun is not None:
            return self._begun.result()
        return self._found[0]


class Joint(Generic[Part, Whole]):
    """A piece of work in parts, and what is then to be made of them: that is begun by whoever does the last part."""

    def __init__(
        self,
        parts: Sequence[Callable[[], Part]],
        then: Callable[[Sequence[Part]], Whole],
        threads: Executor | None,
    ) -> None:
        self._then, self._threads, self._lock = then, threads, Lock()
        self._done: dict[int, Part] = {}
        self._count = len(parts)
        self._made = None if parts else self._making()
        self._parts = [Pending(partial(self._do, index, part), threads) for index, part in enumerate(parts)]

    def _do(self, index: int, part: Callable[[], Part]) -> None:
        found = part()
        with self._lock:
            self._done[index] = found
            if len(self._done) == self._count:
                self._made = self._making()

    def _making(self) -> Pending[Whole]:
        then, done = self._then, self._done
        return Pending(lambda: then([done[index] for index in range(len(done))]), self._threads)

    def is_ready(self) -> bool:
        """Whether all its parts are done."""
        return self._made is not None

    def take_part(self) -> bool:
        """Does a part here and now, unless all have been begun."""
        return any(part.take() for part in self._parts)

    def result(self) -> Whole:
        """What was made of the parts; an error in one of them is raised here."""
        for part in self._parts:
            part.result()
        self._parts.clear()  # they hold this, which holds what was found: it would stay until the next collection
        assert self._made is not None
        return self._made.result()
