"""The page of a comparison: a question, and what each source answers in its own words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from onrecord.web.across import Compared, compared
from onrecord.web.citing import Citation, cite_comparison
from onrecord.web.context import Page, To
from onrecord.web.lookup import Lookup
from onrecord.web.sources import Behind, behind


@dataclass(frozen=True, slots=True)
class ComparisonPage(Page):
    """A question that several articles, or two places of one article, answer."""

    template: ClassVar[str] = "comparison.html"
    id: str
    shown: Compared
    stories: tuple[To, ...]
    behind: Behind | None
    citation: Citation


def comparison_page(look: Lookup, key: str) -> ComparisonPage:
    """The page of one comparison."""
    shown = compared(look, [key], 1200)[0]
    sql = (
        "SELECT DISTINCT s.id, s.title FROM comparisons_answers x JOIN stories_article_ids c ON c.value = x.article_id"
        " JOIN stories s ON s.id = c.story_id WHERE x.comparison_id = ? ORDER BY s.id LIMIT 5"
    )
    stories = tuple(To("story", story, title) for story, title in look.store.select(sql, (key,)))
    rows = [answer.entry.id for answer in shown.answers if answer.entry and answer.entry.kind != "time"]
    quoted = [
        (look.article(answer.source.id), "".join(piece.text for piece in answer.quote.pieces) if answer.quote else "")
        for answer in shown.answers
    ]
    return ComparisonPage(
        title=shown.question,
        id=key,
        shown=shown,
        stories=stories,
        behind=behind(look, list(dict.fromkeys(rows))),
        citation=cite_comparison(shown.question, shown.explanation, quoted),
    )
