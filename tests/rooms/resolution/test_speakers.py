"""Speakers and circumstances: what resolving adds to statements, and what it never does."""

from __future__ import annotations

from dataclasses import replace

import pytest

from onrecord.extraction import times
from onrecord.extraction.statements import extract
from onrecord.language.analysis import Analysis
from onrecord.model import Statement
from onrecord.resolution import when
from onrecord.resolution.cast import Cast
from onrecord.resolution.parties import cast_of
from onrecord.resolution.speakers import resolve
from reading_aloud import analysis_of, needs_reader

TURNS = """
Governor Amara Diallo opened the fair on Monday. "The roads are ready," the governor said.

"We have waited for ten years," she added, SAPNA reported.

“Nobody asked us,” said a fisherman, who asked not to be named. Pedro Salas told Ruth Kimani that the boats were lost.
"""


def resolved(analysis: Analysis) -> tuple[tuple[Statement, ...], Cast]:
    cast = cast_of(analysis)
    found = when.resolve(analysis.article, tuple(times.extract(analysis)))
    return resolve(analysis, tuple(extract(analysis)), cast, found), cast


def names(cast: Cast, keys: tuple[str, ...]) -> list[str]:
    return [cast.party(key).name for key in keys]


@needs_reader
def test_a_turn_keeps_its_speaker_over_role_and_pronoun() -> None:
    found, cast = resolved(analysis_of(TURNS, "2011-06-03"))
    quoted = [s for s in found if s.form == "direct"]
    assert [names(cast, s.speaker_ids) for s in quoted] == [["Amara Diallo"], ["Amara Diallo"], []]
    assert [s.resolved_by for s in quoted] == ["role", "pronoun", None]


@needs_reader
def test_a_relay_is_no_speaker_and_the_outlet_is_no_relay() -> None:
    analysis = analysis_of(TURNS, "2011-06-03")
    found, cast = resolved(analysis)
    [added] = [s for s in found if "ten years" in s.text]
    assert names(cast, tuple(v.party_id for v in added.via)) == ["SAPNA"]
    own = replace(analysis, article=replace(analysis.article, outlet="SAPNA"))
    [added] = [s for s in resolved(own)[0] if "ten years" in s.text]
    assert added.via == ()


@needs_reader
def test_an_unnamed_source_keeps_its_words() -> None:
    found, _ = resolved(analysis_of(TURNS))
    [fisherman] = [s for s in found if "Nobody asked" in s.text]
    assert fisherman.speaker_ids == ()
    assert fisherman.speaker_name is not None
    assert fisherman.speaker_name.startswith("a fisherman")
    assert fisherman.resolved_by is None


@needs_reader
def test_who_is_told_is_an_addressee() -> None:
    found, cast = resolved(analysis_of(TURNS))
    [told] = [s for s in found if "boats" in s.text]
    assert names(cast, told.speaker_ids) == ["Pedro Salas"]
    assert names(cast, told.addressee_ids) == ["Ruth Kimani"]


@needs_reader
def test_the_publication_date_bounds_what_has_no_time_of_its_own() -> None:
    found, _ = resolved(analysis_of(TURNS, "2011-06-03"))
    assert all(s.said is not None and s.said.latest is not None and s.said.latest <= "2011-06-03" for s in found)
    assert all(s.said is not None and s.said.basis == "inferred" for s in found if s.said and s.said.earliest is None)
    assert all(s.said is None for s in resolved(analysis_of(TURNS))[0] if "boats" in s.text)


@needs_reader
def test_statements_come_back_in_the_order_given_whatever_it_is() -> None:
    analysis = analysis_of(TURNS, "2011-06-03")
    cast = cast_of(analysis)
    statements = tuple(extract(analysis))
    forth = resolve(analysis, statements, cast, ())
    back = resolve(analysis, statements[::-1], cast, ())
    assert forth == back[::-1]


@needs_reader
@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("The gates were shut. “Nobody may pass,” he said.", "nobody is named before the pronoun"),
        ("“The plan is dead,” said the wife of Pedro Salas.", "a wife is not her husband"),
        ("Some Peruvians said that the border was open.", "some of a people are not their state"),
        ("A poll by Norpress found that few were content.", "a poll is not the agency that made it"),
    ],
)
def test_without_evidence_the_words_stand_alone(text: str, why: str) -> None:
    found, _ = resolved(analysis_of(text))
    assert found, why
    assert all(s.speaker_ids == () and s.resolved_by is None for s in found), why
    assert all(s.speaker_name for s in found if s.source is not None)
