"""Which figures measure one thing: those that links join, the lengths of one talk, and a few that are plain to see.

Plain to see are one distinctive number twice in a story, and the only figure of a kind in each of two articles, where
their sentences share words beside it.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

from onrecord.comparison import amounts, talks
from onrecord.comparison.ground import Ground, components, phrases, sentence
from onrecord.model import Figure

SURE = 0.72
"""Links between figures that are less sure than this join no amounts that differ: read on 300 articles, where those
above it were of one measure and most below it were not."""
DISTINCTIVE = 3
"""Digits of a number that two articles of one story hardly give by chance, zeros at its end not counted."""
SHARED = 2
"""Words that the sentences of two lone figures of a kind share, beside what is counted."""
DISPUTED = 2
"""Two lone figures of which one is more than so many times the other are not joined."""
FRAME = 3
"""Words on either side of a figure that are the same where it is the same sentence; on one side one may be changed."""
BESIDE = 60
ANY_WORD = re.compile(r"\w+")
BLOCK_CAP = 60
WORD = re.compile(r"[^\W\d_]{4,}")
STEM = 5
PLAIN_ROLES = frozenset({"value", "cumulative"})

Pair = tuple[str, str]


@dataclass(frozen=True)
class Measures:
    """The figures of a record, joined."""

    ground: Ground

    @cached_property
    def sure(self) -> frozenset[Pair]:
        """The pairs that are joined surely enough for their difference to count, both ways round."""
        links = self.ground.links
        pairs = [(link.left_id, link.right_id) for link in links if link.kind == "same_figure" and link.score >= SURE]
        pairs = [pair for pair in [*pairs, *self._lone(), *self._framed()] if self._are_of_one_happening(*pair)]
        pairs += [*talks.pairs(self.ground), *self._of_one_event()]
        return frozenset([*pairs, *((right, left) for left, right in pairs)])

    def _are_of_one_happening(self, left: str, right: str) -> bool:
        """Whether the articles of two figures are known to tell of one happening.

        Articles without a date must have more in common than parties: an event, words that somebody said, a passage, an
        occasion. Two floods in one town are easily taken for one.
        """
        row, ground = self.ground.corpus.row, self.ground
        one, other = row[left].article_id, row[right].article_id
        dated = ground.day(one) is not None and ground.day(other) is not None
        return one == other or self._is_kin(one, other) or (dated and ground.are_of_same_parties(one, other))

    def _is_kin(self, one: str, other: str) -> bool:
        occasions = ({key for _, key in self.ground.occasions_in.get(article, ())} for article in (one, other))
        return (one, other) in self.ground.kin or bool(set.intersection(*occasions))

    def groups(self) -> list[tuple[Figure, ...]]:
        """The figures that measure one thing, each group and all of them in the order of publication."""
        pairs = [(link.left_id, link.right_id) for link in self.ground.links if link.kind == "same_figure"]
        pairs += [*sorted(self.sure), *self._equal()]
        row = {figure.id: figure for figure in self.ground.corpus.figures if not self._is_day(figure)}
        found = (self.ground.in_order([row[key] for key in keys if key in row]) for keys in components(pairs))
        return sorted((rows for rows in found if len(rows) > 1), key=lambda rows: self.ground.at(rows[0]))

    def _is_day(self, figure: Figure) -> bool:
        """Whether a month stands before the number, which is then a day and counts nothing."""
        start = figure.passage.start
        before = ANY_WORD.findall(self.ground.article(figure.article_id).text[max(0, start - 12) : start].casefold())
        return bool(before) and before[-1] in phrases()["months"]["words"]

    @cached_property
    def _of_story(self) -> Mapping[str, Sequence[Figure]]:
        found: dict[str, list[Figure]] = defaultdict(list)
        for figure in self.ground.corpus.figures:
            story = self.ground.story_of.get(figure.article_id)
            if story is not None:
                found[story.id].append(figure)
        return found

    def _equal(self) -> Iterator[Pair]:
        """One distinctive number of one unit, twice in a story."""
        for key in sorted(self._of_story):
            blocks: dict[tuple[str, ...], list[Figure]] = defaultdict(list)
            for figure in self._of_story[key]:
                number = amounts.middle(figure.amount)
                if number is not None and len(number.normalize().as_tuple().digits) >= DISTINCTIVE:
                    blocks[amounts.kind_of(figure.amount.unit), figure.amount.unit or "", str(number)].append(figure)
            for block in blocks.values():
                yield from ((one.id, other.id) for one, other in combinations(self._few(block), 2))

    def _lone(self) -> Iterator[Pair]:
        """The only figure of a kind in each of two articles of a story, told with the same words around it."""
        for key in sorted(self._of_story):
            figures = self._of_story[key]
            often = Counter(_kind(figure) for figure in figures)
            blocks: dict[tuple[str, ...], list[Figure]] = defaultdict(list)
            for figure in figures:
                if figure.of_what_head and figure.role in PLAIN_ROLES and often[_kind(figure)] == 1:
                    blocks[_kind(figure)[1:]].append(figure)
            for block in blocks.values():
                few = self._few(block)
                stems = {figure.id: self._stems(figure) for figure in few} if len(few) > 1 else {}
                for one, other in combinations(few, 2):
                    if len(stems[one.id] & stems[other.id]) >= SHARED and _near(one, other):
                        yield one.id, other.id

    def _framed(self) -> Iterator[Pair]:
        """Amounts of one unit between the same words: `Helsinki lends Kenya … for wind park`."""
        for key in sorted(self._of_story):
            blocks: dict[tuple[str, ...], list[Figure]] = defaultdict(list)
            for figure in self._of_story[key]:
                left, right = self._frame(figure)
                if len(left) == len(right) == FRAME:
                    blocks[(figure.amount.unit or "", "left", *left, *right[:-1])].append(figure)
                    blocks[(figure.amount.unit or "", "right", *left[1:], *right)].append(figure)
            for block in blocks.values():
                yield from ((one.id, other.id) for one, other in combinations(self._few(block), 2))

    def _frame(self, figure: Figure) -> tuple[list[str], list[str]]:
        """The words just before and just after a figure in its line."""
        text = self.ground.article(figure.article_id).text
        before = text[max(0, figure.passage.start - BESIDE) : figure.passage.start].rpartition("\n")[2]
        after = text[figure.passage.end : figure.passage.end + BESIDE].partition("\n")[0]
        return ANY_WORD.findall(before.casefold())[-FRAME:], ANY_WORD.findall(after.casefold())[:FRAME]

    def _of_one_event(self) -> Iterator[Pair]:
        """The only sum, or weight, or number of a thing that each of two articles gives of an event that they tell."""
        links = self.ground.links
        linked = components((link.left_id, link.right_id) for link in links if link.kind == "same_event")
        component = {key: at for at, keys in enumerate(linked) for key in keys}
        blocks: dict[tuple[int, str], list[Figure]] = defaultdict(list)
        for figure in self.ground.corpus.figures:
            if figure.event_id in component and figure.role in PLAIN_ROLES and figure.amount.unit is not None:
                blocks[component[figure.event_id], figure.amount.unit].append(figure)
        for key in sorted(blocks):
            often = Counter(figure.article_id for figure in blocks[key])
            alone = self._few([figure for figure in blocks[key] if often[figure.article_id] == 1])
            if amounts.kind_of(key[1]) != "time":
                yield from ((one.id, other.id) for one, other in combinations(alone, 2) if _near(one, other))

    def _few(self, block: Sequence[Figure]) -> Sequence[Figure]:
        return self.ground.few("amounts", block, BLOCK_CAP)

    def _stems(self, figure: Figure) -> set[str]:
        """The beginnings of the words of a figure's sentence, without those of its own name and small words."""
        words = WORD.findall(sentence(self.ground, figure).of(self.ground.article(figure.article_id).text).casefold())
        own = {(figure.of_what_head or "")[:STEM], (figure.amount.unit or "")[:STEM]}
        return {word[:STEM] for word in words if word not in phrases()["small"]["words"]} - own


def _kind(figure: Figure) -> tuple[str, ...]:
    return figure.article_id, figure.amount.unit or "", figure.of_what_head or ""


def _near(one: Figure, other: Figure) -> bool:
    left, right = amounts.middle(one.amount), amounts.middle(other.amount)
    if left is None or right is None or min(left, right) <= 0:
        return False
    return max(left, right) <= min(left, right) * DISPUTED
