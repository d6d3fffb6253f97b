"""Values of the record in words that a reader understands: days, amounts, acts, how sure."""

from __future__ import annotations

from onrecord.model import Amount, When

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip

HEDGES = {
    "about": "about ",
    "more_than": "more than ",
    "less_than": "less than ",
    "at_least": "at least ",
    "at_most": "at most ",
}

UNITS = {
    "a": ("year", "years"),
    "mo": ("month", "months"),
    "wk": ("week", "weeks"),
    "d": ("day", "days"),
    "h": ("hour", "hours"),
    "min": ("minute", "minutes"),
    "s": ("second", "seconds"),
    "t": ("tonne", "tonnes"),
    "m2": ("m²", "m²"),
    "km2": ("km²", "km²"),
    "bbl": ("barrel", "barrels"),
    "person": ("person", "people"),
}
"""Units as they are read, for one and for more."""

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

MODES = {"visit": "visits", "host": "receives", "phone": "telephones"}
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
    "demonym": "told from a country’s name",
    "relative": "told from the words before “who”",
    "colon_layout": "told from the layout",
    "running_speaker": "the speaker of the words before",
    "judgement": "said by a person",
}


def when_words(when: When | None) -> str:
    """A time as it is read: `3 June 2026`, `late October 2021`, `3 to 9 April 2021`; empty where not known."""
    if when is None or (when.earliest is None and when.latest is None):
        return ""
    if when.earliest is None or when.latest is None:
        return f"by {day_words(when.latest)}" if when.latest else f"from {day_words(when.earliest or '')}"
    part = f"{when.part} " if when.part else ""
    return part + span_words(when.earliest, when.latest, when.precision)


def span_words(earliest: str, latest: str, precision: str | None = None) -> str:
    """Two days as one expression: a year, a month, a day or a range."""
    first, last = earliest[:10], latest[:10]
    if first == last:
        return day_words(earliest) if earliest == latest else day_words(first)
    if precision == "decade" and first[:3] == last[:3]:
        return f"the {first[:3]}0s"
    if first[:4] == last[:4] and first[5:] == "01-01" and last[5:] == "12-31":
        return first[:4]
    if first[:7] == last[:7] and first[8:] == "01" and precision == "month":
        return f"{_month(first)} {first[:4]}"
    if first[:7] == last[:7]:
        return f"{int(first[8:])} to {day_words(last)}"
    if first[:4] == last[:4]:
        return f"{int(first[8:])} {_month(first)} to {day_words(last)}"
    return f"{day_words(first)} to {day_words(last)}"


def day_words(day: str) -> str:
    """An ISO day, or minute, as it is read: `3 June 2026`, `3 June 2026, 09:15`."""
    if len(day) < 10 or not day[:4].isdecimal():
        return day
    shown = f"{int(day[8:10])} {_month(day)} {int(day[:4])}"
    return f"{shown}, {day[11:]}" if len(day) > 10 else shown


def _month(day: str) -> str:
    number = int(day[5:7])
    return MONTHS[number - 1] if 1 <= number <= 12 else day[5:7]


def amount_words(amount: Amount) -> str:
    """An amount as people write it: `about 40,000 tonnes`, `2 to 3 hours`, `more than 3 hours`, `12 %`."""
    one = amount.low == amount.high == "1"
    unit = UNITS.get(amount.unit or "", (amount.unit or "",) * 2)[0 if one else 1]
    return f"{bare_amount(amount)} {unit}".rstrip()


def bare_amount(amount: Amount) -> str:
    """An amount without its unit: `about 40,000`, `2 to 3`, `85 million`."""
    low, high = number_words(amount.low), number_words(amount.high)
    if amount.hedge == "range" and low != high:
        number = f"{low or '?'} to {high or '?'}"
    else:
        number = low or high or "?"
    return f"{HEDGES.get(amount.hedge, '')}{number}"


def number_words(digits: str | None) -> str:
    """A decimal with its thousands apart: `40,000.5`; round millions as words: `4.2 million`."""
    if digits is None:
        return ""
    for zeros, name in ((9, "billion"), (6, "million")):
        if digits.isdecimal() and zeros < len(digits) <= zeros + 3 and digits.endswith("0" * (zeros - 2)):
            whole, rest = digits[:-zeros], digits[-zeros:].rstrip("0")
            return f"{int(whole)}{'.' + rest if rest else ''} {name}"
    whole, dot, rest = digits.partition(".")
    sign, whole = ("−", whole[1:]) if whole.startswith("-") else ("", whole)
    return f"{sign}{int(whole):,}{dot}{rest}" if whole.isdecimal() and len(whole) < 40 else digits


def sure_words(confidence: float | None) -> str:
    """How sure an entry is, in words a reader can use."""
    if confidence is None:
        return "not measured for this kind of entry"
    return f"right in about {round(confidence * 100)} of 100 such entries"


def count_words(count: int, one: str, many: str | None = None) -> str:
    """A number of things: `1 article`, `1,204 articles`."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


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
