"""Who relays whom: credits, quoted outlets and agencies, websites on which something was published.

A `cites` link leads from the statement (or the whole article) that relays something to the article it was taken from,
where the record holds that article, and else to the party that is credited; its left passages are the credit's words.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from onrecord.model import Article, Corpus, Link, Medium, Mention, Passage, Statement, Story, digest
from onrecord.model.outlets import HOST, agency_behind, is_press_name, outlet_key, press, press_parties, publisher
from onrecord.model.personal import fold

WORD = re.compile(r"\w+")
POSSESSIVE = re.compile(r"['’]s?(?!\w)")
SAME = 0.75
"""The part of the shorter statement's words that a credited article must have for the words to be the same."""
TELLING = 0.6
"""The part of its longer words that a credited article must have to be the one that is meant."""
LONG = 5
"""Letters of a word that tells something."""
REACH = 90
"""Characters after a cue of telling in which an outlet that was told is named."""
BESIDE = 60
"""Characters between a cue and an outlet that was said something to."""
SENTENCE = re.compile(r"[.!?]\s|\n")
FAR = 800
"""Characters before "the paper" in which the paper is named."""

WHOLLY = "the article says that it is the report of {}"
RELAYING = frozenset({"interview", "broadcast", "website", "report", "document"})
"""Media that belong to the party that is named with them, and not to the speaker."""


@dataclass(frozen=True, slots=True)
class Credit:
    """Words in a row of an article that credit a party with what the row says."""

    left_id: str
    article: Article
    party_id: str
    passage: Passage
    says: str


def links(corpus: Corpus, stories: Sequence[Story], press: frozenset[str] | None = None) -> tuple[Link, ...]:
    """The `cites` links; `press` are the parties that are outlets or agencies, where they are known beforehand."""
    library = Library(corpus, stories, press_parties(corpus) if press is None else press)
    found: dict[str, Link] = {}
    for article in corpus.articles:
        for credit in library.credits(article):
            link = library.link(credit)
            found.setdefault(link.id, link)
    return tuple(found[key] for key in sorted(found))


