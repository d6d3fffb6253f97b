"""Small corpora put together by hand: invented articles, the rows that tests find in them by their words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from handmade import article, at
from onrecord.model import (
    Article,
    Bundle,
    Corpus,
    Event,
    Figure,
    Link,
    Medium,
    Mention,
    Party,
    Passage,
    Relay,
    Statement,
    Story,
    TextPart,
    When,
    digest,
    entry_id,
)
from onrecord.store import Store


def day(value: str) -> When:
    """A day as articles state it."""
    return When(value, value, value, "day", None, "stated")


@dataclass
class Gathered:
    """Articles and rows as they are added; `corpus` is all of them."""

    articles: list[Article] = field(default_factory=list)
    parties: dict[str, Party] = field(default_factory=dict)
    mentions: list[Mention] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)

    def article(self, text: str, outlet: str | None, published: str = "2031-05-02", dateline: str = "") -> Article:
        """An article of which `dateline` is the dateline and the rest the body."""
        whole = f"{dateline}{text}"
        made = article(whole, f"{len(self.articles)}.txt", outlet=outlet, title="Ferry to run again", day=published)
        parts = [TextPart(0, len(dateline), "dateline")] if dateline else []
        parts.append(TextPart(len(dateline), len(whole), "body"))
        self.articles.append(replace(made, title=None, parts=tuple(parts)))
        return self.articles[-1]

    def party(self, name: str, kind: Any = "organisation") -> Party:
        """The party of a name, made when it is first asked for."""
        if name not in self.parties:
            self.parties[name] = Party(digest("party", name), name, kind, None, (), ())
        return self.parties[name]

    def mention(self, source: Article, words: str, name: str, kind: Any = "organisation") -> None:
        place = at(source.text, words)
        key = entry_id("mention", source.id, place)
        party = self.party(name, kind)
        self.mentions.append(
            Mention(key, source.id, party.id, place.start, place.end, words, "name", "name", "parties/1", None)
        )

    def statement(
        self,
        source: Article,
        content: str,
        cue: str | None = "said",
        who: str | None = None,
        speaker: str | None = None,
        **more: Any,
    ) -> Statement:
        """A statement: `who` are the words of its source, `speaker` the name of the party that it is."""
        places = tuple(at(source.text, words) for words in content.split(" … "))
        cue_place = at(source.text, cue) if cue else None
        who_place = at(source.text, who) if who else None
        spans = " ".join("-" if p is None else f"{p.start}:{p.end}" for p in (cue_place, who_place))
        made = Statement(
            id=entry_id("statement", source.id, *places, extra=spans),
            article_id=source.id,
            form="direct" if content.startswith(("“", '"')) else "indirect",
            content=places,
            text=" ".join(place.of(source.text) for place in places),
            cue=cue_place,
            source=who_place,
            speaker_ids=(self.party(speaker, "person").id,) if speaker else (),
            speaker_name=speaker or who,
            resolved_by="name" if speaker else None,
            addressee_ids=(),
            medium=None,
            said=None,
            via=(),
            act="assert",
            polarity="positive",
            made_by="statements/1",
            confidence=None,
        )
        self.statements.append(replace(made, **more))
        return self.statements[-1]

    def via(self, source: Article, words: str, name: str) -> tuple[Relay, ...]:
        return (Relay(self.party(name).id, at(source.text, words)),)

    def medium(self, source: Article, kind: Any, words: str, name: str | None = None) -> Medium:
        return Medium(kind, words, at(source.text, words), self.party(name).id if name else None)

    def event(
        self,
        source: Article,
        trigger: str,
        actor: str,
        recipient: str,
        type_: Any = "CONSULT",
        **more: Any,
    ) -> Event:
        """An event between two parties that the text names."""
        place = at(source.text, trigger)
        made = Event(
            id=entry_id("event", source.id, place, extra=f"{type_} None"),
            article_id=source.id,
            triggers=(place,),
            type=type_,
            mode=None,
            plover=type_,
            actor_ids=(self.party(actor, "state").id,),
            recipient_ids=(self.party(recipient, "state").id,),
            actors=(actor,),
            recipients=(recipient,),
            actor_passages=(at(source.text, actor),),
            recipient_passages=(at(source.text, recipient),),
            when=None,
            place_id=None,
            place=None,
            status="happened",
            asserted_by="outlet",
            occasion_id=None,
            made_by="events/1",
            confidence=None,
        )
        self.events.append(replace(made, **more))
        return self.events[-1]

    def copied(self, copy: Article, source: Article, words: str) -> Link:
        """A link that says that the words were copied."""
        left, right = at(copy.text, words), at(source.text, words)
        return self.link("copied_from", copy.id, source.id, (left,), (right,))

    def same(self, kind: Any, one: Any, other: Any) -> Link:
        left, right = sorted((one.id, other.id))
        return self.link(kind, left, right)

    def link(
        self, kind: Any, left: str, right: str, lefts: Sequence[Passage] = (), rights: Sequence[Passage] = ()
    ) -> Link:
        key = digest("link", kind, left, right)
        self.links.append(Link(key, kind, left, right, tuple(lefts), tuple(rights), (), 0.9, "they belong together"))
        return self.links[-1]

    def story(self) -> Story:
        """The story of all articles."""
        ids = tuple(sorted(row.id for row in self.articles))
        return Story(digest("story", *ids), "The ferry", ids, None, None, ())

    def tables(self) -> dict[str, tuple[Any, ...]]:
        """The rows by table, in the order of their ids."""
        rows: dict[str, Sequence[Any]] = {
            "articles": self.articles,
            "parties": list(self.parties.values()),
            "mentions": self.mentions,
            "statements": self.statements,
            "events": self.events,
            "figures": self.figures,
            "links": self.links,
        }
        return {name: tuple(sorted(found, key=lambda row: str(row.id))) for name, found in rows.items()}

    def write(self, path: Path, **more: Sequence[Any]) -> Path:
        """A record of the rows, and of `more` tables."""
        with Store.open(path, create=True) as store:
            for row in self.articles:
                store.put_bundle(Bundle(article=row, made_with="1+hand"))
            list(store.bundles())
            store.replace_derived(self.tables() | {name: tuple(rows) for name, rows in more.items()})
        return path

    @property
    def corpus(self) -> Corpus:
        tables = self.tables()
        del tables["links"]
        return Corpus(**tables)
