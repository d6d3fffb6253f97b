"""What linking knows of an event as one article tells it: its act, parties, days, place, and the words around it."""

from __future__ import annotations

import heapq
import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise
from tomllib import loads

from onrecord.linking.profiles import span, unit
from onrecord.linking.stems import WORD, Rarities, common_use, own_stems, stem, tokens
from onrecord.model import Article, Corpus, Event, Passage, Story
from onrecord.model.personal import parts_of, surname_of

AROUND = 250
"""Code points before and after a trigger within which its sentence is looked for."""
SENTENCE_END = re.compile(r"\n|(?<![A-Z])(?<![A-Z][a-z])(?<![A-Z][a-z]{2})[.?!][”\"’']?\s")
"""A line's end, or a full stop that does not stand after initials or a short title ("U.S.", "Mr.", "Gov.")."""
TELLING = 1.5
"""A word that more than one article in four or five has does not tell one happening from another."""
TOPIC = 30
"""Words that stand for what an article is on."""
USUAL = 0.3
"""What a word of a name is worth at least where nearly all events of the story have it (`evaluation/ecbplus.py`)."""
MUTUAL = frozenset({"CONSULT", "AGREE", "COOPERATE"})
"""Acts in which who is named first says little: "X met Y" is "Y met X"."""

NAME = 3
"""Letters of the shortest word of a name by which two articles may be known to name one party."""

Days = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Side:
    """The actors or the recipients of an event, as parties and in words."""

    ids: Mapping[str, float]
    """The parties, and from 0 to 1 how much each tells: one that most events of the story have tells little."""
    words: Mapping[str, float]
    """The telling words of their names, and how rare each is: less where most events of the story have it."""
    persons: frozenset[tuple[str, str]]
    """The surnames of the persons and the initials of what stands before them, empty where nothing does."""
    numbers: frozenset[str]
    """How many they are said to be."""


@dataclass(frozen=True, slots=True)
class Telling:
    """An event as one article tells it."""

    event: Event
    story: str
    """The id of the story, or of the article where it is in none."""
    act: str
    """The act that its trigger names, one for all synonyms."""
    lemma: str
    """The stem of the word that names it."""
    actors: Side
    recipients: Side
    days: Days | None
    published: Days | None
    place: str | None
    """The id of the place or, where the record does not know it, its words."""
    context: Mapping[str, float]
    """The words of its sentence by weight, of length 1."""
    topic: Mapping[str, float]
    """The heaviest words of its article by weight, the heaviest first, of length 1; the same for all its events."""
    sentence: int
    """Where its sentence begins."""
    headline: bool
    """It stands in the headline or the standfirst."""
    names: frozenset[str]
    """The words of all names in its article, as stems; one and the same for all events of the article."""

    @property
    def parties(self) -> frozenset[str]:
        return frozenset(self.actors.ids) | frozenset(self.recipients.ids)


@cache
def acts() -> dict[str, str]:
    """The name of the act that each stem of a trigger, or each two in a row, stands for."""
    table = loads(files(__package__).joinpath("acts.toml").read_text(encoding="utf8"))
    return {" ".join(map(stem, word.split())): name for name, words in table["acts"].items() for word in words}


@cache
def acts_of() -> dict[tuple[str, str], str]:
    """The name of the act that each stem stands for in events of one type only, where it is another one."""
    table = loads(files(__package__).joinpath("acts.toml").read_text(encoding="utf8"))
    return {
        (kind, " ".join(map(stem, word.split()))): name
        for kind, named in table["acts_of"].items()
        for name, words in named.items()
        for word in words
    }


@cache
def light_words() -> frozenset[str]:
    """Stems of verbs and particles that say nothing of an act where a noun stands beside them ("held talks")."""
    table = loads(files(__package__).joinpath("acts.toml").read_text(encoding="utf8"))
    return frozenset(stem(word) for word in table["light"])


@cache
def numbers() -> dict[str, str]:
    """The digits of each stem of a number in words."""
    table = loads(files(__package__).joinpath("acts.toml").read_text(encoding="utf8"))
    return {stem(word): str(digits) for word, digits in table["numbers"].items()}


def act_of(trigger: str, kind: str = "") -> tuple[str, str]:
    """The act that a trigger's words name, and the stem that names it: the first word that is known, else the first."""
    own = acts_of()
    stems = [token.stem for token in tokens(trigger)]
    heavy = [one for one in stems if one not in light_words()] or stems or [""]
    in_row = [f"{one} {other}" for one, other in pairwise(stems)]
    named = next((one for one in (*in_row, *heavy) if one in acts() or (kind, one) in own), heavy[0])
    return own.get((kind, named)) or acts().get(named, named), named


@dataclass(frozen=True, slots=True)
class Ground:
    """What tellings are made from beside their own words: stories, the use of words, articles' topics."""

    story_of: Mapping[str, str]
    rarity: Rarities
    topics: Mapping[str, Mapping[str, float]]
    surprise: Mapping[tuple[str, str], float]
    """For a story and a party, the part of the story's events that do without the party."""
    names: Mapping[str, frozenset[str]]
    """The words of all names in each article that has events."""


