"""What so few people could have shown: the smallest difference that would probably have been noticed."""

from __future__ import annotations

from statistics import NormalDist

import numpy as np

from dashboard.analysis.comparisons.published import Floats

POWER = 0.8
"""How probable it is that a difference of that size is noticed."""
LEVEL = 0.05
_HALVINGS = 40


def detectable(share: Floats, people: Floats, other_people: Floats, power: float = POWER) -> Floats:
    """The smallest difference from `share` of `other_people` that `people` would show, all (cells,).

    The d that solves, with p₁ = p₀ ± d toward the middle (where a difference is hardest to see) and p̄ the share of
    both together,

        d = z₁₋α/₂ √(p̄(1 - p̄)(1/n₁ + 1/n₀)) + z_power √(p₁(1 - p₁)/n₁ + p₀(1 - p₀)/n₀)

    for one comparison at the 5% level, α = 0.05. J. L. Fleiss, B. Levin and M. C. Paik, "Statistical Methods for Rates
    and Proportions" (3rd edition, 2003), chapter 4, without the correction for continuity, as `power.prop.test` of R.
    The right side is concave in d, so there is one solution or none; nan where no difference at all would do.

    50% and 50 people on either side, 90% power: 0.3026 (R: p2 = 0.8026). 50 people against 50% of 400 others, 80%
    power: 0.205.
    """
    quantile = NormalDist().inv_cdf
    from_low = np.minimum(share, 1 - share)

    def needed(difference: Floats) -> Floats:
        found = from_low + difference
        together = (people * found + other_people * from_low) / (people + other_people)
        chance = np.sqrt(together * (1 - together) * (1 / people + 1 / other_people))
        spread = np.sqrt(found * (1 - found) / people + from_low * (1 - from_low) / other_people)
        both: Floats = quantile(1 - LEVEL / 2) * chance + quantile(power) * spread
        return both

    low, high = np.zeros_like(share), 1 - from_low
    possible = needed(high) <= high
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        short = needed(middle) > middle
        low, high = np.where(short, middle, low), np.where(short, high, middle)
    return np.where(possible, high, np.nan)
