"""What the record has as codes, in words that a reader understands: acts, bases, how sure, how many."""

from __future__ import annotations

ACTS = {
    "AGREE": "agrees",
    "CONSULT": "meets",
    "SUPPORT": "supports",
    "CONCEDE": "concedes to",
    "COOPERATE": "works with",
    "AID": "aids",
    "RETREAT": "retreats from",
    "REQUEST": "asks",
    "ACCUSE": "accuses",
    "REJECT": "rejects",
    "THREATEN": "threatens",
    "PROTEST": "protests against",
    "SANCTION": "sanctions",
    "MOBILIZE": "mobilises against",
    "COERCE": "coerces",
    "ASSAULT": "attacks",
}
"""The event types as a verb that a reader understands."""

MODES = {
    "visit": "visits",
    "host": "receives",
    "phone": "telephones",
    "invite": "invites",
    "trade": "trades with",
    "kill": "kills",
    "injure": "injures",
    "arrest": "arrests",
    "investigate": "investigates",
    "expel": "expels",
    "recognition": "recognises",
    "pardon": "pardons",
}
"""The modes that have a verb of their own."""

BASES = {
    "stated": "stated in the text",
    "resolved": "told from the words and the article's date",
    "metadata": "from the page's metadata",
    "header": "from the article's header",
    "dateline": "from the dateline",
    "url": "from the address",
    "inferred": "inferred",
}

RESOLVED = {
    "name": "named in the text",
    "pronoun": "told from a pronoun",
    "title": "told from a title",
    "description": "told from a description",
    "surname_in_record": "the record’s only party of that surname",
    "role": "told from a role",
    "role_in_record": "the office, which another article near that day gives this person",
    "sentence_before": "the subject of the sentence before",
    "dash_layout": "told from the layout",
    "first_person": "“I” inside this speaker’s own words",
    "interviewee": "the one who is interviewed",
    "own_speech": "“I” in this person’s own speech",
    "byline": "“I” of the article’s only writer",
    "signature": "“I” of the one who signs the letter",
    "demonym": "told from a country’s name",
    "relative": "told from the words before “who”",
    "colon_layout": "told from the layout",
    "running_speaker": "the speaker of the words before",
    "document": "whoever made the statement that is spoken of",
    "judgement": "said by a person",
}


LEGEND = {
    "content": "what was said",
    "cue": "the word for saying it",
    "source": "who said it",
    "trigger": "what was done",
    "actor": "who",
    "recipient": "to or with whom",
    "medium": "where it was said",
    "via": "who passed it on",
}
"""What the marks of an entry's passages are called in words."""

SAYING = {
    "assert": "states it", "deny": "denies it", "decline": "declines to say or do it", "promise": "promises it",
    "request": "asks for it", "threaten": "threatens it", "propose": "proposes it", "praise": "praises somebody",
    "accuse": "accuses somebody", "thank": "thanks somebody",
}  # fmt: skip
"""What is done by saying something."""

STANDINGS = {"ahead": "not due yet", "due": "due now", "undated": "no date given"}
"""How a promise stands, where the code alone does not tell."""


def sure_words(confidence: float | None) -> str:
    """How sure an entry is, in words a reader can use."""
    if confidence is None:
        return "Not measured for this kind of entry"
    return f"right in about {round(confidence * 100)} of 100 such entries"


def count_words(count: int, one: str, many: str | None = None) -> str:
    """A number of things: `1 article`, `1,204 articles`."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def are_many(words: str) -> bool:
    """Whether an article's own words for somebody mean several: `union members`, `the two governments`."""
    last = words.casefold().rstrip("”\"’' ").rpartition(" ")[2]
    return (
        last in MANY or " and " in words or (last.endswith("s") and not last.endswith(("ss", "us", "is", "’s", "'s")))
    )


MANY = frozenset(
    {"people", "police", "men", "women", "children", "they", "we", "both", "two", "three", "four", "others"}
)


def for_many(verb: str, actors: int) -> str:
    """A verb of the third person as it is said of several: `meets` is `meet`."""
    head, space, tail = verb.partition(" ")
    return f"{head.removesuffix('s')}{space}{tail}" if actors > 1 else verb


def shortened(words: str, most: int) -> str:
    """The beginning of some words, cut at a space where they are too long."""
    said = " ".join(words.split())
    return said if len(said) <= most else f"{said[:most].rpartition(' ')[0] or said[:most]} …"


def plain_word(code: str) -> str:
    """A code of the record as words: `news_conference` is `news conference`."""
    return code.replace("_", " ")
