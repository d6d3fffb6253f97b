"""Citations quote the exact words, name the source, and break no format, whatever stands in them."""

from __future__ import annotations

import json
from dataclasses import replace

import handmade
from onrecord.web.citing import cite_article, cite_words, fragment_link

ADDRESS = "https://courier.example/fair?page=2#top"
SOURCE = replace(handmade.ONE, url=ADDRESS, byline=("Mara Lind", "Joss Ekdal"))


def test_markdown_has_the_words_the_speaker_the_outlet_the_day_and_a_link_to_the_words() -> None:
    said = cite_words(SOURCE, "We expect about 300 stalls", "Ilse Varga")
    assert said.markdown.startswith("> Ilse Varga: We expect about 300 stalls")
    assert "Mara Lind, Joss Ekdal, “Lake fair opens in Brenholt,” *Brenholt Courier*, 3 June 2026" in said.markdown
    assert "https://courier.example/fair?page=2#:~:text=We%20expect%20about%20300%20stalls" in said.markdown


def test_a_text_fragment_escapes_what_has_a_meaning_there_and_names_only_the_ends_of_long_words() -> None:
    assert fragment_link(ADDRESS, "well-known, it's said & done").endswith(
        "text=well%2Dknown%2C%20it%27s%20said%20%26%20done"
    )
    long = " ".join(f"word{number}" for number in range(80))
    assert fragment_link(ADDRESS, long).partition("text=")[2] == (
        "word0%20word1%20word2%20word3%20word4,word75%20word76%20word77%20word78%20word79"
    )


def test_csl_json_is_what_zotero_reads() -> None:
    (item,) = json.loads(cite_article(SOURCE).csl)
    assert item["type"] == "article-newspaper"
    assert item["container-title"] == "Brenholt Courier"
    assert item["issued"] == {"date-parts": [[2026, 6, 3]]}
    assert item["author"] == [{"literal": "Mara Lind"}, {"literal": "Joss Ekdal"}]


def test_bibtex_and_markdown_cannot_be_broken_by_a_title() -> None:
    hostile = replace(SOURCE, title="50% of {all} [costs](javascript:alert(1)) _now_ \\end")
    made = cite_article(hostile)
    assert r"50\% of \{all\}" in made.bibtex
    assert made.bibtex.count("{") - made.bibtex.count(r"\{") == made.bibtex.count("}") - made.bibtex.count(r"\}")
    assert r"\[costs\](javascript" in made.markdown


def test_an_address_that_is_not_of_the_web_is_no_link() -> None:
    made = cite_article(replace(SOURCE, url="javascript:alert(1)"))
    assert made.link == ""
    assert "javascript" not in made.markdown
