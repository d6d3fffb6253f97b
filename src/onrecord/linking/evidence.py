"""What speaks for and against two tellings being of one event, what it is worth, and how it is said in words."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from tomllib import loads

from onrecord.linking.tellings import MUTUAL, Days, Side, Telling, cosine
from onrecord.model import Corpus

ALIKE = 0.3
"""Names share so much of the weight of their words at least where they are taken for names of one party."""
FEW_DAYS = 3
"""Two dates so far apart at most may be one event's: the day of a talk and of the communiqué on it."""
EXACT = 3
"""A time of so many days at most is a day for comparison; a longer one is a period that the day lies in."""

PIECES = (
    "same_act", "same_type", "same_mode", "actors", "recipients", "both", "actors_differ", "recipients_differ",
    "same_day", "near_day", "days_differ", "place", "places_differ", "context", "story", "occasion",
    "published_apart", "status", "inside", "headline", "one_sentence",
)  # fmt: skip
"""The pieces of evidence that there may be; `training/event_weights.py` learns what each is worth."""


@cache
def worth() -> dict[str, float]:
    """What each piece of evidence adds to the log odds."""
    table = loads(files(__package__).joinpath("weights.toml").read_text(encoding="utf8"))
    return {name: float(value) for name, value in table["event"].items()}


def evidence(left: Telling, right: Telling) -> dict[str, float]:
    """The pieces of evidence on a pair of tellings, each from 0 to 1; what does not apply is left out."""
    found = {
        "same_act": float(left.act == right.act),
        "same_type": float(left.event.type == right.event.type),
        "same_mode": float(left.event.mode is not None and left.event.mode == right.event.mode),
        "context": cosine(left.context, right.context),
        "story": float(left.story == right.story),
        "occasion": float(left.event.occasion_id is not None and left.event.occasion_id == right.event.occasion_id),
        "status": float((left.event.status == "denied") != (right.event.status == "denied")),
    }
    found |= _sides(left, right)
    found["both"] = min(found.get("actors", 0.0), found.get("recipients", 0.0))
    if left.event.article_id == right.event.article_id:
        found["inside"] = 1.0
        found["headline"] = float(left.headline != right.headline)
        found["one_sentence"] = float(left.sentence == right.sentence)
    found |= _times(left.days, right.days)
    if left.place and right.place:
        found["place" if left.place == right.place else "places_differ"] = 1.0
    if left.published and right.published:
        found["published_apart"] = min(1.0, max(0, abs(left.published[0] - right.published[0]) - 2) / 28)
    return found


def _sides(left: Telling, right: Telling) -> dict[str, float]:
    """How far actors and recipients are the same; who acts on whom makes no difference in mutual acts."""
    straight = _alike(left.actors, right.actors), _alike(left.recipients, right.recipients)
    if left.event.type in MUTUAL and right.event.type in MUTUAL:
        crossed = _alike(left.actors, right.recipients), _alike(left.recipients, right.actors)
        if sum(x or 0.0 for x in crossed) > sum(x or 0.0 for x in straight):
            straight = crossed
    found: dict[str, float] = {}
    for name, alike in zip(("actors", "recipients"), straight, strict=True):
        if alike is not None:
            found[name if alike > 0 else f"{name}_differ"] = alike or 1.0
    return found


def _alike(left: Side, right: Side) -> float | None:
    """From 0 to 1 how far two sides name the same; null where one names nobody."""
    if left.ids & right.ids:
        return 1.0
    if not left.words or not right.words:
        return None
    alike = cosine(left.words, right.words)
    if alike >= ALIKE:
        return alike
    return 0.0 if left.ids and right.ids else None


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


def odds(found: Mapping[str, float]) -> float:
    """The log odds that the evidence gives."""
    known = worth()
    return known["bias"] + math.fsum(known.get(name, 0.0) * value for name, value in found.items())


def probability(log_odds: float) -> float:
    """The probability of log odds."""
    return 1 / (1 + math.exp(-log_odds))


def explanation(corpus: Corpus, left: Telling, right: Telling, found: Mapping[str, float]) -> str:
    """In one sentence, why two tellings are taken for one event, and what they tell differently."""
    said = [_words(corpus, one) for one in (left, right)]
    act = f"both say “{said[0]}”" if said[0].casefold() == said[1].casefold() else f"“{said[0]}” and “{said[1]}”"
    for_it = [act, *_named(corpus, left, right, found)]
    if found.get("same_day"):
        for_it.append(f"same day ({_shared_days(left, right)})")
    elif found.get("near_day"):
        for_it.append(f"times that fit ({_days(left)}; {_days(right)})")
    if found.get("place"):
        for_it.append(f"both in {_place(corpus, left)}")
    if found.get("occasion"):
        for_it.append(f"both at the {corpus.occasion[left.event.occasion_id or ''].name}")
    if found.get("context", 0.0) >= 0.15:
        for_it.append("much the same words around it")
    if found.get("story") and left.event.article_id != right.event.article_id:
        for_it.append("articles on one story")
    against = _against(corpus, left, right, found)
    return "; ".join([", ".join(for_it), *against])


def _words(corpus: Corpus, one: Telling) -> str:
    return " ".join(one.event.triggers[0].of(corpus.article[one.event.article_id].text).split())


def _named(corpus: Corpus, left: Telling, right: Telling, found: Mapping[str, float]) -> list[str]:
    """Which parties both tell of, by name, or else that their words fit."""
    shared = sorted(corpus.party[key].name for key in left.parties & right.parties)
    if shared:
        who = "same actors and recipients" if found.get("actors") and found.get("recipients") else "both with"
        return [f"{who} ({', '.join(shared)})" if who != "both with" else f"both with {', '.join(shared)}"]
    said = []
    for side in ("actors", "recipients"):
        if found.get(side):
            mine, theirs = (", ".join(getattr(one.event, side)) for one in (left, right))
            said.append(f"“{mine}” and “{theirs}” fit" if mine != theirs else f"both with “{mine}”")
    return said


def _days(one: Telling) -> str:
    when = one.event.when
    if when is None or when.earliest is None or when.latest is None:
        return "no time given"
    return (
        when.earliest[:10] if when.earliest[:10] == when.latest[:10] else f"{when.earliest[:10]} to {when.latest[:10]}"
    )


def _shared_days(left: Telling, right: Telling) -> str:
    return min(_days(left), _days(right), key=len)


def _place(corpus: Corpus, one: Telling) -> str:
    if one.event.place_id and corpus.party[one.event.place_id].name:
        return corpus.party[one.event.place_id].name
    return one.event.place or ""


def _against(corpus: Corpus, left: Telling, right: Telling, found: Mapping[str, float]) -> list[str]:
    said = []
    if found.get("days_differ"):
        said.append(f"but the times differ ({_days(left)}; {_days(right)})")
    if found.get("places_differ"):
        said.append(f"the places are told differently ({_place(corpus, left)}; {_place(corpus, right)})")
    if found.get("status"):
        said.append("one says that it did not happen")
    return said
