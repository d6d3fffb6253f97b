"""Who relays whom: credits, quoted outlets and agencies, websites on which something was published."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.model import Corpus, Link, Story


def links(corpus: Corpus, stories: Sequence[Story]) -> tuple[Link, ...]:
    """The `cites` links."""
    return ()
