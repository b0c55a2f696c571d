"""How evenly people answered: the R-indicator, its standard error, and the parts of it that groups account for."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

import numpy as np

from dashboard.analysis.inclusion.propensity import Floats, Ints, Propensity, Variable


@dataclass(frozen=True)
class RIndicator:
    """1 where everyone was as likely to answer as anyone else, 0 where answering was a matter of the group alone."""

    value: float
    """Adjusted for bias: 1 - 2 S_adj."""
    unadjusted: float
    standard_error: float | None
    """None where the propensities are all the same, and the formula says nothing."""
    coefficient_of_variation: float
    """S / ρ̄, not adjusted."""
    adjusted_coefficient_of_variation: float
    response_rate: float

    @property
    def limits(self) -> tuple[float, float] | None:
        """Between which the indicator lies 95 times of 100, within 0 and 1; None without a standard error."""
        if self.standard_error is None:
            return None
        reach = 1.959964 * self.standard_error
        return max(0.0, self.value - reach), min(1.0, self.value + reach)


def r_indicator(fit: Propensity) -> RIndicator:
    """The R-indicator R = 1 - 2 S(ρ̂) of fitted propensities, and the coefficient of variation S(ρ̂) / ρ̄.

    N. Shlomo, C. Skinner and B. Schouten, "Estimation of an indicator of the representativeness of survey response",
    Journal of Statistical Planning and Inference 142 (2012) 201-211, as in the RISQ project's code, version 2. With
    z = ∇ρ = ρ(1 - ρ)x, Σ the covariance of β̂, sums over the n people who were invited, and means as bars:

        S² = Σ(ρ - ρ̄)² / (n - 1)
        S²_adj = (1 + 1/n - 1/N) S² - z'Σz averaged; estimated propensities vary more than true ones
        a = Σ(ρ - ρ̄)(z - z̄) / n,  B = Σ(z - z̄)(z - z̄)' / n
        SE² = (4 a'Σa + 2 tr(BΣBΣ)) / (Σ(ρ - ρ̄)² / n)

    All who were invited are known (N = n): the factor of S² is 1, and no share of the variance is that of a sample.
    A variance that would be negative is 0, R is 1 then. Values between 0 and 1 only.

    The people of `fit_propensity`: ρ̄ = 0.49, S² = 0.01347396, R = 0.767845194, adjusted 0.773911818, standard error
    0.0296494839, coefficient of variation 0.236892659.
    """
    rho, gradients, covariance = fit.propensities, fit.gradients, fit.covariance
    mean = float(fit.mean(rho))
    apart, turned = rho - mean, gradients - fit.mean(gradients)
    spread = float(fit.mean(apart**2))
    people = int(fit.invited.sum())
    variance = spread * people / (people - 1)
    adjusted = sqrt(max(0.0, variance - _bias(fit)))
    a = fit.mean(apart[:, None] * turned)
    both = (fit.invited[:, None] * turned).T @ turned / people @ covariance
    error = 4 * float(a @ covariance @ a) + 2 * float(np.trace(both @ both))
    return RIndicator(
        value=max(0.0, 1 - 2 * adjusted),
        unadjusted=max(0.0, 1 - 2 * sqrt(variance)),
        standard_error=sqrt(error / spread) if spread > 1e-12 else None,
        coefficient_of_variation=sqrt(variance) / mean,
        adjusted_coefficient_of_variation=adjusted / mean,
        response_rate=mean,
    )


@dataclass(frozen=True)
class Partial:
    """The part of the variation of response that one variable, and each of its categories, accounts for."""

    value: float
    """0 or more; 0 where the variable makes no difference."""
    adjusted: float
    """With the bias taken out of it in the proportion of the whole."""
    by_category: tuple[float, ...]
    """Unconditional ones are below 0 for groups heard too little, above for those heard too much."""


def unconditional(fit: Propensity, variable: Variable) -> Partial:
    """How far the categories of a variable answered differently: the spread between them.

    B. Schouten, N. Shlomo and C. Skinner, "Indicators for monitoring and improving representativeness of response",
    Journal of Official Statistics 27 (2011) 231-253. With n_h people of mean propensity ρ̄_h in category h:

        P² = Σ_h n_h/n (ρ̄_h - ρ̄)²,  of one category √(n_h/n) (ρ̄_h - ρ̄);  adjusted P S_adj / S

    The people of `fit_propensity`: language 0.0981495458 (adjusted 0.0955847212), age 0.05 (0.0486934099); of
    language, 750 with 54.7% and 250 with 32%: 0.0491 and -0.0850.
    """
    size = len(variable.labels)
    people, means = _means(variable.of_cell, size, fit)
    parts = np.sqrt(people / people.sum()) * (means - fit.mean(fit.propensities))
    return _partial(fit, parts)


def conditional(fit: Propensity, variable: Variable) -> Partial:
    """How far the categories of a variable answered differently among people who are alike in every other variable.

    As `unconditional`; with l the cells of the other variables crossed, and ρ̄_l the mean of each:

        P² = Σ_l Σ_{i in l} (ρ_i - ρ̄_l)² / n,  of one category the same sum over its people only

    The people of `fit_propensity`: language 0.1046923565, age 0.0618640137.
    """
    others = [other.of_cell for other in fit.variables if other.name != variable.name]
    _, of_cell = np.unique(np.column_stack([np.zeros_like(fit.invited), *others]), axis=0, return_inverse=True)
    of_cell = of_cell.ravel()
    _, means = _means(of_cell, int(of_cell.max()) + 1, fit)
    apart = fit.invited * (fit.propensities - means[of_cell]) ** 2
    parts = np.bincount(variable.of_cell, weights=apart, minlength=len(variable.labels)) / fit.invited.sum()
    return _partial(fit, np.sqrt(parts))


def _bias(fit: Propensity) -> float:
    """By how much the variance of fitted propensities is too large: the mean over people of z'Σz."""
    gradients = fit.gradients
    return float(fit.mean(np.einsum("ci,ij,cj->c", gradients, fit.covariance, gradients)))


def _means(of_cell: Ints, size: int, fit: Propensity) -> tuple[Floats, Floats]:
    """People, and their mean propensity, of each of `size` groups of cells."""
    people = np.bincount(of_cell, weights=fit.invited, minlength=size).astype(np.float64)
    return people, np.bincount(of_cell, weights=fit.invited * fit.propensities, minlength=size) / np.maximum(people, 1)


def _partial(fit: Propensity, parts: Floats) -> Partial:
    whole = r_indicator(fit)
    value = sqrt(float((parts**2).sum()))
    kept = whole.adjusted_coefficient_of_variation / whole.coefficient_of_variation if value else 0.0
    return Partial(value, value * kept, tuple(parts.tolist()))
