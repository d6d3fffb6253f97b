"""Speech that the layout reports, with no cue verb: colons, dashes, headlines, interviews, lists of points."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache

from onrecord.extraction.statements.cues import noun_phrase
from onrecord.extraction.statements.ground import Draft, Ground, trimmed, words_in
from onrecord.extraction.statements.quotations import end_before
from onrecord.language.analysis import Word
from onrecord.language.tables import words
from onrecord.model import Passage

LETTER = re.compile(r"\s*([QA])\.\s+(?=\S)")
"""The question and the answer of an interview, by their letters."""
LABEL = re.compile(r"\s*([^\s:][^:\n]{0,79}?)\s*(:)\s*(?=\S)")
FROM = re.compile(r"(?:from|by)\s+", re.IGNORECASE)
DASH = re.compile(r"[\s\u00a0]*(–|—|―|--?|~)[\s\u00a0]*(?=\S)")
TO_SOMEBODY = re.compile(r"(?P<who>[^,:]{2,50}?)\s+to\s+[^,:]{2,50}")
WHO_DID = re.compile(r",\s+(?:who|whose|which)\s")
NAME_WORD = re.compile(r"[^\W\d_][\w.'’-]*")
TAGLINE = re.compile(
    r"(?P<what>[^\n]{10,140}?)(?:\s+(?P<dash>[–—-])\s+|,\s+)(?P<who>[^,:–—\n]{2,60}?)"
    r"(?(dash)|\s+(?P<verb>(?:find|show|say|warn|suggest|reveal|hear|claim|rule|conclude)s?))\s*$",
    re.MULTILINE,
)
"""`…, inquiry finds` and `… – sources` at the end of a headline."""
PERSONS = frozenset({"i", "my", "we", "our", "you", "your"})
"""Pronouns of those who speak and who are spoken to, as subjects and owners."""
LONGEST_INITIALS = 4
LONGEST_SOURCE = 12
"""A label before a colon or after a dash names a speaker in this many words at most."""
LONGEST_HEADLINE_SOURCE = 6
LEAST = 3


def drafts(ground: Ground, known: Sequence[Draft]) -> Iterator[Draft]:
    """The drafts of every layout; where two rules see one passage, the first one keeps it.

    What is known of a part of the layout's content is inside somebody's speech, and gives way (`within`).
    """
    taken: list[Passage] = []
    for rule in (_headlines, _colon_quotations, _turns, _dashes, _points):
        for draft in list(rule(ground)):
            meets_known = any(
                p.meets(t) for p in draft.content for d in known for t in d.content if not within(d, draft)
            )
            if not meets_known and not any(p.meets(t) for p in draft.content for t in taken):
                taken += draft.content
                yield draft


def within(inner: Draft, outer: Draft) -> bool:
    """All of a draft stands inside the content of a draft that the layout gives, or is the same words."""
    if outer.basis == "points":
        return inner.cue is not None and outer.cue is not None and inner.cue.meets(outer.cue)
    if outer.basis == "turn":
        return any(p.meets(c) for p in inner.content for c in outer.content)
    if outer.basis not in ("headline", "colon", "dash"):
        return False
    parts = [*inner.content, *(p for p in (inner.cue,) if p is not None and p != outer.cue)]
    return all(any(c.holds(p) for c in outer.content) for p in parts)


def retold(ground: Ground, inner: Draft, outer: Draft) -> bool:
    """Somebody else's words inside a turn of speech: "Roe said that it was over" in an answer is Roe's statement."""
    if outer.basis != "turn" or inner.source is None or inner.cue is None or inner.basis != "reader":
        return False
    parts = (*inner.content, inner.source, inner.cue)
    if not any(all(c.holds(p) for p in parts) for c in outer.content):
        return False
    who = inner.source.of(ground.text).lower()
    cue = ground.cue_in(inner.cue)
    named = any(w.upos in ("PROPN", "NOUN") for w in ground.analysis.words_in(inner.source.start, inner.source.end))
    reports = cue is not None and not cue.manner and cue.verb.lemma in words("en", "speech", "verbs.indirect")
    return reports and (named or who in ("he", "she")) and inner.content[0] != outer.content[0]


def corrected(ground: Ground, drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts without those that take a label before a colon for a speaker; a dash gives its own quotation alone."""
    named = [d for d in drafts if d.cue is None or d.source is not None or not _is_dash(d.cue.of(ground.text))]
    kept = [d for d in named if d.cue is None or not _labelled(ground, d.cue, d.source)]
    return [own for d in kept if (own := _before_dash(ground, d)) is not None]


