"""The lexicon of acts: which verbs and nouns are triggers, and where they keep their actor and recipient."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, cast, get_args

from onrecord.language.tables import table
from onrecord.model import EventStatus, EventType, OnRecordError

Status = EventStatus


@dataclass(frozen=True, slots=True)
class Act:
    """One line of the lexicon: an act, and what must stand around its trigger."""

    type: EventType
    mode: str | None
    recipient: tuple[str, ...]
    object: frozenset[str]
    """Nouns of which the object must be one; with `object_kinds`, or an object of one of these kinds."""
    object_kinds: frozenset[str]
    not_object: frozenset[str]
    """Nouns that the object must not be."""
    oblique: frozenset[str]
    """Prepositions, and `oblique_nouns` the nouns after them, that the verb needs."""
    oblique_nouns: frozenset[str]
    who: str | None
    actor_is: str | None
    reciprocal: bool
    needs: bool
    clause: bool
    with_clause: bool
    infinitive: bool
    """The verb counts only with an infinitive ("asked them to leave", not "asked them whether")."""
    plain: bool
    of: str | None
    light_only: bool
    possessor: bool
    thing: bool
    """A thing may stand for the recipient where no party is in sight ("condemned the bombing")."""
    scene: frozenset[str]
    """Prepositions of which one must follow the verb, whatever stands after it ("attacked him for his vote")."""
    strict: bool
    """The recipient is a party by its own noun, never by an owner or complement of a thing."""
    bare: bool
    """The verb counts only without an object ("they demonstrated")."""
    pair: bool
    """A plural subject counts for several who act on one another only where it is counted ("the two") or both named."""
    own_clause: bool
    """Governing a clause with a subject of its own, and with no recipient, it is no event ("promised that it ends")."""
    bidding: bool
    """The governed clause says what should be done ("insisted that they should leave")."""
    ominous: bool
    """The governed clause says what the actor will do to the recipient, or what the recipient is not to do."""
    plea: bool
    """With "guilty" the verb is an answer to a court and no act between parties."""
    onward: bool
    """The verb counts only without a "from" phrase ("came from a poor home to Lima" tells of no visit)."""
    public: bool
    """Who is visited is no relative or friend."""
    captive: bool
    """Who is taken is not the word "hostage" itself ("held the driver hostage")."""
    complement: frozenset[str]
    """Adjectives of which the verb needs one ("held them responsible")."""
    duty: bool
    """With "with" and a task the verb is no charge ("charged with protecting the consulate")."""
    named: bool
    """Only the subject of the governed clause is the recipient, and it is named ("said that Peru must leave")."""
    direct: bool
    """The recipient is the object itself, never an owner or complement of it."""
    performs: bool
    """The verb does the act by saying it ("ordered the release of the prisoners")."""
    told: bool
    """The act counts only where it is told, not where somebody calls for it."""
    unsaid: bool
    """A passive counts though it names nobody who did it ("the driver was arrested")."""
    suffered: bool
    """The owner of a noun suffers it, unless its "of" phrase says who does ("the minister's arrest"); nobody need be
    named who did it."""
    compound: frozenset[str]
    """Words of which one must stand before the noun ("phone" before "call")."""

    @property
    def demanding(self) -> int:
        """How much the act asks of its surroundings; the more demanding of two readings is tried first."""
        return (
            2 * bool(self.object or self.object_kinds)
            + 2 * bool(self.oblique_nouns)
            + bool(self.compound or self.scene)
        )


@dataclass(frozen=True, slots=True)
class Entry:
    """A trigger as the lexicon gives it: the words after its first, and the act."""

    rest: tuple[str, ...]
    act: Act


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All acts by the first word of their trigger, and the words that lend a status or a kind of actor."""

    verbs: Mapping[str, tuple[Entry, ...]]
    nouns: Mapping[str, tuple[Act, ...]]
    light: Mapping[str, Status]
    announced: frozenset[str]
    """The types of acts that are done when they are announced."""
    light_subject: frozenset[str]
    governors: Mapping[str, Status]
    prepositions: Mapping[str, Status]
    modifiers: Mapping[str, Status]
    kinds: Mapping[str, frozenset[str]]
    silent: frozenset[str]
    performed: frozenset[str]
    mishaps: frozenset[str]
    """Verbs that tell of harm which need not be anybody's doing."""
    wishes: frozenset[str]
    headline: Mapping[str, frozenset[str]]
    """Verbs whose past tense is a passive in a headline: always, or before some prepositions."""


KINDS = ("person", "place", "party", "anything")

NO_ACTORS = frozenset({"river", "lake", "airport", "valley", "museum", "peninsula", "magazine"})


