"""What `reader.json` says of a reader model: its labels, its window, its learned transitions and temperatures."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from onrecord.language.chains import Chain, Doubles
from onrecord.model import OnRecordError

SPAN_TAGS = ("O", "B", "I")
SPAN_LAYERS = ("source", "cue", "content")


@dataclass(frozen=True)
class Configuration:
    """A reader model's labels in the order of its outputs, and what turns its scores into decisions."""

    upos: tuple[str, ...]
    relations: tuple[str, ...]
    names: tuple[str, ...]
    window: int
    version: str
    chains: Mapping[str, Chain]
    temperatures: Mapping[str, float]
    untaught: frozenset[str] = frozenset()
    """What the model was not taught, so that its outputs for it mean nothing: `attributions`."""

    @classmethod
    def read(cls, file: Path) -> Configuration:
        """The configuration in a JSON file."""
        try:
            found = json.loads(file.read_text(encoding="utf8"))
            return cls.of(found)
        except (OSError, ValueError, KeyError) as error:
            raise OnRecordError(f"language: {file.name} of the reader model cannot be used: {error}") from error

    @classmethod
    def of(cls, found: Mapping[str, Any]) -> Configuration:
        """The configuration in a mapping with the keys of `reader.json`."""
        names = tuple(found["names"])
        transitions = found.get("transitions") or {}
        tags = {"names": names, **dict.fromkeys(SPAN_LAYERS, SPAN_TAGS)}
        return cls(
            tuple(found["upos"]),
            tuple(found["relations"]),
            names,
            int(found["window"]),
            str(found.get("version", "")),
            {layer: _chain(labels, transitions.get(layer)) for layer, labels in tags.items()},
            {layer: float(value) for layer, value in (found.get("temperatures") or {}).items()},
            frozenset(found.get("untaught", ())),
        )

    def temperature(self, layer: str) -> float:
        """What the scores of a layer are divided by before they count as log odds; 1 where nothing was calibrated."""
        return self.temperatures.get(layer, 1.0)


def _chain(tags: tuple[str, ...], scores: Any) -> Chain:
    if scores is None:
        return Chain.of(tags, None, None, None)
    if not isinstance(scores, Mapping):
        return Chain.of(tags, _array(scores), None, None)
    return Chain.of(tags, *(_array(scores.get(key)) for key in ("steps", "starts", "ends")))


def _array(values: Any) -> Doubles | None:
    return None if values is None else np.array(values, dtype=np.float64)
