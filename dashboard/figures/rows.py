"""Shares drawn in rows: labels at the marks, no need of a mouse."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.figures.paper import EDGE, FONT, INK, OTHER, OURS, PAPER, Drawing, escape_text

_LINE = 22
"""Height in pixels of a line of a label."""

_MARK = 30
"""Height in pixels of a mark and the room below it."""

_WRAP = 34
"""Characters in a line of a label: what fits 320 pixels."""


@dataclass(frozen=True)
class Mark:
    """One row of a chart, in per cent: `share` None where it is not shown; a band has only `low` and `high`."""

    label: str
    value: str
    """What is written in bold before the label: 67%, under 5%."""
    share: float | None
    low: float | None = None
    high: float | None = None
    benchmark: float | None = None


def draw_bars(marks: Sequence[Mark]) -> Drawing:
    """Zero-based bars with their likely range: a row for each answer, the label above its bar."""
    rows = _place_rows(marks)
    return _draw_rows(
        rows,
        [
            _draw_share_bars([(row, mark.share) for row, mark in rows], OURS),
            *_draw_ranges(rows),
        ],
    )


def draw_dots(marks: Sequence[Mark], *, line: float | None, line_label: str) -> Drawing:
    """Dots with their likely range: a row for each place; a dashed line at `line`, the share to compare with."""
    rows = _place_rows(marks, top=30 if line is not None else 0)
    drawing = _draw_rows(rows, [*_draw_ranges(rows), _draw_share_dots(rows)])
    if line is not None:
        drawing["layout"]["shapes"].append(
            {
                "type": "line",
                "x0": line,
                "x1": line,
                "y0": 22,
                "y1": drawing["layout"]["yaxis"]["range"][0],
                "line": {"color": INK, "width": 1, "dash": "dash"},
                "layer": "below",
            }
        )
        drawing["layout"]["annotations"].append(
            {
                **_LABEL,
                "x": line,
                "y": 10,
                "text": line_label,
                "xanchor": "right" if line > 60 else "left" if line < 40 else "center",
            }
        )
    return drawing


def draw_benchmark(marks: Sequence[Mark]) -> Drawing:
    """A grey bar for the benchmark, a dot for our share, a line for its likely range: a row for each group."""
    rows = _place_rows(marks)
    return _draw_rows(
        rows,
        [
            _draw_share_bars([(row, mark.benchmark) for row, mark in rows], OTHER),
            *_draw_ranges(rows),
            _draw_share_dots(rows),
        ],
    )


_LABEL: Drawing = {"showarrow": False, "font": FONT, "align": "left", "yanchor": "middle"}


@dataclass(frozen=True)
class _Row:
    """Where a row stands, in pixels from the top of the plot."""

    label: float
    mark: float
    end: float


def _place_rows(marks: Sequence[Mark], *, top: int = 0) -> list[tuple[_Row, Mark]]:
    placed = []
    y: float = top
    for mark in marks:
        lines = len(wrap_label(f"{mark.value} {mark.label}"))
        label = y + lines * _LINE / 2
        y += lines * _LINE + _MARK
        placed.append((_Row(label, y - _MARK / 2 - 4, y), mark))
    return placed


def _draw_rows(rows: Sequence[tuple[_Row, Mark]], data: list[Drawing]) -> Drawing:
    height = rows[-1][0].end if rows else 0
    return {
        "data": [{**trace, "hoverinfo": "skip"} for trace in data],
        "layout": {
            **PAPER,
            "height": height + 36,
            "margin": {"l": 8, "r": 22, "t": 4, "b": 32},
            "bargap": 0,
            "annotations": [
                {
                    **_LABEL,
                    "x": 0,
                    "xanchor": "left",
                    "xshift": 4,
                    "y": row.label,
                    "text": write_label(mark.value, mark.label),
                }
                for row, mark in rows
            ],
            "shapes": [],
            "xaxis": {
                "range": [0, 100],
                "tickvals": [0, 25, 50, 75, 100],
                "ticktext": ["0", "25%", "50%", "75%", "100%"],
                "gridcolor": "#d8dde0",
                "zeroline": True,
                "zerolinecolor": INK,
                "fixedrange": True,
            },
            "yaxis": {"range": [height, 0], "visible": False, "fixedrange": True},
        },
    }


def _draw_ranges(rows: Sequence[tuple[_Row, Mark]]) -> list[Drawing]:
    """The likely ranges; of a band, which has no share, a dashed line over all that it may be."""
    traces = []
    for row, mark in rows:
        if mark.low is None or mark.high is None:
            continue
        banded = mark.share is None
        traces.append(
            {
                "type": "scatter",
                "mode": "lines+markers",
                "x": [mark.low, mark.high],
                "y": [row.mark, row.mark],
                "line": {"color": INK, "width": 2, "dash": "dot" if banded else "solid"},
                "marker": {"symbol": "line-ns", "size": 12, "color": INK, "line": {"color": INK, "width": 2}},
                "cliponaxis": False,
            }
        )
    return traces


def _draw_share_bars(shares: Sequence[tuple[_Row, float | None]], colour: str) -> Drawing:
    bars = [(row, share) for row, share in shares if share is not None]
    return {
        "type": "bar",
        "orientation": "h",
        "x": [share for _, share in bars],
        "y": [row.mark for row, _ in bars],
        "width": 18,
        "marker": {"color": colour, "line": {"color": EDGE, "width": 1 if colour == OTHER else 0}},
    }


def _draw_share_dots(rows: Sequence[tuple[_Row, Mark]]) -> Drawing:
    dots = [(row, mark.share) for row, mark in rows if mark.share is not None]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [share for _, share in dots],
        "y": [row.mark for row, _ in dots],
        "marker": {"color": OURS, "size": 14, "line": {"color": "#ffffff", "width": 2}},
        "cliponaxis": False,
    }


def wrap_label(text: str, longest: int = _WRAP) -> list[str]:
    """The text in lines of at most 34 characters, broken between words."""
    lines: list[str] = []
    for word in text.split():
        if lines and len(lines[-1]) + 1 + len(word) <= longest:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def write_label(value: str, label: str, longest: int = _WRAP) -> str:
    """The value in bold, then the label; Plotly reads a little HTML, so what is written is escaped."""
    bold = len(value.split())
    lines = []
    for line in wrap_label(f"{value} {label}", longest):
        words = [escape_text(word) for word in line.split()]
        strong, plain = " ".join(words[:bold]), " ".join(words[bold:])
        lines.append(" ".join(part for part in (f"<b>{strong}</b>" if strong else "", plain) if part))
        bold = max(0, bold - len(words))
    return "<br>".join(lines)
