"""Areas compared: what is worth a look and why, what is not compared, what could have been noticed, and no rank."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

import pytest

from dashboard.address import Address, Page
from dashboard.callbacks import draw_address
from dashboard.data import Releases
from dashboard.downloads.compare import list_compare
from dashboard.pages.compare import draw_compare
from dashboard.release import Level, Span, Status
from dashboard.sentences.compare import (
    say_compare,
    say_detectable,
    say_drawn,
    say_funnel,
    say_why_not,
    say_why_worth_a_look,
    write_noticed,
)
from dashboard.sentences.differences import say_points, write_difference
from dashboard.views.compare import Compare, ComparedRow, show_compare
from dashboard.views.setting import NoSuchView, Reason
from tests.dashboard.compared import OUTSTANDING
from tests.dashboard.pages import links, of_type, text

COMPARE = Address(Page.COMPARE)


def draw(releases: Releases, address: Address | str) -> list[Any]:
    link = urlsplit(address if isinstance(address, str) else address.href("/dashboard/"))
    return list(draw_address(releases, "/dashboard/", link.path, link.query))


def rows(page: list[Any]) -> list[str]:
    return [text(row) for row in of_type(of_type(page, "Tbody"), "Tr")]


def change(view: Compare, code: str, *, cell: dict[str, Any] | None = None, **columns: Any) -> Compare:
    """The same with one place changed."""
    changed = (
        ComparedRow(row.place, replace(row.cell, **(cell or {})), replace(row.comparison, **columns))
        if row.place.code == code
        else row
        for row in view.rows
    )
    return replace(view, rows=tuple(changed))


def row_of(view: Compare, code: str) -> ComparedRow:
    return next(row for row in view.rows if row.place.code == code)


def test_areas_are_compared_over_all_years_and_stand_by_region_and_name(releases: Releases) -> None:
    view = show_compare(releases, COMPARE)
    assert (view.span, view.level, view.item.id, len(view.rows)) == (Span.POOLED, Level.AREA, "talk_matters", 36)
    order = [(row.place.region, row.place.short_name) for row in view.rows]
    assert order == sorted(order)
    regions = show_compare(releases, COMPARE.with_changes(place="regions"))
    assert (regions.span, regions.level, len(regions.rows)) == (Span.WAVE, Level.REGION, 7)


def test_what_is_worth_a_look_is_listed_with_its_reasons(releases: Releases) -> None:
    view = show_compare(releases, COMPARE)
    assert say_compare(view) == (
        "We can compare 20 of 36 ICSs with the rest of England by who said “Yes, enough time” "
        "(2024 to 2026 together). One is worth a look: Greater Manchester."
    )
    row = row_of(view, OUTSTANDING)
    assert say_why_worth_a_look(view, row) == (
        "65% said “Yes, enough time”: 28 points less than in the rest of England (93%). The difference is likely "
        "between −44 and −9 points, and still stands out when all comparisons are judged together."
    )
    assert say_drawn(row).startswith("Drawn toward the region, which is a careful guess for so few people, it is ")
    page = draw(releases, COMPARE)
    (entry,) = [item for item in of_type(of_type(page, "Main"), "Li") if "stands out" in text(item)]
    assert text(entry).startswith("Greater Manchester (QOP, North West) . 65% said")
    assert "place=QOP" in next(iter(links(entry).values()))


def test_where_nothing_stands_out_that_is_said_and_what_could_have_been_noticed(releases: Releases) -> None:
    view = change(show_compare(releases, COMPARE), OUTSTANDING, worth_a_look=False)
    assert say_compare(view).endswith("None stands out once all comparisons are judged together.")
    page = draw_compare("/dashboard/", COMPARE, view)
    assert "No place stands out. Smaller differences may be there that so few people cannot show." in text(page)
    few = change(view, OUTSTANDING, cell={"base": 25}, detectable=30)
    assert say_detectable(few) == (
        "With 25 people we would have noticed a difference of about 30 points.",
        "With 75 people we would have noticed a difference of about 16 points.",
    )
    assert say_detectable(change(view, OUTSTANDING, cell={"base": 10}, detectable=None))[0] == (
        "With 10 people we would have noticed no difference, however large."
    )
    assert write_noticed(replace(row_of(view, OUTSTANDING))) == "16 points"


def test_raw_figures_stand_beside_those_drawn_toward_the_region(releases: Releases) -> None:
    page = draw(releases, COMPARE)
    (line,) = [row for row in rows(page) if "QOP" in row]
    found = row_of(show_compare(releases, COMPARE), OUTSTANDING)
    drawn = found.comparison
    assert line == (
        "Greater Manchester QOP, North West People 75 Share, likely range 65% 53% to 81% Rest of England 93% "
        "Difference in points, likely range −28 −44 to −9 "
        f"Drawn toward the region, likely range {drawn.shrunk}% {drawn.shrunk_low}% to {drawn.shrunk_high}% "
        "Noticed from 16 points"
    )


def test_a_hidden_area_leads_to_the_results_that_can_be_shown(releases: Releases) -> None:
    page = draw(releases, COMPARE)
    hidden = [row for row in of_type(page, "Tr") if "Too few to show" in text(row)]
    assert hidden
    for row in hidden:
        ((words, address),) = links(row).items()
        assert words.startswith("See ")
        assert "/results?" in address
        assert "Too few to show" not in text(draw(releases, address))


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        ("band", "so few or so many said it"),
        ("england", "no exact figure for England"),
        ("rest", "too few are left elsewhere"),
    ],
)
def test_why_a_place_is_shown_and_not_compared_is_in_plain_words(releases: Releases, reason: str, words: str) -> None:
    found = {"difference": None, "low": None, "high": None, "rest": None, "worth_a_look": None, "reason": reason}
    view = change(show_compare(releases, COMPARE), OUTSTANDING, **found)
    assert words in say_why_not(row_of(view, OUTSTANDING))
    page = draw_compare("/dashboard/", COMPARE, view)
    assert words in next(row for row in rows(page) if "QOP" in row)
    assert "We can compare 19 of 36" in say_compare(view)


def test_a_band_stands_in_the_table_and_not_in_the_funnel(releases: Releases) -> None:
    band = {"share": 95, "band": "over", "low": None, "high": None}
    none = dict.fromkeys(("share", "rest", "difference", "low", "high", "worth_a_look", "funnel_low", "shrunk"))
    view = change(show_compare(releases, COMPARE), OUTSTANDING, cell=band, **none, reason="band")
    page = draw_compare("/dashboard/", COMPARE, view)
    assert "over 95%" in next(row for row in rows(page) if "QOP" in row)
    assert "All 19 dots lie inside" in say_funnel(view)


def test_the_funnel_says_how_many_lie_outside_and_how_many_would_by_chance(releases: Releases) -> None:
    view = show_compare(releases, COMPARE)
    assert say_funnel(view) == "All 20 dots lie inside the 95% limits."
    apart = change(view, OUTSTANDING, share=30)
    assert say_funnel(apart) == (
        "Of 20 dots one lies outside the 95% limits: Greater Manchester. By chance alone about 1 would."
    )
    calm = change(apart, OUTSTANDING, worth_a_look=False)
    assert say_funnel(change(calm, "QYG", share=90)) == (
        "Of 20 dots 2 lie outside the 95% limits: Cheshire and Merseyside, Greater Manchester. By chance alone about 1 "
        "would. None of this stands out once rounding is allowed for and all comparisons are judged together."
    )


def test_only_what_is_apart_is_named_in_the_funnel(releases: Releases) -> None:
    (graph,) = of_type(draw(releases, COMPARE), "Graph")
    named = [text for trace in graph.figure["data"] for text in trace.get("text", []) if text]
    assert named == ["<b>QOP</b>"]
    regions = change(show_compare(releases, COMPARE.with_changes(place="regions")), "london", share=99)
    (graph,) = of_type(draw_compare("/dashboard/", COMPARE, regions), "Graph")
    assert [text for trace in graph.figure["data"] for text in trace.get("text", []) if text] == ["<b>London</b>"]


def test_without_anything_to_compare_the_page_says_so_and_draws_nothing(releases: Releases) -> None:
    view = show_compare(releases, COMPARE)
    hidden = tuple(
        ComparedRow(
            row.place, replace(row.cell, status=Status.TOO_FEW), replace(row.comparison, share=None, difference=None)
        )
        for row in view.rows
    )
    view = replace(
        view, rows=tuple(replace(row, comparison=replace(row.comparison, worth_a_look=None)) for row in hidden)
    )
    page = draw_compare("/dashboard/", COMPARE, view)
    assert of_type(page, "Graph") == []
    assert "We cannot compare any of 36 ICSs by who said “Yes, enough time”" in text(page)


@pytest.mark.parametrize(
    ("changes", "reason", "instead"),
    [
        ({"question": "missing_help"}, Reason.NO_MEASURE, {"question": None}),
        ({"question": "never"}, Reason.UNKNOWN_QUESTION, {"question": None}),
        ({"place": "QWO"}, Reason.COMPARES_MANY, {"place": None}),
        ({"place": "england"}, Reason.COMPARES_MANY, {"place": None}),
        ({"period": "2024"}, Reason.UNKNOWN_PERIOD, {"period": None}),
        ({"areas": "1850"}, Reason.UNKNOWN_LIST, {"areas": None}),
    ],
)
def test_what_cannot_be_compared_is_a_clear_page_with_a_way_on(
    releases: Releases, changes: dict[str, str], reason: Reason, instead: dict[str, None]
) -> None:
    address = COMPARE.with_changes(**changes)
    with pytest.raises(NoSuchView) as caught:
        show_compare(releases, address)
    assert caught.value.reason is reason
    page = draw(releases, address)
    assert text(of_type(page, "H1")) == "This cannot be shown"
    assert caught.value.instead == address.with_changes(**instead)
    assert of_type(draw(releases, links(page)["See what can be shown"]), "Table")


def test_only_questions_with_a_good_answer_are_offered(releases: Releases) -> None:
    (question,) = [select for select in of_type(draw(releases, COMPARE), "Select") if select.name == "question"]
    assert [option.value for option in of_type(question, "Option")] == ["talk_matters"]


def test_the_comparison_comes_as_a_file_with_reasons_for_what_is_hidden(releases: Releases) -> None:
    (sheet,) = list_compare(releases, COMPARE)
    found = {row[2]: dict(zip(sheet.columns, row, strict=True)) for row in sheet.rows}
    assert len(found) == 36
    row = found[OUTSTANDING]
    assert (row["share"], row["rest"], row["difference"], row["worth_a_look"]) == (65, 93, -28, "yes")
    hidden = next(row for row in found.values() if row["status"] == "too_few")
    assert {hidden[name] for name in ("share", "rest", "difference", "shrunk", "funnel_low", "worth_a_look")} == {None}


def test_points_are_written_with_their_sign() -> None:
    assert write_difference(24, 4, 41) == "+24 (+4 to +41)"
    assert write_difference(-2, -9, 0) == "−2 (−9 to 0)"
    assert write_difference(None, None, None) == "–"
    assert [say_points(points) for points in (1, -1, 12)] == ["1 point more", "1 point less", "12 points more"]
