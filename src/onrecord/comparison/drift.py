"""Which words two articles have otherwise between the same quotation marks.

Two quotations of one utterance can be shortened and still both be right. Where one has a word of its own in the place
of the other's, or leaves out a telling word in the middle of a sentence without a sign of it, at most one of them is
word for word. What changes little is no such change: another form of a word, another spelling, small words, what a
reporter put in brackets; nor is what one of the articles quotes both ways, since that was said twice.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache, lru_cache

from onrecord.comparison.ground import Ground, one_line, phrases
from onrecord.model import Statement

FRAME = 4
"""Words around a change that are the same on both sides, at least: in two translations fewer are."""
SAME, TELLING = 6, 3
"""Words, and telling words among them, that two stretches of quotation have in common to be of one utterance."""
OF_STRANGERS = 10
"""Words that they have in common where not both name one speaker."""
DENSE = 0.75
"""The part of the words between the first and the last that is the same, where nearly all is; where less is, the words
next to a change must be."""
WIDE = 8
"""Words around a change that are the same on both sides where the whole stretch is not nearly the same, at least."""
RUN = 3
"""Words in a row by which quotations are looked for that have something in common."""
RUNS = 2
"""Runs of words that two quotations share, at least, to be laid beside each other."""
CAP = 30
"""Quotations with one run of words that are compared with one another, at most."""
LONGEST = 4
"""Words of a change on either side, at most: in a longer one more than words is another."""
MOST = 4
"""Changes in one stretch, at most: where there are more, it was said twice or translated twice."""
LEFT_OUT = 8
"""Words that are left out, at most."""
SPELT_ALIKE = 0.6
"""Two words of which so much is the same are one word in two spellings, where one of them is a name."""
SPEAKERS_ALIKE = 0.75
"""Two surnames of which so much is the same may be one person's, where the words said are the same."""
STEM = 4
FOLDED = 20_000
"""Articles whose words are kept as one string: as long as the text, so some thirty megabytes for 10,000."""
SLIGHT = 2
"""Small words on either side of a change that says little, at most: what is the same beyond it counts as beside it."""
BESIDE = 2
"""Words before and after a change that tell whether an article quotes it both ways."""
WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)*")
ODD = re.compile(r"[\[\]()*…&#@|]|\.\.|--|—|―")
"""Signs of a reporter's hand in a quotation, an insertion, a gap, a blank; and of a break in a sentence."""
END = re.compile(r"[.!?;:](?:\W|$)")
MARKED = re.compile(r"[“\"][^“”\"\n]{1,900}[”\"]")
"""What stands between two marks; one may be straight and the other curly."""
NEGATIONS = frozenset({"not", "no", "never", "nor", "cannot", "without"})
VOWELS = re.compile(r"[aeiouy]|(.)(?=\1)")


@dataclass(frozen=True, slots=True, eq=False)
class Quoted:
    """A stretch between quotation marks: its text on one line, and its words with where they stand in it.

    Only one and the same is equal, so that what was found between two is quickly known again.
    """

    text: str
    words: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    every: frozenset[str]
    """The words, each once."""

    def gap(self, first: int, last: int) -> str:
        """The text from the word before `first` to the word at `last`, where there are such words."""
        start = self.ends[first - 1] if first else 0
        return self.text[start : self.starts[last] if last < len(self.words) else len(self.text)]

    def phrase(self, first: int, last: int) -> str:
        return self.text[self.starts[first] : self.ends[last - 1]]


@dataclass(frozen=True, slots=True)
class Change:
    """Words of two quotations that stand in one place, either of which may be none, and how they are told of."""

    left: tuple[int, int]
    right: tuple[int, int]
    told: str


def pairs(ground: Ground) -> Iterator[tuple[Statement, Statement]]:
    """The statements of two articles of one story that quote one utterance in words of which some are changed."""
    for story in sorted(ground.stories, key=lambda story: story.id):
        rows = [row for key in sorted(story.article_ids) for row in ground.corpus.statements_of.get(key, ())]
        held: dict[tuple[str, ...], list[int]] = defaultdict(list)
        for at, row in enumerate(rows):
            for run in {run for one in stretches(row) for run in _runs(one)}:
                held[run].append(at)
        often: Counter[tuple[int, int]] = Counter()
        for run, found in held.items():
            if len(found) > 1 and not all(map(is_small, run)):
                few = ground.few("quotations", found, CAP)
                often.update((a, b) for at, a in enumerate(few) for b in few[at + 1 :])
        for a, b in sorted(pair for pair, runs in often.items() if runs >= RUNS):
            one, other = rows[a], rows[b]
            if one.article_id != other.article_id and one.text != other.text and changes(ground, one, other):
                yield one, other


