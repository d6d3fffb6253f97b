"""From what the reader model says of an article's windows to an analysis."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

import numpy as np
from numpy.typing import NDArray

from onrecord.language import trees
from onrecord.language.analysis import Analysis, Attribution, AttributionSpan, Name, NameKind, Sentence, Word
from onrecord.language.attributions import ROLES, Role, TaggedSpan, assemble
from onrecord.language.chains import Chain, best_abreast, best_paths, marginals, marginals_abreast, spans
from onrecord.language.chains import Span as TagSpan
from onrecord.language.configuration import Configuration
from onrecord.language.lemmas import lemmatiser
from onrecord.language.pieces import Floats, Ints
from onrecord.language.preparation import Prepared
from onrecord.language.sentences import Boundaries, Marks
from onrecord.language.windows import Read
from onrecord.language.words import Span

NEGATIONS = frozenset({"n't", "n’t", "nʼt", "not", "nt"})


SECOND_LOOK = 1.0
"""Added to the score of a content's beginning in the sentence of a cue that has none; set on PolNeAR's dev part."""
SURE = 1e4
QUOTATION = frozenset("\"'“”„‘’«»")


@dataclass(frozen=True)
class Merged:
    """The model's scores for a whole article, each read off the window that owns it."""

    sentence: Floats
    upos: Floats
    names: NDArray[np.float64]
    roles: NDArray[np.float64]


