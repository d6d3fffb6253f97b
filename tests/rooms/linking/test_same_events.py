"""One happening told by several articles, and what is said of why."""

from __future__ import annotations

from dataclasses import replace

from gathered import Gathered, day
from onrecord.linking import events
from onrecord.linking.evidence import evidence
from onrecord.linking.tellings import act_of, tellings
from onrecord.model import Corpus, Event, Link, Story


def told_twice(first: str, second: str, triggers: tuple[str, str]) -> tuple[Gathered, Event, Event]:
    """Two articles on a visit of Ordania's president to Velmark, each with one event."""
    made = Gathered()
    one = made.article(first, "Harbour Post", "2031-05-02")
    two = made.article(second, "Lake Herald", "2031-05-03")
    left = made.event(one, triggers[0], "Ordania", "Velmark", when=day("2031-05-02"))
    right = made.event(two, triggers[1], "Ordania", "Velmark", when=day("2031-05-02"))
    return made, left, right


def linked(made: Gathered, story: bool = True) -> tuple[Link, ...]:
    return events.links(made.corpus, (made.story(),) if story else ())


def test_two_outlets_on_one_visit_are_linked_and_the_reason_names_party_and_day() -> None:
    made, left, right = told_twice(
        "The president of Ordania visited Velmark for talks on the ferry line.",
        "Ordania sent its president, who arrived in Velmark to talk of the ferry line.",
        ("visited", "arrived"),
    )
    (link,) = linked(made)
    assert {link.left_id, link.right_id} == {left.id, right.id}
    assert link.left_id < link.right_id
    assert "Ordania, Velmark" in link.explanation
    assert "same day (2 May 2031)" in link.explanation
    assert "articles on one story" in link.explanation


def test_the_same_parties_and_day_are_enough_outside_a_story() -> None:
    made, *_ = told_twice(
        "The president of Ordania visited Velmark.", "Ordania, it said, visited Velmark once.", ("visited", "visited")
    )
    assert len(linked(made, story=False)) == 1


def test_visits_of_two_years_are_two() -> None:
    made, _left, right = told_twice(
        "The president of Ordania visited Velmark.", "Ordania once visited Velmark.", ("visited", "visited")
    )
    made.events[1] = replace(right, when=day("2029-03-01"))
    assert linked(made, story=False) == ()


def test_another_act_between_the_same_parties_is_another_event() -> None:
    made, _left, right = told_twice(
        "The president of Ordania visited Velmark.", "Ordania accused Velmark of dumping nets.", ("visited", "accused")
    )
    made.events[1] = replace(right, type="ACCUSE", plover="ACCUSE", when=None)
    assert linked(made) == ()


def test_other_parties_make_another_event() -> None:
    made = Gathered()
    one = made.article("Ordania accused Velmark of dumping nets in the bay.", "Harbour Post")
    two = made.article("Sorland accused Tarnow of raising the fare for lorries.", "Lake Herald")
    made.event(one, "accused", "Ordania", "Velmark", "ACCUSE")
    made.event(two, "accused", "Sorland", "Tarnow", "ACCUSE")
    assert linked(made) == ()


def test_who_is_named_first_makes_no_difference_where_two_meet() -> None:
    made = Gathered()
    one = made.article("Ordania met Velmark on the quay.", "Harbour Post")
    two = made.article("Velmark held talks with Ordania there.", "Lake Herald")
    made.event(one, "met", "Ordania", "Velmark", when=day("2031-05-02"))
    made.event(two, "held talks", "Velmark", "Ordania", when=day("2031-05-02"))
    assert len(linked(made)) == 1


def test_a_time_that_differs_is_said() -> None:
    made, _left, right = told_twice(
        "The president of Ordania visited Velmark and its ferry yard at Lindow with the engineers.",
        "Ordania, with the engineers, visited Velmark and its ferry yard at Lindow.",
        ("visited", "visited"),
    )
    made.events[1] = replace(right, when=day("2031-05-09"))
    told = tellings(made.corpus, (made.story(),))
    assert evidence(*told)["days_differ"] == 1.0
    text = events.link(made.corpus, *told).explanation
    assert "The times differ (2 May 2031; 9 May 2031)" in text


def test_order_of_arrival_makes_no_difference() -> None:
    made, *_ = told_twice(
        "The president of Ordania visited Velmark.", "Ordania, it said, visited Velmark once.", ("visited", "visited")
    )
    turned = Corpus(**{name: rows for name, rows in made.tables().items() if name != "links"})
    story = Story("s", "", tuple(reversed([row.id for row in made.articles])), None, None, ())
    assert events.links(turned, (story,)) == events.links(made.corpus, (replace(story, id="s"),))


def shot_at_a_bank(places: tuple[str, str], told: tuple[str, str]) -> Gathered:
    """Two articles of no common story on a shooting, each with the town that it names."""
    made = Gathered()
    for place, who, outlet in zip(places, told, ("Harbour Post", "Lake Herald"), strict=True):
        source = made.article(f"A guard shot {who} at a bank in {place}.", outlet)
        made.mention(source, place, place, "place")
        made.event(source, "shot", "guard", who, "ASSAULT")
    return made


def test_articles_of_two_stories_that_name_nobody_in_common_speak_against_one_event() -> None:
    apart = shot_at_a_bank(("Lindow", "Tarnow"), ("robber", "robber"))
    together = shot_at_a_bank(("Lindow", "Lindow"), ("robber", "robber"))
    assert evidence(*tellings(apart.corpus, ()))["strangers"] == 1.0
    assert evidence(*tellings(together.corpus, ()))["strangers"] == 0.0
    assert "strangers" not in evidence(*tellings(apart.corpus, (apart.story(),)))


def test_the_same_number_of_people_speaks_for_one_event_and_another_against() -> None:
    alike = evidence(*tellings(shot_at_a_bank(("Lindow", "Lindow"), ("two clerks", "two tellers")).corpus, ()))
    other = evidence(*tellings(shot_at_a_bank(("Lindow", "Lindow"), ("two clerks", "four clerks")).corpus, ()))
    assert alike["numbers_same"] == 1.0 and "numbers_differ" not in alike
    assert other["numbers_differ"] == 1.0 and "numbers_same" not in other


def test_synonyms_name_one_act_and_light_verbs_none() -> None:
    assert act_of("held talks")[0] == act_of("met")[0] == "meet"
    assert act_of("signed a memorandum")[0] == "sign"
    assert act_of("stepped down")[0] == act_of("resignation")[0] == "resign"
    assert act_of("shot")[0] != act_of("killed")[0] == act_of("gunned down")[0]
    assert act_of("called on")[0] == act_of("urged")[0] != act_of("called")[0]
    assert act_of("dredged") == ("dredg", "dredg")


def test_a_story_that_very_many_tell_is_still_linked() -> None:
    made = Gathered()
    for number in range(120):
        one = made.article(f"In bulletin {number} the president of Ordania visited Velmark.", f"Outlet {number}")
        made.event(one, "visited", "Ordania", "Velmark", when=day("2031-05-02"))
    found = linked(made)
    together = {key for link in found for key in (link.left_id, link.right_id)}
    assert len(together) == 120
    assert len(found) < 120 * 10
