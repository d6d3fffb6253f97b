"""Statements, against the case files: from raw text through the reader, with speakers and circumstances."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casefiles import cases
from onrecord.extraction import occasions, times
from onrecord.extraction.statements import extract
from onrecord.extraction.statements.quotations import quotations
from onrecord.model import Passage, Statement
from onrecord.resolution import when
from onrecord.resolution.cast import Cast
from onrecord.resolution.circumstances import at_occasions
from onrecord.resolution.events import attach_occasions
from onrecord.resolution.parties import cast_of
from onrecord.resolution.speakers import resolve
from reading_aloud import analysis_of, analysis_of_file, needs_reader

FILES = (
    "quotes_and_cues",
    "long_quotes",
    "indirect",
    "layouts",
    "interviews",
    "sources",
    "not_statements",
    "broken_text",
    "chain",
    "speakers",
    "turns",
    "reported",
    "marked",
    "acts",
    "quoted_words",
    "damaged",
    "voices",
    "told",
    "meant",
)
LAYOUTS = (
    *("cue_before", "cue_after", "cue_inside", "several_quotes", "over_paragraphs", "floating"),
    *("indirect_that", "indirect_bare", "according_to", "mixed"),
    *("colon_name", "colon_from", "dash", "question_answer", "transcript", "points"),
    *("headline_speaker_first", "headline_speaker_last", "document", "institution", "post"),
    *("denial", "refusal", "promise", "request", "threat", "thanks"),
    *("scare_quotes", "title_of_work", "nickname"),
    *("no_space", "mismatched_marks", "missing_marks", "nested_marks", "apostrophes", "doubled_cue", "wrapped_lines"),
)
"""Every way in which news reports speech that the cases must show, and every way in which its text comes broken."""
LEAST_CASES = 5
CASES = [
    pytest.param(case, id=f"{name}-{n}") for name in FILES for n, case in enumerate(cases(f"en/statements/{name}.toml"))
]


def statements_of(case: dict[str, Any]) -> tuple[tuple[Statement, ...], Cast]:
    """The statements that a case's text gives, resolved; one that is `read` has its headline and byline found first."""
    if case.get("read"):
        with TemporaryDirectory() as folder:
            analysis = analysis_of_file(case["text"].strip(), Path(folder))
    else:
        analysis = analysis_of(case["text"], case.get("published"))
    cast = cast_of(analysis)
    expressions = tuple(times.extract(analysis))
    found = tuple(extract(analysis))
    dated = when.resolve(analysis.article, expressions)
    held = attach_occasions(analysis, tuple(occasions.extract(analysis)), cast, dated)
    return at_occasions(analysis, resolve(analysis, found, cast, dated), cast, held), cast


def shown(statement: Statement, cast: Cast, text: str) -> dict[str, Any]:
    """A statement as a case file writes it."""
    said = statement.said
    name = lambda key: cast.party(key).name  # noqa: E731
    return {
        "content": [p.of(text) for p in statement.content],
        "cue": statement.cue.of(text) if statement.cue else None,
        "source": statement.source.of(text) if statement.source else None,
        "form": statement.form,
        "act": statement.act,
        "polarity": statement.polarity,
        "who": [name(k) for k in statement.speaker_ids],
        "speaker_name": statement.speaker_name or "-",
        "resolved_by": statement.resolved_by,
        "addressees": [name(k) for k in statement.addressee_ids],
        "medium": statement.medium.kind if statement.medium else None,
        "medium_text": statement.medium.text if statement.medium else None,
        "via": [name(v.party_id) for v in statement.via],
        "said": f"{said.earliest or ''}..{said.latest or ''}" if said else "none",
    }


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_layout_has_its_cases(layout: str) -> None:
    named = [case for name in FILES for case in cases(f"en/statements/{name}.toml") if case.get("layout") == layout]
    assert len({case["text"] for case in named}) >= LEAST_CASES, layout


def test_no_case_names_a_layout_that_is_not_listed() -> None:
    named = {case.get("layout", LAYOUTS[0]) for name in FILES for case in cases(f"en/statements/{name}.toml")}
    assert named <= set(LAYOUTS)


@needs_reader
@pytest.mark.parametrize("case", CASES)
def test_the_statements_of_a_case(case: dict[str, Any]) -> None:
    found, cast = statements_of(case)
    got = [shown(s, cast, cast.analysis.text) for s in found]
    expected = case["statements"]
    if not case.get("more"):
        assert [g["content"] for g in got] == [e["content"] for e in expected], case["why"]
    for wanted in expected:
        same = [g for g in got if g["content"] == wanted["content"]]
        assert same, (case["why"], wanted["content"], [g["content"] for g in got])
        same[0]["cue"] = wanted.get("cue") if wanted.get("cue", "") in (same[0]["cue"] or "") else same[0]["cue"]
        assert {k: same[0][k] for k in wanted} == wanted, case["why"]


@needs_reader
@pytest.mark.parametrize("case", CASES)
def test_every_passage_of_a_case_is_in_its_text(case: dict[str, Any]) -> None:
    found, cast = statements_of(case)
    text = cast.analysis.text
    length = len(text)
    for statement in found:
        passages = [*statement.content, *(p for p in (statement.cue, statement.source) if p)]
        assert all(p.end <= length for p in passages)
        assert statement.text == " ".join(p.of(text) for p in statement.content)
        assert all(a.end <= b.start for a, b in pairwise(statement.content))
    assert len({s.id for s in found}) == len(found)


@given(st.text(alphabet="ab.,!? \n\"“”‘’'«»AB", max_size=80))
def test_quotations_are_in_order_and_do_not_overlap(text: str) -> None:
    found = quotations(text, [Passage(0, len(text))] if text else [])
    assert all(a.passage.end <= b.passage.start for a, b in pairwise(found))
    assert all(0 <= q.passage.start < q.passage.end <= len(text) for q in found)
