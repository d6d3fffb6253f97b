"""What a quantity measures: the noun it counts, or the noun phrase that the tree hangs it on."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from onrecord.language.analysis import Analysis, Word
from onrecord.language.tables import words
from onrecord.model import Passage

SUBJECTS = ("nsubj", "nsubj:pass", "nsubj:outer", "csubj")
MODIFIERS = ("amod", "compound", "nmod:poss", "advmod", "nmod:desc", "flat", "goeswith")
"""Relations of the words before a noun that belong to what is measured."""
INSIDE_COUNTED = ("ADJ", "NOUN", "PROPN", "ADV", "VERB", "CCONJ")
"""Parts of speech between a number and the noun that it counts: `300 old and new wooden stalls`."""
TRAILING_CLAUSES = (
    "acl",
    "acl:relcl",
    "appos",
    "parataxis",
    "conj",
    "cc",
    "punct",
    "advcl",
    "dep",
    "list",
    "nmod:unmarked",
)
NOUNS = ("NOUN", "PROPN")
LANGUAGE = "en"


@dataclass(frozen=True, slots=True)
class Measured:
    """The words of what is measured, and its head."""

    passage: Passage
    head: Word


@dataclass(frozen=True, slots=True)
class Place:
    """Where a quantity with a unit stands: its passage, its last word, and the word it hangs outside by.

    `shape` is the grammar's (`money`, `percent`, `unit`); `is_time` tells a duration.
    """

    passage: Passage
    last: Word
    outer: Word
    shape: str
    is_time: bool


def beside(key: str) -> frozenset[str]:
    """The small words of one kind that may stand beside a quantity."""
    return words(LANGUAGE, "quantities", f"beside.{key}")


def counted_noun(analysis: Analysis, number: tuple[Word, ...]) -> Word | None:
    """The noun that a number counts: the one it modifies, or the head of the noun phrase that follows it; or null.

    A noun that stands before the number ("Article 5") is named by it, not counted. `two of his ministers` counts
    ministers, and `nine of the town's 29 schools` schools.
    """
    last = number[-1]
    following = analysis.words[last.index + 1 : min(last.index + 9, analysis.sentences[last.sentence].last)]
    if following and following[0].lemma == "of":
        return noun_of(analysis, following[1:])
    reach = last.index
    for word in following[:6]:
        if word.upos not in INSIDE_COUNTED and not (word.upos == "PUNCT" and word.text in "-‑‘’“”\"'"):
            break
        reach = word.index
    for word in number:
        head = analysis.words[word.head] if word.head >= 0 else None
        if head is None or not last.index < head.index <= reach or head.upos not in NOUNS:
            continue
        if word.relation in ("nummod", "compound", "amod", "det") and not is_name_before(analysis, head, reach):
            return outermost(analysis, head, owners=head.text.endswith(("'s", "’s")))
    nouns = [w for w in analysis.words[last.index + 1 : reach + 1] if w.upos in NOUNS]
    return nouns[-1] if nouns and nouns[-1].upos == "NOUN" else None


def noun_of(analysis: Analysis, following: tuple[Word, ...]) -> Word | None:
    """The noun of the phrase after `of`: `his ministers`, `the town's 29 schools`; null for `these` and `them`."""
    for word in following:
        if word.upos == "NOUN":
            return outermost(analysis, word, owners=True)
        if word.upos in ("VERB", "AUX", "ADP", "SCONJ") or (word.upos == "PRON" and word.relation != "nmod:poss"):
            return None
    return None


def is_name_before(analysis: Analysis, head: Word, reach: int) -> bool:
    """Whether a capitalised word that a number seems to count only names the kind: `500 Brightwater common shares`."""
    later = analysis.words[head.index + 1 : reach + 1]
    return head.text[0].isupper() and not head.text.isupper() and any(w.upos == "NOUN" for w in later)


def outermost(analysis: Analysis, noun: Word, *, owners: bool = False) -> Word:
    """The noun that a noun before it belongs to (`world` of `two world views` gives views); `owners` climbs over 's."""
    relations = ("compound", "nmod:poss") if owners else ("compound", "nmod:desc")
    for _ in range(3):
        head = governor(analysis, noun)
        if noun.relation not in relations or head is None or not noun.index < head.index <= noun.index + 5:
            break
        if head.upos not in NOUNS or (noun.upos == "PROPN" and head.upos == "PROPN"):
            break
        if not owners and any(w.upos == "ADJ" for w in analysis.words[noun.index : head.index]):
            break  # "eight cups good stock"
        noun = head
    return noun


