"""The sentence that says what matters, for every state a view can be in."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from dashboard.address import Address, Page
from dashboard.data import Releases
from dashboard.footing import say_benchmark, say_nearest, say_no_such_view, say_replaced, write_release
from dashboard.gaps import Dimension, Gap, is_clearly_missing
from dashboard.model import Cell, Count, Group
from dashboard.release import Facts, Level, Span, Status, Step
from dashboard.sentences.missing import say_group, say_missing, write_group, write_group_heading
from dashboard.sentences.overview import say_before, say_begun, say_gap, say_map, say_weeks
from dashboard.sentences.results import say_results
from dashboard.views.missing import Missing, show_missing
from dashboard.views.overview import Numbers, show_overview
from dashboard.views.results import Results, Row, show_results
from dashboard.views.setting import Reason, Setting
from tests.dashboard.releases import write_release as make_release

RESULTS = Address(Page.RESULTS)


def change_cells(view: Results, **figures: object) -> Results:
    rows = tuple(Row(row.label, row.place, row.option, replace(row.cell, **figures)) for row in view.rows)  # type: ignore[arg-type]
    return replace(view, rows=rows, measure=None)


def test_one_place_says_how_many_gave_the_answer_that_counts_as_good(releases: Releases) -> None:
    assert say_results(show_results(releases, RESULTS)) == "In England, 2026, about 6 in 10 said: Yes, enough time."


def test_a_question_without_a_good_answer_says_the_one_given_most(releases: Releases) -> None:
    view = show_results(releases, RESULTS.with_changes(question="missing_help", place="north-west", period="pooled"))
    assert say_results(view) == (
        "In North West, 2024 to 2026 together, the answer given most was “Someone who already has a budget”: "
        "about 7 in 10."
    )


def test_a_place_with_too_few_says_so(releases: Releases) -> None:
    view = change_cells(show_results(releases, RESULTS), status=Status.TOO_FEW, share=None, base=None)
    assert say_results(view) == "In England, 2026, too few people answered this question to show anything."


def test_a_place_of_which_something_is_held_back_does_not_say_that_they_were_few(releases: Releases) -> None:
    view = change_cells(show_results(releases, RESULTS), status=Status.SUPPRESSED, share=None, base=None)
    assert say_results(view) == "We cannot show what people in England answered to this question (2026)."


def test_a_scale_is_answered_with_a_number(releases: Releases) -> None:
    view = show_results(releases, RESULTS)
    scale = replace(view, item=replace(view.item, type="scale", measure="7–10"))
    assert say_results(scale) == "In England, 2026, about 6 in 10 gave an answer of 7–10."


def test_the_way_on_names_the_years_only_where_they_are_others(releases: Releases) -> None:
    view = show_results(releases, RESULTS.with_changes(place="QYG", period="wave"))
    place = view.setting.release.place("2026", "north-west")
    assert place is not None
    assert say_nearest(view, place, Span.WAVE) == "See North West"
    assert say_nearest(view, place, Span.POOLED) == "See North West, 2024 to 2026 together"


def test_side_by_side_counts_what_is_shown_and_what_chance_could_explain(releases: Releases) -> None:
    view = show_results(releases, RESULTS.with_changes(place="regions"))
    start = "We can show how many said “Yes, enough time” in 7 of 7 regions (2026)."
    assert (
        say_results(view)
        == f"{start} In England it is about 6 in 10; chance alone could explain every difference from that."
    )
    first, *others = view.rows
    apart = Row(first.label, first.place, first.option, replace(first.cell, share=30, low=20, high=40))
    assert say_results(replace(view, rows=(apart, *others))) == (
        f"{start} In England it is about 6 in 10; chance alone could explain the difference from that in 6 of the 7."
    )


def test_a_band_is_as_wide_as_it_may_be_when_it_is_compared(releases: Releases) -> None:
    view = show_results(releases, RESULTS.with_changes(place="regions"))
    banded = change_cells(view, share=95, band="over", low=None, high=None)
    assert "in 0 of the 7." in say_results(replace(banded, measure=view.measure))


def test_side_by_side_without_anything_to_show_says_so(releases: Releases) -> None:
    view = change_cells(show_results(releases, RESULTS.with_changes(place="areas")), status=Status.TOO_FEW)
    assert say_results(view) == (
        "We cannot show who said “Yes, enough time” in any of 36 ICSs (2024 to 2026 together)."
    )


def test_without_a_figure_for_england_nothing_is_compared(releases: Releases) -> None:
    view = show_results(releases, RESULTS.with_changes(place="regions"))
    hidden = Cell(Status.SUPPRESSED, None, None, "", None, None, Level.ENGLAND, "england", "", None)
    for england in (None, hidden):
        assert say_results(replace(view, measure=england)).endswith("(2026).")


@pytest.mark.parametrize(
    ("responses", "sent", "figure"),
    [
        (420, 335, "people began, about 335 sent their answers"),
        (420, None, "people began"),
        (5, None, "people began"),
    ],
)
def test_the_overview_tells_those_who_began_from_those_who_sent(
    releases: Releases, responses: int, sent: int | None, figure: str
) -> None:
    view = show_overview(releases, Address(Page.OVERVIEW))
    assert say_begun(replace(view.now, responses=responses, sent=sent)) == figure


def test_only_holders_can_be_missing() -> None:
    numbers = Numbers("2025", 415, 350, 28, 42, Gap("Age", 15, of_holders=True))
    assert say_gap(numbers) == "people missing to look like all who hold a budget. Widest: Age"
    living = replace(numbers, gap=Gap("Age", 15, of_holders=False))
    assert "missing" not in say_gap(living)
    assert "everyone living here" in say_gap(living)


def test_without_a_clear_gap_the_overview_says_so_and_of_an_open_wave_that_it_is_early() -> None:
    numbers = Numbers("2025", 415, 350, 28, 42, None)
    assert say_gap(numbers) == "can be told to be missing"
    assert say_gap(replace(numbers, areas_shown=None)) == "Who is missing can be told when the survey has closed"


def test_a_figure_without_an_earlier_one_says_so() -> None:
    numbers = Numbers("2025", 415, 350, 28, 42, None)
    assert say_before(numbers, "415") == "415 in 2025"
    assert say_before(None, None) == say_before(numbers, None) == "No earlier figure to compare with"


def group(**changes: object) -> Group:
    polish = Group(
        *(Status.SHOWN, 410, 1, "", 0, 3),
        *("language", "Main language", "polish", "Polish", 5),
        *(5.0, "phb_holders", "NHS England", "2024-03"),
        *(0.1, 0.6, 15, ""),
    )
    return replace(polish, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changes", "long", "short", "clear"),
    [
        (
            {"missing": None, "high": None, "band": "under", "share": 5},
            "cannot be told: our share is under 5%",
            "cannot be told: our share is under 5%",
            False,
        ),
        ({}, "about 15 people missing", "about 15 people missing", True),
        ({"high": 6}, "could be chance", "could be chance", False),
        ({"high": 5}, "could be chance", "could be chance", False),
        ({"high": 6, "benchmark_of": "population"}, "could be chance", "could be chance", False),
        ({"missing": 0}, "no one missing", "no one missing", False),
        (
            {"benchmark_of": "population"},
            "about 15 fewer, compared with everyone living here",
            "about 15 fewer",
            True,
        ),
        (
            {"benchmark_of": "population", "missing": 0},
            "no fewer than among everyone living here",
            "no fewer",
            False,
        ),
        ({"status": Status.TOO_FEW, "missing": None}, "Too few to show", "Too few to show", False),
        (
            {"missing": None, "benchmark_share": None, "reason": "No benchmark."},
            "No benchmark.",
            "No benchmark.",
            False,
        ),
    ],
)
def test_a_group_is_counted_in_people_against_whom_it_may_be(
    changes: dict[str, object], long: str, short: str, clear: bool
) -> None:
    changed = group(**changes)
    assert (say_group(changed), write_group(changed), is_clearly_missing(changed)) == (long, short, clear)


def test_the_page_of_the_missing_leads_with_those_clearly_missing(releases: Releases) -> None:
    view = show_missing(releases, Address(Page.MISSING))
    assert say_missing(view) == (
        "Most clearly missing: Main language: Polish (about 15 people missing). "
        "Of one group nothing can be told: it is not shown, to protect people."
    )

    def only(*groups: Group) -> Missing:
        return replace(view, dimensions=(Dimension("language", "Main language", groups),))

    assert say_missing(only(group(benchmark_of="population"))) == (
        "Compared with everyone living here, clearly fewer: Main language: Polish (about 15 fewer)."
    )
    assert say_missing(only(group(benchmark_of="population", missing=90), group())) == say_missing(only(group()))
    assert say_missing(only(group(high=6))) == "No group is clearly missing: every gap could be chance."
    hidden = group(status=Status.SUPPRESSED, missing=None)
    assert say_missing(only(group(), hidden, hidden)).endswith(
        "Of 2 groups nothing can be told: they are not shown, to protect people."
    )
    assert say_missing(only()).startswith("There is nothing to compare with")
    assert say_missing(only(group(benchmark_share=None, missing=None))).startswith("There is nothing to compare with")


def test_every_dimension_says_against_whom_it_is_compared() -> None:
    def dimension(**changes: object) -> Dimension:
        return Dimension("language", "Main language", (group(**changes),))

    assert say_benchmark(dimension()) == (
        "Compared with people who hold a personal health budget: NHS England, 2024-03."
    )
    assert "Compared with everyone living here" in say_benchmark(dimension(benchmark_of="population"))
    assert "No benchmark is loaded" in say_benchmark(dimension(benchmark_share=None))
    assert say_benchmark(dimension(benchmark_share=None, reason="Several at once.")) == "Several at once."
    assert write_group_heading(dimension()) == "People missing"
    assert write_group_heading(dimension(benchmark_of="population")) == "Compared with everyone living here"


def test_the_map_and_the_weeks_are_said_in_a_sentence(releases: Releases) -> None:
    view = show_overview(releases, Address(Page.OVERVIEW))
    assert say_map(view).startswith("A map of 36 ICSs. ")
    assert say_map(replace(view, by_area=())) == "A map of 0 ICSs. In none have ten people begun yet."
    assert say_weeks(view.by_week) == (
        "People began in 8 weeks. Most did in the week from 14 September 2026: about 120."
    )
    assert say_weeks([Count("2026-09-07", None, "under 10")]) == "In no week have ten people begun yet."
    assert say_weeks([Count("2026-09-07", 35, "")]) == ("All began in the week from 7 September 2026: about 35 people.")
    assert say_weeks(view.by_week, view.weeks_before, "2025") == (
        "Most people began in the week from 14 September 2026: about 120. "
        "In 2025 about 120 began as long after it had opened."
    )
    uncounted = [replace(week, count=None, band="under 10") for week in view.weeks_before]
    assert say_weeks(view.by_week, uncounted, "2025").startswith("People began in 8 weeks.")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, "2, 12 November 2026, provisional"),
        ({"step": Step.SIGNED, "signed_by": "A. Analyst"}, "2, 12 November 2026, signed by A. Analyst"),
        ({"step": Step.SIGNED}, "2, 12 November 2026, signed"),
        (
            {"step": Step.SIGNED, "signed_by": "A. Analyst", "public_on": "2026-12-01"},
            "2, 12 November 2026, signed by A. Analyst, public from 1 December 2026",
        ),
        ({"has_estimates": False}, "counts of 12 November 2026, 09:30"),
    ],
)
def test_a_release_says_how_far_it_has_come(releases: Releases, changes: dict[str, object], words: str) -> None:
    facts: Facts = replace(releases.current("2026").facts, **changes)  # type: ignore[arg-type]
    assert write_release(facts) == words


def test_a_replaced_release_is_told_from_one_that_never_was(releases: Releases) -> None:
    setting = Setting(releases.current("2026"), "2026", ("2026",), 1)
    assert say_replaced(setting) == "Release 1 of 2026 has been replaced. You see release 2, the newest."
    assert say_replaced(replace(setting, replaced=7)).startswith("There is no release 7 of 2026.")
    counts = replace(setting.release, facts=replace(setting.release.facts, has_estimates=False))
    assert say_replaced(replace(setting, release=counts)) == "You asked for other counts of 2026. You see the newest."


@pytest.mark.parametrize("reason", Reason)
def test_every_reason_is_a_sentence(tmp_path: Path, reason: Reason) -> None:
    make_release(tmp_path)
    setting = Setting(Releases(tmp_path).current("2026"), "2026", ("2026",), None)
    sentence = say_no_such_view(reason, setting)
    assert sentence.endswith(".")
    assert "%" not in sentence
