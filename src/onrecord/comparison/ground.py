"""What every comparison stands on: linked rows by kind, the story of an article, names and words for sentences."""

from __future__ import annotations

import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
from importlib import resources
from typing import Any, TypeVar

from onrecord.comparison.origins import Origins
from onrecord.model import Article, Corpus, Event, Figure, Link, Occasion, Passage, Story
from onrecord.model.records import LinkKind

Row = TypeVar("Row")
QUOTED = 90
"""Characters of a quotation in an explanation, at most."""
BESIDE = 48
"""Characters on either side of the gap in a question that quotes a sentence."""
RUN = 6
"""Words in a row that two texts share to tell the same."""
KIN = frozenset({"same_event", "same_words", "copied_from"})
"""Links that join two articles by more than their figures."""
PARTIES = 2
"""Parties that two articles name, at least, to tell of one thing: notes on two companies' quarters share none."""
KEPT = 1000
"""Articles of which the runs of words are kept at a time: questions come nearly in the order of publication."""
WORD = re.compile(r"\w+")
SENTENCE = 300
"""Characters on either side in which a sentence's ends are looked for."""
SENTENCE_END = re.compile(r"[.!?](?=[\"'”’»)]{0,2}\s)|\n")
BREAK = re.compile(r"[\n\r]|[.!?…][\"'”’»)]{0,2}(?:\s|\Z)|[.!?][\"”»]{0,1}(?=[A-Z“])|;|:\s|[\"“”«»]")
"""What ends the stretch of a sentence that is quoted."""
CLAUSE = re.compile(rf"{BREAK.pattern}|,\s|\s[–—-]\s|\(")
"""What ends the words quoted after a gap."""


@cache
def phrases() -> dict[str, Any]:
    """The lists of `phrases.toml`; the same object each time: treat it as read-only."""
    return tomllib.loads(resources.files("onrecord.comparison").joinpath("phrases.toml").read_text(encoding="utf8"))


