"""Names that the reader tagged in one place and missed in another, found by their spelling."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from onrecord.language.analysis import Analysis, NameKind, Word
from onrecord.language.tables import words
from onrecord.model import Passage, atlas
from onrecord.resolution.dossiers import Named
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
                yield Named(passage, passage.of(analysis.text), known[spelling], word.sentence)
                skip_to = passage.end
                break


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
    """A lone word is looked for only where it is capitalised and the article has it in no other sense."""
    common = word.lower() in lower or word.lower() in address_words()
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
