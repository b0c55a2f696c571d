"""Shares of few people drawn toward the share of those around them, the more the fewer they are."""

from __future__ import annotations

import numpy as np
from scipy import special

from dashboard.analysis.comparisons.published import Floats

FEWEST_PLACES = 3
"""From fewer places nobody can say how much places differ."""


def prior_strength(share: Floats, people: Floats, toward: Floats, toward_people: Floats) -> float:
    """How many people the share of the surroundings is worth beside a place's own, from places (cells,) alike.

    A place's true share is taken to vary around that of its surroundings μ as Beta(sμ, s(1 - μ)). Its observed share
    of m people then has variance μ(1 - μ)(1/m + (1 - 1/m) ρ) with ρ = 1/(s + 1). By moments, each place weighted by m:

        ρ = Σ m ((p - μ)² - c μ(1 - μ)/m) / Σ m c μ(1 - μ)(1 - 1/m),   s = 1/ρ - 1

    with c = 1 - m/m_μ, as the place is a part of its surroundings of m_μ people. J. C. Kleinman, "Proportions with
    extraneous variance: single and independent samples", Journal of the American Statistical Association 68 (1973)
    46-54; for small areas M. Martuzzi and P. Elliott, Statistics in Medicine 15 (1996) 1867-1873.

    Infinite where places differ no more than chance makes them; nan from fewer than `FEWEST_PLACES`.
    30%, 50% and 70% of 20 people each, around 50% of very many: ρ = 0.85 / 14.25 = 0.0596, s = 15.8 people.
    """
    part = np.maximum(0, 1 - people / toward_people)
    if np.count_nonzero(part) < FEWEST_PLACES:
        return float("nan")
    spread = toward * (1 - toward)
    beyond = float(np.sum(people * (share - toward) ** 2 - part * spread))
    scale = float(np.sum(part * spread * (people - 1)))
    return max(0.0, scale / beyond - 1) if beyond > 0 else float("inf")


def shrink(
    share: Floats, people: Floats, toward: Floats, strength: Floats, level: float = 0.95
) -> tuple[Floats, Floats, Floats]:
    """Shares drawn toward others that are worth `strength` people, with the limits of what is then likely.

    The mean (m p + s μ)/(m + s) and quantiles of Beta(m p + s μ, m(1 - p) + s(1 - μ)), all (cells,); so the mean lies
    between p and μ. The limits take s and μ as known, which they are not: they are a little too narrow
    (C. N. Morris, Journal of the American Statistical Association 78 (1983) 47-55).

    70% of 20 people toward 50% worth 15.8: 61.2% (44.9% to 76.2%), where Wilson's limits of 70% are 48% to 85%.
    """
    alike, others = people * share + strength * toward, people * (1 - share) + strength * (1 - toward)
    tail = (1 - level) / 2
    return alike / (alike + others), special.betaincinv(alike, others, tail), special.betainccinv(alike, others, tail)
