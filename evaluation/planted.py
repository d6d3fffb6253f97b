"""A bench for what has no public gold: articles planted beside the samples, with known answers.

    python -m evaluation.planted [--show] [--rounds N]

Each planted article is made from one sample article: under another outlet's name as it is, edited with changed figures,
dropped facts and changed credits, as an excerpt among other sentences, or misquoted, with a name misspelt and years
changed. It is read, joined with the nine samples, and the record is asked for what was planted. Per kind, precision and
recall in per cent, held to `floors.toml`.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import re
import sys
import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from importlib import resources
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from evaluation.floors import held
from onrecord import pipeline
from onrecord.comparison import amounts, moments
from onrecord.language.reader import Reader
from onrecord.model import Article, Bundle, Comparison, Figure, Mention, Passage, Statement, TextPart, When, article_id
from onrecord.pipeline.article_half import read_article
from onrecord.pipeline.corpus_half import Joined, join
from onrecord.store import Store

KINDS = ("copied", "edited", "outside", "inside", "dropped", "credits", "renamed", "misquoted", "misspelt", "redated")
SENTENCE = re.compile(r"(?<=[.!?])[\"'”’]{0,2}\s+|(?<=[.!?])(?=[A-Z“])|(?<=[.!?])(?=\"[A-Z])|(?<=[.!?]”)(?=[A-Z“])|\n+")
NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
SPELLED = {"three": 3, "five": 5, "ten": 10, "eleven": 11, "forty": 40, "two": 2}
COVERED = {"copied": 0.8, "edited": 0.5}
"""The part of a passage that links must cover for it to be found."""
MOSTLY = 2 / 3
"""The part of a passage that a link claims and that was planted, at least, for the claim to be right."""
ROUNDS = 3
YEAR = re.compile(r"(?:[A-Z][a-z]+ )?((?:19|20)\d\d)")
"""A year that is stated by itself or with its month."""
QUOTED_WORDS = 12
"""Words of a quotation in which one is changed, at least."""
MIDDLE = 3
"""Words at either end of a quotation that are not changed."""
TELLING = 6
"""Letters of a word that is changed, at least."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A sentence of a base article, where it stands there, and how the planted article has it (null: dropped)."""

    place: Passage
    text: str | None
    edited: bool = False


@dataclass(frozen=True, slots=True)
class ChangedFigure:
    """A figure of the base article with the amount that was planted in its stead."""

    figure: Figure
    value: str
    kind: str


@dataclass(frozen=True, slots=True)
class ChangedCredit:
    """A statement of the base article and the person to whom the planted article gives it."""

    statement: Statement
    name: str


@dataclass
class Planting:
    """An article made from a base article, with everything that was done to it."""

    base: Bundle
    article: Article
    pieces: tuple[Piece, ...]
    figures: tuple[ChangedFigure, ...] = ()
    credits: tuple[ChangedCredit, ...] = ()
    misquoted: tuple[Statement, ...] = ()
    """Quotations of the base article that the planted one has with another word."""
    misspelt: tuple[str, ...] = ()
    """Names as the planted article misspells them."""
    redated: tuple[tuple[str, str], ...] = ()
    """Years of the base article and those that the planted one has in their places."""
    is_whole: bool = False


@dataclass
class Tally:
    """What was planted, found, claimed and claimed rightly, per kind."""

    planted: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    found: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    claimed: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    right: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    notes: list[str] = field(default_factory=list)

    def recalled(self, kind: str, hit: bool, note: str) -> None:
        self.planted[kind] += 1
        self.found[kind] += hit
        if not hit:
            self.notes.append(f"{kind} missed: {note}")

    def judged(self, kind: str, right: bool, note: str) -> None:
        self.claimed[kind] += 1
        self.right[kind] += right
        if not right:
            self.notes.append(f"{kind} wrong: {note}")

    def figures(self) -> Iterator[tuple[str, float]]:
        for kind in KINDS:
            yield f"{kind} P", 100 * self.right[kind] / self.claimed[kind] if self.claimed[kind] else 100.0
            yield f"{kind} R", 100 * self.found[kind] / self.planted[kind] if self.planted[kind] else 0.0


