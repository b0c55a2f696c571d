"""Totals, means and ratios of what people answered with a number."""

from __future__ import annotations

import numpy as np

from dashboard.analysis.estimation.calibration import Bools, Floats
from dashboard.analysis.estimation.design import SampleDesign
from dashboard.analysis.estimation.estimate import Estimate, NoEstimate
from dashboard.analysis.estimation.linearised import answered, estimate_from


def estimate_total(
    values: Floats, design: SampleDesign, within: Bools | None = None, *, level: float = 0.95
) -> Estimate:
    """Σ w y over those who answered; the influence of a person is y. Those who did not answer are not made up for.

    1, 2, 3 and 6, all of weight 1: 12 with standard error √18.67 = 4.32.
    """
    base = answered(values, design, within)
    influence = np.where(base, values, 0.0)
    return estimate_from(float(design.weights @ influence), influence, base, design, level=level)


def estimate_mean(
    values: Floats, design: SampleDesign, within: Bools | None = None, *, level: float = 0.95
) -> Estimate:
    """Σ w y / Σ w over those who answered; the influence of a person is (y - mean) / Σw.

    1, 2, 3 and 6, all of weight 1: 3 with standard error 1.08.
    """
    base = answered(values, design, within)
    mean, influence = mean_and_influence(values, design, base)
    return estimate_from(mean, influence, base, design, level=level)


def mean_and_influence(values: Floats, design: SampleDesign, base: Bools) -> tuple[float, Floats]:
    """The weighted mean of a base, and each person's influence on it, 0 outside."""
    known = np.where(base, values, 0.0)
    total = float(design.weights[base].sum())
    lowest, highest = float(values[base].min()), float(values[base].max())
    # Weights that add up with a rounding error must not make a share of everyone a little less than everyone.
    mean = lowest if lowest == highest else float(design.weights @ known) / total
    return mean, np.where(base, (known - mean) / total, 0.0)


def estimate_ratio(
    numerator: Floats,
    denominator: Floats,
    design: SampleDesign,
    within: Bools | None = None,
    *,
    level: float = 0.95,
) -> Estimate:
    """Σ w y / Σ w x over those who answered both; the influence of a person is (y - ratio · x) / Σ w x.

    1, 2 and 3 of 2, 4 and 9, all of weight 1: 6 / 15 = 0.4 with standard error √(3/2 · 0.56) / 15 = 0.061.
    Raises NoEstimate when the denominator adds up to 0.
    """
    base = answered(numerator + denominator, design, within)
    above, below = np.where(base, numerator, 0.0), np.where(base, denominator, 0.0)
    total = float(design.weights @ below)
    if total == 0:
        raise NoEstimate("What the ratio is of adds up to nothing.")
    ratio = float(design.weights @ above) / total
    return estimate_from(ratio, (above - ratio * below) / total, base, design, level=level)