class Library:
    """The articles of a record by story and publisher, and who of its parties is an outlet or an agency."""

    def __init__(self, corpus: Corpus, stories: Sequence[Story], press: frozenset[str]) -> None:
        self.corpus = corpus
        self.stories: Mapping[str, list[Story]] = _by_article(stories)
        self.press = press
        self._folded: dict[str, frozenset[str]] = {}

    # ------------------------------------------------------------ credits

    def credits(self, article: Article) -> Iterator[Credit]:
        """Everything in an article that credits another party with what it says, in the order of the statements."""
        own = own_keys(article)
        for credit in (*self._of_article(article), *self._of_statements(article)):
            party = self.corpus.party.get(credit.party_id)
            if party is None or not party.name or outlet_key(party.name) in own or initials(party.name) in own:
                continue
            if fold(party.name) in press()["bodies"]["platforms"]:
                continue
            if party.kind not in ("state", "place") or not _body().search(credit.passage.of(article.text)):
                yield credit

    def _of_article(self, article: Article) -> Iterator[Credit]:
        behind = agency_behind(article)
        if behind is not None and behind.passage is not None and article.outlet:
            party = self.named.get(outlet_key(behind.name))
            if party is not None:
                yield Credit(article.id, article, party, behind.passage, WHOLLY)

    def _of_statements(self, article: Article) -> Iterator[Credit]:
        for statement in self.corpus.statements_of.get(article.id, ()):
            yield from self._of_statement(article, statement)

    def _of_statement(self, article: Article, statement: Statement) -> Iterator[Credit]:
        for relay in statement.via:
            yield Credit(statement.id, article, relay.party_id, relay.passage, "it was relayed by {}")
        medium = statement.medium
        if medium is not None and medium.party_id is None:
            for mention in self.corpus.mentions_of.get(article.id, ()):
                if mention.party_id in self.press and medium.passage.holds(Passage(mention.start, mention.end)):
                    yield Credit(
                        statement.id, article, mention.party_id, medium.passage, "it was said or published by {}"
                    )
        elif medium is not None and self._is_anothers(medium, statement):
            assert medium.party_id is not None
            yield Credit(statement.id, article, medium.party_id, medium.passage, "it was said or published by {}")
        yield from self._reported(article, statement)
        told = list(self._told(article, statement))
        yield from told
        if not told and (medium is None or (medium.kind == "interview" and medium.party_id is None)):
            yield from self._said_on(article, statement)

    def _reported(self, article: Article, statement: Statement) -> Iterator[Credit]:
        """An outlet that a statement is put down to: "Xyz reported", "the paper wrote"."""
        if statement.source is None:
            return
        for key in statement.speaker_ids:
            if key in self.press:
                yield Credit(statement.id, article, key, statement.source, "it is what {} reported")
        if statement.speaker_ids:
            return
        words = statement.source.of(article.text)
        listed = self.named.get(outlet_key(words)) if is_press_name(words) else None
        if listed is not None:
            yield Credit(statement.id, article, listed, statement.source, "it is what {} reported")
        elif _anaphor().fullmatch(words) and (before := self._last_press(article, statement.source.start)) is not None:
            yield Credit(statement.id, article, before, statement.source, "it is what {}, named before, reported")

    def _said_on(self, article: Article, statement: Statement) -> Iterator[Credit]:
        """An outlet on or in which the words were said: "said on Xyz", "wrote in the Xyz"."""
        if statement.cue is None:
            return
        text, cue = article.text, statement.cue
        for mention in self.corpus.mentions_of.get(article.id, ()):
            if mention.party_id not in self.press:
                continue
            place = Passage(mention.start, mention.end)
            if any(place.meets(passage) for passage in statement.content):
                continue
            between = text[cue.end : place.start] if place.start >= cue.end else text[place.end : cue.start]
            if len(between) > BESIDE or SENTENCE.search(between):
                continue
            found = _on().search(text, max(0, place.start - 12), place.start)
            if found is None or (found["to"] and not 0 <= place.start - cue.end <= 8):
                continue
            yield Credit(statement.id, article, mention.party_id, place, "it was said to or on {}")
            return

    def _is_anothers(self, medium: Medium, statement: Statement) -> bool:
        """The medium is another party's, who led the interview or has the website, and no speaker's."""
        party = self.corpus.party.get(medium.party_id or "")
        if party is None or medium.kind not in RELAYING or party.id in statement.speaker_ids:
            return False
        if medium.kind == "interview":
            return party.id in self.press or (party.kind != "state" and bool(_led_by().search(medium.text)))
        return medium.kind != "broadcast" or party.kind in ("organisation", "work") or party.id in self.press

    def _told(self, article: Article, statement: Statement) -> Iterator[Credit]:
        """An outlet that the words were said to: "told the daily Xyz", or "told the paper" that was named before."""
        cue = statement.cue
        if cue is None or not _telling().search(cue.of(article.text)):
            return
        after = _told().match(article.text, cue.end, min(len(article.text), cue.end + REACH))
        if after is None or any(p.start < after.end("who") and after.start("who") < p.end for p in statement.content):
            return
        told = Passage(*after.span("who"))
        words = told.of(article.text)
        for mention in self.corpus.mentions_of.get(article.id, ()):
            ends = mention.end == told.end or POSSESSIVE.match(article.text, mention.end)
            if told.start <= mention.start < told.end and ends and self._is_press(mention, article):
                place = Passage(told.start, mention.end)
                yield Credit(statement.id, article, mention.party_id, place, "it was told to {}")
                return
        words = POSSESSIVE.sub("", words)
        listed = self.named.get(outlet_key(words)) if is_press_name(words) else None
        if listed is not None:
            yield Credit(statement.id, article, listed, told, "it was told to {}")
        elif _anaphor().fullmatch(words) and (before := self._last_press(article, told.start)) is not None:
            yield Credit(statement.id, article, before, told, "it was told to {}, which is named before")

    def _is_press(self, mention: Mention, article: Article) -> bool:
        """The mention names a press body, or the short form of the name of an outlet with an article in the story."""
        if mention.party_id in self.press:
            return True
        party = self.corpus.party[mention.party_id]
        return party.kind != "state" and bool(self._short_of(party.name, article))

    def _last_press(self, article: Article, before: int) -> str | None:
        """The press body that was named last before a place, not too far from it."""
        named = [
            (mention.start, mention.party_id)
            for mention in self.corpus.mentions_of.get(article.id, ())
            if mention.party_id in self.press and before - FAR <= mention.start < before
        ]
        return max(named)[1] if named else None

    def _short_of(self, name: str, article: Article) -> list[Article]:
        """The articles of the same stories whose outlet's name begins or ends with the words of `name`."""
        words = fold(name).removeprefix("the ").split()
        found = []
        for other in self._in_story(article):
            outlet = fold(other.outlet or "").removeprefix("the ").split()
            if words and len(outlet) > len(words) and words in (outlet[: len(words)], outlet[-len(words) :]):
                found.append(other)
        return found if len({outlet_key(publisher(a)) for a in found}) == 1 else []

    def _in_story(self, article: Article) -> Iterator[Article]:
        for story in self.stories.get(article.id, ()):
            for key in story.article_ids:
                if key != article.id and key in self.corpus.article:
                    yield self.corpus.article[key]

    @cached_property
    def named(self) -> Mapping[str, str]:
        """The press parties by the key of their names; the one with the most aliases where several share a key."""
        found: dict[str, str] = {}
        for key in sorted(self.press):
            party = self.corpus.party[key]
            for name in (party.name, *party.aliases):
                found.setdefault(outlet_key(name), key)
        return found

    # ------------------------------------------------------------ the article meant

    def link(self, credit: Credit) -> Link:
        """The link of a credit: to the article that is meant, or else to the party."""
        name = self.corpus.party[credit.party_id].name
        says = credit.says.format(name)
        words = credit.passage.of(credit.article.text)
        target, rights, why = self._meant(credit)
        right = target.id if target is not None else credit.party_id
        score = 0.9 if target is None or rights else 0.7
        explanation = f"“{' '.join(words.split())}”: {says}{why}"
        return Link(
            id=digest("link", "cites", credit.left_id, right),
            kind="cites",
            left_id=credit.left_id,
            right_id=right,
            left_passages=(credit.passage,),
            right_passages=rights,
            changed=(),
            score=score,
            explanation=explanation,
        )

    def _meant(self, credit: Credit) -> tuple[Article | None, tuple[Passage, ...], str]:
        """That outlet's article of the same story, not later than this one; the same words decide among several."""
        name = self.corpus.party[credit.party_id].name
        wanted = outlet_key(name)
        candidates = [a for a in self._in_story(credit.article) if outlet_key(publisher(a)) == wanted]
        candidates = candidates or self._short_of(name, credit.article)
        candidates = [a for a in candidates if not _later(a, credit.article)]
        if not candidates:
            return None, (), ""
        row = self.corpus.row[credit.left_id]
        matches = [(a, self._same(row, a)) for a in candidates]
        target, same = max(matches, key=lambda pair: (bool(pair[1]), _day(pair[0]), pair[0].id))
        if not same and (outlet_key(publisher(target)) != wanted or not self._tells(target, row)):
            return None, (), ""
        why = f", whose article of the same story {'has the same words' if same else 'tells most of it'}"
        return target, same, why

    def _tells(self, article: Article, row: object) -> bool:
        """Most of the telling words of a statement, or of a whole article, stand in the article."""
        own = row.text if isinstance(row, Statement | Article) else ""
        wanted = {word for word in WORD.findall(fold(own)) if len(word) >= LONG}
        there = self._words(article.id)
        return bool(wanted) and len(wanted & there) >= TELLING * len(wanted)

    def _words(self, article_id: str) -> frozenset[str]:
        """All words of an article, folded."""
        if article_id not in self._folded:
            self._folded[article_id] = frozenset(WORD.findall(fold(self.corpus.article[article_id].text)))
        return self._folded[article_id]

    def _same(self, row: object, article: Article) -> tuple[Passage, ...]:
        """The words of the statement of an article that says what `row` says; none where there is none."""
        if not isinstance(row, Statement):
            return ()
        wanted = set(WORD.findall(fold(row.text)))
        best: tuple[float, tuple[Passage, ...]] = (0.0, ())
        for other in self.corpus.statements_of.get(article.id, ()):
            there = set(WORD.findall(fold(other.text)))
            share = len(wanted & there) / max(1, min(len(wanted), len(there)))
            if min(len(wanted), len(there)) >= 4 and share > best[0]:
                best = share, other.content
        return best[1] if best[0] >= SAME else ()


