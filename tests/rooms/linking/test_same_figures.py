"""One quantity given by several articles, and what makes two figures no contradiction."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from gathered import Gathered, day
from handmade import at
from onrecord.linking import figures
from onrecord.model import Amount, Article, Figure, Link, When, entry_id

YEARS = {year: When(year, f"{year}-01-01", f"{year}-12-31", "year", None, "stated") for year in ("2029", "2030")}


def figure(made: Gathered, source: Article, words: str, amount: Amount, of_what: str, **more: Any) -> Figure:
    place = at(source.text, words)
    row = Figure(
        entry_id("figure", source.id, place), source.id, place, words, amount, of_what, of_what.split()[-1], (), None,
        "value", None, None, None, "figures/1", None,
    )  # fmt: skip
    made.figures.append(replace(row, **more))
    return made.figures[-1]


def exact(number: str, unit: str) -> Amount:
    return Amount(number, number, "exact", unit)


def two(first: tuple[str, Amount], second: tuple[str, Amount], of_what: str = "frozen herring") -> Gathered:
    """Two articles that each give one figure on what Velmark shipped."""
    made = Gathered()
    for words, amount in (first, second):
        one = made.article(f"Velmark shipped {words} of frozen herring to Ordania, its port said.", None)
        figure(made, one, words, amount, of_what, subject_ids=(made.party("Velmark", "state").id,))
    return made


def linked(made: Gathered, story: bool = True) -> tuple[Link, ...]:
    return figures.links(made.corpus, (made.story(),) if story else ())


def test_two_numbers_for_one_cargo_are_linked_and_both_are_quoted() -> None:
    made = two(("40,000 tonnes", exact("40000", "t")), ("41,500 tonnes", exact("41500", "t")))
    (link,) = linked(made)
    assert link.changed == ()
    assert "“40,000 tonnes”" in link.explanation and "“41,500 tonnes”" in link.explanation
    assert "both of Velmark" in link.explanation


def test_other_units_of_one_kind_are_compared_and_the_unit_is_told() -> None:
    made = two(("40 tonnes", exact("40", "t")), ("40,000 kilos", exact("40000", "kg")))
    (link,) = linked(made)
    assert link.changed in (("unit: t / kg",), ("unit: kg / t",))


def test_tonnes_are_never_compared_with_money() -> None:
    assert linked(two(("40 tonnes", exact("40", "t")), ("40 dollars", exact("40", "USD")))) == ()


def test_another_period_is_told_and_not_hidden() -> None:
    made = two(("40,000 tonnes", exact("40000", "t")), ("52,000 tonnes", exact("52000", "t")))
    made.figures = [replace(row, when=YEARS[year]) for row, year in zip(made.figures, YEARS, strict=True)]
    (link,) = linked(made)
    assert [change.partition(":")[0] for change in link.changed] == ["period"]
    assert "other periods" in link.explanation


def test_a_change_is_not_the_level() -> None:
    made = two(("40 percent", exact("40", "%")), ("42 percent", exact("42", "%")))
    made.figures[1] = replace(made.figures[1], role="change")
    assert linked(made) == ()


def test_numbers_that_one_sentence_counts_up_are_two_quantities() -> None:
    made = Gathered()
    one = made.article("The ferry carried 300 passengers out and 280 passengers back.", None)
    figure(made, one, "300 passengers", exact("300", "passenger"), "passengers")
    figure(made, one, "280 passengers", exact("280", "passenger"), "passengers")
    assert linked(made) == ()


def test_one_article_that_gives_two_numbers_for_one_thing_is_caught() -> None:
    made = Gathered()
    velmark = (made.party("Velmark", "state").id,)
    one = made.article(
        "Velmark shipped 40,000 tonnes of frozen herring to Ordania in spring. The mayor was pleased.\n"
        "In spring Velmark shipped only 31,000 tonnes of frozen herring to Ordania.",
        None,
    )
    figure(made, one, "40,000 tonnes", exact("40000", "t"), "frozen herring", subject_ids=velmark)
    figure(made, one, "31,000 tonnes", exact("31000", "t"), "frozen herring", subject_ids=velmark)
    assert len(linked(made, story=False)) == 1


def test_ages_of_two_persons_are_two_figures() -> None:
    made = Gathered()
    for who, words, years in (("Ilse Varga", "46", "46"), ("Tomas Reyle", "49", "49")):
        one = made.article(f"{who}, {words}, said that the ferry would run again from May.", None)
        subject = (made.party(who, "person").id,)
        figure(made, one, words, exact(years, "a"), "age", subject_ids=subject)
    assert linked(made) == ()


def test_shares_in_a_list_are_told_apart_by_value() -> None:
    made = Gathered()
    for order in ((("21 percent", "21"), ("17 percent", "17")), (("17 percent", "17"), ("21 percent", "21"))):
        words = " and ".join(words for words, _ in order)
        one = made.article(f"In the poll on the ferry of Lindow the mayor and her rival got {words}.", None)
        for said, number in order:
            row = figure(made, one, said, exact(number, "%"), "x")
            made.figures[-1] = replace(row, of_what=None, of_what_head=None)
    found = {row.id: row for row in made.figures}
    assert len(linked(made)) == 2
    assert all(found[link.left_id].amount == found[link.right_id].amount for link in linked(made))


def test_a_day_alone_is_no_period() -> None:
    made = two(("40,000 tonnes", exact("40000", "t")), ("40,000 tonnes", exact("40000", "t")))
    made.figures[0] = replace(made.figures[0], when=day("2031-05-02"))
    (link,) = linked(made)
    assert link.changed == () and "one value" in link.explanation


def test_an_age_told_of_other_years_is_no_second_answer() -> None:
    made = Gathered()
    varga = (made.party("Ilse Varga", "person").id,)
    one = made.article("Ilse Varga is 46 and runs the ferry.\nShe was 15 when she first rowed to Velmark.", None)
    figure(made, one, "46", exact("46", "a"), "age", subject_ids=varga)
    figure(made, one, "15", exact("15", "a"), "age", subject_ids=varga)
    assert linked(made) == ()


def test_two_numbers_in_two_stories_are_of_two_times_unless_both_say_which() -> None:
    made = two(("40,000 tonnes", exact("40000", "t")), ("41,500 tonnes", exact("41500", "t")))
    assert linked(made, story=False) == ()
    made.figures = [replace(row, when=YEARS["2030"]) for row in made.figures]
    assert len(linked(made, story=False)) == 1


def bare(made: Gathered, text: str, *figures_of: tuple[str, Amount]) -> list[Figure]:
    """An article with figures of which nobody says what they measure."""
    one = made.article(text, None)
    found = []
    for words, amount in figures_of:
        row = figure(made, one, words, amount, "x")
        made.figures[-1] = replace(row, of_what=None, of_what_head=None)
        found.append(made.figures[-1])
    return found


def values(made: Gathered, link: Link) -> set[str]:
    return {row.text for row in made.figures if row.id in (link.left_id, link.right_id)}


def test_two_sums_beside_the_same_words_are_one_sum_though_neither_is_named() -> None:
    made = Gathered()
    bare(
        made,
        "The mayor spent $4,310.20 at the Heron Cove lodge, $900.00 on oysters and $77.50 on hats.",
        ("$4,310.20", exact("4310.20", "USD")), ("$900.00", exact("900", "USD")), ("$77.50", exact("77.50", "USD")),
    )  # fmt: skip
    bare(
        made,
        "Among his bills are a $4,130.20 holiday at the Heron Cove lodge and $77.50 for hats, the mayor was told.",
        ("$4,130.20", exact("4130.20", "USD")), ("$77.50", exact("77.50", "USD")),
    )  # fmt: skip
    found = [values(made, link) for link in linked(made)]
    assert {"$4,310.20", "$4,130.20"} in found
    assert {"$77.50"} in found
    assert all({"$900.00"} & one == set() for one in found)


def test_amounts_of_which_one_article_gives_both_are_of_two_things() -> None:
    made = Gathered()
    bare(
        made,
        "The guild paid $500,000 for time on the air in Lindow and Marsk, and $800,000 in Ordania.",
        ("$500,000", exact("500000", "USD")), ("$800,000", exact("800000", "USD")),
    )  # fmt: skip
    bare(
        made,
        "The guild paid $800,000 for time on the air in Lindow and Marsk.",
        ("$800,000", exact("800000", "USD")),
    )
    assert all(len(values(made, link)) == 1 for link in linked(made))


def test_the_dead_are_not_the_hurt() -> None:
    made = Gathered()
    of = (("61 people", exact("61", "person")), "people")
    one = made.article("The fire at the Marsk cannery killed 61 people, the governor said.", None)
    figure(made, one, *of[0], of[1])
    two_ = made.article("The fire at the Marsk cannery injured 64 people, the governor said.", None)
    figure(made, two_, "64 people", exact("64", "person"), "people")
    assert linked(made) == ()
    made = Gathered()
    one = made.article("The fire at the Marsk cannery killed 61 people, the governor said.", None)
    figure(made, one, *of[0], of[1])
    two_ = made.article("In the fire at the Marsk cannery 64 people died, the governor said.", None)
    figure(made, two_, "64 people", exact("64", "person"), "people")
    assert len(linked(made)) == 1


def test_nouns_for_one_thing_are_one_thing() -> None:
    made = Gathered()
    for words, unit, number in (("7,000 soldiers", "soldier", "7000"), ("7,400 troops", "troops", "7400")):
        one = made.article(f"Velmark will withdraw {words} from the islands of Ordania by summer.", None)
        figure(made, one, words, exact(number, unit), words.split()[1])
    (link,) = linked(made)
    assert link.changed == ()


def test_one_large_number_of_things_told_alike_is_one_under_two_names() -> None:
    made = Gathered()
    for words, unit in (("nearly 90 professors", "professor"), ("nearly 90 members", "member")):
        one = made.article(f"A letter signed by {words} of the Lindow faculty asked the guild to wait.", None)
        figure(made, one, words, Amount("90", "90", "about", unit), words.split()[-1])
    assert len(linked(made)) == 1
    made = Gathered()
    for words, unit in (("two professors", "professor"), ("two ferries", "ferry")):
        one = made.article(f"The guild of Lindow sent {words} and waited; more is not known of the matter.", None)
        figure(made, one, words, exact("2", unit), words.split()[-1])
    apart = made.article("Two herons sat on the roof, and the choir of the railway sang of two rivers.", None)
    figure(made, apart, "two rivers", exact("2", "river"), "rivers")
    found = {row.id: row.text for row in made.figures}
    assert all("two rivers" not in (found[link.left_id], found[link.right_id]) for link in linked(made))
