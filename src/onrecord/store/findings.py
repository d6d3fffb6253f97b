"""What a proof finds that does not hold."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """Something in a record that does not hold: where, and in one sentence what."""

    table: str
    id: str
    says: str
