"""A record in formats that other programs read. A new format is one file and one line in `EXPORTS`."""

from onrecord.export import flat, jsonl
from onrecord.export.writing import Export, export

EXPORTS: tuple[Export, ...] = (
    Export("jsonl", "JSON Lines: one file per table, lossless, for programs", jsonl.write),
    Export("csv", "CSV: one flat file per table, for spreadsheets", flat.write),
)

__all__ = ["EXPORTS", "Export", "export"]