def words() -> dict[str, Any]:
    """What the bench writes with."""
    return tomllib.loads(Path(__file__).with_name("planted.toml").read_text(encoding="utf8"))


# ------------------------------------------------------------------ planting


def sentences(article: Article) -> list[Passage]:
    """The sentences of an article's own text, without headers, boilerplate and captions."""
    found: list[Passage] = []
    for part in article.parts:
        if part.role not in ("headline", "standfirst", "body"):
            continue
        at = part.start
        for end in [*SENTENCE.finditer(article.text, part.start, part.end), None]:
            stop = part.end if end is None else end.end()
            words_in = article.text[at:stop]
            if len(words_in.split()) > 2:
                start = at + len(words_in) - len(words_in.lstrip())
                found.append(Passage(start, stop - (len(words_in) - len(words_in.rstrip()))))
            at = stop
    return found


def whole(base: Bundle, number: int, chance: random.Random) -> Planting:
    """The base article as it is, under another outlet's name."""
    pieces = tuple(Piece(place, place.of(base.article.text)) for place in sentences(base.article))
    return Planting(base, made(base, pieces, number), pieces, is_whole=True)


def edited(base: Bundle, number: int, chance: random.Random) -> Planting:
    """The base article with swapped words, changed figures, a dropped fact and a changed credit."""
    places = sentences(base.article)
    figures = plain_figures(base)
    chance.shuffle(figures)
    gone = next((figure for figure in figures if is_weighty(figure, base)), None)
    dropped = {place for place in places if gone is not None and place.holds(gone.passage)}
    changes: list[tuple[Passage, str]] = []
    planted: list[ChangedFigure] = []
    kept = [figure for figure in figures if not any(place.holds(figure.passage) for place in dropped)]
    values = list(dict.fromkeys(amounts.value(figure.amount) for figure in kept))
    for figure in kept:  # a number that the article gives twice is changed alike
        kind = ("outside", "inside")[(values.index(amounts.value(figure.amount)) + number) % 2]
        told = changed_amount(figure, kind)
        if told is not None:
            changes.append((figure.passage, told[0]))
            planted.append(ChangedFigure(figure, told[1], kind))
    credits = [one for one in changed_credits(base, chance) if not any(p.holds(one[0]) for p in dropped)][:1]
    changes += [(place, name) for place, name, _ in credits]
    pieces = tuple(
        Piece(place, None if place in dropped else with_changes(base.article.text, place, changes), edited=True)
        for place in places
    )
    pieces = tuple(replace(piece, text=swapped(piece.text, chance)) if piece.text else piece for piece in pieces)
    planted_credits = tuple(ChangedCredit(statement, name) for _, name, statement in credits)
    return Planting(base, made(base, pieces, number), pieces, tuple(planted), planted_credits)


def excerpt(base: Bundle, number: int, chance: random.Random) -> Planting:
    """Three sentences of the base article as they are and three edited ones, among sentences of other things."""
    places = [place for place in sentences(base.article) if len(place.of(base.article.text).split()) > 5]
    text = base.article.text
    at = chance.randrange(max(1, len(places) - 7))
    copied = [Piece(place, place.of(text)) for place in places[at : at + 3]]
    reworded = [Piece(place, swapped(place.of(text), chance), edited=True) for place in places[at + 4 : at + 7]]
    filler = list(words()["filler"])
    chance.shuffle(filler)
    lines = [
        *filler[:3],
        *(p.text or "" for p in copied),
        *filler[3:6],
        *(p.text or "" for p in reworded),
        *filler[6:8],
    ]
    pieces = (*copied, *reworded)
    return Planting(base, article_of(base, "Notes from the quarter", lines, number), pieces)