def tellings(corpus: Corpus, stories: Sequence[Story]) -> list[Telling]:
    """Every event of a record, in the order of its id."""
    story_of = {article: story.id for story in stories for article in story.article_ids}
    stems = {article.id: Counter(own_stems(article)) for article in corpus.articles if article.id in corpus.events_of}
    rarity = Rarities(common_use().more(stems.values()))
    topics = {key: _in_order(unit(_heaviest(counts, rarity))) for key, counts in stems.items()}
    names = _names(corpus, stems)
    ground = Ground(story_of, rarity, topics, _surprise(corpus, story_of), names)
    return [_telling(corpus, event, ground) for event in corpus.events]


def _names(corpus: Corpus, article_ids: Iterable[str]) -> dict[str, frozenset[str]]:
    """The words of the names of all parties that each article mentions, but for initials and the like."""
    words: dict[str, frozenset[str]] = {}
    found = {}
    for article_id in article_ids:
        parties = {mention.party_id for mention in corpus.mentions_of.get(article_id, ())}
        for key in parties - words.keys():
            stems = (token.stem for token in tokens(corpus.party[key].name))
            words[key] = frozenset(word for word in stems if len(word) >= NAME)
        found[article_id] = frozenset().union(*(words[key] for key in parties))
    return found


def stems_in(text: str, start: int, end: int) -> Iterator[str]:
    """The stems of a stretch of text in order, without their places."""
    return map(stem, WORD.findall(text, start, end))


def _heaviest(counts: Mapping[str, int], rarity: Rarities) -> dict[str, float]:
    """The words that say most what an article is on."""
    heavy = [(-(1 + math.log(n)) * rarity[word], word) for word, n in counts.items()]
    return {word: -weight for weight, word in heapq.nsmallest(TOPIC, heavy)}


def _in_order(topic: Mapping[str, float]) -> dict[str, float]:
    """The words by weight, the heaviest first."""
    return {word: topic[word] for word in sorted(topic, key=lambda word: (-topic[word], word))}


def _surprise(corpus: Corpus, story_of: Mapping[str, str]) -> dict[tuple[str, str], float]:
    having: Counter[tuple[str, str]] = Counter()
    events: Counter[str] = Counter()
    for event in corpus.events:
        story = story_of.get(event.article_id, event.article_id)
        events[story] += 1
        having.update((story, party) for party in {*event.actor_ids, *event.recipient_ids})
        having.update(
            (story, word) for word in {t.stem for name in (*event.actors, *event.recipients) for t in tokens(name)}
        )
    return {(story, party): 1 - (n - 1) / events[story] for (story, party), n in having.items()}


def _telling(corpus: Corpus, event: Event, ground: Ground) -> Telling:
    article = corpus.article[event.article_id]
    text, at = article.text, event.triggers[0].start
    act, lemma = act_of(event.triggers[0].of(text), event.type)
    story = ground.story_of.get(article.id, article.id)
    sentence = sentence_around(corpus, event)
    named = (*event.actor_passages, *event.recipient_passages, *event.triggers[:1])
    return Telling(
        event=event,
        story=story,
        act=act,
        lemma=lemma,
        actors=_side(corpus, (event.actor_ids, event.actors), story, ground),
        recipients=_side(corpus, (event.recipient_ids, event.recipients), story, ground),
        days=span(event.when),
        published=span(article.published),
        place=event.place_id or (event.place.casefold() if event.place else None),
        context=unit(weights(_words(article, sentence, named), ground.rarity)),
        topic=ground.topics[article.id],
        sentence=sentence[0],
        headline=any(part.start <= at < part.end and part.role in ("headline", "standfirst") for part in article.parts),
        names=ground.names[article.id],
    )


def _side(corpus: Corpus, told: tuple[Sequence[str], Sequence[str]], story: str, ground: Ground) -> Side:
    ids, names = told
    known = {key: ground.surprise[(story, key)] for key in ids if corpus.party[key].name}
    own = [token.stem for name in names for token in tokens(name)]
    words = {*own, *(token.stem for key in known for token in tokens(corpus.party[key].name))}
    return Side(
        ids=known,
        words={
            w: rare * max(ground.surprise.get((story, w), 1.0), USUAL)
            for w, rare in weights(words, ground.rarity).items()
        },
        persons=frozenset(_person(corpus.party[key].name) for key in known if corpus.party[key].kind == "person"),
        numbers=frozenset(numbers().get(word, word) for word in own if word in numbers() or word.isdigit()),
    )


def _person(name: str) -> tuple[str, str]:
    """A person's surname and the initial before it ("Ann Roe" is roe, a), empty for a surname alone."""
    parts = parts_of(name) or ("",)
    surname = " ".join(surname_of(parts))
    return surname, parts[0][:1] if len(parts) > 1 else ""


def weights(words: Iterable[str], rarity: Rarities) -> dict[str, float]:
    """The telling ones of some words, and how rare each is."""
    return {word: rare for word in words if (rare := rarity[word]) > TELLING}


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
    taken = sorted({(passage.start, passage.end) for passage in named if passage.end > where[0]})
    found: set[str] = set()
    at = where[0]
    for start, end in [*taken, (where[1], where[1])]:
        found.update(stems_in(article.text, at, min(start, where[1])))
        at = max(at, end)
    return found


def cosine(left: Mapping[str, float], right: Mapping[str, float]) -> float:
    """The cosine of two vectors of length 1, from 0 to 1; 0 where one is empty."""
    shared = left.keys() & right.keys() if left and right else None
    return min(1.0, math.fsum([left[key] * right[key] for key in shared])) if shared else 0.0
