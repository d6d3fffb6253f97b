"""Independent origins: who relays whom, to the ends, and how many sources stand behind a claim.

A *chain* leads from an article's outlet over those it relays (an agency, a website, an interview in another paper, an
article it copies) to where it ends: an outlet's own reporting, somebody's document, or nobody that is named. Two chains
that share a relay or an end are one origin; an outlet that merely hands on what others report is none of its own.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from onrecord.comparison.relays import Document, Setting, document_of, heard_of, hearsay, settings
from onrecord.model import Article, Commitment, Corpus, Event, Figure, Link, Passage, Statement, Time
from onrecord.model.outlets import agency_behind, outlet_key, press_parties, publisher

How = Literal["copies", "cites", "agency", "document", "hearsay"]

COVERED = 0.5
"""The part of a row's main words that must stand in copied passages for the row to rest on what is copied."""

DEPTH = 20
"""Articles that one chain leads through at most; where it would go on, it ends."""


KEPT = 20_000
"""Rows of which the chains are kept at a time: what is asked of one row is asked at once, but for a few questions."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a chain: who rests on whom, as the words of `passages` in `article_id` say.

    `inferred` where the words stand with another statement of the same speaker in the article, for which the article
    names this source. A step without passages rests on a copied text alone.
    """

    source: str
    target: str
    how: How
    article_id: str
    passages: tuple[Passage, ...]
    words: str
    inferred: bool = False


@dataclass(frozen=True, slots=True)
class Chain:
    """What one row rests on: its article's publisher, the steps from there, and where they end.

    `resolved` is false where the last step leads to nobody that is named. `speaker` is whose words or claim it is,
    empty for what the outlet asserts itself; `nodes` are the keys of all that the chain passes after its start, and of
    the texts of which one is the other's copy.
    """

    record_id: str
    article_id: str
    publisher: str
    steps: tuple[Step, ...]
    end: str
    resolved: bool
    speaker: str
    nodes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OriginCount:
    """How many sources stand behind some records after copies and relays are counted as one."""

    independent: int
    """Sources that do not rest on one another."""
    unresolved: int
    """Chains of relays that lead to no known source."""
    origins: tuple[str, ...]
    """Those sources by name, sorted."""
    speakers: tuple[str, ...] = ()
    """Whose claims they are, sorted: several origins that heard one speaker are still one speaker's word."""
    chains: tuple[Chain, ...] = ()
    """How each record leads to its source."""


@dataclass(frozen=True, slots=True)
class _Path:
    """A chain under way: the steps so far, the keys passed, where it stands, whether that is a source."""

    steps: tuple[Step, ...]
    nodes: tuple[str, ...]
    end: str
    resolved: bool = True

    def then(self, other: _Path) -> _Path:
        """This path and on along another, whose first step starts where this one stands."""
        more = other.steps
        if more and self.end:
            more = (replace(more[0], source=self.end), *more[1:])
        return _Path(self.steps + more, self.nodes + other.nodes, other.end or self.end, other.resolved)


NOWHERE = _Path((), (), "")
"""The path of one who has nothing from anybody else."""

Spans = Sequence[tuple[int, int]]
"""Passages as bare pairs of numbers, which the many comparisons of places are made with."""
Copied = tuple[tuple[int, int], tuple[int, int]]
"""A copied passage: where it stands in the copy, and where in what it copies."""


@dataclass(frozen=True, slots=True)
class _Source:
    """An article that another copies, and the copied passages: in the copy, and in the article."""

    article: Article
    pairs: tuple[Copied, ...]


@dataclass(frozen=True, slots=True)
class RestsOn:
    """Whom an outlet rests on, and for how many of its statements and own assertions of events."""

    name: str
    rows: int


@dataclass(frozen=True, slots=True)
class Outlet:
    """A publisher of a record: how much it tells on its own, how much it relays and from whom.

    `rows` are its statements and the events that it asserts itself; `own` of them name no other source, `unresolved`
    lead to nobody that is named. `copied_articles` copy another article. `owner` is as a user's own list has it.
    """

    name: str
    articles: int
    copied_articles: int
    rows: int
    own: int
    unresolved: int
    rests_on: tuple[RestsOn, ...]
    owner: str | None = None


