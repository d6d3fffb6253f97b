"""What only several articles together tell: copies, stories, links and comparisons."""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from onrecord.comparison import publication, questions
from onrecord.comparison.origins import Origins
from onrecord.linking import copies, credits, editions, events, figures, same_words, stems, stories
from onrecord.model import Comparison, Corpus, Link, Story
from onrecord.model.outlets import press_parties

LINKERS = (same_words.links, events.links, figures.links, editions.links)
"""Every linker that compares in blocks, beside `copies`, which the stories rest on."""


@dataclass(frozen=True, slots=True)
class Across:
    """The tables that hold what several articles tell together."""

    links: tuple[Link, ...]
    stories: tuple[Story, ...]
    comparisons: tuple[Comparison, ...]
    capped: tuple[tuple[str, int], ...] = ()
    """By linker or question, how many keys more things share than are all compared with one another, where any do."""


Adjust = Callable[[list[Link]], list[Link]]


def link_and_compare(
    corpus: Corpus,
    tell: Callable[[str], None] = lambda stage: None,
    judged: Adjust = lambda links: links,
    outlets: Mapping[str, str] | None = None,
) -> Across:
    """The links, stories and comparisons of a corpus; `tell` hears what is being done.

    `judged` gives the links as a person's judgements leave them, before anything is compared; `outlets` says of an
    article's id which outlet or owner it counts for, where a person's list groups them.
    """
    with uncollected():
        capped: Counter[str] = Counter()
        tell("copies")
        copied = copies.links(corpus, capped)
        tell("stories")
        found = stories.cluster(corpus, copied, capped)
        links = list(copied)
        for linker in LINKERS:
            tell(linker.__module__.rpartition(".")[2])
            links += linker(corpus, found, capped)
        tell("credits")
        press = press_parties(corpus)
        links += credits.links(corpus, found, press)
        stems.forget()
        links = judged(sorted(links, key=lambda link: link.id))
        tell("comparisons")
        compared = [row for article in corpus.articles for row in publication.compare(article)]
        compared += questions.compare(corpus, links, found, Origins(corpus, links, press), outlets, capped)
        compared.sort(key=lambda row: row.id)
        return Across(tuple(links), found, tuple(compared), tuple(sorted(capped.items())))


@contextmanager
def uncollected() -> Iterator[None]:
    """Inside, nobody looks for unused objects that point at one another: linking makes millions of rows, and no such.

    Looking through them all again and again takes a quarter of the time. What is not pointed at is freed as ever.
    """
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
