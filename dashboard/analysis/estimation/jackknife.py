"""Variances by leaving out one cluster at a time: a second way, for whatever can be computed from weights."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from dashboard.analysis.estimation.calibration import Bools, Floats
from dashboard.analysis.estimation.design import SampleDesign
from dashboard.analysis.estimation.estimate import Estimate
from dashboard.analysis.estimation.linearised import answered, degrees_of, estimate_from
from dashboard.analysis.estimation.means import mean_and_influence


def jackknife_variance(statistic: Callable[[Floats], float], design: SampleDesign) -> float:
    """Of a number computed from weights (units,), which are given as *design* weights: calibrate them in `statistic`.

    Each of the n_h clusters of stratum h is left out in turn, the weights of the others there multiplied by
    n_h/(n_h - 1). With θ_hc what the statistic then is, and (1 - n_h/N_h) as in `linearised.variance`:

        Σ_h (1 - n_h/N_h) (n_h - 1)/n_h Σ_c (θ_hc - mean of θ)²

    with the mean over all that were left out, as R's survey has it (JK1, JKn). K. Wolter, "Introduction to Variance
    Estimation" (2007), 4.5. The mean of 1, 2, 3 and 6, all of weight 1: 1.1667, the same as by linearisation.
    """
    before = design.weights if design.calibration is None else design.calibration.design_weights
    drawn = np.bincount(design.stratum_of_cluster)
    scales = design.factors * ((drawn - 1) / drawn) ** 2
    left_out, scale = [], []
    for cluster, stratum in enumerate(design.stratum_of_cluster):
        if scales[stratum] > 0:
            others = np.where(design.stratum == stratum, drawn[stratum] / (drawn[stratum] - 1), 1.0)
            left_out.append(statistic(np.where(design.cluster == cluster, 0.0, before * others)))
            scale.append(scales[stratum])
    return float(np.array(scale) @ (np.array(left_out) - np.mean(left_out)) ** 2)


def jackknifed_mean(
    values: Floats,
    design: SampleDesign,
    calibrate: Callable[[Floats], Floats],
    within: Bools | None = None,
    *,
    level: float = 0.95,
) -> Estimate:
    """The weighted mean with its jackknife standard error; `calibrate` makes weights of design weights, 0 staying 0."""
    base = answered(values, design, within)
    degrees_of(design, base)
    mean, influence = mean_and_influence(values, design, base)

    def mean_of(design_weights: Floats) -> float:
        weights = np.where(base, calibrate(design_weights), 0.0)
        return float(weights @ np.where(base, values, 0.0) / weights.sum())

    return estimate_from(mean, influence, base, design, level=level, jackknifed=jackknife_variance(mean_of, design))
