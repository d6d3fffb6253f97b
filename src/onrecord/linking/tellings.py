"""What linking knows of an event as one article tells it: its act, parties, days, place, and the words around it."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from tomllib import loads

from onrecord.linking.profiles import span, unit
from onrecord.linking.stems import Use, common_use, stem, tokens
from onrecord.model import Article, Corpus, Event, Passage, Story

AROUND = 250
"""Code points before and after a trigger within which its sentence is looked for."""
SENTENCE_END = re.compile(r"\n|(?<![A-Z])(?<![A-Z][a-z])(?<![A-Z][a-z]{2})[.?!][”\"’']?\s")
"""A line's end, or a full stop that does not stand after initials or a short title ("U.S.", "Mr.", "Gov.")."""
TELLING = 1.5
"""A word that more than one article in four or five has does not tell one happening from another."""
MUTUAL = frozenset({"CONSULT", "AGREE", "COOPERATE"})
"""Acts in which who is named first says little: "X met Y" is "Y met X"."""

Days = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Side:
    """The actors or the recipients of an event: the parties that they are, and the telling words of their names."""

    ids: frozenset[str]
    words: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Telling:
    """An event as one article tells it."""

    event: Event
    story: str
    """The id of the story, or of the article where it is in none."""
    act: str
    """The act that its trigger names, one for all synonyms."""
    actors: Side
    recipients: Side
    days: Days | None
    published: Days | None
    place: str | None
    """The id of the place or, where the record does not know it, its words."""
    context: Mapping[str, float]
    """The words of its sentence by weight, of length 1."""
    sentence: int
    """Where its sentence begins."""
    headline: bool
    """It stands in the headline or the standfirst."""

    @property
    def parties(self) -> frozenset[str]:
        return self.actors.ids | self.recipients.ids


@cache
def acts() -> dict[str, str]:
    """The name of the act that each stem of a trigger stands for."""
    table = loads(files(__package__).joinpath("acts.toml").read_text(encoding="utf8"))
    return {stem(word): name for name, words in table["acts"].items() for word in words}


@cache
def light_words() -> frozenset[str]:
    """Stems of verbs and particles that say nothing of an act where a noun stands beside them ("held talks")."""
    table = loads(files(__package__).joinpath("acts.toml").read_text(encoding="utf8"))
    return frozenset(stem(word) for word in table["light"])


def act_of(trigger: str) -> str:
    """The act that a trigger's words name: that of the first word that has one, else the stem of the weightiest."""
    stems = [token.stem for token in tokens(trigger)]
    heavy = [one for one in stems if one not in light_words()] or stems
    return next((acts()[one] for one in heavy if one in acts()), heavy[0] if heavy else "")


def tellings(corpus: Corpus, stories: Sequence[Story]) -> list[Telling]:
    """Every event of a record, in the order of its id."""
    story_of = {article: story.id for story in stories for article in story.article_ids}
    use = common_use().more(
        {token.stem for token in tokens(corpus.article[event.article_id].text, *sentence_around(corpus, event))}
        for event in corpus.events
    )
    return [_telling(corpus, event, story_of.get(event.article_id, event.article_id), use) for event in corpus.events]


def _telling(corpus: Corpus, event: Event, story: str, use: Use) -> Telling:
    article = corpus.article[event.article_id]
    text = article.text
    sentence = sentence_around(corpus, event)
    at = event.triggers[0].start
    named = (*event.actor_passages, *event.recipient_passages, *event.triggers[:1])
    return Telling(
        event=event,
        story=story,
        act=act_of(event.triggers[0].of(text)),
        actors=_side(corpus, event.actor_ids, event.actors, use),
        recipients=_side(corpus, event.recipient_ids, event.recipients, use),
        days=span(event.when),
        published=span(article.published),
        place=event.place_id or (event.place.casefold() if event.place else None),
        context=weights(_words(article, sentence, named), use),
        sentence=sentence[0],
        headline=any(part.start <= at < part.end and part.role in ("headline", "standfirst") for part in article.parts),
    )


def _side(corpus: Corpus, ids: Iterable[str], names: Iterable[str], use: Use) -> Side:
    known = frozenset(key for key in ids if corpus.party[key].name)
    words = {token.stem for name in (*names, *(corpus.party[key].name for key in known)) for token in tokens(name)}
    return Side(known, weights(words, use))


def weights(words: Iterable[str], use: Use) -> dict[str, float]:
    """The telling ones of some words by how rare each is, of length 1."""
    return unit({word: rarity for word in words if (rarity := use.rarity(word)) > TELLING})


def sentence_around(corpus: Corpus, event: Event) -> tuple[int, int]:
    """Where the sentence of an event's main trigger begins and ends."""
    return sentence_of(corpus.article[event.article_id].text, event.triggers[0])


def sentence_of(text: str, passage: Passage) -> tuple[int, int]:
    """Where the sentence of a passage begins and ends, as well as punctuation tells."""
    first, last = max(0, passage.start - AROUND), min(len(text), passage.end + AROUND)
    before = [found.end() for found in SENTENCE_END.finditer(text, first, passage.start)]
    after = SENTENCE_END.search(text, passage.end, last)
    return before[-1] if before else first, after.start() if after else last


def _words(article: Article, where: tuple[int, int], named: Sequence[Passage]) -> set[str]:
    """The stems of a stretch of text that stand outside the passages of what is compared by itself."""
    return {
        token.stem
        for token in tokens(article.text, *where)
        if not any(passage.start <= token.start < passage.end for passage in named)
    }


def cosine(left: Mapping[str, float], right: Mapping[str, float]) -> float:
    """The cosine of two vectors of length 1, from 0 to 1; 0 where one is empty."""
    few, many = (left, right) if len(left) <= len(right) else (right, left)
    return min(1.0, math.fsum(x * many[key] for key, x in few.items() if key in many))
