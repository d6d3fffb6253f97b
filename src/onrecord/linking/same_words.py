"""One utterance in several articles: verbatim, trimmed, retranslated, paraphrased.

Statements of different articles that share words are aligned. Precision comes first: two statements of one speaker on
one topic are two utterances unless most of what either says is in the other. A change that matters (a number, a
negation, a name, an opposite) is marked in `changed`: "five → six (number)", the left article's words first.

The thresholds were set by reading the links of BASIL's 300 articles; of sixty drawn at random after that, 59 were
right.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from onrecord.linking.alignment import Change, changes, common, in_words
from onrecord.linking.blocks import Capped, note
from onrecord.linking.passages import stretches
from onrecord.linking.profiles import span
from onrecord.linking.sayings import Saying, candidates, sayings
from onrecord.linking.wording import SMALL, alike, are_opposite, is_negation, listed, number_in
from onrecord.model import Corpus, Link, Statement, Story, digest
from onrecord.model.outlets import publisher
from onrecord.model.personal import fold

Kind = Literal["verbatim", "trimmed", "retranslated", "paraphrased"]
Speakers = Literal["same", "open", "different"]

TOLD_OTHERWISE = 0.8
"""What a word counts for that another of its class stands for: "dependable" for "reliable"."""
MOVED = 0.7
"""What a word counts for that stands in both, but elsewhere: "a friendship binds us", "we are bound by friendship"."""
VERBATIM = 0.8
"""The part of the longer statement's words that stand in both, word for word, but for small changes."""
TRIMMED, DENSE = 0.85, 0.7
"""The part of the shorter statement's words that stand in the longer, and of those between the first and the last."""
OF_SHORTER, OF_STRETCH = 0.7, 0.5
"""In other words: by weight, the part of the shorter statement that is in the longer, and of the longer's stretch."""
OF_REPORTED = 0.8
"""By weight, the part of the shorter statement that is in the longer where one of the two is not quoted."""
OVERLAP_WORDS, OVERLAP_WEIGHT = 8, 14.0
"""Two quotations that each have more than the other are one utterance if so much of them is word for word the same."""
HALF = 0.5
"""Of the telling words of the one with fewer, the part that the other must have to be aligned at all, or"""
ENOUGH = 4
"""so many of them."""
LEAST_WORDS, LEAST_EXACT, LEAST_TOLD = 4, 11.0, 15.0
"""What two statements must have in common: words, their weight, and their weight where they are told otherwise."""
LEAST_QUOTED = 8.0
"""The same for two quotations of one speaker in one story: what a translator chooses are rare words."""
STRANGERS_WORDS, STRANGERS_WEIGHT = 8, 22.0
"""The same for two speakers: less is what many say."""
LASTING, DAYS = 25.0, 10
"""In articles more days apart it is one utterance only if so much is the same word for word."""
LOOSE_ENDS = 3
"""So many words at either end of both statements belong to what is compared."""
SHORT_CHANGE, LEFT_OUT = 4, 2
"""A number or a negation in a longer change, or left out with more words, was told or left out with them."""


@dataclass(frozen=True, slots=True)
class Match:
    """How two statements' words lie together: the pairs of words, and the ranges on both sides that they are of."""

    left: Saying
    right: Saying
    pairs: tuple[tuple[int, int], ...]
    of_left: range
    of_right: range
    kind: Kind
    speakers: Speakers
    closeness: float

    def changes(self) -> list[Change]:
        """The words that differ, in order; another form of a word is a change too."""
        text, starts, ends = self.left.article.text, self.left.words.starts, self.left.words.ends
        also, first, last = self.right.article.text, self.right.words.starts, self.right.words.ends
        same = [(i, j) for i, j in self.pairs if alike(text[starts[i] : ends[i]], also[first[j] : last[j]])]
        return list(changes(same, self.of_left, self.of_right))


