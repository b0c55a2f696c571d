"""Answers a week as a line."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from dashboard.figures.paper import INK, OTHER, OURS, PAPER, Drawing

_TICKS = 6
"""Dates below the weeks, at most."""


def draw_weeks(weeks: Sequence[tuple[str, int | None]]) -> Drawing:
    """Answers a week as a line from zero; `weeks` are (Monday as an ISO date, count or None for a gap).

    A tick is always a Monday of `weeks`. Where there are few, each point has its number beside it.
    """
    most = max((count for _, count in weeks if count is not None), default=0)
    step = -(-len(weeks) // _TICKS) or 1
    few = len(weeks) <= _TICKS
    return {
        "data": [
            {
                "type": "scatter",
                "mode": "lines+markers+text" if few else "lines+markers",
                "x": [day for day, _ in weeks],
                "y": [count for _, count in weeks],
                "text": ["" if count is None else f"<b>{count:,}</b>" for _, count in weeks],
                "textposition": "top center",
                "connectgaps": False,
                "line": {"color": OURS, "width": 3},
                "marker": {"color": OURS, "size": 9},
                "hoverinfo": "skip",
            }
        ],
        "layout": {
            **PAPER,
            "height": 300,
            "margin": {"l": 44, "r": 12, "t": 12, "b": 44},
            "xaxis": {
                "type": "date",
                "range": _surround([day for day, _ in weeks]),
                "tickvals": [day for day, _ in weeks][::step],
                "tickformat": "%-d %b",
                "showgrid": False,
                "linecolor": INK,
                "fixedrange": True,
            },
            "yaxis": {"range": [0, max(10, most * 1.2)], "gridcolor": OTHER, "fixedrange": True, "nticks": 5},
        },
    }


def _surround(days: Sequence[str]) -> list[str] | None:
    """From half a week before the first day to half a week after the last; None where there is no day."""
    half = timedelta(days=4)
    dates = [date.fromisoformat(day) for day in days]
    return [(min(dates) - half).isoformat(), (max(dates) + half).isoformat()] if dates else None
