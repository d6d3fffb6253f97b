"""Who did it, when, where and by whose word: events, occasions and commitments joined to the rest of their article."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from onrecord.language.analysis import Analysis, Word
from onrecord.language.clauses import Tree, base, looks_past
from onrecord.language.tables import table, words
from onrecord.model import Commitment, Event, EventStatus, LocalOccasion, Passage, Statement, Time, When, entry_id
from onrecord.model.plover import plover
from onrecord.resolution.cast import Cast
from onrecord.resolution.surroundings import head_of, place_of, statement_at, time_of
from onrecord.resolution.when import FOUNDED_BY

__all__ = ["attach", "attach_commitments", "attach_occasions"]

FIRST_PERSON = frozenset({"i", "me", "my"})
TOGETHER = frozenset({"we", "i"})
"""Who says these of a meeting or an agreement was one of those who met or agreed."""
PERSONAL = ("he", "she", "they", "we", "i", "it", "him", "her", "them", "us", "me", "his", "their", "its", "our", "my")
PRONOUNS = frozenset((*PERSONAL, "who", "that", "which", "this", "these", "those", "himself", "itself", "themselves"))
PARTIES = frozenset({"person", "organisation", "state", "place", "group"})
MUTUAL = ("CONSULT", "SUPPORT", "COOPERATE")
REAL: frozenset[EventStatus] = frozenset({"happened", "ongoing"})


@dataclass(frozen=True, slots=True)
class Surroundings:
    """One article as resolution knows it."""

    tree: Tree
    cast: Cast
    times: Sequence[Time]
    statements: Sequence[Statement]

    def keys(self, passage: Passage) -> tuple[str, ...]:
        """The parties that a phrase names; "I" is the speaker of the statement that it stands in."""
        text = passage.of(self.tree.analysis.text)
        if text.lower() in FIRST_PERSON:
            said = statement_at(self.statements, passage)
            return said.speaker_ids if said is not None and len(said.speaker_ids) == 1 else ()
        return tuple(key for key in self.cast.all_at(passage) if self.cast.party(key).kind in PARTIES)

    def is_unknown_pronoun(self, passage: Passage) -> bool:
        return passage.of(self.tree.analysis.text).lower() in PRONOUNS and not self.keys(passage)


def attach(
    analysis: Analysis,
    events: Sequence[Event],
    cast: Cast,
    times: Sequence[Time],
    statements: Sequence[Statement],
    occasions: Sequence[LocalOccasion],
) -> tuple[Event, ...]:
    """The events with parties, time, place, occasion and who asserts them; tellings of one happening are one event."""
    around = Surroundings(Tree(analysis), cast, times, statements)
    found = [event for draft in events if (event := _resolved(around, draft, occasions)) is not None]
    return tuple(_named(_not_on_itself(event)) for event in _merged(around.tree, found))


def _not_on_itself(event: Event) -> Event:
    """The event without its only actor for a recipient: of "we first met" the words stand, the other side is open."""
    if len(event.actor_ids) != 1 or event.recipient_ids != event.actor_ids:
        return event
    return replace(event, recipient_ids=())


def _resolved(around: Surroundings, event: Event, occasions: Sequence[LocalOccasion]) -> Event | None:
    """One event with all that its own sentence gives, or null where nobody known did it."""
    text = around.tree.analysis.text
    both = event.recipient_passages == event.actor_passages
    mutual = both and event.type in ("CONSULT", "SUPPORT") and event.status in REAL
    actors = [p for p in event.actor_passages if not around.is_unknown_pronoun(p) or (mutual and _is_together(p, text))]
    actor_ids = _ids(around, actors) or (_speakers(around, event) if mutual and actors else ())
    recipients, recipient_ids = _recipients(around, event, actors, actor_ids)
    if bool(actors) != bool(event.actor_passages) or (event.recipient_passages and not recipients):
        return None
    word = _trigger_word(around.tree, event)
    placed = _place(around, event, word)
    said = statement_at(around.statements, event.triggers[0])
    if word is not None and _is_arranged(around, event, word):
        event = replace(event, status="planned")
    return replace(
        event,
        actor_passages=tuple(actors),
        actors=tuple(p.of(text) for p in actors),
        actor_ids=actor_ids,
        recipient_passages=recipients,
        recipients=tuple(p.of(text) for p in recipients),
        recipient_ids=recipient_ids,
        when=_when(around, event, word) if word is not None else None,
        place_id=placed[0] if placed else None,
        place=placed[1] if placed else None,
        asserted_by=said.id if said is not None else "outlet",
        occasion_id=_occasion(around.tree, event, word, occasions),
        plover=plover(event.type, event.status),
    )


def _is_speakers_side(around: Surroundings, passage: Passage) -> bool:
    """ "Us", as somebody known says it: the words stand for a side that no name is given to."""
    said = statement_at(around.statements, passage) if passage.of(around.tree.analysis.text).lower() == "us" else None
    return said is not None and bool(said.speaker_ids)


def _is_together(passage: Passage, text: str) -> bool:
    return passage.of(text).lower() in TOGETHER


def _speakers(around: Surroundings, event: Event) -> tuple[str, ...]:
    """Who says "we met" was there: the speaker of the statement around it, where the words say no more."""
    text = around.tree.analysis.text
    said = statement_at(around.statements, event.triggers[0])
    alone = all(_is_together(p, text) for p in event.actor_passages)
    return said.speaker_ids if alone and said is not None and len(said.speaker_ids) == 1 else ()


def _ids(around: Surroundings, passages: Iterable[Passage]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(key for passage in passages for key in around.keys(passage)))


def _recipients(
    around: Surroundings, event: Event, actors: Sequence[Passage], actor_ids: tuple[str, ...]
) -> tuple[tuple[Passage, ...], tuple[str, ...]]:
    """Recipients without those who turn out to be the actor; a reciprocal act keeps the same on both sides."""
    if event.recipient_passages == event.actor_passages:
        return tuple(actors), actor_ids
    passages = []
    for passage in event.recipient_passages:
        keys = around.keys(passage)
        known = not around.is_unknown_pronoun(passage) or (bool(actor_ids) and _is_speakers_side(around, passage))
        if known and not (keys and set(keys) <= set(actor_ids)):
            passages.append(passage)
    return tuple(passages), tuple(key for key in _ids(around, passages) if key not in actor_ids)


def _trigger_word(tree: Tree, event: Event) -> Word | None:
    """The word that names the act: the noun of a verb and noun ("held talks"), else the verb."""
    return head_of(tree, event.triggers[0])


def _when(around: Surroundings, event: Event, word: Word) -> When | None:
    """The time of an event by the tree; what happened is not to come, and what is planned is not past."""
    planned = event.status not in REAL
    found = time_of(around.tree, word, around.times, planned)
    if found is None or (_is_past(around, found) if event.status == "planned" else _is_ahead(around, found, planned)):
        return None
    return found


SAID = frozenset({"REQUEST", "ACCUSE", "REJECT", "THREATEN"})
"""Acts that are done by saying them."""


def _is_arranged(around: Surroundings, event: Event, word: Word) -> bool:
    """ "The fair opens tomorrow": the present tells what is to come where its time is."""
    verb = _verb_of(around.tree, event)
    if event.type in SAID:  # who invites today to a fair next May has invited
        return False
    if event.status not in REAL or verb is None or looks_past(verb) or verb.text.lower().endswith("ing"):
        return False
    aided = around.tree.child(verb, "aux", "aux:pass") is not None
    found = time_of(around.tree, word, around.times)
    return not aided and found is not None and _is_ahead(around, found, planned=False)


def _verb_of(tree: Tree, event: Event) -> Word | None:
    """The finite verb of an event's first trigger, or null."""
    first = event.triggers[0]
    verbs = (w for w in tree.analysis.words_in(first.start, first.end) if w.upos == "VERB")
    return next((w for w in verbs if base(w.relation) not in ("acl", "xcomp", "amod")), None)