def misquoted(base: Bundle, number: int, chance: random.Random) -> Planting:
    """The base article with another word in some of its quotations, one person's name misspelt, and other years."""
    text = base.article.text
    changes, told = [], []
    for statement in base.statements:
        at = _inner_word(text, statement, chance)
        if at is not None:
            changes.append((at, chance.choice(words()["instead"])))
            told.append(statement)
    quoted = [part for statement in base.statements if statement.form != "indirect" for part in statement.content]
    told_in = sentences(base.article)
    years = [
        time
        for time in base.times
        if YEAR.fullmatch(time.when.text) and _meets(time.passage, told_in) and not _meets(time.passage, quoted)
    ]
    changes += [(time.passage, _a_year_on(time.when.text)) for time in years]
    names = [party.name for party in base.parties if party.kind == "person" and _is_misspellable(party.name, text)]
    name = chance.choice(sorted(names)) if names else None
    wrong = _misspelt(name) if name else ""
    pieces = []
    for place in sentences(base.article):
        found = with_changes(text, place, changes)
        pieces.append(Piece(place, found.replace(name.split()[-1], wrong.split()[-1]) if name else found, edited=True))
    names_told = (wrong,) if name else ()
    other_years = tuple((moments.value(time.when), _a_year_on(moments.value(time.when))) for time in years)
    return Planting(
        base, made(base, pieces, number), tuple(pieces), misquoted=tuple(told), misspelt=names_told, redated=other_years
    )


def _a_year_on(words: str) -> str:
    """The words with the year after theirs."""
    return re.sub(r"\d{4}", lambda found: str(int(found[0]) + 1), words, count=1)


def _meets(place: Passage, parts: Sequence[Passage]) -> bool:
    return any(place.meets(part) for part in parts)


def _inner_word(text: str, statement: Statement, chance: random.Random) -> Passage | None:
    """A telling word in the middle of a sentence of a quotation, or null."""
    if statement.form != "direct" or len(statement.text.split()) < QUOTED_WORDS:
        return None
    longest = max(statement.content, key=lambda part: part.end - part.start)
    found = list(re.finditer(r"[^\W\d_]+", text[longest.start : longest.end]))[MIDDLE:-MIDDLE]
    telling = [word for word in found if len(word[0]) >= TELLING and word[0].islower()]
    if not telling:
        return None
    word = chance.choice(telling)
    return Passage(longest.start + word.start(), longest.start + word.end())


def _is_misspellable(name: str, text: str) -> bool:
    """Whether a name is given in full in the text, no initials, and its last word is long enough to be misspelt."""
    first, last = name.split()[0], name.split()[-1]
    full = first != last and first.isalpha() and name in text
    return full and last.isalpha() and len(last) >= TELLING and _misspelt(name) != name


def _misspelt(name: str) -> str:
    """A name with the third and the fourth letter of its last word swapped."""
    first, _, last = name.rpartition(" ")
    return f"{first} {last[:2]}{last[3]}{last[2]}{last[4:]}"


MAKERS: tuple[Callable[[Bundle, int, random.Random], Planting], ...] = (whole, edited, excerpt)


def plain_figures(base: Bundle) -> list[Figure]:
    """The figures whose number can be changed: those that measure something named, three or more."""
    found = []
    for figure in base.figures:
        number = amounts.middle(figure.amount)
        named = figure.of_what is not None or amounts.kind_of(figure.amount.unit) == "money"
        plain = NUMBER.search(figure.text) or any(word in SPELLED for word in figure.text.casefold().split())
        if number is not None and number >= 3 and named and plain and figure.of_what_head != "age":
            found.append(figure)
    return found


def is_weighty(figure: Figure, base: Bundle) -> bool:
    """Whether a figure is a fact that matters, and that its article gives once."""
    number = amounts.middle(figure.amount)
    once = sum(amounts.value(other.amount) == amounts.value(figure.amount) for other in base.figures) == 1
    return once and number is not None and (number >= 10 or amounts.kind_of(figure.amount.unit) == "money")


