"""Quotations given to the cue that reports them: before, after, inside, or in the sentence before."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from onrecord.extraction.statements.beside import FEW, cue_of_quotation, is_title
from onrecord.extraction.statements.cues import Cue
from onrecord.extraction.statements.ground import ASKED, Draft, Ground, joined, trimmed, words_in
from onrecord.extraction.statements.quotations import Quotation, end_before
from onrecord.language.analysis import Word
from onrecord.language.tables import words
from onrecord.model import Passage

MOST_AFTER = 8
"""Words that may end a sentence after a quotation that began it."""


def with_quotations(ground: Ground, drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts with every quotation of speech given to one of them, or to a new one."""
    book = Book(ground, list(drafts))
    for place in range(len(ground.quotations)):
        book.place(place)
    for place in reversed(range(len(ground.quotations))):
        book.place_before_next(place)
    for place in range(len(ground.quotations)):
        book.float(place)
    return book.drafts


class Book:
    """Drafts that grow while quotations are given to them; `owner` says which draft a quotation belongs to."""

    def __init__(self, ground: Ground, drafts: list[Draft]) -> None:
        self.ground = ground
        self.drafts = drafts
        self.owner: dict[int, int] = {}
        for place, quotation in enumerate(ground.quotations):
            owner = self._covering(quotation)
            if owner is not None:
                self.owner[place] = owner
        for place, quotation in enumerate(ground.quotations):
            if quotation.continues:
                self._take_back(place)

    def _take_back(self, place: int) -> None:
        """Gives a paragraph that goes on with a quotation to the statement of the paragraph before it."""
        before, now = self.owner.get(place - 1), self.owner.get(place)
        if before is None or now is None or before == now or cue_of_quotation(self.ground, place) is not None:
            return
        if self.drafts[before].basis != "reader" or self.drafts[now].basis != "reader":
            return
        whole = self.ground.quotations[place].passage
        rest = tuple(p for p in self.drafts[now].content if not p.meets(whole))
        if rest:
            self.drafts[now] = replace(self.drafts[now], content=rest)
            self._add(place, before)

    def _covering(self, quotation: Quotation) -> int | None:
        """The draft whose content has half of the quotation or more."""
        for number, draft in enumerate(self.drafts):
            if (
                draft.cue is not None
                and quotation.passage.holds(draft.cue)
                and cue_of_quotation(self.ground, self.ground.quotations.index(quotation))
            ):
                continue  # somebody is quoted inside the quotation, which is another's
            shared = sum(
                max(0, min(p.end, quotation.passage.end) - max(p.start, quotation.passage.start)) for p in draft.content
            )
            if 2 * shared >= quotation.passage.end - quotation.passage.start:
                return number
        return None

    def place(self, place: int) -> None:
        """Gives the quotation to the cue that stands beside it, or to the statement that it goes on with."""
        if place in self.owner:
            return
        ground, quotation = self.ground, self.ground.quotations[place]
        if quotation.continues and place - 1 in self.owner:
            self._add(place, self.owner[place - 1])
            return
        cue = cue_of_quotation(ground, place)
        if cue is not None and _is_quoted_in_question(ground, cue, quotation):
            return
        if cue is not None:
            self._give(place, cue, quotation)
        elif self._goes_on(place):
            self._add(place, self.owner[place - 1])
        elif (whole := self._runs_on(place)) is not None:
            self._add(place, self.owner[place - 1], whole)

    def _give(self, place: int, cue: Cue, quotation: Quotation) -> None:
        for number, draft in enumerate(self.drafts):
            if draft.cue is not None and draft.cue.meets(cue.verb.passage):
                self._add(place, number)
                return
        content = quotation.passage
        if cue.verb.end <= content.start:
            content = _from_clause_start(self.ground, cue, content)
        self.drafts.append(Draft(cue.passage, cue.source, (content,), None, "quotation"))
        self.owner[place] = len(self.drafts) - 1

    def _add(self, place: int, number: int, whole: Passage | None = None) -> None:
        draft = self.drafts[number]
        passage = whole or self.ground.quotations[place].passage
        if draft.cue is not None and draft.cue.meets(passage):
            return
        self.drafts[number] = replace(draft, content=joined(self.ground.text, (*draft.content, passage)))
        self.owner[place] = number

    def _goes_on(self, place: int) -> bool:
        """The quotation takes up the one before it after its cue: "A," she said. "B."."""
        if place - 1 not in self.owner:
            return False
        ground = self.ground
        last, here = ground.quotations[place - 1].passage, ground.quotations[place].passage
        draft = self.drafts[self.owner[place - 1]]
        paragraph = ground.paragraph_at(last.start)
        if draft.cue is None or paragraph is None or draft.cue.start < last.end:
            return False
        if not paragraph.holds(here) and not self._next_paragraph(paragraph, here):
            return False
        if draft.cue.start > here.start or not is_sentence(ground, place):
            return False
        return not _new_subject(ground, draft.cue.end, here.start)

    def _runs_on(self, place: int) -> Passage | None:
        """A quotation that begins the sentence after a cue, with what ends that sentence: "A," she said. "B" today."""
        if place - 1 not in self.owner:
            return None
        ground = self.ground
        last, here = ground.quotations[place - 1].passage, ground.quotations[place].passage
        draft = self.drafts[self.owner[place - 1]]
        inner = ground.quotations[place].inner(ground.text)
        span, paragraph = ground.span_at(here.end - 2), ground.paragraph_at(last.start)
        if draft.cue is None or span is None or paragraph is None or not paragraph.holds(here) or span.end <= here.end:
            return None
        first = ground.span_at(here.start + 2)
        begins = first is not None and 0 <= first.start - here.start <= 2
        if not begins or not inner[:1].isupper() or words_in(inner) <= FEW or is_title(inner):
            return None
        rest = ground.analysis.words_in(here.end, span.end)
        loose = (
            any(w.upos in ("VERB", "AUX", "SCONJ") for w in rest) or sum(w.upos != "PUNCT" for w in rest) > MOST_AFTER
        )
        follows = last.end <= draft.cue.start < here.start and not ground.text[here.end : here.end + 1].strip(" ,")
        if loose or not follows or _new_subject(ground, draft.cue.end, here.start):
            return None
        return trimmed(ground.text, here.start, span.end, " \t\r\n\u00a0.")

    def _next_paragraph(self, paragraph: Passage, here: Passage) -> bool:
        """The quotation is all of the paragraph that follows."""
        own = self.ground.paragraph_at(here.start)
        if own is None or self.ground.text[paragraph.end : own.start].strip():
            return False
        return own.end - own.start - (here.end - here.start) <= 2

    def place_before_next(self, place: int) -> None:
        """Gives a quotation without a cue to the statement of the one right after it, or that takes it up."""
        if place in self.owner or place + 1 not in self.owner:
            return
        if self.ground.quotations[place + 1].continues and not self.ground.quotations[place].closed:
            self._add(place, self.owner[place + 1])
            return
        here, following = self.ground.quotations[place].passage, self.ground.quotations[place + 1].passage
        between = self.ground.text[here.end : following.start]
        if not between.strip() and "\n" not in between and is_sentence(self.ground, place):
            self._add(place, self.owner[place + 1])

    def float(self, place: int) -> None:
        """A quotation that is whole sentences, with no cue beside it, is a statement without a cue."""
        if place in self.owner or not is_sentence(self.ground, place) or not self.ground.quotations[place].opened:
            return
        quotation = self.ground.quotations[place]
        if any(p.meets(quotation.passage) for d in self.drafts for p in d.content):
            return
        if not _says_something(self.ground, quotation) or _labelled(self.ground, quotation):
            return
        self.drafts.append(Draft(None, None, (quotation.passage,), None, "floating"))
        self.owner[place] = len(self.drafts) - 1


