"""Judgements applied to the rows of a record, one after the other in the order in which they were given.

A pure function of the rows as they were joined and of the judgements, so that a rebuild gives what was there before it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from onrecord.model import Judgement, Link, LinkKind, OnRecordError, Party, Passage, digest
from onrecord.model.personal import fold
from onrecord.store.judging import editing, gist
from onrecord.store.judging.places import MAIN, main_passages, other_of, target_of, words_at
from onrecord.store.judging.rows import Base, Joined, Key, Rows, named_in, renamed

SAME: dict[str, LinkKind] = {"statements": "same_words", "events": "same_event", "figures": "same_figure"}
"""The link that says of two rows of a table that they are the same."""

ACROSS = ("links", "comparisons", "stories")
"""Tables that are derived after the judgements were applied; only verdicts are passed on them."""

LEAVING = ("statements", "events", "figures", "times", "occasions", "commitments")
"""Tables whose rows are neither linked nor compared when they are called wrong."""

VERDICTS = ("right", "wrong", "checked", "edit")
"""What a row's verdict may be; a later one counts and not an earlier."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What judgements come to in a record.

    `attached` has a judgement's id, and the table and id of its row. `verdicts` gives each judged row the last verdict
    and the judgement that passed it. `before` has the rows that changed as they were joined, null for one that was
    made.
    """

    attached: tuple[tuple[str, str, str], ...] = ()
    verdicts: tuple[tuple[Key, str, str], ...] = ()
    before: tuple[tuple[Key, Any | None], ...] = ()

    def wrong(self) -> frozenset[Key]:
        """The rows that were called wrong."""
        return frozenset(key for key, verdict, _ in self.verdicts if verdict == "wrong")


@dataclass
class Applied:
    """The rows with all judgements applied, and what is to be done to the links that are derived from them."""

    rows: Rows
    attached: dict[str, Key] = field(default_factory=dict)
    verdicts: dict[Key, tuple[str, str]] = field(default_factory=dict)
    same: dict[tuple[str, str, str], Judgement] = field(default_factory=dict)
    cut: set[tuple[str, str, str]] = field(default_factory=set)
    into: dict[str, str] = field(default_factory=dict)
    """The party or occasion that one which was merged has become part of."""
    cut_links: dict[Key, Any | None] = field(default_factory=dict)
    """The links that judgements took away, and (null) those that they made."""

    def tables(self, joined: Joined) -> dict[str, tuple[Any, ...]]:
        """Every table with its changed rows in place, in the order of ids."""
        new: dict[str, dict[str, Any | None]] = {}
        for (table, key), row in self.rows.changed.items():
            new.setdefault(table, {})[key] = row
        return {name: _replaced(rows, new.get(name)) for name, rows in joined.tables.items()}

    def links(self, found: Iterable[Link]) -> list[Link]:
        """The links without those that a person cut, and with those that a person made, in the order of ids."""
        before = {link.id: link for link in found}
        kept = {key: link for key, link in before.items() if (link.kind, link.left_id, link.right_id) not in self.cut}
        for (kind, left, right), judgement in self.same.items():
            made = self._link(kind, left, right, judgement)
            if made is not None:
                kept[made.id] = made
        changed = sorted(key for key in {**before, **kept} if before.get(key) != kept.get(key))
        self.cut_links = {("links", key): before.get(key) for key in changed}
        return [kept[key] for key in sorted(kept)]

    def without_wrong(self, tables: Mapping[str, tuple[Any, ...]]) -> dict[str, tuple[Any, ...]]:
        """The tables without the rows that were called wrong, but for parties and mentions, which others name."""
        wrong = {key for key, (verdict, _) in self.verdicts.items() if verdict == "wrong"}
        if not wrong:
            return dict(tables)
        return {
            name: tuple(row for row in rows if (name, row.id) not in wrong) if name in LEAVING else rows
            for name, rows in tables.items()
        }

    def _link(self, kind: Any, left: str, right: str, judgement: Judgement) -> Link | None:
        table = next(table for table, word in SAME.items() if word == kind)
        ours, theirs = self.rows.get(table, left), self.rows.get(table, right)
        if ours is None or theirs is None:
            return None
        return Link(
            id=digest("link", kind, left, right),
            kind=kind,
            left_id=left,
            right_id=right,
            left_passages=main_passages(table, ours, ours.article_id),
            right_passages=main_passages(table, theirs, theirs.article_id),
            changed=(),
            score=1.0,
            explanation=f"{judgement.by or 'Somebody'} judged on {judgement.at[:10]} that these are the same.",
        )

    def outcome(self, across: Iterable[tuple[str, Any]] = (), judgements: Sequence[Judgement] = ()) -> Outcome:
        """What it all comes to; `across` are the rows that were derived afterwards, with their tables."""
        self._judge_across(list(across), judgements)
        verdicts = {key: said for key, said in self.verdicts.items() if key[0] in ACROSS or self.rows.get(*key)}
        for table, key in sorted(self.verdicts):
            verdict, judgement = self.verdicts[table, key]
            if table == "parties" and verdict == "wrong":
                for each, row in self.rows.naming(key):
                    if each == "mentions":
                        verdicts.setdefault((each, row.id), (verdict, judgement))
        return Outcome(
            attached=tuple((key, *place) for key, place in sorted(self.attached.items())),
            verdicts=tuple((place, *verdicts[place]) for place in sorted(verdicts)),
            before=tuple(sorted([*self.rows.before(), *self.cut_links.items()], key=lambda pair: pair[0])),
        )

    def _judge_across(self, across: list[tuple[str, Any]], judgements: Sequence[Judgement]) -> None:
        if not any(judgement.target_kind in ACROSS for judgement in judgements):
            return
        for judgement in in_order(judgements):
            found = _found_across(self.rows, judgement, across) if judgement.target_kind in ACROSS else None
            if found is not None:
                _note(self, judgement, found)


def _replaced(rows: Sequence[Any], new: dict[str, Any | None] | None) -> tuple[Any, ...]:
    if not new:
        return tuple(rows)
    by_id = {row.id: row for row in rows} | {key: row for key, row in new.items() if row is not None}
    return tuple(by_id[key] for key in sorted(by_id) if new.get(key, by_id[key]) is not None)


def in_order(judgements: Iterable[Judgement]) -> list[Judgement]:
    """Judgements from the first given to the last."""
    return sorted(judgements, key=lambda judgement: (judgement.at, judgement.id))


def apply(base: Base, judgements: Iterable[Judgement]) -> Applied:
    """The rows with the judgements applied; one whose row is not there is left out, and waits for its return."""
    done = Applied(Rows(base))
    for judgement in in_order(judgements):
        if judgement.target_kind == "links":
            _cut_link(done, judgement)
        if judgement.target_kind in ACROSS:
            continue
        row = target_of(done.rows, judgement)
        if row is not None and _apply_one(done, judgement, row):
            _note(done, judgement, (judgement.target_kind, row.id))
    _loosen(done)
    return done


def _note(done: Applied, judgement: Judgement, place: Key) -> None:
    done.attached[judgement.id] = (place[0], done.into.get(place[1], place[1]))
    if judgement.verdict in VERDICTS:
        done.verdicts[place] = (judgement.verdict, judgement.id)


def _apply_one(done: Applied, judgement: Judgement, row: Any) -> bool:
    """Whether the judgement could be applied: its second row is there, its value still names something."""
    table, verdict = judgement.target_kind, judgement.verdict
    if verdict in ("right", "wrong", "checked"):
        return judgement.was is None or gist.is_same(judgement.was, gist.of(done.rows, table, row))
    try:
        if verdict == "edit":
            return _edit(done, judgement, row)
        return _pair(done, judgement, row)
    except OnRecordError:
        # A name that was one party's when the judgement was given may be two parties' by now.
        return False


def _pair(done: Applied, judgement: Judgement, row: Any) -> bool:
    """Two rows are the same, or are not."""
    table, same = judgement.target_kind, judgement.verdict == "same_as"
    if table == "parties" and not same and judgement.value:
        split(done.rows, row, judgement.value, judgement.other_words or judgement.value)
        return True
    other = other_of(done.rows, judgement, table)
    if other is None:
        return False
    if table in SAME:
        left, right = sorted((row.id, other.id))
        place = (SAME[table], left, right)
        done.same.pop(place, None)
        done.cut.discard(place)
        if same:
            done.same[place] = judgement
        else:
            done.cut.add(place)
    elif same and other.id != row.id:
        merge(done, table, row, other)
    elif not same and other.id == row.id and table == "parties" and judgement.other_words:
        split(done.rows, row, judgement.other_words, judgement.other_words)
    return True


def merge(done: Applied, table: str, row: Any, into: Any) -> None:
    """A party or an occasion becomes part of another, whose name it takes; all that named it names the other."""
    if table == "parties":
        spelt = {*into.aliases, *row.aliases, row.name} - {into.name, ""}
        roles = tuple(dict.fromkeys((*into.roles, *row.roles)))
        roles = tuple(
            sorted(roles, key=lambda role: (role.title, role.of or "", role.when.earliest or "" if role.when else ""))
        )
        country = into.country or row.country
        done.rows.put(table, replace(into, aliases=tuple(sorted(spelt)), roles=roles, country=country))
    else:
        mentions = sorted({*into.mentions, *row.mentions}, key=lambda m: (m.article_id, m.start, m.end))
        done.rows.put(table, replace(into, mentions=tuple(mentions)))
    for each, naming in done.rows.naming(row.id):
        rename(done.rows, each, naming, row.id, into.id)
    done.rows.drop(table, row.id)
    done.into = {key: into.id if value == row.id else value for key, value in done.into.items()} | {row.id: into.id}
    for judgement, place in list(done.attached.items()):
        if place == (table, row.id):
            done.attached[judgement] = (table, into.id)


def rename(rows: Rows, table: str, row: Any, old: str, new: str | None) -> None:
    """A row names another party in the place of one, and its only speaker by that party's name."""
    changed = renamed(row, lambda key: new if key == old else key)
    rows.put(table, with_speaker(rows, row, changed) if table == "statements" else changed)


