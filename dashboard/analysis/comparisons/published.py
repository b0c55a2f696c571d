"""Figures as a release has them, from which comparisons are made: rounded, and how far they may be from the truth."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dashboard.analysis.rounding import share_step

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Published:
    """Shares with their bases and effective numbers, as they are published; all (cells,), shares of 1."""

    share: Floats
    base: Floats
    effective: Floats

    def at(self, cells: NDArray[np.int64]) -> Published:
        """Some of the cells."""
        return Published(self.share[cells], self.base[cells], self.effective[cells])

    @property
    def astray(self) -> Floats:
        """How far the shares (cells,) may be from the truth: half of what they are rounded to."""
        return np.array([share_step(int(people)) / 200 for people in self.base], dtype=np.float64)
