"""What people answered on a scale: middle, spread and every point of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from dashboard.analysis.estimation.calibration import Bools, Floats
from dashboard.analysis.estimation.design import SampleDesign
from dashboard.analysis.estimation.estimate import Estimate
from dashboard.analysis.estimation.linearised import answered, estimate_from
from dashboard.analysis.estimation.means import estimate_mean, mean_and_influence
from dashboard.analysis.estimation.proportions import estimate_distribution
from dashboard.analysis.estimation.quantiles import estimate_median


@dataclass(frozen=True)
class ScaleSummary:
    """A scale in a few numbers."""

    mean: Estimate
    median: Estimate
    spread: Estimate
    """The standard deviation among people."""
    points: tuple[float, ...]
    distribution: tuple[Estimate, ...]
    """The share of each point of the scale."""


def estimate_spread(
    values: Floats, design: SampleDesign, within: Bools | None = None, *, level: float = 0.95
) -> Estimate:
    """The weighted standard deviation s, s² = n/(n - 1) Σw(y - mean)²/Σw over the n people who answered.

    (`svyvar` of R's survey is s².) The influence of a person on s² is (n/(n - 1) (y - mean)² - s²) / Σw, on s that
    divided by 2s. 1, 2, 3 and 6, all of weight 1: √(14/3) = 2.16. Where all gave one value, s and its standard error
    are 0. The lower limit is never below 0.
    """
    base = answered(values, design, within)
    mean, _ = mean_and_influence(values, design, base)
    people = int(base.sum())
    squares = np.where(base, people / (people - 1) * (np.where(base, values, mean) - mean) ** 2, 0.0)
    squared, influence = mean_and_influence(squares, design, base)
    spread = float(np.sqrt(squared))
    of_spread = influence / (2 * spread) if spread > 0 else np.zeros_like(influence)
    found = estimate_from(spread, of_spread, base, design, level=level)
    return replace(found, low=max(found.low, 0.0))


def summarise_scale(
    values: Floats,
    points: Sequence[float],
    design: SampleDesign,
    within: Bools | None = None,
    *,
    level: float = 0.95,
) -> ScaleSummary:
    """Mean, median, spread and distribution; `points` are all values of the scale, nan is no answer."""
    return ScaleSummary(
        mean=estimate_mean(values, design, within, level=level),
        median=estimate_median(values, design, within, level=level),
        spread=estimate_spread(values, design, within, level=level),
        points=tuple(points),
        distribution=estimate_distribution(values, points, design, within, level=level),
    )
