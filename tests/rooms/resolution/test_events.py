"""Events, occasions and commitments joined to the parties, times and statements of their article."""

from __future__ import annotations

from onrecord.extraction import commitments, events, occasions, statements, times
from onrecord.language.analysis import Analysis
from onrecord.model import Commitment, Event, LocalOccasion, Statement, entry_id
from onrecord.resolution import events as resolution
from onrecord.resolution import parties, speakers, when
from onrecord.resolution.cast import Cast
from reading_aloud import analysis_of, needs_reader

pytestmark = needs_reader
DAY = "2012-06-14"
"""A Thursday."""


def joined(text: str) -> tuple[Cast, tuple[Event, ...], tuple[LocalOccasion, ...], tuple[Commitment, ...]]:
    """The cast, events, occasions and commitments of a text published on the day above."""
    analysis = analysis_of(text, DAY)
    cast = parties.cast_of(analysis)
    dated = when.resolve(analysis.article, tuple(times.extract(analysis)))
    said = spoken(analysis, cast, dated)
    held = resolution.attach_occasions(analysis, tuple(occasions.extract(analysis)), cast, dated)
    happened = resolution.attach(analysis, tuple(events.extract(analysis)), cast, dated, said, held)
    promised = tuple(commitments.extract(analysis))
    return cast, happened, held, resolution.attach_commitments(analysis, promised, cast, dated, said)


def spoken(analysis: Analysis, cast: Cast, dated: tuple[object, ...]) -> tuple[Statement, ...]:
    return speakers.resolve(analysis, tuple(statements.extract(analysis)), cast, dated)  # type: ignore[arg-type]


def names(cast: Cast, keys: tuple[str, ...]) -> set[str]:
    return {cast.party(key).name for key in keys}


def test_parties_are_local_keys() -> None:
    cast, (event,), _, _ = joined("Norway sent medicine to Kenya on Monday.")
    assert names(cast, event.actor_ids) == {"Norway"}
    assert names(cast, event.recipient_ids) == {"Kenya"}


def test_a_time_on_the_verb_is_its_time() -> None:
    _, (event,), _, _ = joined("Norway sent medicine to Kenya on Monday.")
    assert event.when is not None
    assert (event.when.earliest, event.when.latest) == ("2012-06-11", "2012-06-11")


def test_no_time_is_invented() -> None:
    _, (event,), _, _ = joined("Norway sent medicine to Kenya.")
    assert event.when is None


def test_the_place_of_a_visit_is_where_it_goes() -> None:
    cast, found, _, _ = joined("President Samuel Okafor visited Norway in May.")
    visit = next(e for e in found if e.mode == "visit")
    assert visit.place_id is not None
    assert cast.party(visit.place_id).name == "Norway"


def test_a_pronoun_that_nobody_knows_is_no_actor() -> None:
    _, found, _, _ = joined("They sent medicine to Kenya.")
    assert found == ()


def test_a_telling_repeated_is_one_event_with_more_triggers() -> None:
    text = (
        "President Samuel Okafor visited Norway on Monday. The farmers were pleased. "
        "Okafor's visit to Norway was short. President Okafor last visited Norway on Monday, officials said."
    )
    _, found, _, _ = joined(text)
    visits = [e for e in found if e.mode == "visit"]
    assert len(visits) == 1
    assert len(visits[0].triggers) == 3
    assert visits[0].triggers[0].of(text) == "visited"


def test_another_recipient_is_another_event() -> None:
    _, found, _, _ = joined("Norway sent medicine to Kenya. Norway sent medicine to Peru.")
    assert len(found) == 2


def test_what_is_planned_is_not_what_happened() -> None:
    _, found, _, _ = joined("President Okafor visited Norway in May. President Okafor will visit Norway again.")
    assert sorted(e.status for e in found if e.mode == "visit") == ["happened", "planned"]


def test_ids_name_the_triggers() -> None:
    _, (event,), _, _ = joined("Norway sent medicine to Kenya.")
    assert event.id == entry_id("event", event.article_id, *event.triggers, extra=f"{event.type} {event.mode}")


def test_a_speaker_asserts_what_stands_in_the_words() -> None:
    text = 'Ana Ruiz arrived late. "Norway sent medicine to Kenya," Ana Ruiz said on Monday.'
    _, found, _, _ = joined(text)
    sent = next(e for e in found if e.type == "AID")
    assert sent.asserted_by != "outlet"


