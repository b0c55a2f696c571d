"""Keeping weights between two limits, at the price, if there is no other way, of margins not quite met."""

from __future__ import annotations

import numpy as np
from scipy.optimize import brentq

from dashboard.analysis.weighting.margin import Floats, RakingError

AT_THE_CAP = 1e-9


def check_cap(cap: tuple[float, float]) -> None:
    """Raises RakingError unless weights of mean 1 can lie between the limits."""
    if not 0 <= cap[0] < 1 < cap[1]:
        raise RakingError(f"Weights have a mean of 1: they cannot all lie between {cap[0]} and {cap[1]}.")


def exceeds(weights: Floats, cap: tuple[float, float]) -> bool:
    """Whether a weight lies outside the limits."""
    return bool(np.any(weights < cap[0]) or np.any(weights > cap[1]))


def capped_to_mean_one(weights: Floats, base: Floats, cap: tuple[float, float]) -> Floats:
    """min(max(f·w, low), high) with the one factor f that gives the people of `base` a mean weight of 1."""

    def surplus(factor: float) -> float:
        return float(base @ np.clip(factor * weights, *cap) / base.sum()) - 1.0

    widest = 2.0
    while surplus(widest) < 0:
        widest *= 2
    factor = brentq(surplus, 0.0, widest, xtol=1e-15, rtol=8.9e-16)
    limited: Floats = np.clip(factor * weights, *cap)
    return limited


def share_at_the_cap(weights: Floats, base: Floats, cap: tuple[float, float]) -> float:
    """The share of people whose weight is one of the limits."""
    at = (weights <= cap[0] * (1 + AT_THE_CAP)) | (weights >= cap[1] * (1 - AT_THE_CAP))
    return float(base[at].sum() / base.sum())
