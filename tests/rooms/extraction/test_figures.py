"""Figures, against the case files."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casefiles import cases
from onrecord.extraction import figures
from onrecord.extraction.figures.grammar import quantities
from onrecord.language.numbers import decimal_of, tokens_of
from onrecord.model import Amount
from reading_aloud import analysis_of, needs_reader


def shown(amount: Amount) -> str:
    return f"{amount.low or ''}..{amount.high or ''} {amount.unit or ''} {amount.hedge}"


@pytest.mark.parametrize("case", cases("en/quantities.toml"))
def test_the_grammar_finds_the_quantities_of_a_case(case: dict[str, object]) -> None:
    text = str(case["text"])
    found = [shown(q.amount()) for q in quantities(tokens_of(text, 0, len(text)), "en")]
    assert found == case["expected"], case["why"]


@needs_reader
@pytest.mark.parametrize("case", cases("en/figures.toml"))
def test_the_figures_of_a_case(case: dict[str, list[dict[str, str]]]) -> None:
    found = list(figures.extract(analysis_of(str(case["text"]))))
    assert [(f.text, shown(f.amount)) for f in found] == [(f["words"], f["amount"]) for f in case["figures"]], case[
        "why"
    ]
    for figure, expected in zip(found, case["figures"], strict=True):
        head = figure.of_what_head or "-"
        assert head == expected.get("head", head)
        assert figure.role == expected.get("role", "value")


@given(st.integers(min_value=0, max_value=10**12))
def test_a_number_with_thousands_marked_is_the_number(value: int) -> None:
    assert decimal_of(f"{value:,}") == value


@given(st.text(alphabet="0123456789.,- $€%abmnk fivetyhundred\n", max_size=60))
def test_quantities_never_overlap_and_lie_in_the_text(text: str) -> None:
    tokens = tokens_of(text, 0, len(text))
    found = list(quantities(tokens, "en"))
    assert all(0 <= q.first < q.last <= len(tokens) for q in found)
    assert all(a.last <= b.first for a, b in itertools.pairwise(found))
    assert all(q.high is None or q.low < q.high for q in found)
