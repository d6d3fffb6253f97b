"""The words, numbers and acts of one story's articles: whether another of them tells the same, linked or not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import cached_property

from onrecord.comparison import amounts
from onrecord.comparison.ground import Ground, runs
from onrecord.model import Figure, Story


class StoryTexts:
    """The words, numbers and acts of a story's articles, to see whether another one tells the same."""

    def __init__(self, ground: Ground, story: Story) -> None:
        self.ground = ground
        self.corpus = ground.corpus
        self.ids = tuple(sorted(story.article_ids))

    @cached_property
    def salience(self) -> Mapping[str, int]:
        """How many articles of the story name each party."""
        found: dict[str, set[str]] = defaultdict(set)
        for key in self.ids:
            for mention in self.corpus.mentions_of.get(key, ()):
                found[mention.party_id].add(key)
        return {party: len(articles) for party, articles in found.items()}

    @cached_property
    def amounts(self) -> Mapping[tuple[str, str], set[str]]:
        """The articles that give each number of each kind of unit."""
        found: dict[tuple[str, str], set[str]] = defaultdict(set)
        for key in self.ids:
            for figure in self.corpus.figures_of.get(key, ()):
                found[number_of(figure)].add(key)
        return found

    @cached_property
    def acts(self) -> Mapping[tuple[str, str], set[str]]:
        """The articles that tell an act of each type by or on each party."""
        found: dict[tuple[str, str], set[str]] = defaultdict(set)
        for key in self.ids:
            for event in self.corpus.events_of.get(key, ()):
                for party in (*event.actor_ids, *event.recipient_ids):
                    found[event.type, party].add(key)
        return found

    def is_told_elsewhere(self, words: str, article_id: str) -> bool:
        """Whether another article of the story has a run of some words."""
        told, runs_of = frozenset(runs(words)), self.ground.runs_of
        return any(not told.isdisjoint(runs_of(key)) for key in self.ids if key != article_id)


def number_of(figure: Figure) -> tuple[str, str]:
    number = amounts.middle(figure.amount)
    return ("" if number is None else format(number.normalize(), "f"), amounts.kind_of(figure.amount.unit))