def _before_dash(ground: Ground, draft: Draft) -> Draft | None:
    """The draft of `"…" – Ann Roe` without the quotations of others above and below; null where its own is missed."""
    if draft.cue is None or draft.source is None or not _is_dash(draft.cue.of(ground.text)):
        return draft
    if draft.source.start < draft.cue.end:
        return draft
    end = end_before(ground.text, draft.cue.start)
    last = next((place for place, q in enumerate(ground.quotations) if q.passage.end == end), None)
    if last is None:
        return draft
    begin = ground.quotations[_first_of_turn(ground, last)].passage.start
    paragraph = ground.paragraph_at(begin)
    start = min(begin, paragraph.start) if paragraph is not None else begin
    own = tuple(p for p in draft.content if start <= p.start and p.end <= draft.cue.start)
    return replace(draft, content=own) if own else None


def _labelled(ground: Ground, cue: Passage, source: Passage | None) -> bool:
    if source is not None:
        return not any(c.isalnum() for c in cue.of(ground.text)) and _is_label(source.of(ground.text))
    if not ground.text[cue.start : cue.end + 1].rstrip().endswith(":"):
        return False
    start = max(ground.text.rfind("\n", 0, cue.end) + 1, cue.end - 60)
    return _is_label(re.split(r"[.!?]\s", ground.text[start : cue.end])[-1])


# ---------------------------------------------------------------- headlines


def _headlines(ground: Ground) -> Iterator[Draft]:
    """`Minister: harvest will double` and `Harvest to double: minister`."""
    for headline in _headline_ranges(ground):
        line = headline.of(ground.text)
        draft = _tagline(ground, headline)
        if draft is None and line.count(":") == 1 and not any(m in line for m in '"“”'):
            draft = _around_colon(ground, headline, headline.start + line.index(":"))
        if draft is not None:
            yield draft


def _around_colon(ground: Ground, headline: Passage, at: int) -> Draft | None:
    """A headline whose speaker stands before its colon or after it."""
    before = _without_addressee(ground, trimmed(ground.text, headline.start, at))
    after = trimmed(ground.text, at + 1, headline.end, " \t\r\n\u00a0.")
    if before is None or after is None:
        return None
    long_before, long_after = (words_in(p.of(ground.text)) >= LEAST for p in (before, after))
    colon = Passage(at, at + 1)
    if long_after and _clause(ground, after) and _headline_source(ground, before):
        return Draft(colon, before, (after,), None, "headline")
    if long_before and _headline_source(ground, after) and (not _clause(ground, after) or _is_one_noun(ground, after)):
        return Draft(colon, after, (before,), None, "headline")
    return None


def _without_addressee(ground: Ground, source: Passage | None) -> Passage | None:
    """Who speaks, without whom a headline says is spoken to: Mayor to council: …"""
    if source is None:
        return None
    found = TO_SOMEBODY.fullmatch(ground.text, source.start, source.end)
    verbs = any(w.upos == "VERB" for w in ground.analysis.words_in(source.start, source.end))
    return Passage(*found.span("who")) if found is not None and not verbs else source


def _is_one_noun(ground: Ground, passage: Passage) -> bool:
    """The words are one noun that a parse may take for a verb: report."""
    return words_in(passage.of(ground.text)) == 1


