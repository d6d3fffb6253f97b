"""What one article of a story alone has, and that matters: the facts on which the others are silent.

A fact is told once if nothing links it, and if no other article of the story holds the same number of the same thing,
the same act of the same party, or a run of the same words: a link that is missed must not become a silence.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from onrecord.comparison import amounts, figures
from onrecord.comparison.asking import Given, Question, settled, subjects
from onrecord.comparison.events import SURE, known
from onrecord.comparison.ground import Ground, phrases, shortened, words_of
from onrecord.comparison.texts import StoryTexts, number_of
from onrecord.comparison.words import bare
from onrecord.model import Comparison, Event, Figure, Occasion, Passage, Statement, Subject
from onrecord.model.plover import SCALE

PER_ARTICLE = 6
"""Facts of one article that only it has, at most: those that matter most."""
ENOUGH = 3.0
"""The weight from which a fact is worth a row."""
STRONG_ACTS = frozenset({"promise", "deny", "accuse", "threaten", "propose", "request", "decline"})


@dataclass(frozen=True, slots=True)
class Fact:
    """A row that one article alone has, what it asks, its value, and how much it matters."""

    row: Any
    article_id: str
    question: Question
    value: str
    weight: float


class Told:
    """The rows that links and comparisons are about, and where their words stand: none of them is told once."""

    def __init__(self, ground: Ground, ids: frozenset[str]) -> None:
        self.ids = ids
        self._places: dict[str, list[Passage]] = defaultdict(list)
        for row in (ground.corpus.row.get(key) for key in sorted(ids)):
            if row is not None and hasattr(row, "article_id"):
                self._places[row.article_id] += words_of(row)

    def is_in(self, statement: Statement) -> bool:
        """Whether a statement holds words of such a row, or is told by it: a sum that others give too, an appeal."""
        places = self._places.get(statement.article_id, ())
        parts = statement.content if statement.cue is None else (*statement.content, statement.cue)
        return any(part.meets(place) for part in parts for place in places)


def compare(ground: Ground, ids: frozenset[str]) -> Iterator[Comparison]:
    """The weightiest facts that one article alone has; `ids` are those of rows that others tell too."""
    told = Told(ground, ids)
    for story in sorted(ground.stories, key=lambda story: story.id):
        texts = StoryTexts(ground, story)
        for article_id in sorted(story.article_ids):
            found = sorted(_facts(ground, texts, article_id, told), key=lambda fact: (-fact.weight, fact.row.id))
            for fact in found[:PER_ARTICLE]:
                yield _compared(ground, fact)


def _facts(ground: Ground, texts: StoryTexts, article_id: str, told: Told) -> Iterator[Fact]:
    corpus = ground.corpus
    for figure in corpus.figures_of.get(article_id, ()):
        if figure.id not in told.ids and (fact := _figure(ground, texts, figure)) is not None:
            yield fact
    for event in corpus.events_of.get(article_id, ()):
        if event.id not in told.ids and (fact := _event(ground, texts, event)) is not None:
            yield fact
    for statement in corpus.statements_of.get(article_id, ()):
        if statement.id in told.ids or told.is_in(statement):
            continue
        if (fact := _statement(ground, texts, statement)) is not None:
            yield fact
    yield from _occasions(ground, article_id, told)


def _figure(ground: Ground, texts: StoryTexts, figure: Figure) -> Fact | None:
    number = amounts.middle(figure.amount)
    if number is None or figure.of_what is None or figure.of_what_head == "age":
        return None
    if texts.amounts[number_of(figure)] - {figure.article_id}:
        return None
    kind = amounts.kind_of(figure.amount.unit)
    weight = 2.0 + (abs(number) >= 10) + (kind in ("money", "share")) + 0.5 * (figure.role != "value")
    weight += 0.5 * bool(figure.event_id or figure.occasion_id) + 0.5 * _salient(texts, figure.subject_ids)
    question = Question("alone", figures.question(ground, [figure]), subjects("figures", [figure]))
    return _weighed(figure, question, amounts.value(figure.amount), weight)


def _event(ground: Ground, texts: StoryTexts, event: Event) -> Fact | None:
    parties = (*event.actor_ids, *event.recipient_ids)
    if not event.actor_ids or any(texts.acts[event.type, party] - {event.article_id} for party in parties):
        return None
    weight = (
        2.0 + 0.5 * bool(event.recipient_ids) + 0.5 * (abs(SCALE[event.type]) >= 4) + 0.5 * (event.when is not None)
    )
    weight += 0.5 * (event.status in SURE) + _salient(texts, parties)
    question = Question("alone", ground.whether([event]), subjects("events", [event]), known([event]))
    return _weighed(event, question, event.status, weight)


def _statement(ground: Ground, texts: StoryTexts, statement: Statement) -> Fact | None:
    length = len(statement.text)
    if not statement.speaker_ids or not 30 <= length <= 400:
        return None
    if texts.is_told_elsewhere(statement.text, statement.article_id):
        return None
    weight = 1.5 + 0.5 * (statement.form != "indirect") + 1.0 * (statement.act in STRONG_ACTS)
    weight += _salient(texts, statement.speaker_ids) + 0.5 * (length >= 60)
    who = ground.names(statement.speaker_ids)
    said = statement.said
    day = said.earliest[:10] if said is not None and said.earliest else None
    words = bare(bare(statement.text).removeprefix("that "))
    text = f"Did {who} {phrases()['said'][statement.act]}: “{shortened(words, 90)}”?"
    question = Question("alone", text, subjects("statements", [statement]), day)
    return _weighed(statement, question, who, weight)


def _occasions(ground: Ground, article_id: str, told: Told) -> Iterator[Fact]:
    for occasion in ground.named_alone.get(article_id, ()):
        if occasion.id not in told.ids and occasion.ordinal is not None:
            yield Fact(occasion, article_id, _of_occasion(occasion), occasion.name, 3.5)


def _of_occasion(occasion: Occasion) -> Question:
    return Question("alone", f"Who names the {occasion.name}?", (Subject("occasions", occasion.id),))


def _weighed(row: Any, question: Question, value: str, weight: float) -> Fact | None:
    return Fact(row, row.article_id, question, value, weight) if weight >= ENOUGH else None


def _salient(texts: StoryTexts, party_ids: tuple[str, ...]) -> bool:
    """Whether another article of the story names one of the parties too."""
    return any(texts.salience.get(key, 0) > 1 for key in party_ids)


def _compared(ground: Ground, fact: Fact) -> Comparison:
    row = settled(ground, fact.question, [Given(fact.row, fact.value, None, fact.article_id)], "only_in", "")
    said = [f"Only {ground.outlet(fact.article_id)} has it."]
    if row.silent:
        said.append(f"Silent: {', '.join(ground.outlet(key) for key in row.silent)}.")
    if row.too_early:
        said.append(f"Published before it was known: {', '.join(ground.outlet(key) for key in row.too_early)}.")
    return replace(row, explanation=" ".join(said))