@dataclass(frozen=True)
class Ground:
    """A corpus with its links and stories; `outlets` names an article's outlet where a person has grouped outlets."""

    corpus: Corpus
    links: Sequence[Link]
    stories: Sequence[Story]
    origins: Origins
    outlets: Mapping[str, str] = field(default_factory=dict)
    capped: Counter[str] = field(default_factory=Counter)
    """By question, how many keys more rows share than are all compared with one another."""

    def few(self, question: str, rows: Sequence[Row], most: int) -> Sequence[Row]:
        """The first rows of some that share a key, so many as are all compared with one another; more are noted."""
        if len(rows) > most:
            self.capped[question] += 1
        return rows[:most]

    @cached_property
    def story_of(self) -> Mapping[str, Story]:
        """The story of each article that is in one."""
        return {key: story for story in self.stories for key in story.article_ids}

    @cached_property
    def place(self) -> Mapping[str, tuple[str, str]]:
        """How articles are put in order: by day of publication, undated ones last, then by id."""
        return {article.id: (self.day(article.id) or "9999", article.id) for article in self.corpus.articles}

    @cached_property
    def _days(self) -> Mapping[str, tuple[str | None, str | None]]:
        """The first and the last day on which each article can have been published."""
        found = {}
        for article in self.corpus.articles:
            when = article.published
            first = None if when is None else when.earliest or when.latest
            last = None if when is None else when.latest or when.earliest
            found[article.id] = first and first[:10], last and last[:10]
        return found

    @cached_property
    def _called(self) -> dict[str, tuple[str | None, str]]:
        """By the id of an event, what it is named and what it is called, once it was asked for."""
        return {}

    @cached_property
    def _surnames(self) -> Mapping[tuple[str, str], frozenset[str]]:
        """The persons of each story with a full name, by their last name."""
        found: dict[tuple[str, str], set[str]] = defaultdict(set)
        for key, story in self.story_of.items():
            for mention in self.corpus.mentions_of.get(key, ()):
                words = self.name(mention.party_id).split()
                if len(words) > 1 and self.corpus.party[mention.party_id].kind == "person":
                    found[story.id, words[-1].casefold()].add(mention.party_id)
        return {key: frozenset(parties) for key, parties in found.items()}

    def in_full(self, party_id: str, article_id: str) -> str:
        """A party; for one with a surname alone, the one person of that surname whom the story names in full."""
        name, story = self.name(party_id), self.story_of.get(article_id)
        if " " in name or story is None:
            return party_id
        named = self._surnames.get((story.id, name.casefold()), frozenset())
        return min(named) if len(named) == 1 else party_id

    @cached_property
    def named_alone(self) -> Mapping[str, tuple[Occasion, ...]]:
        """The occasions that each article alone names, by its id."""
        found: dict[str, list[Occasion]] = defaultdict(list)
        for occasion in self.corpus.occasions:
            articles = {mention.article_id for mention in occasion.mentions}
            if len(articles) == 1:
                found[min(articles)].append(occasion)
        return {key: tuple(rows) for key, rows in found.items()}

    @cached_property
    def occasions_in(self) -> Mapping[str, tuple[tuple[int, str], ...]]:
        """Where each article names which occasions, by its id: the first code point and the occasion's id."""
        found: dict[str, list[tuple[int, str]]] = defaultdict(list)
        for occasion in self.corpus.occasions:
            for mention in occasion.mentions:
                found[mention.article_id].append((mention.start, occasion.id))
        return {key: tuple(sorted(places)) for key, places in found.items()}

    @cached_property
    def members(self) -> Mapping[str, tuple[tuple[str, str | None], ...]]:
        """The articles of each story by their ids in order, each with the last day on which it can have come out."""
        stories = {story.id: story for story in self.story_of.values()}
        return {
            key: tuple((article, self.last_day(article)) for article in sorted(story.article_ids))
            for key, story in stories.items()
        }

    @cached_property
    def linked(self) -> frozenset[tuple[str, str]]:
        """The ends of every link, both ways round."""
        ends = [(link.left_id, link.right_id) for link in self.links]
        return frozenset(ends + [(right, left) for left, right in ends])

    @cached_property
    def kin(self) -> frozenset[tuple[str, str]]:
        """The articles of which links join something beside figures, both ways round."""
        row, found = self.corpus.row, set()
        for link in self.links:
            ends = [row.get(key) for key in (link.left_id, link.right_id)]
            if link.kind in KIN and None not in ends:
                one, other = (str(getattr(end, "article_id", end.id)) for end in ends if end is not None)
                found |= {(one, other), (other, one)}
        return frozenset(found)

    @cached_property
    def named_in(self) -> Callable[[str], frozenset[str]]:
        """The parties that an article names, by its id; those that are only described are left out."""
        mentions, party = self.corpus.mentions_of, self.corpus.party

        def named(article_id: str) -> frozenset[str]:
            return frozenset(one.party_id for one in mentions.get(article_id, ()) if party[one.party_id].name)

        return lru_cache(maxsize=KEPT)(named)

    def are_of_same_parties(self, one: str, other: str) -> bool:
        """Whether two articles name enough parties alike to tell of one thing, or one of them names too few to say."""
        left, right = self.named_in(one), self.named_in(other)
        return len(left & right) >= min(PARTIES, len(left), len(right))

    @cached_property
    def runs_of(self) -> Callable[[str], frozenset[tuple[str, ...]]]:
        """The runs of words of an article, by its id; those of the last few hundred are kept."""
        article = self.corpus.article
        return lru_cache(maxsize=KEPT)(lambda article_id: frozenset(runs(article[article_id].text)))

    def runs_told(self, row: Any) -> frozenset[tuple[str, ...]]:
        """The runs of words in the sentence that tells a row; those of the last few thousand rows are kept."""
        found = self._told.get(row.id)
        if found is None:
            if len(self._told) >= KEPT:
                self._told.clear()
            found = self._told[row.id] = frozenset(runs(self.sentences(row)))
        return found

    @cached_property
    def _told(self) -> dict[str, frozenset[tuple[str, ...]]]:
        return {}

    def sentences(self, row: Any) -> str:
        """The sentence around the main words of a row; a statement's own words."""
        text = self.article(row.article_id).text
        if hasattr(row, "content"):
            return " ".join(passage.of(text) for passage in row.content)
        places = words_of(row)
        return sentence_at(text, places[0]).of(text) if places else ""

    def groups(self, kind: LinkKind) -> list[tuple[Any, ...]]:
        """The rows that links of a kind hold together, each group and all of them in the order of publication."""
        pairs = [(link.left_id, link.right_id) for link in self.links if link.kind == kind]
        row = self.corpus.row
        found = (tuple(row[key] for key in keys if key in row) for keys in components(pairs))
        return sorted((self.in_order(rows) for rows in found if len(rows) > 1), key=lambda rows: self.at(rows[0]))

    def in_order(self, rows: Iterable[Any]) -> tuple[Any, ...]:
        """Rows by publication of their articles, then by their place in the text."""
        return tuple(sorted(rows, key=self.at))

    def at(self, row: Any) -> tuple[str, str, int, str]:
        passages = words_of(row)
        return (*self.place[row.article_id], passages[0].start if passages else 0, row.id)

    def article(self, article_id: str) -> Article:
        return self.corpus.article[article_id]

    def outlet(self, article_id: str) -> str:
        article = self.article(article_id)
        return self.outlets.get(article_id) or article.outlet or article.origin

    def day(self, article_id: str) -> str | None:
        """The first day on which an article can have been published; null where that is not known."""
        return self._days[article_id][0]

    def last_day(self, article_id: str) -> str | None:
        """The last day on which an article can have been published; null where that is not known."""
        return self._days[article_id][1]

    def name(self, party_id: str) -> str:
        """A party's name, or what kind of party it is where it has none."""
        party = self.corpus.party.get(party_id)
        return party_id if party is None else party.name or f"an unnamed {party.kind}"

    def words(self, row: Any) -> str:
        """The words that a row rests on, on one line, cut where they are long."""
        text = self.article(row.article_id).text
        passages = words_of(row)[:1] if hasattr(row, "triggers") else words_of(row)
        return shortened(" … ".join(one_line(passage.of(text)) for passage in passages))

    def says(self, row: Any) -> str:
        """Who says which words: `The Globe says “about 40,000 tonnes”`."""
        return f"{self.outlet(row.article_id)} says “{self.words(row)}”{self.quoting(row)}"

    def quoting(self, row: Any) -> str:
        """Whom an article quotes for a figure or an event, in brackets; empty where it speaks for itself."""
        key = str(getattr(row, "statement_id", None) or getattr(row, "asserted_by", "outlet"))
        statement = self.corpus.row.get(key)
        if statement is None:
            return ""
        who = self.names(statement.speaker_ids) or one_line(statement.speaker_name or "")
        return f" ({who})" if who and who.casefold() not in phrases()["vague"]["words"] else ""

    def names(self, party_ids: Sequence[str]) -> str:
        return listed([self.name(key) for key in party_ids])

    def gapped(self, article_id: str, gap: Passage) -> str:
        """The stretch of a sentence around some words, with … in their place."""
        text = self.article(article_id).text
        return f"“{(_before(text, gap.start) + ' … ' + _after(text, gap.end)).strip()}”"

    def whether(self, rows: Sequence[Event]) -> str:
        """The question whether an event that several rows tell happened."""
        named = self.named(rows)
        if named is None:
            return f"Did it happen: {self.called(rows)}?"
        return f"Did {named} {'take place' if _fullest(rows).type == 'CONSULT' else 'come about'}?"

    def called(self, rows: Sequence[Event]) -> str:
        """What an event that several rows tell is called in a question: by name, else in the words of an article."""
        return self._name_and_words(_fullest(rows))[1]

    def named(self, rows: Sequence[Event]) -> str | None:
        """The name of an event by its kind and its parties, "the visit of A to B"; null where its kind has none."""
        return self._name_and_words(_fullest(rows))[0]

    def _name_and_words(self, event: Event) -> tuple[str | None, str]:
        found = self._called.get(event.id)
        if found is None:
            name = self._named(event)
            found = self._called[event.id] = name, name or self._in_words(event)
        return found

    def _named(self, event: Event) -> str | None:
        actors = [self.name(key) for key in event.actor_ids] or [one_line(words) for words in event.actors]
        recipients = [self.name(key) for key in event.recipient_ids] or [one_line(w) for w in event.recipients]
        every = list(dict.fromkeys([*actors, *recipients]))
        templates = phrases()["events"]
        template = templates.get(f"{event.type} {event.mode}") or templates.get(event.type)
        if template is None or len(every) < 2 or ("{all}" not in template and not (actors and recipients)):
            return None
        return str(template.format(actors=listed(actors), recipients=listed(recipients), all=listed(every)))

    def _in_words(self, event: Event) -> str:
        """An event in the words of its article, from its actor to its recipient, and who is meant by them."""
        text = self.article(event.article_id).text
        trigger = event.triggers[0]
        inside = _stretch(text, trigger)
        told = [p for p in (*event.triggers, *event.actor_passages, *event.recipient_passages) if inside.holds(p)]
        start, end = min(p.start for p in told), max(p.end for p in told)
        if end - start > QUOTED:
            start, end = trigger.start, trigger.end
        words = one_line(text[start:end])
        if all(trigger.holds(passage) for passage in told):
            words = f"{words} {_after(text, trigger.end, commas=False)}".rstrip()
        who = [self.name(key) for key in (*event.actor_ids, *event.recipient_ids)]
        said = {word.casefold() for word in WORD.findall(words)}
        meant = list(dict.fromkeys(name for name in who if said.isdisjoint(WORD.findall(name.casefold())[-1:])))
        return f"“{words}” ({listed(meant)})" if meant else f"“{words}”"


