"""A record made by hand, without a reader model: two invented articles on the opening of an invented fair."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from onrecord.model import (
    Amount,
    Answer,
    Article,
    Bundle,
    Commitment,
    Comparison,
    Event,
    Figure,
    LocalParty,
    Mention,
    Occasion,
    OccasionMention,
    Party,
    PartyRole,
    Passage,
    Relay,
    Skipped,
    Statement,
    Subject,
    TextPart,
    Time,
    TimeExpression,
    When,
    article_id,
    entry_id,
)
from onrecord.model.records import Medium
from onrecord.store import Store

FIRST = (
    "Lake fair opens in Brenholt\n"
    "\n"
    "BRENHOLT, June 3. Mayor Ilse Varga opened the twelfth Lake Fair on Wednesday.\n"
    '"We expect about 300 stalls," she said, "and more next year."\n'
    "The harbour will be rebuilt by 2031, according to a statement on the city's website.\n"
)
SECOND = (
    "Fair draws fewer stalls\n"
    "\n"
    "الوزير سامي told the Harbour Post that only 240 stalls had come. 漁港の市長 was not asked.\n"
)


def at(text: str, words: str) -> Passage:
    """The passage of the first place where the words stand."""
    start = text.index(words)
    return Passage(start, start + len(words))


def article(text: str, origin: str, *, outlet: str | None, title: str, day: str) -> Article:
    raw = text.encode("utf8")
    published = When(day, day, day, "day", None, "dateline")
    return Article(
        id=article_id(raw, origin),
        origin=origin,
        url=None,
        outlet=outlet,
        title=title,
        text=text,
        byline=(),
        language="en",
        published=published,
        modified=None,
        dateline_place=None,
        text_sha256=hashlib.sha256(raw).hexdigest(),
        raw_sha256=hashlib.sha256(raw).hexdigest(),
        length=len(text),
        format="text",
        supersedes=None,
        parts=(TextPart(0, len(title), "headline"), TextPart(len(title) + 2, len(text) - 1, "body")),
        dates=(published,),
    )


ONE = article(
    FIRST, "fair/opening.txt", outlet="Brenholt Courier", title="Lake fair opens in Brenholt", day="2026-06-03"
)
TWO = article(SECOND, "fair/stalls.txt", outlet=None, title="Fair draws fewer stalls", day="2026-06-05")

VARGA = Party("aa" + "0" * 14, "Ilse Varga", "person", None, ("Varga",), (PartyRole("mayor", "Brenholt", None),))
BRENHOLT = Party("aa" + "1" * 14, "Brenholt", "place", None, (), ())
SAMI = Party("ab" + "2" * 14, "سامي", "person", None, ("الوزير سامي",), (PartyRole("minister", None, None),))
FAIR = Occasion(
    "f0" + "0" * 14,
    "twelfth Lake Fair",
    "fair",
    12,
    "Lake Fair",
    When("Wednesday", "2026-06-03", "2026-06-03", "day", None, "resolved"),
    BRENHOLT.id,
    (OccasionMention(ONE.id, at(FIRST, "twelfth Lake Fair").start, at(FIRST, "twelfth Lake Fair").end),),
)


def mention(source: Article, words: str, party: Party, form: Any = "name") -> Mention:
    place = at(source.text, words)
    key = entry_id("mention", source.id, place)
    return Mention(key, source.id, party.id, place.start, place.end, words, form, "name", "parties/1", None)


def statement_id(article: str, content: tuple[Passage, ...], cue: Passage, source: Passage) -> str:
    where = f"{cue.start}:{cue.end} {source.start}:{source.end}"
    return entry_id("statement", article, *content, extra=where)


def said_by_mayor() -> Statement:
    content = (at(FIRST, '"We expect about 300 stalls,"'), at(FIRST, '"and more next year."'))
    cue, source = at(FIRST, "said"), at(FIRST, "she")
    return Statement(
        id=statement_id(ONE.id, content, cue, source),
        article_id=ONE.id,
        form="direct",
        content=content,
        text=" ".join(p.of(FIRST) for p in content),
        cue=cue,
        source=source,
        speaker_ids=(VARGA.id,),
        speaker_name="she",
        resolved_by="pronoun",
        addressee_ids=(),
        medium=None,
        said=When("Wednesday", "2026-06-03", "2026-06-03", "day", None, "resolved"),
        via=(),
        act="assert",
        polarity="positive",
        made_by="statements/1",
        confidence=0.94,
    )


def from_website() -> Statement:
    content = (at(FIRST, "The harbour will be rebuilt by 2031"),)
    website = at(FIRST, "a statement on the city's website")
    cue = at(FIRST, "according to")
    return Statement(
        id=statement_id(ONE.id, content, cue, website),
        article_id=ONE.id,
        form="indirect",
        content=content,
        text=content[0].of(FIRST),
        cue=cue,
        source=website,
        speaker_ids=(),
        speaker_name=website.of(FIRST),
        resolved_by=None,
        addressee_ids=(),
        medium=Medium("website", website.of(FIRST), website, BRENHOLT.id),
        said=None,
        via=(Relay(BRENHOLT.id, website),),
        act="promise",
        polarity="positive",
        made_by="statements/1",
        confidence=0.61,
    )


def said_by_sami() -> Statement:
    content = (at(SECOND, "only 240 stalls had come"),)
    cue, source = at(SECOND, "told"), at(SECOND, "الوزير سامي")
    return Statement(
        id=statement_id(TWO.id, content, cue, source),
        article_id=TWO.id,
        form="indirect",
        content=content,
        text=content[0].of(SECOND),
        cue=cue,
        source=source,
        speaker_ids=(SAMI.id,),
        speaker_name="الوزير سامي",
        resolved_by="name",
        addressee_ids=(),
        medium=None,
        said=None,
        via=(),
        act="assert",
        polarity="negative",
        made_by="statements/1",
        confidence=0.88,
    )


def opening() -> Event:
    trigger, actor = at(FIRST, "opened"), at(FIRST, "Mayor Ilse Varga")
    return Event(
        id=entry_id("event", ONE.id, trigger, extra="CONSULT host"),
        article_id=ONE.id,
        triggers=(trigger,),
        type="CONSULT",
        mode="host",
        plover="CONSULT",
        actor_ids=(VARGA.id,),
        recipient_ids=(),
        actors=("Mayor Ilse Varga",),
        recipients=(),
        actor_passages=(actor,),
        recipient_passages=(),
        when=When("Wednesday", "2026-06-03", "2026-06-03", "day", None, "resolved"),
        place_id=BRENHOLT.id,
        place="BRENHOLT",
        status="happened",
        asserted_by="outlet",
        occasion_id=FAIR.id,
        made_by="events/1",
        confidence=None,
    )


def stalls(source: Article, words: str, amount: Amount, statement: Statement) -> Figure:
    place = at(source.text, words)
    return Figure(
        id=entry_id("figure", source.id, place),
        article_id=source.id,
        passage=place,
        text=words,
        amount=amount,
        of_what="stalls",
        of_what_head="stall",
        subject_ids=(),
        when=None,
        role="value",
        event_id=None,
        occasion_id=FAIR.id if source is ONE else None,
        statement_id=statement.id,
        made_by="figures/1",
        confidence=None,
    )


def time(source: Article, words: str, when: When) -> Time:
    place = at(source.text, words)
    return Time(entry_id("time", source.id, place), source.id, place, when, "times/1", None)


def promise() -> Commitment:
    place = at(FIRST, "The harbour will be rebuilt by 2031")
    return Commitment(
        id=entry_id("commitment", ONE.id, place),
        article_id=ONE.id,
        passage=place,
        who_ids=(BRENHOLT.id,),
        what=place.of(FIRST),
        due=When("2031", "2031-01-01", "2031-12-31", "year", None, "stated"),
        status="open",
        met_by=None,
        made_by="commitments/1",
        confidence=None,
    )


def tables() -> dict[str, list[Any]]:
    """The rows of every derived table."""
    mayor, website, minister = said_by_mayor(), from_website(), said_by_sami()
    few = stalls(ONE, "about 300 stalls", Amount("300", "300", "about", "stall"), mayor)
    fewer = stalls(TWO, "only 240 stalls", Amount("240", "240", "exact", "stall"), minister)
    return {
        "articles": [ONE, TWO],
        "parties": [VARGA, BRENHOLT, SAMI],
        "mentions": [
            mention(ONE, "Ilse Varga", VARGA),
            mention(ONE, "she", VARGA, "pronoun"),
            mention(ONE, "BRENHOLT", BRENHOLT),
            mention(TWO, "الوزير سامي", SAMI),
        ],
        "statements": [mayor, website, minister],
        "events": [opening()],
        "figures": [few, fewer],
        "times": [
            time(ONE, "Wednesday", When("Wednesday", "2026-06-03", "2026-06-03", "day", None, "resolved")),
            time(ONE, "2031", When("2031", "2031-01-01", "2031-12-31", "year", None, "stated")),
        ],
        "occasions": [FAIR],
        "commitments": [promise()],
        "comparisons": [
            Comparison(
                id="c0" + "0" * 14,
                question="how many stalls came",
                about=(Subject("figures", few.id),),
                outcome="differ",
                answers=(Answer(ONE.id, few.id, "300 stall"), Answer(TWO.id, fewer.id, "240 stall")),
                silent=(),
                too_early=(),
                independent_origins=2,
                unresolved_origins=0,
                origins=("Brenholt Courier", "fair/stalls.txt"),
                explanation="a later count",
            )
        ],
    }


SKIPPED = Skipped("51" + "0" * 14, "fair/broken.bin", "binary", "the file holds no text")


def bundles() -> list[Bundle]:
    """What an article half might have found: enough to try the cache."""
    expression = TimeExpression(at(FIRST, "2031"), "year", (("year", "2031"),), "future", "none")
    return [
        Bundle(
            article=ONE,
            made_with="1+hand",
            parties=(LocalParty("#1", "Ilse Varga", "person", None, ("Varga",), VARGA.roles),),
            statements=(said_by_mayor(), from_website()),
            expressions=(expression,),
            tallies=(("words", 60),),
        ),
        Bundle(article=TWO, made_with="1+hand", statements=(said_by_sami(),)),
    ]


def write_record(path: Path) -> Path:
    """The record, whole and joined, in a file."""
    with Store.open(path, create=True) as store:
        for bundle in bundles():
            store.put_bundle(bundle)
        store.put_skipped(SKIPPED)
        store.replace_derived(tables(), reader="hand", settings={"language": "en"})
    return path
