"""The hex map: a tile for each area, shaded by how many answered, with the number written on it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.figures.paper import INK, PAPER, Drawing, escape_text

# From few to many: one hue, each step at least 3:1 from the ink or the paper its text is written in.
STEPS = ("#ffffff", "#cfe2f3", "#6fa8dc", "#005eb8")
_ON_STEPS = (INK, INK, INK, "#ffffff")


@dataclass(frozen=True)
class Tile:
    """One area of the hex map, at column and row from the south; odd rows stand half a tile to the right."""

    column: int
    row: int
    label: str
    name: str
    value: str
    amount: int | None


def draw_map(tiles: Sequence[Tile]) -> Drawing:
    """A tile for each area, shaded in four steps by `amount`, with label and value written on it."""
    if not tiles:
        return {"data": [], "layout": PAPER}
    limits = choose_limits([tile.amount for tile in tiles])
    centres = [_centre(tile) for tile in tiles]
    steps = [find_step(tile.amount, limits) for tile in tiles]
    columns = [x for x, _ in centres]
    rows = [y for _, y in centres]
    return {
        "data": [
            {
                "type": "scatter",
                "mode": "text",
                "x": columns,
                "y": rows,
                "text": [f"<b>{escape_text(tile.value)}</b><br>{escape_text(tile.label)}" for tile in tiles],
                "hovertext": [escape_text(f"{tile.name}: {tile.value}") for tile in tiles],
                "hoverinfo": "text",
                "textfont": {"size": 11, "color": [_ON_STEPS[step] for step in steps]},
            }
        ],
        "layout": {
            **PAPER,
            "margin": {"l": 0, "r": 0, "t": 0, "b": 0},
            "shapes": [
                {
                    "type": "path",
                    "path": _hexagon(x, y),
                    "fillcolor": STEPS[step],
                    "line": {"color": INK, "width": 1},
                    "layer": "below",
                }
                for (x, y), step in zip(centres, steps, strict=True)
            ],
            "xaxis": {"visible": False, "range": _span(columns, 0.55), "fixedrange": True},
            "yaxis": {"visible": False, "range": _span(rows, 0.65), "fixedrange": True},
        },
    }


def find_ratio(tiles: Sequence[Tile]) -> float:
    """Height by width of the map, so that its tiles are regular."""
    if not tiles:
        return 0.1
    centres = [_centre(tile) for tile in tiles]
    west, east = _span([x for x, _ in centres], 0.55)
    south, north = _span([y for _, y in centres], 0.65)
    return (north - south) / (east - west)


def _span(values: Sequence[float], room: float) -> list[float]:
    return [min(values) - room, max(values) + room]


def choose_limits(amounts: Sequence[int | None]) -> tuple[int, int]:
    """Where the second and the third shade end: a third and two thirds of the most, to the nearest 5 above."""
    most = max((amount for amount in amounts if amount is not None), default=0)
    return (max(10, 5 * math.ceil(most / 15)), max(15, 5 * math.ceil(2 * most / 15)))


def find_step(amount: int | None, limits: tuple[int, int]) -> int:
    """The shade of an amount: 0 for none or a band, then 1 to 3."""
    if amount is None:
        return 0
    return 1 + sum(amount > limit for limit in limits)


def _centre(tile: Tile) -> tuple[float, float]:
    return (tile.column + (0.5 if tile.row % 2 else 0.0), tile.row * math.sqrt(3) / 2)


def _hexagon(x: float, y: float) -> str:
    """An SVG path round (x, y): one tile wide, standing on its point."""
    radius = 1 / math.sqrt(3)
    corners = [
        (x + radius * math.sin(math.radians(60 * corner)), y + radius * math.cos(math.radians(60 * corner)))
        for corner in range(6)
    ]
    return "M" + "L".join(f"{across:.4f},{up:.4f}" for across, up in corners) + "Z"