def phrase(analysis: Analysis, head: Word, without: Word | None = None, after: int | None = None) -> Measured:
    """The noun phrase of `head` without determiner, number and clauses after it.

    The branch that holds `without` is left out, and so are words before the index `after`.
    """
    kept = {head.index}
    for child in analysis.children(head):
        if not belongs(analysis, child, head):
            continue
        branch = {word.index for word in analysis.subtree(child)}
        if (after is not None and child.index < after) or (without is not None and without.index in branch):
            continue
        if any(analysis.words[index].upos == "NUM" for index in branch):
            continue
        kept |= branch
    low = high = head.index
    while low - 1 in kept:
        low -= 1
    while high + 1 in kept:
        high += 1
    while low > 1 and analysis.words[low - 1].text in "-‑" and analysis.words[low - 1].end == analysis.words[low].start:
        low -= 2  # "oil-based paints"
    while high > head.index and analysis.words[high].upos in ("ADP", "PUNCT", "DET"):
        high -= 1
    return Measured(trimmed(analysis, low, head.index, high), head)


def belongs(analysis: Analysis, child: Word, head: Word) -> bool:
    """Whether a branch of a noun is part of what is measured."""
    if child.relation in TRAILING_CLAUSES:
        return False
    if child.index < head.index:
        return child.relation in MODIFIERS and child.text.lower() not in ("fewer", "more", "less", "higher", "lower")
    cases = [c.text.lower() for c in analysis.children(child) if c.relation == "case"]
    return child.relation != "nmod" or not cases or cases[0] in beside("kept_after")


def trimmed(analysis: Analysis, low: int, head: int, high: int) -> Passage:
    """The passage of words `low..high`, cut at the first comma or bracket after the head."""
    for index in range(head + 1, high + 1):
        if analysis.words[index].text in (",", ";", ":", "(", "[", "—", "–"):
            high = index - 1
            break
    return Passage(analysis.words[low].start, analysis.words[high].end)


def governor(analysis: Analysis, word: Word) -> Word | None:
    return analysis.words[word.head] if word.head >= 0 else None


def subject_of(analysis: Analysis, verb: Word, before: Word) -> Word | None:
    """The subject of a verb: of several, the last before the quantity ("Mr Speaker, revenue was ..."); or null."""
    found = [c for c in analysis.children(verb) if c.relation in SUBJECTS]
    earlier = [c for c in found if c.index < before.index]
    return earlier[-1] if earlier else found[0] if found else None


def is_amount_word(word: Word, language: str) -> bool:
    """Whether a word is part of some quantity and measures nothing itself: a number, `%`, `$`, `dollars`, `a share`."""
    if is_number_word(word):
        return True
    return word.lemma.lower() in words(language, "quantities", "counting.amount_words") and word.text != "shares"


def is_number_word(word: Word) -> bool:
    """Whether a word is a number, a sign of money or per cent, or a magnitude."""
    return word.upos in ("NUM", "SYM") or word.lemma.lower() in ("%", "$", "€", "£", "percent", "million", "billion")


def climbed(analysis: Analysis, outer: Word, language: str) -> Word:
    """The word by which a quantity hangs outside all the quantities beside it: `rose 6% to $5m, or $1 a share`."""
    for _ in range(6):
        head = governor(analysis, outer)
        if head is None or not is_amount_word(head, language):
            return outer
        outer = head
    return outer


def measured_by(analysis: Analysis, place: Place, language: str) -> Measured | None:
    """What a quantity of money, per cent or a unit measures, from the words beside it and its place in the tree."""
    following = next_word(analysis, place)
    if place.is_time and following is not None and following.text.lower() in beside("ordering"):
        return None  # "four years before the arrival" measures no arrival
    part = after_of(analysis, place, ("of",), language)
    if part is not None and part.head.lemma.lower() in words(language, "quantities", "roles.bases"):
        part = from_tree(analysis, place, language) or part  # "the debt was 60% of GDP"
    found = (
        part
        or elided(analysis, place)
        or before_participle(analysis, place, language)
        or from_tree(analysis, place, language)
        or before_of(analysis, place, language)
        or before_noun(analysis, place)
        or spent_in(analysis, place, language)
        or (None if place.shape == "unit" else after_of(analysis, place, ("in",), language))
    )
    return None if found is None else informative(analysis, found, place, language)


