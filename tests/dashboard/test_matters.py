"""The three sentences of the overview: for every state that a wave, and the wave before it, can be in."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from dashboard.address import Address, Page
from dashboard.data import Releases
from dashboard.model import Group, Item, Option, Trend
from dashboard.pages.overview import draw_overview
from dashboard.release import Level, Status
from dashboard.sentences.overview import say_answered, say_most_missing, say_stands_out
from dashboard.views.matters import Change, Changes, find_changes, find_heard
from dashboard.views.overview import Overview, Pace, show_overview
from tests.dashboard.pages import links, of_type, parts, text
from tests.dashboard.releases import write_release

HOME = Address(Page.OVERVIEW)
ITEM = Item("keep", "Would you keep it?", "Now", "choice", False, None, (Option("yes", "Yes"),), "Yes")


@pytest.fixture(scope="module")
def view(releases: Releases) -> Overview:
    return show_overview(releases, HOME)


def opened(view: Overview, **changes: Any) -> Overview:
    return replace(view, now=replace(view.now, areas_shown=None), **changes)


def matters(view: Overview) -> list[str]:
    page = draw_overview("/dashboard/", HOME, view)
    (found,) = [part for part in parts(page) if getattr(part, "className", "") == "dash-matters"]
    return [text(line) for line in of_type(found, "Li")]


def group(label: str, missing: int | None, high: int = 3, of: str = "phb_holders") -> Group:
    figure = (Status.SHOWN, 410, 1, "", 0, high)
    about = ("language", "Main language", label.lower(), label)
    return Group(*figure, *about, 5, 5.0, of, "A count", "2024-03", 0.1, 0.6, missing, "")


def trend(option: str, difference: int | None, changed: bool | None, wave: str = "2026", item: str = "keep") -> Trend:
    figure = (Status.SHOWN, 400, 58, "", 53, 63)
    return Trend(*figure, item, option, Level.ENGLAND, "england", wave, 1, "", difference, None, None, changed)


@pytest.mark.parametrize(
    ("responses", "before", "sentence"),
    [
        (420, 415, "About 420 people began in 2026, about as many as in 2025."),
        (420, 425, "About 420 people began in 2026, about as many as in 2025."),
        (420, 370, "About 420 people began in 2026, about 50 more than in 2025."),
        (420, 1630, "About 420 people began in 2026, about 1,210 fewer than in 2025."),
        (5, 415, "Fewer than 10 people began in 2026."),
    ],
)
def test_how_many_began_is_said_against_the_wave_before(
    view: Overview, responses: int, before: int, sentence: str
) -> None:
    assert view.before is not None
    earlier = replace(view.before, responses=before)
    assert say_answered(replace(view, now=replace(view.now, responses=responses), before=earlier)) == sentence


def test_without_a_wave_before_nothing_is_compared(view: Overview) -> None:
    assert say_answered(replace(view, before=None)) == "About 420 people began in 2026."
    assert say_answered(opened(view, before=None)) == "About 420 people have begun so far."
    few = replace(view, now=replace(view.now, responses=0))
    assert say_answered(opened(few)) == "Fewer than 10 people have begun so far."


@pytest.mark.parametrize(
    ("pace", "sentence"),
    [
        (None, "About 420 people have begun so far; in all of 2025 it was about 415 people."),
        (Pace(1, 35, 20), "About 420 people have begun so far; in all of 2025 it was about 415 people."),
        (Pace(3, 245, 245), "In the first 3 weeks about 245 people began, about as many as in those of 2025."),
        (
            Pace(3, 245, 205),
            "In the first 3 weeks about 245 people began, about 40 more than in the first 3 weeks of 2025.",
        ),
        (
            Pace(3, 205, 245),
            "In the first 3 weeks about 205 people began, about 40 fewer than in the first 3 weeks of 2025.",
        ),
    ],
)
def test_an_open_wave_is_compared_with_as_many_weeks_of_the_wave_before(
    view: Overview, pace: Pace | None, sentence: str
) -> None:
    assert say_answered(opened(view, pace=pace)) == sentence


@pytest.mark.parametrize(
    ("released", "pace"),
    [
        ("2026-09-09", None),
        ("2026-09-14", Pace(1, 35, 35)),
        ("2026-10-04", Pace(3, 245, 245)),
        ("2026-10-13", None),  # in the fifth week fewer than ten began
    ],
)
def test_only_weeks_that_are_over_and_counted_are_compared(tmp_path: Path, released: str, pace: Pace | None) -> None:
    write_release(tmp_path, wave="2025")
    write_release(tmp_path, wave="2026", has_estimates=False, released_at=f"{released}T09:30:00+00:00")
    assert show_overview(Releases(tmp_path), HOME).pace == pace


def test_a_wave_that_has_closed_is_compared_as_a_whole(view: Overview) -> None:
    assert view.pace is None
    assert [week.category for week in view.weeks_before] == [week.category for week in view.by_week]


def test_who_is_missing_names_the_group_with_the_widest_clear_gap(view: Overview) -> None:
    def said(*groups: Group) -> str:
        return say_most_missing(replace(view, heard=find_heard(groups)))

    assert said(group("Polish", 15), group("Urdu", 25), group("Welsh", 90, high=9)) == (
        "Most clearly missing are people in the group “Urdu” (Main language): about 25 more would have to answer to "
        "look like all who hold a budget."
    )
    assert said(group("Polish", 15), group("Male", 90, of="population")) == said(group("Polish", 15))
    assert said(group("Male", 15, of="population")) == (
        "Compared with everyone living here, not with people who hold a budget, clearly fewer are in the group “Male” "
        "(Main language): about 15."
    )
    assert said(group("Polish", 15, high=9)) == "No group is clearly missing: every gap could be chance."
    assert said(group("Polish", None)) == (
        "Who is missing cannot be told: no benchmark is loaded, or too few people answered."
    )
    assert said() == said(group("Polish", None))
    assert say_most_missing(opened(view)) == (
        "Who is missing, and what people said, can be told when the survey has closed."
    )


def test_the_largest_change_stands_out_and_is_said_in_words(view: Overview) -> None:
    def said(difference: int, option: str = "yes") -> str:
        change = Change(ITEM, trend(option, difference, True), "2025")
        return say_stands_out(replace(view, changes=Changes("2025", change)))

    assert said(12) == "More people than in 2025 said “Yes” to “Would you keep it?”: about 6 in 10, 12 points more."
    assert said(-9, "") == (
        "Fewer people than in 2025 said “Yes” to “Would you keep it?”: about 6 in 10, 9 points fewer."
    )
    assert say_stands_out(replace(view, changes=Changes("2025", None))) == (
        "Nothing that people said differs from 2025 by more than chance could explain."
    )


def test_without_anything_to_compare_it_is_said_how_many_areas_can_be_shown(view: Overview) -> None:
    lone = replace(view, changes=Changes(None, None))
    assert say_stands_out(lone) == (
        "20 of 36 integrated care systems (ICSs) have enough answers to show something by themselves."
    )
    none = replace(lone, now=replace(view.now, areas_shown=0))
    assert say_stands_out(none).startswith("No integrated care system (ICS) has enough answers")


def test_changes_are_those_of_england_in_the_wave_to_questions_about_life(releases: Releases, tmp_path: Path) -> None:
    found = find_changes(releases, releases.current("2026"))
    assert found.since == "2025"
    assert found.largest is not None
    assert (found.largest.item.id, found.largest.since, found.largest.trend.difference) == ("talk_matters", "2025", 9)
    assert find_changes(releases, releases.current("2025")) == Changes("2024", None)
    folder = write_release(tmp_path)
    items = (folder / "items.json").read_text().replace('"dimension": null', '"dimension": "talk"')
    (folder / "items.json").write_text(items)
    of_groups = Releases(tmp_path)
    assert find_changes(of_groups, of_groups.current("2026")) == Changes(None, None)


def test_every_sentence_leads_to_the_page_that_shows_it(releases: Releases, view: Overview) -> None:
    page = draw_overview("/dashboard/", HOME, replace(view, changes=Changes(None, None)))
    found = links([part for part in parts(page) if getattr(part, "className", "") == "dash-matters"])
    assert found == {
        "See when people began": "#by-week",
        "See who is missing": "/dashboard/missing?wave=2026&areas=2026",
        "See all ICSs side by side": "/dashboard/results?wave=2026&areas=2026&place=areas",
    }
    assert "by-week" in {getattr(part, "id", None) for part in parts(page)}
