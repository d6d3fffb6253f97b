"""Who said it, when, and in which words: what articles say of one utterance."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, Literal

from onrecord.comparison import drift, moments
from onrecord.comparison.amounts import Verdict
from onrecord.comparison.asking import (
    Given,
    Pair,
    Question,
    answering,
    distinct,
    given,
    outcome_of,
    paired,
    settled,
    subjects,
    weighed,
)
from onrecord.comparison.ground import Ground, components, one_line, phrases, shortened
from onrecord.model import Comparison, Link, Party, Statement, When

WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)?")
EDGES = " \t\r\n\"'“”‘’«»,.;:!?-–—"
WEIGHTY = re.compile(r"(?P<left>.+?) → (?P<right>.+?) \((?P<why>number|negation|name|opposite)\)")
"""A change that matters, as links between statements have it."""
NAMED = frozenset({"name", "surname_in_record", "title", "role", "colon_layout"})
"""Ways to tell a speaker that rest on a name or an office beside the words."""
NOTHING = "–"
SHORTEST, SHORT = 4, 12
"""Words of a quotation that is known again word for word in another article, though it is too short for a link."""
CAP = 20
ALONE, BRIEF = 2, 4
"""Words of a change that holds a negation, at most: where the other side has nothing, and where it has words."""
WORDED = 4096
"""Texts whose folded words are kept: the answers of one question are compared two by two."""
SURE = 0.6
"""Links between statements that are less sure than this say nothing of changed words."""
TWICE = 14
"""Days after which the same words were said again."""
LONG = 6
"""Words that a quotation has at least to be known again by another article's day."""
QUOTING = 160
"""Characters on either side of a quotation in which it is said that somebody quotes."""
ROLE_WORD = 4
"""Letters that a word of a role has at least."""


def compare(ground: Ground) -> Iterator[Comparison]:
    """The comparisons of each utterance that several articles report."""
    changed = {(link.left_id, link.right_id): link for link in ground.links if link.kind == "same_words"}
    whole = [*quoted_within(ground), *((min(a.id, b.id), max(a.id, b.id)) for a, b in drift.pairs(ground))]
    sure = frozenset([*changed, *whole, *((right, left) for left, right in [*changed, *whole])])
    groups = [[ground.corpus.row[key] for key in keys] for keys in components([*changed, *whole])]
    for rows in sorted((ground.in_order(group) for group in groups), key=lambda rows: ground.at(rows[0])):
        if len({row.article_id for row in rows}) > 1:
            yield from _who(ground, rows, sure)
            yield from _when(ground, rows, sure)
            yield from _words(ground, rows, changed, sure)


def quoted_within(ground: Ground) -> Iterator[tuple[str, str]]:
    """Short quotations that stand word for word in another article of the story: too short for a link, yet the same."""
    for story in sorted(ground.stories, key=lambda story: story.id):
        rows = [row for key in sorted(story.article_ids) for row in ground.corpus.statements_of.get(key, ())]
        direct = [(row, _folded(row.text).split()) for row in rows if row.form == "direct"]
        held: dict[tuple[str, ...], list[Statement]] = defaultdict(list)
        for row, words in direct:
            for at in range(len(words) - SHORTEST + 1):
                held[tuple(words[at : at + SHORTEST])].append(row)
        for row, words in direct:
            if not SHORTEST <= len(words) <= SHORT:
                continue
            for other in ground.few("quotations", held[tuple(words[:SHORTEST])], CAP):
                if other.article_id != row.article_id and f" {' '.join(words)} " in f" {_folded(other.text)} ":
                    yield min(row.id, other.id), max(row.id, other.id)


# ------------------------------------------------------------------ who


