"""Where people are, and how far they came: places beside their benchmark, and a line of people over pages."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.figures.paper import FONT, INK, OTHER, OURS, PAPER, Drawing
from dashboard.figures.rows import Mark, draw_benchmark

_TENS = 10


def draw_places(marks: Sequence[Mark]) -> Drawing:
    """As groups beside their benchmark, on an axis from zero to what the largest place needs: no place is everyone."""
    drawing = draw_benchmark(marks)
    ends = [value for mark in marks for value in (mark.high, mark.benchmark, mark.share) if value is not None]
    most = min(100, _TENS * int(max(ends, default=0) // _TENS + 1))
    step = _TENS if most <= 5 * _TENS else 2 * _TENS
    ticks = list(range(0, most + 1, step))
    drawing["layout"]["xaxis"] |= {
        "range": [0, most],
        "tickvals": ticks,
        "ticktext": ["0", *(f"{tick}%" for tick in ticks[1:])],
    }
    return drawing


def draw_course(people: Sequence[int | None], *, first: str, last: str, axis: str) -> Drawing:
    """How many came to each page, in order, as a line from zero; `first` and `last` stand at its ends.

    `axis` says what is counted below it.
    """
    most = max((count for count in people if count is not None), default=0)
    ends = ((1, people[0], first, "left"), (len(people), people[-1], last, "right")) if people else ()
    return {
        "data": [
            {
                "type": "scatter",
                "mode": "lines",
                "x": list(range(1, len(people) + 1)),
                "y": list(people),
                "connectgaps": False,
                "line": {"color": OURS, "width": 3, "shape": "hv"},
                "hoverinfo": "skip",
            }
        ],
        "layout": {
            **PAPER,
            "height": 260,
            "margin": {"l": 44, "r": 12, "t": 12, "b": 44},
            "annotations": [
                {
                    "x": x,
                    "y": y,
                    "text": f"<b>{text}</b>",
                    "showarrow": False,
                    "xanchor": side,
                    "yshift": 14,
                    "font": FONT,
                }
                for x, y, text, side in ends
                if y is not None
            ],
            "xaxis": {
                "range": [0.5, len(people) + 0.5],
                "title": {"text": axis, "font": FONT},
                "showgrid": False,
                "linecolor": INK,
                "fixedrange": True,
                "nticks": 6,
            },
            "yaxis": {"range": [0, max(10, most * 1.2)], "gridcolor": OTHER, "fixedrange": True, "nticks": 5},
        },
    }
