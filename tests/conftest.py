"""What tests of several rooms share: a small record made by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from handmade import write_record


@pytest.fixture
def record(tmp_path: Path) -> Path:
    """The path of a record made by hand: two articles on one fair, and an input that could not be read."""
    return write_record(tmp_path / "record.db")
