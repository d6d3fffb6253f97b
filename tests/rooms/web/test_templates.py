"""A template uses what its page's context has, and nothing else."""

from __future__ import annotations

import dataclasses
import subprocess
import sys

import pytest
from jinja2 import nodes

from onrecord.web.app import ProblemPage
from onrecord.web.context import Page
from onrecord.web.pages.article import ArticlePage
from onrecord.web.pages.comparison import ComparisonPage
from onrecord.web.pages.entry import EntryPage
from onrecord.web.pages.front import FrontPage
from onrecord.web.pages.listing import ListPage
from onrecord.web.pages.party import PartyPage
from onrecord.web.pages.search import SearchPage
from onrecord.web.pages.story import StoryPage
from onrecord.web.rendering import TEMPLATES, Room, environment, seen
from onrecord.web.site_search import SiteSearchPage

PAGES: tuple[type[Page], ...] = (
    ArticlePage, ComparisonPage, EntryPage, FrontPage, ListPage, PartyPage, ProblemPage, SearchPage, SiteSearchPage,
    StoryPage,
)  # fmt: skip


def asked_of(name: str, template: str) -> set[str]:
    """The fields of `name` that a template asks for."""
    tree = environment().parse((TEMPLATES / template).read_text(encoding="utf8"))
    return {
        node.attr
        for node in tree.find_all(nodes.Getattr)
        if isinstance(node.node, nodes.Name) and node.node.name == name
    }


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.__name__)
def test_a_template_asks_for_fields_that_its_context_has(page: type[Page]) -> None:
    assert asked_of("page", page.template) <= {field.name for field in dataclasses.fields(page)}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.__name__)
def test_a_context_has_no_field_that_nothing_shows(page: type[Page]) -> None:
    shown = asked_of("page", page.template) | asked_of("page", "base.html") | asked_of("page", "judgement.html")
    assert {field.name for field in dataclasses.fields(page)} <= shown


@pytest.mark.parametrize("template", sorted(path.name for path in TEMPLATES.glob("*.html")))
def test_templates_ask_the_room_for_what_it_has(template: str) -> None:
    assert asked_of("room", template) <= {field.name for field in dataclasses.fields(Room)}


@pytest.mark.parametrize("template", sorted(path.name for path in TEMPLATES.glob("*.html")))
def test_templates_hold_no_inline_style_or_script(template: str) -> None:
    text = (TEMPLATES / template).read_text(encoding="utf8")
    assert " style=" not in text
    assert "<style" not in text
    assert " on" + "click=" not in text
    assert "<script>" not in text
    assert "|safe" not in text


def test_what_cannot_be_seen_is_named() -> None:
    assert seen("a\u202eb\x00c") == "a[U+202E]b\u2400c"
    assert seen("строка 漁港 سامي") == "строка 漁港 سامي"


def test_the_room_leaves_the_reader_model_alone() -> None:
    code = (
        "import sys, onrecord.web.app, onrecord.web.site;"
        "heavy = ('onnxruntime', 'tokenizers', 'onrecord.language', 'onrecord.pipeline');"
        "print([name for name in heavy if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