def _who(ground: Ground, rows: Sequence[Statement], sure: Collection[tuple[str, str]]) -> Iterator[Comparison]:
    named = next((row.speaker_ids[0] for row in rows if len(row.speaker_ids) == 1), None)
    answers = distinct(answer for row in rows if (answer := _speaker(ground, row, named)) is not None)
    if len({answer.article_id for answer in answers}) < 2:
        return
    pairs = [_unless_unsure(pair) for pair in paired(answers, lambda left, right: speakers(ground, left, right))]
    pairs = [_unless_repeated(ground, pair) for pair in pairs]
    pairs = weighed(ground, pairs, sure)
    answers = answering(answers, pairs)
    if not answers:
        return
    question = _question("who", f"Who said {_quoted(rows)}?", rows)
    yield settled(ground, question, answers, outcome_of(pairs), _credited(ground, answers, pairs))


def _unless_unsure(pair: Pair) -> Pair:
    """A pair that does not differ where a pronoun or a sentence before tells who speaks: that may be read wrongly."""
    told = all(answer.row.resolved_by in NAMED for answer in (pair.left, pair.right))
    if pair.verdict.outcome != "differ" or told:
        return pair
    return pair._replace(verdict=Verdict("compatible", "one does not name the speaker beside the words"))


def _unless_repeated(ground: Ground, pair: Pair) -> Pair:
    """A pair that does not differ where one speaker is said to quote, and the other one is named beside the words."""
    if pair.verdict.outcome != "differ":
        return pair
    for one, other in ((pair.left, pair.right), (pair.right, pair.left)):
        if _is_repeated(
            ground,
            one.row,
            {word for key in other.content for word in ground.name(key).split() if len(word) >= ROLE_WORD},
        ):
            return pair._replace(verdict=Verdict("compatible", "one of the two repeats words of the other"))
    return pair


def _is_repeated(ground: Ground, row: Statement, others: Collection[str]) -> bool:
    text = ground.article(row.article_id).text
    start, end = row.content[0].start, row.content[-1].end
    near = f"{text[max(0, start - QUOTING) : start]} | {text[end : end + QUOTING]}"
    around = text[max(0, start - 2 * QUOTING) : end + 2 * QUOTING]
    said = any(re.search(rf"\b{re.escape(word)}\b", near) for word in phrases()["quoting"]["words"])
    return said and any(name in around for name in others)


def speakers(ground: Ground, left: tuple[str, ...], right: tuple[str, ...]) -> Verdict:
    """Two persons differ; a person and the organisation that they may speak for do not."""
    if set(left) == set(right):
        return Verdict("agree")
    if set(left) & set(right):
        return Verdict("compatible", "one names more of them")
    party = ground.corpus.party
    one, other = [party[key] for key in left], [party[key] for key in right]
    kinds = {each.kind for each in (*one, *other)}
    if kinds not in ({"person"}, {"state"}):
        return Verdict("compatible", "one may speak for the other")
    alike = {_one_name(a, b) for a in one for b in other}
    if "same" in alike:
        return Verdict("agree")
    if "open" in alike:
        return Verdict("compatible", "it may be one person under two names")
    return Verdict("differ", "the words are the same, the speaker is not")


def _one_name(left: Party, right: Party) -> Literal["same", "open", "other"]:
    """Whether two names are one: the same words or fewer of them; an initial or a nickname leaves it open."""
    one, other = ([word.casefold() for word in WORD.findall(party.name)] for party in (left, right))
    if set(one) <= set(other) or set(other) <= set(one):
        return "same"
    known = any(alias in left.aliases or alias == left.name for alias in (right.name, *right.aliases))
    return "open" if known or (one[-1] == other[-1] and _may_be_short_for(one[0], other[0])) else "other"


def _may_be_short_for(one: str, other: str) -> bool:
    """Whether two given names may be one person's: they begin alike ("Tim", "Timothy", "T"), or one is a nickname."""
    groups = (group.split() for group in phrases()["nicknames"]["groups"])
    return one[0] == other[0] or any(one in group and other in group for group in groups)


