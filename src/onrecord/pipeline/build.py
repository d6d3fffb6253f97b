"""Builds a record from inputs: reads what is new, keeps each article as soon as it is read, then joins them all."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from onrecord import reading
from onrecord.language.analysis import Analysis
from onrecord.model import Article, Bundle, OnRecordError, Skipped, digest
from onrecord.model.lists import lists_of
from onrecord.pipeline.article_half import Analyser, made_with, read_article
from onrecord.pipeline.corpus_half import join
from onrecord.store import Store
from onrecord.store.inputs import SeenInput, drop_input, has_origin, put_input, seen, seen_places


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a build has come: `done` of `total` inputs, the place of the input at hand, and the stage.

    Stages, in order: `reading` (once per input), `joining` (once), `done`.
    """

    done: int
    total: int
    place: str
    stage: str


@dataclass(frozen=True, slots=True)
class BuildSummary:
    """What a build did: places of the articles that were new, changed, the same or gone, and the record's counts."""

    record: Path
    new: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    unchanged: int = 0
    gone: tuple[str, ...] = ()
    pruned: bool = False
    skipped: tuple[Skipped, ...] = ()
    counts: dict[str, int] = field(default_factory=dict)
    seconds: float = 0.0
    interrupted: bool = False
    capped: dict[str, int] = field(default_factory=dict)
    """By linker, how many keys more things share than are all compared with one another."""


@dataclass(frozen=True, slots=True)
class OwnLists:
    """Files of the user's own lists: null keeps what the record has, `none` takes it out of the record."""

    parties: str | Path | None = None
    outlets: str | Path | None = None


@dataclass(slots=True)
class Tally:
    """What has been read so far."""

    new: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    unchanged: int = 0


class LazyReader:
    """The reader of English, loaded when the first article needs it: a build with nothing new starts at once."""

    def __init__(self) -> None:
        self._reader: Analyser | None = None

    def get(self) -> Analyser:
        if self._reader is None:
            from onrecord.language.reader import Reader

            self._reader = Reader.load("en")
        return self._reader

    @property
    def version(self) -> str:
        """The version of the reader, known from its files without loading it."""
        from onrecord.language.reader import reader_version

        return reader_version("en")

    def analyse(self, article: Article) -> Analysis:
        return self.get().analyse(article)


OnProgress = Callable[[Progress], None]


def build(
    inputs: Sequence[str],
    *,
    record: str | Path = "record.db",
    prune: bool = False,
    options: reading.Options | None = None,
    reader: Analyser | None = None,
    on_progress: OnProgress | None = None,
) -> BuildSummary:
    """Reads the inputs into the record, which is made if it is not there; what was read before is not read again.

    Each article is kept as soon as it is read. When a person interrupts, what has been read is joined and the summary
    says so; the same call goes on from there. With `prune`, articles that are gone from a folder leave the record.
    Raises OnRecordError where an input or the record cannot be opened.
    """
    started = time.monotonic()
    tell = on_progress or (lambda progress: None)
    found = reading.find(inputs)
    with Store.open(Path(record), create=True) as store:
        tally, interrupted = Tally(), False
        model = reader or LazyReader()
        try:
            for at, one in enumerate(found):
                tell(Progress(at, len(found), one.place, "reading"))
                read_input(store, one, model, tally, options)
        except KeyboardInterrupt:
            interrupted = True
        gone = () if interrupted else gone_from(store, inputs, found)
        if prune:
            for place in gone:
                drop_input(store, *place)
        tell(Progress(len(found), len(found), "", "joining"))
        rejoin(store, model.version)
        tell(Progress(len(found), len(found), "", "done"))
        return BuildSummary(
            record=Path(record),
            new=tuple(tally.new),
            changed=tuple(tally.changed),
            unchanged=tally.unchanged,
            gone=tuple(place for _, place in gone),
            pruned=prune,
            skipped=tuple(store.skipped()),
            counts=dict(store.meta().counts),
            seconds=time.monotonic() - started,
            interrupted=interrupted,
            capped=dict(store.meta().capped),
        )


def keep_lists(record: str | Path, given: OwnLists) -> None:
    """The record, which is made if it is not there, keeps the user's lists for the next build and all later ones.

    Raises OnRecordError, before anything is changed, where a file cannot be read or holds no such list.
    """
    texts = read_lists(given)
    if texts:
        with Store.open(Path(record), create=True) as store:
            for name, text in texts.items():
                store.put_list(name, *text)


def read_lists(given: OwnLists) -> dict[str, tuple[str, str | None]]:
    """The file name and content of each list that is given, null for one that is to go; an error names the line."""
    texts: dict[str, tuple[str, str | None]] = {}
    for name, file in (("parties", given.parties), ("outlets", given.outlets)):
        if file is None:
            continue
        if str(file) == "none":
            texts[name] = ("", None)
            continue
        try:
            text = Path(file).read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            raise OnRecordError(f"--{name}: {file} cannot be read as text in UTF-8 ({error})") from error
        texts[name] = (str(file), text)
        lists_of(*((str(file), text) if each == name else None for each in ("parties", "outlets")))
    return texts


