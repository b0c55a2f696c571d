"""The same shares and standard errors from counts, where weights depend on nothing but the cell a person is in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from scipy import sparse

from dashboard.analysis.estimation.calibration import Bools, Floats, Ints, indicators, inverse_of_products
from dashboard.analysis.estimation.estimate import (
    Estimate,
    Limits,
    LonelyCluster,
    Method,
    NoRespondents,
    OneRespondent,
    Variance,
)
from dashboard.analysis.estimation.linearised import NOTHING
from dashboard.analysis.estimation.proportions import with_share_limits
from dashboard.analysis.weighting.raking import Raked

PEOPLE, ONCE, TWICE, MARGINS = 0, 1, 2, 3
"""Rows of sums: people, their weights, the squares of these; from `MARGINS` on those by category."""


@dataclass(frozen=True)
class CellDesign:
    """People drawn one by one with replacement, counted by cell; all arrays (cells,).

    The twin of a `SampleDesign` without strata and clusters.
    """

    people: Floats
    """Everyone who answered anything."""
    weights: Floats
    """Of one person of each cell."""
    margins: tuple[Ints, ...] = ()
    """The category of every cell, one array a margin; none where the weights were not calibrated."""
    design_weights: Floats | None = None
    """Of one person of each cell, before they were calibrated; everyone's is 1 where there are none."""

    @cached_property
    def before(self) -> Floats:
        """The design weights."""
        return np.ones_like(self.people) if self.design_weights is None else self.design_weights

    def sums(self, counts: Floats) -> Floats:
        """All that variances need to know of counts (cells, groups), sparse or not: (sums, groups).

        Those of several groups together are the sums of theirs added up.
        """
        summed: Floats = self._summing @ counts
        return summed

    @property
    def rows(self) -> int:
        """How many sums there are."""
        return int(self._summing.shape[0])

    @cached_property
    def _summing(self) -> Any:
        """Rows 1, w and w², then X'd and X'w² for the indicators X of the margins: (sums, cells)."""
        rows = [sparse.csr_matrix(np.vstack([np.ones_like(self.weights), self.weights, self.weights**2]))]
        if self.margins:
            indicator = indicators(self.margins)
            rows += [indicator.multiply(self.before), indicator.multiply(self.weights**2)]
        return sparse.vstack(rows, format="csr")

    @cached_property
    def regression(self) -> tuple[Floats, Floats, Floats]:
        """(X'dX)⁻, X'w²X and X'w1 over everyone."""
        indicator = indicators(self.margins)
        people, weights = self.people, self.weights
        products: Floats = (indicator.multiply(people * weights**2) @ indicator.T).toarray()
        return inverse_of_products(indicator, people * self.before), products, indicator @ (people * weights)


def raked_cells(raked: Raked, people: Floats) -> CellDesign:
    """The design of people (cells,) weighted by raking without design weights."""
    return CellDesign(people, raked.weights, tuple(margin.of_cell for margin in raked.margins))


@dataclass(frozen=True)
class Shares:
    """Shares of several groups of people, all arrays (groups,).

    Where fewer than two people answered (or one of each wave) nothing can be estimated: `estimated` is False there,
    and the figures are 0.
    """

    estimated: Bools
    value: Floats
    standard_error: Floats
    weighted_base: Floats
    base: Ints
    effective: Floats
    design_effect: Floats
    degrees: Ints
    calibrated: bool

    def estimate(self, group: int, limits: Limits = Limits.LOGIT, level: float = 0.95) -> Estimate:
        """One of them with its limits. Raises NoRespondents, OneRespondent or LonelyCluster."""
        if self.base[group] == 0:
            raise NoRespondents("Nobody answered: there is nothing to estimate.")
        if self.base[group] == 1:
            raise OneRespondent("One person answered: how far their answer is from everyone's cannot be told.")
        if not self.estimated[group]:
            raise LonelyCluster("One person of each wave answered: the variance cannot be told.")
        nothing = Method(Variance.LINEARISED, self.calibrated, limits, int(self.degrees[group]), level)
        value = float(self.value[group])
        without_limits = Estimate(
            value=value,
            standard_error=float(self.standard_error[group]),
            low=value,
            high=value,
            weighted_base=float(self.weighted_base[group]),
            base=int(self.base[group]),
            effective=float(self.effective[group]),
            design_effect=float(self.design_effect[group]),
            method=nothing,
        )
        return with_share_limits(without_limits, limits)


