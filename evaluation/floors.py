"""The least that each figure may be: `floors.toml`, whose values may only rise."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path


def below(name: str, measured: Mapping[str, float]) -> list[str]:
    """The figures of a set that lie below their floor, in words; a figure that was not measured is 0."""
    floors = tomllib.loads(Path(__file__).with_name("floors.toml").read_text(encoding="utf8")).get(name, {})
    return [
        f"{name}: {figure} is {measured.get(figure, 0.0):.1f}, below its floor of {floor:.1f}"
        for figure, floor in floors.items()
        if measured.get(figure, 0.0) < floor
    ]


def held(name: str, measured: Mapping[str, float]) -> int:
    """Prints what lies below its floor; the exit status, which is 1 where anything does."""
    failed = below(name, measured)
    for line in failed:
        print(f"evaluation: {line}")
    return 1 if failed else 0