def with_speaker(rows: Rows, before: Any, statement: Any) -> Any:
    """A statement whose speakers have changed says who they are, or that nobody is known."""
    if before.speaker_ids == statement.speaker_ids:
        return statement
    parties = [party for party in (rows.get("parties", key) for key in statement.speaker_ids) if party is not None]
    names = "; ".join(party.name for party in parties if party.name)
    resolved_by = statement.resolved_by if statement.speaker_ids else None
    return replace(statement, speaker_name=names or statement.speaker_name, resolved_by=resolved_by)


def split(rows: Rows, party: Party, spelling: str, name: str) -> None:
    """The mentions of a party in one spelling name another party; an article that has no other spelling goes whole."""
    called = [each for each in rows.parties_called(name) if each.id != party.id]
    other = called[0] if len(called) == 1 else editing.made_party(rows, name, party.kind, apart_from=party.id)
    wanted = fold(spelling)
    by_article: dict[str, list[Any]] = {}
    for table, row in rows.naming(party.id):
        if table == "mentions":
            by_article.setdefault(row.article_id, []).append(row)
    for article_id, mentions in sorted(by_article.items()):
        names = [mention for mention in mentions if mention.form == "name"]
        meant = [mention for mention in mentions if fold(mention.text) == wanted]
        if meant and len(meant) >= len(names) and all(mention in meant for mention in names):
            move_article(rows, article_id, party.id, other.id)
        else:
            for mention in meant:
                move_mention(rows, mention, other.id)
    _shed(rows, party, wanted)


