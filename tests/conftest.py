"""What tests of several rooms share: a small record made by hand, and that of the samples."""

from __future__ import annotations

import shutil
from importlib import resources
from pathlib import Path

import pytest

from handmade import write_record
from onrecord import pipeline
from reading_aloud import SHIPPED


@pytest.fixture
def record(tmp_path: Path) -> Path:
    """The path of a record made by hand: two articles on one fair, and an input that could not be read."""
    return write_record(tmp_path / "record.db")


@pytest.fixture(scope="session")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The record of the nine sample articles, built once; to be read, or copied where a test writes."""
    if not SHIPPED:
        pytest.skip("the reader model's files are not in this checkout")
    path = tmp_path_factory.mktemp("samples") / "record.db"
    pipeline.build([str(resources.files("onrecord").joinpath("samples", "articles"))], record=path)
    return path


@pytest.fixture
def sample_record(samples: Path, tmp_path: Path) -> Path:
    """A copy of the record of the sample articles, to be written to."""
    return Path(shutil.copy(samples, tmp_path / "record.db"))
