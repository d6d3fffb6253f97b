"""The reader model's file opened for running; the only module that imports onnxruntime, and only when asked to."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from onrecord.model import OnRecordError

THREADS_VARIABLE = "ONRECORD_THREADS"
DEFAULT_THREADS = 2


class Session(Protocol):
    """What runs the model: `run(None, inputs)` gives its outputs in the order of `OUTPUTS`.

    `threads` says how many calls may run at once.
    """

    threads: int

    def run(self, names: Sequence[str] | None, inputs: Mapping[str, NDArray[np.int64]]) -> Sequence[Any]: ...


OUTPUTS = ("sentence", "upos", "arcs", "relation", "names", "source", "cue", "content", "link")


def thread_count(threads: int | None = None) -> int:
    """The number of threads asked for, by argument, else by ONRECORD_THREADS, else two."""
    if threads is not None:
        return max(1, threads)
    given = os.environ.get(THREADS_VARIABLE, "")
    if given and not given.isdigit():
        raise OnRecordError(f"language: {THREADS_VARIABLE} must be a whole number, not {given!r}")
    return max(1, int(given)) if given else DEFAULT_THREADS


class OnnxSession:
    """A model file in onnxruntime, on the processor; each call runs in one thread, and several may run at once."""

    def __init__(self, file: Path, threads: int | None = None) -> None:
        import onnxruntime

        self.threads = thread_count(threads)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_ALL
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(str(file), options, providers=["CPUExecutionProvider"])

    def run(self, names: Sequence[str] | None, inputs: Mapping[str, NDArray[np.int64]]) -> Sequence[Any]:
        """The outputs named, or all of `OUTPUTS`."""
        found: Sequence[Any] = self._session.run(list(names or OUTPUTS), dict(inputs))
        return found
