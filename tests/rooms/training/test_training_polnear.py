"""Attributions become three tag layers and links: spans in parts, parts missing, attributions inside one another."""

from pathlib import Path

from tokenizers import Tokenizer
from training import polnear
from training.pieces import cut_pieces

TEXT = "“Fares rise,” Ada said, “in June.” Bo claims that Cy denied it."


def span(words: str) -> tuple[int, int]:
    return TEXT.index(words), TEXT.index(words) + len(words)


def brat() -> str:
    a, b = span("“Fares rise,”"), span("“in June.”")
    rows = [
        f"T1\tSource {span('Ada')[0]} {span('Ada')[1]}\tAda",
        f"T2\tCue {span('said')[0]} {span('said')[1]}\tsaid",
        f"T3\tContent {b[0]} {b[1]};{a[0]} {a[1]}\tx",
        "E1\tAttribution:T9 Content:T3 Cue:T2 Source:T1",
        f"T4\tSource {span('Bo')[0]} {span('Bo')[1]}\tBo",
        f"T5\tCue {span('claims')[0]} {span('claims')[1]}\tclaims",
        f"T6\tContent {span('that Cy denied it')[0]} {span('that Cy denied it')[1]}\tx",
        "E2\tAttribution:T9 Content1:T6 Cue:T5 Source:T4",
        f"T7\tSource {span('Cy')[0]} {span('Cy')[1]}\tCy",
        f"T8\tContent {span(' it.')[0] + 1} {span(' it.')[1] - 1}\tit",
        "E3\tAttribution:T9 Source:T7 Content:T8",
        "A1\tNote E3",
    ]
    return "\n".join(rows) + "\n"


def test_parts_are_sorted_and_missing_roles_stay_empty(tmp_path: Path) -> None:
    path = tmp_path / "x_0a1b.ann"
    path.write_text(brat(), encoding="utf8")
    first, _, third = polnear.read_attributions(path)
    assert [TEXT[a:b] for a, b in first.content[0]] == ["“Fares rise,”", "“in June.”"]
    assert third.cue == []
    assert third.source == [[span("Cy")]]


def test_layers_hold_nested_sources_and_only_outermost_contents(tmp_path: Path, tokenizer: Tokenizer) -> None:
    path = tmp_path / "x_0a1b.ann"
    path.write_text(brat(), encoding="utf8")
    pieces = cut_pieces(TEXT, tokenizer)
    gold = polnear.attribution_gold(polnear.read_attributions(path), pieces)
    source, cue, content = ([pieces.starts[i] for i in range(len(pieces)) if layer[i] == 1] for layer in gold.tags)
    assert source == [span("Ada")[0], span("Bo")[0], span("Cy")[0]]
    assert cue == [span("said")[0], span("claims")[0]]
    assert content == [span("“Fares")[0], span("“in")[0], span("that")[0]]


def test_every_part_is_linked_to_its_own_cue(tmp_path: Path, tokenizer: Tokenizer) -> None:
    path = tmp_path / "x_0a1b.ann"
    path.write_text(brat(), encoding="utf8")
    pieces = cut_pieces(TEXT, tokenizer)
    gold = polnear.attribution_gold(polnear.read_attributions(path), pieces)
    linked = {(pieces.starts[a], pieces.starts[b]) for a, b in gold.links}
    said, claims = span("said")[0], span("claims")[0]
    first = {(span(words)[0], said) for words in ("“Fares", "Ada", "“in")}
    assert linked == first | {(span("Bo")[0], claims), (span("that")[0], claims)}


def test_an_article_annotated_twice_counts_once(tmp_path: Path) -> None:
    (tmp_path / "attributions").mkdir()
    for name in ("x_0a1b.ann", "x_ffff.ann", "y_1234.ann"):
        (tmp_path / "attributions" / name).touch()
    files = polnear.annotation_files(tmp_path)
    assert {stem: path.name for stem, path in files.items()} == {"x": "x_0a1b.ann", "y": "y_1234.ann"}