def changed_amount(figure: Figure, kind: str) -> tuple[str, str] | None:
    """Other words for a figure and their canonical value: outside its hedge, or inside it."""
    number = amounts.middle(figure.amount)
    spelled = next((word for word in figure.text.casefold().split() if word in SPELLED), None)
    digits = NUMBER.search(figure.text)
    assert number is not None
    if digits is None and spelled is None:
        return None
    start, end = digits.span() if digits else _span_of(figure.text, spelled or "")
    stated = Decimal(figure.text[start:end].replace(",", "")) if digits else Decimal(SPELLED[spelled or ""])
    new, hedge = _moved(stated, figure.amount.hedge, kind)
    if new == stated and not hedge:
        return None
    sign = figure.text[start - 1] if start and figure.text[start - 1] in "$€£" else ""
    shown = f"{new:,f}".rstrip("0").rstrip(".") if new != new.to_integral_value() else f"{int(new):,}"
    value = new * (number / stated)
    planted = replace(figure.amount, low=str(value), high=str(value), hedge="about" if hedge else "exact")
    return f"{hedge}{sign}{shown}{figure.text[end:]}", amounts.value(planted)


def _span_of(text: str, word: str) -> tuple[int, int]:
    at = text.casefold().index(word)
    return at, at + len(word)


def _moved(stated: Decimal, hedge: str, kind: str) -> tuple[Decimal, str]:
    """Another number, and the hedge to say it with."""
    up = hedge not in ("more_than", "at_least")
    if kind == "outside":
        return _rounded(stated * (Decimal("1.5") if up else Decimal("0.6"))), ""
    if hedge == "exact":
        return stated, "about "
    factors = {"about": "1.03", "more_than": "1.3", "at_least": "1.3", "less_than": "0.8", "at_most": "0.8"}
    return _rounded(stated * Decimal(factors.get(hedge, "1"))), ""


def _rounded(number: Decimal) -> Decimal:
    whole_number = number.to_integral_value()
    return whole_number if abs(number) >= 10 else number.quantize(Decimal("0.1"))


def changed_credits(base: Bundle, chance: random.Random) -> list[tuple[Passage, str, Statement]]:
    """Quotations said by somebody named, with the name to put there instead: another person of the article."""
    people = {party.key: party.name for party in base.parties if party.kind == "person" and " " in party.name}
    found = []
    for statement in base.statements:
        if statement.form != "direct" or len(statement.speaker_ids) != 1 or len(statement.text.split()) < 6:
            continue
        mention = next((m for m in base.mentions if _names(m, statement)), None)
        others = sorted(name for key, name in people.items() if key != statement.speaker_ids[0])
        if mention is not None and others and statement.speaker_ids[0] in people:
            found.append((Passage(mention.start, mention.end), chance.choice(others), statement))
    chance.shuffle(found)
    return found


def _names(mention: Mention, statement: Statement) -> bool:
    inside = statement.source is not None and statement.source.holds(Passage(mention.start, mention.end))
    return inside and mention.form == "name" and mention.party_id == statement.speaker_ids[0]


def with_changes(text: str, place: Passage, changes: Sequence[tuple[Passage, str]]) -> str:
    """A sentence with some of its words replaced."""
    made_of, at = [], place.start
    for passage, words_instead in sorted(changes, key=lambda change: change[0]):
        if place.holds(passage) and passage.start >= at:
            made_of += [text[at : passage.start], words_instead]
            at = passage.end
    return "".join([*made_of, text[at : place.end]])


def swapped(text: str | None, chance: random.Random) -> str | None:
    """A sentence in which up to two words outside quotation marks are swapped for others that say the same."""
    if text is None:
        return None
    swaps: dict[str, str] = words()["swaps"]
    spans = [m for m in re.finditer(r"[A-Za-z]+", text) if m[0] in swaps and not _is_quoted(text, m.start())]
    for found in sorted(chance.sample(spans, min(2, len(spans))), key=lambda m: -m.start()):
        text = text[: found.start()] + swaps[found[0]] + text[found.end() :]
    return text


def _is_quoted(text: str, at: int) -> bool:
    before = text[:at]
    return before.count('"') % 2 == 1 or before.count("“") > before.count("”")


def made(base: Bundle, pieces: Sequence[Piece], number: int) -> Article:
    lines: list[str] = []
    before = 0
    for piece in pieces:
        if piece.text:
            goes_on = lines and "\n" not in base.article.text[before : piece.place.start]
            lines[-1:] = [f"{lines[-1]} {piece.text}"] if goes_on else [*lines[-1:], piece.text]
        before = piece.place.end
    return article_of(base, lines[0], lines[1:], number)


