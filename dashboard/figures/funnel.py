"""A funnel: places by how many answered and their share, between the limits that chance alone would keep."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.figures.paper import FONT, INK, OURS, PAPER, Drawing, escape_text

APART = "#8a4b08"
"""Dots that are worth a look; they are diamonds, too."""
_GREY = "#4c6272"
_IN_A_ROW = 5
_ROW_APART = 2.5
_HALF_STEP = 2.5
"""Bases are rounded to 5 people, so each stands for as many to either side."""


@dataclass(frozen=True)
class Dot:
    """One place: rounded people and share, its limits at 95% and 99.8%, and what is written beside it, if anything."""

    people: int
    share: int
    limits: tuple[int, int]
    far_limits: tuple[int, int]
    label: str = ""
    apart: bool = False


@dataclass(frozen=True)
class Step:
    """Limits from `start` to `end` people."""

    start: float
    end: float
    low: int
    high: int


@dataclass(frozen=True)
class FunnelWords:
    """What is written in the chart."""

    people: str
    line: str
    """England and its share, in two lines."""
    limits: str
    far_limits: str


def draw_funnel(dots: Sequence[Dot], *, line: int | None, words: FunnelWords) -> Drawing:
    """Dots between two pairs of limits, with England as a line at `line`; only what is apart has a label."""
    if not dots:
        return {"data": [], "layout": PAPER}
    most = max(dot.people for dot in dots)
    right = most + _HALF_STEP
    near = find_steps([(dot.people, *dot.limits) for dot in dots])
    far = find_steps([(dot.people, *dot.far_limits) for dot in dots])
    return {
        "data": [
            *_draw_limits(far, "dot"),
            *_draw_limits(near, "solid"),
            *[_draw_dots(dots, most, apart=apart) for apart in (False, True)],
        ],
        "layout": {
            **PAPER,
            "height": 460,
            "margin": {"l": 44, "r": 72, "t": 12, "b": 52},
            "shapes": [
                {
                    "type": "line",
                    "x0": 0,
                    "x1": right,
                    "y0": line,
                    "y1": line,
                    "line": {"color": INK, "width": 1, "dash": "dash"},
                    "layer": "below",
                }
            ]
            if line is not None
            else [],
            "annotations": [
                _name(right, far[-1].high, words.far_limits, "bottom"),
                _name(right, near[-1].low, words.limits, "top"),
                *([_name(right, line, words.line, "middle")] if line is not None else []),
            ],
            "xaxis": {
                "range": [0, right],
                "title": {"text": words.people, "standoff": 8},
                "showgrid": False,
                "zeroline": False,
                "linecolor": INK,
                "nticks": 6,
                "fixedrange": True,
            },
            "yaxis": {
                "range": [0, 100],
                "tickvals": [0, 25, 50, 75, 100],
                "ticktext": ["0", "25%", "50%", "75%", "100%"],
                "gridcolor": "#d8dde0",
                "zeroline": False,
                "fixedrange": True,
            },
        },
    }


def find_steps(limits: Sequence[tuple[int, int, int]]) -> list[Step]:
    """Limits as steps, from (people, low, high) of each place: never narrower than those of a place as large or larger.

    Where people weigh differently, places of as many people have limits of their own; so no dot is drawn outside that
    is inside its own limits.
    """
    people = sorted({each[0] for each in limits})
    found = []
    for number, here in enumerate(people):
        wide = [(low, high) for size, low, high in limits if size >= here]
        start = (people[number - 1] + here) / 2 if number else max(0.0, here - _HALF_STEP)
        end = (here + people[number + 1]) / 2 if number + 1 < len(people) else here + _HALF_STEP
        found.append(Step(start, end, min(low for low, _ in wide), max(high for _, high in wide)))
    return found


def _draw_limits(steps: Sequence[Step], dash: str) -> list[Drawing]:
    across = [edge for step in steps for edge in (step.start, step.end)]
    return [
        {
            "type": "scatter",
            "mode": "lines",
            "x": across,
            "y": [value for step in steps for value in (getattr(step, side),) * 2],
            "line": {"color": _GREY, "width": 2, "dash": dash},
            "hoverinfo": "skip",
        }
        for side in ("low", "high")
    ]


def _draw_dots(dots: Sequence[Dot], most: int, *, apart: bool) -> Drawing:
    """Dots of the same people and share stand side by side; the first bears the labels of all, one above the other."""
    by_place: dict[tuple[int, int], list[Dot]] = {}
    for dot in dots:
        by_place.setdefault((dot.people, dot.share), []).append(dot)
    placed = [
        (dot, *spot, _label(alike) if number == 0 else "")
        for alike in by_place.values()
        for number, (dot, spot) in enumerate(zip(alike, _spread(alike, max(1.0, most / 60)), strict=True))
        if dot.apart is apart
    ]
    return {
        "type": "scatter",
        "mode": "markers+text",
        "x": [x for _, x, _, _ in placed],
        "y": [y for _, _, y, _ in placed],
        "text": [label for _, _, _, label in placed],
        "textposition": "top center",
        "textfont": FONT,
        "marker": {
            "symbol": "diamond" if apart else "circle",
            "size": 15 if apart else 11,
            "color": APART if apart else OURS,
            "line": {"color": "#ffffff", "width": 1},
        },
        "cliponaxis": False,
        "hoverinfo": "skip",
    }


def _spread(alike: Sequence[Dot], across: float) -> list[tuple[float, float]]:
    """Where dots of one spot stand: rows of at most five, within what people and share are rounded to."""
    rows = -(-len(alike) // _IN_A_ROW)
    spots = []
    for number, dot in enumerate(alike):
        row, column = divmod(number, _IN_A_ROW)
        wide = min(_IN_A_ROW, len(alike) - row * _IN_A_ROW)
        spots.append((dot.people + across * (column - (wide - 1) / 2), dot.share + _ROW_APART * ((rows - 1) / 2 - row)))
    return spots


def _label(alike: Sequence[Dot]) -> str:
    return "<br>".join(f"<b>{escape_text(dot.label)}</b>" for dot in alike if dot.label)


def _name(x: float, y: int, text: str, anchor: str) -> Drawing:
    return {
        "x": x,
        "y": y,
        "text": text,
        "showarrow": False,
        "xanchor": "left",
        "yanchor": anchor,
        "xshift": 6,
        "align": "left",
        "font": FONT,
    }
