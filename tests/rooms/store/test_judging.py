"""What a person says of a record: applied at once, kept over rebuilds, taken back, found again after a change."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from onrecord.model import TABLES, Judgement, OnRecordError, Party, Passage
from onrecord.model.codec import to_json
from onrecord.pipeline.build import rejoin
from onrecord.store import Filters, Store, search, select, verify
from onrecord.store.judging import editing, keeping, values
from onrecord.store.judging.files import read_judgements
from onrecord.store.judging.keeping import Said

AT = "2026-05-31T09:15:00Z"


@pytest.fixture
def store(sample_record: Path) -> Any:
    with Store.open(sample_record) as opened:
        yield opened


def judge(store: Store, table: str, key: str, verdict: Any, **more: Any) -> Judgement:
    """A judgement a second after the last."""
    at = f"2026-05-31T09:{store.count('judgements'):02}:00Z"
    return keeping.judge(store, table, key, Said(verdict, "Tester", at, **more))


def joined_again(store: Store) -> None:
    rejoin(store, store.meta().reader)


def party(store: Store, name: str, kind: str = "person") -> Party:
    [found] = [row for row in store.rows("parties") if row.name == name and row.kind == kind]
    assert isinstance(found, Party)
    return found


def a_statement(store: Store, speaker: str | None = None) -> Any:
    """The first statement, of a speaker where one is named, by its speaker's very name in the text."""
    rows = [row for row in store.rows("statements") if row.source is not None]
    return next(row for row in rows if speaker is None or row.speaker_name == speaker)


# What each correction does.


def test_a_speaker_who_was_corrected_is_still_corrected_after_a_rebuild(store: Store) -> None:
    statement = a_statement(store)
    judge(store, "statements", statement.id, "edit", field="speaker", value="Elina Korpivaara")
    for again in (False, True):
        if again:
            joined_again(store)
        row: Any = store.row("statements", statement.id)
        assert row.speaker_ids == (party(store, "Elina Korpivaara").id,)
        assert (row.speaker_name, row.resolved_by) == ("Elina Korpivaara", "judgement")
        assert statement.id in [hit.id for hit in search(store, f"Korpivaara {row.text.split()[1]}")], "the index knows"
        assert not verify(store)


def test_a_speaker_whom_the_record_does_not_know_comes_into_it_and_goes_when_taken_back(store: Store) -> None:
    statement, before = a_statement(store), store.count("parties")
    made = judge(store, "statements", statement.id, "edit", field="speaker", value="Harbour Board (organisation)")
    assert party(store, "Harbour Board", "organisation").id in store.row("statements", statement.id).speaker_ids  # type: ignore[union-attr]
    keeping.undo(store, [made.id])
    assert store.row("statements", statement.id) == statement
    assert store.count("parties") == before


def test_two_parties_become_one_and_everything_names_it(store: Store) -> None:
    gone, into = party(store, "Tamarind", "person"), party(store, "Tamarind", "organisation")
    judge(store, "parties", gone.id, "same_as", other=into.id)
    assert store.row("parties", gone.id) is None
    for table in ("mentions", "statements", "events", "stories"):
        assert not keeping.naming_ids(store, table, gone.id)
    assert not verify(store)


def test_merged_parties_keep_both_names(store: Store) -> None:
    judge(store, "parties", party(store, "Edda Brim").id, "same_as", other=party(store, "Sigrun Valdal").id)
    merged = party(store, "Sigrun Valdal")
    assert "Edda Brim" in merged.aliases and "Valdal" in merged.aliases


def test_a_party_that_is_none_is_hidden_speaks_no_more_and_is_still_there(store: Store) -> None:
    speaker = party(store, "Rosa Palomino")
    said = [row.id for row in store.rows("statements") if speaker.id in row.speaker_ids]
    judge(store, "parties", speaker.id, "wrong")
    assert speaker.id not in [row.id for row in select(store, "parties")]
    assert speaker.id in [row.id for row in select(store, "parties", Filters(verdict="wrong"))]
    assert said and all(speaker.id not in row.speaker_ids for row in store.load("statements", said))
    mentions = [row.id for row in store.rows("mentions") if row.party_id == speaker.id]
    assert {keeping.verdict_of(store, "mentions", key) for key in mentions} == {"wrong"}