def article_of(base: Bundle, title: str, lines: Sequence[str], number: int) -> Article:
    """An article of some lines, published by an outlet that there is not on the day after its base."""
    text = "\n\n".join([title, *lines]) + "\n"
    raw = text.encode("utf8")
    published = base.article.published
    day = str(published.latest)[:10] if published and published.latest else "2019-09-14"
    day = f"{day[:8]}{int(day[8:]) + 1:02d}"
    when = When(day, day, day, "day", None, "metadata")
    outlets = words()["outlets"]
    origin = f"planted/{number}.txt"
    return Article(
        id=article_id(raw, origin), origin=origin, url=None, outlet=outlets[number % len(outlets)], title=title,
        text=text,
        byline=(), language="en", published=when, modified=None, dateline_place=None,
        text_sha256=hashlib.sha256(raw).hexdigest(), raw_sha256=hashlib.sha256(raw).hexdigest(), length=len(text),
        format="text", supersedes=None, dates=(when,),
        parts=(TextPart(0, len(title), "headline"), TextPart(len(title) + 2, len(text) - 1, "body")),
    )  # fmt: skip


# ------------------------------------------------------------------ asking


def measure(rounds: int, bases: int | None = None) -> Tally:
    """Plants in each of the samples (or the first `bases` of them) and counts what the record finds of it."""
    reader, tally = Reader.load("en"), Tally()
    samples = read_samples()
    number = 0
    for turn in range(rounds):
        for base in samples[:bases]:
            for make in MAKERS:
                number += 1
                planting = make(base, number, random.Random(1000 * turn + number))
                bundles = [*samples, read_article(planting.article, reader)]
                count(tally, planting, join(bundles, {b.article.origin: [b.article.id] for b in bundles}))
    for base in samples[::-1][:bases]:
        number += 1
        planting = misquoted(base, number, random.Random(number))
        bundles = [*samples, read_article(planting.article, reader)]
        misquotings(tally, planting, join(bundles, {b.article.origin: [b.article.id] for b in bundles}).comparisons)
    return tally


def read_samples() -> list[Bundle]:
    """The bundles of the sample articles, in the order of their places."""
    articles = str(resources.files("onrecord").joinpath("samples", "articles"))
    with TemporaryDirectory() as folder:
        record = Path(folder, "samples.db")
        pipeline.build([articles], record=record)
        with Store.open(record, read_only=True) as store:
            return sorted(store.bundles(), key=lambda bundle: bundle.article.origin)


def count(tally: Tally, planting: Planting, joined: Joined) -> None:
    """Counts one planted article."""
    copies(tally, planting, joined)
    changed_figures(tally, planting, joined.comparisons)
    dropped_facts(tally, planting, joined)
    credits(tally, planting, joined.comparisons)
    if planting.is_whole:
        renamed(tally, planting, joined.comparisons)


def copies(tally: Tally, planting: Planting, joined: Joined) -> None:
    """Copied and edited passages: which of them links cover, and which that links claim were planted."""
    base, own = planting.base.article, planting.article
    links = [link for link in joined.links if link.kind == "copied_from" and own.id in (link.left_id, link.right_id)]
    found = [p for link in links if (link.left_id, link.right_id) == (own.id, base.id) for p in link.right_passages]
    if base.published is None:  # which of the two came first cannot be told
        found += [p for link in links if (link.left_id, link.right_id) == (base.id, own.id) for p in link.left_passages]
    for kind in ("copied", "edited"):
        for run in runs([piece for piece in planting.pieces if piece.edited == (kind == "edited") and piece.text]):
            part = sum(overlap(run, passage) for passage in found) / (run.end - run.start)
            tally.recalled(kind, part >= COVERED[kind], f"{base.origin} {run} {part:.2f} {run.of(base.text)[:60]!r}")
    kind = "edited" if any(piece.edited for piece in planting.pieces) and not planting.is_whole else "copied"
    whole_runs = runs([piece for piece in planting.pieces if piece.text])
    for link in links:
        if {link.left_id, link.right_id} != {own.id, base.id}:
            other = link.right_id if link.left_id == own.id else link.left_id
            also = any(x.kind == "copied_from" and {x.left_id, x.right_id} == {base.id, other} for x in joined.links)
            tally.judged(kind, also, f"{own.origin} and {other} are linked")
    for passage in found:
        shared = sum(overlap(run, passage) for run in whole_runs) / (passage.end - passage.start)
        tally.judged(kind, shared >= MOSTLY, f"{base.origin} {passage} {shared:.2f}")


