"""A brief: what the record holds on some articles, in sentences made by fixed templates, each with its footnotes.

The sentences say what a row says and quote the article's own words; nothing is added, summed up or judged. A footnote
is a passage of one article, so that each sentence can be checked against the text.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal, TypeVar

from onrecord.model import Article, Commitment, Comparison, Event, OnRecordError, Passage, Statement, Story, When
from onrecord.model.outlets import publisher
from onrecord.model.schema import passages_in
from onrecord.model.spoken import SOMEBODY, answer_words
from onrecord.store.file import Store
from onrecord.store.queries import Filters, select, standing
from onrecord.store.surroundings import sentence_around

Item = TypeVar("Item")
PieceKind = Literal["text", "quote"]

VERBS = {
    "assert": "said",
    "deny": "denied",
    "decline": "declined",
    "promise": "promised",
    "request": "asked",
    "threaten": "threatened",
    "propose": "proposed",
    "praise": "praised",
    "accuse": "accused",
    "thank": "thanked",
}
"""What each act is called, in a word that claims no more than the act."""
STANDING = {
    "ahead": "ahead",
    "due": "due now",
    "overdue": "overdue",
    "undated": "no date given",
    "met": "met",
    "broken": "broken",
    "superseded": "superseded",
}
TELLING = 5
"""Articles that are quoted for one happening, utterance or question; how many more have it is said."""
FEWEST = 4
"""Words below which reported speech says too little without its sentence: "she rejected the figure"."""
MOST = 40
"""Sentences of one section that are shown unless more are asked for."""


@dataclass(frozen=True, slots=True)
class Footnote:
    """The exact words that a sentence rests on, and where they stand.

    `passage` is null where the words are no part of the text: an article's own date, as its metadata gives it.
    """

    number: int
    article_id: str
    passage: Passage | None
    words: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a sentence: the brief's own words, or an article's words to be put in quotation marks."""

    kind: PieceKind
    words: str
    notes: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence; at least one of its pieces has a footnote."""

    pieces: tuple[Piece, ...]

    @property
    def notes(self) -> tuple[int, ...]:
        return tuple(number for piece in self.pieces for number in piece.notes)


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the brief; `left_out` tells how many more sentences (or what `noun` says) the record would give."""

    heading: str
    level: int
    sentences: tuple[Sentence, ...]
    left_out: int = 0
    noun: str = "sentence"


