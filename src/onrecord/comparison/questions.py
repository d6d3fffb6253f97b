"""The questions that several articles answer, and whether their answers agree."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.comparison.origins import Origins
from onrecord.model import Comparison, Corpus, Link, Story


def compare(
    corpus: Corpus, links: Sequence[Link], stories: Sequence[Story], origins: Origins
) -> tuple[Comparison, ...]:
    """The comparisons of a record, beside those of articles with themselves on their own dates (`publication`)."""
    return ()