def changes(ground: Ground, left: Statement, right: Statement) -> list[str]:
    """The changes between what two statements quote of one utterance, in words; none where it may not be one."""
    if left.article_id == right.article_id or _are_of_two(ground, left, right):
        return []
    found = []
    for one in stretches(left):
        for other in stretches(right):
            for change in between(one, other, SAME if _are_of_one(left, right) else OF_STRANGERS):
                if not (
                    _is_quoted_in(ground, right, one, change.left) or _is_quoted_in(ground, left, other, change.right)
                ):
                    found.append(change.told)
    return list(dict.fromkeys(found))


@lru_cache(maxsize=1 << 12)
def between(one: Quoted, other: Quoted, least: int = SAME) -> tuple[Change, ...]:
    """The changes that matter between two stretches of quotation; none where too little is the same."""
    if one.words == other.words or len(one.every & other.every) < TELLING:
        return ()
    steps = SequenceMatcher(None, one.words, other.words, autojunk=False).get_opcodes()
    alike = [step for step in steps if step[0] == "equal"]
    same = [word for _, first, last, _, _ in alike for word in one.words[first:last]]
    if len(same) < least or sum(not is_small(word) for word in same) < TELLING:
        return ()
    dense = len(same) >= DENSE * max(alike[-1][2] - alike[0][1], alike[-1][4] - alike[0][3])
    found = []
    for at, (kind, *places) in enumerate(steps):
        before = steps[at - 1][2] - steps[at - 1][1] if at else 0
        after = steps[at + 1][2] - steps[at + 1][1] if at + 1 < len(steps) else 0
        if kind == "equal" or before == 0:
            continue
        around = _around(one, other, steps[:at][::-1]) + _around(one, other, steps[at + 1 :])
        if around < (FRAME if dense else WIDE):
            continue
        first, last, also_first, also_last = places
        if kind != "replace" and not dense and min(before, after) < BESIDE:
            continue
        change = _change(one, other, (first, last), (also_first, also_last), is_last=after == 0)
        if change is not None:
            found.append(change)
    return tuple(found) if len(found) <= MOST else ()


def _around(one: Quoted, other: Quoted, steps: Sequence[tuple[str, int, int, int, int]]) -> int:
    """The words that are the same from a change on, over changes of small words that say little."""
    same = 0
    for kind, first, last, also_first, also_last in steps:
        if kind == "equal":
            same += last - first
            continue
        words = (*one.words[first:last], *other.words[also_first:also_last])
        slight = max(last - first, also_last - also_first) <= SLIGHT
        if not slight or not all(map(is_small, words)) or any(map(_negates, words)):
            break
    return same


def _change(
    one: Quoted, other: Quoted, left: tuple[int, int], right: tuple[int, int], *, is_last: bool
) -> Change | None:
    """A change that matters, or null: a word for another, a negation, or telling words that one leaves out."""
    gaps = one.gap(*left), other.gap(*right)
    if any(ODD.search(gap) for gap in gaps):
        return None
    if left[0] == left[1] or right[0] == right[1]:
        whole, place = (one, left) if left[0] < left[1] else (other, right)
        wide = [text.gap(max(0, at[0] - 1), at[1] + 1) for text, at in ((one, left), (other, right))]
        here, joint = wide if whole is one else wide[::-1]
        if is_last or END.search(joint) or any(map(ODD.search, wide)) or not _is_dropped(whole, place):
            return None
        if END.search(here) and min(left[0], right[0]) < RUN:
            return None  # the other quotation may begin with the next sentence
        return Change(left, right, f"one leaves out “{whole.phrase(*place)}” without a sign of it")
    if len(END.findall(gaps[0])) != len(END.findall(gaps[1])):
        return None
    if is_last and not (left[1] == len(one.words) and right[1] == len(other.words)):
        return None
    words = one.phrase(*left), other.phrase(*right)
    if END.search(words[0]) or END.search(words[1]) or not is_other_word(*words):
        return None
    return Change(left, right, f"“{words[0]}” against “{words[1]}”")


def _is_dropped(whole: Quoted, place: tuple[int, int]) -> bool:
    """Whether words in the middle of a stretch say something, and the other stretch cannot have begun after them.

    It may have where they begin or end as the words around them do: "I am old and I am tired", "I am tired".
    """
    first, last = place
    words = whole.words[first:last]
    if len(words) > LEFT_OUT or (all(map(is_small, words)) and not any(map(_negates, words))):
        return False
    return words[-1] != whole.words[first - 1] and (last == len(whole.words) or words[0] != whole.words[last])


