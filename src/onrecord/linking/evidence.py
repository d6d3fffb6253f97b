"""What speaks for and against two tellings being of one event, what it is worth, and how it is said in words."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from tomllib import loads

from onrecord.linking.tellings import MUTUAL, Days, Side, Telling, cosine
from onrecord.model import Corpus, When
from onrecord.model.spoken import when_words

ALIKE = 0.3
"""Names share so much of the weight of their words at least where they are taken for names of one party."""
RARE = 6.0
"""Words of so much rarity together, say a family name, tell who is meant."""
SHARED_AT_LEAST = 0.2
"""What a party in common is worth where nearly all events of the story have it."""
TELLING = ("actors", "recipients", "same_day", "place", "occasion")
"""Beside the words around it, what can tell one act of a kind from another of its kind."""
AROUND_ALIKE = 0.1
"""Sentences so much alike share a telling word or two."""
NAMESAKES = 0.5
"""What one surname is worth where the record keeps its bearers apart."""
FEW_DAYS = 3
"""Two dates so far apart at most may be one event's: the day of a talk and of the communiqué on it."""
LONG_PAST = 365
"""Days before an article by which what it tells is history."""
STANCES = frozenset({"SUPPORT", "REJECT", "ACCUSE", "REQUEST", "THREATEN", "AGREE"})
"""Acts of speech: who opposes one thing today opposes another tomorrow."""
REAL = frozenset({"happened", "ongoing"})
EXACT = 3
"""A time of so many days at most is a day for comparison; a longer one is a period that the day lies in."""

PIECES = (
    "same_lemma", "same_act", "same_type", "same_mode", "actors", "recipients", "both", "actors_differ",
    "recipients_differ", "actors_unlike", "recipients_unlike", "same_day", "near_day", "days_differ", "place",
    "places_differ", "context", "topic", "story", "occasion", "numbers_same", "numbers_differ", "published_apart",
    "status", "inside", "headline", "one_sentence", "bare", "strangers", "persons_differ", "both_unlike",
    "stance_unlike", "unreal",
)  # fmt: skip
"""The pieces of evidence that there may be; `training/event_weights.py` learns what each is worth."""


ANOTHER = "another"
"""It was done to one named person here and to another there: that is no evidence to weigh but settles it."""


@cache
def worth() -> dict[str, float]:
    """What each piece of evidence adds to the log odds."""
    table = loads(files(__package__).joinpath("weights.toml").read_text(encoding="utf8"))
    return {name: float(value) for name, value in table["event"].items()}


def evidence(left: Telling, right: Telling) -> dict[str, float]:
    """The pieces of evidence on a pair of tellings, each from 0 to 1; what does not apply is left out."""
    found = {
        "same_lemma": float(left.lemma == right.lemma),
        "same_act": float(left.act == right.act),
        "same_type": float(left.event.type == right.event.type),
        "same_mode": float(left.event.mode is not None and left.event.mode == right.event.mode),
        "context": cosine(left.context, right.context),
        "topic": cosine(left.topic, right.topic),
        "story": float(left.story == right.story),
        "occasion": float(left.event.occasion_id is not None and left.event.occasion_id == right.event.occasion_id),
        "status": float((left.event.status == "denied") != (right.event.status == "denied")),
    }
    found |= _sides(left, right)
    found |= _unlike(left, right, found)
    found["unreal"] = float(
        (left.event.status in REAL) != (right.event.status in REAL)
        and "possible" in (left.event.status, right.event.status)
    )
    if left.event.article_id == right.event.article_id:
        found["inside"] = 1.0
        found["headline"] = float(left.headline != right.headline)
        found["one_sentence"] = float(left.sentence == right.sentence)
    if left.story != right.story and left.names and right.names:
        found["strangers"] = float(left.names.isdisjoint(right.names))
    found |= _times(left.days, right.days) or _long_past(left, right)
    if left.place and right.place:
        found["place" if left.place == right.place else "places_differ"] = 1.0
    if left.published and right.published:
        found["published_apart"] = min(1.0, max(0, abs(left.published[0] - right.published[0]) - 2) / 28)
    found["bare"] = float(not any(found.get(name) for name in TELLING) and found["context"] < AROUND_ALIKE)
    return found


