"""What every rule for statements looks at: the readable ranges, the quotations, the cue verbs, what stands around."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from onrecord.extraction.statements.cues import Cue, act_of_lemma, cues_of
from onrecord.extraction.statements.quotations import Quotation, end_before, paragraphs, quotations
from onrecord.extraction.statements.subjects import subject_of
from onrecord.language.analysis import Analysis
from onrecord.model import Article, Passage

PAST = ("ed", "said", "says", "told", "wrote")
MOST_BETWEEN = 6
"""Words of a speaker between the comma and the cue of a quotation that lost its closing mark."""
NO_SPACE = re.compile(r"[a-z\"”’)\d][.!?](?:[\"”’])?(?=[\"“‘]?[A-Z][a-z]+[\s,’'])")
"""The end of a sentence that the next one follows without a space."""
NEXT = re.compile(r"\s*(?=[\"“‘]?[A-Z])")
ASKED = re.compile(r"\W*(?:when\s+)?(?:asked|pressed|questioned|quizzed)\b", re.IGNORECASE)
"""What begins a sentence with a question that is answered after it: asked about the price, he said nothing."""
UNREAD = frozenset({"header", "boilerplate", "section", "byline", "dateline"})


@dataclass(frozen=True, slots=True)
class Draft:
    """A statement in the making.

    `basis` names what found it: "reader", or the rule ("quotation", "colon", "dash", "headline", ...).
    """

    cue: Passage | None
    source: Passage | None
    content: tuple[Passage, ...]
    confidence: float | None
    basis: str


@dataclass(frozen=True, slots=True)
class Ground:
    """An article's analysis with its paragraphs, quotations and cue verbs."""

    analysis: Analysis
    paragraphs: tuple[Passage, ...]
    quotations: tuple[Quotation, ...]
    cues: tuple[Cue, ...]
    cuts: tuple[int, ...]

    @property
    def text(self) -> str:
        return self.analysis.text

    def paragraph_at(self, offset: int) -> Passage | None:
        at = bisect_right(self.paragraphs, offset, key=lambda p: p.start) - 1
        return self.paragraphs[at] if at >= 0 and offset < self.paragraphs[at].end else None

    def span_at(self, offset: int) -> Passage | None:
        """The sentence at `offset` (after white space, the next one), cut where a stop has no space after it.

        It is also cut where a quotation begins after a stop: `It was so. "I agree," he said.` is two.
        """
        while offset < len(self.text) and self.text[offset].isspace():
            offset += 1
        sentence = self.analysis.sentence_at(offset)
        if sentence is None:
            return None
        start, end = sentence.start, sentence.end
        for cut in self.cuts[bisect_right(self.cuts, start) :]:
            if cut >= end:
                break
            if cut <= offset:
                start = cut
            else:
                end = cut
                break
        return Passage(start, end)

    def cue_in(self, passage: Passage) -> Cue | None:
        """The first cue whose verb shares words with the passage, or null."""
        at = bisect_right(self.cues, passage.start, key=lambda c: c.verb.end)
        return self.cues[at] if at < len(self.cues) and self.cues[at].verb.start < passage.end else None

    def quotation_over(self, passage: Passage) -> Quotation | None:
        """The quotation that holds the passage, or null."""
        at = bisect_right(self.quotations, passage.start, key=lambda q: q.passage.start) - 1
        return self.quotations[at] if at >= 0 and self.quotations[at].passage.holds(passage) else None


def ground_of(analysis: Analysis) -> Ground:
    """The ground of an article's statements."""
    ranges = readable(analysis.article)
    text = analysis.text
    marked = quotations(text, ranges)
    taken_up = [*(following.continues for following in marked[1:]), False][: len(marked)]
    quoted = tuple(q if up else _without_cue(analysis, q) for q, up in zip(marked, taken_up, strict=True))
    cues = tuple(_with_subject(analysis, cue, quoted) for cue in cues_of(analysis, quoted))
    lines = tuple(paragraphs(text, ranges))
    cuts = sorted({*_cuts(text, quoted), *(p.start for p in lines)})
    return Ground(analysis, lines, quoted, cues, tuple(cuts))


def _with_subject(analysis: Analysis, cue: Cue, quoted: Sequence[Quotation]) -> Cue:
    """The cue with the subject that the parse alone tells, where none stands beside it."""
    if cue.source is not None:
        return cue
    return replace(cue, source=subject_of(analysis, cue.passage, [q.passage for q in quoted]))


