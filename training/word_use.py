"""Counts in how many news articles each common English word stands, for `onrecord/linking/word_use.tsv`.

    python -m training.word_use FOLDER > src/onrecord/linking/word_use.tsv

FOLDER holds `polnear/train/text` and `worldwide-newswire/train`. A word is kept where at least 8 articles have it and
it is mostly written small: names are left out, because how common a name is changes from record to record. The counts
alone leave the articles.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from pathlib import Path

HANDLE = re.compile(r"[@#]\w+")
WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
PARTS = ("polnear/train/text", "worldwide-newswire/train")
AT_LEAST = 8
HEADER = (
    "# In how many news articles a common word stands; written by training/word_use.py. Counts alone, no text.\n"
    "# Counted over the training parts of PolNeAR (no licence stated) and English Worldwide Newswire (CC BY-NC-SA 4.0)."
)
SMALL_TO_CAPITAL = 2
"""How many times as often a word must be written small as with a capital."""


def main(folder: Path) -> None:
    """Prints the table: the number of articles, then each word with its count, in alphabetical order."""
    paths = sorted(path for part in PARTS for path in (folder / part).glob("*.txt"))
    held: Counter[str] = Counter()
    small: Counter[str] = Counter()
    for path in paths:
        words = [
            word.replace("’", "'").removesuffix("'s") for word in WORD.findall(HANDLE.sub(" ", path.read_text("utf8")))
        ]
        held.update({word.lower() for word in words})
        for word in words:
            small[word.lower()] += 1 if word[0].islower() else -SMALL_TO_CAPITAL
    print(HEADER)
    print(f"(articles)\t{len(paths)}")
    for word in sorted(held):
        if held[word] >= AT_LEAST and small[word] > 0:
            print(f"{word}\t{held[word]}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