def estimate_shares(waves: Sequence[tuple[CellDesign, Floats, Floats]]) -> Shares:
    """Shares of groups of people, pooled over independent waves (often one).

    Each wave gives its design and two `CellDesign.sums` (sums, groups): of the people who answered, and of those of
    them who gave the answer. A group is whatever is wanted at once: every area, say, once for each option.
    Equal to `estimate_proportion` of the people themselves, for their weights w and influence z are constant within
    cell and answer. With N = Σ w, p the share, s the sum of z in a cell and b the coefficients of the margins
    (X'dX)⁻ X'd s, the sum of squares over people is

        Σ w² (z - x'b)² = Σ w² z² - 2 b' X'(w² s) + b' (X'w²X) b

    and a wave of n people, in the group or not, adds n/(n - 1) (Σ w²(z - x'b)² - (Σ w(z - x'b))²/n).
    """
    for design, answered, counted in waves:
        if {len(answered), len(counted)} != {design.rows}:
            raise ValueError("shares are estimated from sums: give `CellDesign.sums` of the counts, not the counts")
    base, total, squares = (_added(answered[row] for _, answered, _ in waves) for row in (PEOPLE, ONCE, TWICE))
    gave, among = (_added(counted[row] for _, _, counted in waves) for row in (PEOPLE, ONCE))
    waves_in = _added(np.sign(answered[PEOPLE]) for _, answered, _ in waves)
    degrees = base - waves_in
    estimated = (degrees >= 1) & (total > 0)
    share = np.divide(among, total, out=np.zeros_like(total), where=estimated)
    share = np.where(gave == 0, 0.0, np.where(gave == base, 1.0, share)) * estimated
    scale = np.divide(1.0, total, out=np.zeros_like(total), where=estimated)
    variance = np.maximum(_added(_variance(*wave, share, scale) for wave in waves), 0.0)
    simple = np.divide(share * (1 - share), base - 1, out=np.zeros_like(share), where=estimated)
    kish = np.divide(base * squares, total**2, out=np.zeros_like(total), where=estimated)
    effect = np.divide(variance, simple, out=kish.copy(), where=simple > 0)
    known = (simple > 0) & (effect < NOTHING)
    variance, effect = np.where(known | (simple == 0), 0.0, variance), np.where(known, 0.0, effect)
    effective = np.divide(base, effect, out=np.where(known, np.inf, 0.0), where=effect > 0)
    return Shares(
        estimated=estimated,
        value=share,
        standard_error=np.sqrt(variance),
        weighted_base=total,
        base=np.rint(base).astype(np.int64),
        effective=effective,
        design_effect=effect,
        degrees=np.rint(degrees).astype(np.int64),
        calibrated=any(design.margins for design, _, _ in waves),
    )


def _variance(design: CellDesign, answered: Floats, counted: Floats, share: Floats, scale: Floats) -> Floats:
    """What a wave adds to the variance of each group.

    The influence is (1 - p)/N for those who gave the answer, else -p/N.
    Raises LonelyCluster for a wave of one person.
    """
    everyone = design.people.sum()
    if everyone == 0:
        return np.zeros_like(share)
    if everyone == 1:
        raise LonelyCluster("A wave of one person tells nothing about how much people differ.")
    influence = (counted - answered * share) * scale
    total = influence[ONCE]
    gave, others = counted[TWICE], answered[TWICE] - counted[TWICE]
    squares = (gave * (1 - share) ** 2 + others * share**2) * scale**2
    if design.margins:
        inverse, products, people = design.regression
        by_design_weight, by_square = np.split(influence[MARGINS:], 2)
        explained = inverse @ by_design_weight
        total = total - people @ explained
        squares += np.sum(explained * (products @ explained - 2 * by_square), axis=0)
    of_wave: Floats = everyone / (everyone - 1) * (squares - total**2 / everyone)
    return of_wave


def _added(of_waves: Iterable[Floats]) -> Floats:
    added: Floats = np.sum(list(of_waves), axis=0)
    return added
