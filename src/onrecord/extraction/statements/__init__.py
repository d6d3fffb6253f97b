"""Statements: what somebody is reported to have said, written, thought or decided, one per cue.

The reader model's attributions come first; rules over quotation marks, cue verbs, dependencies and layout correct their
spans and find what the model misses. Who spoke is resolved elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from onrecord.extraction.statements import indirect, layouts, relayed, tagged
from onrecord.extraction.statements.acts import act_and_polarity
from onrecord.extraction.statements.corroboration import meant
from onrecord.extraction.statements.direct import with_quotations
from onrecord.extraction.statements.ground import Draft, Ground, ground_of, trimmed
from onrecord.extraction.statements.sources import tidied
from onrecord.extraction.statements.wholes import without_others
from onrecord.language.analysis import Analysis
from onrecord.model import Passage, Statement, StatementForm, entry_id

MADE_BY = "statements/4"

__all__ = ["MADE_BY", "extract"]


def extract(analysis: Analysis) -> Iterator[Statement]:
    """The statements of an article in text order, their speakers not yet resolved (`speaker_ids` empty)."""
    ground = ground_of(analysis)
    seen: set[str] = set()
    for draft in sorted(_drafts(ground), key=lambda d: (d.content, d.cue or Passage(0, 1), d.basis)):
        statement = _statement(ground, draft)
        if statement.id not in seen:
            seen.add(statement.id)
            yield statement


def _drafts(ground: Ground) -> list[Draft]:
    found = indirect.completed(ground, layouts.corrected(ground, tagged.drafts(ground)))
    laid_out = list(layouts.drafts(ground, found))
    found = [d for d in found if not _gives_way(ground, d, laid_out)] + laid_out
    found = with_quotations(ground, found)
    found += indirect.drafts(ground, found)
    found = without_others(ground, found)
    return [_within_paragraphs(ground, tidied(ground, draft)) for draft in relayed.unwrapped(ground, found)]


def _gives_way(ground: Ground, draft: Draft, laid_out: Sequence[Draft]) -> bool:
    """The draft is part of what a layout gives, and not another's words that are retold there."""
    return any(layouts.within(draft, outer) and not layouts.retold(ground, draft, outer) for outer in laid_out)


def _within_paragraphs(ground: Ground, draft: Draft) -> Draft:
    """The draft, what stands in no quotation cut where its paragraph ends: a headline's words end with it."""
    return replace(draft, content=tuple(_within_paragraph(ground, passage) for passage in draft.content))


def _within_paragraph(ground: Ground, passage: Passage) -> Passage:
    paragraph = ground.paragraph_at(passage.start)
    if paragraph is None or passage.end <= paragraph.end or ground.quotation_over(passage) is not None:
        return passage
    return trimmed(ground.text, passage.start, paragraph.end) or passage


def _statement(ground: Ground, draft: Draft) -> Statement:
    text = ground.text
    act, polarity = act_and_polarity(ground, draft)
    where = [f"{p.start}:{p.end}" if p is not None else "-" for p in (draft.cue, draft.source)]
    return Statement(
        id=entry_id("statement", ground.analysis.article.id, *draft.content, extra=" ".join(where)),
        article_id=ground.analysis.article.id,
        form=form_of(ground, draft.content),
        content=draft.content,
        text=" ".join(p.of(text) for p in draft.content),
        cue=draft.cue,
        source=draft.source,
        speaker_ids=(),
        speaker_name=draft.source.of(text) if draft.source is not None else None,
        resolved_by=None,
        addressee_ids=(),
        medium=None,
        said=None,
        via=(),
        act=act,
        polarity=polarity,
        made_by=MADE_BY,
        confidence=meant(draft),
    )


def form_of(ground: Ground, content: tuple[Passage, ...]) -> StatementForm:
    """Direct where all words stand inside quotation marks, indirect where none do, else mixed."""
    inside = outside = 0
    for passage in content:
        for word in ground.analysis.words_in(passage.start, passage.end):
            if any(c.isalnum() for c in word.text):
                quoted = ground.quotation_over(word.passage) is not None
                inside, outside = inside + quoted, outside + (not quoted)
    if not inside:
        return "indirect"
    return "mixed" if outside else "direct"