def test_a_spelling_that_is_somebody_else_takes_its_mentions_along(store: Store) -> None:
    both = party(store, "Hernán Tello"), party(store, "Rosa Palomino")
    judge(store, "parties", both[0].id, "same_as", other=both[1].id)
    judge(store, "parties", both[1].id, "not_same_as", value="Hernán Tello", other="Hernán Tello")
    assert party(store, "Hernán Tello").id != both[1].id
    assert "Hernán Tello" not in party(store, "Rosa Palomino").aliases


def test_a_mention_that_names_another_takes_the_speaker_along(store: Store) -> None:
    statement = a_statement(store, "Elina Korpivaara")
    inside = [
        row
        for row in store.rows("mentions")
        if row.article_id == statement.article_id and Passage(row.start, row.end).meets(statement.source)
    ]
    mention = next(row for row in inside if row.party_id == statement.speaker_ids[0])
    judge(store, "mentions", mention.id, "edit", field="party", value="Jonas Brekkan")
    assert store.row("statements", statement.id).speaker_ids == (party(store, "Jonas Brekkan").id,)  # type: ignore[union-attr]


def test_what_is_wrong_is_left_out_of_lists_and_of_links_and_stays_in_the_record(store: Store) -> None:
    linked = [link for link in store.rows("links") if store.row("figures", link.left_id)]
    figure = linked[0].left_id if linked else next(iter(store.rows("figures"))).id
    judge(store, "figures", figure, "wrong")
    joined_again(store)
    assert store.row("figures", figure) is not None
    assert figure not in [row.id for row in select(store, "figures")]
    assert figure not in [end for link in store.rows("links") for end in (link.left_id, link.right_id)]


def test_only_what_was_checked_can_be_asked_for(store: Store) -> None:
    first, second, third = list(store.rows("times"))[:3]
    judge(store, "times", first.id, "checked")
    judge(store, "times", second.id, "right")
    judge(store, "times", third.id, "wrong")
    checked = {row.id for row in select(store, "times", Filters(verdict="checked"))}
    assert checked == {first.id, second.id}
    unjudged = {row.id for row in select(store, "times", Filters(verdict="unjudged"))}
    assert unjudged == {row.id for row in store.rows("times")} - {first.id, second.id, third.id}
    judge(store, "times", third.id, "right")
    assert third.id in {row.id for row in select(store, "times")}, "the last verdict counts"
    with pytest.raises(OnRecordError, match="is no choice of verdicts"):
        list(select(store, "times", Filters(verdict="perhaps")))


def test_events_that_a_person_joins_are_linked_and_those_kept_apart_are_not(store: Store) -> None:
    events = list(store.rows("events"))
    one, other = events[0], next(row for row in events if row.article_id != events[0].article_id)
    judge(store, "events", one.id, "same_as", other=other.id)
    for again in (False, True):
        if again:
            joined_again(store)
        pairs = {(link.kind, *sorted((link.left_id, link.right_id))) for link in store.rows("links")}
        assert ("same_event", *sorted((one.id, other.id))) in pairs
    judge(store, "events", one.id, "not_same_as", other=other.id)
    joined_again(store)
    pairs = {(link.kind, *sorted((link.left_id, link.right_id))) for link in store.rows("links")}
    assert ("same_event", *sorted((one.id, other.id))) not in pairs


def test_a_time_that_is_corrected_dates_what_it_dated(store: Store) -> None:
    for time in store.rows("times"):
        rows = [row for row in store.rows("events") if row.article_id == time.article_id and row.when == time.when]
        twins = [row for row in store.rows("times") if row.article_id == time.article_id and row.when == time.when]
        if rows and len(twins) == 1:
            break
    judge(store, "times", time.id, "edit", field="days", value="2031-04")
    event: Any = store.row("events", rows[0].id)
    assert (event.when.earliest, event.when.latest, event.when.precision) == ("2031-04-01", "2031-04-30", "month")
    assert event.when.text == time.when.text, "the words are the text's"


# Found again.


def test_a_judgement_follows_its_row_when_the_span_moves_and_the_id_changes(store: Store) -> None:
    statement = a_statement(store, "Elina Korpivaara")
    made = judge(store, "statements", statement.id, "checked")
    shorter = tuple(Passage(p.start + 3, p.end) for p in made.passages)
    elsewhere = keeping.with_id(replace(made, target_id="f" * 16, passages=shorter, words="as it was read then"))
    keeping.undo(store, [made.id])
    keeping.bring_in(store, [elsewhere])
    assert keeping.verdict_of(store, "statements", statement.id) == "checked"


