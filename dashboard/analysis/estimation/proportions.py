"""Weighted shares: of one answer, of every answer, of the good ones."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

import numpy as np

from dashboard.analysis.estimation.calibration import Bools, Floats
from dashboard.analysis.estimation.design import SampleDesign
from dashboard.analysis.estimation.estimate import Estimate, Limits
from dashboard.analysis.estimation.linearised import answered, estimate_from
from dashboard.analysis.estimation.means import mean_and_influence
from dashboard.analysis.intervals import korn_graubard, logit


def estimate_proportion(
    values: Floats,
    design: SampleDesign,
    within: Bools | None = None,
    *,
    level: float = 0.95,
    limits: Limits = Limits.LOGIT,
) -> Estimate:
    """The weighted share of those with value 1 among those with 0 or 1, with logit or Korn-Graubard limits.

    The mean of `values`; the effective base is p(1 - p) / variance, but for the factor (n - 1)/n of a simple sample.
    Where all answered the same the standard error is 0 and the limits are Korn and Graubard's with Kish's effective
    base; where the margins fix the share, low and high are the share.
    3 of 4 people of weight 1: 0.75 with standard error 0.25.
    """
    base = answered(values, design, within)
    if not np.isin(values[base], (0, 1)).all():
        raise ValueError("a proportion is of values 0 and 1")
    share, influence = mean_and_influence(values, design, base)
    share = min(max(share, 0.0), 1.0)
    return with_share_limits(estimate_from(share, influence, base, design, level=level), limits)


def with_share_limits(estimate: Estimate, limits: Limits) -> Estimate:
    """The estimate of a share with limits between 0 and 1."""
    share, error, degrees = estimate.value, estimate.standard_error, estimate.method.degrees
    everyone_alike = share in (0, 1)
    if everyone_alike or error > 0:
        worth = estimate.effective if everyone_alike else share * (1 - share) / error**2
        if everyone_alike or limits is Limits.KORN_GRAUBARD:
            limits = Limits.KORN_GRAUBARD
            low, high = korn_graubard(share, worth, degrees, estimate.base, estimate.method.level)
        else:
            low, high = logit(share, worth, degrees, estimate.method.level)
    else:
        low, high = share, share
    return replace(estimate, low=low, high=high, method=replace(estimate.method, limits=limits))


def estimate_good(
    codes: Floats,
    good: Collection[float],
    design: SampleDesign,
    within: Bools | None = None,
    *,
    level: float = 0.95,
    limits: Limits = Limits.LOGIT,
) -> Estimate:
    """The weighted share of those whose answer is one of the `good` ones; nan is no answer."""
    values = np.where(np.isnan(codes), np.nan, np.isin(codes, list(good)).astype(np.float64))
    return estimate_proportion(values, design, within, level=level, limits=limits)


def estimate_distribution(
    codes: Floats,
    options: Sequence[float],
    design: SampleDesign,
    within: Bools | None = None,
    *,
    level: float = 0.95,
) -> tuple[Estimate, ...]:
    """The weighted share of each option, in their order; nan is no answer."""
    return tuple(estimate_good(codes, (option,), design, within, level=level) for option in options)