class Origins:
    """The graph of who relays whom over a whole record."""

    def __init__(self, corpus: Corpus, links: Sequence[Link], press: frozenset[str] | None = None) -> None:
        """`press` are the parties that are outlets or agencies, where `corpus` is a part of a record only."""
        self.corpus = corpus
        self.links = links
        self.press = press_parties(corpus) if press is None else press
        self._cites = _by_left(links, "cites")
        self._copies = _by_left(links, "copied_from")
        self._found: dict[str, tuple[Chain, ...]] = {}
        self._settings: dict[str, Mapping[str, Setting]] = {}
        self._behind: dict[str, tuple[_Path, ...]] = {}
        self._told: dict[str, tuple[_Path, ...]] = {}
        self._sources: dict[str, tuple[_Source, ...]] = {}
        self._rows: dict[tuple[str, type], tuple[tuple[Any, Spans], ...]] = {}
        self._keys: dict[str, str] = {}
        self._copying: dict[tuple[str, str, tuple[int, int] | None], _Path] = {}

    def behind(self, record_ids: Sequence[str]) -> OriginCount:
        """What stands behind the rows (statements, events, figures, articles) of these ids."""
        chains = tuple(chain for key in dict.fromkeys(record_ids) for chain in self.chains(key))
        groups = _connected(chains)
        resolved = [group for group in groups if any(chain.resolved for chain in group)]
        names = sorted(_name_of(group) for group in resolved)
        speakers = sorted({chain.speaker for chain in chains if chain.speaker})
        return OriginCount(len(resolved), len(groups) - len(resolved), tuple(names), tuple(speakers), chains)

    def chains(self, record_id: str) -> tuple[Chain, ...]:
        """The chains of one row, in a fixed order; most rows have one."""
        if record_id not in self._found:
            if len(self._found) >= KEPT:
                self._found.clear()
                self._rows.clear()
                self._copying.clear()
            self._found[record_id] = self._chains(record_id)
        return self._found[record_id]

    def _chains(self, record_id: str) -> tuple[Chain, ...]:
        row = self.corpus.row[record_id]
        article = self._article_of(row)
        speaker = self._speaker(self._statement_of(row))
        found = []
        for path in self._paths(article, row, frozenset()):
            nodes = path.nodes or (self._key(article),)
            name = publisher(article)
            found.append(
                Chain(record_id, article.id, name, path.steps, path.end or name, path.resolved, speaker, nodes)
            )
        return tuple(dict.fromkeys(found)) if len(found) > 1 else tuple(found)

    def outlets(self) -> tuple[Outlet, ...]:
        """Every publisher of the record and whom it rests on, those with most articles first."""
        by_key: dict[str, list[Article]] = defaultdict(list)
        for article in self.corpus.articles:
            by_key[self._key(article)].append(article)
        found = [self._outlet(articles) for articles in by_key.values()]
        return tuple(sorted(found, key=lambda outlet: (-outlet.articles, outlet.name)))

    def _outlet(self, articles: Sequence[Article]) -> Outlet:
        rows: list[Any] = [
            row
            for article in articles
            for row in (
                *self.corpus.statements_of.get(article.id, ()),
                *(e for e in self.corpus.events_of.get(article.id, ()) if e.asserted_by == "outlet"),
            )
        ]
        chains = [chain for row in rows for chain in self.chains(row.id)]
        home = self._key(articles[0])
        others = [chain for chain in chains if chain.steps and chain.nodes[-1] != home]
        relayed = Counter(chain.end for chain in others if chain.resolved)
        return Outlet(
            name=min({publisher(article) for article in articles}, key=lambda name: (len(name), name)),
            articles=len(articles),
            copied_articles=sum(any(True for _ in self._copied(a, a, frozenset({a.id}))) for a in articles),
            rows=len(rows),
            own=len(chains) - len(others),
            unresolved=sum(not chain.resolved for chain in chains),
            rests_on=tuple(RestsOn(name, n) for name, n in sorted(relayed.items(), key=lambda x: (-x[1], x[0]))),
        )

    # ------------------------------------------------------------ walking

    def _paths(self, article: Article, row: Any, seen: frozenset[str]) -> list[_Path]:
        """The ways from an article's publisher to the sources of a row in it (of the whole article: the article)."""
        copied = list(self._copied(article, row, seen | {article.id}))
        if copied:
            return copied
        start = self._credited(article, seen | {article.id})
        return [path.then(more) for path in start for more in self._relayed(article, row, seen | {article.id})]

    def _copied(self, article: Article, row: Any, seen: frozenset[str]) -> Iterator[_Path]:
        """Over the article that a row's words are copied from: of several, the one that came out first."""
        sources = self._sources_of(article)
        if not sources or len(seen) > DEPTH:
            return
        places = _spans(self._places(row))
        for source in sources:
            target, pairs = source.article, source.pairs
            if target.id in seen:
                continue
            if places:
                pairs = _meeting(pairs, places)
                if not pairs or _share(places, [left for left, _ in pairs]) < COVERED:
                    continue
            here = self._to_source(article, target, pairs[0][0] if pairs else None)
            for path in self._paths(target, self._counterpart(target, row, [right for _, right in pairs]), seen):
                yield here.then(path) if path.steps else here
            return

    def _to_source(self, article: Article, target: Article, first: tuple[int, int] | None) -> _Path:
        """The way from an article to one that it copies, with the first passage that shows it."""
        found = self._copying.get((article.id, target.id, first))
        if found is None:
            name = publisher(target)
            step = _step(article, name, "copies", () if first is None else (Passage(*first),))
            texts = (f"text {article.id}", f"text {target.id}")
            found = _Path((step,), (*texts, self._key(target)), name)
            self._copying[article.id, target.id, first] = found
        return found

    def _sources_of(self, article: Article) -> tuple[_Source, ...]:
        """The articles that an article copies, the earliest first, with the places of the copied words in both."""
        found = self._sources.get(article.id)
        if found is None:
            ranked = []
            for link in self._copies.get(article.id, ()):
                target = self.corpus.article.get(link.right_id)
                if target is not None:
                    pairs = tuple(zip(_spans(link.left_passages), _spans(link.right_passages), strict=False))
                    ranked.append(((_day(target), -link.score, target.id), _Source(target, pairs)))
            found = tuple(source for _, source in sorted(ranked, key=lambda pair: pair[0]))
            self._sources[article.id] = found
        return found

    def _counterpart(self, target: Article, row: Any, rights: Spans) -> Any:
        """The row of the copied article that stands where the copied words stand; the article where there is none."""
        best: tuple[float, str] = (COVERED, "")
        found: Any = target
        for other, places in self._rows_of(target, type(row)):
            rank = _share(places, rights), other.id
            if rank >= best:
                best, found = rank, other
        return found

    def _rows_of(self, article: Article, kind: type) -> tuple[tuple[Any, Spans], ...]:
        """The rows of a table in an article with the places of their main words; none of other tables."""
        found = self._rows.get((article.id, kind))
        if found is None:
            tables = {
                Statement: self.corpus.statements_of, Event: self.corpus.events_of, Figure: self.corpus.figures_of
            }  # fmt: skip
            rows: Sequence[Any] = tables.get(kind, {}).get(article.id, ())
            found = self._rows[article.id, kind] = tuple((row, _spans(self._places(row))) for row in rows)
        return found

    def _credited(self, article: Article, seen: frozenset[str]) -> Sequence[_Path]:
        """Over the agency whose report the whole article says it is; else the article's publisher itself."""
        for link in self._cites.get(article.id, ()):
            return self._over(link, article, article, seen)
        if article.id not in self._behind:
            self._behind[article.id] = (self._from_agency(article),)
        return self._behind[article.id]

    def _from_agency(self, article: Article) -> _Path:
        """Over the agency that an article's dateline, byline or line of credit names, if that is not its publisher."""
        behind = agency_behind(article)
        if behind is None or outlet_key(behind.name) == self._key(article):
            return NOWHERE
        places = (behind.passage,) if behind.passage is not None else ()
        return _Path((_step(article, behind.name, "agency", places),), (outlet_key(behind.name),), behind.name)

    def _relayed(self, article: Article, row: Any, seen: frozenset[str]) -> Sequence[_Path]:
        """Over those whom the statement that a row is, or stands in, is relayed from."""
        statement = self._statement_of(row)
        if statement is None:
            return (self._unsure(article, row),)
        setting = self._setting(article, statement)
        if setting.relays:
            return self._over_relays(article, statement, setting, seen)
        if statement.id not in self._told:
            self._told[statement.id] = (self._ended(NOWHERE, article, statement, setting),)
        return self._told[statement.id]

    def _over_relays(
        self, article: Article, statement: Statement, setting: Setting, seen: frozenset[str]
    ) -> Sequence[_Path]:
        """Over those whom the article relays for a statement, the nearest first."""
        found = [NOWHERE]
        for relay in setting.relays:
            onward = [path for link in relay.links for path in self._over(link, article, statement, seen)]
            onward = [_inferred(path, article.id) if relay.inferred else path for path in onward]
            found = [path.then(more) for path in found for more in _onward(path, onward)]
        return [self._ended(path, article, statement, setting) for path in found]

    def _unsure(self, article: Article, row: Any) -> _Path:
        """To nobody that is named, where the outlet itself says that it only heard of an event ("reportedly")."""
        adverb = heard_of(article, row) if isinstance(row, Event) else None
        if adverb is None:
            return NOWHERE
        step = _step(article, adverb.of(article.text), "hearsay", (adverb,))
        return _Path((step,), (f"? {self._key(article)}",), step.target, False)

    def _over(self, link: Link, article: Article, row: Any, seen: frozenset[str]) -> list[_Path]:
        """One step along a `cites` link and, where an article is meant, on from there."""
        target = self.corpus.article.get(link.right_id)
        if target is None:
            party = self.corpus.party.get(link.right_id)
            name = party.name if party is not None else link.right_id
            step = _step(article, name, "cites", link.left_passages)
            return [_Path((step,), (self._party_key(link.right_id),), name)]
        name = publisher(target)
        step = _step(article, name, "cites", link.left_passages)
        here = _Path((step,), (self._key(target),), name)
        if target.id in seen or len(seen) > DEPTH:
            return [here]
        spans = _spans(link.right_passages)
        meant = self._counterpart(target, row, spans) if spans else target
        return [here.then(path) if path.steps else here for path in self._paths(target, meant, seen)]

    def _ended(self, path: _Path, article: Article, statement: Statement, setting: Setting) -> _Path:
        """The path with the document or the hearsay that it ends in, if any."""
        source = path.end or publisher(article)
        unnamed = hearsay(statement, article, self._cites.get(statement.id, ()))
        if unnamed is not None:
            name = " ".join(unnamed.of(article.text).split())
            step = replace(_step(article, name, "hearsay", (unnamed,)), source=source)
            return path.then(_Path((step,), (f"? {self._key(article)}",), name, False))
        if setting.document is None:
            return path
        document = document_of(setting.document, article)
        if document is None:
            return path
        key, name = self._named(document, setting.document, article)
        step = replace(
            _step(article, name, "document", (document.passage,)),
            source=source,
            inferred=setting.document.id != statement.id,
        )
        return path.then(_Path((step,), (key,), name))

    def _named(self, document: Document, statement: Statement, article: Article) -> tuple[str, str]:
        """The key and the name of a document: whose it is and what."""
        party = self.corpus.party.get(document.party_id or "")
        if party is not None and party.name and (document.kind != "post" or not statement.speaker_ids):
            return self._party_key(party.id), f"{document.kind} of {party.name}"
        words = " ".join(document.passage.of(article.text).split())
        speaker = self._speaker(statement)
        if document.speaks or not speaker:
            return f"by {outlet_key(words)}", words
        keys = " ".join(sorted(statement.speaker_ids)) or outlet_key(speaker)
        return f"by {keys}", f"{document.kind} of {speaker}"

    # ------------------------------------------------------------ what a row is

    def _setting(self, article: Article, statement: Statement) -> Setting:
        if article.id not in self._settings:
            rows = self.corpus.statements_of.get(article.id, ())
            self._settings[article.id] = settings(article, rows, self._cites, self.press)
        return self._settings[article.id][statement.id]

    def _article_of(self, row: Any) -> Article:
        return row if isinstance(row, Article) else self.corpus.article[row.article_id]

    def _statement_of(self, row: Any) -> Statement | None:
        """The statement that a row is, or that it is told in."""
        if isinstance(row, Statement):
            return row
        if isinstance(row, Commitment | Time):
            rows = self.corpus.statements_of.get(row.article_id, ())
            around = [s for s in rows if any(place.meets(row.passage) for place in s.content)]
            return min(around, key=lambda s: (len(s.text), s.id), default=None)
        key = row.asserted_by if isinstance(row, Event) else getattr(row, "statement_id", None)
        found = self.corpus.row.get(key) if key else None
        return found if isinstance(found, Statement) else None

    def _speaker(self, statement: Statement | None) -> str:
        if statement is None or any(key in self.press for key in statement.speaker_ids):
            return ""
        names = [self.corpus.party[key].name for key in statement.speaker_ids if key in self.corpus.party]
        return ", ".join(name for name in names if name) or statement.speaker_name or ""

    def _places(self, row: Any) -> list[Passage]:
        """The main words of a row; of an article, its body."""
        if isinstance(row, Article):
            return [Passage(part.start, part.end) for part in row.parts if part.role == "body"]
        if isinstance(row, Statement):
            return list(row.content)
        if isinstance(row, Event):
            return list(row.triggers)
        passage = getattr(row, "passage", None)
        return [passage] if passage is not None else []

    def _key(self, article: Article) -> str:
        found = self._keys.get(article.id)
        if found is None:
            name = publisher(article)
            found = self._keys[article.id] = article.id if name == article.origin else outlet_key(name)
        return found

    def _party_key(self, party_id: str) -> str:
        party = self.corpus.party.get(party_id)
        is_press = party is not None and (party_id in self.press or party.kind == "organisation")
        return outlet_key(party.name) if party is not None and is_press else party_id


