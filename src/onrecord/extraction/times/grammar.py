"""A small grammar of token patterns, read from a language's word file.

A phrase is a list of alternatives; an alternative is a line of elements parted by spaces:

    last|past             one of these words
    <month>               a token of that class; its value becomes the field `month`
    <day=to.day>          the same, under another name
    {date}                another phrase, with all its fields
    {date:from}           another phrase, its fields under the prefix `from.`
    ...?                  any of these, or nothing
    ^                     the passage begins here: what stands before is needed but not quoted
    $                     the passage ends here: what stands after is needed but not quoted
    => rule=unit shift=-1 fields that the alternative gives

Matching is by descent with a memory of every phrase at every place, so its cost is bounded by the number of tokens
times the number of alternatives. Phrases must not begin with themselves.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from onrecord.extraction.times.tokens import Token

Fields = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Match:
    """A phrase found at a place: the token after it, the token its passage begins with, and its fields."""

    stop: int
    begin: int
    fields: Fields


@dataclass(frozen=True, slots=True)
class Element:
    """One element of a pattern."""

    kind: str
    names: tuple[str, ...]
    alias: str
    optional: bool


@dataclass(frozen=True, slots=True)
class Alternative:
    """One line of a phrase."""

    elements: tuple[Element, ...]
    gives: Fields


class Grammar:
    """The phrases of one language."""

    def __init__(self, phrases: Mapping[str, Sequence[str]]) -> None:
        self.phrases = {name: tuple(_alternative(line) for line in lines) for name, lines in phrases.items()}
        self._first: dict[str, frozenset[str]] = {}
        self._firsts = {
            name: tuple(self._first_of(alternative) for alternative in lines) for name, lines in self.phrases.items()
        }

    def match(self, phrase: str, tokens: Sequence[Token]) -> Matcher:
        return Matcher(self, phrase, tokens)

    def first(self, name: str) -> frozenset[str]:
        """What a phrase may begin with: words, and classes in angle brackets."""
        if name not in self._first:
            self._first[name] = frozenset()
            self._first[name] = frozenset().union(*(self._first_of(line) for line in self.phrases[name]))
        return self._first[name]

    def _first_of(self, alternative: Alternative) -> frozenset[str]:
        found: set[str] = set()
        for element in alternative.elements:
            if element.kind in ("begin", "end"):
                continue
            if element.kind == "phrase":
                found |= self.first(element.names[0])
            elif element.kind == "class":
                found |= {f"<{name}>" for name in element.names}
            else:
                found |= set(element.names)
            if not element.optional:
                break
        return frozenset(found)

    def lines(self, name: str) -> Iterator[tuple[Alternative, frozenset[str]]]:
        return zip(self.phrases[name], self._firsts[name], strict=True)


class Matcher:
    """One grammar over one list of tokens; asks are remembered."""

    def __init__(self, grammar: Grammar, phrase: str, tokens: Sequence[Token]) -> None:
        self.grammar = grammar
        self.phrase = phrase
        self.tokens = tokens
        self.keys = [frozenset({token.text, *(f"<{name}>" for name in token.classes)}) for token in tokens]
        self.memory: dict[tuple[str, int], tuple[Match, ...]] = {}

    def at(self, place: int) -> tuple[Match, ...]:
        """Every match of the grammar's top phrase at a place, longest first; of equal ones, the first in the file."""
        return tuple(sorted(self._phrase(self.phrase, place), key=lambda match: -match.stop))

    def _phrase(self, name: str, place: int) -> tuple[Match, ...]:
        if place >= len(self.tokens):
            return ()
        asked = (name, place)
        if asked not in self.memory:
            found: dict[int, Match] = {}
            for alternative, first in self.grammar.lines(name):
                if self.keys[place].isdisjoint(first):
                    continue
                for match in self._elements(alternative.elements, 0, place, place, ()):
                    fields = _merge(match.fields, alternative.gives)
                    found.setdefault(match.stop, Match(match.stop, match.begin, fields))
            self.memory[asked] = tuple(found.values())
        return self.memory[asked]

    def _elements(
        self, elements: tuple[Element, ...], index: int, place: int, begin: int, fields: Fields
    ) -> Iterator[Match]:
        if index == len(elements):
            yield Match(place, begin, fields)
            return
        element = elements[index]
        if element.kind == "begin":
            yield from self._elements(elements, index + 1, place, place, fields)
            return
        if element.kind == "end":
            for match in self._elements(elements, index + 1, place, begin, fields):
                yield Match(place, match.begin, match.fields)
            return
        for stop, inner, more in self._element(element, place):
            start = inner if place == begin else begin
            yield from self._elements(elements, index + 1, stop, start, _merge(fields, more))
        if element.optional:
            yield from self._elements(elements, index + 1, place, begin, fields)

    def _element(self, element: Element, place: int) -> Iterator[tuple[int, int, Fields]]:
        if place >= len(self.tokens):
            return
        if element.kind == "phrase":
            for match in self._phrase(element.names[0], place):
                yield match.stop, match.begin, _prefixed(match.fields, element.alias)
            return
        token = self.tokens[place]
        if element.kind == "word":
            if token.text in element.names:
                yield place + 1, place, ()
            return
        for name in element.names:
            if name in token.classes:
                yield place + 1, place, ((element.alias or name, token.classes[name]),)
                return


def _merge(fields: Fields, more: Fields) -> Fields:
    """Both, the later one's values winning, in order of name."""
    if not fields:
        return more
    if not more:
        return fields
    return tuple(sorted((dict(fields) | dict(more)).items()))


def _prefixed(fields: Fields, prefix: str) -> Fields:
    return tuple((f"{prefix}.{name}", value) for name, value in fields) if prefix else fields


def _alternative(line: str) -> Alternative:
    pattern, _, given = line.partition("=>")
    gives = tuple(sorted((name, value) for name, _, value in (pair.partition("=") for pair in given.split())))
    return Alternative(tuple(_element(part) for part in pattern.split()), gives)


def _element(part: str) -> Element:
    if part in ("^", "$"):
        return Element("begin" if part == "^" else "end", (), "", False)
    optional = len(part) > 1 and part.endswith("?")
    body = part[:-1] if optional else part
    if body.startswith("<"):
        name, _, alias = body[1:-1].partition("=")
        return Element("class", tuple(name.split("|")), alias, optional)
    if body.startswith("{"):
        name, _, prefix = body[1:-1].partition(":")
        return Element("phrase", (name,), prefix, optional)
    return Element("word", tuple(body.split("|")), "", optional)
