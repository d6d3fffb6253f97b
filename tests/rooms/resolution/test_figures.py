"""Whose a figure is, of what time, in which statement and of which event, on texts read aloud."""

from __future__ import annotations

from dataclasses import replace

from onrecord.extraction import figures, times
from onrecord.language.analysis import Analysis
from onrecord.model import Figure, LocalOccasion, Passage
from onrecord.resolution.cast import Cast
from onrecord.resolution.figures import attach, attach_occasions
from onrecord.resolution.parties import cast_of
from onrecord.resolution.when import resolve
from reading_aloud import analysis_of, needs_reader


def attached(text: str) -> tuple[Analysis, Cast, dict[str, Figure]]:
    """The figures of a text by their words, with its analysis and its cast."""
    analysis = analysis_of(text, "2001-05-07")
    cast = cast_of(analysis)
    dates = resolve(analysis.article, tuple(times.extract(analysis)))
    found = attach(analysis, tuple(figures.extract(analysis)), cast, dates, (), ())
    return analysis, cast, {figure.text: figure for figure in found}


def owners(cast: Cast, figure: Figure) -> list[str]:
    return [cast.party(key).name for key in figure.subject_ids]


@needs_reader
def test_a_figure_is_its_possessors() -> None:
    _, cast, found = attached("Peru's exports reached $1.2 billion in 1999.")
    assert owners(cast, found["$1.2 billion"]) == ["Peru"]


@needs_reader
def test_an_age_is_the_persons_and_has_no_time() -> None:
    _, cast, found = attached("Mayor Ines Duarte, 67, opened the bridge on Monday.")
    assert owners(cast, found["67"]) == ["Ines Duarte"]
    assert found["67"].when is None


@needs_reader
def test_an_age_in_a_clause_is_the_persons_before_it_and_one_that_stands_for_nobody_is_nobodys() -> None:
    _, cast, found = attached("“I was stunned when Tomas Reyle lost his seat this week,” Ines Duarte, who is 46, said.")
    assert owners(cast, found["46"]) == ["Ines Duarte"]
    _, cast, found = attached("Tomas Reyle shouted at the senator. When Reyle laughed, the 42-year-old kept calm.")
    assert owners(cast, found["42-year-old"]) == []


@needs_reader
def test_a_duration_before_something_is_nobodys() -> None:
    _, _, found = attached("It was built four years before the arrival of the Portuguese.")
    assert found["four years"].subject_ids == ()


@needs_reader
def test_a_figure_takes_the_time_of_its_clause_and_never_one_it_is_compared_with() -> None:
    _, _, found = attached("The mill sold 400 tons of flour in March 1999.")
    when = found["400 tons"].when
    assert when is not None
    assert when.earliest == "1999-03-01"
    _, _, compared = attached("Sales were 15 per cent lower than in 1998.")
    assert compared["15 per cent"].when is None


@needs_reader
def test_the_time_that_an_anniversary_implies_is_no_figures_time() -> None:
    text = "The mill sold 400 tons of flour in March 1999."
    analysis = analysis_of(text, "2001-05-07")
    dates = resolve(analysis.article, tuple(times.extract(analysis)))
    implied = tuple(replace(time, made_by="anniversaries/1") for time in dates)
    counted = tuple(figures.extract(analysis))
    found = attach(analysis, counted, cast_of(analysis), implied, (), ())
    assert [figure.when for figure in found] == [None]


@needs_reader
def test_a_figure_in_the_words_of_an_occasion_is_of_it() -> None:
    text = "He came home from the two-day Lakes Summit."
    analysis = analysis_of(text)
    held = LocalOccasion("#o1", "Lakes Summit", "summit", None, None, None, None, (Passage(30, 42),))
    assert text[30:42] == "Lakes Summit"
    found = attach_occasions(analysis, tuple(figures.extract(analysis)), (held,))
    assert [(figure.text, figure.occasion_id) for figure in found] == [("two-day", "#o1")]