@dataclass(frozen=True, slots=True)
class Brief:
    """A brief: its title, its sections, its footnotes by number, and the articles it rests on."""

    title: str
    as_of: str
    sections: tuple[Section, ...]
    footnotes: tuple[Footnote, ...]
    articles: tuple[Article, ...]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a brief is to be on: words, a party, a story's id; nothing for the whole record. `most` 0 shows all.

    Rows below `min_confidence`, and those without one, are left out where it is given.
    """

    about: str | None = None
    who: str | None = None
    story: str | None = None
    min_confidence: float | None = None
    most: int = MOST


def brief(store: Store, wanted: Wanted, as_of: str) -> Brief:
    """The brief on what is wanted; `as_of` is the day on which promises are said to be due."""
    story = _story(store, wanted.story)
    maker = _Maker(store, wanted, frozenset(story.article_ids) if story is not None else None, as_of)
    made = list(maker.sections())
    sections = tuple(
        s for at, s in enumerate(made) if s.sentences or any(o.level > s.level for o in made[at + 1 : at + 2])
    )
    used = sorted({note.article_id for note in maker.notes}, key=lambda key: _order(maker.article(key)))
    articles = tuple(maker.article(key) for key in used)
    return Brief(_title(wanted, story), as_of, sections, tuple(maker.notes), articles)


def _story(store: Store, key: str | None) -> Story | None:
    if key is None:
        return None
    table, row = store.get(key)
    if not isinstance(row, Story):
        raise OnRecordError(f"brief: {key} is one of {table}, not a story; `onrecord stories` lists them")
    return row


def _title(wanted: Wanted, story: Story | None) -> str:
    parts = [story.title] if story is not None else []
    parts += [f"“{wanted.about}”"] if wanted.about else []
    parts += [wanted.who] if wanted.who else []
    return ", ".join(parts) or "The whole record"


@dataclass
class _Maker:
    """Makes the sentences of one brief and numbers their footnotes in the order in which they come."""

    store: Store
    wanted: Wanted
    inside: frozenset[str] | None
    as_of: str
    notes: list[Footnote] = field(default_factory=list)
    numbers: dict[tuple[str, Passage | None, str], int] = field(default_factory=dict)
    articles: dict[str, Article] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)

    def sections(self) -> Iterator[Section]:
        yield self._section("What happened", self._happenings("happened", "ongoing", "denied"), self._happened)
        yield self._section("What is planned", self._happenings("planned", "possible"), self._happened)
        yield from self._said()
        yield self._section("What differs", self._comparisons("differ"), self._compared)
        yield self._section("What several articles say alike", self._comparisons("agree", "compatible"), self._compared)
        yield self._section("What only one article has", self._comparisons("only_in"), self._compared)
        yield self._section(f"Promises and plans, as of {self.as_of}", self._rows("commitments"), self._promised)

    def _section(
        self, heading: str, items: Sequence[Item], tell: Callable[[Item], Sequence[Piece | _Quote]], level: int = 2
    ) -> Section:
        """A sentence for each item; of too many, those that most articles have, in the order in which they came."""
        most = self.wanted.most or len(items)
        first = sorted(range(len(items)), key=lambda at: (-_width(items[at]), at))[:most]
        sentences = (Sentence(tuple(self._noted(piece) for piece in tell(items[at]))) for at in sorted(first))
        return Section(heading, level, tuple(sentences), len(items) - len(first))

    def _noted(self, piece: Piece | _Quote) -> Piece:
        """The piece with its footnotes numbered."""
        if isinstance(piece, Piece):
            return piece
        numbers = tuple(self._note(article, passage, words) for article, passage, words in piece.rests_on)
        return Piece(piece.kind, piece.words, numbers)

    def _note(self, article: Article, passage: Passage | None, words: str) -> int:
        key = article.id, passage, words
        if key not in self.numbers:
            self.numbers[key] = len(self.notes) + 1
            self.notes.append(Footnote(self.numbers[key], *key))
        return self.numbers[key]

    # ------------------------------------------------------------ what happened

    def _happenings(self, *status: str) -> list[list[Event]]:
        """The events that have one of these statuses, those that are one together."""
        return self._as_one([row for row in self._rows("events") if row.status in status], "same_event")

    def _happened(self, group: Sequence[Event]) -> Sequence[Piece | _Quote]:
        """Its day, who and whom, and the words of each article that tells it."""
        first = group[0]
        when = next((day for event in group if (day := _day(event.when))), "") or self._reported_on(first)
        who = self._who(first.actor_ids, first.actors)
        whom = self._who(first.recipient_ids, first.recipients)
        said = {"happened": "", "ongoing": ", going on"}.get(first.status, f", {first.status}")
        act = f"{(first.mode or first.type).lower().replace('_', ' ')}{said}"
        lead = f"{when}: {who or SOMEBODY}{f' → {whom}' if whom and whom != who else ''} ({act})"
        pieces: list[Piece | _Quote] = [Piece("text", lead)]
        telling = self._one_per_article(group)
        for event in telling[:TELLING]:
            article = self.article(event.article_id)
            pieces += [Piece("text", f"; {self._by(event, article)}: "), _quoted(article, _told_in(article, event))]
        return [*pieces, Piece("text", _more(len(telling) - TELLING))]

    def _reported_on(self, event: Event) -> str:
        """What stands for the day of an event that no article dates: the day on which the first of them came out."""
        day = _day(self.article(event.article_id).published)
        return f"reported {day}" if day else "no date given"

    def _by(self, event: Event, article: Article) -> str:
        """Who asserts an event: the outlet, or somebody in it."""
        if event.asserted_by == "outlet":
            return publisher(article)
        statement: Any = self.store.row("statements", event.asserted_by)
        speaker = self._speaker(statement) if statement is not None else "somebody"
        return f"{speaker} in {publisher(article)}"

    # ------------------------------------------------------------ who said what

    def _said(self) -> Iterator[Section]:
        """For each named speaker, those with most statements first, a sentence for each utterance; then the others."""
        named: dict[tuple[str, ...], list[Statement]] = defaultdict(list)
        others: list[Statement] = []
        for row in self._rows("statements"):
            assert isinstance(row, Statement)
            (named[row.speaker_ids] if row.speaker_ids else others).append(row)
        order = sorted(named, key=lambda ids: (-len(named[ids]), self._who(ids, ()), ids))
        most = self.wanted.most or len(order)
        yield Section("Who said what", 2, (), max(0, len(order) - most), "speaker")
        for ids in order[:most]:
            yield self._section(self._headed(ids), self._as_one(named[ids], "same_words"), self._utterance, 3)
        yield self._section("Others, as the articles call them", self._as_one(others, "same_words"), self._utterance, 3)

    def _headed(self, ids: Sequence[str]) -> str:
        """The names of speakers, of a single one with the office that the record has for it."""
        names = self._who(ids, ())
        if len(ids) != 1:
            return names
        party: Any = self.store.row("parties", ids[0])
        offices = [role for role in party.roles if role.of] or list(party.roles)
        return f"{names}, {offices[0].title}{f' of {offices[0].of}' if offices[0].of else ''}" if offices else names

    def _utterance(self, group: Sequence[Statement]) -> Sequence[Piece | _Quote]:
        """One utterance: the words of its fullest report, then those of the other articles that have it."""
        first, *others = sorted(group, key=lambda row: (row.form == "indirect", -len(row.text), row.id))
        pieces: list[Piece | _Quote] = [
            Piece("text", f"{self._reported(self._speaker(first), first)}: "),
            *self._words(first),
        ]
        for other in others[: TELLING - 1]:
            lead = f"; in {publisher(self.article(other.article_id))}: "
            pieces += [Piece("text", lead), *self._words(other)]
        return [*pieces, Piece("text", _more(len(group) - TELLING))]

    def _reported(self, name: str, row: Statement) -> str:
        """Who said it, when, how it came here, and in whose words it stands."""
        when = _day(row.said)
        lead = f"{when}: " if when else ""
        outlet = publisher(self.article(row.article_id))
        if row.form == "indirect":
            return f"{lead}{name} {VERBS[row.act]}, in the words of {outlet}"
        return f"{lead}{name} {VERBS[row.act]}, according to {outlet}"

    def _words(self, row: Statement) -> list[Piece | _Quote]:
        article = self.article(row.article_id)
        pieces: list[Piece | _Quote] = []
        for passage in _content(article, row):
            pieces += [Piece("text", " … ")] if pieces else []
            pieces.append(_quoted(article, passage))
        for relay in row.via:
            name = self._name(relay.party_id)
            pieces += [Piece("text", f", relayed by {name} ("), _quoted(article, relay.passage), Piece("text", ")")]
        return pieces

    # ------------------------------------------------------------ what differs, what one alone has

    def _compared(self, row: Comparison) -> Sequence[Piece | _Quote]:
        """The question, what each article says, and why that is a difference or none."""
        pieces: list[Piece | _Quote] = [Piece("text", f"{row.question} ")]
        for at, answer in enumerate(row.answers[: 2 * TELLING]):
            article = self.article(answer.article_id)
            words = self._answer_words(article, answer.record_id, answer.value)
            shown = answer_words(answer.value)
            value = "" if answer.value in words.words or shown in words.words else f"{shown}, "
            pieces += [Piece("text", f"{'; ' if at else ''}{publisher(article)}: {value}"), words]
        remarks = self._remarks(row)
        left_out = len(row.answers) - 2 * TELLING
        if left_out > 0:
            remarks.insert(0, f"{left_out} more {'answer' if left_out == 1 else 'answers'}")
        return [*pieces, Piece("text", f" ({'; '.join(remarks)})." if remarks else ".")]

    def _remarks(self, row: Comparison) -> list[str]:
        """Why the answers compare as they do, how many sources they have, and who is silent."""
        remarks = []
        if row.outcome in ("differ", "compatible") and row.explanation.strip():
            remarks.append(row.explanation.strip().rstrip("."))
        if len({answer.article_id for answer in row.answers}) > 1:
            remarks.append(_origins(row))
        for says, articles in (("silent", row.silent), ("published before it was known", row.too_early)):
            if articles and row.outcome == "only_in":
                remarks.append(f"{says}: {', '.join(sorted({publisher(self.article(key)) for key in articles}))}")
        return remarks

    def _comparisons(self, *outcomes: str) -> list[Comparison]:
        """The comparisons that one of the articles and one of the rows of the brief answer.

        That several articles have the same words of a speaker is told where the words are.
        """
        rows = [row for row in self.store.rows("comparisons") if isinstance(row, Comparison)]
        rows = [row for row in rows if row.outcome in outcomes and row.answers]
        if "agree" in outcomes:
            rows = [row for row in rows if row.outcome != "agree" or not _is_on_words(row)]
        rows.sort(key=lambda row: (-_width(row), row.question, row.id))
        if self._is_everything():
            return rows
        wanted = {row.id for table in ("statements", "events", "figures") for row in self._rows(table)}
        wanted |= {row.id for row in self._rows("articles")} if self.wanted.who is None else set()
        return [row for row in rows if any(answer.record_id in wanted for answer in row.answers)]

    def _answer_words(self, article: Article, record_id: str, value: str) -> _Quote:
        """The words of the row that answers; of an article on itself, the words of the date that gives the value."""
        if record_id == article.id:
            when = next((w for w in article.dates if w.earliest and value.startswith(w.earliest[:10])), None)
            words = when.text.strip() if when is not None else value
            at = article.text.find(words) if words else -1
            if at >= 0 and words:
                return _quoted(article, Passage(at, at + len(words)))
            basis = when.basis if when is not None and when.basis else "metadata"
            return _Quote("text", f"from its {basis}", ((article, None, words or value),))
        table, row = self.store.get(record_id)
        places = [passage for _, passage in passages_in(row)]
        if isinstance(row, Event):
            places = [_told_in(article, row)]
        elif hasattr(row, "passage"):
            places = [row.passage]
        if table == "occasions":
            places = [Passage(m.start, m.end) for m in row.mentions if m.article_id == article.id]
        return _quoted(article, places[0])

    # ------------------------------------------------------------ promises

    def _promised(self, row: Commitment) -> Sequence[Piece | _Quote]:
        """Who promised what, when it is due and how it stands."""
        article = self.article(row.article_id)
        who = self._who(row.who_ids, ()) or "somebody"
        due = _day(row.due)
        stands = STANDING[standing(row, self.as_of)]
        lead = f"{who}, according to {publisher(article)}: "
        pieces: list[Piece | _Quote] = [Piece("text", lead), _quoted(article, row.passage)]
        pieces.append(Piece("text", f", due {due}, {stands}" if due else f", {stands}"))
        if row.met_by is not None:
            event: Any = self.store.row("events", row.met_by)
            there = self.article(event.article_id)
            pieces += [Piece("text", f"; {publisher(there)} tells of it: "), _quoted(there, _told_in(there, event))]
        return [*pieces, Piece("text", ".")]

    # ------------------------------------------------------------ rows

    def _is_everything(self) -> bool:
        return self.wanted.about is None and self.wanted.who is None and self.inside is None

    def _rows(self, table: str) -> list[Any]:
        """The rows of a table that the brief is on, in the order in which people read them."""
        filters = Filters(who=self.wanted.who, about=self.wanted.about)
        if table != "articles":
            filters = replace(filters, min_confidence=self.wanted.min_confidence)
        rows = list(select(self.store, table, filters))
        if self.inside is None:
            return rows
        return [row for row in rows if getattr(row, "article_id", row.id) in self.inside]

    def _as_one(self, rows: Sequence[Any], kind: str) -> list[list[Any]]:
        """The rows in groups that links of a kind make one, in the order of the first of each."""
        group_of = {row.id: [row] for row in rows}
        sql = "SELECT left_id, right_id FROM links WHERE kind = ? AND left_id IN (SELECT value FROM json_each(?))"
        for left, right in self.store.select(f"{sql} ORDER BY id", (kind, json.dumps(sorted(group_of)))):
            one, other = group_of[left], group_of.get(right)
            if other is not None and one is not other:
                one += other
                group_of.update({row.id: one for row in other})
        return [group for row in rows if (group := group_of[row.id])[0] is row]

    def _one_per_article(self, rows: Sequence[Any]) -> list[Any]:
        return list({row.article_id: row for row in reversed(rows)}.values())[::-1]

    def article(self, key: str) -> Article:
        if key not in self.articles:
            found: Any = self.store.row("articles", key)
            self.articles[key] = found
        return self.articles[key]

    def _name(self, party_id: str) -> str:
        if party_id not in self.names:
            found = self.store.select("SELECT name FROM parties WHERE id = ?", (party_id,))
            self.names[party_id] = found[0][0] if found and found[0][0] else "somebody"
        return self.names[party_id]

    def _who(self, ids: Sequence[str], words: Sequence[str]) -> str:
        return ", ".join(self._name(key) for key in ids) or ", ".join(f"“{' '.join(w.split())}”" for w in words)

    def _speaker(self, row: Statement) -> str:
        named = ", ".join(self._name(key) for key in row.speaker_ids)
        return named or (f"“{' '.join(row.speaker_name.split())}”" if row.speaker_name else "Somebody who is not named")


@dataclass(frozen=True, slots=True)
class _Quote:
    """A piece whose footnotes are not numbered yet."""

    kind: PieceKind
    words: str
    rests_on: tuple[tuple[Article, Passage | None, str], ...]


def _quoted(article: Article, passage: Passage) -> _Quote:
    words = passage.of(article.text)
    return _Quote("quote", words, ((article, passage, words),))


def _content(article: Article, row: Statement) -> tuple[Passage, ...]:
    """The words of a statement; of one that reports two or three of its words, the sentence that they stand in."""
    if row.form == "indirect" and len(row.text.split()) < FEWEST and row.cue is not None:
        around = sentence_around(article, row.cue)
        if all(around.holds(passage) for passage in row.content):
            return (around,)
    return row.content


def _told_in(article: Article, event: Event) -> Passage:
    """The sentence that tells an event, without a quotation mark at its end that opens the next sentence."""
    around = sentence_around(article, event.triggers[0])
    words = around.of(article.text)
    if words.endswith('"') and words.count('"') % 2 == 1:
        shorter = words[:-1].rstrip()
        return Passage(around.start, around.start + len(shorter)) if shorter else around
    return around


def _width(item: Any) -> int:
    """How many articles have an item: a group of rows that are one, or a comparison."""
    rows = item if isinstance(item, list) else getattr(item, "answers", ())
    return len({row.article_id for row in rows})


def _more(number: int) -> str:
    """The end of a sentence of which `number` more articles have what it says."""
    if number <= 0:
        return "."
    return f"; {number} more {'article has' if number == 1 else 'articles have'} it."


def _is_on_words(row: Comparison) -> bool:
    return all(subject.kind.startswith("statement") for subject in row.about)


def _day(when: When | None) -> str:
    """A time as short as it can be said; empty where it is not known."""
    if when is None or not (when.earliest or when.latest):
        return ""
    first, last = (when.earliest or "")[:10], (when.latest or "")[:10]
    if not first:
        return f"by {last}"
    if not last or first == last:
        return first
    if when.precision == "year" and first[:4] == last[:4]:
        return first[:4]
    return first[:7] if when.precision == "month" and first[:7] == last[:7] else f"{first} to {last}"


def _origins(row: Comparison) -> str:
    """How many sources stand behind the answers, as the record counts them."""
    noun = "independent origin" if row.independent_origins == 1 else "independent origins"
    unresolved = f", {row.unresolved_origins} unresolved" if row.unresolved_origins else ""
    return f"{row.independent_origins} {noun}{unresolved}"


def _order(article: Article) -> tuple[str, str, str]:
    day = (article.published.earliest or "") if article.published is not None else ""
    return day, publisher(article), article.id