def _unlike(left: Telling, right: Telling, found: Mapping[str, float]) -> dict[str, float]:
    """Nothing in common on either side; or nothing on one, in acts of speech and stance, of which one has many."""
    sides = [
        max(found.get(f"{side}_unlike", 0.0), found.get(f"{side}_differ", 0.0)) for side in ("actors", "recipients")
    ]
    stance = left.event.type in STANCES and right.event.type in STANCES
    return {"both_unlike": min(sides), "stance_unlike": max(sides) if stance else 0.0}


def _sides(left: Telling, right: Telling) -> dict[str, float]:
    """How far actors and recipients are the same; who acts on whom makes no difference in mutual acts."""
    order = (right.actors, right.recipients)
    found = _matched(left, order)
    if left.event.type in MUTUAL and right.event.type in MUTUAL:
        crossed = _matched(left, (order[1], order[0]))
        if _sum(crossed) > _sum(found):
            return crossed
    return found


def _matched(left: Telling, right: tuple[Side, Side]) -> dict[str, float]:
    """What a telling's two sides have in common with two others."""
    found: dict[str, float] = {}
    for name, mine, theirs in zip(("actors", "recipients"), (left.actors, left.recipients), right, strict=True):
        alike = _alike(mine, theirs)
        if alike is not None:
            found[name + alike[0]] = alike[1]
        if _are_other_persons(mine, theirs):
            found["persons_differ"] = 1.0
            if name == "recipients" and len(mine.persons) == len(theirs.persons) == 1:
                found[ANOTHER] = 1.0
        if mine.numbers and theirs.numbers:
            found["numbers_differ" if mine.numbers.isdisjoint(theirs.numbers) else "numbers_same"] = 1.0
    found["both"] = min(found.get("actors", 0.0), found.get("recipients", 0.0))
    return found


def _sum(found: Mapping[str, float]) -> float:
    return found.get("actors", 0.0) + found.get("recipients", 0.0)


def _alike(left: Side, right: Side) -> tuple[str, float] | None:
    """How two sides compare, and how much that tells, from 0 to 1; null where one names nobody.

    They are alike, or (`_unlike`) have no word in common, or (`_differ`) are other parties of the record. Words in
    common count for as much as they are rare: "a former employee" tells more than "a man".
    """
    shared = [max(left.ids[key], SHARED_AT_LEAST) for key in left.ids if key in right.ids]
    if shared:
        return "", max(shared)
    if any(one == two and (not a or not b or a == b) for one, a in left.persons for two, b in right.persons):
        return "", NAMESAKES
    if not left.words or not right.words:
        return None
    both = left.words.keys() & right.words.keys()
    common = math.fsum([min(left.words[word], right.words[word]) for word in both])
    alike = common / max(math.fsum(left.words.values()), math.fsum(right.words.values())) if both else 0.0
    if alike >= ALIKE:
        return "", alike * min(1.0, common / RARE)
    if left.ids and right.ids:
        return "_differ", 1.0
    return ("_unlike", 1.0) if common == 0 else None


def _are_other_persons(left: Side, right: Side) -> bool:
    """Both sides name persons, and no surname stands on both."""
    return bool(left.persons and right.persons) and {a for a, _ in left.persons}.isdisjoint(b for b, _ in right.persons)


def _times(left: Days | None, right: Days | None) -> dict[str, float]:
    if left is None or right is None:
        return {}
    gap = max(left[0] - right[1], right[0] - left[1])
    exact = max(left[1] - left[0], right[1] - right[0]) < EXACT
    if gap <= 0:
        return {"same_day" if exact else "near_day": 1.0}
    if gap <= FEW_DAYS:
        return {"near_day": 0.5}
    return {"days_differ": 1.0}


