"""Commitments of single sentences: the exact words of what was promised, planned or forecast."""

from __future__ import annotations

from typing import Any

import pytest

from casefiles import cases
from onrecord.extraction import commitments
from reading_aloud import analysis_of, needs_reader
from trees_by_hand import tree

CASES = cases("en/commitments.toml")
FLOOR = 0.92
"""Of the cases, read with the shipped reader model."""

PLAN = """
Peru Peru PROPN 2 nsubj
plans plan VERB 0 root
to to PART 4 mark
build build VERB 2 xcomp
a a DET 6 det
bridge bridge NOUN 4 obj
, , PUNCT 8 punct
said say VERB 2 parataxis
Ruiz Ruiz PROPN 8 nsubj
"""


def wrong_in(case: dict[str, Any]) -> str:
    """What is wrong with the commitments of a case; empty where all is right."""
    found = [c.what for c in commitments.extract(analysis_of(case["text"]))]
    wanted = [c["what"] for c in case["commitments"]]
    return "" if found == wanted else f"{case['text']}\n   wanted {wanted}\n   found  {found}"


@needs_reader
def test_enough_cases_are_right() -> None:
    wrong = [said for case in CASES if (said := wrong_in(case))]
    assert len(CASES) >= 20
    assert 1 - len(wrong) / len(CASES) >= FLOOR, "\n".join(wrong)


@needs_reader
@pytest.mark.parametrize("case", CASES[:4])
def test_what_is_the_words_of_the_passage(case: dict[str, Any]) -> None:
    for commitment in commitments.extract(analysis_of(case["text"])):
        assert commitment.passage.of(case["text"]) == commitment.what
        assert commitment.status == "open"
        assert commitment.met_by is None


def test_a_report_at_the_end_is_no_part_of_a_plan() -> None:
    assert [c.what for c in commitments.extract(tree(PLAN))] == ["build a bridge"]


def test_a_denied_plan_is_none() -> None:
    rows = """
    Peru Peru PROPN 3 nsubj
    never never ADV 3 advmod
    planned plan VERB 0 root
    to to PART 5 mark
    build build VERB 3 xcomp
    a a DET 7 det
    bridge bridge NOUN 5 obj
    """
    assert not list(commitments.extract(tree(rows)))


def test_what_a_relative_clause_commits_to_is_its_own_verb() -> None:
    rows = """
    The the DET 2 det
    bridge bridge NOUN 0 root
    which which PRON 6 nsubj
    is be AUX 6 aux
    due due ADJ 6 advmod
    open open VERB 2 acl
    two two NUM 8 nummod
    lanes lane NOUN 6 obj
    """
    assert [c.what for c in commitments.extract(tree(rows))] == ["open two lanes"]
