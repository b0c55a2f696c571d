"""Published numbers, and the data they belong to, that the statistics are tested against."""

from __future__ import annotations

import csv
import json
from functools import cache
from math import floor, log10
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "reference"


@cache
def _oracles() -> dict[str, Any]:
    numbers: dict[str, Any] = json.loads((FOLDER / "oracles.json").read_text(encoding="utf-8"))
    return numbers


def oracle(*path: str) -> Any:
    """A figure or group of figures by its path: `oracle("funnel", "n=7", "lower_95")` is 51.373565."""
    found: Any = _oracles()
    for key in path:
        found = found[key]
    return found


@cache
def schools(sample: str) -> tuple[dict[str, str], ...]:
    """The rows of the sample "apistrat" or "apiclus1", as text; `tests/reference/README.md` has the columns."""
    with (FOLDER / f"{sample}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def significant_figures(published: float) -> int:
    """How many figures a number was published with: 5 for 23.704, 4 for 0.02936, 7 for 3647280."""
    return len(repr(published).replace(".", "").lstrip("0"))


def agrees(ours: float, published: float, most: int = 8) -> bool:
    """Whether two numbers are the same in all the significant figures that were published, or in the first `most`.

    23.7043 agrees with 23.704, 23.7046 does not.
    """
    figures = min(most, significant_figures(published))
    unit = 10.0 ** (floor(log10(abs(published))) - figures + 1)
    return abs(ours - published) <= 0.5 * unit * (1 + 1e-6)