def _fullest(rows: Sequence[Event]) -> Event:
    """The row that names most parties."""
    return max(rows, key=lambda row: (len(row.actor_ids) + len(row.recipient_ids), row.id))


def _stretch(text: str, place: Passage) -> Passage:
    """The stretch around a place without a full stop, a quotation mark or the like in it."""
    start = max(0, place.start - QUOTED)
    before = list(BREAK.finditer(text, start, place.start))
    after = BREAK.search(text, place.end, place.end + QUOTED)
    end = after.start() if after else min(len(text), place.end + QUOTED)
    return Passage(before[-1].end() if before else start, end)


def sentence(ground: Ground, figure: Figure) -> Passage:
    """The sentence around a figure."""
    return sentence_at(ground.article(figure.article_id).text, figure.passage)


def sentence_at(text: str, place: Passage) -> Passage:
    """The sentence around a place, roughly: up to a full stop and a space, or a new line, on either side."""
    start, end = place.start, place.end
    before = list(SENTENCE_END.finditer(text, max(0, start - SENTENCE), start))
    after = SENTENCE_END.search(text, end, min(len(text), end + SENTENCE))
    return Passage(before[-1].end() if before else max(0, start - SENTENCE), after.start() + 1 if after else end + 1)


def components(pairs: Iterable[tuple[str, str]]) -> list[list[str]]:
    """The ids that pairs join, directly or over others, each list sorted."""
    above: dict[str, str] = {}

    def top(key: str) -> str:
        while above.setdefault(key, key) != key:
            above[key] = above[above[key]]
            key = above[key]
        return key

    for left, right in sorted(pairs):
        one, other = sorted((top(left), top(right)))
        above[other] = one
    found: dict[str, list[str]] = defaultdict(list)
    for key in sorted(above):
        found[top(key)].append(key)
    return [found[key] for key in sorted(found)]


