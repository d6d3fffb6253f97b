"""WikiGold: words in columns become texts with the names at their places."""

from pathlib import Path

from training.wikigold import read_texts


def test_columns_become_texts_with_names(tmp_path: Path) -> None:
    lines = """Mount I-LOC
Erebus I-LOC
, O
named O
by O
James I-PER
Ross I-PER
. O

It O
erupts O
( O
often O
) O
. O

-DOCSTART- O
The O
Nimrod I-MISC
sailed O
. O
"""
    (tmp_path / "wikigold.conll.txt").write_text(lines, encoding="utf8")
    first, second = read_texts(tmp_path / "wikigold.conll.txt")
    text, names = first
    assert text == "Mount Erebus, named by James Ross.\nIt erupts (often).\n"
    assert [(text[start:end], kind) for start, end, kind in names] == [
        ("Mount Erebus", "Location"), ("James Ross", "Person"),
    ]  # fmt: skip
    assert [(second[0][start:end], kind) for start, end, kind in second[1]] == [("Nimrod", "Misc")]