def _tagline(ground: Ground, headline: Passage) -> Draft | None:
    """A headline that ends with a dash and its source, or with a comma, its source and a verb: …, inquiry finds."""
    found = TAGLINE.match(ground.text, headline.start, headline.end)
    if found is None:
        return None
    content, source = trimmed(ground.text, *found.span("what")), trimmed(ground.text, *found.span("who"))
    if content is None or source is None or words_in(content.of(ground.text)) < LEAST:
        return None
    spoken = _speaks_for(source.of(ground.text)) or (_clause(ground, content) and _speaks_below(ground, source))
    if not (spoken if found["dash"] else _headline_source(ground, source)):
        return None
    cue = Passage(*(found.span("dash") if found["dash"] else found.span("verb")))
    return Draft(cue, source, (content,), None, "headline")


def _speaks_below(ground: Ground, source: Passage) -> bool:
    """The words are a person's name, and the article below the headline has that person say something."""
    surname = source.of(ground.text).split()[-1]
    if not any(n.kind == "Person" and n.passage == source for n in ground.analysis.names):
        return False
    below = (c.source.of(ground.text) for c in ground.cues if c.source is not None and c.verb.start > source.end)
    return any(surname in words_below.split() for words_below in below)


def _speaks_for(text: str) -> bool:
    """The last word is a noun of those who speak: sources, court documents."""
    last = re.findall(r"[^\W\d_][\w-]*", text.lower())[-1:]
    return bool(last) and last[0] in words("en", "speech", "layouts.sources")


def _headline_ranges(ground: Ground) -> list[Passage]:
    """The headlines: marked parts, and a first line that no full stop ends."""
    marked = [
        Passage(p.start, p.end) for p in ground.analysis.article.parts if p.role == "headline" and p.start < p.end
    ]
    lines = [p for part in marked for p in ground.paragraphs if part.holds(p)]
    if lines or not ground.paragraphs:
        return lines
    first = ground.paragraphs[0]
    line = first.of(ground.text).strip()
    return [first] if len(ground.paragraphs) > 1 and len(line) <= 150 and line[-1:] not in '.!?"”’;' else []


def _headline_source(ground: Ground, passage: Passage) -> bool:
    """The words name a person, or a body that speaks, in a headline's few words."""
    text = passage.of(ground.text)
    if words_in(text) > LONGEST_HEADLINE_SOURCE or _is_label(text):
        return False
    named = [n for n in ground.analysis.names if passage.holds(n.passage)]
    ends = [n for n in named if n.end == passage.end or ground.text[n.end] in ",("]
    if any(n.kind == "Person" for n in ends):
        return True
    if _speaks_for(text):
        return True
    if any(n.kind == "Organization" and n.end - n.start >= len(text) - 4 for n in named):
        return True
    return text[:1].isupper() and any(n.kind == "Person" and n.text.split()[-1] == text for n in ground.analysis.names)


def _clause(ground: Ground, passage: Passage) -> bool:
    """The words hold a verb."""
    return any(w.upos in ("VERB", "AUX") for w in ground.analysis.words_in(passage.start, passage.end))


def _is_label(text: str) -> bool:
    return text.strip(" *#[](){}\"'“”:").lower() in words("en", "speech", "layouts.labels")


# ---------------------------------------------------------------- colons


def _colon_quotations(ground: Ground) -> Iterator[Draft]:
    """`Name:"…"` and `From Chairwoman X: "…"`: a short name, a colon, a quotation."""
    for place, quotation in enumerate(ground.quotations):
        paragraph = ground.paragraph_at(quotation.passage.start)
        if paragraph is None or not quotation.opened or quotation.continues:
            continue
        start = quotation.passage.start
        begin = _line_start(ground, paragraph, start)
        head = ground.text[begin:start].rstrip()
        if not head.endswith(":"):
            end = end_before(ground.text, begin)
            if head or not end or ground.text[end - 1] != ":":
                continue
            above = ground.paragraph_at(end - 1)
            if above is None:
                continue
            begin, head = above.start, ground.text[above.start : end]
        at = begin + len(head) - 1
        source = _speaker(ground, begin, at)
        cue = Passage(at, at + 1)
        if source is None:
            released = _released().fullmatch(ground.text, begin, at)
            source = trimmed(ground.text, *released.span("who")) if released is not None else None
            cue = Passage(*released.span("cue")) if released is not None else cue
        if source is not None:
            yield Draft(cue, source, _whole(ground, place), None, "colon")


