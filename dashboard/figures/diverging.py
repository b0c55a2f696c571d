"""Ordered answers as one bar that diverges: good ones to the right of a line, the others to its left."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.figures.paper import FONT, INK, OURS, PAPER, Drawing
from dashboard.figures.rows import wrap_label, write_label

# Two for each side, the light one near the line. Told apart by lightness alone too; orange and blue by everyone.
GOOD = (OURS, "#9cc3e8")
OTHERS = ("#8a4b08", "#f2c083")
_ON = {OURS: "#ffffff", GOOD[1]: INK, OTHERS[0]: "#ffffff", OTHERS[1]: INK}

_BAR = 40
"""Height of the bar in pixels."""
_LINE = 22
_GAP = 6
_WRAP = 29
"""Characters in a line of a label beside its letter: what fits 320 pixels."""
_ROOM = 5
"""Points that a segment needs to hold its letter on a narrow screen."""


@dataclass(frozen=True)
class Segment:
    """One answer, in the order of the question: `share` None where no exact figure is shown."""

    letter: str
    """What stands in the segment and beside its label."""
    label: str
    value: str
    share: int | None
    good: bool


@dataclass(frozen=True)
class _Part:
    segment: Segment
    start: float
    end: float
    colour: str


def draw_diverging(segments: Sequence[Segment]) -> Drawing:
    """One bar; good answers begin or end `segments`, and the best and the worst are at the ends of the bar.

    Below it a line for each answer, also for those that are not drawn. Sums are not scaled: shares are rounded, and
    what is hidden is missing.
    """
    parts = place_parts(segments)
    annotations, shapes = _draw_labels(segments, {part.segment.letter: part.colour for part in parts})
    height = annotations[-1]["y"] + _LINE * (annotations[-1]["text"].count("<br>") / 2 + 1) if annotations else _BAR
    left = max((-part.start for part in parts if part.start < 0), default=0)
    right = max((part.end for part in parts if part.end > 0), default=0)
    limits = [-25 * max(1, math.ceil(left / 25)), 25 * max(1, math.ceil(right / 25))]
    ticks = list(range(limits[0], limits[1] + 1, 25))
    letters = [
        {
            "x": (part.start + part.end) / 2,
            "y": _BAR / 2,
            "text": f"<b>{part.segment.letter}</b>",
            "showarrow": False,
            "font": {**FONT, "color": _ON[part.colour]},
        }
        for part in parts
        if part.end - part.start >= _ROOM
    ]
    return {
        "data": [
            {
                "type": "bar",
                "orientation": "h",
                "base": [part.start for part in parts],
                "x": [part.end - part.start for part in parts],
                "y": [_BAR / 2 for _ in parts],
                "width": _BAR - 4,
                "marker": {
                    "color": [part.colour for part in parts],
                    "line": {"color": "#ffffff", "width": 2},
                },
                "hoverinfo": "skip",
            }
        ],
        "layout": {
            **PAPER,
            "height": height + 36,
            "margin": {"l": 12, "r": 22, "t": 26, "b": 4},
            "bargap": 0,
            "annotations": [*letters, *annotations],
            "shapes": [*shapes, _line(0, _BAR)],
            "xaxis": {
                "range": limits,
                "side": "top",
                "tickvals": ticks,
                "ticktext": ["0" if tick == 0 else f"{abs(tick)}%" for tick in ticks],
                "showgrid": False,
                "zeroline": False,
                "fixedrange": True,
            },
            "yaxis": {"range": [height, 0], "visible": False, "fixedrange": True},
        },
    }


def place_parts(segments: Sequence[Segment]) -> list[_Part]:
    """The segments that are shown, each side from the line outward."""
    outward = list(reversed(segments)) if segments and segments[0].good else list(segments)
    good = [segment for segment in outward if segment.good]
    others = [segment for segment in reversed(outward) if not segment.good]
    parts: list[_Part] = []
    for side, colours, sign in ((good, GOOD, 1), (others, OTHERS, -1)):
        at = 0
        for number, segment in enumerate(side):
            if not segment.share:
                continue
            colour = colours[1] if number < len(side) // 2 else colours[0]
            edges = sorted((at, at + sign * segment.share))
            parts.append(_Part(segment, edges[0], edges[1], colour))
            at += sign * segment.share
    return parts


def _line(top: int, bottom: int) -> Drawing:
    ink = {"color": INK, "width": 3}
    return {"type": "line", "x0": 0, "x1": 0, "y0": top, "y1": bottom + 4, "line": ink, "layer": "above"}


def _draw_labels(segments: Sequence[Segment], colours: dict[str, str]) -> tuple[list[Drawing], list[Drawing]]:
    """Below the bar: the letter as it stands in its segment, then share and answer."""
    labels: list[Drawing] = []
    swatches: list[Drawing] = []
    y = _BAR + 14.0
    placed = {"xref": "paper", "x": 0, "showarrow": False, "yanchor": "middle"}
    for segment in segments:
        lines = len(wrap_label(f"{segment.value} {segment.label}", _WRAP))
        colour = colours.get(segment.letter)
        swatches.append(
            {
                "type": "rect",
                "xref": "paper",
                "xsizemode": "pixel",
                "xanchor": 0,
                "x0": 0,
                "x1": 22,
                "y0": y,
                "y1": y + _LINE - 2,
                "fillcolor": colour or "#ffffff",
                "line": {"color": colour or INK, "width": 1, "dash": "solid" if colour else "dot"},
            }
        )
        ink = {**FONT, "color": _ON[colour] if colour else INK}
        letter = {**placed, "y": y + _LINE / 2 - 1, "xanchor": "center", "xshift": 11, "font": ink}
        label = {**placed, "y": y + lines * _LINE / 2 - 1, "xanchor": "left", "xshift": 28, "align": "left"}
        labels.append({**letter, "text": f"<b>{segment.letter}</b>"})
        labels.append({**label, "font": FONT, "text": write_label(segment.value, segment.label, _WRAP)})
        y += lines * _LINE + _GAP
    return labels, swatches
