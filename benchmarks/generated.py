"""Writes records of any size out of invented articles, as the article half would have left them, to measure scale.

    python -m benchmarks.generated RECORD [ARTICLES] [SEED]

No text is analysed: each article is written sentence by sentence and its rows are noted on the way, so every passage
holds. An article has about 700 words, 12 statements, 8 events, 10 figures, 14 times and 34 mentions; stories have one
to eight articles that tell partly the same facts, in other words, sometimes with other numbers; one article in three
takes a run of sentences over from an earlier one of its story.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any, cast

from benchmarks.invented import OUTLETS, Figurehead, Plan, lists, named, plan, rank
from onrecord.model import (
    Amount,
    Article,
    Bundle,
    Commitment,
    Event,
    EventType,
    Figure,
    LocalOccasion,
    LocalParty,
    Mention,
    PartyRole,
    Passage,
    Statement,
    TextPart,
    Time,
    When,
    article_id,
    entry_id,
)
from onrecord.model.plover import plover
from onrecord.pipeline.build import rejoin
from onrecord.store import Store

MADE_WITH = "generated"
FACTS = {"said": 20, "acted": 13, "counted": 16, "promised": 4}
"""Facts that a story holds, by kind."""
TOLD = {"said": 12, "acted": 8, "counted": 7, "promised": 2}
"""Facts of them that an article tells; three of its ten figures stand in statements."""
PADDING = 5
"""Sentences of an article that tell nothing that is noted."""
COPIED = 0.33
"""The part of the later articles of a story that take over a run of sentences."""
OTHER_NUMBER = 0.1
"""How often an article gives another number than its story's."""
Fact = tuple[str, int, int]
"""Kind, number and style: the same fact in the same style is the same words."""


@dataclass(slots=True)
class Page:
    """An article that is being written: its text so far and the rows noted on the way, still without its id."""

    plan: Plan
    pieces: list[str] = field(default_factory=list)
    length: int = 0
    parts: list[TextPart] = field(default_factory=list)
    keys: dict[str, str] = field(default_factory=dict)
    notes: list[tuple[str, dict[str, Any]]] = field(default_factory=list)

    def add(self, words: str) -> None:
        """The words, if any, stand at the end of the page."""
        self.pieces.append(words)
        self.length += len(words)

    def put(self, words: str) -> Passage:
        """The words stand at the end of the page, and where."""
        self.add(words)
        return Passage(self.length - len(words), self.length)

    def note(self, kind: str, **fields: Any) -> int:
        """A row of a kind is noted; its number serves other rows to name it."""
        self.notes.append((kind, fields))
        return len(self.notes) - 1

    def name(self, party: Figurehead, words: str | None = None) -> tuple[str, Passage]:
        """A party is named: its local key and where."""
        where = self.put(words or party.name)
        key = self.keys.setdefault(f"{party.kind}/{party.name}", f"#{len(self.keys) + 1}")
        self.note("mention", party=key, where=where)
        return key, where

    def day(self, day: date) -> When:
        """A day is named in words."""
        words = f"{day.day} {lists()['months'][day.month - 1]}"
        return self.time(words, day.isoformat(), day.isoformat(), "day")

    def year(self, year: int) -> When:
        return self.time(str(year), f"{year}-01-01", f"{year}-12-31", "year")

    def time(self, words: str, first: str, last: str, precision: Any) -> When:
        when = When(words, first, last, precision, None, "resolved" if precision == "day" else "stated")
        self.note("time", where=self.put(words), when=when)
        return when


def article_facts(story: Plan, at: int) -> list[Fact]:
    """The facts that the story's article of a number tells, in order; a copied run keeps the style of its source."""
    rng = story.rng("facts", at)
    told: list[Fact] = [
        (kind, number, at) for kind, count in TOLD.items() for number in sorted(rng.sample(range(FACTS[kind]), count))
    ]
    told += [("padding", number, at) for number in range(PADDING)]
    rng.shuffle(told)
    if at and rng.random() < COPIED:
        source = article_facts(story, rng.randrange(at))
        run = source[: rng.randint(4, len(source))]
        covered = {fact[:2] for fact in run}
        told = [*run, *(fact for fact in told if fact[:2] not in covered)][: len(told)]
    return told


def tell(page: Page, fact: Fact) -> None:
    """A sentence that tells a fact stands at the end of the page."""
    kind, number, style = fact
    about = page.plan.rng(kind, number)
    how = page.plan.rng(kind, number, style)
    {"said": _said, "acted": _acted, "counted": _counted, "promised": _promised, "padding": _padding}[kind](
        page, about, how
    )


