"""Whose a document is that a text gives as its source: the letter of a minister, a count that an office released."""

from __future__ import annotations

import re
from functools import cache

from onrecord.language.tables import table
from onrecord.model import Passage

DESCRIBED = re.compile(r",\s+(?:an?|the|which|whose|who)\s")
"""What describes the author after a comma: a study by Acme, a group that …"""


def author_of(text: str, source: Passage) -> Passage | None:
    """The words that name whose document a source is, where the source is a document and says so; else null."""
    described = DESCRIBED.search(text, source.start, source.end)
    for end in (source.end, described.start() if described is not None else source.end):
        for pattern in _patterns():
            found = pattern.fullmatch(text, source.start, end)
            if found is not None:
                return Passage(*found.span("who"))
    return None


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    """ "Roe's letter", "a report by the office", "a count that the office released", "a count released by it"."""
    rules = table("en", "speech")["authored"]
    nouns = "|".join(re.escape(n) for n in rules["nouns"])
    verbs = "|".join(rules["verbs"])
    lead, who = r"(?:an?|the|this|its)\s+(?:(?!joint\b)[\w-]+\s+){0,3}", r"(?P<who>[^\s,;:\"“”'’][^,;:\"“”]{1,80}?)"
    when = r"(?:\s+(?:on|in|at|last|this|earlier|late|early|yesterday|today)\b[^,;:\"“”]{0,40})?\W?"
    return (
        re.compile(rf"(?P<who>[^,;:\"“”'’]{{2,80}})(?:['’]s|(?<=s)['’])\s+(?:[\w-]+\s+){{0,2}}(?:{nouns})"),
        re.compile(rf"(?P<who>[Hh]is|[Hh]er)\s+(?:[\w-]+\s+){{0,2}}(?:{nouns})"),
        re.compile(rf"{lead}(?:{nouns})\s+(?:(?:{verbs})\s+)?by\s+{who}{when}", re.IGNORECASE),
        re.compile(rf"{lead}(?:{nouns})\s+(?:that|which)\s+{who}\s+(?:had\s+|has\s+)?(?:{verbs}){when}", re.IGNORECASE),
    )