def test_the_outlet_asserts_the_rest() -> None:
    _, (event,), _, _ = joined("Norway sent medicine to Kenya.")
    assert event.asserted_by == "outlet"


def test_the_speaker_is_i() -> None:
    text = '"I met Chancellor Helga Lindgren in Bern," said Ana Ruiz.'
    cast, found, _, _ = joined(text)
    met = next(e for e in found if "met" in e.triggers[0].of(text))
    assert names(cast, met.actor_ids) == {"Ana Ruiz"}


def test_a_commitment_has_a_maker_and_a_day() -> None:
    cast, _, _, found = joined("Ana Ruiz promised to publish the report in October 2013.")
    assert [c.what for c in found] == ["publish the report in October 2013"]
    assert names(cast, found[0].who_ids) == {"Ana Ruiz"}
    assert found[0].due is not None
    assert found[0].due.earliest == "2013-10-01"


def test_a_commitment_of_nobody_known_is_none() -> None:
    assert joined("They promised to publish the report.")[3] == ()


def test_an_occasion_knows_where_and_when_it_is_held() -> None:
    cast, _, held, _ = joined("The ninth Northern Economic Forum will be held in Norway in early September.")
    assert [o.ordinal for o in held] == [9]
    assert held[0].place_key is not None
    assert cast.party(held[0].place_key).name == "Norway"
    assert held[0].when is not None
    assert held[0].when.earliest == "2012-09-01"


def test_an_event_at_an_occasion_names_it() -> None:
    text = "President Samuel Okafor attended the 12th Andean Trade Fair on Monday."
    _, found, held, _ = joined(text)
    assert [e.occasion_id for e in found] == [held[0].key]


def test_a_state_visit_knows_its_visitor() -> None:
    cast, _, held, _ = joined("President Samuel Okafor is on a state visit to Norway.")
    assert held[0].kind == "state_visit"
    assert names(cast, held[0].party_keys) == {"Samuel Okafor"}
    assert held[0].place_key is not None
    assert cast.party(held[0].place_key).name == "Norway"


def time_of_act(text: str, act: str) -> str | None:
    """The first day of the event of one type in a text."""
    when = next(e for e in joined(text)[1] if e.type == act).when
    return when.earliest if when is not None else None


def test_of_two_times_the_one_of_the_act_is_taken() -> None:
    text = (
        "President Samuel Okafor, who has been in office since February 1, is to fly to Helsinki next week for talks."
    )
    assert time_of_act(text, "CONSULT") == "2012-06-18"


def test_a_time_right_before_a_verb_is_the_verbs() -> None:
    text = "The police team investigating the fire on Tuesday arrested two students."
    assert time_of_act(text, "COERCE") == "2012-06-12"
    assert time_of_act(text, "ACCUSE") is None


def test_the_time_of_a_happening_that_is_only_spoken_of_is_not_taken() -> None:
    text = "Norway sent troops to Kenya in response to the attacks on May 3, 2011."
    assert time_of_act(text, "MOBILIZE") is None


def test_what_happened_is_not_still_to_come() -> None:
    text = "Ana Ruiz has invited the Kenyan minister to a ceremony in Lima on June 28."
    assert time_of_act(text, "REQUEST") is None


def test_tellings_of_days_that_nobody_can_date_stay_apart() -> None:
    text = "President Samuel Okafor met Ana Ruiz on one of his trips. In November 2011, Okafor met Ana Ruiz in Bern."
    met = [e for e in joined(text)[1] if e.type == "CONSULT"]
    assert [e.when.earliest for e in met if e.when is not None] == ["2011-11-01"]


def test_one_act_told_in_headline_and_text_without_a_recipient_is_one() -> None:
    text = "President Samuel Okafor resigned on Monday. Okafor resigned after nine years."
    (event,) = joined(text)[1]
    assert len(event.triggers) == 2


def test_a_decision_that_is_only_told_is_no_commitment() -> None:
    assert joined("President Samuel Okafor decided to publish the report.")[3] == ()
    assert joined("President Samuel Okafor has decided to publish the report.")[3] != ()
    assert joined("President Samuel Okafor decided to publish the report by October 2013.")[3] != ()


def test_the_one_asked_is_no_actor_of_the_asking() -> None:
    cast, found, _, _ = joined("Senator Ana Ruiz said that Norway must publish the report.")
    event = next(e for e in found if e.type == "REQUEST")
    assert (names(cast, event.actor_ids), names(cast, event.recipient_ids)) == ({"Ana Ruiz"}, {"Norway"})