def _speaker(ground: Ground, row: Statement, named: str | None) -> Given | None:
    """Who an article credits; one described by the office of the person that another article names is that person."""
    if row.speaker_ids:
        ids = tuple(sorted(row.speaker_ids))
        return given(row, " and ".join(sorted(ground.name(key) for key in ids)), ids)
    if named is None or not row.speaker_name:
        return None
    party = ground.corpus.party[named]
    here = any(mention.party_id == named for mention in ground.corpus.mentions_of.get(row.article_id, ()))
    if not (here and _is_role_of(row.speaker_name, party)):
        return None
    return given(row, party.name, (named,))


def _is_role_of(description: str, party: Party) -> bool:
    words = {word.casefold() for word in WORD.findall(description) if len(word) >= ROLE_WORD}
    titles = {word.casefold() for role in party.roles for word in WORD.findall(role.title) if len(word) >= ROLE_WORD}
    return bool(words & titles)


def _credited(ground: Ground, answers: Sequence[Given], pairs: Sequence[Pair]) -> str:
    said = []
    for answer in answers[:6]:
        own = not answer.row.speaker_ids
        how = f", whom it calls “{one_line(answer.row.speaker_name or '')}”" if own else ""
        said.append(f"{ground.outlet(answer.article_id)} credits {answer.value}{how}")
    differing = [pair for pair in pairs if pair.verdict.outcome == "differ"]
    if differing:
        return f"{'; '.join(said)}. They differ: {differing[0].verdict.reason}."
    reasons = list(dict.fromkeys(pair.verdict.reason for pair in pairs if pair.verdict.reason))
    return f"{'; '.join(said)}. " + (f"No contradiction: {'; '.join(reasons)}." if reasons else "They agree.")


# ------------------------------------------------------------------ when


def _when(ground: Ground, rows: Sequence[Statement], sure: Collection[tuple[str, str]]) -> Iterator[Comparison]:
    long = [row for row in rows if len(row.text.split()) >= LONG]
    dated = [(row, when) for row in long if (when := told_said(ground, row)) is not None]
    answers = distinct(given(row, moments.value(when), when) for row, when in dated)
    if len({answer.article_id for answer in answers}) < 2:
        return
    pairs = weighed(ground, paired(answers, near_days), sure)
    answers = answering(answers, pairs)
    if not answers:
        return
    said = "; ".join(f"{ground.outlet(a.article_id)} says “{one_line(a.content.text)}”: {a.words}" for a in answers[:6])
    outcome = outcome_of(pairs)
    why = {"agree": "They agree.", "compatible": "They do not contradict each other: one lies within the other."}
    text = f"{said}. {why.get(outcome, 'They differ.')}"
    yield settled(ground, _question("said", f"When was {_quoted(rows)} said?", rows), answers, outcome, text)


def told_said(ground: Ground, row: Statement) -> When | None:
    """When an article tells that something was said: the day right beside its cue, else the time it is joined to."""
    times = ground.corpus.times_of.get(row.article_id, ())
    near = None if row.cue is None else moments.beside(ground.article(row.article_id).text, row.cue, times)
    said = moments.closer(row.said, near)
    return said if moments.is_told(said) else None


def near_days(left: When, right: When) -> Verdict:
    """Two days differ, unless they are so far apart that it was said twice."""
    if moments.days_between(left, right) > TWICE:
        return Verdict("compatible", "they are so far apart that it may have been said twice", False)
    return moments.compare(left, right)


# ------------------------------------------------------------------ in which words


def _words(
    ground: Ground,
    rows: Sequence[Statement],
    links: Mapping[tuple[str, str], Link],
    sure: Collection[tuple[str, str]],
) -> Iterator[Comparison]:
    """Whether the words are the same; a number, a negation or a name that only one has is a difference that matters."""
    quoted = [row for row in rows if row.form != "indirect"]
    if len({row.article_id for row in quoted}) < 2:
        return
    answers = distinct(given(row, shortened(bare(row.text), 160), row) for row in quoted)
    pairs = paired(answers, lambda left, right: wording(ground, left, right, links))
    pairs = [
        pair for pair in pairs if pair.verdict.outcome != "differ" or (pair.left.row.id, pair.right.row.id) in sure
    ]
    if outcome_of(pairs) == "agree":
        return  # who said it says as much
    question = _question("words", f"What were the words: {_quoted(rows)}?", rows)
    yield settled(ground, question, answers, outcome_of(pairs), _worded(ground, answers, pairs))


