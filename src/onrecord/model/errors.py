"""What can go wrong, in the user's words."""

from __future__ import annotations


class OnRecordError(Exception):
    """Something the user can mend: the message names the input, the room and the remedy."""


class UnreadableInputError(OnRecordError):
    """An input that cannot become an article; `reason` is a short word for the skipped row, `detail` a sentence."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason
        self.detail = detail
