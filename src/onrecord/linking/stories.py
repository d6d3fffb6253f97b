"""Stories: clusters of articles on one happening, over days.

Articles that share rare words, parties and occasions in near weeks are compared; likeness counts words, parties and
occasions, and falls with the days between them. Average-link clustering joins them (`clusters.py`).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import pairwise

from onrecord.linking.blocks import Capped, note
from onrecord.linking.clusters import Settings, cluster_profiles
from onrecord.linking.neighbours import neighbours
from onrecord.linking.profiles import Profile, dot, profiles
from onrecord.model import Article, Corpus, Link, Story, When, digest

COPIED = 0.3
"""An article of whose body so much is copied from another is in its story."""
PARTIES = 12
"""A story names so many parties at most."""
BEFORE, AFTER = 14, 3
"""The days of a happening lie so far before its first article and after its last at most."""


def cluster(corpus: Corpus, links: Sequence[Link], capped: Capped | None = None) -> tuple[Story, ...]:
    """The stories of a record; `links` are its `copied_from` links.

    A story has articles of two origins at least: an article alone, or two versions of one, is none.
    """
    found = profiles(corpus)
    groups = cluster_profiles(found, candidates(corpus, found, links, capped), Settings())
    stories = (story(corpus, [found[at] for at in group]) for group in groups if of_two_origins(corpus, group))
    return tuple(sorted(stories, key=lambda row: row.id))


def candidates(
    corpus: Corpus, found: Sequence[Profile], links: Sequence[Link], capped: Capped | None = None
) -> dict[tuple[int, int], float]:
    """The pairs of articles to compare, with the likeness that is sure beforehand: copies and versions of one."""
    near = neighbours(found)
    note(capped, "stories", near.split)
    pairs = dict.fromkeys(near.pairs, 0.0)
    place = {profile.article_id: at for at, profile in enumerate(found)}
    for link in links:
        if link.kind == "copied_from" and copied_share(corpus.article[link.left_id], link) >= COPIED:
            pairs[ordered(place[link.left_id], place[link.right_id])] = 1.0
    origins: dict[str, list[int]] = defaultdict(list)
    for at, article in enumerate(corpus.articles):
        origins[article.origin].append(at)
    for versions in origins.values():
        pairs.update({pair: 1.0 for pair in pairwise(versions)})
    return pairs


def copied_share(article: Article, link: Link) -> float:
    """The part of an article's body that its copied passages cover."""
    body = sum(part.end - part.start for part in article.parts if part.role == "body")
    return sum(passage.end - passage.start for passage in link.left_passages) / body if body else 0.0


def ordered(a: int, b: int) -> tuple[int, int]:
    return (a, b) if a < b else (b, a)


def of_two_origins(corpus: Corpus, group: Sequence[int]) -> bool:
    return len({corpus.articles[at].origin for at in group}) > 1


def story(corpus: Corpus, members: Sequence[Profile]) -> Story:
    """The row of a story: its id hashes its articles."""
    ids = tuple(sorted(profile.article_id for profile in members))
    return Story(
        id=digest("story", *ids),
        title=title(corpus, members),
        article_ids=ids,
        when=when(members),
        place_id=place(corpus, ids),
        party_ids=parties(corpus, ids),
    )


def title(corpus: Corpus, members: Sequence[Profile]) -> str:
    """The headline of the article that is likest to all others; the first one's opening words where none has one."""
    words: dict[str, float] = defaultdict(float)
    for profile in members:
        for key, x in profile.words.items():
            words[key] += x
    ranked = sorted(members, key=lambda profile: (-dot(profile.words, words), profile.article_id))
    articles = [corpus.article[profile.article_id] for profile in ranked]
    return next((article.title for article in articles if article.title), opening(articles[0]))


def opening(article: Article, words: int = 12) -> str:
    """The first words of an article's body."""
    body = next((article.text[part.start : part.end] for part in article.parts if part.role == "body"), article.text)
    return " ".join(body.split()[:words])


def when(members: Sequence[Profile]) -> When | None:
    """The days that at least half of the articles name, near those of publication; else the days of publication."""
    dated = [profile.published for profile in members if profile.published]
    named = Counter(day for profile in members for day in profile.days)
    if dated:
        first, last = min(a for a, _ in dated), max(b for _, b in dated)
        named = Counter({day: n for day, n in named.items() if first - BEFORE <= day <= last + AFTER})
    days = [day for day, n in named.items() if n >= half(len(members))]
    if not days and not dated:
        return None
    if not days:
        days = [first, last]
    earliest, latest = date.fromordinal(min(days)).isoformat(), date.fromordinal(max(days)).isoformat()
    return When("", earliest, latest, "day", None, "inferred")


def half(count: int) -> int:
    """Half of the articles, rounded up, and two at least."""
    return max(2, (count + 1) // 2)


def place(corpus: Corpus, article_ids: Sequence[str]) -> str | None:
    """The city or the like that the most articles name; else the state in which half of them have an event."""
    events: dict[str, set[str]] = defaultdict(set)
    named: dict[str, set[str]] = defaultdict(set)
    mentions: Counter[str] = Counter()
    for article_id in article_ids:
        for event in corpus.events_of.get(article_id, ()):
            if event.place_id:
                events[event.place_id].add(article_id)
        for mention in corpus.mentions_of.get(article_id, ()):
            named[mention.party_id].add(article_id)
            mentions[mention.party_id] += 1
    cities = [key for key in named if corpus.party[key].kind == "place"]
    states = [key for key in events if corpus.party[key].kind == "state"]
    for keys, articles in ((cities, named), (states, events)):
        enough = [key for key in keys if len(articles[key]) >= half(len(article_ids))]
        found = only_best({key: (len(articles[key]), len(events[key]), mentions[key]) for key in enough})
        if found:
            return found
    return None


def only_best(ranks: Mapping[str, tuple[int, ...]]) -> str | None:
    """The key of the highest rank; null where two have it."""
    best = [key for key, rank in ranks.items() if rank == max(ranks.values())]
    return best[0] if len(best) == 1 else None


def parties(corpus: Corpus, article_ids: Sequence[str]) -> tuple[str, ...]:
    """The parties that at least half of the articles name, those of the most articles and mentions first."""
    articles: dict[str, set[str]] = defaultdict(set)
    mentions: Counter[str] = Counter()
    for article_id in article_ids:
        for mention in corpus.mentions_of.get(article_id, ()):
            party = corpus.party[mention.party_id]
            if party.name and party.kind not in ("place", "work"):
                articles[party.id].add(article_id)
                mentions[party.id] += 1
    shared = [key for key, found in articles.items() if len(found) >= half(len(article_ids))]
    return tuple(sorted(shared, key=lambda key: (-len(articles[key]), -mentions[key], key))[:PARTIES])
