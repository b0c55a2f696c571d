"""Intervals for a simple proportion: between which limits the share of everyone may lie."""

from __future__ import annotations

from math import sqrt
from statistics import NormalDist


def wilson(share: float, base: float, level: float = 0.95) -> tuple[float, float]:
    """Wilson's score interval of a share of `base` people, as two shares between 0 and 1.

    With z the normal quantile of (1 + level) / 2, p the share and n the base:

        (p + z²/2n ± z √(p(1 - p)/n + z²/4n²)) / (1 + z²/n)

    E. B. Wilson, "Probable inference, the law of succession, and statistical inference", Journal of the American
    Statistical Association 22 (1927) 209-212. Unlike p ± z·se it never leaves 0 to 1 and is not empty at p = 0.

    65 of 100: 0.5525 to 0.7364 at 95%, 0.4955 to 0.7784 at 99.8%. 0 of 10: 0 to 0.2775.

    `share` and `base` may be rounded, or weighted with an effective base. Raises ValueError when they make no sense.
    """
    if not (0 <= share <= 1 and base > 0 and 0 < level < 1):
        raise ValueError(f"no interval for a share of {share} of {base} at level {level}")
    z = NormalDist().inv_cdf((1 + level) / 2)
    middle = share + z * z / (2 * base)
    reach = z * sqrt(share * (1 - share) / base + z * z / (4 * base * base))
    scale = 1 + z * z / base
    return max(0.0, (middle - reach) / scale), min(1.0, (middle + reach) / scale)
