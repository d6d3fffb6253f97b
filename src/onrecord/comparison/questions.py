"""The questions that several articles answer, and whether their answers agree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from onrecord.comparison import dated, events, facts, figures, names, occasions, plans, words
from onrecord.comparison.ground import Ground
from onrecord.comparison.origins import Origins
from onrecord.model import Comparison, Corpus, Link, Story

QUESTIONS = (
    events.compare, figures.compare, words.compare, occasions.compare, plans.compare, dated.compare, names.compare
)  # fmt: skip
"""What can be asked of linked things: of events, quantities, utterances, occasions, plans, other times and names."""


def compare(
    corpus: Corpus,
    links: Sequence[Link],
    stories: Sequence[Story],
    origins: Origins,
    outlets: Mapping[str, str] | None = None,
    capped: Counter[str] | None = None,
) -> tuple[Comparison, ...]:
    """The comparisons of a record, beside those of articles with themselves on their own dates (`publication`).

    Things that several articles tell come first; then, by story, what one article alone has and matters. `outlets`
    names the outlet of an article by its id, where a person has grouped outlets; `capped` is told how many keys more
    rows share than are all compared with one another.
    """
    ground = Ground(corpus, links, stories, origins, dict(outlets or {}), Counter() if capped is None else capped)
    found = [row for ask in QUESTIONS for row in ask(ground)]
    told = {link_end for link in links for link_end in (link.left_id, link.right_id)}
    told |= {subject.id for row in found for subject in row.about}
    found += facts.compare(ground, frozenset(told))
    return tuple(sorted(found, key=lambda row: row.id))
