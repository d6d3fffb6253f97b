"""In what setting an article's statements were made: whom it relays for each, and the document that each stands in."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from onrecord.model import Article, Event, Link, Passage, Statement
from onrecord.model.outlets import press
from onrecord.model.personal import fold


@dataclass(frozen=True, slots=True)
class Relayed:
    """The `cites` links of one credit (several where it names several side by side).

    `inferred` where the credit stands with earlier words of the same speaker in the article.
    """

    links: tuple[Link, ...]
    inferred: bool = False


@dataclass(frozen=True, slots=True)
class Setting:
    """Whom an article relays for a statement, nearest first, and the statement that names the document it is from."""

    relays: tuple[Relayed, ...] = ()
    document: Statement | None = None

    @property
    def is_empty(self) -> bool:
        return not self.relays and self.document is None


@dataclass(frozen=True, slots=True)
class Document:
    """A thing that exists apart from whoever reports on it: its kind, its words, whose it is by those words.

    `speaks` where the document is itself what is said to speak ("the directive noted").
    """

    kind: str
    passage: Passage
    party_id: str | None
    speaks: bool


DOCUMENTS = frozenset({"statement", "website", "post", "report", "letter", "document", "broadcast"})
"""The kinds of medium that exist apart from whoever reports on them."""
LASTING = frozenset({"interview", "letter", "website", "document", "report"})
"""Media of which a whole article may be the report."""
OPENING = 3
"""The statements that open an article: one of them names what the article reports, if it reports one thing."""


def settings(
    article: Article, statements: Sequence[Statement], cites: Mapping[str, Sequence[Link]], press: frozenset[str]
) -> Mapping[str, Setting]:
    """The setting of each statement of an article, by its id.

    Reports name the setting once, with the first of a speaker's words. Further words of that speaker are taken to be
    from there where they follow at once, in the same paragraph or the next; and all through the article where it opens
    with an interview, a letter or a website and that speaker has most of what is said in it. Words that the article
    sets at another time ("had said") are not. A headline takes the setting of the first words below it.
    """
    own = {statement.id: _own(statement, article, cites.get(statement.id, ())) for statement in statements}
    paragraphs = [part for part in article.parts if part.role not in ("headline", "standfirst")]
    in_order = sorted(statements, key=lambda s: (min(s.content), s.id))
    below = [s for s in in_order if any(p.start <= s.content[0].start < p.end for p in paragraphs)]
    are_below = {statement.id for statement in below}
    frame = _frame(article, below, own, press)
    found = dict(own)
    latest: tuple[tuple[str, ...], int, Setting | None] = ((), 0, None)
    for statement in below:
        whose, at = _whose(statement, press), _paragraph(article, statement)
        earlier = Setting()
        if whose and _goes_on(statement, article):
            if latest[0] == whose and at - latest[1] <= 1 and latest[2] is not None:
                earlier = latest[2]
            elif frame is not None and frame[0] == whose and statement.content[0].start > frame[1]:
                earlier = frame[2]
        found[statement.id] = _with_earlier(own[statement.id], statement, earlier)
        if whose:
            carries_on = latest[0] == whose and at - latest[1] <= 1 and latest[2] is not None and latest[2].is_empty
            is_named = statement.medium is not None or carries_on or not found[statement.id].is_empty
            latest = whose, at, found[statement.id] if is_named else None
    for statement in in_order:
        if frame is not None and statement.id not in are_below and _whose(statement, press) == frame[0]:
            found[statement.id] = _with_earlier(own[statement.id], statement, frame[2])
    return found


def _whose(statement: Statement, press: frozenset[str]) -> tuple[str, ...]:
    """The speakers of a statement, if they are known and no outlet."""
    return () if any(key in press for key in statement.speaker_ids) else tuple(sorted(statement.speaker_ids))


def _paragraph(article: Article, statement: Statement) -> int:
    """The number of the part of the article that a statement's words begin in."""
    at = statement.content[0].start
    return next((n for n, part in enumerate(article.parts) if part.start <= at < part.end), len(article.parts))


def _frame(
    article: Article, statements: Sequence[Statement], own: Mapping[str, Setting], press: frozenset[str]
) -> tuple[tuple[str, ...], int, Setting] | None:
    """Whose words an article as a whole reports, from where on, and their setting; null where it is no such report."""
    said = [whose for statement in statements if (whose := _whose(statement, press))]
    for statement in statements[:OPENING]:
        whose, setting = _whose(statement, press), own[statement.id]
        medium = statement.medium
        lasting = setting.relays or (medium is not None and medium.kind in LASTING)
        if whose and lasting and said.count(whose) * 2 > len(said):
            return whose, statement.content[0].start, setting
    return None


def _goes_on(statement: Statement, article: Article) -> bool:
    """The words are reported as said then and there: "she added", and not "she said on Tuesday", "had said before"."""
    if statement.said is not None and statement.said.text:
        return False
    if statement.cue is None:
        return True
    cue = statement.cue.of(article.text).lower()
    return _saying().search(cue) is not None and _before().search(cue) is None


def _own(statement: Statement, article: Article, links: Sequence[Link]) -> Setting:
    """The setting that stands with the statement itself."""
    ranked = sorted(links, key=lambda link: _rank(statement, link))
    groups: list[list[Link]] = []
    for link in ranked:
        if groups and groups[-1][0].left_passages == link.left_passages:
            groups[-1].append(link)
        else:
            groups.append([link])
    relays = tuple(Relayed(tuple(group)) for group in groups)
    return Setting(relays, statement if document_of(statement, article, links) is not None else None)


