"""Which one of its series an occasion is, as each article has it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from onrecord.comparison.amounts import Verdict
from onrecord.comparison.asking import Given, Question, outcome_of, paired, settled
from onrecord.comparison.ground import Ground, components, one_line
from onrecord.comparison.ordinals import WORD, ordinal_in, ordinal_of
from onrecord.model import Comparison, Occasion, Subject

BEFORE = 24
"""Characters before a name in which its ordinal may stand, where the name leaves it out."""


def compare(ground: Ground) -> Iterator[Comparison]:
    """One comparison for each occasion that several articles name, by number where they number it."""
    pairs = [(link.left_id, link.right_id) for link in ground.links if link.kind == "same_occasion"]
    linked = {key for keys in components(pairs) for key in keys}
    groups = [[one] for one in ground.corpus.occasions if one.id not in linked]
    groups += [[ground.corpus.occasion[key] for key in keys] for keys in components(pairs)]
    for occasions in sorted(groups, key=lambda group: group[0].id):
        yield from _compared(ground, occasions)


def _compared(ground: Ground, occasions: Sequence[Occasion]) -> Iterator[Comparison]:
    named = _named(ground, occasions)
    if len(named) < 2:
        return
    numbered = {key: names for key, names in named.items() if any(number is not None for _, number, _ in names)}
    about = tuple(Subject("occasions", one.id) for one in occasions)
    first = occasions[0]
    if len(numbered) > 1:
        answers = [_answer(key, str(number), number, one) for key, names in numbered.items()
                   for number, one in {n: o for _, n, o in names if n is not None}.items()]  # fmt: skip
        question = Question("edition", f"Which {first.series or first.kind} is it?", about)
        verdicts = paired(answers, lambda left, right: Verdict("agree" if left == right else "differ"))
        yield settled(ground, question, answers, outcome_of(verdicts), _explained(ground, numbered, verdicts))
    elif first.ordinal is not None or first.kind.endswith("visit"):
        answers = [_answer(key, first.name, first.id, names[0][2]) for key, names in named.items()]
        question = Question("occasion", f"Who names the {first.name}?", about)
        yield settled(
            ground, question, answers, "agree", f"{_said(ground, named)}. They mean one {first.kind.replace('_', ' ')}."
        )


Name = tuple[str, int | None, Occasion]


def _named(ground: Ground, occasions: Sequence[Occasion]) -> dict[str, list[Name]]:
    """The names by article, articles in the order of publication: the words, the number in them, the occasion."""
    found: dict[str, list[Name]] = defaultdict(list)
    for occasion in occasions:
        for mention in occasion.mentions:
            text = ground.article(mention.article_id).text
            words = one_line(text[mention.start : mention.end])
            found[mention.article_id].append((words, _number(text, mention.start, words), occasion))
    return {key: found[key] for key in sorted(found, key=lambda key: ground.place[key])}


def _number(text: str, start: int, words: str) -> int | None:
    """The number that begins a name or, spelled out, stands just before it."""
    first = WORD.search(words)
    number = ordinal_of(first[0]) if first is not None else None
    if number is not None:
        return number
    before = text[max(0, start - BEFORE) : start].rpartition(".")[2].split()
    return ordinal_in(before[-1]) if before else None


def _answer(article_id: str, value: str, content: object, occasion: Occasion) -> Given:
    return Given(occasion, value, content, article_id)


def _said(ground: Ground, named: dict[str, list[Name]]) -> str:
    return "; ".join(f"{ground.outlet(key)} names it “{names[0][0]}”" for key, names in list(named.items())[:6])


def _explained(ground: Ground, named: dict[str, list[Name]], verdicts: Sequence[object]) -> str:
    numbers = {number for names in named.values() for _, number, _ in names if number is not None}
    numbered = {key: [name for name in names if name[1] is not None] for key, names in named.items()}
    if len(numbers) == 1:
        return f"{_said(ground, numbered)}: all mean number {min(numbers)}."
    return f"{_said(ground, numbered)}. They number it differently: {', '.join(str(n) for n in sorted(numbers))}."