def before_noun(analysis: Analysis, place: Place) -> Measured | None:
    """The noun that a price or percentage stands right before: `6.5% convertible bonds`; or null."""
    following = next_word(analysis, place)
    if place.shape == "unit" or following is None or following.upos not in ("ADJ", "NOUN"):
        return None
    noun = counted_noun(analysis, (place.last,))
    return (
        None
        if noun is None or noun.lemma in ("today", "yesterday", "tomorrow") or is_pointed_time(following, noun)
        else phrase(analysis, noun, None, following.index)
    )


def is_pointed_time(first: Word, noun: Word) -> bool:
    """ "Next year", "last month" and the like, which say when and not what."""
    return first.text.lower() in beside("pointing_time") and noun.text.lower() in beside("time_nouns")


def after_of(analysis: Analysis, place: Place, joined_by: tuple[str, ...], language: str) -> Measured | None:
    """The noun that a preposition straight after the quantity leads to: `tons of wheat`, `a rise of 5% in exports`."""
    following = past_brackets(analysis, next_word(analysis, place))
    if following is None or following.lemma.lower() not in joined_by or following.relation != "case":
        return None
    noun = analysis.words[following.head] if following.head > following.index else None
    if noun is None or noun.upos not in NOUNS or is_number_word(noun):
        return None
    generic = words(language, "quantities", "counting.generic")
    placed = noun.upos == "PROPN" or noun.lemma in generic or any(c.relation == "det" for c in analysis.children(noun))
    paid = noun.text.lower() in words(language, "quantities", "money.paid_for")
    if following.lemma.lower() == "in" and (placed or (place.shape == "money" and not paid)):
        return None  # "fell 5% in March", "$5m in Spain", "$5m in total", "$5m in a new round"
    return phrase(analysis, noun)


def spent_in(analysis: Analysis, place: Place, language: str) -> Measured | None:
    """What a time is spent in: `13 years in prison`, `four years in office`; or null."""
    following = next_word(analysis, place)
    noun = None if following is None or following.lemma != "in" else after(analysis, following)
    spent = words(language, "quantities", "roles.spent_in")
    return Measured(noun.passage, noun) if place.is_time and noun is not None and noun.lemma in spent else None


def elided(analysis: Analysis, place: Place) -> Measured | None:
    """The noun of a second clause whose verb is left out: `wages rose 3% and prices 4%`; or null."""
    noun = word_before(analysis, place.passage, ())
    if noun is None or noun.upos != "NOUN" or noun.index == 0 or noun.lemma in beside("yearly"):
        return None
    joint = analysis.words[noun.index - 1]
    joined = joint.text.lower() in ("and", "while", "but") and joint.sentence == noun.sentence
    return phrase(analysis, noun, place.outer) if joined and not place.is_time else None


def past_brackets(analysis: Analysis, word: Word | None) -> Word | None:
    """The word itself, or the one after the brackets that it opens or closes: `50 pounds (23 kg) of`."""
    if word is None or word.text not in ("(", ")"):
        return word
    for _ in range(6):
        if word is None or word.text == ")":
            break
        word = after(analysis, word)
    return None if word is None else after(analysis, word)


def next_word(analysis: Analysis, place: Place) -> Word | None:
    """The word after a quantity in its sentence, or null."""
    inside = analysis.words_in(place.passage.start, place.passage.end)
    return after(analysis, inside[-1] if inside else place.last)


def after(analysis: Analysis, word: Word) -> Word | None:
    """The word after a word in its sentence, or null."""
    at = word.index + 1
    return analysis.words[at] if at < analysis.sentences[word.sentence].last else None


