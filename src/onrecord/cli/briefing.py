"""Writes a brief in Markdown to standard output or a file."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import Any

from onrecord.cli.output import remark
from onrecord.export.markdown import MARK, in_markdown
from onrecord.model import OnRecordError
from onrecord.store import Store
from onrecord.store.briefing import Wanted, brief
from onrecord.store.queries import first_day, parties_called


def write(given: dict[str, Any]) -> None:
    """Writes the brief that a command's options ask for; a file that is there and is no brief is not written over."""
    out: Path | None = given["out"]
    day = first_day(given["as_of"]) if given["as_of"] is not None else date.today().isoformat()
    wanted = Wanted(given["about"], given["who"], given["story"], given["min_confidence"], given["limit"])
    with Store.open(given["file"], read_only=True) as store:
        if not store.meta().joined:
            remark("articles were added or removed since this record was joined; repeat the last build to finish it")
        if wanted.who is not None and not parties_called(store, wanted.who):
            remark(f"no party of this record is called {wanted.who!r}; `onrecord parties` lists them")
        made = brief(store, wanted, day)
    page = in_markdown(made)
    if out is None:
        sys.stdout.write(page)
        return
    try:
        if out.exists() and not out.read_text(encoding="utf8", errors="replace").startswith(MARK):
            raise OnRecordError(f"{out} is there and is no brief; name another file with --out")
        out.write_text(page, encoding="utf8")
    except OSError as error:
        raise OnRecordError(f"{out} cannot be written: {error.strerror}; name another file with --out") from error
    sentences = sum(len(section.sentences) for section in made.sections)
    print(f"{out}: {sentences} sentences, {len(made.footnotes)} footnotes, {len(made.articles)} articles")