def _is_ahead(around: Surroundings, when: When, planned: bool) -> bool:
    """A time that begins after the article was published is no time of what has happened."""
    published = around.tree.analysis.article.published
    if planned or published is None or published.latest is None or when.earliest is None:
        return False
    return when.earliest[:10] > published.latest[:10]


def _place(around: Surroundings, event: Event, word: Word | None) -> tuple[str, str] | None:
    """Where it happened: the trigger's own "in" phrase, or for a visit the place visited."""
    found = place_of(around.tree, word, around.cast) if word is not None else None
    if found is None and event.mode == "visit":
        for passage, text in zip(event.recipient_passages, event.recipients, strict=True):
            for key in around.keys(passage):
                if around.cast.party(key).kind in ("place", "state"):
                    return key, text
    return found


def _occasion(tree: Tree, event: Event, word: Word | None, occasions: Sequence[LocalOccasion]) -> str | None:
    """The occasion that the trigger is or that hangs on it; null where none does, or several do."""
    if word is None:
        return None
    below = [w for w in tree.below(word) if w.sentence == word.sentence]
    spans = [o for o in occasions if any(m.meets(event.triggers[0]) for m in o.mentions)]
    hanging = [o for o in occasions if any(m.holds(w.passage) for m in o.mentions for w in below)]
    found = {o.key for o in (spans or hanging)}
    return next(iter(found)) if len(found) == 1 else None


