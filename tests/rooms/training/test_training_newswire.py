"""Names become BIO tags over pieces, and offsets count code points of the text as it is."""

from pathlib import Path

from tokenizers import Tokenizer
from training import newswire
from training.annotated import NAME_TAGS
from training.pieces import cut_pieces

TEXT = "Mayor Zoë Abernathy-Quist left Port Vellum.\n\nTides rose."


def test_offsets_are_code_points_and_names_begin_with_b(tmp_path: Path, tokenizer: Tokenizer) -> None:
    (tmp_path / "a.txt").write_bytes(TEXT.encode("utf8"))
    start, place = TEXT.index("Zoë"), TEXT.index("Port")
    rows = f"{start}\t{start + 19}\tPerson\tx\n{place}\t{place + 11}\tLocation\tx\n0\t5\tRank\tMayor\n"
    (tmp_path / "a.names.tsv").write_text(rows, encoding="utf8")
    (article,) = newswire.read_articles(tmp_path, tokenizer)
    assert article.names is not None
    pieces = cut_pieces(TEXT, tokenizer)
    tags = [NAME_TAGS[tag] for tag in article.names]
    marked = [(TEXT[a:b], tag) for a, b, tag in zip(pieces.starts, pieces.ends, tags, strict=True) if tag != "O"]
    assert marked[0] == ("Zoë", "B-Person")
    assert "".join(word for word, tag in marked if tag.endswith("Person")) == "ZoëAbernathy-Quist"
    assert [tag for _, tag in marked].count("B-Location") == 1
    assert tags[0] == "O"  # a kind that the reader does not know is no name


def test_a_paragraph_is_a_likely_cut(tmp_path: Path, tokenizer: Tokenizer) -> None:
    (tmp_path / "a.txt").write_bytes(TEXT.encode("utf8"))
    (tmp_path / "a.names.tsv").write_text("", encoding="utf8")
    (article,) = newswire.read_articles(tmp_path, tokenizer)
    assert [tokenizer.id_to_token(int(article.ids[cut])) for cut in article.cuts] == ["mayor", "tides"]
