"""Judgements as a file of JSON Lines, to be carried from one record to another."""

from __future__ import annotations

import json
from dataclasses import fields
from pathlib import Path

from onrecord.model import Judgement, OnRecordError
from onrecord.model.codec import from_plain
from onrecord.store.judging.keeping import MOMENT, with_id

LARGEST = 64_000_000
"""Bytes of a file of judgements: some hundred thousand of them."""


def read_judgements(file: Path) -> list[Judgement]:
    """The judgements of a file, one JSON object on each line; an `OnRecordError` names the line that is none.

    The id of each is made anew from what it says, so that a judgement is itself however it came.
    """
    try:
        if file.stat().st_size > LARGEST:
            raise OnRecordError(f"{file} is larger than {LARGEST // 1_000_000} MB; it holds something else")
        lines = file.read_text(encoding="utf8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise OnRecordError(f"{file} cannot be read as a file of judgements ({error})") from error
    return [_judgement(file, number, line) for number, line in enumerate(lines, 1) if line.strip()]


def _judgement(file: Path, number: int, line: str) -> Judgement:
    names = ", ".join(field.name for field in fields(Judgement))
    try:
        found = from_plain(Judgement, json.loads(line))
    except (ValueError, RecursionError, OnRecordError) as error:
        raise OnRecordError(
            f"{file}, line {number} is no judgement ({error}); `onrecord judgements --json` writes such a file: one"
            f" object on each line with {names}"
        ) from error
    if not MOMENT.match(found.at):
        raise OnRecordError(f"{file}, line {number}: {found.at!r} is no moment in UTC, such as 2026-05-31T09:15:00Z")
    return with_id(found)
