"""One share survey by survey: a line with its likely range, and a gap where two surveys may not be joined."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.figures.paper import FONT, INK, OURS, PAPER, Drawing, escape_text

_GREY = "#4c6272"


@dataclass(frozen=True)
class Point:
    """One survey: `share` None where it is hidden or a band, which has only `low` and `high`."""

    wave: str
    value: str
    """What is written above the likely range: 64%, under 5%; or why there is none."""
    share: int | None
    low: int | None
    high: int | None
    gap: str = ""
    """Why it may not be joined to the survey before, in a few words; '' where it may."""


def draw_trend(points: Sequence[Point], *, gap_words: str) -> Drawing:
    """Shares from 0 to 100% with their likely ranges; `gap_words` head the note of a gap."""
    gaps = [(number, point.gap) for number, point in enumerate(points) if point.gap]
    return {
        "data": [*_draw_ranges(points), *[_draw_run(points, run) for run in find_runs(points)]],
        "layout": {
            **PAPER,
            "height": 380,
            "margin": {"l": 44, "r": 12, "t": 56 if gaps else 12, "b": 40},
            "shapes": [
                {
                    "type": "line",
                    "x0": number - 0.5,
                    "x1": number - 0.5,
                    "y0": 0,
                    "y1": 100,
                    "line": {"color": _GREY, "width": 2, "dash": "dot"},
                }
                for number, _ in gaps
            ],
            "annotations": [
                *[_write(number - 0.5, 100, f"{gap_words}<br>{escape_text(gap)}", "bottom") for number, gap in gaps],
                *[
                    {**_write(number, point.high, f"<b>{escape_text(point.value)}</b>", "bottom"), "yshift": 6}
                    for number, point in enumerate(points)
                    if point.high is not None
                ],
                *[
                    _write(number, 2, "<br>".join(_lines(point.value)), "bottom")
                    for number, point in enumerate(points)
                    if point.high is None
                ],
            ],
            "xaxis": {
                "range": [-0.45, len(points) - 0.4],
                "tickvals": list(range(len(points))),
                "ticktext": [escape_text(point.wave) for point in points],
                "showgrid": False,
                "zeroline": False,
                "linecolor": INK,
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


def find_runs(points: Sequence[Point]) -> list[list[int]]:
    """The numbers of points that one line joins: it ends where there is no exact share, and before a gap."""
    runs: list[list[int]] = []
    for number, point in enumerate(points):
        if point.share is None:
            continue
        joined = runs and runs[-1][-1] == number - 1 and not point.gap
        if joined:
            runs[-1].append(number)
        else:
            runs.append([number])
    return runs


def _draw_run(points: Sequence[Point], run: Sequence[int]) -> Drawing:
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "x": list(run),
        "y": [points[number].share for number in run],
        "line": {"color": OURS, "width": 3},
        "marker": {"color": OURS, "size": 12, "line": {"color": "#ffffff", "width": 2}},
        "cliponaxis": False,
        "hoverinfo": "skip",
    }


def _draw_ranges(points: Sequence[Point]) -> list[Drawing]:
    """The likely ranges; of a band, which has no share, a dotted line over all that it may be."""
    traces: list[Drawing] = []
    for number, point in enumerate(points):
        if point.low is None or point.high is None:
            continue
        banded = point.share is None
        trace: Drawing = {
            "type": "scatter",
            "mode": "lines+markers",
            "x": [number, number],
            "y": [point.low, point.high],
            "line": {"color": INK, "width": 2, "dash": "dot" if banded else "solid"},
            "marker": {"symbol": "line-ew", "size": 12, "line": {"color": INK, "width": 2}},
            "cliponaxis": False,
            "hoverinfo": "skip",
        }
        traces.append(trace)
    return traces


def _write(x: float, y: float, text: str, anchor: str) -> Drawing:
    return {"x": x, "y": y, "text": text, "showarrow": False, "yanchor": anchor, "font": FONT, "align": "center"}


def _lines(text: str) -> list[str]:
    """Two words a line: what stands between two points on a narrow screen."""
    words = text.split()
    return [escape_text(" ".join(words[start : start + 2])) for start in range(0, len(words), 2)]