class Decoder:
    """Turns the reader model's scores into an analysis; holds no state of any article."""

    def __init__(self, configuration: Configuration, language: str) -> None:
        self._labels = configuration
        self._language = language
        self._marks = Marks.of(language)
        self._cooled = {
            layer: chain.divided_by(configuration.temperature(layer)) for layer, chain in configuration.chains.items()
        }

    def decode(self, prepared: Prepared, reads: Sequence[Read]) -> Analysis:
        """The analysis of one article, given what the model says of each of its windows."""
        if not prepared.words:
            return Analysis(prepared.article, (), (), (), ())
        merged = self._merge(prepared, reads)
        starts = self._sentence_starts(prepared, merged.sentence)
        heads, relation = self._trees(prepared, reads, starts)
        words = self._words(prepared, merged.upos, starts, heads, relation)
        return Analysis(
            prepared.article,
            _sentences(prepared.words, starts),
            words,
            self._names(prepared, merged, starts),
            self._attributions(prepared, merged, reads, starts),
        )

    def _merge(self, prepared: Prepared, reads: Sequence[Read]) -> Merged:
        labels = self._labels
        count, length = len(prepared.words), len(prepared.pieces)
        sentence = np.zeros(count, dtype=np.float32)
        upos = np.zeros((count, len(labels.upos)), dtype=np.float32)
        names = np.zeros((length, len(labels.names)))
        roles = np.zeros((len(ROLES), length, 3))
        for read in reads:
            window = read.window
            low, high = np.searchsorted(prepared.first_pieces, (window.owned_from, window.owned_to), side="left")
            own = slice(low - read.first_word, high - read.first_word)
            sentence[low:high], upos[low:high] = read.sentence[own], read.upos[own]
            own = slice(window.owned_from - window.start, window.owned_to - window.start)
            names[window.owned_from : window.owned_to] = read.names[own]
            roles[:, window.owned_from : window.owned_to] = read.roles[:, own]
        return Merged(sentence, upos, names, roles)

    def _sentence_starts(self, prepared: Prepared, logits: Floats) -> list[int]:
        starts: list[int] = []
        for stretch in prepared.stretches:
            first, last = stretch.first_word, stretch.last_word
            found = Boundaries(prepared.article.text, prepared.words[first:last], self._marks, stretch.wrapped)
            starts.extend(first + index for index in found.starts(logits[first:last]))
        return starts

    def _trees(self, prepared: Prepared, reads: Sequence[Read], starts: Sequence[int]) -> tuple[Ints, Floats]:
        """For each word its head (-1 the root) and its scores for the relations, both from one window per sentence."""
        heads = np.full(len(prepared.words), -1, dtype=np.int64)
        relation = np.zeros((len(prepared.words), len(self._labels.relations)), dtype=np.float32)
        for first, last in zip(starts, [*starts[1:], len(prepared.words)], strict=True):
            arcs = np.full((last - first, last - first + 1), trees.IMPOSSIBLE / 10)
            for read in _needed_of(_reads_of(reads, first, last), first, last):
                _copy_scores(read, first, arcs, relation)
            local = trees.decode(arcs)
            heads[first:last] = np.where(local == 0, -1, local - 1 + first)
        return heads, relation

    def _words(
        self, prepared: Prepared, upos_scores: Floats, starts: Sequence[int], heads: Ints, scores: Floats
    ) -> tuple[Word, ...]:
        text, labels, lemmas = prepared.article.text, self._labels, lemmatiser(self._language)
        upos = [labels.upos[index] for index in upos_scores.argmax(1).tolist()]
        relations = self._relations(scores, heads)
        _mend_negations(prepared, heads, upos, relations)
        sentences = np.repeat(np.arange(len(starts)), np.diff([*starts, len(upos)])).tolist()
        forms, first_words = [text[start:end] for start, end in prepared.words], set(starts)
        lemma = [
            lemmas.lemma(form, tag, relation, index in first_words)
            for index, (form, tag, relation) in enumerate(zip(forms, upos, relations, strict=True))
        ]
        begins, ends = zip(*prepared.words, strict=True)
        columns = (range(len(forms)), begins, ends, forms, lemma, upos, heads.tolist(), relations, sentences)
        return tuple(map(Word, *columns))

    def _relations(self, scores: Floats, heads: Ints) -> list[str]:
        """The best relation of each word; "root" for the root and for no other."""
        labels = self._labels.relations
        scores = scores.copy()
        if "root" in labels:
            scores[:, labels.index("root")] = -1e9
        pairs = zip(heads.tolist(), scores.argmax(1).tolist(), strict=True)
        return ["root" if head < 0 else labels[best] for head, best in pairs]

    def _names(self, prepared: Prepared, merged: Merged, starts: Sequence[int]) -> tuple[Name, ...]:
        chain, temperature = self._labels.chains["names"], self._labels.temperature("names")
        edges = _piece_edges(prepared, starts)
        found = spans(best_paths(chain, merged.names, edges), chain.tags)
        beliefs = _beliefs(self._cooled["names"], merged.names / temperature, edges, found)
        names = []
        for (first, last, begin), belief in zip(found, beliefs, strict=True):
            start, end = prepared.passage_of(first, last)
            kind = cast(NameKind, chain.tags[begin][2:])
            names.append(Name(start, end, prepared.article.text[start:end], kind, belief))
        return tuple(names)

    def _attributions(
        self, prepared: Prepared, merged: Merged, reads: Sequence[Read], starts: Sequence[int]
    ) -> tuple[Attribution, ...]:
        if "attributions" in self._labels.untaught:
            return ()
        tagged = self._tagged(prepared, merged)
        taken = np.zeros(len(prepared.pieces), dtype=bool)
        for content in tagged["content"]:
            taken[content.first : content.last] = True
        edges = _piece_edges(prepared, starts)

        def second_look(cues: Sequence[TaggedSpan]) -> list[list[TaggedSpan]]:
            return self._second_look(prepared, merged, edges, taken, cues)

        return assemble(tagged, reads, self._labels.temperature("link"), second_look)

    def _tagged(self, prepared: Prepared, merged: Merged) -> dict[Role, list[TaggedSpan]]:
        """The best spans of each role."""
        chains = [self._labels.chains[role] for role in ROLES]
        temperatures = [self._labels.temperature(role) for role in ROLES]
        found = [spans(path, ("O", "B", "I")) for path in best_abreast(chains, merged.roles)]
        cooled = [self._cooled[role] for role in ROLES]
        sums = marginals_abreast(cooled, merged.roles / np.array(temperatures)[:, None, None])
        return {
            role: _spans_of(prepared, role, of_role, of_sums.probabilities(of_role))
            for role, of_role, of_sums in zip(ROLES, found, sums, strict=True)
        }

    def _second_look(
        self, prepared: Prepared, merged: Merged, edges: Sequence[int], taken: NDArray[np.bool_],
        cues: Sequence[TaggedSpan],
    ) -> list[list[TaggedSpan]]:  # fmt: skip
        """For each cue the contents that could stand in its sentence, where no other content is."""
        chain, temperature = self._labels.chains["content"], self._labels.temperature("content")
        lows, parts = [], []
        for cue in cues:
            at = bisect_right(edges, cue.first)
            low, high = edges[at - 1], max(edges[at], cue.last)
            emissions = merged.roles[ROLES.index("content"), low:high].copy()
            emissions[:, 1] += SECOND_LOOK
            emissions[cue.first - low : cue.last - low, 1:] = -SURE
            emissions[taken[low:high], 1:] = -SURE
            lows.append(low)
            parts.append(emissions)
        if not parts:
            return []
        together, cuts = np.concatenate(parts), np.cumsum([0, *map(len, parts)]).tolist()
        found = spans(best_paths(chain, together, cuts), chain.tags)
        beliefs = _beliefs(self._cooled["content"], together / temperature, cuts, found)
        contents: list[list[TaggedSpan]] = [[] for _ in cues]
        for span, belief in zip(found, beliefs, strict=True):
            at = bisect_right(cuts, span[0]) - 1
            moved = (span[0] + lows[at] - cuts[at], span[1] + lows[at] - cuts[at], span[2])
            contents[at].extend(_spans_of(prepared, "content", [moved], [belief]))
        return contents


