"""Who is missing by area, how people answered, where they stop and what they leave out."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from dashboard.address import Address, Page
from dashboard.data import Releases
from dashboard.downloads.csv_file import write_csv
from dashboard.figures.rows import Mark
from dashboard.figures.spread import draw_course, draw_places
from dashboard.gaps import Covered, is_clearly_missing
from dashboard.pages.missing import PARTS, draw_missing
from dashboard.sentences.coverage import find_reasons, say_ground, say_place, say_places
from dashboard.sentences.stops import say_left_out, say_stops, say_ways, write_way, write_worst
from dashboard.views.missing import Missing, show_missing
from dashboard.views.setting import NoSuchView, Reason
from dashboard.views.stops import Split, Stops
from tests.dashboard.pages import links, of_type, parts, selected, text
from tests.dashboard.releases import write_release

MISSING = Address(Page.MISSING)


@pytest.fixture(scope="module")
def view(releases: Releases) -> Missing:
    return show_missing(releases, MISSING)


@pytest.fixture(scope="module")
def by_mode(releases: Releases) -> Missing:
    return show_missing(releases, MISSING.with_changes(split="mode"))


def page_rows(view: Missing, address: Address = MISSING) -> list[str]:
    page = draw_missing("/dashboard/", address, view)
    return [text(row) for row in of_type(of_type(page, "Tbody"), "Tr")]


def changed(covered: Covered, **changes: Any) -> Covered:
    return replace(covered, coverage=replace(covered.coverage, **changes))


# --- By area ------------------------------------------------------------------------


def test_places_of_whom_most_are_clearly_missing_come_first_and_what_cannot_be_told_last(view: Missing) -> None:
    assert [each.place.short_name for each in view.regions] == ["London", "North West", "Midlands"]
    assert [each.place.code for each in view.areas] == ["QYG", "D7T5G", "QGH", "QE1"]
    assert [is_clearly_missing(each.coverage) for each in view.regions] == [True, False, False]


def test_places_are_said_in_people_and_how_many_areas_cannot_be_told(view: Missing) -> None:
    hidden = "Of 3 of 4 ICSs it cannot be told."
    assert say_places(view.regions, view.areas) == (
        "Most clearly missing: London (about 40 people missing); Cheshire and Merseyside (about 20 people missing). "
        + hidden
    )
    chance = [changed(each, ratio_high=1.0) for each in view.regions]
    assert say_places(chance, view.areas[1:]).startswith("In no region or ICS are people clearly missing")
    assert say_places((), view.areas[1:]).startswith("Of no region or ICS can be told")
    assert say_ground(view.regions).startswith("Compared with where people who hold a personal health budget live")
    assert say_ground(()).startswith("No benchmark is loaded")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, "about 40 people missing"),
        ({"ratio_high": 1.0}, "could be chance"),
        ({"missing": 0}, "no one missing"),
        ({"missing": None}, "cannot be told"),
        ({"benchmark_of": "population"}, "about 40 fewer than expected"),
        ({"benchmark_of": "population", "missing": 0}, "no fewer than expected"),
    ],
)
def test_a_place_is_counted_in_people_against_whom_it_may_be(
    view: Missing, changes: dict[str, Any], words: str
) -> None:
    assert say_place(changed(view.regions[0], **changes).coverage) == words


def test_each_place_has_its_row_with_the_response_rate_where_there_is_one(view: Missing) -> None:
    rows = page_rows(view)
    assert (
        "London Compared with the benchmark about 40 people missing People who answered 45 "
        "Of those invited 18% of 200 Benchmark 20%"
    ) in rows
    assert any(row.startswith("Essex D7T5G, East of England") and "cannot be told" in row for row in rows)
    assert any("under 10" in row and "QGH" in row for row in rows)


def test_each_reason_is_said_once(view: Missing) -> None:
    reasons = find_reasons((*view.regions, *view.areas))
    assert len(reasons) == len(set(reasons)) == 3
    assert all(reason.endswith(".") and ".." not in reason for reason in reasons)


def test_an_older_list_of_areas_has_its_own_places_or_none(releases: Releases) -> None:
    older = show_missing(releases, MISSING.with_changes(areas="2023"))
    assert (older.regions, older.areas) == ((), ())
    assert "not counted by area" in text(draw_missing("/dashboard/", MISSING, older))


# --- How people answered --------------------------------------------------------------


def test_ways_of_answering_say_how_many_and_where_most_stop(view: Missing) -> None:
    assert say_ways(view.stops.ways) == ("Most people answered: English (about 400 people); Online (about 350 people).")
    rows = page_rows(view)
    assert (
        "Online How they took part People who began 350 Most stopped 9%: Was there help you needed? "
        "Most left out 11%: Was there help you needed at the start and did not get?"
    ) in rows
    assert (
        "Polish Language People who began under 10 Most stopped too few to show Most left out too few to show" in rows
    )
    assert say_ways(()) == "How people answered is not counted."


def test_a_bound_that_holds_everywhere_is_said_where_nothing_stands_out(view: Missing) -> None:
    figures = [line.figures[0] for line in view.stops.pages if not line.most]
    assert write_worst(figures, {}) == "nowhere more than 5%"


@pytest.mark.parametrize(
    ("split", "category", "name"),
    [
        (Split.LANGUAGE, "pl", "Polish"),
        (Split.LANGUAGE, "en-GB", "English (United Kingdom)"),
        (Split.LANGUAGE, "no language", "no language"),
        (Split.FORMAT, "bsl", "British Sign Language"),
        (Split.MODE, "pigeon", "pigeon"),
    ],
)
def test_a_way_of_answering_goes_by_its_name(split: Split, category: str, name: str) -> None:
    assert write_way(split, category) == name


# --- Where people stop ------------------------------------------------------------------


def test_everyone_is_a_line_over_the_pages_and_the_pages_where_most_stop(view: Missing) -> None:
    assert say_stops(view.stops) == (
        "Of about 420 people who began, about 365 came to the last page. "
        "Most stopped at “Was there help you needed?”: 8% of those who came that far."
    )
    rows = page_rows(view)
    assert "Was there help you needed? Came this far about 400 people Stopped 8%" in rows
    assert "Was there help you needed? stopped here Share 8% Likely range 5% to 11% Of about 400 people" in rows


def test_by_mode_each_has_its_share_and_the_categories_stand_side_by_side(by_mode: Missing) -> None:
    assert say_stops(by_mode.stops) == (
        "Most stopped at “Was there help you needed?”: Online, 9% of those who came that far."
    )
    rows = page_rows(by_mode, MISSING.with_changes(split="mode"))
    assert "By phone about 30 of 40" in rows
    assert "Was there help you needed? stopped here Online 9% By phone under 15%" in rows


def test_what_too_few_people_did_is_quiet(releases: Releases) -> None:
    address = MISSING.with_changes(split="language")
    page = draw_missing("/dashboard/", address, show_missing(releases, address))
    quiet = [text(cell) for cell in of_type(page, "Td") if "dash-quiet" in cell.className]
    assert "Came to the last page ○ too few to show" in quiet or "○ too few to show" in quiet
    assert "Polish ○ Too few to show" in quiet
    assert selected(page)["split"] == "language"


def test_nothing_that_stands_out_and_nothing_at_all_are_said(view: Missing) -> None:
    alike = tuple(line for line in view.stops.pages if not line.most)
    assert say_stops(replace(view.stops, pages=alike)).endswith("No page stands out as the place where people stop.")
    nothing = Stops((), None, (), (), (), ())
    assert say_stops(nothing) == "Where people stop is not known."
    assert say_left_out(nothing) == "What people leave out is not known."
    page = draw_missing("/dashboard/", MISSING, replace(view, stops=nothing))
    assert "Where people stop is not known." in text(page)
    assert "split" not in selected(page)


def test_what_was_left_out_most_is_named(view: Missing, by_mode: Missing) -> None:
    question = "Was there help you needed at the start and did not get?"
    assert say_left_out(view.stops) == f"Most often without an answer: “{question}” (12% left out)."
    talk = "Did someone take time to find out what a good life looks like for you?"
    assert say_left_out(by_mode.stops) == f"Most often without an answer: “{talk}” (By phone: 20% left out)."


@pytest.mark.parametrize("split", ["format", "answering", "postcode", "QE1"])
def test_a_split_that_is_not_there_is_a_clear_page(releases: Releases, split: str) -> None:
    with pytest.raises(NoSuchView) as caught:
        show_missing(releases, MISSING.with_changes(split=split))
    assert caught.value.reason is Reason.UNKNOWN_SPLIT
    assert caught.value.instead == MISSING


def test_an_open_wave_shows_nothing_of_where_people_stop(tmp_path: Path) -> None:
    write_release(tmp_path, has_estimates=False)
    with pytest.raises(NoSuchView) as caught:
        show_missing(Releases(tmp_path), MISSING.with_changes(split="mode"))
    assert caught.value.reason is Reason.FIELDWORK_ONLY


# --- The page and its files ---------------------------------------------------------------


def test_the_links_at_the_top_lead_to_the_parts_of_the_page(view: Missing) -> None:
    page = draw_missing("/dashboard/", MISSING, view)
    (contents,) = [part for part in parts(page) if getattr(part, "className", "") == "dash-contents"]
    assert links(contents) == {title: f"#{part}" for part, title in PARTS}
    assert {part for part, _title in PARTS} <= {getattr(part, "id", None) for part in parts(page)}


def test_every_table_is_had_as_a_file(releases: Releases) -> None:
    def read(table: str, address: Address = MISSING) -> list[dict[str, str]]:
        return list(csv.DictReader(io.StringIO(write_csv(releases, address, table)[1])))

    london = next(row for row in read("areas") if row["area"] == "london")
    assert (london["answered"], london["invited"], london["missing"], london["clearly_missing"]) == (
        *("45", "200", "40", "yes"),
    )
    assert {row["clearly_missing"] for row in read("areas")} == {"yes", "no", ""}
    assert ("mode", "web", "Online", "350") in {
        (row["by"], row["category"], row["label"], row["began"]) for row in read("ways")
    }
    everyone = read("stops")
    assert {row["label"] for row in everyone} == {"Everyone"}
    languages = read("stops", MISSING.with_changes(split="language"))
    polish = [row for row in languages if row["category"] == "pl"]
    assert {(row["status"], row["share"]) for row in polish} == {("too_few", "")}


def test_the_axis_of_places_is_as_long_as_the_largest_needs_and_begins_at_zero() -> None:
    def axis(*shares: float) -> list[float]:
        marks = [Mark("no one missing", "London", share, share - 1, share + 2, benchmark=5) for share in shares]
        found: list[float] = draw_places(marks)["layout"]["xaxis"]["range"]
        return found

    assert axis(12, 27) == [0, 30]
    assert axis(99) == [0, 100]
    assert axis() == [0, 10]


def test_the_line_of_how_far_people_came_begins_at_zero_and_names_its_ends() -> None:
    drawing = draw_course([420, None, 365], first="420 began", last="365 at the last page", axis="Page")
    assert drawing["layout"]["yaxis"]["range"][0] == 0
    assert [label["text"] for label in drawing["layout"]["annotations"]] == [
        "<b>420 began</b>",
        "<b>365 at the last page</b>",
    ]
    assert draw_course([], first="", last="", axis="Page")["layout"]["annotations"] == []
