"""The difference of two shares of different people: its limits, and how often chance alone would show as much."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import special

from dashboard.analysis.comparisons.published import Floats, Published
from dashboard.analysis.intervals import wilson

_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(48)
_BEYOND = 1e-14
"""The part of a beta distribution that the integral leaves out at either end."""


@dataclass(frozen=True)
class Differences:
    """Limits (95%) and p-values of differences, all (cells,)."""

    low: Floats
    high: Floats
    p_value: Floats


def newcombe(
    share: Floats, people: Floats, other_share: Floats, other_people: Floats, level: float = 0.95
) -> tuple[Floats, Floats]:
    """Newcombe's hybrid score limits of `share` less `other_share`, all (cells,); `people` may be effective numbers.

    With d the difference and l, u Wilson's limits of each share:

        d - √((p₁ - l₁)² + (u₂ - p₂)²)  to  d + √((u₁ - p₁)² + (p₂ - l₂)²)

    R. G. Newcombe, "Interval estimation for the difference between independent proportions: comparison of eleven
    methods", Statistics in Medicine 17 (1998) 873-890, method 10. Like Wilson's it stays possible and holds at 0%.

    56 of 70 less 48 of 80: 0.2 (0.0524 to 0.3339). 10 of 10 less 0 of 20: 1 (0.6791 to 1).
    """
    low, high = _wilson(share, people, level)
    other_low, other_high = _wilson(other_share, other_people, level)
    difference = share - other_share
    return (
        difference - np.hypot(share - low, other_high - other_share),
        difference + np.hypot(high - share, other_share - other_low),
    )


def _wilson(share: Floats, people: Floats, level: float) -> tuple[Floats, Floats]:
    limits = [wilson(*each, level) for each in zip(share.tolist(), people.tolist(), strict=True)]
    low, high = np.array(limits, dtype=np.float64).reshape(-1, 2).T
    return low, high


def exact_p_value(share: Floats, people: Floats, other_share: Floats, other_people: Floats) -> Floats:
    """Two-sided p-values of Fisher's exact test, (cells,), also for effective numbers that are not whole.

    Fisher's one-sided p-value of x₁ of n₁ against a lower x₂ of n₂ is the probability that B₁ < B₂ where

        B₁ ~ Beta(x₁, n₁ - x₁ + 1),  B₂ ~ Beta(x₂ + 1, n₂ - x₂)

    which needs no whole counts; twice the smaller side, at most 1, is the two-sided one. P. M. E. Altham, "Exact
    Bayesian analysis of a 2 × 2 contingency table, and Fisher's 'exact' significance test", Journal of the Royal
    Statistical Society B 31 (1969) 261-269. The integral of F₁ f₂ is taken at 48 points (Gauss and
    Legendre): right to a part in 500 or better, and far better for whole counts.

    A normal approximation will not do: 5 of 10 against 360 of 400 has p = 0.0043 and would have 0.00006.
    3 of 4 against 1 of 4, the lady tasting tea: 0.4857.
    """
    lower = share < other_share
    one = np.where(lower, 1 - share, share) * people
    other = np.where(lower, 1 - other_share, other_share) * other_people
    first, second = np.maximum(one, _BEYOND), people - one + 1
    third, fourth = other + 1, np.maximum(other_people - other, _BEYOND)
    # The integral is over the larger group, whose density is the narrower, unless that has no end at 1: then, and
    # otherwise where the first group is the larger, 1 - B₂ < 1 - B₁ is asked instead.
    turned = (fourth < 1) | ((first >= 1) & (people > other_people))
    first, second, third, fourth = np.where(turned, (fourth, third, second, first), (first, second, third, fourth))
    start = special.betaincinv(third, fourth, _BEYOND)
    length = special.betainccinv(third, fourth, _BEYOND) - start
    points = np.clip(start + length * (_NODES[:, None] + 1) / 2, _BEYOND, 1 - 1e-15)
    density = np.exp((third - 1) * np.log(points) + (fourth - 1) * np.log1p(-points) - special.betaln(third, fourth))
    one_sided = length / 2 * (_WEIGHTS[:, None] * density * special.betainc(first, second, points)).sum(axis=0)
    two_sided: Floats = np.where(share == other_share, 1.0, np.minimum(1.0, 2 * one_sided))
    return two_sided


def compare(shares: Floats, people: Floats, other_shares: Floats, other_people: Floats) -> Differences:
    """Differences of shares of which only rounded ones are known: what holds however they were rounded.

    `shares` and `other_shares` are (ways, cells): the exact shares that may be behind the published ones. The limits
    reach from the least to the greatest difference; the p-value is that of the difference nearest to none, and 1 where
    it may be either way. So no difference stands out that rounding alone has made. Numbers of people (cells,).

    51% against 50%, each of 1,000,000: as they stand p < 10⁻⁴⁰; but both may have been 50.5%, so p = 1.
    """
    cells = np.arange(len(people))
    difference = shares - other_shares
    least, greatest, nearest = difference.argmin(axis=0), difference.argmax(axis=0), np.abs(difference).argmin(axis=0)
    low, _ = newcombe(shares[least, cells], people, other_shares[least, cells], other_people)
    _, high = newcombe(shares[greatest, cells], people, other_shares[greatest, cells], other_people)
    p_value = np.ones(len(people))
    one_way = np.flatnonzero((difference[least, cells] > 0) | (difference[greatest, cells] < 0))
    way = nearest[one_way], one_way
    p_value[one_way] = exact_p_value(shares[way], people[one_way], other_shares[way], other_people[one_way])
    return Differences(low, high, p_value)


def compare_rounded(one: Published, other: Published) -> Differences:
    """Differences of two published shares of different people, as two waves are."""
    shares = [one.share + way * one.astray for way in (-1, 1) for _ in range(2)]
    others = [other.share + way * other.astray for _ in range(2) for way in (-1, 1)]
    ways = (np.clip(np.array(each), 0, 1) for each in (shares, others))
    return compare(next(ways), one.effective, next(ways), other.effective)