def _varied(words: list[str], how: Random) -> list[str]:
    """An utterance as one article gives it: half of them whole, others trimmed or with a word changed."""
    if how.random() < 0.5:
        return words
    if how.random() < 0.5:
        return words[: max(6, len(words) - how.randint(1, 8))]
    other = list(words)
    other[how.randrange(len(other))] = how.choice(lists()["adjectives"].split())
    return other


def _said(page: Page, about: Random, how: Random) -> None:
    speaker = about.choice(page.plan.persons)
    words = _varied(page.plan.words(about, about.randint(10, 28)), how)
    counted = about.random() < 0.25
    first = page.length
    direct = about.random() < 0.6
    shape, cue_words = how.choice(lists()["cues" if direct else "plain_cues"])
    before, _, after = shape.partition("{said}")
    seen: dict[str, Any] = {}
    if not direct:
        seen = _sourced(page, speaker, before, cue_words)
        first = page.length
    page.add(('"' if direct else "that ") + " ".join(words[:5]) + " ")
    figure = _quantity(page, about, how) if counted else None
    page.add((" " if counted else "") + " ".join(words[5:]) + ('"' if direct else ""))
    content = Passage(first, page.length)
    if direct:
        seen = _sourced(page, speaker, after, cue_words)
    else:
        page.add(". ")
    at = page.note("said", content=content, direct=direct, **seen)
    if figure is not None:
        page.note("figure", of=seen["key"], statement=at, **figure)


def _sourced(page: Page, speaker: Figurehead, shape: str, cue_words: str) -> dict[str, Any]:
    """The words around an utterance that name its speaker and hold its cue."""
    start = page.length
    before, _, after = shape.partition("{who}")
    page.add(before)
    title = f"{speaker.role.capitalize()} " if speaker.role and start % 2 else ""
    page.add(title)
    key, where = page.name(speaker)
    page.add(after if after.endswith(" ") else after + " ")
    cue = shape.replace("{who}", title + speaker.name).index(cue_words) + start
    return {"cue": Passage(cue, cue + len(cue_words)), "source": where, "key": key, "speaker": speaker.name}