# ------------------------------------------------------------------ one happening told several times


def _merged(tree: Tree, events: Sequence[Event]) -> list[Event]:
    """The events in the order of their first triggers, each later telling of the same happening joined to the first."""
    kept: list[Event] = []
    for event in sorted(events, key=lambda e: (e.triggers[0], e.type)):
        at = next((i for i, other in enumerate(kept) if _same(tree, other, event)), None)
        if at is None:
            kept.append(event)
        else:
            kept[at] = _joined(kept[at], event)
    return kept


def _same(tree: Tree, one: Event, other: Event) -> bool:
    """Two tellings are of one happening where act, parties, status and time agree as far as both give them."""
    if one.type != other.type or one.mode != other.mode or not _same_status(one.status, other.status):
        return False
    if not _same_time(one.when, other.when):
        return False
    if _is_one_clause(one, other) or _is_in_headline(tree, one, other):
        return True
    if not one.actors or not other.actors:
        return _same_sufferers(tree, one, other)
    if not one.actor_ids or not other.actor_ids:
        return False
    if _with_nobody_known(one) or _with_nobody_known(other):
        return False
    if (
        "outlet" not in (one.asserted_by, other.asserted_by)
        and one.asserted_by != other.asserted_by
        and one.status not in REAL
    ):
        return False
    if set(one.actor_ids) == set(other.actor_ids):
        if not one.recipients and not other.recipients:
            return not _acts(tree, one).isdisjoint(_acts(tree, other))
        return _same_side(one.recipient_ids, other.recipient_ids) and _same_words(one, other)
    ours, theirs = _everybody(one), _everybody(other)
    return one.type in MUTUAL and len(ours) > 1 and ours == theirs


def _is_one_clause(one: Event, other: Event) -> bool:
    """Two verbs with the very same parties ("shot and killed the guard") tell of one act."""
    ours, theirs = ((e.actor_passages, e.recipient_passages) for e in (one, other))
    return ours == theirs and bool(ours[1])


def _is_in_headline(tree: Tree, one: Event, other: Event) -> bool:
    """A headline says shortly what the article then tells in the same word, and nothing in the two is at odds."""
    roles = [_part(tree, event.triggers[0]) for event in (one, other)]
    if not (roles[0] in ("headline", "standfirst") and roles[1] == "body" and one.recipients and other.recipients):
        return False
    if _acts(tree, one).isdisjoint(_acts(tree, other)) or not _reaches(one.actor_ids, other.actor_ids):
        return False
    known = bool(one.recipient_ids) + bool(other.recipient_ids)
    return _reaches(one.recipient_ids, other.recipient_ids) if known else _same_words(one, other)