def own_keys(article: Article) -> frozenset[str]:
    """The keys of an article's own outlet: its name's, its address's, and its name as initials."""
    keys = {outlet_key(publisher(article)), publisher(article).casefold()}
    host = HOST.match(article.url or "")
    return frozenset(keys | ({outlet_key(host[1])} if host is not None else set()))


def initials(name: str) -> str:
    """The initials of a name of three words or more, without its article; else nothing that a key can be."""
    words = [word for word in fold(name).removeprefix("the ").split() if word[:1].isalpha()]
    return "".join(word[0] for word in words) if len(words) >= 3 else "-"


@cache
def _led_by() -> re.Pattern[str]:
    """An interview with somebody who leads it; "his interview" and "a job interview" are none."""
    return re.compile(r"\A(?!(?:his|her|their|my|our)\b)(?!.{0,30}\bjob\b).{0,60}\b(?:with|to|by|for)\s", re.IGNORECASE)


@cache
def _body() -> re.Pattern[str]:
    nouns = "|".join(map(re.escape, press()["documents"]["anaphors"]))
    return re.compile(rf"\b(?:{nouns})\b", re.IGNORECASE)


@cache
def _telling() -> re.Pattern[str]:
    return re.compile(r"\b(?:told|tells?|telling|informed)\s*\Z", re.IGNORECASE)