def _shed(rows: Rows, party: Party, spelling: str) -> None:
    """A party without one of its spellings; where that was its name, it is called by the longest that its texts use."""
    aliases = tuple(alias for alias in party.aliases if fold(alias) != spelling)
    name = party.name
    if fold(name) == spelling:
        left = [row.text for table, row in rows.naming(party.id) if table == "mentions" and row.form == "name"]
        spelt = sorted({*aliases, *left} - {""}, key=lambda text: (-len(text), text))
        name = next((text for text in spelt if fold(text) != spelling), name)
        aliases = tuple(alias for alias in aliases if alias != name)
    rows.put("parties", replace(party, name=name, aliases=aliases))


def move_article(rows: Rows, article_id: str, old: str, new: str) -> None:
    """All that one article says of a party, it says of another."""
    for table, row in rows.naming(old):
        if getattr(row, "article_id", None) == article_id:
            rename(rows, table, row, old, new)


def move_mention(rows: Rows, mention: Any, new: str | None) -> None:
    """A mention names another party (null: none), and so do the speakers and actors whose words it stands in."""
    old, place = mention.party_id, Passage(mention.start, mention.end)
    others = [
        Passage(each.start, each.end)
        for each in rows.of_article("mentions", mention.article_id)
        if each.party_id == old and each.id != mention.id
    ]
    for table in ("statements", "events"):
        for row in rows.of_article(table, mention.article_id):
            if old in named_in(row):
                changed = _replaced_where(table, row, place, others, (old, new))
                if changed != row:
                    rows.put(table, with_speaker(rows, row, changed) if table == "statements" else changed)
    if new is not None:
        rows.put("mentions", replace(mention, party_id=new, resolved_by=editing.BY_A_PERSON))


