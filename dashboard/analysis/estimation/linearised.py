"""Variances by linearisation: an estimate moves with each person's answer by the influence that it has."""

from __future__ import annotations

import numpy as np
from scipy import stats

from dashboard.analysis.estimation.calibration import Bools, Floats
from dashboard.analysis.estimation.design import SampleDesign
from dashboard.analysis.estimation.estimate import (
    Estimate,
    Limits,
    LonelyCluster,
    Method,
    NoRespondents,
    OneRespondent,
    Variance,
)
from dashboard.analysis.weighting.diagnosis import kish_design_effect

NOTHING = 1e-12
"""A variance so small against that of a simple sample is a rounding error of 0."""


def answered(values: Floats, design: SampleDesign, within: Bools | None = None) -> Bools:
    """Those of a domain (all units, if None) who gave a value (not nan) and weigh something.

    Raises NoRespondents, and OneRespondent: one value says nothing about how much values differ.
    """
    if values.shape != design.weights.shape or (within is not None and within.shape != values.shape):
        raise ValueError(f"{len(values)} values for {len(design.weights)} units")
    if np.any(np.isinf(values)):
        raise ValueError("a value is infinite")
    found = ~np.isnan(values) & (design.weights > 0)
    if within is not None:
        found &= within
    if not found.any():
        raise NoRespondents("Nobody answered: there is nothing to estimate.")
    if found.sum() == 1:
        raise OneRespondent("One person answered: how far their answer is from everyone's cannot be told.")
    return found


def variance(influence: Floats, design: SampleDesign) -> float:
    """Of an estimate to which each unit adds its weight times its `influence` (units,), 0 outside the domain.

    With e the part of the influence that the margins do not explain (a regression with *design* weights) and w the
    *calibrated* weights, t_hc the sum of w e over cluster c of stratum h, n_h clusters drawn of N_h:

        Σ_h (1 - n_h/N_h) n_h/(n_h - 1) Σ_c (t_hc - mean of t_h)²

    J.-C. Deville and C.-E. Särndal, "Calibration estimators in survey sampling", Journal of the American Statistical
    Association 87 (1992) 376-382; T. Lumley, "Complex Surveys" (2010), 7.3.
    Values 1, 2, 3 and 6, all of weight 1, one stratum: the total 12 has variance 4/3 · 14 = 18.67.
    """
    parts = design.weights * design.residuals(influence)
    totals = np.bincount(design.cluster, weights=parts)
    stratum = design.stratum_of_cluster
    means = np.bincount(stratum, weights=totals) / np.bincount(stratum)
    squares = np.bincount(stratum, weights=(totals - means[stratum]) ** 2)
    return float(design.factors @ squares)


def simple_variance(influence: Floats, weights: Floats, base: Bools) -> float:
    """Of the same estimate from as many people drawn one by one with replacement: (Σw)² S²/n.

    S² is the weighted variance of the influence among the n people of the base, n/(n - 1) Σw(z - mean)²/Σw.
    """
    weight, moved = weights[base], influence[base]
    total, people = weight.sum(), len(weight)
    middle = weight @ moved / total
    return float(total * (weight @ (moved - middle) ** 2) / (people - 1))


def against_simple(variance: float, simple: float, kish: float, base: int) -> tuple[float, float, float]:
    """Variance, design effect and effective base, with the special cases that `Estimate` names."""
    if simple <= 0:
        return 0.0, kish, base / kish
    effect = variance / simple
    if effect < NOTHING:
        return 0.0, 0.0, np.inf
    return variance, effect, base / effect


def estimate_from(
    value: float,
    influence: Floats,
    base: Bools,
    design: SampleDesign,
    *,
    level: float = 0.95,
    jackknifed: float | None = None,
) -> Estimate:
    """An estimate with limits value ± t·se, t the quantile of Student's distribution; `base` from `answered`.

    `jackknifed` is a variance to use instead of the linearised one. Where there are no degrees of freedom (a domain in
    one cluster of each of its strata) LonelyCluster is raised.
    """
    degrees = degrees_of(design, base)
    weights = design.weights[base]
    found, effect, effective = against_simple(
        variance(influence, design) if jackknifed is None else jackknifed,
        simple_variance(influence, design.weights, base),
        kish_design_effect(weights, np.ones(len(weights))),
        len(weights),
    )
    reach = float(stats.t.ppf((1 + level) / 2, degrees)) * np.sqrt(found)
    return Estimate(
        value=float(value),
        standard_error=float(np.sqrt(found)),
        low=float(value - reach),
        high=float(value + reach),
        weighted_base=float(weights.sum()),
        base=len(weights),
        effective=float(effective),
        design_effect=float(effect),
        method=Method(
            variance=Variance.LINEARISED if jackknifed is None else Variance.JACKKNIFE,
            calibrated=is_calibrated(design),
            limits=Limits.STUDENT,
            degrees=degrees,
            level=level,
        ),
    )


def is_calibrated(design: SampleDesign) -> bool:
    """Whether margins are known."""
    return design.calibration is not None and bool(design.calibration.margins)


def degrees_of(design: SampleDesign, base: Bools) -> int:
    """Degrees of freedom of a base. Raises LonelyCluster when there are none."""
    degrees = design.degrees(base)
    if degrees < 1:
        raise LonelyCluster("Those who answered are in one cluster of each stratum: the variance cannot be told.")
    return degrees
