"""What the user named on the command line becomes a sorted list of files, each with its place and its sidecar."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from onrecord.model import OnRecordError, digest

STANDARD_INPUT = "-"
STDIN_PLACE = "stdin"
SIDECAR = ".meta.json"


@dataclass(frozen=True, slots=True)
class Input:
    """One file to read, or standard input (`path` null).

    `place` is its path relative to the input given, with forward slashes: relative to a folder or to the fixed part of
    a glob, and for a file its name. `sidecar` is the path of its `.meta.json` file, if it has one.
    """

    place: str
    path: str | None
    sidecar: str | None = None

    @property
    def stamp(self) -> str:
        """Two readings of an input with the same stamp give the same articles: sizes and times of change, no content.

        Empty for standard input and for a file that is gone, which never count as unchanged.
        """
        if self.path is None:
            return ""
        try:
            seen = [os.stat(path) for path in (self.path, self.sidecar) if path is not None]
        except OSError:
            return ""
        return digest(self.place, *(f"{s.st_size}:{s.st_mtime_ns}" for s in seen))


def find(inputs: Sequence[str]) -> tuple[Input, ...]:
    """Every input that the names stand for, each once, sorted by place: folders are searched, globs expanded.

    Hidden files and folders are left out, and so are the sidecars of the files found. A name that stands for nothing
    is an OnRecordError.
    """
    found: dict[str, Input] = {}
    for name in inputs:
        for one in _named(name):
            key = (one.path and os.path.realpath(one.path)) or STANDARD_INPUT
            # A file named twice keeps the fuller place, whichever came first.
            if key not in found or (len(one.place), one.place) > (len(found[key].place), found[key].place):
                found[key] = one
    if not found:
        raise OnRecordError("reading: no input was given; name a file, a folder, a glob or '-' for standard input")
    return tuple(sorted(found.values(), key=lambda one: (one.place, one.path or "")))


def _named(name: str) -> Iterator[Input]:
    if name == STANDARD_INPUT:
        yield Input(STDIN_PLACE, None)
        return
    path = Path(name).expanduser()
    if path.is_dir():
        files = list(_files_under(path))
        if not files:
            raise OnRecordError(f"reading: the folder {name!r} holds no files to read; name a folder with articles")
        yield from _inputs(files, path)
    elif path.is_file():
        yield from _inputs([path], path.parent)
    elif glob.has_magic(name):
        yield from _from_glob(name, path)
    else:
        raise OnRecordError(
            f"reading: there is no file or folder {name!r}; check the spelling, or the folder that you are in"
            f" ({Path.cwd()})"
        )


def _files_under(folder: Path) -> Iterator[Path]:
    """Every file of a folder and its folders but the hidden ones; links to folders are not followed, so no circles."""
    for root, folders, files in os.walk(folder, onerror=_refuse):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            path = Path(root, name)
            # A link to nothing still counts: it becomes a skipped row when it is read.
            if not name.startswith(".") and (path.is_file() or path.is_symlink()):
                yield path


def _refuse(error: OSError) -> None:
    raise OnRecordError(
        f"reading: the folder {error.filename!r} cannot be read ({error.strerror});"
        " change its permissions or leave it out"
    )


def _from_glob(name: str, path: Path) -> Iterator[Input]:
    fixed = Path(*_fixed_parts(path))
    files: list[Path] = []
    for match in sorted(glob.glob(str(path), recursive=True)):
        found = Path(match)
        if found.is_dir():
            continue
        files.append(found)
    if not files:
        raise OnRecordError(f"reading: no file matches {name!r}; check the pattern (in a shell, put it in quotes)")
    yield from _inputs(files, fixed)


def _fixed_parts(path: Path) -> tuple[str, ...]:
    """The parts of a pattern before the first that has a wildcard."""
    for at, part in enumerate(path.parts):
        if glob.has_magic(part):
            return path.parts[:at]
    return path.parts[:-1]


def _inputs(files: Sequence[Path], base: Path) -> Iterator[Input]:
    """One input per file that is no other file's sidecar; a sidecar whose article is nowhere is an input of its own."""
    for path in files:
        if path.name.endswith(SIDECAR) and _has_article(path):
            continue
        sidecar = _sidecar_of(path)
        yield Input(path.relative_to(base).as_posix(), str(path), None if sidecar is None else str(sidecar))


def _sidecar_of(path: Path) -> Path | None:
    """`story.txt.meta.json` or else `story.meta.json`, beside `story.txt`."""
    if path.name.endswith(SIDECAR):
        return None
    for name in (path.name, path.stem):
        sidecar = path.with_name(name + SIDECAR)
        if sidecar.is_file():
            return sidecar
    return None


def _has_article(sidecar: Path) -> bool:
    stem = sidecar.name.removesuffix(SIDECAR)
    if sidecar.with_name(stem).is_file():
        return True
    beside = (p for p in sidecar.parent.iterdir() if p.stem == stem and not p.name.endswith(SIDECAR))
    return any(p.is_file() for p in beside)
