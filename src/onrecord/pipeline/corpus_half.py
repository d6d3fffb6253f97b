"""The corpus half: bundles become the tables of one record.

A pure function of the set of bundles: they are put in the order of their article's id first, so the record is the same
whether articles came at once, one by one, or in any order.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from onrecord.linking import copies, gazetteer, offices, promises, spoken
from onrecord.linking import occasions as occasion_linking
from onrecord.linking import parties as party_linking
from onrecord.model import (
    Article,
    Bundle,
    Commitment,
    Comparison,
    Corpus,
    Event,
    Figure,
    Judgement,
    Link,
    Mention,
    Occasion,
    Party,
    Skipped,
    Statement,
    Story,
    Time,
    When,
)
from onrecord.model.lists import Lists, OutletList
from onrecord.pipeline import redating
from onrecord.pipeline.across import link_and_compare, uncollected
from onrecord.resolution import when
from onrecord.store.judging import applying
from onrecord.store.judging.rows import Joined as Unjudged

Row = TypeVar("Row", Mention, Statement, Event, Figure, Time, Commitment)
KeyMap = Callable[[str], str | None]


@dataclass(frozen=True, slots=True)
class Joined:
    """The rows of every table that is derived from the bundles, each sorted by id."""

    articles: tuple[Article, ...]
    parties: tuple[Party, ...]
    mentions: tuple[Mention, ...]
    statements: tuple[Statement, ...]
    events: tuple[Event, ...]
    figures: tuple[Figure, ...]
    times: tuple[Time, ...]
    occasions: tuple[Occasion, ...]
    commitments: tuple[Commitment, ...]
    links: tuple[Link, ...]
    comparisons: tuple[Comparison, ...]
    stories: tuple[Story, ...]
    skipped: tuple[Skipped, ...] = ()
    judged: applying.Outcome = field(default_factory=applying.Outcome)
    """What a person's judgements came to in these rows."""
    capped: tuple[tuple[str, int], ...] = ()
    """By linker, how many keys more things share than are all compared with one another."""

    def tables(self) -> dict[str, tuple[Any, ...]]:
        """The rows by table name."""
        return {name: getattr(self, name) for name in self.__slots__ if name not in ("judged", "capped")}


def join(
    bundles: Iterable[Bundle],
    versions: Mapping[str, Sequence[str]],
    skipped: Sequence[Skipped] = (),
    judgements: Sequence[Judgement] = (),
    lists: Lists | None = None,
) -> Joined:
    """The record of `bundles`; `versions` lists, per origin, its articles' ids from the first read to the last.

    A person's `judgements` are applied to the rows before they are linked; what was called wrong stays in its table,
    and is neither linked nor compared. `lists` are the user's own, of parties and outlets.
    """
    own = lists or Lists()
    capped: Counter[str] = Counter()
    dated = redating.corrected_dates(judgements)
    bundles = tuple(bundles) if dated else bundles
    with uncollected():
        unjudged = Unjudged(found_in(bundles, versions, own, capped))
    judged = applying.apply(unjudged, judgements)
    tables = judged.tables(unjudged)
    if dated:
        tables = redating.redated(tables, unjudged.get, (b for b in bundles if b.article.id in dated))
    outlets = own.outlets.articles(tables.get("articles", ()))
    corpus = Corpus(**judged.without_wrong(tables))
    corpus = replace(corpus, commitments=promises.settled(corpus))
    settled = {row.id: row for row in corpus.commitments}
    tables["commitments"] = tuple(settled.get(row.id, row) for row in tables.get("commitments", ()))
    across = link_and_compare(corpus, judged=judged.links, outlets=outlets)
    derived: dict[str, tuple[Any, ...]] = {
        "links": across.links,
        "comparisons": across.comparisons,
        "stories": across.stories,
    }
    later = [(name, row) for name, found in derived.items() for row in found]
    return Joined(
        **{name: tables.get(name, ()) for name in Corpus.__dataclass_fields__},
        **derived,
        skipped=tuple(sorted(skipped, key=lambda row: row.id)),
        judged=judged.outcome(later, judgements),
        capped=tuple(sorted((capped + Counter(dict(across.capped))).items())),
    )


def found_in(
    bundles: Iterable[Bundle],
    versions: Mapping[str, Sequence[str]],
    own: Lists | None = None,
    capped: Counter[str] | None = None,
) -> dict[str, tuple[Any, ...]]:
    """What was found in each article, with the parties and occasions of the whole record, before anything is linked.

    The fields of a `Corpus`, each sorted by id. `capped` is told of names that too many persons share.
    """
    lists = own or Lists()
    named = [name_outlet(bundle, lists.outlets) for bundle in sorted(bundles, key=lambda b: b.article.id)]
    in_order = [date_late(bundle) for bundle in infer_dates(named)]
    parties = party_linking.merge(in_order, lists.parties, capped)
    occasions = occasion_linking.merge(in_order, parties.id_of)
    names = {found.id: found.name for found in parties.parties}
    held = offices.Offices(parties.parties)
    rows: dict[str, list[Any]] = defaultdict(list)
    for bundle in in_order:
        article = bundle.article
        party = key_map(article.id, parties.id_of)
        occasion = key_map(article.id, occasions.id_of)
        rows["articles"].append(replace(article, supersedes=earlier_version(article, versions)))
        late = key_map(article.id, parties.resolved_by)
        rows["mentions"] += [m for m in (name_mention(m, party, late) for m in bundle.mentions) if m is not None]
        here = offices.named_in(bundle.parties, party)
        said = [held.told(name_statement(s, party, late), article, here) for s in bundle.statements]
        rows["statements"] += [with_full_name(statement, names) for statement in said]
        rows["events"] += [name_event(e, party, occasion) for e in bundle.events]
        rows["figures"] += [name_figure(f, party, occasion) for f in bundle.figures]
        rows["times"] += bundle.times
        rows["commitments"] += [replace(c, who_ids=ids(c.who_ids, party)) for c in bundle.commitments]
    rows["parties"] += gazetteer.located(parties.parties, rows["mentions"], rows["articles"])
    rows["occasions"] += occasions.occasions
    rows["statements"] = spoken.at_occasions(rows["statements"], rows["articles"], rows["occasions"])
    return {name: tuple(sorted(found, key=lambda row: str(row.id))) for name, found in rows.items()}


