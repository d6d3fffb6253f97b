"""Stories: which articles are on one happening, and what a story's row says."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import pytest

from onrecord.linking import copies
from onrecord.linking.clusters import Settings, cluster_profiles, days_between
from onrecord.linking.neighbours import BLOCK_CAP, neighbours
from onrecord.linking.profiles import Profile, profiles, unit
from onrecord.linking.stems import common_use, forget, own_stems, own_text, own_words, stem, words_in
from onrecord.linking.stories import cluster
from onrecord.model import Article, Corpus, Mention, Party, Time, entry_id
from texts_by_hand import article, corpus_of, day, mention_of, party, passage_of

FLOOD = (
    "The river Orlo broke through the dyke at Hallstrup before dawn on Tuesday, and two hundred people were taken to a"
    " school on higher ground. Mayor Signe Dahl said that the pumps had failed because the diesel was stolen. Sandbags"
    " from the army were on their way, and the railway to the coast stayed shut.",
    "Hallstrup is under water. The dyke along the Orlo gave way in the night, the pumps stood still for want of diesel,"
    " and families slept in the school gymnasium. Signe Dahl, the mayor, asked the army for sandbags and boats. Nobody"
    " has drowned, but the railway will need weeks.",
    "Who stole the diesel? Police in Hallstrup are looking for whoever emptied the tanks of the pumps a day before the"
    " dyke broke and the Orlo flooded half the town. Mayor Dahl spoke of sabotage; soldiers with sandbags spoke of"
    " neglect. The school is still full of evacuated families.",
)
STRIKE = (
    "Bakers in the three northern counties laid down work on Wednesday over the price of flour and the length of the"
    " night shift. Their union, led by Anton Rehn, wants ovens to stay cold until the mills talk. Queues formed at the"
    " few shops that import bread, and a loaf cost twice what it did.",
    "The flour dispute has reached the breakfast table. With the bakers on strike for a second day and the mills"
    " unwilling to talk about prices or night shifts, Anton Rehn of the bakers' union told members to keep the ovens"
    " cold. Imported loaves were gone by eight.",
)
OTHER_FLOOD = (
    "A cloudburst filled the underpass at Vennby on Friday and swept eleven cars against the wall of the brewery. The"
    " fire brigade pumped for six hours. Councillor Ole Brandt said that the drains had been laid for a village.",
)


def dated(texts: tuple[str, ...], name: str, first: int) -> list[Article]:
    return [article(text, f"{name}{n}.txt", f"1998-06-{first + n:02d}") for n, text in enumerate(texts)]


MIXED = dated(FLOOD, "flood", 3) + dated(STRIKE, "strike", 4) + dated(OTHER_FLOOD, "other", 6)


def grouped(articles: list[Article], **tables: list[object]) -> list[list[str]]:
    """The origins of each story's articles."""
    corpus = corpus_of(articles, **tables)
    found = cluster(corpus, copies.links(corpus))
    return sorted(sorted(corpus.article[key].origin for key in story.article_ids) for story in found)


def test_articles_on_one_happening_over_days_are_a_story_and_an_article_alone_is_none() -> None:
    assert grouped(MIXED) == [["flood0.txt", "flood1.txt", "flood2.txt"], ["strike0.txt", "strike1.txt"]]


def test_undated_articles_join_by_their_words() -> None:
    undated = [replace(one, published=None) if one.origin in ("flood1.txt", "strike0.txt") else one for one in MIXED]
    assert grouped(undated) == grouped(MIXED)


def test_the_same_words_a_year_later_are_another_happening() -> None:
    later = article(FLOOD[1], "again.txt", "1999-06-04")
    first = article(FLOOD[0], "flood0.txt", "1998-06-03")
    assert grouped([first, later]) == []
    assert grouped([first, replace(later, published=day("1998-06-04"))]) == [["again.txt", "flood0.txt"]]


def test_the_stories_are_the_same_in_whatever_order_the_articles_come() -> None:
    wanted = cluster(corpus_of(MIXED), ())
    for order in list(permutations(range(len(MIXED))))[::97]:
        assert cluster(corpus_of([MIXED[at] for at in order]), ()) == wanted


def test_two_versions_of_one_article_are_no_story() -> None:
    one = article(FLOOD[0], "same.txt", "1998-06-03")
    assert grouped([one, article(f"{FLOOD[0]} Corrected.", "same.txt", "1998-06-03")]) == []


def test_a_copy_is_in_the_story_of_what_it_copies_whatever_else_it_says() -> None:
    padding = " ".join(OTHER_FLOOD)
    source = article(FLOOD[0], "source.txt", "1998-06-03")
    copy = article(f"{padding}\n\n{FLOOD[0]}", "copy.txt", "1998-06-30")
    assert grouped([source, copy]) == [["copy.txt", "source.txt"]]


def test_shared_parties_bring_articles_of_other_words_together() -> None:
    texts = (
        "Aksel Thorup and Mirjam Oke met over soup. Nothing was signed, and the cook was thanked.",
        "No paper came of it when Mirjam Oke received Aksel Thorup, an aide shrugged afterwards.",
        "A ferry ran aground in fog, and a retired dentist from the islands painted it as it lay there.",
    )
    articles = [article(text, f"{n}.txt", "1998-06-03") for n, text in enumerate(texts)]
    people = [party("Aksel Thorup"), party("Mirjam Oke")]
    mentions: list[object] = [mention_of(one, whom) for one in articles[:2] for whom in people]
    assert grouped(articles, parties=list(people), mentions=mentions) == [["0.txt", "1.txt"]]