@cache
def _released() -> re.Pattern[str]:
    """`Ann Roe issued the following statement on the harbour`: who gives the words after a colon."""
    table_of = {key: "|".join(sorted(words("en", "speech", f"layouts.{key}"))) for key in ("releasing", "released")}
    return re.compile(
        rf"(?P<who>[^:\n]{{2,160}}?),?\s+(?P<cue>(?:has\s+|have\s+|had\s+|today\s+)*(?:{table_of['releasing']})\s+"
        rf"(?:the\s+following|this)\s+(?:[\w-]+\s+){{0,2}}(?:{table_of['released']}))\b[^:\n]{{0,120}}"
    )


def _line_start(ground: Ground, paragraph: Passage, at: int) -> int:
    """Where the sentence that leads to `at` begins, within the paragraph."""
    lead = ground.text[paragraph.start : at]
    ends = [m.end() for m in re.finditer(r"[.!?…;]['\"”’)]*\s+(?=[A-Z])|\n", lead)]
    ends = [
        e
        for e in ends
        if not re.search(r"\b(?:Mr|Mrs|Ms|Dr|Gen|Sen|Rep|Gov|Prof|St|Lt|Col|Rev|Hon|[A-Z])\.\s+$", lead[:e])
    ]
    return paragraph.start + (ends[-1] if ends else 0)


def _whole(ground: Ground, place: int) -> tuple[Passage, ...]:
    """The quotation and the paragraphs that take it up."""
    found = [ground.quotations[place].passage]
    for quotation in ground.quotations[place + 1 :]:
        if not quotation.continues:
            break
        found.append(quotation.passage)
    return tuple(found)


def _speaker(ground: Ground, start: int, end: int) -> Passage | None:
    """The words of a label, if they can be a speaker's: a name or a title, no verb, no known label."""
    source = trimmed(ground.text, start, end, " \t\r\n\u00a0,;*_#>[]•–—-")
    if source is None:
        return None
    lead = FROM.match(source.of(ground.text))
    if lead is not None:
        source = trimmed(ground.text, source.start + lead.end(), source.end)
    if source is None or _is_label(source.of(ground.text)) or words_in(source.of(ground.text)) > LONGEST_SOURCE:
        return None
    relative = WHO_DID.search(source.of(ground.text))
    if relative is not None:
        source = Passage(source.start, source.start + relative.start())
    inside = ground.analysis.words_in(source.start, source.end)
    if any(w.upos in ("VERB", "AUX") and not w.text[0].isupper() for w in inside):
        return None
    return source if _names_somebody(ground, source) else None


def _names_somebody(ground: Ground, passage: Passage) -> bool:
    text = passage.of(ground.text)
    if any(passage.meets(n.passage) and n.kind in ("Person", "Organization", "NORP") for n in ground.analysis.names):
        return True
    spoken = re.findall(r"[^\W\d_][\w-]*", text.lower())
    if any(w in words("en", "speech", "layouts.sources") for w in spoken):
        return True
    names = NAME_WORD.findall(text)
    return 0 < len(names) <= 4 and all(w[0].isupper() for w in names) and _is_person_like(names)


def _is_person_like(names: list[str]) -> bool:
    return len(names) >= 2 or names[0].isupper()


# ---------------------------------------------------------------- questions and answers, transcripts


