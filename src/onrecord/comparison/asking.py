"""One question with its answers becomes a comparison: outcome, silence, origins and an explanation in plain words."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any, NamedTuple

from onrecord.comparison.amounts import Verdict
from onrecord.comparison.ground import Ground
from onrecord.comparison.silence import silence
from onrecord.model import Answer, Comparison, Figure, Subject, digest
from onrecord.model.records import Outcome
from onrecord.model.spoken import amount_words, value_words


class Given(NamedTuple):
    """One answer: the row that gives it, its canonical value, and what it is compared by."""

    row: Any
    value: str
    content: Any
    article_id: str

    @property
    def words(self) -> str:
        """The answer as people read it: `about 14 million USD`, `30 June 2017`."""
        return amount_words(self.row.amount) if isinstance(self.row, Figure) else value_words(self.value)


class Pair(NamedTuple):
    """Two answers and how they compare."""

    left: Given
    right: Given
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Question:
    """A question before its answers are compared.

    `key` tells apart the questions that can be asked of one thing; `known` is the day on which the answer could be
    known, where the rows themselves tell it.
    """

    key: str
    text: str
    about: tuple[Subject, ...]
    known: str | None = None


def given(row: Any, value: str, content: Any) -> Given:
    return Given(row, value, content, row.article_id)


def distinct(answers: Iterable[Given]) -> list[Given]:
    """The answers without those that repeat what the same article has said before."""
    kept: dict[tuple[str, str], Given] = {}
    for answer in answers:
        kept.setdefault((answer.article_id, answer.value), answer)
    return list(kept.values())


def paired(answers: Sequence[Given], compare: Callable[[Any, Any], Verdict]) -> list[Pair]:
    """Every two answers with their verdict."""
    return [Pair(one, other, compare(one.content, other.content)) for one, other in combinations(answers, 2)]


def weighed(ground: Ground, pairs: Sequence[Pair], sure: Collection[tuple[str, str]] | None = None) -> list[Pair]:
    """The pairs without those that only seem to differ.

    Nothing says that two rows are one that are joined over others alone. Where two articles give one answer alike, what
    else either gives is about something else. And where an article gives two answers itself, two things are told of,
    and no difference counts. `sure` holds the pairs of ids whose difference counts, where that is not every link.
    """
    joined = ground.linked if sure is None else sure
    alike = {articles_of(pair) for pair in pairs if pair.verdict.outcome == "agree"}
    of_two = any(is_inside(pair) and tells_of_two(pair.verdict) for pair in pairs)

    def stands(pair: Pair) -> bool:
        linked = (pair.left.row.id, pair.right.row.id) in joined
        return linked and not of_two and articles_of(pair) not in alike

    return [pair for pair in pairs if pair.verdict.outcome != "differ" or stands(pair)]


def answering(answers: Sequence[Given], pairs: Sequence[Pair]) -> list[Given]:
    """The answers that some pair compares; none where one article alone gives them all."""
    telling = {id(answer) for pair in pairs for answer in (pair.left, pair.right)}
    kept = [answer for answer in answers if id(answer) in telling]
    return kept if len({answer.article_id for answer in kept}) > 1 else []


def tells_of_two(verdict: Verdict) -> bool:
    return verdict.outcome == "differ" or not verdict.same_question


def is_inside(pair: Pair) -> bool:
    """Whether one article gives both answers."""
    return pair.left.article_id == pair.right.article_id


def articles_of(pair: Pair) -> frozenset[str]:
    return frozenset((pair.left.article_id, pair.right.article_id))


def outcome_of(pairs: Sequence[Pair]) -> Outcome:
    """`differ` where two answers do; `agree` where all do; else `compatible`."""
    return worst([pair.verdict for pair in pairs])


def worst(verdicts: Iterable[Verdict]) -> Outcome:
    """`differ` where one verdict is that; `agree` where all are; else `compatible`."""
    found = {verdict.outcome for verdict in verdicts}
    if "differ" in found:
        return "differ"
    return "agree" if found == {"agree"} else "compatible"


def settled(
    ground: Ground, question: Question, answers: Sequence[Given], outcome: Outcome, explanation: str
) -> Comparison:
    """The comparison of answers, which are at least one, in their order."""
    in_articles = [answer.row.id if hasattr(answer.row, "article_id") else answer.article_id for answer in answers]
    behind = ground.origins.behind(in_articles)
    told = [answer.row for answer in answers if hasattr(answer.row, "article_id")]
    silent, too_early = silence(ground, sorted({answer.article_id for answer in answers}), question.known, told)
    rows = [f"{answer.article_id}/{answer.row.id}" for answer in answers]
    subjects = [f"{subject.kind}/{subject.id}" for subject in question.about]
    return Comparison(
        id=digest("comparison", question.key, *subjects, *rows),
        question=question.text,
        about=question.about,
        outcome=outcome,
        answers=tuple(Answer(answer.article_id, answer.row.id, answer.value) for answer in answers),
        silent=silent,
        too_early=too_early,
        independent_origins=behind.independent,
        unresolved_origins=behind.unresolved,
        origins=behind.origins,
        explanation=explanation,
    )


def subjects(kind: str, rows: Iterable[Any]) -> tuple[Subject, ...]:
    """The rows of one table that a question is about."""
    return tuple(Subject(kind, key) for key in sorted({row.id for row in rows}))
