"""What linking knows of one article's party, and the groups that become parties of the record."""

from __future__ import annotations

from dataclasses import dataclass, field

from onrecord.model import LocalParty
from onrecord.model.lists import KnownParty


@dataclass(frozen=True, slots=True)
class Local:
    """A party as one article knows it, with where that article is from."""

    article_id: str
    outlet: str | None
    party: LocalParty
    published: str | None = None
    """The day on which the article came out."""

    @property
    def place(self) -> tuple[str, str]:
        return self.article_id, self.party.key

    def order(self) -> tuple[str, int]:
        """Articles by id, their parties by number: the same order however they came."""
        return self.article_id, int(self.party.key.lstrip("#") or 0)


@dataclass(eq=False, slots=True)
class Group:
    """Local parties that are one; `apart` where it is one article's alone and must not take another's id.

    `known` is the entry of the user's list that they are; `of_two` says that texts name a father and a son of the name.
    """

    members: list[Local]
    apart: bool = False
    how: dict[tuple[str, str], str] = field(default_factory=dict)
    known: KnownParty | None = None
    of_two: bool = False

    def join(self, local: Local, how: str | None = None) -> None:
        self.members.append(local)
        if how:
            self.how[local.place] = how