def _turns(ground: Ground) -> Iterator[Draft]:
    """The turns of an interview or transcript: a label, a colon, what is said, up to the next label."""
    turns = _all_turns(ground)
    labels = [label.of(ground.text).lower() for _, label in turns if label is not None]
    kinds = words("en", "speech", "layouts.questions") | words("en", "speech", "layouts.answers")
    shouted = len(labels) == 2 and labels[0] == labels[1] and _is_shouted(ground, turns)
    regular = len(labels) >= 3 or shouted or (len(labels) == 2 and any(label in kinds for label in labels))
    if not regular or (len(set(labels)) == len(labels) and not any(label in kinds for label in labels)):
        return
    current: tuple[Passage, Passage] | None = None
    content: list[Passage] = []
    for paragraph, label in turns:
        if label is None:
            if current is not None and not _aside(ground, paragraph):
                content.append(paragraph)
            continue
        yield from _turn_draft(ground, current, content)
        mark = next(at for at in range(label.end, paragraph.end) if ground.text[at] in ":.")
        current, content = (label, Passage(mark, mark + 1)), []
        rest = trimmed(ground.text, mark + 1, paragraph.end, " \t\r\n\u00a0")
        if rest is not None:
            content.append(rest)
    yield from _turn_draft(ground, current, _still_said(ground, current, content))


def _is_shouted(ground: Ground, turns: Sequence[tuple[Passage, Passage | None]]) -> bool:
    """All labels are in capitals, as transcripts have them: THE PRESIDENT."""
    labels = [label.of(ground.text) for _, label in turns if label is not None]
    return all(label.isupper() and len(label) > LONGEST_INITIALS for label in labels)


def _still_said(ground: Ground, label: tuple[Passage, Passage] | None, content: list[Passage]) -> list[Passage]:
    """The last turn's paragraphs up to the first that speaks neither of "I" nor to "you": the article may go on.

    One that names who has the turn speaks of that person, and is none either.
    """
    found = content[:1]
    name = label[0].of(ground.text) if label is not None else ""
    for paragraph in content[1:]:
        inside = ground.analysis.words_in(paragraph.start, paragraph.end)
        speaks = (w for w in inside if w.text.lower() in PERSONS and ground.quotation_over(w.passage) is None)
        named = len(name) > 1 and any(w.text.lower() == name.lower().split()[-1] for w in inside)
        if named or next(speaks, None) is None:
            break
        found.append(paragraph)
    return found


def _aside(ground: Ground, paragraph: Passage) -> bool:
    """The paragraph is a remark in brackets: (CROSSTALK.)."""
    text = paragraph.of(ground.text).strip(' "“”.')
    return text[:1] in ("(", "[") and text[-1:] in (")", "]")


def _turn_draft(ground: Ground, label: tuple[Passage, Passage] | None, content: list[Passage]) -> Iterator[Draft]:
    found = [p for p in (trimmed(ground.text, c.start, c.end, " \t\r\n\u00a0") for c in content) if p is not None]
    if label is not None and found:
        yield Draft(label[1], label[0], tuple(found), None, "turn")


def _all_turns(ground: Ground) -> list[tuple[Passage, Passage | None]]:
    """The paragraphs, each with the label that begins it, or null.

    Beside those of a known kind, a label is one that comes back where another label names a person.
    """
    lines = ground.paragraphs
    lettered = [LETTER.match(ground.text, p.start, p.end) for p in lines]
    letters = [found[1] for found in lettered if found is not None]
    if letters[:1] == ["Q"] and "A" in letters:
        return [(p, Passage(*f.span(1)) if f is not None else None) for p, f in zip(lines, lettered, strict=True)]
    found = [(p, _turn_label(ground, p)) for p in lines]
    times = Counter(label.of(ground.text).lower() for _, label in found if label is not None)
    sure = {label.of(ground.text).lower() for _, label in found if label is not None and _is_speaker(ground, label)}
    kinds = words("en", "speech", "layouts.questions") | words("en", "speech", "layouts.answers")
    regular = any(times[label] > 1 for label in sure)
    return [
        (
            p,
            label
            if label is not None and _takes_turns(label.of(ground.text).lower(), sure | kinds, times, regular)
            else None,
        )
        for p, label in found
    ]


def _takes_turns(label: str, known: Collection[str], times: Mapping[str, int], regular: bool) -> bool:
    """The label is a speaker's: known as one, or coming back, or nobody's in particular, among those who come back."""
    voice = label.split()[-1] in words("en", "speech", "layouts.voices") | words("en", "speech", "layouts.sources")
    return label in known or (regular and (times[label] > 1 or voice))