def links(corpus: Corpus, stories: Sequence[Story], capped: Capped | None = None) -> tuple[Link, ...]:
    """The `same_words` links between statements."""
    found = sayings(corpus)
    story_of = {article_id: story.id for story in stories for article_id in story.article_ids}
    made: list[Link] = []
    best = Best()
    worth_it = candidates(found, stories)
    note(capped, "same_words", worth_it.over_full)
    for a, b in worth_it.pairs:
        left, right = found[a], found[b]
        if right.statement.id < left.statement.id:
            left, right = right, left
        story = story_of.get(left.article.id)
        match = compare(left, right, story is not None and story == story_of.get(right.article.id))
        if match is not None and best.take(match):
            made.append(link(corpus, match))
    made += [link(corpus, match) for match in best.retold()]
    return tuple(sorted(made, key=lambda row: row.id))


# ------------------------------------------------------------ deciding
def compare(left: Saying, right: Saying, together: bool) -> Match | None:
    """How two statements are one utterance, or null; `together` where their articles are of one story."""
    if not like(left, right):
        return None
    pairs = without_stray_ends(left, right, common(left.classes, right.classes))
    if not pairs:
        return None
    speakers = who(left.statement, right.statement)
    found = word_for_word(left, right, pairs, speakers) or quoted_part(left, right, speakers)
    if found is not None:
        return with_ends(found) if together or lasting(found) else None
    found = in_other_words(left, right, pairs, speakers) if together else None
    return None if found is None else with_ends(found)


def with_ends(match: Match) -> Match:
    """The match with the few words before and after it on both sides, if any: a last word that differs is a change."""
    of_left, of_right = match.of_left, match.of_right
    if are_ends(match, range(of_left.start), range(of_right.start)):
        of_left, of_right = range(of_left.stop), range(of_right.stop)
    left, right = len(match.left.words), len(match.right.words)
    if are_ends(match, range(of_left.stop, left), range(of_right.stop, right)):
        of_left, of_right = range(of_left.start, left), range(of_right.start, right)
    return replace(match, of_left=of_left, of_right=of_right)


def are_ends(match: Match, left: range, right: range) -> bool:
    """Both ranges are short, and both are the speaker's own words or both the reporter's."""
    quoted = {match.left.quoted[i] for i in left} | {match.right.quoted[j] for j in right}
    return max(len(left), len(right)) <= LOOSE_ENDS and len(quoted) == 1


def like(left: Saying, right: Saying) -> bool:
    """The two have enough telling words in common to be worth aligning."""
    both = left.telling & right.telling
    return len(both) >= min(ENOUGH, HALF * min(len(left.telling), len(right.telling)))


