"""What only the whole record can tell: full names, and the dates of undated articles."""

from __future__ import annotations

from pathlib import Path

from onrecord import pipeline
from onrecord.model import Statement, Time
from onrecord.pipeline.article_half import read_article
from onrecord.pipeline.corpus_half import join
from onrecord.store import Store
from reading_aloud import article_of, needs_reader, reader

FULL = (
    "Mayor Ilse Varga opened the new quay of Brenholt on Monday. The work had taken four years."
    ' "We have waited long enough," Varga said on Monday. She thanked the fishermen for their patience.'
)
SHORT = (
    "The quay will stay open at night, Varga said. Boats from the northern villages are free to use it until October."
)

pytestmark = needs_reader


def test_a_bare_surname_is_the_records_only_person_of_that_surname(tmp_path: Path) -> None:
    (tmp_path / "full.txt").write_text(f"date 1998-06-03\n\n{FULL}\n", encoding="utf8")
    (tmp_path / "short.txt").write_text(f"date 1998-06-05\n\n{SHORT}\n", encoding="utf8")
    pipeline.build([str(tmp_path)], record=tmp_path / "r.db")
    with Store.open(tmp_path / "r.db") as store:
        people = [party.name for party in store.rows("parties") if party.kind == "person"]
        articles = {article.id: article.origin for article in store.rows("articles")}
        said: list[Statement] = list(store.rows("statements"))
    assert people == ["Ilse Varga"]
    late = [s for s in said if articles[s.article_id] == "short.txt"]
    assert [(s.speaker_name, s.resolved_by) for s in late] == [("Ilse Varga", "surname_in_record")]


def test_an_undated_copy_is_dated_by_the_article_it_copies_and_its_times_with_it() -> None:
    dated = read_article(article_of(FULL, "1998-06-03"), reader())
    copy = read_article(article_of(FULL + " "), reader())
    assert all(time.when.earliest is None for time in copy.times if time.when.text == "Monday")
    joined = join([copy, dated], {})
    [undated] = [a for a in joined.articles if a.id == copy.article.id]
    assert undated.published is not None
    assert (undated.published.earliest, undated.published.basis) == ("1998-06-03", "inferred")
    mondays: list[Time] = [t for t in joined.times if t.article_id == undated.id and t.when.text == "Monday"]
    assert mondays and {t.when.earliest for t in mondays} == {"1998-06-01"}


def test_the_order_of_the_bundles_makes_no_difference() -> None:
    bundles = [read_article(article_of(text, day), reader()) for text, day in ((FULL, "1998-06-03"), (SHORT, None))]
    assert join(bundles, {}) == join(bundles[::-1], {})


def test_every_reference_of_a_joined_record_names_a_row_of_it() -> None:
    joined = join([read_article(article_of(FULL, "1998-06-03"), reader())], {})
    parties = {party.id for party in joined.parties}
    assert {m.party_id for m in joined.mentions} <= parties
    assert {key for s in joined.statements for key in (*s.speaker_ids, *s.addressee_ids)} <= parties
    assert {key for e in joined.events for key in (*e.actor_ids, *e.recipient_ids)} <= parties
    assert parties and joined.statements


def test_an_office_that_one_article_gives_tells_who_speaks_in_another_near_its_date(tmp_path: Path) -> None:
    texts = {
        "named.txt": "1998-06-03\n\nKenyan President Ruth Kimani opened the quay of Brenholt on Wednesday.",
        "near.txt": "1998-07-09\n\n“The quay is ours,” the Kenyan president told reporters in Brenholt on Thursday.",
        "far.txt": "2004-07-09\n\n“The quay is yours,” the Kenyan president told reporters in Brenholt on Friday.",
    }
    for name, text in texts.items():
        (tmp_path / name).write_text(f"date {text}\n", encoding="utf8")
    pipeline.build([str(tmp_path)], record=tmp_path / "r.db")
    with Store.open(tmp_path / "r.db") as store:
        articles = {article.id: article.origin for article in store.rows("articles")}
        said = {articles[s.article_id]: (s.speaker_name, s.resolved_by) for s in store.rows("statements")}
    assert said["near.txt"] == ("Ruth Kimani", "role_in_record")
    assert said["far.txt"] == ("the Kenyan president", None)