def _turn_label(ground: Ground, paragraph: Passage) -> Passage | None:
    """The few words before a colon that begin a paragraph, or null."""
    found = LABEL.match(ground.text, paragraph.start, paragraph.end)
    label = trimmed(ground.text, found.start(1), found.end(1), " \t*_#>[]()\"“‘'") if found is not None else None
    if label is None:
        return None
    text = label.of(ground.text)
    if words_in(text) > 5 or _is_label(text) or not text[0].isupper():
        return None
    inside = ground.analysis.words_in(label.start, label.end)
    return None if any(w.upos in ("VERB", "AUX") and w.text.islower() for w in inside) else label


def _is_speaker(ground: Ground, label: Passage) -> bool:
    """The label names a person: by a name, in capitals, or by the surname of somebody whom the article names."""
    text = label.of(ground.text)
    people = [n for n in ground.analysis.names if n.kind == "Person"]
    return text.isupper() or any(label.holds(n.passage) or n.text.split()[-1] == text for n in people)


# ---------------------------------------------------------------- dashes


def _dashes(ground: Ground) -> Iterator[Draft]:
    """`"…" – Commissioner X`: a quotation, a dash, a speaker, and nothing more in the paragraph."""
    for place, quotation in enumerate(ground.quotations):
        end = quotation.passage.end
        dash = DASH.match(ground.text, end)
        if dash is None or not quotation.closed:
            continue
        paragraph = ground.paragraph_at(dash.end())
        if paragraph is None or ground.text[end : dash.start(1)].count("\n") > 2:
            continue
        stop = re.compile(r"[.!?](?:\s|$)|[\"“]|\n").search(ground.text, dash.end(), paragraph.end)
        limit = _name_end(ground, dash.end(), stop.start() if stop else paragraph.end, paragraph.end)
        source = _speaker(ground, dash.end(), limit)
        first = source.of(ground.text)[0] if source is not None else " "
        if (
            source is None
            or ground.text[limit : paragraph.end].strip(' ."”’)\n')
            or not (first.isupper() or first.isdigit())
        ):
            continue
        begin = _first_of_turn(ground, place)
        content = tuple(q.passage for q in ground.quotations[begin : place + 1])
        yield Draft(Passage(dash.start(1), dash.end(1)), source, content, None, "dash")


def _is_dash(cue: str) -> bool:
    """The cue is nothing but a dash."""
    return cue.strip() in ("–", "—", "―", "-", "--", "~")


def _name_end(ground: Ground, start: int, stop: int, end: int) -> int:
    """The end of a speaker's words; a full stop after a title or initial is not one."""
    while (
        stop < end and ground.text[stop] == "." and re.search(r"\b(?:[A-Z]|[A-Z][a-z]{1,3})$", ground.text[start:stop])
    ):
        further = re.compile(r"[.!?](?:\s|$)|[\"“]|\n").search(ground.text, stop + 1, end)
        stop = further.start() if further else end
    return stop


def _first_of_turn(ground: Ground, place: int) -> int:
    while ground.quotations[place].continues and place:
        place -= 1
    return place


# ---------------------------------------------------------------- lists of points


def _points(ground: Ground) -> Iterator[Draft]:
    """The points of a list that an announcement of somebody's views leads: a statement each, with no speaker."""
    marks = words("en", "speech", "layouts.bullets")
    at = 0
    while at < len(ground.paragraphs):
        last, items = _list_after(ground, at, marks)
        if len(items) < 2:
            at += 1
            continue
        cue, source = _announcement(ground, ground.paragraphs[at])
        if cue is not None:
            for item in items:
                yield Draft(cue, source, (item,), None, "points")
        at = last
    return


