"""How people came into the sample and what they weigh: the frame of every estimate."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from dashboard.analysis.estimation.calibration import Bools, Floats, Ints, indicators, inverse_of_products
from dashboard.analysis.estimation.estimate import LonelyCluster
from dashboard.analysis.weighting.raking import Raked


@dataclass(frozen=True)
class Calibration:
    """Known margins that the weights were made to meet."""

    margins: tuple[Ints, ...]
    """The category of every unit (units,), one array a margin."""
    design_weights: Floats
    """(units,) before they were calibrated."""


@dataclass(frozen=True)
class SampleDesign:
    """A sample of units, all arrays (units,): drawn in strata, as clusters, from a finite number of clusters.

    Without strata there is one, without clusters each unit is one, without `population` they are drawn with
    replacement. Clusters are numbered within their stratum. Only the first stage counts: later ones are covered by the
    differences between clusters.
    """

    weights: Floats
    strata: Ints | None = None
    clusters: Ints | None = None
    population: Floats | None = None
    """For each unit the number of clusters there are in its stratum, drawn or not."""
    calibration: Calibration | None = None

    def __post_init__(self) -> None:
        """Raises ValueError when the parts do not fit together."""
        parts: list[Floats | Ints | None] = [self.strata, self.clusters, self.population]
        if self.calibration is not None:
            parts += [self.calibration.design_weights, *self.calibration.margins]
        if any(part is not None and part.shape != self.weights.shape for part in parts):
            raise ValueError("a design needs a stratum, a cluster, a population and margins for every unit")
        if not (np.all(np.isfinite(self.weights)) and np.all(self.weights >= 0)):
            raise ValueError("a weight is neither positive nor 0")

    @cached_property
    def stratum(self) -> Ints:
        """The stratum of every unit, numbered from 0."""
        if self.strata is None:
            return np.zeros(len(self.weights), dtype=np.int64)
        return np.unique(self.strata, return_inverse=True)[1].astype(np.int64)

    @cached_property
    def cluster(self) -> Ints:
        """The cluster of every unit, numbered from 0 through all strata."""
        if self.clusters is None:
            return np.arange(len(self.weights), dtype=np.int64)
        within = np.unique(self.clusters, return_inverse=True)[1]
        both = self.stratum * (int(within.max(initial=0)) + 1) + within
        numbered: Ints = np.unique(both, return_inverse=True)[1].astype(np.int64)
        return numbered

    @cached_property
    def stratum_of_cluster(self) -> Ints:
        """(clusters,)."""
        found = np.zeros(int(self.cluster.max(initial=-1)) + 1, dtype=np.int64)
        found[self.cluster] = self.stratum
        return found

    @cached_property
    def factors(self) -> Floats:
        """(strata,) what the squares of cluster totals are multiplied by: (1 - n/N) n/(n - 1), n of N clusters.

        Raises LonelyCluster where n is 1, unless N is 1 too.
        """
        drawn = np.bincount(self.stratum_of_cluster).astype(np.float64)
        left = np.ones_like(drawn)
        if self.population is not None:
            there = np.zeros_like(drawn)
            there[self.stratum] = self.population
            if np.any(there < drawn):
                raise ValueError("a stratum has fewer clusters than were drawn from it")
            left = 1 - drawn / there
        if np.any((drawn < 2) & (left > 0)):
            raise LonelyCluster("A stratum has one cluster: merge it with another, or its variance cannot be told.")
        return np.where(left > 0, left * drawn / np.maximum(drawn - 1, 1), 0.0)

    def degrees(self, among: Bools) -> int:
        """Clusters less strata, of the units marked."""
        return len(np.unique(self.cluster[among])) - len(np.unique(self.stratum[among]))

    def residuals(self, influence: Floats) -> Floats:
        """What the margins do not explain of `influence` (units,): all of it where there are none.

        The regression has the *design* weights d: z - X (X'dX)⁻ X'd z. With calibrated ones the standard error of the
        raked mean in the tests would be 9.3641 where it is 9.36743.
        """
        if self.calibration is None or not self.calibration.margins:
            return influence
        indicator, inverse = self._regression
        explained: Floats = indicator.T @ (inverse @ (indicator @ (self.calibration.design_weights * influence)))
        return influence - explained

    @cached_property
    def _regression(self) -> tuple[Any, Floats]:
        assert self.calibration is not None
        indicator = indicators(self.calibration.margins)
        return indicator, inverse_of_products(indicator, self.calibration.design_weights)


def raked_design(
    raked: Raked,
    cell: Ints,
    *,
    total: float | None = None,
    design_weights: Floats | None = None,
    strata: Ints | None = None,
    clusters: Ints | None = None,
    population: Floats | None = None,
) -> SampleDesign:
    """The design of people who are each in a cell (units,) that was raked; their weights add up to `total`.

    Without `total` they add up to what the design weights add up to, and without these everyone's is 1. A cap on
    weights is not part of the variance: it is that of the uncapped calibration, evaluated at the capped weights.
    """
    before = np.ones(len(cell)) if design_weights is None else design_weights
    weights = before * raked.weights[cell]
    return SampleDesign(
        weights=weights if total is None else weights * (total / weights.sum()),
        strata=strata,
        clusters=clusters,
        population=population,
        calibration=Calibration(tuple(margin.of_cell[cell] for margin in raked.margins), before),
    )
