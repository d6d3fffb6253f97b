"""Commands that use a record elsewhere: exports, and the proof that it holds."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

from onrecord.cli.output import remark
from onrecord.cli.text import line
from onrecord.export import EXPORTS
from onrecord.export import export as write_export
from onrecord.model import TABLES, OnRecordError
from onrecord.store import Store
from onrecord.store import verify as findings_of


def export(record: Path, to: str, out: Path, *, full_text: bool = False) -> None:
    """Writes the record in a format, and says where."""
    formats = {each.name: each for each in EXPORTS}
    if to == "site":
        export_site(record, out, full_text=full_text)
        return
    if full_text:
        raise OnRecordError(f"--full-text is for --to site; {to} always holds the full texts")
    if to not in formats:
        raise OnRecordError(f"there is no format {to!r}; --to is one of {', '.join(formats)}, site")
    with Store.open(record, read_only=True) as store:
        meta = store.meta()
        if not meta.joined:
            remark("articles were added or removed since this record was joined; repeat the last build to finish it")
        files = write_export(store, formats[to], out)
    rows = sum(meta.counts[name] for name in TABLES)
    print(f"{len(files)} files with {rows} rows in {out}")


def export_site(record: Path, out: Path, *, full_text: bool) -> None:
    """Writes the reading room as files, and says where."""
    from onrecord.web.site import write_site
    from onrecord.web.site_search import says

    with Store.open(record, read_only=True) as store:
        if not store.meta().joined:
            remark("articles were added or removed since this record was joined; repeat the last build to finish it")
        written = write_site(store, out, as_of=date.today().isoformat(), full_text=full_text)
    texts = "the articles' full texts" if full_text else "the quoted passages only (--full-text writes all)"
    print(f"{written.pages:,} pages with {texts}; open {out / 'index.html'}")
    print(says(written.index))


def verify(record: Path) -> int:
    """Prints everything that does not hold; the exit status is 1 where there is anything."""
    with Store.open(record, read_only=True) as store:
        findings = findings_of(store)
        counts = store.meta().counts
    for finding in findings:
        sys.stdout.write(f"{finding.table} {finding.id or '-'}: {line(finding.says)}\n")
    if findings:
        remark(f"{record} does not hold: {len(findings)} findings")
        return 1
    resting = ", ".join(f"{counts[name]} {name}" for name in ("articles", "statements", "events", "figures", "times"))
    print(f"{record} holds: {resting}; every passage, hash and reference was checked")
    return 0
