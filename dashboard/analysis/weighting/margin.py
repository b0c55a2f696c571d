"""A margin: one way to divide people into categories, and the share of everyone that each is known to have."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

ADDS_UP_WITHIN = 1e-6


class RakingError(ValueError):
    """Weights cannot be made from these people and margins; the message says why."""


@dataclass(frozen=True)
class Margin:
    """The categories of one margin and their targets.

    `of_cell` (cells,) is the category number of every cell, `targets` (categories,) are shares that add up to 1.
    `apart` is the category, if any, of people who did not say: its target is their own share of the people,
    and no other category is merged with it.
    """

    name: str
    of_cell: Ints
    targets: Floats
    labels: tuple[str, ...]
    apart: int | None = None

    def __post_init__(self) -> None:
        """Raises RakingError when the parts do not fit together."""
        if len(self.labels) != len(self.targets):
            raise RakingError(f"Margin '{self.name}' has {len(self.labels)} labels for {len(self.targets)} targets.")
        if not np.all(np.isfinite(self.targets)) or np.any(self.targets < 0):
            raise RakingError(f"Margin '{self.name}' has a target that is not a share.")
        if abs(self.targets.sum() - 1) > ADDS_UP_WITHIN:
            raise RakingError(f"The targets of margin '{self.name}' add up to {self.targets.sum():.6f}, not to 1.")
        if self.of_cell.size and (self.of_cell.min() < 0 or self.of_cell.max() >= len(self.targets)):
            raise RakingError(f"Margin '{self.name}' has cells in a category that it does not list.")

    def sums(self, of_cells: Floats) -> Floats:
        """What is given for every cell, added up by category."""
        return np.bincount(self.of_cell, weights=of_cells, minlength=len(self.targets)).astype(np.float64)