def _beliefs(
    chain: Chain, emissions: NDArray[np.float64], edges: Sequence[int], found: Sequence[TagSpan]
) -> list[float]:
    """How probable each span is, given the spans in order; sequences that hold none are passed over."""
    if not found:
        return []
    holding = np.unique(np.searchsorted(edges, [first for first, _, _ in found], side="right") - 1)
    firsts, lasts = np.array(edges)[holding], np.array(edges)[holding + 1]
    kept = np.concatenate([np.arange(*both) for both in zip(firsts, lasts, strict=True)])
    cuts = np.concatenate([[0], (lasts - firsts).cumsum()])
    moved = dict(zip(firsts.tolist(), (firsts - cuts[:-1]).tolist(), strict=True))
    spans_there = []
    for first, last, begin in found:
        by = moved[edges[bisect_right(edges, first) - 1]]
        spans_there.append((first - by, last - by, begin))
    return marginals(chain, emissions[kept], cuts.tolist()).probabilities(spans_there)


def _spans_of(prepared: Prepared, role: Role, found: Sequence[TagSpan], beliefs: Sequence[float]) -> list[TaggedSpan]:
    """Spans of one role as they stand in the text; contents without stray quotation marks at their ends."""
    tagged = []
    for (first, last, _), belief in zip(found, beliefs, strict=True):
        passage: Span | None = prepared.passage_of(first, last)
        if role == "content":
            passage = _without_stray_marks(prepared.article.text, *prepared.passage_of(first, last))
        if passage is not None:
            tagged.append(TaggedSpan(first, last, AttributionSpan(*passage, role, belief)))
    return tagged


def _without_stray_marks(text: str, start: int, end: int) -> Span | None:
    """The passage without a mark at its end that opens the next quotation, and one at its start that closes the last.

    Null where no letter or digit is left.
    """
    if not any(char.isalnum() for char in text[start:end]):
        return None
    while text[end - 1] in QUOTATION and text[end - 2].isspace():
        end = start + len(text[start : end - 1].rstrip())
    while text[start] in QUOTATION and text[start + 1].isspace():
        start = end - len(text[start + 1 : end].lstrip())
    return start, end


def _piece_edges(prepared: Prepared, starts: Sequence[int]) -> list[int]:
    """The first piece of each sentence, from 0 on, and the number of pieces."""
    return [0, *(int(prepared.first_pieces[start]) for start in starts[1:]), len(prepared.pieces)]


def _mend_negations(prepared: Prepared, heads: Ints, upos: list[str], relations: list[str]) -> None:
    """Tells "can" from "not" where one piece holds both ("cannot"), so that the model has one answer for the two.

    The first is an auxiliary beside the verb (or the verb itself, where nothing follows); "n't" or "not" hangs as an
    adverbial modifier on what the auxiliary hangs on, and nothing hangs on it.
    """
    text, words = prepared.article.text, prepared.words
    for second in np.flatnonzero(prepared.first_pieces[1:] == prepared.first_pieces[:-1]) + 1:
        first = int(second) - 1
        if text[slice(*words[second])].lower() not in NEGATIONS or words[first][1] != words[second][0]:
            continue
        above = heads[first]
        while above not in (-1, second):
            above = heads[above]
        if above == second:
            heads[first] = heads[second]
        heads[heads == second] = first
        if heads[first] == -1:
            relations[first], heads[second] = "root", first
        else:
            heads[second] = heads[first]
            relations[first] = relations[first] if relations[first] != "advmod" else "aux"
        upos[first] = upos[first] if upos[first] in ("AUX", "VERB") else "AUX"
        upos[second], relations[second] = "PART", "advmod"


def _sentences(words: Sequence[Span], starts: Sequence[int]) -> tuple[Sentence, ...]:
    edges = zip(starts, [*starts[1:], len(words)], strict=True)
    return tuple(
        Sentence(index, words[first][0], words[last - 1][1], first, last) for index, (first, last) in enumerate(edges)
    )


def _reads_of(reads: Sequence[Read], first: int, last: int) -> list[Read]:
    """The reads that hold any of the words [first, last), best last: the one with the most of them, and most around."""

    def fitness(read: Read) -> tuple[int, int]:
        held = min(last, read.last_word) - max(first, read.first_word)
        before = first - read.first_word if read is not reads[0] else last
        after = read.last_word - last if read is not reads[-1] else last
        return held, min(before, after)

    return sorted((read for read in reads if fitness(read)[0] > 0), key=fitness)


def _needed_of(reads: Sequence[Read], first: int, last: int) -> Sequence[Read]:
    """The last of the reads alone where it holds all the words [first, last), else all."""
    whole = reads[-1].first_word <= first and last <= reads[-1].last_word
    return reads[-1:] if whole else reads


def _copy_scores(read: Read, first: int, arcs: NDArray[np.float64], relation: Floats) -> None:
    """Writes what `read` says of the words from `first` on over what stands in `arcs` and `relation`."""
    low, high = max(first, read.first_word), min(first + len(arcs), read.last_word)
    rows, own = slice(low - first, high - first), slice(low - read.first_word, high - read.first_word)
    arcs[rows] = trees.IMPOSSIBLE / 10
    arcs[rows, 0] = read.arcs[own, 0]
    arcs[rows, low - first + 1 : high - first + 1] = read.arcs[own, own.start + 1 : own.stop + 1]
    relation[low:high] = read.relation[own]
