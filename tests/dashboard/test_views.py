"""What an address shows: the defaults, and what a release cannot answer."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from dashboard.address import Address, AddressError, Page
from dashboard.data import NoRelease, Releases
from dashboard.gaps import Gap, read_dimensions, widest_gap
from dashboard.model import Cell, Group
from dashboard.release import Level, Span, Status
from dashboard.views.missing import show_missing
from dashboard.views.overview import show_overview
from dashboard.views.results import nearest_safe, show_results
from dashboard.views.setting import NoSuchView, Reason
from tests.dashboard.releases import write_release

RESULTS = Address(Page.RESULTS)


def test_results_begin_with_england_this_wave_and_the_first_question_with_a_measure(releases: Releases) -> None:
    view = show_results(releases, RESULTS)
    assert view.setting.release.facts.wave == "2026"
    assert view.item.id == "talk_matters"
    assert view.place is not None
    assert view.place.level is Level.ENGLAND
    assert view.span is Span.WAVE
    assert [row.label for row in view.rows] == ["Yes, enough time", "A little", "No"]
    assert view.measure is not None
    assert view.measure.share == 64


@pytest.mark.parametrize(
    ("place", "period", "span"),
    [
        ("england", None, Span.WAVE),
        ("regions", None, Span.WAVE),
        ("north-west", None, Span.WAVE),
        ("areas", None, Span.POOLED),
        ("QYG", None, Span.POOLED),
        ("QYG", "wave", Span.WAVE),
        ("england", "pooled", Span.POOLED),
    ],
)
def test_areas_are_pooled_unless_one_wave_is_asked_for(
    releases: Releases, place: str, period: str | None, span: Span
) -> None:
    assert show_results(releases, RESULTS.with_changes(place=place, period=period)).span is span


def test_side_by_side_shows_the_measure_of_every_area_and_england_to_compare(releases: Releases) -> None:
    view = show_results(releases, RESULTS.with_changes(place="areas"))
    assert view.side_by_side
    assert view.answer is None
    assert len(view.rows) == 36
    assert {row.cell.option for row in view.rows} == {""}
    assert view.measure is not None
    assert view.measure.area == "england"


def test_side_by_side_shows_one_answer_where_it_is_asked_for_or_nothing_is_good(releases: Releases) -> None:
    asked = show_results(releases, RESULTS.with_changes(place="regions", answer="little"))
    assert asked.answer is not None
    assert asked.answer.text == "A little"
    unmeasured = show_results(releases, RESULTS.with_changes(place="regions", question="missing_help"))
    assert unmeasured.answer is not None
    assert unmeasured.answer.code == "peer"
    assert len(unmeasured.rows) == 7


@pytest.mark.parametrize(
    ("changes", "reason", "instead"),
    [
        ({"areas": "1999"}, Reason.UNKNOWN_LIST, {"areas": None}),
        ({"question": "never_asked"}, Reason.UNKNOWN_QUESTION, {"question": None}),
        ({"place": "QXX"}, Reason.UNKNOWN_PLACE, {"place": None}),
        ({"place": "QMJ"}, Reason.PLACE_OF_OTHER_LIST, {"place": "QMJ", "areas": "2023"}),
        ({"place": "regions", "answer": "nobody"}, Reason.UNKNOWN_ANSWER, {"place": "regions", "answer": None}),
        ({"period": "forever"}, Reason.UNKNOWN_PERIOD, {"period": None}),
    ],
)
def test_what_a_release_does_not_hold_is_said_with_a_way_on_that_works(
    releases: Releases, changes: dict[str, str], reason: Reason, instead: dict[str, str]
) -> None:
    with pytest.raises(NoSuchView) as caught:
        show_results(releases, RESULTS.with_changes(**changes))
    assert caught.value.reason is reason
    assert caught.value.instead == RESULTS.with_changes(**{**changes, **instead})
    show_results(releases, caught.value.instead)


def test_pooling_needs_more_than_one_wave(tmp_path: Path) -> None:
    write_release(tmp_path, pooled_waves=("2026",))
    with pytest.raises(NoSuchView) as caught:
        show_results(Releases(tmp_path), RESULTS.with_changes(period="pooled"))
    assert caught.value.reason is Reason.NOTHING_POOLED
    assert show_results(Releases(tmp_path), RESULTS.with_changes(place="areas")).span is Span.WAVE


def test_an_open_wave_shows_counts_and_sends_results_to_the_wave_before(tmp_path: Path) -> None:
    write_release(tmp_path, wave="2025")
    write_release(tmp_path, wave="2026", has_estimates=False, closed_on=None)
    releases = Releases(tmp_path)
    overview = show_overview(releases, Address(Page.OVERVIEW))
    assert overview.now.areas_shown is None
    assert overview.now.gap is None
    assert overview.by_week
    for show in (show_results, show_missing):
        with pytest.raises(NoSuchView) as caught:
            show(releases, RESULTS.with_changes(wave="2026"))
        assert caught.value.reason is Reason.FIELDWORK_ONLY
        assert caught.value.instead.wave == "2025"
        setting = show(releases, RESULTS).setting
        assert (setting.release.facts.wave, setting.passed_over) == ("2025", "2026")
        assert show(releases, RESULTS.with_changes(wave="2025")).setting.passed_over is None


def test_an_open_wave_without_one_before_sends_results_to_the_overview(tmp_path: Path) -> None:
    write_release(tmp_path, has_estimates=False)
    with pytest.raises(NoSuchView) as caught:
        show_results(Releases(tmp_path), RESULTS)
    assert caught.value.instead == Address(Page.OVERVIEW)


@pytest.mark.parametrize(("asked", "replaced"), [(None, None), ("2", None), ("1", 1), ("9", 9)])
def test_a_link_to_another_release_is_answered_by_the_newest_and_says_so(
    releases: Releases, asked: str | None, replaced: int | None
) -> None:
    assert show_results(releases, RESULTS.with_changes(release=asked)).setting.replaced == replaced


def test_a_release_that_is_no_number_cannot_be_read(releases: Releases) -> None:
    with pytest.raises(AddressError):
        show_results(releases, RESULTS.with_changes(release="latest"))


def test_a_wave_nobody_published_is_no_release(releases: Releases) -> None:
    with pytest.raises(NoRelease):
        show_overview(releases, Address(Page.OVERVIEW, wave="1066"))


def test_the_overview_stands_beside_the_wave_before_on_its_own_list_of_areas(releases: Releases) -> None:
    view = show_overview(releases, Address(Page.OVERVIEW))
    assert (view.now.responses, view.now.sent, view.now.areas) == (420, 335, 36)
    assert view.before is not None
    assert (view.before.wave, view.before.responses, view.before.areas) == ("2025", 415, 42)
    assert view.now.gap is not None
    assert (view.now.gap.dimension, view.now.gap.people, view.now.gap.of_holders) == ("Main language", 15, True)
    assert sum(count is None for _place, count in view.by_area) == 1


def test_the_overview_can_be_seen_on_the_older_list_of_areas(releases: Releases) -> None:
    assert show_overview(releases, Address(Page.OVERVIEW, areas="2023")).now.areas == 42


def test_those_of_whom_most_are_missing_come_first_and_hidden_groups_last(releases: Releases) -> None:
    language = show_missing(releases, Address(Page.MISSING)).dimensions[0]
    assert [group.label for group in language.groups] == ["Polish", "English", "Urdu"]


def test_the_widest_gap_is_the_dimension_with_most_people_missing() -> None:
    def group(dimension: str, missing: int | None, high: int = 12) -> Group:
        figure = (Status.SHOWN, 400, 10, "", 8, high)
        benchmark = (15.0, "phb_holders", "A count", "2024-03")
        return Group(*figure, dimension, dimension.title(), "x", "X", 40, *benchmark, 0.5, 0.9, missing, "")

    gap = widest_gap([group("age", 10), group("age", 15), group("sex", 20), group("area", None)])
    assert gap is not None
    assert (gap.dimension, gap.people) == ("Age", 25)
    living = replace(group("limits", 90), benchmark_of="population")
    assert widest_gap([living, group("sex", 20)]) == Gap("Sex", 20, of_holders=True)
    assert widest_gap([living]) == Gap("Limits", 90, of_holders=False)
    assert widest_gap([group("age", None), group("sex", 0)]) is None
    assert widest_gap([group("age", 90, high=16), group("sex", 20)]) == Gap("Sex", 20, of_holders=True)
    assert widest_gap([group("age", 90, high=15)]) is None


def test_a_gap_that_may_be_chance_stands_after_the_clear_ones(releases: Releases) -> None:
    polish, english, _urdu = show_missing(releases, Address(Page.MISSING)).dimensions[0].groups
    chance = replace(polish, label="Chance", missing=90, high=6)
    (dimension,) = read_dimensions([english, chance, polish])
    assert [group.label for group in dimension.groups] == ["Polish", "Chance", "English"]


def test_the_nearest_safe_view_keeps_the_question_and_drops_the_answer() -> None:
    cell = Cell(Status.TOO_FEW, None, None, "", None, None, Level.AREA, "QE1", "", "pooled:region:north-west")
    address = RESULTS.with_changes(question="talk_matters", place="areas", answer="measure")
    assert nearest_safe(address, cell) == RESULTS.with_changes(
        question="talk_matters", place="north-west", period="pooled"
    )
    nowhere = Cell(Status.TOO_FEW, None, None, "", None, None, Level.AREA, "QE1", "", None)
    assert nearest_safe(address, nowhere) is None
