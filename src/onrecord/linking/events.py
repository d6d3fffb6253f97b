"""One happening told by several articles."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.model import Corpus, Link, Story


def links(corpus: Corpus, stories: Sequence[Story]) -> tuple[Link, ...]:
    """The `same_event` links between events."""
    return ()
