"""A page becomes the text that a reader sees, with the metadata that its head states."""

from __future__ import annotations

from pathlib import Path

import pytest

from onrecord import reading
from onrecord.model import Article, Skipped

PAGE = """<!DOCTYPE html>
<html lang="en"><head><title>Glacier hut sold | The Meridian</title>
<meta charset="{charset}">
<meta property="og:site_name" content="The Meridian Online">
<meta property="article:modified_time" content="2013-08-03T10:00:00Z">
<link rel="canonical" href="https://meridian.example/hut">
<script type="application/ld+json">{{"@context": "https://schema.org", "@graph": [
  {{"@type": "Organization", "name": "Someone"}},
  {{"@type": ["NewsArticle"], "headline": "Glacier hut sold to its cook", "datePublished": "2013-08-02T07:45:00+02:00",
   "author": [{{"@type": "Person", "name": "Jane Q. Dovey"}}, {{"name": "https://meridian.example/staff"}}],
   "publisher": {{"@type": "Organization", "name": "The Meridian"}}}}]}}</script>
</head><body>
<nav><a href="/">Home</a> <a href="/w">World</a></nav>
<article><h1>Glacier hut sold to its cook</h1>
<p class="article-standfirst">After forty summers the hut below the pass changes hands for one crown</p>
<figure><img src="x.jpg"><figcaption>The hut in July. Photo: Lev Okun</figcaption></figure>
<p>The hut below the pass was sold on Friday to the woman who has cooked in it for forty
summers, its owners’ club said in a statement.</p>
<p>“I was not asked twice,” Britt Aasen told guests on the terrace.
She paid <b>one</b> crown &amp; a bottle of gin,<br>and promised to keep the hut open until 15 September.</p>
<p>Your donation helps our reporters to tell stories like this one.</p>
<p>The club, which has 2,100 members, lost money on the hut in nine of the last ten years,
according to its books, and will now sell two others.</p>
<ul><li>The hut has sixty beds and one stove, which burns wood only.</li>
<li>It stands at 2,340 metres above the sea.</li></ul>
<script>var x = "never";</script>
</article><footer>© 2013 The Meridian</footer></body></html>"""


def read(tmp_path: Path, data: bytes, name: str = "page.html") -> Article | Skipped:
    (tmp_path / name).write_bytes(data)
    (found,) = reading.read([str(tmp_path / name)])
    return found


def parts(article: Article) -> list[tuple[str, str]]:
    return [(p.role, article.text[p.start : p.end]) for p in article.parts]


@pytest.mark.parametrize("charset", ["utf-8", "windows-1252"])
def test_a_page_gives_its_text_in_parts_and_its_metadata(tmp_path: Path, charset: str) -> None:
    article = read(tmp_path, PAGE.format(charset=charset).encode(charset))
    assert isinstance(article, Article)
    assert parts(article)[:3] == [
        ("headline", "Glacier hut sold to its cook"),
        ("standfirst", "After forty summers the hut below the pass changes hands for one crown"),
        ("body", parts(article)[2][1]),
    ]
    assert ("boilerplate", "Your donation helps our reporters to tell stories like this one.") in parts(article)
    assert parts(article)[-1] == ("caption", "The hut in July. Photo: Lev Okun")
    body = [text for role, text in parts(article) if role == "body"]
    assert body[0].endswith("its owners’ club said in a statement.")
    assert (
        body[1]
        == "“I was not asked twice,” Britt Aasen told guests on the terrace. She paid one crown & a bottle of gin,"
    )
    assert "It stands at 2,340 metres above the sea." in body
    assert "never" not in article.text and "World" not in article.text
    assert (article.title, article.outlet, article.url) == (
        "Glacier hut sold to its cook", "The Meridian", "https://meridian.example/hut",
    )  # fmt: skip
    assert article.byline == ("Jane Q. Dovey",)
    assert article.published is not None and article.modified is not None
    assert (article.published.earliest, article.published.basis) == ("2013-08-02T07:45+02:00", "metadata")
    assert article.modified.earliest == "2013-08-03T10:00+00:00"
    assert article.language == "en"


def test_a_page_without_an_article_is_skipped(tmp_path: Path) -> None:
    found = read(tmp_path, b"<html><body><nav><a href='/'>Home</a></nav></body></html>")
    assert isinstance(found, Skipped)
    assert found.reason == "no article text"


@pytest.mark.parametrize(
    "page",
    [
        "<html><body>" + "<div>" * 5000 + "deep" + "</div>" * 5000,
        "<html><body>" + "<p>x</p>" * 150_000,
        "<!DOCTYPE html ["
        + "".join(f'<!ENTITY a{n} "&a{n - 1};&a{n - 1};">' for n in range(1, 40))
        + "]><html><p>&a39;</p></html>",
        "<html><body><p>" + "<b>" * 100_000,
        "<html>",
        "<!doctype html><!--",
    ],
    ids=["deep", "wide", "entities", "unclosed", "empty", "comment"],
)
def test_a_page_made_to_break_readers_is_skipped_or_read_and_never_crashes(tmp_path: Path, page: str) -> None:
    assert isinstance(read(tmp_path, page.encode()), Article | Skipped)


def test_an_entity_that_names_a_file_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("sesame")
    words = "Open the door, he said. " * 9
    page = f'<!DOCTYPE html [<!ENTITY x SYSTEM "file://{tmp_path}/secret">]><html><body><p>{words}&x;</p></body></html>'
    found = read(tmp_path, page.encode())
    assert isinstance(found, Article)
    assert "sesame" not in found.text


def test_a_metadata_date_that_cannot_be_read_is_left_out(tmp_path: Path) -> None:
    page = PAGE.format(charset="utf-8").replace("2013-08-02T07:45:00+02:00", "a fine day in August")
    found = read(tmp_path, page.encode())
    assert isinstance(found, Article)
    assert found.published is None