def _by_left(links: Iterable[Link], kind: str) -> Mapping[str, tuple[Link, ...]]:
    found: dict[str, list[Link]] = defaultdict(list)
    for link in links:
        if link.kind == kind:
            found[link.left_id].append(link)
    order = {key: sorted(rows, key=lambda link: (-link.score, link.id)) for key, rows in found.items()}
    return {key: tuple(rows) for key, rows in order.items()}


def _spans(passages: Iterable[Passage]) -> Spans:
    return tuple((passage.start, passage.end) for passage in passages)


def _meeting(pairs: Sequence[Copied], places: Spans) -> tuple[Copied, ...]:
    """The pairs of copied passages of which the first meets one of some places; most rows have one place alone."""
    if len(places) == 1:
        ((start, end),) = places
        return tuple([pair for pair in pairs if start < pair[0][1] and pair[0][0] < end])
    return tuple([pair for pair in pairs if any(start < pair[0][1] and pair[0][0] < end for start, end in places)])


def _share(places: Spans, others: Spans) -> float:
    """The part of the characters of some places that others cover (others do not overlap one another)."""
    both = whole = 0
    for start, end in places:
        whole += end - start
        for first, last in others:
            if first < end and start < last:
                both += (end if end < last else last) - (start if start > first else first)
    return both / whole if whole else 0.0


