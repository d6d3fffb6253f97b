"""What a record's linking and comparing left out to stay quick, in a sentence: no cap is hidden."""

from __future__ import annotations

from collections.abc import Mapping

KINDS = {
    "amounts": ("amount of a story (comparisons)", "amounts of stories (comparisons)"),
    "copies": ("run of words (copies)", "runs of words (copies)"),
    "editions": ("kind of occasion", "kinds of occasion"),
    "events": ("kind of event", "kinds of event"),
    "figures": ("kind of figure", "kinds of figure"),
    "lengths": ("length of a talk (comparisons)", "lengths of talks (comparisons)"),
    "names": ("word of a name (comparisons)", "words of names (comparisons)"),
    "orders": ("story's order of events", "stories' orders of events"),
    "people": ("surname", "surnames"),
    "plans": ("party's promises (comparisons)", "parties' promises (comparisons)"),
    "quotations": ("run of words (quotations)", "runs of words (quotations)"),
    "same_words": ("run of words (statements)", "runs of words (statements)"),
    "stories": ("word or name (stories)", "words and names (stories)"),
}
"""What one key, and what several keys of a linker or a question are called."""


def said(capped: Mapping[str, int]) -> str:
    """What more rows of the record share than are all compared with one another; empty where nothing is."""
    found = [f"{keys:,} {KINDS[linker][keys != 1]}" for linker, keys in sorted(capped.items()) if keys]
    if not found:
        return ""
    return f"Too common to compare each with each: {', '.join(found)}. What shares nothing rarer may lack a link."