def _long_past(left: Telling, right: Telling) -> dict[str, float]:
    """One is dated long before its own article came out, the other not at all: what has no date is mostly new."""
    dated = left if right.days is None else right
    if (left.days is None) == (right.days is None) or dated.published is None or dated.days is None:
        return {}
    return {"days_differ": 1.0} if dated.days[1] < dated.published[0] - LONG_PAST else {}


def odds(found: Mapping[str, float]) -> float:
    """The log odds that the evidence gives."""
    known = worth()
    return known["bias"] + math.fsum(known.get(name, 0.0) * value for name, value in found.items())


def probability(log_odds: float) -> float:
    """The probability of log odds."""
    return 1 / (1 + math.exp(-log_odds))


def explanation(corpus: Corpus, left: Telling, right: Telling, found: Mapping[str, float]) -> str:
    """Why two tellings are taken for one event, in a sentence, and what they tell differently, in others."""
    said = [_words(corpus, one) for one in (left, right)]
    act = f"both say “{said[0]}”" if said[0].casefold() == said[1].casefold() else f"“{said[0]}” and “{said[1]}”"
    for_it = [act, *_named(corpus, left, right, found)]
    if found.get("same_day"):
        for_it.append(f"same day ({_shared_days(left, right)})")
    elif found.get("near_day"):
        fit = "times that fit" if found["near_day"] == 1.0 else "days close to one another"
        for_it.append(f"{fit} ({_days(left)}; {_days(right)})")
    if found.get("place"):
        for_it.append(f"both in {_place(corpus, left)}")
    if found.get("occasion"):
        for_it.append(f"both at the {corpus.occasion[left.event.occasion_id or ''].name}")
    if found.get("context", 0.0) >= 0.15:
        for_it.append("much the same words around it")
    if found.get("story") and left.event.article_id != right.event.article_id:
        for_it.append("articles on one story")
    against = _against(corpus, left, right, found)
    return " ".join(sentence(one) for one in (", ".join(for_it), *against))


def sentence(words: str) -> str:
    """The words with a capital and a full stop."""
    return f"{words[:1].upper()}{words[1:]}."


def _words(corpus: Corpus, one: Telling) -> str:
    return " ".join(one.event.triggers[0].of(corpus.article[one.event.article_id].text).split())


def _named(corpus: Corpus, left: Telling, right: Telling, found: Mapping[str, float]) -> list[str]:
    """Which parties both tell of, by name, or else that their words fit."""
    shared = ", ".join(sorted(corpus.party[key].name for key in left.parties & right.parties))
    if shared:
        both_sides = found.get("actors") and found.get("recipients")
        return [f"same actors and recipients ({shared})" if both_sides else f"both with {shared}"]
    said = []
    for side in ("actors", "recipients"):
        mine, theirs = (", ".join(getattr(one.event, side)) for one in (left, right))
        if found.get(side) and mine and theirs:
            said.append(f"both with “{mine}”" if mine == theirs else f"“{mine}” and “{theirs}” fit")
    return said


def days_told(when: When | None, none: str, to: str = " to ") -> str:
    """A time's first and last day, `none` where it has none."""
    if when is None or when.earliest is None or when.latest is None:
        return none
    first, last = when.earliest[:10], when.latest[:10]
    return first if first == last else f"{first}{to}{last}"


def _days(one: Telling) -> str:
    return when_words(one.event.when) or "no time given"


def _shared_days(left: Telling, right: Telling) -> str:
    return min(_days(left), _days(right), key=len)


def _place(corpus: Corpus, one: Telling) -> str:
    if one.event.place_id and corpus.party[one.event.place_id].name:
        return corpus.party[one.event.place_id].name
    return one.event.place or ""


def _against(corpus: Corpus, left: Telling, right: Telling, found: Mapping[str, float]) -> list[str]:
    said = []
    if found.get("days_differ"):
        said.append(f"the times differ ({_days(left)}; {_days(right)})")
    if found.get("places_differ"):
        said.append(f"the places are told differently ({_place(corpus, left)}; {_place(corpus, right)})")
    if found.get("status"):
        said.append("one says that it did not happen")
    return said
