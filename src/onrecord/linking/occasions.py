"""One occasion over the record from the spellings of many articles: by its series and its edition."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from onrecord.model import Bundle, LocalOccasion, Occasion, OccasionMention, When, digest
from onrecord.model.series import YEAR, series_key

VISITS = frozenset({"state_visit", "official_visit", "working_visit"})
PRECISION = ("minute", "hour", "day", "week", "month", "quarter", "half", "year", "decade")
PlaceOf = Callable[[str, str], str | None]


@dataclass(frozen=True, slots=True)
class Told:
    """An occasion as one article names it, with what tells it from others."""

    article_id: str
    occasion: LocalOccasion
    series: str
    edition: str | None
    year: str | None


@dataclass(frozen=True)
class OccasionMerge:
    """The occasions of a record, and which of them each article's own key means."""

    occasions: tuple[Occasion, ...]
    _ids: Mapping[tuple[str, str], str] = field(repr=False)

    def id_of(self, article_id: str, key: str) -> str | None:
        """The occasion that a local key of an article means, or null."""
        return self._ids.get((article_id, key))


def merge(bundles: Sequence[Bundle], place_of: PlaceOf) -> OccasionMerge:
    """The occasions of all bundles; the same whatever their order. `place_of` gives a party's id for a local key.

    Two articles mean one occasion when its series and its ordinal agree; one that gives no ordinal joins the only
    edition of its series in the same year, and else stays apart.
    """
    told = sorted(
        (_told(bundle, occasion, place_of) for bundle in bundles for occasion in bundle.occasions),
        key=lambda t: (t.series, t.article_id, t.occasion.mentions),
    )
    series: dict[str, list[Told]] = defaultdict(list)
    for one in told:
        series[one.series].append(one)
    occasions: list[Occasion] = []
    ids: dict[tuple[str, str], str] = {}
    for key in sorted(series):
        named = max((t.occasion.series or "" for t in series[key]), key=lambda name: (len(name), name))
        for edition, members in sorted(_editions(series[key]).items()):
            occasion = _occasion(digest("occasion", key, edition), members, named, place_of)
            occasions.append(occasion)
            ids.update({(t.article_id, t.occasion.key): occasion.id for t in members})
    return OccasionMerge(tuple(sorted(occasions, key=lambda o: o.id)), ids)


def _told(bundle: Bundle, occasion: LocalOccasion, place_of: PlaceOf) -> Told:
    article = bundle.article.id
    year = _year(occasion)
    if occasion.kind in VISITS:
        who = sorted(place_of(article, key) or f"{article}{key}" for key in occasion.party_keys)
        where = place_of(article, occasion.place_key) if occasion.place_key else None
        month = occasion.when.earliest[:7] if occasion.when and occasion.when.earliest else None
        return Told(article, occasion, f"visit {' '.join(who)} to {where or article}", month, year)
    edition = str(occasion.ordinal) if occasion.ordinal is not None else None
    named = series_key(occasion.series or occasion.name)
    kind = "anniversary" if occasion.kind == "anniversary" else "occasion"
    return Told(article, occasion, f"{kind} {named}", edition or _named_year(occasion), year)


def _named_year(occasion: LocalOccasion) -> str | None:
    """The year in an occasion's own name ("2018 Games"), which tells its edition as an ordinal does."""
    found = YEAR.search(occasion.name)
    return found[0] if found else None


def _year(occasion: LocalOccasion) -> str | None:
    when = occasion.when
    if when is None or when.earliest is None or when.latest is None or when.earliest[:4] != when.latest[:4]:
        return _named_year(occasion)
    return when.earliest[:4]


def _editions(told: Iterable[Told]) -> dict[str, list[Told]]:
    """The tellings of one series by edition; those without one join the only edition of their year."""
    known: dict[str, list[Told]] = defaultdict(list)
    loose: list[Told] = []
    for one in told:
        if one.edition is None:
            loose.append(one)
        else:
            known[one.edition].append(one)
    years = {edition: {t.year for t in members if t.year} for edition, members in known.items()}
    for one in loose:
        fits = [edition for edition, found in sorted(years.items()) if one.year is not None and one.year in found]
        known[fits[0] if len(fits) == 1 else f"in {one.year or ''}"].append(one)
    return known


def _occasion(key: str, members: Sequence[Told], series: str, place_of: PlaceOf) -> Occasion:
    local = [t.occasion for t in members]
    name = max((o.name for o in local), key=lambda n: (len(n), n))
    ordinals = [o.ordinal for o in local if o.ordinal is not None]
    places = Counter(
        found for t in members if t.occasion.place_key and (found := place_of(t.article_id, t.occasion.place_key))
    )
    mentions = {OccasionMention(t.article_id, p.start, p.end) for t in members for p in t.occasion.mentions}
    kinds = Counter(o.kind for o in local)
    return Occasion(
        id=key,
        name=name,
        kind=min(kinds, key=lambda k: (-kinds[k], k)),
        ordinal=min(ordinals, default=None),
        series=series or None,
        when=_when([o.when for o in local if o.when is not None]),
        place_id=min(places, key=lambda p: (-places[p], p), default=None),
        mentions=tuple(sorted(mentions, key=lambda m: (m.article_id, m.start, m.end))),
    )


def _when(times: Sequence[When]) -> When | None:
    """The time most articles give, the more exact of two that are given as often."""
    counts: Counter[tuple[str | None, str | None]] = Counter((t.earliest, t.latest) for t in times if t.earliest)
    dated = [t for t in times if t.earliest is not None] or list(times)

    def rank(when: When) -> tuple[int, int, str, str]:
        exact = PRECISION.index(when.precision) if when.precision in PRECISION else len(PRECISION)
        return -counts[(when.earliest, when.latest)], exact, when.earliest or "", when.text

    return min(dated, key=rank, default=None)
