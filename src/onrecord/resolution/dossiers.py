"""What is gathered of a party while its article is read; it ends as a `LocalParty` and its mentions."""

from __future__ import annotations

from dataclasses import dataclass, field

from onrecord.language.analysis import NameKind
from onrecord.model import MentionForm, PartyKind, PartyRole, Passage
from onrecord.model.personal import Gender


@dataclass(frozen=True, slots=True)
class Named:
    """A name of the text after tidying: titles, articles and the possessive stand outside."""

    passage: Passage
    text: str
    kind: NameKind
    sentence: int


@dataclass(eq=False, slots=True)
class Dossier:
    """What the article has told of one party so far."""

    name: str
    kind: PartyKind
    country: str | None = None
    gender: Gender = "unknown"
    aliases: set[str] = field(default_factory=set)
    roles: list[PartyRole] = field(default_factory=list)
    nouns: set[str] = field(default_factory=set)
    """Lemmas by which the text describes the party beside its name ("city", "agency")."""
    kin: bool = False
    """The text brings the person in by somebody else ("his daughter Ann Roe")."""
    ages: set[str] = field(default_factory=set)

    def add_role(self, role: PartyRole) -> None:
        if role not in self.roles:
            self.roles.append(role)

    def add_gender(self, gender: Gender) -> None:
        """Evidence for a gender; a contradiction leaves it unknown for good only if nothing more is added."""
        if gender != "unknown":
            self.gender = gender if self.gender in ("unknown", gender) else "unknown"


@dataclass(frozen=True, slots=True)
class Sighting:
    """A place in the text that names a party that is still being gathered."""

    passage: Passage
    dossier: Dossier
    form: MentionForm
    resolved_by: str