def _part(tree: Tree, passage: Passage) -> str | None:
    parts = tree.analysis.article.parts
    return next((part.role for part in parts if part.start <= passage.start < part.end), None)


def _reaches(one: Sequence[str], other: Sequence[str]) -> bool:
    """Two sides share somebody, or one of them is not known."""
    return not one or not other or not set(one).isdisjoint(other)


def _same_sufferers(tree: Tree, one: Event, other: Event) -> bool:
    """Where one telling names nobody who did it, the same must have been done, in the same word, to the same known."""
    same = bool(one.recipient_ids) and set(one.recipient_ids) == set(other.recipient_ids)
    return same and not _acts(tree, one).isdisjoint(_acts(tree, other))


def _acts(tree: Tree, event: Event) -> set[str]:
    """The nouns that the triggers of an event name, or their verbs where there is none."""
    words = [w for p in event.triggers for w in tree.analysis.words_in(p.start, p.end)]
    nouns = {w.lemma.lower() for w in words if w.upos == "NOUN"}
    return nouns or {w.lemma.lower() for w in words if w.upos == "VERB"}


def _with_nobody_known(event: Event) -> bool:
    """ "We met" tells of one who met, not of whom: two of these need not be one."""
    return event.actor_ids == event.recipient_ids and len(event.actor_ids) == 1


def _everybody(event: Event) -> frozenset[str]:
    return frozenset(event.actor_ids) | frozenset(event.recipient_ids)


