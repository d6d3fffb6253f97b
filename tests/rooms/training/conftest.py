"""The project's root on the path (training is not part of the installed package), and the reader's own tokenizer."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT))

from tokenizers import Tokenizer  # noqa: E402


@pytest.fixture(scope="session")
def tokenizer() -> Tokenizer:
    """The shipped tokenizer, which is the pretrained encoder's."""
    file = ROOT / "src/onrecord/language/en/reader/tokenizer.json"
    if not file.exists():
        pytest.skip("the reader's files are not here")
    found = Tokenizer.from_file(str(file))
    found.no_truncation()
    found.no_padding()
    return found
