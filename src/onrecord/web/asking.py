"""What a reader asks of a list or a search, as it stands in the address: every answer can be kept as a bookmark."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from onrecord.store.browsing import Asked


@dataclass(frozen=True, slots=True)
class Query:
    """The words, facets, order and page that an address names; empty asks for nothing."""

    words: str = ""
    kind: str = ""
    outlet: str = ""
    party: str = ""
    since: str = ""
    until: str = ""
    choice: str = ""
    verdict: str = ""
    sort: str = ""
    page: str = ""

    @classmethod
    def of(cls, given: Mapping[str, str]) -> Query:
        """The query of an address; names that mean nothing are left out."""
        known = {field.name for field in fields(cls)}
        return cls(**{name: value.strip() for name, value in given.items() if name in known})

    @property
    def number(self) -> int:
        """The number of the page, from 1."""
        return max(1, int(self.page)) if self.page.isdecimal() and len(self.page) < 7 else 1

    @property
    def is_filtered(self) -> bool:
        """Whether anything is asked beside the order and the page."""
        return self != Query(sort=self.sort, page=self.page, kind=self.kind)

    def but(self, **changes: str) -> dict[str, str]:
        """The address's query with some parts changed; another order or facet begins at the first page."""
        changed = replace(self, **({"page": ""} | changes))
        return {field.name: getattr(changed, field.name) for field in fields(self) if getattr(changed, field.name)}

    def asked(self, per_page: int, **more: Any) -> Asked:
        """The same for the store."""
        return Asked(
            words=self.words or None,
            party=self.party or None,
            outlet=self.outlet or None,
            since=self.since or None,
            until=self.until or None,
            choice=self.choice or None,
            sort=self.sort or None,
            verdict=self.verdict or None,
            offset=(self.number - 1) * per_page,
            limit=per_page,
            **more,
        )
