"""An invented world for records of any size: names, outlets, words and the plans of stories, all from one seed.

A thing's name depends on its rank alone, ranks follow a law of Zipf and Mandelbrot, and a story depends on its number
and the seed alone: a record of twice as many articles begins with the same ones.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, lru_cache
from itertools import accumulate
from pathlib import Path
from random import Random
from typing import Any

FIRST_DAY = date(2031, 1, 1)
DAYS = 730
"""Stories fall on two years, however many there are, so a larger record is a denser one."""
STATES = 120
OUTLETS = 150
COINED = 6000
"""Words that stand for the rare half of a vocabulary."""
STORY_SIZES = (30, 20, 15, 12, 9, 6, 5, 3)
"""How many stories of a hundred have one article, two, up to eight."""


@cache
def lists() -> dict[str, Any]:
    """The word lists beside this file."""
    return tomllib.loads(Path(__file__).with_name("generated.toml").read_text(encoding="utf8"))


def rank(rng: Random, flat: float = 5.0, tail: float = 0.3) -> int:
    """A rank from 0 on: the first is drawn in about one of twenty cases, one of five is beyond the thousandth."""
    return int(flat * (float(rng.random() + 1e-12) ** (-1 / tail) - 1)) % 10**7


@lru_cache(maxsize=100_000)
def coined(kind: str, number: int) -> str:
    """An invented name; `kind` keeps surnames and places apart."""
    rng, told = Random(f"{kind}{number}"), lists()
    middle = rng.choice(told["middles"]) + (rng.choice(told["middles"]) if number > 500 else "")
    return str(rng.choice(told["starts"]) + middle + rng.choice(told["ends"]))


def person(number: int) -> str:
    return f"{lists()['given'][number % 30]} {coined('person', number)}"


def state(number: int) -> str:
    return coined("state", number) + "ia"


def place(number: int) -> str:
    return coined("place", number)


def named(of: str, number: int) -> str:
    """A body, an outlet or a series, called after a place."""
    shapes = lists()[of]
    return str(shapes[number % len(shapes)].format(place=place(number // len(shapes))))


@cache
def vocabulary() -> tuple[list[str], list[float]]:
    """Words of running text and their added weights: small words, real ones, and coined ones, by a law of Zipf."""
    told = lists()
    real = [*told["nouns"].split(), *told["verbs"].split(), *told["adjectives"].split()]
    Random("vocabulary").shuffle(real)
    words = [*told["small"], *told["joiners"], *real, *(coined("word", i).lower() for i in range(COINED))]
    return words, list(accumulate(1 / (at + 3) for at in range(len(words))))


@dataclass(frozen=True, slots=True)
class Figurehead:
    """A party of a story: its name, kind and, for a person, the role that it holds."""

    name: str
    kind: str
    role: str = ""
    of: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """A story before it is told: who, where, when, on what words, and the facts that articles choose from."""

    number: int
    seed: int
    persons: tuple[Figurehead, ...]
    states: tuple[Figurehead, ...]
    bodies: tuple[Figurehead, ...]
    places: tuple[Figurehead, ...]
    day: date
    topic: tuple[str, ...]
    occasion: tuple[str, int] | None
    size: int

    def rng(self, *about: object) -> Random:
        """The chance that decides one matter of the story, the same whenever it is asked."""
        return Random(f"{self.seed}/{self.number}/{'/'.join(map(str, about))}")

    def words(self, rng: Random, count: int) -> list[str]:
        """Running words, three of ten on the story's topic."""
        pool, weights = vocabulary()
        drawn = rng.choices(pool, cum_weights=weights, k=count)
        return [rng.choice(self.topic) if rng.random() < 0.3 else word for word in drawn]


def plan(number: int, seed: int) -> Plan:
    """The story of a number."""
    rng = Random(f"{seed}/{number}")
    states = [Figurehead(state(rank(rng, 4.0, 0.8) % STATES), "state") for _ in range(3)]
    roles = lists()["roles"]
    persons = tuple(
        Figurehead(person(number), "person", roles[number % len(roles)], states[at % 3].name)
        for at, number in enumerate(rank(rng) for _ in range(6))
    )
    pool, weights = vocabulary()
    common = len(lists()["small"]) + len(lists()["joiners"])
    topic = [word for word in rng.choices(pool, cum_weights=weights, k=60) if word not in pool[:common]][:25]
    topic += rng.choices(pool[common:], k=10)
    series = rank(rng, 20.0, 0.8) % 200
    return Plan(
        number=number,
        seed=seed,
        persons=tuple(dict.fromkeys(persons)),
        states=tuple(dict.fromkeys(states)),
        bodies=tuple(dict.fromkeys(Figurehead(named("bodies", rank(rng)), "organisation") for _ in range(3))),
        places=tuple(dict.fromkeys(Figurehead(place(rank(rng)), "place") for _ in range(3))),
        day=FIRST_DAY + timedelta(days=rng.randrange(DAYS)),
        topic=tuple(topic),
        occasion=(named("series", series), rng.randint(1, 12)) if rng.random() < 0.3 else None,
        size=rng.choices(range(1, 9), STORY_SIZES)[0],
    )