def is_other_word(left: str, right: str) -> bool:
    """Whether two stretches of words say another thing: each has a telling word of which the other has no form."""
    one, other = _words(left), _words(right)
    if max(len(one), len(other)) > LONGEST:
        return False
    if any(map(_negates, one)) != any(map(_negates, other)) or _are_two_persons(one, other):
        return True
    lone = [word for word in one if not is_small(word) and not any(is_form(word, also) for also in other)]
    also_lone = [word for word in other if not is_small(word) and not any(is_form(word, also) for also in one)]
    if not lone or not also_lone or any(word[0].isdigit() for word in (*one, *other)):
        return False
    return _letters(left) != _letters(right) and not is_spelt_alike(left, right)


def is_form(one: str, other: str) -> bool:
    """Whether two words are one word in two forms: `duty` and `duties`, `have` and `had`, `Sen` and `Senator`."""
    if one == other:
        return True
    short, long = sorted((one, other), key=len)
    same = next((at for at, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    return same >= STEM or (same >= 3 and same >= len(short) - 1) or _bones(one) == _bones(other)


def is_spelt_alike(left: str, right: str) -> bool:
    """Whether two names are spellings of one: each word of the shorter has one in the other that is much like it."""
    one, other = sorted((WORD.findall(left), WORD.findall(right)), key=len)
    if not any(word[0].isupper() for word in (*one, *other)):
        return False
    return all(max(_likeness(word, also) for also in other) >= SPELT_ALIKE for word in one)


def stretches(statement: Statement) -> tuple[Quoted, ...]:
    """What of a statement stands between quotation marks, each stretch by itself."""
    return () if statement.form == "indirect" else _stretches(statement.text, statement.form == "direct")


@lru_cache(maxsize=1 << 13)
def _stretches(words_said: str, is_direct: bool) -> tuple[Quoted, ...]:
    found = []
    text = one_line(words_said)
    for stretch in MARKED.findall(text) or ([text] if is_direct else []):
        words = list(WORD.finditer(stretch))
        folded = tuple(word[0].casefold().replace("’", "'") for word in words)
        starts, ends = tuple(w.start() for w in words), tuple(w.end() for w in words)
        found.append(Quoted(stretch, folded, starts, ends, frozenset(folded)))
    return tuple(found)


def is_small(word: str) -> bool:
    """Whether a word, or the word that another is drawn together with, says little by itself: `the`, `they're`."""
    return word in small() or ("'" in word and word.partition("'")[0] in small())


@cache
def small() -> frozenset[str]:
    """Words that say little by themselves in a quotation: another of them is no other saying."""
    return frozenset((*phrases()["small"]["words"], *phrases()["quoted"]["small"]))


def _runs(quoted: Quoted) -> Iterator[tuple[str, ...]]:
    return zip(*(quoted.words[at:] for at in range(RUN)), strict=False)


def _are_of_two(ground: Ground, left: Statement, right: Statement) -> bool:
    """Whether two persons are known to speak, whose last names are neither one nor spelt much alike."""
    if not left.speaker_ids or not right.speaker_ids or set(left.speaker_ids) & set(right.speaker_ids):
        return False
    one, other = ([_words(ground.name(key)) for key in row.speaker_ids] for row in (left, right))
    return not any(_likeness(a[-1], b[-1]) >= SPEAKERS_ALIKE for a in one for b in other if a and b)


def _are_of_one(left: Statement, right: Statement) -> bool:
    return bool(set(left.speaker_ids) & set(right.speaker_ids))


def _is_quoted_in(ground: Ground, statement: Statement, quoted: Quoted, place: tuple[int, int]) -> bool:
    """Whether the article of a statement has words of the other quotation too, with the words next to them."""
    first, last = max(0, place[0] - BESIDE), min(len(quoted.words), place[1] + BESIDE)
    words = " ".join(quoted.words[first:last])
    return f" {words} " in _folded(ground.article(statement.article_id).text)


@lru_cache(maxsize=FOLDED)
def _folded(text: str) -> str:
    return f" {_joined(text)} "


def _negates(word: str) -> bool:
    return word in NEGATIONS or word.endswith("n't")


def _are_two_persons(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether one pronoun stands for another, and so another person or thing is spoken of."""
    classes = [group.split() for group in phrases()["quoted"]["persons"]]
    if len(one) != 1 or len(other) != 1:
        return False
    found = [next((at for at, group in enumerate(classes) if word in group), None) for word in (one[0], other[0])]
    return None not in found and found[0] != found[1]


def _words(text: str) -> list[str]:
    return _joined(text).split()


def _joined(text: str) -> str:
    """The words of a text, folded, with a space between two."""
    return " ".join(WORD.findall(text)).casefold().replace("’", "'")


def _letters(text: str) -> str:
    return "".join(_words(text)).replace("'", "")


def _bones(word: str) -> str:
    """A word without its vowels and doubled letters, in which spellings of one name differ."""
    return VOWELS.sub("", word)


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, one.casefold(), other.casefold(), autojunk=False).ratio()
