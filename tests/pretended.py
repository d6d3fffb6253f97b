"""A reader model that pretends: it says what the test tells it to, through the same interface as the real one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

from onrecord.language.configuration import Configuration
from onrecord.language.reader import Model, Reader

UPOS = ["NOUN", "VERB", "PUNCT", "AUX", "PART", "PRON", "PROPN"]
RELATIONS = ["root", "nsubj", "punct", "advmod", "aux", "dep"]
NAMES = ["O", "B-Person", "I-Person", "B-Location", "I-Location"]
SURE = 8.0


def tokenizer() -> Tokenizer:
    """Pieces that are whole words or marks, every word unknown."""
    made = Tokenizer(models.WordPiece({"[UNK]": 0}, unk_token="[UNK]"))
    made.normalizer = normalizers.BertNormalizer(lowercase=True)
    made.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    return made


def configuration(window: int = 256) -> Configuration:
    """Labels enough for the tests, and no learned transitions."""
    return Configuration.of({"upos": UPOS, "relations": RELATIONS, "names": NAMES, "window": window, "version": "0"})


@dataclass
class Pretence:
    """Says of each window what `tell` writes into its outputs; remembers the shapes that it was asked for."""

    tell: Callable[[dict[str, NDArray[np.float32]], int], None] = lambda outputs, row: None
    asked: list[tuple[int, int]] = field(default_factory=list)
    threads: int = 1

    def run(self, names: Sequence[str] | None, inputs: Mapping[str, NDArray[np.int64]]) -> Sequence[Any]:
        rows, width = inputs["ids"].shape
        words = inputs["words"].shape[1]
        self.asked.append((rows, width))
        outputs = {
            "sentence": np.full((rows, words), -SURE, dtype=np.float32),
            "upos": np.zeros((rows, words, len(UPOS)), dtype=np.float32),
            "arcs": np.zeros((rows, words, words + 1), dtype=np.float32),
            "relation": np.zeros((rows, words, len(RELATIONS)), dtype=np.float32),
            "names": np.zeros((rows, width, len(NAMES)), dtype=np.float32),
            "source": np.zeros((rows, width, 3), dtype=np.float32),
            "cue": np.zeros((rows, width, 3), dtype=np.float32),
            "content": np.zeros((rows, width, 3), dtype=np.float32),
            "link": np.zeros((rows, width, width), dtype=np.float32),
        }
        for name in ("names", "source", "cue", "content"):
            outputs[name][..., 0] = SURE / 2
        for row in range(rows):
            self.tell(outputs, row)
        return [outputs[name] for name in (names or outputs)]


def reader(pretence: Pretence, window: int = 256) -> Reader:
    """A reader over the pretence."""
    return Reader(Model(pretence, tokenizer(), configuration(window)), "reader/test", "en")


def say(layer: NDArray[np.float32], first: int, last: int, begin: int) -> None:
    """Writes a span of the pieces [first, last) into one window's layer, counted without [CLS]."""
    layer[first + 1, begin] = SURE
    layer[first + 2 : last + 1, begin + 1] = SURE