def test_a_judgement_on_a_row_that_is_gone_waits_and_says_so(store: Store) -> None:
    made = judge(store, "statements", a_statement(store).id, "wrong")
    gone = keeping.with_id(replace(made, target_id="f" * 16, article_id="e" * 16))
    keeping.undo(store, [made.id])
    keeping.bring_in(store, [gone])
    [kept] = keeping.kept(store)
    assert kept.row is None
    assert len(list(select(store, "statements"))) == store.count("statements")


def test_a_verdict_holds_only_while_the_row_says_the_same(store: Store) -> None:
    statement = a_statement(store, "Elina Korpivaara")
    made = judge(store, "statements", statement.id, "right")
    assert made.was == "Elina Korpivaara"
    keeping.undo(store, [made.id])
    keeping.bring_in(store, [keeping.with_id(replace(made, was="Somebody Else"))])
    assert keeping.verdict_of(store, "statements", statement.id) is None


def test_a_party_is_found_again_by_its_mention_when_its_id_changes(store: Store) -> None:
    known = party(store, "Lucía Barrenechea")
    made = judge(store, "parties", known.id, "edit", field="country", value="ECU")
    keeping.undo(store, [made.id])
    keeping.bring_in(store, [keeping.with_id(replace(made, target_id="f" * 16, words="as she was called then"))])
    assert party(store, "Lucía Barrenechea").country == "ECU"


# At once is the same as rebuilt.


def tables(store: Store) -> dict[str, Any]:
    """All that judgements can change, and what is kept of them; what is compared waits for the next join."""
    found: dict[str, Any] = {
        name: {row.id: row for row in store.rows(name)}
        for name in TABLES
        if name not in ("comparisons", "stories", "links")
    }
    for name in ("attached", "verdicts", "unjudged"):
        found[name] = [
            row for row in store.select(f"SELECT * FROM {name} ORDER BY 1, 2") if row[0] not in ("stories", "links")
        ]
    found["counts"] = {name: store.meta().counts[name] for name in found if name in TABLES}
    found["index"] = store.select("SELECT rowid FROM statements_fts WHERE statements_fts MATCH 'minister' ORDER BY 1")
    return found


CHANCE_VALUES = {"value": "about 40,000 t", "country": "KEN", "days": "2024-05-30..2024-06-02"}


def by_chance(store: Store, chance: random.Random) -> tuple[str, str, Said] | None:
    """A judgement drawn at random; null where the draw makes no sense."""
    table = chance.choice(["statements", "events", "figures", "times", "mentions", "parties", "parties", "occasions"])
    rows = list(store.rows(table))
    row = chance.choice(rows)
    verdict: Any = chance.choice(["right", "wrong", "checked", "edit", "edit", "same_as", "not_same_as"])
    at = f"2026-05-31T10:{store.count('judgements'):02}:00Z"
    if verdict == "edit":
        field = chance.choice(sorted(editing.EDITORS[table]))
        editor = editing.EDITORS[table][field]
        value = chance.choice(editor.allowed) if editor.allowed else CHANCE_VALUES.get(field, "2024")
        if editor.names_parties:
            value = chance.choice(["Ilse Varga", "Edda Brim", chance.choice(list(store.rows("parties"))).id])
        return table, row.id, Said(verdict, "Tester", at, field=field, value=value)
    if verdict == "not_same_as" and table == "parties":
        spelt = [mention.text for mention in store.rows("mentions") if mention.party_id == row.id]
        return (table, row.id, Said(verdict, "Tester", at, value=chance.choice(spelt))) if spelt else None
    other = chance.choice(rows).id if verdict.endswith("same_as") else None
    return table, row.id, Said(verdict, "Tester", at, other=other)


