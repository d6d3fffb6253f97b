"""Case files: goldens that a person can read and edit."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "cases"


def cases(name: str) -> list[dict[str, Any]]:
    """The cases of one file, in its order; a file without any is an error: a test over it would assert nothing."""
    found: list[dict[str, Any]] = tomllib.loads((FOLDER / name).read_text(encoding="utf8"))["case"]
    if not found:
        raise ValueError(f"{name} holds no cases")
    return found