@cache
def _told() -> re.Pattern[str]:
    """The words after a cue of telling, up to the end of the first name or noun that can be an outlet's."""
    return re.compile(
        r"\s+(?P<who>(?:[\w’'&.-]+\s+){0,6}?[\w’'&-]+)(?=[\s]*(?:[,.;:—–“\"]|that\b|on\b|in\b|during\b|by\b|after\b|from\b|at\b))"
    )


@cache
def _on() -> re.Pattern[str]:
    """What stands right before an outlet on, in or to which something was said."""
    return re.compile(r"\b(?:on|in|with|(?P<to>to))\s+(?:the\s+)?\Z", re.IGNORECASE)


@cache
def _anaphor() -> re.Pattern[str]:
    nouns = "|".join(map(re.escape, press()["documents"]["anaphors"]))
    return re.compile(rf"(?:the|this|that)\s+(?:\w+\s+)?(?:{nouns})", re.IGNORECASE)


def _by_article(stories: Sequence[Story]) -> Mapping[str, list[Story]]:
    found: dict[str, list[Story]] = defaultdict(list)
    for story in stories:
        for key in story.article_ids:
            found[key].append(story)
    return found


def _day(article: Article) -> str:
    return (article.published.earliest or "")[:10] if article.published is not None else ""


def _later(one: Article, other: Article) -> bool:
    """Both days are known and the one came out on a later day than the other."""
    return bool(_day(one) and _day(other)) and _day(one) > _day(other)