def _replaced_where(
    table: str, row: Any, place: Passage, others: Sequence[Passage], swap: tuple[str, str | None]
) -> Any:
    """A row with a party replaced in those fields whose words hold the mention, and no other mention of the party."""

    def rests(passages: Iterable[Passage | None]) -> bool:
        own = [passage for passage in passages if passage is not None and passage.meets(place)]
        return bool(own) and not any(passage.meets(other) for passage in own for other in others)

    def swapped(ids: Sequence[str]) -> tuple[str, ...]:
        found = (swap[1] if key == swap[0] else key for key in ids)
        return tuple(dict.fromkeys(key for key in found if key is not None))

    if table == "statements":
        return replace(row, speaker_ids=swapped(row.speaker_ids)) if rests([row.source]) else row
    if rests(row.actor_passages):
        row = replace(row, actor_ids=swapped(row.actor_ids))
    return replace(row, recipient_ids=swapped(row.recipient_ids)) if rests(row.recipient_passages) else row


def _edit(done: Applied, judgement: Judgement, row: Any) -> bool:
    rows, table, name = done.rows, judgement.target_kind, judgement.field or ""
    value = editing.check(table, name, judgement.value or "")
    editor = editing.editor_of(table, name)
    if editor.names_parties:
        chosen = other_of(rows, judgement, "parties")
        parties = list(editing.parties_in(rows, value, chosen))
        if table == "mentions":
            _name_mention(rows, row, name, value, parties)
        else:
            _put_parties(rows, table, row, editing.PARTY_FIELDS[table, name], parties)
        return True
    if table == "parties" and name == "name":
        _rename_party(rows, row, value)
        return True
    rows.put(table, editor.put(row, value, rows))
    if table == "times":
        _date_what_it_dates(rows, row)
    return True


def _name_mention(rows: Rows, mention: Any, field: str, value: str, parties: Sequence[Party]) -> None:
    party = parties[0]
    if party.id == mention.party_id:
        # The same name again: somebody else who is called so.
        party = editing.made_party(rows, value, party.kind, apart_from=f"{mention.article_id}/{party.id}")
    if field == "party":
        move_mention(rows, mention, party.id)
    else:
        move_article(rows, mention.article_id, mention.party_id, party.id)


def _put_parties(rows: Rows, table: str, row: Any, field: str, parties: Sequence[Party]) -> None:
    changed = replace(row, **{field: tuple(dict.fromkeys(party.id for party in parties))})
    if table == "statements":
        words = words_at(rows, row.article_id, [row.source]) if row.source is not None else None
        names = "; ".join(party.name for party in parties)
        changed = replace(changed, speaker_name=names or words, resolved_by=editing.BY_A_PERSON if parties else None)
    rows.put(table, changed)


def _rename_party(rows: Rows, party: Party, name: str) -> None:
    """A party under another name; its old one becomes an alias, and its statements say the new one."""
    aliases = tuple(sorted({*party.aliases, party.name} - {name, ""}))
    rows.put("parties", replace(party, name=name, aliases=aliases))
    for table, row in rows.naming(party.id):
        if table == "statements" and row.speaker_ids == (party.id,):
            rows.put(table, replace(row, speaker_name=name))


def _date_what_it_dates(rows: Rows, time: Any) -> None:
    """Rows of the article that were dated by a time follow it, where no other time has the same words and days."""
    new = rows.get("times", time.id)
    twins = [
        each for each in rows.of_article("times", time.article_id) if each.when == time.when and each.id != time.id
    ]
    if twins or new is None:
        return
    for table, field_name in (("statements", "said"), ("events", "when"), ("figures", "when"), ("commitments", "due")):
        for row in rows.of_article(table, time.article_id):
            if getattr(row, field_name) == time.when:
                rows.put(table, replace(row, **{field_name: new.when}))