def word_before(analysis: Analysis, passage: Passage, skipped: tuple[str, ...]) -> Word | None:
    """The last word of the sentence before a passage that is none of the words skipped, or null."""
    inside = analysis.words_in(passage.start, passage.end)
    if not inside:
        return None
    first = analysis.sentences[inside[0].sentence].first
    for index in range(inside[0].index - 1, max(first, inside[0].index - 4) - 1, -1):
        if analysis.words[index].text.lower() not in skipped:
            return analysis.words[index]
    return None


def before_of(analysis: Analysis, place: Place, language: str) -> Measured | None:
    """The noun of `a stake of less than 5%` where the tree does not say so; or null."""
    joint = word_before(analysis, place.passage, ())
    if joint is None or joint.text.lower() != "of" or joint.index == 0 or place.is_time:
        return None
    noun = analysis.words[joint.index - 1]
    if noun.upos != "NOUN" or noun.sentence != joint.sentence or is_number_word(noun):
        return None
    return phrase(analysis, noun, None, None) if not is_amount_word(noun, language) else None


def before_participle(analysis: Analysis, place: Place, language: str) -> Measured | None:
    """The noun before `amounting to`, `totalling`, `worth` or `costing` and the quantity; or null."""
    verb = word_before(analysis, place.passage, ("to", "at", "a", "an", "some"))
    if verb is None or verb.text.lower() not in words(language, "quantities", "roles.amounting") or verb.index == 0:
        return None
    noun = analysis.words[verb.index - 1]
    if noun.text == "," and noun.index > 0:
        noun = analysis.words[noun.index - 1]  # "60,000 tonnes of grain, worth $14 million"
    if noun.upos not in NOUNS or noun.sentence != verb.sentence:
        return None
    return phrase(analysis, noun, place.last)


def from_tree(analysis: Analysis, place: Place, language: str) -> Measured | None:
    """What the tree ties the quantity to: the noun it modifies, or the subject of its verb; or null."""
    outer = climbed(analysis, place.outer, language)
    subject = subject_of(analysis, outer, place.last)
    if subject is not None and is_measurable(analysis, subject):
        return phrase(analysis, subject)  # "the price is 5 dollars": the quantity is the predicate
    head = governor(analysis, outer)
    if head is None or subject is not None:
        return None
    if outer.relation == "appos" and head.upos == "NOUN" and place.shape == "unit" and head.index < outer.index:
        return phrase(analysis, head, outer)  # "his plot, roughly 0.4 hectares,"
    if head.upos in NOUNS and outer.relation in ("nummod", "compound", "amod", "nmod", "nmod:poss", "nmod:unmarked"):
        return by_noun(analysis, place, outer, head)
    if head.upos in ("VERB", "AUX", "ADJ"):
        return by_verb(analysis, place, outer, head, language)
    return None


def by_noun(analysis: Analysis, place: Place, outer: Word, head: Word) -> Measured | None:
    """The noun that a quantity modifies: `a loan of $5m`, `a 5% rise`, `28% year-on-year growth`."""
    linking = ("of",) if place.is_time else ("of", "for", "worth", "in", "at")
    before = word_before(analysis, place.passage, ())
    linked = before is not None and before.lemma in linking and outer.index == place.outer.index
    if outer.relation == "nmod" and not linked and not has_case(analysis, outer, linking):
        return None  # "lived with her for five years" measures no person
    noun = outermost(analysis, head) if outer.index < head.index else head
    if noun.lemma in beside("yearly") and noun.index > outer.index:
        later = analysis.words[noun.index + 1 : min(noun.index + 8, analysis.sentences[noun.sentence].last)]
        noun = next(
            (w for w in later if w.upos == "NOUN" and w.lemma not in beside("yearly")),
            noun,
        )
    following = next_word(analysis, place)
    apart = following is not None and following.upos == "ADP" and place.shape == "unit"
    if apart and noun.index > outer.index and noun.upos == "PROPN" and is_place(analysis, noun):
        return None  # "some 20 km off Lisbon"
    return phrase(analysis, noun, outer, place.last.index + 1 if place.last.index < noun.index else None)


def is_place(analysis: Analysis, word: Word) -> bool:
    return any(name.kind == "Location" and name.start <= word.start < name.end for name in analysis.names)