def _quantity(page: Page, about: Random, how: Random) -> dict[str, Any]:
    number = about.choice((1, 10, 100, 1000)) * about.randint(2, 99)
    if how.random() < OTHER_NUMBER:
        number += how.randint(1, max(2, number // 5))
    hedge = how.choice(("exact", "exact", "about"))
    thing, what = about.choice(lists()["things"]), about.choice(page.plan.topic)
    where = page.put(f"{'about ' if hedge == 'about' else ''}{number:,} {thing}s")
    unit = {"tonne": "t"}.get(thing, thing)
    page.add(f" of {what}")
    return {
        "where": where,
        "amount": Amount(str(number), str(number), cast(Any, hedge), unit),
        "of_what": what,
        "when": None,
    }


def _acted(page: Page, about: Random, how: Random) -> None:
    act = about.choice(lists()["acts"])
    who, other = about.sample([*page.plan.states, *page.plan.persons, *page.plan.bodies], 2)
    place = about.choice(page.plan.places)
    day = page.plan.day + timedelta(days=about.choice((-2, -1, 0, 0, 0, 0, 1, 5)))
    actor, actor_at = page.name(who)
    page.add(" ")
    trigger = page.put(how.choice(act["words"]))
    recipient, recipient_at = None, None
    if about.random() < 0.7:
        page.add(" ")
        recipient, recipient_at = page.name(other)
    else:
        page.add(" them")
    when, place_key = None, None
    if how.random() < 0.4:
        page.add(" in ")
        place_key, _ = page.name(place)
    if how.random() < 0.85:
        page.add(" on ")
        when = page.day(day)
    occasion = None
    if page.plan.occasion and how.random() < 0.2:
        page.add(" at the ")
        occasion = _occasion_named(page)
    page.add(f" {about.choice(lists()['joiners'])} {' '.join(page.plan.words(how, how.randint(6, 16)))}. ")
    page.note(
        "acted", trigger=trigger, act=act, actor=actor, recipient=recipient, places=(actor_at, recipient_at),
        names=(who.name, other.name), when=when, place=place.name if place_key else None, place_key=place_key,
        occasion=occasion,
    )  # fmt: skip


def _occasion_named(page: Page) -> str:
    name, ordinal = page.plan.occasion or ("", 1)
    where = page.put(f"{lists()['ordinals'][ordinal - 1]} {name}")
    page.note("occasion", where=where)
    return "#1"


def _counted(page: Page, about: Random, how: Random) -> None:
    page.add(how.choice(("Some of it came to ", "In all there were ", "Records show ")))
    figure = _quantity(page, about, how)
    place = None
    if about.random() < 0.3:
        page.add(" in ")
        place, _ = page.name(about.choice(page.plan.places))
    if about.random() < 0.6:
        page.add(" in ")
        figure["when"] = page.year(2020 + about.randrange(11))
    page.add(f", {' '.join(page.plan.words(how, how.randint(5, 12)))}. ")
    page.note("figure", of=place, statement=None, **figure)


def _promised(page: Page, about: Random, how: Random) -> None:
    start = page.length
    key, _ = page.name(about.choice(page.plan.bodies))
    page.add(f" {how.choice(('will', 'is to', 'plans to'))} ")
    page.add(f"{about.choice(lists()['verbs'].split())} the {about.choice(page.plan.topic)} by ")
    due = page.year(2033 + about.randrange(9))
    page.note("promised", where=Passage(start, page.length), who=key, due=due)
    page.add(". ")


def _padding(page: Page, about: Random, how: Random) -> None:
    page.add(" ".join(page.plan.words(how, how.randint(14, 30))).capitalize() + ". ")


def bundle(story: Plan, at: int) -> Bundle:
    """The article of a story, written, with all that it tells."""
    rng = story.rng("article", at)
    page = Page(story)
    published = story.day + timedelta(days=min(at // 2, 3) + rng.randrange(2))
    title = " ".join(story.words(story.rng("title", at % 3), 7)).capitalize()
    headline = page.put(title)
    page.add("\n\n")
    page.parts.append(TextPart(headline.start, headline.end, "headline"))
    start = page.length
    page.name(story.places[0])
    page.add(", ")
    dateline = page.day(published)
    page.add(" - ")
    facts = article_facts(story, at)
    for number, fact in enumerate(facts):
        tell(page, fact)
        if number % 3 == 2 or number == len(facts) - 1:
            page.add("\n")
            page.parts.append(TextPart(start, page.length - 1, "body"))
            start = page.length
    outlet = named("outlets", rank(rng, 8.0, 0.7) % OUTLETS)
    article = _article(page, f"story{story.number}/{at}.txt", outlet, title, published, dateline)
    return _finished(page, article)


def _article(page: Page, origin: str, outlet: str, title: str, published: date, dateline: When) -> Article:
    text = "".join(page.pieces)
    raw = text.encode("utf8")
    sha = hashlib.sha256(raw).hexdigest()
    day = published.isoformat()
    when = When(dateline.text, day, day, "day", None, "dateline")
    return Article(
        id=article_id(raw, origin),
        origin=origin,
        url=f"https://{outlet.lower().replace(' ', '-')}.example/{origin[:-4]}",
        outlet=outlet,
        title=title,
        text=text,
        byline=(),
        language="en",
        published=when,
        modified=None,
        dateline_place=page.plan.places[0].name,
        text_sha256=sha,
        raw_sha256=sha,
        length=len(text),
        format="text",
        supersedes=None,
        parts=tuple(page.parts),
        dates=(when,),
    )


def _finished(page: Page, article: Article) -> Bundle:
    """The rows that were noted, with their ids."""
    ids = [_id(kind, told, article.id) for kind, told in page.notes]
    rows: dict[str, list[Any]] = {kind: [] for kind in ("mention", "said", "acted", "figure", "time", "promised")}
    occasions: list[Passage] = []
    for key, (kind, told) in zip(ids, page.notes, strict=True):
        if kind == "occasion":
            occasions.append(told["where"])
        else:
            rows[kind].append(MAKERS[kind](key, article, told, ids))
    return Bundle(
        article=article,
        made_with=MADE_WITH,
        parties=tuple(_local_parties(page)),
        mentions=tuple(rows["mention"]),
        occasions=_local_occasion(page, occasions),
        statements=tuple(rows["said"]),
        events=tuple(rows["acted"]),
        figures=tuple(rows["figure"]),
        times=tuple(rows["time"]),
        commitments=tuple(rows["promised"]),
    )


def _id(kind: str, told: dict[str, Any], article: str) -> str:
    if kind == "said":
        cue, source = told["cue"], told["source"]
        extra = f"{cue.start}:{cue.end} {source.start}:{source.end}"
        return entry_id("statement", article, told["content"], extra=extra)
    if kind == "acted":
        return entry_id("event", article, told["trigger"], extra=f"{told['act']['type']} {told['act'].get('mode')}")
    return entry_id({"promised": "commitment"}.get(kind, kind), article, told["where"])


def _mention(key: str, article: Article, told: dict[str, Any], ids: list[str]) -> Mention:
    where = told["where"]
    words = where.of(article.text)
    return Mention(key, article.id, told["party"], where.start, where.end, words, "name", "exact", MADE_WITH, 0.9)


def _statement(key: str, article: Article, told: dict[str, Any], ids: list[str]) -> Statement:
    content = told["content"]
    published = article.published
    said = When("", None, published.latest if published else None, "day", None, "inferred")
    return Statement(
        key, article.id, "direct" if told["direct"] else "indirect", (content,), content.of(article.text),
        told["cue"], told["source"], (told["key"],), told["speaker"], "name", (), None, said, (),
        "assert", "positive", MADE_WITH, 0.9,
    )  # fmt: skip


def _event(key: str, article: Article, told: dict[str, Any], ids: list[str]) -> Event:
    act: EventType = told["act"]["type"]
    actor_at, recipient_at = told["places"]
    return Event(
        key, article.id, (told["trigger"],), act, told["act"].get("mode"), plover(act, "happened"),
        (told["actor"],), (told["recipient"],) if recipient_at else (), told["names"][:1],
        told["names"][1:] if recipient_at else (), (actor_at,), (recipient_at,) if recipient_at else (),
        told["when"], told["place_key"], told["place"], "happened", "outlet", told["occasion"], MADE_WITH, None,
    )  # fmt: skip


def _figure(key: str, article: Article, told: dict[str, Any], ids: list[str]) -> Figure:
    statement = told["statement"]
    return Figure(
        key, article.id, told["where"], told["where"].of(article.text), told["amount"], told["of_what"],
        told["of_what"], (told["of"],) if told["of"] else (), told["when"], "value", None, None,
        None if statement is None else ids[statement], MADE_WITH, None,
    )  # fmt: skip


def _time(key: str, article: Article, told: dict[str, Any], ids: list[str]) -> Time:
    return Time(key, article.id, told["where"], told["when"], MADE_WITH, None)


def _commitment(key: str, article: Article, told: dict[str, Any], ids: list[str]) -> Commitment:
    words = told["where"].of(article.text)
    return Commitment(
        key, article.id, told["where"], (told["who"],), words, told["due"], "open", None, MADE_WITH, None
    )  # fmt: skip


MAKERS = {
    "mention": _mention, "said": _statement, "acted": _event, "figure": _figure, "time": _time, "promised": _commitment,
}  # fmt: skip
"""What makes a row of each kind of note."""


def _local_parties(page: Page) -> Iterator[LocalParty]:
    story = page.plan
    cast_list = {f"{one.kind}/{one.name}": one for one in (*story.persons, *story.states, *story.bodies, *story.places)}
    for name, key in page.keys.items():
        one = cast_list[name]
        roles = (PartyRole(one.role, one.of, None),) if one.role else ()
        surname = (one.name.split()[-1],) if one.kind == "person" else ()
        yield LocalParty(key, one.name, cast(Any, one.kind), None, surname, roles)


def _local_occasion(page: Page, where: list[Passage]) -> tuple[LocalOccasion, ...]:
    if not where or page.plan.occasion is None:
        return ()
    name, ordinal = page.plan.occasion
    kind = name.rsplit(" ", 1)[-1].lower()
    full = f"{lists()['ordinals'][ordinal - 1]} {name}"
    day = page.plan.day.isoformat()
    when = When(day, day, day, "day", None, "resolved")
    return (LocalOccasion("#1", full, kind, ordinal, name, when, None, tuple(where)),)


def bundles(articles: int, seed: int = 1) -> Iterator[Bundle]:
    """The first so many articles of the world of a seed."""
    left, number = articles, 0
    while left > 0:
        story = plan(number, seed)
        for at in range(min(story.size, left)):
            yield bundle(story, at)
        left -= story.size
        number += 1


def keep(store: Store, made: Iterable[Bundle]) -> None:
    """The bundles are in the record, not yet joined."""
    for one in made:
        store.put_bundle(one)


def write_record(path: str | Path, articles: int = 20000, seed: int = 1, join: bool = True) -> Path:
    """A record of so many invented articles is in the file; `join` derives its tables, as a build does at its end."""
    with Store.open(path, create=True) as store:
        store.connection.execute("PRAGMA synchronous = OFF")
        keep(store, bundles(articles, seed))
        if join:
            rejoin(store, MADE_WITH)
    return Path(path)


if __name__ == "__main__":
    given = sys.argv[1:]
    if not given:
        sys.exit(__doc__)
    write_record(given[0], *(int(number) for number in given[1:3]))