def runs(words: str) -> Iterator[tuple[str, ...]]:
    """Every run of words, without case."""
    found = WORD.findall(words.casefold())
    return zip(*(found[at:] for at in range(RUN)), strict=False)


def words_of(row: Any) -> tuple[Passage, ...]:
    """The passages that a row rests on, the main ones first; empty for a row of the whole record."""
    for name in ("triggers", "content"):
        if hasattr(row, name):
            return tuple(getattr(row, name))
    passage = getattr(row, "passage", None)
    return (passage,) if passage is not None else ()


def one_line(words: str) -> str:
    return " ".join(words.split())


def shortened(words: str, most: int = QUOTED) -> str:
    """Words cut at a space, with … where they were longer."""
    if len(words) <= most:
        return words
    cut = words.rfind(" ", most // 2, most)
    return words[: cut if cut > 0 else most].rstrip(" ,;:") + " …"


def listed(names: Sequence[str]) -> str:
    """`A`, `A and B`, `A, B and C`."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"


def _before(text: str, at: int) -> str:
    start = max(0, at - BESIDE)
    window = text[start:at]
    broken = [found.end() for found in BREAK.finditer(window)]
    if broken:
        return one_line(window[broken[-1] :])
    if start > 0 and " " in window:
        window = window[window.index(" ") + 1 :]
    return one_line(window)


def _after(text: str, at: int, *, commas: bool = True) -> str:
    """The words after a place up to the end of its clause; a comma ends it where `commas` do."""
    window = text[at : at + BESIDE]
    broken = (CLAUSE if commas else BREAK).search(window)
    if broken:
        return one_line(window[: broken.start()])
    if at + BESIDE < len(text) and " " in window:
        window = window[: window.rindex(" ")]
    return one_line(window).rstrip(" ,;:.!?")
