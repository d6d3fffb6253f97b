"""What articles together tell: no cap is hidden, and linking leaves the interpreter as it found it."""

from __future__ import annotations

import gc

import pytest

from onrecord.linking.blocks import Capped
from onrecord.linking.people import BLOCK_CAP, join_people
from onrecord.linking.shingles import BLOCK_CAP as ARTICLES_CAP
from onrecord.linking.sightings import Local
from onrecord.model import Corpus, LocalParty
from onrecord.pipeline.across import link_and_compare, uncollected
from texts_by_hand import article, corpus_of

NOTICE = "Readers may write to the editor of this page at the mill house on the old canal quay."


def alike(count: int) -> Corpus:
    """Articles that share one sentence and nothing else."""
    return corpus_of([article(f"{NOTICE} Number {at} has {at * 7} pears.", f"{at}.txt") for at in range(count)])


def test_a_run_of_words_in_more_articles_than_are_compared_is_reported() -> None:
    told = dict(link_and_compare(alike(ARTICLES_CAP + 1)).capped)
    assert told["copies"] > 0


def test_nothing_is_reported_where_everything_was_compared() -> None:
    assert link_and_compare(alike(5)).capped == ()


def test_a_surname_of_more_persons_than_are_compared_is_reported() -> None:
    letters = "abcdefghijklmnopqrstuvwxyz"
    names = [f"An{one}{two} Holm" for one in letters for two in letters][: 2 * BLOCK_CAP]
    parties = [LocalParty(f"#{at}", name, "person", None, (), ()) for at, name in enumerate(names)]
    locals_ = [Local(f"{at}", None, party, None) for at, party in enumerate(parties)]
    capped, few = Capped(), Capped()
    join_people(locals_, capped)
    join_people(locals_[:20], few)
    assert capped == {"people": 1} and not few


@pytest.mark.parametrize("was", [True, False])
def test_unused_objects_are_looked_for_again_after_an_error(was: bool) -> None:
    before = gc.isenabled()
    (gc.enable if was else gc.disable)()
    try:
        with pytest.raises(ZeroDivisionError), uncollected():
            assert not gc.isenabled()
            raise ZeroDivisionError
        assert gc.isenabled() is was
    finally:
        (gc.enable if before else gc.disable)()
