"""Promises that a later article reports as kept or puts off: which event met one, and which are superseded.

Strict on purpose, for who is told that a promise was kept is told so in somebody's name: the act that was promised and
the act that was reported are of one type and mode, by the same party, to the same party or of the same thing, and what
happened lies after the promise and not after its time. What says less is left open.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from onrecord.model import Article, Commitment, Corpus, Event, When

Key = tuple[str, str, str, str]
"""An actor, the type and mode of an act, and the party it is done to or the thing it is about."""
INTENDED = frozenset({"planned", "possible"})
REAL = frozenset({"happened", "ongoing"})
STEM = 5
"""Letters by which two forms of one noun are known ("agreement", "agreements")."""
SHORTEST = 4
"""Letters of the shortest word that names a thing."""
NEGATED = re.compile(r"(?:not|never|n['’]t)\b", re.IGNORECASE)
ALIKE = 0.6
"""How much of the words of two promises must be the same for the later to put off the earlier; no gold set has such
pairs, so this is set where invented pairs part (tests/rooms/linking/test_promises.py)."""
SHARED = 3
"""And how many words at least."""


def settled(corpus: Corpus) -> tuple[Commitment, ...]:
    """The commitments of a corpus in their order, each `met` with its event, `superseded`, or as it was.

    A pure function of the rows; an article without a date settles nothing and is settled by nothing.
    """
    kept = met_by(corpus)
    late = superseded(corpus)
    return tuple(
        replace(row, status="met", met_by=kept[row.id])
        if row.id in kept
        else replace(row, status="superseded")
        if row.id in late
        else row
        for row in corpus.commitments
    )


def met_by(corpus: Corpus) -> dict[str, str]:
    """The event of a later article that met a commitment, by the commitment's id; the earliest where several did."""
    done: dict[Key, list[Event]] = defaultdict(list)
    for event in corpus.events:
        if event.status in REAL:
            for key in _keys(corpus, event):
                done[key].append(event)
    found = {}
    for commitment in corpus.commitments:
        if commitment.status != "open" or NEGATED.match(commitment.what):
            continue
        candidates = {
            event.id: event
            for intended in _intended(corpus, commitment)
            for key in _keys(corpus, intended)
            for event in done.get(key, ())
            if _meets(corpus, commitment, intended, event)
        }
        if candidates:
            found[commitment.id] = min(candidates, key=lambda i: (_day(corpus, candidates[i].article_id) or "", i))
    return found


def _intended(corpus: Corpus, commitment: Commitment) -> Iterator[Event]:
    """The acts to come that stand in the words of a commitment, by those who made it."""
    for event in corpus.events_of.get(commitment.article_id, ()):
        ours = set(event.actor_ids) & set(commitment.who_ids)
        if ours and event.status in INTENDED and any(commitment.passage.holds(t) for t in event.triggers):
            yield event


def _keys(corpus: Corpus, event: Event) -> list[Key]:
    """What an event is found by: its actors with its recipients or, where it has none, with what its words name."""
    about = list(event.recipient_ids) if event.recipients else sorted(_things(corpus, event))
    return [(actor, event.type, event.mode or "", thing) for actor in event.actor_ids for thing in about]


def _things(corpus: Corpus, event: Event) -> set[str]:
    """The stems of the words of an event's triggers after their verb: "the treaty" of "signed the treaty"."""
    text = corpus.article[event.article_id].text
    words = [re.findall(r"[^\W\d_]+", trigger.of(text).lower())[1:] for trigger in event.triggers]
    return {word[:STEM] for found in words for word in found if len(word) >= SHORTEST}


def _meets(corpus: Corpus, commitment: Commitment, intended: Event, event: Event) -> bool:
    promised, reported = _day(corpus, commitment.article_id), _first_day(corpus.article.get(event.article_id))
    if promised is None or reported is None or reported <= promised:
        return False
    if intended.place_id is not None and event.place_id is not None and intended.place_id != event.place_id:
        return False
    if set(commitment.who_ids) - set(event.actor_ids) - set(event.recipient_ids):
        return False
    happened = event.when
    if happened is None or happened.earliest is None:
        return commitment.due is None or _first(commitment.due) is None or _first(commitment.due) <= reported
    if (happened.latest or happened.earliest)[:10] < promised:
        return False
    return (
        commitment.due is None or commitment.due.latest is None or happened.earliest[:10] <= commitment.due.latest[:10]
    )


def superseded(corpus: Corpus) -> frozenset[str]:
    """The ids of the commitments that got another due date in a later article, by the same party for the same thing."""
    blocks: dict[tuple[tuple[str, ...], str], list[Commitment]] = defaultdict(list)
    for row in corpus.commitments:
        words = _words(row)
        if row.who_ids and words and row.due is not None and row.due.earliest is not None:
            blocks[tuple(sorted(row.who_ids)), words[0][:STEM]].append(row)
    return frozenset(
        earlier.id
        for block in blocks.values()
        for earlier in block
        for later in block
        if _puts_off(corpus, earlier, later)
    )


def _puts_off(corpus: Corpus, earlier: Commitment, later: Commitment) -> bool:
    first, second = _day(corpus, earlier.article_id), _first_day(corpus.article.get(later.article_id))
    if first is None or second is None or second <= first or earlier.due is None or later.due is None:
        return False
    apart = _is_before(earlier.due, later.due) or _is_before(later.due, earlier.due)
    ours, theirs = set(_words(earlier)), set(_words(later))
    shared = len(ours & theirs)
    return apart and shared >= SHARED and shared / len(ours | theirs) >= ALIKE


def _words(row: Commitment) -> list[str]:
    """The words of a promise that tell what it is of, without its due date's and without numbers."""
    due = set(re.findall(r"\w+", row.due.text.lower())) if row.due is not None else set()
    found = re.findall(r"[^\W\d_]+", row.what.lower())
    return [word[: STEM + 1] for word in found if len(word) >= SHORTEST and word not in due]


def _is_before(one: When, other: When) -> bool:
    return one.latest is not None and other.earliest is not None and one.latest[:10] < other.earliest[:10]


def _first(when: When) -> str:
    return (when.earliest or when.latest or "")[:10]


def _day(corpus: Corpus, article_id: str) -> str | None:
    """The last day on which an article may have been published."""
    published = corpus.article[article_id].published if article_id in corpus.article else None
    return published.latest[:10] if published is not None and published.latest is not None else None


def _first_day(article: Article | None) -> str | None:
    published = article.published if article is not None else None
    return published.earliest[:10] if published is not None and published.earliest is not None else None