def name_outlet(bundle: Bundle, outlets: OutletList) -> Bundle:
    """The bundle with its article's outlet under the name that the user's list has for it."""
    article = bundle.article
    found = outlets.of(article.url, article.outlet)
    if found is None or found.name == article.outlet:
        return bundle
    return replace(bundle, article=replace(article, outlet=found.name))


def earlier_version(article: Article, versions: Mapping[str, Sequence[str]]) -> str | None:
    """The version of the same origin that was read just before this one, or null."""
    history = list(versions.get(article.origin, ()))
    at = history.index(article.id) if article.id in history else 0
    return history[at - 1] if at > 0 else None


def infer_dates(bundles: Sequence[Bundle]) -> list[Bundle]:
    """The bundles with a publication date, marked as inferred, for each undated article that copies a dated one."""
    found = copies.dates_from_copies([bundle.article for bundle in bundles])
    return [
        replace(b, article=replace(b.article, published=found[b.article.id])) if b.article.id in found else b
        for b in bundles
    ]


def date_late(bundle: Bundle) -> Bundle:
    """The bundle with its relative times resolved again, where its article's date was inferred from other articles.

    A record's `when` holds the words of a time and not its place, so it follows the time only where all times of the
    same words in the article resolve to the same days.
    """
    article = bundle.article
    if article.published is None or article.published.basis != "inferred":
        return bundle
    times = when.resolve(article, bundle.expressions)
    times = when.spoken(article, bundle.expressions, times, bundle.statements)
    by_words: dict[str, set[When]] = defaultdict(set)
    for time in times:
        by_words[time.when.text].add(time.when)

    def later(value: When | None) -> When | None:
        if value is None or value.earliest is not None or value.latest is not None:
            return value
        found = by_words.get(value.text, set())
        return next(iter(found)) if len(found) == 1 else value

    return replace(
        bundle,
        times=times,
        statements=tuple(replace(s, said=later(s.said)) for s in bundle.statements),
        events=tuple(replace(e, when=later(e.when)) for e in bundle.events),
        figures=tuple(replace(f, when=later(f.when)) for f in bundle.figures),
        commitments=tuple(replace(c, due=later(c.due)) for c in bundle.commitments),
        occasions=tuple(replace(o, when=later(o.when)) for o in bundle.occasions),
    )


def key_map(article_id: str, id_of: Callable[[str, str], str | None]) -> KeyMap:
    """The function that turns one article's local keys into ids over the record."""
    return lambda key: id_of(article_id, key)


def ids(keys: Iterable[str], id_of: KeyMap) -> tuple[str, ...]:
    """The ids of local keys, in order, each once; a key that names nothing over the record is left out."""
    return tuple(dict.fromkeys(found for key in keys if (found := id_of(key)) is not None))


def maybe(key: str | None, id_of: KeyMap) -> str | None:
    return None if key is None else id_of(key)


def name_mention(mention: Mention, party: KeyMap, late: KeyMap) -> Mention | None:
    """The mention of a party over the record; `late` says how a party was found that only the record could tell."""
    found = party(mention.party_id)
    if found is None:
        return None
    resolved_by = late(mention.party_id) if mention.resolved_by == "exact" else None
    return replace(mention, party_id=found, resolved_by=resolved_by or mention.resolved_by)


def name_statement(statement: Statement, party: KeyMap, late: KeyMap) -> Statement:
    """The statement of parties over the record; one whose speakers name nobody there has no way of resolving them."""
    medium = statement.medium
    speakers = ids(statement.speaker_ids, party)
    resolved_by = statement.resolved_by if speakers or not statement.speaker_ids else None
    if resolved_by == "name" and len(statement.speaker_ids) == 1:
        resolved_by = late(statement.speaker_ids[0]) or resolved_by
    return replace(
        statement,
        speaker_ids=speakers,
        resolved_by=resolved_by,
        addressee_ids=ids(statement.addressee_ids, party),
        medium=None if medium is None else replace(medium, party_id=maybe(medium.party_id, party)),
        via=tuple(
            replace(relay, party_id=found) for relay in statement.via if (found := party(relay.party_id)) is not None
        ),
    )


def with_full_name(statement: Statement, names: Mapping[str, str]) -> Statement:
    """The statement of one known speaker under the name that the whole record has for that party."""
    if len(statement.speaker_ids) != 1:
        return statement
    return replace(statement, speaker_name=names.get(statement.speaker_ids[0]) or statement.speaker_name)


def name_event(event: Event, party: KeyMap, occasion: KeyMap) -> Event:
    return replace(
        event,
        actor_ids=ids(event.actor_ids, party),
        recipient_ids=ids(event.recipient_ids, party),
        place_id=maybe(event.place_id, party),
        occasion_id=maybe(event.occasion_id, occasion),
    )


def name_figure(figure: Figure, party: KeyMap, occasion: KeyMap) -> Figure:
    return replace(figure, subject_ids=ids(figure.subject_ids, party), occasion_id=maybe(figure.occasion_id, occasion))