def _loosen(done: Applied) -> None:
    """What a person called wrong no longer speaks, acts, or has others rest on it; the rows themselves stay."""
    for (table, key), (verdict, _) in sorted(done.verdicts.items()):
        row = done.rows.get(table, key)
        if verdict != "wrong" or row is None:
            continue
        if table in ("parties", "occasions"):
            for each, naming in done.rows.naming(key):
                rename(done.rows, each, naming, key, None)
        elif table == "mentions":
            move_mention(done.rows, row, None)
        elif table in ("statements", "events"):
            _let_go(done.rows, table, row)


def _let_go(rows: Rows, table: str, row: Any) -> None:
    """Nothing in the article rests on a statement or an event that is none."""
    loose = (
        (("events", "asserted_by", "outlet"), ("figures", "statement_id", None))
        if table == "statements"
        else (("figures", "event_id", None), ("commitments", "met_by", None))
    )
    for other, field_name, instead in loose:
        for each in rows.of_article(other, row.article_id):
            if getattr(each, field_name) == row.id:
                rows.put(other, replace(each, **{field_name: instead}))


def _cut_link(done: Applied, judgement: Judgement) -> None:
    """A link that is called wrong is not made; where it is called right after all, it is."""
    ends = _ends(done.rows, judgement)
    if ends is None:
        return
    place = (judgement.field or "", *ends)
    (done.cut.add if judgement.verdict == "wrong" else done.cut.discard)(place)
    if judgement.verdict == "wrong":
        link = ("links", digest("link", *place))
        done.attached[judgement.id], done.verdicts[link] = link, ("wrong", judgement.id)


def _ends(rows: Rows, judgement: Judgement) -> tuple[str, str] | None:
    """The ids of the two rows that a judged link holds together, as they are now."""
    found: list[str] = []
    for left in (True, False):
        for table in TABLES_OF.get(judgement.field or "", ()):
            row = target_of(rows, replace(judgement, target_kind=table)) if left else other_of(rows, judgement, table)
            if row is not None:
                found.append(row.id)
                break
    if len(found) < 2:
        return None
    left_id, right_id = found if judgement.field in ("copied_from", "cites") else sorted(found)
    return left_id, right_id


TABLES_OF: dict[str, tuple[str, ...]] = {
    "same_words": ("statements",),
    "same_event": ("events",),
    "same_figure": ("figures",),
    "same_occasion": ("occasions",),
    "copied_from": ("articles",),
    "cites": ("statements", "articles", "parties"),
}
"""The tables whose rows a kind of link may hold together."""


def _found_across(rows: Rows, judgement: Judgement, across: Iterable[tuple[str, Any]]) -> Key | None:
    """The link, comparison or story that a judgement is about, among those derived."""
    if judgement.target_kind == "links":
        ends = _ends(rows, judgement)
        key = digest("link", judgement.field or "", *ends) if ends else ""
        return next(((table, row.id) for table, row in across if table == "links" and row.id == key), None)
    if judgement.target_kind == "stories":
        homes = [row for table, row in across if table == "stories" and judgement.article_id in row.article_ids]
        return ("stories", homes[0].id) if len(homes) == 1 else None
    return _comparison(rows, judgement, [row for table, row in across if table == "comparisons"])


def _comparison(rows: Rows, judgement: Judgement, comparisons: Iterable[Any]) -> Key | None:
    """The comparison of this id, else the only one that asks the same of the same two rows, with the same outcome."""
    answers = {key for left in (True, False) if (key := _row_of(rows, judgement, left=left))}
    found = [
        row
        for row in comparisons
        if row.id == judgement.target_id
        or (row.question == judgement.field and answers and answers <= {answer.record_id for answer in row.answers})
    ]
    found = [row for row in found if judgement.was in (None, row.outcome)]
    exact = [row for row in found if row.id == judgement.target_id]
    return ("comparisons", (exact or found)[0].id) if len(exact or found) == 1 else None


def _row_of(rows: Rows, judgement: Judgement, *, left: bool) -> str | None:
    """The row, of whatever table, that gives one of the two answers that a judgement names."""
    for table in (*MAIN, "articles"):
        probe = replace(judgement, target_kind=table, target_id="") if left else judgement
        row = target_of(rows, probe) if left else other_of(rows, probe, table)
        if row is not None:
            return str(row.id)
    return None
