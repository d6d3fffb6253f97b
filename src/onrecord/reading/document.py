"""What a format's `read` is given: the bytes of a document, where it lies, and what its sidecar says."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.model import Skipped, UnreadableInputError, digest
from onrecord.reading.metadata import NOTHING, Metadata


@dataclass(frozen=True, slots=True)
class Document:
    """The bytes of one input; `place` is its path relative to the input given, `told` its sidecar's metadata."""

    data: bytes
    place: str
    told: Metadata = NOTHING


def skipped(place: str, error: UnreadableInputError) -> Skipped:
    """The row that stands in the record for what could not be read."""
    return Skipped(digest("skipped", place, error.reason, error.detail), place, error.reason, error.detail)


def too_large(what: str, max_bytes: int) -> UnreadableInputError:
    """Refuses what is over the cap, and says how to raise it."""
    return UnreadableInputError(
        "too large",
        f"{what} is over the limit of {max_bytes / 1e6:g} MB; split it, or raise the limit with --max-size",
    )
