"""Records of any kind, drawn at random from the model itself."""

from __future__ import annotations

import types
from dataclasses import fields, is_dataclass
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from hypothesis import strategies as st

from onrecord.model import Passage

WORDS = st.text(st.characters(exclude_categories=("Cs",)), max_size=12)
IDS = st.integers(0, 2**64 - 1).map(lambda number: f"{number:016x}")
NUMBERS = st.integers(0, 2**40)


@st.composite
def passages(draw: st.DrawFn) -> Passage:
    start = draw(NUMBERS)
    return Passage(start, start + draw(st.integers(1, 99)))


def values(hint: Any) -> st.SearchStrategy[Any]:
    """Values of one type of the model."""
    origin, args = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        return st.one_of(st.none(), *(values(arg) for arg in args if arg is not type(None)))
    if origin is tuple:
        if args[1:] == (...,):
            return st.lists(values(args[0]), max_size=3).map(tuple)
        return st.tuples(*(values(arg) for arg in args))
    if origin is Literal:
        return st.sampled_from(args)
    if hint is Passage:
        return passages()
    if is_dataclass(hint):
        return records(hint)
    return {str: WORDS, int: NUMBERS, float: st.floats(0, 1)}[hint]


def records(kind: Any) -> st.SearchStrategy[Any]:
    """Records of one dataclass of the model."""
    hints = get_type_hints(kind)
    drawn = {field.name: values(hints[field.name]) for field in fields(kind)}
    return st.builds(kind, **(drawn | {"id": IDS} if "id" in drawn else drawn))


def rows(kind: Any) -> st.SearchStrategy[list[Any]]:
    """A few records of one table, each with an id of its own, in any order."""
    return st.lists(records(kind), max_size=4, unique_by=lambda row: row.id)