def runs(pieces: Sequence[Piece]) -> list[Passage]:
    """The stretches of the base article that neighbouring pieces cover."""
    if not pieces:
        return []
    places = sorted(piece.place for piece in pieces)
    stretches, start = [], places[0].start
    for one, following in pairwise(places):
        if following.start - one.end > 3:
            stretches.append(Passage(start, one.end))
            start = following.start
    return [*stretches, Passage(start, places[-1].end)]


def overlap(one: Passage, other: Passage) -> int:
    return max(0, min(one.end, other.end) - max(one.start, other.start))


def changed_figures(tally: Tally, planting: Planting, comparisons: Sequence[Comparison]) -> None:
    """Figures outside their hedge must differ from the base's, those inside must not; nothing else may differ."""
    own, base = planting.article.id, planting.base.article.id
    about = [row for row in comparisons if row.outcome != "only_in" and any(s.kind == "figures" for s in row.about)]
    for one in planting.figures:
        told = [row for row in about if _answers(row, one.figure.id) and _gives(row, own, one.value)]
        outcomes = {row.outcome for row in told}
        beside = [row for row in told if row.outcome != "differ" or _differs_without(row, own)]
        hit = "differ" in outcomes if one.kind == "outside" else bool(beside)
        note = f"{one.figure.text!r} -> {one.value} in {planting.article.origin}: {sorted(outcomes) or 'not compared'}"
        tally.recalled(one.kind, hit, note)
        if one.kind == "inside" and told:
            tally.judged("inside", len(beside) == len(told), note)
    for row in about:
        if row.outcome == "differ" and any(answer.article_id == own for answer in row.answers):
            planted = any(one.kind == "outside" and _gives(row, own, one.value) for one in planting.figures)
            known = _differs_without(row, own) or planted
            told_base = any(answer.article_id == base for answer in row.answers)
            tally.judged("outside", known, f"{row.question} {[a.value for a in row.answers]} {told_base}")


def _answers(row: Comparison, record_id: str) -> bool:
    return any(answer.record_id == record_id for answer in row.answers) or any(s.id == record_id for s in row.about)


def _gives(row: Comparison, article: str, value: str) -> bool:
    return any(answer.article_id == article and answer.value == value for answer in row.answers)


def _differs_without(row: Comparison, article: str) -> bool:
    """Whether a comparison differs without one article's answers: two other values of one kind are in it."""
    return len({answer.value.lstrip("~") for answer in row.answers if answer.article_id != article}) > 1


def dropped_facts(tally: Tally, planting: Planting, joined: Joined) -> None:
    """A dropped figure is one on which the planted article is silent; it is silent on nothing that it tells."""
    own, base = planting.article.id, planting.base.article.id
    rows: dict[str, Any] = {r.id: r for t in (joined.figures, joined.events, joined.statements) for r in t}
    gone = [piece.place for piece in planting.pieces if piece.text is None]
    if planting.is_whole or gone:
        for row in joined.comparisons:
            told = [rows[a.record_id] for a in row.answers if a.article_id == base and a.record_id in rows]
            if told and own in row.silent:
                hit = any(place.holds(_place(one)) or place.meets(_place(one)) for one in told for place in gone)
                tally.judged("dropped", hit, f"{planting.article.origin} silent: {row.question}")
    for figure in plain_figures(planting.base):
        if is_weighty(figure, planting.base) and any(place.holds(figure.passage) for place in gone):
            about = [row for row in joined.comparisons if _answers(row, figure.id)]
            silent = [row for row in about if own in (*row.silent, *row.too_early)]
            tally.recalled("dropped", bool(silent), f"{figure.text!r} in {planting.article.origin}: {len(about)} rows")


