"""What every drawing shares: Plotly figures as plain dictionaries, four colours, one paper."""

from __future__ import annotations

from typing import Any

Drawing = dict[str, Any]

# Four colours that colour-blind people can tell apart, and by lightness alone too.
OURS = "#005eb8"

INK = "#212b32"

OTHER = "#aeb7bd"

EDGE = "#768692"
"""Round what is too pale to be seen on white."""

FONT = {"family": "Frutiger W01, Arial, sans-serif", "size": 14, "color": INK}

PAPER: Drawing = {
    "paper_bgcolor": "#ffffff",
    "plot_bgcolor": "#ffffff",
    "font": FONT,
    "showlegend": False,
    "dragmode": False,
    "annotations": [],
    "shapes": [],
}


def escape_text(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
