"""Where annotated news lies: the folder that `ONRECORD_TEST_DATA` names."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def shared_folder() -> Path:
    """The folder that holds `data/`, `seeds/` and `scorers/`; ends the program with a remedy where it is not set."""
    named = os.environ.get("ONRECORD_TEST_DATA")
    if not named or not Path(named, "data").is_dir():
        sys.exit("evaluation: set ONRECORD_TEST_DATA to a folder that holds data/ (see evaluation/README.md)")
    return Path(named)


def data_folder() -> Path:
    """The folder of annotated sets."""
    return shared_folder() / "data"