def _place(row: Any) -> Passage:
    found = getattr(row, "passage", None) or (getattr(row, "triggers", None) or row.content)[0]
    assert isinstance(found, Passage)
    return found


def credits(tally: Tally, planting: Planting, comparisons: Sequence[Comparison]) -> None:
    """A quotation that is given to another person must be told apart by who said it, and no other may."""
    own = planting.article.id
    who = [row for row in comparisons if row.question.startswith("Who said") and row.outcome == "differ"]
    for one in planting.credits:
        told = [row for row in who if _answers(row, one.statement.id) and _gives(row, own, one.name)]
        tally.recalled("credits", bool(told), f"{one.statement.text[:60]!r} -> {one.name} in {planting.article.origin}")
    for row in who:
        if any(answer.article_id == own for answer in row.answers):
            right = any(_gives(row, own, one.name) for one in planting.credits)
            tally.judged("credits", right, f"{row.question} {[a.value for a in row.answers]}")


def misquotings(tally: Tally, planting: Planting, comparisons: Sequence[Comparison]) -> None:
    """A word that is changed in a quotation, a letter in a name, and a year must be told, and none that is not."""
    own = planting.article.id
    rows = [row for row in comparisons if row.outcome == "differ" and any(a.article_id == own for a in row.answers)]
    for statement in planting.misquoted:
        told = [row for row in rows if row.question.startswith("What were") and _answers(row, statement.id)]
        tally.recalled("misquoted", bool(told), f"{statement.text[:80]!r} in {planting.article.origin}")
    for name in planting.misspelt:
        told = [row for row in rows if row.question.startswith("How is the name") and _gives(row, own, name)]
        tally.recalled("misspelt", bool(told), f"{name} in {planting.article.origin}")
    for year, other in planting.redated:
        told = [
            row for row in rows if row.question.startswith("When?") and {a.value for a in row.answers} == {year, other}
        ]
        tally.recalled("redated", bool(told), f"{year} -> {other} in {planting.article.origin}")
    for row in rows:
        note = f"{planting.article.origin} {row.question}: {row.explanation}"
        if row.question.startswith("When?"):
            tally.judged("redated", {a.value for a in row.answers} in [set(both) for both in planting.redated], note)
        elif row.question.startswith("What were"):
            tally.judged("misquoted", any(_answers(row, one.id) for one in planting.misquoted), note)
        elif row.question.startswith("How is the name"):
            tally.judged("misspelt", any(_gives(row, own, name) for name in planting.misspelt), note)


def renamed(tally: Tally, planting: Planting, comparisons: Sequence[Comparison]) -> None:
    """An article under another name is no second origin; articles that share nothing are two."""
    own, base = planting.article.id, planting.base.article.id
    for row in comparisons:
        answering = {answer.article_id for answer in row.answers}
        if answering == {own, base}:
            note = f"{planting.article.origin} {row.question}: {row.origins}"
            tally.recalled("renamed", row.independent_origins + row.unresolved_origins <= 1, note)
        elif len(answering) == 2 and own not in answering and row.outcome == "differ":
            tally.judged("renamed", row.independent_origins >= 2, f"{row.question}: {row.origins}")


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints the figures; the exit status is 1 where one lies below its floor."""
    parser = argparse.ArgumentParser(prog="python -m evaluation.planted", description=__doc__.split("\n")[0])
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="articles planted per sample and way of planting")
    parser.add_argument("--show", action="store_true", help="print what was missed or wrong")
    given = parser.parse_args(arguments)
    tally = measure(given.rounds)
    for kind in KINDS:
        figures = dict(tally.figures())
        counts = f"{tally.planted[kind]:4d} planted, {tally.claimed[kind]:4d} claimed"
        print(f"{kind:9s} P {figures[f'{kind} P']:5.1f}  R {figures[f'{kind} R']:5.1f}   {counts}")
    if given.show:
        print("\n".join(tally.notes))
    return held("planted", dict(tally.figures()))


if __name__ == "__main__":
    sys.exit(main())