@pytest.mark.parametrize("seed", range(12))
def test_what_is_applied_at_once_is_what_a_rebuild_gives_and_undoing_it_all_leaves_no_trace(
    seed: int, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    from onrecord.pipeline import across, corpus_half

    monkeypatch.setattr(corpus_half, "link_and_compare", lambda corpus, **how: across.Across((), (), ()))
    joined_again(store)
    before, chance, made = tables(store), random.Random(seed), list[str]()
    for _ in range(14):
        drawn = by_chance(store, chance)
        if drawn is None:
            continue
        try:
            made.append(keeping.judge(store, *drawn).id)
        except OnRecordError:
            continue
        if chance.random() < 0.15:
            keeping.undo(store, [made.pop(chance.randrange(len(made)))])
    at_once = tables(store)
    assert not verify(store)
    joined_again(store)
    assert tables(store) == at_once
    keeping.undo(store, made)
    assert tables(store) == before


def test_the_order_in_which_judgements_come_in_makes_no_difference(store: Store) -> None:
    chance = random.Random(5)
    for _ in range(12):
        drawn = by_chance(store, chance)
        if drawn is not None:
            try:
                keeping.judge(store, *drawn)
            except OnRecordError:
                continue
    there = tables(store)
    found: list[Judgement] = list(store.rows("judgements"))
    keeping.undo(store, [judgement.id for judgement in found])
    chance.shuffle(found)
    for judgement in found:
        keeping.bring_in(store, [judgement])
    assert tables(store) == there


# Files of judgements.


def test_judgements_go_out_and_come_in_again(store: Store, tmp_path: Path) -> None:
    judge(store, "statements", a_statement(store).id, "edit", field="speaker", value="Edda Brim")
    judge(store, "parties", party(store, "Edda Brim").id, "checked")
    there, found = tables(store), list(store.rows("judgements"))
    file = tmp_path / "mine.jsonl"
    file.write_text("".join(to_json(row) + "\n" for row in found), encoding="utf8")
    keeping.undo(store, [row.id for row in found])
    assert keeping.bring_in(store, read_judgements(file)) == 2
    assert tables(store) == there
    assert keeping.bring_in(store, read_judgements(file)) == 0


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("nonsense", "line 1 is no judgement"),
        ("[" * 3000, "line 1 is no judgement"),
        ('{"id": "x"}', "line 1 is no judgement"),
    ],
)
def test_a_file_that_holds_something_else_is_refused_with_the_line(line: str, says: str, tmp_path: Path) -> None:
    file = tmp_path / "mine.jsonl"
    file.write_text(line, encoding="utf8")
    with pytest.raises(OnRecordError, match=says):
        read_judgements(file)


def test_a_judgement_of_another_moment_is_refused(store: Store, tmp_path: Path) -> None:
    made = json.loads(to_json(judge(store, "parties", party(store, "Edda Brim").id, "checked")))
    file = tmp_path / "mine.jsonl"
    file.write_text(json.dumps(made | {"at": "yesterday"}), encoding="utf8")
    with pytest.raises(OnRecordError, match="is no moment in UTC"):
        read_judgements(file)


# What is refused, with the remedy.


@pytest.mark.parametrize(
    ("table", "given", "says"),
    [
        ("statements", {"field": "colour", "value": "red"}, "what can be corrected there: speaker"),
        ("statements", {"field": "said", "value": "2024-13"}, "is no date"),
        ("statements", {"field": "act", "value": "mumble"}, "what this can be: assert"),
        ("events", {"field": "type", "value": "PARTY"}, "what this can be: AGREE"),
        ("figures", {"field": "value", "value": "many"}, "is no quantity"),
        ("figures", {"field": "value", "value": "9..3 km"}, "smaller number first"),
        ("times", {"field": "days", "value": ""}, "give a value"),
        ("times", {"field": "days", "value": "2024-05-30..2024-05-01"}, "ends before it begins"),
        ("parties", {"field": "country", "value": "Atlantis"}, "no country's code"),
        ("statements", {"field": "speaker", "value": "x" * 501}, "at most 500 characters"),
    ],
)
def test_a_correction_that_makes_no_sense_is_refused(
    table: str, given: dict[str, str], says: str, store: Store
) -> None:
    row = next(iter(store.rows(table)))
    with pytest.raises(OnRecordError, match=says):
        judge(store, table, row.id, "edit", **given)
    assert store.count("judgements") == 0


def test_a_name_of_two_parties_needs_an_id(store: Store) -> None:
    with pytest.raises(OnRecordError, match="2 parties called 'Tamarind'"):
        judge(store, "statements", a_statement(store).id, "edit", field="speaker", value="Tamarind")


def test_a_row_that_is_not_there_is_not_judged(store: Store) -> None:
    with pytest.raises(OnRecordError, match="has no row"):
        judge(store, "statements", "0" * 16, "right")


