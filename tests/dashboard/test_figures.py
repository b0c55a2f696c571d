"""Figures: valid for Plotly, and faithful to what they are given."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import plotly.graph_objects as plotly
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.figures.hexmap import STEPS, Tile, choose_limits, draw_map, find_ratio, find_step
from dashboard.figures.paper import INK, OTHER, OURS, Drawing
from dashboard.figures.rows import Mark, draw_bars, draw_benchmark, draw_dots, wrap_label
from dashboard.figures.weeks import EARLIER, Line, draw_weeks

MARKS = [
    Mark("Yes, enough time", "64%", 64, 58, 70),
    Mark("A little <b>", "under 5%", None, 0, 5),
    Mark("No", "Too few to show", None),
]
TILES = [Tile(1, 9, "QE1", "Lancashire", "<10", None), Tile(2, 8, "QOP", "Manchester", "45", 45)]


def line(*weeks: tuple[str, int | None]) -> Line:
    return Line("2026", weeks)


def all_drawings() -> list[Drawing]:
    return [
        draw_bars(MARKS),
        draw_bars([]),
        draw_dots(MARKS[:2], line=62, line_label="England 62%"),
        draw_dots(MARKS[:2], line=None, line_label=""),
        draw_benchmark([Mark("about 15 people missing", "Polish", 1, 0, 3, benchmark=5.0)]),
        draw_weeks(line(("2026-09-07", 35), ("2026-09-14", None), ("2026-09-21", 20))),
        draw_weeks(line(("2026-11-16", 10))),
        draw_weeks(line()),
        draw_weeks(line(("2026-11-16", 10)), Line("2025", (("2026-11-16", 40), ("2026-11-23", 10)))),
        draw_map(TILES),
        draw_map([]),
    ]


@pytest.mark.parametrize("drawing", all_drawings())
def test_plotly_knows_every_property(drawing: Drawing) -> None:
    plotly.Figure(drawing)


@pytest.mark.parametrize("drawing", all_drawings())
def test_nothing_needs_a_legend_a_drag_or_a_second_axis(drawing: Drawing) -> None:
    assert drawing["layout"]["showlegend"] is False
    assert drawing["layout"]["dragmode"] is False
    assert not {"xaxis2", "yaxis2"} & drawing["layout"].keys()


def traces(drawing: Drawing, kind: str) -> list[dict[str, Any]]:
    return [trace for trace in drawing["data"] if trace["type"] == kind]


def test_bars_begin_at_zero_and_carry_their_likely_range() -> None:
    drawing = draw_bars(MARKS)
    assert drawing["layout"]["xaxis"]["range"] == [0, 100]
    (bar,) = traces(drawing, "bar")
    assert bar["x"] == [64]
    ranges = traces(drawing, "scatter")
    assert [trace["x"] for trace in ranges] == [[58, 70], [0, 5]]
    assert [trace["line"]["dash"] for trace in ranges] == ["solid", "dot"]
    assert ranges[0]["y"][0] == bar["y"][0]


def test_what_is_not_shown_keeps_its_label_and_has_no_mark() -> None:
    labels = [note["text"] for note in draw_bars(MARKS)["layout"]["annotations"]]
    assert labels == ["<b>64%</b> Yes, enough time", "<b>under 5%</b> A little &lt;b&gt;", "<b>Too few to show</b> No"]


def test_a_long_value_stays_bold_over_its_lines() -> None:
    mark = Mark("no one missing", "Black, Black British, Caribbean or African", 10, 7, 13)
    (label,) = draw_bars([mark])["layout"]["annotations"]
    assert label["text"] == "<b>Black, Black British, Caribbean or</b><br><b>African</b> no one missing"


def test_rows_stand_below_each_other_and_long_labels_take_more_room() -> None:
    long = Mark("An advocate: someone who speaks up for you and is on your side", "27%", 27, 20, 30)
    rows = draw_bars([long, *MARKS])
    heights = [note["y"] for note in rows["layout"]["annotations"]]
    assert heights == sorted(heights)
    assert rows["layout"]["height"] > draw_bars([MARKS[0], *MARKS])["layout"]["height"]
    assert rows["layout"]["yaxis"]["range"][1] == 0


def test_dots_stand_beside_the_line_of_england() -> None:
    drawing = draw_dots(MARKS[:1], line=62, line_label="England 62%")
    (line,) = drawing["layout"]["shapes"]
    assert (line["x0"], line["x1"]) == (62, 62)
    assert drawing["layout"]["annotations"][-1]["text"] == "England 62%"
    assert draw_dots(MARKS[:1], line=None, line_label="")["layout"]["shapes"] == []
    assert drawing["data"][-1]["x"] == [64]


def test_two_figures_never_share_a_list_they_write_to() -> None:
    first = draw_dots(MARKS[:1], line=62, line_label="England")
    assert len(first["layout"]["shapes"]) == 1
    assert draw_bars(MARKS)["layout"]["shapes"] == []


def test_the_benchmark_is_a_grey_bar_and_our_share_a_dot() -> None:
    drawing = draw_benchmark([Mark("about 15 people missing", "Polish", 1, 0, 3, benchmark=5.0)])
    (bar,) = traces(drawing, "bar")
    assert (bar["x"], bar["marker"]["color"]) == ([5.0], OTHER)
    dot = drawing["data"][-1]
    assert (dot["x"], dot["marker"]["color"]) == ([1], OURS)


def test_a_week_without_a_number_is_a_gap_and_the_axis_begins_at_zero() -> None:
    drawing = draw_weeks(line(("2026-09-07", 35), ("2026-09-14", None), ("2026-09-21", 20)))
    assert drawing["data"][0]["y"] == [35, None, 20]
    assert drawing["data"][0]["connectgaps"] is False
    assert drawing["layout"]["yaxis"]["range"][0] == 0


def test_a_young_survey_has_a_point_with_its_number_and_a_tick_for_each_week() -> None:
    drawing = draw_weeks(line(("2026-11-16", 35)))
    (drawn,) = drawing["data"]
    assert (drawn["text"], "text" in drawn["mode"]) == (["<b>35</b>"], True)
    assert drawing["layout"]["xaxis"]["tickvals"] == ["2026-11-16"]
    assert drawing["layout"]["xaxis"]["range"] == ["2026-11-12", "2026-11-20"]
    two = draw_weeks(line(("2026-11-16", 35), ("2026-11-23", 20)))
    assert two["layout"]["xaxis"]["tickvals"] == ["2026-11-16", "2026-11-23"]


def test_an_earlier_wave_is_a_paler_line_and_each_has_its_name_where_they_are_furthest_apart() -> None:
    earlier = Line("2025", (("2026-09-07", 45), ("2026-09-14", 60), ("2026-09-21", 10), ("2026-09-28", 5)))
    drawing = draw_weeks(line(("2026-09-07", 40), ("2026-09-14", None), ("2026-09-21", 80)), earlier)
    pale, ours = drawing["data"]
    assert (pale["line"]["color"], ours["line"]["color"]) == (EARLIER, OURS)
    assert pale["line"]["dash"] != ours["line"]["dash"]  # told apart without colour
    named = {label["text"]: (label["x"], label["y"], label["yshift"] > 0) for label in drawing["layout"]["annotations"]}
    assert named == {"<b>2026</b>": ("2026-09-21", 80, True), "<b>2025</b>": ("2026-09-21", 10, False)}
    assert drawing["layout"]["xaxis"]["tickvals"][-1] == "2026-09-28"
    apart = draw_weeks(line(("2026-09-14", 40)), Line("2025", (("2026-09-07", 45),)))
    assert [label["x"] for label in apart["layout"]["annotations"]] == ["2026-09-14", "2026-09-07"]


def test_of_many_weeks_at_most_six_are_named() -> None:
    mondays = [date(2026, 9, 7) + timedelta(weeks=week) for week in range(20)]
    drawing = draw_weeks(line(*((monday.isoformat(), 10) for monday in mondays)))
    ticks = drawing["layout"]["xaxis"]["tickvals"]
    assert ticks[0] == "2026-09-07"
    assert 4 <= len(ticks) <= 6
    assert "text" not in drawing["data"][0]["mode"]


def test_each_tile_has_its_shade_its_number_and_its_name() -> None:
    drawing = draw_map(TILES)
    assert drawing["data"][0]["text"] == ["<b>&lt;10</b><br>QE1", "<b>45</b><br>QOP"]
    assert drawing["data"][0]["hovertext"][1] == "Manchester: 45"
    assert [shape["fillcolor"] for shape in drawing["layout"]["shapes"]] == [STEPS[0], STEPS[3]]


def test_neighbouring_tiles_touch_and_do_not_overlap() -> None:
    drawing = draw_map([Tile(1, 1, "A", "A", "1", 1), Tile(1, 2, "B", "B", "1", 1), Tile(2, 1, "C", "C", "1", 1)])
    (ax, bx, cx), (ay, by, cy) = drawing["data"][0]["x"], drawing["data"][0]["y"]
    for distance in ((cx - ax) ** 2 + (cy - ay) ** 2, (bx - ax) ** 2 + (by - ay) ** 2):
        assert distance == pytest.approx(1.0)


def test_the_map_keeps_its_shape() -> None:
    assert find_ratio(TILES) > 0
    assert find_ratio([Tile(column, 0, "", "", "", None) for column in range(4)]) < 0.5


@given(amounts=st.lists(st.none() | st.integers(10, 5000).map(lambda n: 5 * n), max_size=50))
def test_shades_rise_with_the_number_and_the_most_is_the_darkest(amounts: list[int | None]) -> None:
    limits = choose_limits(amounts)
    counted = sorted(amount for amount in amounts if amount is not None)
    steps = [find_step(amount, limits) for amount in counted]
    assert steps == sorted(steps)
    assert all(1 <= step <= 3 for step in steps)
    assert find_step(None, limits) == 0
    if counted and counted[-1] > 15:
        assert steps[-1] == 3


def luminance(colour: str) -> float:
    parts = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_text_on_every_shade_can_be_read_and_neighbouring_shades_be_told_apart() -> None:
    colours = draw_map([Tile(0, 0, "", "", "", amount) for amount in (None, 10, 100, 300)])["data"][0]["textfont"][
        "color"
    ]
    assert all(contrast(text, shade) >= 4.5 for text, shade in zip(colours, STEPS, strict=True))
    levels = [luminance(shade) for shade in STEPS]
    assert levels == sorted(levels, reverse=True)
    assert all(contrast(one, other) >= 1.3 for one, other in pairwise(STEPS))


def test_marks_can_be_told_from_the_paper_and_from_each_other() -> None:
    assert contrast(OURS, "#ffffff") >= 3
    assert contrast(INK, "#ffffff") >= 3
    assert contrast(OURS, OTHER) >= 3


@given(text=st.text(alphabet="abc é,", max_size=200))
def test_wrapping_loses_no_word(text: str) -> None:
    lines = wrap_label(text)
    assert " ".join(lines).split() == text.split()
    assert all(len(line) <= 34 or " " not in line for line in lines)