def _same_side(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    return bool(set(one) & set(other)) or (not one and not other)


def _same_words(one: Event, other: Event) -> bool:
    """Where no recipient is known, the words of the recipients must be the same, so that two acts stay two."""
    if one.recipient_ids or other.recipient_ids:
        return True
    ours, theirs = " ".join(one.recipients).lower(), " ".join(other.recipients).lower()
    return bool(ours) and bool(theirs) and (ours.endswith(theirs) or theirs.endswith(ours))


def _same_status(one: EventStatus, other: EventStatus) -> bool:
    return one == other or (one in REAL and other in REAL)


def _same_time(one: When | None, other: When | None) -> bool:
    if one is None or other is None:
        return True
    if one.earliest is None or other.earliest is None:
        return one.text.lower() == other.text.lower()  # of two days that nobody can date, only the same words are one
    return one.earliest[:10] <= (other.latest or "9")[:10] and other.earliest[:10] <= (one.latest or "9")[:10]


def _joined(one: Event, other: Event) -> Event:
    """The first telling with the other's triggers, and what only the other knew."""
    when = one.when
    if other.when is not None and (when is None or (when.earliest is None and other.when.earliest is not None)):
        when = other.when
    doers = one if one.actor_ids or (one.actors and not other.actor_ids) else other
    others = one if one.recipient_ids or not other.recipient_ids else other
    return replace(
        one,
        actor_ids=doers.actor_ids,
        actors=doers.actors,
        actor_passages=doers.actor_passages,
        recipient_ids=others.recipient_ids,
        recipients=others.recipients,
        recipient_passages=others.recipient_passages,
        triggers=tuple(dict.fromkeys((*one.triggers, *other.triggers))),
        when=when,
        place_id=one.place_id if one.place is not None else other.place_id,
        place=one.place if one.place is not None else other.place,
        asserted_by="outlet" if "outlet" in (one.asserted_by, other.asserted_by) else one.asserted_by,
        occasion_id=one.occasion_id or other.occasion_id,
    )


def _named(event: Event) -> Event:
    """The event with its final id."""
    return replace(event, id=entry_id("event", event.article_id, *event.triggers, extra=f"{event.type} {event.mode}"))


# ------------------------------------------------------------------ occasions


def attach_occasions(
    analysis: Analysis, occasions: Sequence[LocalOccasion], cast: Cast, times: Sequence[Time]
) -> tuple[LocalOccasion, ...]:
    """The occasions with when, where and whose they are, as far as one of their places in the text says."""
    tree = Tree(analysis)
    return tuple(_occasion_resolved(tree, occasion, cast, times) for occasion in occasions)


def _occasion_resolved(tree: Tree, occasion: LocalOccasion, cast: Cast, times: Sequence[Time]) -> LocalOccasion:
    heads = [head for passage in occasion.mentions if (head := head_of(tree, passage)) is not None]
    if occasion.kind.endswith("_visit"):
        return _visit_resolved(tree, occasion, cast, times)
    if occasion.kind == "year":
        named = next((when for head in heads if (when := _year_named(tree, head, times)) is not None), None)
        if named is not None:
            return replace(occasion, when=named)
    whens = [found for head in heads for word in _scenes(tree, head) if (found := _own_time(tree, word, times))]
    wheres = [place for head in heads for word in _scenes(tree, head) if (place := place_of(tree, word, cast))]
    return replace(
        occasion,
        when=next((w for w in whens if w.earliest is not None), whens[0] if whens else None),
        place_key=wheres[0][0] if wheres else None,
    )


def _scenes(tree: Tree, head: Word) -> list[Word]:
    """The words whose time and place are an occasion's: its noun, and a verb that says it is held."""
    held = frozenset(table("en", "occasions")["held"]["words"])
    verbs = [w for w in tree.analysis.words_of(tree.analysis.sentences[head.sentence]) if w.lemma.lower() in held]
    return [head, *(v for v in verbs if v.upos == "VERB" and tree.surface_subject(v) == head)]


def _year_named(tree: Tree, head: Word, times: Sequence[Time]) -> When | None:
    """The year that a verb makes an occasion: "declared 2031 as the year of the sea", "made 2031 the year"."""
    verb = tree.head(head)
    if verb is None or verb.upos != "VERB" or tree.preposition(head) not in (None, "as"):
        return None
    between = (t for t in times if verb.end <= t.passage.start and t.passage.end <= head.start)
    return next((t.when for t in between if t.when.precision == "year"), None)


def _own_time(tree: Tree, word: Word, times: Sequence[Time]) -> When | None:
    """The time that hangs on the word itself, not on the clause around it."""
    return time_of(tree, word, times, planned=True) if word.upos == "VERB" else _time_below(tree, word, times)


def _time_below(tree: Tree, word: Word, times: Sequence[Time]) -> When | None:
    for complement in tree.complements(word):
        for time in times:
            if time.passage.meets(complement.noun.passage):
                return time.when
    return next((t.when for t in times for w in tree.children(word, "nmod", "obl") if t.passage.holds(w.passage)), None)


def _visit_resolved(tree: Tree, occasion: LocalOccasion, cast: Cast, times: Sequence[Time]) -> LocalOccasion:
    """A visit with its visitor and place, from the names that its series was built of."""
    text = tree.analysis.text
    who, _, where = (occasion.series or "").partition(" of ")[2].rpartition(" to ")
    sentence = tree.analysis.sentence_at(occasion.mentions[0].start)
    if sentence is None:
        return occasion

    def keys(words: str) -> tuple[str, ...]:
        at = text.find(words, sentence.start, sentence.end) if words else -1
        return cast.all_at(Passage(at, at + len(words))) if at >= 0 else ()

    visitors, places = keys(who), keys(where)
    head = head_of(tree, occasion.mentions[0])
    when = time_of(tree, head, times) if head is not None else None
    return replace(
        occasion,
        name=_visit_name(occasion, cast, visitors, places),
        when=when,
        place_key=places[0] if places else None,
        party_keys=tuple(sorted(visitors)),
    )


def _visit_name(occasion: LocalOccasion, cast: Cast, visitors: tuple[str, ...], places: tuple[str, ...]) -> str:
    """ "state visit of Ana Ruiz to Peru", by the parties' own names where they are known."""
    if not visitors or not places or not cast.party(visitors[0]).name:
        return occasion.name
    kind = occasion.kind.replace("_", " ")
    return f"{kind} of {cast.party(visitors[0]).name} to {cast.party(places[0]).name}"


# ------------------------------------------------------------------ commitments


def attach_commitments(
    analysis: Analysis,
    commitments: Sequence[Commitment],
    cast: Cast,
    times: Sequence[Time],
    statements: Sequence[Statement],
) -> tuple[Commitment, ...]:
    """The commitments with who made them and when they fall due.

    One whose maker nobody knows is left out, unless it is a body that is only described: then nobody is named.
    """
    around = Surroundings(Tree(analysis), cast, times, statements)
    found = (_commitment_resolved(around, commitment) for commitment in commitments)
    return tuple(commitment for commitment in found if commitment is not None)


def _commitment_resolved(around: Surroundings, commitment: Commitment) -> Commitment | None:
    tree = around.tree
    verb = head_of(tree, commitment.passage)
    maker = _maker(tree, verb) if verb is not None else None
    if verb is None or maker is None:
        return None
    makers = [passage for word in tree.conjuncts(maker) if not around.is_unknown_pronoun(passage := tree.phrase(word))]
    if not makers or makers[0] != tree.phrase(maker):
        return None
    keys = _ids(around, makers)
    due = _due(around, verb, commitment.passage)
    if not (keys or _is_body(maker)) or (due is None and _is_story(tree, verb)):
        return None
    return replace(commitment, who_ids=keys, due=due)


def _is_body(maker: Word) -> bool:
    """A body that the article need not name to say what it will do: the government, the council, the company."""
    bodies = words("en", "organisations", "heads.organisation") | words("en", "organisations", "heads.government")
    return maker.upos == "NOUN" and maker.lemma.lower() in bodies


def _is_story(tree: Tree, verb: Word) -> bool:
    """ "He decided to stay" tells what was done then; "has decided to stay", or to do so by a day, is a plan."""
    governor = tree.head(verb) if base(verb.relation) in ("xcomp", "ccomp", "advcl") else None
    if governor is None or governor.lemma.lower() not in words("en", "commitments", "plan.told"):
        return False
    aids = {w.text.lower() for w in tree.children(governor, "aux")}
    return looks_past(governor) and not aids & {"has", "have", "'ve", "’ve"}


def _maker(tree: Tree, verb: Word) -> Word | None:
    """Who is bound by a commitment: the one who says it, which for an invitation or a forecast is not who does it."""
    invites = words("en", "commitments", "invite.verbs")
    governor = tree.head(verb) if base(verb.relation) in ("xcomp", "ccomp", "advcl", "obj", "acl") else None
    if governor is not None and governor.upos in ("VERB", "ADJ") and base(verb.relation) != "acl":
        invited = governor.lemma.lower() in invites and tree.is_passive(governor)
        return tree.agent(governor) if invited else tree.surface_subject(governor)
    return tree.surface_subject(verb)


def _due(around: Surroundings, verb: Word, passage: Passage) -> When | None:
    """The time that hangs on the committed act itself, else the last one in its words that is not past already."""
    own = time_of(around.tree, verb, around.times, planned=True)
    inside = [t.when for t in around.times if passage.holds(t.passage) and t.made_by != FOUNDED_BY]
    ahead = [when for when in inside if not _is_past(around, when)]
    return own if own is not None and not _is_past(around, own) else next(reversed(ahead), None)


def _is_past(around: Surroundings, when: When) -> bool:
    """A time that ended before the article was published is the time of something else."""
    published = around.tree.analysis.article.published
    if published is None or published.earliest is None or when.latest is None:
        return False
    return when.latest[:10] < published.earliest[:10]