def _step(article: Article, target: str, how: How, passages: tuple[Passage, ...]) -> Step:
    words = " … ".join(" ".join(passage.of(article.text).split()) for passage in passages)
    return Step(publisher(article), target, how, article.id, passages, words)


def _onward(path: _Path, others: Sequence[_Path]) -> list[_Path]:
    """The ways on from a path that lead to somebody whom it has not passed; standing still where there is none."""
    new = [other for other in others if not set(other.nodes) <= set(path.nodes)]
    return new or [_Path((), (), path.end, path.resolved)]


def _day(article: Article) -> str:
    """The first day an article can have come out; of one without a date, after all days."""
    published = article.published
    return (published.earliest or published.latest or "~")[:10] if published is not None else "~"


def _inferred(path: _Path, article_id: str) -> _Path:
    steps = tuple(replace(step, inferred=True) if step.article_id == article_id else step for step in path.steps)
    return replace(path, steps=steps)


def _connected(chains: Sequence[Chain]) -> list[list[Chain]]:
    """The chains in groups that share a relay or an end, in the order of their first chain."""
    if len(chains) == 1:
        return [list(chains)]
    group_of: dict[str, list[Chain]] = {}
    groups: list[list[Chain]] = []
    for chain in chains:
        touched = [group for group in groups if any(group_of.get(node) is group for node in chain.nodes)]
        joined = touched[0] if touched else []
        if not touched:
            groups.append(joined)
        for other in touched[1:]:
            joined += other
            groups = [group for group in groups if group is not other]
        joined.append(chain)
        group_of.update({node: joined for member in joined for node in member.nodes})
    return groups


def _name_of(group: Sequence[Chain]) -> str:
    """The source of a group: the end of its longest resolved chain."""
    resolved = [chain for chain in group if chain.resolved]
    return min(resolved, key=lambda chain: (-len(chain.steps), chain.end)).end
