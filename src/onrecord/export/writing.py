"""An export is whole or not there: files are written beside their place and moved into it when all are complete."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from onrecord.model import OnRecordError
from onrecord.store import Store


@dataclass(frozen=True, slots=True)
class Export:
    """A format that a record can be written in.

    `write(store, folder)` writes its files into an empty folder. `says` is one line for the help.
    """

    name: str
    says: str
    write: Callable[[Store, Path], None]


def export(store: Store, to: Export, out: Path) -> tuple[Path, ...]:
    """The files that hold the record in the format asked for, in the folder `out`, which is made where needed.

    Files of the same names there are replaced, one by one, when all new ones are complete; others stay.
    """
    if out.exists() and not out.is_dir():
        raise OnRecordError(f"{out} is a file; name a folder with --out")
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=f".{out.name}-", suffix=".partial", dir=out.absolute().parent) as half:
            to.write(store, Path(half))
            return _moved(Path(half), out)
    except OSError as error:
        raise OnRecordError(
            f"export: {out} cannot be written ({error.strerror or error}); name another --out"
        ) from error


def _moved(half: Path, out: Path) -> tuple[Path, ...]:
    out.mkdir(exist_ok=True)
    names = sorted(path.name for path in half.iterdir())
    for name in names:
        os.replace(half / name, out / name)
    return tuple(out / name for name in names)
