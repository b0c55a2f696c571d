"""Funnels, trends and diverging bars: only what is shown is drawn, in its place, with a label at the mark."""

from __future__ import annotations

from itertools import pairwise

import plotly.graph_objects as plotly
import pytest

from dashboard.figures.diverging import GOOD, OTHERS, Segment, draw_diverging, place_parts
from dashboard.figures.funnel import Dot, FunnelWords, draw_funnel, find_steps
from dashboard.figures.paper import Drawing
from dashboard.figures.trend import Point, draw_trend, find_runs
from dashboard.model import Item, Option

SEGMENTS = [
    Segment("A", "Better than hoped", "30%", 30, good=True),
    Segment("B", "As hoped", "20%", 20, good=True),
    Segment("C", "A little", "25%", 25, good=False),
    Segment("D", "No change <b>", "Too few to show", None, good=False),
    Segment("E", "Worse", "15%", 15, good=False),
]
POINTS = [
    Point("2023", "55%", 55, 50, 60),
    Point("2024", "60%", 60, 55, 65),
    Point("2025", "64%", 64, 59, 69, "other words"),
    Point("2026", "Too few to show", None, None, None),
    Point("2027", "under 5%", None, 0, 5),
]
DOTS = [
    Dot(10, 50, (20, 80), (5, 95)),
    Dot(10, 50, (25, 75), (10, 90), "QOP", apart=True),
    Dot(40, 90, (40, 70), (30, 80), "Q<1"),
]
WORDS = FunnelWords("People who answered", "England<br>55%", "95%", "99.8%")


def all_drawings() -> list[Drawing]:
    return [
        draw_diverging(SEGMENTS),
        draw_diverging([]),
        draw_diverging(SEGMENTS[3:4]),
        draw_trend(POINTS, gap_words="Not joined:"),
        draw_trend(POINTS[:1], gap_words="Not joined:"),
        draw_funnel(DOTS, line=55, words=WORDS),
        draw_funnel(DOTS, line=None, words=WORDS),
        draw_funnel([], line=55, words=WORDS),
    ]


@pytest.mark.parametrize("drawing", all_drawings())
def test_plotly_knows_every_property_and_nothing_needs_a_legend_or_a_mouse(drawing: Drawing) -> None:
    plotly.Figure(drawing)
    assert drawing["layout"]["showlegend"] is False
    assert {trace["type"] for trace in drawing["data"]} <= {"bar", "scatter"}
    assert {trace["hoverinfo"] for trace in drawing["data"]} <= {"skip"}


def spans(segments: list[Segment]) -> dict[str, tuple[float, float]]:
    return {part.segment.letter: (part.start, part.end) for part in place_parts(segments)}


def test_good_answers_go_right_and_the_best_and_the_worst_stand_at_the_ends() -> None:
    assert spans(SEGMENTS) == {"B": (0, 20), "A": (20, 50), "C": (-25, 0), "E": (-40, -25)}


def test_a_scale_whose_good_end_is_the_last_runs_from_left_to_right() -> None:
    scale = [Segment(str(number), "", "", 10, good=number > 6) for number in range(11)]
    found = spans(scale)
    assert sorted(found, key=lambda letter: found[letter]) == [str(number) for number in range(11)]
    assert found["7"] == (0, 10)
    assert found["6"] == (-10, 0)


def test_hidden_answers_are_named_and_not_drawn() -> None:
    drawing = draw_diverging(SEGMENTS)
    assert sorted(drawing["data"][0]["x"]) == [15, 20, 25, 30]
    labels = [note["text"] for note in drawing["layout"]["annotations"]]
    assert "<b>Too few to show</b> No change &lt;b&gt;" in labels
    assert labels.count("<b>D</b>") == 1  # beside its label alone
    assert labels.count("<b>A</b>") == 2


def test_a_diverging_bar_has_at_most_four_colours_the_dark_ones_at_its_ends() -> None:
    colours = {part.segment.letter: part.colour for part in place_parts(SEGMENTS)}
    assert colours == {"B": GOOD[1], "A": GOOD[0], "C": OTHERS[1], "E": OTHERS[0]}
    assert draw_diverging(SEGMENTS)["layout"]["xaxis"]["range"] == [-50, 50]


@pytest.mark.parametrize(
    ("kind", "good", "ordered"),
    [
        ("choice", ("a",), True),
        ("choice", ("a", "b"), True),
        ("scale", ("b", "c"), True),
        ("choice", ("b",), False),
        ("choice", ("a", "c"), False),
        ("choice", ("a", "b", "c"), False),
        ("choice", (), False),
        ("choices", ("a",), False),
    ],
)
def test_answers_have_an_order_where_one_is_chosen_and_the_good_ones_begin_or_end_them(
    kind: str, good: tuple[str, ...], ordered: bool
) -> None:
    options = tuple(Option(code, code.upper()) for code in "abc")
    assert Item("x", "X?", "", kind, False, None, options, "A", good).is_ordered is ordered


def test_a_line_is_broken_by_a_gap_and_by_what_is_not_shown() -> None:
    assert find_runs(POINTS) == [[0, 1], [2]]
    drawing = draw_trend(POINTS, gap_words="Not joined:")
    (gap,) = drawing["layout"]["shapes"]
    assert (gap["x0"], gap["x1"]) == (1.5, 1.5)
    notes = [note["text"] for note in drawing["layout"]["annotations"]]
    assert "Not joined:<br>other words" in notes
    assert "Too few<br>to show" in notes
    assert drawing["layout"]["yaxis"]["range"] == [0, 100]


def test_a_band_is_a_dotted_line_over_all_it_may_be() -> None:
    ranges = [trace for trace in draw_trend(POINTS, gap_words="")["data"] if trace["x"] == [4, 4]]
    assert [(trace["y"], trace["line"]["dash"]) for trace in ranges] == [([0, 5], "dot")]


def test_limits_are_never_drawn_narrower_than_those_of_a_place_as_large() -> None:
    steps = find_steps([(10, 20, 80), (10, 25, 75), (20, 35, 65), (40, 30, 60)])
    assert [(step.low, step.high) for step in steps] == [(20, 80), (30, 65), (30, 60)]
    assert [(step.start, step.end) for step in steps] == [(7.5, 15), (15, 30), (30, 42.5)]
    assert all(one.end == other.start for one, other in pairwise(steps))


def test_dots_of_one_spot_stand_side_by_side_within_what_they_are_rounded_to() -> None:
    drawing = draw_funnel([Dot(40, 50, (30, 70), (20, 80))] * 7, line=None, words=WORDS)
    (dots,) = [trace for trace in drawing["data"] if trace["mode"] == "markers+text" and trace["x"]]
    spots = list(zip(dots["x"], dots["y"], strict=True))
    assert len(set(spots)) == 7
    assert all(abs(x - 40) <= 2.5 and abs(y - 50) <= 2.5 for x, y in spots)


def test_what_is_worth_a_look_differs_in_shape_and_bears_its_name() -> None:
    near, apart = [trace for trace in draw_funnel(DOTS, line=55, words=WORDS)["data"] if "text" in trace]
    assert (near["marker"]["symbol"], apart["marker"]["symbol"]) == ("circle", "diamond")
    assert near["marker"]["color"] != apart["marker"]["color"]
    assert near["text"] == ["<b>QOP</b>", "<b>Q&lt;1</b>"]  # one label for a spot