def without_stray_ends(left: Saying, right: Saying, pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The pairs without small words at either end that stand far from the others."""
    for end, inner in ((0, 1), (-1, -2)):
        while len(pairs) > 1 and max(left.weights[pairs[end][0]], right.weights[pairs[end][1]]) < SMALL:
            gaps = (abs(pairs[end][side] - pairs[inner][side]) for side in (0, 1))
            if max(gaps) <= 2:
                break
            del pairs[end]
    return pairs


def word_for_word(left: Saying, right: Saying, pairs: Sequence[tuple[int, int]], speakers: Speakers) -> Match | None:
    """The match of two statements in the same words, all of them or a part; or null."""
    exact = [(i, j) for i, j in pairs if left.words.stems[i] == right.words.stems[j]]
    weighs = sum(left.weights[i] for i, _ in exact)
    if len(exact) < LEAST_WORDS or weighs < (LEAST_TOLD if is_report(left, right) else LEAST_EXACT):
        return None
    if speakers == "different" and (len(exact) < STRANGERS_WORDS or weighs < STRANGERS_WEIGHT):
        return None
    short, long = sorted((len(left.words), len(right.words)))
    if len(exact) >= VERBATIM * long:
        whole = range(len(left.words)), range(len(right.words))
        found = Match(left, right, tuple(pairs), *whole, "verbatim", speakers, len(exact) / long)
        return replace(found, kind="paraphrased") if is_report(left, right) and found.changes() else found
    of_left, of_right = covered(exact)
    if len(exact) >= TRIMMED * short and len(exact) >= DENSE * max(len(of_left), len(of_right)):
        inside = tuple((i, j) for i, j in pairs if i in of_left and j in of_right)
        return Match(left, right, inside, of_left, of_right, "trimmed", speakers, len(exact) / short)
    return None


def quoted_part(left: Saying, right: Saying, speakers: Speakers) -> Match | None:
    """The match of two quotations that overlap: each may have words of the utterance that the other leaves out."""
    stretch = max(
        (one for one in stretches(left.words.stems, right.words.stems) if one.density >= TRIMMED),
        key=lambda one: sum(left.weights[i] for i, _ in one.pairs),
        default=None,
    )
    if stretch is None:
        return None
    pairs = tuple((i, j) for i, j in stretch.pairs if left.quoted[i] and right.quoted[j])
    weighs = sum(left.weights[i] for i, _ in pairs)
    strange = speakers == "different" and weighs < STRANGERS_WEIGHT
    if len(pairs) < LEAST_WORDS or weighs < LEAST_QUOTED or strange:
        return None
    of_quoted = len(pairs) / min(sum(left.quoted), sum(right.quoted))
    if (len(pairs) < OVERLAP_WORDS or weighs < OVERLAP_WEIGHT) and (of_quoted < TRIMMED or speakers != "same"):
        return None
    return Match(left, right, pairs, *covered(pairs), "trimmed", speakers, min(1.0, of_quoted))


def is_report(left: Saying, right: Saying) -> bool:
    """One of the two is in its reporter's words alone."""
    return "indirect" in (left.statement.form, right.statement.form)


def in_other_words(left: Saying, right: Saying, pairs: Sequence[tuple[int, int]], speakers: Speakers) -> Match | None:
    """The match of two statements of one story that say the same in other words; or null."""
    if speakers == "different" or said_apart(left.statement, right.statement):
        return None
    told = sum(worth(left, right, i, j) for i, j in pairs) + MOVED * moved(left, right, pairs)
    if told < least(left, right, speakers):
        return None
    of_left, of_right = covered(pairs)
    stretch = max(sum(left.weights[i] for i in of_left), sum(right.weights[j] for j in of_right))
    of_shorter, of_stretch = told / min(left.weight, right.weight), told / stretch
    if of_shorter < (OF_REPORTED if is_report(left, right) else OF_SHORTER) or of_stretch < OF_STRETCH:
        return None
    closeness = min(of_shorter, 1.0) * min(of_stretch, 1.0)
    found = Match(left, right, tuple(pairs), of_left, of_right, "paraphrased", speakers, closeness)
    if any(mark(found, change, told=True) for change in found.changes()):
        return None
    return replace(found, kind=told_how(found))


def worth(left: Saying, right: Saying, i: int, j: int) -> float:
    """What two words that stand for each other count for."""
    if left.words.stems[i] == right.words.stems[j]:
        return left.weights[i]
    return TOLD_OTHERWISE * max(left.weights[i], right.weights[j])


def moved(left: Saying, right: Saying, pairs: Sequence[tuple[int, int]]) -> float:
    """The weight of the telling words that both have, but in another order."""
    waiting: dict[str, list[float]] = defaultdict(list)
    matched = {i for i, _ in pairs}, {j for _, j in pairs}
    for i, one in enumerate(left.classes):
        if i not in matched[0] and left.weights[i] >= SMALL:
            waiting[one].append(left.weights[i])
    total = 0.0
    for j, one in enumerate(right.classes):
        if j not in matched[1] and waiting.get(one):
            total += min(waiting[one].pop(), right.weights[j])
    return total


def least(left: Saying, right: Saying, speakers: Speakers) -> float:
    """The weight that two statements need in common to be one utterance in other words."""
    if speakers != "same":
        return STRANGERS_WEIGHT
    return LEAST_QUOTED if any(left.quoted) and any(right.quoted) else LEAST_TOLD


def told_how(match: Match) -> Kind:
    """The kind of a match in other words: words put for words between quotation marks are a translator's."""
    left, right = match.left, match.right
    swaps = [
        change
        for change in match.changes()
        if max((left.weights[i] for i in change.left), default=0.0) >= SMALL
        and max((right.weights[j] for j in change.right), default=0.0) >= SMALL
    ]
    if any(all(left.quoted[i] for i in swap.left) and all(right.quoted[j] for j in swap.right) for swap in swaps):
        return "retranslated"
    if swaps or not (any(left.quoted) and any(right.quoted)):
        return "paraphrased"
    return "verbatim" if match.closeness >= VERBATIM else "trimmed"


def covered(pairs: Sequence[tuple[int, int]]) -> tuple[range, range]:
    """The ranges of words from the first pair to the last, on both sides."""
    return range(pairs[0][0], pairs[-1][0] + 1), range(pairs[0][1], pairs[-1][1] + 1)


def who(left: Statement, right: Statement) -> Speakers:
    """Whether two statements are of one speaker, as far as the record knows."""
    if left.speaker_ids and right.speaker_ids:
        if set(left.speaker_ids) & set(right.speaker_ids):
            return "same"
        return "open" if perhaps_one(left, right) else "different"
    names = [fold(one.speaker_name or "") for one in (left, right)]
    return "same" if names[0] and names[0] == names[1] and names[0] not in listed("pronouns") else "open"


def perhaps_one(left: Statement, right: Statement) -> bool:
    """Two speakers' names end alike and do not begin differently: two spellings of one name, or a part of it."""
    one, other = (fold(side.speaker_name or "").split() for side in (left, right))
    if not one or not other or one[-1] != other[-1]:
        return False
    return len(one) == 1 or len(other) == 1 or one[0][0] == other[0][0]


def lasting(match: Match) -> bool:
    """Two articles that no story joins have one utterance: they came out near one another, or much is the same."""
    weighs = sum(match.left.weights[i] for i, _ in match.pairs)
    days = days_between(match)
    return weighs >= LASTING or (days is not None and days <= DAYS)


def days_between(match: Match) -> int | None:
    """The days between the two articles, where both have a date."""
    left, right = span(match.left.article.published), span(match.right.article.published)
    if left is None or right is None:
        return None
    return max(0, left[0] - right[1], right[0] - left[1])


def said_apart(left: Statement, right: Statement) -> bool:
    """The two are said to have been uttered on different days."""
    days = [span(one.said) for one in (left, right) if one.said is not None and one.said.basis != "inferred"]
    known = [day for day in days if day is not None]
    return len(known) == 2 and (known[0][1] < known[1][0] or known[1][1] < known[0][0])


class Best:
    """How well each statement is matched in each other article: of matches in other words only the best count.

    Those in the same words all count; they are many, and only their rank is kept.
    """

    def __init__(self) -> None:
        self._ranks: dict[tuple[str, str], tuple[bool, float]] = defaultdict(lambda: (False, 0.0))
        self._waiting: list[Match] = []

    def take(self, match: Match) -> bool:
        """Whether a match counts whatever else there is; one in other words waits for the others."""
        for place in places(match):
            self._ranks[place] = max(self._ranks[place], rank(match))
        if rank(match)[0]:
            return True
        self._waiting.append(match)
        return False

    def retold(self) -> list[Match]:
        """The matches in other words that are the best of either statement in the other's article."""
        return [one for one in self._waiting if all(self._ranks[place] == rank(one) for place in places(one))]


def places(match: Match) -> tuple[tuple[str, str], tuple[str, str]]:
    """Each statement with the article of the other."""
    left, right = match.left.statement, match.right.statement
    return (left.id, right.article_id), (right.id, left.article_id)


def rank(match: Match) -> tuple[bool, float]:
    return match.kind in ("verbatim", "trimmed"), match.closeness


# ------------------------------------------------------------ what a change is worth
def mark(match: Match, change: Change, told: bool = False) -> str | None:
    """What makes a change matter, or null; where a statement is `told` in other words, what it leaves out does not."""
    left = [match.left.words.stems[i] for i in change.left]
    right = [match.right.words.stems[j] for j in change.right]
    short = max(len(left), len(right)) <= (SHORT_CHANGE if left and right else LEFT_OUT)
    alone = not told and max(len(left), len(right)) <= LEFT_OUT
    if other_number(left, right, alone):
        return "number"
    negated = sum(map(is_negation, left)) % 2, sum(map(is_negation, right)) % 2
    if negated[0] != negated[1] and (short or told):
        return "negation"
    if are_opposite(left, right):
        return "opposite"
    parties = ({side.names[at] for at in of if at in side.names} for side, of in sides(match, change))
    named = list(parties)
    return "name" if all(named) and not named[0] & named[1] else None


def other_number(left: Sequence[str], right: Sequence[str], alone: bool) -> bool:
    """The two sides give different numbers; `alone`: also where one gives none."""
    numbers = [number_in(side) for side in (left, right)]
    if any(word in listed("pairs") for word in (*left, *right)):
        numbers = [tuple(number for number in side if number != "2") for side in numbers]
    if not all(numbers):
        numbers = [tuple(number for number in side if number != "1") for side in numbers]
    return numbers[0] != numbers[1] and (all(numbers) or alone)


def sides(match: Match, change: Change) -> tuple[tuple[Saying, range], tuple[Saying, range]]:
    return (match.left, change.left), (match.right, change.right)


# ------------------------------------------------------------ the rows
def link(corpus: Corpus, match: Match) -> Link:
    """The link of two statements, the smaller id on the left."""
    left, right = match.left, match.right
    found = match.changes()
    told = match.kind in ("retranslated", "paraphrased")
    marks = [mark(match, change, told) for change in found]
    words = [in_words(left.phrase(change.left), right.phrase(change.right)) for change in found]
    return Link(
        id=digest("link", "same_words", left.statement.id, right.statement.id),
        kind="same_words",
        left_id=left.statement.id,
        right_id=right.statement.id,
        left_passages=left.passages(match.of_left),
        right_passages=right.passages(match.of_right),
        changed=tuple(f"{said} ({why})" if why else said for said, why in zip(words, marks, strict=True)),
        score=round(certainty(match), 3),
        explanation=explanation(corpus, match, words, marks),
    )


def certainty(match: Match) -> float:
    """How sure it is that the two are one utterance."""
    base = {"verbatim": 0.95, "trimmed": 0.9, "retranslated": 0.8, "paraphrased": 0.75}[match.kind]
    return base * (0.5 + 0.5 * match.closeness) * {"same": 1.0, "open": 0.9, "different": 0.6}[match.speakers]


def explanation(corpus: Corpus, match: Match, words: Sequence[str], marks: Sequence[str | None]) -> str:
    """How the words lie together, whose they are, and which changes matter."""
    said = [how(match, len(words)), whose(corpus, match)]
    serious = [f"the {why} ({change})" for change, why in zip(words, marks, strict=True) if why]
    if serious:
        said.append(f"What they differ in matters: {'; '.join(serious)}.")
    days = days_between(match)
    if days is not None and days > DAYS:
        said.append(f"The articles came out {days} days apart: it may have been said twice.")
    return " ".join(said)


def how(match: Match, count: int) -> str:
    """The kind of likeness, in a sentence."""
    edits = f"{count} {'change' if count == 1 else 'changes'}"
    if match.kind == "verbatim":
        return "The same words, verbatim." if not count else f"The same words, verbatim but for {edits}."
    if match.kind == "trimmed":
        return f"The same words, trimmed{trimmed_in(match)}{f', with {edits}' if count else ''}."
    if match.kind == "retranslated":
        return f"The same saying in other words on both sides, as in two translations (retranslated), with {edits}."
    return f"The same saying told in other words (paraphrased), with {edits}."


def trimmed_in(match: Match) -> str:
    """Where words of the utterance were left out: in one article, or in both."""
    more = [len(side.words) - len(of) for side, of in ((match.left, match.of_left), (match.right, match.of_right))]
    if all(extra > SHORT_CHANGE for extra in more):
        return " on both sides"
    return f" in {publisher((match.left if more[0] < more[1] else match.right).article)}"


def whose(corpus: Corpus, match: Match) -> str:
    """Whose the words are, in a sentence."""
    left, right = speaker(corpus, match.left.statement), speaker(corpus, match.right.statement)
    if match.speakers == "same":
        return f"Both give them to {left or right}."
    if match.speakers == "different":
        return f"They are given to two speakers, which is not settled here: {left} and {right}."
    if left and fold(left) == fold(right):
        return f"Both name {left}."
    if left and right:
        return f"The speakers are named {left} and {right}, who may be one."
    known = left or right
    return f"One article names {known} as the speaker." if known else "Neither article names a speaker that is known."


def speaker(corpus: Corpus, statement: Statement) -> str:
    """The speakers' names, or the text's words for them."""
    names = [corpus.party[key].name for key in statement.speaker_ids if corpus.party[key].name]
    words = statement.speaker_name or ""
    return " and ".join(names) or ("" if fold(words) in listed("pronouns") else words)