def document_of(statement: Statement, article: Article, links: Sequence[Link] = ()) -> Document | None:
    """The document that a statement stands in; null where it is another's, to whom one of the links leads."""
    medium = statement.medium
    if medium is not None and medium.kind in DOCUMENTS:
        if any(medium.passage.meets(passage) for link in links for passage in link.left_passages):
            return None
        is_speaker = statement.source is not None and medium.passage.meets(statement.source)
        if is_speaker and statement.speaker_ids:
            return None
        return Document(medium.kind, medium.passage, medium.party_id, is_speaker)
    if medium is None and statement.source is not None:
        found = _authored().match(article.text, statement.source.start, statement.source.end)
        if found is not None:
            is_speaker = statement.speaker_name in (None, statement.source.of(article.text))
            return Document(found["noun"].lower(), statement.source, None, is_speaker)
    return None


def _rank(statement: Statement, link: Link) -> tuple[int, int, int, str]:
    """Relays in the order of `via`, nearest the article first; then the paper or website of the medium."""
    via = [relay.passage for relay in statement.via]
    at = next((n for n, passage in enumerate(via) if passage in link.left_passages), len(via))
    medium = statement.medium
    last = medium is not None and any(medium.passage.meets(passage) for passage in link.left_passages)
    start = min((passage.start for passage in link.left_passages), default=0)
    return (1 if last and at == len(via) else 0), at, start, link.id


def _with_earlier(own: Setting, statement: Statement, earlier: Setting) -> Setting:
    """The setting of the same speaker's earlier words, where the statement names none or only who relayed it."""
    if statement.medium is not None or own.document is not None or earlier.is_empty:
        return own
    named = {link.right_id for relay in own.relays for link in relay.links}
    more = (r for r in earlier.relays if not any(link.right_id in named for link in r.links))
    return Setting(own.relays + tuple(replace(r, inferred=True) for r in more), earlier.document)


def hearsay(statement: Statement, article: Article, links: Sequence[Link] = ()) -> Passage | None:
    """The words that put a statement down to nobody that is named: "media reports", "it was reported", "a newspaper".

    `links` are its `cites` links; null where somebody is named.
    """
    for relay in statement.via:
        words = relay.passage.of(article.text)
        if not any(relay.passage in link.left_passages for link in links) and _unnamed_body().search(words):
            return relay.passage
    if statement.speaker_ids:
        return None
    if statement.source is not None:
        return statement.source if not links and _is_unnamed_press(statement.source.of(article.text)) else None
    if statement.cue is None:
        return None
    cue = statement.cue.of(article.text)
    unnamed = _passive().search(cue) is not None or fold(cue) in press()["hearsay"]["nouns"]
    return statement.cue if unnamed else None


def heard_of(article: Article, event: Event) -> Passage | None:
    """The word right before an event's trigger, or right after it, by which an outlet puts it down to others."""
    trigger = event.triggers[0]
    before = list(_adverb().finditer(article.text, max(0, trigger.start - NEAR), trigger.end))
    close = [found for found in before if not re.search(r"[.!?;]", article.text[found.end() : trigger.start])]
    if close:
        return Passage(*close[-1].span())
    after = re.compile(r"[\s,]*").match(article.text, trigger.end)
    found = _adverb().match(article.text, after.end() if after is not None else trigger.end)
    return Passage(*found.span()) if found is not None else None


NEAR = 30
"""Characters before a trigger in which such a word stands beside it."""


@cache
def _adverb() -> re.Pattern[str]:
    words = "|".join(map(re.escape, press()["hearsay"]["adverbs"]))
    return re.compile(rf"\b(?:{words})\b", re.IGNORECASE)


@cache
def _unnamed_body() -> re.Pattern[str]:
    """A press body that is only described: "a California newspaper"."""
    nouns = "|".join(map(re.escape, press()["documents"]["anaphors"]))
    return re.compile(rf"\b(?:an?|the|one|another)\s+(?:[\w’'-]+\s+){{0,3}}(?:{nouns})\Z", re.IGNORECASE)


@cache
def _saying() -> re.Pattern[str]:
    verbs = "|".join(press()["settings"]["saying"])
    return re.compile(rf"\b(?:{verbs})\b|^\W*$")


@cache
def _before() -> re.Pattern[str]:
    words = "|".join(map(re.escape, press()["settings"]["before"]))
    return re.compile(rf"\b(?:{words})\b")


def _is_unnamed_press(words: str) -> bool:
    plain = re.sub(r"^(?:the|some|several|many|various|other)\s+", "", fold(words).strip(" .,;:\"'“”"))
    lists = press()["hearsay"]
    return plain in lists["sources"] or any(
        plain.endswith(f" {core}") and plain.count(" ") <= core.count(" ") + 2 for core in lists["cores"]
    )


@cache
def _passive() -> re.Pattern[str]:
    verbs = "|".join(press()["hearsay"]["passive"])
    return re.compile(rf"\b(?:was|were|is|are|been|being)\s+(?:\w+ly\s+|also\s+)?(?:{verbs})\b", re.IGNORECASE)


@cache
def _authored() -> re.Pattern[str]:
    """A source that begins with a document: "a report that the auditors published", "the ministry's statement"."""
    nouns = "|".join(map(re.escape, sorted(press()["documents"]["nouns"], key=len, reverse=True)))
    return re.compile(
        rf"(?:(?:an?|the|its|his|her|their)\s+)?(?:[\w’'-]+\s+){{0,3}}?(?P<noun>{nouns})(?:\Z|\s+(?:that|which|by|from|of|on|released|published|issued|posted|in|to|dated|compiled|seen|obtained)\b)",
        re.IGNORECASE,
    )
