"""Medians and other quantiles, with limits from the shares of people below."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from scipy import stats

from dashboard.analysis.estimation.calibration import Bools, Floats
from dashboard.analysis.estimation.design import SampleDesign
from dashboard.analysis.estimation.estimate import Estimate, Limits
from dashboard.analysis.estimation.linearised import answered, estimate_from
from dashboard.analysis.estimation.means import mean_and_influence

ROUNDING = 1e-12
"""Sums of weights that are this near to a share count as having reached it."""


def estimate_quantile(
    values: Floats, share: float, design: SampleDesign, within: Bools | None = None, *, level: float = 0.95
) -> Estimate:
    """The smallest value at which the weighted share of people with it or less reaches `share`.

    (The inverse of the distribution function, Hyndman and Fan's first definition; R's `qrule = "math"`. It is always
    a value that somebody gave.) With p the share and s the standard error of the estimated share at or below the
    quantile, low and high are the quantiles of p - t s and p + t s, cut off at 0 and 1, and the standard error is
    (high - low) / 2t. R. S. Woodruff, "Confidence intervals for medians and other position measures", Journal of the
    American Statistical Association 47 (1952) 635-646.

    R and svy put the interval around the share that is reached at the quantile instead of p. On a scale of few points
    that share can be far above p, and the point just below, as good a median, would be left out: with 10, 38, 42, 5 and
    5 of 100 people on points 1 to 5 the median is 3, from 2 to 3, where theirs is from 3 to 5.

    1, 2, 3 and 6, all of weight 1: the median is 2. Where all gave one value, low and high are that value.
    Effective base and design effect are those of the share at or below the quantile.
    """
    if not 0 < share < 1:
        raise ValueError(f"{share} is not a share between 0 and 1")
    base = answered(values, design, within)
    order = np.argsort(values[base], kind="stable")
    ordered = values[base][order]
    reached = np.cumsum(design.weights[base][order])
    reached /= reached[-1]

    def at(wanted: float) -> float:
        return float(ordered[min(int(np.searchsorted(reached, wanted - ROUNDING)), len(ordered) - 1)])

    quantile = at(share)
    below, influence = mean_and_influence(np.where(base, values <= quantile, 0.0), design, base)
    of_share = estimate_from(below, influence, base, design, level=level)
    student = float(stats.t.ppf((1 + level) / 2, of_share.method.degrees))
    low = at(max(share - student * of_share.standard_error, 0.0))
    high = at(min(share + student * of_share.standard_error, 1.0))
    return replace(
        of_share,
        value=quantile,
        standard_error=(high - low) / (2 * student),
        low=low,
        high=high,
        method=replace(of_share.method, limits=Limits.WOODRUFF),
    )


def estimate_median(
    values: Floats, design: SampleDesign, within: Bools | None = None, *, level: float = 0.95
) -> Estimate:
    """The quantile of one half."""
    return estimate_quantile(values, 0.5, design, within, level=level)