def wording(ground: Ground, left: Statement, right: Statement, links: Mapping[tuple[str, str], Link]) -> Verdict:
    """One wording, a shorter one of it, other words for it, or words that change what is said."""
    one, other = _folded(left.text), _folded(right.text)
    if one == other:
        return Verdict("agree")
    link = links.get((left.id, right.id)) or links.get((right.id, left.id))
    if link is not None and left.article_id != right.article_id:
        weighty = changes(link)
        if weighty:
            return Verdict("differ", f"what matters changed: {'; '.join(weighty[:4])}")
    drifted = drift.changes(ground, left, right)
    if drifted:
        return Verdict("differ", f"at most one of them is word for word, {'; '.join(drifted[:4])}")
    if one in other or other in one:
        return Verdict("compatible", "one is shortened")
    quoted = [f" {' '.join(word for one in drift.stretches(row) for word in one.words)} " for row in (left, right)]
    if quoted[0].strip() and quoted[1].strip() and (quoted[0] in quoted[1] or quoted[1] in quoted[0]):
        return Verdict("compatible", "what is quoted is the same, or less of it")
    return Verdict("compatible", "the same is said in other words")


def changes(link: Link) -> list[str]:
    """The changes of a link that matter: other numbers, names or opposites on both sides, and a negation on one."""
    if link.score < SURE:
        return []
    found = [change for change in (WEIGHTY.fullmatch(said) for said in link.changed) if change is not None]
    return [f"“{change['left']}” against “{change['right']}”" for change in found if _is_change(change)]


def _is_change(change: re.Match[str]) -> bool:
    """Whether one side says another thing: what one leaves out is no change, but for a negation that stands alone."""
    left, right = change["left"], change["right"]
    if _letters(left) == _letters(right) or (change["why"] == "name" and drift.is_spelt_alike(left, right)):
        return False
    longest = max(len(left.split()), len(right.split()))
    if NOTHING in (left, right):
        return change["why"] == "negation" and longest <= ALONE
    return change["why"] != "negation" or longest <= BRIEF


def _worded(ground: Ground, answers: Sequence[Given], pairs: Sequence[Pair]) -> str:
    said = "; ".join(f"{ground.outlet(a.article_id)} has “{shortened(bare(a.row.text))}”" for a in answers[:6])
    differing = [pair for pair in pairs if pair.verdict.outcome == "differ"]
    if differing:
        return f"{said}. They differ: {differing[0].verdict.reason}."
    reasons = list(dict.fromkeys(pair.verdict.reason for pair in pairs if pair.verdict.reason))
    return f"{said}. " + (f"No contradiction: {'; '.join(reasons)}." if reasons else "Word for word the same.")


@lru_cache(maxsize=WORDED)
def _letters(words: str) -> str:
    return re.sub(r"[\W_]", "", words).casefold()


def bare(text: str) -> str:
    """Words without the marks around them."""
    return one_line(text).strip(EDGES)


@lru_cache(maxsize=WORDED)
def _folded(text: str) -> str:
    return " ".join(WORD.findall(text)).casefold().replace("’", "'")


def _quoted(rows: Sequence[Statement]) -> str:
    first: Any = min(rows, key=lambda row: (row.form == "indirect", len(row.text), row.id))
    return f"“{shortened(bare(first.text), 70)}”"


def _question(key: str, text: str, rows: Sequence[Statement]) -> Question:
    days = [row.said.earliest[:10] for row in rows if moments.is_told(row.said) and row.said and row.said.earliest]
    return Question(key, text, subjects("statements", rows), min(days, default=None))
