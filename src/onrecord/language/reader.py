"""Reads an article: its sentences, words, names and attributions, by one pass of the reader model."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from importlib import resources
from itertools import islice, takewhile
from pathlib import Path

from onrecord.language.analysis import Analysis
from onrecord.language.configuration import Configuration
from onrecord.language.decoding import Decoder
from onrecord.language.pieces import Tokenizer
from onrecord.language.preparation import Prepared, prepare
from onrecord.language.session import OnnxSession, Session
from onrecord.language.threads import Joint, helpers
from onrecord.language.windows import Read, Request, read_window
from onrecord.model import Article, OnRecordError

CODE_VERSION = "3"
"""Changes whenever the code of this room gives another analysis from the same model files."""
FILES = ("reader.onnx", "reader.json", "tokenizer.json")
ARTICLES_AHEAD = 8
"""Articles prepared before one is decoded, so that every thread has a window to run."""
TOGETHER = 3
"""Articles that are decoded one after another: after a window's weights, each finds what it needs far from at hand."""


@dataclass(frozen=True)
class Model:
    """A reader model as opened: what runs it, what cuts its pieces, what its outputs mean."""

    session: Session
    tokenizer: Tokenizer
    configuration: Configuration


class Reader:
    """Turns articles into analyses with one reader model; the same article always gives the same analysis.

    `version` names the model files and the code, so that a record can say what it was made with.
    """

    def __init__(self, model: Model, version: str, language: str = "en") -> None:
        self.version = version
        self.language = language
        self.model = model
        self._decoder = Decoder(model.configuration, language)

    @classmethod
    def load(cls, language: str = "en", *, folder: Path | None = None, threads: int | None = None) -> Reader:
        """The reader of a language, from the files shipped with the package or from `folder`.

        `threads` is the number of processor threads (else the variable ONRECORD_THREADS, else two). Raises
        OnRecordError where there is no reader for the language or its files cannot be used.
        """
        found = folder or folder_of(language)
        missing = [name for name in FILES if not (found / name).is_file()]
        if missing:
            raise OnRecordError(
                f"language: the reader model for {language!r} lacks {', '.join(missing)} in {found}; install onrecord "
                "again from a complete package, or train a reader as training/README.md says"
            )
        configuration = Configuration.read(found / "reader.json")
        session, tokenizer = OnnxSession(found / "reader.onnx", threads), open_tokenizer(found / "tokenizer.json")
        model = Model(session, tokenizer, configuration)
        return cls(model, version_of([found / name for name in FILES]), language)

    def analyse(self, article: Article) -> Analysis:
        """The analysis of one article."""
        return next(self.analyse_many([article]))

    def analyse_many(self, articles: Iterable[Article]) -> Iterator[Analysis]:
        """The analyses of many articles, in their order.

        While other threads read windows, this one prepares articles to come, reads windows too, and decodes what is
        read, several articles at a time; the others decode where no window is left to read. This thread is one of those
        that the session takes, so that there are never more of them than processors.
        """
        incoming, waiting = iter(articles), deque[Joint[Read, Analysis]]()
        with helpers(self.model.session.threads - 1) as threads:
            while True:
                for article in islice(incoming, ARTICLES_AHEAD - len(waiting)):
                    waiting.append(self._begun(article, threads))
                if not waiting:
                    return
                for _ in range(_read_at_front(waiting)):
                    yield waiting.popleft().result()

    def _begun(self, article: Article, threads: Executor | None) -> Joint[Read, Analysis]:
        session, room = self.model.session, self.model.configuration.window - 2
        prepared = prepare(article, self.model.tokenizer, self.language, room)
        windows = [partial(read_window, session, request) for request in requests_of(prepared)]
        return Joint(windows, partial(self._decoder.decode, prepared), threads)


def _read_at_front(waiting: Sequence[Joint[Read, Analysis]]) -> int:
    """How many of the first articles are to be decoded now: several that are read, or as many as there are.

    Until then this thread reads windows that no other has begun; where all are begun, at least the first article's
    will be read soon.
    """
    while True:
        read = sum(1 for _ in takewhile(Joint.is_ready, waiting))
        if read >= min(TOGETHER, len(waiting)):
            return read
        if not any(article.take_part() for article in waiting):
            return max(1, read)


def requests_of(prepared: Prepared) -> list[Request]:
    """What the model is asked of an article: one request for each window."""
    return [Request(window, prepared.pieces, prepared.first_pieces) for window in prepared.windows]


def open_tokenizer(file: Path) -> Tokenizer:
    """The tokenizer in a file, without truncation or padding."""
    from tokenizers import Tokenizer as WordPieces

    tokenizer = WordPieces.from_file(str(file))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    found: Tokenizer = tokenizer
    return found


def folder_of(language: str) -> Path:
    """The folder of the reader model that is shipped for a language."""
    return Path(str(resources.files("onrecord.language").joinpath(language, "reader")))


def reader_version(language: str) -> str:
    """What `Reader.load(language).version` would be, without loading the model; empty where a file is missing."""
    files = [folder_of(language) / name for name in FILES]
    return version_of(files) if all(file.is_file() for file in files) else ""


def version_of(files: Sequence[Path]) -> str:
    """`reader/<code version>-<12 hex digits over the model files>`."""
    whole = sha256()
    for file in files:
        whole.update(sha256(file.read_bytes()).digest())
    return f"reader/{CODE_VERSION}-{whole.hexdigest()[:12]}"