def remove(record: str | Path, articles: Sequence[str]) -> BuildSummary:
    """Takes articles out of the record, named by id, the beginning of one, or origin, and joins the rest again."""
    started = time.monotonic()
    with Store.open(Path(record)) as store:
        held = {bundle.article.id: bundle for bundle in store.bundles()}
        leaving = [article_id for name in articles for article_id in named(name, held)]
        for article_id in leaving:
            store.drop_bundle(article_id)
        rejoin(store, store.meta().reader)
        return BuildSummary(
            record=Path(record),
            gone=tuple(held[article_id].article.origin for article_id in leaving),
            pruned=True,
            counts=dict(store.meta().counts),
            seconds=time.monotonic() - started,
        )


def named(name: str, held: dict[str, Bundle]) -> list[str]:
    """The ids of the articles that a name means: all versions of an origin, or the one article whose id begins so."""
    by_origin = sorted(key for key, bundle in held.items() if bundle.article.origin == name)
    if by_origin:
        return by_origin
    by_id = sorted(key for key in held if key.startswith(name)) if name else []
    if len(by_id) == 1:
        return by_id
    if by_id:
        raise OnRecordError(f"remove: {name!r} begins {len(by_id)} articles' ids; give more of its digits")
    raise OnRecordError(f"remove: the record has no article {name!r}; `onrecord articles` lists their ids and origins")


def read_input(
    store: Store, one: reading.Input, reader: Analyser, tally: Tally, options: reading.Options | None = None
) -> None:
    """Reads one input unless it was read before, with the same content by the same versions."""
    root, version = root_of(one), made_with(reader.version)
    before = seen(store, root, one.place)
    if before is not None and is_current(store, before, one, version):
        tally.unchanged += len(before.article_ids)
        return
    articles: list[Article] = []
    skipped: list[Skipped] = []
    for item in reading.read_one(one, options=options or reading.Options()):
        if isinstance(item, Skipped):
            skipped.append(item)
            continue
        articles.append(item)
        try:
            keep(store, item, reader, tally)
        except OnRecordError as error:
            skipped.append(failed(item.origin, str(error)))
        except (ArithmeticError, LookupError, TypeError, ValueError, RuntimeError) as error:
            # One article that trips a room must not stop the others; it is named, with what went wrong, and not kept.
            skipped.append(failed(item.origin, f"{type(error).__name__}: {error}"))
    put_input(store, SeenInput(root, one.place, one.stamp, version, tuple(a.id for a in articles)), skipped)
    drop_renamed(store, before, articles)


def is_current(store: Store, before: SeenInput, one: reading.Input, version: str) -> bool:
    """Whether an input is as it was when these versions read it, and the record still has all that it gave."""
    if not before.article_ids or one.stamp == "" or (before.stamp, before.made_with) != (one.stamp, version):
        return False
    return all(store.has_bundle(key, version) for key in before.article_ids)


def drop_renamed(store: Store, before: SeenInput | None, articles: Sequence[Article]) -> None:
    """An article whose id changed and whose text did not (a sidecar gave it a URL) is not a version of its own."""
    now = {article.id: article.text_sha256 for article in articles}
    for key in before.article_ids if before else ():
        old = store.bundle(key) if key not in now else None
        if old is not None and old.article.text_sha256 in now.values():
            store.drop_bundle(key)


def failed(origin: str, detail: str) -> Skipped:
    """The skipped row of an article that was read but could not be analysed."""
    return Skipped(digest("skipped", origin, "failed"), origin, "failed", detail)


def keep(store: Store, article: Article, reader: Analyser, tally: Tally) -> None:
    """Keeps the bundle of an article, which is made unless the record has it."""
    version = made_with(reader.version)
    key = content_key(article)
    if store.has_bundle(article.id, version, key):
        tally.unchanged += 1
        return
    known = has_origin(store, article.origin)
    store.put_bundle(read_article(article, reader), key)
    (tally.changed if known else tally.new).append(article.origin)


def content_key(article: Article) -> str:
    """A hash of all that the reading room says of an article: another sidecar makes another key."""
    return digest(repr(article))


def root_of(one: reading.Input) -> str:
    """The folder that an input's place is relative to; empty for standard input."""
    if one.path is None:
        return ""
    path = Path(os.path.abspath(one.path)).as_posix()
    return path.removesuffix(one.place).rstrip("/")


def gone_from(store: Store, inputs: Sequence[str], found: Iterable[reading.Input]) -> tuple[tuple[str, str], ...]:
    """The inputs that were read from one of these folders before and are there no more, as (root, place)."""
    roots = {Path(os.path.abspath(os.path.expanduser(name))).as_posix() for name in inputs if os.path.isdir(name)}
    here = {(root_of(one), one.place) for one in found}
    return tuple(sorted(key for key in seen_places(store) if key[0] in roots and key not in here))


def rejoin(store: Store, reader_version: str) -> None:
    """Derives every table anew from the bundles, in one transaction."""
    judgements = tuple(store.rows("judgements"))
    lists = lists_of(store.own_list("parties"), store.own_list("outlets"))
    joined = join(store.bundles(), store.versions(), tuple(store.skipped()), judgements, lists)
    store.replace_derived(joined.tables(), reader=reader_version, judged=joined.judged, capped=joined.capped)