def has_case(analysis: Analysis, word: Word, lemmas: Collection[str]) -> bool:
    return any(c.relation == "case" and c.lemma in lemmas for c in analysis.children(word))


def by_verb(analysis: Analysis, place: Place, anchor: Word, verb: Word, language: str) -> Measured | None:
    """The subject of a verb that measures or changes it (`trade reached $5bn`, `exports fell 3%`); else null."""
    measuring = words(language, "quantities", "roles.measured_verbs")
    changing = words(language, "quantities", "roles.change_verbs")
    if verb.upos == "ADJ":
        return by_size(analysis, place, verb, language)
    if place.is_time:
        lasting = words(language, "quantities", "roles.lasting_verbs")
        measuring = (lasting | measuring) - {"come", "close", "trade", "stand"}
        changing = words(language, "quantities", "roles.extending") if anchor_is_new(analysis, anchor) else frozenset()
    if verb.lemma not in measuring | changing:
        return None
    thing = next((c for c in analysis.children(verb) if c.relation == "obj" and c.index != anchor.index), None)
    if thing is not None and thing.upos in NOUNS and verb.lemma in changing and not is_amount_word(thing, language):
        return phrase(analysis, thing)  # "raised the price 5%"
    raising = words(language, "quantities", "roles.raising_verbs")
    if place.shape == "money" and verb.lemma in raising and anchor.relation == "obj":
        return None  # "the club raised $5m", "lost $3m"
    subject = subject_of(analysis, verb, place.last)
    above = verb
    while subject is None and above.relation in ("xcomp", "conj", "ccomp", "advcl", "acl", "acl:relcl"):
        above = analysis.words[above.head]
        if above.upos == "NOUN" and above.lemma in words(language, "quantities", "roles.target_nouns"):
            return None  # "plans to reach 5 million tons"
        subject = above if above.upos in NOUNS else subject_of(analysis, above, place.last)
    return phrase(analysis, subject) if subject is not None and is_measurable(analysis, subject) else None


def anchor_is_new(analysis: Analysis, anchor: Word) -> bool:
    """Whether a duration is what something was changed to, or by: `the sentence was reduced to two years`."""
    return has_case(analysis, anchor, ("to", "by", "from"))


def by_size(analysis: Analysis, place: Place, size: Word, language: str) -> Measured | None:
    """What is `140 metres high` or `20 percent lower`: the subject of the adjective, or the noun it stands before."""
    if size.lemma not in words(language, "quantities", "roles.dimensions"):
        return None
    above = size
    subject = subject_of(analysis, above, place.last)
    if subject is None and above.relation == "conj":
        subject = subject_of(analysis, analysis.words[above.head], place.last)
    head = analysis.words[size.head] if size.head >= 0 else None
    if subject is None and size.relation == "amod" and head is not None and head.index > size.index:
        return phrase(analysis, head, size, size.index + 1)
    if subject is None and size.relation in ("appos", "acl", "parataxis", "amod") and head is not None:
        return phrase(analysis, head, size) if head.upos == "NOUN" else None  # "the tower, 81 metres tall,"
    return phrase(analysis, subject) if subject is not None and is_measurable(analysis, subject) else None


def is_measurable(analysis: Analysis, subject: Word) -> bool:
    """Whether a subject can be what an amount measures: a noun, and no person's, company's or country's name."""
    if subject.upos not in NOUNS or is_number_word(subject):
        return False
    parties = ("Person", "Organization", "Location", "NORP")
    named = any(n.kind in parties and n.start <= subject.start < n.end for n in analysis.names)
    return subject.upos == "NOUN" or not named


def informative(analysis: Analysis, found: Measured, place: Place, language: str) -> Measured:
    """What is measured, with the noun a bare `figure`, `total` or `number` is of as its head: `the number of jobs`."""
    if found.head.lemma.lower() not in words(language, "quantities", "counting.generic"):
        return found
    within = [c for c in analysis.children(found.head) if found.passage.start <= c.start and c.end <= found.passage.end]
    nouns = [c for c in within if c.upos == "NOUN"]
    of = [c for c in nouns if c.relation == "nmod" and has_case(analysis, c, ("of",))]
    kind = [c for c in nouns if c.relation == "compound"]
    return Measured(found.passage, (of or kind)[0]) if of or kind else found
