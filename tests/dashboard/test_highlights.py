"""Which results stand on one sheet: what stands out first, each section in turn, and what cannot be compared."""

from __future__ import annotations

from dashboard.release import Level, Span, Status
from dashboard.views.highlights import choose_changes, choose_missing, choose_said
from tests.dashboard.profiles import DEVON, SOUTH_WEST, comparison, group, item, measure, trend

HERE, REGION = "QJK", SOUTH_WEST


def test_of_the_groups_clearly_missing_those_of_most_holders_come_first() -> None:
    groups = [
        group("of everyone", missing=90, benchmark_of="population"),
        group("may be chance", missing=50, high=7),
        group("few", missing=5),
        group("many", missing=25),
        group("hidden", status=Status.SUPPRESSED),
        group("some", missing=10),
    ]
    assert [found.label for found in choose_missing(groups)] == ["many", "some", "few"]
    assert [found.label for found in choose_missing(groups, at_most=9)][-1] == "of everyone"


def test_what_stands_out_comes_first_the_widest_before_others_and_the_area_before_its_region() -> None:
    items = [item(name) for name in ("one", "two", "three", "four")]
    measures = [measure("one"), measure("two"), measure("three")]
    measures += [
        measure("four", status=Status.TOO_FEW, nearest_safe=f"pooled:region:{REGION}"),
        measure("four", REGION),
    ]
    comparisons = [
        comparison("two", points=12),
        comparison("three", points=-30),
        comparison("four", REGION, points=-40),
        comparison("one", points=50, worth_a_look=False),
    ]
    found = choose_said(items, measures, comparisons, DEVON, Span.POOLED)
    assert [(said.item.id, said.stands_out) for said in found] == [
        ("three", True),
        ("two", True),
        ("four", True),
        ("one", False),
    ]


def test_each_section_has_its_turn_and_the_area_goes_before_others() -> None:
    items = [item("a1", "A"), item("a2", "A"), item("b1", "B"), item("c1", "C"), item("c2", "C"), item("d1", "D")]
    elsewhere = f"pooled:region:{REGION}"
    measures = [
        *(measure(name) for name in ("a2", "b1", "c1", "c2")),
        *(measure(name, status=Status.TOO_FEW, nearest_safe=elsewhere) for name in ("a1", "d1")),
        *(measure(name, REGION) for name in ("a1", "d1")),
    ]
    found = choose_said(items, measures, [], DEVON, Span.POOLED)
    assert [(said.item.id, said.measure.area) for said in found] == [
        ("a2", HERE),
        ("b1", HERE),
        ("c1", HERE),
        ("d1", REGION),
        ("c2", HERE),
    ]


def test_what_is_hidden_is_taken_from_the_nearest_place_and_years_that_are_safe_or_left_out() -> None:
    items = [item("one"), item("two"), item("three"), item("no_measure", measure=None)]
    measures = [
        measure("one", status=Status.SUPPRESSED, nearest_safe="wave:england:england"),
        measure("one", "england", span=Span.WAVE, share=64),
        measure("two", status=Status.TOO_FEW),
        measure("three", status=Status.TOO_FEW, nearest_safe="pooled:region:south-west"),
        measure("three", REGION, status=Status.SUPPRESSED),
        measure("no_measure"),
    ]
    (found,) = choose_said(items, measures, [comparison("one", "england", points=9)], DEVON, Span.POOLED)
    assert (found.item.id, found.measure.share, found.measure.span) == ("one", 64, Span.WAVE)
    assert found.comparison is None, "comparisons are of other years"


def test_changes_that_stand_out_are_named_once_where_they_are_largest() -> None:
    items = [item("one"), item("two"), item("three"), item("four"), item("five")]
    points = {"one": 9, "two": -20, "three": 3, "four": 15, "five": 12}
    trends = [
        row
        for area, more in (("england", 0), (REGION, 1))
        for name, change in points.items()
        for row in (
            trend(name, "2024", area, share=45),
            trend(name, "2025", area, share=40),
            trend(
                name, "2026", area, share=40 + change, difference=change + more, changed=name not in ("three", "five")
            ),
        )
    ]
    found = choose_changes(items, trends, "2026")
    assert [(each.item.id, each.trend.area, each.trend.difference) for each in found.found] == [
        ("two", "england", -20),
        ("four", REGION, 16),
        ("one", REGION, 10),
    ]
    assert found.found[0].before.share == 40
    assert (found.before, found.compared) == ("2025", {Level.ENGLAND: 5, Level.REGION: 5})


def test_breaks_are_counted_and_compared_with_nothing() -> None:
    trends = [
        trend("one", "2025"),
        trend("one", "2026", break_reason="wording"),
        trend("one", "2025", REGION),
        trend("one", "2026", REGION, break_reason="boundaries"),
    ]
    found = choose_changes([item("one")], trends, "2026")
    assert found.breaks == {(Level.ENGLAND, "wording"): 1, (Level.REGION, "boundaries"): 1}
    assert (found.found, dict(found.compared)) == ((), {})


def test_the_first_wave_has_nothing_before_it() -> None:
    found = choose_changes([item("one")], [trend("one", "2024")], "2024")
    assert (found.before, found.found) == (None, ())