def _list_after(ground: Ground, at: int, marks: frozenset[str]) -> tuple[int, list[Passage]]:
    """The items of the list that follows a paragraph, and the paragraph after it."""
    items: list[Passage] = []
    place = at + 1
    while place < len(ground.paragraphs):
        paragraph = ground.paragraphs[place]
        item = _item(ground, paragraph, marks)
        if item is None and not items and place + 1 < len(ground.paragraphs):
            open_item = ground.text[end_before(ground.text, paragraph.end) - 1] == ";"
            if open_item and _item(ground, ground.paragraphs[place + 1], marks) is not None:
                item = trimmed(ground.text, paragraph.start, paragraph.end, " \t\r\n\u00a0;.")
        if item is None:
            break
        items.append(item)
        place += 1
    return place, items


def _item(ground: Ground, paragraph: Passage, marks: frozenset[str]) -> Passage | None:
    """The words of a paragraph that begins with a list mark."""
    text = paragraph.of(ground.text)
    lead = re.match(r"\s*([^\w\s\"“‘'(\[]{1,3})[\s\u00a0\ufe0f]*(?=\S)", text)
    if lead is None or lead.group(1) not in marks:
        return None
    return trimmed(ground.text, paragraph.start + lead.end(), paragraph.end, " \t\r\n\u00a0;.")


def _announcement(ground: Ground, paragraph: Passage) -> tuple[Passage | None, Passage | None]:
    """The words of a paragraph's last sentence that announce views or words, and whose they are, where it says so.

    They are the evidence for the points below: a cue before a colon, or a noun of views and words.
    """
    end = end_before(ground.text, paragraph.end)
    sentence = ground.analysis.sentence_at(end - 1)
    start = max(paragraph.start, sentence.start) if sentence is not None else paragraph.start
    if ground.text[end - 1] == ":":
        verbs = words("en", "speech", "verbs.indirect")
        cues = [c for c in ground.cues if start <= c.verb.start and c.verb.end <= end and c.verb.lemma in verbs]
        last = cues[-1] if cues else None
        loose = last is None or any(w.upos in ("VERB", "AUX") for w in ground.analysis.words_in(last.passage.end, end))
        if last is not None and last.source is not None and not loose:
            return last.passage, last.source
    line = ground.text[start:end].lower()
    nouns = sorted(words("en", "speech", "layouts.announcing_alone"), key=lambda n: (-len(n), n))
    for noun in nouns:
        found = re.search(rf"\b{re.escape(noun)}\b", line)
        if found is not None:
            cue = Passage(start + found.start(), start + found.end())
            return cue, _whose(ground, cue)
    return None, None


def _whose(ground: Ground, noun: Passage) -> Passage | None:
    """Whose words a noun announces: the strikers' demands; theses of her speech; she made several statements."""
    inside = ground.analysis.words_in(noun.start, noun.end)
    word = next((w for w in inside if w.upos == "NOUN"), None)
    for _ in range(3):  # theses of the speech of somebody
        if word is None:
            return None
        owner = next((w for w in ground.analysis.children(word) if w.relation == "nmod:poss"), None)
        if owner is not None:
            return _source_phrase(ground, owner, noun)
        if word.head >= 0 and word.relation == "obj":
            verb = ground.analysis.words[word.head]
            subject = next((w for w in ground.analysis.children(verb) if w.relation == "nsubj"), None)
            return _source_phrase(ground, subject, noun) if subject is not None else None
        word = next((w for w in ground.analysis.children(word) if w.relation == "nmod" and w.start > word.end), None)
    return None


def _source_phrase(ground: Ground, head: Word, noun: Passage) -> Passage | None:
    """The words of an owner or subject, if they can be a speaker's: neither the writer nor a thing's."""
    first = head.text.lower() in ("i", "we", "my", "our", "here", "this", "these", "that", "it", "its")
    found = noun_phrase(ground.analysis, head, noun)
    if first or found is None or ground.text[found.start : found.end].lower() == "there":
        return None
    end = found.end
    for mark in ("'s", "’s", "'", "’"):
        if ground.text[found.start : end].endswith(mark):
            end -= len(mark)
            break
    return Passage(found.start, end) if found.start < end else None
