"""Names that the reader tagged in one place and missed in another, found by their spelling."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from onrecord.language.analysis import Analysis, NameKind, Word
from onrecord.language.tables import words
from onrecord.model import Passage, atlas
from onrecord.model.personal import fold, given_names
from onrecord.resolution.dossiers import Named
from onrecord.resolution.kinds import looks_personal
from onrecord.resolution.titles import address_words, head_of

Spelling = tuple[str, ...]
SHORTEST = 3


def echoes(analysis: Analysis, names: Sequence[Named]) -> Iterator[Named]:
    """Every other place where the text has a known name, word for word, the longest spelling first."""
    known = _spellings(analysis, names)
    by_first: dict[str, list[Spelling]] = defaultdict(list)
    for spelling in sorted(known, key=lambda s: (-len(s), s)):
        by_first[spelling[0]].append(spelling)
    taken = {at: named for named in names for at in range(named.passage.start, named.passage.end)}
    skip_to = 0
    for word in analysis.words:
        if word.start < skip_to or word.text not in by_first:
            continue
        for spelling in by_first[word.text]:
            row = analysis.words[word.index : word.index + len(spelling)]
            if tuple(w.text for w in row) != spelling or row[-1].sentence != word.sentence:
                continue
            passage = Passage(word.start, row[-1].end)
            if _is_free(analysis, passage, known[spelling], taken) and _stands_alone(analysis, row, known[spelling]):
                yield Named(passage, " ".join(passage.of(analysis.text).split()), known[spelling], word.sentence)
                skip_to = passage.end
                break


def untagged_persons(analysis: Analysis, names: Sequence[Named]) -> Iterator[Named]:
    """Persons that the reader missed everywhere: a given name and one proper noun that hangs together with it.

    Only in sentences that are not capitalised throughout, where the capital of the second word tells something.
    """
    taken = {at for named in names for at in range(named.passage.start, named.passage.end)}
    taken |= {at for name in analysis.names for at in range(name.start, name.end)}
    for first, last in zip(analysis.words, analysis.words[1:], strict=False):
        if not _hang_together(first, last) or first.start in taken or last.start in taken:
            continue
        if fold(first.text) not in given_names() or not _stands_alone(analysis, (first, last), "Organization"):
            continue
        passage = Passage(first.start, last.end)
        before = _beside(analysis, first, -1)
        joined = before and before.upos == "PROPN" and first.start - before.end <= 1 and head_of(before) is None
        if looks_personal(passage.of(analysis.text)) and not joined:
            yield Named(passage, passage.of(analysis.text), "Person", first.sentence)


def _hang_together(first: Word, last: Word) -> bool:
    """Two capitalised proper nouns of one sentence, a space apart, of which one is the other's head."""
    proper = first.upos == last.upos == "PROPN" and first.text[:1].isupper() and last.text[:1].isupper()
    linked = last.head == first.index or first.head == last.index
    return proper and linked and last.start - first.end == 1 and len(last.text) > 2 and not last.text.isupper()


def _spellings(analysis: Analysis, names: Sequence[Named]) -> dict[Spelling, NameKind]:
    """The spellings worth looking for: whole names, and the last word of persons' names."""
    lower = {word.text for word in analysis.words if word.text.islower()}
    found: dict[Spelling, NameKind] = {}
    for named in names:
        row = tuple(word.text for word in analysis.words_in(named.passage.start, named.passage.end))
        if named.kind == "NORP" or not row or "".join(row) != "".join(named.text.split()):
            continue
        if len(row) > 1 or _telling(row[0], lower):
            found.setdefault(row, named.kind)
    for row, kind in list(found.items()):
        if kind == "Person" and len(row) > 1 and _telling(row[-1], lower) and not atlas.country_named(row[-1]):
            found.setdefault(row[-1:], "Person")
    return found


def _telling(word: str, lower: set[str]) -> bool:
    """A lone word is looked for only where it is capitalised and the article has it in no other sense: not "who"."""
    common = not word.isupper() and (word.lower() in lower or word.lower() in address_words())
    return len(word) >= SHORTEST and word[:1].isupper() and not common


def _is_free(analysis: Analysis, passage: Passage, kind: NameKind, taken: dict[int, Named]) -> bool:
    """Nothing is named there yet, or a part of the very name is ("Ann" + "Roe")."""
    met = {taken[at] for at in range(passage.start, passage.end) if at in taken}
    inside = all(passage.holds(named.passage) and named.passage != passage for named in met)
    tagged = [
        n for n in analysis.names if n.start < passage.end and passage.start < n.end and n.kind not in ("Person", kind)
    ]
    foreign = [n for n in tagged if not any(m.passage.meets(Passage(n.start, n.end)) for m in met)]
    return inside and all(named.kind == kind for named in met) and not foreign


def _stands_alone(analysis: Analysis, row: Sequence[Word], kind: NameKind) -> bool:
    """No longer name runs on at either side: not "Roe" of "Roe Foundation" or of "Max Roe"."""
    after = _beside(analysis, row[-1], 1)
    if after and after.upos == "PROPN" and after.text[:1].isupper() and after.start - row[-1].end == 1:
        return False
    if kind != "Person" or len(row) > 1:
        return True
    before = _beside(analysis, row[0], -1)
    if before is None or before.upos != "PROPN" or not before.text[:1].isupper() or row[0].start - before.end != 1:
        return True
    listed = before.text.lower().rstrip(".") in address_words() or head_of(before) is not None
    return listed or before.text in words("en", "demonyms", "peoples.words")


def _beside(analysis: Analysis, word: Word, step: int) -> Word | None:
    at = word.index + step
    if not 0 <= at < len(analysis.words) or analysis.words[at].sentence != word.sentence:
        return None
    return analysis.words[at]
