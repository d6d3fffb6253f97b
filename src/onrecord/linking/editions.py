"""Occasions that are probably one and were not merged for want of certainty."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.model import Corpus, Link, Story


def links(corpus: Corpus, stories: Sequence[Story]) -> tuple[Link, ...]:
    """The `same_occasion` links."""
    return ()
