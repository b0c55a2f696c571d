"""Answers a week as a line, beside those of the wave before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from dashboard.figures.paper import FONT, INK, OTHER, OURS, PAPER, Drawing, escape_text

EARLIER = "#768692"
"""Paler than ours, and dark enough on white (3.7 to 1) to be seen by itself."""

EARLIER_INK = "#4c6272"

_TICKS = 6
"""Dates below the weeks, at most."""


@dataclass(frozen=True)
class Line:
    """A wave and its weeks: (Monday as an ISO date, count or None for a gap)."""

    name: str
    weeks: tuple[tuple[str, int | None], ...]


def draw_weeks(line: Line, earlier: Line | None = None) -> Drawing:
    """Answers a week as a line from zero, and those of an `earlier` wave, moved to the same weeks, as a paler one.

    A tick is always a Monday of a line. Each of two lines has its name beside it; one line of few weeks has its
    numbers beside its points.
    """
    lines = [line, *([earlier] if earlier else [])]
    days = sorted({day for each in lines for day, _ in each.weeks})
    most = max((count for each in lines for _, count in each.weeks if count is not None), default=0)
    step = -(-len(days) // _TICKS) or 1
    few = len(days) <= _TICKS and earlier is None
    traces = [_draw_line(line, OURS, "solid", few=few)]
    if earlier:
        traces.insert(0, _draw_line(earlier, EARLIER, "dot", few=False))
    return {
        "data": traces,
        "layout": {
            **PAPER,
            "height": 300,
            "margin": {"l": 44, "r": 12, "t": 12, "b": 44},
            "annotations": _name_lines(line, earlier) if earlier else [],
            "xaxis": {
                "type": "date",
                "range": _surround(days),
                "tickvals": days[::step],
                "tickformat": "%-d %b",
                "showgrid": False,
                "linecolor": INK,
                "fixedrange": True,
            },
            "yaxis": {"range": [0, max(10, most * 1.2)], "gridcolor": OTHER, "fixedrange": True, "nticks": 5},
        },
    }


def _draw_line(line: Line, colour: str, dash: str, *, few: bool) -> Drawing:
    return {
        "type": "scatter",
        "mode": "lines+markers+text" if few else "lines+markers",
        "x": [day for day, _ in line.weeks],
        "y": [count for _, count in line.weeks],
        "text": ["" if count is None or not few else f"<b>{count:,}</b>" for _, count in line.weeks],
        "textposition": "top center",
        "connectgaps": False,
        "line": {"color": colour, "width": 3, "dash": dash},
        "marker": {"color": colour, "size": 9 if dash == "solid" else 7},
        "hoverinfo": "skip",
    }


def _name_lines(line: Line, earlier: Line) -> list[Drawing]:
    """The names where the lines are furthest apart: one above, one below."""
    ours, theirs = ({day: count for day, count in each.weeks if count is not None} for each in (line, earlier))
    both = sorted(ours.keys() & theirs.keys())
    day = max(both, key=lambda each: abs(ours[each] - theirs[each]), default=None)
    above = day is None or ours[day] >= theirs[day]
    names = ((line.name, ours, OURS, above), (earlier.name, theirs, EARLIER_INK, day is None or not above))
    named = []
    for name, counts, colour, is_above in names:
        if counts:
            at = day or max(counts, key=lambda each: counts[each])
            label = {"x": at, "y": counts[at], "text": f"<b>{escape_text(name)}</b>", "showarrow": False}
            named.append({**label, "yshift": 16 if is_above else -16, "font": {**FONT, "color": colour}})
    return named


def _surround(days: Sequence[str]) -> list[str] | None:
    """From half a week before the first day to half a week after the last; None where there is no day."""
    half = timedelta(days=4)
    dates = [date.fromisoformat(day) for day in days]
    return [(min(dates) - half).isoformat(), (max(dates) + half).isoformat()] if dates else None
