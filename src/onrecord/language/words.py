"""A text as words, cut as Universal Dependencies cut English (EWT and GUM): "don't" is "do" and "n't"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from onrecord.language.tables import table, words

Span = tuple[int, int]

URL_LISTS = ("endings", "extensions", "shortened")
LETTER = r"[^\W\d_]"
# Combining marks, joiners and soft hyphens belong to the letter before them, though `\w` leaves them out.
MARK = "[\u0300-\u036f\u00ad\u200d\ufe0e\ufe0f\u20e3\u0610-\u061a\u064b-\u065f\u093a-\u094f\U0001f3fb-\U0001f3ff]"
INVISIBLE = re.compile("[\\s\u200b\u200c\u2060\ufeff\u200e\u200f\u202a-\u202e\u2066-\u2069]+")
PLAIN = re.compile(r" ?([A-Za-z]++)(?=[ \n,;)!?\"”])")
"""Most words: letters that no other pattern could take, since what follows them goes on none of these."""
QUOTE = "['’ʼ]"
CLITIC = re.compile(r"(?:n['’ʼ]t|['’ʼ`](?:s|re|m|ve|ll|d))$", re.IGNORECASE)
LOOSE_END = re.compile(r"[.,;:!?'\"’”»)\]*]+$")
DIGIT_NEXT = re.compile(r"\.\s?\d")
CAPITAL_NEXT = re.compile(r"\.\s?[A-Z]")
NAME_NEXT = re.compile(r"\.[ \t\u00a0]?([A-Z][\w’']*)")
CAPITALISED_BEFORE = re.compile(r"(?:[A-Z][\w’'-]*|[A-Z]\.|[(\"“‘,])[ \u00a0]?$")
HALF_DAY = re.compile(r"[ap]\.m\b\.?", re.IGNORECASE)
SUFFIX_OF_NUMBER = re.compile(r"(?:st|nd|rd|th|['’]?s)$", re.IGNORECASE)


def _alternatives(endings: str, extensions: str, shortened: str) -> tuple[str, ...]:
    word = rf"(?:{LETTER}|{MARK}|\d)"
    return (
        r"(?P<url>(?:https?|ftp)://[^\s<>\"“”]+|www\.[^\s<>\"“”]+|mailto:[^\s<>\"“”]+)",
        r"(?P<email>(?<![\w.+-])[\w.+-]{1,64}@(?:[\w-]{1,63}\.){1,6}[A-Za-z]{2,24})",
        rf"(?P<domain>(?<![\w.-])(?:[A-Za-z0-9][A-Za-z0-9-]{{0,40}}\.){{1,4}}(?:{endings})(?![\w-])(?:/[^\s<>\"“”]*)?)",
        rf"(?P<file>(?<![\w.])(?:[\w#%-]{{1,60}}\.){{0,4}}[\w#%-]{{0,60}}\.(?i:{extensions})(?![\w-]))",
        r"(?P<group>(?<![\w.])[a-z]{2,20}(?:\.[a-z][a-z-]{1,30}){2,8}(?![\w-]|\.\w))",
        r"(?P<mailbox>(?<![\w.+-])[\w.+-]{1,64}@[A-Z][A-Z_]{1,30}(?!\w))",
        r"(?P<handle>(?<![\w&])[@#](?=\w{0,40}[A-Za-z])[A-Za-z0-9_]+)",
        r"(?P<currency>(?<!\w)[A-Z]{1,3}[$€£])",
        rf"(?P<acronym>(?<![^\W\d_])(?:(?:Ph\.D|M\.Sc|B\.Sc|Ed\.D)\.?(?!\w)|(?:{LETTER}\.){{1,7}}[A-Z][a-z]{{1,2}}\.(?=\s?[A-Z])"
        rf"|(?:{LETTER}\.){{2,8}}(?:[A-Z](?![\w.'’]))?|{LETTER}\.{LETTER}(?![\w.])))",
        rf"(?P<shortened>(?<![\w/])(?i:{shortened})(?![\w/]))",
        r"(?P<date>(?<![\d/])\d{1,4}/\d{1,2}/\d{2,4}(?![\d/])|(?<![\d-])\d{1,2}-\d{1,2}-(?:19|20)?\d{2}(?![\d-])|(?<![\d-])\d{4}-\d{2}-\d{2}(?![\d-]))",
        r"(?P<phone>(?<![\d-])(?:\d-)?\d{3}[-/]\d{3}-\d{4}(?![\d-])|(?<![\d-])\d{5}-\d{4}(?![\d-]))",
        r"(?P<clock>\d{1,2}:\d{2}(?::\d{2})?(?!\d))",
        r"(?P<fraction>(?<![\d/])\d{1,2}/\d{1,2}(?![\d/]))",
        rf"(?P<short>(?<!\w){QUOTE}\d{{2}}s?(?!\w))",
        rf"(?P<number>(?:(?<!\w)\+)?\d+(?:[.,]\d+)*|(?<![\w.])\.\d+)(?P<after>{QUOTE}s(?!\w)|{word}+)?",
        rf"(?P<clitic>(?<=[^\s(\[“‘]){QUOTE}(?:s|re|m|ve|ll|d)(?!\w)|(?<!\w){QUOTE}(?:em|til|tis|twas|cause)(?!\w))",
        rf"(?P<word>{LETTER}{word}*(?:(?:[&·_`]|{QUOTE}){word}+)*)",
        r"(?P<run>\.{2,}|…\.?|[.,:]?[!?]+[.!?]*|[-=]{2,}|[*~]{2,}|_{2,}|#{2,}|\+{2,}|<{2,}|>{2,}|\${2,}"
        r"|``|''|’’|‘‘|(?<!\w)[:;=]-?[)(DPp](?!\w)|(?<!\w)\^_+\^)",
        rf"(?P<mark>\S{MARK}*)",
    )


def _one_of(alternatives: Sequence[str]) -> str:
    """A pattern for any of these words, the longest first."""
    return "|".join(re.escape(one) for one in sorted(alternatives, key=lambda one: (-len(one), one)))


class WordSplitter:
    """Cuts English text into words; stateless once its word lists are read.

    Every pattern is tried at one place of the text after another and consumes what it matches, with bounded look-ahead,
    so the time is linear in the text.
    """

    def __init__(self, language: str = "en") -> None:
        lists = table(language, "words")
        self._pattern = re.compile(
            "|".join(_alternatives(*(_one_of(lists["urls"][name]) for name in ("endings", "extensions", "shortened"))))
        )
        self._joined: dict[str, list[str]] = lists["joined"]
        self._always = words(language, "words", "abbreviations.always")
        self._closes = words(language, "words", "abbreviations.closes_sentences")
        self._before_number = words(language, "words", "abbreviations.before_number")
        self._before_capital = words(language, "words", "abbreviations.before_capital")
        self._openers = words(language, "words", "initials.openers")
        self._prefixes = words(language, "words", "hyphens.prefixes")
        self._suffixes = words(language, "words", "hyphens.suffixes")
        self._whole = words(language, "words", "hyphens.whole")
        self._syllables = words(language, "words", "hyphens.name_syllables")
        self._units = words(language, "words", "numbers.units")

    def split(self, text: str, start: int = 0, end: int | None = None) -> list[Span]:
        """The words of `text[start:end]` as [start, end) in code points of `text`, in order; spaces belong to none."""
        return list(self._walk(text, start, len(text) if end is None else end))

    def _walk(self, text: str, at: int, end: int) -> Iterator[Span]:
        plainly, joined = PLAIN.match, self._joined
        while at < end:
            if (plain := plainly(text, at, end)) and plain[1].lower() not in joined:
                span = plain.span(1)
                yield span
                at = span[1]
                continue
            if space := INVISIBLE.match(text, at, end):
                at = space.end()
                continue
            found = self._pattern.match(text, at, end)
            if found is None:  # cannot be: any character that is no space matches `mark`
                at += 1
                continue
            for span in self._words_of(text, found, end):
                yield span
                at = span[1]

    def _words_of(self, text: str, found: re.Match[str], end: int) -> list[Span]:
        start, stop = found.span()
        if found.group("number") is not None:
            return self._number(text, found)
        if found.lastgroup == "word":
            return self._word(text, start, stop, end)
        if found.lastgroup in ("url", "email", "domain"):
            loose = LOOSE_END.search(found.group())
            return [(start, start + loose.start() if loose and loose.start() else stop)]
        return [(start, stop)]

    def _number(self, text: str, found: re.Match[str]) -> list[Span]:
        start, cut = found.span("number")
        after = found.group("after")
        if after is None or SUFFIX_OF_NUMBER.match(after):
            return [(start, found.end())]
        if HALF_DAY.match(text, cut):
            return [(start, cut)]
        if after in self._units:
            return [(start, cut), (cut, found.end())]
        return [(start, found.end())]

    def _word(self, text: str, start: int, stop: int, end: int) -> list[Span]:
        parts = self._joined.get(text[start:stop].lower())
        if parts:
            return _in_parts(start, parts)
        stop = self._over_hyphens(text, start, stop, end)
        clitic = CLITIC.search(text, start, stop)
        if clitic and clitic.start() > start:
            return [*self._word(text, start, clitic.start(), clitic.start()), (clitic.start(), stop)]
        if text[stop : stop + 1] == "." and stop < end and self._keeps_stop(text, start, stop):
            stop += 1
        return [(start, stop)]

    def _over_hyphens(self, text: str, start: int, stop: int, end: int) -> int:
        """Where the word ends once it has taken the hyphens that belong to it."""
        while stop < end and text[stop] == "-":
            following = self._pattern.match(text, stop + 1, end)
            if following is None or following.lastgroup not in ("word", "after", "number"):
                return stop
            first, second = text[start:stop], text[stop + 1 : following.end()]
            if not self._one_word(text, start, first, second, following.end()):
                return stop
            stop = following.end()
        return stop

    def _one_word(self, text: str, start: int, first: str, second: str, stop: int) -> bool:
        low = second.lower()
        if first.lower() in self._prefixes or low in self._suffixes or f"{first.lower()}-{low}" in self._whole:
            return True
        if low not in self._syllables or not first.istitle() or not second.islower() or len(first) > 6:
            return False
        return bool(CAPITALISED_BEFORE.search(text, max(0, start - 24), start)) or bool(
            re.compile(r"[ \u00a0][A-Z]").match(text, stop)
        )

    def _keeps_stop(self, text: str, start: int, stop: int) -> bool:
        """Whether the full stop at `stop` belongs to the word before it."""
        word = text[start:stop]
        if text[stop + 1 : stop + 2] == ".":
            return False
        if word in self._always:
            return not (word in self._closes and CAPITAL_NEXT.match(text, stop))
        if word in self._before_number and DIGIT_NEXT.match(text, stop):
            return True
        if word in self._before_capital and CAPITAL_NEXT.match(text, stop):
            return True
        return len(word) == 1 and word.isupper() and self._is_initial(text, start, stop)

    def _is_initial(self, text: str, start: int, stop: int) -> bool:
        """Whether the capital letter at `start` is a name's initial: a name goes on after it."""
        following = NAME_NEXT.match(text, stop)
        if following is None or following.group(1) in self._openers:
            return False
        before = text[max(0, start - 24) : start]
        if not before.strip() or before.endswith("\n") or CAPITALISED_BEFORE.search(before):
            return True
        return text[start] != "I"  # after a small letter, I is the pronoun


def _in_parts(start: int, parts: list[str]) -> list[Span]:
    spans = []
    for part in parts:
        spans.append((start, start + len(part)))
        start += len(part)
    return spans


@cache
def splitter(language: str = "en") -> WordSplitter:
    """The splitter of a language, made once."""
    return WordSplitter(language)