# ------------------------------------------------------------ the row
def story_of_the_flood() -> tuple[Corpus, Party, Party]:
    """Three articles that name the mayor, the town and a day."""
    titles = ("Dyke breaks at Hallstrup", None, "Who stole the diesel?")
    articles = [article(text, f"flood{n}.txt", f"1998-06-{3 + n:02d}", title=titles[n]) for n, text in enumerate(FLOOD)]
    mayor, town = party("Dahl"), party("Hallstrup", "place")
    mentions: list[Mention] = [mention_of(one, whom) for one in articles for whom in (mayor, town)]
    times = [
        Time(entry_id("time", one.id, place), one.id, place, replace(broke, text=place.of(one.text)), "hand/1", None)
        for one, words in ((articles[0], "Tuesday"), (articles[2], "a day"))
        for place in (passage_of(one, words),)
        for broke in (day("1998-06-02"),)
        if broke is not None
    ]
    return corpus_of(articles, parties=[mayor, town], mentions=mentions, times=times), mayor, town


def test_a_story_says_when_where_who_and_is_named_by_a_headline() -> None:
    corpus, mayor, town = story_of_the_flood()
    (story,) = cluster(corpus, ())
    assert story.title in ("Dyke breaks at Hallstrup", "Who stole the diesel?")
    assert (story.place_id, story.party_ids) == (town.id, (mayor.id,))
    assert story.when is not None
    assert (story.when.earliest, story.when.latest, story.when.basis) == ("1998-06-02", "1998-06-02", "inferred")


def test_a_story_whose_articles_name_no_day_is_dated_by_publication() -> None:
    story = next(found for found in cluster(corpus_of(MIXED), ()) if len(found.article_ids) == 3)
    assert story.when is not None
    assert (story.when.earliest, story.when.latest) == ("1998-06-03", "1998-06-05")


# ------------------------------------------------------------ the parts
def profile(name: str, words: dict[str, float], published: int | None = 100) -> Profile:
    return Profile(name, unit(words), {}, None if published is None else (published, published), frozenset())


def test_average_linkage_keeps_a_bridge_from_joining_two_stories() -> None:
    left = [profile(f"a{n}", {"a": 5, f"x{n}": 1}) for n in range(3)]
    right = [profile(f"b{n}", {"b": 5, f"y{n}": 1}) for n in range(3)]
    bridge = profile("c", {"a": 3, "b": 2.9})
    found = [*left, *right, bridge]
    pairs = {(i, j): 0.0 for i in range(7) for j in range(i + 1, 7)}
    groups = cluster_profiles(found, pairs, Settings(names=0.0, threshold=0.5))
    assert groups == [[0, 1, 2, 6], [3, 4, 5]]


def test_pairs_of_words_that_too_many_articles_have_are_split_by_time_and_counted() -> None:
    near = [profile(f"a{n:03d}", {"flood": 1.0}, published=100 + n) for n in range(BLOCK_CAP + 1)]
    found = neighbours(near)
    assert (found.split, found.left_out) == (1, 0)
    assert not any(abs(near[a].published[0] - near[b].published[0]) > 28 for a, b in found.pairs)  # type: ignore[index]
    crowded = [profile(f"a{n:03d}", {"flood": 1.0}) for n in range(300)]
    assert neighbours(crowded).left_out == 2


def test_articles_weeks_apart_are_no_story_however_alike_they_are_unless_one_is_copied() -> None:
    found = [Profile(f"{day}", {"flood": 1.0}, {}, (day, day), frozenset()) for day in (100, 110, 125)]
    apart = {(0, 1): 0.0, (1, 2): 0.0, (0, 2): 0.0}
    assert cluster_profiles(found, apart, Settings(names=0.0)) == [[0, 1], [2]]
    assert cluster_profiles(found, {**apart, (1, 2): 1.0}, Settings(names=0.0)) == [[0], [1, 2]]


def test_the_words_kept_for_an_article_are_those_of_the_parts_that_tell_what_it_is_on() -> None:
    one = MIXED[0]
    stretches = own_text(one)
    assert stretches and own_words(one) == words_in(one.text, stretches)
    assert list(own_stems(one)) == own_words(one).stems
    forget()
    assert list(own_stems(one)) == own_words(one).stems


def test_the_days_between_groups_lie_between_those_of_the_nearest_and_of_the_middles() -> None:
    assert days_between([(10, 10)], [(13, 13)]) == 3
    assert days_between([(1, 1), (10, 10)], [(10, 10)]) == pytest.approx(2.25)
    assert days_between([(1, 20)], [(5, 6)]) == pytest.approx(2.5)


def test_rare_words_weigh_more_than_common_ones_in_a_record_of_one_article() -> None:
    (found,) = profiles(corpus_of([article(FLOOD[0], "one.txt", "1998-06-03")]))
    assert found.words[stem("dyke")] > found.words.get(stem("people"), 0.0)
    assert stem("the") not in found.words
    assert common_use().rarity("the") < 0.1 < common_use().rarity("dyke")


@pytest.mark.parametrize(
    ("words", "stems"),
    [
        ("visits visited visiting", ["visit"] * 3),
        ("U.S. US 40,000 4.5 5% don’t", ["us", "us", "40,000", "4.5", "5", "%", "don't"]),
        ("Countries’ country's", ["country", "country"]),
    ],
)
def test_stems(words: str, stems: list[str]) -> None:
    assert words_in(words, [(0, len(words))]).stems == stems