def _without_cue(analysis: Analysis, quotation: Quotation) -> Quotation:
    """A quotation whose closing mark is missing, without the cue that it swallows: "We stay, she said."."""
    if quotation.closed or quotation.continues:
        return quotation
    inside = analysis.words_in(quotation.passage.start, quotation.passage.end)
    for place, word in enumerate(inside):
        if word.upos == "VERB" and act_of_lemma(word.lemma) is not None and word.text.lower().endswith(PAST):
            near = inside[max(0, place - MOST_BETWEEN - 1) : place]
            comma = next((w for w in reversed(near) if w.text == ","), None)
            at = comma.index - inside[0].index if comma is not None else 0
            between = inside[at + 1 : place] if comma is not None else ()
            nominal = all(w.upos in ("PROPN", "NOUN", "PRON", "DET", "ADJ") for w in between)
            third = any(w.upos == "PROPN" or w.text.lower() in ("he", "she", "they", "it", "the") for w in between)
            before = inside[at - 1] if at > 0 else None
            if comma is not None and before is not None and 0 < len(between) <= MOST_BETWEEN and nominal and third:
                return replace(quotation, passage=Passage(quotation.passage.start, before.end), closed=True)
    return _within_its_sentence(analysis, quotation)


def _within_its_sentence(analysis: Analysis, quotation: Quotation) -> Quotation:
    """A part of a sentence whose closing mark is missing ends with that sentence: it would be back "in June."""
    sentence = analysis.sentence_at(quotation.passage.start)
    inner = quotation.inner(analysis.text)
    if (
        sentence is None
        or not inner[:1].islower()
        or not quotation.passage.start < sentence.end < quotation.passage.end
    ):
        return quotation
    return replace(quotation, passage=Passage(quotation.passage.start, sentence.end))


def _cuts(text: str, quoted: Sequence[Quotation]) -> list[int]:
    """Where a sentence begins although the reader may not see it."""
    found = {m.end() for m in NO_SPACE.finditer(text) if not any(_within(q, m.end()) for q in quoted)}
    for quotation in quoted:
        before = end_before(text, quotation.passage.start, '"”’»')
        if before and text[before - 1] in ".!?…":
            found.add(quotation.passage.start)
        if quotation.closed and quotation.inner(text)[-1:] in (".", "!", "?", "…"):
            after = NEXT.match(text, quotation.passage.end)
            if after is not None:
                found.add(after.end())
    return sorted(found)


def _within(quotation: Quotation, offset: int) -> bool:
    return quotation.passage.start < offset < quotation.passage.end


def readable(article: Article) -> list[Passage]:
    """The ranges that statements may stand in; parts of one role that only white space parts are one range."""
    if not article.parts:
        return [Passage(0, len(article.text))] if article.text else []
    found: list[tuple[str, Passage]] = []
    for part in article.parts:
        if part.role in UNREAD or part.start >= part.end:
            continue
        if found and found[-1][0] == part.role and not article.text[found[-1][1].end : part.start].strip():
            found[-1] = (part.role, Passage(found[-1][1].start, part.end))
        else:
            found.append((part.role, Passage(part.start, part.end)))
    return [passage for _, passage in found]


def trimmed(text: str, start: int, end: int, edge: str = " \t\r\n\u00a0\u200b,;:") -> Passage | None:
    """The passage without white space and loose punctuation at its ends, or null where nothing is left."""
    while start < end and (text[start] in edge or text[start].isspace()):
        start += 1
    while end > start and (text[end - 1] in edge or text[end - 1].isspace()):
        end -= 1
    return Passage(start, end) if start < end else None


def with_its_bracket(text: str, passage: Passage) -> Passage:
    """The passage with the bracket that closes the one it opens, where that follows at once: Ann Roe (D-Ohio[)]."""
    inside = passage.of(text)
    if inside.count("(") == inside.count(")") + 1 and text[passage.end : passage.end + 1] == ")":
        return Passage(passage.start, passage.end + 1)
    return passage


def words_in(text: str) -> int:
    """How many words a stretch of text has, roughly."""
    return sum(any(c.isalnum() for c in w) for w in text.split())


def joined(text: str, passages: Iterable[Passage | None]) -> tuple[Passage, ...]:
    """The passages in order; those that only white space parts, within a paragraph, are one."""
    found: list[Passage] = []
    for passage in sorted({p for p in passages if p is not None}):
        if found and (passage.start <= found[-1].end or _adjacent(text[found[-1].end : passage.start])):
            found[-1] = Passage(found[-1].start, max(found[-1].end, passage.end))
        else:
            found.append(passage)
    return tuple(found)


def _adjacent(between: str) -> bool:
    return not between.strip(" \t\u00a0")