def _act(row: Mapping[str, Any], classes: Mapping[str, list[str]]) -> Act:
    def nouns(class_key: str, words_key: str) -> frozenset[str]:
        named = [c for c in row.get(class_key, []) if c not in KINDS]
        return frozenset(word for c in named for word in classes[c]) | frozenset(row.get(words_key, []))

    if row["type"] not in get_args(EventType):
        raise OnRecordError(f"language: {row['type']!r} in the word list 'acts' is no type of event")
    return Act(
        type=cast(EventType, row["type"]),
        mode=row.get("mode"),
        recipient=tuple(row.get("recipient", ())),
        object=nouns("object", "object_words"),
        object_kinds=frozenset(row.get("object", [])) & frozenset(KINDS),
        not_object=frozenset(row.get("not_object", [])),
        oblique=frozenset(row.get("oblique", [])),
        oblique_nouns=nouns("oblique_class", "oblique_words"),
        who=row.get("who"),
        actor_is=row.get("actor_is", row.get("actor_class")),
        reciprocal=row.get("reciprocal", False),
        needs=row.get("needs", False),
        clause=row.get("clause", False),
        with_clause=row.get("with_clause", False),
        infinitive=row.get("infinitive", False),
        plain=row.get("plain", False),
        of=row.get("of"),
        light_only=row.get("light_only", False),
        possessor=row.get("possessor", False),
        thing=row.get("thing", False),
        scene=frozenset(row.get("scene", [])),
        strict=row.get("strict", False),
        bare=row.get("bare", False),
        pair=row.get("pair", False),
        own_clause=row.get("own_clause", False),
        bidding=row.get("bidding", False),
        ominous=row.get("ominous", False),
        plea=row.get("plea", False),
        onward=row.get("onward", False),
        public=row.get("public", False),
        captive=row.get("captive", False),
        complement=frozenset(row.get("complement", [])),
        duty=row.get("duty", False),
        named=row.get("named", False),
        direct=row.get("direct", False),
        performs=row.get("performs", False),
        told=row.get("told", False),
        unsaid=row.get("unsaid", False),
        suffered=row.get("suffered", False),
        compound=frozenset(row["words"]) if "head" in row else frozenset(),
    )


def _by_status(groups: Mapping[str, list[str]]) -> dict[str, Status]:
    """Words to the status they lend; where a word stands in two lists the first wins."""
    order: tuple[Literal["planned", "denied", "ongoing", "happened", "possible"], ...]
    order = ("planned", "denied", "ongoing", "happened", "possible")
    found: dict[str, Status] = {}
    for status in order:
        for word in groups.get(status, []):
            found.setdefault(word, status)
    return found


@cache
def lexicon(language: str) -> Lexicon:
    """The lexicon of one language, read once."""
    source = table(language, "acts")
    verbs: dict[str, list[Entry]] = defaultdict(list)
    nouns: dict[str, list[Act]] = defaultdict(list)
    for row in source["verb"]:
        act = _act(row, source["classes"])
        for words in row["words"]:
            first, *rest = words.split()
            verbs[first].append(Entry(tuple(rest), act))
    for row in source["noun"]:
        act = _act(row, source["classes"])
        for word in row.get("head", row["words"]):
            nouns[word].append(act)
    return Lexicon(
        verbs={word: tuple(sorted(found, key=_precedence)) for word, found in verbs.items()},
        nouns={word: tuple(sorted(found, key=lambda a: -a.demanding)) for word, found in nouns.items()},
        light=_by_status({k: v for k, v in source["light"].items() if k not in ("subject", "announced")}),
        announced=frozenset(source["light"]["announced"]),
        light_subject=frozenset(source["light"]["subject"]),
        governors=_by_status(source["governors"]),
        prepositions=_by_status(source["prepositions"]),
        modifiers=_by_status(source["modifiers"]),
        kinds=_kinds(language, source),
        silent=frozenset(source["silent"]["words"]),
        performed=frozenset(source["performed"]["words"]),
        mishaps=frozenset(source["mishaps"]["words"]),
        wishes=frozenset(source["wishes"]["words"]),
        headline={name: frozenset(words) for name, words in source["headline"].items()},
    )


def _kinds(language: str, source: Mapping[str, Any]) -> dict[str, frozenset[str]]:
    """What nouns denote, with the offices and the names of bodies that the word lists for parties hold."""
    found = {name: frozenset(words) for name, words in source["actors"].items()}
    titles = table(language, "titles")["offices"]
    offices = frozenset(word for group in ("state", "chief", "other") for word in titles[group])
    bodies = frozenset(word for words in table(language, "organisations")["heads"].values() for word in words)
    found["person"] |= offices
    found["organisation"] |= bodies - found["things"] - NO_ACTORS
    found["troops"] = frozenset(source["classes"]["troops"])
    found["official"] = offices | found["officials"]
    found["not_events"] = frozenset(source["classes"]["not_events"])
    found["measures"] = frozenset(source["classes"]["measures"])
    found["opinion"] = frozenset(source["classes"]["opinion"])
    found["durations"] = frozenset(source["classes"]["durations"])
    for name in ("documents", "aside", "keeping_peace", "issuing", "duties"):
        found[name] = frozenset(source["classes"][name])
    found["attack"] = frozenset(source["classes"]["attack"])
    found["violence"] = found["attack"] | frozenset(source["mishaps"]["violent"])
    found["general"] = frozenset(source["classes"]["general"])
    return found


def _precedence(entry: Entry) -> tuple[int, int]:
    return (-len(entry.rest), -entry.act.demanding)
