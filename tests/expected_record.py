"""Compares a record of the samples with what a careful person wrote down, and counts what agrees.

A statement is found when its content covers the same words up to spaces and marks at the ends, and right when its
speakers and form are right too. A figure or time is found by its words and right by its value. An event is found by its
trigger and right when type, status, actors and recipients are. Rows marked optional count neither way.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from onrecord.model import Article, Event, Figure, Passage, Statement, Time

EDGE = " \t\r\n\"'“”‘’«»,.;:"


@dataclass
class Score:
    """Counts per kind of row: `found` and `right` among the expected, `missed`, and `extra` ones nobody expected."""

    counts: Counter[str] = field(default_factory=Counter)
    notes: list[str] = field(default_factory=list)

    def precision(self, kind: str) -> float:
        held = self.counts[f"{kind} found"] + self.counts[f"{kind} extra"]
        return self.counts[f"{kind} right"] / held if held else 0.0

    def recall(self, kind: str) -> float:
        wanted = self.counts[f"{kind} found"] + self.counts[f"{kind} missed"]
        return self.counts[f"{kind} right"] / wanted if wanted else 0.0


def places(words: str, text: str) -> list[Passage]:
    """Where the words stand in the text; ` ... ` stands for words left out."""
    pattern = ".{1,2000}?".join(re.escape(half) for half in words.split(" ... "))
    return [Passage(*m.span()) for m in re.finditer(pattern, text, re.DOTALL)]


def trimmed(passage: Passage, text: str) -> tuple[int, int]:
    start, end = passage.start, passage.end
    while start < end and text[start] in EDGE:
        start += 1
    while end > start and text[end - 1] in EDGE:
        end -= 1
    return start, end


def compare(
    score: Score, expected: dict[str, Any], article: Article, rows: dict[str, list[Any]], names: dict[str, str]
) -> None:
    """Adds the counts of one article to the score."""
    statements(score, expected["statements"], article, rows["statements"], names)
    valued(score, "figures", expected["figures"], article, rows["figures"])
    valued(score, "times", expected["times"], article, rows["times"])
    events(score, expected["events"], article, rows["events"])


def settle(score: Score, kind: str, wanted: dict[str, Any], wrong: str | None, article: Article) -> None:
    """Counts one expected row: missed (`wrong` is "missed"), right (null), or found and wrong in the way told."""
    if wanted.get("optional"):
        return
    if wrong == "missed":
        score.counts[f"{kind} missed"] += 1
    else:
        score.counts[f"{kind} found"] += 1
        score.counts[f"{kind} right"] += wrong is None
    if wrong is not None:
        told = wanted.get("content") or wanted.get("words") or wanted.get("trigger")
        score.notes.append(f"{article.origin}: {kind}: {told}: {wrong}")


def spare(score: Score, kind: str, rows: Iterable[Any], used: set[str], article: Article) -> None:
    """Counts the rows that nobody expected."""
    for row in rows:
        if row.id not in used:
            score.counts[f"{kind} extra"] += 1
            words = row.passage.of(article.text) if hasattr(row, "passage") else getattr(row, "text", None)
            told = words or [t.of(article.text) for t in row.triggers]
            score.notes.append(f"{article.origin}: {kind}: extra: {told}")


def statements(
    score: Score, expected: list[dict[str, Any]], article: Article, rows: list[Statement], names: dict[str, str]
) -> None:
    text, used = article.text, set[str]()
    for wanted in expected:
        spans = [trimmed(places(words, text)[0], text) for words in wanted["content"]]
        near = max(rows, key=lambda row: (shared(spans, row, text), row.id), default=None)
        if near is None or shared(spans, near, text) == 0:
            settle(score, "statements", wanted, "missed", article)
            continue
        used.add(near.id)
        settle(
            score, "statements", wanted, "; ".join(statement_faults(near, wanted, spans, text, names)) or None, article
        )
    spare(score, "statements", rows, used, article)


def shared(spans: list[tuple[int, int]], row: Statement, text: str) -> int:
    """How many characters an expected content and a statement's share."""
    own = [trimmed(p, text) for p in row.content]
    return sum(max(0, min(b, d) - max(a, c)) for a, b in spans for c, d in own)


def statement_faults(
    row: Statement, wanted: dict[str, Any], spans: list[tuple[int, int]], text: str, names: dict[str, str]
) -> Iterator[str]:
    if sorted(trimmed(p, text) for p in row.content) != sorted(spans):
        yield f"the words are {row.text!r}"
    who = sorted(names[key] for key in row.speaker_ids)
    if who != sorted(wanted["who"]) and not (not who and wanted["who"] == [row.speaker_name]):
        yield f"said by {who or row.speaker_name}, not {wanted['who']}"
    if row.form != wanted["form"]:
        yield f"form {row.form}"


def valued(score: Score, kind: str, expected: list[dict[str, Any]], article: Article, rows: list[Any]) -> None:
    """Figures and times, found by their words."""
    used: set[str] = set()
    for wanted in expected:
        found = next((r for r in rows if r.id not in used and r.passage.of(article.text) == wanted["words"]), None)
        if found is None:
            settle(score, kind, wanted, "missed", article)
            continue
        used.add(found.id)
        value = shown(found)
        settle(
            score,
            kind,
            wanted,
            None if value == wanted.get("amount", wanted.get("when")) else value or "no value",
            article,
        )
    spare(score, kind, rows, used, article)


def shown(row: Figure | Time) -> str:
    """The value of a figure or time as the case files write it."""
    if isinstance(row, Figure):
        unit = f"{row.amount.unit} " if row.amount.unit else ""
        return f"{row.amount.low or ''}..{row.amount.high or ''} {unit}{row.amount.hedge}"
    when = row.when
    return "" if when.earliest is None else f"{when.earliest}..{when.latest} {when.precision}"


def events(score: Score, expected: list[dict[str, Any]], article: Article, rows: list[Event]) -> None:
    used: set[str] = set()
    for wanted in expected:
        here = places(wanted["trigger"], article.text)
        near = [r for r in rows if r.id not in used and any(t.meets(p) for t in r.triggers for p in here)]
        found = min(near, key=lambda r: (r.type != wanted["type"], r.triggers), default=None)
        if found is None:
            settle(score, "events", wanted, "missed", article)
            continue
        used.add(found.id)
        settle(score, "events", wanted, "; ".join(event_faults(found, wanted)) or None, article)
    spare(score, "events", rows, used, article)


def event_faults(row: Event, wanted: dict[str, Any]) -> Iterator[str]:
    if row.type != wanted["type"]:
        yield f"type {row.type}"
    if row.status != wanted["status"]:
        yield f"status {row.status}"
    for name in ("actors", "recipients"):
        held = getattr(row, name)
        if any(not any(words in one for one in held) for words in wanted.get(name, ())):
            yield f"{name} {held}"