def _is_quoted_in_question(ground: Ground, cue: Cue, quotation: Quotation) -> bool:
    """The words in marks belong to what somebody was asked: asked about the day when she said "…", she recalled it."""
    span = ground.span_at(quotation.passage.start)
    asked = span is not None and ASKED.match(ground.text, span.start) is not None
    after = ground.span_at(cue.verb.start) == span and cue.verb.start > quotation.passage.end
    return asked and after and any(w.start >= cue.verb.end for w in _clauses(ground, cue))


def _clauses(ground: Ground, cue: Cue) -> list[Word]:
    """The clauses that a cue's verb reports by the parse."""
    return [w for w in ground.analysis.children(cue.verb) if w.relation in ("ccomp", "xcomp")]


def _says_something(ground: Ground, quotation: Quotation) -> bool:
    """The quotation is more than a few words, or a short sentence with its verb and its stop."""
    inner = quotation.inner(ground.text)
    if words_in(inner) > FEW:
        return True
    inside = ground.analysis.words_in(quotation.passage.start, quotation.passage.end)
    verb = any(w.upos in ("VERB", "AUX") for w in inside)
    return words_in(inner) == FEW and verb and inner[-1:] in ".!?" and not is_title(inner.rstrip(".!?"))


def _labelled(ground: Ground, quotation: Quotation) -> bool:
    """A label that is no speaker leads to the quotation: Note: "…"."""
    end = end_before(ground.text, quotation.passage.start)
    if not end or ground.text[end - 1] != ":":
        return False
    label = re.split(r"[\n.!?]", ground.text[max(0, end - 60) : end - 1])[-1].strip(" *#[](){}\"'“”").lower()
    return label in words("en", "speech", "layouts.labels")


def is_sentence(ground: Ground, place: int) -> bool:
    """The quotation is whole sentences: a capital begins it, a stop ends it, and no sentence goes on around it."""
    text, quotation = ground.text, ground.quotations[place]
    inner = quotation.inner(text)
    paragraph = ground.paragraph_at(quotation.passage.start)
    if not inner or not (inner[0].isupper() or inner[0].isdigit()) or paragraph is None:
        return False
    before = text[paragraph.start : quotation.passage.start].rstrip()
    after = text[quotation.passage.end : paragraph.end].lstrip()
    ended = inner[-1] in ".!?…" or not quotation.closed or after[:1] in (".", "")
    possessive = before[-1:] in ("’", "'") and before[-2:-1].isalnum()
    alone = not before or (before[-1] in '.!?…:"”’)' and not possessive)
    return ended and alone and not (after[:1].islower() or after[:1] in (",", ";"))


def _from_clause_start(ground: Ground, cue: Cue, content: Passage) -> Passage:
    """A mixed content begins with the clause that leads into the quotation: that it was "…"."""
    between = ground.text[cue.verb.end : content.start]
    if not between.strip(" ,:–—-\n\t\u00a0"):
        return content
    clause = next(
        (w for w in ground.analysis.children(cue.verb) if w.relation == "ccomp" and w.start > cue.verb.end), None
    )
    if clause is None:
        return content
    first = next(w for w in ground.analysis.subtree(clause) if w.upos != "PUNCT")
    inside = cue.verb.end < first.start <= content.start and not re.search(r"[:,]\s*$", between)
    return Passage(first.start, content.end) if inside else content


def _new_subject(ground: Ground, start: int, end: int) -> bool:
    """A verb that is no cue stands between: another sentence than the cue's comes before the quotation."""
    sentence = ground.analysis.sentence_at(start)
    inside = ground.analysis.words_in(start, end)
    return any(w.upos in ("VERB", "AUX") and sentence is not None and w.start >= sentence.end for w in inside)
