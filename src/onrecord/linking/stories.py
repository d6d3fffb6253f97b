"""Stories: clusters of articles on one happening."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.model import Corpus, Link, Story


def cluster(corpus: Corpus, links: Sequence[Link]) -> tuple[Story, ...]:
    """The stories of a record; `links` are its `copied_from` links."""
    return ()