@pytest.mark.parametrize(
    ("typed", "low", "high", "hedge", "unit"),
    [
        ("2.5 h", "2.5", "2.5", "exact", "h"),
        ("about 40,000 t", "40000", "40000", "about", "t"),
        ("more than 3 h", "3", None, "more_than", "h"),
        (">3 h", "3", None, "more_than", "h"),
        ("at most 12 person", None, "12", "at_most", "person"),
        ("10..20 km", "10", "20", "range", "km"),
        ("5%", "5", "5", "exact", "%"),
        ("7", "7", "7", "exact", None),
    ],
)
def test_quantities_as_people_type_them(
    typed: str, low: str | None, high: str | None, hedge: str, unit: str | None
) -> None:
    found = values.amount(typed)
    assert (found.low, found.high, found.hedge, found.unit) == (low, high, hedge, unit)
    assert values.amount(values.amount_words(found)) == found


@pytest.mark.parametrize("typed", ["2024", "2024-02", "2024-02-29", "2024-02-28..2024-03-01"])
def test_days_as_people_type_them(typed: str) -> None:
    assert values.days_words(values.days(typed, "")) == typed


# The date of an article.


def dated(store: Store, origin: str) -> Any:
    return next(article for article in store.rows("articles") if article.origin.endswith(origin))


def test_an_articles_date_that_was_corrected_is_kept_and_what_hangs_on_it_is_told_again(store: Store) -> None:
    article = dated(store, "meridian.html")
    before = {time.id: time.when for time in store.rows("times") if time.article_id == article.id}
    moved = str(int(article.published.earliest[:4]) - 2) + article.published.earliest[4:10]
    made = judge(store, "articles", article.id, "edit", field="published", value=moved)
    assert made.was == article.published.earliest[:10]
    now: Any = store.row("articles", article.id)
    assert (now.published.earliest, now.published.latest, now.published.text) == (moved, moved, "")
    assert not keeping.is_current(store)
    joined_again(store)
    assert store.row("articles", article.id) == now
    after = {time.id: time.when for time in store.rows("times") if time.article_id == article.id}
    told = {key for key in before if after[key] != before[key]}
    assert told, "a day of the week is counted from the new date"
    assert all(after[key].text == before[key].text for key in told)
    weekday = next(key for key in told if before[key].basis == "resolved" and before[key].precision == "day")
    assert abs(int(after[weekday].earliest[:4]) - int(moved[:4])) <= 1
    bounds = {row.said.latest for row in store.rows("statements") if row.article_id == article.id and row.said}
    assert article.published.earliest[:10] not in bounds
    assert not verify(store)
    keeping.undo(store, [made.id])
    joined_again(store)
    assert store.row("articles", article.id) == article
    assert {time.id: time.when for time in store.rows("times") if time.article_id == article.id} == before


def test_an_article_without_a_date_is_given_one_and_a_wrong_one_is_taken_away(store: Store) -> None:
    article = dated(store, "meridian.html")
    judge(store, "articles", article.id, "edit", field="published", value="")
    joined_again(store)
    assert store.row("articles", article.id).published is None  # type: ignore[union-attr]
    days = [row.said for row in store.rows("statements") if row.article_id == article.id]
    assert all(said is None or said.earliest is not None or said.latest is None for said in days)
    judge(store, "articles", article.id, "edit", field="published", value="2021-03")
    joined_again(store)
    published = store.row("articles", article.id).published  # type: ignore[union-attr]
    assert published is not None
    assert (published.earliest, published.latest, published.precision) == ("2021-03-01", "2021-03-31", "month")
    assert not verify(store)


def test_what_a_person_corrected_stays_when_the_date_is_corrected_too(store: Store) -> None:
    article = dated(store, "meridian.html")
    event = next(event for event in store.rows("events") if event.article_id == article.id and event.when is not None)
    judge(store, "events", event.id, "edit", field="when", value="1999-12-31")
    judge(store, "articles", article.id, "edit", field="published", value="2011-05-05")
    joined_again(store)
    assert store.row("events", event.id).when.earliest == "1999-12-31"  # type: ignore[union-attr]


@pytest.mark.parametrize("value", ["yesterday", "2021-02-30", "2021-05-05..2021-01-01"])
def test_a_date_that_is_none_is_refused(store: Store, value: str) -> None:
    article = dated(store, "meridian.html")
    with pytest.raises(OnRecordError):
        judge(store, "articles", article.id, "edit", field="published", value=value)
    assert store.row("articles", article.id) == article
    assert store.count("judgements") == 0
