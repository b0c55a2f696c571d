"""Many comparisons at once: which of them stand out when so many are looked at together."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from dashboard.analysis.comparisons.published import Floats

RATE = 0.05
"""Of the comparisons that are said to stand out, at most this part is expected to be chance alone."""


def adjusted(p_values: Floats) -> Floats:
    """P-values of one family adjusted after Benjamini and Hochberg, in the same order.

    With p₍₁₎ ≤ … ≤ p₍ₘ₎ the adjusted value of the i-th is the least of m p₍ⱼ₎ / j over j ≥ i, at most 1; those up to
    `RATE` are the ones the step-up procedure picks. Y. Benjamini and Y. Hochberg, "Controlling the false discovery
    rate: a practical and powerful approach to multiple testing", Journal of the Royal Statistical Society B 57 (1995)
    289-300. It holds for independent tests and for those that depend on one another positively, as places that are
    each compared with the rest do only nearly.

    Their example, 15 tests of one trial (0.0001, 0.0004, 0.0019, 0.0095, 0.0201, …): four stand out; 0.0201 does not,
    as 15 × 0.0201 / 5 = 0.0603.
    """
    count = len(p_values)
    order = np.argsort(p_values, kind="stable")[::-1]
    steps = count * p_values[order] / np.arange(count, 0, -1)
    found = np.empty(count)
    found[order] = np.minimum(1.0, np.minimum.accumulate(steps))
    return found


def stands_out(p_values: Floats, rate: float = RATE) -> NDArray[np.bool_]:
    """Which comparisons of one family stand out at a false discovery rate of `rate`."""
    return adjusted(p_values) <= rate
