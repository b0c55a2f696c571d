"""Who is and is not heard: our answers beside a benchmark."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import pi, sqrt

from dashboard.analysis.rounding import nearest_five


@dataclass(frozen=True)
class Representation:
    """A group's share of our answers over its share of the benchmark: 1 is alike, 0.5 is half as many."""

    ratio: float
    low: float
    high: float


def representation(share: float, low: float, high: float, benchmark: float) -> Representation:
    """Ratio p/b with limits, for a share p with Wilson's limits and a benchmark share b that is taken as exact.

    All are shares between 0 and 1; the limits of the ratio are those of p over b. Rounded to 0.1, as it is published.

    20 of 400 answers, where 10% of budget holders are in the group: p = 0.05 (0.0326 to 0.0760), ratio 0.5
    (0.3 to 0.8). Raises ValueError for a benchmark of nobody.
    """
    if not 0 < benchmark <= 1:
        raise ValueError(f"a group that is {benchmark} of the benchmark has no ratio")
    return Representation(round(share / benchmark, 1), round(low / benchmark, 1), round(high / benchmark, 1))


def missing_voices(count: float, base: float, benchmark: float) -> int:
    """How many more of `base` people the group would be if it were as large as in the benchmark: max(0, b·n - n_g).

    To the nearest 5. 20 of 400 where the benchmark is 10%: 40 - 20 = 20 people.
    """
    return max(0, nearest_five(benchmark * base - count))


def dissimilarity(shares: Sequence[float], benchmark: Sequence[float]) -> float:
    """The share of people who would have to be in another group to look like the benchmark: ½ Σ |p - b|.

    O. D. Duncan and B. Duncan, "A methodological analysis of segregation indexes", American Sociological Review 20
    (1955) 210-217. Shares of all groups, in the same order. 0.6 and 0.4 against 0.5 and 0.5: 0.1.
    """
    return sum(abs(share - other) for share, other in zip(shares, benchmark, strict=True)) / 2


def dissimilarity_by_chance(base: float, benchmark: Sequence[float]) -> float:
    """What `dissimilarity` comes to on average when `base` people are drawn from the benchmark itself.

    p is near normal with variance b(1 - b)/n, and the mean of |N(0, v)| is √(2v/π): ½ Σ √(2 b(1 - b)/(π n)).
    400 people, two halves: 0.0199, so an index of 0.02 says nothing.
    """
    return sum(sqrt(2 * share * (1 - share) / (pi * base)) for share in benchmark) / 2
